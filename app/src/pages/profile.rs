//! The public description of the team for everybody, and the page where the administrator writes and publishes it.

mod operations;

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State as Given;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse as _;
use manara_document::{Form as Printed, html_parts};
use manara_framework::catalogues::OpenShelf;
use manara_framework::reports::Wording;
use manara_web::{Answer, Lang, Page, PageError, Right, Site, Tone, Visit};

use crate::house::House;
use crate::papers;
use crate::profile::{FIELDS, Facts, Missing, PAGE, ProfileConfig, SECURITY_TXT, TEXTS, changes, security_txt};
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
    published: bool,
    missing: Vec<Missing>,
    text: Option<String>,
    trouble: Option<String>,
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
    let config = &desk.house.config.profile;
    show(&visit, &desk, StatusCode::OK, values(config), config.published, None).await
}

fn values(config: &ProfileConfig) -> Vec<(String, String)> {
    let fields = FIELDS.iter().map(|field| (field.key.to_string(), config.value(field.key).to_string()));
    let texts = TEXTS
        .iter()
        .flat_map(|key| Lang::ALL.map(|lang| (format!("{key}_{}", lang.tag()), config.written(key, lang).to_string())));
    fields.chain(texts).collect()
}

async fn show(
    visit: &Visit,
    desk: &Desk,
    status: StatusCode,
    values: Vec<(String, String)>,
    published: bool,
    trouble: Option<String>,
) -> Answer {
    let facts = Facts::of(&desk.house, visit.words(), visit.lang).await?;
    let (_, missing) = facts.page(&desk.shelf.now(), Wording { words: visit.words(), lang: visit.lang });
    let page = visit.page_titled(visit.t("profile-setup")).under("/setup/steps", "setup-title");
    let text = security_txt(&facts);
    visit.html_status(status, &FormPage { page, values, published, missing, text, trouble })
}

/// `POST /setup/profile`
async fn save(visit: Visit, Given(desk): Given<Arc<Desk>>, Form(pairs): Form<Vec<(String, String)>>) -> Answer {
    let value = |name: &str| {
        let found = pairs.iter().find(|(given, _)| given == name);
        found.map(|(_, value)| value.trim().to_string()).unwrap_or_default()
    };
    let refuse = |trouble: String| {
        let known = values(&ProfileConfig::default()).into_iter().map(|(name, _)| (name.clone(), value(&name)));
        (known.collect::<Vec<_>>(), value("published") == "on", Some(trouble))
    };
    let changes = match changes(value) {
        Ok(changes) => changes,
        Err(trouble) => {
            let (code, key) = trouble.code();
            let label = visit.t(&format!("profile-{}", key.replace('_', "-")));
            let words = visit.t_args(&format!("profile-bad-{code}"), &[("field", label.into())]);
            let (values, published, trouble) = refuse(words);
            return show(&visit, &desk, StatusCode::UNPROCESSABLE_ENTITY, values, published, trouble).await;
        }
    };
    let (data, who) = (&desk.house.data, &visit.viewer.name);
    match setup::store(&visit.db, data, who, "profile_set", &changes, visit.now).await {
        Ok(_) => {}
        Err(SetError::Store(error)) => return Err(error.into()),
        Err(other) => {
            let (values, published, trouble) =
                refuse(visit.t_args("setup-not-stored", &[("why", other.to_string().into())]));
            return show(&visit, &desk, StatusCode::UNPROCESSABLE_ENTITY, values, published, trouble).await;
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
