//! Exceptional closures: added and removed one by one, each with the
//! appointments that fall into it and are to be moved.

use crate::office::Desk;
use crate::snapshot::Days;
use domain::tenant::settings::{ClosureEntry, Moment, Settings, SettingsError};
use domain::time::hours::Closure;
use store::dashboard::agenda::VisitRow;
use store::tenants::{self, TenantData};
use store::{StoreError, Tx};

/// The longest closure.
const MAX_DAYS: i32 = 366;

/// A closure, and whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Which days, and what may be told of it.
    pub closure: Closure,
    /// Appointments of these days that stand.
    pub visits: Vec<VisitRow>,
}

impl Listed {
    /// What names it in addresses: its days.
    pub fn id(&self) -> String {
        name(&self.closure)
    }
}

/// Why a closure was not added or removed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClosureError {
    /// Its days are in the wrong order, too many, or over.
    #[error("the last day comes before the first, a year after it, or is over")]
    BadDays,
    /// It is there already.
    #[error("these days are closed already")]
    Known,
    /// There is no such closure.
    #[error("no such closure")]
    Gone,
    /// The settings would be wrong with it.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The database refuses or does not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What names a closure in addresses: its days.
fn name(closure: &Closure) -> String {
    format!("{}_{}", closure.from, closure.to)
}

impl Desk {
    /// The closures that are not over, soonest first, with the appointments to
    /// be moved.
    pub async fn closures(&self) -> Result<Vec<Listed>, StoreError> {
        let profile = self.office().profile(self.tenant()).await?;
        let today = self.today(&profile.zone);
        let mut coming: Vec<_> = profile.closures.iter().filter(|c| c.to >= today).collect();
        coming.sort_by_key(|closure| (closure.from, closure.to));
        let mut listed = Vec::with_capacity(coming.len());
        for closure in coming {
            listed.push(self.with_visits(closure.clone()).await?);
        }
        Ok(listed)
    }

    /// Closes some days; gives the appointments that fall into them.
    pub async fn add_closure(&self, closure: Closure) -> Result<Listed, ClosureError> {
        let profile = self.office().profile(self.tenant()).await?;
        let days = (closure.to - closure.from).get_days();
        let over = closure.to < self.today(&profile.zone);
        if over || !(0..MAX_DAYS).contains(&days) {
            return Err(ClosureError::BadDays);
        }
        self.rewrite(|settings| {
            let known = settings.profile(self.tenant())?.closures;
            if known.iter().any(|known| name(known) == name(&closure)) {
                return Err(ClosureError::Known);
            }
            settings.closure.push(entry(&closure));
            Ok(())
        })
        .await?;
        Ok(self.with_visits(closure).await?)
    }

    /// Opens the days of a closure again.
    pub async fn remove_closure(&self, id: &str) -> Result<(), ClosureError> {
        self.rewrite(|settings| {
            let known = settings.profile(self.tenant())?.closures;
            let before = settings.closure.len();
            // Entries and what is read of them are in the same order.
            let mut names = known.iter().map(name);
            settings.closure.retain(|_| names.next().is_none_or(|name| name != id));
            if settings.closure.len() == before { Err(ClosureError::Gone) } else { Ok(()) }
        })
        .await
    }

    async fn with_visits(&self, closure: Closure) -> Result<Listed, StoreError> {
        let zone = self.zone().await?;
        let from = closure.from.max(self.today(&zone));
        let mut visits = self.visits(&Days::between(from, closure.to, &zone)).await?;
        let now = self.now().as_millisecond();
        visits.retain(|visit| visit.status == "confirmed" && visit.starts_at > now);
        Ok(Listed { closure, visits })
    }

    /// Changes the tenant's settings, unless somebody else does at the same time.
    async fn rewrite(
        &self,
        change: impl FnOnce(&mut Settings) -> Result<(), ClosureError>,
    ) -> Result<(), ClosureError> {
        let office = self.office();
        let mut tx: Tx = office.db.begin_directory().await?;
        let row = tenants::get(&mut tx, self.tenant()).await?.ok_or(ClosureError::Gone)?;
        let unreadable = |error| StoreError::inconsistent("tenants", error);
        let mut settings = Settings::from_json(&row.settings).map_err(unreadable)?;
        change(&mut settings)?;
        settings.check()?;
        let json = settings.to_json();
        let data = TenantData { name: &row.name, timezone: &row.timezone, settings: &json };
        if !tenants::replace(&mut tx, self.tenant(), &data, row.version, self.now()).await? {
            return Err(StoreError::Conflict.into());
        }
        tx.commit().await?;
        office.forget_tenant(self.tenant());
        Ok(())
    }
}

fn entry(closure: &Closure) -> ClosureEntry {
    ClosureEntry {
        from: Moment(closure.from.to_string()),
        to: (closure.to != closure.from).then(|| Moment(closure.to.to_string())),
        reason: closure.reason.clone(),
    }
}
