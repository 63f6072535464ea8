//! No GET or HEAD of the API changes the database, asked with a key that may do everything about what is there.
//!
//! There is one exception: an audience that is handed out notes that it was, to whom, and of each consent that it was
//! relied on.

use ayeaye::web::api::route::{ALL, Endpoint, Method};

use super::{
    ask, read,
    things::{Things, common},
};
use crate::{
    hostile::assert_same,
    support::{
        app::{TestApp, http},
        database::both,
    },
};

/// What notes that it was asked for, and in which tables.
const AUDIENCES: [&str; 2] = ["/v1/audiences/{purpose}.ndjson", "/v1/audiences/{purpose}.csv"];
const NOTED: [&str; 3] = ["disclosure", "recipient", "consent"];
/// Taken whenever a job looks whether it is its turn.
const LEASES: &str = "lease";

fn read_only() -> impl Iterator<Item = &'static Endpoint> {
    ALL.iter().copied().filter(|it| it.method == Method::Get)
}

fn notes(endpoint: &Endpoint) -> bool {
    AUDIENCES.contains(&endpoint.path)
}

both! {
    async fn nothing_that_is_read_with_a_key_changes_anything(app: TestApp) {
        let Things { ids, receiver: _receiver } = Things::of(&app).await;
        // Long enough ago for their use to be noted anew.
        app.database.run("UPDATE consent SET since = since - 3000000000").await;
        let all = [common().to_vec(), ids].concat();
        let names: Vec<(&str, &str)> = all.iter().map(|(place, it)| (*place, it.as_str())).collect();
        let key = app.api_key("acme").await;
        // A draft, so that there is a difference to be shown.
        let draft = ALL.iter().find(|it| it.method == Method::Patch && it.path == "/v1/forms/{form}").unwrap();
        assert_eq!(read(ask(&app, draft, &names).bearer_auth(&key).send().await.unwrap()).await.0, draft.answer.status);
        let before = app.dump_but(&[LEASES]).await;
        assert!(["disclosure ", "recipient ", "latest ", "attempt ", "export "].iter().all(|it| before.contains(it)));
        for endpoint in read_only() {
            let mut head = ask(&app, endpoint, &names).bearer_auth(&key).build().unwrap();
            assert!(!head.url().path().contains("%7B"), "{}", head.url());
            *head.method_mut() = reqwest::Method::HEAD;
            let status = http().execute(head).await.unwrap().status().as_u16();
            assert!(status == endpoint.answer.status || status == 204, "HEAD {}: {status}", endpoint.path);
            if !notes(endpoint) {
                let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&key).send().await.unwrap()).await;
                assert_eq!(status, endpoint.answer.status, "{}: {body}", endpoint.path);
            }
        }
        assert_same(&before, &app.dump_but(&[LEASES]).await);

        let besides = [&NOTED[..], &[LEASES]].concat();
        let before = app.dump_but(&besides).await;
        for endpoint in read_only().filter(|it| notes(it)) {
            let noted = app.dump_but(&[LEASES]).await;
            let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&key).send().await.unwrap()).await;
            assert_eq!(status, endpoint.answer.status, "{}: {body}", endpoint.path);
            assert_ne!(app.dump_but(&[LEASES]).await, noted, "{} is noted", endpoint.path);
        }
        assert_same(&before, &app.dump_but(&besides).await);
    }
}
