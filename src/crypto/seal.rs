//! Fields sealed in the database: XChaCha20-Poly1305 with a random 24-byte nonce, bound to their place.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};

use super::{Key, Random};

/// Seals `secret` for the place `place` (such as `link_master/k2`): base64 of nonce ‖ ciphertext ‖ tag.
pub fn seal(key: &Key, random: &Random, place: &str, secret: &[u8]) -> String {
    let nonce: [u8; 24] = random.bytes();
    let cipher = XChaCha20Poly1305::new(key.expose().into());
    // Encryption in memory fails only for messages of hundreds of gigabytes.
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: place.as_bytes() })
        .unwrap_or_default();
    BASE64_STANDARD.encode([nonce.as_slice(), &sealed].concat())
}

/// What was sealed for `place` under `key`; `None` when the key, the place or a bit is another.
pub fn open(key: &Key, place: &str, sealed: &str) -> Option<Vec<u8>> {
    let bytes = BASE64_STANDARD.decode(sealed).ok()?;
    let (nonce, text) = bytes.split_first_chunk::<24>()?;
    let cipher = XChaCha20Poly1305::new(key.expose().into());
    cipher.decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: place.as_bytes() }).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_field_opens_only_with_its_key_in_its_place() {
        let key = Key::new([1; 32]);
        let sealed = seal(&key, &Random::seeded(1), "link_master/k1", b"secret");
        assert_eq!(open(&key, "link_master/k1", &sealed).as_deref(), Some(b"secret".as_slice()));
        assert_eq!(open(&key, "link_master/k2", &sealed), None);
        assert_eq!(open(&Key::new([2; 32]), "link_master/k1", &sealed), None);
        assert_eq!(open(&key, "link_master/k1", "AAAA"), None);
        assert_ne!(sealed, seal(&key, &Random::seeded(2), "link_master/k1", b"secret"));
    }
}
