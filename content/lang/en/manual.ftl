# The manual.
manual-title = Manual
manual-hint = Written from how this Manara is configured: names, addresses and times are the ones in force. When they change, so does the text, and its version.
manual-document = Document
manual-contents = Contents
manual-is = State
manual-read-at = You read it
manual-version = Version
manual-never-read = not read
manual-changed = changed since
manual-current = read
manual-changed-note = This text has changed since you read it. What is new is marked, and so is what is gone.
manual-new = New
manual-gone = Gone
manual-i-read = I have read this
manual-did-read = Noted: you read “{ $title }”.
manual-other-version = The text changed while you had it open. Read it again.
manual-before = Before: { $title }
manual-after = Next: { $title }
manual-whole = The whole manual, for printing
manual-facts = What the program cannot know
manual-facts-hint = These words appear in the manual. Leave empty what is not decided; the manual then says so.
manual-facts-head = Who heads the team, and how they are reached
manual-facts-hours = Hours of duty
manual-facts-handover = When the shift changes
manual-facts-police = Contact at the police
manual-facts-backup = Where backups are kept
manual-facts-too-long = { $count ->
    [one] A text has at most one character, on one line.
   *[other] A text has at most { $count } characters, on one line.
}
manual-did-facts = Saved. The manual says so from now on.
manual-readers = Who has read what
manual-readers-hint = “Changed since” means that the text is no longer the one they read.
manual-person = Person
manual-home-changed = { $count ->
    [one] One procedure changed since you read it.
   *[other] { $count } procedures changed since you read them.
}
manual-home-read = Read what changed
