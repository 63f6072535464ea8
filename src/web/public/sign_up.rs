//! `/f/{form}`: sign up. One page, one field; every box starts unticked.

pub mod age;
mod embedded;
mod placed;
mod prove;
mod submitted;
mod told;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header::ORIGIN},
    web::Data,
};
use askama::Template;

pub use self::prove::ProvePage;
use self::{
    age::{AgeView, GuardianProblem},
    placed::Version,
    submitted::{Entered, Submitted},
    told::{AskedFor, Told},
};
use super::{
    fields as declared,
    message::{self, MessagePage, Next, Reason},
    same_browser, shown,
};
use crate::{
    app::{
        gatekeeper::{self, FormProof},
        sign_up::{self, Answer, Received, Submission},
        tally::Decision,
    },
    domain::{
        Locale, Timestamp,
        catalog::{Catalog, Form, Purpose, Tenant},
        link::Link,
    },
    i18n,
    web::{
        Web,
        embed::{self, Asked, View},
        error::Fault,
        extract::{self, Fields},
        page::{self, Frame},
        part::{EmailProblem, FormError, PurposeView},
    },
};

pub use super::fields::{FieldView, OptionView};

/// The field no person sees and no reader announces; what fills it in is a program.
pub const HONEYPOT: &str = "company_website";

/// The form, empty, or given back with what to correct.
#[derive(Template)]
#[template(path = "public/sign_up.html")]
pub struct SignUpPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// The heading: the form's own, or the usual one.
    pub heading: String,
    /// Where the form posts to.
    pub action: String,
    /// The signed form token.
    pub token: String,
    /// What is offered. After a refusal, [`PurposeView::asked`] keeps what the visitor had ticked.
    pub purposes: Vec<PurposeView>,
    /// The address as typed.
    pub email: String,
    /// Declared fields besides the address.
    pub fields: Vec<FieldView>,
    /// What is asked about age.
    pub age: Option<AgeView>,
    /// What to correct.
    pub problems: Vec<Problem>,
    /// Why the form is shown again although nothing in it is wrong.
    pub again: Option<Again>,
    /// Hidden fields it posts along: name and value.
    pub hidden: Vec<(&'static str, String)>,
    /// Work that the browser is to prove when it sends the form.
    pub pow: Option<String>,
    /// Whether it stands on somebody else's page.
    pub embedded: bool,
}

/// One thing to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The address.
    Email(EmailProblem),
    /// Several purposes were offered and none ticked.
    NothingTicked,
    /// Something was ticked that this form does not offer.
    NotOffered,
    /// A required field is empty.
    FieldMissing(String),
    /// A field is longer than this many characters.
    FieldTooLong(String, u16),
    /// A field has several lines, or characters that cannot be seen.
    FieldUnreadable(String),
    /// A field holds something that is not among its options.
    FieldNotOffered(String),
    /// A field came more than once.
    FieldRepeated(String),
    /// Not said whether this old or older.
    Age(u8),
    /// The address of the guardian of somebody younger than this.
    Guardian(u8, GuardianProblem),
}

impl Problem {
    /// Where on the page the question stands.
    const fn place(&self) -> u8 {
        match self {
            Self::NothingTicked | Self::NotOffered => 0,
            Self::Email(_) => 1,
            Self::FieldMissing(_)
            | Self::FieldTooLong(..)
            | Self::FieldUnreadable(_)
            | Self::FieldNotOffered(_)
            | Self::FieldRepeated(_) => 2,
            Self::Age(_) => 3,
            Self::Guardian(..) => 4,
        }
    }

    /// The declared field it is about.
    fn field(&self) -> Option<&str> {
        match self {
            Self::Email(_) | Self::NothingTicked | Self::NotOffered | Self::Age(_) | Self::Guardian(..) => {
                None
            }
            Self::FieldMissing(slug)
            | Self::FieldTooLong(slug, _)
            | Self::FieldUnreadable(slug)
            | Self::FieldNotOffered(slug)
            | Self::FieldRepeated(slug) => Some(slug),
        }
    }
}

/// Why a correct form has to be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The wording changed since the page was opened: what was ticked was ticked under another text.
    TextChanged,
    /// The page was open for more than a day, or its token cannot be read.
    Stale,
    /// It came back sooner than anyone reads.
    TooSoon,
}

impl Again {
    /// The key of its text.
    const fn key(self) -> &'static str {
        match self {
            Self::TextChanged => "sign-up-text-changed",
            Self::Stale => "sign-up-stale",
            Self::TooSoon => "sign-up-too-soon",
        }
    }
}

impl SignUpPage<'_> {
    fn errors(&self) -> Vec<FormError> {
        // In the order of the page.
        let mut problems: Vec<&Problem> = self.problems.iter().collect();
        problems.sort_by_key(|it| it.place());
        problems
            .into_iter()
            .map(|it| FormError { anchor: self.anchor(it), message: self.message(it) })
            .collect()
    }

    fn anchor(&self, problem: &Problem) -> String {
        match problem {
            Problem::Email(_) => "email".to_owned(),
            Problem::NothingTicked | Problem::NotOffered => {
                self.purposes.first().map_or_else(String::new, |it| format!("p-{}", it.slug))
            }
            Problem::FieldMissing(slug)
            | Problem::FieldTooLong(slug, _)
            | Problem::FieldUnreadable(slug)
            | Problem::FieldNotOffered(slug)
            | Problem::FieldRepeated(slug) => format!("f-{slug}"),
            Problem::Age(_) => "age".to_owned(),
            Problem::Guardian(..) => "guardian".to_owned(),
        }
    }

    fn message(&self, problem: &Problem) -> String {
        match problem {
            Problem::Email(problem) => problem.message(&self.frame.t).into_owned(),
            Problem::NothingTicked => self.frame.text("sign-up-nothing-ticked").into_owned(),
            Problem::NotOffered => self.frame.text("sign-up-not-offered").into_owned(),
            Problem::FieldMissing(slug) => {
                self.frame.fill("sign-up-field-missing", "label", self.label(slug))
            }
            Problem::FieldUnreadable(slug) => {
                self.frame.fill("sign-up-field-unreadable", "label", self.label(slug))
            }
            Problem::FieldNotOffered(slug) => {
                self.frame.fill("sign-up-field-not-offered", "label", self.label(slug))
            }
            Problem::FieldRepeated(slug) => {
                self.frame.fill("sign-up-field-repeated", "label", self.label(slug))
            }
            Problem::FieldTooLong(slug, most) => self.frame.t.with(
                "sign-up-field-too-long",
                &[("label", self.label(slug).into()), ("n", i64::from(*most).into())],
            ),
            Problem::Age(age) => self.frame.fill("age-missing", "age", age),
            Problem::Guardian(age, problem) => problem.message(&self.frame.t, *age).into_owned(),
        }
    }

    fn label<'a>(&'a self, slug: &'a str) -> &'a str {
        self.fields.iter().find(|it| it.slug == slug).map_or(slug, |it| &it.label)
    }

    fn email_error(&self) -> Option<String> {
        self.problems.iter().find(|it| matches!(it, Problem::Email(_))).map(|it| self.message(it))
    }

    fn purposes_error(&self) -> Option<String> {
        let about = |it: &&Problem| matches!(it, Problem::NothingTicked | Problem::NotOffered);
        self.problems.iter().find(about).map(|it| self.message(it))
    }

    fn age_error(&self) -> Option<String> {
        self.problems.iter().find(|it| matches!(it, Problem::Age(_))).map(|it| self.message(it))
    }

    fn guardian_error(&self) -> Option<String> {
        self.problems.iter().find(|it| matches!(it, Problem::Guardian(..))).map(|it| self.message(it))
    }

    fn field_error(&self, slug: &str) -> Option<String> {
        self.problems.iter().find(|it| it.field() == Some(slug)).map(|it| self.message(it))
    }
}

/// A form that was asked for, with what it offers.
struct Offer<'a> {
    form: &'a Form,
    tenant: &'a Tenant,
    purposes: Vec<&'a Purpose>,
    asked: Asked,
    hidden: Vec<(&'static str, String)>,
}

impl<'a> Offer<'a> {
    fn find(catalog: &'a Catalog, request: &HttpRequest, fields: Option<&Fields>) -> Option<Self> {
        let form = catalog.forms.get(request.match_info().query("form"))?;
        let tenant = catalog.tenant(form.tenant)?;
        let mut asked = Asked::of(request, fields);
        let mut purposes = shown::offered(tenant, form);
        asked.purposes.retain(|it| purposes.iter().any(|purpose| purpose.slug == *it));
        if !asked.purposes.is_empty() {
            purposes.retain(|it| asked.purposes.contains(&it.slug));
        }
        let reference =
            fields.map(|it| it.first("ref").to_owned()).or_else(|| extract::query(request, "ref"));
        let reference = reference.and_then(|it| embed::placed::reference(&it));
        Some(Self {
            form,
            tenant,
            purposes,
            asked,
            hidden: reference.map(|it| ("ref", it)).into_iter().collect(),
        })
    }

    fn is_closed(&self, now: Timestamp) -> bool {
        self.purposes.is_empty() || self.form.is_closed(now)
    }

    fn path(&self) -> String {
        self.asked.address(&format!("/f/{}", self.form.slug))
    }

    fn frame(&self, web: &Web, locale: Locale) -> Frame {
        extract::frame(web, locale, &self.path(), Some(self.tenant))
    }

    /// The page, with what was entered; a fresh token, whatever was wrong with the last one.
    fn page<'f>(&self, web: &Web, frame: &'f Frame, entered: &Entered) -> SignUpPage<'f> {
        let locale = frame.t.locale();
        let token =
            Link::Form(self.form.id, web.app.now(), shown::words(self.tenant, &self.purposes, locale));
        let own = self.form.titles.get(&locale).cloned();
        let views = self.purposes.iter().filter_map(|it| shown::purpose(self.tenant, it, locale));
        SignUpPage {
            frame,
            heading: own.unwrap_or_else(|| frame.fill("sign-up-title", "name", frame.brand())),
            action: frame.path(&self.path()),
            token: token.sign(&web.app.link_keys()),
            purposes: views
                .map(|it| if entered.ticked.contains(&it.slug) { it.asked() } else { it })
                .collect(),
            email: entered.email.clone(),
            fields: declared::views(self.form, locale, &entered.typed),
            age: self.form.minors.map(|it| entered.age.view(it)),
            problems: Vec::new(),
            again: None,
            hidden: self.hidden.clone(),
            pow: None,
            embedded: self.asked.view != View::Page,
        }
    }
}

/// `GET /f/{form}`
pub async fn get(request: HttpRequest, web: Data<Web>) -> HttpResponse {
    let catalog = web.app.catalog();
    let Some(offer) = Offer::find(&catalog, &request, None) else {
        return message::not_found(&request, &web);
    };
    let frame = offer.frame(&web, extract::locale(&request, None, Some(offer.tenant.locale)));
    if offer.asked.view != View::Page {
        return embedded::opened(&request, &web, &offer, &frame);
    }
    if offer.is_closed(web.app.now()) {
        return MessagePage::answer(&frame, Reason::FormClosed, Next::None);
    }
    page::html(&frame, StatusCode::OK, &offer.page(&web, &frame, &Entered::default()))
}

/// `POST /f/{form}`
///
/// # Errors
/// The database failed: nothing was saved, nothing will be sent.
pub async fn post(request: HttpRequest, web: Data<Web>, fields: Fields) -> Result<HttpResponse, Fault> {
    let catalog = web.app.catalog();
    let Some(mut offer) = Offer::find(&catalog, &request, Some(&fields)) else {
        return Ok(message::not_found(&request, &web));
    };
    let likely = extract::locale(&request, None, Some(offer.tenant.locale));
    let version = placed::version(&mut offer, &fields, likely);
    let chosen = Locale::from_tag(fields.first("locale")).or_else(|| version.locale());
    let locale = chosen.unwrap_or(likely);
    let told = receive(&request, &web, &offer, locale, &fields, &version).await?;
    let frame = offer.frame(&web, locale);
    if extract::wants_json(&request) {
        let mut answer = told.json(&offer, &web, &frame);
        told::allow_origin(&request, offer.form, &mut answer);
        return Ok(answer);
    }
    match offer.asked.view {
        View::Page => Ok(told.page(&offer, &web, &frame, embed::placed::next(offer.form, &fields))),
        View::Fragment | View::Frame => Ok(told.embedded(&request, &offer, &web, &frame, &fields)),
    }
}

async fn receive(
    request: &HttpRequest,
    web: &Web,
    offer: &Offer<'_>,
    locale: Locale,
    fields: &Fields,
    version: &Version,
) -> Result<Told, Fault> {
    let Offer { form, tenant, purposes: offered, asked: _, hidden: _ } = offer;
    if offer.is_closed(web.app.now()) {
        return Ok(Told::Closed);
    }
    if !may_post(request, web, offer) {
        return Ok(Told::OtherSite);
    }
    if let Some(age) = age::is_too_young(form.minors, fields) {
        return Ok(Told::TooYoung(age));
    }
    let (entered, read) = submitted::read(fields, offered);
    let (typed, answers) = declared::read(fields, form);
    let entered = Entered { typed, ..entered };
    let words = shown::words(tenant, offered, locale);
    let token = Some(fields.first("token")).filter(|_| !fields.is_repeated("token")).unwrap_or("repeated");
    let token = match gatekeeper::form_proof(&web.app, form.id, words, Some(token)) {
        FormProof::Shown => "shown",
        FormProof::Plain if matches!(version, Version::Outdated(_)) => {
            placed::note_outdated(request, web, form, fields, version).await?;
            return Ok(Told::Once(
                Entered { ticked: Vec::new(), ..entered },
                Vec::new(),
                Some(Again::TextChanged),
            ));
        }
        FormProof::Plain => "plain",
        FormProof::TooSoon => {
            web.app.tally.count(Decision::TooSoon);
            return Ok(Told::Once(entered, Vec::new(), Some(Again::TooSoon)));
        }
        FormProof::TooOld | FormProof::Forged => {
            return Ok(Told::Once(entered, Vec::new(), Some(Again::Stale)));
        }
        FormProof::OtherWords => {
            let unticked = Entered { ticked: Vec::new(), ..entered };
            return Ok(Told::Once(unticked, Vec::new(), Some(Again::TextChanged)));
        }
    };
    let ((Submitted { email, purposes }, said), answers) =
        match (age::check(form.minors, fields, read), answers) {
            (Ok(submitted), Ok(answers)) => (submitted, answers),
            (read, answers) => {
                let problems = read.err().into_iter().chain(answers.err()).flatten().collect();
                return Ok(Told::Once(entered, problems, None));
            }
        };
    if gatekeeper::is_disposable(&web.app, &email) {
        return Ok(Told::Once(entered, vec![Problem::Email(EmailProblem::Disposable)], None));
    }
    let ticked = shown::purposes(tenant, &purposes, locale);
    let placement = placed::placement(request, web, offer, locale, fields, version);
    let submission = Submission {
        form: Some(form),
        tenant,
        email: &email,
        purposes: &purposes,
        locale,
        age: said.as_age(),
        shown: &shown::consent_text(&i18n::of(tenant, locale), &ticked, "sign-up-send"),
        token,
        placement: Some(&placement),
        trapped: !fields.first(HONEYPOT).is_empty(),
        proof: fields.first("pow"),
        visit: &extract::visit(request, web),
        told: None,
        entered: &answers,
    };
    Ok(match sign_up::sign_up(&web.app, &submission).await? {
        Received::Prove(challenge) => Told::Prove(challenge, entered, prove::kept(fields)),
        Received::Answered(Answer::TooFast(wait)) => Told::TooFast(wait),
        Received::Answered(Answer::CheckEmail(id)) => {
            let path = super::check_email::path_for(web, tenant, id, locale, &email);
            let own_page = token == "shown";
            let cookie = own_page.then(|| same_browser::cookie(request, web, tenant, id)).flatten();
            Told::CheckEmail(AskedFor { id, purposes, path, cookie })
        }
    })
}

/// Whether the site a form was sent from may use it. Pages that send no referrer, as ours, send `null`; a
/// client that is no browser sends nothing.
fn may_post(request: &HttpRequest, web: &Web, offer: &Offer<'_>) -> bool {
    let Offer { form, asked, .. } = offer;
    let Some(origin) = request.headers().get(ORIGIN) else { return true };
    let own = |origin: &str| web.app.is_own_origin(form.tenant, origin);
    // The element knows where it stands: only what hides it has an origin of null there.
    let may_hide = asked.view != View::Fragment || form.origins.is_none();
    origin.to_str().is_ok_and(|origin| (origin == "null" && may_hide) || own(origin) || form.is_for(origin))
}
