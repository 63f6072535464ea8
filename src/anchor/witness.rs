//! A checkpoint shown to a witness (C2SP tlog-witness, `add-checkpoint`).

use url::Url;

use super::{Answer, Client, Failure, client::Post};

pub use crate::config::Witness;

/// The longest answer: cosignature lines, a size, or a reason. Real ones have a few hundred bytes.
pub const LONGEST_ANSWER: usize = 16 * 1024;

/// Sends `body` (`old N`, the consistency proof, the checkpoint) to the witness at `url`, to which
/// `/add-checkpoint` is appended. Every status is an answer: 200 brings cosignatures, 409 the size the witness knows.
///
/// # Errors
/// When nothing came back that can be used.
pub async fn add_checkpoint(client: &Client, url: &Url, body: &str) -> Result<Answer, Failure> {
    let mut address = url.clone();
    address.set_path(&format!("{}/add-checkpoint", url.path().trim_end_matches('/')));
    let post = Post {
        url: address,
        content_type: "text/plain; charset=utf-8",
        accept: "text/plain, text/x.tlog.size",
        body: body.as_bytes(),
        longest: LONGEST_ANSWER,
    };
    client.post(post).await
}
