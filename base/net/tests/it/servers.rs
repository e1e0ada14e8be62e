//! What both servers need: a folder, a port, certificates, and an end with the test.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use manara_net::{Envelope, Intake, Never, Verdict};
use tokio::sync::watch;

/// Whether a test cannot run here; in CI that is no reason not to.
pub fn is_missing(programs: &[&str], install: &str) -> bool {
    let is_here = programs.iter().all(|path| Path::new(path).exists());
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n");
    let reason = match (is_here, is_root) {
        (false, _) => install,
        (true, false) => "the server starts as root only: run the tests as root",
        (true, true) => return false,
    };
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{reason}");
    println!("NOT RUN: {reason}");
    true
}

pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

/// A server that ends with the test.
pub struct Server {
    pub child: Child,
    pub folder: tempfile::TempDir,
}

impl Server {
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Waits for somebody at a port.
    pub fn wait_for(&mut self, port: u16) {
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = self.child.try_wait().expect("asked");
            assert!(ended.is_none() && start.elapsed() < Duration::from_secs(20), "{ended:?}\n{}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server ends its own children when it is asked to.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

pub fn run(command: &str, args: &[&str], folder: &Path) {
    let out = Command::new(command).args(args).current_dir(folder).output().expect(command);
    assert!(out.status.success(), "{command} {args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

/// A certificate for `localhost` in `server.pem` and `server.key`, of the authority `ca.pem`.
pub fn certificates(folder: &Path) {
    for line in [
        "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.pem -subj /CN=Test-root",
        "req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost",
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.pem",
    ] {
        std::fs::write(folder.join("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n").expect("written");
        run("openssl", &line.split(' ').collect::<Vec<_>>(), folder);
    }
}

/// A file nobody else can read.
pub fn secret(path: &Path, text: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, text).expect("written");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).expect("set");
    path.to_path_buf()
}

/// Keeps what comes. Mail to `later@` is put off once, mail to `refused@` is not wanted, and `unknown@` is nobody.
#[derive(Default)]
pub struct Inbox {
    kept: Mutex<Vec<(Envelope, Vec<u8>)>>,
    put_off: Mutex<bool>,
    count: watch::Sender<usize>,
}

impl Intake for Inbox {
    async fn take(&self, envelope: Envelope, message: Vec<u8>) -> Vec<Verdict> {
        let is_first = !std::mem::replace(&mut *self.put_off.lock().expect("put off"), true);
        let verdict = |to: &String| match to.split('@').next().unwrap_or_default() {
            "later" if is_first => Verdict::Later("not now".into()),
            "refused" => Verdict::Never("not you".into(), Never::Refused),
            _ => Verdict::Kept("as R-1".into()),
        };
        let mut verdicts: Vec<Verdict> = envelope.to.iter().map(verdict).collect();
        if verdicts.is_empty() {
            verdicts.push(Verdict::Kept("as R-1".into()));
        }
        if verdicts.iter().any(|verdict| matches!(verdict, Verdict::Kept(_))) {
            self.kept.lock().expect("kept").push((envelope, message));
            self.count.send_modify(|count| *count += 1);
        }
        verdicts
    }

    fn knows(&self, recipient: &str) -> bool {
        !recipient.starts_with("unknown@")
    }
}

impl Inbox {
    /// What was kept, when it is so much.
    pub async fn kept(&self, count: usize, log: impl Fn() -> String) -> Vec<(Envelope, Vec<u8>)> {
        let mut counts = self.count.subscribe();
        let waited = tokio::time::timeout(Duration::from_secs(60), counts.wait_for(|kept| *kept >= count)).await;
        assert!(waited.is_ok(), "{} of {count} came\n{}", *self.count.borrow(), log());
        self.kept.lock().expect("kept").clone()
    }
}
