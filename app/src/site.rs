//! The public pages: home with the written demonstration, legal pages.

pub mod demo;
pub mod home;
pub mod legal;
mod miniature;
pub mod routes;
mod sections;
mod shell;
