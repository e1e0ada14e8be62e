# Observables of incidents
observables-title = Observables de { $number }
observables-all = Tous les observables, notes, ajout à la main
observables-add = Ajouter à la main
observables-text = Adresses, domaines, URL, condensats, CVE
observables-text-how = Collez un texte : ce qu’il nomme en est extrait, hxxp et [.] compris.
observables-note = Note
observables-change = Modifier
observables-do-add = Ajouter
observables-do-note = Enregistrer la note
observables-do-remove = Retirer
observables-do-restore = Rétablir
observables-none = Il ne nomme ni adresse, ni domaine, ni condensat.
observables-none-how = Le courrier de ses signalements les apporte, et vous pouvez en ajouter ci-dessus.
observables-cut = Seuls les mille premiers sont affichés.
observables-nowhere = Aucun autre dossier ne les nomme.
observables-removed = { $count ->
    [one] Un a été retiré
   *[other] { $count } ont été retirés
}
observables-in-report = Signalement
observables-in-investigation = Investigation
observables-in-countermeasure = Contre-mesure
observables-in-incident = Incident
observables-in-finding = Constat d’un incident
observables-in-evidence = Preuve d’un incident
observables-did-add = { $count ->
    [one] Un observable y est.
   *[other] { $count } observables y sont.
}
observables-did-note = La note y est.
observables-did-remove = Il a été retiré et le courrier ne le ramène pas.
observables-did-restore = Il compte de nouveau.
