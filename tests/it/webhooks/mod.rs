//! Webhooks as their owner meets them: set up by the API, delivered, looked up, sent again.

mod endpoints;
mod given;
mod log;
mod order;
mod schemas;
mod signatures;

use ayeaye::web::api::auth::Scope;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::app::{TestApp, http};

pub(crate) const ADA: &str = "ada@example.org";

/// Somebody of acme with a key for webhooks.
pub(crate) struct Owner {
    base: String,
    key: String,
}

impl Owner {
    pub(crate) async fn of(app: &TestApp) -> Self {
        let scopes = [Scope::WebhooksRead, Scope::WebhooksWrite, Scope::EventsRead];
        let scopes = scopes.map(|it| it.word().to_owned()).to_vec();
        let tenant = app.tenant("acme").id;
        let key = ayeaye::app::keys::new_api_key(app.app(), tenant, scopes).await.unwrap().1;
        Self { base: app.base(), key }
    }

    async fn send(&self, method: Method, path: &str, body: Option<&Value>) -> (u16, Value) {
        let request = http().request(method, format!("{}{path}", self.base)).bearer_auth(&self.key);
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()),
            None => request,
        };
        let answer = request.header("if-match", "*").send().await.unwrap();
        let status = answer.status().as_u16();
        (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        let (status, answer) = self.send(Method::GET, path, None).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    pub(crate) async fn post(&self, path: &str, body: Option<Value>) -> Value {
        let (status, answer) = self.send(Method::POST, path, body.as_ref()).await;
        assert!([200, 201].contains(&status), "{path}: {status} {answer}");
        answer
    }

    pub(crate) async fn patch(&self, path: &str, body: Value) -> Value {
        let (status, answer) = self.send(Method::PATCH, path, Some(&body)).await;
        assert_eq!(status, 200, "{path}: {answer}");
        answer
    }

    /// A new endpoint: its path, its secret and its public key.
    pub(crate) async fn endpoint(&self, url: &str, events: &[&str], addresses: bool) -> Made {
        let wish = json!({ "url": url, "events": events, "addresses": addresses });
        let made = self.post("/v1/webhook_endpoints", Some(wish)).await;
        let text = |name: &str| made[name].as_str().unwrap().to_owned();
        let path = format!("/v1/webhook_endpoints/{}", text("id"));
        Made { path, secret: text("secret"), public_key: text("public_key") }
    }
}

/// A new endpoint.
pub(crate) struct Made {
    pub(crate) path: String,
    pub(crate) secret: String,
    pub(crate) public_key: String,
}

impl Made {
    /// Its id.
    pub(crate) fn id(&self) -> String {
        self.path.rsplit('/').next().unwrap().to_owned()
    }
}
