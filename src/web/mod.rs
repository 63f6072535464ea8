//! HTTP: every route on one screen.

pub mod assets;
pub mod dev;
pub mod docs;
pub mod page;
pub mod part;
pub mod public;

#[cfg(test)]
mod gallery;
