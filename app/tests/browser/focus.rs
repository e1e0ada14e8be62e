//! Where the focus goes: by Tab through every page, and to what a refused form says.

use std::time::Instant;

use fantoccini::key::Key;
use serde::Deserialize;
use serde_json::json;

use crate::browser::{Browser, Scripts};
use crate::house::House;
use crate::keys;
use crate::pages::{OUTSIDE, Samples};

/// More stops than any page has.
const MOST_STOPS: usize = 1200;

/// What `focus.js` finds.
#[derive(Debug, Deserialize)]
struct Found {
    stops: usize,
    faults: Vec<String>,
}

/// Goes through the page at hand by Tab, from its beginning to its end.
async fn tab_through(browser: &Browser, at: &str, faults: &mut Vec<String>) -> usize {
    browser.ask(include_str!("focus.js"), vec![]).await;
    let mut pressed = 0;
    loop {
        keys::press(browser, &[Key::Tab.into(); 60]).await;
        pressed += 60;
        if browser.ask("return window.manaraFocus.ended()", vec![]).await == json!(true) {
            break;
        }
        if pressed > MOST_STOPS {
            faults.push(format!("{at}: Tab does not come to an end"));
            break;
        }
    }
    let found: Found = serde_json::from_value(browser.ask("return window.manaraFocus.faults()", vec![]).await).unwrap();
    faults.extend(found.faults.into_iter().map(|fault| format!("{at}: {fault}")));
    found.stops
}

#[tokio::test(flavor = "multi_thread")]
async fn tab_goes_through_every_page_in_the_order_of_reading_and_is_always_seen() {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let house = House::of_demo(3);
    let mut samples = Samples::make(&house);
    let (_server, address) = house.serve();
    browser.sign_in(&address, "admin", "en").await;
    samples.look(&browser, &address).await;
    let begin = Instant::now();
    let (mut faults, mut stops) = (Vec::new(), 0);
    for lang in ["en", "ar"] {
        browser.delete_all_cookies().await.unwrap();
        let mut addresses: Vec<(&str, String)> = OUTSIDE.iter().map(|path| (*path, (*path).to_string())).collect();
        for round in 0..2 {
            for (name, path) in &addresses {
                for width in [1280, 320] {
                    browser.width(width).await;
                    let with = if path.contains('?') { '&' } else { '?' };
                    browser.goto(&format!("{address}{path}{with}lang={lang}")).await.unwrap();
                    stops += tab_through(&browser, &format!("{name} in {lang} at {width} px"), &mut faults).await;
                }
            }
            if round == 0 {
                browser.sign_in(&address, "admin", lang).await;
                addresses = samples.addresses();
            }
        }
    }
    // The one who looks is looked at, too: a stop that does not show, out of its turn, is found.
    browser.goto(&format!("{address}/about")).await.unwrap();
    let plant = "const stop = document.createElement('button'); stop.textContent = 'planted'; stop.tabIndex = 1; stop.style.outline = 'none';
        document.querySelector('main').append(stop); return 0";
    browser.ask(plant, vec![]).await;
    let mut planted = Vec::new();
    tab_through(&browser, "planted", &mut planted).await;
    for fault in ["skip link", "no outline", "out of the order"] {
        assert!(planted.iter().any(|found| found.contains(fault)), "{fault}: {planted:?}");
    }
    println!("{stops} stops in {:.0} s", begin.elapsed().as_secs_f64());
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Fields by their names, and what is written into them.
type Fields = &'static [(&'static str, &'static str)];

/// Forms that are refused: the page, the form's address, and what is written into it.
const REFUSED: &[(&str, &str, Fields)] = &[
    ("/incidents/new", "/incidents/new", &[]),
    ("/incidents/{incident}/close", "/close", &[]),
    ("/incidents/{incident}/edit", "/edit", &[("title", "")]),
    ("/incidents/{incident}/notes/{note}", "/notes/", &[("body", "")]),
    ("/incidents/{incident}/tasks", "/tasks", &[]),
    ("/framework", "/framework/assessments", &[]),
    ("/framework/strategy/actions/new", "/framework/strategy/actions/new", &[]),
    ("/constituents/new", "/constituents/new", &[("networks", "10.0.0.0/99")]),
    ("/constituents/import", "/constituents/import", &[]),
    ("/account", "/account/password", &[("current", "not this one"), ("new", "a"), ("again", "b")]),
    ("/account/tokens", "/account/tokens", &[]),
    ("/users", "/users", &[("name", "a b")]),
    ("/webhooks", "/webhooks", &[("url", "http://127.0.0.1/")]),
    ("/a/{token}", "/a/{token}", &[]),
    ("/events/sql", "/events/sql", &[("sql", "SELECT nothing FROM nowhere")]),
];

/// Sends a form as it is, whatever the browser thinks of its fields.
async fn send(browser: &Browser, form: &str, fields: &[(&str, &str)]) {
    let fill = "const form = [...document.querySelectorAll('main form')].filter((form) => form.getAttribute('action').endsWith(arguments[0]) ||
            (arguments[0].endsWith('/') && form.getAttribute('action').includes(arguments[0]))).pop();
        if (!form) throw new Error('no form for ' + arguments[0] + ' on ' + location.pathname);
        form.noValidate = true;
        for (const [name, value] of arguments[1]) form.elements[name].value = value;
        (form.querySelector('button.main') || document.querySelector(`button[form='${form.id}']`) || form.querySelector('button')).id = 'send-this';
        return 0";
    browser.ask(fill, vec![json!(form), json!(fields)]).await;
    browser.press("#send-this").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_refused_form_the_focus_is_on_what_is_wrong() {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let house = House::of_demo(3);
    let mut samples = Samples::make(&house);
    let (_server, address) = house.serve();
    let mut faults = Vec::new();
    let focused = "const here = document.activeElement; return [here.className, here.innerText, here.getBoundingClientRect().top < innerHeight]";
    browser.goto(&format!("{address}/login?lang=en")).await.unwrap();
    send(&browser, "/login", &[("name", "admin"), ("password", "not this one")]).await;
    let mut look = async |page: &str| {
        let here = browser.ask(focused, vec![]).await;
        let is_summary = here[0].as_str().unwrap().contains("bad") && here[1] != json!("") && here[2] == json!(true);
        if !is_summary {
            faults.push(format!("{page}: the focus is on {here}"));
        }
    };
    look("/login").await;
    browser.sign_in(&address, "admin", "en").await;
    samples.look(&browser, &address).await;
    for (page, form, fields) in REFUSED {
        browser.goto(&format!("{address}{}", samples.fill(page))).await.unwrap();
        send(&browser, &samples.fill(form), fields).await;
        look(page).await;
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
