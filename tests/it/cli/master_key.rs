//! The data directory and the master key in it.

use std::{fs, os::unix::fs::PermissionsExt as _, path::Path};

use super::home::Home;
use crate::support::database::both;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap_or_else(|error| panic!("{}: {error}", path.display())).permissions().mode()
        & 0o7777
}

#[tokio::test]
async fn what_the_service_makes_is_for_its_user_alone() {
    let home = Home::with_tenants();
    let service = home.serve().await;
    let data = home.path("ayeaye-data");
    assert_eq!(mode(&data), 0o700);
    for entry in fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
    }
    for name in ["ayeaye.db", "master.key"] {
        assert!(data.join(name).exists(), "{name}");
    }
    service.stop().await;
}

#[test]
fn a_master_key_that_others_can_read_is_refused_with_what_to_run() {
    let home = Home::with_tenants();
    let key = home.path("ayeaye-data/master.key");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).unwrap();
    let words = ["other users can read the master key; run: chmod 600 '", "ayeaye-data/master.key'"];
    home.run(&["serve", "--listen", "127.0.0.1:0"]).assert_refused(1, &words);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    home.run(&["key", "list"]).assert_code(0);
}

#[test]
fn a_broken_master_key_is_refused_and_never_replaced() {
    let home = Home::with_tenants();
    home.write("ayeaye-data/master.key", "half a k");
    home.run(&["serve", "--listen", "127.0.0.1:0"])
        .assert_refused(1, &["master.key is not a master key", "openssl rand -base64 32"]);
    assert_eq!(fs::read_to_string(home.path("ayeaye-data/master.key")).unwrap(), "half a k");
}

both! {
    async fn another_master_key_is_refused_and_the_right_one_still_opens(home: Home) {
        home.run(&["migrate"]).assert_code(0);
        home.run(&["key", "list"]).assert_code(0);
        let (key, kept) = (home.path("ayeaye-data/master.key"), home.path("kept"));
        fs::rename(&key, &kept).unwrap();
        let words = ["the master key does not open the keys in this database", "AYEAYE_MASTER_KEY"];
        home.run(&["serve", "--listen", "127.0.0.1:0"]).assert_refused(1, &words);
        fs::rename(&kept, &key).unwrap();
        home.serve().await.stop().await;
    }
}
