# Observables of incidents
observables-title = Observables de { $number }
observables-all = Tous les observables, avec notes et saisie manuelle
observables-add = Ajouter manuellement
observables-text = Adresses, domaines, URL, empreintes, CVE
observables-text-how = Collez un texte : les observables qu’il contient sont reconnus, y compris avec hxxp et [.].
observables-note = Note
observables-change = Modifier
observables-do-add = Ajouter
observables-do-note = Enregistrer la note
observables-do-remove = Retirer
observables-do-restore = Rétablir
observables-none = Aucune adresse, aucun domaine, aucune empreinte ni autre observable n’est enregistré.
observables-none-how = Ils viennent des courriels de ses signalements, et vous pouvez en ajouter ci-dessus.
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
    [one] Un observable a été ajouté.
   *[other] { $count } observables ont été ajoutés.
}
observables-did-note = La note a été enregistrée.
observables-did-remove = Il a été retiré ; aucun courriel ne le ramène.
observables-did-restore = Il a été rétabli.
