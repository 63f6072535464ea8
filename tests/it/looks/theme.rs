//! A tenant's colours and logo, on pages and in mails.

use std::fs;

use super::{at, setup};
use crate::support::{app::TestApp, database::both, process::Scratch};

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" width="120" height="40" onload="alert(1)">
<script>alert(2)</script><path d="M0 0h120v40z" fill="#7a1f3d"/></svg>"##;

/// The smallest honest PNG: one red dot.
const DOT: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90\x77\x53\xde\x00\x00\x00\x0c\x49\x44\x41\x54\x78\x9c\x63\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

fn themed(logo: &str, more: &str) -> String {
    setup(
        "",
        &format!(
            "[tenant.theme]\naccent = \"#7a1f3d\"\nradius = 12\nfont = \"Inter\"\nlogo = \"{logo}\"\n{more}\n"
        ),
    )
}

both! {
    async fn pages_wear_the_tenants_colours_and_logo(app: TestApp) {
        let folder = Scratch::new("theme");
        let logo = folder.path().join("logo.svg");
        fs::write(&logo, LOGO).unwrap();
        let text = themed(&logo.display().to_string(), "");
        app.apply(&text).await;
        assert_eq!(app.apply(&text).await, [], "the same picture changes nothing");
        let page = at(&app, "127.0.0.1", "/f/newsletter").await;
        assert!(page.header("content-security-policy").contains("style-src 'self'"));
        assert!(!page.body.contains("style=") && !page.body.contains("<style"));
        let sheet = part(&page.body, "/t/acme/", ".css");
        let css = at(&app, "127.0.0.1", &sheet).await;
        assert_eq!((css.status, css.header("content-type")), (200, "text/css; charset=utf-8"));
        assert_eq!(css.header("cache-control"), "public, max-age=31536000, immutable");
        assert_eq!(css.header("x-content-type-options"), "nosniff");
        assert!(css.body.contains("--act:#7a1f3d;") && css.body.contains("--round:12px;"), "{}", css.body);
        let old = at(&app, "127.0.0.1", "/t/acme/0000000000000000.css").await;
        assert_eq!((old.status, old.header("cache-control"), &old.body), (200, "no-cache", &css.body));
        assert!(page.body.contains("width=\"144\" height=\"48\" alt=\"Acme\""), "{}", page.body);
        let href = part(&page.body, "/t/acme/logo-", ".svg");
        let shown = at(&app, "127.0.0.1", &href).await;
        assert_eq!((shown.status, shown.header("content-type")), (200, "image/svg+xml"));
        assert_eq!(shown.header("content-security-policy"), "sandbox; default-src 'none'; style-src 'unsafe-inline'");
        assert_eq!(shown.header("x-content-type-options"), "nosniff");
        assert!(shown.body.contains("<path") && !shown.body.contains("alert") && !shown.body.contains("script"));
        let other = at(&app, "127.0.0.1", "/f/lettre").await.body;
        assert!(!other.contains("/t/"), "{other}");
        for path in ["/t/beta/0.css", "/t/acme/logo-0.svg", "/t/acme/x", "/t/nobody/0.css", &href.replace(".svg", ".png")] {
            assert_eq!(at(&app, "127.0.0.1", path).await.status, 404, "{path}");
        }
        app.sign_up("newsletter", "ada@example.org", &["newsletter"]).await;
        let mail = app.newest_mail("ada@example.org");
        assert!(!mail.html.contains("<img") && mail.files.is_empty(), "the mail that asks stays plain");
    }

    async fn the_confirmation_mail_carries_the_logo_only_where_its_owner_insists(app: TestApp) {
        let folder = Scratch::new("theme");
        let logo = folder.path().join("logo.png");
        fs::write(&logo, DOT).unwrap();
        app.apply(&themed(&logo.display().to_string(), "confirmation_logo = true")).await;
        app.sign_up("newsletter", "ada@example.org", &["newsletter"]).await;
        let mail = app.newest_mail("ada@example.org");
        assert!(mail.html.contains("<img src=\"cid:logo.png\" width=\"48\" height=\"48\" alt=\"Acme\""), "{}", mail.html);
        let raw = String::from_utf8_lossy(&mail.raw);
        assert!(raw.contains("multipart/related") && raw.contains("Content-ID: <logo.png>"), "{raw}");
        assert!(!mail.html.contains("src=\"http"));
    }
}

/// The path in a page that begins and ends so.
fn part(body: &str, begin: &str, end: &str) -> String {
    let rest = body.split_once(&format!("\"{begin}")).unwrap_or_else(|| panic!("no {begin}: {body}")).1;
    format!("{begin}{}{end}", rest.split_once(end).unwrap().0)
}

/// The mistakes that a theme leads to, without their places.
fn mistakes(theme: &str) -> Vec<String> {
    let text = setup("", &format!("[tenant.theme]\n{theme}\n"));
    let found = ayeaye::cli::apply_file::parse(&text, true).unwrap_err();
    found.iter().map(|it| format!("{}: {}", it.key.replace("tenant[0].theme", "theme"), it.message)).collect()
}

#[test]
fn a_wrong_theme_is_told_with_what_to_write() {
    for (theme, expected) in [
        (
            "accent = \"red\"",
            "theme.accent: it is not a colour; write # and six hexadecimal digits, like #0b5a4c. Example: accent = \"#0b5a4c\"",
        ),
        (
            "text = \"#777777\"",
            "theme.text: #777777 on #ffffff has a contrast of 4.47:1; text needs 4.5:1 to be read. Write #767676, which has 4.54:1",
        ),
        (
            "[tenant.theme.dark]\naccent = \"#123456\"",
            "theme.dark.accent: #123456 on #121817 has a contrast of ",
        ),
        (
            "font = \"Inter;}\"",
            "theme.font: `Inter;}` is not the name of a family; use letters, digits, spaces and -, at most 40. Example: font = \"Inter, Helvetica Neue\"",
        ),
        (
            "radius = 25",
            "theme.radius: is not a radius; write whole pixels from 0 to 24, without quotes. Example: radius = 4",
        ),
        (
            "radius = -1",
            "theme.radius: is not a radius; write whole pixels from 0 to 24, without quotes. Example: radius = 4",
        ),
        (
            "logo = \"https://evil.example/x.png\"",
            "theme.logo: is an address; give a file beside this one: nothing is fetched. Example: logo = \"logo.svg\"",
        ),
        ("logo = \"nowhere.png\"", "theme.logo: the file ./nowhere.png cannot be read: "),
        (
            "logo = \"Cargo.toml\"",
            "theme.logo: the file ./Cargo.toml is no picture we take; give a PNG, JPEG, WebP or SVG file. Example: logo = \"logo.svg\"",
        ),
        (
            "confirmation_logo = true",
            "theme.confirmation_logo: there is no logo to put into the mail; write logo = \"logo.png\", or take this out",
        ),
        ("colour = \"#000000\"", "theme.colour: is not a key here"),
    ] {
        let found = mistakes(theme);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{theme}: {found:?}");
    }
}
