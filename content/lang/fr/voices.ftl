# Répondants : à qui ils sont, ce qu’ils ont dit avant, et qui ne compte pas.
voices-moved-some = { $count ->
    [one] Une réponse n’a pas été enregistrée : elle a été modifiée ailleurs depuis que vous avez ouvert cette page. Enregistrées : { $saved }. Regardez-la ci-dessous et enregistrez à nouveau.
   *[other] { $count } réponses n’ont pas été enregistrées : elles ont été modifiées ailleurs depuis que vous avez ouvert cette page. Enregistrées : { $saved }. Regardez-les ci-dessous et enregistrez à nouveau.
}
voices-moved = Conservé actuellement :
voices-moved-how = Votre propre réponse se trouve dans le formulaire ci-dessous. Enregistrez-la pour remplacer ce qui est conservé, ou choisissez ce qui est conservé.
voices-you-are-withdrawn = Le modérateur vous a retiré de cette évaluation : vos réponses sont conservées et ne comptent pas. Adressez-vous au modérateur.
voices-waiting = { $count ->
    [one] Une réponse attend votre décision
   *[other] { $count } réponses attendent votre décision
}
voices-agree-how = Ce qui vaut maintenant figure au-dessus, votre saisie est dans le formulaire. Consignez-la à nouveau pour le remplacer.
voices-history = Ce que c’était avant
voices-agreed-before = Convenu auparavant
voices-until = jusqu’au
voices-said = Réponses, de la plus récente à la plus ancienne
voices-did-table = { $conflicts ->
    [one] Lignes prises : { $kept }. Une ligne diffère de ce qu’une personne ayant un compte a répondu elle-même ; elle attend votre décision sous « Feuilles et exports ».
   *[other] Lignes prises : { $kept }. { $conflicts } lignes diffèrent de ce que des personnes ayant un compte ont répondu elles-mêmes ; elles attendent votre décision sous « Feuilles et exports ».
}
voices-did-table-partly = Lignes prises : { $kept }. Lignes qui attendent votre décision sous « Feuilles et exports » : { $conflicts }. Lignes refusées : { $refused }. La première : { $first }
voices-did-edit = L’évaluation a été modifiée.
voices-did-withdraw = Le répondant est retiré. Ses réponses sont conservées et ne comptent nulle part ; vous pouvez les faire compter à nouveau ci-dessous.
voices-did-restore = Le répondant compte à nouveau.
voices-withdraw = Retirer
voices-withdraw-hint = Un répondant retiré ne compte nulle part : ni dans les chiffres, ni dans l’écart, ni parmi les réponses manquantes, ni dans le rapport. Ses réponses sont conservées et peuvent compter à nouveau.
voices-withdrawn = Retirés
voices-restore = Faire compter à nouveau
voices-edit = Modifier l’objet ou le marquage
voices-edit-hint = Un marquage plus strict cache aussitôt l’évaluation à qui ne peut pas la voir.
voices-edit-save = Modifier
voices-by-table = par un tableau
