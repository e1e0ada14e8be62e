//! Mail about clocks of incidents: a stage is due soon, or late. It goes to whoever handles or follows the incident and gave an
//! address for the digest; of what is late those hear too whom `cirt.toml` names for the digest. It says number, stage and
//! time, never what the incident is about.

use std::collections::BTreeMap;

use manara_model::{Entry, Mailboxes, Micros, Tlp, Viewer};
use manara_net::{Addressee, Letter, Mailer, SendError};
use manara_response::{Clock, Incident, Texts};
use manara_store::{Db, Job, Jobs, Journal, StoreError, Tx};
use manara_web::{Lang, Locale, Word, Words, people};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::house::House;
use crate::picture::wishes;

/// The kind of the jobs.
const JOB: &str = "app.clock";
/// Jobs looked at in one round.
const LOOK_AT: i64 = 5_000;
/// Nobody else takes a mail that is being sent, for so many minutes.
const CLAIM_MINUTES: i64 = 10;
/// Minutes until a mail that was not taken is tried again; then every hour.
const TRY_AGAIN_MINUTES: [i64; 3] = [1, 5, 15];
/// After so long a page tells better than a mail.
const GIVE_UP_DAYS: i64 = 2;

/// A mail that waits.
#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    incident: String,
    number: String,
    mail: String,
    language: String,
    tlp: i64,
    subject: String,
    body: String,
    at: String,
}

/// Whom a mail is for.
struct Reader {
    lang: Lang,
    locale: Locale,
    clearance: Tlp,
    mailboxes: Mailboxes,
}

/// Writes the mails that a line of the journal about a stage asks for. The same line again writes none.
pub async fn write(house: &House, entry: &Entry) -> anyhow::Result<()> {
    let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap_or_default();
    let text = |name: &str| detail.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let is_late = entry.verb == "stage_late";
    let Some(one) = manara_response::get(&house.db, &Viewer::system(), &entry.record).await? else { return Ok(()) };
    let clocks = manara_response::clocks_of(&house.db, &one.id).await?;
    let Some(clock) = clocks.into_iter().find(|clock| clock.id == text("clock")) else { return Ok(()) };
    let readers = readers(house, &one, is_late).await?;
    if readers.is_empty() {
        return Ok(());
    }
    let folder = house.content_folder().join("lang");
    let words = Words::load(folder.is_dir().then_some(folder).as_deref())?;
    let address = house.address().await?;
    let mut tx = house.db.begin().await?;
    for (mail, reader) in readers {
        let (subject, body) = written(&words, &reader, (&one, &clock, text("stage")), &address, is_late);
        let waiting = Waiting {
            incident: one.id.clone(),
            number: one.number.clone(),
            language: reader.lang.tag().into(),
            tlp: one.tlp.rank(),
            subject,
            body,
            at: entry.at.rfc3339(),
            mail,
        };
        let id = format!("{JOB}/{}/{}", entry.id, waiting.mail);
        Jobs::add(&mut tx, &id, JOB, &serde_json::to_string(&waiting)?, entry.at).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Who hears of an incident, by mail address. Who may not see it hears nothing.
async fn readers(house: &House, one: &Incident, is_late: bool) -> anyhow::Result<BTreeMap<String, Reader>> {
    let mut found = BTreeMap::new();
    let usual = house.config.nation.usual()?;
    if is_late {
        for to in &house.config.digest.to {
            let locale = usual.preferences().locale(to.lang);
            found.insert(
                to.mail.clone(),
                Reader { lang: to.lang, locale, clearance: to.clearance, mailboxes: Mailboxes::all() },
            );
        }
    }
    let wishes = wishes(&house.db).await?;
    if !wishes.is_empty() {
        let followers = manara_response::watchers(&house.db, &one.id).await?;
        for person in people(&house.db).await? {
            let is_theirs = person.name == one.owner || followers.contains(&person.name);
            let Some(wish) = wishes.iter().find(|wish| is_theirs && wish.user_id == person.id) else { continue };
            let locale = person.preferences.unwrap_or(usual.preferences()).locale(person.lang);
            let (clearance, mailboxes) = (person.clearance, person.mailboxes);
            found.insert(wish.mail.clone(), Reader { lang: person.lang, locale, clearance, mailboxes });
        }
    }
    found.retain(|_, reader| one.tlp <= reader.clearance && reader.mailboxes.has(&one.mailbox));
    Ok(found)
}

fn written(
    words: &Words,
    reader: &Reader,
    (one, clock, stage): (&Incident, &Clock, &str),
    address: &str,
    is_late: bool,
) -> (String, String) {
    let language = reader.lang.tag();
    let of = |texts: &Texts| Word::from(texts.of(language).to_string());
    let found = clock.stages.iter().find(|known| known.stage == stage);
    let due = found.and_then(|stage| stage.due).map(|due| {
        let time = reader.locale.local(due).format("%Y-%m-%d %H:%M").to_string();
        format!("{time} {}", reader.locale.zone_at(due))
    });
    let args = [
        ("number", Word::from(one.number.clone())),
        ("clock", of(&clock.title)),
        ("stage", found.map_or(Word::from(stage.to_string()), |stage| of(&stage.title))),
        ("recipient", found.map_or(Word::from(String::new()), |stage| of(&stage.recipient))),
        ("due", Word::from(due.unwrap_or_default())),
        ("page", Word::from(format!("{address}/incidents/{}/clocks", one.number))),
    ];
    let say = |key: &str| {
        let text = words.t_args(reader.locale, key, &args);
        if reader.lang.dir() == "rtl" { text } else { text.replace(['\u{2068}', '\u{2069}'], "") }
    };
    let kind = if is_late { "late" } else { "soon" };
    let parts = [format!("work-mail-{kind}"), "work-mail-who".into(), "work-mail-due".into(), "work-mail-page".into()];
    let body = parts.map(|key| say(&key)).join("\n");
    (say(&format!("work-mail-{kind}-subject")), body + "\n")
}

/// Sends what waits; says how many left.
pub async fn send(house: &House, mailer: &Mailer, now: Micros) -> anyhow::Result<usize> {
    let mut sent = 0;
    let jobs = Jobs::due(&house.db, now, LOOK_AT).await?;
    for job in jobs.iter().filter(|job| job.kind == JOB) {
        if mailer.may_send(Micros::now().max(now)).is_err() {
            break;
        }
        sent += usize::from(send_one(&house.db, mailer, job, now).await?);
    }
    Ok(sent)
}

async fn send_one(db: &Db, mailer: &Mailer, job: &Job, now: Micros) -> anyhow::Result<bool> {
    let mut tx = db.begin().await?;
    if !Jobs::claim(&mut tx, &job.id, now, Micros(now.0 + CLAIM_MINUTES * 60_000_000)).await? {
        return Ok(false);
    }
    let Ok(waiting) = serde_json::from_str::<Waiting>(&job.payload) else {
        Jobs::give_up(&mut tx, &job.id, "its text cannot be read").await?;
        tx.commit().await?;
        return Ok(false);
    };
    tx.commit().await?;
    let at = Micros::parse_rfc3339(&waiting.at).unwrap_or(now);
    let letter = Letter {
        id: job.id.replace('/', "-").replace('@', ".at."),
        reference: waiting.number.clone(),
        date: at,
        to: vec![Addressee { name: String::new(), mail: waiting.mail.clone() }],
        subject: waiting.subject.clone(),
        text: waiting.body.clone(),
        language: waiting.language.clone(),
        tlp: Tlp::from_rank(waiting.tlp).unwrap_or(Tlp::Red),
        attachments: Vec::new(),
    };
    let result = match mailer.build(&letter) {
        Ok(message) => mailer.send(&message).await.map(drop),
        Err(error) => Err(SendError::never(error.to_string())),
    };
    let mut tx = db.begin().await?;
    let left = match result {
        Ok(()) => {
            note(&mut tx, "clock_mail_sent", &waiting, "", now).await?;
            Jobs::done(&mut tx, &job.id).await?;
            true
        }
        Err(SendError::Later { reason, .. }) if now < at.plus_days(GIVE_UP_DAYS) => {
            let tried = usize::try_from(job.attempts).unwrap_or(usize::MAX);
            let minutes = TRY_AGAIN_MINUTES.get(tried).copied().unwrap_or(60);
            Jobs::later(&mut tx, &job.id, Micros(now.0 + minutes * 60_000_000), &reason).await?;
            false
        }
        Err(SendError::Later { reason, .. } | SendError::Never { reason, .. }) => {
            note(&mut tx, "clock_mail_failed", &waiting, &reason, now).await?;
            Jobs::give_up(&mut tx, &job.id, &reason).await?;
            false
        }
    };
    tx.commit().await?;
    Ok(left)
}

async fn note(tx: &mut Tx, verb: &str, of: &Waiting, error: &str, now: Micros) -> Result<(), StoreError> {
    let detail = json!({ "number": of.number, "to": of.mail, "error": error }).to_string();
    Journal::write(tx, "manara", "app", verb, &of.incident, &detail, now).await
}
