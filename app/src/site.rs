//! The public pages: home with the written demonstration, legal pages.

mod contact;
pub mod demo;
pub mod home;
pub mod legal;
mod miniature;
pub mod routes;
mod sections;
mod shell;
