//! Sentences that only pass on what others say of an act, ask about it or deny it: they move no measure and no list.

use crate::words::has_any;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    passed_on: Vec<String>,
    denied: Vec<String>,
    asked: Vec<String>,
    advised: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/hearsay.toml")).expect("data/hearsay.toml is right")
});

/// Whether folded words only ask about something, pass on what is rumoured, or deny it.
pub fn is_only_told(words: &str) -> bool {
    let question = words.contains('？') || words.trim_end_matches(['"', '”', ' ']).ends_with('?');
    question || has_any(words, &FILE.passed_on) || has_any(words, &FILE.denied) || has_any(words, &FILE.asked)
}

/// Whether folded words give what somebody wishes that another did.
pub fn is_advice(words: &str) -> bool {
    has_any(words, &FILE.advised)
}

/// Whether a verb at a place of folded words is negated: "has not been suspended", 尚未废止.
pub fn is_negated(words: &str, verb: usize) -> bool {
    /// Words before an English verb, and characters before a Chinese one, in which its negation stands.
    const WORDS: usize = 4;
    const CHARACTERS: usize = 4;
    const NOT: [&str; 8] = ["not", "never", "no", "without", "neither", "nor", "cannot", "denied"];
    const CHINESE: [&str; 6] = ["未", "没有", "并非", "不会", "不予", "不"];
    let before = words[..verb].trim_end();
    let clause = before.rsplit([',', ';', ':', '，', '；', '：', '。', '、']).next().unwrap_or_default();
    if words[verb..].starts_with(|c: char| c.is_ascii()) {
        let mut near = clause.split_whitespace().rev().take(WORDS);
        return near.any(|word| NOT.contains(&word) || word.ends_with("n't") || word.ends_with("n’t"));
    }
    let start = clause.char_indices().rev().nth(CHARACTERS - 1).map_or(0, |(at, _)| at);
    let near = &clause[start..];
    // 不再 ends something; 不仅 negates nothing.
    CHINESE.iter().any(|word| near.contains(word)) && !near.contains("不再") && !near.contains("不仅")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn denials_questions_and_rumours_are_told_apart_from_acts() {
        for told in [
            "the bureau denied a report that it had scrapped the rule.",
            "reports that the agency has lifted the order are untrue.",
            "有媒体报道称海关将停止执行该规定。",
            "答:上述传闻不实。",
            "has the department withdrawn the rule?",
        ] {
            assert!(is_only_told(told), "{told}");
        }
        for act in
            ["the bureau scrapped the rule.", "海关决定停止执行该规定。", "exports were denied a licence."]
        {
            assert!(!is_only_told(act), "{act}");
        }
    }

    #[test]
    fn a_negation_stands_before_its_verb() {
        let check = |words: &str, verb: &str, expected: bool| {
            assert_eq!(is_negated(words, words.find(verb).unwrap()), expected, "{words}");
        };
        check("the rule has not yet been repealed", "repealed", true);
        check("the rule does not apply, the bureau repealed it", "repealed", false);
        check("该办法尚未废止", "废止", true);
        check("不再执行该办法", "执行", false);
    }
}
