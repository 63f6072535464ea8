//! From a configuration to a bound server and its running jobs.
