//! Published notes, notes that must be refused, and what a signature is worth.

use super::*;

const PETER: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
const TEXT: &str =
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER_LINE: &str = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
const ENOCH_LINE: &str = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=";

fn key(text: &str) -> VerifierKey {
    text.parse().unwrap()
}

fn both() -> String {
    format!("{TEXT}\n{PETER_LINE}\n{ENOCH_LINE}\n")
}

/// A key of our own, from a seed anyone can type.
fn ours() -> SigningKey {
    SigningKey::new("log.example/a", [7; 32]).unwrap()
}

#[test]
fn a_published_note_is_read_and_verified() {
    let note = Note::parse(&both()).unwrap();
    assert_eq!(note.text, TEXT);
    assert_eq!(note.to_string(), both());
    for known in [vec![PETER], vec![ENOCH], vec![PETER, ENOCH], vec![ENOCH, PETER]] {
        let keys: Vec<_> = known.iter().map(|it| key(it)).collect();
        let verified = note.verify(&keys).unwrap();
        assert_eq!(verified.len(), keys.len());
        assert!(verified.iter().all(|it| it.at.is_none() && keys.contains(&it.key)));
    }
    let known = Note::parse(&format!("{TEXT}\n{PETER_LINE}\n")).unwrap().verify(&[key(PETER)]).unwrap();
    assert_eq!(known, [Verified { key: key(PETER), at: None }]);
}

#[test]
fn keys_are_written_as_they_were_read() {
    for text in [PETER, ENOCH, "Wit1+9b3fb2d5+BFhZSmQj9+SoL+p/nN0Hh76xXmF7QcHfytUrI1XfSClk"] {
        assert_eq!(key(text).to_string(), text);
    }
    assert_eq!(
        (key(PETER).name(), key(PETER).id(), key(PETER).kind()),
        ("PeterNeumann", [0xc7, 0x4f, 0x20, 0xa3], KeyKind::Ed25519)
    );
}

#[test]
fn a_broken_note_is_refused_with_its_place() {
    use NoteFault::{
        ControlCharacter, LineNotEnded, NoBlankLine, NoSignatures, NotASignature, TooLong, TooManySignatures,
    };
    let (blank, line) = (TEXT.len() + 1, PETER_LINE.len() + 1);
    let with = |lines: &str| format!("{TEXT}\n{lines}");
    let wrong = [
        (String::new(), NoBlankLine, 0),
        (TEXT.to_owned(), NoBlankLine, TEXT.len()),
        (with(""), NoSignatures, blank),
        (with(PETER_LINE), LineNotEnded, blank + line - 1),
        (with(&format!("{PETER_LINE}\nUnexpected line.\n")), NotASignature, blank + line),
        (with(&format!("{PETER_LINE}\r\n")), ControlCharacter, blank + line - 1),
        (with(&format!("{PETER_LINE}\n\n")), NoSignatures, blank + line + 1),
        (with(&format!("{}\n", PETER_LINE.replace('—', "-"))), NotASignature, blank),
        (with("— Bad Name x08go/ZJ\n"), NotASignature, blank),
        (with("— Bad+Name x08go/ZJ\n"), NotASignature, blank),
        (with("— Bad\u{2003}Name x08go/ZJ\n"), NotASignature, blank),
        (with("—  x08go/ZJ\n"), NotASignature, blank),
        (with("— name\n"), NotASignature, blank),
        (with("— name \n"), NotASignature, blank),
        (with("— name x08go/ZJ \n"), NotASignature, blank),
        (with("— name x08goA==\n"), NotASignature, blank),
        (with("— name x08go/Z\n"), NotASignature, blank),
        (with(&format!("{PETER_LINE}\n").repeat(65)), TooManySignatures, blank + 64 * line),
        (format!("\u{1}{}", both()), ControlCharacter, 0),
        (format!("{}{}", "a".repeat(LONGEST_NOTE), both()), TooLong, LONGEST_NOTE),
    ];
    for (note, fault, offset) in wrong {
        let told = Note::parse(&note);
        assert_eq!(told, Err(NoteError { offset, fault }), "{:?}", note.get(TEXT.len()..));
    }
    let most = Note::parse(&with(&format!("{PETER_LINE}\n").repeat(64))).unwrap();
    assert_eq!(most.verify(&[key(PETER)]).map(|it| it.len()), Ok(1));
}

#[test]
fn the_last_blank_line_ends_the_text() {
    let mut note = Note::new("a\n\n— not a signature\n\nb\n").unwrap();
    note.sign(&ours());
    let read = Note::parse(&note.to_string()).unwrap();
    assert_eq!(read, note);
    assert!(read.verify(&[ours().verifier()]).is_ok());
}

#[test]
fn a_wrong_signature_of_a_known_key_refuses_the_note() {
    let changed = both().replace("cryptography", "cryptographx");
    let note = Note::parse(&changed).unwrap();
    let told = note.verify(&[key(PETER)]).unwrap_err();
    assert_eq!(told, NoteFault::WrongSignature.at(TEXT.len() + 1));
    let told = note.verify(&[key(ENOCH)]).unwrap_err();
    assert_eq!(told, NoteFault::WrongSignature.at(TEXT.len() + 1 + PETER_LINE.len() + 1));
    // A good signature beside it does not help.
    let mut note = Note::parse(&both()).unwrap();
    note.signatures[0].blob[5] ^= 1;
    let told = note.verify(&[key(PETER), key(ENOCH)]).unwrap_err();
    assert_eq!(told.fault, NoteFault::WrongSignature);
    assert!(note.verify(&[key(ENOCH)]).is_ok());
}

#[test]
fn unknown_keys_are_ignored_and_not_enough() {
    let told = Note::parse(&both()).unwrap().verify(&[ours().verifier()]).unwrap_err();
    assert_eq!(told, NoteFault::NoKnownKey.at(TEXT.len() + 1));
    assert_eq!(Note::parse(&both()).unwrap().verify(&[]).unwrap_err().fault, NoteFault::NoKnownKey);
    // The same name with another id, and the same id with another name, are other keys.
    let mut note = Note::new("text\n").unwrap();
    note.sign(&ours());
    let known = ours().verifier();
    note.signatures[0].id[0] ^= 1;
    assert_eq!(note.verify(std::slice::from_ref(&known)).unwrap_err().fault, NoteFault::NoKnownKey);
    note.signatures[0].id[0] ^= 1;
    note.signatures[0].name.push('b');
    assert_eq!(note.verify(&[known]).unwrap_err().fault, NoteFault::NoKnownKey);
}

#[test]
fn two_known_keys_with_one_name_and_id_are_refused() {
    // Found by trying seeds would take 2^32 steps: the id is forced instead.
    let (one, other) = (ours().verifier(), SigningKey::new("log.example/a", [8; 32]).unwrap().verifier());
    let signature = sign("text\n", &ours());
    let forced = [one.clone(), other.with_id(one.id())];
    assert_eq!(whose(&signature, &forced), Err(NoteFault::AmbiguousKey));
    assert_eq!(whose(&signature, &[one.clone(), one.clone()]), Ok(Some(&one)));
}

#[test]
fn a_signature_and_a_cosignature_of_one_key_are_two() {
    let (text, key) = ("log.example/a\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", ours());
    let mut note = Note::new(text).unwrap();
    note.sign(&key);
    note.cosign(&key, 1_767_225_600);
    let read = Note::parse(&note.to_string()).unwrap();
    let verified = read.verify(&[key.cosigner_verifier(), key.verifier()]).unwrap();
    let expected = [
        Verified { key: key.verifier(), at: None },
        Verified { key: key.cosigner_verifier(), at: Some(1_767_225_600) },
    ];
    assert_eq!(verified, expected);
    assert_ne!(key.verifier().id(), key.cosigner_verifier().id());
    // Another time in the same cosignature is another statement.
    let mut moved = read.clone();
    moved.signatures[1].blob[7] ^= 1;
    assert_eq!(moved.verify(&[key.cosigner_verifier()]).unwrap_err().fault, NoteFault::WrongSignature);
    // Neither passes for the other.
    let mut swapped = read;
    swapped.signatures[0].id = key.cosigner_verifier().id();
    assert!(swapped.verify(&[key.cosigner_verifier()]).is_err());
}

#[test]
fn a_published_cosignature_is_made_again() {
    let text = "example.com/log/testdata\n15\nrKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=\n";
    let seed = "e69d4621bb5cce178a27821f30fc971cac5ccc1c562cb99d8b285d44561ab944";
    let mut bytes = [0; 32];
    hex::decode_to_slice(seed, &mut bytes).unwrap();
    let witness = SigningKey::new("Wit1", bytes).unwrap();
    let published = "— Wit1 mz+y1QAAAABpVbkApmYpTeTNbGtPX5WCNTYAM8mU9jtKA1IKlkal9NGh7E7XfhbLW9TcGVlaXugbrU07pTwVdIPlNqpWrGVUwYUhDQ==";
    assert_eq!(
        witness.cosigner_verifier().to_string(),
        "Wit1+9b3fb2d5+BFhZSmQj9+SoL+p/nN0Hh76xXmF7QcHfytUrI1XfSClk"
    );
    assert_eq!(cosign(text, &witness, 1_767_225_600).to_string(), published);
    assert_eq!(published.parse(), Ok(cosign(text, &witness, 1_767_225_600)));
}

#[test]
fn a_time_no_cosignature_may_tell_is_refused() {
    let (text, key) = ("a\n", ours());
    let mut note = Note::new(text).unwrap();
    note.cosign(&key, u64::MAX);
    let verified = note.verify(&[key.cosigner_verifier()]).unwrap();
    assert_eq!(verified[0].at, Some(u64::MAX / 2));
    let at = u64::MAX / 2 + 1;
    let signature = key.sign(format!("cosignature/v1\ntime {at}\n{text}").as_bytes());
    note.signatures[0].blob = [at.to_be_bytes().as_slice(), &signature].concat();
    assert_eq!(note.verify(&[key.cosigner_verifier()]).unwrap_err().fault, NoteFault::WrongSignature);
}

#[test]
fn a_text_no_note_can_have_is_refused() {
    assert_eq!(Note::new("abc").unwrap_err(), NoteFault::TextNotEnded.at(3));
    assert_eq!(Note::new("").unwrap_err(), NoteFault::TextNotEnded.at(0));
    assert_eq!(Note::new("a\tb\n").unwrap_err(), NoteFault::ControlCharacter.at(1));
}

#[test]
fn a_key_has_one_spelling() {
    let wrong = [
        ("", KeyError::Form),
        ("PeterNeumann", KeyError::Form),
        ("PeterNeumann+c74f20a3", KeyError::Form),
        ("+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", KeyError::Name),
        ("a b+00000000+ARpc", KeyError::Name),
        ("PeterNeumann+c74f20a3+", KeyError::Form),
        ("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", KeyError::Id),
        ("PeterNeumann+00000000+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", KeyError::Id),
        ("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW ", KeyError::Form),
        ("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", KeyError::Kind),
        ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==", KeyError::Form),
        ("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWAA==", KeyError::PublicKey),
    ];
    for (text, fault) in wrong {
        let told = text.parse::<VerifierKey>();
        assert_eq!(told, Err(fault), "{text}");
    }
    for name in ["", "a+b", "a b", "a\u{a0}b", "a\nb", "a\u{7f}"] {
        assert_eq!(SigningKey::new(name, [1; 32]).map(|_| ()), Err(KeyError::Name), "{name:?}");
    }
    // A point of small order fits signatures nobody made.
    assert_eq!(VerifierKey::new("a", KeyKind::Ed25519, &[0; 32]), Err(KeyError::PublicKey));
    let mut neutral = [0; 32];
    neutral[0] = 1;
    assert_eq!(VerifierKey::new("a", KeyKind::Ed25519, &neutral), Err(KeyError::PublicKey));
}

#[test]
fn a_signing_key_does_not_show_itself() {
    assert_eq!(format!("{:?}", ours()), "SigningKey(log.example/a, …)");
}
