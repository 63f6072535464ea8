//! A form on somebody else's page: the pieces of HTML that the element shows, and what evidence keeps.

use actix_web::{http::StatusCode, test::TestRequest};
use scraper::{Html, Selector};
use serde_json::Value;

use crate::{
    app::form_pages,
    domain::{
        Locale,
        time::{DAY, HOUR, SECOND},
    },
    store::args,
    web::{
        embed::digest,
        public::{
            shown,
            testing::{Answer, House},
        },
    },
};

const SHOP: &str = "https://shop.example";

impl House {
    async fn fragment(&self, path: &str) -> Answer {
        self.send(TestRequest::get().uri(path).insert_header(("Origin", SHOP))).await
    }

    async fn send_fragment(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = TestRequest::post().uri(path).insert_header(("Origin", SHOP));
        self.send(request.set_form(fields)).await
    }

    /// Sends a form as the element does: its hidden fields, an address and what is given.
    async fn embed(&self, form: &Answer, more: &[(&str, &str)]) -> Answer {
        self.clock.advance(3 * SECOND);
        let hidden = form.hidden("form");
        let mut fields: Vec<(&str, &str)> =
            hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.push(("email", "ada@example.org"));
        fields.extend(more);
        self.send_fragment(&form.attrs("form", "action")[0], &fields).await
    }

    /// The newest record of the evidence.
    pub(super) async fn record(&self) -> Value {
        let mut tx = self.app.store.peek().await.unwrap();
        let sql = "SELECT record FROM evidence ORDER BY id DESC LIMIT 1";
        let row = tx.first(sql, args![]).await.unwrap().expect("a record");
        serde_json::from_str(&row.text(0).unwrap()).unwrap()
    }
}

/// What the element would post as `shown`.
pub(super) fn displayed(answer: &Answer) -> String {
    let html = Html::parse_document(&answer.body);
    let marked = Selector::parse("form [data-evidence]").unwrap();
    let texts: Vec<String> = html.select(&marked).map(|it| it.text().collect()).collect();
    assert!(texts.len() > 4, "{texts:?}");
    digest::of(texts.iter().map(String::as_str))
}

#[tokio::test]
async fn the_element_gets_the_form_without_a_page_and_may_read_it() {
    let house = House::new().await;
    let answer = house.fragment("/f/news?embed=1&lang=fr").await;
    assert_eq!(answer.status, StatusCode::OK);
    for (name, value) in [
        ("aye-state", "ready"),
        ("aye-purposes", "newsletter,events"),
        ("access-control-allow-origin", SHOP),
        ("access-control-expose-headers", "aye-state, aye-next, aye-purposes"),
        ("vary", "Origin, Accept-Language, Sec-Fetch-Mode"),
        ("cache-control", "public, max-age=60, stale-while-revalidate=600"),
        ("content-language", "fr"),
        ("cross-origin-resource-policy", "cross-origin"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert_eq!(answer.header("access-control-allow-credentials"), None);
    assert!(!answer.body.contains("<html") && answer.body.contains("M’inscrire"), "{}", answer.body);
    assert!(answer.attrs("[checked]", "name").is_empty());
    assert_eq!(answer.attrs("form", "action"), ["/f/news?embed=1&lang=fr"]);
    assert_eq!(answer.attrs("[data-form]", "data-form"), ["news"]);
}

#[tokio::test]
async fn a_kept_form_is_asked_for_again_before_its_token_is_too_old() {
    let house = House::new().await;
    let first = house.fragment("/f/news?embed=1").await;
    let tag = first.header("etag").unwrap().to_owned();
    let again = async || {
        let request = TestRequest::get().uri("/f/news?embed=1").insert_header(("Origin", SHOP));
        house.send(request.insert_header(("If-None-Match", tag.as_str()))).await
    };
    let unchanged = again().await;
    assert_eq!((unchanged.status, unchanged.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!(unchanged.header("aye-state"), Some("ready"));
    house.clock.advance(7 * HOUR);
    assert_eq!(again().await.status, StatusCode::OK, "a quarter of the life of a token is over");
    house.clock.advance(DAY);
    let other = house.fragment("/f/news?embed=1&lang=fr").await;
    assert_ne!(other.header("etag"), first.header("etag"));
}

#[tokio::test]
async fn what_is_wrong_is_said_in_place_and_what_was_entered_is_kept() {
    let house = House::new().await;
    let form = house.fragment("/f/news?embed=1&lang=en&theme=dark").await;
    let answer = house.embed(&form, &[("p", "events"), ("email", "x")]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.header("aye-state"), Some("invalid"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("access-control-allow-origin"), Some(SHOP));
    assert_eq!(answer.attrs("[data-wrong]", "data-wrong"), ["email"]);
    assert_eq!(answer.attrs("[name=email]", "value"), ["ada@example.org"]);
    assert_eq!(answer.attrs("[name=p][checked]", "value"), ["events"]);
    assert_eq!(answer.attrs("form", "action"), form.attrs("form", "action"));
    assert_eq!(answer.attrs("[data-form]", "class"), ["aye dark"]);
    assert_eq!(house.kinds("mail").await, Vec::<String>::new());
}

#[tokio::test]
async fn a_person_signs_up_and_types_the_code_in_place() {
    let house = House::new().await;
    let form = house.fragment("/f/news?embed=1&lang=en").await;
    let answer = house.embed(&form, &[("p", "events")]).await;
    assert_eq!((answer.status, answer.header("aye-state")), (StatusCode::OK, Some("pending")));
    assert_eq!(answer.header("aye-purposes"), Some("events"));
    assert_eq!(answer.texts("h2").first().map(String::as_str), Some("Check your email"));
    assert!(!answer.body.contains("ada"), "it names nobody");
    let action = answer.attrs("form", "action")[0].clone();
    assert!(action.starts_with("/s/ay1.sent.") && action.contains("embed=1"), "{action}");

    let wrong = house.send_fragment(&action, &[("code", "12")]).await;
    assert_eq!((wrong.status.as_u16(), wrong.header("aye-state")), (422, Some("invalid")));
    assert_eq!(wrong.attrs("[data-wrong]", "data-wrong"), ["code"]);

    let request = house.newest_request().await;
    let code = house.app.keys.request_code(request);
    let right = house.send_fragment(&action, &[("code", &code)]).await;
    assert_eq!(
        (right.status.as_u16(), right.header("aye-state")),
        (200, Some("confirmed")),
        "{}",
        right.body
    );
    assert_eq!(right.header("aye-purposes"), Some("events"));
    assert!(!right.body.contains("/p/ay1"), "the page around it must not get at the person's choices");
    let ada = house.contact("ada@example.org").await;
    assert_eq!(house.states(ada).await, [("events".to_owned(), "confirmed")]);
    let again = house.send_fragment(&action, &[("do", "resend")]).await;
    assert_eq!(again.header("aye-state"), Some("pending"));
    house.clock.advance(30 * DAY);
    let over = house.send_fragment(&action, &[("code", &code)]).await;
    assert_eq!((over.status.as_u16(), over.header("aye-state")), (410, Some("error")));
}

#[tokio::test]
async fn evidence_says_whether_the_text_on_the_screen_was_ours() {
    let house = House::new().await;
    for (form, lang, purpose) in
        [("news", "en", "events"), ("news", "fr", "newsletter"), ("single", "fr", "newsletter")]
    {
        let form = house.fragment(&format!("/f/{form}?embed=1&lang={lang}")).await;
        for (found, word) in
            [(displayed(&form), "attested"), (digest::of(["Tout"]), "altered"), (String::new(), "unattested")]
        {
            house.clock.advance(31 * DAY);
            let form = house.fragment(&form.attrs("form", "action")[0]).await;
            let more = [
                ("p", purpose),
                ("shown", found.as_str()),
                ("page", "https://shop.example/contact?mail=ada@example.org#x"),
                ("ref", "footer"),
            ];
            let answer = house.embed(&form, &more).await;
            assert_eq!(answer.header("aye-state"), Some("pending"), "{lang}: {}", answer.body);
            let record = house.record().await;
            assert_eq!(record["displayed"], word, "{record}");
            assert_eq!((&record["way"], &record["ref"]), (&"element".into(), &"footer".into()));
            assert_eq!(record["page"], "https://shop.example/contact", "no query, no address");
            assert!(record["v"].as_str().unwrap().starts_with("1."), "{record}");
        }
    }
}

#[tokio::test]
async fn the_element_may_offer_a_part_and_never_more() {
    let house = House::new().await;
    let form = house.fragment("/f/news?embed=1&lang=en&purposes=events,paper,zeta-only,%00,%22%3E").await;
    assert_eq!(form.header("aye-purposes"), Some("events"));
    assert_eq!(form.attrs("form", "action"), ["/f/news?embed=1&purposes=events&lang=en"]);
    let answer = house.embed(&form, &[("shown", &displayed(&form))]).await;
    assert_eq!(answer.header("aye-state"), Some("pending"), "{}", answer.body);
    assert_eq!(house.record().await["displayed"], "attested");
    let ada = house.contact("ada@example.org").await;
    assert_eq!(house.states(ada).await, [("events".to_owned(), "pending")]);
    let other = house.embed(&form, &[("p", "newsletter")]).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "it was not on the screen");
    let all = house.fragment("/f/news?embed=1&purposes=nothing").await;
    assert_eq!(all.header("aye-purposes"), Some("newsletter,events"));
}

#[tokio::test]
async fn a_copied_form_keeps_counting_until_its_words_change() {
    let house = House::new().await;
    let (form, tenant) = (house.app.catalog().forms["news"].clone(), house.tenant("acme"));
    let offered = shown::offered(&tenant, &form);
    let version = |offered: &[_], locale| shown::version(&form, shown::words(&tenant, offered, locale));
    let send = async |v: &str| {
        house.clock.advance(DAY / 2);
        let fields = [("email", "ada@example.org"), ("p", "newsletter"), ("v", v)];
        house.send_fragment("/f/news", &fields).await
    };
    let french = version(&offered, Locale::Fr);
    assert_eq!(send(&french).await.status, StatusCode::SEE_OTHER);
    let record = house.record().await;
    assert_eq!((&record["way"], &record["v"]), (&"plain".into(), &french.clone().into()));
    assert_eq!((&record["displayed"], &record["locale"]), (&"unattested".into(), &"fr".into()));
    assert_eq!(record["page"], "https://shop.example/");
    // No form was ever published under these numbers.
    let forged = ["0", "2", "01", "99"].map(|it| format!("{it}.{}", french.split_once('.').unwrap().1));
    let part = version(&offered[..1], Locale::En);
    assert_eq!(send(&part).await.status, StatusCode::SEE_OTHER, "made before a purpose was added");
    let mails = house.kinds("mail").await.len();
    let (odd, long) = (format!("1{french}x"), "1".repeat(9_000));
    let wrong = ["1.", ".", "x", "1.AAAAAAAAAAA=", &odd, "\0", &long, "1.AAAAAAAAAAA"];
    for v in forged.iter().map(String::as_str).chain(wrong) {
        let answer = send(v).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{v}");
        assert!(answer.texts(".banner p").concat().contains("text of this form changed"), "{v}");
        assert!(answer.attrs("[name=p][checked]", "value").is_empty());
    }
    assert_eq!(house.kinds("mail").await.len(), mails);
    // The owner learns which page is to be pasted anew.
    let pages = form_pages::of_form(&house.app, &form).await.unwrap();
    let seen: Vec<_> = pages.iter().map(|it| (it.page.as_str(), it.version.as_str())).collect();
    assert_eq!(seen, [("https://shop.example/", "1.AAAAAAAAAAA")]);
}

#[tokio::test]
async fn a_form_leads_on_to_exactly_the_pages_it_allows() {
    let house = House::new().await;
    let form = house.fragment("/f/news?embed=1&lang=en").await;
    let next = "https://shop.example/thanks";
    let answer = house.embed(&form, &[("p", "events"), ("next", next)]).await;
    assert_eq!((answer.header("aye-state"), answer.header("aye-next")), (Some("pending"), Some(next)));
    let plain = [("email", "eve@example.org"), ("p", "events"), ("next", next)];
    let answer = house.send_fragment("/f/news", &plain).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, Some(next)));
}

#[tokio::test]
async fn the_page_of_a_closed_form_and_of_a_stranger_says_so() {
    let house = House::new().await;
    let closed = house.fragment("/f/closed?embed=1&lang=en").await;
    assert_eq!((closed.status, closed.header("aye-state")), (StatusCode::GONE, Some("closed")));
    for request in [TestRequest::get(), TestRequest::post()] {
        let request =
            request.uri("/f/news?embed=1&lang=en").insert_header(("Origin", "https://evil.example"));
        let answer = house.send(request).await;
        assert_eq!((answer.status, answer.header("aye-state")), (StatusCode::FORBIDDEN, Some("origin")));
        assert!(answer.attrs("form", "action").is_empty());
    }
}

#[tokio::test]
async fn a_framed_form_is_a_page_that_its_sites_alone_may_frame() {
    let house = House::new().await;
    let page = house.get("/f/news?embed=frame&lang=en").await;
    assert_eq!(page.status, StatusCode::OK);
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.ends_with("frame-ancestors 'self' https://shop.example"), "{policy}");
    assert_eq!(page.header("x-frame-options"), None);
    assert_eq!(page.attrs("form", "action"), ["/f/news?embed=frame&lang=en"]);
    house.clock.advance(3 * SECOND);
    let hidden = page.hidden("form");
    let mut fields: Vec<(&str, &str)> =
        hidden.iter().map(|(name, it)| (name.as_str(), it.as_str())).collect();
    fields.extend([("email", "ada@example.org"), ("p", "events"), ("page", "https://shop.example")]);
    let answer = house.post("/f/news?embed=frame&lang=en", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let next = answer.header("location").unwrap().to_owned();
    assert!(next.starts_with("/s/ay1.sent.") && next.contains("embed=frame"), "{next}");
    let record = house.record().await;
    assert_eq!((&record["way"], &record["page"]), (&"frame".into(), &"https://shop.example/".into()));
    let page = house.get(&next).await;
    assert_eq!((page.status, page.texts("h2")[0].as_str()), (StatusCode::OK, "Check your email"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .contains("frame-ancestors 'self' https://shop.example")
    );
}

#[tokio::test]
async fn a_page_that_is_opened_is_a_page_whatever_its_address_says() {
    let house = House::new().await;
    let request =
        TestRequest::get().uri("/f/news?embed=1&lang=en").insert_header(("Sec-Fetch-Mode", "navigate"));
    let page = house.send(request).await;
    assert_eq!((page.status, page.h1().as_str()), (StatusCode::OK, "Sign up for emails from Acme"));
    assert_eq!(page.header("aye-state"), None);
}
