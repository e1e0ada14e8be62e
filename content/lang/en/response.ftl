# Response: incidents

## States, impact, verdicts
response-state-new = New
response-state-open = Open
response-state-resolved = Resolved
response-state-abandoned = Abandoned
response-impact-low = Low
response-impact-medium = Medium
response-impact-high = High
response-impact-vital = Vital
response-impact-by-itself = As the constituents say
response-urgency-by-itself = As the worst finding says
response-verdict-left = findings left as they are
response-verdict-fixed = findings fixed
response-verdict-false = findings false
response-nobody = nobody
response-never = none
response-overdue = overdue

## Fields
response-field-number = Number
response-field-title = Title
response-field-class = Class and type
response-field-impact = Impact
response-field-urgency = Urgency
response-field-severity = Severity
response-field-tlp = Marking
response-field-mailbox = Our address
response-field-owner = Owner
response-field-state = State
response-field-due = Due
response-field-due-utc = Due (UTC)
response-field-constituent = Constituents
response-field-findings = Findings
response-field-created = Opened
response-field-changed = Changed
response-field-closed = Closed
response-field-rule = Rule
response-field-resolution = Resolution
response-field-note = Note

## The list
response-list-title = Incidents
response-list-search = Title, number or constituent
response-list-order = Order
response-list-order-newest = By the column headings
response-list-order-best = Best match first
response-list-order-cut = { $count ->
    [one] Only the newest record with these words was ranked. Older ones are left out: add words, or choose days.
   *[other] Only the { $count } newest records with these words were ranked. Older ones are left out: add words, or choose days.
}
response-list-show = Show only
response-list-age = Age
response-list-class = Class
response-list-choose = Choose
response-list-tick = Choose incident { $number }
response-list-none = There are no incidents yet
response-list-none-how = Rules open them from findings, and you can open one here or on the page of a finding.
response-list-state-live = Live: new or open
response-list-state-new = New
response-list-state-open = Open
response-list-state-closed = Closed
response-list-state-resolved = Resolved
response-list-state-abandoned = Abandoned
response-list-state-all = All
response-list-show-mine = Mine
response-list-show-watched = That I follow
response-list-show-unowned = Unowned
response-list-show-due = Overdue
response-list-severity-critical = Critical
response-list-severity-high-up = High or critical
response-list-severity-high = High
response-list-severity-medium = Medium
response-list-severity-low = Low
response-list-severity-info = Info
response-list-age-day = Up to a day
response-list-age-week = A day to a week
response-list-age-month = A week to a month
response-list-age-older = Older than 30 days
response-many-take = Take
response-many-open = Open
response-many-person = Person
response-many-assign = Assign
response-many-close = Close

## What a form did
response-did-take = The incident is assigned to you.
response-did-follow = You follow this incident.
response-did-unfollow = You no longer follow this incident.
response-did-relate = The two incidents are related now.
response-did-unrelate = The two incidents are no longer related.
response-did-merge = The incident was merged into this one. You can undo this on its own page.
response-did-split = The incident is separate again.
response-did-reopen = The incident is open again.
response-did-close = The incident is closed.
response-did-close-and-teach = The incident is closed. Its findings are being answered, and the reliability of their sources is updated.
response-did-strike = A note of { $number } was struck out.
response-did-restore-note = The note was restored.
response-did-change = The incident was changed.
response-did-open = Incident { $number } is open.
response-did-link = { $count ->
    [one] One finding was linked.
   *[other] { $count } findings were linked.
}
response-did-unlink = { $count ->
    [one] One finding was unlinked.
   *[other] { $count } findings were unlinked.
}
response-chosen-no-finding = No finding was chosen. Tick at least one and try again.
response-no-other = There is no incident with this number that you may see. Check the number and try again.
response-stale = Somebody changed the record in the meantime. Look at it and decide again.
response-refused = That was not done: { $why }.
response-refused-not-found = it is not there
response-refused-not-from = its state does not allow it
response-refused-merged = it was merged into another incident
response-refused-not-merged = it was not merged into another incident
response-refused-into-closed = the incident to merge into is closed
response-refused-itself = it is the same incident
response-refused-title = a title has 1 to 200 characters
response-refused-text = the text is empty or too long
response-refused-class = the class and type are not of the taxonomy
response-refused-resolution = choose how it ended
response-refused-clearance = the marking is stricter than what you may see
response-refused-no-note = there is no such note, or it was struck out
response-refused-no-playbook = there is no such playbook
response-refused-no-task = there is no such task, or it was removed
response-refused-task-waits = the task waits for a decision
response-refused-too-many = the incident has as many tasks as it can have
response-refused-person = nobody on the team has this name
response-refused-answer = choose one of the answers
response-refused-no-clock = there is no such clock or stage
response-refused-future = the time is in the future
response-refused-technique = a technique is written such as T1566 or T1566.002
response-refused-not-closed = the incident is not closed yet
response-refused-required = a required answer is missing; the other answers were kept
response-refused-mailbox = this is not one of our addresses
response-refused-unseen-mailbox = you may not see that mailbox; what you move there would disappear for you
response-refused-checks-open = closing checks are open, and no reason was given
response-refused-tasks-open = tasks are open, and no reason was given
response-refused-not-waiting = it is no longer waiting for a second person
response-refused-own-message = you wrote it yourself: somebody else has to release it
response-refused-not-writer = only its writer can withdraw it
response-refused-no-ticket = there is no such report, investigation or countermeasure
response-refused-ticket-not-from = its state does not allow it
response-refused-no-incident = a countermeasure belongs to an incident
response-refused-has-incident = it already belongs to another incident
response-refused-mail = this is not a mail address; one looks like abuse@isp.example
response-refused-no-recipient = there is no address to write to, or there are more than 100
response-refused-plain-mail = its marking does not allow it to leave as unencrypted mail
response-refused-no-message = this mail is no longer waiting for a decision
response-refused-itself-ticket = it is the same record
response-refused-other-kind = only two records of the same kind can be merged
response-refused-not-moved = only mail that we received can be moved

## Opening one
response-new-title = New incident
response-new-button = Open the incident
response-new-constituents = Constituents besides those of the findings
response-new-constituents-how = One name per line, as written in the constituency.
response-new-no-constituent = There is no constituent named { $name }.
response-new-or-link = Or link the findings to an existing incident
response-new-findings = { $count ->
    [one] One finding will be linked
   *[other] { $count } findings will be linked
}
response-panel-open = Open an incident
response-panel-all = All its incidents

## One incident
response-do-take = Take
response-do-edit = Change
response-do-close = Close
response-do-reopen = Open again
response-do-follow = Follow
response-do-unfollow = Stop following
response-do-split = Undo the merge
response-do-relate = Relate
response-do-unrelate = Remove the relation
response-do-unrelate-which = Remove the relation to { $number }
response-do-merge = Merge this one into it
response-do-link = Link to it
response-do-unlink = Unlink the selected
response-back = Back
response-save = Save
response-merged-into = This incident was merged into
response-merge-hint = Merging moves findings, reports, investigations, countermeasures, notes, tasks, observables and all else to the other incident and closes this one as a duplicate. It can be taken back.
response-other-number = Number of the other incident
response-one-facts = What it is
response-one-watchers = Followed by
response-one-others = Other incidents
response-one-merged-here = Merged into this one
response-one-related = Related
response-one-suggested = May be related
response-one-no-others = Nothing points to another incident.
response-one-no-findings = No finding is linked.
response-one-timeline = Timeline
response-one-more-lines = Only the newest lines are shown. The journal has all.
response-one-more-findings = { $count ->
    [one] One more finding is not shown here.
   *[other] { $count } more findings are not shown here.
}
response-related-asset = same asset
response-related-neighbourhood = neighbouring addresses
response-related-subject = same subject
response-related-constituent = same constituent
response-finding-asset = Asset
response-finding-what = What
response-finding-now = State now
response-finding-linked = Linked
response-finding-tick = Choose finding { $asset }
response-finding-gone = no longer there
response-line-when = When
response-line-who = Who
response-line-what = What
response-line-to = →
response-line-findings = { $count ->
    [one] one finding
   *[other] { $count } findings
}
response-line-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}

## Severity
response-matrix-title = How the severity comes about
response-matrix-how = Impact is the criticality of the constituent, urgency the worst of the findings. Both together give the severity.
response-matrix-here = here

## Changing
response-edit-title = Change { $number }
response-edit-unreadable = { $field }: this value cannot be read.
response-edit-stale = Somebody changed this incident while you had it open. Nothing is lost: choose which value to keep for each field, then save.
response-edit-theirs = Current value:
response-edit-mine = Your value:

## Notes
response-note-title = Note
response-note-new = New note
response-note-add = Add the note
response-note-text = Text
response-note-edit = Edit
response-note-strike = Strike out
response-note-restore = Restore
response-note-edited = edited
response-note-struck = Struck out by
response-note-show-struck = Show what it said
response-note-is-struck = This note was struck out and can no longer be edited.
response-note-stale = Somebody edited this note while you had it open. Both texts are below; combine them and save.
response-note-theirs = What it says now
response-note-mine = What you wrote
response-note-before = What it said before
response-note-too-long = { $count ->
    [one] A note has at most one character. Shorten it; nothing was lost.
   *[other] A note has 1 to { $count } characters. Change it and save again; nothing was lost.
}

## The end
response-close-title = Close { $number }
response-close-choose = Choose how it ended
response-close-verdict = What does that say of its findings?
response-close-left = Nothing: they stay as they are, and the reliability of sources does not change
response-close-fixed = They were real and are fixed: their sources were right
response-close-false = They were false positives: their sources were wrong
response-close-findings = { $count ->
    [one] One finding would be answered so.
   *[other] { $count } findings would be answered so.
}
response-close-fixed-feed = { $count ->
    [one] is confirmed once
   *[other] is confirmed { $count } times
}
response-close-false-feed = { $count ->
    [one] is contradicted once
   *[other] is contradicted { $count } times
}
response-reopen-reason = Reason
response-reopen-hint = The reason becomes a note. The findings stay as they were answered; take an answer back on the page of the finding.

## Journal
response-verb-incident-opened = opened the incident
response-verb-incident-changed = changed the incident
response-verb-incident-closed = closed the incident
response-verb-incident-reopened = opened the incident again
response-verb-incident-merged = merged the incident into
response-verb-incident-joined = received what was merged from
response-verb-incident-split = undid the merge with
response-verb-incident-parted = gave back what came from
response-verb-incident-followed = follows the incident
response-verb-incident-unfollowed = no longer follows the incident
response-verb-incident-restored = undid a bulk change
response-verb-incident-imported = imported the incident from another tool
response-verb-import-brought = uploaded a file from another tool
response-verb-import-tried = checked a file from another tool again
response-verb-import-begun = started to import a file
response-verb-import-finished = imported a file
response-verb-findings-joined = findings were added by a rule
response-verb-findings-linked = linked findings
response-verb-findings-unlinked = unlinked findings
response-verb-incidents-related = related it to
response-verb-incidents-unrelated = removed the relation to
response-verb-note-added = wrote a note
response-verb-note-edited = edited a note
response-verb-note-struck = struck a note out
response-verb-note-restored = restored a note
response-verb-playbook-applied = applied a playbook
response-verb-playbook-removed = removed a playbook
response-verb-task-added = added a task
response-verb-task-changed = changed a task
response-verb-task-done = completed a task
response-verb-task-skipped = skipped a task
response-verb-task-reopened = reopened a task
response-verb-task-removed = removed a task
response-verb-task-restored = restored a task
response-verb-moments-noted = noted when it began or was contained
response-verb-technique-added = added a technique
response-verb-technique-removed = removed a technique
response-verb-handover-written = wrote a handover
response-verb-handover-taken = took a shift over
response-verb-clock-started = started a clock
response-verb-clock-changed = changed the start of a clock
response-verb-clock-stopped = stopped a clock
response-verb-clock-resumed = resumed a clock
response-verb-clock-adjusted = adjusted a clock to the incident
response-verb-stage-met = recorded that a stage was met
response-verb-stage-unmet = undid the record of a met stage
response-verb-stage-due-soon = warned that a stage is due soon
response-verb-stage-late = warned that a stage is late
response-verb-review-answered = answered the review
response-verb-review-finished = finished the review
response-verb-report-opened = opened the report
response-verb-investigation-opened = launched the investigation
response-verb-countermeasure-opened = asked for the countermeasure
response-verb-ticket-changed = changed it
response-verb-ticket-assigned = assigned it
response-verb-ticket-moved = changed its state
response-verb-ticket-linked = linked it to an incident
response-verb-ticket-unlinked = unlinked it from an incident
response-verb-ticket-kept = left it open: another incident needs it
response-verb-ticket-merged = merged it into
response-verb-ticket-absorbed = received what was merged from
response-verb-ticket-split = undid the merge with
response-verb-ticket-parted = gave back what came from
response-verb-ticket-restored = undid a bulk change
response-verb-ticket-commented = wrote a comment
response-verb-message-written = wrote a message
response-verb-message-sent = a message was sent
response-verb-message-joined = a mail was added
response-verb-message-held = a mail from an unknown sender was held
response-verb-message-allowed = added a held mail
response-verb-message-discarded = discarded a held mail
response-verb-message-held-again = held a mail again
response-verb-message-moved = moved a message to
response-verb-message-taken = received a message moved from
response-verb-message-requeued = sent a message again
response-verb-message-stopped = stopped a message
response-verb-message-drafted = wrote a message that waits for a second person
response-verb-message-released = released a message
response-verb-own-message-released = released a message of their own, as nobody else may
response-verb-message-returned = sent a message back to its writer
response-verb-message-withdrawn = withdrew a message
response-verb-message-kept-back = a message was held back: it needs a second person
response-verb-delivery-delayed = a message is delayed
response-verb-delivery-failed = a message did not reach
response-verb-answer-declined = the answer is NO: nothing was put in place or lifted
response-verb-answer-unclear = an answer says neither DONE nor NO
response-verb-rule-switched = switched an automatic rule
response-verb-contact-dead = an address is out of service
response-verb-loop-stopped = no automatic answer was sent: there were too many already
response-verb-address-lifted = an address works again
response-verb-address-suspended = suspended an address

# What to do where nothing is
response-one-no-others-how = If you know of one, enter its number below.
response-one-no-findings-how = Tick findings on their list and link them to this number.
response-panel-none = No incident is open here.

# OpenPGP keys
response-verb-key-generated = made the key
response-verb-key-rotated = made a new key in place of the one before
response-verb-key-brought = imported the key
response-verb-key-offered = a mail contained the key
response-verb-key-renewed = the key was updated
response-verb-key-accepted = accepted the key
response-verb-key-rejected = rejected the key
response-verb-key-found = found the key at its domain
response-verb-key-removed = removed the key
response-verb-key-restored = restored the key
response-verb-certificate-brought = imported the certificate
response-verb-certificate-removed = removed the certificate
response-verb-certificate-restored = restored the certificate
response-verb-signature-checked = checked the signature of a mail
response-refused-no-key = its marking only allows it to leave encrypted, and not every recipient has a valid, accepted key

# Evidence
response-verb-evidence-added = recorded evidence
response-verb-evidence-file-kept = stored the file of a piece of evidence
response-verb-evidence-handed = handed evidence over
response-verb-evidence-checked = compared evidence with its hash
response-verb-evidence-removed = removed evidence from the list
response-verb-evidence-restored = put evidence back on the list
response-refused-no-evidence = there is no such piece of evidence, or it was removed from the list
response-refused-hash = this is not a SHA-256; it has 64 hexadecimal digits
response-refused-other-hash = the SHA-256 of the file is not the one that was noted; record it as separate evidence
response-refused-no-file = no file is stored here for it
response-refused-earlier = it is earlier than the last line of the chain of custody
response-refused-too-many-items = there is no room for more

# PAP: what may be done with what an incident knows
response-field-pap = PAP
response-pap-label-clear = PAP:CLEAR
response-pap-label-green = PAP:GREEN
response-pap-label-amber = PAP:AMBER
response-pap-label-red = PAP:RED
response-pap-clear = There are no restrictions on its use.
response-pap-green = Active measures are allowed: block it, write about it, ask registries.
response-pap-amber = Only what the adversary cannot notice: watch, compare, look into our own data. Nobody outside is asked.
response-pap-red = Only work that cannot be seen from outside, and no questions to anybody.
response-pap-hint = The Permissible Actions Protocol says what may be done with the information of the incident; TLP says who may read it. Above GREEN Manara asks no registry (RDAP, whois) for this incident.
response-refused-pap = the PAP of the incident is stricter than GREEN: the adversary could notice the question. Change the PAP first, if you may
response-refused-no-rule = there is no such rule

# Tags
response-field-tags = Tags
response-verb-tags-changed = changed the tags
response-refused-tag = this is not a tag; it is a word of at most 80 characters, or such as workflow:state="needs-review"

# Own fields
response-verb-fields-changed = filled in own fields
response-refused-fields-missing = own fields that are required before an incident is resolved have no value

# Registries outside
response-verb-registry-asked = asked an external registry

# Files of messages
response-refused-files = a message takes 20 files of 7 MB together; leave some out, or send them in several messages
response-refused-nothing-to-attach = it belongs to no incident whose marking allows its data to leave with the mail

# Observables
response-related-observable = same observable
response-verb-observables-named = added observables
response-verb-observable-noted = added a note to an observable
response-verb-observable-removed = removed an observable
response-verb-observable-restored = restored an observable
response-refused-observable = no address, domain, URL, hash or the like was found in it, or more than 500
response-refused-no-observable = the incident has no such observable

# Who is to write next
response-list-show-waits-us = They are waiting for our answer
response-list-show-waits-them = We are waiting for their answer

# Dividing an incident; an investigation with it
response-do-part = Divide
response-part-title = Divide { $number }
response-part-how = What you tick goes to a new incident, which is related to this one. Merging it back takes it back.
response-part-name = Title of the new incident
response-did-part = { $number } was divided off.
response-verb-incident-divided = divided the incident
response-verb-incident-divided-off = divided it off another incident
response-refused-nothing-to-part = choose what goes to the new incident: findings, reports or observables
response-also = Ask somebody at once
response-also-do = Launch an investigation with it
response-also-to = Mail address of whom to ask
response-also-how = The form to write to them follows.
response-field-also = Mail address of whom to ask
