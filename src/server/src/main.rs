//! `uwi`: see `uwi help`.

use std::process::ExitCode;

/// A turn's memory is taken on one thread and given back on another: the
/// system's allocator does that badly (decision 0002).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let env = |name: &str| std::env::var(name).ok();
    uwi::cli::run(std::env::args_os(), &env)
}
