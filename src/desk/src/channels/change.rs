//! What a change of a channel does, and what it may not do.

use super::vault::{Secrets, VaultError};
use super::{ChannelError, Ready};
use crate::office::Office;
use crate::sending::carriers::{Carriers, MAIL_PORTS};
use domain::channel::{Email, FieldError, Kind, Public, merge};
use domain::id::TenantId;
use domain::message::sender::Sender;
use domain::phone::E164;
use domain::routing::Channel as Route;
use secrecy::SecretString;
use serde_json::Value;
use std::collections::BTreeMap;
use store::{Reader, StoreError, channels};

/// The longest secret, in bytes.
const LONGEST_SECRET: usize = 4096;

/// Seals a tenant's secrets anew that another key than the first has sealed;
/// gives how many channels. What cannot be opened stays as it is.
pub(crate) async fn reseal(office: &Office, tenant: TenantId) -> Result<usize, StoreError> {
    let vault = &office.carriers().vault;
    let Some(key) = vault.key_id() else { return Ok(0) };
    let mut tx = office.db.begin(tenant).await?;
    let mut sealed = 0;
    for row in channels::sealed_with_others(&mut tx, key).await? {
        let place = Kind::parse(&row.channel_type).map(|kind| (tenant, kind));
        let Some((place, text)) = place.zip(row.config_encrypted.as_deref()) else { continue };
        let Ok(secrets) = vault.open(place, text) else { continue };
        let Ok(text) = vault.seal(place, &secrets, office.world.ids.bytes()) else { continue };
        let seen = (row.channel_type.as_str(), row.version);
        sealed += usize::from(channels::sealed_anew(&mut tx, seen, (&text, key)).await?);
    }
    tx.commit().await?;
    Ok(sealed)
}

/// What may be shown, after a merge patch.
pub(super) fn patched(
    public: &Public,
    patch: Option<&Value>,
    kind: Kind,
) -> Result<Public, FieldError> {
    let mut value = public.to_value();
    if let Some(patch) = patch {
        if !patch.is_object() {
            return Err(FieldError::at("public", "un objet est attendu"));
        }
        merge(&mut value, patch);
    }
    Public::parse(kind, &value)
}

/// The secrets as they are to be stored: as they were, or sealed anew. What
/// cannot be opened is not overwritten by a part of it.
pub(super) fn sealed_with(
    office: &Office,
    place: (TenantId, Kind),
    ready: &mut Ready,
    changes: &BTreeMap<String, Option<SecretString>>,
) -> Result<Option<String>, ChannelError> {
    let kept = ready.row.as_ref().and_then(|row| row.config_encrypted.clone());
    if changes.is_empty() {
        return Ok(kept);
    }
    let vault = &office.carriers().vault;
    if vault.is_shut() {
        return Err(VaultError::NoKey.into());
    }
    let known = place.1.secrets();
    let all = known.iter().all(|name| changes.contains_key(*name));
    let mut secrets = match &ready.secrets {
        Ok(secrets) => secrets.clone(),
        Err(_) if all => Secrets::new(),
        Err(error) => return Err((*error).into()),
    };
    for (name, value) in changes {
        let path = format!("secrets.{name}");
        if !known.contains(&name.as_str()) {
            return Err(FieldError::at(path, "ce canal n’a pas ce secret").into());
        }
        match value {
            Some(value) if !is_secret(value) => {
                return Err(FieldError::at(path, "de 1 à 4 096 caractères imprimables").into());
            }
            Some(value) => drop(secrets.insert(name.clone(), value.clone())),
            None => drop(secrets.remove(name)),
        }
    }
    let sealed = match secrets.is_empty() {
        true => None,
        false => Some(vault.seal(place, &secrets, office.world.ids.bytes())?),
    };
    ready.secrets = Ok(secrets);
    Ok(sealed)
}

fn is_secret(value: &SecretString) -> bool {
    use secrecy::ExposeSecret as _;
    let text = value.expose_secret();
    (1..=LONGEST_SECRET).contains(&text.len()) && !text.chars().any(char::is_control)
}

/// A stored password goes to the server and the account that it was given for,
/// and to no other: whoever names another says it again, or removes it.
pub(super) fn check_server(
    house: &Carriers,
    ready: &Ready,
    public: &Public,
    changes: &BTreeMap<String, Option<SecretString>>,
) -> Result<(), FieldError> {
    if let Public::Email(Email { smtp: Some(smtp) }) = public
        && house.public
        && !MAIL_PORTS.contains(&smtp.port)
    {
        return Err(FieldError::at("public.smtp.port", "465, 587, 2525 ou 25"));
    }
    let stored = ready.row.as_ref().is_some_and(|row| row.config_encrypted.is_some());
    let place = |public: &Public| match public {
        Public::Email(email) => email
            .smtp
            .as_ref()
            .map(|smtp| (smtp.host.trim().to_lowercase(), smtp.port, smtp.account().to_owned())),
        _ => None,
    };
    let moved = place(&ready.public).is_some() && place(&ready.public) != place(public);
    if stored && moved && !changes.contains_key("password") {
        let why =
            "le serveur ou le compte change : redonnez le mot de passe, ou cochez « Le retirer »";
        return Err(FieldError::at("secrets.password", why));
    }
    Ok(())
}

/// A number that is somebody else's is not set: neither as the practice's line
/// nor as a sender. Routes are never touched from here.
pub(super) async fn check_numbers(
    office: &Office,
    reader: &mut Reader,
    tenant: TenantId,
    public: &Public,
) -> Result<(), ChannelError> {
    let (path, number) = match public {
        Public::Phone(phone) => ("public.clientPhoneNumber", phone.line()),
        Public::WhatsApp(whatsapp) => ("public.whatsappNumber", whatsapp.number()),
        Public::Sms(sms) => match sms.sender() {
            Some(Sender::Number(number)) => ("public.sender", Some(number)),
            _ => return Ok(()),
        },
        Public::Email(_) => return Ok(()),
    };
    let Some(number) = number else { return Ok(()) };
    let owner = owner(reader, &number).await?;
    let own = owner == Some(tenant);
    let house = matches!(&office.carriers().sender, Some(Sender::Number(ours)) if *ours == number);
    match public {
        Public::Sms(_) if !own && !house => {
            Err(FieldError::at(path, "ce numéro n’est pas un des vôtres").into())
        }
        _ if owner.is_some() && !own => {
            Err(FieldError::at(path, "ce numéro est celui d’un autre compte").into())
        }
        _ => Ok(()),
    }
}

/// Whose number it is, on whichever channel it is routed.
async fn owner(reader: &mut Reader, number: &E164) -> Result<Option<TenantId>, StoreError> {
    for channel in [Route::Vocal, Route::Sms, Route::Whatsapp] {
        let found = store::routes::resolve(reader, channel, number).await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}
