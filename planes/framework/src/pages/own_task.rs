//! A team's own task: the form that adds or changes it, removing it, bringing it back.

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::StatusCode;
use manara_web::{Answer, Mistake, Page, PageError, Tone, Undo, Visit, Word};

use super::Room;
use super::fields::Fields;
use super::kept::{hindrance_words, refused};
use super::programme_form::{pairs, value};
use super::programmes::{frame, href, names};
use crate::assessment::{LABEL_CHARS, NAME_CHARS, line};
use crate::hindrance::{Hindrance, Named, ProgrammeError};
use crate::programme::{
    EFFORT, MONEY, Names, OwnTask, PAYERS, Part, Programme, Task, add_own_task, change_own_task, own_roles, programme,
    remove_own_task, restore_own_task, tasks_of,
};

/// What stands in the fields of the form.
#[derive(Debug, Clone, Default)]
struct Typed {
    /// The task that is changed; empty for a new one.
    task: String,
    version: String,
    name: String,
    deliverable: String,
    owner: String,
    roles: Vec<String>,
    effort: [String; 2],
    days: String,
    money: [String; 2],
    payer: String,
    needs: Vec<String>,
    needed_by: Vec<String>,
}

impl Typed {
    fn read(form: &[u8]) -> Typed {
        let pairs = pairs(form);
        let one = |name: &str| value(&pairs, name).trim().to_string();
        let all = |name: &str| {
            let of = pairs.iter().filter(|(found, _)| found == name);
            of.map(|(_, value)| value.trim().to_string()).filter(|value| !value.is_empty()).collect()
        };
        Typed {
            task: one("task"),
            version: one("version"),
            name: one("name"),
            deliverable: one("deliverable"),
            owner: one("owner"),
            roles: all("role"),
            effort: [one("effort-low"), one("effort-high")],
            days: one("days"),
            money: [one("money-low"), one("money-high")],
            payer: one("payer"),
            needs: all("needs"),
            needed_by: all("needed-by"),
        }
    }

    /// Of a task among the others; of a new one, that it comes before the closure.
    fn of(task: Option<&Task>, tasks: &[Task]) -> Typed {
        let Some(task) = task else {
            let last = tasks.iter().filter(|task| task.part == Part::Closure);
            return Typed { needed_by: last.map(|task| task.number.to_string()).collect(), ..Typed::default() };
        };
        let waits = tasks.iter().filter(|other| other.needs.contains(&task.number));
        Typed {
            task: task.id.clone(),
            version: task.version.to_string(),
            name: task.name.clone(),
            deliverable: task.deliverable.clone(),
            owner: task.owner.clone(),
            roles: task.roles.clone(),
            effort: task.effort.map(|days| days.to_string()),
            days: task.days.to_string(),
            money: task.money.map(|money| money.to_string()),
            payer: task.payer.clone(),
            needs: task.needs.iter().map(i64::to_string).collect(),
            needed_by: waits.map(|other| other.number.to_string()).collect(),
        }
    }

    /// The field a hindrance is about; empty when it is none alone.
    fn field_of(&self, why: Hindrance) -> &'static str {
        let is_wrong = |text: &str, most: usize| !text.is_empty() && line(text, most).is_none();
        let is_range = |[low, high]: &[String; 2], most: i64| {
            let read = |text: &str| if text.is_empty() { Some(None) } else { text.parse::<i64>().ok().map(Some) };
            let (Some(low), Some(high)) = (read(low), read(high)) else { return false };
            let (low, high) = (low.or(high).unwrap_or(0), high.or(low).unwrap_or(0));
            (0..=high).contains(&low) && high <= most
        };
        match why {
            Hindrance::Name if is_wrong(&self.owner, NAME_CHARS) => "owner",
            Hindrance::Name => "name",
            Hindrance::Text if is_wrong(&self.deliverable, LABEL_CHARS) => "deliverable",
            Hindrance::Text => "name",
            Hindrance::Amount if !is_range(&self.effort, EFFORT) => "effort-high",
            Hindrance::Amount if !is_range(&self.money, MONEY) => "money-high",
            Hindrance::Amount => "days",
            Hindrance::Role => "role",
            Hindrance::Need | Hindrance::Begun | Hindrance::Order => "needs",
            _ => "",
        }
    }

    /// What it says. Of a range with one end both are the same.
    fn said(&self) -> Result<OwnTask, Hindrance> {
        let number = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<i64>().map(Some).map_err(|_| Hindrance::Amount),
        };
        let range = |[low, high]: &[String; 2]| {
            let (low, high) = (number(low)?, number(high)?);
            let low = low.or(high).unwrap_or(0);
            Ok([low, high.unwrap_or(low)])
        };
        let numbers = |all: &[String]| {
            let each = all.iter().map(|text| text.parse::<i64>().map_err(|_| Hindrance::Need));
            each.collect::<Result<Vec<i64>, Hindrance>>()
        };
        Ok(OwnTask {
            name: self.name.clone(),
            deliverable: self.deliverable.clone(),
            owner: self.owner.clone(),
            roles: self.roles.clone(),
            effort: range(&self.effort)?,
            days: number(&self.days)?,
            money: range(&self.money)?,
            payer: self.payer.clone(),
            needs: numbers(&self.needs)?,
            needed_by: numbers(&self.needed_by)?,
            version: number(&self.version).unwrap_or_default(),
        })
    }
}

/// Something that can be ticked: what is sent, what is shown, whether it is ticked.
struct Choice {
    value: String,
    words: String,
    is_chosen: bool,
}

#[derive(Template)]
#[template(path = "framework/programme_own.html")]
struct OwnPage {
    page: Page,
    path: String,
    currency: String,
    typed: Typed,
    mistake: Mistake,
    roles: Vec<Choice>,
    needs: Vec<Choice>,
    needed_by: Vec<Choice>,
    payers: Vec<Choice>,
    limits: [usize; 2],
    most: [i64; 2],
}

fn shown(
    visit: &Visit,
    room: &Room,
    (one, tasks): (&Programme, &[Task]),
    typed: Typed,
    (status, mistake): (StatusCode, Mistake),
) -> Answer {
    let names = names(visit, room);
    let task = |task: &Task, chosen: &[String]| {
        let value = task.number.to_string();
        let words = numbered(visit, &names, task);
        Choice { is_chosen: chosen.contains(&value), value, words }
    };
    let others = || tasks.iter().filter(|other| other.id != typed.task);
    let role = |id: &String| Choice { is_chosen: typed.roles.contains(id), words: names.role(id), value: id.clone() };
    let payer = |id: &str| Choice { is_chosen: typed.payer == id, words: names.payer(id), value: id.to_string() };
    let key = if typed.task.is_empty() { "programme-own-add" } else { "programme-own-change" };
    let mut roles: Vec<Choice> = own_roles(&room.shelf.blocks, tasks).iter().map(role).collect();
    roles.sort_by(|a, b| a.words.cmp(&b.words));
    let page = OwnPage {
        page: frame(visit, visit.t(key)).under_named(&href(one), &one.name),
        path: href(one),
        currency: one.currency.clone(),
        mistake,
        roles,
        needs: others().map(|other| task(other, &typed.needs)).collect(),
        needed_by: others().map(|other| task(other, &typed.needed_by)).collect(),
        payers: std::iter::once("").chain(PAYERS).map(payer).collect(),
        limits: [NAME_CHARS, LABEL_CHARS],
        most: [EFFORT, MONEY],
        typed,
    };
    visit.html_status(status, &page)
}

/// A task by number and name; the name keeps its own direction.
fn numbered(visit: &Visit, names: &Names<'_>, task: &Task) -> String {
    format!("{}. \u{2068}{}\u{2069}", visit.locale.numbers.digits(&task.number.to_string()), names.task(task))
}

/// The circle in the reader's words.
fn circle(visit: &Visit, room: &Room, tasks: &[Task], circle: &[Named]) -> String {
    let names = names(visit, room);
    let said = |named: &Named| match tasks.iter().find(|task| task.number == named.number && task.part != Part::Own) {
        Some(task) => numbered(visit, &names, task),
        // As it was typed: it may not be kept.
        None => format!("{}. \u{2068}{}\u{2069}", visit.locale.numbers.digits(&named.number.to_string()), named.name),
    };
    let all: Vec<String> = circle.iter().chain(circle.first()).map(said).collect();
    visit.t_args("programme-own-circle", &[("circle", Word::from(all.join(" › ")))])
}

async fn known(visit: &Visit, id: &str) -> Result<(Programme, Vec<Task>), PageError> {
    let one = programme(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)?;
    let tasks = tasks_of(&visit.db, &one.id).await?;
    Ok((one, tasks))
}

/// `GET /framework/programmes/{id}/own`, to change one with `?task=`
pub(super) async fn form(visit: Visit, Given(room): Given<Room>, Path(id): Path<String>) -> Answer {
    let (one, tasks) = known(&visit, &id).await?;
    let task = match visit.query("task").filter(|task| !task.is_empty()) {
        None => None,
        Some(wanted) => {
            let found = tasks.iter().find(|task| task.id == wanted && task.part == Part::Own);
            Some(found.ok_or_else(PageError::not_found)?)
        }
    };
    let typed = Typed::of(task, &tasks);
    shown(&visit, &room, (&one, &tasks), typed, (StatusCode::OK, Mistake::default()))
}

/// `POST /framework/programmes/{id}/own`: adds a task, or changes the one that `task` names.
pub(super) async fn save(
    visit: Visit,
    Given(room): Given<Room>,
    Path(id): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let typed = Typed::read(&form);
    let (one, tasks) = known(&visit, &id).await?;
    let (db, who, blocks) = (&visit.db, &visit.viewer, &room.shelf.blocks);
    let done = match typed.said() {
        Err(why) => Err(why.into()),
        Ok(said) if typed.task.is_empty() => add_own_task(db, who, blocks, &id, &said, visit.now).await,
        Ok(said) => change_own_task(db, who, blocks, (&id, &typed.task), &said, visit.now).await,
    };
    let mistake = match done {
        Ok(task) => {
            let here = format!("{}/tasks/{}", href(&one), task.id);
            if !typed.task.is_empty() {
                return Ok(visit.go_saying(&here, Tone::Good, "programme-own-did-change", &[]));
            }
            let undo = Undo::at(format!("{}/own/{}/remove", href(&one), task.id));
            return Ok(visit.go_undoable(&here, "programme-own-did-add", &[], undo));
        }
        Err(ProgrammeError::Refused(Hindrance::NotFound)) => return Err(PageError::not_found()),
        Err(ProgrammeError::Refused(why)) => Mistake::at(typed.field_of(why), hindrance_words(&visit, why)),
        Err(ProgrammeError::Circle(round)) => Mistake::at("needs", circle(&visit, &room, &tasks, &round)),
        Err(ProgrammeError::Store(error)) => return Err(error.into()),
    };
    shown(&visit, &room, (&one, &tasks), typed, (StatusCode::UNPROCESSABLE_ENTITY, mistake))
}

/// `POST /framework/programmes/{id}/own/{task}/remove`, with `why` when work was done on it.
pub(super) async fn remove(visit: Visit, Path((id, task)): Path<(String, String)>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let here = format!("/framework/programmes/{id}");
    match remove_own_task(&visit.db, &visit.viewer, (&id, &task), fields.text("why"), visit.now).await {
        Ok(_) => {
            let undo = Undo::at(format!("{here}/own/{task}/restore"));
            Ok(visit.go_undoable(&here, "programme-own-did-remove", &[], undo))
        }
        Err(error) => refused(&visit, &format!("{here}/tasks/{task}"), error),
    }
}

/// `POST /framework/programmes/{id}/own/{task}/restore`
pub(super) async fn restore(visit: Visit, Path((id, task)): Path<(String, String)>) -> Answer {
    let here = format!("/framework/programmes/{id}");
    match restore_own_task(&visit.db, &visit.viewer, (&id, &task), visit.now).await {
        Ok(_) => Ok(visit.go_saying(&format!("{here}/tasks/{task}"), Tone::Good, "programme-own-did-restore", &[])),
        Err(error) => refused(&visit, &here, error),
    }
}

#[cfg(test)]
mod tests {
    use super::Typed;
    use crate::hindrance::Hindrance;

    #[test]
    fn a_form_says_a_task() {
        let form = b"name=Rent+a+room&role=head&role=analyst&effort-high=4&days=&money-low=10&money-high=20&needs=1&needs=3&needed-by=6&payer=donor";
        let said = Typed::read(form).said().unwrap();
        assert_eq!((said.name.as_str(), said.effort, said.days, said.money), ("Rent a room", [4, 4], None, [10, 20]));
        assert_eq!((said.needs, said.needed_by, said.roles.len()), (vec![1, 3], vec![6], 2));
        assert_eq!(Typed::read(b"effort-low=much").said(), Err(Hindrance::Amount));
        assert_eq!(Typed::read(b"needs=the+first").said(), Err(Hindrance::Need));
    }
}
