//! Why a file cannot be read, in the words of whoever named it.

use std::{
    io::{Error, ErrorKind},
    path::Path,
};

/// What is wrong with the file, and what to do.
pub(super) fn unreadable(path: &Path, error: &Error) -> String {
    let path = path.display();
    match error.kind() {
        ErrorKind::NotFound => format!("there is no file {path}; look at its name and its folder"),
        ErrorKind::IsADirectory => format!("{path} is a folder; name a file in it"),
        ErrorKind::PermissionDenied => format!("{path} may not be read by this user; see who owns it"),
        ErrorKind::InvalidData => format!("{path} is no text in UTF-8; save it as UTF-8"),
        _ => format!("{path} cannot be read: {error}"),
    }
}
