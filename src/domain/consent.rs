//! The only place that decides what becomes of a consent.
//!
//! A consent is the settled [`State`] of one contact for one purpose, and beside it perhaps a request that
//! waits for its confirmation. A request never changes what is settled: when it lapses, what was true before
//! is true again. The reference for all of this is a fold over the person's evidence, kept in the tests.

mod reason;

use std::fmt;

pub use reason::Reason;

use super::{Timestamp, time::DAY};

/// What is settled about one contact and one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing was ever settled.
    Unknown,
    /// The person said yes, twice.
    Confirmed,
    /// The person left.
    Withdrawn,
    /// The person said no to what was asked.
    Refused,
    /// The consent was too old to rely on.
    Expired,
}

impl State {
    /// The word in the database, the API and events.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Confirmed => "confirmed",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }

    /// The state of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Unknown, Self::Confirmed, Self::Withdrawn, Self::Refused, Self::Expired]
            .into_iter()
            .find(|it| it.word() == word)
    }
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// One consent: what is settled, since when, and whether a request waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Consent {
    /// What is settled.
    pub state: State,
    /// When it was settled.
    pub since: Timestamp,
    /// When a confirmation was asked for that has not come yet.
    pub pending_since: Option<Timestamp>,
}

impl Consent {
    /// A purpose nobody ever asked for.
    pub const NONE: Self =
        Self { state: State::Unknown, since: Timestamp::from_millis(0), pending_since: None };

    /// The word the outside is told: `pending` while a request waits, else what is settled.
    pub const fn word(&self) -> &'static str {
        match (self.state, self.pending_since) {
            (State::Unknown | State::Withdrawn | State::Refused | State::Expired, Some(_)) => "pending",
            (state, _) => state.word(),
        }
    }
}

/// What a person, or the passing of time, does to one consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Act {
    /// Asked for on a form, or ticked at level L0: a confirmation is now awaited.
    Request,
    /// Confirmed by link, code or at level L1.
    Confirm,
    /// "No, delete my request", or unticked on the confirmation page.
    Refuse,
    /// Left.
    Withdraw,
    /// Undid the leaving within [`UNDO`].
    Restore,
    /// The request was not confirmed in time.
    Lapse,
    /// The consent was not used for [`USE_BY`].
    Expire,
}

/// How long a withdrawal can be undone, in milliseconds: 15 minutes.
pub const UNDO: i64 = 15 * 60 * 1_000;

/// After how long without use a consent may no longer be relied on, in milliseconds, where a purpose does not say
/// otherwise: 24 months of 30.5 days.
pub const USE_BY: i64 = 732 * DAY;

impl Consent {
    /// The consent after `act` at `now`; `None` when the act changes nothing, so that nothing is to be
    /// recorded and nobody told.
    pub fn after(self, act: Act, now: Timestamp) -> Option<Self> {
        let settle = |state| Some(Self { state, since: now, pending_since: None });
        match (act, self.state) {
            // A signup never touches what is confirmed.
            (Act::Request | Act::Confirm | Act::Restore, State::Confirmed) => None,
            (Act::Request, State::Unknown | State::Withdrawn | State::Refused | State::Expired) => {
                Some(Self { pending_since: Some(now), ..self })
            }
            (Act::Confirm, State::Unknown | State::Withdrawn | State::Refused | State::Expired) => {
                settle(State::Confirmed)
            }
            // Saying no to a question is a refusal only where nothing stronger was said before.
            (Act::Refuse, State::Confirmed) => self.without_request(),
            (Act::Refuse, State::Withdrawn) => self.without_request(),
            (Act::Refuse, State::Refused) => self.without_request(),
            (Act::Refuse, State::Unknown | State::Expired) => settle(State::Refused),
            (Act::Withdraw, State::Confirmed | State::Expired) => settle(State::Withdrawn),
            // Leaving something only asked for is saying no to it.
            (Act::Withdraw, State::Unknown) if self.pending_since.is_some() => settle(State::Refused),
            (Act::Withdraw, State::Unknown | State::Withdrawn | State::Refused) => self.without_request(),
            (Act::Restore, State::Withdrawn) if now.since(self.since) <= UNDO => settle(State::Confirmed),
            (Act::Restore, State::Unknown | State::Withdrawn | State::Refused | State::Expired) => None,
            (Act::Lapse, _) => self.without_request(),
            (Act::Expire, State::Confirmed) => settle(State::Expired),
            (Act::Expire, State::Unknown | State::Withdrawn | State::Refused | State::Expired) => None,
        }
    }

    fn without_request(self) -> Option<Self> {
        self.pending_since.map(|_| Self { pending_since: None, ..self })
    }
}

/// What holds for the person as a whole, whatever the purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The person asked for erasure: nothing is known but a mark.
    pub erased: bool,
    /// "Do not mail": bounced, complained, or reported that it was not them.
    pub suppressed: bool,
    /// Frozen on request: kept, never used, never edited.
    pub restricted: bool,
    /// No mail until then.
    pub paused_until: Option<Timestamp>,
}

/// Why the send gate says no. The words are those of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Denial {
    /// We do not know this address.
    Unknown,
    /// Asked for, not confirmed yet.
    Pending,
    /// Left.
    Withdrawn,
    /// Said no.
    Refused,
    /// Too old to rely on.
    Expired,
    /// Taking a break.
    Paused,
    /// Must not be mailed.
    Suppressed,
    /// Frozen.
    Restricted,
    /// Erased.
    Erased,
}

impl Denial {
    /// Every word of [`Denial::word`].
    pub const WORDS: [&'static str; 9] = [
        Self::Unknown.word(),
        Self::Pending.word(),
        Self::Withdrawn.word(),
        Self::Refused.word(),
        Self::Expired.word(),
        Self::Paused.word(),
        Self::Suppressed.word(),
        Self::Restricted.word(),
        Self::Erased.word(),
    ];

    /// The word in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Pending => "pending",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
            Self::Expired => "expired",
            Self::Paused => "paused",
            Self::Suppressed => "suppressed",
            Self::Restricted => "restricted",
            Self::Erased => "erased",
        }
    }
}

/// Whether one may mail this person for this purpose now. `used_at` is when the consent was last relied on, `use_by`
/// after how long without that it no longer counts, in milliseconds.
///
/// # Errors
/// The first reason that forbids it.
pub fn may_send(
    consent: &Consent,
    used_at: Option<Timestamp>,
    standing: &Standing,
    use_by: i64,
    now: Timestamp,
) -> Result<(), Denial> {
    let Standing { erased, suppressed, restricted, paused_until } = standing;
    if *erased {
        return Err(Denial::Erased);
    }
    if *suppressed {
        return Err(Denial::Suppressed);
    }
    if *restricted {
        return Err(Denial::Restricted);
    }
    match (consent.state, consent.pending_since) {
        (State::Confirmed, _) => {}
        (State::Unknown | State::Withdrawn | State::Refused | State::Expired, Some(_)) => {
            return Err(Denial::Pending);
        }
        (State::Unknown, None) => return Err(Denial::Unknown),
        (State::Withdrawn, None) => return Err(Denial::Withdrawn),
        (State::Refused, None) => return Err(Denial::Refused),
        (State::Expired, None) => return Err(Denial::Expired),
    }
    if now.since(used_at.unwrap_or(consent.since).max(consent.since)) > use_by {
        return Err(Denial::Expired);
    }
    if paused_until.is_some_and(|until| until > now) {
        return Err(Denial::Paused);
    }
    Ok(())
}

/// What a signup leads to. The visitor sees the same page for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignUp<P> {
    /// Ask for confirmation of these purposes.
    Ask(Vec<P>),
    /// Everything asked for is confirmed already: say so by mail, at most once a day.
    AlreadyThere,
    /// Nothing may be sent to this person.
    Silent,
}

/// Decides a signup from what is known of the person.
pub fn sign_up<P: Copy>(asked: &[(P, Consent)], standing: &Standing) -> SignUp<P> {
    if standing.erased || standing.suppressed || standing.restricted {
        return SignUp::Silent;
    }
    let open: Vec<P> =
        asked.iter().filter(|(_, it)| it.state != State::Confirmed).map(|(purpose, _)| *purpose).collect();
    if open.is_empty() { SignUp::AlreadyThere } else { SignUp::Ask(open) }
}

#[cfg(test)]
mod tests;
