//! What a caller is told before anything else, besides that an automatic
//! assistant speaks: that is said in every configuration.

/// What the tenant adds to the first words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notices {
    /// Words of its own after the disclosure ("Bienvenue.").
    pub greeting: Option<String>,
    /// Its own wording of what is said of the recording.
    pub recording: Option<String>,
    /// Whether calls are recorded.
    pub record: Recording,
}

/// Whether calls are recorded.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Recording {
    /// They are not.
    #[default]
    Off,
    /// They are, unless the caller refuses; the caller is told.
    Announced,
    /// Only a recording that the caller has agreed to is kept; the caller is asked.
    Asked,
}
