//! A reported mail becomes a closed incident by keys alone, in English and in Arabic: the walk of `it/reported.rs` as people go it in
//! the browser. Two reports are read, answered and linked, tasks are done, others are asked under four eyes and answer by mail; it is
//! closed, opened again by an answer, closed, looked back upon and printed. Each stop is seen, and each page is in the walker's
//! language and direction.

use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::Instant;

use fantoccini::key::Key;
use manara_web::{Lang, Words};
use serde_json::{Value, json};

use crate::browser::{Browser, Scripts};
use crate::house::House;
use crate::keys::{choose, enter, press, tab_to, tab_until, text, write};
use crate::run::Walker;

const OURS: &str = "cirt@cirt.example";
const ANA: &str = "ana@harbour.example";
const OMAR: &str = "omar@harbour.example";
const ISP: &str = "abuse@isp.example";
/// Nobody reads mail there.
const GONE: &str = "gone@isp.example";

const SAID: &str =
    "Somebody imitates our bank at hxxps://login.bank[.]example.com/sign-in and it answers from 198.51.100[.]7.";
const SAID_TOO: &str = "I got it, too: hxxps://login.bank[.]example.com/sign-in";
/// What the page has of it, without what made it harmless.
const SEEN: [&str; 2] = ["https://login.bank.example.com/sign-in", "198.51.100.7"];

/// Why a task is passed over.
const REASON: &str = "The provider was quicker.";
/// The questions of the review that want an answer, in their order, and what is said.
const REVIEW: [(&str, &str); 8] = [
    ("summary", "A page imitated a bank, and its provider took it down."),
    ("cause", "deceived"),
    ("first-seen-by", "public"),
    ("playbook", "4"),
    ("waiting", "For the provider."),
    ("reached", "5"),
    ("change", "The provider is called first."),
    ("again", "better"),
];
/// What the timeline of the incident tells, in its order.
const COURSE: [&str; 8] = [
    "incident-opened",
    "observables-named",
    "playbook-applied",
    "task-done",
    "task-skipped",
    "incident-closed",
    "incident-reopened",
    "review-finished",
];

/// Our address, and that stricter mail than AMBER leaves in the clear when a second person lets it go.
fn set(house: &House) {
    let path = house.data().join("cirt.toml");
    let mut config = std::fs::read_to_string(&path).unwrap();
    for (usual, ours) in [
        ("addresses = []", format!("addresses = [\"{OURS}\"]")),
        ("plain_up_to = \"AMBER\"", "plain_up_to = \"AMBER+STRICT\"".to_string()),
        ("four_eyes_above = \"\"", "four_eyes_above = \"AMBER\"".to_string()),
    ] {
        assert!(config.contains(usual), "{usual} is not in {config}");
        config = config.replace(usual, &ours);
    }
    std::fs::write(&path, config).unwrap();
}

/// What a command says as JSON.
fn told(house: &House, args: &[&str]) -> Value {
    serde_json::from_str(&house.done(&[args, &["--json"]].concat())).unwrap()
}

fn ticket(house: &House, number: &str) -> Value {
    told(house, &["tickets", "show", number])
}

fn mail(from: &str, id: &str, subject: &str, more: &str, words: &str) -> String {
    format!("From: {from}\r\nTo: {OURS}\r\nSubject: {subject}\r\nMessage-ID: <{id}>\r\n{more}\r\n{words}\r\n")
}

/// A mail comes in, as the pipe of a mail server brings it. Gives what became of it.
fn comes(house: &House, mail: &str) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_manara"));
    command.args(["deliver", "--json", "--data"]).arg(house.data());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(mail.as_bytes()).unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success());
    serde_json::from_slice(&ended.stdout).unwrap()
}

/// Somebody reports, and a machine of ours says that it came. Gives the number of the report.
fn is_reported(house: &House, mail: &str) -> String {
    let outcome = comes(house, mail);
    assert_eq!((&outcome["kind"], &outcome["answered"]), (&json!("report"), &json!(true)), "{outcome}");
    outcome["report"].as_str().unwrap().to_string()
}

/// The Message-ID of what left about a ticket: whoever answers has it.
fn sent_about(house: &House, number: &str) -> String {
    let shown = ticket(house, number);
    let sent = shown["messages"].as_array().unwrap().iter().rfind(|one| one["kind"] == "sent");
    sent.unwrap_or_else(|| panic!("{shown}"))["message_id"].as_str().unwrap().to_string()
}

/// Somebody answers what we wrote about a ticket.
fn is_answered(house: &House, number: &str, (from, id): (&str, &str), words: &str) {
    let reference = format!("In-Reply-To: <{}>\r\n", sent_about(house, number));
    let outcome = comes(house, &mail(from, id, "Your mail", &reference, words));
    assert_eq!((&outcome["kind"], &outcome["report"]), (&json!("reply"), &json!(number)), "{outcome}");
}

/// What we wrote about a ticket comes back (RFC 3464).
fn comes_back(house: &House, number: &str, to: &str) {
    let more = "Return-Path: <>\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n";
    let parts = format!(
        "--b\r\nContent-Type: text/plain\r\n\r\nno\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n\
         Reporting-MTA: dns; mx.isp.example\r\n\r\nFinal-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: 5.1.1\r\n\
         Diagnostic-Code: smtp; 550 no such user\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\n\
         Message-ID: <{}>\r\n\r\n--b--",
        sent_about(house, number)
    );
    let outcome = comes(house, &mail("MAILER-DAEMON@mx.isp.example", "7@isp.example", "Undelivered", more, &parts));
    assert_eq!((&outcome["kind"], &outcome["failed_recipient"]), (&json!("bounce"), &json!(to)), "{outcome}");
}

/// The task that a step of a playbook became.
fn task(house: &House, incident: &str, step: &str) -> Value {
    let tasks = told(house, &["tasks", "list", "--incident", incident]);
    tasks.as_array().unwrap().iter().find(|task| task["step"] == step).unwrap_or_else(|| panic!("{tasks}")).clone()
}

impl Walker<'_> {
    /// The last part of the address of the page at hand.
    async fn here(&self) -> String {
        let path = self.browser.current_url().await.unwrap().path().to_string();
        path.rsplit('/').next().unwrap().to_string()
    }

    /// The words of a message about one.
    fn one(&self, key: &str) -> String {
        self.plain(self.words.t_args(self.lang, key, &[("count", 1_i64.into())]))
    }

    /// What a part of the page says.
    async fn shown(&self, part: &str) -> String {
        let script = "return [...document.querySelectorAll(arguments[0])].map((one) => one.innerText).join('\\n')";
        let shown = self.browser.ask(script, vec![json!(part)]).await;
        self.plain(shown.as_str().unwrap().to_string())
    }

    /// Loads the page again until a part of it says so, so often: what follows is done in the background, within seconds.
    async fn waits_times(&self, part: &str, words: &str, times: usize) {
        let begin = Instant::now();
        loop {
            let shown = self.shown(part).await;
            if shown.matches(words).count() >= times {
                return;
            }
            let at = self.browser.current_url().await.unwrap();
            assert!(begin.elapsed().as_secs() < 60, "{words:?} is not {times} times in {part} of {at}: {shown}");
            self.browser.refresh().await.unwrap();
        }
    }

    async fn waits_in(&self, part: &str, words: &str) {
        self.waits_times(part, words, 1).await;
    }

    /// Where the ticket or incident at hand stands, by the words beside its name.
    async fn is_in(&self, state: &str) {
        self.waits_in("header.page .badge", &self.t(state)).await;
    }

    /// Where a ticket stands, on the page of its incident.
    async fn stands(&self, number: &str, state: &str) {
        self.waits_in(&format!("main li:has(> a[href='/tickets/{number}']) .badge"), &self.t(state)).await;
    }

    /// From the navigation to one record of a list.
    async fn goes_to(&self, list: &str, number: &str) {
        self.take(list).await;
        self.skip().await;
        self.take_named(number).await;
    }

    /// The same by a link of the page at hand.
    async fn follows(&self, number: &str) {
        self.skip().await;
        self.take_named(number).await;
    }

    async fn goes_to_mail(&self) {
        self.take("tickets-nav").await;
        self.skip().await;
        self.take("tickets-mail-title").await;
    }

    /// Leaves the desk to somebody else.
    async fn hands_over(&self, name: &str) {
        self.take("web-logout").await;
        self.signs_in(name).await;
    }

    /// What came, what it speaks of, and that a machine acknowledged it; and takes it.
    async fn reads(&self, report: &str) {
        self.goes_to("tickets-nav", report).await;
        self.sees(SAID).await;
        for value in SEEN {
            self.sees(value).await;
        }
        self.says("tickets-only-acknowledged").await;
        self.has_left(1).await;
        self.is_in("tickets-state-new").await;
        self.skip().await;
        self.take("response-do-take").await;
        self.says("tickets-did-take").await;
        self.is_in("tickets-state-open").await;
    }

    /// So many mails of the ticket at hand have left.
    async fn has_left(&self, count: usize) {
        self.waits_times("main article ul.hits", &self.t("tickets-delivery-sent"), count).await;
    }

    /// Writes about the ticket at hand to its other side, and sees the mail as it will leave.
    async fn previews(&self, (number, to): (&str, &str), words: &str) {
        self.skip().await;
        self.take("tickets-do-write").await;
        self.skip().await;
        self.to("response-note-text").await;
        write(self.browser, words).await;
        self.take("tickets-do-preview").await;
        for shown in [to, words, &format!("[CIRT #{number}]"), &self.one("tickets-preview-how")] {
            self.sees(shown).await;
        }
    }

    /// Sends what was seen. The page says what becomes of it.
    async fn sends(&self, said: &str) {
        self.skip().await;
        self.take("tickets-do-send").await;
        self.sees(said).await;
    }

    /// Writes, and waits until so many mails of the ticket at hand have left.
    async fn writes(&self, to: (&str, &str), words: &str, left: usize) {
        self.previews(to, words).await;
        self.sends(&self.one("tickets-did-send")).await;
        self.has_left(left).await;
    }

    /// Opens an incident from the report at hand; it knows what the report speaks of, and a clock begins. Gives its number.
    async fn launches(&self) -> String {
        self.skip().await;
        self.take("response-panel-open").await;
        self.skip().await;
        for (field, value) in [
            ("response-field-class", "fraud/phishing"),
            ("response-field-impact", "high"),
            ("response-field-urgency", "high"),
        ] {
            self.to(field).await;
            choose(self.browser, value).await;
        }
        self.take("response-new-button").await;
        let number = self.here().await;
        assert!(number.starts_with("INC-"), "{number}");
        self.sees(&self.t1("response-did-open", "number", &number)).await;
        for value in SEEN {
            self.sees(value).await;
        }
        self.waits_in("#clocks .badge", &self.t("work-standing-running")).await;
        number
    }

    /// Names one more observable, and why.
    async fn observes(&self, incident: &str) {
        self.skip().await;
        self.take("observables-all").await;
        self.skip().await;
        self.to("observables-text").await;
        write(self.browser, "192.0.2.66").await;
        self.to("observables-note").await;
        write(self.browser, "Sent the first message.").await;
        self.take("observables-do-add").await;
        self.sees(&self.one("observables-did-add")).await;
        for words in ["192.0.2.66", "Sent the first message.", SEEN[0]] {
            self.sees(words).await;
        }
        self.follows(incident).await;
    }

    /// Another report speaks of the same: it is linked.
    async fn links(&self, (other, report): (&str, &str), incident: &str) {
        self.goes_to("tickets-nav", other).await;
        self.says("tickets-seen-before").await;
        self.sees(report).await;
        self.skip().await;
        self.to("tickets-incident-number").await;
        write(self.browser, incident).await;
        self.take("tickets-do-link").await;
        self.says("tickets-did-link").await;
        self.is_in("tickets-state-open").await;
        self.follows(incident).await;
        self.stands(other, "tickets-state-open").await;
    }

    /// Applies the playbook; does a step, decides one, passes one over with a reason, and ticks a closing check.
    async fn works(&self, house: &House, incident: &str) {
        self.skip().await;
        self.take("work-tasks-all").await;
        self.skip().await;
        self.to("work-playbook-choose").await;
        choose(self.browser, "s21-phishing").await;
        self.take("work-do-apply").await;
        self.says("work-did-apply").await;
        let title = |step| task(house, incident, step)["title"][self.lang.tag()].as_str().unwrap().to_string();

        self.skip().await;
        self.take("work-do-done").await;
        self.sees(&self.t1("work-did-done", "title", &title("preserve"))).await;

        self.skip().await;
        self.take("work-do-decide").await;
        self.skip().await;
        tab_until(self.browser, "return document.activeElement.name === 'answer'", "the first answer").await;
        press(self.browser, &[' ']).await;
        self.take("work-do-decide").await;
        self.sees(&self.t1("work-did-done", "title", &title("place"))).await;

        let step = title("warn");
        self.follows(&step).await;
        self.skip().await;
        self.to("work-do-skip").await;
        press(self.browser, &[Key::Enter.into()]).await;
        self.to("work-reason").await;
        write(self.browser, REASON).await;
        self.take("work-do-skip").await;
        self.sees(&self.t1("work-did-skip", "title", &step)).await;

        let check = title("offline");
        self.follows(&check).await;
        self.skip().await;
        self.take("work-do-done").await;
        self.sees(&self.t1("work-did-done", "title", &check)).await;
        self.follows(incident).await;
    }

    /// Opens something about the incident at hand: the words of its fields in the order of the form, then its marking. Gives its
    /// number.
    async fn asks(&self, what: &str, fields: &[(&str, &str)], marking: &str) -> String {
        self.skip().await;
        self.take(what).await;
        self.skip().await;
        for (field, words) in fields {
            self.to(field).await;
            write(self.browser, words).await;
        }
        self.to("response-field-tlp").await;
        choose(self.browser, marking).await;
        self.take("tickets-do-open").await;
        let number = self.here().await;
        self.sees(&self.t1("tickets-did-open", "number", &number)).await;
        number
    }

    /// A second person lets a mail go.
    async fn releases(&self, number: &str) {
        self.goes_to_mail().await;
        self.says("tickets-second").await;
        self.skip().await;
        // The line of what waits leads to the message itself.
        let script = format!(
            "const here = document.activeElement;
             return here.pathname === '/tickets/{number}' && here.hash.startsWith('#message-')"
        );
        tab_until(self.browser, &script, number).await;
        enter(self.browser).await;
        self.says("tickets-release-waiting").await;
        self.take("tickets-do-release").await;
        self.says("tickets-did-release").await;
        self.has_left(1).await;
    }

    /// Resolves the ticket at hand, and goes to its incident.
    async fn resolves(&self, incident: &str) {
        self.skip().await;
        self.take("tickets-do-resolved").await;
        self.says("tickets-did-move").await;
        self.is_in("tickets-state-resolved").await;
        self.follows(incident).await;
    }

    /// Closes the incident at hand; the page tells which checks are open.
    async fn ends(&self, resolution: &str) {
        self.skip().await;
        self.take("response-do-close").await;
        self.says("work-close-checks").await;
        self.skip().await;
        self.to("response-field-resolution").await;
        choose(self.browser, resolution).await;
        self.take("response-do-close").await;
        self.says("response-did-close").await;
        self.is_in("response-state-resolved").await;
    }

    /// Answers the questions of the review that want an answer, and finishes it.
    async fn looks_back(&self, incident: &str) {
        self.skip().await;
        self.take("work-review").await;
        self.skip().await;
        for (question, said) in REVIEW {
            let script = format!("return document.activeElement.name === 'q-{question}'");
            tab_until(self.browser, &script, question).await;
            match self.browser.ask("return document.activeElement.tagName", vec![]).await == json!("SELECT") {
                true => choose(self.browser, said).await,
                false => write(self.browser, said).await,
            }
        }
        self.to("work-review-finish").await;
        press(self.browser, &[' ']).await;
        self.take("response-save").await;
        self.says("work-did-finish-review").await;
        self.follows(incident).await;
    }

    /// What was done stands in the timeline of the incident at hand, in the order in which it happened.
    async fn reads_the_course(&self) {
        let part = format!("main [role=region][aria-label='{}']", self.t("response-one-timeline"));
        let shown = self.shown(&part).await;
        let places = COURSE.map(|verb| shown.find(&self.t(&format!("response-verb-{verb}"))));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} in {shown}");
    }

    /// Reads the report of the incident at hand, and takes it away to be printed.
    async fn prints(&self, incident: &str, tickets: &[&str]) {
        self.skip().await;
        self.take("work-report").await;
        self.says("work-report-tickets").await;
        let words = [incident, "A false bank", REASON, "192.0.2.66", REVIEW[0].1];
        for words in words.iter().chain(&SEEN).chain(tickets) {
            self.sees(words).await;
        }
        let folder = tempfile::tempdir().unwrap();
        let allowed = json!({ "behavior": "allow", "downloadPath": folder.path().to_str().unwrap() });
        self.browser.command("Page.setDownloadBehavior", allowed).await;
        self.skip().await;
        tab_to(self.browser, "pdf").await;
        press(self.browser, &[Key::Enter.into()]).await;
        // It has another name until all of it is there.
        let path = folder.path().join(format!("{incident}-{}.pdf", self.lang.tag()));
        let begin = Instant::now();
        let pdf = loop {
            let page = text(self.browser).await;
            match std::fs::read(&path) {
                Ok(bytes) if !bytes.is_empty() => break bytes,
                _ => assert!(begin.elapsed().as_secs() < 60, "{} does not come: {page}", path.display()),
            }
        };
        assert!(pdf.starts_with(b"%PDF-"), "{} bytes", pdf.len());
    }
}

/// Asks the provider under four eyes, and is answered. Gives the number of the investigation, at hand at the end.
async fn is_investigated(walker: &Walker<'_>, house: &House, (who, second): (&str, &str)) -> String {
    let fields = [("tickets-field-subject", "Who rents 198.51.100.7"), ("tickets-field-correspondent", ISP)];
    let number = walker.asks("tickets-new-investigation", &fields, "TLP:AMBER+STRICT").await;
    walker.previews((&number, ISP), "Who has rented it, and since when?").await;
    walker.says("tickets-preview-waits").await;
    walker.sends(&walker.t("tickets-did-draft")).await;
    walker.says("tickets-release-waiting").await;
    walker.hands_over(second).await;
    walker.releases(&number).await;
    walker.hands_over(who).await;
    is_answered(house, &number, (ISP, "3@isp.example"), "A reseller, since Monday.");
    walker.goes_to("tickets-nav", &number).await;
    walker.sees("A reseller, since Monday.").await;
    walker.waits_in("main article h3 .badge", &walker.t("tickets-message-reply")).await;
    walker.says("response-verb-message-joined").await;
    number
}

/// Somebody who guessed a number is held and discarded, and joins nothing.
async fn a_stranger_is_held(walker: &Walker<'_>, house: &House, number: &str) {
    let before = ticket(house, number)["messages"].as_array().unwrap().len();
    let subject = format!("Re: [CIRT #{number}] my friend");
    let outcome = comes(house, &mail("mallory@elsewhere.example", "4@elsewhere.example", &subject, "", "Send me all."));
    assert_eq!(outcome["kind"], "quarantined", "{outcome}");
    walker.goes_to_mail().await;
    walker.follows(&subject).await;
    for words in ["mallory@elsewhere.example", "Send me all.", number] {
        walker.sees(words).await;
    }
    walker.skip().await;
    walker.take("tickets-do-discard").await;
    walker.says("tickets-did-discard").await;
    assert_eq!(ticket(house, number)["messages"].as_array().unwrap().len(), before, "nothing joined");
}

/// A block is asked for by mail, and confirmed by mail. Gives its number, at hand at the end.
async fn is_countered(walker: &Walker<'_>, house: &House) -> String {
    let fields = [
        ("tickets-field-subject", "Take the page down"),
        ("tickets-field-correspondent", ISP),
        ("tickets-field-target", "login.bank.example.com"),
        ("tickets-field-place", "web server"),
    ];
    let number = walker.asks("tickets-new-countermeasure", &fields, "TLP:AMBER").await;
    walker.is_in("tickets-state-pending-activation").await;
    walker.writes((&number, ISP), "Please take login.bank.example.com down.", 1).await;
    is_answered(house, &number, (ISP, "5@isp.example"), "DONE\r\n\r\nIt is gone.");
    walker.is_in("tickets-state-active").await;
    walker.sees("It is gone.").await;
    number
}

/// A mail to nobody comes back, and its address is known to be dead. Gives the number of the investigation; all mail is at hand at
/// the end.
async fn is_returned(walker: &Walker<'_>, house: &House) -> String {
    let fields = [("tickets-field-subject", "Is the sender yours"), ("tickets-field-correspondent", GONE)];
    let number = walker.asks("tickets-new-investigation", &fields, "TLP:AMBER").await;
    walker.writes((&number, GONE), "192.0.2.66 sent it.", 1).await;
    comes_back(house, &number, GONE);
    walker.waits_in("main article ul.hits", &walker.t("tickets-delivery-bounced")).await;
    walker.waits_in("main article h3 .badge", &walker.t("tickets-message-bounce")).await;
    walker.goes_to_mail().await;
    walker.sees(GONE).await;
    walker.says("tickets-address-hard").await;
    number
}

/// Tells whoever reported, and closes; an answer opens report and incident again, and it is closed for good.
async fn is_closed(walker: &Walker<'_>, house: &House, (report, incident): (&str, &str), states: &[(&str, &str)]) {
    walker.follows(report).await;
    walker.writes((report, ANA), "The page is gone. Thank you.", 3).await;
    walker.follows(incident).await;
    walker.ends("resolved").await;
    for (number, state) in states {
        walker.stands(number, &format!("tickets-state-{state}")).await;
    }
    is_answered(house, report, (ANA, "6@harbour.example"), "It is back.");
    walker.is_in("response-state-open").await;
    walker.stands(report, "tickets-state-open").await;
    walker.follows(report).await;
    walker.sees("It is back.").await;
    walker.writes((report, ANA), "It was a copy in your cache.", 4).await;
    walker.follows(incident).await;
    walker.ends("handed-over").await;
    for (number, state) in states {
        walker.stands(number, &format!("tickets-state-{state}")).await;
    }
}

/// What the pages said is what the house holds.
fn is_held(house: &House, (incident, who): (&str, &str), states: &[(&str, &str)]) {
    for (number, state) in states {
        let shown = ticket(house, number);
        assert_eq!((&shown["state"], &shown["incidents"][0]), (&json!(state), &json!(incident)), "{shown}");
    }
    let sql = format!("SELECT state, resolution, owner, taxonomy FROM incidents WHERE number = '{incident}'");
    let held = &house.rows(&sql)[0];
    let want = json!({ "state": "resolved", "resolution": "handed-over", "owner": who, "taxonomy": "fraud" });
    assert_eq!(held, &want);
    for (step, state) in [("preserve", "done"), ("place", "done"), ("warn", "skipped"), ("offline", "done")] {
        let task = task(house, incident, step);
        assert_eq!(task["state"], state, "{task}");
    }
    let review = told(house, &["incidents", "review", incident]);
    let answers = review["answers"].as_array().unwrap().len();
    assert_eq!((&review["finished"], answers), (&json!(true), REVIEW.len()), "{review}");
}

async fn walk(who: &str, second: &str, lang: Lang) {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let house = House::of_demo(3);
    set(&house);
    let (_server, address) = house.serve();
    let report = is_reported(&house, &mail(ANA, "1@harbour.example", "A false bank", "", SAID));
    let other = is_reported(&house, &mail(OMAR, "2@harbour.example", "The same bank", "", SAID_TOO));
    let walker = Walker { browser: &browser, words: Words::built_in().unwrap(), lang, address };
    walker.signs_in(who).await;
    walker.reads(&report).await;
    walker.writes((&report, ANA), "Thank you. We look at it.", 2).await;
    let incident = walker.launches().await;
    walker.observes(&incident).await;
    walker.links((&other, &report), &incident).await;
    walker.works(&house, &incident).await;
    let investigation = is_investigated(&walker, &house, (who, second)).await;
    a_stranger_is_held(&walker, &house, &investigation).await;
    walker.goes_to("web-nav-incidents", &incident).await;
    let countermeasure = is_countered(&walker, &house).await;
    walker.follows(&incident).await;
    let returned = is_returned(&walker, &house).await;
    walker.goes_to("tickets-nav", &investigation).await;
    walker.resolves(&incident).await;
    let states = [
        (report.as_str(), "resolved"),
        (other.as_str(), "resolved"),
        (investigation.as_str(), "resolved"),
        (returned.as_str(), "resolved"),
        (countermeasure.as_str(), "pending-removal"),
    ];
    is_closed(&walker, &house, (&report, &incident), &states).await;
    walker.looks_back(&incident).await;
    walker.reads_the_course().await;
    walker.prints(&incident, &states.map(|(number, _)| number)).await;
    is_held(&house, (&incident, who), &states);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reported_mail_becomes_a_closed_incident_by_keys_alone_in_english() {
    walk("handler", "duty", Lang::En).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reported_mail_becomes_a_closed_incident_by_keys_alone_in_arabic() {
    walk("duty", "handler", Lang::Ar).await;
}
