//! `demo`: a fictional country, a month of its feeds, and the pages that show it.

mod exercises;
mod nation;
mod post;
mod programme;
mod work;

use std::collections::{BTreeMap, HashMap};
use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use include_dir::{Dir, File, include_dir};
use indicatif::{ProgressBar, ProgressStyle};
use manara_constituency::{ImportFormat, ImportOptions};
use manara_framework::assessments::{self, Assessment, NewAssessment, SubjectKind};
use manara_framework::catalogues::Catalogue;
use manara_model::{Micros, Tlp, Viewer};
use manara_net::Mailer;
use manara_response::{Closing, Policy, State, Verdict};
use manara_store::Settings;
use manara_warning::{Given, Pass, Said, Via};
use manara_watch::{FileHint, TableKind, load_table};
use manara_web::{Lang, NewPerson, Role, ensure_first_users};
use serde_json::{Map, Value, json};

use super::DONE;
use super::ingest::finish_waiting;
use super::serve::{Say, serve};
use crate::cli::Demo;
use crate::cli::MailDoors;
use crate::house::{House, make_private};
use crate::{config, flows, picture, print, setup};

static NATION: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../examples/small-nation");

/// What the team of the demo says of itself.
const PROFILE: &str = r#"published = true
reviewed = "2026-11-01"
address = "1 Harbour Road, Port Siraj"
hours = { en = "Sunday to Thursday, 08:00 to 16:00; on call at other times", ar = "من الأحد إلى الخميس، 08:00 إلى 16:00، مع الاستدعاء في غيرها", fr = "Du dimanche au jeudi, de 8 h à 16 h ; astreinte le reste du temps" }
mission = { en = "To help the organisations of the Siraj Islands prevent and handle incidents in their networks.", ar = "إعانة مؤسسات جزر سراج على منع الحوادث في شبكاتها ومعالجتها.", fr = "Aider les organisations des îles Siraj à prévenir et à traiter les incidents dans leurs réseaux." }
"#;

/// The demo's people. It listens on loopback only and holds nothing true.
const PASSWORD: &str = "lighthouse-demo";
const PEOPLE: &[(&str, Role, Lang)] = &[
    ("admin", Role::Admin, Lang::En),
    ("duty", Role::Duty, Lang::Ar),
    ("handler", Role::Handler, Lang::En),
    ("analyst", Role::Analyst, Lang::Fr),
    ("viewer", Role::Viewer, Lang::En),
];

/// The last notice that told of each finding.
const TOLD_BY: &str = "
    SELECT f.finding_id, MAX(f.notice_id) FROM warning_notice_finding f JOIN warning_notice n ON n.id = f.notice_id
     WHERE n.state = 'sent' AND n.about = '' GROUP BY f.finding_id ORDER BY 1 LIMIT 100000";

/// Days at the end of the month whose notices are still to be approved: work for whoever looks.
const LEFT_TO_DO_DAYS: usize = 2;

/// Loads what is not loaded yet, then serves.
pub async fn run(args: Demo) -> anyhow::Result<u8> {
    if !args.listen.ip().is_loopback() {
        bail!("the demo's passwords are public, so it listens on loopback only; {} is not", args.listen.ip());
    }
    make_private(&args.place.data)?;
    for (from, to) in [("feeds/mappings", "content/feeds"), ("geo", "content/geo")] {
        let to = args.place.data.join(to);
        std::fs::create_dir_all(&to).with_context(|| to.display().to_string())?;
        for file in files_under(from) {
            let name = file.path().file_name().context("a file without a name")?;
            std::fs::write(to.join(name), file.contents())?;
        }
    }
    let path = std::path::absolute(args.place.data.join("cirt.toml"))?;
    if !path.is_file() {
        let text =
            config::TEMPLATE.replace("team = \"\"", "team = \"Siraj CIRT\"").replace("published = false\n", PROFILE);
        manara_store::write_durably(&path, |file| file.write_all(text.as_bytes()))?;
    }
    let house = House::make(&args.place).await?;
    let people: Vec<NewPerson> = PEOPLE
        .iter()
        .map(|(name, role, lang)| NewPerson {
            name: (*name).into(),
            role: *role,
            lang: *lang,
            password: PASSWORD.into(),
        })
        .collect();
    let loaded = Settings::get(&house.db, "demo.loaded").await?;
    if loaded.is_none()
        && manara_constituency::count(&house.db).await? > 0
        && Settings::get(&house.db, "demo.begun").await?.is_none()
    {
        bail!(
            "{} holds constituents that are not the demo's; the demo takes a folder of its own (--data)",
            house.data.display()
        );
    }
    ensure_first_users(&house.db, &people, Micros::now()).await?;
    let fresh = if loaded.is_none() {
        let mut tx = house.db.begin().await?;
        Settings::set(&mut tx, "demo.begun", "yes").await?;
        tx.commit().await?;
        let (days, files) = load(&house, args.days).await?;
        let mut tx = house.db.begin().await?;
        Settings::set(&mut tx, "demo.loaded", "yes").await?;
        tx.commit().await?;
        if !args.json {
            println!("Loaded {days} days of feeds of the Siraj Islands: {files} files.");
        }
        Some((days, files))
    } else {
        if !args.json {
            println!("The demo is loaded already; going on with it.");
        }
        house.load_tables().await?;
        None
    };
    if args.no_serve {
        if args.json {
            print::json(&told(&house, fresh))?;
        }
        house.db.close().await;
        return Ok(DONE);
    }
    if args.json {
        let say = Say::Json(told(&house, fresh));
        return serve(house, args.listen, say, &MailDoors::default()).await;
    }
    let mut say = vec![format!("Sign in with the password {PASSWORD} as")];
    say.extend(PEOPLE.iter().map(|(name, role, lang)| format!("  {name:<8} {:<8} {}", role.as_str(), lang.name())));
    serve(house, args.listen, Say::Words(say), &MailDoors::default()).await
}

/// Where the demo lies, the days and files that were loaded just now, and who may sign in, for programs.
fn told(house: &House, fresh: Option<(usize, u64)>) -> Map<String, Value> {
    let loaded = fresh.map(|(days, files)| json!({ "days": days, "files": files }));
    let people = PEOPLE.iter().map(|(name, role, lang)| {
        json!({ "name": name, "password": PASSWORD, "role": role.as_str(), "language": lang.tag() })
    });
    let data = house.data.display().to_string();
    Map::from_iter([
        ("data".to_string(), Value::from(data)),
        ("loaded".to_string(), Value::from(loaded)),
        ("people".to_string(), people.collect::<Value>()),
    ])
}

fn files_under(folder: &str) -> Vec<&'static File<'static>> {
    fn walk(dir: &'static Dir<'static>, out: &mut Vec<&'static File<'static>>) {
        out.extend(dir.files());
        dir.dirs().for_each(|dir| walk(dir, out));
    }
    let mut out = Vec::new();
    if let Some(dir) = NATION.get_dir(folder) {
        walk(dir, &mut out);
    }
    out.sort_by_key(|file| file.path());
    out
}

/// Tells a part of the story, once. An interrupted demo goes on with the part it was at, which finds what it made already.
async fn part(house: &House, name: &str, told: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    let mark = format!("demo.told.{name}");
    if Settings::get(&house.db, &mark).await?.is_some() {
        return Ok(());
    }
    told.await?;
    let mut tx = house.db.begin().await?;
    Settings::set(&mut tx, &mark, "yes").await?;
    Ok(tx.commit().await?)
}

/// Loads the last days of the month; gives how many days and files they are.
async fn load(house: &House, last_days: usize) -> anyhow::Result<(usize, u64)> {
    let mut days: BTreeMap<String, Vec<&File<'static>>> = files_under("feeds")
        .into_iter()
        .filter_map(|file| Some((day_of(file.path())?, file)))
        .fold(BTreeMap::new(), |mut days, (day, file)| {
            days.entry(day).or_default().push(file);
            days
        });
    while days.len() > last_days.max(1) {
        days.pop_first();
    }
    let first = days.keys().next().context("the example has no feeds")?;
    let start = at(first, 5)?;
    part(house, "ground", ground(house, start)).await?;
    house.load_tables().await?;
    let mailer = Mailer::new(&house.config.mail)?;
    let count = days.values().map(Vec::len).sum::<usize>() as u64;
    let bar = progress_bar(count);
    let _lock = house.ingest.lock().await?;
    // What an interrupted demo was about to send is sent.
    manara_warning::recover(&house.db, start).await?;
    manara_response::mail::recover(&house.db).await?;
    finish_waiting(house, true).await?;
    for (number, (day, files)) in days.iter().enumerate() {
        bar.set_message(day.clone());
        let is_answered = number + LEFT_TO_DO_DAYS < days.len();
        part(house, day, live(house, &mailer, (day.as_str(), files.as_slice()), is_answered)).await?;
        bar.inc(files.len() as u64);
    }
    part(house, "duty", work::duty(house)).await?;
    if let Some(day) = days.keys().next_back() {
        part(house, "mail", post::load(house, &mailer, day)).await?;
    }
    part(house, "assessments", assess(house)).await?;
    part(house, "exercises", exercises::load(house)).await?;
    nation::load(house).await?;
    bar.finish_and_clear();
    Ok((days.len(), count))
}

/// What there is before the story begins: its organisations, the tables of addresses, and nothing left to be set up.
async fn ground(house: &House, start: Micros) -> anyhow::Result<()> {
    setup::dismiss(&house.db, "admin", Micros::now()).await?;
    let csv = NATION.get_file("constituency.csv").context("the example has no constituency")?.contents();
    let report =
        manara_constituency::import(&house.db, csv, ImportFormat::Csv, &ImportOptions::default(), "admin", start)
            .await?;
    if let Some(refused) = report.refused.first() {
        bail!("the example's constituency has a bad line {}: {}", refused.line, refused.found);
    }
    for (kind, name) in [
        (TableKind::PrefixToAs, "tables/prefix-to-as.tsv"),
        (TableKind::Delegated, "tables/delegated-xs.txt"),
        (TableKind::AsNames, "tables/as-names.tsv"),
    ] {
        let mut bytes = NATION.get_file(name).with_context(|| format!("the example has no {name}"))?.contents();
        load_table(&house.db, &house.ingest.table_folder(), kind, name, &mut bytes, "admin", start).await?;
    }
    Ok(())
}

/// A day: its files come, and on most days the team tells the constituents and works on its incidents.
async fn live(
    house: &House,
    mailer: &Mailer,
    (day, files): (&str, &[&File<'static>]),
    is_answered: bool,
) -> anyhow::Result<()> {
    let morning = at(day, 6)?;
    for file in files {
        ingest(house, file, morning).await?;
    }
    flows::run_due(house, morning).await?;
    if is_answered {
        tell_and_answer(house, mailer, day).await?;
        handle_incidents(house, day).await?;
        work::evening(house, at(day, 19)?).await?;
    }
    let night = at(day, 23)?;
    manara_watch::expire(&house.db, &house.ingest.feeds, night).await?;
    picture::note_figures(&house.db, &house.watch, night).await?;
    Ok(())
}

async fn ingest(house: &House, file: &File<'static>, now: Micros) -> anyhow::Result<()> {
    let name = file.path().file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    // A file whose name begins with a mapping's name belongs to that feed, as a collector's folders would say.
    let feed = house
        .ingest
        .feeds
        .iter()
        .filter(|feed| name.starts_with(&format!("{}-", feed.name)))
        .max_by_key(|feed| feed.name.len());
    let hint = FileHint { feed: feed.map(|feed| feed.name.clone()), kind: None, file_name: Some(name.clone()) };
    let mut source = file.contents();
    let received = house.ingest.receive(&mut source, &hint, now, "collector").await.with_context(|| name.clone())?;
    if received.known {
        return Ok(());
    }
    let batch = house.watch.batch(&received.batch).await?.context("the batch is not there")?;
    house.ingest.process(&batch, Micros::FAR, now, Arc::default()).await.with_context(|| name)?;
    Ok(())
}

/// The team tells the constituents, and some of them answer: the story's clean-up. Which ones answer what follows from the
/// finding's id, so that every demo is the same.
async fn tell_and_answer(house: &House, mailer: &Mailer, day: &str) -> anyhow::Result<()> {
    let drafts = house
        .db
        .read("SELECT id FROM warning_notice WHERE state = 'draft' AND about = '' ORDER BY id LIMIT 5000", &[])
        .await?;
    let ids = drafts.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?;
    let morning = at(day, 9)?;
    let (links, seals) = (house.links().await?, crate::mailroom::seals(house).await?);
    let above = crate::mailroom::four_eyes_above(house)?;
    manara_warning::approve(&house.db, &ids, "duty", above, morning).await?;
    flows::run_due(house, morning).await?;
    loop {
        let report =
            manara_warning::send_due(&house.db, &house.ingest.blobs, mailer, (&links, &seals), above, morning).await?;
        if report.sent.is_empty() {
            break;
        }
    }
    flows::run_due(house, morning).await?;
    let evening = at(day, 17)?;
    let gone = evening.plus_days(-3);
    let told = house.watch.findings("state IN ('notified', 'acknowledged')", &[], "id", 50_000).await?;
    let mut said: HashMap<String, Said> = HashMap::new();
    for finding in told {
        let dice = finding.id.bytes().take(4).fold(0u32, |sum, byte| sum * 31 + u32::from(byte)) % 100;
        let answer = match dice {
            0..60 if finding.last_seen < gone => Said::Fixed,
            95..99 => Said::False,
            60..85 => Said::Received,
            _ => continue,
        };
        said.insert(finding.id, answer);
    }
    let mut by_notice: BTreeMap<String, Vec<Given>> = BTreeMap::new();
    for row in house.db.read(TOLD_BY, &[]).await? {
        let finding_id = row.text(0)?;
        if let Some(said) = said.remove(&finding_id) {
            let given = Given { finding_id, said, comment: String::new() };
            by_notice.entry(row.text(1)?).or_default().push(given);
        }
    }
    for (notice, given) in by_notice {
        if let Some(pass) = Pass::of(&notice, 0) {
            let taken = manara_warning::give_answers(&house.db, pass, &given, Via::Form, evening).await?;
            taken.map_err(|refusal| anyhow!("the demo's answers are refused: {refusal}"))?;
        }
    }
    flows::run_due(house, evening).await?;
    flows::follow_up(house, evening).await?;
    Ok(())
}

/// The team works on its incidents: the handler takes up two of three that are a day old, and closes what has no live finding
/// left.
async fn handle_incidents(house: &House, day: &str) -> anyhow::Result<()> {
    let evening = at(day, 18)?;
    let handler = Viewer { name: "handler".into(), ..Viewer::system() };
    let policy = Policy::built_in()?;
    for state in [State::Open, State::New] {
        for one in manara_response::list(&house.db, &handler, Some(state), "", 1_000).await? {
            if state == State::New {
                let is_left = one.number.ends_with(['3', '6', '9']);
                if one.created.day() < evening.day() && !is_left {
                    manara_response::assign(&house.db, &handler, &one.id, &handler.name, evening).await?;
                }
                continue;
            }
            let linked = manara_response::findings(&house.db, &one.id, "", 10_000).await?;
            let ids: Vec<String> = linked.into_iter().map(|finding| finding.finding_id).collect();
            let findings = flows::facts(&house.db, &house.watch, &ids).await?;
            if !findings.iter().any(|finding| finding.state.is_live()) {
                let closing = Closing { resolution: "resolved".into(), verdict: Verdict::Left };
                manara_response::close(&house.db, &handler, &policy, &one.id, &closing, evening).await?;
            }
        }
    }
    Ok(())
}

/// Two assessments of the team, a year apart, by five respondents.
async fn assess(house: &House) -> anyhow::Result<()> {
    let shelf = house.shelf();
    let catalogue = &**shelf.get("sim3").context("the example is assessed by sim3, and it is not there")?;
    let duty = Viewer { name: "duty".into(), ..Viewer::system() };
    for (day, year) in [("2025-11-18", "2025"), ("2026-11-17", "2026")] {
        let now = at(day, 10)?;
        let new =
            NewAssessment { subject: format!("Siraj CIRT {year}"), kind: Some(SubjectKind::Team), tlp: Tlp::Amber };
        let one = begun(house, &duty, catalogue, &new, now).await?;
        let is_past = year == "2025";
        if one.state == assessments::State::Open {
            answer(house, &duty, (&one, catalogue), year, now).await?;
            if is_past {
                assessments::set_state(&house.db, &duty, &one.id, assessments::State::Closed, now).await?;
            }
        }
        if is_past {
            programme::load(house, &one, catalogue).await?;
        }
    }
    Ok(())
}

/// The assessment of a subject by a catalogue, which begins now if it is not there.
async fn begun(
    house: &House,
    who: &Viewer,
    catalogue: &Catalogue,
    new: &NewAssessment,
    now: Micros,
) -> anyhow::Result<Assessment> {
    let known = assessments::list(&house.db, who, "", 100).await?;
    let is_it = |one: &Assessment| one.catalogue == catalogue.id() && one.subject == new.subject;
    match known.into_iter().find(is_it) {
        Some(one) => Ok(one),
        None => Ok(assessments::begin(&house.db, who, catalogue, new, now).await?),
    }
}

/// The answers of all respondents, what was agreed, and how it stood after the workshop.
async fn answer(
    house: &House,
    duty: &Viewer,
    (one, catalogue): (&Assessment, &Catalogue),
    year: &str,
    now: Micros,
) -> anyhow::Result<()> {
    let file = |what: &str| {
        let name = format!("assessments/sim3-{year}-{what}.csv");
        NATION.get_file(&name).map(File::contents).with_context(|| format!("the example has no {name}"))
    };
    let (rows, refused) = assessments::read_table(catalogue, file("answers")?)
        .map_err(|why| anyhow!("the example's answers are refused: {}", why.reason))?;
    if let Some(why) = refused.first() {
        bail!("the example's answers have a bad line {}: {} {}", why.line, why.column, why.reason);
    }
    // They are given all at once.
    if assessments::sheet(&house.db, &one.id, &now.day()).await?.answers.is_empty() {
        assessments::give_table(&house.db, duty, &one.id, &rows, now).await?;
    }
    let (_, refused) = super::framework::moderate(&house.db, duty, one, catalogue, file("moderation")?, now).await?;
    if let Some(why) = refused.first() {
        bail!("the example's moderation has a bad line {}: {}", why.line, why.reason);
    }
    let name = format!("Workshop of November {year}");
    if assessments::snapshots(&house.db, &one.id).await?.iter().all(|snapshot| snapshot.name != name) {
        assessments::take_snapshot(&house.db, duty, &one.id, &name, now).await?;
    }
    Ok(())
}

/// The day a file of the example came: the folder it lies in.
fn day_of(path: &Path) -> Option<String> {
    path.components().filter_map(|part| part.as_os_str().to_str()).find(|part| is_day(part)).map(str::to_string)
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && at(text, 0).is_ok()
}

fn at(day: &str, hour: u32) -> anyhow::Result<Micros> {
    Micros::parse_rfc3339(&format!("{day}T{hour:02}:00:00Z")).with_context(|| format!("{day} is no day"))
}

fn progress_bar(count: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(count);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len} files, {elapsed}") {
        bar.set_style(style);
    }
    bar
}
