//! What goes wrong while a page is drawn, as a page.

use crate::layout;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;

/// Why a page cannot be shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing at the address; the words say what was looked for.
    #[error("{0}")]
    NotFound(String),
    /// The address asks for something that cannot be asked; the words say what and how to ask.
    #[error("{0}")]
    Asked(String),
    /// A part of the workspace could not be read.
    #[error("{0}")]
    Broken(String),
}

impl Error {
    pub(crate) fn not_found(what: impl Into<String>) -> Self {
        Error::NotFound(what.into())
    }
}

macro_rules! broken {
    ($($source:ty),+) => {$(
        impl From<$source> for Error {
            fn from(e: $source) -> Self { Error::Broken(e.to_string()) }
        }
    )+};
}
broken!(headwater_ledger::Error, headwater_search::Error, headwater_archive::Error, serde_json::Error);

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, title) = match self {
            Error::NotFound(_) => (StatusCode::NOT_FOUND, "Not here"),
            Error::Asked(_) => (StatusCode::BAD_REQUEST, "Not understood"),
            Error::Broken(_) => (StatusCode::INTERNAL_SERVER_ERROR, "Something is broken"),
        };
        let said = Said(self.to_string());
        let body = html! {
            p { (self.to_string()) }
            p { "Try " a href="/search" { "the search" } ", " a href="/" { "what changed" } ", or " a href="/stories" { "the stories" } "." }
        };
        let mut response = (status, layout::page(title, "", false, body)).into_response();
        response.extensions_mut().insert(said);
        response
    }
}

/// What an answer says that is an error, for whom a page is of no use.
#[derive(Debug, Clone)]
pub(crate) struct Said(pub String);
