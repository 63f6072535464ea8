//! Standard Webhooks 1.0.0, symmetric (`v1`) and asymmetric (`v1a`) signatures, and nothing of ours.
//!
//! What is signed is id + `.` + timestamp + `.` + body, where the timestamp is Unix seconds of the attempt.
//! `v1,` + base64(HMAC-SHA256) with the bytes that `whsec_` + base64 stands for; `v1a,` + base64(Ed25519) for a receiver
//! that holds the public key alone. Verifying is the receiver's business and deliberately absent.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::crypto::{Key, ed25519};

/// Before the base64 of a secret.
const PREFIX: &str = "whsec_";

/// Bytes a secret may have (Standard Webhooks 1.0.0, "Signature scheme").
const SIZES: std::ops::RangeInclusive<usize> = 24..=64;

/// So many characters of a secret stand in no text by chance, and a text cut off after fewer gives nothing away.
const TELLING: usize = 16;

/// What messages to one endpoint are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Kind);

#[derive(Clone, PartialEq, Eq)]
enum Kind {
    /// 24 to 64 bytes, shown to the endpoint's owner once: `v1`.
    Shared(Vec<u8>),
    /// An Ed25519 key whose public half the owner holds: `v1a`.
    Private(Key),
}

/// Why a text is no signing secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// The prefix is missing.
    #[error("a signing secret starts with whsec_")]
    Prefix,
    /// What follows the prefix is not base64.
    #[error("a signing secret is whsec_ followed by standard base64 with its padding")]
    Base64,
    /// Too short to be safe, or too long for the standard.
    #[error("a signing secret holds 24 to 64 bytes; this one holds {0}")]
    Size(usize),
}

impl Secret {
    /// Reads `whsec_…` as its owner holds it.
    ///
    /// # Errors
    /// Without the prefix, with anything but standard base64, or with fewer than 24 or more than 64 bytes.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let encoded = text.strip_prefix(PREFIX).ok_or(SecretError::Prefix)?;
        // The reason a base64 text is wrong could quote parts of the secret.
        let Ok(bytes) = BASE64_STANDARD.decode(encoded) else { return Err(SecretError::Base64) };
        Self::from_bytes(bytes)
    }

    /// Makes a secret of random bytes, 32 of them for a new endpoint.
    ///
    /// # Errors
    /// With fewer than 24 or more than 64 bytes.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, SecretError> {
        if !SIZES.contains(&bytes.len()) {
            return Err(SecretError::Size(bytes.len()));
        }
        Ok(Self(Kind::Shared(bytes)))
    }

    /// A key for `v1a`, which never leaves us.
    pub const fn private(key: Key) -> Self {
        Self(Kind::Private(key))
    }

    /// The text to hand to the receiver: `whsec_` or `whpk_` and base64.
    pub fn expose(&self) -> String {
        match &self.0 {
            Kind::Shared(bytes) => format!("{PREFIX}{}", BASE64_STANDARD.encode(bytes)),
            Kind::Private(key) => format!("whpk_{}", BASE64_STANDARD.encode(ed25519::public(key))),
        }
    }

    /// Whether a text holds the secret or its beginning, in base64 (of either alphabet, as it stands in JSON and URLs
    /// too) or in hex. What never leaves us stands nowhere.
    pub fn is_told_in(&self, text: &[u8]) -> bool {
        let Kind::Shared(bytes) = &self.0 else { return false };
        let text = String::from_utf8_lossy(text);
        let (base64, hex) = (BASE64_STANDARD.encode(bytes), hex::encode(bytes));
        let mut plain = text.to_string();
        for (written, meant) in [("%2B", "+"), ("%2b", "+"), ("%2F", "/"), ("%2f", "/"), ("\\/", "/")] {
            plain = plain.replace(written, meant);
        }
        let plain = plain.replace('-', "+").replace('_', "/");
        let begins = |all: &str| all.chars().take(TELLING).collect::<String>();
        plain.contains(&begins(&base64)) || text.to_ascii_lowercase().contains(&begins(&hex))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.0 {
            Kind::Shared(_) => "Secret(whsec_…)",
            Kind::Private(_) => "Secret(whsk_…)",
        })
    }
}

/// The value of `webhook-signature`: one signature per live secret, in the order given (newest
/// first), separated by one space. Two secrets are live while one replaces the other.
///
/// `id` must hold no dot, or two messages could share their signed bytes.
pub fn sign(id: &str, timestamp_seconds: i64, body: &[u8], secrets: &[Secret]) -> String {
    let head = format!("{id}.{timestamp_seconds}.");
    let signatures: Vec<String> = secrets
        .iter()
        .filter_map(|secret| match &secret.0 {
            Kind::Shared(bytes) => v1(head.as_bytes(), body, bytes),
            Kind::Private(key) => Some(v1a(head.as_bytes(), body, key)),
        })
        .collect();
    signatures.join(" ")
}

/// HMAC takes keys of any length, so there always is a signature; the type cannot know.
fn v1(head: &[u8], body: &[u8], secret: &[u8]) -> Option<String> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).ok()?;
    mac.update(head);
    mac.update(body);
    Some(format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())))
}

fn v1a(head: &[u8], body: &[u8], key: &Key) -> String {
    format!("v1a,{}", BASE64_STANDARD.encode(ed25519::sign(key, &[head, body].concat())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    fn secret(text: &str) -> Secret {
        Secret::parse(text).unwrap()
    }

    #[test]
    fn signatures_are_those_the_standard_publishes() {
        // From the tests of the reference libraries: Rust's, then the one shared by seven languages.
        let rust = sign(
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            1_649_367_553,
            br#"{"email":"test@example.com","username":"test_user"}"#,
            &[secret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD")],
        );
        assert_eq!(rust, "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=");
        let shared = sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
            &[secret(PUBLISHED)],
        );
        assert_eq!(shared, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn two_live_secrets_sign_newest_first_with_one_space_between() {
        let new = secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        let signed = sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            br#"{"test": 2432232314}"#,
            &[new, secret(PUBLISHED)],
        );
        assert_eq!(
            signed,
            "v1,O4Gjv1HqPqsMrjmczoggs/sWA8gZD0VyHG+fLh4+ktI= v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn an_asymmetric_signature_stands_beside_the_other_and_fits_the_public_key() {
        let mut seed = [0; 32];
        for (byte, at) in seed.iter_mut().zip(0..) {
            *byte = at;
        }
        let private = Secret::private(Key::new(seed));
        assert_eq!(private.expose(), "whpk_A6EHv/POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg=");
        // Made with another implementation of Ed25519.
        let asymmetric =
            "v1a,yoUrgEkc12aGqm0n4Sydmdz55xJfTz4AsAgieHFjmkR7LJtqVCZOQYzvvHjI5kAey+r4iaBGxTFRrl2iBQxtDQ==";
        let (id, at, body) =
            ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#.as_slice());
        assert_eq!(sign(id, at, body, std::slice::from_ref(&private)), asymmetric);
        let symmetric = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(sign(id, at, body, &[secret(PUBLISHED), private]), format!("{symmetric} {asymmetric}"));
    }

    #[test]
    fn a_secret_reads_back_as_it_was_shown() {
        assert_eq!(secret(PUBLISHED).expose(), PUBLISHED);
        let longest = Secret::from_bytes(vec![7; 64]).unwrap();
        assert_eq!(Secret::parse(&longest.expose()), Ok(longest));
    }

    #[test]
    fn a_secret_is_found_in_whatever_spelling() {
        // Its base64 is full of + and /.
        let secret = Secret::from_bytes([0xfb, 0xef, 0xff].repeat(10)).unwrap();
        let base64 = secret.expose().trim_start_matches("whsec_").to_owned();
        assert!(base64.starts_with("++//++//"));
        let hex = hex::encode([0xfb, 0xef, 0xff].repeat(10));
        for spelling in [
            secret.expose(),
            base64.clone(),
            base64.replace('+', "-").replace('/', "_"),
            base64.replace('/', "\\/"),
            base64.replace('+', "%2B").replace('/', "%2f"),
            base64.chars().take(20).collect(),
            hex.clone(),
            hex.to_uppercase(),
        ] {
            let answer = format!("<pre>WEBHOOK_SECRET={spelling}");
            assert!(secret.is_told_in(answer.as_bytes()), "{answer}");
            assert!(!Secret::private(Key::new([7; 32])).is_told_in(answer.as_bytes()));
        }
        assert!(!secret.is_told_in(b"whsec_ is missing \xff\xfe"));
        assert!(!secret.is_told_in(b""));
    }

    #[test]
    fn what_is_no_secret_is_refused_with_the_reason() {
        assert_eq!(Secret::parse(""), Err(SecretError::Prefix));
        assert_eq!(Secret::parse("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), Err(SecretError::Prefix));
        assert_eq!(Secret::parse("whsec_"), Err(SecretError::Size(0)));
        assert_eq!(Secret::parse("whsec_not base64"), Err(SecretError::Base64));
        assert_eq!(
            Secret::parse("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"),
            Err(SecretError::Base64)
        );
        assert_eq!(Secret::from_bytes(vec![1; 23]), Err(SecretError::Size(23)));
        assert_eq!(Secret::from_bytes(vec![1; 65]), Err(SecretError::Size(65)));
    }

    #[test]
    fn a_secret_does_not_show_itself_in_logs() {
        assert_eq!(format!("{:?}", secret(PUBLISHED)), "Secret(whsec_…)");
        assert_eq!(format!("{:?}", Secret::private(Key::new([7; 32]))), "Secret(whsk_…)");
    }
}
