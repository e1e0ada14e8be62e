//! The tables the operator loads: prefix to AS, AS names, country of a range. Each is a file of ours, swapped as a whole.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::net::{IpAddr, Ipv4Addr};
use std::path::Path;
use std::sync::Arc;

use manara_formats::parse_ip;
use manara_model::{IpTable, Micros};
use manara_store::{Db, Journal, write_durably};
use sha2::{Digest, Sha256};

use crate::ingest::IngestError;

/// The kinds of table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableKind {
    /// Lines `prefix<TAB>asn`.
    PrefixToAs,
    /// RIR delegated files (also the extended form): country of a range.
    Delegated,
    /// Lines `asn<TAB>name`.
    AsNames,
}

impl TableKind {
    /// All kinds.
    pub const ALL: [TableKind; 3] = [Self::PrefixToAs, Self::Delegated, Self::AsNames];

    /// The word in the database and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PrefixToAs => "prefix-to-as",
            Self::Delegated => "delegated",
            Self::AsNames => "as-names",
        }
    }
}

/// What the pipeline looks up. Immutable: a change is a new one.
#[derive(Debug, Default)]
pub struct Tables {
    /// AS number of an address.
    pub asn: IpTable,
    /// Country of an address: two ASCII letters as `a << 8 | b`.
    pub country: IpTable,
    /// Names of AS numbers.
    pub as_names: HashMap<u32, String>,
}

/// What loading a table found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadReport {
    /// Lines that became entries.
    pub entries: u64,
    /// Lines that could not be read: line number and what stands there; at most a hundred are kept.
    pub refused: Vec<(u64, String)>,
    /// All lines that could not be read.
    pub refused_count: u64,
    /// SHA-256 of the file.
    pub sha256: String,
}

fn prefix(text: &str) -> Option<(IpAddr, u8)> {
    let (address, len) = match text.split_once('/') {
        Some((address, len)) => (parse_ip(address)?, Some(len.parse::<u8>().ok()?)),
        None => (parse_ip(text)?, None),
    };
    let most = if address.is_ipv4() { 32 } else { 128 };
    let len = len.unwrap_or(most);
    (len <= most).then_some((address, len))
}

/// The two letters of a country as a number, and back.
pub(crate) fn country_number(letters: &str) -> Option<u32> {
    match letters.as_bytes() {
        [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
            Some(u32::from(a.to_ascii_uppercase()) << 8 | u32::from(b.to_ascii_uppercase()))
        }
        _ => None,
    }
}

pub(crate) fn country_text(number: u32) -> [u8; 2] {
    [(number >> 8) as u8, number as u8]
}

/// The IPv4 prefixes that together are the `count` addresses from `first` on.
fn cover(first: u32, count: u64) -> Vec<(IpAddr, u8)> {
    let mut out = Vec::new();
    let (mut at, end) = (u64::from(first), u64::from(first).saturating_add(count).min(1 << 32));
    while at < end {
        let aligned = if at == 0 { 32 } else { at.trailing_zeros().min(32) };
        let mut bits = aligned;
        while at + (1u64 << bits) > end {
            bits -= 1;
        }
        out.push((IpAddr::V4(Ipv4Addr::from(at as u32)), 32 - bits as u8));
        at += 1u64 << bits;
    }
    out
}

struct Parsed {
    ranges: Vec<(IpAddr, u8, u32)>,
    names: Vec<(u32, String)>,
    report: LoadReport,
}

fn parse(kind: TableKind, input: &mut dyn Read) -> std::io::Result<Parsed> {
    let mut hash = Sha256::new();
    let mut reader = BufReader::with_capacity(1 << 20, input);
    let mut line = Vec::new();
    let mut number = 0u64;
    let mut parsed = Parsed {
        ranges: Vec::new(),
        names: Vec::new(),
        report: LoadReport { entries: 0, refused: Vec::new(), refused_count: 0, sha256: String::new() },
    };
    loop {
        line.clear();
        let got = reader.by_ref().take(65_536).read_until(b'\n', &mut line)?;
        if got == 0 {
            break;
        }
        hash.update(&line);
        number += 1;
        let text = manara_formats::decode(&line);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() || text.starts_with(['#', ';']) {
            continue;
        }
        let good = match kind {
            TableKind::PrefixToAs => {
                let mut words = text.split_whitespace();
                let entry = words.next().zip(words.next()).and_then(|(network, asn)| {
                    let (address, len) = prefix(network)?;
                    // Several origins (`64496_64497`, `{64496,64497}`): the first counts.
                    let first = asn.trim_start_matches(['{', 'A', 'S']).split(['_', ',', '}']).next()?;
                    Some((address, len, first.parse::<u32>().ok()?))
                });
                entry.map(|entry| parsed.ranges.push(entry)).is_some()
            }
            TableKind::AsNames => {
                let entry = text.split_once(['\t', ' ', ',', '|']).and_then(|(asn, name)| {
                    let asn = asn.trim_start_matches("AS").parse::<u32>().ok()?;
                    let name = name.trim();
                    (!name.is_empty()).then(|| (asn, name.to_string()))
                });
                entry.map(|entry| parsed.names.push(entry)).is_some()
            }
            TableKind::Delegated => delegated(text, &mut parsed.ranges),
        };
        if good {
            parsed.report.entries += 1;
        } else {
            parsed.report.refused_count += 1;
            if parsed.report.refused.len() < 100 {
                parsed.report.refused.push((number, text.chars().take(120).collect()));
            }
        }
    }
    parsed.report.sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(parsed)
}

/// One line `registry|cc|type|start|value|date|status…`. Header and summary lines, AS numbers and ranges nobody holds are
/// passed over.
fn delegated(text: &str, ranges: &mut Vec<(IpAddr, u8, u32)>) -> bool {
    let words: Vec<&str> = text.split('|').collect();
    if matches!(words.last(), Some(&"summary"))
        || words.first().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit()))
    {
        return true;
    }
    let [_, country, kind, start, value, ..] = words.as_slice() else { return false };
    match *kind {
        "asn" => true,
        "ipv4" | "ipv6" if country.is_empty() || *country == "*" => true,
        "ipv4" => {
            let entry = country_number(country).zip(start.parse::<Ipv4Addr>().ok()).zip(value.parse::<u64>().ok());
            let Some(((country, first), count)) = entry else { return false };
            ranges.extend(cover(first.into(), count).into_iter().map(|(address, len)| (address, len, country)));
            true
        }
        "ipv6" => {
            let entry = country_number(country).zip(parse_ip(start)).zip(value.parse::<u8>().ok());
            let Some(((country, first), len)) = entry else { return false };
            ranges.push((first, len.min(128), country));
            true
        }
        _ => false,
    }
}

/// Reads a table and says what it holds, without loading it.
pub fn check_table(kind: TableKind, input: &mut dyn Read) -> std::io::Result<LoadReport> {
    parse(kind, input).map(|parsed| parsed.report)
}

const NOTE: &str = "
    INSERT INTO watch_table (kind, file, source_name, sha256, entries, refused, loaded_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (kind) DO UPDATE SET file = excluded.file, source_name = excluded.source_name, sha256 = excluded.sha256,
        entries = excluded.entries, refused = excluded.refused, loaded_at = excluded.loaded_at";
const FILES: &str = "SELECT kind, file FROM watch_table ORDER BY kind LIMIT 10";

/// Reads a table, writes it as a file of ours into `folder` and makes it the one in force. Good lines count, bad lines are
/// reported; a file without a single good line is refused and the old table stays.
pub async fn load_table(
    db: &Db,
    folder: &Path,
    kind: TableKind,
    source_name: &str,
    input: &mut (dyn Read + Send),
    who: &str,
    now: Micros,
) -> Result<LoadReport, IngestError> {
    let parsed = parse(kind, input).map_err(|error| IngestError::Input { name: source_name.into(), error })?;
    if parsed.report.entries == 0 {
        let first = parsed.report.refused.first();
        return Err(IngestError::NotATable {
            name: source_name.into(),
            expected: match kind {
                TableKind::PrefixToAs => "lines of prefix, tab, AS number, such as 192.0.2.0/24<TAB>64496",
                TableKind::Delegated => {
                    "lines of a RIR delegated file, such as ripencc|ZZ|ipv4|192.0.2.0|256|20260101|assigned"
                }
                TableKind::AsNames => "lines of AS number, tab, name",
            },
            line: first.map_or(0, |(line, _)| *line),
            found: first.map_or_else(String::new, |(_, text)| text.clone()),
        });
    }
    let name = format!("{}-{}.table", kind.as_str(), parsed.report.sha256.get(..16).unwrap_or_default());
    let bytes = match kind {
        TableKind::AsNames => {
            parsed.names.iter().map(|(asn, name)| format!("{asn}\t{name}\n")).collect::<String>().into_bytes()
        }
        _ => IpTable::build(parsed.ranges).0.to_bytes(),
    };
    let path = folder.join(&name);
    write_durably(&path, |out| out.write_all(&bytes))
        .map_err(|error| IngestError::Disk { path: path.display().to_string(), error })?;
    let mut tx = db.begin().await?;
    let report = &parsed.report;
    let args: [manara_store::Arg<'_>; 7] = [
        kind.as_str().into(),
        (&name).into(),
        source_name.into(),
        (&report.sha256).into(),
        (report.entries as i64).into(),
        (report.refused_count as i64).into(),
        now.into(),
    ];
    tx.run(NOTE, &args).await?;
    let detail =
        serde_json::json!({ "entries": report.entries, "refused": report.refused_count, "source": source_name });
    Journal::write(&mut tx, who, "watch", "table_loaded", kind.as_str(), &detail.to_string(), now).await?;
    tx.commit().await?;
    Ok(parsed.report)
}

const STAMP: &str = "SELECT COALESCE(MAX(loaded_at), '') FROM watch_table";

/// When a table was last loaded: a text that changes with every load.
pub async fn tables_stamp(db: &Db) -> Result<String, manara_store::StoreError> {
    db.read_one(STAMP, &[]).await?.map_or(Ok(String::new()), |row| row.text(0))
}

impl Tables {
    /// The country of an address, as two capital letters, and its AS number; nothing where no table says it.
    pub fn origin_of(&self, address: IpAddr) -> (Option<String>, Option<u32>) {
        let country = self.country.get(address).map(country_text);
        (country.map(|letters| letters.into_iter().map(char::from).collect()), self.asn.get(address))
    }

    /// Opens the tables in force. A table whose file is damaged or gone is left out, with a line in the log.
    pub async fn open(db: &Db, folder: &Path) -> Result<Arc<Tables>, IngestError> {
        let mut tables = Tables::default();
        for row in db.read(FILES, &[]).await? {
            let (kind, path) = (row.text(0)?, folder.join(row.text(1)?));
            let bytes = match std::fs::read(&path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    tracing::error!(table = kind, path = %path.display(), %error, "table can't be read; left out");
                    continue;
                }
            };
            if kind == TableKind::AsNames.as_str() {
                let text = String::from_utf8_lossy(&bytes);
                tables.as_names = text
                    .lines()
                    .filter_map(|line| line.split_once('\t'))
                    .filter_map(|(asn, name)| Some((asn.parse().ok()?, name.to_string())))
                    .collect();
                continue;
            }
            match IpTable::from_bytes(&bytes) {
                Ok(table) if kind == TableKind::PrefixToAs.as_str() => tables.asn = table,
                Ok(table) => tables.country = table,
                Err(error) => tracing::error!(table = kind, %error, "table is damaged; left out"),
            }
        }
        Ok(Arc::new(tables))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::net::IpAddr;
    use std::path::Path;

    use manara_model::IpTable;
    use proptest::prelude::*;
    use sha2::{Digest as _, Sha256};

    use super::{TableKind, check_table, country_number, country_text, cover, parse};

    /// Whatever the bytes: every line is an entry, passed over or refused, and what was read is a table that can be kept.
    fn is_accounted_for(bytes: &[u8]) {
        let lines = bytes.split(|byte| *byte == b'\n').count() as u64;
        let hash: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        for kind in TableKind::ALL {
            let parsed = parse(kind, &mut &bytes[..]).expect("memory");
            let report = parsed.report;
            assert!(report.entries + report.refused_count <= lines, "{kind:?}: {report:?}");
            assert_eq!(report.refused.len() as u64, report.refused_count.min(100), "{kind:?}");
            for (line, text) in &report.refused {
                assert!((1..=lines).contains(line) && text.chars().count() <= 120, "{kind:?}, line {line}: {text}");
            }
            assert_eq!(report.sha256, hash);
            if !parsed.ranges.is_empty() {
                let (table, _) = IpTable::build(parsed.ranges);
                assert_eq!(IpTable::from_bytes(&table.to_bytes()), Ok(table));
            }
        }
    }

    /// The words of all three kinds, in any order.
    fn line() -> impl Strategy<Value = String> {
        let known = prop::sample::select(vec![
            "ripencc",
            "ZZ",
            "*",
            "",
            "ipv4",
            "ipv6",
            "asn",
            "summary",
            "192.0.2.0",
            "255.255.255.255",
            "2001:db8::",
            "::ffff:192.0.2.0",
            "0.0.0.0/0",
            "192.0.2.0/24",
            "192.0.2.0/33",
            "2001:db8::/32",
            "::ffff:192.0.2.0/95",
            "AS64496",
            "{64496,64497}",
            "64498_64499",
            "4294967295",
            "18446744073709551615",
            "128",
            "#",
        ]);
        let word = prop_oneof![
            known.prop_map(str::to_string),
            any::<u64>().prop_map(|number| number.to_string()),
            "[ -~é]{0,12}",
        ];
        let between = prop::sample::select(vec!["|", "\t", " ", ","]);
        (prop::collection::vec(word, 0..8), between).prop_map(|(words, between)| words.join(between))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_line_of_any_bytes_is_accounted_for(bytes in prop::collection::vec(any::<u8>(), 0..400), lines in prop::collection::vec(line(), 0..30)) {
            is_accounted_for(&bytes);
            is_accounted_for(lines.join("\n").as_bytes());
        }
    }

    #[test]
    fn every_seed_of_the_fuzzer_is_read() {
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds/tables");
        let mut read = BTreeMap::new();
        for seed in std::fs::read_dir(seeds).expect("the seeds").flatten() {
            let bytes = std::fs::read(seed.path()).expect("a seed");
            is_accounted_for(&bytes);
            let counts = TableKind::ALL.map(|kind| {
                let report = check_table(kind, &mut &bytes[..]).expect("memory");
                (report.entries, report.refused_count)
            });
            read.insert(seed.file_name().to_string_lossy().into_owned(), counts);
        }
        let of = |name: &str| read.get(name).copied().expect("a seed of that name");
        let ([prefixes, ..], [_, ranges, _], [.., names]) =
            (of("prefix-to-as.tsv"), of("delegated-xs.txt"), of("as-names.tsv"));
        assert_eq!((prefixes, ranges, names), ((12, 0), (12, 0), (12, 0)));
        // Its second line begins as the first line of a delegated file does.
        assert_eq!(of("greatest"), [(1, 2), (2, 1), (1, 2)]);
    }

    #[test]
    fn prefix_to_as_lines_are_read_and_bad_ones_told() {
        let text = b"; comment\n192.0.2.0/24\t64496\n2001:db8::/32\t64497\n192.0.2.128/25 64498_64499\nnonsense\n192.0.2.0/33\t1\n";
        let parsed = parse(TableKind::PrefixToAs, &mut &text[..]).expect("memory");
        assert_eq!((parsed.report.entries, parsed.report.refused_count), (3, 2));
        assert_eq!(parsed.report.refused[0], (5, "nonsense".to_string()));
        let (table, _) = IpTable::build(parsed.ranges);
        let asn = |text: &str| table.get(text.parse::<IpAddr>().expect("an address"));
        assert_eq!(asn("192.0.2.1"), Some(64496));
        assert_eq!(asn("192.0.2.200"), Some(64498));
        assert_eq!(asn("2001:db8::1"), Some(64497));
        assert_eq!(asn("198.51.100.1"), None);
    }

    #[test]
    fn delegated_files_give_the_country_of_a_range() {
        let text = b"2|ripencc|1768435200|3|19830705|20260115|+0100\nripencc|*|ipv4|*|2|summary\n\
            ripencc|ZZ|ipv4|192.0.2.0|384|20260101|assigned\nripencc|ZY|ipv6|2001:db8::|32|20260101|allocated\n\
            ripencc|ZZ|asn|64496|1|20260101|assigned\nripencc||ipv4|203.0.113.0|256||available\nbroken\n";
        let parsed = parse(TableKind::Delegated, &mut &text[..]).expect("memory");
        assert_eq!(parsed.report.refused_count, 1);
        let (table, _) = IpTable::build(parsed.ranges);
        let country = |text: &str| table.get(text.parse::<IpAddr>().expect("an address")).map(country_text);
        assert_eq!(country("192.0.3.127"), Some(*b"ZZ"));
        assert_eq!(country("192.0.3.128"), None);
        assert_eq!(country("2001:db8::1"), Some(*b"ZY"));
        assert_eq!(country_number("zz").map(country_text), Some(*b"ZZ"));
    }

    #[test]
    fn a_run_of_addresses_is_covered_by_prefixes_without_gap() {
        for (first, count) in [(0u32, 1u64 << 32), (10, 1), (1, 300), (u32::MAX, 1), (256, 768)] {
            let mut next = u64::from(first);
            for (address, len) in cover(first, count) {
                let IpAddr::V4(v4) = address else { panic!("IPv4 only") };
                assert_eq!(u64::from(u32::from(v4)), next);
                next += 1u64 << (32 - len);
            }
            assert_eq!(next, u64::from(first) + count);
        }
    }
}
