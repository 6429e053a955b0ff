//! Captures and notes in WARC segments, in order: the truth.
