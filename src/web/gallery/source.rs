//! What the gallery was rendered from, in one hash: whoever looks at its files can tell whether they are of today.

use std::{fs, path::Path};

use sha2::{Digest, Sha256};

/// The folders that pages are made of.
const FOLDERS: [&str; 3] = ["src", "static", "templates"];

/// SHA-256 over the names and contents of all files.
pub(crate) fn hash(root: &Path) -> String {
    let mut files = Vec::new();
    let mut open: Vec<_> = FOLDERS.iter().map(|it| root.join(it)).collect();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|it| it.unwrap().path()));
        } else {
            files.push(path);
        }
    }
    files.sort();
    let mut all = Sha256::new();
    for file in files {
        all.update(file.strip_prefix(root).unwrap().to_string_lossy().as_bytes());
        all.update(Sha256::digest(fs::read(&file).unwrap()));
    }
    hex::encode(all.finalize())
}
