//! What a person sets for themselves: settings, columns of a list, saved views.

use axum::http::StatusCode;

use super::{Reader, World, worlds};

async fn post(reader: &mut Reader, world: &World, path: &str, fields: &[(&str, &str)]) -> super::Reply {
    let token = reader.get(world, "/account").await.token();
    let mut all = vec![("csrf", token.as_str())];
    all.extend(fields);
    reader.post(world, path, &all).await
}

const CAIRO: [(&str, &str); 7] = [
    ("lang", "ar"),
    ("region", "EG"),
    ("digits", "region"),
    ("calendar", "islamic"),
    ("zone", "Africa/Cairo"),
    ("theme", "contrast"),
    ("density", "dense"),
];

#[tokio::test]
async fn settings_are_kept_for_each_person_and_used_by_every_page() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        let before = reader.get(&world, "/account/settings").await.body;
        assert!(before.contains("1,234,567.8") && before.contains("Times are in \u{2068}UTC\u{2069}"), "{before}");
        let saved = post(&mut reader, &world, "/account/settings", &CAIRO).await;
        assert_eq!(saved.header("location"), "/account/settings", "{}", saved.body);
        let page = reader.get(&world, "/account/settings").await.body;
        for part in [
            r#"<html lang="ar" dir="rtl" data-theme="contrast" data-density="dense""#,
            "١٬٢٣٤٬٥٦٧٫٨",
            "Africa/Cairo (UTC+0",
            r#"<bdi dir="ltr" class="mono">192.0.2.17</bdi>"#,
            " هـ</span>",
            r#"<bdo dir="ltr">٢"#,
        ] {
            assert!(page.contains(part), "{part} is missing in {page}");
        }
        assert!(!page.contains(r#"name="keys" value="1" aria-describedby="keys-hint" checked"#), "keys are off");
        let list = reader.get(&world, "/boats").await.body;
        assert!(list.contains(r#"<bdi class="num">٥٠</bdi>"#), "numbers of lists have the digits, too");
        assert!(list.contains("Boat 129 100%_"), "names do not");
        // Whoever signs in elsewhere finds the language again; others keep theirs.
        let mut elsewhere = Reader::default().sign_in(&world, "admin").await;
        assert!(elsewhere.get(&world, "/account").await.body.contains(r#"<html lang="ar""#));
        let mut other = Reader::default().sign_in(&world, "viewer").await;
        assert!(other.get(&world, "/account").await.body.contains(r#"data-theme="system" data-density="roomy""#));
        let verb = "SELECT COUNT(*) FROM store_journal WHERE verb = 'settings_changed' AND who = 'admin'";
        assert_eq!(world.db.read_int(verb, &[]).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn settings_that_make_no_sense_are_refused() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        let with = |name: &str, value: &'static str| CAIRO.map(|(n, v)| if n == name { (n, value) } else { (n, v) });
        for (name, value, status) in [
            ("lang", "xx", StatusCode::BAD_REQUEST),
            ("region", "../", StatusCode::BAD_REQUEST),
            ("theme", "<b>", StatusCode::BAD_REQUEST),
            ("digits", "roman", StatusCode::BAD_REQUEST),
            ("zone", "Mars/<Phobos>", StatusCode::UNPROCESSABLE_ENTITY),
        ] {
            let reply = post(&mut reader, &world, "/account/settings", &with(name, value)).await;
            assert_eq!(reply.status, status, "{name}");
            assert!(!reply.body.contains("<Phobos>"), "escaped");
        }
        assert_eq!(world.db.read_int("SELECT COUNT(*) FROM web_preference", &[]).await.unwrap(), 0);
    }
}

#[tokio::test]
async fn the_days_of_a_filter_are_days_of_the_reader_s_clock() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        // Boats are seen three an hour, the first three on 2026-09-21 at 14:13:20 UTC, which is the 22nd in Kiritimati.
        let rows = |body: &str| body.matches("<tr id=").count();
        let day = "/boats?from=2026-09-21&until=2026-09-21";
        let utc = rows(&reader.get(&world, day).await.body);
        let mut zone = CAIRO;
        zone[0] = ("lang", "en");
        zone[4] = ("zone", "Pacific/Kiritimati");
        post(&mut reader, &world, "/account/settings", &zone).await;
        let there = rows(&reader.get(&world, day).await.body);
        assert_eq!((utc > 0, there), (true, 0), "{utc} by UTC");
    }
}

#[tokio::test]
async fn columns_are_chosen_in_the_address_and_stay_while_one_pages_and_sorts() {
    for world in worlds().await {
        let mut reader = Reader::default().sign_in(&world, "admin").await;
        let all = reader.get(&world, "/boats").await.body;
        let cells = |body: &str| body.matches("<td>").count() / body.matches("<tr id=").count();
        assert!(cells(&all) == 2 && all.matches(r#"name="col""#).count() == 2, "{all}");
        let one = reader.get(&world, "/boats?col=name&severity=high").await.body;
        assert!(cells(&one) == 1 && one.contains("Boat 129"), "what is left out is not sent: {one}");
        assert!(one.contains("severity=high&#38;col=name&#38;after="), "the next page keeps filter and columns: {one}");
        assert!(one.contains(r#"<input type="hidden" name="col" value="name">"#), "so does the filter form");
        let odd = reader.get(&world, "/boats?col=nothing&col=%3Cb%3E").await.body;
        assert!(cells(&odd) == 2 && !odd.contains("<b>"), "what is no column leaves all of them");
    }
}

/// The id of the view of a name, from the page of all views.
fn view_id(body: &str, name: &str) -> String {
    let (_, rest) = body.split_once(&format!("<bdi>{name}</bdi>")).unwrap();
    let (_, rest) = rest.split_once("/account/views/").unwrap();
    rest.split(['/', '"']).next().unwrap().to_string()
}

#[tokio::test]
async fn a_view_is_saved_shared_made_first_deleted_and_brought_back() {
    for world in worlds().await {
        let mut admin = Reader::default().sign_in(&world, "admin").await;
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;
        let fields = [
            ("path", "/boats"),
            ("query", "severity=high&sort=severity&after=junk"),
            ("name", "The worst"),
            ("shared", "1"),
            ("first", "1"),
        ];
        let saved = post(&mut admin, &world, "/account/views", &fields).await;
        assert_eq!(saved.header("location"), "/boats?severity=high&sort=severity", "{}", saved.body);
        // First for whoever said so, and only where nothing else is asked.
        let first = admin.get(&world, "/boats").await;
        assert_eq!(
            (first.status, first.header("location")),
            (StatusCode::SEE_OTHER, "/boats?severity=high&sort=severity")
        );
        assert_eq!(admin.get(&world, "/boats?view=all").await.status, StatusCode::OK);
        let list = viewer.get(&world, "/boats").await;
        assert!(list.status == StatusCode::OK && list.body.contains("<bdi>The worst</bdi>"), "{}", list.body);
        let shown = viewer.get(&world, "/boats?severity=high&sort=severity").await.body;
        assert!(shown.contains(r#"sort=severity" aria-current="true"><bdi>The worst"#), "{shown}");
        // The same name again is the same view with other filters.
        post(
            &mut admin,
            &world,
            "/account/views",
            &[("path", "/boats"), ("query", "severity=low"), ("name", "The worst"), ("shared", "1")],
        )
        .await;
        let all = admin.get(&world, "/account/views").await.body;
        assert_eq!(all.matches("<bdi>The worst</bdi>").count(), 1);
        let id = view_id(&all, "The worst");
        // Another may see it first, and not change it.
        let path = |what: &str| format!("/account/views/{id}{what}");
        for what in ["", "/delete"] {
            let reply = post(&mut viewer, &world, &path(what), &[("name", "Mine now")]).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{what}");
        }
        assert_eq!(post(&mut viewer, &world, &path("/first"), &[]).await.header("location"), "/account/views");
        assert_eq!(viewer.get(&world, "/boats").await.header("location"), "/boats?severity=low");
        post(&mut admin, &world, &path(""), &[("name", "Low ones"), ("shared", "1")]).await;
        assert!(viewer.get(&world, "/boats?view=all").await.body.contains("<bdi>Low ones</bdi>"));
        // Deleted it is nobody's first view; brought back it is there again.
        post(&mut admin, &world, &path("/delete"), &[]).await;
        let list = viewer.get(&world, "/boats").await;
        assert!(list.status == StatusCode::OK && !list.body.contains("Low ones"));
        post(&mut admin, &world, &path("/restore"), &[]).await;
        assert!(viewer.get(&world, "/boats").await.body.contains("<bdi>Low ones</bdi>"));
        let verbs =
            world.db.read("SELECT verb FROM store_journal WHERE verb LIKE 'view_%' ORDER BY id", &[]).await.unwrap();
        let verbs: Vec<String> = verbs.iter().map(|row| row.text(0).unwrap()).collect();
        assert_eq!(verbs, ["view_saved", "view_saved", "view_changed", "view_deleted", "view_restored"]);
    }
}

#[tokio::test]
async fn a_view_is_of_a_list_one_may_open_and_a_private_one_is_nobody_else_s() {
    for world in worlds().await {
        let mut handler = Reader::default().sign_in(&world, "handler").await;
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;
        let fields = |path: &'static str, name: &'static str| [("path", path), ("query", "q=a"), ("name", name)];
        for path in ["https://evil.example/", "//evil.example", "/nowhere", "/users", ""] {
            let reply = post(&mut handler, &world, "/account/views", &fields(path, "x")).await;
            assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{path}");
        }
        let shared = [("path", "/boats"), ("query", ""), ("name", "x"), ("shared", "1")];
        assert_eq!(post(&mut viewer, &world, "/account/views", &shared).await.status, StatusCode::FORBIDDEN);
        post(&mut handler, &world, "/account/views", &fields("/boats", "Secret")).await;
        let id = view_id(&handler.get(&world, "/account/views").await.body, "Secret");
        assert!(!viewer.get(&world, "/boats").await.body.contains("Secret"));
        for what in ["", "/delete", "/first", "/restore"] {
            let reply = post(&mut viewer, &world, &format!("/account/views/{id}{what}"), &[("name", "y")]).await;
            assert_eq!(reply.status, StatusCode::NOT_FOUND, "{what}");
        }
        let unnamed = post(&mut handler, &world, "/account/views", &fields("/boats", " ")).await;
        assert_eq!(unnamed.header("location"), "/boats?q=a", "back to the list, with a word of why");
        assert_eq!(world.db.read_int("SELECT COUNT(*) FROM web_view", &[]).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn the_keys_are_a_page_and_the_same_for_the_script() {
    for world in worlds().await {
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;
        let page = viewer.get(&world, "/keys").await.body;
        assert!(page.contains(r#"href="/account/settings""#) && !page.contains(r#"<dd><a href="/users""#), "{page}");
        let told = viewer.with("accept", "application/json").get(&world, "/keys").await.body;
        let told: serde_json::Value = serde_json::from_str(&told).unwrap();
        let pages = told["pages"].as_array().unwrap();
        assert!(pages.iter().any(|one| one["key"] == "s" && one["href"] == "/account/settings"), "{told}");
        assert!(!pages.iter().any(|one| one["href"] == "/users"), "only what the reader may open");
        let mut admin = Reader::default().sign_in(&world, "admin").await;
        assert!(admin.get(&world, "/boats").await.body.contains(r#"data-keys="on""#));
        post(&mut admin, &world, "/account/settings", &CAIRO).await;
        assert!(admin.get(&world, "/boats").await.body.contains(r#"data-keys="off""#));
    }
}
