//! `import`: what another tool holds, taken over.

mod mails;

use std::fs::File;
use std::io::Read;

use anyhow::{Context as _, bail};
use manara_formats::Limits;
use manara_model::{Micros, Tlp};
use manara_net::MboxKind;
use manara_response::import::{Foreign, Format, Outcome, Queue, Reading, Refused, Takeover, records};
use serde_json::{Map, Value, json};

use super::{DONE, FAILED};
use crate::cli::{Import, ImportFormat};
use crate::house::House;
use crate::print;

/// Records of one transaction, and about how many bytes they may have together.
const CHUNK: usize = 500;
const CHUNK_BYTES: usize = 16 << 20;
/// Records that a trial shows.
const SHOWN: usize = 10;
/// Refused records after which a file is taken for another kind of file.
const REFUSED: usize = 100_000;
/// Characters of the name of a tool.
const TOOL_CHARS: usize = 60;

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
            let told = mails::take(&house, input, kind, Told::new(&args), now).await?;
            house.db.close().await;
            return told.end();
        }
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
    let mut takeover = Takeover::new(&house.db, &policy, (tool.as_str(), "cli"), people, now);
    let told = take(&mut takeover, input, Reading { format, tlp, queues, now }, Told::new(&args)).await?;
    house.db.close().await;
    told.end()
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

/// Reads records and takes them over, chunk by chunk.
async fn take(
    takeover: &mut Takeover<'_>,
    input: Box<dyn Read + Send>,
    reading: Reading,
    mut told: Told,
) -> anyhow::Result<Told> {
    let (mut chunk, mut bytes): (Vec<Foreign>, usize) = (Vec::new(), 0);
    for record in records(input, reading) {
        match record {
            Ok(Ok(one)) => {
                told.show(&one);
                bytes += one.bytes;
                chunk.push(one);
            }
            Ok(Err(refused)) => told.refuse(refused)?,
            Err(error) => {
                told.broken = Some(error.to_string());
                break;
            }
        }
        if chunk.len() >= CHUNK || bytes >= CHUNK_BYTES {
            told.add(&store(takeover, &chunk, told.dry_run).await?);
            (chunk, bytes) = (Vec::new(), 0);
        }
    }
    told.add(&store(takeover, &chunk, told.dry_run).await?);
    Ok(told)
}

async fn store(takeover: &mut Takeover<'_>, chunk: &[Foreign], dry_run: bool) -> anyhow::Result<Outcome> {
    let done = match (chunk.is_empty(), dry_run) {
        (true, _) => Ok(Outcome::default()),
        (false, true) => takeover.try_out(chunk).await,
        (false, false) => takeover.take(chunk).await,
    };
    done.context("what was taken over before stays; run the same command again, and it goes on where it stopped")
}

/// What is told of an import.
struct Told {
    file: String,
    format: &'static str,
    dry_run: bool,
    json: bool,
    outcome: Outcome,
    refused: Vec<Refused>,
    /// The first records.
    first: Vec<Vec<String>>,
    /// Why the file could not be read on.
    broken: Option<String>,
}

impl Told {
    fn new(args: &Import) -> Told {
        Told {
            file: args.file.display().to_string(),
            format: match args.format {
                ImportFormat::Rtir => "rtir",
                ImportFormat::TheHive => "thehive",
                ImportFormat::Mbox => "mbox",
                ImportFormat::Csv => "csv",
            },
            dry_run: args.dry_run,
            json: args.json,
            outcome: Outcome::default(),
            refused: Vec::new(),
            first: Vec::new(),
            broken: None,
        }
    }

    fn add(&mut self, outcome: &Outcome) {
        self.outcome.made.add(&outcome.made);
        self.outcome.already += outcome.already;
    }

    fn show(&mut self, one: &Foreign) {
        if self.dry_run && self.first.len() < SHOWN {
            let (kind, state) = (one.becomes.kind().to_string(), one.becomes.state().to_string());
            self.first.push(vec![one.label.clone(), kind, state, one.created.day(), one.title.clone()]);
        }
    }

    fn refuse(&mut self, refused: Refused) -> anyhow::Result<()> {
        self.refused.push(refused);
        if self.refused.len() > REFUSED {
            bail!(
                "{}: more than {REFUSED} records were refused, so this is likely no file of the format {}; the last: {}",
                self.file,
                self.format,
                self.refused.last().map_or("", |refused| refused.why.as_str())
            );
        }
        Ok(())
    }

    /// Prints everything, and says with which code to end.
    fn end(self) -> anyhow::Result<u8> {
        let made = self.outcome.made.all();
        let good = made.iter().map(|(_, count)| count).sum::<u64>() + self.outcome.already;
        let code = if good > 0 { DONE } else { FAILED };
        if self.json {
            let made: Map<String, Value> = made.iter().map(|(name, count)| ((*name).into(), (*count).into())).collect();
            let mut refused: Vec<Value> =
                self.refused.iter().map(|one| json!({ "where": one.place, "id": one.id, "why": one.why })).collect();
            if let Some(why) = &self.broken {
                refused.push(json!({ "where": "", "id": "", "why": why }));
            }
            print::json(&json!({ "file": self.file, "format": self.format, "dry_run": self.dry_run, "made": made,
                "already": self.outcome.already, "refused": refused }))?;
            return Ok(code);
        }
        if !self.first.is_empty() {
            let names = ["was", "becomes", "state", "created", "title"].map(String::from);
            print::table(&mut std::io::stdout().lock(), &names, &self.first)?;
        }
        for one in &self.refused {
            let id = if one.id.is_empty() { String::new() } else { format!(", id {}", one.id) };
            println!("{}", visible(&format!("{}, {}{id}: {}", self.file, one.place, one.why)));
        }
        if let Some(why) = &self.broken {
            println!("{}", visible(&format!("{}: {why}", self.file)));
        }
        let counts: Vec<String> =
            made.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{count} {name}")).collect();
        let counts = if counts.is_empty() { "nothing".into() } else { counts.join(", ") };
        let (already, refused) = (self.outcome.already, self.refused.len());
        let verb = if self.dry_run { "would be made" } else { "made" };
        println!("{verb}: {counts}; {already} here already, {refused} refused");
        if self.dry_run {
            println!("dry run: nothing was written");
        }
        if code == FAILED {
            eprintln!("manara: nothing in {} could be read as {}", self.file, self.format);
        }
        Ok(code)
    }
}

/// A line without what could command a terminal.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '·' } else { c }).collect()
}
