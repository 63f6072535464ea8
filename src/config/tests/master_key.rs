//! The master key is made once, kept private, and never replaced.

use std::{fs::Permissions, io, os::unix::fs::PermissionsExt as _, thread};

use super::*;
use crate::config::master_key::{MasterKeyError, master_key};

/// Numbers every byte it is asked for; enough to tell one key from another.
fn counting(start: u8) -> impl FnMut(&mut [u8]) -> io::Result<()> {
    let mut next = start;
    move |bytes| {
        for byte in bytes {
            *byte = next;
            next = next.wrapping_add(1);
        }
        Ok(())
    }
}

fn config(directory: &Directory, key: &str) -> Config {
    let env = if key.is_empty() { env(&[]) } else { env(&[("AYEAYE_MASTER_KEY", key)]) };
    Config::load(&Sources { env, ..directory.sources() }).unwrap().config
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn it_is_made_at_first_start_and_read_at_the_next() {
    let directory = Directory::new();
    let config = config(&directory, "");
    let made = master_key(&config, &mut counting(1)).unwrap();
    assert_eq!(made.expose()[..3], [1, 2, 3]);
    let path = config.data_dir.join("master.key");
    assert_eq!((mode(&config.data_dir), mode(&path)), (0o700, 0o600));
    assert_eq!(fs::read_dir(&config.data_dir).unwrap().count(), 1, "nothing else is left behind");
    assert_eq!(master_key(&config, &mut counting(99)).unwrap(), made);
}

#[test]
fn two_processes_that_start_at_once_agree() {
    let directory = Directory::new();
    let config = config(&directory, "");
    let keys: Vec<_> = thread::scope(|scope| {
        let config = &config;
        let started: Vec<_> = (0..8)
            .map(|it| scope.spawn(move || master_key(config, &mut counting(it * 30)).unwrap()))
            .collect();
        started.into_iter().map(|it| it.join().unwrap()).collect()
    });
    assert!(keys.iter().all(|it| *it == keys[0]));
    assert_eq!(fs::read_dir(&config.data_dir).unwrap().count(), 1);
}

#[test]
fn a_file_others_can_read_is_refused_with_the_cure() {
    let directory = Directory::new();
    let config = config(&directory, "");
    master_key(&config, &mut counting(1)).unwrap();
    let path = config.data_dir.join("master.key");
    fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
    let error = master_key(&config, &mut counting(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("other users can read the master key; run: chmod 600 '{}'", path.display())
    );
}

#[test]
fn a_file_that_holds_no_key_is_refused_and_kept() {
    let directory = Directory::new();
    let config = config(&directory, "");
    master_key(&config, &mut counting(1)).unwrap();
    let path = config.data_dir.join("master.key");
    for bad in ["", "short", &"x".repeat(44), &"0".repeat(64), &"z".repeat(100_000)] {
        fs::write(&path, bad).unwrap();
        assert!(
            matches!(master_key(&config, &mut counting(1)), Err(MasterKeyError::NotAKey { .. })),
            "{bad:.50}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), *bad);
    }
    fs::write(&path, [0xFF; 44]).unwrap();
    assert!(matches!(master_key(&config, &mut counting(1)), Err(MasterKeyError::NotAKey { .. })));
}

#[test]
fn a_given_key_may_be_hex_or_base64_and_touches_no_disk() {
    let directory = Directory::new();
    let bytes: Vec<u8> = (200..232).collect();
    for text in [
        hex::encode(&bytes),
        hex::encode_upper(&bytes),
        "yMnKy8zNzs/Q0dLT1NXW19jZ2tvc3d7f4OHi4+Tl5uc=".to_owned(),
        "yMnKy8zNzs_Q0dLT1NXW19jZ2tvc3d7f4OHi4-Tl5uc".to_owned(),
    ] {
        let key = master_key(&config(&directory, &text), &mut counting(1)).unwrap();
        assert_eq!(key.expose()[..], bytes[..], "{text}");
    }
    assert!(!directory.0.join("ayeaye-data").exists());
    let error = master_key(&config(&directory, "hunter2"), &mut counting(1)).unwrap_err();
    assert!(error.to_string().starts_with("AYEAYE_MASTER_KEY is not a master key"));
    assert!(!error.to_string().contains("hunter2") && !format!("{error:?}").contains("hunter2"));
}

#[test]
fn no_randomness_or_no_room_is_an_error_that_leaves_nothing() {
    let directory = Directory::new();
    let config = config(&directory, "");
    let error = master_key(&config, &mut |_| Err(io::Error::other("dry"))).unwrap_err();
    assert!(error.to_string().contains("dry"), "{error}");
    assert_eq!(fs::read_dir(&config.data_dir).unwrap().count(), 0);
    let blocked = Directory::new();
    blocked.file("ayeaye-data", "a file where the directory should be");
    let config = super::master_key::config(&blocked, "");
    assert!(matches!(master_key(&config, &mut counting(1)), Err(MasterKeyError::Io { .. })));
}
