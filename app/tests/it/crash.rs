//! `kill -9` at any moment, then again: the same events, findings and rejects as an undisturbed run.
//!
//! `MANARA_CRASH_KILLS` is how often (50), `MANARA_CRASH_SEED` repeats a run.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::given::{RECEIVED, Random, reports};
use crate::house::{House, Schema, copy_folder};

/// Rows of a large report: a second or two of work for a program built for tests.
const ROWS: i64 = 2_500;
/// A report is stored in several parts, so that kills come between them too.
const CONFIG: &str = "part_rows = 700\n";
/// These differ from run to run.
const MOMENTS: [&str; 5] = ["batch", "time_observation", "changed_at", "received_at", "told_at"];
/// Another house gives its constituents other ids.
const IDS: [&str; 3] = ["constituent_id", "finding", "id"];

/// What is asked of a house: every column that can be the same.
struct Questions {
    events: String,
    /// How many values there are in the columns of events that nothing should be in.
    nothing: String,
    findings: String,
    rejects: String,
    batches: String,
}

impl Questions {
    /// Those columns in which the undisturbed run has something, without those that differ.
    fn of(calm: &House, same_ids: bool) -> Self {
        let ids: &[&str] = if same_ids { &[] } else { &IDS };
        let schema = calm.json(&["query", "--schema", "--json"]);
        let columns = |table: &str, without: &[&str]| -> Vec<String> {
            let rows = schema.as_array().unwrap().iter().filter(|row| row["table"] == table);
            let names = rows.map(|row| row["column"].as_str().unwrap());
            names
                .filter(|name| ![&MOMENTS[..], ids, without].concat().contains(name))
                .map(|name| format!("\"{name}\""))
                .collect()
        };
        let all = columns("events", &[]);
        let counts: Vec<String> = all.iter().map(|name| format!("count({name})")).collect();
        let counted = calm.done(&["query", &format!("SELECT {} FROM events", counts.join(", ")), "--format", "csv"]);
        let counted: Vec<i64> =
            counted.lines().nth(1).unwrap().split(',').map(|count| count.parse().unwrap()).collect();
        let (used, empty): (Vec<_>, Vec<_>) = all.iter().zip(&counted).partition(|(_, count)| **count > 0);
        let names = |list: Vec<(&String, &i64)>, form: fn(&str) -> String| {
            list.iter().map(|(name, _)| form(name)).collect::<Vec<_>>()
        };
        Questions {
            events: format!("SELECT {} FROM events", names(used, str::to_string).join(", ")),
            nothing: format!("SELECT {} FROM events", names(empty, |name| format!("count({name})")).join(" + ")),
            findings: format!("SELECT {} FROM findings", columns("findings", &[]).join(", ")),
            rejects: format!("SELECT {} FROM rejects", columns("rejects", &[]).join(", ")),
            batches: format!("SELECT {} FROM batches", columns("batches", &["id"]).join(", ")),
        }
    }
}

/// Everything that must be the same.
#[derive(Debug, PartialEq)]
struct Outcome {
    events: Vec<String>,
    findings: Vec<String>,
    rejects: Vec<String>,
    batches: Vec<String>,
}

impl Outcome {
    fn of(house: &House, questions: &Questions) -> Self {
        assert_eq!(house.number(&questions.nothing), 0, "columns that are empty elsewhere");
        Outcome {
            events: house.lines(&questions.events),
            findings: house.lines(&questions.findings),
            rejects: house.lines(&questions.rejects),
            batches: house.lines(&questions.batches),
        }
    }

    /// Compares with what it should be, and shows the first difference instead of all rows.
    fn assert_is(&self, want: &Outcome, seed: u64) {
        for (name, got, want) in [
            ("events", &self.events, &want.events),
            ("findings", &self.findings, &want.findings),
            ("rejects", &self.rejects, &want.rejects),
            ("batches", &self.batches, &want.batches),
        ] {
            let first = got.iter().zip(want).find(|(a, b)| a != b);
            assert!(
                got == want,
                "{name}: {} rows, an undisturbed run has {}; MANARA_CRASH_SEED={seed}\n{first:#?}",
                got.len(),
                want.len()
            );
        }
    }
}

fn arguments(files: &[String]) -> Vec<&str> {
    let mut args = vec!["ingest", "--json", "--received", RECEIVED];
    args.extend(files.iter().map(String::as_str));
    args
}

fn spawn(house: &House, files: &[String]) -> Child {
    house.command(&arguments(files)).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
}

/// Ingests with kills until the program ends by itself; gives how often it was killed.
fn disturbed(house: &House, files: &[String], usual: Duration, most: usize, random: &mut Random) -> usize {
    let mut kills = 0;
    while kills < most {
        let mut child = spawn(house, files);
        std::thread::sleep(Duration::from_micros(random.below(usual.as_micros() as u64)));
        match child.try_wait().unwrap() {
            Some(status) => {
                assert!(status.success(), "{status}");
                return kills;
            }
            None => {
                child.kill().unwrap();
                child.wait().unwrap();
                kills += 1;
            }
        }
    }
    house.done(&arguments(files));
    kills
}

fn wanted_kills() -> usize {
    std::env::var("MANARA_CRASH_KILLS").map_or(50, |text| text.parse().expect("a number in MANARA_CRASH_KILLS"))
}

fn seed() -> u64 {
    std::env::var("MANARA_CRASH_SEED")
        .map_or_else(|_| Random::from_clock().next(), |text| text.parse().expect("a number in MANARA_CRASH_SEED"))
}

#[test]
fn a_killed_ingest_goes_on_as_if_nothing_had_been() {
    let folder = tempfile::tempdir().unwrap();
    let files = reports(&folder.path().join("feeds"), ROWS);
    let (seed, wanted) = (seed(), wanted_kills());
    println!("MANARA_CRASH_SEED={seed} MANARA_CRASH_KILLS={wanted}");
    let mut random = Random(seed);
    let (base, calm) = (House::new(folder.path().join("base")), House::new(folder.path().join("calm")));
    base.furnish(folder.path());
    std::fs::write(base.data.join("cirt.toml"), CONFIG).unwrap();
    copy_folder(&base.data, &calm.data);
    let start = Instant::now();
    calm.done(&arguments(&files));
    let usual = start.elapsed();
    calm.verified();
    let questions = Questions::of(&calm, true);
    let want = Outcome::of(&calm, &questions);
    assert!(calm.number("SELECT count(*) FROM batches WHERE parts > 2") > 0, "several parts");
    assert!(
        want.events.len() > 2 * ROWS as usize && want.rejects.len() > 50 && want.findings.len() > 100,
        "the input is worth a test"
    );
    let (mut kills, mut rounds) = (0, 0);
    while kills < wanted {
        rounds += 1;
        let house = House::new(folder.path().join(format!("round{rounds}")));
        copy_folder(&base.data, &house.data);
        // One kill in some rounds, many in others.
        let most = (1 + random.below(6) as usize).min(wanted - kills);
        kills += disturbed(&house, &files, usual, most, &mut random);
        Outcome::of(&house, &questions).assert_is(&want, seed);
        let listed = house.verified()["files"].as_u64();
        assert_eq!(Some(house.lake_files() as u64), listed, "a kill leaves no file that nothing lists; {seed}");
        let again = house.json(&arguments(&files));
        assert_eq!(
            (again["events"].as_i64(), again["findings_opened"].as_i64()),
            (Some(0), Some(0)),
            "the same files add nothing"
        );
        std::fs::remove_dir_all(&house.data).unwrap();
    }
    println!("SQLite: {kills} kills in {rounds} rounds, an undisturbed run takes {usual:?}");
    let questions = Questions::of(&calm, false);
    let want = Outcome::of(&calm, &questions);
    let (mut pg_kills, mut pg_rounds) = (0, 0);
    while pg_kills < wanted.div_ceil(10) {
        let Some(schema) = Schema::make() else { return };
        pg_rounds += 1;
        let mut house = House::new(folder.path().join(format!("pg{pg_rounds}")));
        house.database = Some(schema.url.clone());
        house.furnish(folder.path());
        std::fs::write(house.data.join("cirt.toml"), CONFIG).unwrap();
        let most = (1 + random.below(3) as usize).min(wanted.div_ceil(10) - pg_kills);
        pg_kills += disturbed(&house, &files, usual, most, &mut random);
        Outcome::of(&house, &questions).assert_is(&want, seed);
        let listed = house.verified()["files"].as_u64();
        assert_eq!(Some(house.lake_files() as u64), listed, "a kill leaves no file that nothing lists; {seed}");
    }
    println!("PostgreSQL: {pg_kills} kills in {pg_rounds} rounds");
}
