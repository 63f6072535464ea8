//! What browsers do with a strict cookie when a link is opened from a mail: the ground that the confirmation by the
//! same browser stands on, tried without our own service.
//!
//! The mail is read at another site (`http://localhost`), the service is `https://127.0.0.1`. However the link is
//! opened, the GET carries no strict cookie, and a POST that the page then makes to its own origin does.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use fantoccini::Locator;

use crate::support::{
    browser::{Browser, Kind, Setup},
    receiver::{Answer, Request},
    served::Served,
    tls::{Front, Port},
    wait,
};

const COOKIE: &str = "__Host-try=1";

/// The page a mail links to.
const OPENED: &str = "<!doctype html><title>Opened</title><h1>Opened</h1>
    <script>fetch(location, { method: 'POST' })</script>";

fn page(body: &str) -> Answer {
    Answer::status(200).header("content-type", "text/html; charset=utf-8").body(body)
}

/// A service that gives everybody who opens `/` the cookie, and remembers what came with each request.
struct Service {
    plain: Served,
    front: Front,
    seen: Arc<Mutex<Vec<Request>>>,
}

fn locked<T>(it: &Mutex<T>) -> MutexGuard<'_, T> {
    it.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Service {
    async fn start() -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let book = Arc::clone(&seen);
        let plain = Served::start(move |request| {
            locked(&book).push(request.clone());
            match (request.method.as_str(), request.target.as_str()) {
                ("GET", "/") => page("<!doctype html><title>Form</title><h1>Form</h1>").header(
                    "set-cookie",
                    &format!("{COOKIE}; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=3600"),
                ),
                ("GET", _) => page(OPENED),
                _ => Answer::status(204),
            }
        })
        .await;
        let address: SocketAddr = plain.url().trim_start_matches("http://").parse().unwrap();
        let front = Port::free().await.before(address);
        Self { plain, front, seen }
    }

    /// The cookie and `Sec-Fetch-Site` of the GET and of the POST of `target`, once both have come.
    async fn visits(&self, target: &str) -> [(Option<String>, String); 2] {
        let come = |method: &str| {
            let seen = locked(&self.seen);
            let found = seen.iter().find(|it| it.method == method && it.target == target)?;
            let site = found.header("sec-fetch-site").unwrap_or_default().to_owned();
            Some((found.header("cookie").map(str::to_owned), site))
        };
        wait::until(&format!("GET and POST of {target}"), Duration::from_secs(20), async || {
            Some([come("GET")?, come("POST")?])
        })
        .await
    }
}

/// The ways a mail program on the web opens a link. `/go` is the redirect of a service that checks links.
const WAYS: [(&str, &str); 6] = [
    ("same-tab", "<a href='{link}'>open</a>"),
    ("new-tab", "<a href='{link}' target='_blank'>open</a>"),
    ("no-referrer", "<a href='{link}' target='_blank' rel='noopener noreferrer'>open</a>"),
    ("with-opener", "<a href='{link}' target='_blank' rel='opener'>open</a>"),
    ("redirected", "<a href='/go?{link}' target='_blank' rel='noreferrer'>open</a>"),
    ("refreshed", "<a href='/refresh?{link}' target='_blank'>open</a>"),
];

/// A mail program on the web, at another site than the service.
async fn webmail(service: &str) -> Served {
    let service = service.to_owned();
    Served::start(move |request| match request.target.split_once('?') {
        Some(("/go", link)) => Answer::status(302).header("location", link),
        Some(("/refresh", link)) => page(&format!("<meta http-equiv='refresh' content='0;url={link}'>")),
        _ => {
            let name = request.target.trim_start_matches('/');
            let way = WAYS.iter().find(|(it, _)| *it == name).map_or("", |(_, link)| link);
            let link = way.replace("{link}", &format!("{service}/{name}"));
            page(&format!("<!doctype html><title>Mail</title><h1>Mail</h1>{link}"))
        }
    })
    .await
}

async fn open_from_mail(browser: &Browser, mail: &Served, name: &str) {
    let tab = browser.new_window(true).await.unwrap();
    browser.switch_to_window(tab.handle).await.unwrap();
    browser.goto(&format!("{}/{name}", mail.url().replace("127.0.0.1", "localhost"))).await.unwrap();
    browser.find(Locator::Css("a")).await.unwrap().click().await.unwrap();
}

async fn the_get_is_bare_and_the_post_is_not(kind: Kind) {
    let service = Service::start().await;
    let mail = webmail(&service.front.url()).await;
    let browser = Setup::of(kind).open().await;
    browser.goto(&service.front.url()).await.unwrap();
    browser.wait_for_heading("Form").await;
    for (name, _) in WAYS {
        open_from_mail(&browser, &mail, name).await;
        let [get, post] = service.visits(&format!("/{name}")).await;
        assert_eq!(get, (None, "cross-site".to_owned()), "{kind:?}: GET {name}");
        assert_eq!(post, (Some(COOKIE.to_owned()), "same-origin".to_owned()), "{kind:?}: POST {name}");
    }
    browser.goto(&format!("{}/typed", service.front.url())).await.unwrap();
    let [_, post] = service.visits("/typed").await;
    assert_eq!(post, (Some(COOKIE.to_owned()), "same-origin".to_owned()), "{kind:?}: from a mail program");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn chromium_keeps_a_strict_cookie_from_the_link_and_gives_it_to_the_page() {
    the_get_is_bare_and_the_post_is_not(Kind::Chromium).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn firefox_keeps_a_strict_cookie_from_the_link_and_gives_it_to_the_page() {
    the_get_is_bare_and_the_post_is_not(Kind::Firefox).await;
}

/// Whether a browser keeps such a cookie from plain HTTP on this machine.
async fn keeps_it_over_plain_http(kind: Kind) -> bool {
    let service = Service::start().await;
    let browser = Setup::of(kind).open().await;
    browser.goto(&service.plain.url()).await.unwrap();
    browser.wait_for_heading("Form").await;
    browser.goto(&format!("{}/again", service.plain.url())).await.unwrap();
    let [_, (cookie, _)] = service.visits("/again").await;
    cookie.is_some()
}

/// Both do, as this machine counts as safe; `WebKit` does not. The service gives the cookie over HTTPS alone, so that
/// a demo on one's own machine shows the page with the button.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_would_keep_it_over_plain_http_on_this_machine() {
    let kept =
        [keeps_it_over_plain_http(Kind::Chromium).await, keeps_it_over_plain_http(Kind::Firefox).await];
    assert_eq!(kept, [true, true]);
}
