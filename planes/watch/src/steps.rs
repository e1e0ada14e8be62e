//! The pure steps over columns: enrich, own, classify, weigh. Values in, values out.

use std::net::IpAddr;
use std::sync::Arc;

use manara_events::arrow::array::{
    Array, ArrayRef, AsArray as _, Int64Array, Int64Builder, RecordBatch, StringArray, StringBuilder,
};
use manara_events::arrow::datatypes::Int64Type;
use manara_events::arrow::error::ArrowError;
use manara_events::{Own, event_schema};
use manara_model::{FIELDS, Field, Severity, class_of_type};

use crate::chunk::ChunkRows;
use crate::finding::{finding_key, hex_text};
use crate::folded::{Folded, Seen};
use crate::tables::{Tables, country_text};
use manara_model::Owners;

/// Which end of an event is ours, and whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ours {
    Source(u32),
    Destination(u32),
}

/// What does not change within a batch.
pub(crate) struct BatchFacts<'a> {
    pub batch: &'a str,
    pub feed: &'a str,
    pub received: i64,
}

/// What the steps made of some rows.
pub(crate) struct Stepped {
    pub batch: RecordBatch,
    pub unowned: u64,
}

fn texts(columns: &[ArrayRef], field: Field) -> &StringArray {
    // The schema makes every text field a string array; an index in range is certain because FIELDS made the schema.
    static EMPTY: std::sync::OnceLock<StringArray> = std::sync::OnceLock::new();
    match columns.get(field as usize).and_then(|column| column.as_string_opt::<i32>()) {
        Some(array) => array,
        None => EMPTY.get_or_init(|| StringArray::from(Vec::<&str>::new())),
    }
}

fn text_at(array: &StringArray, row: usize) -> Option<&str> {
    (row < array.len() && array.is_valid(row)).then(|| array.value(row)).filter(|text| !text.is_empty())
}

fn number_at(array: Option<&Int64Array>, row: usize) -> i64 {
    array.filter(|array| row < array.len() && array.is_valid(row)).map_or(0, |array| array.value(row))
}

/// Runs all steps over some rows. `folded` takes the findings of events; context rows give none.
pub(crate) fn run(
    rows: &mut ChunkRows,
    facts: &BatchFacts<'_>,
    tables: &Tables,
    owners: &Owners,
    folded: Option<&mut Folded>,
) -> Result<Stepped, ArrowError> {
    let batch = rows.columns.finish()?;
    let mut columns = batch.columns().to_vec();
    classify(&mut columns);
    weigh(&mut columns);
    enrich(&mut columns, &rows.source_ips, Ends::SOURCE, tables);
    enrich(&mut columns, &rows.destination_ips, Ends::DESTINATION, tables);
    let ours = own(&columns, rows, owners);
    let unowned = ours.iter().filter(|ours| ours.is_none()).count() as u64;
    name_findings(&mut columns, &rows.times, &ours, owners, folded);
    let len = rows.times.len();
    let same = |text: &str| -> ArrayRef { Arc::new(StringArray::from_iter_values(std::iter::repeat_n(text, len))) };
    put(&mut columns, Field::Feed as usize, same(facts.feed));
    put(&mut columns, place(Own::Batch), same(facts.batch));
    let observed =
        manara_events::arrow::array::TimestampMicrosecondArray::from(vec![facts.received; len]).with_timezone("UTC");
    put(&mut columns, Field::Observed as usize, Arc::new(observed));
    rows.times.clear();
    rows.source_ips.clear();
    rows.destination_ips.clear();
    Ok(Stepped { batch: RecordBatch::try_new(event_schema(), columns)?, unowned })
}

fn place(own: Own) -> usize {
    FIELDS.len() + own as usize
}

fn put(columns: &mut [ArrayRef], at: usize, array: ArrayRef) {
    if let Some(column) = columns.get_mut(at) {
        *column = array;
    }
}

/// Every event has a type of the taxonomy and the class it belongs to; what has none is `other/undetermined`.
fn classify(columns: &mut [ArrayRef]) {
    let (classes, kinds) = (texts(columns, Field::Taxonomy), texts(columns, Field::Type));
    let mut last: Option<(&str, Option<&str>)> = None;
    let good = (0..kinds.len()).all(|row| {
        let Some(kind) = text_at(kinds, row) else { return false };
        let class = text_at(classes, row);
        if last == Some((kind, class)) {
            return true;
        }
        last = Some((kind, class));
        class.is_some() && class_of_type(kind) == class
    });
    if good {
        return;
    }
    let (mut new_classes, mut new_kinds) = (StringBuilder::new(), StringBuilder::new());
    for row in 0..kinds.len() {
        let kind = text_at(kinds, row).unwrap_or("undetermined");
        let (class, kind) = match class_of_type(kind) {
            Some(class) => (class, kind),
            None => ("other", "undetermined"),
        };
        new_classes.append_value(class);
        new_kinds.append_value(kind);
    }
    put(columns, Field::Taxonomy as usize, Arc::new(new_classes.finish()));
    put(columns, Field::Type as usize, Arc::new(new_kinds.finish()));
}

/// What an event weighs when its source does not say.
fn usual_severity(kind: &str) -> Severity {
    match kind {
        "c2-server" | "system-compromise" | "privileged-account-compromise" | "data-leak" => Severity::Critical,
        "infected-system" | "malware-distribution" | "phishing" | "application-compromise" | "ddos" | "exploit" => {
            Severity::High
        }
        "vulnerable-system" | "brute-force" | "ids-alert" | "ddos-amplifier" | "weak-crypto" => Severity::Medium,
        "scanner" | "spam" | "potentially-unwanted-accessible" | "information-disclosure" => Severity::Low,
        _ => Severity::Info,
    }
}

/// Every event has a severity: its own, or the usual one of its type.
fn weigh(columns: &mut [ArrayRef]) {
    let severities = texts(columns, Field::Severity);
    if severities.null_count() == 0 && severities.iter().flatten().all(|text| Severity::parse(text).is_some()) {
        return;
    }
    let kinds = texts(columns, Field::Type);
    let mut new = StringBuilder::new();
    for row in 0..kinds.len() {
        let said = text_at(severities, row).and_then(Severity::parse);
        new.append_value(said.unwrap_or_else(|| usual_severity(text_at(kinds, row).unwrap_or(""))).as_str());
    }
    put(columns, Field::Severity as usize, Arc::new(new.finish()));
}

/// The fields of one end of an event.
struct Ends {
    asn: Field,
    as_name: Field,
    country: Field,
}

impl Ends {
    const SOURCE: Ends = Ends { asn: Field::SourceAsn, as_name: Field::SourceAsName, country: Field::SourceCountry };
    const DESTINATION: Ends =
        Ends { asn: Field::DestinationAsn, as_name: Field::DestinationAsName, country: Field::DestinationCountry };
}

/// Fills AS number, AS name and country from the operator's tables where the source did not say. What the source said
/// stays: it was true when it was seen.
fn enrich(columns: &mut [ArrayRef], addresses: &[Option<IpAddr>], ends: Ends, tables: &Tables) {
    let Some(asns) = columns.get(ends.asn as usize).and_then(|column| column.as_primitive_opt::<Int64Type>()) else {
        return;
    };
    let mut filled: Option<Int64Array> = None;
    if !tables.asn.is_empty() && asns.null_count() > 0 {
        let mut builder = Int64Builder::with_capacity(addresses.len());
        for (row, address) in addresses.iter().enumerate() {
            let said = asns.is_valid(row).then(|| asns.value(row));
            builder.append_option(said.or_else(|| address.and_then(|address| tables.asn.get(address)).map(i64::from)));
        }
        filled = Some(builder.finish());
    }
    if !tables.as_names.is_empty() {
        let asns = filled.as_ref().unwrap_or(asns);
        let said = texts(columns, ends.as_name);
        let mut names = StringBuilder::new();
        for row in 0..addresses.len() {
            let named = || {
                asns.is_valid(row)
                    .then(|| u32::try_from(asns.value(row)).ok())
                    .flatten()
                    .and_then(|asn| tables.as_names.get(&asn))
            };
            names.append_option(text_at(said, row).or_else(|| named().map(String::as_str)));
        }
        put(columns, ends.as_name as usize, Arc::new(names.finish()));
    }
    if let Some(filled) = filled {
        put(columns, ends.asn as usize, Arc::new(filled));
    }
    let countries = texts(columns, ends.country);
    if !tables.country.is_empty() && countries.null_count() > 0 {
        let mut builder = StringBuilder::new();
        for (row, address) in addresses.iter().enumerate() {
            match text_at(countries, row) {
                Some(said) => builder.append_value(said),
                None => match address.and_then(|address| tables.country.get(address)) {
                    Some(number) => {
                        builder.append_value(std::str::from_utf8(&country_text(number)).unwrap_or_default())
                    }
                    None => builder.append_null(),
                },
            }
        }
        put(columns, ends.country as usize, Arc::new(builder.finish()));
    }
}

/// The host of a URL, or the domain of a mail address.
fn name_in(text: &str) -> Option<&str> {
    let rest = match text.split_once("://") {
        Some((_, rest)) => rest,
        None => text.rsplit_once('@')?.1,
    };
    let host = rest.split(['/', '?', '#']).next()?;
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = host.split(':').next()?;
    (!host.is_empty()).then_some(host)
}

/// Whose each row is. The source end is asked first, then the destination: an alert about an attack on a ministry belongs
/// to the ministry. At each end: network, then name, then AS number.
fn own(columns: &[ArrayRef], rows: &ChunkRows, owners: &Owners) -> Vec<Option<Ours>> {
    if owners.list.is_empty() {
        return vec![None; rows.times.len()];
    }
    let names = [Field::SourceFqdn, Field::SourceUrl, Field::SourceAccount].map(|field| texts(columns, field));
    let far_names =
        [Field::DestinationFqdn, Field::DestinationUrl, Field::DestinationAccount].map(|field| texts(columns, field));
    let any =
        |arrays: &[&StringArray; 3]| !owners.by_domain.is_empty() && arrays.iter().any(|a| a.null_count() < a.len());
    let (near_named, far_named) = (any(&names), any(&far_names));
    let by_name = |arrays: &[&StringArray; 3], row: usize| {
        arrays.iter().find_map(|array| {
            let text = text_at(array, row)?;
            owners.of_name(name_in(text).unwrap_or(text))
        })
    };
    let asn_of = |field: Field| columns.get(field as usize).and_then(|column| column.as_primitive_opt::<Int64Type>());
    let (near_asn, far_asn) = (asn_of(Field::SourceAsn), asn_of(Field::DestinationAsn));
    let by_asn = |array: Option<&Int64Array>, row: usize| {
        let array = array.filter(|array| array.is_valid(row))?;
        owners.of_asn(u32::try_from(array.value(row)).ok()?)
    };
    let addresses = rows.source_ips.iter().zip(&rows.destination_ips);
    addresses
        .enumerate()
        .map(|(row, (near, far))| {
            let near = near
                .and_then(|address| owners.of_ip(address))
                .or_else(|| near_named.then(|| by_name(&names, row)).flatten())
                .or_else(|| by_asn(near_asn, row));
            if let Some(owner) = near {
                return Some(Ours::Source(owner));
            }
            far.and_then(|address| owners.of_ip(address))
                .or_else(|| far_named.then(|| by_name(&far_names, row)).flatten())
                .or_else(|| by_asn(far_asn, row))
                .map(Ours::Destination)
        })
        .collect()
}

/// Writes constituent, asset, subject and finding of every row, and folds the findings.
fn name_findings(
    columns: &mut [ArrayRef],
    times: &[i64],
    ours: &[Option<Ours>],
    owners: &Owners,
    mut folded: Option<&mut Folded>,
) {
    let len = times.len();
    let mut names = StringBuilder::with_capacity(len, len * 16);
    let mut ids = StringBuilder::with_capacity(len, len * 36);
    let mut assets = StringBuilder::with_capacity(len, len * 14);
    let mut subjects = StringBuilder::with_capacity(len, len * 12);
    let mut findings = StringBuilder::with_capacity(len, len * 32);
    let (assets, subjects) = {
        let array = |field| texts(columns, field);
        let near = [Field::SourceIp, Field::SourceUrl, Field::SourceFqdn, Field::SourceAccount, Field::SourceNetwork]
            .map(array);
        let far = [
            Field::DestinationIp,
            Field::DestinationUrl,
            Field::DestinationFqdn,
            Field::DestinationAccount,
            Field::DestinationNetwork,
        ]
        .map(array);
        let numbers = |field: Field| columns.get(field as usize).and_then(|c| c.as_primitive_opt::<Int64Type>());
        let (source_asns, destination_asns) = (numbers(Field::SourceAsn), numbers(Field::DestinationAsn));
        let (malware, identifiers) = (array(Field::MalwareName), array(Field::Identifier));
        let (classes, kinds, severities) = (array(Field::Taxonomy), array(Field::Type), array(Field::Severity));
        let first = |ends: &[&StringArray; 5], row: usize| -> Option<String> {
            ends.iter().find_map(|array| text_at(array, row)).map(str::to_string)
        };
        let mut scratch = Vec::with_capacity(200);
        let mut hex = [0u8; 32];
        // Key, owner and row of what is to be folded.
        let mut told: Vec<(u128, u32, usize)> = Vec::with_capacity(if folded.is_some() { len } else { 0 });
        for (row, ours) in ours.iter().enumerate() {
            let subject = text_at(malware, row).or_else(|| text_at(identifiers, row)).unwrap_or("unknown");
            let (ends, owner) = match ours {
                Some(Ours::Source(owner)) => (&near, Some(*owner)),
                Some(Ours::Destination(owner)) => (&far, Some(*owner)),
                None => (&near, None),
            };
            let asset = ends.iter().find_map(|array| text_at(array, row));
            let other;
            let asset = match asset {
                Some(asset) => asset,
                None => {
                    // Only the other end has a name: better that than nothing.
                    other = first(&near, row).or_else(|| first(&far, row)).unwrap_or_default();
                    other.as_str()
                }
            };
            assets.append_value(asset);
            subjects.append_value(subject);
            let Some((place, owner)) = owner.and_then(|place| Some((place, owners.get(place)?))) else {
                names.append_null();
                ids.append_null();
                findings.append_null();
                continue;
            };
            names.append_value(&owner.name);
            ids.append_value(&owner.id);
            if folded.is_none() {
                findings.append_null();
                continue;
            }
            let kind = text_at(kinds, row).unwrap_or("undetermined");
            let key = finding_key(&owner.id, kind, subject, asset, &mut scratch);
            findings.append_value(hex_text(key, &mut hex));
            told.push((key, place, row));
        }
        let (assets, subjects) = (assets.finish(), subjects.finish());
        // All are looked up before any is changed: the table is larger than what a core has at hand, and so it asks for the next
        // while it waits for one.
        let places =
            folded.as_deref().map(|folded| folded.places(told.iter().map(|(key, ..)| *key))).unwrap_or_default();
        for ((key, owner, row), known) in told.into_iter().zip(places) {
            let Some(folded) = folded.as_deref_mut() else { break };
            let kind = text_at(kinds, row).unwrap_or("undetermined");
            let (subject, asset) = (subjects.value(row), assets.value(row));
            let time = times.get(row).copied().unwrap_or_default();
            let severity = text_at(severities, row).and_then(Severity::parse).unwrap_or(Severity::Info);
            // The same rule as in `replay::FOLD`: the operator of the end the asset is at.
            let at_source = near.iter().any(|array| text_at(array, row) == Some(asset));
            let asn = number_at(if at_source { source_asns } else { destination_asns }, row);
            let seen = Seen { owner, taxonomy: text_at(classes, row).unwrap_or("other"), kind, subject, asset };
            folded.add(key, known, &seen, severity, time, asn);
        }
        (assets, subjects)
    };
    put(columns, Field::Constituent as usize, Arc::new(names.finish()));
    put(columns, place(Own::ConstituentId), Arc::new(ids.finish()));
    put(columns, place(Own::Asset), Arc::new(assets));
    put(columns, place(Own::Subject), Arc::new(subjects));
    put(columns, place(Own::Finding), Arc::new(findings.finish()));
}

#[cfg(test)]
mod tests {
    use manara_formats::{Outcome, Row, Value};
    use manara_model::{IpTable, Micros};

    use super::*;

    fn owners() -> Owners {
        let network = |text: &str, len, owner| (text.parse::<IpAddr>().expect("an address"), len, owner);
        Owners {
            list: ["isp", "school", "ministry"]
                .map(|name| manara_model::Owner { id: format!("id-{name}"), name: name.into() })
                .into(),
            networks: IpTable::build([network("192.0.2.0", 24, 0), network("192.0.2.128", 28, 1)]).0,
            by_asn: [(64500, 0)].into(),
            by_domain: [("gov.example".to_string(), 2)].into(),
        }
    }

    fn stepped(fields: Vec<Vec<(Field, Value<'static>)>>, tables: &Tables) -> (RecordBatch, Folded) {
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        let mut always = |_: &Row<'_>, _: u128| Ok(true);
        let mut chunker = crate::chunk::Chunker::new(sender, (0, false), u64::MAX, &mut always);
        for (at, mut fields) in fields.into_iter().enumerate() {
            use manara_formats::Sink as _;
            fields.push((Field::Time, Value::Time(Micros(at as i64 + 1))));
            let raw = at.to_string();
            let row =
                Row { line: at as u64 + 2, raw: raw.as_bytes(), nth: 0, outcome: Outcome::Event, fields, extra: "" };
            chunker.row(row).expect("room");
        }
        let (result, _) = chunker.finish();
        result.expect("room");
        let mut chunk = receiver.recv().expect("a chunk");
        let mut folded = Folded::default();
        let facts = BatchFacts { batch: "b", feed: "f", received: 9 };
        let stepped = run(&mut chunk.events, &facts, tables, &owners(), Some(&mut folded)).expect("columns fit");
        (stepped.batch, folded)
    }

    fn ip(text: &str) -> Value<'static> {
        Value::Ip(text.parse().expect("an address"))
    }

    fn word(text: &'static str) -> Value<'static> {
        Value::Text(text.into())
    }

    fn column(batch: &RecordBatch, name: &str) -> Vec<Option<String>> {
        let array = batch.column_by_name(name).expect("a column").as_string::<i32>();
        array.iter().map(|text| text.map(str::to_string)).collect()
    }

    #[test]
    fn the_longest_prefix_owns_then_the_name_then_the_as_then_the_other_end() {
        let (batch, folded) = stepped(
            vec![
                vec![(Field::SourceIp, ip("192.0.2.1")), (Field::Identifier, word("open-telnet"))],
                vec![(Field::SourceIp, ip("192.0.2.130"))],
                vec![(Field::SourceUrl, word("https://u:p@www.gov.example:8443/x"))],
                vec![(Field::SourceIp, ip("203.0.113.1")), (Field::SourceAsn, Value::Number(64500))],
                vec![(Field::SourceIp, ip("203.0.113.1")), (Field::DestinationIp, ip("192.0.2.9"))],
                vec![(Field::SourceIp, ip("203.0.113.1"))],
            ],
            &Tables::default(),
        );
        let some = |name: &str| Some(name.to_string());
        assert_eq!(
            column(&batch, "constituent"),
            [some("isp"), some("school"), some("ministry"), some("isp"), some("isp"), None]
        );
        assert_eq!(column(&batch, "asset")[4], some("192.0.2.9"));
        assert_eq!(column(&batch, "subject")[0], some("open-telnet"));
        assert_eq!(folded.len(), 5);
        assert_eq!(column(&batch, "finding").iter().flatten().count(), 5);
    }

    #[test]
    fn rows_of_one_asset_and_subject_fold_into_one_finding() {
        let row = |malware| {
            vec![
                (Field::SourceIp, ip("192.0.2.1")),
                (Field::MalwareName, word(malware)),
                (Field::Type, word("infected-system")),
            ]
        };
        let (batch, folded) = stepped(vec![row("mirai"), row("mirai"), row("necurs")], &Tables::default());
        let mut counts: Vec<(i64, i64, i64)> =
            folded.in_order().iter().map(|(_, delta)| (delta.count, delta.first, delta.last)).collect();
        counts.sort_unstable();
        assert_eq!(counts, [(1, 3, 3), (2, 1, 2)]);
        let ids = column(&batch, "finding");
        assert!(ids[0] == ids[1] && ids[1] != ids[2]);
    }

    #[test]
    fn every_event_gets_a_class_and_a_severity() {
        let (batch, _) = stepped(
            vec![
                vec![(Field::SourceIp, ip("192.0.2.1")), (Field::Type, word("c2-server"))],
                vec![
                    (Field::SourceIp, ip("192.0.2.1")),
                    (Field::Type, word("made-up")),
                    (Field::Severity, word("HIGH")),
                ],
            ],
            &Tables::default(),
        );
        let some = |texts: [&str; 2]| texts.map(|text| Some(text.to_string()));
        assert_eq!(column(&batch, "taxonomy"), some(["malicious-code", "other"]));
        assert_eq!(column(&batch, "type"), some(["c2-server", "undetermined"]));
        assert_eq!(column(&batch, "severity"), some(["critical", "high"]));
    }

    #[test]
    fn tables_fill_what_the_source_did_not_say() {
        let all =
            |text: &str, len, value| IpTable::build([(text.parse::<IpAddr>().expect("an address"), len, value)]).0;
        let tables = Tables {
            asn: all("203.0.113.0", 24, 64501),
            country: all("203.0.113.0", 24, crate::tables::country_number("zz").expect("two letters")),
            as_names: [(64501, "Name".to_string())].into(),
        };
        let (batch, _) = stepped(
            vec![
                vec![(Field::SourceIp, ip("203.0.113.5"))],
                vec![
                    (Field::SourceIp, ip("203.0.113.5")),
                    (Field::SourceAsn, Value::Number(7)),
                    (Field::SourceCountry, word("XY")),
                ],
            ],
            &tables,
        );
        let asns = batch.column_by_name("source_asn").expect("a column").as_primitive::<Int64Type>();
        assert_eq!(asns.values().to_vec(), [64501, 7]);
        assert_eq!(column(&batch, "source_country"), [Some("ZZ".to_string()), Some("XY".to_string())]);
        assert_eq!(column(&batch, "source_as_name"), [Some("Name".to_string()), None]);
    }
}
