//! When mail that could not be handed over is tried again (RFC 5321 section 4.5.4.1).

use manara_model::Micros;

/// When to try again: after 1, 5, 15 and 60 minutes, then every 4 hours, for 5 days since it was queued; then never.
pub fn next_try(attempts: i64, queued: Micros, now: Micros) -> Option<Micros> {
    const MINUTE: i64 = 60_000_000;
    let minutes = match attempts {
        ..=1 => 1,
        2 => 5,
        3 => 15,
        4 => 60,
        _ => 240,
    };
    let at = Micros(now.0.saturating_add(minutes * MINUTE));
    (at <= queued.plus_days(5)).then_some(at)
}
