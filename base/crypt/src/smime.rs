//! S/MIME (RFC 8551): mail that was signed or encrypted with certificates, opened, checked, and signed with ours.
//!
//! In two steps, as with OpenPGP: [`smime_unlock`] needs our identities, [`SmimeUnlocked::checked`] the certificates that are
//! trusted. What is written by others is read by ourselves (`ber.rs`): much of it has no lengths, which readers of DER refuse.

mod ber;
mod certificate;
mod identity;
mod message;
mod sign;

pub use certificate::{CertificateFacts, MailCertificate};
pub use identity::{IdentityError, MailIdentity, read_certificates};
pub use message::{SmimeChecked, SmimeState, SmimeUnlocked, smime_unlock};
pub use sign::smime_sign;
