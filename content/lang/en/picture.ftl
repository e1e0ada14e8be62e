# Home: what is compared with a week ago
picture-home-reopened = Reopened findings
picture-home-unanswered = Notices nobody answered
picture-home-urgent-hint = The columns show how critical the constituent is. Every number leads to its findings.
picture-home-changes = Small numbers are the change since the same weekday last week.
picture-more = { $count } more than a week ago
picture-fewer = { $count } fewer than a week ago
picture-same = as many as a week ago

# The national picture
picture-title = The national picture
picture-span = Days shown
picture-span-day = Today
picture-span-week = 7 days
picture-span-month = 30 days
picture-span-quarter = 90 days
picture-from-until = Findings first seen, and events that happened, on
picture-compared = { $days ->
    [1] Compared with the day before.
   *[other] Compared with the { $days } days before.
}
picture-nothing = Nothing was seen in these days
picture-nothing-how = Choose a longer span above, or upload the files of these days on the Batches page.
picture-findings = New findings
picture-hit = Constituents they concern
picture-events = Events
picture-countries = Countries of their sources
picture-now = Now
picture-before = Before
picture-change = Change
picture-by-day = New findings by day and class
picture-other-classes = Other classes
picture-by-sector = New findings by sector
picture-sector = Sector
picture-no-sector = No longer in the constituency
picture-by-class = New findings by class
picture-class = Class
picture-by-operator = New findings by network operator
picture-by-operator-hint = The AS number of the end that is ours, as the source or the table of prefixes says.
picture-operator = Network operator
picture-unknown = Unknown
picture-rates = New findings per 1,000 addresses
picture-constituent = Constituent
picture-rate = Per 1,000
picture-findings-short = Findings
picture-addresses = IPv4 addresses
picture-rates-hint = Of constituents with 256 IPv4 addresses or more. An address counts once, for the owner of the smallest network around it: what another constituent has inside a network is taken off.
picture-sources = Where the sources are
picture-sources-hint = Events by the country and the operator of their source end. Scans of our own networks count as ours.
picture-map-label = Map of the world with a dot for each country events came from; the table below has the numbers
picture-off-map = { $count ->
    [one] One event came from nowhere on the map.
   *[other] { $count } events came from nowhere on the map.
}
picture-sources-table = Events by country and operator of their source
picture-country = Country
picture-share = Share
picture-more-countries = { $count ->
    [one] One more country is in the export.
   *[other] { $count } more countries are in the export.
}

# The wall screen
picture-wall-title = Wall screen
picture-wall-leave = Leave the wall screen
picture-wall-still = Stop refreshing
picture-wall-refresh = { $count ->
    [one] Refresh every second
   *[other] Refresh every { $count } seconds
}
picture-wall-every = { $count ->
    [one] Refreshed every second
   *[other] Refreshed every { $count } seconds
}

# The daily digest
picture-digest-title = Daily digest
picture-digest-what = This is what its readers get by mail for the day, in their language and as far as their marking goes. Figures with “now” are as of this moment.
picture-digest-off = Nobody gets it yet.
picture-digest-readers = { $count ->
    [one] One reader gets it every morning.
   *[other] { $count } readers get it every morning.
}
picture-digest-day = Day
picture-digest-to = To
picture-digest-language = Language
picture-digest-state = State
picture-digest-when = When
picture-digest-posted = Recent digests
picture-digest-state-due = Waiting
picture-digest-state-sent = Sent
picture-digest-state-kept = Kept in the built-in box
picture-digest-state-failed = Failed
picture-digest-to-findings = Findings first seen that day
picture-digest-to-notices = Notices nobody answered
picture-digest-to-incidents = Incidents opened that day
picture-digest-to-feeds = Silent feeds
picture-digest-subject = { $team }: { $day }, new findings { $opened }, new incidents { $incidents }
picture-digest-head = The watch on { $day } (UTC)
picture-digest-section-came = What came in
picture-digest-batches = Files read: { $count }
picture-digest-batches-failed = Files that could not be read: { $count }
picture-digest-events = Events: { $count }
picture-digest-rejects = Rows that could not be read: { $count }
picture-digest-section-findings = Findings
picture-digest-opened = Opened: { $count }
picture-digest-reopened = Reopened: { $count }
picture-digest-fixed = Fixed: { $count }
picture-digest-refuted = Said to be false: { $count }
picture-digest-expired = Expired: { $count }
picture-digest-live = Live now: { $count }
picture-digest-section-notices = Notices
picture-digest-sent = Sent: { $count }
picture-digest-told = Findings they told of: { $count }
picture-digest-answers = Answers that came: { $count }
picture-digest-unanswered = Unanswered now: { $count }
picture-digest-drafts = To be approved now: { $count }
picture-digest-section-incidents = Incidents
picture-digest-incidents-opened = Opened: { $count }
picture-digest-incidents-closed = Closed: { $count }
picture-digest-incidents-live = Live now: { $count }
picture-digest-overdue = Overdue now: { $count }
picture-digest-section-feeds = Feeds
picture-digest-silent = Silent now: { $count }
picture-digest-drift = Whose columns changed: { $count }
picture-digest-more-feeds = and { $count } more
picture-digest-foot = Made by Manara. You get this because cirt.toml names you under [digest].
picture-digest-foot-asked = Made by Manara. You get this because you asked for it. Another hour, another address, or no more of it: { $page }
picture-digest-mine = Have it sent to me
picture-digest-has-wish = You get the digest of the previous day every day.
picture-digest-no-wish = You do not get the digest. Say where it should go and at what hour; it is written in your language, as far as your marking goes.
picture-digest-mail = My mail address
picture-digest-hour = At this hour
picture-digest-hour-hint = By your own clock. If the hour has passed today, the first one comes in a moment.
picture-digest-want = Send it to me every day
picture-digest-stop = Stop sending it
picture-digest-wanted = The digest is sent to { $mail } every day.
picture-digest-unwanted = The digest is no longer sent to you.
picture-digest-bad-wish = This cannot be used: give one mail address, such as you@example.org, and an hour from the list.
