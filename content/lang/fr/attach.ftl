# Files that go with a message
attach-title = Fichiers joints
attach-preview = Fichiers joints
attach-file = Ajouter des fichiers
attach-file-how = Au plus 20 fichiers, 7 Mo au total. Ils restent cochés ci-dessus jusqu’à l’envoi.
attach-theirs = Fichiers de ce dossier
attach-mail = Le courriel de { $from } en fichier
attach-export-observables-csv = Observables en tableau (CSV)
attach-export-observables-json = Observables pour programmes (JSON)
attach-export-findings-csv = Constats de l’incident en tableau (CSV)
attach-export-findings-json = Constats de l’incident pour programmes (JSON)
attach-export-report-pdf = Rapport d’incident (PDF)
attach-inside = Ce que dit { $name }
