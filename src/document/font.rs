//! The two fonts of our documents: which characters they have, how wide a text is, where a line breaks.
//!
//! The files are subsets (34 and 33 kB) of `DejaVu Sans`: Latin-1, Latin Extended-A, Greek, Cyrillic,
//! punctuation, arrows. They were made with fonttools 4.68 from Debian's `fonts-dejavu-core`, for each of
//! `DejaVuSans` and `DejaVuSans-Bold`:
//!
//! ```text
//! pyftsubset $FONT.ttf --layout-features= --no-hinting --drop-tables+=FFTM --name-IDs=0,1,2,4,6 --unicodes=\
//! U+0020-007E,U+00A0-017F,U+0218-021B,U+0386,U+0388-038A,U+038C,U+038E-03A1,U+03A3-03CE,U+0400-045F,\
//! U+0490-0491,U+1E9E,U+2010-2015,U+2018-201E,U+2020-2022,U+2026,U+202F,U+2030,U+2039-203A,U+20AC,U+2116,\
//! U+2122,U+2190-2193,U+2212,U+25A1,U+FFFD --output-file=$FONT-subset.ttf
//! ```
//!
//! One glyph a character, no kerning: right for these scripts. Any other character, and any that would not
//! show, is written as its number (`[U+1F600]`): evidence must not hide what was typed.

use std::{fmt::Write, sync::LazyLock};

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{
    FontRef, MetadataProvider,
    instance::{LocationRef, Size},
};
use unicode_normalization::UnicodeNormalization;

use super::DocumentError;

static REGULAR: LazyLock<Option<Face>> =
    LazyLock::new(|| Face::read(include_bytes!("../../static/fonts/DejaVuSans-subset.ttf")));
static BOLD: LazyLock<Option<Face>> =
    LazyLock::new(|| Face::read(include_bytes!("../../static/fonts/DejaVuSans-Bold-subset.ttf")));

/// One font.
pub(super) struct Face {
    font: Font,
    map: FontRef<'static>,
}

/// Which of the two fonts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// For text.
    Regular,
    /// For headings and names.
    Bold,
}

impl Weight {
    /// The font of this weight.
    ///
    /// # Errors
    /// The embedded file is not a font: a fault of the build.
    pub(super) fn face(self) -> Result<&'static Face, DocumentError> {
        let face = match self {
            Self::Regular => &REGULAR,
            Self::Bold => &BOLD,
        };
        face.as_ref().ok_or_else(|| DocumentError::Pdf("the embedded font cannot be read".to_owned()))
    }
}

impl Face {
    fn read(bytes: &'static [u8]) -> Option<Self> {
        Some(Self { font: Font::new(bytes.to_vec().into(), 0)?, map: FontRef::new(bytes).ok()? })
    }

    pub(super) fn font(&self) -> Font {
        self.font.clone()
    }

    /// The text as it is drawn: composed, line ends as `\n`, tabs as spaces, and every character this font
    /// cannot show as its number.
    pub(super) fn visible(&self, text: &str) -> String {
        let map = self.map.charmap();
        let mut shown = String::with_capacity(text.len());
        let text = text.replace("\r\n", "\n");
        for it in text.nfc() {
            match it {
                '\n' => shown.push('\n'),
                '\t' => shown.push_str("    "),
                _ if is_hidden(it) || map.map(it).is_none_or(|glyph| glyph.to_u32() == 0) => {
                    // Writing to a String cannot fail.
                    let _ = write!(shown, "[U+{:04X}]", u32::from(it));
                }
                _ => shown.push(it),
            }
        }
        shown
    }

    /// The glyphs of a visible text, with their advances for a font size of one.
    pub(super) fn glyphs(&self, text: &str) -> Vec<KrillaGlyph> {
        let (map, metrics) =
            (self.map.charmap(), self.map.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let per_em = self.font.units_per_em();
        let glyph = |(at, it): (usize, char)| {
            let glyph = map.map(it).unwrap_or_default();
            let advance = metrics.advance_width(glyph).unwrap_or(0.0) / per_em;
            KrillaGlyph::new(
                GlyphId::new(glyph.to_u32()),
                advance,
                0.0,
                0.0,
                0.0,
                at..at + it.len_utf8(),
                None,
            )
        };
        text.char_indices().map(glyph).collect()
    }

    /// The lines of a text that is `width` wide at `size`: broken at spaces, a longer word anywhere. An empty
    /// line of the text stays one; there is always at least one line.
    pub(super) fn lines(&self, text: &str, size: f32, width: f32) -> Vec<String> {
        let text = self.visible(text);
        let mut lines = Vec::new();
        for paragraph in text.split('\n') {
            self.wrap(paragraph, width / size, &mut lines);
        }
        lines
    }

    fn wrap(&self, text: &str, width: f32, lines: &mut Vec<String>) {
        let (map, metrics) =
            (self.map.charmap(), self.map.glyph_metrics(Size::unscaled(), LocationRef::default()));
        let advance = |it: char| {
            map.map(it).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(0.0)
                / self.font.units_per_em()
        };
        let (mut line, mut used) = (String::new(), 0.0);
        for word in text.split_inclusive(' ') {
            let body: f32 = word.trim_end_matches(' ').chars().map(advance).sum();
            if used + body > width && !line.is_empty() {
                lines.push(finished(&mut line));
                used = 0.0;
            }
            for it in word.chars() {
                let more = advance(it);
                if it != ' ' && used + more > width && !line.is_empty() {
                    lines.push(finished(&mut line));
                    used = 0.0;
                }
                line.push(it);
                used += more;
            }
        }
        lines.push(finished(&mut line));
    }
}

fn finished(line: &mut String) -> String {
    let done = line.trim_end_matches(' ').to_owned();
    line.clear();
    done
}

/// Characters that leave no mark or move the others: joiners, direction marks, the soft hyphen.
fn is_hidden(it: char) -> bool {
    it.is_control() || it == '\u{AD}'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{domain::Locale, i18n::sources};

    #[test]
    fn lines_break_at_spaces_and_long_words_anywhere() {
        let face = Weight::Regular.face().unwrap();
        let lines = face.lines("one two three", 10.0, 45.0);
        assert_eq!(lines, ["one two", "three"]);
        let lines = face.lines(&"x".repeat(10_000), 10.0, 100.0);
        assert!(lines.len() > 500, "{}", lines.len());
        assert_eq!(lines.concat(), "x".repeat(10_000));
        for line in &lines {
            let wide: f32 = face.glyphs(line).iter().map(|it| it.x_advance * 10.0).sum();
            assert!(wide <= 100.1, "{line} is {wide} wide");
        }
        assert_eq!(face.lines("a\n\nb", 10.0, 100.0), ["a", "", "b"]);
        assert_eq!(face.lines("", 10.0, 100.0), [""]);
    }

    #[test]
    fn what_the_font_lacks_is_written_as_its_number() {
        let face = Weight::Regular.face().unwrap();
        assert_eq!(face.visible("Zoë 😀\u{202E}\0\t\u{E000}"), "Zoë [U+1F600][U+202E][U+0000]    [U+E000]");
        assert_eq!(face.visible("e\u{301}t\u{e9}\r\nא"), "été\n[U+05D0]");
        assert_eq!(face.visible("\u{FEFF}a\u{AD}b\u{200B}"), "[U+FEFF]a[U+00AD]b[U+200B]");
    }

    #[test]
    fn both_fonts_have_the_letters_of_europe() {
        let text =
            "Œuvre «\u{a0}où\u{a0}»\u{202f}! ß ẞ Žižek Łódź Ştefan Ωμέγα Жизнь Ґанок 12\u{202f}€ — № → “x” …";
        for weight in [Weight::Regular, Weight::Bold] {
            assert_eq!(weight.face().unwrap().visible(text), text);
        }
    }

    #[test]
    fn both_fonts_have_every_letter_of_every_catalogue() {
        for locale in Locale::ALL {
            for text in sources(locale) {
                for weight in [Weight::Regular, Weight::Bold] {
                    let shown = weight.face().unwrap().visible(text);
                    let missing: Vec<&str> = shown.matches("[U+").collect();
                    // Only what `doc-replaced` gives as an example stands there as a number.
                    assert_eq!(missing.len(), text.matches("[U+").count(), "{locale}: {shown}");
                }
            }
        }
    }
}
