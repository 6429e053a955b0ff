//! Capture to article: charset, DOM, body, metadata, notices, PDF.
