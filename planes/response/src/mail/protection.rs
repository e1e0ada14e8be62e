//! How mail leaves: plain, signed, or signed and encrypted. Mail of tickets and notices are protected alike, by the same keys.

use manara_crypt::{Certificate, MailIdentity, OwnKey, protect, smime_sign};
use manara_model::{Micros, Tlp};
use manara_store::{Db, StoreError, Tx};

use super::{MailHouse, mail_key};
use crate::sql_key;

/// What protects a mail on its way out.
pub struct Protection {
    /// Our key that signs.
    signer: Option<OwnKey>,
    /// Our certificate that signs what is not encrypted.
    identity: Option<MailIdentity>,
    /// Keys that it is encrypted to.
    to: Vec<Certificate>,
    at: Micros,
}

impl Protection {
    /// By what the house has: a key of ours signs where that is wanted; with keys of the recipients it is encrypted to them.
    pub(super) fn of(house: &MailHouse, keys: Vec<Certificate>, now: Micros) -> Self {
        let signs = house.pgp.on && house.pgp.sign;
        let is_encrypted = !keys.is_empty();
        let own = if signs || is_encrypted { house.keyring.current(now) } else { None };
        let has_certificate = !is_encrypted && house.smime.on && house.smime.sign;
        let identity = if has_certificate { house.keyring.identity(now) } else { None };
        let mut to = keys;
        // We encrypt to ourselves, too: what was written can be read again from what is kept.
        if let (true, Some(own)) = (is_encrypted, &own) {
            to.push(own.certificate().clone());
        }
        Protection { signer: own.filter(|_| signs), identity, to, at: now }
    }

    /// The word for the form of the mail.
    pub fn form(&self) -> &'static str {
        match (self.to.is_empty(), &self.identity, &self.signer) {
            (false, _, _) => "pgp-mime-encrypted",
            (true, Some(_), _) => "smime-signed",
            (true, None, Some(_)) => "pgp-mime-signed",
            (true, None, None) => "plain",
        }
    }

    /// Whether it leaves encrypted.
    pub fn is_encrypted(&self) -> bool {
        !self.to.is_empty()
    }

    /// Our key or certificate that signs it; empty for none.
    pub(super) fn signed_by(&self) -> String {
        match (&self.identity, &self.signer) {
            (Some(one), _) => one.certificate().fingerprint(),
            (None, Some(own)) => own.fingerprint(),
            (None, None) => String::new(),
        }
    }

    /// The mail as it leaves.
    pub fn seal(&self, mail: &[u8]) -> Result<Vec<u8>, String> {
        if let Some(one) = &self.identity {
            return smime_sign(mail, one, self.at).map_err(|error| error.to_string());
        }
        if self.form() == "plain" {
            return Ok(mail.to_vec());
        }
        let to: Vec<&Certificate> = self.to.iter().collect();
        protect(mail, self.signer.as_ref(), &to, self.at).map_err(|error| error.to_string())
    }
}

/// The key that mail to an address is encrypted to: the newest that is valid and was accepted.
pub(super) async fn key_of(tx: &mut Tx, mail: &str, now: Micros) -> Result<Option<Certificate>, StoreError> {
    let keys = sql_key::of_mail(tx, &mail_key(mail)).await?;
    let usable = keys.into_iter().filter(|key| key.may_encrypt(now)).map(|key| key.certificate);
    Ok(usable.max_by_key(|key| key.facts(now).created))
}

/// How one mail of a marking leaves for some people: encrypted when each of them has a key, else signed or plain. Above the marking
/// that may leave plain it must not leave without: then those who have no key are named.
pub async fn protection(
    db: &Db,
    house: &MailHouse,
    (mails, tlp): (&[String], Tlp),
    now: Micros,
) -> Result<Result<Protection, Vec<String>>, StoreError> {
    let (mut keys, mut without) = (Vec::new(), Vec::new());
    let mut tx = db.begin_snapshot().await?;
    for mail in mails {
        let key = if house.pgp.on { key_of(&mut tx, mail, now).await? } else { None };
        match key {
            Some(key) => keys.push(key),
            None => without.push(mail.clone()),
        }
    }
    drop(tx);
    Ok(match without.is_empty() {
        true => Ok(Protection::of(house, keys, now)),
        false if tlp > house.plain_up_to => Err(without),
        false => Ok(Protection::of(house, Vec::new(), now)),
    })
}
