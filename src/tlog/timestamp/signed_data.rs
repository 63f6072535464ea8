//! The envelope of a token: CMS `SignedData` with one signature (RFC 5652, section 5; RFC 3161, section 2.4.2).

use x509_cert::der::oid::{
    ObjectIdentifier,
    db::{
        rfc5911::ID_SIGNED_DATA,
        rfc5912::{ID_SHA_256, ID_SHA_384, ID_SHA_512},
    },
};

use super::{
    MAX_BYTES, StampError,
    read::{
        Der, INTEGER, Item, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, algorithm, constructed, primitive,
    },
};

/// `id-ct-TSTInfo`: the content type of a time stamp.
pub(super) const ID_CT_TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");

/// The parts of a `SignedData` that are used.
#[derive(Debug)]
pub(super) struct SignedData<'a> {
    /// What is signed: the DER of a `TSTInfo`.
    pub(super) content: Der<'a>,
    /// The certificates sent along, DER.
    pub(super) certificates: Vec<&'a [u8]>,
    /// The one signature.
    pub(super) signer: SignerInfo<'a>,
}

/// One signature.
#[derive(Debug)]
pub(super) struct SignerInfo<'a> {
    pub(super) id: SignerId<'a>,
    pub(super) digest: Digest,
    /// The signed attributes, `[0]`.
    pub(super) attributes: Item<'a>,
    pub(super) algorithm: ObjectIdentifier,
    pub(super) signature: &'a [u8],
}

/// Whose signature it says it is.
#[derive(Debug)]
pub(super) enum SignerId<'a> {
    /// Issuer (DER of its name) and serial number of the certificate.
    Issued { issuer: &'a [u8], serial: &'a [u8] },
    /// The subject key identifier of the certificate.
    Key(&'a [u8]),
}

/// The digests that are accepted for signatures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digest {
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    /// The digest of this name.
    pub(super) fn named(oid: ObjectIdentifier) -> Result<Self, StampError> {
        match oid {
            ID_SHA_256 => Ok(Self::Sha256),
            ID_SHA_384 => Ok(Self::Sha384),
            ID_SHA_512 => Ok(Self::Sha512),
            other => Err(StampError::UnsupportedAlgorithm(other.to_string())),
        }
    }

    /// The digest of `bytes`.
    pub(super) fn of(self, bytes: &[u8]) -> ring::digest::Digest {
        let algorithm = match self {
            Self::Sha256 => &ring::digest::SHA256,
            Self::Sha384 => &ring::digest::SHA384,
            Self::Sha512 => &ring::digest::SHA512,
        };
        ring::digest::digest(algorithm, bytes)
    }
}

impl<'a> SignedData<'a> {
    /// Reads all of `token`, a `ContentInfo`.
    pub(super) fn parse(token: &'a [u8]) -> Result<Self, StampError> {
        if token.len() > MAX_BYTES {
            return Err(StampError::TooLong);
        }
        let mut outer = Der::new(token);
        let mut info = outer.take(SEQUENCE, "a time stamp")?.inside();
        outer.end("the end of the time stamp")?;
        if info.take(OBJECT_IDENTIFIER, "a content type")?.oid()? != ID_SIGNED_DATA {
            return Err(StampError::NotATimeStamp);
        }
        let mut wrapped = info.take(constructed(0), "signed data")?.inside();
        info.end("the end of the time stamp")?;
        let signed = wrapped.take(SEQUENCE, "signed data")?.inside();
        wrapped.end("the end of the signed data")?;
        Self::inside(signed)
    }

    fn inside(mut signed: Der<'a>) -> Result<Self, StampError> {
        signed.take(INTEGER, "a version")?;
        signed.take(SET, "digest algorithms")?;
        let content = content(signed.take(SEQUENCE, "a content")?)?;
        let certificates = signed.optional(constructed(0), "certificates")?;
        let _revocations = signed.optional(constructed(1), "revocations")?;
        let signers = signed.take(SET, "signatures")?;
        signed.end("the end of the signed data")?;
        let signers = items(signers, "a signature")?;
        let [signer] = signers.as_slice() else { return Err(StampError::Signatures(signers.len())) };
        let certificates = certificates.map(|it| items(it, "a certificate")).transpose()?.unwrap_or_default();
        // Other choices, attribute certificates among them, are of no use here.
        let certificates = certificates.iter().filter(|it| it.tag == SEQUENCE).map(|it| it.whole);
        Ok(Self { content, certificates: certificates.collect(), signer: SignerInfo::parse(*signer)? })
    }
}

/// The octets of a content that is a `TSTInfo`.
fn content(encapsulated: Item<'_>) -> Result<Der<'_>, StampError> {
    let mut inside = encapsulated.inside();
    if inside.take(OBJECT_IDENTIFIER, "a content type")?.oid()? != ID_CT_TST_INFO {
        return Err(StampError::NotATimeStamp);
    }
    let mut wrapped = inside.take(constructed(0), "a content")?.inside();
    inside.end("the end of the content")?;
    let octets = wrapped.take(OCTET_STRING, "a content")?;
    wrapped.end("the end of the content")?;
    Ok(octets.inside())
}

impl<'a> SignerInfo<'a> {
    fn parse(item: Item<'a>) -> Result<Self, StampError> {
        let mut inside = item.inside();
        inside.take(INTEGER, "a version")?;
        let id = match inside.optional(primitive(0), "a key identifier")? {
            Some(key) => SignerId::Key(key.value),
            None => issued(inside.take(SEQUENCE, "an issuer and a serial number")?)?,
        };
        let digest = Digest::named(algorithm(inside.take(SEQUENCE, "a digest algorithm")?)?)?;
        let attributes = inside.take(constructed(0), "signed attributes")?;
        let mut algorithm = inside.take(SEQUENCE, "a signature algorithm")?.inside();
        // Its parameters are none for every algorithm that is accepted, and of no use for the others.
        let algorithm = algorithm.take(OBJECT_IDENTIFIER, "an algorithm")?.oid()?;
        let signature = inside.take(OCTET_STRING, "a signature")?.value;
        let _unsigned = inside.optional(constructed(1), "unsigned attributes")?;
        inside.end("the end of the signature")?;
        Ok(Self { id, digest, attributes, algorithm, signature })
    }
}

fn issued(item: Item<'_>) -> Result<SignerId<'_>, StampError> {
    let mut inside = item.inside();
    let issuer = inside.take(SEQUENCE, "an issuer")?.whole;
    let serial = inside.take(INTEGER, "a serial number")?.value;
    inside.end("the end of the issuer")?;
    Ok(SignerId::Issued { issuer, serial })
}

/// All elements inside of `item`.
pub(super) fn items<'a>(item: Item<'a>, expected: &'static str) -> Result<Vec<Item<'a>>, StampError> {
    let mut inside = item.inside();
    let mut items = Vec::new();
    while !inside.is_empty() {
        items.push(inside.any(expected)?);
    }
    Ok(items)
}
