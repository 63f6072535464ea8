//! Why a time stamp does not hold, or was not given.

/// Why a time stamp does not hold, or was not given. The texts are sentences without their full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StampError {
    /// More than [`super::MAX_BYTES`].
    #[error("the time stamp is longer than 64 KiB")]
    TooLong,
    /// The bytes are not what the format asks for.
    #[error("the time stamp cannot be read: {expected} was expected at byte {offset}")]
    Syntax {
        /// Where, counted from the first byte that was given.
        offset: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// The authority said no (`PKIStatus` of 2 or more).
    #[error("the time stamp authority refused: {reason} (status {status})")]
    Refused {
        /// `PKIStatus`: 2 rejection, 3 waiting, 4 and 5 revocation.
        status: u8,
        /// In its own words, or what its failure bits mean.
        reason: String,
    },
    /// The authority granted a stamp and sent none.
    #[error("the time stamp authority sent no time stamp")]
    NoToken,
    /// A stamp over something else.
    #[error("the time stamp is over something else")]
    ImprintDiffers,
    /// A stamp over a digest of another kind.
    #[error("the time stamp is over a digest that is not SHA-256")]
    ImprintAlgorithm,
    /// The answer is to another question, perhaps an old one.
    #[error("the answer is not to this question: its nonce is another")]
    NonceDiffers,
    /// Signed, but no time stamp.
    #[error("what is signed is not a time stamp")]
    NotATimeStamp,
    /// An extension that must be understood and is not.
    #[error("the time stamp has a critical extension that is unknown here")]
    CriticalExtension,
    /// No signature, or several.
    #[error("the time stamp must have one signature, and it has {0}")]
    Signatures(usize),
    /// A signed attribute that must be there is not, or is there twice.
    #[error("the signature must name its {0} once")]
    Attribute(&'static str),
    /// The signed attributes speak of another kind of content.
    #[error("the signature is for another kind of content")]
    ContentTypeDiffers,
    /// The content is not the one that was signed.
    #[error("the content of the time stamp was changed after it was signed")]
    DigestDiffers,
    /// An algorithm this program does not know or does not accept.
    #[error("the time stamp uses an algorithm that is not supported ({0})")]
    UnsupportedAlgorithm(String),
    /// The signer's certificate is not inside.
    #[error("the certificate of the signer is not in the time stamp")]
    NoCertificate,
    /// The signer's certificate is inside and cannot be used.
    #[error("the certificate of the signer cannot be read")]
    CertificateUnreadable,
    /// The signature names another certificate (RFC 5035, RFC 5816).
    #[error("the signature was made with another certificate than the one in the time stamp")]
    CertificateDiffers,
    /// The certificate is not for time stamping, critically and alone (RFC 3161, section 2.3).
    #[error("the certificate of the signer is not for time stamping alone")]
    Purpose,
    /// The stamp bears a time outside of the certificate's dates.
    #[error("the certificate of the signer was not valid at the time stamped")]
    NotValidThen,
    /// The signature does not hold.
    #[error("the signature of the time stamp is wrong")]
    SignatureWrong,
    /// A root that was given is no certificate.
    #[error("certificate {0} of the given authorities cannot be read")]
    RootUnreadable(usize),
    /// The certificate does not lead to a given root.
    #[error("the certificate of the signer does not lead to a given authority: {0}")]
    Untrusted(String),
}
