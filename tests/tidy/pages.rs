//! Templates, catalogues and migrations: files that the compiler alone does not miss.

use std::collections::BTreeSet;

use super::source::{File, Token};

/// Templates nobody renders, extends, includes or imports, and mails that lack one of their three parts.
pub(crate) fn templates(templates: &[File], source: &[File]) -> Vec<String> {
    let mut named: BTreeSet<String> = source.iter().flat_map(texts_of).collect();
    named.extend(templates.iter().flat_map(|it| named_by(&it.text)));
    let mut wrong = Vec::new();
    for file in templates {
        let name = file.path.trim_start_matches("templates/");
        if !named.contains(name) {
            wrong.push(format!(
                "{}: nobody renders it: remove it, or name it in a `path = \"{name}\"`",
                file.path
            ));
        }
        for part in mail_parts(name) {
            if !templates.iter().any(|it| it.path == format!("templates/{part}")) {
                wrong.push(format!(
                    "{}: a mail has a subject, a text and an HTML part: add {part}",
                    file.path
                ));
            }
        }
    }
    wrong
}

/// What stands in quotes after `extends`, `include`, `import` in a template.
fn named_by(template: &str) -> Vec<String> {
    let tags = template.split("{%").skip(1).filter_map(|it| it.split_once("%}")).map(|(tag, _)| tag);
    let tags = tags.map(|it| it.trim_start_matches(['-', '+', '~']).trim_start());
    let naming = tags.filter(|it| ["extends", "include", "import"].iter().any(|word| it.starts_with(word)));
    naming.filter_map(|it| it.split('"').nth(1).map(str::to_owned)).collect()
}

/// The parts that must stand beside a mail's: a file that has a subject is a mail, the others are frames.
fn mail_parts(name: &str) -> Vec<String> {
    match name.strip_suffix(".subject") {
        Some(stem) if name.starts_with("mail/") => vec![format!("{stem}.txt"), format!("{stem}.html")],
        Some(_) | None => Vec::new(),
    }
}

/// Where a choice a person has made may be shown again as a ticked box; there only on a condition, as `PERHAPS`.
const MAY_TICK: [&str; 4] =
    ["part/age.html", "part/choice.html", "public/confirm.html", "public/preferences.html"];
const PERHAPS: &str = "%} checked{% endif %}";

/// Boxes that are ticked before the person has ticked them.
pub(crate) fn ticked_boxes(templates: &[File]) -> Vec<String> {
    let mut wrong = Vec::new();
    for file in templates {
        let may_tick = MAY_TICK.iter().any(|it| file.path == format!("templates/{it}"));
        for (number, line) in (1..).zip(file.text.lines()) {
            let rest = if may_tick { line.replace(PERHAPS, "") } else { line.to_owned() };
            if ticks(&rest) {
                let (path, files) = (&file.path, MAY_TICK.join(", "));
                wrong.push(format!(
                    "{path}:{number}: `checked` ticks a box for the person: only {files} may show a choice already \
                     made, written as {{% if … {PERHAPS}"
                ));
            }
        }
    }
    wrong
}

/// Whether the line has the attribute `checked`; `:checked` (CSS) and `aria-checked` are others.
fn ticks(line: &str) -> bool {
    let joins = |it: Option<char>| it.is_some_and(|it| it.is_alphanumeric() || matches!(it, '_' | '-' | ':'));
    line.match_indices("checked").any(|(at, word)| {
        let (before, after) = (line[..at].chars().next_back(), line[at + word.len()..].chars().next());
        !joins(before) && !joins(after.filter(|it| *it != ':'))
    })
}

/// Keys that are used and not in the catalogue, and keys nobody uses.
pub(crate) fn catalogue(catalogue: &[File], templates: &[File], source: &[File]) -> Vec<String> {
    let keys: BTreeSet<&str> = catalogue.iter().flat_map(|it| keys(&it.text)).collect();
    let mut wrong = Vec::new();
    let in_source =
        source.iter().flat_map(|file| asked_in_source(file).into_iter().map(move |it| (file, it)));
    let in_templates =
        templates.iter().flat_map(|file| asked_in(&file.text).into_iter().map(move |it| (file, it)));
    for (file, key) in in_source.chain(in_templates) {
        if !keys.contains(key.as_str()) {
            wrong.push(format!(
                "{}: the key `{key}` is in no catalogue: add it to src/i18n in each language",
                file.path
            ));
        }
    }
    let mut texts: Vec<String> = source.iter().flat_map(texts_of).collect();
    texts.extend(templates.iter().flat_map(|it| it.text.split('"')).map(str::to_owned));
    for key in keys {
        if !texts.iter().any(|it| makes(it, key)) {
            wrong.push(format!("src/i18n: nobody uses the key `{key}`: remove it from each language"));
        }
    }
    wrong
}

/// The keys of a Fluent catalogue.
fn keys(catalogue: &str) -> Vec<&str> {
    let lines = catalogue.lines().filter(|it| it.starts_with(|first: char| first.is_ascii_alphabetic()));
    lines.filter_map(|it| it.split_once('=')).map(|(key, _)| key.trim()).collect()
}

/// Every text literal of Rust source, those of its tests too.
fn texts_of(file: &File) -> Vec<String> {
    file.tokens().iter().filter_map(|it| it.text().map(str::to_owned)).collect()
}

/// Who is asked for a text, and how: `lang.get("key")`, `frame.fill("key", …)`.
const ASKED: [(&str, &[&str]); 2] = [("lang", &["get", "with"]), ("frame", &["text", "fill", "count"])];

fn asked_in_source(file: &File) -> Vec<String> {
    let tokens = file.product_tokens();
    let is_question = |it: &&[Token]| {
        let asked =
            |(who, how): &(&str, &[&str])| it[0].is_word(who) && how.iter().any(|how| it[2].is_word(how));
        it[1].is('.') && it[3].is('(') && ASKED.iter().any(asked)
    };
    tokens.windows(5).filter(is_question).filter_map(|it| it[4].text().map(str::to_owned)).collect()
}

fn asked_in(template: &str) -> Vec<String> {
    let questions = ASKED.iter().flat_map(|(who, how)| how.iter().map(move |how| format!("{who}.{how}(\"")));
    let mut found = Vec::new();
    for question in questions {
        found.extend(
            template.split(&question).skip(1).filter_map(|it| it.split('"').next().map(str::to_owned)),
        );
    }
    found
}

/// Whether the text is the key, or a pattern (`state-{name}`) that can become it.
fn makes(text: &str, key: &str) -> bool {
    match (text.split_once('{'), text.rsplit_once('}')) {
        (Some((head, _)), Some((_, tail))) => {
            !head.is_empty()
                && key.len() > head.len() + tail.len()
                && key.starts_with(head)
                && key.ends_with(tail)
        }
        _ => text == key,
    }
}

/// Migrations that are misnamed, leave a gap, differ between the databases, or are never applied.
pub(crate) fn migrations(migrations: &[File], store: &[File]) -> Vec<String> {
    let mut wrong = Vec::new();
    let paths = migrations.iter().map(|it| it.path.trim_start_matches("migrations/"));
    let (own, shared): (Vec<&str>, Vec<&str>) = paths.partition(|it| it.contains('/'));
    let names: BTreeSet<&str> =
        own.iter().filter_map(|it| it.split_once('/')).map(|(_, name)| name).collect();
    for name in &names {
        for database in ["sqlite", "postgres"] {
            if !own.contains(&format!("{database}/{name}").as_str()) {
                wrong.push(format!(
                    "migrations/{database}/{name} is missing: the other database has this step"
                ));
            }
        }
    }
    let mut all: Vec<&str> = shared.into_iter().chain(names).collect();
    all.sort_unstable();
    for (number, name) in (1..).zip(&all) {
        if !is_migration(name, number) {
            wrong.push(format!(
                "migrations: {name} should be {number:04}_what_it_does.sql: no gap, no number twice"
            ));
        }
    }
    wrong.extend(
        migrations
            .iter()
            .filter(|it| !is_applied(it, store))
            .map(|it| format!("{}: src/store does not apply it: name it in an include_str! there", it.path)),
    );
    wrong
}

fn is_migration(name: &str, number: usize) -> bool {
    let words = name.strip_prefix(&format!("{number:04}_")).and_then(|it| it.strip_suffix(".sql"));
    words.is_some_and(|it| {
        !it.is_empty() && it.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
    })
}

/// Whether the store embeds this file by name, or the whole folder.
fn is_applied(migration: &File, store: &[File]) -> bool {
    store.iter().any(|file| {
        let tokens = file.tokens();
        let is_shared = migration.path.matches('/').count() == 1;
        let embeds_all = tokens.windows(2).any(|it| it[0].is_word("migrate") && it[1].is('!'));
        (embeds_all && is_shared)
            || tokens.iter().any(|it| it.text().is_some_and(|it| it.ends_with(&migration.path)))
    })
}

#[test]
fn a_template_nobody_names_is_found() {
    let all = |names: &[&str]| names.iter().map(|it| File::new(it, "")).collect::<Vec<_>>();
    let mut files = all(&["templates/base.html", "templates/public/old.html", "templates/mail/code.subject"]);
    files.push(File::new("templates/public/form.html", "{%- extends \"base.html\" -%}{% block x %}"));
    let source = r#"#[template(path = "public/form.html")] #[template(path = "mail/code.subject")]"#;
    let wrong = templates(&files, &[File::new("src/web/form.rs", source)]);
    assert_eq!(wrong.len(), 3, "{wrong:?}");
    assert!(wrong[0].contains("old.html"), "{wrong:?}");
}

#[test]
fn a_box_ticked_beforehand_is_found() {
    let found = |path: &str, text: &str| ticked_boxes(&[File::new(path, text)]).len();
    assert_eq!(
        found("templates/public/form.html", "<input type=checkbox checked>\n{% if x %}checked{% endif %}"),
        2
    );
    assert_eq!(
        found("templates/public/form.html", "<style>:checked{}</style><i aria-checked=true unchecked>"),
        0
    );
    assert_eq!(found("templates/public/preferences.html", "<input checked>"), 1);
    assert_eq!(found("templates/public/preferences.html", "<input{% if x.ticked %} checked{% endif %}>"), 0);
    assert_eq!(found("templates/public/form.html", "<input{% if x.ticked %} checked{% endif %}>"), 1);
}

#[test]
fn a_missing_and_an_unused_key_are_found() {
    let keys = [File::new(
        "src/i18n/en/pages.ftl",
        "# a = b\nform-title = Hi\n    .more = x\nold = Old\nstate-done = Done",
    )];
    let source = [File::new(
        "src/web/form.rs",
        r#"lang.get("form-title"); map.get("x"); lang.with("gone", &[]); f!("state-{it}")"#,
    )];
    let page = [File::new("templates/form.html", r#"{{ lang.get("lost") }}"#)];
    let wrong = catalogue(&keys, &page, &source).join("\n");
    assert_eq!(wrong.lines().count(), 3, "{wrong}");
    assert!(["`gone`", "`lost`", "`old`"].iter().all(|it| wrong.contains(it)), "{wrong}");
}

#[test]
fn misnumbered_lonely_and_forgotten_migrations_are_found() {
    let all = |names: &[&str]| {
        names.iter().map(|it| File::new(&format!("migrations/{it}"), "")).collect::<Vec<_>>()
    };
    let store = [File::new("src/store/mod.rs", "sqlx::migrate!()")];
    let count = |names: &[&str]| migrations(&all(names), &store).len();
    assert_eq!(count(&["0001_begin.sql", "0002_more.sql"]), 0);
    assert_eq!(count(&["0001_begin.sql", "0003_more.sql"]), 1);
    assert_eq!(count(&["0001_begin.sql", "0001_again.sql"]), 1);
    assert_eq!(count(&["0001_Begin.sql"]), 1);
    assert_eq!(count(&["0001_begin.txt"]), 1);
    let own = ["0001_begin.sql", "sqlite/0002_index.sql", "postgres/0002_index.sql"];
    assert_eq!(count(&own), 2, "the folder's own macro does not embed what is deeper");
    let named = File::new("src/store/schema.rs", r#"include_str!("../../migrations/sqlite/0002_index.sql")"#);
    assert_eq!(migrations(&all(&own[..2]), &[File::new("src/store/mod.rs", "migrate!()"), named]).len(), 1);
    assert_eq!(migrations(&all(&own[..1]), &[]).len(), 1);
}
