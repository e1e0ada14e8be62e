//! A document as PDF: tagged for screen readers, with Arabic shaped and lines in their own direction.
//!
//! Texts become lines of glyphs (`faces.rs`, `lines.rs`), lines become strips of a sheet (`sheet.rs` and its tables, pictures), strips
//! stand on pages (`pages.rs`), and `write.rs` draws them. Nothing is read but the document and the fonts.

mod faces;
mod frame;
mod lines;
mod pages;
mod pictures;
mod sheet;
mod strip;
mod tables;
mod tags;
mod write;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::PrintError;
use crate::document::Document;
use crate::fonts::Fonts;
use sheet::Sheet;
use write::Page;

/// How long one print may take.
const DEADLINE: Duration = Duration::from_secs(120);
/// Prints that may wait for their turn; one is set at a time.
const WAITING: usize = 8;

static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);
static TURN: Mutex<()> = Mutex::new(());

/// The bytes of the file. The same document and fonts give the same bytes.
pub fn pdf(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, PrintError> {
    let missing = fonts.missing();
    if !missing.is_empty() {
        return Err(PrintError::NoFonts(missing.join(", ")));
    }
    let (document, fonts) = (document.clone(), fonts.clone());
    let place = Place::take().ok_or(PrintError::Busy)?;
    let (done, wait) = sync_channel(1);
    let work = move || {
        // Held to the end of the thread, however it ends.
        let _place = place;
        let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        // Nobody waits any more when it took too long.
        let _ = done.send(set(&document, &fonts));
    };
    let begun = std::thread::Builder::new().name("print".into()).spawn(work);
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

fn set(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, PrintError> {
    let mut sheet = Sheet::new(document, fonts);
    let bodies = pages::pages(std::mem::take(&mut sheet.strips));
    let count = bodies.len();
    let frame = |(number, body)| Page { frame: sheet.frame(document, number, count), body };
    let pages = (1..).zip(bodies).map(frame).collect();
    write::write(document, pages, &sheet.setter.faces, sheet.tags)
}
