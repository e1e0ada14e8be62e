//! The listener: who is let in, how many at once, and how it ends.

use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, UnixListener};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};
use tokio_rustls::TlsAcceptor;

use super::Intake;
use super::config::{InboundConfig, InboundError, Limits, Place, Protocol, host_name};
use super::room::Room;
use super::session::{House, Session};
use crate::wire::{Stream, Wire};

/// How long the words to somebody who is not let in may take, and how many are told at once.
const REFUSAL: Duration = Duration::from_secs(1);
const REFUSALS: usize = 20;
/// How long we wait when nobody can be let in.
const PAUSE: Duration = Duration::from_millis(200);

/// A place where mail is taken, open but not yet served.
#[derive(Debug)]
pub struct Listener {
    door: Door,
    house: Arc<House>,
}

/// What is open.
#[derive(Debug)]
enum Door {
    Network(TcpListener),
    /// The path is removed with the listener.
    File(UnixListener, #[expect(dead_code, reason = "held for its end")] Removed),
}

/// A socket in the file system that goes with its listener.
#[derive(Debug)]
struct Removed(PathBuf);

impl Drop for Removed {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Listener {
    /// Opens a place for LMTP with what is usual otherwise: an address with a port, or the path of a socket.
    pub async fn lmtp(listen: &str) -> Result<Listener, InboundError> {
        Listener::bind(&InboundConfig { listen: listen.into(), ..InboundConfig::default() }).await
    }

    /// Opens a place for SMTP with what is usual otherwise.
    pub async fn smtp(listen: &str) -> Result<Listener, InboundError> {
        let usual = InboundConfig::default();
        Listener::bind(&InboundConfig { protocol: Protocol::Smtp, listen: listen.into(), ..usual }).await
    }

    /// Opens a place as it is configured; reads the files it names.
    pub async fn bind(config: &InboundConfig) -> Result<Listener, InboundError> {
        let limits = Limits::of(config)?;
        let tls = match (&config.certificate_file, &config.key_file) {
            (None, None) => None,
            (Some(certificate), Some(key)) => {
                let tls = crate::tls::server(certificate, key);
                let tls = tls.map_err(|error| InboundError::Certificate(error.to_string()))?;
                Some(TlsAcceptor::from(tls))
            }
            _ => return Err(InboundError::HalfCertificate),
        };
        let house = House {
            protocol: config.protocol,
            name: host_name(&config.host_name)?,
            room: Room::new(limits.memory_bytes),
            limits,
            tls,
        };
        let wrong = |error| InboundError::Bind { listen: config.listen.clone(), error };
        let door = match Place::parse(&config.listen)? {
            Place::Address(address) => Door::Network(TcpListener::bind(address).await.map_err(wrong)?),
            Place::Path(path) => open_file(&path).await.map_err(wrong)?,
        };
        Ok(Listener { door, house: Arc::new(house) })
    }

    /// The address it listens on; `None` for a socket in the file system.
    pub fn address(&self) -> Option<SocketAddr> {
        match &self.door {
            Door::Network(listener) => listener.local_addr().ok(),
            Door::File(..) => None,
        }
    }

    #[cfg(test)]
    pub(super) fn limit(&mut self, change: impl FnOnce(&mut Limits)) {
        let house = Arc::get_mut(&mut self.house).expect("nobody is served yet");
        change(&mut house.limits);
        house.room = Room::new(house.limits.memory_bytes);
    }

    /// Takes mail until `stop` is done. Sessions then end after the message they are at, within half a minute.
    pub async fn serve<I: Intake + 'static>(self, intake: Arc<I>, stop: impl Future<Output = ()>) {
        let (stopping, hears) = watch::channel(false);
        let mut sessions = JoinSet::new();
        let mut refusals = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let arrived = tokio::select! {
                biased;
                () = &mut stop => break,
                Some(ended) = sessions.join_next(), if !sessions.is_empty() => {
                    told(ended);
                    continue;
                }
                arrived = self.door.accept() => arrived,
            };
            let (stream, peer) = match arrived {
                Ok(arrived) => arrived,
                Err(error) => {
                    // Mostly a lack of file descriptors: others end meanwhile.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            };
            if let Some(words) = self.refusal(peer, sessions.len()) {
                while refusals.try_join_next().is_some() {}
                if refusals.len() < REFUSALS {
                    let mut wire = Wire::new(stream);
                    wire.say(words.as_bytes());
                    refusals.spawn(wire.close(Instant::now() + REFUSAL));
                }
                continue;
            }
            let session = Session::new(stream, peer, Arc::clone(&self.house), Arc::clone(&intake), hears.clone());
            sessions.spawn(session.run());
        }
        let goodbye = self.house.limits.goodbye;
        drop(self.door);
        let _ = stopping.send(true);
        let ending = async {
            while let Some(ended) = sessions.join_next().await {
                told(ended);
            }
        };
        if timeout(goodbye, ending).await.is_err() {
            tracing::warn!(sessions = sessions.len(), "sessions did not end in time and are broken off");
        }
    }

    /// What somebody hears who is not let in.
    fn refusal(&self, peer: Option<IpAddr>, sessions: usize) -> Option<String> {
        let House { name, limits, .. } = &*self.house;
        if let Some(peer) = peer.filter(|peer| !limits.allows(*peer)) {
            tracing::warn!(%peer, "a connection from a network that may not bring mail");
            return Some(format!("554 {name} takes no mail from {peer}\r\n"));
        }
        (sessions >= limits.sessions).then(|| format!("421 4.3.2 {name} has too many sessions, try again later\r\n"))
    }
}

/// A session that broke in our hands is told; the other side was never told 250 for its message.
fn told(ended: Result<(), tokio::task::JoinError>) {
    if let Err(error) = ended {
        tracing::error!(%error, "a session of incoming mail broke");
    }
}

impl Door {
    async fn accept(&self) -> std::io::Result<(Box<dyn Stream>, Option<IpAddr>)> {
        match self {
            Door::Network(listener) => {
                let (stream, peer) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Ok((Box::new(stream), Some(peer.ip().to_canonical())))
            }
            Door::File(listener, _) => Ok((Box::new(listener.accept().await?.0), None)),
        }
    }
}

/// A socket in the file system, for its owner and its group. One that a crash left behind is replaced, one that answers is not.
async fn open_file(path: &Path) -> std::io::Result<Door> {
    use std::os::unix::fs::{FileTypeExt as _, PermissionsExt as _};
    let is_socket = std::fs::symlink_metadata(path).is_ok_and(|meta| meta.file_type().is_socket());
    if is_socket && tokio::net::UnixStream::connect(path).await.is_err() {
        std::fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    let removed = Removed(path.to_path_buf());
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o660))?;
    Ok(Door::File(listener, removed))
}
