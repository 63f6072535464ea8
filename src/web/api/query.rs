//! The query of a request, read by the declaration of its endpoint: what is unknown, given twice or out of range is
//! refused, all at once.

use std::{borrow::Cow, collections::BTreeMap, ops::RangeInclusive};

use url::form_urlencoded;

use super::{
    plain_name,
    problem::{Problem, Wrong},
    route::{Endpoint, Parameter},
    schema::Shape,
};

/// The longest text of a parameter, in bytes, whatever it says.
const TEXT_MAX: usize = 1_000;

/// The parameters that were given.
#[derive(Debug, Default)]
pub(super) struct Query<'a> {
    numbers: BTreeMap<&'static str, i64>,
    texts: BTreeMap<&'static str, Cow<'a, str>>,
}

impl<'a> Query<'a> {
    /// Reads a query.
    ///
    /// # Errors
    /// 422 with every parameter that is wrong.
    pub(super) fn parse(endpoint: &Endpoint, query: &'a str) -> Result<Self, Problem> {
        let (mut read, mut wrong) = (Self::default(), Vec::new());
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let Some(parameter) = endpoint.query().find(|it| it.name == name) else {
                wrong.push(unknown(endpoint, &name));
                continue;
            };
            if let Err(why) = read.take(parameter, value) {
                wrong.push(Wrong::parameter(parameter.name, why));
            }
        }
        for parameter in endpoint.query().filter(|it| it.required) {
            let noted = wrong.iter().any(|it| it.parameter.as_deref() == Some(parameter.name));
            if !noted && read.number(parameter.name).is_none() && read.text(parameter.name).is_none() {
                wrong.push(Wrong::parameter(parameter.name, format!("is missing. {}", parameter.about)));
            }
        }
        if wrong.is_empty() { Ok(read) } else { Err(Problem::wrong(wrong)) }
    }

    fn take(&mut self, parameter: &'static Parameter, value: Cow<'a, str>) -> Result<(), String> {
        let name = parameter.name;
        let twice = match parameter.shape {
            Shape::Number(least, most) => {
                let range = least..=most;
                let number = number(&value, &range).ok_or_else(|| out_of(&range))?;
                self.numbers.insert(name, number).is_some()
            }
            Shape::Word(words) => {
                if !words.contains(&value.as_ref()) {
                    return Err(format!("must be one of {}", words.join(", ")));
                }
                self.texts.insert(name, value).is_some()
            }
            Shape::Text(_)
            | Shape::Flag
            | Shape::List(..)
            | Shape::Object(_)
            | Shape::Each(_)
            | Shape::Anything
            | Shape::Value
            | Shape::Either(..)
            | Shape::Maybe(_) => {
                let most = parameter.shape.most_characters().min(TEXT_MAX);
                if value.chars().count() > most || value.len() > TEXT_MAX {
                    return Err(format!("must have at most {most} characters"));
                }
                self.texts.insert(name, value).is_some()
            }
        };
        if twice { Err("is given twice".to_owned()) } else { Ok(()) }
    }

    /// A number, if it was given.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.numbers.get(name).copied()
    }

    /// A text or a word, if it was given.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.texts.get(name).map(Cow::as_ref)
    }
}

/// A whole number in plain digits, without zeros before them, within `range`.
fn number(text: &str, range: &RangeInclusive<i64>) -> Option<i64> {
    let digits = text.bytes().all(|it| it.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    text.parse().ok().filter(|it| digits && range.contains(it))
}

fn out_of(range: &RangeInclusive<i64>) -> String {
    let (least, most) = (range.start(), range.end());
    if *most == i64::MAX {
        return format!("must be a whole number, {least} or more");
    }
    format!("must be a whole number from {least} to {most}")
}

/// A parameter there is none of. Its name is repeated only when it looks like one: it might be an address.
fn unknown(endpoint: &Endpoint, name: &str) -> Wrong {
    let known: Vec<&str> = endpoint.query().map(|it| it.name).collect();
    let detail = match known.split_last() {
        None => "there is no such parameter; there are none".to_owned(),
        Some((last, [])) => format!("there is no such parameter; there is {last}"),
        Some((last, first)) => {
            format!("there is no such parameter; there are {} and {last}", first.join(", "))
        }
    };
    Wrong { pointer: None, parameter: plain_name(name).map(str::to_owned), detail }
}
