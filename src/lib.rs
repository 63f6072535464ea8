//! Ayeaye: a preference center and double-opt-in email service.

pub mod app;
pub mod cli;
pub mod config;
pub mod crypto;
pub mod domain;
pub mod i18n;
pub mod jobs;
pub mod mail;
pub mod server;
pub mod store;
pub mod web;
pub mod webhook;
