//! Where checkpoints are anchored outside of this machine: witnesses, a time stamp authority, a file.
//!
//! A witness is written `VKEY URL`: its verifier key (C2SP signed-note, cosignature type 0x04) and the address that
//! `/add-checkpoint` is appended to (C2SP tlog-witness). A key copied wrongly would look like a witness that
//! never signs, so its key id is worked out again here.

use std::path::PathBuf;

use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};

use super::{
    keys,
    read::{Noted, Reader},
    value::{self, Span, Wrong, wrong},
};
use crate::domain::{
    text::{EndpointUrl, Origin},
    time::{DAY, MINUTE},
};

/// Where checkpoints are anchored, so that nobody here can take one back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchors {
    /// Who is asked to cosign each checkpoint, in the order written.
    pub witnesses: Vec<Witness>,
    /// How many of them must have cosigned for a proof to count; 0 asks for none.
    pub witness_threshold: u32,
    /// The time stamp authority (RFC 3161), if one is asked.
    pub timestamp_url: Option<EndpointUrl>,
    /// How often it is asked, when there is something new.
    pub timestamp_every: Span,
    /// PEM file of the roots that its certificate must lead to; without one, the chain is not checked.
    pub timestamp_ca_file: Option<PathBuf>,
    /// Where the last checkpoint is kept outside of the database.
    pub checkpoint_file: PathBuf,
}

/// Someone who cosigns checkpoints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Witness {
    /// Its verifier key as it was written.
    pub key: String,
    /// The name in that key.
    pub name: String,
    /// What `/add-checkpoint` is appended to; without a query.
    pub url: EndpointUrl,
}

const WITNESS: &str = "write the key and the address of each witness, like `witness.example+1a2b3c4d+BA… https://witness.example`, \
     and separate several with commas";

/// Reads the section. All keys are read before the first `?`, so that all problems are found.
pub(super) fn read(from: &mut Reader<'_>, data_dir: Option<&PathBuf>) -> Result<Anchors, Noted> {
    let witnesses = from.optional(keys::WITNESSES, witnesses).map(Option::unwrap_or_default);
    let count = witnesses.as_ref().map(Vec::len).ok();
    let witness_threshold = from.read(keys::WITNESS_THRESHOLD, |it| threshold(it, count));
    let timestamp_url = from.optional(keys::TIMESTAMP_URL, outside);
    let timestamp_every = from.read(keys::TIMESTAMP_EVERY, |it| value::span(it, MINUTE..=7 * DAY));
    let timestamp_ca_file = from.optional_path(keys::TIMESTAMP_CA_FILE);
    let checkpoint_file = match from.optional_path(keys::CHECKPOINT_FILE) {
        Ok(None) => data_dir.map(|it| it.join("log-checkpoint")).ok_or(Noted),
        Ok(Some(path)) => Ok(path),
        Err(noted) => Err(noted),
    };
    Ok(Anchors {
        witnesses: witnesses?,
        witness_threshold: witness_threshold?,
        timestamp_url: timestamp_url?,
        timestamp_every: timestamp_every?,
        timestamp_ca_file: timestamp_ca_file?,
        checkpoint_file: checkpoint_file?,
    })
}

fn witnesses(text: &str) -> Result<Vec<Witness>, Wrong> {
    let all = text.split(',').map(witness).collect::<Result<Vec<_>, _>>()?;
    for (at, witness) in all.iter().enumerate() {
        // A name twice would make one cosignature count for two witnesses.
        if all.iter().take(at).any(|it| it.name == witness.name) {
            return wrong(format!("has {} twice", witness.name), "name each witness once");
        }
    }
    Ok(all)
}

fn witness(item: &str) -> Result<Witness, Wrong> {
    let mut words = item.split_whitespace();
    let (Some(key), Some(url), None) = (words.next(), words.next(), words.next()) else {
        return wrong("is not a key, a space and an address", WITNESS);
    };
    let name = verifier_key(key)?;
    let url = outside(url)?;
    if url.url().query().is_some() {
        return wrong(format!("has a query in the address of {name}"), "take out what stands after the ?");
    }
    Ok(Witness { key: key.to_owned(), name: name.to_owned(), url })
}

/// The name in `name+hash+key`, once hash and key fit it (C2SP signed-note, verifier keys).
fn verifier_key(text: &str) -> Result<&str, Wrong> {
    let mut parts = text.splitn(3, '+');
    let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
        return wrong("has a key that is not three parts with + between them", WITNESS);
    };
    let id_bytes = hex::decode(id).ok().filter(|it| it.len() == 4);
    let key_bytes = STANDARD.decode(key).ok().filter(|it| it.len() == 33);
    let (Some(id), Some(key), false) = (id_bytes, key_bytes, name.is_empty()) else {
        return wrong(
            "has a key that is cut or mistyped",
            "copy the whole key of the witness: its name, 8 hex digits and 44 characters, with + between them",
        );
    };
    if key.first() != Some(&0x04) {
        return wrong(
            format!("has a key for {name} that does not make cosignatures"),
            "ask the witness for its cosignature key; the part after the last + begins with B",
        );
    }
    let digest = Sha256::digest([name.as_bytes(), b"\n", &key].concat());
    if digest.as_slice().starts_with(&id) {
        Ok(name)
    } else {
        wrong(
            format!("has a key for {name} whose parts do not belong together"),
            "copy the whole key of the witness again",
        )
    }
}

/// `known` is the number of witnesses, when they could be read.
fn threshold(text: &str, known: Option<usize>) -> Result<u32, Wrong> {
    let count = value::count(text, 0..=1_000)?;
    match known.and_then(|it| u32::try_from(it).ok()) {
        Some(known) if count > known => wrong(
            format!("asks for more witnesses than there are, which is {known}"),
            format!("write at most {known}, or name more witnesses in {}", keys::WITNESSES.name),
        ),
        Some(_) | None => Ok(count),
    }
}

/// An address that is asked over https; plain http is for this machine.
fn outside(text: &str) -> Result<EndpointUrl, Wrong> {
    let url = EndpointUrl::parse(text);
    let url = url.and_then(|it| Origin::parse(&it.url().origin().ascii_serialization()).map(|_| it));
    url.or_else(|reason| {
        wrong(format!("has no usable address: {reason}"), "write it like https://tsa.example/tsr")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key of type `kind` under `name`, as a witness publishes it.
    fn key(name: &str, kind: u8) -> String {
        let key = [&[kind][..], &[7; 32]].concat();
        let digest = Sha256::digest([name.as_bytes(), b"\n", &key].concat());
        format!("{name}+{}+{}", hex::encode(&digest[..4]), STANDARD.encode(&key))
    }

    #[test]
    fn a_published_key_is_read() {
        let text = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
        assert_eq!(verifier_key(text), Ok("remora.n621.de"));
        let two = format!("{text} https://remora.example/w , {} http://127.0.0.1:9/", key("b", 4));
        let two = witnesses(&two).unwrap();
        let told: Vec<_> = two.iter().map(|it| (it.name.as_str(), it.url.as_str())).collect();
        assert_eq!(told, [("remora.n621.de", "https://remora.example/w"), ("b", "http://127.0.0.1:9/")]);
        assert_eq!(two[0].key, text);
    }

    #[test]
    fn a_wrong_witness_is_told_apart() {
        let good = key("w.example", 4);
        for (text, what) in [
            (String::new(), "is not a key, a space and an address"),
            (good.clone(), "is not a key, a space and an address"),
            (format!("{good} https://a.example b"), "is not a key, a space and an address"),
            (format!("{good} https://a.example,"), "is not a key, a space and an address"),
            ("w.example https://a.example".to_owned(), "has a key that is not three parts"),
            (
                format!("{} https://a.example", good.get(..good.len() - 4).unwrap()),
                "has a key that is cut or mistyped",
            ),
            (format!("{} https://a.example", good.get(9..).unwrap()), "has a key that is cut or mistyped"),
            (format!("x{good} https://a.example"), "whose parts do not belong together"),
            (format!("{} https://a.example", key("w.example", 1)), "does not make cosignatures"),
            (format!("{good} http://a.example"), "http is for this machine alone"),
            (format!("{good} https://a.example?x"), "has a query"),
            (format!("{good} https://a.example,{good} https://b.example"), "has w.example twice"),
        ] {
            let refused = witnesses(&text).unwrap_err();
            assert!(refused.what.contains(what), "{text}: {refused:?}");
        }
    }

    #[test]
    fn a_threshold_is_at_most_the_number_of_witnesses() {
        assert_eq!(threshold("2", Some(2)), Ok(2));
        assert_eq!(threshold("2", None), Ok(2));
        assert!(
            threshold("3", Some(2)).unwrap_err().what.contains("more witnesses than there are, which is 2")
        );
        assert!(threshold("-1", Some(2)).is_err());
    }
}
