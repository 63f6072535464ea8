//! Answers that are sent piece by piece, for as long as they take.

use actix_web::web::Bytes;
use futures_util::stream::{self, Stream};
use tokio::sync::mpsc::Receiver;

use crate::app::audience::Piece;

/// An answer broke off: the connection is closed before its end, so that nobody takes it for whole.
#[derive(Debug, thiserror::Error)]
#[error("the answer broke off")]
pub(super) struct BrokeOff;

/// The pieces as a body. One that ends without [`Piece::End`] breaks off.
pub(super) fn body(pieces: Receiver<Piece>) -> impl Stream<Item = Result<Bytes, BrokeOff>> {
    stream::unfold(Some(pieces), |pieces| async {
        let mut pieces = pieces?;
        match pieces.recv().await {
            Some(Piece::Bytes(bytes)) => Some((Ok(Bytes::from(bytes)), Some(pieces))),
            Some(Piece::End) => None,
            None => Some((Err(BrokeOff), None)),
        }
    })
}
