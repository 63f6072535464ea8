//! The command line as it is typed.

use clap::{CommandFactory as _, error::ErrorKind};

use super::*;

fn parse(line: &str) -> Result<Cli, clap::Error> {
    // What stands between double quotes is one word, as in a shell.
    let pieces = line.split('"').enumerate();
    let words = pieces.flat_map(|(at, piece)| match at % 2 {
        0 => piece.split_whitespace().collect(),
        _ => vec![piece],
    });
    Cli::try_parse_from(words)
}

#[test]
fn the_definitions_hold_together() {
    Cli::command().debug_assert();
}

#[test]
fn every_verb_has_a_line_of_help_and_an_example() {
    fn check(command: &clap::Command) {
        for verb in command.get_subcommands() {
            let name = verb.get_name();
            assert!(
                verb.get_about().is_some_and(|it| it.to_string().len() > 10),
                "{name} has no line of help"
            );
            let after = verb.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(after.contains("Example:\n") && after.contains("ayeaye "), "{name} has no example");
            check(verb);
        }
    }
    let command = Cli::command();
    check(&command);
    let after = command.get_after_help().unwrap().to_string();
    assert!(after.contains("Exit codes:") && after.contains("ayeaye demo"));
}

#[test]
fn examples_in_the_help_are_accepted() {
    fn examples(command: &clap::Command, found: &mut Vec<String>) {
        let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let lines = after.lines().filter(|it| it.starts_with("  "));
        found.extend(
            lines
                .flat_map(|it| it.split(['&', '|', '>']))
                .filter_map(|it| it.find("ayeaye ").map(|at| it.split_at(at).1.trim().to_owned())),
        );
        command.get_subcommands().for_each(|it| examples(it, found));
    }
    let mut found = Vec::new();
    examples(&Cli::command(), &mut found);
    assert!(found.len() > 15, "{found:?}");
    for line in found {
        assert!(parse(&line).is_ok(), "{line}");
    }
}

#[test]
fn settings_are_taken_before_and_after_the_verb() {
    let cli =
        parse("ayeaye --listen 127.0.0.1:1 serve --data-dir d --set limits.form_per_minute=9 --set log=warn")
            .unwrap();
    let flags: Vec<_> = cli.settings.flags().into_iter().map(|it| (it.flag, it.key, it.value)).collect();
    let expected = [
        ("--listen", "listen", "127.0.0.1:1"),
        ("--data-dir", "data_dir", "d"),
        ("--set limits.form_per_minute", "limits.form_per_minute", "9"),
        ("--set log", "log", "warn"),
    ];
    assert_eq!(flags, expected.map(|(flag, key, value)| (flag.into(), key.into(), value.into())));
    assert!(matches!(parse("ayeaye demo --listen 127.0.0.1:9").unwrap().verb, Verb::Demo));
    assert_eq!(parse("ayeaye --config x.toml config").unwrap().settings.config, Some("x.toml".into()));
}

#[test]
fn verbs_take_what_they_need() {
    let Verb::Apply(apply) = parse("ayeaye apply - --dry-run --json").unwrap().verb else { panic!() };
    assert!(apply.file.as_os_str() == "-" && apply.dry_run && apply.answer.json);
    let Verb::Key(Key::New(new)) = parse("ayeaye key new --tenant acme --scope a --scope b,c").unwrap().verb
    else {
        panic!()
    };
    assert_eq!(
        (new.tenant.as_str(), new.scopes.join(" ").as_str(), new.answer.json),
        ("acme", "a b c", false)
    );
    let Verb::Link(Link::Mint(mint)) = parse("ayeaye link mint --tenant t --email -").unwrap().verb else {
        panic!()
    };
    assert_eq!((mint.who.email.as_deref(), mint.who.contact, mint.purpose), (Some("-"), None, None));
    assert!(matches!(
        parse("ayeaye key link revoke lk1").unwrap().verb,
        Verb::Key(Key::Link(LinkKey::Revoke(_)))
    ));
}

#[test]
fn wrong_usage_is_told_and_ends_with_code_2() {
    for (line, kind) in [
        ("ayeaye serv", ErrorKind::InvalidSubcommand),
        ("ayeaye serve --listn x", ErrorKind::UnknownArgument),
        ("ayeaye serve --master-key x", ErrorKind::UnknownArgument),
        ("ayeaye serve --set listen", ErrorKind::ValueValidation),
        ("ayeaye serve --set =x", ErrorKind::ValueValidation),
        ("ayeaye apply", ErrorKind::MissingRequiredArgument),
        ("ayeaye key new --tenant acme", ErrorKind::MissingRequiredArgument),
        ("ayeaye key new --scope x", ErrorKind::MissingRequiredArgument),
        ("ayeaye link mint --tenant acme", ErrorKind::MissingRequiredArgument),
        ("ayeaye contact erase --tenant acme", ErrorKind::MissingRequiredArgument),
        ("ayeaye link mint --tenant t --contact c --email e", ErrorKind::ArgumentConflict),
    ] {
        let error = parse(line).unwrap_err();
        assert_eq!((error.kind(), error.exit_code()), (kind, Exit::Usage as i32), "{line}: {error}");
    }
}

#[test]
fn every_flag_names_a_setting_that_exists() {
    let text = Some("x".to_owned());
    let all = Settings {
        config: None,
        listen: text.clone(),
        base_url: text.clone(),
        data_dir: text.clone(),
        database_url: text.clone(),
        log: text,
        set: Vec::new(),
    };
    for flag in all.flags() {
        let key = keys::Key::named(&flag.key).unwrap();
        assert_eq!(flag.flag, format!("--{}", key.name.replace('_', "-")));
    }
}
