# The workspace of law.
law-title = Law
law-hint = For each nation: what domestic law says on each article of the conventions, where it says so, what is missing, and what is still to be drafted. A workspace is an assessment by coverage: several people may say how far an article is covered, and a moderator records what was agreed.
law-none = No workspace yet
law-none-how = Begin one below: name the nation.
law-begin = Begin a workspace
law-nation = Nation
law-open = Workspace of law
law-one-title = Law of { $subject }
law-one-hint = Fully counts one, partly a half, not at all nothing; what does not apply is left out. What was shown and looked at stands beside what was said.
law-assessment = The assessment
law-by-group = By group
law-group = Group
law-article = Article
law-standing = How it stands
law-standing-covered = Covered
law-standing-partly = Partly
law-standing-no = Not covered
law-standing-open = Nobody said
law-covered-claimed = Covered, as said
law-covered-supported = Covered, as proven
law-night = Contact by day and night
law-night-ready = { $count ->
    [one] { $ready } of one duty is kept.
   *[other] { $ready } of { $count } duties are kept.
}
law-citation = Law and article
law-link = Address of the text
law-language = Language of the text
law-body = Text of the provision
law-note = Drafting note
law-missing = What is missing
law-own-standing = As you see it
law-asked = What is asked
law-write = Domestic provision
law-provision = Domestic provision
law-written = Written
law-before = Before
law-no-advice = Titles of articles are those of the instruments; the questions are not legal advice.
law-did-write = Saved. What stood there before is kept.
