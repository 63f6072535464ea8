//! The `ayeaye` command: reads the command line, runs it, and turns an error into an exit code.

use std::process::ExitCode;

/// Steadier memory under load than the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    ayeaye::cli::run().into()
}
