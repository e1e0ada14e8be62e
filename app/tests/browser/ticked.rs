//! What is ticked on a list goes together.

use fantoccini::Locator;

use crate::browser::{Browser, Scripts};
use crate::house::House;

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_that_is_ticked_becomes_an_incident() {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let house = House::of_demo(3);
    let (_server, address) = house.serve();
    browser.sign_in(&address, "admin", "en").await;
    browser.goto(&format!("{address}/findings")).await.unwrap();
    browser.find(Locator::Css("main table.list input[type=checkbox]")).await.unwrap().click().await.unwrap();
    browser
        .find(Locator::Css("form#many button[formaction='/incidents/gather']"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    let title = browser.find(Locator::Css("input[name=title]")).await.unwrap();
    title.clear().await.unwrap();
    title.send_keys("Ticked on the list").await.unwrap();
    browser.find(Locator::Css("main form.stack button.main")).await.unwrap().click().await.unwrap();
    let path = browser.current_url().await.unwrap().path().to_string();
    assert!(path.starts_with("/incidents/INC-"), "{path}");
    let heading = browser.find(Locator::Css("h1")).await.unwrap().text().await.unwrap();
    assert!(heading.contains("Ticked on the list"), "{heading}");
    browser.find(Locator::Css("main a[href^='/findings/']")).await.unwrap().click().await.unwrap();
    let back = browser.find(Locator::Css(&format!("main a[href='{path}']"))).await;
    assert!(back.is_ok(), "the finding leads to its incident");
    browser.client.close().await.unwrap();
}
