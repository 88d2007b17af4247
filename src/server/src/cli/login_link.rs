//! `uwi login-link`: a way in without mail.

use super::{Failure, Form, Outcome, output};
use crate::config::Config;
use clap::Args;
use desk::Office;
use desk::sign_in::{self, Email};
use domain::id::TenantId;
use serde_json::json;

/// For whom.
#[derive(Args)]
#[command(after_help = "Example:\n  uwi login-link camille@example.fr --tenant 2")]
pub struct LoginLinkArgs {
    /// The address of a member or of our staff
    email: String,
    /// Where to land [default: the person's first tenant]
    #[arg(long)]
    tenant: Option<i64>,
}

/// Prints the link and nothing else.
pub async fn run(config: &Config, office: &Office, args: &LoginLinkArgs, form: Form) -> Outcome {
    let url = url(config, office, &args.email, args.tenant.map(TenantId)).await?;
    output::say(form, &json!({ "url": url }), || url.clone());
    Ok(())
}

/// A link that signs somebody in once, within ten minutes.
pub async fn url(
    config: &Config,
    office: &Office,
    email: &str,
    tenant: Option<TenantId>,
) -> Result<String, Failure> {
    let unknown = || Failure::Refused(format!("nobody with the address {email} may sign in"));
    let address = Email::parse(email).ok_or_else(unknown)?;
    let path = sign_in::login_link(office, &address, tenant).await?.ok_or_else(unknown)?;
    Ok(format!("{}{path}", config.public_base()))
}
