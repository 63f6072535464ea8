//! Known and unknown addresses are answered alike, by every page that takes one.

use ayeaye::{
    app::{
        erase::{By, erase},
        links,
    },
    domain::time::{DAY, MINUTE},
    store::{self, Batch},
};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};

use super::{
    FORM, contact,
    wire::{Answer, ask},
};
use crate::support::{app::TestApp, database::both};

/// How an address is known, or not.
const PEOPLE: [&str; 11] = [
    "unknown",
    "erased",
    "pending",
    "deleted",
    "confirmed",
    "settled",
    "withdrawn",
    "suppressed",
    "restricted",
    "reported",
    "honeypot",
];

/// One person in each state, all of them the day before.
async fn live(app: &TestApp) {
    for name in ["pending", "deleted", "reported"] {
        app.sign_up("newsletter", &address(name), &["newsletter"]).await;
    }
    let open = async |name: &str, rel: &str| app.visitor().open(&app.newest_link(&address(name), rel)).await;
    open("deleted", "confirm").await.press("No, delete my request").await;
    open("reported", "not_me").await.press("Block this address").await;
    for name in ["confirmed", "erased", "withdrawn", "suppressed", "restricted"] {
        app.subscribe("newsletter", &address(name), &["newsletter"]).await;
    }
    app.subscribe("newsletter", &address("settled"), &["newsletter", "events"]).await;
    let tenant = app.tenant("acme").id;
    let leaver = links::preferences_url(app.app(), tenant, contact(app, &address("withdrawn")).await);
    app.visitor().open(&leaver).await.press("Unsubscribe from everything").await;
    let (suppressed, restricted) =
        (contact(app, &address("suppressed")).await, contact(app, &address("restricted")).await);
    let erased = contact(app, &address("erased")).await;
    erase(app.app(), &app.tenant("acme"), erased, By::Api).await.unwrap();
    let mut batch = Batch::default();
    store::contact::set_suppressed(&mut batch, tenant, suppressed, Some(app.clock.now()));
    store::contact::set_restricted(&mut batch, tenant, restricted, Some(app.clock.now()));
    let mut tx = app.app().store.begin().await.unwrap();
    tx.batch(batch).await.unwrap();
    tx.commit().await.unwrap();
    later(app).await;
}

/// Two days on: nobody's inbox has had too much, and no request has lapsed.
async fn later(app: &TestApp) {
    app.clock.advance(2 * DAY);
    app.run_due().await;
}

fn address(name: &str) -> String {
    format!("{name}@example.org")
}

async fn send(app: &TestApp, path: &str, accept: &str, body: &str) -> Answer {
    let headers = format!("accept: {accept}\r\ncontent-type: {FORM}\r\n");
    ask(app, "POST", path, &headers, body).await
}

async fn sign_up(app: &TestApp, name: &str, accept: &str) -> Answer {
    let trap = if name == "honeypot" { "https://spam.example" } else { "" };
    let body = format!("email={name}%40example.org&p=newsletter&p=events&company_website={trap}");
    send(app, "/f/newsletter", accept, &body).await
}

/// Where an answer leads to.
fn path(answer: &Answer) -> String {
    answer.header("location").expect("a redirect").split('?').next().unwrap().to_owned()
}

/// An answer with its own tokens blotted out: two of them can never be the same.
fn without_tokens(answer: &Answer) -> Answer {
    let blot_after = |text: &str, mark: &str| {
        let mut parts = text.split(mark);
        let mut blotted = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let token = part.find(['?', '"', '&']).unwrap_or(part.len());
            blotted.extend([mark, "(", &token.to_string(), ")"]);
            blotted.push_str(part.get(token..).unwrap());
        }
        blotted
    };
    let blot = |text: &str| blot_after(&blot_after(text, "/s/"), "ay1.opened.");
    let headers = answer.headers.iter().map(|(name, value)| (name.clone(), blot(value))).collect();
    Answer { status: answer.status, headers, body: blot(&answer.body) }
}

#[track_caller]
fn assert_alike(what: &str, answers: &[Answer]) {
    let first = without_tokens(answers.first().unwrap());
    for (name, answer) in PEOPLE.iter().zip(answers) {
        assert_eq!(
            without_tokens(answer),
            first,
            "{what}: “{name}” is told something else than “{}”",
            PEOPLE[0]
        );
    }
}

/// The submission that the token in a path names, as anybody can read it.
fn submission(path: &str) -> Vec<u8> {
    let payload = path.split('.').nth(3).unwrap();
    let payload = BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap();
    payload.get(..payload.len() - 4).unwrap().to_vec()
}

both! {
    async fn signing_up_tells_nothing_about_an_address(app: TestApp) {
        live(&app).await;
        for accept in ["text/html", "application/json"] {
            let mut answers = Vec::new();
            for name in PEOPLE {
                answers.push(sign_up(&app, name, accept).await);
            }
            assert_alike(accept, &answers);
            // Twice in a row, when nobody is mailed again.
            let mut answers = Vec::new();
            for name in PEOPLE {
                answers.push(sign_up(&app, name, accept).await);
            }
            assert_alike("again", &answers);
            later(&app).await;
        }
    }

    async fn the_page_after_it_tells_nothing_either(app: TestApp) {
        live(&app).await;
        let mut paths = Vec::new();
        for name in PEOPLE {
            paths.push(path(&sign_up(&app, name, "text/html").await));
        }
        app.run_due().await;
        for step in ["", "code=000000", "code=12", "code=000000", "code=000000", "code=000000", "code=000000",
            "code=000000", ""] {
            let mut answers = Vec::new();
            for own in &paths {
                answers.push(match step {
                    "" => ask(&app, "GET", own, "", "").await,
                    _ => send(&app, own, "text/html", step).await,
                });
            }
            assert_alike(&format!("“{step}”"), &answers);
        }
    }

    async fn asking_for_the_mail_again_tells_nothing(app: TestApp) {
        live(&app).await;
        let mut paths = Vec::new();
        for name in PEOPLE {
            paths.push(path(&sign_up(&app, name, "text/html").await));
        }
        for wait in [0, 11 * MINUTE, 11 * MINUTE, 11 * MINUTE, 2 * DAY] {
            app.clock.advance(wait);
            app.run_due().await;
            let mut answers = Vec::new();
            for own in &paths {
                answers.push(send(&app, own, "text/html", "do=resend").await);
            }
            assert_alike("resend", &answers);
            let next: Vec<String> = answers.iter().map(path).collect();
            let renewed: Vec<bool> =
                paths.iter().zip(&next).map(|(before, after)| submission(before) != submission(after)).collect();
            assert!(renewed.iter().all(|it| *it == renewed[0]), "whose token is a new one: {PEOPLE:?} {renewed:?}");
            paths = next;
            let mut pages = Vec::new();
            for own in &paths {
                pages.push(ask(&app, "GET", &format!("{own}?resent"), "", "").await);
            }
            assert_alike("resent", &pages);
        }
    }

    async fn what_a_person_did_with_the_mail_is_not_told_to_who_signed_them_up(app: TestApp) {
        let mut paths = Vec::new();
        for name in PEOPLE {
            paths.push(path(&sign_up(&app, name, "text/html").await));
        }
        app.run_due().await;
        let open = async |name: &str, rel: &str| app.visitor().open(&app.newest_link(&address(name), rel)).await;
        open("confirmed", "confirm").await.press("Yes, send me these emails").await;
        open("deleted", "confirm").await.press("No, delete my request").await;
        open("reported", "not_me").await.press("Block this address").await;
        let tenant = app.tenant("acme");
        open("erased", "confirm").await.press("Yes, send me these emails").await;
        for name in ["erased", "pending"] {
            erase(app.app(), &tenant, contact(&app, &address(name)).await, By::Api).await.unwrap();
        }
        for (wait, step) in [(0, ""), (0, "code=000000"), (0, "code=000000"), (11 * MINUTE, "do=resend"), (0, "")] {
            app.clock.advance(wait);
            let mut answers = Vec::new();
            for own in &paths {
                answers.push(match step {
                    "" => ask(&app, "GET", own, "", "").await,
                    _ => send(&app, own, "text/html", step).await,
                });
            }
            assert_alike(&format!("“{step}”"), &answers);
            if step == "do=resend" {
                let renewed: Vec<bool> =
                    paths.iter().zip(&answers).map(|(it, to)| submission(it) != submission(&path(to))).collect();
                assert!(renewed.iter().all(|it| *it == renewed[0]), "{PEOPLE:?} {renewed:?}");
            }
        }
    }

    async fn asking_for_a_link_tells_nothing(app: TestApp) {
        live(&app).await;
        for round in ["once", "twice"] {
            let mut answers = Vec::new();
            for name in PEOPLE {
                answers.push(send(&app, "/ask/acme", "text/html", &format!("email={name}%40example.org")).await);
            }
            assert_eq!(answers[0].status, 200);
            assert_alike(round, &answers);
        }
        app.run_due().await;
        let linked = |name: &str| app.mails(&address(name)).iter().any(|it| it.links.iter().any(|(rel, _)| *rel == "preferences"));
        assert!(linked("confirmed") && !linked("unknown") && !linked("suppressed"));
    }
}
