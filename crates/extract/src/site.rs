//! What a page's site is called: by its head, else by the tab, the logo or the foot, else by its address.

use crate::blocks::{Block, Outline, letters, squeezed};
use crate::landmarks::Landmarks;
use crate::metadata::{Head, Said, folded, names};
use crate::titles::{label, plain, segments, site_in_tab};
use dom_query::NodeRef;
use std::collections::BTreeSet;

/// Characters of a name.
const LONGEST: usize = 40;

/// A picture that may be the site's logo.
#[derive(Clone)]
pub struct Logo {
    /// What it shows, in words.
    name: String,
    /// Whether it is called a logo.
    called: bool,
}

/// Characters of a name that is written out as a logo.
const WRITTEN: usize = 24;

/// Elements in letters that may be the site's logo.
const LOGOS: usize = 12;

/// What the first pictures of a page show, in words.
pub fn logos(landmarks: &Landmarks, url: &str) -> Vec<Logo> {
    let read = |image: &NodeRef| {
        let name = squeezed(&image.attr("alt")?);
        let called = ["class", "id", "src"].iter().filter_map(|a| image.attr(a));
        let called = called.map(|value| value.to_ascii_lowercase()).any(|value| value.contains("logo"));
        // A file's name says nothing: ascom-image-1.
        let spoken =
            !name.contains(['_', '.', '/']) && name.chars().next_back().is_some_and(char::is_alphabetic);
        let named = (2..=LONGEST).contains(&name.chars().count()) && folded(&name) != "logo" && spoken;
        named.then_some(Logo { name, called })
    };
    landmarks.pictures.iter().filter_map(read).chain(written_logos(&landmarks.logos, url)).collect()
}

/// Elements called a logo that hold the site's name in letters, or a picture of it: the address spells it, or it leads to the
/// site's first page, or the element is called nothing else. Slogans are called logos, too. The surest come first.
fn written_logos(elements: &[NodeRef], url: &str) -> Vec<Logo> {
    let called = |node: &NodeRef| {
        let names = ["class", "id"].iter().filter_map(|a| node.attr(a)).map(|v| v.to_ascii_lowercase());
        names.collect::<Vec<_>>()
    };
    let says_logo = |word: &str| word == "logo" || word == "sitename";
    let is_logo = |node: &NodeRef| {
        let words = |value: &String| value.split(|c: char| !c.is_ascii_alphabetic()).any(says_logo);
        called(node).iter().any(words)
    };
    let is_no_more = |node: &NodeRef| called(node).iter().any(|value| says_logo(value));
    let is_headline = |node: &NodeRef| {
        node.has_name("h1") && !is_logo(node) && node.text().trim().chars().count() > WRITTEN
    };
    // Below the headline stand the logos of others, and so do links to them.
    let own = label(url);
    let address = |node: &NodeRef| {
        let inside = node.descendants_it().find_map(|inside| inside.attr("href"));
        let around = || node.ancestors(Some(3)).iter().find_map(|outer| outer.attr("href"));
        node.attr("href").or(inside).or_else(around)
    };
    let leads_away = |node: &NodeRef| {
        address(node).and_then(|address| label(&address)).is_some_and(|other| Some(other) != own)
    };
    let base = url::Url::parse(url).ok();
    let leads_home = |node: &NodeRef| {
        let target = address(node).and_then(|address| base.as_ref()?.join(&address).ok());
        let brief = |path: &str| path.split('/').filter(|part| !part.is_empty()).count() <= 1;
        target.is_some_and(|target| target.has_host() && brief(target.path()))
    };
    let rank = |node: &NodeRef, name: &str| match () {
        () if own.as_deref().is_some_and(|own| is_called(name, own)) => Some(0),
        () if leads_home(node) => Some(1),
        () => is_no_more(node).then_some(2),
    };
    let read = |node: &NodeRef| {
        let text = squeezed(&node.text());
        let pictured = || node.descendants_it().find_map(|inside| inside.attr("alt"));
        let name = if text.is_empty() { squeezed(&pictured()?) } else { text };
        let named = (2..=WRITTEN).contains(&name.chars().count())
            && folded(&name) != "logo"
            && name.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || "'’&·-".contains(c));
        named.then(|| rank(node, &name).map(|rank| (rank, name)))?
    };
    let above = elements
        .iter()
        .take_while(|node| !is_headline(node))
        .filter(|node| is_logo(node) && !leads_away(node));
    let mut named: Vec<(u8, String)> = above.take(LOGOS).filter_map(read).collect();
    named.sort_by_key(|(rank, _)| *rank);
    named.into_iter().map(|(_, name)| Logo { name, called: true }).collect()
}

/// The name that the head states, without what else stands in its field.
pub fn stated(head: &Head, url: &str) -> Option<String> {
    let metas = head.meta_values(&names().sites).map(|s| s.trim_start_matches('@').to_owned());
    let first = head.meta_values(&["og:site_name"]).map(str::to_owned).chain(head.publisher()).chain(metas);
    let label = label(url).unwrap_or_default();
    let host = url::Url::parse(url).ok().and_then(|u| u.host_str().map(str::to_owned)).unwrap_or_default();
    // Some fields hold the address.
    let is_address = |name: &String| name.contains('.') && host.ends_with(name.trim_start_matches("www."));
    let named = first.filter(|name| !is_address(name)).find(|name| !folded(name).is_empty());
    // Some fields hold a section or an owner, where the tab names the site as its address does.
    let in_tab = || segments(&head.tab).into_iter().rev().find(|part| is_called(part, &label));
    let foreign = |name: &str| !name.is_ascii() || segments(name).iter().any(|part| is_called(part, &label));
    named.map(|name| match in_tab() {
        Some(part) if !foreign(&name) && !is_called(&name, &label) => part.to_owned(),
        _ => core(&name, &label),
    })
}

/// A name without a slogan, a section or its own transcription: `Gazette | Latest news`, `港岸 KongOn`.
fn core(name: &str, label: &str) -> String {
    let own = segments(name).into_iter().find(|part| is_called(part, label));
    let name = own.unwrap_or(name).trim();
    let latin = |rest: &str| rest.is_ascii() && rest.contains(|c: char| c.is_ascii_alphabetic());
    match name.split_once([' ', '-', '|']) {
        Some((first, rest))
            if latin(rest) && !first.is_empty() && first.chars().all(|c| c as u32 >= 0x2e80) =>
        {
            first.to_owned()
        }
        _ => name.to_owned(),
    }
}

/// Whether an address's label spells a name: `lecourrier` of Le Courrier.
fn is_called(name: &str, label: &str) -> bool {
    let name: String = name.split(|c: char| !c.is_alphanumeric()).map(plain).collect();
    let label = folded(label);
    let article = name.strip_prefix("the").filter(|rest| rest.len() > 3);
    name.len() > 3 && (name == label || article == Some(&label) || name.len() > 7 && label.starts_with(&name))
}

/// The name that the page shows.
pub fn shown(outline: &Outline, said: &Said, title: &str, url: &str) -> Option<String> {
    let label = label(url);
    let owner = owner(&outline.blocks);
    let logo = said.logos.iter().find(|l| l.called).map(|l| l.name.as_str());
    let in_tab = || {
        let parts = segments(&said.head.tab);
        let known = |part: &&str| {
            let own = |name: &str| folded(name) == folded(part);
            said.logos.iter().any(|l| own(&l.name))
                || owner.as_deref().is_some_and(own)
                || label.as_deref().is_some_and(|label| is_called(part, label))
        };
        parts.iter().copied().find(known).map(str::to_owned)
    };
    let behind = || site_in_tab(&said.head.tab, title).filter(|name| !is_general(name));
    let named = in_tab().or_else(|| behind().filter(|_| !ends_in_keywords(&said.head)));
    let named = named.or_else(|| logo_in(&said.head.tab, title, &said.logos));
    let named = named.or_else(|| logo.map(without_logo)).or_else(|| owner.clone());
    let named = named.map(|name| core(&name, label.as_deref().unwrap_or_default()));
    named.or_else(|| spelled(&outline.blocks, label.as_deref()?)).or(label)
}

/// Whether what stands behind the headline in a tab is what the page is about, word by word, and names no site.
fn ends_in_keywords(head: &Head) -> bool {
    let parts = segments(&head.tab);
    let words: BTreeSet<String> = head
        .meta_values(&["keywords"])
        .flat_map(|words| words.split([',', '，', '、', ';', ' ']))
        .map(folded)
        .collect();
    parts.len() > 2 && parts[1..].iter().all(|part| words.contains(&folded(part)))
}

/// The name that the tab gives in another script than the head, which spells it in Latin letters for programs.
pub fn in_own_script(stated: Option<&str>, tab: &str, title: &str) -> Option<String> {
    let shown = stated.filter(|name| name.is_ascii()).and_then(|_| site_in_tab(tab, title))?;
    let foreign = |text: &str| text.chars().filter(|c| c.is_alphabetic()).all(|c| c as u32 >= 0x370);
    (letters(&shown) > 3 && foreign(&shown) && !is_general(&shown)).then_some(shown)
}

/// 手机, 首页: a part of any site.
fn is_general(name: &str) -> bool {
    names().general.iter().any(|word| folded(word) == folded(name))
}

fn without_logo(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    lower.strip_suffix("logo").map_or(name, |rest| name[..rest.len()].trim()).to_owned()
}

/// A picture's words that the tab has, too, and the title has not.
fn logo_in(tab: &str, title: &str, logos: &[Logo]) -> Option<String> {
    let named = |l: &&Logo| tab.contains(&l.name) && !title.contains(&l.name) && letters(&l.name) > 5;
    logos.iter().find(named).map(|l| l.name.clone())
}

/// Blocks at the foot of a page among which its owner stands.
const FOOT: usize = 60;
/// Characters of a line there.
const LINE: usize = 200;

/// Whose page the foot says it is: 版权所有：X, X版权所有, 主办单位：X, © 2026 X.
fn owner(blocks: &[Block]) -> Option<String> {
    let foot = blocks.iter().rev().take(FOOT).map(|b| b.text.as_str());
    let lines: Vec<&str> = foot.filter(|line| line.chars().count() <= LINE).collect();
    let find = |words: &[String], read: fn(&str, &str) -> Option<String>| {
        words.iter().find_map(|word| lines.iter().find_map(|line| read(line, word)))
    };
    find(&names().owned_by, owner_behind).or_else(|| find(&names().owned, owner_before))
}

fn owner_behind(line: &str, word: &str) -> Option<String> {
    let rest = &line[line.find(word)? + word.len()..];
    let rest = rest.trim_start_matches(|c: char| !c.is_alphabetic());
    let end = rest.find(|c: char| !(c.is_alphanumeric() || " '’&-·".contains(c))).unwrap_or(rest.len());
    let name = ["All ", " 版权", " 版權"]
        .iter()
        .fold(&rest[..end], |name, tail| name.split(tail).next().unwrap_or(name));
    as_owner(name)
}

fn owner_before(line: &str, word: &str) -> Option<String> {
    let before = &line[..line.find(word)?];
    let name = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '·')).next().unwrap_or_default();
    as_owner(name)
}

/// A name, if it is a site's and no company's, without its office.
fn as_owner(name: &str) -> Option<String> {
    let name = name.trim().trim_end_matches(|c: char| !c.is_alphabetic());
    // Behind a Chinese name stands what else there is to say, apart by a blank.
    let eastern = |word: &str| word.chars().all(|c| c as u32 >= 0x2e80);
    let name = name.split_once(' ').map_or(name, |(first, _)| if eastern(first) { first } else { name });
    let name = names().offices.iter().find_map(|office| name.strip_suffix(office.as_str())).unwrap_or(name);
    let words = name.split(' ').next_back().unwrap_or_default();
    let company =
        names().companies.iter().any(|end| words == end || !end.is_ascii() && name.ends_with(end.as_str()));
    let named = letters(name) > 5 && name.chars().count() <= LONGEST && name.contains(char::is_alphabetic);
    (named && !company).then(|| name.to_owned())
}

/// Words of the page that the address's label spells without their spaces and accents: the name as people write it.
fn spelled(blocks: &[Block], label: &str) -> Option<String> {
    let label = folded(label);
    let piece = |text: &str| -> Option<String> {
        let part = text.split(|c: char| !(c.is_alphanumeric() || " '’-&".contains(c)));
        let mut parts = part.map(|p| p.trim_matches(|c: char| !c.is_alphabetic()));
        parts
            .find(|p| p.len() >= label.len() && p.len() <= 2 * label.len() + 8 && is_called(p, &label))
            .map(str::to_owned)
    };
    let short = blocks.iter().filter(|b| b.text.len() <= LINE);
    (label.len() > 3).then(|| short.filter_map(|b| piece(&b.text)).find(|p| p.contains(' '))).flatten()
}
