//! What a developer sees: the captured inbox and the demo. English only; a server that sends mail serves none of it.

pub mod demo;
pub mod inbox;
pub mod mail;
pub mod receiver;
pub mod shop;
