//! A router that can be replaced while it serves, for when the configuration changes.

use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::extract::Request;
use tower::ServiceExt as _;

/// A router that can be replaced: requests under way end in the one they began in.
#[derive(Clone)]
pub struct Replaceable(Arc<RwLock<Router>>);

impl Replaceable {
    /// Begins with a router.
    pub fn new(router: Router) -> Self {
        Replaceable(Arc::new(RwLock::new(router)))
    }

    /// The next request gets this router.
    pub fn replace(&self, router: Router) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = router;
    }

    /// What is served: always the router of the moment.
    pub fn router(&self) -> Router {
        let place = self.clone();
        Router::new().fallback(move |request: Request| {
            let router = place.0.read().unwrap_or_else(PoisonError::into_inner).clone();
            router.oneshot(request)
        })
    }
}

impl std::fmt::Debug for Replaceable {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Replaceable")
    }
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::extract::Request;
    use axum::routing::get;
    use tower::ServiceExt as _;

    use super::Replaceable;

    #[tokio::test]
    async fn the_next_request_gets_the_new_router() {
        let place = Replaceable::new(Router::new().route("/", get(|| async { "old" })));
        let served = place.router();
        for (said, status) in [("old", 200), ("new", 200)] {
            let request = Request::builder().uri("/").body(Body::empty()).unwrap();
            let response = served.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), status);
            assert_eq!(to_bytes(response.into_body(), 100).await.unwrap(), said);
            place.replace(Router::new().route("/", get(|| async { "new" })));
        }
    }
}
