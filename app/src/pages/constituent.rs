//! What several planes together say of a constituent, on its page.

use std::collections::HashMap;
use std::sync::Arc;

use askama::Template;
use manara_constituency::Constituent;
use manara_model::Micros;
use manara_store::Db;
use manara_watch::{Mended, Watch};
use manara_web::{Markup, Page, PageError, Right, Visit, sparkline_to};

/// Weeks of the trend.
const WEEKS: i64 = 12;
/// What was mended in so many days counts.
const MENDED_DAYS: i64 = 180;
/// A sector is shown when so many of its constituents have figures: with fewer one could tell whose they are.
const SECTOR_LEAST: usize = 5;
/// Constituents of a sector that are looked up.
const CONSTITUENTS: usize = 100_000;

#[derive(Template)]
#[template(path = "constituent.html")]
struct Standing {
    page: Page,
    id: String,
    trend: Markup,
    open: i64,
    mended: usize,
    /// The day since when they were mended.
    mended_from: String,
    since_seen: Option<String>,
    since_told: Option<String>,
    sector: Option<Sector>,
    days: i64,
    least: usize,
}

/// How a constituent compares with its sector.
struct Sector {
    name: String,
    median: String,
    constituents: usize,
    key: &'static str,
}

/// How a constituent stands: findings by week, those open, how long it takes to mend them, and how that compares.
pub fn standing_panel(db: Db, watch: Watch) -> manara_constituency::Panel {
    Arc::new(move |visit, id| {
        let (db, watch) = (db.clone(), watch.clone());
        Box::pin(async move { standing(&db, &watch, &visit, &id).await })
    })
}

/// The contacts whose mail comes back.
pub fn bounces_panel(db: Db) -> manara_constituency::Panel {
    Arc::new(move |visit, id| {
        let db = db.clone();
        Box::pin(async move {
            let Some((one, _)) = manara_constituency::get(&db, &id).await? else { return Ok(Markup::default()) };
            let mails: Vec<String> = one.contacts.into_iter().map(|contact| contact.mail).collect();
            manara_warning::bounces_markup(&visit, &mails).await
        })
    })
}

async fn standing(db: &Db, watch: &Watch, visit: &Visit, id: &str) -> Result<Markup, PageError> {
    if !visit.may(Right::ReadFindings) {
        return Ok(Markup::default());
    }
    let Some((one, _)) = manara_constituency::get(db, id).await? else { return Ok(Markup::default()) };
    let page = visit.fragment();
    let weeks = weeks(visit.now);
    let Some((first, _)) = weeks.first() else { return Ok(Markup::default()) };
    let by_day = watch.opened_by_day_of(id, *first).await?;
    // From the beginning of a day, as the list that the number leads to.
    let mended_from = visit.now.plus_days(-MENDED_DAYS).day();
    let since = visit.locale.day_start(&mended_from, 0).unwrap_or(visit.now);
    let mended = watch.mended_since(since).await?;
    let own: Vec<&Mended> = mended.iter().filter(|one| one.constituent_id == id).collect();
    let open = watch.count_live_of(id).await?;
    if by_day.is_empty() && own.is_empty() && open == 0 {
        return Ok(Markup::default());
    }
    let points: Vec<(String, i64)> = weeks.iter().map(|(_, week)| (week.clone(), of_week(week, &by_day))).collect();
    let since_seen = median(own.iter().map(|one| took(one.first_seen, one.mended_at)).collect());
    let since_told = median(own.iter().filter_map(|one| Some(took(one.told_at?, one.mended_at))).collect());
    let sector = sector(db, &page, &one, &mended, since_seen).await?;
    // A week is the seven days from its first.
    let last = |week: &str| weeks.iter().find(|(_, day)| day == week).map(|(first, _)| first.plus_days(6).day());
    let of_findings = |week: &str| {
        let until = last(week).unwrap_or_default();
        format!("/findings?state=all&constituent={id}&first_from={week}&first_until={until}")
    };
    Ok(Markup::of(&Standing {
        trend: sparkline_to(&page, &page.t("app-standing-trend"), &points, of_findings),
        id: id.to_string(),
        open,
        mended: own.len(),
        mended_from,
        since_seen: since_seen.map(|hours| in_words(&page, hours)),
        since_told: since_told.map(|hours| in_words(&page, hours)),
        sector,
        days: MENDED_DAYS,
        least: SECTOR_LEAST,
        page,
    }))
}

/// The first moment and the first day of each of the last weeks, oldest first; a week begins on Monday.
fn weeks(now: Micros) -> Vec<(Micros, String)> {
    let today = Micros(now.0 - now.0.rem_euclid(Micros::DAY));
    // The first of January 1970 was a Thursday.
    let since_monday = (today.0.div_euclid(Micros::DAY) + 3).rem_euclid(7);
    let monday = today.plus_days(-since_monday);
    (0..WEEKS).rev().map(|back| monday.plus_days(-7 * back)).map(|first| (first, first.day())).collect()
}

/// How many of the days of a week count up to.
fn of_week(week: &str, by_day: &[(String, i64)]) -> i64 {
    let first = Micros::parse_rfc3339(&format!("{week}T00:00:00Z")).unwrap_or_default();
    let next = first.plus_days(7).day();
    by_day.iter().filter(|(day, _)| day.as_str() >= week && *day < next).map(|(_, count)| count).sum()
}

/// Hours between two moments; none before it began.
fn took(from: Micros, to: Micros) -> i64 {
    (to.0 - from.0).max(0) / 3_600_000_000
}

/// The middle of some numbers; of an even count the mean of the two in the middle.
fn median(mut numbers: Vec<i64>) -> Option<i64> {
    numbers.sort_unstable();
    let high = *numbers.get(numbers.len() / 2)?;
    if numbers.len() % 2 == 1 {
        return Some(high);
    }
    let low = *numbers.get(numbers.len() / 2 - 1)?;
    Some(low + (high - low) / 2)
}

/// A time in days, or in hours when it is short.
fn in_words(page: &Page, hours: i64) -> String {
    match hours {
        ..48 => page.t1("app-standing-hours", "count", hours),
        _ => page.t1("app-standing-days", "count", (hours + 12) / 24),
    }
}

/// The middle of what the constituents of the sector take, when there are enough of them.
async fn sector(
    db: &Db,
    page: &Page,
    one: &Constituent,
    mended: &[Mended],
    own: Option<i64>,
) -> Result<Option<Sector>, PageError> {
    let filter = manara_constituency::Filter { sector: one.sector.id.clone(), ..Default::default() };
    let members = manara_constituency::list(db, &filter, CONSTITUENTS).await?.rows;
    let mut took_by: HashMap<&str, Vec<i64>> = members.iter().map(|member| (member.id.as_str(), Vec::new())).collect();
    for one in mended {
        if let Some(took_so) = took_by.get_mut(one.constituent_id.as_str()) {
            took_so.push(took(one.first_seen, one.mended_at));
        }
    }
    let medians: Vec<i64> = took_by.into_values().filter_map(median).collect();
    let (Some(own), true) = (own, medians.len() >= SECTOR_LEAST) else { return Ok(None) };
    let constituents = medians.len();
    let Some(middle) = median(medians) else { return Ok(None) };
    Ok(Some(Sector {
        name: manara_constituency::sectors().title(&one.sector.id, page.lang.tag()).to_string(),
        median: in_words(page, middle),
        constituents,
        key: match own.cmp(&middle) {
            std::cmp::Ordering::Less => "app-standing-faster",
            std::cmp::Ordering::Equal => "app-standing-same",
            std::cmp::Ordering::Greater => "app-standing-slower",
        },
    }))
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::{median, of_week, took, weeks};

    #[test]
    fn the_middle_is_in_the_middle() {
        for (numbers, want) in [
            (vec![], None),
            (vec![7], Some(7)),
            (vec![9, 1], Some(5)),
            (vec![5, 100, 1], Some(5)),
            (vec![4, 1, 2, 100], Some(3)),
        ] {
            assert_eq!(median(numbers.clone()), want, "{numbers:?}");
        }
        let hour = 3_600_000_000;
        assert_eq!((took(Micros(0), Micros(5 * hour)), took(Micros(hour), Micros(0))), (5, 0));
    }

    #[test]
    fn a_week_begins_on_monday_and_every_day_is_in_one() {
        // 2026-01-15 is a Thursday.
        let now = Micros::parse_rfc3339("2026-01-15T12:00:00Z").expect("a moment");
        let weeks = weeks(now);
        assert_eq!((weeks.len(), weeks.last().map(|week| week.1.as_str())), (12, Some("2026-01-12")));
        let by_day = [("2026-01-11".to_string(), 1), ("2026-01-12".to_string(), 2), ("2026-01-18".to_string(), 4)];
        assert_eq!((of_week("2026-01-05", &by_day), of_week("2026-01-12", &by_day)), (1, 6));
    }
}
