# L’API : sa page, ses problèmes et les jetons des personnes

api-title = API
api-what = Les programmes font ici ce que l’équipe fait sur les pages : lire, remettre, décider. Chaque requête porte le jeton d’une personne.
api-how = Créez un jeton, donnez-lui les portées dont le programme a besoin et envoyez-le avec chaque requête :
api-document = Document OpenAPI
api-request = Requête
api-does = Effet
api-body = Corps
api-scope = Portée
api-scopes = Portées
api-problems = Problèmes
api-problems-what = Une requête qui n’aboutit pas reçoit l’un de ces codes. Ils restent les mêmes d’une version à l’autre.
api-code = Code
api-status = Statut
api-means = Signification

api-problem-unreadable = La requête est illisible
api-problem-token = Il manque un jeton valide
api-problem-scope = Le jeton ne permet pas cela
api-problem-not-found = Cet enregistrement n’existe pas
api-problem-method = Ce chemin n’accepte pas cette méthode
api-problem-too-slow = La requête a mis trop longtemps à arriver
api-problem-refused = L’enregistrement ne le permet pas actuellement
api-problem-running = Cet ordre est en cours d’exécution
api-problem-done = Cet ordre a déjà été exécuté
api-problem-stale = L’enregistrement a changé entre-temps
api-problem-too-large = Le corps est trop volumineux
api-problem-media-type = Le corps n’est pas du bon type
api-problem-unknown-host = Le serveur ne connaît pas ce nom
api-problem-invalid = Une valeur n’a pas de sens
api-problem-key-reused = La clé a servi à un autre ordre
api-problem-match-wanted = La requête doit dire quel état elle modifie
api-problem-too-many = Trop de requêtes
api-problem-internal = Une erreur s’est produite sur le serveur
api-problem-unavailable = Le serveur ne peut pas répondre actuellement
api-problem-database = La base de données est injoignable ; réessayez après Retry-After

api-scope-findings-read = Voir les constats
api-scope-findings-answer = Répondre pour les bénéficiaires
api-scope-events-read = Chercher les événements, interroger en SQL
api-scope-batches-read = Voir les lots
api-scope-batches-run = Remettre des fichiers
api-scope-feeds-read = Voir les flux
api-scope-constituents-read = Voir les bénéficiaires
api-scope-constituents-change = Modifier les bénéficiaires
api-scope-notices-read = Voir les notifications
api-scope-notices-send = Décider des envois
api-scope-incidents-read = Voir les incidents
api-scope-incidents-handle = Traiter les incidents
api-scope-journal-read = Lire le journal
api-scope-webhooks-manage = Créer et gérer les webhooks

api-tokens-title = Mes jetons
api-tokens-what = Un jeton permet à un programme d’agir pour vous, dans les limites que vous fixez. Ce qu’il fait figure au journal sous votre nom et le sien.
api-tokens-go = Afficher mes jetons
api-tokens-none = Vous n’avez aucun jeton
api-tokens-none-how = Créez-en un ci-dessous lorsqu’un programme doit utiliser l’API pour vous.
api-token-made = Le nouveau jeton
api-token-made-how = Copiez-le maintenant : il ne sera plus affiché.
api-token-new = Un nouveau jeton
api-token-name = Nom
api-token-begins = Début
api-token-scopes = Ce qu’il permet
api-token-since = Créé
api-token-until = Valable jusqu’au
api-token-used = Dernière utilisation
api-token-days = Valable pendant
api-token-days-count = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
api-token-make = Créer le jeton
api-token-revoke = Révoquer
api-token-revoked = révoqué
api-token-expired = expiré
api-token-was-revoked = Le jeton est révoqué. Les programmes qui l’utilisent sont refusés désormais.
api-token-was-not-revoked = Ce jeton était déjà révoqué ou n’est pas le vôtre.
api-token-bad-name = Un nom compte de 2 à 40 lettres, chiffres, points, tirets ou traits de soulignement.
api-token-taken = Vous avez déjà un jeton de ce nom. Choisissez un autre nom ou révoquez-le d’abord.
api-token-bad-scopes = Choisissez au moins une chose que le jeton permet, et aucune qui vous soit interdite.
api-token-bad-days = Choisissez la durée de validité du jeton : un an au plus.
api-token-too-many = Vous avez autant de jetons qu’une personne peut en avoir. Révoquez-en un d’abord.
api-token-nobody = Personne de ce nom ne peut se connecter.
api-problem-service-off = Le service n'est pas en marche
api-scope-rules-change = Changer les règles, appliquer des briques
