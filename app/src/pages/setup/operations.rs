//! Setting a house up, for programs: what is left, the nation, the way mail leaves.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State as Stated;
use manara_web::api::{ApiAnswer, Given, Match, Op, Problem, etag_of, json as answer, record, schema};
use manara_web::{Lang, Right, Site, Visit};
use serde::Deserialize;
use serde_json::{Value, json};

use super::Desk;
use crate::config::Config;
use crate::picture::{countries, is_mail_address};
use crate::setup::{
    self, MAIL_WAYS, MailForm, MailTrouble, Nation, NationTrouble, STEPS, SetError, hold, test_letter, written,
};

const NATION: &str = "/api/v1/setup/nation";
const MAIL: &str = "/api/v1/setup/mail";

/// The operations.
pub(super) fn site() -> Site<Arc<Desk>> {
    let right = Right::SetUp;
    Site::new()
        .api(Op::get("/api/v1/setup", "getSetup", right, "The steps of setting up, and which are done", "Setup"), steps)
        .api(
            Op::post("/api/v1/setup/dismiss", "dismissSetup", right, "Lets home say no more of what is left", "Setup"),
            dismiss,
        )
        .api(Op::get(NATION, "getNation", right, "Country, time zone, languages, names of the team", "Nation"), nation)
        .api(Op::put(NATION, "setNation", right, "Sets all of it", "Nation").takes("Nation"), set_nation)
        .api(Op::get(MAIL, "getMailSetup", right, "The way mail leaves; never the password", "MailSetup"), mail)
        .api(
            Op::put(MAIL, "setMailSetup", right, "Sets the way mail leaves", "MailSetup").takes("MailSetupGiven"),
            set_mail,
        )
        .api(
            Op::post(
                "/api/v1/setup/mail/test",
                "testMail",
                right,
                "Sends a letter that tries it, and gives what the server said; nothing when mail stays in the built-in box",
                "MailTested",
            )
            .takes("MailTest"),
            test,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, flag) = (schema::text, schema::flag);
    let tag = || schema::one_of(Lang::ALL.map(Lang::tag));
    let name = || json!({ "type": "string", "maxLength": 120 });
    let names: Vec<(&str, Value)> = Lang::ALL.map(|lang| (lang.tag(), name())).into();
    let field = || json!({ "type": "string", "maxLength": 200 });
    let port = || json!({ "type": "integer", "minimum": 1, "maximum": 65_535 });
    let way = || schema::one_of(MAIL_WAYS.map(|(word, _)| word));
    let step = schema::object(&[("name", schema::one_of(STEPS.iter().map(|step| step.name))), ("done", flag())]);
    // A house that nobody set up yet has no country.
    let known = std::iter::once("").chain(countries());
    vec![
        ("Setup", schema::object(&[("steps", schema::many(step)), ("dismissed", flag())])),
        (
            "Nation",
            schema::object(&[
                ("country", schema::one_of(known)),
                ("zone", json!({ "type": "string", "minLength": 1, "maxLength": 64, "examples": ["Africa/Cairo"] })),
                ("language", tag()),
                ("languages", schema::some(1, Lang::ALL.len(), tag())),
                ("names", schema::given(0, &names)),
            ]),
        ),
        (
            "MailSetup",
            schema::object(&[
                ("leaves", flag()),
                ("from_name", text()),
                ("from_mail", text()),
                ("host", text()),
                ("port", port()),
                ("tls", way()),
                ("login", text()),
                ("has_password", flag()),
            ]),
        ),
        (
            "MailSetupGiven",
            schema::given(
                2,
                &[
                    ("leaves", flag()),
                    ("from_mail", field()),
                    ("from_name", field()),
                    ("host", field()),
                    ("port", port()),
                    ("tls", way()),
                    ("login", field()),
                    (
                        "password",
                        json!({ "type": "string", "maxLength": 200, "description": "empty for the one that is kept" }),
                    ),
                ],
            ),
        ),
        ("MailTest", schema::given(1, &[("to", schema::words(3, 254))])),
        ("MailTested", schema::object(&[("said", schema::maybe_text())])),
    ]
}

/// What could not be stored, as programs are told.
pub(in crate::pages) fn not_stored(error: SetError) -> Problem {
    match error {
        SetError::Store(error) => error.into(),
        other => Problem::refused("not-stored", other),
    }
}

async fn steps(visit: Visit, Stated(desk): Stated<Arc<Desk>>) -> ApiAnswer {
    let house = &desk.house;
    let steps = setup::steps(&house.db, &house.watch, &house.config).await?;
    let shown: Vec<Value> = steps.iter().map(|(step, done)| json!({ "name": step.name, "done": done })).collect();
    Ok(record(&json!({ "steps": shown, "dismissed": setup::is_dismissed(&visit.db).await? })))
}

async fn dismiss(visit: Visit, desk: Stated<Arc<Desk>>) -> ApiAnswer {
    setup::dismiss(&visit.db, &visit.viewer.name, visit.now).await?;
    steps(visit, desk).await
}

pub(super) fn nation_json(config: &Config) -> Value {
    let nation = Nation::of(config);
    json!({
        "country": nation.country, "zone": nation.zone, "language": nation.language, "languages": nation.languages,
        "names": nation.names,
    })
}

async fn nation(Stated(desk): Stated<Arc<Desk>>) -> ApiAnswer {
    Ok(record(&nation_json(&written(&desk.house.data).map_err(not_stored)?)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NationGiven {
    country: String,
    zone: String,
    language: String,
    languages: Vec<String>,
    names: BTreeMap<String, String>,
}

async fn set_nation(
    visit: Visit,
    Stated(desk): Stated<Arc<Desk>>,
    is: Match,
    Given(given): Given<NationGiven>,
) -> ApiAnswer {
    if let Some(tag) = given.names.keys().find(|tag| Lang::parse(tag).is_none()) {
        return Err(Problem::invalid("names", "unknown", tag));
    }
    let NationGiven { country, zone, language, languages, names } = given;
    let nation = Nation { country, zone, language, languages, names };
    let wrong =
        |why: NationTrouble| Problem { detail: why.to_string(), ..Problem::invalid(why.field(), why.code(), "") };
    nation.check().map_err(wrong)?;
    let held = hold(&visit.db, &desk.house.data).await.map_err(not_stored)?;
    is.check(&etag_of(&nation_json(&held.config)))?;
    let stored = held.store(&visit.viewer.name, "nation_set", &nation.changes(), visit.now).await;
    let config = stored.map_err(not_stored)?;
    desk.read_again().await?;
    Ok(record(&nation_json(&config)))
}

pub(super) fn mail_json(config: &Config) -> Value {
    let mail = MailForm::of(config);
    json!({
        "leaves": mail.leaves, "from_name": mail.from_name, "from_mail": mail.from_mail, "host": mail.host,
        "port": config.mail.smtp.port, "tls": mail.tls, "login": mail.login,
        "has_password": setup::secret_login(config).is_some(),
    })
}

async fn mail(Stated(desk): Stated<Arc<Desk>>) -> ApiAnswer {
    Ok(record(&mail_json(&written(&desk.house.data).map_err(not_stored)?)))
}

/// The way mail leaves; what is not named stays as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailSetupGiven {
    leaves: bool,
    from_mail: String,
    from_name: Option<String>,
    host: Option<String>,
    port: Option<u16>,
    tls: Option<String>,
    login: Option<String>,
    #[serde(default)]
    password: String,
}

async fn set_mail(
    visit: Visit,
    Stated(desk): Stated<Arc<Desk>>,
    is: Match,
    Given(given): Given<MailSetupGiven>,
) -> ApiAnswer {
    let held = hold(&visit.db, &desk.house.data).await.map_err(not_stored)?;
    let before = &held.config;
    is.check(&etag_of(&mail_json(before)))?;
    let known = MailForm::of(before);
    let trimmed = |text: Option<String>, known: String| text.map_or(known, |text| text.trim().to_string());
    let mail = MailForm {
        leaves: given.leaves,
        from_mail: given.from_mail.trim().to_string(),
        from_name: trimmed(given.from_name, known.from_name),
        host: trimmed(given.host, known.host),
        port: given.port.map_or(known.port, |port| port.to_string()),
        tls: given.tls.unwrap_or(known.tls),
        login: trimmed(given.login, known.login),
        password: given.password,
    };
    let wrong = |why: MailTrouble| Problem { detail: why.to_string(), ..Problem::invalid(why.field(), why.code(), "") };
    mail.check(before).map_err(wrong)?;
    let changes = mail.keep(&desk.house.data, before).map_err(not_stored)?;
    let stored = held.store(&visit.viewer.name, "mail_set", &changes, visit.now).await;
    let config = stored.map_err(not_stored)?;
    desk.read_again().await?;
    Ok(record(&mail_json(&config)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MailTest {
    to: String,
}

async fn test(visit: Visit, Stated(desk): Stated<Arc<Desk>>, Given(given): Given<MailTest>) -> ApiAnswer {
    let (config, to) = (&desk.house.config, given.to.trim());
    if !is_mail_address(to) {
        return Err(Problem::invalid("to", "address", to));
    }
    let said = test_letter(&config.mail, visit.words(), visit.lang, &config.team, to, visit.now).await;
    let said = said.map_err(|said| Problem::refused("mail-refused", said))?;
    Ok(answer(&json!({ "said": said })))
}
