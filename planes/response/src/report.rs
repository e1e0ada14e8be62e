//! The report of an incident, to print and to take away.

use std::collections::HashMap;

use manara_document::{Cell, Direction, Document, Part, Table};
use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError};
use manara_web::{Locale, Word, Words};

use crate::clock::{Clock, Standing};
use crate::evidence::{Custody, Evidence};
use crate::incident::{Incident, Linked, Note};
use crate::message::Seen;
use crate::own_field::{OwnFieldKind, OwnValue};
use crate::policy::Policy;
use crate::sql_clock::Review;
use crate::sql_task::Technique;
use crate::task::{Progress, Task, TaskKind, TaskState};
use crate::ticket::Ticket;
use crate::timeline::{Line, Own, timeline};
use crate::{PLANE, sql, sql_clock, sql_evidence, sql_field, sql_task, sql_ticket};

/// Findings, observables and tickets that stand in a report.
const SHOWN: i64 = 1_000;
/// Lines of the timeline.
const LINES: usize = 2_000;
/// Constituents.
const CONSTITUENTS: i64 = 200;

/// What the report of an incident is made of.
pub struct IncidentReport {
    one: Incident,
    constituents: Vec<(String, String)>,
    lines: Vec<Line>,
    has_more_lines: bool,
    findings: Vec<Linked>,
    observables: Vec<Seen>,
    tickets: Vec<Ticket>,
    tasks: Vec<Task>,
    clocks: Vec<Clock>,
    techniques: Vec<Technique>,
    review: Option<Review>,
    evidence: Vec<(Evidence, Vec<Custody>)>,
    own_values: Vec<OwnValue>,
}

/// Gathers what a viewer may see of an incident and what is marked no more strictly than it: the report is marked as it is.
pub async fn gather(db: &Db, viewer: &Viewer, one: Incident) -> Result<IncidentReport, StoreError> {
    let viewer = &Viewer { clearance: viewer.clearance.min(one.tlp), ..viewer.clone() };
    let most = i64::try_from(LINES + 1).unwrap_or(i64::MAX);
    let journal = Journal::of_record(db, PLANE, &one.id, most).await?;
    let notes = sql::notes(db, &one.id, most).await?.into_iter().filter(|note| note.struck.is_none()).collect();
    let titles = sql::titles(db, &one.id).await?;
    let (lines, has_more_lines) = timeline(journal, &titles, notes, Vec::new(), LINES);
    Ok(IncidentReport {
        constituents: sql::constituents(db, &one.id, CONSTITUENTS).await?,
        lines,
        has_more_lines,
        findings: sql::worst_findings(db, &one.id, SHOWN).await?,
        observables: sql_ticket::observables_of(db, &one.id, SHOWN).await?,
        tickets: sql_ticket::tickets_of_incident(db, viewer, &one.id, SHOWN).await?,
        tasks: sql_task::tasks_of(db, &one.id).await?.into_iter().filter(|task| task.removed.is_none()).collect(),
        clocks: sql_clock::clocks_of(db, &one.id).await?,
        techniques: sql_task::techniques(db, &one.id).await?,
        review: sql_clock::review_of(db, &one.id).await?,
        evidence: evidence_with_custody(db, &one.id).await?,
        own_values: sql_field::own_values(db, &one.id).await?,
        one,
    })
}

/// The report as a document: as it stands at a moment, in a language. The same record and moment give the same document.
pub fn report(of: &IncidentReport, policy: &Policy, words: &Words, locale: Locale, now: Micros) -> Document {
    let writer = Writer { of, policy, words, locale, now };
    let mut parts = Vec::new();
    writer.facts(&mut parts);
    writer.timeline(&mut parts);
    writer.findings(&mut parts);
    writer.observables(&mut parts);
    writer.tickets(&mut parts);
    writer.tasks(&mut parts);
    writer.clocks(&mut parts);
    writer.techniques(&mut parts);
    Paper { words, locale }.evidence(&mut parts, &of.evidence);
    writer.review(&mut parts);
    document(&of.one, format!("{} · {}", of.one.number, of.one.title), parts, (words, locale), now)
}

fn document(
    one: &Incident,
    title: String,
    parts: Vec<Part>,
    (words, locale): (&Words, Locale),
    now: Micros,
) -> Document {
    let marks = [("n", Word::from("{n}")), ("m", Word::from("{m}"))];
    let is_rtl = locale.lang.dir() == "rtl";
    Document {
        title,
        lang: locale.lang.tag().into(),
        direction: if is_rtl { Direction::RightToLeft } else { Direction::LeftToRight },
        tlp: Some(one.tlp),
        day: locale.local(now).format("%Y-%m-%d").to_string(),
        day_words: words.day(locale, now),
        page_words: words.t_args(locale, "document-page", &marks),
        parts,
    }
}

/// The evidence of an incident that is on its list, each with its custody.
pub async fn evidence_with_custody(db: &Db, incident: &str) -> Result<Vec<(Evidence, Vec<Custody>)>, StoreError> {
    let mut all = Vec::new();
    for item in sql_evidence::evidence_of(db, incident).await?.into_iter().filter(|item| item.removed.is_none()) {
        let custody = sql_evidence::custody_of(db, &item.id).await?;
        all.push((item, custody));
    }
    Ok(all)
}

/// What was secured for an incident and through whose hands it went, as a document to print and to sign.
pub fn custody_sheet(
    one: &Incident,
    evidence: &[(Evidence, Vec<Custody>)],
    words: &Words,
    locale: Locale,
    now: Micros,
) -> Document {
    let paper = Paper { words, locale };
    let mut parts = Vec::new();
    match evidence.is_empty() {
        true => parts.push(Part::Words(paper.t("evidence-none"))),
        false => paper.evidence(&mut parts, evidence),
    }
    let zone = [("zone", Word::from(locale.zone_at(now)))];
    parts.push(Part::Words(words.t_args(locale, "desk-times-in", &zone)));
    let title = format!("{} · {}", one.number, paper.t("evidence-sheet"));
    document(one, title, parts, (words, locale), now)
}

/// Words and moments of a document in a language.
struct Paper<'w> {
    words: &'w Words,
    locale: Locale,
}

impl Paper<'_> {
    fn t(&self, key: &str) -> String {
        self.words.t(self.locale, key)
    }

    fn moment(&self, moment: Micros) -> Cell {
        Cell::Id(self.locale.local(moment).format("%Y-%m-%d %H:%M").to_string())
    }

    fn evidence(&self, parts: &mut Vec<Part>, evidence: &[(Evidence, Vec<Custody>)]) {
        if evidence.is_empty() {
            return;
        }
        parts.push(Part::Heading(1, self.t("evidence-title-short")));
        for (item, custody) in evidence {
            parts.push(Part::Heading(2, format!("{} · {}", item.number, item.name)));
            parts.push(Part::Pairs(self.facts(item)));
            let row = |line: &Custody| {
                let reason = if line.position == 1 { self.t("evidence-secured") } else { line.reason.clone() };
                vec![
                    self.moment(line.at),
                    Cell::Text(line.given_by.clone()),
                    Cell::Text(line.taken_by.clone()),
                    Cell::Text(line.place.clone()),
                    Cell::Text(reason),
                ]
            };
            let head = ["at", "given-by", "taken-by", "place", "reason"].map(|key| self.t(&format!("evidence-{key}")));
            let rows = custody.iter().map(row).collect();
            parts.push(Part::Table(Table { caption: self.t("evidence-custody"), head: head.to_vec(), rows }));
        }
    }

    fn facts(&self, item: &Evidence) -> Vec<(String, Cell)> {
        let mut pairs = vec![
            (self.t("evidence-kind"), Cell::Text(self.t(&format!("evidence-kind-{}", item.kind.as_str())))),
            (self.t("evidence-acquired"), self.moment(item.acquired)),
            (self.t("evidence-acquired-by"), Cell::Text(item.acquired_by.clone())),
            (self.t("evidence-source"), Cell::Text(item.source.clone())),
            (self.t("evidence-place"), Cell::Text(item.place.clone())),
        ];
        if !item.sha256.is_empty() {
            pairs.push((self.t("evidence-sha256"), Cell::Id(item.sha256.clone())));
        }
        if item.bytes > 0 {
            pairs.push((self.t("evidence-bytes"), Cell::Number(self.locale.numbers.whole(item.bytes))));
        }
        if item.is_kept() {
            pairs.push((self.t("evidence-file"), Cell::Text(item.file.clone())));
        }
        if let Some(check) = &item.check {
            let outcome = self.t(check.outcome.key());
            let at = self.locale.local(check.at).format("%Y-%m-%d %H:%M");
            pairs.push((self.t("evidence-checked"), Cell::Text(format!("{at} · {} · {outcome}", check.who))));
        }
        if !item.note.is_empty() {
            pairs.push((self.t("evidence-note"), Cell::Text(item.note.clone())));
        }
        pairs
    }
}

struct Writer<'w> {
    of: &'w IncidentReport,
    policy: &'w Policy,
    words: &'w Words,
    locale: Locale,
    now: Micros,
}

impl Writer<'_> {
    fn t(&self, key: &str) -> String {
        self.words.t(self.locale, key)
    }

    fn t1(&self, key: &str, name: &str, value: Word) -> String {
        self.words.t_args(self.locale, key, &[(name, value)])
    }

    fn heads<const N: usize>(&self, keys: [&str; N]) -> Vec<String> {
        keys.map(|key| self.t(key)).to_vec()
    }

    fn number(&self, number: i64) -> String {
        self.locale.numbers.whole(number)
    }

    fn clock(&self, moment: Micros) -> String {
        self.locale.local(moment).format("%Y-%m-%d %H:%M").to_string()
    }

    fn moment(&self, moment: Option<Micros>) -> Cell {
        moment.map_or(Cell::Absent, |moment| Cell::Id(self.clock(moment)))
    }

    fn person(&self, name: &str) -> Cell {
        if name.is_empty() { Cell::Absent } else { Cell::Text(name.to_string()) }
    }

    fn heading(&self, parts: &mut Vec<Part>, key: &str) {
        parts.push(Part::Heading(1, self.t(key)));
    }

    fn facts(&self, parts: &mut Vec<Part>) {
        let one = &self.of.one;
        let text = |text: String| Cell::Text(text);
        let names: Vec<&str> = self.of.constituents.iter().map(|(_, name)| name.as_str()).collect();
        let mut pairs = vec![
            (self.t("response-field-number"), Cell::Id(one.number.clone())),
            (self.t("response-field-title"), text(one.title.clone())),
            (self.t("response-field-state"), text(self.t(&format!("response-state-{}", one.state.as_str())))),
            (self.t("response-field-class"), text(self.t(&format!("web-type-{}", one.kind)))),
            (self.t("response-field-severity"), text(self.t(&format!("web-severity-{}", one.severity.as_str())))),
            (self.t("response-field-impact"), text(self.t(&format!("response-impact-{}", one.impact.as_str())))),
            (self.t("response-field-urgency"), text(self.t(&format!("web-severity-{}", one.urgency.as_str())))),
            (self.t("response-field-tlp"), Cell::Id(one.tlp.label().into())),
            (
                self.t("response-field-pap"),
                text(format!("{} · {}", one.pap.label(), self.t(&format!("response-pap-{}", one.pap.as_str())))),
            ),
            (self.t("response-field-constituent"), self.person(&names.join(" · "))),
            (self.t("response-field-owner"), self.person(&one.owner)),
            (self.t("response-field-created"), self.moment(Some(one.created))),
            (self.t("response-field-due"), self.moment(one.due)),
            (self.t("response-field-closed"), self.moment(one.closed)),
        ];
        for value in &self.of.own_values {
            let language = self.locale.lang.tag();
            let said = match value.kind {
                OwnFieldKind::YesNo => self.t(&format!("fields-{}", value.value)),
                OwnFieldKind::Choice if !value.words.is_empty() => value.words.of(language).to_string(),
                _ => value.value.clone(),
            };
            pairs.push((value.title.of(language).to_string(), text(said)));
        }
        if !one.tags.is_empty() {
            pairs.push((self.t("response-field-tags"), text(one.tag_list().join(" · "))));
        }
        if !one.resolution.is_empty() {
            let end = self.policy.resolution(&one.resolution);
            let words = end.map_or(one.resolution.as_str(), |end| end.title(self.locale.lang.tag()));
            pairs.push((self.t("response-field-resolution"), text(words.to_string())));
        }
        parts.push(Part::Pairs(pairs));
        parts.push(Part::Words(self.t1("desk-times-in", "zone", self.locale.zone_at(self.now).into())));
    }

    fn timeline(&self, parts: &mut Vec<Part>) {
        self.heading(parts, "response-one-timeline");
        if self.of.has_more_lines {
            parts.push(Part::Note(self.t("response-one-more-lines")));
        }
        let row = |line: &Line| {
            let (who, what) = match line {
                Line::Own(own) => (own.who.clone(), self.happened(own)),
                Line::Note(note) => (note.who.clone(), self.noted(note)),
                Line::Elsewhere(happened, _) => (happened.who.clone(), happened.what.clone()),
            };
            vec![self.moment(Some(line.at())), self.person(&who), Cell::Text(what)]
        };
        let head = self.heads(["response-line-when", "response-line-who", "response-line-what"]);
        parts.push(table(head, self.of.lines.iter().map(row).collect()));
    }

    fn noted(&self, note: &Note) -> String {
        match &note.edited {
            Some(_) => format!("{} ({})", note.body, self.t("response-note-edited")),
            None => note.body.clone(),
        }
    }

    fn happened(&self, own: &Own) -> String {
        let mut text = self.t(&format!("response-verb-{}", own.verb.replace('_', "-")));
        if let Some(task) = self.of.tasks.iter().find(|task| task.id == own.about) {
            text.push_str(&format!(": {}", task.title.of(self.locale.lang.tag())));
        }
        if let Some(clock) = self.of.clocks.iter().find(|clock| clock.id == own.about) {
            text.push_str(&format!(": {}", clock.title.of(self.locale.lang.tag())));
        }
        if let Some((item, _)) = self.of.evidence.iter().find(|(item, _)| item.number == own.about) {
            text.push_str(&format!(": {}", item.number));
        }
        if !own.other.is_empty() {
            text.push_str(&format!(" {}", own.other));
        }
        if own.findings > 0 {
            text.push_str(&format!(" ({})", self.t1("response-line-findings", "count", own.findings.into())));
        }
        text
    }

    fn findings(&self, parts: &mut Vec<Part>) {
        if self.of.findings.is_empty() {
            return;
        }
        self.heading(parts, "response-field-findings");
        let row = |one: &Linked| {
            vec![
                Cell::Id(one.asset.clone()),
                Cell::Text(format!("{} {}", self.t(&format!("web-type-{}", one.kind)), one.subject)),
                Cell::Text(self.t(&format!("web-severity-{}", one.severity.as_str()))),
                self.person(&one.constituent),
                self.moment(Some(one.linked_at)),
            ]
        };
        let head = self.heads([
            "response-finding-asset",
            "response-finding-what",
            "response-field-severity",
            "response-field-constituent",
            "response-finding-linked",
        ]);
        parts.push(table(head, self.of.findings.iter().map(row).collect()));
        let left = self.of.one.findings - i64::try_from(self.of.findings.len()).unwrap_or(i64::MAX);
        if left > 0 {
            parts.push(Part::Words(self.t1("response-one-more-findings", "count", left.into())));
        }
    }

    fn observables(&self, parts: &mut Vec<Part>) {
        if self.of.observables.is_empty() {
            return;
        }
        self.heading(parts, "work-report-observables");
        let row = |seen: &Seen| vec![Cell::Text(self.kind(&seen.kind)), Cell::Id(seen.value.clone())];
        let head = self.heads(["work-report-kind", "work-report-value"]);
        parts.push(table(head, self.of.observables.iter().map(row).collect()));
    }

    fn kind(&self, kind: &str) -> String {
        crate::observable::kind_key(kind).map_or_else(|| kind.to_string(), |key| self.t(&key))
    }

    fn tickets(&self, parts: &mut Vec<Part>) {
        if self.of.tickets.is_empty() {
            return;
        }
        self.heading(parts, "work-report-tickets");
        let row = |ticket: &Ticket| {
            vec![
                Cell::Id(ticket.number.clone()),
                Cell::Text(self.t(&format!("work-ticket-{}", ticket.kind.as_str()))),
                Cell::Text(ticket.subject.clone()),
                self.moment(Some(ticket.created)),
                self.moment(ticket.closed),
            ]
        };
        let head = self.heads([
            "response-field-number",
            "work-report-kind",
            "response-field-title",
            "response-field-created",
            "response-field-closed",
        ]);
        parts.push(table(head, self.of.tickets.iter().map(row).collect()));
    }

    fn tasks(&self, parts: &mut Vec<Part>) {
        let of = |is_of: fn(TaskKind) -> bool| -> Vec<&Task> {
            self.of.tasks.iter().filter(|task| task.counts() && is_of(task.kind)).collect()
        };
        let tasks = of(|kind| matches!(kind, TaskKind::Step | TaskKind::Own));
        let checks = of(|kind| kind == TaskKind::Check);
        if tasks.is_empty() && checks.is_empty() {
            return;
        }
        self.heading(parts, "work-tasks");
        let progress = Progress::of(&self.of.tasks, self.now);
        let args = [("ended", Word::from(progress.ended)), ("count", Word::from(progress.all))];
        parts.push(Part::Words(self.words.t_args(self.locale, "work-progress", &args)));
        if !tasks.is_empty() {
            parts.push(self.task_table(&tasks));
        }
        if !checks.is_empty() {
            parts.push(Part::Heading(2, self.t("work-checks")));
            parts.push(self.task_table(&checks));
        }
    }

    fn task_table(&self, tasks: &[&Task]) -> Part {
        let language = self.locale.lang.tag();
        let row = |task: &&Task| {
            let mut what = task.title.of(language).to_string();
            if let Some(answer) = task.answer() {
                what.push_str(&format!(" → {}", answer.of(language)));
            }
            for more in [&task.reason, &task.note] {
                if !more.is_empty() {
                    what.push_str(&format!("\n{more}"));
                }
            }
            let mut state = self.t(&format!("work-task-{}", task.state.as_str()));
            if task.is_late(self.now) || task.was_late() {
                state.push_str(&format!(" ({})", self.t("work-late")));
            }
            let (who, at) = match &task.done {
                Some((who, at)) if task.state != TaskState::Open => (who.as_str(), Some(*at)),
                _ => (task.owner.as_str(), None),
            };
            vec![Cell::Text(what), Cell::Text(state), self.person(who), self.moment(task.due), self.moment(at)]
        };
        let head = self.heads(["work-task", "response-field-state", "work-who", "work-due", "work-ended"]);
        table(head, tasks.iter().map(row).collect())
    }

    fn clocks(&self, parts: &mut Vec<Part>) {
        if self.of.clocks.is_empty() {
            return;
        }
        self.heading(parts, "work-clocks");
        let language = self.locale.lang.tag();
        for clock in &self.of.clocks {
            parts.push(Part::Heading(2, clock.title.of(language).to_string()));
            parts.push(Part::Words(self.t1("work-clock-source", "source", clock.source.clone().into())));
            if !clock.verified {
                parts.push(Part::Note(self.t("work-clock-unverified")));
            }
            if let Some((who, at)) = &clock.stopped {
                let args = [
                    ("who", Word::from(who.clone())),
                    ("when", self.clock(*at).into()),
                    ("why", clock.reason.clone().into()),
                ];
                parts.push(Part::Note(self.words.t_args(self.locale, "work-clock-stopped", &args)));
            }
            let shown = clock.stages.iter().filter(|stage| stage.standing(self.now) != Standing::Off);
            let row = |stage: &crate::clock::ClockStage| {
                let standing = stage.standing(self.now);
                let mut state = self.t(&format!("work-standing-{}", standing.as_str()));
                if let Some(met) = stage.met.as_ref().filter(|met| !met.remark.is_empty()) {
                    state.push_str(&format!("\n{}", met.remark));
                }
                vec![
                    Cell::Text(stage.title.of(language).to_string()),
                    Cell::Text(stage.recipient.of(language).to_string()),
                    self.moment(stage.due),
                    self.moment(stage.met.as_ref().map(|met| met.at)),
                    Cell::Text(state),
                ]
            };
            let head = self.heads(["work-stage", "work-recipient", "work-due", "work-met", "response-field-state"]);
            parts.push(table(head, shown.map(row).collect()));
        }
    }

    fn techniques(&self, parts: &mut Vec<Part>) {
        let named = |id: &str| match crate::task::technique_key(id) {
            Some(key) => format!("{id} · {}", self.t(&key)),
            None => id.to_string(),
        };
        let mut ids: Vec<String> = self.of.techniques.iter().map(|one| named(&one.id)).collect();
        ids.dedup();
        if !ids.is_empty() {
            self.heading(parts, "work-techniques");
            parts.push(Part::List { numbered: false, items: ids });
        }
    }

    fn review(&self, parts: &mut Vec<Part>) {
        let lessons: Vec<&Task> = self.of.tasks.iter().filter(|task| task.kind == TaskKind::Lesson).collect();
        let answers: Vec<_> = self
            .of
            .review
            .iter()
            .flat_map(|review| &review.answers)
            .filter(|answer| !answer.answer.is_empty())
            .collect();
        if answers.is_empty() && lessons.is_empty() {
            return;
        }
        let language = self.locale.lang.tag();
        self.heading(parts, "work-review");
        if self.of.review.as_ref().is_some_and(|review| review.finished.is_none()) {
            parts.push(Part::Note(self.t("work-review-open")));
        }
        for answer in answers {
            parts.push(Part::Heading(2, answer.words.of(language).to_string()));
            parts.push(Part::Words(match answer.kind.as_str() {
                "yes-no" => self.t(&format!("work-review-{}", answer.answer)),
                "choice" => answer.answer_words.of(language).to_string(),
                "scale" => {
                    let step = answer.answer.parse().unwrap_or_default();
                    format!("{} / {}", self.number(step), self.number(*crate::questions::SCALE.end()))
                }
                _ => answer.answer.clone(),
            }));
        }
        if !lessons.is_empty() {
            parts.push(Part::Heading(2, self.t("work-lessons")));
            parts.push(self.task_table(&lessons));
        }
    }
}

fn table(head: Vec<String>, rows: Vec<Vec<Cell>>) -> Part {
    Part::Table(Table { caption: String::new(), head, rows })
}

/// The titles of tasks and clocks by id, for lines of the timeline.
pub(crate) fn named(tasks: &[Task], clocks: &[Clock], language: &str) -> HashMap<String, String> {
    let tasks = tasks.iter().map(|task| (task.id.clone(), task.title.of(language).to_string()));
    let clocks = clocks.iter().map(|clock| (clock.id.clone(), clock.title.of(language).to_string()));
    tasks.chain(clocks).collect()
}
