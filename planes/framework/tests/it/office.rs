//! The programme office: what a country releases, and what an office takes in.

use axum::http::StatusCode;
use manara_framework::assessments::take_snapshot;
use manara_framework::offices::{
    CountryProgress, OfficeError, OfficeRefusal, Releasing, Signer, countries, export_progress, fingerprint,
    import_progress, kpi, own_progress, release, releases, unseal,
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
        duty.post(own, own, &fields).await;
        assert!(duty.page(own).await.body.contains("a value makes no sense"));
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
