//! What this country released, and what other countries did.

use manara_model::{Micros, Viewer};
use manara_store::{Arg, Db, Row, StoreError, Tx};

use crate::assessment::SubjectKind;
use crate::office::{Country, CountryProgress};

const RELEASES: &str = "SELECT kind, record, value, who, at FROM framework_release ORDER BY kind, record LIMIT 1000";
const RELEASE: &str = "
    INSERT INTO framework_release (kind, record, value, who, at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (kind, record) DO UPDATE SET value = excluded.value, who = excluded.who, at = excluded.at";
const WITHDRAW: &str = "DELETE FROM framework_release WHERE kind = $1 AND record = $2";
const SNAPSHOTS: &str = "
    SELECT s.id, s.name, a.subject, a.catalogue, s.at, a.kind FROM framework_snapshot s
      JOIN framework_assessment a ON a.id = s.assessment_id WHERE a.tlp <= $1 ORDER BY s.at DESC, s.id DESC LIMIT 200";

const COUNTRY_KEY: &str = "SELECT key FROM framework_country WHERE code = $1";
const PUT_COUNTRY: &str = "
    INSERT INTO framework_country (code, name, region, key, added) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, region = excluded.region, key = excluded.key";
const REGION: &str = "SELECT region FROM framework_country WHERE code = $1";
const KNOWN: &str = "SELECT COUNT(*) FROM framework_progress WHERE sha256 = $1";
const PUT_PROGRESS: &str = "
    INSERT INTO framework_progress (sha256, code, stage, made, content, who, at) VALUES ($1, $2, $3, $4, $5, $6, $7)";
/// The newest of each country: the last that was made, and of those of one day the last that came.
const COUNTRIES: &str = "
    SELECT c.code, c.name, c.region, p.content,
        (SELECT COUNT(*) FROM framework_progress n WHERE n.code = c.code)
      FROM framework_country c JOIN framework_progress p ON p.code = c.code
     WHERE NOT EXISTS (SELECT 1 FROM framework_progress l WHERE l.code = p.code AND
        (l.made > p.made OR (l.made = p.made AND l.at > p.at)
         OR (l.made = p.made AND l.at = p.at AND l.sha256 > p.sha256)))
     ORDER BY c.region, c.code LIMIT 500";

/// One thing that this country released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// `stage`, `kpi`, `name`, `snapshot`, `sections`, `practice`, or `draft`, which stays here.
    pub kind: String,
    /// Which: of a figure its name, of a snapshot its id, of a text its section as `catalogue/section`.
    pub record: String,
    /// What was said; empty for a snapshot.
    pub value: String,
    /// Who released it.
    pub who: String,
    /// When.
    pub at: Micros,
}

/// A snapshot that could be released.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Releasable {
    /// The snapshot.
    pub id: String,
    /// How it is called.
    pub name: String,
    /// What was assessed.
    pub subject: String,
    /// By which catalogue.
    pub catalogue: String,
    /// When it was taken.
    pub at: Micros,
    /// What kind of thing was assessed: a word of `SubjectKind`; empty where nobody said.
    pub kind: String,
}

impl Releasable {
    /// Whether it speaks of the nation or its team, not of some organisation.
    pub fn is_national(&self) -> bool {
        self.kind != SubjectKind::Organisation.as_str()
    }
}

fn each<T>(rows: &[Row], read: impl Fn(&Row) -> Result<T, StoreError>) -> Result<Vec<T>, StoreError> {
    rows.iter().map(read).collect()
}

fn release_of(row: &Row) -> Result<Release, StoreError> {
    Ok(Release { kind: row.text(0)?, record: row.text(1)?, value: row.text(2)?, who: row.text(3)?, at: row.moment(4)? })
}

/// Everything that was released and not withdrawn.
pub async fn releases(db: &Db) -> Result<Vec<Release>, StoreError> {
    each(&db.read(RELEASES, &[]).await?, release_of)
}

/// The same in a transaction that may write: it stays so until it commits.
pub(crate) async fn releases_now(tx: &mut Tx) -> Result<Vec<Release>, StoreError> {
    each(&tx.read(RELEASES, &[]).await?, release_of)
}

pub(crate) async fn release(
    tx: &mut Tx,
    (kind, record): (&str, &str),
    value: Option<&str>,
    who: &str,
    now: Micros,
) -> Result<u64, StoreError> {
    match value {
        Some(value) => tx.run(RELEASE, &[kind.into(), record.into(), value.into(), who.into(), now.into()]).await,
        None => tx.run(WITHDRAW, &[kind.into(), record.into()]).await,
    }
}

/// The snapshots a viewer may see, the newest first.
pub async fn releasable(db: &Db, viewer: &Viewer) -> Result<Vec<Releasable>, StoreError> {
    each(&db.read(SNAPSHOTS, &[viewer.clearance.rank().into()]).await?, |row| {
        Ok(Releasable {
            id: row.text(0)?,
            name: row.text(1)?,
            subject: row.text(2)?,
            catalogue: row.text(3)?,
            at: row.moment(4)?,
            kind: row.text(5)?,
        })
    })
}

pub(crate) async fn country_key(tx: &mut Tx, code: &str) -> Result<Option<String>, StoreError> {
    tx.read_one(COUNTRY_KEY, &[code.into()]).await?.map(|row| row.text(0)).transpose()
}

pub(crate) async fn country_region(tx: &mut Tx, code: &str) -> Result<Option<String>, StoreError> {
    tx.read_one(REGION, &[code.into()]).await?.map(|row| row.text(0)).transpose()
}

pub(crate) async fn put_country(
    tx: &mut Tx,
    (code, name): (&str, &str),
    (region, key): (&str, &str),
    now: Micros,
) -> Result<(), StoreError> {
    tx.run(PUT_COUNTRY, &[code.into(), name.into(), region.into(), key.into(), now.into()]).await.map(|_| ())
}

pub(crate) async fn is_known(tx: &mut Tx, sha256: &str) -> Result<bool, StoreError> {
    let row = tx.read_one(KNOWN, &[sha256.into()]).await?;
    Ok(row.map_or(Ok(0), |row| row.int(0))? > 0)
}

pub(crate) async fn put_progress(
    tx: &mut Tx,
    sha256: &str,
    progress: &CountryProgress,
    content: &str,
    who: &str,
    now: Micros,
) -> Result<(), StoreError> {
    let args: [Arg<'_>; 7] = [
        sha256.into(),
        (&progress.country).into(),
        (&progress.stage).into(),
        (&progress.made).into(),
        content.into(),
        who.into(),
        now.into(),
    ];
    tx.run(PUT_PROGRESS, &args).await.map(|_| ())
}

/// The countries, by region, each with the newest it released.
pub async fn countries(db: &Db) -> Result<Vec<Country>, StoreError> {
    each(&db.read(COUNTRIES, &[]).await?, |row| {
        let content = row.text(3)?;
        let newest =
            serde_json::from_str(&content).map_err(|error| StoreError::unknown("framework_progress.content", error))?;
        Ok(Country { code: row.text(0)?, name: row.text(1)?, region: row.text(2)?, newest, files: row.int(4)? })
    })
}
