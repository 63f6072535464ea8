//! The samples that mint footer links in other languages, run as a reader of the page would run them.

use std::{path::PathBuf, process::Command};

const BASE: &str = "https://consent.example.org";
const KID: &str = "lk1";
const KEY: &str = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

/// Who, purpose, unsubscribe link, preferences link.
const LINKS: [[&str; 4]; 4] = [
    [
        " Ada@Example.org",
        "newsletter",
        "/u/lk1.e6UmicinVAo3DiLtigfow6Q.NXUQHgjUQwDSrTM7KXS0Q5lTooWLhQ_4_e4T036nGxM?p=newsletter",
        "/p/lk1.e6UmicinVAo3DiLtigfow6Q.LklV50sguya_eIYLyaxePIT1cegilXt_m4yZPhEGNn8",
    ],
    [
        "zoé@exemple.fr",
        "events",
        "/u/lk1.eW2-GyRXUGi2A8psOY1hktw.KVxkBkxwVLCWa0uWkedtxqKBGEqG832GC_G-CSNLxuk?p=events",
        "/p/lk1.eW2-GyRXUGi2A8psOY1hktw.aHCVtk4Y4Un1itWSNmZbWI0yU8o3KnMIGH7IswiNaWU",
    ],
    [
        "o'brien@example.ie",
        "",
        "/u/lk1.eFxXInmIdwdHobIh7sADKnQ.kgSfhNxm5I9Rjt2fuvPpo8z_20s3HBtE8OBh9wBYwYk",
        "/p/lk1.eFxXInmIdwdHobIh7sADKnQ.kgSfhNxm5I9Rjt2fuvPpo8z_20s3HBtE8OBh9wBYwYk",
    ],
    [
        "crm-2231",
        "newsletter",
        "/u/lk1.xcrm-2231.c2C1JyHAUkaNkkLwIShPXD6mx1qB70qbFHmFY8do8EI?p=newsletter",
        "/p/lk1.xcrm-2231.65nLroaiwPq9Mfhb24egXoGcgbIWgMpttaU7T-Of18c",
    ],
];

fn sample(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "static", "samples", name].iter().collect()
}

/// Runs a program to its end and gives its output; says what to install when it is not there.
fn run(command: &mut Command, install: &str) -> String {
    let program = command.get_program().to_string_lossy().into_owned();
    let output = command.output().unwrap_or_else(|error| {
        panic!("cannot run {program} ({error}); install it with `{install}`, the samples are tested with it")
    });
    let (said, complained) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{program} failed with {}\n{said}{complained}", output.status);
    said.into_owned()
}

/// Every link of the table, as the sample mints it.
fn mints_the_known_links(sample: impl Fn() -> Command, install: &str) {
    for [who, purpose, unsubscribe, preferences] in LINKS {
        let printed = run(sample().args([BASE, KID, KEY, who, purpose]), install);
        assert_eq!(printed, format!("{BASE}{unsubscribe}\n{BASE}{preferences}\n"), "links of {who:?}");
    }
}

/// A command that hands the sample to its interpreter.
fn interpreted(interpreter: &str, name: &str) -> Command {
    let mut command = Command::new(interpreter);
    command.arg(sample(name));
    command
}

#[test]
fn python_mints_the_known_links() {
    mints_the_known_links(|| interpreted("python3", "mint_links.py"), "apt-get install python3");
}

#[test]
fn php_mints_the_known_links() {
    mints_the_known_links(|| interpreted("php", "mint_links.php"), "apt-get install php-cli");
}

#[test]
fn javascript_mints_the_known_links() {
    mints_the_known_links(|| interpreted("node", "mint_links.js"), "apt-get install nodejs");
}

#[test]
fn go_mints_the_known_links() {
    let install = "apt-get install golang-go";
    let built = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("mint_links_go");
    run(Command::new("go").arg("build").arg("-o").arg(&built).arg(sample("mint_links.go")), install);
    mints_the_known_links(|| Command::new(&built), install);
}

#[test]
fn the_links_fit_into_a_header_line() {
    for [_, _, unsubscribe, preferences] in LINKS {
        assert!(BASE.len() + unsubscribe.len() <= 160 && BASE.len() + preferences.len() <= 160);
    }
}
