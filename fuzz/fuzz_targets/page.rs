//! Any bytes as a page: an article or a reason, and every notice's quote stands where it says.
#![no_main]

use headwater_extract::extract;
use headwater_model::{Capture, Hints};
use libfuzzer_sys::fuzz_target;

// A panic of a library is caught by `extract` and costs that page only, so it must not end the run.
fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |body: &[u8]| {
    let capture = Capture {
        url: "http://a.example/news/2026/06/02/story.html".into(),
        captured: "2026-06-03T00:00:00Z".parse().expect("a time"),
        status: 200,
        content_type: Some("text/html".into()),
        body: body.to_vec(),
        hints: Hints::default(),
    };
    let article = extract(&capture);
    for notice in &article.notices {
        assert!(notice.evidence.holds_in(article.part(notice.evidence.part())));
    }
});
