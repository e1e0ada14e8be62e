# Étiquettes

tags-title = Étiquettes de { $number }
tags-here = Étiquettes
tags-none = Il n’y a pas d’étiquette.
tags-none-how = Choisissez-en une dans une taxonomie, ou écrivez un mot à vous.
tags-add = Ajouter une étiquette
tags-choose = D’une taxonomie
tags-choose-none = Aucune
tags-own = Ou un mot à vous
tags-hint = Un mot comme autorité-portuaire, ou une étiquette machine comme workflow:state="needs-review". Les majuscules et les espaces sont ramenés à une seule forme. De ce qui n’a qu’une valeur, la plus récente reste.
tags-one = Étiquette
tags-edit = Changer les étiquettes
tags-do-add = Ajouter l’étiquette
tags-do-remove = L’enlever
tags-do-remove-which = Enlever { $tag }
tags-did-add = L’étiquette y est.
tags-did-remove = L’étiquette a été enlevée.
tags-bulk-add = Ajouter l’étiquette { $tag }
tags-bulk-remove = Enlever l’étiquette { $tag }
