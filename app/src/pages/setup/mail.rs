//! The step of mail: by which server letters leave, and a letter that tries it.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State as Given;
use axum::http::StatusCode;
use manara_web::{Answer, Page, Tone, Visit};
use serde::Deserialize;

use super::{Desk, Stage, frame, next, not_stored, way};
use crate::config::Config;
use crate::picture::is_mail_address;
use crate::setup::{self, MailForm, MailTrouble, SetError, test_letter};

#[derive(Template)]
#[template(path = "setup/mail.html")]
struct MailPage {
    page: Page,
    way: Vec<Stage>,
    next: &'static str,
    mail: MailForm,
    has_password: bool,
    test_to: String,
    trouble: Option<String>,
}

/// The form as it is sent.
#[derive(Deserialize, Default)]
pub struct Sent {
    #[serde(default)]
    transport: String,
    #[serde(default)]
    from_name: String,
    #[serde(default)]
    from_mail: String,
    #[serde(default)]
    host: String,
    #[serde(default)]
    port: String,
    #[serde(default)]
    tls: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    test_to: String,
    #[serde(default)]
    then: String,
}

impl Sent {
    fn form(&self) -> MailForm {
        let trimmed = |text: &String| text.trim().to_string();
        MailForm {
            leaves: self.transport == "smtp",
            from_name: trimmed(&self.from_name),
            from_mail: trimmed(&self.from_mail),
            host: trimmed(&self.host),
            port: trimmed(&self.port),
            tls: self.tls.clone(),
            login: trimmed(&self.login),
            password: self.password.clone(),
        }
    }
}

/// `GET /setup/mail`
pub async fn form(visit: Visit, Given(desk): Given<Arc<Desk>>) -> Answer {
    show(&visit, StatusCode::OK, &desk, MailForm::of(&desk.house.config), String::new(), None)
}

fn show(
    visit: &Visit,
    status: StatusCode,
    desk: &Desk,
    mail: MailForm,
    test_to: String,
    trouble: Option<String>,
) -> Answer {
    let mail = MailForm { password: String::new(), ..mail };
    let has_password = setup::secret_login(&desk.house.config).is_some();
    let (page, way, next) = (frame(visit, "mail"), way("mail"), next("mail"));
    visit.html_status(status, &MailPage { page, way, next, mail, has_password, test_to, trouble })
}

/// Stores it, or says what is wrong with it beside what the file says now.
async fn store(visit: &Visit, desk: &Desk, mail: &MailForm) -> Result<Result<Config, MailTrouble>, SetError> {
    let data = desk.house.data.as_path();
    let held = setup::hold(&visit.db, data).await?;
    if let Err(trouble) = mail.check(&held.config) {
        return Ok(Err(trouble));
    }
    let changes = mail.keep(data, &held.config)?;
    held.store(&visit.viewer.name, "mail_set", &changes, visit.now).await.map(Ok)
}

/// `POST /setup/mail`
pub async fn save(visit: Visit, Given(desk): Given<Arc<Desk>>, Form(sent): Form<Sent>) -> Answer {
    let mail = sent.form();
    let test_to = sent.test_to.trim().to_string();
    let tries = sent.then == "test";
    let stored = match tries && !is_mail_address(&test_to) {
        true => Err(visit.t("setup-mail-bad-test")),
        false => match store(&visit, &desk, &mail).await {
            Ok(Ok(config)) => Ok(config),
            Ok(Err(MailTrouble::Other(why))) => Err(visit.t_args("setup-not-stored", &[("why", why.into())])),
            Ok(Err(trouble)) => Err(visit.t(&format!("setup-mail-{}", trouble.code()))),
            Err(error) => Err(visit.t_args("setup-not-stored", &[("why", not_stored(error)?.into())])),
        },
    };
    let config = match stored {
        Ok(config) => config,
        Err(trouble) => return show(&visit, StatusCode::UNPROCESSABLE_ENTITY, &desk, mail, test_to, Some(trouble)),
    };
    desk.read_again().await?;
    if !tries {
        return Ok(visit.go_saying(next("mail"), Tone::Good, "setup-stored", &[]));
    }
    let said = test_letter(&config.mail, visit.words(), visit.lang, &config.team, &test_to, visit.now).await;
    let here = "/setup/mail";
    Ok(match said {
        Ok(Some(said)) => {
            visit.go_saying(here, Tone::Good, "setup-mail-taken", &[("mail", test_to.into()), ("said", said.into())])
        }
        Ok(None) => visit.go_saying(here, Tone::Warn, "setup-mail-stayed", &[]),
        Err(said) => visit.go_saying(here, Tone::Bad, "setup-mail-refused", &[("said", said.into())]),
    })
}
