//! The keys of this installation: all descend from one root, but for the masters of signed links, which are
//! random, sealed in the database under the root, and only ever added to.

use std::sync::{Arc, PoisonError, RwLock};

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};

use super::{App, Result, StartError};
use crate::{
    crypto::{Key, Random, mac, seal},
    domain::{
        EmailAddress, Timestamp,
        catalog::Endpoint,
        id::{ApiKeyId, ChallengeId, ContactId, LinkKeyId, RequestId, TenantId},
        link::{Kid, LinkKeys},
    },
    store::{
        Batch, Store, Tx,
        key::{ApiKey, LinkKey},
    },
    tlog::note::{KeyError, SigningKey},
};

/// How long a 6-digit code is: the modulus of its number.
const CODES: u64 = 1_000_000;

/// The keys of this installation.
pub struct Keys {
    seal: Key,
    addresses: Key,
    budgets: Key,
    networks: Key,
    codes: Key,
    proofs: Key,
    webhooks: Key,
    cursors: Key,
    log: Key,
    checks: Key,
    idempotency: Key,
    links: RwLock<Arc<LinkKeys>>,
}

impl Keys {
    /// Reads the masters of links, making the first one when there is none.
    pub(super) async fn load(
        store: &Store,
        root: Key,
        now: Timestamp,
        random: &Random,
    ) -> std::result::Result<Self, StartError> {
        let keys = Self {
            seal: root.derive("ayeaye/seal/v1"),
            addresses: root.derive("ayeaye/address/v1"),
            budgets: root.derive("ayeaye/budget/v1"),
            networks: root.derive("ayeaye/network/v1"),
            codes: root.derive("ayeaye/code/v1"),
            proofs: root.derive("ayeaye/proof-of-work/v1"),
            webhooks: root.derive("ayeaye/webhook/v1"),
            cursors: root.derive("ayeaye/cursor/v1"),
            log: root.derive("ayeaye/log/v1"),
            checks: root.derive("ayeaye/check/v1"),
            idempotency: root.derive("ayeaye/idempotency/v1"),
            links: RwLock::new(Arc::new(LinkKeys::new(Vec::new()))),
        };
        let mut tx = store.begin().await?;
        let mut masters = crate::store::key::masters(&mut tx).await?;
        if masters.is_empty() {
            crate::store::key::add_master(&mut tx, 1, &keys.seal_master(1, random), now).await?;
            masters = crate::store::key::masters(&mut tx).await?;
        }
        tx.commit().await?;
        keys.replace(&masters);
        if keys.links().is_empty() {
            return Err(StartError::WrongMasterKey);
        }
        Ok(keys)
    }

    fn seal_master(&self, number: i64, random: &Random) -> String {
        seal::seal(&self.seal, random, &format!("link_master/{number}"), &random.bytes::<32>())
    }

    /// Takes over the masters read from the database. One that does not open is left out: links made with
    /// it cannot be verified here.
    pub(super) fn replace(&self, masters: &[(i64, String)]) {
        let opened = masters.iter().filter_map(|(number, sealed)| {
            let bytes = seal::open(&self.seal, &format!("link_master/{number}"), sealed)?;
            let kid = Kid::numbered(u32::try_from(*number).ok()?);
            Some((kid, Key::new(bytes.try_into().ok()?)))
        });
        let links = Arc::new(LinkKeys::new(opened.collect()));
        *self.links.write().unwrap_or_else(PoisonError::into_inner) = links;
    }

    /// The masters of signed links.
    pub fn links(&self) -> Arc<LinkKeys> {
        Arc::clone(&self.links.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The mark under which an address is suppressed, per tenant.
    pub fn address_hash(&self, tenant: TenantId, lookup_key: &str) -> String {
        mac::keyed_hash(&self.addresses, &[tenant.bytes(), lookup_key.as_bytes()])
    }

    /// The name under which mails to one person are counted, whatever the tenant or spelling.
    pub fn recipient(&self, email: &EmailAddress) -> String {
        mac::keyed_hash(&self.budgets, &[b"recipient\n", email.budget_key().as_bytes()])
    }

    /// The name of another budget.
    pub fn budget(&self, kind: &str, what: &[u8]) -> String {
        mac::keyed_hash(&self.budgets, &[kind.as_bytes(), b"\n", what])
    }

    /// The mark that binds a place in a list to the tenant, the list and its filters.
    pub(super) fn cursor(&self, tenant: TenantId, list: &str, place: &str) -> [u8; 32] {
        mac::hmac(self.cursors.expose(), &[tenant.bytes(), list.as_bytes(), b"\n", place.as_bytes()])
    }

    /// The mark by which an act, or what was sent for it, is known again in a retry.
    pub(super) fn idempotency(&self, tenant: TenantId, kind: &str, what: &[u8]) -> String {
        mac::keyed_hash(&self.idempotency, &[tenant.bytes(), kind.as_bytes(), b"\n", what])
    }

    /// Seals an answer that is kept for a retry.
    pub(super) fn seal_reply(&self, id: &str, reply: &str, random: &Random) -> String {
        seal::seal(&self.seal, random, &format!("idempotency/{id}"), reply.as_bytes())
    }

    /// An answer that was kept for a retry.
    pub(super) fn open_reply(&self, id: &str, sealed: &str) -> Option<Vec<u8>> {
        seal::open(&self.seal, &format!("idempotency/{id}"), sealed)
    }

    /// The key that signs challenges to a proof of work.
    pub(super) fn proofs(&self) -> &Key {
        &self.proofs
    }

    /// The keyed hash of a whole network address, for evidence.
    pub fn network(&self, address: &str) -> String {
        mac::keyed_hash(&self.networks, &[address.as_bytes()])
    }

    /// The 6-digit code of a request.
    pub fn request_code(&self, request: RequestId) -> String {
        self.code(b"request", request.bytes())
    }

    /// The 6-digit code of a challenge.
    pub fn challenge_code(&self, challenge: ChallengeId) -> String {
        self.code(b"challenge", challenge.bytes())
    }

    fn code(&self, kind: &[u8], id: &[u8]) -> String {
        let mac = mac::hmac(self.codes.expose(), &[kind, b"\n", id]);
        let head = mac.first_chunk::<8>().copied().unwrap_or_default();
        format!("{:06}", u64::from_be_bytes(head) % CODES)
    }

    /// Seals what a person entered in declared fields.
    pub(super) fn seal_entered(&self, random: &Random, contact: ContactId, text: &[u8]) -> String {
        seal::seal(&self.seal, random, &format!("entered/{contact}"), text)
    }

    /// Opens what [`seal_entered`](Self::seal_entered) sealed for this very person.
    pub(super) fn open_entered(&self, contact: ContactId, sealed: &str) -> Option<Vec<u8>> {
        seal::open(&self.seal, &format!("entered/{contact}"), sealed)
    }

    /// The newest signing secret of an endpoint: derived, so that none is stored.
    pub fn webhook_secret(&self, endpoint: &Endpoint) -> [u8; 32] {
        *self.webhooks.derive(&format!("{}/{}", endpoint.id, endpoint.generation)).expose()
    }

    /// The newest Ed25519 key of an endpoint, whose public half its owner holds.
    pub fn webhook_signing_key(&self, endpoint: &Endpoint) -> Key {
        self.webhooks.derive(&format!("{}/{}/ed25519", endpoint.id, endpoint.generation))
    }

    /// What messages to an endpoint are signed with at `now`, newest first: a secret and an Ed25519 key each.
    pub fn webhook_keys(&self, endpoint: &Endpoint, now: Timestamp) -> Vec<(Key, Key)> {
        let live = endpoint.generations(now).map(|generation| Endpoint { generation, ..endpoint.clone() });
        live.map(|it| (Key::new(self.webhook_secret(&it)), self.webhook_signing_key(&it))).collect()
    }

    /// The key that signs the log under this name.
    ///
    /// # Errors
    /// No key can have this name.
    pub fn log(&self, origin: &str) -> std::result::Result<SigningKey, KeyError> {
        SigningKey::new(origin, *self.log.expose())
    }

    /// The key that signs what the send gate answered, under this name.
    ///
    /// # Errors
    /// No key can have this name.
    pub(super) fn checks(&self, name: &str) -> std::result::Result<SigningKey, KeyError> {
        SigningKey::new(name, *self.checks.expose())
    }

    /// Seals the address of a guardian for one request.
    pub(super) fn seal_guardian(
        &self,
        request: RequestId,
        random: &Random,
        address: &EmailAddress,
    ) -> String {
        seal::seal(&self.seal, random, &guardian_place(request), address.expose().as_bytes())
    }

    /// The address of a guardian that was sealed for this request.
    pub(super) fn open_guardian(&self, request: RequestId, sealed: &str) -> Option<String> {
        String::from_utf8(seal::open(&self.seal, &guardian_place(request), sealed)?).ok()
    }

    /// The bytes of a tenant's link key.
    pub fn open_link_key(&self, key: &LinkKey) -> Option<Key> {
        let bytes = seal::open(&self.seal, &format!("link_key/{}", key.id), &key.sealed)?;
        Some(Key::new(bytes.try_into().ok()?))
    }
}

fn guardian_place(request: RequestId) -> String {
    format!("request/{request}/guardian")
}

/// Adds a master key for links. New links are signed with it, older ones keep working.
///
/// # Errors
/// The database failed.
pub async fn rotate_links(app: &App) -> Result<i64> {
    let mut tx = app.store.begin().await?;
    crate::store::catalog::raise(&mut tx).await?;
    let newest = crate::store::key::masters(&mut tx).await?.first().map_or(0, |(number, _)| *number);
    let number = newest + 1;
    let sealed = app.keys.seal_master(number, &app.random);
    crate::store::key::add_master(&mut tx, number, &sealed, app.now()).await?;
    tx.commit().await?;
    app.reload().await?;
    Ok(number)
}

/// What an API key may do. One word per resource and verb.
pub const SCOPES: [&str; 19] = [
    "audiences:read",
    "checks",
    "contacts:erase",
    "contacts:read",
    "contacts:write",
    "events:read",
    "evidence:read",
    "exports:read",
    "forms:read",
    "forms:write",
    "keys:write",
    "purposes:read",
    "purposes:write",
    "signups:read",
    "signups:write",
    "suppressions:read",
    "suppressions:write",
    "webhooks:read",
    "webhooks:write",
];

/// What every API key begins with.
const KEY_PREFIX: &str = "aye_";
/// What the keys of a tenant for tests begin with.
const TEST_KEY_PREFIX: &str = "aye_test_";

/// Whether a text has the shape of an API key: `aye_` or `aye_test_`, and base64url of 32 bytes.
pub fn is_api_key(text: &str) -> bool {
    let random = match text.strip_prefix(TEST_KEY_PREFIX) {
        // The random part of another key may begin with these letters.
        Some(random) if random.len() == 43 => Some(random),
        Some(_) | None => text.strip_prefix(KEY_PREFIX),
    };
    random.is_some_and(|it| {
        it.len() == 43 && it.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it))
    })
}

/// Makes an API key; its text is returned this once and kept nowhere.
///
/// # Errors
/// The database failed.
pub async fn new_api_key(app: &App, tenant: TenantId, scopes: Vec<String>) -> Result<(ApiKeyId, String)> {
    let mut tx = app.store.begin().await?;
    let (key, text) = make_api_key(app, &mut tx, tenant, None, scopes).await?;
    tx.commit().await?;
    Ok((key.id, text))
}

/// The same in the caller's transaction, with what it is for. Holds what is set up, so that its beginning says rightly
/// whether the tenant is for tests.
///
/// # Errors
/// The database failed.
pub(super) async fn make_api_key(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    name: Option<String>,
    scopes: Vec<String>,
) -> Result<(ApiKey, String)> {
    let id = ApiKeyId::new(&app.random);
    let is_test = super::apply::held(tx, tenant).await?.is_some_and(|(_, it)| it.test);
    let prefix = if is_test { TEST_KEY_PREFIX } else { KEY_PREFIX };
    let text = format!("{prefix}{}", BASE64_URL_SAFE_NO_PAD.encode(app.random.bytes::<32>()));
    let key = ApiKey { tenant, id, name, scopes, created_at: app.now(), revoked_at: None };
    let mut batch = Batch::default();
    crate::store::key::put_api_key(&mut batch, &key, &mac::sha256_hex(text.as_bytes()));
    tx.batch(batch).await?;
    Ok((key, text))
}

/// The live API key of this text.
///
/// # Errors
/// The database failed.
pub async fn find_api_key(app: &App, text: &str) -> Result<Option<ApiKey>> {
    let hash = mac::sha256_hex(text.as_bytes());
    Ok(crate::store::key::api_key(&mut app.store.peek().await?, &hash).await?)
}

/// Makes a key with which a tenant mints footer links itself; its base64 text is returned this once.
///
/// # Errors
/// The database failed.
pub async fn new_link_key(app: &App, tenant: TenantId) -> Result<(LinkKeyId, String)> {
    let mut tx = app.store.begin().await?;
    let (key, text) = make_link_key(app, &mut tx, tenant, None).await?;
    tx.commit().await?;
    Ok((key.id, text))
}

/// The same in the caller's transaction, with what it is for.
///
/// # Errors
/// The database failed.
pub(super) async fn make_link_key(
    app: &App,
    tx: &mut Tx,
    tenant: TenantId,
    name: Option<String>,
) -> Result<(LinkKey, String)> {
    let (id, bytes) = (LinkKeyId::new(&app.random), app.random.bytes::<32>());
    let sealed = seal::seal(&app.keys.seal, &app.random, &format!("link_key/{id}"), &bytes);
    let (created_at, indexed_to) = (app.now(), String::new());
    let key = LinkKey { tenant, id, name, sealed, created_at, revoked_at: None, indexed_to };
    let mut batch = Batch::default();
    crate::store::key::put_link_key(&mut batch, &key);
    tx.batch(batch).await?;
    Ok((key, hex::encode(bytes)))
}
