//! What the gatekeeper decided, in numbers: for `/metrics`, and to see when a form is attacked. No addresses.
//!
//! Counted in memory, so that a request pays nothing for it; what forms are judged by goes into the database every
//! few seconds, so that it is the same for all instances.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use crate::{domain::id::FormId, store::attack::Counts};

/// What was decided about somebody at the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// A submission was let in.
    Accepted,
    /// The field no person sees was filled in.
    Honeypot,
    /// A form came back sooner than anyone reads.
    TooSoon,
    /// A network's budget was used up.
    Network,
    /// A form's budget was used up.
    Form,
    /// A mailbox's budget was used up.
    Recipient,
    /// A domain's budget was used up.
    Domain,
    /// The budget of a preference page was used up.
    Person,
    /// A proof of work was asked for.
    ProofAsked,
    /// A proof of work was wrong, late or used before.
    ProofFailed,
    /// A throw-away address was refused.
    Disposable,
    /// A mail was not tried: its domain takes none.
    NoMx,
    /// *It was not me*.
    Reported,
}

impl Decision {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Accepted,
        Self::Honeypot,
        Self::TooSoon,
        Self::Network,
        Self::Form,
        Self::Recipient,
        Self::Domain,
        Self::Person,
        Self::ProofAsked,
        Self::ProofFailed,
        Self::Disposable,
        Self::NoMx,
        Self::Reported,
    ];

    /// The word in metrics.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Honeypot => "honeypot",
            Self::TooSoon => "too_soon",
            Self::Network => "network",
            Self::Form => "form",
            Self::Recipient => "recipient",
            Self::Domain => "domain",
            Self::Person => "person",
            Self::ProofAsked => "proof_asked",
            Self::ProofFailed => "proof_failed",
            Self::Disposable => "disposable",
            Self::NoMx => "no_mx",
            Self::Reported => "reported",
        }
    }
}

/// The numbers of this instance.
#[derive(Debug, Default)]
pub struct Tally {
    decisions: [AtomicU64; Decision::ALL.len()],
    forms: Mutex<BTreeMap<FormId, Counts>>,
    attacked: RwLock<BTreeSet<FormId>>,
}

impl Tally {
    /// Counts a decision.
    pub fn count(&self, decision: Decision) {
        if let Some(counter) = self.decisions.get(decision as usize) {
            counter.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// How often this was decided since the start.
    pub fn of(&self, decision: Decision) -> u64 {
        self.decisions.get(decision as usize).map_or(0, |it| it.load(Ordering::Relaxed))
    }

    /// A form was submitted.
    pub fn tried(&self, form: FormId) {
        self.raise(form, Counts { tried: 1, taken: 0, confirmed: 0 });
    }

    /// A submission was let in.
    pub fn taken(&self, form: FormId) {
        self.raise(form, Counts { tried: 0, taken: 1, confirmed: 0 });
    }

    /// A submission was confirmed.
    pub fn confirmed(&self, form: FormId) {
        self.raise(form, Counts { tried: 0, taken: 0, confirmed: 1 });
    }

    fn raise(&self, form: FormId, by: Counts) {
        let mut forms = self.forms.lock().unwrap_or_else(PoisonError::into_inner);
        forms.entry(form).or_default().add(by);
    }

    /// The numbers since they were taken last.
    pub(super) fn drain(&self) -> BTreeMap<FormId, Counts> {
        std::mem::take(&mut *self.forms.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts numbers back that could not be written.
    pub(super) fn restore(&self, forms: BTreeMap<FormId, Counts>) {
        for (form, counts) in forms {
            self.raise(form, counts);
        }
    }

    /// Whether a form is under attack, as last read.
    pub fn is_attacked(&self, form: FormId) -> bool {
        self.attacked.read().unwrap_or_else(PoisonError::into_inner).contains(&form)
    }

    /// How many forms are under attack.
    pub fn attacked(&self) -> usize {
        self.attacked.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    pub(super) fn set_attacked(&self, forms: BTreeSet<FormId>) {
        *self.attacked.write().unwrap_or_else(PoisonError::into_inner) = forms;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_decision_has_a_counter_of_its_own() {
        let tally = Tally::default();
        for (times, decision) in (1..).zip(Decision::ALL) {
            for _ in 0..times {
                tally.count(decision);
            }
        }
        for (times, decision) in (1..).zip(Decision::ALL) {
            assert_eq!(tally.of(decision), times, "{}", decision.word());
        }
    }

    #[test]
    fn what_could_not_be_written_is_not_lost() {
        let (tally, form) = (Tally::default(), FormId::new(&crate::crypto::Random::seeded(1)));
        tally.tried(form);
        let drained = tally.drain();
        tally.tried(form);
        tally.restore(drained);
        assert_eq!(tally.drain().get(&form).map(|it| it.tried), Some(2));
        assert!(tally.drain().is_empty());
    }
}
