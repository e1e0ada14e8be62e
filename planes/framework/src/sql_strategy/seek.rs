//! What pages of the strategy ask for: one record, what belongs to some, numbers. Never a whole table.

use std::collections::HashMap;

use manara_model::Viewer;
use manara_store::{Db, Row, StoreError};

use super::{each, function, review, stakeholder, undertaking};
use crate::strategy::{Function, Part, Review, Stakeholder, Undertaking};

const STAKEHOLDER: &str = "
    SELECT id, name, organisation, contact, version FROM framework_stakeholder WHERE id = $1 AND removed = ''";
const UNDERTAKING: &str = "
    SELECT id, item, title, owner, due, state, note, tlp, version FROM framework_action
     WHERE id = $1 AND removed = '' AND tlp <= $2";
const LATE: &str = "
    SELECT id, item, title, owner, due, state, note, tlp, version FROM framework_action
     WHERE removed = '' AND tlp <= $1 AND due <> '' AND due < $2 AND state IN ('planned', 'doing')
     ORDER BY due, id LIMIT $3";
const FUNCTION: &str = "
    SELECT id, name, owner, note, tlp, version FROM framework_function WHERE id = $1 AND removed = '' AND tlp <= $2";
const NAMED: &str = "
    SELECT id FROM framework_function WHERE removed = '' AND tlp <= $1 AND (name = $2 OR id = $2) ORDER BY id LIMIT 1";
const REVIEW: &str = "
    SELECT id, kind, title, owner, next, every_months, last, version FROM framework_review WHERE id = $1 AND removed = ''";
const NEXT: &str = "
    SELECT id, kind, title, owner, next, every_months, last, version FROM framework_review
     WHERE removed = '' ORDER BY next, id LIMIT $1";
const NEEDS_OF: &str = "
    SELECT d.function_id, f.id, f.name FROM framework_dependency d JOIN framework_function f ON f.id = d.needs_id
     WHERE f.removed = '' AND f.tlp <= $1 AND d.function_id IN (…) ORDER BY d.function_id, f.name, f.id LIMIT 50000";
const NEEDED_BY: &str = "
    SELECT d.needs_id, f.id, f.name FROM framework_dependency d JOIN framework_function f ON f.id = d.function_id
     WHERE f.removed = '' AND f.tlp <= $1 AND d.needs_id IN (…) ORDER BY d.needs_id, f.name, f.id LIMIT 50000";
const PROVIDERS_OF: &str = "
    SELECT function_id, constituent_id, name FROM framework_provider
     WHERE function_id IN (…) ORDER BY function_id, name, constituent_id LIMIT 50000";
const PARTS_OF: &str = "
    SELECT stakeholder_id, item, part FROM framework_part
     WHERE stakeholder_id IN (…) ORDER BY stakeholder_id, item LIMIT 100000";
const ACCOUNTABLE: &str = "
    SELECT p.item, COUNT(*) FROM framework_part p JOIN framework_stakeholder s ON s.id = p.stakeholder_id
     WHERE s.removed = '' AND p.part = 'accountable' GROUP BY p.item ORDER BY p.item LIMIT 10000";
const NUMBERS: &str = "
    SELECT (SELECT COUNT(*) FROM framework_stakeholder WHERE removed = ''),
           (SELECT COUNT(*) FROM framework_action
             WHERE removed = '' AND tlp <= $1 AND state IN ('planned', 'doing')),
           (SELECT COUNT(*) FROM framework_action
             WHERE removed = '' AND tlp <= $1 AND due <> '' AND due < $2 AND state IN ('planned', 'doing')),
           (SELECT COUNT(*) FROM framework_function WHERE removed = '' AND tlp <= $1),
           (SELECT COUNT(*) FROM framework_function f WHERE f.removed = '' AND f.tlp <= $1
               AND NOT EXISTS (SELECT 1 FROM framework_provider p WHERE p.function_id = f.id))";

/// How much there is of the strategy, as far as a viewer may see it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Stakeholders.
    pub stakeholders: i64,
    /// Actions with something left to do.
    pub live: i64,
    /// Those of them whose day is over.
    pub late: i64,
    /// Critical functions.
    pub functions: i64,
    /// Those of them that nobody provides.
    pub unprovided: i64,
}

/// Names by the id of a function: each with its own id.
type Named = HashMap<String, Vec<(String, String)>>;

/// What belongs to some critical functions, by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Links {
    /// The functions they cannot work without.
    pub needs: Named,
    /// The functions that cannot work without them.
    pub needed_by: Named,
    /// The constituents that provide them.
    pub providers: Named,
}

/// How much there is.
pub async fn strategy_numbers(db: &Db, viewer: &Viewer, today: &str) -> Result<Numbers, StoreError> {
    let Some(row) = db.read_one(NUMBERS, &[viewer.clearance.rank().into(), today.into()]).await? else {
        return Ok(Numbers::default());
    };
    Ok(Numbers {
        stakeholders: row.int(0)?,
        live: row.int(1)?,
        late: row.int(2)?,
        functions: row.int(3)?,
        unprovided: row.int(4)?,
    })
}

/// One stakeholder.
pub(crate) async fn one_stakeholder(db: &Db, id: &str) -> Result<Option<Stakeholder>, StoreError> {
    db.read_one(STAKEHOLDER, &[id.into()]).await?.as_ref().map(stakeholder).transpose()
}

/// One action.
pub(crate) async fn one_undertaking(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<Undertaking>, StoreError> {
    let args = [id.into(), viewer.clearance.rank().into()];
    db.read_one(UNDERTAKING, &args).await?.as_ref().map(undertaking).transpose()
}

/// The actions that are late longest.
pub(crate) async fn late(db: &Db, viewer: &Viewer, today: &str, rows: i64) -> Result<Vec<Undertaking>, StoreError> {
    each(&db.read(LATE, &[viewer.clearance.rank().into(), today.into(), rows.into()]).await?, undertaking)
}

/// One critical function with what it needs and who provides it.
pub(crate) async fn one_function(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<Function>, StoreError> {
    let row = db.read_one(FUNCTION, &[id.into(), viewer.clearance.rank().into()]).await?;
    let Some(mut one) = row.as_ref().map(function).transpose()? else { return Ok(None) };
    let mut found = links(db, viewer, std::slice::from_ref(&one.id)).await?;
    let needs = found.needs.remove(&one.id).unwrap_or_default();
    one.needs = needs.into_iter().map(|(id, _)| id).collect();
    one.providers = found.providers.remove(&one.id).unwrap_or_default();
    Ok(Some(one))
}

/// The critical function of a name or an id.
pub(crate) async fn function_named(db: &Db, viewer: &Viewer, name: &str) -> Result<Option<String>, StoreError> {
    let row = db.read_one(NAMED, &[viewer.clearance.rank().into(), name.into()]).await?;
    row.map(|row| row.text(0)).transpose()
}

/// What belongs to some critical functions; what the viewer may not see is left out.
pub(crate) async fn links(db: &Db, viewer: &Viewer, ids: &[String]) -> Result<Links, StoreError> {
    let clearance = [viewer.clearance.rank().into()];
    Ok(Links {
        needs: by_id(&db.read_in(NEEDS_OF, &clearance, ids).await?)?,
        needed_by: by_id(&db.read_in(NEEDED_BY, &clearance, ids).await?)?,
        providers: by_id(&db.read_in(PROVIDERS_OF, &[], ids).await?)?,
    })
}

fn by_id(rows: &[Row]) -> Result<Named, StoreError> {
    let mut named = Named::new();
    for row in rows {
        named.entry(row.text(0)?).or_default().push((row.text(1)?, row.text(2)?));
    }
    Ok(named)
}

/// One review.
pub(crate) async fn one_review(db: &Db, id: &str) -> Result<Option<Review>, StoreError> {
    db.read_one(REVIEW, &[id.into()]).await?.as_ref().map(review).transpose()
}

/// What is looked at next.
pub(crate) async fn next_reviews(db: &Db, rows: i64) -> Result<Vec<Review>, StoreError> {
    each(&db.read(NEXT, &[rows.into()]).await?, review)
}

/// What some stakeholders are to goals: by stakeholder and goal.
pub(crate) async fn parts_of(db: &Db, ids: &[String]) -> Result<HashMap<(String, String), Part>, StoreError> {
    let mut parts = HashMap::new();
    for row in db.read_in(PARTS_OF, &[], ids).await? {
        let part = row.text(2)?;
        let part = Part::parse(&part).ok_or_else(|| StoreError::unknown("part", part))?;
        parts.insert((row.text(0)?, row.text(1)?), part);
    }
    Ok(parts)
}

/// How many answer for each goal; a goal that nobody answers for is left out.
pub(crate) async fn accountable(db: &Db) -> Result<HashMap<String, i64>, StoreError> {
    db.read(ACCOUNTABLE, &[]).await?.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect()
}
