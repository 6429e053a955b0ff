//! robots.txt: who may fetch what, how fast, and where the sitemaps are (RFC 9309).
//!
//! Our own reader: the port of Google's that was tried (`robotstxt` 0.3) panics on real files that are not UTF-8,
//! and the other one brings 47 crates for what follows.

use std::time::Duration;

/// Bytes of a robots.txt that are read: RFC 9309 asks for at least 500 KiB.
const MAX_BYTES: usize = 512 << 10;

/// Bytes of one pattern, and of one address, that are compared: addresses beyond this are rare, and matching costs
/// their product.
const MAX_PATTERN: usize = 2048;

/// Longest `Crawl-delay` that is believed, in seconds: a day.
const MAX_DELAY: f64 = 86_400.0;

/// The rules of one host for one crawler.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Robots {
    rules: Vec<Rule>,
    /// Time between requests that it asks for, if it asks.
    pub delay: Option<Duration>,
    /// Sitemaps that it names, as written.
    pub sitemaps: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Rule {
    pattern: String,
    allows: bool,
}

/// Lines that speak to the same crawlers.
#[derive(Default)]
struct Group {
    agents: Vec<String>,
    rules: Vec<Rule>,
    delay: Option<Duration>,
}

impl Robots {
    /// Reads a file for a crawler of this name.
    pub fn parse(bytes: &[u8], agent: &str) -> Robots {
        let text = String::from_utf8_lossy(&bytes[..bytes.len().min(MAX_BYTES)]);
        let mut sitemaps = Vec::new();
        let groups = groups(text.trim_start_matches('\u{feff}'), &mut sitemaps);
        let ours = |g: &&Group| g.agents.iter().any(|a| a.eq_ignore_ascii_case(agent));
        let general = |g: &&Group| g.agents.iter().any(|a| a == "*");
        // All groups for our name count together; the general ones only where there are none (RFC 9309, 2.2.1).
        let mut chosen: Vec<&Group> = groups.iter().filter(ours).collect();
        if chosen.is_empty() {
            chosen = groups.iter().filter(general).collect();
        }
        let own_delay = chosen.iter().find_map(|g| g.delay);
        let delay = own_delay.or_else(|| groups.iter().filter(general).find_map(|g| g.delay));
        let rules = chosen.iter().flat_map(|g| g.rules.iter().cloned()).collect();
        Robots { rules, delay, sitemaps }
    }

    /// Rules that permit everything, for a host without a robots.txt.
    pub fn permissive() -> Robots {
        Robots::default()
    }

    /// Whether an address may be fetched: the longest pattern that fits decides, permission where two are as long.
    pub fn allows(&self, url: &str) -> bool {
        let path = pattern(path_of(url));
        if path == "/robots.txt" {
            return true;
        }
        let fitting = self.rules.iter().filter(|rule| fits(rule.pattern.as_bytes(), path.as_bytes()));
        fitting.max_by_key(|rule| (rule.pattern.len(), rule.allows)).is_none_or(|rule| rule.allows)
    }
}

fn groups(text: &str, sitemaps: &mut Vec<String>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut naming = false;
    for line in text.split(['\n', '\r']) {
        let line = line.split('#').next().unwrap_or_default();
        let Some((key, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "user-agent" | "useragent" | "user agent" => {
                if !naming {
                    groups.push(Group::default());
                }
                naming = true;
                if let Some(group) = groups.last_mut() {
                    group.agents.push(product(value));
                }
            }
            "sitemap" | "site-map" if sitemaps.len() < 100 => sitemaps.push(value.to_owned()),
            key => {
                // Unknown lines do not end the list of names; rules do.
                naming &= !rule(key, value, groups.last_mut());
            }
        }
    }
    groups
}

/// The name in a `User-agent` line, without version.
fn product(value: &str) -> String {
    value.split(['/', ' ', '\t']).next().unwrap_or_default().to_owned()
}

/// Adds a rule to the group at hand; false if the line is none. Misspellings as Google's parser forgives them.
fn rule(key: &str, value: &str, group: Option<&mut Group>) -> bool {
    let allows = match key {
        "allow" => Some(true),
        "disallow" | "dissallow" | "dissalow" | "disalow" | "diasllow" | "disallaw" => Some(false),
        "crawl-delay" => None,
        _ => return false,
    };
    let Some(group) = group else { return true };
    match allows {
        // An empty pattern fits nothing.
        Some(allows) if !value.is_empty() => group.rules.push(Rule { pattern: pattern(value), allows }),
        Some(_) => {}
        None => {
            let seconds = value.parse::<f64>().ok().filter(|s| (0.0..=MAX_DELAY).contains(s));
            group.delay = group.delay.or(seconds.map(Duration::from_secs_f64));
        }
    }
    true
}

fn pattern(value: &str) -> String {
    let value = normal(value);
    if value.starts_with(['/', '*']) { value } else { format!("/{value}") }
}

/// Path and query of an address.
fn path_of(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(url, |at| &url[at + 3..]);
    let path = after_scheme.find(['/', '?']).map_or("/", |at| &after_scheme[at..]);
    path.split('#').next().unwrap_or(path)
}

/// Letters beyond ASCII in percent-encoding and hexadecimal digits in capitals, so that both spellings compare.
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = 0;
    for byte in text.bytes().take(MAX_PATTERN) {
        match byte {
            0x80.. => out.push_str(&format!("%{byte:02X}")),
            _ if digits > 0 => out.push(char::from(byte.to_ascii_uppercase())),
            _ => out.push(char::from(byte)),
        }
        digits = if byte == b'%' { 2 } else { i32::max(digits - 1, 0) };
    }
    out
}

/// Whether a pattern fits the beginning of a path: `*` stands for anything, `$` at the end for the path's end.
fn fits(pattern: &[u8], path: &[u8]) -> bool {
    let (pattern, to_end) = match pattern.split_last() {
        Some((b'$', rest)) => (rest, true),
        _ => (pattern, false),
    };
    let (mut at, mut here) = (0, 0);
    // Where to go on after the last star: on a mismatch it takes one more byte.
    let mut star: Option<(usize, usize)> = None;
    loop {
        if at == pattern.len() {
            if !to_end || here == path.len() {
                return true;
            }
        } else if pattern[at] == b'*' {
            at += 1;
            star = Some((at, here));
            continue;
        } else if here < path.len() && pattern[at] == path[here] {
            at += 1;
            here += 1;
            continue;
        }
        match star {
            Some((after, taken)) if taken < path.len() => {
                star = Some((after, taken + 1));
                (at, here) = (after, taken + 1);
            }
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "User-agent: *\nDisallow: /private\nCrawl-delay: 2.5\n\nUser-agent: Headwater\n\
        User-agent: Other\nDisallow: /ours\nAllow: /ours/open\n\nSitemap: https://a.example/sitemap.xml\n";

    #[test]
    fn rules() {
        let check = |agent: &str, path: &str, allowed: bool| {
            let url = format!("https://a.example{path}");
            assert_eq!(Robots::parse(FILE.as_bytes(), agent).allows(&url), allowed, "{agent} {path}");
        };
        check("Headwater", "/private", true);
        check("Headwater", "/ours/x", false);
        check("Headwater", "/ours/open/x", true);
        check("Somebody", "/private/x", false);
        check("Somebody", "/ours", true);
    }

    #[test]
    fn patterns() {
        let check = |pattern: &str, path: &str, expected: bool| {
            assert_eq!(
                fits(super::pattern(pattern).as_bytes(), normal(path).as_bytes()),
                expected,
                "{pattern} {path}"
            );
        };
        check("/a", "/abc", true);
        check("/a$", "/abc", false);
        check("/a$", "/a", true);
        check("/*.php", "/x/index.php?y", true);
        check("/*.php$", "/x/index.php?y", false);
        check("/*.php$", "/x.php/index.php", true);
        check("*/b*/d", "/a/bc/d/e", true);
        check("a", "/abc", true);
        check("/关于", "/%e5%85%b3%E4%BA%8E/x", true);
        check("/a*****************b", "/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false);
    }

    #[test]
    fn groups_for_one_name_count_together() {
        let file = "User-agent: Headwater\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nuser-agent: headwater/1.0\nDisalow: /b";
        let robots = Robots::parse(file.as_bytes(), "Headwater");
        assert!(!robots.allows("https://a.example/a") && !robots.allows("https://a.example/b"));
        assert!(robots.allows("https://a.example/c") && robots.allows("https://a.example"));
        assert!(!Robots::parse(file.as_bytes(), "Other").allows("https://a.example?x"));
    }

    #[test]
    fn delays_and_sitemaps() {
        let robots = |agent| Robots::parse(FILE.as_bytes(), agent);
        assert_eq!(robots("Somebody").delay, Some(Duration::from_millis(2500)));
        assert_eq!(robots("Headwater").delay.or(Some(Duration::ZERO)), Some(Duration::from_millis(2500)));
        assert_eq!(robots("Headwater").sitemaps, ["https://a.example/sitemap.xml"]);
    }

    #[test]
    fn odd_files() {
        for odd in [
            "",
            "\u{feff}User-agent: *\nDisallow: /",
            "<html>",
            "Crawl-delay: NaN",
            "user-agent",
            ":::\n\r\r",
        ] {
            let _ = Robots::parse(odd.as_bytes(), "Headwater").allows("https://a.example/关于?x=%zz#y");
        }
        let marked = Robots::parse("\u{feff}User-agent: *\nDisallow: /".as_bytes(), "Headwater");
        assert!(!marked.allows("https://a.example/x"));
    }
}
