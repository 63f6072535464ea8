//! `ayeaye demo`.

use std::{collections::BTreeSet, fs, path::PathBuf, time::Duration};

use super::home::{Home, Running};
use crate::support::wait;

/// Starts the demo with a temporary directory of its own and waits until it says where it is.
async fn demo(home: &mut Home) -> (Running, PathBuf) {
    let temporary = home.path("tmp");
    fs::create_dir_all(&temporary).unwrap();
    home.set("TMPDIR", temporary.display().to_string());
    let mut running = home.start(&["demo", "--listen", "127.0.0.1:0"]);
    let base = wait::until("the demo to say where it is", Duration::from_mins(1), async || {
        let out = running.out();
        out.contains("Ctrl-C").then_some(())?;
        let start = out.lines().find_map(|it| it.trim().strip_prefix("Start here"))?;
        Some(start.trim().strip_suffix("/dev")?.to_owned())
    })
    .await;
    running.base = base;
    (running, temporary)
}

#[tokio::test]
async fn the_demo_shows_the_whole_story_and_leaves_nothing_behind() {
    let mut home = Home::new();
    let (demo, temporary) = demo(&mut home).await;
    let printed: Vec<String> =
        demo.out().split_whitespace().filter(|it| it.starts_with("http://")).map(str::to_owned).collect();
    assert_eq!(printed.len(), 9, "{}", demo.out());
    let made = fs::read_dir(&temporary).unwrap().next().unwrap().unwrap().path();
    assert!(demo.out().contains(&format!("Everything is in {} and", made.display())), "{}", demo.out());
    for url in &printed {
        assert_eq!(demo.visitor().open(url).await.status(), 200, "{url}");
    }
    let start = demo.visitor().open("/dev").await;
    start.follow("Signup form").await.assert_h1("Sign up for emails from Harbour Books");
    let french = start.follow("Formulaire d’inscription").await;
    assert!(french.h1().contains("Le Fournil"), "{}", french.h1());
    start.follow("Preference page").await.assert_h1("Your email choices").assert_says("You receive 2 of 3.");
    let own = start.follow("Sternabende").await;
    assert!(
        own.html().contains("/t/sternwarte/") && own.html().contains("name=\"guardian\""),
        "{}",
        own.html()
    );
    assert!(own.html().contains("name=\"instrument\""), "{}", own.html());
    start.follow("Sample shop").await.assert_h1("A shop");
    let mails = demo.mails("bruno@example.org", 2).await;
    assert!(
        mails.iter().any(|it| it["subject"] == "Confirm your subscription to Harbour Books"),
        "{mails:?}"
    );
    let asked = demo.mails("claire@example.org", 1).await;
    assert!(asked[0]["links"].as_array().is_some_and(|it| !it.is_empty()), "{asked:?}");
    start.follow("Inbox").await.follow("Confirm your subscription to Harbour Books").await;
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 1);

    the_receiver_was_told(&demo).await;
    assert_eq!(demo.log(), "", "the demo has nothing to complain about");
    demo.signal("INT");
    assert_eq!(demo.ended(Duration::from_secs(10)).await, 0);
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0, "its directory is gone");
    assert!(!home.path("ayeaye-data").exists());
}

/// Every state of a sample person reached the receiver, rightly signed.
async fn the_receiver_was_told(demo: &Running) {
    let expected =
        ["consent.confirmed", "consent.refused", "consent.withdrawn", "pause.started", "signup.requested"];
    wait::until("every sample state at the receiver", Duration::from_secs(30), async || {
        let page = demo.visitor().open("/dev/receiver").await;
        let kinds: BTreeSet<&str> =
            expected.into_iter().filter(|it| page.html().contains(&format!("<h2>{it}</h2>"))).collect();
        assert!(!page.text().contains("signature is wrong"), "{}", page.text());
        assert!(!page.text().contains("mail_bounced"), "{}", page.text());
        (kinds.len() == expected.len()).then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_demo_that_is_terminated_leaves_nothing_behind() {
    let mut home = Home::new();
    let (demo, temporary) = demo(&mut home).await;
    demo.signal("TERM");
    assert_eq!(demo.ended(Duration::from_secs(10)).await, 0);
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
}

#[tokio::test]
async fn a_demo_interrupted_while_it_prepares_leaves_nothing_behind() {
    let mut home = Home::new();
    let temporary = home.path("tmp");
    fs::create_dir_all(&temporary).unwrap();
    home.set("TMPDIR", temporary.display().to_string());
    let demo = home.start(&["demo", "--listen", "127.0.0.1:0"]);
    wait::until("the demo's directory", Duration::from_secs(30), async || {
        (fs::read_dir(&temporary).unwrap().count() > 0).then_some(())
    })
    .await;
    assert_eq!(demo.out(), "", "it is still preparing");
    demo.signal("INT");
    assert_eq!(demo.ended(Duration::from_secs(20)).await, 0, "{}", home.log());
    assert_eq!(fs::read_dir(&temporary).unwrap().count(), 0);
}

#[test]
fn the_file_of_the_demo_can_be_applied_as_it_is_and_a_second_time_changes_nothing() {
    let home = Home::new();
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/static/demo.toml");
    let first = home.run(&["apply", file]);
    first.assert_code(0);
    assert!(first.out.contains("+ form sternwarte/sternabende"), "{}", first.out);
    let second = home.run(&["apply", file]);
    assert_eq!((second.code, second.out.as_str()), (0, "Nothing to change.\n"), "{}", second.err);
}

#[test]
fn the_demo_stays_on_this_machine_and_takes_no_settings_of_a_real_service() {
    let home = Home::new();
    home.run(&["demo", "--listen", "0.0.0.0:0"]).assert_refused(2, &["this machine only"]);
    home.run(&["demo", "--data-dir", "kept"]).assert_refused(2, &["--data-dir", "ayeaye serve"]);
    home.run(&["demo", "--set", "smtp_url=smtp://127.0.0.1:25"]).assert_refused(2, &["--set smtp_url"]);
    assert!(!home.path("kept").exists());
}

#[test]
fn the_demo_listens_where_the_environment_says_unless_a_flag_does() {
    let mut home = Home::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    home.set("AYEAYE_LISTEN", &address).run(&["demo"]).assert_refused(1, &["cannot listen on", &address]);
    home.set("AYEAYE_LISTEN", "0.0.0.0:8080");
    home.run(&["demo"]).assert_refused(2, &["AYEAYE_LISTEN says 0.0.0.0:8080", "--listen 127.0.0.1:PORT"]);
    home.run(&["demo", "--listen", &address]).assert_refused(1, &["cannot listen on", &address]);
    home.set("AYEAYE_LISTEN", "8080")
        .run(&["demo"])
        .assert_refused(2, &["AYEAYE_LISTEN says 8080", "a port"]);
    let help = home.run(&["demo", "--help"]).out;
    assert!(
        help.contains("--listen <") && help.contains("--log <") && help.contains("AYEAYE_LISTEN"),
        "{help}"
    );
    assert!(!help.contains("--data-dir") && !help.contains("--set <"), "{help}");
}
