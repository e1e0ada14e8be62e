# Reports, investigations, countermeasures, and their mail

tickets-nav = Reports

## Kinds, states, sources
tickets-kind-report = Report
tickets-kind-investigation = Investigation
tickets-kind-countermeasure = Countermeasure
tickets-kind-all = All
tickets-kinds-report = Reports
tickets-kinds-investigation = Investigations
tickets-kinds-countermeasure = Countermeasures
tickets-state-new = New
tickets-state-open = Open
tickets-state-resolved = Resolved
tickets-state-rejected = Rejected
tickets-state-pending-activation = Activation asked for
tickets-state-active = Active
tickets-state-pending-removal = Removal asked for
tickets-state-removed = Removed
tickets-source-mail = Mail
tickets-source-arf = Complaint of a mail provider (ARF)
tickets-source-xarf = Automated report (XARF)
tickets-source-web = Public form
tickets-source-telephone = Telephone
tickets-source-api = Program
tickets-source-import = Other system
tickets-source-person = Team member
tickets-tlp-clear = TLP:CLEAR
tickets-tlp-green = TLP:GREEN
tickets-tlp-amber = TLP:AMBER
tickets-tlp-amber-strict = TLP:AMBER+STRICT
tickets-tlp-red = TLP:RED
tickets-overdue = overdue
tickets-no-subject = no subject

## Fields
tickets-field-kind = Kind
tickets-field-subject = Subject
tickets-field-source = Received by
tickets-field-correspondent = Correspondent
tickets-field-correspondent-name = Name of the correspondent
tickets-field-mailbox = Our address
tickets-field-messages = Messages
tickets-field-language = Language of letters
tickets-field-target = What to block
tickets-field-place = Where
tickets-field-answered = First answer
tickets-field-sender = From
tickets-field-recipient = To
tickets-field-attempts = Attempts
tickets-field-since = Waiting since
tickets-field-remark = Mail server’s reply
tickets-field-address = Address
tickets-field-times = Failures
tickets-field-last = Last failure

## The list
tickets-list-title = Reports, investigations, countermeasures
tickets-list-search = Words
tickets-list-tick = Choose { $number }
tickets-list-none = There are no reports yet
tickets-list-none-how = Reports arrive by mail. After a call you can open one here; upload a mail saved as a file under Mail.
tickets-list-state-live = Live
tickets-list-state-new = New
tickets-list-state-open = Open
tickets-list-state-pending-activation = Activation asked for
tickets-list-state-active = Active
tickets-list-state-pending-removal = Removal asked for
tickets-list-state-closed = Closed
tickets-list-state-resolved = Resolved
tickets-list-state-rejected = Rejected
tickets-list-state-removed = Removed
tickets-list-state-all = All
tickets-list-show-mine = Mine
tickets-list-show-unowned = Unowned
tickets-list-show-unanswered = Not answered yet
tickets-list-show-unlinked = Without an incident
tickets-list-show-due = Overdue
tickets-many-move = Change the state
tickets-many-link = Link to this incident
tickets-many-moved = State: { $state }
tickets-many-linked = Link to { $number }
tickets-many-link-warns = Undo unlinks them from the incident again. What the incident learned from them stays: observables, owner, marking and due time.
tickets-many-no-incident = there is no open incident with this number

## One of them
tickets-do-write = Write
tickets-do-open = Open
tickets-do-resolved = Resolve
tickets-do-rejected = Reject
tickets-do-active = Mark as active
tickets-do-pending-removal = Ask for removal
tickets-do-removed = Mark as removed
tickets-do-link = Link
tickets-do-unlink = Unlink
tickets-do-unlink-which = Unlink from { $number }
tickets-do-comment = Add the comment
tickets-do-answer = Answer
tickets-do-move = Move
tickets-do-retry = Send again
tickets-do-retry-which = Send again to { $mail }
tickets-do-stop = Stop
tickets-do-stop-which = Stop the mail to { $mail }
tickets-incident-number = Number of the incident
tickets-other-number = Number of the other record
tickets-no-incident = Not linked to an incident.
tickets-no-other = There is no record with this number that you may see. Check the number and try again.
tickets-merge = Merge into another
tickets-merge-hint = From then on both are shown as one, under the other number, and new mail for this one goes there. This can be undone.
tickets-merged-into = This was merged into
tickets-kept = Its marking does not allow it to leave as unencrypted mail. You can write comments; to write to somebody outside, lower the marking if that is allowed, or use another channel.
tickets-participants = Participants
tickets-only-acknowledged = automatic acknowledgement only:
tickets-not-answered = none yet
tickets-messages = Messages
tickets-messages-earlier = Earlier messages
tickets-messages-newest = The newest messages
tickets-no-messages = There are no messages yet.
tickets-no-messages-how = Write to the correspondent, or add a comment below.
tickets-comment = Comment
tickets-comment-text = For the team only
tickets-comment-hint = A comment is never sent outside the team.
tickets-observables = Observables
tickets-no-observables = No address, domain, hash or other observable was found.
tickets-seen-before = Seen before in
tickets-move = Move this message
tickets-move-to = Number of the report, investigation or countermeasure
tickets-move-hint = Without a number it becomes a new report.
tickets-mailbox-title = Our address for this incident
tickets-mailbox-hint = Its reports, investigations and countermeasures move along; mail about them is then sent from this address.
tickets-do-mailbox = Change the address
tickets-none-here = Nobody reported this to us, and nobody was asked.
tickets-none-here-how = Launch an investigation to ask a third party, or link a report.

## Messages
tickets-message-report = Report
tickets-message-reply = Answer
tickets-message-bounce = Not delivered
tickets-message-automatic = Automatic
tickets-message-quarantined = Held
tickets-message-arf = Complaint
tickets-message-xarf = Automated report
tickets-message-sent = Sent by us
tickets-message-acknowledgement = Acknowledgement
tickets-message-comment = Comment
tickets-message-draft = Draft
tickets-message-quoted = Quoted text
tickets-message-signature = Signature
tickets-message-empty = It has no text.
tickets-message-cut = The rest is in the original mail file.
tickets-message-files = Files
tickets-message-to = To
tickets-message-of = Received at
tickets-fact-type = Type of complaint
tickets-fact-happened = Happened
tickets-fact-source = Source
tickets-fact-source-port = Source port
tickets-fact-destination = Target
tickets-fact-destination-port = Target port
tickets-fact-url = Web address
tickets-fact-domain = Domain
tickets-fact-reporter = Reporter
tickets-fact-sender = Sent on behalf of the reporter by
tickets-fact-report-id = Number given by the reporter
tickets-fact-incidents = Messages it stands for
tickets-fact-mail-from = Sender of the message
tickets-fact-rcpt-to = Recipient of the message
tickets-fact-description = Description
tickets-fact-confidence = Confidence, from 0 to 1
tickets-fact-tags = Tags
tickets-fact-evidence = Evidence
tickets-raw = Original mail (file)
tickets-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
tickets-deliveries = Delivery
tickets-more-deliveries = { $count ->
    [one] One more recipient is not shown.
   *[other] { $count } more recipients are not shown.
}
tickets-delivery-queued = Waiting
tickets-delivery-sending = Being sent
tickets-delivery-sent = Sent
tickets-delivery-failed = Failed
tickets-delivery-bounced = Returned
tickets-delivery-stopped = Stopped
tickets-delivery-waiting = Waiting for a second person
tickets-release-waiting = Waiting for a second person
tickets-release-released = Released
tickets-release-released-own = Released by its own writer, as nobody else may
tickets-release-returned = Sent back
tickets-release-withdrawn = Withdrawn
tickets-do-release = Release
tickets-do-return = Send back
tickets-do-withdraw = Withdraw and change
tickets-do-rewrite = Write again
tickets-return-reason = Reason for sending it back
tickets-decrypted = Decrypted with our key.
tickets-signed-at = Signed:
tickets-security-pgp-mime-signed = Signed with OpenPGP.
tickets-security-pgp-mime-encrypted = Encrypted with OpenPGP.
tickets-security-pgp-inline = OpenPGP in the text.
tickets-security-smime-signed = Signed with S/MIME.
tickets-security-smime-encrypted = Encrypted with S/MIME.
tickets-signature-good = The signature is valid.
tickets-signature-bad = The signature is not valid: do not trust the sender it names.
tickets-signature-unknown-key = The key of the signature is unknown.
tickets-signature-expired-key = The key of the signature has expired.
tickets-signature-revoked-key = The key of the signature was revoked.
tickets-signature-other-sender = The signature is valid, but its key does not name the address of the sender.
tickets-signature-unverified-key = The signature is valid, but nobody here has accepted its key yet.
tickets-signature-part = Only a part of the mail is signed.
tickets-signature-rejected-key = The key of the signature was rejected here.
tickets-signature-unknown-issuer = It is signed with a certificate that no trusted authority vouches for, so it does not prove who wrote it.
tickets-signature-unchecked = No signature was checked.
tickets-faults = { $count ->
    [one] One problem with this mail
   *[other] { $count } problems with this mail
}
tickets-fault-head-broken = A header line cannot be read.
tickets-fault-head-cut = Its header is longer than we read.
tickets-fault-field-cut = A header field is longer than we read.
tickets-fault-doubled-field = A header field that may appear only once appears several times.
tickets-fault-no-sender = It names no sender.
tickets-fault-recipients-cut = It has more recipients than we read.
tickets-fault-too-deep = Its parts are nested deeper than we read.
tickets-fault-too-many-parts = It has more parts than we read.
tickets-fault-boundary-missing = It does not say where its parts begin.
tickets-fault-boundary-open = Its last part does not end.
tickets-fault-unknown-encoding = A part uses an unknown encoding.
tickets-fault-broken-encoding = The encoding of a part is damaged.
tickets-fault-unknown-charset = The character set of a text is unknown.
tickets-fault-broken-text = A text contains bytes that are not characters.
tickets-fault-control-characters = A text contains control characters.
tickets-fault-sealed-no-key = It is encrypted, but not for any of our keys: it could not be opened.
tickets-fault-sealed-broken = It is encrypted and damaged: it could not be opened.
tickets-fault-sealed-too-much = It is encrypted, and its content is larger or more deeply nested than we open.
tickets-fault-text-cut = Its text was longer than we keep.
tickets-automatic-loop = Automatic mail: it went round in a loop.
tickets-automatic-report = Automatic mail: a delivery report.
tickets-automatic-empty-return-path = Automatic mail: it accepts no answer.
tickets-automatic-auto-submitted = Automatic mail: its header says so.
tickets-automatic-machine-field = Automatic mail.
tickets-automatic-list = It came through a mailing list.
tickets-automatic-precedence = Bulk mail: its header says so.
tickets-automatic-suppressed = It asks for no automatic answer.
tickets-automatic-calendar = Sent by a calendar.
tickets-automatic-daemon = Sent by a mail system.
tickets-automatic-no-reply = Sent from an address that accepts no answer.
tickets-automatic-absence = Automatic notice of absence.
tickets-automatic-own-address = Sent from one of our own addresses.
tickets-automatic-own = Our own mail, returned to us.
tickets-observable-ip = IP address
tickets-observable-cidr = Network
tickets-observable-domain = Domain
tickets-observable-url = URL
tickets-observable-mail = Mail address
tickets-observable-hash-md5 = MD5
tickets-observable-hash-sha1 = SHA-1
tickets-observable-hash-sha256 = SHA-256
tickets-observable-hash-sha512 = SHA-512
tickets-observable-cve = CVE
tickets-observable-asn = AS number

## Opening and changing
tickets-new-title = Open manually
tickets-new-report = New report
tickets-new-investigation = Launch an investigation
tickets-new-countermeasure = Ask for a countermeasure

## Writing
tickets-write-title = Write about { $number }
tickets-write-to = To
tickets-write-to-how = One address per line, at most 100. Each recipient gets a separate mail and does not see the others.
tickets-letter = Letter
tickets-letter-none = none
tickets-letter-language = Language
tickets-letter-take = Use this letter
tickets-letters-in-force = In force
tickets-letters-fitting = For this kind of record
tickets-letters-others = Others
tickets-do-preview = Preview
tickets-do-send = Send
tickets-preview = Preview
tickets-preview-to = To
tickets-preview-waits = A second person has to release it before it is sent.
tickets-preview-how = { $count ->
    [one] One mail will be sent.
   *[other] { $count } mails will be sent, one for each recipient.
}

## Mail
tickets-mail-title = Mail
tickets-mail-addresses = Our addresses:
tickets-held = Waiting for a decision
tickets-held-title = Held mail
tickets-held-none = No mail is waiting for a decision.
tickets-held-none-how = Mail from unknown senders that names one of our numbers is held here.
tickets-held-search = Subject, sender or number
tickets-held-all = All held mail as a list, with filters and export
tickets-held-for = It names
tickets-held-how = Its sender has never had mail from us and is not a participant in the record that the subject names. Numbers can be guessed, so a person decides.
tickets-held-hint = If it is added, its sender becomes a participant. Discarded mail is kept, but not shown.
tickets-held-do-discard = Discard them
tickets-held-do-reports = Make each a new report
tickets-held-reports-warns = Undo holds the mail again and rejects the new reports that nobody has worked on; their numbers stay used.
tickets-do-join = Add to that record
tickets-do-report = Make it a new report
tickets-do-discard = Discard
tickets-second = Waiting for a second person
tickets-second-how = Mail with this marking is sent only after somebody other than its writer has released it.
tickets-second-none = No mail is waiting for a second person.
tickets-second-none-how = A message whose marking asks for one is shown here until somebody has decided.
tickets-second-search = Subject, recipient, writer or number
tickets-second-show-others = Written by others
tickets-second-show-mine = Written by me
tickets-second-all = All of it as a list, with filters and export
tickets-field-writer = Written by
tickets-queue = On the way, stopped or undelivered
tickets-queue-none = Nothing is waiting, and nothing has failed.
tickets-queue-none-how = Mail that was sent is shown in its record.
tickets-queue-search = Recipient, server’s reply or number
tickets-queue-show-undelivered = Undelivered in 7 days
tickets-queue-all = All of it as a list, with filters and export
tickets-more-lines = { $count ->
    [one] Only the first line is shown.
   *[other] Only the first { $count } lines are shown.
}
tickets-dead = Addresses that do not work
tickets-dead-none = All addresses work.
tickets-dead-none-how = Addresses whose mail bounces or is refused appear here.
tickets-dead-search = Address or server’s reply
tickets-dead-all = All of them as a list, with filters and export
tickets-address-soft = Failing: still tried
tickets-address-hard = Out of service: nothing is sent
tickets-address-suspended = Suspended: nothing is sent
tickets-do-lift = Mark as working
tickets-do-lift-which = Mark as working: { $mail }
tickets-suspend = Suspend an address
tickets-do-suspend = Stop sending there
tickets-hand-in = Upload a mail
tickets-hand-in-file = File (.eml, or an mbox with up to 1,000 mails)
tickets-hand-in-kind = For an mbox: its variant
tickets-hand-in-hint = It is treated like mail that arrived normally; the same mail is not taken twice. Nearly every mbox is of the variant mboxrd.
tickets-do-hand-in = Upload
tickets-hand-in-none = No file was chosen, or it is empty.
tickets-hand-in-one = The mail was uploaded.
tickets-hand-in-known = This mail was already here.
tickets-hand-in-too-many = The file has more than { $count } mails. Nothing was taken; split it.
tickets-hand-in-many = Mails taken: { $count }; here already: { $known }.
tickets-hand-in-some = Mails taken: { $count }; here already: { $known }; not taken: { $refused }, the first because: { $why }

## What a form did
tickets-did-take = It is assigned to you.
tickets-did-move = Its state was changed.
tickets-did-link = It was linked to the incident.
tickets-did-unlink = It was unlinked from the incident.
tickets-did-merge = { $number } was merged into this one.
tickets-did-mailbox = The incident and everything linked to it now use this address.
tickets-did-split = It is separate again.
tickets-did-change = It was changed.
tickets-did-open = { $number } is open.
tickets-did-comment = The comment was added.
tickets-did-send = { $count ->
    [one] The mail is on its way.
   *[other] { $count } mails are on their way.
}
tickets-did-draft = It is written and waits for a second person.
tickets-did-release = It is on its way.
tickets-did-release-own = It is on its way. You wrote it yourself and nobody else may release it; this was recorded.
tickets-did-return = It was sent back to its writer.
tickets-did-withdraw = It was withdrawn. Change it here and send it again.
tickets-did-move-message = The message belongs to { $number } now.
tickets-did-join = The mail belongs to { $number } now.
tickets-did-report = The mail is now report { $number }.
tickets-did-discard = The mail was discarded.
tickets-did-retry = It is being sent again.
tickets-did-retry-not = Nothing to do: it is already waiting or has been sent.
tickets-did-stop = It was stopped and can be sent again.
tickets-did-stop-not = Too late: it has been sent or is being sent.
tickets-did-lift = Mail is sent to { $mail } again.
tickets-did-lift-not = Nothing to do: mail is already sent to { $mail }.
tickets-did-suspend = Nothing more is sent to { $mail }.

## Home
tickets-home-unowned = Unowned reports
tickets-home-held = Mail waiting for a decision
tickets-home-release = Mail waiting for your release
tickets-home-undelivered = Undelivered mail (7 days)
tickets-search = Reports, investigations, countermeasures

# Who is to write next
tickets-list-show-answers = Mine with an unread answer
tickets-list-show-waits-us = They wrote last
tickets-list-show-waits-them = We wrote last
tickets-list-show-waits-long = No answer for 7 days
tickets-home-answers = Answers to read
