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
mod establish;
mod exchange;
mod exercise;
mod hindrance;
mod ical;
mod jobs;
mod kept;
mod law;
mod manual;
mod neighbours;
mod office;
mod pages;
mod plan;
mod programme;
mod quality;
mod report;
mod score;
mod search;
mod sheet;
mod shelf;
mod solve;
mod sql;
mod sql_figures;
mod sql_law;
mod sql_office;
mod sql_strategy;
mod staffing;
mod strategy;
mod table;
mod text;
mod training;
mod wording;
mod workshop;
mod xray;

use manara_store::{Migration, Schema};

pub use pages::{NationOf, Papers, establish_site, many_actions, site, works_site};
pub use search::search;

/// Assessments: who answers what, what was agreed, evidence, snapshots.
pub mod assessments {
    pub use crate::assessment::{
        Assessment, COMMENT_CHARS, EVIDENCE_BYTES, LABEL_CHARS, NAME_CHARS, Snapshot, State, SubjectKind, VOICES,
    };
    pub use crate::jobs::{
        FrameworkError, Given, Moved, NewAssessment, NewFacts, NewVoice, Refusal, Saved, Seen, Shown, Taken, Verdict,
        add_evidence, agree, begin, edit, give, give_seen, give_table, join, judge, restore, set_state, take_back,
        take_evidence_back, take_snapshot, withdraw,
    };
    pub use crate::pages::{evidence_json, judged_json, snapshot_json};
    pub use crate::sheet::{Action, Answer, Consensus, Evidence, Sheet, Voice};
    pub use crate::sql::{
        Agreed, Judged, Respondent, Told, agreed, agreed_before, all_evidence, catalogue, get, history, judged,
        judged_before, list, one_snapshot, respondents, sheet, snapshots, told, told_before, voices,
    };
    pub use crate::table::{HEAD, NOT_APPLICABLE, Refused, Row, TABLE_BYTES, read_table};
}

/// Catalogues, building blocks and crosswalks: the content of the plane.
pub mod catalogues {
    pub use crate::blocks::{Block, Blocks, Cost, Kind, RoleOf};
    pub use crate::canonical::{canonical, hash};
    pub use crate::catalogue::{Catalogue, Counts, Item, Level, Profile, Rule, Source, Told};
    pub use crate::check::{FILE_BYTES, ITEMS, Trouble, read_catalogue, read_draft};
    pub use crate::shelf::{Crosswalk, Map, OpenShelf, Relation, SCHEMAS, Shelf};
    pub use crate::text::Text;
}

/// Courses, attempts and certificates.
pub mod courses {
    pub use crate::pages::{asked_json, attempt_json};
    pub use crate::training::{
        Asked, AskedQuestion, Attempt, Course, Courses, Knowing, Known, Reader, VALID_DAYS, attempts_before,
        attempts_of, certificate, keep_attempt, knowing, mark, readers, readers_json,
    };
}

/// Designs: the cheapest complete sets of blocks, kept whole.
pub mod designs {
    pub use crate::design::{Aim, Ask, Chosen, Design, Posts, REASONS, SERVICES, Unmet, design, read_payers};
    pub use crate::design_document::{DesignPaper, Nation, design_document};
    pub use crate::kept::{
        Asked, Beside, DesignState, KeptDesign, NewDesign, aim, design_answer, designs_of, keep_design, kept_design,
        kept_designs, set_design_state,
    };
    pub use crate::solve::{Found, Price, Problem, price, solve};
    pub use crate::staffing::{CONSTITUENTS, Hours, Staffing};
}

/// Quality of services from operating figures.
pub mod enhancement {
    pub use crate::jobs::accept_figure;
    pub use crate::neighbours::{Asked, Neighbours};
    pub use crate::quality::{
        CASES, Case, Cases, Figure, MEASURES, MONTHS, Measure, Month, Offer, Period, Quality, QualityLine, Speaks,
        Target, Targets, Unit, figure, figures, measure_of, months, offers, offers_json, quality,
    };
    pub use crate::sql_figures::{Accepted, accepted_figures};
}

/// Blocks that are applied, what proves them, and what they put in force.
pub mod establishment {
    pub use crate::establish::{
        ACCEPT_CHARS, Acceptance, Accepting, Application, Applied, Check, Clock, EstablishError, Establishes, Facts,
        FollowUpFacts, Holder, Holding, Holdings, House, InForce, Matter, MatterStand, NowInForce, Office, Outcome,
        Post, PostFact, PostStand, Proof, Refused, Stand, Step, Undone, Work, accept, acceptance, acceptances,
        applications, apply, assign, fill_post, give_rights, in_force, in_force_json, is_alone, leave_post, live_of,
        now_in_force, posts, preview, refuse, show, undo,
    };
    pub use crate::pages::proof_json;
}

/// What comes in from elsewhere and leaves: libraries, OSCAL, sheets.
pub mod exchanges {
    pub use crate::exchange::{
        Asked, Bad, Bound, Broken, Brought, GRID_BYTES, GridError, Heads, Imported, Keys, Measured, OSCAL, Seal,
        SheetError, SheetForm, export_answers, export_items, oscal_catalog, oscal_poam, oscal_results, read_answers,
        read_form, read_library, seal_answers, write_catalogue, write_form, write_library,
    };
    pub use crate::jobs::{Conflict, Issued, Merged, issue, merge, settle};
    pub use crate::sql::{BroughtSheet, brought_sheets, conflicts, count_conflicts};
}

/// Exercises with objectives and lessons.
pub mod exercises {
    pub use crate::exercise::{
        Attained, EXERCISE_CHARS, Exercise, ExerciseError, ExerciseKind, ExerciseLine, ExerciseRefusal, ExerciseState,
        Lesson, OBJECTIVES, Objective, SCENARIO_CHARS, TakingPart, coming, exercise, exercise_calendar, exercise_cases,
        exercise_json, exercise_line_json, exercises, lesson_done, note_results, restore_exercise, save_exercise,
        save_lessons, withdraw_exercise, withdrawn,
    };
}

/// The gap table of a nation’s law.
pub mod laws {
    pub use crate::jobs::write_provision;
    pub use crate::law::{Group, Provision, Said, Standing, Written, groups, is_law, night_contact};
    pub use crate::sql_law::{of_catalogues, provisions, provisions_before};
}

/// The operating manual, written from the living configuration.
pub mod manuals {
    pub use crate::manual::{
        Chunk, DOCUMENTS, Document, Manual, ManualError, Piece, SaidOfHouse, Written, chunks, count_changed,
        keep_current, keep_said, mark_read, readings, readings_of, said, written,
    };
}

/// What a country releases, and what a programme office takes in.
pub mod offices {
    pub use crate::jobs::{
        OfficeError, Releasing, export_progress, import_progress, own_progress, own_standing, release,
    };
    pub use crate::office::{
        By, Country, CountryProgress, KPIS, OfficeRefusal, Own, OwnSection, PRACTICE_CHARS, PROGRESS_BYTES, Practice,
        REGIONS, Released, ReleasedFigures, ReleasedSection, STAGES, SectionSpread, Signer, Spot, Unsealed,
        fingerprint, known_sections, kpi, spreads, spreads_json, unseal,
    };
    pub use crate::pages::office::office_json;
    pub use crate::sql_office::{Releasable, Release, countries, releasable, releases};
}

/// Programmes: tasks, lines, days off, and the plan of it all.
pub mod programmes {
    pub use crate::hindrance::{Hindrance, Named, ProgrammeError};
    pub use crate::plan::{
        Calendar, Day, Due, Fixed, Month, Times, WEEKENDS, WHOLE, Week, Work, by_month, critical, level,
    };
    pub use crate::programme::{
        BadLine, Change, DAYS_OFF, DayOff, Late, Line, LineChange, LineKind, Names, NewLine, NewProgramme, OFF_BYTES,
        OwnTask, PAYERS, Part, PastLine, PastProof, People, Programme, ProgrammeForm, ProgrammeSheet, Progress, Proof,
        Removed, RemovedLine, Resources, Setup, Status, Task, TaskLine, TaskState, accept_task, add_line, add_own_task,
        change_line, change_own_task, change_task, days_off_text, draft, line_json, lines_of, nation_days_off,
        past_line_json, past_lines, past_proof_json, past_proofs, plan_programme, programme, programme_file,
        programme_json, programmes, programmes_of, read_days_off, remove_line, remove_own_task, removed_line_json,
        removed_lines, removed_tasks, restore_line, restore_own_task, set_days_off, set_line_done, set_nation_days_off,
        set_programme_state, status, status_json, step_task, task_json, task_of, tasks_of, working,
    };
}

/// The report of an assessment.
pub mod reports {
    pub use crate::report::{Report, report};
    pub use crate::wording::Wording;
}

/// Figures of the models, comparison over time, and what does not fit together.
pub mod scoring {
    pub use crate::compare::{Change, Comparison, Line, compare};
    pub use crate::score::{AtLevel, Figures, Gap, ItemScore, RULES, Score, SectionScore, Spread, score};
    pub use crate::xray::{CHECKS, Check, Grade};
}

/// The national strategy workspace.
pub mod strategies {
    pub use crate::jobs::{
        remove_record, restore_record, review_done, save_function, save_review, save_stakeholder, save_undertaking,
    };
    pub use crate::pages::strategy::operations::{review_json, whole as strategy_json};
    pub use crate::sql_strategy::{
        Links, Numbers, functions, parts, reviews, stakeholders, strategy_numbers, undertakings,
    };
    pub use crate::strategy::{
        ELEMENTS, Function, Part, Progress, REVIEWS, Record, Review, Stakeholder, Undertaking, calendar, goals,
    };
}

/// Workshops: the screen in the room, and seats.
pub mod workshops {
    pub use crate::jobs::{Step, answer_from_seat, close_workshop, open_workshop, release_seat, sit, step_workshop};
    pub use crate::pages::workshop_json;
    pub use crate::sql::{hidden, seat, seated, workshop_of};
    pub use crate::workshop::{CODE_CHARS, HOURS, Workshop, read_code};
}

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
        "framework_design",
        "framework_programme",
        "framework_task",
        "framework_line",
        "framework_applied",
        "framework_acceptance",
        "framework_document",
        "framework_reading",
        "framework_attempt",
        "framework_figure",
        "framework_provision",
        "framework_provision_before",
        "framework_stakeholder",
        "framework_part",
        "framework_action",
        "framework_function",
        "framework_dependency",
        "framework_provider",
        "framework_review",
        "framework_country",
        "framework_progress",
        "framework_release",
        "framework_brought",
        "framework_conflict",
        "framework_workshop",
        "framework_seat",
        "framework_day_off",
        "framework_consensus_before",
        "framework_exercise",
        "framework_exercise_organisation",
        "framework_objective",
        "framework_lesson",
        "framework_task_before",
        "framework_line_before",
        "framework_judgement_before",
        "framework_in_force",
        "framework_post",
    ],
    migrations: &[
        Migration { number: 1, sql: include_str!("../migrations/001_framework.sql") },
        Migration { number: 2, sql: include_str!("../migrations/002_programme.sql") },
        Migration { number: 3, sql: include_str!("../migrations/003_establish.sql") },
        Migration { number: 4, sql: include_str!("../migrations/004_exchange.sql") },
        Migration { number: 5, sql: include_str!("../migrations/005_enhancement.sql") },
        Migration { number: 6, sql: include_str!("../migrations/006_own.sql") },
        Migration { number: 7, sql: include_str!("../migrations/007_stakeholder.sql") },
        Migration { number: 8, sql: include_str!("../migrations/008_voices.sql") },
        Migration { number: 9, sql: include_str!("../migrations/009_exercise.sql") },
        Migration { number: 10, sql: include_str!("../migrations/010_repairs.sql") },
        Migration { number: 11, sql: include_str!("../migrations/011_in_force.sql") },
        Migration { number: 12, sql: include_str!("../migrations/012_history.sql") },
        Migration { number: 13, sql: include_str!("../migrations/013_evidence.sql") },
    ],
};
