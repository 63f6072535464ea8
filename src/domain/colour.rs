//! Colours and whether they can be told apart (WCAG 2.2, success criteria 1.4.3 and 1.4.11).

use std::fmt;

/// An opaque colour of sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

/// Why a text is not a colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not a colour; write # and six hexadecimal digits, like #0b5a4c")]
pub struct ColourError;

/// Steps of lightness that are tried when a colour is looked for.
const STEPS: u32 = 1_000;

impl Colour {
    /// White.
    pub const WHITE: Self = Self::rgb(255, 255, 255);
    /// Black.
    pub const BLACK: Self = Self::rgb(0, 0, 0);

    /// A colour of its three parts.
    pub const fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Takes `#rrggbb`, and nothing else that style sheets know.
    ///
    /// # Errors
    /// It is anything else.
    pub fn parse(text: &str) -> Result<Self, ColourError> {
        let digits = text.strip_prefix('#').ok_or(ColourError)?.as_bytes();
        let digit =
            |it: u8| char::from(it).to_digit(16).and_then(|it| u8::try_from(it).ok()).ok_or(ColourError);
        let &[red, red_low, green, green_low, blue, blue_low] = digits else { return Err(ColourError) };
        let part = |high, low| Ok(digit(high)? * 16 + digit(low)?);
        Ok(Self::rgb(part(red, red_low)?, part(green, green_low)?, part(blue, blue_low)?))
    }

    fn parts(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(|it| f64::from(it) / 255.0)
    }

    /// Relative luminance, from 0 for black to 1 for white.
    pub fn luminance(self) -> f64 {
        let [red, green, blue] =
            self.parts().map(|it| if it <= 0.040_45 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Contrast ratio, from 1 to 21; the same either way round.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// `share` of the other colour, from 0 to 1, and the rest of this one.
    pub fn mix(self, other: Self, share: f64) -> Self {
        let [one, two] = [self.parts(), other.parts()];
        let [red, green, blue] = [0, 1, 2].map(|at: usize| {
            let part = |it: [f64; 3]| it.get(at).copied().unwrap_or_default();
            byte(part(one) * (1.0 - share) + part(two) * share)
        });
        Self::rgb(red, green, blue)
    }

    /// Hue in degrees, saturation and lightness from 0 to 1.
    pub fn hsl(self) -> [f64; 3] {
        let [red, green, blue] = self.parts();
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let (chroma, lightness) = (most - least, f64::midpoint(most, least));
        if chroma <= f64::EPSILON {
            return [0.0, 0.0, lightness];
        }
        let hue = if red >= green && red >= blue {
            ((green - blue) / chroma).rem_euclid(6.0)
        } else if green >= blue {
            (blue - red) / chroma + 2.0
        } else {
            (red - green) / chroma + 4.0
        };
        [hue * 60.0, chroma / (1.0 - (2.0 * lightness - 1.0).abs()), lightness]
    }

    /// The colour of a hue in degrees, a saturation and a lightness from 0 to 1.
    pub fn from_hsl([hue, saturation, lightness]: [f64; 3]) -> Self {
        let reach = saturation * lightness.min(1.0 - lightness);
        let part = |shift: f64| {
            let at = (shift + hue / 30.0).rem_euclid(12.0);
            byte(lightness - reach * (at - 3.0).min(9.0 - at).clamp(-1.0, 1.0))
        };
        Self::rgb(part(0.0), part(8.0), part(4.0))
    }

    /// Whether it stands out against each of these colours by at least the ratio beside it.
    pub fn stands_out(self, against: &[(Self, f64)]) -> bool {
        against.iter().all(|(other, ratio)| self.contrast(*other) >= *ratio)
    }

    /// The nearest colour of the same hue that stands out against all of these; itself when it does. `None` when there
    /// is none, which cannot be with one colour and a ratio of at most 4.5.
    pub fn nearest(self, against: &[(Self, f64)]) -> Option<Self> {
        if self.stands_out(against) {
            return Some(self);
        }
        let [hue, saturation, lightness] = self.hsl();
        let near = (1..=STEPS).flat_map(|step| {
            let distance = f64::from(step) / f64::from(STEPS);
            [lightness - distance, lightness + distance]
        });
        let reached = near.chain([0.0, 1.0]).filter(|it| (0.0..=1.0).contains(it));
        let mut colours = reached.map(|it| Self::from_hsl([hue, saturation, it]));
        colours.find(|it| it.stands_out(against))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=255")]
fn byte(part: f64) -> u8 {
    (part * 255.0).round().clamp(0.0, 255.0) as u8
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { red, green, blue } = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn a_colour_is_six_digits_and_nothing_else() {
        assert_eq!(colour("#0b5A4c"), Colour::rgb(0x0b, 0x5a, 0x4c));
        assert_eq!(colour("#0b5A4c").to_string(), "#0b5a4c");
        for bad in [
            "",
            "#",
            "0b5a4c",
            "#fff",
            "#0b5a4",
            "#0b5a4cff",
            "#0b5a4g",
            "# b5a4c",
            "#+b5a4c",
            "red",
            "rgb(0,0,0)",
            "#0b5a4c;",
            "#é5a4c",
            "var(--x)",
            "#0b5a4c\n",
        ] {
            assert_eq!(Colour::parse(bad), Err(ColourError), "{bad:?}");
        }
    }

    /// Ratios published with other tools, to two places.
    #[test]
    fn contrast_is_that_of_wcag() {
        for (one, two, ratio) in [
            ("#000000", "#ffffff", 21.0),
            ("#ffffff", "#ffffff", 1.0),
            ("#777777", "#ffffff", 4.48),
            ("#767676", "#ffffff", 4.54),
            ("#595959", "#ffffff", 7.0),
            ("#ff0000", "#ffffff", 4.0),
            ("#0000ff", "#ffffff", 8.59),
            ("#00ff00", "#000000", 15.3),
            ("#0b57d0", "#ffffff", 6.39),
        ] {
            let found = colour(one).contrast(colour(two));
            assert!((found - ratio).abs() < 0.01, "{one} on {two}: {found}");
        }
        assert!((colour("#808080").luminance() - 0.2159).abs() < 0.0001);
    }

    #[test]
    fn the_nearest_colour_is_the_first_that_passes() {
        let white = [(Colour::WHITE, 4.5)];
        assert_eq!(colour("#777777").nearest(&white), Some(colour("#767676")));
        assert_eq!(colour("#767676").nearest(&white), Some(colour("#767676")));
        assert!((colour("#ffff00").nearest(&white).unwrap().hsl()[0] - 60.0).abs() < 1e-9);
        assert_eq!(Colour::WHITE.nearest(&white), Some(colour("#767676")));
        assert_eq!(Colour::WHITE.nearest(&[(Colour::WHITE, 4.5), (Colour::BLACK, 5.0)]), None);
    }

    fn any() -> impl Strategy<Value = Colour> {
        proptest::array::uniform3(0..=u8::MAX).prop_map(|[red, green, blue]| Colour::rgb(red, green, blue))
    }

    proptest! {
        #[test]
        fn hue_saturation_and_lightness_lead_back(it in any()) {
            prop_assert_eq!(Colour::from_hsl(it.hsl()), it);
            prop_assert_eq!(Colour::parse(&it.to_string()), Ok(it));
        }

        #[test]
        fn contrast_is_between_one_and_twenty_one_either_way_round(one in any(), two in any()) {
            let ratio = one.contrast(two);
            prop_assert!((1.0..=21.000_001).contains(&ratio));
            prop_assert!((ratio - two.contrast(one)).abs() < 1e-9);
        }

        #[test]
        fn a_suggestion_passes_and_keeps_its_hue(it in any(), background in any(), least in 1.0..=4.5_f64) {
            let found = it.nearest(&[(background, least)]).unwrap();
            prop_assert!(found.contrast(background) >= least);
            let chroma = |it: Colour| {
                let parts = it.parts();
                parts.iter().copied().fold(0.0, f64::max) - parts.iter().copied().fold(1.0, f64::min)
            };
            // With less colour than this, rounding to whole steps moves the hue by itself.
            if chroma(it) > 0.15 && chroma(found) > 0.15 {
                let turn = (it.hsl()[0] - found.hsl()[0]).abs();
                prop_assert!(turn.min(360.0 - turn) < 3.0, "{it} {found}");
            }
        }

        #[test]
        fn a_suggestion_is_no_farther_than_it_must_be(it in any(), background in any()) {
            let against = [(background, 4.5)];
            let found = it.nearest(&against).unwrap();
            let ([hue, saturation, from], to) = (it.hsl(), found.hsl()[2]);
            for step in 0..100 {
                let between = from + (to - from) * f64::from(step) / 101.0;
                let nearer = Colour::from_hsl([hue, saturation, between]);
                prop_assert!(!nearer.stands_out(&against) || (nearer.hsl()[2] - to).abs() < 0.006, "{it} {nearer} {found}");
            }
        }

        #[test]
        fn a_mixture_begins_and_ends_with_its_parts(one in any(), two in any()) {
            prop_assert_eq!(one.mix(two, 0.0), one);
            prop_assert_eq!(one.mix(two, 1.0), two);
        }
    }
}
