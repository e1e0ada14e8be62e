//! The clocks of an incident.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use manara_model::Micros;
use manara_web::{Answer, Choice, Page, PageError, Undo, Visit};

use super::super::fields::{Fields, local_moment, local_text};
use super::{Room, found, href, may_work, page_of, say, seen_version, why};
use crate::clock::{Clock, ClockStage, Moments, Standing};
use crate::clock_rule::Trigger;
use crate::incident::{Incident, REASON_CHARS};
use crate::jobs::{self, IncidentMoments, StageMet, Wanted};
use crate::sql_clock;
use crate::sql_figures;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "response/work/clocks.html")]
struct ClocksPage {
    page: Page,
    one: Incident,
    clocks: Vec<Clock>,
    /// Rules that can be started: compared with their source, and not yet.
    rules: [Vec<Choice>; 2],
    /// When it began and was contained, as people say.
    said: IncidentMoments,
    can_work: bool,
    most: usize,
    now: Micros,
}

impl ClocksPage {
    fn href(&self) -> String {
        href(&self.one)
    }

    fn words<'t>(&self, texts: &'t Texts) -> &'t str {
        texts.of(self.page.lang.tag())
    }

    fn standing(&self, stage: &ClockStage) -> Standing {
        stage.standing(self.now)
    }

    fn standing_key(&self, stage: &ClockStage) -> String {
        format!("work-standing-{}", self.standing(stage).as_str())
    }

    /// What a stage is counted from, in words.
    fn counted(&self, clock: &Clock, stage: &ClockStage) -> String {
        let span = self.page.t1(&format!("work-span-{}", stage.span.unit_word()), "count", stage.span.count);
        let from = match &stage.trigger {
            Trigger::Stage(name) => {
                let other = clock.stages.iter().find(|other| other.stage == *name);
                let title = other.map_or(name.as_str(), |other| self.words(&other.title)).to_string();
                self.page.t1("work-from-stage", "stage", title.as_str())
            }
            trigger => self.page.t(format!("work-from-{trigger}")),
        };
        self.page.t2("work-counted", "span", span.as_str(), "from", from.as_str())
    }

    fn shown<'c>(&self, clock: &'c Clock) -> Vec<&'c ClockStage> {
        clock.stages.iter().filter(|stage| stage.standing(self.now) != Standing::Off).collect()
    }

    fn hidden(&self, clock: &Clock) -> usize {
        clock.stages.len() - self.shown(clock).len()
    }

    fn can_meet(&self, clock: &Clock, stage: &ClockStage) -> bool {
        self.can_work && clock.stopped.is_none() && stage.met.is_none()
    }

    fn local(&self, moment: &Option<Micros>) -> String {
        local_text(*moment)
    }

    fn local_now(&self) -> String {
        local_text(Some(self.now))
    }

    fn action(&self, clock: &Clock, step: &str) -> String {
        format!("{}/clocks/{}/{step}?version={}", self.href(), clock.id, clock.version)
    }
}

/// `GET /incidents/{id}/clocks`
pub(super) async fn clocks(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    let one = found(&visit, &name).await?;
    let clocks = sql_clock::clocks_of(&visit.db, &one.id).await?;
    let language = visit.lang.tag();
    let is_free = |id: &str| !clocks.iter().any(|clock| clock.rule == id && clock.stopped.is_none());
    let of = |is_verified: bool| {
        room.content
            .rules
            .values()
            .filter(|rule| rule.verified == is_verified && is_free(&rule.id))
            .map(|rule| Choice { value: rule.id.clone(), label: rule.title.of(language).to_string() })
            .collect::<Vec<_>>()
    };
    visit.html(&ClocksPage {
        page: page_of(&visit, &one, "work-clocks-title"),
        rules: [of(true), of(false)],
        said: sql_figures::moments_of(&visit.db, &one.id).await?,
        can_work: may_work(&visit, &one),
        most: REASON_CHARS,
        now: visit.now,
        clocks,
        one,
    })
}

fn back(one: &Incident) -> String {
    format!("{}/clocks", href(one))
}

fn moment(fields: &Fields, name: &str) -> Result<Option<Micros>, PageError> {
    local_moment(fields.text(name)).map_err(|()| PageError::unreadable("a moment"))
}

fn moments_of(fields: &Fields) -> Result<Moments, PageError> {
    Ok(Moments {
        aware: moment(fields, "aware")?,
        reported: moment(fields, "reported")?,
        classified: moment(fields, "classified")?,
    })
}

/// `POST /incidents/{id}/moments`
pub(super) async fn note(visit: Visit, Path(name): Path<String>, RawForm(form): RawForm) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let said = IncidentMoments { occurred: moment(&fields, "occurred")?, contained: moment(&fields, "contained")? };
    let wanted = Wanted::in_version(&one.id, seen_version(&visit));
    let did = jobs::note_moments(&visit.db, &visit.viewer, wanted, said, visit.now).await;
    say(&visit, &back(&one), did, "figures-did-note")
}

/// `POST /incidents/{id}/clocks`
pub(super) async fn start(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let from = moments_of(&fields)?;
    let rule = fields.text("rule");
    let content = room.content().await?;
    let did = jobs::start_clock(&visit.db, &visit.viewer, &content, (&one.id, rule), from, visit.now).await;
    say(&visit, &back(&one), did, "work-did-start")
}

/// `POST /incidents/{id}/clocks/{clock}/moments`
pub(super) async fn moments(
    visit: Visit,
    Given(room): Given<Room>,
    Path((name, clock)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let from = moments_of(&Fields::read(&form))?;
    let hours = room.hours().await?;
    let said = (from, &hours);
    let did =
        jobs::set_moments(&visit.db, &visit.viewer, (&one.id, &clock), seen_version(&visit), said, visit.now).await;
    say(&visit, &back(&one), did, "work-did-moments")
}

/// `POST /incidents/{id}/clocks/{clock}/met`
pub(super) async fn met(
    visit: Visit,
    Given(room): Given<Room>,
    Path((name, clock)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let at = moment(&fields, "at")?.or(Some(visit.now));
    let said = StageMet { stage: fields.text("stage").to_string(), at, remark: fields.text("remark").to_string() };
    let ids = (one.id.as_str(), clock.as_str());
    let hours = room.hours().await?;
    let did = (&said, &hours);
    match jobs::meet_stage(&visit.db, &visit.viewer, ids, seen_version(&visit), did, visit.now).await {
        Ok(now) => {
            let stage = now.stages.iter().find(|stage| stage.stage == said.stage);
            let is_late = stage.is_some_and(|stage| stage.standing(visit.now) == Standing::MetLate);
            let key = if is_late { "work-did-meet-late" } else { "work-did-meet" };
            let undo = Undo::at(format!("{}/clocks/{clock}/unmet", href(&one))).with("stage", said.stage);
            Ok(visit.go_undoable(&back(&one), key, &[], undo))
        }
        Err(error) => why(&visit, &back(&one), error),
    }
}

/// `POST /incidents/{id}/clocks/{clock}/unmet`
pub(super) async fn unmet(
    visit: Visit,
    Given(room): Given<Room>,
    Path((name, clock)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let stage = Fields::read(&form).text("stage").to_string();
    let said = StageMet { stage, at: None, remark: String::new() };
    let ids = (one.id.as_str(), clock.as_str());
    let hours = room.hours().await?;
    let said = (&said, &hours);
    let did = jobs::meet_stage(&visit.db, &visit.viewer, ids, seen_version(&visit), said, visit.now).await;
    say(&visit, &back(&one), did, "work-did-unmeet")
}

/// `POST /incidents/{id}/clocks/{clock}/stop`
pub(super) async fn stop(
    visit: Visit,
    Given(room): Given<Room>,
    Path((name, clock)): Path<(String, String)>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let reason = Fields::read(&form).text("reason").to_string();
    let ids = (one.id.as_str(), clock.as_str());
    let hours = room.hours().await?;
    let said = (reason.as_str(), &hours);
    match jobs::stop_clock(&visit.db, &visit.viewer, ids, seen_version(&visit), said, visit.now).await {
        Ok(stopped) => {
            let undo = Undo::at(back(&one)).with("rule", stopped.rule);
            Ok(visit.go_undoable(&back(&one), "work-did-stop", &[], undo))
        }
        Err(error) => why(&visit, &back(&one), error),
    }
}
