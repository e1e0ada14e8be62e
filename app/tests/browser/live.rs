//! Pages that live: changes are told while a page is read, home and the wall make themselves anew, what is written is kept.

use std::time::Duration;

use fantoccini::{Client, Locator};

use crate::browser::{Browser, Scripts};
use crate::house::House;
use crate::http::Person;

/// Something happens to an incident, by somebody else.
fn happens(handler: &mut Person, incident: &str) {
    let watching = handler.get(incident).text().contains("/unfollow");
    let what = if watching { "unfollow" } else { "follow" };
    let done = handler.post(incident, &format!("{incident}/{what}"), "");
    assert_eq!(done.status(), 303, "{}", done.head);
}

async fn waits_for(client: &Client, css: &str) -> fantoccini::elements::Element {
    let found = client.wait().at_most(Duration::from_secs(40)).for_element(Locator::Css(css)).await;
    found.unwrap_or_else(|error| panic!("{css}: {error}"))
}

async fn number(client: &Client, script: &str) -> f64 {
    client.execute(script, vec![]).await.unwrap().as_f64().expect("a number")
}

/// The first incident that is open.
async fn incident(client: &Client, address: &str) -> String {
    client.goto(&format!("{address}/incidents")).await.unwrap();
    let link = client.find(Locator::Css("main table.list a[href^='/incidents/INC-']")).await.unwrap();
    link.attr("href").await.unwrap().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn changes_are_told_and_nothing_moves_until_it_is_asked() {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let client = browser.client.clone();
    let house = House::of_demo(3);
    let (_server, address) = house.serve();
    browser.sign_in(&address, "admin", "en").await;
    let one = incident(&client, &address).await;
    let mut handler = Person::sign_in(&address, "handler");
    for page in ["/incidents".to_string(), one.clone()] {
        client.goto(&format!("{address}{page}")).await.unwrap();
        let top = "return document.querySelector('main table').getBoundingClientRect().top";
        let before = number(&client, top).await;
        happens(&mut handler, &one);
        let link = waits_for(&client, "#live a").await;
        let words = link.text().await.unwrap();
        assert!(words.contains("1\u{2069} change"), "{page}: {words}");
        assert!((number(&client, top).await - before).abs() < 0.5, "{page} moved");
        link.click().await.unwrap();
        waits_for(&client, "#live:empty").await;
    }
    // Numbers of home, and the wall, without being asked; at rest the pointer is nowhere.
    for page in ["/", "/wall"] {
        client.goto(&format!("{address}{page}")).await.unwrap();
        client.execute("document.querySelector('[data-fresh]').dataset.old = 'yes'", vec![]).await.unwrap();
        happens(&mut handler, &one);
        waits_for(&client, "[data-fresh]:not([data-old])").await;
        assert_eq!(number(&client, "return document.querySelectorAll('h1').length").await, 1.0, "{page}");
    }
    client.close().await.unwrap();
}

async fn title(client: &Client) -> String {
    client.find(Locator::Css("input[name=title]")).await.unwrap().prop("value").await.unwrap().unwrap_or_default()
}

async fn write(client: &Client, text: &str) {
    let field = client.find(Locator::Css("input[name=title]")).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(text).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_is_kept_until_it_is_sent_or_one_leaves() {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let client = browser.client.clone();
    let house = House::of_demo(3);
    let (server, address) = house.serve();
    browser.sign_in(&address, "admin", "en").await;
    let form = format!("{address}/incidents/new");
    client.goto(&form).await.unwrap();
    write(&client, "Half a title").await;
    client.goto(&format!("{address}/about")).await.unwrap();
    client.goto(&form).await.unwrap();
    let discard = waits_for(&client, ".kept button").await;
    assert_eq!(title(&client).await, "Half a title");
    discard.click().await.unwrap();
    assert_eq!(title(&client).await, "", "discarded");
    client.goto(&form).await.unwrap();
    assert_eq!(title(&client).await, "", "for good");

    // Sent and refused, it is kept; sent and taken, it is not.
    write(&client, "A whole title").await;
    let whose = client.find(Locator::Css("textarea[name=constituents]")).await.unwrap();
    whose.send_keys("Nobody of this name").await.unwrap();
    client.find(Locator::Css("main form.stack button.main")).await.unwrap().click().await.unwrap();
    waits_for(&client, ".note.bad").await;
    client.goto(&form).await.unwrap();
    waits_for(&client, ".kept button").await;
    assert_eq!(title(&client).await, "A whole title", "refused, so it is still there");

    // Another tab is told, and overwrites nothing.
    write(&client, "The first tab").await;
    let first = client.window().await.unwrap();
    let second = client.new_window(true).await.unwrap().handle;
    client.switch_to_window(second).await.unwrap();
    client.goto(&form).await.unwrap();
    waits_for(&client, ".kept").await;
    assert_ne!(title(&client).await, "The first tab", "what the other tab writes stays there");
    client.close_window().await.unwrap();
    client.switch_to_window(first).await.unwrap();
    assert_eq!(title(&client).await, "The first tab");

    // Signing out forgets.
    client.find(Locator::Css("form[action='/logout'] button")).await.unwrap().click().await.unwrap();
    assert_eq!(number(&client, "return localStorage.length").await, 0.0);
    browser.sign_in(&address, "admin", "en").await;
    client.goto(&form).await.unwrap();
    assert_eq!(title(&client).await, "");

    // A form with a note is taken, and forgotten.
    let one = incident(&client, &address).await;
    client.goto(&format!("{address}{one}")).await.unwrap();
    let note = client.find(Locator::Css("textarea[name=body]")).await.unwrap();
    note.send_keys("Called the owner.").await.unwrap();
    let add = client.find(Locator::Css(&format!("form[action='{one}/notes'] button"))).await.unwrap();
    add.click().await.unwrap();
    waits_for(&client, "[id^='note-'] .letter").await;
    assert_eq!(number(&client, "return Object.keys(localStorage).length").await, 0.0);

    // Without a server nothing is sent, and nothing is lost.
    let note = client.find(Locator::Css("textarea[name=body]")).await.unwrap();
    note.send_keys("Nobody answers.").await.unwrap();
    drop(server);
    waits_for(&client, "#live[data-lost]").await;
    let add = client.find(Locator::Css(&format!("form[action='{one}/notes'] button"))).await.unwrap();
    add.click().await.unwrap();
    waits_for(&client, ".kept.bad").await;
    let note = client.find(Locator::Css("textarea[name=body]")).await.unwrap();
    assert_eq!(note.prop("value").await.unwrap().unwrap(), "Nobody answers.");
    client.close().await.unwrap();
}
