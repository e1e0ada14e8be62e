//! Taking records over: some thousand in one transaction, with few statements for all of them together.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Arc;

use manara_model::Micros;
use manara_store::{Blobs, Db, Journal, StoreError, Tx};
use serde_json::json;

use super::run::RunError;
use super::{Becomes, Foreign, ForeignTask, ForeignTechnique, Text, Voice};
use crate::attached::{file_name, media_type};
use crate::evidence::{Custody, EVIDENCE, Evidence, EvidenceKind, evidence_number};
use crate::incident::{Impact, Incident, NOTE_CHARS, Note, State, TITLE_CHARS, Verdict, number, plain, title};
use crate::jobs::new_id;
use crate::message::{Message, MessageFile, MessageKind};
use crate::own_field::{Belongs, OwnField, column_of};
use crate::pap::Pap;
use crate::policy::{DUPLICATE, Policy};
use crate::sql_import::{self, Known};
use crate::tag::{TAGS, Taxonomies, tag, with};
use crate::task::{TASK_CHARS, Task, TaskKind, TaskState};
use crate::texts::Texts;
use crate::ticket::{Kind, Source, Ticket, ticket_number};
use crate::words::{self, Said};
use crate::{PLANE, sql, sql_evidence, sql_field, sql_message, sql_tag, sql_task, sql_ticket};

/// Characters of a message.
const MESSAGE_CHARS: usize = 200_000;
/// Characters of the name of a person.
const NAME_CHARS: usize = 200;

/// How many of each were made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Made {
    /// Incidents.
    pub incidents: u64,
    /// Reports.
    pub reports: u64,
    /// Investigations.
    pub investigations: u64,
    /// Countermeasures.
    pub countermeasures: u64,
    /// Notes of incidents.
    pub notes: u64,
    /// Tasks of incidents.
    pub tasks: u64,
    /// Messages of tickets.
    pub messages: u64,
    /// Files of messages, and of incidents, where they are evidence.
    pub files: u64,
    /// Observables, each once for each record that speaks of it.
    pub observables: u64,
    /// Links between records; a trial counts none, since it does not know what is still to come.
    pub links: u64,
}

impl Made {
    /// The counts by their names.
    pub fn all(&self) -> [(&'static str, u64); 10] {
        [
            ("incidents", self.incidents),
            ("reports", self.reports),
            ("investigations", self.investigations),
            ("countermeasures", self.countermeasures),
            ("notes", self.notes),
            ("tasks", self.tasks),
            ("messages", self.messages),
            ("files", self.files),
            ("observables", self.observables),
            ("links", self.links),
        ]
    }

    /// Adds another count.
    pub fn add(&mut self, more: &Made) {
        self.incidents += more.incidents;
        self.reports += more.reports;
        self.investigations += more.investigations;
        self.countermeasures += more.countermeasures;
        self.notes += more.notes;
        self.tasks += more.tasks;
        self.messages += more.messages;
        self.files += more.files;
        self.observables += more.observables;
        self.links += more.links;
    }

    fn count(&mut self, becomes: Becomes) {
        match becomes {
            Becomes::Incident(..) => self.incidents += 1,
            Becomes::Ticket(Kind::Report, _) => self.reports += 1,
            Becomes::Ticket(Kind::Investigation, _) => self.investigations += 1,
            Becomes::Ticket(Kind::Countermeasure, _) => self.countermeasures += 1,
        }
    }
}

/// What came of some records.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What was made of them.
    pub made: Made,
    /// How many were there before.
    pub already: u64,
}

/// A taking over of the records of one tool.
#[derive(Debug)]
pub struct Takeover<'a> {
    /// The state database.
    pub db: &'a Db,
    /// Where the bytes of files are kept.
    pub blobs: &'a Blobs,
    /// By which severity, end and time are judged.
    pub policy: &'a Policy,
    /// The language of the other side where nothing tells it.
    pub language: &'a str,
    /// A name for the tool they come from: the names they have there are unique within it.
    pub tool: &'a str,
    /// Who does it.
    pub who: &'a str,
    /// Login names of the people of this house: an owner who is not among them is kept in words.
    pub people: HashSet<String>,
    /// When.
    pub now: Micros,
    /// What a trial has seen, since it writes nothing that would tell.
    tried: HashSet<u64>,
}

impl<'a> Takeover<'a> {
    /// Begins one.
    pub fn new(
        (db, blobs): (&'a Db, &'a Blobs),
        (policy, language): (&'a Policy, &'a str),
        (tool, who): (&'a str, &'a str),
        people: HashSet<String>,
        now: Micros,
    ) -> Self {
        let language = if language.is_empty() { "en" } else { language };
        Takeover { db, blobs, policy, language, tool, who, people, now, tried: HashSet::new() }
    }

    fn name(&self, key: &str) -> String {
        format!("{}/{key}", self.tool)
    }

    /// Says what would be made of some records, and makes nothing.
    pub async fn try_out(&mut self, all: &[Foreign]) -> Result<Outcome, StoreError> {
        let names: Vec<String> = all.iter().map(|one| self.name(&one.key)).collect();
        let asked: Vec<&str> = names.iter().map(String::as_str).collect();
        let known = sql_import::imported(self.db, &asked).await?;
        let mut outcome = Outcome::default();
        for (one, name) in all.iter().zip(&names) {
            let mut hash = DefaultHasher::new();
            name.hash(&mut hash);
            if known.contains_key(name) || !self.tried.insert(hash.finish()) {
                outcome.already += 1;
                continue;
            }
            let mut batch = Batch::default();
            self.lay(&mut batch, one, String::new());
            outcome.made.add(&batch.made);
        }
        Ok(outcome)
    }

    /// Takes some records over, all in one transaction. After the last of them [`Db::checkpoint_beside`] is due.
    pub async fn take(&self, all: &[Foreign]) -> Result<Outcome, RunError> {
        self.keep_files(all).await?;
        let mut tx = self.db.begin().await?;
        tx.keep_pages().await?;
        sql::turn(&mut tx, self.now).await?;
        let names: Vec<String> = all.iter().map(|one| self.name(&one.key)).collect();
        let others: Vec<String> = all.iter().flat_map(|one| &one.links).map(|key| self.name(key)).collect();
        let asked: Vec<&str> = names.iter().chain(&others).map(String::as_str).collect();
        let mut known = sql_import::imported_in(&mut tx, &asked).await?;
        let mut fresh: Vec<(&Foreign, &str)> = Vec::with_capacity(all.len());
        let mut once = HashSet::new();
        for (one, name) in all.iter().zip(&names) {
            if !known.contains_key(name) && once.insert(name) {
                fresh.push((one, name.as_str()));
            }
        }
        let already = (all.len() - fresh.len()) as u64;
        if fresh.is_empty() {
            return Ok(Outcome { made: Made::default(), already });
        }
        let mut numbers = Numbers::take(&mut tx, &fresh).await?;
        let mut batch = Batch::default();
        for (one, name) in &fresh {
            let id = self.lay(&mut batch, one, numbers.next(one));
            known.insert((*name).to_string(), Known { kind: one.becomes.kind().into(), id });
        }
        batch.write(&mut tx, self).await?;
        let kept: Vec<(&str, &'static str, &str)> = fresh
            .iter()
            .filter_map(|(one, name)| Some((*name, one.becomes.kind(), known.get(*name)?.id.as_str())))
            .collect();
        sql_import::import(&mut tx, &kept, self.now).await?;
        batch.made.links = self.link(&mut tx, &fresh, &known).await?;
        self.journal(&mut tx, &batch).await?;
        tx.commit().await?;
        Ok(Outcome { made: batch.made, already })
    }

    /// Keeps the bytes of files before anything names them.
    async fn keep_files(&self, all: &[Foreign]) -> Result<(), RunError> {
        let of = |one: &Foreign| -> Vec<Arc<[u8]>> {
            one.texts.iter().flat_map(|text| &text.files).map(|file| Arc::clone(&file.bytes)).collect()
        };
        let files: Vec<(String, Vec<Arc<[u8]>>)> =
            all.iter().map(|one| (one.place.clone(), of(one))).filter(|(_, files)| !files.is_empty()).collect();
        if files.is_empty() {
            return Ok(());
        }
        let blobs = self.blobs.clone();
        let keeping = tokio::task::spawn_blocking(move || {
            for (place, file) in files.iter().flat_map(|(place, files)| files.iter().map(move |file| (place, file))) {
                let kept = blobs.keep(&mut &**file);
                kept.map_err(|error| RunError::Keep { place: place.clone(), error: error.into() })?;
            }
            Ok(())
        });
        keeping.await.map_err(|_| RunError::Reader)?
    }

    /// Lays out what a record becomes; gives its id.
    fn lay(&self, batch: &mut Batch, one: &Foreign, number: String) -> String {
        batch.made.count(one.becomes);
        let id = new_id(one.created);
        batch.named.push((one.becomes, id.clone(), number.clone(), one.label.clone()));
        let owner = if self.people.contains(&one.owner) { one.owner.clone() } else { String::new() };
        match one.becomes {
            Becomes::Incident(state, resolution) => {
                let mut incident = self.incident(one, (id.clone(), number), owner, (state, resolution));
                let values = self.own_values(one, &incident);
                if !values.is_empty() {
                    incident.fields = column_of(&values);
                    batch.own_values.extend(values.into_iter().map(|(field, value)| (id.clone(), field, value)));
                }
                if !incident.tags.is_empty() {
                    batch.tags.push((id.clone(), incident.tags.clone()));
                }
                self.secure(batch, one, &incident);
                batch.incidents.push(incident);
                for text in self.texts(one, NOTE_CHARS) {
                    batch.notes.push(Note {
                        id: new_id(text.at),
                        incident_id: id.clone(),
                        body: text.body,
                        who: if text.who.is_empty() { self.who.into() } else { text.who },
                        at: text.at,
                        version: 1,
                        edited: None,
                        struck: None,
                        happened: None,
                        technique: String::new(),
                    });
                    batch.made.notes += 1;
                }
                batch.notes.extend(one.techniques.iter().map(|seen| self.note_of(seen, &id)));
                batch.made.notes += one.techniques.len() as u64;
                batch.made.tasks += one.tasks.len() as u64;
                let tasks = one.tasks.iter().zip(1..);
                batch.tasks.extend(tasks.map(|(task, place)| self.task(one, &id, task, place)));
            }
            Becomes::Ticket(kind, _) => {
                let mut ticket = self.ticket(one, (id.clone(), number), owner);
                for text in self.texts(one, MESSAGE_CHARS) {
                    let files = files_of(&text);
                    let message = self.message(&ticket, text);
                    batch.made.files += files.len() as u64;
                    if !files.is_empty() {
                        batch.files.push((message.id.clone(), files));
                    }
                    batch.messages.push(message);
                    ticket.messages += 1;
                    batch.made.messages += 1;
                }
                let first = one.texts.iter().filter(|text| text.voice == Voice::Ours).map(|text| text.at).min();
                ticket.answered = first.filter(|_| kind == Kind::Report);
                batch.participants.extend(one.others.iter().take(100).map(|mail| (id.clone(), cut(mail, 320))));
                batch.tickets.push(ticket);
            }
        }
        let record_kind = if matches!(one.becomes, Becomes::Incident(..)) { "incident" } else { "ticket" };
        for seen in &one.seen {
            batch.seen.push((record_kind, id.clone(), seen.kind.clone(), cut(&seen.value, 4_000), one.created));
            batch.made.observables += 1;
        }
        id
    }

    /// What was said, with what has no field here before it: the name it had, and the facts.
    fn texts(&self, one: &Foreign, most: usize) -> Vec<Text> {
        let mut lines = Vec::new();
        if !one.label.is_empty() {
            lines.push(one.label.clone());
        }
        // A title that is cut is kept whole here.
        if title(&one.title).is_none() && !one.title.is_empty() {
            lines.push(one.title.clone());
        }
        if !one.owner.is_empty() && !self.people.contains(&one.owner) {
            lines.push(format!("Owner: {}", one.owner));
        }
        lines.extend(one.facts.iter().map(|(name, said)| format!("{name}: {said}")));
        let facts = Text {
            at: one.created,
            who: String::new(),
            voice: Voice::Within,
            body: lines.join("\n"),
            message_id: String::new(),
            files: Vec::new(),
        };
        let mut all = Vec::new();
        for text in std::iter::once(&facts).chain(&one.texts) {
            for (at, body) in pieces(&text.body, most).into_iter().enumerate() {
                let files = if at == 0 { text.files.clone() } else { Vec::new() };
                let (who, message_id) = (cut(&text.who, NAME_CHARS), text.message_id.clone());
                all.push(Text { at: text.at, who, voice: text.voice, body, message_id, files });
            }
        }
        all
    }

    /// A technique stands in the timeline as a note of its own.
    fn note_of(&self, seen: &ForeignTechnique, incident: &str) -> Note {
        Note {
            id: new_id(seen.at),
            incident_id: incident.into(),
            body: plain(&cut(&seen.said, NOTE_CHARS), NOTE_CHARS).unwrap_or_else(|| seen.id.clone()),
            who: if seen.who.is_empty() { self.who.into() } else { cut(&seen.who, NAME_CHARS) },
            at: seen.at,
            version: 1,
            edited: None,
            struck: None,
            happened: seen.happened,
            technique: seen.id.clone(),
        }
    }

    /// The files of an incident are evidence of it.
    fn secure(&self, batch: &mut Batch, one: &Foreign, incident: &Incident) {
        let files = one.texts.iter().flat_map(|text| text.files.iter().map(move |file| (text, file)));
        for ((text, file), count) in files.zip(1..=EVIDENCE) {
            let name = title(&cut(&file.name, TITLE_CHARS)).unwrap_or_else(|| "file".into());
            let (by, source) = (cut(&text.who, NAME_CHARS), title(&cut(&one.label, TITLE_CHARS)).unwrap_or_default());
            let by = if by.is_empty() { self.who.to_string() } else { by };
            let evidence = Evidence {
                id: new_id(text.at),
                incident_id: incident.id.clone(),
                number: evidence_number(&incident.number, count),
                name: name.clone(),
                kind: EvidenceKind::File,
                note: String::new(),
                sha256: file.sha256.clone(),
                bytes: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
                file: name,
                acquired: text.at,
                acquired_by: by.clone(),
                source: source.clone(),
                place: String::new(),
                check: None,
                added: (self.who.into(), self.now),
                version: 1,
                removed: None,
            };
            let first = Custody {
                position: 1,
                at: text.at,
                given_by: source,
                taken_by: by,
                place: String::new(),
                reason: String::new(),
                who: self.who.into(),
                recorded: self.now,
            };
            batch.evidence.push((evidence, first));
            batch.made.files += 1;
        }
    }

    fn incident(
        &self,
        one: &Foreign,
        (id, number): (String, String),
        owner: String,
        (state, resolution): (State, &str),
    ) -> Incident {
        let urgency = one.severity;
        let wanted = |impact: &Impact| self.policy.severity(*impact, urgency) == urgency;
        let impact = [Impact::Medium, Impact::High, Impact::Low, Impact::Vital].into_iter().find(wanted);
        let impact = impact.unwrap_or(Impact::Medium);
        let severity = self.policy.severity(impact, urgency);
        Incident {
            id,
            number,
            title: title_of(one),
            taxonomy: one.class.0.into(),
            kind: one.class.1.into(),
            impact,
            urgency,
            severity,
            tlp: one.tlp,
            pap: pap_of(one),
            state: if state == State::New && !owner.is_empty() { State::Open } else { state },
            resolution: if state.is_live() { String::new() } else { self.resolution(state, resolution) },
            verdict: (!state.is_live()).then_some(Verdict::Left),
            merged_into: String::new(),
            rule: String::new(),
            opened_by: self.who.into(),
            version: 1,
            findings: 0,
            constituents: String::new(),
            tags: tags_of(one),
            fields: String::new(),
            created: one.created,
            changed: one.changed,
            closed: one.closed,
            due: one.due.or_else(|| state.is_live().then(|| self.policy.due(severity, self.now))),
            mailbox: String::new(),
            owner,
        }
    }

    /// Facts that are called as an own field of the house and fit it. All facts stay in the first note as well.
    fn own_values(&self, one: &Foreign, incident: &Incident) -> Vec<(OwnField, String)> {
        let belongs = Belongs::default();
        let mut values: Vec<(OwnField, String)> = Vec::new();
        for (name, said) in &one.facts {
            let Some(field) = self.policy.own_fields.find(incident, &belongs, name) else { continue };
            if let Ok(value) = field.read(said)
                && !value.is_empty()
                && !values.iter().any(|(known, _)| known.id == field.id)
            {
                values.push((field.clone(), value));
            }
        }
        values
    }

    /// The wanted resolution where the policy has it for that state, else its first of the state.
    fn resolution(&self, state: State, wanted: &str) -> String {
        let fits = |id: &str| self.policy.resolution(id).is_some_and(|one| one.state == state);
        if fits(wanted) {
            return wanted.into();
        }
        let mut of_state = self.policy.resolutions.iter().filter(|one| one.state == state && one.id != DUPLICATE);
        of_state.next().map_or_else(|| wanted.into(), |one| one.id.clone())
    }

    fn ticket(&self, one: &Foreign, (id, number): (String, String), owner: String) -> Ticket {
        let (kind, state) = match one.becomes {
            Becomes::Ticket(kind, state) => (kind, state),
            Becomes::Incident(..) => (Kind::Report, Kind::Report.first()),
        };
        Ticket {
            id,
            number,
            kind,
            state,
            subject: title_of(one),
            taxonomy: one.class.0.into(),
            rsit: one.class.1.into(),
            tlp: one.tlp,
            owner,
            mailbox: String::new(),
            source: Source::Import,
            correspondent: one.others.first().map(|mail| cut(mail, 320)).unwrap_or_default(),
            correspondent_name: String::new(),
            constituent_id: String::new(),
            constituent: String::new(),
            language: language_of(one, self.language),
            target: title(&cut(&one.target.0, TITLE_CHARS)).unwrap_or_default(),
            place: title(&cut(&one.target.1, TITLE_CHARS)).unwrap_or_default(),
            merged_into: String::new(),
            opened_by: self.who.into(),
            version: 1,
            messages: 0,
            created: one.created,
            changed: one.changed,
            acknowledged: None,
            answered: None,
            closed: one.closed,
            due: one.due,
            tags: String::new(),
        }
    }

    /// A task of an incident, as a person would have added it.
    fn task(&self, one: &Foreign, incident: &str, task: &ForeignTask, place: i64) -> Task {
        let owner = if self.people.contains(&task.owner) { task.owner.clone() } else { String::new() };
        let by = if task.owner.is_empty() { self.who.to_string() } else { cut(&task.owner, NAME_CHARS) };
        let done = (task.state != TaskState::Open).then(|| (by, task.ended.or(one.closed).unwrap_or(one.changed)));
        let line = title(&cut(&task.title, TITLE_CHARS)).unwrap_or_else(|| one.label.clone());
        Task {
            id: new_id(one.created),
            incident_id: incident.into(),
            playbook: String::new(),
            step: String::new(),
            kind: TaskKind::Own,
            position: place * 1_000,
            title: Texts::said(&line),
            body: Texts::said(&cut(&task.body, TASK_CHARS)),
            role: String::new(),
            letter: String::new(),
            needs: Vec::new(),
            span: None,
            decision: None,
            decided: String::new(),
            state: task.state,
            reason: String::new(),
            // Who is not of this house is kept in words.
            note: if owner.is_empty() { cut(&task.owner, NAME_CHARS) } else { String::new() },
            owner,
            due: task.due,
            version: 1,
            created: (self.who.into(), one.created),
            changed: (self.who.into(), one.changed),
            done,
            removed: None,
        }
    }

    fn message(&self, ticket: &Ticket, text: Text) -> Message {
        let is_theirs = text.voice == Voice::Theirs;
        let kind = match (text.voice, ticket.kind) {
            (Voice::Theirs, Kind::Report) if ticket.messages <= 1 => MessageKind::Report,
            (Voice::Theirs, _) => MessageKind::Reply,
            (Voice::Ours, _) => MessageKind::Sent,
            (Voice::Within, _) => MessageKind::Comment,
        };
        let who = match (is_theirs, text.who.is_empty()) {
            (true, _) => "",
            (false, true) => self.who,
            (false, false) => &text.who,
        };
        Message {
            written: Some(text.at),
            message_id: text.message_id.clone(),
            from_mail: if is_theirs { text.who.clone() } else { String::new() },
            recipients: if text.voice == Voice::Ours { ticket.correspondent.clone() } else { String::new() },
            subject: ticket.subject.clone(),
            ..Message::ours((new_id(text.at), kind), &ticket.id, (who, text.body), text.at)
        }
    }

    /// Links records with those they name, as far as both are here; the others wait.
    async fn link(
        &self,
        tx: &mut Tx,
        fresh: &[(&Foreign, &str)],
        known: &HashMap<String, Known>,
    ) -> Result<u64, StoreError> {
        let mut ends: Vec<(String, String)> = Vec::new();
        for (one, name) in fresh {
            ends.extend(one.links.iter().map(|key| ((*name).to_string(), self.name(key))));
        }
        let (here, waiting): (Vec<_>, Vec<_>) = ends.into_iter().partition(|(_, other)| known.contains_key(other));
        sql_import::wait(tx, &waiting).await?;
        let names: Vec<&str> = fresh.iter().map(|(_, name)| *name).collect();
        let arrived = sql_import::waiting(tx, &names).await?;
        sql_import::wait_no_more(tx, &names).await?;
        let waited: Vec<&str> = arrived.iter().map(|(name, _)| name.as_str()).collect();
        let before = sql_import::imported_in(tx, &waited).await?;
        let find = |name: &str| known.get(name).or_else(|| before.get(name));
        let mut related: Vec<(String, String)> = Vec::new();
        let mut tied: Vec<(&Known, &Known)> = Vec::new();
        for (name, other) in here.iter().chain(&arrived) {
            let (Some(one), Some(two)) = (find(name), find(other)) else { continue };
            match (one.kind == "incident", two.kind == "incident") {
                (true, true) if one.id != two.id => {
                    related.push((one.id.clone().min(two.id.clone()), one.id.clone().max(two.id.clone())));
                }
                (true, false) => tied.push((two, one)),
                (false, true) => tied.push((one, two)),
                _ => {}
            }
        }
        let tied = one_incident_each(tx, &tied).await?;
        related.sort();
        related.dedup();
        let made = (related.len() + tied.len()) as u64;
        sql_import::relate(tx, &related, self.who, self.now).await?;
        if !tied.is_empty() {
            sql_import::belong(tx, &tied, self.who, self.now).await?;
        }
        Ok(made)
    }

    /// A line for each record, and one for all of them.
    async fn journal(&self, tx: &mut Tx, batch: &Batch) -> Result<(), StoreError> {
        let mut lines: Vec<(&str, String, String)> = Vec::with_capacity(batch.named.len() + 1);
        for (becomes, id, number, label) in &batch.named {
            let (verb, detail) = match becomes {
                Becomes::Incident(..) => {
                    ("incident_imported", json!({ "number": number, "was": label, "tool": self.tool }))
                }
                Becomes::Ticket(kind, _) => {
                    let detail = json!({ "number": number, "ticket_kind": kind.as_str(), "was": label,
                        "tool": self.tool });
                    ("ticket_imported", detail)
                }
            };
            lines.push((verb, id.clone(), detail.to_string()));
        }
        let counts: BTreeMap<&str, u64> = batch.made.all().into_iter().filter(|(_, count)| *count > 0).collect();
        let detail = json!({ "tool": self.tool, "made": counts }).to_string();
        lines.push(("records_imported", new_id(self.now), detail));
        let lines: Vec<(&str, &str, &str)> =
            lines.iter().map(|(verb, record, detail)| (*verb, record.as_str(), detail.as_str())).collect();
        Journal::write_many(tx, self.who, PLANE, &lines, self.now).await
    }
}

/// The ties that may be: an investigation and a countermeasure belong to one incident only, a report to many.
async fn one_incident_each(tx: &mut Tx, ties: &[(&Known, &Known)]) -> Result<Vec<(String, String)>, StoreError> {
    let alone: Vec<&str> = ties
        .iter()
        .filter(|(ticket, _)| ticket.kind != Kind::Report.as_str())
        .map(|(one, _)| one.id.as_str())
        .collect();
    let mut taken: HashSet<String> = sql_import::belonging(tx, &alone).await?.into_iter().collect();
    let mut all = Vec::new();
    for (ticket, incident) in ties {
        if ticket.kind == Kind::Report.as_str() || taken.insert(ticket.id.clone()) {
            all.push((ticket.id.clone(), incident.id.clone()));
        }
    }
    all.sort();
    all.dedup();
    Ok(all)
}

/// The rows of some records.
#[derive(Debug, Default)]
struct Batch {
    made: Made,
    incidents: Vec<Incident>,
    tickets: Vec<Ticket>,
    notes: Vec<Note>,
    tasks: Vec<Task>,
    messages: Vec<Message>,
    /// Message, and its files.
    files: Vec<(String, Vec<MessageFile>)>,
    evidence: Vec<(Evidence, Custody)>,
    participants: Vec<(String, String)>,
    seen: Vec<(&'static str, String, String, String, Micros)>,
    /// Incident, and its tags.
    tags: Vec<(String, String)>,
    /// Incident, own field, value.
    own_values: Vec<(String, OwnField, String)>,
    /// What each becomes, with its id, its number and the name it had.
    named: Vec<(Becomes, String, String, String)>,
}

impl Batch {
    async fn write(&self, tx: &mut Tx, of: &Takeover<'_>) -> Result<(), StoreError> {
        tracing::debug!(tool = of.tool, records = self.named.len(), "taking over");
        let forming = words::forming(self.said());
        sql::put_rows(tx, &self.incidents).await?;
        sql_ticket::put_rows(tx, &self.tickets).await?;
        sql_tag::put_tags(tx, "incident", &self.tags, of.who, of.now).await?;
        let values: Vec<(&str, &OwnField, &str)> =
            self.own_values.iter().map(|(incident, field, value)| (incident.as_str(), field, value.as_str())).collect();
        sql_field::put_values(tx, &values, of.who, of.now).await?;
        sql_import::add_notes(tx, &self.notes).await?;
        for note in self.notes.iter().filter(|note| !note.technique.is_empty()) {
            sql::tells_of(tx, &note.id, note.happened, &note.technique).await?;
            sql_task::tag(tx, (&note.incident_id, &note.technique, &note.id), true, &note.who, note.at).await?;
        }
        sql_task::put_tasks(tx, &self.tasks).await?;
        sql_message::put_rows(tx, &self.messages.iter().collect::<Vec<_>>()).await?;
        for (message, files) in &self.files {
            sql_message::put_files(tx, message, files).await?;
        }
        for (evidence, first) in &self.evidence {
            sql_evidence::put_evidence(tx, evidence).await?;
            sql_evidence::put_custody(tx, &evidence.id, first).await?;
        }
        let joined: Vec<(&str, &str)> =
            self.participants.iter().map(|(ticket, mail)| (ticket.as_str(), mail.as_str())).collect();
        sql_import::join(tx, &joined).await?;
        let seen: Vec<(&'static str, &str, &str, &str, Micros)> = self
            .seen
            .iter()
            .map(|(record_kind, id, kind, value, at)| (*record_kind, id.as_str(), kind.as_str(), value.as_str(), *at))
            .collect();
        sql_import::observe(tx, &seen).await?;
        words::add_next(tx, forming).await
    }

    /// What the records say, their notes and messages with them.
    fn said(&self) -> Vec<Said<'_>> {
        let notes = self.notes.iter().map(|one| sql::said_by_note(&one.id, &one.incident_id, &one.body));
        let incidents = self.incidents.iter().map(sql::said);
        let tickets = self.tickets.iter().map(sql_ticket::said);
        incidents.chain(tickets).chain(notes).chain(self.messages.iter().map(sql_message::said)).collect()
    }
}

/// The files of a text as those of a message.
fn files_of(text: &Text) -> Vec<MessageFile> {
    let mut taken: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for (file, position) in text.files.iter().zip(0..) {
        let name = file_name(&file.name, &taken);
        taken.push(name.clone());
        all.push(MessageFile {
            position,
            name,
            media_type: media_type(&file.media_type).into(),
            sha256: file.sha256.clone(),
            bytes: i64::try_from(file.bytes.len()).unwrap_or(i64::MAX),
            text: String::new(),
        });
    }
    all
}

/// The language of the other side, by what they wrote; that of the subject where they wrote nothing.
fn language_of(one: &Foreign, usual: &str) -> String {
    let theirs: String = one
        .texts
        .iter()
        .filter(|text| text.voice == Voice::Theirs)
        .map(|text| text.body.as_str())
        .chain([one.title.as_str()])
        .collect::<Vec<_>>()
        .join("\n");
    crate::mail::language_of(&theirs, usual)
}

/// What may be done with it, as its tool says: by label, or from 0 for clear to 3 for red.
fn pap_of(one: &Foreign) -> Pap {
    let said = one.facts.iter().filter(|(name, _)| matches!(name.as_str(), "pap" | "papLabel"));
    let read = |said: &str| Pap::parse(said).or_else(|| said.trim().parse().ok().and_then(Pap::from_rank));
    said.filter_map(|(_, said)| read(said)).max().unwrap_or(Pap::USUAL)
}

/// Its tags, as far as they are tags here. They stay among the facts as well.
fn tags_of(one: &Foreign) -> String {
    let said = one.facts.iter().filter(|(name, _)| name == "tags").flat_map(|(_, said)| said.split(','));
    let tags: Vec<String> = said.filter_map(tag).take(TAGS).collect();
    with(&Taxonomies::new(), "", &tags).unwrap_or_default()
}

/// The numbers of some records, taken at once: by the year in which each was opened.
struct Numbers(HashMap<String, i64>);

impl Numbers {
    async fn take(tx: &mut Tx, fresh: &[(&Foreign, &str)]) -> Result<Self, StoreError> {
        let mut counts: BTreeMap<String, i64> = BTreeMap::new();
        for (one, _) in fresh {
            *counts.entry(Self::row(one)).or_default() += 1;
        }
        let mut next = HashMap::new();
        for (row, count) in counts {
            let first = sql_import::take_numbers(tx, &row, count).await?;
            next.insert(row, first);
        }
        Ok(Numbers(next))
    }

    /// Incidents count for themselves, under the year alone.
    fn row(one: &Foreign) -> String {
        let year = one.created.year();
        match one.becomes {
            Becomes::Incident(..) => year,
            Becomes::Ticket(..) => format!("ticket-{year}"),
        }
    }

    fn next(&mut self, one: &Foreign) -> String {
        let row = Self::row(one);
        let count = self.0.entry(row.clone()).or_insert(1);
        let this = *count;
        *count += 1;
        match row.strip_prefix("ticket-") {
            Some(year) => ticket_number(year, this),
            None => number(&row, this),
        }
    }
}

/// The title, cut where it is too long; the name it had where it has none.
fn title_of(one: &Foreign) -> String {
    let cut_short = || title(&one.title.chars().filter(|c| !c.is_control()).take(TITLE_CHARS - 1).collect::<String>());
    title(&one.title)
        .or_else(|| cut_short().map(|text| format!("{text}…")))
        .or_else(|| title(&cut(&one.label, TITLE_CHARS)))
        .unwrap_or_else(|| one.becomes.kind().into())
}

fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|c| *c != '\0').take(most).collect()
}

/// A text in pieces that can be kept; none of an empty one.
fn pieces(text: &str, most: usize) -> Vec<String> {
    let mut all = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.char_indices().nth(most).map_or(rest.len(), |(at, _)| at);
        let (piece, more) = rest.split_at(end);
        all.extend(plain(piece, most));
        rest = more;
    }
    all
}
