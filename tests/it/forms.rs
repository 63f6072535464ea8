//! Forms with declared fields, from their publication to the erasure of what was entered.

use ayeaye::{
    app::{App, apply, forms},
    cli::apply_file,
    domain::{
        id::TenantId,
        time::{DAY, MINUTE, SECOND},
    },
};
use serde_json::{Value, json};

use crate::{
    hostile::contact,
    support::{
        app::{SETUP, TestApp, http},
        database::both,
        page::Page,
    },
};

const ADA: &str = "ada@example.org";

/// What is entered below: nowhere in plain, ever.
const HERS: [&str; 2] = ["rue des lilas", "1980-1999"];

/// A field of each kind: where somebody lives, and their size.
pub(crate) const STREET_AND_SIZE: &str = r#"
[[tenant.form.field]]
slug = "street"
kind = "text"
label = { en = "Your street", fr = "Votre rue" }
reason = { en = "To find the shop near you.", fr = "Pour trouver la boutique la plus proche." }
required = true
max = 40
autocomplete = "street-address"

[[tenant.form.field]]
slug = "size"
kind = "choice"
label = { en = "Your size", fr = "Votre taille" }
reason = { en = "To show what fits.", fr = "Pour montrer ce qui vous va." }
options = [{ slug = "s", label = { en = "Small", fr = "Petite" } }, { slug = "l", label = { en = "Large", fr = "Grande" } }]
"#;

const BORN: &str = r#"
[[tenant.form.field]]
slug = "born"
kind = "date-band"
label = { en = "Years of birth", fr = "Années de naissance" }
reason = { en = "To choose fitting events.", fr = "Pour choisir des événements adaptés." }
options = [{ to = 1979 }, { from = 1980, to = 1999 }, { from = 2000 }]
"#;

fn with_fields() -> String {
    let at = "[[tenant.form]]\nslug = \"events\"";
    SETUP.replace(at, &format!("{STREET_AND_SIZE}{BORN}\n{at}"))
}

async fn fill(app: &TestApp, street: &str, size: &str, born: &str) -> Page {
    let mut page = app.visitor().open("/f/newsletter").await;
    page.fill("email", ADA);
    page.tick("p", "newsletter");
    page.fill("street", street);
    page.choose("size", size);
    page.choose("born", born);
    app.clock.advance(5 * SECOND);
    let answer = page.press("Sign up").await;
    app.run_due().await;
    answer
}

/// No table, mail or event says in plain what was entered.
async fn assert_sealed(app: &TestApp) {
    let dump = app.dump().await.to_lowercase();
    assert!(HERS.iter().all(|hers| !dump.contains(hers)), "{dump}");
    for mail in app.mails(ADA) {
        let raw = String::from_utf8_lossy(&mail.raw).to_lowercase();
        assert!(HERS.iter().all(|hers| !raw.contains(hers)), "{raw}");
    }
}

/// What is kept sealed with requests and people: longer than any id or hash there.
async fn sealed(app: &TestApp) -> Vec<String> {
    let mut found = Vec::new();
    for table in ["contact", "request"] {
        for row in app.database.rows(table).await {
            let words = row.split(|it: char| !(it.is_ascii_alphanumeric() || "+/=".contains(it)));
            found.extend(words.filter(|it| it.len() > 70).map(str::to_owned));
        }
    }
    found
}

/// Publishes a draft; whether that made a version.
async fn publish(app: &App, tenant: TenantId, slug: &str) -> bool {
    let mut tx = app.store.begin().await.unwrap();
    let published = forms::publish(app, &mut tx, tenant, slug).await.unwrap();
    tx.commit().await.unwrap();
    app.refresh().await.unwrap();
    published.is_new
}

async fn lookup(app: &TestApp) -> (u16, Value) {
    let key = app.api_key("acme").await;
    app.post_json("/v1/contacts:lookup", &key, &json!({ "email": ADA })).await
}

both! {
    async fn what_is_entered_waits_sealed_is_kept_once_confirmed_and_goes_with_the_person(app: TestApp) {
        app.apply(&with_fields()).await;
        let page = app.visitor().open("/f/newsletter").await;
        page.assert_says("To find the shop near you.");
        page.assert_says("1980 to 1999");
        let wrong = fill(&app, " ", "", "").await;
        assert_eq!(wrong.status(), 422);
        wrong.assert_says("Fill in: Your street");
        let long = fill(&app, &"x".repeat(41), "l", "").await;
        long.assert_says("Shorten to 40 characters at most: Your street");
        assert!(long.html().contains("<option value=\"l\" selected>"), "what was chosen is kept");

        fill(&app, "12 rue des Lilas", "l", "1980-1999").await.assert_h1("Check your email");
        assert_eq!(lookup(&app).await.1["fields"], json!({}), "not before it is confirmed");
        assert_sealed(&app).await;
        assert_eq!(sealed(&app).await.len(), 1);
        app.visitor().open(&app.newest_link(ADA, "confirm")).await.press("Yes, send me these emails").await;
        app.run_due().await;
        let told = json!({ "street": "12 rue des Lilas", "size": "l", "born": "1980-1999" });
        assert_eq!(lookup(&app).await.1["fields"], told);
        assert_sealed(&app).await;

        // The evidence says what was asked, by version and hash, and nothing of the answers.
        let ada = app.person("acme", ADA).await.unwrap().0;
        for fact in app.evidence(&ada).await {
            let record: Value = serde_json::from_str(&fact.record.unwrap()).unwrap();
            let form = &record["form"];
            if form.is_null() {
                assert_eq!(record["method"], "mail", "{record}");
                continue;
            }
            assert_eq!(form["fields"], json!(["street", "size", "born"]), "{record}");
            assert_eq!(form["version"], 2);
            let slug = form["slug"].as_str().unwrap();
            let text = forms::version(app.app(), app.tenant("acme").id, slug, 2).await.unwrap();
            assert_eq!(form["sha256"], text.sha256);
            assert!(text.body.contains("To find the shop near you."));
        }

        app.clock.advance(11 * MINUTE);
        let key = app.api_key("acme").await;
        let (status, _) = app.post_json("/v1/contacts:erase", &key, &json!({ "email": ADA })).await;
        assert_eq!(status, 200);
        assert_sealed(&app).await;
        assert_eq!(sealed(&app).await, Vec::<String>::new());
        let left = ayeaye::app::entered::of_contact(app.app(), ada.tenant, ada.id).await.unwrap();
        assert!(left.0.is_empty());
    }

    async fn what_a_person_told_stands_on_their_page_once_they_have_proven_who_they_are(app: TestApp) {
        app.apply(&with_fields()).await;
        fill(&app, "12 rue des Lilas", "l", "1980-1999").await;
        let confirmed = app.visitor().open(&app.newest_link(ADA, "confirm")).await;
        confirmed.press("Yes, send me these emails").await;
        let ada = contact(&app, ADA).await;
        let preferences = ayeaye::app::links::preferences_url(app.app(), app.tenant("acme").id, ada);
        let page = app.visitor().open(&preferences).await;
        assert!(!page.text().contains("rue des Lilas"), "a footer link may have been passed on");
        let tenant = app.tenant("acme").id;
        let manage = ayeaye::app::links::manage_url(app.app(), tenant, ada, app.clock.now());
        let page = app.visitor().reading("fr").open(&manage).await;
        page.assert_says("12 rue des Lilas");
        page.assert_says("Large");
    }

    async fn a_new_request_and_a_new_mail_take_over_what_was_entered(app: TestApp) {
        app.apply(&with_fields()).await;
        fill(&app, "1 rue des Lilas", "s", "").await;
        app.clock.advance(11 * MINUTE);
        let sent = fill(&app, "2 rue des Lilas", "l", "").await;
        app.clock.advance(11 * MINUTE);
        sent.press("Send it again").await;
        app.run_due().await;
        app.visitor().open(&app.newest_link(ADA, "confirm")).await.press("Yes, send me these emails").await;
        assert_eq!(lookup(&app).await.1["fields"], json!({ "street": "2 rue des Lilas", "size": "l" }));
        assert_eq!(sealed(&app).await.len(), 1, "with the person alone");
    }

    async fn what_was_entered_lapses_with_the_request(app: TestApp) {
        app.apply(&with_fields()).await;
        fill(&app, "12 rue des Lilas", "l", "").await;
        app.clock.advance(8 * DAY);
        app.run_due().await;
        assert_eq!(app.database.rows("request").await, Vec::<String>::new());
        assert_eq!(app.database.rows("contact").await, Vec::<String>::new());
        // Somebody known keeps what was confirmed, and nothing of what was not.
        fill(&app, "1 rue des Lilas", "", "").await;
        app.visitor().open(&app.newest_link(ADA, "confirm")).await.press("Yes, send me these emails").await;
        app.clock.advance(11 * MINUTE);
        let body = format!("email={ADA}&p=events&street=99+rue+des+Lilas");
        let post = http().post(format!("{}/f/newsletter", app.base()));
        let post = post.header("content-type", "application/x-www-form-urlencoded").body(body);
        assert_eq!(post.send().await.unwrap().status(), 303);
        app.clock.advance(8 * DAY);
        app.run_due().await;
        assert_eq!(lookup(&app).await.1["fields"], json!({ "street": "1 rue des Lilas" }));
    }

    async fn fields_that_are_wrong_repeated_or_too_many_are_refused_and_strange_ones_ignored(app: TestApp) {
        app.apply(&with_fields()).await;
        let send = async |more: &str| {
            let body = format!("email={ADA}&p=newsletter&{more}");
            let post = http().post(format!("{}/f/newsletter", app.base())).header("accept", "application/json");
            let post = post.header("content-type", "application/x-www-form-urlencoded").body(body);
            let answer = post.send().await.unwrap();
            let status = answer.status().as_u16();
            let body: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap_or(Value::Null);
            (status, body["errors"][0]["field"].as_str().unwrap_or_default().to_owned())
        };
        let before = app.dump().await;
        for (more, field) in [
            ("", "street"),
            ("street=a%0Ab", "street"),
            ("street=a%00", "street"),
            ("street=a%E2%80%AEb", "street"),
            ("street=a&street=b", "street"),
            ("street=a&size=xl", "size"),
            ("street=a&size=s&size=l", "size"),
            ("street=a&born=1985", "born"),
            ("street=a&born=1980-1999%00", "born"),
        ] {
            assert_eq!(send(more).await, (422, field.to_owned()), "{more}");
        }
        let many = (0..10_000).map(|it| format!("f{it}=&")).collect::<Vec<_>>().concat();
        assert_eq!(send(&many).await.0, 413);
        let short = "a&".repeat(5_000);
        assert_eq!(send(&short).await.0, 413);
        assert_eq!(app.dump().await, before, "nothing was written");
        assert_eq!(send("street=a&utm_source=x&fbclid=y&street%5B%5D=z").await.0, 200);
    }

    async fn forms_published_at_once_get_one_version_each_and_none_is_lost(app: TestApp) {
        let tenant = app.tenant("acme").id;
        let begin = |slug: String| {
            let app = app.app().clone();
            let text = json!({ "slug": slug, "purposes": ["newsletter"] }).to_string();
            async move {
                let mut tx = app.store.begin().await.unwrap();
                let document = ayeaye::store::json::read(&text).unwrap();
                forms::create(&app, &mut tx, tenant, &document).await.unwrap();
                tx.commit().await.unwrap();
            }
        };
        for number in 0..6 {
            begin(format!("form-{number}")).await;
        }
        let beside = app.beside().await;
        let mut acts = tokio::task::JoinSet::new();
        for number in 0..6 {
            for instance in [app.app().clone(), beside.app.clone()] {
                let slug = format!("form-{number}");
                acts.spawn(async move { publish(&instance, tenant, &slug).await });
            }
        }
        for round in 0..4 {
            let toml = SETUP.replace("slug = \"events\"\npurposes", &format!("slug = \"events\"\ntitle = {{ en = \"Round {round}\" }}\npurposes"));
            let setup = apply_file::parse(&toml, true).unwrap();
            let instance = beside.app.clone();
            acts.spawn(async move { apply::apply(&instance, &setup, false).await.unwrap().len() == 1 });
        }
        let done = acts.join_all().await;
        assert_eq!(done.iter().filter(|it| **it).count(), 10, "each form once, each file once: {done:?}");
        for number in 0..6 {
            let found = forms::versions(app.app(), tenant, &format!("form-{number}")).await.unwrap();
            assert_eq!(found.iter().map(|it| it.version).collect::<Vec<_>>(), [1]);
        }
        let found = forms::versions(app.app(), tenant, "events").await.unwrap();
        assert_eq!(found.iter().map(|it| it.version).collect::<Vec<_>>(), [5, 4, 3, 2, 1]);
        let known = forms::find(app.app(), tenant, "events").await.unwrap();
        assert_eq!(known.published.unwrap().version, 5);
        let shown = app.visitor().open("/f/form-5").await;
        assert_eq!(shown.status(), 200);
        beside.stop().await;
    }

    async fn a_form_gets_a_version_when_its_words_change_and_none_when_nothing_does(app: TestApp) {
        let steps = |it: Vec<apply::Step>| it.into_iter().map(|it| format!("{} {}", it.sign, it.what)).collect::<Vec<_>>();
        let fields = with_fields();
        assert_eq!(steps(app.apply(&fields).await), ["~ form acme/newsletter"]);
        assert_eq!(app.apply(&fields).await, []);
        let reworded = fields.replace("Invitations to our events.", "Invitations to all our events.");
        let expected = ["~ wording acme/events en v2", "~ form acme/newsletter", "~ form acme/events", "~ notice acme v2"];
        assert_eq!(steps(app.apply(&reworded).await), expected);
        assert_eq!(app.apply(&reworded).await, []);
        let other_reason = reworded.replace("To show what fits.", "To send what fits.");
        assert_eq!(steps(app.apply(&other_reason).await), ["~ form acme/newsletter"]);
    }

    async fn a_form_whose_notice_lacks_something_is_published_by_nobody(app: TestApp) {
        let abroad = SETUP.replacen("locale = \"en\"", "locale = \"en\"\nstorage = \"US\"", 1);
        let setup = apply_file::parse(&abroad, true).unwrap();
        let before = app.dump().await;
        let refused = apply::apply(app.app(), &setup, false).await.unwrap_err().to_string();
        assert!(refused.contains("form \"newsletter\"") && refused.contains("write transfer = "), "{refused}");
        assert_eq!(app.dump().await, before, "nothing was changed");
        let told = abroad.replacen("storage = \"US\"", "storage = \"US\"\ntransfer = \"Standard clauses\"\ndpo = \"dpo@acme.example\"\ncountry = \"IE\"", 1);
        app.apply(&told).await;
        let notice = app.visitor().open("/n/acme").await;
        for words in ["Standard clauses", "dpo@acme.example", "Data Protection Commission", "https://www.dataprotection.ie/"] {
            notice.assert_says(words);
        }
        let old = app.visitor().open("/n/acme?v=1").await;
        assert!(!old.text().contains("Standard clauses"), "a version says for ever what it said");
        old.assert_says("of the country where you live or work");
    }

    async fn a_closed_form_is_gone_until_its_date_is_moved(app: TestApp) {
        let tenant = app.tenant("acme").id;
        let change = async |text: &str| {
            let changes = ayeaye::store::json::read(text).unwrap();
            let mut tx = app.app().store.begin().await.unwrap();
            forms::change(app.app(), &mut tx, tenant, "events", &changes).await.unwrap();
            tx.commit().await.unwrap();
        };
        change(r#"{"closes":"2026-11-21T10:05:00Z"}"#).await;
        assert_eq!(app.visitor().open("/f/events").await.status(), 200, "a draft closes nothing");
        publish(app.app(), tenant, "events").await;
        assert_eq!(app.visitor().open("/f/events").await.status(), 200);
        app.clock.advance(5 * MINUTE);
        let closed = app.visitor().open("/f/events").await;
        assert_eq!(closed.status(), 410);
        closed.assert_h1("This form is closed");
        change(r#"{"closes":null}"#).await;
        publish(app.app(), tenant, "events").await;
        assert_eq!(app.visitor().open("/f/events").await.status(), 200);
    }
}
