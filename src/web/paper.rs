//! What use cases gathered, as documents take it.

use crate::{
    app::{
        self, controller,
        dossier::{Found, Subject},
    },
    document::{
        Controller, DocumentError, Recipient,
        dossier::{self, Checkpoint, Dossier, Keys, Person, Step},
    },
    domain::Locale,
    i18n::{Lang, lang},
};

/// Who receives addresses besides the organisation.
pub fn recipients(controller: &controller::Controller) -> Vec<Recipient<'_>> {
    let recipients = controller.recipients.iter();
    recipients.map(|it| Recipient { id: &it.site, name: &it.host, address: "", contact: &it.site }).collect()
}

/// The organisation responsible, with its [`recipients`].
pub fn controller<'a>(
    controller: &'a controller::Controller,
    recipients: &'a [Recipient<'a>],
) -> Controller<'a> {
    Controller {
        id: &controller.id,
        slug: &controller.slug,
        name: &controller.name,
        legal: &controller.legal,
        contact: &controller.contact,
        country: controller.country,
        storage: controller.storage,
        retention: controller.retention.as_deref(),
        validity: controller.validity.as_deref(),
        recipients,
    }
}

/// What whoever asked for a dossier chose.
#[derive(Clone, Debug)]
pub struct Cover {
    /// Who asked for it; may be empty.
    pub asked_by: String,
    /// In which language.
    pub locale: Locale,
    /// The readable part alone.
    pub pdf_alone: bool,
}

/// The bytes of a dossier. It takes a core for as long as it takes: not for a thread that answers requests.
///
/// # Errors
/// The typesetter or the archive refused.
pub fn dossier(
    found: &Found,
    organisation: &controller::Controller,
    base_url: &str,
    cover: &Cover,
) -> Result<Vec<u8>, DocumentError> {
    let lang = lang(cover.locale);
    let contacts: Vec<String> = found.people.iter().map(|it| it.contact.to_string()).collect();
    let steps: Vec<Vec<Step<'_>>> =
        found.people.iter().map(|it| it.steps.iter().map(step).collect()).collect();
    let people = contacts.iter().zip(&steps).map(|(contact, steps)| Person { contact, steps });
    let checkpoints = found.checkpoints.iter().map(|(size, note)| Checkpoint { size: *size, note });
    let recipients = recipients(organisation);
    let organisation = controller(organisation, &recipients);
    let subject = subject(lang, &found.subject);
    let (people, checkpoints) = (people.collect::<Vec<_>>(), checkpoints.collect::<Vec<_>>());
    let dossier = Dossier {
        asked_by: &cover.asked_by,
        subject: &subject,
        without_erased: matches!(found.subject, Subject::Purpose { .. }),
        controller: &organisation,
        base_url,
        since: found.period.since,
        until: found.period.until,
        made_at: found.made_at,
        people: &people,
        keys: Keys { log: &found.keys, witnesses: &found.witnesses, threshold: found.threshold },
        checkpoints: &checkpoints,
    };
    if cover.pdf_alone { dossier::pdf(&dossier, lang) } else { dossier::zip(&dossier, lang) }
}

fn step(step: &app::dossier::Step) -> Step<'_> {
    Step { kind: &step.kind, at: step.at, proof: &step.proof }
}

fn subject(lang: &Lang, subject: &Subject) -> String {
    match subject {
        Subject::Contact(contact) => {
            lang.with("doc-dossier-of-person", &[("id", contact.to_string().into())])
        }
        Subject::Purpose { slug, name } => {
            let facts = [("name", name.as_str().into()), ("slug", slug.as_str().into())];
            lang.with("doc-dossier-of-purpose", &facts)
        }
    }
}

/// The name a dossier goes by: `dossier-newsletter-2026-11-21.zip`.
pub fn dossier_name(found: &Found, pdf_alone: bool) -> String {
    let stem = found.subject.file_stem();
    let day: String = found.made_at.rfc3339().chars().take("2026-11-21".len()).collect();
    format!("dossier-{stem}-{day}.{}", if pdf_alone { "pdf" } else { "zip" })
}
