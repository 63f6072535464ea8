//! The fields of a submitted form, read against what the form offers.

use super::{Problem, age};
use crate::{
    domain::{EmailAddress, catalog::Purpose, id::PurposeId},
    web::{extract::Fields, part::EmailProblem, public::fields::Typed},
};

/// The longest address that is given back to be corrected; longer ones are nobody's.
const ECHO: usize = 320;

/// A form that can be acted upon.
pub(super) struct Submitted {
    /// The address.
    pub(super) email: EmailAddress,
    /// The boxes ticked: at least one, each once.
    pub(super) purposes: Vec<PurposeId>,
}

/// What was entered, to be shown again.
#[derive(Default)]
pub(super) struct Entered {
    /// The address as typed, without what no address has.
    pub(super) email: String,
    /// Slugs of the boxes ticked, of those the form has.
    pub(super) ticked: Vec<String>,
    /// Declared fields as typed.
    pub(super) typed: Typed,
    /// What was said about age.
    pub(super) age: age::Entered,
}

/// Reads the fields of a form that offers `offered`: what they say, or what is to be corrected.
pub(super) fn read(fields: &Fields, offered: &[&Purpose]) -> (Entered, Result<Submitted, Vec<Problem>>) {
    let mut problems = Vec::new();
    let typed = fields.first("email");
    let visible = typed.chars().filter(|it| !it.is_control());
    let mut entered =
        Entered { email: visible.take(ECHO).collect(), age: age::Entered::of(fields), ..Entered::default() };
    let email = if fields.is_repeated("email") {
        Err(EmailProblem::Several)
    } else {
        EmailAddress::parse_public(typed).map_err(EmailProblem::from)
    };
    let mut purposes: Vec<PurposeId> = Vec::new();
    for slug in fields.all("p") {
        match offered.iter().find(|it| it.slug == slug) {
            None => problems.push(Problem::NotOffered),
            Some(purpose) if purposes.contains(&purpose.id) => {}
            Some(purpose) => {
                purposes.push(purpose.id);
                entered.ticked.push(purpose.slug.clone());
            }
        }
    }
    problems.dedup();
    if purposes.is_empty() && problems.is_empty() {
        match offered {
            [only] => purposes.push(only.id),
            [] | [_, _, ..] => problems.push(Problem::NothingTicked),
        }
    }
    let read = match email {
        Ok(email) if problems.is_empty() => Ok(Submitted { email, purposes }),
        Ok(_) => Err(problems),
        Err(problem) => {
            problems.push(Problem::Email(problem));
            Err(problems)
        }
    };
    (entered, read)
}
