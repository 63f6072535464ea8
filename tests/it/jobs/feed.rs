//! The total order of a tenant's events.

use crate::support::{app::TestApp, database::both};

both! {
    async fn places_are_dense_per_tenant_and_never_change(app: TestApp) {
        for n in 0..5 {
            app.sign_up("newsletter", &format!("a{n}@example.org"), &["newsletter"]).await;
            app.sign_up("lettre", &format!("b{n}@example.org"), &[]).await;
        }
        let before = app.events("acme").await;
        let places: Vec<i64> = before.iter().map(|it| it.sequence.unwrap()).collect();
        assert_eq!(places, (1..=10).collect::<Vec<i64>>());
        let other: Vec<i64> = app.events("beta").await.iter().map(|it| it.sequence.unwrap()).collect();
        assert_eq!(other, (1..=10).collect::<Vec<i64>>());
        app.sign_up("newsletter", "late@example.org", &["newsletter"]).await;
        let after = app.events("acme").await;
        assert_eq!(after[..10].iter().map(|it| it.id).collect::<Vec<_>>(), before.iter().map(|it| it.id).collect::<Vec<_>>());
        assert_eq!(after.len(), 12);
    }

    async fn a_reader_that_polls_while_many_write_misses_nothing(app: TestApp) {
        let tenant = app.tenant("acme").id;
        let url = format!("{}/f/newsletter", app.base());
        let mut writers = tokio::task::JoinSet::new();
        for writer in 0..8 {
            let url = url.clone();
            writers.spawn(async move {
                for n in 0..15 {
                    let request = crate::support::app::http().post(&url);
                    let body = format!("email=w{writer}-{n}%40example.org&p=newsletter");
                    let request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
                    assert_eq!(request.send().await.unwrap().status(), 303);
                }
            });
        }
        let (mut seen, mut last, mut idle) = (Vec::new(), 0, 0);
        let mut sequencers = [ayeaye::app::feed::Sequencer::default(), ayeaye::app::feed::Sequencer::default()];
        while idle < 3 {
            let done = writers.is_empty();
            for sequencer in &mut sequencers {
                sequencer.pass(app.app()).await.unwrap();
            }
            let page = ayeaye::app::feed::page(app.app(), tenant, last, 7).await.unwrap();
            for event in &page {
                assert_eq!(event.sequence, Some(last + 1), "a gap that a late commit could fill");
                last += 1;
                seen.push(event.id);
            }
            while writers.try_join_next().map(|it| it.unwrap()).is_some() {}
            idle = if done && page.is_empty() { idle + 1 } else { 0 };
            tokio::task::yield_now().await;
        }
        assert_eq!(seen.len(), 120);
    }
}
