//! What somebody without an account sees of a workshop: the way in by its code, then one item at a time. Nothing else of the
//! assessment, and nothing of what others say.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Path, RawForm, State as Given};
use axum::http::{HeaderValue, StatusCode, header};
use manara_store::StoreError;
use manara_web::{Answer, Fault, Page, PageError, Visit};

use super::fields::Fields;
use super::{Room, level_words};
use crate::assessment::{COMMENT_CHARS, NAME_CHARS, State};
use crate::canonical::hash;
use crate::catalogue::{Catalogue, Item};
use crate::jobs::{self, FrameworkError, NewVoice, Refusal};
use crate::sheet::{Action, Answer as Said, Voice};
use crate::sql;
use crate::table::NOT_APPLICABLE;
use crate::text::Text;
use crate::workshop::{Workshop, read_code};

/// Seconds between two looks of a telephone that waits for the next item.
const WAITS: &str = "4";

/// What was typed into the form of joining.
#[derive(Default)]
struct Typed {
    code: String,
    name: String,
    organisation: String,
    role: String,
}

#[derive(Template)]
#[template(path = "framework/workshop_join.html")]
struct JoinPage {
    page: Page,
    refused: Option<String>,
    typed: Typed,
    name_chars: usize,
}

fn join_page(visit: &Visit, status: StatusCode, refused: Option<&str>, typed: Typed) -> Answer {
    let refused = refused.map(|key| visit.t(key));
    let page = JoinPage { page: visit.page("workshop-join-title"), refused, typed, name_chars: NAME_CHARS };
    visit.html_status(status, &page)
}

/// `GET /w/join`
pub(super) async fn form(visit: Visit) -> Answer {
    let typed = Typed { code: visit.query("code").unwrap_or_default(), ..Typed::default() };
    join_page(&visit, StatusCode::OK, None, typed)
}

/// `POST /w/join`: a code, and who comes.
pub(super) async fn join(visit: Visit, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let text = |name: &str| fields.text(name).chars().take(4 * NAME_CHARS).collect::<String>();
    let typed =
        Typed { code: text("code"), name: text("name"), organisation: text("organisation"), role: text("role") };
    let code = read_code(&typed.code);
    let new = NewVoice {
        name: typed.name.clone(),
        organisation: typed.organisation.clone(),
        role: typed.role.clone(),
        person: String::new(),
    };
    // Whether the names can be taken is asked first: it is no guess at a code.
    let sat = match code {
        None => Err(FrameworkError::Refused(Refusal::NoWorkshop)),
        Some(code) => jobs::sit(&visit.db, &code, &new, visit.now).await,
    };
    match sat {
        Ok(secret) => Ok(visit.go(&format!("/w/{secret}"))),
        Err(FrameworkError::Refused(Refusal::NoWorkshop)) => match visit.may_guess() {
            true => join_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, Some("workshop-join-no-code"), typed),
            false => Err(Fault::TooMany.into()),
        },
        Err(FrameworkError::Refused(why)) => {
            let key = match why {
                Refusal::Name => "workshop-join-name",
                Refusal::NameTaken | Refusal::Withdrawn => "workshop-join-taken",
                Refusal::Closed => "workshop-over",
                _ => "workshop-join-full",
            };
            join_page(&visit, StatusCode::UNPROCESSABLE_ENTITY, Some(key), typed)
        }
        Err(FrameworkError::Store(error)) => Err(error.into()),
    }
}

#[derive(Template)]
#[template(path = "framework/workshop_seat.html")]
struct SeatPage {
    page: Page,
    catalogue: Arc<Catalogue>,
    voice: Voice,
    item: Option<Item>,
    said: Option<Said>,
    typed: Option<Typing>,
    refused: Option<String>,
    saved: bool,
    /// Whether the answer to the item that is asked was just saved: the page then waits for the next one.
    waits: bool,
    action: String,
    number: usize,
    items: usize,
    comment_chars: usize,
}

/// What was typed and not taken.
struct Typing {
    level: String,
    state: String,
    comment: String,
}

impl SeatPage {
    fn words(&self, text: &Text) -> String {
        text.of(self.page.lang.tag()).to_string()
    }

    fn levels(&self, item: &Item) -> Vec<(String, String, bool)> {
        let chosen = match (&self.typed, &self.said) {
            (Some(typed), _) => typed.level.clone(),
            (None, Some(said)) if said.not_applicable => NOT_APPLICABLE.to_string(),
            (None, said) => {
                said.as_ref().and_then(|said| said.level).map(|level| level.to_string()).unwrap_or_default()
            }
        };
        let of = |value: String, words: String| (value.clone(), words, value == chosen);
        let scale = self.catalogue.told.scale.iter();
        let mut levels: Vec<_> = scale
            .map(|level| of(level.value.to_string(), level_words(&self.page.visit, &self.catalogue, Some(level.value))))
            .collect();
        if item.not_applicable {
            levels.push(of(NOT_APPLICABLE.to_string(), self.page.t("framework-not-applicable")));
        }
        levels
    }

    fn states(&self) -> Vec<(&'static str, String, bool)> {
        let said = self.said.as_ref().and_then(|said| said.state).map_or("", Action::as_str);
        let chosen = self.typed.as_ref().map_or(said, |typed| typed.state.as_str());
        let of = |action: Action| {
            let word = action.as_str();
            (word, self.page.t(format!("framework-action-{word}")), word == chosen)
        };
        Action::ALL.map(of).to_vec()
    }

    fn comment(&self) -> &str {
        let said = self.said.as_ref().map_or("", |said| said.comment.as_str());
        self.typed.as_ref().map_or(said, |typed| typed.comment.as_str())
    }
}

/// Who sits at an address.
struct Seat {
    voice: Voice,
    workshop: Workshop,
    catalogue: Arc<Catalogue>,
}

/// Whoever asks for a seat that is none has a guess less.
async fn seated(visit: &Visit, room: &Room, secret: &str) -> Result<Seat, PageError> {
    let found = match secret.len() <= 64 {
        true => sql::seat(&visit.db, &hash(secret), visit.now).await?,
        false => None,
    };
    let Some((voice, assessment)) = found else {
        return Err(if visit.may_guess() { PageError::not_found() } else { Fault::TooMany.into() });
    };
    let workshop = sql::workshop_of(&visit.db, &assessment).await?.ok_or_else(PageError::not_found)?;
    let version = sql::version_of(&visit.db, &assessment).await?;
    let (version, state) = version.ok_or_else(|| StoreError::NotFound(assessment.clone()))?;
    if state != State::Open {
        return Err(PageError::not_found());
    }
    Ok(Seat { voice, workshop, catalogue: room.version(visit, &version).await? })
}

async fn show(
    visit: Visit,
    secret: &str,
    seat: Seat,
    (status, item, refused, typed): (StatusCode, &str, Option<String>, Option<Typing>),
) -> Answer {
    let saved = visit.query("saved").filter(|_| refused.is_none());
    let waits = saved.as_deref() == Some(item);
    let answers = sql::answers_of(&visit.db, &seat.voice.id).await?;
    let order: Vec<&Item> = seat.catalogue.assessable().collect();
    let at = order.iter().position(|one| one.ref_id == item);
    let item = at.and_then(|at| order.get(at)).map(|item| (*item).clone());
    let items = order.len();
    let said = item.as_ref().and_then(|item| answers.into_iter().find(|answer| answer.item == item.ref_id));
    let page = SeatPage {
        saved: saved.is_some(),
        waits,
        page: visit.page("workshop-seat-title"),
        action: format!("/w/{secret}"),
        number: at.map_or(0, |at| at + 1),
        items,
        comment_chars: COMMENT_CHARS,
        catalogue: seat.catalogue,
        voice: seat.voice,
        item,
        said,
        typed,
        refused,
    };
    let mut response = visit.html_status(status, &page)?;
    // Nothing is typed on a page that waits, so it may load itself anew: without a script.
    if waits {
        response.headers_mut().insert(header::REFRESH, HeaderValue::from_static(WAITS));
    }
    Ok(response)
}

/// `GET /w/{token}`: the item that is asked.
pub(super) async fn item(visit: Visit, Given(room): Given<Room>, Path(secret): Path<String>) -> Answer {
    let seat = seated(&visit, &room, &secret).await?;
    let current = seat.workshop.item.clone();
    show(visit, &secret, seat, (StatusCode::OK, &current, None, None)).await
}

/// `POST /w/{token}`: an answer. It is taken for the item that was on the telephone, even when the room has gone on meanwhile.
pub(super) async fn answer(
    visit: Visit,
    Given(room): Given<Room>,
    Path(secret): Path<String>,
    RawForm(form): RawForm,
) -> Answer {
    let seat = seated(&visit, &room, &secret).await?;
    let fields = Fields::read(&form);
    let item = fields.text("item").to_string();
    let level = fields.text("level");
    let typing =
        || Typing { level: level.into(), state: fields.text("state").into(), comment: fields.text("comment").into() };
    let parsed = match level {
        "" | NOT_APPLICABLE => Ok(None),
        text => text.parse().map(Some).map_err(|_| Refusal::Level),
    };
    let did = match parsed {
        Err(why) => Err(FrameworkError::Refused(why)),
        Ok(value) => {
            let given = jobs::Given {
                item: item.clone(),
                level: value,
                not_applicable: level == NOT_APPLICABLE,
                state: Action::parse(fields.text("state")),
                comment: fields.text("comment").to_string(),
            };
            jobs::answer_from_seat(&visit.db, &secret, &seat.catalogue, &given, visit.now).await
        }
    };
    match did {
        Ok(_) => {
            let saved: String = form_urlencoded::byte_serialize(item.as_bytes()).collect();
            Ok(visit.go(&format!("/w/{secret}?saved={saved}")))
        }
        Err(FrameworkError::Refused(Refusal::NoWorkshop | Refusal::Closed | Refusal::NotFound)) => {
            Err(PageError::not_found())
        }
        Err(FrameworkError::Refused(why)) => {
            let words = visit.t(&format!("framework-refused-{}", why.code()));
            let typed = Some(typing());
            show(visit, &secret, seat, (StatusCode::UNPROCESSABLE_ENTITY, &item, Some(words), typed)).await
        }
        Err(FrameworkError::Store(error)) => Err(error.into()),
    }
}
