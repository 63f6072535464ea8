//! The API as a client meets it: requests against every route of ours, over an installation made for one test.

use actix_web::{
    App as Actix,
    body::MessageBody,
    dev::ServiceResponse,
    http::header::{AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderValue, WWW_AUTHENTICATE},
    middleware::from_fn,
    test::{self, TestRequest},
    web::Data,
};
use serde_json::Value;

use super::quota;
use crate::{
    app::{keys, testing::House},
    web::{Web, error::in_words, routes},
};

/// An installation, and a key of `acme` that may do everything.
pub(super) struct Api {
    pub(super) house: House,
    pub(super) key: String,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) media_type: String,
    pub(super) challenge: Option<String>,
    pub(super) text: String,
    pub(super) json: Value,
}

impl Api {
    pub(super) async fn new() -> Self {
        let house = House::new().await;
        let key = house.key("acme", &keys::SCOPES).await;
        Self { house, key }
    }

    /// Sends a request as it is.
    pub(super) async fn send(&self, request: TestRequest) -> Answer {
        let web = Web { app: self.house.app.clone(), inbox: None, demo: None };
        let app = Actix::new().app_data(Data::new(web)).configure(routes).wrap(from_fn(in_words)).wrap(from_fn(quota::tell));
        let service = test::init_service(app).await;
        Answer::of(test::call_service(&service, request.to_request()).await)
    }

    /// Posts JSON with the key.
    pub(super) async fn post(&self, path: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.send(with_key(post(path, body), &self.key)).await
    }

    /// Asks with the key.
    pub(super) async fn get(&self, path: &str) -> Answer {
        self.send(with_key(TestRequest::get().uri(path), &self.key)).await
    }
}

/// JSON to be posted.
pub(super) fn post(path: &str, body: impl Into<Vec<u8>>) -> TestRequest {
    let request = TestRequest::post().uri(path).insert_header((CONTENT_TYPE, "application/json"));
    request.set_payload(body.into())
}

/// The request with a key.
pub(super) fn with_key(request: TestRequest, key: &str) -> TestRequest {
    request.insert_header((AUTHORIZATION, format!("Bearer {key}")))
}

impl Answer {
    fn of(response: ServiceResponse<impl MessageBody>) -> Self {
        let header = |name| {
            let value = response.headers().get(name);
            value.map(|it: &HeaderValue| it.to_str().unwrap().to_owned())
        };
        assert_eq!(header(CACHE_CONTROL).as_deref(), Some("no-store"));
        let (status, media_type) = (response.status().as_u16(), header(CONTENT_TYPE).unwrap());
        let challenge = header(WWW_AUTHENTICATE);
        let Ok(body) = response.into_body().try_into_bytes() else { panic!("the body is a stream") };
        let text = String::from_utf8(body.to_vec()).unwrap();
        let json = serde_json::from_str(&text).unwrap();
        Self { status, media_type, challenge, text, json }
    }

    /// Holds the answer to be a problem document of this status.
    #[track_caller]
    pub(super) fn is_problem(&self, status: u16) {
        assert_eq!((self.status, self.media_type.as_str()), (status, "application/problem+json"), "{self:?}");
        assert_eq!(self.json["status"], status);
        assert_eq!(self.json["type"], "about:blank");
        for member in ["title", "detail"] {
            assert!(self.json[member].as_str().is_some_and(|it| !it.is_empty()), "{self:?}");
        }
    }

    /// Holds the answer to be a 422 that names exactly these places.
    #[track_caller]
    pub(super) fn is_wrong_at(&self, places: &[&str]) {
        self.is_problem(422);
        let errors = self.json["errors"].as_array().unwrap();
        let place = |it: &Value| {
            assert!(it["detail"].as_str().is_some_and(|it| !it.is_empty()), "{it}");
            it["pointer"].as_str().or(it["parameter"].as_str()).unwrap_or("?").to_owned()
        };
        assert_eq!(errors.iter().map(place).collect::<Vec<_>>(), places, "{self:?}");
    }
}
