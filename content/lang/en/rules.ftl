# The rules of what follows by itself between incidents and what belongs to them

rules-title = Automatic rules
rules-hint = What happens automatically when an incident, or something that belongs to it, changes. A rule that is off does nothing; what it did stays. Everything is in the journal.
rules-on = on
rules-off = off
rules-switched = switched by
rules-do-on = Switch on
rules-do-off = Switch off
rules-do-on-which = Switch on: { $rule }
rules-do-off-which = Switch off: { $rule }
rules-did-on = The rule is on.
rules-did-off = The rule is off.
