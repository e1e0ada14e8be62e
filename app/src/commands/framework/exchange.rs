//! Libraries in and out, exports, and sheets that leave and come back.

use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use manara_framework::assessments::NewVoice;
use manara_framework::designs::Ask;
use manara_framework::exchanges::{
    Asked, Conflict, Heads, Keys, Measured, SheetForm, export_answers, export_items, oscal_catalog, oscal_poam,
    oscal_results, read_form, read_library, seal_answers, write_catalogue, write_form, write_library,
};
use manara_model::Micros;
use manara_web::{Lang, Words};
use serde_json::json;

use super::{Stood, found, typist};
use crate::cli::{
    AssessConflicts, AssessExport, AssessKey, AssessMerge, AssessSeal, AssessSettle, AssessSheet, FrameworkExport,
    FrameworkImport,
};
use crate::commands::{DONE, FOUND};
use crate::house::House;
use crate::print;

/// The largest file that is read.
const FILE_BYTES: u64 = 16 << 20;
/// Conflicts that are listed.
const LISTED: i64 = 2_000;

pub(super) fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).with_context(|| path.display().to_string())?;
    file.take(FILE_BYTES + 1).read_to_end(&mut bytes).with_context(|| path.display().to_string())?;
    if bytes.len() as u64 > FILE_BYTES {
        bail!("{} is too large; expected at most {FILE_BYTES} bytes", path.display());
    }
    Ok(bytes)
}

fn write_out(out: Option<&Path>, bytes: &[u8]) -> anyhow::Result<()> {
    match out {
        Some(path) => {
            let path = std::path::absolute(path)?;
            manara_store::write_durably(&path, |file| file.write_all(bytes)).with_context(|| path.display().to_string())
        }
        None => Ok(std::io::stdout().lock().write_all(bytes)?),
    }
}

fn language(tag: &str) -> anyhow::Result<Lang> {
    Lang::parse(tag).with_context(|| format!("{tag} is no language; expected en, ar or fr"))
}

fn words(house: &House) -> anyhow::Result<Words> {
    let folder = house.content_folder().join("lang");
    Ok(Words::load(folder.is_dir().then_some(folder.as_path()))?)
}

/// Makes a catalogue of a library.
pub fn import(args: FrameworkImport) -> anyhow::Result<u8> {
    let name = args.file.display().to_string();
    let bytes = read_file(&args.file)?;
    let text = std::str::from_utf8(&bytes).with_context(|| format!("{name} is not UTF-8; save it as UTF-8"))?;
    let imported = match read_library(&name, text) {
        Ok(imported) => imported,
        Err(troubles) => {
            match args.json {
                true => print::json(&json!({ "troubles": troubles }))?,
                false => troubles.iter().for_each(|trouble| println!("{trouble}")),
            }
            return Ok(FOUND);
        }
    };
    let catalogue = &imported.catalogue;
    let path = match args.out {
        Some(path) => path,
        None if args.place.data.is_dir() => {
            let folder = args.place.data.join("content/frameworks");
            std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
            folder.join(format!("{}.yaml", catalogue.id()))
        }
        None => bail!("there is no data folder {}; --out names a file", args.place.data.display()),
    };
    if path.exists() && !args.replace {
        bail!("{} is there already; --replace writes over it", path.display());
    }
    write_out(Some(&path), imported.yaml.as_bytes())?;
    let counts = catalogue.counts();
    match args.json {
        true => {
            print::json(&json!({ "id": catalogue.id(), "version": catalogue.hash, "file": path.display().to_string(),
            "items": counts, "rule": catalogue.told.rule.as_str(), "kept": imported.kept }))?
        }
        false => println!(
            "{}: {} items, {} to answer, version {}; {} nodes carry what only the library knows, kept for the way back",
            path.display(),
            counts.items,
            counts.assessable,
            catalogue.hash,
            imported.kept
        ),
    }
    Ok(DONE)
}

/// Writes a catalogue in a form of others.
pub async fn export(args: FrameworkExport) -> anyhow::Result<u8> {
    let shelf = match args.place.data.is_dir() {
        true => House::open(&args.place).await?.shelf(),
        false => manara_framework::catalogues::Shelf::load(None),
    };
    let id = &args.id;
    let one =
        shelf.get(id).with_context(|| format!("there is no catalogue {id}; `manara framework list` shows them"))?;
    let lang = language(&args.lang)?;
    let bytes = match args.format.as_str() {
        "ciso" => write_library(one).into_bytes(),
        "yaml" => write_catalogue(one).into_bytes(),
        "oscal" => oscal_catalog(one, lang.tag()).into_bytes(),
        "xlsx" => export_items(one, lang)?,
        other => bail!("{other} is no format; expected ciso, oscal, yaml or xlsx"),
    };
    write_out(args.out.as_deref(), &bytes)?;
    Ok(DONE)
}

/// Writes an assessment or a snapshot in a form of others.
pub async fn export_assessment(args: AssessExport) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let state = Stood::of(&house, &args.id, Micros::now()).await?;
    let lang = language(&args.lang)?;
    if let Some(form) = SheetForm::parse(&args.format) {
        let bytes = export_answers(&state.sheet, state.assessment.tlp, form, lang.dir() == "rtl")?;
        write_out(args.out.as_deref(), &bytes)?;
        return Ok(DONE);
    }
    let score = state.score(args.profile.as_deref())?;
    let both = (&state.sheet, &score);
    let measured = Measured::new(&state.assessment, &state.catalogue, both, state.at, lang.tag());
    let text = match args.format.as_str() {
        "oscal-ar" => oscal_results(&measured),
        "oscal-poam" => {
            let shelf = house.shelf();
            let ask = Ask::default();
            let solve = || manara_framework::designs::design(&shelf, &state.catalogue, &score, &ask);
            oscal_poam(&measured, &shelf.blocks, tokio::task::block_in_place(solve).first())
        }
        other => bail!("{other} is no format; expected csv, xlsx, oscal-ar or oscal-poam"),
    };
    write_out(args.out.as_deref(), text.as_bytes())?;
    Ok(DONE)
}

/// Issues a sheet to a respondent.
pub async fn sheet(args: AssessSheet) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let (one, catalogue) = found(&house, &args.id).await?;
    let lang = language(&args.lang)?;
    let form = SheetForm::parse(&args.format)
        .with_context(|| format!("{} is no format; expected xlsx or csv", args.format))?;
    let (name, organisation) = (args.respondent, args.organisation);
    let new = NewVoice { name, organisation, role: args.role, person: String::new() };
    let keys = Keys::open(&house.db).await?;
    let who = typist();
    let issued = manara_framework::exchanges::issue(
        &house.db,
        &who,
        (&one.id, &catalogue),
        &new,
        &keys,
        lang.tag(),
        Micros::now(),
    )
    .await?;
    let words = words(&house)?;
    let asked = Asked {
        assessment: &one,
        catalogue: &catalogue,
        voice: &issued.voice,
        answers: &issued.answers,
        evidence: &issued.evidence,
        seal: &issued.sealed,
        words: &words,
        lang,
    };
    write_out(Some(&args.out), &write_form(&asked, form)?)?;
    match args.json {
        true => print::json(&json!({ "file": args.out.display().to_string(), "respondent": issued.voice.id,
            "key": keys.public() }))?,
        false => println!("{}: sealed by {}", args.out.display(), keys.public()),
    }
    Ok(DONE)
}

/// Makes a key for a respondent; nobody else can read its file.
pub fn key(args: &AssessKey) -> anyhow::Result<u8> {
    let (keys, seed) = Keys::fresh()?;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&args.out).with_context(|| args.out.display().to_string())?;
    file.write_all(format!("{seed}\n").as_bytes()).with_context(|| args.out.display().to_string())?;
    file.sync_all().with_context(|| args.out.display().to_string())?;
    match args.json {
        true => print::json(&json!({ "file": args.out.display().to_string(), "key": keys.public() }))?,
        false => println!("{}", keys.public()),
    }
    Ok(DONE)
}

/// Seals the answers of a sheet that was filled in.
pub fn seal(args: &AssessSeal) -> anyhow::Result<u8> {
    let keys =
        match &args.key {
            None => None,
            Some(path) => {
                let text = String::from_utf8(read_file(path)?).unwrap_or_default();
                let keys = Keys::parse(&text);
                Some(keys.with_context(|| {
                    format!("{} is no key; `manara assess key --out FILE` makes one", path.display())
                })?)
            }
        };
    if args.out.exists() {
        bail!("{} is there already; name another file", args.out.display());
    }
    let bytes = seal_answers(&read_file(&args.file)?, keys.as_ref())
        .map_err(|why| anyhow::anyhow!("{}: {why}", args.file.display()))?;
    write_out(Some(&args.out), &bytes)?;
    match keys {
        _ if args.json => print::json(&json!({ "file": args.out.display().to_string(),
            "bound": if keys.is_some() { "signed" } else { "digest" }, "key": keys.as_ref().map(Keys::public) }))?,
        Some(keys) => println!("{}: signed by {}", args.out.display(), keys.public()),
        None => println!(
            "{}: sealed by a digest; it shows a change by whoever does not seal anew, --key shows every change",
            args.out.display()
        ),
    }
    Ok(DONE)
}

/// Takes a sheet that came back.
pub async fn merge(args: AssessMerge) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let (one, catalogue) = found(&house, &args.id).await?;
    let (keys, words) = (Keys::open(&house.db).await?, words(&house)?);
    let bytes = read_file(&args.file)?;
    let brought = read_form(&one, &catalogue, &keys, &Heads::of(&words), &bytes)
        .map_err(|why| anyhow::anyhow!("{}: {why}", args.file.display()))?;
    let merged = manara_framework::exchanges::merge(&house.db, &typist(), &brought, Micros::now()).await?;
    if args.json {
        print::json(&json!({ "merged": merged, "bad": brought.bad }))?;
    } else {
        match merged.again {
            true => println!("this sheet came before; nothing was changed"),
            false => println!(
                "{} new, {} changed, {} the same, {} wait for a decision",
                merged.new, merged.changed, merged.same, merged.conflicts
            ),
        }
        match merged.bound {
            "signed" => println!("the answers are signed by {}", merged.key),
            "digest" => println!("the answers are those that were sealed; a digest does not say by whom"),
            _ => println!("the answers are not sealed: the seal says who was asked, not who answered"),
        }
        for bad in &brought.bad {
            let why = words.t(Lang::En, &format!("exchange-row-{}", bad.code));
            println!("line {}: {}: {why}: {}", bad.line, bad.column, bad.found);
        }
    }
    Ok(if brought.bad.is_empty() && merged.conflicts == 0 { DONE } else { FOUND })
}

/// Lists what waits for a decision.
pub async fn conflicts(args: AssessConflicts) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let (one, _) = found(&house, &args.id).await?;
    let waiting = manara_framework::exchanges::conflicts(&house.db, &one.id, ("", ""), LISTED).await?;
    let said = |level: Option<i64>, not_applicable: bool| match (level, not_applicable) {
        (_, true) => "n/a".to_string(),
        (level, false) => level.map_or("–".into(), |level| level.to_string()),
    };
    if args.json {
        let shown = |one: &Conflict| {
            let kept = one.kept.as_ref().map(|(kept, at)| {
                json!({ "level": kept.level, "not_applicable": kept.not_applicable,
                "state": kept.state, "comment": kept.comment, "at": at.rfc3339() })
            });
            json!({ "id": one.id, "item": one.came.item, "respondent": one.voice.name, "organisation": one.voice.organisation,
                "kept": kept, "came": { "level": one.came.level, "not_applicable": one.came.not_applicable,
                "state": one.came.state, "comment": one.came.comment }, "issued": one.issued.rfc3339(),
                "brought": one.brought.rfc3339(), "version": one.version })
        };
        print::json(&waiting.iter().map(shown).collect::<Vec<_>>())?;
    } else {
        let head = ["id", "item", "respondent", "kept", "said", "came", "issued"].map(String::from);
        let row = |one: &Conflict| {
            let (kept, at) = one.kept.as_ref().map_or(("–".into(), String::new()), |(kept, at)| {
                (said(kept.level, kept.not_applicable), at.rfc3339())
            });
            let came = said(one.came.level, one.came.not_applicable);
            let (item, name) = (one.came.item.clone(), one.voice.name.clone());
            vec![one.id.clone(), item, name, kept, at, came, one.issued.rfc3339()]
        };
        let rows: Vec<Vec<String>> = waiting.iter().map(row).collect();
        print::table(&mut std::io::stdout().lock(), &head, &rows)?;
    }
    Ok(if waiting.is_empty() { DONE } else { FOUND })
}

/// Decides about a conflict.
pub async fn settle(args: AssessSettle) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    let (one, _) = found(&house, &args.id).await?;
    let takes = match args.decision.as_str() {
        "take" => true,
        "keep" => false,
        other => bail!("{other} is no decision; expected take or keep"),
    };
    let waiting = manara_framework::exchanges::conflicts(&house.db, &one.id, ("", ""), LISTED).await?;
    let conflict = waiting.iter().find(|waiting| waiting.id == args.conflict);
    let version = conflict.with_context(|| format!("no conflict {} waits for a decision", args.conflict))?.version;
    let ids = (one.id.as_str(), args.conflict.as_str());
    manara_framework::exchanges::settle(&house.db, &typist(), ids, takes, version, Micros::now()).await?;
    if args.json {
        print::json(&json!({ "assessment": one.id, "conflict": args.conflict, "decision": args.decision }))?;
    }
    Ok(DONE)
}
