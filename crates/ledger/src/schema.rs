//! The tables. Derived tables come first; the digest goes over these.

/// Tables whose rows are a function of archive, knowledge and code, with the order of their rows.
pub const DERIVED: &[(&str, &str)] = &[
    ("captures", "id"),
    ("articles", "capture"),
    ("revisits", "url, captured"),
    ("edges", "from_capture, to_node"),
    ("unseen", "id"),
    ("groups", "id"),
    ("merged", "id, capture, claim"),
    ("mentions", "group_id, capture, claim"),
    ("stories", "id"),
    ("story_articles", "story, capture"),
    ("measure_events", "measure, capture, at"),
    ("designations", "list, capture, at"),
    ("versions", "page, after"),
    ("news", "id"),
    ("notes", "id"),
];

/// A page is what its addresses have in common, and `asked` the page of an address that led to another one; `canonical` is
/// the page of the address that a page gives as its own. Tables of keys alone are stored in the key's order (`WITHOUT ROWID`). Those that hold a record's JSON are not: such
/// a row spills over at a quarter of a page there, and the file grows fourfold.
pub const SCHEMA: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE progress (id INTEGER PRIMARY KEY CHECK (id = 1), segment INTEGER NOT NULL, offset INTEGER NOT NULL, tracker BLOB);
CREATE TABLE captures (
  id TEXT PRIMARY KEY, url TEXT NOT NULL, captured TEXT NOT NULL, status INTEGER NOT NULL, media_type TEXT NOT NULL,
  segment INTEGER NOT NULL, offset INTEGER NOT NULL, source TEXT, page TEXT NOT NULL, asked TEXT
) WITHOUT ROWID;
CREATE INDEX captures_by_url ON captures (url, captured);
CREATE INDEX captures_by_page ON captures (page, captured);
CREATE INDEX captures_by_asked ON captures (asked) WHERE asked IS NOT NULL;
CREATE INDEX captures_by_time ON captures (captured);
CREATE TABLE revisits (url TEXT NOT NULL, captured TEXT NOT NULL, PRIMARY KEY (url, captured)) WITHOUT ROWID;
CREATE INDEX revisits_by_time ON revisits (captured);
CREATE TABLE articles (
  seq INTEGER PRIMARY KEY, capture TEXT NOT NULL UNIQUE, url TEXT NOT NULL, canonical TEXT, page_kind TEXT NOT NULL,
  title TEXT NOT NULL, published TEXT, site_name TEXT, language TEXT NOT NULL, article TEXT NOT NULL,
  analysis TEXT NOT NULL, page TEXT NOT NULL
);
CREATE INDEX articles_by_kind ON articles (page_kind, page);
CREATE INDEX articles_by_canonical ON articles (canonical) WHERE canonical IS NOT NULL;
CREATE TABLE edges (
  from_capture TEXT NOT NULL, to_node TEXT NOT NULL, kind TEXT NOT NULL, score INTEGER NOT NULL, edge TEXT NOT NULL,
  PRIMARY KEY (from_capture, to_node)
);
CREATE INDEX edges_by_target ON edges (to_node);
CREATE INDEX edges_by_kind ON edges (kind);
CREATE TABLE unseen (id TEXT PRIMARY KEY, unseen TEXT NOT NULL);
CREATE TABLE groups (
  id TEXT PRIMARY KEY, frame TEXT NOT NULL, measure TEXT, story TEXT, mentions INTEGER NOT NULL, drift INTEGER NOT NULL,
  conflicts INTEGER NOT NULL, latest TEXT NOT NULL, claim_group TEXT NOT NULL
);
CREATE INDEX groups_by_drift ON groups (drift DESC, conflicts DESC, mentions DESC, latest DESC, id);
CREATE TABLE merged (id TEXT NOT NULL, capture TEXT NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (id, capture, claim)) WITHOUT ROWID;
CREATE TABLE mentions (
  group_id TEXT NOT NULL, capture TEXT NOT NULL, claim INTEGER NOT NULL, PRIMARY KEY (group_id, capture, claim)
) WITHOUT ROWID;
CREATE INDEX mentions_by_capture ON mentions (capture);
CREATE TABLE stories (id TEXT PRIMARY KEY, latest TEXT NOT NULL, articles INTEGER NOT NULL, story TEXT NOT NULL);
CREATE INDEX stories_by_day ON stories (latest);
CREATE TABLE story_articles (story TEXT NOT NULL, capture TEXT NOT NULL, PRIMARY KEY (story, capture)) WITHOUT ROWID;
CREATE INDEX stories_by_article ON story_articles (capture);
CREATE TABLE measure_events (
  measure TEXT NOT NULL, capture TEXT NOT NULL, at TEXT NOT NULL, event TEXT NOT NULL, PRIMARY KEY (measure, capture, at)
);
CREATE TABLE designations (
  list TEXT NOT NULL, capture TEXT NOT NULL, at TEXT NOT NULL, designation TEXT NOT NULL, PRIMARY KEY (list, capture, at)
);
CREATE TABLE versions (page TEXT NOT NULL, after TEXT NOT NULL, version TEXT NOT NULL, PRIMARY KEY (page, after));
CREATE TABLE news (id TEXT PRIMARY KEY, known TEXT NOT NULL, day TEXT NOT NULL, kind TEXT NOT NULL, news TEXT NOT NULL);
CREATE INDEX news_by_day ON news (known, day);
CREATE TABLE notes (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, note TEXT NOT NULL);
CREATE TABLE sources (id TEXT PRIMARY KEY, state TEXT NOT NULL) WITHOUT ROWID;
";
