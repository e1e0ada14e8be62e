//! The demo's country, loaded once for all tests, and a copy of it for each.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::browser::{Running, start};

/// The password of all people of the demo.
pub const PASSWORD: &str = "lighthouse-demo";

const PROGRAM: &str = env!("CARGO_BIN_EXE_manara");

/// A data folder of a test.
pub struct House {
    data: PathBuf,
    _folder: tempfile::TempDir,
}

impl House {
    /// A copy of the demo: its last three days have every kind of record, all thirty have the whole story.
    pub fn of_demo(days: usize) -> House {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        copy_folder(&demo(days), &data);
        House { data, _folder: folder }
    }

    /// The data folder.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// Runs a command on it and gives what it says.
    pub fn done(&self, args: &[&str]) -> String {
        Self::done_in(&self.data, args)
    }

    /// Runs a command on any data folder.
    pub fn done_in(data: &Path, args: &[&str]) -> String {
        let ran = Command::new(PROGRAM).args(args).arg("--data").arg(data).output().unwrap();
        assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap()
    }

    /// The answer to a query, one object a row.
    pub fn rows(&self, sql: &str) -> Vec<Value> {
        serde_json::from_str(&self.done(&["query", sql, "--format", "json"])).unwrap()
    }

    /// A text of the first row of a query's answer.
    pub fn text(&self, sql: &str) -> String {
        let rows = self.rows(sql);
        let row = rows.first().unwrap_or_else(|| panic!("{sql} finds nothing")).as_object().unwrap();
        match row.values().next().unwrap() {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// The server over it, and where it is.
    pub fn serve(&self) -> (Running, String) {
        let mut command = Command::new(PROGRAM);
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&self.data);
        start(command, |line| line.split("http://").nth(1).map(|rest| format!("http://{}", rest.trim_end_matches('/'))))
    }
}

/// The demo as loaded, not to be written to. Tests run as processes of their own, so it lies in a folder they share, under
/// the program's age: whoever comes first loads it, the others wait. `MANARA_DEMO_DATA` names a folder that holds it already.
fn demo(days: usize) -> PathBuf {
    if let Some(there) = std::env::var_os("MANARA_DEMO_DATA") {
        return PathBuf::from(there);
    }
    let program = std::fs::metadata(PROGRAM).unwrap();
    let age = program.modified().unwrap().duration_since(std::time::UNIX_EPOCH).unwrap().as_nanos();
    let shared = Path::new(env!("CARGO_TARGET_TMPDIR"));
    std::fs::create_dir_all(shared).unwrap();
    let lock = std::fs::File::create(shared.join(format!("demo-{days}.lock"))).unwrap();
    lock.lock().unwrap();
    let loaded = shared.join(format!("demo-{days}-{age}"));
    if loaded.is_dir() {
        return loaded;
    }
    let older = std::fs::read_dir(shared).unwrap().map(|entry| entry.unwrap().path());
    for path in older.filter(|path| path.is_dir() && named(path).starts_with(&format!("demo-{days}-"))) {
        std::fs::remove_dir_all(path).unwrap();
    }
    let half = tempfile::tempdir_in(shared).unwrap();
    let ran = Command::new(PROGRAM)
        .args(["demo", "--no-serve", "--days", &days.to_string(), "--data"])
        .arg(half.path())
        .output()
        .unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    std::fs::rename(half.keep(), &loaded).unwrap();
    loaded
}

fn named(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
