//! OpenPGP and S/MIME for mail: keys, messages that are opened and checked, messages that are signed and encrypted. No network,
//! disk or database; nothing that comes in can make it panic, and every list has an end.
//!
//! The packets are read by the crate `pgp`. What a key may be used for is decided here: of a certificate only what its own
//! primary key signed is kept, and every question is asked for a moment that is given.

mod autocrypt;
mod certificate;
mod mime;
mod open;
mod own;
mod protect;
mod read;
mod smime;
mod wkd;

pub use autocrypt::{Autocrypt, autocrypt};
pub use certificate::{Certificate, KeyFacts, KeyState};
pub use open::{Checked, OpenError, OpenLimits, Opened, SignatureState, Unlocked, open, unlock};
pub use own::OwnKey;
pub use protect::{ProtectError, protect};
pub use read::{Key, KeyError, KeyLimits, read_keys};
pub use smime::{
    CertificateFacts, IdentityError, MailCertificate, MailIdentity, SmimeChecked, SmimeState, SmimeUnlocked,
    read_certificates, smime_sign, smime_unlock,
};
pub use wkd::{KeyPlaces, key_place, key_places};

/// Runs what reads foreign packets. The library has states it believes impossible; one of them must not end a program.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).ok()
}

/// A moment as OpenPGP counts it.
fn timestamp(now: manara_model::Micros) -> pgp::types::Timestamp {
    pgp::types::Timestamp::from_secs(u32::try_from(now.0.max(0) / 1_000_000).unwrap_or(u32::MAX))
}

/// A moment of OpenPGP as we count it.
fn micros(seconds: u64) -> manara_model::Micros {
    manara_model::Micros(i64::try_from(seconds).unwrap_or(i64::MAX / 1_000_000).saturating_mul(1_000_000))
}
