//! One file per command. Each gives its exit code, or an error that is told and makes it 1.

mod backup;
mod bench;
mod constituency;
mod deliver;
mod demo;
mod digest;
mod doctor;
mod enrich;
mod establish;
mod evidence;
mod exercise;
mod feeds;
mod figures;
mod framework;
mod import;
mod incidents;
mod ingest;
mod init;
mod law;
mod mail;
mod mail_keys;
mod notices;
mod office;
mod own_fields;
mod password;
mod programme;
mod programme_lines;
mod programme_own;
mod proof;
mod quality;
mod query;
mod replay;
mod research;
mod restore;
mod rfc2350;
mod role;
mod serve;
mod setup;
mod tags;
mod tasks;
mod tokens;
mod training;
mod users;
mod verify;
mod webhooks;
mod work;

pub use serve::site;

use clap::CommandFactory as _;

use crate::cli::{Cli, Command};

/// Done.
pub const DONE: u8 = 0;
/// Not done; the reason was said.
pub const FAILED: u8 = 1;
/// Something was found that needs a person.
pub const FOUND: u8 = 3;

/// Runs what was typed.
pub async fn run(cli: Cli) -> anyhow::Result<u8> {
    match cli.command {
        Command::Demo(args) => demo::run(args).await,
        Command::Init(args) => init::run(args).await,
        Command::Password(args) => password::run(args).await,
        Command::Role(args) => role::run(args).await,
        Command::Serve(args) => serve::run(args).await,
        Command::Setup(args) => setup::run(args).await,
        Command::Ingest(args) => ingest::run(args).await,
        Command::Query(args) => query::run(args).await,
        Command::Research(args) => research::run(args).await,
        Command::Feeds(args) => feeds::run(args).await,
        Command::Constituency(args) => constituency::run(args).await,
        Command::Notices(args) => notices::run(args).await,
        Command::Incidents(args) => incidents::run(args).await,
        Command::Tasks(args) => tasks::tasks(args).await,
        Command::Clocks(args) => tasks::clocks(args).await,
        Command::Fields(args) => own_fields::run(args).await,
        Command::Tags(args) => tags::run(args).await,
        Command::Evidence(args) => evidence::run(args).await,
        Command::Deliver(args) => deliver::run(args).await,
        Command::Mail(args) => mail::mail(args).await,
        Command::Tickets(args) => mail::tickets(args).await,
        Command::Import(args) => import::run(args).await,
        Command::Framework(args) => framework::frameworks(args).await,
        Command::Assess(args) => framework::assess(args).await,
        Command::Design(args) => framework::design(args).await,
        Command::Programme(args) => programme::run(args).await,
        Command::Establish(args) => establish::run(args).await,
        Command::Training(args) => training::run(args).await,
        Command::Quality(args) => quality::run(args).await,
        Command::Figures(args) => figures::run(args).await,
        Command::Exercise(args) => exercise::run(args).await,
        Command::Law(args) => law::law(args).await,
        Command::Strategy(args) => law::strategy(args).await,
        Command::Office(args) => office::run(args).await,
        Command::Rfc2350(args) => rfc2350::run(args).await,
        Command::Digest(args) => digest::run(args).await,
        Command::Tokens(args) => tokens::run(args).await,
        Command::Users(args) => users::run(args).await,
        Command::Webhooks(args) => webhooks::run(args).await,
        Command::Enrich(args) => enrich::run(args).await,
        Command::Replay(args) => replay::run(args).await,
        Command::Work(args) => work::run(args).await,
        Command::Backup(args) => backup::run(args).await,
        Command::Restore(args) => restore::run(args).await,
        Command::Verify(args) => verify::run(args).await,
        Command::Doctor(args) => doctor::run(args).await,
        Command::Bench(args) => bench::run(args).await,
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "manara", &mut std::io::stdout());
            Ok(DONE)
        }
        Command::Man { folder } => {
            std::fs::create_dir_all(&folder)?;
            clap_mangen::generate_to(Cli::command(), &folder)?;
            Ok(DONE)
        }
    }
}
