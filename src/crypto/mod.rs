//! Ground: bytes only. Which key serves which purpose, MACs, sealed fields, randomness.
//!
//! Nothing here knows of consent. All keys descend from one 32-byte root by HKDF-SHA256 (RFC 5869), one
//! label per use, so that a value made for one use never verifies in another.

pub mod ed25519;
pub mod mac;
pub mod random;
pub mod seal;
#[cfg(test)]
mod vectors;

use hkdf::Hkdf;
use sha2::Sha256;

pub use random::Random;

/// A 256-bit secret. `Debug` never shows it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// The key of these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The key for one use: `HKDF-SHA256(ikm = self, salt = "", info = label, L = 32)`.
    pub fn derive(&self, label: &str) -> Self {
        let mut out = [0; 32];
        // HKDF-SHA256 refuses only lengths above 8,160 bytes; 32 always fits.
        let _ = Hkdf::<Sha256>::new(None, &self.0).expand(label.as_bytes(), &mut out);
        Self(out)
    }

    /// The bytes, for the algorithms of this layer and for sealing a key in the database.
    pub const fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derivation_matches_rfc_5869_with_the_link_label() {
        let mut master = [0; 32];
        for (at, byte) in (0x20..0x40).enumerate() {
            master[at] = byte;
        }
        let confirm = Key::new(master).derive("ayeaye/link/v1/confirm");
        assert_eq!(
            hex::encode(confirm.expose()),
            "2d93c9ff0e983a917898c1ae606b4b75e3d1b29bcc16c0ecdd273664899c2455"
        );
    }

    #[test]
    fn debug_shows_nothing_of_a_key() {
        assert_eq!(format!("{:?}", Key::new([7; 32])), "Key(…)");
    }
}
