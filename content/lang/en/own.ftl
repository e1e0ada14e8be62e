# A team's own tasks in a programme
programme-own-title = A task of the team's own
programme-own-add = Add a task of your own
programme-own-change = Change this task
programme-own-how = It is laid after what it needs, no earlier than today and where people have time. What waits for it moves as far as it must; everything else keeps its days.
programme-own-work = Work
programme-own-effort-low = Days of work, from
programme-own-effort-high = Days of work, to
programme-own-days-how = Left empty, it lasts as long as its work takes those who do it.
programme-own-money = Cost
programme-own-low = From
programme-own-high = To
programme-own-payer = Who pays
programme-own-needs = Needs: what must be done first
programme-own-needed-by = Needed by: what waits for it
programme-own-back = Back to the programme
programme-own-remove = Remove this task
programme-own-remove-how = Work was done on this task. Say why it is removed; the task, its proof and the reason are kept, and it can be brought back.
programme-own-why = Why it is removed
programme-own-removed = Removed tasks
programme-own-restore = Bring back
programme-own-circle = Not done: these tasks would wait for each other in a circle: { $circle }. Untick one of them under “Needs” or “Needed by”.
programme-own-did-add = The task was added, and the plan is laid around it.
programme-own-did-change = The task was changed, and the plan is laid around it.
programme-own-did-remove = The task was removed. What waited for it keeps its days.
programme-own-did-restore = The task is back.
programme-refused-need = a task waits for other tasks of the same programme; tick them in the lists.
programme-refused-begun = a task that is begun cannot wait for another; put it back first, or leave it out.
programme-refused-amount = days of work are 0 to 10000, working days 1 to 2000, money is not negative, and the lower end comes first.
programme-refused-not-own = only a task that the team added is changed or removed; what comes from the design stays.
programme-refused-why = work was done on this task, or it is proven; say why it is removed.

# Days off
programme-off-title = Public holidays and other days off
programme-off-nation = Days off of the nation
programme-off-how = The plan passes over these days as it does over weekends. When the list changes, what is planned from today on moves with it; what is past stays.
programme-off-nation-how = A new programme begins with these days. Programmes that are there keep their own; on their page the days can be taken over.
programme-off-stripes = A grey stripe is a day off.
programme-off-none = No days off beside the weekends
programme-off-none-how = Public holidays are not known by themselves: write them down here, from the official list of the nation.
programme-off-day = Day
programme-off-weekday = Day of the week
programme-off-name = Name
programme-off-weekend = weekend anyway
programme-off-add = Add a day
programme-off-remove = Remove
programme-off-many = Many days at once
programme-off-many-how = One day on each line, as day, comma, name; a list in CSV does as well. A day that is there already gets the new name.
programme-off-example = Day of the lighthouse
programme-off-text = The list
programme-off-file = Or a file
programme-off-whole = Remove the days that are not in this list
programme-off-read = Take the list
programme-off-wrong = Nothing was changed. What is wrong in the list:
programme-off-line = Line { $line }:
programme-off-bad-day = A day is written as 2027-01-04.
programme-off-bad-name = After the day come a comma and a name of 1 to 80 characters; a name with a comma stands in quotation marks.
programme-off-bad-double = This day stands in the list twice; give each day once.
programme-off-bad-many = There are too many days; a list has at most 480.
programme-off-bad-large = The list is too large; it has at most 256 KiB.
programme-off-bad-line = The line is unreadable; the list is text in UTF-8.
programme-off-take = { $count ->
    [one] Take over one day off of the nation
   *[other] Take over { $count } days off of the nation
}
programme-off-did-add = The day is off; the plan passes over it.
programme-off-did-remove = The day is worked again.
programme-off-did-list = The days off of the nation were taken over.
programme-off-did-read = { $count ->
    [0] The list is empty.
    [one] One day was read; the plan passes over it.
   *[other] { $count } days were read; the plan passes over them.
}
programme-off-mon = Monday
programme-off-tue = Tuesday
programme-off-wed = Wednesday
programme-off-thu = Thursday
programme-off-fri = Friday
programme-off-sat = Saturday
programme-off-sun = Sunday

# Lists of the strategy
strategy-show-over = Reviews that are overdue
strategy-show-unprovided = Functions without a provider
strategy-show-accountable = Who answer for a goal
strategy-show-idle = Without a part
