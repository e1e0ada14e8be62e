//! Every folder `golden/<reader>/<case>` holds an input, what it becomes, and perhaps the feed's mapping. `UPDATE=1`
//! writes what it becomes; the difference is then read by a person.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests may")]

mod kept;

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use kept::{Kept, check, read};
use manara_formats::{Feed, Limits, open};
use serde_json::json;

fn folders(path: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(path)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn run(reader: &str, case: &Path) -> String {
    let files = fs::read_dir(case).expect("a folder").map(|entry| entry.expect("an entry").path());
    let is_input = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("input."));
    let input = files.into_iter().find(is_input).unwrap_or_else(|| panic!("no input in {}", case.display()));
    let limits = Limits { row_bytes: 64 << 10, ..Limits::default() };
    let feed = fs::read_to_string(case.join("feed.yaml")).ok();
    // A case may name a feed of the product instead of bringing its own.
    let feed = feed.map(|text| match text.trim().strip_prefix("use: ") {
        Some(name) => {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/feeds").join(format!("{name}.yaml"));
            Feed::from_yaml(name, &fs::read_to_string(&path).expect("a feed of the product")).expect("readable")
        }
        None => Feed::from_yaml("feed.yaml", &text).unwrap_or_else(|error| panic!("{}: {error}", case.display())),
    });
    let mut kept = Kept::default();
    let opened = open(File::open(&input).expect("the input"), &limits);
    let ended = opened.and_then(|opened| read(reader, opened, feed.as_ref(), &limits, &mut kept));
    check(&kept);
    let rejects: Vec<_> = kept
        .rejects
        .iter()
        .map(|reject| json!({"line": reject.line, "column": reject.column, "code": reject.code, "found": reject.found}))
        .collect();
    let drift: Vec<_> = kept.drift.iter().map(|drift| format!("{} {}", drift.kind.as_str(), drift.column)).collect();
    let result = json!({
        "rows": kept.rows.iter().map(|row| row.to_json()).collect::<Vec<_>>(),
        "rejects": rejects,
        "drift": drift,
        "error": ended.err().map(|error| error.to_string()),
    });
    serde_json::to_string_pretty(&result).expect("JSON") + "\n"
}

#[test]
fn every_golden_input_becomes_what_is_written_beside_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut cases = 0;
    let mut wrong = Vec::new();
    for reader in folders(&root) {
        for case in folders(&reader) {
            cases += 1;
            let name = reader.file_name().expect("a name").to_string_lossy().into_owned();
            let got = run(&name, &case);
            let expected = case.join("expected.json");
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&expected, &got).expect("written");
            } else if fs::read_to_string(&expected).unwrap_or_default() != got {
                wrong.push(format!("{}:\n{got}", case.display()));
            }
        }
    }
    assert!(cases > 20, "only {cases} cases were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_feed_of_the_product_is_readable_and_named_as_its_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/feeds");
    let mut names = Vec::new();
    for entry in fs::read_dir(root).expect("the feeds") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|end| end != "yaml") {
            continue;
        }
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let feed =
            Feed::from_yaml(&stem, &fs::read_to_string(&path).expect("text")).unwrap_or_else(|error| panic!("{error}"));
        if !stem.starts_with('_') {
            assert_eq!(feed.name, stem);
        }
        assert!(!names.contains(&feed.name), "{} twice", feed.name);
        names.push(feed.name);
    }
    assert!(names.len() >= 8, "{names:?}");
}
