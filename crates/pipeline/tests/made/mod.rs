//! Captures made for tests.

use headwater_model::capture::DOCUMENT_TYPE;
use headwater_model::{Capture, Hints};

/// A document of June 9, captured so many hours after six that morning.
pub fn document(url: &str, hour: u32, title: &str, text: &str) -> Capture {
    let body = serde_json::json!({ "url": url, "published": "2026-06-09", "title": title, "text": text });
    Capture {
        url: url.to_owned(),
        captured: format!("2026-06-09T{:02}:00:00Z", 6 + hour).parse().unwrap(),
        status: 200,
        content_type: Some(DOCUMENT_TYPE.into()),
        body: body.to_string().into_bytes(),
        hints: Hints::default(),
    }
}
