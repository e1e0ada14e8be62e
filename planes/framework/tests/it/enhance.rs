//! Quality, law and strategy, as their callers and their readers meet them.

use axum::http::StatusCode;
use manara_framework::assessments::{Given, NewVoice, Refusal, join, judge, set_state, sheet};
use manara_framework::catalogues::Shelf;
use manara_framework::enhancement::{Period, accept_figure, accepted_figures, quality};
use manara_framework::laws::{Provision, Said, Standing, groups, provisions, provisions_before, write_provision};
use manara_framework::scoring::score;
use manara_framework::strategies::{
    Function, Part, Progress, Record, Review, Stakeholder, Undertaking, functions, parts, remove_record,
    restore_record, review_done, reviews, save_function, save_review, save_stakeholder, save_undertaking, stakeholders,
    undertakings,
};
use manara_model::{Micros, Tlp};
use manara_web::Lang;

use crate::beside::Quiet;
use crate::house::{NOON, duty, on_both, person, set_parts};
use crate::pages::reader;

fn why<T: std::fmt::Debug>(done: Result<T, manara_framework::assessments::FrameworkError>) -> Option<Refusal> {
    match done {
        Err(manara_framework::assessments::FrameworkError::Refused(why)) => Some(why),
        _ => None,
    }
}

fn voice(name: &str) -> NewVoice {
    NewVoice { name: name.into(), organisation: "Ministry".into(), role: String::new(), person: name.into() }
}

#[test]
fn a_figure_is_accepted_by_a_person_and_raises_nothing_by_itself() {
    on_both(|house| async move {
        let shelf = Shelf::load(None);
        let services = shelf.get("first-services").unwrap();
        let one = house.begin(services, Tlp::Amber).await;
        let duty = duty();
        let me = join(&house.db, &duty, &one.id, &voice("duty"), NOON).await.unwrap();
        let ids = (one.id.as_str(), me.id.as_str());
        let found = quality(&Quiet, &shelf.targets, &duty, Period::up_to(NOON, 90), NOON).await.unwrap();
        let line = found.line("acknowledge").unwrap();
        assert_eq!((line.figure.value, line.figure.n, line.figure.waiting, line.is_met), (Some(2.0), 3, 1, Some(true)));
        assert_eq!(found.line("answered").unwrap().is_met, Some(false));
        assert_eq!((found.line("notify").unwrap().figure.value, found.line("notify").unwrap().is_met), (None, None));
        let target = line.target.as_ref().unwrap();
        let item = (&**services, "6.1.2");
        let given = Given { item: "6.1.2".into(), level: Some(2), ..Given::default() };
        manara_framework::assessments::give(&house.db, &duty, ids, services, &[given], NOON).await.unwrap();
        let shown = accept_figure(&house.db, &duty, ids, item, (&line.figure, target), NOON).await.unwrap();
        let again = accept_figure(&house.db, &duty, ids, item, (&line.figure, target), NOON).await.unwrap();
        assert_eq!((shown.id == again.id, shown.supports, shown.expires.as_str()), (true, None, "2026-07-14"));
        assert_eq!(shown.sha256, line.figure.sealed().1);
        let kept = accepted_figures(&house.db, &one.id).await.unwrap();
        assert_eq!((kept.len(), kept[0].value, kept[0].n, kept[0].revision), (1, 2.0, 3, 1));
        let now = |day: &'static str| {
            let (house, id, services) = (&house, one.id.clone(), services.clone());
            async move {
                let said = sheet(&house.db, &id, day).await.unwrap();
                let found = score(&services, &said, None);
                found.items.iter().find(|item| item.item == "6.1.2").unwrap().supported
            }
        };
        assert_eq!(now("2026-01-15").await, Some(0), "nobody looked at it");
        judge(&house.db, &duty, &one.id, services, (&shown.id, Some(1), None), NOON).await.unwrap();
        assert_eq!(now("2026-01-15").await, Some(1));
        assert_eq!(now("2026-07-15").await, Some(0), "it expired");
        let none = &found.line("notify").unwrap().figure;
        let empty = accept_figure(&house.db, &duty, ids, item, (none, target), NOON).await;
        assert_eq!(why(empty), Some(Refusal::NoEvidence), "without a case there is nothing to show");
        assert!(house.verbs(&one.id).await.contains(&"figure_accepted".to_string()));
    });
}

#[test]
fn the_pages_of_quality_show_figures_with_their_n_and_offer_them() {
    on_both(|house| async move {
        let shelf = Shelf::load(None);
        let services = shelf.get("first-services").unwrap();
        let one = house.begin(services, Tlp::Amber).await;
        let mut duty = reader(&house, "duty", Lang::En).await;
        let page = duty.page("/framework/quality").await;
        for words in ["2 hours", "of 3 cases", "One case still waits", "No case yet", "Target missed", "33%"] {
            assert!(page.body.contains(words), "{words}: {}", page.body);
        }
        assert_eq!(duty.get("/framework/quality?from=soon").await.status, StatusCode::BAD_REQUEST);
        let json = duty.get("/framework/quality?format=json").await;
        let json: serde_json::Value = serde_json::from_str(&json.body).unwrap();
        assert_eq!(
            (&json["figures"][0]["figure"]["value"], &json["figures"][0]["figure"]["n"]),
            (&2.0.into(), &3.into())
        );
        assert!(json["figures"][1]["figure"].get("value").is_none(), "{json}");
        let path = format!("/framework/assessments/{}/figures", one.id);
        assert!(duty.page(&path).await.body.contains("first take part"));
        let answer = format!("/framework/assessments/{}/answer", one.id);
        let join = format!("/framework/assessments/{}/join", one.id);
        duty.post(&join, &answer, &[("organisation", "Team")]).await;
        let page = duty.page(&path).await;
        let (_, rest) = page.body.split_once(r#"name="sha256" value=""#).expect("an offer");
        let sha256 = rest.split('"').next().unwrap().to_string();
        let old = [("figure", "acknowledge"), ("item", "6.1.2"), ("sha256", "0")];
        duty.post(&path, &path, &old).await;
        assert!(duty.page(&path).await.body.contains("another one by now"));
        duty.post(&path, &path, &[("figure", "acknowledge"), ("item", "6.1.2"), ("sha256", &sha256)]).await;
        let page = duty.page(&path).await;
        assert!(page.body.contains("The figure is evidence now"), "{}", page.body);
        let (_, rest) = page.body.split_once("/evidence/").expect("the evidence");
        let id = rest.split('"').next().unwrap();
        let file = duty.get(&format!("/framework/assessments/{}/evidence/{id}", one.id)).await;
        assert!(file.body.starts_with(r#"{"figure":"acknowledge""#), "{}", file.body);
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        assert!(viewer.page("/framework/quality").await.body.contains("of one case"), "as far as they may see");
        assert!(!viewer.page(&path).await.body.contains("Accept as evidence"));
        for lang in ["ar", "fr"] {
            duty.page(&format!("/framework/quality?lang={lang}")).await;
            duty.page(&format!("{path}?lang={lang}")).await;
        }
    });
}

#[test]
fn a_provision_is_written_with_its_answer_and_keeps_what_it_said() {
    on_both(|house| async move {
        let shelf = Shelf::load(None);
        let law = shelf.get("cybercrime-law").unwrap();
        let one = house.begin(law, Tlp::Amber).await;
        let duty = duty();
        let about = (one.id.as_str(), &**law);
        let mut given = Said { item: "BC-02".into(), standing: Some(Standing::Partly), missing: None };
        let mut said =
            Provision { citation: "Law 12, art. 3".into(), body: "Whoever enters".into(), ..Provision::default() };
        let write = async |given: &Said, said: &Provision| {
            write_provision(&house.db, &duty, about, &voice("duty"), given, said, NOON).await
        };
        assert!(write(&given, &said).await.unwrap());
        assert!(!write(&given, &said).await.unwrap(), "twice is once");
        said.citation = "Law 12, art. 3 bis".into();
        given.standing = Some(Standing::Covered);
        assert!(write(&given, &said).await.unwrap());
        let now = provisions(&house.db, &one.id).await.unwrap();
        assert_eq!((now.len(), now[0].version, now[0].provision.citation.as_str()), (1, 2, "Law 12, art. 3 bis"));
        let before = provisions_before(&house.db, &one.id, "BC-02").await.unwrap();
        assert_eq!(
            (before.len(), before[0].provision.citation.as_str(), before[0].who.as_str()),
            (1, "Law 12, art. 3", "duty")
        );
        let scored = score(law, &sheet(&house.db, &one.id, "2026-01-15").await.unwrap(), None);
        let found = groups(law, &scored);
        let offences = found.iter().find(|group| group.section == "BC-substantive").unwrap();
        assert_eq!(offences.counts[0], 1, "{:?}", Standing::ALL[0]);
        said.link = "javascript:alert(1)".into();
        assert_eq!(why(write(&given, &said).await), Some(Refusal::Link));
        said.link = String::new();
        given.item = "BC-use".into();
        assert_eq!(why(write(&given, &said).await), Some(Refusal::Item));
        set_state(&house.db, &duty, &one.id, manara_framework::assessments::State::Closed, NOON).await.unwrap();
        given.item = "BC-03".into();
        assert_eq!(why(write(&given, &said).await), Some(Refusal::Closed));
        let verbs = house.verbs(&one.id).await;
        assert_eq!(verbs.iter().filter(|verb| *verb == "provision_written").count(), 2);
    });
}

#[test]
fn the_pages_of_law_show_the_gap_table_and_take_a_provision() {
    on_both(|house| async move {
        let mut duty = reader(&house, "duty", Lang::En).await;
        let long = "Land ".repeat(30);
        let fields = [("catalogue", "cybercrime-law"), ("subject", long.as_str()), ("tlp", "TLP:GREEN")];
        let refused = duty.post("/framework/law", "/framework/law", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in [long.as_str(), r#"id="subject-wrong""#, r#"value="TLP:GREEN" selected"#, "autofocus"] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        let fields = [("catalogue", "cybercrime-law"), ("subject", "Land <of> law"), ("tlp", "AMBER")];
        let begun = duty.post("/framework/law", "/framework/law", &fields).await;
        let path = begun.header("location").to_string();
        assert!(path.starts_with("/framework/law/"), "{path}");
        assert!(duty.page(&path).await.body.contains("0 of 10 duties are kept"));
        let article = format!("{path}/BC-02");
        let fields = [
            ("organisation", "Ministry of Justice"),
            ("standing", "partly"),
            ("citation", "=Law 12"),
            ("link", "https://laws.example/12"),
            ("language", "ar"),
            ("body", "نص"),
            ("note", "add <intent>"),
            ("missing", "intent"),
        ];
        duty.post(&article, &article, &fields).await;
        let page = duty.page(&path).await;
        assert!(page.body.contains("add &lt;intent&gt;") && page.body.contains("Partly"), "{}", page.body);
        let page = duty.page(&article).await;
        assert!(
            page.body.contains("intent</textarea>") && !page.body.contains(r#"name="organisation""#),
            "{}",
            page.body
        );
        let table = duty.get(&format!("{path}?format=csv")).await;
        assert!(table.body.contains("BC-02,Illegal access"), "{}", table.body);
        assert!(table.body.contains(",partly,'=Law 12,"), "{}", table.body);
        let fields = [("standing", "covered"), ("link", "ftp://x"), ("body", "A long text"), ("missing", "much")];
        let refused = duty.post(&article, &article, &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        for part in ["begins with https://", r#"id="link-wrong""#, ">A long text</textarea>", ">much</textarea>"] {
            assert!(refused.body.contains(part), "{part}: {}", refused.body);
        }
        assert!(refused.body.contains(r#"value="covered" checked"#) && refused.body.contains(r#"value="ftp://x""#));
        assert_eq!(duty.get(&format!("{path}/none")).await.status, StatusCode::NOT_FOUND);
        let other = house.begin(Shelf::load(None).get("sim3").unwrap(), Tlp::Amber).await;
        assert_eq!(duty.get(&format!("/framework/law/{}", other.id)).await.status, StatusCode::NOT_FOUND);
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        assert!(!viewer.page(&article).await.body.contains("<textarea"));
        assert!(viewer.page(&article).await.body.contains("نص"));
        for lang in ["ar", "fr"] {
            for page in ["/framework/law", &path, &article] {
                duty.page(&format!("{page}?lang={lang}")).await;
            }
        }
    });
}

#[test]
fn of_two_who_write_a_provision_the_second_sees_what_the_first_wrote() {
    on_both(|house| async move {
        let one = house.begin(Shelf::load(None).get("cybercrime-law").unwrap(), Tlp::Amber).await;
        let article = format!("/framework/law/{}/BC-02", one.id);
        let mut duty = reader(&house, "duty", Lang::En).await;
        let fields = |citation, body, version| {
            [("organisation", "Ministry"), ("citation", citation), ("body", body), ("version", version)]
        };
        let form = duty.page(&article).await;
        assert!(form.body.contains(r#"name="version" value="0""#), "{}", form.body);
        let first = fields("Law 12", "Whoever enters", "0");
        assert_eq!(duty.post(&article, &article, &first).await.status, StatusCode::SEE_OTHER);
        let again = duty.post(&article, &article, &first).await;
        assert_eq!(again.status, StatusCode::SEE_OTHER, "the form may be sent twice");
        let mut handler = reader(&house, "handler", Lang::En).await;
        let late = handler.post(&article, &article, &fields("Law 99", "Whoever leaves", "0")).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        for part in [
            "Somebody else changed this while you had it open",
            r#"value="Law 99""#,
            ">Whoever leaves</textarea>",
            ">Law 12<",
            ">Whoever enters<",
            r#"name="version" value="1""#,
        ] {
            assert!(late.body.contains(part), "{part}: {}", late.body);
        }
        assert_eq!(late.body.matches("Stands now:").count(), 2, "the rest is the same: {}", late.body);
        let stands = provisions(&house.db, &one.id).await.unwrap();
        assert_eq!((stands.len(), stands[0].provision.citation.as_str(), stands[0].version), (1, "Law 12", 1));
        // A refused form still says which version its reader saw; whoever read the other and saves again means it.
        let refused = [("organisation", "Ministry"), ("link", "ftp://x"), ("version", "0")];
        let refused = handler.post(&article, &article, &refused).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(r#"name="version" value="0""#), "{}", refused.body);
        let meant = handler.post(&article, &article, &fields("Law 99", "Whoever leaves", "1")).await;
        assert_eq!(meant.status, StatusCode::SEE_OTHER);
        let stands = provisions(&house.db, &one.id).await.unwrap();
        assert_eq!((stands[0].provision.citation.as_str(), stands[0].version), ("Law 99", 2));
    });
}

fn undertaking(title: &str, due: &str, tlp: Tlp) -> Undertaking {
    Undertaking {
        id: String::new(),
        item: "NS-G1".into(),
        title: title.into(),
        owner: "Office".into(),
        due: due.into(),
        progress: Progress::Planned,
        note: String::new(),
        tlp,
        version: 0,
    }
}

fn function(name: &str, needs: &[&str], tlp: Tlp) -> Function {
    Function {
        id: String::new(),
        name: name.into(),
        owner: String::new(),
        note: String::new(),
        tlp,
        needs: needs.iter().map(|id| (*id).to_string()).collect(),
        providers: vec![("c1".into(), "Grid".into())],
        version: 0,
    }
}

#[test]
fn the_strategy_has_one_who_answers_for_a_goal_and_nothing_is_lost() {
    on_both(|house| async move {
        let (db, duty) = (&house.db, duty());
        let shelf = Shelf::load(None);
        let elements = shelf.get("five-elements").unwrap();
        let new =
            |name: &str| Stakeholder { name: name.into(), organisation: "State".into(), ..Stakeholder::default() };
        let first = save_stakeholder(db, &duty, &new("Minister"), None, NOON).await.unwrap();
        let second = save_stakeholder(db, &duty, &new("Regulator"), None, NOON).await.unwrap();
        let part = |part: Part| vec![("NS-G1".to_string(), Some(part))];
        set_parts(db, &duty, elements, &first, &part(Part::Accountable)).await.unwrap();
        let both = set_parts(db, &duty, elements, &second, &part(Part::Accountable)).await;
        assert_eq!(why(both), Some(Refusal::Accountable));
        set_parts(db, &duty, elements, &second, &part(Part::Consulted)).await.unwrap();
        assert_eq!(parts(db).await.unwrap().len(), 2);
        let step = vec![("NS-S1".to_string(), Some(Part::Informed))];
        assert_eq!(why(set_parts(db, &duty, elements, &second, &step).await), Some(Refusal::Item));
        remove_record(db, &duty, Record::Stakeholder, &first, NOON).await.unwrap();
        assert_eq!((stakeholders(db).await.unwrap().len(), parts(db).await.unwrap().len()), (1, 1));
        restore_record(db, &duty, Record::Stakeholder, &first, NOON).await.unwrap();
        assert_eq!((stakeholders(db).await.unwrap().len(), parts(db).await.unwrap().len()), (2, 2));
        let verbs = house.verbs(&first).await;
        let want = ["added", "changed", "placed", "removed", "restored"].map(|did| format!("stakeholder_{did}"));
        assert_eq!(verbs, want);
        let stale = save_stakeholder(db, &duty, &Stakeholder { id: first, ..new("Other") }, None, NOON).await;
        assert_eq!(why(stale), Some(Refusal::Stale), "the second of two people is told");
    });
}

#[test]
fn actions_functions_and_reviews_are_seen_by_clearance_and_changed_once() {
    on_both(|house| async move {
        // The whole house, with its folder, for as long as the test runs.
        let whole = &house;
        let (db, duty, viewer) = (&whole.db, duty(), person("viewer", Tlp::Amber));
        let shelf = Shelf::load(None);
        let elements = shelf.get("five-elements").map(|found| &**found);
        let red =
            save_undertaking(db, &duty, elements, &undertaking("Secret", "2026-01-01", Tlp::Red), NOON).await.unwrap();
        save_undertaking(db, &duty, elements, &undertaking("Open", "", Tlp::Clear), NOON).await.unwrap();
        let all = undertakings(db, &duty).await.unwrap();
        assert_eq!((all.len(), all[0].title.as_str(), all[0].is_late("2026-01-15")), (2, "Secret", true));
        assert_eq!(undertakings(db, &viewer).await.unwrap().len(), 1);
        let hidden = Undertaking { id: red.clone(), version: 1, ..undertaking("Mine", "", Tlp::Amber) };
        assert_eq!(why(save_undertaking(db, &viewer, elements, &hidden, NOON).await), Some(Refusal::NotFound));
        let gone = remove_record(db, &viewer, Record::Undertaking, &red, NOON).await;
        assert_eq!(why(gone), Some(Refusal::NotFound));
        save_undertaking(db, &duty, elements, &hidden, NOON).await.unwrap();
        assert_eq!(why(save_undertaking(db, &duty, elements, &hidden, NOON).await), Some(Refusal::Stale));
        remove_record(db, &duty, Record::Undertaking, &red, NOON).await.unwrap();
        restore_record(db, &duty, Record::Undertaking, &red, NOON).await.unwrap();
        let strict = undertaking("Too strict", "", Tlp::Red);
        assert_eq!(why(save_undertaking(db, &viewer, elements, &strict, NOON).await), Some(Refusal::Clearance));

        let power = save_function(db, &duty, &function("Power", &[], Tlp::Red), NOON).await.unwrap();
        let water = save_function(db, &duty, &function("Water", &[&power], Tlp::Amber), NOON).await.unwrap();
        let seen = functions(db, &viewer).await.unwrap();
        assert_eq!((seen.len(), seen[0].needs.len(), seen[0].providers.len()), (1, 0, 1), "what it needs is not seen");
        let mine = Function { id: water.clone(), version: 1, ..function("Waters", &[], Tlp::Amber) };
        save_function(db, &viewer, &mine, NOON).await.unwrap();
        let all = functions(db, &duty).await.unwrap();
        let waters = all.iter().find(|one| one.id == water).unwrap();
        assert_eq!(waters.needs, std::slice::from_ref(&power), "what the writer does not see stays");
        let itself = Function { id: water.clone(), version: 2, ..function("Waters", &[&water], Tlp::Amber) };
        assert_eq!(why(save_function(db, &duty, &itself, NOON).await), Some(Refusal::Circle));

        let new = Review {
            kind: "law".into(),
            title: "Law".into(),
            next: "2026-01-10".into(),
            every_months: 6,
            ..Review::default()
        };
        let id = save_review(db, &duty, &new, NOON).await.unwrap();
        let known = reviews(db).await.unwrap();
        review_done(db, &duty, &known[0], NOON).await.unwrap();
        let next = reviews(db).await.unwrap();
        assert_eq!((next[0].next.as_str(), next[0].last.as_str()), ("2026-07-10", "2026-01-15"));
        assert_eq!(why(review_done(db, &duty, &known[0], NOON).await), Some(Refusal::Stale), "twice is once");
        let once = Review { id: id.clone(), every_months: 0, version: 2, ..new };
        save_review(db, &duty, &once, NOON).await.unwrap();
        review_done(db, &duty, &reviews(db).await.unwrap()[0], NOON).await.unwrap();
        assert!(reviews(db).await.unwrap().is_empty());
    });
}

#[test]
fn the_pages_of_the_strategy_take_records_and_take_them_back() {
    on_both(|house| async move {
        let mut duty = reader(&house, "duty", Lang::En).await;
        let at = |rest: &str| format!("/framework/strategy/{rest}");
        let new = at("stakeholders/new");
        duty.post(&new, &new, &[("name", "The <minister>"), ("organisation", "State")]).await;
        let roles = duty.page(&at("roles")).await;
        assert!(roles.body.contains("The &lt;minister&gt;") && roles.body.contains("Nobody answers"), "{}", roles.body);
        let id = stakeholders(&house.db).await.unwrap()[0].id.clone();
        let one = at(&format!("stakeholders/{id}"));
        let fields = [("name", "Minister"), ("organisation", "State"), ("part-NS-G1", "accountable"), ("version", "1")];
        duty.post(&one, &one, &fields).await;
        assert!(duty.page(&at("roles")).await.body.contains(r#"<abbr title="answers for it">"#));
        let new = at("actions/new");
        let fields =
            [("title", "Name leads"), ("item", "NS-S2"), ("due", "2026-01-01"), ("state", "doing"), ("tlp", "AMBER")];
        duty.post(&new, &new, &fields).await;
        assert!(duty.page(&at("actions?show=late")).await.body.contains("Name leads"));
        assert!(duty.page("/framework/strategy").await.body.contains("Name leads"));
        let new = at("functions/new");
        let fields = [("name", "Power"), ("providers", "Grid\nWater <works>"), ("tlp", "AMBER")];
        duty.post(&new, &new, &fields).await;
        assert!(duty.page(&at("functions")).await.body.contains("/constituents/c2"));
        let sea = duty.post(&new, &new, &[("name", "Sea"), ("providers", "Nobody"), ("tlp", "AMBER")]).await;
        assert!(sea.body.contains("no constituent named Nobody"));
        let new = at("reviews/new");
        let fields = [("kind", "exercise"), ("title", "Drill"), ("next", "2030-05-01"), ("every", "12")];
        duty.post(&new, &new, &fields).await;
        let calendar = duty.get(&at("reviews.ics")).await;
        assert!(calendar.body.contains("SUMMARY:Exercise: Drill\r\n"), "{}", calendar.body);
        let id = reviews(&house.db).await.unwrap()[0].id.clone();
        let (one, list) = (at(&format!("reviews/{id}")), at("reviews"));
        duty.post(&format!("{one}/remove"), &one, &[]).await;
        let removed = duty.page(&list).await;
        assert!(
            removed.body.contains(&format!("{one}/restore")) && !removed.body.contains("Drill"),
            "{}",
            removed.body
        );
        duty.post(&format!("{one}/restore"), &list, &[]).await;
        assert!(duty.page(&list).await.body.contains("Drill"));
        let known = reviews(&house.db).await.unwrap().remove(0);
        let done = format!("{one}/done?version={}", known.version);
        assert!(duty.page(&one).await.body.contains(&done) && duty.page(&list).await.body.contains(&done));
        duty.post(&done, &one, &[]).await;
        let held = reviews(&house.db).await.unwrap().remove(0);
        assert_eq!((held.last.as_str(), held.next == known.next), (Micros::now().day().as_str(), false));
        duty.post(&done, &one, &[]).await;
        assert_eq!(
            reviews(&house.db).await.unwrap().remove(0).next,
            held.next,
            "the button pressed twice is one review"
        );
        assert_eq!(duty.get(&at("ships/new")).await.status, StatusCode::NOT_FOUND);
        assert_eq!(duty.get(&at("actions/none")).await.status, StatusCode::NOT_FOUND);
        let mut viewer = reader(&house, "viewer", Lang::En).await;
        assert_eq!(viewer.get(&new).await.status, StatusCode::FORBIDDEN);
        assert!(!viewer.page(&at("reviews")).await.body.contains("Done today"));
        for lang in ["ar", "fr"] {
            for page in ["", "/roles", "/actions", "/functions", "/reviews", "/actions/new", "/functions/new"] {
                duty.page(&format!("/framework/strategy{page}?lang={lang}")).await;
            }
        }
    });
}

#[test]
fn training_is_offered_as_evidence_and_the_moderator_reads_it_in_words() {
    on_both(|house| async move {
        let shelf = Shelf::load(None);
        let one = house.begin(shelf.get("sim3").unwrap(), Tlp::Amber).await;
        let mut duty = reader(&house, "duty", Lang::En).await;
        let at = |page: &str| format!("/framework/assessments/{}/{page}", one.id);
        duty.post(&at("join"), &at("answer"), &[("organisation", "Team")]).await;
        let offers = duty.page(&at("figures")).await.body;
        for words in ["People with a valid certificate", "Technical Training", "Staff Development", "67%"] {
            assert!(offers.contains(words), "{words}: {offers}");
        }
        let (before, _) = offers.split_once(r#"name="item" value="H-5""#).expect("an offer for technical training");
        let (_, rest) = offers[before.len()..].split_once(r#"name="sha256" value=""#).expect("its hash");
        let sha256 = rest.split('"').next().unwrap();
        let fields = [("figure", "trained"), ("item", "H-5"), ("sha256", sha256)];
        assert_eq!(duty.post(&at("figures"), &at("figures"), &fields).await.status, StatusCode::SEE_OTHER);
        for (lang, words) in
            [("en", "People with a valid certificate"), ("fr", "Personnes avec un certificat"), ("ar", "شهادة سارية")]
        {
            for page in ["moderate?section=H", "answer?section=H", ""] {
                duty.get(&format!("/?lang={lang}")).await;
                let shown = duty.page(at(page).trim_end_matches('/')).await.body;
                assert!(!shown.contains(".json: "), "a name for programs: {lang} {page} {shown}");
                assert!(page.is_empty() || shown.contains(words), "{lang} {page}: {shown}");
            }
        }
        let shown = duty.page(&at("moderate?section=H")).await.body;
        assert!(shown.contains("67"), "{shown}");
    });
}

#[test]
fn a_refused_form_of_the_strategy_keeps_what_was_typed() {
    on_both(|house| async move {
        let mut duty = reader(&house, "duty", Lang::En).await;
        let at = |rest: &str| format!("/framework/strategy/{rest}");
        let functions =
            [("name", "Sea"), ("needs", ""), ("providers", "Grid\nNobody"), ("note", "Kept"), ("tlp", "AMBER")];
        let review = [("kind", "law"), ("title", "Look"), ("next", "2030-05-01"), ("every", "121"), ("owner", "Kept")];
        let action = [("title", "Kept"), ("owner", " "), ("due", "soon"), ("state", "doing"), ("tlp", "AMBER")];
        let stakeholder = [("name", "Kept"), ("organisation", "  ")];
        for (kind, fields, field, why) in [
            ("functions", functions.as_slice(), "providers", "no constituent named Nobody"),
            ("reviews", review.as_slice(), "every", "a whole number from 0 to 120"),
            ("actions", action.as_slice(), "due", "a day is written as"),
            ("stakeholders", stakeholder.as_slice(), "organisation", "a name has 1 to 120"),
        ] {
            let new = at(&format!("{kind}/new"));
            let reply = duty.post(&new, &new, fields).await;
            assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY, "{kind}");
            let marked = format!(r#"name="{field}""#);
            let tag = reply.body.split_once(&marked).expect("the field").1.split_once('>').expect("its end").0;
            let mark = format!(r#"aria-invalid="true" aria-describedby="{field}-wrong""#);
            assert!(tag.contains(&mark) && reply.body.contains(&format!(r#"id="{field}-wrong""#)), "{kind}: {tag}");
            assert!(reply.body.contains(why) && reply.body.contains("Kept"), "{kind}: {}", reply.body);
        }
        let new = at("stakeholders/new");
        duty.post(&new, &new, &[("name", "Minister"), ("organisation", "State")]).await;
        let one = at(&format!("stakeholders/{}", stakeholders(&house.db).await.unwrap()[0].id));
        let theirs = [("name", "Minister"), ("organisation", "The state"), ("version", "1")];
        duty.post(&one, &one, &theirs).await;
        let mine = [("name", "Prime minister"), ("organisation", "The state"), ("contact", "By day"), ("version", "1")];
        let reply = duty.post(&one, &one, &mine).await;
        assert_eq!(reply.status, StatusCode::CONFLICT);
        for part in [
            "Somebody else changed this",
            r#"value="Prime minister""#,
            r#"value="By day""#,
            r#"name="version" value="2""#,
        ] {
            assert!(reply.body.contains(part), "{part}: {}", reply.body);
        }
        assert!(reply.body.contains(r#"<bdi dir="auto">Minister</bdi>"#), "{}", reply.body);
        // Their organisation is what I typed, too: nothing to look at.
        assert_eq!(reply.body.matches("Stands now").count(), 2);
        let saved = duty.post(&one, &one, &[mine[0], mine[1], mine[2], ("version", "2")]).await;
        assert_eq!(
            (saved.status, stakeholders(&house.db).await.unwrap()[0].name.as_str()),
            (StatusCode::SEE_OTHER, "Prime minister")
        );
    });
}
