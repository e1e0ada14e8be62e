//! The categories and types of XARF 4.2.0, what each must say, and what it is in our taxonomy. Names are the format's.

use super::value::{At, XarfError};

/// A type of report.
#[derive(Debug)]
pub struct XarfKind {
    /// The category.
    pub category: &'static str,
    /// The type within the category.
    pub kind: &'static str,
    /// Class and type of our taxonomy.
    pub rsit: (&'static str, &'static str),
    /// The fields it must have beside those of every report.
    pub required: &'static [&'static str],
}

const fn kind(
    category: &'static str,
    kind: &'static str,
    rsit: (&'static str, &'static str),
    required: &'static [&'static str],
) -> XarfKind {
    XarfKind { category, kind, rsit, required }
}

/// All thirty-two.
pub const XARF_KINDS: &[XarfKind] = &[
    kind("messaging", "spam", ("abusive-content", "spam"), &["protocol"]),
    kind("messaging", "bulk_messaging", ("abusive-content", "spam"), &["protocol", "recipient_count"]),
    kind("content", "phishing", ("fraud", "phishing"), &["url"]),
    kind("content", "malware", ("malicious-code", "malware-distribution"), &["url"]),
    kind("content", "fraud", ("fraud", "masquerade"), &["url", "fraud_type"]),
    kind("content", "csam", ("abusive-content", "violence"), &["url", "classification", "detection_method"]),
    kind("content", "csem", ("abusive-content", "violence"), &["url", "detection_method", "exploitation_type"]),
    kind(
        "content",
        "exposed_data",
        ("information-content-security", "data-leak"),
        &["url", "data_types", "exposure_method"],
    ),
    kind("content", "brand_infringement", ("fraud", "masquerade"), &["url", "infringement_type", "legitimate_site"]),
    kind(
        "content",
        "suspicious_registration",
        ("fraud", "masquerade"),
        &["url", "registration_date", "suspicious_indicators"],
    ),
    kind("content", "remote_compromise", ("intrusions", "application-compromise"), &["url", "compromise_type"]),
    kind("copyright", "copyright", ("fraud", "copyright"), &["infringing_url"]),
    kind("copyright", "cyberlocker", ("fraud", "copyright"), &["infringing_url", "hosting_service"]),
    kind("copyright", "link_site", ("fraud", "copyright"), &["infringing_url", "site_name"]),
    kind("copyright", "p2p", ("fraud", "copyright"), &["p2p_protocol", "swarm_info"]),
    kind("copyright", "usenet", ("fraud", "copyright"), &["newsgroup", "message_info"]),
    kind("copyright", "ugc_platform", ("fraud", "copyright"), &["infringing_url", "platform_name"]),
    kind("connection", "login_attack", ("intrusion-attempts", "brute-force"), &["first_seen", "protocol"]),
    kind("connection", "port_scan", ("information-gathering", "scanner"), &["first_seen", "protocol"]),
    kind("connection", "ddos", ("availability", "ddos"), &["first_seen", "protocol"]),
    kind("connection", "scraping", ("information-gathering", "scanner"), &["first_seen", "protocol", "total_requests"]),
    kind("connection", "sql_injection", ("intrusion-attempts", "exploit"), &["first_seen", "protocol"]),
    kind(
        "connection",
        "vulnerability_scan",
        ("information-gathering", "scanner"),
        &["first_seen", "protocol", "scan_type"],
    ),
    kind("connection", "infected_host", ("malicious-code", "infected-system"), &["first_seen", "protocol", "bot_type"]),
    kind(
        "connection",
        "reconnaissance",
        ("information-gathering", "scanner"),
        &["first_seen", "protocol", "probed_resources"],
    ),
    kind("vulnerability", "cve", ("vulnerable", "vulnerable-system"), &["service", "cve_id", "service_port"]),
    kind("vulnerability", "misconfiguration", ("vulnerable", "information-disclosure"), &["service"]),
    kind("vulnerability", "open_service", ("vulnerable", "potentially-unwanted-accessible"), &["service"]),
    kind("infrastructure", "botnet", ("malicious-code", "infected-system"), &["compromise_evidence"]),
    kind("infrastructure", "compromised_server", ("intrusions", "system-compromise"), &["compromise_method"]),
    kind("reputation", "blocklist", ("other", "other"), &["threat_type"]),
    kind("reputation", "threat_intelligence", ("other", "other"), &["threat_type"]),
];

/// What must be said because of what else is said.
pub(super) fn check_conditions(root: &At<'_>, known: &XarfKind, is_ip: bool) -> Result<(), XarfError> {
    let value = |name: &str| root.maybe(name).and_then(|found| found.value.as_str());
    match (known.category, known.kind) {
        ("messaging", _) if value("protocol") == Some("smtp") => {
            root.member("smtp_from")?.word(320)?;
            root.member("source_port")?.port()?;
        }
        // Behind a shared address the port is the only way to the source.
        ("connection", "login_attack" | "port_scan" | "ddos") if is_ip => {
            root.member("source_port")?.port()?;
        }
        ("copyright", "p2p") => {
            let swarm = root.member("swarm_info")?;
            if swarm.maybe("info_hash").or_else(|| swarm.maybe("magnet_uri")).is_none() {
                return Err(swarm.wrong("an object with info_hash or magnet_uri"));
            }
        }
        ("copyright", "usenet") => {
            root.member("message_info")?.member("message_id")?.present()?;
        }
        ("vulnerability", "cve") => {
            let cve = root.member("cve_id")?;
            let text = cve.word(40)?;
            let parts: Vec<&str> = text.split('-').collect();
            let is_number = |part: &str, least: usize| part.len() >= least && part.bytes().all(|b| b.is_ascii_digit());
            if !matches!(parts.as_slice(), ["CVE", year, number] if is_number(year, 4) && is_number(number, 4)) {
                return Err(cve.wrong("a number such as CVE-2026-12345"));
            }
            root.member("service_port")?.port()?;
        }
        _ => {}
    }
    if known.category == "connection" {
        root.member("first_seen")?.time()?;
    }
    if known.required.contains(&"url") {
        root.member("url")?.word(8_000)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::XARF_KINDS;
    use manara_model::CLASSES;

    #[test]
    fn there_are_seven_categories_and_thirty_two_types_each_once_and_in_the_taxonomy() {
        let mut categories: Vec<_> = XARF_KINDS.iter().map(|kind| kind.category).collect();
        categories.dedup();
        assert_eq!((categories.len(), XARF_KINDS.len()), (7, 32));
        for (at, kind) in XARF_KINDS.iter().enumerate() {
            assert!(
                XARF_KINDS[at + 1..].iter().all(|other| (other.category, other.kind) != (kind.category, kind.kind))
            );
            let class = CLASSES.iter().find(|class| class.value == kind.rsit.0).expect(kind.rsit.0);
            assert!(class.types.iter().any(|known| known.value == kind.rsit.1), "{:?}", kind.rsit);
        }
    }
}
