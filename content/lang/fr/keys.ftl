# Les clés du courriel

keys-title = Clés
keys-intro = Les clés servent à signer nos courriels et à les chiffrer pour leurs destinataires. Nos clés sont ici avec leurs secrets ; des autres, nous avons les clés publiques, et une personne confirme à qui chacune appartient.
keys-off = OpenPGP est désactivé dans la configuration : rien n’est signé, chiffré ni ouvert.

## Les nôtres
keys-own = Nos clés
keys-own-none = Nous n’avons pas encore de clé : les courriels partent sans signature, et personne ne peut chiffrer pour nous.
keys-own-none-how = Un administrateur en crée une ici, ou en importe une.
keys-own-admin = Seuls les administrateurs créent et changent nos clés.
keys-none-signs = Aucune de nos clés ne peut signer en ce moment : les courriels partent sans signature.
keys-signs-now = Signe maintenant
keys-opens-only = Ouvre les anciens courriels
keys-make = Créer une clé
keys-do-make = Créer la clé
keys-make-hint = La nouvelle clé signe dès lors. Son secret est dans le dossier keys du dossier de données, et dans aucune sauvegarde : gardez-en une copie en lieu sûr.
keys-make-unreadable = Une clé demande un nom avec une adresse électronique, et de 1 à 3 660 jours.
keys-did-make = La clé est créée et signe désormais. Gardez une copie du dossier keys en lieu sûr, et publiez la nouvelle clé.
keys-field-user-id = Nom et adresse
keys-field-days = Jours de validité
keys-rotate = Renouveler à temps
keys-rotate-how = Une clé ne dure pas toujours. La remplacer veut dire : une nouvelle clé prend le relais, et l’ancienne reste pour lire ce qui lui a été envoyé.
keys-rotate-one = La nouvelle clé est créée pour le même nom et la même adresse. Dès cet instant, elle signe ce qui part.
keys-rotate-two = L’ancienne clé ne signe plus. Ce que d’autres chiffrent encore pour elle s’ouvre comme avant.
keys-rotate-three = Publiez la nouvelle clé partout où était l’ancienne, pour que les autres la récupèrent. Ce site la diffuse automatiquement.
keys-rotate-not-this = Cette clé ne signe plus, il n’y a donc rien à remplacer.
keys-do-rotate = Remplacer maintenant

## Celles des autres
keys-others = Clés des autres
keys-others-none = Il n’y a pas encore de clés d’autres personnes.
keys-others-none-how = Des clés arrivent avec les courriels ; vous pouvez aussi importer un fichier ou en chercher une.
keys-list-search = Adresse ou empreinte
keys-list-show = Montrer
keys-show-here = Toutes celles en usage
keys-show-waiting = En attente d’une décision
keys-show-accepted = Acceptées
keys-show-rejected = Rejetées
keys-show-ending = Bientôt expirées
keys-show-ended = Expirées
keys-show-removed = Retirées
keys-show-all = Toutes
keys-standing-own = La nôtre
keys-standing-unverified = En attente d’une décision
keys-standing-accepted = Acceptée
keys-standing-rejected = Rejetée
keys-standing-removed = Retirée
keys-means-own = Une de nos clés, avec son secret.
keys-means-unverified = Personne n’a encore dit à qui est cette clé. Rien n’est chiffré pour elle. Comparez l’empreinte avec son propriétaire, au téléphone par exemple, puis décidez.
keys-means-accepted = Une personne a confirmé son propriétaire : les courriels sont chiffrés pour elle et ses signatures font foi.
keys-means-rejected = Elle a été rejetée : rien n’est chiffré pour elle et ses signatures ne font pas foi.
keys-means-removed = Elle a été retirée : elle n’est plus utilisée et aucun courriel ne la ramène. Elle peut être rétablie.
keys-source-generated = Créée ici
keys-source-imported = D’un fichier
keys-source-attached = Avec un courriel
keys-source-autocrypt = Dans l’en-tête d’un courriel (Autocrypt)
keys-source-directory = Publiée par le domaine (WKD)
keys-state-revoked = Révoquée par son propriétaire
keys-state-expired = Expirée
keys-state-ending = { $days ->
    [0] Expire aujourd’hui
    [one] Expire dans { $days } jour
   *[other] Expire dans { $days } jours
}

## Ce qu’on sait d’une clé
keys-field-who = Pour qui
keys-field-fingerprint = Empreinte
keys-field-standing = Décision
keys-field-source = D’où elle vient
keys-field-ends = Valable jusqu’au
keys-field-used = Dernier usage
keys-field-added = Ajoutée
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
keys-never-ends = Sans expiration
keys-never-used = Jamais
keys-nobody = Aucun nom

## Ce qu’on fait d’une clé
keys-do-accept = Accepter
keys-do-reject = Rejeter
keys-do-remove = Retirer
keys-do-restore = Rétablir
keys-do-export = Exporter (.asc)
keys-did-accept = La clé est acceptée : les courriels sont chiffrés pour elle et ses signatures font foi.
keys-did-reject = La clé est rejetée.
keys-did-remove = La clé est retirée.
keys-did-restore = La clé est rétablie.
keys-did-bring = Nouvelles clés : { $new }. Mises à jour : { $renewed }. Déjà là : { $same }. Illisibles : { $refused }.

## Apporter et chercher
keys-bring = Importer des clés
keys-bring-file = Fichier de clés, en texte ou binaire
keys-bring-accept = J’ai vérifié leurs propriétaires : les accepter tout de suite
keys-bring-hint = Un fichier avec une clé secrète en fait une de nos clés ; seuls les administrateurs en importent. Retirez d’abord sa phrase secrète.
keys-bring-none = Aucun fichier n’a été choisi.
keys-bring-secret = Le fichier contient une clé secrète ; seuls les administrateurs en importent. Rien n’a été importé.
keys-do-bring = Importer
keys-find = Chercher auprès du domaine
keys-find-hint = La clé est demandée au domaine de l’adresse (Web Key Directory). Il apprend que quelqu’un ici veut écrire à cette adresse. Ce qui est trouvé attend une décision.
keys-find-again = On peut demander au domaine si la clé a été mise à jour ou révoquée.
keys-find-off = Demander des clés aux domaines est désactivé, car ils apprennent ainsi à qui nous écrivons. Un administrateur peut l’autoriser dans cirt.toml :
keys-do-find = Chercher
keys-do-find-which = Chercher { $mail }

## À qui nous ne pouvons pas écrire de façon chiffrée
keys-missing-title = Contacts sans clé
keys-missing-how = Un courriel qui ne peut partir que chiffré n’atteint pas ces contacts.
keys-missing-count = { $all ->
    [one] { $count } contact sur { $all } n’a pas de clé valable et acceptée.
   *[other] { $count } contacts sur { $all } n’ont pas de clé valable et acceptée.
}
keys-missing-none = Chaque contact a une clé.
keys-missing-none-how = Les courriels de tout marquage peuvent les atteindre.
keys-missing-nobody = Aucun bénéficiaire n’a de contact avec une adresse électronique.
keys-missing-nobody-how = Les contacts s’inscrivent sur les pages des bénéficiaires.

## Pourquoi quelque chose n’a pas été fait
keys-refused-own = C’est une de nos clés : elle ne s’accepte ni ne se rejette, et elle reste, car elle ouvre ce qui a été chiffré pour elle.
keys-refused-removed = La clé a été retirée. Rétablissez-la d’abord.
keys-refused-no-own = Nous n’avons pas encore de clé à remplacer.
keys-refused-directory-off = Demander des clés aux domaines est désactivé dans la configuration.
keys-refused-address = Ce n’est pas une adresse électronique d’un domaine.
keys-refused-not-given-out = Le domaine ne publie pas de clé pour cette adresse ({ $why }).
keys-refused-not-of-address = Le domaine publie une clé qui ne mentionne pas cette adresse.
keys-refused-file = Les clés n’ont pas pu être importées : { $why }

## Certificats
keys-certificates = Certificats (S/MIME)
keys-certificates-how = Certains écrivent en S/MIME plutôt qu’en OpenPGP. Là, des autorités se portent garantes des clés, au lieu qu’on les accepte une à une. Seules les autorités de cette liste sont reconnues.
keys-certificates-none = Il n’y a pas de certificat.
keys-certificates-none-how = Tant qu’aucune autorité n’est reconnue, aucune signature S/MIME ne prouve qui a écrit.
keys-certificate-own = Le nôtre
keys-certificate-trusted = Se porte garant d’autres
keys-certificate-removed = Retiré
keys-certificate-bring = Importer un certificat
keys-certificate-file = Fichier de certificats (PEM ou DER)
keys-certificate-accept = Les reconnaître comme autorités
keys-certificate-hint = Un fichier avec un certificat et sa clé secrète (PEM, PKCS #8, sans phrase de passe) en fait le nôtre : il ouvre ce qui est chiffré pour lui. Le secret est dans le dossier keys, dans aucune sauvegarde.
keys-certificate-admin = Seuls les administrateurs importent des certificats et décident des autorités reconnues.
keys-field-issuer = Émis par
keys-do-export-certificate = Exporter
keys-do-export-which = Exporter { $name }
keys-did-certificate = { $count ->
    [one] Le certificat a été importé.
   *[other] { $count } certificats ont été importés.
}
keys-did-certificate-remove = Le certificat est retiré : il ne se porte plus garant de personne.
keys-did-certificate-restore = Le certificat est de retour et se porte garant d’autres.
keys-refused-not-trusted = Le fichier ne contient pas de clé secrète : le certificat n’est donc pas le nôtre. Cochez la case s’il doit être reconnu comme autorité.
