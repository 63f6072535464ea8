//! The links of people who have confirmed, as the send gate gives them to a mailing tool.

use std::{borrow::Cow, net::SocketAddr};

use serde::{Deserialize, Deserializer, de::Error as _};

use crate::{http::Connection, work::Question};

/// Addresses in one call of the send gate: the most it takes.
pub(crate) const CALL: usize = 10_000;

/// The paths of one person's links.
pub(crate) struct Links {
    /// Who.
    pub(crate) number: u32,
    /// Where they leave.
    pub(crate) unsubscribe: String,
    /// Where they choose.
    pub(crate) preferences: String,
}

/// Asks for the links of `people`.
pub(crate) async fn of(people: &[u32], address: SocketAddr, key: &str) -> Vec<Links> {
    let mut connection = Connection::to(address).await;
    let mut all = Vec::new();
    for people in people.chunks(CALL) {
        let question = Question::new(address, key, people, people.len(), true);
        let answer = connection.ask(question.request()).await.expect("the send gate answers");
        assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(answer.body));
        let given: Given = serde_json::from_slice(answer.body).expect("links of people who have confirmed");
        all.extend(given.results.into_iter().map(Links::from));
    }
    all
}

impl From<Allowed> for Links {
    fn from(Allowed { number, links }: Allowed) -> Self {
        Self { number, unsubscribe: path(&links.unsubscribe), preferences: path(&links.preferences) }
    }
}

/// What the send gate answers, as far as it is of use here.
#[derive(Deserialize)]
struct Given {
    results: Vec<Allowed>,
}

#[derive(Deserialize)]
struct Allowed {
    #[serde(rename = "ref", deserialize_with = "number")]
    number: u32,
    links: Addresses,
}

#[derive(Deserialize)]
struct Addresses {
    unsubscribe: String,
    preferences: String,
}

fn number<'de, D: Deserializer<'de>>(from: D) -> Result<u32, D::Error> {
    <Cow<'de, str>>::deserialize(from)?.parse().map_err(D::Error::custom)
}

/// The path of an address, with its query.
fn path(address: &str) -> String {
    let after = address.split_once("://").map_or(address, |it| it.1);
    after.find('/').map_or("/", |at| after.split_at(at).1).to_owned()
}
