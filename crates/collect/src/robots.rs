//! robots.txt: who may fetch what, how fast, and where the sitemaps are (RFC 9309).

use robotstxt::{DefaultMatcher, RobotsParseHandler, parse_robotstxt};
use std::time::Duration;

/// Bytes of a robots.txt that are read: RFC 9309 asks for at least 500 KiB.
const MAX_BYTES: usize = 512 << 10;

/// The rules of one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Robots {
    body: String,
    agent: String,
    /// Seconds between requests that it asks for, if it asks.
    pub delay: Option<Duration>,
    /// Sitemaps that it names, as written.
    pub sitemaps: Vec<String>,
}

impl Robots {
    /// Reads a file for a crawler of this name (letters and hyphens only).
    pub fn parse(bytes: &[u8], agent: &str) -> Robots {
        let bytes = &bytes[..bytes.len().min(MAX_BYTES)];
        let body = String::from_utf8_lossy(bytes).trim_start_matches('\u{feff}').to_owned();
        let mut notes = Notes::new(agent);
        parse_robotstxt(&body, &mut notes);
        let delay = notes.own_delay.or(notes.general_delay).map(Duration::from_secs_f64);
        Robots { body, agent: agent.to_owned(), delay, sitemaps: notes.sitemaps }
    }

    /// Rules that permit everything, for a host without a robots.txt.
    pub fn permissive() -> Robots {
        Robots { body: String::new(), agent: String::new(), delay: None, sitemaps: Vec::new() }
    }

    /// Whether an address may be fetched.
    pub fn allows(&self, url: &str) -> bool {
        self.body.is_empty()
            || DefaultMatcher::default().one_agent_allowed_by_robots(&self.body, &self.agent, url)
    }
}

/// What the matcher does not note: delays and sitemaps.
struct Notes<'a> {
    agent: &'a str,
    /// Whether the lines at hand speak to us, and whether to everyone.
    ours: bool,
    general: bool,
    in_agents: bool,
    own_delay: Option<f64>,
    general_delay: Option<f64>,
    sitemaps: Vec<String>,
}

impl<'a> Notes<'a> {
    fn new(agent: &'a str) -> Self {
        Notes {
            agent,
            ours: false,
            general: false,
            in_agents: false,
            own_delay: None,
            general_delay: None,
            sitemaps: Vec::new(),
        }
    }
}

impl RobotsParseHandler for Notes<'_> {
    fn handle_robots_start(&mut self) {}
    fn handle_robots_end(&mut self) {}
    fn handle_user_agent(&mut self, _line: u32, agent: &str) {
        if !self.in_agents {
            (self.ours, self.general) = (false, false);
        }
        self.in_agents = true;
        let name = agent.trim().split(['/', ' ']).next().unwrap_or_default();
        self.ours |= name.eq_ignore_ascii_case(self.agent);
        self.general |= name == "*";
    }
    fn handle_allow(&mut self, _line: u32, _value: &str) {
        self.in_agents = false;
    }
    fn handle_disallow(&mut self, _line: u32, _value: &str) {
        self.in_agents = false;
    }
    fn handle_sitemap(&mut self, _line: u32, value: &str) {
        if self.sitemaps.len() < 100 {
            self.sitemaps.push(value.trim().to_owned());
        }
    }
    fn handle_unknown_action(&mut self, _line: u32, action: &str, value: &str) {
        self.in_agents = false;
        if !action.trim().eq_ignore_ascii_case("crawl-delay") {
            return;
        }
        let seconds = value.trim().parse::<f64>().ok().filter(|s| (0.0..=86_400.0).contains(s));
        if self.ours {
            self.own_delay = self.own_delay.or(seconds);
        } else if self.general {
            self.general_delay = self.general_delay.or(seconds);
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
