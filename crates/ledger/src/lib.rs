//! Changes to embedded SQL; queries; digest.
