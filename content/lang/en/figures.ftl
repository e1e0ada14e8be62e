# Figures of the work on reports and incidents.
figures-title = Response figures
figures-hint = Every figure is made of single cases, each counted on the day it was over. Median, p90 and p95 are values that were measured (nearest rank): the smallest that 50, 90 and 95 of a hundred cases do not exceed. There is no mean. What you may not see does not go into it.
figures-period = Period
figures-every-month = Months
figures-every-quarter = Quarters
figures-every-year = Years
figures-previous = Period before
figures-next = Next period
figures-before = Period before
figures-of = Cases
figures-of-all = All
figures-apart = Broken down by
figures-by-all = All
figures-by-class = Class
figures-by-type = Type
figures-by-severity = Severity
figures-by-sector = Sector
figures-by-mailbox = Mailbox
figures-by-source = Source
figures-by-stage = Stage of a clock
figures-by-stage-severity = Stage of a clock and severity
figures-by-hoster = Hoster
figures-by-tld = Top-level domain (TLD)
figures-mailbox-usual = The usual one
figures-source-mail = Mail
figures-source-arf = Complaint of a mail provider (ARF)
figures-source-xarf = Automated report (XARF)
figures-source-web = Public form
figures-source-telephone = Telephone
figures-source-api = Program
figures-source-import = Other system
figures-source-person = Team member
figures-source-rule = Rule of the team
figures-marking = Marking
figures-marking-up-to = Records up to { $tlp } are counted
figures-team = Team
figures-measure = Figure
figures-n = Cases
figures-value = Value
figures-median = Median
figures-p90 = p90
figures-p95 = p95
figures-business = In working hours
figures-business-median = Median, working hours
figures-business-p90 = p90, working hours
figures-business-p95 = p95, working hours
figures-share = Share
figures-yes = Of which yes
figures-total = Total
figures-change = Change
figures-change-percent = { $value } %
figures-change-points = { $value } points
figures-times = How long it took
figures-shares = How often it was so
figures-numbers = How much there was
figures-course = Course
figures-counted-at = Counted
figures-behind = Something changed since this period was counted. It will be counted again automatically.
figures-none = No case in this period
figures-none-how = Figures are computed automatically from the work on reports and incidents, a few seconds after it is done. Choose another period, or fewer conditions.
figures-no-parts = No case can be broken down this way in this period.
figures-stages = Deadlines met by stage and severity
figures-stages-how = The stages of clocks that were due in this period, by the severity of their incident: the share that was met in time, and of how many.
figures-stages-met = { $share } ({ $yes } of { $n })
figures-days = Backlog by day
figures-days-how = Incidents that were open at the end of each day of this period; for today, as of now: how many, how many of them had no owner, and how old they were by the calendar.
figures-day = Day
figures-unowned = Unowned
figures-days-owners = Owners on
figures-waiting = Open now
figures-waiting-how = Incidents that are new or open, by who handles them.
figures-waiting-none = No incident is open.
figures-owner = Handled by
figures-nobody = Nobody
figures-open = Open
figures-oldest = The oldest since
figures-report = Report
figures-report-title = Response figures: { $period }
figures-definitions = How the figures are made
figures-changed = What changed
figures-changed-nothing = Nothing changed by five in a hundred or more where both periods have five cases.
figures-told-rose = { $measure } rose from { $before } to { $now }, { $cases }.
figures-told-fell = { $measure } fell from { $before } to { $now }, { $cases }.
figures-cases = { $count ->
    [one] from one case
   *[other] from { $count } cases
}
figures-cases-none = No case
figures-cases-none-how = Nothing was counted here, or you may not see it.
figures-cases-next = More
figures-at = Counted at
figures-no = no
figures-is-so = yes
figures-in-seconds = { $count ->
    [one] { $value } second
   *[other] { $value } seconds
}
figures-in-minutes = { $count ->
    [one] { $value } minute
   *[other] { $value } minutes
}
figures-in-hours = { $count ->
    [one] { $value } hour
   *[other] { $value } hours
}
figures-in-days = { $count ->
    [one] { $value } day
   *[other] { $value } days
}

figures-measure-detect = Time to detect
figures-measure-detect-how = From when it began, as somebody of the team noted it, until the incident was opened.
figures-measure-detect-out = Left out: incidents of which nobody noted when they began, and merged ones.
figures-measure-reply-machine = Time to the automatic acknowledgement
figures-measure-reply-machine-how = From when a report came in until the machine acknowledged it to whoever sent it.
figures-measure-reply-machine-out = Left out: reports that were not acknowledged by machine, such as those by telephone, and merged ones.
figures-measure-reply-person = Time to the first answer of a person
figures-measure-reply-person-how = From when a report came in until somebody of the team wrote to whoever sent it.
figures-measure-reply-person-out = Left out: reports nobody has answered, and merged ones. They are found in the list of reports.
figures-measure-qualify = Time to qualify
figures-measure-qualify-how = From when a report came in until it was decided what it is: it was tied to an incident, or closed.
figures-measure-qualify-out = Left out: reports that are still undecided, and merged ones.
figures-measure-triage = Time to triage
figures-measure-triage-how = From when an incident was opened until somebody took it up.
figures-measure-triage-out = Left out: incidents that were closed without being taken up or are still waiting, those imported from another tool, and merged ones.
figures-measure-take-up = Time to acknowledge
figures-measure-take-up-how = From when it began, as somebody of the team noted it, until somebody took the incident up.
figures-measure-take-up-out = Left out: incidents of which nobody noted when they began, those not taken up, and merged ones.
figures-measure-notify = Time to notify
figures-measure-notify-how = From when an incident was opened until the team first wrote in an investigation or a countermeasure of it.
figures-measure-notify-out = Left out: incidents in which nobody was written to, and merged ones. Automatic notices about findings have figures of their own.
figures-measure-contain = Time to contain
figures-measure-contain-how = From when somebody took the incident up until it was contained, as somebody of the team noted it. Where nobody took it up, from when it was opened.
figures-measure-contain-out = Left out: incidents of which nobody noted when they were contained, and merged ones.
figures-measure-resolve = Time to resolve
figures-measure-resolve-how = From when somebody first took the incident up until it was closed the last time. Where nobody took it up, from when it was opened.
figures-measure-resolve-out = Left out: incidents that are open, abandoned or merged.
figures-measure-takedown = Time to takedown
figures-measure-takedown-how = From when a countermeasure was asked for until it was active the first time.
figures-measure-takedown-out = Left out: countermeasures that never became active, and merged ones.
figures-measure-backlog = Age of the open incidents
figures-measure-backlog-how = How long the incidents had been open at the end of the period; in the current one, now. The cases are the backlog.
figures-measure-backlog-out = Left out: nothing. An incident that was closed and opened again counts as open all that time.
figures-measure-in-time = Deadlines met
figures-measure-in-time-how = The stages of clocks, of law and of the team, that were met when they were due or before. By the day on which they were due.
figures-measure-in-time-out = Left out: stages that still run, that were stopped, or that are not for the severity of their incident; and merged incidents.
figures-measure-promoted = Reports that became an incident
figures-measure-promoted-how = Of the reports that came in, those that are tied to an incident. By the day on which they came.
figures-measure-promoted-out = Left out: merged reports, and held mail from unknown senders.
figures-measure-portal = Reports opened by the public form
figures-measure-portal-how = Of the reports that came in, those that were handed in by the public form. By the day on which they came.
figures-measure-portal-out = Left out: merged reports, and held mail from unknown senders.
figures-measure-fixed = Fixed after somebody was told
figures-measure-fixed-how = Of the incidents that were closed after the team had written to somebody about them, those whose findings were mended by then.
figures-measure-fixed-out = Left out: incidents in which nobody was written to, open and merged ones.
figures-measure-false = False positives
figures-measure-false-how = Of the incidents that were closed, those that were false positives.
figures-measure-false-out = Left out: open and merged incidents.
figures-measure-duplicate = Duplicates
figures-measure-duplicate-how = Of the incidents that were closed, those that were merged into another or closed as a duplicate.
figures-measure-duplicate-out = Left out: open incidents.
figures-measure-reopened = Opened again
figures-measure-reopened-how = Of the closings, those after which the incident was opened again.
figures-measure-reopened-out = Left out: closings that were undone at once as a bulk change, and closings by merging. Of incidents imported from another tool only the last closing is known.
figures-measure-delivered = Mail delivered
figures-measure-delivered-how = Of the letters to single recipients, those that left and did not come back.
figures-measure-delivered-out = Left out: letters that wait or were stopped.
figures-measure-answered = Requests answered
figures-measure-answered-how = Of the investigations and countermeasures in which the team wrote, those in which somebody wrote back. By the day of the first letter.
figures-measure-answered-out = Left out: those in which nothing was written, and merged ones. Automatic answers are no answers.
figures-measure-mails-in = Mails in for each incident
figures-measure-mails-in-how = Mails that came in, in all that belongs to an incident. By the day of closing.
figures-measure-mails-in-out = Left out: open and merged incidents, held mail. Hours of work are not recorded, so there is no figure of them.
figures-measure-mails-out = Mails out for each incident
figures-measure-mails-out-how = Mails written by the team and sent automatically, in all that belongs to an incident. By the day of closing.
figures-measure-mails-out-out = Left out: open and merged incidents.
figures-measure-organisations = Organisations for each incident
figures-measure-organisations-how = The constituents an incident names. By the day of closing.
figures-measure-organisations-out = Left out: open and merged incidents. Organisations that are no constituents are not counted.

figures-moments = Course of the incident
figures-moments-how = Time to detect, to acknowledge and to contain are measured by these. They can be filled in and corrected during the work on the incident and after it.
figures-occurred = It began
figures-occurred-utc = It began (UTC)
figures-contained = It was contained
figures-contained-utc = It was contained (UTC)
figures-did-note = Noted.

figures-contacts = Constituents that can be reached
figures-contacts-how = As it stands now, by the best of their contacts. Noted every half hour.
figures-contacts-all = Active constituents
figures-contacts-named = With a mail address
figures-contacts-working = With an address that accepts mail
figures-contacts-tested = With a working address that was written to
figures-contacts-keyed = With an address that has an accepted key
figures-contacts-whole = With a working address that was written to and has a key
