//! Answers of real authorities, made by openssl (`testdata/timestamp/make.sh`), and what becomes of changed ones.

use std::{fs, path::Path};

use proptest::prelude::*;
use sha2::{Digest as _, Sha256};

use super::*;

/// The nonce of every question in the test data.
const NONCE: u64 = 0x8123_4567_89AB_CDEF;

/// What the tokens that no authority gave say of their time: 2030-01-31T23:59:59.5Z.
const AT_MILLIS: i64 = 1_896_134_399_500;

macro_rules! data {
    ($name:literal) => {
        include_bytes!(concat!("../testdata/timestamp/", $name)).as_slice()
    };
}

fn imprint() -> [u8; 32] {
    Sha256::digest(b"hello\n").into()
}

fn roots(der: &[u8]) -> Vec<Vec<u8>> {
    vec![der.to_vec()]
}

/// Takes the token out of an answer and checks it against the right root.
fn stamp(answer: &[u8]) -> Result<Stamp, StampError> {
    let token = token_of_answer(answer, &imprint(), NONCE)?;
    verify(&token, &imprint(), Some(&roots(data!("root.der"))))
}

/// Why a token does not hold, whoever the roots are.
fn refusal(token: &[u8]) -> StampError {
    verify(token, &imprint(), None).unwrap_err()
}

#[test]
fn a_request_asks_for_the_certificate_and_names_its_nonce() {
    let imprint = imprint();
    let mut expected = hex::decode("30430201013031300d060960864801650304020105000420").unwrap();
    expected.extend(imprint);
    expected.extend(hex::decode("020842b2d41d598a27520101ff").unwrap());
    assert_eq!(request(&imprint, 0x42B2_D41D_598A_2752), expected);
    assert_eq!(request(&imprint, 0).get(1), Some(&60));
    assert_eq!(request(&imprint, u64::MAX).len(), 70);
}

#[test]
fn ecdsa_and_rsa_of_every_size_are_checked_up_to_the_root() {
    for (answer, signer) in [
        (data!("ecdsa.tsr"), "CN=Autorité de test,O=Exemple SA"),
        (data!("ess_v1.tsr"), "CN=Autorité de test,O=Exemple SA"),
        (data!("p384.tsr"), "CN=Test TSA P-384"),
        (data!("rsa_sha256.tsr"), "CN=Test TSA RSA"),
        (data!("rsa_sha384.tsr"), "CN=Test TSA RSA"),
        (data!("rsa_sha512.tsr"), "CN=Test TSA RSA"),
    ] {
        let stamp = stamp(answer).unwrap();
        assert_eq!((stamp.signer.as_str(), stamp.chain), (signer, Chain::Trusted));
        assert_eq!(stamp.policy, "1.3.6.1.4.1.55555.1");
        assert_eq!(stamp.at_millis % 1000, 0);
        assert!((1_795_000_000_000..AT_MILLIS).contains(&stamp.at_millis), "{stamp:?}");
    }
}

#[test]
fn a_time_with_a_fraction_a_number_and_a_key_identifier_are_read() {
    let expected = Stamp {
        at_millis: AT_MILLIS,
        policy: "1.3.6.1.4.1.55555.1".to_owned(),
        serial: "abcd".to_owned(),
        signer: "CN=Autorité de test,O=Exemple SA".to_owned(),
        chain: Chain::NotChecked,
    };
    assert_eq!(verify(data!("fraction.tok"), &imprint(), None), Ok(expected.clone()));
    assert_eq!(verify(data!("by_key.tok"), &imprint(), None), Ok(expected));
}

#[test]
fn without_roots_the_chain_is_left_open_and_with_others_it_is_refused() {
    let token = token_of_answer(data!("rsa_sha256.tsr"), &imprint(), NONCE).unwrap();
    assert_eq!(verify(&token, &imprint(), None).unwrap().chain, Chain::NotChecked);
    let untrusted = |roots: &[Vec<u8>]| verify(&token, &imprint(), Some(roots)).unwrap_err();
    assert_eq!(
        untrusted(&roots(data!("other.der"))),
        StampError::Untrusted("its issuer is unknown".to_owned())
    );
    assert!(matches!(untrusted(&[]), StampError::Untrusted(_)));
    let broken = [data!("root.der").to_vec(), b"no certificate".to_vec()];
    assert_eq!(untrusted(&broken), StampError::RootUnreadable(2));
    let both = [data!("other.der").to_vec(), data!("root.der").to_vec()];
    assert_eq!(verify(&token, &imprint(), Some(&both)).unwrap().chain, Chain::Trusted);
}

#[test]
fn an_answer_to_another_question_is_refused() {
    let answer = data!("ecdsa.tsr");
    assert_eq!(token_of_answer(answer, &imprint(), NONCE ^ 1), Err(StampError::NonceDiffers));
    assert_eq!(token_of_answer(answer, &[7; 32], NONCE), Err(StampError::ImprintDiffers));
    let token = token_of_answer(answer, &imprint(), NONCE).unwrap();
    assert_eq!(verify(&token, &[7; 32], None), Err(StampError::ImprintDiffers));
    assert_eq!(
        stamp(data!("rejected.tsr")),
        Err(StampError::Refused {
            status: 2,
            reason: "Message digest algorithm is not supported".to_owned()
        })
    );
}

#[test]
fn every_flaw_of_a_token_has_its_own_name() {
    let token = token_of_answer(data!("no_certificate.tsr"), &imprint(), NONCE).unwrap();
    assert_eq!(refusal(&token), StampError::NoCertificate);
    for (token, flaw) in [
        (data!("lax.tok"), StampError::Purpose),
        (data!("two.tok"), StampError::Purpose),
        (data!("client.tok"), StampError::Purpose),
        (data!("too_early.tok"), StampError::NotValidThen),
        (data!("too_late.tok"), StampError::NotValidThen),
        (data!("critical.tok"), StampError::CriticalExtension),
        (data!("algorithm.tok"), StampError::ImprintAlgorithm),
        (data!("unnamed.tok"), StampError::Attribute("signing certificate")),
        (data!("twin.tok"), StampError::CertificateDiffers),
        (data!("two_signatures.tok"), StampError::Signatures(2)),
        (data!("pss.tok"), StampError::UnsupportedAlgorithm("1.2.840.113549.1.1.10".to_owned())),
        (data!("data.tok"), StampError::NotATimeStamp),
    ] {
        assert_eq!(refusal(token), flaw);
    }
    for (token, missing) in
        [(data!("version.tok"), "version 1"), (data!("no_attributes.tok"), "signed attributes")]
    {
        assert!(matches!(refusal(token), StampError::Syntax { expected, .. } if expected == missing));
    }
}

#[test]
fn a_changed_content_and_a_changed_signature_are_told_apart() {
    let token = token_of_answer(data!("rsa_sha256.tsr"), &imprint(), NONCE).unwrap();
    let mut changed = token.clone();
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(refusal(&changed), StampError::SignatureWrong);
    let policy = token.windows(4).position(|it| it == [0x83, 0xb2, 0x03, 0x01]).unwrap();
    let mut changed = token.clone();
    *changed.get_mut(policy + 3).unwrap() = 2;
    assert_eq!(refusal(&changed), StampError::DigestDiffers);
    let mut longer = token;
    longer.push(0);
    assert!(matches!(refusal(&longer), StampError::Syntax { .. }));
    assert_eq!(refusal(&vec![0x30; MAX_BYTES + 1]), StampError::TooLong);
    assert_eq!(token_of_answer(&vec![0x30; MAX_BYTES + 1], &imprint(), NONCE), Err(StampError::TooLong));
}

/// `bytes` as an element with a length of three bytes, which is as short as can be from 256 on.
fn wrap(tag: u8, bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap().to_be_bytes();
    [&[tag, 0x82], length.as_slice(), bytes].concat()
}

/// `token` with each of its certificates sent `times` times, which no signature forbids.
fn stuffed(token: &[u8], times: usize) -> Vec<u8> {
    use super::read::Der;
    let inside = |bytes: &[u8]| Der::new(bytes).any("x").unwrap().value.to_vec();
    let elements = |bytes: &[u8]| {
        let (mut rest, mut all) = (Der::new(bytes), Vec::new());
        while !rest.is_empty() {
            all.push(rest.any("x").unwrap().whole.to_vec());
        }
        all
    };
    let mut info = elements(&inside(token));
    let mut signed = elements(&inside(&inside(&info[1])));
    signed[3] = wrap(0xa0, &inside(&signed[3]).repeat(times));
    info[1] = wrap(0xa0, &wrap(0x30, &signed.concat()));
    wrap(0x30, &info.concat())
}

#[test]
fn certificates_sent_many_times_are_neither_a_flaw_nor_much_work() {
    let token = token_of_answer(data!("rsa_sha256.tsr"), &imprint(), NONCE).unwrap();
    let roots = roots(data!("root.der"));
    assert_eq!(verify(&stuffed(&token, 2), &imprint(), Some(&roots)).unwrap().chain, Chain::Trusted);
    let full = stuffed(&token, 55);
    assert!(full.len() > MAX_BYTES * 3 / 4 && full.len() <= MAX_BYTES, "{}", full.len());
    let begun = std::time::Instant::now();
    assert_eq!(verify(&full, &imprint(), Some(&roots)).unwrap().chain, Chain::Trusted);
    assert!(verify(&full, &imprint(), Some(&[data!("other.der").to_vec()])).is_err());
    let took = begun.elapsed();
    assert!(took < std::time::Duration::from_secs(5), "{took:?}");
}

/// Where one bit of a token may change and it still holds: nothing the signature covers, that is versions,
/// the parameters and the list of algorithms, and the signatures on the certificates themselves.
#[test]
fn no_single_bit_changes_what_a_token_says() {
    for token in [data!("fraction.tok"), data!("by_key.tok")] {
        let whole = verify(token, &imprint(), Some(&roots(data!("root.der")))).unwrap();
        let mut held = 0;
        for bit in 0..token.len() * 8 {
            let mut changed = token.to_vec();
            *changed.get_mut(bit / 8).unwrap() ^= 1 << (bit % 8);
            if let Ok(stamp) = verify(&changed, &imprint(), Some(&roots(data!("root.der")))) {
                assert_eq!(stamp, whole, "bit {bit}");
                held += 1;
            }
        }
        assert!(held < 400, "{held}");
    }
}

#[test]
fn a_token_cut_anywhere_names_the_place() {
    let token = data!("fraction.tok");
    for length in 0..token.len() {
        let cut = token.get(..length).unwrap();
        assert!(matches!(refusal(cut), StampError::Syntax { offset, .. } if offset <= length));
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = verify(&bytes, &imprint(), None);
        let _ = token_of_answer(&bytes, &imprint(), NONCE);
    }

    #[test]
    fn no_mutation_panics_or_makes_another_stamp(
        which in 0usize..3,
        places in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<Option<prop::sample::Index>>(),
    ) {
        let answer = [data!("ecdsa.tsr"), data!("rsa_sha384.tsr"), data!("ess_v1.tsr")][which];
        let whole = stamp(answer).unwrap();
        let mut changed = answer.to_vec();
        for (place, byte) in places {
            changed[place.index(answer.len())] = byte;
        }
        if let Some(cut) = cut {
            let place = cut.index(changed.len());
            changed.remove(place);
        }
        if let Ok(stamp) = stamp(&changed) {
            prop_assert_eq!(stamp, whole);
        }
    }
}

/// Vectors that lie beside the repository, where they do.
#[test]
fn public_vectors_hold() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors/rfc3161");
    if !folder.exists() {
        return;
    }
    let file = |name: &str| fs::read(folder.join(name)).unwrap();
    let imprint: [u8; 32] = Sha256::digest(file("checkpoint.txt")).into();
    let nonce = 0x42B2_D41D_598A_2752;
    assert_eq!(request(&imprint, nonce), file("request.tsq"));
    let token = token_of_answer(&file("response.tsr"), &imprint, nonce).unwrap();
    let root = String::from_utf8(file("root_cert.pem")).unwrap();
    let root: Vec<u8> = {
        use rustls::pki_types::{CertificateDer, pem::PemObject as _};
        CertificateDer::from_pem_slice(root.as_bytes()).unwrap().to_vec()
    };
    let stamp = verify(&token, &imprint, Some(&[root])).unwrap();
    assert_eq!((stamp.chain, stamp.signer.as_str()), (Chain::Trusted, "CN=ayeaye test TSA (vectors only)"));
    let tampered = token_of_answer(&file("response_tampered.tsr"), &imprint, nonce).unwrap();
    assert_eq!(verify(&tampered, &imprint, None), Err(StampError::SignatureWrong));
    let refused = token_of_answer(&file("response_rejected.tsr"), &imprint, nonce);
    assert!(matches!(refused, Err(StampError::Refused { status: 2, .. })));
    let without_nonce = token_of_answer(&file("response_nocert.tsr"), &imprint, nonce).unwrap_err();
    assert_eq!(without_nonce, StampError::NonceDiffers);
}
