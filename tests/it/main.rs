//! Integration tests.

mod link_samples;
mod webhook_reference;
