# The rules of what follows by itself between incidents and what belongs to them

rules-title = What follows by itself
rules-hint = What follows by itself when something happens to an incident or to what belongs to it. A rule that is off does nothing; what it did stays. Everything stands in the journal.
rules-on = on
rules-off = off
rules-switched = switched by
rules-do-on = Switch on
rules-do-off = Switch off
rules-do-on-which = Switch on: { $rule }
rules-do-off-which = Switch off: { $rule }
rules-did-on = The rule is on.
rules-did-off = The rule is off.
