//! A submitted signup that waits for its confirmation, and what its link may still do.

use super::Timestamp;

/// Wrong codes after which a request can be confirmed by its link only.
pub const MAX_TRIES: i64 = 5;

/// How one request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Still waiting.
    Open,
    /// Confirmed at that time.
    Confirmed(Timestamp),
    /// "No, delete my request" at that time.
    Deleted(Timestamp),
    /// The person left something after asking: older links stop granting.
    Revoked(Timestamp),
}

/// What is known of a request when its link is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// How it ended.
    pub outcome: Outcome,
    /// Until when it can be confirmed.
    pub expires_at: Timestamp,
    /// Its place among the requests of the contact, 1 for the first.
    pub generation: i64,
    /// The generation of the contact's newest request.
    pub newest: i64,
}

/// What the link of a request may do now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Confirm or delete.
    Live,
    /// Nothing: it was confirmed then. The second click is told so.
    Confirmed(Timestamp),
    /// Nothing: it was deleted then.
    Deleted(Timestamp),
    /// Nothing: it stopped working then.
    Expired(Timestamp),
    /// Nothing: a newer request exists.
    Replaced,
    /// Nothing: the person has left since.
    Revoked(Timestamp),
}

/// Judges a request at `now`.
pub fn judge(facts: &Facts, now: Timestamp) -> Verdict {
    let Facts { outcome, expires_at, generation, newest } = *facts;
    match outcome {
        Outcome::Confirmed(at) => Verdict::Confirmed(at),
        Outcome::Deleted(at) => Verdict::Deleted(at),
        Outcome::Revoked(at) => Verdict::Revoked(at),
        Outcome::Open if generation < newest => Verdict::Replaced,
        Outcome::Open if now >= expires_at => Verdict::Expired(expires_at),
        Outcome::Open => Verdict::Live,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i64) -> Timestamp {
        Timestamp::from_millis(millis)
    }

    #[test]
    fn only_the_newest_open_request_in_time_is_live() {
        let facts = Facts { outcome: Outcome::Open, expires_at: at(100), generation: 1, newest: 1 };
        assert_eq!(judge(&facts, at(99)), Verdict::Live);
        assert_eq!(judge(&facts, at(100)), Verdict::Expired(at(100)));
        assert_eq!(judge(&Facts { newest: 2, ..facts }, at(99)), Verdict::Replaced);
        assert_eq!(
            judge(&Facts { outcome: Outcome::Revoked(at(5)), ..facts }, at(99)),
            Verdict::Revoked(at(5))
        );
    }

    #[test]
    fn a_confirmed_link_says_so_for_ever() {
        let facts =
            Facts { outcome: Outcome::Confirmed(at(5)), expires_at: at(100), generation: 1, newest: 2 };
        assert_eq!(judge(&facts, at(1_000_000)), Verdict::Confirmed(at(5)));
    }
}
