//! Statements about applied blocks and what proves them.

use std::collections::BTreeSet;

use manara_model::Micros;
use manara_store::{Arg, Db, Row, StoreError, Tx};

use super::matter::{InForce, Matter};
use super::posts::Post;

const COLUMNS: &str = "id, block, switched, who, at, undone";

const LIVE: &str = "SELECT {} FROM framework_applied WHERE undone = '' ORDER BY at, id LIMIT 2000";
const LIVE_OF: &str = "SELECT {} FROM framework_applied WHERE block = $1 AND undone = ''";
const PUT: &str = "
    INSERT INTO framework_applied (id, block, switched, who, at, undone_by, undone) VALUES ($1, $2, $3, $4, $5, '', '')
    ON CONFLICT (id) DO UPDATE SET switched = excluded.switched";
const SET_UNDONE: &str = "UPDATE framework_applied SET undone_by = $2, undone = $3 WHERE id = $1 AND undone = ''";

const PROOF: &str = "
    SELECT applied_id, person, due, evidence, link, file_name, sha256, shown_by, shown, accepted_by, accepted
      FROM framework_acceptance WHERE applied_id = $1";
const PROOFS: &str = "
    SELECT p.applied_id, p.person, p.due, p.evidence, p.link, p.file_name, p.sha256, p.shown_by, p.shown, p.accepted_by,
           p.accepted
      FROM framework_acceptance p JOIN framework_applied a ON a.id = p.applied_id
     WHERE a.undone = '' ORDER BY p.applied_id LIMIT 2000";
const PUT_PROOF: &str = "
    INSERT INTO framework_acceptance (applied_id, person, due, evidence, link, file_name, sha256, shown_by, shown,
        accepted_by, accepted) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (applied_id) DO UPDATE SET person = excluded.person, due = excluded.due, evidence = excluded.evidence,
        link = excluded.link, file_name = excluded.file_name, sha256 = excluded.sha256, shown_by = excluded.shown_by,
        shown = excluded.shown, accepted_by = excluded.accepted_by, accepted = excluded.accepted";

const IN_FORCE: &str = "
    SELECT f.matter, f.name, a.block FROM framework_in_force f JOIN framework_applied a ON a.id = f.applied_id
     WHERE a.undone = '' ORDER BY f.matter, f.name, a.block LIMIT 20000";
const IN_FORCE_OF: &str = "
    SELECT matter, name FROM framework_in_force WHERE applied_id = $1 ORDER BY matter, name LIMIT 1000";
const PUT_IN_FORCE: &str = "
    INSERT INTO framework_in_force (applied_id, matter, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";

const POSTS: &str = "SELECT post, person, who, at FROM framework_post ORDER BY post, person LIMIT 2000";
const ADD_POST: &str = "
    INSERT INTO framework_post (post, person, who, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
const REMOVE_POST: &str = "DELETE FROM framework_post WHERE post = $1 AND person = $2";

/// A block that was applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its id.
    pub id: String,
    /// The block.
    pub block: String,
    /// The services it switched on, by id.
    pub switched: Vec<String>,
    /// Who did it.
    pub who: String,
    /// When.
    pub at: Micros,
    /// When that was taken back.
    pub undone: Option<Micros>,
}

/// What proves an application, and how far that is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acceptance {
    /// The application.
    pub applied: String,
    /// Who brings it; empty for nobody yet.
    pub person: String,
    /// Until which day; empty for none.
    pub due: String,
    /// What was shown, in words.
    pub text: String,
    /// Where it is.
    pub link: String,
    /// The name of a file.
    pub file_name: String,
    /// The hash of its bytes.
    pub sha256: String,
    /// Who showed it.
    pub shown_by: String,
    /// When.
    pub shown: Option<Micros>,
    /// Who accepted it.
    pub accepted_by: String,
    /// When.
    pub accepted: Option<Micros>,
}

impl Acceptance {
    /// Whether it was accepted by the one who showed it, because nobody else could.
    pub fn is_own(&self) -> bool {
        self.accepted.is_some() && self.accepted_by == self.shown_by
    }
}

fn with_columns(sql: &str) -> String {
    sql.replace("{}", COLUMNS)
}

/// A moment that may not have come: an empty text.
fn moment(row: &Row, at: usize) -> Result<Option<Micros>, StoreError> {
    if row.text(at)?.is_empty() { Ok(None) } else { row.moment(at).map(Some) }
}

fn written(moment: Option<Micros>) -> String {
    moment.map(|moment| moment.rfc3339()).unwrap_or_default()
}

fn application(row: &Row) -> Result<Application, StoreError> {
    let switched = row.text(2)?;
    Ok(Application {
        id: row.text(0)?,
        block: row.text(1)?,
        switched: switched.split(',').filter(|id| !id.is_empty()).map(str::to_string).collect(),
        who: row.text(3)?,
        at: row.moment(4)?,
        undone: moment(row, 5)?,
    })
}

fn proof(row: &Row) -> Result<Acceptance, StoreError> {
    Ok(Acceptance {
        applied: row.text(0)?,
        person: row.text(1)?,
        due: row.text(2)?,
        text: row.text(3)?,
        link: row.text(4)?,
        file_name: row.text(5)?,
        sha256: row.text(6)?,
        shown_by: row.text(7)?,
        shown: moment(row, 8)?,
        accepted_by: row.text(9)?,
        accepted: moment(row, 10)?,
    })
}

/// The blocks that are applied, oldest first.
pub async fn applications(db: &Db) -> Result<Vec<Application>, StoreError> {
    db.read(&with_columns(LIVE), &[]).await?.iter().map(application).collect()
}

/// The same inside a transaction.
pub(super) async fn all_live_in(tx: &mut Tx) -> Result<Vec<Application>, StoreError> {
    tx.read(&with_columns(LIVE), &[]).await?.iter().map(application).collect()
}

/// How a block is applied, if it is.
pub async fn live_of(db: &Db, block: &str) -> Result<Option<Application>, StoreError> {
    db.read_one(&with_columns(LIVE_OF), &[block.into()]).await?.as_ref().map(application).transpose()
}

/// The same inside a transaction.
pub(super) async fn live_in(tx: &mut Tx, block: &str) -> Result<Option<Application>, StoreError> {
    tx.read_one(&with_columns(LIVE_OF), &[block.into()]).await?.as_ref().map(application).transpose()
}

/// Writes an application, or what it switched besides.
pub(super) async fn put(tx: &mut Tx, one: &Application, switched: &[String]) -> Result<(), StoreError> {
    let switched = switched.join(",");
    let args: [Arg<'_>; 5] =
        [(&one.id).into(), (&one.block).into(), (&switched).into(), (&one.who).into(), one.at.into()];
    tx.run(PUT, &args).await.map(|_| ())
}

/// Marks an application as taken back.
pub(super) async fn set_undone(tx: &mut Tx, id: &str, who: &str, now: Micros) -> Result<(), StoreError> {
    tx.run(SET_UNDONE, &[id.into(), who.into(), now.into()]).await.map(|_| ())
}

/// What proves an application.
pub async fn acceptance(db: &Db, applied: &str) -> Result<Option<Acceptance>, StoreError> {
    db.read_one(PROOF, &[applied.into()]).await?.as_ref().map(proof).transpose()
}

/// The same inside a transaction.
pub(super) async fn acceptance_in(tx: &mut Tx, applied: &str) -> Result<Option<Acceptance>, StoreError> {
    tx.read_one(PROOF, &[applied.into()]).await?.as_ref().map(proof).transpose()
}

/// What proves the blocks that are applied.
pub async fn acceptances(db: &Db) -> Result<Vec<Acceptance>, StoreError> {
    db.read(PROOFS, &[]).await?.iter().map(proof).collect()
}

/// Writes what proves an application.
pub(super) async fn put_acceptance(tx: &mut Tx, one: &Acceptance) -> Result<(), StoreError> {
    let (shown, accepted) = (written(one.shown), written(one.accepted));
    let args: [Arg<'_>; 11] = [
        (&one.applied).into(),
        (&one.person).into(),
        (&one.due).into(),
        (&one.text).into(),
        (&one.link).into(),
        (&one.file_name).into(),
        (&one.sha256).into(),
        (&one.shown_by).into(),
        (&shown).into(),
        (&one.accepted_by).into(),
        (&accepted).into(),
    ];
    tx.run(PUT_PROOF, &args).await.map(|_| ())
}

fn all_in_force(rows: &[Row]) -> Result<InForce, StoreError> {
    let mut all = InForce::default();
    for row in rows {
        all.add(matter(row)?, row.text(1)?, row.text(2)?);
    }
    Ok(all)
}

fn matter(row: &Row) -> Result<Matter, StoreError> {
    let text = row.text(0)?;
    Matter::parse(&text).ok_or(StoreError::Unknown { column: "framework_in_force.matter", found: text })
}

/// What the blocks that are applied put in force besides their services.
pub async fn in_force(db: &Db) -> Result<InForce, StoreError> {
    all_in_force(&db.read(IN_FORCE, &[]).await?)
}

/// The same inside a transaction.
pub(super) async fn in_force_in(tx: &mut Tx) -> Result<InForce, StoreError> {
    all_in_force(&tx.read(IN_FORCE, &[]).await?)
}

fn matters(rows: &[Row]) -> Result<BTreeSet<(Matter, String)>, StoreError> {
    rows.iter().map(|row| Ok((matter(row)?, row.text(1)?))).collect()
}

/// What one application put in force.
pub(super) async fn in_force_of(db: &Db, applied: &str) -> Result<BTreeSet<(Matter, String)>, StoreError> {
    matters(&db.read(IN_FORCE_OF, &[applied.into()]).await?)
}

/// The same inside a transaction.
pub(super) async fn in_force_of_in(tx: &mut Tx, applied: &str) -> Result<BTreeSet<(Matter, String)>, StoreError> {
    matters(&tx.read(IN_FORCE_OF, &[applied.into()]).await?)
}

/// Writes that an application puts something in force; false when it did before.
pub(super) async fn put_in_force(tx: &mut Tx, applied: &str, matter: Matter, name: &str) -> Result<bool, StoreError> {
    Ok(tx.run(PUT_IN_FORCE, &[applied.into(), matter.as_str().into(), name.into()]).await? > 0)
}

fn all_posts(rows: &[Row]) -> Result<Vec<Post>, StoreError> {
    rows.iter()
        .map(|row| Ok(Post { post: row.text(0)?, person: row.text(1)?, who: row.text(2)?, at: row.moment(3)? }))
        .collect()
}

/// Who fills which post, by post and name.
pub async fn posts(db: &Db) -> Result<Vec<Post>, StoreError> {
    all_posts(&db.read(POSTS, &[]).await?)
}

/// The same inside a transaction.
pub(super) async fn posts_in(tx: &mut Tx) -> Result<Vec<Post>, StoreError> {
    all_posts(&tx.read(POSTS, &[]).await?)
}

/// Puts somebody into a post; false when they are in it.
pub(super) async fn add_post(tx: &mut Tx, one: &Post) -> Result<bool, StoreError> {
    let args: [Arg<'_>; 4] = [(&one.post).into(), (&one.person).into(), (&one.who).into(), one.at.into()];
    Ok(tx.run(ADD_POST, &args).await? > 0)
}

/// Takes somebody out of a post; false when they are not in it.
pub(super) async fn remove_post(tx: &mut Tx, post: &str, person: &str) -> Result<bool, StoreError> {
    Ok(tx.run(REMOVE_POST, &[post.into(), person.into()]).await? > 0)
}
