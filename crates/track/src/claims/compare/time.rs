//! From when, until when and how long.

use crate::acts::effective;
use crate::claims::compare::{Difference, Said, same_sum};
use crate::reading::figures::{Relation, figure_mark, relate};
use crate::text::terms::mark;
use crate::text::units;
use crate::text::words::{self, has_any};
use headwater_model::claim::Frame;
use headwater_model::mention::{Quantity, QuantityKind};
use headwater_model::time::{DateMention, days_between, first_day};
use headwater_model::tracking::Dimension;
use headwater_model::{Evidence, Knowledge, Part};

/// The days from which the acts of two claims apply, where both articles state one.
fn days_of_acts<'a>(from: Said<'a>, to: Said<'a>) -> Option<(&'a DateMention, &'a DateMention)> {
    let day = |said: Said<'a>| match said.claim.frame {
        Frame::Position | Frame::Investigation | Frame::Supply => None,
        _ => effective::of_act(said.seen, &said.claim.evidence),
    };
    day(from).zip(day(to))
}

/// How such days differ: not where the second is told as one that took the place of the first.
fn applies_from(from: Said, to: Said, x: &DateMention, y: &DateMention) -> Option<Difference> {
    let moves =
        |words: &Evidence| has_any(&units::simplified(words.quote()), &words::lists().days.postponing);
    // A plan of a day gone by: its year was only understood.
    let past = |said: Said, day: &DateMention| first_day(&day.value).is_some_and(|day| day < said.seen.day);
    let misread = || (past(from, x) || past(to, y)) && may_be_one(x, y);
    let said = same_time(&x.value, &y.value) || misread();
    if moves(&y.evidence) || moves(&to.claim.evidence) || said {
        return None;
    }
    let states = |said: Said, day: &DateMention| said.seen.applies.iter().any(|own| own.value == day.value);
    let known = states(from, y) || states(to, x);
    let note = format!("applies from: “{}”, “{}”", x.evidence.quote(), y.evidence.quote());
    Some(Difference { known, note, ..Difference::new(Dimension::Time, &*x.value, &*y.value) })
}

pub(super) fn time(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    day(from, to).or_else(|| lasting(from, to)).or_else(|| length(from, to, knowledge))
}

/// What has an end, told as for good.
fn lasting(from: Said, to: Said) -> Option<Difference> {
    let lasting = &words::lists().days.lasting;
    let word = |text: &str| {
        let spaced = words::spaced(text);
        lasting.iter().find(|word| spaced.contains(word.as_str())).cloned()
    };
    let text = to.claim.evidence.part() == Part::Text && from.seen.claims.len() > 1;
    let told = word(to.claim.evidence.quote()).filter(|_| text && from.claim.frame == to.claim.frame)?;
    word(from.seen.text.as_str()).is_none().then(|| {
        let before = from.claim.time.as_ref().map_or("unspecified", |time| &*time.value);
        Difference::new(Dimension::Time, before, told.trim())
    })
}

/// How long it lasts, beside one and the same amount or count: so much within six years, within three.
fn length(from: Said, to: Said, knowledge: &Knowledge) -> Option<Difference> {
    fn only_length<'a>(said: Said<'a>) -> Option<&'a Quantity> {
        let mut lengths = said.figures().iter().filter(|q| q.kind == QuantityKind::Duration);
        lengths.next().filter(|_| lengths.next().is_none())
    }
    let (a, b) = (only_length(from)?, only_length(to)?);
    let text = to.claim.evidence.part() == Part::Text;
    let related = relate(a, from.seen.day, b, to.seen.day, knowledge);
    let known = figure_mark(b).is_some_and(|m| from.seen.marks.contains(&m));
    (text && related == Relation::Different && same_sum(from, to, knowledge) && !known)
        .then(|| Difference::new(Dimension::Time, a.evidence.quote(), b.evidence.quote()))
}

pub(super) fn day(from: Said, to: Said) -> Option<Difference> {
    if let Some((x, y)) = days_of_acts(from, to) {
        return applies_from(from, to, x, y);
    }
    let (x, y) = (from.claim.time.as_ref()?, to.claim.time.as_ref()?);
    // The days around an article's own are mostly those of reports and statements, not of the act.
    let of_report = |s: Said, value: &str| {
        let day = first_day(value).filter(|_| value.len() >= 10);
        day.and_then(|day| s.seen.day.since(day).ok()).is_some_and(|span| span.get_days().abs() <= 7)
    };
    if may_be_one(x, y)
        || same_time(&x.value, &y.value)
        || of_report(from, &x.value)
        || of_report(to, &y.value)
    {
        return None;
    }
    let known = from.seen.marks.contains(&mark(&y.value)) || to.seen.marks.contains(&mark(&x.value));
    Some(Difference { known, ..Difference::new(Dimension::Time, &*x.value, &*y.value) })
}

/// Whether two dates may be one, for the year or the week of one was only understood: "from April" and 明年度 are of the year that
/// the reader took them to be of, "from Tuesday" of the week.
fn may_be_one(x: &DateMention, y: &DateMention) -> bool {
    const WEEK: i32 = 7;
    let year = |digits: &[u8]| digits.iter().all(u8::is_ascii_digit);
    let undated = |time: &DateMention| !time.evidence.quote().as_bytes().windows(4).any(year);
    let numbered = |time: &DateMention| time.evidence.quote().contains(|c: char| c.is_ascii_digit());
    let in_year = x.value.get(4..).zip(y.value.get(4..));
    let one_day = in_year.is_some_and(|(p, q)| p.starts_with(q) || q.starts_with(p));
    let a_week_apart = || {
        let days = first_day(&x.value).zip(first_day(&y.value)).map(|(p, q)| days_between(p, q));
        x.value.len() >= 10 && y.value.len() >= 10 && days == Some(WEEK)
    };
    ((undated(x) || undated(y)) && one_day) || (!(numbered(x) || numbered(y)) && a_week_apart())
}

/// Whether one date lies in the other, however precisely each is given.
pub fn same_time(a: &str, b: &str) -> bool {
    let head = |v: &str| v.split('T').next().unwrap_or_default().to_owned();
    let (a, b) = (head(a), head(b));
    // Seasons, quarters and halves stand in the place of a month.
    let part =
        |v: &str| v.get(5..7).and_then(|month| month.parse::<u8>().ok()).is_some_and(|month| month > 12);
    let ranged = |v: &str| v.contains('/') || v.contains('Q') || v.contains('H') || part(v);
    if ranged(&a) || ranged(&b) {
        // A span and a day inside its year: too coarse to contradict.
        return a.get(..4) == b.get(..4);
    }
    if a.starts_with(&b) || b.starts_with(&a) {
        return true;
    }
    // One day's difference is what time zones make.
    match (first_day(&a), first_day(&b)) {
        (Some(x), Some(y)) if a.len() >= 10 && b.len() >= 10 => {
            x.since(y).is_ok_and(|s| s.get_days().abs() <= 1)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::same_time;

    #[test]
    fn dates_agree_at_the_coarser_precision() {
        assert!(same_time("2026-06", "2026-06-09"));
        assert!(same_time("2026-06-09", "2026-06-10"));
        assert!(!same_time("2026-06-09", "2026-07-09"));
        assert!(same_time("2026-Q3", "2026-07-09"));
        assert!(!same_time("2026", "2027"));
    }
}
