# Alerte : notifications aux bénéficiaires et boîte intégrée

## États
warning-state-draft = Brouillon
warning-state-approved = Approuvée
warning-state-queued = En attente d'envoi
warning-state-sent = Envoyée
warning-state-failed = Échec
warning-state-cancelled = Annulée

## Formats
warning-format-csv = CSV
warning-format-json = JSON
warning-format-both = CSV et JSON

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
warning-list-approve = Approuver
warning-list-cancel = Annuler
warning-list-redraft = Remettre en brouillon
warning-list-retry = Réessayer
warning-list-approve-all = Approuver toutes celles affichées
warning-list-none = Il n'y a pas encore de notification
warning-list-none-how = Dès que des constats concernant un bénéficiaire arrivent, ils deviennent ici un brouillon, dans sa langue, que vous pouvez approuver.
warning-capture-note = Le courrier reste dans la maison : ce qui est envoyé va dans la boîte intégrée et personne à l'extérieur ne le reçoit. Pour envoyer réellement, mettez mail.transport à « smtp » dans la configuration.

## Ce qu'un formulaire a fait
warning-chosen-none = Aucune notification n'a été choisie. Cochez-en au moins une et recommencez.
warning-did-approve = { $count ->
    [one] Une notification est approuvée et part dès que ses pièces jointes sont prêtes.
   *[other] { $count } notifications sont approuvées et partent dès que leurs pièces jointes sont prêtes.
}
warning-did-cancel = { $count ->
    [one] Une notification est annulée. Ce qu'elle signale ne sera plus rédigé aujourd'hui.
   *[other] { $count } notifications sont annulées. Ce qu'elles signalent ne sera plus rédigé aujourd'hui.
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
warning-refused-being-sent = elle est en cours d'envoi
warning-refused-no-recipient = le bénéficiaire n'a pas de contact avec une adresse électronique
warning-refused-other-draft = il existe un autre brouillon pour le même bénéficiaire, la même classe et le même jour
warning-refused-not-found = elle n'existe pas
warning-refused-not-from = son état ne le permet pas

## Une notification
warning-do-approve = Approuver
warning-do-cancel = Annuler
warning-do-redraft = Remettre en brouillon
warning-do-retry = Réessayer
warning-one-facts = De quoi il s'agit
warning-one-course = Son parcours
warning-one-preview = Telle qu'elle arrivera
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
warning-one-rule = Règle
warning-one-queued = Prête à partir
warning-one-attempts = Essais
warning-one-format = Joint en
warning-one-from = De
warning-one-to = À
warning-one-subject = Objet
warning-one-files = Pièces jointes
warning-one-no-files = Aucune
warning-one-file-size = { $rows ->
    [one] un événement, { $bytes } octets
   *[other] { $rows } événements, { $bytes } octets
}
warning-one-header = En-tête du message
warning-one-nobody = Personne
warning-one-nobody-how = Ajouter un contact avec une adresse électronique
warning-one-in-box = Le voir dans la boîte
warning-one-problem = Le message ne peut pas encore être construit :
warning-one-error = Le dernier essai a échoué :
warning-one-sending = L'échange avec le serveur de courrier est en cours.
warning-one-unfilled = Les pièces jointes sont en préparation. La lettre les mentionnera ; d'ici là, la notification ne part pas.
warning-one-asset = Système
warning-one-what = Constat
warning-one-first = Première observation
warning-one-last = Dernière observation
warning-one-more = { $count ->
    [one] Un autre constat n'est pas affiché ici.
   *[other] { $count } autres constats ne sont pas affichés ici.
}

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
warning-mailbox-none-how = Approuvez une notification : son message apparaît ici, exactement tel qu'il serait parti.

## Journal
warning-verb-notice-drafted = a rédigé une notification
warning-verb-notice-approved = a approuvé une notification
warning-verb-notice-queued = a préparé une notification pour l'envoi
warning-verb-notice-sent = a envoyé une notification
warning-verb-notice-failed = a renoncé à envoyer une notification
warning-verb-notice-cancelled = a annulé une notification
warning-verb-notice-redrafted = a remis une notification en brouillon
warning-verb-notice-retried = a réessayé d'envoyer une notification
