//! The whole layer at once: a log of our own in full, published vectors, and whatever strangers may send.

mod golden;
mod strangers;
mod vectors;
mod witnessing;
