//! What processes use, as `/proc` tells.

use std::{
    fs,
    ops::{AddAssign, Sub},
};

/// Ticks a second in `/proc/PID/stat`; 100 wherever Linux runs today (`getconf CLK_TCK`).
const TICKS: f64 = 100.0;

/// Memory of a process, in bytes.
#[derive(Clone, Copy, Default)]
pub(crate) struct Memory {
    /// Resident now (`VmRSS`).
    pub(crate) resident: u64,
    /// The most that was resident (`VmHWM`), since [`forget_peak`].
    pub(crate) peak: u64,
}

/// The memory of a process.
pub(crate) fn memory(pid: u32) -> Memory {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("the service runs");
    let value = |name: &str| {
        let line = status.lines().find_map(|it| it.strip_prefix(name));
        let kibibytes = line.and_then(|it| it.trim().strip_suffix(" kB")).and_then(|it| it.parse().ok());
        kibibytes.map_or(0, |it: u64| it * 1024)
    };
    Memory { resident: value("VmRSS:"), peak: value("VmHWM:") }
}

/// Lets the peak of a process begin again at what is resident now.
pub(crate) fn forget_peak(pid: u32) {
    fs::write(format!("/proc/{pid}/clear_refs"), "5").expect("the peak can be reset");
}

/// Processor time, in seconds.
#[derive(Clone, Copy, Default)]
pub(crate) struct Seconds(pub(crate) f64);

impl Sub for Seconds {
    type Output = Self;

    fn sub(self, before: Self) -> Self {
        Self(self.0 - before.0)
    }
}

impl AddAssign for Seconds {
    fn add_assign(&mut self, other: Self) {
        self.0 += other.0;
    }
}

/// The processor time a process has used, all of its threads together.
pub(crate) fn processor(pid: u32) -> Seconds {
    stat(pid).map_or(Seconds(0.0), |it| it.used)
}

/// The same of a process and the children it has now.
pub(crate) fn processor_with_children(pid: u32) -> Seconds {
    let mut sum = processor(pid);
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    let others = entries.filter_map(|it| it.file_name().to_str()?.parse().ok());
    for other in others.filter_map(stat).filter(|it| it.parent == pid) {
        sum += other.used;
    }
    sum
}

struct Stat {
    parent: u32,
    used: Seconds,
}

/// The name stands in brackets and may hold anything: fields are counted behind the last one.
fn stat(pid: u32) -> Option<Stat> {
    let line = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    let mut fields = line.rsplit_once(')')?.1.split_ascii_whitespace().skip(1);
    let parent = fields.next()?.parse().ok()?;
    let mut ticks = fields.skip(9).map_while(|it| it.parse::<u32>().ok());
    let used = Seconds((f64::from(ticks.next()?) + f64::from(ticks.next()?)) / TICKS);
    Some(Stat { parent, used })
}
