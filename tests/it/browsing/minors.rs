//! A child signs up, a guardian is asked: the form, both mails and every page that follows; and a form that refuses.

use super::person::Person;
use crate::{
    guardian::{KIM, MUM, SETUP},
    support::browser::Setup,
};

struct Words {
    language: &'static str,
    form_title: &'static str,
    sign_up: &'static str,
    missing: &'static str,
    same: &'static str,
    check_title: &'static str,
    subject: &'static str,
    yes: &'static str,
    waiting_title: &'static str,
    agree_in_mail: &'static str,
    question_title: &'static str,
    agree: &'static str,
    done: &'static str,
    not_me_title: &'static str,
    too_young_title: &'static str,
}

const ENGLISH: Words = Words {
    language: "en",
    form_title: "Sign up for emails from Acme",
    sign_up: "Sign up",
    missing: "Say whether you are 15 or older",
    same: "not your own",
    check_title: "Check your email",
    subject: "A sign-up at Acme needs your answer",
    yes: "Yes, send me these emails",
    waiting_title: "Your yes is saved",
    agree_in_mail: "Yes, I agree to these emails",
    question_title: "Do you agree to these emails?",
    agree: "Yes, I agree",
    done: "The child has said yes too.",
    not_me_title: "It was not you?",
    too_young_title: "You cannot sign up here alone yet",
};

const FRENCH: Words = Words {
    language: "fr",
    form_title: "Recevoir les e\u{2011}mails envoyés par Acme",
    sign_up: "M’inscrire",
    missing: "Dites si vous avez 15 ans ou plus",
    same: "pas la vôtre",
    check_title: "Vérifiez vos e-mails",
    subject: "Une inscription chez Acme attend votre réponse",
    yes: "Oui, envoyez-moi ces e-mails",
    waiting_title: "Votre oui est enregistré",
    agree_in_mail: "Oui, je suis d’accord pour ces e-mails",
    question_title: "Êtes-vous d’accord pour ces e-mails ?",
    agree: "Oui, je suis d’accord",
    done: "L’enfant a dit oui aussi.",
    not_me_title: "Ce n’était pas vous ?",
    too_young_title: "Vous ne pouvez pas encore vous inscrire seul ici",
};

async fn whole_story(name: &str, size: (u32, u32), setup: Setup, words: &Words) {
    let mut person = Person::new(name, size, setup).await;
    person.app.apply(SETUP).await;
    let language = words.language;
    person.open(&format!("/f/club?lang={language}")).await;
    person.sees(words.form_title, "form").await;
    person.fill("email", KIM).await;
    person.choose("p-newsletter").await;
    person.press(words.sign_up).await;
    person.reads(words.missing).await;
    person.choose("age-younger").await;
    person.fill("guardian", "kim+mum@example.org").await;
    person.press(words.sign_up).await;
    person.reads(words.same).await;
    person.sees(words.form_title, "form-wrong").await;
    person.fill("guardian", MUM).await;
    person.press(words.sign_up).await;
    person.sees(words.check_title, "check-email").await;
    person.mails_arrive().await;

    let confirm = person.app.newest_link(KIM, "confirm");
    person.open(&confirm).await;
    person.press(words.yes).await;
    person.sees(words.waiting_title, "waiting").await;
    assert_eq!(person.app.state("acme", KIM, "newsletter").await, "pending");

    person.open("/dev/inbox").await;
    person.follow(words.subject).await;
    person.sees(words.subject, "mail").await;
    for look in ["dark", "phone", "tab=text"] {
        let here = person.browser.current_url().await.unwrap();
        person.open(&format!("{}?{look}", here.as_str().split('?').next().unwrap())).await;
        person.sees(words.subject, &format!("mail-{}", look.replace('=', "-"))).await;
    }
    let not_me = person.app.newest_link(MUM, "not_me");
    person.open(&format!("{not_me}&lang={language}")).await;
    person.sees(words.not_me_title, "not-me").await;
    person.open("/dev/inbox").await;
    person.follow(words.subject).await;
    person.press_in_mail(words.agree_in_mail).await;
    person.sees(words.question_title, "question").await;
    person.press(words.agree).await;
    person.reads(words.done).await;
    person.sees(words.waiting_title, "agreed").await;
    assert_eq!(person.app.state("acme", KIM, "newsletter").await, "confirmed");

    person.open(&format!("/f/wine?lang={language}")).await;
    person.sees(words.form_title, "refusing").await;
    person.fill("email", "lou@example.org").await;
    person.choose("age-younger").await;
    person.press(words.sign_up).await;
    person.sees(words.too_young_title, "too-young").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_in_french_on_a_dark_phone_without_javascript() {
    let setup = Setup::new().language("fr").dark().without_javascript();
    whole_story("family-fr-phone-dark", (360, 740), setup, &FRENCH).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_family_in_english_on_a_wide_screen_with_javascript() {
    whole_story("family-en-wide", (1280, 900), Setup::new(), &ENGLISH).await;
}
