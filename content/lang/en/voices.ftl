# Respondents: whose they are, what they said before, and who does not count.
voices-moved-some = { $count ->
    [one] One answer was not saved: it was changed somewhere else since you opened this page. Saved: { $saved }. Look at it below and save again.
   *[other] { $count } answers were not saved: they were changed somewhere else since you opened this page. Saved: { $saved }. Look at them below and save again.
}
voices-moved = Kept now:
voices-moved-how = Your own answer is in the form below. Save it to replace what is kept, or choose what is kept.
voices-you-are-withdrawn = The moderator withdrew you from this assessment: your answers are kept and do not count. Ask the moderator.
voices-waiting = { $count ->
    [one] One answer waits for your decision
   *[other] { $count } answers wait for your decision
}
voices-agree-how = What stands now is above, what you typed is in the form. Record it again to replace what stands.
voices-history = What it was before
voices-agreed-before = Agreed before
voices-until = until
voices-said = Answers, newest first
voices-did-table = { $conflicts ->
    [one] Lines taken: { $kept }. One line differs from what a person with an account answered themselves; it waits for your decision under “Sheets and exports”.
   *[other] Lines taken: { $kept }. { $conflicts } lines differ from what people with an account answered themselves; they wait for your decision under “Sheets and exports”.
}
voices-did-table-partly = Lines taken: { $kept }. Lines that wait for your decision under “Sheets and exports”: { $conflicts }. Lines refused: { $refused }. The first of them: { $first }
voices-did-edit = The assessment was changed.
voices-did-withdraw = The respondent was withdrawn. Their answers are kept and count nowhere; you can let them count again below.
voices-did-restore = The respondent counts again.
voices-withdraw = Withdraw
voices-withdraw-hint = Whoever is withdrawn counts nowhere: not in figures, not in the spread, not among missing answers, not in the report. Their answers are kept and can count again.
voices-withdrawn = Withdrawn
voices-restore = Let count again
voices-edit = Change subject or marking
voices-edit-hint = A stricter marking hides the assessment at once from those who may not see it.
voices-edit-save = Change
voices-by-table = by a table
