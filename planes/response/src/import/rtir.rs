//! Tickets of RTIR, as RT's REST2 gives them.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use manara_formats::mail::html_to_text;
use manara_model::{Micros, Severity};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use super::value::{Facts, UNCLASSIFIED, class, list, member, moment, observe, once, text};
use super::{Becomes, Fault, Foreign, ForeignFile, Queue, Reading, Text, Voice};
use crate::incident::State;
use crate::mail::hex;
use crate::ticket::{Kind, TicketState};

/// Links between tickets, by the names RT has for them.
const LINKS: [&str; 8] =
    ["MemberOf", "Members", "RefersTo", "ReferredToBy", "DependsOn", "DependedOnBy", "Parents", "Children"];
/// The same in the list of addresses of an answer.
const HYPERLINKS: [&str; 6] = ["parent", "child", "refers-to", "referred-to-by", "depends-on", "depended-on-by"];

/// What a ticket has that has no field here.
const FACTS: [&str; 15] = [
    "Cc",
    "AdminCc",
    "Creator",
    "Priority",
    "InitialPriority",
    "FinalPriority",
    "Starts",
    "Started",
    "Told",
    "TimeEstimated",
    "TimeWorked",
    "TimeLeft",
    "SLA",
    "LastUpdatedBy",
    "Disabled",
];

/// Files of one entry of the history that are taken over.
const FILES: usize = 100;

/// The number of a ticket, as far as it can be read.
pub(super) fn id(value: &Value) -> String {
    number(&member(value, &["id", "EffectiveId"]))
}

/// The digits at the end of `ticket/12`, or of an address.
fn number(said: &str) -> String {
    let digits = said.chars().rev().take_while(char::is_ascii_digit).count();
    said.get(said.len() - digits..).filter(|_| digits <= 18).unwrap_or_default().to_string()
}

/// Reads a ticket.
pub(super) fn read(value: &Value, reading: &Reading) -> Result<Foreign, Fault> {
    let key = id(value);
    if key.is_empty() {
        return Err(Fault::Missing("id", "the number of a ticket"));
    }
    let of = member(value, &["Type"]);
    if !of.is_empty() && of != "ticket" {
        return Err(Fault::value("Type", &of, "ticket"));
    }
    let queue = queue(value, &reading.queues)?;
    let requestors = people(value, &["Requestor", "Requestors"]);
    let mut facts = Facts::default();
    facts.all("Queue", list(value.get("Queue")));
    facts.add("Requestors", &requestors.join(", "));
    for name in FACTS {
        let texts = people(value, &[name]);
        let is_said = |text: &String| text != "0" && text != "Not set" && !text.starts_with("1970-01-01");
        let said: Vec<String> = texts.into_iter().filter(is_said).collect();
        facts.add(name, &said.join(", "));
    }
    let fields = fields(value);
    let field = |wanted: &str| fields.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
    let words = |wanted: &str| field(wanted).map(|(_, values)| values.join(", ")).unwrap_or_default();
    let mut seen = Vec::new();
    for (name, values) in &fields {
        facts.add(name, &values.join(", "));
        if ["IP", "Domain", "CVE ID", "CVE"].iter().any(|wanted| name.eq_ignore_ascii_case(wanted)) {
            observe(&mut seen, &values.join("\n"));
        }
    }
    let created = moment(value, &["Created", "Started", "LastUpdated"])?;
    let created = created.ok_or(Fault::Missing("Created", "a time such as 2024-01-31T08:00:00Z"))?;
    let becomes = becomes(queue, &member(value, &["Status"]), &words("Resolution"))?;
    let texts = texts(value, queue, &requestors, created, &mut facts)?;
    let links = links(value, &mut facts, &key);
    let severity = severity(&member(value, &["Priority"]));
    Ok(Foreign {
        place: String::new(),
        label: format!("RT #{key}"),
        becomes,
        title: member(value, &["Subject"]),
        class: class(&words("Classification")).unwrap_or(UNCLASSIFIED),
        severity,
        tlp: reading.tlp,
        owner: Some(member(value, &["Owner"])).filter(|owner| owner != "Nobody").unwrap_or_default(),
        created,
        changed: moment(value, &["LastUpdated"])?.unwrap_or(created),
        closed: moment(value, &["Resolved"])?,
        due: moment(value, &["Due"])?,
        texts,
        others: requestors.into_iter().filter(|mail| mail.contains('@')).collect(),
        target: target(&words("IP"), &words("Netmask"), &words("Port"), &words("Where Blocked")),
        facts: facts.0,
        seen,
        tasks: Vec::new(),
        techniques: Vec::new(),
        links,
        bytes: 0,
        key,
    })
}

/// What the tickets of the queue become.
fn queue(value: &Value, known: &[(String, Queue)]) -> Result<Queue, Fault> {
    let said = value.get("Queue");
    let number = said.map_or_else(String::new, |queue| match queue {
        Value::Object(map) => map.get("id").map(text).unwrap_or_default(),
        other => text(other),
    });
    let name = said.map(text).unwrap_or_default();
    if let Some((_, queue)) = known.iter().find(|(one, _)| *one == number || *one == name) {
        return Ok(*queue);
    }
    let lower = name.to_lowercase();
    for (word, queue) in [
        ("incident report", Queue::Tickets(Kind::Report)),
        ("investigation", Queue::Tickets(Kind::Investigation)),
        ("countermeasure", Queue::Tickets(Kind::Countermeasure)),
        ("block", Queue::Tickets(Kind::Countermeasure)),
        ("incident", Queue::Incidents),
    ] {
        if lower.contains(word) {
            return Ok(queue);
        }
    }
    let expected = "Incident Reports, Incidents, Investigations or Countermeasures, or its number with what it holds: \
                    --queue NUMBER=incidents";
    Err(Fault::value("Queue", if name.is_empty() { &number } else { &name }, expected))
}

/// Where a ticket stands, by the lifecycles of RTIR and by those of RT where a team changed its queues.
fn becomes(queue: Queue, status: &str, resolution: &str) -> Result<Becomes, Fault> {
    use TicketState::{Active, New, Open, PendingActivation, PendingRemoval, Rejected, Removed, Resolved};
    let word = status.trim().to_lowercase();
    if word == "deleted" {
        return Err(Fault::Deleted);
    }
    let kind = match queue {
        Queue::Incidents => {
            let resolution = resolution.to_lowercase();
            return match word.as_str() {
                "new" => Ok(Becomes::Incident(State::New, "")),
                "open" | "stalled" => Ok(Becomes::Incident(State::Open, "")),
                "resolved" => Ok(Becomes::Incident(State::Resolved, "resolved")),
                "abandoned" | "rejected" if resolution.contains("no response") => {
                    Ok(Becomes::Incident(State::Abandoned, "no-answer"))
                }
                "abandoned" | "rejected" => Ok(Becomes::Incident(State::Abandoned, "no-resolution")),
                _ => Err(Fault::value("Status", status, "new, open, resolved or abandoned")),
            };
        }
        Queue::Tickets(kind) => kind,
    };
    let (state, expected) = match kind {
        Kind::Report => {
            let state = match word.as_str() {
                "new" => Some(New),
                "open" | "stalled" => Some(Open),
                "resolved" => Some(Resolved),
                "rejected" => Some(Rejected),
                _ => None,
            };
            (state, "new, open, resolved or rejected")
        }
        Kind::Investigation => {
            let state = match word.as_str() {
                "new" | "open" | "stalled" => Some(Open),
                "resolved" | "rejected" => Some(Resolved),
                _ => None,
            };
            (state, "open or resolved")
        }
        Kind::Countermeasure => {
            let state = match word.as_str() {
                "pending activation" | "new" => Some(PendingActivation),
                "active" | "open" | "stalled" => Some(Active),
                "pending removal" => Some(PendingRemoval),
                "removed" | "resolved" | "rejected" => Some(Removed),
                _ => None,
            };
            (state, "pending activation, active, pending removal or removed")
        }
    };
    let state = state.ok_or_else(|| Fault::value("Status", status, expected))?;
    Ok(Becomes::Ticket(kind, state))
}

/// RT counts priority to 100 and has words for three of its numbers; where none was given it is 0.
fn severity(priority: &str) -> Severity {
    match (priority.to_lowercase().as_str(), priority.parse::<i64>()) {
        ("low", _) | (_, Ok(1..=33)) => Severity::Low,
        ("high", _) | (_, Ok(67..)) => Severity::High,
        _ => Severity::Medium,
    }
}

/// People, by their address or name.
fn people(value: &Value, names: &[&str]) -> Vec<String> {
    let all = names.iter().flat_map(|name| list(value.get(*name)));
    once(all.map(person).filter(|name| name != "Nobody").collect())
}

/// Somebody, by their address where one is said, else by their name.
fn person(value: &Value) -> String {
    let mut said = ["EmailAddress", "id", "Name"].iter().filter_map(|name| value.get(*name)).map(text);
    let name = said.find(|said| said.contains('@')).unwrap_or_else(|| text(value));
    if name.contains('@') { name.to_lowercase() } else { name }
}

/// Custom fields with their values, whichever of its forms an export has.
fn fields(value: &Value) -> Vec<(String, Vec<String>)> {
    let texts = |of: &Value| -> Vec<String> {
        list(Some(of)).iter().map(text).filter(|text| !text.is_empty()).take(super::PARTS).collect()
    };
    let mut all = Vec::new();
    for name in ["CustomFields", "customFields", "custom_fields"] {
        match value.get(name) {
            Some(Value::Object(map)) => all.extend(map.iter().map(|(name, of)| (name.clone(), texts(of)))),
            Some(Value::Array(fields)) => all.extend(fields.iter().map(|field| {
                let of = field.get("values").or_else(|| field.get("value"));
                (member(field, &["name", "Name", "id"]), of.map(texts).unwrap_or_default())
            })),
            _ => {}
        }
    }
    // Searches give a field as a member of its own.
    if let Value::Object(map) = value {
        let own = map.iter().filter_map(|(name, of)| Some((name.strip_prefix("CF.{")?.strip_suffix('}')?, of)));
        all.extend(own.map(|(name, of)| (name.to_string(), texts(of))));
    }
    all.retain(|(_, values)| !values.is_empty());
    all
}

/// Numbers of the tickets it is linked with; the names of the links are kept as facts.
fn links(value: &Value, facts: &mut Facts, own: &str) -> Vec<String> {
    let mut all = Vec::new();
    for of in [Some(value), value.get("links"), value.get("Links")].into_iter().flatten() {
        for name in LINKS {
            let numbers: Vec<String> =
                list(of.get(name)).iter().map(|one| number(&link(one))).filter(|one| !one.is_empty()).collect();
            facts.add(name, &numbers.iter().map(|one| format!("RT #{one}")).collect::<Vec<_>>().join(", "));
            all.extend(numbers);
        }
    }
    for one in list(value.get("_hyperlinks")) {
        let name = member(one, &["ref"]);
        if HYPERLINKS.contains(&name.as_str()) {
            let said = number(&link(one));
            if !said.is_empty() {
                facts.add(&name, &format!("RT #{said}"));
                all.push(said);
            }
        }
    }
    all.retain(|one| one != own);
    once(all)
}

/// What names the other end: its number, or the end of its address.
fn link(one: &Value) -> String {
    match one {
        Value::Object(_) => member(one, &["id", "_url"]),
        other => text(other),
    }
}

/// The entries of the history of a ticket, whichever of its names an export has.
fn history(value: &Value) -> impl Iterator<Item = &Value> {
    ["transactions", "Transactions", "history", "History", "_history"]
        .into_iter()
        .flat_map(|name| list(value.get(name)))
}

/// The attachments of an entry.
fn parts(one: &Value) -> &[Value] {
    list(one.get("Attachments").or_else(|| one.get("attachments")))
}

/// What was said, from the history of the ticket, with its files.
fn texts(
    value: &Value,
    queue: Queue,
    requestors: &[String],
    created: Micros,
    facts: &mut Facts,
) -> Result<Vec<Text>, Fault> {
    let mut all = Vec::new();
    let mut left: BTreeMap<String, usize> = BTreeMap::new();
    for one in history(value) {
        let files = files(one, facts);
        let mut body = content(one);
        if body.is_empty() {
            // Where nothing was written, what came is told by its names.
            body = files
                .iter()
                .map(|file| file.name.as_str())
                .filter(|name| !name.is_empty())
                .collect::<Vec<_>>()
                .join("\n");
        }
        if let (true, Some(first)) = (body.is_empty(), files.first()) {
            body.clone_from(&first.media_type);
        }
        let kind = member(one, &["Type", "type"]);
        if body.is_empty() {
            *left.entry(kind).or_default() += 1;
            continue;
        }
        let who = one.get("Creator").or_else(|| one.get("creator")).map(person).unwrap_or_default();
        let is_theirs = requestors.contains(&who);
        let voice = match kind.as_str() {
            "Create" if queue == Queue::Tickets(Kind::Report) => Voice::Theirs,
            "Create" | "Correspond" if is_theirs => Voice::Theirs,
            "Create" | "Correspond" => Voice::Ours,
            _ => Voice::Within,
        };
        let at = moment(one, &["Created", "created"])?.unwrap_or(created);
        all.push(Text { at, who, voice, body, message_id: message_id(one), files });
    }
    // Entries of the history that say nothing in words, such as changes of fields.
    let left: Vec<String> = left.into_iter().map(|(kind, count)| format!("{kind} × {count}").trim().into()).collect();
    facts.add("History left in RT", &left.join(", "));
    let description = member(value, &["Description", "Content"]);
    if !description.is_empty() {
        let who = value.get("Creator").map(person).unwrap_or_default();
        let (at, voice, message_id) = (created, Voice::Within, String::new());
        all.insert(0, Text { at, who, voice, body: description, message_id, files: Vec::new() });
    }
    Ok(all)
}

/// The Message-ID of the mail an entry of the history was: its own, or that in the head of its attachments.
fn message_id(one: &Value) -> String {
    let of = |value: &Value| {
        let said = member(value, &["MessageId", "message_id", "Message-ID"]);
        if !said.is_empty() {
            return said;
        }
        let head = member(value, &["Headers", "headers"]);
        let field = head.lines().find(|line| line.to_ascii_lowercase().starts_with("message-id:"));
        field.and_then(|line| line.split_once(':')).map(|(_, id)| id.to_string()).unwrap_or_default()
    };
    let said = std::iter::once(one).chain(parts(one)).map(of).find(|id| !id.is_empty()).unwrap_or_default();
    let id = said.trim().trim_start_matches('<').trim_end_matches('>');
    let is_id = id.contains('@') && id.len() <= 998 && !id.chars().any(|c| c.is_whitespace() || c.is_control());
    if is_id { id.to_string() } else { String::new() }
}

/// The parts of an entry of the history that are files: what has a name, and what is no text.
fn named(one: &Value) -> impl Iterator<Item = (&Value, String, String)> {
    parts(one).iter().filter_map(|part| {
        let (name, kind) = (member(part, &["Filename", "filename"]), kind(part));
        let is_words = ["text/plain", "text/html", "multipart/"].iter().any(|word| kind.starts_with(word));
        let is_text = name.is_empty() && (is_words || kind.is_empty());
        (!is_text).then_some((part, name, kind))
    })
}

/// What a part, or an entry of the history, is said to be.
fn kind(part: &Value) -> String {
    member(part, &["ContentType", "content_type"]).to_ascii_lowercase()
}

/// The bytes of a part; nothing where the export does not bring them.
fn bytes(part: &Value) -> Option<Vec<u8>> {
    let said = member(part, &["Content", "content"]);
    let packed: String = said.chars().filter(|c| !c.is_whitespace()).collect();
    STANDARD.decode(packed).ok().filter(|bytes| !bytes.is_empty())
}

/// The files of an entry of the history. Those that the export does not bring are named: nothing of them is lost without a word.
fn files(one: &Value, facts: &mut Facts) -> Vec<ForeignFile> {
    let mut all = Vec::new();
    for (part, name, media_type) in named(one) {
        match bytes(part).filter(|_| all.len() < FILES) {
            Some(bytes) => {
                let sha256 = hex(&Sha256::digest(&bytes));
                all.push(ForeignFile { name, media_type, bytes: bytes.into(), sha256 });
            }
            None => {
                let said =
                    [name, media_type].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
                facts.add("Attachment left in RT", &said);
            }
        }
    }
    all
}

/// The words of one entry of the history: its own, or those of its attachments, which are in base64.
fn content(one: &Value) -> String {
    let own = member(one, &["Content", "content"]);
    if !own.is_empty() {
        return if kind(one).starts_with("text/html") { html_to_text(&own).trim().to_string() } else { own };
    }
    let words = |is_wanted: fn(&str) -> bool| -> Vec<String> {
        let all = parts(one).iter().filter(|part| member(part, &["Filename", "filename"]).is_empty());
        all.filter(|part| is_wanted(&kind(part))).map(said).filter(|text| !text.is_empty()).collect()
    };
    let plain = words(|kind| kind.is_empty() || kind.starts_with("text/plain"));
    if !plain.is_empty() {
        return plain.join("\n\n");
    }
    // A mail of HTML alone has no other words.
    let html = words(|kind| kind.starts_with("text/html"));
    let texts = html.iter().map(|text| html_to_text(text).trim().to_string()).filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n\n")
}

/// What a part says, out of its base64 where it is in it.
fn said(part: &Value) -> String {
    let said = member(part, &["Content", "content"]);
    let packed: String = said.chars().filter(|c| !c.is_whitespace()).collect();
    let bytes = STANDARD.decode(packed).ok();
    bytes.map(|bytes| super::value::clean(&String::from_utf8_lossy(&bytes))).unwrap_or(said)
}

/// Of a countermeasure: what is blocked, and where.
fn target(ip: &str, netmask: &str, port: &str, place: &str) -> (String, String) {
    let parts = [ip, netmask, port].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
    (parts.join(" "), place.to_string())
}
