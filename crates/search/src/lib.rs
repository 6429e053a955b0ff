//! Articles to full-text index; queries.
