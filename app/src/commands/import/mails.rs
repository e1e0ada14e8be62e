//! An mbox: every mail goes the way of mail that comes in, at its own date, and nobody is answered.

use std::io::Read;
use std::sync::Arc;

use anyhow::Context as _;
use manara_formats::mail::MailLimits;
use manara_model::Micros;
use manara_net::{Mbox, MboxKind, StoredMail, StoredMailError};
use manara_response::import::{Made, Outcome, Refused};
use manara_response::mail::{Incoming, MailHouse, OutcomeKind, look_at, take_past, taken_already};

use super::Told;
use crate::house::House;
use crate::mailroom::{NotTaken, mail_house, open};

/// Mails of one transaction, and how many bytes they may have together.
const CHUNK: usize = 100;
const CHUNK_BYTES: usize = 32 << 20;

/// Takes every mail of the file.
pub async fn take(
    house: &House,
    input: Box<dyn Read + Send>,
    kind: MboxKind,
    mut told: Told,
    now: Micros,
) -> anyhow::Result<Told> {
    let mut of = mail_house(house).await?;
    of.acknowledge = false;
    let of = Arc::new(of);
    let mut chunk = Chunk::default();
    for mail in Mbox::new(input, kind, MailLimits::default().bytes) {
        match mail {
            Ok(mail) => chunk.read(house, &of, mail, &mut told).await?,
            Err(StoredMailError::TooLarge { place, limit }) => {
                let why = format!("it has more than {limit} bytes; expected a mail of fewer");
                told.refuse(Refused { place: format!("message {place}"), id: String::new(), why })?;
            }
            Err(error) => {
                told.broken = Some(error.to_string());
                break;
            }
        }
        if chunk.mails.len() >= CHUNK || chunk.bytes >= CHUNK_BYTES {
            chunk.store(house, &of, &mut told, now).await?;
        }
    }
    chunk.store(house, &of, &mut told, now).await?;
    Ok(told)
}

/// Mails that are taken together.
#[derive(Default)]
struct Chunk {
    mails: Vec<Incoming>,
    bytes: usize,
}

impl Chunk {
    async fn read(
        &mut self,
        house: &House,
        of: &Arc<MailHouse>,
        mail: StoredMail,
        told: &mut Told,
    ) -> anyhow::Result<()> {
        let (place, bytes) = (format!("message {}", mail.place), mail.bytes.len());
        let read = match told.dry_run {
            true => look_at(of, &mail.bytes).map_err(|error| error.to_string()),
            false => match open(house, of, mail.bytes, Vec::new()).await {
                Ok(one) => Ok(one),
                Err(NotTaken::Never(error)) => Err(error.to_string()),
                Err(NotTaken::Later(error)) => return Err(error.context(place)),
            },
        };
        match read {
            Ok(one) => {
                if told.dry_run && told.first.len() < super::SHOWN {
                    let from = one.mail.from.as_ref().map(|from| from.address.clone()).unwrap_or_default();
                    let day = one.mail.date.map(Micros::day).unwrap_or_default();
                    told.first.push(vec![from, "message".into(), String::new(), day, one.mail.subject.clone()]);
                }
                self.bytes += bytes;
                self.mails.push(one);
            }
            Err(why) => told.refuse(Refused { place, id: String::new(), why })?,
        }
        Ok(())
    }

    async fn store(&mut self, house: &House, of: &MailHouse, told: &mut Told, now: Micros) -> anyhow::Result<()> {
        let mails = std::mem::take(&mut self.mails);
        self.bytes = 0;
        if mails.is_empty() {
            return Ok(());
        }
        let mut outcome = Outcome::default();
        if told.dry_run {
            let known = taken_already(&house.db, &mails).await?;
            let already = known.iter().filter(|known| **known).count() as u64;
            outcome.already = already;
            outcome.made.messages = known.len() as u64 - already;
        } else {
            let taken = take_past(&house.db, of, &mails, now);
            let taken = taken.await.context("what was taken before stays; run the same command again")?;
            for one in &taken {
                let is_report = match one.kind {
                    OutcomeKind::Duplicate => {
                        outcome.already += 1;
                        continue;
                    }
                    OutcomeKind::Report | OutcomeKind::Arf | OutcomeKind::Xarf => true,
                    OutcomeKind::Reply | OutcomeKind::Bounce | OutcomeKind::Automatic | OutcomeKind::Quarantined => {
                        false
                    }
                };
                let observables = if one.ticket.is_some() { one.seen.len() as u64 } else { 0 };
                outcome.made.add(&Made { messages: 1, reports: u64::from(is_report), observables, ..Made::default() });
            }
        }
        told.add(&outcome);
        Ok(())
    }
}
