//! Figures that are no number plus unit: 一半, 翻番, 七折.

use super::super::counting_zh;
use super::super::numeral::{Form, Numeral};
use super::super::numerals_zh::{Reading, numeral};
use super::super::units::Unit;
use super::super::{Found, is_masked};
use super::{Measure, Reader, share};
use headwater_model::mention::{Comparator, QuantityKind};
use rust_decimal::Decimal;

/// Characters with which such a figure begins.
pub(super) const FIRST: [char; 13] =
    ['翻', '减', '減', '腰', '一', '半', '对', '對', '过', '過', '近', '逾', '每'];

impl<'a> Reader<'a> {
    /// Figures that are no number plus unit: 一半, 翻番, 减半, 七折.
    pub(super) fn fixed(&self, at: usize) -> Option<(Found, usize)> {
        let rest = &self.text[at..];
        if !rest.starts_with(FIRST) {
            return None;
        }
        if let Some(half) = self.bounded_half(at) {
            return Some(half);
        }
        const FIXED: &[(&str, i64, bool)] = &[
            ("翻了一番", 2, false),
            ("翻一番", 2, false),
            ("翻番", 2, false),
            ("翻倍", 2, false),
            ("翻了一倍", 2, false),
            ("翻了两番", 4, false),
            ("翻两番", 4, false),
            ("翻了兩番", 4, false),
            ("翻兩番", 4, false),
            ("减半", 50, true),
            ("減半", 50, true),
            ("腰斩", 50, true),
            ("一半", 50, true),
            ("半数", 50, true),
            ("半數", 50, true),
            ("对折", 50, true),
            ("對折", 50, true),
            ("过半", 50, true),
            ("過半", 50, true),
        ];
        let (word, value, share) = FIXED.iter().find(|(word, _, _)| rest.starts_with(word))?;
        let after = at + word.len();
        let discount = word.ends_with('折') && !self.text[..at].ends_with('打');
        if discount || is_masked(self.masked, &(at..after)) {
            return None;
        }
        let (name, kind) =
            if *share { ("percent", QuantityKind::Percent) } else { ("times", QuantityKind::Other) };
        let unit = Unit { name: name.into(), kind, factor: Decimal::ONE };
        let read = Numeral::exact(at..after, Decimal::from(*value), Form::Words);
        let (mut comparator, start, end) = self.bounds(at, after, None, &unit, &read);
        if word.starts_with('过') || word.starts_with('過') {
            comparator = Comparator::MoreThan;
        }
        let mut found = Found::bounded(start..end, &unit, &read, comparator)?;
        if *share {
            found.scope = self.scope(start, end);
        }
        Some((found, end))
    }

    /// 缩小近半, 逾半受访者: half, with the word that bounds it.
    fn bounded_half(&self, at: usize) -> Option<(Found, usize)> {
        const BOUNDED: &[(&str, Comparator)] = &[
            ("近半数", Comparator::Nearly),
            ("近半", Comparator::Nearly),
            ("逾半数", Comparator::MoreThan),
            ("逾半", Comparator::MoreThan),
        ];
        let (word, comparator) = BOUNDED.iter().find(|(word, _)| self.text[at..].starts_with(word))?;
        let end = at + word.len();
        let word = self.text[..at].ends_with(['最', '附', '接', '将'])
            || self.text[end..].starts_with(|c: char| "年个個小天月世分百路场夜日程辈生边拍价".contains(c));
        if word || is_masked(self.masked, &(at..end)) {
            return None;
        }
        let read = Numeral::exact(at..end, Decimal::from(50), Form::Words);
        let mut found = Found::bounded(at..end, &share(Decimal::ONE), &read, *comparator)?;
        found.scope = self.scope(at, end);
        Some((found, end))
    }

    /// 每六个人中就有一人: a share, as one in six is.
    pub(super) fn one_of_each(&self, at: usize) -> Option<(Found, usize)> {
        let number = |at: usize| {
            numeral(self.text, at, Reading::default())
                .filter(|n| n.is_exact() && n.low.scale() == 0 && n.low > Decimal::ZERO)
        };
        let base = number(at + self.text[at..].strip_prefix('每').map(|_| '每'.len_utf8())?)?;
        let rest = &self.text[base.range.end..];
        let among = rest.char_indices().take(8).find(|(_, c)| *c == '中').map(|(at, c)| at + c.len_utf8())?;
        let whole = &rest[..among];
        let verb = ["就有", "便有", "仅有", "只有", "约有", "有"]
            .iter()
            .find(|verb| rest[among..].starts_with(**verb))?;
        let count = number(base.range.end + among + verb.len())?;
        let plain = !whole.contains(['，', '。', '、', ',']) && count.low < base.low;
        let rest = &self.text[count.range.end..];
        let unit = counting_zh::measure(rest).or_else(|| counting_zh::direct(rest)).unwrap_or(0);
        let end = count.range.end + unit;
        if !plain || is_masked(self.masked, &(at..end)) {
            return None;
        }
        let value = crate::quantities::numeral::fraction(count.low, base.low)?;
        let read = Numeral::exact(at..end, value, Form::Fraction);
        let found = Found::bounded(at..end, &share(Decimal::ONE_HUNDRED), &read, Comparator::Exact)?;
        Some((found, end))
    }

    /// 打七折, 八五折.
    pub(super) fn discount(&self, measure: &Measure) -> Option<(Found, usize)> {
        let rest = self.text[measure.end..].trim_start();
        if measure.unit.is_some()
            || !rest.starts_with('折')
            || rest.starts_with("折叠")
            || rest.starts_with("折合")
            || rest.starts_with("折腾")
        {
            return None;
        }
        let end = self.text.len() - rest.len() + '折'.len_utf8();
        let mut read = measure.read.clone();
        if read.high > Decimal::ONE_HUNDRED || read.high == Decimal::TEN || read.form == Form::Vague {
            return None;
        }
        // 三八折 reads its digits one by one; 五六折 is a span only where it is not.
        if read.high < Decimal::TEN {
            read = read.times(Decimal::TEN)?;
        }
        let unit = share(Decimal::ONE);
        Some((Found::bounded(measure.start..end, &unit, &read, Comparator::Exact)?, end))
    }
}
