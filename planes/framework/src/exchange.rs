//! What comes in from elsewhere and leaves for elsewhere: libraries, OSCAL, sheets of answers.

mod answers;
mod ciso;
mod form;
mod grid;
mod oscal;
mod seal;
#[cfg(test)]
mod seeds;
mod sheets;
mod xml;
mod yaml;

use serde_json::Value;

use crate::catalogue::Catalogue;

pub use answers::{Bound, seal_answers};
pub use ciso::{Imported, read_library, write_library};
pub use form::{Asked, Form as SheetForm, write_form};
pub(crate) use form::{guarded, plain};
pub use grid::{GRID_BYTES, GridError};
pub use oscal::{Found as Measured, OSCAL, oscal_catalog, oscal_poam, oscal_results};
pub use seal::{Broken, Keys, Seal};
pub use sheets::{Bad, Brought, Heads, SheetError, export_answers, export_items, read_answers, read_form};

/// The names of a catalogue in the order in which people write them.
const ORDER: &[&str] = &[
    "format",
    "id",
    "ref_id",
    "parent",
    "value",
    "edition",
    "publisher",
    "title",
    "url",
    "source",
    "attribution",
    "rule",
    "assessable",
    "not_applicable",
    "verified",
    "name",
    "en",
    "fr",
    "ar",
    "question",
    "description",
    "typical_evidence",
    "recommendation",
    "blocks",
    "priority",
    "effort",
    "weight",
    "needs",
    "scale",
    "profiles",
    "minima",
    "items",
    "ciso",
];

/// Writes the content of a catalogue as a file for `content/frameworks/`.
pub(crate) fn catalogue_yaml(whole: &Value) -> String {
    yaml::to_yaml(whole, ORDER)
}

/// Writes a catalogue as its file.
pub fn write_catalogue(catalogue: &Catalogue) -> String {
    catalogue_yaml(&serde_json::from_str(&catalogue.text).unwrap_or_default())
}
