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

pub use assessment::{Assessment, COMMENT_CHARS, EVIDENCE_BYTES, LABEL_CHARS, NAME_CHARS, Snapshot, State, VOICES};
pub use blocks::{Block, Blocks, Cost, Kind, RoleOf};
pub use canonical::{canonical, hash};
pub use catalogue::{Catalogue, Counts, Item, Level, Profile, Rule, Source, Told};
pub use check::{FILE_BYTES, ITEMS, Trouble, read_catalogue};
pub use compare::{Change, Comparison, Line, compare};
pub use design::{Aim, Ask, Chosen, Design, Posts, REASONS, SERVICES, Unmet, design};
pub use design_document::{DesignPaper, Nation, design_document};
pub use establish::{
    ACCEPT_CHARS, Acceptance, Accepting, Application, Applied, Check as HouseCheck, Clock, EstablishError, Facts,
    Establishes, FollowUpFacts, Holder, Holding, Holdings, House, InForce, Matter, MatterStand, NowInForce, Office, Outcome, Post, PostFact, Proof,
    PostStand, Refused as EstablishRefused, Stand, Step, Undone, Work as HouseWork, accept, acceptance, acceptances, applications,
    apply, assign, fill_post, give_rights, in_force, in_force_json, is_alone, leave_post, live_of, now_in_force, posts, preview, refuse, show, undo,
};
pub use exchange::{
    Asked as SheetAsked, Bad, Bound, Broken, Brought, GRID_BYTES, GridError, Heads, Imported, Keys, Measured, OSCAL, Seal,
    SheetError, SheetForm, export_answers, export_items, oscal_catalog, oscal_poam, oscal_results, read_answers,
    read_form, read_library, seal_answers, write_catalogue, write_form, write_library,
};
pub use exercise::{
    Attained, EXERCISE_CHARS, Exercise, ExerciseError, ExerciseKind, ExerciseLine, ExerciseRefusal, ExerciseState,
    Lesson, OBJECTIVES, Objective, SCENARIO_CHARS, TakingPart, coming as coming_exercises, exercise, exercise_calendar,
    exercise_cases, exercise_json, exercise_line_json, exercises, lesson_done, note_results, restore_exercise,
    save_exercise, save_lessons, withdraw_exercise, withdrawn as withdrawn_exercises,
};
pub use hindrance::{Hindrance, Named as NamedTask, ProgrammeError};
pub use jobs::{Conflict, Issued, Merged, issue, merge, settle};
pub use jobs::{
    FrameworkError, Given, NewAssessment, NewVoice, OfficeError, Refusal, Releasing, Shown, Verdict, accept_figure,
    add_evidence, agree, begin, export_progress, give, give_table, import_progress, join, judge, own_progress, release,
    remove_record, restore_record, review_done, save_function, save_review, save_stakeholder, save_undertaking,
    set_state, take_back, take_evidence_back, take_snapshot, write_provision,
};
pub use jobs::{Moved, Saved, Seen, Taken, give_seen};
pub use jobs::{NewFacts, edit, restore, withdraw};
pub use jobs::{
    Step as WorkshopStep, answer_from_seat, close_workshop, open_workshop, release_seat, sit, step_workshop,
};
pub use kept::{
    Asked as DesignAsked, Beside, DesignState, KeptDesign, NewDesign, aim, design_answer, designs_of, keep_design,
    kept_design, kept_designs, set_design_state,
};
pub use law::{Group, Provision, Said, Standing, Written, groups, is_law, night_contact};
pub use manual::{
    Chunk, DOCUMENTS, Document, Manual, ManualError, Piece, SaidOfHouse, Written as WrittenManual, chunks,
    count_changed, keep_current, keep_said, mark_read, readings, readings_of, said, written,
};
pub use neighbours::{Asked, Neighbours};
pub use office::{
    Country, CountryProgress, KPIS, OfficeRefusal, PROGRESS_BYTES, REGIONS, Released, ReleasedFigures, STAGES, Signer,
    Unsealed, fingerprint, kpi, unseal,
};
pub use pages::{
    NationOf, Papers, asked_json, attempt_json, establish_site, judged_json, office::office_json, proof_json, site,
    snapshot_json, strategy::operations::whole as strategy_json, works_site,
};
pub use plan::{
    Calendar, Day, Due, Fixed, Month as MoneyMonth, Times, WEEKENDS, WHOLE, Week, Work, by_month, critical, level,
};
pub use programme::{
    BadLine as BadDayOff, Change as TaskChange, DAYS_OFF, DayOff, Late, Line as ProgrammeLine, LineKind, Names,
    NewLine, NewProgramme, OFF_BYTES, OwnTask, PAYERS, Part as ProgrammePart, People, Programme, ProgrammeForm,
    ProgrammeSheet, Progress as ProgrammeProgress, Proof as TaskProof, Removed as RemovedTask, Resources, Setup,
    Status, Task, TaskLine, TaskState, accept_task, add_line, add_own_task, change_own_task, change_task,
    days_off_text, draft, line_json, lines_of, nation_days_off, plan_programme, programme, programme_file,
    programme_json, programmes, programmes_of, read_days_off, remove_own_task, removed_tasks, restore_own_task,
    set_days_off, set_line_done, set_nation_days_off, set_programme_state, status, status_json, step_task, task_json,
    task_of, tasks_of, working,
};
pub use programme::{
    LineChange, PastLine, PastProof, RemovedLine, change_line, past_line_json, past_lines, past_proof_json,
    past_proofs, remove_line, removed_line_json, removed_lines, restore_line,
};
pub use quality::{
    CASES, Case, Cases, Figure, MEASURES, MONTHS, Measure, Month, Offer, Period, Quality, QualityLine, Speaks, Target,
    Targets, Unit, figure, figures, measure_of, months, offers, offers_json, quality,
};
pub use report::{Report, report};
pub use score::{AtLevel, Figures, Gap, ItemScore, RULES, Score, SectionScore, Spread, score};
pub use search::search;
pub use sheet::{Action, Answer, Consensus, Evidence, Sheet, Voice};
pub use shelf::{Crosswalk, Map, Relation, SCHEMAS, Shelf};
pub use solve::{Found, Price, Problem, price, solve};
pub use sql::{Agreed, Respondent, Told as ToldAnswer, agreed, agreed_before, respondents, told, told_before};
pub use sql::{Judged, judged, judged_before};
pub use sql::{catalogue, get, history, list, one_snapshot, sheet, snapshots, voices};
pub use sql::{BroughtSheet, brought_sheets, conflicts, count_conflicts};
pub use sql::{hidden, seat, seated, workshop_of};
pub use sql_figures::{Accepted, accepted_figures};
pub use sql_law::{of_catalogues, provisions, provisions_before};
pub use sql_office::{Releasable, Release, countries, releasable, releases};
pub use sql_strategy::{
    Links as FunctionLinks, Numbers as StrategyNumbers, functions, parts, reviews, stakeholders, strategy_numbers,
    undertakings,
};
pub use strategy::{
    ELEMENTS, Function, Part, Progress, REVIEWS, Record, Review, Stakeholder, Undertaking, calendar, goals,
};
pub use table::{HEAD, NOT_APPLICABLE, Refused, Row, TABLE_BYTES, read_table};
pub use text::Text;
pub use training::{
    Asked as CourseAsked, AskedQuestion, Attempt, Course, Courses, Knowing, Known, Reader as ManualReader,
    VALID_DAYS as CERTIFICATE_DAYS, attempts_before, attempts_of, certificate, keep_attempt, knowing,
    mark as mark_answers, readers as manual_readers, readers_json,
};
pub use wording::Wording;
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
    ],
};
