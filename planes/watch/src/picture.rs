//! What the national picture asks of the watch: sums by day, never rows.

use std::collections::HashMap;

use manara_model::{Micros, Viewer};
use manara_store::{Arg, Db, Settings, StoreError};

use crate::sql::Watch;

/// Sums read at once, at most.
const OPENED: &str = "
    SELECT constituent_id, taxonomy, asn, CAST(SUM(findings) AS BIGINT) FROM watch_opened WHERE day >= $1 AND day <= $2
     GROUP BY constituent_id, taxonomy, asn HAVING SUM(findings) > 0 ORDER BY 1, 2, 3 LIMIT 200000";
const OPENED_BY_DAY: &str = "
    SELECT day, taxonomy, CAST(SUM(findings) AS BIGINT) FROM watch_opened WHERE day >= $1 AND day <= $2
     GROUP BY day, taxonomy HAVING SUM(findings) > 0 ORDER BY 1, 2 LIMIT 20000";
const ORIGINS: &str = "
    SELECT country, asn, CAST(SUM(events) AS BIGINT) FROM watch_origin WHERE day >= $1 AND day <= $2 AND tlp <= $3
     GROUP BY country, asn ORDER BY 3 DESC, 1, 2 LIMIT 200000";
const FORGET_OWNERS: &str = "DELETE FROM watch_owner";
const OWNER_HEAD: &str = "INSERT INTO watch_owner (id, sector, criticality) VALUES";
const OWNERS: &str = "SELECT id, sector, criticality FROM watch_owner ORDER BY id LIMIT 200000";
/// The generation of the constituency that `watch_owner` is a copy of.
const OWNERS_OF: &str = "watch.owners";

/// Whole days, both ends among them, as `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: String,
    /// The last.
    pub until: String,
}

impl Days {
    /// So many days, of which the last is that of a moment.
    pub fn up_to(moment: Micros, days: i64) -> Days {
        Days { from: moment.plus_days(1 - days).day(), until: moment.day() }
    }
}

/// Findings first seen in a span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedSum {
    /// Whose they are.
    pub constituent_id: String,
    /// Their class.
    pub taxonomy: String,
    /// Who operates the network; 0 when nobody said.
    pub asn: i64,
    /// How many.
    pub findings: i64,
}

/// Events of a span whose source is at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginSum {
    /// Two capital letters; empty when unknown.
    pub country: String,
    /// AS number; 0 when unknown.
    pub asn: i64,
    /// How many.
    pub events: i64,
}

/// What the watch keeps of a constituent besides its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnerFacts {
    /// Its id.
    pub id: String,
    /// Id of its sector.
    pub sector: String,
    /// The word of its criticality.
    pub criticality: String,
}

/// Puts what is known of the constituents into the place of what was known, unless it is of the same generation.
pub async fn know_owners(db: &Db, generation: i64, owners: &[OwnerFacts]) -> Result<(), StoreError> {
    let mut tx = db.begin().await?;
    tx.run(FORGET_OWNERS, &[]).await?;
    let args = owners.iter().flat_map(|owner| [&owner.id, &owner.sector, &owner.criticality].map(Arg::from));
    tx.run_many(OWNER_HEAD, 3, args, "").await?;
    Settings::set(&mut tx, OWNERS_OF, &generation.to_string()).await?;
    tx.commit().await
}

impl Watch {
    /// Whether what is known of the constituents is of this generation.
    pub async fn knows_owners(&self, generation: i64) -> Result<bool, StoreError> {
        Ok(Settings::get(&self.db, OWNERS_OF).await? == Some(generation.to_string()))
    }

    /// What is known of the constituents, by id: sector and criticality.
    pub async fn owner_facts(&self) -> Result<HashMap<String, OwnerFacts>, StoreError> {
        let rows = self.db.read(OWNERS, &[]).await?;
        rows.iter()
            .map(|row| {
                let facts = OwnerFacts { id: row.text(0)?, sector: row.text(1)?, criticality: row.text(2)? };
                Ok((facts.id.clone(), facts))
            })
            .collect()
    }

    /// Findings first seen in a span, by constituent, class and operator.
    pub async fn opened(&self, days: &Days) -> Result<Vec<OpenedSum>, StoreError> {
        let rows = self.db.read(OPENED, &[(&days.from).into(), (&days.until).into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(OpenedSum {
                    constituent_id: row.text(0)?,
                    taxonomy: row.text(1)?,
                    asn: row.int(2)?,
                    findings: row.int(3)?,
                })
            })
            .collect()
    }

    /// Findings by the day they were first seen and their class; days without any are left out.
    pub async fn opened_by_day(&self, days: &Days) -> Result<Vec<(String, String, i64)>, StoreError> {
        let rows = self.db.read(OPENED_BY_DAY, &[(&days.from).into(), (&days.until).into()]).await?;
        rows.iter().map(|row| Ok((row.text(0)?, row.text(1)?, row.int(2)?))).collect()
    }

    /// Events of a span by the country and the operator of their source, as far as a viewer may see them; the most first.
    pub async fn origins(&self, days: &Days, viewer: &Viewer) -> Result<Vec<OriginSum>, StoreError> {
        let args: [Arg<'_>; 3] = [(&days.from).into(), (&days.until).into(), viewer.clearance.rank().into()];
        let rows = self.db.read(ORIGINS, &args).await?;
        rows.iter().map(|row| Ok(OriginSum { country: row.text(0)?, asn: row.int(1)?, events: row.int(2)? })).collect()
    }
}
