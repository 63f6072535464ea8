//! What time stamping authorities say of the checkpoint.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::Value;

use super::signatures::Seen;
use crate::{
    app::verify::{Finding, Said, Trust, Verdict},
    tlog::{
        self,
        timestamp::{Stamp, StampError},
    },
};

/// Every token is over the text that signatures cover.
pub(super) fn timestamps(object: &Value, trust: &Trust, seen: &Seen) -> Result<(Verdict, Finding), Finding> {
    let stamps = match object.get("timestamps") {
        None => &[],
        Some(Value::Array(stamps)) => stamps.as_slice(),
        Some(_) => return Err(Finding::new(Said::BadTimestamp).number("n", 1_u64)),
    };
    let imprint = tlog::sha256(seen.note.text.as_bytes());
    let roots = (!trust.roots.is_empty()).then_some(trust.roots.as_slice());
    let mut first = None;
    for (n, stamp) in (1_u64..).zip(stamps) {
        let token = stamp.get("token").and_then(Value::as_str);
        let token = token.and_then(|it| BASE64_STANDARD.decode(it).ok());
        let token = token.ok_or_else(|| Finding::new(Said::BadTimestamp).number("n", n))?;
        match tlog::timestamp::verify(&token, imprint.bytes(), roots) {
            Ok(stamp) => first = first.or(Some(stamp)),
            Err(StampError::UnsupportedAlgorithm(_)) => {
                return Ok((Verdict::Unchecked, Finding::new(Said::UnknownTimestamp).number("n", n)));
            }
            Err(error) => return Err(Finding::new(wrong(&error)).number("n", n)),
        }
    }
    let Some(Stamp { at_millis, policy: _, serial: _, signer: _, chain: _ }) = first else {
        return Ok((Verdict::Absent, Finding::new(Said::NoTimestamp)));
    };
    let said = if roots.is_some() { Said::Stamped } else { Said::StampedUncompared };
    let seconds = u64::try_from(at_millis / 1_000).unwrap_or_default();
    Ok((Verdict::Ok, Finding::new(said).time("at", seconds)))
}

fn wrong(error: &StampError) -> Said {
    match error {
        StampError::TooLong
        | StampError::Syntax { .. }
        | StampError::NotATimeStamp
        | StampError::Refused { .. }
        | StampError::NoToken
        | StampError::Signatures(_)
        | StampError::CertificateUnreadable => Said::BadTimestamp,
        StampError::ImprintDiffers | StampError::ImprintAlgorithm | StampError::NonceDiffers => {
            Said::OtherTimestamp
        }
        StampError::Untrusted(_) | StampError::RootUnreadable(_) => Said::UntrustedTimestamp,
        StampError::CriticalExtension
        | StampError::Attribute(_)
        | StampError::ContentTypeDiffers
        | StampError::DigestDiffers
        | StampError::UnsupportedAlgorithm(_)
        | StampError::NoCertificate
        | StampError::CertificateDiffers
        | StampError::Purpose
        | StampError::NotValidThen
        | StampError::SignatureWrong => Said::WrongTimestamp,
    }
}
