//! The daily digest on its way: made once for each day and reader, sent until it is taken.
//!
//! Into the built-in box it goes in the transaction that marks it. To a mail server it goes between two transactions; after a
//! crash between them the same message with the same Message-ID is sent again.

use std::collections::{BTreeSet, HashMap};

use manara_model::{Mailboxes, Micros, Tlp, Viewer};
use manara_net::{Addressee, Delivery, Letter, Mailer, SendError};
use manara_store::{Arg, Db, Job, Jobs, Journal, StoreError, Tx};
use manara_web::Words;
use serde_json::json;

use super::config::DigestReader;
use super::digest::{Digest, in_words};
use super::readers::due;
use crate::house::House;

/// The kind of the jobs.
const JOB: &str = "app.digest";
/// Jobs looked at in one round.
const LOOK_AT: i64 = 5_000;
/// Nobody else takes a digest that is being sent, for so many minutes.
const CLAIM_MINUTES: i64 = 10;
/// Minutes until a digest that was not taken is tried again; then every four hours.
const TRY_AGAIN_MINUTES: [i64; 4] = [1, 5, 15, 60];
/// After so long yesterday's news is no news.
const GIVE_UP_DAYS: i64 = 2;

const MADE: &str = "SELECT mail FROM app_digest WHERE day = $1 ORDER BY mail LIMIT 10000";
const ADD: &str = "
    INSERT INTO app_digest (day, mail, language, clearance, state, subject, body, made_at, sent_at, error)
    VALUES ($1, $2, $3, $4, 'due', $5, $6, $7, '', '') ON CONFLICT (day, mail) DO NOTHING";
const DUE: &str = "
    SELECT language, clearance, subject, body, made_at FROM app_digest WHERE day = $1 AND mail = $2 AND state = 'due'";
const SET: &str = "
    UPDATE app_digest SET state = $3, sent_at = $4, error = $5 WHERE day = $1 AND mail = $2 AND state = 'due'";
const NOTE: &str = "UPDATE app_digest SET error = $3 WHERE day = $1 AND mail = $2 AND state = 'due'";
const POSTED: &str = "
    SELECT day, mail, language, state, made_at, sent_at, error FROM app_digest ORDER BY day DESC, mail LIMIT $1";

/// A digest that was made, as pages show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// The day it tells of.
    pub day: String,
    /// Whom it is for.
    pub mail: String,
    /// Its language.
    pub language: String,
    /// `due`, `sent`, `kept` or `failed`.
    pub state: String,
    /// When it was made.
    pub made_at: Micros,
    /// When it was taken.
    pub sent_at: Option<Micros>,
    /// What went wrong last.
    pub error: String,
}

/// The digests that were made last, the newest day first.
pub async fn posted(db: &Db, limit: i64) -> Result<Vec<Posted>, StoreError> {
    let rows = db.read(POSTED, &[limit.into()]).await?;
    rows.iter()
        .map(|row| {
            Ok(Posted {
                day: row.text(0)?,
                mail: row.text(1)?,
                language: row.text(2)?,
                state: row.text(3)?,
                made_at: row.moment(4)?,
                sent_at: row.opt_moment(5)?,
                error: row.text(6)?,
            })
        })
        .collect()
}

/// Makes what is due and sends what is made; says how many left.
pub async fn send_digests(house: &House, mailer: &Mailer, now: Micros) -> anyhow::Result<usize> {
    let due = due(house, now).await?;
    if !due.is_empty() {
        let today = Micros(now.0 - now.0.rem_euclid(Micros::DAY));
        make(house, &due, today.plus_days(-1), now).await?;
    }
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

/// Writes the digest of a day for every reader who has none of it yet.
async fn make(house: &House, due: &[(DigestReader, bool)], day: Micros, now: Micros) -> anyhow::Result<()> {
    let name = day.day();
    let rows = house.db.read(MADE, &[(&name).into()]).await?;
    let made: BTreeSet<String> = rows.iter().map(|row| row.text(0)).collect::<Result<_, _>>()?;
    let wanting: Vec<_> = due.iter().filter(|(to, _)| !made.contains(&to.mail)).collect();
    if wanting.is_empty() {
        return Ok(());
    }
    let folder = house.content_folder().join("lang");
    let words = Words::load(folder.is_dir().then_some(folder).as_deref())?;
    let mut by_eyes: HashMap<(i64, Mailboxes), Digest> = HashMap::new();
    let page = format!("{}/picture/digest", house.address().await?);
    for (to, asked) in wanting {
        let eyes = (to.clearance.rank(), to.mailboxes.clone());
        let digest = match by_eyes.get(&eyes) {
            Some(digest) => digest.clone(),
            None => {
                let viewer = Viewer { mailboxes: to.mailboxes.clone(), ..Viewer::cleared("", to.clearance) };
                let digest = Digest::read(&house.db, &house.watch, &viewer, day, now).await?;
                by_eyes.insert(eyes, digest.clone());
                digest
            }
        };
        let (subject, body) = in_words(&words, to.lang, &house.config.team, &digest, asked.then_some(&*page));
        let args: [Arg<'_>; 7] = [
            (&name).into(),
            (&to.mail).into(),
            to.lang.tag().into(),
            to.clearance.rank().into(),
            subject.into(),
            body.into(),
            now.into(),
        ];
        let mut tx = house.db.begin().await?;
        if tx.run(ADD, &args).await? == 1 {
            let payload = json!({ "day": name, "mail": to.mail }).to_string();
            Jobs::add(&mut tx, &format!("{JOB}/{name}/{}", to.mail), JOB, &payload, now).await?;
            note(&mut tx, "digest_made", &name, &to.mail, "", now).await?;
        }
        tx.commit().await?;
    }
    Ok(())
}

async fn note(tx: &mut Tx, verb: &str, day: &str, mail: &str, error: &str, now: Micros) -> Result<(), StoreError> {
    let detail = json!({ "to": mail, "error": error }).to_string();
    Journal::write(tx, "manara", "app", verb, day, &detail, now).await
}

/// Sends one digest; true when it left.
async fn send_one(db: &Db, mailer: &Mailer, job: &Job, now: Micros) -> anyhow::Result<bool> {
    let payload: serde_json::Value = serde_json::from_str(&job.payload).unwrap_or_default();
    let of = |name: &str| payload.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
    let (day, mail) = (of("day"), of("mail"));
    let mut tx = db.begin().await?;
    if !Jobs::claim(&mut tx, &job.id, now, Micros(now.0 + CLAIM_MINUTES * 60_000_000)).await? {
        return Ok(false);
    }
    let Some(row) = tx.read_one(DUE, &[day.into(), mail.into()]).await? else {
        Jobs::done(&mut tx, &job.id).await?;
        tx.commit().await?;
        return Ok(false);
    };
    let made_at = row.moment(4)?;
    let letter = Letter {
        id: format!("digest-{day}-{}", mail.replace('@', ".at.")),
        reference: format!("digest {day}"),
        date: made_at,
        to: vec![Addressee { name: String::new(), mail: mail.to_string() }],
        subject: row.text(2)?,
        text: row.text(3)?,
        language: row.text(0)?,
        tlp: Tlp::from_rank(row.int(1)?).unwrap_or(Tlp::Red),
        attachments: Vec::new(),
    };
    let built = mailer.build(&letter);
    if mailer.is_capture() && built.is_ok() {
        // Nothing leaves: one transaction from the claim to the end.
        end(&mut tx, (day, mail), "kept", "", now).await?;
        Jobs::done(&mut tx, &job.id).await?;
        tx.commit().await?;
        return Ok(true);
    }
    tx.commit().await?;
    let result = match built {
        Ok(message) => mailer.send(&message).await,
        Err(error) => Err(SendError::never(error.to_string())),
    };
    let mut tx = db.begin().await?;
    let left = match result {
        Ok(Delivery::Accepted { .. } | Delivery::Captured) => {
            end(&mut tx, (day, mail), "sent", "", now).await?;
            Jobs::done(&mut tx, &job.id).await?;
            true
        }
        Err(SendError::Later { reason, .. }) if now < made_at.plus_days(GIVE_UP_DAYS) => {
            let tried = usize::try_from(job.attempts).unwrap_or(usize::MAX);
            let minutes = TRY_AGAIN_MINUTES.get(tried).copied().unwrap_or(240);
            tx.run(NOTE, &[day.into(), mail.into(), (&reason).into()]).await?;
            Jobs::later(&mut tx, &job.id, Micros(now.0 + minutes * 60_000_000), &reason).await?;
            false
        }
        Err(SendError::Later { reason, .. } | SendError::Never { reason, .. }) => {
            end(&mut tx, (day, mail), "failed", &reason, now).await?;
            Jobs::give_up(&mut tx, &job.id, &reason).await?;
            false
        }
    };
    tx.commit().await?;
    Ok(left)
}

async fn end(tx: &mut Tx, (day, mail): (&str, &str), state: &str, error: &str, now: Micros) -> Result<(), StoreError> {
    let sent = if state == "failed" { None } else { Some(now) };
    if tx.run(SET, &[day.into(), mail.into(), state.into(), sent.into(), error.into()]).await? == 1 {
        let verb = if state == "failed" { "digest_failed" } else { "digest_sent" };
        note(tx, verb, day, mail, error, now).await?;
    }
    Ok(())
}
