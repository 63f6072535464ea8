//! A connection to PostgreSQL that a request may drop at any await.
//!
//! The driver's own transactions do not survive that: a BEGIN or a statement given up half-way can leave the
//! connection inside an open transaction when it goes back to the pool, and the next to use it is in for a
//! surprise. Here a connection dropped in the middle of a statement is closed, which undoes what it did, and
//! one dropped between statements is rolled back before anyone else gets it.

use sqlx::{Executor as _, PgConnection, PgPool, Postgres, pool::PoolConnection};

use super::{Result, timed::Timed};

/// A connection of the pool, with a transaction around its statements or none.
pub(super) struct Session {
    conn: Option<PoolConnection<Postgres>>,
    under_way: bool,
    open: bool,
}

impl Session {
    /// A connection whose statements each stand alone.
    pub(super) async fn plain(pool: &PgPool) -> Result<Self> {
        Ok(Self { conn: Some(pool.acquire().await?), under_way: false, open: false })
    }

    /// A connection in a transaction begun with `begin`.
    pub(super) async fn begin(pool: &PgPool, begin: &'static str) -> Result<Self> {
        let mut session = Self::plain(pool).await?;
        session.open = true;
        session.run(begin).await?;
        Ok(session)
    }

    pub(super) async fn commit(mut self) -> Result<()> {
        self.run("COMMIT").await?;
        self.open = false;
        Ok(())
    }

    async fn run(&mut self, sql: &'static str) -> Result<()> {
        let _timed = Timed::begin(sql);
        self.connection().execute(sql).await?;
        self.finished();
        Ok(())
    }

    /// The connection, for one statement; [`Self::finished`] tells when its answer is whole.
    #[expect(clippy::unreachable, reason = "the connection is there until the session is dropped")]
    pub(super) fn connection(&mut self) -> &mut PgConnection {
        self.under_way = true;
        match self.conn.as_mut() {
            Some(conn) => conn,
            None => unreachable!("only drop() takes the connection"),
        }
    }

    /// The answer to the statement was read to its end, be it an error.
    pub(super) fn finished(&mut self) {
        self.under_way = false;
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let Some(mut conn) = self.conn.take() else { return };
        let runtime = tokio::runtime::Handle::try_current();
        match (self.under_way, self.open, runtime) {
            (false, false, _) => {}
            (false, true, Ok(runtime)) => {
                runtime.spawn(async move {
                    if conn.execute("ROLLBACK").await.is_err() {
                        conn.close_on_drop();
                    }
                });
            }
            (true, _, _) | (false, true, Err(_)) => conn.close_on_drop(),
        }
    }
}
