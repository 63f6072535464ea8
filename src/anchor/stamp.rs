//! A question to a time stamp authority (RFC 3161, section 3.4), and the roots its certificate must lead to.

use rustls::pki_types::{CertificateDer, pem::PemObject};
use url::Url;

use super::{Client, Failure, client::Post};
use crate::tlog::timestamp::{self, MAX_BYTES, Stamp, StampError};

/// Sends `request` (a DER `TimeStampReq`) to the authority at `url` and gives back the DER of its answer.
///
/// # Errors
/// When nothing came back that can be an answer.
pub async fn ask(client: &Client, url: &Url, request: &[u8]) -> Result<Vec<u8>, Failure> {
    let post = Post {
        url: url.clone(),
        content_type: "application/timestamp-query",
        accept: "application/timestamp-reply, application/timestamp-response",
        body: request,
        longest: MAX_BYTES,
    };
    let answer = client.post(post).await?;
    if answer.status != 200 {
        return Err(Failure::Status(answer.status));
    }
    // The running text of the standard says `timestamp-response` once, and some authorities do too.
    let kind = answer.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/timestamp-reply" | "application/timestamp-response" => Ok(answer.body),
        _ => Err(Failure::ContentType),
    }
}

/// Why there is no stamp. Both are worth another try later.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoStamp {
    /// Nothing came back that can be an answer.
    #[error(transparent)]
    Unanswered(#[from] Failure),
    /// The answer is a refusal, or does not hold.
    #[error(transparent)]
    Refused(#[from] StampError),
}

/// Asks for a stamp over `imprint` and checks it before it is believed: gives back the token to keep, and what it
/// says. `nonce` is random and new each time.
///
/// # Errors
/// When nothing came back, or nothing that holds.
pub async fn obtain(
    client: &Client,
    url: &Url,
    imprint: &[u8; 32],
    nonce: u64,
    roots: Option<&[Vec<u8>]>,
) -> Result<(Vec<u8>, Stamp), NoStamp> {
    let answer = ask(client, url, &timestamp::request(imprint, nonce)).await?;
    let token = timestamp::token_of_answer(&answer, imprint, nonce)?;
    let stamp = timestamp::verify(&token, imprint, roots)?;
    Ok((token, stamp))
}

/// Why a file of roots cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RootsError {
    /// No certificate at all.
    #[error("there is no certificate in it; a PEM file has lines like -----BEGIN CERTIFICATE-----")]
    None,
    /// One of them is no certificate.
    #[error("its certificate number {0} cannot be read")]
    Unreadable(usize),
}

/// The certificates of a PEM file, in DER, as [`crate::tlog::timestamp::verify`] takes them.
///
/// # Errors
/// When there is none, or one that cannot be read.
pub fn roots(pem: &[u8]) -> Result<Vec<Vec<u8>>, RootsError> {
    let mut roots = Vec::new();
    for (index, read) in CertificateDer::pem_slice_iter(pem).enumerate() {
        let unreadable = RootsError::Unreadable(index + 1);
        let certificate = read.or(Err(unreadable))?;
        let _anchor = webpki::anchor_from_trusted_cert(&certificate).or(Err(unreadable))?;
        roots.push(certificate.to_vec());
    }
    if roots.is_empty() { Err(RootsError::None) } else { Ok(roots) }
}
