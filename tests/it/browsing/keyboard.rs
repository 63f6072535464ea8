//! Signing up and leaving with nothing but a keyboard, and seeing where one is.

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_signs_up_confirms_and_leaves_with_the_keyboard_alone() {
    let mut person = Person::new("keyboard", (1280, 900), Setup::new()).await;
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
    person.open(&person.app.newest_link(EMAIL, "confirm")).await;
    person.tab_to("it.matches('main button')").await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.sees("You are signed up", "confirmed").await;
    assert_eq!(person.app.state("harbour", EMAIL, "newsletter").await, "confirmed");

    person.tab_to("it.matches('main a[href^=\"/p/\"]')").await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.browser.wait_for_heading("Your email choices").await;
    person.tab_to("it.value === 'stop'").await;
    person.strike(&char::from(Key::Enter).to_string()).await;
    person.browser.wait_for_heading("Your email choices").await;
    person.reads("You are unsubscribed from everything").await;
    assert_eq!(person.app.state("harbour", EMAIL, "newsletter").await, "withdrawn");
}
