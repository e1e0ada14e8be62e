# words of constituency

constituency-list-title = Constituents
constituency-list-text = Name or what it owns
constituency-list-state = State
constituency-list-changed = Last change
constituency-list-none = There is no constituent yet
constituency-list-none-how = Import a list of organisations with their networks, or add the first one by hand. Events find their owner as soon as it is here.
constituency-state-active = Active
constituency-state-inactive = Not active
constituency-state-removed = Removed
constituency-criticality-low = Low
constituency-criticality-medium = Medium
constituency-criticality-high = High
constituency-criticality-vital = Vital
constituency-role-security = Security
constituency-role-abuse = Abuse
constituency-role-technical = Technical
constituency-role-management = Management
constituency-format-csv = CSV
constituency-format-json = JSON
constituency-format-both = CSV and JSON
constituency-format-pdf = PDF and CSV
constituency-format-all = PDF, CSV and JSON

constituency-field-id = Id
constituency-field-name = Name
constituency-field-names = Names in other languages
constituency-field-name-in = Name ({ $language })
constituency-field-name-en = Name (English)
constituency-field-name-ar = Name (Arabic)
constituency-field-name-fr = Name (French)
constituency-field-sector = Sector
constituency-field-sector-text = Sector in your own words, when it is “Other”
constituency-field-kind = Kind
constituency-field-kind-text = Kind in your own words, when it is “Other”
constituency-field-criticality = Criticality
constituency-field-association = Under
constituency-field-association-how = The name of the constituent above this one, such as its provider or its association.
constituency-field-active = Active: match events to it and tell it
constituency-field-networks = Networks
constituency-field-networks-how = One on each line, such as 192.0.2.0/24 or 2001:db8::/32. The network of a customer may lie inside that of its provider: the smaller one wins.
constituency-field-as-numbers = AS numbers
constituency-field-domains = Domains
constituency-field-contacts = Contacts
constituency-field-contacts-how = A contact needs a mail address or a telephone number. Empty a contact to remove it; save to get more empty rows.
constituency-field-contact = Contact { $number }
constituency-field-contact-role = Role
constituency-field-contact-name = Person or desk
constituency-field-contact-mail = Mail
constituency-field-contact-telephone = Telephone
constituency-field-contact-language = Language
constituency-field-contact-format = Form of events
constituency-field-contact-active = Tell this contact
constituency-field-notes = Notes

constituency-new-title = Add a constituent
constituency-edit-title = Change a constituent
constituency-form-save = Save
constituency-form-cancel = Cancel
constituency-form-stale = Somebody changed this constituent while you had it open. Nothing is lost: the current values are shown below, beside what you typed. Saving replaces them with your form.
constituency-form-others = Where your form and the record differ now
constituency-form-others-none = Nothing of it differs from your form: saving changes nothing.
constituency-form-field = Field
constituency-form-now = Current value
constituency-form-mine = In your form
constituency-form-troubles = { $count ->
    [one] One field has to be corrected
   *[other] { $count } fields have to be corrected
}

constituency-edit = Change
constituency-remove = Remove
constituency-restore = Restore
constituency-removed-note = This constituent was removed. Events are not matched to it and it is not told. It can be restored.
constituency-merged-note = It was merged into { $name }.
constituency-inactive-note = This constituent is not active: events are not matched to it and it is not told.
constituency-one-facts = What it is
constituency-one-owns = What it owns
constituency-one-added = Added
constituency-one-id = Id
constituency-one-below = Constituents under it
constituency-one-journal = What happened
constituency-networks-none = No networks
constituency-contacts-none = Nobody can be told
constituency-contacts-none-how = Add a contact, so that notices about this constituent can be sent.
constituency-contacts-none-short = None
constituency-contact-inactive = Not told
constituency-journal-when = When
constituency-journal-who = Who
constituency-journal-what = What
constituency-journal-all = All of it in the journal
constituency-verb-added = added a constituent
constituency-verb-changed = changed a constituent
constituency-verb-imported = imported a list of constituents
constituency-verb-removed = removed a constituent
constituency-verb-restored = restored a constituent
constituency-verb-merged = merged a constituent into another

constituency-merge-title = Merge into another constituent
constituency-merge-how = Networks, domains, AS numbers and contacts go over to the other one, and this one is removed. Restoring it gives networks and domains back.
constituency-merge-into = Name of the other constituent
constituency-merge-button = Merge

constituency-said-added = { $name } was added.
constituency-said-changed = { $name } was changed.
constituency-said-removed = { $name } was removed. It can be restored here.
constituency-said-restored = { $name } was restored.
constituency-said-not-restored = It cannot be restored, because others have these now: { $taken }
constituency-said-merged = { $name } was merged into { $into }.
constituency-said-merge-unknown = There is no other constituent with the name “{ $name }”.
constituency-said-imported = The list was imported. Added: { $added }. Changed: { $changed }. Removed: { $removed }.
constituency-said-held-gone = The file that was checked is no longer here. Choose it again.

constituency-overlaps-title = Overlaps
constituency-overlaps-how = Networks of one constituent that lie inside a network of another. Events go to the owner of the smaller network.
constituency-overlaps-none = No networks overlap
constituency-overlaps-none-how = When a network of one constituent lies inside that of another, it is shown here with the one who wins.
constituency-overlaps-shown = { $count ->
    [one] { $shown } of one overlap
   *[other] { $shown } of { $count } overlaps
}
constituency-overlap-inner = Network
constituency-overlap-wins = Gets the events
constituency-overlap-outer = Lies inside
constituency-overlap-loses = Of
constituency-overlap-equal = The same network
constituency-shared-title = AS numbers of several constituents
constituency-shared-how = Events without a known network go to the owner of their AS number. Of several owners it is the one that all the others are under; else nobody.
constituency-shared-owners = Owners
constituency-shared-nobody = Nobody

constituency-export-title = Export the whole constituency
constituency-export-how = All constituents that are not removed, with everything they own. Each of these files can be imported again.
constituency-export-csv = CSV, one line for each constituent
constituency-export-networks = CSV, one line for each network
constituency-export-json = JSON

constituency-import-title = Import
constituency-import-choose = Choose a file
constituency-import-how = The file is checked first and nothing is written: you see what would change and confirm it. One bad line, and the whole file is refused, with every bad line named.
constituency-import-form-networks = A CSV with one line for each network has these columns:
constituency-import-form-full = A CSV with one line for each constituent, or JSON, has the columns of the export. The order does not matter, and columns may be left out.
constituency-import-file = File
constituency-import-paste = Lines, pasted
constituency-import-replace = Remove what the file does not name
constituency-import-check = Check the file
constituency-import-confirm = Import
constituency-import-report = What the file would do
constituency-import-ready = Nothing is written yet. Confirm, and it will be.
constituency-import-nothing = All of this is here already. There is nothing to change.
constituency-import-refused = { $count ->
    [one] One value was refused, so nothing can be imported. Correct it and choose the file again.
   *[other] { $count } values were refused, so nothing can be imported. Correct them and choose the file again.
}
constituency-import-refused-title = Refused
constituency-import-warnings-title = Warnings
constituency-import-warnings = { $count ->
    [one] One value was accepted, but should be checked.
   *[other] { $count } values were accepted, but should be checked.
}
constituency-import-read = Lines read
constituency-import-added = Constituents added
constituency-import-changed = Constituents changed
constituency-import-unchanged = Constituents that stay as they are
constituency-import-removed = Constituents removed
constituency-import-line = Line
constituency-import-column = Column
constituency-import-why = Why
constituency-import-warning = What
constituency-import-found = Found
constituency-import-error-empty = The file is empty.
constituency-import-error-too-large = The file is larger than { $limit } MB. Import it with the command line.
constituency-import-error-no-name = No column is the name of the constituent (name or org). The columns of the file are: { $found }
constituency-import-error-twice = The columns { $first } and { $second } mean the same. Remove one of them.
constituency-import-error-json = The file is not JSON at line { $line }, column { $column }: { $reason }

constituency-reason-empty = It is empty
constituency-reason-too-long = It is longer than { $limit } characters
constituency-reason-control = It contains invisible characters
constituency-reason-network = Not an IPv4 or IPv6 network such as 192.0.2.0/24 or 2001:db8::/32
constituency-reason-length = The number behind the slash is not from 1 to { $max }
constituency-reason-host-bits = Host bits are set. The network is probably { $meant }
constituency-reason-as-number = Not an AS number such as 64512 or AS64512
constituency-reason-domain = Not a domain name such as ministry.example
constituency-reason-mail = Not a mail address such as abuse@isp.example
constituency-reason-telephone = Not a telephone number such as +223 20 22 00 00
constituency-reason-language = Not a language code such as en, ar or fr
constituency-reason-word = Not one of these: { $words }
constituency-reason-id = Not an id of Manara
constituency-reason-unreachable = A contact needs a mail address or a telephone number
constituency-reason-own-association = A constituent is not above itself
constituency-reason-name-taken = Another constituent has this name: { $owner }
constituency-reason-owned = It belongs to { $owner } already
constituency-reason-owned-in-file = Line { $line } of the same file gives it to { $owner }
constituency-reason-twice-in-file = Line { $line } of the same file is about the same constituent
constituency-reason-fields = The line has { $found } fields, the header has { $wanted }
constituency-reason-open-quote = A quotation mark is opened and not closed
constituency-reason-line-too-long = The line is too long
constituency-reason-json-type = The value should be { $words }

constituency-warning-unknown-column = This column is not known and was not read
constituency-warning-unknown-sector = This sector is not known. It is kept under “Other”
constituency-warning-unknown-kind = This kind is not known. It is kept under “Other”
constituency-warning-unknown-association = No constituent has this name
constituency-warning-shared-as = { $owner } has this AS number too
constituency-warning-differs = Line { $line } says otherwise of the same constituent, and counts

constituency-networks-none-how = Add its networks, so that events of its addresses find their owner.
