//! What must not happen: a look that changes something, an answer that tells who is known.

use actix_web::http::{Method, StatusCode};

use crate::{
    domain::Locale,
    web::public::testing::{Answer, House},
};

/// Every path a person can be given.
async fn paths(house: &House) -> Vec<String> {
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let answer = house.fill_in("news", "eve@example.org", &["newsletter", "events"]).await;
    let sent = answer.header("location").unwrap().to_owned();
    let request = house.newest_request().await;
    let confirmed = house.sign_up("bob@example.org", &["events"]).await;
    let confirmed_path = house.confirm_path(confirmed).await;
    house.post(&confirmed_path, &[("do", "confirm")]).await;
    let mut paths: Vec<String> = [
        "/",
        "/f/news",
        "/f/single",
        "/f/closed",
        "/p",
        "/ask/acme",
        "/n/acme",
        "/n/acme?v=1",
        "/how",
        "/docs",
    ]
    .map(str::to_owned)
    .into();
    paths.extend(["/docs/links", "/docs/webhooks", "/healthz"].map(str::to_owned));
    paths.extend([sent, house.confirm_path(request).await, confirmed_path, house.not_me(request)]);
    paths.extend([house.preferences(ada), house.manage(ada), house.unsubscribe(ada, "newsletter")]);
    paths
}

#[tokio::test]
async fn no_look_changes_anything() {
    let house = House::new().await;
    let paths = paths(&house).await;
    let before = house.dump().await;
    assert!(before.contains("ada@example.org"), "the dump sees rows");
    for path in &paths {
        let got = house.get(path).await;
        assert!(got.status == StatusCode::OK || path == "/f/closed", "{path}: {}", got.status);
        let act = if path.contains('?') { '&' } else { '?' };
        for method in [Method::HEAD, Method::OPTIONS, Method::TRACE, Method::GET] {
            house.ask(method.clone(), path).await;
            house.ask(method, &format!("{path}{act}do=confirm&do=stop&do=unsubscribe&p=newsletter")).await;
        }
        let head = house.ask(Method::HEAD, path).await;
        assert_eq!(head.status, got.status, "{path}");
    }
    assert_eq!(house.dump().await, before);
}

#[tokio::test]
async fn every_page_carries_the_headers_of_a_page_with_a_token_and_no_cookie() {
    let house = House::new().await;
    for path in paths(&house).await.iter().filter(|it| *it != "/healthz") {
        let answer = house.get(path).await;
        let policy = answer.header("content-security-policy").unwrap_or_default();
        assert!(policy.starts_with("default-src 'none';"), "{path}");
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(answer.header("set-cookie"), None, "{path}");
    }
}

#[tokio::test]
async fn pages_come_in_both_languages() {
    let house = House::new().await;
    for path in paths(&house).await.iter().filter(|it| *it != "/healthz") {
        let act = if path.contains('?') { '&' } else { '?' };
        let plain = path.replace("?lang=en", "");
        let act = if plain == *path { act } else { '?' };
        let [en, fr] = ["en", "fr"].map(|it| format!("{plain}{act}lang={it}"));
        let (en, fr) = (house.get(&en).await, house.get(&fr).await);
        assert_eq!(
            (en.attrs("html", "lang"), fr.attrs("html", "lang")),
            (vec!["en".into()], vec!["fr".into()])
        );
        // The heading of the contents is the same word in both.
        assert!(en.h1() != fr.h1() || path == "/docs", "{path}");
    }
}

#[tokio::test]
async fn every_page_offers_every_language_and_marks_what_stays_in_another() {
    let house = House::new().await;
    for path in paths(&house).await.iter().filter(|it| *it != "/healthz" && !it.starts_with("/docs")) {
        let plain = path.replace("?lang=en", "");
        let act = if plain.contains('?') { '&' } else { '?' };
        for locale in Locale::ALL {
            let page = house.get(&format!("{plain}{act}lang={locale}")).await;
            assert_eq!(page.attrs("html", "lang"), [locale.tag()], "{path}");
            let others: Vec<&str> =
                Locale::ALL.into_iter().filter(|it| *it != locale).map(Locale::tag).collect();
            assert_eq!(page.attrs("nav a", "hreflang"), others, "{path} in {locale}");
            assert_eq!(page.texts("nav summary"), [locale.endonym()], "{path}");
        }
    }
    // What the organisation wrote in English and French only says so on a page of another language.
    let german = house.get("/f/news?lang=de").await;
    assert!(german.texts("label[lang=en]").contains(&"Newsletter".to_owned()), "{}", german.body);
    assert!(german.texts(".choice p > span[lang=en]").contains(&"Our monthly news.".to_owned()));
    for known in ["en", "fr"] {
        let page = house.get(&format!("/f/news?lang={known}")).await;
        assert_eq!(page.texts(&format!("main [lang={known}]")), Vec::<String>::new());
    }
    let notice = house.get("/n/acme?lang=pl").await;
    assert!(notice.texts("main li strong[lang=en]").contains(&"Newsletter".to_owned()), "{}", notice.body);
}

#[tokio::test]
async fn the_pages_for_operators_are_in_english_for_readers_of_other_languages() {
    let house = House::new().await;
    for (asked, shown) in [("de", "en"), ("pl", "en"), ("fr", "fr"), ("en", "en")] {
        let page = house.get(&format!("/docs/links?lang={asked}")).await;
        assert_eq!(page.attrs("html", "lang"), [shown], "{asked}");
        assert_eq!(page.header("content-language"), Some(shown), "{asked}");
        assert_eq!(page.attrs("nav li > [lang]", "lang"), ["en", "fr"], "{asked}");
    }
}

#[tokio::test]
async fn wrong_foreign_and_erased_links_get_one_answer() {
    let house = House::new().await;
    let ada = house.subscriber("ada@example.org", &["newsletter"]).await;
    let request = house.sign_up("eve@example.org", &["newsletter"]).await;
    let eve = house.contact("eve@example.org").await;
    let of_the_erased = [
        house.preferences(ada),
        house.manage(ada),
        house.unsubscribe(ada, "newsletter"),
        house.preferences(eve),
    ];
    let gone = [house.confirm_path(request).await, house.not_me(request)];
    house.run("UPDATE contact SET erased_at = 1, email = NULL, lookup_key = NULL").await;
    house.run("DELETE FROM request").await;
    let same = |it: &Answer| {
        let headers: Vec<_> = it.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect();
        (it.status, headers, it.body.clone())
    };
    let wrong = same(&house.get("/p/ay1.prefs.k1.AAAA.AAAA").await);
    assert_eq!(wrong.0, StatusCode::NOT_FOUND);
    for path in of_the_erased.iter().chain(&gone) {
        assert_eq!(same(&house.get(path).await), wrong, "{path}");
        let act = if path.starts_with("/x/") { "block" } else { "stop" };
        assert_eq!(same(&house.post(path, &[("do", act)]).await), wrong, "{path}");
    }
    for path in ["/c/", "/p/", "/u/", "/x/", "/s/"] {
        for token in ["x", "%00", "%ff", "ay1.....", "ay1.confirm.k1.AAAA.AAAA", "lk.e.m", &"a".repeat(4_000)]
        {
            let uri = format!("{path}{token}");
            assert_eq!(same(&house.get(&uri).await), wrong, "{uri}");
            assert_eq!(same(&house.post(&uri, &[("do", "confirm")]).await), wrong, "{uri}");
        }
    }
    assert_eq!(house.kinds("mail").await.len(), 2);
}

#[tokio::test]
async fn no_answer_tells_whether_an_address_is_known() {
    let house = House::new().await;
    house.subscriber("confirmed@example.org", &["newsletter"]).await;
    let left = house.subscriber("left@example.org", &["newsletter"]).await;
    house.post(&house.preferences(left), &[("do", "stop")]).await;
    house.sign_up("pending@example.org", &["newsletter"]).await;
    house.subscriber("bounced@example.org", &["newsletter"]).await;
    house.run("UPDATE contact SET suppressed_at = 1 WHERE email = 'bounced@example.org'").await;
    let report = house.sign_up("reported@example.org", &["newsletter"]).await;
    house.post(&house.not_me(report), &[("do", "block")]).await;
    house.clock.advance(60 * 60 * 1_000);

    let mut answers = Vec::new();
    for who in ["new", "confirmed", "left", "pending", "bounced", "reported"] {
        let email = format!("{who}@example.org");
        let first = house.fill_in("news", &email, &["newsletter"]).await;
        let next = first.header("location").unwrap().to_owned();
        let page = house.get(&next).await;
        let wrong = house.post(&next, &[("code", "12")]).await;
        let resent = house.post(&next, &[("do", "resend")]).await;
        let resent_to = resent.header("location").unwrap().to_owned();
        let again = house.get(&resent_to).await;
        let shape = |location: &str| (location.len(), location.split('.').next().map(str::to_owned));
        let token = |path: &str| path.split('?').next().unwrap().to_owned();
        let plain = |body: &str, path: &str| {
            let (head, tail) = body.split_once("value=\"ay1.opened.").unwrap();
            let (field, tail) = tail.split_once('"').unwrap();
            format!("{head}{}{tail}", field.len()).replace(&token(path), "TOKEN")
        };
        answers.push((
            (first.status, first.body.clone(), shape(&next)),
            plain(&page.body, &next),
            (wrong.status, plain(&wrong.body, &next)),
            (resent.status, shape(&resent_to)),
            plain(&again.body, &resent_to),
        ));
        // Each within the same minute, as dates on the pages are.
        house.clock.advance(-3_000);
    }
    for answer in &answers {
        assert_eq!(answer, &answers[0]);
    }
}

#[tokio::test]
async fn an_old_notice_says_what_it_said() {
    let house = House::new().await;
    let notice = house.get("/n/acme?lang=en").await;
    assert_eq!((notice.status, notice.h1().as_str()), (StatusCode::OK, "Privacy notice: Acme"));
    assert!(notice.body.contains("Acme SAS, 1 rue de la Paix") && notice.body.contains("crm.example"));
    assert!(notice.body.contains("Version 1"));
    house
        .run(
            "INSERT INTO notice (tenant_id, version, facts, sha256, created_at)
             SELECT tenant_id, 2, replace(facts, 'rue de la Paix', 'rue Neuve'), 'x', created_at
             FROM notice WHERE facts LIKE '%Paix%'",
        )
        .await;
    house.app.reload().await.unwrap();
    assert!(house.get("/n/acme").await.body.contains("rue Neuve"));
    assert!(!house.get("/n/acme?v=1").await.texts("main").concat().contains("rue Neuve"));
    for wrong in ["/n/acme?v=3", "/n/acme?v=x", "/n/acme?v=-1", "/n/acme?v=99999999999999999999", "/n/nobody"]
    {
        assert_eq!(house.get(wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn developer_pages_exist_for_developers_only() {
    let house = House::new().await;
    let all = ["/dev", "/dev/shop", "/dev/receiver", "/dev/inbox", "/dev/inbox/api/messages", "/dev/inbox/1"];
    for path in all {
        assert_eq!(house.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(house.post("/dev/receiver", &[]).await.status, StatusCode::NOT_FOUND);
    let house = House::with_inbox().await;
    assert_eq!(house.get("/dev/inbox").await.status, StatusCode::OK);
    assert_eq!(house.get("/dev/inbox/api/messages").await.body, "[]");
    assert_eq!(house.get("/dev/inbox/1").await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/dev").await.status, StatusCode::NOT_FOUND);
}
