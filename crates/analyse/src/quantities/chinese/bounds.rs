//! Words before and after a figure that bound it.

use super::super::numeral::Numeral;
use super::super::units::{BOUNDS, Unit};
use super::Reader;
use super::rates::{each, last_in};
use crate::passage::is_han;
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;

impl<'a> Reader<'a> {
    /// The bounds before and after.
    pub(super) fn bounds(
        &self,
        start: usize,
        end: usize,
        inner: Option<Comparator>,
        unit: &Unit,
        read: &Numeral,
    ) -> (Comparator, usize, usize) {
        let before = self.text[..start].trim_end_matches(' ');
        let bound_at = |until: usize| {
            let bound = BOUNDS.chinese_before(&before[..until]);
            bound.filter(|(is, at)| self.bounds_here(*is, *at, until, end, unit, read))
        };
        let front = bound_at(before.len())
            // 上限为每台5000元: of what the figure is for each stands between.
            .or_else(|| bound_at(each(before)?.0).map(|(is, _)| (is, start)))
            .or_else(|| distant_bound(before))
            .or_else(|| {
                let share = matches!(unit.name.as_str(), "percent" | "times");
                bound_of_share(before).filter(|_| share).map(|is| (is, start))
            });
        let spaces = self.text[end..].len() - self.text[end..].trim_start_matches(' ').len();
        let back = BOUNDS
            .chinese_after(&self.text[end + spaces..])
            .filter(|(is, length)| self.follows(end + spaces, *is, *length, unit));
        let after = back.map_or(end, |(_, length)| end + spaces + length);
        if let Some((is, at)) = front {
            return (
                is,
                at,
                if is == Comparator::Approximate || back.is_some_and(|(b, _)| b == is) {
                    after
                } else {
                    end.max(after)
                },
            );
        }
        match back {
            Some((is, _)) => (is, start, after),
            None => (inner.unwrap_or(Comparator::Exact), start, end),
        }
    }

    /// 最近, 附近, 近三年 and 超 in 超级 are no bounds.
    pub(super) fn bounds_here(
        &self,
        is: Comparator,
        at: usize,
        start: usize,
        end: usize,
        unit: &Unit,
        read: &Numeral,
    ) -> bool {
        let word = self.text[at..start].trim();
        let before = self.text[..at].chars().next_back();
        match word {
            "近" => {
                let joined = before.is_some_and(|c| "最附靠临邻远鄰臨遠新将接".contains(c));
                let span = unit.kind == QuantityKind::Duration
                    && (self.text[end..].starts_with(['来', '來', '内', '间', '以'])
                        || read.high < Decimal::from(6) && !self.after_span_verb(at));
                !joined && !span
            }
            "约" | "約" => !before.is_some_and(|c| "条合節节预預签簽北纽紐大契公".contains(c)),
            "超" => !before.is_some_and(|c| "赶中英高反趕".contains(c)),
            "破" => !before.is_some_and(|c| "突打侦跌".contains(c)) && is == Comparator::MoreThan,
            "估计" | "大概" => true,
            _ => true,
        }
    }

    /// 历时近三年: after such a verb 近 is "nearly".
    pub(super) fn after_span_verb(&self, at: usize) -> bool {
        [
            "历时", "長達", "长达", "为期", "耗时", "用时", "时隔", "持续", "持續", "歷時", "了", "已",
            "已有", "工作",
        ]
        .iter()
        .any(|w| self.text[..at].ends_with(w))
    }

    pub(super) fn follows(&self, at: usize, is: Comparator, length: usize, unit: &Unit) -> bool {
        let word = &self.text[at..at + length];
        let after = &self.text[at + length..];
        match word {
            "多" | "余" | "餘" | "强" => {
                (unit.kind == QuantityKind::Duration || unit.name == "times") && matches!(word, "多" | "余")
                    || after.is_empty()
                    || after.starts_with(['，', '。', '、'])
            }
            "起" => unit.kind == QuantityKind::Money && !after.starts_with(['来', '到', '诉', '草', '步']),
            "以上" | "以下" => {
                !after.starts_with("所述") && unit.name != "d" || is == Comparator::AtLeast
            }
            "以内" | "之内" => true,
            "前后" => unit.kind != QuantityKind::Percent,
            "许" => false,
            _ => true,
        }
    }
}

/// 约占员工总数的8%, 几乎是其他行星总和的两倍: what the figure is a share or a multiple of stands between.
fn bound_of_share(before: &str) -> Option<Comparator> {
    const WORDS: &[(&str, Comparator)] = &[
        ("约占", Comparator::Approximate),
        ("約佔", Comparator::Approximate),
        ("约为", Comparator::Approximate),
        ("約為", Comparator::Approximate),
        ("约是", Comparator::Approximate),
        ("约相当于", Comparator::Approximate),
        ("大约是", Comparator::Approximate),
        ("几乎是", Comparator::Nearly),
        ("幾乎是", Comparator::Nearly),
        ("几乎为", Comparator::Nearly),
        ("接近", Comparator::Nearly),
        ("近原", Comparator::Nearly),
        ("不足", Comparator::LessThan),
        ("不到", Comparator::LessThan),
        ("不超过", Comparator::AtMost),
        ("不超過", Comparator::AtMost),
        ("不高于", Comparator::AtMost),
        ("不高於", Comparator::AtMost),
        ("不得超过", Comparator::AtMost),
        ("不得超過", Comparator::AtMost),
        ("不得高于", Comparator::AtMost),
        ("不得高於", Comparator::AtMost),
        ("不低于", Comparator::AtLeast),
        ("不低於", Comparator::AtLeast),
        ("不少于", Comparator::AtLeast),
        ("不少於", Comparator::AtLeast),
        ("不得低于", Comparator::AtLeast),
        ("不得低於", Comparator::AtLeast),
        ("不得少于", Comparator::AtLeast),
        ("不得少於", Comparator::AtLeast),
    ];
    // 不超过投资额30%: a sum may stand before its share without 的.
    const SUMS: [char; 18] = [
        '额', '額', '价', '價', '资', '資', '本', '值', '用', '费', '費', '数', '數', '量', '款', '入', '润',
        '潤',
    ];
    let whole = before.strip_suffix('的').or_else(|| before.ends_with(SUMS).then_some(before))?;
    let from = whole.char_indices().rev().nth(19).map_or(0, |(at, _)| at);
    let clause = whole[from..].rsplit(['，', '。', '、', '；', ',']).next()?;
    WORDS
        .iter()
        .filter_map(|(word, is)| Some((last_in(clause, word)?, *is)))
        .max_by_key(|(at, _)| *at)
        .map(|(_, is)| is)
}

/// 至少锻炼150分钟, 最多可容纳500人: a short verb stands between the bound and the number.
fn distant_bound(before: &str) -> Option<(Comparator, usize)> {
    const WORDS: &[(&str, Comparator)] = &[
        ("至少", Comparator::AtLeast),
        ("最少", Comparator::AtLeast),
        ("起码", Comparator::AtLeast),
        ("最短", Comparator::AtLeast),
        ("最多", Comparator::UpTo),
        ("至多", Comparator::AtMost),
        ("最重", Comparator::UpTo),
        ("最长可", Comparator::UpTo),
        ("最長可", Comparator::UpTo),
        ("最高可", Comparator::UpTo),
        ("最高处", Comparator::UpTo),
        ("最高處", Comparator::UpTo),
    ];
    let from = before.char_indices().rev().nth(5).map_or(0, |(at, _)| at);
    let near = &before[from..];
    let (word, is, at) = WORDS.iter().find_map(|(word, is)| Some((*word, *is, last_in(near, word)?)))?;
    let between = &near[at + word.len()..];
    // 最多的三个 ranks; it does not bound.
    (between.chars().all(is_han) && !between.contains('的')).then_some((is, from + at))
}
