//! `/dev`: where to start in the demo.

use askama::Template;

use crate::web::page::Frame;

/// The first page of the demo.
#[derive(Template)]
#[template(path = "dev/demo.html")]
pub struct DemoPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// What to try, in order.
    pub stops: Vec<Stop>,
}

/// One thing to try.
pub struct Stop {
    /// What it is.
    pub title: String,
    /// What to do there.
    pub text: String,
    /// Where it is.
    pub href: String,
}
