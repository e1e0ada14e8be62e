//! Files of other tools: brought, tried out, and taken over when somebody has looked at what would be made.

mod operations;

use std::fs::File;
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use askama::Template;
use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{Multipart, Path, State as Given};
use axum::http::StatusCode;
use manara_model::{Micros, Tlp};
use manara_store::Db;
use manara_web::{Answer, Choice, Fault, Page, PageError, Right, Site, Tone, Visit, Word};

use crate::import::{
    self, BringError, FORMATS, Import, ImportRoom, ImportState, NewImport, QUEUES_CHARS, REFUSED_KEPT, Refused,
    TOOL_CHARS, import_of, imports, refused_of,
};

/// The largest file that is brought on a page; larger ones go through the command line.
const UPLOAD_BYTES: usize = 512 << 20;
/// Files of the list, and refused records of a page.
const SHOWN: i64 = 50;
const REFUSED_SHOWN: i64 = 200;

/// What the pages of other tools' files work with.
#[derive(Clone)]
pub struct ImportDesk {
    /// What files are taken over with.
    pub room: ImportRoom,
    /// Where a file lies while it arrives.
    pub scratch: PathBuf,
}

type Desk = Arc<ImportDesk>;

/// The routes of other tools' files.
pub fn import_site(desk: ImportDesk) -> Site {
    let handle = Right::HandleIncidents;
    Site::<Desk>::new()
        .page("/incidents/import", handle, all)
        .upload("/incidents/import", handle, UPLOAD_BYTES, bring)
        .page("/incidents/import/{id}", handle, one)
        .post("/incidents/import/{id}/go", handle, go)
        .merge(operations::site())
        .with_state(Arc::new(desk))
}

#[derive(Template)]
#[template(path = "response/import/list.html")]
struct ListPage {
    page: Page,
    all: Vec<Import>,
    formats: [&'static str; 4],
    tlps: Vec<Choice>,
    new: NewImport,
    trouble: Option<String>,
    tool_chars: usize,
    queues_chars: usize,
}

impl ListPage {
    fn tone(&self, one: &Import) -> &'static str {
        tone(one.state)
    }

    fn state_key(&self, one: &Import) -> String {
        state_key(one.state)
    }

    fn is_format(&self, format: &str) -> bool {
        self.new.format == format
    }

    fn is_tlp(&self, choice: &Choice) -> bool {
        let chosen = Tlp::parse(&self.new.tlp).unwrap_or(Tlp::Amber);
        choice.value == chosen.label()
    }
}

/// The tone of a state's badge.
fn tone(state: ImportState) -> &'static str {
    match state {
        ImportState::Trying | ImportState::Taking => "info",
        ImportState::Tried => "warn",
        ImportState::Done => "good",
        ImportState::Failed | ImportState::Stopped => "bad",
    }
}

fn state_key(state: ImportState) -> String {
    format!("import-state-{}", state.as_str())
}

/// `GET /incidents/import`
async fn all(visit: Visit) -> Answer {
    list(&visit, StatusCode::OK, NewImport::default(), None).await
}

async fn list(visit: &Visit, status: StatusCode, new: NewImport, trouble: Option<String>) -> Answer {
    let page = ListPage {
        page: visit.page("import-title").under("/incidents", "response-list-title"),
        all: imports(&visit.db, &visit.viewer, SHOWN).await?,
        formats: FORMATS,
        tlps: super::fields::tlps(visit),
        new,
        trouble,
        tool_chars: TOOL_CHARS,
        queues_chars: QUEUES_CHARS,
    };
    visit.html_status(status, &page)
}

/// `POST /incidents/import`
async fn bring(visit: Visit, Given(desk): Given<Desk>, mut form: Multipart) -> Answer {
    let (mut new, mut file) = (NewImport::default(), None);
    while let Some(field) = form.next_field().await.map_err(unreadable)? {
        match field.name().unwrap_or_default() {
            "format" => new.format = word(field).await?,
            "tool" => new.tool = word(field).await?,
            "tlp" => new.tlp = word(field).await?,
            "queues" => new.queues = word(field).await?,
            "mbox_kind" => new.mbox_kind = word(field).await?,
            "file" => {
                new.file_name = field.file_name().unwrap_or_default().to_string();
                file = Some(spooled(&desk, field).await?);
            }
            _ => {}
        }
    }
    let Some(file) = file else {
        return list(&visit, StatusCode::UNPROCESSABLE_ENTITY, new, Some(visit.t("import-refused-empty"))).await;
    };
    let whole = (&visit.db, &desk.room.mails.blobs);
    match import::bring(whole, &new, file, &visit.viewer.name, visit.now).await {
        Ok(one) => {
            let path = href(&one);
            start(&desk, one, &visit.viewer.name, visit.now);
            Ok(visit.go_saying(&path, Tone::Good, "import-did-bring", &[]))
        }
        Err(error) => {
            let why = in_words(&visit, error)?;
            list(&visit, StatusCode::UNPROCESSABLE_ENTITY, new, Some(why)).await
        }
    }
}

/// Why a file was not kept, for the reader; what is no reader's business is a fault of ours.
fn in_words(visit: &Visit, error: BringError) -> Result<String, PageError> {
    match error {
        BringError::Field(field) => Ok(visit.t(&format!("import-refused-{}", field.0.replace('_', "-")))),
        BringError::Empty => Ok(visit.t("import-refused-empty")),
        BringError::Packed(why) => Ok(visit.t_args("import-refused-packed", &[("why", Word::from(why))])),
        BringError::Blob(manara_store::BlobError::Input(error)) => {
            Ok(visit.t_args("import-refused-packed", &[("why", Word::from(error.to_string()))]))
        }
        BringError::Blob(error) => Err(PageError::internal(error)),
        BringError::Store(error) => Err(error.into()),
    }
}

fn unreadable(error: MultipartError) -> PageError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Fault::TooLarge.into(),
        _ => PageError::unreadable(error),
    }
}

/// A short text of the form.
async fn word(mut field: Field<'_>) -> Result<String, PageError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > 4 * QUEUES_CHARS {
            return Err(Fault::TooLarge.into());
        }
    }
    String::from_utf8(bytes).map_err(PageError::unreadable)
}

/// A file as it arrives, in one without a name: however it ends, nothing stays behind.
async fn spooled(desk: &ImportDesk, mut field: Field<'_>) -> Result<File, PageError> {
    let path = desk.scratch.join(format!("{}.part", uuid::Uuid::now_v7()));
    let mut file = tokio::task::block_in_place(|| {
        let file = File::options().create_new(true).read(true).write(true).open(&path)?;
        let _ = std::fs::remove_file(&path);
        Ok::<_, std::io::Error>(file)
    })
    .map_err(PageError::internal)?;
    while let Some(chunk) = field.chunk().await.map_err(unreadable)? {
        tokio::task::block_in_place(|| file.write_all(&chunk)).map_err(PageError::internal)?;
    }
    file.seek(SeekFrom::Start(0)).map_err(PageError::internal)?;
    Ok(file)
}

fn href(one: &Import) -> String {
    format!("/incidents/import/{}", one.id)
}

/// Does the step of a file in the background. It is kept: a crash only means going on with it.
fn start(desk: &Desk, one: Import, who: &str, now: Micros) {
    let (desk, who) = (Arc::clone(desk), who.to_string());
    tokio::spawn(async move {
        if let Err(error) = import::work(&desk.room, &one, &who, now).await {
            tracing::error!(import.id = one.id, %error, "a file of another tool was not gone through");
        }
    });
}

/// A count by its name, with its words.
struct Count {
    key: String,
    count: u64,
}

#[derive(Template)]
#[template(path = "response/import/one.html")]
struct OnePage {
    page: Page,
    one: Import,
    counts: Vec<Count>,
    refused: Vec<Refused>,
    /// Where the next page of refused records begins.
    more: Option<i64>,
    is_interrupted: bool,
    next: Option<ImportState>,
    kept: usize,
}

impl OnePage {
    fn tone(&self) -> &'static str {
        tone(self.one.state)
    }

    fn state_key(&self) -> String {
        state_key(self.one.state)
    }

    fn is(&self, state: &str) -> bool {
        self.one.state.as_str() == state
    }

    fn takes(&self) -> bool {
        self.next == Some(ImportState::Taking)
    }

    fn is_trial(&self) -> bool {
        matches!(self.one.state, ImportState::Trying | ImportState::Tried | ImportState::Failed)
    }

    /// What a record of a trial becomes, in words.
    fn becomes_key(&self, kind: &str) -> String {
        format!("import-becomes-{kind}")
    }

    fn cut(&self) -> bool {
        self.one.refused > i64::try_from(self.kept).unwrap_or(i64::MAX)
    }
}

async fn found(visit: &Visit, id: &str) -> Result<Import, PageError> {
    import_of(&visit.db, &visit.viewer, id).await?.ok_or_else(PageError::not_found)
}

/// `GET /incidents/import/{id}`
async fn one(visit: Visit, Path(id): Path<String>) -> Answer {
    let one = found(&visit, &id).await?;
    let from: i64 = visit.query("from").and_then(|text| text.parse().ok()).unwrap_or(0).max(0);
    let mut refused = refused_of(&visit.db, &one.id, from, REFUSED_SHOWN + 1).await?;
    let shown = usize::try_from(REFUSED_SHOWN).unwrap_or_default();
    let more = (refused.len() > shown).then(|| from + REFUSED_SHOWN);
    refused.truncate(shown);
    let title = match one.file_name.as_str() {
        "" => visit.t("import-title"),
        name => visit.t_args("import-one-title", &[("file", Word::from(name.to_string()))]),
    };
    let page =
        visit.page_titled(title).under("/incidents", "response-list-title").under("/incidents/import", "import-title");
    visit.html(&OnePage {
        page,
        counts: counts(&one),
        refused,
        more,
        is_interrupted: one.is_interrupted(visit.now),
        next: one.next(visit.now),
        kept: REFUSED_KEPT,
        one,
    })
}

/// What is made, in the order in which it is told everywhere.
fn counts(one: &Import) -> Vec<Count> {
    let names = import::Made::default().all();
    let counts = names.iter().filter_map(|(name, _)| {
        let count = one.made.get(*name).copied().filter(|count| *count > 0)?;
        Some(Count { key: format!("import-made-{name}"), count })
    });
    counts.collect()
}

/// `POST /incidents/import/{id}/go`: the next step, such as taking over what was tried out.
async fn go(visit: Visit, Given(desk): Given<Desk>, Path(id): Path<String>) -> Answer {
    let one = found(&visit, &id).await?;
    let path = href(&one);
    match begin(&desk, &visit.db, one, &visit.viewer.name, visit.now).await? {
        true => Ok(visit.go_saying(&path, Tone::Good, "import-did-go", &[])),
        false => Ok(visit.go_saying(&path, Tone::Warn, "import-did-go-not", &[])),
    }
}

/// Takes the next step for oneself and begins it; false when there is none, or somebody else was faster.
async fn begin(desk: &Desk, db: &Db, one: Import, who: &str, now: Micros) -> Result<bool, manara_store::StoreError> {
    if !import::claim(db, &one, who, now).await? {
        return Ok(false);
    }
    start(desk, one, who, now);
    Ok(true)
}
