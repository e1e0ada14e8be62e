# Les tâches propres d'une équipe dans un programme
programme-own-title = Une tâche propre à l’équipe
programme-own-add = Ajouter une tâche propre
programme-own-change = Modifier cette tâche
programme-own-how = Elle est placée après ce dont elle a besoin, au plus tôt aujourd’hui et là où les personnes ont du temps. Ce qui l’attend est décalé autant qu’il le faut ; tout le reste garde ses jours.
programme-own-work = Travail
programme-own-effort-low = Jours de travail, de
programme-own-effort-high = Jours de travail, à
programme-own-days-how = Laissée vide, elle dure le temps que le travail demande à ceux qui le font.
programme-own-money = Coût
programme-own-low = De
programme-own-high = À
programme-own-payer = Qui paie
programme-own-needs = A besoin de : ce qui doit être fait avant
programme-own-needed-by = Nécessaire à : ce qui l’attend
programme-own-back = Retour au programme
programme-own-remove = Retirer cette tâche
programme-own-remove-how = Un travail a été fait sur cette tâche. Dites pourquoi elle est retirée ; la tâche, sa preuve et la raison sont conservées, et elle peut être rétablie.
programme-own-why = Pourquoi elle est retirée
programme-own-removed = Tâches retirées
programme-own-restore = Rétablir
programme-own-circle = Non effectué : ces tâches s’attendraient l’une l’autre en cercle : { $circle }. Décochez l’une d’elles sous « A besoin de » ou « Nécessaire à ».
programme-own-did-add = La tâche est ajoutée, et le plan est établi autour d’elle.
programme-own-did-change = La tâche est modifiée, et le plan est établi autour d’elle.
programme-own-did-remove = La tâche est retirée. Ce qui l’attendait garde ses jours.
programme-own-did-restore = La tâche est rétablie.
programme-refused-need = une tâche attend d’autres tâches du même programme ; cochez-les dans les listes.
programme-refused-begun = une tâche commencée ne peut pas en attendre une autre ; remettez-la d’abord en attente, ou laissez-la de côté.
programme-refused-amount = les jours de travail vont de 0 à 10000, les jours ouvrés de 1 à 2000, un coût n’est pas négatif, et la borne basse vient en premier.
programme-refused-not-own = seule une tâche ajoutée par l’équipe est modifiée ou retirée ; ce qui vient de la conception reste.
programme-refused-why = un travail a été fait sur cette tâche, ou elle est prouvée ; dites pourquoi elle est retirée.

# Jours chômés
programme-off-title = Jours fériés et autres jours chômés
programme-off-nation = Jours chômés du pays
programme-off-how = Le plan saute ces jours comme il saute les fins de semaine. Quand la liste change, ce qui est prévu à partir d’aujourd’hui se décale avec elle ; ce qui est passé reste.
programme-off-nation-how = Un nouveau programme commence avec ces jours. Les programmes existants gardent les leurs ; sur leur page, ces jours peuvent être repris.
programme-off-stripes = Une bande grise est un jour chômé.
programme-off-none = Aucun jour chômé en dehors des fins de semaine
programme-off-none-how = Les jours fériés ne sont pas connus d’avance : inscrivez-les ici d’après la liste officielle du pays.
programme-off-day = Jour
programme-off-weekday = Jour de la semaine
programme-off-name = Nom
programme-off-weekend = fin de semaine de toute façon
programme-off-add = Ajouter un jour
programme-off-remove = Retirer
programme-off-many = Plusieurs jours à la fois
programme-off-many-how = Un jour par ligne : jour, virgule, nom ; une liste CSV convient aussi. Un jour déjà inscrit prend le nouveau nom.
programme-off-example = Jour du phare
programme-off-text = La liste
programme-off-file = Ou un fichier
programme-off-whole = Retirer les jours qui ne sont pas dans cette liste
programme-off-read = Prendre la liste
programme-off-wrong = Rien n’a été modifié. Ce qui ne va pas dans la liste :
programme-off-line = Ligne { $line } :
programme-off-bad-day = Un jour s’écrit comme 2027-01-04.
programme-off-bad-name = Après le jour viennent une virgule et un nom de 1 à 80 caractères ; un nom qui contient une virgule est mis entre guillemets droits.
programme-off-bad-double = Ce jour figure deux fois dans la liste ; donnez chaque jour une seule fois.
programme-off-bad-many = Il y a trop de jours ; une liste en a 480 au plus.
programme-off-bad-large = La liste est trop grande ; elle a 256 Kio au plus.
programme-off-bad-line = La ligne est illisible ; la liste est un texte en UTF-8.
programme-off-take = { $count ->
    [one] Reprendre un jour chômé du pays
   *[other] Reprendre { $count } jours chômés du pays
}
programme-off-did-add = Le jour est chômé ; le plan le saute.
programme-off-did-remove = Le jour est de nouveau ouvré.
programme-off-did-list = Les jours chômés du pays ont été repris.
programme-off-did-read = { $count ->
    [0] La liste est vide.
    [one] Un jour a été lu ; le plan le saute.
   *[other] { $count } jours ont été lus ; le plan les saute.
}
programme-off-mon = lundi
programme-off-tue = mardi
programme-off-wed = mercredi
programme-off-thu = jeudi
programme-off-fri = vendredi
programme-off-sat = samedi
programme-off-sun = dimanche

# Lists of the strategy
strategy-show-over = Revues en retard
strategy-show-unprovided = Fonctions sans fournisseur
strategy-show-accountable = Qui répondent d’un but
strategy-show-idle = Sans rôle
