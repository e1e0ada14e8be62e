//! The message itself: it is received, handed to the intake, and answered.

use tokio::time::{Instant, timeout};

use super::config::Protocol;
use super::data::{Data, Fault};
use super::reply::{BAD_ENDS, GO_AHEAD, NO_RECIPIENT, NO_ROOM, NOT_NOW, Reply, SLOW, TOO_LARGE, line};
use super::room::Share;
use super::session::{Done, End, Mail, Session};
use super::{Envelope, Intake, Never, Verdict, Way, together};

impl<I: Intake> Session<I> {
    /// From DATA to the answers, which are one for each recipient of LMTP and one for all of SMTP.
    pub(super) async fn message(&mut self) -> Result<Done, End> {
        let Some(mail) = self.mail.take_if(|mail| !mail.to.is_empty()) else {
            return Ok(Err(if self.mail.is_some() { NO_RECIPIENT } else { NOT_NOW }));
        };
        self.answer(GO_AHEAD);
        let mut share = self.house.room.share();
        let data = self.receive(&mut share).await?;
        let is_smtp = self.house.protocol == Protocol::Smtp;
        let answers = if is_smtp { 1 } else { mail.to.len() };
        // By LMTP comes what a server of ours has taken already: it is not lost for a strange byte.
        let fault = match data.finish(is_smtp) {
            Ok(bytes) => {
                for verdict in self.verdicts(mail, bytes, answers).await {
                    self.tell(&verdict);
                }
                return Ok(Ok(None));
            }
            Err(fault) => fault,
        };
        tracing::info!(?fault, peer = ?self.peer, "a message was not taken");
        for _ in 0..answers {
            self.answer(words(fault));
        }
        Ok(Ok(None))
    }

    /// Reads the message; its time runs even while it arrives.
    async fn receive(&mut self, share: &mut Share) -> Result<Data, End> {
        let limits = &self.house.limits;
        let by = (Instant::now() + limits.message).min(self.ends);
        let mut data = Data::new(limits.message_bytes);
        loop {
            let now = Instant::now();
            if now >= by {
                return Err(End::Said(SLOW));
            }
            let wire = self.wire.as_mut().ok_or(End::Silent)?;
            let (used, is_done) = data.take(wire.chunk((now + limits.idle).min(by)).await?);
            wire.consume(used);
            if !share.grow_to(data.len()) {
                data.give_up();
                *share = self.house.room.share();
            }
            if is_done {
                return Ok(data);
            }
            if data.is_flood() {
                return Err(End::Said(TOO_LARGE));
            }
        }
    }

    /// What the intake says, for as many as have to hear it.
    async fn verdicts(&mut self, mail: Mail, bytes: Vec<u8>, answers: usize) -> Vec<Verdict> {
        let (size, recipients) = (bytes.len(), mail.to.len());
        let is_smtp = self.house.protocol == Protocol::Smtp;
        let envelope = Envelope {
            way: if is_smtp { Way::Smtp } else { Way::Lmtp },
            from: mail.from,
            to: mail.to,
            peer: self.peer,
            helo: self.helo.clone().unwrap_or_default(),
            is_encrypted: self.is_encrypted,
        };
        let said = timeout(self.house.limits.intake, self.intake.take(envelope, bytes)).await.unwrap_or_default();
        let verdicts: Vec<Verdict> = if is_smtp {
            vec![together(said)]
        } else {
            let nobody = std::iter::repeat_with(|| Verdict::Later("nobody took it".into()));
            said.into_iter().chain(nobody).take(answers).collect()
        };
        let kept = verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Kept(_))).count();
        tracing::info!(bytes = size, recipients, answers, kept, "a message was brought");
        verdicts
    }

    fn tell(&mut self, verdict: &Verdict) {
        let said = match verdict {
            Verdict::Kept(text) => line(250, "2.0.0", text),
            Verdict::Later(text) => line(451, "4.3.0", text),
            Verdict::Never(text, Never::NoSuchRecipient) => line(550, "5.1.1", text),
            Verdict::Never(text, Never::TooLarge) => line(552, "5.3.4", text),
            Verdict::Never(text, Never::Refused) => line(554, "5.7.1", text),
        };
        self.say(&said);
    }
}

fn words(fault: Fault) -> Reply {
    match fault {
        Fault::TooLarge => TOO_LARGE,
        Fault::NoRoom => NO_ROOM,
        Fault::LoneEnds | Fault::Smuggling => BAD_ENDS,
    }
}
