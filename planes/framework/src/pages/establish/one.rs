//! One building block: what applying it will do, what it needs first, and what proves it.

use askama::Template;
use axum::extract::{Multipart, Path, RawForm, State as Given};
use manara_model::Micros;
use manara_web::{Answer, Page, PageError, Right, Tone, Visit};

use super::list::{Line, Standing};
use super::{Ground, not_done, say, step_words};
use crate::assessment::EVIDENCE_BYTES;
use crate::blocks::Block;
use crate::establish::{
    ACCEPT_CHARS, Acceptance, Accepting, Application, Matter, Outcome, Proof, Stand, Step, accept as accepted,
    apply as applied, assign as assigned, is_alone as is_alone_in, preview, refuse as refused, show as shown,
    undo as undone,
};
use crate::pages::fields::Fields;
use crate::pages::uploaded::{Uploaded, kept_evidence};

#[derive(Template)]
#[template(path = "framework/establish_block.html")]
struct BlockPage {
    page: Page,
    ground: Ground,
    block: Block,
    line: Line,
    steps: Vec<Step>,
    missing: Vec<(String, Vec<(String, String)>)>,
    application: Option<Application>,
    proof: Acceptance,
    may_change: bool,
    may_show: bool,
    /// The reader showed it, and nobody else may accept it.
    is_alone: bool,
    /// The reader showed it, and somebody else has to accept it.
    awaits_other: bool,
    text_chars: usize,
}

impl BlockPage {
    fn words(&self, step: &Step) -> String {
        step_words(&self.page.visit, &self.ground.shelf.blocks, step)
    }

    fn outcome_key(&self, step: &Step) -> String {
        let applied = self.application.is_some();
        let word = if step.outcome == Outcome::Done && !applied { "will" } else { step.outcome.as_str() };
        format!("establish-outcome-{word}")
    }

    fn tone(&self, step: &Step) -> &'static str {
        match step.outcome {
            Outcome::Done => "info",
            Outcome::AlreadySo => "good",
            Outcome::NeedsPerson => "warn",
            Outcome::Stays => "mute",
        }
    }

    fn how_key(&self, step: &Step) -> String {
        match step.name.as_str() {
            "service" => "establish-step-service-how".into(),
            "proof" => "establish-step-proof-how".into(),
            name if Matter::parse(name).is_some() => format!("establish-step-{name}-how"),
            name => format!("establish-check-{name}-how"),
        }
    }

    /// What was found; clocks with their severities in the reader's words.
    fn found(&self, step: &Step) -> String {
        let clock = |part: &str| match part.split_once(' ') {
            Some((severity, count)) => format!("{} {count}", self.page.t(format!("web-severity-{severity}"))),
            None => part.to_string(),
        };
        match step.name.as_str() {
            "answer-days" | "due-hours" => step.found.split(", ").map(clock).collect::<Vec<_>>().join(" · "),
            _ => step.found.clone(),
        }
    }

    fn needs_person(&self, step: &Step) -> bool {
        step.outcome == Outcome::NeedsPerson
    }

    fn role(&self, id: &str) -> String {
        self.ground.shelf.blocks.role(id, self.page.lang.tag()).to_string()
    }

    fn stand_tone(&self) -> &'static str {
        match self.line.stand {
            Stand::Missing => "mute",
            Stand::Begun => "warn",
            Stand::InPlace => "good",
        }
    }

    fn stand_key(&self) -> String {
        format!("establish-stand-{}", self.line.stand.as_str())
    }

    fn range(&self, [low, high]: &[i64; 2]) -> String {
        let numbers = self.page.visit.locale.numbers;
        self.page.t2("framework-range", "low", numbers.whole(*low), "high", numbers.whole(*high))
    }
}

fn here(id: &str) -> String {
    format!("/framework/establish/{id}")
}

/// `GET /framework/establish/{id}`
pub(super) async fn block(visit: Visit, Given(ground): Given<Ground>, Path(id): Path<String>) -> Answer {
    let block = ground.shelf.blocks.get(&id).cloned().ok_or_else(PageError::not_found)?;
    let steps = match preview(&visit.db, ground.house.as_ref(), &ground.shelf.blocks, &id).await {
        Ok(steps) => steps,
        Err(error) => return not_done(&visit, "/framework/establish", error),
    };
    let standing = Standing::read(&visit).await?;
    let lang = visit.lang.tag();
    let line = Line::of(&block, lang, &standing);
    let live: Vec<Application> = standing.live.values().cloned().collect();
    let missing = crate::establish::missing_needs(&ground.shelf.blocks, &block, &live)
        .into_iter()
        .map(|need| {
            let givers = ground.shelf.blocks.all().filter(|block| block.provides.iter().any(|given| given == need));
            let givers = givers.map(|block| (block.ref_id.clone(), block.name.of(lang).to_string())).collect();
            (ground.shelf.blocks.capability(need, lang).to_string(), givers)
        })
        .collect();
    let application = standing.live.get(&id).cloned();
    let proof = application.as_ref().and_then(|one| standing.proofs.get(&one.id)).cloned().unwrap_or_default();
    let is_shown = proof.shown.is_some() && proof.shown_by == visit.viewer.name;
    let is_alone = is_shown && is_alone_in(&manara_web::team(&visit.db).await?, &visit.viewer.name);
    let page = visit.page_titled(line.name.clone()).under("/framework/establish", "establish-title");
    visit.html(&BlockPage {
        page,
        block,
        line,
        steps,
        missing,
        application,
        proof,
        may_change: visit.may(Right::ChangeRules),
        may_show: visit.may(Right::AnswerAssessments),
        is_alone,
        awaits_other: is_shown && !is_alone,
        text_chars: ACCEPT_CHARS,
        ground,
    })
}

/// `POST /framework/establish/{id}/apply`
pub(super) async fn apply(visit: Visit, Given(ground): Given<Ground>, Path(id): Path<String>) -> Answer {
    let house = ground.house.as_ref();
    match applied(&visit.db, house, &ground.shelf.blocks, &id, &visit.viewer.name, visit.now).await {
        Ok(done) => {
            let left = done.steps.iter().filter(|step| step.outcome == Outcome::NeedsPerson).count();
            let left = [("count", i64::try_from(left).unwrap_or(0).into())];
            Ok(visit.go_saying(&here(&id), Tone::Good, "establish-did-apply", &left))
        }
        Err(error) => not_done(&visit, &here(&id), error),
    }
}

/// `POST /framework/establish/{id}/undo`
pub(super) async fn undo(visit: Visit, Given(ground): Given<Ground>, Path(id): Path<String>) -> Answer {
    match undone(&visit.db, &ground.shelf.blocks, &id, &visit.viewer.name, visit.now).await {
        Ok(done) => {
            let is_left_on = |step: &&Step| step.name == "service" && step.outcome == Outcome::Stays;
            let stays = done.steps.iter().filter(is_left_on).count();
            let stays = [("count", i64::try_from(stays).unwrap_or(0).into())];
            Ok(visit.go_saying(&here(&id), Tone::Good, "establish-did-undo", &stays))
        }
        Err(error) => not_done(&visit, &here(&id), error),
    }
}

/// `POST /framework/establish/{id}/assign`
pub(super) async fn assign(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let new = Accepting { person: fields.text("person").into(), due: fields.text("due").into() };
    let did = assigned(&visit.db, &id, &new, &visit.viewer.name, visit.now).await;
    say(&visit, &here(&id), did, "establish-did-assign")
}

/// `POST /framework/establish/{id}/accept`
pub(super) async fn accept(visit: Visit, Path(id): Path<String>) -> Answer {
    let seen = visit.query("shown").unwrap_or_default().parse().map(Micros).map_err(PageError::unreadable)?;
    let did = accepted(&visit.db, &id, &visit.viewer.name, Some(seen), visit.now).await;
    let key = if matches!(did, Ok(true)) { "establish-did-accept-own" } else { "establish-did-accept" };
    say(&visit, &here(&id), did, key)
}

/// `POST /framework/establish/{id}/refuse`
pub(super) async fn refuse(visit: Visit, Path(id): Path<String>) -> Answer {
    let did = refused(&visit.db, &id, &visit.viewer.name, visit.now).await;
    say(&visit, &here(&id), did, "establish-did-refuse")
}

/// `POST /framework/establish/{id}/proof`: words, a link, or a file.
pub(super) async fn show(
    visit: Visit,
    Given(ground): Given<Ground>,
    Path(id): Path<String>,
    form: Multipart,
) -> Answer {
    let form = Uploaded::read(form, EVIDENCE_BYTES, ACCEPT_CHARS).await?;
    let proof = Proof {
        text: form.fields.text("text").replace("\r\n", "\n"),
        link: form.fields.text("link").to_string(),
        file_name: form.file_name.chars().take(ACCEPT_CHARS).collect(),
        sha256: form.keep(&ground.blobs).await?,
    };
    let did = shown(&visit.db, &id, &proof, &visit.viewer.name, visit.now).await;
    say(&visit, &here(&id), did, "establish-did-show")
}

/// `GET /framework/establish/{id}/proof`: the file, never shown inline.
pub(super) async fn file(visit: Visit, Given(ground): Given<Ground>, Path(id): Path<String>) -> Answer {
    let one = crate::establish::live_of(&visit.db, &id).await?.ok_or_else(PageError::not_found)?;
    let proof = crate::establish::acceptance(&visit.db, &one.id).await?;
    let proof = proof.filter(|proof| !proof.sha256.is_empty()).ok_or_else(PageError::not_found)?;
    let bytes = kept_evidence(&ground.blobs, &proof.sha256).await?;
    Ok(visit.download(&proof.file_name, "application/octet-stream", bytes))
}
