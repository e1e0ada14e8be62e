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
tickets-source-xarf = Report by machine (XARF)
tickets-source-web = Public form
tickets-source-telephone = Telephone
tickets-source-api = Program
tickets-source-import = Other system
tickets-source-person = Person of the team
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
tickets-field-source = How it came
tickets-field-correspondent = Other side
tickets-field-correspondent-name = Name of the other side
tickets-field-mailbox = Address of ours
tickets-field-messages = Messages
tickets-field-language = Language of letters
tickets-field-target = What is to be blocked
tickets-field-place = Where
tickets-field-answered = First answer
tickets-field-sender = From
tickets-field-recipient = To
tickets-field-attempts = Tries
tickets-field-since = Waits since
tickets-field-remark = What the mail server said
tickets-field-address = Address
tickets-field-times = Failures
tickets-field-last = Last heard of

## The list
tickets-list-title = Reports, investigations, countermeasures
tickets-list-search = Words
tickets-list-tick = Choose { $number }
tickets-list-none = There are no reports yet
tickets-list-none-how = Mail opens them. After a call you can open one here, and a mail that you have as a file is handed in under Mail.
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
tickets-list-show-unanswered = Nobody answered yet
tickets-list-show-unlinked = Without an incident
tickets-list-show-due = Overdue
tickets-many-move = Put into this state
tickets-many-link = Link to this incident
tickets-many-moved = State: { $state }
tickets-many-linked = Link to { $number }
tickets-many-link-warns = The undo takes them off the incident again. What the incident has learnt from them it keeps: observables, owner, marking and due time.
tickets-many-no-incident = there is no open incident of this number

## One of them
tickets-do-write = Write
tickets-do-open = Open it
tickets-do-resolved = Resolve
tickets-do-rejected = Reject
tickets-do-active = It is active
tickets-do-pending-removal = Ask for removal
tickets-do-removed = It is removed
tickets-do-link = Link
tickets-do-unlink = Take off
tickets-do-unlink-which = Take off { $number }
tickets-do-comment = Add the comment
tickets-do-answer = Answer
tickets-do-move = Move it
tickets-do-retry = Send again
tickets-do-retry-which = Send again to { $mail }
tickets-do-stop = Stop
tickets-do-stop-which = Stop the mail to { $mail }
tickets-incident-number = Number of the incident
tickets-other-number = Number of the other
tickets-no-incident = It belongs to no incident.
tickets-no-other = There is none of this number that you may see. Check it and try again.
tickets-merge = Merge into another
tickets-merge-hint = Both are shown as one from then on, under the other number; what still comes for this one goes there. It can be taken back.
tickets-merged-into = This was merged into
tickets-kept = Its marking does not let it leave as plain mail. You can write comments; to write to somebody outside, lower the marking if it may be lowered, or use another way.
tickets-participants = Taking part in the mail
tickets-only-acknowledged = by machine only:
tickets-not-answered = none yet
tickets-messages = Messages
tickets-messages-earlier = Earlier messages
tickets-messages-newest = The newest messages
tickets-no-messages = Nothing was written yet.
tickets-no-messages-how = Write to the other side, or note a comment below.
tickets-comment = Comment
tickets-comment-text = For the others of the team
tickets-comment-hint = A comment never leaves the house.
tickets-observables = Observables
tickets-no-observables = It names no address, domain, hash or the like.
tickets-seen-before = Seen before in
tickets-move = This belongs elsewhere
tickets-move-to = Number of the report, investigation or countermeasure
tickets-move-hint = Without a number it becomes a report of its own.
tickets-mailbox-title = Address of an incident
tickets-mailbox-hint = Its reports, investigations and countermeasures go along; mail about them leaves from this address from then on.
tickets-do-mailbox = Change the address
tickets-none-here = Nobody told us of this, and nobody was asked.
tickets-none-here-how = Launch an investigation to ask a third party, or link a report.

## Messages
tickets-message-report = Report
tickets-message-reply = Answer
tickets-message-bounce = Did not arrive
tickets-message-automatic = By machine
tickets-message-quarantined = Held
tickets-message-arf = Complaint
tickets-message-xarf = Report by machine
tickets-message-sent = Sent by us
tickets-message-acknowledgement = Acknowledgement
tickets-message-comment = Comment
tickets-message-draft = Draft
tickets-message-quoted = Quoted text
tickets-message-signature = Signature
tickets-message-empty = It has no text.
tickets-message-cut = The rest is in the mail as a file.
tickets-message-files = Files
tickets-message-to = To
tickets-message-of = It came for
tickets-raw = The mail as a file
tickets-bytes = { $count ->
    [one] { $count } byte
   *[other] { $count } bytes
}
tickets-deliveries = How it fared
tickets-more-deliveries = { $count ->
    [one] One more recipient is not shown.
   *[other] { $count } more recipients are not shown.
}
tickets-delivery-queued = Waits
tickets-delivery-sending = Is being sent
tickets-delivery-sent = Sent
tickets-delivery-failed = Failed
tickets-delivery-bounced = Came back
tickets-delivery-stopped = Stopped
tickets-delivery-waiting = Waits for a second person
tickets-release-waiting = Waits for a second person
tickets-release-released = Let go
tickets-release-released-own = Let go by its own writer, as nobody else may
tickets-release-returned = Sent back
tickets-release-withdrawn = Taken back
tickets-do-release = Let it go
tickets-do-return = Send it back
tickets-do-withdraw = Take it back and change it
tickets-do-rewrite = Write it anew
tickets-return-reason = Why it goes back
tickets-decrypted = It was opened with our key.
tickets-signed-at = Signed:
tickets-security-pgp-mime-signed = Signed with OpenPGP.
tickets-security-pgp-mime-encrypted = Encrypted with OpenPGP.
tickets-security-pgp-inline = OpenPGP in the text.
tickets-security-smime-signed = Signed with S/MIME.
tickets-security-smime-encrypted = Encrypted with S/MIME.
tickets-signature-good = The signature is good.
tickets-signature-bad = The signature is wrong: do not believe who it says it is from.
tickets-signature-unknown-key = The key of the signature is not known.
tickets-signature-expired-key = The key of the signature has expired.
tickets-signature-revoked-key = The key of the signature was revoked.
tickets-signature-other-sender = The signature is good, by a key that does not name the sender's address.
tickets-signature-unverified-key = The signature is right, by a key that nobody of us has accepted yet.
tickets-signature-part = A part of the mail is signed, and not all of it.
tickets-signature-rejected-key = The key of the signature was rejected by us.
tickets-signature-unknown-issuer = It is signed by a certificate that nobody we trust vouches for: it does not say who wrote it.
tickets-signature-unchecked = No signature was checked.
tickets-faults = { $count ->
    [one] One thing is odd about this mail
   *[other] { $count } things are odd about this mail
}
tickets-fault-head-broken = A line of its head is no field.
tickets-fault-head-cut = Its head was longer than we read.
tickets-fault-field-cut = A field of its head was longer than we read.
tickets-fault-doubled-field = A field that may stand once stands several times.
tickets-fault-no-sender = It does not say who it is from.
tickets-fault-recipients-cut = It has more recipients than we read.
tickets-fault-too-deep = Its parts lie deeper in each other than we read.
tickets-fault-too-many-parts = It has more parts than we read.
tickets-fault-boundary-missing = It does not say where its parts begin.
tickets-fault-boundary-open = Its last part does not end.
tickets-fault-unknown-encoding = A part is encoded in an unknown way.
tickets-fault-broken-encoding = The encoding of a part is damaged.
tickets-fault-unknown-charset = The character set of a text is unknown.
tickets-fault-broken-text = A text holds bytes that are no characters.
tickets-fault-control-characters = A text holds control characters.
tickets-fault-sealed-no-key = It came encrypted, for none of our keys: it could not be opened.
tickets-fault-sealed-broken = It came encrypted and is damaged: it could not be opened.
tickets-fault-sealed-too-much = It came encrypted, and what is inside is larger or deeper than we open.
tickets-fault-text-cut = Its text was longer than we keep.
tickets-automatic-loop = A machine sent it: it went round in a circle.
tickets-automatic-report = A machine sent it: a report about a delivery.
tickets-automatic-empty-return-path = A machine sent it: it takes no answer.
tickets-automatic-auto-submitted = A machine sent it, and says so.
tickets-automatic-machine-field = A machine sent it.
tickets-automatic-list = It came over a mailing list.
tickets-automatic-precedence = It says that it is bulk mail.
tickets-automatic-suppressed = It asks for no automatic answer.
tickets-automatic-calendar = A calendar sent it.
tickets-automatic-daemon = A mail system sent it.
tickets-automatic-no-reply = It is from an address that takes no answer.
tickets-automatic-absence = It is a notice of absence.
tickets-automatic-own-address = It is from an address of ours.
tickets-automatic-own = It is our own mail, come back.
tickets-observable-ip = Address
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
tickets-new-title = Open by hand
tickets-new-report = New report
tickets-new-investigation = Launch an investigation
tickets-new-countermeasure = Ask for a countermeasure
tickets-edit-stale = Somebody changed it while you had it open. Now it says: { $subject }; owner: { $owner }; marking: { $tlp }; type: { $class }. Below is what you wrote; save it if it shall stand.

## Writing
tickets-write-title = Write for { $number }
tickets-write-to = To
tickets-write-to-how = One address in each line, at most 100. Each recipient gets a mail of their own and does not see the others.
tickets-letter = Letter
tickets-letter-none = none
tickets-letter-language = Language
tickets-letter-take = Take this letter
tickets-letters-in-force = Put in force
tickets-letters-fitting = For this kind of ticket
tickets-letters-others = Others
tickets-do-preview = See it as it will leave
tickets-do-send = Send it
tickets-preview = As it will leave
tickets-preview-to = To
tickets-preview-waits = A second person has to let it go before it leaves.
tickets-preview-how = { $count ->
    [one] One mail will be sent.
   *[other] { $count } mails will be sent, one for each recipient.
}

## Mail
tickets-mail-title = Mail
tickets-mail-addresses = Addresses of ours:
tickets-held = Waits for a decision
tickets-held-title = Held mail
tickets-held-none = No mail waits for a decision.
tickets-held-none-how = Mail of strangers that names a number of ours is held here.
tickets-held-for = It names
tickets-held-how = Its sender has had no mail of ours and takes no part in what the subject names. Numbers can be guessed, so a person decides.
tickets-held-hint = If it joins, its sender takes part from then on. What is discarded is kept, but shown nowhere.
tickets-do-join = Let it join
tickets-do-report = Make it a report of its own
tickets-do-discard = Discard it
tickets-second = Waits for a second person
tickets-second-how = Mail of this marking leaves when somebody else than its writer has let it go.
tickets-field-writer = Written by
tickets-queue = On its way, stopped or not delivered
tickets-queue-none = Nothing waits, and nothing failed.
tickets-queue-none-how = Mail that has left is shown with its message.
tickets-more-lines = { $count ->
    [one] Only the first line is shown.
   *[other] Only the first { $count } lines are shown.
}
tickets-dead = Addresses that do not work
tickets-dead-none = All addresses work.
tickets-dead-none-how = Bounces and refusals put addresses here.
tickets-address-soft = Troubled: still tried
tickets-address-hard = Dead: nothing is sent
tickets-address-suspended = Suspended: nothing is sent
tickets-do-lift = It works again
tickets-do-lift-which = { $mail } works again
tickets-suspend = Suspend an address
tickets-do-suspend = Send nothing there
tickets-hand-in = A mail I have as a file
tickets-hand-in-file = File (.eml, or an mbox with up to 1,000 mails)
tickets-hand-in-kind = If it is an mbox: its kind
tickets-hand-in-hint = It is taken as if it had come by itself; the same mail twice is one. Nearly every mbox is of the kind mboxrd.
tickets-do-hand-in = Hand it in
tickets-hand-in-none = No file was chosen, or it is empty.
tickets-hand-in-one = The mail was taken.
tickets-hand-in-known = This mail was here already.
tickets-hand-in-too-many = The file has more than { $count } mails. Nothing was taken; divide it.
tickets-hand-in-many = Mails taken: { $count }; here already: { $known }.
tickets-hand-in-some = Mails taken: { $count }; here already: { $known }; not taken: { $refused }, the first because: { $why }

## What a form did
tickets-did-take = It is yours.
tickets-did-move = It was put into another state.
tickets-did-link = It belongs to the incident.
tickets-did-unlink = It no longer belongs to the incident.
tickets-did-merge = { $number } was merged into this one.
tickets-did-mailbox = The incident and what belongs to it are of this address now.
tickets-did-split = It stands on its own again.
tickets-did-change = It was changed.
tickets-did-open = { $number } is open.
tickets-did-comment = The comment is there.
tickets-did-send = { $count ->
    [one] The mail is on its way.
   *[other] { $count } mails are on their way.
}
tickets-did-draft = It is written and waits for a second person.
tickets-did-release = It is on its way.
tickets-did-release-own = It is on its way. You wrote it yourself and nobody else may let it go; the record says so.
tickets-did-return = It went back to its writer.
tickets-did-withdraw = It was taken back. Change it here and send it anew.
tickets-did-move-message = The message belongs to { $number } now.
tickets-did-join = The mail belongs to { $number } now.
tickets-did-report = The mail is report { $number }.
tickets-did-discard = The mail was discarded.
tickets-did-retry = It is sent again.
tickets-did-retry-not = Nothing was to be done: it waits already, or has left.
tickets-did-stop = It was stopped and can be sent again.
tickets-did-stop-not = It was too late: it has left, or is leaving.
tickets-did-lift = Mail goes to { $mail } again.
tickets-did-suspend = Nothing more is sent to { $mail }.

## Home
tickets-home-unowned = Unowned reports
tickets-home-held = Mail to decide about
tickets-home-release = Mail that waits for you
tickets-home-undelivered = Undelivered mail of 7 days
tickets-search = Reports, investigations, countermeasures

# Who is to write next
tickets-list-show-answers = Mine with an answer to read
tickets-list-show-waits-us = They wrote last
tickets-list-show-waits-them = We wrote last
tickets-home-answers = Answers to read
