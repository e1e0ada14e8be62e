# Records of other tools, taken over

import-title = Records of other tools
import-one-title = File { $file }

## Bringing a file
import-bring = Bring a file
import-how = The file is tried out first: you see what would be made of it and which records are refused, and nothing is made until you say so. A record that is here already is not taken twice, so the same file may come again. A file may be packed with gzip; one of more than 512 MB goes through the command line.
import-field-format = What form it has
import-format-rtir = RTIR: tickets as JSON of RT’s REST2
import-format-thehive = TheHive: cases as JSON of its API
import-format-csv = A table of incidents (CSV)
import-format-mbox = Old mail (mbox)
import-format-maildir = Old mail (Maildir)
import-format-eml = Old mail (folder of .eml)
import-field-file = File
import-field-tlp = Marking of what says nothing of it
import-more = If there is more to say
import-field-tool = A name for the tool
import-field-tool-hint = Only when there are two of its kind, such as an RT of the bank: the numbers of each are its own.
import-field-queues = Queues of RT and what they hold
import-field-queues-hint = One a line, by number or name: 3=incidents. What there is: reports, incidents, investigations, countermeasures.
import-field-mbox-kind = Kind of the mbox
import-do-bring = Try it out
import-brought = Files that were brought
import-none = No file was brought yet.
import-none-how = Choose one above.
import-no-name = without a name
import-who = Brought by
import-when = When
import-did-bring = The file is here and is being tried out.
import-did-go = The work has begun.
import-did-go-not = There is nothing to do for this file now, or somebody else has just begun.
import-refused-empty = No file was chosen, or it is empty.
import-refused-packed = The file cannot be unpacked: { $why }
import-refused-format = This form is not known.
import-refused-tool = The name of a tool has at most 60 characters, and no stroke (/).
import-refused-tlp = This marking is not known.
import-refused-queues = The queues cannot be read; expected one a line, such as 3=incidents.
import-refused-mbox-kind = This kind of mbox is not known.

## One file
import-came = What came of it
import-state-trying = Being tried out
import-state-tried = Tried out
import-state-taking = Being taken over
import-state-done = Taken over
import-state-failed = Could not be tried out
import-state-stopped = Stopped
import-said-under-way = This goes on while you do something else. What follows is how far it is.
import-look-again = Look again
import-said-interrupted = The work was interrupted. What was taken over before stays; go on, and only what is missing is added.
import-said-tried = Nothing was made yet. This is what would be made.
import-said-nothing = Nothing of this file would be made.
import-said-done = The file was taken over.
import-said-stopped = The taking over could not go on. What was taken over before stays; go on, and only what is missing is added.
import-said-failed = The file could not be tried out to its end.
import-fault = Why it could not be read on:
import-read = Records read
import-made-incidents = Incidents
import-made-reports = Reports
import-made-investigations = Investigations
import-made-countermeasures = Countermeasures
import-made-notes = Notes
import-made-messages = Messages
import-made-observables = Observables
import-made-links = Links between records
import-already = Here already
import-refused = Refused
import-changed = Changed last
import-warning = Taking over cannot be undone at once: what was made can only be closed, record by record or many together.
import-do-take = Take it over
import-do-go-on = Go on
import-back = All files
import-first = The first records
import-was = Its name there
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
