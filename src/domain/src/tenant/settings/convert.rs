//! From the written settings to the [`Profile`] that the product works with.

use super::{Settings, SettingsError, check, week};
use crate::id::{CalendarId, ServiceId, TenantId};
use crate::phone::E164;
use crate::reminder::Reminding;
use crate::routing::Channel;
use crate::tenant::following::Following;
use crate::tenant::notices::Notices;
use crate::tenant::slug::unique_slugs;
use crate::tenant::{BookingRules, Calendar, Faq, Profile, Service, Transfer, TransferRule};
use crate::time::holidays::Territory;
use crate::time::hours::{Closure, Opening};
use jiff::tz::TimeZone;

/// The duration of the only service of a tenant that names none.
const DEFAULT_MINUTES: u32 = 30;

/// Words (in lower case) that only health trades have in their name or trade.
const HEALTH_WORDS: &[&str] = &[
    "médec",
    "medec",
    "médic",
    "medic",
    "docteur",
    "dentis",
    "dentaire",
    "orthodont",
    "kiné",
    "kine",
    "ostéo",
    "osteo",
    "infirm",
    "sage-femme",
    "sage femme",
    "psych",
    "podolog",
    "pédicure",
    "orthoph",
    "orthopt",
    "ophtalm",
    "dermato",
    "pédiatr",
    "gynéco",
    "cardio",
    "radiolog",
    "clinique",
    "santé",
    "pharmac",
    "chirurg",
    "diétét",
    "sophrolog",
    "audioproth",
    "laboratoire",
    "hôpital",
];

/// What has to be parsed before it can be used.
pub(super) struct Parts {
    zone: TimeZone,
    hours: Vec<Opening>,
    closures: Vec<Closure>,
    transfer: Option<Transfer>,
    transfer_rules: Vec<TransferRule>,
    notices: Notices,
    following: Following,
    reminding: Reminding,
}

impl Settings {
    /// The tenant as the product works with it. Not a sandbox: who knows which
    /// tenant is the test tenant says so.
    pub fn profile(&self, tenant: TenantId) -> Result<Profile, SettingsError> {
        self.check()?;
        let parts = self.parts()?;
        Ok(Profile {
            tenant,
            name: self.name.trim().to_owned(),
            zone: parts.zone,
            country: self.country.clone(),
            territory: self.territory.unwrap_or_else(|| self.usual_territory()),
            address: trimmed(self.address.as_deref()),
            trade: trimmed(self.trade.as_deref()),
            health: self.health.unwrap_or_else(|| self.sounds_like_health()),
            agents: self.agents.clone(),
            hours: parts.hours,
            closures: parts.closures,
            booking: BookingRules {
                notice_minutes: self.booking.notice_minutes,
                horizon_days: self.booking.horizon_days,
            },
            calendars: self.calendars(),
            services: self.services(),
            faqs: self.faqs(),
            questionnaire: self.questionnaire(),
            support: self.supported(),
            transfer: parts.transfer,
            transfer_rules: parts.transfer_rules,
            notices: parts.notices,
            following: parts.following,
            reminding: parts.reminding,
            retention: self.retention,
            sandbox: false,
            numbers: self.numbers()?.into_iter().map(|(number, _)| number).collect(),
        })
    }

    /// The numbers it is reached on, and how.
    pub fn numbers(&self) -> Result<Vec<(E164, Channel)>, SettingsError> {
        let read = |(index, entry): (usize, &super::NumberEntry)| {
            let path = format!("number[{index}].e164");
            Ok((check::phone(&path, &entry.e164, &self.country)?, entry.channel))
        };
        self.number.iter().enumerate().map(read).collect()
    }

    pub(super) fn parts(&self) -> Result<Parts, SettingsError> {
        let unknown =
            || SettingsError::at("timezone", format!("{:?} is no time zone", self.timezone));
        Ok(Parts {
            zone: TimeZone::get(&self.timezone).map_err(|_| unknown())?,
            hours: week::openings(&self.hours, "hours")?,
            closures: self.closures()?,
            transfer: self.transfer()?,
            transfer_rules: self.transfer_rules()?,
            notices: self.notices()?,
            following: self.following()?,
            reminding: self.reminding()?,
        })
    }

    fn closures(&self) -> Result<Vec<Closure>, SettingsError> {
        let read = |(index, entry): (usize, &super::ClosureEntry)| {
            let path = format!("closure[{index}]");
            let from = week::date(&entry.from.0, &format!("{path}.from"))?;
            let to = match &entry.to {
                Some(to) => week::date(&to.0, &format!("{path}.to"))?,
                None => from,
            };
            if to < from {
                return Err(SettingsError::at(format!("{path}.to"), "is before \"from\""));
            }
            Ok(Closure { from, to, reason: trimmed(entry.reason.as_deref()) })
        };
        self.closure.iter().enumerate().map(read).collect()
    }

    fn calendars(&self) -> Vec<Calendar> {
        let names: Vec<&str> = if self.calendar.is_empty() {
            vec![&self.name]
        } else {
            self.calendar.iter().map(|entry| entry.name.as_str()).collect()
        };
        let ids = self.calendar.iter().map(|entry| entry.id.as_deref());
        let ids = ids.chain(std::iter::repeat(None));
        let labels = names.iter().zip(ids).map(|(name, id)| id.unwrap_or(name));
        let slugs = unique_slugs(labels, "agenda");
        let calendar =
            |(id, name): (String, &&str)| Calendar { id: CalendarId(id), name: name.trim().into() };
        slugs.into_iter().zip(&names).map(calendar).collect()
    }

    fn services(&self) -> Vec<Service> {
        if self.service.is_empty() {
            let (id, name) = (ServiceId("rendez-vous".into()), "Rendez-vous".into());
            return vec![Service { id, name, minutes: DEFAULT_MINUTES, price_cents: None }];
        }
        let labels = self.service.iter().map(|entry| entry.id.as_deref().unwrap_or(&entry.name));
        let slugs = unique_slugs(labels, "service");
        let service = |(id, entry): (String, &super::ServiceEntry)| Service {
            id: ServiceId(id),
            name: entry.name.trim().into(),
            minutes: entry.minutes,
            price_cents: entry.price_cents,
        };
        slugs.into_iter().zip(&self.service).map(service).collect()
    }

    /// Its own questions, then the usual ones that have a setting of their own.
    fn faqs(&self) -> Vec<Faq> {
        let usual = [
            ("Comment venir, comment accéder au cabinet ?", &self.access),
            ("Quels documents faut-il apporter ?", &self.documents),
        ];
        let usual = usual.into_iter().filter_map(|(question, answer)| {
            let answer = trimmed(answer.as_deref())?;
            Some(Faq { question: question.into(), answer })
        });
        self.faq.iter().cloned().chain(usual).collect()
    }

    fn sounds_like_health(&self) -> bool {
        let words = format!("{} {}", self.name, self.trade.as_deref().unwrap_or_default());
        let words = words.to_lowercase();
        HEALTH_WORDS.iter().any(|word| words.contains(word))
    }

    fn usual_territory(&self) -> Territory {
        match (self.country.as_str(), self.timezone.as_str()) {
            ("GP", _) | ("FR", "America/Guadeloupe") => Territory::Guadeloupe,
            ("BL", _) | ("FR", "America/St_Barthelemy") => Territory::SaintBarthelemy,
            ("MF", _) | ("FR", "America/Marigot") => Territory::SaintMartin,
            ("MQ", _) | ("FR", "America/Martinique") => Territory::Martinique,
            ("GF", _) | ("FR", "America/Cayenne") => Territory::Guyane,
            ("RE", _) | ("FR", "Indian/Reunion") => Territory::LaReunion,
            ("YT", _) | ("FR", "Indian/Mayotte") => Territory::Mayotte,
            ("PM", _) | ("FR", "America/Miquelon") => Territory::SaintPierreEtMiquelon,
            ("NC", _) | ("FR", "Pacific/Noumea") => Territory::NouvelleCaledonie,
            ("PF", _) | ("FR", "Pacific/Tahiti" | "Pacific/Marquesas" | "Pacific/Gambier") => {
                Territory::PolynesieFrancaise
            }
            ("WF", _) | ("FR", "Pacific/Wallis") => Territory::WallisEtFutuna,
            ("FR", _) => Territory::Metropole,
            _ => Territory::None,
        }
    }
}

fn trimmed(text: Option<&str>) -> Option<String> {
    text.map(|text| text.trim().to_owned())
}
