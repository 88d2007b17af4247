//! Who holds a French number: what the network operators want to know of a
//! business before they let one go. Start with [`Draft::check`].

mod registry;

pub use registry::Registration;

use crate::email::EmailAddress;
use serde::{Deserialize, Serialize};

/// The longest text of a field, in characters.
const LONGEST: usize = 120;

/// What somebody has filled in, as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Draft {
    /// The business's registered name.
    pub business_name: String,
    /// SIREN or SIRET, blanks do not count.
    pub registration: String,
    /// First name of who represents it.
    pub first_name: String,
    /// Last name of who represents it.
    pub last_name: String,
    /// Whom questions about the dossier reach.
    pub email: String,
    /// Number and street; no post-office box.
    pub street: String,
    /// Five digits.
    pub postal_code: String,
    /// Town.
    pub city: String,
}

/// A dossier that can be handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dossier {
    /// The business's registered name.
    pub business_name: String,
    /// Its number in the register.
    pub registration: Registration,
    /// First name of who represents it.
    pub first_name: String,
    /// Last name of who represents it.
    pub last_name: String,
    /// Whom questions reach.
    pub email: String,
    /// Number and street.
    pub street: String,
    /// Five digits.
    pub postal_code: String,
    /// Town.
    pub city: String,
    /// The region that the postal code lies in.
    pub region: &'static str,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wrong {
    /// Nothing there.
    Missing,
    /// Too long, or not on one line.
    Unusable,
    /// Neither a SIREN nor a SIRET.
    NotRegistered,
    /// No address for mail.
    NotMail,
    /// No French postal code.
    NotPostal,
    /// A box, where nobody lives.
    Box,
    /// No PDF, JPEG or PNG.
    NotFile,
    /// Larger than allowed.
    TooLarge,
}

impl Wrong {
    /// For programs and their people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Missing => "is missing",
            Self::Unusable => "is one line of at most 120 characters",
            Self::NotRegistered => "is a SIREN (9 digits) or a SIRET (14 digits)",
            Self::NotMail => "is no address for mail",
            Self::NotPostal => "is no French postal code",
            Self::Box => "is a place, not a post-office box",
            Self::NotFile => "is a PDF, JPEG or PNG",
            Self::TooLarge => "is at most 5 MB",
        }
    }
}

/// A field that is wrong, by its name in [`Draft`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// Which.
    pub field: &'static str,
    /// Why.
    pub wrong: Wrong,
}

impl Draft {
    /// The dossier, or everything that is wrong with it.
    pub fn check(&self) -> Result<Dossier, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut keep = |field, read: Result<String, Wrong>| {
            read.unwrap_or_else(|wrong| {
                faults.push(Fault { field, wrong });
                String::new()
            })
        };
        let business_name = keep("business_name", line(&self.business_name));
        let digits = keep("registration", registered(&self.registration));
        let first_name = keep("first_name", line(&self.first_name));
        let last_name = keep("last_name", line(&self.last_name));
        let email = keep("email", mail(&self.email));
        let street = keep("street", street(&self.street));
        let postal_code = keep("postal_code", postal(&self.postal_code));
        let city = keep("city", line(&self.city));
        match (Registration::parse(&digits), registry::region(&postal_code)) {
            (Some(registration), Some(region)) if faults.is_empty() => Ok(Dossier {
                business_name,
                registration,
                first_name,
                last_name,
                email,
                street,
                postal_code,
                city,
                region,
            }),
            _ => Err(faults),
        }
    }
}

fn line(raw: &str) -> Result<String, Wrong> {
    let text = raw.split([' ', '\u{a0}', '\u{202f}']).filter(|word| !word.is_empty());
    let text = text.collect::<Vec<_>>().join(" ");
    match text.chars().count() {
        0 => Err(Wrong::Missing),
        1..=LONGEST if !text.contains(char::is_control) => Ok(text),
        _ => Err(Wrong::Unusable),
    }
}

fn registered(raw: &str) -> Result<String, Wrong> {
    let text = line(raw)?;
    let found = Registration::parse(&text).ok_or(Wrong::NotRegistered)?;
    Ok(found.as_str().to_owned())
}

fn mail(raw: &str) -> Result<String, Wrong> {
    let text = line(raw)?;
    EmailAddress::try_from(text).map(|mail| mail.as_str().to_owned()).map_err(|_| Wrong::NotMail)
}

/// A place where the business is: operators refuse boxes.
fn street(raw: &str) -> Result<String, Wrong> {
    let text = line(raw)?;
    let lower = text.to_lowercase();
    let words: Vec<_> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let numbered = |word: &str| {
        words.windows(2).any(|pair| {
            pair[0] == word && pair[1].starts_with(|first: char| first.is_ascii_digit())
        })
    };
    let boxed = ["bp", "cs", "tsa"].iter().any(|word| numbered(word))
        || lower.contains("boite postale")
        || lower.contains("boîte postale");
    if boxed { Err(Wrong::Box) } else { Ok(text) }
}

fn postal(raw: &str) -> Result<String, Wrong> {
    let text: String = line(raw)?.split(' ').collect();
    if registry::region(&text).is_some() { Ok(text) } else { Err(Wrong::NotPostal) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            business_name: "Cabinet  Lefèvre".to_owned(),
            registration: "123 456 782".to_owned(),
            first_name: "Camille".to_owned(),
            last_name: "Lefèvre".to_owned(),
            email: "camille@example.fr".to_owned(),
            street: "12 rue des Lilas".to_owned(),
            postal_code: "35 000".to_owned(),
            city: "Rennes".to_owned(),
        }
    }

    #[test]
    fn a_dossier_is_read_as_people_write_it() {
        let dossier = draft().check().unwrap();
        assert_eq!(dossier.business_name, "Cabinet Lefèvre");
        assert_eq!(dossier.registration.as_str(), "123456782");
        assert_eq!((dossier.postal_code.as_str(), dossier.region), ("35000", "Bretagne"));
    }

    #[test]
    fn every_field_that_is_wrong_is_named() {
        let faults = Draft::default().check().unwrap_err();
        assert_eq!(faults.len(), 8);
        assert!(faults.iter().all(|fault| fault.wrong == Wrong::Missing));
        let wrong = |change: fn(&mut Draft)| {
            let mut changed = draft();
            change(&mut changed);
            changed.check().unwrap_err().iter().map(|f| (f.field, f.wrong)).collect::<Vec<_>>()
        };
        assert_eq!(
            wrong(|d| d.registration = "123456783".to_owned()),
            [("registration", Wrong::NotRegistered)]
        );
        assert_eq!(wrong(|d| d.street = "BP 42".to_owned()), [("street", Wrong::Box)]);
        assert_eq!(
            wrong(|d| d.postal_code = "99999".to_owned()),
            [("postal_code", Wrong::NotPostal)]
        );
        assert_eq!(wrong(|d| d.email = "nobody".to_owned()), [("email", Wrong::NotMail)]);
        assert_eq!(wrong(|d| d.city = "a\nb".to_owned()), [("city", Wrong::Unusable)]);
        assert_eq!(wrong(|d| d.city = "é".repeat(121)), [("city", Wrong::Unusable)]);
    }
}
