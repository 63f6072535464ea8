use super::*;

fn table(text: &str) -> Table<'_> {
    Table::read(text.as_bytes(), None).unwrap_or_else(|why| panic!("{why}: {text}"))
}

fn addresses(text: &str) -> Vec<String> {
    let table = table(text);
    table.rows().map(|row| table.cell(&row).into_owned()).collect()
}

fn refused(text: &str, wanted: Option<&str>) -> String {
    Table::read(text.as_bytes(), wanted).err().unwrap_or_else(|| panic!("{text} was read"))
}

#[test]
fn the_column_is_found_by_its_name_or_by_what_is_in_it() {
    for text in [
        "ada@example.org\nbob@example.org\n",
        "Email\nada@example.org\nbob@example.org",
        "name,E-Mail\r\nAda,ada@example.org\r\nBob,bob@example.org\r\n",
        "\u{feff}Nom;Adresse e-mail;Tél\nAda;ada@example.org;1\nBob;bob@example.org;2\n",
        "id\tcontact\n1\tada@example.org\n2\tbob@example.org\n",
        "1,ada@example.org\n2,bob@example.org\n",
        "email,manager\nada@example.org,eve@example.org\nbob@example.org,eve@example.org\n",
        "sep=;\r\nwho;name, first\r\nada@example.org;Ada, A\r\nbob@example.org;Bob, B\r\n",
        "\u{feff}\"SEP=\t\"\nada@example.org\tx,y\nbob@example.org\t\n",
        "sep=|\nada@example.org|1\nbob@example.org|2\n",
        "\n\nEmail Address,x\n\nada@example.org,\n,,\nbob@example.org,\n",
    ] {
        assert_eq!(addresses(text), ["ada@example.org", "bob@example.org"], "{text}");
    }
}

#[test]
fn a_row_without_an_address_stays_a_row() {
    assert_eq!(
        addresses("name,email\nAda,ada@example.org\nBob\nEve,eve@\n"),
        ["ada@example.org", "", "eve@"]
    );
}

#[test]
fn quotes_hold_separators_line_ends_and_quotes() {
    let text =
        "name,email\n\"Lovelace, \"\"Ada\"\"\nCountess\",ada@example.org\n\"Bob\"x,\"bob@example.org\"\n";
    let table = table(text);
    let rows: Vec<Row<'_>> = table.rows().collect();
    let cells =
        |at: usize| rows[at].iter().map(|it| String::from_utf8_lossy(it).into_owned()).collect::<Vec<_>>();
    assert_eq!(cells(0), ["Lovelace, \"Ada\"\nCountess", "ada@example.org"]);
    assert_eq!(cells(1), ["Bobx", "bob@example.org"]);
    let mut out = Vec::new();
    table.put(&mut out, &rows[0], &["x;y", "a,b"]);
    assert_eq!(out, b"\"Lovelace, \"\"Ada\"\"\nCountess\",ada@example.org,\"x;y\",\"a,b\"\n");
}

#[test]
fn a_quote_that_is_not_closed_swallows_no_row() {
    for (text, line) in [
        ("email,name\nada@example.org,\"Ada\nbob@example.org,Bob\n", 2),
        ("email,name\nada@example.org,\"Ada\nbob@example.org,\"Bob\"\n", 2),
        ("sep=,\nemail,name\n\neve@example.org,\"E\nve\"\nada@example.org,\"Ada\n", 6),
    ] {
        let why = refused(text, None);
        assert!(why.contains(&format!("quote on line {line} ")), "{text}: {why}");
    }
}

#[test]
fn what_is_added_stands_under_its_name() {
    let text = "email,name,city\nada@example.org\nbob@example.org,Bob,Rome,,\n";
    let table = table(text);
    let mut out = table.begin(&["reason"]);
    table.rows().for_each(|row| table.put(&mut out, &row, &["x"]));
    let said = "email,name,city,reason\nada@example.org,,,x\nbob@example.org,Bob,Rome,x\n";
    assert_eq!(String::from_utf8(out).unwrap(), said);
    let mut same = table.begin(&[]);
    table.rows().for_each(|row| table.put(&mut same, &row, &[]));
    assert_eq!(String::from_utf8(same).unwrap(), text, "without more, as it came");
    let why = refused("email,name\n\"ada@example.org\",Ada\nbob@example.org,Bob,Rome\n", None);
    assert!(why.contains("more cells on line 3 "), "{why}");
    // Without a heading the longest row counts.
    let table = self::table("ada@example.org\nbob@example.org,Bob\n");
    let mut out = Vec::new();
    table.rows().for_each(|row| table.put(&mut out, &row, &["x"]));
    assert_eq!(String::from_utf8(out).unwrap(), "ada@example.org,,x\nbob@example.org,Bob,x\n");
}

#[test]
fn a_second_column_of_addresses_is_never_passed_over_in_silence() {
    let text = "name,backup email,Courriel\nAda,ada@home.example,ada@example.org\nBob,,bob@example.org\n";
    let table = table(text);
    assert_eq!(
        (table.column_name().as_str(), table.others.as_slice()),
        ("Courriel", &["backup email".to_owned()][..])
    );
    assert!(Table::read(text.as_bytes(), Some("courriel")).ok().unwrap().others.is_empty(), "it was said");
    for text in [
        "who,owner\nada@example.org,\nbob@example.org,eve@example.org\n",
        "email,e-mail\nada@example.org,ada@home.example\n",
        "ada@example.org,ada@home.example\n",
    ] {
        assert!(refused(text, None).contains("--column"), "{text}");
    }
    let late =
        "who,note\n".to_owned() + &"ada@example.org,\n".repeat(500) + "bob@example.org,bob@home.example\n";
    assert!(refused(&late, None).contains("--column"), "all of the list is looked at");
}

#[test]
fn what_cannot_be_decided_is_asked_for() {
    let two = "home,work\nada@example.org,ada@work.example\n";
    let why = refused(two, None);
    assert!(why.contains("--column") && why.contains("1 “home”, 2 “work”"), "{why}");
    for wanted in ["work", " WORK ", "2"] {
        assert_eq!(Table::read(two.as_bytes(), Some(wanted)).ok().unwrap().column, 1);
    }
    for wanted in ["mail", "0", "3", ""] {
        assert!(refused(two, Some(wanted)).contains("has no column"), "{wanted}");
    }
    for (text, said) in
        [("", "empty"), ("\n\n", "empty"), ("name\nAda\n", "no email"), ("email\n", "no email")]
    {
        assert!(refused(text, None).contains(said), "{text}");
    }
    for bytes in [&b"\xff\xfea\0@\0"[..], b"a\0b"] {
        assert!(Table::read(bytes, None).err().unwrap().contains("UTF-8"));
    }
}

#[test]
fn a_written_list_keeps_the_manner_of_the_one_that_was_read() {
    let table = table("\u{feff}Nom;Mél;E-mail\r\nAda;;ada@example.org\r\n");
    let mut out = table.begin(&["reason"]);
    let rows: Vec<Row<'_>> = table.rows().collect();
    table.put(&mut out, &rows[0], &["unknown"]);
    assert_eq!(
        String::from_utf8(out).unwrap(),
        "\u{feff}Nom;Mél;E-mail;reason\r\nAda;;ada@example.org;unknown\r\n"
    );
    assert_eq!(table.column_name(), "E-mail");
    // What is no UTF-8 is kept as it came.
    let latin = b"nom,email\nJos\xe9,jose@example.org\n";
    let table = Table::read(latin, None).ok().unwrap();
    let mut out = table.begin(&[]);
    table.rows().for_each(|row| table.put(&mut out, &row, &[]));
    assert_eq!(out, latin);
}

#[test]
fn no_cell_begins_a_formula() {
    let written = |cell: &str| {
        let mut out = Vec::new();
        csv::put(&mut out, cell.as_bytes(), b',', begins_formula);
        String::from_utf8(out).unwrap()
    };
    for (cell, safe) in [
        ("=1+1", "'=1+1"),
        ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("\t=1", "\"'\t'=1\""),
        ("\r=1", "\"'\r'=1\""),
        (";=cmd|'/c calc'!A1;", "\";'=cmd|'/c calc'!A1;\""),
        ("a;\"@b\"", "\"a;'\"\"@b\"\"\""),
        ("12,5; -2", "\"12,5; -2\""),
        ("+33 6 12.34 (56)", "+33 6 12.34 (56)"),
        ("-12.50", "-12.50"),
        ("a=b", "a=b"),
        ("", ""),
    ] {
        assert_eq!(written(cell), safe, "{cell}");
    }
}
