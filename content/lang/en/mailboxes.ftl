## The mailboxes somebody works for
mailboxes-title = Mailboxes
mailboxes-all = all
mailboxes-of = Mailboxes of { $name }
mailboxes-how = Whoever is limited to some mailboxes sees only the incidents, reports, investigations and countermeasures of those: in lists, in searches, in figures and in exported files. Nothing ticked means all mailboxes. The first one also stands for what came to no mailbox, such as what a rule opened.
mailboxes-are-all = All mailboxes are seen now.
mailboxes-gone = no longer one of our mailboxes
mailboxes-save = Set mailboxes
mailboxes-back = Back
mailboxes-did = { $name } sees only the chosen mailboxes from now on.
mailboxes-did-all = { $name } sees all mailboxes from now on.
mailboxes-token = Only these mailboxes
mailboxes-limit = You see only incidents and reports of these mailboxes: { $mailboxes }. An administrator can change that.
mailboxes-limit-none = You see no incident and no report: none of your mailboxes is open to this token.
