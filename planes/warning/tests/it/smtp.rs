//! A real mail server on the loopback: Postfix into a Maildir with STARTTLS, and its `smtp-sink` for bad answers.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use manara_net::{MailConfig, Mailer, SmtpConfig, Tls, TransportKind};
use manara_warning::{NoticeState, approve, send_due};

use crate::house::{House, NOON, constituent, finding, house, input};

/// The reason not to run, or `None`. In CI it is no reason.
fn missing() -> bool {
    let here =
        ["/usr/sbin/postfix", "/usr/sbin/smtp-sink", "/usr/bin/openssl"].iter().all(|path| Path::new(path).exists());
    let root = Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout == b"0\n");
    let reason = match (here, root) {
        (false, _) => "apt-get install -y postfix",
        (true, false) => "Postfix starts as root only: run the tests as root",
        (true, true) => return false,
    };
    assert!(std::env::var("CI").as_deref() != Ok("true"), "{reason}");
    println!("not run: {reason}");
    true
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port()
}

fn wait_for(port: u16) {
    let start = Instant::now();
    while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "no server at {port}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A server that ends with the test.
struct Server {
    child: Child,
    port: u16,
    /// Where TLS begins with the first byte; Postfix only.
    wrapper_port: u16,
    folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // Postfix' master ends its own children when it is asked to.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let _ = self.child.wait();
    }
}

fn run(command: &str, args: &[&str], folder: &Path) {
    let out = Command::new(command).args(args).current_dir(folder).output().expect(command);
    assert!(out.status.success(), "{command} {args:?}: {}", String::from_utf8_lossy(&out.stderr));
}

/// Postfix with its own configuration, queue and Maildir.
fn postfix(extra: &str) -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let (port, wrapper_port) = (free_port(), free_port());
    run(
        "openssl",
        &[
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-subj",
            "/CN=Test root",
        ],
        at,
    );
    run(
        "openssl",
        &[
            "req",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-keyout",
            "server.key",
            "-out",
            "server.csr",
            "-subj",
            "/CN=localhost",
        ],
        at,
    );
    std::fs::write(at.join("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n").expect("written");
    run(
        "openssl",
        &[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "2",
            "-extfile",
            "names",
            "-out",
            "server.pem",
        ],
        at,
    );
    for part in ["queue", "data", "etc", "mail"] {
        std::fs::create_dir(at.join(part)).expect("made");
    }
    let shown = at.display();
    let main = format!(
        "compatibility_level = 3.6
queue_directory = {shown}/queue
data_directory = {shown}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
myhostname = localhost
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
alias_database =
relay_domains =
virtual_mailbox_domains = isp.example
virtual_mailbox_base = {shown}/mail
virtual_mailbox_maps = static:box/
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
virtual_minimum_uid = 1
virtual_mailbox_limit = 0
smtpd_tls_cert_file = {shown}/server.pem
smtpd_tls_key_file = {shown}/server.key
smtpd_tls_security_level = encrypt
smtpd_recipient_restrictions = {extra}permit_mynetworks, reject
maillog_file = /dev/stdout
shlib_directory = /usr/lib/postfix
"
    );
    std::fs::write(at.join("etc/main.cf"), main).expect("written");
    let master = format!(
        "127.0.0.1:{port} inet n - n - - smtpd
127.0.0.1:{wrapper_port} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"
    );
    std::fs::write(at.join("etc/master.cf"), master).expect("written");
    run("chmod", &["755", "."], at);
    run("chown", &["-R", "nobody:nogroup", "mail"], at);
    run("chown", &["postfix", "data"], at);
    let config = at.join("etc");
    let check = Command::new("/usr/sbin/postfix").args(["-c".as_ref(), config.as_os_str(), "check".as_ref()]).output();
    assert!(check.as_ref().is_ok_and(|out| out.status.success()), "{check:?}");
    let log = std::fs::File::create(at.join("log")).expect("a log");
    let child = Command::new("/usr/lib/postfix/sbin/master")
        .args(["-c".as_ref(), config.as_os_str(), "-d".as_ref()])
        .env("MAIL_CONFIG", &config)
        .stdin(Stdio::null())
        .stdout(log.try_clone().expect("a log"))
        .stderr(log)
        .spawn()
        .expect("master");
    let server = Server { child, port, wrapper_port, folder };
    wait_for(port);
    server
}

/// A server that gives the answers it is told to.
fn sink(args: &[&str]) -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let port = free_port();
    let child = Command::new("/usr/sbin/smtp-sink")
        .args(["-u", "nobody"])
        .args(args)
        .args([&format!("127.0.0.1:{port}"), "10"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("smtp-sink");
    let server = Server { child, port, wrapper_port: 0, folder };
    wait_for(port);
    server
}

fn mailer(port: u16, tls: Tls, root: Option<PathBuf>) -> Mailer {
    let smtp = SmtpConfig {
        host: "localhost".into(),
        port,
        tls,
        extra_root_file: root,
        timeout_seconds: 10,
        messages_per_minute: 60_000,
        ..SmtpConfig::default()
    };
    let config = MailConfig {
        transport: TransportKind::Smtp,
        from: "الفريق الوطني <cirt@example.org>".into(),
        smtp,
        ..MailConfig::default()
    };
    Mailer::new(&config).expect("a mailer")
}

async fn queued(languages: &[&str]) -> (House, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let db = manara_store::Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite");
    let house = house(db, folder).await;
    let constituents: Vec<_> = languages
        .iter()
        .map(|language| {
            let mut constituent = constituent(language, language);
            constituent.contacts[0].mail = format!("abuse-{language}@isp.example");
            constituent
        })
        .collect();
    let findings: Vec<_> = languages.iter().map(|language| finding(language, language, "192.0.2.1")).collect();
    let report = house.compose(&input(&constituents, &findings), NOON).await;
    house.fill(NOON).await;
    approve(&house.db, &report.drafted, "amina", None, NOON).await.expect("approved");
    (house, report.drafted)
}

/// The messages in the Maildir, when so many have come.
fn delivered(server: &Server, count: usize) -> Vec<String> {
    let new = server.folder.path().join("mail/box/new");
    let start = Instant::now();
    loop {
        let found: Vec<PathBuf> =
            std::fs::read_dir(&new).map(|dir| dir.flatten().map(|entry| entry.path()).collect()).unwrap_or_default();
        if found.len() >= count {
            return found.iter().map(|path| std::fs::read_to_string(path).expect("a message")).collect();
        }
        let log = std::fs::read_to_string(server.folder.path().join("log")).unwrap_or_default();
        assert!(start.elapsed() < Duration::from_secs(30), "{} of {count} delivered\n{log}", found.len());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn postfix_delivers_what_was_previewed_over_starttls() {
    if missing() {
        return;
    }
    let server = postfix("");
    let (house, ids) = queued(&["en", "ar", "fr"]).await;
    let root = server.folder.path().join("ca.pem");

    // Who is not trusted gets nothing.
    let stranger = mailer(server.port, Tls::Required, None);
    let report = send_due(&house.db, &house.blobs, &stranger, house.way(), None, NOON).await.expect("tried");
    assert_eq!((report.sent.len(), report.later), (0, 1));
    let error = house.get(&ids[0]).await.notice.error;
    assert!(error.contains("no encryption with") && error.contains("certificate"), "{error}");

    let friend = mailer(server.port, Tls::Required, Some(root));
    friend.probe().await.expect("reachable");
    let wrapped = mailer(server.wrapper_port, Tls::Wrapper, Some(server.folder.path().join("ca.pem")));
    wrapped.probe().await.expect("reachable with TLS from the first byte");
    let later = manara_model::Micros(NOON.0 + 2 * crate::house::MINUTE);
    let report = send_due(&house.db, &house.blobs, &friend, house.way(), None, later).await.expect("sent");
    assert_eq!(report.sent.len(), 3, "{report:?}");
    friend.close().await;
    let messages = delivered(&server, 3);
    for (id, language) in ids.iter().zip(["en", "ar", "fr"]) {
        let full = house.get(id).await;
        assert_eq!(full.notice.state, NoticeState::Sent);
        let message = messages.iter().find(|message| message.contains(&format!("Message-ID: <{id}@example.org>")));
        let message = message.expect("delivered");
        for line in [
            format!("Content-Language: {language}"),
            format!("X-Manara-Notice: {}", full.notice.number),
            "X-TLP: TLP:AMBER".into(),
            "Auto-Submitted: auto-generated".into(),
        ] {
            assert!(message.lines().any(|l| l == line), "{line} missing in\n{message}");
        }
        let parsed = parse(server.folder.path(), message);
        assert_eq!(parsed["subject"], full.notice.subject.as_str());
        let text = parsed["text"].as_str().expect("text").replace("\r\n", "\n");
        let shown = house.links.fill(&full.body, &full.notice);
        assert_eq!(text.trim_end(), shown.trim_end(), "what arrives is what was shown, with its link");
        for (at, file) in full.files.iter().enumerate() {
            assert_eq!(parsed["files"][at]["name"], file.name.as_str());
            assert_eq!(parsed["files"][at]["sha256"], file.sha256.as_str(), "what arrives is what was kept");
        }
    }
}

/// Reads a message with somebody else's reader.
fn parse(folder: &Path, message: &str) -> serde_json::Value {
    let script = r#"
import sys, json, email, email.policy, hashlib
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
files = [dict(name=p.get_filename(), sha256=hashlib.sha256(p.get_payload(decode=True)).hexdigest()) for p in m.iter_attachments()]
print(json.dumps(dict(subject=m["subject"], text=m.get_body().get_content(), files=files)))
"#;
    let path = folder.join("message");
    std::fs::write(&path, message).expect("written");
    let out = Command::new("python3")
        .args(["-c", script])
        .stdin(std::fs::File::open(&path).expect("opened"))
        .output()
        .expect("python3");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

#[tokio::test(flavor = "multi_thread")]
async fn postfix_refuses_and_the_notice_says_why() {
    if missing() {
        return;
    }
    for (restriction, state, words) in [
        ("check_recipient_access inline:{{isp.example = REJECT no such desk}}, ", NoticeState::Failed, "554"),
        ("check_recipient_access inline:{{isp.example = DEFER try tomorrow}}, ", NoticeState::Queued, "450"),
    ] {
        let server = postfix(restriction);
        let (house, ids) = queued(&["en"]).await;
        let mailer = mailer(server.port, Tls::Required, Some(server.folder.path().join("ca.pem")));
        let report = send_due(&house.db, &house.blobs, &mailer, house.way(), None, NOON).await.expect("tried");
        let notice = house.get(&ids[0]).await.notice;
        assert_eq!(notice.state, state, "{report:?} {}", notice.error);
        assert!(
            notice.error.contains("abuse-en@isp.example was not taken") && notice.error.contains(words),
            "{}",
            notice.error
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_bad_answer_leads_to_another_try_or_to_an_end() {
    if missing() {
        return;
    }
    for (args, state, words) in [
        (&["-r", "RCPT"][..], NoticeState::Queued, "was not taken: 450"),
        (&["-f", "RCPT"], NoticeState::Failed, "was not taken: 500"),
        (&["-r", "DATA"], NoticeState::Queued, "puts the message off: 450"),
        (&["-f", "DATA"], NoticeState::Failed, "refused the message: 500"),
        (&["-r", "."], NoticeState::Queued, "puts the message off: 450"),
        (&["-f", "."], NoticeState::Failed, "refused the message: 500"),
        (&["-f", "MAIL"], NoticeState::Queued, "does not take mail from cirt@example.org: 500"),
        (&["-q", "RCPT"], NoticeState::Queued, "broke off"),
        (&["-f", "EHLO"], NoticeState::Queued, "cannot reach"),
        (&["-f", "CONNECT"], NoticeState::Queued, "cannot reach"),
        (&[], NoticeState::Sent, ""),
    ] {
        let server = sink(args);
        let (house, ids) = queued(&["en"]).await;
        let report = send_due(&house.db, &house.blobs, &mailer(server.port, Tls::None, None), house.way(), None, NOON)
            .await
            .expect("tried");
        let notice = house.get(&ids[0]).await.notice;
        assert_eq!(notice.state, state, "{args:?} {report:?} {}", notice.error);
        assert!(notice.error.contains(words), "{args:?}: {}", notice.error);
        assert!(!notice.sending);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_encryption_nothing_is_sent_where_it_is_required() {
    if missing() {
        return;
    }
    let server = sink(&[]);
    for (tls, sent) in [(Tls::Required, false), (Tls::Wrapper, false), (Tls::Opportunistic, true), (Tls::None, true)] {
        let (house, ids) = queued(&["en"]).await;
        send_due(&house.db, &house.blobs, &mailer(server.port, tls, None), house.way(), None, NOON)
            .await
            .expect("tried");
        let notice = house.get(&ids[0]).await.notice;
        assert_eq!(notice.state == NoticeState::Sent, sent, "{tls:?} {}", notice.error);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_throttle_lets_some_go_and_says_when_to_come_back() {
    if missing() {
        return;
    }
    let server = sink(&[]);
    let languages = ["en", "ar", "fr"];
    let (house, _) = queued(&languages).await;
    let smtp = SmtpConfig {
        host: "127.0.0.1".into(),
        port: server.port,
        tls: Tls::None,
        messages_per_minute: 10,
        ..SmtpConfig::default()
    };
    let config =
        MailConfig { transport: TransportKind::Smtp, from: "cirt@example.org".into(), smtp, ..MailConfig::default() };
    let mailer = Mailer::new(&config).expect("a mailer");
    let report = send_due(&house.db, &house.blobs, &mailer, house.way(), None, NOON).await.expect("sent");
    assert_eq!(report.sent.len(), 1, "a tenth of a minute's messages");
    assert!(report.come_back_at.is_some());
}
