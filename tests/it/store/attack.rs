//! How much forms are used, and which are under attack.

use ayeaye::{
    domain::{
        attack::{Figures, Mode},
        id::FormId,
        time::{DAY, HOUR, MINUTE},
    },
    store::attack::{self, Counts, Watched},
};

use super::{World, at};
use crate::support::database::both;

const NOW: i64 = 1_000 * DAY;

impl World {
    async fn used(&self, form: FormId, tried: i64, taken: i64, confirmed: i64, now: i64) {
        let counts = Counts { tried, taken, confirmed };
        self.put(|batch| attack::add(batch, self.tenant, form, counts, at(now))).await;
    }

    async fn watched(&self, now: i64) -> Vec<Watched> {
        attack::watched(&mut self.peek().await, at(now)).await.unwrap()
    }

    async fn turn(&self, form: FormId, before: Mode, after: Mode) -> bool {
        let mut tx = self.begin().await;
        let turned = attack::set_mode(&mut tx, self.tenant, form, before, after).await.unwrap();
        tx.commit().await.unwrap();
        turned
    }

    async fn alert(&self, form: FormId, now: i64) -> bool {
        let mut tx = self.begin().await;
        let may = attack::may_alert(&mut tx, self.tenant, form, at(now), 6 * HOUR).await.unwrap();
        tx.commit().await.unwrap();
        may
    }
}

fn attack_since(now: i64) -> Mode {
    Mode::Attack { since: at(now), seen_at: at(now) }
}

both! {
    async fn figures_are_of_the_last_minutes_the_last_hour_and_the_day_before(world: World) {
        let (form, idle) = (FormId::new(&world.random), FormId::new(&world.random));
        world.used(form, 1, 1, 1, NOW - 2 * DAY).await;
        world.used(form, 200, 200, 100, NOW - 20 * HOUR).await;
        world.used(form, 30, 20, 10, NOW - 30 * MINUTE).await;
        world.used(form, 5, 4, 3, NOW).await;
        world.used(form, 2, 1, 0, NOW + 1).await;
        world.used(idle, 9, 9, 9, NOW - HOUR).await;
        let figures = Figures { tried: 7, tried_before: 230, taken: 25, confirmed: 13 };
        let expected = Watched { tenant: world.tenant, form, figures, mode: Mode::Calm };
        assert_eq!(world.watched(NOW + 2).await, [expected]);

        let mut tx = world.begin().await;
        assert_eq!(attack::prune(&mut tx, at(NOW + HOUR), 10).await.unwrap(), 1);
        tx.commit().await.unwrap();
    }

    async fn of_several_instances_one_changes_the_mode(world: World) {
        let form = FormId::new(&world.random);
        let (began, later) = (attack_since(NOW), Mode::Attack { since: at(NOW), seen_at: at(NOW + MINUTE) });
        assert!(world.turn(form, Mode::Calm, began).await);
        assert!(!world.turn(form, Mode::Calm, attack_since(NOW + 1)).await, "it has begun already");
        assert!(world.turn(form, began, later).await);
        assert_eq!(world.watched(NOW + HOUR).await[0].mode, later, "watched without being used");
        assert_eq!(attack::attacked(&mut world.peek().await).await.unwrap(), [form]);
        assert!(world.turn(form, later, Mode::Calm).await);
        assert!(!world.turn(form, later, Mode::Calm).await, "it has ended already");
        assert!(attack::attacked(&mut world.peek().await).await.unwrap().is_empty());
    }

    async fn an_operator_is_told_once_in_six_hours(world: World) {
        let form = FormId::new(&world.random);
        world.turn(form, Mode::Calm, attack_since(NOW)).await;
        assert!(world.alert(form, NOW).await);
        assert!(!world.alert(form, NOW + 6 * HOUR - 1).await);
        let told = async |since| {
            attack::alerted_since(&mut world.peek().await, world.tenant, form, at(since)).await.unwrap()
        };
        assert!(told(NOW).await && !told(NOW + 1).await);
        assert!(world.alert(form, NOW + 6 * HOUR).await);
    }
}
