//! The operating manual: procedures written from how the house really is configured.

mod difference;
mod markdown;
pub(crate) mod sql;
mod write;

pub use difference::{Mark, Marked, compare_texts};
pub use markdown::{Chunk, Piece, chunks};
pub use sql::{Reading, count_changed, keep_said, mark_read, readings, readings_of, said};
pub use write::{Manual, ManualError, Written};
pub(crate) use write::{fill, tried};

use manara_model::Micros;
use manara_store::{Db, Settings};
use manara_web::{Lang, Service, Services, Words};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::establish::House;

/// A document of the manual. Its words are `content/sops/<lang>/<id>.md`.
#[derive(Debug, PartialEq, Eq)]
pub struct Document {
    /// Its id.
    pub id: &'static str,
    /// The service it is about; without one it is for every house.
    pub service: Option<Service>,
}

const fn of(id: &'static str, service: Option<Service>) -> Document {
    Document { id, service }
}

/// All documents, in the order of the manual.
pub const DOCUMENTS: [Document; 13] = [
    of("operating-manual", None),
    of("duty-day", None),
    of("shift-handover", None),
    of("feed-round", Some(Service::Watch)),
    of("finding-to-notice", Some(Service::Warning)),
    of("constituent-answers", Some(Service::Warning)),
    of("incident", Some(Service::Response)),
    of("response-tools", Some(Service::Response)),
    of("sharing", None),
    of("daily-digest", Some(Service::Picture)),
    of("onboarding", Some(Service::Constituency)),
    of("programs", Some(Service::Api)),
    of("backup", None),
];

impl Document {
    /// Whether the house has it: the service it is about is on.
    pub fn is_there(&self, services: Services) -> bool {
        self.service.is_none_or(|service| services.is_on(service))
    }
}

/// Characters of what a person says for the manual.
pub const SAID_CHARS: usize = 300;

/// What the program cannot know, and the manual has to say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SaidOfHouse {
    /// When somebody is on duty.
    pub hours: String,
    /// When the shift changes.
    pub handover: String,
    /// Who heads the team.
    pub head: String,
    /// Who is told outside, and how.
    pub police: String,
    /// Where backups are kept.
    pub backup_place: String,
}

impl SaidOfHouse {
    /// Whether every text is short, and on one line.
    pub fn is_good(&self) -> bool {
        self.wrong().is_none()
    }

    /// The name of the first text that is too long, or not on one line.
    pub fn wrong(&self) -> Option<&'static str> {
        let is_bad = |text: &str| text.chars().count() > SAID_CHARS || text.chars().any(char::is_control);
        let all = [
            ("head", &self.head),
            ("hours", &self.hours),
            ("handover", &self.handover),
            ("police", &self.police),
            ("backup_place", &self.backup_place),
        ];
        all.into_iter().find(|(_, text)| is_bad(text)).map(|(name, _)| name)
    }
}

/// The hash of the facts and texts the kept documents were written from.
const WRITTEN_FROM: &str = "framework.manual_written_from";

/// Writes all documents of the house in a language, as it stands.
pub async fn written(
    db: &Db,
    house: &dyn House,
    manual: &Manual,
    words: &Words,
    lang: Lang,
) -> Result<Vec<Written>, ManualError> {
    let facts = house.facts(lang).await?;
    let said = sql::said(db).await?;
    manual.write(words, lang, &facts, &said, manara_web::services(db).await?)
}

/// Keeps the documents as they would be written now, when anything they say has changed: that is how people hear that a
/// procedure they read is another one. `words` is asked for only then. Gives how many documents changed.
pub async fn keep_current(
    db: &Db,
    house: &dyn House,
    manual: &Manual,
    words: impl FnOnce() -> Result<Words, ManualError> + Send,
    now: Micros,
) -> Result<u64, ManualError> {
    let said = sql::said(db).await?;
    let services = manara_web::services(db).await?;
    let mut all = Vec::new();
    for lang in Lang::ALL {
        all.push((lang, house.facts(lang).await?));
    }
    let facts: Vec<_> = all.iter().map(|(_, facts)| facts).collect();
    let on = Service::ALL.map(|service| services.is_on(service));
    let text = serde_json::to_string(&(facts, &said, on, manual.version()));
    let stamp = hash(&text.map_err(|error| ManualError::Text(error.to_string()))?);
    if Settings::get(db, WRITTEN_FROM).await?.as_deref() == Some(stamp.as_str()) {
        return Ok(0);
    }
    let words = words()?;
    let mut changed = 0;
    for (lang, facts) in &all {
        let documents = manual.write(&words, *lang, facts, &said, services)?;
        changed += sql::keep_documents(db, *lang, &documents, now).await?;
    }
    let mut tx = db.begin().await?;
    Settings::set(&mut tx, WRITTEN_FROM, &stamp).await?;
    tx.commit().await?;
    Ok(changed)
}

/// The version of a text.
pub(crate) fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
