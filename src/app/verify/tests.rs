//! Whatever the bytes: a report, never a panic; and nothing that was changed is proven.

use std::{fs, path::Path};

use proptest::prelude::*;

use super::{Limits, Report, Trust, Verdict, verify, verify_within};

const SAMPLES: [&str; 4] = ["proof.json", "receipt.json", "waiting.json", "dossier.zip"];

fn sample(name: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifier/samples").join(name)).unwrap()
}

fn trust() -> Trust {
    Trust { keys_of_the_file: true, ..Trust::default() }
}

/// What a report proves: nothing unless it is valid.
fn proven(report: &Report) -> Option<Vec<String>> {
    let claims = report.proofs.iter().map(|it| format!("{:?}", it.claims));
    report.valid.then(|| claims.collect())
}

/// One way to damage a file.
#[derive(Clone, Debug)]
enum Damage {
    Flip(prop::sample::Index, u8),
    Cut(prop::sample::Index),
    Drop(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
    Repeat(prop::sample::Index, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let at = any::<prop::sample::Index>;
    prop_oneof![
        4 => (at(), 1_u8..).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        1 => at().prop_map(Damage::Cut),
        1 => (at(), 1_usize..50).prop_map(|(at, count)| Damage::Drop(at, count)),
        1 => (at(), prop::collection::vec(any::<u8>(), 1..20)).prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
        1 => (at(), 1_usize..50).prop_map(|(at, count)| Damage::Repeat(at, count)),
    ]
}

impl Damage {
    fn to(&self, mut file: Vec<u8>) -> Vec<u8> {
        if file.is_empty() {
            return file;
        }
        let end = |at: usize, count: usize, file: &[u8]| (at + count).min(file.len());
        match self {
            Self::Flip(at, bits) => {
                let at = at.index(file.len());
                file[at] ^= bits;
            }
            Self::Cut(at) => file.truncate(at.index(file.len())),
            Self::Drop(at, count) => {
                let at = at.index(file.len());
                file.drain(at..end(at, *count, &file));
            }
            Self::Insert(at, bytes) => {
                let at = at.index(file.len());
                file.splice(at..at, bytes.iter().copied());
            }
            Self::Repeat(at, count) => {
                let at = at.index(file.len());
                let part = file[at..end(at, *count, &file)].to_vec();
                file.splice(at..at, part);
            }
        }
        file
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_damaged_file_proves_what_it_did_before_or_nothing(name in 0..SAMPLES.len(), damages in prop::collection::vec(damage(), 1..4)) {
        let whole = sample(SAMPLES[name]);
        let damaged = damages.iter().fold(whole.clone(), |file, it| it.to(file));
        let report = verify(&damaged, &trust());
        prop_assert_eq!(report.proofs.iter().all(|it| it.steps.len() == 7), true);
        if let Some(claims) = proven(&report) {
            // A space more between two members changes nothing; a proof may be lost from a receipt, never altered.
            let before = proven(&verify(&whole, &trust())).unwrap_or_default();
            prop_assert!(claims.iter().all(|it| before.contains(it)), "{:?}", claims);
        }
    }

    #[test]
    fn arbitrary_bytes_are_judged_too(bytes in prop::collection::vec(any::<u8>(), 0..300), zip in any::<bool>()) {
        let bytes = if zip { [b"PK\x03\x04", bytes.as_slice()].concat() } else { bytes };
        prop_assert!(!verify(&bytes, &trust()).valid);
    }
}

#[test]
fn the_samples_hold_and_one_waits() {
    for name in SAMPLES {
        let report = verify(&sample(name), &trust());
        assert_eq!(report.valid, name != "waiting.json", "{name}");
        let failed = report.proofs.iter().flat_map(|it| &it.steps).any(|it| it.verdict == Verdict::Failed);
        assert!(!failed, "{name}");
    }
}

#[test]
fn a_file_beyond_the_limits_is_not_read() {
    let dossier = sample("dossier.zip");
    let refused = |limits| verify_within(&dossier, &trust(), &limits).unread.is_some();
    assert!(!refused(Limits::SENT));
    assert!(refused(Limits { file: dossier.len() - 1, ..Limits::SENT }));
    assert!(refused(Limits { entries: 3, ..Limits::SENT }));
    assert!(refused(Limits { unpacked: 9_000, ..Limits::SENT }));
}
