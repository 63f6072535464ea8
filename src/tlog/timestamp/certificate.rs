//! The certificate of the signer: which one it is, what it is for, when it is valid.

use x509_cert::{
    Certificate,
    der::{Decode, oid::db::rfc5280::ID_KP_TIME_STAMPING},
    ext::pkix::{ExtendedKeyUsage, SubjectKeyIdentifier},
    name::Name,
};

use super::{
    StampError,
    signed_data::{SignedData, SignerId},
};

/// The longest subject that is kept.
const MAX_SUBJECT: usize = 300;

/// The certificate of the signer.
#[derive(Debug)]
pub(super) struct Signer<'a> {
    /// As it was sent.
    pub(super) der: &'a [u8],
    certificate: Certificate,
}

/// The certificate among those sent that the signature says it is of.
pub(super) fn of_signer<'a>(signed: &SignedData<'a>) -> Result<Signer<'a>, StampError> {
    let read = |der: &&'a [u8]| Some(Signer { der, certificate: Certificate::from_der(der).ok()? });
    let mut readable = signed.certificates.iter().filter_map(read);
    let found = match &signed.signer.id {
        SignerId::Issued { issuer, serial } => {
            let issuer = Name::from_der(issuer).or(Err(StampError::NoCertificate))?;
            readable.find(|it| it.is_issued_by(&issuer, serial))
        }
        SignerId::Key(key) => readable.find(|it| it.has_key_identifier(key)),
    };
    found.ok_or(StampError::NoCertificate)
}

impl Signer<'_> {
    /// Whether it is the certificate with this number (content octets) of this issuer.
    pub(super) fn is_issued_by(&self, issuer: &Name, serial: &[u8]) -> bool {
        let body = self.certificate.tbs_certificate();
        body.issuer() == issuer && without_sign(body.serial_number().as_bytes()) == without_sign(serial)
    }

    fn has_key_identifier(&self, key: &[u8]) -> bool {
        let extension = self.certificate.tbs_certificate().get_extension::<SubjectKeyIdentifier>();
        extension.ok().flatten().is_some_and(|(_, it)| it.0.as_bytes() == key)
    }

    /// That it is for time stamping, critically, and for nothing else (RFC 3161, section 2.3).
    pub(super) fn is_for_time_stamping(&self) -> Result<(), StampError> {
        let extension = self.certificate.tbs_certificate().get_extension::<ExtendedKeyUsage>();
        match extension {
            Ok(Some((true, usage))) if usage.0.as_slice() == [ID_KP_TIME_STAMPING] => Ok(()),
            Ok(Some(_) | None) => Err(StampError::Purpose),
            Err(_) => Err(StampError::CertificateUnreadable),
        }
    }

    /// That its dates include this moment.
    pub(super) fn is_valid_at(&self, millis: i64) -> Result<(), StampError> {
        let validity = self.certificate.tbs_certificate().validity();
        let seconds = u64::try_from(millis.div_euclid(1000)).or(Err(StampError::NotValidThen))?;
        let from = validity.not_before.to_unix_duration().as_secs();
        let to = validity.not_after.to_unix_duration().as_secs();
        if (from..=to).contains(&seconds) { Ok(()) } else { Err(StampError::NotValidThen) }
    }

    /// Its subject, fit to be shown: it was written by a stranger.
    pub(super) fn subject(&self) -> String {
        let subject = self.certificate.tbs_certificate().subject().to_string();
        subject.chars().filter(|it| !it.is_control()).take(MAX_SUBJECT).collect()
    }
}

/// The octets of a number without the leading zero that keeps it positive.
pub(super) fn without_sign(number: &[u8]) -> &[u8] {
    match number {
        [0, rest @ ..] if !rest.is_empty() => rest,
        whole => whole,
    }
}
