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
response-field-mailbox = Address of ours
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
response-list-order-newest = As its headings say
response-list-order-best = Best first
response-list-order-cut = { $count ->
    [one] One record that said this last was ranked. Older ones that say it too are left out: look for more words, or choose days.
   *[other] The { $count } records that said this last were ranked. Older ones that say it too are left out: look for more words, or choose days.
}
response-list-show = Only
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
response-did-take = The incident is yours.
response-did-follow = You follow this incident.
response-did-unfollow = You no longer follow this incident.
response-did-relate = The two incidents are related now.
response-did-unrelate = The two incidents are no longer related.
response-did-merge = The incident was merged into this one. Its own page takes it back.
response-did-split = The incident stands on its own again.
response-did-reopen = The incident is open again.
response-did-close = The incident is closed.
response-did-close-and-teach = The incident is closed. Its findings are answered in a moment, and their sources learn from it.
response-did-strike = A note of { $number } was struck out.
response-did-restore-note = The note is back.
response-did-change = The incident was changed.
response-did-open = Incident { $number } is open.
response-did-link = { $count ->
    [one] One finding was linked.
   *[other] { $count } findings were linked.
}
response-did-unlink = { $count ->
    [one] One finding was taken off.
   *[other] { $count } findings were taken off.
}
response-chosen-no-finding = No finding was chosen. Tick at least one and try again.
response-no-other = There is no incident of this number that you may see. Check it and try again.
response-stale = Somebody changed the record in the meantime. Look at it and decide anew.
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
response-refused-no-task = there is no such task, or it was taken away
response-refused-task-waits = the task waits for a decision
response-refused-too-many = the incident has as many tasks as it can have
response-refused-person = nobody on the team has this name
response-refused-answer = choose one of the answers
response-refused-no-clock = there is no such clock or stage
response-refused-future = the moment lies ahead
response-refused-technique = a technique is written such as T1566 or T1566.002
response-refused-not-closed = the incident is not closed yet
response-refused-required = something that is required was not answered; the other answers were kept
response-refused-mailbox = that is none of our addresses
response-refused-unseen-mailbox = you may not see that mailbox; what is given to it would be gone for you
response-refused-checks-open = closing checks are open, and no reason was given
response-refused-tasks-open = tasks are open, and no reason was given
response-refused-not-waiting = it does not wait for a second person any more
response-refused-own-message = you wrote it yourself: somebody else has to let it go
response-refused-not-writer = only whoever wrote it can take it back
response-refused-no-ticket = there is no such report, investigation or countermeasure
response-refused-ticket-not-from = its state does not allow it
response-refused-no-incident = a countermeasure belongs to an incident
response-refused-has-incident = it belongs to another incident already
response-refused-mail = that is no mail address; one looks like abuse@isp.example
response-refused-no-recipient = there is no address to write to, or there are more than 100
response-refused-plain-mail = its marking does not let it leave as plain mail
response-refused-no-message = this mail waits for no decision any more
response-refused-itself-ticket = it is the same
response-refused-other-kind = only two of one kind can be merged
response-refused-not-moved = only a mail that came in can go elsewhere

## Opening one
response-new-title = New incident
response-new-button = Open the incident
response-new-constituents = Constituents besides those of the findings
response-new-constituents-how = One name in each line, as it stands in the constituency.
response-new-no-constituent = There is no constituent called { $name }.
response-new-or-link = Or link the findings to an incident that is there
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
response-do-split = Take the merger back
response-do-relate = Relate
response-do-unrelate = No longer related
response-do-unrelate-which = No longer related to { $number }
response-do-merge = Merge this one into it
response-do-link = Link to it
response-do-unlink = Take off what is ticked
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
response-one-suggested = May have to do with it
response-one-no-others = Nothing points to another incident.
response-one-no-findings = No finding is linked.
response-one-timeline = Timeline
response-one-more-lines = Only the newest lines are shown. The journal has all.
response-one-more-findings = { $count ->
    [one] One more finding is not shown here.
   *[other] { $count } more findings are not shown here.
}
response-related-asset = same asset
response-related-neighbourhood = same neighbourhood
response-related-subject = same subject
response-related-constituent = same constituent
response-finding-asset = Asset
response-finding-what = What
response-finding-now = Stands at
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
response-edit-stale = Somebody changed this incident while you had it open. Nothing is lost: choose for each field which value shall stand, then save.
response-edit-theirs = Now there:
response-edit-mine = Yours:

## Notes
response-note-title = Note
response-note-new = New note
response-note-add = Add the note
response-note-text = Text
response-note-edit = Edit
response-note-strike = Strike out
response-note-restore = Bring back
response-note-edited = edited
response-note-struck = Struck out by
response-note-show-struck = Show what it said
response-note-is-struck = This note was struck out and can no longer be edited.
response-note-stale = Somebody edited this note while you had it open. Both texts are below; bring them together and save.
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
response-close-left = Nothing: they stay as they are, and no source learns from it
response-close-fixed = They were so and are fixed: their sources were right
response-close-false = They never were: false alarm, their sources were wrong
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
response-verb-incident-joined = took over what was merged from
response-verb-incident-split = took the merger back with
response-verb-incident-parted = gave back what came from
response-verb-incident-followed = follows the incident
response-verb-incident-unfollowed = no longer follows the incident
response-verb-incident-restored = took a change of many back
response-verb-incident-imported = took the incident over from another tool
response-verb-import-brought = brought a file of another tool
response-verb-import-tried = tried a file of another tool out again
response-verb-import-begun = began to take a file over
response-verb-import-finished = took a file over
response-verb-findings-joined = findings joined by rule
response-verb-findings-linked = linked findings
response-verb-findings-unlinked = took findings off
response-verb-incidents-related = related it to
response-verb-incidents-unrelated = no longer relates it to
response-verb-note-added = wrote a note
response-verb-note-edited = edited a note
response-verb-note-struck = struck a note out
response-verb-note-restored = brought a note back
response-verb-playbook-applied = applied a playbook
response-verb-playbook-removed = took a playbook off
response-verb-task-added = added a task
response-verb-task-changed = changed a task
response-verb-task-done = did a task
response-verb-task-skipped = passed a task over
response-verb-task-reopened = reopened a task
response-verb-task-removed = took a task away
response-verb-task-restored = brought a task back
response-verb-moments-noted = said when it began or was contained
response-verb-technique-added = named a technique
response-verb-technique-removed = removed a technique
response-verb-handover-written = wrote a handover
response-verb-handover-taken = took a shift over
response-verb-clock-started = started a clock
response-verb-clock-changed = changed from when a clock is counted
response-verb-clock-stopped = stopped a clock
response-verb-clock-resumed = let a clock go on
response-verb-stage-met = recorded that a stage was met
response-verb-stage-unmet = took back that a stage was met
response-verb-stage-due-soon = told that a stage is due soon
response-verb-stage-late = told that a stage is late
response-verb-review-answered = answered the review
response-verb-review-finished = finished the review
response-verb-report-opened = opened the report
response-verb-investigation-opened = launched the investigation
response-verb-countermeasure-opened = asked for the countermeasure
response-verb-ticket-changed = changed it
response-verb-ticket-assigned = gave it to somebody
response-verb-ticket-moved = put it into another state
response-verb-ticket-linked = linked it to an incident
response-verb-ticket-unlinked = took it off an incident
response-verb-ticket-kept = left it open: another incident needs it
response-verb-ticket-merged = merged it into
response-verb-ticket-absorbed = took over what was merged from
response-verb-ticket-split = took the merger back with
response-verb-ticket-parted = gave back what came from
response-verb-ticket-restored = took a change of many back
response-verb-ticket-commented = wrote a comment
response-verb-message-written = wrote a message
response-verb-message-sent = a message left
response-verb-message-joined = a mail joined
response-verb-message-held = a mail of a stranger is held
response-verb-message-allowed = let a held mail join
response-verb-message-discarded = discarded a held mail
response-verb-message-moved = gave a message away to
response-verb-message-taken = took a message over from
response-verb-message-requeued = sent a message again
response-verb-message-stopped = stopped a message
response-verb-message-drafted = wrote a message that waits for a second person
response-verb-message-released = let a message go
response-verb-own-message-released = let a message of their own go, as nobody else may
response-verb-message-returned = sent a message back to its writer
response-verb-message-withdrawn = took a message back
response-verb-message-kept-back = a message was kept back: it needs a second person
response-verb-delivery-delayed = a message is delayed
response-verb-delivery-failed = a message did not reach
response-verb-answer-declined = the answer is NO: nothing was put in place or lifted
response-verb-answer-unclear = an answer says neither DONE nor NO
response-verb-rule-switched = switched a rule of what follows by itself
response-verb-contact-dead = an address does not work
response-verb-loop-stopped = no automatic answer: that would be too many
response-verb-address-lifted = an address works again
response-verb-address-suspended = suspended an address

# What to do where nothing is
response-one-no-others-how = If you know of one, enter its number below.
response-one-no-findings-how = Tick findings on their list and link them to this number.
response-panel-none = No incident is open here.

# OpenPGP keys
response-verb-key-generated = made the key
response-verb-key-rotated = made a new key in place of the one before
response-verb-key-brought = brought the key
response-verb-key-offered = a mail brought the key
response-verb-key-renewed = the key says more now
response-verb-key-accepted = accepted the key
response-verb-key-rejected = rejected the key
response-verb-key-found = found the key at its domain
response-verb-key-removed = removed the key
response-verb-key-restored = restored the key
response-verb-certificate-brought = brought the certificate
response-verb-certificate-removed = removed the certificate
response-verb-certificate-restored = restored the certificate
response-verb-signature-checked = checked the signature of a mail
response-refused-no-key = its marking lets it leave encrypted alone, and not every recipient has a valid key that was accepted

# Evidence
response-verb-evidence-added = wrote evidence down
response-verb-evidence-file-kept = kept the file of evidence
response-verb-evidence-handed = handed evidence over
response-verb-evidence-checked = compared evidence with its hash
response-verb-evidence-removed = took evidence off the list
response-verb-evidence-restored = brought evidence back on the list
response-refused-no-evidence = there is no such piece of evidence, or it was taken off the list
response-refused-hash = that is no SHA-256; it has 64 hexadecimal digits
response-refused-other-hash = the file has another SHA-256 than the one that was noted; write it down as a piece of its own
response-refused-no-file = no file of it is kept here
response-refused-earlier = it lies before the last line of the custody
response-refused-too-many-items = there is no room for more

# PAP: what may be done with what an incident knows
response-field-pap = PAP
response-pap-label-clear = PAP:CLEAR
response-pap-label-green = PAP:GREEN
response-pap-label-amber = PAP:AMBER
response-pap-label-red = PAP:RED
response-pap-clear = Anything may be done with it.
response-pap-green = It may be acted on openly: block it, write about it, ask registries.
response-pap-amber = Only what the other side cannot notice: watch, compare, look into what is here. Nobody outside is asked.
response-pap-red = Only quiet work inside: nothing that could be seen from outside, and no question to anybody.
response-pap-hint = The Permissible Actions Protocol says what may be done with what the incident knows; TLP says who may read it. Above GREEN this house asks no registry (RDAP, whois) from this incident.
response-refused-pap = the PAP of the incident is stricter than GREEN: whoever it is about could notice the question. Change the PAP first, if you may
response-refused-no-rule = there is no such rule

# Tags
response-field-tags = Tags
response-verb-tags-changed = changed the tags
response-refused-tag = that is no tag; it is a word of at most 80 characters, or such as workflow:state="needs-review"

# Own fields
response-verb-fields-changed = filled in own fields
response-refused-fields-missing = own fields that are required before an incident is resolved have no value

# Registries outside
response-verb-registry-asked = had a registry outside asked

# Files of messages
response-refused-files = a message takes 20 files of 7 MB together; leave some out, or send them in several messages
response-refused-nothing-to-attach = it belongs to no incident whose marking lets its data go along

# Observables
response-related-observable = same observable
response-verb-observables-named = named observables
response-verb-observable-noted = noted something of an observable
response-verb-observable-removed = removed an observable
response-verb-observable-restored = brought an observable back
response-refused-observable = no address, domain, URL, hash or the like was found in it, or more than 500
response-refused-no-observable = the incident knows no such observable

# Who is to write next
response-list-show-waits-us = An answer waits for us
response-list-show-waits-them = An answer of theirs is awaited

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
