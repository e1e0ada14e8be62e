# Réglages
desk-account = Réglages et vues
desk-account-what = Langue, chiffres, calendrier, fuseau horaire, apparence et raccourcis ne valent que pour vous, comme les vues que vous enregistrez.
desk-save = Enregistrer
desk-times-in = Les heures sont en { $zone }
desk-settings-title = Mes réglages
desk-settings-saved = Vos réglages sont enregistrés.
desk-settings-bad-zone = Il n’y a pas de fuseau horaire { $zone }. Choisissez-en un dans la liste.
desk-settings-words = Langue et chiffres
desk-settings-lang = Langue
desk-settings-region = Pays
desk-settings-no-region = Aucun en particulier
desk-settings-region-hint = En arabe, les nombres et les noms des mois sont ceux du pays. L’anglais et le français s’écrivent d’une seule façon.
desk-settings-digits = Chiffres en arabe
desk-digits-region = Ceux du pays
desk-digits-latin = 0123456789
desk-digits-arabic = ٠١٢٣٤٥٦٧٨٩
desk-settings-times = Jours et heures
desk-settings-zone = Fuseau horaire
desk-settings-calendar = Calendrier
desk-calendar-gregorian = Grégorien
desk-calendar-islamic = Grégorien, avec la date islamique à côté
desk-calendar-hint = La date islamique est celle du calendrier tabulaire ; elle peut différer d’un jour de la date annoncée.
desk-settings-look = Apparence et clavier
desk-settings-theme = Thème
desk-theme-system = Comme l’appareil
desk-theme-light = Clair
desk-theme-dark = Sombre
desk-theme-contrast = Contraste élevé
desk-settings-density = Hauteur des lignes
desk-density-roomy = Confortable
desk-density-dense = Compacte
desk-settings-keys = Raccourcis à une touche
desk-settings-keys-hint = À désactiver si vous dictez ou si les touches vous gênent. La liste des raccourcis reste.
desk-settings-sample = Comme cela s’affiche
desk-sample-number = Un nombre
desk-sample-day = Aujourd’hui
desk-sample-moment = Maintenant
desk-sample-address = Une adresse ne change jamais

# Vues et colonnes des listes
desk-views-title = Vues enregistrées
desk-views-what = Une vue est une liste avec ses filtres, son ordre et ses colonnes sous un nom. Enregistrez-en une depuis n’importe quelle liste ; l’équipe voit celles que vous partagez.
desk-views-none = Aucune vue n’est encore enregistrée
desk-views-none-how = Ouvrez une liste, réglez ses filtres et choisissez « Enregistrer cette vue ».
desk-views-of-list = La liste
desk-views-save = Enregistrer cette vue
desk-views-save-hint = Une vue du même nom est remplacée. Renommer et supprimer :
desk-views-name = Nom de la vue
desk-views-share = Toute l’équipe la voit
desk-views-first = Ma vue par défaut de cette liste
desk-views-team = équipe
desk-views-first-badge = par défaut
desk-views-make-first = En faire ma vue par défaut
desk-views-make-not-first = Ne plus l’avoir par défaut
desk-views-rename = Renommer ou partager
desk-views-delete = Supprimer
desk-views-were-deleted = Supprimées ces 30 derniers jours
desk-views-restore = Rétablir
desk-views-saved = La vue { $name } est enregistrée.
desk-views-renamed = La vue est changée.
desk-views-deleted = La vue { $name } est supprimée. Vous pouvez la rétablir ci-dessous.
desk-views-restored = La vue { $name } est rétablie.
desk-views-is-first = { $name } est maintenant votre vue par défaut de sa liste.
desk-views-not-first = La liste entière s’affiche de nouveau au lieu de { $name }.
desk-views-bad-name = La vue n’a pas été enregistrée : son nom a de 1 à 60 caractères.
desk-views-too-many = La vue n’a pas été enregistrée : vous en avez déjà 200. Supprimez-en d’abord.
desk-views-too-long = La vue n’a pas été enregistrée : ses filtres sont trop longs.
desk-views-taken = Une autre vue de cette liste porte ce nom. Choisissez-en un autre, ou supprimez d’abord cette vue.
desk-columns = Colonnes
desk-columns-which = Colonnes affichées

# Pays
desk-region-ae = Émirats arabes unis
desk-region-bh = Bahreïn
desk-region-dj = Djibouti
desk-region-dz = Algérie
desk-region-eg = Égypte
desk-region-iq = Irak
desk-region-jo = Jordanie
desk-region-km = Comores
desk-region-kw = Koweït
desk-region-lb = Liban
desk-region-ly = Libye
desk-region-ma = Maroc
desk-region-mr = Mauritanie
desk-region-om = Oman
desk-region-ps = Palestine
desk-region-qa = Qatar
desk-region-sa = Arabie saoudite
desk-region-sd = Soudan
desk-region-so = Somalie
desk-region-sy = Syrie
desk-region-tn = Tunisie
desk-region-ye = Yémen

# Le calendrier islamique tabulaire
desk-islamic-day = { $day } { $month ->
    [1] mouharram
    [2] safar
    [3] rabia al awal
    [4] rabia ath-thani
    [5] joumada al oula
    [6] joumada ath-thania
    [7] rajab
    [8] chaabane
    [9] ramadan
    [10] chawwal
    [11] dhou al qi’da
   *[12] dhou al-hijja
} { $year } H

# Recherche partout
desk-search = Rechercher
desk-search-title = Recherche
desk-search-text = Numéro, adresse, nom ou mots
desk-search-what = { $count ->
    [one] Vous trouvez les incidents, les notifications, les signalements, les investigations et les contre-mesures par leur numéro ; les constats par adresse ou nom ; les bénéficiaires par nom, réseau, domaine ou numéro d’AS ; les lots par empreinte ; les flux, les exercices, les évaluations et les programmes par leur nom ; et les mots des titres, des notes et des noms de fichiers, dans le plus récent seulement.
   *[other] Vous trouvez les incidents, les notifications, les signalements, les investigations et les contre-mesures par leur numéro ; les constats par adresse ou nom ; les bénéficiaires par nom, réseau, domaine ou numéro d’AS ; les lots par empreinte ; les flux, les exercices, les évaluations et les programmes par leur nom ; et les mots des titres, des notes et des noms de fichiers, dans les { $count } plus récents de chaque sorte.
}
desk-search-none = Rien n’a été trouvé
desk-search-none-how = Vérifiez l’orthographe, cherchez une partie des mots, ou cherchez dans l’une des listes ci-dessous : elles parcourent tout.
desk-search-notes = Notes des incidents
desk-search-further = Chercher plus loin
desk-search-events-from = Événements venant de cette adresse
desk-search-events-to = Événements vers cette adresse
desk-search-events = Tous les événements avec ce texte
desk-search-findings = Tous les constats avec ce texte
desk-search-incidents = Tous les incidents avec ce texte
desk-search-all-notices = Toutes les notifications avec ce texte

# Touches
desk-keys-title = Raccourcis clavier
desk-keys-what = Là où le navigateur exécute des scripts, ces raccourcis agissent sur chaque page hors des champs. Tout ce qu’ils font se fait aussi par des liens.
desk-keys-off = Les raccourcis à une touche sont désactivés dans vos réglages ; seul Ctrl K agit.
desk-keys-everywhere = Sur chaque page
desk-keys-go = Aller à une page
desk-key-palette = Ouvrir la palette : chercher et aller à toute page
desk-key-keys = Afficher les raccourcis clavier
desk-key-next = Ligne suivante de la liste
desk-key-before = Ligne précédente
desk-key-open = Ouvrir la ligne (Entrée aussi)
desk-key-tick = Cocher ou décocher la ligne
desk-key-page = Page suivante
desk-key-first = Première page
desk-key-close = Fermer la palette
desk-palette-title = Chercher et aller
desk-palette-failed = Le serveur n’a pas répondu. Entrée cherche sur une page à part.
desk-search-research = Tout ce qu’on en sait
# Recherche approfondie
desk-research-title = Enquête
desk-research = Chercher
desk-research-text = Adresse, nom, courriel, empreinte, vulnérabilité ou numéro d’AS
desk-research-what = Collez-le tel quel, même sous une forme inoffensive comme hxxp://bad[.]example. Tout ce qu’on en sait ici est montré : propriétaires, constats, notifications, incidents, signalements et événements.
desk-research-none = Rien à chercher là-dedans
desk-research-none-how = Saisissez une adresse, un domaine, une URL, une adresse électronique, une empreinte (MD5, SHA-1, SHA-256), une vulnérabilité (CVE-2024-3400) ou un numéro d’AS (AS64500).
desk-research-nothing = On n’en sait rien ici.
desk-research-words = Le chercher comme texte
desk-research-speaking = Signalements et incidents qui en parlent
desk-research-events = Événements qui le nomment
desk-research-slow = La recherche des événements a pris trop de temps. Réessayez, ou regardez la liste des événements sur une période plus courte.
desk-research-feed = Flux
desk-research-class = Classe
desk-research-count = Événements
desk-research-first = Premier
desk-research-last = Dernier
desk-research-kind-ip = Une adresse
desk-research-kind-cidr = Un réseau
desk-research-kind-domain = Un domaine
desk-research-kind-url = Une URL
desk-research-kind-mail = Une adresse électronique
desk-research-kind-hash_md5 = Une empreinte MD5
desk-research-kind-hash_sha1 = Une empreinte SHA-1
desk-research-kind-hash_sha256 = Une empreinte SHA-256
desk-research-kind-hash_sha512 = Une empreinte SHA-512
desk-research-kind-cve = Une vulnérabilité
desk-research-kind-asn = Un numéro d’AS
