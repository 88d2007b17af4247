//! What the forms of an appointment carry, and their fields.

use crate::typo;
use desk::appointments::AppointmentError;
use domain::availability::{NotBookable, Slot};
use domain::id::{CalendarId, ServiceId};
use domain::phone::E164;
use domain::tenant::Profile;
use jiff::civil::{DateTime, Time};
use leptos::prelude::*;
use serde::Deserialize;

/// A form as it was filled in.
#[derive(Deserialize, Default, Clone)]
pub(super) struct Typed {
    #[serde(default)]
    pub nom: String,
    #[serde(default)]
    pub telephone: String,
    #[serde(default)]
    pub courriel: String,
    #[serde(default)]
    pub motif: String,
    #[serde(default)]
    pub notes: String,
    #[serde(default)]
    pub jour: String,
    #[serde(default)]
    pub heure: String,
    /// One of the hours that were offered; it counts before the day and the hour.
    #[serde(default)]
    pub debut: String,
    #[serde(default)]
    pub agenda: String,
    #[serde(default)]
    pub service: String,
    #[serde(default)]
    pub version: String,
}

impl Typed {
    /// The start that is wished.
    pub(super) fn start(&self) -> Option<DateTime> {
        if let Ok(offered) = self.debut.trim().parse() {
            return Some(offered);
        }
        let day: jiff::civil::Date = self.jour.trim().parse().ok()?;
        let hour: Time = self.heure.trim().parse().ok()?;
        Some(day.to_datetime(hour))
    }

    pub(super) fn calendar(&self) -> Option<CalendarId> {
        said(&self.agenda).map(CalendarId)
    }

    pub(super) fn service(&self) -> Option<ServiceId> {
        said(&self.service).map(ServiceId)
    }

    pub(super) fn version(&self) -> Option<i64> {
        self.version.parse().ok()
    }

    /// The telephone number: none, or what is wrong with it.
    pub(super) fn phone(&self, country: &str) -> Result<Option<E164>, &'static str> {
        let raw = said(&self.telephone);
        let parsed = raw.map(|raw| E164::parse(&raw, country)).transpose();
        parsed.map_err(|_| "Ce numéro de téléphone n’en est pas un.")
    }
}

/// A text that says something.
pub(super) fn said(text: &str) -> Option<String> {
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// What a form says of a refusal; `None`: the database does not answer.
pub(super) fn sentence(error: &AppointmentError) -> Option<&'static str> {
    Some(match error {
        AppointmentError::NoName => "Donnez un nom, de 200 caractères au plus.",
        AppointmentError::BadEmail => "Cette adresse de courriel n’en est pas une.",
        AppointmentError::TooLong(_) => {
            "Un texte est trop long : 500 caractères pour le motif, 4 000 pour les notes."
        }
        AppointmentError::Taken => "Cette heure est déjà prise.",
        AppointmentError::NotBookable(why) => match why {
            NotBookable::TooSoon => {
                "Cette heure est passée, ou trop proche pour le délai de vos réglages."
            }
            NotBookable::TooFar => "C’est trop loin : vos réglages ne prennent pas si tard.",
            NotBookable::Closed => "Le cabinet est fermé à cette heure.",
            NotBookable::NoSuchTime => "Cette heure n’existe pas : on passe à l’heure d’été.",
            NotBookable::Unknown => "Cette prestation ou cet agenda n’existe plus.",
        },
        AppointmentError::Gone => "Ce rendez-vous n’est plus là : il a été annulé entre-temps.",
        AppointmentError::Changed => {
            "Quelqu’un l’a modifié entre-temps : voici ce qu’il est devenu. Recommencez s’il le faut."
        }
        AppointmentError::NotPossible => "Ce n’est pas possible pour un rendez-vous dans cet état.",
        AppointmentError::NotBegun => "Il n’a pas encore commencé.",
        AppointmentError::Store(_) => return None,
    })
}

/// Day, hour, and where there is a choice the calendar and the service.
pub(super) fn place(typed: &Typed, profile: &Profile, anywhere: Anywhere) -> impl IntoView + use<> {
    let calendars = (profile.calendars.len() > 1).then(|| {
        let any = (anywhere == Anywhere::Yes)
            .then(|| view! { <option value="">"Le premier libre"</option> });
        let options = profile.calendars.iter().map(|calendar| {
            let (id, chosen) = (calendar.id.0.clone(), calendar.id.0 == typed.agenda);
            view! { <option value=id selected=chosen>{calendar.name.clone()}</option> }
        });
        view! { <div class="field"><label for="agenda">"Avec"</label><select id="agenda" name="agenda">{any}{options.collect_view()}</select></div> }
    });
    let services = (profile.services.len() > 1).then(|| {
        let options = profile.services.iter().map(|service| {
            let (id, chosen) = (service.id.0.clone(), service.id.0 == typed.service);
            let told = format!("{}, {}{}min", service.name, service.minutes, typo::NBSP);
            view! { <option value=id selected=chosen>{told}</option> }
        });
        view! { <div class="field"><label for="service">"Quoi"</label><select id="service" name="service">{options.collect_view()}</select></div> }
    });
    view! {
        <div class="pair">
            <div class="field"><label for="jour">"Jour"</label><input id="jour" name="jour" type="date" value=typed.jour.clone()/></div>
            <div class="field"><label for="heure">"Heure"</label><input id="heure" name="heure" type="time" step="300" value=typed.heure.clone()/></div>
        </div>
        {services}
        {calendars}
    }
}

/// Whether any calendar will do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anywhere {
    Yes,
    No,
}

/// Buttons that send the form with one of the next free hours.
pub(super) fn offers(free: &[Slot], act: &'static str) -> impl IntoView + use<> {
    let buttons: Vec<_> = free
        .iter()
        .map(|slot| {
            let value = slot.local.strftime("%Y-%m-%dT%H:%M").to_string();
            let told = typo::day_and_clock(slot.local);
            let label = format!("{act} {told}");
            view! { <button class="button" type="submit" name="debut" value=value aria-label=label>{told}</button> }
        })
        .collect();
    (!buttons.is_empty()).then(|| {
        view! { <div class="field"><p class="label">"Ou une des prochaines heures libres"</p><div class="ways">{buttons}</div></div> }
    })
}

/// Name, telephone, mail and motive.
pub(super) fn person(typed: &Typed) -> impl IntoView + use<> {
    let Typed { nom, telephone, courriel, motif, .. } = typed.clone();
    view! {
        <div class="field"><label for="nom">"Nom"</label><input id="nom" name="nom" required maxlength="200" autocomplete="off" value=nom/></div>
        <div class="pair">
            <div class="field"><label for="telephone">"Téléphone"</label><input id="telephone" name="telephone" type="tel" autocomplete="off" value=telephone/></div>
            <div class="field"><label for="courriel">"Courriel"</label><input id="courriel" name="courriel" type="email" autocomplete="off" value=courriel/></div>
        </div>
        <div class="field"><label for="motif">"Motif"</label><input id="motif" name="motif" maxlength="500" autocomplete="off" value=motif/></div>
    }
}
