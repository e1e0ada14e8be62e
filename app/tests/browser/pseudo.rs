//! A language that nobody speaks, made of all messages by a rule. What can still be read on a page did not come from the messages.
//!
//! It exists in these tests alone: they write it into the folder of words of their own house, in the place of English.

use std::collections::BTreeSet;
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, Pattern, PatternElement};
use fluent_syntax::{parser, serializer};
use serde_json::json;
use serde_yaml_ng::Value;

use crate::browser::{Browser, Scripts};
use crate::house::House;
use crate::pages::{OUTSIDE, Samples, told};

/// Names that are the same in every language.
const NAMES: &[&str] = &[
    "UTC",
    "SHA-256",
    "English",
    "Français",
    "Siraj CIRT",
    "Aldermere",
    "Bracken",
    "Cinder",
    "Dune",
    "PDF",
    "DOCX",
    "HTML",
    "Markdown",
    "XLSX",
    "CSV",
];

/// A text in letters that nobody writes.
fn strange(text: &str) -> String {
    const FROM: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const TO: &str = "áƀçđéƒğħíĵķłɱñóþʠŕšŧúṽŵẋýžÁɃÇĐÉƑĞĦÍĴĶŁṀÑÓÞɊŔŠŦÚṼŴẊÝŽ";
    text.chars().map(|c| FROM.chars().zip(TO.chars()).find(|(from, _)| *from == c).map_or(c, |(_, to)| to)).collect()
}

fn change(pattern: &mut Pattern<String>) {
    for element in &mut pattern.elements {
        match element {
            PatternElement::TextElement { value } => *value = strange(value),
            PatternElement::Placeable { expression: Expression::Select { variants, .. } } => {
                variants.iter_mut().for_each(|variant| change(&mut variant.value));
            }
            // A value is nobody's word.
            PatternElement::Placeable { .. } => {}
        }
    }
}

/// The same messages with all their words changed and set in brackets, and nothing else.
fn pseudo(text: &str) -> String {
    let mut resource = parser::parse(text.to_string()).unwrap();
    for entry in &mut resource.body {
        let Entry::Message(message) = entry else { continue };
        for pattern in message.value.iter_mut().chain(message.attributes.iter_mut().map(|one| &mut one.value)) {
            change(pattern);
            pattern.elements.insert(0, PatternElement::TextElement { value: "⟦".into() });
            pattern.elements.push(PatternElement::TextElement { value: "⟧".into() });
        }
    }
    serializer::serialize(&resource)
}

/// What content files say in English, wherever it stands in them: it is no message.
fn texts_of_content() -> Vec<String> {
    let content = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../content"));
    let folders = [
        "blocks",
        "clocks",
        "enhancement",
        "fields",
        "frameworks",
        "letters",
        "playbooks",
        "policies",
        "review",
        "tags",
        "taxonomies",
        "training",
    ];
    let mut texts = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(content.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|kind| kind == "yaml") {
                let file = serde_yaml_ng::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
                gather_english(&file, false, &mut texts);
            }
        }
    }
    texts.retain(|text| !text.is_empty());
    assert!(texts.len() > 1000, "{} texts", texts.len());
    texts
}

/// The texts below a key `en`, numbers of procedures, and what a publisher wants said in one language; their white space as a browser shows it.
fn gather_english(value: &Value, is_english: bool, into: &mut Vec<String>) {
    match value {
        Value::String(text) if is_english => into.push(text.split_whitespace().collect::<Vec<_>>().join(" ")),
        Value::Sequence(all) => all.iter().for_each(|one| gather_english(one, is_english, into)),
        Value::Mapping(map) => {
            map.iter().for_each(|(key, one)| {
                gather_english(one, is_english || matches!(key.as_str(), Some("en" | "attribution" | "sop")), into)
            });
        }
        _ => {}
    }
}

#[test]
fn values_and_choices_of_a_message_stay_as_they_are() {
    let text = "a-b = Hello { $name }, { $count ->\n    [one] one day\n   *[other] { $count } days\n}\n";
    let want =
        "a-b =\n    ⟦Ħéłłó { $name }, { $count ->\n        [one] óñé đáý\n       *[other] { $count } đáýš\n    }⟧\n";
    assert_eq!(pseudo(text), want);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_word_of_every_page_comes_from_the_messages() {
    let Some(browser) = Browser::open(Scripts::On).await else { return };
    let house = House::of_demo(3);
    let words = house.data().join("content/lang/en");
    std::fs::create_dir_all(&words).unwrap();
    let built_in = concat!(env!("CARGO_MANIFEST_DIR"), "/../content/lang/en");
    for entry in std::fs::read_dir(built_in).unwrap() {
        let entry = entry.unwrap();
        let text = std::fs::read_to_string(entry.path()).unwrap();
        std::fs::write(words.join(entry.file_name()), pseudo(&text)).unwrap();
    }
    let mut samples = Samples::make(&house);
    let (_server, address) = house.serve();
    let mut names: Vec<String> = NAMES.iter().map(|name| (*name).to_string()).chain(texts_of_content()).collect();
    let of_sample = house.rows(
        "SELECT name FROM constituents UNION SELECT number FROM notices UNION SELECT number FROM incidents
         UNION SELECT source_country FROM events WHERE source_country <> ''
         UNION SELECT concat('AS', source_asn) FROM events WHERE source_asn > 0",
    );
    names.extend(of_sample.iter().map(|row| row["name"].as_str().unwrap().to_string()));
    names.push("hooks.invalid".into());
    names.push("cirt@localhost.localdomain".into());
    // Markings, and stages of clocks by their ids.
    names.extend(["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER+STRICT", "TLP:AMBER", "TLP:RED"].map(String::from));
    for stage in
        ["acknowledge-critical", "acknowledge-high", "notify-critical", "notify-high", "triage-critical", "triage-high"]
    {
        names.push(format!("internal/{stage}"));
    }
    names.extend(["nis2/early-warning", "nis2/notification"].map(String::from));
    for (list, name) in [("assess", "subject"), ("design", "name"), ("framework", "id")] {
        let all = told(&house, &[list, "list", "--json"]);
        names.extend(all.as_array().unwrap().iter().map(|one| one[name].as_str().unwrap().to_string()));
    }
    // The longest first: one name may be a part of another.
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut faults = Vec::new();
    let mut once = BTreeSet::new();
    let mut look = async |path: &str| {
        browser.goto(&format!("{address}{path}")).await.unwrap();
        let found = browser.ask(include_str!("pseudo.js"), vec![json!(names)]).await;
        let found: Vec<String> = serde_json::from_value(found).unwrap();
        // What stands on many pages is told of one.
        faults.extend(found.into_iter().filter(|word| once.insert(word.clone())).map(|word| format!("{path}: {word}")));
    };
    for path in OUTSIDE {
        look(path).await;
    }
    browser.sign_in(&address, "admin", "en").await;
    samples.look(&browser, &address).await;
    for (_, path) in samples.addresses() {
        look(&path).await;
    }
    // The one who looks is looked at, too: a word and a title that no message holds are found.
    let plant = "const words = document.createElement('p'); words.textContent = words.title = 'Hard-coded';
        document.querySelector('main').append(words); return 0";
    browser.ask(plant, vec![]).await;
    let found = browser.ask(include_str!("pseudo.js"), vec![json!(names)]).await;
    let planted = found.as_array().unwrap().iter().filter(|word| word.as_str().unwrap().contains("Hard-coded"));
    assert_eq!(planted.count(), 2, "{found}");
    assert!(faults.is_empty(), "{} words are not from the messages:\n{}", faults.len(), faults.join("\n"));
}
