//! Sign up, read the mail, confirm, choose, pause, change the language, leave, change one's mind.

use ayeaye::app::links;

use super::person::Person;
use crate::support::browser::Setup;

const EMAIL: &str = "ada@example.org";
const PHONE: (u32, u32) = (360, 740);
const WIDE: (u32, u32) = (1280, 900);

/// What is written on the pages of one story.
struct Words {
    tenant: &'static str,
    form: &'static str,
    first: &'static str,
    second: &'static str,
    sign_up_title: &'static str,
    sign_up: &'static str,
    wrong_address: &'static str,
    check_title: &'static str,
    subject: &'static str,
    confirm_title: &'static str,
    yes: &'static str,
    confirmed_title: &'static str,
    to_choices: &'static str,
    choices_title: &'static str,
    save: &'static str,
    saved: &'static str,
    undo: &'static str,
    undone: &'static str,
    one_month: &'static str,
    paused: &'static str,
    resume: &'static str,
    resumed: &'static str,
    /// The other language, and what the choices are headed in it.
    other: (&'static str, &'static str),
    leave_title: &'static str,
    leave: &'static str,
    left_title: &'static str,
    reason: &'static str,
    thanks: &'static str,
    stop: &'static str,
    stopped: &'static str,
}

const ENGLISH: Words = Words {
    tenant: "harbour",
    form: "newsletter",
    first: "newsletter",
    second: "events",
    sign_up_title: "Sign up for emails from Harbour Books",
    sign_up: "Sign up",
    wrong_address: "Enter an email address in the right format",
    check_title: "Check your email",
    subject: "Confirm your subscription to Harbour Books",
    confirm_title: "Confirm what you want to receive",
    yes: "Yes, send me these emails",
    confirmed_title: "You are signed up",
    to_choices: "See and change your choices",
    choices_title: "Your email choices",
    save: "Save my choices",
    saved: "You will no longer receive: Readings and signings.",
    undo: "Undo",
    undone: "Your choices are as they were before.",
    one_month: "1 month",
    paused: "Your emails are paused",
    resume: "Resume now",
    resumed: "The break is over",
    other: ("fr", "Vos choix d’e-mails"),
    leave_title: "Unsubscribe from Newsletter?",
    leave: "Unsubscribe",
    left_title: "You are unsubscribed from Newsletter",
    reason: "Send my answer",
    thanks: "Thank you. Your answer is saved.",
    stop: "Unsubscribe from everything",
    stopped: "You are unsubscribed from everything",
};

const FRENCH: Words = Words {
    tenant: "fournil",
    form: "menu",
    first: "menu",
    second: "ateliers",
    sign_up_title: "Recevoir les e\u{2011}mails envoyés par Le Fournil",
    sign_up: "M’inscrire",
    wrong_address: "Saisissez une adresse e-mail complète",
    check_title: "Vérifiez vos e-mails",
    subject: "Le Fournil\u{a0}: confirmez votre inscription",
    confirm_title: "Confirmez ce que vous voulez recevoir",
    yes: "Oui, envoyez-moi ces e-mails",
    confirmed_title: "Votre inscription est confirmée",
    to_choices: "Voir et changer vos choix",
    choices_title: "Vos choix d’e-mails",
    save: "Enregistrer mes choix",
    saved: "Vous ne recevrez plus : Les ateliers.",
    undo: "Annuler",
    undone: "Vos choix sont revenus à ce qu’ils étaient.",
    one_month: "1 mois",
    paused: "Vos e-mails sont en pause",
    resume: "Reprendre maintenant",
    resumed: "La pause est terminée",
    other: ("en", "Your email choices"),
    leave_title: "Se désinscrire de « Le menu de la semaine » ?",
    leave: "Me désinscrire",
    left_title: "Vous ne recevrez plus « Le menu de la semaine »",
    reason: "Envoyer ma réponse",
    thanks: "Merci. Votre réponse est enregistrée.",
    stop: "Tout arrêter",
    stopped: "Tous les e-mails sont arrêtés",
};

async fn whole_story(name: &str, size: (u32, u32), setup: Setup, words: &Words) {
    let mut person = Person::new(name, size, setup).await;
    sign_up(&mut person, words).await;
    confirm(&mut person, words).await;
    choose(&mut person, words).await;
    leave(&mut person, words).await;
}

async fn sign_up(person: &mut Person, words: &Words) {
    person.open(&format!("/f/{}", words.form)).await;
    person.sees(words.sign_up_title, "form").await;
    person.fill("email", "ada").await;
    person.press(words.sign_up).await;
    person.reads(words.wrong_address).await;
    person.sees(words.sign_up_title, "form-wrong").await;
    person.fill("email", EMAIL).await;
    person.choose(&format!("p-{}", words.first)).await;
    person.choose(&format!("p-{}", words.second)).await;
    person.press(words.sign_up).await;
    person.sees(words.check_title, "check-email").await;
}

async fn confirm(person: &mut Person, words: &Words) {
    person.mails_arrive().await;
    person.open("/dev/inbox").await;
    person.sees("Captured mail", "inbox").await;
    person.follow(words.subject).await;
    person.sees(words.subject, "mail").await;
    person.press_in_mail(words.yes).await;
    person.sees(words.confirm_title, "confirm").await;
    person.press(words.yes).await;
    person.sees(words.confirmed_title, "confirmed").await;
    assert_eq!(person.app.state(words.tenant, EMAIL, words.first).await, "confirmed");
}

async fn choose(person: &mut Person, words: &Words) {
    person.follow(words.to_choices).await;
    person.sees(words.choices_title, "choices").await;
    person.choose(&format!("p-{}", words.second)).await;
    person.press(words.save).await;
    person.reads(words.saved).await;
    person.sees(words.choices_title, "saved").await;
    person.press(words.undo).await;
    person.reads(words.undone).await;
    person.sees(words.choices_title, "undone").await;
    person.press(words.one_month).await;
    person.reads(words.paused).await;
    person.sees(words.choices_title, "paused").await;
    person.press(words.resume).await;
    person.reads(words.resumed).await;
    person.sees(words.choices_title, "resumed").await;
    person.choose(&format!("locale-{}", words.other.0)).await;
    person.press(words.save).await;
    person.sees(words.other.1, "other-language").await;
}

async fn leave(person: &mut Person, words: &Words) {
    let tenant = person.app.tenant(words.tenant);
    let (contact, _) = person.app.person(words.tenant, EMAIL).await.unwrap();
    let purpose = tenant.purpose_named(words.first).unwrap().id;
    let app = person.app.app();
    let language = if words.other.0 == "fr" { "en" } else { "fr" };
    let unsubscribe = links::unsubscribe_url(app, tenant.id, contact.id, purpose);
    let preferences = links::preferences_url(app, tenant.id, contact.id);
    person.open(&format!("{unsubscribe}?lang={language}")).await;
    person.sees(words.leave_title, "unsubscribe").await;
    person.press(words.leave).await;
    person.sees(words.left_title, "unsubscribed").await;
    assert_eq!(person.app.state(words.tenant, EMAIL, words.first).await, "withdrawn");
    person.pick("too_many").await;
    person.press(words.reason).await;
    person.reads(words.thanks).await;
    person.sees(words.left_title, "reason").await;
    person.open(&format!("{preferences}?lang={language}")).await;
    person.sees(words.choices_title, "choices-footer-link").await;
    person.press(words.stop).await;
    person.reads(words.stopped).await;
    person.sees(words.choices_title, "stopped").await;
    assert_eq!(person.app.state(words.tenant, EMAIL, words.second).await, "withdrawn");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_french_on_a_phone_with_javascript() {
    whole_story("fr-phone", PHONE, Setup::new().language("fr"), &FRENCH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_french_on_a_dark_phone_without_javascript() {
    let setup = Setup::new().language("fr").dark().without_javascript();
    whole_story("fr-phone-dark", PHONE, setup, &FRENCH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_english_on_a_wide_screen_without_javascript() {
    whole_story("en-wide", WIDE, Setup::new().without_javascript(), &ENGLISH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_english_on_a_dark_wide_screen_with_javascript() {
    whole_story("en-wide-dark", WIDE, Setup::new().dark(), &ENGLISH).await;
}
