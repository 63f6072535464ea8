use super::*;
use crate::{
    app::testing::House,
    domain::{
        consent::Denial,
        id::{CheckId, ContactId, EvidenceId},
    },
};

const EVIDENCE: &str = "evi_01kas0z1v8q4g6r1m0c7y2d3e5";
const CONTACT: &str = "con_01kas0z1v8q4g6r1m0c7y2d3e5";

fn allow() -> Decision {
    Decision::Allow(CONTACT.parse::<ContactId>().unwrap(), EVIDENCE.parse::<EvidenceId>().unwrap())
}

#[test]
fn a_person_is_named_as_they_were_asked_for() {
    // echo -n ada@example.org | sha256sum
    let hash = "cfe00dde46ef942601ffafb9e2825e802858b460e586b8305b344c1eb826357d";
    let deny = Decision::Deny(Denial::Withdrawn, None);
    let of_ada = line(&Recipient::email(" Ada@Example.org "), &allow());
    assert_eq!(of_ada, format!("allow e:{hash} {EVIDENCE}"));
    assert_eq!(
        line(&Recipient::email_sha256(&hash.to_uppercase()), &deny),
        format!("deny e:{hash} withdrawn")
    );
    assert_eq!(line(&Recipient::contact(CONTACT), &deny), format!("deny c:{CONTACT} withdrawn"));
    let external = mac::sha256_hex(b"crm-77");
    assert_eq!(line(&Recipient::external_id("crm-77".into()), &deny), format!("deny x:{external} withdrawn"));
    assert_eq!(line(&Recipient::email("nobody"), &Decision::Deny(Denial::Unknown, None)), "deny n: unknown");
}

fn digest(lines: impl IntoIterator<Item = String>) -> Decisions {
    let mut digest = Digest::default();
    lines.into_iter().for_each(|it| digest.add(it));
    digest.finish()
}

#[test]
fn the_digest_is_sha256_of_the_sorted_lines_of_each_part() {
    let lines = |numbers: std::ops::Range<usize>| numbers.map(|it| format!("deny n: {it:05}"));
    let few = digest(lines(0..3).rev());
    assert_eq!(few.sha256, mac::sha256_hex(b"deny n: 00000\ndeny n: 00001\ndeny n: 00002\n"));
    assert_eq!((few.recipients, few.allowed), (3, 0));
    let long: String = lines(0..MOST).chain(lines(0..2)).map(|it| it + "\n").collect();
    let found = digest(lines(0..MOST).rev().chain(lines(0..2).rev()));
    assert_eq!(found.sha256, mac::sha256_hex(long.as_bytes()), "parts follow each other, each sorted");
    assert_eq!(digest([]).sha256, mac::sha256_hex(b""));
}

#[tokio::test]
async fn what_is_signed_can_be_opened_and_nothing_else() {
    let house = House::new().await;
    let now = house.app.now();
    let mut decisions = Digest::default();
    decisions.add(line(&Recipient::email("ada@example.org"), &allow()));
    decisions.add(line(&Recipient::email("bob@example.org"), &Decision::Deny(Denial::Pending, None)));
    let about = About {
        check: CheckId::new(now, &house.app.random),
        tenant: "acme",
        test: false,
        purpose: "newsletter",
        begun: now,
        ended: now.plus(5),
        campaign: Some("Soldes d’hiver: -50 %"),
    };
    let Signed { statement, key } = sign(&house.app, &about, decisions.clone()).unwrap();
    assert_eq!(super::key(&house.app).as_ref(), Some(&key));
    let key: VerifierKey = key.parse().unwrap();
    assert!(key.name().ends_with("/checks"), "{key}");
    let (opened, signer) = open(&statement, std::slice::from_ref(&key)).unwrap();
    assert_eq!(signer, key.name());
    assert_eq!(opened.campaign.as_deref(), about.campaign);
    assert_eq!(opened.valid_until(), Some(now.plus(VALID).rfc3339()));
    assert_eq!((opened.decisions.recipients, opened.decisions.allowed), (2, 1));
    assert_eq!(opened.holds(&decisions.clone().finish()), Ok(()));
    decisions.add("deny n: unknown".to_owned());
    assert!(opened.holds(&decisions.finish()).is_err());
    for (from, to) in [
        ("allowed 1", "allowed 2"),
        ("Soldes", "Fin"),
        ("tenant acme", "tenant beta"),
        ("test false", "test true"),
    ] {
        let forged = statement.replace(from, to);
        assert_ne!(forged, statement);
        assert!(matches!(open(&forged, std::slice::from_ref(&key)), Err(ProofError::Signature(_))), "{from}");
    }
    let log = house.app.keys.log("127.0.0.1/log").unwrap().verifier();
    let refused = open(&statement, &[log]).unwrap_err().to_string();
    assert!(
        refused.contains("/checks, and that is not the key given"),
        "the log's key is another: {refused}"
    );
    assert!(matches!(open("nonsense", &[key]), Err(ProofError::Note(_))));
}

#[tokio::test]
async fn a_note_about_something_else_is_no_statement() {
    let house = House::new().await;
    let key = signing_key(&house.app).unwrap();
    let good = "ayeaye check v1\ncheck chk_1\ntenant a\ntest false\npurpose b\nbegun x\nended y\nrecipients 1\nallowed 0\n\
                decisions sha256:00\n";
    for (text, right) in [
        (good.to_owned(), true),
        (format!("{good}campaign x\n"), true),
        (format!("{good}campaign x\ncampaign y\n"), false),
        (good.replace("recipients 1", "recipients 01"), false),
        (good.replace("recipients 1", "recipients +1"), false),
        (good.replace("ended y\n", ""), false),
        (good.replace("v1", "v2"), false),
        (good.replace("test false", "test true"), true),
        (good.replace("test false", "test no"), false),
        (good.replace("test false\n", ""), false),
    ] {
        let mut note = Note::new(text.clone()).unwrap();
        note.sign(&key);
        let opened = open(&note.to_string(), &[key.verifier()]);
        assert_eq!(opened.is_ok(), right, "{text}");
        assert!(right || opened == Err(ProofError::Foreign));
    }
}

#[test]
fn a_campaign_is_one_line() {
    for right in ["Winter", "Soldes d’hiver", "a b"] {
        assert!(is_campaign(right), "{right}");
    }
    for wrong in ["", " a", "a ", "a\nallowed 2", "a\r", "\u{7f}", "a\u{2028}b", "\0"] {
        assert!(!is_campaign(wrong), "{wrong:?}");
    }
}
