//! The database goes away under a running server and comes back: pages say so at once, nothing that was accepted is lost, and
//! nothing needs a restart. PostgreSQL is stopped and started for real; SQLite is locked by somebody else.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use manara_store::Db;
use serde_json::Value;

use crate::answers::{PASSWORD, Server, between, cookie};
use crate::given::telnet;
use crate::house::House;

/// An answer that the database is away comes within this, however long it stays away.
const SOON: Duration = Duration::from_secs(12);
const ROWS: i64 = 4_000;

/// A PostgreSQL of our own behind a socket in a folder; stopped with it.
struct Cluster {
    bin: PathBuf,
    folder: tempfile::TempDir,
}

impl Cluster {
    /// Makes and starts one; `None` with a word of why where there is no PostgreSQL.
    fn make() -> Option<Cluster> {
        let Some(bin) = bin() else {
            eprintln!("not run: there is no PostgreSQL here; apt-get install -y postgresql");
            return None;
        };
        let cluster = Cluster { bin, folder: tempfile::tempdir().expect("a temporary folder") };
        if is_root() {
            // PostgreSQL refuses to run as root.
            run(Command::new("chown").arg("nobody").arg(cluster.folder.path()));
        }
        let data = cluster.data();
        let mut initdb = cluster.program("initdb");
        run(initdb.arg("-D").arg(data).args([
            "-U",
            "manara",
            "-A",
            "trust",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C",
        ]));
        cluster.start();
        Some(cluster)
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("cluster")
    }

    /// A program of PostgreSQL, run as somebody it accepts.
    fn program(&self, name: &str) -> Command {
        let path = self.bin.join(name);
        let mut command = match is_root() {
            true => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups"]).arg(path);
                command
            }
            false => Command::new(path),
        };
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    }

    fn control(&self, args: &[&str]) {
        let mut control = self.program("pg_ctl");
        run(control.arg("-D").arg(self.data()).args(args));
    }

    /// Starts it, and waits until it answers.
    fn start(&self) {
        let shown = self.folder.path().display();
        let options = format!("-c listen_addresses= -c unix_socket_directories={shown} -c fsync=off");
        self.control(&["-w", "-t", "60", "-l", &format!("{shown}/log"), "-o", &options, "start"]);
    }

    /// Stops it as if the power went.
    fn stop(&self) {
        self.control(&["-w", "-m", "immediate", "stop"]);
    }

    fn url(&self) -> String {
        format!("postgres://manara@localhost/postgres?host={}", self.folder.path().display())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut control = self.program("pg_ctl");
        let _ = control.arg("-D").arg(self.data()).args(["-w", "-m", "immediate", "stop"]).status();
    }
}

fn run(command: &mut Command) {
    let status = command.status().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?}: {status}");
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n")
}

/// Where the programs of PostgreSQL's server lie.
fn bin() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = versions.map(|entry| entry.path().join("bin")).collect();
    folders.extend(["/usr/local/bin", "/usr/local/pgsql/bin", "/usr/bin"].map(PathBuf::from));
    folders.into_iter().find(|folder| ["initdb", "pg_ctl", "postgres"].iter().all(|name| folder.join(name).exists()))
}

/// The program while it serves, with what it writes into its log.
fn serve(house: &House) -> (Server, Arc<Mutex<String>>) {
    let (server, log) = Server::start_with_log(house);
    let lines: Arc<Mutex<String>> = Arc::default();
    let kept = Arc::clone(&lines);
    std::thread::spawn(move || {
        for line in BufReader::new(log).lines().map_while(Result::ok) {
            let mut kept = kept.lock().expect("the log");
            kept.push_str(&line);
            kept.push('\n');
        }
    });
    (server, lines)
}

fn furnished(folder: &Path, database: Option<String>) -> House {
    let house = House { data: folder.join("data"), database };
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).expect("a writable folder");
        path.display().to_string()
    };
    house.done(&["init", "--json", "--password-file", &file("password", PASSWORD)]);
    house.done(&["constituency", "import", &file("c.csv", &crate::given::constituents())]);
    house
}

/// Asks until the answer has a status; a minute at most.
fn until(status: u16, ask: impl Fn() -> (u16, String, String)) -> String {
    let begun = Instant::now();
    loop {
        let (found, _, body) = ask();
        if found == status {
            return body;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{found} instead of {status}: {body}");
    }
}

/// A page that could not be made says so, soon, in the reader's language, with an id that is in the log.
fn says_away(answer: (u16, String, String), begun: Instant, words: &str, log: &Mutex<String>) {
    let (status, head, body) = answer;
    assert_eq!(status, 503, "{head}{body}");
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
    assert!(head.to_ascii_lowercase().contains("retry-after: 10"), "{head}");
    assert!(body.contains(words), "{words}: {body}");
    let id = match body.starts_with('{') {
        true => serde_json::from_str::<Value>(&body).expect("JSON")["id"].as_str().expect("an id").to_string(),
        false => {
            let (_, rest) = body.rsplit_once(r#"<p class="mute">"#).expect("an id");
            between(rest, r#"<bdi dir="ltr" class="mono">"#, "<")
        }
    };
    let waited = Instant::now();
    while !log.lock().expect("the log").contains(&id) {
        assert!(waited.elapsed() < Duration::from_secs(10), "{id} is not in the log");
    }
}

#[test]
fn postgresql_stops_and_starts_and_the_server_goes_on() {
    let Some(cluster) = Cluster::make() else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = furnished(folder.path(), Some(cluster.url()));
    let (server, log) = serve(&house);
    let session = server.sign_in("admin");
    let made = house.done(&["tokens", "make", "admin", "nightly", "--scope", "findings:read"]);
    let token = made.split_whitespace().find(|word| word.starts_with("mnr_")).map(str::to_string);
    let token = token.unwrap_or_else(|| panic!("a token in {made}"));
    let api = || server.ask_with("GET", "/api/v1/findings", &[("authorization", &format!("Bearer {token}"))]);
    assert_eq!(api().0, 200);

    // A file is accepted, and the database goes before or while it is read.
    let (_, _, page) = server.get("/batches", &session);
    let csrf = between(&page, r#"name="csrf" value=""#, "\"");
    let head = "content-disposition: form-data; name=\"files\"; filename=\"2026-01-15-scan_telnet-xs-geo.csv\"";
    let body = |rows: i64| {
        let report = telnet(7, rows);
        format!(
            "--edge\r\ncontent-disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n--edge\r\n{head}\r\n\r\n{report}\r\n\
             --edge--\r\n"
        )
    };
    let upload = |rows| server.ask("POST", "/batches", &session, "multipart/form-data; boundary=edge", &body(rows));
    let (status, answer, _) = upload(ROWS);
    assert_eq!(status, 303, "{answer}");
    cluster.stop();
    let begun = Instant::now();
    says_away(server.get("/findings", &session), begun, "The database cannot be reached", &log);
    let arabic = server.ask_with("GET", "/", &[("cookie", &session), ("accept-language", "ar")]);
    says_away(arabic, Instant::now() - Duration::from_secs(1), "قاعدة البيانات", &log);
    let begun = Instant::now();
    let problem = api();
    assert!(problem.1.to_ascii_lowercase().contains("application/problem+json"), "{}", problem.1);
    assert_eq!(serde_json::from_str::<Value>(&problem.2).expect("JSON")["code"], "database");
    says_away(problem, begun, "Retry-After", &log);
    let begun = Instant::now();
    says_away(upload(1), begun, "send it again", &log);
    assert_eq!(server.get("/health/live", "").0, 200, "the server itself is well");
    assert_eq!(server.get("/health/ready", "").0, 503);

    cluster.start();
    until(200, || server.get("/findings", &session));
    until(200, api);
    until(200, || server.get("/health/ready", ""));
    let begun = Instant::now();
    loop {
        let body = until(200, || server.get("/batches?format=json", &session));
        let batches: Value = serde_json::from_str(&body).expect("JSON");
        if batches[0]["state"] == "finished" {
            assert_eq!(
                (batches[0]["rows"].as_i64(), batches.as_array().map(Vec::len)),
                (Some(ROWS), Some(1)),
                "{body}"
            );
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{body}");
    }
    drop(server);
    house.verified();
}

#[test]
fn sqlite_locked_by_others_is_said_and_waited_for_no_longer_than_a_person_would() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let house = furnished(folder.path(), None);
    let (server, log) = serve(&house);
    let session = server.sign_in("admin");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let (_, head, page) = server.get("/login", "");
    let (csrf, seed) = (between(&page, r#"name="csrf" value=""#, "\""), cookie(&head, "manara-seed"));
    let sign_in = || {
        let fields = [("csrf", csrf.as_str()), ("name", "admin"), ("password", PASSWORD), ("next", "/")];
        server.post("/login", &seed, &fields)
    };
    let (db, lock) = runtime.block_on(async {
        let db = Db::open_sqlite(&house.data.join("manara.sqlite")).await.expect("the database");
        let lock = db.begin().await.expect("the turn to write");
        (db, lock)
    });
    let begun = Instant::now();
    says_away(sign_in(), begun, "The database cannot be reached", &log);
    assert_eq!(server.get("/findings", &session).0, 200, "who only reads goes on");
    runtime.block_on(async {
        drop(lock);
        db.close().await;
    });
    until(303, sign_in);
}
