//! A published checkpoint, and texts that are none.

use super::*;

const TEXT: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

#[test]
fn a_published_checkpoint_is_read() {
    let read = Checkpoint::parse(TEXT).unwrap();
    assert_eq!((read.origin.as_str(), read.size), ("example.com/behind-the-sofa", 20_852_163));
    assert_eq!(read.root.to_hex(), "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62");
    assert_eq!(read.extensions, Vec::<String>::new());
    assert_eq!(read.to_string(), TEXT);
}

#[test]
fn extensions_are_kept() {
    let text = format!("{TEXT}one\ntwo words\n");
    let read = Checkpoint::parse(&text).unwrap();
    assert_eq!(read.extensions, ["one", "two words"]);
    assert_eq!(read.to_string(), text);
}

#[test]
fn each_fault_is_told_with_its_place() {
    use CheckpointFault::{ControlCharacter, EmptyLine, LineNotEnded, Origin, Root, Size};
    let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    let wrong = [
        (String::new(), LineNotEnded, 0),
        ("\n".to_owned(), Origin, 0),
        ("o".to_owned(), LineNotEnded, 1),
        ("o\n".to_owned(), Size, 2),
        (format!("\n1\n{root}\n"), Origin, 0),
        (format!("o\n01\n{root}\n"), Size, 2),
        (format!("o\n-1\n{root}\n"), Size, 2),
        (format!("o\n\n{root}\n"), Size, 2),
        (format!("o\n18446744073709551616\n{root}\n"), Size, 2),
        ("o\n0\n".to_owned(), Root, 4),
        ("o\n0\nAAAA\n".to_owned(), Root, 4),
        (format!("o\n0\n{}\n", root.replace("U=", "V=")), Root, 4),
        (format!("o\n0\n{root}"), LineNotEnded, 48),
        (format!("o\n0\n{root}\n\n"), EmptyLine, 49),
        (format!("o\n0\n{root}\n\nx\n"), EmptyLine, 49),
        (format!("o\r\n0\n{root}\n"), ControlCharacter, 1),
        (format!("o\n0\n{root}\na\tb\n"), ControlCharacter, 50),
    ];
    for (text, fault, offset) in wrong {
        assert_eq!(Checkpoint::parse(&text), Err(CheckpointError { offset, fault }), "{text:?}");
    }
}
