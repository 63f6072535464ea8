//! The command line: one file per verb.

pub mod apply_file;
pub mod args;
