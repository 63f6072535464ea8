//! The pages that prove something.

use super::show::{NOW, Sample, Show};
use crate::{
    domain::time::MINUTE,
    web::{
        part::ReceiptView,
        public::{
            preferences::HistoryLine,
            receipt::{Files, Place, ReceiptPage},
            receipt_check::{Found, ReceiptCheckPage},
        },
    },
};

impl Show {
    pub(super) fn receipts(&self) -> Vec<Sample> {
        let frame = self.frame("/receipt/ay1.receipt.AAAA");
        let what = self.pick("You said yes to Newsletter", "Vous avez dit oui à la lettre").to_owned();
        let step = |minutes: i64, en: &str, fr: &str| HistoryLine {
            when: frame.t.date_time(NOW.plus(-minutes * MINUTE)),
            what: self.pick(en, fr).to_owned(),
            how: String::new(),
            receipt: None,
        };
        let page = |place: Option<Place>| ReceiptPage {
            frame: &frame,
            receipt: ReceiptView { href: None, ..self.receipt(true) },
            what: what.clone(),
            address: "ada.lovelace@example.org".into(),
            shown: Some(
                self.pick("Newsletter\nOur monthly news by email.", "La lettre\nNos nouvelles.").into(),
            ),
            steps: vec![
                step(12, "You asked for Newsletter", "Vous avez demandé la lettre"),
                step(11, "We sent you an email to confirm", "Nous vous avons envoyé un e-mail"),
                step(0, "You said yes to Newsletter", "Vous avez dit oui à la lettre"),
            ],
            place,
            files: Files {
                pdf: "/receipt/ay1.receipt.AAAA/receipt.pdf".into(),
                data: "/receipt/ay1.receipt.AAAA/receipt.jsonld".into(),
                verify: "/v".into(),
            },
        };
        let found = |what: Option<String>, place| Found {
            organisation: frame.brand().to_owned(),
            address: what.as_ref().map(|_| "a•••@example.org".to_owned()),
            what,
            when: frame.t.date_time(NOW),
            place,
            is_signed: place.is_some(),
        };
        let check = |found| ReceiptCheckPage {
            frame: &frame,
            number: "R-7K3F-9QXD".into(),
            found: vec![found],
            verify_href: "/v".into(),
        };
        let place = Place { number: 41_337, of: "41400".into() };
        vec![
            self.sample("receipt", &page(Some(place))),
            self.sample("receipt_waiting", &page(None)),
            self.sample("receipt_check", &check(found(Some(what.clone()), Some(41_337)))),
            self.sample("receipt_check_waiting", &check(found(Some(what.clone()), None))),
            self.sample("receipt_check_erased", &check(found(None, Some(41_337)))),
        ]
    }
}
