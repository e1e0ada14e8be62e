# What proved a task, or was judged of evidence, before somebody changed it.
proofs-past = { $count ->
    [one] Accepted once before
   *[other] Accepted { $count } times before
}
proofs-past-how = What proved the task before it was opened again. Nothing of it is lost.
proofs-opened = Opened again
proofs-judged = judged
proofs-judged-before = { $count ->
    [one] Judged once before
   *[other] Judged { $count } times before
}
proofs-until = until
