//! Many numbers from a file. Who has a number is skipped, so a file that was
//! interrupted is simply run again.

use super::{Failure, Form, Outcome, Run, Wish, desk, get, output, place, value};
use desk::Office;
use desk::providers::Providers;
use domain::id::TenantId;
use serde_json::json;
use std::path::Path;
use std::sync::Arc;

/// Gets a number for every line.
pub(super) async fn provision(
    office: &Arc<Office>,
    providers: &Providers,
    file: &Path,
    run: Run,
    form: Form,
) -> Outcome {
    let name = file.display();
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("{name}: {error}")))?;
    let wishes = read(&text).map_err(|problem| Failure::Usage(format!("{name}: {problem}")))?;
    let (mut failed, all) = (0, wishes.len());
    for (at, wish) in wishes.iter().enumerate() {
        let told = line(office, providers, wish, run, form).await;
        if let Err(failure) = told {
            failed += 1;
            let why = failure.message().unwrap_or_default().to_owned();
            let value = json!({ "tenant_id": wish.tenant, "error": why });
            output::say(form, &value, || {
                format!("{}/{all}  tenant {}: {why}", at + 1, wish.tenant)
            });
        }
    }
    if failed == 0 { Ok(()) } else { Err(Failure::Unmet) }
}

async fn line(
    office: &Arc<Office>,
    providers: &Providers,
    wish: &Wish,
    run: Run,
    form: Form,
) -> Outcome {
    let place = place(office, wish).await?;
    let has = desk(office, wish.tenant).numbers().await?;
    if let Some(row) = has.iter().find(|row| row.status == "active") {
        output::say(form, &value(wish.tenant, row), || {
            format!("tenant {}: has {}", wish.tenant, row.phone_number)
        });
        return Ok(());
    }
    if run == Run::Dry {
        let value = json!({ "tenant_id": wish.tenant, "country": place.country,
            "area_code": place.area, "dry_run": true });
        output::say(form, &value, || {
            format!("tenant {}: would get a number in {}", wish.tenant, place.country)
        });
        return Ok(());
    }
    let row = get(office, providers, wish, &place).await?;
    output::say(form, &value(wish.tenant, &row), || {
        format!("tenant {}: {}", wish.tenant, row.phone_number)
    });
    Ok(())
}

/// Lines `tenant,area_code,country`; blank ones, comments and a head are skipped.
fn read(text: &str) -> Result<Vec<Wish>, String> {
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let lines = lines.filter(|(at, line)| {
        !(line.is_empty() || line.starts_with('#') || *at == 1 && line.starts_with("tenant"))
    });
    lines.map(|(at, line)| wish(line).ok_or_else(|| format!("line {at} is no wish"))).collect()
}

fn wish(line: &str) -> Option<Wish> {
    let mut fields = line.split(',').map(str::trim);
    let tenant = fields.next()?.parse().ok()?;
    let mut text = || fields.next().filter(|text| !text.is_empty()).map(str::to_owned);
    let (area_code, country) = (text(), text());
    let rest = fields.next().is_some();
    (!rest).then_some(Wish { tenant: TenantId(tenant), agent: None, area_code, country })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_line_by_line() {
        let wishes = read("tenant,area_code,country\n2,212,\n# later\n\n3,,FR\n4\n").unwrap();
        let told: Vec<_> = wishes
            .iter()
            .map(|wish| (wish.tenant.0, wish.area_code.as_deref(), wish.country.as_deref()))
            .collect();
        assert_eq!(told, [(2, Some("212"), None), (3, None, Some("FR")), (4, None, None)]);
        for bad in ["x,1", "2,1,FR,more", "2,212\nx"] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
