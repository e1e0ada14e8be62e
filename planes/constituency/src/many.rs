//! One change of many constituents, and its undo: each a part of it, in the transaction it is given.

use std::collections::{HashMap, HashSet};

use manara_model::Micros;
use manara_store::{StoreError, Tx};
use manara_web::bulk::{BulkRow, Did, Order};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::constituent::{Criticality, NAME_CHARS, name_key};
use crate::sql::{self, Head, Note};
use crate::taxonomy::{Term, sectors};

/// What is done to many.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum ManyStep {
    /// So much depends on them.
    Criticality {
        /// A word of [`Criticality`].
        value: String,
    },
    /// They are of this sector.
    Sector {
        /// An id of the taxonomy.
        value: String,
    },
    /// They are under this organisation; under none when empty.
    Association {
        /// Its name.
        value: String,
    },
    /// They are no longer served.
    Remove {},
    /// They are served again.
    Restore {},
}

impl ManyStep {
    /// The step with its value as it is kept, when it makes sense.
    pub(crate) fn checked(self) -> Option<ManyStep> {
        match self {
            Self::Criticality { value } => Criticality::parse(&value).map(|_| Self::Criticality { value }),
            Self::Sector { value } => sectors().has(&value).then_some(Self::Sector { value }),
            Self::Association { value } => {
                let value = crate::constituent::line(&value, NAME_CHARS).ok()?;
                Some(Self::Association { value })
            }
            other => Some(other),
        }
    }

    /// The part of the constituent that it changes, as the journal says it.
    fn part(&self) -> &'static str {
        match self {
            Self::Criticality { .. } => "criticality",
            Self::Sector { .. } => "sector",
            Self::Association { .. } => "association",
            Self::Remove {} | Self::Restore {} => "",
        }
    }

    /// What the constituent is to be.
    fn set(&self, head: &mut Head) -> Result<(), &'static str> {
        match self {
            Self::Criticality { value } => {
                head.criticality = Criticality::parse(value).map_or(head.criticality, Criticality::rank);
            }
            Self::Sector { value } => head.sector = Term { id: value.clone(), text: String::new() },
            Self::Association { value } if !value.is_empty() && name_key(value) == name_key(&head.name) => {
                return Err("own-association");
            }
            Self::Association { value } => head.association.clone_from(value),
            Self::Remove {} | Self::Restore {} => {}
        }
        Ok(())
    }
}

/// How a constituent stood before.
#[derive(Debug, Serialize, Deserialize)]
struct Before {
    criticality: i64,
    sector: String,
    sector_text: String,
    association: String,
}

impl Before {
    fn of(head: &Head) -> String {
        let before = Before {
            criticality: head.criticality,
            sector: head.sector.id.clone(),
            sector_text: head.sector.text.clone(),
            association: head.association.clone(),
        };
        json!(before).to_string()
    }

    fn put_back(self, head: &mut Head) {
        head.criticality = self.criticality;
        head.sector = Term { id: self.sector, text: self.sector_text };
        head.association = self.association;
    }
}

fn line(verb: &'static str, head: &Head, part: &str, order: &Order) -> Note {
    let mut detail = json!({ "name": head.name, "bulk": order.id });
    if let (false, Value::Object(detail)) = (part.is_empty(), &mut detail) {
        detail.insert("parts".into(), json!([part]));
    }
    Note { verb, record: head.id.clone(), detail: detail.to_string() }
}

/// Takes the step.
pub(crate) async fn act(tx: &mut Tx, step: &ManyStep, order: &Order, ids: &[String]) -> Result<Vec<Did>, StoreError> {
    sql::take_turn(tx).await?;
    let mut heads = sql::heads(tx, ids).await?;
    let mut taken = match step {
        ManyStep::Restore {} => Claims::of(tx, ids).await?,
        _ => Claims::default(),
    };
    let after = order.now.rfc3339();
    let (mut did, mut notes) = (Vec::with_capacity(ids.len()), Vec::new());
    for id in ids {
        let Some(mut head) = heads.remove(id) else {
            did.push(Did::refused(id, "", "not-found"));
            continue;
        };
        let before = Before::of(&head);
        let done = match step {
            ManyStep::Remove {} => match sql::mark_removed(tx, id, "", order.now).await? {
                true => Ok(Some("removed")),
                false => Ok(None),
            },
            ManyStep::Restore {} => {
                restore(tx, &head, &mut taken, order.now).await?.map(|done| done.then_some("restored"))
            }
            _ if !head.deleted_at.is_empty() => Err("removed"),
            _ => match step.set(&mut head) {
                Ok(()) if Before::of(&head) == before => Ok(None),
                Ok(()) => sql::put_head(tx, &head, order.now).await.map(|()| Ok(Some("changed")))?,
                Err(why) => Err(why),
            },
        };
        match done {
            Ok(Some(verb)) => {
                notes.push(line(verb, &head, step.part(), order));
                did.push(Did::changed(id, &head.name, before, after.clone()));
            }
            Ok(None) => did.push(Did::same(id, &head.name)),
            Err(why) => did.push(Did::refused(id, &head.name, why)),
        }
    }
    finish(tx, &notes, order).await?;
    Ok(did)
}

/// Takes the step back where nobody changed the constituent since.
pub(crate) async fn undo(
    tx: &mut Tx,
    step: &ManyStep,
    order: &Order,
    rows: &[BulkRow],
) -> Result<Vec<Did>, StoreError> {
    sql::take_turn(tx).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.record.clone()).collect();
    let mut heads = sql::heads(tx, &ids).await?;
    let mut taken = match step {
        ManyStep::Remove {} => Claims::of(tx, &ids).await?,
        _ => Claims::default(),
    };
    let (mut did, mut notes) = (Vec::with_capacity(rows.len()), Vec::new());
    for row in rows {
        let Some(mut head) = heads.remove(&row.record) else {
            did.push(Did::left(row, "not-found"));
            continue;
        };
        if head.changed_at != row.after {
            did.push(Did::left(row, "changed"));
            continue;
        }
        let done = match (step, serde_json::from_str::<Before>(&row.before)) {
            (ManyStep::Remove {}, _) => restore(tx, &head, &mut taken, order.now).await?.map(|_| "restored"),
            (ManyStep::Restore {}, _) => {
                sql::mark_removed(tx, &head.id, "", order.now).await?;
                Ok("removed")
            }
            (_, Ok(before)) => {
                before.put_back(&mut head);
                sql::put_head(tx, &head, order.now).await?;
                Ok("changed")
            }
            (_, Err(_)) => Err("changed"),
        };
        match done {
            Ok(verb) => {
                notes.push(line(verb, &head, step.part(), order));
                did.push(Did::restored(row));
            }
            Err(why) => did.push(Did::left(row, why)),
        }
    }
    finish(tx, &notes, order).await?;
    Ok(did)
}

async fn finish(tx: &mut Tx, notes: &[Note], order: &Order) -> Result<(), StoreError> {
    if notes.is_empty() {
        return Ok(());
    }
    sql::journal(tx, &order.viewer.name, notes, order.now).await?;
    sql::bump_generation(tx).await
}

/// Takes a removal back; false when there was none.
async fn restore(
    tx: &mut Tx,
    head: &Head,
    taken: &mut Claims,
    now: Micros,
) -> Result<Result<bool, &'static str>, StoreError> {
    if head.deleted_at.is_empty() {
        return Ok(Ok(false));
    }
    if !head.merged_into.is_empty() {
        return Ok(Err("merged"));
    }
    if !taken.claim(&head.id) {
        return Ok(Err("taken"));
    }
    sql::mark_restored(tx, &head.id, now).await.map(Ok)
}

/// What only one constituent can have: names, networks and domains.
#[derive(Debug, Default)]
struct Claims {
    wanted: HashMap<String, Vec<String>>,
    taken: HashSet<String>,
}

impl Claims {
    /// What some removed constituents want back, and what of it others have by now.
    async fn of(tx: &mut Tx, ids: &[String]) -> Result<Claims, StoreError> {
        let mut wanted: HashMap<String, Vec<String>> = HashMap::new();
        for (id, claim) in sql::claims(tx, ids).await? {
            wanted.entry(id).or_default().push(claim);
        }
        let all: Vec<String> = wanted.values().flatten().cloned().collect();
        Ok(Claims { taken: sql::claimed(tx, &all).await?, wanted })
    }

    /// Takes what one wants back, unless another has some of it.
    fn claim(&mut self, id: &str) -> bool {
        let wanted = self.wanted.remove(id).unwrap_or_default();
        if wanted.iter().any(|claim| self.taken.contains(claim)) {
            return false;
        }
        self.taken.extend(wanted);
        true
    }
}
