# Le manuel.
manual-title = Manuel
manual-hint = Écrit d’après la configuration de ce Manara : noms, adresses et délais sont ceux en vigueur. Quand ils changent, le texte change, et sa version aussi.
manual-document = Document
manual-contents = Sommaire
manual-is = État
manual-read-at = Vous l’avez lu
manual-version = Version
manual-never-read = pas lu
manual-changed = modifié depuis
manual-current = lu
manual-changed-note = Ce texte a été modifié depuis que vous l’avez lu. Ce qui est nouveau est signalé, ce qui a été supprimé aussi.
manual-new = Nouveau
manual-gone = Supprimé
manual-i-read = J’ai lu ce texte
manual-did-read = Noté : vous avez lu « { $title } ».
manual-other-version = Le texte a été modifié pendant que vous le lisiez. Relisez-le.
manual-before = Avant : { $title }
manual-after = Ensuite : { $title }
manual-whole = Tout le manuel, à imprimer
manual-facts = Ce que le programme ne peut pas savoir
manual-facts-hint = Ces mots figurent dans le manuel. Laissez vide ce qui n’est pas décidé ; le manuel le dira.
manual-facts-head = Qui dirige l’équipe, et comment le joindre
manual-facts-hours = Heures de permanence
manual-facts-handover = Heure du passage de relais
manual-facts-police = Contact à la police
manual-facts-backup = Où les sauvegardes sont conservées
manual-facts-too-long = { $count ->
    [one] Un texte a un caractère au plus, sur une ligne.
   *[other] Un texte a { $count } caractères au plus, sur une ligne.
}
manual-did-facts = Enregistré. Le manuel le dit désormais.
manual-readers = Qui a lu quoi
manual-readers-hint = « modifié depuis » veut dire que le texte n’est plus celui qui a été lu.
manual-person = Personne
manual-home-changed = { $count ->
    [0] Aucune procédure n’a changé depuis que vous l’avez lue.
    [one] Une procédure a changé depuis que vous l’avez lue.
   *[other] { $count } procédures ont changé depuis que vous les avez lues.
}
manual-home-read = Lire ce qui a changé
