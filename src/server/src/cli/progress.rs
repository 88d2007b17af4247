//! How far long work is, on a terminal.

use std::io::{IsTerminal as _, Write as _};

/// The width of the bar, in characters.
const WIDTH: usize = 24;

/// A bar on standard error, drawn only where somebody sees it.
pub(super) struct Progress {
    all: usize,
    seen: bool,
}

impl Progress {
    pub(super) fn new(all: usize) -> Self {
        Self { all, seen: all > 1 && std::io::stderr().is_terminal() }
    }

    /// Draws it: so many are done, and this is next.
    pub(super) fn show(&self, done: usize, next: &str) {
        if self.seen {
            eprint!("\r\x1b[K{}", line(done, self.all, next));
            let _ = std::io::stderr().flush();
        }
    }

    /// Takes it away, so that something else can be printed.
    pub(super) fn clear(&self) {
        if self.seen {
            eprint!("\r\x1b[K");
        }
    }
}

fn line(done: usize, all: usize, next: &str) -> String {
    let full = (WIDTH * done).checked_div(all).unwrap_or(WIDTH).min(WIDTH);
    format!("[{}{}] {done}/{all}  {next}", "#".repeat(full), "-".repeat(WIDTH - full))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_as_full_as_the_work_is_done() {
        assert_eq!(line(1, 2, "x"), "[############------------] 1/2  x");
        assert_eq!(line(0, 0, "x"), "[########################] 0/0  x");
        assert_eq!(line(9, 2, "x").matches('#').count(), WIDTH);
    }
}
