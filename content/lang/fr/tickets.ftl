# Signalements, investigations, contre-mesures et leur courrier

tickets-nav = Signalements

## Genres, états, origines
tickets-kind-report = Signalement
tickets-kind-investigation = Investigation
tickets-kind-countermeasure = Contre-mesure
tickets-kind-all = Toutes
tickets-kinds-report = Signalements
tickets-kinds-investigation = Investigations
tickets-kinds-countermeasure = Contre-mesures
tickets-state-new = Nouvelle
tickets-state-open = Ouverte
tickets-state-resolved = Résolue
tickets-state-rejected = Rejetée
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
tickets-source-person = Personne de l’équipe
tickets-tlp-clear = TLP:CLEAR
tickets-tlp-green = TLP:GREEN
tickets-tlp-amber = TLP:AMBER
tickets-tlp-amber-strict = TLP:AMBER+STRICT
tickets-tlp-red = TLP:RED
tickets-overdue = en retard
tickets-no-subject = sans objet

## Champs
tickets-field-kind = Genre
tickets-field-subject = Objet
tickets-field-source = Arrivée par
tickets-field-correspondent = Correspondant
tickets-field-correspondent-name = Nom du correspondant
tickets-field-mailbox = Notre adresse
tickets-field-messages = Messages
tickets-field-language = Langue des lettres
tickets-field-target = Ce qui est à bloquer
tickets-field-place = Où
tickets-field-answered = Première réponse
tickets-field-sender = De
tickets-field-recipient = À
tickets-field-attempts = Essais
tickets-field-since = Attend depuis
tickets-field-remark = Ce que dit le serveur
tickets-field-address = Adresse
tickets-field-times = Échecs
tickets-field-last = Dernière nouvelle

## La liste
tickets-list-title = Signalements, investigations, contre-mesures
tickets-list-search = Mots
tickets-list-tick = Choisir { $number }
tickets-list-none = Il n’y a pas encore de signalement
tickets-list-none-how = Le courrier les ouvre. Après un appel vous pouvez en ouvrir un ici ; un courriel que vous avez en fichier se remet à la page Courrier.
tickets-list-state-live = En cours
tickets-list-state-new = Nouvelles
tickets-list-state-open = Ouvertes
tickets-list-state-pending-activation = Activation demandée
tickets-list-state-active = Actives
tickets-list-state-pending-removal = Levée demandée
tickets-list-state-closed = Closes
tickets-list-state-resolved = Résolues
tickets-list-state-rejected = Rejetées
tickets-list-state-removed = Levées
tickets-list-state-all = Toutes
tickets-list-show-mine = Les miennes
tickets-list-show-unowned = Sans responsable
tickets-list-show-unanswered = Encore sans réponse
tickets-list-show-unlinked = Sans incident
tickets-list-show-due = En retard
tickets-many-move = Mettre dans cet état
tickets-many-link = Lier à cet incident
tickets-many-moved = État : { $state }
tickets-many-linked = Lier à { $number }
tickets-many-link-warns = L’annulation les retire de l’incident. Ce que l’incident en a appris lui reste : observables, responsable, marquage et échéance.
tickets-many-no-incident = il n’y a pas d’incident ouvert de ce numéro

## L’une d’elles
tickets-do-write = Écrire
tickets-do-open = Ouvrir
tickets-do-resolved = Résoudre
tickets-do-rejected = Rejeter
tickets-do-active = Elle est active
tickets-do-pending-removal = Demander la levée
tickets-do-removed = Elle est levée
tickets-do-link = Lier
tickets-do-unlink = Retirer
tickets-do-unlink-which = Retirer de { $number }
tickets-do-comment = Ajouter le commentaire
tickets-do-answer = Répondre
tickets-do-move = Déplacer
tickets-do-retry = Envoyer de nouveau
tickets-do-retry-which = Envoyer de nouveau à { $mail }
tickets-do-stop = Arrêter
tickets-do-stop-which = Arrêter l’envoi à { $mail }
tickets-incident-number = Numéro de l’incident
tickets-other-number = Numéro de l’autre
tickets-no-incident = Elle n’appartient à aucun incident.
tickets-no-other = Il n’y en a pas de ce numéro que vous puissiez voir. Vérifiez-le et recommencez.
tickets-merge = Fusionner dans une autre
tickets-merge-hint = Les deux sont montrées comme une seule, sous l’autre numéro ; ce qui arrive encore pour celle-ci y va. Cela peut être annulé.
tickets-merged-into = Ceci a été fusionné dans
tickets-kept = Son marquage ne la laisse pas partir en clair. Vous pouvez écrire des commentaires ; pour écrire au dehors, abaissez le marquage s’il peut l’être, ou prenez une autre voie.
tickets-participants = Prennent part à la correspondance
tickets-only-acknowledged = par machine seulement :
tickets-not-answered = pas encore
tickets-messages = Messages
tickets-messages-earlier = Messages plus anciens
tickets-messages-newest = Les messages les plus récents
tickets-no-messages = Rien n’a encore été écrit.
tickets-no-messages-how = Écrivez au correspondant, ou notez un commentaire ci-dessous.
tickets-comment = Commentaire
tickets-comment-text = Pour les autres de l’équipe
tickets-comment-hint = Un commentaire ne quitte jamais la maison.
tickets-observables = Observables
tickets-no-observables = Elle ne nomme ni adresse, ni domaine, ni empreinte, ni rien de tel.
tickets-seen-before = Déjà vu dans
tickets-move = Ce message va ailleurs
tickets-move-to = Numéro du signalement, de l’investigation ou de la contre-mesure
tickets-move-hint = Sans numéro, il devient un signalement à part.
tickets-mailbox-title = Adresse d’un incident
tickets-mailbox-hint = Ses signalements, investigations et contre-mesures suivent ; leurs courriels partent désormais de cette adresse.
tickets-do-mailbox = Changer l’adresse
tickets-none-here = Personne ne nous l’a déclaré, et personne n’a été interrogé.
tickets-none-here-how = Lancez une investigation pour interroger un tiers, ou liez un signalement.

## Messages
tickets-message-report = Signalement
tickets-message-reply = Réponse
tickets-message-bounce = Non remis
tickets-message-automatic = Par machine
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
tickets-message-cut = La suite est dans le courriel en fichier.
tickets-message-files = Fichiers
tickets-message-to = À
tickets-message-of = Arrivé pour
tickets-raw = Le courriel en fichier
tickets-bytes = { $count ->
    [one] { $count } octet
   *[other] { $count } octets
}
tickets-deliveries = Ce qu’il est devenu
tickets-more-deliveries = { $count ->
    [one] { $count } autre destinataire n’est pas montré.
   *[other] { $count } autres destinataires ne sont pas montrés.
}
tickets-delivery-queued = En attente
tickets-delivery-sending = En cours d’envoi
tickets-delivery-sent = Envoyé
tickets-delivery-failed = Échec
tickets-delivery-bounced = Revenu
tickets-delivery-stopped = Arrêté
tickets-delivery-waiting = Attend une seconde personne
tickets-release-waiting = Attend une seconde personne
tickets-release-released = Libéré
tickets-release-released-own = Libéré par son propre auteur, car personne d’autre n’en a le droit
tickets-release-returned = Renvoyé
tickets-release-withdrawn = Repris
tickets-do-release = Laisser partir
tickets-do-return = Renvoyer à l’auteur
tickets-do-withdraw = Reprendre et modifier
tickets-do-rewrite = Récrire
tickets-return-reason = Pourquoi il est renvoyé
tickets-decrypted = Il a été ouvert avec notre clé.
tickets-signed-at = Signé :
tickets-security-pgp-mime-signed = Signé avec OpenPGP.
tickets-security-pgp-mime-encrypted = Chiffré avec OpenPGP.
tickets-security-pgp-inline = OpenPGP dans le texte.
tickets-security-smime-signed = Signé avec S/MIME.
tickets-security-smime-encrypted = Chiffré avec S/MIME.
tickets-signature-good = La signature est bonne.
tickets-signature-bad = La signature est fausse : ne croyez pas de qui il dit venir.
tickets-signature-unknown-key = La clé de la signature n’est pas connue.
tickets-signature-expired-key = La clé de la signature a expiré.
tickets-signature-revoked-key = La clé de la signature a été révoquée.
tickets-signature-other-sender = La signature est bonne, par une clé qui ne nomme pas l’adresse de l’expéditeur.
tickets-signature-unverified-key = La signature est juste, par une clé que personne chez nous n’a encore acceptée.
tickets-signature-part = Une partie du message est signée, mais pas tout.
tickets-signature-rejected-key = Nous avons rejeté la clé de la signature.
tickets-signature-unknown-issuer = Il est signé par un certificat dont personne que nous croyons ne répond : cela ne dit pas qui l’a écrit.
tickets-signature-unchecked = Aucune signature n’a été vérifiée.
tickets-faults = { $count ->
    [one] { $count } chose est étrange dans ce courriel
   *[other] { $count } choses sont étranges dans ce courriel
}
tickets-fault-head-broken = Une ligne de son en-tête n’est pas un champ.
tickets-fault-head-cut = Son en-tête est plus long que ce que nous lisons.
tickets-fault-field-cut = Un champ de son en-tête est plus long que ce que nous lisons.
tickets-fault-doubled-field = Un champ qui ne peut figurer qu’une fois figure plusieurs fois.
tickets-fault-no-sender = Il ne dit pas de qui il vient.
tickets-fault-recipients-cut = Il a plus de destinataires que nous n’en lisons.
tickets-fault-too-deep = Ses parties sont imbriquées plus profondément que nous ne lisons.
tickets-fault-too-many-parts = Il a plus de parties que nous n’en lisons.
tickets-fault-boundary-missing = Il ne dit pas où commencent ses parties.
tickets-fault-boundary-open = Sa dernière partie ne finit pas.
tickets-fault-unknown-encoding = Une partie est codée d’une manière inconnue.
tickets-fault-broken-encoding = Le codage d’une partie est abîmé.
tickets-fault-unknown-charset = Le jeu de caractères d’un texte est inconnu.
tickets-fault-broken-text = Un texte contient des octets qui ne sont pas des caractères.
tickets-fault-control-characters = Un texte contient des caractères de commande.
tickets-fault-sealed-no-key = Il est arrivé chiffré, pour aucune de nos clés : il n’a pas pu être ouvert.
tickets-fault-sealed-broken = Il est arrivé chiffré et endommagé : il n’a pas pu être ouvert.
tickets-fault-sealed-too-much = Il est arrivé chiffré, et son contenu est plus grand ou plus profond que ce que nous ouvrons.
tickets-fault-text-cut = Son texte est plus long que ce que nous gardons.
tickets-automatic-loop = Une machine l’a envoyé : il a tourné en rond.
tickets-automatic-report = Une machine l’a envoyé : un avis de remise.
tickets-automatic-empty-return-path = Une machine l’a envoyé : il ne prend pas de réponse.
tickets-automatic-auto-submitted = Une machine l’a envoyé, et le dit.
tickets-automatic-machine-field = Une machine l’a envoyé.
tickets-automatic-list = Il est venu par une liste de diffusion.
tickets-automatic-precedence = Il dit être un envoi en masse.
tickets-automatic-suppressed = Il demande de ne pas recevoir de réponse automatique.
tickets-automatic-calendar = Un agenda l’a envoyé.
tickets-automatic-daemon = Un système de messagerie l’a envoyé.
tickets-automatic-no-reply = Il vient d’une adresse qui ne prend pas de réponse.
tickets-automatic-absence = C’est un avis d’absence.
tickets-automatic-own-address = Il vient d’une de nos adresses.
tickets-automatic-own = C’est notre propre courriel, revenu.
tickets-observable-ip = Adresse
tickets-observable-cidr = Réseau
tickets-observable-domain = Domaine
tickets-observable-url = URL
tickets-observable-mail = Adresse de courriel
tickets-observable-hash-md5 = MD5
tickets-observable-hash-sha1 = SHA-1
tickets-observable-hash-sha256 = SHA-256
tickets-observable-hash-sha512 = SHA-512
tickets-observable-cve = CVE
tickets-observable-asn = Numéro d’AS

## Ouvrir et modifier
tickets-new-title = Ouvrir à la main
tickets-new-report = Nouveau signalement
tickets-new-investigation = Lancer une investigation
tickets-new-countermeasure = Demander une contre-mesure
tickets-edit-stale = Quelqu’un l’a modifiée pendant que vous l’aviez ouverte. Elle dit maintenant : { $subject } ; responsable : { $owner } ; marquage : { $tlp } ; type : { $class }. Ce que vous avez écrit est ci-dessous ; enregistrez-le s’il doit tenir.

## Écrire
tickets-write-title = Écrire pour { $number }
tickets-write-to = À
tickets-write-to-how = Une adresse par ligne, 100 au plus. Chaque destinataire reçoit son propre courriel et ne voit pas les autres.
tickets-letter = Lettre
tickets-letter-none = aucune
tickets-letter-language = Langue
tickets-letter-take = Prendre cette lettre
tickets-letters-in-force = En vigueur
tickets-letters-fitting = Pour ce genre de dossier
tickets-letters-others = Autres
tickets-do-preview = La voir comme elle partira
tickets-do-send = Envoyer
tickets-preview = Comme elle partira
tickets-preview-to = À
tickets-preview-waits = Une seconde personne doit le laisser partir.
tickets-preview-how = { $count ->
    [one] { $count } courriel sera envoyé.
   *[other] { $count } courriels seront envoyés, un par destinataire.
}

## Courrier
tickets-mail-title = Courrier
tickets-mail-addresses = Nos adresses :
tickets-held = Attend une décision
tickets-held-title = Courriel retenu
tickets-held-none = Aucun courriel n’attend de décision.
tickets-held-none-how = Les courriels d’inconnus qui nomment un de nos numéros sont retenus ici.
tickets-held-for = Il nomme
tickets-held-how = Son expéditeur n’a reçu aucun courriel de nous et ne prend pas part à ce que l’objet nomme. Les numéros se devinent : une personne décide.
tickets-held-hint = S’il s’y joint, son expéditeur y prend part désormais. Ce qui est écarté est gardé, mais n’est montré nulle part.
tickets-do-join = Le laisser s’y joindre
tickets-do-report = En faire un signalement à part
tickets-do-discard = L’écarter
tickets-second = Attend une seconde personne
tickets-second-how = Un courriel ainsi marqué part quand une autre personne que son auteur l’a laissé partir.
tickets-field-writer = Écrit par
tickets-queue = En route, arrêtés ou non remis
tickets-queue-none = Rien n’attend, et rien n’a échoué.
tickets-queue-none-how = Ce qui est parti est montré avec son message.
tickets-more-lines = { $count ->
    [one] Seule la première ligne est montrée.
   *[other] Seules les { $count } premières lignes sont montrées.
}
tickets-dead = Adresses qui ne marchent pas
tickets-dead-none = Toutes les adresses marchent.
tickets-dead-none-how = Les avis de non-remise et les refus mettent des adresses ici.
tickets-address-soft = En difficulté : encore essayée
tickets-address-hard = Morte : rien n’est envoyé
tickets-address-suspended = Suspendue : rien n’est envoyé
tickets-do-lift = Elle marche de nouveau
tickets-do-lift-which = { $mail } marche de nouveau
tickets-suspend = Suspendre une adresse
tickets-do-suspend = Ne plus rien y envoyer
tickets-hand-in = Un courriel que j’ai en fichier
tickets-hand-in-file = Fichier (.eml, ou mbox de 1 000 courriels au plus)
tickets-hand-in-kind = Si c’est un mbox, de quelle sorte
tickets-hand-in-hint = Il est pris comme s’il était venu de lui-même ; le même courriel deux fois n’en fait qu’un. Presque tous les mbox sont de la sorte mboxrd.
tickets-do-hand-in = Remettre
tickets-hand-in-none = Aucun fichier n’a été choisi, ou il est vide.
tickets-hand-in-one = Le courriel a été pris.
tickets-hand-in-known = Ce courriel était déjà là.
tickets-hand-in-too-many = Le fichier a plus de { $count } courriels. Rien n’a été pris ; divisez-le.
tickets-hand-in-many = Courriels pris : { $count } ; déjà là : { $known }.
tickets-hand-in-some = Courriels pris : { $count } ; déjà là : { $known } ; non pris : { $refused }, le premier parce que : { $why }

## Ce qu’un formulaire a fait
tickets-did-take = Elle est à vous.
tickets-did-move = Elle a été mise dans un autre état.
tickets-did-link = Elle appartient à l’incident.
tickets-did-unlink = Elle n’appartient plus à l’incident.
tickets-did-merge = { $number } a été fusionnée dans celle-ci.
tickets-did-mailbox = L’incident et ce qui en fait partie relèvent maintenant de cette adresse.
tickets-did-split = Elle est de nouveau à part.
tickets-did-change = Elle a été modifiée.
tickets-did-open = { $number } est ouverte.
tickets-did-comment = Le commentaire est là.
tickets-did-send = { $count ->
    [one] Le courriel est en route.
   *[other] { $count } courriels sont en route.
}
tickets-did-draft = Il est écrit et attend une seconde personne.
tickets-did-release = Il est en route.
tickets-did-release-own = Il est en route. Vous l’avez écrit vous-même et personne d’autre ne peut le laisser partir ; le dossier le dit.
tickets-did-return = Il a été renvoyé à son auteur.
tickets-did-withdraw = Il a été repris. Modifiez-le ici et envoyez-le de nouveau.
tickets-did-move-message = Le message appartient maintenant à { $number }.
tickets-did-join = Le courriel appartient maintenant à { $number }.
tickets-did-report = Le courriel est le signalement { $number }.
tickets-did-discard = Le courriel a été écarté.
tickets-did-retry = Il est envoyé de nouveau.
tickets-did-retry-not = Rien à faire : il attend déjà, ou il est parti.
tickets-did-stop = Il est arrêté et peut être envoyé de nouveau.
tickets-did-stop-not = C’était trop tard : il est parti, ou il part.
tickets-did-lift = Le courrier va de nouveau à { $mail }.
tickets-did-suspend = Plus rien n’est envoyé à { $mail }.

## Accueil
tickets-home-unowned = Signalements sans responsable
tickets-home-held = Courriels à décider
tickets-home-release = Courriels qui vous attendent
tickets-home-undelivered = Courriels non remis en 7 jours
tickets-search = Signalements, investigations, contre-mesures

# Who is to write next
tickets-list-show-answers = Les miens, réponse à lire
tickets-list-show-waits-us = Ils ont écrit en dernier
tickets-list-show-waits-them = Nous avons écrit en dernier
tickets-home-answers = Réponses à lire
