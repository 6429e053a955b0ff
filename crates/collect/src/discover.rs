//! From a page's address to the feeds and sitemaps behind it.

use crate::fetch::{FetchError, Fetched, Fetcher, Validators};
use crate::listing::web_address;
use crate::listing::{self, Form, Listing, feed_links};
use crate::source::ListRule;
use headwater_model::source::SourceKind;
use std::collections::BTreeSet;
use url::Url;

/// Where feeds usually are, tried in this order where a page names none.
const USUAL_PATHS: &[&str] = &[
    "feed",
    "rss",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "index.xml",
    "feed.json",
    "feed/",
    "rss/",
    "feeds/rss.xml",
];

/// Addresses tried for one page.
const MAX_TRIED: usize = 16;

/// A listing that was found and read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its address.
    pub url: String,
    /// The kind of source that it makes.
    pub kind: SourceKind,
    /// Its form.
    pub form: Form,
    /// Its title.
    pub title: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// How many entries it lists now; for a list of sitemaps, how many sitemaps.
    pub entries: usize,
    /// Newest date among them, ISO 8601.
    pub newest: Option<String>,
    /// How it was found, in words.
    pub how: String,
}

/// Finds what lists a site's pages, the best first: the address itself if it is a feed or a sitemap, feeds that
/// the page names, feeds in the usual places, sitemaps of robots.txt, and the page itself as a list of links.
pub async fn discover(fetcher: &Fetcher, url: &str) -> Result<Vec<Found>, FetchError> {
    let fetched = fetcher.fetch(url, &Validators::default(), None).await?;
    let Ok(base) = Url::parse(&fetched.url) else { return Ok(Vec::new()) };
    let itself = read(&fetched, &base, SourceKind::Feed);
    if itself.form != Form::Unknown {
        return Ok(vec![found(base.as_str(), &itself, "the address itself")]);
    }
    let mut search = Search { fetcher, base: base.clone(), tried: BTreeSet::new(), found: Vec::new() };
    let text = fetched.text();
    for link in feed_links(&text, &base) {
        search.attempt(&link.url, "named by the page").await;
    }
    if search.found.is_empty() {
        search.usual_places().await;
    }
    search.sitemaps().await;
    let list = read(&fetched, &base, SourceKind::List);
    if !list.entries.is_empty() {
        search.found.push(found(base.as_str(), &list, "links on the page"));
    }
    Ok(search.found)
}

fn read(fetched: &Fetched, base: &Url, kind: SourceKind) -> Listing {
    listing::parse(&fetched.body, fetched.content_type(), base, kind, &ListRule::default())
}

fn found(url: &str, listing: &Listing, how: &str) -> Found {
    let kind = match listing.form {
        Form::Sitemap | Form::SitemapIndex => SourceKind::Sitemap,
        Form::List => SourceKind::List,
        Form::Json => SourceKind::Api,
        Form::Page | Form::Unknown => SourceKind::Page,
        Form::Feed(_) => SourceKind::Feed,
    };
    let dates = listing.entries.iter().filter_map(|e| e.published.clone().or_else(|| e.updated.clone()));
    Found {
        url: url.to_owned(),
        kind,
        form: listing.form.clone(),
        title: listing.title.clone(),
        language: listing.language.clone(),
        entries: listing.entries.len().max(listing.children.len()),
        newest: dates.max_by_key(|d| crate::dates::instant(d)),
        how: how.to_owned(),
    }
}

struct Search<'a> {
    fetcher: &'a Fetcher,
    base: Url,
    tried: BTreeSet<String>,
    found: Vec<Found>,
}

impl Search<'_> {
    async fn attempt(&mut self, url: &str, how: &str) {
        if self.tried.len() >= MAX_TRIED || !self.tried.insert(url.to_owned()) {
            return;
        }
        let Ok(fetched) = self.fetcher.fetch(url, &Validators::default(), None).await else { return };
        let Ok(at) = Url::parse(&fetched.url) else { return };
        let listing = read(&fetched, &at, SourceKind::Feed);
        let useful = !listing.entries.is_empty() || listing.form == Form::SitemapIndex;
        if fetched.status == 200 && useful && self.found.iter().all(|f| f.url != fetched.url) {
            self.found.push(found(&fetched.url, &listing, how));
        }
    }

    /// Beside the page, then at the root of its host; the first that answers will do.
    async fn usual_places(&mut self) {
        let own = if self.base.path().ends_with('/') { "" } else { "/" };
        let beside = format!("{}{own}", self.base.path());
        for path in USUAL_PATHS {
            for at in [format!("{beside}{path}"), format!("/{path}")] {
                let Some(url) = web_address(&self.base, &at) else { continue };
                self.attempt(&url, "in a usual place").await;
                if !self.found.is_empty() {
                    return;
                }
            }
        }
    }

    async fn sitemaps(&mut self) {
        // Sitemaps come after feeds, so they get attempts of their own.
        self.tried.clear();
        let mut named = self.fetcher.sitemaps_of(&self.base).await;
        let how = if named.is_empty() { "in a usual place" } else { "named by robots.txt" };
        if named.is_empty() {
            named.push("/sitemap.xml".to_owned());
        }
        for sitemap in named.iter().take(4) {
            if let Some(url) = web_address(&self.base, sitemap) {
                self.attempt(&url, how).await;
            }
        }
    }
}
