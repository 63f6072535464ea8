//! Themes that can be read, whatever three colours they come from.

use proptest::prelude::*;

use super::*;

fn colour(text: &str) -> Colour {
    Colour::parse(text).unwrap()
}

fn palette(background: &str, text: &str, accent: &str) -> Palette {
    Palette { background: colour(background), text: colour(text), accent: colour(accent) }
}

#[test]
fn colours_that_cannot_be_read_are_refused_with_the_nearest_that_can() {
    let refused =
        |background, text, accent| palette(background, text, accent).check().map_err(|it| it.to_string());
    assert_eq!(refused("#ffffff", "#16201e", "#0b5a4c"), Ok(()));
    assert_eq!(
        refused("#ffffff", "#777777", "#0b5a4c").unwrap_err(),
        "#777777 on #ffffff has a contrast of 4.47:1; text needs 4.5:1 to be read. Write #767676, which has 4.54:1"
    );
    assert_eq!(
        refused("#ffffff", "#16201e", "#ffcc00").unwrap_err(),
        "#ffcc00 on #ffffff has a contrast of 1.51:1; text needs 4.5:1 to be read. Write #907300, which has 4.52:1"
    );
    assert_eq!(palette("#808080", "#808080", "#000000").check().unwrap_err().what, "text");
}

#[test]
fn ours_pass_their_own_check() {
    for palette in [Palette::LIGHT, Palette::DARK] {
        assert_eq!(palette.check(), Ok(()));
    }
}

#[test]
fn families_are_names_and_nothing_else() {
    for (text, css) in [
        ("system", None),
        ("Inter, Helvetica Neue", Some("\"Inter\", \"Helvetica Neue\", sans-serif")),
        ("Georgia, serif", Some("\"Georgia\", serif")),
        ("mono", Some("ui-monospace, \"SF Mono\", Menlo, Consolas, monospace")),
    ] {
        assert_eq!(FontStack::parse(text).unwrap().css().as_deref(), css, "{text}");
    }
    for bad in [
        "",
        ",",
        "Inter,",
        "Inter;}body{display:none",
        "\"Inter\"",
        "url(x)",
        "a\\b",
        "Inter\n",
        "Intér",
        "-x",
        "1x",
        "a,b,c,d,e,f,g",
        &"x".repeat(41),
    ] {
        assert!(FontStack::parse(bad).is_err(), "{bad:?}");
    }
}

#[test]
fn a_theme_is_read_as_it_is_written() {
    let theme = Theme {
        light: palette("#fffaf0", "#101010", "#7a1f3d"),
        dark: Palette::dark_of(colour("#7a1f3d")),
        font: FontStack::parse("Inter, serif").unwrap(),
        radius: 12,
        logo: Some(Logo { sha256: "ab".repeat(32), kind: PictureKind::Svg, width: 120, height: 40 }),
        confirmation_logo: true,
    };
    for theme in [theme, Theme::default()] {
        assert_eq!(Theme::from_lines(&theme.to_lines()), Some(theme));
    }
    for bad in ["light #fff", "x y", "radius 300", "logo a b c d", "light"] {
        assert_eq!(Theme::from_lines(bad), None, "{bad}");
    }
}

/// What stands on what on our pages, and by how much it must stand out.
fn pairs(scheme: &Scheme) -> Vec<(&'static str, f64, f64)> {
    let Scheme { paper, panel, ink, soft, line: _, edge, act, act_over, on_act, bad, ring } = *scheme;
    let mut pairs = Vec::new();
    for page in [paper, panel] {
        for (what, colour) in [("ink", ink), ("soft", soft), ("link", act), ("mistake", bad)] {
            pairs.push((what, colour.contrast(page), TEXT));
        }
        pairs.push(("ring", ring.contrast(page), SHAPE));
    }
    pairs.push(("link under the pointer", act_over.contrast(paper), TEXT));
    pairs.push(("quiet button under the pointer", act_over.contrast(panel), TEXT));
    pairs.push(("label", on_act.contrast(act), TEXT));
    pairs.push(("label under the pointer", on_act.contrast(act_over), TEXT));
    pairs.push(("edge", edge.contrast(paper), SHAPE));
    pairs
}

fn any_colour() -> impl Strategy<Value = Colour> {
    any::<[u8; 3]>().prop_map(|[red, green, blue]| Colour::rgb(red, green, blue))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn everything_on_a_page_can_be_told_apart(background in any_colour(), text in any_colour(), accent in any_colour()) {
        let mut palette = Palette { background, text, accent };
        // What is refused is mended as suggested, as an operator would.
        while let Err(LowContrast { what, suggestion, .. }) = palette.check() {
            match what {
                "text" => palette.text = suggestion,
                _ => palette.accent = suggestion,
            }
        }
        for (what, found, least) in pairs(&palette.scheme()) {
            prop_assert!(found >= least, "{what} of {palette:?}: {found}");
        }
        let dark = Palette::dark_of(accent);
        prop_assert_eq!(dark.check(), Ok(()));
        for (what, found, least) in pairs(&dark.scheme()) {
            prop_assert!(found >= least, "{what} of {dark:?}: {found}");
        }
    }
}
