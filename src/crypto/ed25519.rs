//! Ed25519 (RFC 8032): signatures that anybody can check and nobody else can make.

use ed25519_dalek::{Signer as _, SigningKey};

use super::Key;

/// The public key that belongs to a secret one.
pub fn public(secret: &Key) -> [u8; 32] {
    SigningKey::from_bytes(secret.expose()).verifying_key().to_bytes()
}

/// The signature of a message.
pub fn sign(secret: &Key, message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(secret.expose()).sign(message).to_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes<const N: usize>(text: &str) -> [u8; N] {
        hex::decode(text).unwrap().try_into().unwrap()
    }

    #[test]
    fn keys_and_signatures_are_those_of_rfc_8032() {
        // Section 7.1, test 2.
        let secret = Key::new(bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
        assert_eq!(
            public(&secret),
            bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
        );
        assert_eq!(
            sign(&secret, &[0x72]),
            bytes(
                "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            )
        );
    }
}
