//! A mailbox server of our own, small and badly behaved on demand.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, oneshot, watch};

use super::{Imap, ImapConfig, ImapState, ImapTls, pause};
use crate::inbound::{Envelope, Intake, Never, Verdict, Way};

const PASSWORD: &str = "open \"sesame\\";

/// A message of the server: its number, its bytes, whether it is marked as deleted.
type Kept = (u32, Vec<u8>, bool);

/// A server with one mailbox.
struct Server {
    can: &'static str,
    /// What comes instead of the greeting.
    greeting: &'static str,
    /// At which commands, once each, it hangs up.
    hangs_up_at: Mutex<Vec<&'static str>>,
    /// The size it tells of every message, when it does not count.
    guesses: Option<u64>,
    folders: Mutex<BTreeMap<String, Vec<Kept>>>,
    heard: Mutex<Vec<String>>,
    news: Notify,
}

impl Server {
    fn new(can: &'static str) -> Server {
        let folders = BTreeMap::from([("INBOX".to_string(), Vec::new())]);
        Server {
            can,
            greeting: "* OK ready",
            hangs_up_at: Mutex::default(),
            guesses: None,
            folders: Mutex::new(folders),
            heard: Mutex::default(),
            news: Notify::new(),
        }
    }

    fn add(&self, uid: u32, text: &str) {
        let mut folders = self.folders.lock().expect("folders");
        folders.get_mut("INBOX").expect("there").push((uid, text.as_bytes().to_vec(), false));
        drop(folders);
        self.news.notify_one();
    }

    /// The numbers of the messages in a folder that are not marked as deleted.
    fn numbers(&self, folder: &str) -> Vec<u32> {
        let folders = self.folders.lock().expect("folders");
        folders
            .get(folder)
            .map(|kept| kept.iter().filter(|kept| !kept.2).map(|kept| kept.0).collect())
            .unwrap_or_default()
    }

    fn heard(&self, word: &str) -> usize {
        self.heard.lock().expect("heard").iter().filter(|line| line.contains(word)).count()
    }

    fn hangs_up(&self, command: &str) -> bool {
        let mut faults = self.hangs_up_at.lock().expect("faults");
        let at = faults.iter().position(|fault| command.starts_with(fault));
        at.map(|at| faults.remove(at)).is_some()
    }

    async fn serve(self: Arc<Self>, listener: TcpListener) {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(Arc::clone(&self).talk(stream));
        }
    }

    async fn talk(self: Arc<Self>, stream: TcpStream) -> Option<()> {
        let (reads, mut writes) = stream.into_split();
        let mut lines = BufReader::new(reads).lines();
        writes.write_all(format!("{}\r\n", self.greeting).as_bytes()).await.ok()?;
        while let Some(line) = lines.next_line().await.ok()? {
            self.heard.lock().expect("heard").push(line.clone());
            let (tag, command) = line.split_once(' ')?;
            if self.hangs_up(command) {
                return None;
            }
            if command == "IDLE" {
                writes.write_all(b"+ waiting\r\n").await.ok()?;
                let done = tokio::select! {
                    line = lines.next_line() => line.ok()??,
                    () = self.news.notified() => {
                        writes.write_all(b"* 9 EXISTS\r\n").await.ok()?;
                        lines.next_line().await.ok()??
                    }
                };
                assert_eq!(done, "DONE");
            }
            if command == "AUTHENTICATE PLAIN" {
                writes.write_all(b"+ \r\n").await.ok()?;
                let secret = lines.next_line().await.ok()??;
                assert_eq!(secret, STANDARD.encode(format!("\0cirt\0{PASSWORD}")));
            }
            let answer = self.answer(command);
            writes.write_all(&answer.0).await.ok()?;
            writes.write_all(format!("{tag} {}\r\n", answer.1).as_bytes()).await.ok()?;
        }
        None
    }

    /// What is told, and how the command ends.
    fn answer(&self, command: &str) -> (Vec<u8>, String) {
        let ok = || "OK done".to_string();
        let told = |text: String| (text.into_bytes(), ok());
        let mut folders = self.folders.lock().expect("folders");
        let words: Vec<&str> = command.split(' ').collect();
        let uid: u32 = words.get(2).and_then(|word| word.parse().ok()).unwrap_or(0);
        match words[..] {
            ["CAPABILITY"] => told(format!("* CAPABILITY IMAP4rev1 {}\r\n", self.can)),
            ["LOGIN", ..] if command != "LOGIN \"cirt\" \"open \\\"sesame\\\\\"" => {
                (Vec::new(), "NO who are you".into())
            }
            ["LIST", _, name] if folders.contains_key(name.trim_matches('"')) => {
                told(format!("* LIST () \"/\" {name}\r\n"))
            }
            ["CREATE", name] => {
                folders.insert(name.trim_matches('"').into(), Vec::new());
                (Vec::new(), ok())
            }
            ["UID", "SEARCH", "UNDELETED"] => {
                let found = folders["INBOX"].iter().filter(|kept| !kept.2).map(|kept| format!(" {}", kept.0));
                told(format!("* 5 EXPUNGE\r\n* SEARCH{}\r\n", found.collect::<String>()))
            }
            ["UID", "FETCH", ..] => {
                let Some(kept) = folders["INBOX"].iter().find(|kept| kept.0 == uid) else { return (Vec::new(), ok()) };
                if kept.1 == b"unreadable" {
                    return (Vec::new(), "NO internal error".into());
                }
                if command.ends_with("(UID RFC822.SIZE)") {
                    let size = self.guesses.unwrap_or(kept.1.len() as u64);
                    return told(format!(
                        "* 1 FETCH (FLAGS (\\Seen)  UID 77)\r\n* 1 FETCH (UID {uid} RFC822.SIZE {size})\r\n"
                    ));
                }
                let mut bytes = format!("* 1 FETCH (FLAGS () UID {uid} BODY[] {{{}}}\r\n", kept.1.len()).into_bytes();
                bytes.extend_from_slice(&kept.1);
                bytes.extend_from_slice(b")\r\n");
                (bytes, ok())
            }
            ["UID", verb @ ("MOVE" | "COPY"), _, to] => {
                let inbox = folders.get_mut("INBOX").expect("there");
                let Some(at) = inbox.iter().position(|kept| kept.0 == uid) else { return (Vec::new(), ok()) };
                let moved = if verb == "MOVE" { inbox.remove(at) } else { inbox[at].clone() };
                folders.get_mut(to.trim_matches('"')).expect("made").push(moved);
                (Vec::new(), ok())
            }
            ["UID", "STORE", ..] => {
                let inbox = folders.get_mut("INBOX").expect("there");
                inbox.iter_mut().filter(|kept| kept.0 == uid).for_each(|kept| kept.2 = true);
                (Vec::new(), ok())
            }
            ["UID", "EXPUNGE", ..] => {
                folders.get_mut("INBOX").expect("there").retain(|kept| kept.0 != uid || !kept.2);
                (Vec::new(), ok())
            }
            ["EXPUNGE"] => panic!("what others marked would go, too"),
            ["LOGOUT"] => told("* BYE\r\n".into()),
            _ => (Vec::new(), ok()),
        }
    }
}

/// Takes messages; what it says stands in them.
#[derive(Default)]
struct Inbox {
    seen: Mutex<Vec<String>>,
    count: watch::Sender<usize>,
    envelopes: Mutex<Vec<Envelope>>,
}

impl Intake for Inbox {
    async fn take(&self, envelope: Envelope, message: Vec<u8>) -> Vec<Verdict> {
        let text = String::from_utf8(message).expect("text");
        let verdict = match text.split(' ').next() {
            Some("never") => Verdict::Never("no".into(), Never::Refused),
            Some("later") => Verdict::Later("wait".into()),
            _ => Verdict::Kept("R-1".into()),
        };
        self.seen.lock().expect("seen").push(text);
        self.envelopes.lock().expect("envelopes").push(envelope);
        self.count.send_modify(|count| *count += 1);
        vec![verdict]
    }
}

impl Inbox {
    fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("seen").clone()
    }

    async fn has_seen(&self, count: usize) {
        let mut counts = self.count.subscribe();
        let seen = counts.wait_for(|seen| *seen >= count);
        tokio::time::timeout(Duration::from_secs(30), seen).await.expect("in time").expect("counted");
    }
}

/// Reads the mailbox of a server until `work` is done.
async fn reading<T>(
    server: &Arc<Server>,
    change: impl FnOnce(&mut ImapConfig),
    work: impl AsyncFnOnce(&Inbox) -> T,
) -> T {
    let (imap, serving, _folder) = reader(server, change).await;
    let inbox = Arc::new(Inbox::default());
    let (stop, stopped) = oneshot::channel::<()>();
    let state = imap.state();
    let running = tokio::spawn({
        let inbox = Arc::clone(&inbox);
        async move {
            let told = async move {
                let _ = stopped.await;
            };
            imap.run(&*inbox, told).await;
        }
    });
    let result = work(&inbox).await;
    stop.send(()).expect("runs");
    tokio::time::timeout(Duration::from_secs(30), running).await.expect("in time").expect("ended");
    assert_eq!(*state.borrow(), ImapState::Resting);
    serving.abort();
    result
}

async fn reader(
    server: &Arc<Server>,
    change: impl FnOnce(&mut ImapConfig),
) -> (Imap, tokio::task::JoinHandle<()>, tempfile::TempDir) {
    use std::os::unix::fs::PermissionsExt as _;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let folder = tempfile::tempdir().expect("a folder");
    let secret = folder.path().join("secret");
    std::fs::write(&secret, format!("cirt\n{PASSWORD}\n")).expect("written");
    std::fs::set_permissions(&secret, std::fs::Permissions::from_mode(0o600)).expect("set");
    let mut config = ImapConfig {
        host: "127.0.0.1".into(),
        port: listener.local_addr().expect("an address").port(),
        tls: ImapTls::None,
        credentials_file: Some(secret),
        recipient: "cirt@example.org".into(),
        poll_seconds: 1,
        ..ImapConfig::default()
    };
    change(&mut config);
    let mut imap = Imap::new(&config).expect("made");
    imap.first_pause = Duration::from_millis(10);
    let serving = tokio::spawn(Arc::clone(server).serve(listener));
    (imap, serving, folder)
}

#[tokio::test]
async fn every_message_goes_where_its_verdict_says() {
    for can in ["MOVE IDLE", "MOVE", "UIDPLUS IDLE", "IDLE AUTH=PLAIN", "IDLE AUTH=PLAIN SASL-IR", "imap4rev2"] {
        let server = Arc::new(Server::new(can));
        for (uid, text) in [(4, "kept a"), (7, "never"), (9, "later"), (11, "unreadable"), (12, "kept b")] {
            server.add(uid, text);
        }
        let envelopes = reading(
            &server,
            |_| {},
            async |inbox| {
                inbox.has_seen(4).await;
                // What is to be tried later is tried, and what comes meanwhile is taken.
                server.add(20, "kept c");
                inbox.has_seen(6).await;
                inbox.envelopes.lock().expect("envelopes").clone()
            },
        )
        .await;
        assert_eq!((server.numbers("Done"), server.numbers("Failed")), (vec![4, 12, 20], vec![7]), "{can}");
        assert_eq!(server.numbers("INBOX"), [9, 11], "{can}");
        let way = (envelopes[0].way, envelopes[0].from.as_ref(), envelopes[0].to.concat());
        assert_eq!(way, (Way::Imap, None, "cirt@example.org".into()));
        assert_eq!(server.heard("LOGIN") == 0, can.contains("AUTH=PLAIN"), "{can}");
        assert_eq!(server.heard("IDLE") > 0, can.contains("IDLE") || can == "imap4rev2", "{can}");
    }
}

#[tokio::test]
async fn a_message_is_fetched_until_it_is_moved_and_no_longer() {
    for (can, fault) in [
        ("MOVE IDLE", "UID MOVE"),
        ("IDLE", "UID COPY"),
        ("IDLE", "UID STORE"),
        ("MOVE IDLE", "UID FETCH"),
        ("IDLE", "SELECT"),
    ] {
        let server = Arc::new(Server::new(can));
        server.hangs_up_at.lock().expect("faults").push(fault);
        server.add(1, "kept one");
        server.add(2, "kept two");
        let is_moving = fault.starts_with("UID") && fault != "UID FETCH";
        let seen = reading(
            &server,
            |_| {},
            async |inbox| {
                inbox.has_seen(if is_moving { 3 } else { 2 }).await;
                inbox.seen()
            },
        )
        .await;
        let expected: &[&str] =
            if is_moving { &["kept one", "kept one", "kept two"] } else { &["kept one", "kept two"] };
        assert_eq!(seen, expected, "{fault}");
        assert!(server.numbers("INBOX").is_empty(), "{fault}");
        // Between copy and mark the line may break: twice in a folder is better than nowhere.
        let done = server.numbers("Done");
        assert_eq!(done, if fault == "UID STORE" { vec![1, 1, 2] } else { vec![1, 2] }, "{fault}");
    }
}

#[tokio::test]
async fn what_is_too_large_is_not_fetched_or_not_kept() {
    for guesses in [None, Some(10)] {
        let mut server = Server::new("MOVE IDLE");
        server.guesses = guesses;
        let server = Arc::new(server);
        server.add(1, &"x".repeat(1001));
        server.add(2, &format!("kept {}", "x".repeat(995)));
        let seen = reading(
            &server,
            |config| config.max_message_bytes = 1000,
            async |inbox| {
                inbox.has_seen(1).await;
                inbox.seen()
            },
        )
        .await;
        assert_eq!((seen.len(), server.numbers("Failed"), server.numbers("Done")), (1, vec![1], vec![2]));
        assert_eq!(server.heard("UID FETCH 1 (UID BODY.PEEK[])"), usize::from(guesses.is_some()));
    }
}

#[tokio::test]
async fn who_cannot_come_in_is_told_why() {
    for (can, greeting, words) in [
        ("LOGINDISABLED", "* OK ready", "neither AUTH=PLAIN nor LOGIN"),
        ("IDLE", "* BYE full", "refused the connection (BYE): full"),
        ("IDLE", "220 this is a mail server", "not IMAP"),
        ("IDLE", "", "not IMAP"),
    ] {
        let mut server = Server::new(can);
        server.greeting = greeting;
        let (imap, serving, _folder) = reader(&Arc::new(server), |_| {}).await;
        let error = imap.probe().await.expect_err(words).to_string();
        assert!(error.contains(words), "{error}");
        serving.abort();
    }
    let server = Arc::new(Server::new("IDLE"));
    let (mut imap, _serving, _folder) = reader(&server, |_| {}).await;
    imap.credentials.1 = "wrong word".into();
    let error = imap.probe().await.expect_err("refused").to_string();
    assert_eq!(error, "the mailbox server refused the login: who are you");
    assert!(!format!("{imap:?}").contains("wrong word"));
    let (imap, _serving, _folder) = reader(&server, |config| config.port = 1).await;
    assert!(imap.probe().await.expect_err("nobody").to_string().starts_with("127.0.0.1:1: "));
}

#[test]
fn pauses_grow_up_to_five_minutes() {
    let first = Duration::from_secs(5);
    for (failures, seconds) in [(1, 5), (2, 10), (3, 20), (6, 160), (7, 300), (40, 300), (u32::MAX, 300)] {
        assert_eq!(pause(first, failures), Duration::from_secs(seconds), "{failures}");
    }
}
