//! A day's work by keys alone: finding → incident → notice → answer → close, in English and in Arabic, with scripts and without.
//! The walk is written once; what differs is who walks, in which language, and what the browser may run.

use fantoccini::key::Key;
use manara_web::{Lang, Words};
use serde_json::{Value, json};

use crate::browser::{Browser, Scripts};
use crate::house::{House, PASSWORD};
use crate::keys::{choose, enter, press, tab_to, text, until, write};
use crate::pages::token_on;

/// What the walk is about: a draft with its letter in the walker's language, and a finding that it tells of.
struct Case {
    notice: String,
    number: String,
    finding: String,
    asset: String,
}

impl Case {
    fn choose(house: &House, lang: Lang) -> Case {
        let sql = format!(
            "SELECT number FROM notices WHERE state = 'draft' AND class NOT LIKE 'malicious%' AND language = '{}' \
             ORDER BY findings DESC, number LIMIT 1",
            lang.tag()
        );
        let number = house.text(&sql);
        let shown: Value = serde_json::from_str(&house.done(&["notices", "show", &number, "--json"])).unwrap();
        // `findings` is their number in the list, and the findings themselves here.
        let all = shown["findings"].as_array().unwrap();
        // One whose system is named once: by its name it is looked for.
        let told = all.iter().find(|one| all.iter().filter(|other| other["asset"] == one["asset"]).count() == 1);
        let told = told.unwrap_or(&all[0]);
        let text = |value: &Value| value.as_str().unwrap_or_else(|| panic!("{shown}")).to_string();
        Case { notice: text(&shown["id"]), number, finding: text(&told["finding"]), asset: text(&told["asset"]) }
    }
}

/// Somebody at the keyboard.
pub struct Walker<'a> {
    pub browser: &'a Browser,
    pub words: Words,
    pub lang: Lang,
    pub address: String,
}

impl Walker<'_> {
    pub fn t(&self, key: &str) -> String {
        self.plain(self.words.t(self.lang, key))
    }

    pub fn t1(&self, key: &str, name: &str, value: &str) -> String {
        self.plain(self.words.t_args(self.lang, key, &[(name, value.to_string().into())]))
    }

    pub fn plain(&self, words: String) -> String {
        words.replace(['\u{2068}', '\u{2069}'], "")
    }

    /// Writes an address into the browser's own line.
    async fn open(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.address)).await.unwrap();
    }

    pub async fn to(&self, key: &str) {
        tab_to(self.browser, &self.t(key)).await;
    }

    /// Goes to what is called so and presses Enter.
    pub async fn take(&self, key: &str) {
        self.take_named(&self.t(key)).await;
    }

    /// The same of what is called so in every language. The page it leads to is the walker's own.
    pub async fn take_named(&self, name: &str) {
        tab_to(self.browser, name).await;
        enter(self.browser).await;
        let root = "const root = document.documentElement; return root.lang + ' ' + root.dir";
        let want = format!("{} {}", self.lang.tag(), self.lang.dir());
        let at = self.browser.current_url().await.unwrap();
        assert_eq!(self.browser.ask(root, vec![]).await, json!(want), "{at}");
    }

    /// Over the navigation, by the first stop of every page.
    pub async fn skip(&self) {
        self.to("web-skip").await;
        press(self.browser, &[Key::Enter.into()]).await;
        until(self.browser, "return document.activeElement.id === 'main'", "the skip link leads to the content").await;
    }

    pub async fn sees(&self, words: &str) {
        let page = text(self.browser).await;
        assert!(page.contains(words), "{words:?} is not on {}:\n{page}", self.browser.current_url().await.unwrap());
    }

    pub async fn says(&self, key: &str) {
        self.sees(&self.t(key)).await;
    }

    /// Loads the page again until it says so: what follows is done in the background, within seconds.
    async fn waits_for(&self, words: &str) {
        let begin = std::time::Instant::now();
        while !text(self.browser).await.contains(words) {
            assert!(begin.elapsed().as_secs() < 60, "{words:?} does not come: {}", text(self.browser).await);
            self.browser.refresh().await.unwrap();
        }
    }

    pub async fn signs_in(&self, name: &str) {
        self.open(&format!("/login?lang={}", self.lang.tag())).await;
        self.to("web-login-name").await;
        write(self.browser, name).await;
        self.to("web-login-password").await;
        write(self.browser, PASSWORD).await;
        self.take("web-login-enter").await;
        self.says("app-home-now").await;
    }

    /// From the navigation to the finding, by the filter of the list.
    async fn finds(&self, case: &Case) {
        self.take("web-nav-findings").await;
        self.skip().await;
        self.to("watch-findings-text").await;
        write(self.browser, &case.asset).await;
        enter(self.browser).await;
        self.skip().await;
        let link = format!("return document.activeElement.pathname === '/findings/{}'", case.finding);
        for _ in 0..100 {
            press(self.browser, &[Key::Tab.into()]).await;
            if self.browser.ask(&link, vec![]).await == json!(true) {
                break;
            }
        }
        enter(self.browser).await;
        self.sees(&case.asset).await;
        self.says("web-state-open").await;
    }

    /// Opens an incident for the finding, takes it, and notes why. Gives its number.
    async fn opens_an_incident(&self) -> String {
        self.skip().await;
        self.take("response-panel-open").await;
        self.skip().await;
        self.to("response-field-title").await;
        write(self.browser, " (by keys)").await;
        self.take("response-new-button").await;
        let path = self.browser.current_url().await.unwrap().path().to_string();
        let number = path.rsplit('/').next().unwrap().to_string();
        self.sees(&self.t1("response-did-open", "number", &number)).await;
        self.skip().await;
        self.take("response-do-take").await;
        self.says("response-did-take").await;
        self.skip().await;
        self.to("response-note-new").await;
        write(self.browser, "Told the owner today.").await;
        self.take("response-note-add").await;
        self.sees("Told the owner today.").await;
        number
    }

    /// Approves the notice that tells of the finding, and waits until it left.
    async fn tells(&self, case: &Case) {
        self.take("web-nav-notices").await;
        self.skip().await;
        self.to("warning-list-search").await;
        write(self.browser, &case.number).await;
        enter(self.browser).await;
        self.skip().await;
        self.take_named(&case.number).await;
        self.sees(&case.asset).await;
        self.skip().await;
        self.take("warning-do-approve").await;
        self.waits_for(&self.t("warning-one-in-box")).await;
        self.says("warning-state-sent").await;
    }

    /// What the constituent does: opens the link of its letter, and answers for the system.
    async fn is_answered(&self, case: &Case) {
        self.skip().await;
        self.take("warning-one-in-box").await;
        let link = format!("/a/{}", token_on(self.browser).await);
        self.open(&link).await;
        self.says("warning-link-what").await;
        self.skip().await;
        tab_to(self.browser, &self.t1("warning-link-answer-for", "asset", &case.asset)).await;
        choose(self.browser, "fixed").await;
        tab_to(self.browser, &self.t1("warning-link-comment-for", "asset", &case.asset)).await;
        write(self.browser, "Telnet is off.").await;
        self.take("warning-link-keep").await;
        let one = self.words.t_args(self.lang, "warning-link-kept", &[("count", 1_i64.into())]);
        self.sees(&self.plain(one)).await;
    }

    /// What was noted, told and answered stands in the timeline, in the order in which it happened.
    async fn reads_the_timeline(&self, case: &Case) {
        let find = "return [...document.querySelectorAll('main [role=region]')].find((one) => one.getAttribute('aria-label') === arguments[0]).innerText";
        let shown = self.browser.ask(find, vec![json!(self.t("response-one-timeline"))]).await;
        let shown = self.plain(shown.as_str().unwrap().to_string());
        let said = [("said", self.t("warning-said-fixed").into()), ("comment", "Telnet is off.".to_string().into())];
        let answered = self.plain(self.words.t_args(self.lang, "app-incident-answered-saying", &said));
        let places = ["Told the owner today.", &case.number, &answered].map(|words| shown.find(words));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {shown}");
    }

    /// Back at the incident: the answer is in its timeline, and it is closed.
    async fn closes(&self, case: &Case, number: &str) {
        self.open("/").await;
        self.take("web-nav-incidents").await;
        self.skip().await;
        self.take_named(number).await;
        self.waits_for(&self.t1("app-incident-finding-moved", "state", &self.t("web-state-fixed"))).await;
        self.reads_the_timeline(case).await;
        self.skip().await;
        self.take("response-do-close").await;
        self.skip().await;
        self.to("response-field-resolution").await;
        choose(self.browser, "resolved").await;
        press(self.browser, &[Key::Tab.into()]).await;
        // The choice that is made, or the first: one stop for all of them.
        press(self.browser, &[Key::Down.into()]).await;
        let chosen = self.browser.ask("return document.activeElement.value", vec![]).await;
        assert_eq!(chosen, json!("fixed"), "the second verdict");
        self.take("response-do-close").await;
        self.says("response-did-close-and-teach").await;
        self.says("response-state-resolved").await;
    }
}

async fn walk(who: &str, lang: Lang, scripts: Scripts) {
    let Some(browser) = Browser::open(scripts).await else { return };
    let house = House::of_demo(3);
    let case = Case::choose(&house, lang);
    let (_server, address) = house.serve();
    if scripts == Scripts::Off {
        browser.goto("data:text/html,<title>still</title><script>document.title='ran'</script>").await.unwrap();
        assert_eq!(browser.title().await.unwrap(), "still", "the browser runs no script of a page");
    }
    let walker = Walker { browser: &browser, words: Words::built_in().unwrap(), lang, address };
    walker.signs_in(who).await;
    walker.finds(&case).await;
    let number = walker.opens_an_incident().await;
    walker.tells(&case).await;
    walker.is_answered(&case).await;
    walker.closes(&case, &number).await;

    // What the pages said is what the house holds.
    let incident = &house.rows(&format!("SELECT * FROM incidents WHERE number = '{number}'"))[0];
    let held = ["state", "resolution", "verdict", "owner", "findings"].map(|name| incident[name].clone());
    assert_eq!(held, [json!("resolved"), json!("resolved"), json!("fixed"), json!(who), json!(1)]);
    assert!(incident["title"].as_str().unwrap().ends_with("(by keys)"), "{incident}");
    let state = house.text(&format!("SELECT state FROM findings WHERE id = '{}'", case.finding));
    assert_eq!(state, "fixed");
    let notice = &house.rows(&format!("SELECT state, answered FROM notices WHERE id = '{}'", case.notice))[0];
    assert_eq!(notice, &json!({ "state": "sent", "answered": 1 }));
    let answer =
        &house.rows(&format!("SELECT answer, comment, via FROM answers WHERE finding = '{}'", case.finding))[0];
    assert_eq!(answer, &json!({ "answer": "fixed", "comment": "Telnet is off.", "via": "form" }));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_work_is_done_by_keys_alone_in_english() {
    walk("handler", Lang::En, Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_work_is_done_by_keys_alone_in_arabic() {
    walk("duty", Lang::Ar, Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_work_is_done_without_scripts_in_english() {
    walk("handler", Lang::En, Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_days_work_is_done_without_scripts_in_arabic() {
    walk("duty", Lang::Ar, Scripts::Off).await;
}
