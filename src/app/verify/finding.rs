//! What a step has to say: a word for the catalogue and the values its sentence needs.

/// One remark of the checker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which sentence.
    pub said: Said,
    /// What stands in it, by the name it has there.
    pub values: Vec<(&'static str, Worth)>,
}

/// A value in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worth {
    /// As it is.
    Text(String),
    /// A count, a position, an offset in bytes.
    Number(u64),
    /// Seconds since 1970, to be shown as a date and time.
    Time(u64),
}

impl Finding {
    /// A sentence without values.
    pub(super) fn new(said: Said) -> Self {
        Self { said, values: Vec::new() }
    }

    pub(super) fn text(mut self, name: &'static str, value: &str) -> Self {
        self.values
            .push((name, Worth::Text(value.chars().filter(|it| !it.is_control()).take(200).collect())));
        self
    }

    pub(super) fn number(mut self, name: &'static str, value: impl TryInto<u64>) -> Self {
        self.values.push((name, Worth::Number(value.try_into().unwrap_or(u64::MAX))));
        self
    }

    pub(super) fn time(mut self, name: &'static str, seconds: u64) -> Self {
        self.values.push((name, Worth::Time(seconds)));
        self
    }
}

macro_rules! said {
    ($($(#[$doc:meta])+ $name:ident = $word:literal,)+) => {
        /// What can be said; the names are those of the texts in the catalogue.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Said { $($(#[$doc])+ $name,)+ }

        impl Said {
            /// Everything that can be said.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The name in JSON; also the key of its text.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }
        }
    };
}

said! {
    /// The file is larger than `mib` MiB.
    TooLarge = "verify-too-large",
    /// The JSON stops making sense at byte `at`.
    NotJson = "verify-not-json",
    /// JSON, or something else, that is no proof, receipt or dossier.
    Foreign = "verify-foreign",
    /// A receipt or dossier without a proof.
    NoProof = "verify-no-proof",
    /// The dossier cannot be unpacked from byte `at`.
    NotZip = "verify-not-zip",
    /// The dossier unpacks to more than is allowed.
    Bomb = "verify-bomb",
    /// A step it stands on failed.
    Earlier = "verify-earlier",
    /// The fact waits for its place in the log.
    Waiting = "verify-waiting",
    /// The proof object is of another format.
    OtherFormat = "verify-other-format",
    /// The record is no object.
    NoRecord = "verify-no-record",
    /// The record has no canonical form.
    NotCanonical = "verify-not-canonical",
    /// The record has a canonical form of `n` bytes.
    Canonical = "verify-canonical",
    /// The salt is not 64 hex digits.
    BadSalt = "verify-bad-salt",
    /// The entry is not one of evidence.
    BadEntry = "verify-bad-entry",
    /// The entry commits to something else.
    OtherRecord = "verify-other-record",
    /// The entry commits to the record.
    Committed = "verify-committed",
    /// The hash of the entry is `hash`.
    Leaf = "verify-leaf",
    /// The proof text cannot be read from byte `at`.
    BadProof = "verify-bad-proof",
    /// The checkpoint in the proof cannot be read from byte `at` of the proof text.
    BadCheckpoint = "verify-bad-checkpoint",
    /// The proof leads elsewhere.
    OtherRoot = "verify-other-root",
    /// The entry is number `index` of `size`.
    Included = "verify-included",
    /// The signature lines cannot be read from byte `at` of the proof text.
    BadNote = "verify-bad-note",
    /// A key in the file is none.
    BadKey = "verify-bad-key",
    /// No key of the log `origin` is known.
    OtherLog = "verify-other-log",
    /// The log did not sign.
    NotSigned = "verify-not-signed",
    /// A signature of the log is wrong.
    WrongSignature = "verify-wrong-signature",
    /// Signed by the log `origin` with the key the checker was given, at `at`.
    Signed = "verify-signed",
    /// The same, without a time.
    SignedUntimed = "verify-signed-untimed",
    /// Signed by the log `origin` with the key that came with the file, at `at`.
    SignedByFile = "verify-signed-by-file",
    /// The same, without a time.
    SignedByFileUntimed = "verify-signed-by-file-untimed",
    /// The threshold is no number.
    BadThreshold = "verify-bad-threshold",
    /// No witness is named.
    NoWitness = "verify-no-witness",
    /// The key `n` of the witnesses is none.
    BadWitness = "verify-bad-witness",
    /// The cosignature of `name` is wrong.
    WrongWitness = "verify-wrong-witness",
    /// Of the known witnesses `n` signed, and `needed` are needed.
    TooFewWitnesses = "verify-too-few-witnesses",
    /// Of the known witnesses `n` signed, and `needed` were needed.
    Witnessed = "verify-witnessed",
    /// No time stamp.
    NoTimestamp = "verify-no-timestamp",
    /// Time stamp `n` cannot be read.
    BadTimestamp = "verify-bad-timestamp",
    /// Time stamp `n` is of something else.
    OtherTimestamp = "verify-other-timestamp",
    /// Time stamp `n` has a wrong signature.
    WrongTimestamp = "verify-wrong-timestamp",
    /// Time stamp `n` uses an algorithm that is not known here.
    UnknownTimestamp = "verify-unknown-timestamp",
    /// The authority of time stamp `n` does not descend from a given certificate.
    UntrustedTimestamp = "verify-untrusted-timestamp",
    /// Stamped at `at` by an authority that descends from a given certificate.
    Stamped = "verify-stamped",
    /// Stamped at `at`, authority not compared.
    StampedUncompared = "verify-stamped-uncompared",
}
