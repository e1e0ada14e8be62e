# Accueil
app-home-title = La veille en ce moment
app-home-now = Ce qui vous attend
app-home-quiet = Rien n’attend. Tous les flux parlent, et il ne reste personne à prévenir.
app-home-new-high = Nouveaux, gravité élevée ou critique
app-home-new = Nouveaux constats
app-home-live = Constats en cours
app-home-drafts = Notifications à approuver
app-home-notices-failed = Notifications non parties
app-home-help = Bénéficiaires qui demandent de l'aide
app-home-unowned = Incidents sans responsable
app-home-mine = Mes incidents
app-home-overdue = Incidents en retard
app-home-incidents = Incidents en cours par ancienneté
app-home-silent = Flux silencieux
app-home-drift = Flux dont les colonnes ont changé
app-home-waiting = Lots en attente
app-home-failed = Lots échoués
app-home-urgent = Nouveaux constats par gravité et criticité
app-home-severity = Gravité
app-home-all = Tous
app-home-by-constituent = Constats en cours par bénéficiaire
app-home-by-type = Constats en cours par type
app-home-by-sector = Constats en cours par secteur
app-home-live-chart = Constats en cours à la fin de chaque jour
app-home-fixed-chart = Constats corrigés chaque jour
app-home-events-chart = Événements par jour de réception

# Premiers pas
app-first-title = Premiers pas
app-first-what = Manara veille dès qu’elle sait qui elle sert, à qui sont les adresses, et qu’elle a un flux. Sur le serveur, tapez :
app-first-done = Fait
app-first-to-do = À faire
app-first-constituents = Importer les bénéficiaires
app-first-constituents-how = Un fichier CSV avec les organisations que vous servez et leurs réseaux. L’en-tête cidr,asn,org,sector,abuse_contact suffit pour commencer.
app-first-tables = Charger les tables qui enrichissent les événements
app-first-tables-how = Quel réseau appartient à quel AS (des lignes avec un préfixe, une tabulation et un numéro), et les fichiers « delegated » de votre registre régional pour les pays.
app-first-feed = Lire un premier flux
app-first-feed-how = Un rapport Shadowserver, la sortie de Suricata ou de Zeek, ou tout flux qui a une correspondance. Vous pouvez aussi le déposer à la page Lots.

# Situation d'un bénéficiaire
app-standing-title = Situation
app-standing-trend = Constats par semaine de première observation
app-standing-open = Constats ouverts
app-standing-mended = Corrigés ces { $days } derniers jours
app-standing-since-seen = Délai médian entre première observation et correction
app-standing-since-told = Délai médian entre notification et correction
app-standing-sector = Médiane du secteur { $sector }
app-standing-faster = Plus rapide que son secteur.
app-standing-same = Aussi rapide que son secteur.
app-standing-slower = Plus lent que son secteur.
app-standing-of = { $count ->
    [one] sur un bénéficiaire
   *[other] sur { $count } bénéficiaires
}
app-standing-few = { $count ->
    [one] Son secteur est affiché dès qu'un de ses bénéficiaires a des chiffres.
   *[other] Son secteur est affiché dès que { $count } de ses bénéficiaires ont des chiffres.
}
app-standing-hours = { $count ->
    [one] une heure
   *[other] { $count } heures
}
app-standing-days = { $count ->
    [one] un jour
   *[other] { $count } jours
}

# La chronologie d’un incident
app-incident-notice-sent = notification envoyée à { $constituent }
app-incident-finding-moved = constat désormais : { $state }
app-incident-answered = réponse : { $said }
app-incident-answered-saying = réponse : { $said } — « { $comment } »
