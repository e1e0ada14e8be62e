//! What cases carry: evidence with its custody, PAP, tags, own fields, and what registries outside said.

use axum::http::StatusCode;
use chrono_tz::Tz;
use manara_model::{Micros, Tlp};
use manara_response::{
    Change, Closing, EvidenceKind, KeptFile, NewCustody, NewEvidence, Outcome, OwnFields, Pap, Refusal, ResponseError,
    Said, Verdict, Wanted, Way, WorkContent, WrongValue, add_evidence, asked_of, asked_since, asking_forbidden,
    bring_evidence_file, change, check_evidence, close, custody_of, evidence_of, get_evidence, hand_evidence,
    keep_asked, list_evidence, may_ask, merge, own_values, split, tag_incident, used_tags, values_in, write_own_fields,
};
use manara_web::Role;

use crate::house::{House, MINUTE, NOON, duty, finding, on_both, person};
use crate::pages::door;

fn refusal<T: std::fmt::Debug>(result: Result<T, ResponseError>) -> Refusal {
    match result {
        Err(ResponseError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

fn later(minutes: i64) -> Micros {
    Micros(NOON.0 + minutes * MINUTE)
}

fn image() -> NewEvidence {
    NewEvidence {
        name: "Disk of the mail server".into(),
        kind: EvidenceKind::Disk,
        note: String::new(),
        sha256: String::new(),
        bytes: 0,
        acquired: NOON,
        acquired_by: "Layla".into(),
        source: "Mail server of the port, rack 4".into(),
        place: "Safe 2".into(),
    }
}

fn hand(to: &str, at: Micros) -> NewCustody {
    NewCustody { at, given_by: String::new(), taken_by: to.into(), place: String::new(), reason: "analysis".into() }
}

fn file(house: &House, text: &str) -> KeptFile {
    KeptFile { name: "disk.img".into(), blob: house.blobs.keep(&mut text.as_bytes()).expect("kept") }
}

#[test]
fn evidence_keeps_its_hash_and_every_hand_it_went_through() {
    on_both(|house: House| async move {
        let one = house.open("Broken in", &[], NOON).await;
        let item = add_evidence(&house.db, &duty(), &one.number, &image(), None, later(1)).await.expect("added");
        assert_eq!(item.number, format!("{}-E1", one.number));
        let ids = (one.id.as_str(), item.number.as_str());
        let not_kept = check_evidence(&house.db, &duty(), ids, &house.blobs, later(1)).await;
        assert_eq!(refusal(not_kept), Refusal::NoFile);

        let kept = file(&house, "bytes of the disk");
        let item = bring_evidence_file(&house.db, &duty(), ids, &kept, later(2)).await.expect("brought");
        assert_eq!((item.sha256.as_str(), item.bytes), (kept.blob.sha256.as_str(), 17));
        bring_evidence_file(&house.db, &duty(), ids, &kept, later(2)).await.expect("twice");
        let other = file(&house, "other bytes");
        assert_eq!(refusal(bring_evidence_file(&house.db, &duty(), ids, &other, later(2)).await), Refusal::OtherHash);
        let checked = check_evidence(&house.db, &duty(), ids, &house.blobs, later(3)).await.expect("checked");
        assert_eq!(checked.check.map(|check| check.outcome), Some(Outcome::Intact));
        std::fs::remove_file(house.blobs.path(&kept.blob.sha256)).expect("removed");
        let checked = check_evidence(&house.db, &duty(), ids, &house.blobs, later(4)).await.expect("checked");
        assert_eq!(checked.check.map(|check| check.outcome), Some(Outcome::Missing));

        let handed = hand_evidence(&house.db, &duty(), ids, None, &hand("Omar", later(5)), later(6)).await;
        let handed = handed.expect("handed");
        let again = hand_evidence(&house.db, &duty(), ids, Some(1), &hand("Omar", later(5)), later(6)).await;
        assert_eq!(again.expect("twice is once").version, handed.version);
        let before = hand_evidence(&house.db, &duty(), ids, None, &hand("Sara", later(4)), later(7)).await;
        assert_eq!(refusal(before), Refusal::Earlier);
        let ahead = hand_evidence(&house.db, &duty(), ids, None, &hand("Sara", later(9)), later(7)).await;
        assert_eq!(refusal(ahead), Refusal::Future);
        let stale = hand_evidence(&house.db, &duty(), ids, Some(1), &hand("Sara", later(7)), later(7)).await;
        assert!(matches!(stale, Err(ResponseError::Stale)), "{stale:?}");
        let lines = custody_of(&house.db, &item.id).await.expect("read");
        let told: Vec<[&str; 3]> =
            lines.iter().map(|line| [line.given_by.as_str(), &line.taken_by, &line.place]).collect();
        assert_eq!(told, [["Mail server of the port, rack 4", "Layla", "Safe 2"], ["Layla", "Omar", "Safe 2"]]);

        let removed = list_evidence(&house.db, &duty(), ids, Some(handed.version), false, later(8)).await;
        assert!(removed.expect("removed").removed.is_some());
        assert_eq!(
            refusal(hand_evidence(&house.db, &duty(), ids, None, &hand("Sara", later(8)), later(8)).await),
            Refusal::NoEvidence
        );
        list_evidence(&house.db, &duty(), ids, None, true, later(9)).await.expect("restored");
        let hidden = add_evidence(&house.db, &person("weak", Tlp::Clear), &one.id, &image(), None, NOON).await;
        assert_eq!(refusal(hidden), Refusal::NotFound);
        let bad = NewEvidence { sha256: "xyz".into(), ..image() };
        assert_eq!(refusal(add_evidence(&house.db, &duty(), &one.id, &bad, None, later(1)).await), Refusal::Hash);
        let verbs = house.verbs(&one.id).await;
        for verb in ["evidence_added", "evidence_file_kept", "evidence_checked", "evidence_handed", "evidence_removed"]
        {
            assert!(verbs.iter().any(|there| there == verb), "{verb}: {verbs:?}");
        }
        assert_eq!(verbs.iter().filter(|verb| *verb == "evidence_handed").count(), 1, "{verbs:?}");
    });
}

#[test]
fn what_a_merged_incident_carried_goes_over_and_comes_back() {
    on_both(|house: House| async move {
        let content = WorkContent::load(None, Tz::UTC);
        let (gone, whole) = (house.open("Gone", &[], NOON).await, house.open("Whole", &[], NOON).await);
        let item = add_evidence(&house.db, &duty(), &gone.id, &image(), None, NOON).await.expect("added");
        let both = (&["port".to_string(), "workflow:state=watch".to_string()][..], true);
        tag_incident(&house.db, &duty(), &content.tags, &gone.id, both, NOON).await.expect("tagged");
        tag_incident(&house.db, &duty(), &content.tags, &whole.id, (&both.0[..1], true), NOON).await.expect("tagged");
        let values = [("affected-people".to_string(), "12".to_string())];
        let written = write_own_fields(&house.db, &duty(), &content.fields, &gone.id, &values, NOON).await;
        let strict = Change { pap: Pap::Red, ..Change::of(&written.expect("written").expect("good")) };
        let version = house.get(&gone.id).await.version;
        change(&house.db, &duty(), &house.policy, &gone.id, version, &strict, NOON).await.expect("marked");
        merge(&house.db, &duty(), &house.policy, &gone.id, &whole.id, later(1)).await.expect("merged");
        let now = house.get(&whole.id).await;
        assert_eq!(now.tag_list(), ["port", "workflow:state=\"watch\""]);
        assert_eq!(
            (now.pap, values_in(&now.fields).get("affected-people").map(String::as_str)),
            (Pap::Red, Some("12"))
        );
        assert!(get_evidence(&house.db, &whole.id, &item.number).await.expect("read").is_some());
        split(&house.db, &duty(), &gone.id, later(2)).await.expect("split");
        let (gone, whole) = (house.get(&gone.id).await, house.get(&whole.id).await);
        assert_eq!((gone.tag_list(), whole.tag_list()), (vec!["port", "workflow:state=\"watch\""], vec!["port"]));
        assert_eq!((values_in(&gone.fields).len(), values_in(&whole.fields).len()), (1, 0));
        assert_eq!(evidence_of(&house.db, &gone.id).await.expect("read").len(), 1);
    });
}

#[test]
fn tags_are_one_form_and_of_what_there_is_one_the_newest_stays() {
    on_both(|house: House| async move {
        let content = WorkContent::load(None, Tz::UTC);
        let one = house.open("One", &[], NOON).await;
        let tag = async |typed: &str, is_there: bool| {
            let tags = [typed.to_string()];
            tag_incident(&house.db, &duty(), &content.tags, &one.id, (&tags, is_there), later(1)).await
        };
        tag(" Port  Authority ", true).await.expect("tagged");
        tag("workflow:state=needs-review", true).await.expect("tagged");
        let now = tag("Workflow:State=\"watch\"", true).await.expect("tagged");
        assert_eq!(now.tag_list(), ["port-authority", "workflow:state=\"watch\""]);
        assert_eq!(tag("port-authority", true).await.expect("twice").version, now.version);
        assert_eq!(refusal(tag("\"", true).await), Refusal::Tag);
        assert_eq!(used_tags(&house.db, &duty(), false).await.expect("read").len(), 2);
        assert!(used_tags(&house.db, &person("weak", Tlp::Clear), false).await.expect("read").is_empty());
        let now = tag("port-authority", false).await.expect("taken off");
        assert_eq!(now.tag_list(), ["workflow:state=\"watch\""]);
        let entries = manara_store::Journal::of_record(&house.db, "response", &one.id, 20).await.expect("read");
        let told: String = entries.iter().map(|entry| entry.detail.as_str()).collect();
        assert!(told.contains("watch") && !told.contains("port-authority"), "free words are not told: {told}");
    });
}

fn own_fields() -> OwnFields {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("fields")).expect("made");
    let text = "id: case\ntitle: { en: Case }\nfields:\n\
        - { id: reference, kind: text, title: { en: Reference }, required: true }\n\
        - { id: people, kind: number, title: { en: People } }\n";
    std::fs::write(folder.path().join("fields/case.yaml"), text).expect("written");
    let content = WorkContent::load(Some(folder.path()), Tz::UTC);
    assert_eq!(content.left_out, []);
    content.fields
}

#[test]
fn an_incident_is_resolved_with_the_values_that_are_required() {
    on_both(|mut house: House| async move {
        let fields = own_fields();
        let one = house.open("One", &[], NOON).await;
        let write = async |values: &[(&str, &str)], version: Option<i64>| {
            let values: Vec<(String, String)> = values.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
            let wanted = Wanted::in_version(&one.id, version);
            write_own_fields(&house.db, &duty(), &fields, wanted, &values, later(1)).await
        };
        let wrong = write(&[("people", "many"), ("none", "x"), ("reference", "A-1")], None).await.expect("asked");
        let wrong = wrong.expect_err("nothing is written when one is wrong");
        assert_eq!(wrong, [("people".into(), WrongValue::Number), ("none".into(), WrongValue::Unknown)]);
        assert!(own_values(&house.db, &one.id).await.expect("read").is_empty());
        let written = write(&[("people", "1 200,50")], Some(1)).await.expect("asked").expect("good");
        assert_eq!(values_in(&written.fields).get("people").map(String::as_str), Some("1200.5"));
        write(&[("people", "1200.5")], Some(1)).await.expect("twice is once").expect("good");
        assert!(matches!(write(&[("people", "3")], Some(1)).await, Err(ResponseError::Stale)));

        house.policy.own_fields = fields.clone();
        let end = |resolution: &str| Closing { resolution: resolution.into(), verdict: Verdict::Left };
        let resolved = house.policy.resolutions.iter().find(|one| one.state == manara_response::State::Resolved);
        let resolved = resolved.expect("a resolution").id.clone();
        let closing = end(&resolved);
        let not_yet = close(&house.db, &duty(), &house.policy, &one.id, &closing, later(2)).await;
        assert_eq!(refusal(not_yet), Refusal::FieldsMissing);
        let values = [("reference".to_string(), "A-1".to_string())];
        write_own_fields(&house.db, &duty(), &fields, &one.id, &values, later(3)).await.expect("asked").expect("good");
        close(&house.db, &duty(), &house.policy, &one.id, &closing, later(4)).await.expect("closed");

        // An export has a column for each of them, called as the field.
        let sign_in = crate::pages::door(&house).await;
        let mut reader = sign_in(manara_web::Role::Duty).await;
        let csv = reader.get("/incidents?state=all&format=csv").await.body;
        let (head, line) = csv.split_once('\n').expect("two lines");
        assert!(head.trim_end().ends_with(",mailbox,reference,people") && line.contains(",A-1,1200.5"), "{csv}");
        let json = reader.get("/incidents?state=all&format=json").await.body;
        assert!(json.contains(r#""people":1200.5"#) && json.contains(r#""reference":"A-1""#), "{json}");

        // A field that is no longer defined stays readable, and can be taken away.
        let none = OwnFields::default();
        let kept = own_values(&house.db, &one.id).await.expect("read");
        assert_eq!(kept.iter().map(|value| value.title.of("fr")).collect::<Vec<_>>(), ["People", "Reference"]);
        let away = [("people".to_string(), String::new())];
        let after = write_own_fields(&house.db, &duty(), &none, &one.id, &away, later(5)).await;
        assert_eq!(values_in(&after.expect("asked").expect("good").fields).len(), 1);
        let other = house.open("Other", &[], NOON).await;
        let abandoned = house.policy.resolutions.iter().find(|one| one.state == manara_response::State::Abandoned);
        let closing = end(&abandoned.expect("a resolution").id);
        close(&house.db, &duty(), &house.policy, &other.id, &closing, later(6)).await.expect("abandoned without");
    });
}

#[test]
fn above_green_nobody_outside_is_asked() {
    on_both(|house: House| async move {
        let one = house.open("One", &[finding("f1", "a", "192.0.2.1")], NOON).await;
        assert_eq!(may_ask(&house.db, &duty(), &one.number).await.expect("allowed").id, one.id);
        assert_eq!(asking_forbidden(&house.db, &duty(), "192.0.2.1").await.expect("asked"), None);
        let strict = Change { pap: Pap::Amber, ..Change::of(&one) };
        let one = change(&house.db, &duty(), &house.policy, &one.id, 1, &strict, later(1)).await.expect("marked");
        assert_eq!(refusal(may_ask(&house.db, &duty(), &one.number).await), Refusal::Pap);
        let forbidden = asking_forbidden(&house.db, &duty(), "192.0.2.1").await.expect("asked");
        assert_eq!(forbidden.as_deref(), Some(one.number.as_str()));
        let weak = person("weak", Tlp::Clear);
        let forbidden = asking_forbidden(&house.db, &weak, "192.0.2.1").await.expect("asked");
        assert_eq!(forbidden.as_deref(), Some(""), "whose it is is not told");
        assert_eq!(asking_forbidden(&house.db, &weak, "192.0.2.2").await.expect("asked"), None);

        let said = Said { abuse: vec!["abuse@isp.example".into()], ..Said::default() };
        let answer = (Way::Rdap, "rdap.example", said.clone(), "{}".to_string());
        keep_asked(&house.db, &duty(), ("ip", "192.0.2.2"), answer, None, later(2)).await.expect("kept");
        let known = asked_of(&house.db, &duty(), ("ip", "192.0.2.2"), 5).await.expect("read");
        assert_eq!(known.iter().map(|one| &one.said).collect::<Vec<_>>(), [&said]);
        assert_eq!(asked_since(&house.db, later(1)).await.expect("counted"), 1);
        assert_eq!(asked_since(&house.db, later(3)).await.expect("counted"), 0);
    });
}

#[test]
fn the_pages_of_what_a_case_carries_go_by_forms_alone() {
    on_both(|house: House| async move {
        let sign_in = door(&house).await;
        let one = house.open("Broken in", &[], NOON).await;
        let at = format!("/incidents/{}", one.number);
        let mut duty = sign_in(Role::Duty).await;
        assert!(duty.page(&at).await.body.contains("PAP:GREEN"));
        assert!(duty.page(&format!("{at}/edit")).await.body.contains("PAP:AMBER"));

        let tags = format!("{at}/tags");
        let tagged = duty.post(&format!("{at}/tag"), &tags, &[("tag", ""), ("tag", "workflow:state=\"watch\"")]).await;
        assert_eq!(tagged.status, StatusCode::SEE_OTHER, "{}", tagged.body);
        assert!(duty.page(&tags).await.body.contains("Nothing to do now but to watch"));
        let list = duty.page("/incidents?tag=workflow%3Astate%3D%22watch%22").await;
        assert!(list.body.contains(&one.number), "{}", list.body);
        assert!(!duty.page("/incidents?tag=other").await.body.contains(&one.number));

        let fields = format!("{at}/fields");
        let version = duty.page(&fields).await.value("version");
        let sent = [("version", version.as_str()), ("field", "affected-people"), ("f-affected-people", "a lot")];
        let wrong = duty.post(&fields, &fields, &sent).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains("This is not a number") && wrong.body.contains("a lot"), "{}", wrong.body);
        let sent = [("version", version.as_str()), ("field", "affected-people"), ("f-affected-people", "1 200")];
        let wrong = duty.post(&fields, &fields, &sent).await;
        assert_eq!(wrong.status, StatusCode::SEE_OTHER, "{}", wrong.body);
        let saved = duty.page(&at).await.body;
        assert!(saved.contains("1200") && saved.contains(r#"name="was" value="affected-people=""#), "{saved}");
        let version = house.get(&one.number).await.version.to_string();
        for _ in 0..2 {
            let undo = [("version", version.as_str()), ("was", "affected-people=")];
            let undone = duty.post(&fields, &at, &undo).await;
            assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
            assert!(!house.get(&one.number).await.fields.contains("1200"));
        }

        add_evidence(&house.db, &crate::house::duty(), &one.id, &image(), None, NOON).await.expect("added");
        let list = duty.page(&format!("{at}/evidence")).await;
        assert!(list.body.contains("Disk of the mail server"), "{}", list.body);
        let item = format!("{at}/evidence/{}-E1", one.number);
        assert!(duty.page(&item).await.body.contains("Safe 2"));
        let hand = [("taken_by", "Omar"), ("reason", "analysis"), ("place", "Laboratory"), ("given_by", "Layla")];
        let handed = duty.post(&format!("{item}/hand?version=1"), &item, &hand).await;
        assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.body);
        let sheet = duty.page(&format!("{at}/custody")).await;
        assert!(sheet.body.contains("Omar") && sheet.body.contains("Laboratory"), "{}", sheet.body);
        assert!(duty.page(&format!("{at}/report")).await.body.contains("Laboratory"));
        assert_eq!(duty.get(&format!("{item}/file")).await.status, StatusCode::NOT_FOUND, "no file is kept");
        let removed = duty.post(&format!("{item}/remove"), &item, &[]).await;
        assert_eq!(removed.status, StatusCode::SEE_OTHER, "{}", removed.body);

        for role in [Role::Handler, Role::Analyst, Role::Viewer] {
            let mut reader = sign_in(role).await;
            for path in ["", "/tags", "/fields", "/evidence", "/custody"] {
                reader.page(&format!("{at}{path}")).await;
            }
            reader.page(&item).await;
        }
    });
}
