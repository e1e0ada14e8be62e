//! Pages that hear of changes while they are open.

use std::collections::HashSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use futures::StreamExt as _;
use manara_model::Micros;
use manara_store::{Db, Journal};
use manara_web::{PAGES_OF_SESSION, Place, Role, Shell, Site, Visible, change_role};
use tower::ServiceExt as _;

use super::{Reader, World, worlds};

static PLACES: [Place; 1] = [Place { path: "/boats", lines: &[("harbour", "boat_")] }];

/// What listens, with eyes that pass over what is secret, and remember how often they looked for an entry.
pub fn site(db: &Db) -> Site {
    let eyes: Visible = Arc::new(|_, entries| {
        let seen = entries.into_iter().filter(|entry| entry.record != "secret").collect();
        Box::pin(async move { Ok(seen) })
    });
    Shell::listening_site(db, &[], &PLACES, eyes)
}

async fn happens(world: &World, verb: &str, record: &str) {
    let mut tx = world.db.begin().await.unwrap();
    Journal::write(&mut tx, "sara", "harbour", verb, record, "{}", Micros::now()).await.unwrap();
    tx.commit().await.unwrap();
}

/// A page that listens.
struct Page(axum::body::BodyDataStream);

impl Page {
    async fn open(world: &World, reader: &Reader, path: &str) -> Result<Page, StatusCode> {
        let cookies: Vec<String> = reader.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        let request =
            Request::builder().uri(path).header("host", "127.0.0.1:8080").header("cookie", cookies.join("; "));
        let response = world.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        if response.status() != StatusCode::OK {
            return Err(response.status());
        }
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        Ok(Page(response.into_body().into_data_stream()))
    }

    /// The next event; comments are passed over. `None` at the end.
    async fn next(&mut self) -> Option<String> {
        loop {
            let bytes = tokio::time::timeout(Duration::from_secs(30), self.0.next()).await.expect("something comes")?;
            let text = String::from_utf8(bytes.unwrap().to_vec()).unwrap();
            if !text.starts_with(':') {
                return Some(text);
            }
        }
    }
}

/// The place in the journal that a page holds.
fn place(body: &str) -> &str {
    body.split_once(r#"id="live" role="status" data-after=""#).expect("a live page").1.split('"').next().unwrap()
}

#[tokio::test]
async fn a_list_and_a_record_are_told_how_much_changed_until_one_signs_out() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        let page = reader.get(&world, "/boats").await;
        let after = place(&page.body).to_string();
        // What happens before the page listens is not lost.
        happens(&world, "boat_painted", "b001").await;
        let mut list = Page::open(&world, &reader, &format!("/live?on=/boats&after={after}")).await.unwrap();
        assert_eq!(list.next().await.unwrap(), "event: changed\ndata: \u{2068}1\u{2069} change – show it\n\n");
        let mut record = Page::open(&world, &reader, &format!("/live?on=/boats/b002&after={after}")).await.unwrap();
        for (verb, name) in
            [("boat_painted", "secret"), ("crew_left", "b002"), ("boat_sunk", "b002"), ("boat_painted", "b003")]
        {
            happens(&world, verb, name).await;
        }
        let mut told = list.next().await.unwrap();
        while !told.contains('3') {
            assert!(told.contains('2'), "one by one or together: {told}");
            told = list.next().await.unwrap();
        }
        assert!(told.contains("changes – show them"), "{told}");
        assert!(record.next().await.unwrap().contains("1\u{2069} change"), "the record hears of itself alone");
        reader.post(&world, "/logout", &[("csrf", &page.token())]).await;
        for mut open in [list, record] {
            assert_eq!(open.next().await.unwrap(), "event: out\ndata: out\n\n");
            assert_eq!(open.next().await, None, "and that is the end");
        }
        let mut later = Page::open(&world, &reader, &format!("/live?on=/boats&after={after}")).await.unwrap();
        assert_eq!(later.next().await.unwrap(), "event: out\ndata: out\n\n", "nobody else hears anything");
        assert_eq!(later.next().await, None);
    }
}

#[tokio::test]
async fn whoever_gets_another_role_is_signed_out_of_a_page_that_is_open_at_once() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "viewer").await;
        let page = reader.get(&world, "/boats").await;
        let path = format!("/live?on=/boats&after={}", place(&page.body));
        let mut open = Page::open(&world, &reader, &path).await.unwrap();
        let mut tx = world.db.begin().await.unwrap();
        assert!(change_role(&mut tx, "cli", "viewer", Role::Analyst, Micros::now()).await.unwrap());
        tx.commit().await.unwrap();
        // Sooner than it is looked after without being told.
        let told = tokio::time::timeout(Duration::from_secs(10), open.next()).await.expect("at once");
        assert_eq!(told.unwrap(), "event: out\ndata: out\n\n");
    }
}

#[tokio::test]
async fn what_cannot_be_heard_is_refused_and_seats_are_bounded() {
    for world in worlds().await {
        let reader = Reader::default().sign_in(&world, "viewer").await;
        for (path, status) in [
            ("/live?on=/boats", 400),
            ("/live?on=/boats&after=x", 400),
            ("/live?on=/boats&after=-1", 400),
            ("/live?on=/users&after=1", 404),
            ("/live?on=/boats/a/b&after=1", 404),
        ] {
            let found = Page::open(&world, &reader, path).await.map(|_| ()).unwrap_err();
            assert_eq!(found.as_u16(), status, "{path}");
        }
        let path = "/live?on=/boats&after=1";
        let mut open = Vec::new();
        for _ in 0..PAGES_OF_SESSION {
            open.push(Page::open(&world, &reader, path).await.unwrap());
        }
        let full = Page::open(&world, &reader, path).await.map(|_| ()).unwrap_err();
        assert_eq!(full, StatusCode::TOO_MANY_REQUESTS);
        let other = Reader::default().sign_in(&world, "admin").await;
        assert!(Page::open(&world, &other, path).await.is_ok(), "others have seats of their own");
        open.pop();
        assert!(Page::open(&world, &reader, path).await.is_ok(), "a seat is given back");
    }
}

#[tokio::test]
async fn whoever_wants_no_live_pages_gets_none_and_a_page_by_itself_takes_nothing() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        let page = reader.get(&world, "/boats").await;
        assert!(page.body.contains(r#" data-keep="on" data-person=""#), "{}", page.body);
        assert!(!reader.get(&world, "/account").await.body.contains("data-after"), "no place hears of the account");
        // A message that waits is for a person.
        reader.post(&world, "/boats/b001", &[("csrf", &page.token()), ("name", "Swan")]).await;
        let by_itself = reader.clone().with("manara-live", "fresh").get(&world, "/boats").await;
        assert!(!by_itself.body.contains(r#"class="note good""#), "{}", by_itself.body);
        assert!(reader.get(&world, "/boats").await.body.contains(r#"class="note good""#));
        // Nor does it keep a session open.
        let age = "UPDATE web_session SET seen_at = $1";
        let mut tx = world.db.begin().await.unwrap();
        let hour_ago = Micros(Micros::now().0 - 3_600_000_000);
        tx.run(age, &[hour_ago.into()]).await.unwrap();
        tx.commit().await.unwrap();
        let seen = async || {
            let rows = world.db.read("SELECT seen_at FROM web_session LIMIT 9", &[]).await.unwrap();
            rows.iter().map(|row| row.text(0).unwrap()).collect::<HashSet<_>>()
        };
        let before = seen().await;
        reader.clone().with("manara-live", "fresh").get(&world, "/boats").await;
        assert_eq!(seen().await, before);
        reader.clone().with("manara-live", "wall").get(&world, "/boats").await;
        assert_ne!(seen().await, before, "a screen on a wall stays");
        let token = reader.get(&world, "/account").await.token();
        let off = [
            ("csrf", token.as_str()),
            ("lang", "en"),
            ("digits", "region"),
            ("zone", "UTC"),
            ("theme", "dark"),
            ("density", "roomy"),
        ];
        reader.post(&world, "/account/settings", &off).await;
        let page = reader.get(&world, "/boats").await.body;
        assert!(!page.contains("data-after") && page.contains(r#" data-keep="off""#), "{page}");
    }
}

#[tokio::test]
async fn all_who_listen_share_one_look_at_the_journal() {
    for world in worlds().await {
        let looked = Arc::new(Mutex::new(0));
        let counted = Arc::clone(&looked);
        let eyes: Visible = Arc::new(move |_, entries| {
            *counted.lock().unwrap() += 1;
            Box::pin(async move { Ok(entries) })
        });
        let shell = Shell::new(world.db.clone(), manara_web::Words::built_in().unwrap(), Default::default());
        let boats = super::boats_site();
        let router =
            shell.router(Shell::own_site().merge(boats).merge(Shell::listening_site(&world.db, &[], &PLACES, eyes)));
        let crowded = World { router, db: world.db.clone(), _folder: tempfile::tempdir().unwrap() };
        let mut reader = Reader::default().sign_in(&crowded, "admin").await;
        let after = place(&reader.get(&crowded, "/boats").await.body).to_string();
        let mut pages = Vec::new();
        for _ in 0..PAGES_OF_SESSION {
            pages.push(Page::open(&crowded, &reader, &format!("/live?on=/boats&after={after}")).await.unwrap());
        }
        // The first round brings all of them to the same place in the journal.
        happens(&crowded, "boat_painted", "b001").await;
        for page in &mut pages {
            assert!(page.next().await.unwrap().contains("1\u{2069} change"));
        }
        let before = *looked.lock().unwrap();
        happens(&crowded, "boat_painted", "b001").await;
        for page in &mut pages {
            assert!(page.next().await.unwrap().contains("2\u{2069} changes"));
        }
        // Not one for each: two when somebody began to listen again between two rounds.
        let looks = *looked.lock().unwrap() - before;
        assert!((1..=2).contains(&looks) && PAGES_OF_SESSION > 2, "{looks} questions for all of one clearance");
        shell.close();
        for page in &mut pages {
            assert_eq!(page.next().await, None, "the server ends");
        }
    }
}
