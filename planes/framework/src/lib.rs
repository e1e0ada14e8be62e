//! From answers to a running team: catalogues, assessments, their figures, and the building blocks that close the gaps.

mod aspect;
mod assessment;
mod blocks;
mod canonical;
mod catalogue;
mod check;
mod compare;
mod design;
mod design_document;
mod jobs;
mod pages;
mod report;
mod score;
mod sheet;
mod shelf;
mod solve;
mod sql;
mod staffing;
mod table;
mod text;
mod wording;
mod xray;

use manara_store::{Migration, Schema};

pub use assessment::{Assessment, COMMENT_CHARS, EVIDENCE_BYTES, LABEL_CHARS, NAME_CHARS, Snapshot, State, VOICES};
pub use blocks::{Block, Blocks, Cost, Kind, RoleOf};
pub use canonical::{canonical, hash};
pub use catalogue::{Catalogue, Counts, Item, Level, Profile, Rule, Source, Told};
pub use check::{FILE_BYTES, ITEMS, Trouble, read_catalogue};
pub use compare::{Change, Comparison, Line, compare};
pub use design::{Aim, Ask, Chosen, Design, Posts, REASONS, SERVICES, Unmet, design};
pub use design_document::{DesignPaper, Nation, design_document};
pub use jobs::{
    FrameworkError, Given, NewAssessment, NewVoice, Refusal, Shown, Verdict, add_evidence, agree, begin, give,
    give_table, join, judge, set_state, take_back, take_evidence_back, take_snapshot,
};
pub use pages::{NationOf, Papers, site};
pub use report::{Report, report};
pub use score::{AtLevel, Figures, Gap, ItemScore, RULES, Score, SectionScore, Spread, score};
pub use sheet::{Action, Answer, Consensus, Evidence, Sheet, Voice};
pub use shelf::{Crosswalk, Map, Relation, SCHEMAS, Shelf};
pub use solve::{Found, Price, Problem, solve};
pub use sql::{catalogue, get, history, list, one_snapshot, sheet, snapshots, voices};
pub use table::{HEAD, NOT_APPLICABLE, Refused, Row, TABLE_BYTES, read_table};
pub use text::Text;
pub use wording::Wording;
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
    ],
    migrations: &[Migration { number: 1, sql: include_str!("../migrations/001_framework.sql") }],
};
