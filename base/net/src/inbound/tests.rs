//! The listener as others meet it: over real sockets.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpStream, UnixStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;

use super::config::Limits;
use super::{Envelope, InboundConfig, InboundError, Intake, Listener, Never, Protocol, Verdict, Way, together};

/// Keeps what is brought; what it says depends on the recipient.
struct Inbox {
    kept: Mutex<Vec<(Envelope, Vec<u8>)>>,
    /// How many came.
    arrived: Semaphore,
    /// How many may be kept; who comes later waits.
    gate: Semaphore,
}

impl Default for Inbox {
    fn default() -> Self {
        Inbox { kept: Mutex::default(), arrived: Semaphore::new(0), gate: Semaphore::new(1000) }
    }
}

impl Intake for Inbox {
    async fn take(&self, envelope: Envelope, message: Vec<u8>) -> Vec<Verdict> {
        self.arrived.add_permits(1);
        self.gate.acquire().await.expect("open").forget();
        let verdict = |to: &String| match to.split('@').next().unwrap_or_default() {
            "later" => Verdict::Later("come again\r\n250 smuggled".into()),
            "large" => Verdict::Never("too much".into(), Never::TooLarge),
            "refused" => Verdict::Never("not you".into(), Never::Refused),
            "broken" => panic!("the intake broke"),
            _ => Verdict::Kept("as R-1".into()),
        };
        let verdicts = envelope.to.iter().filter(|to| !to.starts_with("silent@")).map(verdict).collect();
        self.kept.lock().expect("kept").push((envelope, message));
        verdicts
    }

    fn knows(&self, recipient: &str) -> bool {
        !recipient.starts_with("unknown@")
    }
}

/// A listener that is served, and what it took.
struct Served {
    at: SocketAddr,
    inbox: Arc<Inbox>,
    stop: oneshot::Sender<()>,
    ends: JoinHandle<()>,
}

impl Served {
    fn messages(&self) -> Vec<(Envelope, Vec<u8>)> {
        self.inbox.kept.lock().expect("kept").clone()
    }

    async fn connect(&self) -> Peer<TcpStream> {
        Peer { stream: BufReader::new(TcpStream::connect(self.at).await.expect("connected")) }
    }

    /// Connects, hears the greeting and greets.
    async fn greet(&self, hello: &str) -> Peer<TcpStream> {
        let mut peer = self.connect().await;
        assert!(peer.hear().await.starts_with("220 localhost "));
        peer.say(format!("{hello}\r\n")).await;
        assert!(peer.hear().await.ends_with("250 ENHANCEDSTATUSCODES\r\n"));
        peer
    }
}

async fn served(protocol: Protocol, limits: impl FnOnce(&mut Limits)) -> Served {
    let config = InboundConfig { protocol, listen: "127.0.0.1:0".into(), ..InboundConfig::default() };
    let mut listener = Listener::bind(&config).await.expect("bound");
    listener.limit(limits);
    let at = listener.address().expect("an address");
    let inbox = Arc::new(Inbox::default());
    let (stop, stopped) = oneshot::channel::<()>();
    let ends = tokio::spawn(listener.serve(Arc::clone(&inbox), async move {
        let _ = stopped.await;
    }));
    Served { at, inbox, stop, ends }
}

/// The other side.
struct Peer<S> {
    stream: BufReader<S>,
}

impl<S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin> Peer<S> {
    async fn say(&mut self, text: impl AsRef<[u8]>) {
        self.stream.get_mut().write_all(text.as_ref()).await.expect("said");
    }

    /// One answer with all its lines; nothing when the connection is over.
    async fn hear(&mut self) -> String {
        let mut answer = String::new();
        loop {
            let mut line = String::new();
            let read = in_time(self.stream.read_line(&mut line)).await.unwrap_or(0);
            answer.push_str(&line);
            if read == 0 || line.as_bytes().get(3) != Some(&b'-') {
                return answer;
            }
        }
    }

    /// Says each and hears an answer that begins as given.
    async fn talk(&mut self, script: &[(&str, &str)]) {
        for (said, expected) in script {
            self.say(format!("{said}\r\n")).await;
            let heard = self.hear().await;
            assert!(heard.starts_with(expected), "{said}: {heard}, not {expected}");
        }
    }

    async fn is_over(&mut self) -> bool {
        let mut rest = Vec::new();
        // A connection that is broken off is over, too.
        let _ = in_time(self.stream.read_to_end(&mut rest)).await;
        rest.is_empty()
    }
}

/// A test that would wait for ever fails instead.
async fn in_time<T>(future: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), future).await.expect("in time")
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient() {
    let served = served(Protocol::Lmtp, |_| {}).await;
    let mut peer = served.greet("LHLO mail.example.org").await;
    peer.talk(&[
        ("MAIL FROM:<reporter@example.org> SIZE=20 BODY=8BITMIME", "250 2.1.0 "),
        ("RCPT TO:<cirt@example.net>", "250 2.1.5 "),
        ("RCPT TO:<later@example.net>", "250 "),
        ("RCPT TO:<unknown@example.net>", "550 5.1.1 "),
        ("RCPT TO:<large@example.net>", "250 "),
        ("RCPT TO:<refused@example.net>", "250 "),
        ("RCPT TO:<silent@example.net>", "250 "),
        ("DATA", "354 "),
        ("Subject: x\r\n\r\n..dot\0\r\n.", "250 2.0.0 as R-1"),
    ])
    .await;
    for expected in ["451 4.3.0 come again 250 smuggled\r\n", "552 5.3.4 ", "554 5.7.1 ", "451 4.3.0 nobody"] {
        let heard = peer.hear().await;
        assert!(heard.starts_with(expected), "{heard}");
    }
    peer.talk(&[
        ("MAIL FROM:<>", "250 "),
        ("RCPT TO:<cirt@example.net>", "250 "),
        ("DATA", "354 "),
        (".", "250 "),
        ("QUIT", "221 "),
    ])
    .await;
    assert!(peer.is_over().await);
    let messages = served.messages();
    assert_eq!(messages.len(), 2);
    let (envelope, bytes) = &messages[0];
    assert_eq!((envelope.way, envelope.from.as_deref()), (Way::Lmtp, Some("reporter@example.org")));
    assert_eq!(envelope.to.len(), 5, "{:?}", envelope.to);
    assert_eq!((envelope.helo.as_str(), envelope.peer), ("mail.example.org", Some("127.0.0.1".parse().expect("IP"))));
    assert_eq!(bytes, b"Subject: x\r\n\r\n.dot\0\r\n");
    assert_eq!((&messages[1].0.from, messages[1].1.len()), (&None, 0));
}

#[tokio::test]
async fn smtp_has_one_answer_for_all() {
    let served = served(Protocol::Smtp, |_| {}).await;
    let mut peer = served.greet("EHLO [192.0.2.1]").await;
    for (to, expected) in [
        (&["cirt"][..], "250 2.0.0 as R-1"),
        (&["cirt", "refused"], "250 "),
        (&["cirt", "later"], "451 "),
        (&["refused", "large"], "554 "),
        (&["silent"], "451 "),
    ] {
        peer.talk(&[("MAIL FROM:<a@example.org>", "250 ")]).await;
        for name in to {
            peer.talk(&[(&format!("RCPT TO:<{name}@example.net>"), "250 ")]).await;
        }
        peer.talk(&[("DATA", "354 "), ("text\r\n.", expected), ("NOOP", "250 ")]).await;
    }
    assert_eq!(together(Vec::new()), Verdict::Later("nobody took it".into()));
}

#[tokio::test]
async fn commands_out_of_order_do_nothing() {
    let served = served(Protocol::Smtp, |limits| limits.mistakes = 100).await;
    let mut peer = served.connect().await;
    peer.hear().await;
    peer.talk(&[
        ("MAIL FROM:<a@example.org>", "503 "),
        ("LHLO a", "500 "),
        ("HELO a", "250 "),
        ("RCPT TO:<cirt@example.net>", "503 "),
        ("DATA", "503 "),
        ("MAIL FROM:<a@example.org>", "250 "),
        ("DATA", "503 5.5.1 no valid recipients"),
        ("MAIL FROM:<b@example.org>", "503 "),
        ("RCPT TO:<مكتب@example.net>", "553 5.6.7 "),
        ("RCPT TO:<cirt@example.net>", "250 "),
        ("RSET", "250 "),
        ("DATA", "503 "),
        ("MAIL FROM:<مكتب@example.org>", "553 "),
        ("MAIL FROM:<مكتب@example.org> SMTPUTF8", "250 "),
        ("RCPT TO:<cirt@example.net>", "250 "),
        ("EHLO again", "250"),
        ("DATA", "503 "),
        ("VRFY cirt", "252 "),
        ("HELP", "214 "),
        ("STARTTLS", "502 "),
        ("WHAT", "500 "),
        ("NOOP\nMAIL FROM:<a@example.org>", "500 "),
    ])
    .await;
    assert!(served.messages().is_empty());
}

#[tokio::test]
async fn what_is_sent_at_once_is_answered_in_order() {
    let served = served(Protocol::Lmtp, |_| {}).await;
    let mut peer = served.connect().await;
    let one =
        "MAIL FROM:<a@example.org>\r\nRCPT TO:<cirt@example.net>\r\nRCPT TO:<unknown@b.example>\r\nDATA\r\nx\r\n.\r\n";
    peer.say(format!("LHLO a\r\n{one}{one}QUIT\r\n")).await;
    let mut codes = Vec::new();
    loop {
        let heard = peer.hear().await;
        if heard.is_empty() {
            break;
        }
        codes.push(heard[..3].to_string());
    }
    let each = ["250", "250", "550", "354", "250"];
    assert_eq!(codes, [&["220", "250"][..], &each, &each, &["221"]].concat());
    assert_eq!(served.messages().len(), 2);
}

#[tokio::test]
async fn nothing_but_the_whole_end_ends_a_message() {
    for protocol in [Protocol::Lmtp, Protocol::Smtp] {
        let served = served(protocol, |_| {}).await;
        let hello = if protocol == Protocol::Lmtp { "LHLO a" } else { "EHLO a" };
        for end in ["\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r.\r\n", "\r\n.\r"] {
            let mut peer = served.greet(hello).await;
            peer.talk(&[("MAIL FROM:<a@b.example>", "250"), ("RCPT TO:<cirt@b.example>", "250"), ("DATA", "354")])
                .await;
            let hidden = "MAIL FROM:<forged@example.org>\r\nRCPT TO:<cirt@b.example>\r\nDATA\r\nforged";
            peer.talk(&[(&format!("x{end}{hidden}\r\n."), "554 5.5.2 "), ("QUIT", "221 ")]).await;
            assert!(peer.is_over().await, "{end:?}");
        }
        // A lone line end that hides nothing is refused of strangers and kept of our own server.
        let mut peer = served.greet(hello).await;
        peer.talk(&[("MAIL FROM:<a@b.example>", "250"), ("RCPT TO:<cirt@b.example>", "250"), ("DATA", "354")]).await;
        let expected = if protocol == Protocol::Lmtp { "250 " } else { "554 " };
        peer.talk(&[("one\ntwo\rthree\r\n.", expected)]).await;
        let kept: Vec<Vec<u8>> = served.messages().into_iter().map(|(_, bytes)| bytes).collect();
        assert_eq!(kept, if protocol == Protocol::Lmtp { vec![b"one\ntwo\rthree\r\n".to_vec()] } else { vec![] });
    }
}

#[tokio::test]
async fn every_limit_has_its_answer() {
    let tight = served(Protocol::Lmtp, |limits| {
        limits.message_bytes = 100;
        limits.recipients = 2;
        limits.commands = 22;
        limits.mistakes = 3;
    })
    .await;
    let mut peer = tight.greet("LHLO a").await;
    peer.talk(&[
        ("MAIL FROM:<a@example.org> SIZE=101", "552 5.3.4 "),
        ("MAIL FROM:<a@example.org> SIZE=100", "250 "),
        ("RCPT TO:<a@example.net>", "250 "),
        ("RCPT TO:<b@example.net>", "250 "),
        ("RCPT TO:<c@example.net>", "452 4.5.3 "),
        ("DATA", "354 "),
        (&format!("{}\r\n.", "x".repeat(99)), "552 5.3.4 "),
    ])
    .await;
    assert!(peer.hear().await.starts_with("552 "), "the second recipient is told, too");
    peer.talk(&[("MAIL FROM:<a@example.org>", "250 "), ("RCPT TO:<a@example.net>", "250 "), ("DATA", "354 ")]).await;
    peer.talk(&[(&format!("{}\r\n.", "x".repeat(98)), "250 ")]).await;
    for _ in 0..12 {
        peer.talk(&[("NOOP", "250 ")]).await;
    }
    peer.talk(&[("NOOP", "421 4.7.0 too many commands")]).await;
    assert!(peer.is_over().await);

    let mut peer = tight.greet("LHLO a").await;
    peer.talk(&[("MAIL FROM:<a@example.org>", "250 "), ("RCPT TO:<a@example.net>", "250 "), ("DATA", "354 ")]).await;
    peer.talk(&[(&"x".repeat(500), "552 5.3.4 ")]).await;
    assert!(peer.is_over().await, "who sends far more than is taken is not read to the end");

    let mut peer = tight.greet("LHLO a").await;
    peer.talk(&[("A", "500 "), ("B", "500 "), ("C", "500 ")]).await;
    assert!(peer.hear().await.starts_with("421 4.7.0 too many mistakes"));
    assert!(peer.is_over().await);

    let mut peer = tight.greet("LHLO a").await;
    peer.say("x".repeat(2049)).await;
    assert!(peer.hear().await.starts_with("500 5.5.2 line too long"));
    let mut peer = tight.greet("LHLO a").await;
    peer.talk(&[("POST / HTTP/1.1", "421 ")]).await;
    assert!(peer.is_over().await, "a browser that was led here is not listened to");
}

#[tokio::test]
async fn memory_is_shared_and_comes_back() {
    let served = served(Protocol::Lmtp, |limits| limits.memory_bytes = 1500).await;
    served.inbox.gate.forget_permits(1000);
    let text = format!("{}\r\n.", "x".repeat(998));
    let open = [("MAIL FROM:<a@b.example>", "250 "), ("RCPT TO:<cirt@b.example>", "250 "), ("DATA", "354 ")];
    let mut first = served.greet("LHLO a").await;
    let mut second = served.greet("LHLO a").await;
    first.talk(&open).await;
    first.say(format!("{text}\r\n")).await;
    in_time(served.inbox.arrived.acquire()).await.expect("arrived").forget();
    second.talk(&open).await;
    second.talk(&[(&text, "452 4.3.1 ")]).await;
    served.inbox.gate.add_permits(10);
    assert!(first.hear().await.starts_with("250 "));
    second.talk(&open).await;
    second.talk(&[(&text, "250 ")]).await;
}

#[tokio::test]
async fn who_is_slow_is_given_up() {
    let quick = Duration::from_millis(100);
    let silent = served(Protocol::Lmtp, |limits| limits.idle = quick).await;
    let mut peer = silent.connect().await;
    assert!(peer.hear().await.starts_with("220 "));
    assert!(peer.hear().await.starts_with("421 4.4.2 "));
    assert!(peer.is_over().await);

    // Bytes come all the time, but the end does not.
    let endless = served(Protocol::Lmtp, |limits| limits.message = quick).await;
    let mut peer = endless.greet("LHLO a").await;
    peer.talk(&[("MAIL FROM:<a@b.example>", "250 "), ("RCPT TO:<c@b.example>", "250 "), ("DATA", "354 ")]).await;
    let (reads, mut writes) = peer.stream.into_inner().into_split();
    let dripping = tokio::spawn(async move { while writes.write_all(b"x").await.is_ok() {} });
    let mut heard = String::new();
    in_time(BufReader::new(reads).read_line(&mut heard)).await.expect("heard");
    assert!(heard.starts_with("421 4.4.2 "), "{heard}");
    in_time(dripping).await.expect("refused");
    assert!(endless.messages().is_empty());

    let long = served(Protocol::Lmtp, |limits| limits.session = quick).await;
    let mut peer = long.greet("LHLO a").await;
    let heard = loop {
        peer.say("NOOP\r\n").await;
        let heard = peer.hear().await;
        if !heard.starts_with("250 ") {
            break heard;
        }
    };
    assert!(heard.starts_with("421 "), "{heard}");
}

#[tokio::test]
async fn an_intake_that_breaks_or_sleeps_keeps_nothing_and_stops_nobody() {
    let served = served(Protocol::Lmtp, |limits| limits.intake = Duration::from_millis(100)).await;
    let mut peer = served.greet("LHLO a").await;
    peer.talk(&[("MAIL FROM:<a@b.example>", "250 "), ("RCPT TO:<broken@b.example>", "250 "), ("DATA", "354 ")]).await;
    peer.say("x\r\n.\r\n").await;
    assert!(peer.is_over().await, "no answer is no promise");
    served.inbox.gate.forget_permits(1000);
    let mut peer = served.greet("LHLO a").await;
    peer.talk(&[("MAIL FROM:<a@b.example>", "250 "), ("RCPT TO:<cirt@b.example>", "250 "), ("DATA", "354 ")]).await;
    peer.talk(&[("x\r\n.", "451 "), ("QUIT", "221 ")]).await;
    assert!(served.messages().is_empty());
}

#[tokio::test]
async fn a_stop_lets_the_present_message_through() {
    let served = served(Protocol::Lmtp, |_| {}).await;
    let mut idle = served.greet("LHLO a").await;
    let mut busy = served.greet("LHLO a").await;
    busy.talk(&[("MAIL FROM:<a@b.example>", "250 "), ("RCPT TO:<cirt@b.example>", "250 "), ("DATA", "354 ")]).await;
    served.stop.send(()).expect("told");
    assert!(idle.hear().await.starts_with("421 4.3.2 "));
    assert!(idle.is_over().await);
    busy.talk(&[("x\r\n.", "250 ")]).await;
    assert!(busy.hear().await.starts_with("421 4.3.2 "));
    in_time(served.ends).await.expect("ended");
    assert_eq!(served.inbox.kept.lock().expect("kept").len(), 1);
    assert!(TcpStream::connect(served.at).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn fifty_bring_mail_at_once_and_the_next_is_asked_to_wait() {
    let served = Arc::new(served(Protocol::Lmtp, |_| {}).await);
    let mut peers = Vec::new();
    for _ in 0..50 {
        peers.push(served.greet("LHLO a").await);
    }
    let mut late = served.connect().await;
    assert!(late.hear().await.starts_with("421 4.3.2 "));
    assert!(late.is_over().await);
    let talks = peers.into_iter().enumerate().map(|(at, mut peer)| {
        tokio::spawn(async move {
            for message in 0..10 {
                peer.talk(&[
                    ("MAIL FROM:<a@b.example>", "250 "),
                    (&format!("RCPT TO:<p{at}-{message}@b.example>"), "250 "),
                    ("DATA", "354 "),
                    (&format!("{at} {message}\r\n."), "250 "),
                ])
                .await;
            }
            peer.talk(&[("QUIT", "221 ")]).await;
        })
    });
    for talk in talks.collect::<Vec<_>>() {
        talk.await.expect("talked");
    }
    let mut told: Vec<(String, String)> = served
        .messages()
        .into_iter()
        .map(|(envelope, bytes)| (envelope.to.concat(), String::from_utf8(bytes).expect("text")))
        .collect();
    told.sort();
    told.dedup();
    assert_eq!(told.len(), 500);
    for (to, text) in told {
        assert_eq!(to, format!("p{}@b.example", text.trim_end().replace(' ', "-")));
    }
}

#[tokio::test]
async fn who_may_not_bring_mail_hears_so() {
    let config = InboundConfig {
        listen: "127.0.0.1:0".into(),
        allow: vec!["203.0.113.0/24".into()],
        ..InboundConfig::default()
    };
    let listener = Listener::bind(&config).await.expect("bound");
    let at = listener.address().expect("an address");
    let inbox = Arc::new(Inbox::default());
    let serving = tokio::spawn(listener.serve(inbox, std::future::pending()));
    let mut peer = Peer { stream: BufReader::new(TcpStream::connect(at).await.expect("connected")) };
    assert_eq!(peer.hear().await, "554 localhost takes no mail from 127.0.0.1\r\n");
    assert!(peer.is_over().await);
    serving.abort();
}

#[tokio::test]
async fn a_socket_in_the_file_system_is_opened_again_after_a_crash() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lmtp");
    let shown = path.display().to_string();
    drop(std::os::unix::net::UnixListener::bind(&path).expect("left behind"));
    assert!(path.exists(), "nobody removed it");
    let listener = Listener::lmtp(&shown).await.expect("bound");
    assert_eq!(std::fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o660);
    assert!(matches!(Listener::lmtp(&shown).await, Err(InboundError::Bind { .. })), "it is in use");
    let inbox = Arc::new(Inbox::default());
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = tokio::spawn(listener.serve(Arc::clone(&inbox), async move {
        let _ = stopped.await;
    }));
    let mut peer = Peer { stream: BufReader::new(UnixStream::connect(&path).await.expect("connected")) };
    peer.hear().await;
    peer.talk(&[("LHLO a", "250"), ("MAIL FROM:<a@b.example>", "250 "), ("RCPT TO:<cirt@b.example>", "250 ")]).await;
    peer.talk(&[("DATA", "354 "), ("x\r\n.", "250 "), ("QUIT", "221 ")]).await;
    assert_eq!(inbox.kept.lock().expect("kept")[0].0.peer, None);
    stop.send(()).expect("told");
    in_time(serving).await.expect("ended");
    assert!(!path.exists());
    std::fs::write(&path, "no socket").expect("written");
    assert!(Listener::lmtp(&shown).await.is_err());
    assert_eq!(std::fs::read_to_string(&path).expect("still there"), "no socket");
}

#[tokio::test]
async fn what_cannot_work_is_refused_before_anything_is_opened() {
    let usual = || InboundConfig { listen: "127.0.0.1:0".into(), ..InboundConfig::default() };
    for (config, words) in [
        (InboundConfig { listen: "25".into(), ..usual() }, "neither an address"),
        (InboundConfig { host_name: "a\r\nb".into(), ..usual() }, "host_name"),
        (InboundConfig { certificate_file: Some("/c.pem".into()), ..usual() }, "needed together"),
        (
            InboundConfig { certificate_file: Some("/c.pem".into()), key_file: Some("/k.pem".into()), ..usual() },
            "/c.pem",
        ),
        (InboundConfig { max_sessions: 0, ..usual() }, "max_sessions must be at least 1"),
    ] {
        let error = Listener::bind(&config).await.expect_err(words).to_string();
        assert!(error.contains(words), "{error}");
    }
    let listener = Listener::smtp("127.0.0.1:0").await.expect("bound");
    let at = listener.address().expect("an address").to_string();
    assert!(matches!(Listener::smtp(&at).await, Err(InboundError::Bind { .. })), "the place is taken");
}
