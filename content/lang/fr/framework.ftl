# Référentiels, évaluations, conceptions.
framework-nav = Référentiels
framework-title = Référentiels et évaluations
framework-catalogues = Ce qui peut être évalué
framework-assessments = Évaluations
framework-none = Aucune évaluation pour l’instant
framework-none-how = Choisissez un référentiel ci-dessous et dites ce qui est évalué : un pays, une équipe, une organisation.
framework-begin = Commencer une évaluation
framework-begin-hint = Le référentiel est conservé tel qu’il est aujourd’hui : l’évaluation sera toujours calculée sur les mêmes termes.
framework-scale = Échelle
framework-profiles = Profils
framework-sections = Sections
framework-by-section = Par section
framework-radar = Tirets : niveau déclaré. Plein : niveau étayé par des preuves examinées. Le tableau contient les mêmes chiffres.
framework-secondary = De source secondaire
framework-secondary-long = Une partie de ce contenu vient d’une source secondaire et n’a pas encore été comparée à l’original.
framework-not-applicable = Sans objet
framework-no-answer = Pas de réponse
framework-agreed = Convenu
framework-apart = Réponses divergentes
framework-expired = Expirée
framework-state-open = Ouverte
framework-state-closed = Close
framework-rule-minima = Minimums d’un profil
framework-rule-points = Points
framework-rule-status = États d’avancement
framework-rule-coverage = Couverture
framework-rule-minima-how = Chaque élément est comparé au minimum d’un profil. Un profil n’est atteint que si aucun élément n’est au-dessous ; la moyenne est la nôtre et ne montre que la tendance.
framework-rule-points-how = Points obtenus sur les points applicables. Ce qui est sans objet est entièrement écarté ; ce à quoi personne n’a répondu compte pour zéro.
framework-rule-status-how = Nombre d’éléments dans chaque état. Il n’y a pas de note ; la moyenne est la nôtre et ne montre que la tendance.
framework-rule-coverage-how = Part couverte de chaque groupe : entièrement compte un, en partie un demi, pas du tout zéro. Ce qui est sans objet est écarté.
framework-field-subject = Objet de l’évaluation
framework-field-subject-kind = Nature du sujet
framework-subject-nation = Nation
framework-subject-team = Équipe
framework-subject-organisation = Organisation
framework-field-catalogue = Référentiel
framework-field-edition = Édition
framework-field-publisher = Éditeur
framework-field-version = Version
framework-field-state = État
framework-field-changed = Dernière modification
framework-field-made = Commencée
framework-field-tlp = Marquage
framework-field-title = Titre
framework-field-items = Éléments
framework-field-rule = Règle
framework-field-day = Jour
framework-field-respondents = Répondants
framework-field-item = Élément
framework-field-claimed = Déclaré
framework-field-supported = Étayé
framework-field-spread = Dispersion des réponses
framework-field-minimum = Minimum
framework-field-gap = Écart
framework-field-rank = Rang
framework-field-advice = Que faire
framework-field-blocks = Briques
framework-field-check = Ce qui ne concorde pas
framework-field-about = À propos
framework-field-grade = Importance
framework-field-name = Nom
framework-field-organisation = Organisation
framework-field-role = Fonction
framework-field-answers = Réponses
framework-field-profile = Profil
framework-profile-usual = Mesurée par rapport à « { $name } », puisque personne n’a choisi de profil. Choisissez-en un autre, ou aucun, ci-dessus.
framework-profile-none = Aucun : pas d’écarts
framework-field-section = Section
framework-field-question = Question
framework-field-help = Aide
framework-field-typical = Preuve habituelle
framework-field-source = Source
framework-field-action = Avancement
framework-field-comment = Commentaire
framework-field-expires = valable jusqu’au
framework-field-level = Niveau
framework-field-reason = Motif
framework-field-change = Évolution
framework-field-kind = Nature
framework-field-why = Pourquoi
framework-figure-answered = Éléments renseignés
framework-figure-unanswered = Éléments sans réponse
framework-figure-not-applicable = Éléments sans objet
framework-figure-percent-claimed = Taux atteint, déclaré
framework-figure-percent-supported = Taux atteint, étayé
framework-figure-points-claimed = Points déclarés
framework-figure-points-supported = Points étayés
framework-figure-points-applicable = Points applicables
framework-figure-below = Éléments sous le minimum
framework-figure-unknown-minima = Éléments dont le minimum n’est pas connu ici
framework-figure-mean = Moyenne des niveaux déclarés (la nôtre, pour la tendance)
framework-figure-meets-claimed = Profil atteint selon les déclarations
framework-figure-meets-supported = Profil atteint selon les preuves
framework-meets-yes = Oui
framework-meets-no = Non
framework-meets-unknown = Indéterminé
framework-report-title = Évaluation : { $subject }
framework-report-figures = Chiffres
framework-report-profile = Comparaison avec le profil { $profile }.
framework-report-strengths = Points forts
framework-report-no-strengths = Aucun élément n’est encore étayé près du haut de l’échelle.
framework-report-gaps = Écarts, les plus urgents d’abord
framework-report-gaps-how = Classés selon la largeur de l’écart, multipliée par son importance et divisée par l’effort.
framework-report-no-gaps = Aucun écart connu : rien n’est au-dessous d’un objectif connu.
framework-report-items = Tous les éléments
framework-report-sources = Sources
framework-report-language = Langue
framework-report-form = Format
framework-report-get = Obtenir le rapport
framework-take-away = Rapport
framework-checks = Ce qui ne concorde pas
framework-checks-none = Tout concorde.
framework-check-contradiction = Déclaré, alors que ce dont il dépend n’existe pas
framework-check-state-contradicts = Un niveau est déclaré, mais l’action n’a pas commencé
framework-check-evidence-expired = Une preuve a expiré
framework-check-level-without-evidence = Un niveau est déclaré sans aucune preuve
framework-check-evidence-not-verified = Personne n’a encore examiné la preuve
framework-check-disagreement = Les réponses divergent et rien n’a été convenu
framework-check-missing-voice = Quelqu’un n’a pas répondu à tout
framework-grade-error = Impossible
framework-grade-warning = À examiner
framework-grade-info = Pour information
framework-action-none = Rien
framework-action-considered = Envisagé
framework-action-planned = Planifié
framework-action-in-progress = En cours
framework-action-in-place = En place
framework-action-reviewed = En place et revu
framework-one-title = { $subject }
framework-answer-title = Réponses : { $subject }
framework-moderate-title = Modérer : { $subject }
framework-design-title = Conception : { $subject }
framework-compare-title = Comparer des évaluations
framework-do-answer = Répondre
framework-do-moderate = Modérer
framework-do-design = Concevoir
framework-do-close = Clore l’évaluation
framework-do-reopen = Rouvrir l’évaluation
framework-do-agree = Consigner l’accord
framework-do-judge = Consigner
framework-is-closed = Cette évaluation est close : elle n’accepte plus de réponses.
framework-join = Participer en tant que répondant
framework-join-hint = Vous répondez pour vous-même et pour l’organisation que vous représentez. D’autres répondent à côté de vous ; aucune réponse n’en efface une autre.
framework-save = Enregistrer
framework-save-next = Enregistrer et continuer
framework-evidence = Preuves
framework-evidence-hint = Nommez un document, donnez son adresse ou déposez le fichier. Il compte dès qu’un modérateur l’a examiné.
framework-evidence-label = Document ou adresse
framework-evidence-file = Fichier
framework-evidence-expires = Valable jusqu’au
framework-evidence-add = Ajouter la preuve
framework-evidence-remove = Retirer
framework-evidence-replace = Remplacer par une version plus récente
framework-evidence-revision = révision { $number }
framework-evidence-judged = Examinée
framework-evidence-waits = En attente du modérateur
framework-moderate-hint = Qui a dit quoi, à quel point les réponses divergent et qui manque. Ce qui est consigné ici remplace la valeur médiane ; les réponses restent.
framework-missing = N’a pas encore répondu
framework-proves = Ce qu’elle prouve
framework-proves-nothing = Ne prouve rien encore
framework-agree-nothing = Rien de convenu
framework-table = Réponses tirées d’un tableau
framework-table-hint = Un fichier CSV avec cet en-tête, une ligne par réponse. Les lignes correctes sont conservées, celles qui sont refusées sont indiquées. Un niveau vide signifie « pas de réponse » ; n/a signifie « sans objet ».
framework-table-file = Fichier CSV
framework-table-take = Importer les réponses
framework-snapshot = Un instantané
framework-snapshots = Instantanés
framework-snapshots-hint = Un instantané conserve ce qui a été dit tel quel. Il ne change jamais.
framework-snapshot-name = Nom de l’instantané
framework-snapshot-take = Prendre un instantané
framework-snapshot-shown = Vous voyez un instantané :
framework-snapshot-leave = Revenir à la situation actuelle
framework-compare-with-now = comparer avec maintenant
framework-no-voices = Personne n’a encore participé.
framework-compare-before = Avant
framework-compare-after = Après
framework-compare-do = Comparer
framework-compare-apart = Ce sont des modèles différents, et rien n’indique quels éléments se correspondent. Les chiffres de modèles différents ne sont jamais réunis en un seul.
framework-claimed-before = Déclaré avant
framework-claimed-after = Déclaré après
framework-supported-before = Étayé avant
framework-supported-after = Étayé après
framework-change-better = Mieux
framework-change-worse = Moins bien
framework-change-same = Inchangé
framework-change-new = Nouveau
framework-change-gone = Disparu
framework-change-open = Sans réponse à l’une des deux dates
framework-design-hint = L’ensemble complet de briques le moins cher qui comble les écarts : tout ce dont une brique a besoin en fait partie, et tout est prêt à temps. Les chiffres sont des fourchettes ; le budget est comparé à leur borne haute.
framework-design-services = Autres demandes, par identifiants de capacités ou de services
framework-design-budget = Budget de la première année
framework-design-months = Délai, en mois
framework-design-constituents = Organisations à servir
framework-design-hours = Heures de permanence
framework-design-ticked = { $count ->
    [0] Services demandés
    [one] Services demandés : { $count } coché
   *[other] Services demandés : { $count } cochés
}
framework-design-staffing = Permanence : { $hours }. { $seats ->
    [one] { $seats } poste
   *[other] { $seats } postes
} à tenir, soit { $people } personnes.
framework-design-find = Chercher des conceptions
framework-design-nothing = Rien à concevoir
framework-design-nothing-how = Aucun écart connu et aucun service demandé. Choisissez un profil ou nommez des services.
framework-design-alternatives = Alternatives côte à côte
framework-design-aim = Critère réduit au minimum
framework-design-blocks = Briques
framework-design-block = Brique
framework-design-unmet = Demandes non satisfaites
framework-design-wish = Demande
framework-aim-first-year = Coût de la première année
framework-aim-yearly = Coût de chaque année suivante
framework-aim-effort = Jours de travail
framework-first-year = Première année
framework-yearly = Chaque année suivante
framework-days = Jours de travail
framework-weeks = Semaines jusqu’à ce que tout soit prêt
framework-week = Prêt en semaine
framework-because = En raison de
framework-needed-by = nécessaire à
framework-staff = Postes
framework-range = de { $low } à { $high }
framework-not-proven = Minimum non démontré
framework-payer-member-state = Payé par l’État membre
framework-payer-donor = Payé par un bailleur
framework-payer-itu = Payé par l’UIT
framework-payer-nobody = Payeur non précisé
framework-payer = Qui paie
framework-payer-said = précisé pour cette conception
framework-payer-usual = D’ordinaire : { $payer }
framework-payers = Qui paie quoi
framework-payers-hint = Ce qu’une brique dit de son payeur est une hypothèse. Dans le cadre de l’UIT, seule l’évaluation est à la charge de l’UIT ou d’un bailleur ; la conception, la mise en place et le renforcement sont à celle de l’État membre ou d’un bailleur. Tout accord différent se précise ici, pour cette conception seulement.
framework-payers-said = { $count ->
    [0] Rien de précisé : payeur habituel pour chaque brique
    [one] Précisé pour une brique
   *[other] Précisé pour { $count } briques
}
framework-kind-hardware = Équipement
framework-kind-software = Logiciel
framework-kind-documentation = Document
framework-kind-training = Formation
framework-kind-community = Partenariats
framework-unmet-no-block = Aucune brique ne lui correspond
framework-unmet-unknown = Ce service n’existe pas
framework-unmet-nobody-provides = Rien ne fournit ce dont il a besoin
framework-unmet-too-late = Il ne serait prêt qu’après ce nombre de semaines
framework-unmet-over-budget = Avec lui, la première année coûterait
framework-did-begin = L’évaluation a commencé.
framework-did-join = Vous êtes maintenant répondant.
framework-did-show = La preuve est enregistrée ; elle attend le modérateur.
framework-did-take-back = Retiré.
framework-did-show-again = La preuve est de nouveau là.
framework-did-agree = L’accord est consigné.
framework-did-judge = Ce que la preuve établit est consigné.
framework-did-snapshot = L’instantané est pris.
framework-did-close = L’évaluation est close.
framework-did-reopen = L’évaluation est rouverte.
framework-did-table-partly = Lignes conservées : { $kept }. Lignes refusées : { $refused }. La première : { $first }
framework-refused = Pas fait : { $why }
framework-refused-not-found = cette évaluation n’existe pas.
framework-refused-closed = l’évaluation est close.
framework-refused-name = un nom a de 1 à 120 caractères sur une ligne.
framework-refused-text = le texte est vide ou trop long.
framework-refused-item = cet élément n’existe pas.
framework-refused-level = le niveau n’est pas sur l’échelle.
framework-refused-applies = cet élément s’applique toujours.
framework-refused-day = un jour s’écrit comme 2026-11-22.
framework-refused-clearance = le marquage est plus strict que ce que vous pouvez voir.
framework-refused-too-many = il y en a déjà le maximum.
framework-refused-no-evidence = cette preuve n’existe pas.
framework-refused-settled = une décision a déjà été prise à ce sujet
framework-refused-changed = cela a changé depuis que vous l’avez consulté ; regardez à nouveau
framework-refused-no-workshop = cet atelier n’existe pas, ou il est terminé
framework-refused-name-taken = quelqu’un d’autre répond déjà sous ce nom et pour cette organisation. Adressez-vous au modérateur, ou nommez aussi votre service.
framework-refused-withdrawn = le modérateur a retiré ce répondant ; ses réponses ne comptent pas.
framework-refused-no-respondent = ce répondant n’existe pas.
framework-refused-link = une adresse commence par https:// ou http:// et n’a pas d’espace.
framework-refused-language = une langue s’indique par son code, tel que ar, fr ou en.
framework-refused-figure-moved = le chiffre a changé entre-temps ; regardez-le à nouveau.
framework-refused-circle = une fonction ne peut avoir besoin d’elle-même.
framework-refused-stale = quelqu’un d’autre l’a modifié entre-temps ; regardez et recommencez.
framework-refused-accountable = quelqu’un d’autre répond déjà de ce but ; retirez-lui d’abord ce rôle.
framework-left-out = { $count ->
    [one] Un fichier a été écarté à cause d’une erreur.
   *[other] { $count } erreurs : ces fichiers ont été écartés.
}
framework-did-answer = { $count ->
    [0] Aucune réponse n’est nouvelle ou différente.
    [one] Une réponse est nouvelle ou différente ; elle est enregistrée.
   *[other] { $count } réponses sont nouvelles ou différentes ; elles sont enregistrées.
}
framework-did-table = { $count ->
    [0] Aucune ligne prise en compte.
    [one] Une ligne prise en compte.
   *[other] { $count } lignes prises en compte.
}
framework-apart-count = { $count ->
    [0] aucune divergence
    [one] une divergence
   *[other] { $count } divergences
}
framework-design-count = { $count ->
    [0] Aucune brique
    [one] Une brique
   *[other] { $count } briques
}
framework-verb-block-applied = a appliqué une brique
framework-verb-block-undone = a annulé une brique
framework-verb-post-filled = a nommé quelqu’un à un poste de l’équipe
framework-verb-post-left = a libéré un poste de l’équipe
framework-verb-proof-assigned = a désigné qui apporte une preuve
framework-verb-proof-shown = a montré une preuve
framework-verb-proof-accepted = a accepté une preuve
framework-verb-proof-refused = a jugé une preuve insuffisante
framework-verb-manual-said = a ajouté quelque chose au manuel
framework-verb-document-changed = a réécrit une procédure
framework-verb-document-read = a lu une procédure
framework-verb-course-passed = a réussi un cours
framework-verb-course-tried = a tenté un cours

framework-verb-assessment-begun = a commencé une évaluation
framework-verb-assessment-closed = a clos une évaluation
framework-verb-assessment-reopened = a rouvert une évaluation
framework-verb-assessment-edited = a modifié l’objet ou le marquage d’une évaluation
framework-verb-respondent-joined = s’est joint aux répondants
framework-verb-respondent-claimed = a repris un répondant sans compte
framework-verb-respondent-withdrawn = a retiré un répondant
framework-verb-respondent-restored = a fait compter à nouveau un répondant
framework-verb-answers-given = a répondu à une évaluation
framework-verb-evidence-added = a fourni une preuve
framework-verb-evidence-removed = a retiré une preuve
framework-verb-evidence-judged = a examiné une preuve
framework-verb-figure-accepted = a accepté un chiffre comme preuve
framework-verb-consensus-recorded = a consigné un accord
framework-verb-consensus-taken-back = a retiré un accord
framework-verb-snapshot-taken = a pris un instantané
framework-verb-sheet-issued = a délivré une feuille de réponses
framework-verb-sheet-merged = a intégré une feuille de réponses
framework-verb-conflict-settled = a tranché un conflit entre réponses
framework-verb-workshop-opened = a ouvert un atelier
framework-verb-workshop-joined = a rejoint un atelier
framework-verb-workshop-moved = a fait avancer un atelier
framework-verb-workshop-revealed = a montré les réponses d’un atelier
framework-verb-workshop-covered = a masqué les réponses d’un atelier
framework-verb-workshop-seat-released = a libéré une place d’un atelier
framework-verb-workshop-closed = a clos un atelier
framework-verb-design-kept = a conservé une conception
framework-verb-design-accepted = a accepté une conception
framework-verb-design-withdrawn = a retiré une conception
framework-verb-design-put-back = a remis une conception parmi les brouillons
framework-verb-programme-planned = a planifié un programme
framework-verb-programme-closed = a clos un programme
framework-verb-programme-reopened = a rouvert un programme
framework-verb-task-started = a commencé une tâche
framework-verb-task-finished = a terminé une tâche
framework-verb-task-accepted = a réceptionné une tâche
framework-verb-task-reopened = a rouvert une tâche
framework-verb-task-put-back = a remis une tâche en attente
framework-verb-task-changed = a modifié une tâche
framework-verb-task-added = a ajouté une tâche à un programme
framework-verb-task-removed = a retiré une tâche d’un programme
framework-verb-task-restored = a rétabli une tâche retirée
framework-verb-days-off-set = a modifié les jours chômés d’un programme
framework-verb-nation-days-off-set = a modifié les jours chômés de la nation
framework-verb-line-added = a ajouté une ligne à un programme
framework-verb-line-changed = a corrigé une ligne d’un programme
framework-verb-line-removed = a retiré une ligne d’un programme
framework-verb-line-restored = a rétabli une ligne retirée
framework-verb-line-done = a coché une ligne d’un programme
framework-verb-line-put-back = a remis une ligne d’un programme
framework-verb-progress-released = a communiqué des chiffres au bureau
framework-verb-progress-withdrawn = a retiré ce qui était communiqué
framework-verb-progress-exported = a produit un fichier d’avancement
framework-verb-progress-imported = a intégré un fichier d’avancement
framework-verb-provision-written = a consigné une disposition de droit
framework-verb-stakeholder-added = a ajouté une partie prenante
framework-verb-stakeholder-changed = a modifié une partie prenante
framework-verb-stakeholder-placed = a fixé les rôles d’une partie prenante
framework-verb-stakeholder-removed = a supprimé une partie prenante
framework-verb-stakeholder-restored = a rétabli une partie prenante
framework-verb-action-added = a ajouté une action de la stratégie
framework-verb-action-changed = a modifié une action de la stratégie
framework-verb-action-removed = a supprimé une action de la stratégie
framework-verb-action-restored = a rétabli une action de la stratégie
framework-verb-function-added = a ajouté une fonction critique
framework-verb-function-changed = a modifié une fonction critique
framework-verb-function-removed = a supprimé une fonction critique
framework-verb-function-restored = a rétabli une fonction critique
framework-verb-review-added = a prévu une revue
framework-verb-review-changed = a modifié une revue
framework-verb-review-done = a tenu une revue
framework-verb-review-removed = a supprimé une revue
framework-verb-review-restored = a rétabli une revue

framework-path = Le chemin, de l’évaluation à l’amélioration
framework-path-assessment =
    { $count ->
        [0] Rien n’est encore évalué : commencez plus bas
        [one] { $count } évaluation
       *[other] { $count } évaluations
    }
framework-path-design =
    { $count ->
        [0] Pas encore de conception : elle naît des écarts d’une évaluation
        [one] { $count } conception
       *[other] { $count } conceptions
    }
framework-path-establishment =
    { $count ->
        [0] Aucune brique n’est encore appliquée
        [one] { $count } brique appliquée
       *[other] { $count } briques appliquées
    }
framework-path-enhancement =
    { $count ->
        [0] Aucun chiffre du travail quotidien ne sert encore de preuve
        [one] { $count } chiffre du travail quotidien sert de preuve
       *[other] { $count } chiffres du travail quotidien servent de preuves
    }
framework-verb-own-proof-accepted = a accepté la preuve qu’il avait montrée
framework-verb-exercise-added = a prévu un exercice
framework-verb-exercise-changed = a modifié un exercice
framework-verb-exercise-results-noted = a noté les résultats d’un exercice
framework-verb-exercise-lessons-written = a écrit les leçons d’un exercice
framework-verb-exercise-lesson-done = a noté qu’une leçon était appliquée
framework-verb-exercise-lesson-reopened = a rouvert une leçon
framework-verb-exercise-withdrawn = a retiré un exercice
framework-verb-exercise-restored = a rétabli un exercice
