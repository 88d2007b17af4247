//! uwi.
fn main() {}
