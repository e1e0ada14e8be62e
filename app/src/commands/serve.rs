//! `serve`: the pages, and the work that goes on behind them.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use manara_model::Micros;
use manara_net::Mailer;
use manara_web::{Shell, Site, WebConfig, Words};

use super::{DONE, work};
use crate::cli::Serve;
use crate::house::House;
use crate::pages;

/// Serves until it is told to stop.
pub async fn run(args: Serve) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    house.load_tables().await?;
    serve(house, args.listen, &[]).await
}

/// Every page of every plane.
pub fn site(house: &House, mailer: &Arc<Mailer>) -> Site {
    Shell::own_site()
        .merge(pages::site(house))
        .merge(manara_watch::site(Arc::new(manara_watch::WatchPages {
            watch: house.watch.clone(),
            ingest: house.ingest.clone(),
            lake: house.lake.clone(),
        })))
        .merge(manara_constituency::site(Vec::new()))
        .merge(manara_warning::site(Arc::new(manara_warning::Mailroom {
            blobs: house.ingest.blobs.clone(),
            mailer: Arc::clone(mailer),
        })))
}

/// Listens, says so, works and serves.
pub async fn serve(house: House, listen: SocketAddr, say: &[String]) -> anyhow::Result<u8> {
    let folder = house.content_folder().join("lang");
    let folder = folder.is_dir().then_some(folder);
    let words = Words::load(folder.as_deref())?;
    let config = WebConfig {
        hosts: house.config.host_names.clone(),
        https: house.config.https,
        behind_proxy: house.config.behind_proxy,
        lang_folder: folder,
        ..WebConfig::default()
    };
    let shell = Shell::new(house.db.clone(), words, config);
    let mailer = Arc::new(Mailer::new(&house.config.mail)?);
    let router = shell.router(site(&house, &mailer));
    let listener = tokio::net::TcpListener::bind(listen)
        .await
        .with_context(|| format!("can't listen on {listen}; --listen takes another address"))?;
    let address = listener.local_addr()?;
    println!("Manara is at http://{address}/");
    for line in say {
        println!("{line}");
    }
    println!("Ctrl-C stops it.");
    let worker = tokio::spawn(work_on(house.clone(), mailer));
    manara_web::serve(router, listener, stop()).await?;
    worker.abort();
    house.db.close().await;
    Ok(DONE)
}

/// Rounds of work, every few seconds, for as long as the program runs. A failed round is told and tried again.
async fn work_on(house: House, mailer: Arc<Mailer>) {
    if let Err(error) = manara_warning::recover(&house.db, Micros::now()).await {
        tracing::error!(%error, "mail of the last run can't be taken up");
    }
    let mut tick = tokio::time::interval(Duration::from_secs(2));
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut rounds = 0u64;
    loop {
        tick.tick().await;
        // Expiry counts in days: once in half an hour is often enough.
        if let Err(error) = work::round(&house, &mailer, rounds.is_multiple_of(900)).await {
            tracing::error!(error = crate::print::chain(&error), "a round of work failed; it is tried again");
        }
        rounds += 1;
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
