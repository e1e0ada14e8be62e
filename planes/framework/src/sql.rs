//! Every statement of the plane, and the rows they give.

mod exchange;
mod judged;
mod told;
mod voices;
mod workshop;

use manara_model::{Micros, Tlp, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::assessment::{Assessment, Snapshot, State, SubjectKind};
use crate::catalogue::Catalogue;
use crate::check::read_kept;
use crate::sheet::{Action, Answer, Consensus, Evidence, Sheet, Voice};

pub use exchange::{BroughtSheet, brought_sheets, conflicts, count_conflicts};
pub(crate) use exchange::{add_conflict, answers_then, conflict_in, decide, note_bound, note_brought, voice_by_id};
pub use judged::{Judged, judged, judged_before};
pub(crate) use judged::{judge, judged_in};
pub use told::{Agreed, Told, agreed, agreed_before, told, told_before, told_of};
pub(crate) use told::{agreed_in, answer_at, answers_timed, end_consensus, waiting_of};
pub use voices::{Respondent, respondents};
pub(crate) use voices::{claim, edit, is_withdrawn, respondent_of, restore, speaker_named, speaker_of, withdraw};
pub(crate) use workshop::{
    add_seat, close_workshops, put_workshop, release_seat, seats_of, step_workshop, version_of, workshop_by_code,
    workshop_of_in,
};
pub use workshop::{answered_by, hidden, open_workshops, seat, seated, workshop_of};

const COLUMNS: &str = "id, subject, catalogue, hash, tlp, state, made_by, made, changed, version, kind";

const KEEP_CATALOGUE: &str = "
    INSERT INTO framework_catalogue (hash, catalogue, content, kept) VALUES ($1, $2, $3, $4) ON CONFLICT (hash) DO NOTHING";
const CATALOGUE: &str = "SELECT content FROM framework_catalogue WHERE hash = $1";
const PUT: &str = "
    INSERT INTO framework_assessment (id, subject, catalogue, hash, tlp, state, made_by, made, changed, version, kind)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $10)";
const GET: &str = "SELECT {} FROM framework_assessment WHERE id = $1 AND tlp <= $2";
/// Whoever changes an assessment holds its row, on both engines.
const TOUCH: &str = "UPDATE framework_assessment SET changed = $2 WHERE id = $1";
const SET_STATE: &str = "
    UPDATE framework_assessment SET state = $2, changed = $3, version = version + 1 WHERE id = $1";
const PAGE: &str = "
    SELECT {} FROM framework_assessment WHERE tlp <= $1 AND id > $2 ORDER BY id LIMIT $3";
const NEWEST: &str = "
    SELECT {} FROM framework_assessment WHERE tlp <= $1 ORDER BY changed DESC, id DESC LIMIT $2";

const VOICE_OF: &str = "
    SELECT id, name, organisation, role FROM framework_respondent
     WHERE assessment_id = $1 AND person = $2 ORDER BY added, id LIMIT 1";
const ADD_VOICE: &str = "
    INSERT INTO framework_respondent (id, assessment_id, name, organisation, role, person, added)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const VOICES: &str = "
    SELECT id, name, organisation, role FROM framework_respondent
     WHERE assessment_id = $1 AND withdrawn = '' ORDER BY organisation, name, id LIMIT 1000";
const COUNT_VOICES: &str = "SELECT COUNT(*) FROM framework_respondent WHERE assessment_id = $1";

const ANSWERS: &str = "
    SELECT a.respondent_id, a.item, a.level, a.not_applicable, a.state, a.comment
      FROM framework_answer a JOIN framework_respondent r ON r.id = a.respondent_id
     WHERE a.assessment_id = $1 AND r.withdrawn = '' ORDER BY a.item, a.respondent_id LIMIT 2000000";
const ANSWERS_OF: &str = "
    SELECT respondent_id, item, level, not_applicable, state, comment FROM framework_answer
     WHERE respondent_id = $1 ORDER BY item LIMIT 2000";
const KEEP_ANSWER: &str = "
    INSERT INTO framework_answer_before (respondent_id, item, version, level, not_applicable, state, comment, who, at)
    SELECT respondent_id, item, version, level, not_applicable, state, comment, who, at FROM framework_answer
     WHERE respondent_id = $1 AND item = $2";
const PUT_ANSWER: &str = "
    INSERT INTO framework_answer (respondent_id, item, assessment_id, level, not_applicable, state, comment, who, at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)
    ON CONFLICT (respondent_id, item) DO UPDATE SET level = excluded.level, not_applicable = excluded.not_applicable,
        state = excluded.state, comment = excluded.comment, who = excluded.who, at = excluded.at,
        version = framework_answer.version + 1";
const HISTORY: &str = "
    SELECT level, not_applicable, state, comment, who, at FROM framework_answer_before
     WHERE respondent_id = $1 AND item = $2 ORDER BY version DESC LIMIT 50";

const EVIDENCE: &str = "
    SELECT e.id, e.item, e.respondent_id, e.label, e.sha256, e.expires, e.supports, e.revision
      FROM framework_evidence e JOIN framework_respondent r ON r.id = e.respondent_id
     WHERE e.assessment_id = $1 AND e.removed = '' AND r.withdrawn = '' ORDER BY e.item, e.id LIMIT 200000";
const ONE_EVIDENCE: &str = "
    SELECT id, item, respondent_id, label, sha256, expires, supports, revision FROM framework_evidence
     WHERE assessment_id = $1 AND id = $2 AND removed = ''";
const ADD_EVIDENCE: &str = "
    INSERT INTO framework_evidence (id, assessment_id, respondent_id, item, label, sha256, expires, supports, judged_by,
        judged, added, removed, replaces, revision) VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, '', '', $8, '', $9, $10)";
const REMOVE_EVIDENCE: &str = "
    UPDATE framework_evidence SET removed = $3 WHERE assessment_id = $1 AND id = $2 AND removed = ''";
// What a newer writing replaced stays what it was.
const RESTORE_EVIDENCE: &str = "
    UPDATE framework_evidence SET removed = ''
     WHERE assessment_id = $1 AND respondent_id = $2 AND id = $3 AND removed <> ''
       AND NOT EXISTS (SELECT 1 FROM framework_evidence newer WHERE newer.assessment_id = $1 AND newer.replaces = $3)";

const CONSENSUS: &str = "
    SELECT item, level, not_applicable, reason, who FROM framework_consensus
     WHERE assessment_id = $1 ORDER BY item LIMIT 2000";
/// One that stood before was ended, so that its version is the last of those that ended.
const PUT_CONSENSUS: &str = "
    INSERT INTO framework_consensus (assessment_id, item, level, not_applicable, reason, who, at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7,
        (SELECT COALESCE(MAX(version), 0) + 1 FROM framework_consensus_before WHERE assessment_id = $1 AND item = $2))";

const ADD_SNAPSHOT: &str = "
    INSERT INTO framework_snapshot (id, assessment_id, name, hash, rules, sheet, sha256, who, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const SNAPSHOTS: &str = "
    SELECT id, assessment_id, name, hash, rules, sha256, who, at FROM framework_snapshot
     WHERE assessment_id = $1 ORDER BY at DESC, id DESC LIMIT 200";
const SNAPSHOT: &str = "
    SELECT s.id, s.assessment_id, s.name, s.hash, s.rules, s.sha256, s.who, s.at, s.sheet
      FROM framework_snapshot s JOIN framework_assessment a ON a.id = s.assessment_id WHERE s.id = $1 AND a.tlp <= $2";

/// Reads a row of the columns of an assessment.
pub(crate) fn assessment(row: &Row) -> Result<Assessment, StoreError> {
    let (tlp, state) = (row.int(4)?, row.text(5)?);
    Ok(Assessment {
        id: row.text(0)?,
        subject: row.text(1)?,
        catalogue: row.text(2)?,
        hash: row.text(3)?,
        tlp: Tlp::from_rank(tlp).ok_or_else(|| StoreError::unknown("tlp", tlp))?,
        state: State::parse(&state).ok_or_else(|| StoreError::unknown("state", state))?,
        made_by: row.text(6)?,
        made: row.moment(7)?,
        changed: row.moment(8)?,
        version: row.int(9)?,
        kind: match row.text(10)?.as_str() {
            "" => None,
            word => Some(SubjectKind::parse(word).ok_or_else(|| StoreError::unknown("kind", word))?),
        },
    })
}

fn voice(row: &Row) -> Result<Voice, StoreError> {
    Ok(Voice { id: row.text(0)?, name: row.text(1)?, organisation: row.text(2)?, role: row.text(3)? })
}

fn action(text: String) -> Result<Option<Action>, StoreError> {
    match text.as_str() {
        "" => Ok(None),
        word => Action::parse(word).map(Some).ok_or_else(|| StoreError::unknown("state", word)),
    }
}

fn answer(row: &Row) -> Result<Answer, StoreError> {
    Ok(Answer {
        voice: row.text(0)?,
        item: row.text(1)?,
        level: row.opt_int(2)?,
        not_applicable: row.bool(3)?,
        state: action(row.text(4)?)?,
        comment: row.text(5)?,
    })
}

fn evidence(row: &Row) -> Result<Evidence, StoreError> {
    Ok(Evidence {
        id: row.text(0)?,
        item: row.text(1)?,
        voice: row.text(2)?,
        label: row.text(3)?,
        sha256: row.text(4)?,
        expires: row.text(5)?,
        supports: row.opt_int(6)?,
        revision: row.int(7)?,
    })
}

fn consensus(row: &Row) -> Result<Consensus, StoreError> {
    Ok(Consensus {
        item: row.text(0)?,
        level: row.opt_int(1)?,
        not_applicable: row.bool(2)?,
        reason: row.text(3)?,
        who: row.text(4)?,
    })
}

fn snapshot(row: &Row) -> Result<Snapshot, StoreError> {
    Ok(Snapshot {
        id: row.text(0)?,
        assessment_id: row.text(1)?,
        name: row.text(2)?,
        hash: row.text(3)?,
        rules: row.int(4)?,
        sha256: row.text(5)?,
        who: row.text(6)?,
        at: row.moment(7)?,
    })
}

fn each<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T, StoreError>) -> Result<Vec<T>, StoreError> {
    rows.iter().map(read).collect()
}

fn with_columns(sql: &str) -> String {
    sql.replace("{}", COLUMNS)
}

/// Keeps a version of a catalogue, once.
pub(crate) async fn keep_catalogue(tx: &mut Tx, catalogue: &Catalogue, now: Micros) -> Result<(), StoreError> {
    let args = [(&catalogue.hash).into(), catalogue.id().into(), (&catalogue.text).into(), now.into()];
    tx.run(KEEP_CATALOGUE, &args).await.map(|_| ())
}

/// The version of a catalogue of a hash.
pub async fn catalogue(db: &Db, hash: &str) -> Result<Catalogue, StoreError> {
    let row = db.read_one(CATALOGUE, &[hash.into()]).await?;
    let text = row.ok_or_else(|| StoreError::NotFound(format!("catalogue {hash}")))?.text(0)?;
    read_kept(&text).map_err(|error| StoreError::unknown("framework_catalogue.content", error))
}

/// Writes a new assessment.
pub(crate) async fn put(tx: &mut Tx, one: &Assessment) -> Result<(), StoreError> {
    let args: [Arg<'_>; 10] = [
        (&one.id).into(),
        (&one.subject).into(),
        (&one.catalogue).into(),
        (&one.hash).into(),
        one.tlp.rank().into(),
        one.state.as_str().into(),
        (&one.made_by).into(),
        one.made.into(),
        one.changed.into(),
        SubjectKind::word(one.kind).into(),
    ];
    tx.run(PUT, &args).await.map(|_| ())
}

/// One assessment, if the viewer may see it.
pub async fn get(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<Assessment>, StoreError> {
    let args = [id.into(), viewer.clearance.rank().into()];
    db.read_one(&with_columns(GET), &args).await?.as_ref().map(assessment).transpose()
}

/// The same inside a transaction.
pub(crate) async fn get_in(tx: &mut Tx, viewer: &Viewer, id: &str) -> Result<Option<Assessment>, StoreError> {
    let args = [id.into(), viewer.clearance.rank().into()];
    tx.read_one(&with_columns(GET), &args).await?.as_ref().map(assessment).transpose()
}

/// Assessments in the order of their ids, after one of them.
pub async fn list(db: &Db, viewer: &Viewer, after: &str, rows: i64) -> Result<Vec<Assessment>, StoreError> {
    let args = [viewer.clearance.rank().into(), after.into(), rows.into()];
    each(&db.read(&with_columns(PAGE), &args).await?, assessment)
}

/// The assessments of which something was said last.
pub async fn newest(db: &Db, viewer: &Viewer, rows: i64) -> Result<Vec<Assessment>, StoreError> {
    each(&db.read(&with_columns(NEWEST), &[viewer.clearance.rank().into(), rows.into()]).await?, assessment)
}

/// Notes that something was said; until the end of the transaction nobody else does.
pub(crate) async fn touch(tx: &mut Tx, id: &str, now: Micros) -> Result<(), StoreError> {
    tx.run(TOUCH, &[id.into(), now.into()]).await.map(|_| ())
}

pub(crate) async fn set_state(tx: &mut Tx, id: &str, state: State, now: Micros) -> Result<(), StoreError> {
    tx.run(SET_STATE, &[id.into(), state.as_str().into(), now.into()]).await.map(|_| ())
}

/// The respondent that somebody with an account is.
pub async fn voice_of(db: &Db, id: &str, person: &str) -> Result<Option<Voice>, StoreError> {
    db.read_one(VOICE_OF, &[id.into(), person.into()]).await?.as_ref().map(voice).transpose()
}

pub(crate) async fn add_voice(
    tx: &mut Tx,
    id: &str,
    voice: &Voice,
    person: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let args: [Arg<'_>; 7] = [
        (&voice.id).into(),
        id.into(),
        (&voice.name).into(),
        (&voice.organisation).into(),
        (&voice.role).into(),
        person.into(),
        now.into(),
    ];
    tx.run(ADD_VOICE, &args).await.map(|_| ())
}

pub(crate) async fn count_voices(tx: &mut Tx, id: &str) -> Result<i64, StoreError> {
    tx.read_one(COUNT_VOICES, &[id.into()]).await?.map_or(Ok(0), |row| row.int(0))
}

/// The respondents of an assessment.
pub async fn voices(db: &Db, id: &str) -> Result<Vec<Voice>, StoreError> {
    each(&db.read(VOICES, &[id.into()]).await?, voice)
}

/// The answers of a respondent.
pub async fn answers_of(db: &Db, voice: &str) -> Result<Vec<Answer>, StoreError> {
    each(&db.read(ANSWERS_OF, &[voice.into()]).await?, answer)
}

pub(crate) async fn answers_of_in(tx: &mut Tx, voice: &str) -> Result<Vec<Answer>, StoreError> {
    each(&tx.read(ANSWERS_OF, &[voice.into()]).await?, answer)
}

/// Writes an answer; what it was before is kept.
pub(crate) async fn put_answer(
    tx: &mut Tx,
    id: &str,
    answer: &Answer,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(KEEP_ANSWER, &[(&answer.voice).into(), (&answer.item).into()]).await?;
    let args: [Arg<'_>; 9] = [
        (&answer.voice).into(),
        (&answer.item).into(),
        id.into(),
        answer.level.into(),
        answer.not_applicable.into(),
        answer.state.map_or("", Action::as_str).into(),
        (&answer.comment).into(),
        who.into(),
        now.into(),
    ];
    tx.run(PUT_ANSWER, &args).await.map(|_| ())
}

/// What a respondent said of an item before, newest first: the answer, who wrote it and when.
pub async fn history(db: &Db, voice: &str, item: &str) -> Result<Vec<(Answer, String, Micros)>, StoreError> {
    each(&db.read(HISTORY, &[voice.into(), item.into()]).await?, |row| {
        let answer = Answer {
            voice: voice.into(),
            item: item.into(),
            level: row.opt_int(0)?,
            not_applicable: row.bool(1)?,
            state: action(row.text(2)?)?,
            comment: row.text(3)?,
        };
        Ok((answer, row.text(4)?, row.moment(5)?))
    })
}

/// Adds evidence; `replaces` is the id of what it takes the place of, empty for nothing.
pub(crate) async fn add_evidence(
    tx: &mut Tx,
    id: &str,
    (one, replaces): (&Evidence, &str),
    now: Micros,
) -> Result<(), StoreError> {
    let args: [Arg<'_>; 10] = [
        (&one.id).into(),
        id.into(),
        (&one.voice).into(),
        (&one.item).into(),
        (&one.label).into(),
        (&one.sha256).into(),
        (&one.expires).into(),
        now.into(),
        replaces.into(),
        one.revision.into(),
    ];
    tx.run(ADD_EVIDENCE, &args).await.map(|_| ())
}

/// All evidence of an assessment.
pub async fn all_evidence(db: &Db, id: &str) -> Result<Vec<Evidence>, StoreError> {
    each(&db.read(EVIDENCE, &[id.into()]).await?, evidence)
}

pub(crate) async fn all_evidence_in(tx: &mut Tx, id: &str) -> Result<Vec<Evidence>, StoreError> {
    each(&tx.read(EVIDENCE, &[id.into()]).await?, evidence)
}

/// One piece of evidence.
pub async fn one_evidence(db: &Db, assessment: &str, id: &str) -> Result<Option<Evidence>, StoreError> {
    db.read_one(ONE_EVIDENCE, &[assessment.into(), id.into()]).await?.as_ref().map(evidence).transpose()
}

pub(crate) async fn remove_evidence(tx: &mut Tx, assessment: &str, id: &str, now: Micros) -> Result<u64, StoreError> {
    tx.run(REMOVE_EVIDENCE, &[assessment.into(), id.into(), now.into()]).await
}

/// Shows evidence of a respondent again; gives whether it was out of sight.
pub(crate) async fn restore_evidence(
    tx: &mut Tx,
    (assessment, voice): (&str, &str),
    id: &str,
) -> Result<bool, StoreError> {
    Ok(tx.run(RESTORE_EVIDENCE, &[assessment.into(), voice.into(), id.into()]).await? > 0)
}

pub(crate) async fn put_consensus(tx: &mut Tx, id: &str, one: &Consensus, now: Micros) -> Result<(), StoreError> {
    let args: [Arg<'_>; 7] = [
        id.into(),
        (&one.item).into(),
        one.level.into(),
        one.not_applicable.into(),
        (&one.reason).into(),
        (&one.who).into(),
        now.into(),
    ];
    tx.run(PUT_CONSENSUS, &args).await.map(|_| ())
}

/// All that was said in an assessment, with evidence judged for a day.
pub async fn sheet(db: &Db, id: &str, day: &str) -> Result<Sheet, StoreError> {
    // One transaction, so that no answer of a respondent is there whose name is not.
    sheet_in(&mut db.begin_snapshot().await?, id, day).await
}

/// The same inside a transaction.
pub(crate) async fn sheet_in(tx: &mut Tx, id: &str, day: &str) -> Result<Sheet, StoreError> {
    Ok(Sheet {
        day: day.to_string(),
        voices: each(&tx.read(VOICES, &[id.into()]).await?, voice)?,
        answers: each(&tx.read(ANSWERS, &[id.into()]).await?, answer)?,
        evidence: each(&tx.read(EVIDENCE, &[id.into()]).await?, evidence)?,
        consensus: each(&tx.read(CONSENSUS, &[id.into()]).await?, consensus)?,
    })
}

pub(crate) async fn add_snapshot(tx: &mut Tx, one: &Snapshot, sheet: &str) -> Result<(), StoreError> {
    let args: [Arg<'_>; 9] = [
        (&one.id).into(),
        (&one.assessment_id).into(),
        (&one.name).into(),
        (&one.hash).into(),
        one.rules.into(),
        sheet.into(),
        (&one.sha256).into(),
        (&one.who).into(),
        one.at.into(),
    ];
    tx.run(ADD_SNAPSHOT, &args).await.map(|_| ())
}

/// The snapshots of an assessment, newest first.
pub async fn snapshots(db: &Db, id: &str) -> Result<Vec<Snapshot>, StoreError> {
    each(&db.read(SNAPSHOTS, &[id.into()]).await?, snapshot)
}

/// One snapshot with what was said, if the viewer may see its assessment.
pub async fn one_snapshot(db: &Db, viewer: &Viewer, id: &str) -> Result<Option<(Snapshot, Sheet)>, StoreError> {
    let Some(row) = db.read_one(SNAPSHOT, &[id.into(), viewer.clearance.rank().into()]).await? else {
        return Ok(None);
    };
    let sheet =
        serde_json::from_str(&row.text(8)?).map_err(|error| StoreError::unknown("framework_snapshot.sheet", error))?;
    Ok(Some((snapshot(&row)?, sheet)))
}
