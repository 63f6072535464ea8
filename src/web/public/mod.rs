//! What people see: one page is one file here and one template of the same name.

pub mod ask_link;
pub mod check_email;
pub mod confirm;
pub mod confirmed;
pub mod fields;
pub mod guardian;
pub mod how;
pub mod message;
pub mod not_me;
pub mod notice;
pub mod preferences;
mod proof;
pub mod receipt;
pub mod receipt_check;
pub mod root;
mod same_browser;
pub(in crate::web) mod shown;
pub mod sign_up;
pub mod too_young;
pub mod unsubscribe;
pub mod unsubscribed;
pub mod verify;
pub mod waiting;

#[cfg(test)]
pub(in crate::web) mod testing;
#[cfg(test)]
mod tests;
