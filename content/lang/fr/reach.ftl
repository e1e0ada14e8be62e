# Writing to all who reported
reach-title = Écrire à tous les déclarants de { $number }
reach-do-write = Écrire à tous les déclarants
reach-do-answer-all = Répondre à tous
reach-how = Chacun reçoit son propre courriel dans le fil de son signalement et ne voit pas les autres.
reach-to = À qui
reach-none = Aucun déclarant n’a laissé d’adresse.
reach-none-how = Liez d’abord des signalements à l’incident.
reach-letter-how = Avec une lettre et sans texte ci-dessous, chacun la reçoit dans sa langue.
reach-preview = Tel qu’il partira à { $mail }
reach-refused = Rien ne part pour { $number } : { $why }.
reach-did = { $count ->
    [one] Un courriel est en route ou attend une seconde personne.
   *[other] { $count } courriels sont en route ou attendent une seconde personne.
}
reach-did-some = Écrits : { $count }. Non écrits : { $refused }, le premier parce que : { $why }.

# Letters
reach-take-how = Votre texte reste : la lettre se place au-dessus.
reach-letter-in = L’écrire dans
