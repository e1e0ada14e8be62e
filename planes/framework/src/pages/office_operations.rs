//! What a country releases and what an office takes in, for programs.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::extract::State as Stated;
use manara_web::api::{ApiAnswer, Given, Op, Param, Problem, json as answer, record, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::office::leaves;
use super::works::{OpenWorks, Works};
use crate::assessment::NAME_CHARS;
use crate::jobs::{OfficeError, Releasing, export_progress, import_progress, release};
use crate::office::{
    KPIS, OfficeRefusal, PRACTICE_CHARS, PRACTICES, PROGRESS_BYTES, REGIONS, RELEASED, STAGES, Signer, fingerprint,
};
use crate::sql_office;

const PROGRESS: &str = "/api/v1/office/progress";

/// The operations.
pub(super) fn site() -> Site<OpenWorks> {
    let (read, moderate) = (Right::ReadFramework, Right::ModerateAssessments);
    let own =
        "What this country has released, what of it would leave now, and the fingerprint of the key it signs with";
    let releases = "Releases the name, the stage, numbers, snapshots, their sections and texts of this country, or withdraws them, one after the other";
    let exports = "The signed file of what this country released, as a text";
    let imports = "Takes in the signed file of a country; its body is the file";
    let words = |name, says| Param::new(name, schema::words(0, 80), says);
    Site::new()
        .api(Op::get(PROGRESS, "getReleased", read, own, "Released"), own_releases)
        .api(Op::post(PROGRESS, "releaseProgress", moderate, releases, "Released").takes("ReleaseGiven"), give)
        .api(Op::post("/api/v1/office/export", "exportProgress", moderate, exports, "ProgressFile"), export)
        .api(
            Op::post("/api/v1/office/import", "importProgress", moderate, imports, "ProgressTaken")
                .takes_file(PROGRESS_BYTES)
                .with(Param::new(
                    "region",
                    schema::one_of(REGIONS),
                    "the region of the Union; needed for a country that is not known yet",
                ))
                .with(words(
                    "fingerprint",
                    "of the country's key, as it told it over another way; needed for a new key",
                )),
            import,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let text = schema::text;
    let number = json!({ "type": ["integer", "null"], "minimum": 0, "maximum": 1_000_000_000 });
    let numbers: Vec<(&str, Value)> = KPIS.iter().map(|name| (*name, number.clone())).collect();
    let snapshots =
        json!({ "type": "object", "maxProperties": RELEASED, "additionalProperties": { "type": "boolean" } });
    let one = schema::object(&[
        ("kind", schema::one_of(["name", "stage", "kpi", "snapshot", "sections", "practice", "draft"])),
        ("record", text()),
        ("value", text()),
        ("who", text()),
        ("at", schema::moment()),
    ]);
    let practice = schema::given(
        2,
        &[
            ("catalogue", schema::words(1, 64)),
            ("section", schema::words(1, 64)),
            ("text", json!({ "type": ["string", "null"], "maxLength": PRACTICE_CHARS })),
            ("release", schema::flag()),
        ],
    );
    let leaves = json!({ "type": ["object", "null"] });
    vec![
        (
            "Released",
            schema::object(&[
                ("country", text()),
                ("fingerprint", text()),
                ("releases", schema::many(one)),
                ("leaves", leaves),
                ("refused", json!({ "type": ["string", "null"] })),
            ]),
        ),
        (
            "ReleaseGiven",
            schema::given(
                0,
                &[
                    ("name", schema::words(1, NAME_CHARS)),
                    ("stage", schema::one_of(STAGES)),
                    ("kpis", schema::given(0, &numbers)),
                    ("snapshots", snapshots.clone()),
                    ("sections", snapshots),
                    ("practices", schema::some(0, PRACTICES, practice)),
                ],
            ),
        ),
        ("ProgressFile", schema::object(&[("file", text()), ("fingerprint", text())])),
        ("ProgressTaken", schema::object(&[("country", text()), ("is_new", schema::flag())])),
    ]
}

fn refused(error: OfficeError) -> Problem {
    match error {
        OfficeError::Refused(why @ OfficeRefusal::TooLong) => Problem::invalid("file", why.code(), ""),
        OfficeError::Refused(why) => Problem::refused(why.code(), why),
        OfficeError::Store(error) => error.into(),
    }
}

async fn stands(visit: &Visit, works: &Works) -> ApiAnswer {
    let all = sql_office::releases(&visit.db).await?;
    let one = |one: &sql_office::Release| json!({ "kind": one.kind, "record": one.record, "value": one.value, "who": one.who, "at": one.at.rfc3339() });
    let print = fingerprint(&Signer::open(&visit.db).await?.key());
    let country = works.beside.nation();
    let (leaves, refused) = match leaves(visit, &country).await? {
        Ok(leaves) => (Some(leaves), None),
        Err(why) => (None, Some(why.code())),
    };
    Ok(record(&json!({ "country": country, "fingerprint": print, "leaves": leaves, "refused": refused,
        "releases": all.iter().map(one).collect::<Vec<_>>() })))
}

async fn own_releases(visit: Visit, Stated(works): Stated<Works>) -> ApiAnswer {
    stands(&visit, &works).await
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReleaseGiven {
    name: Option<String>,
    stage: Option<String>,
    /// A number by its name; nothing withdraws it.
    #[serde(default)]
    kpis: BTreeMap<String, Option<i64>>,
    /// Whether a snapshot is released.
    #[serde(default)]
    snapshots: BTreeMap<String, bool>,
    /// Whether the figures by section of a snapshot are.
    #[serde(default)]
    sections: BTreeMap<String, bool>,
    /// What worked.
    #[serde(default)]
    practices: Vec<PracticeGiven>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PracticeGiven {
    catalogue: String,
    section: String,
    /// Nothing takes the text away.
    text: Option<String>,
    /// Otherwise it is a draft.
    #[serde(default)]
    release: bool,
}

async fn give(visit: Visit, Stated(works): Stated<Works>, Given(given): Given<ReleaseGiven>) -> ApiAnswer {
    let snapshots = given.snapshots.len().max(given.sections.len());
    if given.kpis.len() > KPIS.len() || snapshots > RELEASED {
        return Err(Problem::invalid("snapshots", "too-many", snapshots));
    }
    if given.practices.len() > PRACTICES {
        return Err(Problem::invalid("practices", "too-many", given.practices.len()));
    }
    let places: Vec<String> = given.practices.iter().map(|one| format!("{}/{}", one.catalogue, one.section)).collect();
    let texts = given.practices.iter().zip(&places);
    let texts = texts.flat_map(|(one, place)| Releasing::text(place, one.text.as_deref(), one.release));
    let said = given.name.iter().map(|name| Releasing::Name(name));
    let said = said.chain(given.stage.iter().map(|stage| Releasing::Stage(stage)));
    let said = said.chain(given.kpis.iter().map(|(name, number)| Releasing::Kpi(name, *number)));
    let said = said.chain(given.snapshots.iter().map(|(id, is_released)| Releasing::Snapshot(id, *is_released)));
    let said = said.chain(given.sections.iter().map(|(id, is_released)| Releasing::Sections(id, *is_released)));
    let said: Vec<Releasing<'_>> = said.chain(texts).collect();
    // First what can be seen of each before: what is wrong in one leaves the others as they were.
    for one in &said {
        one.known(&visit.db, &visit.viewer).await.map_err(refused)?;
    }
    for one in said {
        release(&visit.db, &visit.viewer, one, visit.now).await.map_err(refused)?;
    }
    stands(&visit, &works).await
}

async fn export(visit: Visit, Stated(works): Stated<Works>) -> ApiAnswer {
    let country = works.beside.nation();
    let file = export_progress(&visit.db, &visit.viewer, &country, visit.now).await.map_err(refused)?;
    let print = fingerprint(&Signer::open(&visit.db).await?.key());
    Ok(answer(&json!({ "file": file, "fingerprint": print })))
}

async fn import(visit: Visit, bytes: Bytes) -> ApiAnswer {
    let asked = |name: &str| visit.query(name).unwrap_or_default().trim().to_string();
    let (region, print) = (asked("region"), asked("fingerprint"));
    let taken = import_progress(&visit.db, &visit.viewer, &bytes, (&region, &print), visit.now).await;
    let (country, is_new) = taken.map_err(refused)?;
    Ok(answer(&json!({ "country": country, "is_new": is_new })))
}
