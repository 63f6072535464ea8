use super::*;
use crate::crypto::Random;

fn masters() -> LinkKeys {
    let key = |from: u8| Key::new(std::array::from_fn(|at| from + u8::try_from(at).unwrap()));
    LinkKeys::new(vec![(Kid::numbered(2), key(0x20)), (Kid::numbered(1), key(0))])
}

const SUBJECT: &str = "0760c9ba5f5c4c7b9f1d0c4b8f7f1a11a6f5831872e646a2bfd7f36d795e30cd";
const UNSUB: &str =
    "ay1.unsub.k2.B2DJul9cTHufHQxLj38aEab1gxhy5kaiv9fzbXleMM0.JtkqFFTPGlEN81tqLKdUO1Cri4I_WrrRWpmv9IOKrzY";
const CONFIRM: &str = "ay1.confirm.k2.B2DJul9cTHufHQxLj38aEab1gxhy5kaiv9fzbXleMM1pXvOA.Qc9nUwU1Xq_PkrdsqbZR5ROsqtTIbhT6XCLUrXFzcxY";
const OLD: &str =
    "ay1.unsub.k1.B2DJul9cTHufHQxLj38aEab1gxhy5kaiv9fzbXleMM0.CswP3_AkQjGJMBxEFItDYpPhV5qcy2DZPaLgQ-YCxWQ";
const PREFS: &str = "ay1.prefs.k2.B2DJul9cTHufHQxLj38aEWs27IA.JhI5n0g_fPHAR5InMtFASzf8yN9CmVGQcpRJk8aSLxM";

#[test]
fn the_golden_tokens_are_made_and_opened() {
    let keys = masters();
    let subject = hex::decode(SUBJECT).unwrap();
    assert_eq!(keys.sign(Kind::Unsubscribe, &subject), UNSUB);
    assert_eq!(keys.open(Kind::Unsubscribe, UNSUB), Some(subject.clone()));
    assert_eq!(keys.open(Kind::Unsubscribe, OLD), Some(subject.clone()), "an older key still verifies");
    let confirm = [subject.as_slice(), &hex::decode("695ef380").unwrap()].concat();
    assert_eq!(keys.sign(Kind::Confirm, &confirm), CONFIRM);
    let prefs = hex::decode("0760c9ba5f5c4c7b9f1d0c4b8f7f1a116b36ec80").unwrap();
    assert_eq!(keys.sign(Kind::Preferences, &prefs), PREFS);
}

#[test]
fn everything_else_is_refused() {
    let keys = masters();
    let long = "A".repeat(10_000);
    let refused = [
        ("last character changed", UNSUB.replace("KrzY", "KrzA")),
        ("non-canonical trailing bits", UNSUB.replace("KrzY", "KrzZ")),
        ("kind swapped", UNSUB.replace(".unsub.", ".confirm.")),
        ("key id swapped", UNSUB.replace(".k2.", ".k1.")),
        ("unknown key id", UNSUB.replace(".k2.", ".k9.")),
        ("padding", format!("{UNSUB}=")),
        ("empty mac", UNSUB.rsplit_once('.').map(|(head, _)| format!("{head}.")).unwrap()),
        ("truncated mac", UNSUB.chars().take(UNSUB.len() - 21).collect()),
        ("unknown version", UNSUB.replace("ay1", "ay0")),
        ("payload extended", UNSUB.replace("XleMM0.", "XleMM0AAAA.")),
        ("another dot", format!("{UNSUB}.x")),
        ("empty", String::new()),
        ("oversized", long),
    ];
    for (why, token) in refused {
        assert_eq!(keys.open(Kind::Unsubscribe, &token), None, "{why}");
        assert_eq!(keys.open(Kind::Confirm, &token), None, "{why}");
    }
    assert_eq!(keys.open(Kind::Unsubscribe, CONFIRM), None, "a confirmation link never unsubscribes");
}

#[test]
fn every_link_is_read_back_fits_a_mail_and_is_of_its_kind_only() {
    let (keys, random) = (masters(), Random::seeded(3));
    let at = Timestamp::from_millis(1_767_830_400_000);
    let (tenant, purpose, form) = (TenantId::new(&random), PurposeId::new(&random), FormId::new(&random));
    let (contact, request) = (ContactId::new(at, &random), RequestId::new(at, &random));
    let links = [
        (Kind::Confirm, Link::Confirm(tenant, request, at)),
        (Kind::Unsubscribe, Link::Unsubscribe(tenant, contact, purpose)),
        (Kind::Preferences, Link::Preferences(tenant, contact)),
        (Kind::Manage, Link::Manage(tenant, contact, at)),
        (Kind::NotMe, Link::NotMe(tenant, request)),
        (Kind::Sent, Link::Sent(tenant, request, at)),
        (Kind::Form, Link::Form(form, at, [9; 8])),
        (Kind::Undo, Link::Undo(tenant, EvidenceId::new(at, &random))),
        (Kind::Opened, Link::Opened(request, at)),
        (Kind::Receipt, Link::Receipt(tenant, EvidenceId::new(at, &random), at)),
        (Kind::Browser, Link::Browser(tenant, request, at)),
        (Kind::Guardian, Link::Guardian(tenant, request, at)),
    ];
    for (kind, link) in links {
        let token = link.sign(&keys);
        assert!(token.len() <= 112, "{token} leaves no room for a host name within 160 characters");
        for (other, _) in links {
            assert_eq!(
                Link::open(&keys, other, &token),
                (other == kind).then_some(link),
                "{kind:?} {other:?}"
            );
        }
    }
}

#[test]
fn a_payload_of_another_length_is_refused() {
    let keys = masters();
    for length in [0, 1, 31, 33] {
        let token = keys.sign(Kind::Unsubscribe, &vec![0; length]);
        assert_eq!(Link::open(&keys, Kind::Unsubscribe, &token), None);
    }
}

#[test]
fn locally_minted_links_match_the_published_vectors() {
    let key = Key::new(std::array::from_fn(|at| u8::try_from(at).unwrap()));
    let vectors = [
        (
            " Ada@Example.org",
            "newsletter",
            "e6UmicinVAo3DiLtigfow6Q",
            "NXUQHgjUQwDSrTM7KXS0Q5lTooWLhQ_4_e4T036nGxM",
        ),
        (" Ada@Example.org", "", "e6UmicinVAo3DiLtigfow6Q", "LklV50sguya_eIYLyaxePIT1cegilXt_m4yZPhEGNn8"),
        (
            "zoé@exemple.fr",
            "events",
            "eW2-GyRXUGi2A8psOY1hktw",
            "KVxkBkxwVLCWa0uWkedtxqKBGEqG832GC_G-CSNLxuk",
        ),
        ("o'brien@example.ie", "", "eFxXInmIdwdHobIh7sADKnQ", "kgSfhNxm5I9Rjt2fuvPpo8z_20s3HBtE8OBh9wBYwYk"),
    ];
    for (address, purpose, reference, mac) in vectors {
        assert_eq!(address_ref(&key, address), reference);
        let token = mint(&key, "lk1", reference, purpose);
        assert_eq!(token, format!("lk1.{reference}.{mac}"));
        let link = MintedLink::split(&token).unwrap();
        assert!(link.is_by(&key, purpose));
        assert!(!link.is_by(&key, "offers"), "another purpose");
        assert!(!link.is_by(&Key::new([1; 32]), purpose), "another key");
    }
    assert_eq!(
        mint(&key, "lk1", "xcrm-2231", "newsletter"),
        "lk1.xcrm-2231.c2C1JyHAUkaNkkLwIShPXD6mx1qB70qbFHmFY8do8EI"
    );
}

#[test]
fn minted_links_of_another_shape_are_refused() {
    for token in ["", "a.b", "a.e.c.d", ".eabc.mac", "lk1.zabc.mac", "lk1.xa\0b.mac", &"e".repeat(10_000)] {
        assert_eq!(MintedLink::split(token), None, "{token:.20}");
    }
    let key = Key::new(std::array::from_fn(|at| u8::try_from(at).unwrap()));
    let tail = "lk1.e6UmicinVAo3DiLtigfow6Q.NXUQHgjUQwDSrTM7KXS0Q5lTooWLhQ_4_e4T036nGxN";
    assert!(!MintedLink::split(tail).unwrap().is_by(&key, "newsletter"), "non-canonical trailing bits");
}
