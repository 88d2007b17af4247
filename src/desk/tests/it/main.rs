//! The use cases on both engines. Set `TEST_POSTGRES_URL` for the second half.

mod calls;
mod house;
