//! `ayeaye key`, beside a running service.

use std::time::Duration;

use serde_json::{Value, json};

use super::home::{Home, Running};
use crate::support::{
    app::{SETUP, http},
    database::both,
    wait,
};

const ADA: &str = "ada@example.org";
/// What a running service may take to see what another process did.
const SOON: Duration = Duration::from_secs(10);

/// Asks the send gate about Ada; status and answer.
async fn check(service: &Running, key: &str) -> (u16, Value) {
    let question = json!({ "purpose": "newsletter", "recipients": [{ "email": ADA, "ref": "1" }] });
    let request = http().post(format!("{}/v1/checks", service.base)).bearer_auth(key);
    let request = request.header("content-type", "application/json").body(question.to_string());
    let answer = request.send().await.unwrap();
    let status = answer.status().as_u16();
    (status, serde_json::from_str(&answer.text().await.unwrap()).unwrap())
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text"))
}

both! {
    async fn a_new_key_works_at_once_with_a_running_service_until_it_is_revoked(home: Home) {
        home.set_up(SETUP);
        let service = home.serve().await;
        let made = home.run(&["key", "new", "--tenant", "acme", "--scope", "checks", "--json"]).json();
        let (key, id) = (text(&made["key"]), text(&made["id"]));
        assert!(key.starts_with("aye_") && id.starts_with("key_"), "{made}");
        assert_eq!((&made["tenant"], &made["scopes"]), (&json!("acme"), &json!(["checks"])));

        let (status, answer) = check(&service, key).await;
        assert_eq!((status, &answer["results"][0]["reason"]), (200, &json!("unknown")), "{answer}");
        let (status, _) = check(&service, &format!("{key}x")).await;
        assert_eq!(status, 401);

        let listed = home.run(&["key", "list", "--tenant", "acme", "--json"]);
        assert_eq!(listed.json()[0]["id"], id);
        assert!(!listed.out.contains(key) && listed.json()[0]["revoked_at"].is_null(), "{listed:#?}");
        assert_eq!(home.run(&["key", "list", "--tenant", "beta", "--json"]).json(), json!([]));

        let revoked = home.run(&["key", "revoke", id]);
        revoked.assert_code(0);
        assert_eq!(revoked.out, format!("{id} is revoked from now on.\n"));
        let (status, _) = check(&service, key).await;
        assert_eq!(status, 401, "the service refuses it from the next request on");
        home.run(&["key", "revoke", id]).assert_refused(1, &["there is no live key", id]);
        assert!(home.run(&["key", "list"]).out.contains("  revoked 2"), "the list says since when");
        service.stop().await;
    }

    async fn links_made_before_a_rotation_work_and_new_ones_carry_the_new_key(home: Home) {
        let mut home = home;
        home.set("AYEAYE_LIMITS_FORM_TOKEN_MIN", "0s").set_up(SETUP);
        let service = home.serve().await;
        service.subscribe("newsletter", ADA, &["newsletter"]).await;
        home.set("AYEAYE_BASE_URL", &service.base);
        let minted = home.run(&["link", "mint", "--tenant", "acme", "--email", ADA, "--purpose", "newsletter", "--json"]);
        let minted = minted.json();
        let (preferences, unsubscribe) = (text(&minted["preferences"]), text(&minted["unsubscribe"]));
        assert!(preferences.contains("/p/ay1.prefs.k1.") && unsubscribe.contains("/u/ay1.unsub.k1."), "{minted}");

        assert_eq!(home.run(&["key", "rotate-links", "--json"]).json(), json!({ "kid": "k2" }));
        wait::until("the running service to sign with k2", SOON, async || {
            service.visitor().open("/f/newsletter").await.html().contains("ay1.form.k2.").then_some(())
        })
        .await;
        service.visitor().open(preferences).await.assert_h1("Your email choices");
        service.subscribe("events", "bruno@example.org", &[]).await;
        let confirm = service.link("bruno@example.org", 1, "confirm").await;
        assert!(confirm.contains("/c/ay1.confirm.k2."), "{confirm}");

        for number in 3..=6 {
            let rotated = home.run(&["key", "rotate-links"]);
            rotated.assert_code(0);
            assert!(rotated.out.contains(&format!("k{number}.")), "{rotated:#?}");
        }
        wait::until("the running service to sign with k6", SOON, async || {
            service.visitor().open("/f/newsletter").await.html().contains("ay1.form.k6.").then_some(())
        })
        .await;
        service.stop().await;
        let service = home.serve().await;
        let (_, path) = unsubscribe.split_at(unsubscribe.find("/u/").unwrap());
        let left = http().post(format!("{}{path}", service.base)).body("List-Unsubscribe=One-Click");
        let left = left.header("content-type", "application/x-www-form-urlencoded").send().await.unwrap();
        assert_eq!(left.status(), 200);
        let page = service.visitor().open(path).await;
        page.assert_says("There is nothing more to do.");
        service.stop().await;
    }
}

#[tokio::test]
async fn a_key_with_another_scope_is_told_which_one_it_lacks() {
    let home = Home::with_tenants();
    let service = home.serve().await;
    let made = home.run(&["key", "new", "--tenant", "acme", "--scope", "events:read", "--json"]).json();
    let (status, problem) = check(&service, text(&made["key"])).await;
    assert_eq!(status, 403);
    assert!(text(&problem["detail"]).contains("lacks the scope `checks`"), "{problem}");
}

#[test]
fn a_wrong_scope_tenant_or_id_is_named_with_those_there_are() {
    let home = Home::with_tenants();
    let new = |tenant: &str, scope: &str| home.run(&["key", "new", "--tenant", tenant, "--scope", scope]);
    new("acme", "check").assert_refused(
        2,
        &[
            "there is no scope \"check\"",
            "checks, contacts:erase, contacts:read, contacts:write, events:read, evidence:read",
        ],
    );
    new("amce", "checks").assert_refused(2, &["there is no tenant \"amce\"", "acme", "beta"]);
    home.run(&["key", "revoke", "acme"]).assert_refused(2, &["key_"]);
    home.run(&["key", "link", "revoke", "acme"]).assert_refused(2, &["lk"]);
    Home::new()
        .run(&["key", "new", "--tenant", "acme", "--scope", "checks"])
        .assert_refused(2, &["ayeaye apply"]);
}

#[test]
fn a_key_made_for_people_to_read_is_shown_alone_on_its_line() {
    let home = Home::with_tenants();
    let made = home.run(&["key", "new", "--tenant", "acme", "--scope", "checks,events:read"]);
    made.assert_code(0);
    let key = made.out.strip_suffix('\n').unwrap();
    assert!(key.starts_with("aye_") && !key.contains(char::is_whitespace), "{made:#?}");
    assert!(made.err.contains("It is shown this once"), "{made:#?}");
    assert!(!made.err.contains(key), "{made:#?}");
}
