//! Figures: made from what was done, equal to a full recount, the same on the page, in the file and for programs.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;

use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_response::{
    By, Closing, Draft, Figure, FigureAside, FigureEyes, FigureGround, FigureTable, Hours, IncidentMoments, Kind,
    MEASURES, NewTicket, Period, Refusal, ResponseError, Source, TicketState, Verdict, assign, close, count_figures,
    figures_wait, follow_figures, get, link_ticket, list_observable, merge, moments_of, move_ticket, name_observables,
    note_moments, observables_of, open_ticket, recount_figures, reopen, split, tag_technique, write_message,
};
use manara_store::{Db, Journal};
use manara_web::Role;

use crate::house::{House, MINUTE, NOON, duty, new, on_both};
use crate::pages::door;

const HOUR: i64 = 60 * MINUTE;

pub fn ground() -> FigureGround {
    let sectors = [("a", "energy"), ("b", "health")].map(|(id, sector)| (id.to_string(), sector.to_string()));
    FigureGround { hours: Hours::default(), sectors: HashMap::from(sectors), origin: Some(Arc::new(origin)) }
}

/// Where the addresses of tests are.
fn origin(address: IpAddr) -> (Option<String>, Option<u32>) {
    let IpAddr::V4(address) = address else { return (None, None) };
    let [first, ..] = address.octets();
    let country = [(192, "AA"), (198, "BB"), (203, "CC")].into_iter().find(|(net, _)| *net == first);
    (country.map(|(_, word)| word.to_string()), (first != 10).then_some(64_500 + u32::from(first > 198)))
}

pub fn ticket(kind: Kind, incident: &str) -> NewTicket {
    NewTicket {
        id: String::new(),
        kind,
        source: Source::Telephone,
        subject: "A call".into(),
        class: ("fraud".into(), "phishing".into()),
        tlp: Tlp::Amber,
        owner: String::new(),
        correspondent: String::new(),
        correspondent_name: String::new(),
        language: "en".into(),
        incident: incident.into(),
        target: ("192.0.2.1".into(), "the provider".into()),
        due: None,
    }
}

/// Everything that was measured and counted, as lines.
pub async fn whole(db: &Db) -> Vec<String> {
    let mut all = Vec::new();
    for (table, texts, numbers) in [
        (
            "response_case",
            "record_id || ' ' || measure || ' ' || part || ' ' || at || ' ' || taxonomy || type || severity || mailbox || source || sectors || countries || asns || techniques || stage || ' ' || hoster || ' ' || tld",
            "value * 1000 + business * 10 + tlp",
        ),
        (
            "response_case_life",
            "record_id || ' ' || at || ' ' || until || taxonomy || type || severity || sectors || countries || asns || techniques",
            "tlp",
        ),
        ("response_case_owner", "record_id || ' ' || at || ' ' || until || ' ' || opened || ' ' || owner", "tlp"),
        (
            "response_figure",
            "period || ' ' || measure || ' ' || dimension || ' ' || value",
            "n + 7 * total + 11 * median + 13 * p90 + 17 * p95 + 19 * business_median + 23 * business_p90 + 29 * business_p95 + 31 * tlp",
        ),
    ] {
        let sql = format!("SELECT {texts}, CAST({numbers} AS BIGINT) FROM {table} ORDER BY 1, 2 LIMIT 1000000");
        for row in db.read(&sql, &[]).await.expect("read") {
            all.push(format!("{table} {} {}", row.text(0).expect("text"), row.int(1).expect("a number")));
        }
    }
    all
}

/// A fixed course of numbers that looks like chance.
pub struct Chance(pub u64);

impl Chance {
    pub fn below(&mut self, most: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % most).expect("small")
    }
}

/// One thing that is done to an incident or a ticket; what is refused is passed over.
pub async fn something(house: &House, chance: &mut Chance, known: &mut (Vec<String>, Vec<String>), now: Micros) {
    let (db, viewer) = (&house.db, &duty());
    let (incidents, tickets) = known;
    let any = |chance: &mut Chance, of: &[String]| of[chance.below(of.len() as u64)].clone();
    let (one, other) = (any(chance, incidents), any(chance, incidents));
    let end = |resolution: &str, verdict| Closing { resolution: resolution.into(), verdict };
    match chance.below(14) {
        0..=2 => {
            let mut wanted = new("Something");
            wanted.owner = if chance.below(4) == 0 { "duty".into() } else { String::new() };
            wanted.urgency = [Severity::Low, Severity::High, Severity::Critical][chance.below(3)];
            wanted.tlp = [Tlp::Green, Tlp::Amber, Tlp::Red][chance.below(3)];
            wanted.constituents = vec![(["a", "b", "c"][chance.below(3)].into(), "Somebody".into())];
            let opened = manara_response::open(db, viewer, &house.policy, &wanted, &[], now).await.expect("opened");
            incidents.push(opened.id);
        }
        3 | 4 => _ = assign(db, viewer, &one, "duty", now).await,
        5 | 6 => {
            let ids: Vec<String> = house.policy.resolutions.iter().map(|end| end.id.clone()).collect();
            let verdict = [Verdict::Left, Verdict::Fixed, Verdict::False][chance.below(3)];
            let closing = end(&any(chance, &ids), verdict);
            _ = close(db, viewer, &house.policy, &one, &closing, now).await;
        }
        7 => _ = reopen(db, viewer, &one, "It came back.", now).await,
        8 => _ = merge(db, viewer, &house.policy, &one, &other, now).await,
        9 => _ = split(db, viewer, &one, now).await,
        10 => {
            let kind = [Kind::Report, Kind::Report, Kind::Investigation, Kind::Countermeasure][chance.below(4)];
            let of = if kind == Kind::Report { String::new() } else { one };
            if let Ok(opened) = open_ticket(db, viewer, &ticket(kind, &of), &[], now).await {
                tickets.push(opened.id);
            }
        }
        11 => {
            let technique = ["T1566", "T1566.002", "T1486"][chance.below(3)];
            _ = tag_technique(db, viewer, (&one, technique, ""), chance.below(3) > 0, now).await;
        }
        12 => {
            let address = ["192.0.2.9", "198.51.100.7", "203.0.113.5", "10.0.0.1"][chance.below(4)];
            if chance.below(3) == 0 {
                let seen = observables_of(db, &one, 9).await.expect("read");
                if let Some(seen) = seen.first() {
                    _ = list_observable(db, viewer, (&one, seen), false, now).await;
                }
            } else {
                _ = name_observables(db, viewer, &one, (address, ""), now).await;
            }
        }
        _ if tickets.is_empty() => {}
        _ => {
            let of = any(chance, tickets);
            _ = link_ticket(db, viewer, &of, &one, now).await;
            _ = move_ticket(db, viewer, &of, None, TicketState::Active, now).await;
        }
    }
}

/// An incident that is gone, with the line that says so.
async fn delete(house: &House, id: &str, now: Micros) {
    let mut tx = house.db.begin().await.expect("begun");
    tx.run("DELETE FROM response_incident WHERE id = $1", &[id.into()]).await.expect("gone");
    Journal::write(&mut tx, "duty", "response", "incident_deleted", id, "{}", now).await.expect("written");
    tx.commit().await.expect("kept");
}

#[test]
fn figures_that_followed_a_history_equal_a_full_recount() {
    on_both(|house: House| async move {
        let (mut chance, mut known) = (Chance(7), (Vec::new(), Vec::new()));
        let mut now = NOON;
        known.0.push(house.open("The first", &[], now).await.id);
        for round in 0..900 {
            now = Micros(now.0 + (chance.below(9) as i64 + 1) * HOUR);
            something(&house, &mut chance, &mut known, now).await;
            if round % 97 == 0 {
                follow_figures(&house.db, &ground(), now).await.expect("followed");
            }
            if round == 500 {
                delete(&house, &known.0[3].clone(), now).await;
            }
        }
        assert!(known.0.len() > 150 && known.1.len() > 30, "{} {}", known.0.len(), known.1.len());
        assert!(figures_wait(&house.db, &ground().hours).await.expect("asked"));
        count_figures(&house.db, &ground(), now).await.expect("counted");
        assert!(!figures_wait(&house.db, &ground().hours).await.expect("asked"));
        let followed = whole(&house.db).await;
        recount_figures(&house.db, &ground(), now).await.expect("counted anew");
        let anew = whole(&house.db).await;
        let first = followed.iter().zip(&anew).find(|(one, other)| one != other);
        assert_eq!((followed.len(), first), (anew.len(), None));
        assert!(followed.iter().any(|line| line.starts_with("response_figure 2026-0")));
        for of in ["country AA", "country BB", "asn AS64500", "technique T1486"] {
            assert!(anew.iter().any(|line| line.starts_with("response_figure") && line.contains(of)), "{of}");
        }
        // What is counted when somebody asks is as much as every record says of itself.
        let resolve = MEASURES.iter().find(|one| one.id == "resolve").expect("a measure");
        let year = table(&house, "2026", (By::All, ""), Tlp::Amber).await;
        let parts = year.parts(&house.db, resolve, By::Constituent).await.expect("read");
        assert!(parts.len() >= 3, "{parts:?}");
        for (id, found) in parts {
            let of_one = table(&house, "2026", (By::Constituent, &id), Tlp::Amber).await;
            assert_eq!(figure(&of_one, "resolve"), found, "{id}");
        }
        // Of one that is gone nothing is counted.
        assert!(!anew.iter().any(|line| line.contains(known.0[3].as_str())));
        // Other hours of work are other figures.
        let cairo = FigureGround { hours: Hours::usual(chrono_tz::Africa::Cairo), ..ground() };
        assert!(figures_wait(&house.db, &cairo.hours).await.expect("asked"));
    });
}

/// The smallest value that so many of a hundred do not exceed, by counting.
fn counted(values: &[i64], percent: usize) -> i64 {
    let enough = |limit: &&i64| values.iter().filter(|value| *value <= *limit).count() * 100 >= percent * values.len();
    values.iter().filter(enough).min().copied().expect("a value")
}

pub async fn table(house: &House, period: &str, by: (By, &str), tlp: Tlp) -> FigureTable {
    let period = Period::parse(period).expect("a period");
    let eyes = FigureEyes { viewer: Viewer::cleared("reader", tlp), hours: ground().hours, now: NOON };
    FigureTable::read(&house.db, period, by, eyes).await.expect("read")
}

pub fn figure(table: &FigureTable, measure: &str) -> Figure {
    table.line(measure).expect("a measure").figure
}

#[test]
fn percentiles_are_those_of_the_single_cases_for_each_who_may_see_them() {
    on_both(|house: House| async move {
        let mut chance = Chance(11);
        let (mut all, mut seen): (Vec<i64>, Vec<i64>) = Default::default();
        let mut late = NOON;
        for number in 0..60 {
            let opened = Micros(NOON.0 + number * HOUR / 4);
            let mut wanted = new("Something");
            wanted.tlp = if number % 3 == 0 { Tlp::Red } else { Tlp::Green };
            let one =
                manara_response::open(&house.db, &duty(), &house.policy, &wanted, &[], opened).await.expect("opened");
            let taken = Micros(opened.0 + chance.below(50_000) as i64 * 1_000_000);
            assign(&house.db, &duty(), &one.id, "duty", taken).await.expect("taken");
            let seconds = (taken.0 - opened.0) / 1_000_000;
            all.push(seconds);
            if wanted.tlp == Tlp::Green {
                seen.push(seconds);
            }
            late = late.max(taken);
        }
        count_figures(&house.db, &ground(), late).await.expect("counted");
        for (tlp, values) in [(Tlp::Red, &all), (Tlp::Amber, &seen), (Tlp::Green, &seen)] {
            let found = figure(&table(&house, "2026-01", (By::All, ""), tlp).await, "triage");
            assert_eq!(found.n as usize, values.len());
            assert_eq!(found.calendar, [50, 90, 95].map(|percent| counted(values, percent)), "{tlp:?}");
        }
        assert_eq!(figure(&table(&house, "2026-01", (By::All, ""), Tlp::Clear).await, "triage").n, 0);
        // A quarter and a year are made of the same cases.
        let month = figure(&table(&house, "2026-01", (By::All, ""), Tlp::Red).await, "triage");
        for period in ["2026-Q1", "2026"] {
            assert_eq!(figure(&table(&house, period, (By::All, ""), Tlp::Red).await, "triage"), month);
        }
        assert_eq!(figure(&table(&house, "2026-01", (By::Type, "infected-system"), Tlp::Red).await, "triage"), month);
        assert_eq!(figure(&table(&house, "2026-01", (By::Type, "phishing"), Tlp::Red).await, "triage").n, 0);
    });
}

#[test]
fn what_is_measured_is_what_the_definition_says() {
    on_both(|house: House| async move {
        let at = |hours: i64| Micros(NOON.0 + hours * HOUR);
        let end = |verdict| Closing { resolution: house.policy.resolutions[0].id.clone(), verdict };
        // Thursday noon: four hours of work that day, eight on Friday, none on Saturday.
        let one = house.open("One", &[], NOON).await;
        let call = open_ticket(&house.db, &duty(), &ticket(Kind::Report, ""), &[], at(1)).await.expect("a report");
        open_ticket(&house.db, &duty(), &ticket(Kind::Report, ""), &[], at(1)).await.expect("another");
        assign(&house.db, &duty(), &one.id, "duty", at(2)).await.expect("taken");
        link_ticket(&house.db, &duty(), &call.id, &one.id, at(3)).await.expect("linked");
        let block = ticket(Kind::Countermeasure, &one.id);
        let block = open_ticket(&house.db, &duty(), &block, &[], at(4)).await.expect("asked for");
        move_ticket(&house.db, &duty(), &block.id, None, TicketState::Active, at(28)).await.expect("active");
        close(&house.db, &duty(), &house.policy, &one.id, &end(Verdict::Fixed), at(48)).await.expect("closed");
        reopen(&house.db, &duty(), &one.id, "Again.", at(49)).await.expect("reopened");
        close(&house.db, &duty(), &house.policy, &one.id, &end(Verdict::False), at(50)).await.expect("closed");
        let double = house.open("Two", &[], at(1)).await;
        let whole = house.open("Three", &[], at(2)).await;
        merge(&house.db, &duty(), &house.policy, &double.id, &whole.id, at(5)).await.expect("merged");
        count_figures(&house.db, &ground(), at(60)).await.expect("counted");
        let all = table(&house, "2026-01", (By::All, ""), Tlp::Red).await;
        let hour = 3_600;
        for (measure, n, calendar, business) in [
            ("triage", 1, 2 * hour, 2 * hour),
            ("qualify", 1, 2 * hour, 2 * hour),
            ("takedown", 1, 24 * hour, 8 * hour),
            ("resolve", 1, 48 * hour, 10 * hour),
            ("backlog", 1, 58 * hour, 10 * hour),
            ("detect", 0, 0, 0),
            ("notify", 0, 0, 0),
        ] {
            let found = figure(&all, measure);
            assert_eq!((found.n, found.median(false), found.median(true)), (n, calendar, business), "{measure}");
        }
        for (measure, so, n) in [
            ("promoted", 1, 2),
            ("portal", 0, 2),
            ("fixed", 0, 0),
            ("false", 1, 1),
            ("duplicate", 1, 2),
            ("reopened", 1, 2),
            ("delivered", 0, 0),
        ] {
            let found = figure(&all, measure);
            assert_eq!((found.total, found.n), (so, n), "{measure}");
        }
        let split_off = split(&house.db, &duty(), &double.id, at(61)).await.expect("split");
        assert!(split_off.closed.is_none());
        count_figures(&house.db, &ground(), at(62)).await.expect("counted");
        let all = table(&house, "2026-01", (By::All, ""), Tlp::Red).await;
        assert_eq!((figure(&all, "duplicate").total, figure(&all, "backlog").n), (0, 2));
        // The month after has the same backlog and nothing else; the month before has nothing.
        count_figures(&house.db, &ground(), NOON.plus_days(40)).await.expect("counted");
        let february = table(&house, "2026-02", (By::All, ""), Tlp::Red).await;
        assert_eq!((figure(&february, "backlog").n, figure(&february, "resolve").n), (2, 0));
        assert_eq!(february.line("resolve").expect("there").before.n, 1);
        assert!(get(&house.db, &Viewer::system(), &one.id).await.expect("read").is_some());
    });
}

#[test]
fn what_people_say_of_the_course_of_an_incident_is_measured() {
    on_both(|house: House| async move {
        let at = |hours: i64| Micros(NOON.0 + hours * HOUR);
        let one = house.open("One", &[], NOON).await;
        assign(&house.db, &duty(), &one.id, "duty", at(2)).await.expect("taken");
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        let clocks = format!("/incidents/{}/clocks", one.number);
        let path = format!("/incidents/{}/moments?version={}", one.number, house.get(&one.id).await.version);
        let said = [("occurred", "2026-01-15T09:00"), ("contained", "2026-01-15T22:00")];
        reader.post(&path, &clocks, &said).await;
        // Whoever looked at an older version changes nothing.
        let late = reader.post(&path, &clocks, &[("occurred", "2026-01-15T08:00"), ("contained", "")]).await;
        assert_eq!(late.status.as_u16(), 409);
        for part in [r#"name="occurred" value="2026-01-15T08:00""#, ">2026-01-15 09:00<", ">2026-01-15 22:00<"] {
            assert!(late.body.contains(part), "{part}: {}", late.body);
        }
        assert_eq!(reader.post(&path, &clocks, &said).await.status.as_u16(), 303, "sent twice is once");
        let noted = moments_of(&house.db, &one.id).await.expect("read");
        assert_eq!((noted.occurred, noted.contained), (Some(at(-3)), Some(at(10))));
        assert!(reader.page(&clocks).await.body.contains("2026-01-15T09:00"));
        let ahead = IncidentMoments { occurred: Some(at(5)), contained: None };
        let refused = note_moments(&house.db, &duty(), &one.id, ahead, at(4)).await;
        assert!(matches!(refused, Err(ResponseError::Refused(Refusal::Future))), "{refused:?}");
        count_figures(&house.db, &ground(), at(60)).await.expect("counted");
        let all = table(&house, "2026-01", (By::All, ""), Tlp::Red).await;
        for (measure, calendar, business) in [("detect", 3, 3), ("take-up", 5, 5), ("contain", 8, 2)] {
            let found = figure(&all, measure);
            let hours = [found.median(false), found.median(true)].map(|seconds| seconds / 3_600);
            assert_eq!((found.n, hours), (1, [calendar, business]), "{measure}");
        }
    });
}

#[test]
fn the_page_the_file_and_the_list_behind_say_the_same() {
    on_both(|house: House| async move {
        let now = Micros::now();
        let at = |hours: i64| Micros(now.0 - 5 * HOUR + hours * HOUR);
        for number in 0..7 {
            let mut wanted = new(&format!("Incident {number} <b>"));
            wanted.tlp = if number == 0 { Tlp::Red } else { Tlp::Amber };
            let one =
                manara_response::open(&house.db, &duty(), &house.policy, &wanted, &[], at(0)).await.expect("opened");
            assign(&house.db, &duty(), &one.id, "duty", Micros(at(0).0 + (number + 1) * MINUTE)).await.expect("taken");
        }
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        assert!(reader.page("/figures/response?period=2001").await.body.contains("No case in this period"));
        count_figures(&house.db, &ground(), now).await.expect("counted");
        let period = Period::of(at(0), manara_response::Every::Year, &ground().hours).to_string();
        let query = format!("period={period}&measure=triage");
        let page = reader.page(&format!("/figures/response?{query}")).await.body;
        assert!(page.contains("4 minutes") && page.contains("7 minutes"), "{page}");
        let found = figure(&table(&house, &period, (By::All, ""), Tlp::Red).await, "triage");
        assert_eq!((found.n, found.calendar), (7, [240, 420, 420]));
        let csv = reader.get(&format!("/figures/response?{query}&format=csv")).await.body;
        let line = csv.lines().find(|line| line.contains(",triage,")).expect("a line");
        assert!(line.starts_with(&format!("{period},all,,triage,time,7,,,240,420,420,")), "{line}");
        let cases = reader.page(&format!("/figures/response/cases?{query}")).await.body;
        assert_eq!(cases.matches("/incidents/INC-").count(), 7);
        assert!(!cases.contains("<b>"), "{cases}");
        let csv = reader.get(&format!("/figures/response/cases?{query}&format=csv")).await.body;
        assert_eq!(csv.lines().count(), 8, "{csv}");
        for (form, begins) in [("html", "<!"), ("md", "")] {
            let reply = reader.get(&format!("/figures/response/report?{query}&format={form}&in=fr")).await;
            assert!(reply.body.starts_with(begins) && reply.body.contains("4 minutes"), "{}", reply.body);
        }
        reader.page(&format!("/figures/response/report?{query}&in=ar")).await;
        for lang in ["en", "fr", "ar"] {
            let path = format!("/figures/response/report?{query}&format=pdf&in={lang}");
            let paper = reader.get(&path).await;
            assert_eq!(paper.header("content-type"), "application/pdf", "{lang}: {}", paper.header("location"));
            assert!(paper.bytes.starts_with(b"%PDF-") && paper.bytes.len() > 1_000, "{lang}");
            assert!(paper.header("content-disposition").contains(&format!("-{lang}.pdf")), "{lang}");
        }
        for wrong in ["period=2026-13", "by=colour&value=red", "tlp=pink", "measure=luck"] {
            let reply = reader.get(&format!("/figures/response?{wrong}")).await;
            assert_eq!(reply.status.as_u16(), 400, "{wrong}");
        }
        // Who may see less gets figures of less.
        let mut viewer = sign_in(Role::Viewer).await;
        let less = viewer.get(&format!("/figures/response?{query}&format=csv")).await.body;
        let line = less.lines().find(|line| line.contains(",triage,")).expect("a line").to_string();
        let clearance = table(&house, &period, (By::All, ""), Tlp::Amber).await;
        assert!(figure(&clearance, "triage").n == 6 && !line.contains(",7,"), "{line}");
    });
}

/// How old an incident was at a moment, and who had it; nothing when it was not open. By walking through what was done.
fn held(done: &[(Micros, &str)], at: Micros) -> Option<(i64, String)> {
    let (opened, _) = *done.first().filter(|(opened, _)| *opened < at)?;
    let (_, last) = done.iter().rev().find(|(moment, _)| *moment <= at)?;
    (*last != "closed").then(|| ((at.0 - opened.0) / 1_000_000, (*last).to_string()))
}

#[test]
fn the_backlog_of_a_day_is_what_stood_open_at_its_end() {
    on_both(|house: House| async move {
        let mut chance = Chance(3);
        let mut all: Vec<(Tlp, Vec<(Micros, &str)>)> = Vec::new();
        let people = ["", "sara", "omar"];
        for number in 0..40 {
            let mut at = Micros(NOON.0 + chance.below(30 * 24) as i64 * HOUR);
            let mut wanted = new("Something");
            wanted.tlp = if number % 4 == 0 { Tlp::Red } else { Tlp::Green };
            wanted.owner = people[chance.below(3)].into();
            let one = manara_response::open(&house.db, &duty(), &house.policy, &wanted, &[], at).await.expect("opened");
            let mut done = vec![(at, people.into_iter().find(|name| *name == one.owner).expect("known"))];
            for _ in 0..chance.below(4) {
                at = Micros(at.0 + (chance.below(200) as i64 + 1) * HOUR);
                let person = people[chance.below(3)];
                assign(&house.db, &duty(), &one.id, person, at).await.expect("given");
                done.push((at, person));
            }
            if chance.below(2) == 0 {
                at = Micros(at.0 + (chance.below(200) as i64 + 1) * HOUR);
                let end = Closing { resolution: house.policy.resolutions[0].id.clone(), verdict: Verdict::Fixed };
                close(&house.db, &duty(), &house.policy, &one.id, &end, at).await.expect("closed");
                done.push((at, "closed"));
            }
            all.push((wanted.tlp, done));
        }
        // Long after all of it, so that every day is over.
        count_figures(&house.db, &ground(), NOON.plus_days(80)).await.expect("counted");
        let mut open_days = 0;
        for month in ["2026-01", "2026-02", "2026-03"] {
            for tlp in [Tlp::Red, Tlp::Green] {
                let of_month = table(&house, month, (By::All, ""), tlp).await;
                let days = &of_month.aside.days;
                assert_eq!(days.len(), Period::parse(month).expect("a month").days().len());
                for line in days {
                    let noon = Micros::parse_rfc3339(&format!("{}T12:00:00Z", line.day)).expect("a day");
                    let end = Micros(noon.0 + 12 * HOUR);
                    let seen = all.iter().filter(|(of, _)| *of <= tlp);
                    let open: Vec<(i64, String)> = seen.filter_map(|(_, done)| held(done, end)).collect();
                    let unowned = open.iter().filter(|(_, owner)| owner.is_empty()).count();
                    assert_eq!((line.open.n as usize, line.unowned.n as usize), (open.len(), unowned), "{}", line.day);
                    let ages: Vec<i64> = open.iter().map(|(age, _)| *age).collect();
                    if !ages.is_empty() {
                        assert_eq!(line.open.calendar, [50, 90, 95].map(|percent| counted(&ages, percent)));
                        open_days += 1;
                    }
                    let owners = FigureAside::owners(&house.db, &line.day, tlp).await.expect("read");
                    assert_eq!(owners.iter().map(|(_, figure)| figure.n).sum::<i64>(), line.open.n);
                    for (owner, figure) in owners {
                        assert_eq!(figure.n as usize, open.iter().filter(|(_, one)| *one == owner).count());
                    }
                }
                // The end of the month is that of its last day.
                let last = days.last().expect("a day").open;
                assert_eq!(last.n, figure(&of_month, "backlog").n, "{month} {tlp:?}");
                assert_eq!(last.calendar, figure(&of_month, "backlog").calendar);
            }
        }
        assert!(open_days > 60, "{open_days}");
        // The page, the file and programs say it too; a year names all its days.
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        let page = reader.page("/figures/response?period=2026-02&day=2026-02-10").await.body;
        assert!(page.contains("Backlog by day") && page.contains("Owners on"), "{page}");
        let csv = reader.get("/figures/response?period=2026-02&format=csv").await.body;
        assert_eq!(csv.lines().filter(|line| line.starts_with("2026-02-") && line.contains(",backlog,")).count(), 56);
        let json = reader.get("/figures/response/report?period=2026-02&format=md").await.body;
        assert!(json.contains("2026-02-28"), "{json}");
    });
}

#[test]
fn a_countermeasure_that_mail_confirmed_is_measured() {
    on_both(|house: House| async move {
        let at = |hours: i64| Micros(NOON.0 + hours * HOUR);
        let office = crate::follow::office(&house).await;
        let one = house.open("One", &[], NOON).await;
        let wanted = NewTicket { correspondent: "noc@isp.example".into(), ..ticket(Kind::Countermeasure, &one.id) };
        let block = open_ticket(&house.db, &duty(), &wanted, &[], at(1)).await.expect("asked for");
        let draft = Draft { id: String::new(), to: Vec::new(), subject: String::new(), body: "Please block.".into() };
        let (_, sent) = write_message(&house.db, &duty(), &office, &block.id, &draft, at(1)).await.expect("written");
        let more = format!("In-Reply-To: <{}>\r\n", sent.message_id);
        let done = crate::follow::mail("noc@isp.example", "Re: block", "1@isp.example", &more, "DONE");
        crate::follow::brought(&house, &office, &done, at(5)).await;
        assert_eq!(crate::follow::standing(&house, &block.id).await.state, TicketState::Active);
        count_figures(&house.db, &ground(), at(60)).await.expect("counted");
        let all = table(&house, "2026-01", (By::All, ""), Tlp::Red).await;
        let found = figure(&all, "takedown");
        assert_eq!((found.n, found.median(false)), (1, 4 * 3_600));
    });
}

#[test]
fn takedowns_are_told_apart_by_whom_they_went_to_and_by_the_end_of_the_name() {
    on_both(|house: House| async move {
        let at = |hours: i64| Micros(NOON.0 + hours * HOUR);
        let one = house.open("One", &[], NOON).await;
        for (target, place, correspondent, hours) in [
            ("https://login.bank.example/x", "The  Provider", "", 2),
            ("192.0.2.1", "the provider", "", 4),
            ("shop[.]test", "", "abuse@Hosting.example", 6),
        ] {
            let wanted = NewTicket {
                target: (target.into(), place.into()),
                correspondent: correspondent.into(),
                ..ticket(Kind::Countermeasure, &one.id)
            };
            let block = open_ticket(&house.db, &duty(), &wanted, &[], at(1)).await.expect("asked for");
            move_ticket(&house.db, &duty(), &block.id, None, TicketState::Active, at(1 + hours)).await.expect("active");
        }
        count_figures(&house.db, &ground(), at(60)).await.expect("counted");
        let all = table(&house, "2026-01", (By::All, ""), Tlp::Red).await;
        let found: Vec<(By, &str, i64, i64)> = all
            .aside
            .takedowns
            .iter()
            .map(|(by, value, figure)| (*by, value.as_str(), figure.n, figure.median(false) / 3_600))
            .collect();
        assert_eq!(
            found,
            [
                (By::Hoster, "the provider", 2, 2),
                (By::Hoster, "hosting.example", 1, 6),
                (By::Tld, "example", 1, 2),
                (By::Tld, "test", 1, 6)
            ]
        );
        let of_one = table(&house, "2026-01", (By::Hoster, "the provider"), Tlp::Red).await;
        assert_eq!(figure(&of_one, "takedown").n, 2);
        assert_eq!(of_one.aside, FigureAside::default(), "of one value nothing is told apart further");
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        let cases = "/figures/response/cases?period=2026-01&measure=takedown&by=hoster&value=the+provider&format=csv";
        assert_eq!(reader.get(cases).await.body.lines().count(), 3);
        let csv = reader.get("/figures/response?period=2026-01&format=csv").await.body;
        assert!(csv.contains("2026-01,hoster,hosting.example,takedown,time,1,,,21600,"), "{csv}");
    });
}

#[test]
fn figures_are_told_apart_by_constituent_country_and_technique() {
    on_both(|house: House| async move {
        let at = |hours: i64| Micros(NOON.0 + hours * HOUR);
        let open = async |constituents: &[&str], tlp: Tlp| {
            let mut wanted = new("Something");
            wanted.tlp = tlp;
            wanted.constituents = constituents.iter().map(|id| ((*id).to_string(), format!("House {id}"))).collect();
            let one =
                manara_response::open(&house.db, &duty(), &house.policy, &wanted, &[], NOON).await.expect("opened");
            assign(&house.db, &duty(), &one.id, "duty", at(2)).await.expect("taken");
            one
        };
        let one = open(&["a", "b"], Tlp::Amber).await;
        let other = open(&["b"], Tlp::Red).await;
        for (technique, incident) in [("T1566", &one), ("T1486", &one), ("T1486", &other)] {
            tag_technique(&house.db, &duty(), (&incident.id, technique, ""), true, at(3)).await.expect("tagged");
        }
        // The same one, in a note.
        let of = manara_response::TellsOf { technique: "T1566".into(), ..Default::default() };
        manara_response::add_event(&house.db, &duty(), &one.id, ("They wrote.", &of), at(3)).await.expect("noted");
        let text = "192.0.2.9, 192.0.2.10, 198.51.100.7 and 10.0.0.1";
        name_observables(&house.db, &duty(), &one.id, (text, ""), at(3)).await.expect("named");
        // Somebody called about the one.
        let call = open_ticket(&house.db, &duty(), &ticket(Kind::Report, ""), &[], at(1)).await.expect("a report");
        link_ticket(&house.db, &duty(), &call.id, &one.id, at(3)).await.expect("linked");
        // A countermeasure against an address.
        let block = ticket(Kind::Countermeasure, &one.id);
        let block = open_ticket(&house.db, &duty(), &block, &[], at(4)).await.expect("asked for");
        move_ticket(&house.db, &duty(), &block.id, None, TicketState::Active, at(5)).await.expect("active");
        count_figures(&house.db, &ground(), at(60)).await.expect("counted");
        for (by, value, tlp, triage, takedown) in [
            (By::Constituent, "a", Tlp::Red, 1, 0),
            (By::Constituent, "b", Tlp::Red, 2, 0),
            (By::Constituent, "b", Tlp::Amber, 1, 0),
            (By::Constituent, "c", Tlp::Red, 0, 0),
            (By::Country, "AA", Tlp::Red, 1, 1),
            (By::Country, "BB", Tlp::Red, 1, 0),
            (By::Country, "CC", Tlp::Red, 0, 0),
            (By::Asn, "AS64500", Tlp::Red, 1, 1),
            (By::Asn, "AS64501", Tlp::Red, 0, 0),
            (By::Technique, "T1486", Tlp::Red, 2, 0),
            (By::Technique, "T1486", Tlp::Amber, 1, 0),
            (By::Technique, "T1566", Tlp::Red, 1, 0),
            (By::Class, "malicious-code", Tlp::Red, 2, 0),
            (By::Class, "malicious-code", Tlp::Amber, 1, 0),
            (By::Class, "fraud", Tlp::Red, 0, 1),
            (By::Sector, "energy", Tlp::Red, 1, 0),
            (By::Sector, "health", Tlp::Red, 2, 0),
            (By::Sector, "health", Tlp::Amber, 1, 0),
            (By::Severity, one.severity.as_str(), Tlp::Red, 2, 0),
            (By::Severity, "info", Tlp::Red, 0, 0),
            // Of what nobody reported the address it came to is not known.
            (By::Mailbox, "usual", Tlp::Red, 1, 1),
            (By::Mailbox, "nowhere@cirt.example", Tlp::Red, 0, 0),
            (By::Source, "telephone", Tlp::Red, 1, 1),
            (By::Source, "person", Tlp::Red, 1, 0),
        ] {
            let found = table(&house, "2026-01", (by, value), tlp).await;
            let n = ["triage", "takedown"].map(|measure| figure(&found, measure).n);
            assert_eq!(n, [triage, takedown], "{by:?} {value} {tlp:?}");
        }
        let sign_in = door(&house).await;
        let mut reader = sign_in(Role::Duty).await;
        let page = |more: &str| format!("/figures/response?period=2026-01&measure=triage&{more}");
        let body = reader.page(&page("apart=constituent")).await.body;
        assert!(
            body.contains("House a") && body.contains("House b") && body.contains("value=\"constituent:a\""),
            "{body}"
        );
        let body = reader.page(&page("apart=technique")).await.body;
        assert!(body.contains("T1566 · Phishing"), "{body}");
        reader.page(&page("by=constituent&value=a&apart=country")).await;
        for (of, rows) in [
            ("constituent&value=b", 2),
            ("constituent&value=a", 1),
            ("country&value=AA", 1),
            ("technique&value=T1486", 2),
        ] {
            let cases = format!("/figures/response/cases?period=2026-01&measure=triage&by={of}&format=csv");
            assert_eq!(reader.get(&cases).await.body.lines().count(), rows + 1, "{of}");
            let open = format!("/figures/response/cases?period=2026-01&measure=backlog&by={of}&format=csv");
            assert_eq!(reader.get(&open).await.body.lines().count(), rows + 1, "{of}");
        }
        let paper = reader.get("/figures/response/report?period=2026-01&format=md&in=en").await.body;
        assert!(paper.contains("House b") && paper.contains("T1486"), "{paper}");
    });
}
