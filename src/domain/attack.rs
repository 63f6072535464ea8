//! When a form is under attack: many more submissions than usual, or hardly any of them confirmed.
//!
//! Two thresholds for each sign, a high one to begin and a low one to end, and half an hour of quiet in between:
//! a form that hangs about a threshold does not switch with every look.

use super::{
    Timestamp,
    time::{DAY, HOUR, MINUTE},
};

/// What counts as just now, in milliseconds.
pub const RECENT: i64 = 10 * MINUTE;
/// How long quiet must last before it is believed, in milliseconds.
pub const QUIET: i64 = 30 * MINUTE;
/// What the usual number of submissions is taken from, in milliseconds.
pub const USUAL: i64 = DAY;
/// What the share of confirmations is taken from, in milliseconds.
pub const RATIO: i64 = HOUR;
/// How often an operator is told at the most that a form is attacked, in milliseconds.
pub const ALERT_GAP: i64 = 6 * HOUR;

/// What is known of a form when it is judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Submissions in the last [`RECENT`], those that were asked for a proof too.
    pub tried: i64,
    /// Submissions in the [`USUAL`] before that.
    pub tried_before: i64,
    /// Submissions that were let in during the last [`RATIO`].
    pub taken: i64,
    /// Confirmations in the last [`RATIO`].
    pub confirmed: i64,
}

/// How a form looks now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Nothing of an attack.
    Quiet,
    /// Too much for quiet, too little to begin with.
    Between,
    /// As under attack.
    Attacked,
}

/// How a form looks by its figures.
pub fn look(figures: &Figures) -> Look {
    let Figures { tried, tried_before, taken, confirmed } = *figures;
    let usual = tried_before * RECENT / USUAL;
    let share = |percent: i64| confirmed * 100 < taken * percent;
    let jumps = tried >= 60 && tried >= 10 * usual && share(30);
    let unconfirmed = taken >= 100 && share(10);
    if jumps || unconfirmed {
        return Look::Attacked;
    }
    let many = tried >= 30 && tried >= 5 * usual && share(40);
    let few_confirmed = taken >= 50 && share(20);
    if many || few_confirmed { Look::Between } else { Look::Quiet }
}

/// Whether a form is under attack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Not, as far as is known.
    Calm,
    /// Since then; it looked like it last at `seen_at`.
    Attack {
        /// When it began.
        since: Timestamp,
        /// When it was last more than quiet.
        seen_at: Timestamp,
    },
}

/// The mode after one more look.
pub fn next(mode: Mode, look: Look, now: Timestamp) -> Mode {
    match (mode, look) {
        (Mode::Calm, Look::Quiet | Look::Between) => Mode::Calm,
        (Mode::Calm, Look::Attacked) => Mode::Attack { since: now, seen_at: now },
        (Mode::Attack { since, .. }, Look::Attacked | Look::Between) => Mode::Attack { since, seen_at: now },
        (Mode::Attack { seen_at, .. }, Look::Quiet) if now.since(seen_at) >= QUIET => Mode::Calm,
        (Mode::Attack { since, seen_at }, Look::Quiet) => Mode::Attack { since, seen_at },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_millis(minutes * MINUTE)
    }

    #[test]
    fn a_jump_nobody_confirms_is_an_attack_and_a_busy_day_is_none() {
        let calm = Figures { tried: 20, tried_before: 2_000, taken: 60, confirmed: 40 };
        assert_eq!(look(&calm), Look::Quiet);
        assert_eq!(look(&Figures::default()), Look::Quiet);
        let jump = Figures { tried: 300, tried_before: 2_000, taken: 310, confirmed: 20 };
        assert_eq!(look(&jump), Look::Attacked);
        let launch = Figures { tried: 300, tried_before: 0, taken: 300, confirmed: 150 };
        assert_eq!(look(&launch), Look::Quiet, "half of them have confirmed already");
        let usual = Figures { tried: 300, tried_before: 43_000, taken: 1_800, confirmed: 700 };
        assert_eq!(look(&usual), Look::Quiet, "no more than yesterday");
        let slow = Figures { tried: 20, tried_before: 2_880, taken: 120, confirmed: 5 };
        assert_eq!(look(&slow), Look::Attacked, "spread out, and hardly any confirmed");
        let waning = Figures { tried: 40, tried_before: 144, taken: 60, confirmed: 15 };
        assert_eq!(look(&waning), Look::Between);
    }

    #[test]
    fn it_begins_at_once_and_ends_after_half_an_hour_of_quiet() {
        let began = next(Mode::Calm, Look::Attacked, at(0));
        assert_eq!(began, Mode::Attack { since: at(0), seen_at: at(0) });
        assert_eq!(next(Mode::Calm, Look::Between, at(0)), Mode::Calm, "the low threshold begins nothing");
        assert_eq!(next(began, Look::Quiet, at(29)), began);
        let again = next(began, Look::Between, at(29));
        assert_eq!(again, Mode::Attack { since: at(0), seen_at: at(29) });
        assert_ne!(next(again, Look::Quiet, at(58)), Mode::Calm);
        assert_eq!(next(again, Look::Quiet, at(59)), Mode::Calm);
    }
}
