//! Where time and chance come from: the only place that asks the machine.

use domain::id::{AppointmentId, EventId, ProspectId, TicketId};
use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use std::sync::{Arc, Mutex, PoisonError};

/// Time and chance, handed to whoever needs them.
#[derive(Debug, Clone)]
pub struct World {
    /// The time.
    pub clock: Clock,
    /// New identifiers.
    pub ids: Ids,
}

impl World {
    /// The machine's own time and chance.
    pub fn real() -> Self {
        Self { clock: Clock::System, ids: Ids::random() }
    }

    /// A time that starts at `start` now and ticks (`UWI_CLOCK`).
    pub fn starting_at(start: Timestamp) -> Self {
        let shift = start.duration_since(system_now());
        Self { clock: Clock::Shifted(shift), ids: Ids::random() }
    }

    /// A time that stands still until a test moves it.
    pub fn fixed(at: Timestamp) -> Self {
        Self { clock: Clock::Fixed(Arc::new(Mutex::new(at))), ids: Ids::random() }
    }
}

/// The time of the product.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's.
    System,
    /// The machine's, shifted.
    Shifted(SignedDuration),
    /// Stands still until moved; shared by clones.
    Fixed(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Timestamp {
        match self {
            Self::System => system_now(),
            Self::Shifted(shift) => system_now().saturating_add(*shift).unwrap_or(Timestamp::MAX),
            Self::Fixed(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves a fixed clock; the others go on by themselves.
    pub fn set(&self, to: Timestamp) {
        if let Self::Fixed(at) = self {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "the one place where the machine's time is read")]
fn system_now() -> Timestamp {
    Timestamp::now()
}

/// A source of identifiers (UUID version 7).
#[derive(Debug, Clone)]
pub struct Ids {
    generator: Arc<Mutex<StdRng>>,
}

impl Ids {
    /// Seeded by the machine.
    pub fn random() -> Self {
        Self { generator: Arc::new(Mutex::new(StdRng::from_os_rng())) }
    }

    /// The same identifiers in every run of a test.
    pub fn seeded(seed: u64) -> Self {
        Self { generator: Arc::new(Mutex::new(StdRng::seed_from_u64(seed))) }
    }

    /// Random bytes, good enough for secrets.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.generator.lock().unwrap_or_else(PoisonError::into_inner).fill(&mut bytes[..]);
        bytes
    }

    /// A new identifier of the moment `now`.
    pub fn uuid(&self, now: Timestamp) -> uuid::Uuid {
        domain::id::uuid_v7(now.as_millisecond(), self.bytes())
    }

    /// A new appointment's.
    pub fn appointment(&self, now: Timestamp) -> AppointmentId {
        AppointmentId(self.uuid(now))
    }

    /// A new event's.
    pub fn event(&self, now: Timestamp) -> EventId {
        EventId(self.uuid(now))
    }

    /// A new prospect's.
    pub fn prospect(&self, now: Timestamp) -> ProspectId {
        ProspectId(self.uuid(now))
    }

    /// A new ticket's.
    pub fn ticket(&self, now: Timestamp) -> TicketId {
        TicketId(self.uuid(now))
    }
}
