//! Weekly opening hours and exceptional closures.

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Serialize};

/// One opening period of one weekday, local time, `to` exclusive and later than `from`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Opening {
    /// The weekday.
    pub day: Weekday,
    /// When the doors open.
    pub from: Time,
    /// When they close.
    pub to: Time,
}

/// Days on which a tenant is closed although its weekly hours say otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closure {
    /// First closed day.
    pub from: Date,
    /// Last closed day.
    pub to: Date,
    /// What may be told to a caller ("congés d'été").
    pub reason: Option<String>,
}
