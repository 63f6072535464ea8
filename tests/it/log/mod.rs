//! The log: places, checkpoints, what strangers read, and what happens when the database is not what it was.

mod interrupted;
mod reading;
mod restored;
mod takeovers;
mod tampered;
mod writing;

use ayeaye::{
    app::{
        fsck::{self, Report},
        log::{LogWriter, read},
    },
    tlog::{checkpoint::Checkpoint, note::Note},
};

use crate::support::{app::TestApp, witnessed::Witnessed};

impl TestApp {
    /// What an examination finds.
    pub(crate) async fn fsck(&self) -> Report {
        fsck::examine(self.app()).await.unwrap()
    }

    /// Lets one writer of the log do all it can.
    async fn write_log(&self, writer: &mut LogWriter) {
        while writer.pass(self.app()).await.unwrap() > 0 {}
    }

    /// The newest published checkpoint, its signatures verified.
    pub(crate) async fn checkpoint(&self) -> Checkpoint {
        let note = read::checkpoint(self.app()).await.unwrap().expect("a checkpoint");
        let keys: Vec<_> =
            read::keys(self.app()).await.unwrap().iter().map(|it| it.parse().unwrap()).collect();
        let note = Note::parse(&note).unwrap();
        note.verify(&keys).unwrap();
        Checkpoint::parse(&note.text).unwrap()
    }

    /// Signs somebody up by the use case itself; nothing else runs.
    async fn ask_as(&self, name: &str) {
        let email = format!("{name}@example.org");
        self.ask(&ayeaye::domain::EmailAddress::parse(&email).unwrap()).await;
    }

    /// Shows a stranger the newest published checkpoint; entries it covers, zero before the first.
    async fn show(&self, witnessed: &mut Witnessed) -> u64 {
        let Some(note) = read::checkpoint(self.app()).await.unwrap() else { return 0 };
        let keys = read::keys(self.app()).await.unwrap();
        witnessed.take(&note, &keys[0].parse().unwrap())
    }

    /// Everything in the log.
    async fn entries(&self) -> Vec<Vec<u8>> {
        let mut tx = self.app().store.peek().await.unwrap();
        let entries = ayeaye::store::log::entries(&mut tx, 0, 1_000_000).await.unwrap();
        entries.into_iter().map(String::into_bytes).collect()
    }
}
