//! The log: places, checkpoints, what strangers read, and what happens when the database is not what it was.

mod reading;
mod restored;
mod tampered;
mod writing;

use ayeaye::{
    app::{
        fsck::{self, Report},
        log::{LogWriter, read},
    },
    tlog::{checkpoint::Checkpoint, note::Note},
};

use crate::support::app::TestApp;

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
}
