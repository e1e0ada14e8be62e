//! Days off: of a programme, and of the nation, which new programmes begin with.

use askama::Template;
use axum::extract::{Multipart, Path, RawForm};
use axum::http::StatusCode;
use axum::response::Response;
use manara_web::{Answer, Fault, Markup, Mistake, Page, PageError, Right, Tone, Undo, Visit, Word};

use super::fields::Fields;
use super::kept::{hindered, hindrance_words, refused};
use super::programmes::{frame, href};
use super::uploaded::Uploaded;
use crate::assessment::line;
use crate::hindrance::{Hindrance, ProgrammeError};
use crate::plan::Day;
use crate::programme::{
    BadLine, DayOff, OFF_BYTES, OFF_CHARS, Programme, days_off_text, nation_days_off, programme, read_days_off,
    set_days_off, set_nation_days_off,
};

/// Where the days off of the nation are.
const NATION: &str = "/framework/days-off";
/// What stands in the addresses of the forms for the nation instead of a programme.
const NOBODY: &str = "";

/// What stands in the forms; of one that was not taken what was typed, and why.
#[derive(Default)]
struct Typed {
    day: String,
    name: String,
    mistake: Mistake,
    /// The list, and whether days that are not in it go.
    list: String,
    is_whole: bool,
    wrong: Vec<BadLine>,
}

impl Typed {
    fn status(&self) -> StatusCode {
        let is_taken = self.mistake.is_none() && self.wrong.is_empty();
        if is_taken { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

#[derive(Template)]
#[template(path = "framework/programme_days_off.html")]
struct DaysOffPage {
    page: Page,
    /// The programme; nothing for the nation.
    of: Option<Programme>,
    action: String,
    off: Vec<DayOff>,
    /// Days off of the nation that the programme does not have.
    missing: usize,
    typed: Typed,
    may_change: bool,
    name_chars: usize,
}

impl DaysOffPage {
    fn iso(&self, off: &DayOff) -> String {
        off.day.to_string()
    }

    fn day(&self, off: &DayOff) -> Markup {
        self.page.mono(&off.day.to_string())
    }

    fn take(&self) -> String {
        let count = i64::try_from(self.missing).unwrap_or(0);
        self.page.t_args("programme-off-take", &[("count", count.into())])
    }

    fn weekday(&self, off: &DayOff) -> String {
        const KEYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
        let key = KEYS.get(off.day.weekday()).copied().unwrap_or("mon");
        self.page.t(format!("programme-off-{key}"))
    }

    fn is_weekend(&self, off: &DayOff) -> bool {
        self.of.as_ref().is_some_and(|one| !one.week.is_worked(off.day))
    }

    fn bad_key(&self, bad: &BadLine) -> String {
        format!("programme-off-bad-{}", bad.code)
    }

    fn line_of(&self, bad: &BadLine) -> String {
        let line = i64::try_from(bad.line).unwrap_or(0);
        self.page.t_args("programme-off-line", &[("line", line.into())])
    }
}

/// Of whom the page tells.
async fn of(visit: &Visit, id: &str) -> Result<(Option<Programme>, Vec<DayOff>, String), PageError> {
    if id == NOBODY {
        return Ok((None, nation_days_off(&visit.db).await?, NATION.into()));
    }
    let one = programme(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)?;
    let action = format!("{}/days-off", href(&one));
    let off = one.off.clone();
    Ok((Some(one), off, action))
}

async fn shown(visit: &Visit, id: &str, typed: Typed) -> Answer {
    let (of, off, action) = of(visit, id).await?;
    let missing = match &of {
        None => 0,
        Some(_) => nation_days_off(&visit.db).await?.iter().filter(|day| !off.contains(day)).count(),
    };
    let page = match &of {
        Some(one) => frame(visit, visit.t("programme-off-title")).under_named(&href(one), &one.name),
        None => frame(visit, visit.t("programme-off-nation")),
    };
    let is_open = of.as_ref().is_none_or(|one| !one.is_closed);
    let may_change = is_open && visit.may(Right::ModerateAssessments);
    let status = typed.status();
    let page = DaysOffPage { page, of, action, off, missing, typed, may_change, name_chars: OFF_CHARS };
    visit.html_status(status, &page)
}

fn csv(visit: &Visit, name: &str, off: &[DayOff]) -> Response {
    visit.download(name, "text/csv; charset=utf-8", days_off_text(off))
}

/// `GET /framework/days-off`; `?format=csv` to take it away
pub(super) async fn nation(visit: Visit) -> Answer {
    if visit.query("format").as_deref() == Some("csv") {
        return Ok(csv(&visit, "days-off.csv", &nation_days_off(&visit.db).await?));
    }
    shown(&visit, NOBODY, Typed::default()).await
}

/// `GET /framework/programmes/{id}/days-off`; `?format=csv` to take it away
pub(super) async fn one(visit: Visit, Path(id): Path<String>) -> Answer {
    if visit.query("format").as_deref() == Some("csv") {
        let (_, off, _) = of(&visit, &id).await?;
        return Ok(csv(&visit, "days-off.csv", &off));
    }
    shown(&visit, &id, Typed::default()).await
}

/// `POST /framework/days-off`
pub(super) async fn change_nation(visit: Visit, RawForm(form): RawForm) -> Answer {
    change(&visit, NOBODY, &form).await
}

/// `POST /framework/programmes/{id}/days-off`: `do` is add, remove or nation.
pub(super) async fn change_one(visit: Visit, Path(id): Path<String>, RawForm(form): RawForm) -> Answer {
    change(&visit, &id, &form).await
}

async fn set(visit: &Visit, id: &str, off: &[DayOff]) -> Result<(), ProgrammeError> {
    if id == NOBODY {
        return set_nation_days_off(&visit.db, &visit.viewer, off, visit.now).await;
    }
    set_days_off(&visit.db, &visit.viewer, id, off, visit.now).await.map(|_| ())
}

async fn change(visit: &Visit, id: &str, form: &[u8]) -> Answer {
    let fields = Fields::read(form);
    let (one, off, here) = of(visit, id).await?;
    match fields.text("do") {
        "nation" if one.is_some() => take_over(visit, id, (off, &here)).await,
        "add" => add(visit, id, (off, &here), &fields).await,
        "remove" => remove(visit, id, (off, &here), &fields).await,
        _ => Err(Fault::Unreadable.into()),
    }
}

/// Takes over the days off of the nation.
async fn take_over(visit: &Visit, id: &str, (mut off, here): (Vec<DayOff>, &str)) -> Answer {
    for day in nation_days_off(&visit.db).await? {
        off.retain(|known| known.day != day.day);
        off.push(day);
    }
    match set(visit, id, &off).await {
        Ok(()) => Ok(visit.go_saying(here, Tone::Good, "programme-off-did-list", &[])),
        Err(error) => refused(visit, here, error),
    }
}

/// Adds a day, or gives one that is there another name.
async fn add(visit: &Visit, id: &str, (mut off, here): (Vec<DayOff>, &str), fields: &Fields) -> Answer {
    let text = |name: &str| fields.text(name).to_string();
    let not_taken = |mistake| Typed { day: text("day"), name: text("name"), mistake, ..Typed::default() };
    let Some(day) = Day::parse(fields.text("day")) else {
        let mistake = Mistake::at("day", hindrance_words(visit, Hindrance::Day));
        return shown(visit, id, not_taken(mistake)).await;
    };
    let Some(name) = line(fields.text("name"), OFF_CHARS) else {
        return shown(visit, id, not_taken(Mistake::at("name", visit.t("programme-off-name-wrong")))).await;
    };
    let before = off.iter().position(|known| known.day == day).map(|at| off.remove(at));
    off.push(DayOff { day, name });
    match set(visit, id, &off).await {
        Ok(()) => {
            let undo = match before {
                None => Undo::at(here).with("do", "remove").with("day", day.to_string()),
                Some(before) => Undo::at(here).with("do", "add").with("day", day.to_string()).with("name", before.name),
            };
            Ok(visit.go_undoable(here, "programme-off-did-add", &[], undo))
        }
        Err(ProgrammeError::Refused(why)) if why != Hindrance::NotFound => {
            shown(visit, id, not_taken(Mistake::of_form(hindrance_words(visit, why)))).await
        }
        Err(error) => refused(visit, here, error),
    }
}

async fn remove(visit: &Visit, id: &str, (mut off, here): (Vec<DayOff>, &str), fields: &Fields) -> Answer {
    let Some(day) = Day::parse(fields.text("day")) else { return Ok(hindered(visit, here, Hindrance::Day)) };
    let before = off.iter().position(|known| known.day == day).map(|at| off.remove(at));
    let Some(before) = before else { return Ok(visit.go(here)) };
    match set(visit, id, &off).await {
        Ok(()) => {
            let undo = Undo::at(here).with("do", "add").with("day", day.to_string()).with("name", before.name);
            Ok(visit.go_undoable(here, "programme-off-did-remove", &[], undo))
        }
        Err(error) => refused(visit, here, error),
    }
}

/// `POST /framework/days-off/list`
pub(super) async fn list_nation(visit: Visit, form: Multipart) -> Answer {
    list(&visit, NOBODY, form).await
}

/// `POST /framework/programmes/{id}/days-off/list`: many days, pasted or as a file; with `whole` days that are not in it go.
pub(super) async fn list_one(visit: Visit, Path(id): Path<String>, form: Multipart) -> Answer {
    list(&visit, &id, form).await
}

async fn list(visit: &Visit, id: &str, form: Multipart) -> Answer {
    let (_, off, here) = of(visit, id).await?;
    let visit = &visit.at(&here);
    let sent = Uploaded::read(form, OFF_BYTES, OFF_BYTES).await?;
    let is_whole = sent.fields.text("whole") == "yes";
    let typed = Typed { list: sent.fields.text("text").to_string(), is_whole, ..Typed::default() };
    let bytes = if sent.file_name.is_empty() { typed.list.as_bytes() } else { sent.bytes.as_slice() };
    let read = match read_days_off(bytes) {
        Ok(read) => read,
        Err(wrong) => return shown(visit, id, Typed { wrong, ..typed }).await,
    };
    let count = i64::try_from(read.len()).unwrap_or(0);
    let mut all = if is_whole { Vec::new() } else { off };
    all.retain(|known| !read.iter().any(|new| new.day == known.day));
    all.extend(read);
    match set(visit, id, &all).await {
        Ok(()) => Ok(visit.go_saying(&here, Tone::Good, "programme-off-did-read", &[("count", Word::from(count))])),
        Err(ProgrammeError::Refused(why)) if why != Hindrance::NotFound => {
            let mistake = Mistake::at("text", hindrance_words(visit, why));
            shown(visit, id, Typed { mistake, ..typed }).await
        }
        Err(error) => refused(visit, &here, error),
    }
}
