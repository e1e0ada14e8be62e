# Travail sur les incidents : tâches, délais, revue, rapport

## Tâches
work-tasks = Tâches
work-tasks-title = Tâches de { $number }
work-task-title = Tâche de { $number }
work-tasks-all = Toutes les tâches
work-tasks-none = Il n’y a pas encore de tâche.
work-tasks-none-how = Appliquez une fiche réflexe ou ajoutez une tâche.
work-task = Tâche
work-what = Ce qu’il faut faire
work-body = Détails
work-steps = Étapes
work-own = Tâches ajoutées
work-checks = Vérifications de clôture
work-lessons = Leçons
work-lesson = Ce qui change en conséquence
work-lessons-none = Aucune leçon n’a été notée.
work-lessons-none-how = Notez ce qui doit changer, avec un responsable et une date.
work-who = Qui
work-due = Échéance
work-due-utc = Échéance (UTC)
work-due-wrong = Cela n’a pas été fait : une heure s’écrit comme 2026-11-22T14:30, en UTC.
work-ended = Terminée
work-late = en retard
work-note = Note
work-reason = Raison
work-decided = Décision
work-letter = Lettre
work-needs = Après ces étapes
work-then = ensuite :
work-do = À faire
work-change = Modifier
work-add = Nouvelle tâche
work-removed = Retirées
work-waiting = En attente d’une décision
work-waiting-how = Une décision dira si ces étapes sont nécessaires.
work-required = obligatoire
work-mention-hint = Écrivez @ et un nom de connexion pour mentionner quelqu’un.
work-task-waiting = en attente d’une décision
work-task-open = à faire
work-task-done = faite
work-task-skipped = ignorée
work-task-is-removed = Cette tâche a été retirée.
work-task-stale = Quelqu’un a modifié cette tâche pendant que vous l’aviez ouverte. Vos valeurs sont dans le formulaire, les siennes à côté ; comparez-les et enregistrez de nouveau.
work-role-handler = gestionnaire
work-role-analyst = analyste
work-role-duty-officer = permanence
work-role-head = responsable de l’équipe
work-role-communication = communication
work-role-administrator = administrateur
work-progress = { $ended } sur { $count } terminées
work-checks-open = { $count ->
    [one] Une vérification de clôture est ouverte.
   *[other] { $count } vérifications de clôture sont ouvertes.
}
work-close-checks = Ces vérifications de clôture sont ouvertes. Vous pouvez clore l’incident malgré tout ; c’est consigné.
work-close-tasks = { $count ->
    [one] Une autre tâche est ouverte.
   *[other] { $count } autres tâches sont ouvertes.
}

## Ce que font les boutons
work-do-done = Fait
work-do-decide = Décider
work-do-skip = Ignorer
work-do-reopen = Rouvrir
work-do-remove = Retirer
work-do-restore = Rétablir
work-do-add = Ajouter la tâche
work-do-add-lesson = Ajouter la leçon
work-do-apply = Appliquer
work-do-remove-playbook = Retirer
work-do-tag = Ajouter
work-do-untag = Retirer
work-do-untag-which = Retirer { $technique }
work-do-start = Lancer le délai
work-do-meet = Noter comme tenu
work-do-stop = Arrêter le délai
work-do-see = Marquer comme vu
work-do-hand-over = Transmettre
work-do-take-over = Prendre la relève
work-did-apply = La fiche réflexe a été appliquée.
work-did-remove-playbook = La fiche réflexe a été retirée. Ce qui est fait reste.
work-did-add = La tâche a été ajoutée.
work-did-change = La tâche a été modifiée.
work-did-done = Fait : { $title }
work-did-skip = Ignorée : { $title }
work-did-reopen = Rouverte : { $title }
work-did-remove = Retirée : { $title }
work-did-restore = Rétablie : { $title }
work-did-tag = La technique a été ajoutée.
work-did-untag = La technique a été retirée.
work-did-start = Le délai court.
work-did-moments = Le délai est maintenant compté à partir de ces moments.
work-did-meet = Noté comme tenu à temps.
work-did-meet-late = Noté comme tenu, mais en retard.
work-did-unmeet = Ce n’est plus noté comme tenu.
work-did-stop = Le délai a été arrêté.
work-did-see = Noté comme vu.
work-did-review = Les réponses ont été gardées.
work-did-finish-review = La revue est terminée.
work-did-hand-over = La relève a été écrite.
work-did-take-over = Vous avez pris la relève.

## Fiches réflexes et techniques
work-playbooks = Fiches réflexes
work-playbooks-none = Aucune fiche réflexe n’est appliquée.
work-playbooks-none-how = Ses étapes et vérifications deviennent des tâches.
work-playbook-choose = Fiche réflexe
work-playbooks-fitting = Pour ce type
work-playbooks-others = Autres
work-techniques = Techniques MITRE ATT&CK
work-technique = Technique
work-techniques-none = Aucune technique n’est nommée.
work-techniques-none-how = Saisissez son numéro, par exemple T1566.002.

## Délais
work-clocks = Délais
work-clocks-title = Délais de { $number }
work-clocks-none = Aucun délai ne court.
work-clocks-none-how = Lancez le délai d’une règle de droit ou de l’équipe.
work-clocks-quiet = Tout ce qui était dû est tenu, ou attend autre chose.
work-clock-source = Source : { $source }
work-clock-unverified = Personne n’a encore comparé cette règle à sa source. Consultez la source avant de vous y fier.
work-unverified = non vérifiée
work-clock-stopped = Arrêté par { $who } le { $when } : { $why }
work-clock-is-stopped = Arrêté :
work-clock-start = Lancer un délai
work-clock-start-how = Ce qui est compté depuis le signalement ou la décision part de l’ouverture de l’incident ; vous pouvez le changer ensuite.
work-rule = Règle
work-rules-verified = Comparées à leur source
work-rules-unverified = Pas encore comparées à leur source
work-stage = Étape
work-recipient = Qui doit être informé
work-contents = Contenu
work-met = Tenu
work-met-utc = Tenu le (UTC)
work-remark = Remarque
work-moments = Compté à partir de
work-moments-how = Les étapes tenues gardent leur échéance.
work-aware-utc = Prise de connaissance le (UTC)
work-reported-utc = Signalé le (UTC)
work-classified-utc = Qualifié le (UTC)
work-counted = { $span }, { $from }
work-span-min = { $count ->
    [one] une minute
   *[other] { $count } minutes
}
work-span-h = { $count ->
    [one] une heure
   *[other] { $count } heures
}
work-span-d = { $count ->
    [one] un jour
   *[other] { $count } jours
}
work-span-bd = { $count ->
    [one] un jour ouvré
   *[other] { $count } jours ouvrés
}
work-span-mo = { $count ->
    [one] un mois
   *[other] { $count } mois
}
work-from-aware = à partir de la prise de connaissance
work-from-reported = à partir du signalement
work-from-classified = à partir de la qualification
work-from-closed = à partir de la clôture
work-from-stage = à partir de « { $stage } »
work-standing-off = ne concerne pas cet incident
work-standing-waiting = pas commencé
work-standing-running = en cours
work-standing-soon = bientôt dû
work-standing-late = en retard
work-standing-met = tenu à temps
work-standing-met-late = tenu en retard
work-stages-off = { $count ->
    [one] Une étape ne concerne pas cet incident.
   *[other] { $count } étapes ne concernent pas cet incident.
}
work-running-title = Délais en cours
work-running-all = Tous les délais en cours
work-running-none = Aucun délai ne court
work-running-none-how = Les délais commencent avec un incident, ou sont lancés sur sa page.
work-running-late = { $count ->
    [one] Une étape est en retard.
   *[other] { $count } étapes sont en retard.
}
work-left-out = Ces fichiers n’ont pas pu être lus et sont laissés de côté. Corrigez-les, puis redémarrez ou enregistrez les réglages.

## Courriels sur les délais
work-mail-soon-subject = { $number } : bientôt dû : { $stage }
work-mail-late-subject = { $number } : en retard : { $stage }
work-mail-soon = Pour l’incident { $number }, l’étape « { $stage } » ({ $clock }) est bientôt due.
work-mail-late = Pour l’incident { $number }, l’étape « { $stage } » ({ $clock }) est en retard.
work-mail-who = Qui doit être informé : { $recipient }
work-mail-due = Échéance : { $due }
work-mail-page = Page : { $page }

## Ce qui m’attend
work-mine-title = Mon travail
work-mine-none = Aucune tâche ouverte
work-mine-none-how = Les tâches qui vous sont attribuées apparaissent ici, les plus urgentes d’abord.
work-show-mine = Les miennes
work-show-all = Celles de tous
work-mentions = On vous a mentionné
work-handover-title = Relève
work-handover-new = Pour l’équipe suivante
work-handover-body = Ce que l’équipe suivante doit savoir
work-handover-none = Aucune relève pour l’instant
work-handover-none-how = Écrivez ce qui est en cours, qui attend qui, et ce qui est dû.
work-handover-taken = relève prise

## Revue et rapport
work-review = Revue
work-review-title = Revue de { $number }
work-review-later = La revue se remplit quand l’incident est clos.
work-review-stale = Quelqu’un a rempli cette revue pendant que vous l’aviez ouverte. Rien n’est perdu : le formulaire contient ce que vous avez écrit, et sous chaque réponse modifiée figure la réponse actuelle. Enregistrez pour garder ce qui est dans le formulaire.
work-review-finished = revue terminée
work-review-finish = La revue est terminée
work-review-open = La revue n’est pas terminée.
work-review-open-question = sans réponse
work-review-no-questions = Les questions de la revue ne peuvent pas être lues ; le fichier est nommé sur la page d’accueil.
work-review-yes = Oui
work-review-no = Non
work-report = Rapport d’incident
work-report-title = Rapport d’incident { $number }
work-report-observables = Observables
work-report-tickets = Signalements, investigations, contre-mesures
work-report-kind = Nature
work-report-value = Valeur
work-ticket-report = signalement
work-ticket-investigation = investigation
work-ticket-countermeasure = contre-mesure

## Sur la page d’accueil
work-home-tasks = { $count ->
    [one] Une tâche vous est attribuée.
   *[other] { $count } tâches vous sont attribuées.
}
work-home-mentions = { $count ->
    [one] Vous avez été mentionné une fois.
   *[other] Vous avez été mentionné { $count } fois.
}

## Les listes des tâches et des délais
work-list-search = Tâche, numéro ou titre de l’incident
work-list-words-open = Les mots ne sont cherchés que parmi les tâches ouvertes. Les tâches terminées se trouvent par leur incident.
work-list-words-incidents = Chercher les mêmes mots parmi les incidents
work-list-search-clocks = Étape, règle, numéro ou titre de l’incident
work-list-kind = Nature
work-list-kind-step = Étape d’une fiche réflexe
work-list-kind-own = Ajoutée par l’équipe
work-list-kind-check = Vérification de clôture
work-list-kind-lesson = Leçon
work-list-due = À échéance au plus tard le
work-list-show-mine = Les miennes
work-list-show-unowned = Celles de personne
work-list-show-late = En retard
work-list-show-all = Celles de tous
work-task-all = toutes
work-list-stage-running = En cours
work-list-stage-late = En retard
work-list-stage-met = Tenues
work-list-stage-met-late = Tenues en retard
work-list-stage-all = En cours ou tenues
