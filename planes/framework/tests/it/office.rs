//! The programme office: what a country releases, and what an office takes in.

use axum::http::StatusCode;
use manara_framework::assessments::take_snapshot;
use manara_framework::offices::{
    By, CountryProgress, OfficeError, OfficeRefusal, Practice, Released, ReleasedFigures, ReleasedSection, Releasing,
    Signer, countries, export_progress, fingerprint, import_progress, kpi, own_progress, own_standing, release,
    releases, spreads, unseal,
};
use manara_model::Tlp;
use manara_web::Lang;

use crate::house::{NOON, catalogue, duty, on_both, person};
use crate::pages::reader;

fn why<T: std::fmt::Debug>(done: Result<T, OfficeError>) -> Option<OfficeRefusal> {
    match done {
        Err(OfficeError::Refused(why)) => Some(why),
        _ => None,
    }
}

fn stranger(signer: &Signer, made: &str, teams: i64) -> String {
    signer.seal(&CountryProgress {
        format: 1,
        country: "EG".into(),
        name: "Egypt <x>".into(),
        made: made.into(),
        stage: "enhancement".into(),
        kpis: [("teams".to_string(), teams)].into(),
        assessments: Vec::new(),
        practices: Vec::new(),
    })
}

#[test]
fn only_what_a_person_released_is_in_the_file() {
    on_both(|house| async move {
        let (db, duty) = (&house.db, duty());
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Red).await;
        let (kept, hidden) = (
            take_snapshot(db, &duty, &one.id, "first", NOON).await.unwrap(),
            take_snapshot(db, &duty, &one.id, "second", NOON).await.unwrap(),
        );
        assert_eq!(why(export_progress(db, &duty, "XA", NOON).await), Some(OfficeRefusal::Incomplete));
        release(db, &duty, Releasing::Name("Aldermere"), NOON).await.unwrap();
        release(db, &duty, Releasing::Stage("design"), NOON).await.unwrap();
        release(db, &duty, Releasing::Kpi("strategies", Some(1)), NOON).await.unwrap();
        release(db, &duty, Releasing::Kpi("teams", Some(2)), NOON).await.unwrap();
        release(db, &duty, Releasing::Kpi("teams", None), NOON).await.unwrap();
        release(db, &duty, Releasing::Snapshot(&kept.id, true), NOON).await.unwrap();
        for wrong in [Releasing::Stage("moon"), Releasing::Kpi("wealth", Some(1)), Releasing::Kpi("teams", Some(-1))] {
            assert_eq!(why(release(db, &duty, wrong, NOON).await), Some(OfficeRefusal::Value), "{wrong:?}");
        }
        let viewer = person("viewer", Tlp::Amber);
        let unseen = release(db, &viewer, Releasing::Snapshot(&hidden.id, true), NOON).await;
        assert_eq!(why(unseen), Some(OfficeRefusal::Value), "nobody releases what they may not see");
        assert_eq!(why(own_progress(db, &viewer, "XA", NOON).await), Some(OfficeRefusal::Value));
        assert_eq!(why(export_progress(db, &duty, "", NOON).await), Some(OfficeRefusal::Incomplete));
        let file = export_progress(db, &duty, "XA", NOON).await.unwrap();
        assert_eq!(file, export_progress(db, &duty, "XA", NOON).await.unwrap(), "the same bytes");
        let opened = unseal(file.as_bytes(), NOON).unwrap().progress;
        assert_eq!((opened.kpis.len(), opened.kpis["strategies"], opened.assessments.len()), (1, 1, 1));
        assert!(!file.contains("The fleet") && !file.contains(&hidden.id), "no subject, no snapshot");
        release(db, &duty, Releasing::Snapshot(&kept.id, false), NOON).await.unwrap();
        assert!(own_progress(db, &duty, "XA", NOON).await.unwrap().assessments.is_empty());
        assert_eq!(releases(db).await.unwrap().len(), 3);
        let verbs = house.verbs("snapshot").await;
        assert_eq!(verbs, ["progress_released", "progress_withdrawn"]);
    });
}

#[test]
fn a_country_is_known_by_its_key_and_the_newest_counts() {
    on_both(|house| async move {
        let (db, duty) = (&house.db, duty());
        let signer = Signer::open(db).await.unwrap();
        assert_eq!(signer.key(), Signer::open(db).await.unwrap().key(), "one key for good");
        let print = fingerprint(&signer.key());
        let first = stranger(&signer, "2026-01-10", 1);
        let take = async |file: &str, region: &str, print: &str| {
            import_progress(db, &duty, file.as_bytes(), (region, print), NOON).await
        };
        assert_eq!(why(take(&first, "africa", "").await), Some(OfficeRefusal::Key));
        assert_eq!(why(take(&first, "", &print).await), Some(OfficeRefusal::Region));
        assert_eq!(why(take(&first, "moon", &print).await), Some(OfficeRefusal::Region));
        assert!(countries(db).await.unwrap().is_empty(), "nothing of it stayed");
        assert_eq!(take(&first, "arab-states", &print.to_uppercase()).await.unwrap(), ("EG".into(), true));
        assert_eq!(take(&first, "", "").await.unwrap(), ("EG".into(), false), "twice is once");
        take(&stranger(&signer, "2026-01-12", 3), "", "").await.unwrap();
        take(&stranger(&signer, "2026-01-11", 2), "", "").await.unwrap();
        let all = countries(db).await.unwrap();
        assert_eq!((all.len(), all[0].newest.made.as_str(), all[0].files), (1, "2026-01-12", 3));
        assert_eq!(
            (all[0].region.as_str(), kpi(&all, "teams"), kpi(&all, "repelled")),
            ("arab-states", (1, 3), (0, 0))
        );
        let changed = first.replace("Egypt", "Egipt");
        assert_eq!(why(take(&changed, "", "").await), Some(OfficeRefusal::Signature));
        assert_eq!(house.verbs("EG").await, ["progress_imported"; 3]);
    });
}

#[test]
fn the_pages_release_export_and_take_in() {
    on_both(|house| async move {
        let duty_viewer = duty();
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        take_snapshot(&house.db, &duty_viewer, &one.id, "Spring", NOON).await.unwrap();
        let mut duty = reader(&house, "duty", Lang::En).await;
        let own = "/framework/progress";
        let page = duty.page(own).await;
        assert!(page.body.contains("Spring") && !page.body.contains("Withdraw"), "{}", page.body);
        let fields =
            [("name", "Aldermere"), ("stage", "establishment"), ("teams", "1"), ("strategies", ""), ("repelled", "x")];
        let wrong = duty.post(own, own, &fields).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let at = "a whole number from 0 to 1,000,000,000";
        for part in
            [at, r#"id="repelled-wrong""#, r#"value="Aldermere""#, r#"value="establishment" selected"#, "autofocus"]
        {
            assert!(wrong.body.contains(part), "{part}: {}", wrong.body);
        }
        assert!(!duty.page(own).await.body.contains(r#"value="Aldermere""#), "nothing of it was released");
        let fields = [("name", "Aldermere"), ("stage", "establishment"), ("teams", "1")];
        duty.post(own, own, &fields).await;
        let page = duty.page(own).await;
        let (_, rest) = page.body.split_once(r#"name="snapshot" value=""#).expect("a snapshot");
        let id = rest.split('"').next().unwrap().to_string();
        duty.post(&format!("{own}/snapshot"), own, &[("snapshot", &id), ("release", "yes")]).await;
        assert!(duty.page(own).await.body.contains("Withdraw"));
        let file = duty.post(&format!("{own}/export"), own, &[]).await;
        assert!(file.header("content-disposition").contains("progress-XA-"), "{}", file.body);
        let print = fingerprint(&Signer::open(&house.db).await.unwrap().key());
        import_progress(&house.db, &duty_viewer, file.body.as_bytes(), ("europe", &print), manara_model::Micros::now())
            .await
            .unwrap();
        let other = stranger(&Signer::open(&house.db).await.unwrap(), "2026-01-10", 4);
        import_progress(&house.db, &duty_viewer, other.as_bytes(), ("arab-states", &print), NOON).await.unwrap();
        let office = "/framework/office";
        let third = stranger(&Signer::open(&house.db).await.unwrap(), "2026-01-12", 4);
        duty.upload_text(office, &[("region", ""), ("fingerprint", ""), ("file", &third)]).await;
        assert!(duty.page(office).await.body.contains("The file was taken in"));
        duty.upload_text(office, &[("region", ""), ("fingerprint", ""), ("file", "{}")]).await;
        assert!(duty.page(office).await.body.contains("it is no file of progress"));
        let page = duty.page(office).await;
        for words in
            ["Aldermere", "Egypt &lt;x&gt;", "as 2 countries said", "Nobody said", "<circle", "Boats", "Arab States"]
        {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        assert!(!viewer.page("/framework/office").await.body.contains(r#"type="file""#));
        assert!(!viewer.page(own).await.body.contains("Withdraw"));
        for lang in ["ar", "fr"] {
            duty.page(&format!("{own}?lang={lang}")).await;
            duty.page(&format!("/framework/office?lang={lang}&catalogue=boats")).await;
        }
        assert_eq!(viewer.get("/framework/office/none").await.status, StatusCode::NOT_FOUND);
    });
}

/// The file of a country that released its boats by section, and a text.
fn neighbour(signer: &Signer, country: &str, hull: f64, text: &str) -> String {
    let section = |section: &str, claimed: f64| ReleasedSection {
        section: section.into(),
        answered: 2,
        claimed,
        supported: claimed / 2.0,
        ..ReleasedSection::default()
    };
    signer.seal(&CountryProgress {
        format: 1,
        country: country.into(),
        name: format!("Country {country}"),
        made: "2026-01-10".into(),
        stage: "enhancement".into(),
        kpis: Default::default(),
        assessments: vec![Released {
            catalogue: "boats".into(),
            version: "b".repeat(64),
            rules: 1,
            day: "2026-01-09".into(),
            figures: ReleasedFigures { answered: 4, ..ReleasedFigures::default() },
            sections: vec![section("H", hull), section("C", 25.0)],
        }],
        practices: vec![Practice { catalogue: "boats".into(), section: "H".into(), text: text.into() }],
    })
}

#[test]
fn sections_and_texts_leave_only_when_they_are_released() {
    on_both(|house| async move {
        let (db, duty) = (&house.db, duty());
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        manara_framework::assessments::give_table(db, &duty, &one.id, &table(&boats), NOON).await.unwrap();
        let kept = take_snapshot(db, &duty, &one.id, "first", NOON).await.unwrap();
        release(db, &duty, Releasing::Name("Aldermere"), NOON).await.unwrap();
        release(db, &duty, Releasing::Stage("design"), NOON).await.unwrap();
        let own = async || own_progress(db, &duty, "XA", NOON).await.unwrap();
        let early = release(db, &duty, Releasing::Sections(&kept.id, true), NOON).await;
        assert_eq!(why(early), Some(OfficeRefusal::Whole));
        release(db, &duty, Releasing::Snapshot(&kept.id, true), NOON).await.unwrap();
        assert!(own().await.assessments[0].sections.is_empty(), "the whole alone");
        release(db, &duty, Releasing::Sections(&kept.id, true), NOON).await.unwrap();
        let sections = own().await.assessments[0].sections.clone();
        assert_eq!(sections.iter().map(|one| one.section.as_str()).collect::<Vec<_>>(), ["H"], "what was answered");
        assert_eq!((sections[0].claimed, sections[0].supported, sections[0].secondary), (75.0, 0.0, 2));
        release(db, &duty, Releasing::Draft("boats/H", Some("Two  men\nand a saw.")), NOON).await.unwrap();
        assert!(own().await.practices.is_empty(), "a draft stays");
        for (place, text) in [("boats", "x"), ("boats/a b", "x"), ("boats/H", " "), ("boats/H", &"x".repeat(1_001))] {
            let refused = why(release(db, &duty, Releasing::Practice(place, Some(text)), NOON).await);
            assert!(matches!(refused, Some(OfficeRefusal::Section | OfficeRefusal::Practice)), "{place}: {refused:?}");
        }
        release(db, &duty, Releasing::Practice("boats/H", Some("Two  men\nand a saw.")), NOON).await.unwrap();
        let texts = own().await.practices;
        assert_eq!((texts.len(), texts[0].text.as_str()), (1, "Two men and a saw."));
        assert!(releases(db).await.unwrap().iter().all(|one| one.kind != "draft"), "released or a draft, never both");
        let file = export_progress(db, &duty, "XA", NOON).await.unwrap();
        assert_eq!(unseal(file.as_bytes(), NOON).unwrap().progress, own().await);
        let withdrawn = release(db, &duty, Releasing::Draft("boats/H", Some("Later.")), NOON).await.unwrap();
        assert!(withdrawn, "a draft in the place of a released text withdraws it, and it is said");
        release(db, &duty, Releasing::Snapshot(&kept.id, false), NOON).await.unwrap();
        let (left, all) = (own().await, releases(db).await.unwrap());
        assert!(left.practices.is_empty() && left.assessments.is_empty());
        assert!(all.iter().all(|one| one.kind != "sections"), "the sections went with the whole");
        release(db, &duty, Releasing::Snapshot(&kept.id, true), NOON).await.unwrap();
        assert!(own().await.assessments[0].sections.is_empty(), "released anew, the whole leaves alone");
        release(db, &duty, Releasing::Draft("boats/H", None), NOON).await.unwrap();
        assert_eq!(house.verbs("draft").await, ["progress_drafted", "progress_drafted", "progress_removed"]);
        assert_eq!(house.verbs("practice").await, ["progress_released", "progress_withdrawn"]);
    });
}

/// Both items of the hull, of one voice.
fn table(boats: &manara_framework::catalogues::Catalogue) -> Vec<manara_framework::assessments::Row> {
    let text = "item,respondent,organisation,role,level,state,comment,evidence\n\
                H-1,Amina,Port,captain,4,,,\nH-2,Amina,Port,captain,2,,,\n";
    let (rows, refused) = manara_framework::assessments::read_table(boats, text.as_bytes()).unwrap();
    assert!(refused.is_empty());
    rows
}

#[test]
fn the_office_compares_sections_of_one_model_with_ours_beside_them() {
    on_both(|house| async move {
        let (db, viewer) = (&house.db, duty());
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        manara_framework::assessments::give_table(db, &viewer, &one.id, &table(&boats), NOON).await.unwrap();
        take_snapshot(db, &viewer, &one.id, "Spring", NOON).await.unwrap();
        let signer = Signer::open(db).await.unwrap();
        let print = fingerprint(&signer.key());
        for (code, hull, text) in [("EG", 80.0, "Dry wood <b>"), ("FJ", 40.0, "A second captain"), ("SN", 60.0, "Tar")]
        {
            let file = neighbour(&signer, code, hull, text);
            import_progress(db, &viewer, file.as_bytes(), ("africa", &print), NOON).await.unwrap();
        }
        let own = own_standing(db, &viewer, "XA", "boats").await.unwrap();
        let found = spreads(&countries(db).await.unwrap(), "boats", &["H".into(), "C".into()], &own, By::Claimed);
        assert_eq!((found[0].least, found[0].middle, found[0].most, found[0].place), (40.0, 60.0, 80.0, Some((2, 4))));
        assert_eq!((found[1].spots.len(), found[1].place), (3, None), "nobody here answered for the crew");
        let hidden = person("viewer", Tlp::Green);
        assert!(own_standing(db, &hidden, "XA", "boats").await.unwrap().snapshot.is_empty(), "one rule decides");
        let mut duty = reader(&house, "duty", Lang::En).await;
        let page = duty.page("/framework/office?catalogue=boats").await.body;
        for words in
            ["Hull", "place 2 of 4", "Dry wood &lt;b&gt;", "Spring", "svg class=\"bar range\"", "another version"]
        {
            assert!(page.contains(words), "{words}: {page}");
        }
        let csv = duty.get("/framework/office?catalogue=boats&by=supported&format=csv").await;
        assert!(csv.header("content-type").starts_with("text/csv"), "{}", csv.body);
        assert_eq!(csv.body.trim().lines().count(), 7, "a head and a row for each country and section: {}", csv.body);
        let json = duty.get("/framework/office?catalogue=boats&format=json").await.body;
        let json: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!((json[0]["section"].as_str(), json[0]["country"].as_str()), (Some("H"), Some("EG")));
        assert_eq!(json[0]["claimed"].as_f64(), Some(80.0));
        for wrong in ["format=pdf", "by=luck"] {
            let reply = duty.get(&format!("/framework/office?{wrong}")).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{wrong}");
        }
        for lang in ["ar", "fr"] {
            duty.page(&format!("/framework/office?lang={lang}&catalogue=boats&by=supported")).await;
        }
    });
}

#[test]
fn the_page_shows_exactly_what_leaves() {
    on_both(|house| async move {
        let (db, viewer) = (&house.db, duty());
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        manara_framework::assessments::give_table(db, &viewer, &one.id, &table(&boats), NOON).await.unwrap();
        let kept = take_snapshot(db, &viewer, &one.id, "Spring", NOON).await.unwrap();
        let mut duty = reader(&house, "duty", Lang::En).await;
        let own = "/framework/progress";
        assert!(duty.page(own).await.body.contains("Nothing can leave yet"));
        duty.post(own, own, &[("name", "Aldermere"), ("stage", "design")]).await;
        let snapshot = format!("{own}/snapshot");
        duty.post(&snapshot, own, &[("snapshot", &kept.id), ("release", "yes")]).await;
        assert!(duty.page(own).await.body.contains("without figures by section"));
        duty.post(&snapshot, own, &[("snapshot", &kept.id), ("part", "sections"), ("release", "yes")]).await;
        let practice = format!("{own}/practice");
        let text = ("text", "Two men and a saw.");
        duty.post(&practice, own, &[("about", "boats/H"), text, ("do", "keep")]).await;
        let page = duty.page(&format!("{own}?about=boats%2FH")).await.body;
        assert!(page.contains("Draft, stays here") && page.contains(r#"<option value="boats/H" selected>"#), "{page}");
        let (_, leaves) = page.split_once(r#"id="leaves""#).unwrap();
        assert!(leaves.contains("75%") && !leaves.contains("Two men"), "{leaves}");
        duty.post(&practice, own, &[("about", "boats/H"), text, ("do", "release")]).await;
        let page = duty.page(own).await.body;
        let (_, leaves) = page.split_once(r#"id="leaves""#).unwrap();
        assert!(leaves.contains("Two men and a saw."), "{leaves}");
        duty.post(&practice, own, &[("about", "boats/H"), text, ("do", "keep")]).await;
        assert!(duty.page(own).await.body.contains("The released text was withdrawn"));
        duty.post(&practice, own, &[("about", "boats/H"), ("text", ""), ("do", "remove")]).await;
        assert!(!duty.page(own).await.body.contains("Two men and a saw."));
        let wrong = duty.post(&practice, own, &[("about", "boats"), text, ("do", "keep")]).await;
        assert!(wrong.body.contains("there is no such section") && wrong.body.contains(r#"id="about-wrong""#));
        let long = "saw ".repeat(300);
        let wrong = duty.post(&practice, own, &[("about", "boats/H"), ("text", &long), ("do", "release")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [long.as_str(), r#"id="text-wrong""#, r#"<option value="boats/H" selected>"#, "autofocus"] {
            assert!(wrong.body.contains(part), "{part}: {}", wrong.body);
        }
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        assert!(!viewer.page(own).await.body.contains("<textarea"));
        for lang in ["ar", "fr"] {
            duty.page(&format!("{own}?lang={lang}")).await;
        }
    });
}
