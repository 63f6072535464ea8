//! What a person or an authority is handed, read by programs that know nothing of us.

mod paper;
mod receipt_data;

#[path = "../../../src/document/testing.rs"]
mod testing;

use ayeaye::document::{Controller, Recipient};
