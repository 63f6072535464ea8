//! Rules about the source itself: what reviewers would otherwise have to say again and again.
//!
//! Each rule is a pure function over files, tried on made-up ones beside it (a rule that cannot fail is worth nothing)
//! and applied to the repository here. The message says what to do.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a rule that meets source it cannot read stops the test"
)]

#[path = "tidy/layers.rs"]
mod layers;
#[path = "tidy/pages.rs"]
mod pages;
#[path = "tidy/routes.rs"]
mod routes;
#[path = "tidy/source.rs"]
mod source;
#[path = "tidy/store.rs"]
mod store;

use source::{File, files, rust};

#[track_caller]
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

/// The Rust files of a folder that are not compiled for tests alone.
fn product(folder: &str) -> Vec<source::File> {
    let for_tests =
        |path: &str| path.split('/').any(|it| matches!(it, "tests" | "tests.rs" | "testing.rs" | "gallery"));
    rust(folder).into_iter().filter(|it| !for_tests(&it.path)).collect()
}

#[test]
fn layers_only_look_down() {
    none(&product("src").iter().flat_map(layers::violations).collect::<Vec<_>>());
}

#[test]
fn pages_only_read() {
    none(&product("src/web").iter().flat_map(write_transactions).collect::<Vec<_>>());
}

#[test]
fn every_store_function_is_tested_on_both_databases() {
    let tests = [rust("tests/it/store.rs"), rust("tests/it/store")].into_iter().flatten().collect::<Vec<_>>();
    none(&store::violations(&rust("src/store"), &tests));
}

#[test]
fn every_migration_is_numbered_and_applied() {
    none(&pages::migrations(&files("migrations"), &rust("src/store")));
}

#[test]
fn every_template_is_used() {
    none(&pages::templates(&files("templates"), &rust("src")));
}

#[test]
fn no_box_is_ticked_beforehand() {
    none(&pages::ticked_boxes(&files("templates")));
}

#[test]
fn every_text_is_in_the_catalogue_and_used() {
    none(&pages::catalogue(&files("src/i18n/en"), &files("templates"), &rust("src")));
}

#[test]
fn every_route_is_covered() {
    let (coverage, web) = (rust("tests/it/coverage.rs"), rust("src/web"));
    let (registry, others): (Vec<File>, Vec<File>) =
        web.into_iter().partition(|it| it.path == "src/web/mod.rs");
    let mut wrong: Vec<String> = others.iter().flat_map(routes::registered_elsewhere).collect();
    wrong.extend(registry.iter().flat_map(|it| routes::violations(it, coverage.first())));
    none(&wrong);
}

#[test]
fn files_are_short() {
    none(
        &["src", "tests", "templates"]
            .iter()
            .flat_map(|it| files(it))
            .filter_map(|it| too_long(&it))
            .collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_is_left_for_later() {
    let folders =
        ["src", "tests", "templates", "migrations", "static", "benches", ".ci", "README.md", "Dockerfile"];
    none(&folders.iter().flat_map(|it| files(it)).flat_map(|it| leftovers(&it)).collect::<Vec<_>>());
}

/// Transactions opened for writing: by `beside`, or by what is called `begin…` without saying that it reads.
fn write_transactions(file: &File) -> Vec<String> {
    let tokens = file.product_tokens();
    let writes = |it: &str| it == "beside" || (it.starts_with("begin") && !it.contains("read"));
    let begun = tokens.windows(2).filter(|it| it[1].is('(') && it[0].word().is_some_and(writes));
    let lines = begun.map(|it| it[0].line);
    let what_to_do = "pages read in a read-only transaction; to write, call a use case of `app`";
    lines.map(|it| format!("{}:{it}: {what_to_do}", file.path)).collect()
}

const MOST_LINES: usize = 600;

fn too_long(file: &File) -> Option<String> {
    let lines = file.text.lines().count();
    (lines > MOST_LINES)
        .then(|| format!("{}: {lines} lines, {MOST_LINES} at most: split it by subject", file.path))
}

/// In halves, so that this file does not find itself.
const MARKERS: [(&str, &str, &str); 6] = [
    ("TO", "DO", "do it, or write an issue"),
    ("FIX", "ME", "mend it, or write an issue"),
    ("#[ig", "nore", "a test that does not run is none: mend or remove it"),
    ("#[al", "low(", "use expect with a reason: it goes when it is not needed any more"),
    ("#![al", "low(", "use expect with a reason: it goes when it is not needed any more"),
    ("db", "g!(", "remove it"),
];

fn leftovers(file: &File) -> Vec<String> {
    let mut wrong = Vec::new();
    for (number, line) in (1..).zip(file.text.lines()) {
        for (head, tail, what_to_do) in MARKERS {
            let marker = format!("{head}{tail}");
            if line.contains(&marker) {
                wrong.push(format!("{}:{number}: {marker}: {what_to_do}", file.path));
            }
        }
    }
    wrong
}

#[test]
fn a_page_that_writes_is_found() {
    let found = |text: &str| write_transactions(&File::new("src/web/public/form.rs", text)).len();
    assert_eq!(found("let tx = app.store.begin().await?;"), 1);
    assert_eq!(found("Store::begin_write(&store); store.beside()"), 2);
    assert_eq!(found("store.begin_read().await?; store.read(); let begin = 1; // begin()"), 0);
}

#[test]
fn long_files_and_leftovers_are_found() {
    assert!(too_long(&File::new("src/x.rs", &"\n".repeat(601))).is_some());
    assert!(too_long(&File::new("src/x.rs", &"\n".repeat(600))).is_none());
    for (head, tail, _) in MARKERS {
        assert_eq!(leftovers(&File::new("src/x.rs", &format!("a\n{head}{tail} b"))).len(), 1, "{head}{tail}");
    }
}
