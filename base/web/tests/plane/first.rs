//! The door before anybody has a key.

use manara_web::first_token;

use super::*;

/// A shell over a database without people, on both databases when there are two.
async fn empty_worlds() -> Vec<World> {
    let folder = tempfile::tempdir().unwrap();
    let mut worlds = vec![(Db::open_sqlite(&folder.path().join("state.db")).await.unwrap(), folder)];
    if let Some(db) = postgres::own_schema("first").await {
        worlds.push((db, tempfile::tempdir().unwrap()));
    }
    let mut all = Vec::new();
    for (db, folder) in worlds {
        migrate(&db, &[manara_store::SCHEMA, manara_web::SCHEMA]).await.unwrap();
        let config = WebConfig { first_run: true, ..WebConfig::default() };
        let shell = Shell::new(db.clone(), Words::built_in().unwrap(), config);
        all.push(World { router: shell.router(Shell::own_site()), db, _folder: folder });
    }
    all
}

async fn offer(reader: &mut Reader, world: &World, token: &str, name: &str, password: &str) -> Reply {
    let door = reader.get(world, "/setup").await;
    assert_eq!(door.status, StatusCode::OK, "{}", door.body);
    let csrf = door.token();
    let fields =
        [("csrf", csrf.as_str()), ("token", token), ("name", name), ("password", password), ("again", password)];
    reader.post(world, "/setup", &fields).await
}

#[tokio::test]
async fn nothing_but_the_door_is_there_until_the_token_made_somebody() {
    for world in empty_worlds().await {
        let mut reader = Reader::default();
        for path in ["/", "/login", "/journal", "/about", "/a/secret", "/nowhere"] {
            let reply = reader.get(&world, path).await;
            assert_eq!((reply.status, reply.header("location")), (StatusCode::SEE_OTHER, "/setup"), "{path}");
        }
        assert_eq!(reader.get(&world, "/api/v1/me").await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(reader.post(&world, "/login", &[("name", "a")]).await.status, StatusCode::UNAUTHORIZED);
        for path in ["/health/live", "/health/ready"] {
            assert_eq!(reader.get(&world, path).await.status, StatusCode::OK, "{path}");
        }
        let old = first_token(&world.db, Micros::now()).await.unwrap().unwrap();
        let over = first_token(&world.db, Micros::now().plus_days(-2)).await.unwrap().unwrap();
        assert_eq!(offer(&mut reader, &world, &over.token, "amina", PASSWORD).await.status, StatusCode::FORBIDDEN);
        let good = first_token(&world.db, Micros::now()).await.unwrap().unwrap();
        for wrong in ["", "x", &old.token, &over.token, "22222-22222-22222-22222"] {
            let reply = offer(&mut reader, &world, wrong, "amina", PASSWORD).await;
            assert_eq!(reply.status, StatusCode::FORBIDDEN, "{wrong}");
            assert!(reply.body.contains("This is not the token") && reply.body.contains(r#"value="amina""#));
        }
        let refused = "SELECT COUNT(*) FROM store_journal WHERE plane = 'web' AND verb = 'first_token_refused'";
        assert_eq!(world.db.read_int(refused, &[]).await.unwrap(), 6);
        let kept = world.db.read("SELECT value FROM store_setting WHERE name = 'web.first_token'", &[]).await.unwrap();
        assert!(!kept[0].text(0).unwrap().contains(&good.token.replace('-', "")), "only its hash is kept");
        for (name, password) in [("amina", "short"), ("a b", PASSWORD)] {
            let reply = offer(&mut reader, &world, &good.token, name, password).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        }
        // As it is typed by hand: without its dashes, in capitals.
        let typed = good.token.replace('-', " ").to_uppercase();
        let made = offer(&mut reader, &world, &typed, "Amina", PASSWORD).await;
        assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/"), "{}", made.body);
        assert_eq!(reader.get(&world, "/users").await.status, StatusCode::OK, "an administrator is signed in");
        let door = Reader::default().get(&world, "/setup").await;
        assert_eq!((door.status, door.header("location")), (StatusCode::SEE_OTHER, "/login"));
        let csrf = reader.get(&world, "/account").await.token();
        assert_eq!(
            reader.post(&world, "/setup", &[("csrf", &csrf), ("token", &typed)]).await.status,
            StatusCode::NOT_FOUND
        );
        assert!(first_token(&world.db, Micros::now()).await.unwrap().is_none(), "no token where there is somebody");
    }
}

#[tokio::test]
async fn of_two_who_have_the_token_one_becomes_administrator() {
    for world in empty_worlds().await {
        let token = first_token(&world.db, Micros::now()).await.unwrap().unwrap().token;
        let (mut one, mut two) = (Reader::default(), Reader::default());
        let (first, second) = (async { offer(&mut one, &world, &token, "amina", PASSWORD).await.status }, async {
            offer(&mut two, &world, &token, "omar", PASSWORD).await.status
        });
        let (first, second) = tokio::join!(first, second);
        let made = [first, second].iter().filter(|status| **status == StatusCode::SEE_OTHER).count();
        assert_eq!(made, 1, "{first} {second}");
        assert_eq!(world.db.read_int("SELECT COUNT(*) FROM web_user", &[]).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn who_guesses_has_to_wait() {
    let world = empty_worlds().await.remove(0);
    first_token(&world.db, Micros::now()).await.unwrap().unwrap();
    let mut reader = Reader::default();
    let csrf = reader.get(&world, "/setup").await.token();
    let mut answers = Vec::new();
    for n in 0..25 {
        let fields = [("csrf", csrf.as_str()), ("token", &format!("guess{n}"))];
        answers.push(reader.post(&world, "/setup", &fields).await.status);
    }
    assert_eq!(answers[0], StatusCode::FORBIDDEN);
    assert_eq!(answers.last(), Some(&StatusCode::TOO_MANY_REQUESTS), "{answers:?}");
}
