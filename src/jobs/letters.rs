//! From an outbox row to a mail: whom it goes to and what it says, found when it is sent. Links and codes are
//! made anew by MAC, the same at every attempt.

use crate::{
    app::{
        App, Result,
        attacks::Alert,
        endpoint_health::{News, PATIENCE},
        form_pages, guardian,
        links::{self, FRESH},
    },
    domain::{
        EmailAddress, Locale, Timestamp,
        catalog::{Form, Tenant},
        consent::State,
        host::HostName,
        id::{ChallengeId, FormId, PurposeId, RequestId},
        request::{Verdict, judge},
        text::EndpointUrl,
    },
    i18n,
    mail::{
        File, Rendered, Sender, alert,
        already_signed_up::{AlreadySignedUp, HeldPurpose},
        confirm::{AskedPurpose, Confirm, ShownLogo},
        endpoint_alert::{EndpointAlert, EndpointNews},
        guardian::Guardian,
        rendered::Asked,
        your_code::{CodeAllows, YourCode},
        your_link::YourLink,
    },
    store::{self, Tx, contact::Contact, mail::Mail, request::Request},
};

/// A mail ready to be handed over.
pub(super) struct Letter {
    pub(super) rendered: Rendered,
    pub(super) from_name: String,
    pub(super) from_address: String,
    pub(super) reply_to: String,
    pub(super) to: String,
}

/// What an outbox row leads to.
pub(super) enum Written {
    /// A mail.
    Letter(Box<Letter>),
    /// What it says is not there yet.
    NotYet,
    /// There is nothing to say any more.
    Nothing,
}

/// Whom a tenant's mails come from, in their foot.
pub(super) fn sender(app: &App, tenant: &Tenant, locale: Locale) -> Sender {
    Sender {
        brand: tenant.name.clone(),
        legal: tenant.legal.clone(),
        contact: tenant.contact.clone(),
        notice_url: app.url_for(tenant.id, &format!("/n/{}?lang={locale}", tenant.slug)),
        host: tenant.hosts.first().map_or(app.config.base_url.authority(), HostName::as_str).to_owned(),
        own: Some(i18n::of(tenant, locale)),
    }
}

/// A rendered mail with its addresses.
pub(super) fn addressed(tenant: &Tenant, to: String, rendered: Rendered) -> Letter {
    Letter {
        rendered,
        from_name: tenant.from_name.clone(),
        from_address: tenant.from_address.clone(),
        reply_to: tenant.contact.clone(),
        to,
    }
}

/// Writes the mail that tells an organisation of an attack on one of its forms, or how an endpoint of its fares.
pub(super) fn alert(app: &App, mail: &Mail) -> Option<Letter> {
    if let Some(news) = News::parse(&mail.about) {
        return endpoint_alert(app, mail, news);
    }
    let catalog = app.catalog();
    let tenant = catalog.tenant(mail.tenant)?;
    let (form, news) = match Alert::parse(&mail.about)? {
        Alert::Began(form) => (form, alert::News::Began(mail.created_at)),
        Alert::Ended(form) => (form, alert::News::Ended),
    };
    let letter = alert::Alert {
        locale: mail.locale,
        sender: sender(app, tenant, mail.locale),
        form: catalog.form(form)?.slug.clone(),
        news,
    };
    Some(addressed(tenant, tenant.contact.clone(), rendered(letter.render())?))
}

fn endpoint_alert(app: &App, mail: &Mail, news: News) -> Option<Letter> {
    let catalog = app.catalog();
    let tenant = catalog.tenant(mail.tenant)?;
    let (id, news) = match news {
        News::Failing(id, since) => (id, EndpointNews::Failing { since, until: since.plus(PATIENCE) }),
        News::Gone(id) => (id, EndpointNews::Gone),
        News::Failed(id) => (id, EndpointNews::Failed),
    };
    let endpoint = catalog.endpoints.get(&id).filter(|it| it.tenant == tenant.id)?;
    let url = EndpointUrl::parse(&endpoint.url).ok()?;
    let letter = EndpointAlert {
        locale: mail.locale,
        sender: sender(app, tenant, mail.locale),
        host: url.url().host_str()?.to_owned(),
        id: id.to_string(),
        news,
    };
    Some(addressed(tenant, tenant.contact.clone(), rendered(letter.render())?))
}

/// Writes the mail of a row; `None` when there is nothing to say any more: the person is erased or frozen, the
/// request was answered, the code was used.
pub(super) async fn write(app: &App, tx: &mut Tx, mail: &Mail, contact: &Contact) -> Result<Option<Letter>> {
    let catalog = app.catalog();
    let Some(tenant) = catalog.tenant(mail.tenant) else { return Ok(None) };
    let Some(to) = contact.email.clone() else { return Ok(None) };
    if contact.suppressed_at.is_some() || contact.restricted_at.is_some() {
        return Ok(None);
    }
    let desk = Desk { app, tenant, contact, mail, to: &to };
    let rendered = match mail.kind.as_str() {
        "confirm" => desk.confirm(tx).await?,
        "already_signed_up" => desk.already_signed_up(tx).await?,
        guardian::KIND => return desk.guardian(tx).await,
        "your_link" => desk.your_link(),
        "your_code" => desk.your_code(tx).await?,
        unknown => {
            tracing::error!(kind = unknown, "an outbox row of an unknown kind");
            None
        }
    };
    Ok(rendered.map(|rendered| addressed(tenant, to.clone(), rendered)))
}

struct Desk<'a> {
    app: &'a App,
    tenant: &'a Tenant,
    contact: &'a Contact,
    mail: &'a Mail,
    to: &'a str,
}

impl Desk<'_> {
    async fn confirm(&self, tx: &mut Tx) -> Result<Option<Rendered>> {
        let Self { app, tenant, mail, .. } = self;
        let Ok(id) = mail.about.parse::<RequestId>() else { return Ok(None) };
        let Some(request) = store::request::find(tx, tenant.id, id).await? else { return Ok(None) };
        if judge(&request.facts, app.now()) != Verdict::Live || self.is_suppressed(tx).await? {
            return Ok(None);
        }
        let expires_at = request.facts.expires_at;
        let letter = Confirm {
            locale: mail.locale,
            sender: self.sender(),
            address: self.to.to_owned(),
            purposes: request.purposes.iter().filter_map(|it| self.asked_purpose(*it)).collect(),
            confirm_url: links::confirm_url(app, tenant.id, id, expires_at),
            code: app.keys.request_code(id),
            not_me_url: links::not_me_url(app, tenant.id, id),
            asked: self.asked_where(tx, &request).await?,
            expires_at,
            logo: self.logo(tx).await?,
        };
        Ok(rendered(letter.render()))
    }

    /// Whether the address is suppressed: it may have been while the person was still to be met.
    async fn is_suppressed(&self, tx: &mut Tx) -> Result<bool> {
        let Self { app, tenant, to, .. } = self;
        let Ok(email) = EmailAddress::parse(to) else { return Ok(true) };
        let hash = app.keys.address_hash(tenant.id, &email.lookup_key());
        Ok(store::suppression::reason(tx, tenant.id, &hash, app.now()).await?.is_some())
    }

    /// To the guardian of the child whose contact the row names.
    async fn guardian(&self, tx: &mut Tx) -> Result<Option<Letter>> {
        let Self { app, tenant, mail, .. } = self;
        let Ok(id) = mail.about.parse::<RequestId>() else { return Ok(None) };
        let Some(request) = store::request::find(tx, tenant.id, id).await? else { return Ok(None) };
        let Some(minor) = request.minor.as_ref().filter(|it| it.guardian_at.is_none()) else {
            return Ok(None);
        };
        let Some(to) = guardian::address(app, &request) else { return Ok(None) };
        let Ok(child) = EmailAddress::parse(self.to) else { return Ok(None) };
        if judge(&request.facts, app.now()) != Verdict::Live
            || !guardian::may_write(app, tx, tenant, &to).await?
        {
            return Ok(None);
        }
        let expires_at = request.facts.expires_at;
        let answer_url = links::guardian_url(app, tenant.id, id, expires_at);
        let letter = Guardian {
            locale: mail.locale,
            sender: self.sender(),
            child: child.masked(),
            than: minor.than,
            purposes: request.purposes.iter().filter_map(|it| self.asked_purpose(*it)).collect(),
            not_me_url: format!("{answer_url}?not_me"),
            answer_url,
            asked: self.asked_where(tx, &request).await?,
            expires_at,
        };
        Ok(rendered(letter.render()).map(|it| addressed(tenant, to.expose().to_owned(), it)))
    }

    /// The logo of a confirmation mail, where the tenant wants one.
    async fn logo(&self, tx: &mut Tx) -> Result<Option<ShownLogo>> {
        let theme = self.tenant.theme.as_ref().filter(|it| it.confirmation_logo);
        let Some(logo) = theme.and_then(|it| it.logo.as_ref()) else { return Ok(None) };
        let data = store::catalog::logo(tx, self.tenant.id, &logo.sha256).await?;
        Ok(data.map(|data| {
            let name = format!("logo.{}", logo.kind.ending());
            let file = File { name, media_type: logo.kind.media_type(), data };
            ShownLogo { file, width: logo.width, height: logo.height }
        }))
    }

    async fn already_signed_up(&self, tx: &mut Tx) -> Result<Option<Rendered>> {
        let Self { app, tenant, contact, mail, .. } = self;
        let consents = store::consent::of_contact(tx, tenant.id, contact.id).await?;
        let held = consents.iter().filter(|it| it.consent.state == State::Confirmed);
        let purposes: Vec<HeldPurpose> = held
            .filter_map(|it| {
                let purpose = tenant.purpose(it.purpose)?;
                let wording = tenant.wording(purpose, mail.locale)?;
                let lang = Some(wording.locale).filter(|it| *it != mail.locale);
                Some(HeldPurpose { name: wording.name.clone(), lang, since: it.consent.since })
            })
            .collect();
        if purposes.is_empty() {
            return Ok(None);
        }
        let letter = AlreadySignedUp {
            locale: mail.locale,
            sender: self.sender(),
            address: self.to.to_owned(),
            purposes,
            preferences_url: links::preferences_url(app, tenant.id, contact.id),
            asked: self.asked(mail.about.parse::<FormId>().ok(), mail.created_at),
        };
        Ok(rendered(letter.render()))
    }

    fn your_link(&self) -> Option<Rendered> {
        let Self { app, tenant, contact, mail, .. } = self;
        let letter = YourLink {
            locale: mail.locale,
            sender: self.sender(),
            address: self.to.to_owned(),
            preferences_url: links::manage_url(app, tenant.id, contact.id, mail.created_at),
            asked: self.asked(None, mail.created_at),
            expires_at: mail.created_at.plus(FRESH),
        };
        rendered(letter.render())
    }

    async fn your_code(&self, tx: &mut Tx) -> Result<Option<Rendered>> {
        let Self { app, tenant, mail, .. } = self;
        let Ok(id) = mail.about.parse::<ChallengeId>() else { return Ok(None) };
        let challenge = store::challenge::find(tx, tenant.id, id).await?;
        let Some(challenge) = challenge.filter(|it| it.used_at.is_none()) else { return Ok(None) };
        let letter = YourCode {
            locale: mail.locale,
            sender: self.sender(),
            address: self.to.to_owned(),
            code: app.keys.challenge_code(id),
            allows: CodeAllows::Preferences,
            asked: self.asked(None, challenge.created_at),
            expires_at: challenge.expires_at,
        };
        Ok(rendered(letter.render()))
    }

    fn sender(&self) -> Sender {
        sender(self.app, self.tenant, self.mail.locale)
    }

    /// Where and when something was asked for.
    fn asked(&self, form: Option<FormId>, at: Timestamp) -> Asked {
        let form: Option<std::sync::Arc<Form>> = form.and_then(|it| self.app.catalog().form(it).cloned());
        let on = match form {
            Some(form) => self.app.url_for(self.tenant.id, &format!("/f/{}", form.slug)),
            None => self.app.url_for(self.tenant.id, "/p"),
        };
        Asked { on, at }
    }

    /// The same of a signup, which may have been filled in on a site of the tenant's.
    async fn asked_where(&self, tx: &mut Tx, request: &Request) -> Result<Asked> {
        let asked = self.asked(request.form, request.created_at);
        let catalog = self.app.catalog();
        let Some(form) = request.form.and_then(|it| catalog.form(it)) else { return Ok(asked) };
        let site = form_pages::site_of(tx, form, request).await?;
        Ok(Asked { on: site.unwrap_or(asked.on), ..asked })
    }

    /// How often, in words.
    fn frequency(&self, word: &str) -> String {
        i18n::of(self.tenant, self.mail.locale).get(&format!("frequency-{word}")).into_owned()
    }

    fn asked_purpose(&self, id: PurposeId) -> Option<AskedPurpose> {
        let purpose = self.tenant.purpose(id)?;
        let wording = self.tenant.wording(purpose, self.mail.locale)?;
        Some(AskedPurpose {
            name: wording.name.clone(),
            text: wording.body.clone(),
            lang: Some(wording.locale).filter(|it| *it != self.mail.locale),
            frequency: self.frequency(purpose.frequency.as_str()),
        })
    }
}

/// A template that cannot be filled is our fault: the mail stays unsent and the log says why.
pub(super) fn rendered(outcome: askama::Result<Rendered>) -> Option<Rendered> {
    match outcome {
        Ok(rendered) => Some(rendered),
        Err(error) => {
            tracing::error!(%error, "a mail could not be rendered");
            None
        }
    }
}
