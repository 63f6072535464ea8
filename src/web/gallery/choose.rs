//! The pages on which a person says yes or no.

use super::show::{NOW, Sample, Show};
use crate::{
    domain::{Locale, Timestamp, time::DAY},
    i18n::lang,
    web::{
        assets,
        page::Frame,
        part::{
            CodeProblem, EmailProblem, PurposeView,
            Standing::{self, Lapsed, Left, Never, Receiving, Refused, Waiting},
        },
        public::{
            check_email::CheckEmailPage,
            confirm::{ConfirmPage, Wrong},
            confirmed::{ConfirmedPage, Outcome},
            fields::ToldView,
            preferences::{
                Banner, Change, Group, HistoryLine, LanguageChoice, Level, PreferencesPage, ReceiptLink,
            },
            sign_up::{Again, FieldView, OptionView, Problem, ProvePage, SignUpPage},
        },
    },
};

impl Show {
    pub(super) fn sign_up(&self) -> Vec<Sample> {
        let frame = self.frame("/f/newsletter");
        let blank = || SignUpPage {
            frame: &frame,
            heading: frame.fill("sign-up-title", "name", frame.brand()),
            action: "/f/newsletter".into(),
            token: "ft1.AAAA".into(),
            purposes: self.purposes(),
            email: String::new(),
            fields: vec![
                FieldView {
                    slug: "given_name".into(),
                    label: self.pick("First name", "Prénom").into(),
                    reason: self.pick("To greet you by name.", "Pour vous saluer par votre prénom.").into(),
                    value: String::new(),
                    required: false,
                    autocomplete: Some("given-name"),
                    options: vec![],
                },
                FieldView {
                    slug: "shop".into(),
                    label: self.pick("Your shop", "Votre boutique").into(),
                    reason: self
                        .pick(
                            "To write about what is near you.",
                            "Pour parler de ce qui est près de chez vous.",
                        )
                        .into(),
                    value: String::new(),
                    required: true,
                    autocomplete: None,
                    options: [("paris", "Paris"), ("london", self.pick("London", "Londres"))]
                        .map(|(value, label)| OptionView { value: value.into(), label: label.into() })
                        .into(),
                },
            ],
            age: None,
            problems: vec![],
            again: None,
            hidden: vec![("ref", "shop".into())],
            pow: None,
            embedded: false,
        };
        let one = SignUpPage { purposes: vec![self.purpose("newsletter")], fields: vec![], ..blank() };
        let wrong = SignUpPage {
            email: "ada@".into(),
            problems: vec![
                Problem::NothingTicked,
                Problem::Email(EmailProblem::Malformed),
                Problem::FieldTooLong("given_name".into(), 100),
                Problem::FieldNotOffered("shop".into()),
            ],
            ..blank()
        };
        let kept = SignUpPage {
            purposes: vec![
                self.purpose("newsletter").asked(),
                self.purpose("events"),
                self.purpose("partners"),
            ],
            problems: vec![Problem::Email(EmailProblem::Missing), Problem::FieldMissing("given_name".into())],
            ..blank()
        };
        let changed =
            SignUpPage { email: "ada@example.org".into(), again: Some(Again::TextChanged), ..blank() };
        let stale = SignUpPage { email: "ada@example.org".into(), again: Some(Again::Stale), ..blank() };
        let soon = SignUpPage { email: "ada@example.org".into(), again: Some(Again::TooSoon), ..blank() };
        vec![
            self.sample("sign_up_soon", &soon),
            self.sample("sign_up", &blank()),
            self.sample("sign_up_one", &one),
            self.sample("sign_up_wrong", &wrong),
            self.sample("sign_up_kept", &kept),
            self.sample("sign_up_changed", &changed),
            self.sample("sign_up_stale", &stale),
            self.sample("sign_up_prove", &self.prove(&frame)),
        ]
    }

    fn prove<'f>(&self, frame: &'f Frame) -> ProvePage<'f> {
        let email = self.pick("ada@example.org", "ada@example.fr").to_owned();
        ProvePage {
            frame,
            action: "/f/newsletter".into(),
            challenge: "{\"algorithm\":\"SHA-256\"}".into(),
            kept: vec![("email".into(), email), ("p".into(), "newsletter".into())],
        }
    }

    pub(super) fn check_email(&self) -> Vec<Sample> {
        let frame = self.frame("/f/newsletter/sent?s=st1.AAAA");
        let page = |problem, resent| CheckEmailPage {
            frame: &frame,
            code: self.code(problem),
            resend_action: "/f/newsletter/resend".into(),
            form_href: Some("/f/newsletter".into()),
            sender: "confirm@fernwood.example".into(),
            until: CheckEmailPage::until(&frame.t, NOW.plus(7 * DAY)),
            resent,
            meant: None,
            same_browser: resent,
        };
        let doubted = CheckEmailPage { meant: Some("gmail.com"), ..page(None, false) };
        vec![
            self.sample("check_email_meant", &doubted),
            self.sample("check_email", &page(None, false)),
            self.sample("check_email_resent", &page(None, true)),
            self.sample("check_email_malformed", &page(Some(CodeProblem::Malformed), false)),
            self.sample("check_email_wrong", &page(Some(CodeProblem::Wrong { left: 4 }), false)),
            self.sample("check_email_expired", &page(Some(CodeProblem::Expired), false)),
            self.sample("check_email_exhausted", &page(Some(CodeProblem::Exhausted), false)),
        ]
    }

    pub(super) fn confirm(&self) -> Vec<Sample> {
        let frame = self.frame("/c/ay1.confirm.AAAA");
        let asked = || ["newsletter", "events"].map(|it| self.purpose(it).asked()).to_vec();
        let page = |purposes, wrong, script| ConfirmPage {
            frame: &frame,
            action: "/c/ay1.confirm.AAAA".into(),
            address: "a•••@example.org".into(),
            asked_on: frame.t.date_time(NOW),
            until: frame.t.date_time(NOW.plus(7 * DAY)),
            opened: "ay1.opened.AAAA".into(),
            purposes,
            wrong,
            script,
        };
        let unticked = asked().into_iter().map(|it| PurposeView { ticked: false, ..it }).collect();
        let confirmed = |already| ConfirmedPage {
            frame: &frame,
            outcome: Outcome::Confirmed { purposes: asked(), receipt: self.receipt(true), already },
            preferences_href: "/p/ay1.prefs.AAAA".into(),
        };
        let deleted = ConfirmedPage {
            frame: &frame,
            outcome: Outcome::Deleted { form_href: Some("/f/newsletter".into()) },
            preferences_href: "/p/ay1.prefs.AAAA".into(),
        };
        vec![
            self.sample("confirm", &page(asked(), None, None)),
            self.sample("confirm_script", &page(asked(), None, Some(assets::confirm_href()))),
            self.sample("confirm_one", &page(vec![self.purpose("newsletter").asked()], None, None)),
            self.sample("confirm_nothing", &page(unticked, Some(Wrong::NothingTicked), None)),
            self.sample("confirmed", &confirmed(false)),
            self.sample("confirmed_again", &confirmed(true)),
            self.sample("deleted", &deleted),
        ]
    }

    fn groups(&self) -> Vec<Group> {
        let t = lang(self.locale);
        let stand = |slug: &str, standing: Standing| self.purpose(slug).standing(t, standing);
        let since = Timestamp::from_millis(1_740_960_000_000);
        let last = Receiving { since: NOW.plus(-40 * DAY) };
        let mut partners = stand("partners", Never);
        partners.frequency = None;
        vec![
            Group {
                title: Some(self.pick("From the shop", "De la librairie").into()),
                purposes: vec![
                    stand("newsletter", Receiving { since }),
                    stand("events", Waiting),
                    stand("offers", Left { on: NOW.plus(-200 * DAY) }),
                ],
            },
            Group {
                title: Some(self.pick("From others", "D’autres que nous").into()),
                purposes: vec![
                    partners,
                    PurposeView { slug: "club".into(), ..stand("events", last) },
                    PurposeView { slug: "survey".into(), ..stand("offers", Refused { on: since }) },
                    PurposeView { slug: "old".into(), ..stand("offers", Lapsed { on: since }) },
                ],
            },
        ]
    }

    pub(super) fn preferences(&self) -> Vec<Sample> {
        let frame = self.frame("/p/ay1.prefs.AAAA");
        let t = &frame.t;
        let page = || PreferencesPage {
            frame: &frame,
            action: "/p/ay1.prefs.AAAA".into(),
            hidden: vec![],
            address: "a•••@example.org".into(),
            level: Level::L0 { code: None },
            banner: None,
            frozen: false,
            groups: self.groups(),
            paused_until: None,
            languages: Locale::ALL
                .map(|it| LanguageChoice { tag: it.tag(), name: it.endonym(), chosen: it == self.locale })
                .into(),
            recipients: vec![],
            past: vec![],
            told: vec![],
        };
        let with = |banner| PreferencesPage { banner: Some(banner), ..page() };
        let receipt = || Some("R-7K3F-9QXD".to_owned());
        let name = |slug: &str| self.purpose(slug).name;
        let all = [
            Change::Left(name("newsletter")),
            Change::Asked(name("events")),
            Change::Held(name("club")),
            Change::Joined(name("offers")),
            Change::Language("Français".into()),
        ];
        let entering = |problem| PreferencesPage {
            level: Level::L0 { code: Some(self.code(problem)) },
            banner: problem.is_none().then(|| Banner::code_sent(t)),
            ..page()
        };
        let paused = PreferencesPage {
            paused_until: Some(t.date(NOW.plus(14 * DAY))),
            ..with(Banner::paused(t, &t.date(NOW.plus(14 * DAY)), receipt()))
        };
        let saved = Banner::saved(t, &all, receipt(), Some(self.undo()));
        vec![
            self.sample("preferences", &page()),
            self.sample("preferences_l1", &PreferencesPage { level: self.l1(), ..self.full(page()) }),
            self.sample(
                "preferences_new",
                &PreferencesPage { level: Level::L1 { history: vec![] }, ..page() },
            ),
            self.sample("frozen", &PreferencesPage { frozen: true, ..page() }),
            self.sample("preferences_not_saved", &with(Banner::not_offered(t))),
            self.sample("preferences_no_break", &with(Banner::no_such_break(t))),
            self.sample("preferences_saved", &with(saved)),
            self.sample("preferences_same", &with(Banner::saved(t, &[], None, None))),
            self.sample("preferences_stopped", &with(Banner::stopped(t, receipt(), Some(self.undo())))),
            self.sample("preferences_paused", &paused),
            self.sample("preferences_resumed", &with(Banner::resumed(t, receipt()))),
            self.sample("preferences_undone", &with(Banner::undone(t, receipt()))),
            self.sample("preferences_undo_late", &with(Banner::undo_too_late(t))),
            self.sample("preferences_code", &entering(None)),
            self.sample("preferences_code_wrong", &entering(Some(CodeProblem::Wrong { left: 1 }))),
        ]
    }

    fn full<'a>(&self, page: PreferencesPage<'a>) -> PreferencesPage<'a> {
        let recipients = vec![self.pick("Calder Press (newsletter)", "Éditions Calder (lettre)").to_owned()];
        let told = vec![ToldView {
            label: self.pick("Your shop", "Votre boutique").to_owned(),
            value: self.pick("London", "Londres").to_owned(),
        }];
        let past = [("name", "Mailchimp".into()), ("date", "3 March 2026".into())];
        let past = vec![page.frame.t.with("recipients-past", &past)];
        PreferencesPage { address: "ada.lovelace@example.org".into(), recipients, past, told, ..page }
    }

    fn l1(&self) -> Level {
        let line = |days: i64, en: &str, fr: &str, receipt: Option<&str>| HistoryLine {
            when: lang(self.locale).date_time(NOW.plus(-days * DAY)),
            what: self.pick(en, fr).to_owned(),
            how: self.pick("with the link we sent you", "avec le lien que nous vous avons envoyé").to_owned(),
            receipt: receipt.map(|number| ReceiptLink {
                number: number.to_owned(),
                href: Some("/receipt/ay1.receipt.AAAA".to_owned()),
            }),
        };
        let history = vec![
            line(0, "You asked for Events", "Vous avez demandé « Rencontres »", None),
            line(200, "You left Offers", "Vous avez arrêté « Bonnes affaires »", Some("R-2M8C-41TD")),
            line(628, "You said yes to Newsletter", "Vous avez dit oui à la lettre", Some("R-7K3F-9QXD")),
        ];
        Level::L1 { history }
    }
}
