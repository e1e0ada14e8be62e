//! A real mailbox server: messages are fetched, kept and moved, and those that come later are told of.

use std::process::{Command, Stdio};
use std::sync::Arc;

use manara_net::{Imap, ImapConfig, ImapState, ImapTls};

use crate::servers::{Inbox, Server, certificates, free_port, is_missing, run, secret};

/// Dovecot with one mailbox, encrypted from the first byte or by STARTTLS.
struct Dovecot {
    server: Server,
    imap: u16,
    imaps: u16,
}

fn not_here() -> bool {
    is_missing(
        &["/usr/sbin/dovecot", "/usr/lib/dovecot/imap", "/usr/bin/openssl"],
        "apt-get install -y dovecot-imapd openssl",
    )
}

impl Dovecot {
    fn start(extra: &str) -> Dovecot {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        let (imap, imaps) = (free_port(), free_port());
        certificates(at);
        for part in ["run", "state", "mail"] {
            std::fs::create_dir(at.join(part)).expect("made");
        }
        run("chmod", &["755", "."], at);
        run("chown", &["65534:65534", "mail"], at);
        let shown = at.display();
        let config = format!(
            "base_dir = {shown}/run
state_dir = {shown}/state
log_path = {shown}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{shown}/server.pem
ssl_key = <{shown}/server.key
disable_plaintext_auth = yes
mail_location = maildir:{shown}/mail/%u
mailbox_idle_check_interval = 1 secs
first_valid_uid = 1
{extra}
passdb {{
  driver = static
  args = password=sésame
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={shown}/mail/%u
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
"
        );
        std::fs::write(at.join("dovecot.conf"), config).expect("written");
        let out = std::fs::File::create(at.join("out")).expect("a file");
        let child = Command::new("/usr/sbin/dovecot")
            .args(["-F".as_ref(), "-c".as_ref(), at.join("dovecot.conf").as_os_str()])
            .stdin(Stdio::null())
            .stdout(out.try_clone().expect("a file"))
            .stderr(out)
            .spawn()
            .expect("dovecot");
        let mut server = Server { child, folder };
        server.wait_for(imap);
        server.wait_for(imaps);
        Dovecot { server, imap, imaps }
    }

    fn config(&self, tls: ImapTls) -> ImapConfig {
        let at = self.server.folder.path();
        ImapConfig {
            host: "localhost".into(),
            port: if tls == ImapTls::Implicit { self.imaps } else { self.imap },
            tls,
            credentials_file: Some(secret(&at.join("secret"), "cirt\nsésame\n")),
            extra_root_file: Some(at.join("ca.pem")),
            done_folder: "منجز".into(),
            failed_folder: "Échecs & autres".into(),
            max_message_bytes: 3_000_000,
            poll_seconds: 1,
            ..ImapConfig::default()
        }
    }

    /// Puts a message into the mailbox, as a server that delivers does.
    fn deliver(&self, name: &str, bytes: &[u8]) {
        let mailbox = self.server.folder.path().join("mail/cirt");
        for part in ["tmp", "new", "cur"] {
            std::fs::create_dir_all(mailbox.join(part)).expect("made");
        }
        std::fs::write(mailbox.join("tmp").join(name), bytes).expect("written");
        // By name: what Dovecot itself moves about meanwhile would be gone when all of it were walked through.
        let ours = ["mail/cirt", "mail/cirt/tmp", "mail/cirt/new", "mail/cirt/cur", &format!("mail/cirt/tmp/{name}")];
        run("chown", &[&["65534:65534"][..], &ours[..]].concat(), self.server.folder.path());
        std::fs::rename(mailbox.join("tmp").join(name), mailbox.join("new").join(name)).expect("moved");
    }

    /// How many messages are in a folder of the mailbox, by its name on the disk.
    fn count(&self, folder: &str) -> usize {
        let files = |part: &str| {
            let path = self.server.folder.path().join("mail/cirt").join(folder).join(part);
            std::fs::read_dir(path).map(Iterator::count).unwrap_or(0)
        };
        files("new") + files("cur")
    }

    fn log(&self) -> String {
        let out = std::fs::read_to_string(self.server.folder.path().join("out")).unwrap_or_default();
        format!("{}{out}", self.server.log())
    }
}

/// Reads the mailbox until it is told to stop.
fn read(imap: &Arc<Imap>, inbox: &Arc<Inbox>) -> (tokio::sync::oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let (imap, inbox) = (Arc::clone(imap), Arc::clone(inbox));
    let reading = tokio::spawn(async move {
        let told = async move {
            let _ = stopped.await;
        };
        imap.run(&*inbox, told).await;
    });
    (stop, reading)
}

/// What "منجز" and "Échecs & autres" are on the disk.
const DONE: &str = ".&BkUGRgYsBjI-";
const FAILED: &str = ".&AMk-checs &- autres";

#[tokio::test(flavor = "multi_thread")]
async fn messages_are_fetched_kept_moved_and_told_of() {
    if not_here() {
        return;
    }
    let message = |text: &str| format!("From: a@b.example\r\nSubject: x\r\n\r\n{text}\r\n").into_bytes();
    let large = message(&"0123456789 ünïcode {12}\r\n".repeat(80_000));
    for (tls, extra) in [
        (ImapTls::Implicit, ""),
        (ImapTls::StartTls, ""),
        (ImapTls::Implicit, "imap_capability = IMAP4rev1 LITERAL+ UIDPLUS AUTH=PLAIN"),
        (ImapTls::StartTls, "imap_capability = IMAP4rev1 STARTTLS IDLE AUTH=PLAIN"),
    ] {
        let dovecot = Dovecot::start(extra);
        let config = dovecot.config(tls);
        dovecot.deliver("1700000001.a", &message(".\r\n..\r\n)\r\nA1 OK done"));
        dovecot.deliver("1700000002.b", &large);
        dovecot.deliver("1700000003.c", &message(&"x".repeat(3_000_000)));
        let imap = Arc::new(Imap::new(&config).expect("made"));
        imap.probe().await.unwrap_or_else(|error| panic!("{error}\n{}", dovecot.log()));
        let mut state = imap.state();
        assert_eq!(*state.borrow_and_update(), ImapState::Resting);
        let inbox = Arc::new(Inbox::default());
        let (stop, reading) = read(&imap, &inbox);
        inbox.kept(2, || dovecot.log()).await;
        assert_eq!(*state.borrow_and_update(), ImapState::Reading);
        // It waits now, or will in a moment; either way the next message is taken.
        dovecot.deliver("1700000004.d", &message("later"));
        let kept = inbox.kept(3, || dovecot.log()).await;
        let bytes: Vec<&[u8]> = kept.iter().map(|(_, bytes)| bytes.as_slice()).collect();
        assert_eq!(bytes[0], message(".\r\n..\r\n)\r\nA1 OK done"), "{tls:?} {extra}");
        assert!(bytes[1] == large && bytes[2] == message("later"), "{tls:?} {extra}");
        stop.send(()).expect("reads");
        reading.await.expect("ended");
        assert_eq!((dovecot.count(DONE), dovecot.count(FAILED)), (3, 1), "{tls:?} {extra}\n{}", dovecot.log());
        // Without the right to remove single messages, ours stay, marked as deleted.
        let stays = !extra.contains("UIDPLUS") && !extra.is_empty();
        assert_eq!(dovecot.count(""), if stays { 4 } else { 0 }, "{tls:?} {extra}");
        // What is done is not fetched again, though it would be the first.
        dovecot.deliver("1700000005.e", &message("last"));
        let (stop, reading) = read(&imap, &inbox);
        let kept = inbox.kept(4, || dovecot.log()).await;
        assert_eq!(kept[3].1, message("last"), "{tls:?} {extra}");
        stop.send(()).expect("reads");
        reading.await.expect("ended");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_trusted_or_not_known_reads_nothing() {
    if not_here() {
        return;
    }
    let dovecot = Dovecot::start("");
    let probe =
        async |config: &ImapConfig| Imap::new(config).expect("made").probe().await.expect_err("refused").to_string();
    for tls in [ImapTls::Implicit, ImapTls::StartTls] {
        let config = dovecot.config(tls);
        let stranger = ImapConfig { extra_root_file: None, ..config.clone() };
        let error = probe(&stranger).await;
        assert!(error.starts_with("no encryption with localhost:") && error.contains("certificate"), "{error}");
        let wrong = secret(&dovecot.server.folder.path().join("wrong"), "cirt\nwrong\n");
        let error = probe(&ImapConfig { credentials_file: Some(wrong), ..config.clone() }).await;
        assert!(error.contains("refused the login") && !error.contains("wrong"), "{error}");
        let error = probe(&ImapConfig { folder: "Nowhere".into(), ..config }).await;
        assert!(error.contains("to open the folder \"Nowhere\""), "{error}");
    }
}
