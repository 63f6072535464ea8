//! Addresses as they arrive, good and bad.

use proptest::prelude::*;

use super::*;

fn parsed(input: &str) -> EmailAddress {
    EmailAddress::parse(input).unwrap_or_else(|reason| panic!("{input:?}: {reason}"))
}

#[test]
fn valid_addresses_are_stored_and_found_as_the_standards_say() {
    let longest = format!("{}@example.com", "x".repeat(64));
    for (input, stored, key, utf8) in [
        ("user@example.com", "user@example.com", "user@example.com", false),
        ("User.Name+tag@Example.COM", "User.Name+tag@example.com", "user.name+tag@example.com", false),
        ("o'brien@example.ie", "o'brien@example.ie", "o'brien@example.ie", false),
        ("a@b.fr", "a@b.fr", "a@b.fr", false),
        (longest.as_str(), longest.as_str(), longest.as_str(), false),
        ("élodie@exemple.fr", "élodie@exemple.fr", "élodie@exemple.fr", true),
        ("user@müller.de", "user@xn--mller-kva.de", "user@xn--mller-kva.de", false),
        ("user@straße.de", "user@xn--strae-oqa.de", "user@xn--strae-oqa.de", false),
        ("用户@例え.jp", "用户@xn--r8jz45g.jp", "用户@xn--r8jz45g.jp", true),
        ("  user@example.com \t", "user@example.com", "user@example.com", false),
        ("user@xn--mller-kva.de", "user@xn--mller-kva.de", "user@xn--mller-kva.de", false),
        ("user@sub.sub2.example.co.uk", "user@sub.sub2.example.co.uk", "user@sub.sub2.example.co.uk", false),
        ("jose\u{301}@example.com", "jos\u{e9}@example.com", "jos\u{e9}@example.com", true),
    ] {
        let address = parsed(input);
        assert_eq!(address.expose(), stored);
        assert_eq!(address.lookup_key(), key);
        assert_eq!(address.needs_smtputf8(), utf8, "{input}");
        let public = EmailAddress::parse_public(input);
        assert_eq!(public, if utf8 { Err(EmailError::LocalNotAscii) } else { Ok(address) }, "{input}");
    }
}

#[test]
fn each_bad_address_is_refused_for_its_own_reason() {
    use EmailError::{Domain, Empty, Hidden, Local, LookAlike, NoAt, NotPlain, TooLong};
    let long_local = format!("{}@example.com", "x".repeat(65));
    let long_utf8 = format!("{}@example.com", "é".repeat(33));
    let long_label = format!("user@{}.com", "a".repeat(64));
    let long_domain = format!("user@{}com", format!("{}.", "a".repeat(60)).repeat(5));
    let huge = format!("{}@example.com", "x".repeat(1_000_000));
    for (input, reason) in [
        ("", Empty),
        (" \r\n\t", Empty),
        ("plain", NoAt),
        ("@example.com", NoAt),
        ("user@", NoAt),
        ("@", NoAt),
        ("a@b@c.com", NotPlain),
        ("user@exa mple.com", NotPlain),
        ("user@example..com", Domain),
        ("user@example.com.", Domain),
        ("user@.example.com", Domain),
        (".user@example.com", Local),
        ("user.@example.com", Local),
        ("us..er@example.com", Local),
        (long_local.as_str(), TooLong),
        (long_utf8.as_str(), TooLong),
        (long_label.as_str(), Domain),
        (long_domain.as_str(), Domain),
        (huge.as_str(), TooLong),
        ("user@-example.com", Domain),
        ("user@example-.com", Domain),
        ("user@exa_mple.com", Domain),
        ("user@example.com\r\nBcc: victim@example.com", Hidden),
        ("user@example.com\nX: y", Hidden),
        ("\"a b\"@example.com", NotPlain),
        ("\"user\"@example.com", NotPlain),
        ("user@[127.0.0.1]", NotPlain),
        ("user@[IPv6:::1]", NotPlain),
        ("user@127.0.0.1", Domain),
        ("user@127。0。0。1", Domain),
        ("user@①②⑦.⓪.⓪.①", Domain),
        ("user@1.2.3.44", Domain),
        ("user@example.0x7f", Domain),
        ("user@localhost", Domain),
        ("user@example.com,other@example.com", NotPlain),
        ("user@example.com;other", NotPlain),
        ("Name <user@example.com>", NotPlain),
        ("<user@example.com>", NotPlain),
        ("user(comment)@example.com", NotPlain),
        ("mailto:user@example.com", NotPlain),
        ("us\\er@example.com", NotPlain),
        ("user@example.c", Domain),
        ("user\u{200b}@example.com", Hidden),
        ("user@exa\u{ad}mple.com", Hidden),
        ("\u{202e}user@example.com", Hidden),
        ("user@\u{feff}example.com", Hidden),
        ("us\u{2028}er@example.com", Hidden),
        ("user\u{0}@example.com", Hidden),
        ("user\u{fe0f}@example.com", Hidden),
        ("us\u{3164}er@example.com", Hidden),
        ("user@ex\u{430}mple.com", LookAlike),
        ("user@xn--exmple-4nf.com", LookAlike),
        ("user@xn--.com", Domain),
        ("user@xn--a-ecp.ru", Domain),
        ("user@exa%00mple.com", Domain),
        ("-oQ/tmp@example.com", Local),
        ("=1+1@b.fr", Local),
        ("a=?utf-8?q?x?=@example.com", Local),
        ("us\u{a0}er@example.com", NotPlain),
        ("user＠example.com", NoAt),
        ("❤@example.com", Local),
    ] {
        assert_eq!(EmailAddress::parse(input).unwrap_err(), reason, "{input:?}");
        assert!(EmailAddress::parse_public(input).is_err(), "{input:?}");
    }
}

#[test]
fn a_label_of_63_and_an_address_of_254_are_the_longest() {
    let domain = format!("{}.{}.{}.com", "a".repeat(63), "b".repeat(63), "c".repeat(57));
    assert_eq!(parsed(&format!("{}@{domain}", "x".repeat(64))).expose().len(), 254);
    let domain = format!("{}.{}.{}.com", "a".repeat(63), "b".repeat(63), "c".repeat(58));
    assert_eq!(EmailAddress::parse(&format!("{}@{domain}", "x".repeat(64))), Err(EmailError::TooLong));
}

#[test]
fn spellings_of_one_contact_share_a_lookup_key_and_others_do_not() {
    for (one, other) in [
        ("User@Example.COM", "user@example.com"),
        ("user@müller.de", "user@xn--mller-kva.de"),
        ("jose\u{301}@example.com", "jos\u{e9}@example.com"),
        ("ÉLODIE@exemple.fr", "élodie@exemple.fr"),
    ] {
        assert_eq!(parsed(one).lookup_key(), parsed(other).lookup_key());
    }
    for (one, other) in [
        ("user+news@example.com", "user@example.com"),
        ("u.ser@gmail.com", "user@gmail.com"),
        ("user@googlemail.com", "user@gmail.com"),
    ] {
        assert_ne!(parsed(one).lookup_key(), parsed(other).lookup_key());
    }
}

#[test]
fn spellings_of_one_mailbox_share_a_budget() {
    for (input, key) in [
        ("user+1@example.com", "user@example.com"),
        ("User+2@example.com", "user@example.com"),
        ("u.s.e.r@example.com", "u.s.e.r@example.com"),
        ("u.s.e.r@gmail.com", "user@gmail.com"),
        ("U.ser+x@GoogleMail.com", "user@gmail.com"),
        ("u-s_er@pm.me", "user@proton.me"),
        ("+33612345678@sms.example", "+33612345678@sms.example"),
    ] {
        assert_eq!(parsed(input).budget_key(), key);
    }
}

#[test]
fn an_address_is_never_shown_whole_by_accident() {
    let address = parsed("ada.lovelace@example.org");
    assert_eq!(address.masked(), "a••••@example.org");
    assert_eq!(parsed("a@example.org").masked(), "a••••@example.org");
    assert_eq!(format!("{address}"), "a••••@example.org");
    assert_eq!(format!("{address:?}"), "EmailAddress(a••••@example.org)");
    assert_eq!(format!("{:?}", Some(&address)), "Some(EmailAddress(a••••@example.org))");
}

#[test]
fn a_slip_in_a_common_domain_is_hinted_at() {
    let hint = |input| parsed(input).suggestion().map(|it| it.expose().to_owned());
    assert_eq!(hint("Ada+x@gmial.com").as_deref(), Some("Ada+x@gmail.com"));
    assert_eq!(hint("ada@gmail.com"), None);
    assert_eq!(hint("ada@example.org"), None);
}

proptest! {
    #[test]
    fn no_text_panics(input in "\\PC*|[\\x00-\\u{ff}]{0,40}@[\\x00-\\u{2fff}]{0,40}\\.[a-z]{1,3}") {
        let _ = EmailAddress::parse(&input);
    }

    #[test]
    fn parsing_the_stored_form_changes_nothing(input in "[a-zA-Z0-9.é\u{301}ΣßİA+=-]{1,12}@[a-zA-Zéßı\u{3bf}0-9-]{1,8}\\.(com|fr|рф|CO\\.uk)") {
        if let Ok(address) = EmailAddress::parse(&input) {
            prop_assert_eq!(EmailAddress::parse(address.expose()), Ok(address.clone()));
            let key = address.lookup_key();
            prop_assert_eq!(key.to_lowercase().nfc().collect::<String>(), key);
        }
    }

    #[test]
    fn the_mask_is_the_same_for_every_length(local in "[a-z][a-z0-9]{0,40}") {
        let address = parsed(&format!("{local}@example.org"));
        prop_assert_eq!(address.masked().chars().count(), "a••••@example.org".chars().count());
    }
}
