//! People with a real browser: whole stories, on a phone and on a wide screen, in both languages, light and dark,
//! with JavaScript and without. Every page they meet is checked and kept as a picture in `target/pictures`.

mod every_page;
mod keyboard;
mod languages;
mod mails;
mod minors;
mod person;
mod same_browser;
mod story;
mod strict_cookie;
mod verifying;
