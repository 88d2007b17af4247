//! Load generator and yardsticks for the figures of the README; `bench/run`
//! calls it. Every figure is printed beside what it is measured against, in
//! the same run.

mod bare;
mod caller;
mod client;
mod engine;
mod inside;
mod load;
mod page;
mod seed;
mod stats;

use clap::{Parser, Subcommand};
use std::net::SocketAddr;
use std::path::PathBuf;

/// As the server's: a yardstick must not be slower for another reason.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(about = "Load generator and yardsticks for UWi")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves a bare axum handler that parses the same request and answers the same shape.
    Bare {
        /// Where to listen.
        #[arg(long)]
        listen: SocketAddr,
    },
    /// Serves the same endpoint without persistence.
    Engine {
        /// Where to listen.
        #[arg(long)]
        listen: SocketAddr,
        /// The instant of every turn.
        #[arg(long)]
        at: jiff::Timestamp,
        /// The file that the server's tenants were made from.
        #[arg(long)]
        tenant: PathBuf,
    },
    /// Sends whole dialogues and prints one JSON line of figures.
    Load(load::Load),
    /// Measures what happens inside one process.
    Inside {
        /// The instant of every step.
        #[arg(long, default_value = "2026-11-23T08:00:00Z")]
        at: jiff::Timestamp,
    },
    /// Fills a SQLite database with calls and events.
    Seed(seed::Seed),
    /// Gets a page again and again and prints one JSON line of figures.
    Page(page::Page),
}

fn main() {
    let args = Args::parse();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("a runtime can be built");
    match args.command {
        Command::Bare { listen } => runtime.block_on(bare::serve(listen)),
        Command::Engine { listen, at, tenant } => {
            runtime.block_on(engine::serve(listen, at, &tenant));
        }
        Command::Inside { at } => inside::run(at),
        Command::Load(load) => runtime.block_on(load.run()),
        Command::Seed(seed) => runtime.block_on(seed.run()),
        Command::Page(page) => runtime.block_on(page.run()),
    }
}
