//! The state database: does it open, is it whole, does it keep what it acknowledged, is it of this version.

use manara_model::Micros;
use manara_store::{Db, Engine};

use super::{Findings, Patient};
use crate::house::SCHEMAS;

const ALIVE: &str = "SELECT 1";
const STEPS: &str = "SELECT plane, MAX(number) FROM store_migration GROUP BY plane ORDER BY plane LIMIT 100";
const NEWEST_ENTRY: &str = "SELECT MAX(at) FROM store_journal";
/// Clocks of two machines may differ by this much.
const AHEAD: i64 = 5 * 60 * 1_000_000;

/// Opens the database without making or changing it.
pub async fn open(patient: &Patient, url: Option<&str>, findings: &mut Findings) -> Option<Db> {
    let url = url.map(str::to_string).or_else(|| Some(patient.config.database.clone()).filter(|url| !url.is_empty()));
    let opened = match &url {
        Some(url) => Db::open_postgres(url).await,
        None => {
            let path = patient.data.join("manara.sqlite");
            if !path.is_file() {
                let mend = format!("manara init --data {}", patient.data.display());
                findings.fail("state database", format!("there is no {}", path.display()), mend);
                return None;
            }
            Db::open_sqlite(&path).await
        }
    };
    match opened {
        Ok(db) => {
            let kind = if db.engine() == Engine::Sqlite { "SQLite opens" } else { "PostgreSQL answers" };
            findings.ok("state database", kind);
            Some(db)
        }
        Err(error) => {
            let mend = match url {
                Some(_) => "check that PostgreSQL runs and that database in cirt.toml (or --database) is right",
                None => "check that the file belongs to this user; else restore a backup",
            };
            findings.fail("state database", error.to_string(), mend);
            None
        }
    }
}

/// Looks at the database itself; says whether its tables can be asked.
pub async fn database(db: &Db, patient: &Patient, findings: &mut Findings) -> bool {
    let text = async |sql: &str| match db.read_one(sql, &[]).await {
        Ok(Some(row)) => row.text(0).or_else(|_| row.int(0).map(|number| number.to_string())).unwrap_or_default(),
        Ok(None) => String::new(),
        Err(error) => error.to_string(),
    };
    match db.engine() {
        Engine::Sqlite => {
            let whole = text("PRAGMA quick_check(1)").await;
            findings.fail_unless(
                whole == "ok",
                "integrity",
                whole,
                "stop Manara, keep a copy of the file, restore the last backup",
            );
            let (synchronous, journal) = (text("PRAGMA synchronous").await, text("PRAGMA journal_mode").await);
            findings.fail_unless(
                synchronous == "2" && journal == "wal",
                "durability",
                format!(
                    "synchronous={} journal_mode={journal}",
                    if synchronous == "2" { "FULL" } else { &synchronous }
                ),
                "the file system can't hold a write-ahead log: keep the data folder on a local disk",
            );
        }
        Engine::Postgres => {
            let alive = db.read_int(ALIVE, &[]).await;
            findings.fail_unless(
                matches!(alive, Ok(1)),
                "integrity",
                "PostgreSQL keeps its own".into(),
                "look into PostgreSQL's log",
            );
            let (commit, fsync) = (text("SHOW synchronous_commit").await, text("SHOW fsync").await);
            findings.fail_unless(
                fsync == "on" && commit != "off",
                "durability",
                format!("synchronous_commit={commit} fsync={fsync}"),
                "set fsync = on and synchronous_commit = on in postgresql.conf: else a power cut loses what was acknowledged",
            );
        }
    }
    let current = schema(db, findings).await;
    if current {
        journal_clock(&text(NEWEST_ENTRY).await, patient.now, findings);
    }
    current
}

async fn schema(db: &Db, findings: &mut Findings) -> bool {
    let mend_old = "any other command brings them up to date; make a backup first";
    let rows = match db.read(STEPS, &[]).await {
        Ok(rows) => rows,
        Err(error) => {
            findings.fail("tables", error.to_string(), mend_old);
            return false;
        }
    };
    let steps: Vec<(String, i64)> = rows.iter().filter_map(|row| Some((row.text(0).ok()?, row.int(1).ok()?))).collect();
    let (mut older, mut newer) = (Vec::new(), Vec::new());
    for schema in SCHEMAS {
        let found = steps.iter().find(|(plane, _)| plane == schema.plane).map_or(0, |(_, number)| *number);
        match found.cmp(&schema.newest()) {
            std::cmp::Ordering::Less => older.push(schema.plane),
            std::cmp::Ordering::Greater => newer.push(schema.plane),
            std::cmp::Ordering::Equal => {}
        }
    }
    match (newer.as_slice(), older.as_slice()) {
        ([], []) => findings.ok("tables", format!("of this version, {} planes", SCHEMAS.len())),
        ([], older) => findings.warn("tables", format!("of an older version: {}", older.join(", ")), mend_old),
        (newer, _) => {
            findings.fail("tables", format!("of a newer version: {}", newer.join(", ")), "run the newer Manara")
        }
    }
    newer.is_empty() && older.is_empty()
}

fn journal_clock(newest: &str, now: Micros, findings: &mut Findings) {
    let ahead = Micros::parse_rfc3339(newest).filter(|at| at.0 > now.0 + AHEAD);
    findings.fail_unless(
        ahead.is_none(),
        "clock and journal",
        match ahead {
            Some(at) => format!("the journal has an entry of {}, later than now", at.rfc3339()),
            None => "no entry of the journal is later than now".into(),
        },
        "the clock stands wrong or stood wrong: set it, and let chrony or systemd-timesyncd keep it",
    );
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::{Findings, journal_clock};
    use crate::commands::doctor::State;

    #[test]
    fn a_journal_of_tomorrow_is_told() {
        let now = Micros::parse_rfc3339("2026-03-01T00:00:00Z").expect("a time");
        for (newest, want) in
            [("", State::Ok), ("2026-03-01T00:04:59.000000Z", State::Ok), ("2026-03-02T00:00:00.000000Z", State::Fail)]
        {
            let mut findings = Findings::default();
            journal_clock(newest, now, &mut findings);
            assert_eq!(findings.0[0].state, want, "{newest}");
        }
    }
}
