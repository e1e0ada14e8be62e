# Records of other tools, taken over

import-title = Records from other tools
import-one-title = File { $file }

## Bringing a file
import-bring = Import a file
import-how = The file is checked first: you see what would be created and which records are refused, and nothing is created until you confirm. A record that is already here is not imported twice, so the same file may be uploaded again. A file may be compressed with gzip; one larger than 512 MB is imported with the command line.
import-field-format = Format
import-format-rtir = RTIR: tickets as JSON of RT’s REST2
import-format-thehive = TheHive: cases as JSON of its API
import-format-csv = A table of incidents (CSV)
import-format-mbox = Old mail (mbox)
import-format-maildir = Old mail (Maildir)
import-format-eml = Old mail (folder of .eml)
import-field-file = File
import-field-tlp = Marking for records without one
import-more = More options
import-field-tool = Name of the tool
import-field-tool-hint = Only if you have two of the same kind, such as a second RT: each has its own numbers.
import-field-queues = Queues of RT and what they hold
import-field-queues-hint = One per line, by number or name: 3=incidents. Possible values: reports, incidents, investigations, countermeasures.
import-field-mbox-kind = Kind of the mbox
import-do-bring = Check the file
import-brought = Uploaded files
import-none = No file was uploaded yet.
import-none-how = Choose one above.
import-no-name = without a name
import-who = Uploaded by
import-when = When
import-did-bring = The file was uploaded and is being checked.
import-did-go = The work has started.
import-did-go-not = There is nothing to do for this file now, or somebody else has just begun.
import-refused-empty = No file was chosen, or it is empty.
import-refused-packed = The file cannot be unpacked: { $why }
import-refused-format = This format is not known.
import-refused-tool = The name of a tool has at most 60 characters, and no slash (/).
import-refused-tlp = This marking is not known.
import-refused-queues = The queues cannot be read; write one per line, such as 3=incidents.
import-refused-mbox-kind = This kind of mbox is not known.

## One file
import-came = Result
import-state-trying = Being checked
import-state-tried = Checked
import-state-taking = Being imported
import-state-done = Imported
import-state-failed = Could not be checked
import-state-stopped = Stopped
import-said-under-way = This continues while you do something else. Below is how far it is.
import-look-again = Refresh
import-said-interrupted = The import was interrupted. What was imported stays; continue, and only what is missing is added.
import-said-tried = Nothing was created yet. This is what would be created.
import-said-nothing = Nothing would be created from this file.
import-said-done = The file was imported.
import-said-stopped = The import could not continue. What was imported stays; continue, and only what is missing is added.
import-said-failed = The file could not be checked to its end.
import-fault = Why reading stopped:
import-read = Records read
import-made-incidents = Incidents
import-made-reports = Reports
import-made-investigations = Investigations
import-made-countermeasures = Countermeasures
import-made-notes = Notes
import-made-tasks = Tasks
import-made-messages = Messages
import-made-files = Files
import-made-observables = Observables
import-made-links = Links between records
import-already = Already here
import-refused = Refused
import-changed = Last change
import-warning = An import cannot be undone as a whole: what was created can only be closed, one by one or many together.
import-do-take = Import these records
import-do-go-on = Continue
import-back = All files
import-first = The first records
import-was = Original name
import-becomes = Becomes
import-becomes-incident = Incident
import-becomes-report = Report
import-becomes-investigation = Investigation
import-becomes-countermeasure = Countermeasure
import-becomes-message = Message
import-refused-title = Refused records
import-refused-cut = { $count ->
    [one] Only the first is kept here.
   *[other] Only the first { $count } are kept here.
}
import-refused-more = More refused records
import-where = Where
import-why = Why
