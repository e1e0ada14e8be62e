//! A backup while the work goes on, and what a restore of it proves.

use std::path::Path;
use std::process::Stdio;

use manara_store::{ArchiveWriter, read_archive};

use crate::given::{RECEIVED, reports, sinkhole, write};
use crate::house::{House, Schema};

const TABLES: [&str; 8] = ["events", "rejects", "findings", "constituents", "notices", "answers", "batches", "feeds"];

fn furnished(folder: &Path, name: &str) -> House {
    let house = House::new(folder.join(name));
    house.furnish(folder);
    let mut args = vec!["ingest", "--json", "--received", RECEIVED];
    let files = reports(&folder.join("feeds"), 1_000);
    args.extend(files.iter().map(String::as_str));
    house.done(&args);
    house
}

fn assert_equal(one: &House, other: &House) {
    for table in TABLES {
        let all = format!("SELECT * FROM {table}");
        let (a, b) = (one.lines(&all), other.lines(&all));
        let first = a.iter().zip(&b).find(|(a, b)| a != b);
        assert!(a == b, "{table}: {} and {} rows; {first:#?}", a.len(), b.len());
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_backup_during_an_ingest_restores_to_a_house_that_proves_itself() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path(), "house");
    let (report, _) = sinkhole(77, 8_000);
    let large = write(&folder.path().join("2026-01-16-event4_sinkhole_http-xs-geo.csv"), &report);
    let mut ingest = house.command(&["ingest", "--json", text(&large)]).stdout(Stdio::null()).spawn().unwrap();
    let (hot, cold) = (folder.path().join("hot.tar.zst"), folder.path().join("cold.tar.zst"));
    house.json(&["backup", "--json", text(&hot)]);
    assert!(ingest.wait().unwrap().success());
    let made = house.json(&["backup", "--json", text(&cold)]);
    assert_eq!(made["missing"], serde_json::json!([]));
    let restored = House::new(folder.path().join("hot"));
    restored.json(&["restore", "--json", text(&hot)]);
    restored.verified();
    // The batch at hand is in the backup as received: it goes on in the restored house.
    restored.done(&["ingest", "--json", text(&large)]);
    assert_eq!(restored.number("SELECT count(*) FROM events"), house.number("SELECT count(*) FROM events"));
    let restored = House::new(folder.path().join("cold"));
    let answer = restored.json(&["restore", "--json", text(&cold)]);
    assert_eq!(answer["verified"]["problems"], serde_json::json!([]));
    assert_equal(&house, &restored);
    let again = restored.json(&["ingest", "--json", text(&large)]);
    assert_eq!(again["events"], 0, "the restored house knows what it has");
}

#[test]
fn a_backup_moves_a_house_from_sqlite_to_postgresql_and_back() {
    let Some(schema) = Schema::make() else { return };
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path(), "house");
    let file = folder.path().join("one.tar.zst");
    house.done(&["backup", text(&file)]);
    let mut moved = House::new(folder.path().join("moved"));
    moved.database = Some(schema.url.clone());
    moved.done(&["restore", text(&file)]);
    assert_equal(&house, &moved);
    // Whoever forgets --database is led to the same database by cirt.toml.
    let bare = House::new(&moved.data);
    assert_eq!(bare.rows("constituents", &[]), moved.rows("constituents", &[]));
    // The journal counts on after what was loaded.
    let (report, _) = sinkhole(5, 200);
    let more = write(&folder.path().join("2026-01-17-event4_sinkhole_http-xs-geo.csv"), &report);
    for one in [&house, &moved] {
        one.done(&["ingest", "--json", "--received", RECEIVED, text(&more)]);
    }
    moved.verified();
    let taken = moved.run(&["restore", text(&file), "--data", text(&folder.path().join("elsewhere"))]);
    assert!(taken.code == 1 && taken.err.contains("database is not empty"), "{taken:?}");
    assert!(!folder.path().join("elsewhere").exists());
    let second = folder.path().join("two.tar.zst");
    moved.done(&["backup", text(&second)]);
    let back = House::new(folder.path().join("back"));
    back.done(&["restore", text(&second)]);
    let without = ["id", "batch", "changed_at"];
    for table in ["events", "findings", "constituents"] {
        assert_eq!(back.rows(table, &without), house.rows(table, &without), "{table}");
    }
}

#[test]
fn a_damaged_backup_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path(), "house");
    let file = folder.path().join("one.tar.zst");
    house.done(&["backup", text(&file)]);
    let whole = std::fs::read(&file).unwrap();
    let target = House::new(folder.path().join("target"));
    let bad = folder.path().join("bad.tar.zst");
    let at = [whole.len() / 3, whole.len() / 2, whole.len() - 20];
    let flipped = at.map(|at| {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        bytes
    });
    let cut = [whole[..whole.len() / 2].to_vec(), whole[..whole.len() - 1].to_vec(), Vec::new(), b"no backup".to_vec()];
    for bytes in flipped.iter().chain(&cut) {
        std::fs::write(&bad, bytes).unwrap();
        let ran = target.run(&["restore", text(&bad)]);
        assert!(ran.code == 1 && ran.err.contains("nothing was restored") && !ran.err.contains("panicked"), "{ran:?}");
        assert!(!target.data.exists(), "nothing was written");
    }
    std::fs::create_dir(&target.data).unwrap();
    std::fs::write(target.data.join("mine"), "").unwrap();
    let ran = target.run(&["restore", text(&file)]);
    assert!(ran.code == 1 && ran.err.contains("is not empty"), "{ran:?}");
    assert_eq!(std::fs::read_dir(&target.data).unwrap().count(), 1);
}

/// What becomes of an entry; `None` leaves it out.
type Change = fn(&str, Vec<u8>) -> Option<Vec<u8>>;

/// Writes a backup again with other entries, every hash right.
fn forge(from: &Path, to: &Path, change: Change) {
    let mut writer = ArchiveWriter::create(to).unwrap();
    let index = read_archive(from, |name, _, source| {
        let mut bytes = Vec::new();
        source.read_to_end(&mut bytes).unwrap();
        if let Some(bytes) = change(name, bytes) {
            writer.add(name, &bytes)?;
        }
        Ok(())
    })
    .unwrap();
    writer.finish(index.closing).unwrap();
}

#[test]
fn a_backup_that_does_not_add_up_leaves_a_folder_nobody_can_use() {
    let folder = tempfile::tempdir().unwrap();
    let house = furnished(folder.path(), "house");
    let (file, forged) = (folder.path().join("one.tar.zst"), folder.path().join("forged.tar.zst"));
    house.done(&["backup", text(&file)]);
    forge(&file, &forged, |name, bytes| {
        if name != "manifest.json" {
            return Some(bytes);
        }
        let mut manifest: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        manifest["schemas"]["watch"] = 999.into();
        Some(serde_json::to_vec(&manifest).unwrap())
    });
    let newer = House::new(folder.path().join("newer"));
    let ran = newer.run(&["restore", text(&forged)]);
    assert!(ran.code == 1 && ran.err.contains("newer version (999)"), "{ran:?}");
    assert!(!newer.data.exists());
    let cases: [(&str, Change, &str); 4] = [
        (
            "a row is gone",
            |name, bytes| {
                if !name.starts_with("state/watch_finding/") {
                    return Some(bytes);
                }
                let end = bytes.iter().position(|byte| *byte == b'\n').unwrap();
                Some(bytes[end + 1..].to_vec())
            },
            "table watch_finding",
        ),
        (
            "a row is another",
            |name, bytes| {
                if !name.starts_with("state/constituency_org/") {
                    return Some(bytes);
                }
                Some(String::from_utf8(bytes).unwrap().replacen("Operator 00", "Operator 0O", 1).into_bytes())
            },
            "table constituency_org",
        ),
        ("a lake file is gone", |name, bytes| (!name.starts_with("lake/events/")).then_some(bytes), "lake/events/"),
        (
            "a raw file is another",
            |name, bytes| Some(if name.starts_with("blobs/") { zstd_of(b"something else") } else { bytes }),
            "another SHA-256",
        ),
    ];
    for (number, (what, change, said)) in cases.into_iter().enumerate() {
        forge(&file, &forged, change);
        let target = House::new(folder.path().join(format!("target{number}")));
        let ran = target.run(&["restore", text(&forged)]);
        assert!(ran.code == 1 && ran.err.contains(said) && ran.err.contains("must not be used"), "{what}: {ran:?}");
        for command in ["feeds", "verify"] {
            let ran = target.run(&[command]);
            assert!(ran.code == 1 && ran.err.contains("did not end well"), "{what}: {ran:?}");
        }
        assert_eq!(target.run(&["doctor"]).code, 3, "{what}");
    }
}

fn zstd_of(bytes: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let blobs = manara_store::Blobs::new(folder.path());
    let kept = blobs.keep(&mut &bytes[..]).unwrap();
    std::fs::read(blobs.path(&kept.sha256)).unwrap()
}
