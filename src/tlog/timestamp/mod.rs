//! Time stamps: a third party says when a digest existed (RFC 3161, RFC 5816, RFC 5652).
//!
//! Bytes in, verdict out: no network, no clock, no store. Whatever the bytes, there is no panic and no work beyond
//! [`MAX_BYTES`].
//!
//! What is checked: the imprint, the signed attributes, the signature, what the certificate is for, that the
//! authority named this very certificate (ESS), its dates, and, when roots are given, its chain at the time stamped.
//!
//! Deliberately absent: revocation (nothing is asked of anyone), BER with indefinite lengths, RSA-PSS and P-521
//! (no authority met so far uses them), and the age of the stamp: whoever asked knows when that was.

mod answer;
mod attributes;
mod certificate;
mod error;
mod read;
mod signature;
mod signed_data;
#[cfg(test)]
mod tests;
mod tst_info;

pub use answer::{request, token_of_answer};
pub use error::StampError;

use signed_data::SignedData;
use tst_info::TstInfo;

/// The longest answer or token that is looked at. Real ones have two to eight kilobytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// What a token says, once it has been found to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// When the imprint existed at the latest, in Unix milliseconds.
    pub at_millis: i64,
    /// The policy the authority stamped under: an object identifier like `1.3.6.1.4.1.13762.3`.
    pub policy: String,
    /// The number of the stamp at its authority, in hexadecimal.
    pub serial: String,
    /// The subject of the signing certificate (RFC 4514), without control characters.
    pub signer: String,
    /// Whether the certificate leads to a root that was given.
    pub chain: Chain,
}

/// How far the signer is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chain {
    /// The certificate leads to one of the roots given, at the time stamped.
    Trusted,
    /// No roots were given: the signature holds, whose it is has to be compared.
    NotChecked,
}

/// Checks a time stamp token (the DER of its CMS `ContentInfo`) over `imprint`, a SHA-256.
///
/// `roots` are certificates in DER; with none given ([`None`]) the chain is left unchecked, and [`Stamp::chain`]
/// says so. An empty list trusts nobody.
///
/// # Errors
/// Names the first check that failed.
pub fn verify(token: &[u8], imprint: &[u8; 32], roots: Option<&[Vec<u8>]>) -> Result<Stamp, StampError> {
    let signed = SignedData::parse(token)?;
    let info = TstInfo::parse(signed.content)?;
    info.covers(imprint)?;
    let attributes = attributes::parse(&signed.signer)?;
    let signer = certificate::of_signer(&signed)?;
    signer.is_for_time_stamping()?;
    signer.is_valid_at(info.at_millis)?;
    attributes.name_certificate(&signer)?;
    attributes.cover(signed.content.bytes())?;
    signature::verify(&signed.signer, signer.der)?;
    let chain = match roots {
        None => Chain::NotChecked,
        Some(roots) => signature::chain(signer.der, &signed.certificates, roots, info.at_millis)?,
    };
    Ok(Stamp {
        at_millis: info.at_millis,
        policy: info.policy.to_string(),
        serial: hex::encode(certificate::without_sign(info.serial)),
        signer: signer.subject(),
        chain,
    })
}
