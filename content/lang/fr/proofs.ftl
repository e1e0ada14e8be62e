# Ce qui prouvait une tâche, ou fut jugé d’une preuve, avant que quelqu’un ne le change.
proofs-past = { $count ->
    [one] Déjà acceptée une fois
   *[other] Déjà acceptée { $count } fois
}
proofs-past-how = Ce qui prouvait la tâche avant sa réouverture. Rien n’en est perdu.
proofs-opened = Rouverte
proofs-judged = examinée
proofs-judged-before = { $count ->
    [one] Déjà examinée une fois
   *[other] Déjà examinée { $count } fois
}
proofs-until = jusqu’au
