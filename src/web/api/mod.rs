//! API v1: bearer keys with scopes, problem documents, unknown fields refused, no address in any URL.

pub mod problem;
