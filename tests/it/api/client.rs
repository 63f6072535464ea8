//! A system of a tenant's, with its key.

use reqwest::{RequestBuilder, Response};
use serde_json::Value;

use crate::support::app::{TestApp, http};

pub(super) struct Client {
    base: String,
    key: String,
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) tag: Option<String>,
    pub(super) location: Option<String>,
    pub(super) retry_after: Option<String>,
    pub(super) body: Value,
}

impl Client {
    /// With a key that may do everything.
    pub(super) async fn new(app: &TestApp, tenant: &str) -> Self {
        Self { base: app.base(), key: app.api_key(tenant).await }
    }

    /// The same at another instance.
    pub(super) fn at(&self, base: &str) -> Self {
        Self { base: base.to_owned(), key: self.key.clone() }
    }

    pub(super) fn post_request(&self, path: &str, body: &Value) -> RequestBuilder {
        let request = http().post(format!("{}{path}", self.base)).bearer_auth(&self.key);
        request.header("content-type", "application/json").body(body.to_string())
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Answer {
        Answer::of(self.post_request(path, body).send().await.unwrap()).await
    }

    /// Does something that takes no body.
    pub(super) async fn act(&self, path: &str) -> Answer {
        let request = http().post(format!("{}{path}", self.base)).bearer_auth(&self.key);
        Answer::of(request.send().await.unwrap()).await
    }

    pub(super) async fn get(&self, path: &str) -> Answer {
        let request = http().get(format!("{}{path}", self.base)).bearer_auth(&self.key);
        Answer::of(request.send().await.unwrap()).await
    }

    /// Changes what is as it is now.
    pub(super) async fn patch(&self, path: &str, body: &Value) -> Answer {
        self.patch_seen(path, "*", body).await
    }

    /// Changes what was seen under this tag.
    pub(super) async fn patch_seen(&self, path: &str, tag: &str, body: &Value) -> Answer {
        let request = http().patch(format!("{}{path}", self.base)).bearer_auth(&self.key);
        let request = request.header("content-type", "application/json").header("if-match", tag);
        Answer::of(request.body(body.to_string()).send().await.unwrap()).await
    }
}

impl Answer {
    pub(super) async fn of(answer: Response) -> Self {
        let header = |name: &str| answer.headers().get(name).map(|it| it.to_str().unwrap().to_owned());
        Self {
            status: answer.status().as_u16(),
            tag: header("etag"),
            location: header("location"),
            retry_after: header("retry-after"),
            body: serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null),
        }
    }

    /// The body, of an answer with this status.
    #[track_caller]
    pub(super) fn ok(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{:?}", self.body);
        self.body
    }

    /// The places that a 422 names.
    #[track_caller]
    pub(super) fn wrong(self) -> Vec<String> {
        let body = self.ok(422);
        let errors = body["errors"].as_array().unwrap().iter();
        errors.map(|it| it["pointer"].as_str().or(it["parameter"].as_str()).unwrap().to_owned()).collect()
    }
}

/// The text of a member.
#[track_caller]
pub(super) fn text(body: &Value, name: &str) -> String {
    body[name].as_str().unwrap_or_else(|| panic!("no {name} in {body}")).to_owned()
}
