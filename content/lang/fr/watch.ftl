# Constats
watch-findings-title = Constats
watch-findings-tick = Choisir le constat { $asset }
watch-findings-choose = Choisir
watch-findings-all-shown = Tous les constats de cette page
watch-findings-text = Actif, objet ou bénéficiaire
watch-findings-asset = Actif
watch-findings-what = Quoi
watch-findings-subject = Objet
watch-findings-state = État
watch-findings-severity = Gravité
watch-findings-class = Classe
watch-findings-type = Type
watch-findings-constituent = Bénéficiaire
watch-findings-source = Source
watch-findings-from = Vu à partir du
watch-findings-until = Vu jusqu’au
watch-findings-sector = Secteur du bénéficiaire
watch-findings-criticality = Criticité du bénéficiaire
watch-findings-criticality-vital = Vitale
watch-findings-criticality-high = Élevée
watch-findings-criticality-medium = Moyenne
watch-findings-criticality-low = Faible
watch-findings-asn = Numéro d’AS du réseau
watch-findings-first-from = Première observation depuis
watch-findings-first-until = Première observation jusqu’au
watch-findings-changed-from = État modifié depuis
watch-findings-changed-until = État modifié jusqu’au
watch-findings-first-seen = Vu la première fois
watch-findings-last-seen = Vu la dernière fois
watch-findings-count = Événements
watch-findings-confidence = Confiance
watch-findings-none = Il n’y a encore aucun constat
watch-findings-none-how = Les constats apparaissent dès que les événements d’un flux concernent un bénéficiaire. Importez d’abord les bénéficiaires, puis déposez un fichier à la page Lots.
watch-findings-state-live = En cours
watch-findings-state-new = Nouveau ou rouvert
watch-findings-state-open = Ouvert
watch-findings-state-reopened = Rouvert
watch-findings-state-notified = Notifié
watch-findings-state-acknowledged = Pris en compte
watch-findings-state-closed = Clos
watch-findings-state-fixed = Corrigé
watch-findings-state-false-positive = Faux positif
watch-findings-state-expired = Expiré
watch-findings-state-all = Tous
watch-findings-severity-critical = Critique
watch-findings-severity-high-up = Élevée et critique
watch-findings-severity-high = Élevée
watch-findings-severity-medium = Moyenne
watch-findings-severity-low = Faible
watch-findings-severity-info = Info

# Un constat
watch-finding-about = De quoi il s’agit
watch-finding-id = Numéro
watch-finding-told = Dernière notification
watch-finding-never-told = jamais
watch-finding-same-asset = Tous les constats à son sujet
watch-finding-all-of-constituent = Ses constats
watch-finding-expires = { $count ->
    [one] Il expire de lui-même s’il n’est plus vu pendant { $count } jour.
   *[other] Il expire de lui-même s’il n’est plus vu pendant { $count } jours.
}
watch-finding-answer = Que dit le bénéficiaire ?
watch-finding-answer-acknowledged = Il a reçu le message
watch-finding-answer-fixed = C’est corrigé
watch-finding-answer-false = C’était un faux positif
watch-finding-answer-undo = Annuler la dernière réponse
watch-finding-answer-hint = « Corrigé » et « faux positif » changent aussi la fiabilité des sources.
watch-finding-answered = Le constat est désormais dans l’état : { $state }.
watch-finding-unchanged = Le constat était déjà dans cet état. Rien n’a été modifié.
watch-finding-sure = Confiance
watch-finding-sure-none = Plus aucune source n’est connue.
watch-finding-sure-one = { $count ->
    [0] Une seule source l’a vu : { $feed }. On suppose qu’elle a raison dans { $mean } des cas ; aucune réponse ne l’a encore vérifié.
    [one] Une seule source l’a vu : { $feed }. Elle a raison dans { $mean } des cas ; une réponse l’a vérifié.
   *[other] Une seule source l’a vu : { $feed }. Elle a raison dans { $mean } des cas ; { $count } réponses l’ont vérifié.
}
watch-finding-sure-many = { $count ->
    [one] { $count } source l’a vu. Elle se trompe dans { $wrong } cas sur 100 ; il reste une confiance de { $confidence } sur 100.
   *[other] { $count } sources l’ont vu, chacune de son côté. Toutes se trompent à la fois dans { $wrong } cas sur 100 ; il reste une confiance de { $confidence } sur 100.
}
watch-finding-sure-hint = n est le nombre de réponses qui ont vérifié une source. La confiance est remise à jour à chaque nouvel événement et à chaque réponse.
watch-finding-sources = Sources
watch-finding-events = Les événements les plus récents
watch-finding-no-events = Aucun de ses événements n’est encore conservé.
watch-finding-more-events = Afficher tous les événements
watch-finding-search-events = Chercher dans ces événements

# Événements
watch-events-title = Événements
watch-events-intelmq = Exporter en lignes JSON pour IntelMQ
watch-events-text = Objet, nom ou URL
watch-events-time = Heure
watch-events-feed = Flux
watch-events-what = Quoi
watch-events-source = Source
watch-events-source-ip = Adresse source
watch-events-network = Réseau
watch-events-destination = Destination
watch-events-destination-ip = Adresse de destination
watch-events-port = Port
watch-events-asn = Numéro d’AS
watch-events-country = Pays (deux lettres)
watch-events-source-asn = Numéro d’AS de la source
watch-events-source-country = Pays de la source
watch-events-type = Type
watch-events-severity = Gravité
watch-events-constituent = Bénéficiaire
watch-events-batch = Lot
watch-events-finding = Constat
watch-events-subject = Objet
watch-events-table = Type de lignes
watch-events-table-context = Contexte
watch-events-context = Type de contexte
watch-events-leads = Mène à
watch-events-its-finding = Constat
watch-events-row = Ligne
watch-events-line = Ligne { $line }
watch-events-hint = Une adresse qui se termine par un point ou un deux-points trouve toutes celles qui commencent ainsi. Un export contient au plus 50 000 lignes ; la commande manara query n’a pas de limite.
watch-events-none = Il n’y a encore aucun événement
watch-events-none-how = Déposez un fichier à la page Lots, ou utilisez la commande manara ingest.
watch-events-trouble = Les événements n’ont pas pu être lus à temps. Réessayez, ou précisez la recherche.

# SQL
watch-sql-title = SQL
watch-sql-what = Interrogez les tables events, context et rejects, et à côté d’elles findings, constituents, notices, batches et feeds. Les requêtes ne font que lire, donnent au plus 1 000 lignes et durent au plus 30 secondes.
watch-sql-statement = Requête
watch-sql-run = Exécuter
watch-sql-answer = Résultat
watch-sql-examples = Exemples
watch-sql-example-types = Événements et adresses par type
watch-sql-example-networks = Réseaux ayant le plus d’adresses
watch-sql-example-unowned = Adresses sans bénéficiaire
watch-sql-example-rejects = Pourquoi des lignes n’ont pas pu être lues
watch-sql-nothing = La requête ne donne aucune ligne
watch-sql-rows = { $count ->
    [one] { $count } ligne en { $seconds } secondes
   *[other] { $count } lignes en { $seconds } secondes
}
watch-sql-rows-more = { $count ->
    [one] La première ligne, en { $seconds } secondes ; il y en a d’autres
   *[other] Les { $count } premières lignes, en { $seconds } secondes ; il y en a d’autres
}
watch-sql-take-away = Télécharger le résultat
watch-sql-columns = Colonnes de events et context
watch-sql-columns-hint = À côté du nom : la clé du même champ dans IntelMQ, ou ce que contient la colonne. extra_get(extra, 'nom') extrait une valeur de la colonne extra.
watch-sql-column = Colonne
watch-sql-intelmq = Clé IntelMQ, ou signification
watch-sql-wrong = La base ne comprend pas cette requête. Elle répond :
watch-sql-hidden = Certains événements portent une marque au-dessus de votre habilitation, et une requête libre pourrait les montrer. Utilisez les filtres de la page Événements : ils les laissent de côté.
watch-sql-too-slow = { $count ->
    [one] La recherche a duré plus de { $count } seconde et a été arrêtée. Précisez-la : une période plus courte, un seul flux, moins de colonnes.
   *[other] La recherche a duré plus de { $count } secondes et a été arrêtée. Précisez-la : une période plus courte, un seul flux, moins de colonnes.
}

# Lots
watch-batches-title = Lots
watch-batches-received = Reçu
watch-batches-file = Fichier
watch-batches-feed = Flux
watch-batches-state = État
watch-batches-rows = Lignes
watch-batches-became = Ce que sont devenues les lignes
watch-batches-rejects = Rejets
watch-batches-findings = Nouveaux constats
watch-batches-none = Rien n’est encore arrivé
watch-batches-none-how = Déposez un premier fichier ci-dessous, ou utilisez la commande manara ingest.
watch-batches-state-received = En attente
watch-batches-state-finished = Terminé
watch-batches-state-failed = Échoué
watch-batches-state-rejects = Avec des rejets
watch-batches-state-cut-short = Interrompu

# Un lot
watch-batch-received = En attente
watch-batch-at-work = En cours de traitement
watch-batch-finished = Terminé
watch-batch-cut-short = Interrompu
watch-batch-failed = Échoué
watch-batch-rows-so-far = { $count ->
    [one] { $count } ligne jusqu’ici
   *[other] { $count } lignes jusqu’ici
}
watch-batch-refreshes = Cette page se recharge toutes les trois secondes.
watch-batch-stay = Ne plus recharger
watch-batch-look-again = Actualiser
watch-batch-waits = Le fichier est conservé et attend d’être traité. Cela se fera tout seul ; rien n’est perdu.
watch-batch-process = Traiter maintenant
watch-batch-taken-up = Le lot est en cours de traitement.
watch-batch-not-waiting = Le lot a déjà été traité.
watch-batch-error = Le fichier n’a pas pu être lu jusqu’au bout. Ce qui a été lu avant est conservé. Le lecteur indique :
watch-batch-sums = Ce que sont devenues ses lignes
watch-batch-events = Événements
watch-batch-contexts = Contexte
watch-batch-duplicates = Doublons
watch-batch-rejects = Rejets
watch-batch-rows = Lignes
watch-batch-adds-up = Le compte y est
watch-batch-does-not-add-up = Le compte n’y est pas
watch-batch-unowned = Événements sans bénéficiaire
watch-batch-findings-opened = Constats nouveaux ou rouverts
watch-batch-findings-updated = Constats vus à nouveau
watch-batch-events-n = { $count ->
    [one] { $count } événement
   *[other] { $count } événements
}
watch-batch-contexts-n = { $count ->
    [one] { $count } ligne de contexte
   *[other] { $count } lignes de contexte
}
watch-batch-duplicates-n = { $count ->
    [one] { $count } doublon
   *[other] { $count } doublons
}
watch-batch-rejects-n = { $count ->
    [one] { $count } rejet
   *[other] { $count } rejets
}
watch-batch-about = Le fichier
watch-batch-format = Lu comme
watch-batch-done = Terminé
watch-batch-not-yet = pas encore
watch-batch-took = Durée
watch-batch-took-n = { $seconds } secondes, { $rate } lignes par seconde
watch-batch-size = Taille
watch-batch-id = Numéro
watch-batch-raw = Télécharger le fichier tel qu’il est arrivé
watch-size-bytes = { $size } octets
watch-size-kilobytes = { $size } ko
watch-size-megabytes = { $size } Mo
watch-size-gigabytes = { $size } Go

# Rejets
watch-rejects-title = Rejets
watch-rejects-what = Ces lignes n’ont pas pu être lues. Le numéro de ligne part de 1 dans le fichier décompressé.
watch-rejects-none = Toutes les lignes ont pu être lues.
watch-rejects-none-how = Il n’y a rien à corriger ici.
watch-rejects-line = Ligne
watch-rejects-column = Colonne
watch-rejects-reason = Pourquoi
watch-rejects-found = Ce qui s’y trouvait
watch-rejects-raw = La ligne
watch-reject-bad-address = Ce n’est pas une adresse
watch-reject-bad-time = Ce n’est pas une date de forme connue
watch-reject-bad-number = Ce n’est pas un nombre
watch-reject-bad-url = Ce n’est pas une URL
watch-reject-bad-domain = Ce n’est pas un nom de domaine
watch-reject-bad-json = La ligne n’est pas un objet JSON
watch-reject-missing = Une valeur obligatoire manque
watch-reject-no-subject = Ni adresse, ni nom, ni URL, ni compte
watch-reject-field-count = Plus ou moins de champs que n’en nomme l’en-tête
watch-reject-open-quote = Un guillemet est ouvert et jamais fermé
watch-reject-too-long = La ligne dépasse la longueur permise
watch-reject-too-deep = Le JSON est imbriqué plus profondément que permis
watch-reject-unknown-kind = Un type d’enregistrement inconnu
watch-reject-unclassified = La correspondance ne lui donne aucune classe
watch-reject-bad-value = Ce n’est pas une valeur du type attendu dans la colonne

# Dérive
watch-drift-title = Dérive
watch-drift-what = Les colonnes diffèrent de celles que ce type a d’habitude. Les bonnes lignes sont gardées ; voyez s’il faut adapter une correspondance.
watch-drift-none = Les colonnes sont comme d’habitude.
watch-drift-column = Colonne
watch-drift-kind = Ce qui diffère
watch-drift-since = Depuis
watch-drift-last = Dernière fois
watch-drift-batches = Lots
watch-drift-missing = Absente
watch-drift-added = Nouvelle, gardée dans extra
watch-drift-renamed = Sous un autre nom
watch-drift-unknown-type = Le type de rapport lui-même est inconnu

# Déposer des fichiers
watch-hand-in-title = Déposer un fichier
watch-hand-in-what = Le fichier est conservé tel quel, puis lu. Sa nature se reconnaît à son nom et à son contenu ; déposer le même fichier une seconde fois n’ajoute rien.
watch-hand-in-feed = Flux (facultatif)
watch-hand-in-feed-hint = Le nom sous lequel ranger ses lots, ou un flux qui a une correspondance.
watch-hand-in-type = Type (facultatif)
watch-hand-in-type-hint = Seulement si le nom et le contenu ne suffisent pas : un rapport Shadowserver comme scan_telnet, ou suricata, zeek:conn, idea, intelmq, list.
watch-hand-in-files = Fichiers
watch-hand-in-files-hint = { $count ->
    [one] Au plus { $count } mégaoctet en tout ; gzip et zip conviennent. Au-delà : manara ingest.
   *[other] Au plus { $count } mégaoctets en tout ; gzip et zip conviennent. Au-delà : manara ingest.
}
watch-hand-in-send = Déposer
watch-hand-in-kept = Le fichier est conservé et en cours de traitement.
watch-hand-in-kept-many = { $count ->
    [one] { $count } fichier est conservé et en cours de traitement.
   *[other] { $count } fichiers sont conservés et en cours de traitement.
}
watch-hand-in-known = Ce fichier est déjà venu de ce flux. Rien n’a été ajouté.
watch-hand-in-no-file = Aucun fichier n’a été choisi. Choisissez-en un et déposez-le à nouveau.
watch-hand-in-unknown = { $name } : impossible de dire ce que c’est. Sont attendus un rapport Shadowserver, Suricata EVE, Zeek, IDEA, du JSON IntelMQ ou une liste. Indiquez son flux ou son type et déposez-le à nouveau.
watch-hand-in-no-feed = Il n’y a ni flux ni type nommé { $feed }. La page Flux et la commande manara feeds les énumèrent.
watch-hand-in-unreadable = { $name } est illisible : { $why }
watch-hand-in-disk-full = Le disque est plein. Rien n’a été enregistré. Libérez de la place et déposez le fichier à nouveau.

# Flux
watch-feeds-title = Flux
watch-feeds-name = Flux
watch-feeds-show = Seulement
watch-feeds-show-silent = Ceux qui se taisent
watch-feeds-show-drift = Ceux qui dérivent
watch-feeds-show-rejects = Ceux qui ont des rejets
watch-feeds-received = Dernière réception
watch-feeds-never = jamais
watch-feeds-lag = Retard
watch-feeds-days = 30 derniers jours
watch-feeds-spark = { $count ->
    [one] { $count } événement en 30 jours
   *[other] { $count } événements en 30 jours
}
watch-feeds-events = Événements
watch-feeds-rejects = Rejets
watch-feeds-batches = Lots
watch-feeds-reliability = Fiabilité
watch-feeds-answers = Réponses (n)
watch-feeds-n = n = { $count }
watch-feeds-marks = Signes
watch-feeds-silent = Silencieux
watch-feeds-drift = Dérive
watch-feeds-none = Aucun flux n’a encore rien envoyé
watch-feeds-none-how = Un flux apparaît ici avec son premier fichier. Déposez-en un à la page Lots, ou utilisez la commande manara ingest.
watch-span-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
watch-span-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
watch-span-days = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}

# Un flux
watch-feed-about = Ce qu’il envoie
watch-feed-silent-why = { $count ->
    [one] Il devrait envoyer quelque chose toutes les heures. Dernière réception :
   *[other] Il devrait envoyer quelque chose toutes les { $count } heures. Dernière réception :
}
watch-feed-last-event = Événement le plus récent
watch-feed-per-day = { $count ->
    [one] environ { $count } par jour
   *[other] environ { $count } par jour
}
watch-feed-duplicates = Doublons
watch-feed-findings = Constats
watch-feed-its-findings = Afficher ses constats
watch-feed-reliable = { $count ->
    [0] On suppose qu’il a raison dans { $mean } des cas. C’est une hypothèse qui pèse autant que { $weight } réponses ; aucune réponse ne l’a encore vérifiée (n = 0).
    [one] Il a raison dans { $mean } des cas. On supposait d’abord { $prior }, avec le poids de { $weight } réponses ; { $count } réponse est venue depuis (n = { $count }), dont { $confirmed } pour le confirmer.
   *[other] Il a raison dans { $mean } des cas. On supposait d’abord { $prior }, avec le poids de { $weight } réponses ; { $count } réponses sont venues depuis (n = { $count }), dont { $confirmed } pour le confirmer.
}
watch-feed-reliable-hint = Une réponse compte quand quelqu’un dit d’un constat qu’il est corrigé (il était donc vrai) ou que c’était un faux positif.
watch-feed-events-chart = Événements par jour de réception
watch-feed-rejects-chart = Rejets par jour de réception
watch-feed-batches = Derniers lots
watch-feed-all-batches = Tous les lots

# Listes
watch-entries-title = Entrées de la liste
watch-entries-what = Ce flux est une liste : une entrée y reste jusqu’à ce qu’elle en soit retirée.
watch-entries-entry = Entrée
watch-entries-state = État
watch-entries-changed = Modifiée
watch-entries-first-seen = Inscrite la première fois
watch-entries-last-seen = Inscrite la dernière fois
watch-entries-none = Il n’y a aucune entrée
watch-entries-state-listed = Inscrite
watch-entries-state-new = Nouvelle dans le dernier fichier
watch-entries-state-changed = Modifiée dans le dernier fichier
watch-entries-state-delisted = Retirée
watch-entries-state-expired = Expirée

# Journal
watch-journal-title = Journal
watch-journal-none = Rien n’est encore noté.
watch-journal-when = Quand
watch-journal-who = Qui
watch-journal-what = Quoi
watch-journal-to = vers
watch-verb-batch-received = a reçu un lot
watch-verb-batch-finished = a terminé un lot
watch-verb-batch-failed = n’a pas pu lire un lot
watch-verb-finding-answered = a répondu à un constat
watch-verb-finding-reopened = a rouvert un constat
watch-verb-finding-restored = a annulé une réponse à un constat
watch-verb-findings-expired = a laissé expirer des constats
watch-verb-list-compared = a comparé une liste à la précédente
watch-verb-replayed = a retraité l’historique
watch-verb-table-loaded = a chargé une table

# Sur les pages des autres
watch-panel-live = { $count ->
    [0] Aucun constat en cours
    [one] { $count } constat en cours
   *[other] { $count } constats en cours
}
watch-panel-all = Afficher ses constats

# Que faire là où il n’y a rien
watch-drift-none-how = Une colonne nouvelle, absente ou renommée apparaîtrait ici.
watch-feed-batches-none-how = Déposez un fichier de ce flux à la page Lots.
watch-finding-no-events-how = Ils ont été conservés aussi longtemps que le veut la configuration ; les totaux et les états restent.
watch-journal-none-how = Ce que les personnes et les règles en font s’inscrit ici.
watch-panel-none = Rien n’est ouvert. Les constats plus anciens sont dans la liste.
