//! What is true whatever the machine: no I/O, no clock, no serde, no SQL.
//!
//! Values are parsed at the door, once; a value of one of these types is proof that it was checked.

pub mod consent;
pub mod id;
pub mod link;
pub mod locale;
pub mod request;
pub mod time;

pub use locale::Locale;
pub use time::Timestamp;
