//! Figures as evidence, for programs.

use axum::extract::{Path, State as Stated};
use manara_web::api::{ApiAnswer, Given, Op, Problem, json as answer, record, schema};
use manara_web::{Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::live::{keep, offered};
use super::operations::not_done;
use super::works::{OpenWorks, Works};
use crate::assessment::NAME_CHARS;
use crate::jobs::{self, NewVoice, Refusal};
use crate::quality::offers_json;
use crate::sheet::Evidence;
use crate::sql;
use crate::sql_figures::accepted_figures;

const FIGURES: &str = "/api/v1/assessments/{id}/figures";

/// The operations.
pub(super) fn site() -> Site<OpenWorks> {
    let (read, say) = (Right::ReadFramework, Right::AnswerAssessments);
    let offers = "Figures of the last ninety days that bear on items of an assessment, and those accepted as evidence";
    let accepts =
        "Accepts a figure as evidence for an item, as the person of the token, if it still is the one that was read";
    Site::new()
        .api(Op::get(FIGURES, "listFigureOffers", read, offers, "FigureOffers"), offered_figures)
        .api(Op::post(FIGURES, "acceptFigure", say, accepts, "FigureEvidence").takes("FigureAccepted"), accept)
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, object) = (schema::text, || json!({ "type": "object" }));
    vec![
        (
            "FigureOffers",
            schema::object(&[
                ("offers", schema::many(object())),
                ("without_case", schema::many(text())),
                ("accepted", schema::many(object())),
            ]),
        ),
        (
            "FigureAccepted",
            schema::given(
                4,
                &[
                    ("figure", schema::words(1, 64)),
                    ("item", schema::words(1, 64)),
                    ("sha256", schema::words(64, 64)),
                    ("organisation", schema::words(1, NAME_CHARS)),
                    ("role", schema::words(0, NAME_CHARS)),
                ],
            ),
        ),
        (
            "FigureEvidence",
            schema::object(&[
                ("id", text()),
                ("item", text()),
                ("label", text()),
                ("sha256", text()),
                ("expires", text()),
                ("supports", json!({ "type": ["integer", "null"] })),
            ]),
        ),
    ]
}

async fn offered_figures(visit: Visit, Stated(works): Stated<Works>, Path(id): Path<String>) -> ApiAnswer {
    let (one, _) = works.desk.found(&visit, &id).await?;
    let accepted = accepted_figures(&visit.db, &one.id).await?;
    let (offers, empty) = offered(&visit, &works, &one, &accepted).await?;
    Ok(record(&offers_json(&offers, &empty, &accepted)))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FigureGiven {
    figure: String,
    item: String,
    sha256: String,
    organisation: String,
    #[serde(default)]
    role: String,
}

fn shown(one: &Evidence) -> Value {
    json!({ "id": one.id, "item": one.item, "label": one.label, "sha256": one.sha256, "expires": one.expires,
        "supports": one.supports })
}

async fn accept(
    visit: Visit,
    Stated(works): Stated<Works>,
    Path(id): Path<String>,
    Given(given): Given<FigureGiven>,
) -> ApiAnswer {
    let (one, catalogue) = works.desk.found(&visit, &id).await?;
    let accepted = accepted_figures(&visit.db, &one.id).await?;
    // What is evidence already stays it, however the figure has moved since.
    if let Some(same) = accepted.iter().find(|known| known.item == given.item && known.sha256 == given.sha256) {
        let known = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?.evidence;
        let found = known.iter().find(|evidence| evidence.id == same.evidence_id).ok_or_else(Problem::not_found)?;
        return Ok(answer(&shown(found)));
    }
    let (offers, _) = offered(&visit, &works, &one, &accepted).await?;
    let wanted = (given.figure.as_str(), given.item.as_str(), given.sha256.as_str());
    let is_it = |offer: &&crate::quality::Offer| (offer.figure.figure, &*offer.item, &*offer.sha256) == wanted;
    let found = offers.iter().find(is_it);
    let target = found.and_then(|offer| works.desk.shelf.targets.get(offer.figure.figure));
    let (offer, target) = found.zip(target).ok_or_else(|| not_done(Refusal::FigureMoved.into()))?;
    let person = visit.viewer.name.clone();
    let FigureGiven { organisation, role, .. } = given;
    let new = NewVoice { name: person.clone(), organisation, role, person };
    let voice = jobs::join(&visit.db, &visit.viewer, &one.id, &new, visit.now).await.map_err(not_done)?;
    keep(&works, offer.figure.sealed().0).await?;
    let (ids, about) = ((one.id.as_str(), voice.id.as_str()), (&*catalogue, offer.item.as_str()));
    let figure = (&offer.figure, target);
    let did = jobs::accept_figure(&visit.db, &visit.viewer, ids, about, figure, visit.now).await;
    Ok(answer(&shown(&did.map_err(not_done)?)))
}
