//! The life of a constituent: added, changed, found, merged, removed, restored.

use manara_constituency::{
    AsNumber, Cidr, Constituent, Criticality, Domain, Filter, ImportOptions, PLANE, Reason, SaveError, Sort, add,
    change, generation, get, list, load_ownership, merge, remove, restore,
};
use manara_model::Micros;
use manara_store::{Db, Journal};

use crate::{NOW, on_both, take};

fn one(name: &str, networks: &[&str]) -> Constituent {
    let mut one = Constituent::named(String::new(), name.into());
    one.networks = networks.iter().map(|n| Cidr::parse(n).unwrap()).collect();
    one.domains = vec![Domain::parse(&format!("{}.example", name.to_lowercase().replace(' ', "-"))).unwrap()];
    one.as_numbers = vec![AsNumber(64500)];
    one
}

async fn verbs(db: &Db, id: &str) -> Vec<String> {
    let entries = Journal::of_record(db, PLANE, id, 100).await.unwrap();
    entries.into_iter().rev().map(|entry| entry.verb).collect()
}

fn reasons(result: Result<impl std::fmt::Debug, SaveError>) -> Vec<(&'static str, Reason)> {
    match result {
        Err(SaveError::Refused(errors)) => errors.into_iter().map(|e| (e.column, e.reason)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_change_is_journalled_and_counted_in_its_own_transaction() {
    on_both(|db| async move {
        let id = add(&db, one("Harbour", &["192.0.2.0/24"]), "amina", NOW).await.unwrap();
        assert_eq!(generation(&db).await.unwrap(), 1);
        let (mut harbour, state) = get(&db, &id).await.unwrap().unwrap();
        harbour.criticality = Criticality::Vital;
        harbour.networks.push(Cidr::parse("2001:db8::/32").unwrap());
        change(&db, harbour.clone(), &state.changed_at, "amina", NOW.plus_days(1)).await.unwrap();
        assert_eq!(get(&db, &id).await.unwrap().unwrap().0, harbour);
        let stale = change(&db, one("Other", &[]), &state.changed_at, "amina", NOW).await;
        assert!(matches!(stale, Err(SaveError::NotFound)));
        harbour.name = "Haven".into();
        assert!(matches!(change(&db, harbour.clone(), &state.changed_at, "sami", NOW).await, Err(SaveError::Stale)));
        remove(&db, &id, "", "amina", NOW).await.unwrap();
        assert!(matches!(remove(&db, &id, "", "amina", NOW).await, Err(SaveError::NotFound)));
        assert!(get(&db, "Harbour").await.unwrap().is_none());
        assert_ne!(get(&db, &id).await.unwrap().unwrap().1.deleted_at, "");
        assert!(load_ownership(&db).await.unwrap().owners().is_empty());
        restore(&db, &id, "", "amina", NOW).await.unwrap();
        restore(&db, &id, "", "amina", NOW).await.unwrap();
        assert_eq!(verbs(&db, &id).await, ["added", "changed", "removed", "restored"]);
        let owners = load_ownership(&db).await.unwrap();
        assert_eq!(owners.generation, 4);
        let owner = owners.owner_of_ip("2001:db8::1".parse().unwrap()).and_then(|at| owners.constituent(at)).unwrap();
        assert_eq!((owner.name.as_str(), owner.criticality), ("Harbour", Criticality::Vital));
    });
}

#[test]
fn what_another_owns_cannot_be_added_changed_or_restored() {
    on_both(|db| async move {
        let harbour = add(&db, one("Harbour", &["192.0.2.0/24"]), "amina", NOW).await.unwrap();
        let taken = || Reason::Owned { owner: "Harbour".into() };
        let mut thief = one("harbour", &["192.0.2.0/24", "192.0.2.0/25"]);
        assert_eq!(
            reasons(add(&db, thief.clone(), "amina", NOW).await),
            [("name", Reason::NameTaken { owner: "Harbour".into() }), ("networks", taken()), ("domains", taken())]
        );
        thief.name = "Thief".into();
        remove(&db, &harbour, "", "amina", NOW).await.unwrap();
        add(&db, thief, "amina", NOW).await.unwrap();
        let taken = || Reason::Owned { owner: "Thief".into() };
        assert_eq!(
            reasons(restore(&db, &harbour, "", "amina", NOW).await),
            [("networks", taken()), ("domains", taken())]
        );
        assert_eq!(generation(&db).await.unwrap(), 3);
    });
}

#[test]
fn those_below_follow_a_new_name_and_a_merger_can_be_taken_back() {
    on_both(|db| async move {
        let isp = add(&db, one("ISP", &["192.0.2.0/24"]), "amina", NOW).await.unwrap();
        let mut below = one("Bank", &["192.0.2.0/25"]);
        below.association = "isp".into();
        let bank = add(&db, below, "amina", NOW).await.unwrap();
        let (mut renamed, _) = get(&db, &isp).await.unwrap().unwrap();
        renamed.name = "Carrier".into();
        change(&db, renamed, "", "amina", NOW).await.unwrap();
        assert_eq!(get(&db, &bank).await.unwrap().unwrap().0.association, "Carrier");
        let telecom = add(&db, one("Telecom", &["198.51.100.0/24"]), "amina", NOW).await.unwrap();
        merge(&db, (&isp, ""), &telecom, "amina", NOW).await.unwrap();
        let (whole, _) = get(&db, &telecom).await.unwrap().unwrap();
        assert_eq!((whole.networks.len(), whole.domains.len(), whole.as_numbers.len()), (2, 2, 1));
        assert_eq!(get(&db, &bank).await.unwrap().unwrap().0.association, "Telecom");
        assert_eq!(get(&db, &isp).await.unwrap().unwrap().1.merged_into, telecom);
        assert_eq!(verbs(&db, &isp).await, ["added", "changed", "merged"]);
        restore(&db, &isp, "", "amina", NOW).await.unwrap();
        let (whole, _) = get(&db, &telecom).await.unwrap().unwrap();
        assert_eq!((whole.networks.len(), whole.domains.len()), (1, 1));
        assert_eq!(get(&db, &isp).await.unwrap().unwrap().0.networks.len(), 1);
    });
}

#[test]
fn a_constituent_is_found_by_what_it_is_called_and_by_what_it_owns() {
    on_both(|db| async move {
        let text = "name,name_ar,sector,kind,criticality,networks,as_numbers,domains,contact_mail
Isle Bank,مصرف الجزيرة,finance,bank,vital,192.0.2.0/25,64500,isle.example,SOC@isle.example
Île 100%_net,,telecom,isp,high,192.0.2.0/24,64501,net.example,
Zebra,,telecom,company,low,2001:db8::/32,64502,zebra.example,
";
        take(&db, text, &ImportOptions::default()).await;
        for (text, want) in [
            ("bank", vec!["Isle Bank"]),
            ("ISLE", vec!["Isle Bank"]),
            ("مصرف", vec!["Isle Bank"]),
            ("île", vec!["Île 100%_net"]),
            ("%", vec!["Île 100%_net"]),
            ("100%_", vec!["Île 100%_net"]),
            ("0_0", vec![]),
            ("example", vec!["Isle Bank", "Zebra", "Île 100%_net"]),
            ("soc@isle.example", vec!["Isle Bank"]),
            ("192.0.2.1", vec!["Isle Bank", "Île 100%_net"]),
            ("192.0.2.200", vec!["Île 100%_net"]),
            ("192.0.2.128/26", vec!["Île 100%_net"]),
            ("2001:DB8::5", vec!["Zebra"]),
            ("AS64502", vec!["Zebra"]),
            ("64501", vec!["Île 100%_net"]),
            ("nobody", vec![]),
        ] {
            let filter = Filter { text: text.into(), ..Filter::default() };
            let mut got: Vec<String> = list(&db, &filter, 10).await.unwrap().rows.into_iter().map(|r| r.name).collect();
            got.sort();
            assert_eq!(got, want, "{text}");
        }
        let filter = Filter { sector: "telecom".into(), criticality: Some(Criticality::Low), ..Filter::default() };
        let page = list(&db, &filter, 10).await.unwrap();
        assert_eq!((page.rows.len(), page.rows[0].networks), (1, 1));
        let filter = Filter { kind: "bank".into(), ..Filter::default() };
        assert_eq!(list(&db, &filter, 10).await.unwrap().rows[0].contacts, 1);
        let filter = Filter { removed: true, ..Filter::default() };
        assert_eq!(list(&db, &filter, 10).await.unwrap().rows.len(), 0);
    });
}

#[test]
fn a_list_holds_each_constituent_once_in_every_order() {
    on_both(|db| async move {
        for at in 0..23i64 {
            let mut org = one(&format!("org {:02}", (at * 7) % 23), &[]);
            org.domains.clear();
            org.criticality = Criticality::ALL[(at % 4) as usize];
            add(&db, org, "amina", Micros(NOW.0 + (at / 5) * 1_000_000)).await.unwrap();
        }
        for sort in Sort::ALL {
            let seen = list(&db, &Filter { sort, ..Filter::default() }, 100).await.unwrap().rows;
            assert_eq!(seen.len(), 23, "{sort:?}");
            let ordered = seen.is_sorted_by(|a, b| match sort {
                Sort::Name => a.name < b.name,
                Sort::Criticality => (b.criticality, &b.id) < (a.criticality, &a.id),
                Sort::Changed => (b.changed_at, &b.id) < (a.changed_at, &a.id),
            });
            assert!(ordered, "{sort:?}");
            assert_eq!(list(&db, &Filter { sort, ..Filter::default() }, 7).await.unwrap().rows, seen[..7]);
        }
    });
}
