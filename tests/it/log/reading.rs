//! What strangers read of the log.

use ayeaye::tlog::{Hash, merkle::leaf_hash, tile::parse_bundle};

use crate::{
    hostile::wire,
    support::{
        app::{TestApp, http},
        database::both,
        witnessed::root,
    },
};

async fn get(app: &TestApp, path: &str) -> (u16, String, Vec<u8>) {
    let answer = http().get(format!("{}{path}", app.base())).send().await.unwrap();
    let keep = answer.headers().get("cache-control").unwrap().to_str().unwrap().to_owned();
    assert_eq!(answer.headers().get("access-control-allow-origin").unwrap(), "*");
    (answer.status().as_u16(), keep, answer.bytes().await.unwrap().to_vec())
}

both! {
    async fn a_stranger_rebuilds_the_root_from_the_entries(app: TestApp) {
        let writer = &mut ayeaye::app::log::LogWriter::default();
        fill(&app, 300).await;
        app.write_log(writer).await;
        let checkpoint = app.checkpoint().await;
        let rest = checkpoint.size - 256;
        let (status, keep, first) = get(&app, "/log/tile/entries/000").await;
        assert_eq!((status, keep.as_str()), (200, "public, max-age=31536000, immutable"));
        let (_, _, second) = get(&app, &format!("/log/tile/entries/001.p/{rest}")).await;
        let entries: Vec<Vec<u8>> =
            [first, second].iter().flat_map(|it| parse_bundle(it).unwrap()).collect();
        let leaves: Vec<Hash> = entries.iter().map(|it| leaf_hash(it)).collect();
        assert_eq!(root(&leaves), checkpoint.root);
        let (_, _, tile) = get(&app, "/log/tile/0/000").await;
        assert_eq!(tile, leaves[..256].iter().flat_map(|it| *it.bytes()).collect::<Vec<u8>>());
        let (_, _, above) = get(&app, "/log/tile/1/000.p/1").await;
        assert_eq!(above, root(&leaves[..256]).bytes());
    }

    async fn nothing_is_served_that_no_checkpoint_covers(app: TestApp) {
        assert_eq!(get(&app, "/log/checkpoint").await.0, 404);
        app.sign_up("newsletter", "ada@example.org", &["newsletter"]).await;
        let (status, keep, note) = get(&app, "/log/checkpoint").await;
        assert_eq!((status, keep.as_str()), (200, "no-cache"));
        let size = String::from_utf8(note).unwrap().lines().nth(1).unwrap().to_owned();
        assert_eq!(get(&app, &format!("/log/tile/entries/000.p/{size}")).await.0, 200);
        let more = size.parse::<u16>().unwrap() + 1;
        let refused = [
            format!("/log/tile/entries/000.p/{more}"),
            "/log/tile/entries/000".to_owned(),
            "/log/tile/0/000".to_owned(),
            "/log/tile/1/000.p/1".to_owned(),
            "/log/tile/0/001.p/1".to_owned(),
            "/log/tile/0/000.p/0".to_owned(),
            "/log/tile/00/000.p/1".to_owned(),
            "/log/tile/9/x999/x999/x999/x999/x999/x999/999".to_owned(),
            "/log/tile/".to_owned(),
            "/log/tile/../checkpoint".to_owned(),
        ];
        for path in refused {
            assert_eq!(wire::ask(&app, "GET", &path, "", "").await.status, 404, "{path}");
        }
    }

    async fn the_log_says_nothing_about_anyone(app: TestApp) {
        app.subscribe("newsletter", "ada@example.org", &["newsletter"]).await;
        let checkpoint = app.checkpoint().await;
        let path = format!("/log/tile/entries/000.p/{}", checkpoint.size);
        let (_, _, bundle) = get(&app, &path).await;
        let mut seen = std::collections::BTreeSet::new();
        for entry in parse_bundle(&bundle).unwrap() {
            let entry: serde_json::Value = serde_json::from_slice(&entry).unwrap();
            let members: Vec<&str> = entry.as_object().unwrap().keys().map(String::as_str).collect();
            let kind = entry["t"].as_str().unwrap();
            let wanted = if kind == "evidence" { ["c", "t", "v"] } else { ["h", "t", "v"] };
            assert_eq!(members, wanted, "{entry}");
            assert!(seen.insert(entry.to_string()), "no two entries are alike: nobody can be followed");
        }
    }
}

/// Facts by the hundred, without the way that leads there.
async fn fill(app: &TestApp, count: usize) {
    for n in 0..count.div_ceil(2) {
        let email = format!("n{n}@example.org").parse_address();
        app.ask(&email).await;
    }
    app.run_due().await;
}

trait ParseAddress {
    fn parse_address(&self) -> ayeaye::domain::EmailAddress;
}

impl ParseAddress for str {
    fn parse_address(&self) -> ayeaye::domain::EmailAddress {
        ayeaye::domain::EmailAddress::parse(self).expect("an address")
    }
}

impl TestApp {
    /// Signs somebody up by the use case itself.
    pub(crate) async fn ask(&self, email: &ayeaye::domain::EmailAddress) {
        use ayeaye::app::sign_up::{Submission, sign_up};
        let tenant = self.tenant("acme");
        let submission = Submission {
            age: ayeaye::app::guardian::Age::NotAsked,
            form: None,
            tenant: &tenant,
            email,
            purposes: &[tenant.purposes[0].id],
            locale: ayeaye::domain::Locale::En,
            shown: "shown",
            token: "shown",
            entered: &ayeaye::domain::field::Answers::default(),
            placement: None,
            trapped: false,
            proof: "",
            visit: &Self::visit(),
            told: None,
        };
        sign_up(self.app(), &submission).await.unwrap();
    }
}
