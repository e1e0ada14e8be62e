//! Content of a house that cannot be read is said where somebody looks: on the home page, and by `doctor`.

use crate::answers::{PASSWORD, Server};
use crate::house::House;
use crate::servers::until;

#[test]
fn what_cannot_be_read_is_named_on_home_and_by_doctor() {
    let folder = tempfile::tempdir().unwrap();
    let house = House::new(folder.path().join("data"));
    let password = folder.path().join("password");
    std::fs::write(&password, PASSWORD).unwrap();
    house.done(&["init", "--password-file", password.to_str().unwrap(), "--json"]);
    let content = house.data.join("content");
    for (path, text) in [
        ("sops/en/duty-day.md", "# Our day\n\n{{ nothing.here }}\n"),
        (
            "training/own.yaml",
            "format: 1\ncourses:\n- ref_id: own\n  name: Own\n  pass_percent: 300\n  lessons: []\n  questions: []\n",
        ),
        ("blocks/own.yaml", "format: 1\nblocks:\n- ref_id: own\n  kind: nothing\n"),
        ("feeds/own.yaml", "format: 1\nname: [\n"),
        ("letters/fr/default.txt", "Bonjour\n{% if %}\n"),
    ] {
        std::fs::create_dir_all(content.join(path).parent().unwrap()).unwrap();
        std::fs::write(content.join(path), text).unwrap();
    }
    let letters = format!("[warning]\nletters_folder = \"{}\"\n", content.join("letters").display());
    std::fs::write(house.data.join("cirt.toml"), letters).unwrap();
    let files =
        ["sops/en/duty-day.md:3: ", "training/own.yaml:3: pass_percent", "blocks/own.yaml:4: ", "feeds/own.yaml:2: "];

    let ran = house.run(&["doctor"]);
    for file in files {
        assert!(ran.out.contains(file), "{file}: {}", ran.out);
    }
    assert!(ran.out.contains("fr/default"), "{}", ran.out);

    let server = Server::start(&house);
    let (status, _, home) = server.get("/", &server.sign_in("admin"));
    assert_eq!(status, 200);
    for file in files.into_iter().chain(["content/letters/fr/default.txt:2: "]) {
        assert!(home.contains(file), "{file}: {home}");
    }
    // Blocks and catalogues are looked at again while the server runs.
    std::fs::remove_file(content.join("blocks/own.yaml")).unwrap();
    let cookie = server.sign_in("admin");
    let home = || server.get("/", &cookie).2;
    let seen = || Some(home()).filter(|home| !home.contains("blocks/own.yaml"));
    assert!(until("the blocks are read again", home, seen).contains("training/own.yaml"));
    // Mended, letters are well by themselves within a minute, and procedures, courses and feeds with the next start.
    std::fs::remove_dir_all(&content).unwrap();
    std::fs::write(house.data.join("cirt.toml"), "").unwrap();
    drop(server);
    let server = Server::start(&house);
    let (_, _, home) = server.get("/", &server.sign_in("admin"));
    assert!(!home.contains("note bad"), "{home}");
    assert_eq!(house.run(&["doctor"]).code, 0);
}
