//! The HTTP client underneath: no redirects of its own, no proxy from the environment, addresses checked after
//! they are resolved, bodies read in pieces up to a bound.

use super::{Answer, FetchError, FetchSettings, Headers, Step, Validators};
use crate::address;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// What is asked for: pages, feeds, documents.
const ACCEPT: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,application/atom+xml,application/rss+xml,\
                      application/feed+json,application/json,application/pdf,*/*;q=0.8";

#[derive(Clone)]
pub(super) struct Client {
    http: reqwest::Client,
    user_agent: String,
}

impl Client {
    pub(super) fn new(settings: &FetchSettings) -> Result<Client, FetchError> {
        // A second call finds the provider installed already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = builder(settings)?.build().or_else(|_| {
            // A machine without certificates can still fetch http: pages; https: then fails with a reason.
            let roots = rustls::RootCertStore::empty();
            let tls = rustls::ClientConfig::builder().with_root_certificates(roots).with_no_client_auth();
            builder(settings)?.tls_backend_preconfigured(tls).build().map_err(|e| failure(&e))
        })?;
        Ok(Client { http, user_agent: settings.user_agent.clone() })
    }

    /// Asks one address, and reads at most `limit` bytes of its body.
    pub(super) async fn ask(
        &self,
        url: &Url,
        validators: &Validators,
        limit: usize,
    ) -> Result<Answer, FetchError> {
        let headers = self.headers(validators);
        let mut request_headers: Headers = vec![("Host".to_owned(), host_header(url))];
        request_headers.extend(listed(&headers));
        let started = super::now();
        let response = self.http.get(url.clone()).headers(headers).send().await.map_err(|e| failure(&e))?;
        let status = response.status().as_u16();
        let http_version = format!("{:?}", response.version());
        let response_headers = listed(response.headers());
        let body = read_body(response, limit).await?;
        Ok(Answer { status, http_version, request_headers, response_headers, body, started })
    }

    fn headers(&self, validators: &Validators) -> HeaderMap {
        let mut headers = HeaderMap::new();
        let mut put = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        };
        put(header::USER_AGENT, &self.user_agent);
        put(header::ACCEPT, ACCEPT);
        put(header::ACCEPT_ENCODING, "gzip, deflate");
        if let Some(etag) = &validators.etag {
            put(header::IF_NONE_MATCH, etag);
        }
        if let Some(date) = &validators.last_modified {
            put(header::IF_MODIFIED_SINCE, date);
        }
        headers
    }
}

fn builder(settings: &FetchSettings) -> Result<reqwest::ClientBuilder, FetchError> {
    let mut builder = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .retry(reqwest::retry::never())
        .connect_timeout(Duration::from_secs_f64(settings.connect_timeout.max(0.1)))
        .pool_idle_timeout(Duration::from_secs(20))
        .pool_max_idle_per_host(1);
    match &settings.proxy {
        Some(proxy) => {
            let proxy = reqwest::Proxy::all(proxy.as_str()).map_err(|e| {
                FetchError::new(Step::Address, format!("the proxy {proxy:?} cannot be used: {e}"))
            })?;
            builder = builder.proxy(proxy);
        }
        None => {
            builder = builder.dns_resolver(Arc::new(CheckedDns { allow_private: settings.allow_private }))
        }
    }
    Ok(builder)
}

fn host_header(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn listed(headers: &HeaderMap) -> Headers {
    let text = |value: &HeaderValue| match value.to_str() {
        Ok(text) => text.to_owned(),
        Err(_) => String::from_utf8_lossy(value.as_bytes()).into_owned(),
    };
    headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
}

async fn read_body(mut response: reqwest::Response, limit: usize) -> Result<Vec<u8>, FetchError> {
    let too_large = || FetchError::new(Step::Body, format!("it is larger than {} MiB", (limit >> 20).max(1)));
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|e| failure(&e))? {
        if body.len() + piece.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// Resolves names, and drops addresses that may not be asked. The connection is made to what was checked, so a
/// name that changes its mind in between gains nothing.
struct CheckedDns {
    allow_private: bool,
}

impl Resolve for CheckedDns {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found: Vec<SocketAddr> = match tokio::net::lookup_host((host.as_str(), 0)).await {
                Ok(found) => found.collect(),
                Err(error) => {
                    return Err(Box::new(NotResolved::Unknown(host.clone(), error.to_string())) as _);
                }
            };
            let usable: Vec<SocketAddr> =
                found.into_iter().filter(|a| allow_private || !address::is_private(a.ip())).collect();
            if usable.is_empty() {
                return Err(Box::new(NotResolved::Private(host)) as _);
            }
            Ok(Box::new(usable.into_iter()) as Addrs)
        })
    }
}

#[derive(Debug, thiserror::Error)]
enum NotResolved {
    #[error("{0} is not known: {1}")]
    Unknown(String, String),
    #[error(
        "{0} is a private address; `allow_private = true` under [collect.fetch] of headwater.toml permits it"
    )]
    Private(String),
}

/// The step that failed, read from the chain of causes.
fn failure(error: &reqwest::Error) -> FetchError {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    let mut innermost = error.to_string();
    let mut step = if error.is_connect() { Step::Connect } else { Step::Answer };
    while let Some(current) = cause {
        innermost = current.to_string();
        match current.downcast_ref::<NotResolved>() {
            Some(NotResolved::Unknown(..)) => return FetchError::new(Step::Dns, innermost),
            Some(NotResolved::Private(_)) => return FetchError::new(Step::Address, innermost),
            None => {}
        }
        if current.is::<rustls::Error>() || is_tls(current) {
            step = Step::Tls;
        }
        cause = current.source();
    }
    if error.is_timeout() {
        return FetchError::new(step, "no connection within the time allowed");
    }
    FetchError::new(step, innermost)
}

/// TLS errors arrive wrapped in I/O errors, which do not name them as their source.
fn is_tls(error: &(dyn Error + 'static)) -> bool {
    let mut inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    while let Some(error) = inner {
        if error.is::<rustls::Error>() {
            return true;
        }
        inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    }
    false
}
