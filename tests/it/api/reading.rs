//! Reading through the API changes nothing. One exception, named here: whoever takes an audience out is noted, because
//! people are told who was given their address, in the privacy notice too, and their consents count as in use, because
//! they are mailed.

use std::time::Duration;

use ayeaye::web::api::{
    contents::ALL,
    route::{Endpoint, Method},
};
use reqwest::Response;
use serde_json::Value;

use super::{
    ask, read,
    things::{Things, common, draft},
};
use crate::{
    hostile::assert_same,
    support::{
        app::{TestApp, http},
        database::both,
        wait::until,
    },
};

/// Taken whenever a job looks whether it is its turn.
const LEASES: &str = "lease";
/// The only reads that are noted.
const NOTED: [&str; 2] = ["/v1/audiences/{purpose}.ndjson", "/v1/audiences/{purpose}.csv"];
/// Where they are noted.
const NOTES: [&str; 5] = ["disclosure ", "recipient ", "catalog ", "notice ", "publication "];

/// A key and what its paths stand for.
struct Reader<'a> {
    app: &'a TestApp,
    key: String,
    names: Vec<(&'static str, String)>,
}

impl Reader<'_> {
    async fn read(&self, endpoint: &Endpoint, method: reqwest::Method, tag: Option<&str>) -> Response {
        let names: Vec<(&str, &str)> = self.names.iter().map(|(place, it)| (*place, it.as_str())).collect();
        let mut request = ask(self.app, endpoint, &names).bearer_auth(&self.key);
        if let Some(tag) = tag {
            request = request.header("if-none-match", tag);
        }
        let mut request = request.build().unwrap();
        *request.method_mut() = method;
        http().execute(request).await.unwrap()
    }

    /// Takes the audience out and waits until that is noted to its end; its tag.
    async fn take(&self, endpoint: &Endpoint, before: usize) -> String {
        let answer = self.read(endpoint, reqwest::Method::GET, None).await;
        let tag = answer.headers()["etag"].to_str().unwrap().to_owned();
        assert_eq!(read(answer).await.0, 200, "{}", endpoint.path);
        until("the disclosure", Duration::from_secs(20), async || {
            let rows = self.app.database.rows("disclosure").await;
            let is_ended = rows.iter().all(|it| it.contains("\"complete\""));
            (rows.len() == before + 1 && is_ended).then_some(())
        })
        .await;
        tag
    }
}

/// What is stored, but for notes of who was given what, and of when a consent was last in use.
fn without_notes(text: &str) -> String {
    let rest = text.lines().filter(|line| NOTES.iter().all(|it| !line.starts_with(it)));
    let rest = rest.map(|line| match line.strip_prefix("consent ") {
        Some(row) => {
            let mut row: Value = serde_json::from_str(row).unwrap();
            assert!(row.as_object_mut().unwrap().remove("used_at").is_some(), "{line}");
            format!("consent {row}\n")
        }
        None => format!("{line}\n"),
    });
    rest.collect()
}

both! {
    async fn reading_changes_nothing_but_that_a_taken_audience_is_noted(app: TestApp) {
        let Things { ids, receiver: _receiver } = Things::of(&app).await;
        draft(&app).await;
        let reader =
            Reader { app: &app, key: app.api_key("acme").await, names: [common().to_vec(), ids].concat() };
        // Long enough ago for their use to be noted anew.
        app.database.run("UPDATE consent SET since = since - 3000000000").await;
        app.run_due().await;
        let gets: Vec<&Endpoint> =
            ALL.iter().copied().filter(|it| matches!(it.method, Method::Get)).collect();
        let (noted, plain): (Vec<&Endpoint>, Vec<&Endpoint>) =
            gets.into_iter().partition(|it| NOTED.contains(&it.path));
        assert!(noted.len() == NOTED.len() && plain.len() > 30, "{} and {}", noted.len(), plain.len());

        let before = app.dump_but(&[LEASES]).await;
        for endpoint in &plain {
            let answer = reader.read(endpoint, reqwest::Method::GET, None).await;
            let (status, body) = read(answer).await;
            assert_eq!(status, endpoint.answer.status, "{}: {body}", endpoint.path);
            let answer = reader.read(endpoint, reqwest::Method::HEAD, None).await;
            assert!(answer.status().as_u16() < 500, "{}: {}", endpoint.path, answer.status());
        }
        for endpoint in &noted {
            assert_eq!(reader.read(endpoint, reqwest::Method::HEAD, None).await.status(), 200);
        }
        assert_same(&before, &app.dump_but(&[LEASES]).await);

        for endpoint in noted {
            let disclosures = app.database.rows("disclosure").await.len();
            let tag = reader.take(endpoint, disclosures).await;
            let after = app.dump_but(&[LEASES]).await;
            assert_same(&without_notes(&before), &without_notes(&after));
            let known = reader.read(endpoint, reqwest::Method::GET, Some(&tag)).await;
            assert_eq!((known.status().as_u16(), read(known).await.1.as_str()), (304, ""), "{}", endpoint.path);
            let head = reader.read(endpoint, reqwest::Method::HEAD, Some(&tag)).await;
            assert!([200, 304].contains(&head.status().as_u16()), "{}", head.status());
            assert_same(&after, &app.dump_but(&[LEASES]).await);
        }
    }
}
