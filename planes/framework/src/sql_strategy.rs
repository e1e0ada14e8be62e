//! The records of the strategy.

mod seek;

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::strategy::{Function, Part, Progress, Record, Review, Stakeholder, Undertaking};

pub use seek::{Links, Numbers, strategy_numbers};
pub(crate) use seek::{
    accountable, function_named, late, links, next_reviews, one_function, one_review, one_stakeholder, one_undertaking,
    parts_of,
};

const STAKEHOLDERS: &str = "
    SELECT id, name, organisation, contact, version FROM framework_stakeholder
     WHERE removed = '' ORDER BY organisation, name, id LIMIT 10000";
const PUT_STAKEHOLDER: &str = "
    INSERT INTO framework_stakeholder (id, name, organisation, contact, added, removed) VALUES ($1, $2, $3, $4, $5, '')
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, organisation = excluded.organisation, contact = excluded.contact,
        version = framework_stakeholder.version + 1";
const PARTS: &str = "
    SELECT p.stakeholder_id, p.item, p.part FROM framework_part p JOIN framework_stakeholder s ON s.id = p.stakeholder_id
     WHERE s.removed = '' ORDER BY p.item, p.stakeholder_id LIMIT 400000";
const PUT_PART: &str = "
    INSERT INTO framework_part (stakeholder_id, item, part, who, at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (stakeholder_id, item) DO UPDATE SET part = excluded.part, who = excluded.who, at = excluded.at";
const DROP_PART: &str = "DELETE FROM framework_part WHERE stakeholder_id = $1 AND item = $2";
const OTHER_ACCOUNTABLE: &str = "
    SELECT COUNT(*) FROM framework_part p JOIN framework_stakeholder s ON s.id = p.stakeholder_id
     WHERE s.removed = '' AND p.item = $1 AND p.part = 'accountable' AND p.stakeholder_id <> $2";

const UNDERTAKINGS: &str = "
    SELECT id, item, title, owner, due, state, note, tlp, version FROM framework_action
     WHERE removed = '' AND tlp <= $1 ORDER BY CASE WHEN due = '' THEN 1 ELSE 0 END, due, id LIMIT 10000";
const PUT_UNDERTAKING: &str = "
    INSERT INTO framework_action (id, item, title, owner, due, state, note, tlp, added, changed, version, removed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1, '')
    ON CONFLICT (id) DO UPDATE SET item = excluded.item, title = excluded.title, owner = excluded.owner, due = excluded.due,
        state = excluded.state, note = excluded.note, tlp = excluded.tlp, changed = excluded.changed,
        version = framework_action.version + 1";

const FUNCTIONS: &str = "
    SELECT id, name, owner, note, tlp, version FROM framework_function
     WHERE removed = '' AND tlp <= $1 ORDER BY name, id LIMIT 10000";
const PUT_FUNCTION: &str = "
    INSERT INTO framework_function (id, name, owner, note, tlp, added, changed, version, removed)
    VALUES ($1, $2, $3, $4, $5, $6, $6, 1, '')
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, owner = excluded.owner, note = excluded.note, tlp = excluded.tlp,
        changed = excluded.changed, version = framework_function.version + 1";
/// What its writer does not see stays.
const DROP_NEEDS: &str = "
    DELETE FROM framework_dependency WHERE function_id = $1
       AND needs_id IN (SELECT id FROM framework_function WHERE removed = '' AND tlp <= $2)";
const DROP_PROVIDERS: &str = "DELETE FROM framework_provider WHERE function_id = $1";
const PUT_NEED: &str = "
    INSERT INTO framework_dependency (function_id, needs_id) VALUES ($1, $2) ON CONFLICT (function_id, needs_id) DO NOTHING";
const PUT_PROVIDER: &str = "
    INSERT INTO framework_provider (function_id, constituent_id, name) VALUES ($1, $2, $3)
    ON CONFLICT (function_id, constituent_id) DO UPDATE SET name = excluded.name";
const NEEDS: &str = "
    SELECT d.function_id, d.needs_id FROM framework_dependency d JOIN framework_function f ON f.id = d.needs_id
     WHERE f.removed = '' AND f.tlp <= $1 ORDER BY d.function_id, d.needs_id LIMIT 1000000";
const PROVIDERS: &str = "
    SELECT function_id, constituent_id, name FROM framework_provider ORDER BY function_id, name, constituent_id LIMIT 1000000";

const REVIEW_ROWS: &str = "
    SELECT id, kind, title, owner, next, every_months, last, version FROM framework_review
     WHERE removed = '' ORDER BY next, id LIMIT 10000";
const PUT_REVIEW: &str = "
    INSERT INTO framework_review (id, kind, title, owner, next, every_months, last, added, changed, version, removed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, 1, '')
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, title = excluded.title, owner = excluded.owner,
        next = excluded.next, every_months = excluded.every_months, last = excluded.last, changed = excluded.changed,
        version = framework_review.version + 1";

const COUNT: &str = "SELECT COUNT(*) FROM {} WHERE removed = ''";
const REMOVE: &str = "UPDATE {} SET removed = $2 WHERE id = $1 AND removed = ''";
const RESTORE: &str = "UPDATE {} SET removed = '' WHERE id = $1 AND removed <> ''";
const MARKED: &str = "SELECT version, tlp FROM {} WHERE id = $1 AND removed = ''";
const UNMARKED: &str = "SELECT version FROM {} WHERE id = $1 AND removed = ''";

fn of(sql: &str, record: Record) -> String {
    sql.replace("{}", record.table())
}

fn each<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T, StoreError>) -> Result<Vec<T>, StoreError> {
    rows.iter().map(read).collect()
}

fn tlp(rank: i64) -> Result<Tlp, StoreError> {
    Tlp::from_rank(rank).ok_or_else(|| StoreError::unknown("tlp", rank))
}

/// The stakeholders, by organisation and name.
pub async fn stakeholders(db: &Db) -> Result<Vec<Stakeholder>, StoreError> {
    each(&db.read(STAKEHOLDERS, &[]).await?, stakeholder)
}

pub(crate) fn stakeholder(row: &Row) -> Result<Stakeholder, StoreError> {
    Ok(Stakeholder {
        id: row.text(0)?,
        name: row.text(1)?,
        organisation: row.text(2)?,
        contact: row.text(3)?,
        version: row.int(4)?,
    })
}

/// Who is what to which goal: stakeholder, goal, part.
pub async fn parts(db: &Db) -> Result<Vec<(String, String, Part)>, StoreError> {
    each(&db.read(PARTS, &[]).await?, |row| {
        let part = row.text(2)?;
        let part = Part::parse(&part).ok_or_else(|| StoreError::unknown("part", part))?;
        Ok((row.text(0)?, row.text(1)?, part))
    })
}

pub(crate) fn undertaking(row: &Row) -> Result<Undertaking, StoreError> {
    let state = row.text(5)?;
    Ok(Undertaking {
        id: row.text(0)?,
        item: row.text(1)?,
        title: row.text(2)?,
        owner: row.text(3)?,
        due: row.text(4)?,
        progress: Progress::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?,
        note: row.text(6)?,
        tlp: tlp(row.int(7)?)?,
        version: row.int(8)?,
    })
}

/// What is to be done, the earliest day first.
pub async fn undertakings(db: &Db, viewer: &Viewer) -> Result<Vec<Undertaking>, StoreError> {
    each(&db.read(UNDERTAKINGS, &[viewer.clearance.rank().into()]).await?, undertaking)
}

/// Those of some undertakings that are there and that the viewer may see, by id.
pub(crate) async fn undertakings_in(
    tx: &mut Tx,
    viewer: &Viewer,
    ids: &[String],
) -> Result<std::collections::HashMap<String, Undertaking>, StoreError> {
    const SOME: &str = "
        SELECT id, item, title, owner, due, state, note, tlp, version FROM framework_action
         WHERE removed = '' AND tlp <= $1 AND id IN (…)";
    let rows = tx.read_in(SOME, &[viewer.clearance.rank().into()], ids).await?;
    rows.iter().map(|row| undertaking(row).map(|one| (one.id.clone(), one))).collect()
}

/// The critical functions, by name, with what they need and who provides them.
pub async fn functions(db: &Db, viewer: &Viewer) -> Result<Vec<Function>, StoreError> {
    let clearance = viewer.clearance.rank();
    let mut tx = db.begin_snapshot().await?;
    let mut all = each(&tx.read(FUNCTIONS, &[clearance.into()]).await?, function)?;
    let places: std::collections::HashMap<String, usize> =
        all.iter().enumerate().map(|(at, one)| (one.id.clone(), at)).collect();
    for row in tx.read(NEEDS, &[clearance.into()]).await? {
        if let Some(one) = places.get(&row.text(0)?).and_then(|at| all.get_mut(*at)) {
            one.needs.push(row.text(1)?);
        }
    }
    for row in tx.read(PROVIDERS, &[]).await? {
        if let Some(one) = places.get(&row.text(0)?).and_then(|at| all.get_mut(*at)) {
            one.providers.push((row.text(1)?, row.text(2)?));
        }
    }
    Ok(all)
}

/// A critical function without what it needs and who provides it.
pub(crate) fn function(row: &Row) -> Result<Function, StoreError> {
    Ok(Function {
        id: row.text(0)?,
        name: row.text(1)?,
        owner: row.text(2)?,
        note: row.text(3)?,
        tlp: tlp(row.int(4)?)?,
        version: row.int(5)?,
        needs: Vec::new(),
        providers: Vec::new(),
    })
}

/// What is looked at again, the next first.
pub async fn reviews(db: &Db) -> Result<Vec<Review>, StoreError> {
    each(&db.read(REVIEW_ROWS, &[]).await?, review)
}

pub(crate) fn review(row: &Row) -> Result<Review, StoreError> {
    Ok(Review {
        id: row.text(0)?,
        kind: row.text(1)?,
        title: row.text(2)?,
        owner: row.text(3)?,
        next: row.text(4)?,
        every_months: row.int(5)?,
        last: row.text(6)?,
        version: row.int(7)?,
    })
}

pub(crate) async fn count(tx: &mut Tx, record: Record) -> Result<i64, StoreError> {
    tx.read_one(&of(COUNT, record), &[]).await?.map_or(Ok(0), |row| row.int(0))
}

/// The version of a record that a viewer may see; reviews and stakeholders have no marking.
pub(crate) async fn version(tx: &mut Tx, viewer: &Viewer, record: Record, id: &str) -> Result<Option<i64>, StoreError> {
    let found = match record {
        Record::Stakeholder | Record::Review => {
            return tx.read_one(&of(UNMARKED, record), &[id.into()]).await?.map(|row| row.int(0)).transpose();
        }
        _ => tx.read_one(&of(MARKED, record), &[id.into()]).await?,
    };
    let Some(row) = found else { return Ok(None) };
    let is_seen = tlp(row.int(1)?)? <= viewer.clearance;
    if is_seen { Ok(Some(row.int(0)?)) } else { Ok(None) }
}

pub(crate) async fn remove(tx: &mut Tx, record: Record, id: &str, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(&of(REMOVE, record), &[id.into(), now.into()]).await? > 0)
}

pub(crate) async fn restore(tx: &mut Tx, record: Record, id: &str) -> Result<bool, StoreError> {
    Ok(tx.run(&of(RESTORE, record), &[id.into()]).await? > 0)
}

pub(crate) async fn put_stakeholder(tx: &mut Tx, one: &Stakeholder, now: Micros) -> Result<(), StoreError> {
    let args: [Arg<'_>; 5] =
        [(&one.id).into(), (&one.name).into(), (&one.organisation).into(), (&one.contact).into(), now.into()];
    tx.run(PUT_STAKEHOLDER, &args).await.map(|_| ())
}

pub(crate) async fn put_part(
    tx: &mut Tx,
    (stakeholder, item): (&str, &str),
    part: Option<Part>,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let done = match part {
        Some(part) => {
            let args = [stakeholder.into(), item.into(), part.as_str().into(), who.into(), now.into()];
            tx.run(PUT_PART, &args).await
        }
        None => tx.run(DROP_PART, &[stakeholder.into(), item.into()]).await,
    };
    done.map(|_| ())
}

/// Whether somebody else answers for a goal already.
pub(crate) async fn has_other_accountable(tx: &mut Tx, item: &str, than: &str) -> Result<bool, StoreError> {
    let row = tx.read_one(OTHER_ACCOUNTABLE, &[item.into(), than.into()]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
}

pub(crate) async fn put_undertaking(tx: &mut Tx, one: &Undertaking, now: Micros) -> Result<(), StoreError> {
    let args: [Arg<'_>; 9] = [
        (&one.id).into(),
        (&one.item).into(),
        (&one.title).into(),
        (&one.owner).into(),
        (&one.due).into(),
        one.progress.as_str().into(),
        (&one.note).into(),
        one.tlp.rank().into(),
        now.into(),
    ];
    tx.run(PUT_UNDERTAKING, &args).await.map(|_| ())
}

pub(crate) async fn put_function(tx: &mut Tx, viewer: &Viewer, one: &Function, now: Micros) -> Result<(), StoreError> {
    let args: [Arg<'_>; 6] = [
        (&one.id).into(),
        (&one.name).into(),
        (&one.owner).into(),
        (&one.note).into(),
        one.tlp.rank().into(),
        now.into(),
    ];
    tx.run(PUT_FUNCTION, &args).await?;
    tx.run(DROP_NEEDS, &[(&one.id).into(), viewer.clearance.rank().into()]).await?;
    for needs in &one.needs {
        tx.run(PUT_NEED, &[(&one.id).into(), needs.into()]).await?;
    }
    tx.run(DROP_PROVIDERS, &[(&one.id).into()]).await?;
    for (id, name) in &one.providers {
        tx.run(PUT_PROVIDER, &[(&one.id).into(), id.into(), name.into()]).await?;
    }
    Ok(())
}

pub(crate) async fn put_review(tx: &mut Tx, one: &Review, now: Micros) -> Result<(), StoreError> {
    let args: [Arg<'_>; 8] = [
        (&one.id).into(),
        (&one.kind).into(),
        (&one.title).into(),
        (&one.owner).into(),
        (&one.next).into(),
        one.every_months.into(),
        (&one.last).into(),
        now.into(),
    ];
    tx.run(PUT_REVIEW, &args).await.map(|_| ())
}
