use serde_json::{Value, json};

use crate::{
    app::testing::{NOON, Person, settled, sha256_hex},
    domain::{
        consent::{Consent, State},
        time::DAY,
    },
    web::api::testing::{Answer, Api, post, with_key},
};
use actix_web::test::TestRequest;

fn lines(answer: &Answer) -> Vec<Value> {
    answer.text.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

/// Lets a form ask for `first-name`.
async fn ask_the_first_name(api: &Api) {
    let form = json!({
        "slug": "letters", "purposes": ["newsletter"],
        "fields": [{
            "slug": "first-name", "kind": "text", "label": { "en": "Your first name" },
            "reason": { "en": "To greet you by it." },
        }],
    });
    assert_eq!(api.post("/v1/forms", form.to_string()).await.status, 201);
    assert_eq!(api.post("/v1/forms/letters:publish", "").await.status, 200);
}

/// Somebody in every state that exists; only the first two may be mailed.
async fn everybody(api: &Api) {
    let confirmed = Some(settled(State::Confirmed));
    let house = &api.house;
    house.confirmed("acme", "ada@example.org").await;
    let bob = Person {
        email: Some("bob@example.org"),
        external_id: Some("=crm-7"),
        consent: confirmed,
        ..Person::default()
    };
    house.person("acme", &bob).await;
    for state in [State::Unknown, State::Withdrawn, State::Refused, State::Expired] {
        for pending in [None, Some(NOON)] {
            let consent = Some(Consent { pending_since: pending, ..settled(state) });
            let email =
                Some(Box::leak(format!("{state}{}@example.org", pending.is_some()).into_boxed_str()) as &str);
            house.person("acme", &Person { email, consent, ..Person::default() }).await;
        }
    }
    let but = |email| Person { email: Some(email), consent: confirmed, ..Person::default() };
    for person in [
        Person { restricted: true, ..but("frozen@example.org") },
        Person { suppressed: true, ..but("bounced@example.org") },
        Person { paused_until: Some(NOON.plus(DAY)), ..but("away@example.org") },
        Person { erased: true, ..but("erased@example.org") },
        Person { erased: true, email: None, ..but("gone@example.org") },
        Person {
            consent: Some(Consent { since: NOON.plus(-733 * DAY), ..settled(State::Confirmed) }),
            ..but("old@example.org")
        },
        Person { consent: None, ..but("stranger@example.org") },
    ] {
        house.person("acme", &person).await;
    }
    house.confirmed("other", "eve@example.org").await;
}

#[tokio::test]
async fn an_audience_is_whom_the_gate_allows_and_ends_with_a_trailer() {
    let api = Api::new().await;
    everybody(&api).await;
    let answer = api.get("/v1/audiences/newsletter.ndjson?recipient=Acme").await;
    assert_eq!((answer.status, answer.media_type.as_str()), (200, "application/x-ndjson"));
    let lines = lines(&answer);
    let (trailer, members) = lines.split_last().unwrap();
    let emails: Vec<&str> = members.iter().map(|it| it["email"].as_str().unwrap()).collect();
    assert_eq!(emails.len(), 2, "{emails:?}");
    assert!(emails.contains(&"ada@example.org") && emails.contains(&"bob@example.org"), "{emails:?}");
    let ada = members.iter().find(|it| it["email"] == "ada@example.org").unwrap();
    assert_eq!(
        (&ada["object"], &ada["locale"], &ada["external_id"]),
        (&json!("member"), &json!("en"), &Value::Null)
    );
    assert_eq!(ada["confirmed_at"], "2026-11-21T09:14:32.000Z");
    assert!(
        ada["consent"].as_str().unwrap().starts_with("evi_")
            && ada["contact"].as_str().unwrap().starts_with("con_")
    );
    assert_eq!(ada.get("links"), None);
    let before = answer.text.rfind("{\"object\":\"trailer\"").unwrap();
    assert_eq!(
        (&trailer["object"], &trailer["count"], &trailer["left_out"]),
        (&json!("trailer"), &json!(2), &json!(0))
    );
    assert_eq!(trailer["sha256"], sha256_hex(answer.text.get(..before).unwrap()));
    assert_eq!(trailer["as_of_sequence"], 0);
    // Whom the gate is asked about one by one it answers the same.
    let asked: Vec<Value> =
        ["ada", "bob", "frozen", "bounced", "away", "erased", "gone", "old", "stranger", "withdrawnfalse"]
            .iter()
            .map(|it| json!({ "email": format!("{it}@example.org") }))
            .collect();
    let check =
        api.post("/v1/checks", json!({ "purpose": "newsletter", "recipients": asked }).to_string()).await;
    assert_eq!(check.json["allowed"], 2, "{check:?}");
}

#[tokio::test]
async fn a_retired_purpose_has_an_empty_audience_and_an_unknown_one_none() {
    let api = Api::new().await;
    let answer = api.get("/v1/audiences/paper.ndjson?recipient=Acme").await;
    assert_eq!((answer.status, lines(&answer).len(), &lines(&answer)[0]["count"]), (200, 1, &json!(0)));
    assert_eq!(lines(&answer)[0]["sha256"], sha256_hex(""));
    for ending in ["ndjson", "csv"] {
        api.get(&format!("/v1/audiences/nothing.{ending}?recipient=Acme")).await.is_problem(404);
        let head = TestRequest::default().method(actix_web::http::Method::HEAD);
        let head = head.uri(&format!("/v1/audiences/newsletter.{ending}?recipient=Acme"));
        assert_eq!(api.send(with_key(head, &api.key)).await.text, "");
    }
    assert_eq!(
        api.get("/v1/disclosures").await.json["data"].as_array().unwrap().len(),
        1,
        "asking for the head gives nothing away"
    );
}

#[tokio::test]
async fn a_table_is_safe_in_a_spreadsheet_and_has_its_trailer() {
    let api = Api::new().await;
    everybody(&api).await;
    api.house.confirmed("acme", "+cmd|'/ccalc'!a0@example.org").await;
    let answer = api.get("/v1/audiences/newsletter.csv?recipient=Acme&fields=email,external_id").await;
    assert_eq!((answer.status, answer.media_type.as_str()), (200, "text/csv; charset=utf-8"));
    let rows: Vec<&str> = answer.text.split_terminator("\r\n").collect();
    assert_eq!(rows[0], "email,external_id");
    assert!(rows.contains(&"ada@example.org,") && rows.contains(&"bob@example.org,'=crm-7"), "{rows:?}");
    assert!(!answer.text.contains("cmd|"), "an address that is a formula is left out");
    let before = answer.text.rfind("#trailer").unwrap();
    let sha256 = sha256_hex(answer.text.get(..before).unwrap());
    assert!(
        rows[3].starts_with(&format!(
            "#trailer,count=2,sha256={sha256},as_of_sequence=0,left_out=1,disclosure=dis_"
        )),
        "{rows:?}"
    );
    assert_eq!(rows.len(), 4);
    let told = api.get("/v1/audiences/newsletter.ndjson?recipient=Acme&fields=email").await;
    assert!(told.text.contains("+cmd|"), "{told:?}");
}

#[tokio::test]
async fn each_tool_gets_the_columns_its_import_knows() {
    let api = Api::new().await;
    ask_the_first_name(&api).await;
    let (ada, _) = api.house.confirmed("acme", "ada@example.org").await;
    for (profile, head, row) in [
        ("listmonk", "email,name,attributes", "ada@example.org,,\"{\"\"aye_id\"\":\"\"con_"),
        (
            "mailchimp",
            "Email Address,Language,AYE_ID,AYE_URL,AYE_UNSUB,FIRST_NAME",
            "ada@example.org,en,con_",
        ),
        ("brevo", "EMAIL;EXT_ID;LANGUAGE;AYE_ID;AYE_URL;AYE_UNSUB;FIRST_NAME", "ada@example.org;;en;con_"),
        ("sendgrid", "email,locale,aye_id,aye_url,aye_unsub,first_name", "ada@example.org,en,con_"),
        ("mautic", "email,preferred_locale,aye_id,aye_url,aye_unsub,first_name", "ada@example.org,en,con_"),
        (
            "hubspot",
            "Email,Preferred language,Legal basis for processing contact's data,aye_id,aye_url,aye_unsub,first_name",
            "ada@example.org,en,Freely given consent from contact,con_",
        ),
    ] {
        let path =
            format!("/v1/audiences/newsletter.csv?profile={profile}&include=links&fields=answers.first-name");
        let answer = api.get(&path).await;
        let rows: Vec<&str> = answer.text.split_terminator("\r\n").collect();
        assert_eq!((rows.len(), rows[0]), (2, head), "no trailer: the tool would take it for a person");
        assert!(rows[1].starts_with(row), "{rows:?}");
        for link in ["/p/ay1.prefs.", "/u/ay1.unsub."] {
            assert_eq!(rows[1].matches(link).count(), 1, "{rows:?}");
        }
        // What the file cannot say is where its Link leads.
        let link = answer.header("link").unwrap();
        let place = link.strip_prefix('<').and_then(|it| it.strip_suffix(">; rel=\"describedby\"")).unwrap();
        let disclosure = api.get(place).await.json;
        assert_eq!((&disclosure["state"], &disclosure["count"]), (&json!("complete"), &json!(1)));
        assert_eq!(disclosure["sha256"], sha256_hex(&answer.text));
        let name = disclosure["recipient"].as_str().unwrap();
        assert_eq!(name.to_lowercase(), profile);
        assert!(disclosure["fields"].as_array().unwrap().contains(&json!("links")), "{disclosure}");
    }
    assert!(ada.to_string().starts_with("con_"));
}

#[tokio::test]
async fn each_time_is_a_disclosure_of_this_tenant() {
    let api = Api::new().await;
    api.house.confirmed("acme", "ada@example.org").await;
    api.get("/v1/audiences/newsletter.ndjson?fields=email&recipient=Acme%20Mail%20SAS").await;
    api.house.clock.advance(1);
    api.get("/v1/audiences/newsletter.csv?include=links&recipient=%20Caf%C3%A9%20").await;
    let list = api.get("/v1/disclosures").await.json;
    let data = list["data"].as_array().unwrap();
    assert_eq!(data.len(), 2);
    assert_eq!((&data[0]["recipient"], &data[1]["recipient"]), (&json!("Café"), &json!("Acme Mail SAS")));
    assert_eq!(data[1]["fields"], json!(["email"]));
    assert_eq!(
        data[0]["fields"],
        json!(["confirmed_at", "consent", "contact", "email", "external_id", "links", "locale"])
    );
    let one = data[1]["id"].as_str().unwrap();
    assert_eq!(api.get(&format!("/v1/disclosures/{one}")).await.json, data[1]);
    let first = api.get("/v1/disclosures?limit=1").await.json;
    let next = api
        .get(&format!("/v1/disclosures?limit=1&cursor={}", first["next_cursor"].as_str().unwrap()))
        .await
        .json;
    assert_eq!((&first["data"][0], &next["data"][0], &next["has_more"]), (&data[0], &data[1], &json!(false)));
    let key = api.house.key("other", &["audiences:read"]).await;
    let of_other = |path: String| with_key(TestRequest::get().uri(&path), &key);
    api.send(of_other(format!("/v1/disclosures/{one}"))).await.is_problem(404);
    assert_eq!(api.send(of_other("/v1/disclosures".to_owned())).await.json["data"], json!([]));
    api.get("/v1/disclosures/nothing").await.is_problem(404);
}

#[tokio::test]
async fn whoever_has_it_is_told_so_until_something_happened_or_a_consent_is_too_old() {
    let api = Api::new().await;
    let (ada, _) = api.house.confirmed("acme", "ada@example.org").await;
    let path = "/v1/audiences/newsletter.ndjson?recipient=Acme";
    let ask = async |tag: &str, path: &str| {
        let request = TestRequest::get().uri(path).insert_header(("if-none-match", tag.to_owned()));
        api.send(with_key(request, &api.key)).await
    };
    let tag = api.get(path).await.header("etag").unwrap().to_owned();
    let again = ask(&tag, path).await;
    assert_eq!((again.status, again.text.as_str()), (304, ""));
    assert_eq!(
        ask(&tag, "/v1/audiences/newsletter.ndjson?recipient=Acme&include=links").await.status,
        200,
        "another form"
    );
    assert_eq!(ask("\"x\"", path).await.status, 200);
    api.house.happen("acme", Some(ada), &["consent.confirmed"]).await;
    let new = ask(&tag, path).await;
    assert_eq!(new.status, 200, "something happened");
    let tag = new.header("etag").unwrap().to_owned();
    assert_eq!(ask(&tag, path).await.status, 304);
    api.house.clock.advance(733 * DAY);
    let late = ask(&tag, path).await;
    assert_eq!((late.status, &lines(&late)[0]["count"]), (200, &json!(0)), "the consent is too old by now");
}

#[tokio::test]
async fn an_answer_that_no_form_asks_for_is_refused_with_those_there_are() {
    let api = Api::new().await;
    let path = "/v1/audiences/newsletter.ndjson?recipient=Acme&fields=email,answers.first-name";
    let told = |answer: &Answer| {
        answer.is_wrong_at(&["fields"]);
        answer.json["errors"][0]["detail"].as_str().unwrap().to_owned()
    };
    assert!(told(&api.get(path).await).ends_with("those there are: none"));
    ask_the_first_name(&api).await;
    assert_eq!(api.get(path).await.status, 200);
    for query in [
        "ndjson?recipient=Acme&fields=answers.nope",
        "csv?profile=brevo&fields=answers.first-name,answers.nope",
    ] {
        let detail = told(&api.get(&format!("/v1/audiences/newsletter.{query}")).await);
        assert!(detail.ends_with("those there are: answers.first-name"), "{detail}");
    }
    let other = api.house.key("other", &["audiences:read"]).await;
    let theirs = api.send(with_key(TestRequest::get().uri(path), &other)).await;
    assert!(told(&theirs).ends_with("none"), "another tenant's forms are not told");
}

#[tokio::test]
async fn each_wrong_parameter_is_named() {
    let api = Api::new().await;
    for (query, place) in [
        ("ndjson?recipient=Acme&fields=phone", "fields"),
        ("ndjson?recipient=Acme&fields=", "fields"),
        ("ndjson?recipient=Acme&fields=email,email", "fields"),
        ("ndjson?recipient=Acme&fields=answers.", "fields"),
        ("ndjson?recipient=Acme&fields=answers.A", "fields"),
        ("ndjson?recipient=Acme&profile=brevo", "profile"),
        ("ndjson?recipient=Acme&include=headers", "include"),
        ("csv?recipient=Acme&profile=sap", "profile"),
        ("csv?recipient=Acme&profile=brevo&fields=email", "fields"),
        ("csv?recipient=Acme&after=3", "after"),
        ("ndjson", "recipient"),
        ("csv?include=links", "recipient"),
        ("csv?profile=brevo&recipient=", "recipient"),
        ("ndjson?recipient=%20", "recipient"),
        ("ndjson?recipient=a%0Ab", "recipient"),
        ("csv?recipient=a%00b", "recipient"),
        ("csv?recipient=%3Cb%3E", "recipient"),
        ("csv?recipient=frida%40example.org", "recipient"),
        ("ndjson?recipient=Frida%20frida@example.org", "recipient"),
    ] {
        api.get(&format!("/v1/audiences/newsletter.{query}")).await.is_wrong_at(&[place]);
    }
    let longest = |most: usize| format!("/v1/audiences/newsletter.csv?recipient={}", "%C3%A9".repeat(most));
    api.get(&longest(101)).await.is_wrong_at(&["recipient"]);
    for ending in ["ndjson", "csv"] {
        let answer = api.get(&format!("/v1/audiences/newsletter.{ending}")).await;
        assert!(answer.text.contains("Say who receives the addresses"), "{answer:?}");
    }
    assert_eq!(api.get("/v1/disclosures").await.json["data"], json!([]), "nothing was given away");
    assert_eq!(api.get(&longest(100)).await.status, 200);
    let answer = api.send(post("/v1/audiences/newsletter.csv", "{}")).await;
    assert_eq!(answer.status, 405);
}
