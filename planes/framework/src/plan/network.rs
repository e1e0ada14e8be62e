//! The critical path: how early and how late each piece of work can be done when people don't count.

/// Where a piece of work stands already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fixed {
    /// The working day it began.
    pub start: i64,
    /// The working day after its last.
    pub end: i64,
}

/// A piece of work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Work {
    /// Working days from its first to its last.
    pub days: i64,
    /// The pieces that must be done before, by their places.
    pub needs: Vec<usize>,
    /// What it takes of each resource on each of its days: the resource's place, and thousandths of a person.
    pub loads: Vec<(usize, i64)>,
    /// Where it stands, when it is begun or done.
    pub fixed: Option<Fixed>,
    /// The working day before which it can't begin.
    pub not_before: i64,
}

/// How early and how late a piece of work can be done. Ends are the working day after the last.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Times {
    /// The first day it can begin.
    pub early_start: i64,
    /// And be done.
    pub early_end: i64,
    /// The last day it can begin without moving the end of all.
    pub late_start: i64,
    /// And be done.
    pub late_end: i64,
}

impl Times {
    /// Working days it can be late without moving the end of all.
    pub fn slack(&self) -> i64 {
        self.late_start - self.early_start
    }
}

/// The places of all work, whatever is needed before whatever needs it; nothing when work needs itself in a circle.
fn in_order(work: &[Work]) -> Option<Vec<usize>> {
    let mut waits: Vec<usize> = work.iter().map(|one| one.needs.len()).collect();
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); work.len()];
    for (at, one) in work.iter().enumerate() {
        for need in &one.needs {
            after.get_mut(*need)?.push(at);
        }
    }
    let mut order: Vec<usize> = (0..work.len()).filter(|at| waits.get(*at) == Some(&0)).collect();
    let mut next = 0;
    while let Some(at) = order.get(next).copied() {
        next += 1;
        for follower in after.get(at).into_iter().flatten() {
            if let Some(left) = waits.get_mut(*follower) {
                *left -= 1;
                if *left == 0 {
                    order.push(*follower);
                }
            }
        }
    }
    (order.len() == work.len()).then_some(order)
}

/// How early and how late each piece can be done. Nothing when work needs itself in a circle, or something that is not there.
pub fn critical(work: &[Work]) -> Option<Vec<Times>> {
    let order = in_order(work)?;
    let mut times = vec![Times::default(); work.len()];
    for &at in &order {
        let one = work.get(at)?;
        let ready = one.needs.iter().filter_map(|need| times.get(*need)).map(|need| need.early_end).max();
        let start = ready.unwrap_or(0).max(one.not_before);
        let (start, end) = one.fixed.map_or((start, start + one.days), |fixed| (fixed.start, fixed.end));
        let time = times.get_mut(at)?;
        (time.early_start, time.early_end) = (start, end);
    }
    let end = times.iter().map(|time| time.early_end).max().unwrap_or(0);
    times.iter_mut().for_each(|time| time.late_end = end);
    for &at in order.iter().rev() {
        let one = work.get(at)?;
        let time = times.get_mut(at)?;
        time.late_start = time.late_end - (time.early_end - time.early_start);
        let late_start = time.late_start;
        for need in &one.needs {
            let before = times.get_mut(*need)?;
            before.late_end = before.late_end.min(late_start);
        }
    }
    Some(times)
}

#[cfg(test)]
mod tests {
    use super::{Times, Work, critical};

    fn work(days: i64, needs: &[usize]) -> Work {
        Work { days, needs: needs.to_vec(), ..Work::default() }
    }

    #[test]
    fn the_longest_way_has_no_slack() {
        // A textbook network: 0 → 1 → 3 and 0 → 2 → 3, the way over 2 is five days longer.
        let all = [work(3, &[]), work(2, &[0]), work(7, &[0]), work(1, &[1, 2])];
        let times = critical(&all).unwrap();
        assert_eq!(times.iter().map(Times::slack).collect::<Vec<_>>(), [0, 5, 0, 0]);
        assert_eq!((times[1].early_start, times[1].late_end, times[3].early_end), (3, 10, 11));
    }

    #[test]
    fn circles_and_what_is_not_there_are_refused() {
        assert_eq!(critical(&[work(1, &[1]), work(1, &[0])]), None);
        assert_eq!(critical(&[work(1, &[7])]), None);
        assert_eq!(critical(&[]), Some(Vec::new()));
    }
}
