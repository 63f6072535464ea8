//! A body of any length, line by line, a bounded part at a time.

use std::time::Duration;

use actix_web::{dev::Payload, web::Bytes};
use futures_util::StreamExt as _;
use tokio::time::{Instant, timeout_at};

use crate::{app::gate, web::error::Fault};

/// The longest line, in bytes.
pub(super) const LINE_MAX: usize = 8 * 1_024;
/// A part is full with so many bytes.
const PART_BYTES: usize = 1_024 * 1_024;
/// A part that is not full is taken up this long after its first line came: whoever sends slowly is answered, too.
const PATIENCE: Duration = Duration::from_secs(1);

/// Reads the lines of a body.
pub(super) struct Reader {
    payload: Payload,
    /// How long a whole line may take.
    deadline: Duration,
    /// What came and was not taken up yet: at most a part and a chunk of the network.
    buffer: Vec<u8>,
    ended: bool,
    /// Lines taken up so far.
    lines: usize,
}

/// What is still read of a body that is refused, so that the sender has the answer before the connection ends.
const DRAINED: usize = 1_024 * 1_024;

/// Whole lines of a body.
pub(super) struct Part {
    bytes: Bytes,
    /// The number of the first line, from 1.
    first: usize,
}

impl Part {
    /// Each line that is not blank, with its number.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &[u8])> {
        let lines = self.bytes.split(|it| *it == b'\n');
        (self.first..).zip(lines).filter(|(_, line)| !line.iter().all(u8::is_ascii_whitespace))
    }
}

impl Reader {
    /// Reads this body; a whole line must come within `deadline`.
    pub(super) const fn new(payload: Payload, deadline: Duration) -> Self {
        Self { payload, deadline, buffer: Vec::new(), ended: false, lines: 0 }
    }

    /// The next part; `None` when the body has come to its end.
    ///
    /// # Errors
    /// It breaks off, is too slow, or has a line that is too long.
    pub(super) async fn part(&mut self) -> Result<Option<Part>, Fault> {
        let begun = Instant::now();
        let mut first_line: Option<Instant> = None;
        let mut scan = Scan::default();
        loop {
            scan.over(&self.buffer);
            if scan.is_full() {
                return Ok(Some(self.take(&scan)));
            }
            if self.ended {
                scan.end = self.buffer.len();
                return Ok((scan.end > 0).then(|| self.take(&scan)));
            }
            if self.buffer.len() - scan.end > LINE_MAX {
                return Err(Fault::TooLarge);
            }
            if scan.lines > 0 && first_line.is_none() {
                first_line = Some(Instant::now());
            }
            let until = first_line.map_or(begun + self.deadline, |it| it + PATIENCE.min(self.deadline));
            match timeout_at(until, self.payload.next()).await {
                Ok(Some(Ok(chunk))) => self.buffer.extend_from_slice(&chunk),
                Ok(Some(Err(_broken))) => return Err(Fault::Interrupted),
                Ok(None) => self.ended = true,
                Err(_elapsed) if scan.lines > 0 => return Ok(Some(self.take(&scan))),
                Err(_elapsed) => return Err(Fault::TooSlow),
            }
        }
    }

    /// The number of the line that is being read, from 1.
    pub(super) fn line(&self) -> usize {
        self.lines + self.buffer.split(|it| *it == b'\n').count()
    }

    /// Reads a little more and forgets it.
    pub(super) async fn drain(&mut self) {
        let mut left = DRAINED;
        let until = Instant::now() + PATIENCE;
        while let Ok(Some(Ok(chunk))) = timeout_at(until, self.payload.next()).await {
            left = left.saturating_sub(chunk.len());
            if left == 0 {
                return;
            }
        }
    }

    fn take(&mut self, scan: &Scan) -> Part {
        let rest = self.buffer.split_off(scan.end);
        let bytes = Bytes::from(std::mem::replace(&mut self.buffer, rest));
        let first = self.lines + 1;
        self.lines += scan.lines;
        Part { bytes, first }
    }
}

/// How many whole lines stand at the beginning of a buffer, as far as was looked.
#[derive(Default)]
struct Scan {
    lines: usize,
    /// Where the last of them ends.
    end: usize,
    seen: usize,
}

impl Scan {
    fn over(&mut self, buffer: &[u8]) {
        let new = buffer.get(self.seen..).unwrap_or_default();
        for (at, _) in new.iter().enumerate().filter(|(_, it)| **it == b'\n') {
            self.lines += 1;
            self.end = self.seen + at + 1;
            if self.is_full() {
                return;
            }
        }
        self.seen = buffer.len();
    }

    const fn is_full(&self) -> bool {
        self.lines >= gate::MOST || self.end >= PART_BYTES
    }
}

#[cfg(test)]
mod tests;
