//! What a form asks about age, and who must agree besides a child. No date of birth: only on which side of one age.

use std::borrow::Cow;

use super::{Problem, submitted::Submitted};
use crate::{
    app::guardian::Age,
    domain::{
        EmailAddress,
        age::{Minors, Rule},
    },
    i18n::Lang,
    web::{extract::Fields, page::Frame, part::EmailProblem},
};

/// The field of the question.
const AGE: &str = "age";
/// The field of the guardian's address.
const GUARDIAN: &str = "guardian";
/// The longest address that is given back to be corrected.
const ECHO: usize = 320;

/// The question on the page.
pub struct AgeView {
    /// From which age people sign up alone.
    pub age: u8,
    /// Whether a guardian is asked for; where not, those who are younger cannot sign up.
    pub asks_guardian: bool,
    /// What was chosen, when the form is given back: the value of the choice.
    pub chosen: String,
    /// The guardian's address as typed.
    pub guardian: String,
}

/// What is to be corrected about a guardian's address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GuardianProblem {
    /// There is none, and one is needed.
    Missing,
    /// It is the mailbox of the child.
    Same,
    /// It is no address.
    Wrong(EmailProblem),
}

impl AgeView {
    /// The question with nothing answered.
    pub fn of(minors: Minors) -> Self {
        Entered::default().view(minors)
    }

    /// The value of "this old or older". The age is part of it: who answered another question is asked again.
    pub fn at_least(&self) -> String {
        at_least(self.age)
    }

    /// The value of "younger".
    pub fn younger(&self) -> String {
        younger(self.age)
    }

    /// A text about the age.
    pub fn text(&self, frame: &Frame, key: &str) -> String {
        frame.t.with(key, &[("age", i64::from(self.age).into())])
    }

    /// Why it is asked.
    pub fn why(&self, frame: &Frame) -> String {
        self.text(frame, if self.asks_guardian { "age-why" } else { "age-why-refuse" })
    }
}

fn at_least(age: u8) -> String {
    format!("from-{age}")
}

fn younger(age: u8) -> String {
    format!("under-{age}")
}

impl GuardianProblem {
    /// What to do about it.
    pub fn message(self, t: &Lang, age: u8) -> Cow<'_, str> {
        match self {
            Self::Missing => t.with("guardian-missing", &[("age", i64::from(age).into())]).into(),
            Self::Same => t.get("guardian-same"),
            Self::Wrong(problem) => {
                let problem = problem.message(t).into_owned();
                t.with("guardian-wrong", &[("problem", problem.into())]).into()
            }
        }
    }
}

/// What was entered, to be shown again.
#[derive(Default)]
pub(super) struct Entered {
    chosen: String,
    guardian: String,
}

impl Entered {
    /// What these fields say, without what no address has.
    pub(super) fn of(fields: &Fields) -> Self {
        let visible =
            |name: &str| fields.first(name).chars().filter(|it| !it.is_control()).take(ECHO).collect();
        Self { chosen: visible(AGE), guardian: visible(GUARDIAN) }
    }

    /// The question a form asks, with what was entered.
    pub(super) fn view(&self, minors: Minors) -> AgeView {
        AgeView {
            age: minors.age,
            asks_guardian: minors.rule == Rule::Guardian,
            chosen: self.chosen.clone(),
            guardian: self.guardian.clone(),
        }
    }
}

/// What was said about age.
pub(super) enum Said {
    NotAsked,
    AtLeast(u8),
    Younger(u8, EmailAddress),
}

impl Said {
    pub(super) const fn as_age(&self) -> Age<'_> {
        match self {
            Self::NotAsked => Age::NotAsked,
            Self::AtLeast(age) => Age::AtLeast(*age),
            Self::Younger(than, guardian) => Age::Younger { than: *than, guardian },
        }
    }
}

/// Whether somebody says to be too young for a form that takes nothing from them.
pub(super) fn is_too_young(minors: Option<Minors>, fields: &Fields) -> Option<u8> {
    let Minors { rule, age } = minors?;
    (rule == Rule::Refuse && fields.all(AGE).any(|it| it == younger(age))).then_some(age)
}

/// Reads what a form with this question was answered, beside what else was `read` of it.
pub(super) fn check(
    minors: Option<Minors>,
    fields: &Fields,
    read: Result<Submitted, Vec<Problem>>,
) -> Result<(Submitted, Said), Vec<Problem>> {
    let email = read.as_ref().ok().map(|it| &it.email);
    match (said(minors, fields, email), read) {
        (Ok(said), Ok(submitted)) => Ok((submitted, said)),
        (Ok(_), Err(problems)) => Err(problems),
        (Err(problem), Ok(_)) => Err(vec![problem]),
        (Err(problem), Err(mut problems)) => {
            problems.push(problem);
            Err(problems)
        }
    }
}

fn said(minors: Option<Minors>, fields: &Fields, email: Option<&EmailAddress>) -> Result<Said, Problem> {
    let Some(Minors { rule: _, age }) = minors else { return Ok(Said::NotAsked) };
    let chosen = fields.first(AGE);
    if fields.is_repeated(AGE) {
        return Err(Problem::Age(age));
    }
    if chosen == at_least(age) {
        return Ok(Said::AtLeast(age));
    }
    if chosen != younger(age) {
        return Err(Problem::Age(age));
    }
    let wrong = |problem| Problem::Guardian(age, problem);
    if fields.is_repeated(GUARDIAN) {
        return Err(wrong(GuardianProblem::Wrong(EmailProblem::Several)));
    }
    match EmailAddress::parse_public(fields.first(GUARDIAN)).map_err(EmailProblem::from) {
        Err(EmailProblem::Missing) => Err(wrong(GuardianProblem::Missing)),
        Err(problem) => Err(wrong(GuardianProblem::Wrong(problem))),
        Ok(guardian) if email.is_some_and(|it| it.budget_key() == guardian.budget_key()) => {
            Err(wrong(GuardianProblem::Same))
        }
        Ok(guardian) => Ok(Said::Younger(age, guardian)),
    }
}
