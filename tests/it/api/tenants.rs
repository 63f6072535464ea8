//! A key of one tenant and the ids of another: nothing is told, nothing is changed.

use ayeaye::{
    app::keys,
    domain::time::MINUTE,
    web::api::{auth::Scope, contents::ALL},
};

use super::{
    ask, read,
    things::{ADA, Name, Things, common},
};
use crate::support::{app::TestApp, database::both};

/// A tenant with a purpose of the same name as acme's.
const GAMMA: &str = r#"
[[tenant]]
slug = "gamma"
name = "Gamma"
legal = "Gamma SAS, 3 rue Haute, 75003 Paris"
contact = "privacy@gamma.example"
from = "Gamma <confirm@gamma.example>"
locale = "en"

[[tenant.purpose]]
slug = "newsletter"
frequency = "weekly"
name = { en = "Weekly" }
text = { en = "Our news, every week." }
"#;

/// Ids that nobody has.
fn nobodys() -> Vec<Name> {
    let name = |place, prefix| (place, format!("{prefix}_01kas0z1v8q4g6r1m0c7y2d3e5"));
    let long = [
        ("{contact}", "con"),
        ("{signup}", "req"),
        ("{delivery}", "dlv"),
        ("{job}", "job"),
        ("{disclosure}", "dis"),
        ("{export}", "exp"),
    ];
    let short = [("{endpoint}", "whe"), ("{wording}", "wrd"), ("{api_key}", "key")];
    let short = short.map(|(place, prefix)| (place, format!("{prefix}_0f3k9m2q7r5tz")));
    let link_key = ("{link_key}", "lk0f3k9m2q7r5tz".to_owned());
    long.map(|(place, prefix)| name(place, prefix)).into_iter().chain(short).chain([link_key]).collect()
}

fn borrowed(names: &[Name]) -> Vec<(&str, &str)> {
    names.iter().map(|(place, it)| (*place, it.as_str())).collect()
}

/// Every row besides those of this tenant.
async fn others_rows(app: &TestApp, tenant: &str) -> Vec<String> {
    let id = app.tenant(tenant).id.to_string();
    app.dump().await.lines().filter(|it| !it.contains(&id)).map(str::to_owned).collect()
}

/// What acme's answers hold and nobody else's may.
async fn of_acme(app: &TestApp) -> Vec<String> {
    let (_, consents) = app.person("acme", ADA).await.unwrap();
    let mut secrets = vec![ADA.to_owned(), "Our monthly news".to_owned(), "crm-78".to_owned()];
    secrets.extend(consents.values().map(|it| it.evidence.to_string()));
    secrets.extend(app.events("acme").await.iter().map(|it| it.id.to_string()));
    secrets.extend(app.tenant("acme").purposes.iter().map(|it| it.id.to_string()));
    secrets.push(app.app().catalog().forms["newsletter"].id.to_string());
    secrets
}

both! {
    async fn a_key_of_another_tenant_learns_and_changes_nothing(app: TestApp) {
        app.apply(&[crate::support::app::SETUP, GAMMA].concat()).await;
        app.app().reload().await.unwrap();
        let Things { ids, receiver } = Things::of(&app).await;
        let mut secrets = of_acme(&app).await;
        secrets.push(receiver.url());
        secrets.extend(ids.iter().map(|(_, id)| id.clone()));
        let all = [common().to_vec(), ids.clone()].concat();
        let names = borrowed(&all);
        let (ours, theirs) = (app.api_key("acme").await, app.api_key("gamma").await);
        let before = others_rows(&app, "gamma").await;
        for endpoint in ALL.iter().filter(|it| it.scope.is_some()) {
            let is_named = |text: &str| ids.iter().any(|(place, _)| text.contains(place));
            let named = is_named(endpoint.path) || endpoint.path.contains("{form}")
                || endpoint.body.is_some_and(|it| is_named(it.1) || it.1.contains("{email}"));
            let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&theirs).send().await.unwrap()).await;
            // What was asked about is said again in the answer: that tells nothing.
            let fill = |text: &str| names.iter().fold(text.to_owned(), |text, (place, it)| text.replace(place, it));
            let asked = endpoint.body.map_or_else(String::new, |it| fill(it.1));
            let news = secrets.iter().filter(|it| !asked.contains(*it));
            let told: Vec<&String> = news.filter(|it| body.contains(*it)).collect();
            assert!(told.is_empty(), "{} {} tells {told:?}", endpoint.method.word(), endpoint.path);
            let right = status == 404 || status == endpoint.answer.status && (!named || body.contains("\"decision\":\"deny\""));
            assert!(right, "{} {}: {status} {body}", endpoint.method.word(), endpoint.path);
        }
        assert_eq!(others_rows(&app, "gamma").await, before, "nothing of acme's has changed");
        // One mailbox gets one mail in ten minutes, whoever asks.
        app.clock.advance(11 * MINUTE);
        // The same calls with acme's own key: what was hidden is there to be told. Who is erased is erased last.
        let (last, first): (Vec<_>, Vec<_>) = ALL.iter().partition(|it| it.path.ends_with(":erase"));
        let mut all = String::new();
        for endpoint in first.into_iter().chain(last) {
            let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&ours).send().await.unwrap()).await;
            assert_eq!(status, endpoint.answer.status, "{} {}: {body}", endpoint.method.word(), endpoint.path);
            all.push_str(&body);
        }
        let untold: Vec<&String> = secrets.iter().filter(|it| !all.contains(*it)).collect();
        assert!(untold.is_empty(), "a secret nobody is told proves nothing: {untold:?}");
    }

    async fn an_endpoint_needs_a_key_with_its_scope(app: TestApp) {
        let all = [common().to_vec(), nobodys()].concat();
        let names = borrowed(&all);
        let tenant = app.tenant("acme").id;
        for endpoint in ALL {
            let (status, body) = read(ask(&app, endpoint, &names).send().await.unwrap()).await;
            let Some(scope) = endpoint.scope else {
                assert_eq!(status, 200, "{}", endpoint.path);
                continue;
            };
            assert_eq!(status, 401, "{}: {body}", endpoint.path);
            let others = Scope::ALL.into_iter().filter(|it| *it != scope).map(|it| it.word().to_owned());
            let (_, key) = keys::new_api_key(app.app(), tenant, others.collect()).await.unwrap();
            let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&key).send().await.unwrap()).await;
            assert_eq!(status, 403, "{}: {body}", endpoint.path);
            let (_, key) = keys::new_api_key(app.app(), tenant, vec![scope.word().to_owned()]).await.unwrap();
            let (status, body) = read(ask(&app, endpoint, &names).bearer_auth(&key).send().await.unwrap()).await;
            assert!([endpoint.answer.status, 404].contains(&status), "{}: {status} {body}", endpoint.path);
        }
    }
}
