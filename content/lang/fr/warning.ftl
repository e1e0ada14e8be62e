# Alerte : notifications aux bénéficiaires et boîte intégrée

## États
warning-state-draft = Brouillon
warning-state-waiting = En attente d’une seconde personne
warning-state-approved = Approuvée
warning-state-queued = En attente d’envoi
warning-state-sent = Envoyée
warning-state-failed = Échec
warning-state-cancelled = Annulée

## Formats
warning-format-csv = CSV
warning-format-json = JSON
warning-format-both = CSV et JSON
warning-format-pdf = PDF et CSV
warning-format-all = PDF, CSV et JSON

## La liste
warning-list-title = Notifications
warning-list-search = Bénéficiaire ou numéro
warning-list-state = État
warning-list-class = Classe
warning-list-constituent = Bénéficiaire
warning-list-language = Langue
warning-list-created = Rédigée
warning-list-severity = Gravité
warning-list-findings = Constats
warning-list-events = Événements
warning-list-sent = Envoyée
warning-list-number = Numéro
warning-list-tlp = Marquage
warning-list-choose = Choisir
warning-list-tick = Choisir la notification { $number }
warning-list-unfilled = pièces jointes en préparation
warning-list-first = première approbation :
warning-list-four-eyes = Une notification dont le marquage est plus strict que { $tlp } demande deux personnes : après la première approbation, elle attend ici celle de quelqu’un d’autre. Aucune règle n’approuve une telle notification.
warning-list-none = Il n’y a pas encore de notification
warning-list-none-how = Dès que des constats concernant un bénéficiaire arrivent, ils deviennent ici un brouillon, dans sa langue, que vous pouvez approuver.
warning-capture-note = Aucun courriel ne sort : ce qui est envoyé va dans la boîte intégrée et personne à l’extérieur ne le reçoit. Pour envoyer réellement, mettez mail.transport à « smtp » dans la configuration.

## Ce qu’un formulaire a fait
warning-chosen-none = Aucune notification n’a été choisie. Cochez-en au moins une et recommencez.
warning-did-approve = { $count ->
    [one] Une notification est approuvée et part dès que ses pièces jointes sont prêtes.
   *[other] { $count } notifications sont approuvées et partent dès que leurs pièces jointes sont prêtes.
}
warning-did-first = { $count ->
    [one] Une notification a reçu sa première approbation et attend une seconde personne. Entièrement approuvées : { $approved }.
   *[other] { $count } notifications ont reçu leur première approbation et attendent une seconde personne. Entièrement approuvées : { $approved }.
}
warning-did-cancel = { $count ->
    [one] Une notification est annulée. Ce qu’elle signale ne sera plus rédigé aujourd’hui.
   *[other] { $count } notifications sont annulées. Ce qu’elles signalent ne sera plus rédigé aujourd’hui.
}
warning-did-redraft = { $count ->
    [one] Une notification est de nouveau un brouillon.
   *[other] { $count } notifications sont de nouveau des brouillons.
}
warning-did-retry = { $count ->
    [one] Un nouvel essai est fait pour une notification.
   *[other] Un nouvel essai est fait pour { $count } notifications.
}
warning-did-some = Faites : { $done }. Non faites : { $refused }, la première pour cette raison : { $why }.
warning-refused-already-sent = elle a déjà été envoyée
warning-refused-being-sent = elle est en cours d’envoi
warning-refused-no-recipient = le bénéficiaire n’a pas de contact avec une adresse électronique
warning-refused-other-draft = il existe un autre brouillon pour le même bénéficiaire, la même classe et le même jour
warning-refused-own-approval = vous l’avez approuvée en premier, et son marquage demande l’approbation de quelqu’un d’autre
warning-refused-not-found = elle n’existe pas
warning-refused-not-from = son état ne le permet pas

## Une notification
warning-do-approve = Approuver
warning-do-cancel = Annuler
warning-do-redraft = Remettre en brouillon
warning-do-retry = Réessayer
warning-one-facts = De quoi il s’agit
warning-one-course = Son parcours
warning-one-preview = Telle qu’elle arrivera
warning-one-told = Constats signalés
warning-one-journal = Journal
warning-one-confidence = Confiance
warning-one-assets = Systèmes
warning-one-answer = Réponse demandée
warning-one-answer-days = { $count ->
    [one] sous un jour
   *[other] sous { $count } jours
}
warning-one-approved = Approuvée
warning-one-seconded = Approuvée en second
warning-one-alone = La même personne, car personne d’autre n’en a le droit
warning-one-needs-two = Son marquage demande deux personnes : deux membres de l’équipe doivent l’approuver avant l’envoi.
warning-one-waits = Une personne l’a approuvée. Son marquage en demande une seconde : approuvez-la à votre tour pour qu’elle parte.
warning-one-waits-own = Vous l’avez approuvée en premier. Elle ne part qu’après l’approbation de quelqu’un d’autre ; si personne d’autre ne peut la donner, approuvez-la une seconde fois : cela est consigné.
warning-one-rule = Règle
warning-one-queued = Prête à partir
warning-one-attempts = Tentatives
warning-one-format = Joint en
warning-one-from = De
warning-one-to = À
warning-one-subject = Objet
warning-one-files = Pièces jointes
warning-one-no-files = Aucune
warning-one-no-pages = Il n’y a pas de PDF : des polices manquent (`manara doctor` indique lesquelles), ou le courriel serait devenu trop volumineux. Le tableau contient toutes les lignes.
warning-one-file-size = { $rows ->
    [one] un événement, { $bytes } octets
   *[other] { $rows } événements, { $bytes } octets
}
warning-one-header = En-tête du message
warning-one-nobody = Personne
warning-one-nobody-how = Ajouter un contact avec une adresse électronique
warning-one-in-box = Le voir dans la boîte
warning-one-problem = Le message ne peut pas encore être construit :
warning-one-no-key = { $tlp } ne lui permet de partir que chiffré, et il n’y a pas de clé valable et acceptée de { $mails }. Acceptez une clé de chacun à la page des clés (ou par `manara mail keys`), puis envoyez-le.
warning-one-leaves = Mode d’envoi
warning-leaves-plain = Ni signé ni chiffré
warning-leaves-signed = Signé
warning-leaves-encrypted = Chiffré, pour les seuls destinataires
warning-leaves-no-key = Aucun envoi : il manque une clé
warning-one-error = La dernière tentative a échoué :
warning-one-sending = Transmission au serveur de messagerie en cours.
warning-one-unfilled = Les pièces jointes sont en préparation. La lettre les mentionnera ; d’ici là, la notification ne part pas.
warning-one-asset = Système
warning-one-what = Constat
warning-one-first = Première observation
warning-one-last = Dernière observation
warning-one-more = { $count ->
    [one] Un autre constat n’est pas affiché ici.
   *[other] { $count } autres constats ne sont pas affichés ici.
}
## Les pages d’événements jointes à un courrier
warning-sheet-title = Événements de la notification { $number }
warning-sheet-day = Jour
warning-sheet-first = Seuls les { $count } premiers événements sur { $all } figurent ici. Le tableau joint contient tous ceux qui accompagnent cette notification.
warning-sheet-time = Heure
warning-sheet-address = Adresse
warning-sheet-port = Port
warning-sheet-malware = Logiciel malveillant
warning-sheet-identifier = Identifiant
warning-sheet-name = Nom
warning-sheet-url = URL
warning-sheet-destination = Destination
warning-sheet-destination-port = Port de destination
warning-sheet-description = Description

## La boîte intégrée
warning-mailbox-title = Boîte intégrée
warning-mailbox-search = Objet ou destinataire
warning-mailbox-at = Capturé
warning-mailbox-size = Octets
warning-mailbox-whole = Message entier
warning-mailbox-text = Texte du message
warning-mailbox-notice = Notification
warning-mailbox-to-notice = Ouvrir la notification
warning-mailbox-none = La boîte est vide
warning-mailbox-none-how = Approuvez une notification : son message apparaît ici, exactement tel qu’il serait parti.

## Journal
warning-verb-notice-drafted = a rédigé une notification
warning-verb-notice-approved = a approuvé une notification
warning-verb-notice-first-approved = a approuvé une notification en premier, sur deux personnes
warning-verb-notice-kept-back = a retenu une notification qu’une seconde personne n’avait pas approuvée
warning-verb-notice-queued = a préparé une notification pour l’envoi
warning-verb-notice-sent = a envoyé une notification
warning-verb-notice-failed = a renoncé à envoyer une notification
warning-verb-notice-cancelled = a annulé une notification
warning-verb-notice-redrafted = a remis une notification en brouillon
warning-verb-notice-retried = a réessayé d’envoyer une notification
warning-verb-notice-restored = a annulé une décision sur plusieurs notifications
warning-verb-answers-given = a répondu à une notification
warning-verb-link-refused = a essayé un lien non valable
warning-verb-help-given = a noté que l’aide a été apportée
warning-verb-reminder-made = a rédigé un rappel
warning-verb-escalation-made = a rédigé une lettre aux instances supérieures
warning-verb-follow-up-ended = a terminé le suivi
warning-verb-contact-bounced = a noté que les courriels à un contact sont refusés
warning-verb-contact-delayed = a noté que les courriels à un contact tardent ou sont refusés pour l’instant
warning-verb-notice-returned = a noté qu’une notification a été refusée par tous ses destinataires
warning-verb-contact-recovered = a noté que les courriels à un contact arrivent de nouveau

## Réponses
warning-said-none = Pas encore de réponse
warning-said-received = Bien reçu
warning-said-fixed = Corrigé
warning-said-false = Inexact
warning-said-help = Besoin d’aide
warning-said-received-how = Vous avez le message et vous vous en occupez.
warning-said-fixed-how = Le problème est corrigé. Si d’autres signalements arrivent ensuite, nous vous en informons à nouveau.
warning-said-false-how = Le système n’est pas le vôtre ou le signalement est erroné. Nous corrigeons nos données et prévenons la source.
warning-said-help-how = Vous avez le message et n’y arrivez pas seuls. Nous prenons contact avec vous ; un numéro de téléphone en commentaire aide.
warning-answers-title = Ce que dit le bénéficiaire
warning-answers-last = Dernière réponse
warning-answers-comment = Commentaire
warning-answers-notice = Notification
warning-answers-when = Quand
warning-answers-before = Avant
warning-answers-way = Par
warning-answers-earlier = { $count ->
    [one] Une réponse antérieure
   *[other] { $count } réponses antérieures
}
warning-via-form = formulaire
warning-via-table = tableau
warning-list-answered = Réponses
warning-list-letter = Lettre
warning-answered-none = Sans réponse
warning-answered-some = Pour certains constats
warning-answered-all = Pour tous les constats
warning-answered-help = Aide demandée
warning-letter-notice = Notification
warning-letter-reminder = Rappel
warning-letter-escalation = Lettre aux instances supérieures
warning-one-letter = Nature
warning-one-others = Lié à
warning-one-answers = Toutes les réponses, les plus récentes d’abord
warning-one-link-here = [ici se trouve le lien de cette notification]
warning-one-bounces = courriels refusés depuis
warning-one-helps = { $count ->
    [one] Le bénéficiaire demande de l’aide pour un constat.
   *[other] Le bénéficiaire demande de l’aide pour { $count } constats.
}
warning-do-help-given = L’aide a été apportée
warning-did-help = { $count ->
    [one] Noté : l’aide a été apportée pour une notification.
   *[other] Noté : l’aide a été apportée pour { $count } notifications.
}
warning-bounces-title = Courriels refusés
warning-bounces-how = Le serveur de messagerie a refusé ces adresses définitivement. Tant qu’elles ne sont pas de nouveau acceptées, les notifications vont d’abord à d’autres contacts. Corrigez-les ou remplacez-les.
warning-bounces-mail = Adresse
warning-bounces-since = Depuis
warning-bounces-times = Fois
warning-bounces-said = Réponse du serveur

## La page qu’ouvre le lien d’une lettre
warning-link-title = Réponse à la notification { $number }
warning-link-what = Voici vos systèmes visés par cette notification. Merci d’indiquer pour chacun d’eux, ou pour tous à la fois, où vous en êtes. Vos réponses peuvent être modifiées jusqu’à l’expiration du lien.
warning-link-due = Répondre avant le
warning-link-until = Le lien fonctionne jusqu’au
warning-link-answered = Réponses données
warning-link-answered-of = { $count } sur { $all }
warning-link-meaning = Ce que signifient les réponses
warning-link-search = Système ou constat
warning-link-rows = Vos systèmes
warning-link-answer = Réponse
warning-link-comment = Commentaire
warning-link-answer-for = Réponse pour { $asset }
warning-link-comment-for = Commentaire sur { $asset }
warning-link-keep = Envoyer ces réponses
warning-link-keep-how = Seul ce que vous voyez sur cette page est envoyé. Les lignes sans réponse restent telles quelles.
warning-link-all = Une réponse pour tous
warning-link-choose = Choisissez une réponse
warning-link-which = Pour
warning-link-which-open = les systèmes sans réponse
warning-link-which-all = tous les systèmes de cette notification
warning-link-all-keep = Répondre pour tous
warning-link-table = Répondre par tableau
warning-link-table-how = Téléchargez le tableau, remplissez la colonne answer avec received, fixed, false ou help, ajoutez un commentaire si vous le souhaitez, et renvoyez-le en CSV. Ne modifiez pas la colonne finding.
warning-link-table-get = Télécharger le tableau (CSV)
warning-link-table-file = Le tableau rempli
warning-link-table-send = Envoyer le tableau
warning-link-kept = { $count ->
    [one] Merci. Une réponse a été enregistrée.
   *[other] Merci. { $count } réponses ont été enregistrées.
}
warning-link-same = { $count ->
    [one] Une réponse était déjà là.
   *[other] { $count } réponses étaient déjà là.
}
warning-link-troubles = { $count ->
    [one] Une ligne n’a pas été enregistrée ; les autres l’ont été.
   *[other] { $count } lignes n’ont pas été enregistrées ; les autres l’ont été.
}
warning-link-refused-title = Ce lien ne fonctionne pas
warning-link-refused-why = Il est peut-être incomplet, expiré ou remplacé par une lettre plus récente.
warning-link-refused-how = S’il vient d’une de nos lettres, vérifiez que vous l’avez copié en entier, ou répondez à cette lettre par courriel.
warning-tlp-clear = Peut être diffusé sans restriction.
warning-tlp-green = À partager au sein de votre communauté, pas sur des canaux publics.
warning-tlp-amber = À partager uniquement avec les personnes de votre organisation et ses clients qui en ont besoin.
warning-tlp-amber-strict = À partager uniquement avec les personnes de votre organisation qui en ont besoin.
warning-tlp-red = Réservé aux destinataires de la lettre.

## Ce qu’il est advenu d’un tableau
warning-sheet-empty = Le tableau est vide.
warning-sheet-too-large = Le tableau dépasse { $megabytes } Mo.
warning-sheet-no-column = La colonne { $column } manque. Le tableau contient : { $found }
warning-sheet-column-twice = La colonne { $column } figure deux fois.
warning-sheet-unreadable = Le tableau ne peut pas être lu. Enregistrez-le en CSV et recommencez.
warning-sheet-nothing = Rien n’a été modifié.
warning-sheet-blank = { $count ->
    [one] Une ligne n’a pas de réponse.
   *[other] { $count } lignes n’ont pas de réponse.
}
warning-sheet-refused = { $count ->
    [one] Une ligne n’a pas été enregistrée
   *[other] { $count } lignes n’ont pas été enregistrées
}
warning-sheet-refused-how = Les autres lignes ont été enregistrées. Corrigez celles-ci et renvoyez le tableau ; ce qui est enregistré reste.
warning-sheet-lines = Lignes non enregistrées
warning-sheet-line = Ligne
warning-sheet-column = Colonne
warning-sheet-why = Raison
warning-sheet-found = Contenu
warning-sheet-more = { $count ->
    [one] Une autre ligne n’est pas affichée ici.
   *[other] { $count } autres lignes ne sont pas affichées ici.
}
warning-sheet-back = Retour à vos systèmes
warning-sheet-other-finding = Ce constat n’appartient pas à cette notification.
warning-sheet-no-answer = La réponse n’est pas l’une de received, fixed, false, help.
warning-sheet-comment-alone = Il y a un commentaire sans réponse.
warning-sheet-comment-too-long = Le commentaire dépasse { $most } caractères.
warning-sheet-twice = Ce constat a déjà une réponse plus haut.
warning-sheet-broken = Un guillemet est ouvert et non fermé, ou la ligne est trop longue.
warning-sheet-fields = La ligne n’a pas autant de champs que l’en-tête.
warning-sheet-too-many = Il y a trop de lignes ; celle-ci et les suivantes n’ont pas été lues.
