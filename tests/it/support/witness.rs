//! A witness after C2SP tlog-witness: it cosigns a checkpoint that follows from the last one it saw, and no other.
//!
//! It shares no code with the service: the consistency proof is checked by another library, notes are read here.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use base64::{Engine, engine::general_purpose::STANDARD};
use ct_merkle::{ConsistencyProof, RootHash};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256, digest::Output};

use super::{
    receiver::{Answer, Request},
    served::Served,
};

/// How it behaves, until told otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// As the specification says.
    Well,
    /// Connections are closed without a word.
    Down,
    /// It knows no log (404).
    KnowsNobody,
    /// It claims to have seen this size already (409), whatever it was sent.
    Claims(u64),
    /// As the specification says, after a while.
    Slow(Duration),
    /// It accepts everything and signs something else.
    Forges,
}

struct State {
    manner: Manner,
    /// Unix seconds of its clock.
    now: u64,
    /// The logs it knows, by origin; every log while there is none.
    logs: BTreeMap<String, VerifyingKey>,
    /// The last size and root it cosigned, by origin.
    seen: BTreeMap<String, (u64, [u8; 32])>,
    requests: Vec<String>,
}

/// The witness; it stops when dropped.
pub(crate) struct Witness {
    served: Served,
    state: Arc<Mutex<State>>,
    name: String,
    key: SigningKey,
}

impl Witness {
    /// Starts a witness of this name. Its key follows from the name, so that it is the same after a restart.
    pub(crate) async fn start(name: &str) -> Self {
        let key = SigningKey::from_bytes(&Sha256::digest(name.as_bytes()).into());
        let state = Arc::new(Mutex::new(State {
            manner: Manner::Well,
            now: 1_795_255_200,
            logs: BTreeMap::new(),
            seen: BTreeMap::new(),
            requests: Vec::new(),
        }));
        let signer = Cosigner { name: name.to_owned(), key: key.clone() };
        let shared = Arc::clone(&state);
        let served = Served::start(move |request| answer(request, &signer, &shared)).await;
        Self { served, state, name: name.to_owned(), key }
    }

    /// What stands in `anchors.witnesses`: verifier key, space, address.
    pub(crate) fn setting(&self) -> String {
        format!("{} {}", self.vkey(), self.url())
    }

    /// Its address, to which `/add-checkpoint` is appended.
    pub(crate) fn url(&self) -> String {
        format!("{}/witness", self.served.url())
    }

    /// Its verifier key: name, key id, and type 0x04 with the public key.
    pub(crate) fn vkey(&self) -> String {
        let key = typed_key(&self.key);
        format!("{}+{}+{}", self.name, hex::encode(key_id(&self.name, &key)), STANDARD.encode(key))
    }

    /// From now on.
    pub(crate) fn behave(&self, manner: Manner) {
        locked(&self.state).manner = manner;
    }

    /// Sets its clock, in Unix seconds.
    pub(crate) fn set_clock(&self, seconds: u64) {
        locked(&self.state).now = seconds;
    }

    /// Knows this log (its verifier key of type 0x01), and from now on no log it was not told of.
    pub(crate) fn know(&self, vkey: &str) {
        // Base64 may have a + of its own.
        let parts: Vec<&str> = vkey.splitn(3, '+').collect();
        let (origin, key) = (parts[0], STANDARD.decode(parts[2]).expect("base64"));
        assert_eq!((key.len(), key[0]), (33, 0x01), "{vkey} is no Ed25519 verifier key");
        let key = VerifyingKey::from_bytes(key[1..].try_into().unwrap()).expect("a point");
        locked(&self.state).logs.insert(origin.to_owned(), key);
    }

    /// Forgets what it has seen of every log.
    pub(crate) fn forget(&self) {
        locked(&self.state).seen.clear();
    }

    /// The size it has cosigned last of the log of this origin.
    pub(crate) fn size_of(&self, origin: &str) -> Option<u64> {
        locked(&self.state).seen.get(origin).map(|(size, _)| *size)
    }

    /// The bodies sent to it, whatever became of them.
    pub(crate) fn requests(&self) -> Vec<String> {
        locked(&self.state).requests.clone()
    }
}

struct Cosigner {
    name: String,
    key: SigningKey,
}

impl Cosigner {
    /// The signature line of a cosignature/v1 over the text of a note.
    fn line(&self, text: &str, now: u64) -> String {
        let message = format!("cosignature/v1\ntime {now}\n{text}");
        let signature = self.key.sign(message.as_bytes());
        let id = key_id(&self.name, &typed_key(&self.key));
        let blob = [&id[..], &now.to_be_bytes(), &signature.to_bytes()].concat();
        format!("— {} {}\n", self.name, STANDARD.encode(blob))
    }
}

fn typed_key(key: &SigningKey) -> Vec<u8> {
    [&[0x04], &key.verifying_key().to_bytes()[..]].concat()
}

fn key_id(name: &str, key: &[u8]) -> [u8; 4] {
    let digest = Sha256::digest([name.as_bytes(), b"\n", key].concat());
    digest[..4].try_into().unwrap()
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn answer(request: &Request, signer: &Cosigner, state: &Mutex<State>) -> Answer {
    let body = String::from_utf8_lossy(&request.body).into_owned();
    let mut state = locked(state);
    state.requests.push(body.clone());
    if (request.method.as_str(), request.target.as_str()) != ("POST", "/witness/add-checkpoint") {
        return Answer::status(405);
    }
    let judged = |state: &mut State| judge(&body, signer, state).unwrap_or_else(|refusal| refusal);
    match state.manner.clone() {
        Manner::Well => judged(&mut state),
        Manner::Slow(delay) => judged(&mut state).after(delay),
        Manner::Down => Answer::HangUp,
        Manner::KnowsNobody => Answer::status(404).body("unknown log\n"),
        Manner::Claims(size) => conflict(size),
        Manner::Forges => Answer::status(200).body(signer.line("something else\n1\n\n", state.now)),
    }
}

/// A request in its parts.
struct Asked<'a> {
    old: u64,
    proof: Vec<u8>,
    /// What signatures cover: the note up to and with the newline before the empty line.
    text: &'a str,
    signatures: &'a str,
    origin: &'a str,
    size: u64,
    root: [u8; 32],
}

fn read(body: &str) -> Option<Asked<'_>> {
    let (head, note) = body.split_once("\n\n")?;
    let mut lines = head.lines();
    let old = lines.next()?.strip_prefix("old ")?.parse().ok()?;
    let proof: Vec<Vec<u8>> = lines.map(|it| STANDARD.decode(it).ok()).collect::<Option<_>>()?;
    if proof.len() > 63 || proof.iter().any(|it| it.len() != 32) {
        return None;
    }
    let end = note.find("\n\n")? + 1;
    let (text, signatures) = note.split_at(end);
    let mut lines = text.lines();
    let (origin, size, root) = (lines.next()?, lines.next()?.parse().ok()?, lines.next()?);
    let root = STANDARD.decode(root).ok()?.try_into().ok()?;
    Some(Asked {
        old,
        proof: proof.concat(),
        text,
        signatures: signatures.strip_prefix('\n')?,
        origin,
        size,
        root,
    })
}

/// What the specification says to do, in its order.
fn judge(body: &str, signer: &Cosigner, state: &mut State) -> Result<Answer, Answer> {
    let refuse = |status: u16, reason: &str| Answer::status(status).body(format!("{reason}\n"));
    let asked = read(body).ok_or_else(|| refuse(400, "malformed request"))?;
    if !state.logs.is_empty() {
        let key = state.logs.get(asked.origin).ok_or_else(|| refuse(404, "unknown log"))?;
        if !is_signed(&asked, key) {
            return Err(refuse(403, "invalid signature"));
        }
    }
    if asked.old > asked.size {
        return Err(refuse(400, "old size is larger than the checkpoint"));
    }
    let (seen, root) = state.seen.get(asked.origin).copied().unwrap_or((0, Sha256::digest([]).into()));
    if asked.old != seen {
        return Err(conflict(seen));
    }
    if seen == asked.size && root != asked.root {
        return Err(conflict(seen));
    }
    if !follows(&asked, root) {
        return Err(refuse(422, "the consistency proof does not hold"));
    }
    state.seen.insert(asked.origin.to_owned(), (asked.size, asked.root));
    Ok(Answer::status(200).body(signer.line(asked.text, state.now)))
}

fn conflict(size: u64) -> Answer {
    Answer::status(409).header("Content-Type", "text/x.tlog.size").body(format!("{size}\n"))
}

/// Whether one of the signatures under the name of the log holds.
fn is_signed(asked: &Asked<'_>, key: &VerifyingKey) -> bool {
    let prefix = format!("— {} ", asked.origin);
    asked.signatures.lines().filter_map(|it| STANDARD.decode(it.strip_prefix(&prefix)?).ok()).any(|blob| {
        let signature = blob.get(4..).and_then(|it| Signature::from_slice(it).ok());
        signature.is_some_and(|it| key.verify_strict(asked.text.as_bytes(), &it).is_ok())
    })
}

fn follows(asked: &Asked<'_>, old_root: [u8; 32]) -> bool {
    if asked.old == 0 || asked.old == asked.size {
        return asked.proof.is_empty();
    }
    let root = |it: [u8; 32], size| RootHash::<Sha256>::new(Output::<Sha256>::from(it), size);
    ConsistencyProof::try_from_bytes(asked.proof.clone())
        .and_then(|it| root(asked.root, asked.size).verify_consistency(&root(old_root, asked.old), &it))
        .is_ok()
}
