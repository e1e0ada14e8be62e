//! `import`: what another tool holds, taken over.

use std::fs::File;
use std::io::Read;

use anyhow::{Context as _, anyhow, bail};
use manara_formats::Limits;
use manara_formats::mail::MailLimits;
use manara_model::{Micros, Tlp};
use manara_net::{Maildir, MboxKind};
use manara_response::import::{
    Format, Pass, Queue, Reading, RunError, Stored, TOOL_CHARS, Takeover, run as go_through, run_mails, take_folder,
};
use serde_json::{Map, Value, json};

use super::{DONE, FAILED};
use crate::cli::{Import, ImportFormat};
use crate::house::House;
use crate::mailroom::old_mails;
use crate::print;

/// Takes a file over. Exit code 1 when nothing of it could be read.
pub async fn run(args: Import) -> anyhow::Result<u8> {
    let now = Micros::now();
    let tlp = Tlp::parse(&args.tlp).with_context(|| {
        format!("--tlp {} is no marking; expected CLEAR, GREEN, AMBER, AMBER+STRICT or RED", args.tlp)
    })?;
    let kind = MboxKind::parse(&args.mbox_kind)
        .with_context(|| format!("--mbox-kind {} is no kind; expected mboxo, mboxrd or mboxcl2", args.mbox_kind))?;
    let queues = args.queues.iter().map(|text| queue(text)).collect::<anyhow::Result<Vec<_>>>()?;
    let format = match args.format {
        ImportFormat::Rtir => Format::Rtir,
        ImportFormat::TheHive => Format::TheHive,
        ImportFormat::Csv => Format::Csv,
        ImportFormat::Mbox => {
            let house = House::open(&args.place).await?;
            let input = open(&args)?;
            let lies = Stored::Mbox(input, kind);
            let done = run_mails(&old_mails(&house).await?, lies, (args.dry_run, now), None).await;
            house.db.close().await;
            return end(&args, done.map_err(|error| failed(&args, error))?);
        }
        ImportFormat::Maildir | ImportFormat::Eml => return folder(&args, now).await,
    };
    let tool = args.tool.clone().unwrap_or_else(|| format.as_str().into());
    if tool.is_empty() || tool.chars().count() > TOOL_CHARS || tool.contains(['/', '\0']) {
        bail!("--tool {tool:?} is no name; expected one to {TOOL_CHARS} characters without /");
    }
    let house = House::open(&args.place).await?;
    let input = open(&args)?;
    let mut policy = manara_response::Policy::load(house.config.response.policy_file.as_deref())?;
    policy.own_fields = house.work_content().fields.clone();
    let people = manara_web::team(&house.db).await?.into_iter().map(|(name, _)| name).collect();
    let rooms = (&house.db, &house.ingest.blobs);
    let language = house.config.nation.language.as_str();
    let mut takeover = Takeover::new(rooms, (&policy, language), (tool.as_str(), "cli"), people, now);
    let done = go_through(&mut takeover, input, Reading { format, tlp, queues, now }, args.dry_run, None).await;
    house.db.close().await;
    end(&args, done.map_err(|error| failed(&args, error))?)
}

/// Takes over the mail of a folder.
async fn folder(args: &Import, now: Micros) -> anyhow::Result<u8> {
    let most = MailLimits::default().bytes;
    let mails = match args.format {
        ImportFormat::Eml => Maildir::of_files(&args.file, most),
        _ => Maildir::open(&args.file, most),
    }?;
    let house = House::open(&args.place).await?;
    let (format, name) = (args.format.as_str(), args.file.display().to_string());
    let done = take_folder(&old_mails(&house).await?, (format, mails, &name), ("cli", args.dry_run), now).await;
    house.db.close().await;
    end(args, done.map_err(|error| failed(args, error))?)
}

/// Why a file was not gone through to its end, and what to do.
fn failed(args: &Import, error: RunError) -> anyhow::Error {
    let file = args.file.display();
    match error {
        RunError::Refused(_) => anyhow!("{file}: {error}"),
        other => anyhow::Error::from(other).context(format!(
            "{file}: what was taken over before stays; run the same command again, and it goes on where it stopped"
        )),
    }
}

fn queue(text: &str) -> anyhow::Result<(String, Queue)> {
    let expected = "a number or name, and reports, incidents, investigations or countermeasures: 3=incidents";
    let (name, kind) = text.split_once('=').with_context(|| format!("--queue {text}: expected {expected}"))?;
    let kind = Queue::parse(kind).with_context(|| format!("--queue {text}: expected {expected}"))?;
    Ok((name.to_string(), kind))
}

fn open(args: &Import) -> anyhow::Result<Box<dyn Read + Send>> {
    if args.file.as_os_str() == "-" {
        return Ok(Box::new(std::io::stdin()));
    }
    let name = args.file.display().to_string();
    let file = File::open(&args.file).with_context(|| name.clone())?;
    manara_formats::open(file, &Limits::default()).with_context(|| name)
}

/// Prints everything, and says with which code to end.
fn end(args: &Import, pass: Pass) -> anyhow::Result<u8> {
    let (file, format) = (args.file.display().to_string(), args.format.as_str());
    let made = pass.outcome.made.all();
    let already = pass.outcome.already;
    let good = made.iter().map(|(_, count)| count).sum::<u64>() + already;
    let code = if good > 0 { DONE } else { FAILED };
    if args.json {
        let made: Map<String, Value> = made.iter().map(|(name, count)| ((*name).into(), (*count).into())).collect();
        let mut refused: Vec<Value> =
            pass.refused.iter().map(|one| json!({ "where": one.place, "id": one.id, "why": one.why })).collect();
        if let Some(why) = &pass.broken {
            refused.push(json!({ "where": "", "id": "", "why": why }));
        }
        print::json(&json!({ "file": file, "format": format, "dry_run": args.dry_run, "made": made,
            "already": already, "refused": refused }))?;
        return Ok(code);
    }
    if !pass.first.is_empty() {
        let names = ["was", "becomes", "state", "created", "title"].map(String::from);
        let first: Vec<Vec<String>> = pass.first.into_iter().map(Vec::from).collect();
        print::table(&mut std::io::stdout().lock(), &names, &first)?;
    }
    for one in &pass.refused {
        let id = if one.id.is_empty() { String::new() } else { format!(", id {}", one.id) };
        println!("{}", visible(&format!("{file}, {}{id}: {}", one.place, one.why)));
    }
    if let Some(why) = &pass.broken {
        println!("{}", visible(&format!("{file}: {why}")));
    }
    let counts: Vec<String> =
        made.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{count} {name}")).collect();
    let counts = if counts.is_empty() { "nothing".into() } else { counts.join(", ") };
    let refused = pass.refused.len();
    let verb = if args.dry_run { "would be made" } else { "made" };
    println!("{verb}: {counts}; {already} here already, {refused} refused");
    if args.dry_run {
        println!("dry run: nothing was written");
    }
    if code == FAILED {
        eprintln!("manara: nothing in {file} could be read as {format}");
    }
    Ok(code)
}

/// A line without what could command a terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '·' } else { c }).collect()
}
