//! `/f/{form}/snippet`: the form in the four ways it can be put on a site, to be copied, with a preview.

use std::fmt::Write as _;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use askama::Template;
use qrcode::{Color, EcLevel, QrCode};

use super::{Theme, script};
use crate::web::{
    Web, assets, extract,
    page::{self, Frame},
    part::PurposeView,
    public::{
        fields::{self, FieldView},
        message, shown,
        sign_up::{HONEYPOT, age::AgeView},
    },
};

/// The page runs the element and the script of its buttons, and nothing else.
pub(in crate::web) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The page.
#[derive(Template)]
#[template(path = "embed/snippet.html")]
pub struct SnippetPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The path of the form.
    pub path: String,
    /// The address of the form.
    pub url: String,
    /// Where the service is reached, without a slash at the end.
    pub base_url: &'a str,
    /// The form as plain HTML.
    pub plain: String,
    /// The drawing of the QR code: one path of squares, and how many squares there are on a side.
    pub qr: Option<(String, usize)>,
    /// The colours of the preview.
    pub theme: Theme,
    /// Whether the preview is as narrow as a phone.
    pub phone: bool,
}

/// The form as it is copied into a page.
#[derive(Template)]
#[template(path = "embed/plain.html")]
struct Plain<'a> {
    frame: &'a Frame,
    url: String,
    version: String,
    /// What its ids begin with: two forms on one page do not clash.
    ids: String,
    purposes: Vec<PurposeView>,
    fields: Vec<FieldView>,
    age: Option<AgeView>,
    notice_href: Option<String>,
}

/// `GET /f/{form}/snippet`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let catalog = web.app.catalog();
    let form = catalog.forms.get(request.match_info().query("form"));
    let Some((form, tenant)) = form.and_then(|it| Some((it, catalog.tenant(it.tenant)?))) else {
        return message::not_found(&request, &web);
    };
    let locale = extract::locale(&request, None, Some(tenant.locale));
    let theme = Theme::parse(&extract::query(&request, "theme").unwrap_or_default());
    let phone = extract::query(&request, "width").is_some_and(|it| it == "phone");
    let here =
        format!("{}?theme={}{}", request.path(), theme.word(), if phone { "&width=phone" } else { "" });
    let frame = extract::frame(&web, locale, &here, Some(tenant));
    let path = format!("/f/{}", form.slug);
    let url = web.app.url_for(tenant.id, &path);
    let offered = shown::offered(tenant, form);
    let plain = Plain {
        frame: &frame,
        url: url.clone(),
        version: shown::version(form, shown::words(tenant, &offered, locale)),
        ids: format!("aye-{}", form.slug),
        purposes: offered.iter().filter_map(|it| shown::purpose(tenant, it, locale)).collect(),
        fields: fields::views(form, locale, &fields::Typed::new()),
        age: form.minors.map(AgeView::of),
        notice_href: frame
            .tenant
            .as_ref()
            .and_then(|it| it.notice_url.as_ref())
            .map(|it| web.app.url_for(tenant.id, it)),
    };
    let page = SnippetPage {
        frame: &frame,
        plain: plain.render().unwrap_or_default(),
        qr: drawn(&url),
        path,
        url,
        base_url: &web.app.url_for(tenant.id, ""),
        theme,
        phone,
    };
    page::html_under(POLICY, &frame, StatusCode::OK, &page)
}

impl SnippetPage<'_> {
    #[expect(clippy::unused_self, reason = "templates call methods")]
    fn pinned(&self) -> String {
        script::pinned_path()
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    fn integrity(&self) -> &'static str {
        script::integrity()
    }

    #[expect(clippy::unused_self, reason = "templates call methods")]
    fn script_href(&self) -> &'static str {
        assets::snippet_href()
    }

    /// The previews there are: the key of the name, the address, and whether it is this one.
    fn looks(&self) -> Vec<(&'static str, String, bool)> {
        let (path, lang) = (&self.path, self.frame.tag());
        let width = if self.phone { "&width=phone" } else { "" };
        let themes = [
            (Theme::Auto, "snippet-auto"),
            (Theme::Light, "snippet-light"),
            (Theme::Dark, "snippet-dark"),
            (Theme::Bare, "snippet-bare"),
        ];
        let look = |(theme, key): (Theme, &'static str)| {
            let href = format!("{path}/snippet?lang={lang}&theme={}{width}#preview", theme.word());
            (key, href, theme == self.theme)
        };
        themes.into_iter().map(look).collect()
    }

    /// The same preview in the other width.
    fn other_width(&self) -> (&'static str, String) {
        let (path, lang, theme) = (&self.path, self.frame.tag(), self.theme.word());
        let (key, width) = if self.phone { ("snippet-wide", "") } else { ("snippet-phone", "&width=phone") };
        (key, format!("{path}/snippet?lang={lang}&theme={theme}{width}#preview"))
    }
}

/// The squares of a QR code as one SVG path inside the quiet zone that ISO/IEC 18004 asks for.
fn drawn(text: &str) -> Option<(String, usize)> {
    const QUIET: usize = 4;
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, it)| **it == Color::Dark) {
        // Writing into a string cannot fail.
        let _ = write!(path, "M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    Some((path, width + 2 * QUIET))
}
