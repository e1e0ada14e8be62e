# Frameworks, assessments, designs.
framework-nav = Frameworks
framework-title = Frameworks and assessments
framework-catalogues = What can be assessed
framework-assessments = Assessments
framework-none = No assessment yet
framework-none-how = Choose a catalogue below and say what is assessed: a nation, a team or an organisation.
framework-begin = Begin an assessment
framework-begin-hint = The catalogue is kept as it is today: the assessment will always be scored by the same words.
framework-scale = Scale
framework-profiles = Profiles
framework-sections = Sections
framework-by-section = By section
framework-radar = Dashed: as claimed. Filled: as supported by evidence that was looked at. The table holds the same figures.
framework-secondary = From a secondary source
framework-secondary-long = Some of what stands here was taken from a secondary source and has not been compared with the original yet.
framework-not-applicable = Does not apply
framework-no-answer = No answer
framework-agreed = Agreed
framework-apart = Answers lie apart
framework-expired = Expired
framework-state-open = Open
framework-state-closed = Closed
framework-rule-minima = Minima of a profile
framework-rule-points = Points
framework-rule-status = States of action
framework-rule-coverage = Coverage
framework-rule-minima-how = Each item is compared with the minimum of a profile. A profile is met only when no item lies below; the mean is ours and only shows the trend.
framework-rule-points-how = Points reached, out of those that apply. What does not apply is left out altogether; what nobody answered counts as nothing.
framework-rule-status-how = How many items stand at each state. There is no score; the mean is ours and only shows the trend.
framework-rule-coverage-how = How much of each group is covered: fully counts one, partly a half, not at all nothing. What does not apply is left out.
framework-field-subject = What is assessed
framework-field-subject-kind = Kind of subject
framework-subject-nation = Nation
framework-subject-team = Team
framework-subject-organisation = Organisation
framework-field-catalogue = Catalogue
framework-field-edition = Edition
framework-field-publisher = Publisher
framework-field-version = Version
framework-field-state = State
framework-field-changed = Last change
framework-field-made = Begun
framework-field-tlp = Marking
framework-field-title = Title
framework-field-items = Items
framework-field-rule = Rule
framework-field-day = Day
framework-field-respondents = Respondents
framework-field-item = Item
framework-field-claimed = Claimed
framework-field-supported = Supported
framework-field-spread = Spread
framework-field-minimum = Minimum
framework-field-gap = Gap
framework-field-rank = Rank
framework-field-advice = What to do
framework-field-blocks = Building blocks
framework-field-check = What does not fit
framework-field-about = About
framework-field-grade = Weight
framework-field-name = Name
framework-field-organisation = Organisation
framework-field-role = Role there
framework-field-answers = Answers
framework-field-profile = Profile
framework-profile-usual = Measured against “{ $name }”, because nobody chose a profile. Choose another one, or none, above.
framework-profile-none = None: no gaps
framework-field-section = Section
framework-field-question = Question
framework-field-help = Help
framework-field-typical = What usually proves it
framework-field-source = Source
framework-field-action = State of action
framework-field-comment = Comment
framework-field-expires = counts until
framework-field-level = Level
framework-field-reason = Reason
framework-field-change = Change
framework-field-kind = Kind
framework-field-why = Why
framework-figure-answered = Items answered
framework-figure-unanswered = Items nobody answered
framework-figure-not-applicable = Items that do not apply
framework-figure-percent-claimed = Reached as claimed
framework-figure-percent-supported = Reached as supported
framework-figure-points-claimed = Points as claimed
framework-figure-points-supported = Points as supported
framework-figure-points-applicable = Points that apply
framework-figure-below = Items below their minimum
framework-figure-unknown-minima = Items whose minimum is not known here
framework-figure-mean = Mean of what was claimed (ours, for the trend)
framework-figure-meets-claimed = Meets the profile as claimed
framework-figure-meets-supported = Meets the profile as supported
framework-meets-yes = Yes
framework-meets-no = No
framework-meets-unknown = Cannot be said
framework-report-title = Assessment of { $subject }
framework-report-figures = Figures
framework-report-profile = Compared with the profile { $profile }.
framework-report-strengths = Strengths
framework-report-no-strengths = No item is supported near the top of the scale yet.
framework-report-gaps = Gaps, the first to close first
framework-report-gaps-how = Ordered by how wide the gap is, times how much it matters, divided by how much work it is.
framework-report-no-gaps = No gap is known: nothing lies below a known target.
framework-report-items = Every item
framework-report-sources = Sources
framework-report-language = Language
framework-report-form = Form
framework-report-get = Get the report
framework-take-away = Report
framework-checks = What does not fit together
framework-checks-none = Everything fits together.
framework-check-contradiction = It is claimed, but what it needs is not there
framework-check-state-contradicts = A level is claimed, but action has not begun
framework-check-evidence-expired = Evidence has expired
framework-check-level-without-evidence = A level is claimed and nothing is shown for it
framework-check-evidence-not-verified = Nobody has looked at the evidence yet
framework-check-disagreement = The answers lie apart and nothing was agreed
framework-check-missing-voice = Somebody has not answered everything
framework-grade-error = Cannot be
framework-grade-warning = Look at it
framework-grade-info = Good to know
framework-action-none = Nothing
framework-action-considered = Considered
framework-action-planned = Planned
framework-action-in-progress = In progress
framework-action-in-place = In place
framework-action-reviewed = In place and reviewed
framework-one-title = { $subject }
framework-answer-title = Answers: { $subject }
framework-moderate-title = Moderate: { $subject }
framework-design-title = Design: { $subject }
framework-compare-title = Compare assessments
framework-do-answer = Answer
framework-do-moderate = Moderate
framework-do-design = Design
framework-do-close = Close the assessment
framework-do-reopen = Open the assessment again
framework-do-agree = Record what was agreed
framework-do-judge = Record
framework-is-closed = This assessment is closed: it takes no answers.
framework-join = Join as a respondent
framework-join-hint = You answer for yourself and for the organisation you speak for. Others answer alongside you; nobody’s answer is overwritten.
framework-save = Save
framework-save-next = Save and go on
framework-evidence = Evidence
framework-evidence-hint = Name a document, give its address, or hand the file in. It counts once a moderator has looked at it.
framework-evidence-label = Document or address
framework-evidence-file = File
framework-evidence-expires = Counts until
framework-evidence-add = Add the evidence
framework-evidence-remove = Take back
framework-evidence-replace = Replace by a newer one
framework-evidence-revision = revision { $number }
framework-evidence-judged = Looked at
framework-evidence-waits = Waits for the moderator
framework-moderate-hint = Who said what, how far the answers lie apart, and who is missing. What is recorded here counts instead of the median of the answers; the answers stay.
framework-missing = No answer from
framework-proves = What it proves
framework-proves-nothing = Proves nothing yet
framework-agree-nothing = Nothing agreed
framework-table = Answers from a table
framework-table-hint = A CSV file with this header, one line for each answer. Good lines are kept, refused ones are listed. An empty level means no answer; n/a means that the item does not apply.
framework-table-file = CSV file
framework-table-take = Take the answers
framework-snapshot = A snapshot
framework-snapshots = Snapshots
framework-snapshots-hint = A snapshot keeps what was said as it is now. It never changes.
framework-snapshot-name = Name of the snapshot
framework-snapshot-take = Take a snapshot
framework-snapshot-shown = You see a snapshot:
framework-snapshot-leave = Back to how things stand
framework-compare-with-now = compare with now
framework-no-voices = Nobody has joined yet.
framework-compare-before = Earlier
framework-compare-after = Later
framework-compare-do = Compare
framework-compare-apart = These are different models, and nothing says which of their items correspond. Figures of different models are never merged into one.
framework-claimed-before = Claimed earlier
framework-claimed-after = Claimed later
framework-supported-before = Supported earlier
framework-supported-after = Supported later
framework-change-better = Better
framework-change-worse = Worse
framework-change-same = Same
framework-change-new = New
framework-change-gone = Gone
framework-change-open = Unanswered at one of the two times
framework-design-hint = The cheapest complete set of building blocks that closes the gaps: whatever a block needs is in the set, and everything is there in time. Figures are ranges; the budget is compared with their upper end.
framework-design-services = Other wishes, by the ids of capabilities or services
framework-design-budget = Budget of the first year
framework-design-months = Time limit, in months
framework-design-constituents = Organisations to serve
framework-design-hours = Hours of duty
framework-design-ticked = { $count ->
    [0] Wished services
    [one] Wished services: { $count } ticked
   *[other] Wished services: { $count } ticked
}
framework-design-staffing = On duty: { $hours }. { $seats ->
    [one] { $seats } seat
   *[other] { $seats } seats
} to fill, which takes { $people } people.
framework-design-find = Find designs
framework-design-nothing = Nothing to design
framework-design-nothing-how = No gap is known and no service was asked for. Choose a profile, or name services.
framework-design-alternatives = Alternatives side by side
framework-design-aim = Minimised
framework-design-blocks = Blocks
framework-design-block = Building block
framework-design-unmet = Wishes that are not met
framework-design-wish = Wish
framework-aim-first-year = Cost of the first year
framework-aim-yearly = Cost of a further year
framework-aim-effort = Days of work
framework-first-year = First year
framework-yearly = Each further year
framework-days = Days of work
framework-weeks = Weeks until everything is there
framework-week = Ready in week
framework-because = Because of
framework-needed-by = needed by
framework-staff = Posts
framework-range = { $low } to { $high }
framework-not-proven = Not proven to be the least
framework-payer-member-state = Paid by the member state
framework-payer-donor = Paid by a donor
framework-payer-itu = Paid by ITU
framework-payer-nobody = Payer not named
framework-payer = Who pays
framework-payer-said = said for this design
framework-payer-usual = Usually: { $payer }
framework-payers = Who pays for what
framework-payers-hint = What a block says of its payer is an assumption. In ITU’s framework the assessment alone is paid by ITU or a donor; design, establishment and enhancement by the member state or a donor. What was agreed otherwise is said here, for this design alone.
framework-payers-said = { $count ->
    [0] Nothing said for this design: every block as usual
    [one] Said for one block
   *[other] Said for { $count } blocks
}
framework-kind-hardware = Equipment
framework-kind-software = Program
framework-kind-documentation = Document
framework-kind-training = Training
framework-kind-community = Community
framework-unmet-no-block = No building block is named for it
framework-unmet-unknown = There is no such service
framework-unmet-nobody-provides = Nothing provides what it needs
framework-unmet-too-late = It would be there only after so many weeks
framework-unmet-over-budget = With it the first year would cost
framework-did-begin = The assessment has begun.
framework-did-join = You are a respondent now.
framework-did-show = The evidence is there; it waits for the moderator.
framework-did-take-back = It was taken back.
framework-did-show-again = The evidence is there again.
framework-did-agree = What was agreed is recorded.
framework-did-judge = What the evidence proves is recorded.
framework-did-snapshot = The snapshot was taken.
framework-did-close = The assessment is closed.
framework-did-reopen = The assessment is open again.
framework-did-table-partly = Lines kept: { $kept }. Lines refused: { $refused }. The first of them: { $first }
framework-refused = Not done: { $why }
framework-refused-not-found = there is no such assessment.
framework-refused-closed = the assessment is closed.
framework-refused-name = a name has 1 to 120 characters on one line.
framework-refused-text = the text is empty or too long.
framework-refused-item = there is no such item to answer.
framework-refused-level = the level is not of the scale.
framework-refused-applies = this item always applies.
framework-refused-day = a day is written as 2026-11-22.
framework-refused-clearance = the marking is stricter than what you may see.
framework-refused-too-many = there are as many as there may be.
framework-refused-no-evidence = there is no such evidence.
framework-refused-settled = somebody decided about it already
framework-refused-changed = it changed since you looked at it; look again
framework-refused-no-workshop = there is no such workshop, or it is over
framework-refused-name-taken = somebody else answers under this name and organisation already. Ask the moderator, or name your part of the organisation too.
framework-refused-withdrawn = the moderator withdrew this respondent; their answers do not count.
framework-refused-no-respondent = there is no such respondent.
framework-refused-link = an address begins with https:// or http:// and has no spaces.
framework-refused-language = a language is a tag such as ar, fr or en.
framework-refused-figure-moved = the figure is another one by now; look at it again.
framework-refused-circle = a function cannot need itself.
framework-refused-stale = somebody else changed it since; look at it and try again.
framework-refused-accountable = somebody else answers for this goal already; take the part from them first.
framework-left-out = { $count ->
    [one] A file was left out because of one mistake.
   *[other] { $count } mistakes: these files were left out.
}
framework-did-answer = { $count ->
    [one] One answer is new or different; it is saved.
   *[other] { $count } answers are new or different; they are saved.
}
framework-did-table = { $count ->
    [one] One line was taken.
   *[other] { $count } lines were taken.
}
framework-apart-count = { $count ->
    [one] one apart
   *[other] { $count } apart
}
framework-design-count = { $count ->
    [one] One building block
   *[other] { $count } building blocks
}
framework-verb-block-applied = applied a building block
framework-verb-block-undone = took a building block back
framework-verb-post-filled = filled a post of the team
framework-verb-post-left = emptied a post of the team
framework-verb-proof-assigned = said who brings a proof
framework-verb-proof-shown = showed a proof
framework-verb-proof-accepted = accepted a proof
framework-verb-proof-refused = found a proof insufficient
framework-verb-manual-said = added something to the manual
framework-verb-document-changed = rewrote a procedure
framework-verb-document-read = read a procedure
framework-verb-course-passed = passed a course
framework-verb-course-tried = tried a course

framework-verb-assessment-begun = began an assessment
framework-verb-assessment-closed = closed an assessment
framework-verb-assessment-reopened = reopened an assessment
framework-verb-assessment-edited = changed the subject or the marking of an assessment
framework-verb-respondent-joined = joined as a respondent
framework-verb-respondent-claimed = took over a respondent without an account
framework-verb-respondent-withdrawn = withdrew a respondent
framework-verb-respondent-restored = let a respondent count again
framework-verb-answers-given = answered an assessment
framework-verb-evidence-added = showed evidence
framework-verb-evidence-removed = took evidence back
framework-verb-evidence-judged = judged evidence
framework-verb-figure-accepted = accepted a figure as evidence
framework-verb-consensus-recorded = recorded what was agreed
framework-verb-consensus-taken-back = took back what was agreed
framework-verb-snapshot-taken = took a snapshot
framework-verb-sheet-issued = issued an answer sheet
framework-verb-sheet-merged = took in an answer sheet
framework-verb-conflict-settled = settled a conflict between answers
framework-verb-workshop-opened = opened a workshop
framework-verb-workshop-joined = joined a workshop
framework-verb-workshop-moved = moved a workshop on
framework-verb-workshop-revealed = showed the answers of a workshop
framework-verb-workshop-covered = covered the answers of a workshop
framework-verb-workshop-seat-released = freed a seat of a workshop
framework-verb-workshop-closed = closed a workshop
framework-verb-design-kept = kept a design
framework-verb-design-accepted = accepted a design
framework-verb-design-withdrawn = withdrew a design
framework-verb-design-put-back = put a design back among the drafts
framework-verb-programme-planned = planned a programme
framework-verb-programme-closed = closed a programme
framework-verb-programme-reopened = reopened a programme
framework-verb-task-started = started a task
framework-verb-task-finished = finished a task
framework-verb-task-accepted = accepted a task
framework-verb-task-reopened = reopened a task
framework-verb-task-put-back = put a task back
framework-verb-task-changed = changed a task
framework-verb-task-added = added a task to a programme
framework-verb-task-removed = removed a task from a programme
framework-verb-task-restored = brought a removed task back
framework-verb-days-off-set = changed the days off of a programme
framework-verb-nation-days-off-set = changed the days off of the nation
framework-verb-line-added = added a line to a programme
framework-verb-line-changed = corrected a line of a programme
framework-verb-line-removed = removed a line from a programme
framework-verb-line-restored = brought a removed line back
framework-verb-line-done = ticked off a line of a programme
framework-verb-line-put-back = put back a line of a programme
framework-verb-progress-released = released figures to the office
framework-verb-progress-withdrawn = withdrew what was released
framework-verb-progress-exported = wrote a progress file
framework-verb-progress-imported = took in a progress file
framework-verb-provision-written = wrote down a provision of law
framework-verb-stakeholder-added = added a stakeholder
framework-verb-stakeholder-changed = changed a stakeholder
framework-verb-stakeholder-placed = set the parts of a stakeholder
framework-verb-stakeholder-removed = removed a stakeholder
framework-verb-stakeholder-restored = restored a stakeholder
framework-verb-action-added = added an action of the strategy
framework-verb-action-changed = changed an action of the strategy
framework-verb-action-removed = removed an action of the strategy
framework-verb-action-restored = restored an action of the strategy
framework-verb-function-added = added a critical function
framework-verb-function-changed = changed a critical function
framework-verb-function-removed = removed a critical function
framework-verb-function-restored = restored a critical function
framework-verb-review-added = planned a review
framework-verb-review-changed = changed a review
framework-verb-review-done = held a review
framework-verb-review-removed = removed a review
framework-verb-review-restored = restored a review

framework-path = The way, from assessing to getting better
framework-path-assessment =
    { $count ->
        [0] Nothing is assessed yet; begin below
        [one] { $count } assessment
       *[other] { $count } assessments
    }
framework-path-design =
    { $count ->
        [0] No design yet: an assessment's gaps make one
        [one] { $count } design
       *[other] { $count } designs
    }
framework-path-establishment =
    { $count ->
        [0] No building block is applied yet
        [one] { $count } building block applied
       *[other] { $count } building blocks applied
    }
framework-path-enhancement =
    { $count ->
        [0] No figure of the daily work is evidence yet
        [one] { $count } figure of the daily work is evidence
       *[other] { $count } figures of the daily work are evidence
    }
framework-verb-own-proof-accepted = accepted the proof they had shown themselves
framework-verb-exercise-added = planned an exercise
framework-verb-exercise-changed = changed an exercise
framework-verb-exercise-results-noted = noted the results of an exercise
framework-verb-exercise-lessons-written = wrote the lessons of an exercise
framework-verb-exercise-lesson-done = noted that a lesson was carried out
framework-verb-exercise-lesson-reopened = opened a lesson again
framework-verb-exercise-withdrawn = withdrew an exercise
framework-verb-exercise-restored = restored an exercise
