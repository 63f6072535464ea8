//! `/f/{form}`: sign up. One page, one field; every box starts unticked.

use askama::Template;

use crate::web::{
    page::Frame,
    part::{EmailProblem, FormError, PurposeView},
};

/// The field no person sees and no reader announces; what fills it in is a program.
pub const HONEYPOT: &str = "company_website";

/// The form, empty, or given back with what to correct.
#[derive(Template)]
#[template(path = "public/sign_up.html")]
pub struct SignUpPage<'a> {
    /// Frame.
    pub frame: &'a Frame,
    /// Where the form posts to.
    pub action: String,
    /// The signed form token.
    pub token: String,
    /// What is offered. After a refusal, [`PurposeView::asked`] keeps what the visitor had ticked.
    pub purposes: Vec<PurposeView>,
    /// The address as typed.
    pub email: String,
    /// Declared fields besides the address.
    pub fields: Vec<FieldView>,
    /// What to correct.
    pub problems: Vec<Problem>,
    /// Why the form is shown again although nothing in it is wrong.
    pub again: Option<Again>,
}

/// A field the tenant declared.
pub struct FieldView {
    /// The name it posts under.
    pub slug: String,
    /// Its label.
    pub label: String,
    /// Why it is asked.
    pub reason: String,
    /// The value as typed.
    pub value: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// The `autocomplete` token, such as `given-name`.
    pub autocomplete: Option<&'static str>,
}

/// One thing to correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The address.
    Email(EmailProblem),
    /// Several purposes were offered and none ticked.
    NothingTicked,
    /// A required field is empty.
    FieldMissing(String),
    /// A field is longer than this many characters.
    FieldTooLong(String, u16),
}

/// Why a correct form has to be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Again {
    /// The wording changed since the page was opened: what was ticked was ticked under another text.
    TextChanged,
    /// The page was open for more than a day, or its token cannot be read.
    Stale,
}

impl SignUpPage<'_> {
    fn errors(&self) -> Vec<FormError> {
        self.problems
            .iter()
            .map(|it| FormError { anchor: self.anchor(it), message: self.message(it) })
            .collect()
    }

    fn anchor(&self, problem: &Problem) -> String {
        match problem {
            Problem::Email(_) => "email".to_owned(),
            Problem::NothingTicked => {
                self.purposes.first().map_or_else(String::new, |it| format!("p-{}", it.slug))
            }
            Problem::FieldMissing(slug) | Problem::FieldTooLong(slug, _) => format!("f-{slug}"),
        }
    }

    fn message(&self, problem: &Problem) -> String {
        match problem {
            Problem::Email(problem) => problem.message(self.frame.t).into_owned(),
            Problem::NothingTicked => self.frame.text("sign-up-nothing-ticked").into_owned(),
            Problem::FieldMissing(slug) => {
                self.frame.fill("sign-up-field-missing", "label", self.label(slug))
            }
            Problem::FieldTooLong(slug, most) => self.frame.t.with(
                "sign-up-field-too-long",
                &[("label", self.label(slug).into()), ("n", i64::from(*most).into())],
            ),
        }
    }

    fn label<'a>(&'a self, slug: &'a str) -> &'a str {
        self.fields.iter().find(|it| it.slug == slug).map_or(slug, |it| &it.label)
    }

    fn email_error(&self) -> Option<String> {
        self.problems.iter().find(|it| matches!(it, Problem::Email(_))).map(|it| self.message(it))
    }

    fn purposes_error(&self) -> Option<String> {
        self.problems.iter().find(|it| matches!(it, Problem::NothingTicked)).map(|it| self.message(it))
    }

    fn field_error(&self, slug: &str) -> Option<String> {
        let about = |it: &&Problem| match it {
            Problem::FieldMissing(it) | Problem::FieldTooLong(it, _) => it == slug,
            Problem::Email(_) | Problem::NothingTicked => false,
        };
        self.problems.iter().find(about).map(|it| self.message(it))
    }
}
