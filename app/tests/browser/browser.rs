//! Chromium and its driver: one session, whose width, colours and medium change without a new page.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use axum::body::Body;
use axum::http::{Request, header};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};

/// A program that ends with its owner.
pub struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts a program, and reads the first line of its output in which `from` finds what is looked for.
pub fn start(mut command: Command, from: impl Fn(&str) -> Option<String>) -> (Running, String) {
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let running = Running(child);
    let found =
        lines.by_ref().map_while(Result::ok).find_map(|line| from(&line)).expect("the program says where it is");
    // The pipe stays open: a program whose output nobody reads would stop at a full pipe.
    std::thread::spawn(move || lines.for_each(drop));
    (running, found)
}

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// As everywhere.
    On,
    /// Forbidden by the browser's own setting, before the first page.
    Off,
}

/// A session of the browser.
pub struct Browser {
    /// What is spoken to.
    pub client: Client,
    commands: String,
    _driver: Running,
}

impl std::ops::Deref for Browser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

impl Browser {
    /// A new session; `None` with a word of why where there is no browser and none is asked for.
    pub async fn open(scripts: Scripts) -> Option<Browser> {
        let driver = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "/usr/bin/chromedriver".into());
        if !Path::new(&driver).exists() {
            assert!(std::env::var_os("CI").is_none(), "no {driver}: apt-get install -y chromium chromium-driver");
            eprintln!("NOT RUN: no {driver}; apt-get install -y chromium chromium-driver");
            return None;
        }
        let mut command = Command::new(driver);
        command.arg("--port=0");
        let (running, port) = start(command, |line| {
            line.split("started successfully on port ").nth(1).map(|p| p.trim_end_matches('.').to_string())
        });
        let args = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ];
        let mut options = json!({ "args": args });
        if scripts == Scripts::Off {
            options["prefs"] = json!({ "profile.managed_default_content_settings.javascript": 2 });
        }
        if let Ok(chromium) = std::env::var("CHROMIUM") {
            options["binary"] = chromium.into();
        }
        let mut capabilities = serde_json::Map::new();
        capabilities.insert("goog:chromeOptions".into(), options);
        let door = format!("http://127.0.0.1:{port}");
        let client = ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&door).await.unwrap();
        let session = client.session_id().await.unwrap().unwrap();
        let commands = format!("{door}/session/{session}/goog/cdp/execute");
        let browser = Browser { client, commands, _driver: running };
        browser.width(1280).await;
        browser.media("", &[]).await;
        Some(browser)
    }

    /// A command of the browser's own protocol, for what WebDriver has no word for.
    pub async fn command(&self, name: &str, params: Value) {
        let http = hyper_util::client::legacy::Client::builder(TokioExecutor::new()).build_http();
        let body = json!({ "cmd": name, "params": params }).to_string();
        let request = Request::post(&self.commands)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::CONTENT_LENGTH, body.len())
            .body(Body::from(body))
            .unwrap();
        let answer = http.request(request).await.unwrap();
        assert!(answer.status().is_success(), "{name}: {}", answer.status());
    }

    /// How wide pages are, in CSS pixels. 320 is also a screen of 1280 at four times the size.
    pub async fn width(&self, width: u32) {
        self.size(width, 900).await;
    }

    /// How large the window is.
    pub async fn size(&self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.command("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// What the machine says of itself: `[("prefers-color-scheme", "dark")]`; on the screen, or on paper (`print`). Nothing
    /// moves: a colour that is on its way from light to dark is nobody's colour.
    pub async fn media(&self, medium: &str, features: &[(&str, &str)]) {
        let still = [("prefers-reduced-motion", "reduce")];
        let features: Vec<Value> =
            features.iter().chain(&still).map(|(name, value)| json!({ "name": name, "value": value })).collect();
        self.command("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features })).await;
    }

    /// What a script finds on the page, as JSON.
    pub async fn ask(&self, script: &str, args: Vec<Value>) -> Value {
        self.client.execute(script, args).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// Signs in by the form, in a language.
    pub async fn sign_in(&self, address: &str, name: &str, lang: &str) {
        self.goto(&format!("{address}/login?lang={lang}")).await.unwrap();
        let by = fantoccini::Locator::Css;
        self.find(by("input[name=name]")).await.unwrap().send_keys(name).await.unwrap();
        self.find(by("input[name=password]")).await.unwrap().send_keys(crate::house::PASSWORD).await.unwrap();
        self.find(by("form.stack button")).await.unwrap().click().await.unwrap();
        self.goto(&format!("{address}/?lang={lang}")).await.unwrap();
        assert_eq!(self.current_url().await.unwrap().path(), "/", "{name} is signed in");
    }
}
