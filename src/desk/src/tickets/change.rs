//! Changing a request: only what is given, with everything that follows of it.

use super::{TicketError, fields};
use crate::office::Desk;
use domain::support::Priority;
use domain::tenant::Profile;
use domain::ticket::Status;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use store::Tx;
use store::dashboard::tickets::{self as shown, TicketRow};
use store::tickets::{self, TicketData};

/// What shall be different; `None`: as it is. An inner `None` empties a field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TicketChange {
    /// Who left it.
    pub name: Option<Option<String>>,
    /// How to reach them, in any usual form.
    pub phone: Option<Option<String>>,
    /// Written address.
    pub email: Option<Option<String>>,
    /// What it is about, in a line.
    pub subject: Option<String>,
    /// In words.
    pub description: Option<String>,
    /// What it is.
    pub category: Option<String>,
    /// How urgent.
    pub priority: Option<Priority>,
    /// How far it is.
    pub status: Option<Status>,
    /// The member who sees to it.
    pub assigned_to: Option<Option<String>>,
    /// What came of it.
    pub resolution: Option<Option<String>>,
}

impl Desk {
    /// Changes a request, if it is still at this version (`None`: whatever it
    /// is at); what changed is kept in its history.
    pub async fn change_ticket(
        &self,
        id: &str,
        version: Option<i64>,
        change: &TicketChange,
    ) -> Result<TicketRow, TicketError> {
        let profile = self.office().profile(self.tenant()).await?;
        let assignee = self.assignee(change.assigned_to.as_ref()).await?;
        let mut tx = self.office().db.begin(self.tenant()).await?;
        let place = (&mut tx, &*profile);
        let row = self.rewrite_ticket(place, (id, version), change, assignee).await?;
        tx.commit().await?;
        self.tickets_changed();
        Ok(row)
    }

    /// The change itself, within a transaction; `assignee` was looked up before it.
    pub(super) async fn rewrite_ticket(
        &self,
        (tx, profile): (&mut Tx, &Profile),
        (id, version): (&str, Option<i64>),
        change: &TicketChange,
        assignee: Option<Option<String>>,
    ) -> Result<TicketRow, TicketError> {
        let before = shown::one(tx, id).await?.ok_or(TicketError::Missing)?;
        if version.is_some_and(|version| version != before.version) {
            return Err(TicketError::Changed);
        }
        let mut after = applied(&before, change, profile, self.now())?;
        if let Some(assignee) = assignee {
            after.assigned_to = assignee;
        }
        if change.status == Some(Status::Resolved) && after.assigned_to.is_none() {
            after.assigned_to = self.who().email().map(str::to_owned);
        }
        let detail = difference(&before, &after);
        if detail.is_empty() {
            return Ok(before);
        }
        let key = (id, before.version);
        if !tickets::update(tx, key, &data(&after), self.now()).await? {
            return Err(TicketError::Changed);
        }
        let detail = Value::Object(detail).to_string();
        self.note(tx, (id, "changed"), "", (&detail, None)).await?;
        shown::one(tx, id).await?.ok_or(TicketError::Missing)
    }

    /// The member that an address names; only members see to requests.
    pub(super) async fn assignee(
        &self,
        wanted: Option<&Option<String>>,
    ) -> Result<Option<Option<String>>, TicketError> {
        let Some(wanted) = wanted else { return Ok(None) };
        let text = wanted.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let Some(text) = text else { return Ok(Some(None)) };
        let key = text.to_lowercase();
        let known = self.members().await?.into_iter().any(|(email, _)| email == key);
        if known { Ok(Some(Some(key))) } else { Err(TicketError::Field("assigned_to")) }
    }
}

/// The request as it shall be.
fn applied(
    before: &TicketRow,
    change: &TicketChange,
    profile: &Profile,
    now: Timestamp,
) -> Result<TicketRow, TicketError> {
    let mut after = before.clone();
    if let Some(name) = &change.name {
        after.customer_name = fields::line("name", name.as_deref())?;
    }
    if let Some(phone) = &change.phone {
        after.customer_phone =
            fields::phone(phone.as_deref(), profile)?.map(|n| n.as_str().to_owned());
    }
    if let Some(email) = &change.email {
        after.customer_email = fields::email(email.as_deref())?;
    }
    if let Some(subject) = &change.subject {
        after.subject =
            fields::line("subject", Some(subject))?.ok_or(TicketError::Field("subject"))?;
    }
    if let Some(text) = &change.description {
        after.description = fields::words("description", Some(text))?.unwrap_or_default();
    }
    if let Some(category) = &change.category {
        after.category = fields::category(category, profile)?;
    }
    if let Some(text) = &change.resolution {
        after.resolution_notes = fields::words("resolution", text.as_deref())?;
    }
    if let Some(priority) = change.priority {
        after.priority = priority.as_str().to_owned();
    }
    if let Some(status) = change.status {
        let from = Status::parse(&before.status).unwrap_or(Status::Open);
        if from != status && !from.may_become(status) {
            return Err(TicketError::Move);
        }
        after.status = status.as_str().to_owned();
    }
    after.due_at = due(before, &after, profile, now);
    Ok(after)
}

/// What presses presses from the moment on at which it began to, with the
/// priority that it has: another priority and a new beginning count anew.
fn due(before: &TicketRow, after: &TicketRow, profile: &Profile, now: Timestamp) -> Option<i64> {
    let waits = |row: &TicketRow| Status::parse(&row.status).is_some_and(Status::waits);
    let (was, is) = (waits(before), waits(after));
    if !is {
        return None;
    }
    if was && before.priority == after.priority {
        return before.due_at;
    }
    let priority = Priority::parse(&after.priority)?;
    Some(profile.due(priority, now).as_millisecond())
}

/// What a person sees as changed, before and after. Words are long: of these
/// only is said that they changed.
fn difference(before: &TicketRow, after: &TicketRow) -> Map<String, Value> {
    let mut changed = Map::new();
    let mut note = |name: &str, old: Option<&str>, new: Option<&str>| {
        if old != new {
            changed.insert(name.to_owned(), json!([old, new]));
        }
    };
    note("status", Some(&before.status), Some(&after.status));
    note("priority", Some(&before.priority), Some(&after.priority));
    note("category", Some(&before.category), Some(&after.category));
    note("assigned_to", before.assigned_to.as_deref(), after.assigned_to.as_deref());
    let texts = [
        ("name", before.customer_name != after.customer_name),
        ("phone", before.customer_phone != after.customer_phone),
        ("email", before.customer_email != after.customer_email),
        ("subject", before.subject != after.subject),
        ("description", before.description != after.description),
        ("resolution", before.resolution_notes != after.resolution_notes),
    ];
    for (name, _) in texts.iter().filter(|(_, differs)| *differs) {
        changed.insert((*name).to_owned(), Value::Null);
    }
    changed
}

pub(super) fn data(row: &TicketRow) -> TicketData<'_> {
    TicketData {
        name: row.customer_name.as_deref(),
        phone: row.customer_phone.as_deref(),
        email: row.customer_email.as_deref(),
        subject: &row.subject,
        description: &row.description,
        category: &row.category,
        priority: Priority::parse(&row.priority).unwrap_or(Priority::Medium),
        status: Status::parse(&row.status).unwrap_or(Status::Open),
        assigned_to: row.assigned_to.as_deref(),
        resolution: row.resolution_notes.as_deref(),
        due_at: row.due_at,
    }
}
