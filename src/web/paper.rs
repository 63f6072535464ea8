//! What use cases gathered, as documents take it.

use crate::{
    app::controller,
    document::{Controller, Recipient},
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
