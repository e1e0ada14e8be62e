//! Answers from a form that showed others: only what was changed in the form is written, and nothing that moved since it was made.

use manara_model::{Micros, Viewer};
use manara_store::Db;
use serde_json::json;

use super::{FrameworkError, Given, Refusal, journal, open};
use crate::catalogue::Catalogue;
use crate::sheet::Answer;
use crate::sql::{self, Told};

/// What a form says of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// What it says now.
    pub given: Given,
    /// The version of the answer it showed; 0 when it showed none.
    pub version: i64,
}

/// An item that was changed in the form, and elsewhere since the form was made. It was not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// What the form says.
    pub given: Given,
    /// What stands.
    pub told: Told,
}

/// What became of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    /// Answers that are new or different.
    pub changed: usize,
    /// Items that were not written.
    pub moved: Vec<Moved>,
}

/// Takes the answers of a form of one respondent; what they said before is kept.
pub async fn give_seen(
    db: &Db,
    viewer: &Viewer,
    (id, voice): (&str, &str),
    catalogue: &Catalogue,
    seen: &[Seen],
    now: Micros,
) -> Result<Saved, FrameworkError> {
    let checked = |one: &Seen| Ok(Seen { given: one.given.checked(catalogue)?, version: one.version });
    let seen: Vec<Seen> = seen.iter().map(checked).collect::<Result<_, Refusal>>()?;
    let mut tx = db.begin().await?;
    let one = open(&mut tx, viewer, id, now).await?;
    if sql::is_withdrawn(&mut tx, voice).await? {
        return Err(Refusal::Withdrawn.into());
    }
    let is = sql::answers_timed(&mut tx, voice).await?;
    let mut saved = Saved::default();
    for Seen { given, version } in seen {
        let answer = given.answer(voice);
        let is_same = |known: Option<&Answer>| known.map_or(given.is_nothing(), |known| *known == answer);
        let stands = is.get(&given.item);
        if is_same(stands.map(|stands| &stands.answer)) {
            continue;
        }
        match stands {
            Some(stands) if stands.version != version => {
                // What the form showed tells whether the person changed it, or just sent it along.
                let shown = sql::answer_at(&mut tx, voice, &given.item, version).await?;
                if !is_same(shown.as_ref()) {
                    saved.moved.push(Moved { told: stands.clone(), given });
                }
            }
            _ => {
                sql::put_answer(&mut tx, id, &answer, &viewer.name, now).await?;
                saved.changed += 1;
            }
        }
    }
    if saved.changed > 0 {
        journal(&mut tx, viewer, "answers_given", &one, json!({ "answers": saved.changed }), now).await?;
    }
    tx.commit().await?;
    Ok(saved)
}
