//! The signature, and the chain from the certificate to a root. The cryptography is webpki's and ring's.

use std::time::Duration;

use rustls::pki_types::{CertificateDer, SignatureVerificationAlgorithm, UnixTime};
use webpki::{
    ALL_VERIFICATION_ALGS, EndEntityCert, Error, KeyUsage, anchor_from_trusted_cert,
    ring::{
        ECDSA_P256_SHA256, ECDSA_P256_SHA384, ECDSA_P384_SHA256, ECDSA_P384_SHA384,
        RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512,
    },
};
use x509_cert::der::oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ECDSA_WITH_SHA_384, RSA_ENCRYPTION, SHA_256_WITH_RSA_ENCRYPTION,
    SHA_384_WITH_RSA_ENCRYPTION, SHA_512_WITH_RSA_ENCRYPTION,
};

use super::{
    Chain, StampError,
    read::SET,
    signed_data::{Digest, SignerInfo},
};

/// `id-kp-timeStamping` (1.3.6.1.5.5.7.3.8) as the octets of an object identifier.
const TIME_STAMPING: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];

/// That the signature over the signed attributes was made with the key of `certificate`.
pub(super) fn verify(signer: &SignerInfo<'_>, certificate: &[u8]) -> Result<(), StampError> {
    let certificate = CertificateDer::from(certificate);
    let certificate = EndEntityCert::try_from(&certificate).or(Err(StampError::CertificateUnreadable))?;
    // What is signed has the tag of a SET where the structure has [0] (RFC 5652, section 5.4).
    let mut message = signer.attributes.whole.to_vec();
    if let Some(tag) = message.first_mut() {
        *tag = SET;
    }
    let candidates = candidates(signer);
    for algorithm in candidates {
        match certificate.verify_signature(*algorithm, &message, signer.signature) {
            Ok(()) => return Ok(()),
            Err(Error::InvalidSignatureForPublicKey) => return Err(StampError::SignatureWrong),
            // The key is on another curve, or of another kind.
            Err(_) => {}
        }
    }
    Err(StampError::UnsupportedAlgorithm(signer.algorithm.to_string()))
}

/// What the signature may have been made with; the certificate's key decides between the curves.
fn candidates(signer: &SignerInfo<'_>) -> &'static [&'static dyn SignatureVerificationAlgorithm] {
    static RSA_256: [&dyn SignatureVerificationAlgorithm; 1] = [RSA_PKCS1_2048_8192_SHA256];
    static RSA_384: [&dyn SignatureVerificationAlgorithm; 1] = [RSA_PKCS1_2048_8192_SHA384];
    static RSA_512: [&dyn SignatureVerificationAlgorithm; 1] = [RSA_PKCS1_2048_8192_SHA512];
    static ECDSA_256: [&dyn SignatureVerificationAlgorithm; 2] = [ECDSA_P256_SHA256, ECDSA_P384_SHA256];
    static ECDSA_384: [&dyn SignatureVerificationAlgorithm; 2] = [ECDSA_P256_SHA384, ECDSA_P384_SHA384];
    match (signer.algorithm, signer.digest) {
        (RSA_ENCRYPTION | SHA_256_WITH_RSA_ENCRYPTION, Digest::Sha256) => &RSA_256,
        (RSA_ENCRYPTION | SHA_384_WITH_RSA_ENCRYPTION, Digest::Sha384) => &RSA_384,
        (RSA_ENCRYPTION | SHA_512_WITH_RSA_ENCRYPTION, Digest::Sha512) => &RSA_512,
        (ECDSA_WITH_SHA_256, Digest::Sha256) => &ECDSA_256,
        (ECDSA_WITH_SHA_384, Digest::Sha384) => &ECDSA_384,
        _ => &[],
    }
}

/// That `certificate` leads to one of `roots` by way of `others`, for time stamping, at this moment.
pub(super) fn chain(
    certificate: &[u8],
    others: &[&[u8]],
    roots: &[Vec<u8>],
    at_millis: i64,
) -> Result<Chain, StampError> {
    let roots: Vec<_> = roots.iter().map(|it| CertificateDer::from(it.as_slice())).collect();
    let anchors = roots
        .iter()
        .enumerate()
        .map(|(index, root)| anchor_from_trusted_cert(root).or(Err(StampError::RootUnreadable(index + 1))));
    let anchors = anchors.collect::<Result<Vec<_>, _>>()?;
    let others: Vec<_> = others.iter().map(|it| CertificateDer::from(*it)).collect();
    let certificate = CertificateDer::from(certificate);
    let certificate = EndEntityCert::try_from(&certificate).or(Err(StampError::CertificateUnreadable))?;
    let millis = u64::try_from(at_millis).or(Err(StampError::NotValidThen))?;
    let time = UnixTime::since_unix_epoch(Duration::from_millis(millis));
    // The signer itself must have it (`Signer::is_for_time_stamping`); authorities between it and the root may be silent.
    let usage = KeyUsage::required_if_present(TIME_STAMPING);
    match certificate.verify_for_usage(ALL_VERIFICATION_ALGS, &anchors, &others, time, usage, None, None) {
        Ok(_path) => Ok(Chain::Trusted),
        Err(error) => Err(StampError::Untrusted(in_words(&error))),
    }
}

fn in_words(error: &Error) -> String {
    match error {
        Error::UnknownIssuer => "its issuer is unknown".to_owned(),
        Error::CertExpired { .. } => "a certificate on the way had expired".to_owned(),
        Error::CertNotValidYet { .. } => "a certificate on the way was not valid yet".to_owned(),
        Error::InvalidSignatureForPublicKey => "a certificate on the way is forged".to_owned(),
        other => other.to_string(),
    }
}
