//! What follows by itself between incidents and what belongs to them: the rules of content, each switched on or off by the house.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use manara_formats::mail::{PassageKind, fold};
use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde::Deserialize;
use serde_json::json;

use crate::PLANE;
use crate::incident::State;
use crate::jobs::{Refusal, ResponseError};
use crate::texts::Texts;
use crate::ticket::{Kind, TicketState};
use crate::words::form;

const BUILT_IN: &str = include_str!("../../../content/rules/response.yaml");

/// A rule of what follows by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FollowRule {
    /// An incident is due with the most urgent of its tickets.
    Due,
    /// A new report is open once it is linked.
    OpenLinked,
    /// Tickets end with their incident.
    EndTickets,
    /// A new owner of one is that of the other.
    OwnerSync,
    /// An incident opens again with a ticket.
    Reopen,
    /// An incident has the observables of its tickets.
    MergeObservables,
    /// Observables are read out of mail.
    ExtractObservables,
    /// Tickets go to another mailbox with their incident.
    MoveTickets,
    /// Who owns or follows an incident is called when a countermeasure was removed.
    TellRemoved,
    /// An answer by mail confirms a countermeasure.
    ConfirmByMail,
}

impl FollowRule {
    /// All, in the order of the page.
    pub const ALL: [FollowRule; 10] = [
        Self::Due,
        Self::OpenLinked,
        Self::EndTickets,
        Self::OwnerSync,
        Self::Reopen,
        Self::MergeObservables,
        Self::ExtractObservables,
        Self::MoveTickets,
        Self::TellRemoved,
        Self::ConfirmByMail,
    ];

    /// The id in content, SQL, the journal and for programs.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Due => "due-most-urgent-child",
            Self::OpenLinked => "open-report-when-linked",
            Self::EndTickets => "resolve-children-with-incident",
            Self::OwnerSync => "owner-sync",
            Self::Reopen => "reopen-parent-with-child",
            Self::MergeObservables => "merge-observables",
            Self::ExtractObservables => "extract-observables",
            Self::MoveTickets => "move-children-with-mailbox",
            Self::TellRemoved => "notify-when-countermeasure-removed",
            Self::ConfirmByMail => "countermeasure-confirmed-by-mail",
        }
    }

    /// Reads the id.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == text)
    }
}

/// The file, as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: u32,
    end_states: BTreeMap<String, WrittenEnds>,
    first_words: WrittenWords,
    rules: Vec<WrittenRule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEnds {
    report: String,
    investigation: String,
    countermeasure: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWords {
    done: Vec<String>,
    declined: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    id: String,
    title: Texts,
    text: Texts,
    enabled: bool,
}

/// What content says of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    title: Texts,
    text: Texts,
    is_enabled: bool,
}

/// The content of the rules.
#[derive(Debug, Default)]
struct Automation {
    rules: BTreeMap<FollowRule, Said>,
    /// By the end of the incident, what the ticket is and where it stands: where it goes.
    ends: Vec<(State, Kind, TicketState, TicketState)>,
    done: Vec<String>,
    declined: Vec<String>,
}

impl Automation {
    fn read(text: &str) -> Result<Automation, String> {
        let written: Written = serde_yaml_ng::from_str(text).map_err(|error| error.to_string())?;
        if written.format != 1 {
            return Err(format!("format: {} is not known, expected 1", written.format));
        }
        let mut read = Automation::default();
        for rule in written.rules {
            let id = FollowRule::parse(&rule.id).ok_or_else(|| format!("rules: there is no rule `{}`", rule.id))?;
            rule.title.check(&format!("{}: title", rule.id), 200)?;
            rule.text.check(&format!("{}: text", rule.id), 1_000)?;
            let said = Said { title: rule.title, text: rule.text, is_enabled: rule.enabled };
            if read.rules.insert(id, said).is_some() {
                return Err(format!("rules: `{}` stands there twice", rule.id));
            }
        }
        if let Some(missing) = FollowRule::ALL.iter().find(|rule| !read.rules.contains_key(rule)) {
            return Err(format!("rules: `{}` is missing", missing.as_str()));
        }
        for (end, ends) in written.end_states {
            let end = State::parse(&end).filter(|state| !state.is_live());
            let end = end.ok_or("end_states: expected resolved and abandoned")?;
            for (kind, to) in [(Kind::Report, &ends.report), (Kind::Investigation, &ends.investigation)] {
                let to = state_of(kind, to)?;
                read.ends.extend(kind.states().iter().filter(|from| from.is_live()).map(|from| (end, kind, *from, to)));
            }
            for (from, to) in &ends.countermeasure {
                let kind = Kind::Countermeasure;
                read.ends.push((end, kind, state_of(kind, from)?, state_of(kind, to)?));
            }
        }
        let words = |all: Vec<String>| all.iter().map(|word| form(word)).filter(|word| !word.is_empty()).collect();
        read.done = words(written.first_words.done);
        read.declined = words(written.first_words.declined);
        Ok(read)
    }
}

fn state_of(kind: Kind, text: &str) -> Result<TicketState, String> {
    let state = TicketState::parse(text).filter(|state| kind.states().contains(state));
    state.ok_or_else(|| format!("end_states: a {} is never `{text}`", kind.as_str()))
}

/// What is built in. A test reads it; should it be broken all the same, no rule does anything.
static RULES: LazyLock<Automation> = LazyLock::new(|| {
    Automation::read(BUILT_IN).unwrap_or_else(|error| {
        tracing::error!(%error, "content/rules/response.yaml cannot be read: nothing follows by itself");
        Automation::default()
    })
});

/// Where a ticket goes when its incident ends; `None` when it stays as it is.
pub(crate) fn end_of(kind: Kind, from: TicketState, end: State) -> Option<TicketState> {
    let found = RULES.ends.iter().find(|(of, what, at, _)| (*of, *what, *at) == (end, kind, from));
    found.map(|(.., to)| *to)
}

/// What the first words of an answer say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstWords {
    /// It is done.
    Done,
    /// It will not be done.
    Declined,
    /// Neither.
    Other,
}

/// Reads the first line that the writer of an answer wrote: its words up to the first comma or point, and never a question.
pub(crate) fn first_words(text: &str) -> FirstWords {
    let own = fold(text);
    // What follows the fields of a forwarded message was written by somebody else.
    let own = own.iter().take_while(|passage| passage.kind != PassageKind::Forwarded);
    let mut lines = own.filter(|passage| passage.kind == PassageKind::Own).flat_map(|passage| passage.text.lines());
    let Some(line) = lines.find(|line| line.contains(char::is_alphanumeric)) else { return FirstWords::Other };
    if line.contains(['?', '؟']) {
        return FirstWords::Other;
    }
    let pieces = line.split([',', '.', ';', ':', '!', '(', '–', '—', '،', '؛']);
    let said = pieces.map(form).find(|piece| !piece.is_empty()).unwrap_or_default();
    match (RULES.done.contains(&said), RULES.declined.contains(&said)) {
        (true, _) => FirstWords::Done,
        (_, true) => FirstWords::Declined,
        _ => FirstWords::Other,
    }
}

/// Which rules are on.
#[derive(Debug, Clone, Default)]
pub(crate) struct Switches(BTreeMap<String, bool>);

impl Switches {
    /// As they stand now.
    pub(crate) async fn read(tx: &mut Tx) -> Result<Switches, StoreError> {
        const ALL: &str = "SELECT rule, enabled FROM response_automation ORDER BY rule LIMIT 100";
        let rows = tx.read(ALL, &[]).await?;
        let read = rows.iter().map(|row| Ok((row.text(0)?, row.bool(1)?))).collect::<Result<_, StoreError>>()?;
        Ok(Switches(read))
    }

    /// Whether a rule is on: as somebody switched it, else as content has it.
    pub(crate) fn is_on(&self, rule: FollowRule) -> bool {
        let usual = RULES.rules.get(&rule).is_some_and(|said| said.is_enabled);
        self.0.get(rule.as_str()).copied().unwrap_or(usual)
    }
}

/// Whether a rule is on.
pub(crate) async fn is_on(tx: &mut Tx, rule: FollowRule) -> Result<bool, StoreError> {
    Ok(Switches::read(tx).await?.is_on(rule))
}

/// A rule as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRule {
    /// Which.
    pub rule: FollowRule,
    /// What it is called.
    pub title: Texts,
    /// What it does.
    pub text: Texts,
    /// Whether it is on.
    pub is_on: bool,
    /// Who switched it last, and when.
    pub switched: Option<(String, Micros)>,
}

/// The rules as they stand, in the order of the page.
pub async fn follow_rules(db: &Db) -> Result<Vec<StandingRule>, StoreError> {
    const ALL: &str = "SELECT rule, enabled, who, at FROM response_automation ORDER BY rule LIMIT 100";
    let mut switched = BTreeMap::new();
    for row in db.read(ALL, &[]).await? {
        switched.insert(row.text(0)?, (row.bool(1)?, row.text(2)?, row.moment(3)?));
    }
    let standing = FollowRule::ALL.into_iter().filter_map(|rule| {
        let said = RULES.rules.get(&rule)?;
        let by = switched.get(rule.as_str());
        Some(StandingRule {
            rule,
            title: said.title.clone(),
            text: said.text.clone(),
            is_on: by.map_or(said.is_enabled, |(is_on, ..)| *is_on),
            switched: by.map(|(_, who, at)| (who.clone(), *at)),
        })
    });
    Ok(standing.collect())
}

/// Switches a rule on or off; false when it stood so.
pub async fn switch_rule(
    db: &Db,
    viewer: &Viewer,
    rule: &str,
    is_on: bool,
    now: Micros,
) -> Result<bool, ResponseError> {
    const SWITCH: &str = "
        INSERT INTO response_automation (rule, enabled, who, at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (rule) DO UPDATE SET enabled = excluded.enabled, who = excluded.who, at = excluded.at";
    let rule = FollowRule::parse(rule).ok_or(Refusal::NoRule)?;
    let mut tx = db.begin().await?;
    crate::sql::turn(&mut tx, now).await?;
    if Switches::read(&mut tx).await?.is_on(rule) == is_on {
        return Ok(false); // The button may be pressed twice.
    }
    tx.run(SWITCH, &[rule.as_str().into(), is_on.into(), (&viewer.name).into(), now.into()]).await?;
    let detail = json!({ "rule": rule.as_str(), "enabled": is_on }).to_string();
    Journal::write(&mut tx, &viewer.name, PLANE, "rule_switched", rule.as_str(), &detail, now).await?;
    tx.commit().await?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::{Automation, BUILT_IN, FirstWords, FollowRule, end_of, first_words};
    use crate::incident::State;
    use crate::ticket::{Kind, TicketState};

    #[test]
    fn the_content_names_every_rule_and_a_wrong_file_says_what_is_wrong() {
        let read = Automation::read(BUILT_IN).expect("content");
        assert_eq!(read.rules.len(), FollowRule::ALL.len());
        for (from, to, why) in [
            ("owner-sync", "owner-sink", "there is no rule `owner-sink`"),
            ("format: 1", "format: 2", "expected 1"),
            ("active: pending-removal", "active: resolved", "never `resolved`"),
        ] {
            let error = Automation::read(&BUILT_IN.replacen(from, to, 1)).expect_err("refused");
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn a_ticket_ends_as_the_table_says_and_a_block_in_force_has_to_be_lifted() {
        for (kind, from, end, to) in [
            (Kind::Report, TicketState::New, State::Abandoned, Some(TicketState::Rejected)),
            (Kind::Investigation, TicketState::Open, State::Abandoned, Some(TicketState::Resolved)),
            (Kind::Countermeasure, TicketState::PendingActivation, State::Resolved, Some(TicketState::Removed)),
            (Kind::Countermeasure, TicketState::Active, State::Resolved, Some(TicketState::PendingRemoval)),
            (Kind::Countermeasure, TicketState::PendingRemoval, State::Resolved, None),
        ] {
            assert_eq!(end_of(kind, from, end), to, "{kind:?} {from:?}");
        }
    }

    #[test]
    fn an_answer_says_done_or_no_by_its_own_first_words_alone() {
        for (text, want) in [
            ("DONE", FirstWords::Done),
            ("done!\r\n\r\nRegards", FirstWords::Done),
            ("\r\n  Done, blocked at the border at 10:00.", FirstWords::Done),
            ("FAIT", FirstWords::Done),
            ("C'est fait.", FirstWords::Done),
            ("«تم»", FirstWords::Done),
            ("> When it is in place, answer DONE\r\n\r\nDone.", FirstWords::Done),
            ("NO, the court forbids it", FirstWords::Declined),
            ("Non", FirstWords::Declined),
            ("لا، لأن المحكمة تمنع ذلك", FirstWords::Declined),
            ("Done?", FirstWords::Other),
            ("Do you mean this one?", FirstWords::Other),
            ("Not done", FirstWords::Other),
            ("Done by tomorrow, we hope", FirstWords::Other),
            ("> DONE", FirstWords::Other),
            ("It is gone.", FirstWords::Other),
            ("", FirstWords::Other),
        ] {
            assert_eq!(first_words(text), want, "{text}");
        }
    }
}
