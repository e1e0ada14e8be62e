# Home
app-home-title = The watch now
app-home-now = What needs you now
app-home-quiet = Nothing is waiting. Every feed is sending, and nobody is left to be told.
app-home-new-high = New, high or critical
app-home-new = New findings
app-home-live = Live findings
app-home-drafts = Notices to approve
app-home-second = Notices waiting for a second person
app-home-notices-failed = Notices that could not be sent
app-home-help = Constituents that want help
app-home-unowned = Unowned incidents
app-home-mine = My incidents
app-home-overdue = Incidents overdue
app-home-incidents = Live incidents by age
app-home-silent = Silent feeds
app-home-drift = Feeds whose columns changed
app-home-waiting = Batches waiting
app-home-failed = Batches that failed
app-home-urgent = New findings by severity and criticality
app-home-severity = Severity
app-home-all = All
app-home-by-constituent = Live findings by constituent
app-home-by-type = Live findings by type
app-home-by-sector = Live findings by sector
app-home-live-chart = Live findings at the end of each day
app-home-fixed-chart = Findings fixed each day
app-home-events-chart = Events by day received

# How a constituent stands
app-standing-title = Current situation
app-standing-trend = Findings first seen, by week
app-standing-open = Open findings
app-standing-mended = Fixed in the last { $days } days
app-standing-since-seen = Median time from first seen to fixed
app-standing-since-told = Median time from told to fixed
app-standing-sector = Median of the sector { $sector }
app-standing-faster = It is faster than its sector.
app-standing-same = It is as fast as its sector.
app-standing-slower = It is slower than its sector.
app-standing-of = { $count ->
    [one] of one constituent
   *[other] of { $count } constituents
}
app-standing-few = { $count ->
    [one] Its sector is shown as soon as one constituent of it has figures.
   *[other] Its sector is shown as soon as { $count } constituents of it have figures.
}
app-standing-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
app-standing-days = { $count ->
    [one] one day
   *[other] { $count } days
}

# The timeline of an incident
app-incident-notice-sent = notice sent to { $constituent }
app-incident-finding-moved = finding now: { $state }
app-incident-answered = answered: { $said }
app-incident-answered-saying = answered: { $said } — “{ $comment }”

# Journal
app-verb-nation-set = set nation and team
app-verb-mail-set = set how mail is sent
app-verb-setup-dismissed = hid the reminder of setting up
app-verb-digest-wanted = asked for the daily digest
app-verb-digest-unwanted = stopped the daily digest
app-verb-digest-made = wrote the daily digest
app-verb-digest-sent = sent the daily digest
app-verb-digest-failed = could not send the daily digest
app-verb-clock-mail-sent = sent a mail about a clock
app-verb-clock-mail-failed = could not send a mail about a clock
