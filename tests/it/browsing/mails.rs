//! Every mail as programs show it: in light, in dark, on a phone, with its styles taken away, as text; and the pages
//! around them.

use ayeaye::app::links;

use super::person::Person;
use crate::support::browser::Setup;

const EMAIL: &str = "ada@example.org";

/// Opens the newest mail to Ada in every look.
async fn look_at_mail(person: &mut Person, subject: &str, name: &str) {
    person.open("/dev/inbox").await;
    person.follow(subject).await;
    person.sees(subject, name).await;
    for (query, look) in [
        ("dark", "dark"),
        ("phone", "phone"),
        ("phone&dark", "phone-dark"),
        ("bare", "stripped"),
        ("tab=text", "text"),
        ("tab=headers", "headers"),
    ] {
        let here = person.browser.current_url().await.unwrap();
        person.open(&format!("{}?{query}", here.as_str().split('?').next().unwrap())).await;
        person.sees(subject, &format!("{name}-{look}")).await;
    }
}

struct Words {
    language: &'static str,
    tenant: &'static str,
    form: &'static str,
    purpose: &'static str,
    sign_up: &'static str,
    check_title: &'static str,
    yes: &'static str,
    confirmed_title: &'static str,
    ask: &'static str,
    send_code: &'static str,
    go_on: &'static str,
    wrong_code: &'static str,
    choices_title: &'static str,
    history: &'static str,
    not_me_title: &'static str,
    unreadable: &'static str,
    not_found: &'static str,
    /// Of the mails: confirm, already signed up, your link, your code.
    subjects: [&'static str; 4],
}

const ENGLISH: Words = Words {
    language: "en",
    tenant: "harbour",
    form: "newsletter",
    purpose: "newsletter",
    sign_up: "Sign up",
    check_title: "Check your email",
    yes: "Yes, send me these emails",
    confirmed_title: "You are signed up",
    ask: "Send me my link",
    send_code: "Send me a code",
    go_on: "Continue",
    wrong_code: "This is not the code we sent.",
    choices_title: "Your email choices",
    history: "Your history",
    not_me_title: "It was not you?",
    unreadable: "We could not read this link",
    not_found: "Page not found",
    subjects: [
        "Confirm your subscription to Harbour Books",
        "Your subscription to Harbour Books is already active",
        "Your link to your choices at Harbour Books",
        "Your code for Harbour Books",
    ],
};

const FRENCH: Words = Words {
    language: "fr",
    tenant: "fournil",
    form: "menu",
    purpose: "menu",
    sign_up: "M’inscrire",
    check_title: "Vérifiez vos e-mails",
    yes: "Oui, envoyez-moi ces e-mails",
    confirmed_title: "Votre inscription est confirmée",
    ask: "Recevoir mon lien",
    send_code: "M’envoyer un code",
    go_on: "Continuer",
    wrong_code: "Ce n’est pas le code envoyé.",
    choices_title: "Vos choix d’e-mails",
    history: "Votre historique",
    not_me_title: "Ce n’était pas vous ?",
    unreadable: "Nous n’avons pas pu lire ce lien",
    not_found: "Page introuvable",
    subjects: [
        "Le Fournil\u{a0}: confirmez votre inscription",
        "Le Fournil\u{a0}: votre inscription est déjà active",
        "Votre lien vers vos choix chez Le Fournil",
        "Votre code pour Le Fournil",
    ],
};

async fn every_mail(name: &str, words: &Words) {
    let mut person = Person::new(name, (900, 800), Setup::new().language(words.language)).await;
    let [confirm, already, link, code] = words.subjects;
    sign_up(&mut person, words).await;
    look_at_mail(&mut person, confirm, "confirm").await;
    person.open(&person.app.newest_link(EMAIL, "not_me")).await;
    person.sees(words.not_me_title, "not-me").await;
    person.open(&person.app.newest_link(EMAIL, "confirm")).await;
    person.press(words.yes).await;
    person.browser.wait_for_heading(words.confirmed_title).await;
    sign_up(&mut person, words).await;
    look_at_mail(&mut person, already, "already").await;

    person.open(&format!("/ask/{}", words.tenant)).await;
    person.sees(words.ask, "ask").await;
    person.fill("email", EMAIL).await;
    person.press(words.ask).await;
    person.sees(words.check_title, "asked").await;
    person.mails_arrive().await;
    look_at_mail(&mut person, link, "link").await;
    look_at_code(&mut person, words, code).await;

    person.open("/p/ay1.prefs.k1.nonsense").await;
    person.sees(words.unreadable, "unreadable").await;
    person.open("/nowhere").await;
    person.sees(words.not_found, "not-found").await;
}

async fn sign_up(person: &mut Person, words: &Words) {
    person.open(&format!("/f/{}", words.form)).await;
    person.fill("email", EMAIL).await;
    person.choose(&format!("p-{}", words.purpose)).await;
    person.press(words.sign_up).await;
    person.browser.wait_for_heading(words.check_title).await;
    person.mails_arrive().await;
}

/// From a footer link to the whole page, by a mistyped and then the right code.
async fn look_at_code(person: &mut Person, words: &Words, subject: &str) {
    let (contact, _) = person.app.person(words.tenant, EMAIL).await.unwrap();
    let footer = links::preferences_url(person.app.app(), person.app.tenant(words.tenant).id, contact.id);
    person.open(&footer).await;
    person.press(words.send_code).await;
    person.sees(words.choices_title, "code-sent").await;
    person.app.run_due().await;
    let code = person.app.newest_mail(EMAIL).codes[0].clone();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    person.fill("code", wrong).await;
    person.press(words.go_on).await;
    person.reads(words.wrong_code).await;
    person.sees(words.choices_title, "code-wrong").await;
    person.fill("code", &code).await;
    person.press(words.go_on).await;
    person.reads(words.history).await;
    person.sees(words.choices_title, "choices-whole").await;
    look_at_mail(person, subject, "code").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mail_and_its_way_back_in_english() {
    every_mail("mails-en", &ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_mail_and_its_way_back_in_french() {
    every_mail("mails-fr", &FRENCH).await;
}
