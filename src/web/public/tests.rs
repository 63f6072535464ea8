//! The public pages as a client meets them.

mod choosing;
mod confirming;
mod embedding;
mod embedding_hostile;
mod leaving;
mod quiet;
mod signing_up;
