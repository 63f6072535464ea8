//! The witness and the time stamp authority.

use std::{fs, time::Duration};

use ayeaye::{
    anchor::{
        Answer, Client, Failure,
        stamp::{self, NoStamp},
        witness::add_checkpoint,
    },
    config::{Config, Flag, Sources},
    tlog::timestamp::{self, Chain, StampError},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};
use url::Url;

use crate::support::{
    tsa::{self, Tsa},
    witness::{self, Witness},
};

const ORIGIN: &str = "consent.example.org/log";

fn client(deadline: Duration) -> Client {
    Client::with(deadline, rustls::RootCertStore::empty()).unwrap()
}

fn patient() -> Client {
    client(Duration::from_secs(20))
}

/// A log of `size` leaves: its tree and the text of its checkpoint.
fn log(size: u64) -> (MemoryBackedTree<Sha256, Vec<u8>>, String) {
    let mut tree = MemoryBackedTree::new();
    (0..size).for_each(|it| tree.push(it.to_be_bytes().to_vec()));
    let text = format!("{ORIGIN}\n{size}\n{}\n", STANDARD.encode(tree.root().as_bytes()));
    (tree, text)
}

fn log_key() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

fn vkey() -> String {
    let key = [&[1], &log_key().verifying_key().to_bytes()[..]].concat();
    format!("{ORIGIN}+00000000+{}", STANDARD.encode(key))
}

/// The body of a request that leads from `old` to `size`.
fn request(old: u64, size: u64) -> String {
    let (tree, text) = log(size);
    let added = usize::try_from(size - old).unwrap();
    let proof =
        if old == 0 || added == 0 { Vec::new() } else { tree.prove_consistency(added).as_bytes().to_vec() };
    let proof: String = proof.chunks(32).map(|it| STANDARD.encode(it) + "\n").collect();
    let signature = log_key().sign(text.as_bytes()).to_bytes();
    let line = STANDARD.encode([&[0; 4][..], &signature].concat());
    format!("old {old}\n{proof}\n{text}\n— {ORIGIN} {line}\n")
}

async fn ask(witness: &Witness, body: &str) -> Answer {
    add_checkpoint(&patient(), &Url::parse(&witness.url()).unwrap(), body).await.unwrap()
}

#[tokio::test]
async fn a_witness_cosigns_what_follows_and_says_where_it_is() {
    let witness = Witness::start("witness.example").await;
    witness.know(&vkey());
    let first = ask(&witness, &request(0, 5)).await;
    assert_eq!(first.status, 200);
    let line = String::from_utf8(first.body).unwrap();
    let blob = STANDARD.decode(line.strip_prefix("— witness.example ").unwrap().trim_end()).unwrap();
    let key = STANDARD.decode(witness.vkey().splitn(3, '+').nth(2).unwrap()).unwrap();
    let message = format!("cosignature/v1\ntime 1795255200\n{}", log(5).1);
    let key = VerifyingKey::from_bytes(key[1..].try_into().unwrap()).unwrap();
    key.verify_strict(message.as_bytes(), &Signature::from_slice(&blob[12..]).unwrap()).unwrap();
    assert_eq!(blob[4..12], 1_795_255_200_u64.to_be_bytes());

    let again = ask(&witness, &request(0, 9)).await;
    let conflict = Answer { status: 409, content_type: "text/x.tlog.size".into(), body: b"5\n".to_vec() };
    assert_eq!(again, conflict);
    assert_eq!(ask(&witness, &request(5, 9)).await.status, 200);
    assert_eq!(ask(&witness, &request(9, 9)).await.status, 200, "the same again is cosigned again");
    assert_eq!((witness.size_of(ORIGIN), witness.requests().len()), (Some(9), 4));
}

#[tokio::test]
async fn a_witness_refuses_what_does_not_follow() {
    let witness = Witness::start("witness.example").await;
    assert_eq!(ask(&witness, &request(0, 5)).await.status, 200, "it knows every log until told of one");
    let (from, to) = (request(5, 9), request(5, 12));
    let proof_of_another = from.replacen(&log(9).1, &log(12).1, 1);
    assert_ne!(from, to);
    assert_eq!(ask(&witness, &proof_of_another).await.status, 422);
    assert_eq!(ask(&witness, &from.replace("old 5", "old 10")).await.status, 400);
    assert_eq!(ask(&witness, "old 5\n\nno note").await.status, 400);
    let mut other = Sha256::digest(b"a fork").to_vec();
    other.truncate(32);
    let root = STANDARD.encode(log(5).0.root().as_bytes());
    let fork = request(5, 5).replace(&root, &STANDARD.encode(other));
    assert_eq!(ask(&witness, &fork).await.status, 409);
    witness.know(&vkey());
    assert_eq!(ask(&witness, &from.replace(&log(9).1, &log(8).1)).await.status, 403);
    assert_eq!(ask(&witness, &from.replace(ORIGIN, "other.example/log")).await.status, 404);
    witness.forget();
    assert_eq!(ask(&witness, &request(0, 3)).await.status, 200);
}

#[tokio::test]
async fn a_witness_can_misbehave() {
    let witness = Witness::start("witness.example").await;
    let url = Url::parse(&witness.url()).unwrap();
    let body = request(0, 5);
    witness.behave(witness::Manner::Down);
    assert_eq!(add_checkpoint(&patient(), &url, &body).await, Err(Failure::Broken));
    witness.behave(witness::Manner::Slow(Duration::from_mins(1)));
    let hurried = client(Duration::from_millis(300));
    assert_eq!(add_checkpoint(&hurried, &url, &body).await, Err(Failure::Timeout));
    witness.behave(witness::Manner::KnowsNobody);
    assert_eq!(ask(&witness, &body).await.status, 404);
    witness.behave(witness::Manner::Claims(7));
    assert_eq!(ask(&witness, &body).await.body, b"7\n");
    witness.behave(witness::Manner::Forges);
    assert_eq!(ask(&witness, &body).await.status, 200);
    witness.behave(witness::Manner::Well);
    witness.set_clock(1);
    witness.forget();
    assert_eq!(ask(&witness, &body).await.status, 200);
}

#[tokio::test]
async fn what_they_give_fits_the_configuration() {
    let (one, two) = (Witness::start("one.example").await, Witness::start("two.example").await);
    let tsa = Tsa::start().await;
    let root = tsa.root_file().display().to_string();
    let flags = [
        ("anchors.witnesses", format!("{}, {}", one.setting(), two.setting())),
        ("anchors.witness_threshold", "2".to_owned()),
        ("anchors.timestamp_url", tsa.url()),
        ("anchors.timestamp_ca_file", root),
    ];
    let flags = flags.map(|(key, value)| Flag { flag: format!("--set {key}"), key: key.to_owned(), value });
    let sources = Sources { flags: flags.into(), cwd: std::env::temp_dir(), ..Sources::default() };
    let anchors = Config::load(&sources).unwrap_or_else(|error| panic!("{error}")).config.anchors;
    let told: Vec<_> = anchors.witnesses.iter().map(|it| (it.name.clone(), it.url.to_string())).collect();
    assert_eq!(told, [("one.example".to_owned(), one.url()), ("two.example".to_owned(), two.url())]);
    assert_eq!(anchors.timestamp_url.unwrap().to_string(), tsa.url());
    assert_eq!(anchors.timestamp_ca_file, Some(tsa.root_file()));
}

#[tokio::test]
async fn an_authority_stamps_with_its_clock_or_with_ours() {
    let tsa = Tsa::start().await;
    let url = Url::parse(&tsa.url()).unwrap();
    let imprint: [u8; 32] = Sha256::digest(b"a checkpoint").into();
    let roots = stamp::roots(&fs::read(tsa.root_file()).unwrap()).unwrap();
    for (manner, at) in [(tsa::Manner::Well, None), (tsa::Manner::At(1_795_255_200), Some(1_795_255_200_000))]
    {
        tsa.behave(manner);
        let (token, stamp) = stamp::obtain(&patient(), &url, &imprint, 0x1234, Some(&roots)).await.unwrap();
        assert_eq!(timestamp::verify(&token, &imprint, Some(&roots)), Ok(stamp.clone()));
        assert_eq!((stamp.signer.as_str(), stamp.chain), ("CN=Test TSA", Chain::Trusted));
        assert!(at.is_none_or(|it| it == stamp.at_millis), "{stamp:?}");
    }
    assert_eq!(tsa.requests().len(), 2);
}

#[tokio::test]
async fn an_authority_can_misbehave() {
    let tsa = Tsa::start().await;
    let url = Url::parse(&tsa.url()).unwrap();
    let question = timestamp::request(&[7; 32], 1);
    tsa.behave(tsa::Manner::Rejects);
    let refused = stamp::obtain(&patient(), &url, &[7; 32], 1, None).await.unwrap_err();
    assert!(matches!(refused, NoStamp::Refused(StampError::Refused { status: 2, .. })), "{refused:?}");
    tsa.behave(tsa::Manner::Down);
    let down = stamp::obtain(&patient(), &url, &[7; 32], 1, None).await;
    assert_eq!(down, Err(NoStamp::Unanswered(Failure::Broken)));
    tsa.behave(tsa::Manner::Fails(503));
    assert_eq!(stamp::ask(&patient(), &url, &question).await, Err(Failure::Status(503)));
    tsa.behave(tsa::Manner::Says(b"nonsense".to_vec()));
    assert_eq!(stamp::ask(&patient(), &url, &question).await, Ok(b"nonsense".to_vec()));
    tsa.behave(tsa::Manner::Slow(Duration::from_mins(1)));
    let hurried = client(Duration::from_millis(500));
    assert_eq!(stamp::ask(&hurried, &url, &question).await, Err(Failure::Timeout));
}
