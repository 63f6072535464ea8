use super::*;
use crate::app::testing::House;

async fn reading(house: &House, kind: Kind) -> Reading {
    let acme = house.tenant("acme");
    let mut tx = house.app.store.begin().await.unwrap();
    let by = ApiKeyId::new(&house.app.random);
    let export = create(&house.app, &mut tx, acme.id, by, kind).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(find(&house.app, acme.id, export.id).await.unwrap(), Some(export.clone()));
    Reading::of(&house.app, &acme, &export).unwrap()
}

#[tokio::test]
async fn a_service_that_stops_ends_no_export_with_a_last_line() {
    let house = House::new().await;
    house.confirmed("acme", "ada@example.org").await;
    let mut reading = reading(&house, Kind::Contacts).await;
    house.app.wake.stopping.send_replace(true);
    assert!(matches!(reading.next().await, Err(BrokenOff::Stopping)));
}

#[tokio::test]
async fn after_the_last_line_there_is_nothing() {
    let house = House::new().await;
    let (ada, _) = house.confirmed("acme", "ada@example.org").await;
    house.confirmed("other", "bob@example.org").await;
    for kind in [Kind::Contacts, Kind::Consents] {
        let mut reading = reading(&house, kind).await;
        let lines = String::from_utf8(reading.next().await.unwrap().unwrap()).unwrap();
        let [row, end] = lines.lines().collect::<Vec<_>>()[..] else { panic!("{lines}") };
        assert!(row.contains(&ada.to_string()), "{row}");
        assert!(end.contains("\"export_end\"") && end.contains("\"count\":1"), "{end}");
        assert!(reading.next().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn marks_in_force_are_handed_out_without_the_address() {
    let house = House::new().await;
    house.suppress("acme", "eve@example.org", "reported", None).await;
    house.suppress("acme", "old@example.org", "reported", Some(house.app.now())).await;
    let mut reading = reading(&house, Kind::Suppressions).await;
    let lines = String::from_utf8(reading.next().await.unwrap().unwrap()).unwrap();
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert!(lines.contains("\"reason\":\"reported\"") && !lines.contains("eve@"), "{lines}");
}
