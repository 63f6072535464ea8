//! The declared fields of a form, read by the code that reads them from the API, each mistake at its place in the
//! file.

use std::ops::Range;

use toml::{Spanned, de::DeValue};

use super::{
    File,
    node::{Node, Noted},
};
use crate::domain::{
    Locale,
    field::{self, Field},
    tree::{Reader, Step, Tree},
};

impl File<'_> {
    /// The fields under `[[tenant.form.field]]`, none when there are none.
    pub(super) fn fields(
        &mut self,
        form: &mut Node<'_, '_>,
        own: Option<Locale>,
    ) -> Result<Vec<Field>, Noted> {
        let Some(spanned) = form.ask("field") else { return Ok(Vec::new()) };
        let path = form.key("field");
        if spanned.get_ref().as_array().is_none() {
            let message =
                "is not a list of tables; begin each with [[tenant.form.field]] on a line of its own";
            return Err(self.mistakes.note(&spanned.span(), &path, message));
        }
        let mut reader = Reader::default();
        let read = field::read_list(&mut reader, &tree(spanned.get_ref()), own);
        let wrong = match reader.end(read) {
            Ok(fields) => return Ok(fields),
            Err(wrong) => wrong,
        };
        for it in wrong {
            let key: String = it.path.iter().map(step_text).collect();
            self.mistakes.note(&place(spanned, &it.path), &format!("{path}{key}"), it.message);
        }
        Err(Noted)
    }
}

fn step_text(step: &Step) -> String {
    match step {
        Step::Key(key) => format!(".{key}"),
        Step::Index(index) => format!("[{index}]"),
    }
}

/// Where in the file a mistake stands; that of what should hold it, when it is missing.
fn place(value: &Spanned<DeValue<'_>>, path: &[Step]) -> Range<usize> {
    let next = path.split_first().and_then(|(step, rest)| {
        let next = match step {
            Step::Key(key) => value.get_ref().as_table()?.get(key.as_str())?,
            Step::Index(index) => value.get_ref().as_array()?.get(*index)?,
        };
        Some((next, rest))
    });
    match next {
        Some((next, rest)) => place(next, rest),
        None => value.span(),
    }
}

fn tree(value: &DeValue<'_>) -> Tree {
    if let Some(text) = value.as_str() {
        return Tree::text(text);
    }
    if let Some(flag) = value.as_bool() {
        return Tree::Flag(flag);
    }
    if let Some(number) = value.as_integer() {
        let number = i64::from_str_radix(number.as_str(), number.radix());
        return number.map_or(Tree::Other, Tree::Number);
    }
    if let Some(items) = value.as_array() {
        return Tree::List(items.iter().map(|it| tree(it.get_ref())).collect());
    }
    if let Some(table) = value.as_table() {
        let members = table.iter().map(|(key, it)| (key.get_ref().to_string(), tree(it.get_ref())));
        return Tree::Table(members.collect());
    }
    Tree::Other
}
