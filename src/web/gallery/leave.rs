//! The pages on which a person leaves, reads, or is told why something did not happen.

use super::show::{NOW, Sample, Show};
use crate::{
    domain::{authority::authority, time::HOUR},
    web::{
        page::Frame,
        part::EmailProblem,
        public::{
            ask_link::{AskLinkPage, AskLinkSentPage, AskWhomPage},
            how::HowPage,
            message::{MessagePage, Next, Reason as Why},
            not_me::{NotMe, NotMePage},
            notice::{NoticePage, NoticePurpose},
            root::RootPage,
            unsubscribe::UnsubscribePage,
            unsubscribed::{Reason, UnsubscribedPage},
        },
    },
};

impl Show {
    pub(super) fn links(&self) -> Vec<Sample> {
        let frame = Frame::new(self.locale, false, "/p", None);
        let page = |problem| AskLinkPage {
            frame: &frame,
            action: "/p".into(),
            email: if problem == Some(EmailProblem::Domain) { "ada@example".into() } else { String::new() },
            problem,
        };
        let whom = |tenants| AskWhomPage { frame: &frame, tenants };
        vec![
            self.sample("ask_link", &page(None)),
            self.sample("ask_link_domain", &page(Some(EmailProblem::Domain))),
            self.sample("ask_link_long", &page(Some(EmailProblem::TooLong))),
            self.sample("ask_whom", &whom(vec![("Fernwood Books".into(), "/ask/fernwood".into())])),
            self.sample("ask_whom_nobody", &whom(vec![])),
            self.sample("ask_link_sent", &AskLinkSentPage { frame: &frame }),
        ]
    }

    pub(super) fn leaving(&self) -> Vec<Sample> {
        let frame = self.frame("/u/k1.eAAAA.AAAA?p=newsletter");
        let name = || self.purpose("newsletter").name;
        let page = |purpose, left_on| UnsubscribePage {
            frame: &frame,
            action: "/u/k1.eAAAA.AAAA?p=newsletter".into(),
            address: "a•••@example.org".into(),
            purpose,
            left_on,
            preferences: "/p/k1.eAAAA.AAAA".into(),
        };
        let done = |purpose, still: &[&str], reason| UnsubscribedPage {
            frame: &frame,
            purpose,
            receipt: Some(self.receipt(false)),
            undo: Some(self.undo()),
            still: still.iter().map(|it| self.purpose(it)).collect(),
            reason,
            preferences: "/p/k1.eAAAA.AAAA".into(),
        };
        let ask = Reason::Ask { action: "/u/k1.eAAAA.AAAA".into(), hidden: vec![] };
        let late_again = || UnsubscribedPage { undo: None, ..done(Some(name()), &[], Reason::None) };
        let late = UnsubscribedPage { undo: None, ..done(Some(name()), &["events"], Reason::None) };
        let not_me = |step| NotMePage { frame: &frame, address: "a•••@example.org".into(), step };
        vec![
            self.sample("unsubscribe", &page(Some(name()), None)),
            self.sample("unsubscribe_all", &page(None, None)),
            self.sample("unsubscribe_left", &page(Some(name()), Some(frame.t.date(NOW)))),
            self.sample("unsubscribed", &done(Some(name()), &["events", "offers"], ask)),
            self.sample("unsubscribed_all", &done(None, &[], Reason::Thanks)),
            self.sample("unsubscribed_late", &late),
            self.sample("unsubscribed_nothing", &UnsubscribedPage { receipt: None, ..late_again() }),
            self.sample("not_me", &not_me(NotMe::Ask { action: "/c/ay1.notme.AAAA".into() })),
            self.sample("not_me_done", &not_me(NotMe::Done)),
        ]
    }

    pub(super) fn texts(&self) -> Vec<Sample> {
        let frame = self.frame("/n/newsletter");
        let purposes = self
            .purposes()
            .into_iter()
            .map(|it| {
                let lapse = [("name", (&it.name).into()), ("n", 365.into())];
                let lapse = Some(frame.t.with("notice-long-lapse", &lapse));
                NoticePurpose {
                    name: it.name,
                    sentence: it.sentence,
                    lang: it.lang,
                    frequency: it.frequency,
                    lapse,
                }
            })
            .collect();
        let notice = NoticePage {
            storage: Some(frame.t.get("notice-where-eu").into_owned()),
            frame: &frame,
            name: frame.brand().to_owned(),
            legal: self.pick("Fernwood Books Ltd", "Librairie des Tilleuls SARL").to_owned(),
            contact: "privacy@fernwood.example".to_owned(),
            version: "3".into(),
            since: frame.t.date(NOW),
            purposes,
            recipients: vec!["Calder Press".into(), "Mailchimp".into()],
            transfer: None,
            dpo: Some("dpo@fernwood.example".into()),
            authority: crate::domain::country::Country::parse("FR").ok().and_then(authority),
            unconfirmed_days: 7,
        };
        let nobody = Frame::new(self.locale, false, "/", None);
        vec![
            self.sample("notice", &notice),
            self.sample("how", &HowPage { frame: &frame }),
            self.sample("root", &RootPage { frame: &nobody }),
        ]
    }

    pub(super) fn messages(&self) -> Vec<Sample> {
        let frame = self.frame("/c/ay1.confirm.AAAA");
        let nobody = Frame::new(self.locale, false, "/c/nonsense", None);
        let show = |name: &str, reason: Why, next: Next| {
            let frame = if reason == Why::Unreadable || reason == Why::NotFound { &nobody } else { &frame };
            self.sample(name, &MessagePage { frame, reason, next })
        };
        let send = || Next::Send { action: "/c/ay1.confirm.AAAA/again".into(), hidden: vec![] };
        let open = || Next::Open("/f/newsletter".into());
        let choices = || Next::Choices("/p/ay1.prefs.AAAA".into());
        vec![
            show("message_expired", Why::Expired { on: NOW.plus(-2 * HOUR) }, send()),
            show("message_replaced", Why::Replaced, send()),
            show("message_revoked", Why::Revoked { on: NOW }, send()),
            show("message_confirmed", Why::Confirmed { on: NOW }, choices()),
            show("message_frozen", Why::Frozen, Next::None),
            show("message_unreadable", Why::Unreadable, Next::AskLink),
            show("message_not_found", Why::NotFound, Next::AskLink),
            show("message_too_fast", Why::TooFast { minutes: 10 }, Next::None),
            show("message_closed", Why::FormClosed, Next::None),
            show("message_origin", Why::Origin, open()),
            show("message_bad_request", Why::BadRequest, open()),
            show("message_too_large", Why::TooLarge, open()),
            show("message_not_saved", Why::NotSaved, open()),
            show("message_not_proven", Why::NotProven, open()),
        ]
    }
}
