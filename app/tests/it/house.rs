//! A data folder of a test, and the program run on it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use manara_store::{Blobs, Db};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// Where a test works; gone with it.
pub struct House {
    /// The data folder.
    pub data: PathBuf,
    /// PostgreSQL for the state, when it is not SQLite.
    pub database: Option<String>,
}

impl House {
    /// A house whose state is in SQLite; its folder is not made.
    pub fn new(data: impl Into<PathBuf>) -> Self {
        House { data: data.into(), database: None }
    }

    /// The program with its place set and nothing else of the environment that could lead it elsewhere.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_manara"));
        command.args(args).env("MANARA_DATA", &self.data).env_remove("MANARA_DATABASE").env("MANARA_LOG", "error");
        if let Some(url) = &self.database {
            command.env("MANARA_DATABASE", url);
        }
        command.stdin(Stdio::null());
        command
    }

    /// Runs to the end.
    pub fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).output().expect("the program starts"))
    }

    /// Runs to the end and wants exit code 0.
    pub fn done(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}\n{}\n{}", ran.out, ran.err);
        ran.out
    }

    /// Runs, wants exit code 0 and reads the JSON it printed.
    pub fn json(&self, args: &[&str]) -> Value {
        let out = self.done(args);
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{args:?}: {error}: {out}"))
    }

    /// Rows of a query without some columns, sorted: what two houses are compared by.
    pub fn rows(&self, table: &str, without: &[&str]) -> Vec<String> {
        let answer = self.json(&["query", &format!("SELECT * FROM {table}"), "--format", "json"]);
        let mut rows: Vec<String> = answer
            .as_array()
            .expect("an array")
            .iter()
            .map(|row| {
                let row = row.as_object().expect("an object");
                row.iter()
                    .filter(|(name, value)| !without.contains(&name.as_str()) && !value.is_null())
                    .map(|(name, value)| format!("{name}={value} "))
                    .collect()
            })
            .collect();
        rows.sort();
        rows
    }

    /// The answer to a query as sorted lines of CSV: many rows, compared as they are.
    pub fn lines(&self, sql: &str) -> Vec<String> {
        let mut lines: Vec<String> =
            self.done(&["query", sql, "--format", "csv"]).lines().map(str::to_string).collect();
        lines.sort();
        lines
    }

    /// One number.
    pub fn number(&self, sql: &str) -> i64 {
        let answer = self.json(&["query", sql, "--format", "json"]);
        let row = answer[0].as_object().expect("one row");
        row.values().next().and_then(Value::as_i64).expect("a number")
    }

    /// Reads everything again and wants no problem.
    pub fn verified(&self) -> Value {
        let report = self.json(&["verify", "--json"]);
        assert_eq!(report["problems"], serde_json::json!([]), "{}", self.data.display());
        report
    }

    /// Takes kept bytes away for a moment, and wants `verify` to tell that alone, and what names them.
    pub fn misses(&self, bytes: &[u8], by: &str) {
        let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let blob = Blobs::new(self.data.join("blobs")).path(&sha256);
        let aside = blob.with_extension("aside");
        std::fs::rename(&blob, &aside).unwrap();
        let ran = self.run(&["verify", "--json"]);
        std::fs::rename(&aside, &blob).unwrap();
        assert_eq!(ran.code, 3, "{ran:?}");
        let report: Value = serde_json::from_str(&ran.out).unwrap();
        let want = format!("blob {sha256} is not there; {by} names it");
        assert_eq!(report["problems"], serde_json::json!([want]));
    }

    /// How many finished files there are in the lake, listed or not.
    pub fn lake_files(&self) -> usize {
        fn count(folder: &Path) -> usize {
            let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
            let paths = entries.map(|entry| entry.unwrap().path());
            paths
                .map(|path| match path.is_dir() {
                    true => count(&path),
                    false => usize::from(path.extension().is_some_and(|ending| ending == "parquet")),
                })
                .sum()
        }
        count(&self.data.join("lake"))
    }

    /// Brings in the constituents and the table of prefixes.
    pub fn furnish(&self, folder: &Path) {
        let (constituents, prefixes) = (folder.join("constituents.csv"), folder.join("prefixes.tsv"));
        std::fs::write(&constituents, crate::given::constituents()).unwrap();
        std::fs::write(&prefixes, crate::given::prefixes()).unwrap();
        self.done(&["init", "--json"]);
        self.done(&["constituency", "import", constituents.to_str().unwrap()]);
        self.done(&["enrich", "load", "--prefix-to-as", prefixes.to_str().unwrap()]);
    }
}

/// How the program ended and what it said.
#[derive(Debug)]
pub struct Ran {
    /// Exit code; -1 for a signal.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Ran {
    /// Of an ended process.
    pub fn of(output: Output) -> Self {
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
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

/// A schema of its own on the test server; dropped with it.
pub struct Schema {
    server: String,
    name: String,
    /// The address of the schema.
    pub url: String,
}

impl Schema {
    /// Makes one, if there is a server.
    pub fn make() -> Option<Schema> {
        let Ok(server) = std::env::var("MANARA_TEST_POSTGRES") else {
            eprintln!("not run: MANARA_TEST_POSTGRES is not set");
            return None;
        };
        let name = format!("it{:x}{:x}", std::process::id(), crate::given::Random::from_clock().next());
        script(&server, &format!("CREATE SCHEMA {name}"));
        let with = if server.contains('?') { '&' } else { '?' };
        let url = format!("{server}{with}options[search_path]={name}");
        Some(Schema { server, name, url })
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        script(&self.server, &format!("DROP SCHEMA {} CASCADE", self.name));
    }
}

fn script(url: &str, sql: &str) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
        let db = Db::open_postgres(url).await.unwrap();
        let mut tx = db.begin().await.unwrap();
        tx.run_script(sql).await.unwrap();
        tx.commit().await.unwrap();
        db.close().await;
    });
}
