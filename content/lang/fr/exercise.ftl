# Les exercices : ce qu’on essaie, ce qui en est sorti, ce qu’on a appris.
exercise-title = Exercices
exercise-heading = { $title }
exercise-one = Exercice
exercise-hint = Ce que la nation essaie avant d’en avoir besoin : qui a participé, quels objectifs ont été atteints, et si les leçons ont été appliquées.
exercise-new = Prévoir un exercice
exercise-edit = Modifier l’exercice
exercise-back = Retour aux exercices
exercise-back-one = Retour à l’exercice
exercise-calendar = Calendrier (iCalendar)
exercise-none = Aucun exercice pour l’instant
exercise-none-how = Prévoyez un exercice sur table de trois heures : un titre, un jour, les participants, et deux ou trois choses qu’il doit montrer.
exercise-facts = L’exercice
exercise-kind-tabletop = Sur table
exercise-kind-communication = Essai de communication
exercise-kind-drill = Exercice technique
exercise-kind-full-scale = Grandeur nature
exercise-state-planned = Prévu
exercise-state-held = Tenu
exercise-state-called-off = Annulé
exercise-unsaid = A-t-il eu lieu ?
exercise-unsaid-how = Ses jours sont passés et personne n’a encore dit qu’il avait eu lieu. Notez ce qui en est sorti, changez sa date ou annulez-le.
exercise-show = Afficher
exercise-show-coming = À venir
exercise-show-unsaid = Passés, sans qu’on sache s’ils ont eu lieu
exercise-show-open = Avec des leçons à appliquer
exercise-field-title = Titre
exercise-field-kind = Type
exercise-field-state = État
exercise-field-day = Premier jour
exercise-field-last = Dernier jour
exercise-field-length = Durée
exercise-field-hours = Heures
exercise-field-minutes = Minutes
exercise-field-people = Participants
exercise-field-organisations = Organisations participantes
exercise-field-scenario = Scénario
exercise-when = Quand
exercise-when-hint = Un exercice d’un jour n’a pas besoin de dernier jour. Heures et minutes disent la durée totale.
exercise-who = Qui participe
exercise-organisations-hint = Un nom par ligne. Les bénéficiaires sont reconnus par leur nom ou leur identifiant ; les autres s’écrivent comme ils s’appellent.
exercise-organisations-none = Personne n’est désigné pour l’instant
exercise-organisations-none-how = Notez qui participe.
exercise-made-by = Prévu par
exercise-objective = Objectif
exercise-objectives = Objectifs
exercise-objectives-hint = Ce que l’exercice doit montrer, de sorte qu’on puisse dire ensuite si c’est fait : « la permanence joint tous les fournisseurs en une heure ». Videz une ligne pour retirer un objectif.
exercise-objectives-lines = Objectifs, un par ligne
exercise-objectives-more = Autres objectifs, un par ligne
exercise-objectives-none = Aucun objectif pour l’instant
exercise-objectives-none-how = Modifiez l’exercice et dites ce qu’il doit montrer.
exercise-objective-number = Objectif { $number }
exercise-result = Résultat
exercise-result-none = Pas encore dit
exercise-result-met = Atteint
exercise-result-partly = Atteint en partie
exercise-result-not-met = Non atteint
exercise-result-not-tried = Non essayé
exercise-remark = Remarque
exercise-met-of = { $count ->
    [0] Aucun objectif
    [one] { $met } objectif atteint sur un
   *[other] { $met } atteints sur { $count } objectifs
}
exercise-people = Participants
exercise-met = Objectifs atteints
exercise-met-short = { $met } sur { $count }
exercise-met-not-yet = pas encore tenu
exercise-note = Noter les résultats
exercise-note-hint = L’exercice est alors considéré comme tenu.
exercise-note-save = Enregistrer les résultats
exercise-lesson = Leçon
exercise-lessons = Leçons
exercise-lessons-hint = Ce qu’on a appris dans tous les exercices, qui s’en charge et pour quand. Un exercice sert à ce que ses leçons soient appliquées à temps.
exercise-open-lessons = Leçons à appliquer
exercise-lesson-owner = Qui s’en charge
exercise-lesson-due = Pour le
exercise-lesson-done = Appliquée le
exercise-lesson-number = Leçon { $number }
exercise-lessons-none = Aucune leçon pour l’instant
exercise-lessons-none-how = Après un exercice, notez ce qui doit changer : trois leçons avec un responsable et une date valent mieux que trente sans.
exercise-lessons-write = Écrire les leçons
exercise-lessons-write-hint = Videz le texte d’une leçon pour la retirer. Une fois enregistré, il y a des lignes pour d’autres.
exercise-lessons-save = Enregistrer les leçons
exercise-late = En retard
exercise-show-lessons-open = À appliquer
exercise-show-lessons-late = En retard
exercise-show-lessons-done = Appliquées
exercise-hours = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
exercise-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
exercise-length = { $hours } { $minutes }
exercise-is-withdrawn = Cet exercice a été retiré. Il ne compte nulle part tant qu’il n’est pas rétabli.
exercise-withdrawn-some = { $count ->
    [0] Aucun exercice retiré
    [one] Un exercice retiré
   *[other] { $count } exercices retirés
}
exercise-do-withdraw = Retirer
exercise-do-restore = Rétablir
exercise-do-lesson = Appliquée aujourd’hui
exercise-did-add = L’exercice est prévu.
exercise-did-change = Enregistré.
exercise-did-note = Les résultats sont notés et l’exercice est tenu.
exercise-did-lessons = Les leçons sont enregistrées.
exercise-did-lesson = Notée comme appliquée aujourd’hui.
exercise-did-lesson-open = La leçon est de nouveau à appliquer.
exercise-did-withdraw = L’exercice est retiré.
exercise-did-restore = L’exercice est rétabli.
exercise-refused-not-found = cet exercice n’existe pas.
exercise-refused-stale = quelqu’un d’autre a modifié l’exercice entre-temps. Sa page montre ce qui vaut maintenant ; enregistrez de nouveau pour y mettre le vôtre à la place.
exercise-refused-withdrawn = l’exercice a été retiré ; rétablissez-le d’abord.
exercise-refused-full = il y a autant d’exercices qu’il peut y en avoir.
exercise-refused-clearance = choisissez un marquage qui n’est pas plus strict que ce que vous pouvez voir.
exercise-refused-title = le titre a de 1 à 300 caractères sur une ligne.
exercise-refused-kind = choisissez un type d’exercice dans la liste.
exercise-refused-state = choisissez un état dans la liste.
exercise-refused-day = écrivez le premier jour comme 2026-11-22.
exercise-refused-last = écrivez le dernier jour comme 2026-11-22 ; il ne précède pas le premier, et 60 jours sont le maximum.
exercise-refused-length = heures et minutes sont des nombres entiers à partir de 0, et 60 jours sont le maximum.
exercise-refused-people = le nombre de participants est un entier de 0 à 100 000.
exercise-refused-scenario = le scénario a 20 000 caractères au plus.
exercise-refused-organisation = organisation { $number } : un nom a de 1 à 120 caractères sur une ligne.
exercise-refused-too-many-organisations = 200 organisations au plus.
exercise-refused-objective = objectif { $number } : le texte a de 1 à 300 caractères sur une ligne.
exercise-refused-too-many-objectives = 50 objectifs au plus.
exercise-refused-no-objective = il n’y a pas d’objectif { $number }.
exercise-refused-result = objectif { $number } : choisissez un résultat dans la liste.
exercise-refused-remark = objectif { $number } : la remarque a 2 000 caractères au plus.
exercise-refused-ahead = l’exercice est à venir et n’a pas encore eu lieu ; changez d’abord sa date.
exercise-refused-called-off = l’exercice a été annulé ; changez d’abord son état.
exercise-refused-lesson = leçon { $number } : le texte a de 1 à 300 caractères sur une ligne.
exercise-refused-owner = leçon { $number } : le nom de qui s’en charge a 120 caractères au plus, sur une ligne.
exercise-refused-due = leçon { $number } : écrivez l’échéance comme 2026-11-22, ou laissez-la vide.
exercise-refused-done = leçon { $number } : écrivez le jour où elle fut appliquée comme 2026-11-22 ; il n’est pas à venir.
exercise-refused-too-many-lessons = 100 leçons au plus.
exercise-refused-no-lesson = cette leçon n’existe plus.
