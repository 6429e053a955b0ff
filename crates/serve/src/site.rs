//! The site: what it reads, its addresses, and the headers of every answer.

use crate::asked::Asked;
use crate::error::{Error, Said};
use crate::{api, pages};
use axum::Router;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Uri, header};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use headwater_ledger::Ledger;
use headwater_model::{EntityId, Knowledge};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Finds the entities that a text names: where (bytes), and which.
pub type NamesIn = Arc<dyn Fn(&str) -> Vec<(Range<usize>, Vec<EntityId>)> + Send + Sync>;

/// What the pages are drawn from.
#[derive(Clone)]
pub struct Site {
    /// The ledger's file.
    pub ledger: PathBuf,
    /// The index's folder.
    pub index: PathBuf,
    /// The archive's folder.
    pub archive: PathBuf,
    /// Names of entities and measures.
    pub knowledge: Arc<Knowledge>,
    /// Whether every page says that it shows sample data.
    pub sample: bool,
    /// Finds names in queries.
    pub names_in: NamesIn,
}

impl Site {
    /// Opens the ledger for one answer, so that a rebuild that swaps it in is seen at once.
    pub(crate) fn ledger(&self) -> Result<Ledger, Error> {
        Ok(Ledger::open_read_only(&self.ledger)?)
    }
}

/// The page functions are plain and read disks, so they run where blocking is allowed.
macro_rules! drawn {
    ($page:path) => {
        get(|State(site): State<Site>, headers: HeaderMap, asked: Result<Query<Asked>, QueryRejection>| {
            blocking(move || $page(&site, &understood(asked, &headers)?))
        })
    };
    ($page:path, id) => {
        get(
            |State(site): State<Site>,
             Path(id): Path<String>,
             headers: HeaderMap,
             asked: Result<Query<Asked>, QueryRejection>| {
                blocking(move || $page(&site, &id, &understood(asked, &headers)?))
            },
        )
    };
}

fn understood(asked: Result<Query<Asked>, QueryRejection>, headers: &HeaderMap) -> Result<Asked, Error> {
    asked
        .map(|Query(asked)| Asked { site: called(headers), ..asked })
        .map_err(|e| Error::Asked(format!("The address cannot be read: {}", e.body_text())))
}

/// What whoever asks calls this site, if that can be the beginning of an address.
fn called(headers: &HeaderMap) -> String {
    let named = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let is_host = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".:-[]".contains(&b));
    let scheme = named("x-forwarded-proto").filter(|scheme| *scheme == "https").unwrap_or("http");
    let host = named("host").filter(|host| !host.is_empty()).filter(is_host);
    host.map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

/// A replayed address is all that follows, with its query: no part of it is asked of the page that replays it.
macro_rules! replayed {
    ($page:path) => {
        get(|State(site): State<Site>, asked: Uri| blocking(move || $page(&site, &asked)))
    };
}

async fn blocking<T: IntoResponse + Send + 'static>(
    draw: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Response {
    match tokio::task::spawn_blocking(draw).await {
        Ok(Ok(page)) => page.into_response(),
        Ok(Err(e)) => e.into_response(),
        Err(e) => Error::Broken(format!("the page could not be drawn: {e}")).into_response(),
    }
}

/// All addresses.
pub fn router(site: Site) -> Router {
    Router::new()
        .route("/", drawn!(pages::home::draw))
        .route("/stories", drawn!(pages::stories::list))
        .route("/story/{id}", drawn!(pages::stories::one, id))
        .route("/article/{id}", drawn!(pages::article::draw, id))
        .route("/claims", drawn!(pages::claim::list))
        .route("/claim/{id}", drawn!(pages::claim::draw, id))
        .route("/unseen/{id}", drawn!(pages::claim::unseen, id))
        .route("/measures", drawn!(pages::measures::list))
        .route("/measure/{id}", drawn!(pages::measures::one, id))
        .route("/lists", drawn!(pages::lists::list))
        .route("/list/{id}", drawn!(pages::lists::one, id))
        .route("/sources", drawn!(pages::sources::draw))
        .route("/search", drawn!(pages::search::draw))
        .route("/web/{*place}", replayed!(pages::replay::draw))
        .route("/raw/{*place}", replayed!(pages::replay::raw))
        .route("/cite/{style}/{id}", get(cite))
        .route("/feed.xml", drawn!(api::feed))
        .route("/search.xml", drawn!(api::search_feed))
        .route("/api/news.json", drawn!(api::news))
        .route("/api/search.json", drawn!(api::search))
        .route("/api/claim/{id}", drawn!(api::claim, id))
        .route("/api/story/{id}", drawn!(api::story, id))
        .route("/style.css", get(style))
        .fallback(|| async { Error::not_found("There is no page at this address.") })
        .layer(from_fn(headers))
        .with_state(site)
}

/// Serves the site until the process ends.
pub async fn run(listener: tokio::net::TcpListener, site: Site) -> std::io::Result<()> {
    axum::serve(listener, router(site)).await
}

/// References to an article or to all that make a claim.
async fn cite(State(site): State<Site>, Path((style, id)): Path<(String, String)>) -> Response {
    blocking(move || api::cite(&site, &style, &id)).await
}

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-src 'self'; base-uri 'none'; frame-ancestors 'self'";

async fn headers(request: Request, next: Next) -> Response {
    let for_programs = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    if for_programs && let Some(Said(why)) = response.extensions_mut().remove() {
        let body = serde_json::json!({ "error": why }).to_string();
        let kind = [(header::CONTENT_TYPE, "application/json")];
        response = (response.status(), kind, body).into_response();
    }
    let headers = response.headers_mut();
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

async fn style() -> impl IntoResponse {
    (
        [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "max-age=300")],
        include_str!("style.css"),
    )
}
