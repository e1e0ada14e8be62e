//! Files in and out.

use manara_constituency::{
    AsNumber, Cidr, Constituent, Contact, Criticality, Domain, ExportFormat, Format, ImportFormat, ImportOptions,
    OTHER, Role, all, export, generation, get, import, kinds, load_ownership, sectors,
};
use manara_store::Db;
use proptest::prelude::*;

use crate::{NOW, counts, on_both, refused, take, warned};

const CONTRACT: &str = "cidr,asn,org,sector,abuse_contact
192.0.2.0/24,64500,ISP One,\"Communications, Service Provider, and Hosting Service\",abuse@isp.example
198.51.100.0/24,64500,ISP One,\"Communications, Service Provider, and Hosting Service\",abuse@isp.example
192.0.2.64/26,64500,Bank of Sand,Financial Services,abuse@bank.example
2001:db8::/32,64501,Ministry of Tides,Beekeeping,abuse@tides.example
";

fn options() -> ImportOptions {
    ImportOptions::default()
}

#[test]
fn the_fixed_form_of_one_line_for_each_network_is_imported_and_again_changes_nothing() {
    on_both(|db| async move {
        let dry = take(&db, CONTRACT, &ImportOptions { dry_run: true, ..options() }).await;
        assert_eq!((counts(&dry), dry.written), ([4, 3, 0, 0, 0], false));
        assert_eq!(all(&db).await.unwrap(), []);
        let report = take(&db, CONTRACT, &options()).await;
        assert_eq!((counts(&report), report.written), ([4, 3, 0, 0, 0], true));
        assert_eq!(
            warned(&report),
            [
                "4 asn: ISP One has this AS number too [64500]",
                "5 sector: this sector is not known; it is kept under other [Beekeeping]"
            ]
        );
        let (isp, _) = get(&db, "isp one").await.unwrap().unwrap();
        assert_eq!(isp.networks.len(), 2);
        assert_eq!(isp.as_numbers, [AsNumber(64500)]);
        assert_eq!((isp.sector.id.as_str(), isp.criticality), ("telecom", Criticality::Medium));
        assert_eq!((isp.contacts[0].mail.as_str(), isp.contacts[0].role), ("abuse@isp.example", Role::Abuse));
        let (ministry, _) = get(&db, "Ministry of Tides").await.unwrap().unwrap();
        assert_eq!((ministry.sector.id.as_str(), ministry.sector.text.as_str()), (OTHER, "Beekeeping"));
        let before = generation(&db).await.unwrap();
        let again = take(&db, CONTRACT, &options()).await;
        assert_eq!(counts(&again), [4, 0, 0, 3, 0]);
        assert_eq!(generation(&db).await.unwrap(), before, "nothing changed");
    });
}

#[test]
fn a_file_with_a_bad_line_imports_nothing_and_names_every_bad_line() {
    on_both(|db| async move {
        let text = "\u{feff}cidr;asn;org;sector;abuse_contact\r
192.0.2.1/24;64500;ISP One;telecom;abuse@isp.example\r
192.0.2.0/24;0;ISP One;telecom;abuse\r
198.51.100.0/24;64501;;telecom;\r
203.0.113.0/24;64501;Good;telecom;good@good.example\r
203.0.113.0/24;64501;Greedy;telecom;\r
203.0.113.0/24;64501\r
10.0.0.0/40;;Long;telecom;\r
\"10.0.0.0/8;;Open;telecom;\r
";
        let report = take(&db, text, &options()).await;
        assert_eq!(
            refused(&report),
            [
                "2 cidr: host bits are set; the network is probably 192.0.2.0/24 [192.0.2.1/24]",
                "3 asn: not an AS number (1 to 4294967294, such as 64512 or AS64512) [0]",
                "3 abuse_contact: not a mail address such as abuse@isp.example [abuse]",
                "4 org: it is empty []",
                "6 cidr: line 5 of the same file gives it to Good [203.0.113.0/24]",
                "7 : the line has 2 fields, the header 5 [203.0.113.0/24;64501]",
                "8 cidr: the prefix length is not a number from 1 to 32 [10.0.0.0/40]",
                "9 : a quote is opened and not closed [\"10.0.0.0/8;;Open;telecom;]",
            ]
        );
        assert!(!report.written);
        assert_eq!(all(&db).await.unwrap(), []);
        assert_eq!(generation(&db).await.unwrap(), 0);
    });
}

#[test]
fn a_network_that_another_owns_is_refused_unless_it_is_nested() {
    on_both(|db| async move {
        take(&db, CONTRACT, &options()).await;
        let report =
            take(&db, "org,cidr\nThief,192.0.2.0/24\nCustomer,192.0.2.0/25\nThief,tides.example\n", &options()).await;
        assert_eq!(
            refused(&report),
            [
                "2 cidr: ISP One owns it already [192.0.2.0/24]",
                "4 cidr: not an IPv4 or IPv6 network such as 192.0.2.0/24 or 2001:db8::/32 [tides.example]"
            ]
        );
        let report = take(&db, "org,cidr\nCustomer,192.0.2.0/25\n", &options()).await;
        assert_eq!(counts(&report), [1, 1, 0, 0, 0]);
    });
}

#[test]
fn an_import_adds_and_updates_and_only_replace_removes() {
    on_both(|db| async move {
        take(&db, CONTRACT, &options()).await;
        let text = "cidr,org,abuse_contact\n192.0.2.128/25,ISP One,noc@isp.example\n";
        let report = take(&db, text, &options()).await;
        assert_eq!(counts(&report), [1, 0, 1, 0, 0]);
        let (isp, _) = get(&db, "ISP One").await.unwrap().unwrap();
        assert_eq!(isp.networks.len(), 3, "networks are added");
        let mails: Vec<&str> = isp.contacts.iter().map(|c| c.mail.as_str()).collect();
        assert_eq!(mails, ["noc@isp.example"], "the abuse contact that the file names is the abuse contact");
        assert_eq!(isp.sector.id, "telecom", "the file does not speak of it");
        let replace = ImportOptions { replace: true, ..options() };
        let report = take(&db, text, &replace).await;
        assert_eq!(counts(&report), [1, 0, 1, 0, 2]);
        let left = all(&db).await.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!((left[0].networks.len(), left[0].sector.id.as_str()), (1, "telecom"));
        assert_eq!(counts(&take(&db, text, &replace).await), [1, 0, 0, 1, 0]);
        let bank = "cidr,org\n10.0.0.0/8,Bank of Sand\n";
        assert_eq!(counts(&take(&db, bank, &options()).await), [1, 1, 0, 0, 0], "it comes back");
        let (bank, state) = get(&db, "Bank of Sand").await.unwrap().unwrap();
        assert_eq!(bank.networks, [Cidr::parse("10.0.0.0/8").unwrap()], "with what the file says");
        assert_eq!(state.deleted_at, "");
    });
}

#[test]
fn the_full_form_and_json_say_everything_of_an_organisation() {
    on_both(|db| async move {
        let text = "name;name_ar;sector;kind;criticality;association;networks;as_numbers;domains;contact_mail;contact_role;contact_language;contact_format;active
Isle Bank;مصرف الجزيرة;finance;bank;4;Banks of the Isle;192.0.2.0/25 , 2001:db8::/48;AS64500 64501;isle.example;a@isle.example;abuse;ar;json;yes
Banks of the Isle;;finance;association;low;;;;;;;;;no
";
        let report = take(&db, text, &options()).await;
        assert_eq!((refused(&report), counts(&report)), (vec![], [2, 2, 0, 0, 0]));
        assert_eq!(warned(&report), Vec::<String>::new());
        let (bank, _) = get(&db, "Isle Bank").await.unwrap().unwrap();
        assert_eq!((bank.networks.len(), bank.as_numbers.len(), bank.name_in("ar")), (2, 2, "مصرف الجزيرة"));
        assert_eq!(bank.contacts[0].format, Format::Json);
        assert!(!get(&db, "Banks of the Isle").await.unwrap().unwrap().0.active);
        let json = r#"[
 {"name": "Isle Bank", "names": {"fr": "Banque de l'île"}, "networks": ["198.51.100.0/24"],
  "contacts": [{"role": "security", "mail": "soc@isle.example", "telephone": "+1 555 010"}], "colour": "blue"},
 {"name": "X", "networks": ["198.51.100.7/24", 5], "contacts": [{"name": "Nobody"}], "active": "perhaps"},
 7
]"#;
        let report = take(&db, json, &options()).await;
        assert_eq!(
            refused(&report),
            [
                "4 active: not one of yes, no [perhaps]",
                "4 networks: host bits are set; the network is probably 198.51.100.0/24 [198.51.100.7/24]",
                "4 networks: not an IPv4 or IPv6 network such as 192.0.2.0/24 or 2001:db8::/32 [5]",
                "4 contact_mail: a contact needs a mail address or a telephone number [Nobody]",
                "5 : wanted an object [7]",
            ]
        );
        let good: String = json.lines().take(3).collect::<Vec<_>>().join("\n").trim_end_matches(',').to_string() + "]";
        let report = take(&db, &good, &options()).await;
        assert_eq!(counts(&report), [1, 0, 1, 0, 0]);
        assert_eq!(warned(&report), ["2 colour: this column is not known and was not read []"]);
        let (bank, _) = get(&db, "Isle Bank").await.unwrap().unwrap();
        assert_eq!((bank.networks.len(), bank.contacts.len(), bank.names.len()), (3, 2, 2));
    });
}

#[test]
fn latin_1_and_a_renamed_organisation_are_understood() {
    on_both(|db| async move {
        let latin = b"name;sector\nMinist\xe8re de l'\xe9nergie;\xc9nergie\n";
        let report = import(&db, latin, ImportFormat::Auto, &options(), "amina", NOW).await.unwrap();
        assert_eq!(warned(&report), Vec::<String>::new());
        let (one, _) = get(&db, "Ministère de l'énergie").await.unwrap().unwrap();
        assert_eq!(one.sector.id, "energy");
        let renamed = format!("id,name\n{},Ministère de l'eau\n", one.id);
        assert_eq!(counts(&take(&db, &renamed, &options()).await), [1, 0, 1, 0, 0]);
        assert_eq!(all(&db).await.unwrap()[0].name, "Ministère de l'eau");
        let two = format!("id,name\n{},A\n,Ministère de l'eau\n", one.id);
        let report = take(&db, &two, &options()).await;
        assert_eq!(
            refused(&report),
            ["3 name: another organisation has this name: Ministère de l'eau [Ministère de l'eau]"]
        );
        let swapped = "id,name\n00000000-0000-7000-8000-000000000001,A\n00000000-0000-7000-8000-000000000002,B\n";
        take(&db, swapped, &options()).await;
        let swapped = swapped.replace("1,A", "1,B2").replace("2,B\n", "2,A\n").replace("1,B2", "1,B");
        assert_eq!(counts(&take(&db, &swapped, &options()).await), [2, 0, 2, 0, 0], "names can be swapped");
    });
}

#[test]
fn no_cell_of_an_exported_file_is_a_formula() {
    on_both(|db| async move {
        let json = r#"[{"name": "=cmd|' /C calc'!A0", "notes": "+1\n@x", "networks": ["192.0.2.0/24"],
            "contacts": [{"name": "-2", "telephone": "+1 555 010", "role": "abuse"}]}]"#;
        take(&db, json, &options()).await;
        let before = all(&db).await.unwrap();
        for format in [ExportFormat::Csv, ExportFormat::Networks] {
            let text = String::from_utf8(export(&db, format).await.unwrap()).unwrap();
            for cell in text.split([',', '\n', ';']) {
                assert!(!cell.trim_matches('"').starts_with(['=', '+', '-', '@']) || cell.starts_with("@x"), "{cell}");
            }
            take(&db, &text, &ImportOptions { replace: true, ..options() }).await;
            assert_eq!(all(&db).await.unwrap(), before, "and the import takes it back");
        }
    });
}

fn constituent() -> impl Strategy<Value = Constituent> {
    let words = "[a-zA-Zéف=+@;\\\\'\", -]{0,12}";
    let contact = (0..4usize, "[a-z]{1,6}", words, prop::bool::ANY, 0..3usize, "(en|ar|fr)").prop_map(
        |(role, mail, name, phone, format, language)| Contact {
            role: Role::ALL[role],
            mail: format!("{mail}@x.example"),
            telephone: if phone { "+1 555 010".into() } else { String::new() },
            name: tidy(&name),
            language,
            format: Format::ALL[format],
            active: phone,
        },
    );
    (
        (words, words, prop::option::of(words), words),
        (0..sectors().entries().len(), 0..kinds().entries().len(), 0..4usize, prop::bool::ANY),
        prop::collection::vec((any::<u32>(), 1..=32u8), 0..4),
        prop::collection::vec((any::<u128>(), 1..=128u8), 0..3),
        prop::collection::vec(1..u32::MAX, 0..3),
        prop::collection::vec("[a-z]{1,8}", 0..3),
        prop::collection::vec(contact, 0..4),
    )
        .prop_map(
            |((name, notes, native, above), (sector, kind, rank, active), four, six, numbers, domains, contacts)| {
                let mut one = Constituent::named(uuid::Uuid::new_v4().to_string(), tidy(&name));
                one.notes = tidy(&notes);
                one.names =
                    native.map(|n| tidy(&n)).filter(|n| !n.is_empty()).map(|n| ("ar".into(), n)).into_iter().collect();
                one.association = tidy(&above);
                one.sector.id = sectors().entries()[sector].id.clone();
                one.kind.id = kinds().entries()[kind].id.clone();
                if one.sector.id == OTHER {
                    one.sector = sectors().term(format!("unheard of {}", one.name).trim_end());
                }
                one.criticality = Criticality::ALL[rank];
                one.active = active;
                let cut = |ip: std::net::IpAddr, len| match Cidr::new(ip, len) {
                    Ok(network) => network,
                    Err(manara_constituency::CidrError::HostBits { meant }) => meant,
                    Err(error) => panic!("{error}"),
                };
                one.networks =
                    four.into_iter().map(|(ip, len)| cut(std::net::Ipv4Addr::from(ip).into(), len)).collect();
                one.networks.extend(six.into_iter().map(|(ip, len)| cut(std::net::Ipv6Addr::from(ip).into(), len)));
                one.networks.retain(|n| Cidr::parse(&n.to_string()) == Ok(*n));
                one.as_numbers = numbers.into_iter().map(AsNumber).collect();
                one.domains = domains.iter().map(|d| Domain::parse(&format!("{d}.example")).unwrap()).collect();
                one.contacts = contacts;
                one.tidy();
                one
            },
        )
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Organisations of which no two share what only one may have.
fn constituency() -> impl Strategy<Value = Vec<Constituent>> {
    prop::collection::vec(constituent(), 0..6).prop_map(|mut all| {
        let mut names = std::collections::HashSet::new();
        let mut networks = std::collections::HashSet::new();
        let mut domains = std::collections::HashSet::new();
        for (at, one) in all.iter_mut().enumerate() {
            if one.name.is_empty() || !names.insert(one.name.to_lowercase()) {
                one.name = format!("{} {at}", one.name).trim_start().to_string();
                names.insert(one.name.to_lowercase());
            }
            if one.association.to_lowercase() == one.name.to_lowercase() {
                one.association.clear();
            }
            one.networks.retain(|n| networks.insert(*n));
            one.domains.retain(|d| domains.insert(d.clone()));
        }
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all
    })
}

/// What the form of one line for each network can say.
fn seen_by_networks(one: &Constituent) -> Constituent {
    let mut seen = Constituent::named(String::new(), one.name.clone());
    seen.sector = one.sector.clone();
    seen.networks = one.networks.clone();
    seen.as_numbers = one.as_numbers.clone();
    seen.contacts = one.contacts.iter().filter(|c| c.role == Role::Abuse).cloned().collect();
    for contact in &mut seen.contacts {
        *contact = Contact {
            telephone: String::new(),
            name: String::new(),
            language: "en".into(),
            format: Format::Both,
            active: true,
            ..contact.clone()
        };
    }
    seen.tidy();
    seen
}

async fn fresh(folder: &tempfile::TempDir, name: &str) -> Db {
    let db = Db::open_sqlite(&folder.path().join(name)).await.unwrap();
    manara_store::migrate(&db, &[manara_store::SCHEMA, manara_constituency::SCHEMA]).await.unwrap();
    db
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn what_is_exported_and_imported_is_the_same(wanted in constituency()) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let folder = tempfile::tempdir().unwrap();
            let one = fresh(&folder, "one").await;
            // In by JSON, which knows nothing of cells.
            let json = format!("[{}]", wanted.iter().map(manara_constituency::json_object).collect::<Vec<_>>().join(","));
            let report = take(&one, &json, &options()).await;
            prop_assert_eq!(refused(&report), Vec::<String>::new());
            prop_assert_eq!(&all(&one).await.unwrap(), &wanted);
            for (name, format) in [("csv", ExportFormat::Csv), ("json", ExportFormat::Json)] {
                let bytes = export(&one, format).await.unwrap();
                let other = fresh(&folder, name).await;
                let report = import(&other, &bytes, ImportFormat::Auto, &options(), "amina", NOW).await.unwrap();
                prop_assert_eq!(refused(&report), Vec::<String>::new(), "{}", String::from_utf8_lossy(&bytes));
                prop_assert_eq!(&all(&other).await.unwrap(), &wanted, "{}", name);
                let replace = ImportOptions { replace: true, ..options() };
                let again = import(&one, &bytes, ImportFormat::Auto, &replace, "amina", NOW).await.unwrap();
                prop_assert_eq!(counts(&again), [wanted.len(), 0, 0, wanted.len(), 0]);
            }
            let bytes = export(&one, ExportFormat::Networks).await.unwrap();
            let other = fresh(&folder, "networks").await;
            let report = import(&other, &bytes, ImportFormat::Auto, &options(), "amina", NOW).await.unwrap();
            prop_assert_eq!(refused(&report), Vec::<String>::new(), "{}", String::from_utf8_lossy(&bytes));
            let by_name = |mut all: Vec<Constituent>| { all.sort_by(|a, b| a.name.cmp(&b.name)); all };
            let got = by_name(all(&other).await.unwrap().iter().map(seen_by_networks).collect());
            prop_assert_eq!(got, by_name(wanted.iter().map(seen_by_networks).collect()));
            Ok(())
        })?;
    }
}

#[test]
fn the_constituency_of_the_example_country_is_imported_without_a_question() {
    on_both(|db| async move {
        let path =
            std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/small-nation/constituency.csv");
        let bytes = std::fs::read(path).unwrap();
        let report = import(&db, &bytes, ImportFormat::Auto, &options(), "amina", NOW).await.unwrap();
        assert_eq!(refused(&report), Vec::<String>::new());
        assert_eq!(warned(&report), Vec::<String>::new());
        assert_eq!(report.added, report.read);
        assert!(!load_ownership(&db).await.unwrap().overlaps().is_empty(), "customers lie inside their providers");
    });
}
