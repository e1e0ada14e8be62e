# The frame of every page
web-name = Manara
web-tagline = From the day’s reports to owners warned and systems mended.
web-skip = Skip to the content
web-nav-label = Main
web-nav-home = Home
web-nav-picture = Picture
web-nav-findings = Findings
web-nav-incidents = Incidents
web-nav-events = Events
web-nav-notices = Notices
web-nav-constituents = Constituents
web-nav-feeds = Feeds
web-nav-batches = Batches
web-nav-journal = Journal
web-nav-users = People
web-languages-label = Language
web-crumbs-label = You are here
web-logout = Sign out
web-utc = All times are UTC

# Roles and languages
web-role-admin = Administrator
web-role-duty = Duty officer
web-role-handler = Handler
web-role-analyst = Analyst
web-role-viewer = Viewer
web-lang-en = English
web-lang-ar = Arabic
web-lang-fr = French

# Signing in
web-login-title = Sign in
web-login-name = Name
web-login-password = Password
web-login-enter = Sign in
web-login-report = Report an incident without an account
web-login-wrong = The name or the password is not right. Check both and try again; an administrator can give you a new password.
web-login-wait = { $count ->
    [one] Too many attempts. Wait one minute, then try again.
   *[other] Too many attempts. Wait { $count } minutes, then try again.
}

# About
web-about-title = About Manara
web-about-what = Manara is a national computer incident response team in one program. It reads what feeds and sensors report, finds out whom it concerns, keeps what is true now as findings, and tells the owners in their language.
web-about-how = It runs on one machine, keeps everything on it, and asks nothing from outside.
web-about-version = Version
web-about-licence = Licence
web-languages-title = Languages
web-languages-what = Manara is written in English and translated as a whole. A message that a language lacks is shown in English and listed here once somebody has met it.
web-languages-complete = No message has been missed.
web-languages-missing = { $count ->
    [one] One message was shown in English:
   *[other] { $count } messages were shown in English:
}

# Errors: what, why, what to do
web-error-id = If you ask for help, give this number:
web-error-unreadable-title = This request cannot be read
web-error-unreadable-why = A part of the address or of the form is not what this page expects.
web-error-unreadable-how = Go back, check what you entered, and send it again. If you followed a link, it may be cut off.
web-error-sign-in-title = Please sign in
web-error-sign-in-why = This page is for people who are signed in. Your session may have ended.
web-error-sign-in-how = Sign in, then open the page again.
web-error-forbidden-title = Your role does not include this
web-error-forbidden-why = You are signed in, but this page or action asks for a right your role does not have.
web-error-forbidden-how = Ask an administrator if you need it for your work.
web-error-stale-form-title = The form is no longer valid
web-error-stale-form-why = It was opened before you signed in, or it did not come from this site. Nothing was changed.
web-error-stale-form-how = Open the page again and send the form once more.
web-error-not-found-title = There is nothing here
web-error-not-found-why = The page or record does not exist, or you may not see it.
web-error-not-found-how = Check the address, or start from the home page.
web-error-method-title = This page cannot do that
web-error-method-why = The address exists, but it does not take this kind of request.
web-error-method-how = Open the page with a link or a button of this site.
web-error-too-slow-title = The request took too long
web-error-too-slow-why = Your browser did not finish sending it in time.
web-error-too-slow-how = Check your connection and send it again.
web-error-conflict-title = Somebody was faster
web-error-conflict-why = The record is there already, or was changed since you opened the page. Nothing was overwritten.
web-error-conflict-how = Open the page again, look at what changed, and decide again.
web-error-too-large-title = This is too large
web-error-too-large-why = The file or form is larger than this page takes.
web-error-too-large-how = Split the file, compress it, or import it on the server with the command line.
web-error-unknown-host-title = The server is not known by this name
web-error-unknown-host-why = You asked for it under a name that is not in its configuration. This protects against pages that lead browsers astray.
web-error-unknown-host-how = Use the usual address, or have the name added to the configuration.
web-error-too-many-title = Too many attempts
web-error-too-many-why = There were too many attempts in a short time.
web-error-too-many-how = Wait a few minutes, then try again.
web-error-internal-title = Something went wrong on our side
web-error-internal-why = The page could not be made. Nothing you entered caused this, and nothing was half saved.
web-error-internal-how = Try again. If it happens again, tell your administrator the number below: it leads to the reason in the log.
web-error-unavailable-title = The server cannot answer now
web-error-unavailable-why = It is busy, starting, or cannot reach its database.
web-error-unavailable-how = Wait a minute and load the page again.
web-error-database-title = The database cannot be reached
web-error-database-why = The server is up, but the database that holds its records does not answer or is locked by other work. What was accepted before is safe.
web-error-database-how = Wait a minute and load the page again; nothing needs to be restarted. What you just sent was not stored: send it again then. If this lasts, tell your administrator the number below.
web-error-again = Try again
web-error-overdue-title = The page took too long
web-error-overdue-why = It needed more time than a page may take, and was stopped. Nothing was half saved.
web-error-overdue-how = Ask for less: a shorter time, one feed, one constituent. If a small page takes long, too, tell your administrator the number below.

# Lists
web-list-filter = Filter
web-list-all = All
web-list-show = Show
web-list-from = From
web-list-until = Until
web-list-actions = Actions
web-list-filters-set = Filters in use
web-list-remove-filter = remove this filter
web-list-remove-all = Remove all filters
web-list-pages = Pages
web-list-shown = { $count ->
    [0] None shown
    [one] One shown, that is all
   *[other] { $count } shown, that is all
}
web-list-shown-more = { $count ->
    [one] One shown, more follow
   *[other] { $count } shown, more follow
}
web-list-first = First page
web-list-next = Next page
web-list-csv = Export CSV
web-list-xlsx = Export Excel
web-list-json = Export JSON
web-list-none-match = Nothing matches these filters
web-list-none-match-how = Remove one of the filters above, or widen the dates.
web-chart-day = Day
web-chart-as-table = As a table

# Journal
web-journal-title = Journal
web-journal-when = When
web-journal-who = Who
web-journal-text = Text of the detail or record
web-journal-plane = Area
web-journal-verb = What
web-journal-record = Record
web-journal-detail = Details
web-journal-none = Nothing has happened yet
web-journal-none-how = Every change is written here: who did what to which record, and when.
web-plane-watch = Watch
web-plane-warning = Warning
web-plane-response = Response
web-plane-constituency = Constituency
web-plane-framework = Frameworks
web-plane-web = Access
web-plane-app = Installation
web-plane-store = Storage
web-verb-logged-in = signed in
web-verb-logged-out = signed out
web-verb-login-failed = failed to sign in
web-verb-user-added = added a person
web-verb-user-disabled = disabled a person
web-verb-role-changed = changed the role of an account
web-verb-mailboxes-changed = set the mailboxes of an account
web-verb-user-enabled = enabled a person
web-verb-sessions-ended = ended the sessions of a person
web-verb-password-changed = set a new password
web-verb-token-made = made a token
web-verb-token-revoked = revoked a token
web-verb-first-token-made = made a token for the first administrator
web-verb-first-token-refused = was refused: wrong token for the first administrator
web-verb-webhook-made = made a webhook
web-verb-webhook-removed = removed a webhook
web-verb-webhook-restored = restored a webhook
web-verb-webhook-disabled = turned a webhook off
web-verb-webhook-enabled = turned a webhook on
web-verb-webhook-sent-again = sent a webhook’s message again
web-verb-settings-changed = changed their settings
web-verb-view-saved = saved a view
web-verb-view-changed = changed a view
web-verb-view-deleted = deleted a view
web-verb-view-restored = restored a view
web-verb-many-changed = made a bulk change
web-verb-many-restored = undid a bulk change

# People
web-users-title = People
web-users-name = Name
web-users-role = Role
web-users-lang = Language
web-users-seen = Last signed in
web-users-never = never
web-users-sessions = Open sessions
web-users-state = State
web-users-enabled = Active
web-users-disabled = Disabled
web-users-enable = Enable
web-users-disable = Disable
web-users-sign-out = Sign out everywhere
web-users-none = There is nobody here yet
web-users-none-how = Add the first person below.
web-users-add = Add a person
web-users-add-button = Add
web-users-password = First password
web-users-added = { $name } was added.
web-users-bad-name = A name has 2 to 40 letters, digits, dots, dashes or underscores.
web-users-bad-password = { $count ->
    [one] A password has at least one character. A short sentence is a good password.
   *[other] A password has at least { $count } characters. A short sentence is a good password.
}
web-users-taken = Somebody has this name already. Choose another.
web-users-not-oneself = Nobody can disable themselves. Ask another administrator.
web-users-was-disabled = The person was disabled and signed out everywhere.
web-users-was-enabled = The person may sign in again.
web-users-signed-out = { $count ->
    [0] There was no open session.
    [one] One session was ended.
   *[other] { $count } sessions were ended.
}
web-person-journal = What they did
web-person-own = This is your own account: you change your password under My account, and another administrator changes your role.
web-person-last = This is the last administrator who can sign in. Make somebody else an administrator first.
web-person-role = Another role
web-person-role-how = The person is signed out everywhere, and has the rights of the new role from the next sign-in on.
web-person-role-button = Change the role
web-person-role-did = The role of { $name } was changed, and their sessions were ended.
web-person-role-same = { $name } has this role already; nothing was changed.
web-person-password = New password
web-person-password-field = New password (leave empty to generate one)
web-person-password-how = A generated password is shown once. The person is signed out everywhere, and their tokens stop working.
web-person-password-button = Give a new password
web-person-password-made = The new password
web-person-password-made-how = It is shown only now. Give it to the person in a safe way; they choose one of their own under My account.
web-person-password-did = { $name } has a new password and was signed out everywhere.

# Times
# `months`: which names of months; Arabic has several
web-date-day = { $day } { $months ->
   *[usual] { $month ->
            [1] January
            [2] February
            [3] March
            [4] April
            [5] May
            [6] June
            [7] July
            [8] August
            [9] September
            [10] October
            [11] November
           *[12] December
        }
} { $year }
web-date-moment = { $day }, { $time } { $zone }
web-ago-now = just now
web-ago-minutes = { $count ->
    [one] one minute ago
   *[other] { $count } minutes ago
}
web-ago-hours = { $count ->
    [one] one hour ago
   *[other] { $count } hours ago
}
web-ago-days = { $count ->
    [one] one day ago
   *[other] { $count } days ago
}

# How bad, and where it stands
web-severity-info = Info
web-severity-low = Low
web-severity-medium = Medium
web-severity-high = High
web-severity-critical = Critical
web-state-open = Open
web-state-notified = Notified
web-state-acknowledged = Acknowledged
web-state-fixed = Fixed
web-state-false-positive = False positive
web-state-expired = Expired
web-state-reopened = Reopened

# The Reference Security Incident Taxonomy
web-class-abusive-content = Abusive content
web-class-malicious-code = Malicious code
web-class-information-gathering = Information gathering
web-class-intrusion-attempts = Intrusion attempts
web-class-intrusions = Intrusions
web-class-availability = Availability
web-class-information-content-security = Information content security
web-class-fraud = Fraud
web-class-vulnerable = Vulnerable
web-class-other = Other
web-class-test = Test
web-type-spam = Spam
web-type-harmful-speech = Harmful speech
web-type-violence = Exploitative or violent content
web-type-infected-system = Infected system
web-type-c2-server = C2 server
web-type-malware-distribution = Malware distribution
web-type-malware-configuration = Malware configuration
web-type-scanner = Scanning
web-type-sniffing = Sniffing
web-type-social-engineering = Social engineering
web-type-ids-alert = Exploitation of known vulnerabilities
web-type-brute-force = Login attempts
web-type-exploit = New attack signature
web-type-privileged-account-compromise = Privileged account compromise
web-type-unprivileged-account-compromise = Unprivileged account compromise
web-type-application-compromise = Application compromise
web-type-system-compromise = System compromise
web-type-burglary = Burglary
web-type-dos = Denial of service
web-type-ddos = Distributed denial of service
web-type-misconfiguration = Misconfiguration
web-type-sabotage = Sabotage
web-type-outage = Outage
web-type-unauthorised-information-access = Unauthorised access to information
web-type-unauthorised-information-modification = Unauthorised modification of information
web-type-data-loss = Data loss
web-type-data-leak = Leak of confidential information
web-type-unauthorised-use-of-resources = Unauthorised use of resources
web-type-copyright = Copyright
web-type-masquerade = Masquerade
web-type-phishing = Phishing
web-type-weak-crypto = Weak cryptography
web-type-ddos-amplifier = DDoS amplifier
web-type-potentially-unwanted-accessible = Potentially unwanted accessible service
web-type-information-disclosure = Information disclosure
web-type-vulnerable-system = Vulnerable system
web-type-other = Uncategorised
web-type-undetermined = Undetermined
web-type-test = Test
web-type-blocklist = On a block list

# One's own account
web-account-title = My account
web-account-of = My account: { $name }
web-account-password = A new password
web-account-current = Current password
web-account-new = New password
web-account-again = New password again
web-account-how = You are signed out everywhere else.
web-account-change = Change the password
web-account-differ = The two new passwords are not the same. Type the new one twice.
web-account-same = The new password is the one you have. Choose another.
web-account-wrong = The current password is not right. An administrator can give you a new one.
web-account-changed = { $count ->
    [0] Your password is changed.
    [one] Your password is changed; one other session was ended.
   *[other] Your password is changed; { $count } other sessions were ended.
}
web-account-sessions = Where you are signed in
web-account-made = Since
web-account-seen = Last used
web-account-address = From
web-account-agent = Browser
web-account-here = This one
web-account-end = End
web-account-end-others = End all others
web-error-service-off-title = This service is not switched on
web-error-service-off-why = The page belongs to a service that this team does not use yet, or has switched off. Its data is kept.
web-error-service-off-how = A building block switches it on, or an administrator does so by hand.
web-verb-service-switched-on = switched a service on
web-verb-service-switched-off = switched a service off
web-verb-basic-stage-begun = began with the basic services
web-form-stale = Somebody else changed this while you had it open. What you typed is in the form; where it differs, what stands now is shown below it. Saving puts your words in its place.
web-form-now = Stands now:
web-form-file = Choose the file again: a browser does not keep it.
