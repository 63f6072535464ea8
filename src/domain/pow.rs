//! Proof of work, in the wire format of ALTCHA v1: a number is hidden in a hash, and whoever wants in looks for it.
//!
//! Nobody is asked to read, hear or solve anything: a browser counts for part of a second. For one person that is
//! nothing, for ten thousand sign-ups it is an hour. The challenge carries its own end and the form it is for in the
//! salt, so that nothing is kept until it is used. The `&` at the end of the salt keeps its last digits from
//! being moved over to the number.

use super::{Timestamp, id::FormId};
use crate::crypto::{Key, mac};

/// The one algorithm.
pub const ALGORITHM: &str = "SHA-256";
/// How long a challenge can be answered, in milliseconds: time to read the page, not more.
pub const LIFE: i64 = 20 * super::time::MINUTE;
/// The longest salt that is looked at.
const SALT_MAX: usize = 200;

/// What is sent to a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Challenge {
    /// SHA-256 of salt and number, in hex.
    pub challenge: String,
    /// The number is at most this.
    pub most: u32,
    /// `{24 hex digits}?expires={Unix seconds}&form={form}&`.
    pub salt: String,
    /// HMAC-SHA256 of the challenge, in hex.
    pub signature: String,
}

/// What a browser sends back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Solution {
    /// Must be [`ALGORITHM`].
    pub algorithm: String,
    /// As it was sent.
    pub challenge: String,
    /// The number found.
    pub number: u64,
    /// As it was sent.
    pub salt: String,
    /// As it was sent.
    pub signature: String,
}

/// What a solution is worth. Whether it was used before, only a database knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// It is right, in time and for this form.
    Good,
    /// Its time is over.
    Late,
    /// A challenge of another form.
    OtherForm,
    /// Not the number, or no challenge of ours.
    Wrong,
}

/// Hides `number` in a challenge for one form.
pub fn mint(
    key: &Key,
    nonce: [u8; 12],
    form: FormId,
    number: u32,
    most: u32,
    expires_at: Timestamp,
) -> Challenge {
    let salt = format!("{}?expires={}&form={form}&", hex::encode(nonce), expires_at.seconds());
    let challenge = hash(&salt, u64::from(number));
    let signature = sign(key, &challenge);
    Challenge { challenge, most, salt, signature }
}

/// Judges what a browser sent back for `form`.
pub fn judge(key: &Key, form: FormId, solution: &Solution, now: Timestamp) -> Proof {
    let Solution { algorithm, challenge, number, salt, signature } = solution;
    if algorithm != ALGORITHM || salt.len() > SALT_MAX || !salt.ends_with('&') {
        return Proof::Wrong;
    }
    let right = mac::equal(hash(salt, *number).as_bytes(), challenge.as_bytes());
    let ours = mac::equal(sign(key, challenge).as_bytes(), signature.as_bytes());
    if !(right & ours) {
        return Proof::Wrong;
    }
    match parameter(salt, "expires").and_then(|it| it.parse::<i64>().ok()) {
        None => Proof::Wrong,
        Some(expires) if now.seconds() >= expires => Proof::Late,
        Some(_) if parameter(salt, "form") != Some(form.to_string().as_str()) => Proof::OtherForm,
        Some(_) => Proof::Good,
    }
}

/// What a salt says of itself, after its `?`.
fn parameter<'a>(salt: &'a str, name: &str) -> Option<&'a str> {
    let (_, parameters) = salt.split_once('?')?;
    parameters.split('&').find_map(|it| it.split_once('=').filter(|(key, _)| *key == name).map(|(_, it)| it))
}

fn hash(salt: &str, number: u64) -> String {
    mac::sha256_hex(format!("{salt}{number}").as_bytes())
}

fn sign(key: &Key, challenge: &str) -> String {
    hex::encode(mac::hmac(key.expose(), &[challenge.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::Random;

    fn solution(challenge: &Challenge, number: u64) -> Solution {
        let Challenge { challenge, salt, signature, most: _ } = challenge.clone();
        Solution { algorithm: ALGORITHM.to_owned(), challenge, number, salt, signature }
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1_000)
    }

    /// The hashes and the signature of the published format, under its key `test key`.
    #[test]
    fn hashes_and_signatures_are_those_of_the_format() {
        let salt = "0123456789abcdef01234567?expires=4102444800&";
        let challenge = "697d7c8e1eaefd6d0388e94dfb640e4d049b1d34609c142f8303b8899362b9eb";
        assert_eq!(hash(salt, 4_242), challenge);
        assert_ne!(hash(salt, 4_243), challenge);
        assert_eq!(
            hex::encode(mac::hmac(b"test key", &[challenge.as_bytes()])),
            "c1abe1907f5c8308e8e9c75c098ffda68a1b5509b3e5a43dbbeec5fd09ae133a"
        );
        let expired = "0123456789abcdef01234567?expires=1&";
        assert_eq!(hash(expired, 7), "01e10d9d591e54bc5babf17d9ff54c5e435790064917009b6ea3368f4d20ca71");
    }

    #[test]
    fn only_the_number_hidden_for_this_form_in_time_is_good() {
        let random = Random::seeded(1);
        let (key, other) = (Key::new([1; 32]), Key::new([2; 32]));
        let (form, another) = (FormId::new(&random), FormId::new(&random));
        let challenge = mint(&key, [7; 12], form, 42, 100, at(1_000));
        assert!(challenge.salt.ends_with('&') && challenge.challenge.len() == 64);
        let good = solution(&challenge, 42);
        assert_eq!(judge(&key, form, &good, at(999)), Proof::Good);
        assert_eq!(judge(&key, form, &good, at(1_000)), Proof::Late);
        assert_eq!(judge(&key, another, &good, at(999)), Proof::OtherForm);
        assert_eq!(judge(&other, form, &good, at(999)), Proof::Wrong);
        assert_eq!(judge(&key, form, &solution(&challenge, 43), at(999)), Proof::Wrong);
        let weak = Solution { algorithm: "SHA-1".to_owned(), ..good.clone() };
        assert_eq!(judge(&key, form, &weak, at(999)), Proof::Wrong);
    }

    /// Digits moved from the salt to the number leave the hash as it was: the salt must end where it was signed.
    #[test]
    fn a_salt_without_its_end_mark_is_refused() {
        let random = Random::seeded(1);
        let (key, form) = (Key::new([1; 32]), FormId::new(&random));
        let salt = format!("0123456789abcdef01234567?form={form}&expires=41024448");
        let challenge = hash(&salt, 4_242);
        let signature = sign(&key, &challenge);
        let forged = Solution { algorithm: ALGORITHM.to_owned(), challenge, number: 4_242, salt, signature };
        assert_eq!(judge(&key, form, &forged, at(1)), Proof::Wrong);
        let longer = Solution { salt: "0".repeat(SALT_MAX + 1), ..forged };
        assert_eq!(judge(&key, form, &longer, at(1)), Proof::Wrong);
    }
}
