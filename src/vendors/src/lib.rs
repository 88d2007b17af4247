//! vendors.
