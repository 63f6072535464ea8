//! The two people: one without JavaScript, one with a browser. Pages come from a scripted receiver.

use fantoccini::Locator;

use crate::support::{
    browser::{Browser, Setup},
    page::{Page, Visitor},
    receiver::{Answer, Receiver},
};

const FORM: &str = r#"<!doctype html><html lang="fr"><meta charset="utf-8"><title>Été</title>
<style>body { color: rgb(1, 1, 1) } @media (prefers-color-scheme: dark) { body { color: rgb(9, 9, 9) } }</style>
<h1>Nos  <em>nouvelles</em></h1>
<form method="post" action="/f/news"><input type="hidden" name="token" value="a+b">
<input name="email"><input type="checkbox" name="p" value="news" id="news">
<input type="checkbox" name="p" value="events" checked><input name="off" value="x" disabled>
<select name="locale"><option value="en">English<option value="fr" selected>Français</select>
<input type="radio" name="pause" value="2w"><input type="radio" name="pause" value="1m">
<textarea name="why"></textarea>
<button name="do" value="save">Je  m’inscris</button><button type="button">Rien</button></form>
<form action="/search"><input name="q"><button>Chercher</button></form>
<a href="/notice">Mentions</a><p id="script">sans script</p>
<script>document.getElementById("script").textContent = "avec script"</script></html>"#;

fn html(body: &str) -> Answer {
    Answer::status(200).header("content-type", "text/html; charset=utf-8").body(body)
}

fn base(receiver: &Receiver) -> String {
    receiver.url().trim_end_matches("/hook").to_owned()
}

#[tokio::test]
async fn a_form_is_sent_as_a_browser_sends_it() {
    let moved = Answer::status(303).header("location", "/sent").header("set-cookie", "seen=1; Path=/");
    let receiver = Receiver::start([html(FORM), moved, html("<h1>Merci</h1><p>Regardez vos messages")]).await;
    let visitor = Visitor::new(&base(&receiver)).reading("fr");
    let mut page = visitor.open("/f/news").await;
    page.assert_h1("Nos nouvelles");
    assert_eq!((page.html(), page.ticked("p")), (FORM, vec!["events".to_owned()]));
    page.fill("email", "ada@example.org").tick("p", "news").untick("p", "events").choose("pause", "1m");
    page.choose("locale", "en").fill("why", "é & =");
    let sent = page.press("Je m’inscris").await;
    sent.assert_h1("Merci").assert_says("Regardez vos messages");
    assert_eq!((sent.url().path(), sent.status()), ("/sent", 200));

    let requests = receiver.requests();
    assert_eq!(requests[0].header("accept-language"), Some("fr"));
    assert_eq!((requests[1].method.as_str(), requests[1].target.as_str()), ("POST", "/f/news"));
    let body = "token=a%2Bb&email=ada%40example.org&p=news&locale=en&pause=1m&why=%C3%A9+%26+%3D&do=save";
    assert_eq!(String::from_utf8_lossy(&requests[1].body), body);
    assert_eq!((requests[2].method.as_str(), requests[2].header("cookie")), ("GET", Some("seen=1")));
}

#[tokio::test]
async fn links_and_questions_are_followed_by_get() {
    let forgotten = html(FORM).header("set-cookie", "seen=; Max-Age=0");
    let receiver = Receiver::start([html(FORM).header("set-cookie", "seen=1"), forgotten, html(FORM)]).await;
    let mut page = Visitor::new(&base(&receiver)).open("/").await;
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    page.fill("q", "deux mots");
    let found = page.press("Chercher").await;
    assert_eq!(found.url().query(), Some("q=deux+mots"));
    found.follow("Mentions").await;
    let requests = receiver.requests();
    assert_eq!(requests[1].target, "/search?q=deux+mots");
    assert_eq!((requests[1].header("cookie"), requests[2].header("cookie")), (Some("seen=1"), None));
    assert_eq!(requests[2].target, "/notice");
}

async fn form_page() -> Page {
    let receiver = Receiver::start([html(FORM)]).await;
    Visitor::new(&base(&receiver)).open("/").await
}

#[tokio::test]
#[should_panic(expected = "no such control off")]
async fn what_is_disabled_cannot_be_filled_in() {
    form_page().await.fill("off", "y");
}

#[tokio::test]
#[should_panic(expected = "no such control token")]
async fn what_is_hidden_cannot_be_filled_in() {
    form_page().await.fill("token", "y");
}

#[tokio::test]
#[should_panic(expected = "no button “Rien”")]
async fn a_button_that_needs_a_script_cannot_be_pressed() {
    form_page().await.press("Rien").await;
}

async fn open(setup: Setup, receiver: &Receiver) -> Browser {
    let browser = setup.open().await;
    browser.goto(&base(receiver)).await.unwrap();
    browser.wait_for_heading("Nos nouvelles").await;
    browser
}

async fn text_of(browser: &Browser, id: &str) -> String {
    browser.find(Locator::Id(id)).await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn a_browser_runs_scripts_and_sends_forms() {
    let receiver = Receiver::start([]).await;
    receiver.otherwise(html(FORM));
    let browser = open(Setup::new().language("fr"), &receiver).await;
    assert_eq!(browser.title().await.unwrap(), "Été");
    assert_eq!(text_of(&browser, "script").await, "avec script");
    browser.find(Locator::Id("news")).await.unwrap().click().await.unwrap();
    browser.find(Locator::Css("button[name=do]")).await.unwrap().click().await.unwrap();
    browser.wait().for_url(&format!("{}/f/news", base(&receiver)).parse().unwrap()).await.unwrap();
    let requests = receiver.requests();
    assert!(requests[0].header("accept-language").unwrap().starts_with("fr"));
    let posted = requests.iter().find(|it| it.method == "POST").unwrap();
    let body = "token=a%2Bb&email=&p=news&p=events&locale=fr&why=&do=save";
    assert_eq!(String::from_utf8_lossy(&posted.body), body);
}

#[tokio::test]
async fn a_browser_without_javascript_runs_none() {
    let receiver = Receiver::start([]).await;
    receiver.otherwise(html(FORM));
    let browser = open(Setup::new().without_javascript(), &receiver).await;
    assert_eq!(text_of(&browser, "script").await, "sans script");
}

#[tokio::test]
async fn a_browser_has_the_size_and_colours_the_person_chose() {
    let receiver = Receiver::start([]).await;
    receiver.otherwise(html(FORM));
    for (setup, size, colour) in [
        (Setup::new().size(320, 640), (320, 640), "rgba(1, 1, 1, 1)"),
        (Setup::new().dark(), (1280, 900), "rgba(9, 9, 9, 1)"),
    ] {
        let browser = open(setup, &receiver).await;
        let page = browser.execute("return [innerWidth, innerHeight]", vec![]).await.unwrap();
        assert_eq!(page, serde_json::json!([size.0, size.1]));
        let body = browser.find(Locator::Css("body")).await.unwrap();
        assert_eq!(body.css_value("color").await.unwrap(), colour);
    }
}
