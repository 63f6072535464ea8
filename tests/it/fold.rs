//! What the database says of a person is what their evidence says, whatever the order of acts, the clock, and
//! transactions that never ended.

use std::collections::BTreeMap;

use ayeaye::{
    app::{
        confirm::{self, Decision, How},
        edit,
        gate::Recipient,
        guardian::{self, Age},
        lapse,
        links::{Holder, Level},
        preferences::{self, Choices},
        server_signup,
        sign_up::{self, Answer, Received, Submission},
        suppress,
        told::{Surroundings, Told},
        told_choices::{self, Wishes},
        unsubscribe::{self, What},
    },
    crypto::Random,
    domain::{
        EmailAddress, Locale,
        catalog::Tenant,
        consent::Reason,
        grade::Method,
        id::{ApiKeyId, ContactId, PurposeId, RequestId},
        time::{DAY, HOUR, MINUTE},
    },
    store::{contact, evidence::Evidence},
};

use crate::support::{app::TestApp, database::both};

/// Stories per database.
const STORIES: u64 = 25;
/// Acts per story.
const ACTS: usize = 24;

/// One story: a person, the requests they made, and chance.
struct Story<'a> {
    app: &'a TestApp,
    tenant: &'a Tenant,
    email: EmailAddress,
    requests: Vec<RequestId>,
    chance: Random,
}

impl Story<'_> {
    fn pick(&self, of: usize) -> usize {
        usize::try_from(self.chance.number() % of as u64).unwrap()
    }

    fn some_purposes(&self) -> Vec<PurposeId> {
        let all: Vec<PurposeId> = self.tenant.purposes.iter().map(|it| it.id).collect();
        match self.pick(3) {
            0 => vec![all[0]],
            1 => vec![all[1]],
            _ => all,
        }
    }

    async fn contact(&self) -> Option<ContactId> {
        self.app.person("acme", self.email.expose()).await.map(|(contact, _)| contact.id)
    }

    async fn act(&mut self) {
        let (app, visit) = (self.app.app(), TestApp::visit());
        let how = How { method: Method::Link, shown: "shown", visit: &visit, opened_at: None };
        match self.pick(14) {
            0 | 1 | 9 => {
                let purposes = self.some_purposes();
                let guardian = EmailAddress::parse(&format!("mum{}@example.org", self.pick(2))).unwrap();
                let young = Age::Younger { than: 15, guardian: &guardian };
                let submission = Submission {
                    form: None,
                    tenant: self.tenant,
                    email: &self.email,
                    purposes: &purposes,
                    locale: Locale::En,
                    age: [Age::NotAsked, young][self.pick(2)],
                    shown: "shown",
                    token: "shown",
                    entered: &ayeaye::domain::field::Answers::default(),
                    placement: None,
                    trapped: false,
                    proof: "",
                    visit: &visit,
                    told: None,
                };
                let received = sign_up::sign_up(app, &submission).await.unwrap();
                if let Received::Answered(Answer::CheckEmail(id)) = received {
                    self.requests.push(id);
                }
            }
            2 | 3 if !self.requests.is_empty() => {
                let id = self.requests[self.pick(self.requests.len())];
                let purposes = self.some_purposes();
                confirm::decide(app, self.tenant, id, Decision::Confirm(&purposes), &how).await.unwrap();
            }
            4 if !self.requests.is_empty() => {
                let id = self.requests[self.pick(self.requests.len())];
                confirm::decide(app, self.tenant, id, Decision::Delete, &how).await.unwrap();
            }
            10 if !self.requests.is_empty() => {
                use guardian::Answer::{Agree, Block, Refuse};
                let id = self.requests[self.pick(self.requests.len())];
                let answer = [Agree, Agree, Agree, Agree, Refuse, Block][self.pick(6)];
                guardian::decide(app, self.tenant, id, answer, &how).await.unwrap();
            }
            5 => self.choose().await,
            6 => {
                let by = [MINUTE, 20 * MINUTE, DAY, 8 * DAY, -HOUR][self.pick(5)];
                self.app.clock.advance(by);
            }
            7 => {
                lapse::requests(app).await.unwrap();
            }
            11..=13 => self.tell().await,
            _ => self.given_up_half_way().await,
        }
    }

    /// A system of the tenant's says what the person told it.
    async fn tell(&mut self) {
        let (app, tenant) = (self.app.app(), self.tenant);
        let told = Told::by(ApiKeyId::from_bytes([1; 8]), Surroundings::default());
        let mut tx = app.store.begin().await.unwrap();
        let who = Recipient::Email(self.email.clone());
        let is_done = match self.pick(5) {
            0 => {
                let purposes = self.some_purposes();
                let asked = server_signup::Asked {
                    form: None,
                    email: &self.email,
                    purposes: &purposes,
                    locale: Locale::Fr,
                    age: Age::NotAsked,
                    shown: None,
                    external_id: None,
                    entered: &ayeaye::domain::field::Answers::default(),
                    told: &told,
                };
                let made = server_signup::ask(app, &mut tx, tenant, &asked).await.unwrap();
                self.requests.extend(made.as_ref().ok().map(|it| it.id));
                made.is_ok()
            }
            1 if !self.requests.is_empty() => {
                let id = self.requests[self.pick(self.requests.len())];
                server_signup::cancel(app, &mut tx, tenant, id, &told).await.unwrap().is_ok()
            }
            2 => {
                let reason = Reason::GIVEN[self.pick(Reason::GIVEN.len())];
                suppress::add(app, &mut tx, tenant, &[who], reason, &told).await.unwrap().is_ok()
            }
            3 => suppress::lift(app, &mut tx, tenant, &who, &told).await.unwrap().is_ok(),
            _ => {
                let Some(contact) = self.contact().await else { return };
                let (contact, known) = edit::lock(app, &mut tx, tenant, contact).await.unwrap().unwrap();
                let leave = self.some_purposes();
                let join = self.some_purposes().into_iter().filter(|it| !leave.contains(it)).collect();
                let wishes = Wishes { leave, join, pause: None, locale: None };
                told_choices::carry_out(app, &mut tx, tenant, contact, known, &wishes, &told)
                    .await
                    .unwrap()
                    .is_ok()
            }
        };
        if is_done {
            tx.commit().await.unwrap();
        }
    }

    /// Leaves, takes back, or saves choices at either level.
    async fn choose(&self) {
        let (app, visit) = (self.app.app(), TestApp::visit());
        let Some(contact) = self.contact().await else { return };
        let level = if self.pick(2) == 0 { Level::L0 } else { Level::L1 };
        let holder = Holder { tenant: self.tenant.id, contact, level };
        match self.pick(4) {
            0 => {
                let what = What::One(self.tenant.purposes[self.pick(2)].id);
                unsubscribe::leave(app, self.tenant, &holder, what, "one_click", &visit).await.unwrap();
            }
            1 => {
                unsubscribe::leave(app, self.tenant, &holder, What::Everything, "page", &visit)
                    .await
                    .unwrap();
            }
            2 => {
                let (_, consents) = self.app.person("acme", self.email.expose()).await.unwrap();
                let Some(some) = consents.values().nth(self.pick(2)) else { return };
                unsubscribe::undo(app, self.tenant, &holder, some.evidence, &visit).await.unwrap();
            }
            _ => {
                let (seen, ticked) = (self.some_purposes(), self.some_purposes());
                let choices = Choices { seen: &seen, ticked: &ticked, shown: "shown" };
                preferences::save(app, self.tenant, &holder, &choices, &visit).await.unwrap();
            }
        }
    }

    /// Leaves, but the request is dropped after a while: all of it happened, or nothing.
    async fn given_up_half_way(&self) {
        let Some(contact) = self.contact().await else { return };
        let (app, visit) = (self.app.app().clone(), TestApp::visit());
        let holder = Holder { tenant: self.tenant.id, contact, level: Level::L0 };
        let tenant = self.tenant.clone();
        let leaving = tokio::spawn(async move {
            unsubscribe::leave(&app, &tenant, &holder, What::Everything, "page", &visit).await.unwrap();
        });
        for _ in 0..self.pick(12) {
            tokio::task::yield_now().await;
        }
        leaving.abort();
        let _ = leaving.await;
        // What was handed to the database before may still be on its way: the person's lock comes after it.
        let mut tx = self.app.app().store.begin().await.unwrap();
        contact::lock(&mut tx, self.tenant.id, contact, self.app.clock.now()).await.unwrap();
    }

    /// The last word of the evidence about each purpose.
    fn fold(evidence: &[Evidence]) -> BTreeMap<String, String> {
        let mut states = BTreeMap::new();
        for fact in evidence {
            let Some(record) = &fact.record else { continue };
            let record: serde_json::Value = serde_json::from_str(record).unwrap();
            for purpose in record["purposes"].as_array().unwrap() {
                let word = |key: &str| purpose[key].as_str().unwrap().to_owned();
                let before =
                    states.insert(word("slug"), word("state")).unwrap_or_else(|| "unknown".to_owned());
                assert_eq!(before, word("previous_state"), "the evidence has a hole before {record}");
            }
        }
        states
    }

    async fn check(&self) {
        let Some((contact, consents)) = self.app.person("acme", self.email.expose()).await else { return };
        let told = Self::fold(&self.app.evidence(&contact).await);
        for purpose in &self.tenant.purposes {
            let stored = consents.get(&purpose.slug).map_or("unknown", |it| it.consent.word());
            let told = told.get(&purpose.slug).map_or("unknown", String::as_str);
            assert_eq!(stored, told, "{} of {:?}", purpose.slug, self.email);
        }
    }
}

both! {
    async fn the_state_is_the_fold_of_the_evidence(app: TestApp) {
        let tenant = app.tenant("acme");
        for seed in 0..STORIES {
            let email = EmailAddress::parse(&format!("person{seed}@example.org")).unwrap();
            let chance = Random::seeded(seed);
            let mut story = Story { app: &app, tenant: &tenant, email, requests: Vec::new(), chance };
            for _ in 0..ACTS {
                story.act().await;
                story.check().await;
            }
        }
    }
}
