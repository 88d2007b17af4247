//! Signing in, by a link in a mail or by a password.
//!
//! Asking for a link does the same work for a known and an unknown address:
//! two counters and a job. The job finds out, makes the token, stores its
//! hash and sends the only copy.

mod email;
pub(crate) mod limits;
pub mod password;

pub use email::Email;
pub use limits::Asked;

use crate::office::{Office, Who};
use crate::outbox::{Done, Outside, after};
use domain::id::TenantId;
use domain::role::Role;
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use store::StoreError;
use store::identity::{links, members};
use store::outbox::{JobRow, Lane, NewJob};
use vendors::mail::Letter;

/// The outbox kind of the mail with a link.
pub(crate) const JOB: &str = "login_link";
/// How long a link works.
pub const LINK_LIFE: SignedDuration = SignedDuration::from_mins(10);

/// A tenant that somebody may open, and as what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which tenant.
    pub tenant: TenantId,
    /// Its displayed name.
    pub name: String,
    /// As a member with a role, or as our staff.
    pub who: Who,
}

/// Who has just proved to be the owner of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entered {
    /// The address.
    pub email: Email,
    /// Where to land.
    pub tenant: TenantId,
}

#[derive(Serialize, Deserialize)]
struct Request {
    email: Email,
}

/// The tenants that an address may open: those it is a member of, and for our
/// staff the test tenant.
pub async fn places(office: &Office, email: &Email) -> Result<Vec<Place>, StoreError> {
    let mut reader = office.db.read_directory().await?;
    let memberships = members::of_email(&mut reader, email.as_str()).await?;
    let mut places: Vec<Place> = memberships.into_iter().map(|found| place(email, found)).collect();
    let test = office.rules.test.tenant;
    if is_staff(office, email) && !places.iter().any(|place| place.tenant == test) {
        let name =
            store::tenants::get(&mut reader, test).await?.map_or_else(String::new, |t| t.name);
        let who = Who::Staff { email: email.as_str().to_owned() };
        places.insert(0, Place { tenant: test, name, who });
    }
    Ok(places)
}

fn place(email: &Email, found: members::Membership) -> Place {
    let who = Who::Member { email: email.as_str().to_owned(), role: found.role };
    Place { tenant: found.tenant, name: found.name, who }
}

/// True for our own people.
pub fn is_staff(office: &Office, email: &Email) -> bool {
    office.rules.staff.iter().any(|staff| staff.eq_ignore_ascii_case(email.as_str()))
}

/// Asks for a link to be sent. `network`: where the request comes from.
pub async fn request_link(
    office: &Office,
    email: &Email,
    network: &str,
) -> Result<Asked, StoreError> {
    let now = office.world.clock.now();
    let id = office.world.ids.uuid(now);
    let mut tx = office.db.begin_directory().await?;
    let asked = limits::note_request(&mut tx, email, network, now).await?;
    if asked == Asked::Taken {
        let payload = serde_json::json!(Request { email: email.clone() }).to_string();
        let key = format!("{JOB}:{id}");
        let (tenant, lane) = (None, Lane::Urgent);
        let job = NewJob { id, tenant, kind: JOB, lane, payload: &payload, key: &key, due: now };
        store::outbox::insert(&mut tx, &job, now).await?;
    }
    tx.commit().await?;
    Ok(asked)
}

/// Sends a link if the address may open anything.
pub(crate) async fn send_link(
    office: &Office,
    outside: &Outside,
    job: &JobRow,
) -> Result<Done, StoreError> {
    let Ok(Request { email }) = serde_json::from_str(&job.payload) else {
        return Ok(Done::GivenUp("unreadable job"));
    };
    let Some(path) = login_link(office, &email, None).await? else {
        return Ok(Done::Finished);
    };
    let url = format!("{}{path}", outside.home);
    let text = format!(
        "Bonjour,\n\nVoici votre lien de connexion à UWi. Il sert une seule fois et cesse de \
         fonctionner après dix minutes :\n\n{url}\n\nSi vous n’avez rien demandé, ignorez ce \
         message : sans ce lien, personne n’entre.\n\nUWi\n"
    );
    let html = format!(
        "<p>Bonjour,</p><p>Voici votre lien de connexion à UWi. Il sert une seule fois et cesse \
         de fonctionner après dix minutes&nbsp;:</p><p><a href=\"{url}\">Ouvrir mon tableau de \
         bord</a></p><p style=\"color:#555\">Si vous n’avez rien demandé, ignorez ce \
         message&nbsp;: sans ce lien, personne n’entre.</p>"
    );
    let letter = Letter {
        to: email.as_str(),
        subject: "Votre lien de connexion à UWi",
        text: &text,
        html: &html,
        id: &format!("{}@uwi", job.id),
    };
    Ok(outside.mail.send(&letter).await)
}

/// Makes a link; gives its path (`/login/TOKEN`), or `None` when the address
/// may open nothing (or not that tenant).
pub async fn login_link(
    office: &Office,
    email: &Email,
    tenant: Option<TenantId>,
) -> Result<Option<String>, StoreError> {
    let places = places(office, email).await?;
    let allowed = match tenant {
        Some(wanted) => places.iter().any(|place| place.tenant == wanted),
        None => !places.is_empty(),
    };
    if !allowed {
        return Ok(None);
    }
    let token = hex::encode(office.world.ids.bytes::<24>());
    let now = office.world.clock.now();
    let link = links::Link { email: email.as_str().to_owned(), tenant };
    let mut tx = office.db.begin_directory().await?;
    links::sweep(&mut tx, now).await?;
    links::create(&mut tx, &hash(&token), &link, now, after(now, LINK_LIFE)).await?;
    tx.commit().await?;
    Ok(Some(format!("/login/{token}")))
}

/// True when a link would work now; uses nothing up.
pub async fn link_works(office: &Office, token: &str) -> Result<bool, StoreError> {
    let mut reader = office.db.read_directory().await?;
    links::works(&mut reader, &hash(token), office.world.clock.now()).await
}

/// Uses a link up; `None` when it does not work (any more).
pub async fn consume_link(office: &Office, token: &str) -> Result<Option<Entered>, StoreError> {
    let now = office.world.clock.now();
    let mut tx = office.db.begin_directory().await?;
    let link = links::consume(&mut tx, &hash(token), now).await?;
    tx.commit().await?;
    let Some((link, email)) = link
        .and_then(|link| Some((Email::parse(&link.email)?, link)))
        .map(|(email, link)| (link, email))
    else {
        return Ok(None);
    };
    entered(office, email, link.tenant).await
}

/// Where somebody who has proved an address lands; `None` when they may open
/// nothing any more.
async fn entered(
    office: &Office,
    email: Email,
    wanted: Option<TenantId>,
) -> Result<Option<Entered>, StoreError> {
    let places = places(office, &email).await?;
    let chosen = places
        .iter()
        .find(|place| Some(place.tenant) == wanted)
        .or(places.first())
        .map(|place| place.tenant);
    Ok(chosen.map(|tenant| Entered { email, tenant }))
}

/// What is stored of a secret that only its owner has.
pub(crate) fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret.as_bytes()))
}

impl Who {
    /// The role in words of the pages.
    pub fn role(&self) -> Option<Role> {
        match self {
            Self::Member { role, .. } => Some(*role),
            Self::Staff { .. } | Self::Token { .. } | Self::Operator => None,
        }
    }

    /// The address of a person.
    pub fn email(&self) -> Option<&str> {
        match self {
            Self::Member { email, .. } | Self::Staff { email } => Some(email),
            Self::Token { .. } | Self::Operator => None,
        }
    }
}
