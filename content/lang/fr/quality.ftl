# Chiffres de qualité, et ce que ce Manara peut montrer pour une évaluation.
quality-title = Fonctionnement des services
quality-hint = Chaque chiffre est tiré de ce que l’équipe a accompli et de ce qui a été noté alors. Sans cas, pas de chiffre. Ce que vous n’avez pas le droit de voir n’y entre pas.
quality-from = Du
quality-to = Au
quality-figure = Chiffre
quality-value = Valeur
quality-n = Cas
quality-period = Période
quality-month = Mois
quality-revision = Version de la définition
quality-definition = Comment il est fait
quality-list = La liste d’où il vient
quality-no-case = Aucun cas encore
quality-met = Objectif atteint
quality-missed = Objectif manqué
quality-at-most = Objectif : { $value } au plus.
quality-at-least = Objectif : { $value } au moins.
quality-p90 = Neuf sur dix : { $value } au plus
quality-cut = Seuls les plus récents sont comptés.
quality-speaks = Éléments concernés
quality-needed = Améliorations nécessaires
quality-needed-hint = Pour chaque objectif manqué : les briques qui y remédient et les éléments des référentiels concernés.
quality-needed-none = Aucun objectif n’est manqué.
quality-cases = { $count ->
    [0] sur aucun cas
    [one] sur un cas
   *[other] sur { $count } cas
}
quality-waiting = { $count ->
    [0] Aucun cas n’attend.
    [one] Un cas attend encore et n’est pas compté.
   *[other] { $count } cas attendent encore et ne sont pas comptés.
}
quality-in-hours = { $count ->
    [one] { $value } heure
   *[other] { $value } heures
}
quality-in-days = { $count ->
    [one] { $value } jour
   *[other] { $value } jours
}
quality-in-people = { $count ->
    [one] { $value } personne
   *[other] { $value } personnes
}
quality-figure-acknowledge = Délai de prise en charge d’un incident
quality-figure-acknowledge-how = De l’ouverture de l’incident par une règle au premier geste d’une personne : la médiane, au rang le plus proche. Les incidents ouverts par des personnes et les incidents fusionnés sont exclus. Au jour de l’ouverture.
quality-figure-notify = Délai de notification
quality-figure-notify-how = Depuis le brouillon de la notification, fait à la lecture du fichier du flux, jusqu’à son départ vers le serveur de messagerie ou la boîte : la médiane. Sans rappels ni lettres aux instances supérieures. Au jour du départ.
quality-figure-resolve = Délai de résolution d’un incident
quality-figure-resolve-how = De l’ouverture à la clôture des incidents menés à terme : la médiane. Sans les incidents abandonnés ou fusionnés. Au jour de la clôture.
quality-figure-in-time = Incidents clos dans leur délai
quality-figure-in-time-how = Parmi les incidents clos qui avaient une échéance, ceux qui l’ont été avant elle. Au jour de la clôture.
quality-figure-reply = Délai de réponse à un signalement
quality-figure-reply-how = De l’arrivée d’un signalement au premier courriel d’une personne de l’équipe à son auteur : la médiane. Les signalements sans réponse ou fusionnés sont laissés de côté. Au jour de la réponse.
quality-figure-takedown = Délai de retrait
quality-figure-takedown-how = De la demande d’une contre-mesure à sa première activation : la médiane. Celles qui n’ont jamais été actives sont laissées de côté. Au jour de l’activation.
quality-figure-deadlines = Échéances tenues
quality-figure-deadlines-how = Les étapes des délais remplies à temps, parmi celles qui sont remplies ou en retard. Les étapes en cours ou arrêtées sont laissées de côté. Au jour de l’échéance.
quality-figure-reopened = Incidents rouverts
quality-figure-reopened-how = Les clôtures après lesquelles l’incident a été rouvert, parmi toutes. Les fusions et les clôtures annulées sont laissées de côté. Au jour de la clôture.
quality-figure-answered = Notifications avec réponse
quality-figure-answered-how = Parmi les notifications parties, celles qui ont reçu au moins une réponse partielle jusqu’ici. Au jour du départ ; les plus récentes ont encore du temps.
quality-figure-answer-days = Délai de la première réponse
quality-figure-answer-days-how = Du départ de la notification à sa première réponse : la médiane. Au jour du départ.
quality-figure-false-positives = Faux positifs
quality-figure-false-positives-how = Parmi les constats dont le dernier mot est « corrigé » ou « faux positif », la part de faux positifs. Au jour de ce mot.
quality-figure-contacts = Bénéficiaires avec un contact
quality-figure-contacts-how = Parmi les bénéficiaires actifs, ceux qui ont un contact actif avec une adresse électronique. Selon la situation actuelle.
quality-figure-networks = Bénéficiaires avec des réseaux
quality-figure-networks-how = Parmi les bénéficiaires actifs, ceux qui ont un réseau, un numéro d’AS ou un domaine. Selon la situation actuelle.
quality-figure-watch-days = Jours où quelqu’un a travaillé
quality-figure-watch-days-how = Parmi les jours depuis le début du journal, ceux où une personne de l’équipe a fait quelque chose. Les programmes ne comptent pas. Les jours sont en UTC.
quality-figure-watch-people = Personnes au travail par jour
quality-figure-watch-people-how = Les jours où quelqu’un a travaillé, combien de personnes de l’équipe ont fait quelque chose : la médiane. Les noms ne sont pas conservés.
quality-figure-gone = Un chiffre que ce Manara n’a plus
quality-live-title = Ce que ce Manara peut montrer pour { $subject }
quality-live-hint = Chiffres des quatre-vingt-dix derniers jours qui concernent des éléments de ce référentiel. Une fois accepté, un chiffre devient une preuve tel qu’il était, avec sa période, son nombre de cas, sa version et son empreinte. Il ne relève aucun niveau tant qu’un modérateur ne l’a pas examiné, et il expire.
quality-live-join = Pour accepter un chiffre, participez d’abord à l’évaluation.
quality-live-offers = Chiffres proposés
quality-live-none = Aucun chiffre ne concerne encore ce référentiel
quality-live-none-how = Les chiffres viennent avec le travail de l’équipe. Les objectifs disent quels éléments un chiffre concerne.
quality-live-accepted = Acceptés
quality-accept = Accepter comme preuve
quality-accept-for = Accepter comme preuve : { $figure }, pour { $item }
quality-accepted = Accepté
quality-did-accept = Le chiffre est maintenant une preuve. Un modérateur l’évalue.
quality-live-open = Ce que ce Manara peut montrer
quality-figure-trained = Personnes avec un certificat valable
quality-figure-trained-how = Parmi les personnes qui peuvent se connecter, celles qui ont réussi depuis un an au plus un cours d’un service activé. Tel que c’est maintenant. Aucun nom n’est gardé.
quality-figure-manual-read = Personnes qui connaissent le manuel tel qu’il est
quality-figure-manual-read-how = Parmi les personnes qui peuvent se connecter, celles qui ont lu la version actuelle de chaque document du manuel, dans n’importe quelle langue. Tel que c’est maintenant. Aucun nom n’est gardé.
quality-evidence = { $figure } : { $value } ({ $cases }, { $from } – { $until })
quality-in-times = { $count ->
    [0] zéro fois
    [one] une fois
   *[other] { $value } fois
}
quality-figure-exercises = Exercices tenus
quality-figure-exercises-how = Combien d’exercices de la période ont été tenus. Les cas sont les exercices prévus pour elle dont les jours sont passés, ou qui ont été tenus : celui dont personne n’a dit qu’il avait eu lieu compte pour zéro. Sans les exercices annulés ou retirés. Au dernier jour.
quality-figure-exercise-objectives = Objectifs d’exercices atteints
quality-figure-exercise-objectives-how = Parmi les objectifs essayés dans des exercices tenus, ceux qui ont été atteints en entier. Ceux qui n’ont pas été essayés, ou dont on n’a encore rien dit, attendent. Au dernier jour de l’exercice.
quality-figure-exercise-lessons = Leçons appliquées à temps
quality-figure-exercise-lessons-how = Parmi les leçons qui ont une échéance, celles qui ont été appliquées avant elle. Une leçon appliquée plus tard, ou pas encore appliquée après l’échéance, ne l’a pas été à temps. Au jour de l’échéance, ou au jour où elle fut appliquée s’il la précède.
