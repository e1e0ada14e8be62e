# Accueil
app-home-title = La veille en ce moment
app-home-now = Ce qui vous attend
app-home-quiet = Rien n’attend. Tous les flux arrivent, et il ne reste personne à prévenir.
app-home-new-high = Nouveaux, gravité élevée ou critique
app-home-new = Nouveaux constats
app-home-live = Constats en cours
app-home-drafts = Notifications à approuver
app-home-second = Notifications en attente d’une seconde personne
app-home-notices-failed = Notifications non envoyées
app-home-help = Bénéficiaires qui demandent de l’aide
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

# Situation d’un bénéficiaire
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
    [one] Son secteur est affiché dès qu’un de ses bénéficiaires a des chiffres.
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
app-incident-finding-moved = constat désormais : { $state }
app-incident-answered = réponse : { $said }
app-incident-answered-saying = réponse : { $said } — « { $comment } »

# Journal
app-verb-nation-set = a réglé le pays et l’équipe
app-verb-mail-set = a réglé l’envoi des courriels
app-verb-setup-dismissed = a masqué le rappel de configuration
app-verb-digest-wanted = a demandé le bulletin quotidien
app-verb-digest-unwanted = ne veut plus du bulletin quotidien
app-verb-digest-made = a écrit le bulletin quotidien
app-verb-digest-sent = a envoyé le bulletin quotidien
app-verb-digest-failed = n’a pas pu envoyer le bulletin quotidien
app-verb-clock-mail-sent = a envoyé un courriel sur un délai
app-verb-clock-mail-failed = n’a pas pu envoyer un courriel sur un délai
