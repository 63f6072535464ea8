//! What a developer sees: the captured inbox and the demo. English only; never served in production.
