//! What a page shows before anybody chose, and what it says of content that was left out.

use axum::http::StatusCode;
use manara_framework::catalogues::{OpenShelf, read_catalogue};
use manara_framework::establish_site;
use manara_model::{Micros, Tlp};
use manara_store::Blobs;
use manara_web::{Lang, NewPerson, Role, Shell, WebConfig, Words, ensure_first_users};

use crate::founding::Ground;
use crate::house::{House, boats, catalogue, on_both};
use crate::pages::{PASSWORD, Reader, reader};

#[test]
fn the_page_of_an_assessment_begins_with_the_usual_profile_and_says_so() {
    on_both(|house| async move {
        let one = house.begin(&catalogue("minima", 5), Tlp::Amber).await;
        let path = format!("/framework/assessments/{}", one.id);
        let mut duty = reader(&house, "duty", Lang::En).await;
        let page = duty.page(&path).await.body;
        assert!(page.contains("nobody chose a profile") && page.contains("Harbour"), "{page}");
        assert!(page.contains(r#"<option value="harbour" selected>"#), "{page}");
        for item in ["H-1", "H-2", "C-1", "C-2"] {
            assert!(page.contains(item), "the gaps are there: {page}");
        }
        let none = duty.page(&format!("{path}?profile=")).await.body;
        assert!(!none.contains("nobody chose a profile") && !none.contains(r#"<option value="harbour" selected>"#));
        let open = duty.page(&format!("{path}?profile=open")).await.body;
        assert!(open.contains(r#"<option value="open" selected>"#) && !open.contains("nobody chose"), "{open}");
        assert!(open.contains(&format!("{path}/design?profile=open")), "what follows is measured by the same");
        // What programs read by this address is as `assess score` answers: by no profile.
        let told = duty.get(&format!("{path}?format=json")).await.body;
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        assert_eq!((&told["profile"], told["gaps"].as_array().map(Vec::len)), (&serde_json::Value::Null, Some(0)));
        let arabic = duty.page(&format!("{path}?lang=ar")).await.body;
        assert!(arabic.contains("لأن أحدًا لم يختر ملمحًا"), "{arabic}");
    });
}

#[test]
fn the_usual_profile_is_the_first_of_which_a_minimum_is_known() {
    let usual = |text: String| {
        let catalogue = read_catalogue("boats.yaml", &text).unwrap();
        catalogue.usual_profile().map(|profile| profile.ref_id.clone())
    };
    let text = boats("minima", 5);
    assert_eq!(usual(text.clone()).as_deref(), Some("harbour"));
    let unknown = text.replace("{H-1: 1, H-2: 1, C-1: 1, C-2: 1}", "{H-1: null}");
    assert_eq!(usual(unknown.clone()).as_deref(), Some("open"));
    assert_eq!(usual(unknown.replace("{H-1: 1, H-2: null}", "{H-1: null}")).as_deref(), Some("harbour"));
    let (before, rest) = text.split_once("profiles:\n").unwrap();
    let (_, items) = rest.split_once("items:\n").unwrap();
    assert_eq!(usual(format!("{before}items:\n{items}")), None);
}

/// Pages over an operator's content, some of which is wrong.
pub async fn with_content(house: &House, name: &str) -> Reader {
    with_content_and_shelf(house, name).await.0
}

/// The same with the shelf, which takes over what lies in the folder when it is looked at.
pub async fn with_content_and_shelf(house: &House, name: &str) -> (Reader, OpenShelf) {
    let folder = house.folder.path();
    for (path, text) in [
        ("sops/en/duty-day.md", "# Our day\n\n{{ nothing.here }}\n"),
        (
            "training/own.yaml",
            "format: 1\ncourses:\n- ref_id: own\n  name: Own\n  pass_percent: 300\n  lessons: []\n  questions: []\n",
        ),
    ] {
        std::fs::create_dir_all(folder.join(path).parent().unwrap()).unwrap();
        std::fs::write(folder.join(path), text).unwrap();
    }
    let people = [("duty", Role::Duty), ("viewer", Role::Viewer)].map(|(name, role)| NewPerson {
        name: name.into(),
        role,
        lang: Lang::En,
        password: PASSWORD.into(),
    });
    ensure_first_users(&house.db, &people, Micros::now()).await.unwrap();
    let shell = Shell::new(house.db.clone(), Words::built_in().unwrap(), WebConfig::default());
    let (shelf, blobs) = (OpenShelf::of(Some(folder)), Blobs::new(folder.join("blobs")));
    let establish = establish_site(shelf.clone(), blobs, Ground::of(), Some(folder));
    (Reader::signed_in(shell.router(Shell::own_site().merge(establish)), name).await, shelf)
}

#[test]
fn who_may_mend_content_is_told_what_was_left_out() {
    on_both(|house| async move {
        let mut duty = with_content(&house, "duty").await;
        let manual = duty.page("/framework/manual").await.body;
        assert!(manual.contains("duty-day.md:3: ") && manual.contains("manara doctor"), "{manual}");
        let training = duty.page("/framework/training").await.body;
        assert!(training.contains("own.yaml:3: pass_percent") && !training.contains("duty-day.md"), "{training}");
        let day = duty.get("/framework/manual/duty-day").await;
        assert!(day.status == StatusCode::OK && !day.body.contains("Our day"), "the built-in text stands in");
        let mut viewer = with_content(&house, "viewer").await;
        for page in ["/framework/manual", "/framework/training"] {
            assert!(!viewer.page(page).await.body.contains("note bad"), "{page}");
        }
    });
}
