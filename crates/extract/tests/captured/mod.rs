//! Captures that tests make.

use headwater_model::{Capture, Hints};

/// A page of this type that answered well in June 2026.
pub fn capture(media_type: &str, body: impl Into<Vec<u8>>) -> Capture {
    Capture {
        url: "https://page.example/".into(),
        captured: "2026-06-20T08:00:00Z".parse().expect("a time"),
        status: 200,
        content_type: Some(media_type.into()),
        body: body.into(),
        hints: Hints::default(),
    }
}
