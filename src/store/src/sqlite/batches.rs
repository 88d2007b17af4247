//! The thread that commits batches: everything that waits, in one transaction.
//!
//! A group runs without savepoints, since nearly always everything in it goes
//! well. When something does not, the group is rolled back and run once more,
//! each batch within a savepoint, so that one who is refused harms no other.

use super::queue::{Statement, bind};
use super::writer::{GROUP, Pen};
use super::{BUSY_TIMEOUT, CACHE_KIB};
use crate::StoreError;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::{Mutex, mpsc, oneshot};

/// A transaction that only writes.
#[derive(Debug)]
pub(super) struct Batch {
    /// What it writes.
    pub statements: Vec<Statement>,
    /// Who waits for it.
    pub done: oneshot::Sender<Done>,
}

/// A batch that was run.
#[derive(Debug)]
pub(super) struct Done {
    /// Whether it was committed.
    pub outcome: Outcome,
    /// What it wrote: whoever made it also frees it, which costs least when the
    /// memory goes back to the thread it came from.
    pub statements: Vec<Statement>,
}

/// From so many pages (16 MB) in the log on, they are moved into the main file
/// after a commit: the log stays short, and its pages are written over.
const LOG_PAGES: u32 = 4_000;

/// How long the thread waits for more to come when there is much to write: a commit
/// of many costs little more than a commit of one.
const GATHER: Duration = Duration::from_millis(2);
/// From so many batches in a group on, there is much to write.
const MUCH: usize = 4;
/// With so many waiting, it need not wait.
const ENOUGH: usize = 48;

type Outcome = Result<(), StoreError>;
type Told = (oneshot::Sender<Done>, Done);

/// Starts the thread; it ends when nobody can hand in any more. Must be called
/// within a runtime, which tells those who wait.
pub(super) fn start(
    path: &Path,
    pen: Arc<Mutex<Pen>>,
    written: Arc<AtomicBool>,
) -> Result<mpsc::Sender<Batch>, StoreError> {
    let (batches, waiting) = mpsc::channel(GROUP);
    let (done, told) = mpsc::unbounded_channel();
    tokio::spawn(tell(told));
    let clerk = Clerk { path: path.to_owned(), conn: None };
    std::thread::Builder::new()
        .name("sqlite-batches".to_owned())
        .spawn(move || serve(clerk, waiting, (&pen, &written), &done))
        .map_err(|error| StoreError::Unavailable(format!("no thread to write: {error}")))?;
    Ok(batches)
}

/// Tells who waits, from within the runtime: waking each of a group from the
/// thread outside would be a system call each.
async fn tell(mut groups: mpsc::UnboundedReceiver<Vec<Told>>) {
    while let Some(group) = groups.recv().await {
        for (who, done) in group {
            // Nobody there any more: their transaction stands all the same.
            let _ = who.send(done);
        }
    }
}

fn serve(
    mut clerk: Clerk,
    mut waiting: mpsc::Receiver<Batch>,
    (pen, written): (&Mutex<Pen>, &AtomicBool),
    done: &mpsc::UnboundedSender<Vec<Told>>,
) {
    let mut last = 0;
    while let Some(first) = waiting.blocking_recv() {
        if last >= MUCH && waiting.len() < ENOUGH {
            std::thread::sleep(GATHER);
        }
        let pen = pen.blocking_lock();
        let mut group = vec![first];
        while group.len() < GROUP
            && let Ok(next) = waiting.try_recv()
        {
            group.push(next);
        }
        let outcomes = clerk.commit(&group);
        last = group.len();
        drop(pen);
        written.store(true, Ordering::Relaxed);
        let told = group.into_iter().zip(outcomes);
        let told =
            told.map(|(Batch { statements, done }, outcome)| (done, Done { outcome, statements }));
        // The runtime is gone, and everybody who waited with it.
        let _ = done.send(told.collect());
    }
}

/// The connection, opened when it is first needed.
struct Clerk {
    path: PathBuf,
    conn: Option<Connection>,
}

impl Clerk {
    /// Commits a group; an outcome for each batch, in order.
    fn commit(&mut self, group: &[Batch]) -> Vec<Outcome> {
        let conn = match self.conn.take().map_or_else(|| open(&self.path), Ok) {
            Ok(conn) => self.conn.insert(conn),
            Err(error) => return all(group, &Err(error.into())),
        };
        match together(conn, group) {
            Ok(()) => all(group, &Ok(())),
            // Alone in its group, or nothing can be written at all.
            Err(error) if group.len() == 1 || error == StoreError::Busy => all(group, &Err(error)),
            Err(_) => one_by_one(conn, group),
        }
    }
}

fn all(group: &[Batch], outcome: &Outcome) -> Vec<Outcome> {
    group.iter().map(|_| outcome.clone()).collect()
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, flags)?;
    conn.busy_timeout(BUSY_TIMEOUT)?;
    // As the other connections, see `options`.
    conn.execute_batch(&format!(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -{CACHE_KIB}; PRAGMA wal_autocheckpoint = {LOG_PAGES};"
    ))?;
    conn.set_prepared_statement_cache_capacity(256);
    Ok(conn)
}

/// Everything or nothing.
fn together(conn: &Connection, group: &[Batch]) -> Outcome {
    run(conn, "BEGIN IMMEDIATE")?;
    let written = group.iter().try_for_each(|batch| write(conn, &batch.statements));
    let ended = written.and_then(|()| run(conn, "COMMIT"));
    if ended.is_err() {
        roll_back(conn);
    }
    ended
}

/// Each for itself, in one commit all the same.
fn one_by_one(conn: &Connection, group: &[Batch]) -> Vec<Outcome> {
    if let Err(error) = run(conn, "BEGIN IMMEDIATE") {
        return all(group, &Err(error));
    }
    let mut outcomes = Vec::with_capacity(group.len());
    for batch in group {
        let outcome = within_savepoint(conn, &batch.statements);
        if let (Err(error), true) = (&outcome, conn.is_autocommit()) {
            // The database rolled everything back itself (full disk).
            return all(group, &Err(error.clone()));
        }
        outcomes.push(outcome);
    }
    match run(conn, "COMMIT") {
        Ok(()) => outcomes,
        Err(error) => {
            roll_back(conn);
            all(group, &Err(error))
        }
    }
}

fn within_savepoint(conn: &Connection, statements: &[Statement]) -> Outcome {
    run(conn, "SAVEPOINT batch")?;
    let written = write(conn, statements);
    if written.is_err() && !conn.is_autocommit() {
        run(conn, "ROLLBACK TO batch")?;
    }
    if !conn.is_autocommit() {
        run(conn, "RELEASE batch")?;
    }
    written
}

fn roll_back(conn: &Connection) {
    if !conn.is_autocommit()
        && let Err(error) = run(conn, "ROLLBACK")
    {
        tracing::error!(%error, "a group of transactions could not be rolled back");
    }
}

fn run(conn: &Connection, sql: &'static str) -> Outcome {
    conn.prepare_cached(sql)?.raw_execute()?;
    Ok(())
}

fn write(conn: &Connection, statements: &[Statement]) -> Outcome {
    for statement in statements {
        let touched = execute(conn, statement)?;
        if statement.expected.is_some_and(|expected| expected != touched) {
            return Err(StoreError::Conflict);
        }
    }
    Ok(())
}

fn execute(conn: &Connection, statement: &Statement) -> Result<u64, StoreError> {
    let mut prepared = conn.prepare_cached(statement.sql)?;
    bind(&mut prepared, &statement.values)?;
    Ok(prepared.raw_execute()? as u64)
}
