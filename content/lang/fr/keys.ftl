# Les clés du courriel

keys-title = Clés
keys-intro = Avec des clés, le courriel est signé, et chiffré pour ses destinataires. Les nôtres sont ici avec leurs secrets ; des autres, nous avons ce qu’ils ont publié, et une personne dit à qui chaque clé appartient.
keys-off = OpenPGP est désactivé dans la configuration : rien n’est signé, chiffré ni ouvert.

## Les nôtres
keys-own = Nos clés
keys-own-none = Nous n’avons pas encore de clé : le courriel part sans signature, et personne ne peut chiffrer pour nous.
keys-own-none-how = Un administrateur en crée une ici, ou apporte le fichier d’une clé.
keys-own-admin = Seuls les administrateurs créent et changent nos clés.
keys-none-signs = Aucune de nos clés ne peut signer en ce moment : le courriel part sans signature.
keys-signs-now = Signe maintenant
keys-opens-only = Ouvre l’ancien courriel
keys-make = Créer une clé
keys-do-make = Créer la clé
keys-make-hint = La nouvelle clé signe dès lors. Son secret est dans le dossier keys du dossier de données, et dans aucune sauvegarde : gardez-en une copie en lieu sûr.
keys-make-unreadable = Une clé demande un nom avec une adresse de courriel, et de 1 à 3 660 jours.
keys-did-make = La clé est créée et signe désormais. Gardez une copie du dossier keys en lieu sûr, et publiez la nouvelle clé.
keys-field-user-id = Nom et adresse
keys-field-days = Jours de validité
keys-rotate = Renouveler à temps
keys-rotate-how = Une clé ne dure pas toujours. La remplacer veut dire : une nouvelle clé prend le relais, et l’ancienne reste pour lire ce qui lui a été envoyé.
keys-rotate-one = La nouvelle clé est créée pour le même nom et la même adresse. Dès cet instant, elle signe ce qui part.
keys-rotate-two = L’ancienne clé ne signe plus. Ce que d’autres chiffrent encore pour elle s’ouvre comme avant.
keys-rotate-three = Publiez la nouvelle clé là où était l’ancienne : les autres doivent la chercher ou l’échanger. L’adresse de ce site la donne d’elle-même.
keys-rotate-not-this = Cette clé ne signe plus, il n’y a donc rien à remplacer.
keys-do-rotate = Remplacer maintenant

## Celles des autres
keys-others = Clés des autres
keys-others-none = Il n’y a aucune clé de quelqu’un d’autre.
keys-others-none-how = Les clés arrivent d’elles-mêmes avec le courriel ; ou apportez un fichier, ou cherchez-en une.
keys-list-search = Adresse ou empreinte
keys-list-show = Montrer
keys-show-here = Toutes celles en usage
keys-show-waiting = En attente d’une décision
keys-show-accepted = Acceptées
keys-show-rejected = Refusées
keys-show-ending = Bientôt à échéance
keys-show-ended = Échues
keys-show-removed = Retirées
keys-show-all = Toutes
keys-standing-own = La nôtre
keys-standing-unverified = Attend une décision
keys-standing-accepted = Acceptée
keys-standing-rejected = Refusée
keys-standing-removed = Retirée
keys-means-own = Une de nos clés, avec son secret.
keys-means-unverified = Personne n’a encore dit à qui est cette clé. Rien n’est chiffré pour elle. Comparez l’empreinte avec son propriétaire, au téléphone par exemple, puis décidez.
keys-means-accepted = Une personne s’est assurée de son propriétaire : le courriel est chiffré pour elle, et ce qu’elle signe est cru.
keys-means-rejected = Elle a été refusée : rien n’est chiffré pour elle, et ce qu’elle signe n’est pas cru.
keys-means-removed = Elle a été retirée : elle ne compte plus, et aucun courriel ne la ramène. On peut la rétablir telle qu’elle était.
keys-source-generated = Créée ici
keys-source-imported = D’un fichier
keys-source-attached = Avec un courriel
keys-source-autocrypt = Dans l’en-tête d’un courriel (Autocrypt)
keys-source-directory = Donnée par le domaine (WKD)
keys-state-revoked = Révoquée par son propriétaire
keys-state-expired = Échue
keys-state-ending = { $days ->
    [0] Échoit aujourd’hui
    [one] Échoit dans { $days } jour
   *[other] Échoit dans { $days } jours
}

## Ce qu’on sait d’une clé
keys-field-who = Pour qui
keys-field-fingerprint = Empreinte
keys-field-standing = Décision
keys-field-source = D’où elle vient
keys-field-ends = Valable jusqu’au
keys-field-used = Dernier usage
keys-field-added = Ici depuis
keys-field-created = Créée
keys-field-decided = Décidé
keys-field-removed = Retirée
keys-field-algorithms = Algorithmes
keys-field-can = Ce qu’elle peut faire
keys-field-contact = Contact
keys-can-both = Signer et chiffrer
keys-can-sign = Signer seulement
keys-can-encrypt = Chiffrer seulement
keys-can-nothing = Plus rien
keys-never-ends = Toujours
keys-never-used = Jamais
keys-nobody = Elle ne nomme personne

## Ce qu’on fait d’une clé
keys-do-accept = Accepter
keys-do-reject = Refuser
keys-do-remove = Retirer
keys-do-restore = Rétablir
keys-do-export = Exporter (.asc)
keys-did-accept = La clé est acceptée : le courriel est chiffré pour elle, et ce qu’elle signe est cru.
keys-did-reject = La clé est refusée.
keys-did-remove = La clé est retirée.
keys-did-restore = La clé est de retour, telle qu’elle était.
keys-did-bring = Clés nouvelles : { $new }. Renouvelées : { $renewed }. Déjà là : { $same }. Illisibles : { $refused }.

## Apporter et chercher
keys-bring = Apporter des clés
keys-bring-file = Fichier de clés, en texte ou binaire
keys-bring-accept = Je me suis assuré de leurs propriétaires : les accepter tout de suite
keys-bring-hint = Un fichier avec une clé secrète en fait une des nôtres ; seuls les administrateurs en apportent. Sa phrase de passe doit être ôtée avant.
keys-bring-none = Aucun fichier n’a été choisi.
keys-bring-secret = Le fichier contient une clé secrète ; seuls les administrateurs en apportent. Rien n’a été pris.
keys-do-bring = Apporter
keys-find = Chercher auprès du domaine
keys-find-hint = La clé est demandée au domaine de l’adresse (Web Key Directory). Il apprend que quelqu’un ici veut écrire à cette adresse. Ce qui est trouvé attend une décision.
keys-find-again = On peut demander au domaine si la clé a été renouvelée ou révoquée.
keys-find-off = Demander des clés aux domaines est désactivé, car ils apprennent ainsi à qui nous écrivons. Un administrateur le permet dans cirt.toml :
keys-do-find = Chercher
keys-do-find-which = Chercher { $mail }

## À qui nous ne pouvons pas écrire de façon chiffrée
keys-missing-title = Contacts sans clé
keys-missing-how = À ces contacts, rien ne peut être écrit de façon chiffrée : ce que son marquage ne laisse partir que chiffré ne les atteint pas.
keys-missing-count = { $all ->
    [one] { $count } contact sur { $all } est sans clé valable et acceptée.
   *[other] { $count } contacts sur { $all } sont sans clé valable et acceptée.
}
keys-missing-none = Chaque contact a une clé.
keys-missing-none-how = Le courriel de tout marquage peut les atteindre.
keys-missing-nobody = Aucun bénéficiaire n’a de contact avec une adresse de courriel.
keys-missing-nobody-how = Les contacts s’inscrivent sur les pages des bénéficiaires.

## Pourquoi quelque chose n’a pas été fait
keys-refused-own = C’est une de nos clés : personne n’en décide, et elle reste, car elle ouvre ce qui a été chiffré pour elle.
keys-refused-removed = La clé a été retirée. Rétablissez-la d’abord.
keys-refused-no-own = Il n’y a pas encore de clé à nous à remplacer.
keys-refused-directory-off = Demander des clés aux domaines est désactivé dans la configuration.
keys-refused-address = Ce n’est pas une adresse de courriel d’un domaine.
keys-refused-not-given-out = Le domaine ne donne pas de clé de cette adresse ({ $why }).
keys-refused-not-of-address = Ce que le domaine donne n’est pas une clé avec cette adresse.
keys-refused-file = Les clés n’ont pas pu être prises : { $why }

## Certificats
keys-certificates = Certificats (S/MIME)
keys-certificates-how = Certains écrivent en S/MIME et non en OpenPGP. Là, personne n’accepte des clés une à une : des autorités s’en portent garantes. Seules celles qui sont ici sont crues.
keys-certificates-none = Il n’y a pas de certificat.
keys-certificates-none-how = Tant qu’aucune autorité n’est crue, toute signature S/MIME vient d’un certificat dont personne ne répond.
keys-certificate-own = Le nôtre
keys-certificate-trusted = Se porte garant d’autres
keys-certificate-removed = Retiré
keys-certificate-bring = Apporter un certificat
keys-certificate-file = Fichier de certificats (PEM ou DER)
keys-certificate-accept = Ils peuvent se porter garants de ceux pour qui ils ont été faits
keys-certificate-hint = Un fichier avec un certificat et sa clé secrète (PEM, PKCS #8, sans phrase de passe) en fait le nôtre : il ouvre ce qui est chiffré pour lui. Le secret est dans le dossier keys, dans aucune sauvegarde.
keys-certificate-admin = Seuls les administrateurs apportent des certificats et disent qui est cru.
keys-field-issuer = Fait par
keys-do-export-certificate = Exporter
keys-do-export-which = Exporter { $name }
keys-did-certificate = { $count ->
    [one] Le certificat est là.
   *[other] { $count } certificats sont là.
}
keys-did-certificate-remove = Le certificat est retiré : il ne se porte plus garant de personne.
keys-did-certificate-restore = Le certificat est de retour et se porte garant d’autres.
keys-refused-not-trusted = Il n’y a pas de clé secrète à côté du certificat, il n’est donc pas le nôtre. Dites qu’il peut se porter garant d’autres, s’il le doit.
