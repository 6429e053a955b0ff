//! What a page says about itself, inside its text and around it.

use crate::blocks::Block;
use crate::cues::{CUES, NoticeCues, fold};
use crate::near;
use aho_corasick::AhoCorasick;
use headwater_model::{Article, Notice, NoticeKind, Part, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// A line of furniture longer than this says something else.
const FURNITURE_LINE: usize = 160;
/// A line of the text that is a notice and no more is at most this long.
const NOTICE_LINE: usize = 60;

/// Lines at the head of the text that may label it.
const HEAD: usize = 4;

/// Takes out of the main text the lines that are furniture, and reads the page's furniture for notices.
pub fn take(main: &mut Vec<Block>, furniture: &[&Block], above: &[&str], article: &mut Article) {
    let short = furniture.iter().filter(|b| b.text.chars().count() <= FURNITURE_LINE);
    let written = short.filter(|b| !b.text.contains("</"));
    let place = |b: &Block| match () {
        () if b.place.aside => Stands::Beside,
        () if above.contains(&b.text.as_str()) && !b.row => Stands::Near,
        () => Stands::Elsewhere,
    };
    let mut lines: Vec<(String, Stands)> = written.map(|b| (b.text.clone(), place(b))).collect();
    let mut at = 0;
    main.retain(|block| {
        at += 1;
        let is_furniture = !block.row
            && block.text.chars().count() <= NOTICE_LINE
            && find(&block.text).is_some_and(|(kind, _)| removable(kind));
        if is_furniture {
            lines.push((block.text.clone(), if at <= HEAD { Stands::Near } else { Stands::Elsewhere }));
        }
        !is_furniture
    });
    let mut kept = String::new();
    let mut found: Vec<(NoticeKind, std::ops::Range<usize>, String)> = Vec::new();
    let mut said = Said::default();
    for (line, stands) in lines {
        let mut notices = all(&line);
        notices.retain(|(kind, _)| stands.allows(*kind));
        notices.retain(|(kind, value)| said.is_new(*kind, value));
        if notices.is_empty() {
            continue;
        }
        if !kept.is_empty() {
            kept.push('\n');
        }
        let start = kept.len();
        kept.push_str(&line);
        found.extend(notices.into_iter().map(|(kind, value)| (kind, start..start + line.len(), value)));
    }
    article.furniture = Text::new(kept);
    for (kind, range, value) in found {
        if let Some(evidence) = article.furniture.cut(range, Part::Page) {
            article.notices.push(Notice { kind, value, evidence });
        }
    }
}

/// Where a line of furniture stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stands {
    /// Right above the text, or in it.
    Near,
    /// Beside the article: comments, teasers, the foot of the page.
    Beside,
    Elsewhere,
}

impl Stands {
    /// Whether a line that stands there may say so of the article: every page's foot has the offer of a subscription,
    /// and teasers are sponsored and some hours old.
    fn allows(self, kind: NoticeKind) -> bool {
        match kind {
            NoticeKind::Paywall => self != Stands::Beside,
            NoticeKind::Sponsored | NoticeKind::RelativeTime => self == Stands::Near,
            _ => true,
        }
    }
}

/// Lines of the text that say something of the page and stay, for they are part of what is read.
pub fn add_text_notices(article: &mut Article) {
    let mut said = Said::default();
    for notice in &article.notices {
        said.is_new(notice.kind, &notice.value);
    }
    let mut at = 0;
    for line in article.text.as_str().split('\n') {
        let range = at..at + line.len();
        at = range.end + 1;
        if line.chars().count() > 2 * FURNITURE_LINE {
            continue;
        }
        for (kind, value) in all(line) {
            if said.is_new(kind, &value)
                && let Some(evidence) = article.text.cut(range.clone(), Part::Text)
            {
                article.notices.push(Notice { kind, value, evidence });
            }
        }
    }
}

/// Notices of one kind that are kept: those beyond them say nothing more of the page.
const OF_A_KIND: usize = 20;

/// What notices have said so far.
#[derive(Default)]
struct Said(BTreeMap<NoticeKind, BTreeSet<String>>);

impl Said {
    /// Whether a notice says something new; from then on it does not.
    fn is_new(&mut self, kind: NoticeKind, value: &str) -> bool {
        let values = self.0.entry(kind).or_default();
        values.len() < OF_A_KIND && values.insert(value.to_owned())
    }
}

/// Kinds whose lines are furniture wherever they stand.
fn removable(kind: NoticeKind) -> bool {
    use NoticeKind as K;
    matches!(
        kind,
        K::OriginalSource
            | K::OriginalTitle
            | K::OriginalUrl
            | K::Editor
            | K::Paywall
            | K::Sponsored
            | K::RelativeTime
    )
}

fn find(line: &str) -> Option<(NoticeKind, String)> {
    all(line).into_iter().next()
}

/// Every cue of a notice.
static ANY: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let cues = CUES.notice.iter().flat_map(|c| c.starts.iter().chain(&c.inside).chain(&c.whole));
    AhoCorasick::new(cues.map(|cue| fold(cue))).expect("the cues are few and short")
});

/// Every notice in a line.
fn all(line: &str) -> Vec<(NoticeKind, String)> {
    let folded = fold(line);
    // Few lines hold a cue at all.
    let cues = if ANY.is_match(&folded) { &CUES.notice[..] } else { &[] };
    let mut found: Vec<(NoticeKind, String)> =
        cues.iter().filter_map(|cues| Some((cues.kind, matched(line, &folded, cues)?))).collect();
    if let Some(told) = near::ago(&folded) {
        found.push((NoticeKind::RelativeTime, told.to_owned()));
    }
    found
}

/// Brackets that open a notice.
const OPENERS: &[char] = &['(', '[', '【', '〔', '*', '-', '—', ' ', '■', '●', '▲'];

fn matched(line: &str, folded: &str, cues: &NoticeCues) -> Option<String> {
    let inner = folded.trim_start_matches(OPENERS);
    let skipped = folded.chars().count() - inner.chars().count();
    for cue in &cues.starts {
        let Some(rest) = inner.strip_prefix(cue.as_str()) else { continue };
        let labelled = rest.starts_with([':', ' ']) || cue.ends_with([':', ' ']) || !cue.is_ascii();
        let offset = skipped + cue.chars().count();
        let value = value(line, offset, cues.kind);
        // A label without a colon is only a label in front of something short.
        let colon = rest.trim_start().starts_with(':')
            || cue.contains(':')
            || cue.contains(' ')
            || !cue.is_ascii() && rest.starts_with(' ');
        if labelled && colon && !value.is_empty() {
            return Some(value);
        }
    }
    for cue in &cues.inside {
        let cue = fold(cue);
        if let Some(at) = folded.find(&cue) {
            let value = value(line, folded[..at].chars().count() + cue.chars().count(), cues.kind);
            if !value.is_empty() {
                return Some(value);
            }
        }
    }
    // A sentence about paywalls says more than a paywall does.
    let least = if cues.kind == NoticeKind::Paywall { folded.len() / 3 } else { 0 };
    let whole = cues.whole.iter().any(|cue| cue.len() >= least && folded.contains(cue.as_str()));
    whole.then(|| line.trim().to_owned())
}

/// What follows a label, without brackets; for names up to the next gap.
fn value(line: &str, offset: usize, kind: NoticeKind) -> String {
    let rest: String = line.chars().skip(offset).collect();
    let rest = rest.trim_start_matches([':', '：', ' ', '\u{3000}', '\u{a0}', '《']).trim_end();
    let names = matches!(kind, NoticeKind::OriginalSource | NoticeKind::Editor);
    let end = if names {
        let gap = rest.find(['\u{3000}', '|', '｜', '\t', ')', '）', ']', '】', '》', '，', '；', ';', '。']);
        let labels = CUES.notice_value.labels.iter();
        let label = labels.filter_map(|l| rest.find(l.as_str()).filter(|at| *at > 0)).min();
        let date =
            rest.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0 && rest[*at..].starts_with("20"));
        [gap, label, date].into_iter().flatten().min().unwrap_or(rest.len())
    } else {
        rest.len()
    };
    let value = rest[..end].trim().trim_end_matches([')', '）', ']', '】', '》', '.']).trim();
    if names && value.chars().count() > 40 { String::new() } else { value.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: &[(NoticeKind, &str)]) {
        let found = all(line);
        let found: Vec<(NoticeKind, &str)> = found.iter().map(|(k, v)| (*k, v.as_str())).collect();
        assert_eq!(found, expected, "{line}");
    }

    /// A line whose notice is the line itself.
    fn check_whole(kind: NoticeKind, lines: &[&str]) {
        lines.iter().for_each(|line| check(line, &[(kind, line)]));
    }

    #[test]
    fn every_kind_has_its_lines_in_both_languages() {
        use NoticeKind as K;
        check("转自：东岸日报", &[(K::OriginalSource, "东岸日报")]);
        check("This article originally appeared in The Quay", &[(K::OriginalSource, "The Quay")]);
        check("原文標題：備件要查戶口", &[(K::OriginalTitle, "備件要查戶口")]);
        check("Originally titled: Spare parts", &[(K::OriginalTitle, "Spare parts")]);
        check("原文网址：https://quai.example/1", &[(K::OriginalUrl, "https://quai.example/1")]);
        check("核稿編輯：林青", &[(K::Editor, "林青")]);
        check("Additional reporting by Ida Moran", &[(K::Editor, "Ida Moran")]);
        check_whole(
            K::OpinionDisclaimer,
            &["以上內容不構成投資建議。", "The opinions in this column are those of the author."],
        );
        check_whole(
            K::MachineGenerated,
            &["本文由AI輔助生成，經編輯審核", "This article was automatically translated from Chinese."],
        );
        check_whole(
            K::Correction,
            &["文中吨位有误，特此更正。", "This article was amended on 10 June to give the right tonnage."],
        );
        check_whole(K::Sponsored, &["本內容為商業推廣", "Partner content from Crane Works"]);
        check_whole(K::Paywall, &["付费阅读", "Subscribe to continue reading"]);
        check("2 days ago", &[(K::RelativeTime, "2 days ago")]);
        check("Lin · an hour ago", &[(K::RelativeTime, "an hour ago")]);
        check("3 個月前", &[(K::RelativeTime, "3 個月前")]);
        for line in [
            "The author's own crane was sold.",
            "The ministry corrected the tonnage on Tuesday.",
            "编辑部位于港口附近。",
            "公司更正了年报中的吨位。",
        ] {
            check(line, &[]);
        }
    }

    #[test]
    fn notices_of_both_languages() {
        use NoticeKind as K;
        check("来源：新华社", &[(K::OriginalSource, "新华社")]);
        check("2026-06-03 09:00　来源：北辰网　记者 高远", &[(K::OriginalSource, "北辰网")]);
        check("（原标题：商务部对日本光刻胶发起调查）", &[(K::OriginalTitle, "商务部对日本光刻胶发起调查")]);
        check("责任编辑：王宁", &[(K::Editor, "王宁")]);
        check("Originally published by Meridian Wire", &[(K::OriginalSource, "Meridian Wire")]);
        check(
            "This summary was generated by AI and may contain errors.",
            &[(K::MachineGenerated, "This summary was generated by AI and may contain errors.")],
        );
        check("5 hours ago", &[(K::RelativeTime, "5 hours ago")]);
        check("发布于 3小时前", &[(K::RelativeTime, "3小时前")]);
        check("The company said the source: unknown to it was late.", &[]);
        check("Sources said the plan was ready.", &[]);
        check("来源不明的资金流入市场。", &[]);
    }
}
