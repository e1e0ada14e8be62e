//! People at the pages: each signs in, opens one page after the other, and waits between them as people do.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail, ensure};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use manara_model::Micros;
use manara_net::Mailer;
use manara_web::{Lang, NewPerson, Role, Shell, WebConfig, Words};
use serde_json::json;

use crate::cli::BenchPages;
use crate::commands::serve;
use crate::house::House;
use crate::print;

/// Home and every list with an address of its own, as they open and as people narrow them; rejected rows and what a feed sent
/// stand on the page of their batch or feed.
const PAGES: &[&str] = &[
    "/",
    "/findings",
    "/findings?state=open&severity=critical",
    "/findings?sort=severity",
    "/incidents",
    "/incidents?state=open",
    "/notices",
    "/constituents",
    "/feeds",
    "/batches",
    "/events",
    "/journal",
    "/tickets",
    "/tasks",
    "/clocks",
    "/mail/held",
    "/mail/drafts",
    "/mail/queue",
    "/mail/addresses",
    "/mail/keys",
    "/notices/mailbox",
    "/users",
    "/framework",
    "/framework/designs",
    "/framework/programmes",
    "/framework/exercises",
    "/framework/exercises/lessons",
    "/framework/strategy/roles",
    "/framework/strategy/actions",
    "/framework/strategy/functions",
    "/framework/strategy/reviews",
];

pub(super) type Http = Client<HttpConnector, Body>;

/// Serves the data folder on loopback without the work behind the pages, and measures.
pub async fn run(load: BenchPages) -> anyhow::Result<()> {
    let house = House::open(&load.place).await?;
    house.load_tables().await?;
    let (name, password) = (format!("bench-{}", std::process::id()), manara_web::random_password());
    let person = NewPerson { name: name.clone(), role: Role::Admin, lang: Lang::En, password: password.clone() };
    let mut tx = house.db.begin().await?;
    let user = manara_web::create_user(&mut tx, "bench", &person, Micros::now()).await?;
    tx.commit().await?;
    let shell = Shell::new(house.db.clone(), Words::built_in()?, WebConfig::default());
    shell.set_eyes(crate::happenings::eyes(&house.db));
    let mailer = Arc::new(Mailer::new(&house.config.mail)?);
    let router = shell.router(serve::site(&house, &mailer, &Default::default()).await?);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let base = format!("http://{}", listener.local_addr()?);
    let server = tokio::spawn(manara_web::serve(router, listener, std::future::pending()));
    let measured = people(&load, &base, &name, &password).await;
    server.abort();
    let mut tx = house.db.begin().await?;
    manara_web::set_disabled(&mut tx, "bench", &user, true, Micros::now()).await?;
    tx.commit().await?;
    house.db.close().await;
    show(&load, measured?)
}

async fn people(load: &BenchPages, base: &str, name: &str, password: &str) -> anyhow::Result<Measured> {
    let mut seats = Vec::new();
    for _ in 0..load.users {
        seats.push(Seat::take(base, name, password).await?);
    }
    // Each page once before it counts: caches fill once a day, not once a visit.
    if let Some(seat) = seats.first() {
        for path in PAGES {
            seat.open(path).await?;
        }
    }
    let begin = Instant::now();
    let until = begin + Duration::from_secs(load.seconds);
    let pause = Duration::from_millis(load.every_ms);
    let people: Vec<_> = seats
        .into_iter()
        .enumerate()
        .map(|(number, seat)| {
            // Nobody begins at the same moment or with the same page.
            let first = begin + pause.mul_f64(number as f64 / load.users.max(1) as f64);
            tokio::spawn(async move {
                let mut took = Vec::new();
                let mut turn = tokio::time::interval_at(first.into(), pause);
                for path in PAGES.iter().cycle().skip(number) {
                    turn.tick().await;
                    if Instant::now() >= until {
                        break;
                    }
                    took.push((*path, seat.open(path).await?));
                }
                anyhow::Ok(took)
            })
        })
        .collect();
    let mut measured = Measured::new();
    for person in people {
        for (path, (took, bytes)) in person.await?? {
            let (times, size) = measured.entry(path).or_default();
            times.push(took);
            *size = bytes;
        }
    }
    Ok(measured)
}

/// Times of every page, and its size as it travelled.
type Measured = BTreeMap<&'static str, (Vec<Duration>, usize)>;

fn show(load: &BenchPages, measured: Measured) -> anyhow::Result<()> {
    let mut all: Vec<Duration> = measured.values().flat_map(|(times, _)| times.iter().copied()).collect();
    let mut lines: Vec<(&str, Vec<Duration>, usize)> =
        measured.into_iter().map(|(path, (times, bytes))| (path, times, bytes)).collect();
    if load.json {
        let line = |(path, times, bytes): &mut (&str, Vec<Duration>, usize)| {
            let [p50, p99, most] = quantiles(times);
            json!({ "page": path, "visits": times.len(), "p50_ms": p50, "p99_ms": p99, "most_ms": most, "bytes": bytes })
        };
        let pages: Vec<_> = lines.iter_mut().map(line).collect();
        let [p50, p99, most] = quantiles(&mut all);
        return print::json(&json!({ "users": load.users, "visits": all.len(), "p50_ms": p50, "p99_ms": p99,
            "most_ms": most, "pages": pages }));
    }
    let visits = all.len();
    lines.push(("all", all, 0));
    println!("{} people, a page every {} ms each, {visits} visits", load.users, load.every_ms);
    let names = ["page", "visits", "median ms", "99 % ms", "longest ms", "bytes"].map(String::from);
    let rows: Vec<Vec<String>> = lines
        .iter_mut()
        .map(|(path, times, bytes)| {
            let [p50, p99, most] = quantiles(times);
            let count = times.len().to_string();
            vec![
                path.to_string(),
                count,
                format!("{p50:.1}"),
                format!("{p99:.1}"),
                format!("{most:.1}"),
                bytes.to_string(),
            ]
        })
        .collect();
    print::table(&mut std::io::stdout().lock(), &names, &rows)?;
    Ok(())
}

/// Median, 99 of 100 and the longest, in milliseconds.
pub(super) fn quantiles(times: &mut [Duration]) -> [f64; 3] {
    times.sort_unstable();
    [50, 99, 100].map(|part| {
        let at = (times.len() * part).div_ceil(100).saturating_sub(1);
        times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    })
}

/// Somebody who is signed in.
#[derive(Clone)]
pub(super) struct Seat {
    http: Http,
    base: String,
    cookie: String,
}

impl Seat {
    pub(super) async fn take(base: &str, name: &str, password: &str) -> anyhow::Result<Seat> {
        let http: Http = Client::builder(TokioExecutor::new()).build_http();
        let door = http.request(Request::get(format!("{base}/login")).body(Body::empty())?).await?;
        let seed = cookies(&door);
        let page = String::from_utf8(bytes_of(door).await?.to_vec())?;
        let (_, rest) = page.rsplit_once(r#"name="csrf" value=""#).context("the login page has no token")?;
        let token = rest.split('"').next().unwrap_or_default();
        let form = format!("csrf={token}&name={name}&password={password}");
        let request = Request::post(format!("{base}/login"))
            .header(header::COOKIE, seed)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))?;
        let answer = http.request(request).await?;
        ensure!(answer.status() == StatusCode::SEE_OTHER, "signing in gave {}", answer.status());
        Ok(Seat { cookie: cookies(&answer), http, base: base.to_string() })
    }

    /// Opens a page to its last byte.
    pub(super) async fn open(&self, path: &str) -> anyhow::Result<(Duration, usize)> {
        let start = Instant::now();
        let (status, bytes) = self.ask(path).await?;
        match status {
            StatusCode::OK => Ok((start.elapsed(), bytes.len())),
            status => bail!("{path} gave {status}"),
        }
    }

    /// Asks for a page: how it was answered, packed.
    pub(super) async fn ask(&self, path: &str) -> anyhow::Result<(StatusCode, axum::body::Bytes)> {
        let request = Request::get(format!("{}{path}", self.base))
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_ENCODING, "gzip")
            .header(header::ACCEPT, "text/html")
            .body(Body::empty())?;
        let answer = self.http.request(request).await?;
        Ok((answer.status(), bytes_of(answer).await?))
    }

    /// Sends a form with the token of the forms of this seat.
    pub(super) async fn send(&self, path: &str, token: &str, fields: &[(&str, &str)]) -> anyhow::Result<StatusCode> {
        let form =
            form_urlencoded::Serializer::new(String::new()).append_pair("csrf", token).extend_pairs(fields).finish();
        let request = Request::post(format!("{}{path}", self.base))
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form))?;
        Ok(self.http.request(request).await?.status())
    }

    /// The token that forms of this seat carry, from a page that has one.
    pub(super) async fn token(&self, path: &str) -> anyhow::Result<String> {
        let request = Request::get(format!("{}{path}", self.base))
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT, "text/html")
            .body(Body::empty())?;
        let page = String::from_utf8(bytes_of(self.http.request(request).await?).await?.to_vec())?;
        let (_, rest) = page.rsplit_once(r#"name="csrf" value=""#).context("the page has no form")?;
        Ok(rest.split('"').next().unwrap_or_default().to_string())
    }
}

async fn bytes_of<B>(answer: Response<B>) -> anyhow::Result<axum::body::Bytes>
where
    B: axum::body::HttpBody<Data = axum::body::Bytes> + Send + 'static,
    B::Error: Into<axum::BoxError>,
{
    Ok(axum::body::to_bytes(Body::new(answer.into_body()), 64 << 20).await?)
}

fn cookies<B>(answer: &Response<B>) -> String {
    let pairs: Vec<&str> = answer
        .headers()
        .get_all(header::SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok()?.split(';').next())
        .filter(|pair| !pair.ends_with('='))
        .collect();
    pairs.join("; ")
}
