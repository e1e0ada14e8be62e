//! `work`: once what `serve` does all the time.

use std::sync::Arc;

use anyhow::Context as _;
use manara_model::Micros;
use manara_net::Mailer;
use manara_web::Service;
use serde_json::json;

use super::DONE;
use super::ingest::finish_waiting;
use crate::cli::Plain;
use crate::house::House;
use crate::{flows, happenings, picture, print};

/// What one round did.
#[derive(Debug, Default)]
pub struct Round {
    /// Journal entries the flows followed.
    pub followed: usize,
    /// Reminders, and letters to those above, that were made.
    pub follow_ups: flows::FollowedUp,
    /// Notices that left.
    pub sent: usize,
    /// Notices that were given up.
    pub failed: usize,
    /// Messages of tickets that left.
    pub messages: usize,
    /// Findings that expired.
    pub expired: u64,
    /// Daily digests that left.
    pub digests: usize,
    /// Mails about clocks that left.
    pub alarms: usize,
}

/// Does one round and says what it did.
pub async fn run(args: Plain) -> anyhow::Result<u8> {
    let house = House::open(&args.place).await?;
    house.load_tables().await?;
    let mailer = Arc::new(Mailer::new(&house.config.mail)?);
    manara_warning::recover(&house.db, Micros::now()).await?;
    manara_response::mail::recover(&house.db).await?;
    let done = round(&house, &mailer, true).await?;
    let told = happenings::tell(&house, Micros::now()).await?;
    if args.json {
        print::json(&json!({ "followed": done.followed, "reminded": done.follow_ups.reminded,
                "escalated": done.follow_ups.escalated, "sent": done.sent, "failed": done.failed,
                "expired": done.expired, "digests": done.digests,
                "messages": done.messages, "alarms": done.alarms, "webhooks_sent": told.sent, "webhooks_failed": told.failed }))?;
    } else {
        println!(
            "{} journal entries followed, {} reminders made, {} letters to those above, {} notices sent, {} failed, \
             {} messages of tickets sent, {} mails about clocks sent, {} findings expired, {} digests sent",
            done.followed,
            done.follow_ups.reminded,
            done.follow_ups.escalated,
            done.sent,
            done.failed,
            done.messages,
            done.alarms,
            done.expired,
            done.digests
        );
    }
    house.db.close().await;
    Ok(DONE)
}

/// One round: on with batches, flows, mail, and (when `slow` says so) what counts in days: the findings nobody sees any more,
/// the notices nobody answers. Each part is boxed: together they would fill a stack.
pub async fn round(house: &House, mailer: &Mailer, slow: bool) -> anyhow::Result<Round> {
    house.load_tables().await?;
    if !house.ingest.waiting().await?.is_empty() || manara_watch::replay_pending(&house.db).await? {
        let _lock = house.ingest.lock().await?;
        Box::pin(finish_waiting(house, true)).await.context("going on with a batch")?;
    }
    let services = manara_web::services(&house.db).await?;
    let (notices, picture) = (services.is_on(Service::Warning), services.is_on(Service::Picture));
    let mut done = Round { followed: Box::pin(flows::run_due(house, Micros::now())).await?, ..Round::default() };
    if slow && notices {
        done.follow_ups = Box::pin(flows::follow_up(house, Micros::now())).await?;
    }
    if notices {
        Box::pin(send(house, mailer, &mut done)).await?;
    }
    if services.is_on(Service::Response) {
        done.messages = Box::pin(send_messages(house, mailer)).await?;
        if !Box::pin(manara_response::tell_clocks(&house.db, Micros::now())).await?.is_empty() {
            Box::pin(flows::run_due(house, Micros::now())).await?;
        }
        Box::pin(crate::figures::follow(house, Micros::now())).await?;
        if slow {
            Box::pin(crate::figures::note_contacts(house, Micros::now())).await?;
            Box::pin(crate::figures::note_notices(house, Micros::now())).await?;
        }
        done.alarms = Box::pin(crate::alarm::send(house, mailer, Micros::now())).await?;
    }
    if picture {
        done.digests = Box::pin(picture::send_digests(house, mailer, Micros::now())).await?;
    }
    if slow {
        done.expired = Box::pin(manara_watch::expire(&house.db, &house.ingest.feeds, Micros::now())).await?;
        Box::pin(picture::note_figures(&house.db, &house.watch, Micros::now())).await?;
    }
    Box::pin(crate::establish::keep_manual(house, Micros::now())).await?;
    Ok(done)
}

/// Sends the messages of tickets that are due; says how many left.
async fn send_messages(house: &House, mailer: &Mailer) -> anyhow::Result<usize> {
    use manara_response::mail::{due, send};
    let now = Micros::now();
    let jobs = due(&house.db, now).await?;
    if jobs.is_empty() {
        return Ok(0);
    }
    let of = crate::mailroom::mail_house(house).await?;
    Ok(send(&house.db, &house.ingest.blobs, mailer, &of, &jobs, now).await?.sent)
}

/// Sends what was approved.
async fn send(house: &House, mailer: &Mailer, done: &mut Round) -> anyhow::Result<()> {
    if !manara_warning::has_due(&house.db, Micros::now()).await? {
        return Ok(());
    }
    let (links, seals) = (house.links().await?, crate::mailroom::seals(house).await?);
    let above = crate::mailroom::four_eyes_above(house)?;
    let sending =
        manara_warning::send_due(&house.db, &house.ingest.blobs, mailer, (&links, &seals), above, Micros::now());
    let sent = Box::pin(sending).await?;
    done.sent = sent.sent.len();
    done.failed = sent.failed.len();
    if done.sent > 0 {
        Box::pin(flows::run_due(house, Micros::now())).await?;
    }
    Ok(())
}
