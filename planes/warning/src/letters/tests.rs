use manara_model::{CLASSES, Micros, Severity, Tlp};

use manara_net::{plural_category, wrap};

use super::{Files, LANGUAGES, LetterFacts, LetterRow, Letters, More};
use crate::config::Office;

fn rows(n: usize, assets: &[String]) -> Vec<LetterRow<'_>> {
    (0..n)
        .map(|at| LetterRow {
            asset: &assets[at],
            subject: if at % 7 == 6 { "" } else { "citadel" },
            severity: Severity::ALL[at % 5],
            first_seen: Micros(1_768_300_000_000_000),
            last_seen: Micros(1_768_435_200_000_000 + at as i64),
            count: at as i64 + 1,
        })
        .collect()
}

fn facts<'a>(language: &'a str, class: &'a str, rows: Vec<LetterRow<'a>>, files: Files) -> LetterFacts<'a> {
    LetterFacts {
        number: "N-2026-000123",
        day: "2026-01-15",
        language,
        class,
        tlp: Tlp::Amber,
        constituent: "Atlas Telecom",
        contact: "",
        answer_days: 3,
        more: More { asks: true, ..More::default() },
        rows,
        files,
    }
}

fn office() -> Office {
    Office {
        mail: "cirt@example.org".into(),
        phone: "+000 1234".into(),
        url: "https://cirt.example.org".into(),
        ..Office::default()
    }
}

#[test]
fn every_letter_reads_well_in_every_language_with_every_number() {
    let letters = Letters::built_in(office()).expect("letters");
    let show = std::env::var("SHOW_LETTERS").unwrap_or_default();
    for language in LANGUAGES {
        for class in
            CLASSES.iter().flat_map(|class| class.types.iter().map(|kind| format!("{}/{}", class.value, kind.value)))
        {
            for n in [1, 2, 3, 11, 100] {
                let assets: Vec<String> = (0..n).map(|at| format!("192.0.2.{at}")).collect();
                let names = vec!["N-2026-000123-events.csv".to_string(), "N-2026-000123-events.json".to_string()];
                let files = Files { names, attached: n as i64, events: n as i64 + i64::from(n == 100) };
                let written = letters.write(&facts(language, &class, rows(n, &assets), files)).expect("written");
                let all = format!("{}\n\n{}", written.subject, written.body);
                if show == format!("{language}/{class}/{n}") {
                    println!("{all}");
                }
                for raw in ["{{", "}}", "{%", "{n}", "undefined", "words.", "\n\n\n", "Subject:", "\t"] {
                    assert!(!all.contains(raw), "{raw:?} in {language} {class} {n}:\n{all}");
                }
                let first = if n == 100 { "192.0.2.99" } else { "192.0.2.0" };
                for told in [
                    "TLP:AMBER",
                    "N-2026-000123",
                    first,
                    "Atlas Telecom",
                    "cirt@example.org",
                    "events.json",
                    "+000 1234",
                    "⟦link⟧",
                    "⟦until-the-time⟧ UTC",
                ] {
                    let flat = all.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(flat.contains(told), "{told:?} missing in {language} {class} {n}:\n{all}");
                }
                assert!(written.subject.chars().count() <= 140, "{}", written.subject);
                assert_eq!(all.matches("192.0.2.").count(), n.min(20), "{all}");
                assert!(n <= 20 || all.contains("80"), "the rest is counted");
                let isolates = |c: char| all.matches(c).count();
                assert_eq!(isolates('\u{2066}') + isolates('\u{2068}'), isolates('\u{2069}'), "{all}");
                if *language == "ar" {
                    assert!(all.contains(&format!("\u{2066}{first}\u{2069}")), "{all}");
                    let latin = all.lines().flat_map(|line| {
                        line.split(['\u{2066}', '\u{2068}']).flat_map(|part| part.rsplit('\u{2069}').take(1))
                    });
                    for outside in latin {
                        assert!(!outside.chars().any(|c| c.is_ascii_alphabetic()), "{outside:?} stands bare in\n{all}");
                    }
                } else {
                    assert!(isolates('\u{2069}') == 0);
                    for line in written.body.lines().filter(|line| !line.starts_with("  ")) {
                        assert!(line.chars().count() <= 76, "{line}");
                    }
                }
            }
        }
    }
}

#[test]
fn numbers_take_the_form_of_their_language() {
    for (language, expected) in [
        ("en", [(0, "other"), (1, "one"), (2, "other"), (11, "other")].as_slice()),
        ("fr", &[(0, "one"), (1, "one"), (2, "other"), (1_000_000, "many")]),
        (
            "ar",
            &[
                (0, "zero"),
                (1, "one"),
                (2, "two"),
                (3, "few"),
                (10, "few"),
                (11, "many"),
                (99, "many"),
                (100, "other"),
                (102, "other"),
                (103, "few"),
                (111, "many"),
            ],
        ),
    ] {
        for (count, want) in expected {
            assert_eq!(plural_category(language, *count), *want, "{language} {count}");
        }
    }
    let letters = Letters::built_in(office()).expect("letters");
    let subject = |language: &str, n: usize| {
        let assets: Vec<String> = (0..n).map(|at| format!("192.0.2.{at}")).collect();
        let facts = facts(language, "malicious-code/infected-system", rows(n, &assets), Files::default());
        letters.write(&facts).expect("written").subject
    };
    for (language, n, want) in [
        ("en", 1, "one system infected with malware"),
        ("en", 3, "3 systems infected with malware"),
        ("fr", 1, "un système infecté par un logiciel malveillant"),
        ("fr", 2, "2 systèmes infectés par des logiciels malveillants"),
        ("ar", 1, "نظام واحد مصاب ببرمجية خبيثة"),
        ("ar", 2, "نظامان مصابان ببرمجيات خبيثة"),
        ("ar", 3, "3 أنظمة مصابة ببرمجيات خبيثة"),
        ("ar", 11, "11 نظامًا مصابًا ببرمجيات خبيثة"),
        ("ar", 100, "100 نظام مصاب ببرمجيات خبيثة"),
    ] {
        assert!(subject(language, n).ends_with(want), "{}", subject(language, n));
    }
}

#[test]
fn a_folder_replaces_letters_one_by_one_and_mistakes_are_named_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let english = folder.path().join("en");
    std::fs::create_dir(&english).expect("made");
    let write = |text: &str| std::fs::write(english.join("scanner.txt"), text).expect("written");
    let load = || Letters::load(Some(folder.path()), office());
    write("Subject: ours {{ number }}\nHello {{ constituent }}, {{ assets }}.\n{% include \"_closing.txt\" %}\n");
    let assets = vec!["192.0.2.1".to_string()];
    let class = "information-gathering/scanner";
    let written =
        load().expect("good").write(&facts("en", class, rows(1, &assets), Files::default())).expect("written");
    assert_eq!(written.subject, "ours N-2026-000123");
    assert!(written.body.starts_with("Hello Atlas Telecom, 1.\n") && written.body.contains("4. By when"));
    for (text, want) in [
        ("Subject: x\n{{ nonsense }}\n", "scanner.txt line 2"),
        ("Subject: x\n{% if %}\n", "scanner.txt line 2"),
        ("Hello\nworld\n", "the first line must be"),
        ("Subject: x\n{% for i in range(10000) %}{% for j in range(10000) %}.{% endfor %}{% endfor %}\n", "fuel"),
        ("Subject: x\n{% for i in range(1000) %}{{ 'a'|pad(9000000) }}{% endfor %}\n", "64 kB"),
        ("Subject: x\n{% include \"scanner.txt\" %}\n", ""),
        ("Subject: x\n{{ assets|plural(one=\"x\") }}\n", "other"),
        ("Subject: x\n{{ assets|plural(other=\"x\", othr=\"x\") }}\n", "othr"),
    ] {
        write(text);
        let error = load().expect_err(text).to_string();
        assert!(error.contains("letters/en/scanner.txt") && error.contains(want), "{want:?} in {error}");
    }
}

#[test]
fn text_of_strangers_neither_breaks_lines_nor_turns_them() {
    let letters = Letters::built_in(office()).expect("letters");
    let assets = vec!["192.0.2.1\u{202e}\r\nBcc: x@y.example {{ office.mail }} {% raw %}".to_string()];
    let mut facts = facts("ar", "malicious-code/c2-server", rows(1, &assets), Files::default());
    facts.constituent = "Evil\u{2069}\nCorp";
    facts.contact = "x\r\n\r\ny";
    let written = letters.write(&facts).expect("written");
    assert!(
        written.body.contains("\u{2066}192.0.2.1 Bcc: x@y.example {{ office.mail }} {% raw %}\u{2069}"),
        "{}",
        written.body
    );
    assert!(written.body.contains("\u{2068}Evil Corp\u{2069}") && written.body.contains("\u{2068}x y\u{2069}"));
    assert!(!written.body.contains('\u{202e}'));
}

#[test]
fn long_lines_are_broken_between_words() {
    let long = format!("a) {}", "word ".repeat(30).trim_end());
    let wrapped = wrap(&long);
    let lines: Vec<&str> = wrapped.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[1].starts_with("   word") && lines.iter().all(|line| line.chars().count() <= 76));
    let table = format!("  {}", "cell ".repeat(30).trim_end());
    assert_eq!(wrap(&table), format!("{table}\n"));
    let url = "x".repeat(200);
    assert_eq!(wrap(&url), format!("{url}\n"));
}
