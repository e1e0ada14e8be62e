# Work on incidents: tasks, clocks, review, report

## Tasks
work-tasks = Tasks
work-tasks-title = Tasks of { $number }
work-task-title = Task of { $number }
work-tasks-all = All tasks
work-tasks-none = There are no tasks yet.
work-tasks-none-how = Apply a playbook, or add a task of your own.
work-task = Task
work-what = What to do
work-body = Details
work-steps = Steps
work-own = Own tasks
work-checks = Closing checks
work-lessons = Lessons
work-lesson = What changes because of it
work-lessons-none = No lesson was written down.
work-lessons-none-how = Write down what should change, with an owner and a date.
work-who = Who
work-due = Due
work-due-utc = Due (UTC)
work-due-wrong = That was not done: a time is written such as 2026-11-22T14:30, in UTC.
work-ended = Ended
work-late = late
work-note = Note
work-reason = Reason
work-decided = Decided
work-letter = Letter
work-needs = After these steps
work-then = then:
work-do = To do
work-change = Change
work-add = New task
work-removed = Removed
work-waiting = Waiting for a decision
work-waiting-how = Whether these steps are needed depends on a decision.
work-required = required
work-mention-hint = Write @ and a login name to mention somebody.
work-task-waiting = waiting for a decision
work-task-open = to do
work-task-done = done
work-task-skipped = skipped
work-task-is-removed = This task was removed.
work-task-stale = Somebody changed this task while you had it open. Your values are in the form, theirs stand beside it; look at both and save again.
work-role-handler = handler
work-role-analyst = analyst
work-role-duty-officer = duty officer
work-role-head = head of the team
work-role-communication = communication
work-role-administrator = administrator
work-progress = { $ended } of { $count } done
work-checks-open = { $count ->
    [one] One closing check is open.
   *[other] { $count } closing checks are open.
}
work-close-checks = These closing checks are open. You may still close the incident; this is recorded.
work-close-tasks = { $count ->
    [one] One other task is open.
   *[other] { $count } other tasks are open.
}

## What buttons do
work-do-done = Done
work-do-decide = Decide
work-do-skip = Skip
work-do-reopen = Reopen
work-do-remove = Remove
work-do-restore = Restore
work-do-add = Add the task
work-do-add-lesson = Add the lesson
work-do-apply = Apply
work-do-remove-playbook = Remove
work-do-tag = Add
work-do-untag = Remove
work-do-untag-which = Remove { $technique }
work-do-start = Start the clock
work-do-meet = Record as met
work-do-stop = Stop the clock
work-do-see = Mark as seen
work-do-hand-over = Hand over
work-do-take-over = Take over
work-did-apply = The playbook was applied.
work-did-remove-playbook = The playbook was removed. What was done stays.
work-did-add = The task was added.
work-did-change = The task was changed.
work-did-done = Done: { $title }
work-did-skip = Skipped: { $title }
work-did-reopen = Reopened: { $title }
work-did-remove = Removed: { $title }
work-did-restore = Restored: { $title }
work-did-tag = The technique was added.
work-did-untag = The technique was removed.
work-did-start = The clock is running.
work-did-moments = The clock is now counted from these times.
work-did-meet = Recorded as met in time.
work-did-meet-late = Recorded as met, too late.
work-did-unmeet = It is no longer recorded as met.
work-did-stop = The clock was stopped.
work-did-see = Noted as seen.
work-did-review = The answers were kept.
work-did-finish-review = The review is finished.
work-did-hand-over = The handover was written.
work-did-take-over = You have taken over.

## Playbooks and techniques
work-playbooks = Playbooks
work-playbooks-none = No playbook was applied.
work-playbooks-none-how = Its steps and closing checks become tasks.
work-playbook-choose = Playbook
work-playbooks-fitting = For this type
work-playbooks-others = Others
work-techniques = Techniques of MITRE ATT&CK
work-technique = Technique
work-techniques-none = No technique is named.
work-techniques-none-how = Enter its number, such as T1566.002.

## Clocks
work-clocks = Clocks
work-clocks-title = Clocks of { $number }
work-clocks-none = No clock runs.
work-clocks-none-how = Start the clock of a rule of law or of the team.
work-clocks-quiet = Everything that was due is met, or is waiting for something else.
work-clock-source = Source: { $source }
work-clock-unverified = Nobody has compared this rule with its source yet. Look at the source before you rely on it.
work-unverified = not verified
work-clock-stopped = Stopped by { $who } at { $when }: { $why }
work-clock-is-stopped = Stopped:
work-clock-start = Start a clock
work-clock-start-how = What is counted from the report or the decision begins with the opening of the incident; you can change that afterwards.
work-rule = Rule
work-rules-verified = Compared with their source
work-rules-unverified = Not compared with their source yet
work-stage = Stage
work-recipient = Who has to be told
work-contents = What it says
work-met = Met
work-met-utc = Met at (UTC)
work-remark = Remark
work-moments = Counted from
work-moments-how = Stages that were met keep their time.
work-aware-utc = Became aware at (UTC)
work-reported-utc = Reported at (UTC)
work-classified-utc = Classified at (UTC)
work-counted = { $span }, { $from }
work-span-min = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
work-span-h = { $count ->
    [one] one hour
   *[other] { $count } hours
}
work-span-d = { $count ->
    [one] one day
   *[other] { $count } days
}
work-span-bd = { $count ->
    [one] one working day
   *[other] { $count } working days
}
work-span-mo = { $count ->
    [one] one month
   *[other] { $count } months
}
work-from-aware = from becoming aware
work-from-reported = from the report
work-from-classified = from its classification
work-from-closed = from the end of the incident
work-from-stage = from “{ $stage }”
work-standing-off = not for this incident
work-standing-waiting = not begun
work-standing-running = running
work-standing-soon = due soon
work-standing-late = late
work-standing-met = met in time
work-standing-met-late = met too late
work-stages-off = { $count ->
    [one] One stage is not for this incident.
   *[other] { $count } stages are not for this incident.
}
work-running-title = Running clocks
work-running-all = All that run
work-running-none = No clock runs
work-running-none-how = Clocks begin with an incident, or are started on its page.
work-running-late = { $count ->
    [one] One stage is late.
   *[other] { $count } stages are late.
}
work-left-out = These files could not be read and were left out. Correct them; then restart, or save the settings.

## Mail about clocks
work-mail-soon-subject = { $number }: due soon: { $stage }
work-mail-late-subject = { $number }: late: { $stage }
work-mail-soon = Of the incident { $number } the stage “{ $stage }” ({ $clock }) is due soon.
work-mail-late = Of the incident { $number } the stage “{ $stage }” ({ $clock }) is late.
work-mail-who = Who has to be told: { $recipient }
work-mail-due = Due: { $due }
work-mail-page = Page: { $page }

## What waits for me
work-mine-title = My work
work-mine-none = No open task
work-mine-none-how = Tasks assigned to you appear here, those due first at the top.
work-show-mine = Only mine
work-show-all = Everyone’s
work-mentions = You were mentioned
work-handover-title = Handover
work-handover-new = For the next shift
work-handover-body = What the next shift has to know
work-handover-none = Nothing was handed over yet
work-handover-none-how = Write what runs, who waits for whom, and what is due.
work-handover-taken = taken over

## Review and report
work-review = Review
work-review-title = Review of { $number }
work-review-later = The review is answered when the incident is closed.
work-review-stale = Somebody answered this review while you had it open. Nothing is lost: the form has what you wrote, and below each answer that was changed stands the current one. Save to keep what stands in the form.
work-review-finished = review finished
work-review-finish = The review is finished
work-review-open = The review is not finished.
work-review-open-question = not answered
work-review-no-questions = The questions of the review cannot be read; the file is named on the home page.
work-review-yes = Yes
work-review-no = No
work-report = Incident report
work-report-title = Incident report { $number }
work-report-observables = Observables
work-report-tickets = Reports, investigations, countermeasures
work-report-kind = Kind
work-report-value = Value
work-ticket-report = report
work-ticket-investigation = investigation
work-ticket-countermeasure = countermeasure

## On the home page
work-home-tasks = { $count ->
    [one] One task is assigned to you.
   *[other] { $count } tasks are assigned to you.
}
work-home-mentions = { $count ->
    [one] You were mentioned once.
   *[other] You were mentioned { $count } times.
}

## The lists of tasks and of clocks
work-list-search = Task, number or title of the incident
work-list-words-open = Words are looked for among open tasks only. Tasks that are done are found through their incident.
work-list-words-incidents = Look for the same words among incidents
work-list-search-clocks = Stage, rule, number or title of the incident
work-list-kind = Kind
work-list-kind-step = Step of a playbook
work-list-kind-own = Added by the team
work-list-kind-check = Closing check
work-list-kind-lesson = Lesson
work-list-due = Due by
work-list-show-mine = Mine
work-list-show-unowned = Nobody’s
work-list-show-late = Late
work-list-show-all = Everyone’s
work-task-all = all
work-list-stage-running = Running
work-list-stage-late = Late
work-list-stage-met = Met
work-list-stage-met-late = Met too late
work-list-stage-all = Running or met
