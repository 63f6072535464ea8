//! Mails: rendered when they are sent, signed, and handed to a relay or to the inbox in memory.
//!
//! One file per mail ([`confirm`], [`already_signed_up`], [`your_link`], [`your_code`], [`receipt`],
//! [`guardian`], [`alert`], [`endpoint_alert`]), each with three templates of the same name. What is deliberately absent: retries and their schedule (the outbox job
//! decides), reading the outbox, a queue in memory, images, tracking, and anything the visitor typed other
//! than the address the mail goes to.

pub mod alert;
pub mod already_signed_up;
pub mod capture;
pub mod confirm;
pub mod dkim;
pub mod endpoint_alert;
pub mod guardian;
pub mod message;
pub mod mx;
pub mod receipt;
pub mod relay_url;
pub mod rendered;
pub mod smtp;
mod text;
pub mod your_code;
pub mod your_link;

#[cfg(test)]
mod tests;

use crate::domain::{Locale, Timestamp};

pub use self::{
    capture::{Capture, CapturedMail},
    dkim::Dkim,
    message::{Message, message_id},
    mx::{MxCheck, Takes},
    relay_url::RelayUrl,
    rendered::{File, Rendered, Sender},
    smtp::{Outcome, RelayOptions, SmtpRelay},
};

/// Where mails go.
pub enum Transport {
    /// To a relay.
    Smtp(SmtpRelay),
    /// Nowhere: into memory, to be looked at.
    Capture(Capture),
}

/// Who writes to whom, under which `Message-ID`: what an outbox row and its tenant say.
#[derive(Clone, Copy, Debug)]
pub struct Addressing<'a> {
    /// The whole `Message-ID`, the same at every attempt: see [`message_id`].
    pub message_id: &'a str,
    /// When the mail was decided, the same at every attempt.
    pub date: Timestamp,
    /// Display name of the sender.
    pub from_name: &'a str,
    /// Address of the sender, which also receives bounces.
    pub from_address: &'a str,
    /// Where answers go, when not to the sender.
    pub reply_to: Option<&'a str>,
    /// Recipient.
    pub to: &'a str,
    /// Language the mail was rendered in.
    pub locale: Locale,
}

/// Composes, signs and delivers.
pub struct Mailer {
    /// Where mails go.
    pub transport: Transport,
    /// Signs what leaves, when a key is configured.
    pub dkim: Option<Dkim>,
}

impl Mailer {
    /// One attempt to deliver a mail. A mail that cannot be written down because of *our* settings is
    /// deferred, like every trouble that is not the recipient's.
    pub async fn deliver(&self, rendered: &Rendered, addressing: &Addressing<'_>) -> Outcome {
        let raw = match self.write_down(rendered, addressing) {
            Ok(raw) => raw,
            Err(outcome) => return outcome,
        };
        let Addressing { from_address, to, date, .. } = *addressing;
        match &self.transport {
            Transport::Smtp(relay) => relay.send(from_address, to, &raw).await,
            Transport::Capture(inbox) => {
                let id = inbox.push(raw, from_address, to, date, rendered);
                Outcome::Accepted { reply: format!("250 captured as {id}") }
            }
        }
    }

    fn write_down(&self, rendered: &Rendered, addressing: &Addressing<'_>) -> Result<Vec<u8>, Outcome> {
        let raw = message::compose(&to_message(rendered, addressing)).map_err(|error| {
            let reply = error.to_string();
            match error {
                message::ComposeError::Recipient => Outcome::Refused { reply },
                message::ComposeError::Sender
                | message::ComposeError::MessageId
                | message::ComposeError::Build(_)
                | message::ComposeError::LineTooLong => Outcome::Deferred { reply },
            }
        })?;
        match &self.dkim {
            Some(dkim) => {
                let from_address = addressing.from_address;
                dkim.sign(&raw, from_address).map_err(|it| Outcome::Deferred { reply: it.to_string() })
            }
            None => Ok(raw),
        }
    }
}

/// A rendered mail as it is to be written down.
fn to_message<'a>(rendered: &'a Rendered, addressing: &Addressing<'a>) -> Message<'a> {
    let Addressing { message_id, date, from_name, from_address, reply_to, to, locale } = *addressing;
    let Rendered { subject, text, html, links: _, codes: _, files } = rendered;
    Message { message_id, date, from_name, from_address, reply_to, to, subject, text, html, files, locale }
}
