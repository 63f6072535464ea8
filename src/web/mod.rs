//! HTTP: every route on one screen.

pub mod docs;
