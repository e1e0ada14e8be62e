//! Certificates of S/MIME as the house keeps them: ours, and those that vouch for others; and the statements about them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use manara_crypt::MailCertificate;
use manara_model::Micros;
use manara_store::{Arg, Db, Row, StoreError, Tx};

const COLUMNS: &str = "standing, certificate, added, added_by, used, removed";
const PUT: &str = "
    INSERT INTO response_mail_certificate (fingerprint, standing, certificate, added, added_by, used, removed)
    VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (fingerprint) DO UPDATE SET standing = excluded.standing, removed = excluded.removed";
const USED: &str = "UPDATE response_mail_certificate SET used = $2 WHERE fingerprint = $1 AND used < $3";
const HOUR: i64 = 3_600_000_000;

/// What a certificate is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CertificateStanding {
    /// It is ours, with its secret.
    Own,
    /// Whom it vouches for is believed.
    Trusted,
}

impl CertificateStanding {
    /// All.
    pub const ALL: [CertificateStanding; 2] = [Self::Own, Self::Trusted];

    /// The word used in SQL, files and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Trusted => "trusted",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.as_str() == text)
    }
}

/// A certificate that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCertificate {
    /// The certificate.
    pub certificate: MailCertificate,
    /// What it is to us.
    pub standing: CertificateStanding,
    /// When it came.
    pub added: Micros,
    /// Who brought it.
    pub added_by: String,
    /// When something was signed, opened or checked with it, to the hour.
    pub used: Option<Micros>,
    /// When it was put away.
    pub removed: Option<Micros>,
}

fn kept(row: &Row) -> Result<KeptCertificate, StoreError> {
    let (standing, certificate) = (row.text(0)?, row.text(1)?);
    let der = STANDARD.decode(&certificate).unwrap_or_default();
    Ok(KeptCertificate {
        certificate: MailCertificate::read(&der).ok_or_else(|| StoreError::unknown("certificate", certificate))?,
        standing: CertificateStanding::parse(&standing).ok_or_else(|| StoreError::unknown("standing", standing))?,
        added: row.moment(2)?,
        added_by: row.text(3)?,
        used: row.opt_moment(4)?,
        removed: row.opt_moment(5)?,
    })
}

/// Writes a certificate, new or changed.
pub(crate) async fn put(tx: &mut Tx, one: &KeptCertificate) -> Result<(), StoreError> {
    let (fingerprint, certificate) = (one.certificate.fingerprint(), STANDARD.encode(one.certificate.bytes()));
    let args = [
        (&fingerprint).into(),
        one.standing.as_str().into(),
        (&certificate).into(),
        one.added.into(),
        (&one.added_by).into(),
        one.used.into(),
        one.removed.into(),
    ] as [Arg<'_>; 7];
    tx.run(PUT, &args).await.map(|_| ())
}

/// The certificate of a fingerprint.
pub(crate) async fn get_in(tx: &mut Tx, fingerprint: &str) -> Result<Option<KeptCertificate>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM response_mail_certificate WHERE fingerprint = $1");
    tx.read_one(&sql, &[fingerprint.into()]).await?.as_ref().map(kept).transpose()
}

/// Those whose word is believed.
pub(crate) async fn trusted(tx: &mut Tx) -> Result<Vec<MailCertificate>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM response_mail_certificate WHERE standing = 'trusted' AND removed = '' \
         ORDER BY added, fingerprint LIMIT 500"
    );
    let rows = tx.read(&sql, &[]).await?;
    rows.iter().map(|row| kept(row).map(|one| one.certificate)).collect()
}

/// Notes that a certificate was used.
pub(crate) async fn used(tx: &mut Tx, fingerprint: &str, now: Micros) -> Result<(), StoreError> {
    tx.run(USED, &[fingerprint.into(), now.into(), Micros(now.0 - HOUR).into()]).await.map(|_| ())
}

/// All certificates, ours first, the newest first; those that were put away, too.
pub async fn list_certificates(db: &Db, limit: i64) -> Result<Vec<KeptCertificate>, StoreError> {
    let sql =
        format!("SELECT {COLUMNS} FROM response_mail_certificate ORDER BY standing, added DESC, fingerprint LIMIT $1");
    db.read(&sql, &[limit.into()]).await?.iter().map(kept).collect()
}
