//! Days off beside the weekends: of the nation, which new programmes begin with, and of a programme, which its schedule passes over.

use std::collections::BTreeMap;

use manara_model::{Micros, Viewer};
use manara_store::{Db, Journal, StoreError, Tx};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::json;

use super::jobs::{journal, open};
use super::{Programme, Task, sql};
use crate::PLANE;
use crate::assessment::line;
use crate::exchange::{guarded, plain};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::plan::{Calendar, Day, Week};
use crate::table::one_line_end;

/// Days off of a programme, or of the nation: thirty years of sixteen.
pub const DAYS_OFF: usize = 480;
/// Characters of the name of a day off.
pub const OFF_CHARS: usize = 80;
/// Bytes of a list of them.
pub const OFF_BYTES: usize = 256 << 10;
/// Lines that are told when a list is refused.
const TOLD: usize = 20;

const NATION: &str = "SELECT day, name FROM framework_day_off ORDER BY day LIMIT 480";
const DROP_NATION: &str = "DELETE FROM framework_day_off";
const PUT_NATION: &str = "INSERT INTO framework_day_off (day, name) VALUES ($1, $2)";
const SET_OFF: &str = "UPDATE framework_programme SET days_off = $2, version = version + 1 WHERE id = $1";

/// A day off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayOff {
    /// The day.
    #[serde(serialize_with = "as_text", deserialize_with = "from_text")]
    pub day: Day,
    /// How it is called.
    pub name: String,
}

fn as_text<S: Serializer>(day: &Day, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(day)
}

fn from_text<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Day, D::Error> {
    let text = String::deserialize(from)?;
    Day::parse(&text).ok_or_else(|| serde::de::Error::custom("a day is written as 2027-01-04"))
}

/// A line of a list that cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BadLine {
    /// The line, from 1; 0 is the whole list.
    pub line: u64,
    /// Why: the last part of `programme-off-bad-…`.
    pub code: &'static str,
    /// What was found.
    pub found: String,
}

impl std::fmt::Display for BadLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let expected = match self.code {
            "day" => "a day is written as 2027-01-04",
            "name" => "after the day comes a comma and a name of 1 to 80 characters",
            "double" => "this day stands there twice; give each day once",
            "many" => "there are too many days; expected at most 480",
            "large" => "the list is too large; expected at most 256 KiB",
            _ => "the line is unreadable; expected UTF-8 such as 2027-01-04,Day of the lighthouse",
        };
        write!(f, "line {}: {:?}: {expected}", self.line, self.found)
    }
}

/// Reads a list: on each line a day, a comma and a name, as CSV or as somebody typed it. Empty lines, lines that begin with # and
/// a header `date,name` are passed over. All that is wrong is told, up to twenty lines.
pub fn read_days_off(input: &[u8]) -> Result<Vec<DayOff>, Vec<BadLine>> {
    let bad = |line: u64, code: &'static str, found: &str| {
        let found = found.chars().filter(|c| !c.is_control()).take(40).collect();
        BadLine { line, code, found }
    };
    if input.len() > OFF_BYTES {
        return Err(vec![bad(0, "large", "")]);
    }
    let bytes = one_line_end(input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input));
    let mut reader = csv::ReaderBuilder::new();
    reader.has_headers(false).flexible(true).comment(Some(b'#')).trim(csv::Trim::All);
    let (mut days, mut wrong) = (BTreeMap::new(), Vec::new());
    for (count, record) in reader.from_reader(bytes.as_slice()).records().enumerate() {
        if wrong.len() >= TOLD {
            break;
        }
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                wrong.push(bad(error.position().map_or(0, csv::Position::line), "line", ""));
                continue;
            }
        };
        let at = record.position().map_or(0, csv::Position::line);
        let (first, name) = (record.get(0).unwrap_or_default(), plain(record.get(1).unwrap_or_default()));
        let is_empty = record.iter().all(str::is_empty);
        let is_head = count == 0 && (first.eq_ignore_ascii_case("date") || first.eq_ignore_ascii_case("day"));
        if is_empty || is_head {
            continue;
        }
        match (Day::parse(first), line(name, OFF_CHARS).filter(|_| record.len() == 2)) {
            (None, _) => wrong.push(bad(at, "day", first)),
            (_, None) => wrong.push(bad(at, "name", record.iter().skip(1).collect::<Vec<_>>().join(",").as_str())),
            (Some(day), Some(_)) if days.contains_key(&day) => wrong.push(bad(at, "double", first)),
            (Some(_), Some(_)) if days.len() >= DAYS_OFF => {
                wrong.push(bad(at, "many", first));
                break;
            }
            (Some(day), Some(name)) => _ = days.insert(day, name),
        }
    }
    if wrong.is_empty() { Ok(days.into_iter().map(|(day, name)| DayOff { day, name }).collect()) } else { Err(wrong) }
}

/// The list as [`read_days_off`] reads it.
pub fn days_off_text(off: &[DayOff]) -> String {
    let quoted = |name: &str| match name.contains([',', '"']) {
        true => format!("\"{}\"", name.replace('"', "\"\"")),
        false => name.to_string(),
    };
    let row = |off: &DayOff| format!("{},{}\n", off.day, quoted(&guarded(&off.name)));
    std::iter::once("date,name\n".to_string()).chain(off.iter().map(row)).collect()
}

/// Their days alone.
pub(super) fn days_of(off: &[DayOff]) -> Vec<Day> {
    off.iter().map(|off| off.day).collect()
}

/// Two lists as one; of a day in both the second's name stays.
pub(super) fn together(first: Vec<DayOff>, second: Vec<DayOff>) -> Vec<DayOff> {
    let all: BTreeMap<Day, String> = first.into_iter().chain(second).map(|off| (off.day, off.name)).collect();
    all.into_iter().map(|(day, name)| DayOff { day, name }).take(DAYS_OFF).collect()
}

pub(super) fn packed(off: &[DayOff]) -> Result<String, StoreError> {
    sql::written(&off)
}

pub(super) fn unpacked(text: &str) -> Result<Vec<DayOff>, StoreError> {
    sql::json("framework_programme.days_off", text)
}

/// A list in its order, each day once, with names that are names.
fn checked(off: &[DayOff]) -> Result<Vec<DayOff>, Hindrance> {
    if off.len() > DAYS_OFF {
        return Err(Hindrance::TooMany);
    }
    let mut days = BTreeMap::new();
    for one in off {
        let name = line(&one.name, OFF_CHARS).ok_or(Hindrance::Name)?;
        if days.insert(one.day, name).is_some() {
            return Err(Hindrance::Day);
        }
    }
    Ok(days.into_iter().map(|(day, name)| DayOff { day, name }).collect())
}

/// Sets the days off of a programme. From today on every planned day moves to the day with as many working days before it, so
/// the order and the people of the plan stay; what is past stays as it was planned.
pub async fn set_days_off(
    db: &Db,
    viewer: &Viewer,
    programme: &str,
    off: &[DayOff],
    now: Micros,
) -> Result<Programme, ProgrammeError> {
    let off = checked(off)?;
    let mut tx = db.begin().await?;
    let mut one = open(&mut tx, viewer, programme, now).await?;
    if one.off == off {
        return Ok(one);
    }
    let tasks = sql::tasks_in(&mut tx, programme).await?;
    let shift = Shift::new(&one, &off, Day::of(now));
    let mut moved = 0;
    for mut task in tasks {
        if shift.apply(&mut task) {
            sql::save_task(&mut tx, programme, &task).await?;
            moved += 1;
        }
    }
    tx.run(SET_OFF, &[programme.into(), packed(&off)?.into()]).await?;
    let detail = json!({ "days": [one.off.len(), off.len()], "moved": moved });
    journal(&mut tx, viewer, "days_off_set", programme, detail, now).await?;
    tx.commit().await?;
    one.off = off;
    one.version += 1;
    Ok(one)
}

/// From one calendar to another, from a day on.
struct Shift {
    from: Day,
    before: Calendar,
    after: Calendar,
}

impl Shift {
    fn new(one: &Programme, off: &[DayOff], today: Day) -> Shift {
        let from = today.max(one.start);
        let of = |off: &[DayOff], week: Week| Calendar::without(from, week, &days_of(off));
        Shift { from, before: of(&one.off, one.week), after: of(off, one.week) }
    }

    /// Whether it moved the task.
    fn apply(&self, task: &mut Task) -> bool {
        let was = (task.planned_start, task.planned_end);
        if task.planned_start >= self.from {
            task.planned_start = self.after.day(self.before.number(task.planned_start));
        }
        let worked = self.before.after(task.planned_end);
        if task.planned_end >= self.from && worked > 0 {
            task.planned_end = self.after.day(worked - 1);
        }
        was != (task.planned_start, task.planned_end)
    }
}

/// The days off of the nation.
pub async fn nation_days_off(db: &Db) -> Result<Vec<DayOff>, StoreError> {
    db.read(NATION, &[]).await?.iter().map(read).collect()
}

async fn nation_in(tx: &mut Tx) -> Result<Vec<DayOff>, StoreError> {
    tx.read(NATION, &[]).await?.iter().map(read).collect()
}

fn read(row: &manara_store::Row) -> Result<DayOff, StoreError> {
    let day = row.text(0)?;
    let day = Day::parse(&day).ok_or_else(|| StoreError::unknown("framework_day_off.day", day))?;
    Ok(DayOff { day, name: row.text(1)? })
}

/// Sets the days off of the nation. Programmes that are there keep their own.
pub async fn set_nation_days_off(db: &Db, viewer: &Viewer, off: &[DayOff], now: Micros) -> Result<(), ProgrammeError> {
    let off = checked(off)?;
    let mut tx = db.begin().await?;
    let before = nation_in(&mut tx).await?;
    if before == off {
        return Ok(());
    }
    tx.run(DROP_NATION, &[]).await?;
    for one in &off {
        tx.run(PUT_NATION, &[one.day.to_string().into(), (&one.name).into()]).await?;
    }
    let detail = json!({ "days": [before.len(), off.len()] }).to_string();
    Journal::write(&mut tx, &viewer.name, PLANE, "nation_days_off_set", "days-off", &detail, now).await?;
    tx.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{DAYS_OFF, Day, DayOff, OFF_BYTES, days_off_text, read_days_off};

    #[test]
    fn a_list_is_read_as_people_write_it() {
        let text =
            "\u{feff}date,name\r\n# fictional\r\n2027-05-02, Lighthouse day \r\n\r\n2027-01-04,\"Nets, and boats\"\n";
        let read = read_days_off(text.as_bytes()).unwrap();
        let told: Vec<(String, &str)> = read.iter().map(|off| (off.day.to_string(), off.name.as_str())).collect();
        assert_eq!(told, [("2027-01-04".into(), "Nets, and boats"), ("2027-05-02".into(), "Lighthouse day")]);
        assert_eq!(read_days_off(b"").unwrap(), []);
    }

    #[test]
    fn every_line_that_is_wrong_is_named() {
        let text = "2027-01-04,A day\nsoon,B\n2027-01-05\n2027-01-06,a,b\n2027-01-04,again\n2027-02-30,C\n";
        let wrong = read_days_off(text.as_bytes()).unwrap_err();
        let told: Vec<(u64, &str)> = wrong.iter().map(|bad| (bad.line, bad.code)).collect();
        assert_eq!(told, [(2, "day"), (3, "name"), (4, "name"), (5, "double"), (6, "day")]);
        assert!(wrong[0].to_string().starts_with("line 2: \"soon\": a day is written"), "{}", wrong[0]);
        assert_eq!(read_days_off(b"2027-01-04,\xff\n").unwrap_err()[0].code, "line");
        assert_eq!(read_days_off(&vec![b'#'; OFF_BYTES + 1]).unwrap_err()[0].code, "large");
        let many: String = (0..=DAYS_OFF as i64).map(|days| format!("{},x\n", Day(20_000 + days))).collect();
        let wrong = read_days_off(many.as_bytes()).unwrap_err();
        assert_eq!((wrong.len(), wrong[0].code, wrong[0].line), (1, "many", DAYS_OFF as u64 + 1));
        assert!(read_days_off("x\n".repeat(1_000).as_bytes()).unwrap_err().len() <= 20);
    }

    proptest! {
        #[test]
        fn nothing_makes_the_reader_fall_over(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_days_off(&bytes);
        }

        #[test]
        fn what_is_written_is_read_again(days in prop::collection::btree_map(0_i64..100_000, "[-=+@a-z,\"' é#]{0,20}[a-z]", 0..40)) {
            let off: Vec<DayOff> =
                days.into_iter().map(|(day, name)| DayOff { day: Day(day), name: name.trim().to_string() }).collect();
            prop_assert_eq!(read_days_off(days_off_text(&off).as_bytes()).unwrap(), off);
        }
    }
}
