# Writing to all who reported
reach-title = Write to everybody who reported { $number }
reach-do-write = Write to everybody who reported
reach-do-answer-all = Answer all
reach-how = Each gets a separate mail in the thread of their report, and does not see the others.
reach-to = Recipients
reach-none = Nobody who reported it left an address.
reach-none-how = Link reports to the incident first.
reach-letter-how = With a letter and no text below, each gets it in their own language.
reach-export-how = Exports are made for each report in its language. What is marked more strictly than a report does not leave with its mail.
reach-preview = Preview for { $mail }
reach-refused = Not sent for { $number }: { $why }.
reach-left-out = Left out for { $number }: { $mails }. Their reports were merged into it, but the address is not valid, or the marking asks for a key and there is none.
reach-did = { $count ->
    [one] One mail is on its way or waits for a second person.
   *[other] { $count } mails are on their way or wait for a second person.
}
reach-did-some = Written: { $count }. Not written: { $refused }, the first because: { $why }.

# Letters
reach-take-how = What you typed stays; the letter is placed above it.
reach-letter-in = Use this letter in
