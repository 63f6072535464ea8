//! What is true whatever the machine: no I/O, no clock, no serde, no SQL.
//!
//! Values are parsed at the door, once; a value of one of these types is proof that it was checked.

pub mod backoff;
pub mod locale;
pub mod time;

pub use locale::Locale;
pub use time::Timestamp;
