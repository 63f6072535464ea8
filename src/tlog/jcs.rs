//! Canonical JSON (RFC 8785), and a reader for JSON from strangers.
//!
//! A hash over canonical JSON is worth something only if the text someone reads says what the canonical form
//! says. Ordinary readers take the last of two members of one name, and round `9007199254740993` to its even
//! neighbour: two texts, one hash. [`parse_strict`] refuses both, so that what it lets through denotes the same
//! names and the same decimal numbers as its canonical form. This is stricter than RFC 8785 by itself, and
//! turns the advice of I-JSON (RFC 7493 sections 2.2 and 2.3) into a rule.

use serde_json::{Map, Number, Value};

/// No text is read that nests deeper, whatever the caller allows: each level takes its share of the stack.
pub const DEEPEST: usize = 128;

/// The canonical form of a value.
///
/// # Errors
///
/// It holds an integer that is not the same in canonical JSON, where all numbers are doubles.
pub fn canonical(value: &Value) -> Result<String, NoCanonicalForm> {
    if !has_exact_integers(value) {
        return Err(NoCanonicalForm);
    }
    serde_json_canonicalizer::to_string(value).or(Err(NoCanonicalForm))
}

/// A value without canonical form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the value holds a number that canonical JSON cannot carry exactly")]
pub struct NoCanonicalForm;

fn has_exact_integers(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(_) | Value::String(_) => true,
        Value::Number(number) => number.is_f64() || is_exact(&number.to_string()),
        Value::Array(items) => items.iter().all(has_exact_integers),
        Value::Object(members) => members.values().all(has_exact_integers),
    }
}

/// Why a text is refused, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{fault} (byte {offset})")]
pub struct JcsError {
    /// The byte where the faulty thing begins.
    pub offset: usize,
    /// What is wrong.
    pub fault: JcsFault,
}

/// What is wrong with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JcsFault {
    /// Not JSON (RFC 8259) from here on.
    #[error("this is not JSON")]
    Syntax,
    /// The text ends inside a value.
    #[error("the text is cut short")]
    CutShort,
    /// Something follows the value.
    #[error("something follows the value")]
    Trailing,
    /// A string with a control character, an unknown escape or half a surrogate pair.
    #[error("the string is not valid")]
    String,
    /// An object with two members of one name.
    #[error("the object has two members of this name")]
    DuplicateName,
    /// A number that is another in canonical JSON: too large, too small or too precise for a double.
    #[error("the number cannot be carried exactly")]
    InexactNumber,
    /// Arrays and objects nested deeper than allowed.
    #[error("arrays and objects are nested too deeply")]
    TooDeep,
}

/// Reads JSON that has one meaning. `max_depth` counts arrays and objects inside one another; 0 allows none.
///
/// # Errors
///
/// Where the text is not such JSON; see [`JcsFault`].
pub fn parse_strict(text: &str, max_depth: usize) -> Result<Value, JcsError> {
    let mut reader = Reader { text, at: 0, depth_left: max_depth.min(DEEPEST) };
    let value = reader.value()?;
    reader.skip_space();
    if reader.at == text.len() { Ok(value) } else { Err(reader.wrong(JcsFault::Trailing)) }
}

/// Finds where tokens begin and end; `serde_json` reads strings and numbers themselves.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth_left: usize,
}

impl Reader<'_> {
    const fn wrong(&self, fault: JcsFault) -> JcsError {
        JcsError { offset: self.at, fault }
    }

    fn unexpected(&self) -> JcsError {
        self.wrong(if self.peek().is_some() { JcsFault::Syntax } else { JcsFault::CutShort })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        self.skip_while(|it| matches!(it, b' ' | b'\t' | b'\n' | b'\r'));
    }

    /// Goes on over such bytes and tells how many there were.
    fn skip_while(&mut self, fits: impl Fn(u8) -> bool) -> usize {
        let start = self.at;
        while self.peek().is_some_and(&fits) {
            self.at += 1;
        }
        self.at - start
    }

    /// Goes over this sign, if it comes next.
    fn eat(&mut self, sign: u8) -> bool {
        let found = self.peek() == Some(sign);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self) -> Result<Value, JcsError> {
        self.skip_space();
        match self.peek() {
            Some(b'{') => self.nested(Self::object),
            Some(b'[') => self.nested(Self::array),
            Some(b'"') => self.string().map(Value::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word("true", Value::Bool(true)),
            Some(b'f') => self.word("false", Value::Bool(false)),
            Some(b'n') => self.word("null", Value::Null),
            Some(_) | None => Err(self.unexpected()),
        }
    }

    fn word(&mut self, word: &str, value: Value) -> Result<Value, JcsError> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        if rest.starts_with(word) {
            self.at += word.len();
            return Ok(value);
        }
        Err(self.wrong(if word.starts_with(rest) { JcsFault::CutShort } else { JcsFault::Syntax }))
    }

    fn nested(&mut self, read: fn(&mut Self) -> Result<Value, JcsError>) -> Result<Value, JcsError> {
        self.depth_left = self.depth_left.checked_sub(1).ok_or(self.wrong(JcsFault::TooDeep))?;
        self.at += 1;
        let value = read(self)?;
        self.depth_left += 1;
        Ok(value)
    }

    /// The rest of an array, after its bracket.
    fn array(&mut self) -> Result<Value, JcsError> {
        let mut items = Vec::new();
        self.skip_space();
        if self.eat(b']') {
            return Ok(Value::Array(items));
        }
        loop {
            items.push(self.value()?);
            if self.ends(b']')? {
                return Ok(Value::Array(items));
            }
        }
    }

    /// The rest of an object, after its brace.
    fn object(&mut self) -> Result<Value, JcsError> {
        let mut members = Map::new();
        self.skip_space();
        if self.eat(b'}') {
            return Ok(Value::Object(members));
        }
        loop {
            self.skip_space();
            let offset = self.at;
            let name = self.string()?;
            if members.contains_key(&name) {
                return Err(JcsError { offset, fault: JcsFault::DuplicateName });
            }
            self.skip_space();
            if !self.eat(b':') {
                return Err(self.unexpected());
            }
            members.insert(name, self.value()?);
            if self.ends(b'}')? {
                return Ok(Value::Object(members));
            }
        }
    }

    /// After an item: whether the list ends here, or goes on after a comma.
    fn ends(&mut self, closing: u8) -> Result<bool, JcsError> {
        self.skip_space();
        if self.eat(closing) {
            return Ok(true);
        }
        if self.eat(b',') { Ok(false) } else { Err(self.unexpected()) }
    }

    fn string(&mut self) -> Result<String, JcsError> {
        let start = self.at;
        if !self.eat(b'"') {
            return Err(self.unexpected());
        }
        loop {
            self.skip_while(|it| it != b'"' && it != b'\\');
            if self.eat(b'"') {
                break;
            }
            // A backslash and whatever it escapes.
            if !self.eat(b'\\') || self.peek().is_none() {
                return Err(JcsError { offset: start, fault: JcsFault::CutShort });
            }
            self.at += 1;
        }
        let token = self.text.get(start..self.at).unwrap_or_default();
        serde_json::from_str(token).or(Err(JcsError { offset: start, fault: JcsFault::String }))
    }

    fn number(&mut self) -> Result<Value, JcsError> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if self.eat(b'e') || self.eat(b'E') {
            let _ = self.eat(b'+') || self.eat(b'-');
            self.digits()?;
        }
        let token = self.text.get(start..self.at).unwrap_or_default();
        let inexact = JcsError { offset: start, fault: JcsFault::InexactNumber };
        if !is_exact(token) {
            return Err(inexact);
        }
        serde_json::from_str::<Number>(token).map(Value::Number).or(Err(inexact))
    }

    fn digits(&mut self) -> Result<(), JcsError> {
        match self.skip_while(|it| it.is_ascii_digit()) {
            0 => Err(self.unexpected()),
            _ => Ok(()),
        }
    }
}

/// Whether the canonical spelling denotes the same number.
fn is_exact(token: &str) -> bool {
    let double = token.parse::<f64>().ok().filter(|it| it.is_finite());
    let form = double.and_then(|it| serde_json_canonicalizer::to_string(&it).ok());
    form.is_some_and(|form| form == token || decimal(token).is_some_and(|it| Some(it) == decimal(&form)))
}

/// A decimal number as `digits × 10^exponent` without zeroes at either end of the digits; zero has none, and
/// no sign.
#[derive(PartialEq, Eq)]
struct Decimal {
    negative: bool,
    digits: String,
    exponent: i64,
}

/// Reads a number of the form JSON gives it.
fn decimal(token: &str) -> Option<Decimal> {
    let (negative, magnitude) = token.strip_prefix('-').map_or((false, token), |rest| (true, rest));
    let (mantissa, exponent) = magnitude.split_once(['e', 'E']).unwrap_or((magnitude, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = [whole, fraction].concat();
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return Some(Decimal { negative: false, digits: String::new(), exponent: 0 });
    }
    let dropped = i64::try_from(digits.len() - significant.len()).ok()?;
    let exponent = exponent.parse::<i64>().ok()?.checked_add(dropped)?;
    Some(Decimal {
        negative,
        digits: significant.trim_start_matches('0').to_owned(),
        exponent: exponent.checked_sub(i64::try_from(fraction.len()).ok()?)?,
    })
}

#[cfg(test)]
mod tests;
