//! What a JSON document of the API looks like, said once: bodies are read by it, the OpenAPI document and the
//! reference page are made of it, and the tests hold every answer against it.

use crate::domain::Locale;

/// An object with known fields.
#[derive(Debug)]
pub struct Record {
    /// Its name in the OpenAPI document.
    pub name: &'static str,
    /// What it is, in a sentence.
    pub about: &'static str,
    /// Its fields.
    pub fields: &'static [Field],
    /// The first so many fields are alternatives: exactly one of them must be given.
    pub alternatives: usize,
    /// Whether at least one field must be given, whichever.
    pub some: bool,
}

/// A field of a record.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it says, in a sentence.
    pub about: &'static str,
    /// What stands there.
    pub shape: Shape,
    /// Whether it is always there.
    pub required: bool,
}

/// What may stand at a place.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// A text.
    Text(Text),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A whole number, from and to.
    Number(i64, i64),
    /// True or false.
    Flag,
    /// A list of so many.
    List(&'static Shape, usize, usize),
    /// An object with known fields.
    Object(&'static Record),
    /// An object of any names, each with this.
    Each(&'static Shape),
    /// An object whose fields depend on its kind.
    Anything,
    /// Any JSON value.
    Value,
    /// The one or the other.
    Either(&'static Shape, &'static Shape),
    /// This, or null.
    Maybe(&'static Shape),
}

/// What a text is like.
#[derive(Clone, Copy, Debug)]
pub struct Text {
    /// The most characters; `usize::MAX` for no bound.
    pub most: usize,
    /// A format of JSON Schema: `date-time`, `email`, `uri` …
    pub format: Option<&'static str>,
    /// A regular expression it matches.
    pub pattern: Option<&'static str>,
    /// One that could stand there.
    pub example: &'static str,
}

impl Record {
    /// A record whose fields are each required or not.
    pub const fn new(name: &'static str, about: &'static str, fields: &'static [Field]) -> Self {
        Self { name, about, fields, alternatives: 0, some: false }
    }

    /// The same, of whose first `count` fields exactly one is given.
    pub const fn one_of_the_first(self, count: usize) -> Self {
        let Self { name, about, fields, alternatives: _, some } = self;
        Self { name, about, fields, alternatives: count, some }
    }

    /// The same, of whose fields at least one is given.
    pub const fn with_at_least_one(mut self) -> Self {
        self.some = true;
        self
    }
}

impl Field {
    /// A field that is always there.
    pub const fn must(name: &'static str, about: &'static str, shape: Shape) -> Self {
        Self { name, about, shape, required: true }
    }

    /// A field that may be left out.
    pub const fn may(name: &'static str, about: &'static str, shape: Shape) -> Self {
        Self { name, about, shape, required: false }
    }
}

impl Shape {
    /// A text of any length, such as `example`.
    pub const fn text(example: &'static str) -> Self {
        Self::text_within(usize::MAX, example)
    }

    /// A text of at most `most` characters, such as `example`.
    pub const fn text_within(most: usize, example: &'static str) -> Self {
        Self::Text(Text { most, format: None, pattern: None, example })
    }

    /// A text in a format of JSON Schema.
    pub const fn format(format: &'static str, example: &'static str) -> Self {
        Self::Text(Text { most: usize::MAX, format: Some(format), pattern: None, example })
    }

    /// A text that matches a regular expression.
    pub const fn pattern(pattern: &'static str, example: &'static str) -> Self {
        Self::Text(Text { most: usize::MAX, format: None, pattern: Some(pattern), example })
    }

    /// The most characters of a text that may stand here.
    pub(super) const fn most_characters(&self) -> usize {
        match self {
            Self::Text(text) => text.most,
            Self::Maybe(inner) => inner.most_characters(),
            Self::Word(_)
            | Self::Number(..)
            | Self::Flag
            | Self::List(..)
            | Self::Object(_)
            | Self::Each(_)
            | Self::Anything
            | Self::Value
            | Self::Either(..) => usize::MAX,
        }
    }
}

/// An instant in UTC with milliseconds.
pub const INSTANT: Shape = Shape::format("date-time", "2026-11-21T09:14:32.000Z");
/// Where a person chooses.
pub const PREFERENCES_URL: Shape = Shape::format("uri", "https://consent.example.org/p/ay1.prefs.k1.cTvX");
/// Where a person leaves.
pub const UNSUBSCRIBE_URL: Shape = Shape::format("uri", "https://consent.example.org/u/ay1.unsub.k1.bR2m");
/// A contact as we name it.
pub const CONTACT: Shape = Shape::pattern("^con_[0-9a-hjkmnp-tv-z]{26}$", "con_01kas0z1v8q4g6r1m0c7y2d3e5");
/// A piece of evidence as we name it.
pub const EVIDENCE: Shape = Shape::pattern("^evi_[0-9a-hjkmnp-tv-z]{26}$", "evi_01kas0z1v8q4g6r1m0c7y2d3e5");
/// A purpose by its slug.
pub const PURPOSE: Shape = Shape::text_within(200, "newsletter");
/// An address of a mailbox in an answer.
pub const EMAIL: Shape = Shape::format("email", "ada@example.org");
/// The SHA-256 of something, in hex.
pub const SHA256: Shape =
    Shape::pattern("^[0-9a-f]{64}$", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
/// A language of ours.
pub const LOCALE: Shape = Shape::Word(&TAGS);

/// The tag of each language of ours.
pub const TAGS: [&str; Locale::ALL.len()] = {
    let mut tags = [""; Locale::ALL.len()];
    let mut rest: &[Locale] = &Locale::ALL;
    let mut free: &mut [&str] = &mut tags;
    while let ([first, others @ ..], [place, places @ ..]) = (rest, free) {
        *place = first.tag();
        (rest, free) = (others, places);
    }
    tags
};
