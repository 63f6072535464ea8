//! What is wrong with a configuration, so that it can be mended without reading the code.

use std::{fmt, path::PathBuf};

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whence {
    /// Nobody said: the default.
    Default,
    /// A line of a configuration file.
    File {
        /// The file.
        path: PathBuf,
        /// Its line, from 1.
        line: usize,
    },
    /// A variable of the environment.
    Env(String),
    /// A file named by a variable of the environment.
    EnvFile {
        /// The variable.
        name: String,
        /// The file.
        path: PathBuf,
    },
    /// A flag of the command line.
    Flag(String),
}

impl fmt::Display for Whence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Env(name) => f.write_str(name),
            Self::EnvFile { name, path } => write!(f, "{name} → {}", path.display()),
            Self::Flag(flag) => f.write_str(flag),
        }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The key, or what stands in its place.
    pub key: String,
    /// Where it stands.
    pub whence: Option<Whence>,
    /// What is wrong; continues a sentence that begins with the key. Never holds a secret.
    pub what: String,
    /// What to write instead.
    pub instead: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key)?;
        if let Some(whence) = &self.whence {
            write!(f, " ({whence})")?;
        }
        write!(f, " {}; {}", self.what, self.instead)
    }
}

/// All that is wrong with a configuration, one problem a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    problems: Vec<Problem>,
}

impl ConfigError {
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        Self { problems }
    }

    /// Each problem, in the order found.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the configuration is not right")?;
        self.problems.iter().try_for_each(|it| write!(f, "\n  {it}"))
    }
}

impl std::error::Error for ConfigError {}
