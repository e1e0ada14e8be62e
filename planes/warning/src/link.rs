//! The link in a letter: who has it may answer one notice, until it expires.
//!
//! Its last part says which notice, until when and of which generation, and carries a tag that only this house can make.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use manara_model::Micros;
use manara_store::{Db, Settings, StoreError};
use ring::hmac;
use uuid::Uuid;

use crate::notice::{Notice, NoticeState};

/// Where the key is kept: with the state, and so in every backup.
const KEY_SETTING: &str = "warning.link_key";
/// Says what the key is used for, so that a tag of one use is none of another.
const LINK_USE: &[u8] = b"manara answer link 1\0";
const FORM_USE: &[u8] = b"manara answer form 1\0";
const VERSION: u8 = 1;
/// Version, id, expiry in seconds, generation.
const FACTS_BYTES: usize = 1 + 16 + 8 + 4;
const TAG_BYTES: usize = 32;
/// A longer token is none of ours.
const TOKEN_CHARS: usize = 100;
/// What stands in a stored letter where the link will be.
pub(crate) const LINK_PLACE: &str = "⟦link⟧";
/// What stands there for the time until when it works; as long as the time, so that lines end where they should.
pub(crate) const UNTIL_PLACE: &str = "⟦until-the-time⟧";

/// Makes and reads links.
pub struct Links {
    key: hmac::Key,
    base: String,
    grace_days: i64,
}

impl std::fmt::Debug for Links {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Links").field("base", &self.base).field("grace_days", &self.grace_days).finish_non_exhaustive()
    }
}

/// What a token says, proven to be ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pass {
    /// The notice.
    pub notice: Uuid,
    /// Until when it works.
    pub expires: Micros,
    /// The generation of links it belongs to.
    pub generation: u32,
}

impl Pass {
    /// The pass of somebody who needs no link, such as the demo's constituents: it does not expire.
    pub fn of(notice: &str, generation: u32) -> Option<Self> {
        Some(Pass { notice: Uuid::parse_str(notice).ok()?, expires: Micros::FAR, generation })
    }
}

/// Why a link opens nothing. The reader is never told which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// We never made it.
    #[error("forged")]
    Forged,
    /// Its time is over.
    #[error("expired")]
    Expired,
    /// The notice was taken back, or written anew, since.
    #[error("outdated")]
    Outdated,
    /// The notice is not there, or has not left.
    #[error("not sent")]
    NotSent,
    /// The form was not made by our page.
    #[error("form not ours")]
    ForeignForm,
}

impl Refusal {
    /// The word in the journal.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Forged => "forged",
            Self::Expired => "expired",
            Self::Outdated => "outdated",
            Self::NotSent => "not_sent",
            Self::ForeignForm => "foreign_form",
        }
    }
}

impl Links {
    /// The links of a house: its key is made at the first use and kept with the state. `base` is the address of the pages
    /// without a slash at its end; links work `grace_days` longer than an answer is asked for.
    pub async fn open(db: &Db, base: &str, grace_days: i64) -> Result<Self, StoreError> {
        let known = match Settings::get(db, KEY_SETTING).await? {
            Some(known) => known,
            None => {
                let fresh: [u8; 32] = rand::random();
                let mut tx = db.begin().await?;
                let kept = Settings::set_once(&mut tx, KEY_SETTING, &URL_SAFE_NO_PAD.encode(fresh)).await?;
                tx.commit().await?;
                kept
            }
        };
        let bytes = URL_SAFE_NO_PAD.decode(&known).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
        let unknown = || StoreError::Unknown { column: KEY_SETTING, found: "something that is no key".into() };
        Ok(Links::with_key(&bytes.ok_or_else(unknown)?, base, grace_days))
    }

    /// Links by a key of the caller's.
    pub fn with_key(key: &[u8; 32], base: &str, grace_days: i64) -> Self {
        Links {
            key: hmac::Key::new(hmac::HMAC_SHA256, key),
            base: base.trim_end_matches('/').into(),
            grace_days: grace_days.clamp(0, 3650),
        }
    }

    /// Until when the link of a letter works: the days to answer and the grace, from when it was ready to leave.
    pub fn expires(&self, notice: &Notice) -> Micros {
        notice.queued.unwrap_or(notice.created).plus_days(notice.answer_days + self.grace_days)
    }

    /// The address in a letter; none for a letter that asks for no answer.
    pub fn address(&self, notice: &Notice) -> Option<String> {
        let asked = if notice.about.is_empty() { &notice.id } else { &notice.about };
        let id = Uuid::parse_str(asked).ok()?;
        let generation = u32::try_from(notice.link_generation).ok()?;
        Some(format!("{}/a/{}", self.base, self.token(id, self.expires(notice), generation)))
    }

    /// A letter as it leaves: with its link.
    pub fn fill(&self, body: &str, notice: &Notice) -> String {
        let until = until_text(self.expires(notice));
        body.replace(LINK_PLACE, &self.address(notice).unwrap_or_default()).replace(UNTIL_PLACE, &until)
    }

    /// A letter as it is shown to those who may not answer for the constituent: without the link.
    pub fn cover(&self, body: &str, notice: &Notice, instead: &str) -> String {
        let until = match notice.queued {
            Some(_) => until_text(self.expires(notice)),
            None => "…".into(),
        };
        body.replace(LINK_PLACE, instead).replace(UNTIL_PLACE, &until)
    }

    /// The token of a notice.
    pub fn token(&self, notice: Uuid, expires: Micros, generation: u32) -> String {
        let mut bytes = Vec::with_capacity(FACTS_BYTES + TAG_BYTES);
        bytes.push(VERSION);
        bytes.extend_from_slice(notice.as_bytes());
        bytes.extend_from_slice(&expires.0.div_euclid(1_000_000).to_be_bytes());
        bytes.extend_from_slice(&generation.to_be_bytes());
        let tag = self.sign(LINK_USE, &bytes);
        bytes.extend_from_slice(tag.as_ref());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What a token says, when we made it. The tags are compared in constant time.
    pub fn read(&self, token: &str) -> Result<Pass, Refusal> {
        let bytes = Some(token).filter(|token| token.len() <= TOKEN_CHARS);
        let bytes = bytes.and_then(|token| URL_SAFE_NO_PAD.decode(token).ok()).unwrap_or_default();
        let (facts, tag) = bytes.split_at_checked(FACTS_BYTES).unwrap_or((&[], &[]));
        let signed: Vec<u8> = LINK_USE.iter().chain(facts).copied().collect();
        hmac::verify(&self.key, &signed, tag).map_err(|_| Refusal::Forged)?;
        pass(facts).ok_or(Refusal::Forged)
    }

    /// The tag that a form of a link's page carries: proof that the page was opened.
    pub fn form_tag(&self, token: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.sign(FORM_USE, token.as_bytes()))
    }

    /// Whether a form carries the right tag.
    pub fn is_form_tag(&self, token: &str, tag: &str) -> bool {
        let signed: Vec<u8> = FORM_USE.iter().chain(token.as_bytes()).copied().collect();
        let tag = Some(tag).filter(|tag| tag.len() <= TOKEN_CHARS).and_then(|tag| URL_SAFE_NO_PAD.decode(tag).ok());
        hmac::verify(&self.key, &signed, &tag.unwrap_or_default()).is_ok()
    }

    fn sign(&self, use_: &[u8], bytes: &[u8]) -> hmac::Tag {
        let signed: Vec<u8> = use_.iter().chain(bytes).copied().collect();
        hmac::sign(&self.key, &signed)
    }
}

fn until_text(moment: Micros) -> String {
    moment.utc().format("%Y-%m-%d %H:%M").to_string()
}

fn pass(facts: &[u8]) -> Option<Pass> {
    let (version, rest) = facts.split_first()?;
    let (id, rest) = rest.split_at_checked(16)?;
    let (seconds, generation) = rest.split_at_checked(8)?;
    let seconds = i64::from_be_bytes(seconds.try_into().ok()?);
    (*version == VERSION).then_some(Pass {
        notice: Uuid::from_slice(id).ok()?,
        expires: Micros(seconds.checked_mul(1_000_000)?),
        generation: u32::from_be_bytes(generation.try_into().ok()?),
    })
}

/// Whether a pass opens a notice now: it has left, is of this generation of links, and its time is not over.
pub fn opens(pass: Pass, notice: Option<&Notice>, now: Micros) -> Result<(), Refusal> {
    let notice = notice.ok_or(Refusal::NotSent)?;
    if i64::from(pass.generation) != notice.link_generation {
        return Err(Refusal::Outdated);
    }
    // Handed to a mail server in a try that was cut off, a letter may have arrived though its notice is still queued.
    if !notice.about.is_empty() || !matches!(notice.state, NoticeState::Queued | NoticeState::Sent) {
        return Err(Refusal::NotSent);
    }
    if now >= pass.expires { Err(Refusal::Expired) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::{Links, Pass, Refusal};

    const ID: Uuid = Uuid::from_u128(0x0190_a8c2_0000_7000_8000_0000_0000_0001);

    fn links(key: u8) -> Links {
        Links::with_key(&[key; 32], "https://cirt.example/", 14)
    }

    #[test]
    fn a_token_says_what_was_put_into_it() {
        let pass = Pass { notice: ID, expires: Micros(1_800_000_000_000_000), generation: 3 };
        let token = links(1).token(ID, pass.expires, 3);
        assert_eq!(token.len(), 82);
        assert!(token.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{token}");
        assert_eq!(links(1).read(&token), Ok(pass));
        assert_eq!(links(2).read(&token), Err(Refusal::Forged), "of another house");
        assert_eq!(token, links(1).token(ID, pass.expires, 3), "the same at every try");
    }

    #[test]
    fn whoever_changes_a_token_forges_it() {
        let links = links(1);
        let token = links.token(ID, Micros(1_800_000_000_000_000), 3);
        for at in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).expect("ASCII");
            assert_eq!(links.read(&changed), Err(Refusal::Forged), "{at}");
        }
        let other = links.token(Uuid::from_u128(7), Micros(1_900_000_000_000_000), 4);
        let swapped = format!("{}{}", &token[..38], &other[38..]);
        for bad in [swapped.as_str(), "", &token[..81], &format!("{token}A"), &format!("{token}="), &"A".repeat(82)] {
            assert_eq!(links.read(bad), Err(Refusal::Forged), "{bad}");
        }
    }

    #[test]
    fn a_form_belongs_to_its_link() {
        let links = links(1);
        let (one, two) = (links.token(ID, Micros(0), 0), links.token(ID, Micros(0), 1));
        assert!(links.is_form_tag(&one, &links.form_tag(&one)));
        assert!(!links.is_form_tag(&two, &links.form_tag(&one)));
        assert!(!links.is_form_tag(&one, "") && !links.is_form_tag(&one, &one));
    }

    proptest! {
        #[test]
        fn any_text_is_refused_and_nothing_breaks(text in "\\PC{0,120}", coded in "[A-Za-z0-9_-]{0,100}") {
            prop_assert_eq!(links(1).read(&text), Err(Refusal::Forged));
            prop_assert_eq!(links(1).read(&coded), Err(Refusal::Forged));
        }

        #[test]
        fn every_token_is_read_back(id in any::<u128>(), seconds in 0..250_000_000_000i64, generation in any::<u32>()) {
            let pass = Pass { notice: Uuid::from_u128(id), expires: Micros(seconds * 1_000_000), generation };
            prop_assert_eq!(links(9).read(&links(9).token(pass.notice, pass.expires, generation)), Ok(pass));
        }
    }
}
