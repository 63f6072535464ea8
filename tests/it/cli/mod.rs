//! The command itself: the real binary, in a folder of its own, with an environment of nothing but what is given.

mod apply;
mod check;
mod crash;
mod deliveries_killed;
mod deliveries_memory;
mod deliveries_paused;
mod demo;
mod dossier;
mod erase;
mod home;
mod keys;
mod links;
mod log_killed;
mod logs;
mod master_key;
mod migrate;
mod once_killed;
mod serve;
mod settings;
mod verify;
mod webhook;
