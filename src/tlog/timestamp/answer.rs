//! The question to a time stamp authority, and what it answers (RFC 3161, sections 2.4.1 and 2.4.2).

use super::{
    MAX_BYTES, StampError,
    read::{BIT_STRING, Der, INTEGER, Item, SEQUENCE},
    signed_data::SignedData,
    tst_info::TstInfo,
};

/// `MessageImprint` up to the digest: SHA-256 with NULL parameters, as every authority expects it.
const IMPRINT_HEAD: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

/// The longest reason of an authority that is kept.
const MAX_REASON: usize = 200;

/// What failure bits mean (RFC 3161, section 2.4.2), by their position.
const FAILURES: [(usize, &str); 8] = [
    (0, "the algorithm is not supported"),
    (2, "the request is not permitted"),
    (5, "the request cannot be read"),
    (14, "its clock is not available"),
    (15, "the policy is not supported"),
    (16, "an extension is not supported"),
    (17, "the additional information is not available"),
    (25, "it has a failure of its own"),
];

/// The DER of a `TimeStampReq` over `imprint`, a SHA-256, that asks for the certificate. `nonce` is random.
pub fn request(imprint: &[u8; 32], nonce: u64) -> Vec<u8> {
    let nonce = integer(nonce);
    // At most 67 and 9: every length fits its one byte.
    let nonce_length = u8::try_from(nonce.len()).unwrap_or(u8::MAX);
    let mut request = vec![SEQUENCE, 59 + nonce_length, INTEGER, 1, 1];
    request.extend(IMPRINT_HEAD);
    request.extend(imprint);
    request.extend([INTEGER, nonce_length]);
    request.extend(nonce);
    request.extend([0x01, 0x01, 0xff]);
    request
}

/// The token of an answer (`TimeStampResp`): the DER of its CMS `ContentInfo`, to be kept and given to
/// [`super::verify`].
///
/// # Errors
/// When the authority refused, or the answer is to another question.
pub fn token_of_answer(der: &[u8], imprint: &[u8; 32], nonce: u64) -> Result<Vec<u8>, StampError> {
    if der.len() > MAX_BYTES {
        return Err(StampError::TooLong);
    }
    let mut outer = Der::new(der);
    let mut answer = outer.take(SEQUENCE, "an answer of a time stamp authority")?.inside();
    outer.end("the end of the answer")?;
    granted(answer.take(SEQUENCE, "a status")?)?;
    let Some(token) = answer.optional(SEQUENCE, "a time stamp")? else { return Err(StampError::NoToken) };
    answer.end("the end of the answer")?;
    let signed = SignedData::parse(token.whole)?;
    let info = TstInfo::parse(signed.content)?;
    info.covers(imprint)?;
    if info.nonce != Some(integer(nonce).as_slice()) {
        return Err(StampError::NonceDiffers);
    }
    Ok(token.whole.to_vec())
}

/// Only `granted` (0) and `grantedWithMods` (1) come with a token.
fn granted(status: Item<'_>) -> Result<(), StampError> {
    let mut inside = status.inside();
    let number = inside.take(INTEGER, "a status")?.small()?;
    if number <= 1 {
        return Ok(());
    }
    let words = inside.optional(SEQUENCE, "words")?;
    let bits = inside.optional(BIT_STRING, "failure bits")?;
    let reason = words.and_then(spoken).or_else(|| bits.and_then(|it| failure(it.value)));
    let reason = reason.unwrap_or_else(|| "it gave no reason".to_owned());
    Err(StampError::Refused { status: number, reason })
}

/// The first of its words, short and on one line.
fn spoken(words: Item<'_>) -> Option<String> {
    let first = words.inside().any("words").ok()?;
    let text = String::from_utf8_lossy(first.value);
    let text: String = text.chars().filter(|it| !it.is_control()).take(MAX_REASON).collect();
    let text = text.trim().trim_end_matches('.');
    (!text.is_empty()).then(|| text.to_owned())
}

/// What the first bit that is set means. The value of a BIT STRING begins with its number of unused bits.
fn failure(value: &[u8]) -> Option<String> {
    let bits = value.get(1..)?;
    let is_set = |bit: usize| bits.get(bit / 8).is_some_and(|it| it & (0x80 >> (bit % 8)) != 0);
    FAILURES.into_iter().find(|(bit, _)| is_set(*bit)).map(|(_, meaning)| meaning.to_owned())
}

/// The content octets of a DER INTEGER: as few as can be, and never read as negative.
fn integer(number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let significant = bytes.iter().skip_while(|it| **it == 0).copied();
    let mut content: Vec<u8> = significant.collect();
    if content.first().is_none_or(|it| *it >= 0x80) {
        content.insert(0, 0);
    }
    content
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_a_positive_integer_of_fewest_bytes() {
        for (number, content) in [
            (0, &[0][..]),
            (1, &[1]),
            (0x7f, &[0x7f]),
            (0x80, &[0, 0x80]),
            (0x1234, &[0x12, 0x34]),
            (u64::MAX, &[0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]),
        ] {
            assert_eq!(integer(number), content);
        }
    }

    /// An answer with this status and what follows it.
    fn refusal(status: u8, more: &[u8]) -> StampError {
        let info = [&[INTEGER, 1, status], more].concat();
        let length = |it: &[u8]| u8::try_from(it.len()).unwrap();
        let info = [&[SEQUENCE, length(&info)], info.as_slice()].concat();
        let answer = [&[SEQUENCE, length(&info)], info.as_slice()].concat();
        token_of_answer(&answer, &[0; 32], 1).unwrap_err()
    }

    #[test]
    fn a_refusal_says_why_in_words_or_bits() {
        let refused = |status, reason: &str| StampError::Refused { status, reason: reason.to_owned() };
        let words = |text: &str| {
            let length = u8::try_from(text.len()).unwrap();
            [&[SEQUENCE, length + 2, 0x0c, length], text.as_bytes()].concat()
        };
        assert_eq!(refusal(2, &[]), refused(2, "it gave no reason"));
        assert_eq!(refusal(2, &[BIT_STRING, 2, 7, 0x80]), refused(2, "the algorithm is not supported"));
        assert_eq!(refusal(2, &[BIT_STRING, 3, 0, 0, 2]), refused(2, "its clock is not available"));
        assert_eq!(refusal(3, &[BIT_STRING, 5, 6, 0, 0, 0, 0x40]), refused(3, "it has a failure of its own"));
        assert_eq!(refusal(2, &[BIT_STRING, 2, 0, 0]), refused(2, "it gave no reason"));
        assert_eq!(refusal(2, &words("Not\u{1b}[31m today.\n")), refused(2, "Not[31m today"));
        assert_eq!(refusal(2, &words(" ")), refused(2, "it gave no reason"));
        assert_eq!(refusal(0, &[]), StampError::NoToken);
        assert_eq!(refusal(1, &[]), StampError::NoToken);
    }
}
