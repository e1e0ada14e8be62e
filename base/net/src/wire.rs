//! Lines and counted bytes over a connection that may be slow, endless, or encrypted half-way.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::{Instant, timeout_at};

/// What is read at once.
const STEP: usize = 16 * 1024;
/// How long the other side is listened to after our last words.
const LINGER: Duration = Duration::from_secs(1);

/// A connection, whatever it is made of.
pub(crate) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send> Stream for T {}

/// Why a connection is of no more use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WireError {
    /// The other side is gone.
    #[error("the other side ended the connection")]
    Closed,
    /// The other side says nothing, or does not listen.
    #[error("the other side took too long")]
    Slow,
    /// The other side does not know where to end.
    #[error("the other side sent a line of more than {0} bytes")]
    TooLong(usize),
    /// The way to the other side broke.
    #[error("{0}")]
    Broken(#[from] io::Error),
}

/// A connection with what was read ahead and what is still to be said. What is said goes out when more is waited for, so
/// that many answers to commands sent at once leave together. Every wait may be given up without losing a byte.
pub(crate) struct Wire {
    stream: Box<dyn Stream>,
    input: Vec<u8>,
    /// Where in `input` what was not yet asked for begins.
    at: usize,
    output: Vec<u8>,
}

impl Wire {
    pub(crate) fn new(stream: Box<dyn Stream>) -> Self {
        Wire { stream, input: Vec::new(), at: 0, output: Vec::new() }
    }

    /// Something to be said at the next occasion.
    pub(crate) fn say(&mut self, bytes: &[u8]) {
        self.output.extend_from_slice(bytes);
    }

    /// Says what is to be said.
    pub(crate) async fn flush(&mut self, until: Instant) -> Result<(), WireError> {
        while !self.output.is_empty() {
            let wrote = timeout_at(until, self.stream.write(&self.output)).await.map_err(|_| WireError::Slow)??;
            if wrote == 0 {
                return Err(WireError::Closed);
            }
            self.output.drain(..wrote.min(self.output.len()));
        }
        timeout_at(until, self.stream.flush()).await.map_err(|_| WireError::Slow)??;
        Ok(())
    }

    /// Reads more than there is.
    async fn more(&mut self, until: Instant) -> Result<(), WireError> {
        if !self.output.is_empty() {
            self.flush(until).await?;
        }
        self.input.drain(..self.at.min(self.input.len()));
        self.at = 0;
        self.input.reserve(STEP);
        let read = timeout_at(until, self.stream.read_buf(&mut self.input)).await.map_err(|_| WireError::Slow)??;
        if read == 0 { Err(WireError::Closed) } else { Ok(()) }
    }

    fn rest(&self) -> &[u8] {
        self.input.get(self.at..).unwrap_or_default()
    }

    /// Whether nothing was read ahead.
    pub(crate) fn is_drained(&self) -> bool {
        self.rest().is_empty()
    }

    /// A line without its CR LF. A lone CR or LF ends no line.
    pub(crate) async fn line(&mut self, limit: usize, until: Instant) -> Result<Vec<u8>, WireError> {
        let mut searched = 0;
        loop {
            let rest = self.rest();
            let found = rest.get(searched..).unwrap_or_default().windows(2).position(|two| two == b"\r\n");
            let length = found.map(|at| at + searched);
            if length.unwrap_or(rest.len()) > limit {
                return Err(WireError::TooLong(limit));
            }
            if let Some(length) = length {
                let line = rest.get(..length).unwrap_or_default().to_vec();
                self.at += length + 2;
                return Ok(line);
            }
            searched = rest.len().saturating_sub(1);
            self.more(until).await?;
        }
    }

    /// What is there; waits when there is nothing. `consume` says how much of it was used.
    pub(crate) async fn chunk(&mut self, until: Instant) -> Result<&[u8], WireError> {
        if self.is_drained() {
            self.more(until).await?;
        }
        Ok(self.rest())
    }

    /// Takes away the first bytes of what `chunk` gave.
    pub(crate) fn consume(&mut self, count: usize) {
        self.at = (self.at + count).min(self.input.len());
    }

    /// The stream below, to be encrypted from here on; `None` when the other side spoke ahead. What it said then was said
    /// without encryption, perhaps by somebody else, and must not count as said under it.
    pub(crate) fn into_stream(self) -> Option<Box<dyn Stream>> {
        (self.is_drained() && self.output.is_empty()).then_some(self.stream)
    }

    /// Says the rest and ends the connection. What still comes is read and forgotten for a moment: a connection that is closed
    /// over unread bytes takes our last words with it.
    pub(crate) async fn close(mut self, until: Instant) {
        if self.flush(until).await.is_err() || timeout_at(until, self.stream.shutdown()).await.is_err() {
            return;
        }
        let until = until.min(Instant::now() + LINGER);
        while Instant::now() < until {
            self.input.clear();
            self.input.reserve(STEP);
            match timeout_at(until, self.stream.read_buf(&mut self.input)).await {
                Ok(Ok(read)) if read > 0 => {}
                _ => return,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::time::Instant;

    use super::{Wire, WireError};

    fn soon() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[tokio::test]
    async fn only_both_ends_end_a_line() {
        let (here, mut there) = tokio::io::duplex(7);
        let mut wire = Wire::new(Box::new(here));
        let writing = tokio::spawn(async move {
            there.write_all(b"a\nb\rc\r\n\r\nrest of it\r").await.expect("written");
            there.write_all(b"\nend").await.expect("written");
        });
        for line in ["a\nb\rc", "", "rest of it"] {
            assert_eq!(wire.line(100, soon()).await.expect("a line"), line.as_bytes());
        }
        assert!(matches!(wire.line(100, soon()).await, Err(WireError::Closed)), "the last line has no end");
        writing.await.expect("wrote");
    }

    #[tokio::test]
    async fn a_line_without_end_and_a_silent_side_are_given_up() {
        let (here, mut there) = tokio::io::duplex(1 << 20);
        let mut wire = Wire::new(Box::new(here));
        there.write_all(&[b'x'; 1000]).await.expect("written");
        assert!(matches!(wire.line(999, soon()).await, Err(WireError::TooLong(999))));
        let (here, _there) = tokio::io::duplex(10);
        let mut wire = Wire::new(Box::new(here));
        assert!(matches!(wire.line(100, Instant::now()).await, Err(WireError::Slow)));
    }

    #[tokio::test]
    async fn what_is_said_leaves_when_more_is_waited_for() {
        let (here, mut there) = tokio::io::duplex(1000);
        let mut wire = Wire::new(Box::new(here));
        there.write_all(b"one\r\ntwo\r\n").await.expect("written");
        for _ in 0..2 {
            wire.line(100, soon()).await.expect("a line");
            wire.say(b"ok\r\n");
        }
        assert!(matches!(wire.line(100, Instant::now()).await, Err(WireError::Slow)));
        wire.flush(soon()).await.expect("said");
        let mut said = [0; 8];
        there.read_exact(&mut said).await.expect("heard");
        assert_eq!(&said, b"ok\r\nok\r\n");
        there.write_all(b"early").await.expect("written");
        wire.chunk(soon()).await.expect("there");
        assert!(wire.into_stream().is_none(), "somebody spoke ahead");
    }
}
