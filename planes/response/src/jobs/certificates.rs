//! What people do with certificates of S/MIME: bringing ours and those that vouch, putting them away.

use manara_crypt::{IdentityError, MailCertificate, MailIdentity, read_certificates};
use manara_model::Micros;
use manara_store::{Db, Journal, StoreError, Tx};
use serde_json::json;

use super::begin;
use crate::mail::Keyring;
use crate::mail_key::fingerprint_key;
use crate::sql_certificate::{CertificateStanding, KeptCertificate};
use crate::{PLANE, sql_certificate};

/// Why nothing was done with a certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateProblem {
    /// Nobody has it.
    #[error("there is no certificate {0}; `manara mail keys certificates` shows them with their fingerprints")]
    NotFound(String),
    /// Ours stays: it opens what was encrypted to it.
    #[error("{0} is a certificate of ours: it stays, because it opens what was encrypted to it")]
    Own(String),
    /// Nobody said that it may vouch for others.
    #[error(
        "there is no secret key beside the certificate, so it is not ours; say that it is trusted to vouch for others (--accept)"
    )]
    NotTrusted,
    /// The file is none.
    #[error(transparent)]
    File(#[from] IdentityError),
    /// The secret cannot be kept.
    #[error("the secret key can't be written: {0}")]
    Disk(#[from] std::io::Error),
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the certificates of a file. With a secret key among them the one it belongs to is ours from then on; without, they
/// vouch for others from then on, if whoever brings them says so.
pub async fn bring_certificates(
    db: &Db,
    who: &str,
    keyring: &Keyring,
    (bytes, is_trusted): (&[u8], bool),
    now: Micros,
) -> Result<Vec<KeptCertificate>, CertificateProblem> {
    let (found, standing): (Vec<MailCertificate>, _) = match MailIdentity::read(bytes) {
        Ok(identity) => {
            // The secret first: what the database calls ours can be used.
            keyring.keep_identity(&identity)?;
            (vec![identity.certificate().clone()], CertificateStanding::Own)
        }
        Err(IdentityError::NoSecret) if is_trusted => (read_certificates(bytes)?, CertificateStanding::Trusted),
        Err(IdentityError::NoSecret) => return Err(CertificateProblem::NotTrusted),
        Err(error) => return Err(error.into()),
    };
    let mut tx = begin(db, now).await?;
    let mut all = Vec::new();
    for certificate in found {
        let before = sql_certificate::get_in(&mut tx, &certificate.fingerprint()).await?;
        let next = match &before {
            Some(before) => KeptCertificate { standing, removed: None, ..before.clone() },
            None => {
                KeptCertificate { certificate, standing, added: now, added_by: who.into(), used: None, removed: None }
            }
        };
        if before.as_ref() != Some(&next) {
            sql_certificate::put(&mut tx, &next).await?;
            journal(&mut tx, who, "certificate_brought", &next, now).await?;
        }
        all.push(next);
    }
    tx.commit().await?;
    Ok(all)
}

/// Puts a certificate that vouches for others away, or brings it back.
pub async fn shelve_certificate(
    db: &Db,
    who: &str,
    fingerprint: &str,
    is_removed: bool,
    now: Micros,
) -> Result<KeptCertificate, CertificateProblem> {
    let mut tx = begin(db, now).await?;
    let found = sql_certificate::get_in(&mut tx, &fingerprint_key(fingerprint)).await?;
    let mut one = found.ok_or_else(|| CertificateProblem::NotFound(fingerprint.trim().into()))?;
    if one.standing == CertificateStanding::Own {
        return Err(CertificateProblem::Own(one.certificate.fingerprint()));
    }
    if one.removed.is_some() == is_removed {
        return Ok(one); // The form may be sent twice.
    }
    one.removed = is_removed.then_some(now);
    sql_certificate::put(&mut tx, &one).await?;
    journal(&mut tx, who, if is_removed { "certificate_removed" } else { "certificate_restored" }, &one, now).await?;
    tx.commit().await?;
    Ok(one)
}

async fn journal(tx: &mut Tx, who: &str, verb: &str, one: &KeptCertificate, now: Micros) -> Result<(), StoreError> {
    let facts = one.certificate.facts();
    let detail = json!({ "standing": one.standing.as_str(), "name": facts.name }).to_string();
    Journal::write(tx, who, PLANE, verb, &facts.fingerprint, &detail, now).await
}
