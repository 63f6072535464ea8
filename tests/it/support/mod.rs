//! What the integration tests lean on: real services that are thrown away, misbehaving ones that follow a
//! script, a person without JavaScript and a person with a browser.
//!
//! Nothing here sleeps and hopes: [`wait::until`] polls a condition and names it when its time is over.
//! Nothing outlives the test process, however it ends: see [`process::Leashed`].

pub(crate) mod app;
pub(crate) mod browser;
pub(crate) mod database;
pub(crate) mod evil_receiver;
pub(crate) mod form;
pub(crate) mod hooks;
pub(crate) mod page;
pub(crate) mod postgres;
pub(crate) mod process;
pub(crate) mod receiver;
pub(crate) mod served;
pub(crate) mod smtp_evil;
pub(crate) mod smtp_real;
pub(crate) mod sqlite;
pub(crate) mod step;
pub(crate) mod tls;
pub(crate) mod tsa;
pub(crate) mod wait;
pub(crate) mod witness;
pub(crate) mod witnessed;
