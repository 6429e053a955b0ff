//! When a page was published, as the page itself says it.
//!
//! Sources are asked in the order in which they may be believed: structured data, elements named for the date,
//! the address, a line near the headline, values in scripts, and last what lets one guess. Where sources
//! disagree, a doubt says so.

use crate::blocks::{Outline, Place, Stamp};
use crate::cues::fold;
use crate::dates::{self, Habit, WORDS, in_slug, in_url, page_date};
use crate::metadata::Head;
use crate::near;
use headwater_model::time::{Date, DateBasis, PageDate, Precision, Timestamp, first_day};
use headwater_model::{Article, Doubt};
use regex::Regex;
use std::sync::LazyLock;

/// Where dates are looked for.
pub struct Places<'a> {
    /// The decoded page.
    pub page: &'a str,
    /// Its head and structured data.
    pub head: &'a Head,
    /// Its blocks.
    pub outline: &'a Outline,
    /// Where the headline stands among them.
    pub headline: Option<usize>,
    /// How it writes dates.
    pub habit: Habit,
}

/// Reads the dates of publication and of the last change.
pub fn read(places: &Places, article: &mut Article) {
    let last = dates::last_day(article);
    let plausible = |date: &PageDate| is_plausible(date, last);
    let json = places.head.json_date(&["datePublished", "dateCreated", "uploadDate"], places.habit);
    let meta = places.head.meta_date(&crate::metadata::names().published, places.habit);
    if let (Some(a), Some(b)) = (&json, &meta)
        && a.day() != b.day()
    {
        let conflict = format!("structured data say {}, the page's head {}", a.value, b.value);
        article.doubts.push(Doubt::new("date_conflict", conflict));
    }
    let address = address(article, in_url).filter(plausible);
    let mut candidates: Vec<Candidate> =
        candidates(places).into_iter().filter(|c| plausible(&c.date)).collect();
    candidates.iter_mut().filter(|c| is_clock(places, c, last)).for_each(|c| c.score -= CLOCK);
    // The best first; of equals the one that stands first.
    candidates.sort_by_key(|c| (-c.score, c.block));
    let best = candidates.first();
    let sure = |least: i32| best.filter(|c| c.score >= least).map(|c| c.date.clone());
    article.modified = places
        .head
        .json_date(&["dateModified"], places.habit)
        .or_else(|| places.head.meta_date(&crate::metadata::names().modified, places.habit))
        .or_else(|| Some(candidates.iter().find(|c| c.modified && c.score > 0)?.date.clone()));
    let stated = json.filter(plausible).or(meta.filter(plausible)).or_else(|| sure(STATED));
    let stated = stated.or_else(|| in_scripts(places, &STATED_IN_SCRIPT).filter(plausible));
    let changed = article.modified.as_ref().and_then(PageDate::day);
    let stated = stated.map(|date| zoned(date, places, &candidates));
    let stated = stated.map(|date| local(date, changed, address.as_ref(), &candidates));
    let stated = stated.map(|date| filed(date, address.as_ref(), article));
    article.published = stated
        .or(address.map(|day| finer(day, &candidates)))
        .or_else(|| sure(NEAR_HEADLINE))
        .or_else(|| in_scripts(places, &IN_SCRIPT).filter(plausible).or_else(|| sure(SOMEWHERE)));
    if article.published.is_none() {
        guess(places, article, best, last);
    }
}

/// A day without its year, or told from now backwards, where a date of publication stands.
fn past(places: &Places, article: &Article, last: Date) -> Option<PageDate> {
    let mut found: Vec<Candidate> =
        (0..places.outline.blocks.len()).filter_map(|at| past_line(places, at, article)).collect();
    let is_told_back = |c: &Candidate| c.date.basis == DateBasis::RelativeTime;
    found.retain(|c| {
        is_plausible(&c.date, last)
            && c.score >= NEAR_HEADLINE
            && (is_told_back(c) || !is_clock(places, c, last))
    });
    found.sort_by_key(|c| (-c.score, c.block));
    found.into_iter().next().map(|c| c.date)
}

fn past_line(places: &Places, at: usize, article: &Article) -> Option<Candidate> {
    let block = &places.outline.blocks[at];
    let brief = block.text.len() <= 4 * BRIEF && block.text.chars().count() <= BRIEF;
    let heading = block.place.heading > 0 && !block.place.dated;
    if !brief || block.row || heading || block.text.ends_with(SENTENCE_ENDS) {
        return None;
    }
    let date = near::past(&block.text, article.captured, places.habit)?;
    let said = said(places, at);
    let score = score(places, at, &said);
    Some(Candidate { date, block: at, score, modified: said.modified, stated: said.published })
}

/// The day of a dispatch, with which the text begins.
fn dispatched(places: &Places, article: &Article) -> Option<PageDate> {
    let blocks = places.outline.blocks.iter().skip(places.headline.map_or(0, |at| at + 1));
    let mut own = blocks.filter(|block| !block.place.aside).take(DISPATCH);
    own.find_map(|block| near::dispatched(&block.text, article.captured, places.habit))
}

/// No page of the web is older.
const EARLIEST: i16 = 1992;

/// Whether a page can have been published then.
fn is_plausible(date: &PageDate, last: Date) -> bool {
    first_day(&date.value).is_some_and(|day| day <= last && day.year() >= EARLIEST)
}

/// What is left where nothing states a date: a day in the address, the last change, a date far from the headline,
/// the day under which a picture is filed.
fn guess(places: &Places, article: &mut Article, best: Option<&Candidate>, last: Date) {
    let plausible = |date: &PageDate| is_plausible(date, last);
    let guessed = address(article, in_slug)
        .filter(plausible)
        .map(|d| (d, "a day in its address"))
        .or_else(|| {
            Some((past(places, article, last)?, "a day without its year, or told back from the capture"))
        })
        .or_else(|| Some((article.modified.clone().filter(plausible)?, "its last change")))
        .or_else(|| Some((best?.date.clone(), "a date on it that may belong to something else")))
        .or_else(|| {
            Some((picture(places.head).filter(plausible)?, "the day under which its picture is filed"))
        })
        .or_else(|| {
            Some((dispatched(places, article).filter(plausible)?, "the day of its dispatch, without a year"))
        });
    if let Some((date, from)) = guessed {
        let message =
            format!("the page states no date of publication; {} was guessed from {from}", date.value);
        article.doubts.push(Doubt::new("date_guessed", message));
        article.published = Some(date);
    }
}

/// What a date loses that may be the page's clock.
const CLOCK: i32 = 25;

/// Whether a date above the headline is the day on which the page was captured, which many sites show; an article of that day
/// is dated so elsewhere, too. `last` is the latest day that a page may state.
fn is_clock(places: &Places, candidate: &Candidate, last: Date) -> bool {
    let above = places.headline.is_some_and(|headline| candidate.block < headline);
    let today = |day: Date| day.saturating_add(jiff::Span::new().days(2)) >= last;
    above && !candidate.stated && candidate.date.day().is_some_and(today)
}

fn address(article: &Article, read: fn(&str) -> Option<PageDate>) -> Option<PageDate> {
    article.canonical_url.as_deref().and_then(read).or_else(|| read(&article.url))
}

fn picture(head: &Head) -> Option<PageDate> {
    head.meta_values(&["og:image", "twitter:image", "image"]).find_map(in_url)
}

/// A stamp in UTC may fall on the day before or after the publisher's own. Where the address or the page's own
/// words name the neighbouring day and a zone exists in which both are right, the publisher's day is taken.
fn local(
    date: PageDate,
    changed: Option<Date>,
    address: Option<&PageDate>,
    candidates: &[Candidate],
) -> PageDate {
    let Some(hour) = utc_hour(&date) else { return date };
    let Some(day) = date.day() else { return date };
    let near = candidates.iter().filter(|c| c.score >= NEAR_HEADLINE && !c.modified).map(|c| &c.date);
    // A stamp in UTC says nothing of a zone, and a visible date may be that of the change.
    let near = near.filter(|d| utc_hour(d).is_none() && (d.day() == date.day() || d.day() != changed));
    let fits = |other: &&PageDate| {
        let day_before = other.day() == day.yesterday().ok() && hour < 9;
        let day_after = other.day() == day.tomorrow().ok() && hour >= 12;
        // Words that name the same day settle it.
        day_before || day_after || other.day() == Some(day)
    };
    match address.into_iter().chain(near).find(fits) {
        Some(other) if other.day() != Some(day) => other.clone(),
        _ => date,
    }
}

/// A stamp in UTC as the page gives the same instant elsewhere, by the publisher's clock.
fn zoned(date: PageDate, places: &Places, candidates: &[Candidate]) -> PageDate {
    if utc_hour(&date).is_none() {
        return date;
    }
    let metas = places.head.meta_values(&crate::metadata::names().published);
    let metas = metas.filter_map(|value| page_date(value, DateBasis::Meta, places.habit));
    let shown = candidates.iter().filter(|c| !c.modified).map(|c| c.date.clone());
    let same = |other: &PageDate| utc_hour(other).is_none() && is_same_minute(other, &date);
    metas.chain(shown).find(same).unwrap_or(date)
}

/// Whether two stamps, each with its zone, are of one minute.
fn is_same_minute(one: &PageDate, other: &PageDate) -> bool {
    let minute = |date: &PageDate| Some(date.value.parse::<Timestamp>().ok()?.as_second().div_euclid(60));
    minute(one).is_some_and(|at| minute(other) == Some(at))
}

/// An address names a day; the page's own words may name its hour, too.
fn finer(day: PageDate, candidates: &[Candidate]) -> PageDate {
    let same = |c: &&Candidate| c.score >= NEAR_HEADLINE && !c.modified && c.date.day() == day.day();
    let finer = candidates.iter().filter(same).find(|c| c.date.value.len() > day.value.len());
    finer.map_or(day, |c| c.date.clone())
}

/// Sites that move date their pages anew, but the address keeps the day under which they were filed at first.
fn filed(date: PageDate, address: Option<&PageDate>, article: &mut Article) -> PageDate {
    let earlier = |a: &&PageDate| match (a.day(), date.day()) {
        (Some(filed), Some(stated)) => filed.saturating_add(jiff::Span::new().days(2)) < stated,
        _ => false,
    };
    let Some(address) = address.filter(earlier) else { return date };
    let message =
        format!("the page says {}, its address {}; the earlier was taken", date.value, address.value);
    article.doubts.push(Doubt::new("date_conflict", message));
    address.clone()
}

/// The hour of a stamp that is given in UTC.
fn utc_hour(date: &PageDate) -> Option<u8> {
    let utc =
        date.precision == Precision::Minute && (date.value.ends_with('Z') || date.value.ends_with("+00:00"));
    utc.then(|| date.value.get(11..13)?.parse().ok()).flatten()
}

/// A date on the page, and how much speaks for its being the day of publication.
struct Candidate {
    date: PageDate,
    block: usize,
    score: i32,
    /// Whether the line speaks of a change.
    modified: bool,
    /// Whether its element or line says that it is the day of publication.
    stated: bool,
}

/// An element named for the date of publication.
const STATED: i32 = 90;
/// A line that is little else than a date, close to the headline or called a date.
const NEAR_HEADLINE: i32 = 40;
/// A date at all.
const SOMEWHERE: i32 = 20;

fn candidates(places: &Places) -> Vec<Candidate> {
    let stamps = places.outline.stamps.iter().filter_map(|s| stamped(places, s));
    let lines = (0..places.outline.blocks.len()).filter_map(|at| line(places, at));
    stamps.chain(lines).collect()
}

fn stamped(places: &Places, stamp: &Stamp) -> Option<Candidate> {
    let date = page_date(&stamp.value, DateBasis::TimeElement, places.habit)?;
    let named = if stamp.stated { STATED - 15 } else { 30 };
    let said = said(places, stamp.block);
    let score = named + proximity(places, stamp.block) + placed(stamp.place) + said.weight();
    Some(Candidate {
        date,
        block: stamp.block,
        score,
        modified: said.modified,
        stated: stamp.stated || said.published,
    })
}

/// Longest line that can be little else than a date.
const LINE: usize = 120;
/// Longest line that says little beside a date.
const BRIEF: usize = 60;
/// Ends of sentences, which tell more than a date.
const SENTENCE_ENDS: &[char] = &['。', '!', '！', '?', '？', ';', '；'];
/// Blocks from the headline on among which a dispatch begins.
const DISPATCH: usize = 12;
/// In a longer one only its beginning is looked at, where datelines stand.
const DATELINE: usize = 70;

fn line(places: &Places, at: usize) -> Option<Candidate> {
    let block = &places.outline.blocks[at];
    let text = block.text.as_str();
    let long = text.len() > 3 * LINE || text.chars().count() > LINE;
    let end = text.char_indices().nth(DATELINE).filter(|_| long).map_or(text.len(), |(end, _)| end);
    let date = page_date(&text[..end], DateBasis::Text, places.habit)?;
    let said = said(places, at);
    let score = score(places, at, &said);
    Some(Candidate { date, block: at, score, modified: said.modified, stated: said.published })
}

/// How much speaks for a date in a line.
fn score(places: &Places, at: usize, said: &Said) -> i32 {
    let block = &places.outline.blocks[at];
    let brief = match block.text.chars().count() {
        0..=30 => 15,
        31..=BRIEF => 10,
        61..=LINE => 0,
        _ => -20,
    };
    brief + proximity(places, at) + placed(block.place) + said.weight()
}

fn placed(place: Place) -> i32 {
    let dated = if place.dated { 20 } else { 0 };
    let aside = if place.aside { -40 } else { 0 };
    // A date in a headline is its subject's.
    let heading = if place.heading > 0 && !place.dated { -10 } else { 0 };
    dated + aside + heading
}

/// Dates stand right before or right after the headline.
fn proximity(places: &Places, at: usize) -> i32 {
    let Some(headline) = places.headline else { return 0 };
    let distance = at as i64 - headline as i64;
    match distance {
        -2..=3 => 30,
        -5..=8 => 20,
        -10..=16 => 10,
        ..-30 => -5,
        _ => 0,
    }
}

/// What the words of a line say about its date.
struct Said {
    published: bool,
    modified: bool,
    other: bool,
}

impl Said {
    fn weight(&self) -> i32 {
        let part = |said: bool, weight: i32| if said { weight } else { 0 };
        part(self.published, 20) + part(self.modified && !self.published, -10) + part(self.other, -40)
    }
}

/// What the words of the line, or of a label before it, say about its date.
fn said(places: &Places, at: usize) -> Said {
    let text = |at: usize| places.outline.blocks.get(at).map(|b| b.text.as_str()).unwrap_or_default();
    let line: String = text(at).chars().take(LINE).collect();
    let label = at.checked_sub(1).map(text).filter(|t| t.chars().count() < 20).unwrap_or_default();
    let words = fold(&line);
    let words = if words.chars().count() < 30 { fold(label) + " " + &words } else { words };
    let has = |list: &[String]| list.iter().any(|w| words.contains(w.as_str()));
    let published = has(&WORDS.cues.published);
    Said { published, modified: !published && has(&WORDS.cues.modified), other: has(&WORDS.cues.other) }
}

/// Structured data that are no good JSON still say it plainly.
static STATED_IN_SCRIPT: LazyLock<Regex> = LazyLock::new(|| script_value("datePublished", None));
static IN_SCRIPT: LazyLock<Regex> = LazyLock::new(|| {
    script_value(&WORDS.scripts.published.join("|"), Some(&WORDS.scripts.assigned.join("|")))
});

/// A value under one of some names, or in a variable of one of others.
fn script_value(names: &str, variables: Option<&str>) -> Regex {
    let quote = r#"\\{0,2}["']"#;
    let field = format!(r"{quote}(?:{names}){quote}\s*:");
    let named = variables.map_or(field.clone(), |variables| format!(r"{field}|\b(?:{variables})\s*="));
    Regex::new(&format!(r#"(?:{named})\s*{quote}?([0-9][^"'\\,}}]{{7,34}})"#)).expect("a valid pattern")
}

/// The first date that a script of the page states so.
fn in_scripts(places: &Places, pattern: &Regex) -> Option<PageDate> {
    let found = pattern.captures_iter(places.page).take(8);
    let mut dates = found.filter_map(|c| page_date(c.get(1)?.as_str(), DateBasis::JsonLd, places.habit));
    dates.next()
}
