//! Files as operators write them, right and wrong.

use proptest::prelude::*;

use super::*;
use crate::domain::{
    setup::{Frequency, Receipts},
    text::{LandingUrl, Origin},
};

const ACME: &str = r#"
[[tenant]]
slug = "acme"
name = "Acme SAS"
legal = "Acme SAS, 1 rue de la Paix, 75002 Paris"
contact = "privacy@acme.example"
from = "Acme <confirm@acme.example>"
locale = "fr"

[[tenant.purpose]]
slug = "newsletter"
frequency = "monthly"
name = { en = "Newsletter", fr = "Lettre d'information" }
text = { en = "Our monthly news by email.", fr = "Nos nouvelles, une fois par mois, par e-mail." }

[[tenant.purpose]]
slug = "events"
frequency = "occasional"
name.fr = "Invitations"
text.fr = "Nos invitations."
retention = "365d"

[[tenant.form]]
slug = "newsletter"          # unique in the installation: /f/newsletter
purposes = ["newsletter", "events"]
origins = ["https://shop.example", "http://127.0.0.1:3000/"]
next = ["https://Shop.example/thanks?from=form"]
closes = 2027-01-31T23:00:00+01:00

[[tenant.webhook]]
url = "https://crm.example/hooks/ayeaye"
events = ["consent.*", "contact.*"]

[[tenant]]
slug = "globex"
name = "Globex"
legal = "Globex Ltd, 1 High Street, London"
contact = "privacy@globex.example"
from = "hello@globex.example"
locale = "en"
"#;

/// The mistakes in a file, each as its line.
fn mistakes(text: &str) -> Vec<String> {
    parse(text, false).unwrap_err().iter().map(ToString::to_string).collect()
}

/// The mistakes in the good file with one text put in place of another.
fn changed(from: &str, to: &str) -> Vec<String> {
    assert!(ACME.contains(from), "{from}");
    mistakes(&ACME.replacen(from, to, 1))
}

#[test]
fn a_good_file_is_understood_whole() {
    let Setup { tenants } = parse(ACME, false).unwrap();
    let [acme, globex] = tenants.as_slice() else { panic!("two tenants") };
    assert_eq!((acme.slug.as_str(), acme.name.as_str(), acme.locale), ("acme", "Acme SAS", Locale::Fr));
    assert_eq!((acme.from.name.as_str(), acme.from.address.expose()), ("Acme", "confirm@acme.example"));
    assert_eq!(globex.from.name.as_str(), "Globex", "a bare address is sent in the tenant's name");
    assert_eq!((globex.purposes.len(), globex.forms.len(), globex.webhooks.len()), (0, 0, 0));
    assert_eq!((acme.receipts, acme.country, acme.storage), (Receipts::Page, None, None));
    let [newsletter, events] = acme.purposes.as_slice() else { panic!("two purposes") };
    assert_eq!(
        (newsletter.frequency, newsletter.retired, newsletter.retention_days),
        (Frequency::Monthly, false, None)
    );
    assert_eq!(newsletter.name.get(Locale::En).unwrap().as_str(), "Newsletter");
    assert_eq!(
        events.name.get(Locale::En).unwrap().as_str(),
        "Invitations",
        "the tenant's own language stands in"
    );
    assert_eq!(events.retention_days, Some(365));
    let form = &acme.forms[0];
    assert_eq!(form.purposes.iter().map(Slug::as_str).collect::<Vec<_>>(), ["newsletter", "events"]);
    assert_eq!(
        form.origins.iter().flatten().map(Origin::as_str).collect::<Vec<_>>(),
        ["https://shop.example", "http://127.0.0.1:3000"]
    );
    let next: Vec<&str> = form.next.iter().map(LandingUrl::as_str).collect();
    assert_eq!(next, ["https://shop.example/thanks?from=form"]);
    assert_eq!(form.closes.unwrap().rfc3339(), "2027-01-31T22:00:00.000Z");
    assert_eq!((&form.title, form.minors), (&None, None));
    let webhook = &acme.webhooks[0];
    assert_eq!((webhook.url.as_str(), webhook.addresses), ("https://crm.example/hooks/ayeaye", false));
    assert!(webhook.events.iter().any(|it| it.matches("consent.confirmed")));
}

#[test]
fn how_receipts_come_and_where_data_are_is_told() {
    let told = "locale = \"fr\"\nreceipts = \"mail\"\ncountry = \"FR\"\nstorage = \"EU\"";
    let Setup { tenants } = parse(&ACME.replacen("locale = \"fr\"", told, 1), false).unwrap();
    assert_eq!(tenants[0].receipts, Receipts::Mail);
    assert_eq!(tenants[0].country.map(Country::code), Some("FR"));
    assert_eq!(tenants[0].storage.map(Place::code), Some("EU"));
    let wrong = |line: &str| changed("locale = \"fr\"", &format!("locale = \"fr\"\n{line}")).join("\n");
    for (line, expected) in [
        (
            "receipts = \"email\"",
            "9:12: tenant[0].receipts: `email` is not a way to give receipts; write \"page\" or \"mail\". Example: receipts = \"mail\"",
        ),
        (
            "country = \"EU\"",
            "9:11: tenant[0].country: `EU` is not the code of a country; write two capital letters (ISO 3166-1), like FR. Example: country = \"FR\"",
        ),
        (
            "country = \"uk\"",
            "9:11: tenant[0].country: `uk` is not the code of a country; write GB. Example: country = \"FR\"",
        ),
        (
            "storage = \"Europe\"",
            "9:11: tenant[0].storage: `Europe` is not a place; write EU, or the two capital letters of a country (ISO 3166-1), like FR. Example: storage = \"EU\"",
        ),
        (
            "country = 33",
            "9:11: tenant[0].country: is a TOML integer; write a text in quotes. Example: country = \"FR\"",
        ),
    ] {
        assert_eq!(wrong(line), expected);
    }
}

/// Asserts that each change makes exactly one mistake, told like this.
fn assert_told(cases: &[(&str, &str, &str)]) {
    for (from, to, expected) in cases {
        assert_eq!(changed(from, to), [*expected], "{to}");
    }
}

#[test]
fn a_mistake_in_a_tenant_has_its_place_its_key_and_its_cure() {
    assert_told(&[
        (
            "slug = \"acme\"",
            "slug = \"Acme\"",
            "3:8: tenant[0].slug: `A` has no place in it; use a to z, 0 to 9, and - between them. Example: slug = \"newsletter\"",
        ),
        (
            "slug = \"globex\"",
            "slug = \"acme\"",
            "35:8: tenant[1].slug: `acme` is taken by line 3; write another one",
        ),
        (
            "locale = \"fr\"",
            "locale = \"xx\"",
            "8:10: tenant[0].locale: `xx` is not a language of the pages; write one of de, en, es, fr, it, nl, pl, pt. Example: locale = \"fr\"",
        ),
        ("locale = \"fr\"", "", "2:1: tenant[0].locale: is missing; write locale = \"fr\""),
        (
            "confirm@acme.example>",
            "confirm@acme>",
            "7:8: tenant[0].from: the part after the @ is not a domain name, like example.org. Example: from = \"Acme <confirm@acme.example>\"",
        ),
        (
            "name = \"Globex\"",
            "name = 7",
            "36:8: tenant[1].name: is a TOML integer; write a text in quotes. Example: name = \"Acme SAS\"",
        ),
    ]);
}

#[test]
fn a_mistake_in_a_purpose_has_its_place_its_key_and_its_cure() {
    assert_told(&[
        (
            "\"monthly\"",
            "\"biweekly\"",
            "12:13: tenant[0].purpose[0].frequency: `biweekly` is not a frequency; write one of immediate, daily, weekly, monthly, quarterly, occasional. Example: frequency = \"monthly\"",
        ),
        (
            "name.fr = \"Invitations\"",
            "name.en = \"Invitations\"",
            "19:1: tenant[0].purpose[1].name: has no text in the tenant’s own language; add fr = \"…\"",
        ),
        (
            "name.fr = \"Invitations\"",
            "name.fr = \"Invitations\"\nname.xx = \"Einladungen\"",
            "20:6: tenant[0].purpose[1].name.xx: is not a key here; there are de, en, es, fr, it, nl, pl, pt",
        ),
        (
            "name = { en = \"Newsletter\", fr = \"Lettre d'information\" }",
            "name = \"Newsletter\"",
            "13:8: tenant[0].purpose[0].name: is not a table of languages; write name = { en = \"Newsletter\", fr = \"Lettre d’information\" }",
        ),
        (
            "retention = \"365d\"",
            "retention = \"1d\"",
            "21:13: tenant[0].purpose[1].retention: `1d` is not a retention; write whole days from 30d to 3650d. Example: retention = \"730d\"",
        ),
        (
            "retention =",
            "retentoin =",
            "21:1: tenant[0].purpose[1].retentoin: is not a key here; did you mean retention?",
        ),
        (
            "retention = \"365d\"",
            "retired = \"yes\"",
            "21:11: tenant[0].purpose[1].retired: is a TOML string; write true or false, without quotes. Example: retired = true",
        ),
    ]);
    assert_eq!(
        changed("slug = \"events\"", "slug = \"newsletter\"")[0],
        "17:8: tenant[0].purpose[1].slug: `newsletter` is taken by line 11; write another one"
    );
}

#[test]
fn a_mistake_in_a_form_or_endpoint_has_its_place_its_key_and_its_cure() {
    assert_told(&[
        (
            "\"events\"]",
            "\"evnts\"]",
            "25:27: tenant[0].form[0].purposes[1]: there is no purpose `evnts` in this tenant; did you mean events?",
        ),
        (
            "\"events\"]",
            "\"newsletter\"]",
            "25:27: tenant[0].form[0].purposes[1]: stands twice in this list; take one out",
        ),
        (
            "[\"newsletter\", \"events\"]",
            "[]",
            "25:12: tenant[0].form[0].purposes: is an empty list; write purposes = [\"newsletter\"]",
        ),
        (
            "retention = \"365d\"",
            "retired = true",
            "25:27: tenant[0].form[0].purposes[1]: `events` is retired; take it out of the form",
        ),
        (
            "https://shop.example",
            "http://shop.example",
            "26:12: tenant[0].form[0].origins[0]: http is for this machine alone; write https://",
        ),
        (
            "2027-01-31T23:00:00+01:00",
            "2027-01-31",
            "28:10: tenant[0].form[0].closes: is not an instant; write date, time and offset, without quotes. Example: closes = 2027-01-31T23:00:00Z",
        ),
        (
            "closes = 2027-01-31T23:00:00+01:00",
            "minors = { rule = \"ask\" }",
            "28:19: tenant[0].form[0].minors.rule: `ask` is nothing a form does with minors; write \"guardian\" or \"refuse\". Example: rule = \"guardian\"",
        ),
        (
            "closes = 2027-01-31T23:00:00+01:00",
            "minors = { age = 15 }",
            "28:10: tenant[0].form[0].minors.rule: is missing; write rule = \"guardian\"",
        ),
        (
            "closes = 2027-01-31T23:00:00+01:00",
            "minors = { rule = \"refuse\", age = 12 }",
            "28:35: tenant[0].form[0].minors.age: is not an age of consent; write a whole number from 13 to 16. Example: age = 15",
        ),
        (
            "closes = 2027-01-31T23:00:00+01:00",
            "minors = { rule = \"refuse\", age = \"15\" }",
            "28:35: tenant[0].form[0].minors.age: is not an age of consent; write a whole number from 13 to 16. Example: age = 15",
        ),
        (
            "closes = 2027-01-31T23:00:00+01:00",
            "minors = { rule = \"refuse\", country = \"UK\" }",
            "28:39: tenant[0].form[0].minors.country: `UK` is not the code of a country; write GB. Example: country = \"FR\"",
        ),
        (
            "closes = 2027-01-31T23:00:00+01:00",
            "minors = \"guardian\"",
            "28:10: tenant[0].form[0].minors: is not a table; write minors = { rule = \"guardian\" }",
        ),
        (
            "closes = 2027-01-31T23:00:00+01:00",
            "minors = { rule = \"refuse\", ages = 15 }",
            "28:29: tenant[0].form[0].minors.ages: is not a key here; did you mean age?",
        ),
        (
            "\"consent.*\"",
            "\"consent.confirmd\"",
            "32:11: tenant[0].webhook[0].events[0]: `consent.confirmd` matches no event; did you mean consent.confirmed?",
        ),
        (
            "\"consent.*\"",
            "7",
            "32:11: tenant[0].webhook[0].events[0]: is a TOML integer; write a text in quotes",
        ),
        (
            "[[tenant.webhook]]",
            "[tenant.webhook]",
            "30:1: tenant[0].webhook: is not a list of tables; begin each with [[tenant.webhook]] on a line of its own",
        ),
    ]);
}

#[test]
fn a_form_says_what_it_does_with_minors_in_a_table_or_on_a_line() {
    use crate::domain::{age::Rule, setup::MinorsSetup};
    let minors = |written: &str| {
        let text = ACME.replacen("closes = 2027-01-31T23:00:00+01:00", written, 1);
        parse(&text, false).unwrap().tenants[0].forms[0].minors
    };
    let fr = Country::parse("FR").unwrap();
    for (written, rule, age, country) in [
        ("minors = { rule = \"guardian\" }", Rule::Guardian, None, None),
        ("[tenant.form.minors]\nrule = \"refuse\"\nage = 13", Rule::Refuse, Some(13), None),
        (
            "minors = { rule = \"guardian\", age = 0x10, country = \"FR\" }",
            Rule::Guardian,
            Some(16),
            Some(fr),
        ),
    ] {
        assert_eq!(minors(written), Some(MinorsSetup { rule, age, country }), "{written}");
    }
}

#[test]
fn all_mistakes_of_a_file_are_reported_in_its_order() {
    let text = ACME
        .replace("slug = \"acme\"", "slug = \"-\"")
        .replace("privacy@acme.example", "privacy")
        .replace("\"monthly\"", "\"often\"")
        .replace("fr = \"Lettre d'information\"", "fr = \"a\\u202eb\"")
        .replace("[\"newsletter\", \"events\"]", "[\"nope\", 3]")
        .replace("https://crm.example", "https://u:p@crm.example")
        .replace("locale = \"en\"", "locale = \"en\"\nlogo = \"x.png\"");
    let keys: Vec<String> = parse(&text, false).unwrap_err().into_iter().map(|it| it.key).collect();
    assert_eq!(
        keys,
        [
            "tenant[0].slug",
            "tenant[0].contact",
            "tenant[0].purpose[0].frequency",
            "tenant[0].purpose[0].name.fr",
            "tenant[0].form[0].purposes[0]",
            "tenant[0].form[0].purposes[1]",
            "tenant[0].webhook[0].url",
            "tenant[1].logo",
        ]
    );
}

#[test]
fn form_addresses_are_unique_across_tenants_and_endpoints_within_one() {
    let second = "\n[[tenant.purpose]]\nslug = \"a\"\nfrequency = \"daily\"\nname.en = \"A\"\ntext.en = \"A.\"\n\
                  [[tenant.form]]\nslug = \"newsletter\"\npurposes = [\"a\"]\n\
                  [[tenant.webhook]]\nurl = \"https://crm.example/hooks/ayeaye\"\nevents = [\"*\"]\n\
                  [[tenant.webhook]]\nurl = \"https://CRM.example:443/hooks/ayeaye\"\nevents = [\"ping\"]\n";
    assert_eq!(
        mistakes(&format!("{ACME}{second}")),
        [
            "48:8: tenant[1].form[0].slug: `newsletter` is taken by line 24; write another one",
            "54:7: tenant[1].webhook[1].url: is the address of another endpoint of this tenant; write one endpoint with all events",
        ]
    );
    assert_eq!(
        mistakes(&format!(
            "{ACME}{}",
            second.replace("\"newsletter\"", "\"other\"").replace("[\"a\"]", "[\"events\"]")
        ))
        .first()
        .unwrap(),
        "49:13: tenant[1].form[0].purposes[0]: there is no purpose `events` in this tenant; write it as a [[tenant.purpose]] first"
    );
}

#[test]
fn a_mistake_never_steers_the_terminal() {
    let found = changed("\"events\"]", "\"\\u001b[2J\\u202e\"]").join("");
    assert!(found.contains("there is no purpose `\u{fffd}[2J\u{fffd}`"), "{found:?}");
    let found = changed("retention =", "\"a\\u001b[2J\" =").join("");
    assert!(!found.contains('\u{1b}') && found.contains("is not a key here"), "{found:?}");
}

#[test]
fn plain_http_endpoints_need_a_network_that_is_allowed() {
    let text = ACME.replace("https://crm.example", "http://127.0.0.1:9000");
    assert!(mistakes(&text)[0].starts_with("31:7: tenant[0].webhook[0].url: is plain http"));
    assert_eq!(
        parse(&text, true).unwrap().tenants[0].webhooks[0].url.as_str(),
        "http://127.0.0.1:9000/hooks/ayeaye"
    );
}

#[test]
fn what_is_not_toml_is_told_with_its_line() {
    let found = mistakes("[[tenant]]\nslug = acme\nname = \"x\n");
    assert!(found[0].starts_with("2:8: this is not TOML: "), "{found:?}");
    assert!(found.iter().any(|it| it.starts_with("3:")), "{found:?}");
    assert!(
        changed("slug = \"acme\"", "slug = \"acme\"\nslug = \"b\"")[0]
            .starts_with("4:1: this is not TOML: duplicate key")
    );
    assert_eq!(mistakes(""), ["1:1: names no tenant; begin each with [[tenant]] on a line of its own"]);
    assert!(mistakes("tenant = 3")[0].starts_with("1:10: tenant: is not a list of tables"));
    assert_eq!(mistakes("tenat = 3").len(), 2);
}

#[test]
fn a_file_is_read_from_disk_or_refused_by_name() {
    let path = std::env::temp_dir().join(format!("ayeaye-apply-{}.toml", std::process::id()));
    fs::write(&path, ACME).unwrap();
    assert_eq!(read(&path, false).unwrap(), parse(ACME, false).unwrap());
    fs::write(&path, ACME.replace("\"fr\"", "\"xx\"")).unwrap();
    let error = read(&path, false).unwrap_err().to_string();
    assert!(error.starts_with(&format!("{}:8:10: tenant[0].locale: `xx`", path.display())), "{error}");
    fs::write(&path, [0xFF, 0xFE]).unwrap();
    assert!(read(&path, false).unwrap_err().to_string().contains("is no text in UTF-8"));
    fs::remove_file(&path).unwrap();
    assert!(matches!(read(&path, false), Err(ApplyFileError::Unreadable { .. })));
}

proptest! {
    #[test]
    fn no_damage_panics(at in 0..ACME.len(), length in 0..30_usize, put in "[\\PC\n\"\\[\\]{}=.\u{202e}\0]{0,8}") {
        let mut text = ACME.to_owned();
        let end = (at + length).min(text.len());
        if text.is_char_boundary(at) && text.is_char_boundary(end) {
            text.replace_range(at..end, &put);
        }
        if let Err(found) = parse(&text, false) {
            prop_assert!(!found.is_empty());
        }
    }
}

#[test]
fn the_file_of_the_documentation_is_right() {
    let Setup { tenants } = parse(include_str!("../../../static/samples/setup.toml"), false).unwrap();
    let [acme] = tenants.as_slice() else { panic!("one tenant") };
    assert_eq!(acme.dpo.as_ref().unwrap().as_str(), "dpo@acme.example");
    assert_eq!(acme.transfer.as_ref().unwrap().as_str(), "Standard contractual clauses; ask us for a copy");
    let fields: Vec<(&str, bool)> =
        acme.forms[0].fields.iter().map(|it| (it.kind.word(), it.required)).collect();
    assert_eq!(fields, [("text", false), ("choice", true), ("date-band", false)]);
}

#[test]
fn each_mistake_in_a_field_is_told_at_its_place() {
    let field = "\n[[tenant.form.field]]\nslug = \"email\"\nkind = \"choice\"\nlabel = { en = \"A\" }\n\
                 reason = { fr = \"B\" }\noptions = [{ slug = \"a\", label = { fr = \"A\" } }]\nmax = 3\n";
    let at = "\n[[tenant.webhook]]";
    let line = ACME.lines().position(|it| it == "[[tenant.webhook]]").unwrap() + 1;
    let told = changed(at, &format!("{field}{at}"));
    let key = "tenant[0].form[0].field[0]";
    let expected = [
        format!("{}:8: {key}.slug: `email` is a name the form itself uses; write another one", line + 1),
        format!("{}:9: {key}.label: has no text in the tenant’s own language; add one under `fr`", line + 3),
        format!("{}:11: {key}.options: needs at least two options", line + 5),
    ];
    assert_eq!(told[..3], expected, "{told:#?}");
    assert!(told[3].contains(&format!("{key}.max: is not known here")), "{told:#?}");
    assert!(
        changed("slug = \"newsletter\"          #", "field = 3 #")
            .iter()
            .any(|it| it.contains("[[tenant.form.field]]"))
    );
}
