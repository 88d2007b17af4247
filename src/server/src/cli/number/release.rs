//! A number that is given up, and one that is taken back.

use super::{Failure, Form, Outcome, TENANTS, desk, output, value};
use desk::numbers::release::When;
use desk::providers::Providers;
use desk::{Desk, Office, tenants};
use domain::id::TenantId;
use domain::phone::E164;
use std::sync::Arc;
use store::numbers::NumberRow;

/// Whose number it is.
async fn owner(office: &Arc<Office>, raw: &str) -> Result<(Desk, NumberRow, E164), Failure> {
    let number = E164::parse(raw, "FR");
    let number = number.map_err(|error| Failure::Refused(format!("{raw}: {error}")))?;
    for tenant in tenants::list(office, TENANTS).await? {
        let desk = desk(office, TenantId(tenant.tenant_id));
        let mut numbers = desk.numbers().await?.into_iter();
        if let Some(row) = numbers.find(|row| row.phone_number == number.as_str()) {
            return Ok((desk, row, number));
        }
    }
    Err(Failure::Refused(format!("{} is no number of a tenant", number.as_str())))
}

/// Gives a number up.
pub(super) async fn release(
    office: &Arc<Office>,
    providers: &Providers,
    raw: &str,
    when: When,
    form: Form,
) -> Outcome {
    let (desk, row, number) = owner(office, raw).await?;
    let row = desk.release(providers, &row.agent_id, Some(&number), when).await?;
    output::say(form, &value(desk.tenant(), &row), || match when {
        When::Now => format!("{} was given back", row.phone_number),
        When::Later => format!(
            "{} reaches nobody any more and is given back in a day; `uwi number undo` until then",
            row.phone_number
        ),
    });
    Ok(())
}

/// Takes it back.
pub(super) async fn undo(office: &Arc<Office>, raw: &str, form: Form) -> Outcome {
    let (desk, _, number) = owner(office, raw).await?;
    let row = desk.undo_release(&number).await?;
    output::say(form, &value(desk.tenant(), &row), || {
        format!("{} reaches tenant {} again", row.phone_number, desk.tenant())
    });
    Ok(())
}
