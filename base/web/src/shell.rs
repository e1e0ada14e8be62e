//! What stands around every page: names, sessions, languages, limits, headers, errors.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, OnceLock, PoisonError, RwLock};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use manara_model::{Entry, Micros, Tlp, Viewer};
use manara_store::{Db, Journal, StoreError, patient};
use sha2::{Digest as _, Sha256};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tracing::{error, info};

use crate::api;
use crate::assets::Assets;
use crate::error::{DATABASE_AGAIN_SECONDS, Fault, PageError};
use crate::first;
use crate::follower::{Follower, Visible};
use crate::live::{self, Place, Spot};
use crate::people::{self, Session};
use crate::services::{self, Services};
use crate::site::{Need, Site};
use crate::throttle::Throttle;
use crate::usual::Usual;
use crate::visit::{Flash, Visit};
use crate::words::{Lang, Words};
use crate::{local_path, pages, views};

/// Nothing but our own styles, pictures and forms; no script at all: what people without an account get, and files.
const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; \
                   base-uri 'none'";

/// The same with our one script, which asks this server alone and may not make markup of texts: for people who are signed in.
const CSP_WITH_SCRIPT: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; \
                               form-action 'self'; frame-ancestors 'none'; base-uri 'none'; \
                               require-trusted-types-for 'script'; trusted-types 'none'";

/// On every answer, beside the policy for its content.
const HEADERS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
];

/// Messages are kept for so many readers at once.
const FLASHES_KEPT: usize = 2000;

/// How the server is reached.
#[derive(Debug, Clone)]
pub struct WebConfig {
    /// Names the server answers to besides the loopback ones and addresses it is asked under on loopback.
    pub hosts: Vec<String>,
    /// Whether readers come by https (through a proxy that adds it).
    pub https: bool,
    /// Whether the last address of `X-Forwarded-For` is to be believed.
    pub behind_proxy: bool,
    /// How long a page may take.
    pub request_seconds: u64,
    /// How long a page waits for its turn at the database before it says that it cannot.
    pub database_seconds: u64,
    /// A folder whose `{en,ar,fr}/*.ftl` override the words built in.
    pub lang_folder: Option<PathBuf>,
    /// What holds for readers who set nothing.
    pub usual: Usual,
    /// Whether the first administrator is made on a page, by a token: until then nothing else is served.
    pub first_run: bool,
    /// How many requests a minute each token may make.
    pub api_per_minute: u32,
    /// The mailboxes that people may be limited to, the main one first: address and name.
    pub mailboxes: Vec<(String, String)>,
}

impl Default for WebConfig {
    fn default() -> Self {
        WebConfig {
            hosts: Vec::new(),
            https: false,
            behind_proxy: false,
            request_seconds: 60,
            database_seconds: 5,
            lang_folder: None,
            usual: Usual::default(),
            first_run: false,
            api_per_minute: 600,
            mailboxes: Vec::new(),
        }
    }
}

/// Marks an answer whose body is meant for the reader, whatever its status.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rendered;

/// The part of the server that all requests share.
#[derive(Debug)]
pub struct Shell {
    /// The state database.
    pub db: Db,
    /// All messages.
    pub words: Words,
    pub(crate) config: WebConfig,
    pub(crate) assets: Assets,
    pub(crate) throttle: Throttle,
    pub(crate) hashing: tokio::sync::Semaphore,
    /// How fast tokens ask.
    pub(crate) pace: api::Pace,
    /// What the API does; set when the routes are known.
    pub(crate) document: OnceLock<api::Document>,
    /// What can be done to many records at once; set when the routes are known.
    many: OnceLock<crate::bulk::Known>,
    /// Whether the server ends: what would go on for ever ends then.
    pub(crate) closing: tokio::sync::watch::Sender<bool>,
    /// Whether somebody was ever seen to have an account; only asked in a first run.
    pub(crate) inhabited: AtomicBool,
    usual: RwLock<Arc<Usual>>,
    flashes: Mutex<HashMap<String, Vec<Flash>>>,
    /// Every page without a placeholder in its address, with who may open it.
    paths: Mutex<BTreeMap<&'static str, Need>>,
    /// What the paths begin with that their address alone opens.
    links: Mutex<BTreeSet<&'static str>>,
    /// The pages that hear of changes; set when the routes are known.
    places: OnceLock<Vec<&'static Place>>,
    /// Which lines of the journal a viewer may see.
    eyes: OnceLock<Eyes>,
}

/// What tells which lines of the journal a viewer may see.
struct Eyes(Visible);

impl std::fmt::Debug for Eyes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Eyes")
    }
}

impl Shell {
    /// A shell over a database whose tables are made.
    pub fn new(db: Db, words: Words, config: WebConfig) -> Arc<Shell> {
        Arc::new(Shell {
            pace: api::Pace::new(config.api_per_minute),
            document: OnceLock::new(),
            many: OnceLock::new(),
            closing: tokio::sync::watch::Sender::new(false),
            inhabited: AtomicBool::new(false),
            usual: RwLock::new(Arc::new(config.usual.clone())),
            db,
            words,
            config,
            assets: Assets::new(),
            throttle: Throttle::default(),
            // A hash takes 19 MiB: two at once are enough for a team and bound the memory.
            hashing: tokio::sync::Semaphore::new(2),
            flashes: Mutex::default(),
            paths: Mutex::default(),
            links: Mutex::default(),
            places: OnceLock::new(),
            eyes: OnceLock::new(),
        })
    }

    /// What holds for readers who set nothing.
    pub fn usual(&self) -> Arc<Usual> {
        Arc::clone(&self.usual.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Lets something else hold for readers who set nothing, from the next request on.
    pub fn set_usual(&self, usual: Usual) {
        *self.usual.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(usual);
    }

    /// Sends those away who would listen for ever. Call it when the server is to end: it waits for open requests.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    /// The pages of the shell itself: login, account, people, journal, languages, about, health.
    pub fn own_site() -> Site {
        pages::site()
    }

    /// The pages and operations of webhooks.
    pub fn hooks_site(rules: crate::HookRules) -> Site {
        crate::hooks::site(rules)
    }

    /// Tells which entries of the journal a viewer may see: for the journal of whoever sees some mailboxes alone.
    pub fn set_eyes(&self, visible: Visible) {
        let _ = self.eyes.set(Eyes(visible));
    }

    /// The entries a viewer may see, where they are limited to mailboxes; everybody else sees every line.
    pub(crate) async fn seen_entries(&self, viewer: &Viewer, entries: Vec<Entry>) -> Result<Vec<Entry>, StoreError> {
        match self.eyes.get() {
            _ if viewer.mailboxes.is_all() || entries.is_empty() => Ok(entries),
            Some(Eyes(visible)) => visible(viewer.clone(), entries).await,
            None => Ok(Vec::new()),
        }
    }

    /// What listens to the journal: programs at the stream, and pages.
    pub fn listening_site(
        db: &Db,
        kinds: &'static [api::Happening],
        places: &'static [Place],
        visible: Visible,
    ) -> Site {
        let follower = Follower::new(db.clone(), visible);
        api::stream(kinds, Arc::clone(&follower)).merge(live::site(places, follower))
    }

    /// The whole server: the routes given and the shell around them.
    pub fn router(self: &Arc<Shell>, site: Site) -> Router {
        if let Ok(mut paths) = self.paths.lock() {
            let pages = site.routes().iter().filter(|line| line.method == Method::GET);
            *paths = pages.map(|line| (line.path, line.need)).collect();
        }
        if let Ok(mut links) = self.links.lock() {
            let begins = |path: &'static str| path.split('{').next().unwrap_or(path);
            let of_links = site.routes().iter().filter(|line| line.need == Need::Link);
            *links = of_links.map(|line| begins(line.path)).collect();
        }
        let _ = self.document.set(site.document());
        let _ = self.many.set(site.known_many());
        let _ = self.places.set(site.places().to_vec());
        site.into_router()
            .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
                PageError::internal("a handler panicked").into_response()
            }))
            .layer(from_fn_with_state(self.clone(), front))
            .layer(CompressionLayer::new())
    }

    /// What can be done to many records of a kind.
    pub(crate) fn many(&self, name: &str) -> Option<Arc<dyn crate::bulk::Many>> {
        self.many.get()?.iter().find(|many| many.name() == name).cloned()
    }

    pub(crate) fn has_page(&self, path: &str) -> bool {
        self.paths.lock().is_ok_and(|paths| paths.contains_key(path))
    }

    /// Whether there is a page of this address that the reader may open.
    pub(crate) fn may_open(&self, visit: &Visit, path: &str) -> bool {
        let need = self.paths.lock().ok().and_then(|paths| paths.get(path).copied());
        match need {
            Some(Need::Public) => true,
            Some(Need::Right(right)) => visit.may(right) && visit.services.missing(path, None).is_none(),
            Some(Need::Link | Need::Token(_)) | None => false,
        }
    }

    /// Where a page hears of changes: on a list, or on a record of it.
    pub(crate) fn spot(&self, path: &str) -> Option<Spot> {
        let spot = Spot::of(self.places.get()?, path)?;
        // A page beside the records, such as the form of a new one, is no record.
        (spot.record.is_none() || !self.has_page(path)).then_some(spot)
    }

    fn is_link(&self, path: &str) -> bool {
        self.links.lock().is_ok_and(|links| links.iter().any(|begin| path.starts_with(begin)))
    }

    pub(crate) fn keep_flash(&self, session: &str, flash: Flash) {
        let mut flashes = self.flashes.lock().unwrap_or_else(PoisonError::into_inner);
        if flashes.len() < FLASHES_KEPT || flashes.contains_key(session) {
            let waiting = flashes.entry(session.to_string()).or_default();
            if waiting.len() < 10 {
                waiting.push(flash);
            }
        }
    }

    pub(crate) fn take_flashes(&self, session: &str) -> Vec<Flash> {
        self.flashes.lock().unwrap_or_else(PoisonError::into_inner).remove(session).unwrap_or_default()
    }

    pub(crate) fn cookie_name(&self, part: &str) -> String {
        if self.config.https { format!("__Host-manara-{part}") } else { format!("manara-{part}") }
    }

    pub(crate) fn cookie(&self, part: &str, value: &str, max_age_seconds: i64) -> HeaderValue {
        let secure = if self.config.https { "; Secure" } else { "" };
        let text = format!(
            "{}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age_seconds}{secure}",
            self.cookie_name(part)
        );
        HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
    }

    fn read_cookie<'h>(&self, headers: &'h HeaderMap, part: &str) -> Option<&'h str> {
        let name = self.cookie_name(part);
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    /// Whether the server answers under this name: loopback names and configured ones, so that a foreign page cannot
    /// reach it by a name of its own (DNS rebinding).
    fn knows_host(&self, host: &str) -> bool {
        let name = host_name(host);
        let loopback =
            name.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback());
        loopback || self.config.hosts.iter().any(|known| host_name(known).eq_ignore_ascii_case(name))
    }

    fn address(&self, request: &Request) -> String {
        let forwarded = request
            .headers()
            .get("x-forwarded-for")
            .filter(|_| self.config.behind_proxy)
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
        let direct = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        forwarded.or(direct).map(|ip| ip.to_string()).unwrap_or_default()
    }
}

fn host_name(host: &str) -> &str {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next().unwrap_or_default();
    }
    match host.rsplit_once(':') {
        Some((name, _)) if !name.contains(':') => name,
        _ => host,
    }
}

/// Serves until `stop` is done, then lets running requests end.
pub async fn serve(
    router: Router,
    listener: tokio::net::TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>()).with_graceful_shutdown(stop).await
}

async fn front(State(shell): State<Arc<Shell>>, request: Request, next: Next) -> Response {
    let limit = Duration::from_secs(shell.config.database_seconds);
    patient(limit, answered(shell, request, next)).await
}

async fn answered(shell: Arc<Shell>, mut request: Request, next: Next) -> Response {
    let uri = request.uri().clone();
    let path = uri.path();
    if path.starts_with("/assets/") {
        let response = shell.assets.serve(path).unwrap_or_else(|| StatusCode::NOT_FOUND.into_response());
        return dressed(response);
    }
    let now = Micros::now();
    let found = signed_in(&shell, request.headers(), &uri, now).await;
    let (trouble, found) = match found {
        Ok(found) => (None, found),
        Err(error) => (Some(PageError::from(error)), None),
    };
    let (mut visit, mut seed) = arrive(&shell, request.headers(), &uri, shell.address(&request), found, now);
    if let Some(trouble) = trouble {
        // Nobody knows who it is: told in the language of the browser.
        return dressed(said(&visit, trouble.into_response()));
    }
    match services::services(&shell.db).await {
        Ok(services) => visit.services = services,
        // What can't be read can't be served either: the page itself tells of it.
        Err(error) => error!(error = %error, "which services are on cannot be read"),
    }
    if request.method() == Method::GET && visit.role.is_some() && shell.has_page(path) {
        visit.views = match views::of_list(&shell.db, &visit.user_id, path).await {
            Ok(views) => Arc::new(views),
            Err(error) => {
                error!(error = %error, "the views of a list cannot be read");
                Arc::default()
            }
        };
    }
    if request.method() == Method::GET && visit.role.is_some() && visit.preferences.live && shell.spot(path).is_some() {
        // Before anything of the page is read: what happens from now on is told to it.
        visit.live = Journal::last(&shell.db).await.ok();
    }
    if shell.is_link(path) {
        (visit, seed) = (visit.into_stranger(), None);
    } else if api::is_api(path) {
        seed = None;
        visit = match api::arrived(visit.clone(), request.headers()).await {
            Ok(visit) => visit,
            Err(error) => return dressed(api::said(&visit, PageError::from(error).into_response())),
        };
    }
    let response = if !shell.knows_host(&visit.host) && !path.starts_with("/health/") {
        PageError::from(Fault::UnknownHost).into_response()
    } else if let Some(response) = language_chosen(&visit, request.method()).filter(|_| !api::is_api(path)) {
        response
    } else if let Some(response) = first::instead(&visit, request.method()).await {
        response
    } else if let Some(response) = first_view(&visit, request.method()) {
        response
    } else {
        request.extensions_mut().insert(visit.clone());
        let limit = Duration::from_secs(shell.config.request_seconds);
        match tokio::time::timeout(limit, next.run(request)).await {
            Ok(response) => response,
            Err(_) => PageError { fault: Fault::Overdue, cause: "the page took too long".into() }.into_response(),
        }
    };
    let with_script = visit.role.is_some();
    let mut response = if api::is_api(path) { api::said(&visit, response) } else { said(&visit, response) };
    if let Some(seed) = seed.filter(|_| is_html(&response)) {
        response.headers_mut().append(header::SET_COOKIE, shell.cookie("seed", &seed, 86_400));
    }
    let with_script = with_script && is_html(&response);
    let mut response = dressed(response);
    if with_script {
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP_WITH_SCRIPT));
    }
    response
}

fn is_html(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// The session of whoever comes, where sessions count.
async fn signed_in(shell: &Shell, headers: &HeaderMap, uri: &Uri, now: Micros) -> Result<Option<Session>, StoreError> {
    match shell.read_cookie(headers, "session").filter(|_| reads_cookies(uri.path())) {
        Some(secret) => people::session(&shell.db, secret, asked(headers, uri) != Asked::Itself, now).await,
        None => Ok(None),
    }
}

/// Why a page is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    /// Somebody opened it.
    Person,
    /// It makes itself anew: nobody need be there, so it doesn't keep the session open.
    Itself,
    /// The same of a screen on a wall, which is to stay.
    Wall,
}

fn asked(headers: &HeaderMap, uri: &Uri) -> Asked {
    let why = headers.get("manara-live").and_then(|value| value.to_str().ok());
    match (uri.path(), why) {
        ("/live", _) | (_, Some("fresh")) => Asked::Itself,
        (_, Some("wall")) => Asked::Wall,
        _ => Asked::Person,
    }
}

/// Who comes, and the seed for their forms when they are new.
fn arrive(
    shell: &Arc<Shell>,
    headers: &HeaderMap,
    uri: &Uri,
    address: String,
    found: Option<Session>,
    now: Micros,
) -> (Visit, Option<String>) {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut new_seed = None;
    // Each reader's forms hang on a secret only their browser has: the session, or before it a seed.
    let (session, secret) = match (&found, shell.read_cookie(headers, "session"), shell.read_cookie(headers, "seed")) {
        (Some(session), Some(secret), _) => (session.id.clone(), secret.to_string()),
        (_, _, Some(seed)) if seed.len() >= 40 && seed.len() < 100 => (people::hashed(seed), seed.to_string()),
        _ => {
            let seed = people::random_secret();
            new_seed = Some(seed.clone());
            (people::hashed(&seed), seed)
        }
    };
    let csrf_secret: [u8; 32] = Sha256::new().chain_update("form:").chain_update(&secret).finalize().into();
    let usual = shell.usual();
    let offered = |lang: &Lang| usual.offered.contains(lang);
    let lang_chosen = shell.read_cookie(headers, "lang").and_then(Lang::parse).filter(offered);
    let lang = lang_chosen
        .or(found.as_ref().map(|session| session.lang).filter(offered))
        .or_else(|| Lang::accepted(text(header::ACCEPT_LANGUAGE)).filter(offered))
        .unwrap_or(usual.lang);
    let viewer = match &found {
        Some(session) => {
            let (name, mailboxes) = (session.name.clone(), session.mailboxes.clone());
            Viewer { name, clearance: session.clearance, mailboxes }
        }
        None => Viewer::cleared("", Tlp::Clear),
    };
    let preferences = found.as_ref().and_then(|session| session.preferences).unwrap_or(usual.preferences());
    let (role, user_id) = found.map_or((None, String::new()), |s: Session| (Some(s.role), s.user_id));
    let host = match uri.authority() {
        Some(authority) => authority.as_str().to_string(),
        None => text(header::HOST).to_string(),
    };
    let visit = Visit {
        viewer,
        role,
        lang,
        locale: preferences.locale(lang),
        preferences,
        views: Arc::default(),
        lang_chosen,
        uri: uri.clone(),
        db: shell.db.clone(),
        services: Services::default(),
        now,
        id: people::short_id(),
        shell: shell.clone(),
        host,
        address,
        csrf_secret,
        user_id,
        session,
        wants_json: wants_json(text(header::ACCEPT)),
        token: None,
        is_guessing: false,
        live: None,
        takes_flashes: asked(headers, uri) == Asked::Person,
    };
    (visit, new_seed)
}

/// Whether the session counts on a path: not where machines look after the program, and never for the API.
fn reads_cookies(path: &str) -> bool {
    !path.starts_with("/health/") && !api::is_api(path)
}

fn wants_json(accept: &str) -> bool {
    let first = accept.split(',').next().unwrap_or_default().split(';').next().unwrap_or_default().trim();
    matches!(first, "application/json" | "application/problem+json")
}

/// `?lang=fr` on any page keeps the choice and stays on the page.
fn language_chosen(visit: &Visit, method: &Method) -> Option<Response> {
    let lang = Lang::parse(&visit.query("lang")?)?;
    if method != Method::GET {
        return None;
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(visit.query_pairs().into_iter().filter(|(name, _)| name != "lang"));
    let query = query.finish();
    let target = if query.is_empty() { visit.uri.path().to_string() } else { format!("{}?{query}", visit.uri.path()) };
    let target = local_path(&target).unwrap_or("/");
    let mut response = visit.go(target);
    response.headers_mut().append(header::SET_COOKIE, visit.shell.cookie("lang", lang.tag(), 365 * 86_400));
    Some(response)
}

/// A list that is opened without a word of how shows the reader's first view of it.
fn first_view(visit: &Visit, method: &Method) -> Option<Response> {
    if method != Method::GET || visit.wants_json || visit.uri.query().is_some_and(|query| !query.is_empty()) {
        return None;
    }
    let first = visit.views.iter().find(|view| view.is_default && !view.query.is_empty())?;
    Some(visit.go(&first.href()))
}

/// Errors become a page, or problem+json, in the reader's language, with an id that is also in the log.
fn said(visit: &Visit, response: Response) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || response.extensions().get::<Rendered>().is_some() {
        return response;
    }
    let error = match response.extensions().get::<PageError>() {
        Some(error) => error.clone(),
        None => Fault::of_status(status).into(),
    };
    if error.fault.status().is_server_error() {
        error!(id = visit.id, path = visit.uri.path(), cause = error.cause, "a page was not made");
    } else {
        info!(
            id = visit.id,
            path = visit.uri.path(),
            code = error.fault.code(),
            cause = error.cause,
            "a request was refused"
        );
    }
    let mut said = pages::error_page(visit, error.fault);
    if error.fault == Fault::Database {
        said.headers_mut().insert(header::RETRY_AFTER, DATABASE_AGAIN_SECONDS.into());
    }
    if let Some(allow) = response.headers().get(header::ALLOW) {
        said.headers_mut().insert(header::ALLOW, allow.clone());
    }
    said
}

fn dressed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(CSP));
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.append(header::VARY, HeaderValue::from_static("Authorization, Cookie, Accept-Language"));
    response
}

#[cfg(test)]
mod tests {
    use super::{host_name, wants_json};

    #[test]
    fn a_host_is_known_without_its_port() {
        for (host, want) in [
            ("localhost:8080", "localhost"),
            ("127.0.0.1:80", "127.0.0.1"),
            ("[::1]:8080", "::1"),
            ("::1", "::1"),
            ("cirt.example", "cirt.example"),
        ] {
            assert_eq!(host_name(host), want);
        }
    }

    #[test]
    fn a_browser_gets_a_page_and_a_program_json() {
        assert!(wants_json("application/json"));
        assert!(!wants_json("text/html,application/xhtml+xml,application/json;q=0.9"));
        assert!(!wants_json("*/*"));
    }
}
