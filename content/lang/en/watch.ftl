# Findings
watch-findings-title = Findings
watch-findings-tick = Choose finding { $asset }
watch-findings-choose = Choose
watch-findings-all-shown = All findings on this page
watch-findings-text = Asset, subject or constituent
watch-findings-asset = Asset
watch-findings-what = What
watch-findings-subject = Subject
watch-findings-state = State
watch-findings-severity = Severity
watch-findings-class = Class
watch-findings-type = Type
watch-findings-constituent = Constituent
watch-findings-source = Source
watch-findings-from = Seen from
watch-findings-until = Seen until
watch-findings-sector = Sector of the constituent
watch-findings-criticality = Criticality of the constituent
watch-findings-criticality-vital = Vital
watch-findings-criticality-high = High
watch-findings-criticality-medium = Medium
watch-findings-criticality-low = Low
watch-findings-asn = AS number of the network
watch-findings-first-from = First seen from
watch-findings-first-until = First seen until
watch-findings-changed-from = State changed from
watch-findings-changed-until = State changed until
watch-findings-first-seen = First seen
watch-findings-last-seen = Last seen
watch-findings-count = Events
watch-findings-confidence = Confidence
watch-findings-none = There are no findings yet
watch-findings-none-how = Findings appear as soon as events of a feed concern a constituent. Import the constituents first, then upload a file on the Batches page.
watch-findings-state-live = Live
watch-findings-state-new = New or reopened
watch-findings-state-open = Open
watch-findings-state-reopened = Reopened
watch-findings-state-notified = Notified
watch-findings-state-acknowledged = Acknowledged
watch-findings-state-closed = Closed
watch-findings-state-fixed = Fixed
watch-findings-state-false-positive = False positive
watch-findings-state-expired = Expired
watch-findings-state-all = All
watch-findings-severity-critical = Critical
watch-findings-severity-high-up = High and critical
watch-findings-severity-high = High
watch-findings-severity-medium = Medium
watch-findings-severity-low = Low
watch-findings-severity-info = Info

# One finding
watch-finding-about = What it is
watch-finding-id = Number
watch-finding-told = Last told
watch-finding-never-told = never
watch-finding-same-asset = All findings about it
watch-finding-all-of-constituent = Its findings
watch-finding-expires = { $count ->
    [one] It expires by itself once it has not been seen for one day.
   *[other] It expires by itself once it has not been seen for { $count } days.
}
watch-finding-answer = What does the constituent say?
watch-finding-answer-acknowledged = It has the message
watch-finding-answer-fixed = It is fixed
watch-finding-answer-false = It was a false positive
watch-finding-answer-undo = Undo the last answer
watch-finding-answer-hint = “Fixed” and “false positive” also change the reliability of the sources.
watch-finding-answered = The finding is now: { $state }.
watch-finding-unchanged = The finding already had this state. Nothing was changed.
watch-finding-sure = Confidence
watch-finding-sure-none = No source is known any more.
watch-finding-sure-one = { $count ->
    [0] One source saw it: { $feed }. It is taken to be right in { $mean } of cases; no answer has tested that yet.
    [one] One source saw it: { $feed }. It is right in { $mean } of cases; one answer has tested that.
   *[other] One source saw it: { $feed }. It is right in { $mean } of cases; { $count } answers have tested that.
}
watch-finding-sure-many = { $count ->
    [one] One source saw it. It is wrong in { $wrong } of 100 cases; that leaves a confidence of { $confidence } in 100.
   *[other] { $count } sources saw it, each on its own. All of them are wrong at once in { $wrong } of 100 cases; that leaves a confidence of { $confidence } in 100.
}
watch-finding-sure-hint = n is the number of answers that have tested a source. The confidence is updated with every new event and every answer.
watch-finding-sources = Sources
watch-finding-events = The newest events behind it
watch-finding-no-events = No event of it is stored any more.
watch-finding-more-events = Show all events
watch-finding-search-events = Search these events

# Events
watch-events-title = Events
watch-events-intelmq = Export as IntelMQ JSON lines
watch-events-text = Subject, name or URL
watch-events-time = Time
watch-events-feed = Feed
watch-events-what = What
watch-events-source = Source
watch-events-source-ip = Source address
watch-events-network = Network
watch-events-destination = Destination
watch-events-destination-ip = Destination address
watch-events-port = Port
watch-events-asn = AS number
watch-events-country = Country (two letters)
watch-events-source-asn = AS number of the source
watch-events-source-country = Country of the source
watch-events-type = Type
watch-events-severity = Severity
watch-events-constituent = Constituent
watch-events-batch = Batch
watch-events-finding = Finding
watch-events-subject = Subject
watch-events-table = Kind of rows
watch-events-table-context = Context
watch-events-context = Kind of context
watch-events-leads = Leads to
watch-events-its-finding = Finding
watch-events-row = Row
watch-events-line = Line { $line }
watch-events-hint = An address that ends with a dot or a colon finds all that begin with it. An export holds at most 50,000 rows; the command manara query has no limit.
watch-events-none = There are no events yet
watch-events-none-how = Upload a file on the Batches page, or use the command manara ingest.
watch-events-trouble = The events could not be read in time. Try again, or narrow the search down.

# SQL
watch-sql-title = SQL
watch-sql-what = Ask the tables events, context and rejects, and findings, constituents, notices, batches and feeds beside them. Statements only read, give at most 1,000 rows and may take 30 seconds.
watch-sql-statement = Statement
watch-sql-run = Run
watch-sql-answer = Answer
watch-sql-examples = Examples
watch-sql-example-types = Events and addresses by type
watch-sql-example-networks = Networks with the most addresses
watch-sql-example-unowned = Addresses that belong to no constituent
watch-sql-example-rejects = Why rows could not be read
watch-sql-nothing = The statement gives no rows
watch-sql-rows = { $count ->
    [one] One row in { $seconds } seconds
   *[other] { $count } rows in { $seconds } seconds
}
watch-sql-rows-more = { $count ->
    [one] The first row, in { $seconds } seconds; there are more
   *[other] The first { $count } rows, in { $seconds } seconds; there are more
}
watch-sql-take-away = Download the result
watch-sql-columns = Columns of events and context
watch-sql-columns-hint = Beside the name: the key of the same field in IntelMQ, or what the column holds. extra_get(extra, 'name') takes one value out of the column extra.
watch-sql-column = Column
watch-sql-intelmq = IntelMQ key, or meaning
watch-sql-wrong = The database cannot follow this statement. It says:
watch-sql-hidden = Some events are marked above your clearance, and a free statement could show them. Use the filters on the Events page: they leave those events out.
watch-sql-too-slow = { $count ->
    [one] This took longer than one second and was stopped. Narrow it down: a shorter time, one feed, fewer columns.
   *[other] This took longer than { $count } seconds and was stopped. Narrow it down: a shorter time, one feed, fewer columns.
}

# Batches
watch-batches-title = Batches
watch-batches-received = Received
watch-batches-file = File
watch-batches-feed = Feed
watch-batches-state = State
watch-batches-rows = Rows
watch-batches-became = What became of the rows
watch-batches-rejects = Rejects
watch-batches-findings = New findings
watch-batches-none = Nothing has arrived yet
watch-batches-none-how = Upload a first file below, or use the command manara ingest.
watch-batches-state-received = Waiting
watch-batches-state-finished = Finished
watch-batches-state-failed = Failed
watch-batches-state-rejects = With rejects
watch-batches-state-cut-short = Broke off

# One batch
watch-batch-received = Waiting
watch-batch-at-work = Being processed
watch-batch-finished = Finished
watch-batch-cut-short = Broke off
watch-batch-failed = Failed
watch-batch-rows-so-far = { $count ->
    [one] One row so far
   *[other] { $count } rows so far
}
watch-batch-refreshes = This page loads itself again every three seconds.
watch-batch-stay = Stop refreshing
watch-batch-look-again = Refresh
watch-batch-waits = The file is stored and waits to be processed. This happens automatically; nothing is lost.
watch-batch-process = Process now
watch-batch-taken-up = The batch is being processed.
watch-batch-not-waiting = The batch has been processed already.
watch-batch-error = The file could not be read to its end. What was read before that is kept. The reader says:
watch-batch-sums = What became of its rows
watch-batch-events = Events
watch-batch-contexts = Context
watch-batch-duplicates = Duplicates
watch-batch-rejects = Rejects
watch-batch-rows = Rows
watch-batch-adds-up = It adds up
watch-batch-does-not-add-up = It does not add up
watch-batch-unowned = Events without a constituent
watch-batch-findings-opened = New or reopened findings
watch-batch-findings-updated = Findings seen again
watch-batch-events-n = { $count ->
    [one] One event
   *[other] { $count } events
}
watch-batch-contexts-n = { $count ->
    [one] One row of context
   *[other] { $count } rows of context
}
watch-batch-duplicates-n = { $count ->
    [one] One duplicate
   *[other] { $count } duplicates
}
watch-batch-rejects-n = { $count ->
    [one] One reject
   *[other] { $count } rejects
}
watch-batch-about = The file
watch-batch-format = Read as
watch-batch-done = Finished
watch-batch-not-yet = not yet
watch-batch-took = Took
watch-batch-took-n = { $seconds } seconds, { $rate } rows a second
watch-batch-size = Size
watch-batch-id = Number
watch-batch-raw = Download the file as it arrived
watch-size-bytes = { $size } bytes
watch-size-kilobytes = { $size } KB
watch-size-megabytes = { $size } MB
watch-size-gigabytes = { $size } GB

# Rejects
watch-rejects-title = Rejects
watch-rejects-what = These rows could not be read. The line counts from 1 in the unpacked file.
watch-rejects-none = Every row could be read.
watch-rejects-none-how = There is nothing to correct here.
watch-rejects-line = Line
watch-rejects-column = Column
watch-rejects-reason = Why
watch-rejects-found = Content
watch-rejects-raw = The row
watch-reject-bad-address = Not an address
watch-reject-bad-time = Not a time in a known form
watch-reject-bad-number = Not a number
watch-reject-bad-url = Not a URL
watch-reject-bad-domain = Not a domain name
watch-reject-bad-json = The line is not a JSON object
watch-reject-missing = A value that must be there is missing
watch-reject-no-subject = Neither address, name, URL nor account
watch-reject-field-count = More or fewer fields than the header names
watch-reject-open-quote = A quotation mark is opened and not closed
watch-reject-too-long = The row is longer than allowed
watch-reject-too-deep = The JSON is nested deeper than allowed
watch-reject-unknown-kind = A kind of record that is not known
watch-reject-unclassified = The mapping gives it no class
watch-reject-bad-value = Not a value of the kind the column holds

# Drift
watch-drift-title = Drift
watch-drift-what = The columns differ from what this type usually has. Good rows are kept; check whether a mapping has to be adapted.
watch-drift-none = The columns are as they usually are.
watch-drift-column = Column
watch-drift-kind = What is different
watch-drift-since = Since
watch-drift-last = Last
watch-drift-batches = Batches
watch-drift-missing = Missing
watch-drift-added = New, kept in extra
watch-drift-renamed = Under another name
watch-drift-unknown-type = The report type itself is not known

# Handing files in
watch-hand-in-title = Upload a file
watch-hand-in-what = The file is stored as it is, then read. Its type is recognised by its name and content; uploading the same file again adds nothing.
watch-hand-in-feed = Feed (optional)
watch-hand-in-feed-hint = The name its batches are kept under, or a feed that has a mapping.
watch-hand-in-type = Type (optional)
watch-hand-in-type-hint = Only when name and content do not tell: a Shadowserver report such as scan_telnet, or suricata, zeek:conn, idea, intelmq, list.
watch-hand-in-files = Files
watch-hand-in-files-hint = { $count ->
    [one] At most one megabyte in all; gzip and zip are fine. Larger files: manara ingest.
   *[other] At most { $count } megabytes in all; gzip and zip are fine. Larger files: manara ingest.
}
watch-hand-in-send = Upload
watch-hand-in-kept = The file is stored and is being processed.
watch-hand-in-kept-many = { $count ->
    [one] One file is kept and is being processed.
   *[other] { $count } files are kept and are being processed.
}
watch-hand-in-known = This file already came from this feed. Nothing was added.
watch-hand-in-no-file = No file was chosen. Choose one and upload it again.
watch-hand-in-unknown = { $name }: the type of this file cannot be recognised. Expected is a Shadowserver report, Suricata EVE, Zeek, IDEA, IntelMQ JSON or a list. Give its feed or type and upload it again.
watch-hand-in-no-feed = There is no feed or type named { $feed }. The Feeds page and the command manara feeds list them.
watch-hand-in-unreadable = { $name } cannot be read: { $why }
watch-hand-in-disk-full = The disk is full. Nothing was stored. Free some space and upload the file again.

# Feeds
watch-feeds-title = Feeds
watch-feeds-name = Feed
watch-feeds-show = Show only
watch-feeds-show-silent = Silent
watch-feeds-show-drift = With drift
watch-feeds-show-rejects = With rejects
watch-feeds-received = Last received
watch-feeds-never = never
watch-feeds-lag = Lag
watch-feeds-days = Last 30 days
watch-feeds-spark = { $count ->
    [one] One event in 30 days
   *[other] { $count } events in 30 days
}
watch-feeds-events = Events
watch-feeds-rejects = Rejects
watch-feeds-batches = Batches
watch-feeds-reliability = Reliability
watch-feeds-answers = Answers (n)
watch-feeds-n = n = { $count }
watch-feeds-marks = Marks
watch-feeds-silent = Silent
watch-feeds-drift = Drift
watch-feeds-none = No feed has sent anything yet
watch-feeds-none-how = A feed appears here with its first file. Upload one on the Batches page, or use the command manara ingest.
watch-span-minutes = { $count ->
    [one] one minute
   *[other] { $count } minutes
}
watch-span-hours = { $count ->
    [one] one hour
   *[other] { $count } hours
}
watch-span-days = { $count ->
    [one] one day
   *[other] { $count } days
}

# One feed
watch-feed-about = What it sends
watch-feed-silent-why = { $count ->
    [one] It should send something every hour. Last received:
   *[other] It should send something every { $count } hours. Last received:
}
watch-feed-last-event = Newest event
watch-feed-per-day = { $count ->
    [one] about one a day
   *[other] about { $count } a day
}
watch-feed-duplicates = Duplicates
watch-feed-findings = Findings
watch-feed-its-findings = Show its findings
watch-feed-reliable = { $count ->
    [0] It is taken to be right in { $mean } of cases. That is an assumption with the weight of { $weight } answers; no answer has tested it yet (n = 0).
    [one] It is right in { $mean } of cases. At first { $prior } was assumed, with the weight of { $weight } answers; one answer has come since (n = 1), of which { $confirmed } confirmed it.
   *[other] It is right in { $mean } of cases. At first { $prior } was assumed, with the weight of { $weight } answers; { $count } answers have come since (n = { $count }), of which { $confirmed } confirmed it.
}
watch-feed-reliable-hint = An answer counts when somebody says of a finding that it was fixed (so it was true) or a false positive.
watch-feed-events-chart = Events by day received
watch-feed-rejects-chart = Rejects by day received
watch-feed-batches = Newest batches
watch-feed-all-batches = All batches

# Lists
watch-entries-title = Entries of the list
watch-entries-what = This feed is a list: an entry stays until it is no longer on it.
watch-entries-entry = Entry
watch-entries-state = State
watch-entries-changed = Changed
watch-entries-first-seen = First listed
watch-entries-last-seen = Last listed
watch-entries-none = There are no entries
watch-entries-state-listed = Listed
watch-entries-state-new = New with the last file
watch-entries-state-changed = Changed with the last file
watch-entries-state-delisted = Delisted
watch-entries-state-expired = Expired

# Journal
watch-journal-title = Journal
watch-journal-none = Nothing is noted yet.
watch-journal-when = When
watch-journal-who = Who
watch-journal-what = What
watch-journal-to = to
watch-verb-batch-received = received a batch
watch-verb-batch-finished = finished a batch
watch-verb-batch-failed = could not read a batch
watch-verb-finding-answered = answered a finding
watch-verb-finding-reopened = reopened a finding
watch-verb-finding-restored = undid an answer to a finding
watch-verb-findings-expired = let findings expire
watch-verb-list-compared = compared a list with the one before
watch-verb-replayed = processed history again
watch-verb-table-loaded = loaded a table

# On pages of others
watch-panel-live = { $count ->
    [0] No live findings
    [one] One live finding
   *[other] { $count } live findings
}
watch-panel-all = Show its findings

# What to do where nothing is
watch-drift-none-how = A column that is new, missing or named otherwise is listed here.
watch-feed-batches-none-how = Upload a file of this feed on the Batches page.
watch-finding-no-events-how = They were kept as long as the configuration says; totals and states stay.
watch-journal-none-how = What people and rules do with it is written here.
watch-panel-none = Nothing is open. Older findings are in the list.
