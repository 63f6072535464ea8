//! Files of the repository, and Rust source as a row of tokens: comments gone, texts apart from code.

use std::{fs, path::Path};

/// A file with its path from the top of the repository.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl File {
    /// A file that was read, or one made up to try a rule.
    pub(crate) fn new(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: text.to_owned() }
    }

    /// Its tokens, when it is Rust.
    pub(crate) fn tokens(&self) -> Vec<Token> {
        Lexer { rest: &self.text, line: 1, tokens: Vec::new() }.run()
    }

    /// Its tokens without what is only compiled for tests.
    pub(crate) fn product_tokens(&self) -> Vec<Token> {
        let (all, mut kept, mut at) = (self.tokens(), Vec::new(), 0);
        while at < all.len() {
            let is_test = all[at..].len() > 6 && all[at].is('#') && all[at + 2].is_word("cfg");
            if is_test && all[at + 4].is_word("test") && all[at + 5].is(')') {
                at = end_of_item(&all, at + 7);
            } else {
                kept.push(all[at].clone());
                at += 1;
            }
        }
        kept
    }

    /// What follows the last dot of its name.
    pub(crate) fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, it)| it)
    }
}

/// The place after the item that begins at `start`: after its block, or its semicolon.
fn end_of_item(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(start) {
        if token.is('{') || token.is('(') || token.is('[') {
            depth += 1;
        } else if token.is('}') || token.is(')') || token.is(']') {
            depth -= 1;
        }
        if depth == 0 && (token.is('}') || token.is(';')) {
            return at + 1;
        }
    }
    tokens.len()
}

/// Every text file of `folder`, deeper ones too, in order; none when there is no such folder yet.
pub(crate) fn files(folder: &str) -> Vec<File> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    collect(&top.join(folder), &mut |path| {
        let name = path.strip_prefix(top).unwrap().to_str().unwrap();
        if let Ok(text) = String::from_utf8(fs::read(path).unwrap()) {
            found.push(File::new(name, &text));
        }
    });
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The Rust files of `folder`.
pub(crate) fn rust(folder: &str) -> Vec<File> {
    files(folder).into_iter().filter(|it| it.extension() == "rs").collect()
}

fn collect(path: &Path, found: &mut dyn FnMut(&Path)) {
    if path.is_file() {
        found(path);
    }
    for entry in fs::read_dir(path).into_iter().flatten() {
        collect(&entry.unwrap().path(), found);
    }
}

/// A piece of Rust source and the line it stands on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) line: usize,
}

/// What a token is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A name, a keyword or a number.
    Word(String),
    /// The inside of a text literal, escapes left as they are.
    Text(String),
    /// `::`.
    Path,
    /// Any other sign.
    Sign(char),
}

impl Token {
    /// The name, when it is one.
    pub(crate) fn word(&self) -> Option<&str> {
        match &self.kind {
            Kind::Word(it) => Some(it),
            Kind::Text(_) | Kind::Path | Kind::Sign(_) => None,
        }
    }

    /// The text, when it is one.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(it) => Some(it),
            Kind::Word(_) | Kind::Path | Kind::Sign(_) => None,
        }
    }

    /// Whether it is this word.
    pub(crate) fn is_word(&self, word: &str) -> bool {
        self.word() == Some(word)
    }

    /// Whether it is this sign.
    pub(crate) fn is(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }

    /// Whether it is `::`.
    pub(crate) fn is_path(&self) -> bool {
        self.kind == Kind::Path
    }
}

struct Lexer<'a> {
    rest: &'a str,
    line: usize,
    tokens: Vec<Token>,
}

impl Lexer<'_> {
    fn run(mut self) -> Vec<Token> {
        while let Some(first) = self.rest.chars().next() {
            if self.rest.starts_with("//") {
                self.skip(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("/*") {
                self.comment();
            } else if first == '"' {
                self.text(1, "\"", true);
            } else if first == '\'' {
                self.quote();
            } else if first.is_alphanumeric() || first == '_' {
                self.word();
            } else if self.rest.starts_with("::") {
                self.push(Kind::Path);
                self.skip(2);
            } else {
                if !first.is_whitespace() {
                    self.push(Kind::Sign(first));
                }
                self.skip(first.len_utf8());
            }
        }
        self.tokens
    }

    fn push(&mut self, kind: Kind) {
        self.tokens.push(Token { kind, line: self.line });
    }

    fn skip(&mut self, length: usize) {
        let (gone, rest) = self.rest.split_at(length);
        self.line += gone.matches('\n').count();
        self.rest = rest;
    }

    /// Comments of this kind may stand in one another.
    fn comment(&mut self) {
        let mut depth = 0;
        loop {
            match self.rest {
                it if it.starts_with("/*") => (depth += 1, self.skip(2)).1,
                it if it.starts_with("*/") => (depth -= 1, self.skip(2)).1,
                it => self.skip(it.chars().next().map_or(0, char::len_utf8)),
            }
            if depth == 0 || self.rest.is_empty() {
                return;
            }
        }
    }

    /// A text whose inside begins after `opening` bytes and ends before `end`.
    fn text(&mut self, opening: usize, end: &str, escapes: bool) {
        let inside = &self.rest[opening..];
        let mut length = 0;
        while let Some(next) = inside[length..].chars().next() {
            if inside[length..].starts_with(end) {
                break;
            }
            length += next.len_utf8();
            if escapes && next == '\\' {
                length += inside[length..].chars().next().map_or(0, char::len_utf8);
            }
        }
        let text = inside[..length].to_owned();
        self.push(Kind::Text(text));
        self.skip((opening + length + end.len()).min(self.rest.len()));
    }

    /// A character (`'a'`, `'\''`) or the mark of a lifetime (`'a`).
    fn quote(&mut self) {
        let mut inside = self.rest.chars().skip(1);
        let (first, second) = (inside.next(), inside.next());
        if first == Some('\\') {
            let end = self.rest[3..].find('\'').map_or(self.rest.len(), |it| it + 4);
            self.skip(end);
        } else if second == Some('\'') {
            self.skip(2 + first.map_or(0, char::len_utf8));
        } else {
            self.skip(1);
        }
    }

    /// A word, or a text with a prefix (`r"…"`, `br#"…"#`, `b'x'`).
    fn word(&mut self) {
        let length = self.rest.find(|it: char| !it.is_alphanumeric() && it != '_').unwrap_or(self.rest.len());
        let (word, after) = self.rest.split_at(length);
        let hashes = after.len() - after.trim_start_matches('#').len();
        let is_prefix = matches!(word, "r" | "b" | "br" | "c" | "cr");
        if is_prefix && after[hashes..].starts_with('"') {
            let raw = word.ends_with('r');
            self.text(length + hashes + 1, &format!("\"{}", "#".repeat(hashes)), !raw);
        } else if word == "b" && after.starts_with('\'') {
            self.skip(1);
            self.quote();
        } else if word == "r" && hashes == 1 {
            self.skip(2);
        } else {
            self.push(Kind::Word(word.to_owned()));
            self.skip(length);
        }
    }
}

#[test]
fn what_is_compiled_for_tests_alone_can_be_left_out() {
    let text =
        "a; #[cfg(test)] mod tests { fn b() { c; } } #[cfg(test)] const D: [u8; 1] = [1; 1]; #[cfg(unix)] e";
    let words = File::new("x.rs", text).product_tokens();
    let words: Vec<&str> = words.iter().filter_map(Token::word).collect();
    assert_eq!(words, ["a", "cfg", "unix", "e"]);
}

#[test]
fn source_is_read_as_the_compiler_reads_it() {
    let text = concat!(
        "// crate::no\n/* /* \"no\" */\n crate::no */ let x: &'a str =",
        "r#\"a \"text\"\"#; b'\"'; '\\''; '\"'; \"b\\\"c\" b\"d\" r\"\\\"\n",
        "r#use crate::yes",
    );
    let tokens = File::new("x.rs", text).tokens();
    let texts: Vec<&str> = tokens.iter().filter_map(Token::text).collect();
    assert_eq!(texts, ["a \"text\"", "b\\\"c", "d", "\\"]);
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    assert_eq!(words, ["let", "x", "a", "str", "use", "crate", "yes"]);
    assert_eq!(tokens.last().unwrap().line, 4);
}
