//! Sheets leave, come back and are merged, on both databases.

use manara_framework::assessments::{
    Answer, Assessment, FrameworkError, Given, NewVoice, Refusal, get, give, give_table, history, sheet,
};
use manara_framework::catalogues::Catalogue;
use manara_framework::exchanges::{
    Asked, Bound, Brought, GridError, Heads, Issued, Keys, Merged, SheetError, SheetForm, brought_sheets, conflicts,
    export_answers, issue, merge, read_answers, read_form, seal_answers, settle, write_form,
};
use manara_model::{Micros, Tlp};
use manara_web::{Lang, Words};

use crate::house::{House, NOON, catalogue, duty, on_both, person};

const LATER: Micros = Micros(NOON.0 + 3_600_000_000);
const BACK: Micros = Micros(NOON.0 + 2 * 3_600_000_000);

fn ana() -> NewVoice {
    NewVoice { name: "Ana".into(), organisation: "Port".into(), role: "captain".into(), person: String::new() }
}

fn said(item: &str, level: i64) -> Given {
    Given { item: item.into(), level: Some(level), ..Given::default() }
}

struct Out {
    one: Assessment,
    boats: Catalogue,
    issued: Issued,
    keys: Keys,
    words: Words,
}

impl Out {
    async fn of(house: &House) -> Out {
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        Self::again(house, one, boats).await
    }

    async fn again(house: &House, one: Assessment, boats: Catalogue) -> Out {
        let keys = Keys::open(&house.db).await.unwrap();
        let issued = issue(&house.db, &duty(), (&one.id, &boats), &ana(), &keys, "ar", NOON).await.unwrap();
        Out { one, boats, issued, keys, words: Words::built_in().unwrap() }
    }

    fn file(&self, answers: &[Answer], form: SheetForm, lang: Lang) -> Vec<u8> {
        let asked = Asked {
            assessment: &self.one,
            catalogue: &self.boats,
            voice: &self.issued.voice,
            answers,
            evidence: &[],
            seal: &self.issued.sealed,
            words: &self.words,
            lang,
        };
        write_form(&asked, form).unwrap()
    }

    fn answer(&self, item: &str, level: Option<i64>, comment: &str) -> Answer {
        Answer {
            voice: self.issued.voice.id.clone(),
            item: item.into(),
            level,
            not_applicable: level.is_none(),
            state: Some(manara_framework::assessments::Action::Planned),
            comment: comment.into(),
        }
    }

    fn read(&self, bytes: &[u8]) -> Result<Brought, SheetError> {
        read_form(&self.one, &self.boats, &self.keys, &Heads::of(&self.words), bytes)
    }

    async fn back(&self, house: &House, answers: &[Answer]) -> Merged {
        let brought = self.read(&self.file(answers, SheetForm::Xlsx, Lang::Ar)).unwrap();
        merge(&house.db, &duty(), &brought, BACK).await.unwrap()
    }
}

#[test]
fn a_sheet_comes_back_as_it_was_filled_in_whatever_its_form() {
    on_both(|house| async move {
        let out = Out::of(&house).await;
        let formula = "=HYPERLINK(\"x\")\nsecond, \"line\"; @";
        let answers = [
            out.answer("H-1", Some(3), formula),
            out.answer("H-2", None, "'=quoted"),
            out.answer("C-1", Some(0), "-1"),
        ];
        let expected: Vec<(&str, Option<i64>, bool, &str)> = answers
            .iter()
            .map(|one| (one.item.as_str(), one.level, one.not_applicable, one.comment.as_str()))
            .collect();
        for form in SheetForm::ALL {
            let bytes = out.file(&answers, form, Lang::Ar);
            let brought = out.read(&bytes).unwrap_or_else(|why| panic!("{form:?}: {why}"));
            assert!(brought.bad.is_empty(), "{form:?}: {:?}", brought.bad);
            let found: Vec<_> = brought
                .given
                .iter()
                .map(|(one, _)| (one.item.as_str(), one.level, one.not_applicable, one.comment.as_str()))
                .collect();
            assert_eq!(found, expected, "{form:?}");
            assert_eq!(brought.given[0].0.state, Some(manara_framework::assessments::Action::Planned));
            assert_eq!((brought.seal.lang.as_str(), brought.seal.issued()), ("ar", NOON));
        }
        let text = String::from_utf8(out.file(&answers, SheetForm::Csv, Lang::Ar)).unwrap();
        assert!(text.contains("\"'=HYPERLINK") && text.contains(",''=quoted") && text.contains(",'-1"), "{text}");
    });
}

#[test]
fn what_was_said_since_waits_for_a_person() {
    on_both(|house| async move {
        let out = Out::of(&house).await;
        let ids = (out.one.id.as_str(), out.issued.voice.id.as_str());
        // Said after the sheet was issued.
        give(&house.db, &duty(), ids, &out.boats, &[said("H-1", 4), said("C-1", 2)], LATER).await.unwrap();
        let file = [
            out.answer("H-1", Some(1), ""),
            Answer { state: None, ..out.answer("C-1", Some(2), "") },
            out.answer("C-2", Some(3), ""),
        ];
        let merged = out.back(&house, &file).await;
        assert_eq!(merged, Merged { new: 1, same: 1, conflicts: 1, bound: "no", ..Merged::default() });
        assert!(out.back(&house, &file).await.again, "the same sheet twice is once");
        let all = sheet(&house.db, &out.one.id, "2026-01-15").await.unwrap();
        let level = |item: &str| all.answers.iter().find(|one| one.item == item).and_then(|one| one.level);
        assert_eq!((level("H-1"), level("C-1"), level("C-2")), (Some(4), Some(2), Some(3)), "nothing is overwritten");
        let waiting = conflicts(&house.db, &out.one.id, ("", ""), 10).await.unwrap();
        let [one] = waiting.as_slice() else { panic!("{waiting:?}") };
        let (kept, at) = one.kept.clone().unwrap();
        assert_eq!((one.came.level, kept.level, at, one.issued, one.brought), (Some(1), Some(4), LATER, NOON, BACK));
        let refused = |did: Result<(), FrameworkError>| match did {
            Err(FrameworkError::Refused(why)) => Some(why),
            _ => None,
        };
        let ids = (out.one.id.as_str(), one.id.as_str());
        let stale = settle(&house.db, &duty(), ids, true, one.version + 1, BACK).await;
        assert_eq!(refused(stale), Some(Refusal::Changed));
        settle(&house.db, &duty(), ids, true, one.version, BACK).await.unwrap();
        let again = settle(&house.db, &duty(), ids, false, one.version, BACK).await;
        assert_eq!(refused(again), Some(Refusal::Settled));
        let all = sheet(&house.db, &out.one.id, "2026-01-15").await.unwrap();
        assert_eq!(all.answers.iter().find(|one| one.item == "H-1").and_then(|one| one.level), Some(1));
        let before = history(&house.db, &out.issued.voice.id, "H-1").await.unwrap();
        assert_eq!(before[0].0.level, Some(4), "what it was is kept");
        let verbs = house.verbs(&out.one.id).await;
        assert_eq!(verbs[verbs.len() - 2..], ["sheet_merged", "conflict_settled"]);
    });
}

#[test]
fn what_stood_in_the_sheet_may_be_changed_there_and_what_was_left_alone_takes_nothing_back() {
    on_both(|house| async move {
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        let table = "item,respondent,organisation,level\nH-1,Ana,Port,1\nC-1,Ana,Port,1\nC-2,Ana,Port,1\n";
        let (rows, _) = read_answers(&boats, table.as_bytes()).unwrap();
        give_table(&house.db, &duty(), &one.id, &rows, Micros(NOON.0 - 1_000_000)).await.unwrap();
        let out = Out::again(&house, one, boats).await;
        assert_eq!(out.issued.answers.len(), 3, "the sheet shows what was said");
        let ids = (out.one.id.as_str(), out.issued.voice.id.as_str());
        give(&house.db, &duty(), ids, &out.boats, &[said("C-1", 4)], LATER).await.unwrap();
        let plain = |item: &str, level| Answer { state: None, ..out.answer(item, Some(level), "") };
        // H-1 is changed in the sheet, C-1 was left as it stood there, C-2 was emptied.
        let merged = out.back(&house, &[plain("H-1", 3), plain("C-1", 1)]).await;
        assert_eq!(merged, Merged { changed: 1, same: 1, bound: "no", ..Merged::default() });
        let all = sheet(&house.db, &out.one.id, "2026-01-15").await.unwrap();
        let level = |item: &str| all.answers.iter().find(|one| one.item == item).and_then(|one| one.level);
        assert_eq!((level("H-1"), level("C-1"), level("C-2")), (Some(3), Some(4), Some(1)));
    });
}

#[test]
fn a_sheet_that_is_not_ours_or_not_of_here_is_refused_and_a_changed_question_is_seen() {
    on_both(|house| async move {
        let out = Out::of(&house).await;
        let file = |lang| String::from_utf8(out.file(&[out.answer("H-1", Some(3), "")], SheetForm::Csv, lang)).unwrap();
        let good = file(Lang::Ar);
        assert_eq!(out.read(good.as_bytes()).unwrap().bad, []);
        let codes = |text: &str| -> Vec<&'static str> {
            out.read(text.as_bytes()).unwrap().bad.iter().map(|bad| bad.code).collect()
        };
        assert_eq!(codes(&good.replace(",Planks,", ",Plonks,")), ["question"]);
        assert_eq!(codes(&good.replace("H-1,", "X-1,")), ["item"]);
        assert_eq!(codes(&good.replace(",3,planned", ",9,planned")), ["level"]);
        assert_eq!(codes(&good.replace(",3,planned", ",n/a,planned")), ["applies"]);
        assert_eq!(codes(&good.replace(",3,planned", ",3,soon")), ["state"]);
        assert_eq!(codes(&good.replace(",3,planned,", &format!(",3,planned,{}", "x".repeat(2_001)))), ["comment"]);
        assert_eq!(codes(&good.replace("C-2,", "C-1,")), ["twice"]);
        let taken = out.read(good.replace(",3,planned", ",٣ · Level 3,مخطط له").as_bytes());
        assert!(taken.is_ok(), "digits of the reader's own script");
        let refused = |text: &str| out.read(text.as_bytes()).expect_err("refused").code();
        let without: String =
            good.lines().filter(|line| !line.starts_with("#seal")).map(|line| format!("{line}\n")).collect();
        assert_eq!(refused(&without), "no-seal");
        assert_eq!(refused(&good.replace("#seal,e", "#seal,f")), "seal-foreign");
        assert_eq!(refused(&good.replace("question,", "q,")), "no-column");
        assert_eq!(
            out.read(b"PK\x03\x04").expect_err("refused"),
            SheetError::Grid(GridError::Damaged("its packing".into()))
        );
        let other = Out::of(&house).await;
        assert_eq!(other.read(good.as_bytes()).expect_err("refused").code(), "other-assessment");
        let next = catalogue("minima", 4);
        let version = read_form(&out.one, &next, &out.keys, &Heads::of(&out.words), good.as_bytes());
        assert_eq!(version.expect_err("refused").code(), "other-version");
        let foreign = Keys::of(&[9; 32]).unwrap();
        let of_another = read_form(&out.one, &out.boats, &foreign, &Heads::of(&out.words), good.as_bytes());
        assert_eq!(of_another.expect_err("refused").code(), "seal-foreign");
        let viewer = person("viewer", Tlp::Green);
        let brought = out.read(good.as_bytes()).unwrap();
        let unseen = merge(&house.db, &viewer, &brought, BACK).await;
        assert!(matches!(unseen, Err(FrameworkError::Refused(Refusal::NotFound))), "who may not see it merges nothing");
        assert!(get(&house.db, &duty(), &out.one.id).await.unwrap().is_some());
        assert_eq!(Keys::open(&house.db).await.unwrap().public(), out.keys.public(), "one key for good");
    });
}

/// What leaves says who may see it.
fn marked(bytes: &[u8], form: SheetForm) {
    let text = match form {
        SheetForm::Csv => String::from_utf8(bytes.to_vec()).unwrap(),
        SheetForm::Xlsx => {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            let mut of = |name: &str| std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
            let pages = of("xl/worksheets/sheet1.xml");
            assert!(pages.contains("<oddHeader>&amp;CTLP:AMBER</oddHeader>"), "{pages}");
            assert!(pages.contains("<oddFooter>&amp;CTLP:AMBER</oddFooter>"), "{pages}");
            of("docProps/core.xml")
        }
    };
    assert!(text.contains("TLP:AMBER"), "{text}");
}

#[test]
fn all_answers_go_out_and_come_in_again() {
    on_both(|house| async move {
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        let table = "item,respondent,organisation,role,level,state,comment,evidence\n\
            H-1,Ana,Port,captain,1,planned,\"'=1+1, \"\"x\"\"\",Log|https://a.example/\nH-2,\"'+Ben\",Yard,,n/a,,,\n";
        let (rows, refused) = read_answers(&boats, table.as_bytes()).unwrap();
        assert!(refused.is_empty(), "{refused:?}");
        assert_eq!((rows[0].given.comment.as_str(), rows[1].respondent.as_str()), ("=1+1, \"x\"", "+Ben"));
        give_table(&house.db, &duty(), &one.id, &rows, NOON).await.unwrap();
        let all = sheet(&house.db, &one.id, "2026-01-15").await.unwrap();
        for form in SheetForm::ALL {
            let bytes = export_answers(&all, one.tlp, form, true).unwrap();
            marked(&bytes, form);
            let (again, refused) = read_answers(&boats, &bytes).unwrap();
            assert!(refused.is_empty(), "{form:?} {refused:?}");
            assert_eq!(again.len(), 2);
            // Pieces that were named in one moment have no order of their own.
            let mut evidence = again[0].evidence.clone();
            evidence.sort_by_key(|label| rows[0].evidence.iter().position(|known| known == label));
            assert_eq!((&again[0].given, &evidence), (&rows[0].given, &rows[0].evidence), "{form:?}");
            assert_eq!(again[1].respondent, "+Ben");
            give_table(&house.db, &duty(), &one.id, &again, BACK).await.unwrap();
        }
        let after = sheet(&house.db, &one.id, "2026-01-15").await.unwrap();
        assert_eq!(
            (after.voices, after.answers, after.evidence),
            (all.voices, all.answers, all.evidence),
            "twice is once"
        );
        assert!(read_answers(&boats, b"PK\x03\x04x").is_err());
    });
}

#[test]
fn programs_convert_libraries_take_sheets_and_decide() {
    use axum::body::Body;
    use axum::http::{Request, StatusCode};
    use tower::ServiceExt as _;

    on_both(|house| async move {
        let boats = catalogue("minima", 5);
        let one = house.begin(&boats, Tlp::Amber).await;
        let (router, token) = crate::pages::program(&house).await;
        let ask = |method: &'static str, path: String, kind: &'static str, body: Vec<u8>| {
            let request = Request::builder()
                .method(method)
                .uri(path)
                .header("host", "127.0.0.1:8080")
                .header("authorization", format!("Bearer {token}"))
                .header("content-type", kind)
                .body(Body::from(body))
                .unwrap();
            let router = router.clone();
            async move {
                let answer = router.oneshot(request).await.unwrap();
                let status = answer.status();
                (status, axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap().to_vec())
            }
        };
        let json = |bytes: &[u8]| -> serde_json::Value { serde_json::from_slice(bytes).unwrap() };
        let path = format!("/api/v1/assessments/{}", one.id);
        let (status, library) = ask("GET", "/api/v1/frameworks/boats/export?format=ciso".into(), "", Vec::new()).await;
        assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&library));
        let (status, made) =
            ask("POST", "/api/v1/frameworks/convert".into(), "application/octet-stream", library).await;
        assert_eq!((status, json(&made)["id"].as_str()), (StatusCode::OK, Some("boats")));
        let (status, bad) =
            ask("POST", "/api/v1/frameworks/convert".into(), "application/octet-stream", b"urn: x".to_vec()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{}", String::from_utf8_lossy(&bad));
        let given = br#"{"name":"Ana","organisation":"Port","lang":"en","format":"csv"}"#.to_vec();
        let (status, sheet) = ask("POST", format!("{path}/sheets"), "application/json", given).await;
        let text = String::from_utf8(sheet).unwrap();
        assert!(status == StatusCode::OK && text.contains("#seal,"), "{status} {text}");
        let filled = text.replace("H-1,Hull,Planks,,,", "H-1,Hull,Planks,,2,");
        let back = format!("{path}/sheets/back");
        let (status, taken) = ask("POST", back.clone(), "application/octet-stream", filled.clone().into_bytes()).await;
        assert_eq!(
            (status, json(&taken)["new"].as_i64()),
            (StatusCode::OK, Some(1)),
            "{}",
            String::from_utf8_lossy(&taken)
        );
        let other = text.replace("H-1,Hull,Planks,,,", "H-1,Hull,Planks,,4,").into_bytes();
        let (_, taken) = ask("POST", back.clone(), "application/octet-stream", other).await;
        assert_eq!(json(&taken)["conflicts"].as_i64(), Some(1), "said since the sheet was issued");
        let (_, waiting) = ask("GET", format!("{path}/conflicts?limit=1"), "", Vec::new()).await;
        let waiting = json(&waiting);
        let waiting = &waiting["items"][0];
        assert_eq!((waiting["kept"]["level"].as_i64(), waiting["came"]["level"].as_i64()), (Some(2), Some(4)));
        let decide = format!("{path}/conflicts/{}", waiting["id"].as_str().unwrap());
        let decision = |version: i64| format!(r#"{{"decision":"take","version":{version}}}"#).into_bytes();
        let (status, _) = ask("POST", decide.clone(), "application/json", decision(9)).await;
        assert_eq!(status, StatusCode::CONFLICT);
        let version = waiting["version"].as_i64().unwrap();
        assert_eq!(ask("POST", decide, "application/json", decision(version)).await.0, StatusCode::OK);
        let (_, table) = ask("GET", format!("{path}/export?format=csv"), "", Vec::new()).await;
        assert!(String::from_utf8(table).unwrap().contains("H-1,Ana,Port,,4,"));
        let (status, _) = ask("POST", back, "application/octet-stream", b"nothing".to_vec()).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let (status, _) = ask("GET", format!("{path}/conflicts?limit=0"), "", Vec::new()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
    });
}

#[test]
fn answers_that_are_sealed_are_bound_and_a_change_is_noticed() {
    on_both(|house| async move {
        let out = Out::of(&house).await;
        let answers = [out.answer("H-1", Some(3), "=1+1\nsecond line"), out.answer("C-1", Some(0), "'=quoted")];
        for form in SheetForm::ALL {
            let filled = out.file(&answers, form, Lang::Ar);
            assert_eq!(out.read(&filled).unwrap().bound, Bound::No, "the seal alone binds no answer");
            let sealed = seal_answers(&filled, None).unwrap();
            let (before, after) = (out.read(&filled).unwrap(), out.read(&sealed).unwrap());
            assert_eq!((after.bound.clone(), after.given.len()), (Bound::Digest, 2), "{form:?}: {:?}", after.bad);
            assert_eq!((before.given, before.content), (after.given, after.content), "{form:?}: it says the same");
            let (keys, seed) = Keys::fresh().unwrap();
            let signed = seal_answers(&filled, Some(&Keys::parse(&seed).unwrap())).unwrap();
            assert_eq!(out.read(&signed).unwrap().bound, Bound::Signed(keys.public()));
            for bytes in [&sealed, &signed] {
                let text = String::from_utf8(bytes.clone()).unwrap();
                let changed = text.replace("second line", "third line");
                assert_eq!(out.read(changed.as_bytes()), Err(SheetError::Changed), "{form:?}");
            }
            // Whoever makes the digest anew cannot make the signature.
            let text = String::from_utf8(signed.clone()).unwrap().replace("second line", "third line");
            let anew = String::from_utf8(seal_answers(text.as_bytes(), None).unwrap()).unwrap();
            let tail = text.rsplit("#answers,").next().unwrap().trim().split_once('.').unwrap().1.to_string();
            let forged = format!("{}.{tail}\n", anew.trim_end());
            assert_eq!(out.read(forged.as_bytes()), Err(SheetError::NotSigned), "{form:?}");
        }
        let (keys, _) = Keys::fresh().unwrap();
        let signed = seal_answers(&out.file(&answers, SheetForm::Xlsx, Lang::Ar), Some(&keys)).unwrap();
        let brought = out.read(&signed).unwrap();
        let merged = merge(&house.db, &duty(), &brought, BACK).await.unwrap();
        assert_eq!((merged.bound, merged.key.as_str()), ("signed", keys.public().as_str()));
        let kept = brought_sheets(&house.db, &out.one.id).await.unwrap();
        assert_eq!((kept.len(), kept[0].bound.as_str(), &kept[0].key), (1, "signed", &keys.public()));
        assert_eq!(seal_answers(b"a,b\n", None), Err(SheetError::NoSeal));
    });
}
