//! Texts that no tenant may word: what the law wants said, and what evidence stands on.

/// Begins of keys, or whole keys, with the reason that an operator is told.
const FIXED: &[(&str, &str)] = &[
    ("month-", "dates are the same in every text, and evidence repeats them"),
    ("confirm-", "it is part of the page that asks for the second yes"),
    ("confirmed-", "it tells what was agreed to, and evidence stands on it"),
    (
        "mail-confirm-",
        "it is part of the mail that asks for the second yes, which may carry no word of advertising",
    ),
    ("mail-asked", "every mail says where and when it was asked for"),
    ("mail-sent-by", "every mail says who sent it"),
    ("mail-contact", "every mail says whom to write to"),
    ("mail-notice", "every mail leads to the privacy notice"),
    ("mail-raw-url", "every mail shows its link in full"),
    ("mail-receipt-", "a receipt says the same of every organisation"),
    ("mail-code-", "a code protects the person; what it does must be told plainly"),
    ("mail-link-keep", "it protects the person"),
    ("mail-link-expires", "it says how long a proof of the mailbox lasts"),
    ("frame-responsible", "every page says who is responsible"),
    ("frame-contact", "every page says whom to write to"),
    ("frame-notice", "every page leads to the privacy notice"),
    ("frame-how", "every page leads to how it works"),
    ("sign-up-notice", "it is the notice that the law wants where data are asked for"),
    ("sign-up-next", "it promises that nothing is sent before the second yes"),
    ("sign-up-send", "evidence repeats the button that was pressed"),
    ("sign-up-email-why", "it says what the address is used for"),
    ("sign-up-optional", "it says what need not be filled in"),
    ("purpose-how-often", "evidence repeats how often emails come"),
    ("frequency-", "evidence repeats how often emails come"),
    ("standing-", "it says where a person stands, as evidence has it"),
    ("receipt-", "a receipt says the same of every organisation"),
    ("number-", "a receipt says the same of every organisation"),
    ("history-", "it is what evidence says"),
    ("doc-", "it is part of the evidence"),
    ("verify-", "it says whether a proof holds"),
    ("notice-", "it is the privacy notice"),
    ("recipients-", "it says who receives the data"),
    ("rights-", "it says which rights a person has"),
    ("preferences-save", "evidence repeats the button that was pressed"),
    ("preferences-stop", "leaving is said in the same words everywhere"),
    ("preferences-effect", "it says what leaving does"),
    ("preferences-more", "it says what a link may show"),
    ("unsubscribe-", "leaving is said in the same words everywhere"),
    ("unsubscribed-", "leaving is said in the same words everywhere"),
    ("stopped-", "leaving is said in the same words everywhere"),
    ("saved-", "it says what was changed, as evidence has it"),
    ("not-saved-", "it says that nothing was changed"),
    ("frozen-", "it says which right is in force"),
    ("undo", "it says how to take a choice back"),
    ("not-me-", "“It was not me” is said in the same words everywhere"),
    ("deleted-", "it says what was deleted"),
    ("check-limit", "it says how people are protected from unwanted mail"),
    ("check-sent", "evidence repeats it"),
    ("check-do", "evidence repeats it"),
    ("code-send", "evidence repeats it"),
    ("ask-sent-unknown", "it protects people’s privacy"),
    ("message-", "it says why something did not happen, and that nothing was changed"),
    ("how-", "it says how this service works, whoever uses it"),
    ("root-", "it is a page of no tenant"),
    ("misdirected", "it is a page of no tenant"),
    ("guardian-", "the law says what a guardian is told"),
    ("mail-guardian-", "the law says what a guardian is told"),
];

/// Why the text of `key` is the same for every tenant; `None` when a tenant may word it.
pub(super) fn reason(key: &str) -> Option<&'static str> {
    let found = FIXED.iter().find(|(fixed, _)| {
        key == *fixed
            || (key.starts_with(fixed)
                && (fixed.ends_with('-') || key.get(fixed.len()..).is_some_and(|it| it.starts_with('-'))))
    });
    found.map(|(_, reason)| *reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_legal_skeleton_is_fixed_and_the_rest_is_not() {
        for key in [
            "confirm-yes",
            "mail-confirm-subject",
            "mail-confirm-ignore",
            "mail-asked",
            "sign-up-send",
            "sign-up-notice",
            "sign-up-notice-link",
            "not-me-title",
            "notice-basis-text",
            "unsubscribe-now",
            "undo",
            "undo-until",
            "rights-list",
            "doc-kind-confirmed",
            "verify-holds",
            "frequency-daily",
            "frame-responsible",
            "receipt-keep",
        ] {
            assert!(reason(key).is_some(), "{key}");
        }
        for key in [
            "sign-up-title",
            "sign-up-you-get",
            "sign-up-choose",
            "check-title",
            "ask-title",
            "ask-what",
            "preferences-title",
            "mail-already-title",
            "mail-link-subject",
            "mail-link-button",
            "reason-title",
            "paused-title",
            "email-label",
        ] {
            assert_eq!(reason(key), None, "{key}");
        }
    }

    #[test]
    fn every_fixed_text_has_a_key_or_is_of_another_page() {
        let known = super::super::tests_keys();
        let later = ["misdirected", "guardian-", "mail-guardian-"];
        for (fixed, _) in FIXED.iter().filter(|(fixed, _)| !later.contains(fixed)) {
            assert!(known.iter().any(|it| it.starts_with(fixed)), "{fixed}");
        }
    }
}
