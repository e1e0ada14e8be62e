//! An administrator looks after people: another role, a new password, and one who stays.

use axum::http::StatusCode;

use super::{PASSWORD, Reader, World, worlds};

async fn id_of(world: &World, name: &str) -> String {
    let row = world.db.read_one("SELECT id FROM web_user WHERE name = $1", &[name.into()]).await.unwrap();
    row.expect(name).text(0).unwrap()
}

async fn post(reader: &mut Reader, world: &World, path: &str, fields: &[(&str, &str)]) -> super::Reply {
    let token = reader.get(world, "/account").await.token();
    let mut all = vec![("csrf", token.as_str())];
    all.extend(fields);
    reader.post(world, path, &all).await
}

#[tokio::test]
async fn another_role_holds_at_once_ends_the_sessions_and_can_be_taken_back() {
    for world in worlds().await {
        let mut admin = Reader::default().sign_in(&world, "admin").await;
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;
        let here = format!("/users/{}", id_of(&world, "viewer").await);
        let page = admin.get(&world, &here).await;
        assert!(page.status == StatusCode::OK && page.body.contains(r#"<option value="viewer" selected>"#));
        assert_eq!(viewer.get(&world, &here).await.status, StatusCode::FORBIDDEN);

        let did = post(&mut admin, &world, &format!("{here}/role"), &[("role", "handler")]).await;
        assert_eq!(did.header("location"), here);
        assert_eq!(viewer.get(&world, "/boats").await.status, StatusCode::SEE_OTHER, "signed out");
        let told = admin.get(&world, &here).await.body;
        assert!(told.contains(r#"<option value="handler" selected>"#), "{told}");
        assert!(told.contains(r#"<input type="hidden" name="role" value="viewer">"#), "it can be taken back: {told}");
        let sees = "SELECT clearance FROM web_user WHERE name = 'viewer'";
        assert_eq!(world.db.read_int(sees, &[]).await.unwrap(), manara_model::Tlp::Red.rank(), "as far as the role");
        let verbs = "SELECT COUNT(*) FROM store_journal WHERE verb = 'role_changed' AND who = 'admin'";
        assert_eq!(world.db.read_int(verbs, &[]).await.unwrap(), 1);
        post(&mut admin, &world, &format!("{here}/role"), &[("role", "handler")]).await;
        assert_eq!(world.db.read_int(verbs, &[]).await.unwrap(), 1, "nothing was changed");
        let wrong = post(&mut admin, &world, &format!("{here}/role"), &[("role", "king")]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn a_new_password_is_typed_or_shown_once() {
    for world in worlds().await {
        let mut admin = Reader::default().sign_in(&world, "admin").await;
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;
        let here = format!("/users/{}", id_of(&world, "viewer").await);
        let path = format!("{here}/password");
        let short = post(&mut admin, &world, &path, &[("password", "tiny")]).await;
        assert!(short.status == StatusCode::UNPROCESSABLE_ENTITY && !short.body.contains("tiny"), "{}", short.body);
        assert_eq!(viewer.get(&world, "/boats").await.status, StatusCode::OK, "nothing was changed");

        let made = post(&mut admin, &world, &path, &[("password", "")]).await;
        let (_, rest) = made.body.split_once(r#"<code class="mono token" dir="ltr">"#).expect("a password");
        let password = rest.split('<').next().unwrap().to_string();
        assert_eq!((made.status, password.len()), (StatusCode::OK, 20));
        assert!(!admin.get(&world, &here).await.body.contains(&password), "shown once");
        assert_eq!(viewer.get(&world, "/boats").await.status, StatusCode::SEE_OTHER, "signed out");
        for (password, status) in
            [(PASSWORD, StatusCode::UNPROCESSABLE_ENTITY), (password.as_str(), StatusCode::SEE_OTHER)]
        {
            let mut reader = Reader::default();
            let door = reader.get(&world, "/login").await.token();
            let fields = [("csrf", door.as_str()), ("name", "viewer"), ("password", password)];
            assert_eq!(reader.post(&world, "/login", &fields).await.status, status);
        }
        let typed = post(&mut admin, &world, &path, &[("password", "another short sentence")]).await;
        assert_eq!(typed.header("location"), here);
        let told = "SELECT COUNT(*) FROM store_journal WHERE verb = 'password_changed' AND who = 'admin'";
        assert_eq!(world.db.read_int(told, &[]).await.unwrap(), 2);
    }
}

#[tokio::test]
async fn nobody_changes_themselves_and_the_last_administrator_stays_one() {
    for world in worlds().await {
        let mut admin = Reader::default().sign_in(&world, "admin").await;
        let here = format!("/users/{}", id_of(&world, "admin").await);
        let page = admin.get(&world, &here).await.body;
        assert!(page.contains(r#"href="/account""#) && !page.contains(r#"name="role""#), "{page}");
        for (path, field) in [("role", ("role", "viewer")), ("password", ("password", ""))] {
            let refused = post(&mut admin, &world, &format!("{here}/{path}"), &[field]).await;
            assert_eq!((refused.status, refused.header("location")), (StatusCode::SEE_OTHER, here.as_str()));
        }
        let still = "SELECT COUNT(*) FROM web_user WHERE name = 'admin' AND role = 'admin'";
        assert_eq!(world.db.read_int(still, &[]).await.unwrap(), 1);
        assert_eq!(admin.get(&world, "/boats").await.status, StatusCode::OK, "nobody was signed out");

        // The same from the host, where nobody is oneself.
        let now = manara_model::Micros::now();
        let mut tx = world.db.begin().await.unwrap();
        let refused = manara_web::change_role(&mut tx, "cli", "admin", manara_web::Role::Viewer, now).await;
        assert!(matches!(refused, Err(manara_web::PersonError::LastAdministrator)), "{refused:?}");
        drop(tx);
        let mut tx = world.db.begin().await.unwrap();
        assert!(manara_web::change_role(&mut tx, "cli", "handler", manara_web::Role::Admin, now).await.unwrap());
        assert!(manara_web::change_role(&mut tx, "cli", "admin", manara_web::Role::Viewer, now).await.unwrap());
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn people_are_taken_away_as_a_table_and_found_by_their_name() {
    for world in worlds().await {
        let mut admin = Reader::default().sign_in(&world, "admin").await;
        let csv = admin.get(&world, "/users?format=csv&q=view").await;
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8");
        let lines: Vec<&str> = csv.body.lines().collect();
        assert_eq!(lines.len(), 2, "{lines:?}");
        let [head, row] = lines.as_slice() else { unreachable!("two lines") };
        assert!(head.starts_with("id,name,role,") && row.contains(",viewer,viewer,"), "{lines:?}");
        assert!(admin.get(&world, "/users?format=json").await.body.starts_with('['));
    }
}

#[tokio::test]
async fn many_are_switched_off_and_on_with_one_undo_and_never_oneself() {
    for world in worlds().await {
        let mut admin = Reader::default().sign_in(&world, "admin").await;
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;
        let ids = [id_of(&world, "viewer").await, id_of(&world, "handler").await, id_of(&world, "admin").await];
        let page = admin.get(&world, "/users").await.body;
        let tick = |id: &str| format!(r#"name="id" value="{id}""#);
        assert!(page.contains(&tick(&ids[0])) && !page.contains(&tick(&ids[2])), "{page}");
        let off = async || {
            let sql = "SELECT COUNT(*) FROM web_user WHERE disabled = $1";
            world.db.read_int(sql, &[true.into()]).await.unwrap()
        };

        let mut ticked = vec![("do", "disable"), ("back", "/users")];
        ticked.extend(ids.iter().map(|id| ("id", id.as_str())));
        let did = post(&mut admin, &world, "/users/bulk", &ticked).await;
        assert_eq!((did.status, did.header("location")), (StatusCode::SEE_OTHER, "/users"));
        assert_eq!(off().await, 2, "the administrator stays");
        assert_eq!(viewer.get(&world, "/boats").await.status, StatusCode::SEE_OTHER, "signed out");
        let told = admin.get(&world, "/users").await.body;
        assert!(told.contains("this is your own account"), "{told}");
        let verbs = "SELECT COUNT(*) FROM store_journal WHERE verb = 'user_disabled' AND detail LIKE '%bulk%'";
        assert_eq!(world.db.read_int(verbs, &[]).await.unwrap(), 2);

        let (_, rest) = told.split_once("action=\"/bulk/").expect("an undo");
        let undo = format!("/bulk/{}", rest.split('"').next().unwrap());
        let undone = post(&mut admin, &world, &undo, &[("back", "/users")]).await;
        assert_eq!(undone.header("location"), "/users");
        assert_eq!(off().await, 0);
        let mut viewer = Reader::default().sign_in(&world, "viewer").await;

        let all = [("do", "sign-out"), ("all", "1"), ("back", "/users?role=viewer")];
        let asked = post(&mut admin, &world, "/users/bulk", &all).await;
        let bulk = asked.header("location").to_string();
        assert!(bulk.starts_with("/bulk/"), "{bulk}");
        let question = admin.get(&world, &bulk).await.body;
        assert!(question.contains("sign in again"), "{question}");
        assert_eq!(viewer.get(&world, "/boats").await.status, StatusCode::OK, "nothing was done yet");
        post(&mut admin, &world, &format!("{bulk}/do"), &[]).await;
        assert_eq!(viewer.get(&world, "/boats").await.status, StatusCode::SEE_OTHER, "signed out");
        post(&mut admin, &world, &format!("{bulk}/undo"), &[]).await;
        assert!(
            admin.get(&world, &bulk).await.body.contains("ended sessions can’t be restored"),
            "it says what is over"
        );

        let wrong = post(&mut admin, &world, "/users/bulk", &[("do", "crown"), ("id", &ids[0])]).await;
        assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
        let mut handler = Reader::default().sign_in(&world, "handler").await;
        let refused = post(&mut handler, &world, "/users/bulk", &ticked).await;
        assert_eq!((refused.status, off().await), (StatusCode::FORBIDDEN, 0));
    }
}
