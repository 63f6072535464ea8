//! The people of the demo: one in every state, with a past that is made by moving the clock.

use std::net::{IpAddr, Ipv4Addr};

use crate::{
    app::{
        App, Clock, Result, Visit,
        confirm::{self, Decision, How},
        guardian::Age,
        links::{Holder, Level},
        outbox::{self, Sent},
        preferences::{self, Break},
        sign_up::{self, Answer, Received, Submission},
        unsubscribe::{self, What},
    },
    domain::{
        EmailAddress, Locale, Timestamp,
        catalog::{Form, Tenant},
        grade::{Fetch, Method},
        id::{ContactId, PurposeId, RequestId},
        time::{DAY, MINUTE},
    },
    mail::message_id,
    store::{self, Batch},
};

/// What became of a sample person.
#[derive(Clone, Copy)]
enum Story {
    Pending,
    /// Younger than the age a form asks about: where none is asked, nobody signs up.
    Child,
    Confirmed,
    Withdrawn,
    Refused,
    Paused,
    Restricted,
    Suppressed,
}

/// Who, how many days ago, and what became of them. The oldest is past the 24 months of an unused consent.
const PEOPLE: [(&str, i64, Story); 10] = [
    ("esther@example.org", 800, Story::Confirmed),
    ("ada@example.org", 260, Story::Confirmed),
    ("chloe@example.org", 200, Story::Withdrawn),
    ("hugo@example.org", 150, Story::Suppressed),
    ("gina@example.org", 120, Story::Restricted),
    ("felix@example.org", 90, Story::Paused),
    ("ivan@example.org", 30, Story::Confirmed),
    ("david@example.org", 2, Story::Refused),
    ("bruno@example.org", 1, Story::Pending),
    ("lena@example.org", 1, Story::Child),
];

/// Who must agree to what the child asks for.
const GUARDIAN: &str = "claire@example.org";

/// Lives the stories of all sample people of every form. `clock` is the app's own and ends at `now`.
pub(super) async fn live(app: &App, clock: &Clock, now: Timestamp) -> Result<()> {
    let catalog = app.catalog();
    for (email, days, story) in PEOPLE {
        for (nth, form) in (0..).zip(catalog.forms.values()) {
            // Mails to one address are at least ten minutes apart.
            clock.advance(now.plus(-days * DAY + nth * 15 * MINUTE).since(clock.now()));
            let (Some(tenant), Ok(email)) = (catalog.tenant(form.tenant), EmailAddress::parse(email)) else {
                continue;
            };
            let person = Person { app, clock, tenant, form, email: &email };
            person.live(story).await?;
        }
    }
    clock.advance(now.since(clock.now()));
    Ok(())
}

/// The contact of a sample person.
pub(super) async fn contact(app: &App, tenant: &Tenant, email: &str) -> Result<Option<ContactId>> {
    let found = store::contact::by_address(&mut app.store.peek().await?, tenant.id, email).await?;
    Ok(found.map(|it| it.id))
}

struct Person<'a> {
    app: &'a App,
    clock: &'a Clock,
    tenant: &'a Tenant,
    form: &'a Form,
    email: &'a EmailAddress,
}

impl Person<'_> {
    async fn live(&self, story: Story) -> Result<()> {
        let asked: Vec<PurposeId> = self.form.purposes.iter().copied().take(2).collect();
        let Some(request) = self.sign_up(story, &asked).await? else { return Ok(()) };
        if matches!(story, Story::Pending | Story::Child) {
            // Left in the outbox: these are the first mails in the inbox of the demo.
            return Ok(());
        }
        self.mail_goes_out().await?;
        self.clock.advance(2 * MINUTE);
        match story {
            Story::Pending | Story::Child => {}
            Story::Refused => self.decide(request, Decision::Delete).await?,
            Story::Confirmed | Story::Withdrawn | Story::Paused | Story::Restricted | Story::Suppressed => {
                self.decide(request, Decision::Confirm(&asked)).await?;
            }
        }
        let Some(contact) = contact(self.app, self.tenant, &self.email.lookup_key()).await? else {
            return Ok(());
        };
        let holder = Holder { tenant: self.tenant.id, contact, level: Level::L0 };
        self.clock.advance(DAY);
        let (app, tenant, visit) = (self.app, self.tenant, visit());
        let mut batch = Batch::default();
        match story {
            Story::Pending | Story::Child | Story::Confirmed | Story::Refused => {}
            Story::Withdrawn => {
                unsubscribe::leave(app, tenant, &holder, What::Everything, "preferences", &visit).await?;
            }
            Story::Paused => {
                self.clock.advance(60 * DAY);
                preferences::pause(app, tenant, &holder, Some(Break::ThreeMonths), &visit).await?;
            }
            Story::Restricted => {
                store::contact::set_restricted(&mut batch, tenant.id, contact, Some(app.now()));
            }
            Story::Suppressed => {
                store::contact::set_suppressed(&mut batch, tenant.id, contact, Some(app.now()));
            }
        }
        let mut tx = app.store.begin().await?;
        tx.batch(batch).await?;
        Ok(tx.commit().await?)
    }

    /// Sends what is due to nobody, as a relay would have taken it then.
    async fn mail_goes_out(&self) -> Result<()> {
        let now = self.app.now();
        let mut tx = self.app.store.begin().await?;
        let mails = store::mail::lease(&mut tx, now, now.plus(MINUTE), 10).await?;
        tx.commit().await?;
        for mail in mails {
            let message_id = message_id(&mail.id.to_string(), &self.tenant.from_address);
            let taken = Sent::Accepted("250 2.0.0 sample data".to_owned());
            outbox::settle(self.app, &mail, &message_id, &taken).await?;
        }
        Ok(())
    }

    async fn sign_up(&self, story: Story, asked: &[PurposeId]) -> Result<Option<RequestId>> {
        let (shown, guardian) = (self.shown(), EmailAddress::parse(GUARDIAN).ok());
        let age = match (self.form.minors, story, &guardian) {
            (Some(minors), Story::Child, Some(guardian)) => Age::Younger { than: minors.age, guardian },
            (_, Story::Child, _) => return Ok(None),
            (Some(minors), _, _) => Age::AtLeast(minors.age),
            (None, _, _) => Age::NotAsked,
        };
        let submission = Submission {
            age,
            form: Some(self.form),
            tenant: self.tenant,
            email: self.email,
            purposes: asked,
            locale: self.tenant.locale,
            shown: &shown,
            token: "sample",
            entered: &crate::domain::field::Answers::default(),
            placement: None,
            trapped: false,
            proof: "",
            visit: &visit(),
            told: None,
        };
        Ok(match sign_up::sign_up(self.app, &submission).await? {
            Received::Answered(Answer::CheckEmail(request)) => Some(request),
            Received::Answered(Answer::TooFast(_)) | Received::Prove(_) => None,
        })
    }

    async fn decide(&self, request: RequestId, decision: Decision<'_>) -> Result<()> {
        let how = How { method: Method::Link, shown: &self.shown(), visit: &visit(), opened_at: None };
        confirm::decide(self.app, self.tenant, request, decision, &how).await.map(|_| ())
    }

    fn shown(&self) -> String {
        let locale: Locale = self.tenant.locale;
        let texts = self.form.purposes.iter().take(2).filter_map(|it| {
            let wording = self.tenant.wording(self.tenant.purpose(*it)?, locale)?;
            Some(format!("{}\n{}", wording.name, wording.body))
        });
        texts.collect::<Vec<_>>().join("\n\n")
    }
}

fn visit() -> Visit {
    Visit {
        ip: IpAddr::V4(Ipv4Addr::LOCALHOST),
        user_agent: "sample data".to_owned(),
        origin: None,
        fetch: Fetch::default(),
    }
}
