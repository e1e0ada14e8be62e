//! Content that comes into the operator's folder while the house is open.

use std::time::{Duration, Instant};

use axum::http::StatusCode;
use manara_framework::catalogues::OpenShelf;
use manara_web::Lang;

use crate::house::{boats, on_both};
use crate::pages::reader_and_shelf;
use crate::shown::with_content_and_shelf;

/// Looks twice, as a server does, with the time between in which nothing may change.
fn look(shelf: &OpenShelf) {
    let now = Instant::now();
    shelf.look(now);
    shelf.look(now + Duration::from_secs(2));
}

#[test]
fn a_catalogue_is_taken_over_told_of_and_gone_again_without_a_restart() {
    on_both(|house| async move {
        let (mut duty, shelf) = reader_and_shelf(&house, "duty", Lang::En).await;
        let file = house.folder.path().join("frameworks/ships.yaml");
        let ships = boats("points", 3).replace("boats", "ships").replace("Boats", "Ships");
        assert!(!duty.page("/framework").await.body.contains("Ships"));
        std::fs::write(&file, &ships).unwrap();
        look(&shelf);
        assert!(duty.page("/framework").await.body.contains("Ships"), "the next page has it");
        let begun = duty
            .post(
                "/framework/assessments",
                "/framework",
                &[("catalogue", "ships"), ("subject", "The navy"), ("tlp", "AMBER")],
            )
            .await;
        let path = begun.header("location").to_string();
        assert!(path.starts_with("/framework/assessments/"), "{path}");
        std::fs::write(&file, format!("{ships}  surprise: [\n")).unwrap();
        look(&shelf);
        let page = duty.page("/framework").await.body;
        assert!(page.contains("note bad") && page.contains("ships.yaml:"), "{page}");
        assert!(duty.page("/framework").await.body.contains("ships.yaml:"), "as long as it is broken");
        assert_eq!(duty.get("/framework/catalogues/ships").await.status, StatusCode::NOT_FOUND);
        assert!(duty.page(&path).await.body.contains("C-1"), "what was begun keeps its own copy");
        let wrong = ships.replace("parent: C,", "parent: Z,");
        std::fs::write(&file, wrong).unwrap();
        look(&shelf);
        let page = duty.page("/framework").await.body;
        assert!(page.contains("ships.yaml:") && page.contains("items["), "file, line, path, what was expected: {page}");
        std::fs::remove_file(&file).unwrap();
        look(&shelf);
        let page = duty.page("/framework").await.body;
        assert!(!page.contains("note bad") && !page.contains(">Ships<"), "{page}");
        assert!(duty.page(&path).await.body.contains("C-1"));
    });
}

#[test]
fn a_block_is_there_for_who_establishes_as_soon_as_its_file_is() {
    on_both(|house| async move {
        let (mut duty, shelf) = with_content_and_shelf(&house, "duty").await;
        let folder = house.folder.path().join("blocks");
        std::fs::create_dir_all(&folder).unwrap();
        assert!(!duty.page("/framework/establish").await.body.contains("Lighthouse"));
        let block = "format: 1\nblocks:\n- {ref_id: lighthouse, kind: hardware, name: Lighthouse, provides: [light]}\n";
        std::fs::write(folder.join("own.yaml"), block).unwrap();
        look(&shelf);
        assert!(duty.page("/framework/establish").await.body.contains("Lighthouse"));
        assert_eq!(duty.get("/framework/establish/lighthouse").await.status, StatusCode::OK);
        std::fs::remove_file(folder.join("own.yaml")).unwrap();
        look(&shelf);
        assert_eq!(duty.get("/framework/establish/lighthouse").await.status, StatusCode::NOT_FOUND);
    });
}
