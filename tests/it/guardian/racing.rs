//! Both answer at once, or one of them many times.

use super::{Family, KIM, MUM};
use crate::support::{app::http, database::both};

/// Posts a form; the status.
pub(crate) async fn post(url: &str, body: &'static str) -> u16 {
    let request = http().post(url).header("content-type", "application/x-www-form-urlencoded");
    request.body(body).send().await.unwrap().status().as_u16()
}

both! {
    async fn both_at_once_confirm_once(family: Family) {
        for round in 0..10 {
            let (child, guardian) = (format!("kim{round}@example.org"), format!("mum{round}@example.org"));
            family.sign_up(&child, &guardian).await;
            let (by_child, by_guardian) =
                (family.app.newest_link(&child, "confirm"), family.app.newest_link(&guardian, "guardian"));
            let yes = "do=confirm&p=newsletter&p=events";
            let both = tokio::join!(post(&by_child, yes), post(&by_guardian, "do=confirm"));
            assert_eq!(both, (200, 200));
            assert_eq!(family.state(&child).await, "confirmed");
            assert_eq!(family.records(&child, "consent.confirmed").await.len(), 1);
            assert_eq!(family.records(&child, "signup.agreed").await.len(), 1);
        }
        assert_eq!(family.events_of("consent.confirmed").await, 20);
        assert_eq!(family.sealed().await, 0);
    }

    async fn twenty_yeses_of_a_guardian_are_one(family: Family) {
        family.sign_up(KIM, MUM).await;
        let link = family.app.newest_link(MUM, "guardian");
        let mut presses = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let link = link.clone();
            presses.spawn(async move { post(&link, "do=confirm").await });
        }
        while let Some(status) = presses.join_next().await {
            assert_eq!(status.unwrap(), 200);
        }
        assert_eq!(family.records(KIM, "signup.agreed").await.len(), 1);
        assert_eq!(family.state(KIM).await, "pending");
    }

    async fn a_yes_and_a_no_at_once_end_in_what_the_evidence_says(family: Family) {
        for round in 0..10 {
            let (child, guardian) = (format!("kim{round}@example.org"), format!("mum{round}@example.org"));
            family.sign_up(&child, &guardian).await;
            let by_guardian = family.app.newest_link(&guardian, "guardian");
            assert_eq!(post(&by_guardian, "do=confirm").await, 200);
            let by_child = family.app.newest_link(&child, "confirm");
            tokio::join!(post(&by_child, "do=confirm&p=newsletter"), post(&by_guardian, "do=delete"));
            let (yes, no) = (
                family.records(&child, "consent.confirmed").await.len(),
                family.records(&child, "consent.refused").await.len(),
            );
            assert_eq!(yes + no, 1);
            assert_eq!(family.state(&child).await, if yes == 1 { "confirmed" } else { "refused" });
        }
    }
}
