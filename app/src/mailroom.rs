//! Mail comes in: whoever brings it, it is read, its sender looked up, and taken in one transaction.

mod door;

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use manara_model::{Micros, Tlp};
use manara_response::import::Mails;
use manara_response::mail::{Incoming, Keyring, Known, MailHouse, Outcome, ReadError, protection, read, take};
use manara_store::{Db, StoreError};
use manara_warning::{Leaves, Rules, Seal, Seals};

use crate::establish::addresses_in_force;
use crate::house::House;

pub use door::Mailroom;

/// What mail of a house needs to know of it.
pub async fn mail_house(house: &House) -> anyhow::Result<MailHouse> {
    let config = &house.config;
    let (team, language) = (config.team.as_str(), config.nation.language.as_str());
    let team = if team.is_empty() { "CIRT" } else { team };
    let sender = address_of(&config.mail.from);
    let mut response = config.response.clone();
    // Letters of the house's own lie with the rest of its content, unless the configuration says otherwise.
    let own = house.content_folder().join("letters");
    if response.letters_folder.is_none() && own.is_dir() {
        response.letters_folder = Some(own);
    }
    let mail = MailHouse::open(&house.db, &response, (team, sender), language).await;
    let mut mail = mail.context("mail of incidents")?.with_keyring(keyring(house));
    for address in addresses_in_force(house).await? {
        if !mail.addresses.contains(&address) {
            mail.addresses.push(address);
        }
    }
    Ok(mail)
}

/// How notices leave: by the same keys and the same settings as the mail of tickets.
pub async fn seals(house: &House) -> anyhow::Result<Seals> {
    let of = Arc::new(mail_house(house).await?);
    let db = house.db.clone();
    let seals: Seals = Arc::new(move |mails, tlp| {
        let (of, db) = (Arc::clone(&of), db.clone());
        Box::pin(async move { leaves(&db, &of, &mails, tlp).await })
    });
    Ok(seals)
}

/// The strictest marking for which one person is enough, with mail of tickets and with notices; none when one always is.
pub fn four_eyes_above(house: &House) -> anyhow::Result<Option<Tlp>> {
    Ok(manara_response::mail::four_eyes_above(&house.config.response.mail)?)
}

/// The policy of notices in this house.
pub fn notice_rules(house: &House) -> anyhow::Result<Rules> {
    let rules = Rules::load(house.config.warning.policy_file.as_deref())?;
    Ok(rules.with_four_eyes(four_eyes_above(house)?))
}

async fn leaves(db: &Db, of: &MailHouse, mails: &[String], tlp: Tlp) -> Result<Leaves, StoreError> {
    let found = match protection(db, of, (mails, tlp), Micros::now()).await? {
        Ok(found) => Arc::new(found),
        Err(without) => return Ok(Leaves::NoKey(without)),
    };
    let (is_encrypted, is_plain) = (found.is_encrypted(), found.form() == "plain");
    let seal: Seal = Arc::new(move |bytes| found.seal(bytes));
    Ok(match (is_encrypted, is_plain) {
        (true, _) => Leaves::Encrypted(seal),
        (false, true) => Leaves::Plain,
        (false, false) => Leaves::Signed(seal),
    })
}

/// What old mail is taken in with: nobody is answered about it.
pub async fn old_mails(house: &House) -> anyhow::Result<Mails> {
    let mut of = mail_house(house).await?;
    of.acknowledge = false;
    let db = house.db.clone();
    Ok(Mails {
        db: house.db.clone(),
        house: Arc::new(of),
        blobs: house.ingest.blobs.clone(),
        known: Arc::new(move |address| {
            let db = db.clone();
            Box::pin(async move { known(&db, &address).await })
        }),
    })
}

/// Our secret keys: in a folder of the data folder, in no backup.
pub fn keyring(house: &House) -> Keyring {
    keyring_of(&house.data)
}

/// The same of a data folder.
pub fn keyring_of(data: &Path) -> Keyring {
    Keyring::of(data.join("keys"))
}

/// The address within `Name <address>`.
pub fn address_of(from: &str) -> &str {
    let inside = from.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(address, _)| address);
    inside.unwrap_or(from).trim()
}

/// Why a mail was not taken.
#[derive(Debug, thiserror::Error)]
pub enum NotTaken {
    /// It will never be: it is no mail, or too large.
    #[error(transparent)]
    Never(ReadError),
    /// It is to come again.
    #[error(transparent)]
    Later(anyhow::Error),
}

/// Keeps and reads a mail, and looks up who sent it.
pub async fn open(house: &House, mail: &Arc<MailHouse>, bytes: Vec<u8>, to: Vec<String>) -> Result<Incoming, NotTaken> {
    let (blobs, of) = (house.ingest.blobs.clone(), Arc::clone(mail));
    let reading = tokio::task::spawn_blocking(move || read(&of, &blobs, &bytes, &to));
    let mut one = match reading.await.map_err(|error| NotTaken::Later(error.into()))? {
        Ok(one) => one,
        Err(error @ ReadError::Mail(_)) => return Err(NotTaken::Never(error)),
        Err(error @ ReadError::Keep(_)) => return Err(NotTaken::Later(error.into())),
    };
    if let Some(from) = &one.mail.from {
        one.known = known(&house.db, &from.address).await.map_err(|error| NotTaken::Later(error.into()))?;
    }
    Ok(one)
}

async fn known(db: &Db, address: &str) -> Result<Option<Known>, StoreError> {
    let writer = manara_constituency::writer(db, address).await?;
    Ok(writer.map(|writer| Known { constituent_id: writer.id, constituent: writer.name, language: writer.language }))
}

/// Takes one mail to durable storage.
pub async fn deliver(
    house: &House,
    mail: &Arc<MailHouse>,
    bytes: Vec<u8>,
    to: Vec<String>,
    now: Micros,
) -> Result<Outcome, NotTaken> {
    let one = open(house, mail, bytes, to).await?;
    let outcomes = take(&house.db, mail, &[one], now).await.map_err(|error| NotTaken::Later(error.into()))?;
    outcomes.into_iter().next().context("no outcome").map_err(NotTaken::Later)
}
