//! A reported mail becomes a closed incident by keys alone, in English and in Arabic: read, answered, opened, worked on, asked about,
//! resolved and closed. Each stop is seen, and each page is in the walker's language and direction.

use std::io::Write as _;
use std::process::{Command, Stdio};

use manara_web::{Lang, Words};
use serde_json::{Value, json};

use crate::browser::{Browser, Scripts};
use crate::house::House;
use crate::keys::{choose, write};
use crate::run::Walker;

const SAID: &str = "Somebody imitates our bank at login.bank.example.com.";
const MAIL: &str = "From: Ana <ana@harbour.example>\r\nTo: cirt@cirt.example\r\nSubject: A false bank\r\n\
    Message-ID: <keys@harbour.example>\r\n\r\n";

/// A citizen's mail comes in. Gives the number of its report.
fn is_reported(house: &House) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_manara"));
    command.args(["deliver", "--json", "--data"]).arg(house.data());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{MAIL}{SAID}\r\n").as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success());
    let outcome: Value = serde_json::from_slice(&ended.stdout).unwrap();
    outcome["report"].as_str().unwrap_or_else(|| panic!("{outcome}")).to_string()
}

impl Walker<'_> {
    /// The last part of the address of the page at hand.
    async fn here(&self) -> String {
        let path = self.browser.current_url().await.unwrap().path().to_string();
        path.rsplit('/').next().unwrap().to_string()
    }

    /// From the navigation to the report, which says what came.
    async fn reads(&self, report: &str) {
        self.take("tickets-nav").await;
        self.skip().await;
        self.take_named(report).await;
        self.sees(SAID).await;
    }

    /// Writes to whoever reported, sees it as it will leave, and sends it.
    async fn answers(&self) {
        self.skip().await;
        self.take("tickets-do-write").await;
        self.skip().await;
        self.to("response-note-text").await;
        write(self.browser, "Thank you. We look at it.").await;
        self.take("tickets-do-preview").await;
        self.skip().await;
        self.take("tickets-do-send").await;
        let one = self.words.t_args(self.lang, "tickets-did-send", &[("count", 1_i64.into())]);
        self.sees(&self.plain(one)).await;
    }

    /// Opens an incident from the report. Gives its number.
    async fn launches(&self) -> String {
        self.skip().await;
        self.take("response-panel-open").await;
        self.skip().await;
        self.take("response-new-button").await;
        let number = self.here().await;
        assert!(number.starts_with("INC-"), "{number}");
        number
    }

    /// Applies the playbook and does its first task; then back to the incident.
    async fn works(&self, incident: &str) {
        self.skip().await;
        self.take("work-tasks-all").await;
        self.skip().await;
        self.to("work-playbook-choose").await;
        choose(self.browser, "s21-phishing").await;
        self.take("work-do-apply").await;
        self.says("work-did-apply").await;
        self.skip().await;
        self.take("work-do-done").await;
        self.take_named(incident).await;
    }

    /// Asks a provider. Gives the number of the investigation.
    async fn investigates(&self) -> String {
        self.skip().await;
        self.take("tickets-new-investigation").await;
        self.skip().await;
        self.to("tickets-field-subject").await;
        write(self.browser, "Who rents the server").await;
        self.to("tickets-field-correspondent").await;
        write(self.browser, "abuse@isp.example").await;
        self.take("tickets-do-open").await;
        let number = self.here().await;
        self.sees(&self.t1("tickets-did-open", "number", &number)).await;
        number
    }

    /// Resolves the ticket at hand, and goes to its incident.
    async fn resolves(&self, incident: &str) {
        self.skip().await;
        self.take("tickets-do-resolved").await;
        self.says("tickets-did-move").await;
        self.skip().await;
        self.take_named(incident).await;
    }

    async fn ends(&self) {
        self.skip().await;
        self.take("response-do-close").await;
        self.skip().await;
        self.to("response-field-resolution").await;
        choose(self.browser, "resolved").await;
        self.take("response-do-close").await;
        self.says("response-state-resolved").await;
    }
}

async fn walk(who: &str, lang: Lang) {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let house = House::of_demo(3);
    let report = is_reported(&house);
    let (_server, address) = house.serve();
    let walker = Walker { browser: &browser, words: Words::built_in().unwrap(), lang, address };
    walker.signs_in(who).await;
    walker.reads(&report).await;
    walker.answers().await;
    let incident = walker.launches().await;
    walker.works(&incident).await;
    let investigation = walker.investigates().await;
    walker.resolves(&incident).await;
    walker.skip().await;
    walker.take_named(&report).await;
    walker.resolves(&incident).await;
    walker.ends().await;

    // What the pages said is what the house holds.
    let json = |args: &[&str]| -> Value { serde_json::from_str(&house.done(args)).unwrap() };
    for number in [&report, &investigation] {
        let shown = json(&["tickets", "show", number, "--json"]);
        assert_eq!((&shown["state"], &shown["incidents"][0]), (&json!("resolved"), &json!(incident)), "{shown}");
    }
    let held = &house.rows(&format!("SELECT state, resolution, owner FROM incidents WHERE number = '{incident}'"))[0];
    assert_eq!(held, &json!({ "state": "resolved", "resolution": "resolved", "owner": who }));
    let tasks = json(&["tasks", "list", "--incident", &incident, "--json"]);
    let done = tasks.as_array().unwrap().iter().filter(|task| task["state"] == "done").count();
    assert_eq!(done, 1, "{tasks}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reported_mail_becomes_a_closed_incident_by_keys_alone_in_english() {
    walk("handler", Lang::En).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reported_mail_becomes_a_closed_incident_by_keys_alone_in_arabic() {
    walk("duty", Lang::Ar).await;
}
