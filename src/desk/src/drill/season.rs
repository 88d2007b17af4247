//! Living through one month on a scratch database.

use super::judge::{Lived, Report, Stand, judge};
use super::plan::{Act, Person, Plan, STEP, What, file, in_one};
use super::post::Provider;
use super::{DrillError, Size, kill, post, rules};
use crate::appointments::{AppointmentError, Changes, NewAppointment};
use crate::live::Change;
use crate::office::{Desk, Office, Who};
use crate::world::{Clock, Ids, World};
use crate::{reminders, tenants};
use domain::id::{AppointmentId, CalendarId, TenantId};
use domain::phone::E164;
use domain::tenant::settings::Settings;
use jiff::Timestamp;
use jiff::civil::Date;
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::sync::{Arc, Mutex};
use store::dashboard::agenda::VisitRow;
use store::scratch::Scratch;
use store::{StoreError, drill};

/// How often each of the two instances looks for work in a step: the second is
/// the one that steps in.
const AWAKE: [f64; 2] = [0.9, 0.05];
/// How often an instance is stopped in the middle of its work.
const STOPPED: f64 = 0.02;
/// How often one that was stopped has to start anew.
const RESTARTS: f64 = 0.3;

/// How often something is tried while the database does not answer.
const TRIES: usize = 30;

/// The month while it is lived.
struct Month<'a> {
    scratch: &'a Scratch,
    plan: Plan,
    chance: StdRng,
    offices: Vec<Arc<Office>>,
    tenants: Vec<TenantId>,
    ids: Vec<Option<AppointmentId>>,
    lived: Lived,
    provider: Provider,
    seed: u64,
}

/// Lives through it; gives what came of its promises.
pub(super) async fn live(scratch: &Scratch, size: Size, first: Date) -> Result<Report, DrillError> {
    let plan = Plan::draw(size, first);
    let people = plan.people.len();
    let mut month = Month {
        scratch,
        chance: StdRng::seed_from_u64(size.seed ^ 0x5eed),
        offices: Vec::new(),
        tenants: Vec::new(),
        ids: vec![None; people],
        lived: Lived { stands: vec![Vec::new(); people], ..Lived::default() },
        provider: Provider::new(size.seed),
        seed: size.seed,
        plan,
    };
    for _ in AWAKE {
        let office = month.start(month.plan.first).await?;
        month.offices.push(office);
    }
    month.settle_in().await?;
    month.pass().await?;
    Ok(month.report())
}

impl Month<'_> {
    /// An instance that has just started.
    async fn start(&mut self, now: Timestamp) -> Result<Arc<Office>, DrillError> {
        self.seed = self.seed.wrapping_add(1);
        let clock = Clock::Fixed(Arc::new(Mutex::new(now)));
        let world = World { clock, ids: Ids::seeded(self.seed) };
        let mut db = self.scratch.open().await;
        for _ in 0..TRIES {
            if !db.as_ref().is_err_and(StoreError::is_transient) {
                break;
            }
            db = self.scratch.open().await;
        }
        Ok(Office::open(db?, world, rules()).await?)
    }

    async fn settle_in(&mut self) -> Result<(), DrillError> {
        let office = Arc::clone(&self.offices[0]);
        for (number, zone) in self.plan.zones.iter().enumerate() {
            let settings = Settings::from_toml(&file(number, zone))
                .map_err(|error| DrillError::Tenant(error.to_string()))?;
            let applied = tenants::apply(&office, &settings).await;
            let tenant = applied.map_err(|error| DrillError::Tenant(error.to_string()))?.tenant;
            let mut tx = office.db.begin(tenant).await?;
            for channel in ["sms", "email"] {
                drill::open_channel(&mut tx, channel, self.plan.first).await?;
            }
            tx.commit().await?;
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
        let awake: Vec<usize> =
            (0..self.offices.len()).filter(|at| self.chance.random_bool(AWAKE[*at])).collect();
        let stops: Vec<[usize; 2]> = awake.iter().map(|_| [self.steps(), self.steps()]).collect();
        let rounds = awake.iter().zip(&stops).map(|(at, stops)| {
            let office = Arc::clone(&self.offices[*at]);
            async move { kill::after(stops[0], reminders::round(&office)).await }
        });
        let looked = futures::future::join_all(rounds).await;
        let mut whole = (false, false);
        for (look, (at, stops)) in looked.into_iter().zip(awake.iter().zip(&stops)) {
            let looked = finished(look)?;
            let office = Arc::clone(&self.offices[*at]);
            let deaf = in_one(&self.plan.deaf, now);
            let posted = post::deliver(&office, &mut self.provider, (now, deaf));
            let posted = finished(kill::after(stops[1], posted).await)?;
            whole = (whole.0 || looked, whole.1 || posted);
            if !(looked && posted) {
                self.lived.stopped += 1;
                if self.chance.random_bool(RESTARTS) {
                    self.offices[*at] = self.start(now).await?;
                    self.lived.restarted += 1;
                }
            }
        }
        if whole == (true, true) && !in_one(&self.plan.deaf, now) {
            self.lived.worked.push(now);
        }
        Ok(())
    }

    fn steps(&mut self) -> usize {
        if self.chance.random_bool(STOPPED) { self.chance.random_range(1..60) } else { usize::MAX }
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

    fn report(mut self) -> Report {
        self.lived.persons = self.plan.people;
        self.lived.letters = self.provider.into_letters();
        judge(&self.lived)
    }
}

/// Says it to the product, again while the database does not answer; `None`
/// when there is nothing to move or to cancel.
async fn wish(
    desk: &Desk,
    what: &What,
    id: Option<AppointmentId>,
    person: &Person,
) -> Option<Result<VisitRow, AppointmentError>> {
    let mut tries = 0;
    loop {
        let done = match (what, id) {
            (What::Book(start), None) => desk.book(&new(person, *start)).await,
            (What::Move(start), Some(id)) => {
                let changes = Changes { start: Some(*start), ..Changes::default() };
                desk.change(id, &changes).await
            }
            (What::Cancel, Some(id)) => desk.cancel(id, None).await,
            _ => return None,
        };
        tries += 1;
        match &done {
            Err(AppointmentError::Store(error)) if passes(error) && tries < TRIES => {}
            _ => return Some(done),
        }
    }
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

fn passes(error: &StoreError) -> bool {
    error.is_transient() || *error == StoreError::Conflict
}

fn new(person: &Person, start: jiff::civil::DateTime) -> NewAppointment {
    let calendar = ["un", "deux", "trois"][person.calendar % 3];
    let number = 639_980_000 + person.number % 10_000;
    NewAppointment {
        name: format!("Personne {}", person.number),
        phone: E164::parse(&format!("+33{number}"), "FR").ok(),
        email: person.mail.then(|| format!("p{}@exemple.fr", person.number)),
        start,
        service: None,
        calendar: Some(CalendarId(calendar.to_owned())),
        motive: None,
    }
}
