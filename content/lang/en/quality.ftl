# Figures of quality, and what this Manara can show for an assessment.
quality-title = How well the services run
quality-hint = Each figure is made from what the team did and what was noted at the time. Where there is no case there is no figure. What you may not see does not go into it.
quality-from = From
quality-to = Up to
quality-figure = Figure
quality-value = Value
quality-n = Cases
quality-period = Period
quality-month = Month
quality-revision = Version of the definition
quality-definition = How it is made
quality-list = The list behind it
quality-no-case = No case yet
quality-met = Target reached
quality-missed = Target missed
quality-at-most = Target: { $value } at most.
quality-at-least = Target: { $value } at least.
quality-p90 = Nine of ten: { $value } at most
quality-cut = Only the newest are counted.
quality-speaks = Items it speaks to
quality-needed = Needed enhancements
quality-needed-hint = For each target that is missed: the building blocks that mend it, and the items of the catalogues it speaks to.
quality-needed-none = No target is missed.
quality-cases = { $count ->
    [one] of one case
   *[other] of { $count } cases
}
quality-waiting = { $count ->
    [one] One case still waits and is not counted.
   *[other] { $count } cases still wait and are not counted.
}
quality-in-hours = { $count ->
    [one] { $value } hour
   *[other] { $value } hours
}
quality-in-days = { $count ->
    [one] { $value } day
   *[other] { $value } days
}
quality-in-people = { $count ->
    [one] { $value } person
   *[other] { $value } people
}
quality-figure-acknowledge = Time to take an incident up
quality-figure-acknowledge-how = From when a rule opened the incident until a person first did something with it: the middle, by nearest rank. Incidents that people opened are left out, and so are merged ones. By the day of opening.
quality-figure-notify = Time to notify
quality-figure-notify-how = From when the notice was drafted, which is when the file of the feed was read, until it left for the mail server or the box: the middle. Reminders and escalations are left out. By the day of leaving.
quality-figure-resolve = Time to resolve an incident
quality-figure-resolve-how = From opening to closing of incidents that reached an end: the middle. Abandoned and merged ones are left out. By the day of closing.
quality-figure-in-time = Incidents closed within their clock
quality-figure-in-time-how = Of the closed incidents that had a time until when something was to be done, those closed before it. By the day of closing.
quality-figure-reply = Time to answer a report
quality-figure-reply-how = From when a report came in until somebody of the team wrote to whoever sent it: the middle. Reports nobody answered and merged ones are left out. By the day of the answer.
quality-figure-takedown = Time to takedown
quality-figure-takedown-how = From when a countermeasure was asked for until it was active the first time: the middle. Those that never became active are left out. By the day on which it became active.
quality-figure-deadlines = Deadlines met
quality-figure-deadlines-how = The stages of clocks that were met in time, of those that were met or are late. Stages that run or were stopped are left out. By the day on which they were due.
quality-figure-reopened = Incidents opened again
quality-figure-reopened-how = The closings after which the incident was opened again, of all closings. Mergers and closings that were taken back are left out. By the day of closing.
quality-figure-answered = Notices answered
quality-figure-answered-how = Of the notices that left, those answered at least in part so far. By the day of leaving; recent notices still have time.
quality-figure-answer-days = Time to the first answer
quality-figure-answer-days-how = From when a notice left until its first answer: the middle. By the day of leaving.
quality-figure-false-positives = False positives
quality-figure-false-positives-how = Of the findings whose last word is “fixed” or “false positive”, the share that was false. By the day of that word.
quality-figure-contacts = Constituents with a contact
quality-figure-contacts-how = Of the active constituents, those with an active contact that has a mail address. As it stands now.
quality-figure-networks = Constituents with networks
quality-figure-networks-how = Of the active constituents, those with a network, an AS number or a domain. As it stands now.
quality-figure-watch-days = Days on which somebody worked
quality-figure-watch-days-how = Of the days since the journal began, those on which a person of the team did something. Programs do not count. Days are those of UTC.
quality-figure-watch-people = People at work on a day
quality-figure-watch-people-how = On the days with somebody at work, how many people of the team did something: the middle. Names are not kept.
quality-figure-gone = A figure this Manara no longer has
quality-live-title = What this Manara can show for { $subject }
quality-live-hint = Figures of the last ninety days that bear on items of this catalogue. Once accepted, a figure becomes evidence as it was, with its period, number of cases, version and hash. It raises no level until a moderator has looked at it, and it expires.
quality-live-join = To accept a figure, first take part in the assessment.
quality-live-offers = Figures on offer
quality-live-none = No figure bears on this catalogue yet
quality-live-none-how = Figures come with the team’s work. The targets say which items a figure bears on.
quality-live-accepted = Accepted
quality-accept = Accept as evidence
quality-accept-for = Accept as evidence: { $figure }, for { $item }
quality-accepted = Accepted
quality-did-accept = The figure is evidence now. A moderator judges it.
quality-live-open = This Manara can show
quality-figure-trained = People with a valid certificate
quality-figure-trained-how = Of the people who may sign in, those who passed a course of a service that is on, no longer ago than a year. As it stands now. Names are not kept.
quality-figure-manual-read = People who know the manual as it is
quality-figure-manual-read-how = Of the people who may sign in, those who have read the current version of every document of the manual, in any language. As it stands now. Names are not kept.
quality-evidence = { $figure }: { $value } ({ $cases }, { $from } – { $until })
quality-in-times = { $count ->
    [one] once
   *[other] { $value } times
}
quality-figure-exercises = Exercises held
quality-figure-exercises-how = How many exercises of the period were held. The cases are the exercises planned for it whose days are over, or that were held: one of which nobody said that it was held counts as none. Called-off and withdrawn ones are left out. By the last day.
quality-figure-exercise-objectives = Objectives of exercises met
quality-figure-exercise-objectives-how = Of the objectives that were tried in exercises held, those met in full. Those not tried, or not spoken of yet, wait. By the last day of the exercise.
quality-figure-exercise-lessons = Lessons carried out in time
quality-figure-exercise-lessons-how = Of the lessons with a day until when: those done by then. One done later, or not done when its day is over, was not in time. By that day, or the day it was done if that was sooner.
