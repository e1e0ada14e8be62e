# Le premier administrateur
setup-first-title = Configuration initiale de Manara
setup-first-what = Personne n’a encore de compte ici. Créez le premier : celui de l’administrateur.
setup-first-token = Jeton
setup-first-token-hint = Il est affiché dans le terminal où manara serve a été lancé, et ne sert qu’une fois. Relancer le serveur en affiche un nouveau.
setup-first-name = Nom de connexion
setup-first-name-hint = 2 à 40 lettres, chiffres, points, tirets ou tirets bas.
setup-first-again = Mot de passe, encore une fois
setup-first-go = Créer le compte et continuer
setup-first-wrong = Ce n’est pas le jeton, ou son délai est passé. Recopiez-le depuis le terminal où manara serve a été lancé ; relancer le serveur en affiche un nouveau.

# Le chemin
setup-title = Configuration initiale
setup-way = Étapes de la configuration initiale
setup-what = Chaque étape peut être ignorée, faite plus tard et refaite.
setup-left = Ce qu’il reste à configurer
setup-ask = Il y a encore peu à voir : un administrateur doit ajouter les réseaux et un premier flux.
setup-dismiss = Ne plus l’afficher sur la page d’accueil
setup-dismissed = La page d’accueil n’affiche plus ce qu’il reste à faire. Vous le trouvez à la page « Utilisateurs », sous « Configuration initiale ».
setup-done = Fait
setup-to-do = À faire
setup-by-command = Sur le serveur, tapez :
setup-save = Enregistrer et continuer
setup-skip = Ignorer cette étape
setup-choose = Choisir
setup-stored = Enregistré. C’est en vigueur dès maintenant.
setup-not-stored = Rien n’a été enregistré : { $why }

# Les étapes
setup-step-nation = Pays et équipe
setup-step-nation-how = Pays, fuseau horaire, langues, et le nom de l’équipe dans les lettres.
setup-step-mail = Courriel
setup-step-mail-how = Par quel serveur partent les lettres. D’ici là, elles restent dans la boîte intégrée.
setup-step-networks = Réseaux
setup-step-networks-how = Qui vous servez, et quelles adresses sont les leurs : collées, ou dans un fichier.
setup-step-feed = Premier flux
setup-step-feed-how = Un fichier d’un flux, tel qu’un rapport Shadowserver, devient des événements et des constats.
setup-step-tables = Tables d’adresses
setup-step-tables-how = Quel réseau appartient à quel AS, et les fichiers de votre registre régional pour les pays. Sans elles, les événements n’ont ni AS ni pays propres.
setup-step-people = Personnes de l’équipe
setup-step-people-how = Un compte pour chacun : permanence, gestionnaires, analystes.

# Pays et équipe
setup-nation-where = Lieu
setup-nation-country = Pays
setup-nation-zone = Fuseau horaire
setup-nation-zone-hint = Pour les personnes qui n’en ont pas choisi.
setup-nation-languages = Langues
setup-nation-offered = Langues que l’on peut choisir
setup-nation-language = Langue habituelle
setup-nation-language-hint = Pour les lecteurs dont le navigateur ne demande aucune de ces langues.
setup-nation-team = Nom de l’équipe
setup-nation-team-hint = Tel que les lettres et les pages le montrent. Une langue laissée vide prend le nom anglais.
setup-nation-bad-country = Choisissez le pays.
setup-nation-bad-zone = Choisissez un fuseau horaire dans la liste.
setup-nation-bad-language = Choisissez au moins une langue ; la langue habituelle doit en faire partie.
setup-nation-bad-name = Le nom d’une équipe tient sur une ligne de 120 caractères au plus.

# Courrier
setup-mail-sender = Expéditeur
setup-mail-transport = Où vont les lettres
setup-mail-transport-hint = Même avec un serveur de messagerie, aucune notification ne part avant qu’une personne ou une règle ne l’ait approuvée.
setup-mail-capture = Dans la boîte intégrée : rien ne part
setup-mail-smtp = À un serveur de messagerie
setup-mail-from-name = Nom de l’expéditeur
setup-mail-from-mail = Adresse de l’expéditeur
setup-mail-server = Serveur de messagerie
setup-mail-host = Serveur
setup-mail-port = Port
setup-mail-port-hint = 587 avec STARTTLS, 465 avec chiffrement dès le premier octet, 25 pour un relais sur cette machine.
setup-mail-tls = Chiffrement
setup-mail-tls-required = STARTTLS, sinon rien n’est envoyé
setup-mail-tls-wrapper = Dès le premier octet
setup-mail-tls-opportunistic = STARTTLS quand le serveur le propose
setup-mail-tls-none = Aucun (cette machine seulement)
setup-mail-login = Identifiant
setup-mail-password-hint = L’identifiant et le mot de passe sont gardés dans un fichier à part que seul le propriétaire du dossier de données peut lire. Laissez les deux vides si le serveur n’en veut pas.
setup-mail-password-kept = Un mot de passe est gardé. Laissez le champ vide pour le garder ; videz l’identifiant pour oublier les deux.
setup-mail-test = Lettre d’essai
setup-mail-test-hint = Ce qui est saisi ici est enregistré, puis une lettre part et vous lisez ce que le serveur en dit.
setup-mail-test-to = Envoyer une lettre à
setup-mail-save-and-test = Enregistrer et envoyer une lettre d’essai
setup-mail-taken = Le serveur de messagerie a accepté la lettre pour { $mail }. Il a répondu : { $said }
setup-mail-stayed = Enregistré, mais rien n’est parti : les lettres vont dans la boîte intégrée. Choisissez un serveur de messagerie pour les envoyer.
setup-mail-refused = La lettre n’est pas partie. Voici ce qui a été dit : { $said }
setup-mail-bad-sender = L’adresse de l’expéditeur n’est pas une adresse électronique. On attend une adresse telle que cirt@example.org.
setup-mail-bad-host = Saisissez le nom ou l’adresse du serveur de messagerie, par exemple mail.example.org.
setup-mail-bad-port = Le port est un nombre de 1 à 65535 ; les habituels sont 587, 465 et 25.
setup-mail-bad-tls = Choisissez une des formes de chiffrement.
setup-mail-plain-text = Sans chiffrement, les courriels ne peuvent aller qu’à cette machine même. Choisissez STARTTLS ou le chiffrement dès le premier octet.
setup-mail-bad-account = Saisissez l’identifiant et le mot de passe, ou aucun des deux. Un nouvel identifiant veut son mot de passe.
setup-mail-bad-password = Le mot de passe conservé a été donné pour un autre serveur. Saisissez-le de nouveau.
setup-mail-bad-field = Un champ tient sur une ligne de 200 caractères au plus.
setup-mail-bad-test = Dites qui reçoit la lettre d’essai : une adresse telle que vous@example.org.
setup-mail-letter-subject = { $team } : lettre d’essai
setup-mail-letter = Cette lettre a été envoyée pour vérifier l’envoi des courriels. Il fonctionne. Il n’y a rien à faire.

    { $team }

# Réseaux
setup-networks-give = Qui servez-vous ?
setup-networks-what = Une ligne par réseau : le réseau, le numéro d’AS s’il y en a un, l’organisation, son secteur, et l’adresse où lui écrire. Rien n’est enregistré avant que vous ayez vu ce qui changerait ; une ligne illisible est nommée avec la raison.
setup-networks-count = { $count ->
    [one] Un bénéficiaire est déjà là. Ce que vous donnez s’y ajoute ; le même nom est le même bénéficiaire.
   *[other] { $count } bénéficiaires sont déjà là. Ce que vous donnez s’y ajoute ; le même nom est le même bénéficiaire.
}
setup-networks-example = Lignes pour essayer
setup-networks-example-how = Ces réseaux sont réservés aux exemples : personne ne les a. Copiez-les dans le champ ci-dessus pour voir comment cela marche.

# Premier flux
setup-feed-give = Déposer un fichier
setup-feed-what = Manara reconnaît un fichier à son nom et à ses premières lignes : rapports Shadowserver, Suricata, Zeek, IDEA, IntelMQ, ou tout flux qui a une correspondance. La page suivante montre où en est la lecture et rend compte de chaque ligne.
setup-feed-files = Fichiers
setup-feed-files-hint = Tels qu’ils sont arrivés, même compressés (gzip, zip). Gardez les noms donnés par Shadowserver : ils disent quel rapport c’est.
setup-feed-send = Déposer
setup-feed-home = Aller à la page d’accueil
setup-feed-no-owners = Aucun réseau n’est encore connu : rien dans le fichier ne concernerait personne. D’abord les réseaux :
setup-stage = Une nouvelle équipe commence par les services de base : bénéficiaires, flux avec leurs constats, incidents. Des briques activent le reste.
