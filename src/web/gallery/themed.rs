//! Pages in a look of their own.

use super::show::{Sample, Show};
use crate::{
    domain::{
        colour::Colour,
        theme::{FontStack, Palette, Theme},
    },
    web::{
        page::Frame,
        part::EmailProblem,
        public::ask_link::{AskLinkPage, AskLinkSentPage},
        theme::{LogoView, Look, css},
    },
};

/// Where the pages find their style sheet, and their logo.
pub(super) const FILES: [&str; 2] = ["/t/fernwood/theme.css", "/t/fernwood/logo.svg"];

/// The style sheet, and the logo.
pub(super) fn files() -> [String; 2] {
    let accent = Colour::rgb(0x7a, 0x1f, 0x3d);
    let theme = Theme {
        light: Palette {
            background: Colour::rgb(0xff, 0xfa, 0xf5),
            text: Colour::rgb(0x20, 0x15, 0x10),
            accent,
        },
        dark: Palette::dark_of(accent),
        font: FontStack::parse("serif").expect("a list of families"),
        radius: 12,
        ..Theme::default()
    };
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"120\" height=\"40\" viewBox=\"0 0 120 40\">\
                <path d=\"M4 36V4h32v32zM48 4h68v8H48zM48 28h68v8H48z\" fill=\"#b8456b\"/></svg>";
    [css(&theme), logo.to_owned()]
}

impl Show {
    pub(super) fn themed(&self) -> Vec<Sample> {
        let [css_href, href] = FILES.map(str::to_owned);
        let logo = LogoView { href, width: 144, height: 48 };
        let look = Look { css_href: Some(css_href), logo: Some(logo), embedded: String::new() };
        let frame = Frame { look, ..self.frame("/ask/fernwood") };
        let asked = AskLinkPage {
            frame: &frame,
            action: "/ask/fernwood".to_owned(),
            email: "ada@".to_owned(),
            problem: Some(EmailProblem::Malformed),
        };
        vec![self.sample("themed", &asked), self.sample("themed_sent", &AskLinkSentPage { frame: &frame })]
    }
}
