//! The step of mail: by which server letters leave, and a letter that tries it.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::State as Given;
use manara_web::api::etag_of;
use manara_web::{Answer, Mistake, Page, Tone, Visit};
use serde::Deserialize;

use super::operations::mail_json;
use super::{Desk, Stage, Stands, frame, next, not_stored, status, way};
use crate::config::Config;
use crate::picture::is_mail_address;
use crate::setup::{self, MailForm, MailTrouble, SetError, test_letter};

#[derive(Template)]
#[template(path = "setup/mail.html")]
struct MailPage {
    page: Page,
    way: Vec<Stage>,
    next: &'static str,
    filled: Filled,
    has_password: bool,
    mistake: Mistake,
}

/// What stands in the form.
struct Filled {
    mail: MailForm,
    test_to: String,
    /// The state it was made of.
    version: String,
    /// What stands by now, when somebody else changed it meanwhile.
    stands: Option<Stands>,
}

impl MailPage {
    /// What stands now, in words, where something else was typed.
    fn now(&self, name: &str) -> Option<String> {
        let kept = self.filled.stands.as_ref()?.beside(&values(&self.filled.mail), name)?;
        Some(match name {
            "transport" => self.page.t(format!("setup-mail-{kept}")),
            "tls" => self.page.t(format!("setup-mail-tls-{kept}")),
            _ => kept,
        })
    }
}

/// What is said of mail, by the names of the form; never the password.
fn values(mail: &MailForm) -> Vec<(String, String)> {
    let all = [
        ("transport", if mail.leaves { "smtp" } else { "capture" }),
        ("from_name", mail.from_name.as_str()),
        ("from_mail", mail.from_mail.as_str()),
        ("host", mail.host.as_str()),
        ("port", mail.port.as_str()),
        ("tls", mail.tls.as_str()),
        ("login", mail.login.as_str()),
    ];
    all.into_iter().map(|(name, value)| (name.to_string(), value.to_string())).collect()
}

/// What the configuration says of it.
fn standing(config: &Config) -> Stands {
    Stands { version: etag_of(&mail_json(config)), values: values(&MailForm::of(config)) }
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
    /// The state the form was made of.
    #[serde(default)]
    version: String,
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
    let config = desk.written();
    let version = standing(&config).version;
    let filled = Filled { mail: MailForm::of(&config), test_to: String::new(), version, stands: None };
    show(&visit, &desk, filled, Mistake::default())
}

fn show(visit: &Visit, desk: &Desk, filled: Filled, mistake: Mistake) -> Answer {
    let mail = MailForm { password: String::new(), ..filled.mail };
    let filled = Filled { mail, ..filled };
    let has_password = setup::secret_login(&desk.house.config).is_some();
    let (page, way, next) = (frame(visit, "mail"), way("mail"), next("mail"));
    let status = status(filled.stands.as_ref(), &mistake);
    visit.html_status(status, &MailPage { page, way, next, filled, has_password, mistake })
}

/// Why it was not stored.
enum NotTaken {
    Wrong(MailTrouble),
    /// Somebody else changed it since the form was made: this stands now.
    Stale(Stands),
}

impl NotTaken {
    fn mistake(&self, visit: &Visit) -> Mistake {
        match self {
            Self::Stale(_) => Mistake::of_form(visit.t("web-form-stale")),
            Self::Wrong(MailTrouble::Other(why)) => {
                Mistake::of_form(visit.t_args("setup-not-stored", &[("why", why.clone().into())]))
            }
            Self::Wrong(trouble) => Mistake::at(trouble.field(), visit.t(&format!("setup-mail-{}", trouble.code()))),
        }
    }
}

/// Stores it, or says why not beside what the file says now.
async fn store(
    visit: &Visit,
    desk: &Desk,
    mail: &MailForm,
    version: &str,
) -> Result<Result<Config, NotTaken>, SetError> {
    let data = desk.house.data.as_path();
    let held = setup::hold(&visit.db, data).await?;
    let stands = standing(&held.config);
    if stands.differs(version, &values(mail)) {
        return Ok(Err(NotTaken::Stale(stands)));
    }
    if let Err(trouble) = mail.check(&held.config) {
        return Ok(Err(NotTaken::Wrong(trouble)));
    }
    let changes = mail.keep(data, &held.config)?;
    held.store(&visit.viewer.name, "mail_set", &changes, visit.now).await.map(Ok)
}

/// `POST /setup/mail`
pub async fn save(visit: Visit, Given(desk): Given<Arc<Desk>>, Form(sent): Form<Sent>) -> Answer {
    let test_to = sent.test_to.trim().to_string();
    let tries = sent.then == "test";
    let mut filled =
        Filled { mail: sent.form(), test_to: test_to.clone(), version: sent.version.clone(), stands: None };
    if tries && !is_mail_address(&test_to) {
        return show(&visit, &desk, filled, Mistake::at("test_to", visit.t("setup-mail-bad-test")));
    }
    let config = match store(&visit, &desk, &filled.mail, &filled.version).await {
        Ok(Ok(config)) => config,
        Ok(Err(why)) => {
            let mistake = why.mistake(&visit);
            if let NotTaken::Stale(stands) = why {
                // Whoever reads what stands now and saves again decides for their own words.
                filled.version.clone_from(&stands.version);
                filled.stands = Some(stands);
            }
            return show(&visit, &desk, filled, mistake);
        }
        Err(error) => {
            let words = visit.t_args("setup-not-stored", &[("why", not_stored(error)?.into())]);
            return show(&visit, &desk, filled, Mistake::of_form(words));
        }
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
