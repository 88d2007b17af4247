//! The only place with sentences that a caller hears or reads.
