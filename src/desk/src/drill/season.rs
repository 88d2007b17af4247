//! Living through one month on a scratch database.

use super::judge::{Lived, Stand, judge};
use super::plan::{Act, Plan, STEP, What, file, in_one, ways};
use super::providers::Providers;
use super::report::Report;
use super::wish::{TRIES, passes, wish};
use super::{DrillError, Size, kill, rules};
use crate::appointments::AppointmentError;
use crate::channels::{self, Switch};
use crate::live::Change;
use crate::office::{Desk, Office, Who};
use crate::outbox::{self, Mail, Outside};
use crate::recordings::Recordings;
use crate::world::{Clock, Ids, World};
use crate::{reminders, sending, tenants};
use domain::id::{AppointmentId, TenantId};
use domain::tenant::settings::Settings;
use jiff::Timestamp;
use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::scratch::Scratch;
use store::{Db, StoreError, drill};

/// How often each of the two instances looks for work in a step: the second is
/// the one that steps in.
const AWAKE: [f64; 2] = [0.9, 0.05];
/// How often an instance is stopped in the middle of its work.
const STOPPED: f64 = 0.02;
/// How often the machine of one that was stopped is gone too: whoever comes
/// instead opens the database anew.
const RESTARTS: f64 = 0.3;
/// What was on its way when somebody was stopped arrives meanwhile.
const ARRIVES: Duration = Duration::from_millis(2);

/// The month while it is lived.
struct Month<'a> {
    scratch: &'a Scratch,
    plan: Plan,
    chance: StdRng,
    offices: Vec<Arc<Office>>,
    tenants: Vec<TenantId>,
    ids: Vec<Option<AppointmentId>>,
    lived: Lived,
    providers: Providers,
    outside: Outside,
    seed: u64,
}

/// Lives through it; gives what came of its promises.
pub(super) async fn live(
    scratch: &Scratch,
    size: Size,
    first: Date,
    client: &reqwest::Client,
) -> Result<Report, DrillError> {
    let plan = Plan::draw(size, first);
    let people = plan.people.len();
    let mut month = Month {
        scratch,
        chance: StdRng::seed_from_u64(size.seed ^ 0x5eed),
        offices: Vec::new(),
        tenants: Vec::new(),
        ids: vec![None; people],
        lived: Lived { stands: vec![Vec::new(); people], ..Lived::default() },
        providers: Providers::open(size.seed, client).await?,
        outside: Outside { mail: Mail::Off, recordings: Recordings::Off, home: String::new() },
        seed: size.seed,
        plan,
    };
    for _ in AWAKE {
        let office = month.start(month.plan.first, None).await?;
        month.offices.push(office);
    }
    month.settle_in().await?;
    month.pass().await?;
    month.report().await
}

impl Month<'_> {
    /// An instance that has just started.
    async fn start(&mut self, now: Timestamp, db: Option<Db>) -> Result<Arc<Office>, DrillError> {
        self.seed = self.seed.wrapping_add(1);
        let clock = Clock::Fixed(Arc::new(Mutex::new(now)));
        let world = World { clock, ids: Ids::seeded(self.seed) };
        let db = match db {
            Some(db) => db,
            None => self.open().await?,
        };
        let office = Office::open(db, world, rules()).await?;
        office.employ(self.providers.carriers()?);
        Ok(office)
    }

    /// Opens the database, again while it does not answer.
    async fn open(&self) -> Result<Db, StoreError> {
        let mut db = self.scratch.open().await;
        for _ in 0..TRIES {
            if !db.as_ref().is_err_and(StoreError::is_transient) {
                break;
            }
            db = self.scratch.open().await;
        }
        db
    }

    async fn settle_in(&mut self) -> Result<(), DrillError> {
        let office = Arc::clone(&self.offices[0]);
        for (number, zone) in self.plan.zones.iter().enumerate() {
            let settings = Settings::from_toml(&file(number, zone))
                .map_err(|error| DrillError::Tenant(error.to_string()))?;
            let applied = tenants::apply(&office, &settings).await;
            let tenant = applied.map_err(|error| DrillError::Tenant(error.to_string()))?.tenant;
            let desk = Desk::new(Arc::clone(&office), tenant, Who::Operator);
            for (kind, public) in ways(number) {
                let enabled = Some(Switch::On);
                let change =
                    channels::Change { public: Some(public), enabled, ..Default::default() };
                let changed = desk.change_channel(kind, &change).await;
                changed.map_err(|error| DrillError::Tenant(error.to_string()))?;
            }
            self.tenants.push(tenant);
        }
        self.lived.profiles = Vec::new();
        for tenant in &self.tenants {
            self.lived.profiles.push(office.profile(*tenant).await?);
        }
        Ok(())
    }

    async fn pass(&mut self) -> Result<(), DrillError> {
        let acts = std::mem::take(&mut self.plan.acts);
        let mut acts = acts.iter().peekable();
        let (mut now, mut latest) = (self.plan.first, self.plan.first);
        while now < self.plan.last {
            if !in_one(&self.plan.down, now) {
                while let Some(act) = acts.next_if(|act| act.at <= now) {
                    // What was to happen while nobody answered happens now.
                    let missed = in_one(&self.plan.down, act.at);
                    latest = if missed { now } else { act.at.max(latest) };
                    self.tell(latest);
                    self.act(act, latest).await?;
                }
                self.tell(now);
                self.work(now).await?;
            }
            now = now.saturating_add(STEP).unwrap_or(Timestamp::MAX);
        }
        Ok(())
    }

    fn tell(&self, now: Timestamp) {
        self.offices.iter().for_each(|office| office.world.clock.set(now));
    }

    /// Lets the instances look for work; notes whether all of it was done.
    async fn work(&mut self, now: Timestamp) -> Result<(), DrillError> {
        let deaf = in_one(&self.plan.deaf, now);
        self.providers.feel(now, deaf);
        let awake: Vec<usize> =
            (0..self.offices.len()).filter(|at| self.chance.random_bool(AWAKE[*at])).collect();
        let stops: Vec<[usize; 2]> = awake.iter().map(|_| [self.steps(), self.steps()]).collect();
        let rounds = awake.iter().zip(&stops).map(|(at, stops)| {
            let office = Arc::clone(&self.offices[*at]);
            async move { kill::after(stops[0], round(&office)).await }
        });
        let looked = futures::future::join_all(rounds).await;
        let mut whole = (false, false);
        for (look, (at, stops)) in looked.into_iter().zip(awake.iter().zip(&stops)) {
            let looked = finished(look)?;
            let office = Arc::clone(&self.offices[*at]);
            self.providers.report(&office, now).await?;
            let post = outbox::run_all_due(&office, &self.outside);
            let posted = finished(kill::after(stops[1], post).await)?;
            whole = (whole.0 || looked, whole.1 || posted);
            drop(office);
            if !(looked && posted) {
                self.replace(*at, now).await?;
            }
            self.providers.write_down(now);
        }
        if whole == (true, true) && !deaf {
            self.lived.worked.push(now);
        }
        Ok(())
    }

    /// Somebody else comes for the instance that was stopped, and knows nothing
    /// of what it was doing.
    async fn replace(&mut self, at: usize, now: Timestamp) -> Result<(), DrillError> {
        self.lived.stops.push(now);
        tokio::time::sleep(ARRIVES).await;
        let anew = self.chance.random_bool(RESTARTS);
        self.lived.restarted += usize::from(anew);
        let db = (!anew).then(|| self.offices[at].db.clone());
        self.offices[at] = self.start(now, db).await?;
        Ok(())
    }

    fn steps(&mut self) -> usize {
        if self.chance.random_bool(STOPPED) { self.chance.random_range(1..120) } else { usize::MAX }
    }

    /// Somebody does something, at one of the instances; the other hears of it.
    async fn act(&mut self, act: &Act, now: Timestamp) -> Result<(), DrillError> {
        let person = self.plan.people[act.appointment].clone();
        let tenant = self.tenants[person.tenant];
        let at = self.chance.random_range(0..self.offices.len());
        let desk = Desk::new(Arc::clone(&self.offices[at]), tenant, Who::Operator);
        let Some(done) = wish(&desk, &act.what, self.ids[act.appointment], &person).await else {
            return Ok(());
        };
        let row = match done {
            Ok(row) => row,
            Err(AppointmentError::Store(error)) => return Err(error.into()),
            Err(_) => {
                self.lived.refused += 1;
                return Ok(());
            }
        };
        let start = Timestamp::from_millisecond(row.starts_at).unwrap_or(now);
        let stands = &mut self.lived.stands[act.appointment];
        if let Some(last) = stands.last_mut() {
            last.until = Some(now);
        }
        if !matches!(act.what, What::Cancel) {
            stands.push(Stand { start, from: now, until: None });
        }
        let id: Option<AppointmentId> = row.id.parse().ok();
        self.ids[act.appointment] = id;
        self.lived.ids.extend(id.map(|id| (id, act.appointment)));
        self.offices.iter().for_each(|office| office.live.publish(tenant, Change::Appointments));
        Ok(())
    }

    async fn report(mut self) -> Result<Report, DrillError> {
        let office = Arc::clone(&self.offices[0]);
        for tenant in &self.tenants {
            let messages = drill::messages(&mut office.db.read(*tenant).await?).await?;
            for message in messages {
                if message.status == "unknown" {
                    self.lived.unsure.insert(message.idempotency_key.clone());
                }
                self.lived.keys.insert(message.id, message.idempotency_key);
            }
        }
        self.lived.persons = self.plan.people;
        self.lived.letters = self.providers.into_letters();
        Ok(judge(&self.lived))
    }
}

/// What a serving process does by itself that concerns messages.
async fn round(office: &Office) -> Result<(), StoreError> {
    reminders::round(office).await?;
    sending::reports::apply_waiting(office).await
}

/// Whether work came to its end: not when it was stopped, and not when the
/// database was out of reach, which a serving process survives too.
fn finished<T>(work: Option<Result<T, StoreError>>) -> Result<bool, StoreError> {
    match work {
        None => Ok(false),
        Some(Err(error)) if passes(&error) => Ok(false),
        Some(Err(error)) => Err(error),
        Some(Ok(_)) => Ok(true),
    }
}
