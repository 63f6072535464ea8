//! Tokens of other kinds, of other tenants, cut, stretched, and signed for what they may not name.

use ayeaye::{
    app::keys,
    crypto::Key,
    domain::{
        id::PurposeId,
        link::{self, Link},
        time::DAY,
    },
};

use super::{FORM, Links, assert_same, assert_unharmed, contact, post, sent_mails, token};
use crate::support::{
    app::{TestApp, http},
    database::both,
};

const ADA: &str = "ada@example.org";
/// Pages with a token, and a body that would do something there.
const PAGES: [(&str, &str); 6] = [
    ("/s/", "do=resend"),
    ("/c/", "do=confirm&p=newsletter"),
    ("/p/", "do=save&p=newsletter"),
    ("/u/", "List-Unsubscribe=One-Click"),
    ("/x/", "do=block"),
    ("/g/", "do=confirm"),
];

/// What nobody signed, made from what somebody did.
fn forged(token: &str) -> Vec<String> {
    let (head, mac) = token.rsplit_once('.').unwrap();
    let cut = |n: usize| token.get(..token.len() - n).unwrap();
    let last = token.chars().last().unwrap();
    // The last of 43 signs carries two bits that mean nothing: only one writing of them counts.
    let other = char::from(last as u8 + 1);
    vec![
        cut(1).to_owned(),
        cut(20).to_owned(),
        format!("{}{other}", cut(1)),
        format!("{token}A"),
        format!("{token}="),
        format!("{token}."),
        format!("{token}%00"),
        format!("{token}%0A"),
        format!("%20{token}"),
        format!("{token}{}", "A".repeat(10_000)),
        "A".repeat(10_000),
        ".".repeat(150),
        format!("{head}."),
        format!("{head}.{}", "A".repeat(43)),
        format!(".{mac}"),
        token.to_uppercase(),
        token.replacen("ay1", "ay2", 1),
        token.replacen("k1", "k2", 1),
        token.replacen("k1", "k1%0Ak1", 1),
        token.replace('.', "%E2%80%A4"),
        "ay1....".to_owned(),
        "%FF%FE".to_owned(),
        "%00".to_owned(),
        "..%2F..%2Fp".to_owned(),
        "ay1.prefs.k1.%ED%A0%80.x".to_owned(),
        "undefined".to_owned(),
        "%7Btoken%7D".to_owned(),
    ]
}

/// The answer to a link that cannot be read: the same for all.
async fn assert_unreadable(app: &TestApp, path: &str, body: &str) {
    let url = format!("{}{path}", app.base());
    for request in [http().get(&url), http().post(&url).header("content-type", FORM).body(body.to_owned())] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 404, "{path}");
        let html = answer.text().await.unwrap();
        assert!(html.contains("We could not read this link"), "{path}: {html}");
        assert!(!html.contains("Acme") && !html.contains("Bêta"), "{path} tells whose it was: {html}");
    }
}

both! {
    async fn a_token_nobody_signed_opens_nothing(app: TestApp) {
        let links = Links::of_a_newcomer(&app, ADA).await;
        let (before, mails) = (app.dump().await, sent_mails(&app));
        let Links { sent, confirm, not_me, preferences, unsubscribe, receipt, guardian, number: _ } = &links;
        let all = [sent, confirm, preferences, unsubscribe, not_me, guardian].map(|it| token(it).to_owned());
        for (at, own) in all.iter().enumerate() {
            let (page, body) = PAGES[at];
            for wrong in forged(own) {
                assert_unreadable(&app, &format!("{page}{wrong}"), body).await;
            }
            for other in all.iter().filter(|it| *it != own) {
                assert_unreadable(&app, &format!("{page}{other}"), body).await;
            }
        }
        for wrong in forged(token(receipt)).iter().chain(&all) {
            for file in ["", "/receipt.pdf", "/receipt.jsonld"] {
                let path = format!("{}/receipt/{wrong}{file}", app.base());
                assert_eq!(http().get(&path).send().await.unwrap().status(), 404, "{path}");
            }
        }
        assert_same(&before, &app.dump().await);
        app.run_due().await;
        assert_eq!(sent_mails(&app), mails);
        assert_unharmed(&app).await;
    }

    async fn a_form_token_is_of_its_form_and_of_its_kind(app: TestApp) {
        let links = Links::of_a_newcomer(&app, ADA).await;
        let (keys, now) = (app.app().link_keys(), app.clock.now());
        let events = app.app().catalog().forms.get("events").unwrap().id;
        let mut page = app.visitor().open("/f/newsletter").await;
        let body = |token: &str| format!("email=eve%40example.org&p=newsletter&token={token}");
        let own = page.html().split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let before = app.dump().await;
        let mut wrong = forged(&own);
        wrong.push(Link::Form(events, now, [0; 8]).sign(&keys));
        wrong.push(token(&links.confirm).to_owned());
        wrong.push(own.clone());
        for token in wrong {
            let status = post(&app, "/f/newsletter", body(&token)).await;
            assert!(status == 422 || status == 413, "{token}: {status}");
        }
        app.clock.advance(DAY + 1_000);
        assert_eq!(post(&app, "/f/newsletter", body(&own)).await, 422, "a day old");
        assert_same(&before, &app.dump().await);
        page = app.visitor().open("/f/newsletter").await;
        page.fill("email", "eve@example.org").tick("p", "newsletter");
        app.clock.advance(5_000);
        page.press("Sign up").await.assert_h1("Check your email");
    }

    async fn a_link_of_one_tenant_names_nobody_at_another(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.sign_up("newsletter", ADA, &["events"]).await;
        app.sign_up("lettre", "bea@example.org", &[]).await;
        let (acme, beta, ada) = (app.tenant("acme"), app.tenant("beta"), contact(&app, ADA).await);
        let bea = app.person("beta", "bea@example.org").await.unwrap().0;
        let (keys, later) = (app.app().link_keys(), app.clock.now().plus(DAY));
        let request = match Link::open(
            &keys,
            ayeaye::domain::link::Kind::Confirm,
            token(&app.newest_link(ADA, "confirm")),
        ) {
            Some(Link::Confirm(_, request, _)) => request,
            other => panic!("{other:?}"),
        };
        let lettre: PurposeId = beta.purpose_named("lettre").unwrap().id;
        let newsletter = acme.purpose_named("newsletter").unwrap().id;
        let (before, mails) = (app.dump().await, sent_mails(&app));
        for (page, body, link) in [
            ("/c/", "do=confirm&p=events", Link::Confirm(beta.id, request, later)),
            ("/c/", "do=delete", Link::Confirm(beta.id, request, later)),
            ("/x/", "do=block", Link::NotMe(beta.id, request)),
            ("/p/", "do=stop", Link::Preferences(beta.id, ada)),
            ("/p/", "do=save&p=lettre", Link::Manage(beta.id, ada, later)),
            ("/p/", "do=stop", Link::Preferences(acme.id, bea.id)),
            ("/u/", "", Link::Unsubscribe(beta.id, ada, lettre)),
            ("/u/", "", Link::Unsubscribe(beta.id, ada, newsletter)),
            ("/u/", "", Link::Unsubscribe(acme.id, bea.id, newsletter)),
        ] {
            assert_unreadable(&app, &format!("{page}{}", link.sign(&keys)), body).await;
        }
        // The page of a submission looks the same whatever it led to; it does nothing here.
        let sent = Link::Sent(beta.id, request, later).sign(&keys);
        assert_eq!(post(&app, &format!("/s/{sent}"), "do=resend").await, 303);
        let code = app.newest_mail(ADA).codes[0].clone();
        assert_eq!(post(&app, &format!("/s/{sent}"), format!("code={code}")).await, 422);
        assert_same(&before, &app.dump().await);
        app.run_due().await;
        assert_eq!(sent_mails(&app), mails);
        assert_eq!(app.state("acme", ADA, "events").await, "pending");
    }

    async fn a_minted_link_does_what_its_key_signed_for_and_its_tenant_may(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter", "events"]).await;
        let mut minted = Vec::new();
        for tenant in ["acme", "beta"] {
            let (kid, secret) = keys::new_link_key(app.app(), app.tenant(tenant).id).await.unwrap();
            minted.push((kid.to_string(), Key::new(hex::decode(secret).unwrap().try_into().unwrap())));
        }
        app.run_due().await;
        let [(ours, our_key), (theirs, their_key)] = minted.as_slice() else { panic!() };
        let (ada, bea) = (link::address_ref(our_key, ADA), link::address_ref(their_key, ADA));
        let before = app.dump().await;
        let for_news = link::mint(our_key, ours, &ada, "newsletter");
        for path in [
            format!("/u/{for_news}"),
            format!("/u/{for_news}?p="),
            format!("/u/{for_news}?p=events"),
            format!("/u/{for_news}?p=events&p=newsletter"),
            format!("/u/{for_news}?p=newsletter%00"),
            format!("/p/{for_news}"),
            format!("/u/{}?p=lettre", link::mint(our_key, ours, &ada, "lettre")),
            format!("/u/{}?p=%00", link::mint(our_key, ours, &ada, "\0")),
            format!("/u/{}", link::mint(their_key, theirs, &bea, "")),
            format!("/p/{}", link::mint(their_key, theirs, &ada, "")),
            format!("/p/{}", link::mint(their_key, ours, &ada, "")),
            format!("/p/{}", link::mint(our_key, theirs, &ada, "")),
            format!("/p/{}", link::mint(our_key, ours, "x", "")),
            format!("/p/{}", link::mint(our_key, ours, "xnobody", "")),
            format!("/p/{}", link::mint(our_key, ours, "x\0", "").replace('\0', "%00")),
            format!("/p/{}", link::mint(our_key, ours, "e\0", "").replace('\0', "%00")),
            format!("/p/{}", link::mint(our_key, "%00", &ada, "")),
            format!("/s/{}", link::mint(our_key, ours, &ada, "")),
            format!("/c/{}", link::mint(our_key, ours, &ada, "")),
        ] {
            assert_unreadable(&app, &path, "do=stop").await;
        }
        assert_same(&before, &app.dump().await);
        assert_eq!(post(&app, &format!("/u/{for_news}?p=newsletter"), "").await, 200);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "withdrawn");
        assert_eq!(app.state("acme", ADA, "events").await, "confirmed");
    }
}
