//! The rules against a reference written from the other end: a fold over recorded facts.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::domain::request::{Facts, Outcome, Verdict, judge};

const WEEK: i64 = 7 * DAY;

/// What the evidence of one purpose says, in the order it was recorded.
#[derive(Clone, Copy, Debug)]
enum Fact {
    Asked,
    SaidYes,
    SaidNo,
    Left,
    TookBack,
    RanOut,
}

/// The reference: reads the facts as a judge would, newest word last, knowing nothing of transitions.
fn fold(facts: &[Fact]) -> (&'static str, bool) {
    let (mut settled, mut waiting) = ("unknown", false);
    for fact in facts {
        (settled, waiting) = match fact {
            Fact::Asked => (settled, true),
            Fact::SaidYes | Fact::TookBack => ("confirmed", false),
            Fact::SaidNo if settled == "unknown" || settled == "expired" => ("refused", false),
            Fact::Left if settled == "confirmed" || settled == "expired" => ("withdrawn", false),
            Fact::Left if settled == "unknown" && waiting => ("refused", false),
            Fact::SaidNo | Fact::Left | Fact::RanOut => (settled, false),
        };
    }
    (settled, waiting)
}

/// A small installation: one person, two purposes, every request ever made, what was recorded.
#[derive(Clone, Default)]
struct World {
    now: i64,
    consents: BTreeMap<u8, Consent>,
    requests: Vec<(Vec<u8>, Outcome, Timestamp)>,
    facts: BTreeMap<u8, Vec<Fact>>,
}

#[derive(Clone, Debug)]
enum Action {
    SignUp { both: bool },
    Confirm { request: usize, keep_first_only: bool },
    Delete { request: usize },
    Leave { everything: bool },
    Undo,
    Sweep,
    Clock { by: i64 },
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        3 => any::<bool>().prop_map(|both| Action::SignUp { both }),
        4 => (0..6_usize, any::<bool>())
            .prop_map(|(request, keep_first_only)| Action::Confirm { request, keep_first_only }),
        1 => (0..6_usize).prop_map(|request| Action::Delete { request }),
        2 => any::<bool>().prop_map(|everything| Action::Leave { everything }),
        1 => Just(Action::Undo),
        1 => Just(Action::Sweep),
        // The clock also goes backwards: after a correction, or between two machines.
        2 => prop_oneof![Just(1), Just(60_000), Just(16 * 60_000), Just(8 * DAY), Just(-3_600_000)]
            .prop_map(|by| Action::Clock { by }),
    ]
}

impl World {
    fn at(&self) -> Timestamp {
        Timestamp::from_millis(self.now)
    }

    fn apply(&mut self, purpose: u8, act: Act, fact: Fact) {
        let consent = self.consents.entry(purpose).or_insert(Consent::NONE);
        if let Some(next) = consent.after(act, Timestamp::from_millis(self.now)) {
            *consent = next;
            self.facts.entry(purpose).or_default().push(fact);
        }
    }

    fn verdict(&self, request: usize) -> Option<Verdict> {
        let (_, outcome, expires_at) = self.requests.get(request)?;
        let generation = i64::try_from(request).unwrap() + 1;
        let newest = i64::try_from(self.requests.len()).unwrap();
        Some(judge(&Facts { outcome: *outcome, expires_at: *expires_at, generation, newest }, self.at()))
    }

    fn end(&mut self, request: usize, outcome: Outcome) {
        self.requests[request].1 = outcome;
    }

    fn run(&mut self, action: &Action) {
        let now = self.at();
        match *action {
            Action::SignUp { both } => {
                let asked: Vec<u8> = if both { vec![1, 2] } else { vec![1] };
                let known: Vec<_> =
                    asked.iter().map(|it| (*it, *self.consents.get(it).unwrap_or(&Consent::NONE))).collect();
                if let SignUp::Ask(open) = sign_up(&known, &Standing::default()) {
                    for purpose in &open {
                        self.apply(*purpose, Act::Request, Fact::Asked);
                    }
                    self.requests.push((open, Outcome::Open, now.plus(WEEK)));
                }
            }
            Action::Confirm { request, keep_first_only } => {
                if self.verdict(request) != Some(Verdict::Live) {
                    return;
                }
                for (at, purpose) in self.requests[request].0.clone().into_iter().enumerate() {
                    let (act, fact) = if keep_first_only && at > 0 {
                        (Act::Refuse, Fact::SaidNo)
                    } else {
                        (Act::Confirm, Fact::SaidYes)
                    };
                    self.apply(purpose, act, fact);
                }
                self.end(request, Outcome::Confirmed(now));
            }
            Action::Delete { request } => {
                if self.verdict(request) == Some(Verdict::Live) {
                    for purpose in self.requests[request].0.clone() {
                        self.apply(purpose, Act::Refuse, Fact::SaidNo);
                    }
                    self.end(request, Outcome::Deleted(now));
                }
            }
            Action::Leave { everything } => {
                for purpose in if everything { vec![1, 2] } else { vec![1] } {
                    self.apply(purpose, Act::Withdraw, Fact::Left);
                }
                for request in 0..self.requests.len() {
                    if self.requests[request].1 == Outcome::Open {
                        self.end(request, Outcome::Revoked(now));
                    }
                }
            }
            Action::Undo => {
                for purpose in [1, 2] {
                    self.apply(purpose, Act::Restore, Fact::TookBack);
                }
            }
            Action::Sweep => {
                for request in 0..self.requests.len() {
                    let expired = matches!(self.verdict(request), Some(Verdict::Expired(_)));
                    if expired {
                        for purpose in self.requests[request].0.clone() {
                            self.apply(purpose, Act::Lapse, Fact::RanOut);
                        }
                    }
                }
            }
            Action::Clock { by } => self.now += by,
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// 10,000 random stories, each action perhaps lost to a crash before it was committed.
    #[test]
    fn the_state_is_the_fold_of_the_evidence(
        story in prop::collection::vec((action(), prop::bool::weighted(0.1)), 1..30)
    ) {
        let mut world = World { now: 1_700_000_000_000, ..World::default() };
        for (action, crashed) in story {
            let before = world.clone();
            world.run(&action);
            if crashed {
                // One transaction: what was not committed never was.
                world = World { now: world.now, ..before };
                continue;
            }
            for purpose in [1, 2] {
                let consent = world.consents.get(&purpose).copied().unwrap_or(Consent::NONE);
                let facts = world.facts.get(&purpose).map_or(&[][..], Vec::as_slice);
                let (settled, waiting) = fold(facts);
                prop_assert_eq!(consent.state.word(), settled, "after {:?}: {:?}", action, facts);
                prop_assert_eq!(consent.pending_since.is_some(), waiting, "after {:?}: {:?}", action, facts);
                // Nobody is mailed who did not confirm after the last time they left.
                let allowed = may_send(&consent, Some(world.at()), &Standing::default(), USE_BY, world.at()).is_ok();
                let last_yes = facts.iter().rposition(|it| matches!(it, Fact::SaidYes | Fact::TookBack));
                let last_left = facts.iter().rposition(|it| matches!(it, Fact::Left));
                prop_assert!(!allowed || last_yes > last_left);
            }
        }
    }
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

fn settled(state: State) -> Consent {
    Consent { state, since: at(1_000), pending_since: None }
}

#[test]
fn a_signup_never_touches_a_confirmed_purpose() {
    assert_eq!(settled(State::Confirmed).after(Act::Request, at(2_000)), None);
    let asked = [(1, settled(State::Confirmed)), (2, Consent::NONE)];
    assert_eq!(sign_up(&asked, &Standing::default()), SignUp::Ask(vec![2]));
    assert_eq!(sign_up(&asked[..1], &Standing::default()), SignUp::AlreadyThere);
}

#[test]
fn nothing_is_asked_of_people_who_must_not_be_mailed() {
    let asked = [(1, Consent::NONE)];
    for standing in [
        Standing { suppressed: true, ..Standing::default() },
        Standing { erased: true, ..Standing::default() },
        Standing { restricted: true, ..Standing::default() },
    ] {
        assert_eq!(sign_up(&asked, &standing), SignUp::Silent);
    }
}

#[test]
fn a_lapsed_request_leaves_what_was_settled_before() {
    let left = settled(State::Withdrawn);
    let asked = left.after(Act::Request, at(2_000)).unwrap();
    assert_eq!(asked.word(), "pending");
    assert_eq!(asked.after(Act::Lapse, at(3_000)), Some(left));
}

#[test]
fn leaving_can_be_undone_for_fifteen_minutes() {
    let left = settled(State::Confirmed).after(Act::Withdraw, at(2_000)).unwrap();
    assert_eq!(left.state, State::Withdrawn);
    let in_time = left.after(Act::Restore, at(2_000 + UNDO)).unwrap();
    assert_eq!(in_time.state, State::Confirmed);
    assert_eq!(left.after(Act::Restore, at(2_001 + UNDO)), None);
}

#[test]
fn the_gate_says_yes_only_to_confirmed_people_who_may_be_mailed() {
    let (yes, now) = (settled(State::Confirmed), at(2_000));
    let ask = |consent: &Consent, standing: Standing| may_send(consent, None, &standing, USE_BY, now);
    assert_eq!(ask(&yes, Standing::default()), Ok(()));
    assert_eq!(ask(&Consent::NONE, Standing::default()), Err(Denial::Unknown));
    assert_eq!(ask(&settled(State::Withdrawn), Standing::default()), Err(Denial::Withdrawn));
    assert_eq!(ask(&settled(State::Refused), Standing::default()), Err(Denial::Refused));
    assert_eq!(ask(&settled(State::Expired), Standing::default()), Err(Denial::Expired));
    let pending = Consent { pending_since: Some(at(1_500)), ..Consent::NONE };
    assert_eq!(ask(&pending, Standing::default()), Err(Denial::Pending));
    let paused = Standing { paused_until: Some(at(2_001)), ..Standing::default() };
    assert_eq!(ask(&yes, paused), Err(Denial::Paused));
    assert_eq!(ask(&yes, Standing { paused_until: Some(now), ..Standing::default() }), Ok(()));
    let everything = Standing { erased: true, suppressed: true, restricted: true, paused_until: None };
    assert_eq!(ask(&yes, everything), Err(Denial::Erased));
    assert_eq!(ask(&yes, Standing { erased: false, ..everything }), Err(Denial::Suppressed));
    let frozen = Standing { restricted: true, ..Standing::default() };
    assert_eq!(ask(&yes, frozen), Err(Denial::Restricted));
}

#[test]
fn a_consent_nobody_used_for_two_years_is_not_relied_on() {
    let consent = settled(State::Confirmed);
    let late = at(1_000 + USE_BY + 1);
    assert_eq!(may_send(&consent, None, &Standing::default(), USE_BY, late), Err(Denial::Expired));
    assert_eq!(may_send(&consent, Some(at(USE_BY)), &Standing::default(), USE_BY, late), Ok(()));
    let shorter = USE_BY / 2;
    assert_eq!(may_send(&consent, None, &Standing::default(), shorter, at(1_000 + shorter)), Ok(()));
    assert_eq!(
        may_send(&consent, None, &Standing::default(), shorter, at(1_001 + shorter)),
        Err(Denial::Expired)
    );
}
