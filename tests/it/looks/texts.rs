//! A tenant's own words, on pages, in mails and in evidence.

use super::{at, setup};
use crate::support::{app::TestApp, database::both};

const TEXTS: &str = r#"
[tenant.texts.en]
sign-up-title = "The letters of { $name }"
mail-already-title = "You have it all"
email-label = "Where to?"

[tenant.texts.fr]
sign-up-title = "Le courrier de { $name }"
"#;

both! {
    async fn pages_and_mails_say_it_in_the_tenants_words(app: TestApp) {
        let before = at(&app, "127.0.0.1", "/f/newsletter").await.body;
        assert!(before.contains("Sign up for emails from Acme") && !before.contains("The letters of Acme"));
        app.apply(&setup("", TEXTS)).await;
        let words = |body: &str, text: &str| assert!(body.contains(text), "{text}: {body}");
        words(&at(&app, "127.0.0.1", "/f/newsletter").await.body, "<h1>The letters of Acme</h1>");
        words(&at(&app, "127.0.0.1", "/f/newsletter").await.body, "Where to?");
        words(&at(&app, "127.0.0.1", "/f/newsletter?lang=fr").await.body, "<h1>Le courrier de Acme</h1>");
        words(&at(&app, "127.0.0.1", "/f/newsletter?lang=fr").await.body, "Adresse e-mail");
        let other = at(&app, "127.0.0.1", "/f/lettre?lang=en").await.body;
        words(&other, "<h1>Sign up for emails from Bêta</h1>");
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        assert!(!app.newest_mail("ada@example.org").text.contains("You have it all"));
        app.sign_up("newsletter", "ada@example.org", &["newsletter"]).await;
        words(&app.newest_mail("ada@example.org").text, "You have it all");
        app.apply(&setup("", "")).await;
        words(&at(&app, "127.0.0.1", "/f/newsletter").await.body, "Sign up for emails from Acme");
    }

    async fn the_same_texts_applied_twice_change_nothing(app: TestApp) {
        let steps = app.apply(&setup("", TEXTS)).await;
        assert_eq!(steps.iter().map(|it| it.what.as_str()).collect::<Vec<_>>(), ["tenant acme"]);
        assert_eq!(app.apply(&setup("", TEXTS)).await, []);
    }
}

/// The mistakes that a text of its own leads to.
fn mistakes(table: &str) -> Vec<String> {
    let text = setup("", table);
    ayeaye::cli::apply_file::parse(&text, true).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn a_wrong_text_is_told_by_line_and_key() {
    let found = mistakes(
        "[tenant.texts.en]\nsign-up-title = \"Letters\"\nconfirm-yes = \"Go\"\nsign-up-you-get = 3\n[tenant.texts.xx]\na = \"b\"\n",
    );
    let line = setup("", "[tenant.texts.en]").lines().position(|it| it == "[tenant.texts.en]").unwrap() + 1;
    let at = |offset: usize| line + offset;
    assert_eq!(
        found,
        [
            format!(
                "{}:17: tenant[0].texts.en.sign-up-title: does not say {{ $name }}, which the usual text says; add it",
                at(1)
            ),
            format!(
                "{}:15: tenant[0].texts.en.confirm-yes: cannot be changed: it is part of the page that asks for the second yes. Take it out",
                at(2)
            ),
            format!(
                "{}:19: tenant[0].texts.en.sign-up-you-get: is a TOML integer; write a text in quotes",
                at(3)
            ),
            found[3].clone(),
        ]
    );
    assert!(
        found[3].starts_with(&format!("{}:", at(4)))
            && found[3].contains("tenant[0].texts.xx: is not a key here"),
        "{found:?}"
    );
}
