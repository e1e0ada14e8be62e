//! The figures of the home page, and what they were on earlier days.

use std::collections::{BTreeMap, HashMap};

use manara_model::{Micros, Severity, Tlp, Viewer};
use manara_response::State;
use manara_store::{Arg, Db, StoreError};
use manara_warning::NoticeState;
use manara_watch::{BatchState, OwnerFacts, Watch};

const HEAD: &str = "INSERT INTO app_figure (day, clearance, figure, count) VALUES";
const TAIL: &str = "ON CONFLICT (day, clearance, figure) DO UPDATE SET count = excluded.count";
const FORGET: &str = "DELETE FROM app_figure WHERE day = $1";
const FORGET_OLD: &str = "DELETE FROM app_figure WHERE day < $1";
const OF_DAY: &str =
    "SELECT figure, count FROM app_figure WHERE day = $1 AND clearance = $2 ORDER BY figure LIMIT 1000";
/// How long figures are kept.
const KEPT_DAYS: i64 = 800;
/// What differs from person to person, and so is compared with nothing.
pub const OWN: [&str; 3] = ["mine", "release", "answers"];
/// There on every day on which anything was noted.
const NOTED: &str = "live";

/// What is known of each constituent, by its id.
pub type Standing = HashMap<String, OwnerFacts>;

/// Figures by their names. Zeros of figures with parts in their names are left out.
pub type Figures = BTreeMap<String, i64>;

/// What the watch knows of the constituents.
pub async fn standing_of(watch: &Watch) -> Result<Standing, StoreError> {
    watch.owner_facts().await
}

/// Everything that is counted for the home page.
#[derive(Debug, Default)]
pub struct Counts {
    /// New and reopened findings by severity, and by the criticality of whom they concern where it is known.
    pub new: BTreeMap<(Severity, Option<String>), i64>,
    /// Of these, reopened.
    pub reopened: i64,
    /// Live findings.
    pub live: i64,
    /// Feeds that say nothing.
    pub silent: i64,
    /// Feeds whose newest file looks otherwise than usual.
    pub drifting: i64,
    /// Batches that wait.
    pub waiting: i64,
    /// Batches that failed.
    pub failed: i64,
    /// Notices by state.
    pub notices: Vec<(NoticeState, i64)>,
    /// Notices nobody has answered.
    pub unanswered: i64,
    /// Notices whose answer asks for help.
    pub helps: i64,
    /// Live incidents.
    pub incidents: manara_response::Counts,
    /// Reports, investigations and countermeasures, and their mail.
    pub tickets: manara_response::TicketCounts,
}

impl Counts {
    /// Counts what a viewer may see.
    pub async fn read(
        db: &Db,
        watch: &Watch,
        standing: &Standing,
        viewer: &Viewer,
        now: Micros,
    ) -> Result<Counts, StoreError> {
        let (feeds, batches, tallies, drifting) =
            tokio::try_join!(watch.feeds(""), watch.count_batches(), watch.tallies(), watch.drifting(),)?;
        let (notices, unanswered, helps, incidents, tickets) = tokio::try_join!(
            manara_warning::count_by_state(db, viewer),
            manara_warning::count_unanswered(db, viewer),
            manara_warning::count_helps(db, viewer),
            manara_response::counts(db, viewer, now),
            manara_response::ticket_counts(db, viewer, now),
        )?;
        let of = |state: BatchState| batches.iter().filter(|(found, _)| *found == state).map(|(_, count)| *count).sum();
        let in_state = |wanted: &dyn Fn(manara_model::FindingState) -> bool| -> i64 {
            tallies.by_state().iter().filter(|(state, _)| wanted(*state)).map(|(_, count)| *count).sum()
        };
        let new = tallies.new_by_criticality(standing).into_iter();
        Ok(Counts {
            new: new.map(|((severity, of), count)| ((severity, of.map(str::to_string)), count)).collect(),
            reopened: in_state(&|state| state == manara_model::FindingState::Reopened),
            live: tallies.live(),
            silent: as_count(feeds.iter().filter(|feed| feed.silent_since(now).is_some()).count()),
            drifting: as_count(drifting.len()),
            waiting: of(BatchState::Received),
            failed: of(BatchState::Failed),
            notices,
            unanswered,
            helps,
            incidents,
            tickets,
        })
    }

    fn notices(&self, wanted: NoticeState) -> i64 {
        self.notices.iter().filter(|(state, _)| *state == wanted).map(|(_, count)| *count).sum()
    }

    fn new_at_least(&self, least: Severity) -> i64 {
        self.new.iter().filter(|((severity, _), _)| *severity >= least).map(|(_, count)| *count).sum()
    }
}

fn as_count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The figures by the names under which they are shown, noted and compared.
pub fn figures_of(counts: &Counts) -> Figures {
    let incidents = &counts.incidents;
    let live_incidents = incidents.by_age.iter().map(|(_, _, count)| *count).sum();
    let mut figures: Figures = [
        ("new-high", counts.new_at_least(Severity::High)),
        ("new", counts.new_at_least(Severity::Info)),
        ("reopened", counts.reopened),
        (NOTED, counts.live),
        ("drafts", counts.notices(NoticeState::Draft)),
        ("second", counts.notices(NoticeState::Waiting)),
        ("unanswered", counts.unanswered),
        ("help", counts.helps),
        ("notices-failed", counts.notices(NoticeState::Failed)),
        ("incidents", live_incidents),
        ("unowned", incidents.unowned),
        ("mine", incidents.mine),
        ("overdue", incidents.overdue),
        ("reports", counts.tickets.unowned),
        ("answers", counts.tickets.answers),
        ("held", counts.tickets.held),
        ("release", counts.tickets.waiting),
        ("undelivered", counts.tickets.undelivered),
        ("silent", counts.silent),
        ("drift", counts.drifting),
        ("waiting", counts.waiting),
        ("failed", counts.failed),
    ]
    .map(|(name, count)| (name.to_string(), count))
    .into();
    let mut add = |name: String, count: i64| *figures.entry(name).or_default() += count;
    for ((severity, criticality), count) in &counts.new {
        add(format!("new/{}", severity.as_str()), *count);
        if let Some(criticality) = criticality {
            add(format!("new/{}/{criticality}", severity.as_str()), *count);
        }
    }
    for (state, age, count) in &incidents.by_age {
        let state = match state {
            State::New => "new",
            _ => "open",
        };
        add(format!("incidents/{state}/{age}"), *count);
    }
    figures
}

/// Notes the figures as they are now under today's date, for every clearance. Later the same day they are noted again.
pub async fn note_figures(db: &Db, watch: &Watch, now: Micros) -> Result<(), StoreError> {
    let standing = standing_of(watch).await?;
    let day = now.day();
    let mut noted: Vec<(i64, String, i64)> = Vec::new();
    for clearance in Tlp::ALL {
        // Nobody's own: what belongs to one person is compared with nothing.
        let viewer = Viewer::cleared("", clearance);
        let figures = figures_of(&Counts::read(db, watch, &standing, &viewer, now).await?);
        let shared = figures.into_iter().filter(|(name, _)| !OWN.contains(&name.as_str()));
        noted.extend(shared.map(|(name, count)| (clearance.rank(), name, count)));
    }
    let mut tx = db.begin().await?;
    tx.run(FORGET, &[(&day).into()]).await?;
    let args = noted
        .iter()
        .flat_map(|(clearance, name, count)| [Arg::Text(&day), Arg::Int(*clearance), name.into(), Arg::Int(*count)]);
    tx.run_many(HEAD, 4, args, TAIL).await?;
    tx.run(FORGET_OLD, &[now.plus_days(-KEPT_DAYS).day().into()]).await?;
    tx.commit().await
}

/// The figures of a day as they were noted last; `None` when nothing was.
pub async fn figures_on(db: &Db, viewer: &Viewer, day: &str) -> Result<Option<Figures>, StoreError> {
    // What was noted is of all mailboxes: whoever sees some alone has nothing to compare with.
    if !viewer.mailboxes.is_all() {
        return Ok(None);
    }
    let rows = db.read(OF_DAY, &[day.into(), viewer.clearance.rank().into()]).await?;
    let figures: Figures = rows.iter().map(|row| Ok((row.text(0)?, row.int(1)?))).collect::<Result<_, StoreError>>()?;
    Ok(figures.contains_key(NOTED).then_some(figures))
}

/// How a figure differs from what it was; `None` when nothing was noted then.
pub fn change_of(now: i64, before: Option<&Figures>, name: &str) -> Option<i64> {
    before.map(|before| now - before.get(name).copied().unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use manara_model::Severity;
    use manara_warning::NoticeState;

    use super::{Counts, Figures, change_of, figures_of};

    #[test]
    fn every_new_finding_is_counted_once_and_under_its_constituents_criticality() {
        let counts = Counts {
            new: [
                ((Severity::High, Some("vital")), 2),
                ((Severity::High, Some("high")), 30),
                ((Severity::Critical, Some("high")), 1),
                ((Severity::Low, None), 4),
            ]
            .into_iter()
            .map(|((severity, criticality), count)| ((severity, criticality.map(str::to_string)), count))
            .collect(),
            live: 37,
            notices: vec![(NoticeState::Draft, 3)],
            ..Counts::default()
        };
        let figures = figures_of(&counts);
        for (name, want) in [
            ("new", Some(37)),
            ("new-high", Some(33)),
            ("drafts", Some(3)),
            ("new/high", Some(32)),
            ("new/high/vital", Some(2)),
            ("new/high/high", Some(30)),
            ("new/critical/high", Some(1)),
            ("new/low", Some(4)),
            ("new/low/low", None),
        ] {
            assert_eq!(figures.get(name).copied(), want, "{name}");
        }
    }

    #[test]
    fn a_figure_is_compared_only_with_a_day_that_was_noted() {
        let before = Figures::from([("live".to_string(), 5), ("new/high".to_string(), 3)]);
        assert_eq!(change_of(7, Some(&before), "new/high"), Some(4));
        assert_eq!(change_of(7, Some(&before), "new/low"), Some(7), "what was not there was nought");
        assert_eq!(change_of(7, None, "new/low"), None);
    }
}
