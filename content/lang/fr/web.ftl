# Le cadre de chaque page
web-name = Manara
web-tagline = Des signalements du jour aux responsables prévenus et aux systèmes réparés.
web-skip = Aller au contenu
web-nav-label = Menu principal
web-nav-home = Accueil
web-nav-picture = Situation
web-nav-findings = Constats
web-nav-incidents = Incidents
web-nav-events = Événements
web-nav-notices = Notifications
web-nav-constituents = Bénéficiaires
web-nav-feeds = Flux
web-nav-batches = Lots
web-nav-journal = Journal
web-nav-users = Utilisateurs
web-languages-label = Langue
web-crumbs-label = Vous êtes ici
web-logout = Se déconnecter
web-utc = Toutes les heures sont en UTC

# Rôles et langues
web-role-admin = Administrateur
web-role-duty = Permanence
web-role-handler = Gestionnaire
web-role-analyst = Analyste
web-role-viewer = Observateur
web-lang-en = Anglais
web-lang-ar = Arabe
web-lang-fr = Français

# Connexion
web-login-title = Connexion
web-login-name = Identifiant
web-login-password = Mot de passe
web-login-enter = Se connecter
web-login-report = Signaler un incident sans compte
web-login-wrong = L’identifiant ou le mot de passe est incorrect. Vérifiez les deux et réessayez ; un administrateur peut vous donner un nouveau mot de passe.
web-login-wait = { $count ->
    [one] Trop de tentatives. Attendez { $count } minute, puis réessayez.
   *[other] Trop de tentatives. Attendez { $count } minutes, puis réessayez.
}

# À propos
web-about-title = À propos de Manara
web-about-what = Manara, c’est un CSIRT national en un seul programme. Il lit ce que signalent les flux et les sondes, trouve qui est concerné, tient à jour les constats et prévient les responsables dans leur langue.
web-about-how = Il tourne sur une seule machine, y conserve tout et ne demande rien à l’extérieur.
web-about-version = Version
web-about-licence = Licence
web-languages-title = Langues
web-languages-what = Manara est rédigé en anglais et traduit en entier. Un texte absent d’une langue s’affiche en anglais et apparaît ici dès que quelqu’un l’a rencontré.
web-languages-complete = Aucun texte n’a manqué.
web-languages-missing = { $count ->
    [one] { $count } texte s’est affiché en anglais :
   *[other] { $count } textes se sont affichés en anglais :
}

# Erreurs : quoi, pourquoi, que faire
web-error-id = Si vous demandez de l’aide, indiquez ce numéro :
web-error-unreadable-title = Cette demande est illisible
web-error-unreadable-why = Une partie de l’adresse ou du formulaire n’est pas ce que cette page attend.
web-error-unreadable-how = Revenez en arrière, vérifiez votre saisie et renvoyez-la. Si vous avez suivi un lien, il est peut-être tronqué.
web-error-sign-in-title = Connexion nécessaire
web-error-sign-in-why = Cette page est réservée aux personnes connectées. Votre session a peut-être expiré.
web-error-sign-in-how = Connectez-vous, puis rouvrez la page.
web-error-forbidden-title = Votre rôle ne le permet pas
web-error-forbidden-why = Vous êtes connecté, mais cette page ou cette action demande un droit que votre rôle n’a pas.
web-error-forbidden-how = Adressez-vous à un administrateur si vous en avez besoin pour votre travail.
web-error-stale-form-title = Le formulaire n’est plus valable
web-error-stale-form-why = Il a été ouvert avant votre connexion, ou il ne vient pas de ce site. Rien n’a été modifié.
web-error-stale-form-how = Rouvrez la page et renvoyez le formulaire.
web-error-not-found-title = Il n’y a rien ici
web-error-not-found-why = La page ou la fiche n’existe pas, ou vous n’êtes pas autorisé à la voir.
web-error-not-found-how = Vérifiez l’adresse ou repartez de l’accueil.
web-error-method-title = Cette page ne sait pas faire cela
web-error-method-why = L’adresse existe, mais n’accepte pas ce type de demande.
web-error-method-how = Ouvrez la page par un lien ou un bouton de ce site.
web-error-too-slow-title = La demande a pris trop de temps
web-error-too-slow-why = Votre navigateur n’a pas fini de l’envoyer à temps.
web-error-too-slow-how = Vérifiez votre connexion et renvoyez-la.
web-error-conflict-title = Quelqu’un vous a devancé
web-error-conflict-why = La fiche existe déjà ou a changé depuis que vous avez ouvert la page. Rien n’a été écrasé.
web-error-conflict-how = Rouvrez la page, regardez ce qui a changé, puis décidez.
web-error-too-large-title = C’est trop volumineux
web-error-too-large-why = Le fichier ou le formulaire dépasse ce que cette page accepte.
web-error-too-large-how = Découpez le fichier, compressez-le ou déposez-le sur le serveur en ligne de commande.
web-error-unknown-host-title = Le serveur ne se connaît pas sous ce nom
web-error-unknown-host-why = Vous l’avez appelé par un nom absent de sa configuration. Cela protège des pages qui détournent les navigateurs.
web-error-unknown-host-how = Utilisez l’adresse habituelle ou faites ajouter ce nom à la configuration.
web-error-too-many-title = Trop de tentatives
web-error-too-many-why = Il y a eu trop de tentatives en peu de temps.
web-error-too-many-how = Attendez quelques minutes, puis réessayez.
web-error-internal-title = Une erreur s’est produite de notre côté
web-error-internal-why = La page n’a pas pu être établie. Votre saisie n’y est pour rien et rien n’a été enregistré à moitié.
web-error-internal-how = Réessayez. Si cela se reproduit, donnez à votre administrateur le numéro ci-dessous : il mène à la cause dans les traces.
web-error-unavailable-title = Le serveur ne peut pas répondre maintenant
web-error-unavailable-why = Il est occupé, il démarre ou il n’atteint pas sa base de données.
web-error-unavailable-how = Attendez une minute et rechargez la page.
web-error-database-title = La base de données est injoignable
web-error-database-why = Le serveur fonctionne, mais la base qui garde ses données ne répond pas ou est occupée par un autre travail. Ce qui a été accepté avant est en sûreté.
web-error-database-how = Attendez une minute et rechargez la page ; rien n’est à redémarrer. Ce que vous venez d’envoyer n’a pas été enregistré : renvoyez-le alors. Si cela dure, donnez à votre administrateur le numéro ci-dessous.
web-error-again = Réessayer
web-error-overdue-title = La page a demandé trop de temps
web-error-overdue-why = Il lui fallait plus de temps qu’une page n’en a, et elle a été arrêtée. Rien n’a été enregistré à moitié.
web-error-overdue-how = Demandez moins : une période plus courte, un seul flux, un seul bénéficiaire. Si même une petite page est lente, donnez le numéro ci-dessous à votre administrateur.

# Listes
web-list-filter = Filtrer
web-list-all = Tous
web-list-show = Afficher
web-list-from = Du
web-list-until = Au
web-list-actions = Actions
web-list-filters-set = Filtres actifs
web-list-remove-filter = retirer ce filtre
web-list-remove-all = Retirer tous les filtres
web-list-pages = Pages
web-list-shown = { $count ->
    [0] Rien à afficher
    [one] { $count } affiché, c’est tout
   *[other] { $count } affichés, c’est tout
}
web-list-shown-more = { $count ->
    [one] { $count } affiché, d’autres suivent
   *[other] { $count } affichés, d’autres suivent
}
web-list-first = Première page
web-list-next = Page suivante
web-list-csv = Exporter en CSV
web-list-xlsx = Exporter en Excel
web-list-json = Exporter en JSON
web-list-none-match = Rien ne correspond à ces filtres
web-list-none-match-how = Retirez l’un des filtres ci-dessus ou élargissez les dates.
web-chart-day = Jour
web-chart-as-table = Sous forme de tableau

# Journal
web-journal-title = Journal
web-journal-when = Quand
web-journal-who = Qui
web-journal-text = Texte du détail ou de la fiche
web-journal-plane = Domaine
web-journal-verb = Quoi
web-journal-record = Fiche
web-journal-detail = Détails
web-journal-none = Il ne s’est encore rien passé
web-journal-none-how = Chaque changement s’inscrit ici : qui a fait quoi, sur quelle fiche et quand.
web-plane-watch = Veille
web-plane-warning = Alerte
web-plane-response = Réponse
web-plane-constituency = Bénéficiaires
web-plane-framework = Référentiels
web-plane-web = Accès
web-plane-app = Installation
web-plane-store = Stockage
web-verb-logged-in = s’est connecté
web-verb-logged-out = s’est déconnecté
web-verb-login-failed = échec de connexion
web-verb-user-added = a ajouté un utilisateur
web-verb-user-disabled = a désactivé un utilisateur
web-verb-role-changed = a changé le rôle d’un compte
web-verb-mailboxes-changed = a fixé les boîtes d’un compte
web-verb-user-enabled = a réactivé un utilisateur
web-verb-sessions-ended = a fermé les sessions d’un utilisateur
web-verb-password-changed = a défini un nouveau mot de passe
web-verb-token-made = a créé un jeton
web-verb-token-revoked = a révoqué un jeton
web-verb-first-token-made = a créé un jeton pour le premier administrateur
web-verb-first-token-refused = a été refusé : mauvais jeton du premier administrateur
web-verb-webhook-made = a créé un webhook
web-verb-webhook-removed = a supprimé un webhook
web-verb-webhook-restored = a rétabli un webhook
web-verb-webhook-disabled = a arrêté un webhook
web-verb-webhook-enabled = a activé un webhook
web-verb-webhook-sent-again = a renvoyé un message d’un webhook
web-verb-settings-changed = a changé ses réglages
web-verb-view-saved = a enregistré une vue
web-verb-view-changed = a changé une vue
web-verb-view-deleted = a supprimé une vue
web-verb-view-restored = a rétabli une vue
web-verb-many-changed = a fait une modification groupée
web-verb-many-restored = a annulé une modification groupée

# Utilisateurs
web-users-title = Utilisateurs
web-users-name = Nom
web-users-role = Rôle
web-users-lang = Langue
web-users-seen = Dernière connexion
web-users-never = jamais
web-users-sessions = Sessions ouvertes
web-users-state = État
web-users-enabled = Actif
web-users-disabled = Désactivé
web-users-enable = Réactiver
web-users-disable = Désactiver
web-users-sign-out = Fermer ses sessions
web-users-none = Il n’y a personne ici
web-users-none-how = Ajoutez la première personne ci-dessous.
web-users-add = Ajouter un utilisateur
web-users-add-button = Ajouter
web-users-password = Premier mot de passe
web-users-added = { $name } a été ajouté.
web-users-bad-name = Un nom compte de 2 à 40 lettres, chiffres, points, tirets ou tirets bas.
web-users-bad-password = { $count ->
    [one] Un mot de passe compte au moins { $count } caractère. Une courte phrase est un bon mot de passe.
   *[other] Un mot de passe compte au moins { $count } caractères. Une courte phrase est un bon mot de passe.
}
web-users-taken = Ce nom est déjà pris. Choisissez-en un autre.
web-users-not-oneself = Nul ne peut se désactiver soi-même. Demandez à un autre administrateur.
web-users-was-disabled = L’utilisateur a été désactivé et déconnecté partout.
web-users-was-enabled = L’utilisateur peut de nouveau se connecter.
web-users-signed-out = { $count ->
    [0] Aucune session n’était ouverte.
    [one] { $count } session a été fermée.
   *[other] { $count } sessions ont été fermées.
}
web-person-journal = Ses actions
web-person-own = C’est votre propre compte : votre mot de passe se change sous « Mon compte », et votre rôle par un autre administrateur.
web-person-last = C’est le dernier administrateur qui puisse se connecter. Nommez d’abord un autre administrateur.
web-person-role = Changer de rôle
web-person-role-how = La personne est déconnectée partout et dispose des droits du nouveau rôle dès sa prochaine connexion.
web-person-role-button = Changer le rôle
web-person-role-did = Le rôle de { $name } a été changé et ses sessions ont été fermées.
web-person-role-same = { $name } a déjà ce rôle ; rien n’a été changé.
web-person-password = Nouveau mot de passe
web-person-password-field = Nouveau mot de passe (laisser vide pour en générer un)
web-person-password-how = Un mot de passe généré n’est affiché qu’une fois. La personne est déconnectée partout et ses jetons cessent de fonctionner.
web-person-password-button = Donner un nouveau mot de passe
web-person-password-made = Le nouveau mot de passe
web-person-password-made-how = Il n’est affiché que maintenant. Transmettez-le par une voie sûre ; la personne en choisira un autre sous « Mon compte ».
web-person-password-did = { $name } a un nouveau mot de passe et a été déconnecté partout.

# Dates et heures
web-date-day = { $day ->
    [1] 1er
   *[other] { $day }
} { $months ->
   *[usual] { $month ->
            [1] janvier
            [2] février
            [3] mars
            [4] avril
            [5] mai
            [6] juin
            [7] juillet
            [8] août
            [9] septembre
            [10] octobre
            [11] novembre
           *[12] décembre
        }
} { $year }
web-date-moment = { $day } à { $time } { $zone }
web-ago-now = à l’instant
web-ago-minutes = { $count ->
    [one] il y a { $count } minute
   *[other] il y a { $count } minutes
}
web-ago-hours = { $count ->
    [one] il y a { $count } heure
   *[other] il y a { $count } heures
}
web-ago-days = { $count ->
    [one] il y a { $count } jour
   *[other] il y a { $count } jours
}

# Gravité et état
web-severity-info = Info
web-severity-low = Faible
web-severity-medium = Moyenne
web-severity-high = Élevée
web-severity-critical = Critique
web-state-open = Ouvert
web-state-notified = Notifié
web-state-acknowledged = Pris en compte
web-state-fixed = Corrigé
web-state-false-positive = Faux positif
web-state-expired = Expiré
web-state-reopened = Rouvert

# La taxonomie de référence des incidents de sécurité
web-class-abusive-content = Contenu abusif
web-class-malicious-code = Code malveillant
web-class-information-gathering = Collecte d’informations
web-class-intrusion-attempts = Tentatives d’intrusion
web-class-intrusions = Intrusions
web-class-availability = Disponibilité
web-class-information-content-security = Sécurité du contenu de l’information
web-class-fraud = Fraude
web-class-vulnerable = Vulnérable
web-class-other = Autre
web-class-test = Test
web-type-spam = Pourriel
web-type-harmful-speech = Discours nuisible
web-type-violence = Contenu d’exploitation ou violent
web-type-infected-system = Système infecté
web-type-c2-server = Serveur de commande et de contrôle
web-type-malware-distribution = Distribution de logiciels malveillants
web-type-malware-configuration = Configuration de logiciel malveillant
web-type-scanner = Balayage
web-type-sniffing = Écoute du réseau
web-type-social-engineering = Ingénierie sociale
web-type-ids-alert = Exploitation de vulnérabilités connues
web-type-brute-force = Tentatives de connexion
web-type-exploit = Nouvelle signature d’attaque
web-type-privileged-account-compromise = Compromission d’un compte à privilèges
web-type-unprivileged-account-compromise = Compromission d’un compte ordinaire
web-type-application-compromise = Compromission d’une application
web-type-system-compromise = Compromission d’un système
web-type-burglary = Cambriolage
web-type-dos = Déni de service
web-type-ddos = Déni de service distribué
web-type-misconfiguration = Erreur de configuration
web-type-sabotage = Sabotage
web-type-outage = Panne
web-type-unauthorised-information-access = Accès non autorisé à l’information
web-type-unauthorised-information-modification = Modification non autorisée de l’information
web-type-data-loss = Perte de données
web-type-data-leak = Fuite d’informations confidentielles
web-type-unauthorised-use-of-resources = Usage non autorisé de ressources
web-type-copyright = Droit d’auteur
web-type-masquerade = Usurpation d’identité
web-type-phishing = Hameçonnage
web-type-weak-crypto = Cryptographie faible
web-type-ddos-amplifier = Amplificateur de DDoS
web-type-potentially-unwanted-accessible = Service exposé peut-être à tort
web-type-information-disclosure = Divulgation d’informations
web-type-vulnerable-system = Système vulnérable
web-type-other = Non classé
web-type-undetermined = Indéterminé
web-type-test = Test
web-type-blocklist = Inscrit sur une liste de blocage

# Son propre compte
web-account-title = Mon compte
web-account-of = Mon compte : { $name }
web-account-password = Nouveau mot de passe
web-account-current = Mot de passe actuel
web-account-new = Nouveau mot de passe
web-account-again = Nouveau mot de passe, encore une fois
web-account-how = Vous serez déconnecté partout ailleurs.
web-account-change = Changer le mot de passe
web-account-differ = Les deux nouveaux mots de passe diffèrent. Saisissez deux fois le nouveau.
web-account-same = Le nouveau mot de passe est l’actuel. Choisissez-en un autre.
web-account-wrong = Le mot de passe actuel n’est pas le bon. Un administrateur peut vous en donner un nouveau.
web-account-changed = { $count ->
    [0] Votre mot de passe est changé.
    [one] Votre mot de passe est changé ; une autre session a été fermée.
   *[other] Votre mot de passe est changé ; { $count } autres sessions ont été fermées.
}
web-account-sessions = Où vous êtes connecté
web-account-made = Depuis
web-account-seen = Dernière utilisation
web-account-address = Adresse
web-account-agent = Navigateur
web-account-here = Celle-ci
web-account-end = Fermer
web-account-end-others = Fermer toutes les autres
web-error-service-off-title = Ce service n’est pas activé
web-error-service-off-why = La page relève d’un service que cette équipe n’utilise pas encore, ou qu’elle a désactivé. Ses données sont conservées.
web-error-service-off-how = Une brique l’active, ou un administrateur le fait à la main.
web-verb-service-switched-on = a activé un service
web-verb-service-switched-off = a désactivé un service
web-verb-basic-stage-begun = a commencé par les services de base
web-form-stale = Quelqu’un d’autre a modifié ceci pendant que vous l’aviez ouvert. Votre saisie est dans le formulaire ; là où elle diffère, la valeur actuelle est indiquée dessous. Enregistrer la remplace par votre saisie.
web-form-now = Valeur actuelle :
web-form-file = Choisissez de nouveau le fichier : un navigateur ne le garde pas.
