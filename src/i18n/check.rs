//! Whether a text can stand in place of the catalogue's: checked when it is set up, against the text it replaces.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey};

use super::{fixed, lang};
use crate::domain::{Locale, chars::is_hidden, nearest::nearest};

/// The longest of a short text, in characters: buttons and headings are laid out for these.
const SHORT: usize = 60;
/// How much longer than the catalogue's a text may be.
const TIMES: usize = 3;
/// The longest of all, in characters.
const LONGEST: usize = 2_000;
/// How deep choices may stand in each other.
const DEPTH: usize = 3;

/// Why a text cannot stand there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mistake {
    /// No such text.
    #[error("is not the key of a text{}", .0.as_ref().map_or_else(|| "; the keys are listed at /docs/domains".to_owned(), |it| format!("; did you mean {it}?")))]
    Unknown(Option<String>),
    /// Everybody's text.
    #[error("cannot be changed: {0}. Take it out")]
    Fixed(&'static str),
    /// Nothing there.
    #[error("is empty; write a text, or take the key out to have the usual one")]
    Empty,
    /// Longer than the page has room for.
    #[error("has {length} characters; write at most {most}")]
    TooLong {
        /// How many there are.
        length: usize,
        /// How many there may be.
        most: usize,
    },
    /// A control, format, direction or private character.
    #[error("has the invisible character U+{0:04X}; take it out")]
    Hidden(u32),
    /// HTML.
    #[error("has HTML in it (`{0}`), which would be shown as it stands; write plain text")]
    Markup(String),
    /// Not Fluent.
    #[error(
        "is not a text in Fluent syntax; write each variable as {{ $name }}, and begin no line with [, *, . or }}"
    )]
    Syntax,
    /// Something of Fluent that a tenant's text has no use for.
    #[error("has {0} in it; use variables like {{ $name }} and choices on them alone")]
    NotPlain(&'static str),
    /// A variable that the page does not give.
    #[error("has the variable ${unknown}, which is not given here; {}", said(.known))]
    UnknownVariable {
        /// What it says.
        unknown: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A variable that must be said is not.
    #[error("does not say {{ ${0} }}, which the usual text says; add it")]
    Missing(String),
    /// A choice without a case that the language needs.
    #[error("makes no choice on ${variable} for [{case}]; the usual text has the cases {cases}")]
    Case {
        /// The variable.
        variable: String,
        /// The case that is missing.
        case: String,
        /// All the usual text has.
        cases: String,
    },
    /// A choice that never happens.
    #[error(
        "has the case [{case}] for ${variable}, which never happens; the usual text has the cases {cases}"
    )]
    UnknownCase {
        /// The variable.
        variable: String,
        /// The case that never happens.
        case: String,
        /// All the usual text has.
        cases: String,
    },
}

fn said(known: &[String]) -> String {
    let known: Vec<String> = known.iter().map(|it| format!("{{ ${it} }}")).collect();
    if known.is_empty() { "the text has none".to_owned() } else { format!("there are {}", known.join(", ")) }
}

/// Whether `text` can stand in place of the text of `key` in `locale`: it says what that one says, in its variables
/// and plurals, as plain text, and is not much longer.
///
/// # Errors
/// Says what is in the way.
pub fn check(locale: Locale, key: &str, text: &str) -> Result<(), Mistake> {
    let bundle = &lang(locale).bundle;
    let Some(usual) = bundle.get_message(key).and_then(|it| it.value()) else {
        return Err(Mistake::Unknown(near(key)));
    };
    if let Some(reason) = fixed::reason(key) {
        return Err(Mistake::Fixed(reason));
    }
    check_characters(text)?;
    let resource = FluentResource::try_new(source(key, text)).map_err(|_broken| Mistake::Syntax)?;
    let mut entries = resource.entries();
    let (Some(Entry::Message(message)), None) = (entries.next(), entries.next()) else {
        return Err(Mistake::Syntax);
    };
    let Some(own) = message.value.as_ref().filter(|_| message.attributes.is_empty()) else {
        return Err(Mistake::Syntax);
    };
    let (usual, own) = (Said::of(usual, 0)?, Said::of(own, 0)?);
    let most = (usual.longest * TIMES).clamp(SHORT, LONGEST);
    if own.longest > most {
        return Err(Mistake::TooLong { length: own.longest, most });
    }
    compare(&usual, &own)
}

/// The text as a message of a catalogue: indented, so that no line of it can begin another one.
pub(super) fn source(key: &str, text: &str) -> String {
    let lines: Vec<String> = text.trim().lines().map(|it| format!("    {it}\n")).collect();
    format!("{key} =\n{}", lines.concat())
}

fn near(key: &str) -> Option<String> {
    let keys: Vec<&str> = super::sources(crate::domain::Locale::En).into_iter().flat_map(keys).collect();
    nearest(key, keys).map(str::to_owned)
}

/// The keys of a catalogue.
pub(super) fn keys(source: &str) -> impl Iterator<Item = &str> {
    let lines = source.lines().filter(|it| it.starts_with(|first: char| first.is_ascii_alphabetic()));
    lines.filter_map(|it| it.split_once('=')).map(|(key, _)| key.trim())
}

fn check_characters(text: &str) -> Result<(), Mistake> {
    if text.trim().is_empty() {
        return Err(Mistake::Empty);
    }
    let length = text.chars().count();
    if length > LONGEST * 2 {
        return Err(Mistake::TooLong { length, most: LONGEST });
    }
    if let Some(found) = text.chars().find(|it| is_hidden(*it) && *it != '\n') {
        return Err(Mistake::Hidden(u32::from(found)));
    }
    markup(text).map_or(Ok(()), |found| Err(Mistake::Markup(found)))
}

/// What begins like a tag, a comment or a character reference.
fn markup(text: &str) -> Option<String> {
    let cut = |rest: &str| rest.chars().take(12).collect::<String>();
    for (at, mark) in text.char_indices().filter(|(_, it)| matches!(it, '<' | '&')) {
        let rest = text.get(at..)?;
        let after = rest.chars().nth(1).unwrap_or(' ');
        let is_tag = mark == '<' && (after.is_ascii_alphabetic() || matches!(after, '/' | '!' | '?'));
        let word = |it: char| it.is_ascii_alphanumeric() || it == '#';
        let reference = rest.get(1..).and_then(|it| it.split_once(';')).map(|(it, _)| it);
        let is_reference = mark == '&' && reference.is_some_and(|it| !it.is_empty() && it.chars().all(word));
        if is_tag || is_reference {
            return Some(cut(rest));
        }
    }
    None
}

/// What a text says.
#[derive(Default)]
struct Said {
    /// Variables that stand in it whatever is chosen.
    always: BTreeSet<String>,
    /// Variables that stand in it or choose.
    ever: BTreeSet<String>,
    /// The cases of each variable that chooses.
    cases: BTreeMap<String, BTreeSet<String>>,
    /// The length of its longest form, variables not counted.
    longest: usize,
}

impl Said {
    fn of<S: AsRef<str>>(pattern: &Pattern<S>, depth: usize) -> Result<Self, Mistake> {
        if depth > DEPTH {
            return Err(Mistake::NotPlain("choices within choices within choices"));
        }
        let mut said = Self::default();
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { value } => said.longest += value.as_ref().chars().count(),
                PatternElement::Placeable { expression } => said.expression(expression, depth)?,
            }
        }
        Ok(said)
    }

    fn expression<S: AsRef<str>>(&mut self, expression: &Expression<S>, depth: usize) -> Result<(), Mistake> {
        let (selector, variants) = match expression {
            Expression::Inline(inline) => return self.inline(inline, depth),
            Expression::Select { selector, variants } => (selector, variants),
        };
        let InlineExpression::VariableReference { id } = selector else {
            return Err(Mistake::NotPlain("a choice on something that is no variable"));
        };
        let variable = id.name.as_ref().to_owned();
        let mut always: Option<BTreeSet<String>> = None;
        let mut longest = 0;
        for variant in variants {
            let Self { always: shown, ever, cases, longest: length } = Self::of(&variant.value, depth + 1)?;
            always = Some(always.map_or(shown.clone(), |it| it.intersection(&shown).cloned().collect()));
            self.ever.extend(ever);
            for (name, more) in cases {
                self.cases.entry(name).or_default().extend(more);
            }
            let (VariantKey::Identifier { name: case } | VariantKey::NumberLiteral { value: case }) =
                &variant.key;
            self.cases.entry(variable.clone()).or_default().insert(case.as_ref().to_owned());
            longest = longest.max(length);
        }
        self.always.extend(always.unwrap_or_default());
        self.ever.insert(variable);
        self.longest += longest;
        Ok(())
    }

    fn inline<S: AsRef<str>>(&mut self, inline: &InlineExpression<S>, depth: usize) -> Result<(), Mistake> {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.always.insert(id.name.as_ref().to_owned());
                self.ever.insert(id.name.as_ref().to_owned());
                Ok(())
            }
            InlineExpression::Placeable { expression } => {
                if depth > DEPTH {
                    return Err(Mistake::NotPlain("too many braces"));
                }
                self.expression(expression, depth + 1)
            }
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {
                Err(Mistake::NotPlain("a literal in braces"))
            }
            InlineExpression::FunctionReference { .. } => Err(Mistake::NotPlain("a function")),
            InlineExpression::MessageReference { .. } | InlineExpression::TermReference { .. } => {
                Err(Mistake::NotPlain("a reference to another text"))
            }
        }
    }
}

fn compare(usual: &Said, own: &Said) -> Result<(), Mistake> {
    if let Some(unknown) = own.ever.difference(&usual.ever).next() {
        let known = usual.ever.iter().cloned().collect();
        return Err(Mistake::UnknownVariable { unknown: unknown.clone(), known });
    }
    if let Some(missing) = usual.always.difference(&own.always).next() {
        return Err(Mistake::Missing(missing.clone()));
    }
    let none = BTreeSet::new();
    for (variable, cases) in &usual.cases {
        let named = own.cases.get(variable).unwrap_or(&none);
        let listed = || cases.iter().map(|it| format!("[{it}]")).collect::<Vec<_>>().join(", ");
        if let Some(case) = cases.difference(named).next() {
            return Err(Mistake::Case { variable: variable.clone(), case: case.clone(), cases: listed() });
        }
        let is_number = |it: &&String| it.parse::<u32>().is_ok();
        if let Some(case) = named.difference(cases).find(|it| !is_number(it)) {
            return Err(Mistake::UnknownCase {
                variable: variable.clone(),
                case: case.clone(),
                cases: listed(),
            });
        }
    }
    // A choice that the usual text does not make has no cases to compare with.
    let more = own.cases.keys().find(|it| !usual.cases.contains_key(*it));
    more.map_or(Ok(()), |_| Err(Mistake::NotPlain("a choice that the usual text does not make")))
}

#[cfg(test)]
mod tests;
