//! Changes of many records at once: chosen on a list or by a program, confirmed, made part by part, told row by row, and
//! taken back with one undo. What can be done to the records of a plane says the plane, by [`Many`].

mod choose;
mod operations;
mod page;
mod sql;
mod work;

pub use choose::{Fields, bulk as choose};
pub use operations::{op, program, schema};
pub use sql::{Bulk, BulkRow, BulkState, Outcome, last, rows};
pub use work::{begin, go_on, take_back};

pub(crate) use operations::site as operations;
pub(crate) use page::site as pages;

use std::fmt::Debug;
use std::sync::Arc;

use futures::future::BoxFuture;
use manara_model::{Micros, Viewer};
use manara_store::{StoreError, Tx};
use serde_json::Value;

use crate::api::Wrong;
use crate::error::PageError;
use crate::list::ListSpec;
use crate::markup::Markup;
use crate::rights::Right;
use crate::visit::{Page, Visit};

/// Records that one change takes.
pub const BULK_MOST: usize = 10_000;
/// Records changed in one transaction: others wait no longer than for that.
pub const PART: i64 = 1_000;
/// Minutes a list offers to take the last change back; its own page offers it as long as it is kept.
const OFFERED_MINUTES: i64 = 60;
/// Days a change is kept, and can be taken back.
pub const KEPT_DAYS: i64 = 30;

/// What a part of a change does, in the transaction it is given.
pub type Work<'a> = BoxFuture<'a, Result<Vec<Did>, StoreError>>;

/// The ids of records that match, or why the filters make no sense.
pub type Found<'a> = BoxFuture<'a, Result<Vec<String>, PageError>>;

/// Who changes what, when, and by which change of many: for the journal.
#[derive(Debug, Clone)]
pub struct Order {
    /// The id of the change of many.
    pub id: String,
    /// Whoever makes it.
    pub viewer: Viewer,
    /// What is to be done, as [`Many::read`] gave it.
    pub change: Value,
    /// When.
    pub now: Micros,
}

/// What became of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Did {
    /// Its id.
    pub record: String,
    /// What people call it; empty when it is not there.
    pub name: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Why it was refused or left: a code with words.
    pub reason: &'static str,
    /// What brings it back: the plane's own text.
    pub before: String,
    /// How it stands now; another text later says that somebody changed it since.
    pub after: String,
}

impl Did {
    /// It was changed.
    pub fn changed(record: &str, name: &str, before: String, after: String) -> Did {
        Did { record: record.into(), name: name.into(), outcome: Outcome::Changed, reason: "", before, after }
    }

    /// It stands as it was asked to.
    pub fn same(record: &str, name: &str) -> Did {
        Did::plain(record, name, Outcome::Same, "")
    }

    /// It cannot be changed so.
    pub fn refused(record: &str, name: &str, reason: &'static str) -> Did {
        Did::plain(record, name, Outcome::Refused, reason)
    }

    /// It is as it was before.
    pub fn restored(row: &BulkRow) -> Did {
        Did::of(row, Outcome::Restored, "")
    }

    /// It stays as it is, because of what happened since.
    pub fn left(row: &BulkRow, reason: &'static str) -> Did {
        Did::of(row, Outcome::Left, reason)
    }

    fn plain(record: &str, name: &str, outcome: Outcome, reason: &'static str) -> Did {
        let (record, name) = (record.into(), name.into());
        Did { record, name, outcome, reason, before: String::new(), after: String::new() }
    }

    fn of(row: &BulkRow, outcome: Outcome, reason: &'static str) -> Did {
        let (record, name) = (row.record.clone(), row.name.clone());
        Did { record, name, outcome, reason, before: row.before.clone(), after: row.after.clone() }
    }
}

/// What can be done to many records of a plane.
pub trait Many: Debug + Send + Sync + 'static {
    /// The plane whose records these are.
    fn plane(&self) -> &'static str;

    /// What these records are called among all that can be changed so: the plane, unless it has several kinds.
    fn name(&self) -> &'static str {
        self.plane()
    }

    /// The address of their list, and the key of its title.
    fn list(&self) -> (&'static str, &'static str);

    /// How their list may be asked: programs name its filters.
    fn spec(&self) -> &'static ListSpec;

    /// Who may make a change.
    fn right(&self, change: &Value) -> Right;

    /// Whether such a record opens all its person may see, as an account does: a program that sees less than its own
    /// person changes none.
    fn opens_all(&self) -> bool {
        false
    }

    /// The change a form asks for; nothing when it asks for none that there is.
    fn form(&self, visit: &Visit, fields: &Fields) -> Option<Value>;

    /// A change as it is kept; what makes no sense is named. What only the database knows is asked later, by
    /// [`Many::act`].
    fn read(&self, change: &Value) -> Result<Value, Wrong>;

    /// The ids of the records that match the filters of the list, at most so many.
    fn matching<'a>(&'a self, visit: &'a Visit, pairs: Vec<(String, String)>, most: usize) -> Found<'a>;

    /// What a change does, in words.
    fn says(&self, visit: &Visit, change: &Value) -> String;

    /// What of a change no undo takes back, in words; empty when all of it can be.
    fn warns(&self, visit: &Visit, change: &Value) -> String;

    /// The key of the words of a reason that only these records have.
    fn own_reason(&self, reason: &str) -> String;

    /// The words of a reason.
    fn why(&self, visit: &Visit, reason: &str) -> String {
        match reason {
            "changed" | "not-found" => visit.t(&format!("bulk-left-{reason}")),
            own => visit.t(&self.own_reason(own)),
        }
    }

    /// The address of a record.
    fn href(&self, record: &str) -> String {
        format!("{}/{record}", self.list().0)
    }

    /// Records that a change takes in one transaction: fewer where each takes long, for others wait meanwhile.
    fn at_once(&self, _: &Value) -> i64 {
        PART
    }

    /// Changes records, with their lines of the journal; says what became of each.
    fn act<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, records: &'a [String]) -> Work<'a>;

    /// Takes a change back where nobody changed the record since; says what became of each.
    fn undo<'a>(&'a self, tx: &'a mut Tx, order: &'a Order, rows: &'a [BulkRow]) -> Work<'a>;
}

/// Says that a change is none that there is.
pub fn no_change(change: &Value) -> Wrong {
    Wrong { field: "change".into(), code: "word".into(), found: change.to_string() }
}

/// The planes' many.
pub(crate) type Known = Vec<Arc<dyn Many>>;

/// What a list offers about the last change of many of its reader; nothing when there is none, or it is too long ago.
pub async fn offer(visit: &Visit, many: &dyn Many) -> Result<Markup, StoreError> {
    let since = Micros(visit.now.0 - OFFERED_MINUTES * 60_000_000);
    let Some(bulk) = last(&visit.db, many.name(), &visit.viewer.name, since).await? else {
        return Ok(Markup::default());
    };
    let sums = sql::sums(&visit.db, &bulk.id).await?;
    let changed: i64 = sums.iter().filter(|sum| sum.outcome == Outcome::Changed).map(|sum| sum.rows).sum();
    if changed == 0 && bulk.state == BulkState::Done {
        return Ok(Markup::default());
    }
    let back = visit.uri.path_and_query().map_or(many.list().0, |path| path.as_str()).to_string();
    let page = visit.fragment();
    let says = many.says(visit, &bulk.change());
    Ok(Markup::of(&Offer { page: &page, bulk: &bulk, says, changed, back }))
}

#[derive(askama::Template)]
#[template(path = "parts/bulk_offer.html")]
struct Offer<'a> {
    page: &'a Page,
    bulk: &'a Bulk,
    says: String,
    changed: i64,
    back: String,
}
