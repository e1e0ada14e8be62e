# Signalements, investigations, contre-mesures et leur courrier

tickets-nav = Signalements

## Genres, états, origines
tickets-kind-report = Signalement
tickets-kind-investigation = Investigation
tickets-kind-countermeasure = Contre-mesure
tickets-kind-all = Tous
tickets-kinds-report = Signalements
tickets-kinds-investigation = Investigations
tickets-kinds-countermeasure = Contre-mesures
tickets-state-new = Nouveau
tickets-state-open = Ouvert
tickets-state-resolved = Résolu
tickets-state-rejected = Rejeté
tickets-state-pending-activation = Activation demandée
tickets-state-active = Active
tickets-state-pending-removal = Levée demandée
tickets-state-removed = Levée
tickets-source-mail = Courriel
tickets-source-arf = Plainte d’un fournisseur de messagerie (ARF)
tickets-source-xarf = Signalement par machine (XARF)
tickets-source-web = Formulaire public
tickets-source-telephone = Téléphone
tickets-source-api = Programme
tickets-source-import = Autre système
tickets-source-person = Membre de l’équipe
tickets-tlp-clear = TLP:CLEAR
tickets-tlp-green = TLP:GREEN
tickets-tlp-amber = TLP:AMBER
tickets-tlp-amber-strict = TLP:AMBER+STRICT
tickets-tlp-red = TLP:RED
tickets-overdue = en retard
tickets-no-subject = sans objet

## Champs
tickets-field-kind = Nature
tickets-field-subject = Objet
tickets-field-source = Reçu par
tickets-field-correspondent = Correspondant
tickets-field-correspondent-name = Nom du correspondant
tickets-field-mailbox = Notre adresse
tickets-field-messages = Messages
tickets-field-language = Langue des lettres
tickets-field-target = À bloquer
tickets-field-place = Où
tickets-field-answered = Première réponse
tickets-field-sender = De
tickets-field-recipient = À
tickets-field-attempts = Tentatives
tickets-field-since = En attente depuis
tickets-field-remark = Réponse du serveur
tickets-field-address = Adresse
tickets-field-times = Échecs
tickets-field-last = Dernier échec

## La liste
tickets-list-title = Signalements, investigations, contre-mesures
tickets-list-search = Mots
tickets-list-tick = Choisir { $number }
tickets-list-none = Il n’y a pas encore de signalement
tickets-list-none-how = Les courriels reçus les créent. Après un appel vous pouvez en ouvrir un ici ; un courriel que vous avez en fichier se dépose à la page Courrier.
tickets-list-state-live = En cours
tickets-list-state-new = Nouveaux
tickets-list-state-open = Ouverts
tickets-list-state-pending-activation = Activation demandée
tickets-list-state-active = Actives
tickets-list-state-pending-removal = Levée demandée
tickets-list-state-closed = Clos
tickets-list-state-resolved = Résolus
tickets-list-state-rejected = Rejetés
tickets-list-state-removed = Levées
tickets-list-state-all = Tous
tickets-list-show-mine = Les miens
tickets-list-show-unowned = Sans responsable
tickets-list-show-unanswered = Pas encore de réponse
tickets-list-show-unlinked = Sans incident
tickets-list-show-due = En retard
tickets-many-move = Changer l’état
tickets-many-link = Lier à cet incident
tickets-many-moved = État : { $state }
tickets-many-linked = Lier à { $number }
tickets-many-link-warns = L’annulation les délie de l’incident. Ce que l’incident en a repris reste : observables, responsable, marquage et échéance.
tickets-many-no-incident = aucun incident ouvert ne porte ce numéro

## L’une d’elles
tickets-do-write = Écrire
tickets-do-open = Ouvrir
tickets-do-resolved = Résoudre
tickets-do-rejected = Rejeter
tickets-do-active = Marquer comme active
tickets-do-pending-removal = Demander la levée
tickets-do-removed = Marquer comme levée
tickets-do-link = Lier
tickets-do-unlink = Délier
tickets-do-unlink-which = Délier de { $number }
tickets-do-comment = Ajouter le commentaire
tickets-do-answer = Répondre
tickets-do-move = Déplacer
tickets-do-retry = Envoyer de nouveau
tickets-do-retry-which = Envoyer de nouveau à { $mail }
tickets-do-stop = Arrêter
tickets-do-stop-which = Arrêter l’envoi à { $mail }
tickets-incident-number = Numéro de l’incident
tickets-other-number = Numéro de l’autre dossier
tickets-no-incident = Lié à aucun incident.
tickets-no-other = Aucun dossier que vous puissiez voir ne porte ce numéro. Vérifiez-le et recommencez.
tickets-merge = Fusionner dans un autre
tickets-merge-hint = Les deux dossiers n’en forment plus qu’un, sous l’autre numéro, et les nouveaux courriels destinés à celui-ci y vont. Cela peut être annulé.
tickets-merged-into = Ce dossier a été fusionné dans
tickets-kept = Son marquage interdit l’envoi en clair. Vous pouvez ajouter des commentaires ; pour écrire à l’extérieur, abaissez le marquage si c’est permis, ou utilisez un autre canal.
tickets-participants = Participants
tickets-only-acknowledged = accusé automatique seulement :
tickets-not-answered = pas encore
tickets-messages = Messages
tickets-messages-earlier = Messages plus anciens
tickets-messages-newest = Les messages les plus récents
tickets-no-messages = Aucun message pour l’instant.
tickets-no-messages-how = Écrivez au correspondant ou ajoutez un commentaire ci-dessous.
tickets-comment = Commentaire
tickets-comment-text = Pour l’équipe uniquement
tickets-comment-hint = Un commentaire n’est jamais envoyé hors de l’équipe.
tickets-observables = Observables
tickets-no-observables = Aucune adresse, aucun domaine, aucune empreinte ni autre observable n’a été trouvé.
tickets-seen-before = Déjà vu dans
tickets-move = Déplacer ce message
tickets-move-to = Numéro du signalement, de l’investigation ou de la contre-mesure
tickets-move-hint = Sans numéro, il devient un signalement à part.
tickets-mailbox-title = Notre adresse pour cet incident
tickets-mailbox-hint = Ses signalements, investigations et contre-mesures suivent ; leurs courriels partent désormais de cette adresse.
tickets-do-mailbox = Changer d’adresse
tickets-none-here = Personne ne nous l’a signalé et personne n’a été interrogé.
tickets-none-here-how = Lancez une investigation pour interroger un tiers, ou liez un signalement.

## Messages
tickets-message-report = Signalement
tickets-message-reply = Réponse
tickets-message-bounce = Non remis
tickets-message-automatic = Automatique
tickets-message-quarantined = Retenu
tickets-message-arf = Plainte
tickets-message-xarf = Signalement par machine
tickets-message-sent = Envoyé par nous
tickets-message-acknowledgement = Accusé de réception
tickets-message-comment = Commentaire
tickets-message-draft = Brouillon
tickets-message-quoted = Texte cité
tickets-message-signature = Signature
tickets-message-empty = Il n’a pas de texte.
tickets-message-cut = La suite se trouve dans le fichier du courriel.
tickets-message-files = Fichiers
tickets-message-to = À
tickets-message-of = Reçu à l’adresse
tickets-fact-type = Type de plainte
tickets-fact-happened = Date des faits
tickets-fact-source = Source
tickets-fact-source-port = Port source
tickets-fact-destination = Cible
tickets-fact-destination-port = Port cible
tickets-fact-url = Adresse web
tickets-fact-domain = Domaine
tickets-fact-reporter = Auteur du signalement
tickets-fact-sender = Transmis pour l’auteur par
tickets-fact-report-id = Numéro donné par l’auteur
tickets-fact-incidents = Messages concernés
tickets-fact-mail-from = Expéditeur du message
tickets-fact-rcpt-to = Destinataire du message
tickets-fact-description = Description
tickets-fact-confidence = Confiance, de 0 à 1
tickets-fact-tags = Étiquettes
tickets-fact-evidence = Preuve
tickets-raw = Courriel original (fichier)
tickets-bytes = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
}
tickets-deliveries = Remise
tickets-more-deliveries = { $count ->
    [one] { $count } autre destinataire n’est pas montré.
   *[other] { $count } autres destinataires ne sont pas montrés.
}
tickets-delivery-queued = En attente
tickets-delivery-sending = En cours d’envoi
tickets-delivery-sent = Envoyé
tickets-delivery-failed = Échec
tickets-delivery-bounced = Retourné
tickets-delivery-stopped = Arrêté
tickets-delivery-waiting = En attente d’une seconde personne
tickets-release-waiting = En attente d’une seconde personne
tickets-release-released = Envoi autorisé
tickets-release-released-own = Envoi autorisé par son propre auteur, personne d’autre n’en ayant le droit
tickets-release-returned = Renvoyé à l’auteur
tickets-release-withdrawn = Retiré
tickets-do-release = Autoriser l’envoi
tickets-do-return = Renvoyer à l’auteur
tickets-do-withdraw = Retirer et modifier
tickets-do-rewrite = Récrire
tickets-return-reason = Motif du renvoi
tickets-decrypted = Déchiffré avec notre clé.
tickets-signed-at = Signé le :
tickets-security-pgp-mime-signed = Signé avec OpenPGP.
tickets-security-pgp-mime-encrypted = Chiffré avec OpenPGP.
tickets-security-pgp-inline = OpenPGP dans le texte.
tickets-security-smime-signed = Signé avec S/MIME.
tickets-security-smime-encrypted = Chiffré avec S/MIME.
tickets-signature-good = La signature est valide.
tickets-signature-bad = La signature n’est pas valide : ne vous fiez pas à l’expéditeur indiqué.
tickets-signature-unknown-key = La clé de la signature n’est pas connue.
tickets-signature-expired-key = La clé de la signature a expiré.
tickets-signature-revoked-key = La clé de la signature a été révoquée.
tickets-signature-other-sender = La signature est valide, mais sa clé ne mentionne pas l’adresse de l’expéditeur.
tickets-signature-unverified-key = La signature est valide, mais personne ici n’a encore accepté sa clé.
tickets-signature-part = Seule une partie du courriel est signée.
tickets-signature-rejected-key = Nous avons rejeté la clé de la signature.
tickets-signature-unknown-issuer = Signé avec un certificat qu’aucune autorité de confiance ne garantit : cela ne prouve pas qui l’a écrit.
tickets-signature-unchecked = Aucune signature n’a été vérifiée.
tickets-faults = { $count ->
    [one] { $count } anomalie dans ce courriel
   *[other] { $count } anomalies dans ce courriel
}
tickets-fault-head-broken = Une ligne de l’en-tête est illisible.
tickets-fault-head-cut = Son en-tête dépasse ce que nous lisons.
tickets-fault-field-cut = Un champ de l’en-tête dépasse ce que nous lisons.
tickets-fault-doubled-field = Un champ d’en-tête qui ne doit figurer qu’une fois est répété.
tickets-fault-no-sender = Il n’indique pas d’expéditeur.
tickets-fault-recipients-cut = Il a plus de destinataires que nous n’en lisons.
tickets-fault-too-deep = Ses parties sont imbriquées plus profondément que nous ne lisons.
tickets-fault-too-many-parts = Il a plus de parties que nous n’en lisons.
tickets-fault-boundary-missing = Il ne dit pas où commencent ses parties.
tickets-fault-boundary-open = Sa dernière partie ne finit pas.
tickets-fault-unknown-encoding = Une partie utilise un codage inconnu.
tickets-fault-broken-encoding = Le codage d’une partie est endommagé.
tickets-fault-unknown-charset = Le jeu de caractères d’un texte est inconnu.
tickets-fault-broken-text = Un texte contient des octets qui ne sont pas des caractères.
tickets-fault-control-characters = Un texte contient des caractères de contrôle.
tickets-fault-sealed-no-key = Il est chiffré, mais pour aucune de nos clés : il n’a pas pu être ouvert.
tickets-fault-sealed-broken = Il est chiffré et endommagé : il n’a pas pu être ouvert.
tickets-fault-sealed-too-much = Il est chiffré, et son contenu est plus volumineux ou plus imbriqué que ce que nous ouvrons.
tickets-fault-text-cut = Son texte est plus long que ce que nous gardons.
tickets-automatic-loop = Envoi automatique : il tourne en boucle.
tickets-automatic-report = Envoi automatique : un avis de remise.
tickets-automatic-empty-return-path = Envoi automatique : aucune réponse n’est acceptée.
tickets-automatic-auto-submitted = Envoi automatique, d’après son en-tête.
tickets-automatic-machine-field = Envoi automatique.
tickets-automatic-list = Reçu par une liste de diffusion.
tickets-automatic-precedence = Envoi en masse, d’après son en-tête.
tickets-automatic-suppressed = Il demande à ne recevoir aucune réponse automatique.
tickets-automatic-calendar = Envoyé par un agenda.
tickets-automatic-daemon = Envoyé par un système de messagerie.
tickets-automatic-no-reply = Envoyé depuis une adresse qui n’accepte pas de réponse.
tickets-automatic-absence = Avis automatique d’absence.
tickets-automatic-own-address = Envoyé depuis une de nos adresses.
tickets-automatic-own = Notre propre courriel, qui nous est revenu.
tickets-observable-ip = Adresse IP
tickets-observable-cidr = Réseau
tickets-observable-domain = Domaine
tickets-observable-url = URL
tickets-observable-mail = Adresse électronique
tickets-observable-hash-md5 = MD5
tickets-observable-hash-sha1 = SHA-1
tickets-observable-hash-sha256 = SHA-256
tickets-observable-hash-sha512 = SHA-512
tickets-observable-cve = CVE
tickets-observable-asn = Numéro d’AS

## Ouvrir et modifier
tickets-new-title = Ouvrir manuellement
tickets-new-report = Nouveau signalement
tickets-new-investigation = Lancer une investigation
tickets-new-countermeasure = Demander une contre-mesure

## Écrire
tickets-write-title = Écrire au sujet de { $number }
tickets-write-to = À
tickets-write-to-how = Une adresse par ligne, 100 au plus. Chaque destinataire reçoit un courriel séparé et ne voit pas les autres.
tickets-letter = Lettre
tickets-letter-none = aucune
tickets-letter-language = Langue
tickets-letter-take = Utiliser cette lettre
tickets-letters-in-force = En vigueur
tickets-letters-fitting = Pour ce type de dossier
tickets-letters-others = Autres
tickets-do-preview = Aperçu
tickets-do-send = Envoyer
tickets-preview = Aperçu
tickets-preview-to = À
tickets-preview-waits = Une seconde personne doit en autoriser l’envoi.
tickets-preview-how = { $count ->
    [one] { $count } courriel sera envoyé.
   *[other] { $count } courriels seront envoyés, un par destinataire.
}

## Courriels
tickets-mail-title = Courriels
tickets-mail-addresses = Nos adresses :
tickets-held = En attente d’une décision
tickets-held-title = Courriel retenu
tickets-held-none = Aucun courriel n’attend de décision.
tickets-held-none-how = Les courriels d’expéditeurs inconnus qui mentionnent un de nos numéros sont retenus ici.
tickets-held-search = Objet, expéditeur ou numéro
tickets-held-all = Tout le courriel retenu en liste, avec filtres et export
tickets-held-for = Il mentionne
tickets-held-how = Son expéditeur n’a jamais reçu de courriel de nous et ne participe pas au dossier que l’objet mentionne. Les numéros se devinent : c’est à une personne de décider.
tickets-held-hint = S’il est ajouté, son expéditeur devient participant. Un courriel écarté est conservé, mais n’est pas montré.
tickets-held-do-discard = Les écarter
tickets-held-do-reports = Faire de chacun un signalement
tickets-held-reports-warns = L’annulation retient de nouveau les courriels et rejette les nouveaux signalements que personne n’a traités ; leurs numéros restent pris.
tickets-do-join = L’ajouter au dossier
tickets-do-report = En faire un signalement à part
tickets-do-discard = L’écarter
tickets-second = En attente d’une seconde personne
tickets-second-how = Un courriel ainsi marqué ne part que si une autre personne que son auteur en a autorisé l’envoi.
tickets-second-none = Aucun courriel n’attend une seconde personne.
tickets-second-none-how = Un message dont le marquage en demande une figure ici jusqu’à ce que quelqu’un ait décidé.
tickets-second-search = Objet, destinataire, auteur ou numéro
tickets-second-show-others = Écrits par d’autres
tickets-second-show-mine = Écrits par moi
tickets-second-all = Le tout en liste, avec filtres et export
tickets-field-writer = Écrit par
tickets-queue = En route, arrêtés ou non remis
tickets-queue-none = Rien en attente, aucun échec.
tickets-queue-none-how = Les courriels envoyés figurent dans leur dossier.
tickets-queue-search = Destinataire, réponse du serveur ou numéro
tickets-queue-show-undelivered = Non remis en 7 jours
tickets-queue-all = Le tout en liste, avec filtres et export
tickets-more-lines = { $count ->
    [one] Seule la première ligne est montrée.
   *[other] Seules les { $count } premières lignes sont montrées.
}
tickets-dead = Adresses hors service
tickets-dead-none = Toutes les adresses fonctionnent.
tickets-dead-none-how = Les adresses dont les courriels sont retournés ou refusés apparaissent ici.
tickets-dead-search = Adresse ou réponse du serveur
tickets-dead-all = Toutes en liste, avec filtres et export
tickets-address-soft = En difficulté : essais en cours
tickets-address-hard = Hors service : rien n’est envoyé
tickets-address-suspended = Suspendue : rien n’est envoyé
tickets-do-lift = Remettre en service
tickets-do-lift-which = Remettre en service : { $mail }
tickets-suspend = Suspendre une adresse
tickets-do-suspend = Ne plus rien y envoyer
tickets-hand-in = Déposer un courriel
tickets-hand-in-file = Fichier (.eml, ou mbox de 1 000 courriels au plus)
tickets-hand-in-kind = Pour un mbox : sa variante
tickets-hand-in-hint = Il est traité comme un courriel arrivé normalement ; le même courriel n’est pas repris deux fois. Presque tous les mbox sont de la variante mboxrd.
tickets-do-hand-in = Déposer
tickets-hand-in-none = Aucun fichier n’a été choisi, ou il est vide.
tickets-hand-in-one = Le courriel a été déposé.
tickets-hand-in-known = Ce courriel était déjà là.
tickets-hand-in-too-many = Le fichier a plus de { $count } courriels. Rien n’a été pris ; divisez-le.
tickets-hand-in-many = Courriels pris : { $count } ; déjà là : { $known }.
tickets-hand-in-some = Courriels pris : { $count } ; déjà là : { $known } ; non pris : { $refused }, le premier parce que : { $why }

## Ce qu’un formulaire a fait
tickets-did-take = Le dossier vous est attribué.
tickets-did-move = L’état a été modifié.
tickets-did-link = Le dossier a été lié à l’incident.
tickets-did-unlink = Le dossier n’est plus lié à l’incident.
tickets-did-merge = { $number } a été fusionné dans ce dossier.
tickets-did-mailbox = L’incident et ce qui y est lié utilisent désormais cette adresse.
tickets-did-split = Le dossier est de nouveau indépendant.
tickets-did-change = Le dossier a été modifié.
tickets-did-open = { $number } est ouvert.
tickets-did-comment = Le commentaire a été ajouté.
tickets-did-send = { $count ->
    [one] Le courriel est en route.
   *[other] { $count } courriels sont en route.
}
tickets-did-draft = Le message est écrit et attend une seconde personne.
tickets-did-release = Le courriel est en route.
tickets-did-release-own = Le courriel est en route. Vous l’avez écrit vous-même et personne d’autre ne peut en autoriser l’envoi ; c’est consigné.
tickets-did-return = Il a été renvoyé à son auteur.
tickets-did-withdraw = Le message est retiré. Modifiez-le ici et renvoyez-le.
tickets-did-move-message = Le message appartient maintenant à { $number }.
tickets-did-join = Le courriel appartient maintenant à { $number }.
tickets-did-report = Le courriel est le signalement { $number }.
tickets-did-discard = Le courriel a été écarté.
tickets-did-retry = Nouvel envoi en cours.
tickets-did-retry-not = Rien à faire : il est déjà en attente ou parti.
tickets-did-stop = Il est arrêté et peut être envoyé de nouveau.
tickets-did-stop-not = Trop tard : il est parti ou en cours d’envoi.
tickets-did-lift = Les courriels vont de nouveau à { $mail }.
tickets-did-lift-not = Rien à faire : les courriels vont déjà à { $mail }.
tickets-did-suspend = Plus rien n’est envoyé à { $mail }.

## Accueil
tickets-home-unowned = Signalements sans responsable
tickets-home-held = Courriels en attente d’une décision
tickets-home-release = Courriels en attente de votre accord
tickets-home-undelivered = Courriels non remis (7 jours)
tickets-search = Signalements, investigations, contre-mesures

# Who is to write next
tickets-list-show-answers = Les miens, avec une réponse à lire
tickets-list-show-waits-us = Ils ont écrit en dernier
tickets-list-show-waits-them = Nous avons écrit en dernier
tickets-list-show-waits-long = Sans réponse depuis 7 jours
tickets-home-answers = Réponses à lire
