//! Files of other tools that somebody brings: tried out, taken over, gone on with.

use std::io::Cursor;
use std::sync::Arc;

use manara_model::{Micros, Tlp};
use manara_response::import::{
    BringError, Import, ImportRoom, ImportState, Mails, NewImport, WrongField, bring, claim, import_of, imports,
    refused_of, work,
};
use manara_response::mail::MailHouse;
use manara_response::{Config, list, list_tickets};
use manara_web::Role;

use crate::house::{House, MINUTE, NOON, duty, on_both, person};
use crate::pages::door;

const TABLE: &str = include_str!("import/incidents.csv");

pub async fn room(house: &House) -> ImportRoom {
    let mut of =
        MailHouse::open(&house.db, &Config::default(), ("CIRT", "cirt@cirt.example"), "en").await.expect("mail");
    of.acknowledge = false;
    let mails = Mails {
        db: house.db.clone(),
        house: Arc::new(of),
        blobs: house.blobs.clone(),
        known: Arc::new(|_| Box::pin(async { Ok(None) })),
    };
    ImportRoom { mails, policy: house.policy.clone() }
}

fn table() -> NewImport {
    NewImport { format: "csv".into(), file_name: "old.csv".into(), ..NewImport::default() }
}

async fn brought(house: &House, new: &NewImport, text: &str) -> Result<Import, BringError> {
    let file = Cursor::new(text.as_bytes().to_vec());
    bring((&house.db, &house.blobs), new, file, "duty", NOON).await
}

async fn now_of(house: &House, one: &Import) -> Import {
    import_of(&house.db, &duty(), &one.id).await.expect("read").expect("there")
}

async fn count(house: &House) -> usize {
    list(&house.db, &duty(), None, "", 1_000).await.expect("read").len()
}

#[test]
fn a_file_is_tried_out_and_makes_nothing_until_somebody_says_so() {
    on_both(|house: House| async move {
        let room = room(&house).await;
        let one = brought(&house, &table(), TABLE).await.expect("kept");
        assert_eq!((one.state, one.next(NOON)), (ImportState::Trying, None));
        work(&room, &one, "duty", NOON).await.expect("tried");
        let tried = now_of(&house, &one).await;
        assert_eq!((tried.state, tried.next(NOON)), (ImportState::Tried, Some(ImportState::Taking)));
        assert_eq!((tried.records, tried.refused, tried.already), (7, 4, 1));
        assert_eq!(tried.made.get("incidents"), Some(&2));
        assert_eq!(tried.first[0][4], "Phishing, again");
        assert_eq!(count(&house).await, 0);
        let refused = refused_of(&house.db, &one.id, 0, 100).await.expect("read");
        let places: Vec<&str> = refused.iter().map(|one| one.place.as_str()).collect();
        assert_eq!(places, ["line 4", "line 5", "line 6", "line 7"]);
        // Two press the button: one begins.
        assert!(claim(&house.db, &tried, "duty", NOON).await.expect("asked"));
        assert!(!claim(&house.db, &tried, "other", NOON).await.expect("asked"));
        work(&room, &tried, "duty", NOON).await.expect("taken over");
        let done = now_of(&house, &one).await;
        assert_eq!((done.state, done.next(NOON), done.first.len()), (ImportState::Done, None, 0));
        assert_eq!((done.made.get("incidents"), done.refused), (Some(&2), 4));
        assert_eq!(count(&house).await, 2);
        assert_eq!(house.verbs(&one.id).await, ["import_brought", "import_begun", "import_finished"]);
        // The same file again makes nothing.
        let again = brought(&house, &table(), TABLE).await.expect("kept");
        work(&room, &again, "duty", NOON).await.expect("tried");
        let again = now_of(&house, &again).await;
        assert_eq!((again.already, again.next(NOON)), (3, None));
        let seen = imports(&house.db, &person("other", Tlp::Amber), 10).await.expect("read");
        assert!(seen.is_empty(), "records may be of any marking");
        assert_eq!(imports(&house.db, &person("other", Tlp::Red), 10).await.expect("read").len(), 2);
    });
}

#[test]
fn what_was_interrupted_goes_on_and_adds_only_what_is_missing() {
    on_both(|house: House| async move {
        let room = room(&house).await;
        let one = brought(&house, &table(), TABLE).await.expect("kept");
        let (soon, later) = (Micros(NOON.0 + MINUTE), Micros(NOON.0 + 10 * MINUTE));
        assert_eq!(one.next(soon), None, "somebody is at work on it");
        assert!(one.is_interrupted(later));
        assert!(claim(&house.db, &one, "duty", later).await.expect("asked"));
        work(&room, &one, "duty", later).await.expect("tried");
        let tried = now_of(&house, &one).await;
        assert_eq!(tried.state, ImportState::Tried);
        // Taken over, and lost before the end was written down.
        assert!(claim(&house.db, &tried, "duty", later).await.expect("asked"));
        let mut taking = now_of(&house, &one).await;
        work(&room, &tried, "duty", later).await.expect("taken over");
        taking.changed = NOON;
        assert_eq!(taking.next(later), Some(ImportState::Taking));
        work(&room, &taking, "duty", later).await.expect("gone on");
        assert_eq!(count(&house).await, 2);
        assert_eq!(now_of(&house, &one).await.state, ImportState::Done);
    });
}

#[test]
fn an_mbox_and_files_that_are_none_are_told_apart() {
    on_both(|house: House| async move {
        let room = room(&house).await;
        let new = NewImport { format: "mbox".into(), ..NewImport::default() };
        let mail = "From ana@harbour.example Thu Jan 15 11:00:00 2015\nFrom: Ana <ana@harbour.example>\nSubject: old\n\
             Message-ID: <1@harbour.example>\nDate: Thu, 15 Jan 2015 11:00:00 +0000\n\nWe see 192.0.2.1.\n\n";
        let one = brought(&house, &new, mail).await.expect("kept");
        work(&room, &one, "duty", NOON).await.expect("tried");
        let tried = now_of(&house, &one).await;
        assert_eq!((tried.made.get("messages"), tried.first[0][4].as_str()), (Some(&1), "old"));
        assert!(claim(&house.db, &tried, "duty", NOON).await.expect("asked"));
        work(&room, &tried, "duty", NOON).await.expect("taken over");
        assert_eq!(now_of(&house, &one).await.made.get("reports"), Some(&1));
        let reports = list_tickets(&house.db, &duty(), None, None, 10).await.expect("read");
        assert_eq!(reports[0].created.day(), "2015-01-15");
        let broken = brought(&house, &new, "no mbox at all").await.expect("kept");
        work(&room, &broken, "duty", NOON).await.expect("tried");
        let broken = now_of(&house, &broken).await;
        assert!(broken.fault.contains("no mbox") && broken.next(NOON).is_none(), "{broken:?}");
        assert!(matches!(brought(&house, &new, "").await, Err(BringError::Empty)));
        let odd = NewImport { format: "word".into(), ..NewImport::default() };
        assert!(matches!(brought(&house, &odd, "x").await, Err(BringError::Field(WrongField("format")))));
    });
}

#[test]
fn the_pages_of_files_say_what_would_be_made_and_take_it_over_by_a_button() {
    on_both(|house: House| async move {
        let room = room(&house).await;
        let sign_in = door(&house).await;
        let mut duty = sign_in(Role::Duty).await;
        assert!(duty.page("/incidents/import").await.body.contains("No file was uploaded yet"));
        let one = brought(&house, &table(), TABLE).await.expect("kept");
        work(&room, &one, "duty", Micros::now()).await.expect("tried");
        let path = format!("/incidents/import/{}", one.id);
        let page = duty.page(&path).await.body;
        for there in ["Import these records", "Phishing, again", "line 4", "Nothing was created yet"] {
            assert!(page.contains(there), "{there} missing in {page}");
        }
        let begun = duty.post(&format!("{path}/go"), &path, &[]).await;
        assert_eq!(begun.header("location"), path);
        for _ in 0..200 {
            if now_of(&house, &one).await.state == ImportState::Done {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(duty.page(&path).await.body.contains("The file was imported"));
        let mut viewer = sign_in(Role::Viewer).await;
        assert_eq!(viewer.get(&path).await.status.as_u16(), 403);
        let mut handler = sign_in(Role::Handler).await;
        assert!(handler.page(&path).await.body.contains("استُورد الملف"));
    });
}
