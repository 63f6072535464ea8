//! Work that takes longer than a request.

use ayeaye::{
    domain::id::{JobId, TenantId},
    store::job::{self, Job},
};

use super::{World, at};
use crate::support::database::both;

const LAST: &str = "job_7zzzzzzzzzzzzzzzzzzzzzzzzz";

impl World {
    fn job(&self, tenant: TenantId, created_at: i64) -> Job {
        Job {
            tenant,
            id: JobId::new(at(created_at), &self.random),
            kind: "webhook_replay".to_owned(),
            about: "{}".to_owned(),
            place: String::new(),
            seen: 0,
            done: 0,
            created_at: at(created_at),
            ended_at: None,
        }
    }
}

both! {
    async fn the_oldest_job_that_is_not_through_is_next(world: World) {
        let mut jobs = [30, 10, 20].map(|created_at| world.job(world.tenant, created_at));
        let theirs = world.job(world.neighbour, 40);
        for job in jobs.iter().chain([&theirs]) {
            world.put(|batch| job::put(batch, job)).await;
        }
        let next = async || job::next(&mut world.peek().await).await.unwrap();
        assert_eq!(next().await, Some(jobs[1].clone()));
        "evt_1".clone_into(&mut jobs[1].place);
        (jobs[1].seen, jobs[1].done) = (500, 7);
        let mut tx = world.begin().await;
        job::advance(&mut tx, &jobs[1]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(next().await, Some(jobs[1].clone()));
        jobs[1].ended_at = Some(at(50));
        let mut tx = world.begin().await;
        job::advance(&mut tx, &jobs[1]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(next().await, Some(jobs[2].clone()));
        let mut peek = world.peek().await;
        let listed = job::list(&mut peek, world.tenant, LAST, 2).await.unwrap();
        assert_eq!(listed, [jobs[0].clone(), jobs[2].clone()], "the newest first");
        let rest = job::list(&mut peek, world.tenant, &listed[1].id.to_string(), 2).await.unwrap();
        assert_eq!(rest, [jobs[1].clone()]);
        assert_eq!(job::find(&mut peek, world.tenant, theirs.id).await.unwrap(), None);
        assert_eq!(job::find(&mut peek, world.neighbour, theirs.id).await.unwrap(), Some(theirs));
    }

    async fn jobs_that_ended_long_ago_go(world: World) {
        let jobs = [10, 20, 30].map(|created_at| world.job(world.tenant, created_at));
        for (job, ended_at) in jobs.iter().zip([Some(at(100)), Some(at(90)), None]) {
            world.put(|batch| job::put(batch, &Job { ended_at, ..job.clone() })).await;
        }
        let mut tx = world.begin().await;
        assert_eq!(job::prune(&mut tx, at(90), 9).await.unwrap(), 0);
        assert_eq!(job::prune(&mut tx, at(200), 1).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let left = async || job::list(&mut world.peek().await, world.tenant, LAST, 9).await.unwrap().len();
        assert_eq!(left().await, 2);
        let mut tx = world.begin().await;
        assert_eq!(job::prune(&mut tx, at(200), 9).await.unwrap(), 1);
        tx.commit().await.unwrap();
        assert_eq!(left().await, 1, "what is not through stays");
    }
}
