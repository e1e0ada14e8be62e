# Warning: notices to constituents and the built-in box

## States
warning-state-draft = Draft
warning-state-waiting = Waiting for a second person
warning-state-approved = Approved
warning-state-queued = Waiting to leave
warning-state-sent = Sent
warning-state-failed = Failed
warning-state-cancelled = Cancelled

## Formats
warning-format-csv = CSV
warning-format-json = JSON
warning-format-both = CSV and JSON
warning-format-pdf = PDF and CSV
warning-format-all = PDF, CSV and JSON

## The list
warning-list-title = Notices
warning-list-search = Constituent or number
warning-list-state = State
warning-list-class = Class
warning-list-constituent = Constituent
warning-list-language = Language
warning-list-created = Made
warning-list-severity = Severity
warning-list-findings = Findings
warning-list-events = Events
warning-list-sent = Sent
warning-list-number = Number
warning-list-tlp = Marking
warning-list-choose = Choose
warning-list-tick = Choose notice { $number }
warning-list-unfilled = attachments in preparation
warning-list-first = approved first by
warning-list-four-eyes = A notice marked more strictly than { $tlp } needs two people: after the first approval it waits here for that of somebody else. No rule approves such a notice.
warning-list-none = There are no notices yet
warning-list-none-how = When findings of a constituent come in, they become a draft here, in the constituent's language, for you to approve.
warning-capture-note = No mail leaves: what is sent goes into the built-in box, and nobody outside receives it. To send for real, set mail.transport to "smtp" in the configuration.

## What a form did
warning-chosen-none = No notice was chosen. Tick at least one and try again.
warning-did-approve = { $count ->
    [one] One notice is approved and leaves as soon as its attachments are there.
   *[other] { $count } notices are approved and leave as soon as their attachments are there.
}
warning-did-first = { $count ->
    [one] One notice has its first approval and waits for a second person. Fully approved: { $approved }.
   *[other] { $count } notices have their first approval and wait for a second person. Fully approved: { $approved }.
}
warning-did-cancel = { $count ->
    [one] One notice is cancelled. What it tells of is not drafted again today.
   *[other] { $count } notices are cancelled. What they tell of is not drafted again today.
}
warning-did-redraft = { $count ->
    [one] One notice is a draft again.
   *[other] { $count } notices are drafts again.
}
warning-did-retry = { $count ->
    [one] One notice is tried again.
   *[other] { $count } notices are tried again.
}
warning-did-some = Done: { $done }. Not done: { $refused }, the first because { $why }.
warning-refused-already-sent = it was sent already
warning-refused-being-sent = it is being sent at this moment
warning-refused-no-recipient = the constituent has no contact with a mail address
warning-refused-other-draft = there is another draft for the same constituent, class and day
warning-refused-own-approval = you approved it first, and its marking needs the approval of somebody else
warning-refused-not-found = it is not there
warning-refused-not-from = its state does not allow it

## One notice
warning-do-approve = Approve
warning-do-cancel = Cancel
warning-do-redraft = Back to draft
warning-do-retry = Try again
warning-one-facts = What it is about
warning-one-course = Progress
warning-one-preview = As it will arrive
warning-one-told = Findings it tells of
warning-one-journal = Journal
warning-one-confidence = Confidence
warning-one-assets = Assets
warning-one-answer = Answer asked for
warning-one-answer-days = { $count ->
    [one] within one day
   *[other] within { $count } days
}
warning-one-approved = Approved
warning-one-seconded = Approved second
warning-one-alone = The same person, as nobody else may
warning-one-needs-two = Its marking needs two people: two of the team have to approve it before it is sent.
warning-one-waits = One person approved it. Its marking needs a second one: approve it, too, and it is sent.
warning-one-waits-own = You approved it first. It is sent only after somebody else has approved it, too; if nobody else may, approve it a second time yourself: that is recorded.
warning-one-rule = Rule
warning-one-queued = Ready to leave
warning-one-attempts = Attempts
warning-one-format = Attached as
warning-one-from = From
warning-one-to = To
warning-one-subject = Subject
warning-one-files = Attachments
warning-one-no-files = None
warning-one-no-pages = There is no PDF: fonts are missing (`manara doctor` says which), or the mail would have become too large. The table holds every row.
warning-one-file-size = { $rows ->
    [one] one event, { $bytes } bytes
   *[other] { $rows } events, { $bytes } bytes
}
warning-one-header = Header of the message
warning-one-nobody = Nobody
warning-one-nobody-how = Add a contact with a mail address
warning-one-in-box = See it in the box
warning-one-problem = The message cannot be built yet:
warning-one-no-key = { $tlp } only lets it leave encrypted, and there is no valid, accepted key of { $mails }. Accept a key of each of them on the page of keys (or `manara mail keys`), then send it.
warning-one-leaves = How it leaves
warning-leaves-plain = Neither signed nor encrypted
warning-leaves-signed = Signed
warning-leaves-encrypted = Encrypted, for recipients only
warning-leaves-no-key = Not at all: a key is missing
warning-one-error = The last attempt failed:
warning-one-sending = It is being handed to the mail server now.
warning-one-unfilled = The attachments are in preparation. The letter will mention them; until then the notice is not sent.
warning-one-asset = Asset
warning-one-what = What
warning-one-first = First seen
warning-one-last = Last seen
warning-one-more = { $count ->
    [one] One more finding is not shown here.
   *[other] { $count } more findings are not shown here.
}
## The pages of events that go with a letter
warning-sheet-title = Events of notice { $number }
warning-sheet-day = Day
warning-sheet-first = Only the first { $count } of { $all } events stand here. The attached table holds all that go with this notice.
warning-sheet-time = Time
warning-sheet-address = Address
warning-sheet-port = Port
warning-sheet-malware = Malware
warning-sheet-identifier = Identifier
warning-sheet-name = Name
warning-sheet-url = URL
warning-sheet-destination = Destination
warning-sheet-destination-port = Destination port
warning-sheet-description = Description

## The built-in box
warning-mailbox-title = Built-in box
warning-mailbox-search = Subject or recipient
warning-mailbox-at = Captured
warning-mailbox-size = Bytes
warning-mailbox-whole = Whole message
warning-mailbox-text = Text of the message
warning-mailbox-notice = Notice
warning-mailbox-to-notice = Open the notice
warning-mailbox-none = The box is empty
warning-mailbox-none-how = Approve a notice: its message appears here, exactly as it would have been sent.

## Journal
warning-verb-notice-drafted = drafted a notice
warning-verb-notice-approved = approved a notice
warning-verb-notice-first-approved = approved a notice as the first of two people
warning-verb-notice-kept-back = kept a notice back that a second person had not approved
warning-verb-notice-queued = made a notice ready to leave
warning-verb-notice-sent = sent a notice
warning-verb-notice-failed = gave up sending a notice
warning-verb-notice-cancelled = cancelled a notice
warning-verb-notice-redrafted = made a notice a draft again
warning-verb-notice-retried = tried a notice again
warning-verb-notice-restored = undid a bulk change of notices
warning-verb-answers-given = answered a notice
warning-verb-link-refused = tried a link that does not work
warning-verb-help-given = noted that help was given
warning-verb-reminder-made = made a reminder
warning-verb-escalation-made = made a letter to those above
warning-verb-follow-up-ended = ended the follow-up
warning-verb-contact-bounced = noted that mail to a contact bounces
warning-verb-contact-delayed = noted that mail to a contact is late or was refused for now
warning-verb-notice-returned = noted that a notice bounced from every recipient
warning-verb-contact-recovered = noted that mail to a contact arrives again

## Answers
warning-said-none = No answer yet
warning-said-received = We have it
warning-said-fixed = Fixed
warning-said-false = Not correct
warning-said-help = We need help
warning-said-received-how = You have the message and are working on it.
warning-said-fixed-how = It is fixed. If new reports come in after that, we will tell you again.
warning-said-false-how = The system is not yours, or the report is wrong. We correct our records and tell the source.
warning-said-help-how = You have the message and cannot do it alone. We get in touch with you; a telephone number in the comment helps.
warning-answers-title = What the constituent says
warning-answers-last = Last answer
warning-answers-comment = Comment
warning-answers-notice = Notice
warning-answers-when = When
warning-answers-before = Before
warning-answers-way = By
warning-answers-earlier = { $count ->
    [one] One earlier answer
   *[other] { $count } earlier answers
}
warning-via-form = form
warning-via-table = table
warning-list-answered = Answered
warning-list-letter = Letter
warning-answered-none = No answer
warning-answered-some = Some findings
warning-answered-all = All findings
warning-answered-help = Help wanted
warning-letter-notice = Notice
warning-letter-reminder = Reminder
warning-letter-escalation = Letter to those above
warning-one-letter = What it is
warning-one-others = Related to
warning-one-answers = Every answer, newest first
warning-one-link-here = [the link of this notice appears here]
warning-one-bounces = mail bounces since
warning-one-helps = { $count ->
    [one] The constituent wants help with one finding.
   *[other] The constituent wants help with { $count } findings.
}
warning-do-help-given = Help was given
warning-did-help = { $count ->
    [one] Noted: help was given for one notice.
   *[other] Noted: help was given for { $count } notices.
}
warning-bounces-title = Bouncing mail
warning-bounces-how = The mail server refused these addresses for good. Until one is accepted again, notices go to other contacts first. Correct or replace them.
warning-bounces-mail = Address
warning-bounces-since = Since
warning-bounces-times = Times
warning-bounces-said = Mail server’s reply

## The page that a link in a letter opens
warning-link-title = Answer to notice { $number }
warning-link-what = These are your systems named in this notice. Please say for each of them, or for all at once, where it stands. Your answers can be changed until the link expires.
warning-link-due = Please answer by
warning-link-until = The link works until
warning-link-answered = Answered so far
warning-link-answered-of = { $count } of { $all }
warning-link-meaning = What the answers mean
warning-link-search = System or finding
warning-link-rows = Your systems
warning-link-answer = Answer
warning-link-comment = Comment
warning-link-answer-for = Answer for { $asset }
warning-link-comment-for = Comment on { $asset }
warning-link-keep = Send these answers
warning-link-keep-how = Only what you see on this page is sent. Rows without an answer stay as they are.
warning-link-all = One answer for all
warning-link-choose = Choose an answer
warning-link-which = For
warning-link-which-open = systems without an answer
warning-link-which-all = all systems of this notice
warning-link-all-keep = Answer for all
warning-link-table = Answer by table
warning-link-table-how = Download the table, fill in the column answer with received, fixed, false or help, add a comment where you like, and send it back as CSV. Leave the column finding as it is.
warning-link-table-get = Download the table (CSV)
warning-link-table-file = The table, filled in
warning-link-table-send = Send the table
warning-link-kept = { $count ->
    [one] Thank you. One answer was recorded.
   *[other] Thank you. { $count } answers were recorded.
}
warning-link-same = { $count ->
    [one] One answer was there already.
   *[other] { $count } answers were there already.
}
warning-link-troubles = { $count ->
    [one] One row was not accepted; the others were.
   *[other] { $count } rows were not accepted; the others were.
}
warning-link-refused-title = This link does not work
warning-link-refused-why = It may be incomplete, have expired, or be replaced by a newer letter.
warning-link-refused-how = If you have it from a letter of ours, check that you copied it whole, or answer that letter by mail.
warning-tlp-clear = It may be shared without limit.
warning-tlp-green = Share it within your community, not on public channels.
warning-tlp-amber = Share it only with those in your organisation and its clients who need it.
warning-tlp-amber-strict = Share it only with those in your organisation who need it.
warning-tlp-red = It is for the recipients of the letter only.

## What came of a table
warning-sheet-empty = The table is empty.
warning-sheet-too-large = The table is larger than { $megabytes } MB.
warning-sheet-no-column = The column { $column } is missing. The table has: { $found }
warning-sheet-column-twice = The column { $column } appears twice.
warning-sheet-unreadable = The table cannot be read. Save it as CSV and try again.
warning-sheet-nothing = Nothing was changed.
warning-sheet-blank = { $count ->
    [one] One line has no answer.
   *[other] { $count } lines have no answer.
}
warning-sheet-refused = { $count ->
    [one] One line was not accepted
   *[other] { $count } lines were not accepted
}
warning-sheet-refused-how = The other lines were accepted. Correct these and send the table again; what was accepted stays.
warning-sheet-lines = Lines that were not accepted
warning-sheet-line = Line
warning-sheet-column = Column
warning-sheet-why = Why
warning-sheet-found = Content
warning-sheet-more = { $count ->
    [one] One more line is not shown here.
   *[other] { $count } more lines are not shown here.
}
warning-sheet-back = Back to your systems
warning-sheet-other-finding = This finding is not one of this notice.
warning-sheet-no-answer = The answer is not one of received, fixed, false, help.
warning-sheet-comment-alone = There is a comment and no answer.
warning-sheet-comment-too-long = The comment is longer than { $most } characters.
warning-sheet-twice = This finding has an answer further up.
warning-sheet-broken = A quotation mark is opened and not closed, or the line is too long.
warning-sheet-fields = The line has not as many fields as the header.
warning-sheet-too-many = There are too many lines; this one and those after it were not read.
