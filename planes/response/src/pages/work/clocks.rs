//! The clocks of an incident.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_model::Micros;
use manara_web::{Answer, Choice, Mistake, Page, PageError, Tone, Undo, Visit};

use super::super::fields::{Fields, local_moment, local_text};
use super::{Room, found, href, may_work, page_of, say, seen_version, why};
use crate::clock::{Clock, ClockStage, Moments, Standing};
use crate::clock_rule::Trigger;
use crate::incident::{Incident, REASON_CHARS};
use crate::jobs::{self, IncidentMoments, ResponseError, StageMet, Wanted};
use crate::sql_clock;
use crate::sql_figures;
use crate::texts::Texts;

/// Moments that were typed while somebody else changed the record: of a clock, or of the incident when its id is empty.
struct Late {
    clock: String,
    typed: Vec<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "response/work/clocks.html")]
struct ClocksPage {
    page: Page,
    mistake: Mistake,
    late: Option<Late>,
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

    fn is_late(&self, clock: &str) -> bool {
        self.late.as_ref().is_some_and(|late| late.clock == clock)
    }

    /// What was typed and not taken.
    fn typed(&self, clock: &str, name: &str) -> Option<&str> {
        let late = self.late.as_ref().filter(|late| late.clock == clock)?;
        late.typed.iter().find(|(known, _)| *known == name).map(|(_, text)| text.as_str())
    }

    /// What stands in a field of the form: what was typed, else what is kept.
    fn local(&self, clock: &str, name: &str, kept: &Option<Micros>) -> String {
        self.typed(clock, name).map_or_else(|| local_text(*kept), str::to_string)
    }

    /// What is kept, where something else was typed while somebody else changed it.
    fn kept(&self, clock: &str, name: &str, kept: &Option<Micros>) -> Option<String> {
        let text = Some(local_text(*kept)).filter(|text| self.typed(clock, name).is_some_and(|typed| typed != text))?;
        Some(if text.is_empty() { "–".into() } else { text.replace('T', " ") })
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
    show(&visit, &room, one, None).await
}

async fn show(visit: &Visit, room: &Room, one: Incident, late: Option<Late>) -> Answer {
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
    let (status, mistake) = match &late {
        None => (StatusCode::OK, Mistake::default()),
        Some(_) => (StatusCode::CONFLICT, Mistake::of_form(visit.t("web-form-stale"))),
    };
    let page = ClocksPage {
        page: page_of(visit, &one, "work-clocks-title"),
        mistake,
        late,
        rules: [of(true), of(false)],
        said: sql_figures::moments_of(&visit.db, &one.id).await?,
        can_work: may_work(visit, &one),
        most: REASON_CHARS,
        now: visit.now,
        clocks,
        one,
    };
    visit.html_status(status, &page)
}

/// The page once more, with what was typed in one of its forms beside what stands now.
async fn show_late(
    visit: &Visit,
    room: &Room,
    id: &str,
    clock: &str,
    typed: &[(&'static str, Option<Micros>)],
) -> Answer {
    let one = found(visit, id).await?;
    let typed = typed.iter().map(|(name, moment)| (*name, local_text(*moment))).collect();
    show(&visit.at(&back(&one)), room, one, Some(Late { clock: clock.to_string(), typed })).await
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
pub(super) async fn note(
    visit: Visit,
    Given(room): Given<Room>,
    Path(name): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let one = found(&visit, &name).await?;
    let fields = Fields::read(&form);
    let said = IncidentMoments { occurred: moment(&fields, "occurred")?, contained: moment(&fields, "contained")? };
    let wanted = Wanted::in_version(&one.id, seen_version(&visit));
    match jobs::note_moments(&visit.db, &visit.viewer, wanted, said, visit.now).await {
        Err(ResponseError::Stale) => {
            // The form may be sent twice.
            if sql_figures::moments_of(&visit.db, &one.id).await? == said {
                return Ok(visit.go_saying(&back(&one), Tone::Good, "figures-did-note", &[]));
            }
            let typed = [("occurred", said.occurred), ("contained", said.contained)];
            show_late(&visit, &room, &one.id, "", &typed).await
        }
        did => say(&visit, &back(&one), did, "figures-did-note"),
    }
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
    let ids = (one.id.as_str(), clock.as_str());
    match jobs::set_moments(&visit.db, &visit.viewer, ids, seen_version(&visit), said, visit.now).await {
        Err(ResponseError::Stale) => {
            let clocks = sql_clock::clocks_of(&visit.db, &one.id).await?;
            if clocks.iter().any(|known| known.id == clock && known.from == from) {
                return Ok(visit.go_saying(&back(&one), Tone::Good, "work-did-moments", &[]));
            }
            let typed = [("aware", from.aware), ("reported", from.reported), ("classified", from.classified)];
            show_late(&visit, &room, &one.id, &clock, &typed).await
        }
        did => say(&visit, &back(&one), did, "work-did-moments"),
    }
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
