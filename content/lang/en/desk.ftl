# Settings
desk-account = Settings and views
desk-account-what = Language, digits, calendar, time zone, theme and keyboard settings are yours alone; so are the views of lists that you save.
desk-save = Save
desk-times-in = Times are in { $zone }
desk-settings-title = My settings
desk-settings-saved = Your settings are saved.
desk-settings-bad-zone = There is no time zone { $zone }. Choose one of the list.
desk-settings-words = Language and digits
desk-settings-lang = Language
desk-settings-region = Region
desk-settings-no-region = None in particular
desk-settings-region-hint = Numbers and names of months in Arabic are those of the region. English and French are written one way.
desk-settings-digits = Digits in Arabic
desk-digits-region = As the region writes them
desk-digits-latin = 0123456789
desk-digits-arabic = ٠١٢٣٤٥٦٧٨٩
desk-settings-times = Days and times
desk-settings-zone = Time zone
desk-settings-calendar = Calendar
desk-calendar-gregorian = Gregorian
desk-calendar-islamic = Gregorian, with the Islamic date beside it
desk-calendar-hint = The Islamic date is the one of the tabular calendar. It may differ by a day from the one that was announced.
desk-settings-look = Appearance and keyboard
desk-settings-theme = Theme
desk-theme-system = Same as the device
desk-theme-light = Light
desk-theme-dark = Dark
desk-theme-contrast = High contrast
desk-settings-density = Row height
desk-density-roomy = Comfortable
desk-density-dense = Compact
desk-settings-keys = Single-key shortcuts
desk-settings-keys-hint = Switch this off when you dictate, or when keys get in your way. The list of shortcuts stays.
desk-settings-sample = How it looks now
desk-sample-number = A number
desk-sample-day = Today
desk-sample-moment = Now
desk-sample-address = An address never changes

# Views and columns of lists
desk-views-title = Saved views
desk-views-what = A view is a list with its filters, order and columns, saved under a name. Save one from any list; the team sees those you share.
desk-views-none = No view is saved yet
desk-views-none-how = Open a list, set its filters, and choose “Save this view”.
desk-views-of-list = The list
desk-views-save = Save this view
desk-views-save-hint = A view of the same name is replaced. Rename and delete:
desk-views-name = Name of the view
desk-views-share = The whole team sees it
desk-views-first = My default view of this list
desk-views-team = team
desk-views-first-badge = default
desk-views-make-first = Make it my default
desk-views-make-not-first = No longer my default
desk-views-rename = Rename or share
desk-views-delete = Delete
desk-views-were-deleted = Deleted in the last 30 days
desk-views-restore = Restore
desk-views-saved = The view { $name } is saved.
desk-views-renamed = The view is changed.
desk-views-deleted = The view { $name } is deleted. You can restore it below.
desk-views-restored = The view { $name } is restored.
desk-views-is-first = { $name } is now your default view of its list.
desk-views-not-first = The whole list is shown again instead of { $name }.
desk-views-bad-name = The view was not saved: its name has 1 to 60 characters.
desk-views-too-many = The view was not saved: you have 200 already. Delete some first.
desk-views-too-long = The view was not saved: its filters are too long.
desk-views-taken = Another view of this list has this name. Choose another name, or delete that view first.
desk-columns = Columns
desk-columns-which = Columns shown

# Regions
desk-region-ae = United Arab Emirates
desk-region-bh = Bahrain
desk-region-dj = Djibouti
desk-region-dz = Algeria
desk-region-eg = Egypt
desk-region-iq = Iraq
desk-region-jo = Jordan
desk-region-km = Comoros
desk-region-kw = Kuwait
desk-region-lb = Lebanon
desk-region-ly = Libya
desk-region-ma = Morocco
desk-region-mr = Mauritania
desk-region-om = Oman
desk-region-ps = Palestine
desk-region-qa = Qatar
desk-region-sa = Saudi Arabia
desk-region-sd = Sudan
desk-region-so = Somalia
desk-region-sy = Syria
desk-region-tn = Tunisia
desk-region-ye = Yemen

# The tabular Islamic calendar
desk-islamic-day = { $day } { $month ->
    [1] Muharram
    [2] Safar
    [3] Rabiʻ I
    [4] Rabiʻ II
    [5] Jumada I
    [6] Jumada II
    [7] Rajab
    [8] Shaʻban
    [9] Ramadan
    [10] Shawwal
    [11] Dhuʻl-Qiʻdah
   *[12] Dhuʻl-Hijjah
} { $year } AH

# Search over everything
desk-search = Search
desk-search-title = Search
desk-search-text = Number, address, name or words
desk-search-what = { $count ->
    [one] You can find incidents, notices, reports, investigations and countermeasures by number; findings by address or name; constituents by name, network, domain or AS number; batches by hash; feeds, exercises, assessments and programmes by name; and words in titles, notes and names of files, only in the newest record.
   *[other] You can find incidents, notices, reports, investigations and countermeasures by number; findings by address or name; constituents by name, network, domain or AS number; batches by hash; feeds, exercises, assessments and programmes by name; and words in titles, notes and names of files, in the newest { $count } of each kind.
}
desk-search-none = Nothing was found
desk-search-none-how = Check the spelling, look for a part of the words, or search one of the lists below: they look through everything.
desk-search-notes = Notes of incidents
desk-search-further = Search further
desk-search-events-from = Events from this address
desk-search-events-to = Events to this address
desk-search-events = All events with this text
desk-search-findings = All findings with this text
desk-search-incidents = All incidents with this text
desk-search-all-notices = All notices with this text

# Keys
desk-keys-title = Keyboard shortcuts
desk-keys-what = Where the browser runs scripts, these shortcuts work on every page outside of fields. Everything they do can be done by links as well.
desk-keys-off = Single-key shortcuts are switched off in your settings; only Ctrl K works.
desk-keys-everywhere = On every page
desk-keys-go = Go to a page
desk-key-palette = Open the palette: search, and go to any page
desk-key-keys = Show the keyboard shortcuts
desk-key-next = Next row of the list
desk-key-before = Previous row
desk-key-open = Open the row (Enter does, too)
desk-key-tick = Select or deselect the row
desk-key-page = Next page
desk-key-first = First page
desk-key-close = Close the palette
desk-palette-title = Search and go
desk-palette-failed = The server did not answer. Enter searches on a page of its own.
desk-search-research = Everything known about it
# Research
desk-research-title = Research
desk-research = Look up
desk-research-text = Address, name, mail, hash, vulnerability or AS number
desk-research-what = Paste it as you have it, also in a harmless form such as hxxp://bad[.]example. Everything known of it here is shown: owners, findings, notices, incidents, reports and events.
desk-research-none = Nothing to look up in this
desk-research-none-how = Enter an address, a domain, a URL, a mail address, a hash (MD5, SHA-1, SHA-256), a vulnerability (CVE-2024-3400) or an AS number (AS64500).
desk-research-nothing = Nothing is known of it here.
desk-research-words = Search for it as text
desk-research-speaking = Reports and incidents that speak of it
desk-research-events = Events that name it
desk-research-slow = Searching the events took too long. Try again, or look at the list of events with a shorter time.
desk-research-feed = Feed
desk-research-class = Class
desk-research-count = Events
desk-research-first = First
desk-research-last = Last
desk-research-kind-ip = An address
desk-research-kind-cidr = A network
desk-research-kind-domain = A domain
desk-research-kind-url = A URL
desk-research-kind-mail = A mail address
desk-research-kind-hash_md5 = An MD5 hash
desk-research-kind-hash_sha1 = A SHA-1 hash
desk-research-kind-hash_sha256 = A SHA-256 hash
desk-research-kind-hash_sha512 = A SHA-512 hash
desk-research-kind-cve = A vulnerability
desk-research-kind-asn = An AS number
