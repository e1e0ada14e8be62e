# The first administrator
setup-first-title = Setting up Manara
setup-first-what = Nobody has an account here yet. Make the first one: the administrator’s.
setup-first-token = Token
setup-first-token-hint = It is shown in the terminal where manara serve was started, and it works once. Starting the server again prints a new one.
setup-first-name = Login name
setup-first-name-hint = 2 to 40 letters, digits, dots, dashes or underscores.
setup-first-again = Password again
setup-first-go = Make the account and continue
setup-first-wrong = This is not the token, or its time is over. Copy it again from the terminal where manara serve was started; starting the server again prints a new one.

# The way through the steps
setup-title = Setting up
setup-way = Steps of setting up
setup-what = Every step can be skipped, done later, and done again.
setup-left = What is left of setting up
setup-ask = There is little to see yet: an administrator has to add the networks and a first feed.
setup-dismiss = Do not show this on the home page any more
setup-dismissed = The home page no longer shows what is left. You find it on the page People, under Setting up.
setup-done = Done
setup-to-do = To do
setup-by-command = On the server, type:
setup-save = Save and continue
setup-skip = Skip this step
setup-choose = Choose
setup-stored = Saved. It is in effect from now on.
setup-not-stored = Nothing was saved: { $why }

# The steps
setup-step-nation = Nation and team
setup-step-nation-how = Country, time zone, languages, and the name of the team in letters.
setup-step-mail = Mail
setup-step-mail-how = By which server letters leave. Until then they stay in the built-in box.
setup-step-networks = Networks
setup-step-networks-how = Whom you serve, and which addresses are theirs: pasted, or a file.
setup-step-feed = First feed
setup-step-feed-how = A file of a feed, such as a Shadowserver report, becomes events and findings.
setup-step-tables = Tables of addresses
setup-step-tables-how = Which network belongs to which AS, and the files of your regional registry for the countries. Without them events have no AS and no country of their own.
setup-step-people = People of the team
setup-step-people-how = An account for each: duty officer, handlers, analysts.

# Nation and team
setup-nation-where = Location
setup-nation-country = Country
setup-nation-zone = Time zone
setup-nation-zone-hint = For people who have set none of their own.
setup-nation-languages = Languages
setup-nation-offered = Languages people can choose
setup-nation-language = Usual language
setup-nation-language-hint = For readers whose browser asks for none of these languages.
setup-nation-team = Name of the team
setup-nation-team-hint = As letters and pages show it. A language you leave empty takes the English name.
setup-nation-bad-country = Choose the country.
setup-nation-bad-zone = Choose a time zone from the list.
setup-nation-bad-language = Choose at least one language; the usual language has to be one of them.
setup-nation-bad-name = The name of a team is one line of at most 120 characters.

# Mail
setup-mail-sender = Sender
setup-mail-transport = Where letters go
setup-mail-transport-hint = Even with a mail server no notice leaves before a person or a rule has approved it.
setup-mail-capture = Into the built-in box: nothing leaves
setup-mail-smtp = To a mail server
setup-mail-from-name = Name of the sender
setup-mail-from-mail = Address of the sender
setup-mail-server = Mail server
setup-mail-host = Server
setup-mail-port = Port
setup-mail-port-hint = 587 with STARTTLS, 465 with encryption from the first byte, 25 for a relay on this machine.
setup-mail-tls = Encryption
setup-mail-tls-required = STARTTLS, or nothing is sent
setup-mail-tls-wrapper = From the first byte
setup-mail-tls-opportunistic = STARTTLS when the server offers it
setup-mail-tls-none = None (this machine only)
setup-mail-login = Login
setup-mail-password-hint = Login and password are kept in a file of their own that only the owner of the data folder can read. Leave both empty if the server wants none.
setup-mail-password-kept = A password is kept. Leave the field empty to keep it; empty the login to forget both.
setup-mail-test = Test letter
setup-mail-test-hint = What is entered here is saved, then a letter is sent and you read what the server says to it.
setup-mail-test-to = Send a letter to
setup-mail-save-and-test = Save and send a test letter
setup-mail-taken = The mail server accepted the letter to { $mail }. It said: { $said }
setup-mail-stayed = Saved, but nothing was sent: letters go into the built-in box. Choose a mail server to send them.
setup-mail-refused = The letter did not leave. This is what was said: { $said }
setup-mail-bad-sender = The address of the sender is no mail address. Expected is one such as cirt@example.org.
setup-mail-bad-host = Enter the name or the address of the mail server, such as mail.example.org.
setup-mail-bad-port = The port is a number from 1 to 65535; usual are 587, 465 and 25.
setup-mail-bad-tls = Choose one of the ways of encryption.
setup-mail-plain-text = Without encryption mail may only go to this machine itself. Choose STARTTLS, or encryption from the first byte.
setup-mail-bad-account = Enter login and password, or neither. A new login needs its password.
setup-mail-bad-password = The password that is kept was given for another server. Enter it again.
setup-mail-bad-field = A field holds one line of at most 200 characters.
setup-mail-bad-test = Say who gets the test letter: a mail address such as you@example.org.
setup-mail-letter-subject = { $team }: test letter
setup-mail-letter = This letter was sent to see whether mail leaves. It did. Nothing needs to be done.

    { $team }

# Networks
setup-networks-give = Whom do you serve?
setup-networks-what = One line for each network: the network, the AS number if there is one, the organisation, its sector, and where it wants to be written to. Nothing is stored before you have seen what it would change; a line that cannot be read is named with the reason.
setup-networks-count = { $count ->
    [one] One constituent is there already. What you give is added; the same name is the same constituent.
   *[other] { $count } constituents are there already. What you give is added; the same name is the same constituent.
}
setup-networks-example = Lines to try
setup-networks-example-how = These networks are reserved for examples: nobody has them. Copy them into the field above to see how it works.

# First feed
setup-feed-give = Upload a file
setup-feed-what = Manara recognises a file by its name and its first lines: Shadowserver reports, Suricata, Zeek, IDEA, IntelMQ, or any feed with a mapping. The next page shows how far it is, and accounts for every row.
setup-feed-files = Files
setup-feed-files-hint = As they came, also compressed (gzip, zip). Keep the names Shadowserver gave them: they say what the report is.
setup-feed-send = Upload
setup-feed-home = Go to the home page
setup-feed-no-owners = No network is known yet, so nothing in the file would concern anybody. First the networks:
setup-stage = A new team begins with the basic services: constituents, feeds with their findings, incidents. Building blocks switch on the rest.
