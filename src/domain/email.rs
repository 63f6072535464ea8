//! Email addresses: what is accepted, what is kept, and how little of it is ever shown.
//!
//! Two forms are kept of one address. The stored form is what was typed, trimmed, in NFC (RFC 6532 section
//! 3.1), the case of its local part as it was (RFC 5321 section 2.4) and its domain as an A-label; mail goes
//! there. The lookup key is lower-cased; it says who is the same contact. A third form folds the spellings
//! that reach one mailbox, and only counts: it never decides who is who.
//!
//! Narrower than RFC 5321 on purpose: no quoted local part, no address literal, no comment, no display name.

mod script;
mod typo;

use std::fmt;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::chars::is_invisible;
use crate::crypto::mac;

/// RFC 5321 section 4.5.3.1.1, in octets.
const LOCAL_MAX: usize = 64;
/// RFC 5321 section 4.5.3.1.3: a path has 256 octets, its angle brackets included.
const ADDRESS_MAX: usize = 254;
/// Far more than any spelling of an address needs; keeps the work on hostile input small.
const INPUT_MAX: usize = 1_024;

/// How long the hex text of a hash is.
const SHA256_HEX: usize = 64;

/// The SHA-256 of an address as compared, in lower-case hex: what tools send that do not want to send the address.
pub fn sha256(lookup_key: &str) -> String {
    mac::sha256_hex(lookup_key.as_bytes())
}

/// The hash somebody wrote, in lower case; none when it is not 64 hex digits.
pub fn read_sha256(text: &str) -> Option<String> {
    let is_hash = text.len() == SHA256_HEX && text.bytes().all(|it| it.is_ascii_hexdigit());
    is_hash.then(|| text.to_ascii_lowercase())
}

/// An address that mail can be sent to. `Display` and `Debug` are masked; [`expose`](Self::expose) is not.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress {
    text: String,
}

/// Why a text is not an address we send to. Each is one message on a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EmailError {
    /// Nothing but white space.
    #[error("the address is empty; write it like name@example.org")]
    Empty,
    /// More than 64 octets before the `@` or 254 in all.
    #[error("the address is too long; at most 64 characters before the @ and 254 in all")]
    TooLong,
    /// No `@`, or nothing on one side of it.
    #[error("the address needs a name, an @ and a domain, like name@example.org")]
    NoAt,
    /// A display name, quotes, brackets, a list, white space inside.
    #[error("write the address alone, like name@example.org: no name, no quotes, no second address")]
    NotPlain,
    /// Invisible or direction-changing characters, line breaks, NUL.
    #[error("the address has an invisible character in it; type it again by hand")]
    Hidden,
    /// The part before the `@` is not one we accept.
    #[error("the part before the @ is not right; letters, digits and single dots between them are safe")]
    Local,
    /// Letters outside ASCII before the `@`, from a visitor: most mail systems cannot deliver there.
    #[error("the part before the @ has letters that most mail systems cannot deliver to")]
    LocalNotAscii,
    /// The part after the `@` is not a public domain name.
    #[error("the part after the @ is not a domain name, like example.org")]
    Domain,
    /// A domain that mixes alphabets to look like another one (UTS 39).
    #[error("the part after the @ mixes letters of several alphabets; type it again by hand")]
    LookAlike,
}

impl EmailAddress {
    /// Parses what a visitor typed: only ASCII before the `@`.
    ///
    /// # Errors
    /// Says which rule was broken, in the order a person would want to know.
    pub fn parse_public(input: &str) -> Result<Self, EmailError> {
        let address = Self::parse(input)?;
        if address.needs_smtputf8() { Err(EmailError::LocalNotAscii) } else { Ok(address) }
    }

    /// Parses what another system sent: letters of any alphabet before the `@` (RFC 6531).
    ///
    /// # Errors
    /// Says which rule was broken, in the order a person would want to know.
    pub fn parse(input: &str) -> Result<Self, EmailError> {
        let input = input.trim();
        if input.is_empty() {
            return Err(EmailError::Empty);
        }
        if input.len() > INPUT_MAX {
            return Err(EmailError::TooLong);
        }
        if input.chars().any(is_invisible) {
            return Err(EmailError::Hidden);
        }
        let (local, domain) = split(input)?;
        let local = local_part(local)?;
        let domain = domain_name(domain)?;
        if local.len() + 1 + domain.len() > ADDRESS_MAX {
            return Err(EmailError::TooLong);
        }
        Ok(Self { text: format!("{local}@{domain}") })
    }

    /// The stored form, the one mail goes to. Parsing it again gives the same value.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// Both sides of the `@` of the stored form, for the envelope of a message.
    pub fn expose_parts(&self) -> (&str, &str) {
        self.text.rsplit_once('@').unwrap_or_default()
    }

    /// The domain, lower-cased, as an A-label.
    pub fn domain(&self) -> &str {
        self.expose_parts().1
    }

    /// What is unique within a tenant: two addresses with this in common are one contact.
    pub fn lookup_key(&self) -> String {
        if self.text.is_ascii() {
            self.text.to_ascii_lowercase()
        } else {
            self.text.to_lowercase().nfc().collect()
        }
    }

    /// Whether only relays that speak SMTPUTF8 (RFC 6531) can take it.
    pub fn needs_smtputf8(&self) -> bool {
        !self.text.is_ascii()
    }

    /// What a person recognises and nobody else learns from: `a••••@example.org`, always four dots.
    pub fn masked(&self) -> String {
        let (local, domain) = self.expose_parts();
        let first: String = local.chars().take(1).collect();
        format!("{first}••••@{domain}")
    }

    /// The mailbox behind the spelling, for counting mails sent to one victim and for nothing else.
    ///
    /// Tags after `+` are cut everywhere, and at the providers known to ignore dots those too, because one
    /// mailbox otherwise has as many budgets as spellings.
    pub fn budget_key(&self) -> String {
        let key = self.lookup_key();
        let (local, domain) = key.rsplit_once('@').unwrap_or_default();
        let mailbox = local.split_once('+').map_or(local, |(name, _)| name);
        let mailbox = if mailbox.is_empty() { local } else { mailbox };
        let (domain, ignored): (&str, &[char]) = match domain {
            "gmail.com" | "googlemail.com" => ("gmail.com", &['.']),
            "proton.me" | "protonmail.com" | "protonmail.ch" | "pm.me" => ("proton.me", &['.', '-', '_']),
            other => (other, &[]),
        };
        let mailbox: String = mailbox.chars().filter(|it| !ignored.contains(it)).collect();
        format!("{mailbox}@{domain}")
    }

    /// The domain of [`budget_key`](Self::budget_key), for counting and for nothing else.
    pub fn budget_domain(&self) -> String {
        self.budget_key().rsplit_once('@').map_or_else(String::new, |(_, domain)| domain.to_owned())
    }

    /// The address this one was probably meant to be: `ada@gmial.com` gives `ada@gmail.com`.
    ///
    /// A hint for the person to accept or not, never a correction of ours.
    pub fn suggestion(&self) -> Option<Self> {
        let (local, domain) = self.expose_parts();
        let meant = typo::meant(domain)?;
        Some(Self { text: format!("{local}@{meant}") })
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({})", self.masked())
    }
}

/// The mailbox provider of exactly this domain, if it is one that a slip of the finger is told of.
pub fn provider(domain: &str) -> Option<&'static str> {
    typo::provider(domain)
}

/// Cuts at the one `@`, after the marks of everything that is more than an address.
fn split(input: &str) -> Result<(&str, &str), EmailError> {
    let is_extra = |it: char| it.is_whitespace() || "\"(),:;<>[]\\".contains(it);
    if input.contains(is_extra) || input.matches('@').count() > 1 {
        return Err(EmailError::NotPlain);
    }
    match input.split_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() => Ok((local, domain)),
        Some(_) | None => Err(EmailError::NoAt),
    }
}

/// A dot-atom in NFC.
///
/// A leading `-` reads as an option to a mail program's command line, and `=?` opens an encoded word in a
/// header; no mailbox needs either.
fn local_part(local: &str) -> Result<String, EmailError> {
    let local: String = if local.is_ascii() { local.to_owned() } else { local.nfc().collect() };
    if local.len() > LOCAL_MAX {
        return Err(EmailError::TooLong);
    }
    let atoms = local.split('.').all(|atom| !atom.is_empty() && atom.chars().all(is_atom));
    let misread =
        local.starts_with(['-', '=']) || local.contains("=?") || local.starts_with(is_combining_mark);
    if atoms && !misread { Ok(local) } else { Err(EmailError::Local) }
}

/// `atext` of RFC 5322 section 3.2.3, and letters, digits and marks of any alphabet (RFC 6531 section 3.3
/// would allow symbols too).
fn is_atom(it: char) -> bool {
    if it.is_ascii() {
        it.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(it)
    } else {
        it.is_alphanumeric() || is_combining_mark(it)
    }
}

/// A public domain name as A-labels (UTS 46, strict), at least two of them, the last one not a number.
fn domain_name(domain: &str) -> Result<String, EmailError> {
    let ascii = idna::domain_to_ascii_strict(domain).ok().ok_or(EmailError::Domain)?;
    let Some((_, top)) = ascii.rsplit_once('.') else { return Err(EmailError::Domain) };
    let is_name = top.starts_with("xn--") || top.bytes().all(|it| it.is_ascii_alphabetic());
    if top.len() < 2 || !is_name {
        return Err(EmailError::Domain);
    }
    if !ascii.contains("xn--") {
        return Ok(ascii);
    }
    let (shown, checked) = idna::domain_to_unicode(&ascii);
    if checked.is_err() {
        return Err(EmailError::Domain);
    }
    if shown.split('.').all(script::is_one_alphabet) { Ok(ascii) } else { Err(EmailError::LookAlike) }
}

#[cfg(test)]
mod tests;
