//! Signing up and leaving with nothing but a keyboard, and seeing where one is.

use ayeaye::app::links;
use fantoccini::key::Key;

use super::person::Person;
use crate::support::browser::Setup;

const EMAIL: &str = "ada@example.org";
/// More than any page of ours has stops.
const STOPS: usize = 40;

impl Person {
    async fn strike(&self, keys: &str) {
        self.browser.active_element().await.unwrap().send_keys(keys).await.unwrap();
    }

    /// Moves on with the tabulator until `there` holds of the element in focus; each stop must be seen.
    async fn tab_to(&self, there: &str) {
        for _ in 0..STOPS {
            self.strike(&char::from(Key::Tab).to_string()).await;
            let outline = self.script("return getComputedStyle(document.activeElement).outlineStyle").await;
            let where_to = self.script("return document.activeElement.outerHTML.slice(0, 200)").await;
            assert_eq!(outline, "solid", "the focus cannot be seen on {where_to}");
            if self.script(&format!("const it = document.activeElement; return {there}")).await == true {
                return;
            }
        }
        panic!("no way with the keyboard to where {there}");
    }
}

async fn a_person_signs_up_confirms_and_leaves(name: &str, setup: Setup) {
    let mut person = Person::new(name, (1280, 900), setup).await;
    person.open("/f/newsletter").await;
    person.tab_to("it.classList.contains('skip')").await;
    person.keep_picture("keyboard-skip-link").await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.tab_to("it.id === 'p-newsletter'").await;
    person.keep_picture("keyboard-box").await;
    person.strike(" ").await;
    person.tab_to("it.name === 'email'").await;
    person.strike(EMAIL).await;
    person.tab_to("it.matches('main button')").await;
    person.keep_picture("keyboard-button").await;
    person.app.clock.advance(5_000);
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.sees("Check your email", "check-email").await;

    person.mails_arrive().await;
    // The code of the mail, where she signed up.
    let code = person.app.newest_mail(EMAIL).codes[0].clone();
    person.tab_to("it.name === 'code'").await;
    person.strike(&code).await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.sees("You are signed up", "confirmed").await;
    assert_eq!(person.app.state("harbour", EMAIL, "newsletter").await, "confirmed");

    person.tab_to("it.matches('main a[href^=\"/p/\"]')").await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.browser.wait_for_heading("Your email choices").await;
    person.tab_to("it.value === 'stop'").await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.reads("You are unsubscribed from everything").await;
    assert_eq!(person.app.state("harbour", EMAIL, "newsletter").await, "withdrawn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_up_confirms_and_leaves_with_the_keyboard_alone() {
    a_person_signs_up_confirms_and_leaves("keyboard", Setup::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_with_firefox_does_the_same() {
    a_person_signs_up_confirms_and_leaves("keyboard-firefox", Setup::new().firefox()).await;
}

/// By the link of the mail, the boxes of the preference page, and the unsubscribe link of a newsletter.
async fn a_person_confirms_by_link_and_leaves_by_link(name: &str, setup: Setup) {
    let mut person = Person::new(name, (1280, 900), setup).await;
    person.app.sign_up("newsletter", EMAIL, &["newsletter"]).await;
    person.mails_arrive().await;
    person.open(&person.app.newest_link(EMAIL, "confirm")).await;
    person.tab_to("it.matches('main button')").await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.sees("You are signed up", "confirmed").await;
    assert_eq!(person.app.state("harbour", EMAIL, "newsletter").await, "confirmed");

    let (contact, _) = person.app.person("harbour", EMAIL).await.unwrap();
    let tenant = person.app.tenant("harbour");
    let purpose = tenant.purpose_named("newsletter").unwrap().id;
    person.open(&links::unsubscribe_url(person.app.app(), tenant.id, contact.id, purpose)).await;
    person.tab_to("it.matches('main button')").await;
    person.strike(" ").await;
    person.reads("Undo").await;
    assert_eq!(person.app.state("harbour", EMAIL, "newsletter").await, "withdrawn");
    person.tab_to("it.matches('main button') && it.textContent.includes('Undo')").await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.browser.wait_for_heading("Your email choices").await;
    assert_eq!(person.app.state("harbour", EMAIL, "newsletter").await, "confirmed");
    person.tab_to("it.id === 'p-newsletter'").await;
    person.strike(" ").await;
    person.tab_to("it.value === 'save'").await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.reads("You left").await;
    assert_eq!(person.app.state("harbour", EMAIL, "newsletter").await, "withdrawn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_confirms_by_link_and_leaves_by_link_with_the_keyboard_alone() {
    a_person_confirms_by_link_and_leaves_by_link("keyboard-link", Setup::new()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_with_firefox_does_so_by_link() {
    a_person_confirms_by_link_and_leaves_by_link("keyboard-link-firefox", Setup::new().firefox()).await;
}
