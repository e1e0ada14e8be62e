//! Through what a person acts when they do not act themselves: a token of theirs.
//!
//! Jobs are told who acts, and write it into the journal. That it was a program with a token is known only where the request
//! came in; it travels beside the work and is added by the journal itself, so that no job can forget it.

use std::borrow::Cow;

tokio::task_local! {
    static ACTING: Acting;
}

/// A person's token at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acting {
    /// The name of the token.
    pub token: String,
    /// The order that is being carried out, when it was given a key: see [`crate::Once`].
    pub order: Option<String>,
}

impl Acting {
    /// Does some work; what it writes into the journal is written as `person/token`.
    pub async fn scope<F: Future>(self, work: F) -> F::Output {
        ACTING.scope(self, work).await
    }

    /// Whoever the journal is to name.
    pub(crate) fn who(who: &str) -> Cow<'_, str> {
        let named = ACTING.try_with(|acting| format!("{who}/{}", acting.token));
        // What the program does by itself is not done by the token.
        match named {
            Ok(named) if who != MACHINE => Cow::Owned(named),
            _ => Cow::Borrowed(who),
        }
    }

    /// The order that is being carried out.
    pub(crate) fn order() -> Option<String> {
        ACTING.try_with(|acting| acting.order.clone()).ok().flatten()
    }
}

/// Who the journal names when no person acted.
const MACHINE: &str = "manara";

#[cfg(test)]
mod tests {
    use super::Acting;

    #[tokio::test]
    async fn a_token_is_named_beside_its_person_and_never_beside_the_machine() {
        assert_eq!(Acting::who("sara"), "sara");
        let acting = Acting { token: "nightly".into(), order: Some("o".into()) };
        let inside = acting
            .scope(async { (Acting::who("sara").into_owned(), Acting::who("manara").into_owned(), Acting::order()) });
        assert_eq!(inside.await, ("sara/nightly".to_string(), "manara".to_string(), Some("o".to_string())));
        assert_eq!((Acting::who("sara").as_ref(), Acting::order()), ("sara", None));
    }
}
