//! The index: one document an article, replaced by its capture's id.

use crate::articles::{Articles, Found, place};
use crate::query::{NamesIn, build};
use crate::unchanging::Unchanging;
use crate::words::{Snippet, WordTokenizer, snippet};
use headwater_model::article::heading;
use headwater_model::capture::{host, hosts_up};
use headwater_model::{Article, CaptureId, EntityId, PageKind};
use jiff::civil::Date;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use tantivy::query::{BooleanQuery, Occur, Query, RangeQuery, TermQuery, TermSetQuery};
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, TantivyDocument, TantivyError, Term};

/// The index could not be read or written. It can always be made anew with `headwater rebuild`.
#[derive(Debug, thiserror::Error)]
#[error("the search index: {0}; `headwater rebuild` makes it anew")]
pub struct Error(#[from] TantivyError);

/// Whether locks can be taken in a folder.
fn is_writable(folder: &Path) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    let lock = folder.join(tantivy::directory::META_LOCK.filepath.as_path());
    let opened = std::fs::OpenOptions::new().write(true).create(true).truncate(false).open(lock);
    !opened.is_err_and(|e| matches!(e.kind(), PermissionDenied | ReadOnlyFilesystem))
}

/// Lets everybody read the index who may read the lock beside it: the library writes its lists of files for their owner
/// alone, and a workspace may be shared. Where that cannot be done, the index is as good for who made it.
fn share(folder: &Path) {
    let lock = folder.join(tantivy::directory::INDEX_WRITER_LOCK.filepath.as_path());
    if cfg!(unix)
        && let Ok(lock) = std::fs::metadata(lock)
    {
        for name in ["meta.json", ".managed.json"] {
            let _ = std::fs::set_permissions(folder.join(name), lock.permissions());
        }
    }
}

/// Memory of the index writer, in bytes: what Tantivy asks for at least, three times over.
const WRITER_MEMORY: usize = 48 << 20;

pub(crate) struct Fields {
    pub capture: Field,
    pub url: Field,
    pub place: Field,
    pub site: Field,
    pub kind: Field,
    pub captured: Field,
    pub title: Field,
    pub text: Field,
    pub entities: Field,
    pub day: Field,
    pub language: Field,
}

/// Narrows a search.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Published on this day or later.
    pub since: Option<Date>,
    /// Published on this day or earlier.
    pub until: Option<Date>,
    /// Language, `en` or `zh`, without script.
    pub language: Option<String>,
    /// Whether pages are found too that are no articles: error pages, bot walls, stubs before a paywall, lists.
    pub everything: bool,
    /// Whether what was captured last comes first, in place of what fits best.
    pub newest: bool,
}

/// One article found.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Hit {
    /// The latest of its captures that fit.
    pub capture: CaptureId,
    /// When that was captured, UTC to the second.
    pub captured: String,
    /// How many captures of its address, each with other words, fit.
    pub editions: usize,
    /// Its address.
    pub url: String,
    /// What the page is: `article`, `notice`, …
    pub kind: String,
    /// Its title, else its first words, else its address.
    pub title: String,
    /// Day of publication, else of capture.
    pub day: String,
    /// Language without script.
    pub language: String,
    /// How well it fits; comparable within one search only.
    pub score: f32,
    /// A passage around the first match.
    pub snippet: Snippet,
}

/// What a search found.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Hits {
    /// How many articles fit.
    pub total: usize,
    /// The best of them.
    pub hits: Vec<Hit>,
}

/// The full-text index of one workspace.
pub struct Index {
    index: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    writer: Option<IndexWriter>,
    folder: PathBuf,
}

impl Index {
    /// Opens the index in a folder for reading; `None` where nothing has been indexed yet. Nothing is made or watched:
    /// an index that is swapped in later is opened anew.
    pub fn open(folder: &Path) -> Result<Option<Self>, Error> {
        if !folder.join("meta.json").exists() {
            return Ok(None);
        }
        let directory = tantivy::directory::MmapDirectory::open(folder).map_err(TantivyError::from)?;
        let index = match is_writable(folder) {
            true => tantivy::Index::open(directory)?,
            false => tantivy::Index::open(Unchanging(directory))?,
        };
        if index.schema() != schema().0 {
            return Err(TantivyError::SchemaError("it was made by another version".into()).into());
        }
        Index::over(index, folder).map(Some)
    }

    /// Opens the index in a folder, or makes one.
    pub fn open_or_create(folder: &Path) -> Result<Self, Error> {
        std::fs::create_dir_all(folder).map_err(TantivyError::from)?;
        let directory = tantivy::directory::MmapDirectory::open(folder).map_err(TantivyError::from)?;
        Index::over(tantivy::Index::open_or_create(directory, schema().0)?, folder)
    }

    fn over(index: tantivy::Index, folder: &Path) -> Result<Self, Error> {
        index.tokenizers().register("words", WordTokenizer);
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Index { index, fields: schema().1, reader, writer: None, folder: folder.to_owned() })
    }

    fn writer(&mut self) -> Result<&mut IndexWriter, Error> {
        let writer = match self.writer.take() {
            Some(writer) => writer,
            None => self.index.writer_with_num_threads(1, WRITER_MEMORY)?,
        };
        Ok(self.writer.insert(writer))
    }

    /// Adds an article with the entities that it names, in place of any earlier one of the same capture.
    pub fn add(&mut self, article: &Article, entities: &[EntityId]) -> Result<(), Error> {
        let fields = &self.fields;
        let mut document = TantivyDocument::new();
        document.add_text(fields.capture, article.capture.as_str());
        document.add_text(fields.url, &article.url);
        document.add_u64(fields.place, place(&article.url));
        let host = host(&article.url).to_lowercase();
        for site in hosts_up(&host).filter(|site| *site == host || site.contains('.')) {
            document.add_text(fields.site, site);
        }
        document.add_text(fields.kind, article.page_kind.word());
        document.add_u64(fields.captured, article.captured.as_second().max(0) as u64);
        document.add_text(fields.title, article.title.as_str());
        document.add_text(fields.text, article.text.as_str());
        document.add_u64(fields.day, day_number(article.day()));
        document.add_text(fields.language, article.language.split('-').next().unwrap_or_default());
        let mut ids: Vec<&str> = entities.iter().map(|e| e.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        for id in ids {
            document.add_text(fields.entities, id);
        }
        let term = Term::from_field_text(fields.capture, article.capture.as_str());
        let writer = self.writer()?;
        writer.delete_term(term);
        writer.add_document(document)?;
        Ok(())
    }

    /// Takes everything out, to be filled from the beginning.
    pub fn clear(&mut self) -> Result<(), Error> {
        self.writer()?.delete_all_documents()?;
        Ok(())
    }

    /// Makes what was added searchable, and remembers that everything up to the ledger's article number `seq` is in, and
    /// of which origin that ledger is.
    pub fn commit(&mut self, seq: u64, origin: &str) -> Result<(), Error> {
        let Some(mut writer) = self.writer.take() else { return Ok(()) };
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&format!("{seq} {origin}"));
        commit.commit()?;
        writer.wait_merging_threads()?;
        share(&self.folder);
        Ok(self.reader.reload()?)
    }

    /// The ledger's article number up to which everything is in, and the origin that was stated with it; `None` for an
    /// index into which nothing was ever put.
    pub fn standing(&self) -> Result<Option<(u64, String)>, Error> {
        let payload = self.index.load_metas()?.payload;
        Ok(payload.map(|payload| {
            let (seq, origin) = payload.split_once(' ').unwrap_or((&payload, ""));
            (seq.parse().unwrap_or(0), origin.to_owned())
        }))
    }

    /// Searches. Words must all occur; `"phrases"`, `-without`, `this OR that`, `title:word` and `site:host` are understood;
    /// nothing that is typed is an error. `names_in` finds the entities that the query names.
    pub fn search(
        &self,
        typed: &str,
        filter: &Filter,
        limit: usize,
        offset: usize,
        names_in: NamesIn,
    ) -> Result<Hits, Error> {
        let (query, forms) = build(typed, &self.fields, names_in);
        let query = self.narrowed(query, filter);
        let searcher = self.reader.searcher();
        let found = searcher.search(&query, &Articles { newest: filter.newest })?;
        let total = found.len();
        let mut hits = Vec::with_capacity(limit.min(total));
        for Found { score, address, editions, captured, .. } in found.into_iter().skip(offset).take(limit) {
            let document: TantivyDocument = searcher.doc(address)?;
            let text =
                |field| document.get_first(field).and_then(|v| v.as_str()).unwrap_or_default().to_owned();
            let day = document.get_first(self.fields.day).and_then(|v| v.as_u64()).unwrap_or(0);
            let (url, body) = (text(self.fields.url), text(self.fields.text));
            let captured = jiff::Timestamp::from_second(captured as i64).unwrap_or_default();
            hits.push(Hit {
                capture: CaptureId::new(text(self.fields.capture)),
                captured: captured.to_string(),
                editions,
                kind: text(self.fields.kind),
                title: heading(&text(self.fields.title), &body).unwrap_or_else(|| url.clone()),
                url,
                day: format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100),
                language: text(self.fields.language),
                score,
                snippet: snippet(&body, &forms),
            });
        }
        Ok(Hits { total, hits })
    }

    /// The languages of what is in the index, without script, sorted.
    pub fn languages(&self) -> Result<Vec<String>, Error> {
        let mut languages = std::collections::BTreeSet::new();
        for segment in self.reader.searcher().segment_readers() {
            let terms = segment.inverted_index(self.fields.language)?;
            let mut stream = terms.terms().stream().map_err(tantivy::TantivyError::from)?;
            while stream.advance() {
                languages.insert(String::from_utf8_lossy(stream.key()).into_owned());
            }
        }
        Ok(languages.into_iter().collect())
    }

    /// A language to narrow a search to, script and region left off; in words why not, if nothing is in it.
    pub fn language(&self, asked: &str) -> Result<Result<String, String>, Error> {
        let language = asked.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let mut known = self.languages()?;
        known.extend(["en".to_owned(), "zh".to_owned()]);
        known.sort_unstable();
        known.dedup();
        Ok(match known.contains(&language) {
            true => Ok(language),
            false => Err(format!("no article is in the language {asked:?}; there are: {}", known.join(", "))),
        })
    }

    fn narrowed(&self, query: Box<dyn Query>, filter: &Filter) -> BooleanQuery {
        let mut clauses = vec![(Occur::Must, query)];
        if filter.since.is_some() || filter.until.is_some() {
            let bound = |day: Option<Date>| {
                day.map_or(Bound::Unbounded, |d| {
                    Bound::Included(Term::from_field_u64(self.fields.day, day_number(d)))
                })
            };
            clauses.push((Occur::Must, Box::new(RangeQuery::new(bound(filter.since), bound(filter.until)))));
        }
        if let Some(language) = &filter.language {
            let term = Term::from_field_text(self.fields.language, language);
            clauses.push((Occur::Must, Box::new(TermQuery::new(term, IndexRecordOption::Basic))));
        }
        if !filter.everything {
            let kinds = [PageKind::Article, PageKind::Notice];
            let terms = kinds.map(|kind| Term::from_field_text(self.fields.kind, kind.word()));
            clauses.push((Occur::Must, Box::new(TermSetQuery::new(terms))));
        }
        BooleanQuery::new(clauses)
    }
}

/// A day as a number that sorts: 20260609.
fn day_number(day: Date) -> u64 {
    day.year().max(0) as u64 * 10_000 + day.month() as u64 * 100 + day.day() as u64
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("words")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextOptions::default().set_indexing_options(indexing).set_stored();
    let fields = Fields {
        capture: builder.add_text_field("capture", STRING | STORED),
        url: builder.add_text_field("url", STORED),
        place: builder.add_u64_field("place", FAST),
        site: builder.add_text_field("site", STRING),
        kind: builder.add_text_field("kind", STRING | STORED),
        captured: builder.add_u64_field("captured", FAST),
        title: builder.add_text_field("title", words.clone()),
        text: builder.add_text_field("text", words),
        entities: builder.add_text_field("entities", STRING),
        day: builder.add_u64_field("day", INDEXED | FAST | STORED),
        language: builder.add_text_field("language", STRING | STORED),
    };
    (builder.build(), fields)
}
