//! A document as PDF, set by Typst: tagged for screen readers, with Arabic shaped and lines in their own direction.
//!
//! The template is ours and fixed. Everything a person wrote comes in as data (`data.json`), so it cannot become code; Typst sees no
//! other file, no network and no clock.

mod data;
mod world;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use typst::diag::SourceDiagnostic;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use crate::PrintError;
use crate::document::Document;
use crate::fonts::Fonts;
use world::Room;

/// How long one print may take.
const DEADLINE: Duration = Duration::from_secs(120);
/// Prints that may wait for their turn; one is set at a time.
const WAITING: usize = 8;
/// The stack of the thread that sets: nested boxes take much of it.
const STACK: usize = 64 << 20;
/// Sizes of caches are bounded by forgetting what this many prints did not use.
const REMEMBERED: usize = 2;

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);
static TURN: Mutex<()> = Mutex::new(());

/// The bytes of the file. The same document and fonts give the same bytes.
pub fn pdf(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, PrintError> {
    let missing = fonts.missing();
    if !missing.is_empty() {
        return Err(PrintError::NoFonts(missing.join(", ")));
    }
    let room = Room::new(data::of(document, fonts), fonts.clone())?;
    let place = Place::take().ok_or(PrintError::Busy)?;
    let (done, wait) = sync_channel(1);
    let work = move || {
        // Held to the end of the thread, however it ends.
        let _place = place;
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody waits any more when it took too long.
        let _ = done.send(set(&room));
    };
    let begun = std::thread::Builder::new().name("print".into()).stack_size(STACK).spawn(work);
    begun.map_err(|error| PrintError::Layout(error.to_string()))?;
    match wait.recv_timeout(DEADLINE) {
        Ok(made) => made,
        Err(RecvTimeoutError::Timeout) => Err(PrintError::TooSlow(DEADLINE.as_secs())),
        Err(RecvTimeoutError::Disconnected) => Err(PrintError::Layout("the printer stopped".into())),
    }
}

/// A place among those who print and wait.
struct Place;

impl Place {
    fn take() -> Option<Place> {
        // Counted first, so that of many at once no more than fit get one.
        let place = Place;
        (UNDER_WAY.fetch_add(1, Ordering::SeqCst) < WAITING).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        UNDER_WAY.fetch_sub(1, Ordering::SeqCst);
    }
}

fn set(room: &Room) -> Result<Vec<u8>, PrintError> {
    let made = typst::compile::<PagedDocument>(room);
    let pages = made.output.map_err(|errors| PrintError::Layout(told(&errors)))?;
    let bytes = typst_pdf::pdf(&pages, &PdfOptions::default()).map_err(|errors| PrintError::Layout(told(&errors)));
    typst::comemo::evict(REMEMBERED);
    bytes
}

fn told(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|error| error.message.as_str()).collect::<Vec<_>>().join("; ")
}
