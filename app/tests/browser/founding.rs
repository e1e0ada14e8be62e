//! A questionnaire answer becomes a running service, as a new team goes it in the browser: it answers, reads the report, lets the
//! design be found and keeps it, applies its block; then the service's page, its procedure and its course are there.

use fantoccini::Locator;
use serde_json::json;

use crate::browser::{Browser, Scripts};
use crate::first::{first_start, type_into};
use crate::grid::{Faults, look_around};
use crate::keys::text;

/// The block that switches notices on, and where it stands.
const BLOCK: &str = "/framework/establish/sop-notification";

/// What a team answers: all that notices need is there, but nobody writes to the owners of what is wrong.
const ANSWERS: [(&str, &str, &str); 3] = [("N", "N-2", "4"), ("S", "S-5", "0"), ("T", "T-2", "4")];

struct Walk {
    browser: Browser,
    address: String,
    lang: &'static str,
    dir: &'static str,
    faults: Faults,
}

impl Walk {
    async fn open(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.address)).await.unwrap();
    }

    async fn at(&self) -> String {
        self.browser.current_url().await.unwrap().path().to_string()
    }

    async fn has(&self, css: &str) -> bool {
        self.browser.find(Locator::Css(css)).await.is_ok()
    }

    async fn types(&self, css: &str, words: &str) {
        type_into(&self.browser.client, css, words).await;
    }

    async fn chooses(&self, css: &str, value: &str) {
        let list = self.browser.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        list.select_by_value(value).await.unwrap();
    }

    /// What is wrong with the page at hand for who reads it, in both widths and colours.
    async fn looks(&mut self, what: &str) {
        look_around(&self.browser, (self.lang, self.dir), what, &mut self.faults).await;
        self.browser.width(1280).await;
    }

    /// The first administrator; the team begins with the basic services.
    async fn begins(&self, token: &str) {
        self.open(&format!("/?lang={}", self.lang)).await;
        for (field, words) in
            [("token", token), ("name", "amina"), ("password", "a short sentence"), ("again", "a short sentence")]
        {
            self.types(&format!("input[name={field}]"), words).await;
        }
        self.browser.press("main form.stack button.main").await;
        assert_eq!(self.at().await, "/setup/nation");
        self.open("/").await;
        assert!(self.has("nav a[href='/findings']").await && !self.has("nav a[href='/notices']").await);
        self.open("/notices").await;
        assert!(self.has("main a[href='/framework/establish?service=warning']").await, "it says how it comes to be");
        self.open("/framework/training/warning").await;
        assert!(!self.has("form.answers").await, "the course of a service that is off is not there");
    }

    /// Begins an assessment and answers some of its questions. Gives its path.
    async fn answers(&mut self) -> String {
        self.open("/framework").await;
        let form = "form[action='/framework/assessments']";
        self.chooses(&format!("{form} select[name=catalogue]"), "itu-readiness").await;
        self.types(&format!("{form} input[name=subject]"), "Siraj CIRT").await;
        self.browser.press(&format!("{form} button.main")).await;
        let path = self.at().await;
        assert!(path.starts_with("/framework/assessments/"), "{path}");
        self.browser.press(&format!("a.button[href='{path}/answer']")).await;
        self.types("form[action$='/join'] input[name=organisation]", "Ministry of Light").await;
        self.browser.press("form[action$='/join'] button").await;
        for (section, item, level) in ANSWERS {
            self.open(&format!("{path}/answer?section={section}")).await;
            let answer = format!("input[name='level-{item}'][value='{level}']");
            let answer =
                self.browser.find(Locator::Css(&answer)).await.unwrap_or_else(|error| panic!("{item}: {error}"));
            answer.click().await.unwrap();
            self.browser.press("form.answers p.actions button:last-child").await;
        }
        self.looks("/answer").await;
        path
    }

    /// Reads what follows: by the usual profile first, then by that of the day the team opens; and the report of it.
    async fn reads(&mut self, path: &str) {
        self.open(path).await;
        let chosen = "select[name=profile] option[selected]";
        let value = async |walk: &Walk| {
            let option = walk.browser.find(Locator::Css(chosen)).await.unwrap();
            option.attr("value").await.unwrap().unwrap_or_default()
        };
        assert_eq!(value(self).await, "ready-to-design", "nobody chose, so the page chose and says so");
        self.looks("/framework/assessments").await;
        self.chooses("select[name=profile]", "ready-to-open").await;
        self.browser.press("form.inline:has(select[name=profile]) button").await;
        assert_eq!(value(self).await, "ready-to-open");
        let gaps = text(&self.browser).await;
        assert!(gaps.contains("S-5"), "the gap is named: {gaps}");
        let link = self.browser.find(Locator::Css("main a[href*='/report?format=html']")).await.unwrap();
        let href = link.attr("href").await.unwrap().unwrap();
        let report =
            self.browser.ask("return fetch(arguments[0]).then(answer => answer.text())", vec![json!(href)]).await;
        let report = report.as_str().unwrap();
        let begins = format!(r#"lang="{}" dir="{}""#, self.lang, self.dir);
        assert!(report.contains(&begins) && report.contains("Siraj CIRT"), "{report:.2000}");
    }

    /// Lets the design be found, and keeps it.
    async fn designs(&mut self, path: &str) {
        self.browser.press(&format!("a.button[href^='{path}/design?profile=ready-to-open']")).await;
        self.looks("/design").await;
        self.browser.press("form[action$='/designs'] button").await;
        let at = self.at().await;
        assert!(at.starts_with("/framework/designs/"), "{at}");
        self.browser.press("form[action$='/state'] button.main").await;
        self.looks("/framework/designs").await;
    }

    /// Applies the block of the design that closes the gap.
    async fn applies(&mut self) {
        self.browser.press(&format!("main a[href='{BLOCK}']")).await;
        self.looks(BLOCK).await;
        self.browser.press("form[action$='/apply'] button").await;
        assert_eq!(self.at().await, BLOCK);
        assert!(self.has("form[action$='/undo'] button").await, "it is applied, and can be taken back");
    }

    /// The service runs: its page, its procedure and its course are there.
    async fn runs(&mut self) {
        self.open("/").await;
        self.browser.press("nav a[href='/notices']").await;
        assert_eq!(self.at().await, "/notices");
        assert!(!self.has("main a[href='/framework/establish?service=warning']").await);
        self.looks("/notices").await;
        self.open("/framework/manual").await;
        self.browser.press("main a[href='/framework/manual/finding-to-notice']").await;
        assert!(self.has("article.manual a[href='/notices?state=draft']").await, "the procedure leads to the work");
        self.looks("/framework/manual/finding-to-notice").await;
        self.browser.press("form[action$='/read'] button").await;
        self.open("/framework/training").await;
        self.browser.press("main a[href='/framework/training/warning']").await;
        assert!(self.has("ol.lessons a[href='/framework/manual/finding-to-notice']").await);
        assert!(self.has("form.answers input[name=q0]").await, "the course asks");
    }
}

async fn walk(lang: &'static str, dir: &'static str) {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let folder = tempfile::tempdir().unwrap();
    let (_server, address, token) = first_start(&folder.path().join("data"));
    let mut walk = Walk { browser, address, lang, dir, faults: Faults::default() };
    walk.begins(&token).await;
    let path = walk.answers().await;
    walk.reads(&path).await;
    walk.designs(&path).await;
    walk.applies().await;
    walk.runs().await;
    walk.faults.none();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_becomes_a_running_service_in_english() {
    walk("en", "ltr").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_becomes_a_running_service_in_arabic() {
    walk("ar", "rtl").await;
}
