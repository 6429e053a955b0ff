//! What a figure is per, and what a share is a share of.

use super::super::Found;
use super::super::numerals_zh::arabic;
use super::Reader;
use headwater_model::mention::QuantityKind;
use std::ops::Range;

impl<'a> Reader<'a> {
    pub(super) fn finish(&self, mut found: Found) -> Found {
        found.per = self.per(&found);
        if found.kind == QuantityKind::Percent {
            found.scope = self.scope(found.range.start, found.range.end);
        }
        found
    }

    /// 每年, 年产, 每股, /年.
    pub(super) fn per(&self, found: &Found) -> Option<String> {
        let after = &self.text[found.range.end..];
        const AFTER: &[(&str, &str)] = &[
            ("/年", "a"),
            ("每年", "a"),
            ("/月", "mo"),
            ("每月", "mo"),
            ("/日", "d"),
            ("/天", "d"),
            ("每日", "d"),
            ("每天", "d"),
            ("/小时", "h"),
            ("每小时", "h"),
            ("每股", "股"),
            ("/股", "股"),
            ("/吨", "t"),
            ("每吨", "t"),
            ("/桶", "[bbl_us]"),
            ("每桶", "[bbl_us]"),
            ("/人", "人"),
            ("/片", "片"),
            ("/秒", "s"),
            ("每秒", "s"),
        ];
        if let Some((_, unit)) = AFTER.iter().find(|(word, _)| {
            after.starts_with(word)
                && !(word.starts_with('每') && after[word.len()..].starts_with(|c: char| arabic(c).is_some()))
        }) {
            return Some((*unit).into());
        }
        const BEFORE: &[(&str, &str)] = &[
            ("每年", "a"),
            ("年产", "a"),
            ("年產", "a"),
            ("年产能", "a"),
            ("年產能", "a"),
            ("年均", "a"),
            ("每年生产", "a"),
            ("每月", "mo"),
            ("月产", "mo"),
            ("月產", "mo"),
            ("月产能", "mo"),
            ("月產能", "mo"),
            ("每周", "wk"),
            ("每週", "wk"),
            ("每日", "d"),
            ("每天", "d"),
            ("日产", "d"),
            ("日均", "d"),
            ("每小时", "h"),
            ("每股", "股"),
            ("每桶", "[bbl_us]"),
            ("每吨", "t"),
            ("每人", "人"),
            ("人均", "人"),
            ("每秒", "s"),
            ("每平方米", "m2"),
            ("每辆", "辆"),
            ("每颗", "颗"),
            ("每片", "片"),
            ("每股作价", "股"),
        ];
        let before = self.text[..found.range.start].trim_end_matches([
            ' ', '约', '約', '达', '達', '为', '為', '近', '超', '过', '過', '可', '有', '逾', '到',
        ]);
        let near = before.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
        let clause = before[near..].rsplit(['，', '。', '、', '；', ',']).next().unwrap_or_default();
        let each = |word: &str| {
            word.starts_with('每') && clause.contains(word) && !clause.contains(|c: char| arabic(c).is_some())
        };
        BEFORE
            .iter()
            .find(|(word, _)| before.ends_with(word) || each(word))
            .map(|(_, unit)| (*unit).to_owned())
    }

    /// 80%的芯片, or 国产芯片占比80%.
    pub(super) fn scope(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let after = &self.text[end..];
        if let Some(rest) = after.strip_prefix('的') {
            let length = phrase_length(rest);
            let at = end + '的'.len_utf8();
            return (length > 0).then(|| at..at + length);
        }
        // 占收入的20.8%, 约为对手产品的60%
        let before = self.text[..start].trim_end();
        if let Some(whole) = before.strip_suffix('的') {
            let from = whole
                .rfind([
                    '，', '。', '、', '；', '：', ',', '占', '佔', '为', '為', '是', '达', '達', '到', '约',
                    '約', '于', '於',
                ])
                .map_or(0, |b| b + whole[b..].chars().next().map_or(1, char::len_utf8));
            return (from < whole.len()).then_some(from..whole.len());
        }
        let dated = self.masked.iter().map(|m| m.end).filter(|e| *e <= start).max().unwrap_or(0);
        const SHARES: &[&str] = &[
            "占比",
            "佔比",
            "比例",
            "比重",
            "份额",
            "份額",
            "国产化率",
            "國產化率",
            "自给率",
            "自給率",
            "占有率",
            "佔有率",
            "使用率",
            "渗透率",
            "滲透率",
        ];
        let clause_start = self.text[..start]
            .rfind(['，', '。', '、', '；', '：', ',', '（', '(', '“', '「'])
            .map_or(0, |b| b + self.text[b..].chars().next().map_or(1, char::len_utf8));
        let clause_start = clause_start.max(dated);
        let clause = &self.text[clause_start..start];
        // 增加值占GDP比重: a share of the GDP.
        let clause_start = clause
            .char_indices()
            .rev()
            .find(|&(at, c)| {
                matches!(c, '占' | '佔')
                    && !clause[at..].starts_with("占比")
                    && !clause[at..].starts_with("佔比")
                    && !clause[at..].starts_with("占有")
            })
            .map_or(clause_start, |(at, c)| clause_start + at + c.len_utf8());
        let clause = &self.text[clause_start..start];
        let (word, at) =
            SHARES.iter().filter_map(|w| clause.rfind(w).map(|at| (*w, at))).max_by_key(|(_, at)| *at)?;
        let subject = clause[..at].trim_end_matches(['的', ' ']);
        let rate = word.ends_with('率');
        let stop = if rate { clause_start + at + word.len() } else { clause_start + subject.len() };
        (stop > clause_start).then_some(clause_start..stop)
    }
}

/// The noun phrase that begins `text`: Han characters, letters and digits up to a stop.
pub(super) fn phrase_length(text: &str) -> usize {
    const STOPS: &str = "的了在是和与與及将將被已向从從对對为為以于於并並而等都必须須应應会會来來由打";
    text.char_indices()
        .take(12)
        .find(|&(_, c)| STOPS.contains(c) || !c.is_alphanumeric())
        .map_or_else(|| text.char_indices().nth(12).map_or(text.len(), |(at, _)| at), |(at, _)| at)
}
