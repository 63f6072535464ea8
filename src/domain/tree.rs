//! A document as it was written, whatever the syntax (TOML of a file, JSON of the API), and a reader that keeps
//! every mistake with its place: one reading for all ways in.

use std::fmt;

/// A value of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tree {
    /// Nothing: `null`.
    Nothing,
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several values.
    List(Vec<Tree>),
    /// Named values as they were written: a name may stand twice.
    Table(Vec<(String, Tree)>),
    /// Something else, that no document of ours has.
    Other,
}

/// One step on the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into a table.
    Key(String),
    /// Into a list.
    Index(usize),
}

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The way to it.
    pub path: Vec<Step>,
    /// What is wrong, and what to write.
    pub message: String,
}

impl Tree {
    /// A table in the order given.
    pub fn table<'k>(members: impl IntoIterator<Item = (&'k str, Tree)>) -> Self {
        Self::Table(members.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// The first value of a member; `None` when this is no table or has none.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Table(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            Self::Nothing | Self::Text(_) | Self::Number(_) | Self::Flag(_) | Self::List(_) | Self::Other => {
                None
            }
        }
    }
}

impl Mistake {
    /// Its place as a JSON Pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        let step = |it: &Step| match it {
            Step::Key(key) => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Step::Index(index) => format!("/{index}"),
        };
        self.path.iter().map(step).collect()
    }
}

/// Reads a document. A mistake is noted and reading goes on, so that all are told at once.
#[derive(Debug, Default)]
pub struct Reader {
    path: Vec<Step>,
    found: Vec<Mistake>,
}

/// A table of which members are taken one by one.
#[derive(Debug)]
pub struct Members<'v> {
    members: &'v [(String, Tree)],
    asked: Vec<&'static str>,
}

impl Reader {
    /// The most mistakes told.
    const MOST: usize = 50;

    /// What was read, or all that is wrong.
    ///
    /// # Errors
    /// When anything was noted.
    pub fn end<T>(self, read: Option<T>) -> Result<T, Vec<Mistake>> {
        match read {
            Some(read) if self.found.is_empty() => Ok(read),
            Some(_) | None => Err(self.found),
        }
    }

    /// Notes something about what is being read.
    pub fn note<T>(&mut self, message: impl Into<String>) -> Option<T> {
        if self.found.len() < Self::MOST {
            self.found.push(Mistake { path: self.path.clone(), message: message.into() });
        }
        None
    }

    /// Reads what is one step on.
    pub fn within<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(step);
        let read = read(self);
        self.path.pop();
        read
    }

    /// The members of a table.
    pub fn members<'v>(&mut self, value: &'v Tree) -> Option<Members<'v>> {
        match value {
            Tree::Table(members) => Some(Members { members, asked: Vec::new() }),
            Tree::Nothing | Tree::Text(_) | Tree::Number(_) | Tree::Flag(_) | Tree::List(_) | Tree::Other => {
                self.note("must be a table of named values")
            }
        }
    }

    /// The elements of a list, at most `most`, each read by itself.
    pub fn list<T>(
        &mut self,
        value: &Tree,
        most: usize,
        mut read: impl FnMut(&mut Self, &Tree) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Tree::List(items) = value else { return self.note("must be a list") };
        if items.len() > most {
            return self.note(format!("has {} elements; write at most {most}", items.len()));
        }
        let read: Vec<Option<T>> = items
            .iter()
            .enumerate()
            .map(|(index, item)| self.within(Step::Index(index), |reader| read(reader, item)))
            .collect();
        read.into_iter().collect()
    }

    /// A text, parsed.
    pub fn text<T, E: fmt::Display>(
        &mut self,
        value: &Tree,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let Tree::Text(text) = value else { return self.note("must be a text") };
        match parse(text) {
            Ok(value) => Some(value),
            Err(reason) => self.note(reason.to_string()),
        }
    }

    /// Yes or no.
    pub fn flag(&mut self, value: &Tree) -> Option<bool> {
        match value {
            Tree::Flag(flag) => Some(*flag),
            Tree::Nothing
            | Tree::Text(_)
            | Tree::Number(_)
            | Tree::List(_)
            | Tree::Table(_)
            | Tree::Other => self.note("must be true or false"),
        }
    }

    /// A whole number within bounds.
    pub fn number(&mut self, value: &Tree, least: i64, most: i64) -> Option<i64> {
        match value {
            Tree::Number(number) if (least..=most).contains(number) => Some(*number),
            Tree::Number(_)
            | Tree::Nothing
            | Tree::Text(_)
            | Tree::Flag(_)
            | Tree::List(_)
            | Tree::Table(_)
            | Tree::Other => self.note(format!("must be a whole number from {least} to {most}")),
        }
    }
}

impl<'v> Members<'v> {
    /// Reads a member that may be missing; `Some(None)` when it is, or is `null`.
    pub fn optional<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        read: impl FnOnce(&mut Reader, &'v Tree) -> Option<T>,
    ) -> Option<Option<T>> {
        self.asked.push(key);
        let mut found = self.members.iter().filter(|(name, _)| name == key);
        let Some((_, value)) = found.next() else { return Some(None) };
        reader.within(Step::Key(key.to_owned()), |reader| {
            if found.next().is_some() {
                return reader.note("stands twice; take one out");
            }
            if matches!(value, Tree::Nothing) { Some(None) } else { read(reader, value).map(Some) }
        })
    }

    /// Reads a member that must be there; `what` says what to write.
    pub fn required<T>(
        &mut self,
        reader: &mut Reader,
        key: &'static str,
        what: &str,
        read: impl FnOnce(&mut Reader, &'v Tree) -> Option<T>,
    ) -> Option<T> {
        match self.optional(reader, key, read)? {
            Some(value) => Some(value),
            None => {
                reader.within(Step::Key(key.to_owned()), |it| it.note(format!("is missing; write {what}")))
            }
        }
    }

    /// Refuses every member that was not asked for.
    pub fn finish(self, reader: &mut Reader) -> Option<()> {
        let mut outcome = Some(());
        for (name, _) in self.members.iter().filter(|(name, _)| !self.asked.contains(&name.as_str())) {
            let known = self.asked.iter().copied();
            let message = match super::nearest::nearest(name, known.clone()) {
                Some(near) => format!("is not known here; did you mean {near}?"),
                None => format!("is not known here; there are {}", known.collect::<Vec<_>>().join(", ")),
            };
            outcome = reader.within(Step::Key(name.clone()), |it| it.note(message));
        }
        outcome
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(tree: &Tree) -> Result<(String, Option<i64>), Vec<Mistake>> {
        let mut reader = Reader::default();
        let read = reader.members(tree).and_then(|mut it| {
            let name = it.required(&mut reader, "name", "a name", |reader, value| {
                reader.text(value, |text| Ok::<_, String>(text.to_owned()))
            });
            let age = it.optional(&mut reader, "age", |reader, value| reader.number(value, 0, 9));
            it.finish(&mut reader)?;
            Some((name?, age?))
        });
        reader.end(read)
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let right = Tree::table([("name", Tree::text("a")), ("age", Tree::Number(9))]);
        assert_eq!(read(&right), Ok(("a".to_owned(), Some(9))));
        let nothing = Tree::table([("name", Tree::text("a")), ("age", Tree::Nothing)]);
        assert_eq!(read(&nothing), Ok(("a".to_owned(), None)));
        let wrong = Tree::table([("age", Tree::Number(10)), ("nam", Tree::Flag(true))]);
        let told: Vec<(String, String)> =
            read(&wrong).unwrap_err().into_iter().map(|it| (it.pointer(), it.message)).collect();
        assert_eq!(
            told,
            [
                ("/name", "is missing; write a name"),
                ("/age", "must be a whole number from 0 to 9"),
                ("/nam", "is not known here; did you mean name?"),
            ]
            .map(|(place, message)| (place.to_owned(), message.to_owned()))
        );
        let twice = Tree::table([("name", Tree::text("a")), ("name", Tree::text("b"))]);
        assert_eq!(read(&twice).unwrap_err()[0].message, "stands twice; take one out");
        assert_eq!(read(&Tree::Other).unwrap_err()[0].pointer(), "");
    }

    #[test]
    fn a_pointer_escapes_what_it_must() {
        let path = vec![Step::Key("a/b~c".to_owned()), Step::Index(3)];
        assert_eq!(Mistake { path, message: String::new() }.pointer(), "/a~1b~0c/3");
    }
}
