//! Statements about cases and figures: what is known of records, what was measured of them, what was made of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::figures::{
    BACKLOG, Case, Figure, Holding, KnownMails, Life, Measure, Origins, StageFacts, Summed, Traits, measure_of,
};
use crate::jobs::IncidentMoments;
use crate::message::DeliveryState;

/// Lines of the journal that say something of the state of an incident.
pub(crate) const COURSE_VERBS: [&str; 8] = [
    "incident_opened",
    "incident_changed",
    "incident_closed",
    "incident_reopened",
    "incident_restored",
    "incident_merged",
    "incident_split",
    "ticket_linked",
];
/// Lines of the journal that say something of the state of a countermeasure; mail confirms it by joining it.
pub(crate) const TICKET_VERBS: [&str; 3] = ["ticket_moved", "ticket_restored", "message_joined"];

const PLACES: &str = "SELECT name, value FROM response_figure_place ORDER BY name LIMIT 20";
const SET_PLACE: &str = "
    INSERT INTO response_figure_place (name, value) VALUES ($1, $2)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value";
const DROP_PLACE: &str = "DELETE FROM response_figure_place WHERE name = $1";
const FORGET_ALL: [&str; 6] = [
    "DELETE FROM response_case",
    "DELETE FROM response_case_life",
    "DELETE FROM response_case_owner",
    "DELETE FROM response_figure",
    "DELETE FROM response_figure_period",
    "DELETE FROM response_figure_place",
];
const INCIDENTS_AFTER: &str = "SELECT id FROM response_incident WHERE id > $1 ORDER BY id LIMIT $2";
const TICKETS_AFTER: &str = "SELECT id FROM response_ticket WHERE id > $1 ORDER BY id LIMIT $2";
const INCIDENTS_OF_TICKETS: &str = "
    SELECT DISTINCT incident_id FROM response_ticket_incident WHERE ticket_id IN (…) ORDER BY incident_id LIMIT 100000";
const TICKETS_OF_INCIDENTS: &str = "
    SELECT DISTINCT ticket_id FROM response_ticket_incident WHERE incident_id IN (…) ORDER BY ticket_id LIMIT 100000";

const MOMENTS: &str = "
    SELECT incident_id, name, at FROM response_moment WHERE incident_id IN (…) ORDER BY incident_id, name LIMIT 1000";
const FIRST_LETTERS: &str = "
    SELECT l.incident_id, MIN(m.at) FROM response_ticket_incident l JOIN response_ticket t ON t.id = l.ticket_id
      JOIN response_message m ON m.ticket_id = l.ticket_id
     WHERE t.kind <> 'report' AND m.kind = 'sent' AND l.incident_id IN (…)
     GROUP BY l.incident_id ORDER BY l.incident_id LIMIT 1000";
const MAILS: &str = "
    SELECT l.incident_id, CAST(SUM(CASE WHEN m.direction = 'in' THEN 1 ELSE 0 END) AS BIGINT),
        CAST(SUM(CASE WHEN m.direction = 'out' THEN 1 ELSE 0 END) AS BIGINT)
      FROM response_ticket_incident l JOIN response_message m ON m.ticket_id = l.ticket_id
     WHERE l.incident_id IN (…) GROUP BY l.incident_id ORDER BY l.incident_id LIMIT 1000";
const CONSTITUENTS: &str = "
    SELECT incident_id, constituent_id FROM response_incident_constituent WHERE incident_id IN (…)
     ORDER BY incident_id, constituent_id LIMIT 1000000";
/// The first report of each last, so that it is the one that stays. All but a few tickets are reports: their kind is no way to them.
const REPORTS: &str = "
    SELECT l.incident_id, t.mailbox, t.source FROM response_ticket_incident l JOIN response_ticket t ON t.id = l.ticket_id
     WHERE t.kind || '' = 'report' AND l.incident_id IN (…) ORDER BY l.at DESC, t.id DESC LIMIT 1000000";
/// One address of each neighbourhood: all of it is in one country.
const FOUND_AT: &str = "
    SELECT incident_id, MIN(asset) FROM response_incident_finding WHERE removed = '' AND net <> '' AND incident_id IN (…)
     GROUP BY incident_id, net ORDER BY incident_id, net LIMIT 1000000";
const OBSERVED_AT: &str = "
    SELECT record_id, value FROM response_observable WHERE kind = 'ip' AND removed = '' AND record_id IN (…)
     ORDER BY record_id, value LIMIT 1000000";
const TECHNIQUES: &str = "
    SELECT DISTINCT incident_id, technique FROM response_technique WHERE incident_id IN (…)
     ORDER BY incident_id, technique LIMIT 1000000";
const STAGES: &str = "
    SELECT s.incident_id, s.clock_id, c.rule, s.stage, s.due, s.met
      FROM response_clock_stage s JOIN response_clock c ON c.id = s.clock_id
     WHERE s.due <> '' AND (s.met <> '' OR (s.running AND s.told_late <> '')) AND s.incident_id IN (…)
     ORDER BY s.incident_id, s.clock_id, s.position LIMIT 1000000";
const LINKED: &str = "
    SELECT ticket_id, MIN(at) FROM response_ticket_incident WHERE ticket_id IN (…)
     GROUP BY ticket_id ORDER BY ticket_id LIMIT 1000";
const LETTERS: &str = "
    SELECT ticket_id, kind, at FROM response_message WHERE kind IN ('sent', 'reply') AND ticket_id IN (…)
     ORDER BY at, id LIMIT 1000000";
const DELIVERIES: &str = "
    SELECT ticket_id, id, queued, state FROM response_delivery WHERE ticket_id IN (…) ORDER BY ticket_id, id LIMIT 1000000";

const CASE_COLUMNS: &str = "record_id, measure, part, at, value, business, tlp, taxonomy, type, severity, mailbox, source, \
     sectors, countries, asns, techniques, stage, hoster, tld";
const CASE_WIDTH: usize = 19;
const CASES_OF: &str =
    "SELECT {} FROM response_case WHERE record_id IN (…) ORDER BY record_id, measure, part LIMIT 1000000";
const DROP_CASE: &str = "DELETE FROM response_case WHERE record_id = $1 AND measure = $2 AND part = $3";
const CASE_TAIL: &str = "ON CONFLICT (record_id, measure, part) DO UPDATE SET at = excluded.at, value = excluded.value, \
     business = excluded.business, tlp = excluded.tlp, taxonomy = excluded.taxonomy, type = excluded.type, \
     severity = excluded.severity, mailbox = excluded.mailbox, source = excluded.source, sectors = excluded.sectors, \
     countries = excluded.countries, asns = excluded.asns, techniques = excluded.techniques, stage = excluded.stage, \
     hoster = excluded.hoster, tld = excluded.tld";
const LIFE_COLUMNS: &str =
    "record_id, at, until, tlp, taxonomy, type, severity, mailbox, source, sectors, countries, asns, techniques";
const LIFE_WIDTH: usize = 13;
const LIVES_OF: &str = "SELECT {} FROM response_case_life WHERE record_id IN (…) ORDER BY record_id LIMIT 1000000";
const DROP_LIVES: &str = "DELETE FROM response_case_life WHERE record_id IN (…)";
const LIFE_TAIL: &str = "ON CONFLICT (record_id) DO UPDATE SET at = excluded.at, until = excluded.until, tlp = excluded.tlp, \
     taxonomy = excluded.taxonomy, type = excluded.type, severity = excluded.severity, mailbox = excluded.mailbox, \
     source = excluded.source, sectors = excluded.sectors, countries = excluded.countries, \
     asns = excluded.asns, techniques = excluded.techniques";
/// As [`OF_PERIOD`] and [`OPEN_AT`], of the records a viewer may see.
const OF_PERIOD_SEEN: &str = "
    SELECT {} FROM response_case c
      LEFT JOIN response_incident i ON i.id = c.record_id LEFT JOIN response_ticket t ON t.id = c.record_id
     WHERE c.measure = $1 AND c.at >= $2 AND c.at < $3 AND $4 >= c.tlp AND (i.tlp <= $4 OR t.tlp <= $4)
     ORDER BY c.at, c.record_id, c.part";
const OPEN_AT_SEEN: &str = "
    SELECT {} FROM response_case_life l JOIN response_incident i ON i.id = l.record_id
     WHERE l.until > $1 AND l.at < $1 AND $2 >= l.tlp AND i.tlp <= $2 ORDER BY l.until, l.at";
/// Whose records they are comes last: of all constituents, or of one. Of one its records are the way to the cases, not the time.
const OF_INCIDENTS_APART: &str = "
    SELECT {}, x.constituent_id FROM response_case c JOIN response_incident i ON i.id = c.record_id
      JOIN response_incident_constituent x ON x.incident_id = c.record_id
     WHERE c.measure = $1 AND c.at >= $2 AND c.at < $3 AND $4 >= c.tlp AND i.tlp <= $4 ORDER BY c.at, c.record_id, c.part";
const OF_TICKETS_APART: &str = "
    SELECT {}, t.constituent_id FROM response_case c JOIN response_ticket t ON t.id = c.record_id
     WHERE c.measure = $1 AND c.at >= $2 AND c.at < $3 AND $4 >= c.tlp AND t.tlp <= $4 AND t.constituent_id <> ''
     ORDER BY c.at, c.record_id, c.part";
const OF_INCIDENTS_OF_ONE: &str = "
    SELECT {}, x.constituent_id FROM response_incident_constituent x JOIN response_incident i ON i.id = x.incident_id
      JOIN response_case c ON c.record_id = x.incident_id AND c.measure || '' = $1
     WHERE x.constituent_id = $5 AND c.at >= $2 AND c.at < $3 AND $4 >= c.tlp AND i.tlp <= $4
     ORDER BY c.record_id, c.part";
const OF_TICKETS_OF_ONE: &str = "
    SELECT {}, t.constituent_id FROM response_ticket t JOIN response_case c ON c.record_id = t.id AND c.measure || '' = $1
     WHERE t.constituent_id = $5 AND c.at >= $2 AND c.at < $3 AND $4 >= c.tlp AND t.tlp <= $4
     ORDER BY c.record_id, c.part";
const OPEN_AT_APART: &str = "
    SELECT {}, x.constituent_id FROM response_case_life l JOIN response_incident i ON i.id = l.record_id
      JOIN response_incident_constituent x ON x.incident_id = l.record_id
     WHERE l.until > $1 AND l.at < $1 AND $2 >= l.tlp AND i.tlp <= $2 ORDER BY l.until, l.at";
const OPEN_AT_OF_ONE: &str = "
    SELECT {}, x.constituent_id FROM response_incident_constituent x JOIN response_incident i ON i.id = x.incident_id
      JOIN response_case_life l ON l.record_id = x.incident_id
     WHERE x.constituent_id = $3 AND l.until > $1 AND l.at < $1 AND $2 >= l.tlp AND i.tlp <= $2 ORDER BY l.until, l.at";
/// What a constituent was called last, in what a viewer may see.
const NAME_IN_INCIDENTS: &str = "
    SELECT x.name FROM response_incident_constituent x JOIN response_incident i ON i.id = x.incident_id
     WHERE x.constituent_id = $1 AND i.tlp <= $2 ORDER BY x.incident_id DESC LIMIT 1";
const NAME_IN_TICKETS: &str = "
    SELECT t.constituent FROM response_ticket t WHERE t.constituent_id = $1 AND t.tlp <= $2
     ORDER BY t.created DESC, t.id DESC LIMIT 1";
const HELD_COLUMNS: &str = "record_id, at, until, opened, owner, tlp";
const HELD_WIDTH: usize = 6;
const HELD_OF: &str = "SELECT {} FROM response_case_owner WHERE record_id IN (…) ORDER BY record_id, at LIMIT 1000000";
const DROP_HELD: &str = "DELETE FROM response_case_owner WHERE record_id = $1 AND at = $2";
const HELD_TAIL: &str = "ON CONFLICT (record_id, at) DO UPDATE SET until = excluded.until, opened = excluded.opened, \
     owner = excluded.owner, tlp = excluded.tlp";
const HELD_IN: &str = "SELECT {} FROM response_case_owner WHERE until > $1 AND at <= $2 ORDER BY until, at, record_id";
const DROP_DAYS: &str = "DELETE FROM response_figure WHERE period IN (…)";
const FIRST_LIFE: &str = "SELECT at FROM response_case_life ORDER BY at LIMIT 1";
const OF_PERIOD: &str = "
    SELECT {} FROM response_case WHERE measure = $1 AND at >= $2 AND at < $3 ORDER BY at, record_id, part";
const OPEN_AT: &str = "SELECT {} FROM response_case_life WHERE until > $1 AND at < $1 ORDER BY until, at";

const TOUCH_TAIL: &str = "ON CONFLICT (period) DO UPDATE SET touched = response_figure_period.touched + 1";
const TOUCH_HEAD: &str = "INSERT INTO response_figure_period (period, touched, counted, cases, counted_at) VALUES";
const KNOW_TAIL: &str = "ON CONFLICT (period) DO NOTHING";
const PERIODS: &str = "
    SELECT period, touched, counted, cases, counted_at FROM response_figure_period ORDER BY period LIMIT 20000";
const PERIOD: &str = "
    SELECT period, touched, counted, cases, counted_at FROM response_figure_period WHERE period = $1";
const COUNTED: &str = "
    UPDATE response_figure_period SET counted = $2, cases = $3, counted_at = $4 WHERE period = $1";
const DROP_FIGURES: &str = "DELETE FROM response_figure WHERE period = $1";
const FIGURE_HEAD: &str = "INSERT INTO response_figure (period, measure, dimension, value, tlp, n, total, median, p90, p95, \
     business_median, business_p90, business_p95) VALUES";
const FIGURE_WIDTH: usize = 13;
const FIGURE_COLUMNS: &str = "n, total, median, p90, p95, business_median, business_p90, business_p95";
/// The strictest marking of each that the reader may see comes last, and holds all that are marked less.
const FIGURES: &str = "
    SELECT {}, period, measure FROM response_figure
     WHERE dimension = $1 AND value = $2 AND tlp <= $3 AND period IN (…) ORDER BY period, measure, tlp LIMIT 10000";
const PARTS: &str = "
    SELECT {}, value FROM response_figure WHERE period = $1 AND measure = $2 AND dimension = $3 AND tlp <= $4
     ORDER BY value, tlp LIMIT 10000";
const VALUES: &str = "
    SELECT DISTINCT value FROM response_figure WHERE dimension = $1 AND tlp <= $2 AND period IN (…) ORDER BY value LIMIT 500";

/// A record's case with what it is told apart by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CaseRow {
    pub record_id: String,
    pub case: Case,
    pub traits: Traits,
}

/// A life with what it is told apart by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LifeRow {
    pub record_id: String,
    pub life: Life,
    pub traits: Traits,
}

/// Who had an incident, with what it counts by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HeldRow {
    pub record_id: String,
    pub holding: Holding,
    pub opened: Micros,
    pub tlp: i64,
}

/// How a period stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PeriodRow {
    pub name: String,
    pub touched: i64,
    pub counted: i64,
    pub cases: i64,
    pub counted_at: Option<Micros>,
}

/// The columns from `at` on: tlp, taxonomy, type, severity, mailbox, source, sectors, countries, asns, techniques.
fn traits(row: &Row, at: usize) -> Result<Traits, StoreError> {
    let words = |at: usize| -> Result<Vec<String>, StoreError> {
        Ok(row.text(at)?.split_whitespace().map(str::to_string).collect())
    };
    let tlp = row.int(at)?;
    Ok(Traits {
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
        taxonomy: row.text(at + 1)?,
        kind: row.text(at + 2)?,
        severity: row.text(at + 3)?,
        mailbox: row.text(at + 4)?,
        source: row.text(at + 5)?,
        sectors: words(at + 6)?,
        origins: Origins { countries: words(at + 7)?, asns: words(at + 8)? },
        techniques: words(at + 9)?,
    })
}

fn traits_args(of: &Traits) -> [Arg<'_>; 10] {
    [
        of.tlp.rank().into(),
        (&of.taxonomy).into(),
        (&of.kind).into(),
        (&of.severity).into(),
        (&of.mailbox).into(),
        (&of.source).into(),
        of.sectors.join(" ").into(),
        of.origins.countries.join(" ").into(),
        of.origins.asns.join(" ").into(),
        of.techniques.join(" ").into(),
    ]
}

fn case(row: &Row) -> Result<CaseRow, StoreError> {
    let measure = row.text(1)?;
    let known = measure_of(&measure).ok_or_else(|| StoreError::unknown("measure", &measure))?;
    Ok(CaseRow {
        record_id: row.text(0)?,
        case: Case {
            measure: known.id,
            part: row.text(2)?,
            at: row.moment(3)?,
            value: row.int(4)?,
            business: row.int(5)?,
            stage: row.text(16)?,
            hoster: row.text(17)?,
            tld: row.text(18)?,
        },
        traits: traits(row, 6)?,
    })
}

fn life(row: &Row) -> Result<LifeRow, StoreError> {
    Ok(LifeRow {
        record_id: row.text(0)?,
        life: Life { at: row.moment(1)?, until: row.moment(2)? },
        traits: traits(row, 3)?,
    })
}

fn figure(row: &Row) -> Result<Figure, StoreError> {
    Ok(Figure {
        n: row.int(0)?,
        total: row.int(1)?,
        calendar: [row.int(2)?, row.int(3)?, row.int(4)?],
        business: [row.int(5)?, row.int(6)?, row.int(7)?],
    })
}

fn period_row(row: &Row) -> Result<PeriodRow, StoreError> {
    Ok(PeriodRow {
        name: row.text(0)?,
        touched: row.int(1)?,
        counted: row.int(2)?,
        cases: row.int(3)?,
        counted_at: row.opt_moment(4)?,
    })
}

/// How far the cases follow, by name.
pub(crate) async fn places(db: &Db) -> Result<HashMap<String, String>, StoreError> {
    db.read(PLACES, &[]).await?.iter().map(|row| Ok((row.text(0)?, row.text(1)?))).collect()
}

pub(crate) async fn set_place(tx: &mut Tx, name: &str, value: &str) -> Result<(), StoreError> {
    tx.run(SET_PLACE, &[name.into(), value.into()]).await.map(|_| ())
}

pub(crate) async fn drop_place(tx: &mut Tx, name: &str) -> Result<(), StoreError> {
    tx.run(DROP_PLACE, &[name.into()]).await.map(|_| ())
}

/// Forgets every case and figure: they are made anew.
pub(crate) async fn forget_all(tx: &mut Tx) -> Result<(), StoreError> {
    for sql in FORGET_ALL {
        tx.run(sql, &[]).await?;
    }
    Ok(())
}

/// Ids of incidents, or of tickets, after one of them.
pub(crate) async fn ids_after(
    tx: &mut Tx,
    of_tickets: bool,
    after: &str,
    limit: i64,
) -> Result<Vec<String>, StoreError> {
    let sql = if of_tickets { TICKETS_AFTER } else { INCIDENTS_AFTER };
    tx.read(sql, &[after.into(), limit.into()]).await?.iter().map(|row| row.text(0)).collect()
}

/// The incidents of tickets, or the tickets of incidents.
pub(crate) async fn tied_to(tx: &mut Tx, ids: &[&str], of_tickets: bool) -> Result<Vec<String>, StoreError> {
    let sql = if of_tickets { INCIDENTS_OF_TICKETS } else { TICKETS_OF_INCIDENTS };
    tx.read_in(sql, &[], ids).await?.iter().map(|row| row.text(0)).collect()
}

/// What is known of incidents beside their rows, by incident.
#[derive(Debug, Default)]
pub(crate) struct Beside {
    pub occurred: HashMap<String, Micros>,
    pub contained: HashMap<String, Micros>,
    pub first_letter: HashMap<String, Micros>,
    pub mails: HashMap<String, (i64, i64)>,
    pub constituents: HashMap<String, Vec<String>>,
    pub report: HashMap<String, (String, String)>,
    pub addresses: HashMap<String, Vec<String>>,
    pub techniques: HashMap<String, Vec<String>>,
    pub stages: HashMap<String, Vec<StageFacts>>,
}

/// Reads what is known of incidents beside their rows.
pub(crate) async fn beside(tx: &mut Tx, ids: &[&str]) -> Result<Beside, StoreError> {
    let mut known = Beside::default();
    for row in tx.read_in(MOMENTS, &[], ids).await? {
        let of = if row.text(1)? == "occurred" { &mut known.occurred } else { &mut known.contained };
        of.insert(row.text(0)?, row.moment(2)?);
    }
    for row in tx.read_in(FIRST_LETTERS, &[], ids).await? {
        known.first_letter.insert(row.text(0)?, row.moment(1)?);
    }
    for row in tx.read_in(MAILS, &[], ids).await? {
        known.mails.insert(row.text(0)?, (row.int(1)?, row.int(2)?));
    }
    for row in tx.read_in(CONSTITUENTS, &[], ids).await? {
        known.constituents.entry(row.text(0)?).or_default().push(row.text(1)?);
    }
    for row in tx.read_in(REPORTS, &[], ids).await? {
        known.report.insert(row.text(0)?, (row.text(1)?, row.text(2)?));
    }
    known.addresses = addresses(tx, ids).await?;
    for row in tx.read_in(FOUND_AT, &[], ids).await? {
        known.addresses.entry(row.text(0)?).or_default().push(row.text(1)?);
    }
    for row in tx.read_in(TECHNIQUES, &[], ids).await? {
        known.techniques.entry(row.text(0)?).or_default().push(row.text(1)?);
    }
    for row in tx.read_in(STAGES, &[], ids).await? {
        let stage = StageFacts {
            clock: row.text(1)?,
            name: format!("{}/{}", row.text(2)?, row.text(3)?),
            due: row.moment(4)?,
            met: row.opt_moment(5)?,
        };
        known.stages.entry(row.text(0)?).or_default().push(stage);
    }
    Ok(known)
}

/// The addresses among the observables of records, by record.
async fn addresses(tx: &mut Tx, ids: &[&str]) -> Result<HashMap<String, Vec<String>>, StoreError> {
    let mut known: HashMap<String, Vec<String>> = HashMap::new();
    for row in tx.read_in(OBSERVED_AT, &[], ids).await? {
        known.entry(row.text(0)?).or_default().push(row.text(1)?);
    }
    Ok(known)
}

/// What is known of tickets beside their rows, by ticket.
#[derive(Debug, Default)]
pub(crate) struct BesideTickets {
    pub linked: HashMap<String, Micros>,
    pub letters: HashMap<String, (Option<Micros>, Option<Micros>)>,
    pub addresses: HashMap<String, Vec<String>>,
    pub deliveries: HashMap<String, Vec<(String, Micros, DeliveryState)>>,
}

/// Reads what is known of tickets beside their rows.
pub(crate) async fn beside_tickets(tx: &mut Tx, ids: &[&str]) -> Result<BesideTickets, StoreError> {
    let mut known = BesideTickets::default();
    for row in tx.read_in(LINKED, &[], ids).await? {
        known.linked.insert(row.text(0)?, row.moment(1)?);
    }
    for row in tx.read_in(LETTERS, &[], ids).await? {
        let (is_ours, at) = (row.text(1)? == "sent", row.moment(2)?);
        let (ours, theirs) = known.letters.entry(row.text(0)?).or_default();
        if is_ours {
            ours.get_or_insert(at);
        } else if ours.is_some() {
            theirs.get_or_insert(at);
        }
    }
    known.addresses = addresses(tx, ids).await?;
    for row in tx.read_in(DELIVERIES, &[], ids).await? {
        let state = row.text(3)?;
        let state = DeliveryState::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?;
        known.deliveries.entry(row.text(0)?).or_default().push((row.text(1)?, row.moment(2)?, state));
    }
    Ok(known)
}

/// The cases of records, as they were measured last.
pub(crate) async fn cases_of(tx: &mut Tx, ids: &[&str]) -> Result<Vec<CaseRow>, StoreError> {
    tx.read_in(&CASES_OF.replace("{}", CASE_COLUMNS), &[], ids).await?.iter().map(case).collect()
}

pub(crate) async fn drop_case(tx: &mut Tx, row: &CaseRow) -> Result<(), StoreError> {
    let args = [(&row.record_id).into(), row.case.measure.into(), (&row.case.part).into()];
    tx.run(DROP_CASE, &args).await.map(|_| ())
}

/// Writes cases, new or changed.
pub(crate) async fn put_cases(tx: &mut Tx, rows: &[&CaseRow]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(rows.len() * CASE_WIDTH);
    for row in rows {
        args.extend([
            (&row.record_id).into(),
            row.case.measure.into(),
            (&row.case.part).into(),
            row.case.at.into(),
            row.case.value.into(),
            row.case.business.into(),
        ] as [Arg<'_>; 6]);
        args.extend(traits_args(&row.traits));
        args.extend([(&row.case.stage).into(), (&row.case.hoster).into(), (&row.case.tld).into()] as [Arg<'_>; 3]);
    }
    let head = format!("INSERT INTO response_case ({CASE_COLUMNS}) VALUES");
    tx.run_many(&head, CASE_WIDTH, args, CASE_TAIL).await
}

/// The lives of incidents, as they were noted last.
pub(crate) async fn lives_of(tx: &mut Tx, ids: &[&str]) -> Result<Vec<LifeRow>, StoreError> {
    tx.read_in(&LIVES_OF.replace("{}", LIFE_COLUMNS), &[], ids).await?.iter().map(life).collect()
}

pub(crate) async fn drop_lives(tx: &mut Tx, ids: &[&str]) -> Result<(), StoreError> {
    tx.run_in(DROP_LIVES, &[], ids).await.map(|_| ())
}

/// Writes lives, new or changed.
pub(crate) async fn put_lives(tx: &mut Tx, rows: &[&LifeRow]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(rows.len() * LIFE_WIDTH);
    for row in rows {
        args.extend([(&row.record_id).into(), row.life.at.into(), row.life.until.into()] as [Arg<'_>; 3]);
        args.extend(traits_args(&row.traits));
    }
    let head = format!("INSERT INTO response_case_life ({LIFE_COLUMNS}) VALUES");
    tx.run_many(&head, LIFE_WIDTH, args, LIFE_TAIL).await
}

fn held(row: &Row) -> Result<HeldRow, StoreError> {
    Ok(HeldRow {
        record_id: row.text(0)?,
        holding: Holding { at: row.moment(1)?, until: row.moment(2)?, owner: row.text(4)? },
        opened: row.moment(3)?,
        tlp: row.int(5)?,
    })
}

/// Who had incidents, as it was noted last.
pub(crate) async fn held_of(tx: &mut Tx, ids: &[&str]) -> Result<Vec<HeldRow>, StoreError> {
    tx.read_in(&HELD_OF.replace("{}", HELD_COLUMNS), &[], ids).await?.iter().map(held).collect()
}

pub(crate) async fn drop_held(tx: &mut Tx, row: &HeldRow) -> Result<(), StoreError> {
    tx.run(DROP_HELD, &[(&row.record_id).into(), row.holding.at.into()]).await.map(|_| ())
}

/// Writes who had incidents, new or changed.
pub(crate) async fn put_held(tx: &mut Tx, rows: &[&HeldRow]) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(rows.len() * HELD_WIDTH);
    for row in rows {
        args.extend([
            (&row.record_id).into(),
            row.holding.at.into(),
            row.holding.until.into(),
            row.opened.into(),
            (&row.holding.owner).into(),
            row.tlp.into(),
        ] as [Arg<'_>; HELD_WIDTH]);
    }
    let head = format!("INSERT INTO response_case_owner ({HELD_COLUMNS}) VALUES");
    tx.run_many(&head, HELD_WIDTH, args, HELD_TAIL).await
}

/// Hands over who had incidents at some time between two moments.
pub(crate) async fn each_held(
    tx: &mut Tx,
    (from, until): (Micros, Micros),
    mut take: impl FnMut(HeldRow) + Send,
) -> Result<(), StoreError> {
    let sql = HELD_IN.replace("{}", HELD_COLUMNS);
    tx.each(&sql, &[from.into(), until.into()], |row| {
        take(held(&row)?);
        Ok(())
    })
    .await
}

/// When the first incident was opened.
pub(crate) async fn first_life(tx: &mut Tx) -> Result<Option<Micros>, StoreError> {
    tx.read_one(FIRST_LIFE, &[]).await?.map(|row| row.moment(0)).transpose()
}

/// Hands over the cases of a measure from a moment until before another.
pub(crate) async fn each_case(
    tx: &mut Tx,
    measure: &Measure,
    (from, until): (Micros, Micros),
    mut take: impl FnMut(CaseRow) + Send,
) -> Result<(), StoreError> {
    let args = [measure.id.into(), from.into(), until.into()];
    let sql = OF_PERIOD.replace("{}", CASE_COLUMNS);
    tx.each(&sql, &args, |row| {
        take(case(&row)?);
        Ok(())
    })
    .await
}

/// Hands over the incidents that were open at a moment.
pub(crate) async fn each_open(tx: &mut Tx, at: Micros, mut take: impl FnMut(LifeRow) + Send) -> Result<(), StoreError> {
    let sql = OPEN_AT.replace("{}", LIFE_COLUMNS);
    tx.each(&sql, &[at.into()], |row| {
        take(life(&row)?);
        Ok(())
    })
    .await
}

fn of_table(columns: &str, table: &str) -> String {
    columns.split(", ").map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ")
}

/// Hands over the cases of a measure from a moment until before another, of the records a viewer may see.
pub(crate) async fn each_case_seen(
    tx: &mut Tx,
    viewer: &Viewer,
    measure: &Measure,
    (from, until): (Micros, Micros),
    mut take: impl FnMut(CaseRow) + Send,
) -> Result<(), StoreError> {
    let args = [measure.id.into(), from.into(), until.into(), viewer.into()];
    let sql = OF_PERIOD_SEEN.replace("{}", &of_table(CASE_COLUMNS, "c"));
    tx.each(&sql, &args, |row| {
        take(case(&row)?);
        Ok(())
    })
    .await
}

/// Hands over the incidents a viewer may see that were open at a moment.
pub(crate) async fn each_open_seen(
    tx: &mut Tx,
    viewer: &Viewer,
    at: Micros,
    mut take: impl FnMut(LifeRow) + Send,
) -> Result<(), StoreError> {
    let sql = OPEN_AT_SEEN.replace("{}", &of_table(LIFE_COLUMNS, "l"));
    tx.each(&sql, &[at.into(), viewer.into()], |row| {
        take(life(&row)?);
        Ok(())
    })
    .await
}

/// Hands over the cases of a measure from a moment until before another with each constituent of theirs, or those of one
/// constituent, of the records a viewer may see.
pub(crate) async fn each_case_apart(
    tx: &mut Tx,
    viewer: &Viewer,
    measure: &Measure,
    ((from, until), constituent): ((Micros, Micros), Option<&str>),
    mut take: impl FnMut(CaseRow, &str) + Send,
) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = vec![measure.id.into(), from.into(), until.into(), viewer.into()];
    args.extend(constituent.map(Arg::from));
    let statements = match constituent {
        Some(_) => [OF_INCIDENTS_OF_ONE, OF_TICKETS_OF_ONE],
        None => [OF_INCIDENTS_APART, OF_TICKETS_APART],
    };
    for sql in statements {
        tx.each(&sql.replace("{}", &of_table(CASE_COLUMNS, "c")), &args, |row| {
            take(case(&row)?, &row.text(CASE_WIDTH)?);
            Ok(())
        })
        .await?;
    }
    Ok(())
}

/// Hands over the incidents a viewer may see that were open at a moment with each constituent of theirs, or those of one.
pub(crate) async fn each_open_apart(
    tx: &mut Tx,
    viewer: &Viewer,
    (at, constituent): (Micros, Option<&str>),
    mut take: impl FnMut(LifeRow, &str) + Send,
) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = vec![at.into(), viewer.into()];
    args.extend(constituent.map(Arg::from));
    let sql = if constituent.is_some() { OPEN_AT_OF_ONE } else { OPEN_AT_APART };
    tx.each(&sql.replace("{}", &of_table(LIFE_COLUMNS, "l")), &args, |row| {
        take(life(&row)?, &row.text(LIFE_WIDTH)?);
        Ok(())
    })
    .await
}

/// What some constituents are called, by id, as far as a viewer may see records of theirs.
pub(crate) async fn constituent_names(
    db: &Db,
    viewer: &Viewer,
    ids: &[&str],
) -> Result<HashMap<String, String>, StoreError> {
    let mut names = HashMap::new();
    for id in ids {
        for sql in [NAME_IN_INCIDENTS, NAME_IN_TICKETS] {
            if let Some(row) = db.read_one(sql, &[(*id).into(), viewer.into()]).await? {
                names.insert((*id).to_string(), row.text(0)?);
                break;
            }
        }
    }
    Ok(names)
}

/// Notes that something in some periods changed; or only that they are there.
pub(crate) async fn touch(tx: &mut Tx, periods: &BTreeSet<String>, changed: bool) -> Result<(), StoreError> {
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(periods.len() * 5);
    for period in periods {
        args.extend([period.into(), 1i64.into(), 0i64.into(), 0i64.into(), "".into()] as [Arg<'_>; 5]);
    }
    tx.run_many(TOUCH_HEAD, 5, args, if changed { TOUCH_TAIL } else { KNOW_TAIL }).await
}

/// How the periods stand.
pub(crate) async fn periods(db: &Db) -> Result<Vec<PeriodRow>, StoreError> {
    db.read(PERIODS, &[]).await?.iter().map(period_row).collect()
}

/// How a period stands.
pub(crate) async fn period(db: &Db, name: &str) -> Result<Option<PeriodRow>, StoreError> {
    db.read_one(PERIOD, &[name.into()]).await?.as_ref().map(period_row).transpose()
}

/// The same inside a transaction.
pub(crate) async fn period_in(tx: &mut Tx, name: &str) -> Result<Option<PeriodRow>, StoreError> {
    tx.read_one(PERIOD, &[name.into()]).await?.as_ref().map(period_row).transpose()
}

/// Writes the figures of a period in place of those before.
pub(crate) async fn put_figures(
    tx: &mut Tx,
    period: &PeriodRow,
    figures: &[(&'static str, Summed)],
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(DROP_FIGURES, &[(&period.name).into()]).await?;
    let mut args: Vec<Arg<'_>> = Vec::with_capacity(figures.len() * FIGURE_WIDTH);
    for (measure, one) in figures {
        put_figure(&mut args, (&period.name, measure), one);
    }
    tx.run_many(FIGURE_HEAD, FIGURE_WIDTH, args, "").await?;
    let args = [(&period.name).into(), period.touched.into(), period.cases.into(), now.into()];
    tx.run(COUNTED, &args).await.map(|_| ())
}

/// Writes how the backlog was at the end of some days, in place of what was there before.
pub(crate) async fn put_days(
    tx: &mut Tx,
    days: &[String],
    backlogs: &[(String, Vec<Summed>)],
) -> Result<(), StoreError> {
    tx.run_in(DROP_DAYS, &[], days).await?;
    let mut args: Vec<Arg<'_>> = Vec::new();
    for (day, figures) in backlogs {
        for one in figures {
            put_figure(&mut args, (day, BACKLOG), one);
        }
    }
    tx.run_many(FIGURE_HEAD, FIGURE_WIDTH, args, "").await
}

fn put_figure<'a>(args: &mut Vec<Arg<'a>>, (period, measure): (&'a str, &'a str), one: &'a Summed) {
    let figure = &one.figure;
    args.extend([
        period.into(),
        measure.into(),
        one.by.as_str().into(),
        (&one.value).into(),
        one.tlp.into(),
        figure.n.into(),
        figure.total.into(),
    ] as [Arg<'a>; 7]);
    args.extend(figure.calendar.into_iter().chain(figure.business).map(Arg::from));
}

/// Figures of some periods, of the cases of one value, as far as a clearance goes: by period and measure.
pub(crate) async fn figures(
    db: &Db,
    periods: &[String],
    (dimension, value): (&str, &str),
    clearance: Tlp,
) -> Result<BTreeMap<(String, String), Figure>, StoreError> {
    let args = [dimension.into(), value.into(), clearance.rank().into()];
    let rows = db.read_in(&FIGURES.replace("{}", FIGURE_COLUMNS), &args, periods).await?;
    rows.iter().map(|row| Ok(((row.text(8)?, row.text(9)?), figure(row)?))).collect()
}

/// The figures of a measure in a period, by value.
pub(crate) async fn parts(
    db: &Db,
    period: &str,
    (measure, dimension): (&str, &str),
    clearance: Tlp,
) -> Result<BTreeMap<String, Figure>, StoreError> {
    let args = [period.into(), measure.into(), dimension.into(), clearance.rank().into()];
    let rows = db.read(&PARTS.replace("{}", FIGURE_COLUMNS), &args).await?;
    rows.iter().map(|row| Ok((row.text(8)?, figure(row)?))).collect()
}

/// The values there are in some periods.
pub(crate) async fn values(
    db: &Db,
    periods: &[String],
    dimension: &str,
    clearance: Tlp,
) -> Result<Vec<String>, StoreError> {
    let rows = db.read_in(VALUES, &[dimension.into(), clearance.rank().into()], periods).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

const WAITING: &str = "
    SELECT owner, COUNT(*), MIN(created) FROM response_incident
     WHERE state IN ('new', 'open') AND tlp <= $1 GROUP BY owner ORDER BY 2 DESC, owner LIMIT 200";
/// The row of figures has its own marking, `$2 >= l.tlp`, and no mailbox of its own: the record says whose it is.
const OPEN_LIST: &str = "
    SELECT 'incident', i.number, i.title, l.at, l.until, l.record_id, i.tlp FROM response_case_life l
      JOIN response_incident i ON i.id = l.record_id
     WHERE l.until > $1 AND l.at < $1 AND i.tlp <= $2 AND $2 >= l.tlp AND {}
       AND (l.at || l.record_id) > $4 ORDER BY l.at, l.record_id LIMIT $5";
const CASE_LIST: &str = "
    SELECT COALESCE(i.number, t.number), COALESCE(i.title, t.subject), COALESCE(t.kind, 'incident'), c.at, c.value, c.business,
        c.record_id, c.part, COALESCE(i.tlp, t.tlp)
      FROM response_case c LEFT JOIN response_incident i ON i.id = c.record_id LEFT JOIN response_ticket t ON t.id = c.record_id
     WHERE c.measure = $1 AND c.at >= $2 AND c.at < $3 AND $4 >= c.tlp AND (i.tlp <= $4 OR t.tlp <= $4) AND {}
       AND (c.at || c.record_id || c.part) > $6 ORDER BY c.at, c.record_id, c.part LIMIT $7";

/// Incidents that wait for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Login name; empty for nobody.
    pub owner: String,
    /// How many.
    pub open: i64,
    /// Since when the oldest waits.
    pub oldest: Micros,
}

/// The live incidents by owner, as they stand now, as far as the viewer may see them; most first.
pub async fn waiting_by_owner(db: &Db, viewer: &Viewer) -> Result<Vec<Waiting>, StoreError> {
    let rows = db.read(WAITING, &[viewer.into()]).await?;
    rows.iter().map(|row| Ok(Waiting { owner: row.text(0)?, open: row.int(1)?, oldest: row.moment(2)? })).collect()
}

/// A case with the record it was measured of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedCase {
    /// The number of the record.
    pub number: String,
    /// Its title.
    pub title: String,
    /// incident, report, investigation or countermeasure.
    pub kind: String,
    /// How far it may travel.
    pub tlp: Tlp,
    /// When it counts.
    pub at: Micros,
    /// Seconds, 0 or 1, or how many.
    pub value: i64,
    /// Seconds in the hours of work.
    pub business: i64,
    /// Where the next page goes on.
    pub key: String,
}

/// What of a row has a value: `$` is the number of the argument.
fn has(by: crate::figures::By, table: &str, argument: &str) -> String {
    use crate::figures::By;
    let among = |column: &str| format!("(' ' || {table}.{column} || ' ') LIKE ('% ' || {argument} || ' %')");
    let column = match by {
        By::All => return format!("{argument} = ''"),
        By::Class => "taxonomy",
        By::Type => "type",
        By::Severity => "severity",
        By::Mailbox => "mailbox",
        By::Source => "source",
        By::Owner => return format!("{argument} = '-'"),
        By::Constituent => {
            return format!(
                "({table}.record_id IN (SELECT incident_id FROM response_incident_constituent WHERE constituent_id = {argument})
                  OR {table}.record_id IN (SELECT id FROM response_ticket WHERE constituent_id = {argument}))"
            );
        }
        By::Stage | By::StageSeverity | By::Hoster | By::Tld if table == "l" => return format!("{argument} = '-'"),
        By::Stage => "stage",
        By::StageSeverity => return format!("({table}.stage || ':' || {table}.severity) = {argument}"),
        By::Hoster => "hoster",
        By::Tld => "tld",
        By::Sector => return among("sectors"),
        By::Country => return among("countries"),
        By::Asn => return among("asns"),
        By::Technique => return among("techniques"),
    };
    format!("{table}.{column} = {argument}")
}

/// The cases behind a figure, after one of them, the oldest first.
pub(crate) async fn case_list(
    db: &Db,
    measure: &Measure,
    (from, until): (Micros, Micros),
    (by, value): (crate::figures::By, &str),
    viewer: &Viewer,
    (after, limit): (&str, i64),
) -> Result<Vec<ListedCase>, StoreError> {
    // The moment at the beginning of the key lets the index be entered where the page begins.
    let from = after.get(..27).and_then(Micros::parse_rfc3339).map_or(from, |at| at.max(from));
    let args = [measure.id.into(), from.into(), until.into(), viewer.into(), value.into(), after.into(), limit.into()];
    let rows = db.read(&CASE_LIST.replace("{}", &has(by, "c", "$5")), &args).await?;
    let read = |row: &Row| {
        let (at, tlp) = (row.moment(3)?, row.int(8)?);
        Ok(ListedCase {
            number: row.text(0)?,
            title: row.text(1)?,
            kind: row.text(2)?,
            tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
            at,
            value: row.int(4)?,
            business: row.int(5)?,
            key: format!("{}{}{}", at.rfc3339(), row.text(6)?, row.text(7)?),
        })
    };
    rows.iter().map(read).collect()
}

/// The incidents that were open at a moment, after one of them, the oldest first; their value is how long they had been.
pub(crate) async fn open_list(
    db: &Db,
    (at, hours): (Micros, &crate::hours::Hours),
    (by, value): (crate::figures::By, &str),
    viewer: &Viewer,
    (after, limit): (&str, i64),
) -> Result<Vec<ListedCase>, StoreError> {
    let args = [at.into(), viewer.into(), value.into(), after.into(), limit.into()];
    let rows = db.read(&OPEN_LIST.replace("{}", &has(by, "l", "$3")), &args).await?;
    let read = |row: &Row| {
        let (begun, tlp) = (row.moment(3)?, row.int(6)?);
        let waited = crate::jobs::waiting(&Life { at: begun, until: row.moment(4)? }, at, hours);
        Ok(ListedCase {
            number: row.text(1)?,
            title: row.text(2)?,
            kind: row.text(0)?,
            tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
            at: begun,
            value: waited.value,
            business: waited.business,
            key: format!("{}{}", begun.rfc3339(), row.text(5)?),
        })
    };
    rows.iter().map(read).collect()
}

const MOMENTS_OF: &str = "SELECT name, at FROM response_moment WHERE incident_id = $1 ORDER BY name LIMIT 10";
const DROP_MOMENTS: &str = "DELETE FROM response_moment WHERE incident_id = $1";
const PUT_MOMENTS: &str = "INSERT INTO response_moment (incident_id, name, at, who, noted) VALUES";

fn moments(rows: &[Row]) -> Result<IncidentMoments, StoreError> {
    let mut found = IncidentMoments::default();
    for row in rows {
        let of = if row.text(0)? == "occurred" { &mut found.occurred } else { &mut found.contained };
        *of = Some(row.moment(1)?);
    }
    Ok(found)
}

/// When an incident began and when it was contained, as far as somebody noted it.
pub async fn moments_of(db: &Db, incident: &str) -> Result<IncidentMoments, StoreError> {
    moments(&db.read(MOMENTS_OF, &[incident.into()]).await?)
}

/// The same inside a transaction.
pub(crate) async fn moments_in(tx: &mut Tx, incident: &str) -> Result<IncidentMoments, StoreError> {
    moments(&tx.read(MOMENTS_OF, &[incident.into()]).await?)
}

/// Writes them in place of those before.
pub(crate) async fn put_moments(
    tx: &mut Tx,
    incident: &str,
    said: IncidentMoments,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(DROP_MOMENTS, &[incident.into()]).await?;
    let mut args: Vec<Arg<'_>> = Vec::new();
    for (name, at) in [("occurred", said.occurred), ("contained", said.contained)] {
        if let Some(at) = at {
            args.extend([incident.into(), name.into(), at.into(), who.into(), now.into()] as [Arg<'_>; 5]);
        }
    }
    tx.run_many(PUT_MOMENTS, 5, args, "").await
}

const MEASURED: &str = "
    SELECT c.at, c.value FROM response_case c
      LEFT JOIN response_incident i ON i.id = c.record_id LEFT JOIN response_ticket t ON t.id = c.record_id
     WHERE c.measure = $1 AND c.at >= $2 AND c.at < $3 AND $4 >= c.tlp AND (i.tlp <= $4 OR t.tlp <= $4)
     ORDER BY c.at DESC, c.record_id, c.part LIMIT $5";

/// The cases of a measure from a moment until before another, the newest first: when, and its value.
pub async fn measured(
    db: &Db,
    viewer: &Viewer,
    measure: &str,
    (from, until): (Micros, Micros),
    limit: i64,
) -> Result<Vec<(Micros, i64)>, StoreError> {
    let args = [measure.into(), from.into(), until.into(), viewer.into(), limit.into()];
    let rows = db.read(MEASURED, &args).await?;
    rows.iter().map(|row| Ok((row.moment(0)?, row.int(1)?))).collect()
}

const DEAD: &str = "SELECT mail FROM response_address WHERE state IN ('hard', 'suspended') AND mail IN (…)";
const TESTED: &str = "SELECT DISTINCT mail FROM response_delivery WHERE state = 'sent' AND mail IN (…)";
const KEYED: &str = "
    SELECT DISTINCT a.mail FROM response_mail_key_address a JOIN response_mail_key k ON k.fingerprint = a.fingerprint
     WHERE k.standing = 'accepted' AND a.mail IN (…)";

/// What is known of some mail addresses.
pub(crate) async fn known_mails(db: &Db, mails: &[&str]) -> Result<KnownMails, StoreError> {
    let mut known = KnownMails::default();
    for (sql, of) in [(DEAD, &mut known.dead), (TESTED, &mut known.tested), (KEYED, &mut known.keyed)] {
        for row in db.read_in(sql, &[], mails).await? {
            of.insert(row.text(0)?);
        }
    }
    Ok(known)
}
