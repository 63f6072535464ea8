//! How a tenant's pages look: colours that can be read, letters, corners, a logo.
//!
//! A tenant gives three colours for light screens and perhaps three for dark ones; every other colour follows from
//! them, so that whatever was accepted stays readable on every page.

use std::fmt::Write as _;

use super::colour::Colour;

/// The least contrast of text (WCAG 2.2, 1.4.3).
pub const TEXT: f64 = 4.5;
/// The least contrast of what is no text: edges of fields, the ring around what has the focus (1.4.11).
pub const SHAPE: f64 = 3.0;

/// The look of a tenant's pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// On light screens.
    pub light: Palette,
    /// On dark screens.
    pub dark: Palette,
    /// Families of letters, the first that a device has; empty for the device's own.
    pub font: FontStack,
    /// How round corners are, in pixels.
    pub radius: u8,
    /// The picture beside the name.
    pub logo: Option<Logo>,
    /// Whether the mail that asks for the second yes carries the logo, against advice.
    pub confirmation_logo: bool,
}

/// The three colours that all others follow from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Of the page.
    pub background: Colour,
    /// Of what is written on it.
    pub text: Colour,
    /// Of buttons and links.
    pub accent: Colour,
}

/// Every colour of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The page.
    pub paper: Colour,
    /// Boxes on it.
    pub panel: Colour,
    /// Text.
    pub ink: Colour,
    /// Text that matters less.
    pub soft: Colour,
    /// Lines between things.
    pub line: Colour,
    /// Edges of fields.
    pub edge: Colour,
    /// Buttons and links.
    pub act: Colour,
    /// The same under the pointer.
    pub act_over: Colour,
    /// Labels of buttons.
    pub on_act: Colour,
    /// Text and edges of mistakes.
    pub bad: Colour,
    /// The ring around what has the focus.
    pub ring: Colour,
}

/// A picture that has been made anew, by what it is served under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// SHA-256 of the picture, in hex.
    pub sha256: String,
    /// What it is.
    pub kind: PictureKind,
    /// Its width as shown, in pixels.
    pub width: u32,
    /// Its height as shown, in pixels.
    pub height: u32,
}

/// A picture that has been made anew: nothing of the file it came in is left but what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// By what it is served.
    pub logo: Logo,
    /// The file.
    pub data: Vec<u8>,
}

/// The formats that pictures are made anew in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureKind {
    /// Made of dots.
    Png,
    /// Made of paths.
    Svg,
}

impl PictureKind {
    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Svg => "image/svg+xml",
        }
    }

    /// The end of its file name.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Svg => "svg",
        }
    }

    /// The format of exactly this file name end.
    pub fn parse(ending: &str) -> Option<Self> {
        [Self::Png, Self::Svg].into_iter().find(|it| it.ending() == ending)
    }
}

/// Why colours cannot be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct LowContrast {
    /// Whose colour: `text` or `accent`.
    pub what: &'static str,
    /// The colour.
    pub given: Colour,
    /// The page it stands on.
    pub background: Colour,
    /// The nearest that can be read.
    pub suggestion: Colour,
}

impl std::fmt::Display for LowContrast {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { what: _, given, background, suggestion } = self;
        // Never rounded up to what it is not.
        let ratio = |it: &Colour| (it.contrast(*background) * 100.0).floor() / 100.0;
        let (found, better) = (ratio(given), ratio(suggestion));
        write!(
            f,
            "{given} on {background} has a contrast of {found:.2}:1; text needs {TEXT}:1 to be read. \
             Write {suggestion}, which has {better:.2}:1"
        )
    }
}

impl std::error::Error for LowContrast {}

impl Palette {
    /// Ours, on light screens.
    pub const LIGHT: Self = Self {
        background: Colour::WHITE,
        text: Colour::rgb(0x16, 0x20, 0x1e),
        accent: Colour::rgb(0x0b, 0x5a, 0x4c),
    };
    /// Ours, on dark screens.
    pub const DARK: Self = Self {
        background: Colour::rgb(0x12, 0x18, 0x17),
        text: Colour::rgb(0xea, 0xf0, 0xee),
        accent: Colour::rgb(0x8f, 0xdc, 0xc8),
    };

    /// Ours on dark screens, with the nearest accent of the same hue that can be read there.
    pub fn dark_of(accent: Colour) -> Self {
        let accent = accent.nearest(&[(Self::DARK.background, TEXT)]).unwrap_or(Self::DARK.accent);
        Self { accent, ..Self::DARK }
    }

    /// Whether text and accent can be read on the page; the first that cannot.
    ///
    /// # Errors
    /// Says which, and what to write.
    pub fn check(&self) -> Result<(), LowContrast> {
        let Self { background, text, accent } = *self;
        for (what, given) in [("text", text), ("accent", accent)] {
            let against = [(background, TEXT)];
            if !given.stands_out(&against) {
                let away = if background.luminance() > 0.18 { Colour::BLACK } else { Colour::WHITE };
                let suggestion = given.nearest(&against).unwrap_or(away);
                return Err(LowContrast { what, given, background, suggestion });
            }
        }
        Ok(())
    }

    /// Every colour that follows. With a palette that passed its check, everything written stands out by 4.5:1 and
    /// every shape by 3:1.
    pub fn scheme(&self) -> Scheme {
        let Self { background: paper, text: ink, accent: act } = *self;
        // An accent that is darker than the page by 4.5:1 is dark enough for white letters, and one that is lighter by
        // as much is light enough for black ones; farther from the page it is so even more.
        let (on_act, away) = if act.luminance() < paper.luminance() {
            (Colour::WHITE, Colour::BLACK)
        } else {
            (Colour::BLACK, Colour::WHITE)
        };
        let panels = [0.07, 0.05, 0.03, 0.015].map(|it| paper.mix(ink, it)).into_iter();
        let mut panels = panels.filter(|it| ink.contrast(*it) >= TEXT && act.contrast(*it) >= TEXT);
        let panel = panels.next().unwrap_or(paper);
        let text = [(paper, TEXT), (panel, TEXT)];
        let mut softs = [0.32, 0.24, 0.16, 0.08].map(|it| ink.mix(paper, it)).into_iter();
        let soft = softs.find(|it| it.stands_out(&text)).unwrap_or(ink);
        let mut edges = [0.5, 0.6, 0.7, 0.8, 0.9].map(|it| paper.mix(ink, it)).into_iter();
        let edge = edges.find(|it| it.stands_out(&[(paper, SHAPE)])).unwrap_or(ink);
        Scheme {
            paper,
            panel,
            ink,
            soft,
            line: paper.mix(ink, 0.2),
            edge,
            act,
            act_over: act.mix(away, 0.25),
            on_act,
            bad: Colour::rgb(0xa3, 0x16, 0x1f).nearest(&text).unwrap_or(ink),
            ring: Colour::rgb(0x1d, 0x4e, 0xd8).nearest(&[(paper, SHAPE), (panel, SHAPE)]).unwrap_or(ink),
        }
    }
}

/// Families of letters, as a style sheet lists them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FontStack(Vec<String>);

/// Why a text is not a list of families.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// Nothing between two commas.
    #[error("it names no family; write system, serif, mono, or families like Inter, Helvetica Neue")]
    Empty,
    /// More than anyone needs.
    #[error("it names more than 6 families; keep the first ones")]
    Many,
    /// Not a plain name.
    #[error("`{0}` is not the name of a family; use letters, digits, spaces and -, at most 40")]
    Name(String),
}

impl FontStack {
    /// The families of `Inter, Helvetica Neue`; `system`, `serif` and `mono` are lists of their own. Nothing is ever
    /// fetched: a family counts when the device has it.
    ///
    /// # Errors
    /// Says what is in the way.
    pub fn parse(text: &str) -> Result<Self, FontError> {
        let families: Vec<&str> = text.split(',').map(|it| it.trim_matches(' ')).collect();
        if families.len() > 6 {
            return Err(FontError::Many);
        }
        for family in &families {
            let fit = |it: char| it.is_ascii_alphanumeric() || matches!(it, ' ' | '-');
            if family.is_empty() {
                return Err(FontError::Empty);
            }
            if family.len() > 40
                || !family.chars().all(fit)
                || !family.starts_with(|it: char| it.is_ascii_alphabetic())
            {
                return Err(FontError::Name((*family).to_owned()));
            }
        }
        Ok(match families.as_slice() {
            ["system"] => Self::default(),
            _ => Self(families.into_iter().map(str::to_owned).collect()),
        })
    }

    /// As in a file of `apply`.
    fn as_text(&self) -> String {
        if self.0.is_empty() { "system".to_owned() } else { self.0.join(", ") }
    }

    /// As a style sheet has it; `None` for the device's own letters.
    pub fn css(&self) -> Option<String> {
        let quoted = |it: &String| match it.as_str() {
            "sans-serif" | "serif" | "monospace" | "system-ui" => it.clone(),
            name => format!("\"{name}\""),
        };
        match self.0.as_slice() {
            [] => None,
            [one] if one == "serif" => {
                Some("Charter, \"Bitstream Charter\", Cambria, Georgia, serif".to_owned())
            }
            [one] if one == "mono" => {
                Some("ui-monospace, \"SF Mono\", Menlo, Consolas, monospace".to_owned())
            }
            families => {
                let mut list: Vec<String> = families.iter().map(quoted).collect();
                if !list.iter().any(|it| !it.starts_with('"')) {
                    list.push("sans-serif".to_owned());
                }
                Some(list.join(", "))
            }
        }
    }
}

impl Default for Theme {
    /// Ours.
    fn default() -> Self {
        Self {
            light: Palette::LIGHT,
            dark: Palette::DARK,
            font: FontStack::default(),
            radius: Self::RADIUS,
            logo: None,
            confirmation_logo: false,
        }
    }
}

impl Theme {
    /// Our corners, in pixels.
    pub const RADIUS: u8 = 4;
    /// The roundest, in pixels.
    pub const RADIUS_MAX: u8 = 24;

    /// As it is stored: one line a part.
    pub fn to_lines(&self) -> String {
        let Self { light, dark, font, radius, logo, confirmation_logo } = self;
        let mut text = String::new();
        for (name, Palette { background, text: ink, accent }) in [("light", light), ("dark", dark)] {
            let _ = writeln!(text, "{name} {background} {ink} {accent}");
        }
        let _ = writeln!(text, "font {}\nradius {radius}", font.as_text());
        if let Some(Logo { sha256, kind, width, height }) = logo {
            let _ = writeln!(text, "logo {sha256} {} {width} {height}", kind.ending());
        }
        if *confirmation_logo {
            text.push_str("confirmation_logo yes\n");
        }
        text
    }

    /// As it was stored; `None` when it is not what [`to_lines`](Self::to_lines) writes.
    pub fn from_lines(text: &str) -> Option<Self> {
        let mut theme = Self::default();
        for line in text.lines() {
            let (name, value) = line.split_once(' ')?;
            match name {
                "light" => theme.light = read_palette(value)?,
                "dark" => theme.dark = read_palette(value)?,
                "font" => theme.font = FontStack::parse(value).ok()?,
                "radius" => theme.radius = value.parse().ok()?,
                "logo" => theme.logo = Some(read_logo(value)?),
                "confirmation_logo" => theme.confirmation_logo = true,
                _ => return None,
            }
        }
        Some(theme)
    }
}

fn read_palette(text: &str) -> Option<Palette> {
    let mut colours = text.split(' ').map(|it| Colour::parse(it).ok());
    Some(Palette { background: colours.next()??, text: colours.next()??, accent: colours.next()?? })
}

fn read_logo(text: &str) -> Option<Logo> {
    let mut parts = text.split(' ');
    Some(Logo {
        sha256: parts.next()?.to_owned(),
        kind: PictureKind::parse(parts.next()?)?,
        width: parts.next()?.parse().ok()?,
        height: parts.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests;
