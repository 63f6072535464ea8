//! Signed links: `ay1.<kind>.<kid>.<payload>.<mac>`.
//!
//! The MAC is HMAC-SHA256, all 32 bytes, over everything before the last dot, under
//! `HKDF-SHA256(master[kid], info = "ayeaye/link/v1/<kind>")`; payload and MAC are base64url without
//! padding and only the canonical encoding is accepted. Links made with any key ever used still verify:
//! an unsubscribe link in an old mail must work for years.
//!
//! Also here: the links a tenant mints itself with a link key, `{kid}.{ref}.{mac}`.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};

use crate::{
    crypto::{Key, mac},
    domain::{
        Timestamp,
        id::{ContactId, EvidenceId, FormId, PurposeId, RequestId, TenantId},
    },
};

/// The longest token that is looked at, in bytes: whole URLs have at most 160 characters.
const MAX_TOKEN: usize = 160;

/// What a link is for. A link of one kind is no link of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Opens the confirmation page of one request.
    Confirm,
    /// Names one purpose to leave; never expires.
    Unsubscribe,
    /// Preferences at level L0; never expires.
    Preferences,
    /// Preferences at level L1 while fresh.
    Manage,
    /// *It was not me*: blocks the address of one request.
    NotMe,
    /// The page *Check your email* of one submission.
    Sent,
    /// Proof that a form was shown, when, and with which words.
    Form,
    /// Names one code that was mailed.
    Challenge,
    /// Takes one leaving back.
    Undo,
    /// Tells when a page with a button was opened.
    Opened,
    /// Opens the receipt of one change while fresh.
    Receipt,
    /// Opens the page on which a guardian answers one request.
    Guardian,
    /// In the cookie of the browser that signed up: this request is its own.
    Browser,
}

impl Kind {
    const COUNT: usize = 13;
    const ALL: [Self; Self::COUNT] = [
        Self::Confirm,
        Self::Unsubscribe,
        Self::Preferences,
        Self::Manage,
        Self::NotMe,
        Self::Sent,
        Self::Form,
        Self::Challenge,
        Self::Undo,
        Self::Opened,
        Self::Receipt,
        Self::Guardian,
        Self::Browser,
    ];

    /// The kind as written in the token and in the key label.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Unsubscribe => "unsub",
            Self::Preferences => "prefs",
            Self::Manage => "manage",
            Self::NotMe => "notme",
            Self::Sent => "sent",
            Self::Form => "form",
            Self::Challenge => "code",
            Self::Undo => "undo",
            Self::Opened => "opened",
            Self::Receipt => "receipt",
            Self::Guardian => "guardian",
            Self::Browser => "browser",
        }
    }
}

/// The id of a master key: `k1`, `k2` …
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kid(String);

impl Kid {
    /// The `number`th master key.
    pub fn numbered(number: u32) -> Self {
        Self(format!("k{number}"))
    }

    /// The text form.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The keys of signed links, newest first. The newest signs, all verify.
///
/// Each master's keys are derived once: a check signs links by the ten thousand, and deriving takes longer than
/// signing.
#[derive(Clone, Debug)]
pub struct LinkKeys(Vec<(Kid, [(Kind, Key); Kind::COUNT])>);

impl LinkKeys {
    /// The keys of these masters, newest first.
    pub fn new(newest_first: Vec<(Kid, Key)>) -> Self {
        let derived = |master: Key| Kind::ALL.map(|kind| (kind, link_key(&master, kind)));
        Self(newest_first.into_iter().map(|(kid, master)| (kid, derived(master))).collect())
    }

    /// Whether a token could be signed at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The name of the key that signs; empty when there is none.
    pub fn newest(&self) -> String {
        self.0.first().map_or_else(String::new, |(kid, _)| kid.as_str().to_owned())
    }

    /// Signs `payload` as a link of `kind` with the newest key.
    pub fn sign(&self, kind: Kind, payload: &[u8]) -> String {
        let Some((kid, key)) = self.0.first().and_then(|(kid, keys)| Some((kid, of_kind(keys, kind)?)))
        else {
            return String::new();
        };
        let head = format!("ay1.{}.{}.{}", kind.tag(), kid.as_str(), BASE64_URL_SAFE_NO_PAD.encode(payload));
        let mac = mac::hmac(key.expose(), &[head.as_bytes()]);
        format!("{head}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac))
    }

    /// The payload of a token of `kind` that we signed; `None` for anything else, whatever is wrong.
    pub fn open(&self, kind: Kind, token: &str) -> Option<Vec<u8>> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let (head, mac) = token.rsplit_once('.')?;
        let mut parts = head.split('.');
        let (version, tag, kid, payload) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        if version != "ay1" || tag != kind.tag() || parts.next().is_some() {
            return None;
        }
        let (_, keys) = self.0.iter().find(|(it, _)| it.as_str() == kid)?;
        let given = BASE64_URL_SAFE_NO_PAD.decode(mac).ok()?;
        let wanted = mac::hmac(of_kind(keys, kind)?.expose(), &[head.as_bytes()]);
        if !mac::equal(&given, &wanted) {
            return None;
        }
        BASE64_URL_SAFE_NO_PAD.decode(payload).ok()
    }
}

fn of_kind(keys: &[(Kind, Key)], kind: Kind) -> Option<&Key> {
    keys.iter().find(|(it, _)| *it == kind).map(|(_, key)| key)
}

fn link_key(master: &Key, kind: Kind) -> Key {
    master.derive(&format!("ayeaye/link/v1/{}", kind.tag()))
}

/// What a link names. Each variant has its own kind and its own fixed layout of bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// [`Kind::Confirm`]: tenant, request, expiry.
    Confirm(TenantId, RequestId, Timestamp),
    /// [`Kind::Unsubscribe`]: tenant, contact, purpose.
    Unsubscribe(TenantId, ContactId, PurposeId),
    /// [`Kind::Preferences`]: tenant, contact.
    Preferences(TenantId, ContactId),
    /// [`Kind::Manage`]: tenant, contact, expiry.
    Manage(TenantId, ContactId, Timestamp),
    /// [`Kind::NotMe`]: tenant, request.
    NotMe(TenantId, RequestId),
    /// [`Kind::Sent`]: tenant, request, expiry.
    Sent(TenantId, RequestId, Timestamp),
    /// [`Kind::Form`]: form, when it was shown, first eight bytes of the hash of the words shown.
    Form(FormId, Timestamp, [u8; 8]),
    /// [`Kind::Undo`]: tenant, the evidence of the leaving. Only whoever has just left gets it, on the page that
    /// says so: a forwarded link must not bring anyone back.
    Undo(TenantId, EvidenceId),
    /// [`Kind::Opened`]: request, when its page was opened, to the millisecond. A hidden field of the page, so that
    /// the evidence of the press can tell it.
    Opened(RequestId, Timestamp),
    /// [`Kind::Receipt`]: tenant, the evidence of the change, expiry.
    Receipt(TenantId, EvidenceId, Timestamp),
    /// [`Kind::Guardian`]: tenant, request, expiry.
    Guardian(TenantId, RequestId, Timestamp),
    /// [`Kind::Browser`]: tenant, request, expiry.
    Browser(TenantId, RequestId, Timestamp),
}

impl Link {
    /// The token of this link.
    pub fn sign(&self, keys: &LinkKeys) -> String {
        let (kind, payload) = match self {
            Self::Confirm(tenant, request, until) => {
                (Kind::Confirm, join(&[tenant.bytes(), request.bytes(), &seconds(*until)]))
            }
            Self::Unsubscribe(tenant, contact, purpose) => {
                (Kind::Unsubscribe, join(&[tenant.bytes(), contact.bytes(), purpose.bytes()]))
            }
            Self::Preferences(tenant, contact) => {
                (Kind::Preferences, join(&[tenant.bytes(), contact.bytes()]))
            }
            Self::Manage(tenant, contact, until) => {
                (Kind::Manage, join(&[tenant.bytes(), contact.bytes(), &seconds(*until)]))
            }
            Self::NotMe(tenant, request) => (Kind::NotMe, join(&[tenant.bytes(), request.bytes()])),
            Self::Sent(tenant, request, until) => {
                (Kind::Sent, join(&[tenant.bytes(), request.bytes(), &seconds(*until)]))
            }
            Self::Undo(tenant, evidence) => (Kind::Undo, join(&[tenant.bytes(), evidence.bytes()])),
            Self::Form(form, shown_at, words) => {
                (Kind::Form, join(&[form.bytes(), &seconds(*shown_at), words]))
            }
            Self::Opened(request, at) => (Kind::Opened, join(&[request.bytes(), &at.millis().to_be_bytes()])),
            Self::Receipt(tenant, evidence, until) => {
                (Kind::Receipt, join(&[tenant.bytes(), evidence.bytes(), &seconds(*until)]))
            }
            Self::Guardian(tenant, request, until) => {
                (Kind::Guardian, join(&[tenant.bytes(), request.bytes(), &seconds(*until)]))
            }
            Self::Browser(tenant, request, until) => {
                (Kind::Browser, join(&[tenant.bytes(), request.bytes(), &seconds(*until)]))
            }
        };
        keys.sign(kind, &payload)
    }

    /// The link a token of `kind` names; `None` when we did not sign it or its layout is another.
    /// Whether it has expired is for the caller to say: an expired link still tells whom to offer a new one.
    pub fn open(keys: &LinkKeys, kind: Kind, token: &str) -> Option<Self> {
        let payload = keys.open(kind, token)?;
        let mut rest = Bytes(&payload);
        let link = match kind {
            Kind::Confirm => {
                Self::Confirm(rest.tenant()?, RequestId::from_bytes(rest.take()?), rest.instant()?)
            }
            Kind::Unsubscribe => Self::Unsubscribe(
                rest.tenant()?,
                ContactId::from_bytes(rest.take()?),
                PurposeId::from_bytes(rest.take()?),
            ),
            Kind::Preferences => Self::Preferences(rest.tenant()?, ContactId::from_bytes(rest.take()?)),
            Kind::Manage => {
                Self::Manage(rest.tenant()?, ContactId::from_bytes(rest.take()?), rest.instant()?)
            }
            Kind::NotMe => Self::NotMe(rest.tenant()?, RequestId::from_bytes(rest.take()?)),
            Kind::Sent => Self::Sent(rest.tenant()?, RequestId::from_bytes(rest.take()?), rest.instant()?),
            Kind::Form => Self::Form(FormId::from_bytes(rest.take()?), rest.instant()?, rest.take()?),
            Kind::Undo => Self::Undo(rest.tenant()?, EvidenceId::from_bytes(rest.take()?)),
            Kind::Opened => Self::Opened(
                RequestId::from_bytes(rest.take()?),
                Timestamp::from_millis(i64::from_be_bytes(rest.take()?)),
            ),
            Kind::Receipt => {
                Self::Receipt(rest.tenant()?, EvidenceId::from_bytes(rest.take()?), rest.instant()?)
            }
            Kind::Guardian => {
                Self::Guardian(rest.tenant()?, RequestId::from_bytes(rest.take()?), rest.instant()?)
            }
            Kind::Browser => {
                Self::Browser(rest.tenant()?, RequestId::from_bytes(rest.take()?), rest.instant()?)
            }
            Kind::Challenge => return None,
        };
        rest.0.is_empty().then_some(link)
    }

    /// The tenant that a token of ours names, whatever it is for; `None` when it names none, or we did not sign it.
    pub fn tenant_of(keys: &LinkKeys, token: &str) -> Option<TenantId> {
        let tag = token.split('.').nth(1)?;
        let kind = Kind::ALL.into_iter().find(|it| it.tag() == tag)?;
        match Self::open(keys, kind, token)? {
            Self::Confirm(tenant, ..)
            | Self::Unsubscribe(tenant, ..)
            | Self::Preferences(tenant, _)
            | Self::Manage(tenant, ..)
            | Self::NotMe(tenant, _)
            | Self::Sent(tenant, ..)
            | Self::Undo(tenant, _)
            | Self::Receipt(tenant, ..)
            | Self::Guardian(tenant, ..)
            | Self::Browser(tenant, ..) => Some(tenant),
            Self::Form(..) | Self::Opened(..) => None,
        }
    }
}

/// Seconds since the epoch in four bytes, as in the token; good until 2106.
fn seconds(at: Timestamp) -> [u8; 4] {
    u32::try_from(at.seconds()).unwrap_or(u32::MAX).to_be_bytes()
}

fn join(parts: &[&[u8]]) -> Vec<u8> {
    parts.concat()
}

struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, tail) = self.0.split_first_chunk::<N>()?;
        self.0 = tail;
        Some(*head)
    }

    fn tenant(&mut self) -> Option<TenantId> {
        self.take().map(TenantId::from_bytes)
    }

    fn instant(&mut self) -> Option<Timestamp> {
        let seconds = u32::from_be_bytes(self.take()?);
        Some(Timestamp::from_millis(i64::from(seconds) * 1_000))
    }
}

/// The reference of an address under a tenant's link key: `e` and base64url of the first 16 bytes of
/// `HMAC-SHA256(key, "aye-ref-v1\n" ‖ address trimmed and lower-cased)`.
pub fn address_ref(key: &Key, address: &str) -> String {
    let folded = address.trim().to_lowercase();
    let mac = mac::hmac(key.expose(), &[b"aye-ref-v1\n", folded.as_bytes()]);
    let (head, _) = mac.split_at(16);
    format!("e{}", BASE64_URL_SAFE_NO_PAD.encode(head))
}

/// A link that a tenant minted itself, taken apart but not yet believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MintedLink<'a> {
    /// The link key it says it was made with.
    pub kid: &'a str,
    /// `e…` for an address, `x…` for an external id.
    pub reference: &'a str,
    mac: &'a str,
}

impl<'a> MintedLink<'a> {
    /// Takes `{kid}.{ref}.{mac}` apart; `None` when it has another shape.
    pub fn split(token: &'a str) -> Option<Self> {
        if token.len() > MAX_TOKEN {
            return None;
        }
        let mut parts = token.split('.');
        let (kid, reference, mac) = (parts.next()?, parts.next()?, parts.next()?);
        let is_plain = !reference.contains(char::is_control);
        let sound =
            parts.next().is_none() && !kid.is_empty() && reference.starts_with(['e', 'x']) && is_plain;
        sound.then_some(Self { kid, reference, mac })
    }

    /// Whether `key` made this link for `purpose` (empty for the preference page).
    pub fn is_by(&self, key: &Key, purpose: &str) -> bool {
        let Ok(given) = BASE64_URL_SAFE_NO_PAD.decode(self.mac) else { return false };
        mac::equal(&given, &minted_mac(key, self.kid, self.reference, purpose))
    }
}

/// Mints `{kid}.{ref}.{mac}` as a mailing tool does.
pub fn mint(key: &Key, kid: &str, reference: &str, purpose: &str) -> String {
    let mac = minted_mac(key, kid, reference, purpose);
    format!("{kid}.{reference}.{}", BASE64_URL_SAFE_NO_PAD.encode(mac))
}

fn minted_mac(key: &Key, kid: &str, reference: &str, purpose: &str) -> [u8; 32] {
    let text = format!("aye-link-v1\n{kid}\n{reference}\n{purpose}");
    mac::hmac(key.expose(), &[text.as_bytes()])
}

#[cfg(test)]
mod tests;
