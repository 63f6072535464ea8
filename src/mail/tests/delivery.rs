//! A mail on its way: its headers and lines, its signature, and whom a failure concerns.

use std::time::Duration;

use super::{
    super::{Addressing, Capture, Dkim, Mailer, Outcome, Transport, message, to_message},
    ADDRESS, ASKED_AT, CONFIRM, confirm,
};
use crate::domain::Locale;

fn addressing(from_name: &str, locale: Locale) -> Addressing<'_> {
    Addressing {
        message_id: "<msg_1@acme.example>",
        date: ASKED_AT,
        from_name,
        from_address: "confirm@acme.example",
        reply_to: Some("privacy@acme.example"),
        to: ADDRESS,
        locale,
    }
}

#[test]
fn every_mail_travels_in_short_seven_bit_lines_with_one_of_each_header() {
    for evil in ["Acme", "Acme\r\nBcc: eve@evil.example", "A\0c\u{202e}me\u{2028}X-Evil: 1"] {
        for locale in Locale::ALL {
            let mut mail = confirm(locale);
            mail.sender.brand = evil.to_owned();
            let raw = message::compose(&to_message(&mail.render().unwrap(), &addressing(evil, locale)));
            let raw = String::from_utf8(raw.unwrap()).unwrap();
            let (head, body) = raw.split_once("\r\n\r\n").unwrap();
            assert!(raw.is_ascii());
            assert!(body.split("\r\n").all(|line| line.len() <= 76));
            let names = head.split("\r\n").filter(|it| !it.starts_with([' ', '\t']));
            let names: Vec<_> = names.map(|it| it.split(':').next().unwrap()).collect();
            let expected = [
                "Message-ID",
                "Date",
                "From",
                "To",
                "Reply-To",
                "Subject",
                "Auto-Submitted",
                "X-Auto-Response-Suppress",
                "Content-Language",
                "MIME-Version",
                "Content-Type",
            ];
            assert_eq!(names, expected, "{evil:?}");
        }
    }
}

#[tokio::test]
async fn a_delivered_mail_is_signed_and_the_same_when_sent_again() {
    let inbox = Capture::default();
    let seed = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
    let dkim = Some(Dkim::new(Some("acme.example"), "s1", seed).unwrap());
    let mailer = Mailer { transport: Transport::Capture(inbox.clone()), dkim };
    let rendered = confirm(Locale::Fr).render().unwrap();
    for expected in ["250 captured as 1", "250 captured as 2"] {
        let outcome = mailer.deliver(&rendered, &addressing("Acme", Locale::Fr)).await;
        assert_eq!(outcome, Outcome::Accepted { reply: expected.to_owned() });
    }
    let mails = inbox.wait(Some(ADDRESS), 0, Duration::ZERO).await;
    let header = |mail: usize, name: &str| {
        mails[mail].headers.iter().find(|(it, _)| it == name).map(|(_, value)| value.clone()).unwrap()
    };
    assert!(header(0, "DKIM-Signature").contains("d=acme.example"));
    assert_eq!(header(0, "Message-ID"), "<msg_1@acme.example>");
    assert_eq!(header(0, "Message-ID"), header(1, "Message-ID"));
    assert_eq!(header(0, "Content-Language"), "fr");
    assert_eq!(mails[0].links[0], ("confirm", CONFIRM.to_owned()));
    assert_eq!(mails[0].codes, ["482913"]);
}

#[tokio::test]
async fn a_mail_that_cannot_be_written_blames_whom_it_concerns() {
    let mailer = Mailer { transport: Transport::Capture(Capture::default()), dkim: None };
    let rendered = confirm(Locale::En).render().unwrap();
    let to_nobody = Addressing { to: "nobody", ..addressing("Acme", Locale::En) };
    assert!(matches!(mailer.deliver(&rendered, &to_nobody).await, Outcome::Refused { .. }));
    let from_nobody = Addressing { from_address: "nobody", ..addressing("Acme", Locale::En) };
    assert!(matches!(mailer.deliver(&rendered, &from_nobody).await, Outcome::Deferred { .. }));
}
