//! Respondents: whose they are, and whether they count.

use manara_model::{Micros, Tlp};
use manara_store::{Db, Row, StoreError, Tx};

use super::each;
use crate::assessment::SubjectKind;
use crate::sheet::Voice;

const NAMED: &str = "
    SELECT id, name, organisation, role, person, withdrawn FROM framework_respondent
     WHERE assessment_id = $1 AND name = $2 AND organisation = $3";
const OF_PERSON: &str = "
    SELECT id, name, organisation, role, person, withdrawn FROM framework_respondent
     WHERE assessment_id = $1 AND person = $2 ORDER BY added, id LIMIT 1";
const ALL: &str = "
    SELECT id, name, organisation, role, person, withdrawn FROM framework_respondent
     WHERE assessment_id = $1 ORDER BY organisation, name, id LIMIT 1000";
const CLAIM: &str = "UPDATE framework_respondent SET person = $2 WHERE id = $1 AND person = ''";
const IS_WITHDRAWN: &str = "SELECT withdrawn FROM framework_respondent WHERE id = $1";
const WITHDRAW: &str = "UPDATE framework_respondent SET withdrawn = $2 WHERE id = $1 AND withdrawn = ''";
const RESTORE: &str = "UPDATE framework_respondent SET withdrawn = '' WHERE id = $1 AND withdrawn <> ''";
const EDIT: &str = "
    UPDATE framework_assessment SET subject = $2, tlp = $3, changed = $4, kind = $5, version = version + 1 WHERE id = $1";

/// A respondent as the moderator knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Respondent {
    /// Who they are.
    pub voice: Voice,
    /// Their login name; empty when they have no account.
    pub person: String,
    /// Whether the moderator withdrew them.
    pub is_withdrawn: bool,
}

fn respondent(row: &Row) -> Result<Respondent, StoreError> {
    Ok(Respondent { voice: super::voice(row)?, person: row.text(4)?, is_withdrawn: !row.text(5)?.is_empty() })
}

/// All respondents of an assessment, those who were withdrawn too.
pub async fn respondents(db: &Db, assessment: &str) -> Result<Vec<Respondent>, StoreError> {
    each(&db.read(ALL, &[assessment.into()]).await?, respondent)
}

/// The respondent that somebody with an account is, as a page asks.
pub(crate) async fn respondent_of(db: &Db, assessment: &str, person: &str) -> Result<Option<Respondent>, StoreError> {
    db.read_one(OF_PERSON, &[assessment.into(), person.into()]).await?.as_ref().map(respondent).transpose()
}

/// The respondent of a name and an organisation.
pub(crate) async fn speaker_named(
    tx: &mut Tx,
    assessment: &str,
    (name, organisation): (&str, &str),
) -> Result<Option<Respondent>, StoreError> {
    let args = [assessment.into(), name.into(), organisation.into()];
    tx.read_one(NAMED, &args).await?.as_ref().map(respondent).transpose()
}

/// The respondent that somebody with an account is.
pub(crate) async fn speaker_of(tx: &mut Tx, assessment: &str, person: &str) -> Result<Option<Respondent>, StoreError> {
    tx.read_one(OF_PERSON, &[assessment.into(), person.into()]).await?.as_ref().map(respondent).transpose()
}

/// Makes a respondent that of an account.
pub(crate) async fn claim(tx: &mut Tx, id: &str, person: &str) -> Result<(), StoreError> {
    tx.run(CLAIM, &[id.into(), person.into()]).await.map(|_| ())
}

pub(crate) async fn is_withdrawn(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    tx.read_one(IS_WITHDRAWN, &[id.into()]).await?.map_or(Ok(false), |row| row.text(0).map(|at| !at.is_empty()))
}

pub(crate) async fn withdraw(tx: &mut Tx, id: &str, now: Micros) -> Result<bool, StoreError> {
    Ok(tx.run(WITHDRAW, &[id.into(), now.into()]).await? == 1)
}

pub(crate) async fn restore(tx: &mut Tx, id: &str) -> Result<bool, StoreError> {
    Ok(tx.run(RESTORE, &[id.into()]).await? == 1)
}

pub(crate) async fn edit(
    tx: &mut Tx,
    id: &str,
    (subject, kind, tlp): (&str, Option<SubjectKind>, Tlp),
    now: Micros,
) -> Result<(), StoreError> {
    let kind = SubjectKind::word(kind);
    tx.run(EDIT, &[id.into(), subject.into(), tlp.rank().into(), now.into(), kind.into()]).await.map(|_| ())
}
