//! What our mail is signed with and whom it vouches for, for programs of the administrator; and whom nothing can be written
//! to encrypted.

use axum::body::Bytes;
use axum::extract::{Path, State as Stated};
use manara_crypt::MailIdentity;
use manara_web::api::{ApiAnswer, Code, Given, Op, Param, Problem, json as answer, made, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::super::super::operations::keys::{refused, shown};
use super::super::{MailContact, Room, certificates, keys};
use super::{LINES, certificate_shown, page_in};
use crate::jobs::{CertificateProblem, bring_certificates, make_key, rotate_key, shelve_certificate};
use crate::mail_key::fingerprint_key;
use crate::sql_certificate::list_certificates;

/// The operations.
pub(super) fn site() -> Site<Room> {
    let (handle, set_up) = (Right::HandleIncidents, Right::SetUp);
    let shelve = |path, id, says| Op::post(path, id, set_up, says, "MailCertificate");
    Site::new()
        .api(
            Op::make(
                "/api/v1/mail-keys/generate",
                "generateMailKey",
                set_up,
                "Makes a key of ours, which signs from now on; its secret stays in the house",
                "MailKey",
            )
            .takes("MailKeyGiven"),
            generate,
        )
        .api(
            Op::make(
                "/api/v1/mail-keys/rotate",
                "rotateMailKey",
                set_up,
                "Makes a key that takes the place of the one that signs now",
                "MailKey",
            )
            .takes("MailKeyRotated"),
            rotate,
        )
        .api(
            Op::pages(
                "/api/v1/mail-keys/missing",
                "listContactsWithoutKey",
                handle,
                "Contacts of constituents that nothing can be written to encrypted; wants constituents:read, too",
                "ContactWithoutKey",
            ),
            missing,
        )
        .api(
            Op::post(
                "/api/v1/mail-certificates",
                "bringMailCertificates",
                set_up,
                "Takes the certificates of a file, which vouch for others from now on. No secret ones",
                "MailCertificates",
            )
            .takes_file(certificates::FILE_BYTES)
            .needs(Param::new(
                "accept",
                schema::one_of(["true"]),
                "says that they are trusted to vouch for others",
            )),
            bring,
        )
        .api(
            Op::file(
                "/api/v1/mail-certificates/{fingerprint}",
                "getMailCertificate",
                handle,
                "A certificate as a file",
                &["application/pkix-cert"],
            ),
            file,
        )
        .api(
            shelve(
                "/api/v1/mail-certificates/{fingerprint}/remove",
                "removeMailCertificate",
                "Lets a certificate vouch for nobody any more",
            ),
            remove,
        )
        .api(
            shelve("/api/v1/mail-certificates/{fingerprint}/restore", "restoreMailCertificate", "Brings it back"),
            restore,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let days = || json!({ "type": "integer", "minimum": 1, "maximum": keys::DAYS });
    let text = schema::text;
    vec![
        ("MailKeyGiven", schema::given(1, &[("user_id", schema::words(3, keys::USER_ID_CHARS)), ("days", days())])),
        ("MailKeyRotated", schema::given(1, &[("was", schema::words(1, 100)), ("days", days())])),
        ("ContactWithoutKey", schema::object(&[("mail", text()), ("name", text()), ("constituent", text())])),
        ("MailCertificates", schema::object(&[("certificates", schema::many(schema::of("MailCertificate")))])),
    ]
}

/// How long a key is valid: what is asked for, or the usual.
fn days(asked: Option<u32>, usual: u32) -> Result<u32, Problem> {
    match asked {
        None => Ok(usual),
        Some(days) if (1..=keys::DAYS).contains(&days) => Ok(days),
        Some(days) => Err(Problem::invalid("days", "range", days)),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailKeyGiven {
    user_id: String,
    days: Option<u32>,
}

async fn generate(visit: Visit, Stated(room): Stated<Room>, Given(given): Given<MailKeyGiven>) -> ApiAnswer {
    let user_id = given.user_id.trim();
    if !keys::is_user_id(user_id) {
        return Err(Problem::invalid("user_id", "address", user_id));
    }
    let days = days(given.days, room.office.pgp.valid_days)?;
    let who = visit.viewer.name.as_str();
    let key = make_key(&visit.db, who, &room.office.keyring, (user_id, days), visit.now).await.map_err(refused)?;
    Ok(made(&format!("/api/v1/mail-keys/{}", key.certificate.fingerprint()), &shown(&key, visit.now)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct MailKeyRotated {
    was: String,
    days: Option<u32>,
}

/// The fingerprint of the key that signs now has to be named: so a key is rotated once, however often the order comes.
async fn rotate(visit: Visit, Stated(room): Stated<Room>, Given(given): Given<MailKeyRotated>) -> ApiAnswer {
    let days = days(given.days, room.office.pgp.valid_days)?;
    let keyring = &room.office.keyring;
    let current = keyring.current(visit.now).map(|own| own.fingerprint()).unwrap_or_default();
    if fingerprint_key(&given.was) != current {
        return Err(Problem::refused("stale", "another key signs now; read the keys again"));
    }
    let key = rotate_key(&visit.db, &visit.viewer.name, keyring, days, visit.now).await.map_err(refused)?;
    Ok(made(&format!("/api/v1/mail-keys/{}", key.certificate.fingerprint()), &shown(&key, visit.now)))
}

async fn missing(visit: Visit, Stated(room): Stated<Room>) -> ApiAnswer {
    if !visit.may(Right::ReadConstituents) {
        let detail = "the contacts are those of constituents: the operation wants the scope constituents:read too";
        return Err(Problem::new(Code::Scope, detail));
    }
    let (missing, _) = keys::without_key(&visit, &room).await?;
    let shown = |one: &MailContact| json!({ "mail": one.mail, "name": one.name, "constituent": one.constituent });
    page_in(&visit, missing.iter().map(shown).collect())
}

fn not_done(problem: CertificateProblem) -> Problem {
    let reason = match problem {
        CertificateProblem::NotFound(_) => return Problem::not_found(),
        CertificateProblem::Store(error) => return error.into(),
        CertificateProblem::Disk(error) => return Problem::internal(error),
        CertificateProblem::Own(_) => "own-certificate",
        CertificateProblem::NotTrusted => "not-trusted",
        CertificateProblem::File(_) => "no-certificate",
    };
    Problem::refused(reason, problem)
}

async fn bring(visit: Visit, Stated(room): Stated<Room>, bytes: Bytes) -> ApiAnswer {
    if visit.query("accept").as_deref() != Some("true") {
        return Err(Problem::invalid("accept", "word", ""));
    }
    if MailIdentity::read(&bytes).is_ok() {
        let why = "a secret key is brought on the page or by `manara mail keys import`";
        return Err(Problem::refused("secret-key", why));
    }
    let did = bring_certificates(&visit.db, &visit.viewer.name, &room.office.keyring, (&bytes, true), visit.now).await;
    let all = did.map_err(not_done)?;
    Ok(answer(&json!({ "certificates": all.iter().map(certificate_shown).collect::<Vec<_>>() })))
}

async fn file(visit: Visit, Path(fingerprint): Path<String>) -> ApiAnswer {
    let name = fingerprint_key(&fingerprint);
    let all = list_certificates(&visit.db, LINES).await?;
    let one = all.into_iter().find(|one| one.certificate.fingerprint() == name).ok_or_else(Problem::not_found)?;
    Ok(visit.download(&format!("{name}.cer"), "application/pkix-cert", one.certificate.bytes().to_vec()))
}

async fn remove(visit: Visit, Path(fingerprint): Path<String>) -> ApiAnswer {
    shelved(&visit, &fingerprint, true).await
}

async fn restore(visit: Visit, Path(fingerprint): Path<String>) -> ApiAnswer {
    shelved(&visit, &fingerprint, false).await
}

async fn shelved(visit: &Visit, fingerprint: &str, is_removed: bool) -> ApiAnswer {
    let did = shelve_certificate(&visit.db, &visit.viewer.name, fingerprint, is_removed, visit.now).await;
    Ok(answer(&certificate_shown(&did.map_err(not_done)?)))
}
