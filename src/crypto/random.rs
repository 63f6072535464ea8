//! Randomness as a value: the system's in the service, a seeded stream in tests.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Key, mac};

/// A source of random bytes. Cheap to clone; clones share the source.
#[derive(Clone)]
pub struct Random(Source);

#[derive(Clone)]
enum Source {
    System,
    Seeded(Arc<Mutex<(Key, u64)>>),
}

impl Random {
    /// The operating system's generator.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// A stream that is the same for the same seed: for tests that must repeat.
    pub fn seeded(seed: u64) -> Self {
        let key = Key::new(mac::hmac(b"ayeaye seeded randomness", &[&seed.to_be_bytes()]));
        Self(Source::Seeded(Arc::new(Mutex::new((key, 0)))))
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut out = [0; N];
        match &self.0 {
            Source::System => fill_from_system(&mut out),
            Source::Seeded(state) => {
                for chunk in out.chunks_mut(32) {
                    let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
                    state.1 = state.1.wrapping_add(1);
                    let block = mac::hmac(state.0.expose(), &[&state.1.to_be_bytes()]);
                    for (to, from) in chunk.iter_mut().zip(block) {
                        *to = from;
                    }
                }
            }
        }
        out
    }

    /// A random number of 64 bits.
    pub fn number(&self) -> u64 {
        u64::from_be_bytes(self.bytes())
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
fn fill_from_system(out: &mut [u8]) {
    if let Err(error) = getrandom::fill(out) {
        // Without randomness every link, salt and id would be guessable: stop rather than serve.
        eprintln!("The system gives no random bytes ({error}). Stopping.");
        std::process::abort();
    }
}

impl std::fmt::Debug for Random {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Random")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_the_system_does_not() {
        assert_eq!(Random::seeded(1).bytes::<40>(), Random::seeded(1).bytes::<40>());
        assert_ne!(Random::seeded(1).bytes::<40>(), Random::seeded(2).bytes::<40>());
        assert_ne!(Random::system().bytes::<32>(), Random::system().bytes::<32>());
    }
}
