//! How a command ends.

/// What a command gives.
pub type Outcome = Result<(), Failure>;

/// Why a command did not do it; decides the exit code.
#[derive(Debug)]
pub enum Failure {
    /// 1: refused, or an expectation was not met.
    Refused(String),
    /// 1, and everything has been said already.
    Unmet,
    /// 2: the command or the configuration is wrong.
    Usage(String),
    /// 3: the server or the database cannot be reached.
    Unreachable(String),
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Self::Refused(_) | Self::Unmet => 1,
            Self::Usage(_) => 2,
            Self::Unreachable(_) => 3,
        }
    }

    /// What is left to be said.
    pub fn message(&self) -> Option<&str> {
        match self {
            Self::Unmet => None,
            Self::Refused(text) | Self::Usage(text) | Self::Unreachable(text) => Some(text),
        }
    }
}

impl From<store::StoreError> for Failure {
    fn from(error: store::StoreError) -> Self {
        use store::StoreError;
        match error {
            StoreError::UnknownUrl => Self::Usage(error.to_string()),
            other if other.is_transient() => Self::Unreachable(other.to_string()),
            other => Self::Refused(other.to_string()),
        }
    }
}
