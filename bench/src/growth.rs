//! How the time to read a page grows with its size.

use anyhow::Result;
use cpu_time::ProcessTime;
use headwater_model::{Capture, Hints};

const PARAGRAPH: &str = "<p>The harbour board heard on Tuesday that <a href=\"/ships\">forty ships</a> waited for papers, three more than a week before, and that the forms of March were still being printed.</p><div class=\"note\"><span>June 9, 2026</span> A list of the ships hangs in the hall.</div>\n";

/// Prints the time for pages from 10 kB to 10 MB.
pub fn measure() -> Result<()> {
    println!("{:>10} {:>10} {:>10}", "kB", "ms", "ms/MB");
    // The first page also pays for the word lists.
    for size in [1_000, 10_000, 100_000, 1_000_000, 10_000_000] {
        let mut page = String::from(
            "<html lang=en><title>Ships wait for papers</title><body><article><h1>Ships wait for papers</h1>",
        );
        let mut number = 0;
        while page.len() < size {
            // Numbers, for a page of one paragraph over and over would be no page.
            page.push_str(&PARAGRAPH.replace("forty", &number.to_string()));
            number += 1;
        }
        let capture = Capture {
            url: "https://page.example/ships".into(),
            captured: "2026-11-01T00:00:00Z".parse()?,
            status: 200,
            content_type: Some("text/html".into()),
            body: page.into_bytes(),
            hints: Hints::default(),
        };
        let start = ProcessTime::now();
        let article = headwater_extract::extract(&capture);
        let ms = start.elapsed().as_secs_f64() * 1e3;
        anyhow::ensure!(article.text.char_len() as usize * 4 > size, "most of the page is text");
        if size > 1_000 {
            println!("{:>10} {ms:>10.1} {:>10.1}", size / 1000, ms * 1e6 / size as f64);
        }
    }
    Ok(())
}
