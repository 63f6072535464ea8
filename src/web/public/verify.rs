//! `/v`: is this proof genuine? The browser checks the file itself and sends it nowhere; without script the form posts
//! it, and the same steps are shown. Nothing is stored either way.

pub mod view;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Bytes, Data},
};
use askama::Template;
use tokio::sync::Semaphore;

use self::view::ResultView;
use crate::{
    app::{
        log::read,
        verify::{Limits, Report, Said, Trust, verify_within},
    },
    web::{
        Web,
        error::Fault,
        extract,
        page::{self, Frame},
        part::FormError,
        upload::Upload,
    },
};

/// Our own modules check the file, and can reach nobody.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'none'; style-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// Files checked at once for people without script: each may take a core for a second.
const AT_ONCE: usize = 2;

/// Proofs shown; of the rest only the number is told.
const SHOWN: usize = 50;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// The form, and what became of the file.
#[derive(Template)]
#[template(path = "public/verify.html")]
pub struct VerifyPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The keys of this installation's log.
    pub keys: Vec<String>,
    /// Whether the form came without a file.
    pub missing: bool,
    /// What the file proves.
    pub result: Option<ResultView>,
}

/// Keys of the texts that a script needs besides those of findings.
const WORDS: [&str; 43] = [
    "verify-busy",
    "verify-holds",
    "verify-holds-text",
    "verify-holds-by-file",
    "verify-unproven",
    "verify-fails",
    "verify-fails-text",
    "verify-open",
    "verify-open-text",
    "verify-more",
    "verify-label-when",
    "verify-label-who",
    "verify-label-organisation",
    "verify-label-about",
    "verify-label-receipt",
    "verify-shown",
    "verify-steps",
    "verify-unnamed",
    "verify-kind-signup-requested",
    "verify-kind-signup-mail-sent",
    "verify-kind-signup-mail-bounced",
    "verify-kind-signup-expired",
    "verify-kind-signup-reported",
    "verify-kind-consent-confirmed",
    "verify-kind-consent-withdrawn",
    "verify-kind-consent-refused",
    "verify-kind-consent-expired",
    "verify-kind-pause-started",
    "verify-kind-pause-ended",
    "verify-kind-preference-changed",
    "verify-step-file",
    "verify-step-record",
    "verify-step-commitment",
    "verify-step-leaf",
    "verify-step-inclusion",
    "verify-step-checkpoint",
    "verify-step-witnesses",
    "verify-step-timestamp",
    "verify-verdict-ok",
    "verify-verdict-failed",
    "verify-verdict-absent",
    "verify-verdict-unchecked",
    "verify-browser-cannot",
];

impl VerifyPage<'_> {
    fn errors(&self) -> Vec<FormError> {
        let message = self.frame.text("verify-file-missing").into_owned();
        self.missing.then(|| FormError { anchor: "file".to_owned(), message }).into_iter().collect()
    }

    fn action(&self) -> String {
        self.frame.path("/v")
    }

    /// Every text a script may need, by its key, with `{name}` where a value goes.
    fn words(&self) -> Vec<(&'static str, String)> {
        let keys = WORDS.into_iter().chain(Said::ALL.iter().map(|it| it.word()));
        keys.map(|key| (key, view::pattern(&self.frame.t, key))).collect()
    }
}

/// `GET /v`
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let frame = extract::frame(&web, extract::locale(&request, None, None), "/v", None);
    // Whoever opens the page here need not compare the keys.
    let keys = read::keys(&web.app).await?;
    let page = VerifyPage { frame: &frame, keys, missing: false, result: None };
    Ok(page::html_under(POLICY, &frame, StatusCode::OK, &page))
}

/// `POST /v`, from a browser without script.
///
/// # Errors
/// Too many files are being checked, or the database failed.
pub async fn post(request: HttpRequest, web: Data<Web>, upload: Upload) -> Result<HttpResponse, Fault> {
    let frame = extract::frame(&web, extract::locale(&request, None, None), "/v", None);
    let keys = read::keys(&web.app).await?;
    let Upload(file) = upload;
    let (status, missing, result) = if file.is_empty() {
        (StatusCode::UNPROCESSABLE_ENTITY, true, None)
    } else {
        let report = check(file, trust(&keys)).await?;
        (StatusCode::OK, false, Some(ResultView::of(&frame.t, &report, SHOWN)))
    };
    let page = VerifyPage { frame: &frame, keys, missing, result };
    Ok(page::html_under(POLICY, &frame, status, &page))
}

fn trust(keys: &[String]) -> Trust {
    let logs = keys.iter().filter_map(|it| it.parse().ok()).collect();
    Trust { logs, keys_of_the_file: true, witnesses: Vec::new(), threshold: None, roots: Vec::new() }
}

async fn check(file: Bytes, trust: Trust) -> Result<Report, Fault> {
    let _place = PLACES.acquire().await.map_err(|_closed| Fault::TooSlow)?;
    let checked = tokio::task::spawn_blocking(move || verify_within(&file, &trust, &Limits::SENT)).await;
    checked.map_err(|_ended| Fault::TooSlow)
}
