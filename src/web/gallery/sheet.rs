//! The style sheet: small, alone, and readable in both colour schemes.

use std::{collections::BTreeMap, io::Write};

use flate2::{Compression, write::GzEncoder};

const CSS: &str = include_str!("../../../static/app.css");

/// Bytes after gzip at its default level.
pub(super) fn zipped(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory takes it");
    encoder.finish().expect("memory takes it").len()
}

/// The colours of the `n`th `:root` block: light, then dark.
fn colours(n: usize) -> BTreeMap<&'static str, [f64; 3]> {
    let block = CSS.split(":root {").nth(n + 1).and_then(|it| it.split('}').next()).expect("a scheme");
    block
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--")?.strip_suffix(';')?.split_once(": #"))
        .map(|(name, hex)| {
            let rgb = u32::from_str_radix(hex, 16).expect("six hex digits");
            let [_, r, g, b] = rgb.to_be_bytes();
            (name, [r, g, b].map(f64::from))
        })
        .collect()
}

/// WCAG 2.2 relative luminance.
fn luminance(colour: [f64; 3]) -> f64 {
    let [r, g, b] = colour.map(|it| {
        let it = it / 255.0;
        if it <= 0.04045 { it / 12.92 } else { ((it + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn contrast_is_the_textbook_one() {
    assert!((contrast([0.0; 3], [255.0; 3]) - 21.0).abs() < 0.001);
    assert!((contrast([118.0; 3], [255.0; 3]) - 4.54).abs() < 0.01);
}

#[test]
fn text_and_edges_stand_out_in_both_schemes() {
    let text = 4.5;
    let edge = 3.0;
    let pairs = [
        ("ink", "paper", text),
        ("ink", "panel", text),
        ("soft", "paper", text),
        ("soft", "panel", text),
        ("act", "paper", text),
        ("act", "panel", text),
        ("act-over", "paper", text),
        ("act-over", "panel", text),
        ("on-act", "act", text),
        ("on-act", "act-over", text),
        ("bad", "paper", text),
        ("bad", "panel", text),
        ("edge", "paper", edge),
        ("good", "panel", edge),
        ("ring", "paper", edge),
        ("ring", "panel", edge),
    ];
    for (scheme, name) in [(0, "light"), (1, "dark")] {
        let colours = colours(scheme);
        for (front, back, least) in pairs {
            let ratio = contrast(colours[front], colours[back]);
            assert!(ratio >= least, "{name}: {front} on {back} is {ratio:.2}");
        }
    }
}

#[test]
fn the_sheet_loads_nothing() {
    for word in ["url(", "@import", "@font-face", "http"] {
        assert!(!CSS.contains(word), "{word}");
    }
}
