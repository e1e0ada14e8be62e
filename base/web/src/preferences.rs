//! What a person set for their own eyes: region, digits, calendar, time zone, theme, density, keys, live pages.

use askama::Template;
use axum::Form;
use axum::http::{StatusCode, header};
use chrono_tz::Tz;
use manara_model::Micros;
use manara_store::{Arg, Journal, Row, StoreError, Tx};
use serde::Deserialize;

use crate::error::{Answer, PageError};
use crate::list::Choice;
use crate::locale::{Digits, Locale, REGIONS};
use crate::visit::{Page, Tone, Visit};
use crate::words::Lang;

const SAVE: &str = "
    INSERT INTO web_preference (user_id, region, digits, islamic, zone, theme, density, keys, live, keep)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (user_id) DO UPDATE SET region = excluded.region, digits = excluded.digits, islamic = excluded.islamic,
        zone = excluded.zone, theme = excluded.theme, density = excluded.density, keys = excluded.keys,
        live = excluded.live, keep = excluded.keep";
const OF_PERSON: &str = "
    SELECT u.lang, p.region, p.digits, p.islamic, p.zone, p.theme, p.density, p.keys, p.live, p.keep
      FROM web_user u LEFT JOIN web_preference p ON p.user_id = u.id WHERE u.id = $1";
const SET_LANG: &str = "UPDATE web_user SET lang = $2 WHERE id = $1";

/// Whose light and dark a page has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the machine says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// The strongest contrast, light or dark as the machine says.
    Contrast,
}

impl Theme {
    /// All, in the order of the form.
    pub const ALL: [Theme; 4] = [Self::System, Self::Light, Self::Dark, Self::Contrast];

    /// The word kept in the database, used in message keys and by the style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Contrast => "contrast",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.as_str() == text)
    }

    /// What the browser is told: which colours its own controls may have.
    pub fn color_scheme(self) -> &'static str {
        match self {
            Self::System | Self::Contrast => "light dark",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// How close the lines of a list stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Density {
    /// With room.
    #[default]
    Roomy,
    /// As many lines as can be read.
    Dense,
}

impl Density {
    /// Both.
    pub const ALL: [Density; 2] = [Self::Roomy, Self::Dense];

    /// The word kept in the database, used in message keys and by the style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Roomy => "roomy",
            Self::Dense => "dense",
        }
    }

    /// Reads the word.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|density| density.as_str() == text)
    }
}

/// What a person set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// Two letters of a region of [`REGIONS`]; empty for none.
    pub region: &'static str,
    /// Which digits Arabic has.
    pub digits: Digits,
    /// Whether days have their Islamic date beside them.
    pub islamic: bool,
    /// The time zone of everything shown.
    pub zone: Tz,
    /// Light, dark, contrast.
    pub theme: Theme,
    /// How close lines stand.
    pub density: Density,
    /// Whether single keys do something. WCAG 2.1.4 wants a way to switch them off.
    pub keys: bool,
    /// Whether pages tell of changes, and home makes itself anew. WCAG 2.2.2 wants a way to stop that.
    pub live: bool,
    /// Whether this person's browsers keep what was written until it is sent.
    pub keep: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        let (digits, theme, density) = Default::default();
        Preferences {
            region: "",
            digits,
            islamic: false,
            zone: Tz::UTC,
            theme,
            density,
            keys: true,
            live: true,
            keep: true,
        }
    }
}

impl Preferences {
    /// How things are written for somebody with these preferences in a language.
    pub fn locale(&self, lang: Lang) -> Locale {
        let locale = Locale { islamic: self.islamic, zone: self.zone, ..lang.into() };
        locale.in_region(self.region, self.digits)
    }

    /// From a row of `web_preference`, `None` when it is missing; `at` is its first column. What is no longer known is the usual.
    pub(crate) fn read(row: &Row, at: usize) -> Result<Option<Preferences>, StoreError> {
        let usual = Preferences::default();
        let Some(region) = row.opt_text(at)? else { return Ok(None) };
        let text = |column| Ok::<_, StoreError>(row.opt_text(column)?.unwrap_or_default());
        Ok(Some(Preferences {
            region: known_region(&region).unwrap_or_default(),
            digits: Digits::parse(&text(at + 1)?).unwrap_or_default(),
            islamic: row.opt_bool(at + 2)?.unwrap_or(usual.islamic),
            zone: text(at + 3)?.parse().unwrap_or(usual.zone),
            theme: Theme::parse(&text(at + 4)?).unwrap_or_default(),
            density: Density::parse(&text(at + 5)?).unwrap_or_default(),
            keys: row.opt_bool(at + 6)?.unwrap_or(usual.keys),
            live: row.opt_bool(at + 7)?.unwrap_or(usual.live),
            keep: row.opt_bool(at + 8)?.unwrap_or(usual.keep),
        }))
    }

    async fn save(&self, tx: &mut Tx, user_id: &str) -> Result<(), StoreError> {
        let args: [Arg<'_>; 10] = [
            user_id.into(),
            self.region.into(),
            self.digits.as_str().into(),
            self.islamic.into(),
            self.zone.name().into(),
            self.theme.as_str().into(),
            self.density.as_str().into(),
            self.keys.into(),
            self.live.into(),
            self.keep.into(),
        ];
        tx.run(SAVE, &args).await?;
        Ok(())
    }
}

/// What somebody set with their language, or the usual of the house.
pub(crate) async fn of_person(
    tx: &mut Tx,
    user_id: &str,
    usual: Preferences,
) -> Result<Option<(Lang, Preferences)>, StoreError> {
    let Some(row) = tx.read_one(OF_PERSON, &[user_id.into()]).await? else { return Ok(None) };
    let lang = Lang::parse(&row.text(0)?).unwrap_or(Lang::En);
    Ok(Some((lang, Preferences::read(&row, 1)?.unwrap_or(usual))))
}

/// Sets what somebody wants for their own eyes.
pub(crate) async fn set(
    tx: &mut Tx,
    (user_id, who): (&str, &str),
    (lang, wanted): (Lang, &Preferences),
    now: Micros,
) -> Result<(), StoreError> {
    wanted.save(tx, user_id).await?;
    tx.run(SET_LANG, &[user_id.into(), lang.tag().into()]).await?;
    Journal::write(tx, who, "web", "settings_changed", user_id, "{}", now).await
}

pub(crate) fn known_region(code: &str) -> Option<&'static str> {
    REGIONS.iter().map(|region| region.code).find(|known| *known == code)
}

/// The zones forms offer: the ones of places, and UTC.
pub fn zones() -> impl Iterator<Item = &'static str> {
    let places = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).filter(|name| {
        let area = name.split('/').next().unwrap_or_default();
        let areas = ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
        name.contains('/') && areas.contains(&area)
    });
    std::iter::once("UTC").chain(places)
}

#[derive(Template)]
#[template(path = "web/settings.html")]
struct SettingsPage {
    page: Page,
    now: Preferences,
    regions: Vec<Choice>,
    zones: Vec<&'static str>,
    trouble: Option<String>,
}

impl SettingsPage {
    fn sample(&self) -> String {
        self.page.visit.locale.numbers.decimal(1_234_567.8, 1)
    }
}

/// `GET /account/settings`
pub(crate) async fn settings(visit: Visit) -> Answer {
    show(&visit, StatusCode::OK, visit.preferences, None)
}

fn show(visit: &Visit, status: StatusCode, now: Preferences, trouble: Option<String>) -> Answer {
    let mut regions: Vec<Choice> = REGIONS
        .iter()
        .map(|region| Choice {
            value: region.code.to_string(),
            label: visit.t(&format!("desk-region-{}", region.code.to_lowercase())),
        })
        .collect();
    regions.sort_by(|a, b| a.label.cmp(&b.label));
    // A zone that was set by an older name stays the one that is set.
    let mut zones: Vec<&'static str> = zones().collect();
    if !zones.contains(&now.zone.name()) {
        zones.push(now.zone.name());
    }
    let page = visit.page("desk-settings-title").under("/account", "web-account-title");
    visit.html_status(status, &SettingsPage { page, now, regions, zones, trouble })
}

#[derive(Deserialize)]
pub(crate) struct Given {
    #[serde(default)]
    lang: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    digits: String,
    #[serde(default)]
    calendar: String,
    #[serde(default)]
    zone: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    density: String,
    #[serde(default)]
    keys: String,
    #[serde(default)]
    live: String,
    #[serde(default)]
    keep: String,
}

/// `POST /account/settings`
pub(crate) async fn save(visit: Visit, Form(given): Form<Given>) -> Answer {
    let unknown = |name: &str| PageError::unreadable(format!("settings: {name}"));
    let lang = Lang::parse(&given.lang).ok_or_else(|| unknown("lang"))?;
    let mut wanted = Preferences {
        region: match given.region.as_str() {
            "" => "",
            code => known_region(code).ok_or_else(|| unknown("region"))?,
        },
        digits: Digits::parse(&given.digits).ok_or_else(|| unknown("digits"))?,
        islamic: given.calendar == "islamic",
        zone: Tz::UTC,
        theme: Theme::parse(&given.theme).ok_or_else(|| unknown("theme"))?,
        density: Density::parse(&given.density).ok_or_else(|| unknown("density"))?,
        keys: !given.keys.is_empty(),
        live: !given.live.is_empty(),
        keep: !given.keep.is_empty(),
    };
    match given.zone.parse() {
        Ok(zone) => wanted.zone = zone,
        Err(_) => {
            let trouble = visit.t_args("desk-settings-bad-zone", &[("zone", given.zone.into())]);
            return show(&visit, StatusCode::UNPROCESSABLE_ENTITY, wanted, Some(trouble));
        }
    }
    let mut tx = visit.db.begin().await?;
    set(&mut tx, (&visit.user_id, &visit.viewer.name), (lang, &wanted), visit.now).await?;
    tx.commit().await?;
    let mut response = visit.go_saying("/account/settings", Tone::Good, "desk-settings-saved", &[]);
    // The switch of the page may have chosen another language in this browser: what was set last holds.
    response.headers_mut().append(header::SET_COOKIE, visit.shell.cookie("lang", lang.tag(), 365 * 86_400));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::{Density, Digits, Theme, zones};

    #[test]
    fn words_in_the_database_are_read_as_they_were_written() {
        assert!(Theme::ALL.into_iter().all(|one| Theme::parse(one.as_str()) == Some(one)));
        assert!(Density::ALL.into_iter().all(|one| Density::parse(one.as_str()) == Some(one)));
        assert!(Digits::ALL.into_iter().all(|one| Digits::parse(one.as_str()) == Some(one)));
    }

    #[test]
    fn every_zone_of_the_form_is_a_zone() {
        let all: Vec<_> = zones().collect();
        assert!(all.len() > 300 && all.contains(&"Africa/Cairo") && all.contains(&"Asia/Riyadh"), "{}", all.len());
        assert!(all.iter().all(|name| name.parse::<chrono_tz::Tz>().is_ok()));
    }
}
