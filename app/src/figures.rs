//! The figures of response: what they ask of other planes, and how they are kept up to date.

use std::sync::Arc;

use manara_constituency::sectors;
use manara_model::Micros;
use manara_response::{FigureDesk, FigureGround, NOTICE_DAYS, NoticeQuality, NoticeSum};
use manara_store::StoreError;

use crate::house::House;
use crate::papers;

/// What is measured with; the tables are those that were loaded last.
pub async fn ground(house: &House) -> Result<FigureGround, StoreError> {
    let sectors = manara_constituency::sectors_by_id(&house.db).await?;
    let tables = house.ingest.tables.load_full();
    Ok(FigureGround {
        hours: house.work_content().hours.clone(),
        sectors: sectors.into_iter().collect(),
        origin: Some(Arc::new(move |address| tables.origin_of(address))),
    })
}

/// Measures what happened since the last time, and counts what is due. After an update or a restore everything is measured anew,
/// some of it in each round.
pub async fn follow(house: &House, now: Micros) -> Result<(), StoreError> {
    let hours = &house.work_content().hours;
    if manara_response::figures_wait(&house.db, hours).await? {
        manara_response::follow_figures(&house.db, &ground(house).await?, now).await?;
    } else {
        manara_response::count_due(&house.db, hours, now).await?;
    }
    Ok(())
}

/// Notes how well constituents can be reached.
pub async fn note_contacts(house: &House, now: Micros) -> Result<(), StoreError> {
    let contacts = manara_constituency::contact_mails(&house.db).await?;
    manara_response::note_contacts(&house.db, &contacts, now).await
}

/// Notes what became of the notices that left lately, and of the findings they told of.
pub async fn note_notices(house: &House, now: Micros) -> Result<(), StoreError> {
    let since = now.plus_days(-NOTICE_DAYS);
    let notices = manara_warning::left_since(&house.db, since).await?.into_iter().map(|sum| NoticeSum {
        tlp: sum.tlp,
        left: sum.left,
        returned: sum.returned,
        opened: sum.opened,
        findings: sum.findings,
    });
    let (fixed, unseen) = house.watch.ended_after_told(since).await?;
    let of = NoticeQuality { notices: notices.collect(), fixed, unseen };
    manara_response::note_notices(&house.db, &of, now).await
}

/// What the pages of figures are made with.
pub fn desk(house: &House) -> FigureDesk {
    let asked = house.clone();
    let content = house.work_content();
    FigureDesk {
        hours: house.work_content().hours.clone(),
        printer: papers::printer(house),
        sector,
        stage: Arc::new(move |name, lang| content.stage_title(name, lang)),
        team: Arc::new(move |lang| papers::team(&asked, lang)),
    }
}

/// What a sector is called.
pub fn sector(id: &str, lang: &str) -> String {
    sectors().title(id, lang).to_string()
}
