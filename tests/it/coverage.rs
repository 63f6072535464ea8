//! Every route, each by every method: what it answers, and what it does not take.

use std::collections::BTreeSet;

use crate::{
    hostile::{Links, wire},
    support::{app::TestApp, database::both},
};

/// Method, path as registered, a path it answers at (`{…}` stands for a token of a living person), and the status
/// there, without a body. Outside the demo its pages are not there.
const ROUTES: &[(&str, &str, &str, u16)] = &[
    ("GET", "/", "/", 200),
    ("GET", "/static/{hash}/{name}", "/static/0/app.css", 200),
    ("GET", "/e/1.js", "/e/1.js", 200),
    ("GET", "/e/{version}-{hash}.js", "{element}", 200),
    ("GET", "/f/{form}", "/f/newsletter", 200),
    ("POST", "/f/{form}", "/f/newsletter", 422),
    ("GET", "/e/pow.js", "/e/pow.js", 200),
    ("GET", "/f/{form}/snippet", "/f/newsletter/snippet", 200),
    ("GET", "/s/{token}", "{sent}", 200),
    ("POST", "/s/{token}", "{sent}", 422),
    ("GET", "/c/{token}", "{confirm}", 200),
    ("POST", "/c/{token}", "{confirm}", 400),
    ("GET", "/p", "/p", 200),
    ("GET", "/p/{token}", "{preferences}", 200),
    ("POST", "/p/{token}", "{preferences}", 400),
    ("GET", "/ask/{tenant}", "/ask/acme", 200),
    ("POST", "/ask/{tenant}", "/ask/acme", 422),
    ("GET", "/g/{token}", "{guardian}", 200),
    ("POST", "/g/{token}", "{guardian}", 400),
    ("GET", "/x/{token}", "{not_me}", 200),
    ("POST", "/x/{token}", "{not_me}", 400),
    ("GET", "/u/{token}", "{unsubscribe}", 200),
    ("POST", "/u/{token}", "{unsubscribe}", 200),
    ("GET", "/receipt/{token}", "{receipt}", 200),
    ("GET", "/receipt/{token}/receipt.pdf", "{receipt}/receipt.pdf", 200),
    ("GET", "/receipt/{token}/receipt.jsonld", "{receipt}/receipt.jsonld", 200),
    ("GET", "/v/{receipt}", "/v/{number}", 200),
    ("GET", "/v", "/v", 200),
    ("POST", "/v", "/v", 422),
    ("GET", "/n/{tenant}", "/n/acme", 200),
    ("GET", "/t/{tenant}/{file}", "/t/acme/0.css", 404),
    ("GET", "/how", "/how", 200),
    ("GET", "/docs", "/docs", 200),
    ("GET", "/docs/api", "/docs/api", 200),
    ("GET", "/docs/domains", "/docs/domains", 200),
    ("GET", "/docs/events", "/docs/events", 200),
    ("GET", "/docs/evidence", "/docs/evidence", 200),
    ("GET", "/docs/forms", "/docs/forms", 200),
    ("GET", "/docs/links", "/docs/links", 200),
    ("GET", "/docs/pages", "/docs/pages", 200),
    ("GET", "/docs/setup", "/docs/setup", 200),
    ("GET", "/docs/tools", "/docs/tools", 200),
    ("GET", "/docs/tools/{tool}", "/docs/tools/listmonk", 200),
    ("GET", "/docs/webhooks", "/docs/webhooks", 200),
    ("GET", "/healthz", "/healthz", 200),
    ("GET", "/readyz", "/readyz", 200),
    ("GET", "/metrics", "/metrics", 200),
    ("GET", "/domains", "/domains?domain=127.0.0.1", 200),
    ("GET", "/log/checkpoint", "/log/checkpoint", 200),
    ("GET", "/log/tile/{path:.*}", "/log/tile/entries/000.p/1", 200),
    ("POST", "/v1/checks", "/v1/checks", 401),
    ("POST", "/v1/checks.ndjson", "/v1/checks.ndjson", 401),
    ("GET", "/v1/checks/keys", "/v1/checks/keys", 200),
    ("GET", "/v1/contacts/{contact}", "/v1/contacts/con_x", 401),
    ("PATCH", "/v1/contacts/{contact}", "/v1/contacts/con_x", 401),
    ("POST", "/v1/contacts:erase", "/v1/contacts:erase", 401),
    ("POST", "/v1/contacts:lookup", "/v1/contacts:lookup", 401),
    ("GET", "/v1/contacts", "/v1/contacts", 401),
    ("POST", "/v1/contacts", "/v1/contacts", 401),
    ("POST", "/v1/contacts/{contact}/links", "/v1/contacts/con_x/links", 401),
    ("GET", "/v1/contacts/{contact}/preferences", "/v1/contacts/con_x/preferences", 401),
    ("PATCH", "/v1/contacts/{contact}/preferences", "/v1/contacts/con_x/preferences", 401),
    ("GET", "/v1/contacts/{contact}:export", "/v1/contacts/con_x:export", 401),
    ("POST", "/v1/contacts/{contact}:restrict", "/v1/contacts/con_x:restrict", 401),
    ("POST", "/v1/contacts/{contact}:unrestrict", "/v1/contacts/con_x:unrestrict", 401),
    ("POST", "/v1/contacts/{contact}:suppress", "/v1/contacts/con_x:suppress", 401),
    ("GET", "/v1/contacts/{contact}:timeline", "/v1/contacts/con_x:timeline", 401),
    ("GET", "/v1/signups", "/v1/signups", 401),
    ("POST", "/v1/signups", "/v1/signups", 401),
    ("GET", "/v1/signups/{signup}", "/v1/signups/req_x", 401),
    ("POST", "/v1/signups/{signup}:resend", "/v1/signups/req_x:resend", 401),
    ("POST", "/v1/signups/{signup}:cancel", "/v1/signups/req_x:cancel", 401),
    ("POST", "/v1/suppressions", "/v1/suppressions", 401),
    ("POST", "/v1/suppressions:remove", "/v1/suppressions:remove", 401),
    ("GET", "/v1/events", "/v1/events", 401),
    ("GET", "/v1/events/stream", "/v1/events/stream", 401),
    ("GET", "/v1/changes", "/v1/changes", 401),
    ("GET", "/v1/audiences/{purpose}.ndjson", "/v1/audiences/newsletter.ndjson", 401),
    ("GET", "/v1/audiences/{purpose}.csv", "/v1/audiences/newsletter.csv", 401),
    ("GET", "/v1/disclosures", "/v1/disclosures", 401),
    ("GET", "/v1/disclosures/{disclosure}", "/v1/disclosures/dis_x", 401),
    ("POST", "/v1/evidence:export", "/v1/evidence:export", 401),
    ("GET", "/v1/openapi.json", "/v1/openapi.json", 200),
    ("GET", "/v1/purposes", "/v1/purposes", 401),
    ("GET", "/v1/purposes/{purpose}", "/v1/purposes/newsletter", 401),
    ("POST", "/v1/purposes", "/v1/purposes", 401),
    ("PATCH", "/v1/purposes/{purpose}", "/v1/purposes/newsletter", 401),
    ("POST", "/v1/purposes/{purpose}:publish", "/v1/purposes/newsletter:publish", 401),
    ("POST", "/v1/purposes/{purpose}:retire", "/v1/purposes/newsletter:retire", 401),
    ("POST", "/v1/purposes/{purpose}:restore", "/v1/purposes/newsletter:restore", 401),
    ("GET", "/v1/purposes/{purpose}/wordings", "/v1/purposes/newsletter/wordings", 401),
    ("GET", "/v1/wordings/{wording}", "/v1/wordings/wrd_x", 401),
    ("GET", "/v1/notices", "/v1/notices", 401),
    ("GET", "/v1/notices/{version}", "/v1/notices/1", 401),
    ("POST", "/v1/notices:publish", "/v1/notices:publish", 401),
    ("GET", "/v1/link_keys", "/v1/link_keys", 401),
    ("POST", "/v1/link_keys", "/v1/link_keys", 401),
    ("GET", "/v1/link_keys/{link_key}", "/v1/link_keys/lk_x", 401),
    ("POST", "/v1/link_keys/{link_key}:revoke", "/v1/link_keys/lk_x:revoke", 401),
    ("GET", "/v1/api_keys", "/v1/api_keys", 401),
    ("POST", "/v1/api_keys", "/v1/api_keys", 401),
    ("GET", "/v1/api_keys/{api_key}", "/v1/api_keys/key_x", 401),
    ("POST", "/v1/api_keys/{api_key}:revoke", "/v1/api_keys/key_x:revoke", 401),
    ("GET", "/v1/exports", "/v1/exports", 401),
    ("POST", "/v1/exports", "/v1/exports", 401),
    ("GET", "/v1/exports/{export}", "/v1/exports/exp_x", 401),
    ("GET", "/v1/exports/{export}.ndjson", "/v1/exports/exp_x.ndjson", 401),
    ("GET", "/v1/suppressions", "/v1/suppressions", 401),
    ("GET", "/v1/forms", "/v1/forms", 401),
    ("POST", "/v1/forms", "/v1/forms", 401),
    ("GET", "/v1/forms/{form}", "/v1/forms/newsletter", 401),
    ("PATCH", "/v1/forms/{form}", "/v1/forms/newsletter", 401),
    ("GET", "/v1/forms/{form}:diff", "/v1/forms/newsletter:diff", 401),
    ("POST", "/v1/forms/{form}:publish", "/v1/forms/newsletter:publish", 401),
    ("GET", "/v1/forms/{form}/versions", "/v1/forms/newsletter/versions", 401),
    ("GET", "/v1/forms/{form}/versions/{version}", "/v1/forms/newsletter/versions/1", 401),
    ("GET", "/v1/forms/{form}/pages", "/v1/forms/newsletter/pages", 401),
    ("GET", "/v1/webhook_endpoints", "/v1/webhook_endpoints", 401),
    ("POST", "/v1/webhook_endpoints", "/v1/webhook_endpoints", 401),
    ("GET", "/v1/webhook_endpoints/{endpoint}", "/v1/webhook_endpoints/whe_x", 401),
    ("PATCH", "/v1/webhook_endpoints/{endpoint}", "/v1/webhook_endpoints/whe_x", 401),
    ("GET", "/v1/event_types", "/v1/event_types", 401),
    ("GET", "/v1/schemas/events/{type}.json", "/v1/schemas/events/ping.json", 200),
    ("GET", "/v1/jobs", "/v1/jobs", 401),
    ("GET", "/v1/jobs/{job}", "/v1/jobs/job_x", 401),
    ("GET", "/v1/webhook_endpoints/{endpoint}/deliveries", "/v1/webhook_endpoints/whe_x/deliveries", 401),
    (
        "GET",
        "/v1/webhook_endpoints/{endpoint}/deliveries/{delivery}",
        "/v1/webhook_endpoints/whe_x/deliveries/dlv_x",
        401,
    ),
    (
        "POST",
        "/v1/webhook_endpoints/{endpoint}/deliveries/{delivery}:replay",
        "/v1/webhook_endpoints/whe_x/deliveries/dlv_x:replay",
        401,
    ),
    ("POST", "/v1/webhook_endpoints/{endpoint}:replay", "/v1/webhook_endpoints/whe_x:replay", 401),
    ("POST", "/v1/webhook_endpoints/{endpoint}:disable", "/v1/webhook_endpoints/whe_x:disable", 401),
    ("POST", "/v1/webhook_endpoints/{endpoint}:enable", "/v1/webhook_endpoints/whe_x:enable", 401),
    ("POST", "/v1/webhook_endpoints/{endpoint}:rotate", "/v1/webhook_endpoints/whe_x:rotate", 401),
    ("POST", "/v1/webhook_endpoints/{endpoint}:test", "/v1/webhook_endpoints/whe_x:test", 401),
    ("GET", "/dev", "/dev", 404),
    ("GET", "/dev/shop", "/dev/shop", 404),
    ("GET", "/dev/receiver", "/dev/receiver", 404),
    ("POST", "/dev/receiver", "/dev/receiver", 404),
    ("GET", "/dev/inbox", "/dev/inbox", 200),
    ("GET", "/dev/inbox/api/messages", "/dev/inbox/api/messages", 200),
    ("GET", "/dev/inbox/{id}", "/dev/inbox/1", 200),
    ("GET", "/dev/inbox/{id}/body", "/dev/inbox/1/body", 200),
    ("GET", "/dev/inbox/{id}/files/{number}", "/dev/inbox/1/files/0", 404),
];

/// Every route of the API is declared, and every declaration is a route.
#[test]
fn every_route_of_the_api_has_its_entry() {
    let routes: BTreeSet<(&str, &str)> =
        ROUTES.iter().filter(|it| it.1.starts_with("/v1/")).map(|it| (it.0, it.1)).collect();
    let declared: BTreeSet<(&str, &str)> =
        ayeaye::web::api::contents::ALL.iter().map(|it| (it.method.word(), it.path)).collect();
    assert_eq!(routes, declared);
}

const METHODS: [&str; 8] = ["GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "PATCH", "POST"];

fn filled(path: &str, links: &Links) -> String {
    let tokens = [
        ("{sent}", &links.sent),
        ("{confirm}", &links.confirm),
        ("{guardian}", &links.guardian),
        ("{preferences}", &links.preferences),
        ("{not_me}", &links.not_me),
        ("{unsubscribe}", &links.unsubscribe),
        ("{receipt}", &links.receipt),
        ("{number}", &links.number),
    ];
    let path = path.replace("{element}", &ayeaye::web::embed::script::pinned_path());
    tokens.iter().fold(path, |path, (name, link)| path.replace(name, link))
}

/// What `method` is answered at the path of a route.
fn expected(method: &str, path: &str) -> u16 {
    let method = if method == "HEAD" { "GET" } else { method };
    ROUTES.iter().find(|it| it.0 == method && it.1 == path).map_or(405, |it| it.3)
}

both! {
    async fn every_route_answers_its_methods_and_no_other(app: TestApp) {
        let links = Links::of_a_newcomer(&app, "ada@example.org").await;
        for method in METHODS {
            for (_, route, path, _) in ROUTES {
                let answer = wire::ask(&app, method, &filled(path, &links), "", "").await;
                assert_eq!(answer.status, expected(method, route), "{method} {route}: {}", answer.body);
                if answer.status == 405 {
                    let allow = answer.header("allow").unwrap_or_default();
                    let read = allow.starts_with("GET, HEAD");
                    assert_eq!(read, expected("GET", route) != 405, "{method} {route} allows {allow:?}");
                    assert_eq!(allow.contains("POST"), expected("POST", route) != 405, "{method} {route}");
                }
            }
        }
    }

    async fn head_is_get_without_the_body(app: TestApp) {
        let links = Links::of_a_newcomer(&app, "ada@example.org").await;
        for (_, route, path, status) in ROUTES.iter().filter(|it| it.0 == "GET") {
            for headers in ["", "accept-encoding: gzip\r\n", "accept-language: fr\r\n"] {
                let path = filled(path, &links);
                let get = wire::ask(&app, "GET", &path, headers, "").await;
                let head = wire::ask(&app, "HEAD", &path, headers, "").await;
                assert_eq!((get.status, head.status), (*status, *status), "{route}");
                assert_eq!(head.body, "", "{route}");
                assert!(!get.body.is_empty(), "{route}");
                // The form carries a fresh token each time, of the same length.
                assert_eq!(head.headers, get.headers, "{route} {headers}");
            }
        }
    }
}

/// Nobody registered these.
const NOWHERE: [&str; 6] = ["/nowhere", "/f/", "/f/newsletter/", "/p/a/b", "/%00", "/..%2f..%2fetc/passwd"];

/// These routes are there, and nothing is at them: nobody made such a form, signed such a link.
const NOBODYS: [&str; 15] = [
    "/g/nonsense",
    "/v/R-0000-0000",
    "/v/nowhere",
    "/receipt/nonsense",
    "/receipt/nonsense/receipt.pdf",
    "/f/nowhere",
    "/ask/nowhere",
    "/n/nowhere",
    "/dev/inbox/9999",
    "/dev/inbox/-1/body",
    "/c/nonsense",
    "/s/nonsense",
    "/p/nonsense",
    "/u/nonsense",
    "/x/nonsense",
];

const LANGUAGES: [(&str, &str, [&str; 2]); 2] = [
    ("en-GB, en;q=0.8", "en", ["Page not found", "We could not read this link"]),
    ("fr-CA, fr;q=0.8, en;q=0.5", "fr", ["Page introuvable", "Nous n’avons pas pu lire ce lien"]),
];

both! {
    async fn a_path_that_is_not_there_says_so_in_the_visitors_language(app: TestApp) {
        let all = NOWHERE.iter().flat_map(|path| METHODS.map(|method| (method, *path)));
        let read = NOBODYS.iter().flat_map(|path| ["GET", "HEAD"].map(|method| (method, *path)));
        for (method, path) in all.chain(read) {
            for (accepted, tag, titles) in LANGUAGES {
                let answer = wire::ask(&app, method, path, &format!("accept-language: {accepted}\r\n"), "").await;
                assert_eq!(answer.status, 404, "{method} {path}");
                assert_eq!(answer.header("content-language"), Some(tag), "{method} {path}");
                let title = titles[usize::from(path.contains("nonsense"))];
                let said = answer.body.contains(&format!("<html lang=\"{tag}\"")) && answer.body.contains(title);
                assert!(said || method == "HEAD", "{method} {path}: {}", answer.body);
            }
        }
    }

    async fn an_unknown_path_of_the_api_is_a_problem_document(app: TestApp) {
        for method in METHODS {
            let answer = wire::ask(&app, method, "/v1/nowhere", "accept-language: fr\r\n", "").await;
            let kind = answer.header("content-type");
            assert_eq!((answer.status, kind), (404, Some("application/problem+json")), "{method}");
        }
    }
}
