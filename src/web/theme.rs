//! A tenant's look: its style sheet and its logo, each under a name that changes with it.
//!
//! Both may be kept for ever; both come with `nosniff`. The logo was made anew when it was set up, and is besides sent
//! as what nothing may run in.

use std::fmt::Write as _;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE},
    web::Data,
};
use sha2::{Digest, Sha256};

use super::{Web, error::Fault};
use crate::{
    domain::{
        catalog::Tenant,
        theme::{Logo, Palette, Scheme, Theme},
    },
    store,
};

/// What nothing may run in, and nothing be fetched from.
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'";

/// What a page takes of its tenant's look.
#[derive(Clone, Default)]
pub struct Look {
    /// Where its style sheet is; `None` for ours alone.
    pub css_href: Option<String>,
    /// Its logo.
    pub logo: Option<LogoView>,
    /// What its embedded forms look like besides the common style; empty for ours alone.
    pub embedded: String,
}

/// A logo on a page.
#[derive(Clone)]
pub struct LogoView {
    /// Where it is.
    pub href: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

impl Look {
    /// The look of a tenant.
    pub fn of(tenant: &Tenant) -> Self {
        let Some(theme) = &tenant.theme else { return Self::default() };
        let sheet = css(theme);
        let href = format!("/t/{}/{}.css", tenant.slug, hash(&sheet));
        Self {
            css_href: Some(href).filter(|_| !sheet.is_empty()),
            logo: theme.logo.as_ref().map(|it| logo_view(tenant, it)),
            embedded: embedded(theme),
        }
    }
}

fn logo_view(tenant: &Tenant, logo: &Logo) -> LogoView {
    let Logo { sha256, kind, width, height } = logo;
    let href = format!("/t/{}/logo-{}.{}", tenant.slug, short(sha256), kind.ending());
    LogoView { href, width: *width, height: *height }
}

/// The first 16 hex digits.
fn short(sha256: &str) -> &str {
    sha256.get(..16).unwrap_or(sha256)
}

fn hash(text: &str) -> String {
    short(&hex::encode(Sha256::digest(text))).to_owned()
}

/// The style sheet of a theme: it sets what the common one leaves open; empty when that is nothing. For screens alone:
/// on paper everything is black and white.
pub fn css(theme: &Theme) -> String {
    let Theme { light, dark, font, radius, logo: _, confirmation_logo: _ } = theme;
    let mut text = String::new();
    if *light != Palette::LIGHT {
        let _ = write!(text, "@media screen{{:root{{{}}}}}", colours(&light.scheme()));
    }
    if *light != Palette::LIGHT || *dark != Palette::DARK {
        let _ = write!(
            text,
            "@media screen and (prefers-color-scheme:dark){{:root{{{}}}}}",
            colours(&dark.scheme())
        );
    }
    let mut shape = String::new();
    if *radius != Theme::RADIUS {
        let _ = write!(shape, "--round:{radius}px;");
    }
    if let Some(font) = font.css() {
        let _ = write!(shape, "--font:{font};");
    }
    if !shape.is_empty() {
        let _ = write!(text, ":root{{{shape}}}");
    }
    text.push_str(&embedded(theme));
    text
}

/// What embedded forms take of a theme: the page around them may say otherwise by its custom properties.
fn embedded(theme: &Theme) -> String {
    let Theme { light, dark, font: _, radius, logo: _, confirmation_logo: _ } = theme;
    let mut text = String::new();
    if *light != Palette::LIGHT || *dark != Palette::DARK {
        let (light, dark) = (light.scheme(), dark.scheme());
        for (name, day, night) in [("accent", light.act, dark.act), ("on-accent", light.on_act, dark.on_act)]
        {
            let _ = write!(text, "--{name}:var(--aye-{name},light-dark({day},{night}));");
        }
    }
    if *radius != Theme::RADIUS {
        let _ = write!(text, "--round:var(--aye-radius,{radius}px);");
    }
    if text.is_empty() { text } else { format!(".aye{{{text}}}") }
}

fn colours(scheme: &Scheme) -> String {
    let Scheme { paper, panel, ink, soft, line, edge, act, act_over, on_act, bad, ring } = scheme;
    let named = [
        ("paper", paper),
        ("panel", panel),
        ("ink", ink),
        ("soft", soft),
        ("line", line),
        ("edge", edge),
        ("act", act),
        ("accent", act),
        ("act-over", act_over),
        ("on-act", on_act),
        ("good", act),
        ("bad", bad),
        ("ring", ring),
    ];
    let mut text = String::new();
    for (name, colour) in named {
        let _ = write!(text, "--{name}:{colour};");
    }
    text
}

/// `GET /t/{tenant}/{file}`: its style sheet, or its logo.
///
/// # Errors
/// The database failed.
pub async fn get(request: HttpRequest, web: Data<Web>) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let (slug, file) = (request.match_info().query("tenant"), request.match_info().query("file"));
    let Some((tenant, theme)) = catalog.tenant_named(slug).and_then(|it| Some((it, it.theme.as_ref()?)))
    else {
        return Ok(HttpResponse::NotFound().finish());
    };
    match file.rsplit_once('.') {
        Some((name, "css")) => {
            let sheet = css(theme);
            let is_present = name == hash(&sheet);
            Ok(answer("text/css; charset=utf-8", is_present, sheet.into_bytes()))
        }
        Some((name, ending)) => {
            let logo = theme.logo.as_ref().filter(|it| {
                name.strip_prefix("logo-") == Some(short(&it.sha256)) && ending == it.kind.ending()
            });
            let Some(logo) = logo else { return Ok(HttpResponse::NotFound().finish()) };
            picture(&web, tenant, logo).await
        }
        None => Ok(HttpResponse::NotFound().finish()),
    }
}

async fn picture(web: &Web, tenant: &Tenant, logo: &Logo) -> Result<HttpResponse, Fault> {
    let mut tx = web.app.store.peek().await?;
    let Some(data) = store::catalog::logo(&mut tx, tenant.id, &logo.sha256).await? else {
        return Ok(HttpResponse::NotFound().finish());
    };
    let mut answer = answer(logo.kind.media_type(), true, data);
    let policy = actix_web::http::header::HeaderValue::from_static(SANDBOX);
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    Ok(answer)
}

/// A file, to be kept for ever when it was asked for by its present name.
fn answer(media_type: &str, is_present: bool, data: Vec<u8>) -> HttpResponse {
    let keep = if is_present { "public, max-age=31536000, immutable" } else { "no-cache" };
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, media_type))
        .insert_header((CACHE_CONTROL, keep))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("Cross-Origin-Resource-Policy", "same-origin"))
        .body(data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{colour::Colour, theme::FontStack};

    #[test]
    fn our_own_theme_needs_no_sheet() {
        assert_eq!(css(&Theme::default()), "");
    }

    #[test]
    fn a_sheet_sets_what_the_theme_says_for_light_and_dark() {
        let accent = Colour::parse("#7a1f3d").unwrap();
        let light = Palette { accent, ..Palette::LIGHT };
        let font = FontStack::parse("Inter").unwrap();
        let theme = Theme { light, dark: Palette::dark_of(accent), font, radius: 12, ..Theme::default() };
        let text = css(&theme);
        let dark = "@media screen and (prefers-color-scheme:dark){:root{--paper:#121817;";
        assert!(text.starts_with("@media screen{:root{--paper:#ffffff;") && text.contains(dark), "{text}");
        assert!(text.contains("--act:#7a1f3d;--accent:#7a1f3d;"), "{text}");
        assert!(text.contains(":root{--round:12px;--font:\"Inter\", sans-serif;}.aye{--accent:"), "{text}");
        assert!(text.ends_with("--round:var(--aye-radius,12px);}"), "{text}");
        for sign in ["url(", "@import", "<", "expression"] {
            assert!(!text.contains(sign), "{text}");
        }
    }

    /// What a theme sets is what our sheet uses.
    #[test]
    fn every_property_a_theme_sets_is_one_of_our_sheet() {
        let sheet = include_str!("../../static/app.css");
        let set = format!("{}--round:1px;--font:x;", colours(&Palette::LIGHT.scheme()));
        for property in set.split(';').filter_map(|it| it.split_once(':')).map(|(name, _)| name) {
            let used = property == "--accent" || sheet.contains(&format!("var({property})"));
            assert!(used, "{property}");
        }
    }
}
