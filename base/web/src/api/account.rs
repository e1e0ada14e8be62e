//! One's own account for programs: settings, sessions, tokens. The password is changed where a person types it.

use axum::extract::Path;
use chrono_tz::Tz;
use manara_model::{Mailboxes, Micros};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::given::Given;
use super::matching::{Match, etag_of, record};
use super::op::Op;
use super::problem::{ApiAnswer, Problem};
use super::{made, schema};
use crate::locale::{Digits, REGIONS};
use crate::mailboxes;
use crate::people::{self, OpenSession};
use crate::preferences::{self, Density, Preferences, Theme, known_region};
use crate::rights::Right;
use crate::site::Site;
use crate::tokens::{self, NewToken, TOKEN_DAYS, Token, TokenError};
use crate::visit::Visit;
use crate::words::Lang;

/// The operations on what is one's own.
pub(crate) fn account() -> Site {
    let (read, change) = (Right::Enter, Right::ChangeAccount);
    Site::new()
        .api(
            Op::get(
                "/api/v1/me/settings",
                "getSettings",
                read,
                "What the token's person set for their own eyes, or what the house has for those who set nothing",
                "Settings",
            ),
            settings,
        )
        .api(
            Op::put("/api/v1/me/settings", "setSettings", change, "Sets all of it", "Settings").takes("Settings"),
            set_settings,
        )
        .api(
            Op::get("/api/v1/me/sessions", "listSessions", change, "Where the token's person is signed in", "Sessions"),
            sessions,
        )
        .api(
            Op::post("/api/v1/me/sessions/end", "endSessions", change, "Signs the person out everywhere", "Ended"),
            end_all,
        )
        .api(
            Op::post("/api/v1/me/sessions/{id}/end", "endSession", change, "Ends one session of the person", "Ended"),
            end_one,
        )
        .api(
            Op::get(
                "/api/v1/me/tokens",
                "listTokens",
                change,
                "The tokens of the token's person, the newest first; their secrets are nowhere",
                "OwnTokens",
            ),
            list_tokens,
        )
        .api(
            Op::make(
                "/api/v1/me/tokens",
                "makeToken",
                change,
                "Makes a token and gives its secret: the only time. It may no more, sees no more and lasts no longer than \
                 the token that makes it",
                "TokenMade",
            )
            .takes("NewOwnToken")
            .secret(),
            make_token,
        )
        .api(
            Op::post("/api/v1/me/tokens/{id}/revoke", "revokeToken", change, "Revokes a token for good", "OwnToken"),
            revoke_token,
        )
        .schemas(schemas())
}

fn schemas() -> Vec<(&'static str, Value)> {
    let (text, flag, moment) = (schema::text, schema::flag, schema::moment);
    let regions = std::iter::once("").chain(REGIONS.iter().map(|region| region.code));
    let token = || {
        vec![
            ("id", text()),
            ("name", text()),
            ("prefix", text()),
            ("scopes", schema::many(text())),
            ("mailboxes", schema::many(text())),
            ("made", moment()),
            ("expires", moment()),
            ("used", schema::maybe_moment()),
            ("revoked", schema::maybe_moment()),
            ("live", flag()),
        ]
    };
    let mut with_secret = token();
    with_secret.push(("secret", text()));
    let scopes = || schema::one_of(Right::scoped().filter_map(Right::scope));
    let days = json!({ "type": "integer", "minimum": 1, "maximum": TOKEN_DAYS });
    vec![
        (
            "Settings",
            schema::object(&[
                ("language", schema::one_of(Lang::ALL.map(Lang::tag))),
                ("region", schema::one_of(regions)),
                ("digits", schema::one_of(Digits::ALL.map(Digits::as_str))),
                ("calendar", schema::one_of(CALENDARS)),
                ("zone", json!({ "type": "string", "minLength": 1, "maxLength": 64, "examples": ["Africa/Cairo"] })),
                ("theme", schema::one_of(Theme::ALL.map(Theme::as_str))),
                ("density", schema::one_of(Density::ALL.map(Density::as_str))),
                ("keys", flag()),
                ("live", flag()),
                ("keep", flag()),
            ]),
        ),
        (
            "Sessions",
            schema::object(&[(
                "sessions",
                schema::many(schema::object(&[
                    ("id", text()),
                    ("made", moment()),
                    ("seen", moment()),
                    ("address", text()),
                    ("agent", text()),
                ])),
            )]),
        ),
        ("Ended", schema::object(&[("ended", schema::count())])),
        ("OwnToken", schema::object(&token())),
        ("TokenMade", schema::object(&with_secret)),
        ("OwnTokens", schema::object(&[("tokens", schema::many(schema::of("OwnToken")))])),
        (
            "NewOwnToken",
            schema::given(
                3,
                &[
                    ("name", schema::words(2, 40)),
                    ("scopes", schema::some(1, 50, scopes())),
                    ("days", days),
                    ("mailboxes", schema::some(0, 50, schema::words(3, 254))),
                ],
            ),
        ),
    ]
}

/// Whether days have their Islamic date beside them.
const CALENDARS: [&str; 2] = ["gregorian", "islamic"];

/// What somebody set, as it travels both ways.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    language: String,
    region: String,
    digits: String,
    calendar: String,
    zone: String,
    theme: String,
    density: String,
    keys: bool,
    live: bool,
    keep: bool,
}

impl Settings {
    fn of(lang: Lang, set: &Preferences) -> Settings {
        Settings {
            language: lang.tag().into(),
            region: set.region.into(),
            digits: set.digits.as_str().into(),
            calendar: if set.islamic { "islamic" } else { "gregorian" }.into(),
            zone: set.zone.name().into(),
            theme: set.theme.as_str().into(),
            density: set.density.as_str().into(),
            keys: set.keys,
            live: set.live,
            keep: set.keep,
        }
    }

    fn read(&self) -> Result<(Lang, Preferences), Problem> {
        let unknown = |field: &'static str, found: &str| Problem::invalid(field, "unknown", found);
        let lang = Lang::parse(&self.language).ok_or_else(|| unknown("language", &self.language))?;
        let region = match self.region.as_str() {
            "" => "",
            code => known_region(code).ok_or_else(|| unknown("region", code))?,
        };
        if !CALENDARS.contains(&self.calendar.as_str()) {
            return Err(unknown("calendar", &self.calendar));
        }
        let zone: Tz = self.zone.parse().map_err(|_| unknown("zone", &self.zone))?;
        let set = Preferences {
            region,
            digits: Digits::parse(&self.digits).ok_or_else(|| unknown("digits", &self.digits))?,
            islamic: self.calendar == "islamic",
            zone,
            theme: Theme::parse(&self.theme).ok_or_else(|| unknown("theme", &self.theme))?,
            density: Density::parse(&self.density).ok_or_else(|| unknown("density", &self.density))?,
            keys: self.keys,
            live: self.live,
            keep: self.keep,
        };
        Ok((lang, set))
    }

    fn json(&self) -> Value {
        json!(self)
    }
}

/// What is set now, in the transaction that may change it.
async fn now_set(tx: &mut manara_store::Tx, visit: &Visit) -> Result<Value, Problem> {
    let found = preferences::of_person(tx, &visit.user_id, visit.preferences).await?;
    let (lang, set) = found.ok_or_else(Problem::not_found)?;
    Ok(Settings::of(lang, &set).json())
}

async fn settings(visit: Visit) -> ApiAnswer {
    let mut tx = visit.db.begin_snapshot().await?;
    Ok(record(&now_set(&mut tx, &visit).await?))
}

async fn set_settings(visit: Visit, is: Match, Given(given): Given<Settings>) -> ApiAnswer {
    let (lang, wanted) = given.read()?;
    let mut tx = visit.db.begin().await?;
    is.check(&etag_of(&now_set(&mut tx, &visit).await?))?;
    preferences::set(&mut tx, (&visit.user_id, &visit.viewer.name), (lang, &wanted), visit.now).await?;
    tx.commit().await?;
    Ok(record(&Settings::of(lang, &wanted).json()))
}

async fn sessions(visit: Visit) -> ApiAnswer {
    let all = people::sessions_of(&visit.db, &visit.user_id, visit.now).await?;
    let shown = |one: &OpenSession| {
        json!({ "id": one.id, "made": one.made.rfc3339(), "seen": one.seen.rfc3339(), "address": one.address,
            "agent": one.agent })
    };
    Ok(record(&json!({ "sessions": all.iter().map(shown).collect::<Vec<_>>() })))
}

async fn end_one(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    match end(&visit, Some(&id)).await? {
        0 => Err(Problem::not_found()),
        ended => Ok(super::json(&json!({ "ended": ended }))),
    }
}

async fn end_all(visit: Visit) -> ApiAnswer {
    let ended = end(&visit, None).await?;
    Ok(super::json(&json!({ "ended": ended })))
}

/// A program is in no session, so that none is spared.
async fn end(visit: &Visit, one: Option<&str>) -> Result<u64, Problem> {
    let mut tx = visit.db.begin().await?;
    let me = (visit.user_id.as_str(), visit.viewer.name.as_str());
    let ended = people::end_own_sessions(&mut tx, me, "", one, visit.now).await?;
    tx.commit().await?;
    Ok(ended)
}

fn token_json(one: &Token, now: Micros) -> Value {
    json!({
        "id": one.id, "name": one.name, "prefix": one.prefix, "scopes": one.scopes, "mailboxes": one.mailboxes.names(),
        "made": one.made.rfc3339(), "expires": one.expires.rfc3339(), "used": one.used.map(Micros::rfc3339),
        "revoked": one.revoked.map(Micros::rfc3339), "live": one.is_live(now),
    })
}

async fn list_tokens(visit: Visit) -> ApiAnswer {
    let all = tokens::tokens(&visit.db, &visit.viewer.name).await?;
    let shown: Vec<Value> = all.iter().map(|one| token_json(one, visit.now)).collect();
    Ok(record(&json!({ "tokens": shown })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewOwnToken {
    name: String,
    scopes: Vec<String>,
    days: i64,
    #[serde(default)]
    mailboxes: Vec<String>,
}

impl NewOwnToken {
    /// The token to be made, which goes no further than the one that asks for it.
    fn read(self, visit: &Visit) -> Result<NewToken, Problem> {
        let scopes = self.scopes.iter().map(|scope| match Right::of_scope(scope) {
            None => Err(Problem::invalid("scopes", "unknown", scope)),
            Some(right) if !visit.may(right) => Err(Problem::invalid("scopes", "beyond", scope)),
            Some(right) => Ok(right),
        });
        let scopes = scopes.collect::<Result<Vec<_>, _>>()?;
        let ends = visit.token.as_ref().map(|token| token.expires);
        let is_day = (1..=TOKEN_DAYS).contains(&self.days);
        if is_day && ends.is_none_or(|ends| visit.now.plus_days(self.days) > ends) {
            return Err(Problem::invalid("days", "beyond", self.days));
        }
        Ok(NewToken { name: self.name, scopes, days: self.days, mailboxes: within(visit, &self.mailboxes)? })
    }
}

/// The mailboxes that are asked for, or all the token sees.
fn within(visit: &Visit, addresses: &[String]) -> Result<Mailboxes, Problem> {
    let seen = &visit.viewer.mailboxes;
    let beyond = || Problem::invalid("mailboxes", "beyond", addresses.join(" "));
    let chosen = match addresses.is_empty() {
        true => seen.clone(),
        false => mailboxes::named(visit, addresses)
            .ok_or_else(|| Problem::invalid("mailboxes", "address", addresses.join(" ")))?,
    };
    // A token that sees no mailbox at all has nothing to give; kept as no names it would mean all.
    let sees_none = !seen.is_all() && seen.names().is_empty();
    if sees_none || !chosen.are_within(seen) { Err(beyond()) } else { Ok(chosen) }
}

async fn make_token(visit: Visit, Given(given): Given<NewOwnToken>) -> ApiAnswer {
    let new = given.read(&visit)?;
    let who = visit.viewer.name.as_str();
    let mut tx = visit.db.begin().await?;
    let secret = tokens::make_token(&mut tx, who, who, &new, visit.now).await.map_err(not_made)?;
    tx.commit().await?;
    let all = tokens::tokens(&visit.db, who).await?;
    let one = all.iter().find(|one| secret.starts_with(&one.prefix));
    let one = one.ok_or_else(|| Problem::internal("a token that was made is not there"))?;
    let mut value = token_json(one, visit.now);
    if let Value::Object(members) = &mut value {
        members.insert("secret".into(), secret.into());
    }
    Ok(made("/api/v1/me/tokens", &value))
}

fn not_made(error: TokenError) -> Problem {
    let code = error.code();
    match error {
        TokenError::Name => Problem { detail: error.to_string(), ..Problem::invalid("name", code, "") },
        TokenError::Scopes => Problem { detail: error.to_string(), ..Problem::invalid("scopes", code, "") },
        TokenError::Days => Problem { detail: error.to_string(), ..Problem::invalid("days", code, "") },
        TokenError::Taken | TokenError::TooMany => Problem::refused(code, error),
        TokenError::Nobody => Problem::not_found(),
        TokenError::Store(error) => error.into(),
    }
}

async fn revoke_token(visit: Visit, Path(id): Path<String>) -> ApiAnswer {
    let who = visit.viewer.name.as_str();
    let mut tx = visit.db.begin().await?;
    // Revoked twice is revoked once; of somebody else's nothing is revoked.
    tokens::revoke_token(&mut tx, who, who, &id, visit.now).await?;
    tx.commit().await?;
    let all = tokens::tokens(&visit.db, who).await?;
    let one = all.iter().find(|one| one.id == id).ok_or_else(Problem::not_found)?;
    Ok(super::json(&token_json(one, visit.now)))
}
