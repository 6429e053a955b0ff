//! What a captured page is. A page is called something else than an article only when it says so itself and has
//! little text of its own: taking an article for a wall loses more than the reverse.

use crate::blocks::{Block, Outline, letters};
use crate::cues::{CUES, fold};
use headwater_model::{Article, Capture, NoticeKind, PageKind};
use std::collections::BTreeSet;

/// Letters of text (a Han character counts three) above which a page speaks for itself.
const SUBSTANCE: usize = 700;
/// Below this there is no text.
const LEAST: usize = 60;
/// Below this it is the page's other words that tell what it is.
const LITTLE: usize = 250;
/// Walls speak in short lines.
const LINE: usize = 160;
/// Lines made of links that a list has at least.
const LISTED: usize = 8;
/// The same where there is nothing else, or where each has its teaser.
const FEW: usize = 4;

/// Letters of a paragraph: teasers are shorter.
const PARAGRAPH: usize = 150;
/// Letters of a headline: shorter links lead to parts of the site.
const HEADLINE: usize = 24;

/// Letters below which an unmistakable word tells a wall.
const SMALL: usize = 500;
/// Words of a player that a page of a video has at least.
const PLAYER: usize = 2;
/// The same of a viewer of documents.
const VIEWER: usize = 2;
/// Bytes of a line that counts pictures or labels a button.
const SHORT: usize = 24;
/// Letters of a teaser at most.
const TEASER: usize = 400;
/// Blocks between a teaser and the headline that it follows.
const TEASED: usize = 3;
/// Characters behind a line that breaks off: 【详细】2026-06-09.
const TAIL: usize = 24;

/// The words of a page around its main text, and how much of both is links.
#[derive(Default)]
pub struct Around {
    lines: Vec<String>,
    linked: usize,
    main: Vec<Line>,
    /// Lines of the main text that are a few letters long.
    short: Vec<String>,
    /// Headlines that lead elsewhere with lines of the main text behind, and the letters of those lines.
    teasers: (usize, usize),
    asks_password: bool,
    plays: bool,
    /// Whether its head calls it a film.
    pub is_film: bool,
    /// What its head calls it, if that is no article: JobPosting, Product.
    pub declared: Option<String>,
}

/// A line of the main text.
struct Line {
    letters: usize,
    is_link: bool,
    is_heading: bool,
    is_cut: bool,
    is_row: bool,
    /// Its number among so many, where it begins with one: 2/9.
    count: Option<(usize, usize)>,
    /// Whether it ends as a sentence does.
    is_sentence: bool,
}

impl Around {
    /// Of the blocks beside the main text, those that are not the site's furniture by their elements' names. `outline` is the
    /// page's.
    pub fn of(main: &[Block], furniture: &[&Block], outline: &Outline) -> Around {
        let own = furniture.iter().filter(|b| !b.place.aside);
        let short = own.clone().filter(|b| b.text.chars().count() <= LINE);
        Around {
            lines: short.map(|b| fold(&b.text)).collect(),
            linked: own.filter(|b| is_item(b)).count(),
            main: main.iter().map(line).collect(),
            short: main.iter().filter(|b| b.text.len() <= SHORT).map(|b| fold(&b.text)).collect(),
            teasers: teasers(main, outline),
            asks_password: outline.asks_password,
            plays: outline.plays,
            is_film: false,
            declared: None,
        }
    }

    /// Letters of the main text in lines that are links, or that tease where most do.
    fn pointing(&self) -> usize {
        let linked: usize = self.main.iter().filter(|l| l.is_link).map(|l| l.letters).sum();
        let (items, teased) = self.teasers;
        linked + if items >= FEW { teased } else { 0 }
    }
}

/// How many headlines that lead elsewhere have lines of the main text behind them or in their own block, and the letters of those
/// lines. Each teaser has a box of its own; an article's paragraphs, between which links may stand, share one.
fn teasers(main: &[Block], outline: &Outline) -> (usize, usize) {
    let own: BTreeSet<(usize, &str)> = main.iter().map(|b| (b.element, b.text.as_str())).collect();
    let (mut boxes, mut size) = (BTreeSet::new(), 0);
    let mut behind = usize::MAX;
    for block in &outline.blocks {
        let starts = |(words, _): &(String, String)| {
            letters(words) >= HEADLINE && block.text.starts_with(words.as_str())
        };
        let is_item = is_item(block);
        let begins = is_item || block.links.iter().any(starts);
        behind = if begins { 0 } else { behind.saturating_add(1) };
        if !is_item && behind <= TEASED && own.contains(&(block.element, block.text.as_str())) {
            boxes.insert(outline.elements[block.element].parent);
            size += letters(&block.text);
        }
    }
    (boxes.len(), size)
}

impl Line {
    /// Whether it is a headline that leads elsewhere.
    fn is_item(&self) -> bool {
        self.is_link && self.letters >= HEADLINE
    }
}

fn line(block: &Block) -> Line {
    Line {
        letters: letters(&block.text),
        is_link: is_link(block),
        is_heading: block.place.heading > 0,
        is_cut: is_cut(&block.text),
        is_row: block.row,
        count: count(&block.text),
        // "3. Nov." is none.
        is_sentence: letters(&block.text) >= HEADLINE
            && block.text.ends_with(['.', '。', '!', '！', '?', '？', '।', '؟']),
    }
}

/// 2/9, as captions of a gallery begin.
fn count(line: &str) -> Option<(usize, usize)> {
    let (at, rest) = line.split_once('/')?;
    let figures: String = rest.trim_start().chars().take_while(char::is_ascii_digit).collect();
    Some((at.trim().parse().ok()?, figures.parse().ok()?))
}

/// Whether a line breaks off, but for the way to the rest of it and a date.
fn is_cut(line: &str) -> bool {
    let from = line.char_indices().rev().nth(TAIL).map_or(0, |(at, _)| at);
    line[from..].contains(['…', '⋯']) || line[from..].contains("...")
}

/// Whether a block is a link and little else.
fn is_link(block: &Block) -> bool {
    let linked = block.linked();
    linked > 0 && linked * 2 >= letters(&block.text)
}

/// Whether a block is an item of a list: a headline that leads elsewhere.
fn is_item(block: &Block) -> bool {
    is_link(block) && letters(&block.text) >= HEADLINE
}

/// Decides, unless a reader has done so already.
pub fn decide(capture: &Capture, article: &mut Article, around: &Around) {
    if article.page_kind != PageKind::Article {
        return;
    }
    if let Some((kind, reason)) = kind(capture, article, around) {
        article.page_kind = kind;
        article.page_kind_reason = Some(reason);
    }
}

fn kind(capture: &Capture, article: &Article, around: &Around) -> Option<(PageKind, String)> {
    let size = letters(article.text.as_str());
    // Walls and errors offer the way to other pages.
    let own = size.saturating_sub(around.pointing());
    if own < SUBSTANCE
        && let Some(wall) = wall(capture, article, around, own)
    {
        return Some(wall);
    }
    if matches!(capture.status, 401 | 403 | 429 | 503) && size < 2 * SUBSTANCE {
        return Some((PageKind::Challenge, format!("status {}", capture.status)));
    }
    if capture.status >= 400 {
        return Some((PageKind::Error, format!("status {}", capture.status)));
    }
    let paywall = article.notices.iter().find(|n| n.kind == NoticeKind::Paywall);
    if let Some(notice) = paywall.filter(|_| size < 2 * SUBSTANCE) {
        return Some((PageKind::Paywall, notice.value.clone()));
    }
    let items = around.linked + around.main.iter().filter(|l| l.is_item()).count();
    if own < LEAST && items >= FEW {
        return Some((PageKind::List, format!("{items} lines are links and little else")));
    }
    let official = article.official.as_ref().filter(|o| o.number.is_some() || o.index.is_some());
    if let Some(official) = official {
        return Some((PageKind::Notice, official.number.clone().unwrap_or_default()));
    }
    if let Some(offer) = offer(article, around) {
        return Some((PageKind::List, offer));
    }
    if let Some(viewer) = viewer(around) {
        return Some((PageKind::Empty, viewer));
    }
    if let Some(word) = player(around) {
        return Some((PageKind::Media, word));
    }
    if let Some(list) = list(article, around) {
        return Some(list);
    }
    if size < LEAST {
        let page = visible_page(capture);
        let word = CUES.page_kind.empty.iter().find(|w| page.contains(w.as_str())).cloned();
        let titled = article.title.is_empty() || word.is_some() || size == 0;
        return titled.then(|| (PageKind::Empty, word.unwrap_or_else(|| "no text was found".into())));
    }
    None
}

/// A page that keeps its text from the reader, or has none.
fn wall(capture: &Capture, article: &Article, around: &Around, size: usize) -> Option<(PageKind, String)> {
    let cues = &CUES.page_kind;
    let title = fold(article.title.as_str());
    let text: Vec<String> = article.text.as_str().lines().map(fold).collect();
    let short = || text.iter().chain(&around.lines).filter(|l| l.chars().count() <= LINE);
    // A headline may speak of walls; a wall's title says little else.
    let titled = |words: &[String]| {
        let said = words.iter().filter(|w| title.contains(w.as_str()));
        let whole = said.clone().map(String::len).sum::<usize>() * 2 >= title.len();
        said.max_by_key(|w| w.len()).filter(|_| whole).cloned()
    };
    let anywhere = |w: &&String| title.contains(w.as_str()) || short().any(|l| l.contains(w.as_str()));
    let says = |words: &[String]| {
        titled(words).or_else(|| words.iter().find(anywhere).filter(|_| size < LITTLE).cloned())
    };
    let plainly = || cues.plain_challenge.iter().find(anywhere).filter(|_| size < SMALL).cloned();
    if let Some(word) = says(&cues.challenge).or_else(plainly) {
        return Some((PageKind::Challenge, word));
    }
    if capture.status == 401 {
        return Some((PageKind::Login, "status 401".into()));
    }
    if (400..600).contains(&capture.status) && !matches!(capture.status, 402 | 403 | 429 | 503) {
        return Some((PageKind::Error, format!("status {}", capture.status)));
    }
    // A sentence about paywalls says more than a paywall does.
    let barred = |w: &&String| short().any(|l| l.contains(w.as_str()) && w.len() * 3 >= l.len());
    if let Some(word) = cues.paywall.iter().find(barred) {
        return Some((PageKind::Paywall, word.clone()));
    }
    let says_or_titled = |words: &[String], titles: &[String]| {
        says(words).or_else(|| titled(titles).filter(|_| size < LITTLE))
    };
    let error = says_or_titled(&cues.error, &cues.error_titles).map(|word| (PageKind::Error, word));
    let login = || says_or_titled(&cues.login, &cues.login_titles).map(|word| (PageKind::Login, word));
    let asked = || asks_password(article, around).then(|| (PageKind::Login, "a field for a password".into()));
    error.or_else(login).or_else(asked)
}

/// Whether a page asks for a password and offers little else. Many have such a field hidden, but an article has a paragraph and
/// its day, and a list its links.
fn asks_password(article: &Article, around: &Around) -> bool {
    let listed = around.linked + around.main.iter().filter(|l| l.is_item()).count();
    let has_paragraph = around.main.iter().any(|l| l.letters >= PARAGRAPH);
    around.asks_password && !has_paragraph && listed < LISTED && article.published.is_none()
}

/// What gives away a shop's or a job's page, an author's or a topic's: its head says so, or its button.
fn offer(article: &Article, around: &Around) -> Option<String> {
    let undated = is_undated(article);
    let declared = around.declared.as_ref();
    if let Some(kind) = declared.filter(|kind| undated || !CUES.page_kind.offered.contains(kind)) {
        return Some(format!("its head calls it a {kind}"));
    }
    let button = around.lines.iter().find(|line| CUES.page_kind.offers.contains(line));
    button.filter(|_| undated && !is_report(around)).cloned()
}

/// Whether a page has paragraphs of whole sentences, as reports have beside which a button stands in a banner.
fn is_report(around: &Around) -> bool {
    let prose = || around.main.iter().filter(|l| !l.is_link && !l.is_row && l.is_sentence);
    prose().filter(|l| l.letters >= PARAGRAPH).count() >= REPORTED
}

/// Paragraphs of a report at least.
const REPORTED: usize = 2;

/// Whether a page bears no date, or one that had to be guessed.
fn is_undated(article: &Article) -> bool {
    article.published.is_none() || article.doubts.iter().any(|doubt| doubt.kind == "date_guessed")
}

/// The words of a viewer, whose document scripts are to fetch.
fn viewer(around: &Around) -> Option<String> {
    let lines = || around.lines.iter().chain(&around.short);
    let said = CUES.page_kind.viewer.iter().filter(|word| lines().any(|line| line == *word));
    let sentence = around.main.iter().any(|l| l.is_sentence && l.letters >= LEAST);
    let said: Vec<&String> = said.take(VIEWER).collect();
    (said.len() == VIEWER && !sentence).then(|| said[0].clone())
}

/// A word of the player that a page of pictures or of a video holds, which has no sentence of its own.
fn player(around: &Around) -> Option<String> {
    if let Some(counted) = gallery(around) {
        return Some(counted);
    }
    let size: usize = around.main.iter().filter(|l| !l.is_link).map(|l| l.letters).sum();
    if around.is_film && around.plays && size < LITTLE {
        return Some("its head calls it a film".into());
    }
    if around.main.iter().any(|l| !l.is_link && l.letters >= PARAGRAPH / 2) {
        return None;
    }
    let said = CUES.page_kind.player.iter().filter(|w| around.lines.iter().any(|l| l.contains(w.as_str())));
    let said: Vec<&String> = said.collect();
    let counter = around.lines.iter().chain(&around.short).find(|line| is_counter(line));
    let word =
        counter.cloned().or_else(|| said.first().filter(|_| said.len() >= PLAYER).map(|w| (*w).clone()));
    word.or_else(|| around.plays.then(|| "a film and no paragraph".into()))
}

/// Captions that count the pictures of a gallery, and make most of the text.
fn gallery(around: &Around) -> Option<String> {
    let counted = || around.main.iter().filter(|l| l.count.is_some_and(|(at, of)| at <= of));
    let (_, of) = counted().next()?.count?;
    let same = || counted().filter(|l| l.count.is_some_and(|(_, other)| other == of));
    let whole: usize = around.main.iter().map(|l| l.letters).sum();
    let most = same().map(|l| l.letters).sum::<usize>() * 2 > whole;
    (same().count() >= FEW && most).then(|| format!("{} captions of {of}", same().count()))
}

/// 1 / 48: the first of many pictures.
fn is_counter(line: &str) -> bool {
    let number = |text: &str| text.trim().parse::<usize>().ok();
    line.split_once('/').is_some_and(|(at, of)| number(at) == Some(1) && number(of).is_some_and(|n| n > 2))
}

/// The words of a small page, those for browsers without scripts included.
fn visible_page(capture: &Capture) -> String {
    let head = &capture.body[..capture.body.len().min(200_000)];
    if !capture.media_type().contains("html") {
        return String::new();
    }
    fold(&visible(&headwater_charset::decode(head, capture.content_type.as_deref(), &capture.url).text))
}

/// Words without tags, scripts and styles.
fn visible(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        text.push_str(&rest[..at]);
        text.push(' ');
        rest = &rest[at..];
        let name: String = rest.chars().take(8).collect::<String>().to_ascii_lowercase();
        let end = match () {
            () if name.starts_with("<script") => rest.find("</script").or(Some(rest.len())),
            () if name.starts_with("<style") => rest.find("</style").or(Some(rest.len())),
            () => rest.find('>').map(|e| e + 1),
        };
        rest = &rest[end.unwrap_or(rest.len()).max(1)..];
    }
    text + rest
}

/// A page without a sentence: rows, or entries under headings, without a day, as results and fixtures are; or headings that
/// lead elsewhere, as in a calendar.
fn table(article: &Article, around: &Around) -> Option<(PageKind, String)> {
    if around.main.iter().any(|l| !l.is_row && (l.letters >= PARAGRAPH / 2 || l.is_sentence)) {
        return None;
    }
    let undated = is_undated(article);
    let rows = around.main.iter().filter(|l| l.is_row).count();
    let headings = || around.main.iter().filter(|l| l.is_heading);
    let linked = headings().filter(|l| l.is_link).count();
    let found = |what: String| Some((PageKind::List, format!("{what} and no sentence")));
    match () {
        () if undated && rows >= LISTED => found(format!("{rows} rows")),
        () if undated && headings().count() >= FEW => found(format!("{} headings", headings().count())),
        () if linked >= FEW => found(format!("{linked} headings that lead elsewhere")),
        () => None,
    }
}

/// A page whose lines are links, one after another, with hardly a paragraph among them; or headlines that lead elsewhere, each
/// with its teaser; or one that calls itself a list.
fn list(article: &Article, around: &Around) -> Option<(PageKind, String)> {
    let found = |links: usize| Some((PageKind::List, format!("{links} lines are links and little else")));
    let own = || around.main.iter().filter(|l| !l.is_link);
    let items = || around.main.iter().filter(|l| l.is_item());
    let (linked, listed) = (items().count(), items().map(|l| l.letters).sum::<usize>());
    let size: usize = own().map(|l| l.letters).sum();
    // Little text, or as many lines as teasers have: a short article has few.
    let links = linked + around.linked;
    let meagre = size < LITTLE || own().count() >= LISTED && size <= 2 * HEADLINE * links;
    if meagre && !own().any(|l| l.letters >= PARAGRAPH) && links >= LISTED {
        return found(links);
    }
    // Hardly anything of the text stands without another page's headline above it.
    let (teased, letters) = around.teasers;
    let long = own().any(|l| l.letters >= TEASER);
    if teased >= FEW && letters * 10 >= size * 7 && own().count() <= 3 * teased && !long {
        return found(teased);
    }
    if let Some(table) = table(article, around) {
        return Some(table);
    }
    let cut = || own().filter(|l| l.is_cut);
    if cut().count() >= FEW && cut().map(|l| l.letters).sum::<usize>() * 10 >= size * 6 {
        return Some((PageKind::List, format!("{} lines break off", cut().count())));
    }
    let headlines = items().filter(|l| l.is_heading).count();
    if headlines >= LISTED && headlines * 3 >= around.main.len() {
        return Some((PageKind::List, format!("{headlines} headlines lead elsewhere")));
    }
    let title = fold(article.title.as_str());
    let named =
        CUES.page_kind.list_titles.iter().find(|w| title.contains(w.as_str()) && w.len() * 2 >= title.len());
    if let Some(word) = named.filter(|_| linked + around.linked >= LISTED) {
        return Some((PageKind::List, word.clone()));
    }
    let prose: usize = own().filter(|l| l.letters >= PARAGRAPH).map(|l| l.letters).sum();
    let is_list = linked >= LISTED && linked * 3 >= around.main.len() && prose < listed;
    is_list.then(|| found(linked)).flatten()
}
