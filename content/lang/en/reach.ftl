# Writing to all who reported
reach-title = Write to all who reported { $number }
reach-do-write = Write to all who reported
reach-do-answer-all = Answer all
reach-how = Each gets a mail of their own in the thread of their report, and does not see the others.
reach-to = To whom
reach-none = Nobody who reported it left an address.
reach-none-how = Link reports to the incident first.
reach-letter-how = With a letter and no text below, each gets it in their own language.
reach-preview = As it will leave to { $mail }
reach-refused = To { $number } it does not go: { $why }.
reach-did = { $count ->
    [one] One mail is on its way or waits for a second person.
   *[other] { $count } mails are on their way or wait for a second person.
}
reach-did-some = Written: { $count }. Not written: { $refused }, the first because: { $why }.

# Letters
reach-take-how = What you typed stays: the letter stands above it.
reach-letter-in = Write it in
