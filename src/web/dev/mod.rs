//! What a developer sees: the captured inbox and the demo. English only; a server that sends mail serves none of it.
//!
//! The one place of `web` that knows about mails: the inbox holds them as they were captured.

pub mod demo;
pub mod inbox;
pub mod mail;
pub mod receiver;
pub mod shop;
#[cfg(test)]
mod tests;

use crate::{
    domain::{Locale, Timestamp},
    i18n::lang,
    web::page::Frame,
};

pub use self::{
    demo::{Demo, Stop},
    receiver::Signed,
};
pub use crate::mail::Capture;

/// The frame of these pages.
fn frame(here: &str) -> Frame {
    Frame::new(Locale::En, false, here, None)
}

/// Date and time, in words.
fn when(at: Timestamp) -> String {
    lang(Locale::En).date_time(at)
}
