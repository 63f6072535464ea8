//! The `ayeaye` command.
fn main() {}
