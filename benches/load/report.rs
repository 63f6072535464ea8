//! What was measured, as a table to paste.

use std::{fmt::Write as _, fs, time::Duration};

use crate::usage::{Memory, Seconds};

/// What one kind of request gave with one number of connections.
pub(crate) struct Row {
    /// What was asked for; the unit when it is not requests.
    pub(crate) what: &'static str,
    pub(crate) connections: u16,
    pub(crate) per_second: f64,
    pub(crate) median: Duration,
    pub(crate) p99: Duration,
    pub(crate) longest: Duration,
    pub(crate) memory: Memory,
    pub(crate) processor: Processor,
}

/// Processor time used meanwhile.
#[derive(Clone, Copy)]
pub(crate) struct Processor {
    pub(crate) service: Seconds,
    /// This program: the callers and the relay.
    pub(crate) client: Seconds,
    /// None where the database lives in the service.
    pub(crate) database: Option<Seconds>,
}

/// Everything measured.
#[derive(Default)]
pub(crate) struct Report {
    /// Where and how, in sentences.
    pub(crate) setting: Vec<String>,
    /// The table.
    pub(crate) rows: Vec<Row>,
    /// What is no row, in sentences.
    pub(crate) facts: Vec<String>,
    /// What must not be.
    pub(crate) problems: Vec<String>,
}

const HEAD: &str = "\
| what | connections | per second | p50 ms | p99 ms | max ms | resident MB | peak MB | CPU s: service | client | database |
| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |
";

impl Row {
    fn markdown(&self) -> String {
        let Self { what, connections, per_second, median, p99, longest, memory, processor } = self;
        let [median, p99, longest] = [median, p99, longest].map(|it| millis(*it));
        let [resident, peak] = [memory.resident, memory.peak].map(megabytes);
        let Processor { service, client, database } = processor;
        let database = database.map_or_else(|| "–".to_owned(), |it| format!("{:.1}", it.0));
        format!(
            "| {what} | {connections} | {} | {median} | {p99} | {longest} | {resident} | {peak} | {:.1} | {:.1} | {database} |",
            whole(*per_second),
            service.0,
            client.0,
        )
    }
}

impl Report {
    /// Adds a row and shows it at once.
    pub(crate) fn add(&mut self, row: Row) {
        eprintln!("{}", row.markdown());
        self.rows.push(row);
    }

    /// Adds a sentence and shows it at once.
    pub(crate) fn note(&mut self, fact: String) {
        eprintln!("{fact}");
        self.facts.push(fact);
    }

    /// Adds what must not be and shows it at once.
    pub(crate) fn blame(&mut self, problem: String) {
        eprintln!("WRONG: {problem}");
        self.problems.push(problem);
    }

    /// The whole, in Markdown.
    pub(crate) fn markdown(&self) -> String {
        let mut text = String::new();
        let list = |items: &[String], mark: &str| {
            items.iter().fold(String::new(), |mut all, it| {
                let _ = writeln!(all, "- {mark}{it}");
                all
            })
        };
        text.push_str(&list(&self.setting, ""));
        text.push('\n');
        if !self.rows.is_empty() {
            text.push_str(HEAD);
            for row in &self.rows {
                let _ = writeln!(text, "{}", row.markdown());
            }
            text.push('\n');
        }
        text.push_str(&list(&self.facts, ""));
        text.push_str(&list(&self.problems, "WRONG: "));
        text
    }
}

/// The machine, in one sentence.
pub(crate) fn machine() -> String {
    let read = |path| fs::read_to_string(path).unwrap_or_default();
    let cpu = read("/proc/cpuinfo");
    let model =
        cpu.lines().find_map(|it| it.strip_prefix("model name")?.split_once(": ")).map_or("", |it| it.1);
    let count = std::thread::available_parallelism().map_or(0, usize::from);
    let kernel = read("/proc/sys/kernel/osrelease");
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or_default();
    format!("{count} processors ({model}), Linux {}, load before the start {load}", kernel.trim())
}

/// Milliseconds, as precisely as they matter.
pub(crate) fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1e3;
    if millis < 10.0 { format!("{millis:.2}") } else { format!("{millis:.0}") }
}

/// Millions of bytes.
pub(crate) fn megabytes(bytes: u64) -> String {
    let tenths = bytes / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A number without its fraction, its thousands apart.
pub(crate) fn whole(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
