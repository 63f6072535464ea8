//! A form inside somebody else's page: `<aye-form>`, an iframe, and what both are told.
//!
//! The element fetches HTML made here, by the same templates as the form's own page, so that the wording shown is
//! the wording stored. Nothing here sets a cookie, and nothing is loaded from elsewhere.

pub mod answer;
pub mod digest;
pub mod placed;
pub mod script;
pub mod snippet;

use actix_web::HttpRequest;

use super::extract::{self, Fields};

/// In which shape a form is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// A page of its own.
    Page,
    /// A piece of HTML for the element.
    Fragment,
    /// A page that other sites may frame.
    Frame,
}

/// The colours of an embedded form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the page around it.
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
    /// None of ours: the page around it sees to them.
    Bare,
}

/// How a form was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The shape.
    pub view: View,
    /// The colours.
    pub theme: Theme,
    /// What alone is to be offered, by slug; nothing means all. Unknown ones are ignored where this is used.
    pub purposes: Vec<String>,
}

/// Purposes named in one request at most; there is no form with more.
const MOST_PURPOSES: usize = 50;

impl Asked {
    /// What the address, or a field of the form, says.
    pub fn of(request: &HttpRequest, fields: Option<&Fields>) -> Self {
        let embed = extract::query(request, "embed");
        let embed = embed.or_else(|| fields.map(|it| it.first("embed").to_owned()));
        let view = match embed.as_deref() {
            // A browser that goes there as to a page gets a page.
            Some("1") if !is_navigation(request) => View::Fragment,
            Some("frame") => View::Frame,
            Some(_) | None => View::Page,
        };
        let purposes = extract::query(request, "purposes").unwrap_or_default();
        let purposes = purposes.split([',', ' ']).filter(|it| !it.is_empty()).take(MOST_PURPOSES);
        Self {
            view,
            theme: Theme::parse(&extract::query(request, "theme").unwrap_or_default()),
            purposes: purposes.map(str::to_owned).collect(),
        }
    }

    /// `path` with what it takes to be asked in the same way again.
    pub fn address(&self, path: &str) -> String {
        let mut said = Vec::new();
        match self.view {
            View::Page => {}
            View::Fragment => said.push("embed=1".to_owned()),
            View::Frame => said.push("embed=frame".to_owned()),
        }
        if self.view != View::Page && self.theme != Theme::Auto {
            said.push(format!("theme={}", self.theme.word()));
        }
        if !self.purposes.is_empty() {
            said.push(format!("purposes={}", self.purposes.join(",")));
        }
        let sign = if path.contains('?') { '&' } else { '?' };
        if said.is_empty() { path.to_owned() } else { format!("{path}{sign}{}", said.join("&")) }
    }
}

impl Theme {
    /// The theme of this word, in any case; what is no word of ours is the usual one.
    pub fn parse(word: &str) -> Self {
        let all = [Self::Auto, Self::Light, Self::Dark, Self::Bare];
        all.into_iter().find(|it| it.word().eq_ignore_ascii_case(word)).unwrap_or(Self::Auto)
    }

    /// Its word, in addresses and as a class.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Bare => "bare",
        }
    }
}

/// Whether a browser says that it is going to a page (Fetch Metadata).
fn is_navigation(request: &HttpRequest) -> bool {
    request.headers().get("sec-fetch-mode").is_some_and(|it| it == "navigate")
}
