//! What our account at Vapi says: is every number of it somebody's here?

use super::{Check, data};
use crate::config::Config;
use desk::Office;
use domain::phone::E164;
use domain::routing::{Channel, Resolution};
use std::time::Duration;
use vendors::vapi::api::Api;
use vendors::vapi::numbers::PhoneNumber;

/// Every check of the account.
pub(super) async fn checks(config: &Config) -> Vec<Check> {
    let name = "vapi-account";
    let Some(key) = config.vapi.api_key.clone() else {
        return vec![Check::note(
            name,
            "VAPI_API_KEY is not set: the numbers at Vapi are not compared with the routes here",
            "set it to have them compared",
        )];
    };
    let Ok(client) = super::super::http_client(Duration::from_secs(10)) else { return Vec::new() };
    let api = Api::new(client, config.vapi.base_url.as_ref(), key);
    match api.phone_numbers().await {
        Ok(numbers) => compared(config, &numbers).await,
        Err(error) => {
            let remedy = "use the private key of the organisation that has the numbers";
            vec![Check::wrong(name, error.to_string(), remedy)]
        }
    }
}

async fn compared(config: &Config, numbers: &[PhoneNumber]) -> Vec<Check> {
    let Ok(office) = data::open(config).await else { return Vec::new() };
    let mut checks = Vec::new();
    for number in numbers {
        checks.push(match owner(&office, number).await {
            Some(found) => Check::ok("vapi-number", found),
            None => Check::wrong(
                "vapi-number",
                format!("{} is at Vapi and nobody's here", number.number),
                format!("run `uwi route set {} --tenant N`", number.number),
            ),
        });
        checks.extend(elsewhere(config, number));
    }
    if checks.is_empty() {
        checks.push(Check::note("vapi-account", "the account has no telephone number", ""));
    }
    checks
}

async fn owner(office: &Office, number: &PhoneNumber) -> Option<String> {
    let number = E164::parse(&number.number, "FR").ok()?;
    match office.resolve_tenant_id_from_vocal_call(&number, Channel::Vocal).await.ok()? {
        Resolution::Routed(tenant) => Some(format!("{} reaches tenant {tenant}", number.as_str())),
        Resolution::Default(_) | Resolution::Refused => None,
    }
}

/// A number whose messages go to another server than this one.
fn elsewhere(config: &Config, number: &PhoneNumber) -> Option<Check> {
    let ours = format!("{}/api/vapi/webhook", config.public_base());
    let url = number.server_url.as_deref().filter(|url| *url != ours)?;
    Some(Check::note(
        "vapi-number",
        format!("{} sends its messages to {url}", number.number),
        format!("in Vapi, set its server URL to {ours}"),
    ))
}
