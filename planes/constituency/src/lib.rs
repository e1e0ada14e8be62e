//! Whom we serve: organisations, sectors, networks, contacts, and who owns an address.

mod addresses;
mod api;
mod cidr;
mod constituent;
mod coverage;
mod export;
mod form;
mod list;
mod many;
mod named;
mod operations;
mod overlap;
mod ownership;
mod pages;
mod plan;
mod report;
mod search;
mod sheet;
mod sql;
mod taxonomy;
mod writer;

pub use addresses::addresses;
pub use api::{
    FieldError, IMPORT_BYTES, SaveError, add, all, change, count, count_by_sector, export, generation, get, import,
    load_ownership, merge, remove, restore, sectors_by_id,
};
pub use cidr::{Cidr, CidrError};
pub use constituent::{
    AsNumber, Constituent, Contact, Criticality, Domain, Format, NAME_CHARS, NOTES_CHARS, Reason, Role,
};
pub use coverage::{Coverage, contact_mails, coverage};
pub use export::{ExportFormat, json_object};
pub use list::{Filter, Page, Sort, Summary, list};
pub use overlap::{Claim, Overlap, overlaps};
pub use ownership::{OwnedBy, Ownership, SharedAs};
pub use pages::many::many_constituents;
pub use pages::{Panel, site};
pub use report::{ImportError, ImportFormat, ImportOptions, ImportReport, Refused, Warning, WarningKind};
pub use search::search;
pub use sheet::check_sheet;
pub use sql::State;
pub use taxonomy::{Entry, OTHER, Taxonomy, TaxonomyError, Term, kinds, sectors};
pub use writer::{Writer, writer};

use manara_store::{Migration, Schema};

/// The name of this plane, in the journal and everywhere.
pub const PLANE: &str = "constituency";

/// The tables of this plane.
pub const SCHEMA: Schema = Schema {
    plane: PLANE,
    tables: &[
        "constituency_org",
        "constituency_network",
        "constituency_as",
        "constituency_domain",
        "constituency_contact",
    ],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_constituency.sql") },
        Migration { number: 2, sql: include_str!("../migrations/002_mail.sql") },
    ],
};
