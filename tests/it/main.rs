//! Integration tests.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a helper of a test stops it where something is not as it should be, as the test itself does"
)]

mod api;
mod browsing;
mod cli;
mod coverage;
mod documents;
mod embedding;
mod erasing;
mod fold;
mod forms;
mod grades;
mod guardian;
mod hostile;
mod jobs;
mod journeys;
mod link_samples;
mod log;
mod looks;
mod races;
mod receipts;
mod same_browser;
mod store;
mod support;
mod support_works;
mod tool_samples;
mod unchanged;
mod verify;
mod webhook_reference;
mod webhooks;
mod writer;
