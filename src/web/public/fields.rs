//! Declared fields on pages: what a form asks for besides the address, what was typed, and what a person told before.

use std::collections::BTreeMap;

use super::sign_up::Problem;
use crate::{
    domain::{
        Locale,
        catalog::{Catalog, Form, Tenant},
        field::{AnswerError, Answers, Band, Field, FieldKind},
    },
    i18n::{Lang, lang},
    web::extract::Fields,
};

/// The longest text that is given back to be corrected; longer than any field may be.
const ECHO: usize = 400;

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
    /// What to choose among; nothing where a text is typed.
    pub options: Vec<OptionView>,
}

/// One thing to choose.
pub struct OptionView {
    /// What is posted.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// What was typed, by the names of the fields, to be shown again.
pub(in crate::web) type Typed = BTreeMap<String, String>;

/// The fields of a form, with what was typed.
pub(in crate::web) fn views(form: &Form, locale: Locale, typed: &Typed) -> Vec<FieldView> {
    form.fields.iter().map(|it| view(it, locale, typed)).collect()
}

fn view(field: &Field, locale: Locale, typed: &Typed) -> FieldView {
    let Field { slug, kind, label, reason, required } = field;
    let slug = slug.as_str().to_owned();
    let text = |texts: &crate::domain::setup::Localized<crate::domain::text::Line>| {
        texts.get(locale).map(ToString::to_string).unwrap_or_default()
    };
    let (autocomplete, options) = match kind {
        FieldKind::Text { most: _, autocomplete } => (*autocomplete, Vec::new()),
        FieldKind::Choice(choices) => {
            let option = |it: &crate::domain::field::Choice| OptionView {
                value: it.slug.as_str().to_owned(),
                label: text(&it.label),
            };
            (None, choices.iter().map(option).collect())
        }
        FieldKind::DateBand(bands) => {
            let option = |it: &Band| OptionView { value: it.to_string(), label: years(lang(locale), *it) };
            (None, bands.iter().map(option).collect())
        }
    };
    FieldView {
        label: text(label),
        reason: text(reason),
        value: typed.get(&slug).cloned().unwrap_or_default(),
        slug,
        required: *required,
        autocomplete,
        options,
    }
}

/// A span of years in words.
fn years(t: &Lang, band: Band) -> String {
    match (band.from, band.to) {
        (Some(from), Some(to)) => t.with(
            "field-years",
            &[("from", from.to_string().as_str().into()), ("to", to.to_string().as_str().into())],
        ),
        (Some(from), None) => t.with("field-years-from", &[("from", from.to_string().as_str().into())]),
        (None, Some(to)) => t.with("field-years-to", &[("to", to.to_string().as_str().into())]),
        (None, None) => String::new(),
    }
}

/// Reads the declared fields of a form: what was typed, and what of it is taken or to be corrected. What a form does
/// not declare is nobody's: browsers and trackers add names of their own.
pub(in crate::web) fn read(fields: &Fields, form: &Form) -> (Typed, Result<Answers, Vec<Problem>>) {
    let (mut typed, mut answers, mut problems) = (Typed::new(), Answers::default(), Vec::new());
    for field in &form.fields {
        let slug = field.slug.as_str();
        let text = fields.first(slug);
        let visible: String = text.chars().filter(|it| !it.is_control()).take(ECHO).collect();
        typed.insert(slug.to_owned(), visible);
        if fields.is_repeated(slug) {
            problems.push(Problem::FieldRepeated(slug.to_owned()));
            continue;
        }
        match field.check(text) {
            Ok(None) => {}
            Ok(Some(answer)) => {
                answers.0.insert(slug.to_owned(), answer);
            }
            Err(error) => problems.push(problem(slug.to_owned(), error)),
        }
    }
    (typed, if problems.is_empty() { Ok(answers) } else { Err(problems) })
}

fn problem(slug: String, error: AnswerError) -> Problem {
    match error {
        AnswerError::Missing => Problem::FieldMissing(slug),
        AnswerError::TooLong(most) => Problem::FieldTooLong(slug, most),
        AnswerError::Unreadable => Problem::FieldUnreadable(slug),
        AnswerError::NotOffered => Problem::FieldNotOffered(slug),
    }
}

/// Something a person told, in words.
pub struct ToldView {
    /// What the field is called.
    pub label: String,
    /// What they told.
    pub value: String,
}

/// What a person told, under the names the fields have on the forms of now; one that no form asks for any more goes by
/// its bare name.
pub(in crate::web) fn told(
    catalog: &Catalog,
    tenant: &Tenant,
    locale: Locale,
    answers: &Answers,
) -> Vec<ToldView> {
    let declared: Vec<&Field> =
        catalog.forms.values().filter(|it| it.tenant == tenant.id).flat_map(|it| it.fields.iter()).collect();
    let told = |(slug, value): (&String, &String)| {
        let views = declared.iter().filter(|it| it.slug.as_str() == slug);
        let views: Vec<FieldView> = views.map(|it| view(it, locale, &Typed::new())).collect();
        let shown = views.iter().flat_map(|it| &it.options).find(|it| it.value == *value);
        ToldView {
            label: views.first().map_or_else(|| slug.clone(), |it| it.label.clone()),
            value: shown.map_or_else(|| value.clone(), |it| it.label.clone()),
        }
    };
    answers.0.iter().map(told).collect()
}
