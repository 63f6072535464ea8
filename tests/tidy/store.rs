//! Every public function of the store is exercised on both databases, in `tests/it/store.rs` or `tests/it/store/`.

use super::source::{File, Token};

/// A public function of the store that speaks to the database, and how a test names it.
struct Function {
    path: String,
    line: usize,
    /// The module for a free function, nothing for a method.
    module: Option<String>,
    name: String,
}

/// Functions of `store` that no file of `tests` names, and tests there that run on one database only.
pub(crate) fn violations(store: &[File], tests: &[File]) -> Vec<String> {
    let tokens: Vec<Vec<Token>> = tests.iter().map(File::tokens).collect();
    let untested =
        store.iter().flat_map(functions).filter(|it| !tokens.iter().any(|tokens| names(tokens, it)));
    let mut wrong: Vec<String> = untested
        .map(|Function { path, line, module, name }| {
            let call = module.map_or_else(|| format!(".{name}(…)"), |it| format!("{it}::{name}(…)"));
            format!(
                "{path}:{line}: no test on both databases: call `{call}` in a both! test of tests/it/store.rs"
            )
        })
        .collect();
    for (file, tokens) in tests.iter().zip(&tokens) {
        let lines = single_tests(tokens).into_iter();
        wrong.extend(lines.map(|it| format!("{}:{it}: runs on one database only: use both!", file.path)));
    }
    wrong
}

fn functions(file: &File) -> Vec<Function> {
    let tokens = file.product_tokens();
    let inner = file.path.trim_end_matches("/mod.rs").trim_end_matches(".rs");
    let module = inner.rsplit('/').next().unwrap_or_default();
    let (mut found, mut depth, mut inside_impl) = (Vec::new(), 0, None);
    for (at, token) in tokens.iter().enumerate() {
        if token.is_word("impl") && depth == 0 && inside_impl.is_none() {
            inside_impl = Some(depth);
        } else if token.is('{') {
            depth += 1;
        } else if token.is('}') {
            depth -= 1;
            inside_impl = inside_impl.filter(|it| *it < depth);
        } else if let Some(name) = public_name(&tokens[at..]) {
            let module = inside_impl.is_none().then(|| module.to_owned());
            found.push(Function { path: file.path.clone(), line: token.line, module, name });
        }
    }
    found
}

/// The name in `pub async fn name`, and in `pub fn name` when it takes a transaction or a batch of statements. What
/// is narrower than `pub` is reached through these.
fn public_name(tokens: &[Token]) -> Option<String> {
    let (is_async, name) = match tokens {
        [public, word, function, name, ..] if public.is_word("pub") && function.is_word("fn") => {
            (word.is_word("async"), name)
        }
        [public, function, name, ..] if public.is_word("pub") && function.is_word("fn") => (false, name),
        _ => return None,
    };
    let head = tokens.iter().take_while(|it| !it.is('{') && !it.is(';'));
    let takes_sql = head.clone().any(|it| it.is_word("Tx") || it.is_word("Batch"));
    name.word().filter(|_| is_async || takes_sql).map(str::to_owned)
}

/// Whether a test says `module::name`, or `.name(` for a method (`Type::name` when it has no receiver).
fn names(tokens: &[Token], function: &Function) -> bool {
    tokens.windows(3).any(|window| {
        let named = match &function.module {
            Some(module) => window[0].is_word(module) && window[1].is_path(),
            None => window[1].is('.') || window[1].is_path(),
        };
        named && window[2].is_word(&function.name)
    })
}

/// The lines of `#[test]` and `#[tokio::test]`.
fn single_tests(tokens: &[Token]) -> Vec<usize> {
    let attributes = tokens.windows(5).filter(|it| it[0].is('#') && it[1].is('['));
    let tests = attributes.filter(|it| it[2].is_word("test") || (it[3].is_path() && it[4].is_word("test")));
    tests.map(|it| it[0].line).collect()
}

#[cfg(test)]
const STORE: &str = "
    pub struct Contact;
    pub async fn add(tx: &mut Tx) { if true { } }
    pub async fn find() {}
    pub(crate) async fn near() {}
    pub fn put(batch: &mut Batch) {}
    pub(super) async fn inner() {}
    async fn private() {}
    pub fn plain() {}
    impl Tx { pub async fn execute(&mut self) { {} } async fn hidden() {} }
    pub async fn forget() {}";

#[test]
fn a_store_function_without_a_test_on_both_databases_is_found() {
    let store = [File::new("src/store/contact.rs", STORE)];
    assert_eq!(violations(&store, &[]).len(), 5);
    let some = File::new(
        "tests/it/store.rs",
        "// contact::find\n both! { async fn f(s: S) { contact::add(); contact::put(); tx.execute(); other::forget(); \"contact::forget\" } }",
    );
    let wrong = violations(&store, &[some]);
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert!(wrong[0].contains("contact::find(…)") && wrong[1].contains("contact::forget(…)"), "{wrong:?}");
    let rest = File::new(
        "tests/it/store/more.rs",
        "contact::{}; store::contact::find(); tx.execute; contact::forget",
    );
    assert_eq!(
        violations(&store, &[File::new("tests/it/store.rs", "contact::add(); contact::put()"), rest]),
        [""; 0]
    );
}

#[test]
fn a_store_test_on_one_database_is_found() {
    let tests = File::new(
        "tests/it/store.rs",
        "#[tokio::test]\nasync fn f() {}\n#[test] fn g() {} #[derive(X)] struct S;",
    );
    assert_eq!(violations(&[], &[tests]).len(), 2);
}
