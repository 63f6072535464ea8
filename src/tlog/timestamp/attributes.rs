//! Signed attributes: what the signature says of the content and of its own certificate.
//!
//! RFC 5652, section 11 (content type, message digest); RFC 5035 and RFC 5816 (signing certificate).

use x509_cert::{
    der::{
        Decode,
        oid::{
            ObjectIdentifier,
            db::rfc5911::{
                ID_AA_SIGNING_CERTIFICATE, ID_AA_SIGNING_CERTIFICATE_V_2, ID_CONTENT_TYPE, ID_MESSAGE_DIGEST,
            },
        },
    },
    name::Name,
};

use super::{
    StampError,
    certificate::Signer,
    read::{Der, INTEGER, Item, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, algorithm, constructed},
    signed_data::{Digest, ID_CT_TST_INFO, SignerInfo, items},
};

/// The signed attributes that matter.
#[derive(Debug)]
pub(super) struct Attributes<'a> {
    digest: Digest,
    message_digest: &'a [u8],
    /// Which certificate the signature was made with; both generations may be there, and one is.
    signing_certificate: Option<Der<'a>>,
    signing_certificate_v2: Option<Der<'a>>,
}

/// Reads the signed attributes of a signature over a time stamp.
pub(super) fn parse<'a>(signer: &SignerInfo<'a>) -> Result<Attributes<'a>, StampError> {
    let all = items(signer.attributes, "a signed attribute")?;
    let all = all.into_iter().map(attribute).collect::<Result<Vec<_>, _>>()?;
    let mut content_type = required(&all, ID_CONTENT_TYPE, "content type")?;
    if content_type.take(OBJECT_IDENTIFIER, "a content type")?.oid()? != ID_CT_TST_INFO {
        return Err(StampError::ContentTypeDiffers);
    }
    let mut digest = required(&all, ID_MESSAGE_DIGEST, "message digest")?;
    let message_digest = digest.take(OCTET_STRING, "a digest")?.value;
    digest.end("the end of the digest")?;
    let signing_certificate = at_most_one(&all, ID_AA_SIGNING_CERTIFICATE, CERTIFICATE)?;
    let signing_certificate_v2 = at_most_one(&all, ID_AA_SIGNING_CERTIFICATE_V_2, CERTIFICATE)?;
    if signing_certificate.is_none() && signing_certificate_v2.is_none() {
        return Err(StampError::Attribute(CERTIFICATE));
    }
    Ok(Attributes { digest: signer.digest, message_digest, signing_certificate, signing_certificate_v2 })
}

const CERTIFICATE: &str = "signing certificate";

/// Name and values of one attribute.
fn attribute(item: Item<'_>) -> Result<(ObjectIdentifier, Der<'_>), StampError> {
    let mut inside = item.inside();
    let name = inside.take(OBJECT_IDENTIFIER, "the name of an attribute")?.oid()?;
    let values = inside.take(SET, "the values of an attribute")?.inside();
    inside.end("the end of the attribute").map(|()| (name, values))
}

fn required<'a>(
    all: &[(ObjectIdentifier, Der<'a>)],
    name: ObjectIdentifier,
    called: &'static str,
) -> Result<Der<'a>, StampError> {
    at_most_one(all, name, called)?.ok_or(StampError::Attribute(called))
}

/// The one value of the one attribute of this name.
fn at_most_one<'a>(
    all: &[(ObjectIdentifier, Der<'a>)],
    name: ObjectIdentifier,
    called: &'static str,
) -> Result<Option<Der<'a>>, StampError> {
    let mut found = all.iter().filter(|(it, _)| *it == name).map(|(_, values)| *values);
    let (Some(value), rest) = (found.next(), found.next()) else { return Ok(None) };
    let mut after = value;
    let one = after.any("a value").is_ok() && after.is_empty();
    if one && rest.is_none() { Ok(Some(value)) } else { Err(StampError::Attribute(called)) }
}

impl Attributes<'_> {
    /// That `content` is what was signed.
    pub(super) fn cover(&self, content: &[u8]) -> Result<(), StampError> {
        let digest = self.digest.of(content);
        if digest.as_ref() == self.message_digest { Ok(()) } else { Err(StampError::DigestDiffers) }
    }

    /// That the signature names the certificate of `signer`, in each generation it does so.
    pub(super) fn name_certificate(&self, signer: &Signer<'_>) -> Result<(), StampError> {
        if let Some(value) = self.signing_certificate {
            let mut id = first_id(value)?;
            let hash = id.take(OCTET_STRING, "a digest")?.value;
            let sha1 = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, signer.der);
            same(hash == sha1.as_ref())?;
            issuer_and_serial(id, signer)?;
        }
        if let Some(value) = self.signing_certificate_v2 {
            let mut id = first_id(value)?;
            let digest = match id.optional(SEQUENCE, "a digest algorithm")? {
                Some(item) => Digest::named(algorithm(item)?)?,
                None => Digest::Sha256,
            };
            let hash = id.take(OCTET_STRING, "a digest")?.value;
            same(hash == digest.of(signer.der).as_ref())?;
            issuer_and_serial(id, signer)?;
        }
        Ok(())
    }
}

fn same(is_same: bool) -> Result<(), StampError> {
    if is_same { Ok(()) } else { Err(StampError::CertificateDiffers) }
}

/// The first of the certificates a `SigningCertificate` names: the signer's own.
fn first_id(mut value: Der<'_>) -> Result<Der<'_>, StampError> {
    let mut attribute = value.take(SEQUENCE, "a signing certificate")?.inside();
    let mut certificates = attribute.take(SEQUENCE, "certificates")?.inside();
    Ok(certificates.take(SEQUENCE, "a certificate")?.inside())
}

/// Where issuer and serial number are named too, they must be the certificate's.
fn issuer_and_serial(mut id: Der<'_>, signer: &Signer<'_>) -> Result<(), StampError> {
    let Some(named) = id.optional(SEQUENCE, "an issuer and a serial number")? else {
        return id.end("the end of the certificate");
    };
    let mut named = named.inside();
    let mut names = named.take(SEQUENCE, "an issuer")?.inside();
    // GeneralName: directoryName [4] around a Name.
    let name = names.take(constructed(4), "the name of an issuer")?;
    let serial = named.take(INTEGER, "a serial number")?.value;
    let issuer = Name::from_der(name.value).or(Err(name.inside().expected("a name")))?;
    same(signer.is_issued_by(&issuer, serial))
}
