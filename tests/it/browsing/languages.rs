//! The list of languages on the narrowest screen: it unfolds by its button, nothing leaves the screen, no button is too
//! narrow for its words. The pages themselves are looked at in `every_page`.

use ayeaye::domain::Locale;

use super::person::Person;
use crate::support::browser::Setup;

/// What leaves the screen or its own button.
const TOO_WIDE: &str = "
    const away = (it) => it.closest('.skip, .trap, .away, .scroll, .stack thead');
    const wide = [...document.querySelectorAll('body *')]
        .filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !away(it));
    const tight = [...document.querySelectorAll('button, .button, summary')]
        .filter((it) => it.scrollWidth > it.clientWidth + 1);
    return [...wide, ...tight].map((it) => it.outerHTML.slice(0, 160));";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_languages_unfolds_on_a_phone_in_every_language() {
    let person = Person::new("languages", (320, 640), Setup::new()).await;
    let mut wrong = Vec::new();
    for locale in Locale::ALL {
        person.open(&format!("/f/newsletter?lang={locale}")).await;
        let shown = person.script("return document.documentElement.lang").await;
        assert_eq!(shown, locale.tag());
        // It is unfolded by its button, without any script of the page.
        person.script("document.querySelector('nav summary').click()").await;
        let links = person.script("return document.querySelectorAll('nav details[open] a').length").await;
        assert_eq!(links, Locale::ALL.len() - 1, "{locale}");
        let wide = person.script(TOO_WIDE).await;
        if wide.as_array().is_none_or(|it| !it.is_empty()) {
            wrong.push(format!("{locale}: {wide}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
