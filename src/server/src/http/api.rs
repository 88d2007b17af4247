//! The API: JSON for programs and for our own pages.
