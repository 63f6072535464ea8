//! What the send gate is asked and answers, as the API declares it.

use crate::{
    app::gate,
    domain::consent::Denial,
    web::api::{
        recipient::RECIPIENT,
        schema::{CONTACT, EVIDENCE, Field, INSTANT, PREFERENCES_URL, Record, Shape, UNSUBSCRIBE_URL},
    },
};

/// The longest text of a campaign, in characters.
pub(super) const CAMPAIGN_MAX: usize = 200;
/// What may be wanted besides the decisions.
pub(super) const EXTRAS: [&str; 3] = ["links", "headers", "proof"];

const CHECK_ID: Shape = Shape::pattern("^chk_[0-9a-hjkmnp-tv-z]{26}$", "chk_01kas0z1v8q4g6r1m0c7y2d3e5");
/// What a campaign is called.
pub(super) const CAMPAIGN: Shape = Shape::text_within(CAMPAIGN_MAX, "Newsletter of November");

pub(super) const QUESTION: Record = Record::new(
    "CheckQuestion",
    "Who is to be mailed, and what for.",
    &[
        Field::must("purpose", "The slug of the purpose.", Shape::text("newsletter")),
        Field::must("recipients", "The people.", Shape::List(&Shape::Object(&RECIPIENT), 1, gate::MOST)),
        Field::may(
            "include",
            "What is wanted besides the decisions; `proof` signs them and gives the line of each.",
            Shape::List(&Shape::Word(&EXTRAS), 0, EXTRAS.len()),
        ),
        Field::may("campaign", "What the mail is, for the proof; asks for one.", CAMPAIGN),
    ],
);
pub(super) const CHECK: Record = Record::new(
    "Check",
    "The decisions of the send gate.",
    &[
        Field::must("object", "`check`", Shape::Word(&["check"])),
        Field::must("id", "The check.", CHECK_ID),
        Field::must(
            "test",
            "Whether the organisation is for tests: nobody real may be mailed on this.",
            Shape::Flag,
        ),
        Field::must("allowed", "How many may be mailed.", Shape::Number(0, 10_000)),
        Field::must("denied", "How many must not.", Shape::Number(0, 10_000)),
        Field::must("at", "When it was decided.", INSTANT),
        Field::must(
            "valid_until",
            "Until when to rely on it: mail sent later is to be asked about again.",
            INSTANT,
        ),
        Field::must(
            "results",
            "One for each recipient, in the order asked.",
            Shape::List(&Shape::Object(&DECISION), 1, gate::MOST),
        ),
        Field::may("proof", "That this was decided, signed.", Shape::Object(&PROOF)),
    ],
);
pub(super) const DECISION: Record = Record::new(
    "Decision",
    "Whether one person may be mailed.",
    &[
        Field::may("ref", "Your reference.", Shape::text("1")),
        Field::must("decision", "Whether they may be mailed.", Shape::Word(&["allow", "deny"])),
        Field::may("reason", "Why not.", Shape::Word(&Denial::WORDS)),
        Field::may("until", "When their break ends, when they are `paused`.", INSTANT),
        Field::may("contact", "The person, when they may be mailed.", CONTACT),
        Field::may("consent", "The evidence of their consent.", EVIDENCE),
        Field::may("links", "Links for the footer.", Shape::Object(&LINKS)),
        Field::may(
            "headers",
            "Header lines the mail must have (RFC 8058).",
            Shape::Each(&Shape::text("<https://consent.example.org/u/ay1…>")),
        ),
        Field::may(
            "line",
            "The decision as the proof covers it.",
            Shape::text("deny c:con_01kas0z1v8q4g6r1m0c7y2d3e5 withdrawn"),
        ),
    ],
);
const LINKS: Record = Record::new(
    "FooterLinks",
    "Links for the footer of a mail to one person.",
    &[
        Field::must("unsubscribe", "To leave this purpose.", UNSUBSCRIBE_URL),
        Field::must("preferences", "To choose.", PREFERENCES_URL),
    ],
);
const PROOF: Record = Record::new(
    "CheckProof",
    "A signed note (C2SP signed-note) that `ayeaye verify` checks, offline, in the file of the answer.",
    &[
        Field::must(
            "statement",
            "Tenant, whether it is for tests, purpose, time, campaign, counts and the SHA-256 of all lines.",
            Shape::text("ayeaye check v1\n…"),
        ),
        Field::must(
            "key",
            "The public key; compare it with `GET /v1/checks/keys`.",
            Shape::text("consent.example.org/checks+6f2a91c4+AVt…"),
        ),
    ],
);
pub(super) const KEY_LIST: Record = Record::new(
    "CheckKeys",
    "The public keys that proofs of checks are signed with.",
    &[
        Field::must("object", "`list`", Shape::Word(&["list"])),
        Field::must(
            "data",
            "The keys, the present one first, as C2SP signed-note writes them.",
            Shape::List(&Shape::text("consent.example.org/checks+6f2a91c4+AVt…"), 0, 100),
        ),
    ],
);
