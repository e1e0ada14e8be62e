# Chiffres du travail sur les signalements et les incidents.
figures-title = Chiffres de la réponse
figures-hint = Chaque chiffre est fait de cas, comptés chacun le jour où il a pris fin. Médiane, p90 et p95 sont des valeurs mesurées (rang le plus proche) : la plus petite que 50, 90 et 95 cas sur cent ne dépassent pas. Il n’y a pas de moyenne. Ce que vous n’avez pas le droit de voir n’y entre pas.
figures-period = Période
figures-every-month = Mois
figures-every-quarter = Trimestres
figures-every-year = Années
figures-previous = Période précédente
figures-next = Période suivante
figures-before = Période précédente
figures-of = Cas
figures-of-all = Tous
figures-apart = Répartis par
figures-by-all = Tous
figures-by-class = Classe
figures-by-type = Type
figures-by-severity = Gravité
figures-by-sector = Secteur
figures-by-mailbox = Boîte de messagerie
figures-by-source = Source
figures-by-stage = Étape d’un délai
figures-by-stage-severity = Étape d’un délai et gravité
figures-by-hoster = Hébergeur
figures-by-tld = Domaine de premier niveau (TLD)
figures-by-constituent = Bénéficiaire
figures-by-constituent-how = Les bénéficiaires que nomme un incident, et celui que concerne un signalement, une investigation ou une contre-mesure. Un dossier qui en a plusieurs compte pour chacun d’eux. Comme ils peuvent être très nombreux, ces chiffres sont calculés à la demande.
figures-by-country = Pays
figures-by-country-how = Les pays des adresses IP que concerne un dossier : ses observables, les actifs de ses constats, la cible d’une contre-mesure. Ils sont cherchés dans la table des pays qui est chargée, telle qu’elle était lors de la dernière modification du dossier. Un dossier dont les adresses se trouvent dans plusieurs pays compte pour chacun d’eux ; sans adresse, ou avec des adresses absentes de la table, il ne compte pour aucun. Au-delà de 50 pays, seuls les 50 premiers dans l’ordre de leurs codes comptent.
figures-by-asn = Numéro d’AS
figures-by-asn-how = Les numéros d’AS des adresses IP que concerne un dossier, cherchés comme leurs pays dans la table qui est chargée. Un dossier dont les adresses se trouvent dans plusieurs réseaux compte pour chacun d’eux. Au-delà de 50 numéros d’AS, seuls les 50 plus petits comptent.
figures-by-technique = Technique ATT&CK
figures-by-technique-how = Les techniques notées pour un incident, sa chronologie ou ses tâches. Un incident qui en a plusieurs compte pour chacune d’elles ; les signalements, les investigations et les contre-mesures n’en ont pas.
figures-mailbox-usual = La boîte habituelle
figures-source-mail = Courriel
figures-source-arf = Plainte d’un fournisseur de messagerie (ARF)
figures-source-xarf = Signalement par machine (XARF)
figures-source-web = Formulaire public
figures-source-telephone = Téléphone
figures-source-api = Programme
figures-source-import = Autre système
figures-source-person = Membre de l’équipe
figures-source-rule = Règle de l’équipe
figures-marking = Marquage
figures-marking-up-to = Sont comptées les fiches jusqu’à { $tlp }
figures-team = Équipe
figures-measure = Chiffre
figures-n = Cas
figures-value = Valeur
figures-median = Médiane
figures-p90 = p90
figures-p95 = p95
figures-business = En heures ouvrées
figures-business-median = Médiane, heures ouvrées
figures-business-p90 = p90, heures ouvrées
figures-business-p95 = p95, heures ouvrées
figures-share = Part
figures-yes = Dont oui
figures-total = Total
figures-change = Évolution
figures-change-percent = { $value } %
figures-change-points = { $value } points
figures-times = Combien de temps
figures-shares = Combien de fois
figures-numbers = Combien
figures-course = Évolution dans le temps
figures-counted-at = Compté
figures-behind = Quelque chose a changé depuis que cette période a été comptée. Elle sera recomptée automatiquement.
figures-none = Aucun cas dans cette période
figures-none-how = Les chiffres viennent d’eux-mêmes du travail sur les signalements et les incidents, quelques secondes après. Choisissez une autre période, ou moins de conditions.
figures-no-parts = Aucun cas ne peut être réparti ainsi dans cette période.
figures-stages = Échéances tenues par étape et gravité
figures-stages-how = Les étapes des délais arrivées à échéance pendant cette période, selon la gravité de leur incident : la part tenue à temps, et sur combien.
figures-stages-met = { $share } ({ $yes } sur { $n })
figures-days = Incidents ouverts par jour
figures-days-how = Les incidents ouverts à la fin de chaque jour de cette période, pour aujourd’hui à l’instant : combien, combien d’entre eux étaient sans responsable, et leur ancienneté selon le calendrier.
figures-day = Jour
figures-unowned = Sans responsable
figures-days-owners = Responsables le
figures-waiting = Ouverts maintenant
figures-waiting-how = Les incidents nouveaux ou en cours, par responsable.
figures-waiting-none = Aucun incident n’est ouvert.
figures-owner = Responsable
figures-nobody = Personne
figures-open = Ouverts
figures-oldest = Le plus ancien depuis
figures-report = Rapport
figures-report-title = Chiffres de la réponse : { $period }
figures-definitions = Comment les chiffres sont faits
figures-changed = Ce qui a changé
figures-changed-nothing = Rien n’a changé de cinq pour cent ou plus là où les deux périodes ont cinq cas.
figures-told-rose = { $measure } : hausse de { $before } à { $now }, { $cases }.
figures-told-fell = { $measure } : baisse de { $before } à { $now }, { $cases }.
figures-cases = { $count ->
    [0] sur aucun cas
    [one] sur un cas
   *[other] sur { $count } cas
}
figures-cases-none = Aucun cas
figures-cases-none-how = Rien n’a été compté ici, ou vous n’avez pas le droit de le voir.
figures-cases-next = Suite
figures-at = Compté le
figures-no = non
figures-is-so = oui
figures-in-seconds = { $count ->
    [one] { $value } seconde
   *[other] { $value } secondes
}
figures-in-minutes = { $count ->
    [one] { $value } minute
   *[other] { $value } minutes
}
figures-in-hours = { $count ->
    [one] { $value } heure
   *[other] { $value } heures
}
figures-in-days = { $count ->
    [one] { $value } jour
   *[other] { $value } jours
}

figures-measure-detect = Délai de détection
figures-measure-detect-how = Du début des faits, tel que l’équipe l’a noté, à l’ouverture de l’incident.
figures-measure-detect-out = Laissés de côté : les incidents dont personne n’a noté le début, et ceux qui ont été fusionnés.
figures-measure-reply-machine = Délai de l’accusé de réception automatique
figures-measure-reply-machine-how = De l’arrivée d’un signalement à l’accusé de réception envoyé par la machine.
figures-measure-reply-machine-out = Laissés de côté : les signalements sans accusé automatique, comme ceux par téléphone, et ceux qui ont été fusionnés.
figures-measure-reply-person = Délai de la première réponse d’une personne
figures-measure-reply-person-how = De l’arrivée d’un signalement au premier courriel d’une personne de l’équipe à son auteur.
figures-measure-reply-person-out = Laissés de côté : les signalements restés sans réponse et ceux qui ont été fusionnés. Ils se trouvent dans la liste des signalements.
figures-measure-qualify = Délai de qualification
figures-measure-qualify-how = De l’arrivée d’un signalement à la décision sur ce qu’il est : lié à un incident, ou clos.
figures-measure-qualify-out = Laissés de côté : les signalements encore en suspens et ceux qui ont été fusionnés.
figures-measure-triage = Délai de tri
figures-measure-triage-how = De l’ouverture d’un incident à sa prise en charge.
figures-measure-triage-out = Laissés de côté : les incidents clos sans prise en charge ou encore en attente, ceux importés d’un autre outil, et ceux qui ont été fusionnés.
figures-measure-take-up = Délai de prise en charge
figures-measure-take-up-how = Du début des faits, tel que l’équipe l’a noté, à la prise en charge de l’incident.
figures-measure-take-up-out = Laissés de côté : les incidents dont personne n’a noté le début, ceux qui n’ont pas été pris en charge, et ceux qui ont été fusionnés.
figures-measure-notify = Délai de notification
figures-measure-notify-how = De l’ouverture d’un incident au premier courriel de l’équipe dans une investigation ou une contre-mesure de cet incident.
figures-measure-notify-out = Laissés de côté : les incidents où l’on n’a écrit à personne, et ceux qui ont été fusionnés. Les notifications automatiques sur les constats ont leurs propres chiffres.
figures-measure-contain = Délai d’endiguement
figures-measure-contain-how = De la prise en charge de l’incident à son endiguement, tel que l’équipe l’a noté. Sans prise en charge, depuis son ouverture.
figures-measure-contain-out = Laissés de côté : les incidents dont personne n’a noté l’endiguement, et ceux qui ont été fusionnés.
figures-measure-resolve = Délai de résolution
figures-measure-resolve-how = De la première prise en charge de l’incident à sa dernière clôture. Sans prise en charge, depuis son ouverture.
figures-measure-resolve-out = Laissés de côté : les incidents ouverts, abandonnés ou fusionnés.
figures-measure-takedown = Délai de retrait
figures-measure-takedown-how = De la demande d’une contre-mesure à sa première activation.
figures-measure-takedown-out = Laissées de côté : les contre-mesures qui n’ont jamais été actives, et celles qui ont été fusionnées.
figures-measure-backlog = Âge des incidents ouverts
figures-measure-backlog-how = Depuis combien de temps les incidents étaient ouverts à la fin de la période ; dans la période en cours, maintenant. Les cas forment l’encours.
figures-measure-backlog-out = Rien n’est laissé de côté. Un incident clos puis rouvert compte comme ouvert pendant tout ce temps.
figures-measure-in-time = Échéances tenues
figures-measure-in-time-how = Les étapes des délais, de la loi et de l’équipe, remplies à l’échéance ou avant. Par jour d’échéance.
figures-measure-in-time-out = Laissées de côté : les étapes en cours, arrêtées, ou qui ne concernent pas la gravité de leur incident ; et les incidents fusionnés.
figures-measure-promoted = Signalements devenus incidents
figures-measure-promoted-how = Parmi les signalements arrivés, ceux qui sont liés à un incident. Par jour d’arrivée.
figures-measure-promoted-out = Laissés de côté : les signalements fusionnés et les courriels retenus d’inconnus.
figures-measure-portal = Signalements déposés par le formulaire public
figures-measure-portal-how = Parmi les signalements arrivés, ceux qui ont été déposés par le formulaire public. Par jour d’arrivée.
figures-measure-portal-out = Laissés de côté : les signalements fusionnés et les courriels retenus d’inconnus.
figures-measure-fixed = Corrigés après notification
figures-measure-fixed-how = Parmi les incidents clos après que l’équipe a écrit à quelqu’un à leur sujet, ceux dont les constats étaient corrigés à la clôture.
figures-measure-fixed-out = Laissés de côté : les incidents pour lesquels personne n’a reçu de lettre, les incidents ouverts et fusionnés.
figures-measure-false = Faux positifs
figures-measure-false-how = Parmi les incidents clos, ceux qui étaient des faux positifs.
figures-measure-false-out = Laissés de côté : les incidents ouverts et fusionnés.
figures-measure-duplicate = Doublons
figures-measure-duplicate-how = Parmi les incidents clos, ceux qui ont été fusionnés avec un autre ou clos comme doublons.
figures-measure-duplicate-out = Laissés de côté : les incidents ouverts.
figures-measure-reopened = Rouverts
figures-measure-reopened-how = Parmi les clôtures, celles après lesquelles l’incident a été rouvert.
figures-measure-reopened-out = Laissées de côté : les clôtures groupées aussitôt annulées, et celles par fusion. Des incidents importés d’un autre outil, seule la dernière clôture est connue.
figures-measure-delivered = Courriels remis
figures-measure-delivered-how = Parmi les lettres à chaque destinataire, celles qui sont parties et ne sont pas revenues.
figures-measure-delivered-out = Laissées de côté : les lettres en attente ou arrêtées.
figures-measure-answered = Demandes avec réponse
figures-measure-answered-how = Parmi les investigations et les contre-mesures où l’équipe a écrit, celles où l’on a répondu. Par jour de la première lettre.
figures-measure-answered-out = Laissées de côté : celles où rien n’a été écrit et celles qui ont été fusionnées. Une réponse automatique n’est pas une réponse.
figures-measure-mails-in = Courriels reçus par incident
figures-measure-mails-in-how = Les courriels reçus dans tout ce qui appartient à un incident. Par jour de clôture.
figures-measure-mails-in-out = Laissés de côté : les incidents ouverts et fusionnés, les courriels retenus. Les heures de travail ne sont pas relevées : il n’y en a pas de chiffre.
figures-measure-mails-out = Courriels envoyés par incident
figures-measure-mails-out-how = Les courriels écrits par l’équipe et les envois automatiques dans tout ce qui appartient à un incident. Par jour de clôture.
figures-measure-mails-out-out = Laissés de côté : les incidents ouverts et fusionnés.
figures-measure-organisations = Organisations par incident
figures-measure-organisations-how = Les bénéficiaires qu’un incident nomme. Par jour de clôture.
figures-measure-organisations-out = Laissés de côté : les incidents ouverts et fusionnés. Les organisations qui ne sont pas des bénéficiaires ne sont pas comptées.

figures-moments = Déroulement de l’incident
figures-moments-how = Les délais de détection, de prise en charge et d’endiguement se mesurent d’après ces moments. Ils se remplissent et se corrigent pendant le travail sur l’incident, et après.
figures-occurred = Début des faits
figures-occurred-utc = Début des faits (UTC)
figures-contained = Endigué
figures-contained-utc = Endigué (UTC)
figures-did-note = Noté.

figures-contacts = Bénéficiaires joignables
figures-contacts-how = En l’état actuel, d’après le meilleur de leurs contacts. Relevé toutes les demi-heures.
figures-contacts-all = Bénéficiaires actifs
figures-contacts-named = Avec une adresse électronique
figures-contacts-working = Avec une adresse qui reçoit les courriels
figures-contacts-tested = Avec une adresse qui fonctionne et à laquelle on a écrit
figures-contacts-keyed = Avec une adresse qui a une clé acceptée
figures-contacts-whole = Avec une adresse qui fonctionne, à laquelle on a écrit et qui a une clé

figures-notices = Notifications de constats des 90 derniers jours
figures-notices-how = Ce que sont devenues les notifications parties, jusqu’au marquage choisi, et les constats signalés à leurs bénéficiaires. Une notification compte comme ouverte quand quelqu’un a répondu sur la page de son lien : la simple consultation d’une page n’est pas enregistrée, et les programmes qui vérifient les courriels ouvrent aussi les liens. Relevé toutes les demi-heures.
figures-notices-left = Notifications parties
figures-notices-returned = Dont revenues de tous leurs destinataires
figures-notices-opened = Dont ouvertes et suivies d’une réponse par leur lien
figures-notices-findings = Constats qu’elles signalaient
figures-notices-fixed = Constats corrigés après l’information du bénéficiaire
figures-notices-unseen = Constats qui ne sont plus observés après l’information du bénéficiaire
