//! Sentences that only pass on what others say of an act, ask about it or deny it: they move no measure and no list.

use crate::text::list::List;
use crate::text::words::{has_any, openings};
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    passed_on: List,
    denied: List,
    asked: List,
    questions: List,
    advised: List,
    negation: NotDone,
    requests: Requests,
}

/// Verbs by which somebody asks for something, and what.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Requests {
    verbs: List,
    objects: List,
}

/// Words by which a verb's act is not done.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NotDone {
    words: List,
    goes_on: List,
    clauses: List,
    chinese: List,
    right_before: List,
    none: List,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../data/hearsay.toml")).expect("data/hearsay.toml is right")
});

/// Whether folded words only ask about something, pass on what is rumoured, or deny it.
pub fn is_only_told(words: &str) -> bool {
    let question = words.contains('？') || words.trim_end_matches(['"', '”', ' ']).ends_with('?');
    let opens = words.trim_start();
    question
        || FILE.questions.iter().any(|word| opens.starts_with(word.as_str()))
        || [&FILE.passed_on, &FILE.denied, &FILE.asked].into_iter().any(|list| tells(words, list))
}

/// Whether folded words give what somebody wishes that another did.
pub fn is_advice(words: &str) -> bool {
    tells(words, &FILE.advised)
}

/// Whether a verb at a place of folded words only asks for something: 依照《办法》向商务部提出申请.
pub fn is_request(words: &str, verb: usize) -> bool {
    let clause = words[verb..].split(['，', ',', '；', '。', '《', '「']).next().unwrap_or_default();
    let Requests { verbs, objects } = &FILE.requests;
    verbs.iter().filter_map(|verb| clause.strip_prefix(verb.as_str())).any(|rest| has_any(rest, objects))
}

/// Whether folded words tell of no other proposal than what somebody asks for.
pub fn only_requests(words: &str) -> bool {
    let verbs = FILE.requests.verbs.iter();
    let mut places = verbs.flat_map(|verb| words.match_indices(verb.as_str())).map(|(at, _)| at).peekable();
    places.peek().is_some() && places.all(|at| is_request(words, at))
}

/// Whether words hold one of a list, a Latin one from its beginning: "rumor" is in "rumors", and "untrue" in no other word.
fn tells(words: &str, list: &List) -> bool {
    list.is_in(words) && list.iter().any(|word| openings(words, word).next().is_some())
}

/// Whether a verb at a place of folded words is negated: "has not been suspended", 尚未废止.
pub fn is_negated(words: &str, verb: usize) -> bool {
    /// Words before an English verb, and characters before a Chinese one, in which its negation stands.
    const WORDS: usize = 4;
    const CHARACTERS: usize = 4;
    let before = words[..verb].trim_end();
    let clause = before.rsplit([',', ';', ':', '，', '；', '：', '。', '、']).next().unwrap_or_default();
    let NotDone { words: not, goes_on, clauses, chinese, right_before, none } = &FILE.negation;
    if words[verb..].starts_with(|c: char| c.is_ascii()) {
        let mut behind = "";
        let near = clause.split_whitespace().rev().take(WORDS);
        // "Denied the motion and vacated the rule": the other verb's.
        let mut near = near.take_while(|word| !clauses.iter().any(|join| join == word));
        return near.any(|word| {
            let next = std::mem::replace(&mut behind, word);
            let negates = not.iter().any(|not| not == word) || word.ends_with("n't") || word.ends_with("n’t");
            negates && !goes_on.iter().any(|only| only == next)
        });
    }
    let start = clause.char_indices().rev().nth(CHARACTERS - 1).map_or(0, |(at, _)| at);
    let near = &clause[start..];
    let negates = has_any(near, chinese) || right_before.iter().any(|word| near.ends_with(word.as_str()));
    negates && !has_any(near, none)
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
        // Names that hold such words.
        for act in [
            "the bureau suspended its order on tern optics (nasdaq: tern) on monday.",
            "the office placed two firms of iraq: basra works and tigris lines.",
        ] {
            assert!(!is_only_told(act), "{act}");
        }
        assert!(is_only_told("q: has the rule been scrapped. a: no."));
        assert!(!is_advice("商务部将新希望集团列入名单。"));
        assert!(!is_advice("the purged files of the office are on the list"));
        assert!(is_advice("中方希望美方取消该名单。"));
        assert!(is_advice("the chamber urges the bureau to end the rule"));
    }

    #[test]
    fn who_asks_for_something_proposes_nothing() {
        for words in ["依照《锡办法》向海关提出进口许可申请。", "企业可就该决定提出书面意见", "应当提交申请"]
        {
            assert!(only_requests(words), "{words}");
        }
        for words in ["商务部提出《锡办法》，企业可以提出申请", "提出新的关税", "海关公布决定"]
        {
            assert!(!only_requests(words), "{words}");
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
        // What is denied, or is not all, is another thing.
        check("the court denied the motion and vacated the tin rule", "vacated", false);
        check("the bureau found no harm but suspended the tin rule", "suspended", false);
        check("the court has not only suspended the rule but struck it down", "suspended", false);
        check("the bureau neither suspended the rule nor ended it", "suspended", true);
        check("决定对不锈钢暂停征收该税", "暂停", false);
        check("将不可靠清单措施暂停", "暂停", false);
        check("商务部不予暂停该措施", "暂停", true);
        check("该办法不废止", "废止", true);
    }
}
