//! The pages on which somebody is too young to decide alone, and their guardian's.

use super::show::{NOW, Sample, Show};
use crate::{
    domain::time::DAY,
    web::{
        part::{EmailProblem, PurposeView, Standing},
        public::{
            guardian::{GuardianPage, Question, Step},
            preferences::{Banner, Change, Group, LanguageChoice, Level, PreferencesPage},
            sign_up::{
                Problem, SignUpPage,
                age::{AgeView, GuardianProblem},
            },
            too_young::TooYoungPage,
            waiting::WaitingPage,
        },
    },
};

impl Show {
    pub(super) fn guardian(&self) -> Vec<Sample> {
        let mut all = self.age();
        all.extend(self.answers());
        all
    }

    fn age(&self) -> Vec<Sample> {
        let frame = self.frame("/f/club");
        let page = |asks_guardian, chosen: &str, guardian: &str, problems| SignUpPage {
            frame: &frame,
            heading: frame.fill("sign-up-title", "name", frame.brand()),
            action: "/f/club".into(),
            token: "ft1.AAAA".into(),
            purposes: self.purposes(),
            email: String::new(),
            fields: vec![],
            age: Some(AgeView { age: 15, asks_guardian, chosen: chosen.into(), guardian: guardian.into() }),
            problems,
            again: None,
            hidden: vec![],
            pow: None,
            embedded: false,
        };
        let missing = vec![Problem::NothingTicked, Problem::Age(15)];
        let same = vec![Problem::Guardian(15, GuardianProblem::Same)];
        let alone = vec![Problem::Guardian(15, GuardianProblem::Missing)];
        let wrong = vec![Problem::Guardian(15, GuardianProblem::Wrong(EmailProblem::Domain))];
        vec![
            self.sample("age", &page(true, "", "", vec![])),
            self.sample("age_refuse", &page(false, "", "", vec![])),
            self.sample("age_missing", &page(true, "", "", missing)),
            self.sample("age_alone", &page(true, "under-15", "", alone)),
            self.sample("age_same", &page(true, "under-15", "ada@example.org", same)),
            self.sample("age_wrong", &page(true, "under-15", "mum@example", wrong)),
            self.sample("too_young", &TooYoungPage { frame: &frame, age: 16 }),
        ]
    }

    fn answers(&self) -> Vec<Sample> {
        let frame = self.frame("/g/ay1.guardian.AAAA");
        let (t, child) = (&frame.t, "k••••@example.org");
        let until = || t.date_time(NOW.plus(7 * DAY));
        let asked: Vec<PurposeView> = ["newsletter", "events"].map(|it| self.purpose(it)).to_vec();
        let facts = [("age", 15.into()), ("address", child.into()), ("date", t.date_time(NOW).into())];
        let question = Question {
            action: "/g/ay1.guardian.AAAA".into(),
            not_me_href: "/g/ay1.guardian.AAAA?not_me".into(),
            asked: t.with("guardian-asked", &facts),
            until: until(),
            opened: "ay1.opened.AAAA".into(),
            purposes: asked.clone(),
        };
        let page = |step| GuardianPage { frame: &frame, step };
        let waiting = |delete_action| WaitingPage {
            frame: &frame,
            purposes: asked.clone(),
            until: until(),
            delete_action,
        };
        let events = self.purpose("events");
        let saved = Banner::saved(t, &[Change::Guarded(events.name.clone())], None, None);
        let preferences = PreferencesPage {
            frame: &frame,
            action: "/p/ay1.prefs.AAAA".into(),
            hidden: vec![],
            address: child.into(),
            level: Level::L0 { code: None },
            banner: Some(saved),
            frozen: false,
            groups: vec![Group { title: None, purposes: vec![events.standing(t, Standing::WaitingForTwo)] }],
            paused_until: None,
            languages: vec![LanguageChoice { tag: "en", name: "English", chosen: true }],
            recipients: vec![],
            past: vec![],
            told: vec![],
        };
        vec![
            self.sample("guardian", &page(Step::Ask(question))),
            self.sample("guardian_block", &page(Step::Block { action: "/g/ay1.guardian.AAAA".into() })),
            self.sample("guardian_waiting", &page(Step::Waiting { address: child.into() })),
            self.sample("guardian_agreed", &page(Step::Agreed)),
            self.sample("guardian_refused", &page(Step::Refused)),
            self.sample("guardian_blocked", &page(Step::Blocked)),
            self.sample("guardian_over", &page(Step::Over)),
            self.sample("waiting", &waiting(Some("/c/ay1.confirm.AAAA".into()))),
            self.sample("waiting_code", &waiting(None)),
            self.sample("preferences_guarded", &preferences),
        ]
    }
}
