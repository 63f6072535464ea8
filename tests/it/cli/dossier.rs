//! `ayeaye evidence export` and the same by the API: a whole story, and what an authority reads of it.

use std::{collections::BTreeMap, fs, io::Read as _, os::unix::fs::PermissionsExt as _, process::Command};

use serde_json::{Value, json};

use super::home::{Home, Running};
use crate::{
    support::{
        app::{SETUP, http},
        database::both,
        smtp_real::python,
        wait,
    },
    verify::path,
};

const ADA: &str = "ada@example.org";
const BOB: &str = "bob.the.erased@example.org";
const SCANNER: &str = "Mozilla/5.0 (compatible; Proofpoint URL Defense)";
const NEIGHBOUR: &str = r#"
[[tenant]]
slug = "gamma"
name = "Gamma"
legal = "Gamma Ltd, 3 Mill Lane, Bath"
contact = "privacy@gamma.example"
from = "Gamma <confirm@gamma.example>"
locale = "en"

[[tenant.purpose]]
slug = "gamma"
frequency = "weekly"
name = { en = "Gamma letter" }
text = { en = "A letter of another organisation." }

[[tenant.form]]
slug = "gamma"
purposes = ["gamma"]
"#;

/// The files of a dossier, by name.
type Files = BTreeMap<String, Vec<u8>>;

fn unzipped(bytes: &[u8]) -> Files {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut files = Files::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

fn proofs(files: &Files) -> Vec<Value> {
    let proofs = files.iter().filter(|(name, _)| name.starts_with("proofs/"));
    proofs.map(|(_, bytes)| serde_json::from_slice(bytes).unwrap()).collect()
}

impl Home {
    /// The text of the readable part, every run of white space as one space.
    fn text(&self, pdf: &[u8]) -> String {
        let file = self.path("read.pdf");
        fs::write(&file, pdf).unwrap();
        let read = Command::new("pdftotext").arg("-layout").arg(&file).arg("-").output();
        let read = read.unwrap_or_else(|error| panic!("pdftotext: {error}: run tests/run prepare"));
        assert!(read.status.success());
        String::from_utf8(read.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What a command writes to the file it is given, which is not kept.
    fn exported(&self, arguments: &[&str]) -> (Value, Vec<u8>) {
        let whole =
            [&["evidence", "export", "--tenant", "acme", "--json", "--out", "out.zip"], arguments].concat();
        let told = self.run(&whole).json();
        let bytes = fs::read(self.path("out.zip")).unwrap();
        fs::remove_file(self.path("out.zip")).unwrap();
        (told, bytes)
    }

    fn verifies(&self, bytes: &[u8]) {
        let file = self.path("checked.zip");
        fs::write(&file, bytes).unwrap();
        self.run(&["verify", "checked.zip"]).assert_code(0);
        let stranger = Command::new(python()).arg(path("verify.py")).arg(&file).output().unwrap();
        let said = String::from_utf8_lossy(&stranger.stdout).into_owned();
        assert!(stranger.status.success(), "{said}{}", String::from_utf8_lossy(&stranger.stderr));
    }
}

impl Running {
    async fn export(&self, key: &str, body: &Value) -> (u16, String, Vec<u8>) {
        let request = http().post(format!("{}/v1/evidence:export", self.base)).bearer_auth(key);
        let answer =
            request.header("content-type", "application/json").body(body.to_string()).send().await.unwrap();
        let name = answer.headers().get("content-disposition");
        let name = name.map_or(String::new(), |it| it.to_str().unwrap().to_owned());
        (answer.status().as_u16(), name, answer.bytes().await.unwrap().to_vec())
    }
}

/// Ada asks, a scanner opens her link, she confirms and leaves; Bob is erased; a neighbour knows Ada, too. The ids of
/// both, once all of it stands in the log.
async fn story(home: &Home, service: &Running) -> (String, String) {
    let mut page = service.visitor().open("/f/newsletter").await;
    page.fill("email", ADA);
    page.tick("p", "newsletter");
    page.press("Sign up").await.assert_h1("Check your email");
    let link = service.link(ADA, 1, "confirm").await;
    http().get(&link).header("user-agent", SCANNER).send().await.unwrap();
    service
        .visitor()
        .open(&link)
        .await
        .press("Yes, send me these emails")
        .await
        .assert_h1("You are signed up");
    service.subscribe("newsletter", BOB, &["newsletter"]).await;
    service.subscribe("events", "dan@example.org", &[]).await;
    let mut page = service.visitor().open("/f/gamma").await;
    page.fill("email", ADA);
    page.press("Sign up").await.assert_h1("Check your email");
    let mint = ["link", "mint", "--tenant", "acme", "--email", ADA, "--purpose", "newsletter", "--json"];
    let links = home.run(&mint).json();
    let left = http().post(links["unsubscribe"].as_str().unwrap()).send().await.unwrap();
    assert_eq!(left.status(), 200);
    let erase = ["contact", "erase", "--tenant", "acme", "--email", BOB, "--json"];
    let bob = home.run(&erase).json()["contact"].as_str().unwrap().to_owned();
    let whole = async || {
        let (told, bytes) = home.exported(&["--email", ADA]);
        let proofs = proofs(&unzipped(&bytes));
        let is_logged = told["records"] == 4 && proofs.iter().all(|it| it.get("proof").is_some());
        is_logged.then(|| proofs[0]["record"]["contact"].as_str().unwrap().to_owned())
    };
    let ada = wait::until("all of it in the log", std::time::Duration::from_secs(30), whole).await;
    (ada, bob)
}

#[track_caller]
fn holds(text: &str, wanted: &[&str]) {
    for it in wanted {
        assert!(text.contains(it), "{it:?} is not in: {text}");
    }
}

both! {
    async fn an_authority_reads_the_whole_story_and_can_check_it(home: Home) {
        let mut home = home;
        home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s").set_up(&format!("{SETUP}{NEIGHBOUR}"));
        let service = home.serve().await;
        // The log's name follows from the port this service was given.
        home.set("AYEAYE_BASE_URL", service.base.clone());
        let (ada, bob) = story(&home, &service).await;
        let made = ["key", "new", "--tenant", "acme", "--scope", "evidence:read", "--json"];
        let key = home.run(&made).json()["key"].as_str().unwrap().to_owned();

        // One person, in both languages.
        for (lang, words) in [
            ("en", ["Asked for by CNIL, 26-0042", "Consent withdrawn", "Sign-up requested", "Assessment"]),
            ("fr", ["À la demande de CNIL, 26-0042", "Consentement retiré", "Inscription demandée", "Appréciation"]),
        ] {
            let asked = ["--contact", &ada, "--lang", lang, "--asked-by", "CNIL, 26-0042"];
            let (told, bytes) = home.exported(&asked);
            assert_eq!(json!([told["people"], told["records"], told["file"]]), json!([1, 4, "out.zip"]));
            home.verifies(&bytes);
            let files = unzipped(&bytes);
            let (text, proofs) = (home.text(&files["dossier.pdf"]), proofs(&files));
            let kinds: Vec<&str> = proofs.iter().map(|it| it["record"]["type"].as_str().unwrap()).collect();
            assert_eq!(kinds, ["signup.requested", "signup.mail_sent", "consent.confirmed", "consent.withdrawn"]);
            let mail = &proofs[1]["record"]["mail"];
            let (id, answer) = (mail["message_id"].as_str().unwrap(), mail["answer"].as_str().unwrap());
            let shown = proofs[0]["record"]["shown"].as_str().unwrap();
            assert!(!answer.is_empty() && shown.contains("Our monthly news by email."));
            holds(&text, &words);
            holds(&text, &[ADA, id.trim_matches(['<', '>']), answer, "Our monthly news by email.", SCANNER]);
            for line in shown.lines() {
                holds(&text, &[&line.split_whitespace().collect::<Vec<_>>().join(" ")]);
            }
            for foreign in ["Gamma", "dan@", BOB] {
                assert!(!text.contains(foreign) && !json!(proofs).to_string().contains(foreign), "{foreign}");
            }
        }

        // All of a purpose: not those of others, not the erased, nothing of the neighbour.
        let (told, bytes) = home.exported(&["--purpose", "newsletter"]);
        assert_eq!(json!([told["people"], told["records"]]), json!([1, 4]));
        home.verifies(&bytes);
        let text = home.text(&unzipped(&bytes)["dossier.pdf"]);
        holds(&text, &[ADA, "everyone who was asked for “Newsletter” (newsletter)", "People who were erased are not in it"]);
        let none = home.exported(&["--purpose", "newsletter", "--until", "2020-12-31"]);
        assert_eq!(none.0["people"], 0);

        // The erased person: places in the log, and nothing that says who it was.
        let (told, bytes) = home.exported(&["--contact", &bob]);
        assert_eq!(json!([told["people"], told["records"]]), json!([1, 4]));
        home.verifies(&bytes);
        let files = unzipped(&bytes);
        let text = home.text(&files["dossier.pdf"]);
        holds(&text, &["1. Erased person", "Person erased", "by an operator of this service", "4, of which 3 erased", "number "]);
        assert_eq!(text.matches("What this record said has been erased").count(), 3);
        let readable = files.values().map(|it| String::from_utf8_lossy(it));
        assert!(readable.chain([text.into()]).all(|it| !it.contains("bob.the.erased")));

        // The same by the API.
        for (body, name) in [
            (json!({ "contact": ada }), ada.as_str()),
            (json!({ "email": "Ada@Example.org" }), &ada),
            (json!({ "purpose": "newsletter", "since": "2020-01-01", "asked_by": "CNIL" }), "newsletter"),
        ] {
            let (status, disposition, bytes) = service.export(&key, &body).await;
            assert_eq!(status, 200, "{body}");
            let begin = format!("attachment; filename=\"dossier-{name}-20");
            assert!(disposition.starts_with(&begin) && disposition.ends_with(".zip\""), "{disposition}");
            home.verifies(&bytes);
            assert_eq!(proofs(&unzipped(&bytes)).len(), 4);
        }
        let made = ["key", "new", "--tenant", "gamma", "--scope", "evidence:read", "--json"];
        let foreign = home.run(&made).json()["key"].as_str().unwrap().to_owned();
        assert_eq!(service.export(&foreign, &json!({ "contact": ada })).await.0, 404);
        assert_eq!(service.export(&foreign, &json!({ "contact": bob })).await.0, 404);
        service.stop().await;
    }

    async fn a_dossier_is_written_once_for_its_owner_alone(home: Home) {
        let mut home = home;
        home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s").set_up(SETUP);
        let service = home.serve().await;
        service.subscribe("newsletter", ADA, &["newsletter"]).await;
        let export = ["evidence", "export", "--tenant", "acme", "--purpose", "newsletter"];
        let first = home.run(&export);
        first.assert_code(0);
        let file = first.out.split(": ").next().unwrap();
        let name = file.strip_suffix(".zip").unwrap_or_else(|| panic!("{first:#?}"));
        assert!(name.starts_with("dossier-newsletter-20"), "{first:#?}");
        assert!(first.out.contains("1 person, "), "{first:#?}");
        let (written, mode) = (fs::read(home.path(file)).unwrap(), fs::metadata(home.path(file)).unwrap());
        assert_eq!(mode.permissions().mode() & 0o777, 0o600);
        home.run(&export).assert_refused(1, &[file, "--out"]);
        assert_eq!(fs::read(home.path(file)).unwrap(), written);
        let left: Vec<_> = fs::read_dir(home.path(".")).unwrap().map(|it| it.unwrap().file_name()).collect();
        assert!(left.iter().all(|it| !it.to_string_lossy().ends_with(".part")), "{left:?}");
        home.run(&[&export[..], &["--pdf", "--out", "read.pdf"]].concat()).assert_code(0);
        assert!(fs::read(home.path("read.pdf")).unwrap().starts_with(b"%PDF-1.7"));
        home.run(&[&export[..], &["--out", "nowhere/x.zip"]].concat()).assert_refused(1, &["nowhere/x.zip"]);
        for (more, code, words) in [
            (&["--since", "soon"][..], 2, "2026-11-21"),
            (&["--since", "2026-02-02", "--until", "2026-02-01"], 2, "ends before it begins"),
            (&["--contact", "con_x"], 2, "cannot be used with"),
            (&["--lang", "xx"], 2, "fr"),
        ] {
            home.run(&[&export[..], more].concat()).assert_refused(code, &[words]);
        }
        let of = |more: &[&'static str]| [&["evidence", "export", "--tenant", "acme"], more].concat();
        home.run(&of(&["--purpose", "nowhere"])).assert_refused(2, &["newsletter, events"]);
        home.run(&of(&["--email", "nobody@example.org"])).assert_refused(1, &["knows no such contact"]);
        home.run(&of(&[])).assert_refused(2, &["--contact"]);
        service.stop().await;
    }
}
