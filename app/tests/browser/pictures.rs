//! The pictures of README and handbook: made by `scripts/screenshots`, and every one of them used.

use std::collections::BTreeSet;
use std::path::Path;

use crate::browser::{Browser, Scripts};
use crate::house::House;
use crate::pages::Samples;

/// A picture: its name, whose eyes, the language, the page, the size, and whether it is dark.
type Picture = (&'static str, &'static str, &'static str, &'static str, (u32, u32), bool);

/// What is shown; what stands in braces is one of [`Samples`].
const PICTURES: &[Picture] = &[
    ("home-en", "duty", "en", "/", (1280, 1000), false),
    ("home-ar", "duty", "ar", "/", (1280, 1000), false),
    ("home-telephone-ar", "admin", "ar", "/", (320, 900), true),
    ("findings-en", "duty", "en", "/findings", (1280, 900), false),
    ("findings-ar", "admin", "ar", "/findings", (1280, 900), true),
    ("notices-fr", "admin", "fr", "/notices", (1280, 900), false),
    ("batches-en", "admin", "en", "/batches", (1280, 900), true),
    ("feeds-en", "admin", "en", "/feeds", (1280, 900), false),
    ("events-en", "admin", "en", "/events", (1280, 900), false),
    ("constituents-ar", "admin", "ar", "/constituents", (1280, 900), false),
    ("picture-en", "admin", "en", "/picture?days=30", (1280, 2200), false),
    ("picture-ar", "admin", "ar", "/picture?days=30", (1280, 2200), true),
    ("wall-en", "admin", "en", "/wall?still=yes", (1920, 1080), false),
    ("finding-en", "duty", "en", "/findings/{finding}", (1280, 1100), false),
    ("incident-new-en", "duty", "en", "/incidents/new?finding={finding}", (1280, 1000), false),
    ("notice-en", "duty", "en", "/notices/{draft}", (1280, 1200), false),
    ("answer-ar", "duty", "ar", "/a/{token}?lang=ar", (1280, 1000), false),
    ("incident-en", "duty", "en", "/incidents/{closed}", (1280, 1500), false),
    ("incident-ar", "duty", "ar", "/incidents/{incident}", (1280, 1000), true),
    ("feed-silent-en", "duty", "en", "/feeds/moh-sensor-zeek", (1280, 1000), false),
    ("feed-drift-en", "duty", "en", "/feeds/shadowserver-scan_telnet", (1280, 1100), false),
    ("framework-en", "admin", "en", "/framework", (1280, 1000), false),
    ("framework-ar", "admin", "ar", "/framework", (1280, 1000), true),
    ("assessment-en", "admin", "en", "/framework/assessments/{assessment}", (1280, 1600), false),
    ("workshop-en", "admin", "en", "/framework/workshop/{assessment}", (1280, 800), true),
    ("design-en", "admin", "en", "/framework/designs/{design}", (1280, 1500), false),
    ("programme-en", "admin", "en", "/framework/programmes/{programme}", (1280, 1500), false),
    ("programme-ar", "admin", "ar", "/framework/programmes/{programme}", (1280, 1500), true),
    ("establish-en", "admin", "en", "/framework/establish?service=watch", (1280, 1000), false),
    ("manual-ar", "admin", "ar", "/framework/manual/incident", (1280, 1100), false),
    ("quality-en", "admin", "en", "/framework/quality?from=2026-09-01&to=2026-11-22", (1280, 1300), false),
    ("law-en", "admin", "en", "/framework/law/{lawbook}", (1280, 1000), false),
    ("strategy-fr", "admin", "fr", "/framework/strategy", (1280, 1100), false),
    ("office-en", "admin", "en", "/framework/office", (1280, 1200), false),
    ("tickets-en", "duty", "en", "/tickets?state=all&rows=8", (1280, 1000), false),
    ("ticket-ar", "duty", "ar", "/tickets/{ticket}", (1280, 1300), false),
    ("report-ar", "duty", "ar", "/report", (1280, 1300), false),
    ("research-en", "duty", "en", "/research?q=198.51.100.7", (1280, 1200), true),
    ("response-figures-en", "duty", "en", "/figures/response?period=2026-11", (1280, 1300), false),
    ("clocks-fr", "duty", "fr", "/clocks", (1280, 900), false),
    ("tasks-ar", "duty", "ar", "/tasks?show=all", (1280, 900), true),
    ("keys-en", "admin", "en", "/mail/keys", (1280, 900), false),
];

/// What README and handbook say, and which file says it.
fn books() -> Vec<(String, String)> {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let mut paths = vec![root.join("README.md")];
    paths.extend(std::fs::read_dir(root.join("docs/handbook")).unwrap().map(|entry| entry.unwrap().path()));
    paths.sort();
    paths.iter().map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn every_picture_of_the_books_is_there_and_every_picture_is_in_a_book() {
    let mut named = BTreeSet::new();
    for (file, text) in books() {
        for piece in text.split("screenshots/").skip(1) {
            let name = piece.split(".png").next().unwrap();
            if piece.len() > name.len() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
                named.insert(name.to_string());
                let path =
                    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/screenshots")).join(format!("{name}.png"));
                assert!(
                    path.is_file(),
                    "{file} shows {name}.png, which is not there; scripts/screenshots makes pictures"
                );
            }
        }
    }
    let made: BTreeSet<String> = PICTURES.iter().map(|picture| picture.0.to_string()).collect();
    assert_eq!(made, named, "the pictures that are made, and those that the books show");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/screenshots");
    let there = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let there: BTreeSet<String> = there.map(|name| name.trim_end_matches(".png").to_string()).collect();
    assert_eq!(there, made, "the files in docs/screenshots, and the pictures that are made");
}

/// Makes them; only when `scripts/screenshots` asks.
#[tokio::test(flavor = "multi_thread")]
async fn pictures() {
    let Some(folder) = std::env::var_os("MANARA_SCREENSHOTS") else { return };
    let folder = Path::new(&folder);
    std::fs::create_dir_all(folder).unwrap();
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let house = House::of_demo(30);
    let mut samples = Samples::make(&house);
    let (_server, address) = house.serve();
    browser.sign_in(&address, "admin", "en").await;
    samples.look(&browser, &address).await;
    let mut signed_in = ("", "");
    for (name, who, lang, path, (width, height), dark) in PICTURES {
        browser.size(*width, *height).await;
        browser.media("", &[("prefers-color-scheme", if *dark { "dark" } else { "light" })]).await;
        if signed_in != (*who, *lang) {
            browser.delete_all_cookies().await.unwrap();
            browser.sign_in(&address, who, lang).await;
            signed_in = (who, lang);
        }
        browser.goto(&format!("{address}{}", samples.fill(path))).await.unwrap();
        let picture = browser.screenshot().await.unwrap();
        std::fs::write(folder.join(format!("{name}.png")), picture).unwrap();
    }
}
