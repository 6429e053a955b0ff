//! What a page is asked for besides its address. What cannot be read is an error with a word on how to write it, never
//! silently something else.

use crate::error::Error;
use headwater_ledger::Ledger;
use headwater_search::{Filter, Index};
use jiff::civil::Date;
use serde::Deserialize;

/// The query of an address, as written.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Query of a search.
    pub q: String,
    /// From this day on.
    pub since: String,
    /// Up to this day.
    pub until: String,
    /// As of this day.
    pub on: String,
    /// As known on this day.
    pub known: String,
    /// Language of a search.
    pub language: String,
    /// Whether a search also finds what is no article.
    pub everything: String,
    /// Page of a long list, from 1.
    pub page: String,
    /// Where the site stands, as whoever asks calls it: `http://127.0.0.1:8080`. Empty if it does not say.
    #[serde(skip)]
    pub site: String,
}

impl Asked {
    /// From which day on.
    pub fn since(&self) -> Result<Option<Date>, Error> {
        day("since", &self.since)
    }

    /// Which page of a long list, from 1.
    pub fn page(&self) -> Result<usize, Error> {
        let page = if self.page.is_empty() { Some(1) } else { self.page.parse().ok().filter(|p| *p > 0) };
        page.ok_or_else(|| {
            Error::Asked(format!("page={} is no number of a page; pages count from 1.", self.page))
        })
    }

    /// How much of a long list to skip, of which so much stands on a page.
    pub fn offset(&self, a_page: usize) -> Result<usize, Error> {
        Ok((self.page()? - 1).saturating_mul(a_page))
    }

    /// The address at which the list goes on.
    pub fn next_page(&self, path: &str) -> Result<String, Error> {
        self.other_page(path, self.page()?.saturating_add(1))
    }

    /// The address of another page of the list.
    pub fn other_page(&self, path: &str, page: usize) -> Result<String, Error> {
        let since = if self.since.is_empty() {
            String::new()
        } else {
            format!("since={}&", self.since()?.unwrap_or_default())
        };
        Ok(format!("{path}?{since}page={page}"))
    }

    /// On which day, as known on which. `told` are the days of what is known.
    pub fn as_of(&self, ledger: &Ledger, told: impl Iterator<Item = Date>) -> Result<(Date, Date), Error> {
        Ok(ledger.as_of(day("on", &self.on)?, day("known", &self.known)?, told)?)
    }

    /// What narrows a search.
    pub fn filter(&self, index: &Index) -> Result<Filter, Error> {
        let (since, until) = (self.since()?, day("until", &self.until)?);
        if since.zip(until).is_some_and(|(since, until)| since > until) {
            return Err(Error::Asked(format!(
                "{} is after {}: no day lies between.",
                self.since, self.until
            )));
        }
        let language = match self.language.as_str() {
            "" => None,
            language => Some(index.language(language)?.map_err(Error::Asked)?),
        };
        Ok(Filter { since, until, language, everything: !self.everything.is_empty(), ..Filter::default() })
    }
}

fn day(name: &str, value: &str) -> Result<Option<Date>, Error> {
    if value.is_empty() {
        return Ok(None);
    }
    let wrong = |_| Error::Asked(format!("{name}={value} is not a day; write it as 2026-06-09."));
    value.parse().map(Some).map_err(wrong)
}
