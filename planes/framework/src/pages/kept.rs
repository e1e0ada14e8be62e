//! Designs that are kept: keeping one, the list, one of them, two side by side, accepting and withdrawing.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use axum::response::Response;
use manara_document::Form;
use manara_web::{
    Answer, Cell, Choice, Fault, Filter, Key, Kind, ListSpec, ListView, Markup, Mistake, Page, PageError, Right, Sort,
    Tone, Undo, Visit, Word,
};

use super::design::{self, NotKept, Solved, services};
use super::fields::Fields;
use super::programme_form::{Roles, Setting, usual, value};
use super::{EXPORT, Room};
use crate::assessment::NAME_CHARS;
use crate::design::{Ask, Chosen, Design, SERVICES, Unmet, design as designed, read_payers};
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::kept::{
    self, Asked, Beside, DesignState, KeptDesign, NewDesign, design_answer, designs_of, kept_design, read_kept_design,
};
use crate::programme::{Programme, programmes_of};
use crate::score::score;
use crate::sql;
use crate::staffing::{CONSTITUENTS, Hours};

pub(super) static DESIGNS: ListSpec = ListSpec {
    // The order of `kept::sql::read`.
    columns: &[
        "d.id",
        "d.assessment_id",
        "a.subject",
        "d.name",
        "d.asked",
        "d.aim",
        "d.sha256",
        "d.state",
        "d.made_by",
        "d.made",
        "d.changed",
        "d.version",
    ],
    from: "framework_design d JOIN framework_assessment a ON a.id = d.assessment_id",
    only: "a.tlp <= $1",
    filters: &[
        Filter {
            name: "q",
            label: "framework-field-name",
            kind: Kind::Contains,
            sql: r"LOWER(d.name) LIKE ? ESCAPE '\'",
        },
        Filter { name: "assessment", label: "programme-assessment", kind: Kind::Pick, sql: "d.assessment_id = ?" },
        Filter {
            name: "state",
            label: "framework-field-state",
            kind: Kind::Choice { values: &["draft", "accepted", "withdrawn"], words: "programme-design-" },
            sql: "d.state = ?",
        },
    ],
    sorts: &[
        Sort { name: "changed", label: "programme-changed", column: "d.changed", key: Key::Text, descending: true },
        Sort { name: "made", label: "programme-made", column: "d.made", key: Key::Text, descending: true },
        Sort { name: "name", label: "framework-field-name", column: "d.name", key: Key::Text, descending: false },
    ],
    key: "d.id",
    key_kind: Key::Text,
};

/// The names of the columns of an export, as [`cells`] fills them.
const COLUMNS: [&str; 11] =
    ["id", "name", "assessment_id", "assessment", "aim", "sha256", "state", "made_by", "made", "changed", "version"];

fn cells(one: KeptDesign) -> Vec<Cell> {
    vec![
        one.id.into(),
        one.name.into(),
        one.assessment_id.into(),
        one.subject.into(),
        one.aim.as_str().into(),
        one.sha256.into(),
        one.state.as_str().into(),
        one.made_by.into(),
        one.made.into(),
        one.changed.into(),
        one.version.into(),
    ]
}

/// Assessments that can be chosen in the filter.
const ASSESSMENTS: i64 = 200;

#[derive(Template)]
#[template(path = "framework/programme_designs.html")]
struct DesignsPage {
    page: Page,
    list: ListView,
    rows: Vec<KeptDesign>,
}

impl DesignsPage {
    fn badge(&self, one: &KeptDesign) -> Markup {
        badge(&self.page, one.state)
    }

    fn aim_key(&self, one: &KeptDesign) -> String {
        format!("framework-aim-{}", one.aim.as_str())
    }
}

/// Where a kept design stands, in words.
pub(super) fn badge(page: &Page, state: DesignState) -> Markup {
    let tone = match state {
        DesignState::Draft => "info",
        DesignState::Accepted => "good",
        DesignState::Withdrawn => "mute",
    };
    page.badge(tone, &format!("programme-design-{}", state.as_str()))
}

/// A range of whole numbers for the reader.
pub(super) fn range(page: &Page, [low, high]: [i64; 2]) -> Markup {
    let numbers = page.visit.locale.numbers;
    match low == high {
        true => page.n(low),
        false => Markup::text(&page.t2("framework-range", "low", numbers.whole(low), "high", numbers.whole(high))),
    }
}

/// `GET /framework/designs`
pub(super) async fn designs(visit: Visit) -> Answer {
    let ask = DESIGNS.read(&visit)?;
    let fixed = [visit.viewer.clearance.rank().into()];
    if let Some(format) = ask.format() {
        let rows = ask.fetch_all(&visit.db, &fixed, EXPORT, read_kept_design).await?;
        let cells: Vec<Vec<Cell>> = rows.into_iter().map(cells).collect();
        return Ok(visit.export(format, "designs", &COLUMNS, &cells));
    }
    let found = ask.fetch(&visit.db, &fixed, read_kept_design).await?;
    let mut of = sql::newest(&visit.db, &visit.viewer, ASSESSMENTS).await?;
    if let Some(asked) = ask.value("assessment").filter(|asked| !of.iter().any(|one| one.id == *asked)) {
        of.extend(sql::get(&visit.db, &visit.viewer, asked).await?);
    }
    let choices = of.into_iter().map(|one| Choice { value: one.id, label: one.subject }).collect();
    let columns = [
        ("assessment", "programme-assessment"),
        ("state", "framework-field-state"),
        ("aim", "framework-design-aim"),
        ("changed", "programme-changed"),
        ("made", "programme-made"),
        ("by", "programme-made-by"),
    ];
    let list = ask.view(&visit, &found).with_choices("assessment", choices).with_columns(&visit, &columns);
    let page = visit.page("programme-designs").under("/framework", "framework-title");
    visit.html(&DesignsPage { page, list, rows: found.rows })
}

/// What a button did, or why not, on the page it came from.
pub(super) fn refused(visit: &Visit, back: &str, error: ProgrammeError) -> Answer {
    match error {
        ProgrammeError::Refused(Hindrance::NotFound) => Err(PageError::not_found()),
        ProgrammeError::Refused(why) => Ok(hindered(visit, back, why)),
        ProgrammeError::Circle(round) => {
            let all = round.iter().chain(round.first());
            let all: Vec<String> = all.map(|task| visit.locale.numbers.digits(&task.number.to_string())).collect();
            let circle = Word::from(all.join(" › "));
            Ok(visit.go_saying(back, Tone::Bad, "programme-own-circle", &[("circle", circle)]))
        }
        ProgrammeError::Store(error) => Err(error.into()),
    }
}

/// Why something was not done, in a sentence.
pub(super) fn hindrance_words(visit: &Visit, why: Hindrance) -> String {
    let words = visit.t(&format!("programme-refused-{}", why.code()));
    visit.t_args("programme-refused", &[("why", Word::from(words))])
}

/// Says why something was not done.
pub(super) fn hindered(visit: &Visit, back: &str, why: Hindrance) -> Response {
    let words = visit.t(&format!("programme-refused-{}", why.code()));
    visit.go_saying(back, Tone::Bad, "programme-refused", &[("why", Word::from(words))])
}

/// A whole number of a form, when there is one.
fn number(fields: &Fields, name: &str, most: i64) -> Result<Option<i64>, PageError> {
    match fields.text(name).trim() {
        "" => Ok(None),
        text => {
            let number = text.parse().ok().filter(|number| (0..=most).contains(number));
            number.map(Some).ok_or_else(|| Fault::Unreadable.into())
        }
    }
}

/// `POST /framework/assessments/{id}/designs`: solves again what the page showed, and keeps it.
pub(super) async fn keep(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let fields = Fields::read(&form);
    let (one, catalogue) = room.found(&visit, &id).await?;
    let aim = kept::aim(fields.text("aim")).ok_or_else(|| PageError::from(Fault::Unreadable))?;
    let profile = match fields.text("profile") {
        "" => None,
        asked => Some(catalogue.profile(asked).ok_or_else(|| PageError::from(Fault::Unreadable))?),
    };
    let hours = Some(fields.text("hours")).filter(|text| !text.is_empty());
    let ask = Ask {
        services: services(fields.text("services")),
        budget: number(&fields, "budget", 1_000_000_000_000)?,
        months: number(&fields, "months", 1_200)?,
        hours: hours.map(|text| Hours::parse(text).ok_or_else(|| PageError::from(Fault::Unreadable))).transpose()?,
        constituents: number(&fields, "constituents", CONSTITUENTS)?,
        payers: read_payers([fields.text("payer")]).map_err(PageError::unreadable)?,
    };
    ask.check(&room.shelf).map_err(PageError::unreadable)?;
    let sheet = sql::sheet(&visit.db, &one.id, &visit.now.day()).await?;
    let scored = score(&catalogue, &sheet, profile);
    let asked = Asked::of(&ask, fields.text("profile"));
    let solved = {
        let (room, catalogue, ask) = (Arc::clone(&room), Arc::clone(&catalogue), ask.clone());
        tokio::task::spawn_blocking(move || designed(&room.shelf, &catalogue, &scored, &ask))
    };
    let designs = solved.await.map_err(PageError::internal)?;
    let name = if fields.text("name").trim().is_empty() { &one.subject } else { fields.text("name") };
    let new = NewDesign { name: name.to_string(), asked, aim };
    match kept::keep_design(&visit.db, &visit.viewer, &one.id, &new, &designs, visit.now).await {
        Ok(kept) => {
            Ok(visit.go_saying(&format!("/framework/designs/{}", kept.id), Tone::Good, "programme-did-keep", &[]))
        }
        Err(ProgrammeError::Refused(why)) if why != Hindrance::NotFound => {
            let words = hindrance_words(&visit, why);
            let mistake = if why == Hindrance::Name { Mistake::at("name", words) } else { Mistake::of_form(words) };
            let refused = NotKept { aim: aim.as_str().into(), name: new.name, mistake };
            let solved = Solved { ask, designs, profile: fields.text("profile").into(), usual: None };
            design::shown(&visit, &room, (one, catalogue), solved, Some(refused))
        }
        Err(error) => refused(&visit, &format!("/framework/assessments/{}/design", one.id), error),
    }
}

/// Another design beside this one.
struct Other {
    kept: KeptDesign,
    design: Design,
    beside: Beside,
}

#[derive(Template)]
#[template(path = "framework/programme_design.html")]
struct DesignPage {
    page: Page,
    room: Room,
    one: KeptDesign,
    design: Design,
    alternatives: Vec<Design>,
    others: Vec<KeptDesign>,
    other: Option<Other>,
    programmes: Vec<Programme>,
    setting: Setting,
    roles: Roles,
    /// The name a programme is planned under, and the programme it is planned like.
    planned: [String; 2],
    name_chars: usize,
}

impl DesignPage {
    fn path(&self) -> String {
        format!("/framework/designs/{}", self.one.id)
    }

    fn forms(&self) -> [(&'static str, &'static str); 4] {
        Form::ALL.map(|form| (form.as_str(), form.name()))
    }

    fn may_decide(&self) -> bool {
        self.page.may(Right::ModerateAssessments)
    }

    fn is(&self, state: &str) -> bool {
        self.one.state.as_str() == state
    }

    fn badge(&self, one: &KeptDesign) -> Markup {
        badge(&self.page, one.state)
    }

    fn range(&self, range_of: &[i64; 2]) -> Markup {
        range(&self.page, *range_of)
    }

    fn aim_key(&self, design: &Design) -> String {
        format!("framework-aim-{}", design.aim.as_str())
    }

    fn block(&self, id: &str) -> String {
        self.room.shelf.blocks.get(id).map_or(id, |block| block.name.of(self.page.lang.tag())).to_string()
    }

    fn hours_key(&self, hours: &Hours) -> String {
        format!("document-hours-{}", hours.as_str())
    }

    fn kind_key(&self, chosen: &Chosen) -> String {
        let kind = self.room.shelf.blocks.get(&chosen.block).map_or("documentation", |block| block.kind.as_str());
        format!("framework-kind-{kind}")
    }

    fn wish(&self, id: &str) -> String {
        let lang = self.page.lang.tag();
        let service = self.room.shelf.get(SERVICES).and_then(|all| all.item(id)).map(|item| item.name.of(lang));
        service.map_or_else(|| self.room.shelf.blocks.capability(id, lang).to_string(), str::to_string)
    }

    fn why_key(&self, unmet: &Unmet) -> String {
        format!("framework-unmet-{}", unmet.why)
    }

    fn payer_key(&self, payer: &str) -> String {
        match payer {
            "member-state" | "donor" | "itu" => format!("framework-payer-{payer}"),
            _ => "framework-payer-nobody".into(),
        }
    }

    fn has_many(&self) -> bool {
        self.alternatives.len() > 1
    }

    fn short(&self) -> String {
        self.one.sha256.chars().take(16).collect()
    }

    fn day(&self, programme: &Programme) -> String {
        programme.start.to_string()
    }
}

/// The chosen one of the designs that were kept, and all of them.
pub(super) async fn answer_of(visit: &Visit, one: &KeptDesign) -> Result<(Design, Vec<Design>), PageError> {
    let all = design_answer(&visit.db, &visit.viewer, &one.id).await?;
    let chosen = all.iter().find(|design| design.aim == one.aim).cloned();
    Ok((chosen.ok_or_else(|| PageError::internal("a kept design without its answer"))?, all))
}

/// `GET /framework/designs/{id}`, beside another by `?with=…`
pub(super) async fn kept_one(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    shown(&visit, &room, &id, None).await
}

/// The page of a kept design; with the fields of a programme that was not planned, and why not.
pub(super) async fn shown(
    visit: &Visit,
    room: &Room,
    id: &str,
    not_planned: Option<(Vec<(String, String)>, Hindrance)>,
) -> Answer {
    let one = kept_design(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)?;
    let (design, alternatives) = answer_of(visit, &one).await?;
    if visit.query("format").as_deref() == Some("json") {
        let told =
            serde_json::json!({ "design": super::programme_operations::design_shown(&one), "answer": alternatives });
        return Ok(visit.json(told.to_string()));
    }
    let other = match visit.query("with").filter(|with| !with.is_empty()) {
        None => None,
        Some(with) => {
            let kept = kept_design(&visit.db, &visit.viewer, &with).await?.ok_or_else(PageError::not_found)?;
            let (second, _) = answer_of(visit, &kept).await?;
            Some(Other { beside: Beside::of(&design, &second), design: second, kept })
        }
    };
    let mut others = designs_of(&visit.db, &visit.viewer, &one.assessment_id).await?;
    others.retain(|other| other.id != one.id);
    let page = visit
        .page_titled(one.name.clone())
        .under("/framework", "framework-title")
        .under("/framework/designs", "programme-designs");
    let (mut setting, mut roles) = (usual(visit), Roles::of(&design, &room.shelf.blocks, &page));
    let (mut status, mut planned) = (StatusCode::OK, [one.name.clone(), String::new()]);
    if let Some((typed, why)) = not_planned {
        let text = |name: &str| value(&typed, name).to_string();
        let field = match why {
            Hindrance::Name => "name",
            Hindrance::Day => "start",
            Hindrance::Weekend => "weekend",
            Hindrance::People | Hindrance::Role | Hindrance::TooLong => "people",
            _ => "",
        };
        setting = Setting {
            start: text("start"),
            weekend: text("weekend"),
            people: text("people"),
            mistake: Mistake::at(field, hindrance_words(visit, why)),
            ..setting
        };
        for (id, _, limit) in &mut roles.0 {
            *limit = text(&format!("role-{id}"));
        }
        (status, planned) = (StatusCode::UNPROCESSABLE_ENTITY, [text("name"), text("like")]);
    }
    let shown = DesignPage {
        programmes: programmes_of(&visit.db, &visit.viewer, &one.id).await?,
        roles,
        setting,
        planned,
        page,
        room: Arc::clone(room),
        one,
        design,
        alternatives,
        others,
        other,
        name_chars: NAME_CHARS,
    };
    visit.html_status(status, &shown)
}

/// `POST /framework/designs/{id}/state`
pub(super) async fn state(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let to = DesignState::parse(fields.text("to")).ok_or_else(|| PageError::from(Fault::Unreadable))?;
    let here = format!("/framework/designs/{id}");
    match kept::set_design_state(&visit.db, &visit.viewer, &id, to, visit.now).await {
        Ok((_, before)) => {
            let undo = Undo::at(format!("{here}/state")).with("to", before.as_str());
            let key = match to {
                DesignState::Draft => "programme-did-draft",
                DesignState::Accepted => "programme-did-accept-design",
                DesignState::Withdrawn => "programme-did-withdraw",
            };
            Ok(if before == to {
                visit.go_saying(&here, Tone::Good, key, &[])
            } else {
                visit.go_undoable(&here, key, &[], undo)
            })
        }
        Err(error) => refused(&visit, &here, error),
    }
}
