//! The public description of the team for everybody, and the page where the administrator writes and publishes it.

mod operations;

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State as Given;
use axum::http::header;
use axum::response::IntoResponse as _;
use manara_document::{Form as Printed, html_parts};
use manara_framework::catalogues::OpenShelf;
use manara_framework::reports::Wording;
use manara_web::api::etag_of;
use manara_web::{Answer, Lang, Mistake, Page, PageError, Right, Site, Tone, Visit};

use super::setup::{Stands, status};
use crate::config::Change;
use crate::house::House;
use crate::papers;
use crate::profile::{
    FIELDS, Facts, Missing, PAGE, ProfileConfig, ProfileTrouble, SECURITY_TXT, TEXTS, changes, security_txt,
};
use crate::serving::Reload;
use crate::setup::{self, SetError};

/// What the pages work with.
struct Desk {
    house: House,
    shelf: OpenShelf,
    reload: Reload,
}

/// The pages, with their rights.
pub fn site(house: &House, reload: &Reload) -> Site {
    let desk = Desk { house: house.clone(), shelf: house.open_shelf(), reload: reload.clone() };
    Site::<Arc<Desk>>::new()
        .public(PAGE, page)
        .public(SECURITY_TXT, text)
        .page("/setup/profile", Right::SetUp, form)
        .post("/setup/profile", Right::SetUp, save)
        .page("/setup/profile/print", Right::SetUp, print)
        .merge(operations::site())
        .with_state(Arc::new(desk))
}

#[derive(Template)]
#[template(path = "profile/page.html")]
struct ProfilePage {
    page: Page,
    body: String,
    reviewed: String,
}

/// `GET /rfc2350`, once it is published
async fn page(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    if !desk.house.config.profile.published {
        return Err(PageError::not_found());
    }
    let facts = Facts::of(&desk.house, visit.words(), visit.lang).await?;
    let (document, _) = facts.page(&desk.shelf.now(), Wording { words: visit.words(), lang: visit.lang });
    let (body, reviewed) = (html_parts(&document), document.day_words.clone());
    visit.html(&ProfilePage { page: visit.page_titled(document.title), body, reviewed })
}

/// `GET /.well-known/security.txt`, once it is published and says what the standard wants
async fn text(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    if !desk.house.config.profile.published {
        return Err(PageError::not_found());
    }
    let facts = Facts::of(&desk.house, visit.words(), visit.lang).await?;
    let text = security_txt(&facts).ok_or_else(PageError::not_found)?;
    Ok(([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response())
}

#[derive(Template)]
#[template(path = "profile/form.html")]
struct FormPage {
    page: Page,
    /// What stands in the form, by name.
    values: Vec<(String, String)>,
    /// The state it was made of.
    version: String,
    /// What stands by now, when somebody else changed it meanwhile.
    stands: Option<Stands>,
    missing: Vec<Missing>,
    text: Option<String>,
    /// Whether everybody may read it at this moment.
    published: bool,
    mistake: Mistake,
}

impl FormPage {
    fn fields(&self) -> [&'static str; 5] {
        FIELDS.map(|field| field.key)
    }

    fn texts(&self) -> [&'static str; 6] {
        TEXTS
    }

    fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// Whether the box is ticked that publishes it.
    fn is_ticked(&self) -> bool {
        self.value(PUBLISHED) == "on"
    }

    /// What stands now, where something else was typed.
    fn now(&self, name: &str) -> Option<String> {
        let kept = self.stands.as_ref()?.beside(&self.values, name)?;
        Some(if name == PUBLISHED && kept == "on" { "✓".into() } else { kept })
    }

    fn label(&self, key: &str) -> String {
        format!("profile-{}", key.replace('_', "-"))
    }

    fn named(&self, key: &str, lang: &Lang) -> String {
        format!("{key}_{}", lang.tag())
    }

    fn forms(&self) -> [(&'static str, &'static str); 4] {
        Printed::ALL.map(|form| (form.as_str(), form.name()))
    }
}

/// `GET /setup/profile`
async fn form(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    // While nobody can read the file, what holds.
    let written = setup::written(&desk.house.data);
    let config = written.map_or_else(|_| desk.house.config.profile.clone(), |config| config.profile);
    let Stands { version, values } = standing(&config);
    show(&visit, &desk, (values, version, None), Mistake::default()).await
}

/// The name of the box that publishes it.
const PUBLISHED: &str = "published";

fn values(config: &ProfileConfig) -> Vec<(String, String)> {
    let fields = FIELDS.iter().map(|field| (field.key.to_string(), config.value(field.key).to_string()));
    let texts = TEXTS
        .iter()
        .flat_map(|key| Lang::ALL.map(|lang| (format!("{key}_{}", lang.tag()), config.written(key, lang).to_string())));
    let is_on = if config.published { "on" } else { "" };
    fields.chain(texts).chain([(PUBLISHED.to_string(), is_on.to_string())]).collect()
}

/// What the configuration says.
fn standing(config: &ProfileConfig) -> Stands {
    Stands { version: etag_of(&operations::written(config).into()), values: values(config) }
}

async fn show(
    visit: &Visit,
    desk: &Desk,
    (values, version, stands): (Vec<(String, String)>, String, Option<Stands>),
    mistake: Mistake,
) -> Answer {
    let facts = Facts::of(&desk.house, visit.words(), visit.lang).await?;
    let (_, missing) = facts.page(&desk.shelf.now(), Wording { words: visit.words(), lang: visit.lang });
    let page = visit.page_titled(visit.t("profile-setup")).under("/setup/steps", "setup-title");
    let (text, published) = (security_txt(&facts), desk.house.config.profile.published);
    let status = status(stands.as_ref(), &mistake);
    visit.html_status(status, &FormPage { page, values, version, stands, missing, text, published, mistake })
}

/// What is wrong with the form, at its field.
fn mistake(visit: &Visit, trouble: ProfileTrouble, value: impl Fn(&str) -> String) -> Mistake {
    let (code, key) = trouble.code();
    let label = visit.t(&format!("profile-{}", key.replace('_', "-")));
    let words = visit.t_args(&format!("profile-bad-{code}"), &[("field", label.into())]);
    // Of a text in several languages, the language it is wrong in.
    let names = Lang::ALL.map(|lang| format!("{key}_{}", lang.tag()));
    let alone = |name: &String| changes(|one| if one == name { value(one) } else { String::new() });
    let field = names.into_iter().find(|name| TEXTS.contains(&key) && alone(name).is_err());
    Mistake::at(field.unwrap_or_else(|| key.to_string()), words)
}

/// Stores it; or gives what stands instead, when that is something else than the form was made of.
async fn store(
    visit: &Visit,
    desk: &Desk,
    changes: &[Change],
    (typed, version): (&[(String, String)], &str),
) -> Result<Option<Stands>, SetError> {
    let held = setup::hold(&visit.db, &desk.house.data).await?;
    let stands = standing(&held.config.profile);
    if stands.differs(version, typed) {
        return Ok(Some(stands));
    }
    held.store(&visit.viewer.name, "profile_set", changes, visit.now).await?;
    Ok(None)
}

/// `POST /setup/profile`
async fn save(visit: Visit, Given(desk): Given<Arc<Desk>>, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let value = |name: &str| {
        let found = pairs.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.trim().to_string()).unwrap_or_default()
    };
    let known = values(&ProfileConfig::default()).into_iter();
    let typed: Vec<(String, String)> = known.map(|(name, _)| (name.clone(), value(&name))).collect();
    let version = value("version");
    let changes = match changes(value) {
        Ok(changes) => changes,
        Err(trouble) => {
            let mistake = mistake(&visit, trouble, value);
            return show(&visit, &desk, (typed, version, None), mistake).await;
        }
    };
    match store(&visit, &desk, &changes, (&typed, &version)).await {
        Ok(None) => {}
        Ok(Some(stands)) => {
            // Whoever reads what stands now and saves again decides for their own words.
            let version = stands.version.clone();
            let mistake = Mistake::of_form(visit.t("web-form-stale"));
            return show(&visit, &desk, (typed, version, Some(stands)), mistake).await;
        }
        Err(SetError::Store(error)) => return Err(error.into()),
        Err(other) => {
            let words = visit.t_args("setup-not-stored", &[("why", other.to_string().into())]);
            return show(&visit, &desk, (typed, version, None), Mistake::of_form(words)).await;
        }
    }
    desk.reload.read_again().await.map_err(|error| PageError::internal(format!("{error:#}")))?;
    Ok(visit.go_saying("/setup/profile", Tone::Good, "setup-stored", &[]))
}

/// The description as a file in the reader's language, with what is still to be written: its name, kind and bytes, or why it is not printed.
async fn printed(visit: &Visit, desk: &Desk) -> Result<Result<(String, Printed, Vec<u8>), String>, PageError> {
    let form = visit.query("format").map_or(Some(Printed::Pdf), |text| Printed::parse(&text));
    let form = form.ok_or_else(|| PageError::unreadable("format is one of pdf, docx, html and md"))?;
    let facts = Facts::of(&desk.house, visit.words(), visit.lang).await?;
    let (document, _) = facts.draft(&desk.shelf.now(), Wording { words: visit.words(), lang: visit.lang });
    let printer = papers::printer(&desk.house);
    let made = tokio::task::spawn_blocking(move || printer.print(&document, form));
    let made = made.await.map_err(PageError::internal)?;
    let name = format!("rfc2350-{}.{}", visit.lang.tag(), form.as_str());
    Ok(made.map(|bytes| (name, form, bytes)).map_err(|why| why.to_string()))
}

/// `GET /setup/profile/print?format=…`
async fn print(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    match printed(&visit, &desk).await? {
        Ok((name, form, bytes)) => Ok(visit.download(&name, form.content_type(), bytes)),
        Err(why) => Ok(visit.go_saying("/setup/profile", Tone::Bad, "document-not-printed", &[("why", why.into())])),
    }
}
