# Changes of many records at once: chosen, confirmed, told, taken back.

bulk-all = All that match the filters, up to 10,000
bulk-all-how = What is ticked is changed at once. All that match are counted and shown to you first.
bulk-choose = Choose
bulk-tick = Choose { $name }
bulk-said-none = Nothing was chosen. Tick at least one row and try again.
bulk-said-too-many = More than 10,000 match. Narrow the filters, then choose again: one change takes 10,000 at most.
bulk-said-done = { $what }: { $count ->
    [one] one was changed.
   *[other] { $count } were changed.
} { $same ->
    [0] { "" }
   *[other] Already so: { $same }.
}
bulk-said-some = { $what }: { $count ->
    [one] one was changed.
   *[other] { $count } were changed.
} { $same ->
    [0] { "" }
   *[other] Already so: { $same }.
} Not changed: { $refused }, the first because { $why }.
bulk-said-undone = { $count ->
    [one] One is as it was before.
   *[other] { $count } are as they were before.
} { $left ->
    [0] { "" }
   *[other] Left as they are: { $left }.
}
bulk-said-undone-some = As before: { $count }. Left as they are: { $left }; the reasons are below.

## What a list offers
bulk-offer = Your last change, “{ $what }”: { $count ->
    [one] one record.
   *[other] { $count } records.
}
bulk-offer-more = Result for each record
bulk-undo = Undo

## Its page
bulk-title = Bulk change: { $what }
bulk-confirm-title = Nothing was changed yet
bulk-confirm-count = { $count ->
    [one] One record matches. If the change does not apply to it, it is left as it is.
   *[other] { $count } records match. Those the change does not apply to are left as they are, with the reason.
}
bulk-confirm-how = These records were chosen just now; what matches later is not among them. The change is made part by part and can be undone as a whole, except for records that somebody has changed since.
bulk-confirm-not = Back without changes
bulk-interrupted = This was interrupted. Some records are done and the others wait; going on begins where it stopped.
bulk-go-on = Continue
bulk-report-title = Result
bulk-field-outcome = Outcome
bulk-field-reason = Why
bulk-field-records = Records
bulk-outcome-waiting = Waiting
bulk-outcome-changed = Changed
bulk-outcome-same = Already so
bulk-outcome-refused = Not changed
bulk-outcome-restored = As before
bulk-outcome-left = Left as it is
bulk-undo-how = { $count ->
    [one] The undo brings back every record that nobody changed since. It can be used for one day.
   *[other] The undo brings back every record that nobody changed since. It can be used for { $count } days.
}
bulk-back = Back to the list
bulk-more = { $count ->
    [one] One more is in the file.
   *[other] { $count } more are in the file.
}

## Why a record was left
bulk-left-changed = somebody changed it since
bulk-left-not-found = it is no longer there

## What is done to findings
bulk-watch-acknowledged = The constituent has the message
bulk-watch-fixed = Fixed
bulk-watch-false = False positive
bulk-watch-undo = Undo the last answer
bulk-watch-hint = “Fixed” and “false positive” also change the reliability of the sources; undo reverses that.

## What is done to notices
bulk-warning-approve = Approve
bulk-warning-cancel = Cancel
bulk-warning-redraft = Back to draft
bulk-warning-retry = Try again
bulk-warning-help-given = Help was given
bulk-warning-approve-warns = A letter that was sent cannot be recalled. Undo makes drafts again of those not sent yet, and says which were sent.

## What is done to constituents
bulk-constituency-criticality = Criticality: { $value }
bulk-constituency-sector = Sector: { $value }
bulk-constituency-association = Under { $value }
bulk-constituency-association-none = Under nobody
bulk-constituency-remove = Remove
bulk-constituency-restore = Restore
bulk-constituency-set-criticality = Set the criticality
bulk-constituency-set-sector = Set the sector
bulk-constituency-set-association = Set what they are under
bulk-constituency-association-how = “Under” is the name of the organisation above them; empty for none.
bulk-constituency-why-own-association = an organisation cannot be above itself
bulk-constituency-why-removed = it was removed
bulk-constituency-why-taken = its name, a network or a domain belongs to another constituent now
bulk-constituency-why-merged = it was merged into another constituent; its own page takes that back

## What is done to incidents
bulk-response-assign = Assign to { $person }
bulk-response-assign-nobody = Remove the owner
bulk-response-open = Open
bulk-response-close = Close: { $resolution }
bulk-response-close-fixed = Close: { $resolution }; findings are fixed
bulk-response-close-false = Close: { $resolution }; findings are false positives
bulk-response-verdict = What it says of the findings
bulk-response-verdict-left = They stay as they are
bulk-response-verdict-fixed = They are fixed
bulk-response-verdict-false = They are false positives
bulk-response-hint = A verdict answers the findings of all these incidents and changes the reliability of their sources; undo reverses that, too.
bulk-response-reason = Reason, where tasks are open
bulk-response-close-left = Incidents whose closing checks or tasks are open are left as they are; with a reason they are closed all the same.
bulk-response-close-note = Incidents whose tasks are open get the reason as a note. The undo opens incidents and the reports, investigations and countermeasures that were closed with them; the notes stay.

## What is done to people
bulk-users-disable = Disable
bulk-users-enable = Enable
bulk-users-sign-out = Sign out everywhere
bulk-users-disable-warns = Whoever is disabled is signed out, and their tokens are revoked: undo enables the people, but their tokens don’t come back.
bulk-users-sign-out-warns = Sessions that were ended can’t be restored: the people sign in again.
bulk-users-why-oneself = this is your own account
bulk-users-why-last = this is the last administrator who can sign in
bulk-users-why-sessions = ended sessions can’t be restored; the person signs in again
