//! The command line: reads what was typed and hands it to the command.

mod alarm;
mod asking;
mod cli;
mod commands;
mod config;
mod content;
mod establish;
mod figures;
mod flows;
mod happenings;
mod house;
mod mailroom;
mod neighbours;
mod pages;
mod papers;
mod picture;
mod print;
mod profile;
mod serving;
mod setup;
mod tables;
mod unread;

use clap::Parser as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Bytes of stack of each worker, as the main thread has: this crate is built without optimisation, which copies what is awaited.
/// Only what is used of it takes memory.
const STACK: usize = 8 * 1024 * 1024;

fn main() -> std::process::ExitCode {
    let cli = cli::Cli::parse();
    print::start_log(cli.verbose);
    print::end_when_nobody_reads();
    let runtime = match tokio::runtime::Builder::new_multi_thread().thread_stack_size(STACK).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("manara: the program can't start its threads: {error}");
            return std::process::ExitCode::from(1);
        }
    };
    let code = match runtime.block_on(commands::run(cli)) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("manara: {}", print::chain(&error));
            commands::FAILED
        }
    };
    std::process::ExitCode::from(code)
}
