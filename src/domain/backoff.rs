//! When to try again: two pure schedules, one for webhooks and one for mail.
//!
//! Randomness is an argument (any `u64`), so that a schedule can be tested to its edges. Every delay
//! counts from the moment the last try failed; the time a try takes comes on top.

use super::time::{HOUR, MINUTE, SECOND, Timestamp};

/// The delay before each webhook attempt: ten attempts over 75 h 35 min 5 s (Standard Webhooks 1.0.0,
/// "Deliverability and reliability").
pub const WEBHOOK_DELAYS: [i64; 10] =
    [0, 5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/// From here on a webhook delay is only ever lengthened by its jitter, never shortened.
///
/// Shortening every delay by a fifth would end after 60 h 28 min. With 14 h, 20 h and 24 h taken in full
/// the shortest possible total is 72 h 4 min 4 s, above the 72 h promised to receivers.
const NEVER_SHORTENED: i64 = 14 * HOUR;

/// A receiver may always ask to be left alone this long, however short the step.
const LONGEST_WISH: i64 = 24 * HOUR;

/// The first mail delay; each following one is twice as long, up to [`MAIL_CAP`].
const MAIL_FIRST: i64 = MINUTE;

/// The longest delay between two tries of a mail.
const MAIL_CAP: i64 = 4 * HOUR;

/// A mail is tried at least this often before its deadline.
const MAIL_ATTEMPTS: u32 = 10;

/// Milliseconds to wait before the next webhook attempt after `failed` failures; `None` when the last
/// attempt has failed.
///
/// `asked` is the receiver's `Retry-After` in milliseconds: honoured from the step itself up to the
/// longer of twice the step and 24 hours. `random` spreads the delay by ±20 %.
pub fn webhook(failed: u32, asked: Option<i64>, random: u64) -> Option<i64> {
    let step = *WEBHOOK_DELAYS.get(usize::try_from(failed).ok()?)?;
    let shorter = if step >= NEVER_SHORTENED { 0 } else { step / 5 };
    let delay = jitter(step - shorter, step + step / 5, random);
    Some(match asked {
        Some(wish) => wish.clamp(step, LONGEST_WISH.max(2 * step)).max(delay),
        None => delay,
    })
}

/// Milliseconds to wait before a mail is tried again after `failed` failures; `None` when the next try
/// would come at or after `deadline`, the moment from which the mail is of no use.
///
/// One minute, doubling up to four hours, spread by ±20 %. When the deadline is near the delays shrink so
/// that ten tries still fit before it: a code that lives half an hour is tried ten times in that half hour.
pub fn mail(failed: u32, now: Timestamp, deadline: Timestamp, random: u64) -> Option<i64> {
    let left = deadline.since(now);
    let doubled = MAIL_FIRST.saturating_mul(1_i64.checked_shl(failed.saturating_sub(1).min(32)).unwrap_or(1));
    let owed = i64::from(MAIL_ATTEMPTS.saturating_sub(failed));
    // One share more than tries owed: the last try comes before the deadline, jitter included.
    let share = left / (owed + 1);
    let step = if owed > 0 { doubled.min(MAIL_CAP).min(share) } else { doubled.min(MAIL_CAP) };
    let delay = jitter(step - step / 5, step + step / 5, random).max(SECOND);
    (delay < left).then_some(delay)
}

/// A value from `low` to `high`, both included, chosen by `random`.
fn jitter(low: i64, high: i64, random: u64) -> i64 {
    let span = high.saturating_sub(low).max(0).unsigned_abs();
    let extra = random.checked_rem(span.saturating_add(1)).unwrap_or(0);
    low.saturating_add_unsigned(extra)
}

#[cfg(test)]
mod tests {
    use super::super::time::DAY;
    use super::*;

    /// Numbers that reach the ends of every range and spread between them.
    fn randoms() -> impl Iterator<Item = u64> {
        (0..2_000_u64).map(|it| it.wrapping_mul(0x9E37_79B9_7F4A_7C15)).chain([0, u64::MAX])
    }

    fn total(delay: impl Fn(u32) -> Option<i64>) -> (u32, i64) {
        let (mut attempts, mut sum) = (0, 0);
        while let Some(wait) = delay(attempts) {
            attempts += 1;
            sum += wait;
        }
        (attempts, sum)
    }

    /// The shortest and longest delay of a step: random numbers at both ends of its range.
    fn ends(step: i64) -> (i64, i64) {
        let low = if step >= NEVER_SHORTENED { step } else { step - step / 5 };
        (low, step + step / 5)
    }

    #[test]
    fn the_webhook_schedule_is_ten_attempts_over_more_than_75_hours() {
        let sum: i64 = WEBHOOK_DELAYS.iter().sum();
        assert_eq!(sum, 75 * HOUR + 35 * MINUTE + 5 * SECOND);
        assert_eq!(webhook(0, None, u64::MAX), Some(0), "the first attempt goes out at once");
        assert_eq!(webhook(10, None, 0), None);
        assert_eq!(webhook(u32::MAX, None, 0), None);
    }

    #[test]
    fn no_jitter_brings_the_webhook_total_under_72_hours() {
        let shortest: i64 = WEBHOOK_DELAYS.iter().map(|step| ends(*step).0).sum();
        assert_eq!(shortest, 72 * HOUR + 4 * MINUTE + 4 * SECOND);
        assert_eq!(total(|failed| webhook(failed, None, 0)), (10, shortest), "zero takes every minimum");
        for random in randoms() {
            let (attempts, sum) = total(|failed| webhook(failed, None, random.rotate_left(failed)));
            assert_eq!(attempts, 10);
            assert!(sum >= 72 * HOUR, "{random} gives {sum}");
        }
    }

    #[test]
    fn every_webhook_delay_stays_within_a_fifth_of_its_step_and_is_spread() {
        for (failed, step) in WEBHOOK_DELAYS.into_iter().enumerate() {
            let (low, high) = ends(step);
            let delays: Vec<i64> =
                randoms().filter_map(|it| webhook(u32::try_from(failed).unwrap(), None, it)).collect();
            let (least, most) = (*delays.iter().min().unwrap(), *delays.iter().max().unwrap());
            assert!(low <= least && most <= high, "step {step}: {least} to {most}");
            assert!(most - least >= (high - low) * 9 / 10, "step {step} is hardly spread: {least} to {most}");
        }
    }

    #[test]
    fn a_receiver_may_ask_for_patience_but_not_for_haste_nor_for_ever() {
        assert_eq!(webhook(1, Some(0), 0), Some(5 * SECOND), "never sooner than the step");
        assert_eq!(webhook(1, Some(-9), 0), Some(5 * SECOND));
        assert_eq!(webhook(1, Some(120 * SECOND), 0), Some(120 * SECOND));
        assert_eq!(webhook(1, Some(i64::MAX), 0), Some(DAY));
        assert_eq!(webhook(9, Some(i64::MAX), 0), Some(2 * DAY), "twice the last step");
        assert_eq!(webhook(10, Some(SECOND), 0), None, "asking does not add attempts");
    }

    #[test]
    fn a_mail_waits_one_minute_then_twice_as_long_up_to_four_hours() {
        let now = Timestamp::from_millis(0);
        let far = now.plus(30 * DAY);
        for (failed, minutes) in
            [1, 2, 4, 8, 16, 32, 64, 128, 240, 240, 240].into_iter().enumerate().map(|(it, m)| (it + 1, m))
        {
            let failed = u32::try_from(failed).unwrap();
            for random in randoms() {
                let delay = mail(failed, now, far, random).unwrap();
                let step = minutes * MINUTE;
                assert!((step - step / 5..=step + step / 5).contains(&delay), "{failed}: {delay}");
            }
        }
        assert!(mail(u32::MAX, now, far, 7).unwrap() <= MAIL_CAP + MAIL_CAP / 5);
    }

    /// How often a mail is tried between `0` and `life`, the first try at once.
    fn tries(life: i64, random: u64) -> u32 {
        let deadline = Timestamp::from_millis(life);
        let (mut now, mut failed) = (Timestamp::from_millis(0), 1);
        while let Some(delay) = mail(failed, now, deadline, random.rotate_left(failed)) {
            now = now.plus(delay);
            assert!(now < deadline, "no try at or after the deadline");
            failed += 1;
        }
        failed
    }

    #[test]
    fn a_mail_is_tried_at_least_ten_times_before_its_deadline() {
        for random in randoms() {
            for life in [5 * MINUTE, 30 * MINUTE, HOUR, 6 * HOUR, DAY, 7 * DAY] {
                let tries = tries(life, random);
                assert!(tries >= 10, "{tries} tries within {life} ms");
                assert!(tries < 80, "{tries} tries within {life} ms is a hammer");
            }
        }
    }

    #[test]
    fn a_mail_past_its_deadline_is_given_up() {
        let now = Timestamp::from_millis(1_000_000);
        assert_eq!(mail(1, now, now, 0), None);
        assert_eq!(mail(1, now, now.plus(-HOUR), u64::MAX), None);
        assert_eq!(mail(40, now, now.plus(MINUTE), 0), None);
    }
}
