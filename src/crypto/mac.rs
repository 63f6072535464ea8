//! HMAC-SHA256 (RFC 2104), SHA-256 and the comparisons that take the same time whatever they find.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::Key;

/// `HMAC-SHA256(key, parts[0] ‖ parts[1] ‖ …)`.
pub fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // HMAC takes a key of any length: the constructor cannot fail.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Whether two byte strings are equal, in time that depends only on their lengths.
pub fn equal(left: &[u8], right: &[u8]) -> bool {
    bool::from(left.ct_eq(right))
}

/// SHA-256 of `bytes`, in lower-case hex.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// A keyed hash for columns that must be found again but tell nothing: `HMAC-SHA256(key, parts)` in hex.
pub fn keyed_hash(key: &Key, parts: &[&[u8]]) -> String {
    hex::encode(hmac(key.expose(), parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_matches_rfc_4231_case_2() {
        assert_eq!(
            hex::encode(hmac(b"Jefe", &[b"what do ya want ", b"for nothing?"])),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }

    #[test]
    fn equal_needs_the_same_bytes_and_length() {
        assert!(equal(b"abc", b"abc"));
        assert!(!equal(b"abc", b"abd"));
        assert!(!equal(b"abc", b"abcd"));
    }
}
