# Enregistrements d’autres outils, repris

import-title = Enregistrements d’autres outils
import-one-title = Fichier { $file }

## Apporter un fichier
import-bring = Apporter un fichier
import-how = Le fichier est d’abord essayé : vous voyez ce qu’il donnerait et quels enregistrements sont refusés, et rien n’est fait avant que vous ne le disiez. Un enregistrement déjà présent n’est pas repris deux fois, le même fichier peut donc revenir. Un fichier peut être compressé avec gzip ; au-delà de 512 Mo, il passe par la ligne de commande.
import-field-format = Sa forme
import-format-rtir = RTIR : tickets en JSON de REST2 de RT
import-format-thehive = TheHive : cas en JSON de son API
import-format-csv = Un tableau d’incidents (CSV)
import-format-mbox = D’anciens courriels (mbox)
import-format-maildir = D’anciens courriels (Maildir)
import-format-eml = D’anciens courriels (dossier de .eml)
import-field-file = Fichier
import-field-tlp = Marquage de ce qui n’en dit rien
import-more = S’il y a plus à dire
import-field-tool = Un nom pour l’outil
import-field-tool-hint = Seulement s’il y en a deux de la même sorte, comme un RT de la banque : chacun a ses propres numéros.
import-field-queues = Files de RT et ce qu’elles contiennent
import-field-queues-hint = Une par ligne, par numéro ou par nom : 3=incidents. Ce qui existe : reports, incidents, investigations, countermeasures.
import-field-mbox-kind = Sorte de mbox
import-do-bring = Essayer
import-brought = Fichiers apportés
import-none = Aucun fichier n’a encore été apporté.
import-none-how = Choisissez-en un ci-dessus.
import-no-name = sans nom
import-who = Apporté par
import-when = Quand
import-did-bring = Le fichier est là, son essai est en cours.
import-did-go = Le travail a commencé.
import-did-go-not = Il n’y a rien à faire pour ce fichier maintenant, ou quelqu’un d’autre vient de commencer.
import-refused-empty = Aucun fichier n’a été choisi, ou il est vide.
import-refused-packed = Le fichier ne peut pas être décompressé : { $why }
import-refused-format = Cette forme n’est pas connue.
import-refused-tool = Le nom d’un outil a 60 caractères au plus et pas de barre (/).
import-refused-tlp = Ce marquage n’est pas connu.
import-refused-queues = Les files ne se lisent pas ; il en faut une par ligne, comme 3=incidents.
import-refused-mbox-kind = Cette sorte de mbox n’est pas connue.

## Un fichier
import-came = Ce qu’il en est
import-state-trying = À l’essai
import-state-tried = Essayé
import-state-taking = En reprise
import-state-done = Repris
import-state-failed = N’a pas pu être essayé
import-state-stopped = Arrêté
import-said-under-way = Cela continue pendant que vous faites autre chose. Voici où cela en est.
import-look-again = Regarder à nouveau
import-said-interrupted = Le travail a été interrompu. Ce qui a été repris reste ; continuez, et seul ce qui manque sera ajouté.
import-said-tried = Rien n’a encore été fait. Voici ce qui serait fait.
import-said-nothing = Rien ne serait fait de ce fichier.
import-said-done = Le fichier a été repris.
import-said-stopped = La reprise n’a pas pu continuer. Ce qui a été repris reste ; continuez, et seul ce qui manque sera ajouté.
import-said-failed = Le fichier n’a pas pu être essayé jusqu’au bout.
import-fault = Pourquoi la lecture n’a pas pu continuer :
import-read = Enregistrements lus
import-made-incidents = Incidents
import-made-reports = Signalements
import-made-investigations = Investigations
import-made-countermeasures = Contre-mesures
import-made-notes = Notes
import-made-messages = Messages
import-made-observables = Observables
import-made-links = Liens entre enregistrements
import-already = Déjà présents
import-refused = Refusés
import-changed = Dernier changement
import-warning = Une reprise ne s’annule pas d’un coup : ce qui a été fait peut seulement être clos, un par un ou plusieurs ensemble.
import-do-take = Reprendre
import-do-go-on = Continuer
import-back = Tous les fichiers
import-first = Les premiers enregistrements
import-was = Son nom là-bas
import-becomes = Devient
import-becomes-incident = Incident
import-becomes-report = Signalement
import-becomes-investigation = Investigation
import-becomes-countermeasure = Contre-mesure
import-becomes-message = Message
import-refused-title = Enregistrements refusés
import-refused-cut = { $count ->
    [one] Seul le premier est gardé ici.
   *[other] Seuls les { $count } premiers sont gardés ici.
}
import-refused-more = Autres enregistrements refusés
import-where = Où
import-why = Pourquoi
