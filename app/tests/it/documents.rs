//! Documents by the command line: the report, the design, the public description.

use serde_json::Value;

use crate::answers::{PASSWORD, Server, between};
use crate::house::House;

const ANSWERS: &str = "item,respondent,organisation,role,level,state,comment,evidence
O-1,Amal,Ministry,head,2,in-place,,Decree 12
O-2,Amal,Ministry,head,0,none,#panic(\"no\") <b>,
O-1,Omar,Regulator,analyst,1,in-progress,,
";

fn furnished(folder: &tempfile::TempDir) -> (House, String) {
    let house = House::new(folder.path().join("data"));
    let password = folder.path().join("password");
    std::fs::write(&password, PASSWORD).unwrap();
    house.done(&["init", "--password-file", password.to_str().unwrap(), "--json"]);
    let begun = ["assess", "new", "--catalogue", "sim3", "--subject", "فريق <Siraj>", "--tlp", "GREEN", "--json"];
    let id = house.json(&begun)["id"].as_str().unwrap().to_string();
    let answers = folder.path().join("answers.csv");
    std::fs::write(&answers, ANSWERS).unwrap();
    house.done(&["assess", "answer", &id, answers.to_str().unwrap()]);
    (house, id)
}

#[test]
fn reports_and_designs_are_written_as_a_whole_in_every_language() {
    let folder = tempfile::tempdir().unwrap();
    let (house, id) = furnished(&folder);
    let profile = house.json(&["framework", "list", "--json"]);
    let sim3 = profile.as_array().unwrap().iter().find(|one| one["id"] == "sim3").unwrap();
    let profile = sim3["profiles"][0].as_str().unwrap();
    for (lang, form, begin) in [("ar", "pdf", "%PDF-"), ("fr", "docx", "PK"), ("en", "md", "TLP:GREEN")] {
        let out = folder.path().join(format!("report.{form}"));
        let path = out.to_str().unwrap();
        let common = ["--lang", lang, "--format", form, "--profile", profile, "--out", path];
        house.done(&[&["assess", "report", &id][..], &common].concat());
        let bytes = std::fs::read(&out).unwrap();
        assert!(bytes.starts_with(begin.as_bytes()), "{form}");
        house.done(&[&["assess", "report", &id][..], &common].concat());
        assert_eq!(std::fs::read(&out).unwrap(), bytes, "the same assessment gives the same {form}");
        house.done(&[&["design", "document", "--assessment", &id, "--services", "6.1"][..], &common].concat());
        assert!(std::fs::read(&out).unwrap().starts_with(begin.as_bytes()), "{form}");
    }
    let names: Vec<String> =
        std::fs::read_dir(folder.path()).unwrap().map(|one| one.unwrap().file_name().into_string().unwrap()).collect();
    assert!(!names.iter().any(|name| name.contains(".part")), "{names:?}");
    let text = house.done(&["assess", "report", &id, "--format", "md"]);
    assert!(text.contains("Ministry") && !text.contains("Amal"), "by organisation, not by name: {text}");
    let none = house.done(&["assess", "report", &id, "--format", "md", "--profile", ""]);
    assert!(
        text.contains("Starter profile") && !none.contains("Starter profile"),
        "the usual profile, by its name: {text}"
    );
    assert!(none.contains("No gap is known") && !text.contains("No gap is known"), "{text}");
    let ran = house.run(&["assess", "report", &id, "--format", "exe"]);
    assert!(ran.code == 1 && ran.err.contains("expected pdf, docx, html or md"), "{}", ran.err);
}

#[test]
fn a_design_without_a_profile_closes_the_gaps_to_the_usual_one() {
    let folder = tempfile::tempdir().unwrap();
    let (house, id) = furnished(&folder);
    let found = house.json(&["design", "solve", "--assessment", &id, "--json"]);
    assert_eq!(found["profile"], "manara-starter", "{found}");
    assert!(!found["blocks"].as_array().unwrap().is_empty() && found["blocks"][0]["because"].is_array(), "{found}");
    assert_eq!((&found["cost"]["currency"], &found["cost"]["first_year"]), (&"EUR".into(), &found["first_year"]));
    let none = house.json(&["design", "solve", "--assessment", &id, "--profile", "", "--json"]);
    assert_ne!(none["blocks"], found["blocks"], "by no profile, what stands at the lowest level alone: {none}");
    let text = house.done(&["design", "document", &id, "--format", "md"]);
    assert_eq!(house.done(&["design", "document", "--assessment", &id, "--format", "md"]), text);
    let taken = house.json(&["assess", "snapshot", &id, "--name", "Before", "--json"]);
    let snapshot = taken["id"].as_str().unwrap();
    assert_eq!(house.done(&["design", "document", snapshot, "--format", "md"]), text);
    let kept = house.json(&["design", "solve", "--assessment", &id, "--keep", "First", "--json"]);
    assert_eq!(kept["kept"]["asked"]["profile"], "manara-starter", "{kept}");
    let design = kept["id"].as_str().unwrap();
    assert_eq!(house.done(&["design", "document", design, "--format", "md"]), text);
    let ran = house.run(&["design", "document", design, "--months", "3"]);
    assert!(ran.code == 1 && ran.err.contains("has its own wishes"), "{}", ran.err);
    let ran = house.run(&["design", "document", "no-such"]);
    assert!(ran.code == 1 && ran.err.contains("is no kept design"), "{}", ran.err);
}

#[test]
fn the_public_description_names_what_is_missing_and_makes_nothing_up() {
    let folder = tempfile::tempdir().unwrap();
    let (house, _) = furnished(&folder);
    let ran = house.run(&["rfc2350", "--json"]);
    let said: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((ran.code, &said["published"]), (3, &Value::Bool(false)));
    let keys: Vec<&str> = said["missing"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert!(keys.contains(&"[warning.office] mail") && keys.contains(&"[profile] mission"), "{keys:?}");
    let ran = house.run(&["rfc2350", "--security-txt"]);
    assert!(ran.code == 1 && ran.err.contains("[profile] reviewed"), "{}", ran.err);
    let path = house.data.join("cirt.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let text = text
        .replace("published = false", "published = true\nreviewed = \"2026-11-01\"\nmission = { en = \"To help\" }");
    let text = format!("{text}\n[warning.office]\nmail = \"cirt@cirt.example\"\n");
    std::fs::write(&path, text).unwrap();
    let ran = house.run(&["rfc2350", "--lang", "fr", "--format", "md"]);
    assert!(
        ran.code == 3 && ran.out.contains("To help") && ran.err.contains("missing: T3.4"),
        "{}{}",
        ran.out,
        ran.err
    );
    let security = house.done(&["rfc2350", "--security-txt"]);
    assert!(security.starts_with("Contact: mailto:cirt@cirt.example\nExpires: 2027-10-31T00:00:00Z\n"), "{security}");
}

#[test]
fn what_is_written_on_the_page_is_published_until_it_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (house, id) = furnished(&folder);
    let server = Server::start(&house);
    for path in ["/rfc2350", "/.well-known/security.txt"] {
        assert_eq!(server.get(path, "").0, 404, "{path} is not published at first");
    }
    let admin = server.sign_in("admin");
    let (_, _, page) = server.get("/setup/profile", &admin);
    assert!(page.contains("[profile] mission") && !page.contains("profile-"), "{page}");
    let token = between(&page, r#"name="csrf" value=""#, "\"");
    let wrong = [("csrf", token.as_str()), ("reviewed", "soon"), ("mission_en", "To <help>")];
    let (status, _, page) = server.post("/setup/profile", &admin, &wrong);
    assert!(status == 422 && page.contains("2026-11-22") && page.contains("To &#60;help&#62;"), "{status} {page}");
    let fields = [
        ("csrf", token.as_str()),
        ("published", "on"),
        ("reviewed", "2026-11-01"),
        ("mission_en", "To <help>"),
        ("mission_ar", "العون"),
        ("key_url", "https://cirt.example/key.asc"),
    ];
    assert_eq!(server.post("/setup/profile", &admin, &fields).0, 303);
    let (status, _, page) = server.ask_with("GET", "/rfc2350", &[("accept-language", "ar")]);
    assert!(status == 200 && page.contains("العون") && !page.contains("style="), "{status} {page}");
    let (status, _, page) = server.ask_with("GET", "/rfc2350", &[("accept-language", "en")]);
    assert!(status == 200 && page.contains("To &lt;help&gt;"), "{page}");
    assert_eq!(server.get("/.well-known/security.txt", "").0, 404, "without a contact there is none");
    assert_eq!(server.get("/setup/profile", "").0, 303, "written by the administrator alone");
    let (status, head, _) = server.get(&format!("/framework/assessments/{id}/report?format=pdf&in=ar"), &admin);
    assert!(status == 200 && head.contains("application/pdf"), "{head}");
    assert_eq!(server.post("/setup/profile", &admin, &[("csrf", token.as_str())]).0, 303);
    assert_eq!(server.get("/rfc2350", "").0, 404, "taken back");
}
