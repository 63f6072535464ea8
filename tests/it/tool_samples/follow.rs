//! `follow.py` over the life of a list: at a stand-in of Brevo that keeps one, and knows nobody who was never put there.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    process::Output,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};

use super::{
    ADA, StandIn, forget_what_was_told, leave, links_of,
    lists::{BREVO, Following},
    printed, run, script, told,
};
use crate::support::{
    app::http,
    database::both,
    process::Scratch,
    receiver::{Answer, Request},
};

const DAN: &str = "dan@example.org";
const EVE: &str = "eve@example.org";
const FAY: &str = "fay@example.org";
/// Somebody whom others wrote onto the list.
const STRANGER: &str = "stranger@example.org";

/// Whom a tool holds, and whether they are on the list.
#[derive(Default)]
struct Held {
    people: BTreeMap<String, bool>,
    /// How many requests it answers before it does as it is told and is gone before it says so.
    lasts: Option<usize>,
}

/// Brevo, as far as the program needs it.
struct Brevo {
    stand_in: StandIn,
    held: Arc<Mutex<Held>>,
}

impl Brevo {
    async fn start() -> Self {
        let held: Arc<Mutex<Held>> = Arc::default();
        let of = Arc::clone(&held);
        let stand_in = StandIn::start(move |request| of.lock().unwrap().answer(request)).await;
        held.lock().unwrap().people.insert(STRANGER.to_owned(), true);
        Self { stand_in, held }
    }

    async fn follow(&self, it: &Following) -> Output {
        run(it.command(&BREVO, &self.stand_in), "").await
    }

    /// Who is on the list besides the stranger, and who is known to the tool without being on it.
    fn on_and_off(&self) -> [Vec<String>; 2] {
        let mut people = self.held.lock().unwrap().people.clone();
        assert_eq!(people.remove(STRANGER), Some(true), "nobody asked about the stranger");
        let (on, off): (Vec<_>, Vec<_>) = people.into_iter().partition(|it| it.1);
        [on, off].map(|those| those.into_iter().map(|it| it.0).collect())
    }

    fn breaks_after(&self, requests: Option<usize>) {
        self.held.lock().unwrap().lasts = requests;
    }
}

impl Held {
    fn answer(&mut self, request: &Request) -> Answer {
        let answer = self.done(request);
        match self.lasts.as_mut() {
            Some(0) => Answer::HangUp,
            Some(left) => {
                *left -= 1;
                answer
            }
            None => answer,
        }
    }

    fn done(&mut self, request: &Request) -> Answer {
        if request.method == "POST" {
            self.people.insert(request.json()["email"].as_str().unwrap().to_owned(), true);
            return told(&json!({ "id": 21 }));
        }
        let email = request.target.rsplit('/').next().unwrap().replace("%40", "@");
        let is_known = match request.method.as_str() {
            "PUT" => self.people.get_mut(&email).map(|it| *it = false).is_some(),
            _ => self.people.remove(&email).is_some(),
        };
        Answer::status(if is_known { 204 } else { 404 })
    }
}

async fn join(it: &Following, email: &str) {
    it.app.subscribe("newsletter", email, &["newsletter"]).await;
}

async fn go(it: &Following, email: &str) {
    let [out, _] = links_of(&it.app, &it.key, email).await;
    leave(&it.app, &out).await;
}

async fn erase(it: &Following, email: &str) {
    let id = it.app.person("acme", email).await.expect("they are known").0.id.to_string();
    let (status, told) = it.app.post_json("/v1/contacts:erase", &it.key, &json!({ "contact": id })).await;
    assert_eq!(status, 200, "{told}");
    it.app.run_due().await;
}

async fn get(it: &Following, path: &str) -> (u16, Value) {
    let answer = http().get(format!("{}{path}", it.app.base())).bearer_auth(&it.key).send().await.unwrap();
    (answer.status().as_u16(), serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

fn state(it: &Following) -> Value {
    serde_json::from_slice(&fs::read(it.folder.path().join("state.json")).unwrap()).unwrap()
}

both! {
    async fn whoever_was_there_before_the_first_run_is_kept_in_step(it: Following) {
        let brevo = Brevo::start().await;
        join(&it, DAN).await;
        join(&it, EVE).await;
        forget_what_was_told(&it.app).await;
        printed(&brevo.follow(&it).await);
        assert_eq!(brevo.on_and_off(), [vec![ADA, DAN, EVE], vec![]]);
        go(&it, ADA).await;
        erase(&it, EVE).await;
        join(&it, FAY).await;
        printed(&brevo.follow(&it).await);
        assert_eq!(brevo.on_and_off(), [vec![DAN, FAY], vec![ADA]]);
        let (status, told) = get(&it, "/v1/disclosures").await;
        assert_eq!(status, 200, "{told}");
        let receivers: Vec<&Value> = told["data"].as_array().unwrap().iter().map(|it| &it["recipient"]).collect();
        assert_eq!(receivers, ["Brevo"], "who gets the addresses is on record: {told}");
    }

    async fn whoever_comes_too_late_for_the_feed_takes_off_who_left_meanwhile(it: Following) {
        let brevo = Brevo::start().await;
        join(&it, DAN).await;
        join(&it, EVE).await;
        printed(&brevo.follow(&it).await);
        let place = state(&it)["after"].clone();
        go(&it, ADA).await;
        erase(&it, EVE).await;
        join(&it, FAY).await;
        forget_what_was_told(&it.app).await;
        let (status, told) = get(&it, &format!("/v1/events?after={place}")).await;
        assert_eq!(status, 410, "{told}");
        printed(&brevo.follow(&it).await);
        assert_eq!(brevo.on_and_off(), [vec![DAN, FAY], vec![ADA]]);
        go(&it, DAN).await;
        printed(&brevo.follow(&it).await);
        assert_eq!(brevo.on_and_off(), [vec![FAY], vec![ADA, DAN]]);
    }

    async fn a_run_that_breaks_off_anywhere_leaves_nobody_on_the_list_who_left_meanwhile(it: Following) {
        let everybody = [ADA, DAN, EVE, FAY];
        for email in &everybody[1..] {
            join(&it, email).await;
        }
        let brevo = Brevo::start().await;
        brevo.breaks_after(Some(1));
        assert!(!brevo.follow(&it).await.status.success());
        assert_eq!(brevo.on_and_off()[0].len(), 2, "it broke off half-way");
        let on = brevo.on_and_off()[0].clone();
        let left_out: Vec<&str> = everybody.into_iter().filter(|it| !on.iter().any(|on| on == it)).collect();
        go(&it, &on[0]).await;
        erase(&it, &on[1]).await;
        go(&it, left_out[0]).await;
        for requests in 0..2 {
            brevo.breaks_after(Some(requests));
            assert!(!brevo.follow(&it).await.status.success(), "it breaks off again after {requests}");
        }
        brevo.breaks_after(None);
        printed(&brevo.follow(&it).await);
        assert_eq!(brevo.on_and_off(), [vec![left_out[1].to_owned()], vec![on[0].clone()]]);
        let known: BTreeSet<String> =
            state(&it)["known"].as_object().unwrap().values().map(|it| it.as_str().unwrap().to_owned()).collect();
        assert!(!known.contains(&on[1]), "who is erased is forgotten here too: {known:?}");
    }

    async fn only_one_run_at_a_time_changes_a_list(it: Following) {
        let brevo = Brevo::start().await;
        let other = File::create(it.folder.path().join("state.json.lock")).unwrap();
        other.lock().unwrap();
        printed(&brevo.follow(&it).await);
        assert_eq!(brevo.stand_in.asked(), []);
        other.unlock().unwrap();
        printed(&brevo.follow(&it).await);
        assert_eq!(brevo.on_and_off()[0], [ADA]);
    }
}

#[tokio::test]
async fn an_audience_that_does_not_come_whole_changes_nothing() {
    let member = "{\"object\":\"member\",\"contact\":\"con_1\"}\n";
    let hash = "6f8d3ed1f0c6b8b2d0e1a7d8c1ffb6f0b5a9d7c3e4f2a1908172635445362718";
    for rest in [
        String::new(),
        format!("{{\"object\":\"trailer\",\"count\":2,\"sha256\":\"{hash}\",\"as_of_sequence\":3}}\n"),
        format!("{{\"object\":\"trailer\",\"count\":1,\"sha256\":\"{hash}\",\"as_of_sequence\":3}}\n"),
    ] {
        let cut = StandIn::start(move |_| Answer::status(200).body(format!("{member}{rest}"))).await;
        let brevo = Brevo::start().await;
        let folder = Scratch::new("follow");
        let mut command = script("python3", "follow.py");
        command.arg("brevo").arg("newsletter").arg(folder.path().join("state.json"));
        command
            .env("AYEAYE_KEY", "aye_any")
            .env("AYEAYE_URL", cut.served.url())
            .env("BREVO_URL", brevo.stand_in.served.url());
        command.env("BREVO_KEY", "secret").env("BREVO_LIST", "7");
        let output = run(command, "").await;
        assert!(!output.status.success());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.starts_with("The audience did not come whole."), "{said}");
        assert_eq!((cut.asked().len(), brevo.stand_in.asked().len()), (1, 0));
        assert!(!folder.path().join("state.json").exists());
    }
}
