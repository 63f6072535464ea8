//! What is wrong in a body, each with its place.

use std::fmt::Write as _;

use crate::web::api::{plain_name, problem::Wrong, schema::Field};

/// The most mistakes told at once.
pub(super) const MOST_TOLD: usize = 20;

/// What was found wrong so far, and where the reader is.
#[derive(Default)]
pub(in crate::web::api) struct Notes {
    pub(super) path: Vec<Step>,
    pub(super) found: Vec<Wrong>,
}

/// One step of the way to what is being read.
pub(super) enum Step {
    /// Into the field of this name.
    Field(&'static str),
    /// Into this element of a list.
    Element(usize),
}

impl Notes {
    /// Notes something wrong with what is being read.
    pub(in crate::web::api) fn wrong(&mut self, detail: &str) {
        self.wrong_at("", detail);
    }

    /// Notes something wrong with the field `name` of what is being read; with the whole when it is empty.
    pub(in crate::web::api) fn wrong_at(&mut self, name: &str, detail: &str) {
        if self.found.len() >= MOST_TOLD {
            return;
        }
        let mut pointer = String::new();
        for step in &self.path {
            // Writing into a string cannot fail.
            let _ = match step {
                Step::Field(name) => write!(pointer, "/{name}"),
                Step::Element(at) => write!(pointer, "/{at}"),
            };
        }
        if !name.is_empty() {
            let _ = write!(pointer, "/{name}");
        }
        self.found.push(Wrong::at(pointer, detail));
    }

    /// Notes an unknown field, by its name when that can be told.
    pub(super) fn unknown(&mut self, name: &str, fields: &[Field]) {
        let known = fields.iter().map(|it| it.name).collect::<Vec<_>>().join(", ");
        match plain_name(name) {
            Some(name) => self.wrong_at(name, &format!("there is no such field; the fields are {known}")),
            None => self.wrong(&format!("a field is not one of {known}")),
        }
    }
}
