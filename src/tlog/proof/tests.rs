//! Proofs as text: what comes back, and what is refused where.

use super::*;

const HASH: &str = "rzFuy5Go7nrpkhBwKy1HWPMM3eO/YePY54fXRoH5Cm4=";

#[test]
fn published_texts_come_back() {
    let hash = Hash::from_base64(HASH).unwrap();
    let with_extra = TlogProof {
        extra: Some(b"extra information".to_vec()),
        index: 10,
        hashes: vec![hash],
        checkpoint: "checkpoint data\n".to_owned(),
    };
    let bare = TlogProof { extra: None, index: 0, hashes: vec![], checkpoint: "checkpoint\n".to_owned() };
    let published = [
        (
            with_extra,
            format!(
                "c2sp.org/tlog-proof@v1\nextra ZXh0cmEgaW5mb3JtYXRpb24=\nindex 10\n{HASH}\n\ncheckpoint data\n"
            ),
        ),
        (bare, "c2sp.org/tlog-proof@v1\nindex 0\n\ncheckpoint\n".to_owned()),
    ];
    for (proof, text) in published {
        assert_eq!(proof.to_string(), text);
        assert_eq!(TlogProof::parse(&text), Ok(proof));
    }
}

#[test]
fn blank_lines_after_the_first_belong_to_the_checkpoint() {
    let text = "c2sp.org/tlog-proof@v1\nindex 0\n\norigin\n\n— a b\n";
    let proof = TlogProof::parse(text).unwrap();
    assert_eq!(proof.checkpoint, "origin\n\n— a b\n");
    assert_eq!(proof.to_string(), text);
}

#[test]
fn each_fault_is_told_with_its_place() {
    use ProofFault::{Extra, Hash, Header, Index, NoCheckpoint, TooLong, TooManyHashes};
    let after = |rest: &str| format!("{HEADER}\n{rest}");
    let many = |count: usize| format!("index 0\n{}\nc\n", format!("{HASH}\n").repeat(count));
    let wrong = [
        (String::new(), Header, 0),
        (HEADER.to_owned(), Header, 0),
        ("c2sp.org/tlog-proof@v2\nindex 0\n\nc\n".to_owned(), Header, 0),
        (format!("{HEADER}\r\nindex 0\n\nc\n"), Header, 0),
        (after(""), Index, 23),
        (after("index 0"), Index, 23),
        (after("index 00\n\nc\n"), Index, 23),
        (after("index  1\n\nc\n"), Index, 23),
        (after("index -1\n\nc\n"), Index, 23),
        (after("index 18446744073709551616\n\nc\n"), Index, 23),
        (after("Index 0\n\nc\n"), Index, 23),
        (after("extra !\nindex 0\n\nc\n"), Extra, 23),
        (after("extra AB==\nindex 0\n\nc\n"), Extra, 23),
        (after("extra AA==\nextra AA==\nindex 0\n\nc\n"), Index, 34),
        (after("index 0\nAAAA\n\nc\n"), Hash, 31),
        (after(&format!("index 0\n{HASH} \n\nc\n")), Hash, 31),
        (after("index 0\n"), NoCheckpoint, 31),
        (after("index 0\n\n"), NoCheckpoint, 32),
        (after(&many(65)), TooManyHashes, 31 + 64 * 45),
        (after(&format!("index 0\n\n{}", "c".repeat(LONGEST_TEXT))), TooLong, LONGEST_TEXT),
    ];
    for (text, fault, offset) in wrong {
        let told = TlogProof::parse(&text);
        assert_eq!(told, Err(ProofTextError { offset, fault }), "{:?}", text.get(..80));
    }
    assert_eq!(TlogProof::parse(&after(&many(64))).map(|it| it.hashes.len()), Ok(64));
}
