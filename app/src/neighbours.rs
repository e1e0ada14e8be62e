//! What the plane of frameworks asks of the other planes, answered here.

use std::collections::{BTreeMap, HashMap, HashSet};

use manara_framework::courses::{Courses, knowing};
use manara_framework::enhancement::{Asked, CASES, Case, Cases, Neighbours, Period};
use manara_framework::exercises::exercise_cases;
use manara_model::{FindingState, Micros, Viewer};
use manara_store::{Db, Journal, StoreError};
use manara_watch::Watch;

use crate::house::House;
use crate::picture::{World, land};

/// Answers from the tables of every plane.
pub struct Beside {
    /// The state database.
    pub db: Db,
    /// The watch plane.
    pub watch: Watch,
    /// The two letters of the nation; empty while nobody said.
    pub country: String,
    /// The map.
    pub world: World,
    /// The courses of the house.
    pub courses: Courses,
}

impl Beside {
    /// The neighbours in a house.
    pub fn of(house: &House) -> Beside {
        Beside {
            db: house.db.clone(),
            watch: house.watch.clone(),
            country: house.config.nation.country.clone(),
            world: World::with(&house.content_folder()),
            courses: Courses::load(Some(&house.content_folder())),
        }
    }
}

const HOUR: f64 = 3_600_000_000.0;

fn hours(from: Micros, until: Micros) -> f64 {
    until.0.saturating_sub(from.0).max(0) as f64 / HOUR
}

fn one(at: Micros, value: Option<f64>) -> Case {
    Case { at, value, count: 1 }
}

fn yes(is_so: bool) -> Option<f64> {
    Some(if is_so { 1.0 } else { 0.0 })
}

/// Of so many those with something, as it stands now.
fn cases_of(measure: &'static str, with: i64, all: i64, now: Micros) -> Cases {
    let part = |is_so: bool, count: i64| Case { at: now, value: yes(is_so), count };
    let cases = vec![part(true, with), part(false, all - with)];
    Cases { measure, cases: cases.into_iter().filter(|case| case.count > 0).collect(), is_cut: false }
}

fn is_cut(rows: usize) -> bool {
    i64::try_from(rows).unwrap_or(i64::MAX) >= CASES
}

impl Neighbours for Beside {
    fn cases<'a>(&'a self, viewer: &'a Viewer, period: Period, now: Micros) -> Asked<'a, Vec<Cases>> {
        Box::pin(async move {
            let (taken_up, ended, told, found, known, held, learnt, tried) = tokio::try_join!(
                self.taken_up(viewer, period),
                self.ended(viewer, period),
                self.told(viewer, period),
                self.found(period),
                self.known(now),
                self.held(period, now),
                self.learnt(now),
                exercise_cases(&self.db, viewer, period, now),
            )?;
            Ok([taken_up, ended, told, found, known, held, learnt, tried].into_iter().flatten().collect())
        })
    }

    fn constituents<'a>(&'a self, ids: &'a [String]) -> Asked<'a, HashMap<String, String>> {
        Box::pin(async move {
            let mut found = HashMap::new();
            for id in ids {
                found.extend(self.constituent(id).await?);
            }
            Ok(found)
        })
    }

    fn nation(&self) -> String {
        self.country.clone()
    }

    fn place(&self, country: &str, lang: &str) -> Option<(f64, f64, Option<String>)> {
        let at = self.world.place(country)?;
        Some((at.x, at.y, self.world.name(country, lang).map(String::from)))
    }

    fn land(&self) -> &'static str {
        land()
    }

    fn constituent<'a>(&'a self, name: &'a str) -> Asked<'a, Option<(String, String)>> {
        Box::pin(async move {
            let found = manara_constituency::get(&self.db, name).await?;
            Ok(found.map(|(constituent, _)| (constituent.id, constituent.name)))
        })
    }
}

impl Beside {
    /// Incidents that rules opened, until a person did something with them.
    async fn taken_up(&self, viewer: &Viewer, period: Period) -> Result<Vec<Cases>, StoreError> {
        let span = (period.from, period.until);
        let opened = manara_response::opened_by_rule(&self.db, viewer, span, CASES).await?;
        let ids: Vec<String> = opened.iter().map(|incident| incident.id.clone()).collect();
        let touched = Journal::first_touch(&self.db, manara_response::PLANE, &ids).await?;
        let cases = opened.iter().map(|incident| {
            one(incident.created, touched.get(&incident.id).map(|touched| hours(incident.created, *touched)))
        });
        Ok(vec![Cases { measure: "acknowledge", cases: cases.collect(), is_cut: is_cut(opened.len()) }])
    }

    /// Incidents that were closed: how long it took, and whether within their clock.
    async fn ended(&self, viewer: &Viewer, period: Period) -> Result<Vec<Cases>, StoreError> {
        let closed = manara_response::closed_spans(&self.db, viewer, (period.from, period.until), CASES).await?;
        let is_cut = is_cut(closed.len());
        let resolved = closed.iter().filter(|incident| incident.is_resolved);
        let resolved = resolved.map(|one_of| one(one_of.closed, Some(hours(one_of.created, one_of.closed))));
        let clocked =
            closed.iter().filter_map(|incident| Some(one(incident.closed, yes(incident.closed <= incident.due?))));
        let mut all = vec![
            Cases { measure: "resolve", cases: resolved.collect(), is_cut },
            Cases { measure: "in-time", cases: clocked.collect(), is_cut },
        ];
        for (measure, theirs) in
            [("reply", "reply-person"), ("takedown", "takedown"), ("deadlines", "in-time"), ("reopened", "reopened")]
        {
            all.push(self.measured(viewer, period, measure, theirs).await?);
        }
        Ok(all)
    }

    /// What the figures of response measured.
    async fn measured(
        &self,
        viewer: &Viewer,
        period: Period,
        measure: &'static str,
        theirs: &str,
    ) -> Result<Cases, StoreError> {
        let span = (period.from, period.until);
        let found = manara_response::measured(&self.db, viewer, theirs, span, CASES).await?;
        let is_time = manara_response::measure_of(theirs)
            .is_some_and(|measure| measure.counts == manara_response::MeasureCounts::Time);
        let of = |value: i64| if is_time { value as f64 / 3_600.0 } else { value as f64 };
        let cases = found.iter().map(|(at, value)| one(*at, Some(of(*value)))).collect();
        Ok(Cases { measure, cases, is_cut: is_cut(found.len()) })
    }

    /// Notices: how long until they left, whether and when they were answered.
    async fn told(&self, viewer: &Viewer, period: Period) -> Result<Vec<Cases>, StoreError> {
        let told = manara_warning::told_spans(&self.db, viewer, (period.from, period.until), CASES).await?;
        let is_cut = is_cut(told.len());
        let left = told.iter().map(|notice| one(notice.sent, Some(hours(notice.created, notice.sent))));
        let answered = told.iter().map(|notice| one(notice.sent, yes(notice.answered.is_some())));
        let days = told.iter().map(|notice| one(notice.sent, notice.answered.map(|at| hours(notice.sent, at) / 24.0)));
        Ok(vec![
            Cases { measure: "notify", cases: left.collect(), is_cut },
            Cases { measure: "answered", cases: answered.collect(), is_cut },
            Cases { measure: "answer-days", cases: days.collect(), is_cut },
        ])
    }

    /// Findings whose last word was said: whether they were none.
    async fn found(&self, period: Period) -> Result<Vec<Cases>, StoreError> {
        let ended = self.watch.ended(period.from, period.until).await?;
        let cases = ended.into_iter().filter_map(|(day, state, count)| {
            let at = Micros::parse_rfc3339(&format!("{day}T00:00:00Z"))?;
            Some(Case { at, value: yes(state == FindingState::FalsePositive), count })
        });
        Ok(vec![Cases { measure: "false-positives", cases: cases.collect(), is_cut: false }])
    }

    /// Who of the team has a valid certificate, and who knows the manual, as it stands now. Names stay where they are.
    async fn learnt(&self, now: Micros) -> Result<Vec<Cases>, StoreError> {
        let known = knowing(&self.db, &self.courses, manara_web::services(&self.db).await?, now).await?;
        let of = |measure, with| cases_of(measure, with, known.people, now);
        let read = known.manual_read.map(|read| of("manual-read", read));
        let none = Cases { measure: "manual-read", cases: Vec::new(), is_cut: false };
        Ok(vec![of("trained", known.trained), read.unwrap_or(none)])
    }

    /// What is known of the constituents, as it stands now.
    async fn known(&self, now: Micros) -> Result<Vec<Cases>, StoreError> {
        let coverage = manara_constituency::coverage(&self.db).await?;
        let of = |measure, with| cases_of(measure, with, coverage.all, now);
        Ok(vec![of("contacts", coverage.with_contacts), of("networks", coverage.with_networks)])
    }

    /// Days with somebody of the team at work, from the first day of the journal on. Programs with tokens don't count.
    async fn held(&self, period: Period, now: Micros) -> Result<Vec<Cases>, StoreError> {
        let first = Journal::after(&self.db, 0, 1).await?.first().map(|entry| entry.at);
        let Some(first) = first else { return Ok(Vec::new()) };
        let team: HashSet<String> = manara_web::people(&self.db).await?.into_iter().map(|person| person.name).collect();
        let mut by_day: BTreeMap<String, i64> = BTreeMap::new();
        for (day, who) in Journal::people_by_day(&self.db, period.from, period.until).await? {
            if team.contains(&who) {
                *by_day.entry(day).or_default() += 1;
            }
        }
        let (mut days, mut people) = (Vec::new(), Vec::new());
        let mut day = Micros(period.from.0.max(first.0 - first.0.rem_euclid(Micros::DAY)));
        while day < period.until && day <= now {
            let there = by_day.get(&day.day()).copied();
            days.push(one(day, yes(there.is_some())));
            people.extend(there.map(|count| one(day, Some(count as f64))));
            day = day.plus_days(1);
        }
        Ok(vec![
            Cases { measure: "watch-days", cases: days, is_cut: false },
            Cases { measure: "watch-people", cases: people, is_cut: false },
        ])
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use manara_framework::courses::Courses;
    use manara_framework::enhancement::{MEASURES, Neighbours as _, Period};
    use manara_model::{Micros, Viewer};
    use manara_store::{Db, migrate};
    use manara_watch::Watch;

    use super::Beside;
    use crate::house::SCHEMAS;
    use crate::picture::World;

    #[test]
    fn every_measure_has_somebody_who_answers_and_an_empty_house_has_no_case() {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a folder");
            let db = Db::open_sqlite(&folder.path().join("state.sqlite")).await.expect("SQLite");
            migrate(&db, SCHEMAS).await.expect("migrated");
            let watch = Watch::new(db.clone(), Path::new(folder.path()));
            let beside = Beside {
                db: db.clone(),
                watch,
                country: String::new(),
                world: World::default(),
                courses: Courses::load(None),
            };
            let now = Micros::parse_rfc3339("2026-03-01T10:00:00Z").expect("a moment");
            let viewer = Viewer::system();
            let none = beside.cases(&viewer, Period::up_to(now, 30), now).await.expect("read");
            assert!(none.iter().all(|cases| cases.cases.is_empty()), "{none:?}");
            let mut tx = db.begin().await.expect("begun");
            manara_store::Journal::write(&mut tx, "manara", "app", "begun", "", "{}", now.plus_days(-2))
                .await
                .expect("written");
            tx.commit().await.expect("committed");
            let some = beside.cases(&viewer, Period::up_to(now, 30), now).await.expect("read");
            for measure in MEASURES {
                assert!(some.iter().any(|cases| cases.measure == measure.id), "{}", measure.id);
            }
            let days = some.iter().find(|cases| cases.measure == "watch-days").expect("days");
            assert_eq!(days.cases.len(), 3, "since the journal began");
            assert!(days.cases.iter().all(|case| case.value == Some(0.0)), "the program is nobody of the team");
        });
    }
}
