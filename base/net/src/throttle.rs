//! How many messages may leave in a minute.

use manara_model::Micros;

/// A bucket that fills evenly; it holds a tenth of a minute's messages, so a burst stays small.
#[derive(Debug)]
pub(crate) struct Throttle {
    per_minute: f64,
    capacity: f64,
    tokens: f64,
    at: Option<Micros>,
}

impl Throttle {
    pub(crate) fn new(per_minute: u32) -> Self {
        let per_minute = f64::from(per_minute.max(1));
        let capacity = (per_minute / 10.0).ceil().max(1.0);
        Throttle { per_minute, capacity, tokens: capacity, at: None }
    }

    /// Takes one, or says when the next is there.
    pub(crate) fn take(&mut self, now: Micros) -> Result<(), Micros> {
        let minute = 60_000_000.0;
        if let Some(at) = self.at {
            let passed = now.0.saturating_sub(at.0).max(0) as f64;
            self.tokens = (self.tokens + passed / minute * self.per_minute).min(self.capacity);
        }
        self.at = Some(now);
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            return Ok(());
        }
        let wait = ((1.0 - self.tokens) / self.per_minute * minute).ceil() as i64;
        Err(Micros(now.0.saturating_add(wait.max(1))))
    }
}

#[cfg(test)]
mod tests {
    use manara_model::Micros;

    use super::Throttle;

    #[test]
    fn a_minute_never_sees_more_than_it_may_and_a_burst() {
        let mut throttle = Throttle::new(60);
        let mut sent = 0;
        for millis in 0..60_000 {
            if throttle.take(Micros(millis * 1000)).is_ok() {
                sent += 1;
            }
        }
        assert!((60..=66).contains(&sent), "{sent}");
        let mut slow = Throttle::new(1);
        assert!(slow.take(Micros(0)).is_ok());
        let next = slow.take(Micros(0)).expect_err("not yet");
        assert!((59_000_000..=61_000_000).contains(&next.0), "{next:?}");
        assert!(slow.take(next).is_ok());
    }
}
