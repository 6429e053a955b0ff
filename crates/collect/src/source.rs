//! Sources as people write them: `[[source]]` tables in the TOML files of one folder.

use headwater_model::id::SourceId;
use headwater_model::source::SourceKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use url::Url;

/// How the entries of a page without a feed are found: CSS selectors for HTML, dotted paths for JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ListRule {
    /// What holds one entry: `ul.news li`; for JSON the path of the array, `results` if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
    /// The link inside an entry; its first `a[href]` if absent. For JSON the path of the address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The headline inside an entry; the link's words if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The date inside an entry; the first thing that reads as a date if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The link to the next page of the list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// At most this many pages of the list are read in one round; 1 if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_pages: Option<u32>,
}

impl ListRule {
    /// How many pages of a list are read in one round.
    pub fn pages(&self) -> u32 {
        self.max_pages.unwrap_or(1).max(1)
    }
}

/// One source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Its id, a person's word: letters, digits, `-`, `_`, `.`.
    pub id: SourceId,
    /// What a person calls it.
    pub name: String,
    /// The feed, sitemap, list or page.
    pub url: String,
    /// How it lists its pages.
    pub kind: SourceKind,
    /// BCP 47, if all its pages are in one language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The outlet's or agency's entity id in the knowledge folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entity: Option<String>,
    /// Folder of the source in an OPML outline; `a/b` for a folder in a folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Whether it is asked at all.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enabled: bool,
    /// Minutes between two rounds; [`DEFAULT_INTERVAL`] if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<u32>,
    /// Seconds between two requests to its host; the fetcher's setting if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay: Option<u32>,
    /// At most this many entries of a listing are followed in one round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_entries: Option<u32>,
    /// How entries are found where there is no feed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<ListRule>,
}

/// Minutes between two rounds over one source: feeds of news outlets change about this often.
pub const DEFAULT_INTERVAL: u32 = 30;

/// Entries of one listing followed in one round, unless the source says otherwise: a sitemap lists 50,000.
pub const DEFAULT_MAX_ENTRIES: u32 = 200;

fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}

impl Source {
    /// A source with nothing but the essentials.
    pub fn new(id: &str, name: &str, url: &str, kind: SourceKind) -> Source {
        Source {
            id: SourceId::new(id),
            name: name.to_owned(),
            url: url.to_owned(),
            kind,
            language: None,
            entity: None,
            group: None,
            enabled: true,
            interval: None,
            delay: None,
            max_entries: None,
            list: None,
        }
    }

    /// The rule for listings without a feed, empty if none is set.
    pub fn rule(&self) -> ListRule {
        self.list.clone().unwrap_or_default()
    }

    /// What is wrong with it, in words; `None` if it can be used.
    pub fn fault(&self) -> Option<String> {
        let id = self.id.as_str();
        if id.is_empty() || !id.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c)) {
            return Some(format!("id {id:?} must be letters, digits, `-`, `_` or `.`"));
        }
        match Url::parse(&self.url) {
            Err(error) => Some(format!("url {:?} is not an address: {error}", self.url)),
            Ok(url) if !matches!(url.scheme(), "http" | "https") => {
                Some(format!("url {:?} must begin with http:// or https://", self.url))
            }
            Ok(_) => None,
        }
    }
}

/// An id made of an address's host and path: `https://www.a.example/news/feed.xml` gives `a.example-news`.
pub fn id_from_url(url: &str) -> String {
    let Ok(url) = Url::parse(url) else { return "source".to_owned() };
    let host = url.host_str().unwrap_or("source");
    let mut words = vec![host.strip_prefix("www.").unwrap_or(host).to_owned()];
    let tells_nothing = ["feed", "rss", "atom", "index", "sitemap", "feeds"];
    for part in url.path().split('/').take(4) {
        let stem = part.split('.').next().unwrap_or_default();
        let word: String = stem.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
        if !word.is_empty() && !tells_nothing.contains(&word.as_str()) {
            words.push(word);
        }
    }
    words.join("-")
}

/// An id that is not taken: the one wanted, or the same with a number. One host may have many feeds.
pub fn free_id(wanted: &str, taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !taken(id)).unwrap_or_default()
}

/// A file of sources that could not be used: which file, which line, and why.
#[derive(Debug, thiserror::Error)]
#[error("{}{}: {message}", file.display(), line.map(|l| format!(":{l}")).unwrap_or_default())]
pub struct SourceError {
    /// The file.
    pub file: PathBuf,
    /// The line, counted from 1, where one is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    source: Vec<toml::Spanned<Source>>,
}

/// Reads every `*.toml` of a folder, in the order of the file names. An absent folder holds no sources.
pub fn load_sources(folder: &Path) -> Result<Vec<Source>, SourceError> {
    let mut all: Vec<Source> = Vec::new();
    let mut seen: BTreeMap<SourceId, PathBuf> = BTreeMap::new();
    for path in toml_files(folder)? {
        let text = std::fs::read_to_string(&path).map_err(|e| fault(&path, None, e.to_string()))?;
        for (source, line) in parse_sources(&text, &path)? {
            if let Some(first) = seen.insert(source.id.clone(), path.clone()) {
                let message = format!("id {:?} is taken already in {}", source.id.as_str(), first.display());
                return Err(fault(&path, Some(line), message));
            }
            all.push(source);
        }
    }
    Ok(all)
}

fn toml_files(folder: &Path) -> Result<Vec<PathBuf>, SourceError> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = std::fs::read_dir(folder).map_err(|e| fault(folder, None, e.to_string()))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| fault(folder, None, e.to_string()))?.path();
        if path.extension().is_some_and(|e| e == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Reads one file's text: each source with the line on which its table begins.
fn parse_sources(text: &str, path: &Path) -> Result<Vec<(Source, usize)>, SourceError> {
    let file: File = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| line_at(text, span.start));
        fault(path, line, error.message().to_owned())
    })?;
    let mut found = Vec::new();
    for spanned in file.source {
        let line = line_at(text, spanned.span().start);
        let source = spanned.into_inner();
        if let Some(message) = source.fault() {
            return Err(fault(path, Some(line), message));
        }
        found.push((source, line));
    }
    Ok(found)
}

fn fault(path: &Path, line: Option<usize>, message: String) -> SourceError {
    SourceError { file: path.to_owned(), line, message }
}

fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|b| *b == b'\n').count() + 1
}

/// Appends a source to a file, which is made if it is absent. What stands in the file stays as it is.
pub fn write_source(path: &Path, source: &Source) -> Result<(), SourceError> {
    if let Some(message) = source.fault() {
        return Err(fault(path, None, message));
    }
    let fields =
        toml::to_string(&Tables { source: [source] }).map_err(|e| fault(path, None, e.to_string()))?;
    let mut text = String::new();
    if path.exists() {
        let _ = writeln!(text);
    }
    text.push_str(&fields);
    let mut options = std::fs::OpenOptions::new();
    let file = options.create(true).append(true).open(path);
    file.and_then(|mut f| f.write_all(text.as_bytes())).map_err(|e| fault(path, None, e.to_string()))
}

#[derive(Serialize)]
struct Tables<'a> {
    source: [&'a Source; 1],
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.toml"), text).unwrap();
        let message = load_sources(folder.path()).unwrap_err().to_string();
        message.split_once("a.toml").unwrap().1.to_owned()
    }

    #[test]
    fn faults_name_file_and_line() {
        let good = "[[source]]\nid = 'a'\nname = 'A'\nurl = 'https://a.example/feed'\nkind = 'feed'\n";
        assert!(refused(&good.replace("'feed'\n", "'fed'\n")).starts_with(":5: "));
        assert!(refused(&format!("{good}colour = 'red'\n")).starts_with(":6: unknown field `colour`"));
        assert!(refused(&good.replace("https", "ftp")).contains("must begin with http"));
        assert_eq!(
            refused(&format!("{good}\n{good}")).split(" in ").next(),
            Some(":7: id \"a\" is taken already")
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.toml");
        let mut first = Source::new("a", "A \"quoted\" name", "https://a.example/", SourceKind::List);
        first.list = Some(ListRule { item: Some("ul li".into()), max_pages: Some(3), ..ListRule::default() });
        let second = Source::new("b", "乙", "https://b.example/feed", SourceKind::Feed);
        write_source(&path, &first).unwrap();
        write_source(&path, &second).unwrap();
        assert_eq!(load_sources(folder.path()).unwrap(), [first, second]);
    }

    #[test]
    fn ids_from_addresses() {
        let check = |url, expected| assert_eq!(id_from_url(url), expected);
        check("https://www.a.example/news/feed.xml", "a.example-news");
        check("https://a.example/rss", "a.example");
        check("not an address", "source");
    }
}
