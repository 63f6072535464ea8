//! Where and how a form was filled in, as far as the browser told.

use serde_json::{Map, Value, json};

/// The surroundings of a submitted form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placement {
    /// How the form came onto the screen.
    pub way: Way,
    /// Whether the text on the screen was the one that was sent there.
    pub displayed: Displayed,
    /// The version of form and wording that was filled in.
    pub version: Option<String>,
    /// Origin and path of the page, without its query.
    pub page: Option<String>,
    /// Whether the browser's own `Origin` agrees with the page: a script outside a browser can say anything.
    pub page_is_vouched_for: bool,
    /// What the site calls the place or the campaign.
    pub reference: Option<String>,
}

/// How a form came onto the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Its own page.
    Page,
    /// The element.
    Element,
    /// Its own page, framed by another.
    Frame,
    /// HTML copied into a page.
    Plain,
    /// A script that asks for JSON.
    Api,
}

/// What is known of the text on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Displayed {
    /// The element found the text that was sent.
    Attested,
    /// The element found another: translated by the browser, or changed by the page.
    Altered,
    /// Nobody looked.
    Unattested,
}

impl Way {
    /// The word in the evidence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Element => "element",
            Self::Frame => "frame",
            Self::Plain => "plain",
            Self::Api => "api",
        }
    }
}

impl Displayed {
    /// The word in the evidence.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Attested => "attested",
            Self::Altered => "altered",
            Self::Unattested => "unattested",
        }
    }
}

impl Placement {
    /// What evidence says of it.
    pub(super) fn record(&self, record: &mut Map<String, Value>) {
        let Self { way, displayed, version, page, page_is_vouched_for: _, reference } = self;
        record.insert("way".to_owned(), json!(way.word()));
        record.insert("displayed".to_owned(), json!(displayed.word()));
        for (key, value) in [("v", version), ("page", page), ("ref", reference)] {
            if let Some(value) = value {
                record.insert(key.to_owned(), json!(value));
            }
        }
    }
}
