//! Published paths, widths and bundles, and spellings that are refused.

use super::*;

const fn id(level: u8, number: u64) -> TileId {
    TileId { level, number }
}

#[test]
fn paths_are_the_published_ones() {
    let published = [
        (TilePath::Tile { id: id(0, 0), width: 256 }, "tile/0/000"),
        (TilePath::Tile { id: id(0, 0), width: 255 }, "tile/0/000.p/255"),
        (TilePath::Tile { id: id(15, 455_667), width: 256 }, "tile/15/x455/667"),
        (TilePath::Tile { id: id(15, 123_456_789), width: 41 }, "tile/15/x123/x456/789.p/41"),
        (TilePath::Tile { id: id(0, 1_234_067), width: 8 }, "tile/0/x001/x234/067.p/8"),
        (TilePath::Tile { id: id(63, 1000), width: 1 }, "tile/63/x001/000.p/1"),
        (TilePath::Entries { number: 0, width: 256 }, "tile/entries/000"),
        (TilePath::Entries { number: 123_456_789, width: 3 }, "tile/entries/x123/x456/789.p/3"),
        (
            TilePath::Entries { number: u64::MAX, width: 256 },
            "tile/entries/x018/x446/x744/x073/x709/x551/615",
        ),
    ];
    for (path, text) in published {
        assert_eq!(path.to_string(), text);
        assert_eq!(text.parse(), Ok(path));
    }
}

#[test]
fn a_tile_has_one_path() {
    let wrong = [
        "",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/256/000",
        "tile/-1/000",
        "tile/+1/000",
        "tile/0/-01",
        "tile/0/x00/001",
        "tile/0/x000/001",
        "tile/0/x000/x001/001",
        "tile/0/001/001",
        "tile/0/x001",
        "tile/0/x001/",
        "tile/0/X001/001",
        "tile/0/x001/x001",
        "tile/0/000.p",
        "tile/0/000.p/",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/1/",
        "tile/0/000.p/1.p/1",
        "tile/0/000/",
        "/tile/0/000",
        "tile/0/000 ",
        "tile/entries/",
        "tile/Entries/000",
        "tile/entries/0/000",
        "tile/0/٠٠٠",
        "tile/entries/x018/x446/x744/x073/x709/x551/616",
        "tile/entries/x999/x999/x999/x999/x999/x999/x999/x999/999",
    ];
    for text in wrong {
        assert_eq!(text.parse::<TilePath>(), Err(NotATile), "{text}");
    }
}

#[test]
fn widths_follow_from_the_size_of_the_tree() {
    // The example of the specification.
    let full = |level, size| (0..300).filter(|number| width_at(id(level, *number), size) == 256).count();
    assert_eq!((full(0, 70_000), width_at(id(0, 273), 70_000)), (273, 112));
    assert_eq!((full(1, 70_000), width_at(id(1, 1), 70_000)), (1, 17));
    assert_eq!((full(2, 70_000), width_at(id(2, 0), 70_000)), (0, 1));
    assert_eq!(width_at(id(0, 274), 70_000), 0);
    assert_eq!(width_at(id(3, 0), 70_000), 0);
    assert_eq!((width_at(id(0, 0), 256), width_at(id(1, 0), 256)), (256, 1));
    assert_eq!((width_at(id(0, 0), 0), width_at(id(0, 0), 1), width_at(id(0, 1), 256)), (0, 1, 0));
    // At the limits of the numbers.
    assert_eq!(width_at(id(7, 0), u64::MAX), 255);
    assert_eq!((width_at(id(8, 0), u64::MAX), width_at(id(255, 0), u64::MAX)), (0, 0));
    assert_eq!(width_at(id(0, u64::MAX), u64::MAX), 0);
    assert_eq!(width_at(id(0, (1 << 56) - 1), u64::MAX), 255);
}

#[test]
fn entries_come_back_from_a_bundle() {
    let entries = vec![b"one".to_vec(), vec![], vec![7; LONGEST_ENTRY]];
    let bytes = bundle(&entries).unwrap();
    assert_eq!(bytes[..7], [0, 3, b'o', b'n', b'e', 0, 0]);
    assert_eq!(parse_bundle(&bytes), Ok(entries));
    assert_eq!(parse_bundle(&[]), Ok(vec![]));
    assert_eq!(parse_bundle(&bundle(&[b""; 256]).unwrap()).map(|it| it.len()), Ok(256));
}

#[test]
fn what_does_not_fit_a_bundle_is_refused() {
    assert_eq!(bundle(&[vec![], vec![0; LONGEST_ENTRY + 1]]), Err(BundleError::TooLong { number: 1 }));
    assert_eq!(bundle(&[b"a"; 257]), Err(BundleError::TooMany { offset: 768 }));
    assert_eq!(parse_bundle(&[0, 1, 9, 0]), Err(BundleError::CutShort { offset: 3 }));
    assert_eq!(parse_bundle(&[0, 1, 9, 0, 2, 1]), Err(BundleError::CutShort { offset: 3 }));
    assert_eq!(parse_bundle(&[0; 514]), Err(BundleError::TooMany { offset: 512 }));
}

#[test]
fn hashes_come_back_from_the_bytes_of_a_tile() {
    let hashes = [Hash::new([1; 32]), Hash::new([2; 32])];
    assert_eq!(parse(&bytes(&hashes)), Ok(hashes.to_vec()));
    assert_eq!(parse(&[0; 63]), Err(BundleError::CutShort { offset: 32 }));
    assert_eq!(parse(&[0; 257 * 32]), Err(BundleError::TooMany { offset: 8192 }));
    assert_eq!(parse(&[0; 8192]).map(|it| it.len()), Ok(256));
}
