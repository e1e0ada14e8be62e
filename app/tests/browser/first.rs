//! The first run: from an empty folder to findings, as somebody with a browser and the token goes it.

use std::path::Path;
use std::process::Command;

use fantoccini::{Client, Locator};

use crate::browser::{Browser, Running, Scripts, start};
use crate::grid::{Faults, look_around};

/// The program on a folder that is not there: its address, and the token it prints.
pub fn first_start(data: &Path) -> (Running, String, String) {
    let address = std::cell::RefCell::new(String::new());
    let mut command = Command::new(env!("CARGO_BIN_EXE_manara"));
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
    let (running, token) = start(command, |line| {
        if let Some(rest) = line.strip_prefix("Manara is at ") {
            *address.borrow_mut() = rest.trim_end_matches('/').to_string();
        }
        line.strip_prefix("  ").and_then(|rest| rest.split(' ').next()).map(str::to_string)
    });
    (running, address.into_inner(), token)
}

pub async fn type_into(client: &Client, selector: &str, text: &str) {
    let field = client.find(Locator::Css(selector)).await.unwrap_or_else(|error| panic!("{selector}: {error}"));
    field.send_keys(text).await.unwrap();
}

/// From an empty folder to home with the findings of a file, as somebody with a browser goes it.
async fn first_run(lang: &str, dir: &str) {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let client = browser.client.clone();
    let mut faults = Faults::default();
    let folder = tempfile::tempdir().unwrap();
    let (_server, address, token) = first_start(&folder.path().join("data"));
    let mut looks = async |path: &str| {
        let at = client.current_url().await.unwrap().path().to_string();
        assert!(at.starts_with(path), "{at} is not {path}");
        look_around(&browser, (lang, dir), path, &mut faults).await;
    };
    client.goto(&format!("{address}/?lang={lang}")).await.unwrap();
    looks("/setup").await;
    for (field, text) in
        [("token", &*token), ("name", "amina"), ("password", "a short sentence"), ("again", "a short sentence")]
    {
        type_into(&client, &format!("input[name={field}]"), text).await;
    }
    browser.press("main form.stack button.main").await;
    looks("/setup/nation").await;
    let country = client.find(Locator::Css("select[name=country]")).await.unwrap();
    country.select_by_value("EG").await.unwrap();
    type_into(&client, "input[name=name_en]", "EG-CERT").await;
    browser.press("main form.rows button.main").await;
    looks("/setup/mail").await;
    browser.press("main form.rows p.actions a.button").await;
    looks("/setup/networks").await;
    let networks = "cidr,asn,org,sector,abuse_contact\n192.0.2.0/25,,Ministry of Light,government,it@light.example\n";
    type_into(&client, "textarea[name=paste]", networks).await;
    browser.press("main form.rows button.main").await;
    looks("/constituents/import").await;
    browser.press("form[action='/constituents/import/confirm'] button.main").await;
    looks("/setup/feed").await;
    // A report of today: what an old one finds is expired at once.
    let day = manara_model::Micros::now().day();
    let report = folder.path().join(format!("{day}-scan_telnet-eg-geo.csv"));
    let header = "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo\n";
    std::fs::write(&report, format!("{header}{day} 01:00:00,high,192.0.2.5,tcp,23,,telnet,,EG\n")).unwrap();
    type_into(&client, "input[name=files]", report.to_str().unwrap()).await;
    browser.press("main form.rows button.main").await;
    looks("/batches/").await;
    let begun = std::time::Instant::now();
    loop {
        client.goto(&format!("{address}/findings")).await.unwrap();
        if client.find(Locator::Css("main table.list a[href^='/findings/']")).await.is_ok() {
            break;
        }
        assert!(begun.elapsed() < std::time::Duration::from_secs(60), "the file became no finding");
    }
    client.goto(&format!("{address}/")).await.unwrap();
    looks("/").await;
    let left = client.find(Locator::Css("form[action='/setup/dismiss'] button")).await;
    assert!(left.is_ok(), "home says what is left");
    faults.none();
    client.close().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_folder_is_set_up_in_the_browser() {
    for (lang, dir) in [("en", "ltr"), ("ar", "rtl"), ("fr", "ltr")] {
        first_run(lang, dir).await;
    }
}
