//! `uwi serve`: wires everything and serves until it is told to stop.

use crate::cli::{Failure, Outcome};
use crate::config::{Config, House};
use crate::http::router::router;
use crate::http::site::Site;
use crate::{accounts, cli, telemetry};
use desk::numbers::reconcile;
use desk::outbox::{self, Mail, Outside};
use desk::providers::Providers;
use desk::recordings::Recordings;
use desk::{Office, jobs};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use vendors::mail::Mailer;
use vendors::vapi::api::Api;
use vendors::vapi::control::Controller;

/// How long requests in progress may take once we are told to stop.
const FAREWELL: Duration = Duration::from_secs(10);

/// Serves until a signal says stop.
pub async fn run(config: Config) -> Outcome {
    let office = cli::open(&config).await?;
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        Failure::Unreachable(format!("cannot listen on {}: {error}", config.listen))
    })?;
    let address = listener.local_addr().unwrap_or(config.listen);
    let config = Config { listen: address, ..config };
    announce(&config, &office, address).await;
    explain(&config);
    let accounts = accounts::open(&config, &office).await?;
    let site = site_with(config, office, accounts.providers.clone())?;
    let working = work(&site);
    let service = router(Arc::clone(&site));
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(told_to_stop());
    tokio::select! {
        ended = serving.into_future() => {
            ended.map_err(|error: std::io::Error| Failure::Unreachable(error.to_string()))?;
        }
        () = too_late() => tracing::warn!("stopped with requests still in progress"),
    }
    working.abort();
    accounts.close(&site.office).await
}

/// What the process does by itself besides answering.
fn work(site: &Arc<Site>) -> tokio::task::JoinHandle<()> {
    let office = Arc::clone(&site.office);
    let outside = Outside {
        mail: site.mail.clone(),
        recordings: site.recordings.clone(),
        home: site.public_base.clone(),
    };
    let reconciling = reconcile::run(Arc::clone(&office), site.providers.clone());
    tokio::spawn(async move {
        tokio::join!(jobs::run(Arc::clone(&office)), outbox::run(office, outside), reconciling);
    })
}

/// Who removes recordings.
fn recordings(config: &Config, client: reqwest::Client) -> Recordings {
    let Some(key) = config.vapi.api_key.clone() else { return Recordings::Off };
    let api = Api::new(client, config.vapi.base_url.as_ref(), key);
    Recordings::Vapi(Box::new(api))
}

/// How mail leaves.
fn mail(config: &Config) -> Result<Mail, Failure> {
    let Some(mail) = &config.mail else { return Ok(Mail::Off) };
    let mailer = Mailer::new(&mail.url, &mail.from);
    let mailer = mailer.map_err(|error| Failure::Usage(error.to_string()))?;
    Ok(Mail::Smtp(Box::new(mailer)))
}

/// The parts that handlers share, with the accounts that are configured.
pub fn site(config: Config, office: Arc<Office>) -> Result<Arc<Site>, Failure> {
    let providers = accounts::configured(&config)?;
    site_with(config, office, providers)
}

fn site_with(
    config: Config,
    office: Arc<Office>,
    providers: Providers,
) -> Result<Arc<Site>, Failure> {
    let client = cli::http_client(Duration::from_secs(10))?;
    let mail = mail(&config)?;
    office.employ(accounts::carriers(&config, &providers, mail.clone())?);
    Ok(Arc::new(Site {
        public_base: config.public_base(),
        started: office.world.clock.now(),
        providers,
        mail,
        recordings: recordings(&config, client.clone()),
        controller: Controller::new(client),
        figures: telemetry::figures(),
        office,
        config,
    }))
}

/// Where to look, and in private without mail a way in for our staff.
async fn announce(config: &Config, office: &Office, address: SocketAddr) {
    println!("home: http://{address}/");
    if config.house() == House::Public {
        return;
    }
    if config.mail.is_none() {
        for email in &config.rules.staff {
            match cli::login_url(config, office, email, None).await {
                Ok(url) => println!("login: {url}"),
                Err(failure) => tracing::warn!(problem = failure.message(), "no login link"),
            }
        }
    }
    println!("call: uwi call");
}

/// What an operator should know of variables that do nothing.
fn explain(config: &Config) {
    if config.clock.is_none() && config.set.contains(&"UWI_CLOCK") {
        tracing::warn!("UWI_CLOCK is ignored: it is for private use only");
    }
    for name in ["USE_PG_EVENTS", "PG_EVENTS_URL"] {
        if config.set.contains(&name) {
            tracing::warn!(
                "{name} is no longer needed: DATABASE_URL serves writing and reading, so events \
                 cannot be written to one database and read from another"
            );
        }
    }
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = async {
        match signal(SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminate => {}
    }
}

/// Ends a while after the signal, for connections that stay open (live pages).
async fn too_late() {
    told_to_stop().await;
    tokio::time::sleep(FAREWELL).await;
}
