//! Having registries outside asked about an address or a name: only when the configuration allows it, only when a person says
//! so, and never above what the PAP of an incident permits.

use std::time::Duration;

use manara_model::{Micros, Viewer};
use manara_net::{AskError, Asker};
use manara_response::{About, Asked, Refusal, ResponseError, Said, Way};
use manara_store::StoreError;

use crate::house::House;
use crate::pages::research::Subject;

/// The folder of the lists of registries, in the data folder.
const FOLDER: &str = "rdap";
/// How long a list is used that was fetched.
const LIST_DAYS: u64 = 30;
/// How often whois is sent on.
const STEPS: usize = 3;
/// Answers of one subject that are shown.
pub const SHOWN: i64 = 6;

/// Why nobody was asked, or nothing was answered.
#[derive(Debug, thiserror::Error)]
pub enum NotAsked {
    /// The configuration does not allow it.
    #[error("asking outside is off; `ask = true` in the section [research] of cirt.toml allows it")]
    Off,
    /// No registry can be asked about such a thing.
    #[error("no registry can be asked about it; expected an address, a network, a domain or an AS number")]
    Nothing,
    /// The incident it is asked for is not there, or forbids it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// Another incident that speaks of it forbids it.
    #[error("the PAP of a live incident{} that speaks of it is stricter than GREEN: nobody outside may be asked about it", of(.0))]
    Forbidden(String),
    /// Too many questions.
    #[error("{0} questions were asked in the last minute; ask again in a moment")]
    Many(i64),
    /// No list names a registry for it.
    #[error("no list of registries names one for it; see `manara research --help`")]
    NoRegistry,
    /// A list cannot be read.
    #[error("{file}: {why}; load it again from IANA")]
    List {
        /// The file.
        file: String,
        /// What is wrong.
        why: String,
    },
    /// The registry did not answer, or not well.
    #[error("{server}: {why}")]
    Answer {
        /// Who was asked.
        server: String,
        /// What was wrong.
        why: String,
    },
    /// The state database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn of(number: &str) -> String {
    if number.is_empty() { String::new() } else { format!(" ({number})") }
}

impl NotAsked {
    /// The last part of the message key: `asking-…`; nothing for what is a fault of ours.
    pub fn code(&self) -> Option<&'static str> {
        match self {
            Self::Off => Some("off"),
            Self::Nothing => Some("nothing"),
            Self::Refused(Refusal::Pap) => Some("pap"),
            Self::Refused(_) => Some("no-incident"),
            Self::Forbidden(_) => Some("forbidden"),
            Self::Many(_) => Some("many"),
            Self::NoRegistry => Some("no-registry"),
            Self::List { .. } => Some("list"),
            Self::Answer { .. } => Some("answer"),
            Self::Store(_) => None,
        }
    }
}

/// Whether there is anything to ask, and it is allowed.
pub fn can_ask(house: &House, subject: &Subject) -> bool {
    house.config.research.ask && About::read(subject.kind, &subject.value).is_some()
}

/// Asks, or shows again what was answered within the hours of the configuration. `incident` is the one it is asked for; empty
/// for none.
pub async fn ask(
    house: &House,
    viewer: &Viewer,
    subject: &Subject,
    (way, incident): (Way, &str),
    now: Micros,
) -> Result<Asked, NotAsked> {
    let config = &house.config.research;
    if !config.ask {
        return Err(NotAsked::Off);
    }
    let about = About::read(subject.kind, &subject.value).ok_or(NotAsked::Nothing)?;
    let incident = match incident {
        "" => None,
        name => match manara_response::may_ask(&house.db, viewer, name).await {
            Ok(one) => Some(one),
            Err(ResponseError::Refused(why)) => return Err(why.into()),
            Err(ResponseError::Store(error)) => return Err(error.into()),
            Err(ResponseError::Stale) => return Err(Refusal::NotFound.into()),
        },
    };
    for value in [subject.value.as_str(), about.line().as_str()] {
        if let Some(number) = manara_response::asking_forbidden(&house.db, viewer, value).await? {
            return Err(NotAsked::Forbidden(number));
        }
    }
    let known = manara_response::asked_of(&house.db, viewer, (subject.kind, &subject.value), SHOWN).await?;
    let since = Micros(now.0 - config.keep_hours.max(0).saturating_mul(3_600_000_000));
    if let Some(fresh) = known.into_iter().find(|one| one.way == way && one.at >= since) {
        return Ok(fresh);
    }
    let recent = manara_response::asked_since(&house.db, Micros(now.0 - 60_000_000)).await?;
    if recent >= config.questions_per_minute {
        return Err(NotAsked::Many(recent));
    }
    let (of, what) = (house.clone(), about);
    let work = tokio::task::spawn_blocking(move || match way {
        Way::Rdap => by_rdap(&of, &what),
        Way::Whois => by_whois(&of, &what),
    });
    let fault = |why: String| NotAsked::Answer { server: "manara".into(), why };
    let (server, said, answer) = work.await.map_err(|error| fault(error.to_string()))??;
    let what = (subject.kind, subject.value.as_str());
    let kept = (way, server.as_str(), said, answer);
    Ok(manara_response::keep_asked(&house.db, viewer, what, kept, incident.as_ref(), now).await?)
}

fn asker(house: &House) -> Result<Asker, NotAsked> {
    let failed = |error: AskError| NotAsked::Answer { server: "manara".into(), why: error.to_string() };
    Asker::new(&house.config.research).map_err(failed)
}

fn by_rdap(house: &House, about: &About) -> Result<(String, Said, String), NotAsked> {
    let asker = asker(house)?;
    let list = list(house, &asker, about)?;
    let wrong = |why| NotAsked::List { file: about.list().into(), why };
    let base = manara_response::registry(&list, about).map_err(wrong)?.ok_or(NotAsked::NoRegistry)?;
    let url = format!("{base}{}", about.path());
    let answered =
        asker.get(&url).map_err(|error| NotAsked::Answer { server: base.clone(), why: error.to_string() })?;
    let said = manara_response::read_rdap(&answered.bytes)
        .map_err(|why| NotAsked::Answer { server: answered.server.clone(), why })?;
    Ok((answered.server, said, manara_response::kept(&answered.bytes)))
}

/// The list of registries of a kind: out of the data folder, else fetched and kept there.
fn list(house: &House, asker: &Asker, about: &About) -> Result<Vec<u8>, NotAsked> {
    let path = house.data.join(FOLDER).join(about.list());
    let there = std::fs::read(&path).ok();
    let age = std::fs::metadata(&path).and_then(|file| file.modified()).ok().and_then(|at| at.elapsed().ok());
    let is_fresh = age.is_some_and(|age| age < Duration::from_secs(LIST_DAYS * 86_400));
    let address = house.config.research.bootstrap_address.trim_end_matches('/');
    if let Some(there) = there.as_ref().filter(|_| is_fresh || address.is_empty()) {
        return Ok(there.clone());
    }
    if address.is_empty() {
        return Err(NotAsked::NoRegistry);
    }
    match asker.get(&format!("{address}/{}", about.list())) {
        Ok(answered) => {
            let kept = std::fs::create_dir_all(house.data.join(FOLDER)).and_then(|()| {
                manara_store::write_durably(&path, |file| std::io::Write::write_all(file, &answered.bytes))
            });
            if let Err(error) = kept {
                tracing::warn!(%error, "a list of registries was not kept");
            }
            Ok(answered.bytes)
        }
        // An old list is better than none.
        Err(error) => there.ok_or(NotAsked::Answer { server: address.to_string(), why: error.to_string() }),
    }
}

fn by_whois(house: &House, about: &About) -> Result<(String, Said, String), NotAsked> {
    let asker = asker(house)?;
    let mut server = house.config.research.whois_server.clone();
    let mut asked = Vec::new();
    let mut last = None;
    while asked.len() < STEPS && !asked.contains(&server) {
        let answered = match asker.whois(&server, &about.line()) {
            Ok(answered) => answered,
            // What the first server said is better than nothing.
            Err(_) if last.is_some() => break,
            Err(error) => return Err(NotAsked::Answer { server, why: error.to_string() }),
        };
        asked.push(server.clone());
        let text = manara_response::kept(&answered.bytes);
        let next = manara_response::refers_to(&text);
        last = Some((server.clone(), text));
        match next {
            Some(next) => server = next,
            None => break,
        }
    }
    let (server, text) = last.ok_or(NotAsked::NoRegistry)?;
    Ok((server, manara_response::read_whois(&text), text))
}
