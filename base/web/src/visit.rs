//! One request of one reader, and the frame of the page it gets.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use manara_model::{FindingState, Micros, Severity, Tlp, Viewer, escaped};
use manara_store::Db;

use crate::error::{Answer, PageError};
use crate::locale::{Locale, Numbers};
use crate::markup::{Markup, badge, foreign, mono};
use crate::nav::{NAV, NavItem};
use crate::preferences::Preferences;
use crate::rights::{Right, Role};
use crate::services::{Service, Services};
use crate::shell::{Rendered, Shell};
use crate::tokens::AtWork;
use crate::undo::Undo;
use crate::views::View;
use crate::words::{Lang, Word};
use crate::{csrf, local_path};

/// How a message after a form feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Good,
    /// It worked, but.
    Warn,
    /// It did not.
    Bad,
}

impl Tone {
    /// The word in CSS classes and message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A message shown once, on the page after a form. Only keys and values are kept, on the server.
#[derive(Debug, Clone)]
pub(crate) struct Flash {
    pub tone: Tone,
    pub key: &'static str,
    pub args: Vec<(&'static str, Word)>,
    pub undo: Option<Undo>,
}

/// A message after a form, in the reader's words.
#[derive(Debug, Clone)]
pub struct Said {
    /// How it feels.
    pub tone: Tone,
    /// What it says.
    pub words: String,
    /// What takes the change back, when something does.
    pub undo: Option<Undo>,
}

/// Who asks, for what, in which language. Every handler takes one.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Whose eyes: for every read. Somebody not signed in sees TLP:CLEAR.
    pub viewer: Viewer,
    /// What they are; `None` when not signed in.
    pub role: Option<Role>,
    /// Their language.
    pub lang: Lang,
    /// How numbers and moments are written for them.
    pub locale: Locale,
    /// What they set for their own eyes.
    pub preferences: Preferences,
    /// The language they chose by the switch, if they did.
    pub lang_chosen: Option<Lang>,
    /// What they asked for.
    pub uri: Uri,
    /// The state database.
    pub db: Db,
    /// Which services are on.
    pub services: Services,
    /// When the request came.
    pub now: Micros,
    /// Names the request in the log and on error pages.
    pub id: String,
    pub(crate) shell: Arc<Shell>,
    pub(crate) host: String,
    pub(crate) address: String,
    pub(crate) csrf_secret: [u8; 32],
    pub(crate) user_id: String,
    pub(crate) session: String,
    pub(crate) wants_json: bool,
    /// The token of a program; `None` for people.
    pub(crate) token: Option<Arc<AtWork>>,
    /// Whether too many wrong tokens came from there.
    pub(crate) is_guessing: bool,
    /// The saved views of the list that is asked for.
    pub(crate) views: Arc<Vec<View>>,
    /// The place in the journal where the page begins to hear of changes; `None` when it doesn't.
    pub(crate) live: Option<i64>,
    /// Whether somebody is there to read the messages that wait.
    pub(crate) takes_flashes: bool,
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        parts.extensions.get::<Visit>().cloned().ok_or_else(|| PageError::internal("a handler outside the shell"))
    }
}

impl Visit {
    /// The same request of nobody in particular: for pages that their address alone opens.
    pub(crate) fn into_stranger(self) -> Visit {
        let viewer = Viewer::cleared("", Tlp::Clear);
        let preferences = self.shell.usual().preferences();
        let locale = preferences.locale(self.lang);
        let views = Arc::default();
        let (role, user_id, session, csrf_secret) = (None, String::new(), String::new(), [0; 32]);
        Visit { viewer, role, user_id, session, csrf_secret, preferences, locale, views, live: None, ..self }
    }

    /// Answers in another language, with its own numbers and dates.
    pub fn speak(&mut self, lang: Lang) {
        (self.lang, self.locale) = (lang, self.preferences.locale(lang));
    }

    /// The region of the house by its two letters; empty when it changes nothing of how things are written.
    pub fn country(&self) -> &'static str {
        self.shell.usual().region
    }

    /// The id of whoever is signed in; empty for nobody.
    pub fn user_id(&self) -> &str {
        &self.user_id
    }

    /// Where the request comes from, as the journal shows it.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// One of our paths as somebody elsewhere types it: by the name the reader reaches us under.
    pub fn own_address(&self, path: &str) -> String {
        let scheme = if self.shell.config.https { "https" } else { "http" };
        format!("{scheme}://{}{path}", self.host)
    }

    /// Notes a request that looks like guessing; false when its address, or all together, did so too often of late.
    pub fn may_guess(&self) -> bool {
        self.shell.throttle.may_guess(&self.address, self.now)
    }

    /// Notes a report of somebody without an account; false when there were too many of late, from there or from everywhere.
    pub fn may_report(&self) -> bool {
        self.shell.throttle.may_report(&self.address, self.now)
    }

    /// Whether a program asks whose token sees fewer mailboxes than its person. What it sets in motion for its person would
    /// go further than it may.
    pub fn sees_less_than_its_person(&self) -> bool {
        self.token.as_ref().is_some_and(|token| token.narrowed)
    }

    /// Whether a service is on.
    pub fn has(&self, service: Service) -> bool {
        self.services.is_on(service)
    }

    /// Whether the reader has a right, and the service it is for is on.
    pub fn may(&self, right: Right) -> bool {
        let may =
            self.role.is_some_and(|role| role.may(right)) && right.service().is_none_or(|service| self.has(service));
        // A program may what its token says; who it is, it may always ask.
        may && self.token.as_ref().is_none_or(|token| right == Right::Enter || token.scopes.contains(&right))
    }

    /// All messages.
    pub fn words(&self) -> &crate::words::Words {
        &self.shell.words
    }

    /// A message in the reader's language.
    pub fn t(&self, key: &str) -> String {
        self.shell.words.t(self.locale, key)
    }

    /// A message with values.
    pub fn t_args(&self, key: &str, args: &[(&str, Word)]) -> String {
        self.shell.words.t_args(self.locale, key, args)
    }

    /// The values of a name in the query string, in order.
    pub fn query(&self, name: &str) -> Option<String> {
        self.query_pairs().into_iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }

    /// All of the query string, at most 200 pairs.
    pub fn query_pairs(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes())
            .take(200)
            .map(|(n, v)| (n.into_owned(), v.into_owned()))
            .collect()
    }

    /// The address of this one request, as a problem names it: the path, and the id that is in the log.
    pub(crate) fn instance(&self) -> String {
        format!("{}#{}", self.uri.path(), self.id)
    }

    /// Whether the reader is a program that wants JSON.
    pub fn wants_json(&self) -> bool {
        self.wants_json
    }

    /// The frame of a page with a title from the words. Takes the waiting messages with it.
    pub fn page(&self, title_key: &str) -> Page {
        self.page_titled(self.t(title_key))
    }

    /// The frame of a page with a title of its own, such as a record's name.
    pub fn page_titled(&self, title: String) -> Page {
        self.frame(title, if self.takes_flashes { self.shell.take_flashes(&self.session) } else { Vec::new() })
    }

    /// What a fragment on another page works with: its frame leaves the waiting messages to that page.
    pub fn fragment(&self) -> Page {
        self.frame(String::new(), Vec::new())
    }

    fn frame(&self, title: String, flashes: Vec<Flash>) -> Page {
        let path = self.uri.path();
        let nav = NAV
            .iter()
            .filter(|item| self.may(item.right) && self.services.missing(item.href, None).is_none())
            .filter(|item| self.shell.has_page(item.href))
            .map(|item| NavLink { item, label: self.t(item.key), current: item.is_of(path) })
            .collect();
        Page {
            title,
            lang: self.lang,
            nav,
            crumbs: Vec::new(),
            flashes: flashes
                .into_iter()
                .map(|flash| Said {
                    words: self.shell.words.t_args(self.locale, flash.key, &flash.args),
                    tone: flash.tone,
                    undo: flash.undo,
                })
                .collect(),
            languages: self.shell.usual().offered.iter().map(|lang| (*lang, self.with_lang(*lang))).collect(),
            visit: self.clone(),
        }
    }

    /// A page.
    pub fn html(&self, template: &impl askama::Template) -> Answer {
        self.html_status(StatusCode::OK, template)
    }

    /// A page with another status, such as 422 for a form with mistakes in it.
    pub fn html_status(&self, status: StatusCode, template: &impl askama::Template) -> Answer {
        let mut response = (status, template.render()?).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        response.extensions_mut().insert(Rendered);
        Ok(response)
    }

    /// JSON text, as it is.
    pub fn json(&self, text: String) -> Response {
        ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response()
    }

    /// A file to keep. It is never shown in the browser.
    pub fn download(
        &self,
        file_name: &str,
        content_type: &'static str,
        bytes: impl Into<axum::body::Body>,
    ) -> Response {
        let fields =
            [(header::CONTENT_TYPE, content_type.to_string()), (header::CONTENT_DISPOSITION, kept_as(file_name))];
        (fields, bytes.into()).into_response()
    }

    /// Sends the reader to another page of ours, after a form.
    pub fn go(&self, path: &str) -> Response {
        let path = local_path(path).unwrap_or("/");
        (StatusCode::SEE_OTHER, [(header::LOCATION, path.to_string())]).into_response()
    }

    /// Sends the reader to another page of ours, which will show a message once.
    pub fn go_saying(&self, path: &str, tone: Tone, key: &'static str, args: &[(&'static str, Word)]) -> Response {
        self.shell.keep_flash(&self.session, Flash { tone, key, args: args.to_vec(), undo: None });
        self.go(path)
    }

    /// The same after a change that can be taken back: the message has a button for it.
    pub fn go_undoable(&self, path: &str, key: &'static str, args: &[(&'static str, Word)], undo: Undo) -> Response {
        self.shell.keep_flash(&self.session, Flash { tone: Tone::Good, key, args: args.to_vec(), undo: Some(undo) });
        self.go(path)
    }

    /// The same visit at the address of another page, with nothing asked of it: for a form that goes to an address of its own and
    /// is answered with the page it stands on, whose links would lead where nothing can be opened.
    pub fn at(&self, path: &str) -> Visit {
        let mut visit = self.clone();
        if let Ok(uri) = path.parse() {
            visit.uri = uri;
        }
        visit
    }

    /// The address of this page in another language.
    fn with_lang(&self, lang: Lang) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.query_pairs().into_iter().filter(|(name, _)| name != "lang"));
        query.append_pair("lang", lang.tag());
        format!("{}?{}", self.uri.path(), query.finish())
    }
}

/// A line of the navigation, as shown.
#[derive(Debug, Clone)]
pub struct NavLink {
    /// What it is.
    pub item: &'static NavItem,
    /// Its words.
    pub label: String,
    /// Whether the reader is there.
    pub current: bool,
}

/// The frame around every page. A template holds it as `page` and extends `layout.html`.
#[derive(Debug, Clone)]
pub struct Page {
    /// The page's name: in the window title and as its heading.
    pub title: String,
    /// The reader's language.
    pub lang: Lang,
    /// The navigation, as far as the reader's rights go.
    pub nav: Vec<NavLink>,
    /// The way here: address and words.
    pub crumbs: Vec<(String, String)>,
    /// What the last form had to say.
    pub flashes: Vec<Said>,
    /// This page in each language.
    pub languages: Vec<(Lang, String)>,
    /// The request itself.
    pub visit: Visit,
}

impl Page {
    /// Adds a step to the way here, with words from a message.
    #[must_use]
    pub fn under(mut self, href: &str, key: &str) -> Page {
        let words = self.visit.t(key);
        self.crumbs.push((href.to_string(), words));
        self
    }

    /// Adds a step to the way here, with a name of its own.
    #[must_use]
    pub fn under_named(mut self, href: &str, name: &str) -> Page {
        self.crumbs.push((href.to_string(), name.to_string()));
        self
    }

    /// Whether the reader can search everywhere.
    pub fn has_search(&self) -> bool {
        !self.nav.is_empty() && self.visit.shell.may_open(&self.visit, "/search")
    }

    /// Whether the reader may open a page of this address, if there is one.
    pub fn has_page(&self, path: &str) -> bool {
        self.visit.shell.may_open(&self.visit, path)
    }

    /// Whether the reader has a right.
    pub fn may(&self, right: Right) -> bool {
        self.visit.may(right)
    }

    /// A message.
    pub fn t(&self, key: impl AsRef<str>) -> String {
        self.visit.t(key.as_ref())
    }

    /// A message with one value: `page.t1("watch-findings-count", "count", n)`.
    pub fn t1(&self, key: &str, name: &str, value: impl IntoWord) -> String {
        self.visit.t_args(key, &[(name, value.into_word())])
    }

    /// A message with two values.
    pub fn t2(&self, key: &str, a: &str, a_value: impl IntoWord, b: &str, b_value: impl IntoWord) -> String {
        self.visit.t_args(key, &[(a, a_value.into_word()), (b, b_value.into_word())])
    }

    /// A message with any number of values.
    pub fn t_args(&self, key: &str, args: &[(&str, Word)]) -> String {
        self.visit.t_args(key, args)
    }

    /// The hidden field every form begins with.
    pub fn csrf(&self) -> Markup {
        let token = csrf::masked(&self.visit.csrf_secret);
        Markup(format!(r#"<input type="hidden" name="csrf" value="{token}">"#))
    }

    /// The button that takes back what a message tells of.
    pub fn undo(&self, said: &Said) -> Markup {
        said.undo.as_ref().map(|undo| undo.button(self)).unwrap_or_default()
    }

    /// The place in the journal where this page begins to hear of changes; `None` when it doesn't.
    pub fn live(&self) -> Option<i64> {
        self.visit.live
    }

    /// What the scripts must know of the reader, as attributes of the page: who, on which clock, and what is switched on.
    pub fn for_scripts(&self) -> Markup {
        let visit = &self.visit;
        if visit.role.is_none() {
            return Markup::default();
        }
        let on = |is_on: bool| if is_on { "on" } else { "off" };
        let digits = if visit.locale.numbers == Numbers::Arabic { "arab" } else { "latn" };
        Markup(format!(
            r#" data-keys="{}" data-keep="{}" data-person="{}" data-zone="{}" data-digits="{digits}""#,
            on(visit.preferences.keys),
            on(visit.preferences.keep),
            escaped(&visit.user_id),
            visit.locale.zone.name(),
        ))
    }

    /// The line in which the scripts say that something changed, or that the connection is lost. Empty until then.
    pub fn live_line(&self) -> Markup {
        if self.visit.role.is_none() {
            return Markup::default();
        }
        let after = self.visit.live.map(|place| format!(r#" data-after="{place}""#)).unwrap_or_default();
        let lost = if self.visit.preferences.keep { "live-lost-kept" } else { "live-lost" };
        let words = |name: &str, text: String| format!(r#" data-words-{name}="{}""#, escaped(&text));
        let all: String = [("lost", lost), ("out", "live-out"), ("discard", "live-discard"), ("other", "live-other")]
            .into_iter()
            .chain([("failed", "live-failed")])
            .map(|(name, key)| words(name, self.t(key)))
            .chain([("kept", "live-kept"), ("changed", "live-kept-changed")].map(|(name, key)| {
                // The script puts the moment there.
                words(name, self.t1(key, "time", "%"))
            }))
            .collect();
        Markup(format!(r#"<div id="live" role="status"{after}{all}></div>"#))
    }

    /// The address of an asset, with its hash in it.
    pub fn asset(&self, name: &str) -> String {
        self.visit.shell.assets.href(name)
    }

    /// A whole number for the reader.
    pub fn n(&self, number: impl IntoCount) -> Markup {
        Markup(format!(r#"<bdi class="num">{}</bdi>"#, self.visit.locale.numbers.whole(number.into_count())))
    }

    /// A part of a whole (0 to 1) for the reader.
    pub fn percent(&self, part: &f64) -> Markup {
        Markup(format!(r#"<bdi class="num">{}</bdi>"#, self.visit.locale.numbers.percent(*part)))
    }

    /// An address, hash, host name or id.
    pub fn mono(&self, text: &str) -> Markup {
        mono(text)
    }

    /// Words of somebody outside.
    pub fn foreign(&self, text: &str) -> Markup {
        foreign(text)
    }

    /// A moment for a table: ISO to the minute on the reader's clock; in words, with its zone and in UTC, when pointed at.
    pub fn time(&self, moment: &Micros) -> Markup {
        let text = self.visit.locale.local(*moment).format("%Y-%m-%d %H:%M").to_string();
        Markup(format!(
            r#"<time dir="ltr" class="mono" datetime="{}" title="{}">{}</time>"#,
            instant(*moment),
            self.full(*moment),
            self.ordered(&text)
        ))
    }

    /// A day in words, with its ISO form beside it, and its Islamic date when the reader wants it.
    pub fn day(&self, moment: &Micros) -> Markup {
        let words = &self.visit.shell.words;
        let locale = self.visit.locale;
        let day = locale.local(*moment).format("%Y-%m-%d").to_string();
        let islamic = match locale.islamic {
            true => format!(r#" <span class="mute">{}</span>"#, escaped(&words.islamic_day(locale, *moment))),
            false => String::new(),
        };
        Markup(format!(
            r#"<time datetime="{day}">{}</time>{islamic} <bdi dir="ltr" class="mono mute">{}</bdi>"#,
            escaped(&words.day(locale, *moment)),
            self.ordered(&day)
        ))
    }

    /// How long ago it was; the exact moment when pointed at.
    pub fn ago(&self, moment: &Micros) -> Markup {
        let words = self.visit.shell.words.ago(self.visit.locale, *moment, self.visit.now);
        Markup(format!(
            r#"<time datetime="{}" title="{}">{}</time>"#,
            instant(*moment),
            self.full(*moment),
            escaped(&words)
        ))
    }

    /// In which zone moments are shown, in words.
    pub fn zone(&self) -> String {
        self.t1("desk-times-in", "zone", self.visit.locale.zone_at(self.visit.now))
    }

    /// A date or a clock, from left to right whatever its digits: Arabic ones would turn it around their dashes.
    fn ordered(&self, text: &str) -> String {
        let numbers = self.visit.locale.numbers;
        match numbers {
            Numbers::Arabic => format!(r#"<bdo dir="ltr">{}</bdo>"#, numbers.digits(text)),
            _ => text.to_string(),
        }
    }

    /// A moment in words and in UTC, as it stands in an attribute.
    fn full(&self, moment: Micros) -> String {
        escaped(&format!("{} · {}", self.moment_words(moment), instant(moment)))
    }

    /// How bad it is, in words.
    pub fn severity(&self, severity: &Severity) -> Markup {
        let tone = match severity {
            Severity::Info => "mute",
            Severity::Low => "info",
            Severity::Medium => "warn",
            Severity::High => "bad",
            Severity::Critical => "crit",
        };
        badge(tone, &self.t(format!("web-severity-{}", severity.as_str())))
    }

    /// Where a finding stands, in words.
    pub fn state(&self, state: &FindingState) -> Markup {
        let tone = match state {
            FindingState::Open => "bad",
            FindingState::Reopened => "crit",
            FindingState::Notified => "warn",
            FindingState::Acknowledged => "info",
            FindingState::Fixed => "good",
            FindingState::FalsePositive | FindingState::Expired => "mute",
        };
        badge(tone, &self.t(format!("web-state-{}", state.as_str().replace('_', "-"))))
    }

    /// A TLP label. It is never translated.
    pub fn tlp(&self, tlp: &Tlp) -> Markup {
        let class = match tlp {
            Tlp::Clear => "clear",
            Tlp::Green => "green",
            Tlp::Amber | Tlp::AmberStrict => "amber",
            Tlp::Red => "red",
        };
        Markup(format!(r#"<bdi dir="ltr" class="tlp {class}">{}</bdi>"#, tlp.label()))
    }

    /// Any other state, in words from a message.
    pub fn badge(&self, tone: &str, key: &str) -> Markup {
        badge(tone, &self.t(key))
    }

    /// A button that posts to an address, with the form around it.
    pub fn button(&self, action: impl AsRef<str>, key: &str) -> Markup {
        Markup(format!(
            r#"<form method="post" action="{}" class="inline">{}<button>{}</button></form>"#,
            escaped(action.as_ref()),
            self.csrf(),
            escaped(&self.t(key))
        ))
    }

    fn moment_words(&self, moment: Micros) -> String {
        let (words, locale) = (&self.visit.shell.words, self.visit.locale);
        let mut day = words.day(locale, moment);
        if locale.islamic {
            day = format!("{day} · {}", words.islamic_day(locale, moment));
        }
        let time = locale.numbers.digits(&locale.local(moment).format("%H:%M:%S").to_string());
        let zone = locale.zone_at(moment);
        self.t_args("web-date-moment", &[("day", day.into()), ("time", time.into()), ("zone", zone.into())])
    }
}

/// The field that says under which name a file is kept. A name in another script stands in it a second time, as RFC 8187 writes
/// it; nothing of a name is a folder, a line, or a turn of the direction.
fn kept_as(file_name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let plain: String = file_name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    let mut field = format!("attachment; filename=\"{plain}\"");
    if file_name.is_ascii() {
        return field;
    }
    field.push_str("; filename*=UTF-8''");
    for c in file_name.chars() {
        let is_trick = c.is_control()
            || matches!(c, '/' | '\\' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
            || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}');
        let c = if is_trick { '_' } else { c };
        if is_plain(c) {
            field.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            field.push_str(&format!("%{byte:02X}"));
        }
    }
    field
}

/// A moment as machines read it.
fn instant(moment: Micros) -> String {
    moment.utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What can stand in a message.
pub trait IntoWord {
    /// As Fluent wants it.
    fn into_word(self) -> Word;
}

impl<T: IntoWord + Clone> IntoWord for &T {
    fn into_word(self) -> Word {
        self.clone().into_word()
    }
}
impl IntoWord for String {
    fn into_word(self) -> Word {
        self.into()
    }
}
impl IntoWord for &str {
    fn into_word(self) -> Word {
        self.to_string().into()
    }
}
impl IntoWord for f64 {
    fn into_word(self) -> Word {
        self.into()
    }
}

/// What can be counted.
pub trait IntoCount {
    /// As a whole number.
    fn into_count(self) -> i64;
}

impl<T: IntoCount + Copy> IntoCount for &T {
    fn into_count(self) -> i64 {
        (*self).into_count()
    }
}

macro_rules! counts {
    ($($type:ty),*) => {$(
        impl IntoCount for $type {
            fn into_count(self) -> i64 {
                i64::try_from(self).unwrap_or(i64::MAX)
            }
        }
        impl IntoWord for $type {
            fn into_word(self) -> Word {
                self.into_count().into()
            }
        }
    )*};
}
counts!(i64, u64, i32, u32, usize);

#[cfg(test)]
mod tests {
    use super::kept_as;

    #[test]
    fn a_file_keeps_its_name_in_any_script_and_never_a_trick() {
        for (name, want) in [
            ("boats.csv", "attachment; filename=\"boats.csv\""),
            ("../a \"b\"\r\n.csv", "attachment; filename=\".._a__b___.csv\""),
            ("été.pdf", "attachment; filename=\"_t_.pdf\"; filename*=UTF-8''%C3%A9t%C3%A9.pdf"),
            ("بلاغ 1.pdf", "attachment; filename=\"_____1.pdf\"; filename*=UTF-8''%D8%A8%D9%84%D8%A7%D8%BA%201.pdf"),
            ("../é\r\n/x\u{202e}", "attachment; filename=\".._____x_\"; filename*=UTF-8''.._%C3%A9___x_"),
        ] {
            assert_eq!(kept_as(name), want, "{name:?}");
        }
    }
}
