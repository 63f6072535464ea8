//! People, a bookshop and its mails, none of which exist.

use askama::Template;

use crate::{
    domain::{Locale, Timestamp, setup::Frequency, time::MINUTE},
    i18n::lang,
    web::{
        page::{Frame, TenantView},
        part::{CodeForm, CodeProblem, PurposeView, ReceiptView, Undo},
    },
};

/// A rendered page.
pub(super) struct Sample {
    pub(super) name: String,
    pub(super) locale: Locale,
    pub(super) html: String,
}

/// 21 November 2026, 09:14 UTC.
pub(super) const NOW: Timestamp = Timestamp::from_millis(1_795_252_440_000);

/// Every public page in one language, in every state worth looking at.
pub(super) fn public(locale: Locale) -> Vec<Sample> {
    let show = Show { locale };
    [
        show.sign_up(),
        show.check_email(),
        show.confirm(),
        show.guardian(),
        show.preferences(),
        show.links(),
        show.leaving(),
        show.texts(),
        show.messages(),
        show.receipts(),
        show.verify(),
        show.themed(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

pub(super) struct Show {
    pub(super) locale: Locale,
}

impl Show {
    /// The language the organisation writes in: its own texts exist in two.
    pub(super) fn own(&self) -> Locale {
        if self.locale == Locale::Fr { Locale::Fr } else { Locale::En }
    }

    pub(super) fn pick<'a>(&self, en: &'a str, fr: &'a str) -> &'a str {
        if self.own() == Locale::Fr { fr } else { en }
    }

    pub(super) fn frame(&self, here: &str) -> Frame {
        let tenant = TenantView {
            name: self.pick("Fernwood Books", "Librairie des Tilleuls").to_owned(),
            legal: self
                .pick(
                    "Fernwood Books Ltd, 12 Mill Lane, Bath BA1 1AA, United Kingdom",
                    "Librairie des Tilleuls SARL, 4 rue du Port, 44000 Nantes",
                )
                .to_owned(),
            contact_email: self.pick("privacy@fernwood.example", "donnees@tilleuls.example").to_owned(),
            notice_url: Some(format!("/n/newsletter?lang={}", self.locale)),
        };
        Frame::new(self.locale, false, here, Some(tenant))
    }

    pub(super) fn sample(&self, name: &str, page: &impl Template) -> Sample {
        let html = page.render().expect("a page renders");
        Sample { name: name.to_owned(), locale: self.locale, html }
    }

    pub(super) fn purpose(&self, slug: &str) -> PurposeView {
        let t = lang(self.locale);
        let (en, fr, frequency) = match slug {
            "newsletter" => (
                ("Newsletter", "New books, and the ones we could not put down."),
                ("Lettre d’information", "Les nouveautés, et les livres que nous n’avons pas pu lâcher."),
                Frequency::Monthly,
            ),
            "events" => (
                ("Events", "Readings and signings in our shop."),
                ("Rencontres", "Lectures et dédicaces dans notre librairie."),
                Frequency::Quarterly,
            ),
            "offers" => (
                ("Offers", "Second-hand finds at a lower price."),
                ("Bonnes affaires", "Des livres d’occasion à petit prix."),
                Frequency::Weekly,
            ),
            _ => (
                ("Partners", "We give your address to the publisher Calder Press, for its own newsletter."),
                (
                    "Partenaires",
                    "Nous transmettons votre adresse aux éditions Calder, pour leur propre lettre.",
                ),
                Frequency::Occasional,
            ),
        };
        let (name, sentence) = if self.own() == Locale::Fr { fr } else { en };
        PurposeView::new(t, slug, name, sentence, Some(frequency)).worded_in(t, self.own())
    }

    pub(super) fn purposes(&self) -> Vec<PurposeView> {
        ["newsletter", "events", "partners"].map(|it| self.purpose(it)).into()
    }

    pub(super) fn code(&self, problem: Option<CodeProblem>) -> CodeForm {
        CodeForm {
            action: "/f/newsletter/code".into(),
            hidden: vec![("sent", "st1.AAAA".into())],
            problem: problem.map(|it| it.message(lang(self.locale))),
        }
    }

    pub(super) fn receipt(&self, granted: bool) -> ReceiptView {
        ReceiptView {
            number: "R-7K3F-9QXD".into(),
            when: lang(self.locale).date_time(NOW),
            purposes: vec![self.purpose("newsletter").name],
            wording: granted.then(|| format!("3 ({})", self.locale)),
            href: granted.then(|| "/v/R-7K3F-9QXD".into()),
        }
    }

    pub(super) fn undo(&self) -> Undo {
        Undo {
            action: "/p/ay1.prefs.AAAA".into(),
            hidden: vec![("change", "R-7K3F-9QXD".into())],
            until: lang(self.locale).date_time(NOW.plus(15 * MINUTE)),
        }
    }
}
