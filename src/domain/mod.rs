//! What is true whatever the machine: no I/O, no clock, no serde, no SQL.
//!
//! Values are parsed at the door, once; a value of one of these types is proof that it was checked.

pub mod age;
pub mod attack;
pub mod authority;
pub mod backoff;
pub mod catalog;
pub(crate) mod chars;
pub mod colour;
pub mod consent;
pub mod country;
pub mod csv;
pub mod email;
pub mod endpoint_url;
pub mod field;
pub mod form;
pub mod grade;
pub mod guard;
pub mod host;
pub mod id;
pub mod link;
pub mod locale;
pub(crate) mod nearest;
pub mod net;
pub mod notice;
pub mod own_texts;
pub mod pow;
pub mod purpose;
pub mod request;
pub mod sandbox;
pub mod setup;
pub mod text;
pub mod theme;
pub mod time;
pub mod told;
pub mod tree;

pub use email::EmailAddress;
pub use locale::Locale;
pub use time::Timestamp;
