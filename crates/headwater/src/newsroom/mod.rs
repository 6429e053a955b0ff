//! The sample newsroom: a dozen stand-in outlets under the reserved domain `.example`, served from
//! loopback. It acts as an HTTP proxy, so that the collector fetches real-looking addresses over
//! real HTTP and the archive holds the same addresses on every machine.

use anyhow::{Context, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use include_dir::{Dir, include_dir};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/../../sample");

/// A stand-in outlet.
#[derive(Debug, Clone, Deserialize)]
pub struct Outlet {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub name_zh: String,
    pub host: String,
    pub kind: String,
    pub language: String,
    pub entry: String,
    pub entry_type: String,
    #[serde(default)]
    pub item: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
struct Page {
    url: String,
    #[serde(default)]
    file: Option<String>,
    #[serde(default)]
    content_type: Option<String>,
    #[serde(default = "ok")]
    status: u16,
    #[serde(default = "first")]
    round: u32,
    #[serde(default)]
    location: Option<String>,
}

fn ok() -> u16 {
    200
}
fn first() -> u32 {
    1
}

#[derive(Deserialize)]
struct Manifest {
    outlet: Vec<Outlet>,
    page: Vec<Page>,
}

/// The newsroom, at one of its collecting rounds.
pub struct Newsroom {
    pub outlets: Vec<Outlet>,
    /// Versions of each address, by the round from which they are served.
    pages: BTreeMap<String, Vec<Page>>,
    round: AtomicU32,
}

impl Newsroom {
    /// Reads the manifest that is built into the program.
    pub fn load() -> Result<Arc<Self>> {
        let text = FILES
            .get_file("newsroom.toml")
            .and_then(|f| f.contents_utf8())
            .context("the sample has no newsroom.toml")?;
        let manifest: Manifest = toml::from_str(text).context("the sample's newsroom.toml is not right")?;
        let mut pages: BTreeMap<String, Vec<Page>> = BTreeMap::new();
        for page in manifest.page {
            pages.entry(page.url.clone()).or_default().push(page);
        }
        for versions in pages.values_mut() {
            versions.sort_by_key(|p| p.round);
        }
        Ok(Arc::new(Newsroom { outlets: manifest.outlet, pages, round: AtomicU32::new(1) }))
    }

    /// The last round that any page has.
    pub fn rounds(&self) -> u32 {
        self.pages.values().flatten().map(|p| p.round).max().unwrap_or(1)
    }

    /// Goes to a round.
    pub fn set_round(&self, round: u32) {
        self.round.store(round, Ordering::SeqCst);
    }

    /// Serves the newsroom until the process ends.
    pub async fn serve(self: Arc<Self>, listener: tokio::net::TcpListener) -> std::io::Result<()> {
        let router = Router::new().fallback(answer).with_state(self);
        axum::serve(listener, router).await
    }

    fn respond(&self, url: &str, headers: &HeaderMap) -> Result<Response<Body>> {
        let round = self.round.load(Ordering::SeqCst);
        let page = self.pages.get(url).and_then(|versions| versions.iter().rev().find(|p| p.round <= round));
        let Some(page) = page else {
            return plain(StatusCode::NOT_FOUND, "No such page in the sample newsroom.");
        };
        let mut response = Response::builder().status(page.status);
        if let Some(location) = &page.location {
            return Ok(response.header(header::LOCATION, location).body(Body::empty())?);
        }
        let Some(file) = &page.file else {
            return plain(StatusCode::from_u16(page.status)?, "Gone from the sample newsroom.");
        };
        let bytes = FILES.get_file(file).with_context(|| format!("the sample lacks {file}"))?.contents();
        let tag = format!("\"{}-{}\"", bytes.len(), page.round);
        if headers.get(header::IF_NONE_MATCH).is_some_and(|v| v.as_bytes() == tag.as_bytes()) {
            return Ok(Response::builder().status(StatusCode::NOT_MODIFIED).body(Body::empty())?);
        }
        if let Some(content_type) = &page.content_type {
            response = response.header(header::CONTENT_TYPE, content_type);
        }
        Ok(response.header(header::ETAG, tag).body(Body::from(bytes))?)
    }
}

fn plain(status: StatusCode, text: &'static str) -> Result<Response<Body>> {
    Ok(Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "text/plain")
        .body(Body::from(text))?)
}

async fn answer(State(newsroom): State<Arc<Newsroom>>, request: Request) -> Response<Body> {
    // A proxy is asked with the whole address in the request line.
    let url = request.uri().to_string();
    newsroom.respond(&url, request.headers()).unwrap_or_else(|e| {
        let mut response = Response::new(Body::from(e.to_string()));
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}
