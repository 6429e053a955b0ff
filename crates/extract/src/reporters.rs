//! Reporters as Chinese, Japanese and Korean reports name them, in a line among others or inside of one: 记者 程大有, （程大有 金铃）,
//! 김하늘 기자.

use crate::blocks::Block;
use crate::bylines::BYLINES;
use regex::Regex;
use std::sync::LazyLock;

/// Reporters whom a Chinese report names in brackets or in a line of its own.
static REPORTERS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[（(【〔\s　|／/])(?:\p{Han}{2,6}?(?:见习|实习|特约)?(?:记者|記者)|记者|記者|作者|(?:(?:摄影|攝影)[、/／])?文字[：:]|撰文者?[：:／/丨|｜]|编译[：:／/丨|｜]|編譯[：:／/丨|｜]|报道[：:]|報導[：:]|采写[：:]|文[：:／/丨|｜\s　])[\s　：:／/丨|｜]*(?P<names>(?:\p{Han}{3}|\p{Han}{2,4}?)(?:·\p{Han}{1,6})?(?:[\s　、，,]+(?:(?:实习生|实习记者|见习记者|通讯员|通訊員|記者|记者)[\s　]*)?\p{Han}{2,4}?(?:·\p{Han}{1,6})?){0,4})[\s　]*(?:[）)】〕／/|丨｜]|报道|報導|摄|攝|文|编辑|来源|[\s　]\p{Han}{1,5}[：:]|\d{2,4}[-年./]|\p{Han}{2,4}\d{1,2}日[电電]|\d{1,2}月\d{1,2}日|$)")
        .expect("a valid pattern")
});

/// Characters at either end of a block among which its reporters stand.
const EDGE: usize = 200;
const SIGNED: usize = 40;

/// Those of the first line that names any.
pub fn reporters(blocks: &[Block]) -> Vec<String> {
    let find = |block: &Block| {
        let names = at_head(&block.text).or_else(|| at_foot(&block.text))?;
        // 记者联盟 leads to a page of the site's own.
        let linked = |(words, _): &(String, String)| {
            words.len() > names.len()
                && words.ends_with(names.as_str())
                && !words.contains([' ', '：', ':', '/', '｜', '|'])
        };
        (!block.links.iter().any(linked)).then_some(names)
    };
    blocks.iter().find_map(find).into_iter().collect()
}

/// Whether a brief line names a reporter.
pub fn names_reporter(line: &str) -> bool {
    at_head(line).is_some()
}

/// The reporters whom a line names at its beginning.
pub fn at_head(line: &str) -> Option<String> {
    let head: String = line.chars().take(EDGE).collect();
    let names = REPORTERS.captures(&head)?.name("names")?;
    let behind = head[names.end()..].trim_start();
    // Whoever took the picture did not write the text.
    let pictured =
        behind.starts_with(['摄', '攝']) && !PHOTOGRAPHER.is_match(behind) && !behind.starts_with("摄影报道");
    (!pictured).then(|| names.as_str().to_owned())
}

/// 摄像：, the label of somebody else.
static PHOTOGRAPHER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{Han}{1,4}[：:]").expect("a valid pattern"));

/// The reporters in the brackets that end a paragraph: （文：程大有 图：金铃）.
fn at_foot(line: &str) -> Option<String> {
    let inside = line.trim_end().strip_suffix(['）', ')'])?;
    let from = inside.rfind(['（', '('])?;
    let brief = inside[from..].chars().count() <= SIGNED;
    brief.then(|| at_head(&line[from..])).flatten()
}

/// Names in brackets at the end of a paragraph or alone, as Chinese and Japanese papers sign: （程大有 金铃）.
static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[。！？”」])[（(](?P<names>\p{Han}{2,4}(?:[\s　、]\p{Han}{2,4}){0,2})[）)]$")
        .expect("a valid pattern")
});

/// The names of the last line that is signed so.
pub fn in_brackets(blocks: &[Block]) -> Vec<String> {
    let text = |b: &&Block| !b.place.aside && !b.row && b.linked() == 0;
    let signed = |b: &Block| {
        let names = BRACKETED.captures(b.text.trim_end())?.name("names")?.as_str().to_owned();
        (!BYLINES.unsigned.iter().any(|word| names.contains(word.as_str()))).then_some(names)
    };
    blocks.iter().filter(text).filter_map(signed).next_back().into_iter().collect()
}

/// 김하늘 기자, [서울=한빛통신] 김하늘·박바다 기자 =.
static KOREAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[\s\[\](（=|/])(?P<names>\p{Hangul}{2,4}(?:\s?[·,ㆍ]\s?\p{Hangul}{2,4}){0,4})\s?(?:선임|수석|인턴|객원|전문|수습)?\s?(?:기자|특파원)(?:[\s=()（）\[\]|/.·,]|$)",
    )
    .expect("a valid pattern")
});

/// Characters at the beginning of a block among which a Korean report names its reporter.
const DATELINE: usize = 60;

/// The reporters of the first line that names any before its own text, or alone.
pub fn korean(blocks: &[Block]) -> Vec<String> {
    let named = |block: &Block| {
        let line: String = block.text.chars().take(DATELINE).collect();
        let found = KOREAN.captures(&line)?;
        let parts = found.name("names")?.as_str().split(['·', ',', 'ㆍ']);
        let names: Vec<String> =
            parts.map(|name| name.trim().to_owned()).filter(|n| is_korean_name(n)).collect();
        (!names.is_empty()).then_some(names)
    };
    let own = |block: &&Block| !block.place.aside && block.text.contains(['기', '특']);
    blocks.iter().filter(own).find_map(named).unwrap_or_default()
}

fn is_korean_name(name: &str) -> bool {
    let family = name.chars().next().is_some_and(|first| BYLINES.korean_families.contains(first));
    family && !BYLINES.korean_offices.iter().any(|office| office == name)
}
