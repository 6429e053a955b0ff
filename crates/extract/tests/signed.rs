//! Who wrote a page and when, as pages of many languages say it.

mod captured;

use captured::capture;
use headwater_extract::extract;
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    page: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    html: String,
    byline: Vec<String>,
    /// Empty where the page names no day of publication.
    #[serde(default)]
    published: Option<String>,
}

#[test]
fn authors_and_dates_of_many_languages() {
    let cases: Cases = toml::from_str(include_str!("signed.toml")).expect("signed.toml is right");
    let mut wrong = Vec::new();
    for case in &cases.page {
        let article = extract(&capture("text/html; charset=utf-8", case.html.as_str()));
        let published = article.published.map(|date| date.value).unwrap_or_default();
        let dated_wrong = case.published.as_ref().is_some_and(|day| *day != published);
        if article.byline != case.byline || dated_wrong {
            wrong.push(format!("{:?} {published:?} for {:.120}", article.byline, case.html));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
