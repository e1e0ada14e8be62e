# Observables of incidents
observables-title = Observables of { $number }
observables-all = All observables, notes, adding by hand
observables-add = Add by hand
observables-text = Addresses, domains, URLs, hashes, CVEs
observables-text-how = Paste any text: what it names is read out of it, also hxxp and [.].
observables-note = Note
observables-change = Change
observables-do-add = Add
observables-do-note = Save the note
observables-do-remove = Remove
observables-do-restore = Bring back
observables-none = It names no address, domain, hash or the like.
observables-none-how = Mail of its reports brings them, and you can add them above.
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
    [one] One observable is there.
   *[other] { $count } observables are there.
}
observables-did-note = The note is there.
observables-did-remove = It was removed, and mail does not bring it back.
observables-did-restore = It counts again.
