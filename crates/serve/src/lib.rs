//! Ledger and index to pages, feeds and JSON over HTTP.
