//! No GET or HEAD changes the database, whatever the headers: mail scanners open every link, run ahead of the
//! reader, and come back the next day. What API keys may read is tried in `api/reading.rs`, where the one exception is.

use std::collections::BTreeSet;

use ayeaye::{
    app::{keys, links},
    crypto::Key,
    domain::{link, time::MINUTE},
};
use reqwest::{Client, Method, Url};
use scraper::{Html, Selector};

use crate::{
    hostile::{assert_same, contact},
    support::{
        app::{TestApp, http},
        database::both,
    },
};

/// What opens links before people do.
const SCANNERS: [&str; 10] = [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0 Safari/537.36",
    "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
    "Microsoft Office Existence Discovery",
    "Barracuda Sentinel (EE)",
    "Mozilla/5.0 (compatible; Proofpoint URL Defense)",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "WhatsApp/2.23.20.0 A",
    "",
];

/// Headers that say "I only look ahead", or ask for another method in disguise.
const DISGUISES: [&[(&str, &str)]; 10] = [
    &[],
    &[("sec-purpose", "prefetch;prerender")],
    &[("purpose", "prefetch"), ("x-moz", "prefetch")],
    &[("sec-fetch-dest", "image"), ("accept", "image/avif,image/webp,*/*")],
    &[("sec-fetch-mode", "navigate"), ("sec-fetch-user", "?1"), ("sec-fetch-dest", "document")],
    &[("cookie", "session=1; do=confirm; __Host-aye=1"), ("authorization", "Bearer aye_0")],
    &[("x-http-method-override", "POST"), ("x-method-override", "DELETE")],
    &[("list-unsubscribe", "One-Click"), ("list-unsubscribe-post", "List-Unsubscribe=One-Click")],
    &[("accept", "application/json"), ("origin", "https://evil.example")],
    &[("content-type", "application/x-www-form-urlencoded"), ("if-none-match", "*"), ("range", "bytes=0-0")],
];

/// What is put behind every link: the buttons of our pages, as a query.
const BUTTONS: [&str; 10] = [
    "do=confirm&p=newsletter",
    "do=delete",
    "do=save&p=events",
    "do=stop",
    "do=pause&pause=2w",
    "do=code",
    "do=block",
    "do=unsubscribe&_method=POST",
    "do=resend&email=eve%40example.org&p=newsletter",
    "List-Unsubscribe=One-Click",
];

/// Everything stored. Leases are not: whether the service is ready is found out by taking one.
async fn everything(app: &TestApp) -> String {
    app.dump_but(&["lease"]).await
}

/// People in every state; links that only the mailing tool makes.
async fn live(app: &TestApp) -> Vec<String> {
    app.sign_up("newsletter", "pending@example.org", &["newsletter", "events"]).await;
    app.sign_up("newsletter", "deleted@example.org", &["newsletter"]).await;
    app.sign_up("newsletter", "reported@example.org", &["newsletter"]).await;
    let open = async |link: String| app.visitor().open(&link).await;
    open(app.newest_link("deleted@example.org", "confirm")).await.press("No, delete my request").await;
    let not_me = open(app.newest_link("reported@example.org", "not_me")).await;
    not_me.press("Block this address").await;
    let mut made =
        vec!["/f/lettre".to_owned(), "/f/newsletter".to_owned(), "/p".to_owned(), "/docs".to_owned()];
    for name in ["confirmed", "left", "paused", "linked", "coded", "again"] {
        let email = format!("{name}@example.org");
        app.subscribe("newsletter", &email, &["newsletter", "events"]).await;
        made.extend(links_to(app, &email).await);
    }
    let preferences = async |name: &str| {
        let contact = contact(app, &format!("{name}@example.org")).await;
        open(links::preferences_url(app.app(), app.tenant("acme").id, contact)).await
    };
    preferences("left").await.press("Unsubscribe from everything").await;
    preferences("paused").await.press("2 weeks").await;
    preferences("coded").await.press("Send me a code").await;
    app.sign_up("newsletter", "again@example.org", &["newsletter"]).await;
    let mut ask = app.visitor().open("/ask/acme").await;
    ask.fill("email", "linked@example.org");
    ask.press("Send me my link").await;
    app.run_due().await;
    made
}

/// The links of a person that stand in no mail of ours: by the API, and minted with the tenant's own key.
async fn links_to(app: &TestApp, email: &str) -> Vec<String> {
    let (tenant, contact) = (app.tenant("acme"), contact(app, email).await);
    let newsletter = tenant.purpose_named("newsletter").unwrap().id;
    let (kid, secret) = keys::new_link_key(app.app(), tenant.id).await.unwrap();
    app.run_due().await;
    let key = Key::new(hex::decode(secret).unwrap().try_into().unwrap());
    let (kid, reference) = (kid.to_string(), link::address_ref(&key, email));
    vec![
        links::preferences_url(app.app(), tenant.id, contact),
        links::manage_url(app.app(), tenant.id, contact, app.clock.now()),
        links::unsubscribe_url(app.app(), tenant.id, contact, newsletter),
        format!("/p/{}", link::mint(&key, &kid, &reference, "")),
        format!("/u/{}", link::mint(&key, &kid, &reference, "")),
        format!("/u/{}?p=newsletter", link::mint(&key, &kid, &reference, "newsletter")),
    ]
}

/// Every link of every mail: those the renderer names, and those a reader finds in the HTML and in the text.
fn links_of_mails(app: &TestApp) -> Vec<String> {
    let mails = app.running().inbox.as_ref().unwrap().list();
    let mut found = Vec::new();
    for mail in &mails {
        found.extend(mail.links.iter().map(|(_, url)| url.clone()));
        found.extend(targets(&mail.html));
        found.extend(mail.text.split_whitespace().filter(|it| it.starts_with("http")).map(str::to_owned));
    }
    assert!(
        mails.len() >= 12 && found.len() > 3 * mails.len(),
        "{} mails, {} links",
        mails.len(),
        found.len()
    );
    found
}

/// Everything a page points to, what its forms post to included.
fn targets(html: &str) -> Vec<String> {
    let document = Html::parse_document(html);
    let all = Selector::parse("[href], [src], [action]").unwrap();
    let of =
        |it: scraper::ElementRef<'_>| ["href", "src", "action"].map(|name| it.attr(name).map(str::to_owned));
    document.select(&all).flat_map(of).flatten().collect()
}

/// Opens `first` and whatever is linked from there, on this service, until nothing new comes up; every address.
async fn crawl(app: &TestApp, first: Vec<String>) -> BTreeSet<Url> {
    let base: Url = app.base().parse().unwrap();
    let mut waiting: Vec<Url> = first.iter().map(|it| base.join(it).unwrap()).collect();
    let (client, mut seen) = (http(), BTreeSet::new());
    while let Some(mut url) = waiting.pop() {
        url.set_fragment(None);
        // The other languages show the same pages in other words.
        let elsewhere =
            url.query_pairs().any(|(name, value)| name == "lang" && value != "en" && value != "fr");
        if elsewhere || url.origin() != base.origin() || !seen.insert(url.clone()) {
            continue;
        }
        let answer = client.get(url.clone()).send().await.unwrap();
        assert!(answer.status().as_u16() < 500, "{url}");
        assert!(seen.len() < 2_000, "there is no end to the links: {url}");
        waiting.extend(answer.headers().get("location").map(|it| url.join(it.to_str().unwrap()).unwrap()));
        let html = answer.text().await.unwrap();
        waiting.extend(targets(&html).iter().filter_map(|it| url.join(it).ok()));
    }
    seen
}

async fn look(client: &Client, url: &Url, method: Method, agent: &str, headers: &[(&str, &str)]) {
    let mut request = client.request(method.clone(), url.clone()).header("user-agent", agent);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let status = request.send().await.unwrap().status().as_u16();
    let is_safe = method == Method::GET || method == Method::HEAD;
    assert!(status < 500 && (is_safe || status == 405 || status == 404), "{method} {url}: {status}");
}

both! {
    async fn nothing_that_looks_changes_anything(app: TestApp) {
        let mut first = live(&app).await;
        first.extend(links_of_mails(&app));
        let before = everything(&app).await;
        let (client, urls) = (http(), crawl(&app, first).await);
        assert!(urls.len() > 100, "only {} addresses", urls.len());
        for (at, url) in urls.iter().enumerate() {
            // Five ways of looking each, in turn; what is the same for everybody has nothing to change: one.
            let is_same_for_all = ["/docs", "/static", "/log"].iter().any(|it| url.path().starts_with(it));
            let rounds = (at % 2..10).step_by(2).take(if is_same_for_all { 1 } else { 5 });
            for round in rounds {
                let (agent, headers) = (SCANNERS[round], DISGUISES[(round + at) % 10]);
                look(&client, url, Method::GET, agent, headers).await;
                look(&client, url, Method::HEAD, agent, headers).await;
            }
            look(&client, url, Method::OPTIONS, SCANNERS[at % 10], DISGUISES[at % 10]).await;
            look(&client, url, Method::TRACE, SCANNERS[at % 10], DISGUISES[at % 10]).await;
        }
        for url in urls.iter().filter(|it| it.path().len() > 40) {
            for buttons in BUTTONS {
                let mut pressed = url.clone();
                let query = url.query().map_or_else(|| buttons.to_owned(), |it| format!("{it}&{buttons}"));
                pressed.set_query(Some(&query));
                look(&client, &pressed, Method::GET, SCANNERS[0], &[]).await;
                let forced = client.get(url.clone()).header("content-type", "application/x-www-form-urlencoded");
                assert!(forced.body(buttons).send().await.unwrap().status().as_u16() < 500);
            }
        }
        let mails = app.running().inbox.as_ref().unwrap().list().len();
        assert_same(&before, &everything(&app).await);
        app.run_due().await;
        assert_eq!(app.running().inbox.as_ref().unwrap().list().len(), mails, "a look sent a mail");
    }

    async fn a_scanner_that_follows_every_link_leaves_the_person_what_they_came_for(app: TestApp) {
        const ADA: &str = "ada@example.org";
        app.sign_up("newsletter", ADA, &["newsletter", "events"]).await;
        let confirm = app.newest_link(ADA, "confirm");
        for _ in 0..3 {
            let links = app.newest_mail(ADA).links.iter().map(|(_, url)| url.clone()).collect();
            let seen = crawl(&app, links).await;
            assert!(seen.iter().any(|it| confirm.ends_with(it.path())), "{seen:?}");
            app.clock.advance(20 * MINUTE);
            app.run_due().await;
        }
        assert_eq!(app.mails(ADA).len(), 1);
        assert_eq!(app.state("acme", ADA, "newsletter").await, "pending");
        assert_eq!(app.event_kinds("acme").await, ["signup.requested", "signup.mail_sent"]);
        app.visitor().open(&confirm).await.press("Yes, send me these emails").await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let preferences = links::preferences_url(app.app(), contact.tenant, contact.id);
        crawl(&app, vec![preferences.clone()]).await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "confirmed");
        app.visitor().open(&preferences).await.press("Unsubscribe from everything").await;
        assert_eq!(app.state("acme", ADA, "newsletter").await, "withdrawn");
    }
}
