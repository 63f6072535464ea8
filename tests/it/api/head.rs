//! HEAD with a key says what GET says, but for the body.

use std::collections::BTreeMap;

use ayeaye::web::api::{contents::ALL, route::Method};
use reqwest::{RequestBuilder, Response};

use super::{
    ask,
    things::{Things, common, draft},
};
use crate::support::{
    app::{TestApp, http},
    database::both,
};

/// What two answers to one question differ in, and how a body is framed.
const OF_ITS_OWN: [&str; 4] = ["date", "ratelimit", "content-length", "transfer-encoding"];

fn headers(answer: &Response, without: &[&str]) -> BTreeMap<String, String> {
    let all = answer.headers().iter().filter(|(name, _)| !without.contains(&name.as_str()));
    all.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

async fn head(request: RequestBuilder) -> Response {
    let mut request = request.build().unwrap();
    *request.method_mut() = reqwest::Method::HEAD;
    http().execute(request).await.unwrap()
}

both! {
    async fn head_is_get_without_the_body_for_a_key(app: TestApp) {
        let Things { ids, receiver: _receiver } = Things::of(&app).await;
        draft(&app).await;
        let all = [common().to_vec(), ids].concat();
        let names: Vec<(&str, &str)> = all.iter().map(|(place, it)| (*place, it.as_str())).collect();
        let key = app.api_key("acme").await;
        app.run_due().await;
        // The stream of events has no end, with or without a body.
        let read = ALL.iter().filter(|it| {
            it.method == Method::Get && it.scope.is_some() && it.answer.media_type != "text/event-stream"
        });
        for endpoint in read {
            let mut without = OF_ITS_OWN.to_vec();
            if endpoint.path.starts_with("/v1/audiences/") {
                // It leads to the disclosure, which HEAD is none of.
                without.push("link");
            }
            let get = ask(&app, endpoint, &names).bearer_auth(&key).send().await.unwrap();
            let (status, told) = (get.status(), headers(&get, &without));
            // An audience is handed out to one at a time.
            get.bytes().await.unwrap();
            let head = head(ask(&app, endpoint, &names).bearer_auth(&key)).await;
            assert_eq!((status.as_u16(), head.status()), (200, status), "{}", endpoint.path);
            assert_eq!(headers(&head, &without), told, "{}", endpoint.path);
            assert_eq!(head.bytes().await.unwrap().len(), 0, "{}", endpoint.path);
        }
    }
}
