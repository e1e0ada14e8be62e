//! `manara verify`: everything that was ever stored, read again.

use std::time::Instant;

use manara_watch::VerifyReport;

use super::{DONE, FOUND};
use crate::cli::Plain;
use crate::house::House;
use crate::print;

/// Blobs that are looked for at once.
const AT_ONCE: i64 = 100_000;
/// Where records name kept bytes: what names them, and their SHA-256 after one of them, sorted; batches and notices are
/// looked at by their planes. Copies of a row name the same bytes and are told once.
const NAMED: [(&str, &str); 6] = [
    ("a mail", MAILS),
    ("a message with a file", FILES),
    ("an import", IMPORTS),
    ("evidence of an incident", OF_INCIDENTS),
    ("evidence of an assessment", OF_ASSESSMENTS),
    ("the proof of a block or a task", PROOFS),
];
const MAILS: &str = "
    SELECT DISTINCT sha256 FROM response_message WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";
/// Files lie by themselves where they are ours or were taken over; those of a mail that came in lie within it.
const FILES: &str = "
    SELECT sha256 FROM (SELECT f.sha256 FROM response_attachment f JOIN response_message m ON m.id = f.message_id
                         WHERE m.kind IN ('sent', 'draft') OR m.sha256 = ''
                        UNION SELECT sha256 FROM response_upload) AS kept
     WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";
const IMPORTS: &str = "
    SELECT DISTINCT sha256 FROM response_import WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";
/// Evidence without a file has at most a hash that somebody noted.
const OF_INCIDENTS: &str = "
    SELECT DISTINCT sha256 FROM response_evidence WHERE file <> '' AND sha256 > $1 ORDER BY sha256 LIMIT $2";
const OF_ASSESSMENTS: &str = "
    SELECT sha256 FROM (SELECT sha256 FROM framework_evidence UNION SELECT sha256 FROM framework_figure) AS kept
     WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";
const PROOFS: &str = "
    SELECT sha256 FROM (SELECT sha256 FROM framework_acceptance UNION SELECT sha256 FROM framework_task
                        UNION SELECT sha256 FROM framework_task_before) AS kept
     WHERE sha256 > $1 ORDER BY sha256 LIMIT $2";

/// Runs the command. What is wrong is an answer, not an error: exit code 3.
pub async fn run(args: Plain) -> anyhow::Result<u8> {
    let start = Instant::now();
    let house = House::open(&args.place).await?;
    let mut report = manara_watch::verify(&house.ingest, &house.lake).await?;
    look_for_named(&house, &mut report).await?;
    house.db.close().await;
    if args.json {
        print::json(&report)?;
    } else {
        for problem in &report.problems {
            println!("{problem}");
        }
        println!(
            "{} kept files, {} lake files, {} findings read again in {:.1} s: {}",
            report.blobs,
            report.files,
            report.findings,
            start.elapsed().as_secs_f64(),
            match report.problems.len() {
                0 => "all is as it was written".into(),
                1 => "1 problem".into(),
                count => format!("{count} problems"),
            }
        );
    }
    Ok(if report.problems.is_empty() { DONE } else { FOUND })
}

/// Tells what records name and is not there: what is there was read already, with all other blobs.
async fn look_for_named(house: &House, report: &mut VerifyReport) -> anyhow::Result<()> {
    let mut tell = |page: &[String], by: &str| {
        for sha256 in page.iter().filter(|sha256| !house.ingest.blobs.has(sha256)) {
            report.problems.push(format!("blob {sha256} is not there; {by} names it"));
        }
        page.last().cloned()
    };
    let mut after = String::new();
    loop {
        let page = manara_warning::blobs_in_use(&house.db, &after, AT_ONCE).await?;
        let Some(last) = tell(&page, "a notice") else { break };
        after = last;
    }
    for (by, statement) in NAMED {
        after.clear();
        loop {
            let mut page = Vec::new();
            for row in house.db.read(statement, &[(&after).into(), AT_ONCE.into()]).await? {
                page.push(row.text(0)?);
            }
            let Some(last) = tell(&page, by) else { break };
            after = last;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use manara_store::{Db, columns, migrate};
    use manara_watch::VerifyReport;

    use super::{NAMED, look_for_named};
    use crate::cli::Place;
    use crate::house::{House, SCHEMAS};

    /// Batches and notices, which their planes look at.
    const ELSEWHERE: [&str; 3] = ["watch_batch", "warning_attachment", "warning_captured"];
    /// Hashes of what stands in the row itself, or in a file beside the blobs.
    const OF_NO_BLOB: [&str; 4] = ["watch_table", "framework_design", "framework_snapshot", "framework_progress"];

    #[tokio::test(flavor = "multi_thread")]
    async fn every_table_that_names_kept_bytes_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&folder.path().join("manara.sqlite")).await.unwrap();
        migrate(&db, SCHEMAS).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for table in SCHEMAS.iter().flat_map(|schema| schema.tables) {
            let names = columns(&mut tx, table).await.unwrap();
            if names.iter().any(|column| column.name == "sha256") {
                found.insert(*table);
            }
        }
        let statements = NAMED.map(|(_, statement)| statement).join(" ");
        let words: Vec<&str> = statements.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').collect();
        let is_table = |word: &&str| SCHEMAS.iter().any(|schema| schema.tables.contains(word));
        let mut looked_at: BTreeSet<&str> = words.into_iter().filter(is_table).collect();
        looked_at.extend(ELSEWHERE);
        looked_at.extend(OF_NO_BLOB);
        assert_eq!(found, looked_at);
    }

    /// What comes over pages alone: a file that somebody brought, and one that waits for its message.
    const BROUGHT: &str = "
        INSERT INTO response_import (id, format, tool, tlp, queues, mbox_kind, file_name, sha256, bytes, state, who, at,
            changed, records, already, refused, made, first, fault)
        VALUES ('1', 'csv', 'csv', 2, '', '', 'old.csv', 'b', 1, 'done', 'admin', '', '', 0, 0, 0, '{}', '[]', ''),
               ('2', 'eml', 'eml', 2, '', '', 'mails', '', 0, 'done', 'admin', '', '', 0, 0, 0, '{}', '[]', '');
        INSERT INTO response_upload (message_id, name, media_type, sha256, bytes, who, at)
        VALUES ('3', 'seen.log', 'text/plain', 'a', 1, 'admin', '');";

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_brought_and_is_gone_is_told_and_a_folder_names_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let house = House::make(&Place { data: folder.path().to_path_buf(), database: None }).await.unwrap();
        let mut tx = house.db.begin().await.unwrap();
        tx.run_script(BROUGHT).await.unwrap();
        tx.commit().await.unwrap();
        let mut report = VerifyReport::default();
        look_for_named(&house, &mut report).await.unwrap();
        let told = ["blob a is not there; a message with a file names it", "blob b is not there; an import names it"];
        assert_eq!(report.problems, told);
        house.db.close().await;
    }
}
