//! The table of routes. A route cannot be registered without saying which right it asks for.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodFilter, MethodRouter, get, on, post};

use crate::api::{self, Op};
use crate::bulk::{Known, Many};
use crate::error::{Fault, PageError};
use crate::live::Place;
use crate::rights::{Right, Role};
use crate::visit::Visit;
use crate::{csrf, login};

/// What a form may weigh.
pub(crate) const FORM_BYTES: usize = 1024 * 1024;

/// Who may take a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Everybody, signed in or not.
    Public,
    /// Whoever has its address, which is a secret of its own. Nobody is signed in there: the session and its forms' token are
    /// neither read nor set, and the handler proves its forms by itself.
    Link,
    /// Whoever is signed in and whose role has the right.
    Right(Right),
    /// A program with a token whose scopes, and whose person, have the right. Cookies are not read there.
    Token(Right),
}

/// One route, as the table shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteLine {
    /// `GET` or `POST`; operations of the API also `PUT` and `PATCH`.
    pub method: Method,
    /// The path with its `{placeholders}`.
    pub path: &'static str,
    /// Who may take it.
    pub need: Need,
    /// The largest body it takes.
    pub limit_bytes: usize,
}

impl RouteLine {
    /// Whether somebody may take it; `None` is somebody not signed in.
    pub fn open_to(&self, role: Option<Role>) -> bool {
        match self.need {
            Need::Public | Need::Link => true,
            Need::Right(right) | Need::Token(right) => role.is_some_and(|role| role.may(right)),
        }
    }
}

/// The routes of a plane, or of all planes. `S` is what its handlers get as `State<S>`.
///
/// ```ignore
/// Site::<Arc<Watch>>::new()
///     .page("/findings", Right::ReadFindings, pages::findings)
///     .post("/findings/{id}/answer", Right::AnswerFindings, pages::answer)
///     .upload("/batches", Right::RunBatches, 64 * 1024 * 1024, pages::hand_in)
///     .with_state(watch)
/// ```
#[derive(Debug)]
pub struct Site<S = ()> {
    router: Router<S>,
    routes: Vec<RouteLine>,
    ops: Vec<Arc<Op>>,
    schemas: Vec<(&'static str, serde_json::Value)>,
    many: Known,
    places: Vec<&'static Place>,
}

impl<S: Clone + Send + Sync + 'static> Default for Site<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S: Clone + Send + Sync + 'static> Site<S> {
    /// No routes yet.
    pub fn new() -> Self {
        Site {
            router: Router::new(),
            routes: Vec::new(),
            ops: Vec::new(),
            schemas: Vec::new(),
            many: Known::new(),
            places: Vec::new(),
        }
    }

    /// A page that is read.
    #[must_use]
    pub fn page<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(Method::GET, path, Need::Right(right), FORM_BYTES, get(handler))
    }

    /// A form that changes something. The form's token is checked before the handler runs.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, right: Right, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(Method::POST, path, Need::Right(right), FORM_BYTES, post(handler))
    }

    /// A form with files (`multipart/form-data`), up to so many bytes. The token must be the form's first field.
    #[must_use]
    pub fn upload<H, T>(self, path: &'static str, right: Right, limit_bytes: usize, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(Method::POST, path, Need::Right(right), limit_bytes, post(handler))
    }

    /// A page for everybody.
    #[must_use]
    pub fn public<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(Method::GET, path, Need::Public, FORM_BYTES, get(handler))
    }

    /// A form for everybody.
    #[must_use]
    pub fn public_post<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(Method::POST, path, Need::Public, FORM_BYTES, post(handler))
    }

    /// A page for whoever has its address. See [`Need::Link`].
    #[must_use]
    pub fn link<H, T>(self, path: &'static str, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(Method::GET, path, Need::Link, FORM_BYTES, get(handler))
    }

    /// A form, with files or without, for whoever has its address. See [`Need::Link`].
    #[must_use]
    pub fn link_post<H, T>(self, path: &'static str, limit_bytes: usize, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(Method::POST, path, Need::Link, limit_bytes, post(handler))
    }

    /// An operation of the API, with what the document says of it.
    #[must_use]
    pub fn api<H, T>(mut self, op: Op, handler: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        let op = Arc::new(op);
        let (method, need, limit_bytes) = (op.method.clone(), Need::Token(op.right), op.limit_bytes);
        self.routes.push(RouteLine { method, path: op.path, need, limit_bytes });
        self.ops.push(Arc::clone(&op));
        let filter = MethodFilter::try_from(op.method.clone()).unwrap_or(MethodFilter::GET);
        let guarded = on(filter, handler).route_layer(DefaultBodyLimit::max(limit_bytes)).route_layer(from_fn({
            let op = Arc::clone(&op);
            move |request: Request, next: Next| api::guard(Arc::clone(&op), request, next)
        }));
        self.router = self.router.route(op.path, guarded);
        self
    }

    /// The schemas that operations name.
    #[must_use]
    pub fn schemas(mut self, schemas: Vec<(&'static str, serde_json::Value)>) -> Self {
        self.schemas.extend(schemas);
        self
    }

    /// What can be done to many records of a plane at once.
    #[must_use]
    pub fn many(mut self, many: Arc<dyn Many>) -> Self {
        self.many.push(many);
        self
    }

    /// The pages that hear of changes.
    #[must_use]
    pub(crate) fn hearing(mut self, places: &'static [Place]) -> Self {
        self.places.extend(places);
        self
    }

    pub(crate) fn places(&self) -> &[&'static Place] {
        &self.places
    }

    /// Gives the handlers what they ask for, so that sites of several planes can be one.
    pub fn with_state(self, state: S) -> Site {
        let Site { router, routes, ops, schemas, many, places } = self;
        Site { router: router.with_state(state), routes, ops, schemas, many, places }
    }

    /// The routes of both.
    #[must_use]
    pub fn merge(mut self, other: Site<S>) -> Self {
        self.routes.extend(other.routes);
        self.ops.extend(other.ops);
        self.schemas.extend(other.schemas);
        self.many.extend(other.many);
        self.places.extend(other.places);
        Site { router: self.router.merge(other.router), ..self }
    }

    /// Every route, in the order of registration.
    pub fn routes(&self) -> &[RouteLine] {
        &self.routes
    }

    /// Names of operations and of schemas that two of them have: in the document one would hide the other.
    pub fn said_twice(&self) -> Vec<&'static str> {
        let schemas: Vec<&str> = self.schemas.iter().map(|(name, _)| *name).collect();
        let ops: Vec<&str> = self.ops.iter().map(|op| op.id).collect();
        let twice = |names: Vec<&'static str>| {
            let mut seen = BTreeSet::new();
            names.into_iter().filter(move |name| !seen.insert(*name)).collect::<Vec<_>>()
        };
        [twice(schemas), twice(ops)].concat()
    }

    /// What the API does.
    pub(crate) fn document(&self) -> api::Document {
        api::Document::new(self.ops.clone(), &self.schemas)
    }

    /// What can be done to many records, by plane.
    pub(crate) fn known_many(&self) -> Known {
        self.many.clone()
    }

    pub(crate) fn into_router(self) -> Router<S> {
        self.router
    }

    fn add(
        mut self,
        method: Method,
        path: &'static str,
        need: Need,
        limit_bytes: usize,
        endpoint: MethodRouter<S, Infallible>,
    ) -> Self {
        let line = RouteLine { method, path, need, limit_bytes };
        self.routes.push(line.clone());
        let guarded = endpoint
            .route_layer(DefaultBodyLimit::max(limit_bytes))
            .route_layer(from_fn(move |request: Request, next: Next| guard(line.clone(), request, next)));
        self.router = self.router.route(path, guarded);
        self
    }
}

async fn guard(line: RouteLine, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>().cloned() else {
        return PageError::internal("a route outside the shell").into_response();
    };
    if !line.open_to(visit.role) {
        return match visit.role {
            Some(_) => PageError::from(Fault::Forbidden).into_response(),
            None => login::ask_to_sign_in(&visit, &line.method),
        };
    }
    if let Need::Right(right) = line.need
        && visit.services.missing(line.path, Some(right)).is_some()
    {
        return PageError::from(Fault::ServiceOff).into_response();
    }
    if line.method != Method::POST || line.need == Need::Link {
        return next.run(request).await;
    }
    match csrf::checked(&visit, request, line.limit_bytes).await {
        Ok(request) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}
