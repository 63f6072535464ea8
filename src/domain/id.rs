//! Ids: a prefix that says what it names, then Crockford base32 of its bytes.
//!
//! Things that come by the million carry 48 bits of milliseconds and 80 random bits, so that they sort by
//! time. Things a tenant sets up (tenants, purposes, forms …) are 64 random bits: they travel in signed
//! links, where every character counts. An id is a name, never a secret and never a proof.

use std::{fmt, str::FromStr};

use crate::{crypto::Random, domain::Timestamp};

/// Crockford's alphabet in lower case: no `i`, `l`, `o`, `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A text that is not an id of the kind asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl fmt::Display for NotAnId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id of this kind")
    }
}

impl std::error::Error for NotAnId {}

macro_rules! ids {
    ($($(#[doc = $doc:literal])* $name:ident $bytes:literal $prefix:literal;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; $bytes]);

        impl $name {
            /// The prefix of the text form.
            pub const PREFIX: &'static str = $prefix;
            /// Length of the binary form, in bytes.
            pub const BYTES: usize = $bytes;

            /// The id of these bytes, as found in a signed link.
            pub const fn from_bytes(bytes: [u8; $bytes]) -> Self {
                Self(bytes)
            }

            /// The binary form, as put into a signed link.
            pub const fn bytes(&self) -> &[u8; $bytes] {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($prefix)?;
                f.write_str(&encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;

            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.strip_prefix($prefix).and_then(decode).map(Self).ok_or(NotAnId)
            }
        }
    )*};
}

ids! {
    /// One organisation, the controller of its contacts' data.
    TenantId 8 "ten_";
    /// One use of the address.
    PurposeId 8 "pur_";
    /// One immutable text in one language.
    WordingId 8 "wrd_";
    /// One signup form.
    FormId 8 "frm_";
    /// One webhook endpoint.
    EndpointId 8 "whe_";
    /// One API key.
    ApiKeyId 8 "key_";
    /// One key with which a tenant mints footer links itself.
    LinkKeyId 8 "lk";
    /// A person as known by one tenant.
    ContactId 16 "con_";
    /// One submitted signup.
    RequestId 16 "req_";
    /// One immutable fact about a consent.
    EvidenceId 16 "evi_";
    /// One thing the outside may be told.
    EventId 16 "evt_";
    /// One outgoing mail.
    MailId 16 "mai_";
    /// One event on its way to one endpoint.
    DeliveryId 16 "dlv_";
    /// One question to the send gate.
    CheckId 16 "chk_";
    /// One code sent to prove that an inbox is open.
    ChallengeId 16 "chg_";
    /// Data handed out.
    ExportId 16 "exp_";
    /// One published text: a version of a wording, a notice or a form.
    PublicationId 16 "pub_";
    /// Addresses given to somebody.
    DisclosureId 16 "dis_";
    /// Work that takes longer than a request.
    JobId 16 "job_";
}

macro_rules! draw {
    (timed: $($timed:ident)*; random: $($random:ident)*) => {
        $(impl $timed {
            /// A new id: the milliseconds of `now`, then 80 random bits.
            pub fn new(now: Timestamp, random: &Random) -> Self {
                let mut bytes = [0; 16];
                let millis = now.millis().to_be_bytes();
                let chance: [u8; 10] = random.bytes();
                for (to, from) in bytes.iter_mut().zip(millis.into_iter().skip(2).chain(chance)) {
                    *to = from;
                }
                Self(bytes)
            }
        })*
        $(impl $random {
            /// A new id of 64 random bits.
            pub fn new(random: &Random) -> Self {
                Self(random.bytes())
            }
        })*
    };
}

draw! {
    timed: ContactId RequestId EvidenceId EventId MailId DeliveryId CheckId ChallengeId ExportId PublicationId
        DisclosureId JobId;
    random: TenantId PurposeId WordingId FormId EndpointId ApiKeyId LinkKeyId
}

/// A receipt number people can read aloud: `R-7K3F-9QXD`, 40 bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct ReceiptNumber([u8; 5]);

impl ReceiptNumber {
    /// A new number.
    pub fn new(random: &Random) -> Self {
        Self(random.bytes())
    }
}

impl fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = encode(&self.0).to_ascii_uppercase();
        let (left, right) = text.split_at_checked(4).unwrap_or((&text, ""));
        write!(f, "R-{left}-{right}")
    }
}

impl fmt::Debug for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Base32 of a big-endian number of `8 × bytes` bits, zero bits put in front.
fn encode(bytes: &[u8]) -> String {
    let number = bytes.iter().fold(0_u128, |sum, byte| (sum << 8) | u128::from(*byte));
    let digits = (bytes.len() * 8).div_ceil(5);
    let mut text = String::with_capacity(digits);
    for at in (0..digits).rev() {
        let [.., low] = (number >> (5 * at)).to_be_bytes();
        if let Some(digit) = ALPHABET.get(usize::from(low & 31)) {
            text.push(char::from(*digit));
        }
    }
    text
}

/// The bytes of exactly the text that [`encode`] writes; another spelling of the same number is refused.
fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != (N * 8).div_ceil(5) {
        return None;
    }
    let mut number = 0_u128;
    for byte in text.bytes() {
        if number >> 123 != 0 {
            return None;
        }
        number = (number << 5) | u128::from(digit(byte)?);
    }
    let bytes = number.to_be_bytes();
    let (zeros, rest) = bytes.split_at_checked(bytes.len() - N)?;
    if zeros.iter().any(|it| *it != 0) {
        return None;
    }
    rest.try_into().ok()
}

/// The value of a digit of [`ALPHABET`]; a check reads and writes ids by the ten thousand, so it is not searched for.
const fn digit(byte: u8) -> Option<u8> {
    Some(match byte {
        b'0'..=b'9' => byte - b'0',
        b'a'..=b'h' => byte - b'a' + 10,
        b'j' | b'k' => byte - b'j' + 18,
        b'm' | b'n' => byte - b'm' + 20,
        b'p'..=b't' => byte - b'p' + 22,
        b'v'..=b'z' => byte - b'v' + 27,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_back_and_sort_by_time() {
        let random = Random::seeded(1);
        let early = ContactId::new(Timestamp::from_millis(1_700_000_000_000), &random);
        let late = ContactId::new(Timestamp::from_millis(1_700_000_000_001), &random);
        assert_eq!(early.to_string().parse(), Ok(early));
        assert!(early.to_string() < late.to_string());
        assert_eq!(early.to_string().len(), "con_".len() + 26);
        let tenant = TenantId::new(&random);
        assert_eq!(tenant.to_string().parse(), Ok(tenant));
        assert_eq!(tenant.to_string().len(), "ten_".len() + 13);
    }

    #[test]
    fn other_kinds_spellings_and_lengths_are_refused() {
        let id = ContactId::from_bytes([0xff; 16]).to_string();
        assert!(id.parse::<ContactId>().is_ok());
        assert!(id.parse::<RequestId>().is_err());
        assert!(id.to_uppercase().parse::<ContactId>().is_err());
        assert!(format!("{id}0").parse::<ContactId>().is_err());
        assert!("con_zzzzzzzzzzzzzzzzzzzzzzzzzz".parse::<ContactId>().is_err(), "over 128 bits");
        assert!("con_".parse::<ContactId>().is_err());
        assert!("con_é0000000000000000000000000".parse::<ContactId>().is_err());
    }

    #[test]
    fn every_digit_is_read_as_it_is_written_and_nothing_else_is() {
        for byte in 0..=u8::MAX {
            let place = ALPHABET.iter().position(|it| *it == byte);
            assert_eq!(digit(byte).map(usize::from), place, "{byte}");
        }
    }

    #[test]
    fn receipt_numbers_read_well() {
        let number = ReceiptNumber([0xff, 0, 0xff, 0, 0xff]).to_string();
        assert_eq!(number.len(), 11);
        assert!(number.starts_with("R-"), "{number}");
    }
}
