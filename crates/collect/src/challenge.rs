//! Whether an answer is a bot wall in place of what was asked for. The signs are data.

const SIGNS: &str = include_str!("../data/challenge-signs.txt");

/// Walls are short pages; a long article may well write about captchas.
const MAX_WALL: usize = 60_000;

/// The sign that gave a bot wall away, if the answer is one. `text` is the decoded body.
pub(crate) fn sign(headers: &[(String, String)], text: &str) -> Option<&'static str> {
    let lines = || SIGNS.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with('#'));
    let by_header = lines()
        .filter_map(|l| l.strip_prefix("header "))
        .find(|sign| headers.iter().any(|(name, _)| name.eq_ignore_ascii_case(sign)));
    if by_header.is_some() || text.len() > MAX_WALL {
        return by_header;
    }
    let lower = text.to_lowercase();
    // The phrase must stand in an HTML page: a feed may carry a headline with such words.
    if !lower.contains("<html") && !lower.contains("<!doctype html") {
        return None;
    }
    let found = lines().filter(|l| !l.starts_with("header ")).find(|sign| lower.contains(sign));
    // A person is told the words, not the tags that they stand between.
    found.map(|sign| sign.trim_start_matches("<title>").trim_end_matches("</title>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walls() {
        let wall = "<!DOCTYPE html><html><title>Just a moment...</title><p>Verify you are human</p></html>";
        assert!(sign(&[], wall).is_some());
        assert!(sign(&[], "<html><title>安全验证</title>").is_some());
        assert!(sign(&[("CF-Mitigated".into(), "challenge".into())], "").is_some());
        assert!(sign(&[], "<rss><item><title>Verify you are human: how captchas work</title>").is_none());
        assert!(sign(&[], &format!("<html>captcha, 人机验证{}", "word ".repeat(20_000))).is_none());
    }
}
