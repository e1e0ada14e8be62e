//! The door of mail while the pages are served: what is brought by LMTP and SMTP and fetched by IMAP is taken together, many
//! mails in one transaction when many wait, and whoever brought one hears "kept" after that.

use std::sync::Arc;

use arc_swap::ArcSwap;
use manara_formats::mail::MailError;
use manara_model::Micros;
use manara_net::{Envelope, Imap, InboundConfig, Intake, Listener, Never, Protocol, Verdict, Way};
use manara_response::mail::{Incoming, MailHouse, Outcome, ReadError, take};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;

use super::{NotTaken, mail_house, open};
use crate::establish::addresses_in_force;
use crate::house::House;

/// Mails taken in one transaction.
const TOGETHER: usize = 32;

/// A mail that waits to be taken, and who waits for it.
struct Waiting {
    mail: Incoming,
    answer: oneshot::Sender<Result<Outcome, String>>,
}

/// The mail of the house with the addresses that building blocks put in force, and which those were.
struct Known {
    addresses: Vec<String>,
    mail: Arc<MailHouse>,
}

/// Where all mail comes through.
#[derive(Clone)]
pub struct Door {
    house: House,
    known: Arc<ArcSwap<Known>>,
    queue: mpsc::Sender<Waiting>,
}

/// What listens and fetches.
pub struct Mailroom {
    stopping: watch::Sender<bool>,
    work: JoinSet<()>,
}

impl Mailroom {
    /// Opens everything that is configured, and what the command line asks for. Says where it listens.
    pub async fn open(
        house: &House,
        mail: Arc<MailHouse>,
        lmtp: Option<&str>,
        smtp: Option<&str>,
    ) -> anyhow::Result<(Mailroom, Vec<String>)> {
        let (queue, waiting) = mpsc::channel(4 * TOGETHER);
        let known = Known { addresses: addresses_in_force(house).await?, mail };
        let known = Arc::new(ArcSwap::from_pointee(known));
        let door = Arc::new(Door { house: house.clone(), known: Arc::clone(&known), queue });
        let (stopping, hears) = watch::channel(false);
        let mut work = JoinSet::new();
        let mut said = Vec::new();
        let given = [(Protocol::Lmtp, lmtp), (Protocol::Smtp, smtp)].into_iter();
        let given = given.filter_map(|(protocol, listen)| {
            Some(InboundConfig { protocol, listen: listen?.to_string(), ..InboundConfig::default() })
        });
        for config in house.config.inbound.iter().cloned().chain(given) {
            let listener = Listener::bind(&config).await?;
            let name = if config.protocol == Protocol::Lmtp { "LMTP" } else { "SMTP" };
            let place = listener.address().map_or(config.listen.clone(), |address| address.to_string());
            said.push(format!("Mail comes in by {name} at {place}"));
            work.spawn(listener.serve(Arc::clone(&door), stopped(hears.clone())));
        }
        for config in &house.config.imap {
            let imap = Imap::new(config)?;
            said.push(format!("Mail is fetched by IMAP from {}", config.host));
            let (door, hears) = (Arc::clone(&door), hears.clone());
            work.spawn(async move { imap.run(&*door, stopped(hears)).await });
        }
        let db = house.db.clone();
        work.spawn(async move { take_all(&db, &known, waiting).await });
        Ok((Mailroom { stopping, work }, said))
    }

    /// Lets everybody end after the mail they are at.
    pub async fn close(mut self) {
        let _ = self.stopping.send(true);
        while self.work.join_next().await.is_some() {}
    }
}

async fn stopped(mut hears: watch::Receiver<bool>) {
    let _ = hears.wait_for(|stopping| *stopping).await;
}

/// Takes what waits, all that does in one transaction; ends when everybody who could bring something has gone.
async fn take_all(db: &manara_store::Db, known: &ArcSwap<Known>, mut waiting: mpsc::Receiver<Waiting>) {
    let mut many = Vec::with_capacity(TOGETHER);
    while waiting.recv_many(&mut many, TOGETHER).await > 0 {
        let house = &*Arc::clone(&known.load().mail);
        let (mails, answers): (Vec<Incoming>, Vec<_>) = many.drain(..).map(|one| (one.mail, one.answer)).unzip();
        match take(db, house, &mails, Micros::now()).await {
            Ok(outcomes) => {
                for (answer, outcome) in answers.into_iter().zip(outcomes) {
                    let _ = answer.send(Ok(outcome));
                }
            }
            Err(error) if mails.len() == 1 => fail(answers, &error.to_string()),
            // One that cannot be stored must not keep the others out.
            Err(_) => {
                for (mail, answer) in mails.iter().zip(answers) {
                    let one = take(db, house, std::slice::from_ref(mail), Micros::now()).await;
                    let one = one.map_err(|error| error.to_string());
                    let _ = answer.send(one.and_then(|mut all| all.pop().ok_or_else(|| "no outcome".into())));
                }
            }
        }
    }
}

fn fail(answers: Vec<oneshot::Sender<Result<Outcome, String>>>, error: &str) {
    for answer in answers {
        let _ = answer.send(Err(error.to_string()));
    }
}

impl Door {
    /// The mail of the house, made anew when another address came into force or went.
    async fn mail(&self) -> anyhow::Result<Arc<MailHouse>> {
        let addresses = addresses_in_force(&self.house).await?;
        let known = self.known.load_full();
        if known.addresses == addresses {
            return Ok(Arc::clone(&known.mail));
        }
        let mail = Arc::new(mail_house(&self.house).await?);
        self.known.store(Arc::new(Known { addresses, mail: Arc::clone(&mail) }));
        Ok(mail)
    }

    async fn taken(&self, envelope: &Envelope, message: Vec<u8>) -> Result<Outcome, NotTaken> {
        // The last one to bring a mail writes its return path down (RFC 5321 section 4.4); what is fetched has it already.
        let bytes = match envelope.way {
            Way::Imap => message,
            Way::Lmtp | Way::Smtp => {
                let path = format!("Return-Path: <{}>\r\n", envelope.from.as_deref().unwrap_or_default());
                [path.into_bytes(), message].concat()
            }
        };
        let of = self.mail().await.map_err(NotTaken::Later)?;
        let mail = open(&self.house, &of, bytes, envelope.to.clone()).await?;
        let (answer, waits) = oneshot::channel();
        let gone = || NotTaken::Later(anyhow::anyhow!("the house is closing"));
        self.queue.send(Waiting { mail, answer }).await.map_err(|_| gone())?;
        let outcome = waits.await.map_err(|_| gone())?;
        outcome.map_err(|error| NotTaken::Later(anyhow::anyhow!(error)))
    }
}

fn never(error: &ReadError) -> Never {
    match error {
        ReadError::Mail(MailError::TooLarge { .. }) => Never::TooLarge,
        ReadError::Mail(_) | ReadError::Keep(_) => Never::Refused,
    }
}

impl Intake for Door {
    async fn take(&self, envelope: Envelope, message: Vec<u8>) -> Vec<Verdict> {
        let verdict = match self.taken(&envelope, message).await {
            Ok(outcome) => Verdict::Kept(outcome.ticket.unwrap_or_else(|| outcome.kind.as_str().into())),
            Err(NotTaken::Never(error)) => Verdict::Never(error.to_string(), never(&error)),
            Err(NotTaken::Later(error)) => {
                // The reason may name paths of this machine: it is for the log, not for the other side.
                tracing::error!(error = crate::print::chain(&error), "a mail could not be taken");
                Verdict::Later("not now".into())
            }
        };
        vec![verdict; envelope.to.len().max(1)]
    }
}

#[cfg(test)]
mod tests {
    use manara_formats::mail::MailError;
    use manara_net::Never;
    use manara_response::mail::ReadError;

    use super::never;

    #[test]
    fn what_is_longer_than_is_read_is_told_as_that() {
        let of = |error: MailError| never(&ReadError::Mail(error));
        assert_eq!(of(MailError::TooLarge { bytes: 2, most: 1 }), Never::TooLarge);
        assert_eq!((of(MailError::Empty), of(MailError::NoHead)), (Never::Refused, Never::Refused));
    }
}
