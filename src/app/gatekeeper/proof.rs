//! Challenges to a proof of work, and what comes back, in JSON (ALTCHA v1).

use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde::Deserialize;
use serde_json::json;

use crate::{
    app::App,
    domain::{
        id::FormId,
        pow::{self, ALGORITHM, Challenge, LIFE, Solution},
    },
};

/// What a form posts in `pow` when its browser runs no script.
pub const NONE: &str = "none";
/// The longest answer that is read.
const ANSWER_MAX: usize = 1_000;

/// What came along as proof of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// Nothing.
    Nothing,
    /// The browser says it cannot.
    Unable,
    /// A right one, in time, of this form; with the challenge, which counts once.
    Good(String),
    /// One that proves nothing.
    Bad,
}

/// A fresh challenge for a form, as the JSON a browser solves.
pub fn challenge(app: &App, form: FormId) -> String {
    let most = app.config.limits.proof_work.saturating_mul(2);
    let number = u32::try_from(app.random.number() % (u64::from(most) + 1)).unwrap_or(most);
    let expires_at = app.now().plus(LIFE);
    let minted = pow::mint(app.keys.proofs(), app.random.bytes(), form, number, most, expires_at);
    let Challenge { challenge, most, salt, signature } = minted;
    json!({
        "algorithm": ALGORITHM, "challenge": challenge, "maxnumber": most, "salt": salt, "signature": signature,
    })
    .to_string()
}

/// A fresh challenge for a form that is under attack, to be solved before it is sent; `None` for the others.
pub fn challenge_for(app: &App, form: FormId) -> Option<String> {
    app.tally.is_attacked(form).then(|| challenge(app, form))
}

/// The answer as browsers write it.
#[derive(Deserialize)]
struct Answer {
    algorithm: String,
    challenge: String,
    number: u64,
    salt: String,
    signature: String,
}

/// Reads and judges the field `pow` of a form.
pub(super) fn read(app: &App, form: FormId, field: &str) -> Given {
    match field {
        "" => return Given::Nothing,
        NONE => return Given::Unable,
        _ if field.len() > ANSWER_MAX => return Given::Bad,
        _ => {}
    }
    let Some(bytes) = BASE64_STANDARD.decode(field).ok() else { return Given::Bad };
    let Some(Answer { algorithm, challenge, number, salt, signature }) = serde_json::from_slice(&bytes).ok()
    else {
        return Given::Bad;
    };
    let solution = Solution { algorithm, challenge, number, salt, signature };
    match pow::judge(app.keys.proofs(), form, &solution, app.now()) {
        pow::Proof::Good => Given::Good(solution.challenge),
        pow::Proof::Late | pow::Proof::OtherForm | pow::Proof::Wrong => Given::Bad,
    }
}
