//! Captured pages as they were, safely: `/web/<14 digits>/<address>`.
//!
//! The frame is ours; the page inside is cleaned of everything that acts, and its own policy and sandbox
//! keep it from loading or running anything.

use crate::error::Error;
use crate::layout;
use crate::site::Site;
use axum::http::{HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use headwater_archive::{Archive, Item};
use headwater_ledger::{CaptureRow, Ledger};
use headwater_model::Capture;
use headwater_model::time::utc_day;
use jiff::Timestamp;
use maud::html;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};
use std::borrow::Cow;
use std::sync::Mutex;

/// What would end or change an address inside ours.
const SPECIAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Where a capture is shown: in our frame (`web`) or by itself (`raw`). The captured address is a name here, so what a
/// browser or server would act on is encoded: queries, fragments, codings, and folders that begin with a dot.
pub fn address(frame: &str, captured: Timestamp, url: &str) -> String {
    let url = utf8_percent_encode(url, SPECIAL).to_string().replace("/.", "%2F.");
    format!("/{frame}/{}/{url}", stamp(captured))
}

pub fn draw(site: &Site, asked: &Uri) -> Result<Response, Error> {
    let ledger = site.ledger()?;
    let row = asked_for(&ledger, asked)?;
    let others = ledger.captures_at(&row.url)?;
    let body = html! {
        p { "Captured " (layout::moment(row.captured)) ", status " (row.status) ", " (row.media_type) ". " a href={ "/article/" (row.id) } { "What Headwater read in it" } }
        p.url { (row.url) }
        @if others.len() > 1 { p { "All captures: " @for o in &others { a href=(address("web", o.captured, &o.url)) { (layout::moment(o.captured)) } " " } } }
        iframe.replay sandbox="" title="The captured page" src=(address("raw", row.captured, &row.url)) {}
    };
    let heading =
        ledger.article_of(&row.id)?.map_or_else(|| row.url.clone(), |(article, _)| article.heading());
    let title = format!("{heading}, as captured {}", utc_day(row.captured));
    Ok(layout::page(&title, "", site.sample, body).into_response())
}

/// The page itself, cleaned.
pub fn raw(site: &Site, asked: &Uri) -> Result<Response, Error> {
    let ledger = site.ledger()?;
    let row = asked_for(&ledger, asked)?;
    let entry = Archive::open(&site.archive).read(row.position)?;
    let Some(Item::Capture(capture)) = entry.map(|e| e.item) else {
        return Err(Error::not_found("The archive does not hold this capture."));
    };
    let (media_type, body) = match row.media_type.as_str() {
        "application/pdf" => ("application/pdf", capture.body),
        "text/html" | "application/xhtml+xml" | "" => {
            ("text/html; charset=utf-8", cleaned(&capture, ledger).into_bytes())
        }
        _ => ("text/plain; charset=utf-8", decoded(&capture).into_bytes()),
    };
    let mut response = ([(header::CONTENT_TYPE, media_type)], body).into_response();
    let policy =
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    Ok(response)
}

/// The capture that `/web/<14 digits>/<address>` asks for. The address is encoded, as in our links, or stands there as
/// a person wrote it.
fn asked_for(ledger: &Ledger, asked: &Uri) -> Result<CaptureRow, Error> {
    let written = asked.path_and_query().map_or("", |written| written.as_str());
    let Some((digits, url)) = parts(written) else {
        return Err(Error::not_found("An address of a capture is /web/<14 digits>/<address>."));
    };
    captured(ledger, digits, url)?.ok_or_else(|| {
        Error::not_found(format!("{} has not been captured.", percent_decode_str(url).decode_utf8_lossy()))
    })
}

/// The capture of an address of archived copies as this machine serves them, or of its path alone. Other archives have
/// such addresses too.
pub fn archived(ledger: &Ledger, address: &str) -> Result<Option<CaptureRow>, headwater_ledger::Error> {
    let own = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
    let served = own.iter().find_map(|host| address.strip_prefix(host));
    let path = served.and_then(|rest| rest.find('/').map(|at| &rest[at..])).unwrap_or(address);
    parts(path).map_or(Ok(None), |(digits, url)| captured(ledger, digits, url))
}

/// Digits and address of `/web/<14 digits>/<address>`, and of the page itself below `/raw/`.
fn parts(path: &str) -> Option<(&str, &str)> {
    let rest = path.strip_prefix("/web/").or_else(|| path.strip_prefix("/raw/"))?;
    let (digits, url) = rest.split_once('/')?;
    let is_time = (1..=14).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    (is_time && !url.is_empty()).then_some((digits, url))
}

fn captured(ledger: &Ledger, digits: &str, url: &str) -> Result<Option<CaptureRow>, headwater_ledger::Error> {
    let decoded = percent_decode_str(url).decode_utf8_lossy();
    match nearest(ledger, digits, &decoded)? {
        None => nearest(ledger, digits, url),
        found => Ok(found),
    }
}

/// The capture nearest in time: the latest not after the digits, else the first.
fn nearest(ledger: &Ledger, digits: &str, url: &str) -> Result<Option<CaptureRow>, headwater_ledger::Error> {
    let captures = match ledger.captures_of(url)? {
        none if none.is_empty() => ledger.captures_at(url)?,
        captures => captures,
    };
    let fits = captures.iter().rposition(|c| stamp(c.captured).as_str() <= digits);
    Ok(captures.into_iter().nth(fits.unwrap_or(0)))
}

fn stamp(captured: Timestamp) -> String {
    captured.to_string().chars().filter(char::is_ascii_digit).take(14).collect()
}

/// The page's text, decoded as it was when it was read.
fn decoded(capture: &Capture) -> String {
    headwater_charset::decode(&capture.body, capture.content_type.as_deref(), &capture.url).text
}

/// The page without anything that acts or loads. A link leads on where its page was captured too, and nowhere else: in
/// the frame it could not leave this site.
fn cleaned(capture: &Capture, ledger: Ledger) -> String {
    let links = Links { page: url::Url::parse(&capture.url).ok(), ledger: Mutex::new(ledger) };
    let mut cleaner = ammonia::Builder::default();
    cleaner
        .add_tags(["section", "main", "style"])
        .rm_clean_content_tags(["style"])
        .add_generic_attributes(["class", "id", "lang"]);
    cleaner.rm_tags(["img"]).link_rel(Some("noopener noreferrer nofollow"));
    cleaner.attribute_filter(move |_, attribute, value| match attribute {
        "href" => links.followed(value).map(Cow::from),
        _ => Some(Cow::from(value)),
    });
    cleaner.clean(&decoded(capture)).to_string()
}

/// The links of one captured page.
struct Links {
    page: Option<url::Url>,
    ledger: Mutex<Ledger>,
}

impl Links {
    /// Where a link leads in the replay: to a place on the page, or to the latest capture of its target.
    fn followed(&self, href: &str) -> Option<String> {
        if href.starts_with('#') {
            return Some(href.to_owned());
        }
        let mut url = self.page.as_ref()?.join(href).ok()?;
        url.set_fragment(None);
        let captures = self.ledger.lock().ok()?.captures_of(url.as_str()).ok()?;
        captures.last().map(|row| address("raw", row.captured, &row.url))
    }
}
