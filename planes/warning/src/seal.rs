//! How notices leave: as they are, signed, or encrypted. The keys are of another plane: whoever wires this one brings the answer.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use manara_model::Tlp;
use manara_net::{Letter, LetterError, Mail, Mailer};
use manara_store::StoreError;

/// Makes of a whole message one that is signed, or signed and encrypted; or says why it cannot.
pub type Seal = Arc<dyn Fn(&[u8]) -> Result<Vec<u8>, String> + Send + Sync>;

/// How a notice leaves.
#[derive(Clone)]
pub enum Leaves {
    /// As it is.
    Plain,
    /// Signed.
    Signed(Seal),
    /// Encrypted to everybody who gets it.
    Encrypted(Seal),
    /// Not at all: its marking lets it leave encrypted alone, and these addresses have no key that was accepted.
    NoKey(Vec<String>),
}

impl Leaves {
    /// The word used in the journal and in message keys.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Signed(_) => "signed",
            Self::Encrypted(_) => "encrypted",
            Self::NoKey(_) => "no-key",
        }
    }

    /// The message of a letter, its attachments inside of what is signed or encrypted.
    pub(crate) fn build(&self, mailer: &Mailer, letter: &Letter) -> Result<Mail, LetterError> {
        match self {
            Self::Plain => mailer.build(letter),
            Self::Signed(seal) | Self::Encrypted(seal) => mailer.build_sealed(letter, None, |bytes| seal(bytes)),
            Self::NoKey(mails) => Err(LetterError::Build(format!(
                "{} lets it leave encrypted alone, and there is no valid key of {} that was accepted; accept one \
                 (`manara mail keys`), then send it again",
                letter.tlp.label(),
                mails.join(", ")
            ))),
        }
    }
}

/// Says how something of a marking leaves for some addresses.
pub type Seals =
    Arc<dyn Fn(Vec<String>, Tlp) -> Pin<Box<dyn Future<Output = Result<Leaves, StoreError>> + Send>> + Send + Sync>;

/// Lets everything leave as it is: for what is measured or tried out and has no keys.
pub fn unsealed() -> Seals {
    Arc::new(|_, _| Box::pin(async { Ok(Leaves::Plain) }))
}
