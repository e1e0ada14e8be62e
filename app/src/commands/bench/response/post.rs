//! Mail through the real door: how many a second are kept, and how long one waits for "250".

use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

use super::Line;

/// Connections that a mail server has open at once.
const CONNECTIONS: u64 = 16;

/// An open conversation by LMTP.
pub struct Post {
    read: BufReader<OwnedReadHalf>,
    write: OwnedWriteHalf,
}

impl Post {
    /// Opens one.
    pub async fn open(address: &str) -> anyhow::Result<Post> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (read, write) = stream.into_split();
        let mut post = Post { read: BufReader::new(read), write };
        post.hear().await?;
        post.say("LHLO bench.example\r\n").await?;
        Ok(post)
    }

    async fn hear(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        loop {
            line.clear();
            ensure!(self.read.read_line(&mut line).await? > 0, "the door closed");
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(line);
            }
        }
    }

    async fn say(&mut self, text: &str) -> anyhow::Result<String> {
        self.write.write_all(text.as_bytes()).await?;
        self.hear().await
    }

    /// Brings a mail: how long it took from its first word to the answer that it is kept.
    pub async fn bring(&mut self, number: u64) -> anyhow::Result<Duration> {
        let begin = Instant::now();
        self.say(&format!("MAIL FROM:<writer{number}@org{}.example>\r\n", number % 97)).await?;
        self.say("RCPT TO:<cirt@cirt.example>\r\n").await?;
        self.say("DATA\r\n").await?;
        let answer = self.say(&format!("{}.\r\n", mail(number))).await?;
        ensure!(answer.starts_with("250"), "a mail was answered {answer}");
        Ok(begin.elapsed())
    }
}

/// A mail of about 2 KB that names two addresses.
fn mail(number: u64) -> String {
    let id = std::process::id();
    let mut text = format!(
        "From: Writer {number} <writer{number}@org{}.example>\r\nTo: cirt@cirt.example\r\nSubject: phishing page {number}\r\n\
         Message-ID: <{id}.{number}@org.example>\r\nDate: Thu, 15 Jan 2026 11:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nWe see hxxp://host{number}[.]example/login at 198.51.100.{}.\r\n",
        number % 97,
        number % 250
    );
    for line in 0..24u64 {
        text.push_str(&format!(
            "Line {line} of the log: connection {} from 203.0.113.9, refused.\r\n",
            number * 31 + line
        ));
    }
    text
}

/// Brings mails as fast as they are taken.
pub async fn measure(address: &str, mails: u64) -> anyhow::Result<Vec<Line>> {
    let begin = Instant::now();
    let bringers: Vec<_> = (0..CONNECTIONS)
        .map(|first| {
            let address = address.to_string();
            tokio::spawn(async move {
                let mut post = Post::open(&address).await?;
                let mut times = Vec::new();
                for number in (first..mails).step_by(usize::try_from(CONNECTIONS).unwrap_or(1)) {
                    times.push(post.bring(number).await?);
                }
                anyhow::Ok(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for bringer in bringers {
        times.extend(bringer.await.context("a bringer")??);
    }
    let rate = times.len() as f64 / begin.elapsed().as_secs_f64();
    Ok(vec![
        Line::rate("mails taken and kept", rate, 150.0).saying(format!("{CONNECTIONS} connections")),
        Line::of("a mail, until it is kept", times, 1_000.0),
    ])
}
