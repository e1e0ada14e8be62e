//! A mail server as small as can be: it takes letters on the loopback, keeps them, and sends one desk's away.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What came so far.
#[derive(Default)]
struct Kept {
    letters: Vec<String>,
    logins: Vec<String>,
}

/// The server; it ends with the test.
pub struct Post {
    port: u16,
    kept: Arc<Mutex<Kept>>,
}

impl Post {
    /// Opens the desk at a free port.
    pub fn open() -> Post {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let kept: Arc<Mutex<Kept>> = Arc::default();
        let shared = Arc::clone(&kept);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&shared);
                std::thread::spawn(move || talk(&stream, &shared));
            }
        });
        Post { port, kept }
    }

    /// Where it is.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The letters that came, as they came.
    pub fn letters(&self) -> Vec<String> {
        self.kept.lock().expect("the letters").letters.clone()
    }

    /// Who logged in, as `login/password`.
    pub fn logins(&self) -> Vec<String> {
        self.kept.lock().expect("the logins").logins.clone()
    }
}

/// One conversation; what is not understood ends it.
fn talk(stream: &TcpStream, kept: &Mutex<Kept>) -> Option<()> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let say = |text: &str| {
        let mut out = stream;
        write!(out, "{text}\r\n").ok()
    };
    say("220 post.example ESMTP")?;
    while let Some(line) = lines.next() {
        let upper = line.to_ascii_uppercase();
        match upper.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => say("250-post.example\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN")?,
            "AUTH" => {
                let coded = line.split(' ').nth(2).unwrap_or_default();
                let parts: Vec<String> =
                    decoded(coded).split(|b| *b == 0).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
                kept.lock().expect("the logins").logins.push(parts.get(1..).unwrap_or_default().join("/"));
                say("235 2.7.0 welcome")?;
            }
            "RCPT" if upper.contains("<NOBODY@") => say("550 5.1.1 no such desk")?,
            "MAIL" | "RCPT" | "RSET" | "NOOP" => say("250 2.0.0 Ok")?,
            "DATA" => {
                say("354 go on")?;
                let body: Vec<String> = lines.by_ref().take_while(|line| line != ".").collect();
                let mut kept = kept.lock().expect("the letters");
                kept.letters.push(body.join("\n"));
                let number = kept.letters.len();
                drop(kept);
                say(&format!("250 2.0.0 Ok: queued as T{number}"))?;
            }
            "QUIT" => return say("221 2.0.0 Bye"),
            _ => say("500 5.5.2 what?")?,
        }
    }
    Some(())
}

/// Base64, as AUTH PLAIN sends it.
fn decoded(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut bits, mut count, mut bytes) = (0u32, 0, Vec::new());
    for six in text.bytes().filter_map(|byte| LETTERS.iter().position(|letter| *letter == byte)) {
        bits = (bits << 6) | u32::try_from(six).unwrap_or_default();
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).unwrap_or_default());
        }
    }
    bytes
}
