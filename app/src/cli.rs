//! Everything that can be typed.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

mod establish;
mod evidence;
mod exchange;
mod exercise;
mod figures;
mod framework;
mod import;
mod law;
mod mail;
mod office;
mod own_fields;
mod papers;
mod programme;
mod programme_lines;
mod programme_own;
mod quality;
mod response_figures;
mod shown;
mod tags;
mod tasks;
mod training;
mod voices;
mod workshop;

pub use establish::{Establish, EstablishAction, OnOff};
pub use evidence::{EvidenceAction, EvidenceArgs};
pub use exchange::{
    AssessConflicts, AssessExport, AssessKey, AssessMerge, AssessSeal, AssessSettle, AssessSheet, FrameworkExport,
    FrameworkImport,
};
pub use exercise::{ExerciseAction, ExerciseEdit, ExerciseLesson, ExerciseSaid, Exercises};
pub use figures::{AssessAccept, AssessFigures, AssessSnapshots};
pub use framework::{Assess, AssessAction, Design, DesignAction, Framework, FrameworkAction, Print, Wishes};
pub use import::{Import, ImportFormat};
pub use law::{Law, LawAction, Strategy, StrategyAction};
pub use mail::{Deliver, KeysAction, MailAction, MailArgs, Tickets, TicketsAction};
pub use office::{Office, OfficeAction};
pub use own_fields::{OwnFieldsAction, OwnFieldsArgs};
pub use papers::Rfc2350;
pub use programme::{PlanArgs, Programme, ProgrammeAction};
pub use programme_lines::{LineAction, LineArgs};
pub use programme_own::{DaysOffAction, DaysOffArgs, OwnTaskAction, OwnTaskArgs, Said, Step};
pub use quality::Quality;
pub use response_figures::{Figures, FiguresAction, ResponseFigures};
pub use shown::{AssessEvidence, ShowArgs, ShownAction};
pub use tags::{TagsAction, TagsArgs};
pub use tasks::{Clocks, ClocksAction, Tasks, TasksAction};
pub use training::{ProofAction, ProofArgs, Training, TrainingAction};
pub use voices::{AssessEdit, AssessHistory, AssessRespondent, RespondentAction};
pub use workshop::{AssessWorkshop, WorkshopAction, WorkshopOf};

/// A national CIRT in one binary.
#[derive(Debug, Parser)]
#[command(
    name = "manara",
    version,
    about,
    max_term_width = 100,
    after_help = "Exit codes: 0 done, 1 not done (the reason is said), 2 wrong usage, 3 something was found that needs a person."
)]
pub struct Cli {
    /// More on standard error: -v, -vv.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Where the data is: the same for every command.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// The data folder.
    #[arg(long, value_name = "DIR", default_value = "data", env = "MANARA_DATA")]
    pub data: PathBuf,
    /// PostgreSQL for the state instead of the SQLite file in the data folder.
    #[arg(long, value_name = "postgres://…", env = "MANARA_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Load a fictional country with a month of feeds and show it in the browser.
    Demo(Demo),
    /// Make a data folder with its configuration and a first administrator.
    Init(Init),
    /// Give somebody a new password and end their sessions: the way in when nobody can sign in.
    Password(Password),
    /// Give somebody another role and end their sessions.
    Role(RoleArgs),
    /// Serve the pages. In an empty folder the first administrator is made in the browser.
    Serve(Serve),
    /// Show what is left of setting up, and set nation and mail.
    Setup(Setup),
    /// Run files through the whole pipeline to durable storage.
    Ingest(Ingest),
    /// Ask the events, findings, constituents, notices and incidents in SQL.
    Query(Query),
    /// Show everything known of an address, domain, URL, mail address, hash, vulnerability or AS number.
    Research(Research),
    /// Show the feeds: rates, lag, silence, drift.
    Feeds(Feeds),
    /// Import, export and show the constituents.
    Constituency(Constituency),
    /// List, show and decide what constituents are told.
    Notices(Notices),
    /// List, show, open, annotate and close incidents.
    Incidents(Incidents),
    /// List and do the tasks of incidents, apply playbooks.
    Tasks(Tasks),
    /// List, start and meet the clocks of incidents: by when who has to be told what.
    Clocks(Clocks),
    /// List the own fields of the house, and write their values of incidents.
    Fields(OwnFieldsArgs),
    /// List tags, put them on incidents and tickets, and take them off.
    Tags(TagsArgs),
    /// List, add, hand over and check the evidence of incidents.
    Evidence(EvidenceArgs),
    /// Take one mail from standard input; exit code 0 when it is kept, 75 when it is to come again, 65 when never.
    Deliver(Deliver),
    /// Show the mail that waits, send it again, decide about mail of strangers.
    Mail(MailArgs),
    /// List and show reports, investigations and countermeasures.
    Tickets(Tickets),
    /// Take over what another tool holds: tickets of RTIR, cases of TheHive, an mbox, a table of incidents.
    Import(Import),
    /// List and check the frameworks that can be assessed.
    Framework(Framework),
    /// Begin, answer, score, report and compare assessments.
    Assess(Assess),
    /// Find the building blocks that close the gaps of an assessment, and keep them.
    Design(Design),
    /// Plan and follow how a kept design is carried out.
    Programme(Programme),
    /// Switch services on by building blocks, and write the operating manual.
    Establish(Establish),
    /// Ask and answer courses, check certificates, show who has read what.
    Training(Training),
    /// Print how well the services run, from what the team did.
    Quality(Quality),
    /// Print the figures of the work on reports and incidents, or their report.
    Figures(Figures),
    /// Plan exercises, note what came of them, and see that lessons are carried out.
    Exercise(Exercises),
    /// Show and fill the gap table of a nation's law.
    Law(Law),
    /// Show the national strategy, add actions, write its calendar.
    Strategy(Strategy),
    /// Release and export this country's progress, take in that of others.
    Office(Office),
    /// Print the public description of the team (RFC 2350) or its security.txt; exit code 3 when something is missing in it.
    Rfc2350(Rfc2350),
    /// Print what happened on a day, as its readers get it by mail.
    Digest(DigestArgs),
    /// List the accounts, and limit one to some mailboxes.
    Users(Users),
    /// List, make and revoke the tokens by which programs use the API.
    Tokens(Tokens),
    /// List, make and remove webhooks: what happens, told to an address outside.
    Webhooks(Webhooks),
    /// Load the tables that enrich events: prefix to AS, countries, AS names.
    Enrich(Enrich),
    /// Run history again through today's mappings, tables and networks.
    Replay(Replay),
    /// Do once what `serve` does all the time: go on with batches, draft notices, send mail, expire findings.
    Work(Plain),
    /// Write everything into one file, while the work goes on.
    Backup(Backup),
    /// Make a data folder from a backup, and check it.
    Restore(Restore),
    /// Read everything again and check every hash and every sum.
    Verify(Plain),
    /// Check configuration, disk, clock, mail, fonts and tables, and say how to mend what is wrong.
    Doctor(Plain),
    /// Measure this machine with data made for it.
    Bench(Bench),
    /// Print completions for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Write the manual pages into a folder.
    Man {
        /// The folder.
        folder: PathBuf,
    },
}

/// A command with nothing of its own.
#[derive(Debug, Args)]
pub struct Plain {
    #[command(flatten)]
    pub place: Place,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `bench`.
#[derive(Debug, Args)]
pub struct Bench {
    /// What is measured.
    #[command(subcommand)]
    pub work: BenchWork,
}

/// What `bench` can do.
#[derive(Debug, Subcommand)]
pub enum BenchWork {
    /// Write a report or a table to measure with, the same for the same arguments.
    Make {
        /// Which.
        what: Made,
        /// Rows, prefixes or networks.
        count: u64,
        /// The file.
        file: PathBuf,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Take one report to durable storage and print the time of each stage.
    WholePath {
        /// The report.
        report: String,
        /// Lines `prefix<TAB>asn`.
        prefix_to_as: Option<String>,
        /// CSV with `cidr,asn,org,…`.
        networks: Option<String>,
        /// PostgreSQL for the state instead of SQLite.
        #[arg(long, value_name = "postgres://…", env = "MANARA_DATABASE", hide_env_values = true)]
        database: Option<String>,
        /// The answer is JSON without it, too.
        #[arg(long)]
        json: bool,
    },
    /// Only read a report, on one core.
    Read {
        /// The report.
        report: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Compose, approve, fill and queue the notices of a big day.
    Notices {
        /// How many.
        count: usize,
        /// Findings of each.
        findings: usize,
        /// PostgreSQL for the state instead of SQLite.
        #[arg(long, value_name = "postgres://…", env = "MANARA_DATABASE", hide_env_values = true)]
        database: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a data folder of any size, through the pipeline.
    Data(BenchData),
    /// Let people open every list of a data folder at once, and print how long they wait.
    Pages(BenchPages),
    /// Make a desk of any size, or measure one: lists, records, search, mail, imports, and all of it at once.
    Response {
        /// Which.
        #[command(subcommand)]
        work: BenchResponse,
    },
    /// Print the reports of a full assessment of SIM3 and of the five elements, in every language and form.
    Report {
        /// How often each; the shortest and the middle time are told.
        #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..=1_000))]
        rounds: u32,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Score an assessment by each rule.
    Score {
        /// Items of the catalogue.
        #[arg(default_value_t = 500)]
        items: usize,
        /// Respondents who answer all of them.
        #[arg(default_value_t = 200)]
        respondents: usize,
        /// How often; the shortest and the middle time are told.
        #[arg(long, value_name = "N", default_value_t = 21, value_parser = clap::value_parser!(u32).range(1..=1_000))]
        rounds: u32,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Find the cheapest complete set of building blocks.
    Design {
        /// Blocks to choose from.
        #[arg(default_value_t = 300)]
        blocks: usize,
        /// How often; the shortest and the middle time are told.
        #[arg(long, value_name = "N", default_value_t = 21, value_parser = clap::value_parser!(u32).range(1..=1_000))]
        rounds: u32,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// What `bench make` makes.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Made {
    /// A Shadowserver sinkhole report.
    Sinkhole,
    /// Suricata alerts.
    Eve,
    /// A table of prefixes and their AS numbers.
    Prefixes,
    /// A constituency.
    Networks,
}

/// `bench data`.
#[derive(Debug, Args)]
pub struct BenchData {
    #[command(flatten)]
    pub place: Place,
    /// Events, over thirty days.
    #[arg(long, value_name = "N", default_value_t = 10_000_000)]
    pub events: u64,
    /// Different findings among them.
    #[arg(long, value_name = "N", default_value_t = 200_000)]
    pub findings: u64,
    /// Incidents opened from them.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub incidents: u64,
    /// Constituents, at most 5,000.
    #[arg(long, value_name = "N", default_value_t = 5_000, value_parser = clap::value_parser!(u64).range(1..=5_000))]
    pub constituents: u64,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// What `bench response` can do.
#[derive(Debug, Subcommand)]
pub enum BenchResponse {
    /// Make a data folder with incidents, three reports for two of them, four messages and three observables for each.
    Make {
        #[command(flatten)]
        place: Place,
        /// Incidents, over five years.
        #[arg(long, value_name = "N", default_value_t = 1_000_000, value_parser = clap::value_parser!(u64).range(100..=10_000_000))]
        incidents: u64,
        /// The middle length of a message as it came, with its header.
        #[arg(long, value_name = "BYTES", default_value_t = 2_000, value_parser = clap::value_parser!(u64).range(1_300..=100_000))]
        message_bytes: u64,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Serve such a folder and measure it; it gets mails, records and notes by that.
    Run(BenchResponseRun),
}

/// `bench response run`.
#[derive(Debug, Args)]
pub struct BenchResponseRun {
    #[command(flatten)]
    pub place: Place,
    /// How often each page is opened.
    #[arg(long, value_name = "N", default_value_t = 100, value_parser = clap::value_parser!(u64).range(1..=100_000))]
    pub rounds: u64,
    /// For how long everything happens at once; 0 leaves it out.
    #[arg(long, value_name = "S", default_value_t = 60)]
    pub seconds: u64,
    /// Mails that are brought as fast as they are taken; 0 leaves it out.
    #[arg(long, value_name = "N", default_value_t = 3_000)]
    pub mails: u64,
    /// Records of the files that are taken over; 0 leaves it out.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub records: u64,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `bench pages`.
#[derive(Debug, Args)]
pub struct BenchPages {
    #[command(flatten)]
    pub place: Place,
    /// People at the pages.
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub users: usize,
    /// Each opens a page so often.
    #[arg(long, value_name = "MS", default_value_t = 1_000)]
    pub every_ms: u64,
    /// For so long.
    #[arg(long, value_name = "S", default_value_t = 30)]
    pub seconds: u64,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `digest`.
#[derive(Debug, Args)]
pub struct DigestArgs {
    #[command(flatten)]
    pub place: Place,
    /// The day, such as 2026-01-15; yesterday without it.
    #[arg(long, value_name = "DAY")]
    pub day: Option<String>,
    /// The language: en, ar or fr.
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,
    /// List the people who asked for it, instead.
    #[arg(long, conflicts_with_all = ["wanted_by", "unwanted_by"])]
    pub readers: bool,
    /// Let somebody have it by mail from now on, instead; with --mail.
    #[arg(long, value_name = "NAME", requires = "mail", conflicts_with = "unwanted_by")]
    pub wanted_by: Option<String>,
    /// Where it goes.
    #[arg(long, value_name = "MAIL")]
    pub mail: Option<String>,
    /// The full hour of the person's own clock at which it leaves.
    #[arg(long, default_value_t = 6)]
    pub hour: u8,
    /// Let somebody have it no more, instead.
    #[arg(long, value_name = "NAME")]
    pub unwanted_by: Option<String>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `password`.
#[derive(Debug, Args)]
pub struct Password {
    #[command(flatten)]
    pub place: Place,
    /// Login name.
    pub name: String,
    /// File with the new password; without it one is made and printed once.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `role`.
#[derive(Debug, Args)]
pub struct RoleArgs {
    #[command(flatten)]
    pub place: Place,
    /// Login name.
    pub name: String,
    /// The role: admin, duty, handler, analyst or viewer.
    pub role: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Place,
    /// Address and port to listen on; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub mail: MailDoors,
    /// One line of JSON when the pages can be opened, instead of words.
    #[arg(long)]
    pub json: bool,
}

/// Where mail is brought, besides what the configuration says.
#[derive(Debug, Default, Args)]
pub struct MailDoors {
    /// Address and port, or the path of a socket, where a mail server brings mail by LMTP.
    #[arg(long, value_name = "ADDR")]
    pub lmtp: Option<String>,
    /// Address and port where a mail server brings mail by SMTP.
    #[arg(long, value_name = "ADDR")]
    pub smtp: Option<String>,
}

/// `demo`.
#[derive(Debug, Args)]
#[command(mut_arg("data", |arg| arg.default_value("demo-data")))]
pub struct Demo {
    #[command(flatten)]
    pub place: Place,
    /// Address and port to listen on, loopback only; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub listen: SocketAddr,
    /// Load and stop, without serving.
    #[arg(long)]
    pub no_serve: bool,
    /// Load only the last days of the month.
    #[arg(long, value_name = "N", default_value_t = 30)]
    pub days: usize,
    /// One line of JSON when the pages can be opened, or when it is loaded with --no-serve, instead of words.
    #[arg(long)]
    pub json: bool,
}

/// `init`.
#[derive(Debug, Args)]
pub struct Init {
    #[command(flatten)]
    pub place: Place,
    /// Login name of the first administrator.
    #[arg(long, default_value = "admin")]
    pub admin: String,
    /// File with the administrator's password; without it one is made and printed once.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `setup`.
#[derive(Debug, Args)]
pub struct Setup {
    /// What to do.
    #[command(subcommand)]
    pub action: SetupAction,
}

/// What `setup` can do.
#[derive(Debug, Subcommand)]
pub enum SetupAction {
    /// What is done and what is left.
    List {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Where the house is, what the team is called, which languages it speaks. What is not given stays.
    Nation(Box<SetupNation>),
    /// By which server mail leaves. What is not given stays.
    Mail(Box<SetupMail>),
    /// Send a letter and print what the mail server says.
    TestLetter(SetupTest),
}

/// `setup nation`.
#[derive(Debug, Args)]
pub struct SetupNation {
    #[command(flatten)]
    pub place: Place,
    /// Two letters of the country (ISO 3166-1), such as EG.
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// Time zone of people who set none, such as Africa/Cairo.
    #[arg(long)]
    pub zone: Option<String>,
    /// Language of readers of whom nothing is known: en, ar or fr.
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// A language that can be chosen; once for each.
    #[arg(long, value_name = "TAG")]
    pub offer: Vec<String>,
    /// Name of the team in English.
    #[arg(long, value_name = "NAME")]
    pub name_en: Option<String>,
    /// Name of the team in Arabic.
    #[arg(long, value_name = "NAME")]
    pub name_ar: Option<String>,
    /// Name of the team in French.
    #[arg(long, value_name = "NAME")]
    pub name_fr: Option<String>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `setup mail`.
#[derive(Debug, Args)]
pub struct SetupMail {
    #[command(flatten)]
    pub place: Place,
    /// Let mail stay in the built-in box.
    #[arg(long)]
    pub capture: bool,
    /// Address of the sender.
    #[arg(long, value_name = "MAIL")]
    pub from: Option<String>,
    /// Name of the sender.
    #[arg(long, value_name = "NAME")]
    pub from_name: Option<String>,
    /// Name or address of the mail server.
    #[arg(long)]
    pub host: Option<String>,
    /// Its port: 587 with STARTTLS, 465 with TLS from the first byte, 25 for a relay on this machine.
    #[arg(long)]
    pub port: Option<u16>,
    /// How the connection is encrypted: required, wrapper, opportunistic or none.
    #[arg(long, value_name = "WAY")]
    pub tls: Option<String>,
    /// Login at the mail server; empty for none.
    #[arg(long)]
    pub login: Option<String>,
    /// File with the password.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `setup test-letter`.
#[derive(Debug, Args)]
pub struct SetupTest {
    /// Who gets it.
    pub mail: String,
    #[command(flatten)]
    pub place: Place,
    /// Language of the letter.
    #[arg(long, value_name = "TAG", default_value = "en")]
    pub language: String,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `ingest`.
#[derive(Debug, Args)]
pub struct Ingest {
    #[command(flatten)]
    pub place: Place,
    /// Name of the feed: of a mapping file, or any name for the batches of this call.
    #[arg(long, value_name = "NAME")]
    pub feed: Option<String>,
    /// What the files are, when their names and contents don't tell: a Shadowserver report type such as scan_telnet, or
    /// suricata, zeek, zeek:conn, idea, intelmq, list, feed:NAME.
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// When the files reached us, for loading history (RFC 3339).
    #[arg(long, value_name = "TIME")]
    pub received: Option<String>,
    /// One JSON object instead of words.
    #[arg(long)]
    pub json: bool,
    /// The files; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// How rows are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RowFormat {
    /// For people.
    Table,
    /// For sheets.
    Csv,
    /// One JSON array.
    Json,
    /// An event a line, with IntelMQ's keys; columns that are no field of an event are left out.
    Intelmq,
}

/// `query`.
#[derive(Debug, Args)]
pub struct Query {
    #[command(flatten)]
    pub place: Place,
    /// The statement; reading only. Tables: events, context, rejects, findings, constituents, notices, incidents, batches, feeds.
    #[arg(required_unless_present = "schema")]
    pub sql: Option<String>,
    /// How the rows are printed.
    #[arg(long, value_enum, default_value = "table")]
    pub format: RowFormat,
    /// The same as --format json.
    #[arg(long)]
    pub json: bool,
    /// Most rows to print.
    #[arg(long, default_value_t = 1_000_000)]
    pub limit: usize,
    /// Most seconds it may take.
    #[arg(long, default_value_t = 600)]
    pub seconds: u64,
    /// Print every table and column with what it holds.
    #[arg(long)]
    pub schema: bool,
}

/// `research`.
#[derive(Debug, Args)]
pub struct Research {
    #[command(flatten)]
    pub place: Place,
    /// What is looked up, also in a harmless form such as hxxp://bad[.]example.
    pub subject: String,
    /// Have a registry outside asked: rdap or whois. Only where `ask = true` stands in [research] of cirt.toml.
    #[arg(long, value_name = "WAY")]
    pub ask: Option<String>,
    /// The incident it is asked for, by its number: its PAP has to allow it.
    #[arg(long, value_name = "NUMBER", default_value = "", requires = "ask")]
    pub incident: String,
    /// One JSON object.
    #[arg(long)]
    pub json: bool,
}

/// `feeds`.
#[derive(Debug, Args)]
pub struct Feeds {
    #[command(flatten)]
    pub place: Place,
    /// Only this feed, with its drift and last batches.
    pub name: Option<String>,
    /// The feeds and report types that can be read, instead of those that sent something.
    #[arg(long)]
    pub known: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `constituency`.
#[derive(Debug, Args)]
pub struct Constituency {
    #[command(subcommand)]
    pub action: ConstituencyAction,
}

/// What to do with the constituency.
#[derive(Debug, Subcommand)]
pub enum ConstituencyAction {
    /// Import a CSV or JSON file: all or nothing, every refused line told.
    Import {
        #[command(flatten)]
        place: Place,
        /// The file; `-` is standard input.
        file: PathBuf,
        /// Only say what would be done.
        #[arg(long)]
        dry_run: bool,
        /// Remove the constituents the file does not name.
        #[arg(long)]
        replace: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Export all constituents.
    Export {
        #[command(flatten)]
        place: Place,
        /// csv (one line each), networks (cidr,asn,org,sector,abuse_contact) or json.
        #[arg(long, default_value = "csv")]
        format: String,
        /// Write to a file instead of standard output.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// List the constituents.
    List {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show networks of different owners that overlap, and who wins.
    Overlaps {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `notices`.
#[derive(Debug, Args)]
pub struct Notices {
    #[command(subcommand)]
    pub action: NoticesAction,
}

/// What to do with notices.
#[derive(Debug, Subcommand)]
pub enum NoticesAction {
    /// List notices, newest first.
    List {
        #[command(flatten)]
        place: Place,
        /// Only in this state: draft, waiting (for a second person), approved, queued, sent, failed or cancelled.
        #[arg(long)]
        state: Option<String>,
        /// Only those that were sent and have no answer at all.
        #[arg(long)]
        unanswered: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show one as it is sent, and what was answered.
    Show {
        #[command(flatten)]
        place: Place,
        /// Its number or id.
        notice: String,
        /// Answer in JSON, with every finding and what was said of it.
        #[arg(long)]
        json: bool,
    },
    /// Approve drafts. What is marked above four_eyes_above waits for a second person after that.
    Approve(Decision),
    /// Cancel notices that were not sent.
    Cancel(Decision),
    /// Back to draft: takes an approval or a cancelling back.
    Redraft(Decision),
    /// Queue failed notices again.
    Retry(Decision),
}

/// Which notices something is decided of.
#[derive(Debug, Args)]
pub struct Decision {
    #[command(flatten)]
    pub place: Place,
    /// Numbers or ids.
    pub notices: Vec<String>,
    /// All that can be.
    #[arg(long, conflicts_with = "notices")]
    pub all: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `incidents`.
#[derive(Debug, Args)]
pub struct Incidents {
    #[command(subcommand)]
    pub action: IncidentsAction,
}

/// What to do with incidents.
#[derive(Debug, Subcommand)]
pub enum IncidentsAction {
    /// List incidents, oldest first.
    List {
        #[command(flatten)]
        place: Place,
        /// Only in this state: new, open, resolved or abandoned.
        #[arg(long, conflicts_with = "words")]
        state: Option<String>,
        /// Only those that say all these words, the newest first; 200 at most.
        #[arg(long)]
        words: Option<String>,
        /// Of those the best first.
        #[arg(long, requires = "words")]
        best: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show one with its findings and notes.
    Show {
        #[command(flatten)]
        place: Place,
        /// Its number or id.
        incident: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Print the report of one: facts, timeline, tasks, clocks, review.
    Report {
        #[command(flatten)]
        place: Place,
        /// Its number or id.
        incident: String,
        #[command(flatten)]
        print: Print,
    },
    /// Note when one began and when it was contained; what is left out stays as it is.
    Moments {
        #[command(flatten)]
        place: Place,
        /// Its number or id.
        incident: String,
        /// When it began, such as 2026-10-05T07:30:00Z; an empty text takes it away.
        #[arg(long, value_name = "MOMENT")]
        occurred: Option<String>,
        /// When it was contained.
        #[arg(long, value_name = "MOMENT")]
        contained: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show the review of one, and answer its questions.
    Review {
        #[command(flatten)]
        place: Place,
        /// Its number or id.
        incident: String,
        /// An answer by the id of its question, such as summary=TEXT; may be given several times. An empty one is taken back.
        #[arg(long = "answer", value_name = "QUESTION=TEXT")]
        answers: Vec<String>,
        /// The review is finished.
        #[arg(long)]
        finish: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Change how far one may travel (TLP), or what may be done with what it knows (PAP).
    Mark {
        #[command(flatten)]
        place: Place,
        /// Its number or id.
        incident: String,
        /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
        #[arg(long, value_name = "LABEL")]
        tlp: Option<String>,
        /// CLEAR, GREEN, AMBER or RED.
        #[arg(long, value_name = "LABEL")]
        pap: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Open one, from findings or from nothing.
    Open {
        #[command(flatten)]
        place: Place,
        /// One line that says what it is.
        #[arg(long)]
        title: String,
        /// Ids of findings; may be given several times.
        #[arg(long = "finding", value_name = "ID")]
        findings: Vec<String>,
        /// Names of constituents besides those of the findings; may be given several times.
        #[arg(long = "constituent", value_name = "NAME")]
        constituents: Vec<String>,
        /// taxonomy/type of the RSIT; that of the worst finding when nothing is said.
        #[arg(long)]
        class: Option<String>,
        /// low, medium, high or vital; that of the constituents when nothing is said.
        #[arg(long)]
        impact: Option<String>,
        /// info, low, medium, high or critical; that of the worst finding when nothing is said.
        #[arg(long)]
        urgency: Option<String>,
        /// CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
        #[arg(long, default_value = "AMBER")]
        tlp: String,
        /// What may be done with what it knows: CLEAR, GREEN, AMBER or RED.
        #[arg(long, default_value = "GREEN")]
        pap: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write a note.
    Note {
        #[command(flatten)]
        place: Place,
        /// Number or id of the incident.
        incident: String,
        /// The text; `-` reads standard input.
        text: String,
        /// When that happened which it tells of, such as 2026-10-05T07:30:00Z; it stands there in the timeline.
        #[arg(long, value_name = "MOMENT")]
        happened: Option<String>,
        /// By which technique of MITRE ATT&CK, such as T1566.002.
        #[arg(long, value_name = "ID", default_value = "")]
        technique: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Divide one: what is named goes to a new one; merging that back on its page takes it back.
    Part {
        #[command(flatten)]
        place: Place,
        /// Number or id of the incident.
        incident: String,
        /// One line that says what the new one is.
        #[arg(long)]
        title: String,
        /// Id of a finding that goes; may be given several times.
        #[arg(long = "finding", value_name = "ID")]
        findings: Vec<String>,
        /// Number of a report, investigation or countermeasure that goes; may be given several times.
        #[arg(long = "ticket", value_name = "NUMBER")]
        tickets: Vec<String>,
        /// An observable that goes; may be given several times.
        #[arg(long = "observable", value_name = "VALUE")]
        observables: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Write to all who reported one, each by a mail of their own.
    Write {
        #[command(flatten)]
        place: Place,
        /// Number or id of the incident.
        incident: String,
        /// The text; `-` reads standard input; nothing for that of the letter.
        #[arg(default_value = "")]
        text: String,
        /// The subject instead of that of the letter or of each report.
        #[arg(long, default_value = "")]
        subject: String,
        /// A letter, which each gets in their own language.
        #[arg(long, value_name = "ID", default_value = "")]
        letter: String,
        /// Only to who wrote this report; may be given several times.
        #[arg(long = "report", value_name = "NUMBER")]
        reports: Vec<String>,
        /// A file that goes with each mail; may be given several times: 20 files of 7 MB together at most.
        #[arg(long = "attach", value_name = "FILE")]
        attach: Vec<std::path::PathBuf>,
        /// What is made to go with each: observables-csv, observables-json, findings-csv, findings-json, report-pdf.
        #[arg(long = "export", value_name = "WHAT")]
        export: Vec<String>,
        /// Who writes it: somebody who may handle incidents; nobody for the terminal.
        #[arg(long, value_name = "NAME")]
        by: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the observables of one, name some, note something of them, take some off.
    Observables {
        #[command(flatten)]
        place: Place,
        /// Number or id of the incident.
        incident: String,
        /// A text whose observables are named; may be given several times, and links may be broken on purpose.
        #[arg(long = "add", value_name = "TEXT")]
        add: Vec<String>,
        /// What is said of those that are named.
        #[arg(long, default_value = "")]
        note: String,
        /// One that counts no more; mail does not bring it back. May be given several times.
        #[arg(long = "remove", value_name = "VALUE")]
        remove: Vec<String>,
        /// One that is brought back; may be given several times.
        #[arg(long = "restore", value_name = "VALUE")]
        restore: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// List the techniques of MITRE ATT&CK that were seen in one.
    Techniques {
        #[command(flatten)]
        place: Place,
        /// Number or id of the incident.
        incident: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say that a technique was seen.
    Tag {
        #[command(flatten)]
        place: Place,
        /// Number or id of the incident.
        incident: String,
        /// Such as T1566 or T1566.002.
        technique: String,
        /// Id of the note or task that tells of it.
        #[arg(long, value_name = "ID", default_value = "")]
        record: String,
        /// It was not seen after all.
        #[arg(long)]
        remove: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Say which address of ours one is of; its tickets go along.
    Mailbox {
        #[command(flatten)]
        place: Place,
        /// Number or id of the incident.
        incident: String,
        /// The address; none without one.
        #[arg(default_value = "")]
        address: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show the rules of what follows by itself, or switch one on or off.
    Rules {
        #[command(flatten)]
        place: Place,
        /// Switch this rule on.
        #[arg(long, value_name = "RULE", conflicts_with = "off")]
        on: Option<String>,
        /// Switch this rule off.
        #[arg(long, value_name = "RULE")]
        off: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Close one; what the verdict teaches follows with `manara work`, or while `serve` runs.
    Close {
        #[command(flatten)]
        place: Place,
        /// Number or id of the incident.
        incident: String,
        /// How it ended: an id of the policy, such as resolved, no-answer or false-alarm.
        #[arg(long)]
        resolution: String,
        /// What that says of its findings: left (nothing), fixed or false.
        #[arg(long, default_value = "left")]
        verdict: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `users`.
#[derive(Debug, Args)]
pub struct Users {
    #[command(subcommand)]
    pub action: UsersAction,
}

/// What to do with accounts.
#[derive(Debug, Subcommand)]
pub enum UsersAction {
    /// List who may sign in, with the mailboxes they are limited to.
    List {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Limit an account to incidents and tickets of some mailboxes, or let it see all again.
    Limit {
        #[command(flatten)]
        place: Place,
        /// Login name.
        name: String,
        /// A mailbox the account may see; may be given several times. The main one stands for what came to none, too.
        #[arg(long = "mailbox", value_name = "ADDRESS", required_unless_present = "all", conflicts_with = "all")]
        mailboxes: Vec<String>,
        /// All mailboxes.
        #[arg(long)]
        all: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `tokens`.
#[derive(Debug, Args)]
pub struct Tokens {
    #[command(subcommand)]
    pub action: TokensAction,
}

/// What to do with tokens.
#[derive(Debug, Subcommand)]
pub enum TokensAction {
    /// List tokens, newest first; never the tokens themselves.
    List {
        #[command(flatten)]
        place: Place,
        /// Only those of this person.
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a token for somebody and print it: the only time it is shown.
    Make {
        #[command(flatten)]
        place: Place,
        /// Login name of the person it acts for.
        person: String,
        /// What the token is called; the journal names it so.
        name: String,
        /// What it may do, such as findings:read; may be given several times.
        #[arg(long = "scope", value_name = "SCOPE", required = true)]
        scopes: Vec<String>,
        /// How long it is valid: 365 at most.
        #[arg(long, value_name = "N", default_value_t = 90)]
        days: i64,
        /// A mailbox whose incidents and tickets it may see, of those its person may; may be given several times. All without it.
        #[arg(long = "mailbox", value_name = "ADDRESS")]
        mailboxes: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Revoke a token: programs that use it are refused from then on.
    Revoke {
        #[command(flatten)]
        place: Place,
        /// Its id, as `tokens list` shows it.
        token: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `webhooks`.
#[derive(Debug, Args)]
pub struct Webhooks {
    #[command(subcommand)]
    pub action: WebhooksAction,
}

/// What to do with webhooks.
#[derive(Debug, Subcommand)]
pub enum WebhooksAction {
    /// List webhooks, oldest first; never their secrets.
    List {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Make a webhook and print its secret: the only time it is shown.
    Add {
        #[command(flatten)]
        place: Place,
        /// Where it goes: https://…
        url: String,
        /// What it tells of, such as incident.opened; may be given several times.
        #[arg(long = "kind", value_name = "KIND", required = true)]
        kinds: Vec<String>,
        /// The strictest marking of records it tells of: CLEAR, GREEN, AMBER, AMBER+STRICT or RED.
        #[arg(long, default_value = "GREEN")]
        tlp: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Remove a webhook with its deliveries.
    Remove {
        #[command(flatten)]
        place: Place,
        /// Its id, as `webhooks list` shows it.
        webhook: String,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `enrich`.
#[derive(Debug, Args)]
pub struct Enrich {
    #[command(subcommand)]
    pub action: EnrichAction,
}

/// What to do with the tables.
#[derive(Debug, Subcommand)]
pub enum EnrichAction {
    /// Load tables; each replaces the one before it as a whole.
    Load {
        #[command(flatten)]
        place: Place,
        /// Lines `prefix<TAB>asn`.
        #[arg(long, value_name = "FILE")]
        prefix_to_as: Option<PathBuf>,
        /// A RIR delegated file; country of ranges.
        #[arg(long, value_name = "FILE")]
        delegated: Option<PathBuf>,
        /// Lines `asn<TAB>name`.
        #[arg(long, value_name = "FILE")]
        as_names: Option<PathBuf>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Show the loaded tables.
    List {
        #[command(flatten)]
        place: Place,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// `replay`.
#[derive(Debug, Args)]
pub struct Replay {
    #[command(flatten)]
    pub place: Place,
    /// Only the batches of this feed.
    #[arg(long, value_name = "NAME")]
    pub feed: Option<String>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `backup`.
#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    pub place: Place,
    /// The file to write.
    pub file: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// `restore`.
#[derive(Debug, Args)]
pub struct Restore {
    #[command(flatten)]
    pub place: Place,
    /// The backup to read.
    pub file: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

#[cfg(test)]
mod tests {
    use clap::{Command, CommandFactory as _};

    use super::Cli;

    const DOCUMENT: &str = "what it prints is a document in a format of its own";

    /// The commands that do not answer in JSON, and why.
    const WITHOUT_JSON: &[(&str, &str)] = &[
        ("assess export", DOCUMENT),
        ("assess report", DOCUMENT),
        ("completions", "what it prints is a script for a shell"),
        ("constituency export", DOCUMENT),
        ("design document", DOCUMENT),
        ("evidence sheet", DOCUMENT),
        ("exercise calendar", DOCUMENT),
        ("figures response", DOCUMENT),
        ("framework export", DOCUMENT),
        ("incidents report", DOCUMENT),
        ("man", "it writes pages for people and says nothing"),
        ("programme export", DOCUMENT),
        ("strategy calendar", DOCUMENT),
    ];

    /// The commands that have none of their own, each with whether it takes `--json`.
    fn leaves(command: &Command, path: &str, found: &mut Vec<(String, bool)>) {
        for one in command.get_subcommands() {
            let path = format!("{path} {}", one.get_name());
            if one.has_subcommands() {
                leaves(one, &path, found);
            } else {
                let takes = one.get_arguments().any(|arg| arg.get_long() == Some("json"));
                found.push((path.trim_start().to_string(), takes));
            }
        }
    }

    #[test]
    fn every_command_answers_in_json_or_says_why_not() {
        let mut found = Vec::new();
        leaves(&Cli::command(), "", &mut found);
        assert!(found.len() > 200, "{} commands", found.len());
        let mut without: Vec<&str> = found.iter().filter(|(_, takes)| !takes).map(|(path, _)| path.as_str()).collect();
        without.sort_unstable();
        let wanted: Vec<&str> = WITHOUT_JSON.iter().map(|(path, _)| *path).collect();
        assert_eq!(without, wanted);
    }
}
