//! Pictures as they are given, honest and hostile.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::*;

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let picture = match format {
        ImageFormat::Jpeg => DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([200, 30, 30]))),
        _ => DynamicImage::ImageRgba8(RgbaImage::from_pixel(width, height, Rgba([200, 30, 30, 128]))),
    };
    let mut data = Cursor::new(Vec::new());
    picture.write_to(&mut data, format).unwrap();
    data.into_inner()
}

fn drawing(inside: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"80\" height=\"40\">\
         <path d=\"M0 0h80v40z\" fill=\"#b00\"/>{inside}</svg>"
    )
}

fn svg(inside: &str) -> Result<String, PictureError> {
    renew(drawing(inside).as_bytes()).map(|it| String::from_utf8(it.data).unwrap())
}

#[test]
fn pictures_of_dots_are_made_anew_as_png_and_fitted() {
    for (format, width, height, shown) in [
        (ImageFormat::Png, 80, 40, (96, 48)),
        (ImageFormat::Jpeg, 2_000, 200, (240, 24)),
        (ImageFormat::WebP, 100, 100, (48, 48)),
        (ImageFormat::Png, 1, 1, (48, 48)),
        (ImageFormat::Png, 4_000, 1, (240, 1)),
    ] {
        let picture = renew(&encoded(width, height, format)).unwrap();
        assert_eq!((picture.logo.kind, (picture.logo.width, picture.logo.height)), (PictureKind::Png, shown));
        let again = image::load_from_memory_with_format(&picture.data, ImageFormat::Png).unwrap().to_rgba8();
        assert!(again.width() <= 480 && again.height() <= 96);
        assert!(again.get_pixel(0, 0)[0].abs_diff(200) < 4, "{format:?}");
        assert_eq!(picture.logo.sha256, hex::encode(Sha256::digest(&picture.data)));
        assert_eq!(
            renew(&encoded(width, height, format)).unwrap(),
            picture,
            "the same picture is the same file"
        );
    }
}

#[test]
fn nothing_but_dots_is_left_of_a_picture() {
    let mut file = encoded(20, 20, ImageFormat::Png);
    // A text chunk after the header, and a page behind the end: a picture to some, a page to others.
    let mut chunk = b"tEXtComment\0<script>alert(1)</script>".to_vec();
    let sum = crc(&chunk);
    let length = u32::try_from(chunk.len() - 4).unwrap().to_be_bytes();
    chunk.splice(0..0, length);
    chunk.extend(sum.to_be_bytes());
    file.splice(33..33, chunk);
    file.extend(b"<html><script>alert(2)</script></html>");
    let picture = renew(&file).unwrap();
    assert!(!picture.data.windows(6).any(|it| it == b"script"));
    assert!(picture.data.ends_with(b"IEND\xaeB`\x82"));
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8)
            .fold(sum ^ u32::from(*byte), |it, _| if it & 1 == 1 { (it >> 1) ^ 0xEDB8_8320 } else { it >> 1 })
    })
}

/// A PNG that says it is of this size, with no dots in it.
fn claims(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    file.extend(width.to_be_bytes());
    file.extend(height.to_be_bytes());
    file.extend([8, 6, 0, 0, 0]);
    let sum = crc(&file[12..]);
    file.extend(sum.to_be_bytes());
    file.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e\0\0\0\0IEND\xaeB`\x82");
    file
}

#[test]
fn hostile_pictures_of_dots_are_refused() {
    let png = encoded(20, 20, ImageFormat::Png);
    for (file, reason) in [
        (vec![], PictureError::Format),
        (b"GIF89a\x01\x00\x01\x00".to_vec(), PictureError::Format),
        (b"BM......................".to_vec(), PictureError::Format),
        (b"<html><script>alert(1)</script>".to_vec(), PictureError::Format),
        (claims(100_000, 100_000), PictureError::TooManyDots),
        (claims(4_097, 1), PictureError::TooManyDots),
        (claims(0, 0), PictureError::Damaged),
        (claims(10, 10), PictureError::Damaged),
        (png[..png.len() / 2].to_vec(), PictureError::Damaged),
        (vec![0x89; FILE_MAX + 1], PictureError::TooLarge),
        (b"\xff\xd8\xff\xe0nonsense".to_vec(), PictureError::Damaged),
        (b"RIFF\x10\0\0\0WEBPVP8 nonsense".to_vec(), PictureError::Damaged),
    ] {
        assert_eq!(renew(&file), Err(reason), "{:?}", &file[..file.len().min(20)]);
    }
}

#[test]
fn a_drawing_is_made_anew_of_its_paths() {
    let picture = renew(drawing("<circle cx=\"20\" cy=\"20\" r=\"9\"/>").as_bytes()).unwrap();
    assert_eq!((picture.logo.kind, picture.logo.width, picture.logo.height), (PictureKind::Svg, 96, 48));
    let text = String::from_utf8(picture.data.clone()).unwrap();
    assert!(text.matches("<path").count() == 2 && !text.contains("circle"), "{text}");
    assert_eq!(renew(&picture.data).unwrap().logo.width, 96, "what was made anew can be made anew");
}

#[test]
fn nothing_that_runs_or_reaches_out_is_left_of_a_drawing() {
    for inside in [
        "<script>alert(1)</script>",
        "<script href=\"https://evil.example/x.js\"/>",
        "<a xlink:href=\"javascript:alert(1)\"><path d=\"M0 0h9v9z\"/></a>",
        "<path d=\"M0 0h9v9z\" onclick=\"alert(1)\" onload=\"alert(1)\"/>",
        "<foreignObject width=\"9\" height=\"9\"><iframe xmlns=\"http://www.w3.org/1999/xhtml\" src=\"https://evil.example\"/></foreignObject>",
        "<use xlink:href=\"https://evil.example/x.svg#a\"/>",
        "<style>@import url(https://evil.example/x.css); path { fill: url(https://evil.example/#a) }</style>",
        "<path d=\"M0 0h9v9z\" style=\"fill:url(https://evil.example/x#y);background:url(javascript:alert(1))\"/>",
        "<path d=\"M0 0h9v9z\" fill=\"url(https://evil.example/x#y)\"/>",
        "<animate attributeName=\"href\" values=\"javascript:alert(1)\"/><set attributeName=\"onload\" to=\"alert(1)\"/>",
        "<!-- evil --><?xml-stylesheet href=\"https://evil.example/x.css\"?>",
        "<metadata>evil</metadata><title>evil</title><desc>evil</desc>",
    ] {
        let text = svg(inside).unwrap();
        for sign in [
            "evil", "script", "alert", "onclick", "onload", "foreign", "iframe", "<style", "<!--", "<?",
            "<a", "animate",
        ] {
            assert!(!text.contains(sign), "{inside}: {text}");
        }
        assert!(text.contains("<path"), "{text}");
    }
}

#[test]
fn hostile_drawings_are_refused() {
    let bomb = "<!DOCTYPE svg [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]><svg>&b;</svg>";
    let file = "<!DOCTYPE svg [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><svg>&x;</svg>";
    for text in [bomb, file] {
        assert_eq!(renew(text.as_bytes()), Err(PictureError::Entities));
    }
    assert_eq!(svg("<text>Acme</text>"), Err(PictureError::Text));
    assert_eq!(svg("<image xlink:href=\"file:///etc/passwd\"/>"), Err(PictureError::PictureInside));
    let many = "<g>".repeat(20_000);
    assert_eq!(svg(&many), Err(PictureError::TooComplex));
    let deep =
        format!("{}<path d=\"M0 0h9v9z\"/>{}", "<g opacity=\"0.5\">".repeat(4_000), "</g>".repeat(4_000));
    assert!(matches!(svg(&deep), Err(PictureError::TooComplex | PictureError::Damaged)));
    let doubling: Vec<String> = (0..30)
        .map(|it| {
            format!("<g id=\"a{}\"><use xlink:href=\"#a{it}\"/><use xlink:href=\"#a{it}\"/></g>", it + 1)
        })
        .collect();
    let doubling = doubling.concat();
    let doubling =
        format!("<defs><path id=\"a0\" d=\"M0 0h9v9z\"/>{doubling}</defs><use xlink:href=\"#a30\"/>");
    assert!(matches!(svg(&doubling), Err(PictureError::TooComplex | PictureError::Damaged)));
    assert!(svg("<g id=\"a\"><use xlink:href=\"#a\"/></g>").is_ok_and(|it| !it.contains("use")));
    for damaged in ["<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path></svg>", "<svg>", "x<svg/>"] {
        assert_eq!(renew(damaged.as_bytes()), Err(PictureError::Damaged), "{damaged}");
    }
    let empty = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>";
    assert_eq!(renew(empty.as_bytes()), Err(PictureError::Blank));
    let endless = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1e38\" height=\"1e-38\"><path d=\"M0 0h9v9z\"/></svg>";
    assert!(renew(endless.as_bytes()).map_or(true, |it| it.logo.width <= 240 && it.logo.height <= 48));
}
