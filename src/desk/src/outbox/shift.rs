//! Taking due jobs and doing several at once: a job is taken when it is begun
//! and not before, so that none waits, taken, behind another that hangs.

use super::settle::{Place, backing_off, settle};
use super::{Done, Outside, after};
use crate::office::Office;
use crate::{practice, recordings, sending, sign_in};
use futures::StreamExt as _;
use futures::future::{BoxFuture, FutureExt as _};
use futures::stream::FuturesUnordered;
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use store::StoreError;
use store::outbox::{self, DueRow, JobRow};
use tokio::time::Instant;

/// How long one worker holds a job.
const HOLD: SignedDuration = SignedDuration::from_secs(60);
/// How long it works on it at most: less than it holds it.
const LIMIT: Duration = Duration::from_secs(45);
/// How many jobs are done at once: fewer than the database has connections, of
/// which calls must find some.
const ALL: usize = 12;
/// How many of them in one lane.
const OF_LANE: usize = 6;
/// How many of these for one tenant.
const OF_TENANT: i64 = 3;
/// How many due jobs of a lane are looked at to choose from.
const CHOICE: i64 = 40;
/// How often due jobs are looked for.
const IDLE: Duration = Duration::from_secs(1);
/// How soon again once one has ended.
const BUSY: Duration = Duration::from_millis(100);
/// Looking takes so small a part of the time at most, also where much waits.
const PART: u32 = 10;

/// Does what is due, again and again; ends only with the process.
pub async fn run(office: Arc<Office>, outside: Outside) {
    let mut shift = Shift::new(&office, &outside);
    loop {
        let began = Instant::now();
        if let Err(error) = shift.begin().await {
            tracing::warn!(%error, "the outbox cannot be read");
        }
        let soon = Instant::now() + BUSY.max(began.elapsed() * PART);
        let mut next = soon.max(began + IDLE);
        loop {
            tokio::select! {
                () = tokio::time::sleep_until(next) => break,
                Some(ended) = shift.running.next() => {
                    shift.end(&ended);
                    next = soon;
                }
            }
        }
    }
}

/// Does what is due now, round after round until nothing is.
pub async fn run_all_due(office: &Office, outside: &Outside) -> Result<(), StoreError> {
    while run_due(office, outside).await? > 0 {}
    Ok(())
}

/// Does what is due now, each job once; gives how many were tried.
pub async fn run_due(office: &Office, outside: &Outside) -> Result<usize, StoreError> {
    let mut shift = Shift { tried: Some(HashSet::new()), ..Shift::new(office, outside) };
    let mut tried = 0;
    loop {
        tried += shift.begin().await?;
        let Some(ended) = shift.running.next().await else { return Ok(tried) };
        shift.end(&ended);
    }
}

/// What one worker is doing.
struct Shift<'a> {
    office: &'a Office,
    outside: &'a Outside,
    /// Gives the place of each job that has ended.
    running: FuturesUnordered<BoxFuture<'a, Place>>,
    /// How many run in each place.
    busy: HashMap<Place, usize>,
    /// What is not to be tried again, where each job is tried once.
    tried: Option<HashSet<String>>,
}

impl<'a> Shift<'a> {
    fn new(office: &'a Office, outside: &'a Outside) -> Self {
        let (running, busy) = (FuturesUnordered::new(), HashMap::new());
        Self { office, outside, running, busy, tried: None }
    }

    /// Begins as many due jobs as there are places; gives how many. What runs
    /// goes on meanwhile: it may hold what taking a job waits for.
    async fn begin(&mut self) -> Result<usize, StoreError> {
        let (office, room) = (self.office, self.room());
        let taking = take_due(office, room);
        tokio::pin!(taking);
        let jobs = loop {
            tokio::select! {
                jobs = &mut taking => break jobs?,
                Some(ended) = self.running.next() => self.end(&ended),
            }
        };
        let begun = jobs.len();
        for job in jobs {
            if let Some(tried) = &mut self.tried {
                tried.insert(job.id.clone());
            }
            *self.busy.entry((job.lane.clone(), job.tenant_id)).or_default() += 1;
            self.running.push(carry_out(self.office, self.outside, job).boxed());
        }
        Ok(begun)
    }

    fn room(&self) -> Room {
        let free = ALL.saturating_sub(self.running.len());
        Room { free, busy: self.busy.clone(), tried: self.tried.clone().unwrap_or_default() }
    }

    fn end(&mut self, place: &Place) {
        if let Some(running) = self.busy.get_mut(place) {
            *running = running.saturating_sub(1);
        }
        self.busy.retain(|_, running| *running > 0);
    }
}

/// Which places are free.
struct Room {
    free: usize,
    busy: HashMap<Place, usize>,
    tried: HashSet<String>,
}

impl Room {
    /// True when there is a place for this one, which it has then.
    fn admits(&mut self, office: &Office, row: &DueRow) -> bool {
        let of_lane = self.busy.iter().filter(|((lane, _), _)| *lane == row.lane);
        let of_lane: usize = of_lane.map(|(_, running)| running).sum();
        let place = (row.lane.clone(), row.tenant_id);
        // After trouble one job tries alone whether it is over.
        let waits = self.busy.contains_key(&place) && office.troubles.has(&place);
        let admitted =
            self.free > 0 && of_lane < OF_LANE && !waits && !self.tried.contains(&row.id);
        if admitted {
            self.free -= 1;
            *self.busy.entry(place).or_default() += 1;
        }
        admitted
    }
}

/// Takes the due jobs that there is room for.
async fn take_due(office: &Office, mut room: Room) -> Result<Vec<JobRow>, StoreError> {
    if room.free == 0 {
        return Ok(Vec::new());
    }
    let now = office.world.clock.now();
    let mut reader = office.db.read_directory().await?;
    if !outbox::is_due(&mut reader, now).await? {
        return Ok(Vec::new());
    }
    let due = outbox::due(&mut reader, now, (OF_TENANT, CHOICE)).await?;
    drop(reader);
    let chosen: Vec<_> = due.into_iter().filter(|row| room.admits(office, row)).collect();
    if chosen.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<&str> = chosen.iter().map(|row| row.id.as_str()).collect();
    let mut tx = office.db.begin_directory().await?;
    let taken = outbox::take(&mut tx, &ids, now, after(now, HOLD)).await?;
    tx.commit().await?;
    Ok(taken)
}

/// Does one job and writes down what became of it; gives its place.
async fn carry_out(office: &Office, outside: &Outside, job: JobRow) -> Place {
    let done = tokio::time::timeout(LIMIT, perform(office, outside, &job)).await;
    let done = done.unwrap_or_else(|_| Ok(too_long(&job, office.world.clock.now())));
    // Nobody has to wait for it: the job comes back when it is not held any more.
    if let Err(error) = settle(office, &job, done).await {
        tracing::warn!(%error, kind = job.kind, "the end of a job cannot be written down");
    }
    (job.lane, job.tenant_id)
}

/// A message says itself when it is given up, and is never just forgotten.
fn too_long(job: &JobRow, now: Timestamp) -> Done {
    const WHY: &str = "it took too long";
    match job.kind == sending::JOB {
        true => Done::At(WHY, after(now, backing_off(job))),
        false => Done::Later(WHY),
    }
}

async fn perform(office: &Office, outside: &Outside, job: &JobRow) -> Result<Done, StoreError> {
    match job.kind.as_str() {
        sign_in::JOB => sign_in::send_link(office, outside, job).await,
        sending::JOB => sending::perform(office, job).await,
        store::tickets::ALERT => practice::alert(office, job).await,
        practice::LETTER => practice::send(office, outside, job).await,
        sending::cost::JOB => sending::cost::ask(office, job).await,
        recordings::JOB => Ok(recordings::perform(&outside.recordings, job).await),
        _ => Ok(Done::GivenUp("unknown kind of job")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_that_took_too_long_is_tried_again_however_often_it_was_tried() {
        let job = |kind: &str| JobRow {
            id: String::new(),
            tenant_id: Some(1),
            kind: kind.to_owned(),
            lane: "sms".to_owned(),
            payload: String::new(),
            attempts: 1_000,
        };
        let now = Timestamp::UNIX_EPOCH;
        let hour = SignedDuration::from_hours(1);
        let again = Done::At("it took too long", after(now, hour));
        assert_eq!(too_long(&job(sending::JOB), now), again);
        assert_eq!(too_long(&job(sign_in::JOB), now), Done::Later("it took too long"));
    }
}
