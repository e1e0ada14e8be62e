# Lignes à côté des tâches d’un programme, corrigées, retirées et rétablies.
lines-title = Une ligne du programme
lines-change = Corriger
lines-usual-how = Laissée vide, elle reprend les mots de Manara dans chaque langue.
lines-remove = Retirer cette ligne
lines-remove-how = Elle quitte le programme. Elle est conservée et peut être rétablie.
lines-closed = Le programme est clos ; rouvrez-le pour corriger ses lignes.
lines-now = Conservé actuellement :
lines-now-how = Votre saisie est dans le formulaire. Enregistrez-la pour remplacer ce qui est conservé, ou revenez en arrière pour le garder.
lines-before = Ce qu’elle disait avant
lines-until = jusqu’au
lines-removed = { $count ->
    [one] Une ligne retirée
   *[other] { $count } lignes retirées
}
lines-kind-risk = Risque
lines-kind-handover = Remise
lines-kind-closure = Clôture
lines-did-change = La ligne est corrigée ; ce qu’elle disait avant est conservé.
lines-did-remove = La ligne est retirée.
lines-did-restore = La ligne est rétablie.
