//! Checking proofs: the core, the independent checker in Python and the one of the page must come to the same verdicts.

pub(crate) mod checkers;
mod files;
mod tampering;

use std::{fs, path::PathBuf};

/// A file of `tests/verifier`.
pub(crate) fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/verifier").join(name)
}

/// A sample made by `tests/verifier/make.py`.
pub(crate) fn sample(name: &str) -> Vec<u8> {
    fs::read(path("samples").join(name)).unwrap()
}

/// The key of the log of the samples.
pub(crate) fn log_key() -> String {
    let keys = String::from_utf8(sample("keys.txt")).unwrap();
    keys.lines().next().unwrap().to_owned()
}
