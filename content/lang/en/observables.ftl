# Observables of incidents
observables-title = Observables of { $number }
observables-all = All observables, with notes and manual entry
observables-add = Add manually
observables-text = Addresses, domains, URLs, hashes, CVEs
observables-text-how = Paste any text: the observables in it are recognised, also those written with hxxp and [.].
observables-note = Note
observables-change = Change
observables-do-add = Add
observables-do-note = Save the note
observables-do-remove = Remove
observables-do-restore = Restore
observables-none = No address, domain, hash or other observable is recorded.
observables-none-how = They come from the mail of its reports, and you can add them above.
observables-cut = Only the first thousand are shown.
observables-nowhere = No other record names them.
observables-removed = { $count ->
    [one] One was removed
   *[other] { $count } were removed
}
observables-in-report = Report
observables-in-investigation = Investigation
observables-in-countermeasure = Countermeasure
observables-in-incident = Incident
observables-in-finding = Finding of an incident
observables-in-evidence = Evidence of an incident
observables-did-add = { $count ->
    [one] One observable was added.
   *[other] { $count } observables were added.
}
observables-did-note = The note was saved.
observables-did-remove = It was removed; mail does not bring it back.
observables-did-restore = It was restored.
