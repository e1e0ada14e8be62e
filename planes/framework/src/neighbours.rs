//! What this plane asks of the rest of the house. The answers come from other planes, which it does not know.

use std::collections::HashMap;
use std::future::Future;
use std::pin::Pin;

use manara_model::{Micros, Viewer};
use manara_store::StoreError;

use crate::quality::{Cases, Period};

/// An answer that is on its way.
pub type Asked<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Who answers.
pub trait Neighbours: Send + Sync {
    /// The cases of every measure in a period, as far as a viewer may see them.
    fn cases<'a>(&'a self, viewer: &'a Viewer, period: Period, now: Micros) -> Asked<'a, Vec<Cases>>;

    /// The names of constituents by their ids; one that is not there is left out.
    fn constituents<'a>(&'a self, ids: &'a [String]) -> Asked<'a, HashMap<String, String>>;

    /// The nation the house is in: the two letters of its country; empty while nobody said.
    fn nation(&self) -> String;

    /// Where a country lies on a map 360 wide and 145 high, and how the house calls it in a language if it is a place of its own.
    fn place(&self, country: &str, lang: &str) -> Option<(f64, f64, Option<String>)>;

    /// The outlines of the land on the same map in half units, as the `d` of an SVG path.
    fn land(&self) -> &'static str;

    /// The constituent of a name or an id: id and name.
    fn constituent<'a>(&'a self, name: &'a str) -> Asked<'a, Option<(String, String)>>;
}
