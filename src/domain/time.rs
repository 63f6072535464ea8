//! Instants and spans in whole milliseconds.
//!
//! PostgreSQL keeps microseconds and SQLite text keeps nanoseconds; milliseconds are what both keep
//! exactly, so that a hash computed before storing equals one computed after reading.

/// An instant: whole milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// One second in milliseconds.
pub const SECOND: i64 = 1_000;
/// One minute in milliseconds.
pub const MINUTE: i64 = 60 * SECOND;
/// One hour in milliseconds.
pub const HOUR: i64 = 60 * MINUTE;
/// One day of 24 hours in milliseconds.
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// The instant `millis` milliseconds after the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the Unix epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }

    /// The instant `millis` milliseconds later; stays at the end of time rather than wrapping.
    pub const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Milliseconds from `earlier` to `self`; negative when the clock went backwards.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Reads an instant as RFC 3339 writes it, in any offset; fractions of a millisecond are dropped. There is no second
    /// 60: none is announced, and it would be taken for another.
    pub fn parse(text: &str) -> Option<Self> {
        let written = text.as_bytes();
        let is_whole =
            [(10, b'T'), (13, b':'), (16, b':')].into_iter().all(|(at, it)| written.get(at) == Some(&it));
        if !is_whole || written.get(17..19) == Some(b"60") {
            return None;
        }
        text.parse::<jiff::Timestamp>().ok().map(|it| Self(it.as_millisecond()))
    }

    /// RFC 3339 in UTC with three decimals: `2026-11-21T09:14:32.118Z`.
    pub fn rfc3339(self) -> String {
        let instant = jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        format!("{instant:.3}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_as_it_is_written_and_in_any_offset() {
        let at = Timestamp::from_millis(1_795_252_472_118);
        assert_eq!(Timestamp::parse(&at.rfc3339()), Some(at));
        assert_eq!(Timestamp::parse("2026-11-21T10:14:32.1189+01:00"), Some(at));
        for text in [
            "",
            "2026-11-21",
            "2026-11-21T09:14:32",
            "1795252472",
            "soon",
            "2026-11-21T09:14:60Z",
            "2026-11-21T09:14:60.5+01:00",
            "2026-11-21 09:14:32Z",
            "20261121T091432Z",
            "2026-11-21T09:14Z",
        ] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }
}
