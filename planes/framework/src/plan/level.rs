//! The levelled schedule: work is laid one by one where people have time for it (serial schedule generation).

use super::network::{Fixed, Times, Work};

/// When each piece of work is done so that nobody has more than they can do. Of what is ready the one with the least slack comes
/// first, then the one that stands first; so the same work gives the same schedule. `limits` are thousandths of a person by
/// resource. What is fixed stays where it is, whatever it takes.
pub fn level(work: &[Work], times: &[Times], limits: &[Option<i64>]) -> Vec<Fixed> {
    let mut used: Vec<Vec<i64>> = vec![Vec::new(); limits.len()];
    let mut placed: Vec<Option<Fixed>> = work.iter().map(|one| one.fixed).collect();
    for (one, fixed) in work.iter().filter_map(|one| Some((one, one.fixed?))) {
        take(&mut used, one, fixed);
    }
    for _ in 0..work.len() {
        let ready = |one: &Work| one.needs.iter().all(|need| placed.get(*need).is_some_and(Option::is_some));
        let open = work.iter().enumerate().filter(|(at, one)| placed.get(*at) == Some(&None) && ready(one));
        let slack = |at: usize| times.get(at).map_or(0, Times::slack);
        let Some((at, one)) = open.min_by_key(|(at, _)| (slack(*at), *at)) else { break };
        let ends = one.needs.iter().filter_map(|need| placed.get(*need).copied().flatten()).map(|need| need.end);
        let mut start = ends.max().unwrap_or(0).max(one.not_before).max(0);
        while let Some(full) = last_full(&used, one, start, limits) {
            start = full + 1;
        }
        let at_last = Fixed { start, end: start + one.days };
        take(&mut used, one, at_last);
        if let Some(place) = placed.get_mut(at) {
            *place = Some(at_last);
        }
    }
    placed.into_iter().map(|place| place.unwrap_or(Fixed { start: 0, end: 0 })).collect()
}

/// The last day from `start` on which the work finds too little left; none when it fits.
fn last_full(used: &[Vec<i64>], one: &Work, start: i64, limits: &[Option<i64>]) -> Option<i64> {
    let of = |(resource, load): &(usize, i64)| {
        let most = limits.get(*resource).copied().flatten()?;
        let days = used.get(*resource)?;
        let from = usize::try_from(start).ok()?;
        let until = usize::try_from(start + one.days).ok()?.min(days.len());
        // Work that takes more than there is at all is done when nothing else is.
        let is_full = |taken: i64| *load > 0 && taken > 0 && taken + load > most;
        (from..until).rev().find(|day| days.get(*day).is_some_and(|taken| is_full(*taken)))
    };
    one.loads.iter().filter_map(of).max().and_then(|day| i64::try_from(day).ok())
}

fn take(used: &mut [Vec<i64>], one: &Work, at: Fixed) {
    let (Ok(from), Ok(until)) = (usize::try_from(at.start.max(0)), usize::try_from(at.end.max(0))) else { return };
    for (resource, load) in &one.loads {
        let Some(days) = used.get_mut(*resource) else { continue };
        if days.len() < until {
            days.resize(until, 0);
        }
        days.iter_mut().take(until).skip(from).for_each(|taken| *taken += load);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::network::{Fixed, Work, critical};
    use super::level;

    fn work(days: i64, needs: &[usize], loads: &[(usize, i64)]) -> Work {
        Work { days, needs: needs.to_vec(), loads: loads.to_vec(), ..Work::default() }
    }

    fn starts(all: &[Work], limits: &[Option<i64>]) -> Vec<i64> {
        level(all, &critical(all).unwrap(), limits).iter().map(|at| at.start).collect()
    }

    #[test]
    fn one_person_does_one_thing_after_the_other() {
        let all = [work(2, &[], &[(0, 1_000)]), work(3, &[], &[(0, 1_000)]), work(1, &[0], &[(0, 500)])];
        assert_eq!(starts(&all, &[None]), [0, 0, 2], "without a limit everything begins at once");
        assert_eq!(starts(&all, &[Some(1_000)]), [0, 2, 5], "least slack first, then the first that stands there");
        assert_eq!(starts(&all, &[Some(2_000)]), [0, 0, 2]);
    }

    #[test]
    fn what_is_done_stays_and_the_rest_goes_around_it() {
        let mut all = [work(4, &[], &[(0, 1_000)]), work(2, &[], &[(0, 1_000)])];
        all[0].fixed = Some(Fixed { start: 1, end: 5 });
        assert_eq!(starts(&all, &[Some(1_000)]), [1, 5]);
        all[1].not_before = 9;
        assert_eq!(starts(&all, &[Some(1_000)]), [1, 9]);
    }

    /// Up to 24 pieces of work that need only what stands before them, and two limits.
    fn problems() -> impl Strategy<Value = (Vec<Work>, Vec<Option<i64>>)> {
        let one = (1_i64..15, prop::collection::vec(any::<prop::sample::Index>(), 0..4), 0_i64..=1_000, 0_i64..=1_000);
        (prop::collection::vec(one, 1..24), prop::option::of(1_i64..4), prop::option::of(1_i64..3)).prop_map(
            |(all, first, second)| {
                let each = all.into_iter().enumerate().map(|(at, (days, needs, here, there))| {
                    let needs = if at == 0 { Vec::new() } else { needs.iter().map(|need| need.index(at)).collect() };
                    work(days, &needs, &[(0, here), (1, there)])
                });
                (each.collect(), [first, second].map(|limit| limit.map(|people| people * 1_000)).to_vec())
            },
        )
    }

    proptest! {
        #[test]
        fn nothing_comes_before_what_it_needs_nor_over_a_limit_nor_earlier_than_it_can((all, limits) in problems()) {
            let times = critical(&all).unwrap();
            let placed = level(&all, &times, &limits);
            for ((one, at), time) in all.iter().zip(&placed).zip(&times) {
                prop_assert_eq!(at.end - at.start, one.days);
                prop_assert!(at.start >= time.early_start);
                prop_assert!(time.slack() >= 0);
                prop_assert!(one.needs.iter().all(|need| placed[*need].end <= at.start));
            }
            let end = placed.iter().map(|at| at.end).max().unwrap();
            for (resource, limit) in limits.iter().enumerate() {
                for day in 0..end {
                    let busy = all.iter().zip(&placed).filter(|(_, at)| (at.start..at.end).contains(&day));
                    let taken: i64 = busy.map(|(one, _)| one.loads[resource].1).sum();
                    prop_assert!(limit.is_none_or(|most| taken <= most), "day {} takes {}", day, taken);
                }
            }
            prop_assert_eq!(&placed, &level(&all, &times, &limits));
            if limits.iter().all(Option::is_none) {
                prop_assert!(placed.iter().zip(&times).all(|(at, time)| at.start == time.early_start));
            }
        }
    }
}
