//! A person without JavaScript: opens pages, reads them, fills in forms, presses buttons.
//!
//! What the person cannot do, this cannot do: a field, box or button that is not on the page fails the test, and
//! the message lists what is there.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use reqwest::{
    Client, Method, StatusCode,
    header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE},
};
use scraper::Html;
use url::{Url, form_urlencoded};

use super::form::{self, Control, Form, Kind};

/// Redirects followed before we call it a loop.
const REDIRECTS: usize = 5;

/// A person with a browser of their own: a language and cookies.
#[derive(Clone)]
pub(crate) struct Visitor {
    base: Url,
    client: Client,
    language: &'static str,
    cookies: Arc<Mutex<BTreeMap<String, String>>>,
}

impl Visitor {
    /// Somebody who opens pages of `base` (`http://127.0.0.1:8080`).
    pub(crate) fn new(base: &str) -> Self {
        Self::knowing(base, &[])
    }

    /// Somebody who knows these names for this machine.
    pub(crate) fn knowing(base: &str, names: &[&str]) -> Self {
        // The first one wins; a second call finds the same provider in place.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let here = std::net::SocketAddr::from(([127, 0, 0, 1], 0));
        let client = names.iter().fold(client, |client, name| client.resolve(name, here)).build();
        Self {
            base: base.parse().unwrap_or_else(|error| panic!("{base}: {error}")),
            client: client.expect("an HTTP client"),
            language: "en",
            cookies: Arc::default(),
        }
    }

    /// The same person, reading another language.
    pub(crate) fn reading(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// Opens a page, given by path or whole address, and follows redirects.
    pub(crate) async fn open(&self, target: &str) -> Page {
        let url = self.base.join(target).unwrap_or_else(|error| panic!("{target}: {error}"));
        self.load(Method::GET, url, None).await
    }

    async fn load(&self, mut method: Method, mut url: Url, mut data: Option<String>) -> Page {
        for _ in 0..=REDIRECTS {
            let page = self.fetch(method, url.clone(), data.take()).await;
            let Some(next) = page.redirect() else {
                return page;
            };
            (method, url) = (Method::GET, next);
        }
        panic!("more than {REDIRECTS} redirects, the last one to {url}");
    }

    async fn fetch(&self, method: Method, url: Url, data: Option<String>) -> Page {
        let mut request = self.client.request(method, url.clone()).header(ACCEPT_LANGUAGE, self.language);
        let cookies = self.cookie_header();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies);
        }
        if let Some(data) = data {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded").body(data);
        }
        let answer = request.send().await.unwrap_or_else(|error| panic!("{url}: {error:?}"));
        let (status, headers) = (answer.status(), answer.headers().clone());
        self.keep_cookies(&headers);
        let html = answer.text().await.unwrap_or_else(|error| panic!("{url}: {error:?}"));
        let forms = Form::all(&Html::parse_document(&html));
        Page { visitor: self.clone(), url, status, headers, html, forms }
    }

    fn cookie_header(&self) -> String {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    /// Keeps cookies by name; one that is set to expire at once is forgotten.
    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for header in headers.get_all(SET_COOKIE) {
            let text = header.to_str().expect("cookies are ASCII");
            let (pair, attributes) = text.split_once(';').unwrap_or((text, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a name");
            if attributes.to_ascii_lowercase().split(';').any(|it| it.trim() == "max-age=0") {
                cookies.remove(name.trim());
            } else {
                cookies.insert(name.trim().to_owned(), value.trim().to_owned());
            }
        }
    }
}

/// A page as loaded, with what the person has filled in so far.
pub(crate) struct Page {
    visitor: Visitor,
    url: Url,
    status: StatusCode,
    headers: HeaderMap,
    html: String,
    forms: Vec<Form>,
}

impl Page {
    /// Where it is, after redirects.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Its HTTP status.
    pub(crate) fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// A header of the answer.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|it| it.to_str().ok())
    }

    /// The page as sent.
    pub(crate) fn html(&self) -> &str {
        &self.html
    }

    /// Its one main heading.
    pub(crate) fn h1(&self) -> String {
        let document = self.document();
        let found: Vec<String> = document.select(&form::selector("h1")).map(form::text).collect();
        match found.as_slice() {
            [heading] => heading.clone(),
            all => panic!("{} has {} headings h1\n{}", self.url, all.len(), self.html),
        }
    }

    /// Everything written in it, spaces as a reader sees them.
    pub(crate) fn text(&self) -> String {
        let document = self.document();
        document.select(&form::selector("body")).map(form::text).collect()
    }

    /// The values of the boxes called `name` that are ticked.
    pub(crate) fn ticked(&self, name: &str) -> Vec<String> {
        let controls = self.forms.iter().flat_map(|it| &it.controls);
        let ticked = controls.filter(|it| it.name == name && it.kind == Kind::Box { ticked: true });
        ticked.map(|it| it.value.clone()).collect()
    }

    /// Fails unless this is the page headed `heading`.
    #[track_caller]
    pub(crate) fn assert_h1(&self, heading: &str) -> &Self {
        assert_eq!(self.h1(), heading, "{} ({}):\n{}", self.url, self.status, self.text());
        self
    }

    /// Fails unless `words` can be read in it.
    #[track_caller]
    pub(crate) fn assert_says(&self, words: &str) -> &Self {
        assert!(self.text().contains(words), "“{words}” is not in {}:\n{}", self.url, self.text());
        self
    }

    /// Writes `text` into the field `name`.
    #[track_caller]
    pub(crate) fn fill(&mut self, name: &str, text: &str) -> &mut Self {
        let field = self.control(name, |it| it.kind == Kind::Text);
        text.clone_into(&mut field.value);
        self
    }

    /// Ticks the box `name` with this value.
    #[track_caller]
    pub(crate) fn tick(&mut self, name: &str, value: &str) -> &mut Self {
        self.set_box(name, value, true)
    }

    /// Unticks the box `name` with this value.
    #[track_caller]
    pub(crate) fn untick(&mut self, name: &str, value: &str) -> &mut Self {
        self.set_box(name, value, false)
    }

    #[track_caller]
    fn set_box(&mut self, name: &str, value: &str, ticked: bool) -> &mut Self {
        let control = self.control(name, |it| it.value == value && matches!(it.kind, Kind::Box { .. }));
        control.kind = Kind::Box { ticked };
        self
    }

    /// Chooses `value` in the list or among the radio buttons called `name`.
    #[track_caller]
    pub(crate) fn choose(&mut self, name: &str, value: &str) -> &mut Self {
        let offers = |it: &Control| match &it.kind {
            Kind::List(options) => options.iter().any(|it| it == value),
            Kind::Radio { .. } => it.value == value,
            Kind::Hidden | Kind::Text | Kind::Box { .. } => false,
        };
        let place = self.place(name, offers);
        for control in &mut self.forms[place.0].controls {
            match &mut control.kind {
                Kind::Radio { chosen } if control.name == name => *chosen = control.value == value,
                Kind::List(_) if control.name == name => value.clone_into(&mut control.value),
                Kind::Hidden | Kind::Text | Kind::Box { .. } | Kind::Radio { .. } | Kind::List(_) => {}
            }
        }
        self
    }

    #[track_caller]
    fn control(&mut self, name: &str, fits: impl Fn(&Control) -> bool) -> &mut Control {
        let (form, control) = self.place(name, fits);
        &mut self.forms[form].controls[control]
    }

    /// Where the control is: the form and its place in it.
    #[track_caller]
    fn place(&self, name: &str, fits: impl Fn(&Control) -> bool) -> (usize, usize) {
        let find = |it: &Form| it.controls.iter().position(|it| it.name == name && fits(it));
        let found = self.forms.iter().enumerate().find_map(|(at, form)| Some((at, find(form)?)));
        found.unwrap_or_else(|| panic!("no such control {name} in {}; there are {:#?}", self.url, self.forms))
    }

    /// Presses the button on which `text` is written and gives the page that follows.
    pub(crate) async fn press(&self, text: &str) -> Self {
        let pressed =
            self.forms.iter().find_map(|form| Some((form, form.buttons.iter().find(|it| it.text == text)?)));
        let Some((form, button)) = pressed else {
            panic!("no button “{text}” in {}; there are {:#?}", self.url, self.forms);
        };
        let data = form_urlencoded::Serializer::new(String::new()).extend_pairs(form.data(button)).finish();
        let mut target = self.address(form.action.as_deref().unwrap_or_default());
        if form.is_post {
            return self.visitor.load(Method::POST, target, Some(data)).await;
        }
        target.set_query(Some(&data));
        self.visitor.load(Method::GET, target, None).await
    }

    /// Follows the link on which `text` is written.
    pub(crate) async fn follow(&self, text: &str) -> Self {
        let target = self.link(text);
        self.visitor.load(Method::GET, target, None).await
    }

    /// Where the link goes on which `text` is written.
    #[track_caller]
    pub(crate) fn link(&self, text: &str) -> Url {
        let document = self.document();
        let found = document.select(&form::selector("a[href]")).find(|it| form::text(*it) == text);
        let target = found.and_then(|it| it.attr("href"));
        self.address(target.unwrap_or_else(|| panic!("no link “{text}” in {}:\n{}", self.url, self.html)))
    }

    fn redirect(&self) -> Option<Url> {
        let target = self.header(LOCATION.as_str()).filter(|_| self.status.is_redirection())?;
        let repeats = matches!(self.status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
        assert!(!repeats, "{} ({}) would make a browser send the form again", self.url, self.status);
        Some(self.address(target))
    }

    fn address(&self, target: &str) -> Url {
        self.url.join(target).unwrap_or_else(|error| panic!("{target}: {error}"))
    }

    fn document(&self) -> Html {
        Html::parse_document(&self.html)
    }
}
