//! A cursor over DER (X.690): one element at a time, nothing recursive, every error with its place.

use x509_cert::der::oid::ObjectIdentifier;

use super::StampError;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const NULL: u8 = 0x05;
pub(super) const OBJECT_IDENTIFIER: u8 = 0x06;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// `[number]` around other elements.
pub(super) const fn constructed(number: u8) -> u8 {
    0xa0 | number
}

/// `[number]` in the place of a simple type.
pub(super) const fn primitive(number: u8) -> u8 {
    0x80 | number
}

/// What has not been read yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Der<'a> {
    rest: &'a [u8],
    at: usize,
}

/// One element.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    /// Its tag, one byte: no structure here has more.
    pub(super) tag: u8,
    /// What it holds.
    pub(super) value: &'a [u8],
    /// Tag, length and what it holds.
    pub(super) whole: &'a [u8],
    value_at: usize,
}

impl<'a> Der<'a> {
    /// All of `bytes`.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, at: 0 }
    }

    /// The bytes not read yet.
    pub(super) fn bytes(self) -> &'a [u8] {
        self.rest
    }

    /// That something else was expected here.
    pub(super) fn expected(self, expected: &'static str) -> StampError {
        StampError::Syntax { offset: self.at, expected }
    }

    /// The next element, whatever it is.
    pub(super) fn any(&mut self, expected: &'static str) -> Result<Item<'a>, StampError> {
        let error = self.expected(expected);
        let (tag, length, head) = head(self.rest).ok_or_else(|| error.clone())?;
        let end = head.checked_add(length).ok_or_else(|| error.clone())?;
        let (whole, rest) = self.rest.split_at_checked(end).ok_or_else(|| error.clone())?;
        let value = whole.get(head..).ok_or(error)?;
        let item = Item { tag, value, whole, value_at: self.at + head };
        *self = Self { rest, at: self.at + end };
        Ok(item)
    }

    /// The next element, which must have this tag.
    pub(super) fn take(&mut self, tag: u8, expected: &'static str) -> Result<Item<'a>, StampError> {
        self.optional(tag, expected)?.ok_or_else(|| self.expected(expected))
    }

    /// The next element when it has this tag.
    pub(super) fn optional(
        &mut self,
        tag: u8,
        expected: &'static str,
    ) -> Result<Option<Item<'a>>, StampError> {
        if self.rest.first() == Some(&tag) { self.any(expected).map(Some) } else { Ok(None) }
    }

    /// Nothing may follow.
    pub(super) fn end(self, expected: &'static str) -> Result<(), StampError> {
        if self.rest.is_empty() { Ok(()) } else { Err(self.expected(expected)) }
    }

    /// Whether all has been read.
    pub(super) fn is_empty(self) -> bool {
        self.rest.is_empty()
    }
}

impl<'a> Item<'a> {
    /// A cursor over what it holds.
    pub(super) fn inside(self) -> Der<'a> {
        Der { rest: self.value, at: self.value_at }
    }

    /// The object identifier it holds.
    pub(super) fn oid(self) -> Result<ObjectIdentifier, StampError> {
        ObjectIdentifier::from_bytes(self.value).or(Err(self.inside().expected("an object identifier")))
    }

    /// The integer it holds, when it is small.
    pub(super) fn small(self) -> Result<u8, StampError> {
        match self.value {
            [it @ 0..=0x7f] => Ok(*it),
            _ => Err(self.inside().expected("a small number")),
        }
    }
}

/// The algorithm of an `AlgorithmIdentifier`; its parameters, where there are any, must be NULL.
pub(super) fn algorithm(item: Item<'_>) -> Result<ObjectIdentifier, StampError> {
    let mut inside = item.inside();
    let oid = inside.take(OBJECT_IDENTIFIER, "an algorithm")?.oid()?;
    if let Some(null) = inside.optional(NULL, "no parameters")? {
        null.inside().end("no parameters")?;
    }
    inside.end("no parameters").map(|()| oid)
}

/// Tag, length of the value, length of the head. Lengths are definite and as short as can be.
fn head(bytes: &[u8]) -> Option<(u8, usize, usize)> {
    let (&tag, rest) = bytes.split_first()?;
    // 0x1f announces a tag of several bytes.
    if tag & 0x1f == 0x1f {
        return None;
    }
    match rest {
        [length @ 0..=0x7f, ..] => Some((tag, usize::from(*length), 2)),
        [0x81, length @ 0x80..=0xff, ..] => Some((tag, usize::from(*length), 3)),
        [0x82, high @ 1..=0xff, low, ..] => Some((tag, usize::from(u16::from_be_bytes([*high, *low])), 4)),
        [0x83, high @ 1..=0xff, middle, low, ..] => {
            let length = u32::from_be_bytes([0, *high, *middle, *low]);
            Some((tag, usize::try_from(length).ok()?, 5))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_as_short_as_can_be() {
        assert_eq!(head(&[0x30, 0x00]), Some((0x30, 0, 2)));
        assert_eq!(head(&[0x30, 0x7f]), Some((0x30, 127, 2)));
        assert_eq!(head(&[0x30, 0x81, 0x80]), Some((0x30, 128, 3)));
        assert_eq!(head(&[0x30, 0x82, 0x01, 0x00]), Some((0x30, 256, 4)));
        assert_eq!(head(&[0x30, 0x83, 0x01, 0x00, 0x00]), Some((0x30, 65_536, 5)));
        for bad in [
            &[][..],
            &[0x30],
            &[0x30, 0x80],
            &[0x30, 0x81, 0x7f],
            &[0x30, 0x82, 0x00, 0xff],
            &[0x30, 0x82, 0x01],
            &[0x30, 0x83, 0x00, 0xff, 0xff],
            &[0x30, 0x84, 0x01, 0x00, 0x00, 0x00],
            &[0x1f, 0x81, 0x00],
        ] {
            assert_eq!(head(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn an_error_counts_from_the_first_byte() {
        let bytes = [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x05];
        let mut inner = Der::new(&bytes).any("x").unwrap().inside().any("x").unwrap().inside();
        assert_eq!(
            inner.take(BOOLEAN, "yes or no").unwrap_err(),
            StampError::Syntax { offset: 4, expected: "yes or no" }
        );
        assert_eq!(inner.take(INTEGER, "a number").unwrap().small(), Ok(5));
        assert!(inner.is_empty());
    }
}
