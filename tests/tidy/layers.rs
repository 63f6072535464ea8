//! Who may name whom: the table of layers, and every path of the source held against it.

use super::source::{File, Token};

const EVERYTHING: &[&str] = &[
    "anchor", "app", "cli", "config", "crypto", "document", "domain", "i18n", "jobs", "mail", "picture",
    "server", "store", "tlog", "web", "webhook",
];

/// Each layer and the layers it may name. What is not listed is forbidden.
const LAYERS: &[(&str, &[&str])] = &[
    ("crypto", &[]),
    ("tlog", &[]),
    ("domain", &["crypto"]),
    ("i18n", &["domain"]),
    ("picture", &["domain"]),
    ("config", &["domain"]),
    ("anchor", &["config", "tlog"]),
    ("store", &["domain", "tlog"]),
    ("app", &["config", "crypto", "domain", "store", "tlog"]),
    ("document", &["domain", "i18n", "tlog"]),
    ("mail", &["config", "crypto", "domain", "i18n"]),
    ("webhook", &["config", "crypto", "domain", "i18n"]),
    // A mail says how often in the words of its language.
    ("jobs", &["anchor", "app", "document", "domain", "i18n", "mail", "store", "tlog", "webhook"]),
    ("web", &["app", "config", "document", "domain", "i18n", "store", "tlog"]),
    ("server", EVERYTHING),
    ("cli", EVERYTHING),
];

/// Folders that may name one layer more, and which.
const MORE: &[(&str, &str)] = &[
    // The inbox shows mails as they were captured.
    ("src/web/dev/", "mail"),
];

/// A path as it stands in the source, from the top of the crate.
struct Named {
    path: Vec<String>,
    line: usize,
    is_macro: bool,
}

/// What `file` names and may not.
pub(crate) fn violations(file: &File) -> Vec<String> {
    let module = module_of(&file.path);
    let Some(layer) = module.first().cloned() else {
        // main.rs may name everything; lib.rs only lists the layers.
        return Vec::new();
    };
    let Some((_, allowed)) = LAYERS.iter().find(|(it, _)| *it == layer) else {
        return vec![format!(
            "{}: `{layer}` is in no layer: add it to LAYERS in tests/tidy/layers.rs",
            file.path
        )];
    };
    let more = MORE.iter().filter(|(folder, _)| file.path.starts_with(folder)).map(|(_, layer)| *layer);
    let allowed: &[&str] = &allowed.iter().copied().chain(more).collect::<Vec<_>>();
    let named = Reader { tokens: &file.tokens(), at: 0, module, modules: Vec::new(), depth: 0 }.run();
    let wrong = named.into_iter().filter_map(|it| Some((it.line, reason(&layer, allowed, &it)?)));
    let mut wrong: Vec<_> = wrong.map(|(line, reason)| format!("{}:{line}: {reason}", file.path)).collect();
    wrong.dedup();
    wrong
}

fn reason(layer: &str, allowed: &[&str], named: &Named) -> Option<String> {
    let name = match named.path.first() {
        Some(name) if name != "*" => name.as_str(),
        Some(_) | None => return Some("name a layer, not the whole crate".to_owned()),
    };
    // Exported macros live at the top of the crate: `crate::args![…]`.
    let is_macro = named.is_macro && named.path.len() == 1;
    if name == layer || allowed.contains(&name) || is_macro {
        return None;
    }
    if LAYERS.iter().any(|(it, _)| *it == name) {
        let may = if allowed.is_empty() { "nothing of ours".to_owned() } else { allowed.join(", ") };
        return Some(format!(
            "`{layer}` may not name `{name}` (it may name {may}): move what is needed down, or pass it as an argument"
        ));
    }
    Some(format!("`crate::{name}` is no layer: import it from the layer it is in"))
}

/// `src/app/signup.rs` is `app::signup`, `src/app/mod.rs` is `app`.
fn module_of(path: &str) -> Vec<String> {
    let inner = path.trim_start_matches("src/").trim_end_matches(".rs");
    let parts = inner.split('/').filter(|it| !matches!(*it, "mod" | "lib" | "main"));
    parts.map(str::to_owned).collect()
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
    /// The module of the file.
    module: Vec<String>,
    /// The modules opened inside the file, with the depth of braces they were opened at.
    modules: Vec<(String, usize)>,
    depth: usize,
}

impl Reader<'_> {
    fn run(mut self) -> Vec<Named> {
        let mut found = Vec::new();
        while let Some(token) = self.tokens.get(self.at) {
            let before = self.at.checked_sub(1).and_then(|it| self.tokens.get(it));
            let is_start = before.is_none_or(|it| !it.is_path());
            if token.is_word("use") && !self.next_is('<') {
                self.at += 1;
                self.tree(&[], &mut found);
            } else if is_start && self.is_anchor() {
                self.path(&mut found);
            } else {
                self.brace(token);
                self.at += 1;
            }
        }
        found
    }

    fn next_is(&self, sign: char) -> bool {
        self.tokens.get(self.at + 1).is_some_and(|it| it.is(sign))
    }

    /// Whether a path of this crate begins here.
    fn is_anchor(&self) -> bool {
        let is_path = self.tokens.get(self.at + 1).is_some_and(Token::is_path);
        is_path && matches!(self.tokens[self.at].word(), Some("crate" | "super" | "self"))
    }

    fn brace(&mut self, token: &Token) {
        if token.is('{') {
            let before = |back: usize| self.at.checked_sub(back).and_then(|it| self.tokens[it].word());
            if let (Some("mod"), Some(name)) = (before(2), before(1)) {
                self.modules.push((name.to_owned(), self.depth));
            }
            self.depth += 1;
        } else if token.is('}') {
            self.depth = self.depth.saturating_sub(1);
            self.modules.retain(|(_, depth)| *depth < self.depth);
        }
    }

    /// `crate::store::contact::add`, outside a `use`.
    fn path(&mut self, found: &mut Vec<Named>) {
        let line = self.tokens[self.at].line;
        let mut parts = vec![self.word()];
        while self.tokens.get(self.at).is_some_and(Token::is_path) {
            self.at += 1;
            match self.tokens.get(self.at).and_then(Token::word) {
                Some(_) => parts.push(self.word()),
                None => break,
            }
        }
        let is_macro = self.tokens.get(self.at).is_some_and(|it| it.is('!'));
        found.extend(self.resolve(&parts).map(|path| Named { path, line, is_macro }));
    }

    /// One branch of a `use`: `a::b`, `a as b`, `a::*`, `a::{b, c::{d}}`.
    fn tree(&mut self, stem: &[String], found: &mut Vec<Named>) {
        let line = self.tokens.get(self.at).map_or(0, |it| it.line);
        let mut parts = stem.to_vec();
        while let Some(token) = self.tokens.get(self.at) {
            if token.is('{') {
                self.at += 1;
                self.branches(&parts, found);
                return;
            }
            if token.is(',') || token.is('}') || token.is(';') {
                break;
            }
            if token.is_word("as") {
                self.at += 2;
            } else if token.is('*') {
                self.at += 1;
                parts.push("*".to_owned());
            } else if token.word().is_some() {
                parts.push(self.word());
            } else {
                self.at += 1;
            }
        }
        found.extend(self.resolve(&parts).map(|path| Named { path, line, is_macro: false }));
    }

    fn branches(&mut self, stem: &[String], found: &mut Vec<Named>) {
        while let Some(token) = self.tokens.get(self.at) {
            if token.is('}') {
                self.at += 1;
                return;
            }
            if token.is(',') {
                self.at += 1;
            } else {
                self.tree(stem, found);
            }
        }
    }

    fn word(&mut self) -> String {
        self.at += 1;
        self.tokens[self.at - 1].word().unwrap_or_default().to_owned()
    }

    /// The path from the top of the crate; nothing when it is another crate's or begins at a name in scope.
    fn resolve(&self, parts: &[String]) -> Option<Vec<String>> {
        let mut here = self.module.clone();
        here.extend(self.modules.iter().map(|(name, _)| name.clone()));
        let mut path = match parts.first()?.as_str() {
            "crate" => Vec::new(),
            "self" => here,
            "super" => here.split_last().map(|(_, it)| it.to_vec()).unwrap_or_default(),
            _ => return None,
        };
        for part in &parts[1..] {
            match part.as_str() {
                "super" => _ = path.pop(),
                "self" => {}
                name => path.push(name.to_owned()),
            }
        }
        Some(path)
    }
}

#[test]
fn a_layer_that_names_one_above_it_is_found_however_it_is_written() {
    for (path, text) in [
        ("src/domain/consent.rs", "use crate::store::Tx;"),
        ("src/domain/consent.rs", "use crate::{\n    crypto::Mac,\n    store::{self, Tx},\n};"),
        ("src/domain/consent.rs", "pub use crate::{crypto::{A, B}, web::C as D};"),
        ("src/domain/consent.rs", "fn f() { let x = crate::store::contact::add; }"),
        ("src/domain/consent.rs", "use super::super::store::Tx;"),
        ("src/domain/mod.rs", "use super::store::Tx;"),
        ("src/domain/consent.rs", "mod tests { mod deep {} use super::super::super::store::Tx; }"),
        ("src/domain/consent.rs", "impl crate::web::Page for X {}"),
        ("src/domain/consent.rs", "fn f() { crate::web::page!(1) }"),
        ("src/tlog/tree.rs", "use crate::crypto;"),
        ("src/config.rs", "use crate::i18n::Lang;"),
        ("src/jobs/mails.rs", "use crate::crypto::Mac;"),
        ("src/app/signup.rs", "use crate::*;"),
        ("src/app/signup.rs", "use crate::Store;"),
        ("src/gate/mod.rs", "fn f() {}"),
    ] {
        assert_eq!(violations(&File::new(path, text)).len(), 1, "{path}: {text}");
    }
}

#[test]
fn a_layer_may_name_what_is_below_it_and_itself() {
    for (path, text) in [
        ("src/domain/consent.rs", "use crate::{crypto::Mac, domain::Id}; use super::Id; use store::Tx;"),
        ("src/domain/consent.rs", "// crate::store\nconst X: &str = \"crate::store\";"),
        (
            "src/domain/consent.rs",
            "mod tests { use super::*; fn f() { super::super::Id::new(); } } use super::X;",
        ),
        ("src/app/signup.rs", "fn f() -> impl Iterator + use<'_> { crate::args![1]; crate::store::add() }"),
        ("src/cli/serve.rs", "use crate::{server, web};"),
        ("src/main.rs", "use ayeaye::cli;"),
        ("src/lib.rs", "pub mod app; pub use crate::domain::Id;"),
    ] {
        assert_eq!(violations(&File::new(path, text)), [""; 0], "{path}: {text}");
    }
}
