//! Mail that leaves signed with a certificate of ours.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use manara_model::Micros;
use sha2::{Digest as _, Sha256};

use super::ber::{self, INTEGER, NULL, OCTETS, OID, SEQUENCE, SET, UTC_TIME, around, value};
use super::certificate::SHA256;
use super::identity::{MailIdentity, Secret};
use crate::guarded;
use crate::mime::{Entity, canonical};
use crate::protect::{ProtectError, boundary, outer, payload};

const DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 1];
const SIGNED: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
const DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
const SIGNED_AT: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 5];
const RSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];

/// Signs a mail with a certificate of ours: the signature stands beside the text. The fields of its head are repeated inside.
pub fn smime_sign(mail: &[u8], by: &MailIdentity, now: Micros) -> Result<Vec<u8>, ProtectError> {
    if !by.may_sign(now) {
        return Err(ProtectError::Sign(by.certificate().fingerprint()));
    }
    let mail = canonical(mail);
    let entity = Entity::of(&mail);
    let payload = payload(&entity, "clear");
    let made = guarded(|| signature(&payload, by, now)).flatten();
    let made = made.ok_or_else(|| ProtectError::Make("the signature cannot be made".into()))?;
    let body = STANDARD.encode(made);
    let boundary = boundary();
    let mut out = outer(&entity, false);
    out.extend(
        format!(
            "Content-Type: multipart/signed; micalg=sha-256;\r\n protocol=\"application/pkcs7-signature\";\r\n \
             boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n"
        )
        .bytes(),
    );
    out.extend_from_slice(&payload);
    out.extend(
        format!(
            "\r\n--{boundary}\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n\
             Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"smime.p7s\"\r\n\r\n"
        )
        .bytes(),
    );
    for line in body.as_bytes().chunks(76) {
        out.extend_from_slice(line);
        out.extend_from_slice(b"\r\n");
    }
    out.extend(format!("--{boundary}--\r\n").bytes());
    Ok(out)
}

fn attribute(name: &[u8], said: &[u8]) -> Vec<u8> {
    around(SEQUENCE, &[&value(OID, name), &value(SET, said)])
}

fn algorithm(name: &[u8], has_null: bool) -> Vec<u8> {
    let null = if has_null { value(NULL, &[]) } else { Vec::new() };
    around(SEQUENCE, &[&value(OID, name), &null])
}

/// A moment in the form of the years until 2049, or of all years after.
fn moment(now: Micros) -> Vec<u8> {
    let text = now.utc().format("%Y%m%d%H%M%SZ").to_string();
    let is_short = text.as_str() < "2050";
    let short = text.get(2..).filter(|_| is_short).map(|short| value(UTC_TIME, short.as_bytes()));
    short.unwrap_or_else(|| value(ber::GENERALIZED_TIME, text.as_bytes()))
}

fn signature(text: &[u8], by: &MailIdentity, now: Micros) -> Option<Vec<u8>> {
    let mut attributes = [
        attribute(CONTENT_TYPE, &value(OID, DATA)),
        attribute(SIGNED_AT, &moment(now)),
        attribute(DIGEST, &value(OCTETS, &Sha256::digest(text))),
    ];
    // A set is written in the order of its bytes.
    attributes.sort();
    let attributes = attributes.concat();
    let made = by.secret.sign(&value(SET, &attributes))?;
    let certificate = by.certificate();
    let version = value(INTEGER, &[1]);
    let digest = algorithm(SHA256, true);
    let scheme = match by.secret {
        Secret::Rsa(_) => algorithm(RSA_SHA256, true),
        Secret::P256(_) => algorithm(ECDSA_SHA256, false),
    };
    let named = around(SEQUENCE, &[&certificate.issuer, &value(INTEGER, &certificate.serial)]);
    let signer =
        around(SEQUENCE, &[&version, &named, &digest, &value(0xa0, &attributes), &scheme, &value(OCTETS, &made)]);
    let mut certificates = certificate.bytes().to_vec();
    for one in by.chain() {
        certificates.extend_from_slice(one.bytes());
    }
    let inner = around(SEQUENCE, &[&value(OID, DATA)]);
    let data =
        around(SEQUENCE, &[&version, &value(SET, &digest), &inner, &value(0xa0, &certificates), &value(SET, &signer)]);
    Some(around(SEQUENCE, &[&value(OID, SIGNED), &value(0xa0, &data)]))
}
