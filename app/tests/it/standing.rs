//! How a constituent stands beside its sector: by how long it takes to fix, and only where nobody can be told from the figure.

use serde_json::Value;

use crate::answers::{PASSWORD, Server, between};
use crate::house::{House, Schema};

/// Constituents of one sector, and the hour of yesterday at which the system of each was first seen.
const CLINICS: [(&str, u32); 5] =
    [("Clinic North", 0), ("Clinic East", 6), ("Clinic South", 12), ("Clinic West", 18), ("Clinic Centre", 23)];

/// Somebody on duty who says that findings are fixed, and reads pages of constituents.
struct Desk<'a> {
    server: &'a Server,
    admin: String,
    findings: Value,
}

impl Desk<'_> {
    fn of(&self, clinic: &str, column: &str) -> &str {
        let all = self.findings.as_array().expect("rows");
        let row = all.iter().find(|row| row["constituent"] == clinic).expect("a finding of the clinic");
        row[column].as_str().expect("text")
    }

    fn fixes(&self, clinic: &str) {
        let path = format!("/findings/{}", self.of(clinic, "id"));
        let token = between(&self.server.get(&path, &self.admin).2, r#"name="csrf" value=""#, "\"");
        let fields = [("csrf", token.as_str()), ("answer", "fixed")];
        let (status, head, _) = self.server.post(&format!("{path}/answer"), &self.admin, &fields);
        assert_eq!(status, 303, "{head}");
    }

    fn page(&self, clinic: &str) -> String {
        let path = format!("/constituents/{}", self.of(clinic, "constituent_id"));
        let (status, _, page) = self.server.get(&path, &self.admin);
        assert_eq!(status, 200, "{path}");
        page.replace(['\u{2068}', '\u{2069}'], "")
    }
}

fn walk(database: Option<String>) {
    let folder = tempfile::tempdir().unwrap();
    let house = House { data: folder.path().join("data"), database };
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.display().to_string()
    };
    let header = "name,sector,kind,criticality,networks,contact_role,contact_mail,contact_language,contact_format\n";
    let (mut constituents, mut report) =
        (header.to_string(), "timestamp,severity,ip,protocol,port,hostname,tag,asn,geo\n".to_string());
    let day = manara_model::Micros::now().plus_days(-1).day();
    for (at, (name, hour)) in CLINICS.into_iter().enumerate() {
        let net = at * 16;
        constituents += &format!("{name},health,hospital,high,192.0.2.{net}/28,security,it@c{at}.example,en,csv\n");
        report += &format!("{day} {hour:02}:00:00,high,192.0.2.{},tcp,23,,telnet,,XS\n", net + 1);
    }
    house.done(&["init", "--password-file", &write("password", PASSWORD), "--json"]);
    house.done(&["constituency", "import", &write("c.csv", &constituents)]);
    house.done(&["ingest", "--json", &write(&format!("{day}-scan_telnet-xs.csv"), &report)]);
    house.done(&["work", "--json"]);
    house.done(&["notices", "approve", "--all", "--json"]);
    assert_eq!(house.json(&["work", "--json"])["sent"], 5);

    let server = Server::start(&house);
    let findings = house.json(&["query", "--json", "SELECT id, constituent, constituent_id FROM findings"]);
    let desk = Desk { admin: server.sign_in("admin"), server: &server, findings };
    for (clinic, _) in &CLINICS[..4] {
        desk.fixes(clinic);
    }
    for (clinic, _) in &CLINICS[..4] {
        let page = desk.page(clinic);
        assert!(page.contains("Its sector is shown as soon as 5 constituents of it have figures."), "{page}");
        assert!(!page.contains("Median of the sector"), "of four one could tell whose they are: {page}");
    }

    let noon = manara_model::Micros::parse_rfc3339(&format!("{day}T12:00:00Z")).expect("a moment");
    desk.fixes(CLINICS[4].0);
    let pages = CLINICS.map(|(clinic, _)| desk.page(clinic));
    // The clinic of noon is the middle of the five; it was fixed with the others, up to now.
    let hours = (manara_model::Micros::now().0 - noon.0) / 3_600_000_000;
    let middle = [hours, hours - 1].map(|hours| format!("<dd>{hours} hours</dd>"));
    let own = between(&pages[2], "<dt>Median time from first seen to fixed</dt>", "\n");
    assert!(middle.contains(&own), "{own}, not {middle:?}");
    assert!(pages[2].contains("<dt>Median time from told to fixed</dt><dd>0 hours</dd>"), "{}", pages[2]);
    let middle = own.trim_start_matches("<dd>").trim_end_matches("</dd>");
    for (at, (page, (clinic, _))) in pages.iter().zip(CLINICS).enumerate() {
        let sector = between(page, "<dt>Median of the sector Health</dt>", "</dd>");
        let stands = ["slower than", "slower than", "as fast as", "faster than", "faster than"][at];
        assert!(sector.starts_with(&format!("<dd>{middle} <span")), "{clinic}: {sector}");
        assert!(sector.contains(">of 5 constituents<"), "{clinic}: {sector}");
        assert!(sector.ends_with(&format!("It is {stands} its sector.")), "{clinic}: {sector}");
        let others = CLINICS.iter().filter(|(other, _)| *other != clinic);
        let named: Vec<_> = others.filter(|(other, _)| page.contains(other)).collect();
        assert!(named.is_empty(), "the page of {clinic} names {named:?}");
    }
}

#[test]
fn a_constituent_is_compared_with_its_sector_when_five_have_figures_and_never_by_name_on_sqlite() {
    walk(None);
}

#[test]
fn a_constituent_is_compared_with_its_sector_when_five_have_figures_and_never_by_name_on_postgresql() {
    let Some(schema) = Schema::make() else { return };
    walk(Some(schema.url.clone()));
}
