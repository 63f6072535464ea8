use std::io::Write as _;

use actix_web::test::TestRequest;

use super::*;
use crate::{
    domain::setup::EVENT_TYPES,
    web::api::testing::{Api, unlike},
};

#[test]
fn every_type_is_declared_with_an_example_that_is_as_declared() {
    let names: Vec<&str> = ALL.iter().map(|it| it.name).collect();
    assert_eq!(names, EVENT_TYPES);
    for event in ALL {
        let data: Value = serde_json::from_str(event.example).unwrap();
        assert_eq!(unlike(event.data, &data, ""), [""; 0], "{}", event.name);
        assert!(event.about.ends_with('.'), "{}", event.name);
    }
}

#[tokio::test]
async fn types_are_listed_and_their_schemas_are_there_for_everybody() {
    let api = Api::new().await;
    let listed = api.get("/v1/event_types").await;
    assert_eq!(listed.status, 200);
    for it in listed.json["data"].as_array().unwrap() {
        let name = it["type"].as_str().unwrap();
        let path = format!("/v1/schemas/events/{name}.json");
        assert!(it["schema"].as_str().unwrap().ends_with(&path));
        let schema = api.send(TestRequest::get().uri(&path)).await;
        assert_eq!((schema.status, schema.media_type.as_str()), (200, "application/schema+json"));
        assert_eq!(schema.json["properties"]["type"]["const"], name);
        assert_eq!(schema.json["examples"][0], it["example"]);
        assert!(!schema.text.contains("#/components/"), "{name}");
    }
    for path in ["consent.json", "x.json", "consent.confirmed"] {
        api.send(TestRequest::get().uri(&format!("/v1/schemas/events/{path}"))).await.is_problem(404);
    }
}

#[test]
fn the_page_shows_every_type_and_is_light() {
    for locale in [Locale::En, Locale::Fr, Locale::Pl] {
        let frame = Frame::new(locale, true, "/docs/events", None);
        let page = EventsPage { frame: &frame }.render().unwrap();
        for event in ALL {
            assert!(page.contains(&format!("<h2 id=\"{0}\">", event.name)), "{}", event.name);
        }
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(page.as_bytes()).unwrap();
        assert!(gzip.finish().unwrap().len() <= 14_000);
    }
}
