# Réponse : incidents

## États, impact, verdicts
response-state-new = Nouveau
response-state-open = Ouvert
response-state-resolved = Résolu
response-state-abandoned = Abandonné
response-impact-low = Faible
response-impact-medium = Moyen
response-impact-high = Élevé
response-impact-vital = Vital
response-impact-by-itself = Selon les bénéficiaires
response-urgency-by-itself = Selon le pire constat
response-verdict-left = constats laissés tels quels
response-verdict-fixed = constats corrigés
response-verdict-false = constats faux
response-nobody = personne
response-never = aucune
response-overdue = en retard

## Champs
response-field-number = Numéro
response-field-title = Titre
response-field-class = Classe et type
response-field-impact = Impact
response-field-urgency = Urgence
response-field-severity = Gravité
response-field-tlp = Marquage
response-field-mailbox = Notre adresse
response-field-owner = Responsable
response-field-state = État
response-field-due = Échéance
response-field-due-utc = Échéance (UTC)
response-field-constituent = Bénéficiaires
response-field-findings = Constats
response-field-created = Ouvert le
response-field-changed = Modifié le
response-field-closed = Clos le
response-field-rule = Règle
response-field-resolution = Issue
response-field-note = Note

## La liste
response-list-title = Incidents
response-list-search = Titre, numéro ou bénéficiaire
response-list-order = Ordre
response-list-order-newest = Selon les en-têtes de colonne
response-list-order-best = Meilleures correspondances d’abord
response-list-order-cut = { $count ->
    [one] Seul l’enregistrement le plus récent contenant ces mots a été classé. Les plus anciens sont laissés de côté : ajoutez des mots ou choisissez des jours.
   *[other] Seuls les { $count } enregistrements les plus récents contenant ces mots ont été classés. Les plus anciens sont laissés de côté : ajoutez des mots ou choisissez des jours.
}
response-list-show = N’afficher que
response-list-age = Ancienneté
response-list-class = Classe
response-list-choose = Choisir
response-list-tick = Choisir l’incident { $number }
response-list-none = Il n’y a pas encore d’incident
response-list-none-how = Des règles les ouvrent à partir des constats, et vous pouvez en ouvrir un ici ou à la page d’un constat.
response-list-state-live = En cours : nouveaux ou ouverts
response-list-state-new = Nouveaux
response-list-state-open = Ouverts
response-list-state-closed = Clos
response-list-state-resolved = Résolus
response-list-state-abandoned = Abandonnés
response-list-state-all = Tous
response-list-show-mine = Les miens
response-list-show-watched = Ceux que je suis
response-list-show-unowned = Sans responsable
response-list-show-due = En retard
response-list-severity-critical = Critique
response-list-severity-high-up = Élevée ou critique
response-list-severity-high = Élevée
response-list-severity-medium = Moyenne
response-list-severity-low = Faible
response-list-severity-info = Info
response-list-age-day = Jusqu’à un jour
response-list-age-week = D’un jour à une semaine
response-list-age-month = D’une semaine à un mois
response-list-age-older = Plus de 30 jours
response-many-take = Prendre en charge
response-many-open = Ouvrir
response-many-person = Personne
response-many-assign = Attribuer
response-many-close = Clore

## Ce qu’un formulaire a fait
response-did-take = L’incident vous est attribué.
response-did-follow = Vous suivez cet incident.
response-did-unfollow = Vous ne suivez plus cet incident.
response-did-relate = Les deux incidents sont liés.
response-did-unrelate = Les deux incidents ne sont plus liés.
response-did-merge = L’incident a été fusionné dans celui-ci. Vous pouvez l’annuler depuis sa propre page.
response-did-split = L’incident est de nouveau indépendant.
response-did-reopen = L’incident est de nouveau ouvert.
response-did-close = L’incident est clos.
response-did-close-and-teach = L’incident est clos. Ses constats reçoivent la réponse, et la fiabilité de leurs sources est mise à jour.
response-did-strike = Une note de { $number } a été rayée.
response-did-restore-note = La note est rétablie.
response-did-change = L’incident a été modifié.
response-did-open = L’incident { $number } est ouvert.
response-did-link = { $count ->
    [one] { $count } constat a été lié.
   *[other] { $count } constats ont été liés.
}
response-did-unlink = { $count ->
    [one] { $count } constat a été délié.
   *[other] { $count } constats ont été déliés.
}
response-chosen-no-finding = Aucun constat n’a été choisi. Cochez-en au moins un et recommencez.
response-no-other = Aucun incident que vous puissiez voir ne porte ce numéro. Vérifiez-le et recommencez.
response-stale = Quelqu’un a modifié la fiche entre-temps. Relisez-la et décidez de nouveau.
response-refused = Cela n’a pas été fait : { $why }.
response-refused-not-found = il n’existe pas
response-refused-not-from = son état ne le permet pas
response-refused-merged = il a été fusionné dans un autre incident
response-refused-not-merged = il n’a pas été fusionné dans un autre incident
response-refused-into-closed = l’incident qui devrait le recevoir est clos
response-refused-itself = c’est le même incident
response-refused-title = un titre a de 1 à 200 caractères
response-refused-text = le texte est vide ou trop long
response-refused-class = la classe et le type ne sont pas de la taxonomie
response-refused-resolution = choisissez comment il s’est terminé
response-refused-clearance = le marquage est plus strict que ce que vous pouvez voir
response-refused-no-note = cette note n’existe pas ou a été rayée
response-refused-no-playbook = cette fiche réflexe n’existe pas
response-refused-no-task = cette tâche n’existe pas, ou a été retirée
response-refused-task-waits = la tâche attend une décision
response-refused-too-many = l’incident a autant de tâches qu’il peut en avoir
response-refused-person = personne de l’équipe ne porte ce nom
response-refused-answer = choisissez une des réponses
response-refused-no-clock = ce délai ou cette étape n’existe pas
response-refused-future = l’heure est dans le futur
response-refused-technique = une technique s’écrit comme T1566 ou T1566.002
response-refused-not-closed = l’incident n’est pas encore clos
response-refused-required = une réponse obligatoire manque ; les autres réponses ont été gardées
response-refused-mailbox = ce n’est pas une de nos adresses
response-refused-unseen-mailbox = vous ne voyez pas cette boîte ; ce que vous y mettriez disparaîtrait pour vous
response-refused-checks-open = des vérifications de clôture sont ouvertes et aucune raison n’est donnée
response-refused-tasks-open = des tâches sont ouvertes et aucune raison n’est donnée
response-refused-not-waiting = il n’attend plus de seconde personne
response-refused-own-message = vous l’avez écrit vous-même : quelqu’un d’autre doit en autoriser l’envoi
response-refused-not-writer = seul son auteur peut le retirer
response-refused-no-ticket = il n’y a pas de tel signalement, investigation ou contre-mesure
response-refused-ticket-not-from = son état ne le permet pas
response-refused-no-incident = une contre-mesure appartient à un incident
response-refused-has-incident = ce dossier appartient déjà à un autre incident
response-refused-mail = ce n’est pas une adresse électronique ; une adresse ressemble à abuse@isp.example
response-refused-no-recipient = il n’y a pas d’adresse à qui écrire, ou il y en a plus de 100
response-refused-plain-mail = son marquage interdit l’envoi en clair
response-refused-no-message = ce courriel n’attend plus de décision
response-refused-itself-ticket = c’est le même dossier
response-refused-other-kind = seuls deux dossiers de même nature peuvent être fusionnés
response-refused-not-moved = seul un courriel reçu peut être déplacé

## En ouvrir un
response-new-title = Nouvel incident
response-new-button = Ouvrir l’incident
response-new-constituents = Bénéficiaires en plus de ceux des constats
response-new-constituents-how = Un nom par ligne, comme il figure dans la liste des bénéficiaires.
response-new-no-constituent = Il n’y a pas de bénéficiaire nommé { $name }.
response-new-or-link = Ou lier les constats à un incident existant
response-new-findings = { $count ->
    [one] { $count } constat sera lié
   *[other] { $count } constats seront liés
}
response-panel-open = Ouvrir un incident
response-panel-all = Tous ses incidents

## Un incident
response-do-take = Prendre en charge
response-do-edit = Modifier
response-do-close = Clore
response-do-reopen = Rouvrir
response-do-follow = Suivre
response-do-unfollow = Ne plus suivre
response-do-split = Annuler la fusion
response-do-relate = Lier
response-do-unrelate = Délier
response-do-unrelate-which = Délier de { $number }
response-do-merge = Fusionner celui-ci dans l’autre
response-do-link = Lier à celui-ci
response-do-unlink = Délier la sélection
response-back = Retour
response-save = Enregistrer
response-merged-into = Cet incident a été fusionné dans
response-merge-hint = La fusion déplace constats, signalements, investigations, contre-mesures, notes, tâches, observables et tout le reste vers l’autre incident et clôt celui-ci comme doublon. On peut revenir en arrière.
response-other-number = Numéro de l’autre incident
response-one-facts = De quoi il s’agit
response-one-watchers = Suivi par
response-one-others = Autres incidents
response-one-merged-here = Fusionnés dans celui-ci
response-one-related = Liés
response-one-suggested = Peut-être liés
response-one-no-others = Rien n’indique un autre incident.
response-one-no-findings = Aucun constat n’est lié.
response-one-timeline = Chronologie
response-one-more-lines = Seules les lignes les plus récentes sont montrées. Le journal les a toutes.
response-one-more-findings = { $count ->
    [one] { $count } autre constat n’est pas montré ici.
   *[other] { $count } autres constats ne sont pas montrés ici.
}
response-related-asset = même actif
response-related-neighbourhood = adresses voisines
response-related-subject = même objet
response-related-constituent = même bénéficiaire
response-finding-asset = Actif
response-finding-what = Quoi
response-finding-now = État actuel
response-finding-linked = Lié le
response-finding-tick = Choisir le constat { $asset }
response-finding-gone = n’existe plus
response-line-when = Quand
response-line-who = Qui
response-line-what = Quoi
response-line-to = →
response-line-findings = { $count ->
    [one] { $count } constat
   *[other] { $count } constats
}
response-line-more = { $count ->
    [one] et { $count } autre
   *[other] et { $count } autres
}

## Gravité
response-matrix-title = Comment la gravité est établie
response-matrix-how = L’impact est la criticité du bénéficiaire, l’urgence le pire des constats. Les deux donnent la gravité.
response-matrix-here = ici

## Modifier
response-edit-title = Modifier { $number }
response-edit-unreadable = { $field } : cette valeur est illisible.
response-edit-stale = Quelqu’un a modifié cet incident pendant que vous l’aviez ouvert. Rien n’est perdu : choisissez pour chaque champ la valeur qui doit rester, puis enregistrez.
response-edit-theirs = Valeur actuelle :
response-edit-mine = La vôtre :

## Notes
response-note-title = Note
response-note-new = Nouvelle note
response-note-add = Ajouter la note
response-note-text = Texte
response-note-edit = Modifier
response-note-strike = Rayer
response-note-restore = Rétablir
response-note-edited = modifiée
response-note-struck = Rayée par
response-note-show-struck = Voir ce qu’elle disait
response-note-is-struck = Cette note a été rayée et ne peut plus être modifiée.
response-note-stale = Quelqu’un a modifié cette note pendant que vous l’aviez ouverte. Les deux textes sont ci-dessous ; réunissez-les et enregistrez.
response-note-theirs = Ce qu’elle dit maintenant
response-note-mine = Ce que vous avez écrit
response-note-before = Ce qu’elle disait avant
response-note-too-long = { $count ->
    [one] Une note a au plus un caractère. Raccourcissez-la ; rien n’est perdu.
   *[other] Une note a de 1 à { $count } caractères. Corrigez-la et enregistrez de nouveau ; rien n’est perdu.
}

## La fin
response-close-title = Clore { $number }
response-close-choose = Choisissez comment il s’est terminé
response-close-verdict = Qu’est-ce que cela dit de ses constats ?
response-close-left = Rien : ils restent tels quels et la fiabilité des sources ne change pas
response-close-fixed = Ils étaient réels et sont corrigés : leurs sources avaient raison
response-close-false = C’étaient des faux positifs : leurs sources avaient tort
response-close-findings = { $count ->
    [one] { $count } constat recevrait cette réponse.
   *[other] { $count } constats recevraient cette réponse.
}
response-close-fixed-feed = { $count ->
    [one] est confirmé { $count } fois
   *[other] est confirmé { $count } fois
}
response-close-false-feed = { $count ->
    [one] est contredit { $count } fois
   *[other] est contredit { $count } fois
}
response-reopen-reason = Motif
response-reopen-hint = Le motif devient une note. Les constats gardent leur réponse ; on la retire à la page du constat.

## Journal
response-verb-incident-opened = a ouvert l’incident
response-verb-incident-changed = a modifié l’incident
response-verb-incident-closed = a clos l’incident
response-verb-incident-reopened = a rouvert l’incident
response-verb-incident-merged = a fusionné l’incident dans
response-verb-incident-joined = a reçu le contenu de
response-verb-incident-split = a annulé la fusion avec
response-verb-incident-parted = a rendu ce qui venait de
response-verb-incident-followed = suit l’incident
response-verb-incident-unfollowed = ne suit plus l’incident
response-verb-incident-restored = a annulé une modification groupée
response-verb-incident-imported = a importé l’incident d’un autre outil
response-verb-import-brought = a déposé un fichier d’un autre outil
response-verb-import-tried = a vérifié de nouveau un fichier d’un autre outil
response-verb-import-begun = a commencé l’import d’un fichier
response-verb-import-finished = a importé un fichier
response-verb-findings-joined = des constats ont été ajoutés par une règle
response-verb-findings-linked = a lié des constats
response-verb-findings-unlinked = a délié des constats
response-verb-incidents-related = l’a lié à
response-verb-incidents-unrelated = l’a délié de
response-verb-note-added = a écrit une note
response-verb-note-edited = a modifié une note
response-verb-note-struck = a rayé une note
response-verb-note-restored = a rétabli une note
response-verb-playbook-applied = a appliqué une fiche réflexe
response-verb-playbook-removed = a retiré une fiche réflexe
response-verb-task-added = a ajouté une tâche
response-verb-task-changed = a modifié une tâche
response-verb-task-done = a terminé une tâche
response-verb-task-skipped = a ignoré une tâche
response-verb-task-reopened = a rouvert une tâche
response-verb-task-removed = a retiré une tâche
response-verb-task-restored = a rétabli une tâche
response-verb-moments-noted = a noté quand cela a commencé ou a été endigué
response-verb-technique-added = a ajouté une technique
response-verb-technique-removed = a retiré une technique
response-verb-handover-written = a écrit une relève
response-verb-handover-taken = a pris la relève
response-verb-clock-started = a lancé un délai
response-verb-clock-changed = a changé le début d’un délai
response-verb-clock-stopped = a arrêté un délai
response-verb-clock-resumed = a repris un délai
response-verb-clock-adjusted = a adapté un délai à l’incident
response-verb-stage-met = a noté une étape comme tenue
response-verb-stage-unmet = a annulé une étape tenue
response-verb-stage-due-soon = a signalé une étape bientôt due
response-verb-stage-late = a signalé une étape en retard
response-verb-review-answered = a rempli la revue
response-verb-review-finished = a terminé la revue
response-verb-report-opened = a ouvert le signalement
response-verb-investigation-opened = a lancé l’investigation
response-verb-countermeasure-opened = a demandé la contre-mesure
response-verb-ticket-changed = l’a modifié
response-verb-ticket-assigned = l’a attribué
response-verb-ticket-moved = en a changé l’état
response-verb-ticket-linked = l’a lié à un incident
response-verb-ticket-unlinked = l’a délié d’un incident
response-verb-ticket-kept = l’a laissé ouvert : un autre incident en a besoin
response-verb-ticket-merged = l’a fusionné dans
response-verb-ticket-absorbed = a reçu le contenu de
response-verb-ticket-split = a annulé la fusion avec
response-verb-ticket-parted = a rendu ce qui venait de
response-verb-ticket-restored = a annulé une modification groupée
response-verb-ticket-commented = a écrit un commentaire
response-verb-message-written = a écrit un message
response-verb-message-sent = un message a été envoyé
response-verb-message-joined = un courriel a été ajouté
response-verb-message-held = un courriel d’un expéditeur inconnu a été retenu
response-verb-message-allowed = a ajouté un courriel retenu
response-verb-message-discarded = a écarté un courriel retenu
response-verb-message-held-again = a retenu de nouveau un courriel
response-verb-message-moved = a déplacé un message vers
response-verb-message-taken = a reçu un message déplacé depuis
response-verb-message-requeued = a envoyé un message de nouveau
response-verb-message-stopped = a arrêté un message
response-verb-message-drafted = a écrit un message qui attend une seconde personne
response-verb-message-released = a autorisé l’envoi d’un message
response-verb-own-message-released = a autorisé l’envoi de son propre message, personne d’autre n’en ayant le droit
response-verb-message-returned = a renvoyé un message à son auteur
response-verb-message-withdrawn = a retiré un message
response-verb-message-kept-back = un message est retenu : il faut une seconde personne
response-verb-delivery-delayed = un message est retardé
response-verb-delivery-failed = un message n’a pas pu être remis à
response-verb-answer-declined = la réponse est NON : rien n’a été mis en place ni levé
response-verb-answer-unclear = une réponse ne dit ni FAIT ni NON
response-verb-rule-switched = a réglé une règle automatique
response-verb-contact-dead = une adresse est hors service
response-verb-loop-stopped = pas de réponse automatique : il y en a déjà eu trop
response-verb-address-lifted = une adresse est remise en service
response-verb-address-suspended = a suspendu une adresse

# Que faire là où il n’y a rien
response-one-no-others-how = Si vous en connaissez un, indiquez son numéro ci-dessous.
response-one-no-findings-how = Cochez des constats dans leur liste et liez-les à ce numéro.
response-panel-none = Aucun incident n’est ouvert ici.

# OpenPGP keys
response-verb-key-generated = a créé la clé
response-verb-key-rotated = a créé une nouvelle clé à la place de la précédente
response-verb-key-brought = a importé la clé
response-verb-key-offered = un courriel contenait la clé
response-verb-key-renewed = la clé a été mise à jour
response-verb-key-accepted = a accepté la clé
response-verb-key-rejected = a rejeté la clé
response-verb-key-found = a trouvé la clé auprès de son domaine
response-verb-key-removed = a retiré la clé
response-verb-key-restored = a rétabli la clé
response-verb-certificate-brought = a importé le certificat
response-verb-certificate-removed = a retiré le certificat
response-verb-certificate-restored = a rétabli le certificat
response-verb-signature-checked = a vérifié la signature d’un courriel
response-refused-no-key = son marquage ne lui permet de partir que chiffré, et tous les destinataires n’ont pas une clé valable et acceptée

# Preuves
response-verb-evidence-added = a consigné une preuve
response-verb-evidence-file-kept = a conservé le fichier d’une preuve
response-verb-evidence-handed = a remis une preuve
response-verb-evidence-checked = a comparé une preuve à son empreinte
response-verb-evidence-removed = a retiré une preuve de la liste
response-verb-evidence-restored = a remis une preuve sur la liste
response-refused-no-evidence = cette preuve n’existe pas, ou elle a été retirée de la liste
response-refused-hash = ce n’est pas un SHA-256 ; il compte 64 chiffres hexadécimaux
response-refused-other-hash = le SHA-256 du fichier n’est pas celui qui a été noté ; consignez-le comme une preuve distincte
response-refused-no-file = aucun fichier n’en est conservé ici
response-refused-earlier = c’est avant la dernière ligne de la chaîne de possession
response-refused-too-many-items = il n’y a plus de place

# PAP : ce qu’on peut faire de ce que l’incident sait
response-field-pap = PAP
response-pap-label-clear = PAP:CLEAR
response-pap-label-green = PAP:GREEN
response-pap-label-amber = PAP:AMBER
response-pap-label-red = PAP:RED
response-pap-clear = Aucune restriction d’utilisation.
response-pap-green = Les actions visibles sont permises : bloquer, écrire à son sujet, interroger les registres.
response-pap-amber = Seulement ce que l’adversaire ne peut pas remarquer : surveiller, comparer, chercher dans nos données. Personne à l’extérieur n’est interrogé.
response-pap-red = Uniquement un travail invisible de l’extérieur, sans interroger quiconque.
response-pap-hint = Le protocole des actions permises (PAP) dit ce qu’on peut faire des informations de l’incident ; le TLP dit qui peut les lire. Au-dessus de GREEN, Manara n’interroge aucun registre (RDAP, whois) pour cet incident.
response-refused-pap = le PAP de l’incident est plus strict que GREEN : l’adversaire pourrait remarquer la question. Changez d’abord le PAP, si vous en avez le droit
response-refused-no-rule = cette règle n’existe pas

# Étiquettes
response-field-tags = Étiquettes
response-verb-tags-changed = a changé les étiquettes
response-refused-tag = ce n’est pas une étiquette ; c’est un mot de 80 caractères au plus, ou par exemple workflow:state="needs-review"

# Champs propres
response-verb-fields-changed = a rempli des champs personnalisés
response-refused-fields-missing = des champs personnalisés nécessaires avant la résolution ne sont pas remplis

# Registres extérieurs
response-verb-registry-asked = a interrogé un registre externe

# Files of messages
response-refused-files = un message accepte 20 fichiers, 7 Mo au total ; retirez-en ou envoyez-les en plusieurs messages
response-refused-nothing-to-attach = il n’appartient à aucun incident dont le marquage permette que ses données partent avec le courriel

# Observables
response-related-observable = même observable
response-verb-observables-named = a ajouté des observables
response-verb-observable-noted = a annoté un observable
response-verb-observable-removed = a retiré un observable
response-verb-observable-restored = a rétabli un observable
response-refused-observable = aucune adresse, aucun domaine, aucune URL ni empreinte n’y a été trouvé, ou plus de 500
response-refused-no-observable = l’incident n’a pas cet observable

# Who is to write next
response-list-show-waits-us = Ils attendent notre réponse
response-list-show-waits-them = En attente de leur réponse

# Dividing an incident; an investigation with it
response-do-part = Diviser
response-part-title = Diviser { $number }
response-part-how = Ce que vous cochez passe à un nouvel incident, lié à celui-ci. Le refusionner annule la division.
response-part-name = Titre du nouvel incident
response-did-part = { $number } a été détaché.
response-verb-incident-divided = a divisé l’incident
response-verb-incident-divided-off = l’a détaché d’un autre incident
response-refused-nothing-to-part = choisissez ce qui passe au nouvel incident : constats, signalements ou observables
response-also = Interroger quelqu’un aussitôt
response-also-do = Lancer une investigation en même temps
response-also-to = Adresse de la personne à interroger
response-also-how = Le formulaire pour lui écrire s’ouvre ensuite.
response-field-also = Adresse de la personne à interroger
