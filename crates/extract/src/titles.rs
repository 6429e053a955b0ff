//! The headline, told from the name of its site.
//!
//! Headings, the head and the tab each name something; what several of them and the address name is the headline,
//! and what is the site's own name is not.

use crate::blocks::{Block, letters, squeezed};
use crate::landmarks::Landmarks;
use crate::metadata::{Head, folded};
use dom_query::NodeRef;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A headline is at least this long.
const SHORTEST: usize = 3;
/// Longer headings are paragraphs.
const LONGEST: usize = 300;

/// A possible headline and what speaks for it.
struct Candidate {
    text: String,
    score: i32,
}

/// The page's headline.
pub fn title(landmarks: &Landmarks, blocks: &[Block], head: &Head, site: Option<&str>, url: &str) -> String {
    let sources = Sources::of(landmarks, head, site, url);
    let mut candidates = Vec::new();
    let mut add = |text: &str, score: i32| {
        let long = text.chars().count();
        if (SHORTEST..=LONGEST).contains(&long) && !sources.is_site(text) {
            candidates.push(Candidate { score: score + sources.support(text), text: text.to_owned() });
        }
    };
    for heading in &sources.headings {
        // A heading that the tab repeats is the title, whatever else the page has.
        let repeated = sources.tab_folded.contains(&folded(heading)) && heading.chars().count() > 4;
        let alone = sources.headings.len() == 1;
        add(
            heading,
            if repeated {
                6
            } else if !sources.resembles_tab(heading) {
                -2
            } else {
                i32::from(alone)
            },
        );
    }
    for stated in &sources.stated {
        add(&without_site(stated, site), 4);
    }
    for heading in &sources.second {
        let repeated = sources.tab_folded.contains(&folded(heading)) && heading.chars().count() > 8;
        add(heading, if repeated { 3 } else { -4 });
    }
    for shown in shown_in_tab(&sources.tab, blocks) {
        add(shown, 3);
    }
    add(&without_site(&sources.tab, site), 0);
    for segment in segments(&sources.tab) {
        add(segment, -1);
    }
    // Of equals the first: the order above is that of trust.
    let best = candidates.iter().max_by_key(|c| c.score).map(|c| c.score);
    let found = candidates.into_iter().find(|c| Some(c.score) == best).map(|c| c.text);
    found.unwrap_or_else(|| without_site(&sources.tab, site))
}

/// Letters of a beginning of the tab that is no name of a section.
const SHOWN: usize = 18;

/// Beginnings of the tab up to a mark that the page shows as a line of its own, the longest first: many pages have a headline
/// that is no heading.
fn shown_in_tab<'a>(tab: &'a str, blocks: &[Block]) -> Vec<&'a str> {
    let marks = ['-', '_', '|', '｜', '－', '—', '–'];
    let ends = tab.char_indices().filter(|(_, c)| marks.contains(c)).map(|(at, _)| tab[..at].trim());
    let mut shown: Vec<&str> = ends.take(MOST_MARKS).filter(|begun| letters(begun) >= SHOWN).collect();
    shown.retain(|begun| blocks.iter().any(|b| b.text == *begun));
    shown.reverse();
    shown
}

/// Marks of a tab that are looked at.
const MOST_MARKS: usize = 8;

/// A Chinese or Japanese heading without the label that stands behind it (原创): the tab goes on otherwise after the same
/// words. Elsewhere a space parts words.
fn without_label(heading: String, tab: &str) -> String {
    let Some((rest, label)) = heading.rsplit_once(' ') else { return heading };
    let labelled = label.chars().count() <= LABEL
        && label.starts_with(|c: char| c as u32 >= 0x2e80 || c == '[')
        && letters(rest) >= SHOWN
        && tab.starts_with(&folded(rest))
        && !tab.starts_with(&folded(&heading));
    if labelled { rest.to_owned() } else { heading }
}

/// A label behind a heading is at most this long.
const LABEL: usize = 8;

struct Sources {
    headings: Vec<String>,
    second: Vec<String>,
    stated: Vec<String>,
    tab: String,
    tab_folded: String,
    sites: Vec<String>,
    slug: Vec<String>,
}

impl Sources {
    fn of(landmarks: &Landmarks, head: &Head, site: Option<&str>, url: &str) -> Sources {
        let texts = |headings: &[NodeRef]| -> Vec<String> {
            headings.iter().map(|n| squeezed(&n.text())).filter(|t| !t.is_empty()).collect()
        };
        let mut stated: Vec<String> = Vec::new();
        for text in head.titles() {
            if !stated.contains(&text) {
                stated.push(text);
            }
        }
        let mut sites: Vec<String> = site.map(folded).into_iter().collect();
        sites.extend(label(url).map(|l| folded(&l)));
        sites.extend(host(url).map(|h| folded(h.trim_start_matches("www."))));
        sites.extend(head.meta_values(&["og:site_name", "application-name"]).map(folded));
        let tab_folded = folded(&head.tab);
        let headings = texts(&landmarks.first).into_iter().map(|h| without_label(h, &tab_folded)).collect();
        Sources {
            headings,
            second: texts(&landmarks.second),
            stated,
            tab: head.tab.clone(),
            tab_folded,
            sites: sites.into_iter().filter(|s| !s.is_empty()).collect(),
            slug: slug(url),
        }
    }

    /// Whether these are the site's own words.
    fn is_site(&self, text: &str) -> bool {
        let text = folded(text);
        text.is_empty() || self.sites.contains(&text)
    }

    /// How much else on the page says the same: the address, other headings, the head.
    fn support(&self, text: &str) -> i32 {
        let words = words(text);
        let named = self.slug.iter().filter(|s| words.contains(s)).count();
        let address = match self.slug.len() {
            0..=1 => 0,
            all if named * 3 >= all * 2 => 4,
            all if named * 3 >= all => 2,
            _ => 0,
        };
        let text = folded(text);
        let stated = self.stated.iter().any(|s| folded(s).starts_with(&text));
        address + if stated { 2 } else { 0 }
    }

    /// Whether a heading shares a word with the tab. A heading that does not is a section's, if the tab says more
    /// than the site's name.
    fn resembles_tab(&self, heading: &str) -> bool {
        let tab = words(&self.tab);
        if tab.is_empty() || self.is_site(&self.tab) {
            return true;
        }
        words(heading).iter().any(|w| tab.contains(w))
    }
}

/// Words of more than two letters; of Chinese each character.
fn words(text: &str) -> Vec<String> {
    let eastern = text.chars().filter(|c| *c as u32 >= 0x2e80 && c.is_alphanumeric()).map(String::from);
    let others = text.split(|c: char| !c.is_alphanumeric() || c as u32 >= 0x2e80);
    let others = others.filter(|w| w.chars().count() > 2).map(plain);
    eastern.chain(others).collect()
}

/// Lower case, umlauts and accents as addresses spell them.
pub fn plain(word: &str) -> String {
    let mut plain = String::new();
    for c in word.chars().flat_map(char::to_lowercase).nfc() {
        match c {
            'ä' | 'æ' => plain.push_str("ae"),
            'ö' | 'ø' => plain.push_str("oe"),
            'ü' => plain.push_str("ue"),
            'ß' => plain.push_str("ss"),
            'đ' => plain.push('d'),
            c => plain.extend(c.nfd().filter(|c| !is_combining_mark(*c))),
        }
    }
    plain
}

/// The words of the part of an address that names the page.
fn slug(url: &str) -> Vec<String> {
    let Ok(url) = url::Url::parse(url) else { return Vec::new() };
    let longest =
        url.path_segments().and_then(|s| s.max_by_key(|s| s.matches(['-', '_']).count())).unwrap_or_default();
    let words = longest.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 2);
    words
        .map(str::to_ascii_lowercase)
        .filter(|w| !matches!(w.as_str(), "html" | "htm" | "php" | "shtml"))
        .collect()
}

/// The parts of a tab's title.
pub fn segments(tab: &str) -> Vec<&str> {
    let mut parts = vec![tab];
    for mark in [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", "--", "_", "|", "｜"] {
        parts = parts.iter().flat_map(|p| p.split(mark)).map(str::trim).filter(|p| !p.is_empty()).collect();
    }
    if parts.len() > 1 { parts } else { Vec::new() }
}

/// Takes the site's name off the end of a title, and off its beginning if it is known.
pub fn without_site(title: &str, site: Option<&str>) -> String {
    let names = crate::metadata::names();
    for mark in &names.marks {
        let Some((head, tail)) = title.rsplit_once(mark.as_str()) else { continue };
        let (head, tail) = (head.trim(), tail.trim());
        let is_site = site.is_some_and(|s| !s.is_empty() && folded(s) == folded(tail));
        let is_mark = mark.starts_with(' ') || matches!(mark.as_str(), "_" | "|" | "｜");
        let long = tail.chars().count();
        let short = long <= 24 && head.chars().count() >= 2 * long && is_mark;
        let roomy = mark != " - " || head.chars().count() > 25;
        let chinese = long <= 12
            && head.chars().count() > 6
            && names.site_endings.iter().any(|e| tail.ends_with(e.as_str()));
        if !head.is_empty() && (is_site || (short && roomy) || chinese) {
            return without_site(head, site);
        }
    }
    for mark in names.marks.iter().filter(|m| m.starts_with(' ')).map(String::as_str).chain([": "]) {
        let Some((head, tail)) = title.split_once(mark) else { continue };
        if site.is_some_and(|s| !s.is_empty() && folded(s) == folded(head)) && tail.chars().count() > SHORTEST
        {
            return without_site(tail.trim(), site);
        }
    }
    title.trim().to_owned()
}

/// The site's name as the tab gives it: what is left when the headline is taken off its beginning, or a Chinese or Japanese one off
/// its end.
pub fn site_in_tab(tab: &str, title: &str) -> Option<String> {
    if title.is_empty() {
        return None;
    }
    let names = crate::metadata::names();
    let marks = || names.marks.iter().map(|mark| mark.trim()).chain(["：", "／"]);
    let behind = || {
        let rest = tab[tab.find(title)? + title.len()..].trim();
        in_brackets(rest).or_else(|| marks().find_map(|mark| rest.strip_prefix(mark)))
    };
    let before = || {
        let rest = tab.strip_suffix(title).filter(|_| title.contains(|c: char| c as u32 >= 0x2e80))?.trim();
        marks().find_map(|mark| rest.strip_suffix(mark))
    };
    let name = behind().or_else(before)?.trim();
    let name = segments(name).last().copied().unwrap_or(name);
    let long = name.chars().count();
    (2..=40).contains(&long).then(|| name.to_owned())
}

/// An office's name in brackets behind a headline, as Japanese ones write it: （METI/経済産業省）. Most brackets there say what the
/// text is: （试行）.
fn in_brackets(rest: &str) -> Option<&str> {
    let inside = rest.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let (latin, name) = inside.rsplit_once(['/', '／']).unwrap_or(("", inside));
    let transcribed = !latin.is_empty() && latin.is_ascii();
    let is_office = || crate::metadata::names().office_endings.iter().any(|end| name.ends_with(end.as_str()));
    let eastern = name.chars().all(|c| c as u32 >= 0x2e80);
    (eastern && (transcribed || is_office())).then_some(name)
}

fn host(url: &str) -> Option<String> {
    url::Url::parse(url).ok()?.host_str().map(str::to_owned)
}

/// The label of a domain that names the site: `pluralsight` of `www.pluralsight.com`.
pub fn label(url: &str) -> Option<String> {
    let host = host(url)?;
    let names = crate::metadata::names();
    let mut labels: Vec<&str> = host.split('.').collect();
    if labels.len() < 2 || labels.iter().all(|l| l.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    labels.pop();
    if labels.len() > 1 && labels.last().is_some_and(|l| names.second_level.iter().any(|s| s == l)) {
        labels.pop();
    }
    let last = labels.pop()?;
    let platform = names.platforms.iter().any(|p| p == last);
    let label = if platform { labels.pop().unwrap_or(last) } else { last };
    Some(label.to_owned())
}

/// Entities that stand twice escaped in attributes and JSON.
pub fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let pairs = [
        ("&quot;", "\""),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&#039;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&#8217;", "’"),
        ("&#8216;", "‘"),
        ("&#8220;", "“"),
        ("&#8221;", "”"),
        ("&#8211;", "–"),
        ("&amp;", "&"),
    ];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
