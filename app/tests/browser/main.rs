//! The real pages in a real browser, over the demo's country: every page in three languages, light and dark, wide and narrow.
//!
//! Needs Chromium and its driver (`scripts/setup` installs them). `CHROMEDRIVER` and `CHROMIUM` say where they are.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;

/// A program that ends with its owner.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The demo's data, loaded once for all tests of this file; `MANARA_DEMO_DATA` names a folder that holds it already.
fn demo_data() -> &'static Path {
    static DATA: OnceLock<(PathBuf, Option<tempfile::TempDir>)> = OnceLock::new();
    let (path, _) = DATA.get_or_init(|| {
        if let Some(there) = std::env::var_os("MANARA_DEMO_DATA") {
            return (PathBuf::from(there), None);
        }
        let folder = tempfile::tempdir().unwrap();
        // The last days of the month have every kind of record; the pictures show all of it.
        let days = if std::env::var_os("MANARA_SCREENSHOTS").is_some() { "30" } else { "3" };
        let loaded = Command::new(env!("CARGO_BIN_EXE_manara"))
            .args(["demo", "--no-serve", "--days", days, "--data"])
            .arg(folder.path())
            .output()
            .unwrap();
        assert!(loaded.status.success(), "{}", String::from_utf8_lossy(&loaded.stderr));
        (folder.path().to_path_buf(), Some(folder))
    });
    path
}

/// Starts a program, and reads the first line of its output in which `from` finds what is looked for.
fn start(mut command: Command, from: impl Fn(&str) -> Option<String>) -> (Running, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let running = Running(child);
    let found =
        lines.by_ref().map_while(Result::ok).find_map(|line| from(&line)).expect("the program says where it is");
    // The pipe stays open: a program whose output nobody reads would stop at a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    (running, found)
}

fn serve() -> (Running, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_manara"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(demo_data());
    start(command, |line| line.split("http://").nth(1).map(|rest| format!("http://{}", rest.trim_end_matches('/'))))
}

/// A browser; `None` with a word of why where there is none and it is not asked for.
async fn browser(width: u32, height: u32, dark: bool) -> Option<(Running, Client)> {
    let driver = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".into());
    if !Path::new(&driver).exists() {
        assert!(std::env::var_os("CI").is_none(), "no {driver}: apt-get install -y chromium chromium-driver");
        eprintln!("not run: no {driver}; apt-get install -y chromium chromium-driver");
        return None;
    }
    let mut command = Command::new(driver);
    command.arg("--port=0");
    let (running, port) = start(command, |line| {
        line.split("started successfully on port ").nth(1).map(|p| p.trim_end_matches('.').to_string())
    });
    let mut args = vec![
        "--headless=new".to_string(),
        "--no-sandbox".into(),
        "--disable-gpu".into(),
        "--disable-quic".into(),
        "--no-first-run".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--disable-sync".into(),
        "--hide-scrollbars".into(),
        format!("--window-size={width},{height}"),
    ];
    if dark {
        args.push("--force-dark-mode".into());
        args.push("--blink-settings=preferredColorScheme=0".into());
    }
    let mut options = json!({ "args": args, "mobileEmulation": { "deviceMetrics": { "width": width, "height": height, "pixelRatio": 1.0, "touch": false } } });
    if let Ok(chromium) = std::env::var("CHROMIUM") {
        options["binary"] = chromium.into();
    }
    let mut capabilities = serde_json::Map::new();
    capabilities.insert("goog:chromeOptions".into(), options);
    capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
    let client = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .unwrap();
    Some((running, client))
}

async fn sign_in(client: &Client, address: &str, lang: &str) {
    client.goto(&format!("{address}/login?lang={lang}")).await.unwrap();
    client.find(Locator::Css("input[name=name]")).await.unwrap().send_keys("admin").await.unwrap();
    client.find(Locator::Css("input[name=password]")).await.unwrap().send_keys("lighthouse-demo").await.unwrap();
    client.find(Locator::Css("main form button, form.stack button")).await.unwrap().click().await.unwrap();
    client.goto(&format!("{address}/?lang={lang}")).await.unwrap();
}

/// Every kind of page; the last word of `first` ones is taken from the first link of a list.
const PAGES: &[&str] = &[
    "/",
    "/picture",
    "/picture?days=30",
    "/picture/digest",
    "/wall?still=yes",
    "/findings",
    "/incidents",
    "/incidents/new",
    "/events",
    "/notices",
    "/constituents",
    "/framework",
    "/framework/compare",
    "/framework/catalogues/sim3",
    "/feeds",
    "/batches",
    "/journal",
    "/account/tokens",
    "/webhooks",
    "/api",
    "/notices/mailbox",
    "/events/sql",
    "/about",
    "/account",
    "/account/settings",
    "/account/views",
    "/search?q=port",
    "/keys",
];
const FIRST: &[(&str, &str)] = &[
    ("/findings", "main table.list a[href^='/findings/']"),
    ("/incidents", "main table.list a[href^='/incidents/INC-']"),
    ("/notices", "main table.list a[href^='/notices/']"),
    ("/constituents", "main table.list a[href^='/constituents/']"),
    ("/framework", "main table.list a[href^='/framework/assessments/']"),
    ("/feeds", "main table.list a[href^='/feeds/']"),
    ("/batches", "main table.list a[href^='/batches/']"),
];

async fn looks_right(client: &Client, lang: &str, width: u32, path: &str) {
    let text = "return JSON.stringify([document.documentElement.dir, document.documentElement.lang, \
        document.documentElement.scrollWidth - document.documentElement.clientWidth, document.title, \
        document.querySelectorAll('main').length, document.querySelectorAll('h1').length, document.body.innerText])";
    let answer = client.execute(text, vec![]).await.unwrap();
    let seen: Vec<serde_json::Value> = serde_json::from_str(answer.as_str().unwrap()).unwrap();
    let wanted = if lang == "ar" { "rtl" } else { "ltr" };
    assert_eq!(seen[0], wanted, "{path} in {lang}");
    assert_eq!(seen[1], lang, "{path}");
    assert!(seen[2].as_i64().unwrap() <= 0, "{path} in {lang} at {width} px is {} px too wide", seen[2]);
    assert_eq!((&seen[4], &seen[5]), (&json!(1), &json!(1)), "{path} in {lang} has one main and one h1");
    // A message key that nobody wrote shows as itself.
    let body = seen[6].as_str().unwrap();
    let prefixes = [
        "web-",
        "watch-",
        "warning-",
        "response-",
        "constituency-",
        "app-",
        "picture-",
        "country-",
        "api-",
        "hook-",
        "desk-",
        "framework-",
    ];
    for prefix in prefixes {
        let raw = body
            .split_whitespace()
            .find(|word| word.starts_with(prefix) && word.matches('-').count() >= 2 && !word.contains('.'));
        assert_eq!(raw, None, "{path} in {lang} shows a message key");
    }
}

/// What the checker of accessibility (axe-core, which `scripts/setup` fetches) finds wrong with the page at hand.
async fn is_accessible(client: &Client, lang: &str, width: u32, path: &str) {
    static AXE: OnceLock<Option<String>> = OnceLock::new();
    let axe = AXE.get_or_init(|| {
        let file = std::env::var_os("AXE");
        if file.is_none() {
            eprintln!("NOT RUN: axe-core is not here; scripts/setup fetches it");
        }
        file.map(|file| std::fs::read_to_string(file).unwrap())
    });
    let Some(axe) = axe else { return };
    client.execute(axe, vec![]).await.unwrap();
    let run = "const done = arguments[arguments.length - 1];
        const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
        axe.run(document, { runOnly: tags, resultTypes: ['violations'] }).then(
            (found) => done(found.violations.map((rule) => rule.id + ': ' + rule.help + ': ' +
                rule.nodes.slice(0, 3).map((node) => node.html + ' ' + node.failureSummary).join(' | '))),
            (error) => done([String(error)]));";
    let found = client.execute_async(run, vec![]).await.unwrap();
    let found: Vec<String> = serde_json::from_value(found).unwrap();
    assert!(found.is_empty(), "{path} in {lang} at {width} px:\n{}", found.join("\n"));
}

/// The path of the link in the newest letter of the built-in box.
async fn link_in_a_letter(client: &Client, address: &str) -> String {
    client.goto(&format!("{address}/notices/mailbox")).await.unwrap();
    let letter = client.find(Locator::Css("main table.list a[href^='/notices/mailbox/']")).await.unwrap();
    let letter = letter.attr("href").await.unwrap().unwrap();
    client.goto(&format!("{address}{letter}")).await.unwrap();
    let text = client.execute("return document.body.innerText", vec![]).await.unwrap();
    let (_, rest) = text.as_str().unwrap().split_once("/a/").expect("a link in the letter");
    let token: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("/a/{token}")
}

async fn visit_all(lang: &str, width: u32, dark: bool) {
    let Some((_driver, client)) = browser(width, 900, dark).await else { return };
    let (_server, address) = serve();
    sign_in(&client, &address, lang).await;
    for path in PAGES {
        client.goto(&format!("{address}{path}")).await.unwrap();
        looks_right(&client, lang, width, path).await;
        is_accessible(&client, lang, width, path).await;
    }
    for (list, link) in FIRST {
        client.goto(&format!("{address}{list}")).await.unwrap();
        let found = client.find(Locator::Css(link)).await.unwrap_or_else(|error| panic!("{list} has no row: {error}"));
        let href = found.attr("href").await.unwrap().unwrap();
        client.goto(&format!("{address}{href}")).await.unwrap();
        looks_right(&client, lang, width, &href).await;
        is_accessible(&client, lang, width, &href).await;
    }
    client.goto(&format!("{address}/framework")).await.unwrap();
    let newest = client.find(Locator::Css("main table.list a[href^='/framework/assessments/']")).await.unwrap();
    let newest = newest.attr("href").await.unwrap().unwrap();
    for path in ["/answer", "/moderate?section=O", "/design?profile=manara-starter", "?profile=manara-starter"] {
        let path = format!("{newest}{path}");
        client.goto(&format!("{address}{path}")).await.unwrap();
        looks_right(&client, lang, width, &path).await;
        is_accessible(&client, lang, width, &path).await;
    }
    client.goto(&format!("{address}{}", link_in_a_letter(&client, &address).await)).await.unwrap();
    looks_right(&client, lang, width, "the page of a link").await;
    is_accessible(&client, lang, width, "the page of a link").await;
    client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_page_reads_well_in_every_language_wide_and_narrow_light_and_dark() {
    for (lang, width, dark) in [("en", 1280, false), ("ar", 320, true), ("fr", 320, false), ("ar", 1280, false)] {
        visit_all(lang, width, dark).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_that_is_ticked_becomes_an_incident() {
    let Some((_driver, client)) = browser(1280, 900, false).await else { return };
    let (_server, address) = serve();
    sign_in(&client, &address, "en").await;
    client.goto(&format!("{address}/findings")).await.unwrap();
    client.find(Locator::Css("main table.list input[type=checkbox]")).await.unwrap().click().await.unwrap();
    client.find(Locator::Css("form#many button")).await.unwrap().click().await.unwrap();
    looks_right(&client, "en", 1280, "/incidents/gather").await;
    let title = client.find(Locator::Css("input[name=title]")).await.unwrap();
    title.clear().await.unwrap();
    title.send_keys("Ticked on the list").await.unwrap();
    client.find(Locator::Css("main form.stack button.main")).await.unwrap().click().await.unwrap();
    looks_right(&client, "en", 1280, "the new incident").await;
    let path = client.current_url().await.unwrap().path().to_string();
    assert!(path.starts_with("/incidents/INC-"), "{path}");
    let heading = client.find(Locator::Css("h1")).await.unwrap().text().await.unwrap();
    assert!(heading.contains("Ticked on the list"), "{heading}");
    for page in ["edit", "close"] {
        client.goto(&format!("{address}{path}/{page}")).await.unwrap();
        looks_right(&client, "en", 1280, page).await;
    }
    client.goto(&format!("{address}{path}")).await.unwrap();
    let finding = client.find(Locator::Css("main a[href^='/findings/']")).await.unwrap();
    finding.click().await.unwrap();
    let back = client.find(Locator::Css(&format!("main a[href='{path}']"))).await;
    assert!(back.is_ok(), "the finding leads to its incident");
    client.close().await.unwrap();
}

/// The pictures of README and handbook; only when they are asked for.
#[tokio::test(flavor = "multi_thread")]
async fn pictures() {
    let Some(folder) = std::env::var_os("MANARA_SCREENSHOTS") else { return };
    std::fs::create_dir_all(&folder).unwrap();
    let (_server, address) = serve();
    for (name, lang, path, width, height, dark) in [
        ("home-en", "en", "/", 1280, 1000, false),
        ("home-ar", "ar", "/", 1280, 1000, false),
        ("findings-en", "en", "/findings", 1280, 900, false),
        ("findings-ar", "ar", "/findings", 1280, 900, true),
        ("notices-fr", "fr", "/notices", 1280, 900, false),
        ("batches-en", "en", "/batches", 1280, 900, true),
        ("feeds-en", "en", "/feeds", 1280, 900, false),
        ("home-telephone-ar", "ar", "/", 320, 900, true),
        ("events-en", "en", "/events", 1280, 900, false),
        ("constituents-ar", "ar", "/constituents", 1280, 900, false),
        ("picture-en", "en", "/picture?days=30", 1280, 2200, false),
        ("picture-ar", "ar", "/picture?days=30", 1280, 2200, true),
        ("wall-en", "en", "/wall?still=yes", 1920, 1080, false),
    ] {
        let Some((_driver, client)) = browser(width, height, dark).await else { return };
        sign_in(&client, &address, lang).await;
        client.goto(&format!("{address}{path}")).await.unwrap();
        let picture = client.screenshot().await.unwrap();
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), picture).unwrap();
        client.close().await.unwrap();
    }
}
