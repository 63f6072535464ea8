//! What a `kill -9` in the middle of changes leaves: an effect is there exactly when its answer is kept.

use std::{sync::Arc, time::Duration};

use reqwest::{RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::home::{Home, Running};
use crate::support::{
    app::{SETUP, http},
    database::{Db, run_on},
};

const ROUNDS: u32 = 12;
const ADA: &str = "ada@example.org";

/// A client that changes Ada's language to and fro, each change under a key of its own.
struct Client {
    api_key: String,
    contact: String,
}

impl Client {
    /// Signs Ada up and finds her.
    async fn new(home: &Home, service: &Running) -> Self {
        let form = http().post(format!("{}/f/newsletter", service.base));
        let form = form.header("content-type", "application/x-www-form-urlencoded");
        let answer = form.body("email=ada%40example.org&p=newsletter").send().await.unwrap();
        assert_eq!(answer.status(), 303);
        let mut new = vec!["key", "new", "--tenant", "acme", "--json"];
        new.extend(["--scope", "contacts:read", "--scope", "contacts:write"]);
        let api_key = home.run(&new).json()["key"].as_str().unwrap().to_owned();
        let lookup = http().post(format!("{}/v1/contacts:lookup", service.base)).bearer_auth(&api_key);
        let lookup = lookup.header("content-type", "application/json");
        let found = json_of(lookup.body(json!({ "email": ADA }).to_string()).send().await.unwrap()).await;
        Self { api_key, contact: found["id"].as_str().unwrap().to_owned() }
    }

    fn url(&self, base: &str) -> String {
        format!("{base}/v1/contacts/{}", self.contact)
    }

    async fn locale(&self, base: &str) -> String {
        let answer = http().get(self.url(base)).bearer_auth(&self.api_key).send().await.unwrap();
        json_of(answer).await["locale"].as_str().unwrap().to_owned()
    }

    fn change(&self, base: &str, number: u32) -> RequestBuilder {
        let request = http().patch(self.url(base)).bearer_auth(&self.api_key).header("if-match", "*");
        let request = request.header("idempotency-key", format!("\"change-{number}\""));
        let body = json!({ "locale": language(number) }).to_string();
        request.header("content-type", "application/json").body(body)
    }

    /// Makes changes until one is not answered; its number, and every answer before it.
    async fn until_killed(&self, base: &str, from: u32, begun: &Notify) -> (u32, Vec<(u32, String)>) {
        let mut answers = Vec::new();
        for number in from.. {
            let Ok(answer) = self.change(base, number).send().await else { return (number, answers) };
            assert_eq!(answer.status(), 200);
            let Ok(text) = answer.text().await else { return (number, answers) };
            answers.push((number, text));
            begun.notify_one();
        }
        unreachable!("a client does not count that far");
    }
}

fn language(number: u32) -> &'static str {
    if number.is_multiple_of(2) { "en" } else { "fr" }
}

async fn json_of(answer: Response) -> Value {
    assert_eq!(answer.status(), 200);
    serde_json::from_str(&answer.text().await.unwrap()).unwrap()
}

async fn effects_and_answers_survive_together(home: Home) {
    let mut home = home;
    home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s");
    home.set("AYEAYE_LIMITS_API_PER_MINUTE", "1000000");
    home.set("AYEAYE_LOG", "error");
    home.set_up(SETUP);
    let service = home.serve().await;
    let client = Arc::new(Client::new(&home, &service).await);
    service.stop().await;
    let (mut next, mut replayed) = (1, 0);
    for round in 0..ROUNDS {
        let service = home.serve().await;
        let (base, begun, made) = (service.base.clone(), Arc::new(Notify::new()), Arc::clone(&client));
        let told = Arc::clone(&begun);
        let at_work = tokio::spawn(async move { made.until_killed(&base, next, &told).await });
        begun.notified().await;
        // At another moment of a change each time.
        tokio::time::sleep(Duration::from_micros(u64::from(round) * 1_700)).await;
        service.kill();
        let (unanswered, answers) = at_work.await.unwrap();

        let service = home.serve().await;
        let done = client.locale(&service.base).await == language(unanswered);
        let again = client.change(&service.base, unanswered).send().await.unwrap();
        assert_eq!(again.status(), 200);
        assert_eq!(again.headers().contains_key("idempotency-replayed"), done, "change {unanswered}");
        replayed += u32::from(done);
        for (number, text) in answers {
            let again = client.change(&service.base, number).send().await.unwrap();
            assert_eq!(again.text().await.unwrap(), text, "change {number}");
        }
        service.stop().await;
        next = unanswered + 1;
    }
    let changes = home.database().rows("event").await;
    let changes = changes.iter().filter(|it| it.contains("preference.changed")).count();
    assert_eq!(
        u32::try_from(changes).unwrap(),
        next - 1,
        "each change once ({replayed} were answered after a kill)"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn effects_and_answers_survive_kills_together_on_sqlite() {
    run_on(Db::Sqlite, effects_and_answers_survive_together).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn effects_and_answers_survive_kills_together_on_postgres() {
    run_on(Db::Postgres, effects_and_answers_survive_together).await;
}
