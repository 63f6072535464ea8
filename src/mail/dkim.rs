//! Signs mails with DKIM (RFC 6376), RSA-SHA256 or Ed25519 (RFC 8463), relaxed/relaxed, without `l=`.
//!
//! The crate that signs changes often: it is named in this file and nowhere else.

use std::fmt;

use base64::prelude::{BASE64_STANDARD, Engine};
use mail_auth::{
    common::{
        crypto::{DkimKey, Ed25519Key, RsaKey, Sha256},
        headers::HeaderWriter,
    },
    dkim::DkimSigner,
};
use rustls::pki_types::{PrivateKeyDer, pem::PemObject};

/// Signed whether present or not: a header of these names added on the way breaks the signature.
const HEADERS: [&str; 9] = [
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "MIME-Version",
    "Content-Type",
    "Auto-Submitted",
];

/// A PKCS #8 envelope (RFC 8410 section 7) up to the 32 bytes of the seed.
const ED25519_ENVELOPE: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// A signing key with the names its public half is published under.
pub struct Dkim {
    key: String,
    selector: String,
    /// Of all mails; without one, the domain of each mail's sender.
    domain: Option<String>,
}

/// Why a key cannot sign.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum DkimError {
    /// Neither form of key.
    #[error("the DKIM key is neither an RSA private key in PEM (2048 bits or more) nor 32 bytes in base64")]
    Key,
    /// Domain or selector cannot stand in DNS.
    #[error("the DKIM domain and selector may hold letters, digits, hyphens and dots only")]
    Name,
    /// The signature failed.
    #[error("the mail could not be signed: {0}")]
    Sign(String),
}

impl Dkim {
    /// `key` is an RSA private key in PEM (PKCS #1 or #8) or a 32-byte Ed25519 seed in base64. Without a
    /// domain each mail is signed for the domain of its sender, which is what DMARC asks for.
    ///
    /// # Errors
    /// When the key is of neither form, or domain or selector cannot stand in DNS.
    pub fn new(domain: Option<&str>, selector: &str, key: &str) -> Result<Self, DkimError> {
        if !domain.is_none_or(is_name) || !is_name(selector) {
            return Err(DkimError::Name);
        }
        parse_key(key.trim()).ok_or(DkimError::Key)?;
        Ok(Self {
            key: key.trim().to_owned(),
            selector: selector.to_owned(),
            domain: domain.map(str::to_owned),
        })
    }

    /// `raw` with a `DKIM-Signature` in front, for a mail from the address `sender`. `t=` is the time of the
    /// machine: it is not part of any decision, and the same mail signed twice has the same `Message-ID`.
    ///
    /// # Errors
    /// When the sender has no domain or the cryptographic library fails.
    pub fn sign(&self, raw: &[u8], sender: &str) -> Result<Vec<u8>, DkimError> {
        let of_sender = sender.rsplit_once('@').map_or("", |(_, domain)| domain);
        let domain = self.domain.as_deref().unwrap_or(of_sender);
        if !is_name(domain) {
            return Err(DkimError::Name);
        }
        let key = parse_key(&self.key).ok_or(DkimError::Key)?;
        let signer = DkimSigner::from_key(key).domain(domain).selector(&self.selector).headers(HEADERS);
        let signature = signer.sign(raw).map_err(|it| DkimError::Sign(it.to_string()))?;
        let mut signed = signature.to_header().into_bytes();
        signed.extend_from_slice(raw);
        Ok(signed)
    }
}

impl fmt::Debug for Dkim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key: _, selector, domain } = self;
        f.debug_struct("Dkim").field("selector", selector).field("domain", domain).finish_non_exhaustive()
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric() || matches!(it, b'-' | b'.' | b'_'))
}

fn parse_key(key: &str) -> Option<DkimKey> {
    if key.starts_with("-----BEGIN") {
        let der = PrivateKeyDer::from_pem_slice(key.as_bytes()).ok()?;
        return RsaKey::<Sha256>::from_key_der(der).ok().map(DkimKey::Rsa);
    }
    let seed: [u8; 32] = BASE64_STANDARD.decode(key).ok()?.try_into().ok()?;
    let der = [&ED25519_ENVELOPE[..], &seed].concat();
    Ed25519Key::from_pkcs8_maybe_unchecked_der(&der).ok().map(DkimKey::Ed25519)
}

#[cfg(test)]
mod tests {
    use std::{borrow::Borrow, hash::Hash, sync::Arc, time::Instant};

    use mail_auth::{
        AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters, ResolverCache, Txt,
        common::{parse::TxtRecordParser, verify::DomainKey},
    };

    use super::*;

    const RSA: &str = include_str!("testdata/dkim_rsa.pem");
    const RSA_RECORD: &str = "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAjkrxByYY7YN1HGGCGtEg\
        q2yuVwiHs8Yecvons7ZOpQmuD7YrH/MkaS1AaDxEyuULb8OY2XE5zIXLlTGQRN1I7G1tzll7vNd6eikjsC9YHZVlnnsKp91jqD3J\
        as7zFTbsX0jRPiCWh3ukmZbzcsUzOLWZ8tx4rYfdzlLPwWuBi4MUN103K1ZNuZDBcUCBnQyC3wQhyYtR72A2x/QlDQhp45pc01Sz\
        glHzxygb1kgxYOuIv+qdrE86MiyP+So3xZ0Lyc5LIf6pt6bUMQ1VWfqbd8QnHf67YxmAP7tNr48vNRePX4brGkEY1h6lVImrtMOj\
        p2L8Nsr4rkcRVi/FQaDNhwIDAQAB";
    /// RFC 8463 appendix A.
    const ED25519: &str = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    const ED25519_RECORD: &str = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    const MAIL: &str = "Message-ID: <1@acme.example>\r\nDate: Sat, 21 Nov 2026 10:00:00 +0000\r\n\
        From: Acme <confirm@acme.example>\r\nTo: ada@example.org\r\nSubject: Confirm\r\n\
        Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nYes\r\n";

    /// DNS with one record in it.
    struct Dns(&'static str);

    impl ResolverCache<Box<str>, Txt> for Dns {
        fn get<Q: Hash + Eq + ?Sized>(&self, _: &Q) -> Option<Txt>
        where
            Box<str>: Borrow<Q>,
        {
            DomainKey::parse(self.0.as_bytes()).ok().map(|it| Txt::DomainKey(Arc::new(it)))
        }

        fn remove<Q: Hash + Eq + ?Sized>(&self, _: &Q) -> Option<Txt>
        where
            Box<str>: Borrow<Q>,
        {
            None
        }

        fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
    }

    async fn passes(mail: &[u8], record: &'static str) -> bool {
        let verifier = MessageAuthenticator::new_cloudflare().unwrap();
        let mail = AuthenticatedMessage::parse(mail).unwrap();
        let dns = Dns(record);
        let results = verifier.verify_dkim(Parameters::new(&mail).with_txt_cache(&dns)).await;
        assert_eq!(results.len(), 1, "one signature");
        results.iter().all(|it| *it.result() == DkimResult::Pass)
    }

    #[tokio::test]
    async fn both_kinds_of_key_sign_what_a_verifier_accepts() {
        for (key, record) in [(RSA, RSA_RECORD), (ED25519, ED25519_RECORD)] {
            let signed = Dkim::new(Some("acme.example"), "s1", key)
                .unwrap()
                .sign(MAIL.as_bytes(), "confirm@acme.example")
                .unwrap();
            assert!(signed.ends_with(MAIL.as_bytes()), "the mail itself is untouched");
            assert!(passes(&signed, record).await);

            let signed = String::from_utf8(signed).unwrap();
            for (from, to) in [
                ("Yes\r\n", "No\r\n"),
                ("Subject: Confirm", "Subject: Buy"),
                ("<1@acme", "<2@acme"),
                ("To: ada@", "Reply-To: eve@evil.example\r\nTo: ada@"),
            ] {
                let changed = signed.replace(from, to);
                assert_ne!(changed, signed);
                assert!(!passes(changed.as_bytes(), record).await, "{to} was not noticed");
            }
            let refolded = signed.replace("Subject: Confirm", "Subject:\r\n Confirm");
            assert!(passes(refolded.as_bytes(), record).await, "relaxed forgives new folding");
        }
    }

    #[test]
    fn the_signature_covers_the_whole_list_and_no_length() {
        let signed = Dkim::new(Some("acme.example"), "s1", ED25519)
            .unwrap()
            .sign(MAIL.as_bytes(), "confirm@acme.example")
            .unwrap();
        let signed = String::from_utf8(signed).unwrap();
        let header = signed.split("\r\nMessage-ID:").next().unwrap().replace("\r\n\t", "");
        let tag = |name: &str| {
            header.split(';').map(str::trim).find_map(|it| it.strip_prefix(name)).map(str::to_owned)
        };
        assert_eq!(tag("c=").as_deref(), Some("relaxed/relaxed"));
        assert_eq!((tag("d=").as_deref(), tag("s=").as_deref()), (Some("acme.example"), Some("s1")));
        assert_eq!(tag("l="), None);
        let mut covered: Vec<_> = tag("h=").unwrap().split(':').map(str::to_owned).collect();
        let mut expected = HEADERS.map(str::to_owned);
        covered.sort();
        expected.sort();
        assert_eq!(covered, expected);
        let longest = signed.split("\r\n").max_by_key(|line| line.len()).unwrap();
        assert!(longest.len() <= 100, "{longest}");
    }

    #[test]
    fn keys_and_names_that_cannot_work_are_refused() {
        for key in ["", "secret", "AAAA", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"] {
            assert_eq!(Dkim::new(Some("acme.example"), "s1", key).err(), Some(DkimError::Key), "{key:?}");
        }
        for name in ["", "a b", "a;b", "a\r\nX: 1", "é.example"] {
            assert_eq!(Dkim::new(Some(name), "s1", ED25519).err(), Some(DkimError::Name), "{name:?}");
            assert_eq!(
                Dkim::new(Some("acme.example"), name, ED25519).err(),
                Some(DkimError::Name),
                "{name:?}"
            );
        }
    }

    #[test]
    fn debug_shows_where_the_key_is_published_and_not_the_key() {
        let shown = format!("{:?}", Dkim::new(Some("acme.example"), "s1", ED25519).unwrap());
        assert_eq!(shown, "Dkim { selector: \"s1\", domain: Some(\"acme.example\"), .. }");
    }
}
