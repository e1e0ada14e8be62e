//! Webhooks: what becomes a delivery, what comes of one, and who may make them.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot go on stops")]

mod postgres;

use std::sync::{Arc, Mutex};

use manara_model::{Entry, Micros, Tlp};
use manara_store::{Db, Journal, migrate};
use manara_web::Visible;
use manara_web::api::Happening;
use manara_web::{
    HookError, HookRules, NewHook, Outgoing, Right, add_hook, deliveries, hooks, remove_hook, restore_hook, send_again,
    send_hooks, set_hook_disabled,
};

const KINDS: &[Happening] = &[
    Happening { kind: "boat.launched", plane: "boats", verb: "launched", right: Right::ReadIncidents },
    Happening { kind: "boat.sunk", plane: "boats", verb: "sunk", right: Right::ReadIncidents },
];
const NOON: Micros = Micros(1_768_478_400_000_000);
const MINUTE: i64 = 60_000_000;

fn rules() -> HookRules {
    HookRules { kinds: KINDS, check: |url| if url.starts_with("https://") { Ok(()) } else { Err("not https".into()) } }
}

/// Records that begin with `secret` are TLP:RED.
fn visible() -> Visible {
    Arc::new(|viewer, entries: Vec<Entry>| {
        let may = move |entry: &Entry| !entry.record.starts_with("secret") || viewer.clearance == Tlp::Red;
        Box::pin(async move { Ok(entries.into_iter().filter(may).collect()) })
    })
}

type Sent = Arc<Mutex<Vec<(String, String)>>>;

/// Another side that answers with this, and what it was told: id and body.
fn side(answer: Result<u16, &'static str>) -> (Outgoing, Sent) {
    let sent: Sent = Arc::default();
    let told = Arc::clone(&sent);
    let send: Outgoing = Arc::new(move |_, secret, id, at, body| {
        assert!(secret.starts_with("whsec_") && at > 0);
        told.lock().unwrap().push((id, body));
        Box::pin(async move { answer.map_err(str::to_string) })
    });
    (send, sent)
}

struct World {
    db: Db,
    _folder: tempfile::TempDir,
}

impl World {
    /// On SQLite, and on PostgreSQL when `MANARA_TEST_POSTGRES` is its address.
    async fn all() -> Vec<World> {
        let folder = tempfile::tempdir().unwrap();
        let db = Db::open_sqlite(&folder.path().join("state.db")).await.unwrap();
        let mut worlds = vec![World { db, _folder: folder }];
        if let Some(db) = postgres::own_schema("hooks").await {
            worlds.push(World { db, _folder: tempfile::tempdir().unwrap() });
        }
        for world in &worlds {
            migrate(&world.db, &[manara_store::SCHEMA, manara_web::SCHEMA]).await.unwrap();
        }
        worlds
    }

    async fn add(&self, url: &str, kinds: &[&str], tlp: Tlp) -> Result<String, HookError> {
        let mut tx = self.db.begin().await.unwrap();
        let new = NewHook { url: url.into(), kinds: kinds.iter().map(|kind| (*kind).to_string()).collect(), tlp };
        let made = add_hook(&mut tx, "admin", &new, &rules(), NOON).await?;
        tx.commit().await.unwrap();
        Ok(made.id)
    }

    async fn happens(&self, verb: &str, record: &str) {
        let mut tx = self.db.begin().await.unwrap();
        Journal::write(&mut tx, "sara", "boats", verb, record, "{}", NOON).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn round(&self, send: &Outgoing, now: Micros) -> (usize, usize, usize) {
        let report = send_hooks(&self.db, &rules(), &visible(), send, now).await.unwrap();
        (report.new, report.sent, report.failed)
    }
}

#[tokio::test]
async fn what_happens_is_told_once_and_only_what_the_marking_allows() {
    for world in World::all().await {
        world.happens("launched", "before").await;
        let all = world.add("https://a.example/x", &["boat.launched", "boat.sunk"], Tlp::Red).await.unwrap();
        let some = world.add("https://b.example/x", &["boat.launched"], Tlp::Green).await.unwrap();
        for (verb, record) in [("launched", "one"), ("sunk", "one"), ("launched", "secret"), ("painted", "one")] {
            world.happens(verb, record).await;
        }
        let (send, sent) = side(Ok(204));
        assert_eq!(world.round(&send, NOON).await, (4, 4, 0));
        assert_eq!(world.round(&send, NOON).await, (0, 0, 0), "once");
        let told = sent.lock().unwrap().clone();
        let body: serde_json::Value = serde_json::from_str(&told[0].1).unwrap();
        assert_eq!(
            (&body["type"], &body["data"]["record"], &body["data"]["who"]),
            (&"boat.launched".into(), &"one".into(), &"sara".into())
        );
        assert!(told.iter().all(|(_, body)| !body.contains("before")), "from then on");
        let of = |id: &str| {
            let id = id.replace('-', "");
            told.iter().filter(|(message, _)| message.contains(&id)).count()
        };
        assert_eq!((of(&all), of(&some)), (3, 1));
        let rows = deliveries(&world.db, &all, 0, 10).await.unwrap();
        assert!(rows.len() == 3 && rows.iter().all(|row| row.state == "done" && row.outcome == "204"));
        assert_eq!(deliveries(&world.db, &all, rows[1].journal_id(), 10).await.unwrap().len(), 1);
        let mut tx = world.db.begin().await.unwrap();
        assert!(!send_again(&mut tx, "admin", &some, &rows[0].id, NOON).await.unwrap(), "not another's");
        assert!(send_again(&mut tx, "admin", &all, &rows[0].id, NOON).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(world.round(&send, NOON).await, (0, 1, 0));
        assert_eq!(sent.lock().unwrap().last().unwrap().0, rows[0].id, "the same id at every try");
        let mut tx = world.db.begin().await.unwrap();
        assert!(remove_hook(&mut tx, "admin", &all, NOON).await.unwrap());
        tx.commit().await.unwrap();
        assert_eq!(hooks(&world.db).await.unwrap().len(), 1);
        world.happens("launched", "while it was away").await;
        assert_eq!(world.round(&send, NOON).await, (1, 1, 0), "the other one goes on");
        let mut tx = world.db.begin().await.unwrap();
        assert!(!restore_hook(&mut tx, "admin", &some, NOON).await.unwrap(), "it is there");
        assert!(!restore_hook(&mut tx, "admin", &all, NOON.plus_days(31)).await.unwrap(), "too late");
        assert!(restore_hook(&mut tx, "admin", &all, NOON.plus_days(29)).await.unwrap());
        tx.commit().await.unwrap();
        world.happens("sunk", "one").await;
        assert_eq!(world.round(&send, NOON).await, (1, 1, 0), "it tells of what happens from then on");
        assert_eq!(deliveries(&world.db, &all, 0, 10).await.unwrap().len(), 4, "what it told before is still there");
        let mut tx = world.db.begin().await.unwrap();
        remove_hook(&mut tx, "admin", &all, NOON).await.unwrap();
        tx.commit().await.unwrap();
        world.round(&send, NOON.plus_days(31)).await;
        let left = world.db.read_int("SELECT COUNT(*) FROM web_hook", &[]).await.unwrap();
        assert_eq!(left, 1, "after a month it is forgotten, with its secret");
    }
}

#[tokio::test]
async fn what_does_not_arrive_is_tried_later_then_given_up_and_in_the_end_the_webhook_is_off() {
    for world in World::all().await {
        let id = world.add("https://a.example/x", &["boat.launched"], Tlp::Red).await.unwrap();
        world.happens("launched", "one").await;
        let (send, sent) = side(Err("the other side answered 500"));
        assert_eq!(world.round(&send, NOON).await, (1, 0, 1));
        assert_eq!(world.round(&send, NOON).await, (0, 0, 0), "not at once");
        assert_eq!(world.round(&send, Micros(NOON.0 + MINUTE)).await, (0, 0, 1));
        for day in 1..10 {
            world.round(&send, NOON.plus_days(day)).await;
        }
        let one = deliveries(&world.db, &id, 0, 10).await.unwrap().remove(0);
        assert_eq!((one.state.as_str(), one.attempts, sent.lock().unwrap().len()), ("failed", 8, 8));
        assert_eq!(one.outcome, "the other side answered 500");
        for n in 0..40 {
            world.happens("launched", &format!("b{n}")).await;
        }
        let later = NOON.plus_days(20);
        world.round(&send, later).await;
        world.round(&send, later).await;
        let hook = hooks(&world.db).await.unwrap().remove(0);
        assert!(hook.disabled.is_some() && hook.disabled_why.contains("500") && hook.failures >= 40, "{hook:?}");
        let before = sent.lock().unwrap().len();
        world.happens("launched", "missed").await;
        assert_eq!(world.round(&send, NOON.plus_days(21)).await, (0, 0, 0), "it is off");
        assert_eq!(sent.lock().unwrap().len(), before);
        let mut tx = world.db.begin().await.unwrap();
        assert!(set_hook_disabled(&mut tx, "admin", &id, None, later).await.unwrap());
        tx.commit().await.unwrap();
        let (send, sent) = side(Ok(200));
        let mut all = 0;
        for round in 0..4 {
            all += world.round(&send, NOON.plus_days(21 + round)).await.1;
        }
        assert_eq!(all, 41, "on again, it tells what waited and what it missed");
        assert!(sent.lock().unwrap().iter().any(|(_, body)| body.contains("missed")));
        assert_eq!(hooks(&world.db).await.unwrap()[0].failures, 0);
    }
}

#[tokio::test]
async fn a_webhook_needs_an_address_and_a_kind() {
    for world in World::all().await {
        let tried = world.add("http://a.example/", &["boat.sunk"], Tlp::Green).await;
        assert!(matches!(tried, Err(HookError::Url(why)) if why == "not https"));
        for kinds in [&[][..], &["boat.painted"]] {
            assert!(matches!(world.add("https://a.example/", kinds, Tlp::Green).await, Err(HookError::Kinds)));
        }
        let text = "SELECT COUNT(*) FROM store_journal WHERE detail LIKE '%whsec_%' OR detail LIKE '%/secret-path%'";
        world.add("https://a.example/secret-path", &["boat.sunk"], Tlp::Green).await.unwrap();
        assert_eq!(world.db.read_int(text, &[]).await.unwrap(), 0, "the journal has neither secret nor path");
    }
}
