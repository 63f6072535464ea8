//! Anchors: checkpoints shown to others over the network, so that nobody here can take one back.
//!
//! - [`witness`]: a witness cosigns a checkpoint (C2SP tlog-witness);
//! - [`stamp`]: an authority says when a checkpoint existed (RFC 3161);
//! - [`client`]: one request, with every limit of it.
//!
//! Bytes out, bytes in. What they mean is `tlog`'s to say; when to ask, and what to keep, is decided by a job.

pub mod client;
pub mod stamp;
#[cfg(test)]
mod tests;
pub mod witness;

pub use client::{Answer, Client, ClientError, Failure};
