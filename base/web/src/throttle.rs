//! Slows down whoever guesses: by account and by address, in memory, bounded.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use manara_model::Micros;

const WINDOW: i64 = 15 * 60 * 1_000_000;
const TRIES_PER_ACCOUNT: usize = 8;
const TRIES_PER_ADDRESS: usize = 40;
const GUESSES_PER_ADDRESS: usize = 20;
const GUESSES_OF_ALL: usize = 400;
const REPORTS_PER_ADDRESS: usize = 10;
const REPORTS_OF_ALL: usize = 300;
const KEYS_KEPT: usize = 20_000;

#[derive(Debug, Default)]
pub(crate) struct Throttle {
    tries: Mutex<HashMap<String, Vec<i64>>>,
}

impl Throttle {
    /// Minutes to wait when there were too many tries.
    pub(crate) fn wait_minutes(&self, account: &str, address: &str, now: Micros) -> Option<i64> {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        let until = |key: String, most: usize| {
            let recent: Vec<i64> = tries.get(&key)?.iter().copied().filter(|at| at + WINDOW > now.0).collect();
            // The wait ends when the oldest of the last `most` tries leaves the window.
            let oldest = recent.len().checked_sub(most).and_then(|at| recent.get(at))?;
            Some((oldest + WINDOW - now.0) / 60_000_000 + 1)
        };
        let account = until(account_key(account), TRIES_PER_ACCOUNT);
        let address = until(address_key(address), TRIES_PER_ADDRESS);
        account.max(address)
    }

    /// Remembers a try that failed.
    pub(crate) fn failed(&self, account: &str, address: &str, now: Micros) {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= KEYS_KEPT {
            tries.retain(|_, at| at.last().is_some_and(|last| last + WINDOW > now.0));
        }
        if tries.len() >= KEYS_KEPT {
            // Somebody comes under very many names: the older half is forgotten, seldom enough to cost little.
            let mut last: Vec<i64> = tries.values().filter_map(|at| at.last().copied()).collect();
            let middle = last.len() / 2;
            let (_, &mut median, _) = last.select_nth_unstable(middle);
            tries.retain(|_, at| at.last().is_some_and(|last| *last > median));
        }
        for (key, most) in [(account_key(account), TRIES_PER_ACCOUNT), (address_key(address), TRIES_PER_ADDRESS)] {
            let at = tries.entry(key).or_default();
            at.push(now.0);
            if at.len() > most {
                at.remove(0);
            }
        }
    }

    /// Notes a guess at an address that is a secret; false when there were too many, from there or from everywhere.
    pub(crate) fn may_guess(&self, address: &str, now: Micros) -> bool {
        self.may("guess", (GUESSES_PER_ADDRESS, GUESSES_OF_ALL), address, now)
    }

    /// Notes a report of somebody without an account; false when there were too many, from there or from everywhere.
    pub(crate) fn may_report(&self, address: &str, now: Micros) -> bool {
        self.may("report", (REPORTS_PER_ADDRESS, REPORTS_OF_ALL), address, now)
    }

    fn may(&self, what: &str, (of_address, of_all): (usize, usize), address: &str, now: Micros) -> bool {
        let mut tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        if tries.len() >= KEYS_KEPT {
            tries.retain(|_, at| at.last().is_some_and(|last| last + WINDOW > now.0));
        }
        let keys = [(format!("{what} {}", address_key(address)), of_address), (format!("{what} of all"), of_all)];
        let full = tries.len() >= KEYS_KEPT;
        for (key, most) in &keys {
            let recent = tries.get(key).map_or(0, |at| at.iter().filter(|at| **at + WINDOW > now.0).count());
            if recent >= *most || (full && !tries.contains_key(key)) {
                return false;
            }
        }
        for (key, _) in keys {
            let at = tries.entry(key).or_default();
            at.retain(|at| at + WINDOW > now.0);
            at.push(now.0);
        }
        true
    }

    /// A right password forgives the account's tries.
    pub(crate) fn succeeded(&self, account: &str) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).remove(&account_key(account));
    }
}

fn account_key(account: &str) -> String {
    format!("name {}", account.chars().take(100).collect::<String>())
}

/// IPv6 readers own at least a /64, so that is what counts as one address.
fn address_key(address: &str) -> String {
    match address.parse::<std::net::Ipv6Addr>() {
        Ok(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            format!("addr {a:x}:{b:x}:{c:x}:{d:x}")
        }
        Err(_) => format!("addr {address}"),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        GUESSES_OF_ALL, GUESSES_PER_ADDRESS, KEYS_KEPT, TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS, Throttle, WINDOW,
    };
    use manara_model::Micros;

    #[test]
    fn an_account_waits_after_too_many_tries_and_not_for_ever() {
        let throttle = Throttle::default();
        for second in 0..TRIES_PER_ACCOUNT as i64 {
            assert_eq!(throttle.wait_minutes("sara", "10.0.0.1", Micros(second)), None);
            throttle.failed("sara", "10.0.0.1", Micros(second));
        }
        assert_eq!(throttle.wait_minutes("sara", "10.9.9.9", Micros(60_000_000)), Some(15));
        assert_eq!(throttle.wait_minutes("omar", "10.0.0.1", Micros(60_000_000)), None, "others may try from there");
        assert_eq!(throttle.wait_minutes("sara", "10.9.9.9", Micros(WINDOW + 10)), None);
        throttle.succeeded("sara");
        assert_eq!(throttle.wait_minutes("sara", "10.9.9.9", Micros(60_000_000)), None);
    }

    #[test]
    fn an_address_waits_too_and_a_64_is_one_address() {
        let throttle = Throttle::default();
        for n in 0..TRIES_PER_ADDRESS {
            throttle.failed(&format!("user{n}"), &format!("2001:db8::{n:x}"), Micros(5));
        }
        assert!(throttle.wait_minutes("new", "2001:db8::ffff", Micros(6)).is_some());
        assert!(throttle.wait_minutes("new", "2001:db8:0:1::1", Micros(6)).is_none());
    }

    #[test]
    fn guessing_is_bounded_for_each_address_and_for_all_together() {
        let throttle = Throttle::default();
        for n in 0..GUESSES_PER_ADDRESS {
            assert!(throttle.may_guess("10.0.0.1", Micros(n as i64)), "{n}");
        }
        assert!(!throttle.may_guess("10.0.0.1", Micros(100)));
        assert!(throttle.wait_minutes("sara", "10.0.0.1", Micros(100)).is_none(), "signing in is another matter");
        assert!(throttle.may_guess("10.0.0.1", Micros(WINDOW + 100)), "not for ever");
        let taken = (0..GUESSES_OF_ALL * 2)
            .filter(|n| throttle.may_guess(&format!("10.1.{}.{}", n / 250, n % 250), Micros(2 * WINDOW)))
            .count();
        assert_eq!(taken, GUESSES_OF_ALL - 1, "one of the last window still counts");
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let throttle = Throttle::default();
        for n in 0..KEYS_KEPT * 2 {
            throttle.failed(&format!("user{n}"), &format!("10.0.{}.{}", n / 250, n % 250), Micros(n as i64));
        }
        assert!(throttle.tries.lock().unwrap().len() <= KEYS_KEPT + 1);
    }
}
