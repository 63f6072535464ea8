//! A SHA-256 hash, and the two spellings it has in logs: hexadecimal and base64.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// 32 bytes of SHA-256. `Debug` and `Display` show hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of these 32 bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 32 bytes.
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash in these bytes, if there are exactly 32.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        <[u8; 32]>::try_from(bytes).ok().map(Self)
    }

    /// 64 lower case hexadecimal digits.
    pub fn to_hex(self) -> String {
        hex::encode(self.0)
    }

    /// Reads 64 lower case hexadecimal digits, and no other spelling.
    pub fn from_hex(text: &str) -> Option<Self> {
        if text.bytes().any(|it| it.is_ascii_uppercase()) {
            return None;
        }
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }

    /// 44 signs of standard base64 (RFC 4648 section 4).
    pub fn to_base64(self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads standard base64 in its only canonical spelling: padded, no spare bits.
    pub fn from_base64(text: &str) -> Option<Self> {
        Self::from_slice(&super::strict::base64(text)?)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_hex())
    }
}

/// SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

/// SHA-256 of the parts, one after the other.
pub(super) fn sha256_of(parts: &[&[u8]]) -> Hash {
    let mut sha = Sha256::new();
    for part in parts {
        sha.update(part);
    }
    Hash(sha.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;

    const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    #[test]
    fn both_spellings_come_back() {
        let hash = sha256(b"");
        assert_eq!(hash.to_hex(), EMPTY);
        assert_eq!(format!("{hash} {hash:?}"), format!("{EMPTY} {EMPTY}"));
        assert_eq!(Hash::from_hex(EMPTY), Some(hash));
        assert_eq!(hash.to_base64(), "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
        assert_eq!(Hash::from_base64(&hash.to_base64()), Some(hash));
        assert_eq!(sha256_of(&[b"a", b"", b"bc"]), sha256(b"abc"));
    }

    #[test]
    fn no_other_spelling_is_read() {
        for wrong in ["", "e3", &EMPTY.to_uppercase(), &format!("{EMPTY}00"), &format!("{EMPTY} ")] {
            assert_eq!(Hash::from_hex(wrong), None, "{wrong}");
        }
        let wrong = [
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=",
            "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hS",
        ];
        for wrong in wrong {
            assert_eq!(Hash::from_base64(wrong), None, "{wrong}");
        }
    }
}
