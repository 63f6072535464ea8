//! What an authority signs: `TSTInfo` (RFC 3161, section 2.4.2).

use x509_cert::der::{
    DateTime,
    oid::{ObjectIdentifier, db::rfc5912::ID_SHA_256},
};

use super::{
    StampError,
    read::{
        BOOLEAN, Der, GENERALIZED_TIME, INTEGER, Item, OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, algorithm,
        constructed,
    },
};

/// The parts of a `TSTInfo` that are used.
#[derive(Debug)]
pub(super) struct TstInfo<'a> {
    pub(super) policy: ObjectIdentifier,
    pub(super) serial: &'a [u8],
    pub(super) at_millis: i64,
    /// The content octets of the integer.
    pub(super) nonce: Option<&'a [u8]>,
    imprint_algorithm: ObjectIdentifier,
    imprint: &'a [u8],
}

impl<'a> TstInfo<'a> {
    /// Reads all of `content`.
    pub(super) fn parse(mut content: Der<'a>) -> Result<Self, StampError> {
        let mut inside = content.take(SEQUENCE, "a time stamp")?.inside();
        content.end("the end of the time stamp")?;
        let version = inside.take(INTEGER, "a version")?;
        if version.small()? != 1 {
            return Err(version.inside().expected("version 1"));
        }
        let policy = inside.take(OBJECT_IDENTIFIER, "a policy")?.oid()?;
        let mut imprint = inside.take(SEQUENCE, "an imprint")?.inside();
        let imprint_algorithm = algorithm(imprint.take(SEQUENCE, "an algorithm")?)?;
        let digest = imprint.take(OCTET_STRING, "a digest")?;
        imprint.end("the end of the imprint")?;
        let serial = inside.take(INTEGER, "a serial number")?.value;
        let at_millis = time(inside.take(GENERALIZED_TIME, "a time")?)?;
        let _accuracy = inside.optional(SEQUENCE, "an accuracy")?;
        let _ordering = inside.optional(BOOLEAN, "an ordering")?;
        let nonce = inside.optional(INTEGER, "a nonce")?.map(|it| it.value);
        let _authority = inside.optional(constructed(0), "a name")?;
        if let Some(extensions) = inside.optional(constructed(1), "extensions")? {
            none_is_critical(extensions)?;
        }
        inside.end("the end of the time stamp")?;
        Ok(Self { policy, serial, at_millis, nonce, imprint_algorithm, imprint: digest.value })
    }

    /// That it is over `imprint`.
    pub(super) fn covers(&self, imprint: &[u8; 32]) -> Result<(), StampError> {
        if self.imprint_algorithm != ID_SHA_256 {
            return Err(StampError::ImprintAlgorithm);
        }
        if self.imprint == imprint { Ok(()) } else { Err(StampError::ImprintDiffers) }
    }
}

/// `YYYYMMDDhhmmss[.f…]Z`, in Unix milliseconds. Fractions beyond the third digit are dropped.
fn time(item: Item<'_>) -> Result<i64, StampError> {
    let error = || item.inside().expected("a time like 20260131235959Z");
    let text = std::str::from_utf8(item.value).ok().and_then(|it| it.strip_suffix('Z')).ok_or_else(error)?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit());
    if whole.len() != 14 || !is_number(whole) || !is_number(fraction) {
        return Err(error());
    }
    let number = |from: usize, to: usize| whole.get(from..to)?.parse::<u16>().ok();
    let small = |from: usize| number(from, from + 2).and_then(|it| u8::try_from(it).ok());
    let fields = (number(0, 4), small(4), small(6), small(8), small(10), small(12));
    let (Some(year), Some(month), Some(day), Some(hour), Some(minute), Some(second)) = fields else {
        return Err(error());
    };
    let moment = DateTime::new(year, month, day, hour, minute, second).or(Err(error()))?;
    let digits = fraction.bytes().chain([b'0'; 2]).take(3);
    let millis = digits.fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    i64::try_from(moment.unix_duration().as_millis()).map(|it| it + millis).or(Err(error()))
}

/// No extension is known here, so none may be critical.
fn none_is_critical(extensions: Item<'_>) -> Result<(), StampError> {
    let mut extensions = extensions.inside();
    while !extensions.is_empty() {
        let mut extension = extensions.take(SEQUENCE, "an extension")?.inside();
        extension.take(OBJECT_IDENTIFIER, "the name of an extension")?;
        let critical = extension.optional(BOOLEAN, "yes or no")?;
        extension.take(OCTET_STRING, "an extension")?;
        extension.end("the end of the extension")?;
        if critical.is_some_and(|it| it.value != [0]) {
            return Err(StampError::CriticalExtension);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<i64, StampError> {
        let length = u8::try_from(text.len()).unwrap();
        let bytes = [&[GENERALIZED_TIME, length][..], text.as_bytes()].concat();
        time(Der::new(&bytes).any("a time").unwrap())
    }

    #[test]
    fn times_are_read_with_and_without_fractions() {
        assert_eq!(read("19700101000000Z"), Ok(0));
        assert_eq!(read("20260131235959Z"), Ok(1_769_903_999_000));
        assert_eq!(read("20260131235959.5Z"), Ok(1_769_903_999_500));
        assert_eq!(read("20260131235959.1239Z"), Ok(1_769_903_999_123));
        for bad in [
            "",
            "Z",
            "20260131235959",
            "202601312359Z",
            "20260231235959Z",
            "20261331235959Z",
            "20260131245959Z",
            "20260131235960Z",
            "20260131235959.Z",
            "20260131235959,5Z",
            "20260131235959+0100",
            "+0260131235959Z",
            "19691231235959Z",
        ] {
            assert!(read(bad).is_err(), "{bad:?}");
        }
    }
}
