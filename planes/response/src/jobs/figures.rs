//! Cases and figures follow the journal: what a record changed is measured anew, and only the periods that changed are counted.

use std::collections::{BTreeSet, HashMap};
use std::net::IpAddr;
use std::sync::Arc;

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use sha2::{Digest as _, Sha256};

use crate::figures::{
    By, Case, ContactQuality, Counts, Course, Every, FigureEyes, IncidentFacts, Life, MEASURES, Measure, NoticeQuality,
    Origins, Period, Pile, Summed, TicketFacts, contact_quality, course, holdings, incident_cases, life, ticket_cases,
};
use crate::hours::Hours;
use crate::sql_figures::{CaseRow, HeldRow, LifeRow, PeriodRow};
use crate::{PLANE, sql, sql_figures, sql_ticket};

/// Grows when what is measured is defined anew: every case is made again then.
const REVISION: i64 = 5;
/// Countries, and AS numbers, that one record counts with: a list of addresses is written into one mail, and each of them would make
/// figures of every measure.
const ORIGINS: usize = 50;
/// Records that are measured in one transaction.
const AT_ONCE: i64 = 200;
/// Transactions of one round.
const ROUND: usize = 25;
/// Microseconds of an hour.
const HOUR: i64 = 3_600_000_000;

/// The country an address is in, as two capital letters, and its AS number; nothing where nobody knows.
pub type OriginOf = Arc<dyn Fn(IpAddr) -> (Option<String>, Option<u32>) + Send + Sync>;

/// What is measured with.
#[derive(Clone, Default)]
pub struct FigureGround {
    /// When the team works.
    pub hours: Hours,
    /// The sector of each constituent, by its id. A record keeps the sector its constituent had when it changed last.
    pub sectors: HashMap<String, String>,
    /// Where addresses are; nothing where no table says so. A record keeps what its addresses had when it changed last.
    pub origin: Option<OriginOf>,
}

impl FigureGround {
    /// Where some addresses are, the smallest of too many; what is no address is nowhere.
    fn origins(&self, addresses: &[String]) -> Origins {
        let Some(origin) = &self.origin else { return Origins::default() };
        let address = |text: &String| text.split('/').next().and_then(|text| text.parse::<IpAddr>().ok());
        let (mut countries, mut asns) = (BTreeSet::new(), BTreeSet::new());
        for address in addresses.iter().filter_map(address) {
            let (country, asn) = origin(address);
            countries.extend(country.as_deref().and_then(plain));
            asns.extend(asn);
        }
        Origins {
            countries: countries.into_iter().take(ORIGINS).collect(),
            asns: asns.into_iter().take(ORIGINS).map(|number| format!("AS{number}")).collect(),
        }
    }
}

/// What tells these hours and definitions from others.
fn mark(hours: &Hours) -> String {
    let text = format!("{REVISION} {hours:?}");
    Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// Measures what changed since the last time, some of it, and counts the periods that are due; says whether more waits.
pub async fn follow_figures(db: &Db, ground: &FigureGround, now: Micros) -> Result<bool, StoreError> {
    for _ in 0..ROUND {
        if !step(db, ground, now).await? {
            count(db, &ground.hours, now, false).await?;
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether something happened that was not measured yet.
pub async fn figures_wait(db: &Db, hours: &Hours) -> Result<bool, StoreError> {
    let places = sql_figures::places(db).await?;
    let is_whole = !places.contains_key("incidents") && !places.contains_key("tickets");
    let is_same = places.get("measured-with") == Some(&mark(hours));
    let journal = places.get("journal").and_then(|text| text.parse().ok());
    Ok(!(is_whole && is_same && journal == Some(Journal::last(db).await?)))
}

/// Counts the periods that are due; nothing is measured.
pub async fn count_due(db: &Db, hours: &Hours, now: Micros) -> Result<(), StoreError> {
    count(db, hours, now, false).await
}

/// Notes how well constituents can be reached: each comes with its mail addresses one after the other, and with an empty one when it
/// has none.
pub async fn note_contacts(db: &Db, contacts: &[(String, String)], now: Micros) -> Result<(), StoreError> {
    let contacts: Vec<(String, String)> =
        contacts.iter().map(|(id, mail)| (id.clone(), crate::mail::mail_key(mail))).collect();
    let mails: BTreeSet<&str> =
        contacts.iter().map(|(_, mail)| mail.as_str()).filter(|mail| !mail.is_empty()).collect();
    let known = sql_figures::known_mails(db, &mails.into_iter().collect::<Vec<_>>()).await?;
    let noted = serde_json::json!({ "at": now.rfc3339(), "of": contact_quality(&contacts, &known) });
    let mut tx = db.begin().await?;
    sql_figures::set_place(&mut tx, "contacts", &noted.to_string()).await?;
    tx.commit().await
}

/// How well constituents can be reached, and when that was noted; nothing while it was not.
pub async fn noted_contacts(db: &Db) -> Result<Option<(Micros, ContactQuality)>, StoreError> {
    noted(db, "contacts").await
}

/// Notes what became of notices and of the findings they told of.
pub async fn note_notices(db: &Db, of: &NoticeQuality, now: Micros) -> Result<(), StoreError> {
    let noted = serde_json::json!({ "at": now.rfc3339(), "of": of });
    let mut tx = db.begin().await?;
    sql_figures::set_place(&mut tx, "notices", &noted.to_string()).await?;
    tx.commit().await
}

/// What became of notices, and when that was noted; nothing while it was not.
pub async fn noted_notices(db: &Db) -> Result<Option<(Micros, NoticeQuality)>, StoreError> {
    noted(db, "notices").await
}

/// What was noted under a name, and when.
async fn noted<T: serde::de::DeserializeOwned>(db: &Db, name: &str) -> Result<Option<(Micros, T)>, StoreError> {
    let places = sql_figures::places(db).await?;
    let noted: Option<serde_json::Value> = places.get(name).and_then(|text| serde_json::from_str(text).ok());
    Ok(noted.and_then(|noted| {
        let at = Micros::parse_rfc3339(noted.get("at")?.as_str()?)?;
        Some((at, serde_json::from_value(noted.get("of")?.clone()).ok()?))
    }))
}

/// Measures everything that changed, and counts every period that changed.
pub async fn count_figures(db: &Db, ground: &FigureGround, now: Micros) -> Result<(), StoreError> {
    while step(db, ground, now).await? {}
    count(db, &ground.hours, now, true).await
}

/// Forgets every case and figure, and makes them anew from the records and the journal.
pub async fn recount_figures(db: &Db, ground: &FigureGround, now: Micros) -> Result<(), StoreError> {
    begin_anew(db, ground).await?;
    count_figures(db, ground, now).await
}

async fn begin_anew(db: &Db, ground: &FigureGround) -> Result<(), StoreError> {
    // What happens from here on is followed; what happened before is in the records.
    let last = Journal::last(db).await?;
    let mut tx = db.begin().await?;
    sql_figures::forget_all(&mut tx).await?;
    for (name, value) in
        [("measured-with", mark(&ground.hours)), ("journal", last.to_string()), ("incidents", String::new())]
    {
        sql_figures::set_place(&mut tx, name, &value).await?;
    }
    tx.commit().await
}

/// One transaction of work; says whether there may be more.
async fn step(db: &Db, ground: &FigureGround, now: Micros) -> Result<bool, StoreError> {
    let places = sql_figures::places(db).await?;
    let journal = places.get("journal").and_then(|text| text.parse::<i64>().ok());
    let (Some(journal), true) = (journal, places.get("measured-with") == Some(&mark(&ground.hours))) else {
        begin_anew(db, ground).await?;
        return Ok(true);
    };
    for (name, of_tickets) in [("incidents", false), ("tickets", true)] {
        if let Some(after) = places.get(name) {
            return sweep(db, ground, (name, after, of_tickets), now).await.map(|()| true);
        }
    }
    let entries = Journal::after(db, journal, AT_ONCE).await?;
    let Some(last) = entries.last().map(|entry| entry.id) else { return Ok(false) };
    let ours = entries.iter().filter(|entry| entry.plane == PLANE);
    let touched: BTreeSet<&str> = ours.clone().map(|entry| entry.record.as_str()).collect();
    let arrived: Vec<&str> =
        ours.filter(|entry| entry.verb == "incident_imported").map(|entry| entry.record.as_str()).collect();
    let mut tx = db.begin().await?;
    let mut ids: BTreeSet<String> = touched.iter().map(|id| (*id).to_string()).collect();
    // Mail of a ticket is work on its incidents; an incident that was taken over may be what tickets waited for.
    ids.extend(sql_figures::tied_to(&mut tx, &touched.into_iter().collect::<Vec<_>>(), true).await?);
    ids.extend(sql_figures::tied_to(&mut tx, &arrived, false).await?);
    measure(&mut tx, ground, &ids, now).await?;
    sql_figures::set_place(&mut tx, "journal", &last.to_string()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Measures the next records of all; after the last incident the tickets begin.
async fn sweep(
    db: &Db,
    ground: &FigureGround,
    (name, after, of_tickets): (&str, &str, bool),
    now: Micros,
) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    let ids = sql_figures::ids_after(&mut tx, of_tickets, after, AT_ONCE).await?;
    match ids.last() {
        Some(last) => {
            measure(&mut tx, ground, &ids.iter().cloned().collect(), now).await?;
            sql_figures::set_place(&mut tx, name, last).await?;
        }
        None => {
            sql_figures::drop_place(&mut tx, name).await?;
            if !of_tickets {
                sql_figures::set_place(&mut tx, "tickets", "").await?;
            }
        }
    }
    tx.commit().await
}

/// Measures records anew, whatever they are. What is not there has no case.
async fn measure(tx: &mut Tx, ground: &FigureGround, ids: &BTreeSet<String>, now: Micros) -> Result<(), StoreError> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let incidents = incidents(tx, ground, &ids).await?;
    let tickets = tickets(tx, ground, &ids).await?;
    let (mut cases, mut lives, mut held) = (Vec::new(), Vec::new(), Vec::new());
    for one in &incidents {
        let traits = one.traits();
        held.extend(holdings(one).into_iter().map(|holding| {
            let (record_id, tlp) = (one.one.id.clone(), one.one.tlp.rank());
            HeldRow { record_id, holding, opened: one.one.created, tlp }
        }));
        lives.push(LifeRow { record_id: one.one.id.clone(), life: life(one), traits: traits.clone() });
        cases.extend(incident_cases(one, &ground.hours).into_iter().map(|case| row(&one.one.id, case, traits.clone())));
    }
    for one in &tickets {
        let traits = one.traits();
        cases.extend(ticket_cases(one, &ground.hours).into_iter().map(|case| row(&one.one.id, case, traits.clone())));
    }
    let mut touched = BTreeSet::new();
    put_cases(tx, &ids, cases, &ground.hours, &mut touched).await?;
    put_lives(tx, &ids, lives, (&ground.hours, now), &mut touched).await?;
    put_held(tx, &ids, held, (&ground.hours, now), &mut touched).await?;
    sql_figures::touch(tx, &touched, true).await
}

fn row(id: &str, case: Case, traits: crate::figures::Traits) -> CaseRow {
    CaseRow { record_id: id.to_string(), case, traits }
}

/// The month, the quarter and the year of a moment.
fn periods_of(at: Micros, hours: &Hours) -> [String; 3] {
    Every::ALL.map(|every| Period::of(at, every, hours).to_string())
}

async fn put_cases(
    tx: &mut Tx,
    ids: &[&str],
    cases: Vec<CaseRow>,
    hours: &Hours,
    touched: &mut BTreeSet<String>,
) -> Result<(), StoreError> {
    let key = |row: &CaseRow| (row.record_id.clone(), row.case.measure, row.case.part.clone());
    let mut before: HashMap<_, CaseRow> =
        sql_figures::cases_of(tx, ids).await?.into_iter().map(|row| (key(&row), row)).collect();
    let mut changed = Vec::new();
    for row in &cases {
        let known = before.remove(&key(row));
        if known.as_ref() != Some(row) {
            touched.extend(periods_of(row.case.at, hours));
            touched.extend(known.into_iter().flat_map(|known| periods_of(known.case.at, hours)));
            changed.push(row);
        }
    }
    for gone in before.values() {
        touched.extend(periods_of(gone.case.at, hours));
        sql_figures::drop_case(tx, gone).await?;
    }
    sql_figures::put_cases(tx, &changed).await
}

async fn put_lives(
    tx: &mut Tx,
    ids: &[&str],
    lives: Vec<LifeRow>,
    (hours, now): (&Hours, Micros),
    touched: &mut BTreeSet<String>,
) -> Result<(), StoreError> {
    let mut before: HashMap<String, LifeRow> =
        sql_figures::lives_of(tx, ids).await?.into_iter().map(|row| (row.record_id.clone(), row)).collect();
    let mut changed = Vec::new();
    for row in &lives {
        let known = before.remove(&row.record_id);
        if known.as_ref() == Some(row) {
            continue;
        }
        // Where only its end moved, the periods before both ends stay as they were.
        let from = match &known {
            Some(known) if known.traits == row.traits && known.life.at == row.life.at => {
                known.life.until.min(row.life.until)
            }
            Some(known) => known.life.at.min(row.life.at),
            None => row.life.at,
        };
        let until = known.map_or(row.life.until, |known| known.life.until.max(row.life.until));
        touch_through(Life { at: from, until }, (hours, now), touched);
        changed.push(row);
    }
    for gone in before.values() {
        touch_through(gone.life.clone(), (hours, now), touched);
    }
    let gone: Vec<&str> = before.keys().map(String::as_str).collect();
    sql_figures::drop_lives(tx, &gone).await?;
    sql_figures::put_lives(tx, &changed).await
}

async fn put_held(
    tx: &mut Tx,
    ids: &[&str],
    held: Vec<HeldRow>,
    (hours, now): (&Hours, Micros),
    touched: &mut BTreeSet<String>,
) -> Result<(), StoreError> {
    let key = |row: &HeldRow| (row.record_id.clone(), row.holding.at);
    let mut before: HashMap<_, HeldRow> =
        sql_figures::held_of(tx, ids).await?.into_iter().map(|row| (key(&row), row)).collect();
    let mut changed = Vec::new();
    for row in &held {
        let known = before.remove(&key(row));
        if known.as_ref() == Some(row) {
            continue;
        }
        let (at, until) = (row.holding.at, row.holding.until);
        let (from, until) = match &known {
            // Where only its end moved, the days before both ends stay as they were.
            Some(known)
                if (known.opened, known.tlp, &known.holding.owner) == (row.opened, row.tlp, &row.holding.owner) =>
            {
                (known.holding.until.min(until), known.holding.until.max(until))
            }
            Some(known) => (at, known.holding.until.max(until)),
            None => (at, until),
        };
        touch_months((from, until), (hours, now), touched);
        changed.push(row);
    }
    for gone in before.values() {
        touch_months((gone.holding.at, gone.holding.until), (hours, now), touched);
        sql_figures::drop_held(tx, gone).await?;
    }
    sql_figures::put_held(tx, &changed).await
}

/// The months from a moment until another that have begun: the backlog of their days is another.
fn touch_months((from, until): (Micros, Micros), (hours, now): (&Hours, Micros), touched: &mut BTreeSet<String>) {
    let last = Period::of(until.min(now), Every::Month, hours);
    let mut month = Period::of(from, Every::Month, hours);
    while month <= last {
        touched.insert(month.to_string());
        month = month.plus(1);
    }
}

/// The periods from a moment until another that have begun.
fn touch_through(life: Life, (hours, now): (&Hours, Micros), touched: &mut BTreeSet<String>) {
    let until = life.until.min(now);
    for every in Every::ALL {
        let (mut period, last) = (Period::of(life.at, every, hours), Period::of(until, every, hours));
        touched.insert(period.to_string());
        while period < last {
            period = period.plus(1);
            touched.insert(period.to_string());
        }
    }
}

/// What is known of those of some records that are incidents.
async fn incidents(tx: &mut Tx, ground: &FigureGround, ids: &[&str]) -> Result<Vec<IncidentFacts>, StoreError> {
    let there = sql::some(tx, &Viewer::system(), ids).await?;
    let ids: Vec<&str> = there.keys().map(String::as_str).collect();
    let mut lines: HashMap<String, Vec<manara_model::Entry>> = HashMap::new();
    for entry in Journal::of_records_by(tx, PLANE, &sql_figures::COURSE_VERBS, &ids).await? {
        lines.entry(entry.record.clone()).or_default().push(entry);
    }
    let mut beside = sql_figures::beside(tx, &ids).await?;
    Ok(there
        .into_values()
        .map(|one| {
            let id = &one.id;
            let constituents = beside.constituents.remove(id).unwrap_or_default();
            let sectors: BTreeSet<String> =
                constituents.iter().filter_map(|id| ground.sectors.get(id)).filter_map(|word| plain(word)).collect();
            IncidentFacts {
                course: lines.get(id).map_or_else(Course::default, course),
                occurred: beside.occurred.remove(id),
                contained: beside.contained.remove(id),
                first_letter: beside.first_letter.remove(id),
                mails: beside.mails.remove(id).unwrap_or_default(),
                organisations: i64::try_from(constituents.len()).unwrap_or(i64::MAX),
                report: beside.report.remove(id),
                sectors: sectors.into_iter().collect(),
                origins: ground.origins(beside.addresses.get(id).map(Vec::as_slice).unwrap_or_default()),
                techniques: beside.techniques.remove(id).unwrap_or_default(),
                stages: beside.stages.remove(id).unwrap_or_default(),
                one,
            }
        })
        .collect())
}

/// The word of a sector or a country; nothing when it could not be told from two.
fn plain(sector: &str) -> Option<String> {
    (!sector.is_empty() && !sector.contains(char::is_whitespace)).then(|| sector.to_string())
}

/// What is known of those of some records that are tickets.
async fn tickets(tx: &mut Tx, ground: &FigureGround, ids: &[&str]) -> Result<Vec<TicketFacts>, StoreError> {
    let there = sql_ticket::some(tx, &Viewer::system(), ids).await?;
    let ids: Vec<&str> = there.keys().map(String::as_str).collect();
    let mut active: HashMap<String, Micros> = HashMap::new();
    for entry in Journal::of_records_by(tx, PLANE, &sql_figures::TICKET_VERBS, &ids).await? {
        let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
        let text = |name: &str| detail.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
        match (entry.verb.as_str(), text("from"), text("to")) {
            // What a change of many did and was taken back never was.
            ("ticket_restored", "active", "pending-activation") => _ = active.remove(&entry.record),
            ("ticket_restored", ..) => {}
            (_, _, "active") => _ = active.entry(entry.record).or_insert(entry.at),
            _ => {}
        }
    }
    let mut beside = sql_figures::beside_tickets(tx, &ids).await?;
    Ok(there
        .into_values()
        .map(|one| {
            let id = &one.id;
            let mut addresses = beside.addresses.remove(id).unwrap_or_default();
            addresses.push(one.target.clone());
            TicketFacts {
                linked: beside.linked.remove(id),
                active: active.remove(id),
                letters: beside.letters.remove(id).unwrap_or_default(),
                sector: ground.sectors.get(&one.constituent_id).and_then(|word| plain(word)).unwrap_or_default(),
                origins: ground.origins(&addresses),
                deliveries: beside.deliveries.remove(id).unwrap_or_default(),
                one,
            }
        })
        .collect())
}

/// Counts the periods that are due, or all that changed.
async fn count(db: &Db, hours: &Hours, now: Micros, at_once: bool) -> Result<(), StoreError> {
    let mut known = sql_figures::periods(db).await?;
    let current = Period::of(now, Every::Month, hours).to_string();
    if !known.iter().any(|row| row.name == current) {
        // Every month has a backlog, also one in which nothing happened.
        let mut tx = db.begin().await?;
        let mut all = BTreeSet::new();
        let first = sql_figures::first_life(&mut tx).await?.unwrap_or(now).min(now);
        touch_through(Life { at: first, until: now }, (hours, now), &mut all);
        sql_figures::touch(&mut tx, &all, false).await?;
        tx.commit().await?;
        known = sql_figures::periods(db).await?;
    }
    for row in known {
        let Some(period) = Period::parse(&row.name) else { continue };
        if is_due(&row, period.end(hours), now, at_once) {
            count_one(db, (&row.name, period), hours, now).await?;
        }
    }
    Ok(())
}

/// Whether a period is to be counted: one that changed, the sooner the smaller it is; and one that goes on, as what is open grows
/// older in it.
fn is_due(row: &PeriodRow, end: Micros, now: Micros, at_once: bool) -> bool {
    let Some(counted_at) = row.counted_at else { return true };
    let passed = now.0 - counted_at.0;
    let goes_on = counted_at < end && (now >= end || (at_once && passed != 0) || passed >= HOUR);
    let steps = [(2_000, 0), (20_000, HOUR / 360), (200_000, HOUR / 60), (1_000_000, HOUR / 6)];
    let patience = steps.into_iter().find(|(most, _)| row.cases <= *most).map_or(HOUR / 2, |(_, patience)| patience);
    goes_on || (row.touched != row.counted && (at_once || passed >= patience))
}

async fn count_one(db: &Db, (name, period): (&str, Period), hours: &Hours, now: Micros) -> Result<(), StoreError> {
    let mut snapshot = db.begin_snapshot().await?;
    let Some(mut row) = sql_figures::period_in(&mut snapshot, name).await? else { return Ok(()) };
    let (from, until) = (period.begin(hours), period.end(hours));
    let mut figures: Vec<(&'static str, Summed)> = Vec::new();
    row.cases = 0;
    for measure in MEASURES {
        let mut pile = Pile::default();
        sql_figures::each_case(&mut snapshot, measure, (from, until), |row| pile.add(&row.case, &row.traits)).await?;
        // A stage that is due in a period to come may be met before: that period has a case, and no backlog yet.
        if measure.id == crate::figures::BACKLOG && from < now {
            let at = until.min(now);
            sql_figures::each_open(&mut snapshot, at, |row| pile.add(&waiting(&row.life, at, hours), &row.traits))
                .await?;
        }
        row.cases += pile.cases;
        figures.extend(pile.summed(measure.counts).into_iter().map(|one| (measure.id, one)));
    }
    let days = if period.every == Every::Month { Some(days(&mut snapshot, period, hours, now).await?) } else { None };
    drop(snapshot);
    let mut tx = db.begin().await?;
    sql_figures::put_figures(&mut tx, &row, &figures, now).await?;
    if let Some(days) = days {
        let all: Vec<String> = period.days().iter().map(ToString::to_string).collect();
        sql_figures::put_days(&mut tx, &all, &days).await?;
    }
    tx.commit().await
}

/// What is made of the cases of some measures in a period, counted now of the records that somebody may see.
pub(crate) async fn figures_seen(
    db: &Db,
    eyes: &FigureEyes,
    period: Period,
    measures: &[Measure],
) -> Result<Vec<(&'static str, Summed)>, StoreError> {
    let (hours, viewer) = (&eyes.hours, &eyes.viewer);
    let (from, until) = (period.begin(hours), period.end(hours));
    let mut snapshot = db.begin_snapshot().await?;
    let mut figures = Vec::new();
    for measure in measures {
        let mut pile = Pile::default();
        let add = |row: CaseRow| pile.add(&row.case, &row.traits);
        sql_figures::each_case_seen(&mut snapshot, viewer, measure, (from, until), add).await?;
        if measure.id == crate::figures::BACKLOG && from < eyes.now {
            let at = until.min(eyes.now);
            let add = |row: LifeRow| pile.add(&waiting(&row.life, at, hours), &row.traits);
            sql_figures::each_open_seen(&mut snapshot, viewer, at, add).await?;
        }
        figures.extend(pile.summed(measure.counts).into_iter().map(|one| (measure.id, one)));
    }
    Ok(figures)
}

/// What is made of the cases of some measures in a period that are of one constituent, all together, counted now of the records that
/// somebody may see.
pub(crate) async fn figures_of_one(
    db: &Db,
    eyes: &FigureEyes,
    period: Period,
    (measures, constituent): (&[Measure], &str),
) -> Result<Vec<(&'static str, Summed)>, StoreError> {
    let mut snapshot = db.begin_snapshot().await?;
    let mut figures = Vec::new();
    for measure in measures {
        let mut pile = Pile::default();
        each_apart(&mut snapshot, eyes, period, (measure, Some(constituent)), |case, of, _| {
            pile.add_to((By::All, ""), case, of.tlp.rank());
        })
        .await?;
        figures.extend(pile.summed(measure.counts).into_iter().map(|one| (measure.id, one)));
    }
    Ok(figures)
}

/// What is made of the cases of a measure in a period by their constituents, counted now of the records that somebody may see.
pub(crate) async fn figures_by_constituent(
    db: &Db,
    eyes: &FigureEyes,
    period: Period,
    measure: &Measure,
) -> Result<Vec<Summed>, StoreError> {
    let mut snapshot = db.begin_snapshot().await?;
    let mut pile = Pile::default();
    each_apart(&mut snapshot, eyes, period, (measure, None), |case, of, constituent| {
        pile.add_to((By::Constituent, constituent), case, of.tlp.rank());
    })
    .await?;
    Ok(pile.summed(measure.counts))
}

/// Hands over the cases of a measure in a period with each constituent of theirs, or those of one constituent.
async fn each_apart(
    tx: &mut Tx,
    eyes: &FigureEyes,
    period: Period,
    (measure, constituent): (&Measure, Option<&str>),
    mut take: impl FnMut(&Case, &crate::figures::Traits, &str) + Send,
) -> Result<(), StoreError> {
    let (hours, viewer) = (&eyes.hours, &eyes.viewer);
    let (from, until) = (period.begin(hours), period.end(hours));
    let of = ((from, until), constituent);
    sql_figures::each_case_apart(tx, viewer, measure, of, |row, id| take(&row.case, &row.traits, id)).await?;
    if measure.id == crate::figures::BACKLOG && from < eyes.now {
        let at = until.min(eyes.now);
        let add = |row: LifeRow, id: &str| take(&waiting(&row.life, at, hours), &row.traits, id);
        sql_figures::each_open_apart(tx, viewer, (at, constituent), add).await?;
    }
    Ok(())
}

/// How the backlog was at the end of each day of a month, as far as the month went; today it is that of now. Who had an incident is
/// told apart, and how old it was by the calendar.
async fn days(
    tx: &mut Tx,
    month: Period,
    hours: &Hours,
    now: Micros,
) -> Result<Vec<(String, Vec<Summed>)>, StoreError> {
    let begun = |day: &chrono::NaiveDate| hours.midnight(*day) < now;
    let ends = month.days().into_iter().filter(begun).map(|day| {
        let end = day.succ_opt().map_or(Micros::FAR, |next| hours.midnight(next));
        (day, end.min(now), Pile::default())
    });
    let mut ends: Vec<(chrono::NaiveDate, Micros, Pile)> = ends.collect();
    let span = (month.begin(hours), month.end(hours).min(now));
    sql_figures::each_held(tx, span, |row| {
        for (_, end, pile) in &mut ends {
            if row.opened < *end && row.holding.at <= *end && *end < row.holding.until {
                pile.add_held(&row.holding.owner, (end.0 - row.opened.0).max(0) / 1_000_000, row.tlp);
            }
        }
    })
    .await?;
    // A day on which nothing was open, or nothing that everybody may see, is told too: it was counted.
    let of = |(day, _, pile): (chrono::NaiveDate, Micros, Pile)| {
        let mut figures = pile.summed(Counts::Time);
        if !figures.iter().any(|one| one.by == By::All && one.tlp == 0) {
            figures.push(Summed { by: By::All, value: String::new(), tlp: 0, figure: Default::default() });
        }
        (day.to_string(), figures)
    };
    Ok(ends.into_iter().map(of).collect())
}

/// How long an incident had been open at a moment.
pub(crate) fn waiting(life: &Life, at: Micros, hours: &Hours) -> Case {
    Case {
        measure: crate::figures::BACKLOG,
        part: String::new(),
        at,
        value: (at.0 - life.at.0).max(0) / 1_000_000,
        business: hours.worked(life.at, at),
        stage: String::new(),
        hoster: String::new(),
        tld: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;
    use std::sync::Arc;

    use super::{FigureGround, ORIGINS, OriginOf};

    #[test]
    fn a_record_counts_with_the_smallest_of_many_as_numbers() {
        let origin: OriginOf = Arc::new(|address: IpAddr| -> (Option<String>, Option<u32>) {
            match address {
                IpAddr::V4(address) => (None, Some(u32::from(address))),
                IpAddr::V6(_) => (None, None),
            }
        });
        let ground = FigureGround { origin: Some(origin), ..FigureGround::default() };
        let addresses: Vec<String> = (0..200).rev().map(|at| format!("0.0.0.{at}")).collect();
        let wanted: Vec<String> = (0..ORIGINS).map(|at| format!("AS{at}")).collect();
        assert_eq!(ground.origins(&addresses).asns, wanted);
    }
}
