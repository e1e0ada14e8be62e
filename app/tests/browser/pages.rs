//! Every page there is: each GET route of `tests/routes.txt` with the addresses under which tests look at it.

use std::collections::{BTreeMap, BTreeSet};

use fantoccini::Locator;

use crate::browser::Browser;
use crate::house::House;

/// Routes that give a page, with addresses of it. What stands in braces is taken from [`Samples`].
/// Lists have few rows here: more of them are the same again.
pub const PAGES: &[(&str, &[&str])] = &[
    ("/", &["/"]),
    ("/a/{token}", &["/a/{token}"]),
    ("/about", &["/about"]),
    ("/about/design", &["/about/design"]),
    ("/about/languages", &["/about/languages"]),
    ("/account", &["/account"]),
    ("/account/settings", &["/account/settings"]),
    ("/account/tokens", &["/account/tokens"]),
    ("/account/tokens/{id}/revoke", &["/account/tokens/{pass}/revoke"]),
    ("/account/views", &["/account/views"]),
    ("/api", &["/api"]),
    ("/batches", &["/batches?rows=8"]),
    ("/batches/{id}", &["/batches/{batch}"]),
    ("/bulk/{id}", &["/bulk/{bulk}"]),
    ("/constituents", &["/constituents?rows=8"]),
    ("/constituents/import", &["/constituents/import"]),
    ("/constituents/new", &["/constituents/new"]),
    ("/constituents/overlaps", &["/constituents/overlaps"]),
    ("/constituents/{id}", &["/constituents/{constituent}"]),
    ("/constituents/{id}/edit", &["/constituents/{constituent}/edit"]),
    ("/events", &["/events?rows=8"]),
    ("/report", &["/report"]),
    ("/report/follow", &["/report/follow"]),
    ("/research", &["/research?q=198.51.100.7", "/research?q=nothing+of+the+kind"]),
    ("/events/sql", &["/events/sql?sql=SELECT+constituent,state,severity+FROM+findings+LIMIT+5"]),
    ("/feeds", &["/feeds?rows=8"]),
    ("/feeds/{name}", &["/feeds/{feed}", "/feeds/{list}"]),
    ("/findings", &["/findings?rows=8", "/findings?q=no-such-thing"]),
    ("/findings/{id}", &["/findings/{finding}"]),
    ("/framework/designs", &["/framework/designs"]),
    ("/framework/designs/{id}", &["/framework/designs/{design}", "/framework/designs/{design}?with={design2}"]),
    ("/framework/programmes", &["/framework/programmes"]),
    ("/framework/programmes/{id}", &["/framework/programmes/{programme}"]),
    ("/framework/days-off", &["/framework/days-off"]),
    ("/framework/programmes/{id}/days-off", &["/framework/programmes/{programme}/days-off"]),
    ("/framework/programmes/{id}/lines/{line}", &["/framework/programmes/{programme}/lines/{line}"]),
    ("/framework/programmes/{id}/own", &["/framework/programmes/{programme}/own"]),
    ("/framework/programmes/{id}/tasks/{task}", &["/framework/programmes/{programme}/tasks/{task}"]),
    (
        "/framework/programmes/{id}/what-if",
        &["/framework/programmes/{programme}/what-if?start=2027-01-03&weekend=fri,sat&people=6"],
    ),
    ("/framework/attempts/{id}", &["/framework/attempts/{attempt}"]),
    ("/framework/certificates/{number}", &["/framework/certificates/{certificate}"]),
    ("/framework/establish", &["/framework/establish?service=watch"]),
    ("/framework/establish/{id}", &["/framework/establish/sop-notification", "/framework/establish/power-backup"]),
    ("/framework/manual", &["/framework/manual"]),
    ("/framework/manual/facts", &["/framework/manual/facts"]),
    ("/framework/manual/readers", &["/framework/manual/readers"]),
    ("/framework/manual/whole", &["/framework/manual/whole"]),
    ("/framework/manual/{document}", &["/framework/manual/incident", "/framework/manual/sharing"]),
    ("/framework/services", &["/framework/services"]),
    ("/framework/services/{id}/off", &["/framework/services/picture/off"]),
    ("/framework/training", &["/framework/training"]),
    ("/framework/training/{course}", &["/framework/training/response"]),
    ("/framework/assessments/{id}/figures", &["/framework/assessments/{lawbook}/figures"]),
    ("/framework/exercises", &["/framework/exercises"]),
    ("/framework/exercises/lessons", &["/framework/exercises/lessons"]),
    ("/framework/exercises/new", &["/framework/exercises/new"]),
    ("/framework/exercises/{id}", &["/framework/exercises/{exercise}"]),
    ("/framework/exercises/{id}/edit", &["/framework/exercises/{exercise}/edit"]),
    ("/framework/in-force", &["/framework/in-force"]),
    ("/framework/law", &["/framework/law"]),
    ("/framework/law/{id}", &["/framework/law/{lawbook}"]),
    ("/framework/law/{id}/{item}", &["/framework/law/{lawbook}/BC-02"]),
    ("/framework/office", &["/framework/office"]),
    ("/framework/progress", &["/framework/progress"]),
    ("/framework/quality", &["/framework/quality?from=2026-09-01&to=2026-11-22"]),
    ("/framework/strategy", &["/framework/strategy"]),
    ("/framework/strategy/actions", &["/framework/strategy/actions"]),
    ("/framework/strategy/functions", &["/framework/strategy/functions"]),
    ("/framework/strategy/reviews", &["/framework/strategy/reviews"]),
    ("/framework/strategy/roles", &["/framework/strategy/roles"]),
    (
        "/framework/strategy/{kind}/{id}",
        &[
            "/framework/strategy/stakeholders/new",
            "/framework/strategy/actions/new",
            "/framework/strategy/functions/new",
            "/framework/strategy/reviews/new",
        ],
    ),
    ("/framework", &["/framework?rows=8"]),
    ("/framework/assessments/{id}", &["/framework/assessments/{assessment}"]),
    ("/framework/assessments/{id}/answer", &["/framework/assessments/{assessment}/answer"]),
    ("/framework/assessments/{id}/design", &["/framework/assessments/{assessment}/design"]),
    ("/framework/assessments/{id}/exchange", &["/framework/assessments/{assessment}/exchange"]),
    ("/framework/assessments/{id}/moderate", &["/framework/assessments/{assessment}/moderate"]),
    ("/framework/catalogues/{id}", &["/framework/catalogues/sim3"]),
    ("/framework/compare", &["/framework/compare"]),
    ("/framework/workshop", &["/framework/workshop"]),
    ("/framework/workshop/{id}", &["/framework/workshop/{assessment}"]),
    ("/incidents", &["/incidents?state=all&rows=8"]),
    ("/incidents/import", &["/incidents/import"]),
    ("/incidents/import/{id}", &["/incidents/import/{import}"]),
    ("/incidents/new", &["/incidents/new"]),
    ("/incidents/rules", &["/incidents/rules"]),
    ("/incidents/{id}", &["/incidents/{incident}"]),
    ("/clocks", &["/clocks"]),
    ("/figures/response", &["/figures/response", "/figures/response?period=1999"]),
    ("/figures/response/cases", &["/figures/response/cases?measure=backlog"]),
    ("/figures/response/report", &["/figures/response/report"]),
    ("/clocks/hours", &["/clocks/hours"]),
    ("/clocks/rules", &["/clocks/rules"]),
    ("/handover", &["/handover"]),
    ("/incidents/{id}/clocks", &["/incidents/{incident}/clocks"]),
    ("/incidents/{id}/custody", &["/incidents/{incident}/custody"]),
    ("/incidents/{id}/evidence", &["/incidents/{incident}/evidence"]),
    ("/incidents/{id}/evidence/{item}", &["/incidents/{incident}/evidence/{evidence}"]),
    ("/incidents/{id}/fields", &["/incidents/{incident}/fields"]),
    ("/incidents/{id}/tags", &["/incidents/{incident}/tags"]),
    ("/tickets/{id}/tags", &["/tickets/{ticket}/tags"]),
    ("/incidents/{id}/report", &["/incidents/{incident}/report"]),
    ("/incidents/{id}/review", &["/incidents/{incident}/review"]),
    ("/incidents/{id}/tasks", &["/incidents/{incident}/tasks"]),
    ("/incidents/{id}/tasks/{task}", &["/incidents/{incident}/tasks/{step}"]),
    ("/tasks", &["/tasks?show=all"]),
    ("/incidents/{id}/close", &["/incidents/{incident}/close"]),
    ("/incidents/{id}/edit", &["/incidents/{incident}/edit"]),
    ("/incidents/{id}/notes/{note}", &["/incidents/{incident}/notes/{note}"]),
    ("/tickets", &["/tickets?state=all&rows=8"]),
    ("/incidents/{id}/mailbox", &["/incidents/{incident}/mailbox"]),
    ("/incidents/{id}/letters/{letter}", &["/incidents/{incident}/letters/takedown-request"]),
    ("/incidents/{id}/observables", &["/incidents/{incident}/observables"]),
    ("/incidents/{id}/part", &["/incidents/{incident}/part"]),
    ("/incidents/{id}/write", &["/incidents/{incident}/write"]),
    ("/tickets/new", &["/tickets/new?kind=countermeasure"]),
    ("/tickets/{id}", &["/tickets/{ticket}"]),
    ("/tickets/{id}/edit", &["/tickets/{ticket}/edit"]),
    ("/tickets/{id}/incident", &["/tickets/{ticket}/incident"]),
    ("/tickets/{id}/write", &["/tickets/{ticket}/write"]),
    ("/mail", &["/mail"]),
    ("/mail/addresses", &["/mail/addresses"]),
    ("/mail/drafts", &["/mail/drafts"]),
    ("/mail/held", &["/mail/held"]),
    ("/mail/held/{id}", &["/mail/held/{held}"]),
    ("/mail/keys", &["/mail/keys"]),
    ("/mail/keys/missing", &["/mail/keys/missing"]),
    ("/mail/keys/{fingerprint}", &["/mail/keys/{key}"]),
    ("/mail/queue", &["/mail/queue"]),
    ("/journal", &["/journal?rows=8"]),
    ("/keys", &["/keys"]),
    ("/login", &[]),
    ("/notices", &["/notices?rows=8"]),
    ("/notices/mailbox", &["/notices/mailbox?rows=8"]),
    ("/notices/mailbox/{id}", &["/notices/mailbox/{letter}"]),
    ("/notices/{id}", &["/notices/{draft}", "/notices/{letter}"]),
    ("/picture", &["/picture?days=30"]),
    ("/picture/digest", &["/picture/digest?day=2026-11-20"]),
    ("/rfc2350", &["/rfc2350"]),
    ("/search", &["/search?q=port"]),
    ("/setup/feed", &["/setup/feed"]),
    ("/setup/mail", &["/setup/mail"]),
    ("/setup/nation", &["/setup/nation"]),
    ("/setup/networks", &["/setup/networks"]),
    ("/setup/profile", &["/setup/profile"]),
    ("/setup/steps", &["/setup/steps"]),
    ("/users", &["/users"]),
    ("/users/{id}", &["/users/{person}"]),
    ("/users/{id}/disable", &["/users/{person}/disable"]),
    ("/users/{id}/mailboxes", &["/users/{person}/mailboxes"]),
    ("/w/join", &["/w/join"]),
    ("/w/{token}", &["/w/{seat}"]),
    ("/wall", &["/wall?still=yes"]),
    ("/webhooks", &["/webhooks"]),
    ("/webhooks/{id}", &["/webhooks/{webhook}"]),
];

/// Pages that people see who are not signed in.
pub const OUTSIDE: &[&str] = &["/login", "/login?next=/findings", "/no-such-page"];

/// Routes that give no page, and what they give.
const NOT_PAGES: &[(&str, &str)] = &[
    ("/.well-known/openpgpkey/hu/{name}", "a key for programs"),
    ("/.well-known/openpgpkey/policy", "a file for programs"),
    ("/.well-known/openpgpkey/{domain}/hu/{name}", "a key for programs"),
    ("/.well-known/openpgpkey/{domain}/policy", "a file for programs"),
    ("/.well-known/security.txt", "a text for programs"),
    ("/a/{token}/answers.csv", "a table to keep"),
    ("/api/openapi.json", "the description of the API, for programs"),
    ("/batches/{id}/raw", "the file as it came"),
    ("/constituents/export/{format}", "a table to keep"),
    ("/events/intelmq", "events as a file"),
    ("/framework/programmes/{id}/export", "a file to keep"),
    ("/framework/programmes/{id}/tasks/{task}/evidence", "a file to keep"),
    ("/framework/establish/{id}/proof", "a file to keep"),
    ("/framework/exercises.ics", "the exercises to come as a calendar"),
    ("/framework/strategy/reviews.ics", "the reviews as a calendar"),
    ("/framework/assessments/{id}/evidence/{evidence}", "a file to keep"),
    ("/framework/assessments/{id}/export", "a file to keep"),
    ("/framework/assessments/{id}/report", "a document to keep"),
    ("/framework/catalogues/{id}/export", "a file to keep"),
    ("/incidents/{id}/evidence/{item}/file", "the file of a piece of evidence"),
    ("/tickets/{id}/messages/{message}/raw", "a mail as a file"),
    ("/tickets/{id}/messages/{message}/files/{position}", "a file of a mail"),
    ("/mail/held/{id}/raw", "a mail as a file"),
    ("/mail/certificates/{fingerprint}", "a certificate as a file"),
    ("/mail/keys/{fingerprint}/certificate", "a key as a file"),
    ("/mail/held/{id}/files/{position}", "a file of a mail"),
    ("/health/live", "a word for programs"),
    ("/health/ready", "a word for programs"),
    ("/live", "what changed, as a stream of events"),
    ("/notices/mailbox/{id}/message.eml", "the letter as a file"),
    ("/notices/{id}/files/{name}", "an attachment"),
    ("/framework/assessments/{id}/design/document", "a document to keep"),
    ("/framework/designs/{id}/document", "a document to keep"),
    ("/setup/profile/print", "a document to keep"),
    ("/setup", "the way on once somebody has an account; before, the first run walks it"),
];

/// What the demo has of each kind, for the braces of [`PAGES`].
pub struct Samples(BTreeMap<&'static str, String>);

impl Samples {
    /// Adds to a house what the demo lacks (a note, a webhook, a letter of today), before it is served.
    pub fn make(house: &House) -> Samples {
        let mut found = BTreeMap::new();
        let draft = "SELECT id FROM notices WHERE state = 'draft' AND letter = 'notice' AND language = 'en' ORDER BY findings DESC LIMIT 2";
        let drafts: Vec<String> = house.rows(draft).iter().map(|row| row["id"].as_str().unwrap().to_string()).collect();
        let [letter, draft] = drafts.try_into().expect("two drafts in English");
        house.done(&["notices", "approve", &letter]);
        house.done(&["work"]);
        let incident = house.text("SELECT number FROM incidents ORDER BY findings DESC, number LIMIT 1");
        house.done(&["incidents", "note", &incident, "Called the provider; they look at it."]);
        let secured = ["--by", "Layla", "--source", "Mail server of the port, rack 4", "--kept", "Safe 2"];
        let add = ["evidence", "add", &incident, "Disk of the mail server", "--kind", "disk"];
        house.done(&[&add[..], &secured[..]].concat());
        found.insert("evidence", format!("{incident}-E1"));
        house.done(&["evidence", "hand", &format!("{incident}-E1"), "Omar", "analysis"]);
        house.done(&["tags", "add", &incident, "workflow:state=watch", "port-authority"]);
        house.done(&["fields", "set", &incident, "affected-people=1200", "began-on=2026-01-15"]);
        house.done(&["tokens", "make", "admin", "sensor", "--scope", "findings:read"]);
        house.done(&["webhooks", "add", "https://hooks.invalid/manara", "--kind", "incident.opened"]);
        let batch =
            "SELECT id FROM batches WHERE state = 'finished' ORDER BY rejects DESC, duplicates DESC, id LIMIT 1";
        found.insert("batch", house.text(batch));
        found.insert(
            "constituent",
            house.text("SELECT constituent_id FROM findings GROUP BY 1 ORDER BY COUNT(*) DESC, 1 LIMIT 1"),
        );
        found.insert("feed", house.text("SELECT name FROM feeds WHERE name LIKE '%telnet%' ORDER BY name LIMIT 1"));
        found.insert("list", house.text("SELECT feed FROM batches WHERE format LIKE '%list%' ORDER BY feed LIMIT 1"));
        found.insert("finding", house.text("SELECT f.id FROM findings f JOIN answers a ON a.finding = f.id WHERE f.state = 'acknowledged' ORDER BY f.id LIMIT 1"));
        let designs = told(house, &["design", "list", "--json"]);
        let id = |value: &serde_json::Value| value["id"].as_str().expect("an id").to_string();
        let accepted = designs.as_array().unwrap().iter().find(|one| one["state"] == "accepted").expect("a design");
        let other = designs.as_array().unwrap().iter().find(|one| one["state"] == "withdrawn").unwrap_or(accepted);
        found.extend([("design", id(accepted)), ("design2", id(other))]);
        let programme = id(&told(house, &["programme", "list", "--json"])[0]);
        let status = told(house, &["programme", "status", &programme, "--json"]);
        let task = status["tasks"].as_array().unwrap().iter().find(|task| task["state"] == "started");
        found.extend([("task", id(task.unwrap_or(&status["tasks"][0]))), ("programme", programme)]);
        let held = told(house, &["exercise", "list", "--state", "held", "--json"]);
        found.insert("exercise", id(held.as_array().unwrap().last().expect("an exercise that was held")));
        // Three days are too few for one that came to its end.
        let closed =
            "SELECT number FROM incidents WHERE state = 'resolved' ORDER BY findings DESC, number DESC LIMIT 1";
        found.extend(house.rows(closed).first().map(|row| ("closed", row["number"].as_str().unwrap().to_string())));
        let assessments: Vec<serde_json::Value> =
            serde_json::from_str(&house.done(&["assess", "list", "--json"])).expect("assessments");
        let is_open = |one: &&serde_json::Value| one["state"] == "open";
        for (name, catalogue) in [("assessment", "sim3"), ("lawbook", "cybercrime-law")] {
            let open = assessments.iter().filter(is_open).find(|one| one["catalogue"] == catalogue);
            found.insert(name, id(open.expect("an assessment that is open")));
        }
        house.done(&["tasks", "apply", &incident, "s21-phishing"]);
        house.done(&["clocks", "start", &incident, "nis2"]);
        let tasks = told(house, &["tasks", "list", "--incident", &incident, "--json"]);
        let decision = tasks.as_array().unwrap().iter().find(|task| task["step"] == "place");
        found.insert("step", id(decision.expect("a decision")));
        let reports = told(house, &["tickets", "list", "--kind", "report", "--json"]);
        let report = reports.as_array().unwrap().iter().max_by_key(|one| one["messages"].as_i64());
        let number = |one: &serde_json::Value| one["number"].as_str().expect("a number").to_string();
        found.insert("ticket", number(report.expect("a report with answers")));
        found.insert("held", id(&told(house, &["mail", "held", "--json"])[0]));
        let user_id = "CIRT <cirt@cirt.example>";
        let key = told(house, &["mail", "keys", "generate", "--user-id", user_id, "--json"]);
        found.insert("key", key["fingerprint"].as_str().expect("a fingerprint").to_string());
        found.extend([("incident", incident), ("letter", letter), ("draft", draft)]);
        Samples(found)
    }

    /// Finds what only pages show: the note, the webhook, the token, a person, the link in the letter; and begins a change of
    /// many.
    pub async fn look(&mut self, browser: &Browser, address: &str) {
        for (name, page, link, at) in [
            ("note", "/incidents/{incident}", "main a[href*='/notes/']", 4),
            ("line", "/framework/programmes/{programme}", "main a[href*='/lines/']", 5),
            ("webhook", "/webhooks", "main table.list a[href^='/webhooks/']", 2),
            ("pass", "/account/tokens", "main a[href$='/revoke']", 3),
            ("person", "/users", "main a[href$='/disable']", 2),
        ] {
            browser.goto(&format!("{address}{}", self.fill(page))).await.unwrap();
            let href = browser.find(Locator::Css(link)).await.unwrap().attr("href").await.unwrap().unwrap();
            self.0.insert(name, href.split('/').nth(at).unwrap().to_string());
        }
        browser.goto(&format!("{address}/incidents?state=all")).await.unwrap();
        browser.find(Locator::Css("form#many input[name=all]")).await.unwrap().click().await.unwrap();
        browser.press("form#many button").await;
        let chosen = browser.current_url().await.unwrap().path().to_string();
        self.0.insert("bulk", chosen.strip_prefix("/bulk/").expect("a change of many").to_string());
        browser.goto(&format!("{address}/framework/establish/power-backup")).await.unwrap();
        browser.press("form[action$='/apply'] button").await;
        browser.goto(&format!("{address}/framework/training/response")).await.unwrap();
        for (question, answer) in [(0, 0), (1, 0), (1, 1), (2, 1), (3, 0)] {
            let chosen = format!("input[name=q{question}][value='{answer}']");
            browser.find(Locator::Css(&chosen)).await.unwrap().click().await.unwrap();
        }
        browser.press("form.answers button").await;
        let attempt = browser.current_url().await.unwrap().path().to_string();
        self.0.insert("attempt", attempt.strip_prefix("/framework/attempts/").expect("an attempt").to_string());
        let passed = Locator::Css("main a[href^='/framework/certificates/']");
        let href = browser.find(passed).await.unwrap().attr("href").await.unwrap().unwrap();
        self.0.insert("certificate", href.rsplit('/').next().unwrap().to_string());
        self.bring(browser, address).await;
        browser.goto(&format!("{address}{}", self.fill("/notices/mailbox/{letter}"))).await.unwrap();
        self.0.insert("token", token_on(browser).await);
        self.sit(browser, address).await;
    }

    /// Brings a table of another tool, with a row that is refused.
    async fn bring(&mut self, browser: &Browser, address: &str) {
        let folder = tempfile::tempdir().unwrap();
        let table = folder.path().join("old.csv");
        std::fs::write(&table, "id,title,created\nA-1,Old incident,2024-05-01\nA-2,,2024-05-02\n").unwrap();
        browser.goto(&format!("{address}/incidents/import")).await.unwrap();
        browser.find(Locator::Css("select[name=format] option[value=csv]")).await.unwrap().click().await.unwrap();
        let field = browser.find(Locator::Css("input[type=file]")).await.unwrap();
        field.send_keys(table.to_str().unwrap()).await.unwrap();
        browser.press("main form[enctype] button.main").await;
        let brought = browser.current_url().await.unwrap().path().to_string();
        self.0.insert("import", brought.strip_prefix("/incidents/import/").expect("a file").to_string());
    }

    /// Opens a workshop and joins it.
    async fn sit(&mut self, browser: &Browser, address: &str) {
        browser.goto(&format!("{address}{}", self.fill("/framework/workshop/{assessment}"))).await.unwrap();
        browser.press("form[action$='/open'] button").await;
        let code = browser.find(Locator::Css(".code")).await.unwrap().text().await.unwrap();
        browser.goto(&format!("{address}/w/join")).await.unwrap();
        for (name, text) in [("code", code.as_str()), ("name", "Ana Silva"), ("organisation", "Port Authority")] {
            let field = browser.find(Locator::Css(&format!("input[name={name}]"))).await.unwrap();
            field.send_keys(text).await.unwrap();
        }
        browser.press("main form button").await;
        let seat = browser.current_url().await.unwrap().path().to_string();
        self.0.insert("seat", seat.strip_prefix("/w/").expect("a seat").to_string());
    }

    /// An address with its braces filled.
    pub fn fill(&self, address: &str) -> String {
        let mut address = address.to_string();
        for (name, value) in &self.0 {
            address = address.replace(&format!("{{{name}}}"), value);
        }
        assert!(!address.contains('{'), "{address}: nothing fills this");
        address
    }

    /// Every address of every page of people who are signed in, and what it is called in [`PAGES`]; with `ONLY_PAGES`, those that
    /// begin so.
    pub fn addresses(&self) -> Vec<(&'static str, String)> {
        let only = std::env::var("ONLY_PAGES").unwrap_or_default();
        let all = PAGES.iter().flat_map(|(_, addresses)| addresses.iter()).filter(|address| address.starts_with(&only));
        all.map(|address| (*address, self.fill(address))).collect()
    }
}

/// What a command answers in JSON.
pub fn told(house: &House, args: &[&str]) -> serde_json::Value {
    serde_json::from_str(&house.done(args)).expect("JSON")
}

/// The secret part of the link in the letter that the page shows.
pub async fn token_on(browser: &Browser) -> String {
    let text = browser.ask("return document.body.innerText", vec![]).await;
    let (_, rest) = text.as_str().unwrap().split_once("/a/").expect("a link in the letter");
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

#[test]
fn every_route_that_gives_a_page_is_walked() {
    let table = include_str!("../routes.txt");
    let routes: BTreeSet<&str> = table
        .lines()
        .filter_map(|line| line.strip_prefix("GET ")?.split_whitespace().next())
        .filter(|path| !path.starts_with("/api/v1/"))
        .collect();
    let pages: BTreeSet<&str> = PAGES.iter().map(|(route, _)| *route).collect();
    let others: BTreeSet<&str> = NOT_PAGES.iter().map(|(route, _)| *route).collect();
    let known: BTreeSet<&str> = pages.union(&others).copied().collect();
    let new: Vec<_> = routes.difference(&known).collect();
    assert!(new.is_empty(), "{new:?}: add an address of each to PAGES, or a reason to NOT_PAGES");
    let gone: Vec<_> = known.difference(&routes).collect();
    assert!(gone.is_empty() && pages.is_disjoint(&others), "{gone:?} are no routes any more");
}
