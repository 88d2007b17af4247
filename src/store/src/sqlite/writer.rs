//! Writing to the file: one at a time, and most of it together.
//!
//! A transaction that only writes is a batch of statements: batches queue for
//! the thread of [`batches`](super::batches), which commits all that wait with
//! one `fsync`. A transaction that reads what it has written, or looks at how
//! many rows a statement touched, has the file for itself until it ends. The
//! pen says whose turn it is.
//!
//! Everything here may be dropped at any await (a client that hangs up): a batch
//! not handed in leaves no trace; the other kind takes its connection with it,
//! and SQLite undoes what was open on that.

use super::batches::{self, Batch, Done};
use super::queue::Queue;
use crate::StoreError;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{Mutex, OwnedMutexGuard, mpsc, oneshot};

/// The most transactions in one commit.
pub(super) const GROUP: usize = 128;

/// The way to write to the file.
#[derive(Debug)]
pub(crate) struct Writer {
    pen: Arc<Mutex<Pen>>,
    options: SqliteConnectOptions,
    batches: mpsc::Sender<Batch>,
    /// Something was written that is not in the main file yet.
    written: Arc<AtomicBool>,
}

/// Held by whoever writes; with it, the connection of those who write alone.
#[derive(Debug, Default)]
pub(super) struct Pen {
    rested: Option<SqliteConnection>,
}

/// A write transaction.
#[derive(Debug)]
pub(crate) struct Turn {
    writer: Arc<Writer>,
    /// What waits to be sent.
    queue: Queue,
    /// Open once it has the file for itself.
    alone: Option<Alone>,
}

/// A transaction that has the file for itself.
#[derive(Debug)]
struct Alone {
    // Before the pen: it is put down once this is closed.
    conn: SqliteConnection,
    pen: OwnedMutexGuard<Pen>,
}

impl Writer {
    /// Starts the thread of the batches, which ends with the writer.
    pub(crate) fn start(
        path: &Path,
        options: SqliteConnectOptions,
    ) -> Result<Arc<Self>, StoreError> {
        let pen = Arc::new(Mutex::new(Pen::default()));
        let written = Arc::new(AtomicBool::new(true));
        let batches = batches::start(path, Arc::clone(&pen), Arc::clone(&written))?;
        Ok(Arc::new(Self { pen, options, batches, written }))
    }

    /// True when something was written since this was last asked.
    pub(crate) fn take_written(&self) -> bool {
        self.written.swap(false, Ordering::Relaxed)
    }

    /// A transaction that has written nothing yet.
    pub(crate) fn begin(self: &Arc<Self>) -> Turn {
        Turn { writer: Arc::clone(self), queue: Queue::default(), alone: None }
    }

    async fn open(&self) -> Result<Alone, StoreError> {
        let mut pen = Arc::clone(&self.pen).lock_owned().await;
        let mut conn = match pen.rested.take() {
            Some(conn) => conn,
            None => self.options.connect().await?,
        };
        sqlx::query("BEGIN IMMEDIATE").execute(&mut conn).await?;
        Ok(Alone { conn, pen })
    }

    async fn hand_in(&self, queue: Queue) -> Result<(), StoreError> {
        let lost = || StoreError::Unavailable("the transaction was lost".to_owned());
        let (done, told) = oneshot::channel();
        let batch = Batch { statements: queue.into_statements(), done };
        self.batches.send(batch).await.map_err(|_| lost())?;
        let Done { outcome, statements } = told.await.map_err(|_| lost())?;
        drop(statements);
        outcome
    }
}

impl Turn {
    /// The connection, once [`Turn::send`] has made this transaction one that
    /// has the file for itself.
    pub(crate) fn connection(&mut self) -> Option<&mut SqliteConnection> {
        self.alone.as_mut().map(|alone| &mut alone.conn)
    }

    /// Where statements wait.
    pub(crate) fn queue(&mut self) -> &mut Queue {
        &mut self.queue
    }

    /// Sends what waits, with the file for itself; gives the rows that its last
    /// statement touched.
    pub(crate) async fn send(&mut self) -> Result<u64, StoreError> {
        let alone = match self.alone.take() {
            Some(alone) => self.alone.insert(alone),
            None => self.alone.insert(self.writer.open().await?),
        };
        std::mem::take(&mut self.queue).send(&mut alone.conn).await
    }

    /// Ends this transaction and waits until it is on the disk.
    pub(crate) async fn commit(mut self) -> Result<(), StoreError> {
        if self.alone.is_none() {
            return self.writer.hand_in(self.queue).await;
        }
        self.send().await?;
        if let Some(Alone { mut conn, mut pen }) = self.alone {
            sqlx::query("COMMIT").execute(&mut conn).await?;
            pen.rested = Some(conn);
            self.writer.written.store(true, Ordering::Relaxed);
        }
        Ok(())
    }
}
