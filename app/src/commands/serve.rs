//! `serve`: the pages, and the work that goes on behind them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use manara_framework::establishment::Matter;
use manara_model::Micros;
use manara_net::Mailer;
use manara_web::{FIRST_PATH, FirstToken, Right, Shell, Site, WebConfig, Words, first_token};
use serde_json::{Map, Value, json};

use super::{DONE, work};
use crate::cli::{MailDoors, Serve};
use crate::house::House;
use crate::mailroom::{Mailroom, four_eyes_above, mail_house, seals};
use crate::neighbours::Beside;
use crate::serving::{Reload, Serving};
use crate::unread::Unread;
use crate::{establish, figures, happenings, pages, papers, print, tables, unread};

/// Serves until it is told to stop. A folder that is empty or not there is made; its first administrator is made on a page.
pub async fn run(args: Serve) -> anyhow::Result<u8> {
    let house = House::settle(&args.place).await?;
    house.load_tables().await?;
    let say = if args.json { Say::Json(Map::new()) } else { Say::Words(Vec::new()) };
    serve(house, args.listen, say, &args.mail).await
}

/// How it is said that the pages can be opened, and what besides.
pub enum Say {
    /// In lines for people.
    Words(Vec<String>),
    /// As one line of JSON, with these members.
    Json(Map<String, Value>),
}

/// Every page of every plane, with what planes show on each other's pages.
pub async fn site(house: &House, mailer: &Arc<Mailer>, reload: &Reload) -> anyhow::Result<Site> {
    let (shelf, content) = (house.open_shelf(), house.content_folder());
    let unread = Unread::new(unread::of_content(&content, &house.work_content()), shelf.clone());
    let watch = Arc::new(manara_watch::WatchPages {
        watch: house.watch.clone(),
        ingest: house.ingest.clone(),
        lake: house.lake.clone(),
    });
    let asked = house.clone();
    let guests = manara_watch::Guests {
        beside: Some(Arc::new(move |viewer, names| {
            let house = asked.clone();
            Box::pin(async move { tables::beside(&house, &viewer, &names).await.map_err(|error| print::chain(&error)) })
        })),
        panels: vec![manara_warning::answers_panel(), manara_response::incidents_panel_of_finding()],
        sectors: pages::sector_choices,
        many: vec![manara_watch::Many {
            action: "/incidents/gather",
            key: "response-panel-open",
            right: Right::HandleIncidents,
        }],
    };
    let mailroom = manara_warning::Mailroom {
        blobs: house.ingest.blobs.clone(),
        mailer: Arc::clone(mailer),
        links: house.links().await?,
        seals: seals(house).await?,
        office: house.config.warning.office.clone(),
        four_eyes_above: four_eyes_above(house)?,
    };
    let of_constituent = vec![
        manara_watch::findings_panel(house.watch.clone()),
        manara_response::incidents_panel_of_constituent(),
        pages::standing_panel(house.db.clone(), house.watch.clone()),
        pages::bounces_panel(house.db.clone()),
    ];
    let ground = Arc::new(establish::Ground::new(house)?);
    let mut policy = manara_response::Policy::load(house.config.response.policy_file.as_deref())?;
    policy.own_fields = house.work_content().fields.clone();
    let bench = manara_response::Bench {
        content: (*house.work_content()).clone(),
        policy: policy.clone(),
        printer: papers::printer(house),
        blobs: house.ingest.blobs.clone(),
        first: pages::in_force(house, Matter::Playbook),
        days_off: pages::nation_days_off(house),
    };
    let beside = Arc::new(Beside::of(house));
    let own = Shell::own_site().merge(public_form(house).await?);
    Ok(own
        .merge(pages::site(house, reload, unread))
        .merge(happenings::site(house))
        .merge(manara_watch::site_with(watch, guests))
        .merge(manara_constituency::site(of_constituent))
        .merge(manara_warning::site(Arc::new(mailroom)))
        .merge(manara_response::tickets_site(pages::mail_desk(house, policy.clone()).await?))
        .merge(manara_response::site(policy, pages::guests(house)))
        .merge(manara_response::work_site(bench))
        .merge(manara_response::figures_site(figures::desk(house)))
        .merge(manara_response::import_site(pages::import_desk(house).await?))
        .merge(manara_framework::establish_site(shelf.clone(), house.ingest.blobs.clone(), ground, Some(&content)))
        .merge(manara_framework::site(shelf.clone(), house.ingest.blobs.clone(), papers::papers(house)?))
        .merge(manara_framework::works_site(shelf, house.ingest.blobs.clone(), beside)))
}

/// The form on which everybody may report; nothing when the house has none.
async fn public_form(house: &House) -> anyhow::Result<Site> {
    if !house.config.response.public.form {
        return Ok(Site::new());
    }
    let office = house.config.warning.office.clone();
    let call = (office.mail.clone(), office.phone.clone());
    let mail = Arc::new(mail_house(house).await?);
    let blobs = house.ingest.blobs.clone();
    let name = move |lang: &str| office.name(lang).to_string();
    Ok(manara_response::public_site(manara_response::PublicDesk::new(mail, blobs, name, call)))
}

/// Listens, says so, works and serves.
pub async fn serve(house: House, listen: SocketAddr, say: Say, mail: &MailDoors) -> anyhow::Result<u8> {
    let folder = house.content_folder().join("lang");
    let folder = folder.is_dir().then_some(folder);
    let words = Words::load(folder.as_deref())?;
    let config = WebConfig {
        hosts: known_hosts(&house),
        https: house.config.https,
        behind_proxy: house.config.behind_proxy,
        lang_folder: folder,
        usual: house.config.nation.usual()?,
        first_run: true,
        api_per_minute: house.config.api.requests_per_minute,
        mailboxes: mailboxes(&house).await?,
        ..WebConfig::default()
    };
    let shell = Shell::new(house.db.clone(), words, config);
    shell.set_eyes(happenings::eyes(&house.db));
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .with_context(|| format!("can't listen on {listen}; --listen takes another address"))?;
    let address = listener.local_addr()?;
    // Links lead where the pages are, so they are made after it is known.
    house.note_served_at(address).await?;
    let first = first_token(&house.db, Micros::now()).await?;
    let serving = Serving::begin(house.clone(), Arc::clone(&shell)).await?;
    let of = Arc::new(mail_house(&house).await?);
    let (mailroom, doors) = Mailroom::open(&house, of, mail.lmtp.as_deref(), mail.smtp.as_deref()).await?;
    listening(address, &doors, first.as_ref(), say)?;
    let worker = tokio::spawn(work_on(Arc::clone(&serving)));
    // Apart from the other work: whoever is told may take their time.
    let teller = tokio::spawn(tell_on(Arc::clone(&serving)));
    let looker = tokio::spawn(look_on(Arc::clone(&serving)));
    let told = shell.clone();
    let stopped = async move {
        stop().await;
        told.close();
    };
    manara_web::serve(serving.router(), listener, stopped).await?;
    mailroom.close().await;
    worker.abort();
    teller.abort();
    looker.abort();
    house.db.close().await;
    Ok(DONE)
}

/// Says where the pages are, by which doors mail comes in, and how the first administrator is made.
fn listening(address: SocketAddr, doors: &[String], first: Option<&FirstToken>, say: Say) -> anyhow::Result<()> {
    let lines = match say {
        Say::Words(lines) => lines,
        Say::Json(mut members) => {
            let first = first.map(|first| {
                json!({ "page": format!("http://{address}{FIRST_PATH}"), "token": first.token,
                    "until": first.until.rfc3339() })
            });
            members.insert("listening".into(), format!("http://{address}/").into());
            members.insert("mail".into(), doors.into());
            members.insert("first".into(), first.into());
            return print::json(&members);
        }
    };
    println!("Manara is at http://{address}/");
    for line in doors.iter().chain(&lines) {
        println!("{line}");
    }
    if let Some(first) = first {
        println!(
            "Nobody has an account yet. Open http://{address}{FIRST_PATH} and enter this token, which makes one administrator:"
        );
        println!("  {}  (good until {}; the next start prints another)", first.token, first.until.rfc3339());
    }
    println!("Ctrl-C stops it.");
    Ok(())
}

/// Our own addresses, the usual one first, with who writes from them.
pub async fn mailboxes(house: &House) -> anyhow::Result<Vec<(String, String)>> {
    let of = mail_house(house).await?;
    let team = if house.config.team.is_empty() { "CIRT" } else { &house.config.team };
    let name = |address: &str| of.mailbox(address).map_or_else(|| team.to_string(), |own| own.name.clone());
    Ok(of.addresses.iter().map(|address| (address.clone(), name(address))).collect())
}

/// The names the pages answer to: those of the configuration, and that of the public address.
fn known_hosts(house: &House) -> Vec<String> {
    let public = &house.config.public_address;
    let host = public.split_once("://").map_or(public.as_str(), |(_, rest)| rest).split('/').next();
    let host = host.filter(|host| !host.is_empty()).map(str::to_string);
    house.config.host_names.iter().cloned().chain(host).collect()
}

/// Rounds of work, every few seconds, for as long as the program runs. A failed round is told and tried again.
async fn work_on(serving: Arc<Serving>) {
    if let Err(error) = manara_warning::recover(&serving.now().house.db, Micros::now()).await {
        tracing::error!(%error, "mail of the last run can't be taken up");
    }
    if let Err(error) = manara_response::mail::recover(&serving.now().house.db).await {
        tracing::error!(%error, "mail of the last run can't be taken up");
    }
    let mut tick = tokio::time::interval(Duration::from_secs(2));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut rounds = 0u64;
    loop {
        tick.tick().await;
        let now = serving.now();
        // Expiry counts in days: once in half an hour is often enough.
        if let Err(error) = Box::pin(work::round(&now.house, &now.mailer, rounds.is_multiple_of(900))).await {
            tracing::error!(error = print::chain(&error), "a round of work failed; it is tried again");
        }
        rounds += 1;
    }
}

/// Webhooks, every few seconds. What is stopped in between is told again: a delivery has the same id at every try.
async fn tell_on(serving: Arc<Serving>) {
    let mut tick = tokio::time::interval(Duration::from_secs(2));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        if let Err(error) = happenings::tell(&serving.now().house, Micros::now()).await {
            tracing::error!(error = print::chain(&error), "webhooks can't be told; it is tried again");
        }
    }
}

/// Looks every second whether other catalogues, blocks, crosswalks or targets lie in the content folder.
async fn look_on(serving: Arc<Serving>) {
    let mut tick = tokio::time::interval(Duration::from_secs(1));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        let shelf = serving.now().house.open_shelf();
        if let Err(error) = tokio::task::spawn_blocking(move || shelf.look(Instant::now())).await {
            tracing::error!(%error, "the content folder can't be looked at; it is tried again");
        }
    }
}

/// Ends when the terminal or the service manager says so.
async fn stop() {
    let interrupt = tokio::signal::ctrl_c();
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut terminate) => {
            tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
        }
        Err(_) => {
            let _ = interrupt.await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use manara_web::{Need, Role};

    use crate::cli::Place;
    use crate::house::House;

    /// Every route with who may take it, as a text that a reviewer can read. `UPDATE=1` writes it anew.
    #[tokio::test(flavor = "multi_thread")]
    async fn every_route_is_open_to_exactly_the_roles_of_the_table() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let house = House::make(&Place { data: folder.path().to_path_buf(), database: None }).await.expect("a house");
        let mailer = Arc::new(manara_net::Mailer::new(&house.config.mail).expect("the capture box"));
        let site = super::site(&house, &mailer, &Default::default()).await.expect("a site");
        let twice = site.said_twice();
        assert!(twice.is_empty(), "names of operations or schemas of the API that are there twice: {twice:?}");
        let mut lines: Vec<String> = site
            .routes()
            .iter()
            .map(|line| {
                let roles: Vec<&str> =
                    Role::ALL.into_iter().filter(|role| line.open_to(Some(*role))).map(Role::as_str).collect();
                let who = match line.need {
                    Need::Public => "everybody".to_string(),
                    Need::Link => "whoever has the link".to_string(),
                    Need::Right(_) => roles.join(" "),
                    Need::Token(_) => format!("tokens of {}", roles.join(" ")),
                };
                format!("{:<4} {:<44} {who}", line.method.as_str(), line.path)
            })
            .collect();
        lines.sort();
        let found = lines.join("\n") + "\n";
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/routes.txt");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(path, &found).expect("a writable checkout");
        }
        let wanted = std::fs::read_to_string(path).unwrap_or_default();
        assert_eq!(found, wanted, "the table of routes changed: read the difference, then UPDATE=1");
        house.db.close().await;
    }
}
