# ما أثبت مهمة، أو حُكم به على دليل، قبل أن يغيّره أحد.
proofs-past = { $count ->
    [zero] لم تُعتمد من قبل
    [one] اعتُمدت مرة واحدة من قبل
    [two] اعتُمدت مرتين من قبل
    [few] اعتُمدت { $count } مرات من قبل
    [many] اعتُمدت { $count } مرة من قبل
   *[other] اعتُمدت { $count } مرة من قبل
}
proofs-past-how = ما أثبت المهمة قبل إعادة فتحها. لم يضع منه شيء.
proofs-opened = أُعيد فتحها
proofs-judged = قُيّم
proofs-judged-before = { $count ->
    [zero] لم يُقيَّم من قبل
    [one] قُيّم مرة واحدة من قبل
    [two] قُيّم مرتين من قبل
    [few] قُيّم { $count } مرات من قبل
    [many] قُيّم { $count } مرة من قبل
   *[other] قُيّم { $count } مرة من قبل
}
proofs-until = حتى
