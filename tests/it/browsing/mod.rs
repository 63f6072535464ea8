//! People with a real browser: whole stories, on a phone and on a wide screen, in both languages, light and dark,
//! with JavaScript and without. Every page they meet is checked and kept as a picture in `target/pictures`.

mod keyboard;
mod mails;
mod minors;
mod person;
mod story;
mod verifying;
