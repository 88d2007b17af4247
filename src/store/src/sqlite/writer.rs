//! One writer that groups waiting transactions into one commit.
//!
//! Transactions queue for the writing connection (first come, first served).
//! The first opens a database transaction; each works within a savepoint of
//! its own and, when it commits, leaves it to the next one to release, passes
//! the connection on and waits. A flusher queues like everybody else: what was in the queue
//! before it is in its commit, so one `fsync` serves them all.
//!
//! Everything here may be dropped at any await (a client that hangs up): what
//! an abandoned user leaves behind is put right by the next one, see
//! [`Line::settle`].

use super::queue::Queue;
use crate::StoreError;
use sqlx::sqlite::SqliteConnection;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{Mutex, OwnedMutexGuard, OwnedSemaphorePermit, Semaphore, mpsc, watch};

/// The most transactions in one commit.
const GROUP: usize = 128;

/// The way to the writing connection.
#[derive(Debug)]
pub(crate) struct Writer {
    seats: Arc<Semaphore>,
    line: Arc<Mutex<Line>>,
    flush: mpsc::Sender<()>,
    /// Something was written that is not in the main file yet.
    written: Arc<AtomicBool>,
}

/// The connection and what is open on it.
#[derive(Debug)]
pub(crate) struct Line {
    conn: SqliteConnection,
    group: Option<Group>,
    /// A transaction is being opened and not noted yet.
    opening: bool,
    savepoint: Savepoint,
}

/// The savepoint of the last transaction. Two names take turns, so that
/// undoing one can never undo the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Savepoint {
    /// None is open.
    None,
    /// It is or may be open: said before it is opened.
    Open(&'static str),
    /// Its transaction has ended well; the next one, or the commit, closes it.
    Done(&'static str),
    /// The one before may be left; only the commit closes it for sure.
    Unclear,
}

impl Savepoint {
    /// The name that the next transaction takes.
    fn next(self) -> &'static str {
        match self {
            Self::Open("a") | Self::Done("a") => "b",
            _ => "a",
        }
    }
}

type Outcome = Option<Result<(), StoreError>>;

/// The transactions that share the open database transaction.
#[derive(Debug)]
struct Group {
    outcome: watch::Sender<Outcome>,
}

/// One transaction of the group.
#[derive(Debug)]
pub(crate) struct Turn {
    line: OwnedMutexGuard<Line>,
    // Held until the commit, which bounds the group.
    seat: OwnedSemaphorePermit,
    flush: FlushOnDrop,
    /// What waits to be sent; begins with the savepoint.
    queue: Option<Queue>,
}

/// Wakes the flusher when its holder goes, however it goes.
#[derive(Debug)]
struct FlushOnDrop(mpsc::Sender<()>);

impl Drop for FlushOnDrop {
    fn drop(&mut self) {
        // A full channel means that the flusher is about to run anyway.
        let _ = self.0.try_send(());
    }
}

impl Writer {
    /// Takes the connection and starts the flusher, which ends with the writer.
    pub(crate) fn start(conn: SqliteConnection) -> Arc<Self> {
        let line = Arc::new(Mutex::new(Line {
            conn,
            group: None,
            opening: false,
            savepoint: Savepoint::None,
        }));
        let (flush, woken) = mpsc::channel(1);
        let written = Arc::new(AtomicBool::new(true));
        tokio::spawn(run_flusher(Arc::clone(&line), Arc::clone(&written), woken));
        Arc::new(Self { seats: Arc::new(Semaphore::new(GROUP)), line, flush, written })
    }

    /// True when something was written since this was last asked.
    pub(crate) fn take_written(&self) -> bool {
        self.written.swap(false, Ordering::Relaxed)
    }

    /// Waits for the connection and opens a transaction on it.
    pub(crate) async fn begin(&self) -> Result<Turn, StoreError> {
        let mut turn = self.take_line().await?;
        turn.line.settle().await?;
        while turn.line.savepoint == Savepoint::Unclear {
            // Going wakes the flusher, which is never dropped and clears it.
            drop(turn);
            tokio::task::yield_now().await;
            turn = self.take_line().await?;
            turn.line.settle().await?;
        }
        turn.line.open_group().await?;
        let (before, own) = (turn.line.savepoint, turn.line.savepoint.next());
        turn.queue = Some(Queue::opening(before, own));
        turn.line.savepoint = Savepoint::Open(own);
        Ok(turn)
    }

    async fn take_line(&self) -> Result<Turn, StoreError> {
        let seat = Arc::clone(&self.seats)
            .acquire_owned()
            .await
            .map_err(|_| StoreError::Unavailable("the writer is closed".to_owned()))?;
        let line = Arc::clone(&self.line).lock_owned().await;
        Ok(Turn { line, seat, flush: FlushOnDrop(self.flush.clone()), queue: None })
    }
}

impl Turn {
    /// The connection, within this transaction. What waits must be sent before
    /// it is used.
    pub(crate) fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.line.conn
    }

    /// Where statements wait.
    pub(crate) fn queue(&mut self) -> &mut Queue {
        self.queue.get_or_insert_default()
    }

    /// Sends what waits; gives the rows that its last statement touched.
    pub(crate) async fn send(&mut self) -> Result<u64, StoreError> {
        match self.queue.take() {
            Some(queue) => queue.send(&mut self.line.conn).await,
            None => Ok(0),
        }
    }

    /// Ends this transaction and waits until it is on the disk.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        self.send().await?;
        if let Savepoint::Open(own) = self.line.savepoint {
            self.line.savepoint = Savepoint::Done(own);
        }
        let Some(group) = &self.line.group else {
            return Err(StoreError::Unavailable("the transaction was lost".to_owned()));
        };
        let mut outcome = group.outcome.subscribe();
        let Self { line, seat, flush, queue: _ } = self;
        drop(line);
        drop(flush);
        let result = outcome
            .wait_for(Option::is_some)
            .await
            .map_err(|_| StoreError::Unavailable("the transaction was lost".to_owned()))?
            .clone();
        drop(seat);
        result.unwrap_or(Ok(()))
    }
}

impl Line {
    async fn run(&mut self, sql: &'static str) -> Result<(), StoreError> {
        sqlx::query(sql).execute(&mut self.conn).await?;
        Ok(())
    }

    /// Undoes what a transaction left behind that was dropped before its commit.
    async fn settle(&mut self) -> Result<(), StoreError> {
        let Savepoint::Open(name) = self.savepoint else { return Ok(()) };
        let (undo, close) = match name {
            "a" => ("ROLLBACK TO a", "RELEASE a"),
            _ => ("ROLLBACK TO b", "RELEASE b"),
        };
        // Noted only once it is done: whoever asks for this may be dropped too.
        match sqlx::query(undo).execute(&mut self.conn).await {
            Ok(_) => {
                self.run(close).await?;
                self.savepoint = Savepoint::None;
                Ok(())
            }
            // Either it was never opened, or the database rolled everything
            // back itself (full disk): see which.
            Err(sqlx::Error::Database(refusal))
                if refusal.message().contains("no such savepoint") =>
            {
                self.see_whether_group_is_open().await;
                self.savepoint = Savepoint::Unclear;
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn see_whether_group_is_open(&mut self) {
        match self.begin_immediate().await {
            Ok(Begun::Already) => {}
            Ok(Begun::Now) => {
                let lost = StoreError::Unavailable("the transaction was lost".to_owned());
                tell(self.group.take(), Err(lost));
                self.group = Some(Group::new());
            }
            Err(error) => tell(self.group.take(), Err(error)),
        }
    }

    async fn open_group(&mut self) -> Result<(), StoreError> {
        if self.group.is_none() {
            self.opening = true;
            // `Already`: a user was dropped between opening and noting it.
            self.begin_immediate().await?;
            self.group = Some(Group::new());
        }
        self.opening = false;
        Ok(())
    }

    async fn begin_immediate(&mut self) -> Result<Begun, StoreError> {
        match sqlx::query("BEGIN IMMEDIATE").execute(&mut self.conn).await {
            Ok(_) => Ok(Begun::Now),
            Err(sqlx::Error::Database(refusal))
                if refusal.message().contains("within a transaction") =>
            {
                Ok(Begun::Already)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Commits the group and tells everybody in it how that went.
    async fn flush(&mut self) {
        if let Err(error) = self.settle().await {
            tracing::warn!(%error, "a dropped transaction could not be undone");
            let _ = self.run("ROLLBACK").await;
            self.savepoint = Savepoint::None;
            return tell(self.group.take(), Err(error));
        }
        self.commit_group().await;
    }

    async fn commit_group(&mut self) {
        if self.group.is_none() {
            // Nothing noted; a transaction opened by a dropped user is given
            // up, or other processes would wait for it.
            if std::mem::take(&mut self.opening) {
                let _ = self.run("ROLLBACK").await;
            }
            self.savepoint = Savepoint::None;
            return;
        }
        let result = self.run("COMMIT").await;
        if result.is_err() {
            let _ = self.run("ROLLBACK").await;
        }
        self.savepoint = Savepoint::None;
        tell(self.group.take(), result);
    }
}

enum Begun {
    Now,
    Already,
}

impl Group {
    fn new() -> Self {
        Self { outcome: watch::Sender::new(None) }
    }
}

fn tell(group: Option<Group>, result: Result<(), StoreError>) {
    if let Some(group) = group {
        group.outcome.send_replace(Some(result));
    }
}

async fn run_flusher(
    line: Arc<Mutex<Line>>,
    written: Arc<AtomicBool>,
    mut woken: mpsc::Receiver<()>,
) {
    while woken.recv().await.is_some() {
        line.lock().await.flush().await;
        written.store(true, Ordering::Relaxed);
    }
}
