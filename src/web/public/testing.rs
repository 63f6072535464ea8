//! A house for the tests of the pages: an app over a database of its own, its routes, and a clock set by hand.

use std::{
    path::PathBuf,
    process,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use actix_web::{
    App as Service, body,
    http::{Method, StatusCode, header::HeaderMap},
    middleware::from_fn,
    test::{self, TestRequest},
    web::Data,
};
use scraper::{Html, Selector};

use crate::{
    app::{App, Clock, apply::apply, links},
    config::{Config, Sources},
    crypto::{Key, Random},
    domain::{
        EmailAddress, Locale, Timestamp,
        catalog::Tenant,
        id::{ContactId, PurposeId, RequestId},
        own_texts::OwnTexts,
        setup::{
            EventPattern, FormSetup, Frequency, Localized, PurposeSetup, Receipts, Sender, Setup,
            TenantSetup, WebhookSetup,
        },
        text::{EndpointUrl, LandingUrl, Line, Origin, Paragraph, Slug},
        time::SECOND,
    },
    store::{Store, args},
    web::{
        self, Web,
        dev::{Capture, Demo, Stop},
        error,
    },
};

/// 21 November 2026, 09:14 UTC.
pub(in crate::web) const NOW: Timestamp = Timestamp::from_millis(1_795_252_440_000);

/// An app with two tenants, on a SQLite file that goes with it.
pub(in crate::web) struct House {
    pub(in crate::web) app: App,
    pub(in crate::web) clock: Clock,
    pub(in crate::web) web: Web,
    folder: PathBuf,
}

impl Drop for House {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.folder).unwrap();
    }
}

/// An answer as a client reads it.
pub(in crate::web) struct Answer {
    pub(in crate::web) status: StatusCode,
    pub(in crate::web) headers: HeaderMap,
    pub(in crate::web) body: String,
}

impl House {
    pub(in crate::web) async fn new() -> Self {
        Self::built(false).await
    }

    /// A house whose captured mails can be read.
    pub(in crate::web) async fn with_inbox() -> Self {
        Self::built(true).await
    }

    /// A house that is the demo: its receiver believes the signature `right`.
    pub(in crate::web) async fn with_demo() -> Self {
        let mut house = Self::built(true).await;
        let stop = Stop { title: "The form".into(), text: "Sign up.".into(), href: "/f/news".into() };
        let demo = Demo::new(vec![stop], "news".into(), Box::new(|it| it.signature == "right"));
        house.web.demo = Some(Arc::new(demo));
        house
    }

    async fn built(inbox: bool) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("ayeaye-pages-{}-{number}", process::id()));
        std::fs::create_dir(&folder).unwrap();
        let store = Store::open(&format!("sqlite:{}", folder.join("ayeaye.db").display())).await.unwrap();
        store.migrate().await.unwrap();
        let sources = Sources { cwd: folder.clone(), ..Sources::default() };
        let config = Config::load(&sources).unwrap().config;
        let clock = Clock::set_at(NOW);
        let random = Random::seeded(u64::from(number));
        let app = App::start(store, config, Key::new([7; 32]), clock.clone(), random).await.unwrap();
        apply(&app, &setup(), false).await.unwrap();
        let inbox = inbox.then(|| Arc::new(Capture::default()));
        Self { web: Web { app: app.clone(), inbox, demo: None }, app, clock, folder }
    }

    pub(in crate::web) async fn send(&self, request: TestRequest) -> Answer {
        let service = Service::new()
            .app_data(Data::new(self.web.clone()))
            .wrap(from_fn(error::in_words))
            .configure(web::routes);
        let service = test::init_service(service).await;
        let answer = test::call_service(&service, request.to_request()).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let bytes = body::to_bytes(answer.into_body()).await.ok().unwrap();
        Answer { status, headers, body: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    pub(in crate::web) async fn ask(&self, method: Method, path: &str) -> Answer {
        self.send(TestRequest::default().method(method).uri(path)).await
    }

    pub(in crate::web) async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path).await
    }

    pub(in crate::web) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields.iter()).finish();
        self.post_as(path, "application/x-www-form-urlencoded", body).await
    }

    pub(in crate::web) async fn post_as(&self, path: &str, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
        let request = TestRequest::post().uri(path).insert_header(("Content-Type", kind));
        self.send(request.set_payload(body.into())).await
    }

    pub(in crate::web) fn tenant(&self, slug: &str) -> Arc<Tenant> {
        Arc::clone(self.app.catalog().tenant_named(slug).unwrap())
    }

    pub(in crate::web) fn purpose(&self, slug: &str) -> PurposeId {
        self.tenant("acme").purpose_named(slug).unwrap().id
    }

    /// Opens the form, fills it in as a person would, and sends it; the answer.
    pub(in crate::web) async fn fill_in(&self, form: &str, email: &str, purposes: &[&str]) -> Answer {
        let page = self.get(&format!("/f/{form}?lang=en")).await;
        self.clock.advance(3 * SECOND);
        let mut fields = page.hidden("form");
        fields.retain(|(name, _)| name != "p");
        fields.push(("email".to_owned(), email.to_owned()));
        fields.extend(purposes.iter().map(|it| ("p".to_owned(), (*it).to_owned())));
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(&format!("/f/{form}"), &fields).await
    }

    /// The same, up to a written request.
    pub(in crate::web) async fn sign_up(&self, email: &str, purposes: &[&str]) -> RequestId {
        let answer = self.fill_in("news", email, purposes).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        self.newest_request().await
    }

    pub(in crate::web) async fn newest_request(&self) -> RequestId {
        let mut tx = self.app.store.peek().await.unwrap();
        let row = tx.first("SELECT id FROM request ORDER BY id DESC LIMIT 1", args![]).await.unwrap();
        row.unwrap().parse(0).unwrap()
    }

    /// The confirmation page of a request.
    pub(in crate::web) async fn confirm_path(&self, request: RequestId) -> String {
        let tenant = self.tenant("acme").id;
        let mut tx = self.app.store.peek().await.unwrap();
        let found = crate::store::request::find(&mut tx, tenant, request).await.unwrap().unwrap();
        self.path(&links::confirm_url(&self.app, tenant, request, found.facts.expires_at))
    }

    /// Somebody who signed up and confirmed.
    pub(in crate::web) async fn subscriber(&self, email: &str, purposes: &[&str]) -> ContactId {
        let request = self.sign_up(email, purposes).await;
        let path = self.confirm_path(request).await;
        let mut fields = vec![("do", "confirm")];
        fields.extend(purposes.iter().map(|it| ("p", *it)));
        let answer = self.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
        // The next mail to this address is due again.
        self.clock.advance(11 * 60 * SECOND);
        self.contact(email).await
    }

    pub(in crate::web) async fn contact(&self, email: &str) -> ContactId {
        let key = EmailAddress::parse(email).unwrap().lookup_key();
        let mut tx = self.app.store.peek().await.unwrap();
        let tenant = self.tenant("acme").id;
        crate::store::contact::by_address(&mut tx, tenant, &key).await.unwrap().unwrap().id
    }

    /// The state word of each consent of a person, by slug.
    pub(in crate::web) async fn states(&self, contact: ContactId) -> Vec<(String, &'static str)> {
        let tenant = self.tenant("acme");
        let mut tx = self.app.store.peek().await.unwrap();
        let consents = crate::store::consent::of_contact(&mut tx, tenant.id, contact).await.unwrap();
        let mut states: Vec<(String, &'static str)> = consents
            .iter()
            .map(|it| (tenant.purpose(it.purpose).unwrap().slug.clone(), it.consent.word()))
            .collect();
        states.sort();
        states
    }

    /// The page a footer link opens.
    pub(in crate::web) fn preferences(&self, contact: ContactId) -> String {
        self.path(&links::preferences_url(&self.app, self.tenant("acme").id, contact))
    }

    /// The page a link mailed just now opens.
    pub(in crate::web) fn manage(&self, contact: ContactId) -> String {
        self.path(&links::manage_url(&self.app, self.tenant("acme").id, contact, self.app.now()))
    }

    pub(in crate::web) fn unsubscribe(&self, contact: ContactId, purpose: &str) -> String {
        let (tenant, purpose) = (self.tenant("acme").id, self.purpose(purpose));
        self.path(&links::unsubscribe_url(&self.app, tenant, contact, purpose))
    }

    pub(in crate::web) fn not_me(&self, request: RequestId) -> String {
        self.path(&links::not_me_url(&self.app, self.tenant("acme").id, request))
    }

    fn path(&self, url: &str) -> String {
        url.strip_prefix(self.app.config.base_url.as_str()).unwrap().to_owned()
    }

    /// The kinds of all rows of a table, oldest first.
    pub(in crate::web) async fn kinds(&self, table: &str) -> Vec<String> {
        let sql: &'static str = Box::leak(format!("SELECT kind FROM {table} ORDER BY id").into_boxed_str());
        let mut tx = self.app.store.peek().await.unwrap();
        tx.all(sql, args![]).await.unwrap().iter().map(|it| it.text(0).unwrap()).collect()
    }

    /// Runs a statement that no use case has yet.
    pub(in crate::web) async fn run(&self, sql: &'static str) {
        let mut tx = self.app.store.begin().await.unwrap();
        tx.execute(sql, args![]).await.unwrap();
        tx.commit().await.unwrap();
    }

    /// Every value of every row of every table.
    pub(in crate::web) async fn dump(&self) -> String {
        let mut tx = self.app.store.peek().await.unwrap();
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        let mut dump = String::new();
        for table in tx.all(tables, args![]).await.unwrap() {
            let table = table.text(0).unwrap();
            let columns = "SELECT name FROM pragma_table_info($1)";
            let columns = tx.all(columns, args![&table]).await.unwrap();
            let columns: Vec<String> =
                columns.iter().map(|it| format!("quote({})", it.text(0).unwrap())).collect();
            let sql = format!("SELECT {} FROM {table} ORDER BY rowid", columns.join(" || '|' || "));
            for row in tx.all(Box::leak(sql.into_boxed_str()), args![]).await.unwrap() {
                dump.extend([table.as_str(), ": ", &row.text(0).unwrap(), "\n"]);
            }
        }
        dump
    }
}

impl Answer {
    pub(in crate::web) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|it| it.to_str().unwrap())
    }

    fn html(&self) -> Html {
        Html::parse_document(&self.body)
    }

    /// The texts of the elements a selector finds.
    pub(in crate::web) fn texts(&self, selector: &str) -> Vec<String> {
        let plain = |it: scraper::ElementRef<'_>| {
            it.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        self.html().select(&Selector::parse(selector).unwrap()).map(plain).collect()
    }

    pub(in crate::web) fn h1(&self) -> String {
        self.texts("h1").concat()
    }

    /// An attribute of the elements a selector finds.
    pub(in crate::web) fn attrs(&self, selector: &str, name: &str) -> Vec<String> {
        let html = self.html();
        let selector = Selector::parse(selector).unwrap();
        html.select(&selector).filter_map(|it| it.attr(name).map(str::to_owned)).collect()
    }

    /// Names and values of the hidden fields in what a selector finds.
    pub(in crate::web) fn hidden(&self, selector: &str) -> Vec<(String, String)> {
        let html = self.html();
        let selector = Selector::parse(&format!("{selector} input[type=hidden]")).unwrap();
        let field =
            |it: scraper::ElementRef<'_>| Some((it.attr("name")?.to_owned(), it.attr("value")?.to_owned()));
        html.select(&selector).filter_map(field).collect()
    }
}

fn setup() -> Setup {
    let text = |own, pairs: &[(Locale, &str)]| {
        let lines = pairs.iter().map(|(locale, it)| (*locale, Line::parse(it).unwrap())).collect();
        Localized::new(own, lines).unwrap()
    };
    let both = |en: &str, fr: &str| text(Locale::En, &[(Locale::En, en), (Locale::Fr, fr)]);
    let body = |own, pairs: &[(Locale, &str)]| {
        let lines = pairs.iter().map(|(locale, it)| (*locale, Paragraph::parse(it).unwrap())).collect();
        Localized::new(own, lines).unwrap()
    };
    let purpose = |slug: &str, name: Localized<Line>, text: Localized<Paragraph>, retired| PurposeSetup {
        slug: Slug::parse(slug).unwrap(),
        frequency: Frequency::Monthly,
        name,
        text,
        retired,
        retention_days: None,
    };
    let form = |slug: &str, purposes: &[&str], closes| FormSetup {
        slug: Slug::parse(slug).unwrap(),
        purposes: purposes.iter().map(|it| Slug::parse(it).unwrap()).collect(),
        origins: Some(vec![Origin::parse("https://shop.example").unwrap()]),
        next: vec![LandingUrl::parse("https://shop.example/thanks").unwrap()],
        title: None,
        minors: None,
        closes,
        fields: Vec::new(),
    };
    let news = body(Locale::En, &[(Locale::En, "Our monthly news."), (Locale::Fr, "Nos nouvelles du mois.")]);
    let acme = TenantSetup {
        slug: Slug::parse("acme").unwrap(),
        name: Line::parse("Acme").unwrap(),
        legal: Line::parse("Acme SAS, 1 rue de la Paix, 75002 Paris").unwrap(),
        contact: EmailAddress::parse("privacy@acme.example").unwrap(),
        from: Sender {
            name: Line::parse("Acme").unwrap(),
            address: EmailAddress::parse("confirm@acme.example").unwrap(),
        },
        locale: Locale::En,
        receipts: Receipts::Page,
        country: None,
        storage: None,
        test: false,
        purposes: vec![
            purpose("newsletter", both("Newsletter", "Lettre"), news, false),
            purpose(
                "events",
                both("Events", "Rencontres"),
                body(Locale::En, &[(Locale::En, "Readings.")]),
                false,
            ),
            purpose("paper", both("Paper", "Papier"), body(Locale::En, &[(Locale::En, "On paper.")]), true),
        ],
        forms: vec![
            form("news", &["newsletter", "events", "paper"], None),
            form("single", &["newsletter"], None),
            form("closed", &["newsletter"], Some(NOW)),
        ],
        webhooks: vec![WebhookSetup {
            url: EndpointUrl::parse("https://crm.example/hooks").unwrap(),
            events: vec![EventPattern::parse("*").unwrap()],
            addresses: true,
        }],
        dpo: None,
        transfer: None,
        hosts: Vec::new(),
        texts: OwnTexts::default(),
        theme: None,
        logo: None,
    };
    let zeta_text = body(Locale::Fr, &[(Locale::Fr, "La lettre de Zeta.")]);
    let zeta = TenantSetup {
        slug: Slug::parse("zeta").unwrap(),
        name: Line::parse("Zeta").unwrap(),
        legal: Line::parse("Zeta SARL, Nantes").unwrap(),
        contact: EmailAddress::parse("donnees@zeta.example").unwrap(),
        from: Sender {
            name: Line::parse("Zeta").unwrap(),
            address: EmailAddress::parse("lettre@zeta.example").unwrap(),
        },
        locale: Locale::Fr,
        receipts: Receipts::Page,
        country: None,
        storage: None,
        test: false,
        purposes: vec![purpose("zeta-only", text(Locale::Fr, &[(Locale::Fr, "Zeta")]), zeta_text, false)],
        forms: vec![form("zeta", &["zeta-only"], None)],
        webhooks: Vec::new(),
        dpo: None,
        transfer: None,
        hosts: Vec::new(),
        texts: OwnTexts::default(),
        theme: None,
        logo: None,
    };
    Setup { tenants: vec![acme, zeta] }
}
