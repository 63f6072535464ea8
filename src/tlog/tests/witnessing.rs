//! A witness of a few lines, held against recorded conversations with one in the field.

use super::vectors::file;
use crate::tlog::Hash;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::merkle::verify_consistency;
use crate::tlog::note::{KeyKind, Note, NoteFault, SigningKey, VerifierKey, cosign};
use crate::tlog::witness::{Answer, Refusal, parse_answer, request};

/// One log, its key, and the last checkpoint cosigned.
struct Witness {
    origin: String,
    log: VerifierKey,
    last: Option<Checkpoint>,
    key: SigningKey,
}

impl Witness {
    fn new(origin: &str, log: VerifierKey) -> Self {
        let key = SigningKey::new("example.com/witness", [1; 32]).unwrap();
        Self { origin: origin.to_owned(), log, last: None, key }
    }

    /// Status, content type and body, after C2SP tlog-witness.
    fn answer(&mut self, body: &str) -> (u16, &'static str, String) {
        let (old, proof, signed) = read(body);
        // The wrong signature of the recording has spare bits set: it is refused here before it is verified.
        let Ok(note) = Note::parse(signed) else {
            return (403, "", String::new());
        };
        let checkpoint = Checkpoint::parse(&note.text).unwrap();
        if checkpoint.origin != self.origin {
            return (404, "", String::new());
        }
        if let Err(told) = note.verify(std::slice::from_ref(&self.log)) {
            assert!(matches!(told.fault, NoteFault::WrongSignature | NoteFault::NoKnownKey));
            return (403, "", String::new());
        }
        let (size, root) = self.last.as_ref().map_or((0, None), |it| (it.size, Some(it.root)));
        if old != size {
            return (409, "text/x.tlog.size", format!("{size}\n"));
        }
        let grown = root
            .is_none_or(|it| verify_consistency(old, checkpoint.size, &proof, &it, &checkpoint.root).is_ok());
        if !grown || (root.is_none() && !proof.is_empty()) {
            return (422, "", String::new());
        }
        self.last = Some(checkpoint);
        (200, "", format!("{}\n", cosign(&note.text, &self.key, 5)))
    }
}

/// The parts of a request, which [`request`] puts together to the same text.
fn read(body: &str) -> (u64, Vec<Hash>, &str) {
    let (head, signed) = body.split_once("\n\n").unwrap();
    let mut lines = head.lines();
    let old = lines.next().and_then(|it| it.strip_prefix("old ")).unwrap().parse().unwrap();
    let proof: Vec<_> = lines.map(|it| Hash::from_base64(it).unwrap()).collect();
    assert_eq!(request(old, &proof, signed), body);
    (old, proof, signed)
}

/// Request, status and what the body must be or hold, of each exchange in a recording.
fn exchanges(recording: &str) -> Vec<(String, u16, String)> {
    let exchange = |it: &str| {
        let (body, rest) = it.split_once("\n```\n").unwrap();
        let status = rest.strip_prefix("HTTP ").unwrap().split_once('\n').unwrap().0.parse().unwrap();
        let said = rest.split_once("body ").unwrap().1.lines().next().unwrap();
        (format!("{body}\n"), status, said.to_owned())
    };
    recording.split("/add-checkpoint\n```\n").skip(1).map(exchange).collect()
}

fn replay(witness: &mut Witness, recording: &str) -> Vec<u16> {
    exchanges(recording)
        .into_iter()
        .map(|(body, status, said)| {
            let (answered, content_type, text) = witness.answer(&body);
            // The recorded witness answers 403 where the specification now says 404.
            let expected = if said.contains("unknown log") { 404 } else { status };
            assert_eq!(answered, expected, "{body}");
            let told = parse_answer(answered, content_type, text.as_bytes());
            match told {
                Answer::Cosignatures(lines) => {
                    let note = format!("{}{}\n", body.split_once("\n\n").unwrap().1, lines[0]);
                    let verified = Note::parse(&note).unwrap().verify(&[witness.key.cosigner_verifier()]);
                    assert_eq!(verified.unwrap()[0].at, Some(5));
                }
                Answer::Conflict(size) => assert_eq!(said, format!("== \"{size}\\n\"")),
                Answer::Refused(Refusal::Signature) => assert!(said.contains("invalid signature")),
                Answer::Refused(Refusal::UnknownLog) => assert!(said.contains("unknown log")),
                Answer::Refused(Refusal::Proof) => assert!(said.contains("consistency proof")),
                Answer::Refused(other) => panic!("{other}"),
            }
            status
        })
        .collect()
}

#[test]
fn a_recorded_conversation_with_a_witness() {
    let Some(recording) = file("tlog_witness/litewitness.txt") else {
        return;
    };
    let recording = String::from_utf8(recording).unwrap();
    let origin = "sigsum.org/v1/tree/4d6d8825a6bb689d459628312889dfbb0bcd41b5211d9e1ce768b0ff0309e562";
    let mut public = [0; 32];
    hex::decode_to_slice("ffdc2d4d98e4124d3feaf788c0c2f9abfd796083d1f0495437f302ec79cf100f", &mut public)
        .unwrap();
    let log = VerifierKey::new(origin, KeyKind::Ed25519, &public).unwrap();
    let mut witness = Witness::new(origin, log);
    assert_eq!(replay(&mut witness, &recording), [200, 403, 403, 422, 422, 200, 409, 200, 409]);
    assert_eq!(witness.last.unwrap().size, 5);
}

#[test]
fn a_recorded_conversation_about_another_log() {
    let Some(recording) = file("tlog_witness/litewitness_sumdb.txt") else {
        return;
    };
    let recording = String::from_utf8(recording).unwrap();
    let log = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8".parse().unwrap();
    let mut witness = Witness::new("go.sum database tree", log);
    assert_eq!(replay(&mut witness, &recording), [200]);
    assert_eq!(witness.last.unwrap().size, 35_225_469);
}
