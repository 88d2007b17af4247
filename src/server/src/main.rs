//! `uwi`: see `uwi help`.

use std::process::ExitCode;

fn main() -> ExitCode {
    let env = |name: &str| std::env::var(name).ok();
    uwi::cli::run(std::env::args_os(), &env)
}
