//! From answers to a running team: catalogues, assessments, their figures, and the building blocks that close the gaps.

mod assessment;
mod blocks;
mod canonical;
mod catalogue;
mod check;
mod compare;
mod design;
mod exchange;
mod jobs;
mod pages;
mod report;
mod score;
mod sheet;
mod shelf;
mod solve;
mod sql;
mod table;
mod text;
mod workshop;
mod xray;

use manara_store::{Migration, Schema};

pub use assessment::{Assessment, COMMENT_CHARS, EVIDENCE_BYTES, LABEL_CHARS, NAME_CHARS, Snapshot, State, VOICES};
pub use blocks::{Block, Blocks, Cost, Kind, RoleOf};
pub use canonical::{canonical, hash};
pub use catalogue::{Catalogue, Counts, Item, Level, Profile, Rule, Source, Told};
pub use check::{FILE_BYTES, ITEMS, Trouble, read_catalogue};
pub use compare::{Change, Comparison, Line, compare};
pub use design::{Aim, Ask, Chosen, Design, Posts, REASONS, SERVICES, Unmet, design};
pub use exchange::{
    Asked, Bad, Broken, Brought, GRID_BYTES, GridError, Heads, Imported, Keys, Measured, OSCAL, Seal, SheetError,
    SheetForm, export_answers, export_items, oscal_catalog, oscal_poam, oscal_results, read_answers, read_form,
    read_library, write_catalogue, write_form, write_library,
};
pub use jobs::{Conflict, Issued, Merged, issue, merge, settle};
pub use jobs::{
    FrameworkError, Given, NewAssessment, NewVoice, Refusal, Shown, Verdict, add_evidence, agree, begin, give,
    give_table, join, judge, set_state, take_back, take_evidence_back, take_snapshot,
};
pub use jobs::{Step, answer_from_seat, close_workshop, open_workshop, release_seat, sit, step_workshop};
pub use pages::site;
pub use report::{Form, Report, report};
pub use score::{AtLevel, Figures, Gap, ItemScore, RULES, Score, SectionScore, Spread, score};
pub use sheet::{Action, Answer, Consensus, Evidence, Sheet, Voice};
pub use shelf::{Crosswalk, Map, Relation, SCHEMAS, Shelf};
pub use solve::{Found, Price, Problem, solve};
pub use sql::{catalogue, get, history, list, one_snapshot, sheet, snapshots, voices};
pub use sql::{conflicts, count_conflicts};
pub use sql::{hidden, seat, seated, workshop_of};
pub use table::{HEAD, NOT_APPLICABLE, Refused, Row, TABLE_BYTES, read_table};
pub use text::Text;
pub use workshop::{CODE_CHARS, HOURS, Workshop, read_code};
pub use xray::{CHECKS, Check, Grade};

/// The name of this plane, in the journal and everywhere.
pub const PLANE: &str = "framework";

/// The tables of this plane.
pub const SCHEMA: Schema = Schema {
    plane: PLANE,
    tables: &[
        "framework_catalogue",
        "framework_assessment",
        "framework_respondent",
        "framework_answer",
        "framework_answer_before",
        "framework_evidence",
        "framework_consensus",
        "framework_snapshot",
        "framework_brought",
        "framework_conflict",
        "framework_workshop",
        "framework_seat",
    ],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_framework.sql") },
        Migration { number: 4, sql: include_str!("../migrations/004_exchange.sql") },
    ],
};
