//! `ayeaye check`: a list goes in, two lists and a proof come out, or nothing at all.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::TcpListener,
    sync::Arc,
    thread,
};

use serde_json::Value;

use super::home::{Home, Ran};
use crate::support::{
    app::{TestApp, http},
    database::both,
};

const ADA: &str = "ada@example.org";
const LIST: &str = "Name;E-Mail;Phone\r\nAda;Ada@Example.org;+33 6\r\n=Bob;bob@example.org;\r\nEve;eve@example.org;\r\nNobody;;\r\n";
const FILES: [&str; 3] = ["list.allowed.csv", "list.denied.csv", "list.proof.ndjson"];

/// Runs the command beside the service, which goes on meanwhile.
async fn run(home: &Arc<Home>, arguments: &[&str]) -> Ran {
    let home = Arc::clone(home);
    let arguments: Vec<String> = arguments.iter().map(|it| (*it).to_owned()).collect();
    let run = move || home.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    tokio::task::spawn_blocking(run).await.unwrap()
}

async fn home_with(app: &TestApp, list: &str) -> Arc<Home> {
    let mut home = Home::new();
    home.set("AYEAYE_KEY", app.api_key("acme").await).set("AYEAYE_URL", app.base());
    home.write("list.csv", list);
    Arc::new(home)
}

fn file(home: &Home, name: &str) -> String {
    fs::read_to_string(home.path(name)).unwrap()
}

#[track_caller]
fn has_no_files(home: &Home) {
    let left: Vec<String> = fs::read_dir(home.path("."))
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .filter(|it| it.starts_with("list.") && it != "list.csv")
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

both! {
    async fn a_list_is_parted_into_those_who_may_be_mailed_and_the_others(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        app.sign_up("newsletter", "bob@example.org", &["newsletter"]).await;
        let home = home_with(&app, LIST).await;
        let ran = run(&home, &["check", "list.csv", "--purpose", "newsletter", "--campaign", "Winter sale"]).await;
        ran.assert_code(3);
        for said in [
            "4 rows; the addresses are in the column E-Mail. For newsletter:",
            "1  may be mailed      list.allowed.csv",
            "3  must not be mailed list.denied.csv",
            "1 has not confirmed yet (pending)",
            "1 never signed up here (unknown)",
            "1 holds no email address (no_address)",
            "`ayeaye verify list.proof.ndjson`",
        ] {
            assert!(ran.out.contains(said), "“{said}” is not in {ran:#?}");
        }
        assert_eq!(file(&home, FILES[0]), "Name;E-Mail;Phone\r\nAda;Ada@Example.org;+33 6\r\n");
        let denied = "Name;E-Mail;Phone;reason;until\r\n'=Bob;bob@example.org;;pending;\r\nEve;eve@example.org;;unknown;\r\n\
                      Nobody;;;no_address;\r\n";
        assert_eq!(file(&home, FILES[1]), denied);
        let proof = file(&home, FILES[2]);
        assert!(!proof.contains('@') && !proof.contains("http"), "nothing personal but hashes: {proof}");

        let keys = http().get(format!("{}/v1/checks/keys", app.base())).send().await.unwrap().text().await.unwrap();
        let keys: Value = serde_json::from_str(&keys).unwrap();
        let key = keys["data"][0].as_str().unwrap();
        let verified = run(&home, &["verify", FILES[2], "--key", key]).await;
        verified.assert_code(0);
        for said in ["THE PROOF HOLDS", "Winter sale", "acme", "all 4 are in the file", "Mail before", "refs, until and the links"] {
            assert!(verified.out.contains(said), "“{said}” is not in {verified:#?}");
        }
        assert!(!verified.out.contains("came with the file"), "the key was given");
        let log = ayeaye::app::log::read::keys(app.app()).await.unwrap();
        run(&home, &["verify", FILES[2], "--key", &log[0]]).await.assert_code(1);
        for (from, to) in [
            ("deny e:", "allow e:"),
            (" pending", " withdrawn"),
            ("\"allowed\":1", "\"allowed\":2"),
            ("\"valid_until\":\"2", "\"valid_until\":\"3"),
            ("\"at\":\"2", "\"at\":\"3"),
        ] {
            home.write("forged.ndjson", &proof.replacen(from, to, 1));
            run(&home, &["verify", "forged.ndjson"]).await.assert_code(1);
        }
        let cut: String = proof.split_inclusive('\n').take(3).collect();
        home.write("cut.ndjson", &cut);
        let ran = run(&home, &["verify", "cut.ndjson", "--json"]).await;
        assert!(ran.out.contains("\"valid\":false") && ran.out.contains("last line"), "{:#?}", ran.assert_code(1));
    }

    async fn what_is_odd_about_a_list_is_said(app: TestApp) {
        let list = "sep=;\nemail;backup email\nada@example.org;ada@home.example\nADA@example.org\nbob@example.org;\n";
        let home = home_with(&app, list).await;
        let ran = run(&home, &["check", "list.csv", "--purpose", "newsletter"]).await;
        ran.assert_code(3);
        for said in ["in the column email.", "The column backup email holds addresses, too", "1 address stands in the list more than once"] {
            assert!(ran.out.contains(said), "“{said}” is not in {ran:#?}");
        }
        let denied = "email;backup email;reason;until\nada@example.org;ada@home.example;unknown;\nADA@example.org;;unknown;\n\
                      bob@example.org;;unknown;\n";
        assert_eq!(file(&home, FILES[1]), denied);
        home.write("list.csv", "bob@example.org\n");
        let ran = run(&home, &["check", "list.csv", "--purpose", "newsletter", "--force"]).await;
        assert!(ran.out.starts_with("1 row; ") && !ran.out.contains("more than once"), "{ran:#?}");
    }

    async fn links_are_added_for_tools_that_make_none(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let home = home_with(&app, "ada@example.org\n").await;
        let ran = run(&home, &["check", "list.csv", "--purpose", "newsletter", "--links", "--json"]).await;
        let told = ran.json();
        assert_eq!((&told["allowed"], &told["denied"], &told["column"]), (&Value::from(1), &Value::from(0), &Value::from("1")));
        let (contact, _) = app.person("acme", ADA).await.unwrap();
        let tenant = app.tenant("acme");
        let unsubscribe = ayeaye::app::links::unsubscribe_url(app.app(), tenant.id, contact.id, tenant.purposes[0].id);
        let preferences = ayeaye::app::links::preferences_url(app.app(), tenant.id, contact.id);
        assert_eq!(file(&home, FILES[0]), format!("ada@example.org,{unsubscribe},{preferences}\n"));
        assert_eq!(file(&home, FILES[1]), "");
    }

    async fn an_answer_of_the_api_is_a_proof_as_it_is(app: TestApp) {
        app.subscribe("newsletter", ADA, &["newsletter"]).await;
        let home = home_with(&app, "").await;
        let key = app.api_key("acme").await;
        let mut question = serde_json::json!({ "purpose": "newsletter", "recipients": [{ "email": ADA, "ref": "1" }, { "external_id": "crm-1" }], "campaign": "Hello" });
        let (status, answer) = app.post_json("/v1/checks", &key, &question).await;
        assert_eq!(status, 200);
        home.write("answer.json", &serde_json::to_string_pretty(&answer).unwrap());
        home.write("line.json", &answer.to_string());
        for name in ["answer.json", "line.json"] {
            let ran = run(&home, &["verify", name]).await;
            assert!(ran.out.contains("THE PROOF HOLDS") && ran.out.contains("Hello"), "{:#?}", ran.assert_code(0));
        }
        let forged = answer.to_string().replacen("\"decision\":\"deny\"", "\"decision\":\"allow\"", 1);
        home.write("forged.json", &forged);
        run(&home, &["verify", "forged.json"]).await.assert_code(1);
        question.as_object_mut().unwrap().remove("campaign");
        let (_, answer) = app.post_json("/v1/checks", &key, &question).await;
        home.write("unsigned.json", &answer.to_string());
        let lines = http().post(format!("{}/v1/checks.ndjson?purpose=newsletter", app.base())).bearer_auth(&key);
        let lines = lines.header("content-type", "application/x-ndjson");
        let body = format!("{{\"email\":\"{ADA}\"}}\n{{\"email\":\"bob@example.org\"}}\n");
        let unsigned = lines.body(body).send().await.unwrap().text().await.unwrap();
        home.write("unsigned.ndjson", &unsigned);
        for name in ["unsigned.json", "unsigned.ndjson"] {
            let ran = run(&home, &["verify", name]).await;
            ran.assert_code(1);
            assert!(ran.out.starts_with("THERE IS NO PROOF IN THIS FILE\n"), "{}", ran.out);
            assert!(ran.out.contains("include=proof") && !ran.out.contains("cut off"), "{}", ran.out);
            let told = run(&home, &["verify", name, "--json"]).await.out;
            let told: Value = serde_json::from_str(&told).unwrap();
            assert!(told["valid"] == false && told["why"].as_str().unwrap().contains("include=proof"), "{told}");
        }
        let (decisions, _) = unsigned.trim_end().rsplit_once('\n').unwrap();
        home.write("cut.ndjson", &format!("{decisions}\n"));
        let cut = run(&home, &["verify", "cut.ndjson"]).await;
        assert!(cut.out.contains("the last line is missing"), "{}", cut.out);
    }

    async fn a_proof_of_an_organisation_for_tests_says_so_and_cannot_say_otherwise(app: TestApp) {
        let setup = crate::support::app::SETUP.replacen("locale = \"en\"", "locale = \"en\"\ntest = true", 1);
        app.apply(&setup).await;
        let home = home_with(&app, "").await;
        let key = app.api_key("acme").await;
        let question = serde_json::json!({ "purpose": "newsletter", "recipients": [{ "email": ADA }], "include": ["proof"] });
        let (status, answer) = app.post_json("/v1/checks", &key, &question).await;
        assert_eq!((status, &answer["test"]), (200, &serde_json::json!(true)));
        home.write("answer.json", &answer.to_string());
        let ran = run(&home, &["verify", "answer.json"]).await;
        ran.assert_code(0);
        assert!(ran.out.contains("FOR TESTS") && ran.out.contains("acme (for tests)"), "{}", ran.out);
        for (from, to) in [("\"test\":true", "\"test\":false"), ("\\ntest true\\n", "\\ntest false\\n")] {
            let forged = answer.to_string().replacen(from, to, 1);
            assert_ne!(forged, answer.to_string());
            home.write("forged.json", &forged);
            run(&home, &["verify", "forged.json"]).await.assert_code(1);
        }
    }

    async fn a_service_that_refuses_leaves_no_files(app: TestApp) {
        let home = home_with(&app, &"nobody@example.org\n".repeat(20_000)).await;
        let unknown = run(&home, &["check", "list.csv", "--purpose", "nothing"]).await;
        unknown.assert_refused(1, &["no purpose of this slug", "mail nobody"]);
        has_no_files(&home);
        let other = keys_without_scope(&app).await;
        home.write("key.txt", &format!("{other} \r\n\n"));
        run(&home, &["check", "list.csv", "--purpose", "newsletter", "--key", "key.txt"]).await.assert_refused(1, &["may not check lists", "mail nobody"]);
        home.write("key.txt", &format!("aye_{}", "x".repeat(43)));
        let ran = run(&home, &["check", "list.csv", "--purpose", "newsletter", "--key", "key.txt"]).await;
        ran.assert_refused(1, &["does not know this key", "mail nobody"]);
        assert!(!ran.err.contains("aye_"), "no key is repeated");
        has_no_files(&home);
        run(&home, &["check", "list.csv", "--purpose", "newsletter"]).await.assert_code(3);
        let denied = file(&home, FILES[1]);
        assert_eq!(denied.lines().count(), 20_000);
        let ran = run(&home, &["check", "list.csv", "--purpose", "newsleter", "--force"]).await;
        ran.assert_refused(1, &["no purpose of this slug", "list.allowed.csv is that of the earlier check"]);
        assert_eq!(file(&home, FILES[1]), denied, "a slip of the pen deletes nothing");
        run(&home, &["check", "list.csv", "--purpose", "newsletter", "--force"]).await.assert_code(3);
    }
}

async fn keys_without_scope(app: &TestApp) -> String {
    let scopes = vec!["events:read".to_owned()];
    ayeaye::app::keys::new_api_key(app.app(), app.tenant("acme").id, scopes).await.unwrap().1
}

/// A service that answers every request with these bytes and hangs up.
fn liar(answer: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, mut request) = (stream.unwrap(), Vec::new());
            let mut chunk = [0; 4_096];
            while !request.ends_with(b"}\n") {
                let read = stream.read(&mut chunk).unwrap();
                request.extend_from_slice(&chunk[..read]);
            }
            let length = answer.len();
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
            stream.write_all(format!("{head}{answer}").as_bytes()).unwrap();
        }
    });
    url
}

#[test]
fn an_answer_that_is_not_whole_or_not_to_the_question_leaves_no_files() {
    let hash = ayeaye::domain::email::sha256(ADA);
    let allow = format!("{{\"ref\":\"1\",\"decision\":\"allow\",\"line\":\"allow e:{hash} evi_1\"}}\n");
    let sums = "{\"object\":\"check\",\"id\":\"chk_1\",\"count\":1,\"allowed\":1,\"denied\":0,\"at\":\"x\",\"valid_until\":\"y\",\
                \"proof\":{\"statement\":\"x\",\"key\":\"y\"}}\n";
    for (answer, said) in [
        (String::new(), "ended before its last line"),
        (allow.clone(), "ended before its last line"),
        (allow.trim_end().to_owned(), "ended before its last line"),
        (format!("{allow}{sums}"), "key of the proof"),
        (sums.to_owned(), "fewer people"),
        (format!("{allow}{allow}{sums}"), "more people"),
        (allow.replace("\"1\"", "\"2\""), "does not fit"),
        (allow.replace(&hash, &"0".repeat(64)), "does not fit"),
        (allow.replacen("allow", "deny", 1), "does not fit"),
        (allow.replace("allow", "maybe"), "does not fit"),
        ("{\"status\":503,\"detail\":\"Not now.\"}\n".to_owned(), "Not now."),
        ("<html>\n".to_owned(), "something else"),
        ("x".repeat(200_000), "something else"),
    ] {
        let mut home = Home::new();
        home.set("AYEAYE_KEY", format!("aye_{}", "x".repeat(43)));
        home.write("list.csv", "ada@example.org\n");
        let url = liar(answer.clone());
        let ran = home.run(&["check", "list.csv", "--purpose", "newsletter", "--url", &url]);
        ran.assert_refused(1, &[said, "mail nobody"]);
        has_no_files(&home);
    }
}

#[test]
fn what_is_wrong_with_the_call_is_said_before_anything_is_asked() {
    let mut home = Home::new();
    home.write("list.csv", "ada@example.org\n");
    home.write("names.csv", "name\nAda\n");
    let check =
        |home: &Home, more: &[&str]| home.run(&[&["check", "list.csv", "--purpose", "x"], more].concat());
    let nowhere = ["--url", "http://127.0.0.1:1"];
    check(&home, &nowhere).assert_refused(2, &["no key", "AYEAYE_KEY"]);
    home.set("AYEAYE_KEY", "secret-nonsense");
    let ran = check(&home, &nowhere);
    ran.assert_refused(2, &["AYEAYE_KEY holds no key of the API"]);
    assert!(!ran.err.contains("secret-nonsense"));
    home.write("key.txt", "secret-nonsense\n");
    let ran = check(&home, &["--url", nowhere[1], "--key", "key.txt"]);
    ran.assert_refused(2, &["key.txt holds no key of the API"]);
    assert!(!ran.err.contains("secret-nonsense"));
    home.set("AYEAYE_KEY", format!("aye_{}", "x".repeat(43)));
    for (url, said) in [
        ("http://consent.example.org", "in the clear"),
        ("ftp://consent.example.org", "https://"),
        ("https://consent.example.org/v1", "address alone"),
        ("nonsense", "--url"),
        ("consent.example.org", "say https://consent.example.org"),
        ("localhost:8080", "say http://localhost:8080"),
    ] {
        check(&home, &["--url", url]).assert_refused(2, &[said]);
    }
    home.run(&["check", "nowhere.csv", "--purpose", "x", "--url", nowhere[1]])
        .assert_refused(2, &["there is no file nowhere.csv"]);
    home.run(&["check", "names.csv", "--purpose", "x", "--url", nowhere[1]])
        .assert_refused(2, &["holds no email address"]);
    check(&home, &["--url", nowhere[1], "--campaign", " x"]).assert_refused(2, &["--campaign"]);
    for name in ["list.csv", "./list.csv"] {
        let refused = check(&home, &["--url", nowhere[1], "--allowed", name, "--force"]);
        refused.assert_refused(2, &["list.csv is the list itself", "another name"]);
        assert!(!refused.err.contains("earlier check"), "{}", refused.err);
    }
    let twice = ["--url", nowhere[1], "--allowed", "a.csv", "--denied", "a.csv"];
    check(&home, &twice).assert_refused(2, &["a.csv would be written twice"]);
    check(&home, &nowhere).assert_refused(
        1,
        &["Nothing answers at http://127.0.0.1:1: is the service running there", "mail nobody"],
    );
    has_no_files(&home);
    for name in FILES {
        home.write(name, "old");
        check(&home, &nowhere).assert_refused(2, &[name, "--force"]);
        check(&home, &["--url", nowhere[1], "--force"]).assert_refused(1, &["Nothing answers at"]);
        assert_eq!(file(&home, name), "old", "nothing earlier is touched by a check that fails");
        fs::remove_file(home.path(name)).unwrap();
        has_no_files(&home);
    }
    home.write(FILES[0], "old");
    let earlier = "list.allowed.csv is that of the earlier check";
    check(&home, &["--url", nowhere[1], "--force"]).assert_refused(1, &["mail nobody", earlier]);
    assert_eq!(file(&home, FILES[0]), "old");
    home.run(&["config"]).assert_code(0);
}
