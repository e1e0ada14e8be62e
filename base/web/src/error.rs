//! What went wrong with a request, said later in the reader's language.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use manara_store::StoreError;

/// What went wrong, as the reader can tell it apart. The words are `web-error-<code>-title`, `-why` and `-how`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The request cannot be read.
    Unreadable,
    /// Nobody is signed in.
    SignIn,
    /// The role lacks the right.
    Forbidden,
    /// The page is of a service that is not switched on.
    ServiceOff,
    /// The form is too old, or was not ours.
    StaleForm,
    /// There is no such page or record.
    NotFound,
    /// The page takes no such method.
    Method,
    /// The request took too long.
    TooSlow,
    /// Somebody changed or removed the record meanwhile.
    Conflict,
    /// The request is larger than the page takes.
    TooLarge,
    /// The server is asked under a name it does not know.
    UnknownHost,
    /// Too many attempts.
    TooMany,
    /// A fault of ours.
    Internal,
    /// The server cannot answer now.
    Unavailable,
    /// The database cannot be reached, or is busy for others.
    Database,
    /// Making the page took longer than a page may.
    Overdue,
}

/// After so many seconds it is worth asking a database again that was away.
pub(crate) const DATABASE_AGAIN_SECONDS: u32 = 10;

impl Fault {
    /// All faults.
    pub const ALL: [Fault; 16] = [
        Self::Unreadable,
        Self::SignIn,
        Self::Forbidden,
        Self::ServiceOff,
        Self::StaleForm,
        Self::NotFound,
        Self::Method,
        Self::TooSlow,
        Self::Conflict,
        Self::TooLarge,
        Self::UnknownHost,
        Self::TooMany,
        Self::Internal,
        Self::Unavailable,
        Self::Database,
        Self::Overdue,
    ];

    /// The stable code in message keys and in problem+json.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::SignIn => "sign-in",
            Self::Forbidden => "forbidden",
            Self::ServiceOff => "service-off",
            Self::StaleForm => "stale-form",
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::TooSlow => "too-slow",
            Self::Conflict => "conflict",
            Self::TooLarge => "too-large",
            Self::UnknownHost => "unknown-host",
            Self::TooMany => "too-many",
            Self::Internal => "internal",
            Self::Unavailable => "unavailable",
            Self::Database => "database",
            Self::Overdue => "overdue",
        }
    }

    /// The HTTP status.
    pub fn status(self) -> StatusCode {
        match self {
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::ServiceOff | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnknownHost => StatusCode::MISDIRECTED_REQUEST,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Unavailable | Self::Database | Self::Overdue => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The fault that a bare status stands for, for answers that no handler made.
    pub(crate) fn of_status(status: StatusCode) -> Fault {
        Self::ALL.into_iter().find(|fault| fault.status() == status).unwrap_or(if status.is_server_error() {
            Fault::Internal
        } else {
            Fault::Unreadable
        })
    }
}

/// A page that could not be made. What `cause` says goes to the log and never to the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageError {
    /// What went wrong.
    pub fault: Fault,
    /// Why, for the log.
    pub cause: String,
}

impl PageError {
    /// There is no such record, or this viewer may not see it.
    pub fn not_found() -> PageError {
        Fault::NotFound.into()
    }

    /// A fault of ours, with its cause for the log.
    pub fn internal(cause: impl std::fmt::Display) -> PageError {
        PageError { fault: Fault::Internal, cause: cause.to_string() }
    }

    /// The request makes no sense, with the reason for the log.
    pub fn unreadable(cause: impl std::fmt::Display) -> PageError {
        PageError { fault: Fault::Unreadable, cause: cause.to_string() }
    }
}

impl From<Fault> for PageError {
    fn from(fault: Fault) -> Self {
        PageError { fault, cause: String::new() }
    }
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        let fault = match &error {
            StoreError::NotFound(_) => Fault::NotFound,
            StoreError::Duplicate => Fault::Conflict,
            _ if error.is_duplicate() => Fault::Conflict,
            _ if error.is_away() => Fault::Database,
            _ => Fault::Internal,
        };
        PageError { fault, cause: error.to_string() }
    }
}

impl From<askama::Error> for PageError {
    fn from(error: askama::Error) -> Self {
        PageError::internal(error)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        // The shell finds the error in the extensions and writes the page in the reader's language.
        let mut response = self.fault.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What a handler gives.
pub type Answer = Result<Response, PageError>;
