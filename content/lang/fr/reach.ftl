# Writing to all who reported
reach-title = Écrire à tous les auteurs de signalements de { $number }
reach-do-write = Écrire à tous les auteurs de signalements
reach-do-answer-all = Répondre à tous
reach-how = Chacun reçoit son propre courriel dans le fil de son signalement et ne voit pas les autres.
reach-to = Destinataires
reach-none = Aucun auteur de signalement n’a laissé d’adresse.
reach-none-how = Liez d’abord des signalements à l’incident.
reach-letter-how = Avec une lettre et sans texte ci-dessous, chacun la reçoit dans sa langue.
reach-export-how = Les exports sont produits pour chaque signalement, dans sa langue. Ce qui est marqué plus strictement qu’un signalement ne part pas avec son courriel.
reach-preview = Aperçu pour { $mail }
reach-refused = Rien n’est envoyé pour { $number } : { $why }.
reach-left-out = Écartés pour { $number } : { $mails }. Leurs signalements y ont été fusionnés, mais l’adresse n’est pas valable, ou le marquage demande une clé et il n’y en a pas.
reach-did = { $count ->
    [one] Un courriel est en route ou attend une seconde personne.
   *[other] { $count } courriels sont en route ou attendent une seconde personne.
}
reach-did-some = Écrits : { $count }. Non écrits : { $refused }, le premier parce que : { $why }.

# Letters
reach-take-how = Votre texte reste ; la lettre est placée au-dessus.
reach-letter-in = Utiliser cette lettre dans
