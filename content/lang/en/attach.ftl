# Files that go with a message
attach-title = Attached files
attach-preview = Attached files
attach-file = Add files
attach-file-how = At most 20 files of 7 MB together. They stay ticked above until the message is sent.
attach-theirs = Files of this record
attach-mail = The mail of { $from } as a file
attach-export-observables-csv = Observables as a table (CSV)
attach-export-observables-json = Observables for programs (JSON)
attach-export-findings-csv = Findings of the incident as a table (CSV)
attach-export-findings-json = Findings of the incident for programs (JSON)
attach-export-report-pdf = Incident report (PDF)
attach-inside = What { $name } says
