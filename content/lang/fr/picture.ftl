# Accueil : ce qui est comparé à la semaine passée
picture-home-reopened = Constats rouverts
picture-home-unanswered = Notifications sans réponse
picture-home-urgent-hint = Les colonnes indiquent la criticité du bénéficiaire. Chaque nombre mène à ses constats.
picture-home-changes = Les petits nombres disent l’écart avec le même jour de la semaine passée.
picture-more = { $count } de plus qu’il y a une semaine
picture-fewer = { $count } de moins qu’il y a une semaine
picture-same = autant qu’il y a une semaine

# La situation nationale
picture-title = La situation nationale
picture-span = Jours montrés
picture-span-day = Aujourd’hui
picture-span-week = 7 jours
picture-span-month = 30 jours
picture-span-quarter = 90 jours
picture-from-until = Constats observés pour la première fois, et événements survenus, du
picture-compared = { $days ->
    [1] Comparé à la veille.
   *[other] Comparé aux { $days } jours précédents.
}
picture-nothing = Rien n’a été observé ces jours-là
picture-nothing-how = Choisissez une durée plus longue ci-dessus, ou déposez les fichiers de ces jours à la page Lots.
picture-findings = Nouveaux constats
picture-hit = Bénéficiaires concernés
picture-events = Événements
picture-countries = Pays de leurs sources
picture-now = Maintenant
picture-before = Avant
picture-change = Écart
picture-by-day = Nouveaux constats par jour et par classe
picture-other-classes = Autres classes
picture-by-sector = Nouveaux constats par secteur
picture-sector = Secteur
picture-no-sector = N’est plus bénéficiaire
picture-by-class = Nouveaux constats par classe
picture-class = Classe
picture-by-operator = Nouveaux constats par opérateur de réseau
picture-by-operator-hint = Le numéro d’AS du côté qui est le nôtre, selon la source ou la table des préfixes.
picture-operator = Opérateur de réseau
picture-unknown = Inconnu
picture-rates = Nouveaux constats pour 1 000 adresses
picture-constituent = Bénéficiaire
picture-rate = Pour 1 000
picture-findings-short = Constats
picture-addresses = Adresses IPv4
picture-rates-hint = Parmi les bénéficiaires d’au moins 256 adresses IPv4. Une adresse compte une fois, pour le titulaire du plus petit réseau qui la contient : ce qu’un autre bénéficiaire possède à l’intérieur d’un réseau en est déduit.
picture-sources = Où sont les sources
picture-sources-hint = Événements par pays et opérateur de leur extrémité source. Les balayages de nos propres réseaux comptent comme nôtres.
picture-map-label = Carte du monde avec un point pour chaque pays d’où viennent des événements ; le tableau ci-dessous a les nombres
picture-off-map = { $count ->
    [one] Un événement ne vient d’aucun lieu de la carte.
   *[other] { $count } événements ne viennent d’aucun lieu de la carte.
}
picture-sources-table = Événements par pays et opérateur de leur source
picture-country = Pays
picture-share = Part
picture-more-countries = { $count ->
    [one] Un autre pays est dans l’export.
   *[other] { $count } autres pays sont dans l’export.
}

# L’écran mural
picture-wall-title = Écran mural
picture-wall-leave = Quitter l’écran mural
picture-wall-still = Ne plus actualiser
picture-wall-refresh = { $count ->
    [one] Actualiser toutes les secondes
   *[other] Actualiser toutes les { $count } secondes
}
picture-wall-every = { $count ->
    [one] Actualisé toutes les secondes
   *[other] Actualisé toutes les { $count } secondes
}

# Le bulletin quotidien
picture-digest-title = Bulletin quotidien
picture-digest-what = Voici ce que ses lecteurs reçoivent par courriel pour ce jour, dans leur langue et dans la limite de leur marquage. Les chiffres suivis de « à présent » valent pour cet instant.
picture-digest-off = Personne ne le reçoit encore.
picture-digest-readers = { $count ->
    [one] Un lecteur le reçoit chaque matin.
   *[other] { $count } lecteurs le reçoivent chaque matin.
}
picture-digest-day = Jour
picture-digest-to = À
picture-digest-language = Langue
picture-digest-state = État
picture-digest-when = Quand
picture-digest-posted = Derniers bulletins
picture-digest-state-due = En attente
picture-digest-state-sent = Envoyé
picture-digest-state-kept = Conservé dans la boîte intégrée
picture-digest-state-failed = Échec
picture-digest-to-findings = Constats observés pour la première fois ce jour
picture-digest-to-notices = Notifications sans réponse
picture-digest-to-incidents = Incidents ouverts ce jour
picture-digest-to-feeds = Flux silencieux
picture-digest-subject = { $team } : { $day }, nouveaux constats { $opened }, nouveaux incidents { $incidents }
picture-digest-head = La veille du { $day } (UTC)
picture-digest-section-came = Ce qui est arrivé
picture-digest-batches = Fichiers lus : { $count }
picture-digest-batches-failed = Fichiers illisibles : { $count }
picture-digest-events = Événements : { $count }
picture-digest-rejects = Lignes illisibles : { $count }
picture-digest-section-findings = Constats
picture-digest-opened = Ouverts : { $count }
picture-digest-reopened = Rouverts : { $count }
picture-digest-fixed = Corrigés : { $count }
picture-digest-refuted = Déclarés faux : { $count }
picture-digest-expired = Expirés : { $count }
picture-digest-live = En cours à présent : { $count }
picture-digest-section-notices = Notifications
picture-digest-sent = Envoyées : { $count }
picture-digest-told = Constats signalés : { $count }
picture-digest-answers = Réponses reçues : { $count }
picture-digest-unanswered = Sans réponse à présent : { $count }
picture-digest-drafts = À approuver à présent : { $count }
picture-digest-section-incidents = Incidents
picture-digest-incidents-opened = Ouverts : { $count }
picture-digest-incidents-closed = Clos : { $count }
picture-digest-incidents-live = En cours à présent : { $count }
picture-digest-overdue = En retard à présent : { $count }
picture-digest-section-feeds = Flux
picture-digest-silent = Silencieux à présent : { $count }
picture-digest-drift = Dont les colonnes ont changé : { $count }
picture-digest-more-feeds = et { $count } autres
picture-digest-foot = Produit par Manara. Vous le recevez parce que cirt.toml vous nomme sous [digest].
picture-digest-foot-asked = Produit par Manara. Vous le recevez parce que vous l’avez demandé. Pour une autre heure, une autre adresse, ou ne plus le recevoir : { $page }
picture-digest-mine = Me l’envoyer
picture-digest-has-wish = Vous recevez chaque jour le bulletin de la veille.
picture-digest-no-wish = Vous ne recevez pas le bulletin. Dites où il va et à quelle heure ; il est écrit dans votre langue, dans la limite de votre marquage.
picture-digest-mail = Mon adresse électronique
picture-digest-hour = À cette heure
picture-digest-hour-hint = À votre propre horloge. Si l’heure est passée aujourd’hui, le premier arrive dans un instant.
picture-digest-want = Me l’envoyer chaque jour
picture-digest-stop = Ne plus me l’envoyer
picture-digest-wanted = Le bulletin va chaque jour à { $mail }.
picture-digest-unwanted = Le bulletin ne vous est plus envoyé.
picture-digest-bad-wish = Cela ne convient pas : donnez une adresse électronique, telle que vous@example.org, et une heure de la liste.
