//! Whose voice is whose, what stood before, and who does not count, on both databases.

use manara_framework::assessments::{
    FrameworkError, Given, NewFacts, NewVoice, Refusal, Seen, Shown, Verdict, add_evidence, agree, agreed,
    agreed_before, edit, get, give, give_seen, give_table, history, join, judge, read_table, respondents, restore,
    sheet, take_back, withdraw,
};
use manara_framework::catalogues::Shelf;
use manara_framework::exchanges::{conflicts, count_conflicts, settle};
use manara_framework::laws::{Said, Standing, write_provision};
use manara_framework::scoring::score;
use manara_framework::workshops::{open_workshop, release_seat, seated, sit};
use manara_model::{Micros, Tlp};
use manara_store::Journal;

use crate::house::{House, NOON, catalogue, duty, on_both, person};

const LATER: Micros = Micros(NOON.0 + 3_600_000_000);
const DAY: &str = "2026-01-15";

fn account(name: &str, organisation: &str) -> NewVoice {
    NewVoice { name: name.into(), organisation: organisation.into(), role: String::new(), person: name.into() }
}

fn said(item: &str, level: i64) -> Given {
    Given { item: item.into(), level: Some(level), ..Given::default() }
}

fn why<T>(did: Result<T, FrameworkError>) -> Option<Refusal> {
    match did {
        Err(FrameworkError::Refused(why)) => Some(why),
        Err(FrameworkError::Store(error)) => panic!("{error}"),
        Ok(_) => None,
    }
}

fn verdict(level: i64, reason: &str) -> Verdict {
    Verdict { item: "H-1".into(), level: Some(level), not_applicable: false, reason: reason.into() }
}

async fn level(house: &House, id: &str, voice: &str, item: &str) -> Option<i64> {
    let all = sheet(&house.db, id, DAY).await.unwrap();
    all.answers.iter().find(|one| one.voice == voice && one.item == item).and_then(|one| one.level)
}

#[test]
fn whoever_has_an_account_finds_their_own_voice_and_takes_nobody_elses() {
    on_both(|house| async move {
        let (db, boats) = (&house.db, catalogue("minima", 5));
        let one = house.begin(&boats, Tlp::Amber).await;
        let table = "item,respondent,organisation,level\nH-1,admin,CIRT,1\n";
        let (rows, _) = read_table(&boats, table.as_bytes()).unwrap();
        give_table(db, &duty(), &one.id, &rows, NOON).await.unwrap();
        let made = respondents(db, &one.id).await.unwrap().remove(0);
        assert_eq!(made.person, "");
        let own = join(db, &duty(), &one.id, &account("admin", "CIRT"), NOON).await.unwrap();
        assert_eq!(own.id, made.voice.id, "what a table said of them is theirs now");
        assert_eq!(respondents(db, &one.id).await.unwrap()[0].person, "admin");
        let again = join(db, &duty(), &one.id, &account("admin", "Elsewhere"), NOON).await.unwrap();
        assert_eq!(again, own, "whatever organisation they give, they are one");
        let eve = NewVoice { person: "eve".into(), ..account("admin", "CIRT") };
        assert_eq!(why(join(db, &duty(), &one.id, &eve, NOON).await), Some(Refusal::NameTaken));
        let room = open_workshop(db, &duty(), &one.id, &boats, NOON).await.unwrap();
        let ana = NewVoice { person: String::new(), ..account("Ana", "Port") };
        sit(db, &room.code, &ana, NOON).await.unwrap();
        assert_eq!(why(join(db, &duty(), &one.id, &account("Ana", "Port"), NOON).await), Some(Refusal::NameTaken));
        let seated = seated(db, &room.id).await.unwrap().remove(0);
        release_seat(db, &duty(), &one.id, &seated.id, NOON).await.unwrap();
        let late = join(db, &duty(), &one.id, &account("Ana", "Port"), NOON).await;
        assert_eq!(why(late), Some(Refusal::NameTaken), "somebody sat there once");
        let verbs = house.verbs(&one.id).await;
        assert_eq!(verbs.iter().filter(|verb| *verb == "respondent_claimed").count(), 1);
    });
}

#[test]
fn a_provision_is_never_written_in_the_name_of_somebody_else() {
    on_both(|house| async move {
        let shelf = Shelf::load(None);
        let law = shelf.get("cybercrime-law").unwrap();
        let one = house.begin(law, Tlp::Amber).await;
        let theirs = NewVoice { person: "eve".into(), ..account("duty", "Ministry") };
        let eve = join(&house.db, &duty(), &one.id, &theirs, NOON).await.unwrap();
        let given = Said { item: "BC-02".into(), standing: Some(Standing::Covered), missing: None };
        let (about, provision) = ((one.id.as_str(), &**law), manara_framework::laws::Provision::default());
        let new = account("duty", "Ministry");
        let did = write_provision(&house.db, &duty(), about, &new, &given, &provision, NOON).await;
        assert_eq!(why(did), Some(Refusal::NameTaken));
        assert_eq!(level(&house, &one.id, &eve.id, "BC-02").await, None);
    });
}

#[test]
fn a_table_waits_where_it_differs_from_what_a_person_says() {
    on_both(|house| async move {
        let (db, boats) = (&house.db, catalogue("minima", 5));
        let one = house.begin(&boats, Tlp::Amber).await;
        let admin = join(db, &duty(), &one.id, &account("admin", "Z"), NOON).await.unwrap();
        let ids = (one.id.as_str(), admin.id.as_str());
        give(db, &duty(), ids, &boats, &[said("H-1", 3), said("C-1", 2)], NOON).await.unwrap();
        let table = "item,respondent,organisation,level\nH-1,admin,Z,1\nH-2,admin,Z,2\nC-1,admin,Z,2\nH-1,Ben,Yard,4\n";
        let (rows, _) = read_table(&boats, table.as_bytes()).unwrap();
        for _ in 0..2 {
            let taken = give_table(db, &duty(), &one.id, &rows, LATER).await.unwrap();
            assert_eq!(taken.conflicts, 2, "and the same table does not ask twice");
            assert_eq!(count_conflicts(db, &one.id).await.unwrap(), 2);
        }
        assert_eq!(level(&house, &one.id, &admin.id, "H-1").await, Some(3));
        assert_eq!(level(&house, &one.id, &admin.id, "H-2").await, None, "not even what they left open");
        let waiting = conflicts(db, &one.id, ("", ""), 10).await.unwrap();
        let keep = (one.id.as_str(), waiting[0].id.as_str());
        settle(db, &duty(), keep, false, waiting[0].version, LATER).await.unwrap();
        let take = (one.id.as_str(), waiting[1].id.as_str());
        settle(db, &duty(), take, true, waiting[1].version, LATER).await.unwrap();
        assert_eq!(level(&house, &one.id, &admin.id, "H-2").await, Some(2));
        let taken = give_table(db, &duty(), &one.id, &rows, LATER).await.unwrap();
        assert_eq!((taken.changed, taken.conflicts), (0, 0), "what was decided is decided");
        give(db, &duty(), ids, &boats, &[said("H-1", 4)], LATER).await.unwrap();
        let taken = give_table(db, &duty(), &one.id, &rows, LATER).await.unwrap();
        assert_eq!(taken.conflicts, 1, "the person said something new since");
    });
}

#[test]
fn a_table_says_one_thing_of_an_item_for_a_respondent() {
    let boats = catalogue("minima", 5);
    let table = "item,respondent,organisation,level,evidence\nH-1,Ana,Port,1,Log\nH-1,Ana,Port,1,Chart\nH-1,Ben,Port,2,\n\
        H-1,Ana,Port,3,\nH-1,Ana,Yard,4,\n";
    let (rows, refused) = read_table(&boats, table.as_bytes()).unwrap();
    let levels: Vec<_> = rows.iter().map(|row| (row.line, row.given.level)).collect();
    assert_eq!(levels, [(2, Some(1)), (3, Some(1)), (4, Some(2)), (6, Some(4))]);
    let [bad] = refused.as_slice() else { panic!("{refused:?}") };
    assert_eq!((bad.line, bad.column), (5, "item"));
    assert!(bad.reason.contains("line 2 says something else of H-1"), "{}", bad.reason);
}

#[test]
fn what_was_agreed_before_is_kept_and_nothing_is_replaced_unseen() {
    on_both(|house| async move {
        let (db, boats) = (&house.db, catalogue("minima", 5));
        let one = house.begin(&boats, Tlp::Amber).await;
        let now = async || agreed(db, &one.id).await.unwrap().remove("H-1").map(|stands| stands.version);
        let record =
            async |verdict: &Verdict, seen| why(agree(db, &duty(), &one.id, &boats, (verdict, seen), NOON).await);
        let (first, second, third) = (verdict(1, "dock"), verdict(2, "sea"), verdict(3, "storm"));
        assert_eq!(record(&first, Some(0)).await, None);
        assert_eq!(record(&second, Some(0)).await, Some(Refusal::Stale), "the form showed that nothing is agreed");
        assert_eq!(record(&first, Some(0)).await, None, "the same form twice is once");
        assert_eq!((now().await, record(&second, Some(1)).await, now().await), (Some(1), None, Some(2)));
        let back = take_back(db, &person("head", Tlp::Red), &one.id, ("H-1", Some(1)), LATER).await;
        assert_eq!(why(back), Some(Refusal::Stale));
        take_back(db, &person("head", Tlp::Red), &one.id, ("H-1", Some(2)), LATER).await.unwrap();
        assert_eq!(now().await, None);
        assert_eq!(record(&third, Some(2)).await, Some(Refusal::Stale), "it was taken back meanwhile");
        assert_eq!((record(&third, Some(0)).await, now().await), (None, Some(3)), "versions go on");
        assert_eq!(record(&first, None).await, None, "without a version whatever stands is replaced");
        let before = agreed_before(db, &one.id, &["H-1".to_string()]).await.unwrap();
        let mut kept: Vec<_> = before
            .iter()
            .map(|old| (old.version, old.consensus.reason.as_str(), old.ended.as_ref().unwrap().0.as_str()))
            .collect();
        kept.sort_unstable();
        assert_eq!(kept, [(1, "dock", "duty"), (2, "sea", "head"), (3, "storm", "duty")]);
    });
}

#[test]
fn an_old_form_reverts_nothing_and_is_told_where_two_said_something() {
    on_both(|house| async move {
        let (db, boats) = (&house.db, catalogue("minima", 5));
        let one = house.begin(&boats, Tlp::Amber).await;
        let ana = join(db, &duty(), &one.id, &account("ana", "Port"), NOON).await.unwrap();
        let ids = (one.id.as_str(), ana.id.as_str());
        give(db, &duty(), ids, &boats, &[said("H-1", 1), said("H-2", 1), said("C-1", 1)], NOON).await.unwrap();
        // Another tab moves two of them on.
        give(db, &duty(), ids, &boats, &[said("H-1", 2), said("H-2", 2)], NOON).await.unwrap();
        let seen = |item: &str, level, version| Seen { given: said(item, level), version };
        let old = [seen("H-1", 1, 1), seen("H-2", 4, 1), seen("C-1", 3, 1), seen("C-2", 0, 0)];
        let saved = give_seen(db, &duty(), ids, &boats, &old, LATER).await.unwrap();
        assert_eq!(saved.changed, 2);
        let [moved] = saved.moved.as_slice() else { panic!("{saved:?}") };
        let stands = &moved.told;
        assert_eq!((moved.given.level, stands.answer.level, stands.version), (Some(4), Some(2), 2));
        let mut levels = Vec::new();
        for item in ["H-1", "H-2", "C-1", "C-2"] {
            levels.push(level(&house, &one.id, &ana.id, item).await);
        }
        assert_eq!(levels, [Some(2), Some(2), Some(3), Some(0)], "H-1 was only sent along, H-2 waits");
        let again = give_seen(db, &duty(), ids, &boats, &[seen("H-2", 4, 2)], LATER).await.unwrap();
        assert_eq!((again.changed, again.moved.len()), (1, 0), "now they saw it");
        let same = give_seen(db, &duty(), ids, &boats, &[seen("H-2", 4, 1)], LATER).await.unwrap();
        assert_eq!((same.changed, same.moved.len()), (0, 0), "the same form twice is once");
        let none = give_seen(db, &duty(), ids, &boats, &[seen("H-1", 0, 0)], LATER).await.unwrap();
        assert_eq!((none.changed, none.moved.len()), (0, 1), "a form that showed nothing replaces nothing");
        assert_eq!(history(db, &ana.id, "H-2").await.unwrap().len(), 2);
    });
}

#[test]
fn who_is_withdrawn_counts_nowhere_until_restored() {
    on_both(|house| async move {
        let (db, boats) = (&house.db, catalogue("minima", 5));
        let one = house.begin(&boats, Tlp::Amber).await;
        let ana = join(db, &duty(), &one.id, &account("ana", "Port"), NOON).await.unwrap();
        let ben = join(db, &duty(), &one.id, &account("ben", "Port"), NOON).await.unwrap();
        let (of_ana, of_ben) = ((one.id.as_str(), ana.id.as_str()), (one.id.as_str(), ben.id.as_str()));
        give(db, &duty(), of_ana, &boats, &[said("H-1", 1)], NOON).await.unwrap();
        give(db, &duty(), of_ben, &boats, &[said("H-1", 4), said("H-2", 4)], NOON).await.unwrap();
        let log = Shown { item: "H-1".into(), label: "Log".into(), ..Shown::default() };
        let log = add_evidence(db, &duty(), of_ben, &boats, &log, NOON).await.unwrap();
        judge(db, &duty(), &one.id, &boats, (&log.id, Some(4), None), NOON).await.unwrap();
        let whole = sheet(db, &one.id, DAY).await.unwrap();
        let both = score(&boats, &whole, None);
        assert!(both.items[0].disagreement && both.items[0].supported == Some(1));
        for _ in 0..2 {
            withdraw(db, &duty(), of_ben, LATER).await.unwrap();
        }
        let without = sheet(db, &one.id, DAY).await.unwrap();
        assert_eq!((without.voices.len(), without.answers.len(), without.evidence.len()), (1, 1, 0));
        let alone = score(&boats, &without, None);
        assert_eq!((alone.respondents, alone.items[0].claimed, alone.items[0].disagreement), (1, Some(1), false));
        assert_eq!((alone.items[0].supported, alone.items[1].answers), (Some(0), 0));
        assert!(!alone.checks.iter().any(|check| check.about.contains("ben")), "nobody misses them");
        assert_eq!(why(give(db, &duty(), of_ben, &boats, &[said("C-1", 1)], LATER).await), Some(Refusal::Withdrawn));
        let late = join(db, &duty(), &one.id, &account("ben", "Yard"), LATER).await;
        assert_eq!(why(late), Some(Refusal::Withdrawn), "nobody comes back by another door");
        let table = "item,respondent,organisation,level\nC-1,ben,Port,1\nC-1,Cem,Port,1\n";
        let (rows, _) = read_table(&boats, table.as_bytes()).unwrap();
        let taken = give_table(db, &duty(), &one.id, &rows, LATER).await.unwrap();
        assert_eq!((taken.changed, taken.refused.len(), taken.refused[0].line), (1, 1, 2));
        let all = respondents(db, &one.id).await.unwrap();
        assert_eq!(all.iter().filter(|one| one.is_withdrawn).count(), 1);
        restore(db, &duty(), of_ben, LATER).await.unwrap();
        let back = sheet(db, &one.id, DAY).await.unwrap();
        assert_eq!((back.evidence.len(), back.answers.len()), (1, whole.answers.len() + 1), "nothing was lost");
        let other = house.begin(&boats, Tlp::Amber).await;
        let stray = withdraw(db, &duty(), (&other.id, &ben.id), LATER).await;
        assert_eq!(why(stray), Some(Refusal::NoRespondent));
        let verbs = house.verbs(&one.id).await;
        let count = |verb: &str| verbs.iter().filter(|found| *found == verb).count();
        assert_eq!((count("respondent_withdrawn"), count("respondent_restored")), (1, 1));
    });
}

#[test]
fn subject_and_marking_are_changed_within_the_clearance_of_who_changes_them() {
    on_both(|house| async move {
        let (db, boats) = (&house.db, catalogue("minima", 5));
        let one = house.begin(&boats, Tlp::Amber).await;
        let head = person("head", Tlp::Amber);
        let new = |subject: &str, tlp| NewFacts { subject: Some(subject.into()), tlp, ..NewFacts::default() };
        let strict = edit(db, &head, (&one.id, None), &new("The navy", Some(Tlp::Red)), LATER).await;
        assert_eq!(why(strict), Some(Refusal::Clearance));
        assert_eq!(why(edit(db, &head, (&one.id, None), &new(" ", None), LATER).await), Some(Refusal::Name));
        let now = edit(db, &head, (&one.id, Some(1)), &new("The navy", None), LATER).await.unwrap();
        assert_eq!((now.subject.as_str(), now.tlp, now.version), ("The navy", Tlp::Amber, 2));
        let stale = edit(db, &duty(), (&one.id, Some(1)), &new("The fleet", None), LATER).await;
        assert_eq!(why(stale), Some(Refusal::Stale));
        let red = NewFacts { tlp: Some(Tlp::Red), ..NewFacts::default() };
        edit(db, &duty(), (&one.id, Some(2)), &red, LATER).await.unwrap();
        assert!(get(db, &head, &one.id).await.unwrap().is_none(), "hidden from who may not see it");
        assert_eq!(why(edit(db, &head, (&one.id, None), &new("x", None), LATER).await), Some(Refusal::NotFound));
        let kept = get(db, &duty(), &one.id).await.unwrap().unwrap();
        assert_eq!((kept.subject.as_str(), kept.tlp), ("The navy", Tlp::Red));
        let entries = Journal::of_record(db, "framework", &one.id, 10).await.unwrap();
        assert_eq!(entries.iter().filter(|entry| entry.verb == "assessment_edited").count(), 2);
        assert!(!entries.iter().any(|entry| entry.detail.contains("navy")), "{entries:?}");
    });
}

#[test]
fn the_journal_never_tells_what_was_said() {
    on_both(|house| async move {
        let (db, boats) = (&house.db, catalogue("minima", 5));
        let one = house.begin(&boats, Tlp::Amber).await;
        let ana = join(db, &duty(), &one.id, &account("ana", "Port"), NOON).await.unwrap();
        let log = Shown { item: "H-1".into(), label: "Log".into(), ..Shown::default() };
        let log = add_evidence(db, &duty(), (&one.id, &ana.id), &boats, &log, NOON).await.unwrap();
        judge(db, &duty(), &one.id, &boats, (&log.id, Some(4), None), NOON).await.unwrap();
        agree(db, &duty(), &one.id, &boats, (&verdict(3, "secret"), None), NOON).await.unwrap();
        let entries = Journal::of_record(db, "framework", &one.id, 10).await.unwrap();
        let detail = |verb: &str| {
            let entry = entries.iter().find(|entry| entry.verb == verb).unwrap();
            serde_json::from_str::<serde_json::Value>(&entry.detail).unwrap()
        };
        assert_eq!(detail("consensus_recorded"), serde_json::json!({ "item": "H-1" }));
        assert_eq!(detail("evidence_judged"), serde_json::json!({ "evidence": log.id }));
    });
}
