//! The keys of mail: ours, those of others, what is decided about them, and whom we cannot write to encrypted.

use askama::Template;
use axum::extract::{Multipart, Path, RawForm, State as Given};
use axum::http::header;
use axum::response::IntoResponse as _;
use manara_crypt::{KeyState, key_place};
use manara_model::Micros;
use manara_store::Arg;
use manara_web::{
    Answer, Cell, Choice, Filter, Key as SortKey, Kind as Is, ListSpec, ListView, Page, PageError, Right, Service,
    Sort, Tone, Undo, Visit, Word,
};

use super::super::fields::Fields;
use super::post::{read_at_most, unreadable};
use super::{MailContact, Room, certificates};
use crate::jobs::{Brought, KeyProblem, KeyStep, bring_keys, find_keys, has_secret, make_key, rotate_key, step_key};
use crate::mail::mail_key;
use crate::mail_key::{KeyWarning, MailKey, fingerprint_key, grouped};
use crate::sql_key;

/// The largest file of keys that the page takes.
pub(super) const FILE_BYTES: usize = 32 << 20;
/// Rows taken away at most.
const EXPORT: usize = 20_000;
/// Contacts without a key that are shown.
const SHOWN: usize = 500;
/// Most days that a key of ours is valid: ten years.
pub(super) const DAYS: u32 = 3_660;
/// Characters of the name and address of a key of ours.
pub(super) const USER_ID_CHARS: usize = 200;

/// A fingerprint or a part of an address, as it is looked for.
fn asked(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    let text = text.strip_prefix("0x").unwrap_or(&text);
    format!("%{}%", text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_"))
}

/// Keys of others. `$1` is now, `$2` the moment from which on an end is far away.
static KEYS: ListSpec = ListSpec {
    // The order of `sql_key::COLUMNS`.
    columns: &[
        "k.standing",
        "k.source",
        "k.certificate",
        "k.added",
        "k.decided",
        "k.decided_by",
        "k.used",
        "k.removed",
    ],
    from: "response_mail_key k",
    only: "k.standing <> 'own' AND $1 <> ' ' AND $2 <> ' '",
    filters: &[
        Filter {
            name: "q",
            label: "keys-list-search",
            kind: Is::Written(asked),
            sql: r"LOWER(k.fingerprint) LIKE ? ESCAPE '\' OR EXISTS (SELECT 1 FROM response_mail_key_address a
                    WHERE a.fingerprint = k.fingerprint AND a.mail LIKE ? ESCAPE '\')",
        },
        Filter {
            name: "show",
            label: "keys-list-show",
            kind: Is::Case {
                words: "keys-show-",
                cases: &[
                    ("here", "k.removed = ''"),
                    ("waiting", "k.removed = '' AND k.standing = 'unverified'"),
                    ("accepted", "k.removed = '' AND k.standing = 'accepted'"),
                    ("rejected", "k.removed = '' AND k.standing = 'rejected'"),
                    ("ending", "k.removed = '' AND k.standing = 'accepted' AND k.ends <> '' AND k.ends < $2"),
                    ("ended", "k.removed = '' AND k.ends <> '' AND k.ends <= $1"),
                    ("removed", "k.removed <> ''"),
                    ("all", "1 = 1"),
                ],
            },
            sql: "",
        },
        Filter {
            name: "source",
            label: "keys-field-source",
            kind: Is::Choice { values: &["imported", "attached", "autocrypt", "directory"], words: "keys-source-" },
            sql: "k.source = ?",
        },
    ],
    sorts: &[
        Sort { name: "added", label: "keys-field-added", column: "k.added", key: SortKey::Text, descending: true },
        Sort {
            name: "ends",
            label: "keys-field-ends",
            column: "CASE WHEN k.ends = '' THEN '9' ELSE k.ends END",
            key: SortKey::Text,
            descending: false,
        },
        Sort { name: "used", label: "keys-field-used", column: "k.used", key: SortKey::Text, descending: true },
    ],
    key: "k.fingerprint",
    key_kind: SortKey::Text,
};

/// What of them is shown; the empty choice is all.
const SHOWS: [&str; 7] = ["here", "waiting", "accepted", "rejected", "ending", "ended", "removed"];

/// A key as a page shows it.
struct Shown {
    fingerprint: String,
    grouped: String,
    user_ids: Vec<String>,
    mails: Vec<String>,
    algorithms: String,
    mark: &'static str,
    is_own: bool,
    source: &'static str,
    created: Micros,
    added: Micros,
    decided: Option<Micros>,
    decided_by: String,
    used: Option<Micros>,
    removed: Option<Micros>,
    ends: Option<Micros>,
    state: KeyState,
    warning: Option<KeyWarning>,
    can_encrypt: bool,
    can_sign: bool,
}

impl Shown {
    fn of(key: &MailKey, warn_days: i64, now: Micros) -> Shown {
        let facts = key.certificate.facts(now);
        Shown {
            grouped: grouped(&facts.fingerprint),
            fingerprint: facts.fingerprint,
            user_ids: facts.user_ids,
            mails: facts.mails,
            algorithms: facts.algorithms,
            mark: key.mark(),
            is_own: key.standing == crate::mail_key::KeyStanding::Own,
            source: key.source.as_str(),
            created: facts.created,
            added: key.added,
            decided: key.decided,
            decided_by: key.decided_by.clone(),
            used: key.used,
            removed: key.removed,
            ends: facts.expires,
            state: facts.state,
            warning: key.warning(warn_days, now),
            can_encrypt: facts.can_encrypt,
            can_sign: facts.can_sign,
        }
    }

    /// Whom it is for: the first of what it says.
    fn who(&self) -> &str {
        self.user_ids.first().map_or("", String::as_str)
    }

    fn href(&self) -> String {
        format!("/mail/keys/{}", self.fingerprint)
    }

    fn tone(&self) -> &'static str {
        match self.mark {
            "own" | "accepted" => "good",
            "unverified" => "warn",
            "rejected" => "bad",
            _ => "mute",
        }
    }

    fn mark_key(&self) -> String {
        format!("keys-standing-{}", self.mark)
    }

    fn source_key(&self) -> String {
        format!("keys-source-{}", self.source)
    }

    /// What is wrong with it, as tone and words; nothing when all is well.
    fn trouble(&self, page: &Page) -> Option<(&'static str, String)> {
        match (self.state, self.warning) {
            (KeyState::Revoked, _) => Some(("bad", page.t("keys-state-revoked"))),
            (KeyState::Expired, _) => Some(("bad", page.t("keys-state-expired"))),
            (KeyState::Good, Some(KeyWarning::Expires(days))) => {
                Some(("warn", page.t1("keys-state-ending", "days", days)))
            }
            (KeyState::Good, _) => None,
        }
    }
}

#[derive(Template)]
#[template(path = "response/tickets/keys.html")]
struct KeysPage {
    page: Page,
    own: Vec<Shown>,
    certificates: Vec<certificates::Shown>,
    /// Fingerprint of the key that signs now; empty for none.
    current: String,
    list: ListView,
    rows: Vec<Shown>,
    none_yet: bool,
    is_on: bool,
    may_look_up: bool,
    may_own: bool,
    sender: String,
    days: u32,
}

impl KeysPage {
    fn is_current(&self, row: &Shown) -> bool {
        row.fingerprint == self.current
    }
}

/// `GET /mail/keys`
pub(super) async fn list(visit: Visit, Given(room): Given<Room>) -> Answer {
    let pgp = &room.office.pgp;
    let mut pairs = visit.query_pairs();
    let usual = match pairs.iter().find(|(name, _)| name == "show") {
        None => Some("here"),
        Some((_, value)) if value.trim().is_empty() => Some("all"),
        Some(_) => None,
    };
    if let Some(usual) = usual {
        pairs.retain(|(name, _)| name != "show");
        pairs.push(("show".into(), usual.into()));
    }
    let ask = KEYS.read_pairs(&pairs)?.for_reader(&visit);
    let fixed: [Arg<'static>; 2] = [visit.now.into(), visit.now.plus_days(pgp.warn_days).into()];
    let shown = |key: &MailKey| Shown::of(key, pgp.warn_days, visit.now);
    if let Some(format) = ask.format() {
        let keys = ask.fetch_all(&visit.db, &fixed, EXPORT, sql_key::key).await?;
        let rows: Vec<Vec<Cell>> = keys.iter().map(|key| cells(shown(key))).collect();
        return Ok(visit.export(format, "mail-keys", &EXPORT_COLUMNS, &rows));
    }
    let found = ask.fetch(&visit.db, &fixed, sql_key::key).await?;
    let words = |show: &&str| Choice { value: show.to_string(), label: visit.t(&format!("keys-show-{show}")) };
    let columns = [
        ("fingerprint", "keys-field-fingerprint"),
        ("standing", "keys-field-standing"),
        ("source", "keys-field-source"),
        ("ends", "keys-field-ends"),
        ("used", "keys-field-used"),
        ("added", "keys-field-added"),
    ];
    let list = ask.view(&visit, &found).with_choices("show", SHOWS.iter().map(words).collect());
    let list = list.with_columns(&visit, &columns);
    let list = if ask.value("show") == Some("here") { list.with_chip(&ask, "show", "all") } else { list };
    let own = sql_key::own(&visit.db).await?;
    let current = room.office.keyring.current(visit.now).map(|own| own.fingerprint()).unwrap_or_default();
    visit.html(&KeysPage {
        page: visit.page("keys-title").under("/tickets", "tickets-list-title").under("/mail", "tickets-mail-title"),
        own: own.iter().map(shown).collect(),
        certificates: certificates::shown(&visit, pgp.warn_days).await?,
        current,
        list,
        none_yet: found.rows.is_empty() && !sql_key::has_others(&visit.db).await?,
        rows: found.rows.iter().map(shown).collect(),
        is_on: pgp.on,
        may_look_up: room.office.directory.is_some(),
        may_own: visit.may(Right::SetUp),
        sender: format!("CIRT <{}>", room.office.address()),
        days: pgp.valid_days,
    })
}

const EXPORT_COLUMNS: [&str; 12] = [
    "fingerprint",
    "user_ids",
    "mails",
    "standing",
    "source",
    "algorithms",
    "state",
    "expires",
    "added",
    "decided",
    "decided_by",
    "used",
];

fn cells(one: Shown) -> Vec<Cell> {
    vec![
        one.fingerprint.into(),
        one.user_ids.join("; ").into(),
        one.mails.join(" ").into(),
        one.mark.into(),
        one.source.into(),
        one.algorithms.into(),
        one.state.as_str().into(),
        one.ends.into(),
        one.added.into(),
        one.decided.into(),
        one.decided_by.into(),
        one.used.into(),
    ]
}

#[derive(Template)]
#[template(path = "response/tickets/key.html")]
struct KeyPage {
    page: Page,
    one: Shown,
    is_current: bool,
    may_own: bool,
    may_look_up: bool,
    days: u32,
}

async fn found(visit: &Visit, fingerprint: &str) -> Result<MailKey, PageError> {
    let name = fingerprint_key(fingerprint);
    sql_key::get_key(&visit.db, &name).await?.ok_or_else(PageError::not_found)
}

/// `GET /mail/keys/{fingerprint}`
pub(super) async fn one(visit: Visit, Given(room): Given<Room>, Path(fingerprint): Path<String>) -> Answer {
    let pgp = &room.office.pgp;
    let one = Shown::of(&found(&visit, &fingerprint).await?, pgp.warn_days, visit.now);
    let current = room.office.keyring.current(visit.now).map(|own| own.fingerprint());
    let title = if one.who().is_empty() { one.grouped.clone() } else { one.who().to_string() };
    visit.html(&KeyPage {
        page: visit.page_titled(title).under("/mail", "tickets-mail-title").under("/mail/keys", "keys-title"),
        is_current: current.as_ref() == Some(&one.fingerprint),
        one,
        may_own: visit.may(Right::SetUp),
        may_look_up: room.office.directory.is_some(),
        days: pgp.valid_days,
    })
}

/// `GET /mail/keys/{fingerprint}/certificate`: what others get of it.
pub(super) async fn certificate(visit: Visit, Path(fingerprint): Path<String>) -> Answer {
    let key = found(&visit, &fingerprint).await?;
    let name = format!("{}.asc", key.certificate.fingerprint());
    Ok(visit.download(&name, "application/pgp-keys", key.certificate.armored()))
}

/// `POST /mail/keys/{fingerprint}/accept?was=…`
pub(super) async fn accept(visit: Visit, Path(fingerprint): Path<String>) -> Answer {
    step(visit, &fingerprint, KeyStep::Accept).await
}

/// `POST /mail/keys/{fingerprint}/reject?was=…`
pub(super) async fn reject(visit: Visit, Path(fingerprint): Path<String>) -> Answer {
    step(visit, &fingerprint, KeyStep::Reject).await
}

/// `POST /mail/keys/{fingerprint}/remove?was=…`
pub(super) async fn remove(visit: Visit, Path(fingerprint): Path<String>) -> Answer {
    step(visit, &fingerprint, KeyStep::Remove).await
}

/// `POST /mail/keys/{fingerprint}/restore?was=…`
pub(super) async fn restore(visit: Visit, Path(fingerprint): Path<String>) -> Answer {
    step(visit, &fingerprint, KeyStep::Restore).await
}

async fn step(visit: Visit, fingerprint: &str, step: KeyStep) -> Answer {
    let was = visit.query("was");
    let back = format!("/mail/keys/{}", found(&visit, fingerprint).await?.certificate.fingerprint());
    let did = step_key(&visit.db, &visit.viewer.name, (fingerprint, was.as_deref()), step, visit.now).await;
    match (did, step) {
        (Err(problem), _) => refused(&visit, &back, problem),
        (Ok(_), KeyStep::Remove) => {
            let undo = Undo::at(format!("{back}/restore?was=removed"));
            Ok(visit.go_undoable(&back, "keys-did-remove", &[], undo))
        }
        (Ok(_), KeyStep::Accept) => Ok(visit.go_saying(&back, Tone::Good, "keys-did-accept", &[])),
        (Ok(_), KeyStep::Reject) => Ok(visit.go_saying(&back, Tone::Good, "keys-did-reject", &[])),
        (Ok(_), KeyStep::Restore) => Ok(visit.go_saying(&back, Tone::Good, "keys-did-restore", &[])),
    }
}

/// Why nothing was done, on the page the form came from.
fn refused(visit: &Visit, back: &str, problem: KeyProblem) -> Answer {
    let key = match &problem {
        KeyProblem::NotFound(_) => return Err(PageError::not_found()),
        KeyProblem::Disk(error) => return Err(PageError::internal(error)),
        KeyProblem::Store(_) => return Err(PageError::internal(problem)),
        KeyProblem::Own(_) => "keys-refused-own",
        KeyProblem::Removed(_) => "keys-refused-removed",
        KeyProblem::Stale(_) => "response-stale",
        KeyProblem::NoOwn => "keys-refused-no-own",
        KeyProblem::DirectoryOff => "keys-refused-directory-off",
        KeyProblem::Address(_) => "keys-refused-address",
        KeyProblem::NotGivenOut(..) => "keys-refused-not-given-out",
        KeyProblem::NotOfAddress(_) => "keys-refused-not-of-address",
        KeyProblem::Key(_) => "keys-refused-file",
    };
    Ok(visit.go_saying(back, Tone::Bad, key, &[("why", Word::from(problem.to_string()))]))
}

/// `POST /mail/keys`: a file of keys, armored or binary.
pub(super) async fn bring(visit: Visit, Given(room): Given<Room>, mut form: Multipart) -> Answer {
    let (mut bytes, mut is_believed) = (Vec::new(), false);
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default() {
            "file" => bytes = read_at_most(field, FILE_BYTES).await?,
            "accept" => is_believed = !read_at_most(field, 40).await?.is_empty(),
            _ => {}
        }
    }
    if bytes.is_empty() {
        return Ok(visit.go_saying("/mail/keys", Tone::Bad, "keys-bring-none", &[]));
    }
    match has_secret(&bytes) {
        // What mail leaves signed with is not for everybody to change.
        Ok(true) if !visit.may(Right::SetUp) => {
            return Ok(visit.go_saying("/mail/keys", Tone::Bad, "keys-bring-secret", &[]));
        }
        Ok(_) => {}
        Err(error) => return refused(&visit, "/mail/keys", error.into()),
    }
    let (who, keyring) = (visit.viewer.name.as_str(), &room.office.keyring);
    match bring_keys(&visit.db, who, keyring, (&bytes, is_believed), visit.now).await {
        Ok(brought) => Ok(told(&visit, &brought)),
        Err(problem) => refused(&visit, "/mail/keys", problem),
    }
}

/// What came of keys that were brought or found: on the page of the key where it is one.
fn told(visit: &Visit, brought: &Brought) -> axum::response::Response {
    let Brought { new, renewed, same, own: _, refused } = brought;
    let count = |number: usize| Word::from(i64::try_from(number).unwrap_or(i64::MAX));
    let args = [
        ("new", count(new.len())),
        ("renewed", count(renewed.len())),
        ("same", count(same.len())),
        ("refused", count(*refused)),
    ];
    let all: Vec<&String> = new.iter().chain(renewed).chain(same).collect();
    let back = match all.as_slice() {
        [one] => format!("/mail/keys/{one}"),
        _ => "/mail/keys".to_string(),
    };
    visit.go_saying(&back, if *refused > 0 { Tone::Warn } else { Tone::Good }, "keys-did-bring", &args)
}

/// `POST /mail/keys/find`: asks the domain of an address.
pub(super) async fn find(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let back = if fields.text("back") == "/mail/keys/missing" { "/mail/keys/missing" } else { "/mail/keys" };
    match find_keys(&visit.db, &visit.viewer.name, &room.office, fields.text("mail"), visit.now).await {
        Ok(brought) => Ok(told(&visit, &brought)),
        Err(problem) => refused(&visit, back, problem),
    }
}

/// How long a key is to be valid, as the form says.
fn days(fields: &Fields, usual: u32) -> Option<u32> {
    match fields.text("days").trim() {
        "" => Some(usual),
        text => text.parse().ok().filter(|days| (1..=DAYS).contains(days)),
    }
}

/// Whether a key can be made for this name and address.
pub(super) fn is_user_id(text: &str) -> bool {
    text.contains('@') && text.chars().count() <= USER_ID_CHARS && !text.chars().any(char::is_control)
}

/// `POST /mail/keys/generate`
pub(super) async fn generate(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    let fields = Fields::read(&form);
    let user_id = fields.text("user_id").trim();
    let (true, Some(days)) = (is_user_id(user_id), days(&fields, room.office.pgp.valid_days)) else {
        return Ok(visit.go_saying("/mail/keys", Tone::Bad, "keys-make-unreadable", &[]));
    };
    let (who, keyring) = (visit.viewer.name.as_str(), &room.office.keyring);
    made(&visit, make_key(&visit.db, who, keyring, (user_id, days), visit.now).await)
}

/// `POST /mail/keys/rotate?was=…`: the fingerprint of the key that signed when the form was shown.
pub(super) async fn rotate(visit: Visit, Given(room): Given<Room>, RawForm(form): RawForm) -> Answer {
    let Some(days) = days(&Fields::read(&form), room.office.pgp.valid_days) else {
        return Ok(visit.go_saying("/mail/keys", Tone::Bad, "keys-make-unreadable", &[]));
    };
    let keyring = &room.office.keyring;
    let current = keyring.current(visit.now).map(|own| own.fingerprint()).unwrap_or_default();
    // The form may be sent twice: a key is rotated once.
    if visit.query("was").is_some_and(|was| was != current) {
        return Ok(visit.go_saying("/mail/keys", Tone::Bad, "response-stale", &[]));
    }
    made(&visit, rotate_key(&visit.db, &visit.viewer.name, keyring, days, visit.now).await)
}

fn made(visit: &Visit, did: Result<MailKey, KeyProblem>) -> Answer {
    match did {
        Ok(key) => {
            let back = format!("/mail/keys/{}", key.certificate.fingerprint());
            Ok(visit.go_saying(&back, Tone::Good, "keys-did-make", &[]))
        }
        Err(problem) => refused(visit, "/mail/keys", problem),
    }
}

#[derive(Template)]
#[template(path = "response/tickets/keys_missing.html")]
struct MissingPage {
    page: Page,
    missing: Vec<MailContact>,
    /// How many there are in all, with a key and without.
    all: usize,
    without: usize,
    may_look_up: bool,
}

/// Contacts that nothing can be written to encrypted, and how many there are with a key and without.
pub(super) async fn without_key(visit: &Visit, room: &Room) -> Result<(Vec<MailContact>, usize), PageError> {
    let contacts = if visit.may(Right::ReadConstituents) { (room.contacts)().await? } else { Vec::new() };
    let reachable = sql_key::reachable(&visit.db, visit.now).await?;
    let all = contacts.len();
    let is_missing = |contact: &MailContact| !reachable.contains(&mail_key(&contact.mail));
    Ok((contacts.into_iter().filter(is_missing).collect(), all))
}

/// `GET /mail/keys/missing`: contacts of constituents that nothing can be written to encrypted.
pub(super) async fn missing(visit: Visit, Given(room): Given<Room>) -> Answer {
    let (mut missing, all) = without_key(&visit, &room).await?;
    let without = missing.len();
    missing.truncate(SHOWN);
    let page = visit.page("keys-missing-title").under("/mail", "tickets-mail-title").under("/mail/keys", "keys-title");
    visit.html(&MissingPage { page, missing, all, without, may_look_up: room.office.directory.is_some() })
}

/// `GET /.well-known/openpgpkey/policy`: nothing special is asked of those who look keys up.
pub(super) async fn policy(visit: Visit, Given(room): Given<Room>) -> Answer {
    match room.office.pgp.on && visit.has(Service::Response) {
        true => Ok(([(header::CONTENT_TYPE, "application/octet-stream")], Vec::<u8>::new()).into_response()),
        false => Err(PageError::not_found()),
    }
}

/// `GET /.well-known/openpgpkey/hu/{name}`: our key, for whoever looks it up.
pub(super) async fn given_out(visit: Visit, Given(room): Given<Room>, Path(name): Path<String>) -> Answer {
    give_out(&visit, &room, &name, None).await
}

/// `GET /.well-known/openpgpkey/{domain}/hu/{name}`: the same, where this host stands for another.
pub(super) async fn given_out_of_domain(
    visit: Visit,
    Given(room): Given<Room>,
    Path((domain, name)): Path<(String, String)>,
) -> Answer {
    give_out(&visit, &room, &name, Some(&domain.to_lowercase())).await
}

async fn give_out(visit: &Visit, room: &Room, name: &str, domain: Option<&str>) -> Answer {
    if !room.office.pgp.on || !visit.has(Service::Response) {
        return Err(PageError::not_found());
    }
    let is_asked = |mail: &String| {
        let Some((local, of)) = mail.rsplit_once('@') else { return false };
        key_place(local) == name && domain.is_none_or(|domain| domain == of)
    };
    for key in sql_key::own(&visit.db).await? {
        let facts = key.certificate.facts(visit.now);
        let mail = facts.mails.iter().find(|mail| is_asked(mail)).filter(|_| facts.can_encrypt);
        if let Some(shown) = mail.and_then(|mail| key.certificate.only(mail)) {
            return Ok(([(header::CONTENT_TYPE, "application/octet-stream")], shown.bytes()).into_response());
        }
    }
    Err(PageError::not_found())
}
