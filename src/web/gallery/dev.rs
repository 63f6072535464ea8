//! The pages of the demo and of the captured inbox.

use super::show::{Sample, Show};
use crate::{
    domain::Locale,
    web::{
        dev::{
            demo::{DemoPage, Stop},
            inbox::{InboxPage, MailLine},
            mail::{FileLine, Look, MailPage, Tab},
            receiver::{Received, ReceiverPage},
            shop::ShopPage,
        },
        page::Frame,
    },
};

/// Every page a developer sees; English only.
pub(super) fn pages() -> Vec<Sample> {
    let show = Show { locale: Locale::En };
    let frame = Frame::new(Locale::En, false, "/dev", None);
    let line = MailLine {
        href: "/dev/inbox/1".into(),
        to: "ada@example.org".into(),
        subject: "Confirm what you want to receive from Fernwood Books".into(),
        when: "21 November 2026, 09:14 UTC".into(),
    };
    let mail = |tab, look| MailPage {
        frame: &frame,
        demo: true,
        href: "/dev/inbox/1".into(),
        to: "ada@example.org".into(),
        from: "Fernwood Books <confirm@fernwood.example>".into(),
        subject: "Confirm what you want to receive".into(),
        when: "21 November 2026, 09:14 UTC".into(),
        tab,
        look,
        links: vec!["http://127.0.0.1:8080/c/ay1.confirm.AAAA".into()],
        codes: vec!["204816".into()],
        files: vec![FileLine {
            href: "/dev/inbox/1/files/0".into(),
            name: "R-7Q2M-K4XD.pdf".into(),
            what: "application/pdf, 54321 bytes".into(),
        }],
        text: "Subject: Confirm\r\n\r\nType 204816".into(),
    };
    let stop =
        Stop { title: "The form".into(), text: "Sign up as anybody.".into(), href: "/f/newsletter".into() };
    let site = ShopPage {
        frame: &frame,
        demo: true,
        form_href: "/f/newsletter".into(),
        purposes: show.purposes(),
        legal: "Fernwood Books Ltd".into(),
        notice_href: Some("/n/newsletter".into()),
        hidden: vec![("v", "3.AAAA".into())],
    };
    let received = |verified| Received {
        id: "msg_1".into(),
        kind: "consent.confirmed".into(),
        when: "21 November 2026, 09:14 UTC".into(),
        verified,
        body: r#"{"type":"consent.confirmed"}"#.into(),
    };
    let tool = ReceiverPage {
        frame: &frame,
        demo: true,
        endpoint: "http://127.0.0.1:8080/dev/receiver".into(),
        received: vec![received(true), received(false)],
    };
    vec![
        show.sample("dev_demo", &DemoPage { frame: &frame, demo: true, stops: &[stop] }),
        show.sample("dev_inbox", &InboxPage { frame: &frame, demo: true, mails: vec![line] }),
        show.sample("dev_inbox_empty", &InboxPage { frame: &frame, demo: true, mails: vec![] }),
        show.sample("dev_mail", &mail(Tab::Html, Look { phone: true, ..Look::default() })),
        show.sample("dev_mail_raw", &mail(Tab::Raw, Look::default())),
        show.sample("dev_shop", &site),
        show.sample("dev_receiver", &tool),
    ]
}
