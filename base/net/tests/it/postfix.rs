//! A real mail server brings mail to the listener, by LMTP and SMTP, and what it brings still has our signature.

use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use manara_model::{Micros, Tlp};
use manara_net::{
    Addressee, Conversation, DkimConfig, InboundConfig, Letter, Listener, MailConfig, Mailer, Protocol, SmtpConfig,
    Tls, TransportKind, Way,
};

use crate::servers::{Inbox, Server, certificates, free_port, is_missing, run, secret};

fn not_here() -> bool {
    is_missing(
        &["/usr/sbin/postfix", "/usr/sbin/smtp-source", "/usr/bin/openssl"],
        "apt-get install -y postfix openssl",
    )
}

/// Postfix with its own configuration and queue, which brings all mail for `cirt.example` where it is told.
struct Postfix {
    server: Server,
    port: u16,
}

impl Postfix {
    fn start(transport: &str) -> Postfix {
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        let port = free_port();
        for part in ["queue", "data", "etc"] {
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
virtual_mailbox_domains = cirt.example
virtual_mailbox_maps = static:all
virtual_transport = {transport}
default_transport = error:nothing leaves this test
smtp_tls_security_level = none
lmtp_tls_security_level = may
message_size_limit = 50000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_client_connection_count_limit = 0
maillog_file = /dev/stdout
shlib_directory = /usr/lib/postfix
"
        );
        std::fs::write(at.join("etc/main.cf"), main).expect("written");
        let master = format!(
            "127.0.0.1:{port} inet n - n - - smtpd
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
smtp unix - - n - - smtp
lmtp unix - - n - - lmtp
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
showq unix n - n - - showq
postlog unix-dgram n - n - 1 postlogd
"
        );
        std::fs::write(at.join("etc/master.cf"), master).expect("written");
        run("chmod", &["755", "."], at);
        run("chown", &["postfix", "data"], at);
        let config = at.join("etc");
        let check =
            Command::new("/usr/sbin/postfix").args(["-c".as_ref(), config.as_os_str(), "check".as_ref()]).output();
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
        let mut server = Server { child, folder };
        server.wait_for(port);
        Postfix { server, port }
    }

    /// Waits for a word in the log.
    async fn says(&self, word: &str) {
        let start = Instant::now();
        while !self.server.log().contains(word) {
            assert!(start.elapsed() < Duration::from_secs(60), "{word:?} is not in\n{}", self.server.log());
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Tries what was put off again.
    fn flush(&self) {
        let config = self.server.folder.path().join("etc");
        let flushed =
            Command::new("/usr/sbin/postqueue").args(["-c".as_ref(), config.as_os_str(), "-f".as_ref()]).status();
        assert!(flushed.is_ok_and(|status| status.success()));
    }
}

/// A listener that is served for as long as the test lasts.
async fn serve(config: InboundConfig) -> (String, Arc<Inbox>) {
    let listener = Listener::bind(&config).await.expect("bound");
    let at = listener.address().map_or(config.listen, |address| address.to_string());
    let inbox = Arc::new(Inbox::default());
    tokio::spawn(listener.serve(Arc::clone(&inbox), std::future::pending()));
    (at, inbox)
}

fn listening(protocol: Protocol) -> InboundConfig {
    InboundConfig { protocol, listen: "127.0.0.1:0".into(), ..InboundConfig::default() }
}

fn mailer(port: u16, dkim: Option<DkimConfig>) -> Mailer {
    let smtp = SmtpConfig { host: "127.0.0.1".into(), port, tls: Tls::None, ..SmtpConfig::default() };
    let from = "CIRT <cirt@example.org>".into();
    Mailer::new(&MailConfig { transport: TransportKind::Smtp, from, smtp, dkim, ..MailConfig::default() })
        .expect("a mailer")
}

fn letter(id: &str, to: &[&str]) -> Letter {
    Letter {
        id: id.into(),
        reference: "R-1".into(),
        date: Micros(1_768_435_200_000_000),
        to: to.iter().map(|to| Addressee { name: "مكتب".into(), mail: format!("{to}@cirt.example") }).collect(),
        subject: "إشعار: 3 أجهزة في شبكتكم تحتاج إلى عنايتكم اليوم، والتفاصيل في الملف المرفق".into(),
        text: ".\n..\n.dot\nFrom me\n\ttab  \n\n\n".into(),
        language: "ar".into(),
        tlp: Tlp::Amber,
        attachments: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn postfix_brings_mail_by_lmtp_and_each_recipient_has_an_answer() {
    if not_here() {
        return;
    }
    let (at, inbox) = serve(listening(Protocol::Lmtp)).await;
    let postfix = Postfix::start(&format!("lmtp:inet:{at}"));
    let mailer = mailer(postfix.port, None);
    let mail = mailer.build(&letter("one", &["cirt", "later", "refused", "unknown"])).expect("built");
    mailer.send(&mail).await.expect("handed over");
    let kept = inbox.kept(1, || postfix.server.log()).await;
    let (envelope, bytes) = &kept[0];
    assert_eq!((envelope.way, envelope.from.as_deref()), (Way::Lmtp, Some("cirt@example.org")));
    assert_eq!(envelope.to, ["cirt@cirt.example", "later@cirt.example", "refused@cirt.example"]);
    let text = String::from_utf8(bytes.clone()).expect("text");
    // The end of a message is a line of its own: whoever sends one that ends with a line adds an empty one.
    let body = |text: &str| text.split_once("\r\n\r\n").expect("a body").1.trim_end_matches("\r\n").to_string();
    assert_eq!(body(&text), body(&String::from_utf8(mail.bytes).expect("text")), "not a byte is another");
    for words in ["250 2.0.0 as R-1", "451 4.3.0 not now", "554 5.7.1 not you", "550 5.1.1 no such recipient"] {
        postfix.says(words).await;
    }
    postfix.flush();
    let kept = inbox.kept(2, || postfix.server.log()).await;
    assert_eq!(kept[1].0.to, ["later@cirt.example"], "who was put off is brought again, and nobody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn hundreds_of_messages_come_through_a_socket_in_the_file_system() {
    use std::os::unix::fs::PermissionsExt as _;
    if not_here() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    run("chmod", &["755", "."], folder.path());
    let path = folder.path().join("lmtp");
    let config = InboundConfig { listen: path.display().to_string(), ..InboundConfig::default() };
    let (at, inbox) = serve(config).await;
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).expect("set");
    let postfix = Postfix::start(&format!("lmtp:unix:{at}"));
    let start = Instant::now();
    let port = format!("127.0.0.1:{}", postfix.port);
    let source = ["-s", "10", "-m", "300", "-l", "20000", "-t", "cirt@cirt.example", &port];
    run("/usr/sbin/smtp-source", &source, Path::new("/"));
    let kept = inbox.kept(300, || postfix.server.log()).await;
    println!("300 messages of 20,000 bytes in {:?}", start.elapsed());
    assert!(kept.iter().all(|(envelope, bytes)| envelope.peer.is_none() && bytes.len() > 20_000));
}

#[tokio::test(flavor = "multi_thread")]
async fn postfix_brings_mail_encrypted_and_by_smtp() {
    if not_here() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    certificates(folder.path());
    for protocol in [Protocol::Lmtp, Protocol::Smtp] {
        let config = InboundConfig {
            certificate_file: Some(folder.path().join("server.pem")),
            key_file: Some(folder.path().join("server.key")),
            ..listening(protocol)
        };
        let (at, inbox) = serve(config).await;
        let is_lmtp = protocol == Protocol::Lmtp;
        let (host, port) = at.rsplit_once(':').expect("a port");
        let transport = if is_lmtp { format!("lmtp:inet:{at}") } else { format!("smtp:[{host}]:{port}") };
        let postfix = Postfix::start(&transport);
        let mailer = mailer(postfix.port, None);
        let mail = mailer.build(&letter("one", &["cirt", "second"])).expect("built");
        mailer.send(&mail).await.expect("handed over");
        let kept = inbox.kept(1, || postfix.server.log()).await;
        let envelope = &kept[0].0;
        assert_eq!(envelope.way, if is_lmtp { Way::Lmtp } else { Way::Smtp });
        assert_eq!((envelope.is_encrypted, envelope.to.len()), (is_lmtp, 2), "as Postfix was told");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_before_encryption_does_not_count_as_said_under_it() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    if not_here() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    certificates(folder.path());
    let config = InboundConfig {
        certificate_file: Some(folder.path().join("server.pem")),
        key_file: Some(folder.path().join("server.key")),
        ..listening(Protocol::Smtp)
    };
    let (at, inbox) = serve(config).await;
    let mut stream = tokio::net::TcpStream::connect(&at).await.expect("connected");
    let hidden =
        "EHLO a\r\nSTARTTLS\r\nMAIL FROM:<forged@example.org>\r\nRCPT TO:<cirt@cirt.example>\r\nDATA\r\nx\r\n.\r\n";
    stream.write_all(hidden.as_bytes()).await.expect("said");
    let mut heard = String::new();
    stream.read_to_string(&mut heard).await.expect("heard");
    assert!(heard.contains("250-STARTTLS\r\n"), "{heard}");
    assert!(heard.ends_with("421 4.7.0 nothing may follow STARTTLS before the handshake\r\n"), "{heard}");
    // `openssl` shakes hands, and has to greet again before it may do anything.
    let at = at.clone();
    let script = format!(
        "(printf 'MAIL FROM:<a@b.example>\\r\\nQUIT\\r\\n') | timeout 20 openssl s_client -quiet -ign_eof -starttls smtp -connect {at} \
         -CAfile ca.pem -verify_return_error 2>&1"
    );
    let out = Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output().expect("sh");
    let heard = String::from_utf8_lossy(&out.stdout);
    assert!(heard.contains("503 5.5.1 greet first") && heard.contains("221 "), "{heard}");
    assert!(inbox.kept(0, String::new).await.is_empty());
}

/// A Python that can check signatures; what Debian packages is seen by Debian's alone.
fn checker() -> Option<&'static str> {
    let can = |python: &&str| {
        let tried = Command::new(python).args(["-c", "import dkim, nacl"]).stderr(Stdio::null()).status();
        tried.is_ok_and(|status| status.success())
    };
    ["python3", "/usr/bin/python3"].into_iter().find(can)
}

/// What another checker says of a signature.
fn is_believed(python: &str, folder: &Path, message: &[u8], record: &str) -> bool {
    let script = "import sys, dkim\nmessage = open('message', 'rb').read()\nrecord = sys.argv[1].encode()\n\
        print(dkim.verify(message, dnsfunc=lambda name, timeout=5: record))";
    std::fs::write(folder.join("message"), message).expect("written");
    let out = Command::new(python).args(["-c", script, record]).current_dir(folder).output().expect("python3");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    out.stdout == b"True\n"
}

#[tokio::test(flavor = "multi_thread")]
async fn others_believe_our_signature_after_the_way_through_a_server() {
    let Some(python) = checker() else {
        is_missing(&["dkim"], "apt-get install -y python3-dkim python3-nacl");
        return;
    };
    if not_here() {
        return;
    }
    let (at, inbox) = serve(listening(Protocol::Lmtp)).await;
    let postfix = Postfix::start(&format!("lmtp:inet:{at}"));
    let folder = tempfile::tempdir().expect("a folder");
    for (count, kind) in [(1, "rsa:2048"), (2, "ed25519")] {
        run(
            "openssl",
            &["req", "-x509", "-newkey", kind, "-nodes", "-keyout", "made.pem", "-out", "c", "-subj", "/CN=x"],
            folder.path(),
        );
        let made = std::fs::read_to_string(folder.path().join("made.pem")).expect("a key");
        let key_file = secret(&folder.path().join("key.pem"), &made);
        let dkim = DkimConfig { domain: "example.org".into(), selector: "k1".into(), key_file };
        let mailer = mailer(postfix.port, Some(dkim));
        let (name, record) = mailer.dkim_record().expect("a record");
        assert_eq!(name, "k1._domainkey.example.org");
        let conversation = Conversation {
            in_reply_to: "a@b.example".into(),
            references: (0..30).map(|at| format!("{at}-{}@b.example", "x".repeat(60))).collect(),
            cc: vec![Addressee { name: "Quelqu'un d'autre à côté".into(), mail: "second@cirt.example".into() }],
            ..Conversation::default()
        };
        let mail = mailer.build_in(&letter(kind, &["cirt"]), &conversation).expect("built");
        assert!(is_believed(python, folder.path(), &mail.bytes, &record), "{}", mail.header());
        mailer.send(&mail).await.expect("handed over");
        let kept = inbox.kept(count, || postfix.server.log()).await;
        let bytes = &kept[count - 1].1;
        assert!(is_believed(python, folder.path(), bytes, &record), "{}", String::from_utf8_lossy(bytes));
        let text = String::from_utf8(bytes.clone()).expect("text");
        for (from, to) in [
            ("\r\nTo: ", "\r\nCc: another@example.org\r\nTo: "),
            ("\r\nFrom: ", "\r\nFrom: another@example.org\r\nFrom: "),
            ("X-TLP: TLP:AMBER", "X-TLP: TLP:CLEAR"),
            ("From me", "From us"),
        ] {
            let changed = text.replacen(from, to, 1);
            assert_ne!(changed, text, "{from}");
            assert!(!is_believed(python, folder.path(), changed.as_bytes(), &record), "{from}");
        }
    }
}
