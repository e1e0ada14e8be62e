# Lines beside the tasks of a programme, corrected, removed and brought back.
lines-title = A line of the programme
lines-change = Correct
lines-usual-how = Left empty, it says again what Manara says of it in every language.
lines-remove = Remove this line
lines-remove-how = It goes from the programme. It is kept, and can be brought back.
lines-closed = The programme is closed; open it again to correct its lines.
lines-now = Kept now:
lines-now-how = What you typed is in the form. Save it to replace what is kept, or go back to keep it.
lines-before = What it said before
lines-until = until
lines-removed = { $count ->
    [one] One removed line
   *[other] { $count } removed lines
}
lines-kind-risk = Risk
lines-kind-handover = Handover
lines-kind-closure = Closure
lines-did-change = The line was corrected; what it said before is kept.
lines-did-remove = The line was removed.
lines-did-restore = The line is back.
