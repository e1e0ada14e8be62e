# Modifications de plusieurs fiches à la fois : choisies, confirmées, rapportées, annulées.

bulk-all = Tout ce qui correspond aux filtres, 10 000 au plus
bulk-all-how = Ce qui est coché est modifié aussitôt. Tout ce qui correspond est d’abord compté et vous est montré.
bulk-choose = Choisir
bulk-tick = Choisir { $name }
bulk-said-none = Rien n’a été choisi. Cochez au moins une ligne, puis recommencez.
bulk-said-too-many = Plus de 10 000 correspondent. Resserrez les filtres, puis choisissez de nouveau : une modification en prend 10 000 au plus.
bulk-said-done = { $what } : { $count ->
    [one] { $count } modifié.
   *[other] { $count } modifiés.
} { $same ->
    [0] { "" }
   *[other] Déjà ainsi : { $same }.
}
bulk-said-some = { $what } : { $count ->
    [one] { $count } modifié.
   *[other] { $count } modifiés.
} { $same ->
    [0] { "" }
   *[other] Déjà ainsi : { $same }.
} Non modifiés : { $refused }, le premier parce que { $why }.
bulk-said-undone = { $count ->
    [one] { $count } est comme avant.
   *[other] { $count } sont comme avant.
} { $left ->
    [0] { "" }
   *[other] Laissés tels quels : { $left }.
}
bulk-said-undone-some = Comme avant : { $count }. Laissés tels quels : { $left } ; les raisons sont ci-dessous.

## Ce qu’une liste propose
bulk-offer = Votre dernière modification, « { $what } » : { $count ->
    [one] { $count } fiche.
   *[other] { $count } fiches.
}
bulk-offer-more = Résultat pour chaque fiche
bulk-undo = Annuler cette modification

## Sa page
bulk-title = Modification groupée : { $what }
bulk-confirm-title = Rien n’a encore été modifié
bulk-confirm-count = { $count ->
    [one] { $count } fiche correspond. Si la modification ne s’y applique pas, elle reste telle quelle.
   *[other] { $count } fiches correspondent. Celles auxquelles la modification ne s’applique pas restent telles quelles, avec la raison.
}
bulk-confirm-how = Ces fiches viennent d’être choisies ; ce qui correspondra plus tard n’en fait pas partie. La modification se fait par étapes et s’annule en une fois, pour toute fiche que personne n’a modifiée depuis.
bulk-confirm-not = Retour sans modification
bulk-interrupted = Le travail a été interrompu. Une partie est faite, le reste attend ; continuer reprend là où il s’est arrêté.
bulk-go-on = Continuer
bulk-report-title = Résultat
bulk-field-outcome = Résultat
bulk-field-reason = Pourquoi
bulk-field-records = Fiches
bulk-outcome-waiting = En attente
bulk-outcome-changed = Modifié
bulk-outcome-same = Déjà ainsi
bulk-outcome-refused = Non modifié
bulk-outcome-restored = Comme avant
bulk-outcome-left = Laissé tel quel
bulk-undo-how = { $count ->
    [one] L’annulation rétablit chaque fiche que personne n’a modifiée depuis. Elle reste possible { $count } jour.
   *[other] L’annulation rétablit chaque fiche que personne n’a modifiée depuis. Elle reste possible { $count } jours.
}
bulk-back = Retour à la liste
bulk-more = { $count ->
    [one] { $count } autre est dans le fichier.
   *[other] { $count } autres sont dans le fichier.
}

## Pourquoi une fiche a été laissée
bulk-left-changed = quelqu’un l’a modifiée depuis
bulk-left-not-found = elle n’existe plus

## Ce qu’on fait des constats
bulk-watch-acknowledged = Le bénéficiaire a reçu le message
bulk-watch-fixed = Corrigé
bulk-watch-false = Faux positif
bulk-watch-undo = Annuler la dernière réponse
bulk-watch-hint = « Corrigé » et « faux positif » changent aussi la fiabilité des sources ; l’annulation la rétablit.

## Ce qu’on fait des notifications
bulk-warning-approve = Approuver
bulk-warning-cancel = Annuler la notification
bulk-warning-redraft = Remettre en brouillon
bulk-warning-retry = Réessayer
bulk-warning-help-given = L’aide a été apportée
bulk-warning-approve-warns = Une lettre envoyée ne peut pas être rappelée. L’annulation remet en brouillon celles qui ne sont pas encore envoyées, et dit lesquelles le sont.

## Ce qu’on fait des bénéficiaires
bulk-constituency-criticality = Criticité : { $value }
bulk-constituency-sector = Secteur : { $value }
bulk-constituency-association = Rattaché à { $value }
bulk-constituency-association-none = Rattaché à personne
bulk-constituency-remove = Retirer
bulk-constituency-restore = Rétablir
bulk-constituency-set-criticality = Fixer la criticité
bulk-constituency-set-sector = Fixer le secteur
bulk-constituency-set-association = Fixer le rattachement
bulk-constituency-association-how = « Rattaché à » est le nom de l’organisation au-dessus d’eux ; vide s’il n’y en a pas.
bulk-constituency-why-own-association = une organisation ne peut pas être au-dessus d’elle-même
bulk-constituency-why-removed = il a été retiré
bulk-constituency-why-taken = son nom, un réseau ou un domaine appartient désormais à un autre bénéficiaire
bulk-constituency-why-merged = il a été fusionné avec un autre bénéficiaire ; sa propre page permet de revenir en arrière

## Ce qu’on fait des incidents
bulk-response-assign = Attribuer à { $person }
bulk-response-assign-nobody = Retirer le responsable
bulk-response-open = Ouvrir
bulk-response-close = Clore : { $resolution }
bulk-response-close-fixed = Clore : { $resolution } ; constats corrigés
bulk-response-close-false = Clore : { $resolution } ; constats faux positifs
bulk-response-verdict = Ce que cela dit des constats
bulk-response-verdict-left = Ils restent tels quels
bulk-response-verdict-fixed = Ils sont corrigés
bulk-response-verdict-false = Ce sont des faux positifs
bulk-response-reason = Raison, si des tâches sont ouvertes
bulk-response-close-left = Les incidents dont des vérifications de clôture ou des tâches sont ouvertes restent tels quels ; avec une raison, ils sont clos malgré tout.
bulk-response-close-note = Les incidents dont des tâches sont ouvertes reçoivent la raison en note. L’annulation rouvre les incidents ainsi que les signalements, investigations et contre-mesures clos avec eux ; les notes restent.
bulk-response-hint = Un verdict répond aux constats de tous ces incidents et change la fiabilité de leurs sources ; l’annulation rétablit tout.

## Ce qu’on fait des utilisateurs
bulk-users-disable = Désactiver
bulk-users-enable = Réactiver
bulk-users-sign-out = Fermer leurs sessions
bulk-users-disable-warns = Qui est désactivé est déconnecté partout et ses jetons sont révoqués : l’annulation réactive les utilisateurs, mais leurs jetons ne reviennent pas.
bulk-users-sign-out-warns = Des sessions fermées ne se rétablissent pas : les utilisateurs se reconnectent.
bulk-users-why-oneself = c’est votre propre compte
bulk-users-why-last = c’est le dernier administrateur qui puisse se connecter
bulk-users-why-sessions = des sessions fermées ne se rétablissent pas ; l’utilisateur se reconnecte
