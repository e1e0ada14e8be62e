# Étiquettes

tags-title = Étiquettes de { $number }
tags-here = Étiquettes
tags-none = Il n’y a pas d’étiquette.
tags-none-how = Choisissez-en une dans une taxonomie, ou écrivez un mot libre.
tags-add = Ajouter une étiquette
tags-choose = D’une taxonomie
tags-choose-none = Aucune
tags-own = Ou un mot libre
tags-hint = Un mot comme autorité-portuaire, ou une étiquette machine comme workflow:state="needs-review". Les majuscules et les espaces sont uniformisés. Quand une seule valeur est admise, la plus récente reste.
tags-one = Étiquette
tags-edit = Changer les étiquettes
tags-do-add = Ajouter l’étiquette
tags-do-remove = Retirer
tags-do-remove-which = Retirer { $tag }
tags-did-add = L’étiquette a été ajoutée.
tags-did-remove = L’étiquette a été retirée.
tags-bulk-add = Ajouter l’étiquette { $tag }
tags-bulk-remove = Retirer l’étiquette { $tag }
