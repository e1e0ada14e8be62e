//! Cases of TheHive, as its API gives them.

use manara_model::{Micros, Severity, Tlp};
use serde_json::Value;

use super::value::{Facts, UNCLASSIFIED, class, list, member, moment, observe, once, text};
use super::{Becomes, Fault, Foreign, ForeignTask, ForeignTechnique, Reading, Text, Voice};
use crate::incident::State;
use crate::message::Seen;
use crate::task::{TASK_CHARS, TaskState, technique};

/// What a case has that has no field here.
const FACTS: [&str; 9] =
    ["status", "stage", "resolutionStatus", "impactStatus", "flag", "pap", "papLabel", "caseTemplate", "assignee"];
/// Who wrote something.
const BY: &[&str] = &["_createdBy", "createdBy"];
/// What else is read of a case, or says nothing that is not said elsewhere. All others are named, so that nothing is lost unseen.
const READ: [&str; 37] = [
    "_id",
    "id",
    "number",
    "caseId",
    "_type",
    "title",
    "description",
    "summary",
    "severity",
    "severityLabel",
    "tlp",
    "tlpLabel",
    "tags",
    "customFields",
    "observables",
    "artifacts",
    "comments",
    "tasks",
    "pages",
    "ttps",
    "procedures",
    "owner",
    "startDate",
    "endDate",
    "closedDate",
    "dueDate",
    "date",
    "newDate",
    "_createdAt",
    "_createdBy",
    "_updatedAt",
    "_updatedBy",
    "createdAt",
    "createdBy",
    "updatedAt",
    "extraData",
    "userPermissions",
];
/// Names that are said of what was left there.
const NAMED: usize = 50;

const CREATED: &[&str] = &["startDate", "_createdAt", "createdAt", "date"];

/// The id of a case, as far as it can be read.
pub(super) fn id(value: &Value) -> String {
    member(value, &["_id", "id", "number", "caseId"])
}

/// Reads a case.
pub(super) fn read(value: &Value, reading: &Reading) -> Result<Foreign, Fault> {
    let key = id(value);
    if key.is_empty() {
        return Err(Fault::Missing("_id", "the id of a case"));
    }
    let of = member(value, &["_type"]);
    if !of.is_empty() && !of.eq_ignore_ascii_case("case") {
        return Err(Fault::value("_type", &of, "Case"));
    }
    let number = Some(member(value, &["number", "caseId"])).filter(|number| !number.is_empty());
    let created = moment(value, CREATED)?;
    let created = created.ok_or(Fault::Missing("startDate", "milliseconds since 1970"))?;
    let closed = moment(value, &["endDate", "closedDate"])?;
    let mut facts = Facts::default();
    facts.add("_id", &key);
    for name in FACTS {
        facts.all(name, list(value.get(name)));
    }
    let tags: Vec<String> = once(list(value.get("tags")).iter().map(text).collect());
    facts.add("tags", &tags.join(", "));
    custom_fields(value, &mut facts);
    let mut tlp = case_tlp(value, reading.tlp)?;
    let mut seen = Vec::new();
    for one in list(value.get("observables").or_else(|| value.get("artifacts"))) {
        tlp = tlp.max(observable(one, tlp, &mut seen, &mut facts)?);
    }
    left(value, &mut facts);
    let mut texts = Vec::new();
    let who = member(value, BY);
    let mut say = |at, who: String, body: String| {
        if !body.is_empty() {
            texts.push(Text { at, who, voice: Voice::Within, body, message_id: String::new(), files: Vec::new() });
        }
    };
    say(created, who.clone(), member(value, &["description"]));
    for page in list(value.get("pages")) {
        let at = moment(page, &["_updatedAt", "updatedAt", "_createdAt", "createdAt"])?.unwrap_or(created);
        say(at, member(page, BY), lines(&[member(page, &["title"]), member(page, &["content"])]));
    }
    for task in list(value.get("tasks")) {
        let title = member(task, &["title"]);
        let about = member(task, &["description"]);
        if about.chars().count() > TASK_CHARS {
            say(created, String::new(), lines(&[title.clone(), about]));
        }
        for log in list(task.get("logs")) {
            let at = moment(log, &["date", "startDate", "_createdAt", "createdAt"])?.unwrap_or(created);
            let files = list(log.get("attachment")).iter().chain(list(log.get("attachments")));
            let files: Vec<String> = files.map(text).filter(|name| !name.is_empty()).collect();
            let files = if files.is_empty() {
                String::new()
            } else {
                format!("Attachment left in TheHive: {}", files.join(", "))
            };
            let said = lines(&[member(log, &["message"]), files]);
            if !said.is_empty() {
                say(at, member(log, &["owner", "_createdBy", "createdBy"]), lines(&[title.clone(), said]));
            }
        }
    }
    for one in list(value.get("comments")) {
        let at = moment(one, &["createdAt", "_createdAt"])?.unwrap_or(created);
        say(at, member(one, BY), member(one, &["message"]));
    }
    say(closed.unwrap_or(created), who, member(value, &["summary"]));
    let techniques = techniques(value, created, &mut facts)?;
    Ok(Foreign {
        place: String::new(),
        label: format!("TheHive #{}", number.as_deref().unwrap_or(&key)),
        becomes: becomes(value)?,
        title: member(value, &["title"]),
        class: tags.iter().find_map(|tag| tagged(tag)).unwrap_or(UNCLASSIFIED),
        severity: severity(value)?,
        tlp,
        owner: member(value, &["assignee", "owner"]),
        created,
        changed: moment(value, &["_updatedAt", "updatedAt"])?.or(closed).unwrap_or(created),
        closed,
        due: moment(value, &["dueDate"])?,
        others: Vec::new(),
        target: Default::default(),
        facts: facts.0,
        texts,
        seen,
        tasks: tasks(value)?,
        techniques,
        links: Vec::new(),
        bytes: 0,
        key,
    })
}

/// Texts below one another, without empty ones.
fn lines(all: &[String]) -> String {
    all.iter().map(String::as_str).filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// Names what a case has that is not read: a value as a fact, a list by what is in it.
fn left(value: &Value, facts: &mut Facts) {
    let Value::Object(map) = value else { return };
    for (name, of) in map.iter().filter(|(name, _)| !READ.contains(&name.as_str()) && !FACTS.contains(&name.as_str())) {
        match of {
            Value::Array(all) if !all.is_empty() => {
                let title = |one: &Value| Some(member(one, &["title", "name"])).filter(|title| !title.is_empty());
                let names = all.iter().take(NAMED).map(|one| title(one).unwrap_or_else(|| text(one)));
                let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
                facts.add("Left in TheHive", &format!("{name} × {}: {}", all.len(), names.join(", ")));
            }
            Value::Object(more) if !more.is_empty() => {
                facts.add("Left in TheHive", &format!("{name} × {}: {}", more.len(), text(of)));
            }
            Value::Bool(false) => {}
            other => facts.add(name, &text(other)),
        }
    }
}

/// The techniques of a case; what is no technique of MITRE ATT&CK is kept in words.
fn techniques(value: &Value, created: Micros, facts: &mut Facts) -> Result<Vec<ForeignTechnique>, Fault> {
    let mut all = Vec::new();
    for one in list(value.get("ttps")).iter().chain(list(value.get("procedures"))) {
        let pattern = Some(member(one, &["patternId"])).filter(|id| !id.is_empty()).unwrap_or_else(|| text(one));
        let said = lines(&[member(one, &["patternName"]), member(one, &["tactic"]), member(one, &["description"])]);
        let Some(id) = technique(&pattern) else {
            facts.add("ttps", &lines(&[pattern, said]));
            continue;
        };
        let at = moment(one, &["_createdAt", "createdAt"])?.unwrap_or(created);
        let happened = moment(one, &["occurDate", "occurredAt"])?;
        let said = if said.is_empty() { id.clone() } else { said };
        all.push(ForeignTechnique { id, said, who: member(one, BY), at, happened });
    }
    Ok(all)
}

/// Where a case stands, by its stage, or by its status in the version before there were stages.
fn becomes(value: &Value) -> Result<Becomes, Fault> {
    let (stage, status) = (member(value, &["stage"]), member(value, &["status"]));
    let ended = member(value, &["resolutionStatus"]);
    let said = if ended.is_empty() { status.as_str() } else { ended.as_str() };
    let end = match said {
        "FalsePositive" => Becomes::Incident(State::Abandoned, "false-alarm"),
        "Duplicated" => Becomes::Incident(State::Abandoned, "duplicate"),
        "Indeterminate" => Becomes::Incident(State::Abandoned, "no-resolution"),
        _ => Becomes::Incident(State::Resolved, "resolved"),
    };
    match (stage.as_str(), status.as_str()) {
        (_, "Deleted") => Err(Fault::Deleted),
        ("Closed", _) => Ok(end),
        ("New", _) | ("", "New") => Ok(Becomes::Incident(State::New, "")),
        ("InProgress" | "Imported", _) | ("", "Open" | "InProgress") => Ok(Becomes::Incident(State::Open, "")),
        ("", "Resolved" | "TruePositive" | "FalsePositive" | "Duplicated" | "Indeterminate" | "Other") => Ok(end),
        ("", _) => Err(Fault::value("status", &status, "New, InProgress, Open, Resolved or how the case ended")),
        _ => Err(Fault::value("stage", &stage, "New, InProgress or Closed")),
    }
}

fn severity(value: &Value) -> Result<Severity, Fault> {
    match member(value, &["severity"]).as_str() {
        "1" => Ok(Severity::Low),
        "" | "2" => Ok(Severity::Medium),
        "3" => Ok(Severity::High),
        "4" => Ok(Severity::Critical),
        other => Err(Fault::value("severity", other, "1 to 4")),
    }
}

fn case_tlp(value: &Value, usual: Tlp) -> Result<Tlp, Fault> {
    if let Some(label) = value.get("tlpLabel").map(text).and_then(|label| Tlp::parse(&label)) {
        return Ok(label);
    }
    match member(value, &["tlp"]).as_str() {
        "" => Ok(usual),
        "0" => Ok(Tlp::Clear),
        "1" => Ok(Tlp::Green),
        "2" => Ok(Tlp::Amber),
        // 3 was red before there was AMBER+STRICT: without its label the stricter is taken.
        "3" | "4" => Ok(Tlp::Red),
        other => Err(Fault::value("tlp", other, "0 to 4")),
    }
}

/// The class of a tag such as `rsit:fraud="phishing"`; a plain word is none, since tags say anything.
fn tagged(tag: &str) -> Option<(&'static str, &'static str)> {
    let rest = tag.trim().strip_prefix("rsit:").or_else(|| tag.trim().strip_prefix("RSIT:"))?;
    class(rest.rsplit('=').next().unwrap_or_default())
}

/// Adds an observable; gives how far it may travel.
fn observable(one: &Value, usual: Tlp, seen: &mut Vec<Seen>, facts: &mut Facts) -> Result<Tlp, Fault> {
    let (kind, data) = (member(one, &["dataType"]), member(one, &["data"]));
    let file = one.get("attachment").map(text).unwrap_or_default();
    let is_kept =
        matches!(kind.as_str(), "ip" | "domain" | "fqdn" | "hostname" | "url" | "mail" | "hash" | "autonomous-system")
            && observe(seen, &data) > 0;
    let tags: Vec<String> = list(one.get("tags")).iter().map(text).filter(|tag| !tag.is_empty()).collect();
    let about = [member(one, &["message"]), tags.join(", ")];
    let about = about.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    if !is_kept || !about.is_empty() {
        let said = if data.is_empty() { file } else { data };
        facts.add(&kind, &[said, about].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": "));
    }
    for hash in list(one.get("attachment").and_then(|file| file.get("hashes"))) {
        observe(seen, &text(hash));
    }
    case_tlp(one, usual)
}

/// Custom fields: an array of names with values, or an object of them.
fn custom_fields(value: &Value, facts: &mut Facts) {
    let said = |of: &Value| match of {
        Value::Object(map) => {
            let kinds = ["value", "string", "integer", "float", "boolean", "date"];
            kinds.iter().filter_map(|kind| map.get(*kind)).map(text).find(|text| !text.is_empty()).unwrap_or_default()
        }
        other => text(other),
    };
    match value.get("customFields") {
        Some(Value::Object(map)) => map.iter().for_each(|(name, of)| facts.add(name, &said(of))),
        Some(Value::Array(all)) => all.iter().for_each(|of| facts.add(&member(of, &["name"]), &said(of))),
        _ => {}
    }
}

/// The tasks of a case. One without a title is called by what is to be done; one that says nothing is none.
fn tasks(value: &Value) -> Result<Vec<ForeignTask>, Fault> {
    let mut all = Vec::new();
    for one in list(value.get("tasks")) {
        let title = member(one, &["title", "description", "group"]);
        if title.is_empty() {
            continue;
        }
        let state = match member(one, &["status"]).as_str() {
            "Completed" => TaskState::Done,
            "Cancel" | "Cancelled" => TaskState::Skipped,
            _ => TaskState::Open,
        };
        let ended = moment(one, &["endDate", "completedDate", "_updatedAt", "updatedAt"])?;
        all.push(ForeignTask {
            title,
            body: member(one, &["description"]),
            owner: member(one, &["assignee", "owner"]),
            state,
            due: moment(one, &["dueDate"])?,
            ended: ended.filter(|_| state != TaskState::Open),
        });
    }
    Ok(all)
}
