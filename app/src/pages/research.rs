//! Everything this house knows of one address, name, hash or vulnerability, in all planes.

use askama::Template;
use axum::extract::{RawForm, State as Given};
use manara_formats::mail::{Tlds, observables};
use manara_model::Viewer;
use manara_response::{Asked, Way};
use manara_store::{Db, StoreError};
use manara_watch::Named;
use manara_web::api::{self, ApiAnswer, Op, Param, Problem, schema};
use manara_web::{Answer, Hit, Hits, Page, PageError, Right, Site, Tone, Visit, Wanted, Word};

use super::search::everywhere;
use crate::asking;
use crate::house::House;

/// Hits of each kind that are shown.
const SHOWN: i64 = 50;
/// Characters that are read.
const CHARS: usize = 2_048;
/// Seconds for the events.
const SECONDS: u64 = 20;

/// The page, with its right.
pub fn site(house: &House) -> Site {
    Site::<House>::new()
        .page("/research", Right::Enter, show)
        .api(
            Op::get(
                "/api/v1/research",
                "research",
                Right::Enter,
                "All that is known here of an address, a name, a hash or a vulnerability, as far as the scopes of the token read it",
                "Known",
            )
            .needs(Param::new("q", schema::words(1, CHARS), "what is looked up, also in a form such as hxxp://bad[.]example")),
            by_program,
        )
        .post("/research/ask", Right::HandleIncidents, ask_outside)
        .api(
            Op::post(
                "/api/v1/research/ask",
                "askRegistry",
                Right::HandleIncidents,
                "Has a registry outside asked about an address, a network, a domain or an AS number",
                "Asked",
            )
            .takes("AskGiven"),
            ask_by_program,
        )
        .schemas(schemas())
        .with_state(house.clone())
}

/// What was asked for, in one form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// `ip`, `domain`, `url`, `mail`, `hash_…`, `cve`, `asn` or `cidr`.
    pub kind: &'static str,
    /// Small letters, harmless forms undone.
    pub value: String,
}

impl Subject {
    /// Reads what somebody typed or pasted, also `hxxp://bad[.]example`; nothing when nothing can be looked up in it.
    pub fn read(text: &str) -> Option<Subject> {
        let text: String = text.chars().take(CHARS).collect();
        // Whoever looks one thing up means it, also where its end is in no list, such as `.example` or `.corp`.
        let ends = text.split(|c: char| !c.is_alphanumeric() && c != '-').collect::<Vec<_>>().join("\n");
        let found = |tlds: &Tlds| observables(&text, tlds).into_iter().next();
        let is_one = !text.trim().contains(char::is_whitespace);
        let first = found(Tlds::built_in()).or_else(|| is_one.then(|| found(&Tlds::parse(&ends))).flatten())?;
        Some(Subject { kind: first.kind.as_str(), value: first.value })
    }
}

/// What is known of a subject.
#[derive(Debug)]
pub struct Known {
    /// Records of all planes that name it.
    pub found: Vec<Hits>,
    /// What the events say; `None` when they took too long.
    pub events: Option<Vec<Named>>,
}

/// Looks a subject up in every plane, as far as the viewer may see.
pub async fn research(house: &House, viewer: &Viewer, subject: &Subject, events: bool) -> Result<Known, PageError> {
    let wanted = Wanted { db: &house.db, viewer, text: &subject.value, limit: SHOWN };
    let mut found = everywhere(&wanted).await?;
    found.extend(speaking(&house.db, viewer, &subject.value).await?);
    found.retain(|hits| !hits.hits.is_empty());
    if !events {
        return Ok(Known { found, events: Some(Vec::new()) });
    }
    let what = (subject.kind, subject.value.as_str());
    let events = match manara_watch::named_in_events(&house.watch, &house.lake, viewer, what, SECONDS).await {
        Ok(events) => Some(events),
        Err(manara_watch::ResearchError::Store(error)) => return Err(error.into()),
        Err(manara_watch::ResearchError::Query(error)) => {
            tracing::warn!(%error, "the events could not be asked");
            None
        }
    };
    Ok(Known { found, events })
}

/// The reports and incidents whose text speaks of it.
async fn speaking(db: &Db, viewer: &Viewer, value: &str) -> Result<Option<Hits>, StoreError> {
    let hits = manara_response::speaking_of(db, viewer, value, SHOWN).await?;
    Ok((!hits.is_empty()).then_some(Hits { key: "desk-research-speaking", right: Right::ReadIncidents, hits }))
}

#[derive(Template)]
#[template(path = "research.html")]
struct ResearchPage {
    page: Page,
    text: String,
    subject: Option<Subject>,
    found: Vec<Hits>,
    events: Option<Vec<Named>>,
    further: Vec<(&'static str, String)>,
    /// What registries outside said before, the newest first.
    asked: Vec<Asked>,
    /// Whether they may be asked, and there is anything to ask.
    can_ask: bool,
    /// The incident it is looked up for; empty for none.
    incident: String,
}

impl ResearchPage {
    /// What was read out of an answer: the key of its words, and what it says.
    fn said(&self, one: &Asked) -> Vec<(&'static str, String)> {
        let said = &one.said;
        let all = [
            ("asking-name", said.name.clone()),
            ("asking-handle", said.handle.clone()),
            ("asking-range", said.range.clone()),
            ("asking-country", said.country.clone()),
            ("asking-holder", said.holders.join(" · ")),
            ("asking-registrar", said.registrar.clone()),
            ("asking-abuse", said.abuse.join(" · ")),
            ("asking-servers", said.servers.join(" · ")),
            ("asking-status", said.status.join(" · ")),
            ("asking-registered", said.registered.clone()),
            ("asking-changed", said.changed.clone()),
            ("asking-expires", said.expires.clone()),
        ];
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    fn is_unknown(&self) -> bool {
        self.found.is_empty() && self.events.as_ref().is_some_and(Vec::is_empty)
    }

    fn class(&self, one: &Named) -> String {
        if one.taxonomy.is_empty() { "–".into() } else { format!("{} / {}", one.taxonomy, one.kind) }
    }
}

async fn show(visit: Visit, Given(house): Given<House>) -> Answer {
    let text = visit.query("q").unwrap_or_default().trim().to_string();
    if text.chars().count() > CHARS || text.contains('\0') {
        return Err(PageError::unreadable("what is looked up has at most 2,048 characters"));
    }
    let subject = Subject::read(&text);
    let mut known = Known { found: Vec::new(), events: Some(Vec::new()) };
    if let Some(subject) = &subject {
        known = research(&house, &visit.viewer, subject, visit.may(Right::ReadEvents)).await?;
        known.found.retain(|hits| visit.may(hits.right));
    }
    if visit.wants_json() {
        return Ok(visit.json(json(subject.as_ref(), &known).to_string()));
    }
    let further = subject.as_ref().map_or_else(Vec::new, |subject| further(&visit, subject));
    let (mut asked, mut can_ask) = (Vec::new(), false);
    if let Some(subject) = &subject {
        let what = (subject.kind, subject.value.as_str());
        asked = manara_response::asked_of(&house.db, &visit.viewer, what, asking::SHOWN).await?;
        can_ask = visit.may(Right::HandleIncidents) && asking::can_ask(&house, subject);
    }
    if !visit.may(Right::ReadIncidents) {
        asked.clear();
    }
    let incident = visit.query("incident").filter(|name| name.len() <= 40).unwrap_or_default();
    let page = visit.page("desk-research-title").under("/search", "desk-search-title");
    let events = known.events;
    visit.html(&ResearchPage { page, text, subject, found: known.found, events, further, asked, can_ask, incident })
}

/// The page of a subject, looked up for an incident or for none.
fn research_href(value: &str, incident: &str) -> String {
    const PAGE: &str = "/research?";
    let mut href = form_urlencoded::Serializer::for_suffix(String::from(PAGE), PAGE.len());
    href.append_pair("q", value);
    if !incident.is_empty() {
        href.append_pair("incident", incident);
    }
    href.finish()
}

/// `POST /research/ask`
async fn ask_outside(visit: Visit, Given(house): Given<House>, RawForm(form): RawForm) -> Answer {
    let field = |name: &str| {
        let mut pairs = form_urlencoded::parse(&form).take(20);
        pairs.find(|(found, _)| found == name).map(|(_, value)| value.into_owned()).unwrap_or_default()
    };
    let (text, incident) = (field("q"), field("incident"));
    let subject = Subject::read(&text).ok_or_else(|| PageError::unreadable("q"))?;
    let way = Way::parse(&field("way")).ok_or_else(|| PageError::unreadable("way"))?;
    let back = research_href(&subject.value, incident.trim());
    match asking::ask(&house, &visit.viewer, &subject, (way, incident.trim()), visit.now).await {
        Ok(asked) => {
            let server = [("server", Word::from(asked.server))];
            Ok(visit.go_saying(&back, Tone::Good, "asking-did", &server))
        }
        Err(why) => match why.code() {
            Some(code) => {
                let words = visit.t_args(&format!("asking-not-{code}"), &[("why", Word::from(why.to_string()))]);
                Ok(visit.go_saying(&back, Tone::Bad, "asking-not", &[("why", Word::from(words))]))
            }
            None => Err(PageError::internal(why)),
        },
    }
}

async fn by_program(visit: Visit, Given(house): Given<House>) -> ApiAnswer {
    let text = visit.query("q").unwrap_or_default();
    if text.chars().count() > CHARS || text.contains('\0') {
        return Err(Problem::invalid("q", "length", text.chars().count()));
    }
    let subject = Subject::read(&text).ok_or_else(|| Problem::invalid("q", "word", &text))?;
    let mut known = research(&house, &visit.viewer, &subject, visit.may(Right::ReadEvents)).await?;
    known.found.retain(|hits| visit.may(hits.right));
    Ok(api::record(&json(Some(&subject), &known)))
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AskGiven {
    subject: String,
    way: String,
    #[serde(default)]
    incident: String,
}

async fn ask_by_program(
    visit: Visit,
    Given(house): Given<House>,
    api::Given(given): api::Given<AskGiven>,
) -> ApiAnswer {
    let subject = Subject::read(&given.subject).ok_or_else(|| Problem::invalid("subject", "word", &given.subject))?;
    let way = Way::parse(&given.way).ok_or_else(|| Problem::invalid("way", "word", &given.way))?;
    match asking::ask(&house, &visit.viewer, &subject, (way, given.incident.as_str()), visit.now).await {
        Ok(asked) => Ok(api::json(&asked_json(&asked))),
        Err(why) => Err(match why.code() {
            Some(code) => Problem::refused(code, why),
            None => Problem::internal(why),
        }),
    }
}

/// An answer of a registry, for programs.
pub fn asked_json(one: &Asked) -> serde_json::Value {
    serde_json::json!({ "way": one.way.as_str(), "kind": one.kind, "value": one.value, "server": one.server,
        "at": one.at.rfc3339(), "who": one.who, "said": one.said, "answer": one.answer })
}

fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    let text = schema::text;
    let ways = || schema::one_of(Way::ALL.map(Way::as_str));
    let said = serde_json::json!({ "type": "object", "description": "what was read out of the answer; abuse has the mail addresses to write to" });
    let event = schema::object(&[
        ("feed", text()),
        ("taxonomy", text()),
        ("type", text()),
        ("events", schema::count()),
        ("first", schema::moment()),
        ("last", schema::moment()),
    ]);
    vec![
        (
            "Known",
            schema::object(&[
                ("kind", text()),
                ("value", text()),
                ("records", schema::many(schema::of("FoundRecord"))),
                ("events", serde_json::json!({ "type": ["array", "null"], "items": event })),
            ]),
        ),
        (
            "AskGiven",
            schema::given(
                2,
                &[("subject", schema::words(1, CHARS)), ("way", ways()), ("incident", schema::words(0, 40))],
            ),
        ),
        (
            "Asked",
            schema::object(&[
                ("way", ways()),
                ("kind", text()),
                ("value", text()),
                ("server", text()),
                ("at", schema::moment()),
                ("who", text()),
                ("said", said),
                ("answer", text()),
            ]),
        ),
    ]
}

/// Lists of the same.
fn further(visit: &Visit, subject: &Subject) -> Vec<(&'static str, String)> {
    let ask = |path: &str, name: &str| {
        let value: String = form_urlencoded::byte_serialize(subject.value.as_bytes()).collect();
        format!("{path}{name}={value}")
    };
    let mut all = Vec::new();
    if subject.kind == "ip" && visit.may(Right::ReadEvents) {
        all.push(("desk-search-events-from", ask("/events?", "source_ip")));
        all.push(("desk-search-events-to", ask("/events?", "destination_ip")));
    }
    all.push(("desk-research-words", ask("/search?", "q")));
    all
}

/// The records that name it, each with the list it stands in.
pub fn records(known: &Known) -> impl Iterator<Item = (String, Hit)> {
    let place = |key: &str| key.trim_start_matches("web-nav-").trim_start_matches("desk-").to_string();
    known.found.iter().flat_map(move |group| group.hits.iter().map(move |hit| (place(group.key), hit.clone())))
}

/// The same for programs.
pub fn json(subject: Option<&Subject>, known: &Known) -> serde_json::Value {
    let found: Vec<serde_json::Value> = records(known)
        .map(|(place, hit)| serde_json::json!({ "in": place, "name": hit.name, "about": hit.about, "href": hit.href }))
        .collect();
    serde_json::json!({
        "kind": subject.map(|subject| subject.kind),
        "value": subject.map(|subject| &subject.value),
        "records": found,
        "events": known.events,
    })
}

#[cfg(test)]
mod tests {
    use super::Subject;

    #[test]
    fn what_is_pasted_is_understood() {
        for (text, kind, value) in [
            ("198.51.100.7", "ip", "198.51.100.7"),
            (" hxxp://Login[.]Bank[.]example/a ", "url", "http://login.bank.example/a"),
            ("cve-2024-3400", "cve", "cve-2024-3400"),
            ("Mail of Ana <ana@harbour.example.org>", "mail", "ana@harbour.example.org"),
            ("x@mail.harbour.example", "mail", "x@mail.harbour.example"),
            ("d41d8cd98f00b204e9800998ecf8427e", "hash_md5", "d41d8cd98f00b204e9800998ecf8427e"),
        ] {
            let read = Subject::read(text).map(|subject| (subject.kind, subject.value.to_lowercase()));
            assert_eq!(read, Some((kind, value.to_string())), "{text}");
        }
        assert_eq!(Subject::read("the port"), None);
    }
}
