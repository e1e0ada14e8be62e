//! Certificates of S/MIME on the page of keys: ours, and those that vouch for others.

use axum::extract::{Multipart, Path, State as Given};
use axum::response::Response;
use manara_model::Micros;
use manara_store::StoreError;
use manara_web::{Answer, Page, PageError, Tone, Undo, Visit, Word};

use super::Room;
use super::post::{read_at_most, unreadable};
use crate::jobs::{CertificateProblem, bring_certificates, shelve_certificate};
use crate::mail_key::{fingerprint_key, grouped};
use crate::sql_certificate::{KeptCertificate, list_certificates};

/// The largest file of certificates.
pub(super) const FILE_BYTES: usize = 1 << 20;
/// Certificates that are shown.
pub(super) const SHOWN: i64 = 500;

/// A certificate as a page shows it.
pub(super) struct Shown {
    pub fingerprint: String,
    pub grouped: String,
    pub name: String,
    pub issuer: String,
    pub mails: String,
    pub standing: &'static str,
    pub until: Micros,
    pub used: Option<Micros>,
    pub is_removed: bool,
    has_ended: bool,
    days: i64,
    warn_days: i64,
}

impl Shown {
    fn of(one: &KeptCertificate, warn_days: i64, now: Micros) -> Shown {
        let facts = one.certificate.facts();
        Shown {
            grouped: grouped(&facts.fingerprint),
            fingerprint: facts.fingerprint,
            name: facts.name,
            issuer: facts.issuer,
            mails: facts.mails.join(" "),
            standing: one.standing.as_str(),
            until: facts.until,
            used: one.used,
            is_removed: one.removed.is_some(),
            has_ended: facts.until < now,
            days: (facts.until.0 - now.0).max(0) / Micros::DAY,
            warn_days,
        }
    }

    pub fn standing_key(&self) -> String {
        format!("keys-certificate-{}", if self.is_removed { "removed" } else { self.standing })
    }

    pub fn tone(&self) -> &'static str {
        if self.is_removed { "mute" } else { "good" }
    }

    /// What is wrong with it, as tone and words; nothing when all is well.
    pub fn trouble(&self, page: &Page) -> Option<(&'static str, String)> {
        if self.is_removed {
            return None;
        }
        match self.has_ended {
            true => Some(("bad", page.t("keys-state-expired"))),
            false if self.days < self.warn_days => Some(("warn", page.t1("keys-state-ending", "days", self.days))),
            false => None,
        }
    }
}

/// All of them, for the page.
pub(super) async fn shown(visit: &Visit, warn_days: i64) -> Result<Vec<Shown>, StoreError> {
    let all = list_certificates(&visit.db, SHOWN).await?;
    Ok(all.iter().map(|one| Shown::of(one, warn_days, visit.now)).collect())
}

/// `POST /mail/certificates`: ours with its secret, or some that vouch for others.
pub(super) async fn bring(visit: Visit, Given(room): Given<Room>, mut form: Multipart) -> Answer {
    let (mut bytes, mut is_trusted) = (Vec::new(), false);
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default() {
            "file" => bytes = read_at_most(field, FILE_BYTES).await?,
            "accept" => is_trusted = !read_at_most(field, 40).await?.is_empty(),
            _ => {}
        }
    }
    if bytes.is_empty() {
        return Ok(visit.go_saying("/mail/keys", Tone::Bad, "keys-bring-none", &[]));
    }
    let (who, keyring) = (visit.viewer.name.as_str(), &room.office.keyring);
    match bring_certificates(&visit.db, who, keyring, (&bytes, is_trusted), visit.now).await {
        Ok(all) => {
            let count = Word::from(i64::try_from(all.len()).unwrap_or(i64::MAX));
            Ok(visit.go_saying("/mail/keys", Tone::Good, "keys-did-certificate", &[("count", count)]))
        }
        Err(problem) => refused(&visit, problem),
    }
}

/// `GET /mail/certificates/{fingerprint}`: the certificate as a file.
pub(super) async fn file(visit: Visit, Path(fingerprint): Path<String>) -> Answer {
    let name = fingerprint_key(&fingerprint);
    let all = list_certificates(&visit.db, SHOWN).await?;
    let one = all.into_iter().find(|one| one.certificate.fingerprint() == name).ok_or_else(PageError::not_found)?;
    Ok(visit.download(&format!("{name}.cer"), "application/pkix-cert", one.certificate.bytes().to_vec()))
}

/// `POST /mail/certificates/{fingerprint}/remove`
pub(super) async fn remove(visit: Visit, Path(fingerprint): Path<String>) -> Answer {
    match shelve_certificate(&visit.db, &visit.viewer.name, &fingerprint, true, visit.now).await {
        Ok(one) => {
            let undo = Undo::at(format!("/mail/certificates/{}/restore", one.certificate.fingerprint()));
            Ok(visit.go_undoable("/mail/keys", "keys-did-certificate-remove", &[], undo))
        }
        Err(problem) => refused(&visit, problem),
    }
}

/// `POST /mail/certificates/{fingerprint}/restore`
pub(super) async fn restore(visit: Visit, Path(fingerprint): Path<String>) -> Answer {
    match shelve_certificate(&visit.db, &visit.viewer.name, &fingerprint, false, visit.now).await {
        Ok(_) => Ok(done(&visit, "keys-did-certificate-restore")),
        Err(problem) => refused(&visit, problem),
    }
}

fn done(visit: &Visit, key: &'static str) -> Response {
    visit.go_saying("/mail/keys", Tone::Good, key, &[])
}

fn refused(visit: &Visit, problem: CertificateProblem) -> Answer {
    let key = match &problem {
        CertificateProblem::NotFound(_) => return Err(PageError::not_found()),
        CertificateProblem::Disk(_) | CertificateProblem::Store(_) => return Err(PageError::internal(problem)),
        CertificateProblem::Own(_) => "keys-refused-own",
        CertificateProblem::NotTrusted => "keys-refused-not-trusted",
        CertificateProblem::File(_) => "keys-refused-file",
    };
    Ok(visit.go_saying("/mail/keys", Tone::Bad, key, &[("why", Word::from(problem.to_string()))]))
}
