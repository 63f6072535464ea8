//! Pieces that several pages share, ready to be shown.

use std::borrow::Cow;

use crate::{
    domain::{Locale, Timestamp, email::EmailError, setup::Frequency},
    i18n::Lang,
};

/// One purpose, as a person reads it.
#[derive(Clone)]
pub struct PurposeView {
    /// The value the form sends.
    pub slug: String,
    /// The published name.
    pub name: String,
    /// The published sentence.
    pub sentence: String,
    /// The language of name and sentence, where it is not the page's: a tenant need not write in every language.
    pub lang: Option<Locale>,
    /// How often, in words.
    pub frequency: Option<String>,
    /// Where the person stands, in words: never by colour or tick alone.
    pub state: Option<String>,
    /// Whether the box restates what this person has already said; nothing else may tick it.
    pub ticked: bool,
}

/// Where a person stands with one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing was ever asked or said.
    Never,
    /// Asked, not yet confirmed.
    Waiting,
    /// Asked by a child, not yet confirmed by both.
    WaitingForTwo,
    /// Confirmed.
    Receiving {
        /// Since when.
        since: Timestamp,
    },
    /// Withdrawn.
    Left {
        /// When.
        on: Timestamp,
    },
    /// Asked, then answered with no.
    Refused {
        /// When.
        on: Timestamp,
    },
    /// Not confirmed in time, or too old to stand.
    Lapsed {
        /// When.
        on: Timestamp,
    },
}

impl PurposeView {
    /// A purpose with no box ticked and no state shown.
    pub fn new(t: &Lang, slug: &str, name: &str, sentence: &str, frequency: Option<Frequency>) -> Self {
        Self {
            slug: slug.to_owned(),
            name: name.to_owned(),
            sentence: sentence.to_owned(),
            lang: None,
            frequency: frequency.map(|it| self::frequency(t, it).into_owned()),
            state: None,
            ticked: false,
        }
    }

    /// The same purpose, whose name and sentence are in `own`, on a page in the language of `t`.
    pub fn worded_in(self, t: &Lang, own: Locale) -> Self {
        Self { lang: Some(own).filter(|it| *it != t.locale()), ..self }
    }

    /// The same purpose with its state in words, ticked when the person receives it.
    pub fn standing(self, t: &Lang, standing: Standing) -> Self {
        let ticked = matches!(standing, Standing::Receiving { .. });
        Self { state: Some(standing.sentence(t)), ticked, ..self }
    }

    /// The same purpose, ticked because the person ticked it in the request being shown.
    pub fn asked(self) -> Self {
        Self { ticked: true, ..self }
    }
}

impl Standing {
    /// The state as a sentence.
    pub fn sentence(self, t: &Lang) -> String {
        let dated = |key, at| t.with(key, &[("date", t.date(at).into())]);
        match self {
            Self::Never => t.get("standing-never").into_owned(),
            Self::Waiting => t.get("standing-waiting").into_owned(),
            Self::WaitingForTwo => t.get("standing-waiting-guardian").into_owned(),
            Self::Receiving { since } => dated("standing-receiving", since),
            Self::Left { on } => dated("standing-left", on),
            Self::Refused { on } => dated("standing-refused", on),
            Self::Lapsed { on } => dated("standing-lapsed", on),
        }
    }
}

/// How often, in the page's language.
pub fn frequency(t: &Lang, frequency: Frequency) -> Cow<'_, str> {
    t.get(match frequency {
        Frequency::Immediate => "frequency-immediate",
        Frequency::Daily => "frequency-daily",
        Frequency::Weekly => "frequency-weekly",
        Frequency::Monthly => "frequency-monthly",
        Frequency::Quarterly => "frequency-quarterly",
        Frequency::Occasional => "frequency-occasional",
    })
}

/// What a form refuses, said once in the summary and once at the field.
#[derive(Debug, PartialEq, Eq)]
pub struct FormError {
    /// The `id` of the field to correct.
    pub anchor: String,
    /// What to do about it.
    pub message: String,
}

/// What is wrong with an address as typed. Never whether it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailProblem {
    /// Nothing was typed.
    Missing,
    /// It has no `@`, two of them, spaces inside, or signs that mail cannot carry.
    Malformed,
    /// More than 254 characters, or 64 before the `@`.
    TooLong,
    /// What follows the `@` is no public mail domain.
    Domain,
    /// Letters with accents, or of another alphabet, before the `@`.
    NotAscii,
    /// More than one was sent.
    Several,
    /// A throw-away address, which the operator does not take.
    Disposable,
}

impl From<EmailError> for EmailProblem {
    fn from(error: EmailError) -> Self {
        match error {
            EmailError::Empty => Self::Missing,
            EmailError::TooLong => Self::TooLong,
            EmailError::NoAt | EmailError::NotPlain | EmailError::Hidden | EmailError::Local => {
                Self::Malformed
            }
            EmailError::LocalNotAscii => Self::NotAscii,
            EmailError::Domain | EmailError::LookAlike => Self::Domain,
        }
    }
}

impl EmailProblem {
    /// What to do about it.
    pub fn message(self, t: &Lang) -> Cow<'_, str> {
        t.get(match self {
            Self::Missing => "email-missing",
            Self::Malformed => "email-malformed",
            Self::TooLong => "email-too-long",
            Self::Domain => "email-domain",
            Self::NotAscii => "email-not-ascii",
            Self::Several => "email-several",
            Self::Disposable => "email-disposable",
        })
    }
}

/// What is wrong with a 6-digit code as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeProblem {
    /// Not six digits.
    Malformed,
    /// Six other digits; `left` tries remain.
    Wrong {
        /// Tries that remain.
        left: i64,
    },
    /// It stopped working.
    Expired,
    /// Five wrong tries: this code is dead.
    Exhausted,
}

impl CodeProblem {
    /// What to do about it.
    pub fn message(self, t: &Lang) -> String {
        match self {
            Self::Malformed => t.get("code-malformed").into_owned(),
            Self::Wrong { left } => t.with("code-wrong", &[("n", left.into())]),
            Self::Expired => t.get("code-expired").into_owned(),
            Self::Exhausted => t.get("code-exhausted").into_owned(),
        }
    }
}

/// A form that takes a 6-digit code.
pub struct CodeForm {
    /// Where it posts `code` to.
    pub action: String,
    /// Hidden fields it posts along: name and value.
    pub hidden: Vec<(&'static str, String)>,
    /// What was wrong with the last try, in words.
    pub problem: Option<String>,
}

/// The proof a person takes along after each change.
pub struct ReceiptView {
    /// Its number.
    pub number: String,
    /// Date and time, in words.
    pub when: String,
    /// Names of the purposes it is about.
    pub purposes: Vec<String>,
    /// The version of the wording shown, when it grants something.
    pub wording: Option<String>,
    /// Where the receipt can be read or downloaded.
    pub href: Option<String>,
}

/// A change that can be taken back for a quarter of an hour.
pub struct Undo {
    /// Where it posts `do=undo` to.
    pub action: String,
    /// Hidden fields it posts along: name and value.
    pub hidden: Vec<(&'static str, String)>,
    /// Until when, in words.
    pub until: String,
}
