//! The support can be trusted: each piece does what it says, and fails where it should.

mod anchoring;
mod browsing;
mod databases;
mod mailing;
mod receiving;
