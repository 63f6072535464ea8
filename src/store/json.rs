//! Documents as JSON text. A name that stands twice is kept twice, so that its reader can say so.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use crate::domain::tree::Tree;

/// Reads a JSON text; `None` when it is none.
pub fn read(text: &str) -> Option<Tree> {
    serde_json::from_str::<Document>(text).ok().map(|it| it.0)
}

/// Writes a document as canonical JSON.
pub fn write(tree: &Tree) -> String {
    value(tree).to_string()
}

/// A document as a JSON value.
pub fn value(tree: &Tree) -> Value {
    match tree {
        Tree::Nothing | Tree::Other => Value::Null,
        Tree::Text(text) => Value::String(text.clone()),
        Tree::Number(number) => Value::from(*number),
        Tree::Flag(flag) => Value::Bool(*flag),
        Tree::List(items) => Value::Array(items.iter().map(value).collect()),
        Tree::Table(members) => {
            let members = members.iter().map(|(name, it)| (name.clone(), value(it)));
            Value::Object(members.collect::<Map<_, _>>())
        }
    }
}

struct Document(Tree);

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Self)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Nothing)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Tree, E> {
        Ok(Tree::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree, E> {
        Ok(Tree::Number(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree, E> {
        Ok(i64::try_from(number).map_or(Tree::Other, Tree::Number))
    }

    fn visit_f64<E>(self, _number: f64) -> Result<Tree, E> {
        Ok(Tree::Other)
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree, E> {
        Ok(Tree::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree, E> {
        Ok(Tree::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Tree, A::Error> {
        let mut items = Vec::new();
        while let Some(Document(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Tree::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree, A::Error> {
        let mut members = Vec::new();
        while let Some((name, Document(value))) = map.next_entry::<String, Document>()? {
            members.push((name, value));
        }
        Ok(Tree::Table(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_read_as_it_is_written() {
        let text = r#"{"a":[1,-2,true,null,"é"],"b":{"c":"d"}}"#;
        assert_eq!(write(&read(text).unwrap()), text);
        let twice = read(r#"{"a":1,"a":2}"#).unwrap();
        let member = |number| ("a".to_owned(), Tree::Number(number));
        assert_eq!(twice, Tree::Table(vec![member(1), member(2)]));
        assert_eq!(read("[1.5, 18446744073709551615]"), Some(Tree::List(vec![Tree::Other, Tree::Other])));
        for wrong in ["", "{", "{} {}", "nul"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
