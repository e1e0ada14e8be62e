# Enregistrements d’autres outils, repris

import-title = Enregistrements d’autres outils
import-one-title = Fichier { $file }

## Apporter un fichier
import-bring = Importer un fichier
import-how = Le fichier est d’abord vérifié : vous voyez ce qui serait créé et quels enregistrements sont refusés, et rien n’est créé avant votre confirmation. Un enregistrement déjà présent n’est pas importé deux fois : le même fichier peut donc être déposé de nouveau. Un fichier peut être compressé avec gzip ; au-delà de 512 Mo, il s’importe en ligne de commande.
import-field-format = Format
import-format-rtir = RTIR : tickets en JSON de REST2 de RT
import-format-thehive = TheHive : cas en JSON de son API
import-format-csv = Un tableau d’incidents (CSV)
import-format-mbox = D’anciens courriels (mbox)
import-format-maildir = D’anciens courriels (Maildir)
import-format-eml = D’anciens courriels (dossier de .eml)
import-field-file = Fichier
import-field-tlp = Marquage des enregistrements qui n’en ont pas
import-more = Autres options
import-field-tool = Nom de l’outil
import-field-tool-hint = Seulement si vous en avez deux du même type, par exemple un second RT : chacun a ses propres numéros.
import-field-queues = Files de RT et ce qu’elles contiennent
import-field-queues-hint = Une par ligne, par numéro ou par nom : 3=incidents. Valeurs possibles : reports, incidents, investigations, countermeasures.
import-field-mbox-kind = Sorte de mbox
import-do-bring = Vérifier le fichier
import-brought = Fichiers déposés
import-none = Aucun fichier n’a encore été déposé.
import-none-how = Choisissez-en un ci-dessus.
import-no-name = sans nom
import-who = Déposé par
import-when = Quand
import-did-bring = Le fichier est déposé et en cours de vérification.
import-did-go = Le travail a commencé.
import-did-go-not = Il n’y a rien à faire pour ce fichier maintenant, ou quelqu’un d’autre vient de commencer.
import-refused-empty = Aucun fichier n’a été choisi, ou il est vide.
import-refused-packed = Le fichier ne peut pas être décompressé : { $why }
import-refused-format = Ce format n’est pas connu.
import-refused-tool = Le nom d’un outil a 60 caractères au plus et pas de barre (/).
import-refused-tlp = Ce marquage n’est pas connu.
import-refused-queues = Les files ne se lisent pas ; il en faut une par ligne, comme 3=incidents.
import-refused-mbox-kind = Cette sorte de mbox n’est pas connue.

## Un fichier
import-came = Résultat
import-state-trying = Vérification en cours
import-state-tried = Vérifié
import-state-taking = Import en cours
import-state-done = Importé
import-state-failed = N’a pas pu être vérifié
import-state-stopped = Arrêté
import-said-under-way = Cela continue pendant que vous faites autre chose. Voici l’avancement.
import-look-again = Actualiser
import-said-interrupted = L’import a été interrompu. Ce qui a été importé reste ; continuez, et seul ce qui manque sera ajouté.
import-said-tried = Rien n’a encore été créé. Voici ce qui le serait.
import-said-nothing = Rien ne serait créé à partir de ce fichier.
import-said-done = Le fichier a été importé.
import-said-stopped = L’import n’a pas pu continuer. Ce qui a été importé reste ; continuez, et seul ce qui manque sera ajouté.
import-said-failed = Le fichier n’a pas pu être vérifié jusqu’au bout.
import-fault = Pourquoi la lecture s’est arrêtée :
import-read = Enregistrements lus
import-made-incidents = Incidents
import-made-reports = Signalements
import-made-investigations = Investigations
import-made-countermeasures = Contre-mesures
import-made-notes = Notes
import-made-tasks = Tâches
import-made-messages = Messages
import-made-files = Fichiers
import-made-observables = Observables
import-made-links = Liens entre enregistrements
import-already = Déjà présents
import-refused = Refusés
import-changed = Dernier changement
import-warning = Un import ne s’annule pas en bloc : ce qui a été créé peut seulement être clos, un par un ou en groupe.
import-do-take = Importer ces enregistrements
import-do-go-on = Continuer
import-back = Tous les fichiers
import-first = Les premiers enregistrements
import-was = Nom d’origine
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
