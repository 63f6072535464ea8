//! Every page in every language on the narrowest screen: nothing leaves it, no button is too narrow for its words.

use ayeaye::{app::links, domain::Locale};

use super::person::Person;
use crate::support::browser::Setup;

const EMAIL: &str = "ada@example.org";

/// What leaves the screen or its own button.
const TOO_WIDE: &str = "
    const away = (it) => it.closest('.skip, .trap, .away, .scroll, .stack thead');
    const wide = [...document.querySelectorAll('body *')]
        .filter((it) => it.getBoundingClientRect().right > innerWidth + 1 && !away(it));
    const tight = [...document.querySelectorAll('button, .button, summary')]
        .filter((it) => it.scrollWidth > it.clientWidth + 1);
    return [...wide, ...tight].map((it) => it.outerHTML.slice(0, 160));";

/// Signs up and confirms; returns a page of each kind.
async fn pages(person: &mut Person) -> Vec<String> {
    person.open("/f/newsletter").await;
    person.fill("email", EMAIL).await;
    person.choose("p-newsletter").await;
    person.press("Sign up").await;
    person.browser.wait_for_heading("Check your email").await;
    let sent = person.browser.current_url().await.unwrap().path().to_owned();
    person.mails_arrive().await;
    let confirm = person.app.newest_link(EMAIL, "confirm");
    let not_me = person.app.newest_link(EMAIL, "not_me");
    person.open(&confirm).await;
    let (contact, _) = person.app.person("harbour", EMAIL).await.unwrap();
    let tenant = person.app.tenant("harbour").id;
    let footer = links::preferences_url(person.app.app(), tenant, contact.id);
    let whole = links::manage_url(person.app.app(), tenant, contact.id, person.app.clock.now());
    let given = ["/", "/f/newsletter", "/p", "/ask/harbour", "/n/harbour", "/how", "/v", "/nowhere"];
    given.map(str::to_owned).into_iter().chain([sent, confirm, not_me, footer, whole]).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_too_wide_for_a_phone_in_any_language() {
    let mut person = Person::new("languages", (320, 640), Setup::new()).await;
    let pages = pages(&mut person).await;
    let mut wrong = Vec::new();
    for page in &pages {
        for locale in Locale::ALL {
            person.open(&format!("{page}?lang={locale}")).await;
            let shown = person.script("return document.documentElement.lang").await;
            assert_eq!(shown, locale.tag(), "{page}");
            // The list of languages is unfolded by its button, without any script of the page.
            person.script("document.querySelector('nav summary').click()").await;
            let links = person.script("return document.querySelectorAll('nav details[open] a').length").await;
            assert_eq!(links, Locale::ALL.len() - 1, "{page} in {locale}");
            let wide = person.script(TOO_WIDE).await;
            if wide.as_array().is_none_or(|it| !it.is_empty()) {
                wrong.push(format!("{page} in {locale}: {wide}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
