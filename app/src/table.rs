//! Routes that can be listed: the router is built from the same rows that
//! tests walk, so no route is forgotten by them.
//!
//! Used as axum's own `Router`, `get` and `post` are.

use axum::Router;
use axum::handler::Handler;
use axum::routing::MethodFilter;
use axum::routing::{MethodRouter, on};
use http::Method;

/// One route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its method.
    pub method: Method,
    /// Its path, with the parameters in braces.
    pub path: &'static str,
}

/// What one path answers.
pub struct Methods<S> {
    router: MethodRouter<S>,
    known: Vec<Method>,
}

macro_rules! methods {
    ($($name:ident $filter:ident)+) => {
        $(#[doc = concat!("Answers ", stringify!($filter), ".")]
        pub fn $name<H, T, S>(handler: H) -> Methods<S>
        where
            H: Handler<T, S>,
            T: 'static,
            S: Clone + Send + Sync + 'static,
        {
            Methods { router: on(MethodFilter::$filter, handler), known: vec![Method::$filter] }
        })+

        impl<S: Clone + Send + Sync + 'static> Methods<S> {
            $(#[doc = concat!("Answers ", stringify!($filter), " too.")]
            #[must_use]
            pub fn $name<H: Handler<T, S>, T: 'static>(mut self, handler: H) -> Self {
                self.known.push(Method::$filter);
                Self { router: self.router.on(MethodFilter::$filter, handler), ..self }
            })+
        }
    };
}

methods! { get GET post POST put PUT patch PATCH delete DELETE }

/// A router that knows its rows.
pub struct Table<S> {
    router: Router<S>,
    rows: Vec<Row>,
}

impl<S: Clone + Send + Sync + 'static> Default for Table<S> {
    fn default() -> Self {
        Self { router: Router::new(), rows: Vec::new() }
    }
}

impl<S: Clone + Send + Sync + 'static> Table<S> {
    /// Without routes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what a path answers.
    #[must_use]
    pub fn route(mut self, path: &'static str, methods: Methods<S>) -> Self {
        self.rows.extend(methods.known.into_iter().map(|method| Row { method, path }));
        Self { router: self.router.route(path, methods.router), ..self }
    }

    /// Adds another table's routes.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.rows.extend(other.rows);
        Self { router: self.router.merge(other.router), ..self }
    }

    /// Changes what lies around the routes: layers, fallbacks, state.
    pub fn around<Outer>(self, change: impl FnOnce(Router<S>) -> Router<Outer>) -> Table<Outer> {
        Table { router: change(self.router), rows: self.rows }
    }

    /// Every route.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The router that answers.
    pub fn into_router(self) -> Router<S> {
        self.router
    }
}
