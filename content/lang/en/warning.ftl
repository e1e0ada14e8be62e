# Warning: notices to constituents and the built-in box

## States
warning-state-draft = Draft
warning-state-approved = Approved
warning-state-queued = Waiting to leave
warning-state-sent = Sent
warning-state-failed = Failed
warning-state-cancelled = Cancelled

## Formats
warning-format-csv = CSV
warning-format-json = JSON
warning-format-both = CSV and JSON

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
warning-list-unfilled = attachments in the making
warning-list-approve = Approve
warning-list-cancel = Cancel
warning-list-redraft = Back to draft
warning-list-retry = Try again
warning-list-approve-all = Approve all shown
warning-list-none = There are no notices yet
warning-list-none-how = When findings of a constituent come in, they become a draft here, in the constituent's language, for you to approve.
warning-capture-note = Mail stays in the house: what is sent goes into the built-in box, and nobody outside receives it. To send for real, set mail.transport to "smtp" in the configuration.

## What a form did
warning-chosen-none = No notice was chosen. Tick at least one and try again.
warning-did-approve = { $count ->
    [one] One notice is approved and leaves as soon as its attachments are there.
   *[other] { $count } notices are approved and leave as soon as their attachments are there.
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
warning-refused-not-found = it is not there
warning-refused-not-from = its state does not allow it

## One notice
warning-do-approve = Approve
warning-do-cancel = Cancel
warning-do-redraft = Back to draft
warning-do-retry = Try again
warning-one-facts = What it is about
warning-one-course = Its course
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
warning-one-rule = Rule
warning-one-queued = Ready to leave
warning-one-attempts = Tries
warning-one-format = Attached as
warning-one-from = From
warning-one-to = To
warning-one-subject = Subject
warning-one-files = Attachments
warning-one-no-files = None
warning-one-file-size = { $rows ->
    [one] one event, { $bytes } bytes
   *[other] { $rows } events, { $bytes } bytes
}
warning-one-header = Header of the message
warning-one-nobody = Nobody
warning-one-nobody-how = Add a contact with a mail address
warning-one-in-box = See it in the box
warning-one-problem = The message cannot be built yet:
warning-one-error = The last try did not work:
warning-one-sending = The mail server is being talked to right now.
warning-one-unfilled = The attachments are in the making. The letter will mention them; until then the notice does not leave.
warning-one-asset = Asset
warning-one-what = What
warning-one-first = First seen
warning-one-last = Last seen
warning-one-more = { $count ->
    [one] One more finding is not shown here.
   *[other] { $count } more findings are not shown here.
}

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
warning-mailbox-none-how = Approve a notice: its message appears here, exactly as it would have left.

## Journal
warning-verb-notice-drafted = drafted a notice
warning-verb-notice-approved = approved a notice
warning-verb-notice-queued = made a notice ready to leave
warning-verb-notice-sent = sent a notice
warning-verb-notice-failed = gave up sending a notice
warning-verb-notice-cancelled = cancelled a notice
warning-verb-notice-redrafted = made a notice a draft again
warning-verb-notice-retried = tried a notice again
