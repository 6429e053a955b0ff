//! From when an act applies, where a text says so: "effective November 12, 2026", 自7月1日起生效.

use crate::acts::times;
use crate::memory::seen::Seen;
use crate::text::passage::{self, shifted};
use crate::text::units;
use crate::text::words::{self, ends_with_any, has_any, starts_with_any};
use headwater_model::source::SourceClass;
use headwater_model::time::{Anchor, Date, DateMention, Precision, first_day};
use headwater_model::tracking::Cited;
use headwater_model::{Analysis, Article, Evidence, Part, Span};
use std::ops::Range;

/// The day from which an act applies, and the words that state it.
#[derive(Debug, Clone)]
pub struct Effective {
    /// The day.
    pub day: Date,
    /// The words; none where only the fields in a document's head give the day.
    pub cited: Option<Cited>,
}

impl Effective {
    /// A day that words of an article state.
    pub fn new(day: Date, seen: &Seen, evidence: Option<Evidence>) -> Self {
        Effective { day, cited: evidence.map(|evidence| Cited { capture: seen.capture.clone(), evidence }) }
    }
}

/// When an authority's own document applies: from the day in the fields of its head, else from the first day that its
/// text gives with such words, else at once. The text's words are cited for the day that they state only.
pub fn of_document(seen: &Seen, article: &Article, analysis: &Analysis) -> Option<Effective> {
    let own = seen.class == SourceClass::Official;
    let whole = 0..seen.text.as_str().len();
    let in_text =
        || first_in(seen, analysis, whole).or_else(|| some_days_later(seen)).or_else(|| at_once(seen));
    let stated = own.then(in_text).flatten();
    let head = article.official.as_ref().and_then(|official| first_day(official.effective.as_ref()?));
    match (head, stated) {
        (Some(day), Some(stated)) if stated.day == day => Some(stated),
        (Some(day), _) => Some(Effective { day, cited: None }),
        (None, stated) => stated,
    }
}

/// The same by what a text says outside some stretches of it, whose acts have days of their own.
pub fn of_document_outside(
    seen: &Seen,
    article: &Article,
    analysis: &Analysis,
    stretches: &[Range<usize>],
) -> Option<Effective> {
    let found = of_document(seen, article, analysis)?;
    let own = |at: usize| stretches.iter().any(|s| s.contains(&at));
    let within = |cited: &Cited| own(seen.text.bytes(cited.evidence.span()).start);
    if !found.cited.as_ref().is_some_and(within) {
        return Some(found);
    }
    let text = seen.text.as_str();
    let whole = 0..text.len();
    let mut days = days_in(seen, analysis, whole);
    let date = days.find(|date| {
        let at = seen.text.bytes(date.evidence.span());
        !own(at.start) && applies_from(text, at.clone()) && of_part(seen, at.start).is_none()
    });
    let in_days =
        |date: &DateMention| Some(Effective::new(first_day(&date.value)?, seen, around(seen, date)));
    let outside = |found: &Effective| !found.cited.as_ref().is_some_and(within);
    date.and_then(in_days).or_else(|| some_days_later(seen).or_else(|| at_once(seen)).filter(outside))
}

/// A day that a document gives to a part of what it does: "except that the addition of Acme is effective …", "as regards entry 3".
pub struct OfPart {
    /// The words before the day that say to which part.
    pub words: Range<usize>,
    /// From when that part applies.
    pub from: Effective,
}

/// The days of a document that are those of single entries or parties.
pub fn of_parts(seen: &Seen, analysis: &Analysis) -> Vec<OfPart> {
    /// How many of them are read.
    const MOST: usize = 40;
    let text = seen.text.as_str();
    let lists = words::lists();
    let days = days_in(seen, analysis, 0..text.len());
    let part = |date: &DateMention| {
        let at = seen.text.bytes(date.evidence.span());
        let words = of_part(seen, at.start)?;
        let before = units::simplified(text[words.clone()].trim_end());
        let starts = ends_with_any(&before, &lists.days.from_before) || applies_from(text, at);
        let from = Effective::new(first_day(&date.value)?, seen, around(seen, date));
        starts.then_some(OfPart { words, from })
    };
    days.filter_map(part).take(MOST).collect()
}

/// The words of a sentence before a day that say that it is the day of a part only.
fn of_part(seen: &Seen, day: usize) -> Option<Range<usize>> {
    /// Bytes before the day that are looked at.
    const BEFORE: usize = 600;
    let text = seen.text.as_str();
    let line = text[..day].rfind('\n').map_or(0, |at| at + 1);
    let from = line.max(text.floor_char_boundary(day.saturating_sub(BEFORE)));
    let sentence = passage::sentences(text, from..day).pop()?;
    let words = &seen.folded()[sentence.clone()];
    let openers = words::lists().days.of_part.iter();
    let opener = openers.filter_map(|opener| words.rfind(opener.as_str())).max();
    let start = opener.or_else(|| (!entries_in(words).is_empty()).then_some(0))?;
    Some(sentence.start + start..day)
}

/// The numbers of entries that folded words name: "entries 3 and 5 in the Annex", 附件第3项.
pub fn entries_in(words: &str) -> Vec<u32> {
    /// The longest run of numbers that is read.
    const MOST: usize = 1_000;
    let lists = words::lists();
    let number = |text: &str| text.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok();
    let latin = lists.days.entries.iter().flat_map(|word| words::places(words, word)).find_map(|at| {
        let run = words[at.end..].trim_start();
        let inside = |c: &char| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–');
        let joined = run.replace(" and ", ", ").replace(" to ", "-").replace('–', "-");
        let run: String = joined.chars().take_while(inside).collect();
        run.starts_with(|c: char| c.is_ascii_digit()).then_some(run)
    });
    let chinese = || {
        words.match_indices('第').find_map(|(at, mark)| {
            let (run, _) = words[at + mark.len()..].split_once('项')?;
            let inside = |c: char| c.is_ascii_digit() || "、至和,，-第 ".contains(c);
            (run.starts_with(|c: char| c.is_ascii_digit()) && run.chars().all(inside))
                .then(|| run.replace(['、', '和', '，'], ",").replace('至', "-"))
        })
    };
    let Some(run) = latin.or_else(chinese) else { return Vec::new() };
    let mut found = Vec::new();
    for part in run.split(',') {
        match part.split_once('-') {
            Some((first, last)) => {
                let (Some(first), Some(last)) = (number(first), number(last)) else { continue };
                found.extend((first..=last).take(MOST));
            }
            None => found.extend(number(part)),
        }
    }
    found.truncate(MOST);
    found
}

/// For what time an act applies by its own sentence.
#[derive(Debug, Clone, Default)]
pub struct Period {
    /// From when.
    pub from: Option<Effective>,
    /// The last day.
    pub until: Option<Date>,
    /// The day that `from` takes the place of.
    pub instead_of: Option<Date>,
}

/// What a sentence of an authority's document says of the time of its act: "effective July 1", 自7月1日起90天内, "from March 2
/// to April 15".
pub fn period(seen: &Seen, analysis: &Analysis, sentence: &Range<usize>) -> Period {
    /// How many days of a sentence are looked at.
    const DAYS: usize = 40;
    let text = seen.text.as_str();
    let lists = words::lists();
    let mut period = Period::default();
    let moved = has_any(&units::simplified(&text[sentence.clone()]), &lists.days.postponing);
    // A day that is only told is not yet the one from which the act applies.
    let mut plain = true;
    for date in days_in(seen, analysis, sentence.clone()).take(DAYS) {
        let at = seen.text.bytes(date.evidence.span());
        if let Some((first, last)) = both_days(&date.value) {
            let from = |day| Some(Effective::new(day, seen, around(seen, date)));
            if moved {
                (period.instead_of, period.from) = (first, from(last));
            } else {
                (period.from, period.until) = (first.and_then(from).or(period.from), Some(last));
            }
            plain &= first.is_none() && !moved;
            continue;
        }
        let Some(day) = first_day(&date.value) else { continue };
        let before = units::simplified(text[sentence.start..at.start].trim_end());
        let after = units::simplified(&text[at.end..sentence.end]);
        let ends = |words: &[String]| words.iter().any(|w| before.ends_with(w.as_str()));
        let begins = |words: &[String]| words.iter().any(|w| after.trim_start().starts_with(w.as_str()));
        let new = || Some(Effective::new(day, seen, around(seen, date)));
        if ends(&lists.days.until_before) || begins(&lists.days.until_after) {
            if moved {
                // "From March 2 to April 15": the second day takes the place of the first.
                period.instead_of = period.from.take().map(|from| from.day).filter(|_| !plain);
                (period.from, plain) = (new(), false);
            } else if period.until.is_none() {
                period.until = Some(day);
            }
        } else if plain
            && (ends(&lists.days.from_before)
                || begins(&lists.days.from_after)
                || applies_from(text, at.clone()))
        {
            (period.from, plain) = (new(), false);
        } else if period.from.is_none()
            && day <= seen.day
            && before.ends_with(" on")
            && !ends(&lists.days.told_on)
        {
            period.from = new();
        }
    }
    if period.from.is_none()
        && let Some((at, days)) = later(&seen.folded()[sentence.clone()])
    {
        period.from = days_after(seen, days, sentence.start + at.start..sentence.start + at.end);
    }
    if period.until.is_none() {
        let from = period.from.as_ref().map_or(seen.day, |from| from.day);
        period.until = times::last_day_of_act(&units::simplified(&text[sentence.clone()]), from);
    }
    period
}

/// Where a stretch says that its act applies at once, 自公告之日起将甲公司移出, "with immediate effect": from the day of the
/// document.
pub fn at_once_in(seen: &Seen, stretch: &Range<usize>) -> Option<Effective> {
    let words = &seen.folded()[stretch.clone()];
    let days = &words::lists().days;
    let lists = [&days.applies_at_once, &days.act_at_once];
    let found = lists.into_iter().flat_map(|list| list.iter()).filter_map(|told| {
        let at = words.find(told.as_str())?;
        (!runs_from_then(&words[at + told.len()..])).then_some(at..at + told.len())
    });
    let at = shifted(&found.min_by_key(|at| (at.start, std::cmp::Reverse(at.end)))?, stretch.start);
    Some(Effective::new(seen.day, seen, seen.cut(at)))
}

/// Whether the words behind that day only count from it: 自公布之日起30日后, 第六十日起.
fn runs_from_then(rest: &str) -> bool {
    /// Characters of the number and its unit.
    const NEAR: usize = 8;
    let near: String = rest.trim_start().chars().take(NEAR).collect();
    let counts = near.starts_with(|c: char| c.is_numeric() || "第一二三四五六七八九十百".contains(c));
    counts && (near.starts_with('第') || near.contains('后'))
}

/// The first day in a stretch.
pub fn day_of(seen: &Seen, analysis: &Analysis, stretch: &Range<usize>) -> Option<Effective> {
    let date = days_in(seen, analysis, stretch.clone()).next()?;
    Some(Effective::new(first_day(&date.value)?, seen, around(seen, date)))
}

/// The first day of a sentence that is to come: "will be added on December 1".
pub fn first_to_come(seen: &Seen, analysis: &Analysis, sentence: &Range<usize>) -> Option<Effective> {
    let days = days_in(seen, analysis, sentence.clone());
    let mut days =
        days.filter_map(|date| Some((first_day(&date.value).filter(|day| *day > seen.day)?, date)));
    days.next().map(|(day, date)| Effective::new(day, seen, around(seen, date)))
}

/// The first and the last day of a stretch of time, 2026-03-02/2026-04-15; the first only if it is given to the day.
fn both_days(value: &str) -> Option<(Option<Date>, Date)> {
    let (first, last) = value.split_once('/')?;
    Some((first.parse().ok(), last.parse().ok()?))
}

/// The days from which a text says that something applies, in its order, each with the words that say so: "effective July 1",
/// 自12月1日起施行, 即日生效.
pub fn stated(seen: &Seen, analysis: &Analysis) -> Vec<DateMention> {
    /// More than so many are of more acts than can be told apart.
    const MOST: usize = 20;
    /// Bytes behind a day that are looked at.
    const BEHIND: usize = 12;
    let text = seen.text.as_str();
    let from = |date: &&DateMention| {
        let at = seen.text.bytes(date.evidence.span());
        let after = units::simplified(&text[at.end..text.floor_char_boundary(at.end + BEHIND)]);
        date.precision == Precision::Day
            && (applies_from(text, at)
                || starts_with_any(after.trim_start(), &words::lists().days.from_after))
    };
    let told = |date: &DateMention| Some(DateMention { evidence: around(seen, date)?, ..date.clone() });
    let mut days: Vec<DateMention> =
        days_in(seen, analysis, 0..text.len()).filter(from).filter_map(told).take(MOST).collect();
    days.extend(at_once(seen).and_then(|now| {
        let (value, evidence) = (now.day.to_string(), now.cited?.evidence);
        Some(DateMention { value, precision: Precision::Day, anchor: Anchor::Published, evidence })
    }));
    days.sort_by_key(|day| day.evidence.span().start);
    days
}

/// The day from which the act of a claim applies, of those that its article states: the one in its sentence or soon after it;
/// in an authority's document that states but one day, that.
pub fn of_act<'a>(seen: &'a Seen, claim: &Evidence) -> Option<&'a DateMention> {
    let near = near(seen, claim);
    let in_words = |day: &&DateMention| {
        near.as_ref().is_some_and(|near| near.contains(&seen.text.bytes(day.evidence.span()).start))
    };
    let only = || {
        let first = seen.applies.first().filter(|_| seen.class == SourceClass::Official)?;
        seen.applies.iter().all(|day| day.value == first.value).then_some(first)
    };
    seen.applies.iter().find(in_words).or_else(only)
}

/// What the sentence of a claim says of it, else the two sentences after.
pub fn of_claim(seen: &Seen, analysis: &Analysis, claim: &Evidence) -> Option<Effective> {
    first_in(seen, analysis, near(seen, claim)?)
}

/// The sentence of a claim and those after it in which "the list takes effect" still speaks of its act.
fn near(seen: &Seen, claim: &Evidence) -> Option<Range<usize>> {
    /// Sentences after that of the claim.
    const AFTER: usize = 2;
    if claim.part() != Part::Text {
        return None;
    }
    let text = seen.text.as_str();
    let at = seen.text.bytes(claim.span()).start;
    let start = passage::sentence_start(text, at);
    let mut end = passage::sentence_end(text, at);
    for _ in 0..AFTER {
        end = passage::sentence_end(text, end + text[end..].len() - text[end..].trim_start().len());
    }
    Some(start..end)
}

fn first_in(seen: &Seen, analysis: &Analysis, stretch: Range<usize>) -> Option<Effective> {
    let text = seen.text.as_str();
    let stated = |date: &&DateMention| {
        let at = seen.text.bytes(date.evidence.span());
        applies_from(text, at.clone()) && of_part(seen, at.start).is_none()
    };
    let date = days_in(seen, analysis, stretch).find(stated)?;
    Some(Effective::new(first_day(&date.value)?, seen, around(seen, date)))
}

/// The days that stand in a stretch of the text, in bytes.
pub fn days_in<'a>(
    seen: &'a Seen,
    analysis: &'a Analysis,
    stretch: Range<usize>,
) -> impl Iterator<Item = &'a DateMention> {
    let dates = passage::mentions_in(&seen.text, &analysis.dates, |d| &d.evidence, stretch);
    dates.filter(|d| d.precision == Precision::Day || both_days(&d.value).is_some())
}

/// Whether the words beside a date make it the day from which something applies.
fn applies_from(text: &str, date: Range<usize>) -> bool {
    /// Bytes to each side that are looked at.
    const BESIDE: usize = 60;
    let lists = words::lists();
    let before = &text[text.floor_char_boundary(date.start.saturating_sub(BESIDE))..date.start];
    let before = before.to_lowercase();
    let before = before.trim_end();
    if lists.days.applies_before.iter().any(|words| before.ends_with(words.as_str())) {
        return true;
    }
    let after = &text[date.end..text.floor_char_boundary(date.end + BESIDE)];
    let clause = after.split(['，', '。', '；', ',', ';', '.', '\n']).next().unwrap_or_default();
    let clause: String = clause.chars().take(10).collect();
    let clause = units::simplified(&clause);
    words::has_any(&clause, &lists.days.applies_after)
}

/// How many days after its publication something applies by folded words, and where they say so: "on the day following that of
/// its publication".
pub fn later(words: &str) -> Option<(Range<usize>, i32)> {
    words::lists().days.applies_later.iter().filter(|later| later.words.is_in(words)).find_map(|later| {
        let found = later.words.iter().find_map(|word| Some((words.find(word.as_str())?, word.len())));
        found.map(|(at, length)| (at..at + length, later.days))
    })
}

fn some_days_later(seen: &Seen) -> Option<Effective> {
    let (at, days) = later(seen.folded())?;
    days_after(seen, days, at)
}

fn days_after(seen: &Seen, days: i32, at: Range<usize>) -> Option<Effective> {
    let day = seen.day.checked_add(jiff::Span::new().days(days)).ok()?;
    let evidence = at.end.le(&seen.text.as_str().len()).then(|| seen.text.cut(at, Part::Text)).flatten();
    Some(Effective::new(day, seen, evidence))
}

/// 自公布之日起施行: from the day of publication.
fn at_once(seen: &Seen) -> Option<Effective> {
    let folded = seen.folded();
    let at_once = Some(&words::lists().days.applies_at_once).filter(|list| list.is_in(folded))?;
    let (at, length) = at_once.iter().find_map(|words| Some((folded.find(words.as_str())?, words.len())))?;
    Some(Effective::new(seen.day, seen, seen.text.cut(at..at + length, Part::Text)))
}

/// The date with what stands beside it in its sentence, at most so many characters to a side.
fn around(seen: &Seen, date: &DateMention) -> Option<Evidence> {
    const BESIDE: u32 = 30;
    let text = seen.text.as_str();
    let Span { start, end } = date.evidence.span();
    let bytes = seen.text.bytes(date.evidence.span());
    let (from, to) = (passage::sentence_start(text, bytes.start), passage::sentence_end(text, bytes.end));
    let near = seen.text.byte_at(start.saturating_sub(BESIDE));
    let far = seen.text.byte_at((end + BESIDE).min(seen.text.char_len()));
    let from = from.max(word_start(text, near)).min(bytes.start);
    let to = to.min(word_end(text, far)).max(bytes.end);
    let cut = &text[from..to];
    let (head, tail) = (cut.len() - cut.trim_start().len(), cut.len() - cut.trim_end().len());
    seen.text.cut(from + head..to - tail, Part::Text)
}

/// Bytes to each side of a place in which the end of a Chinese clause is looked for.
const CLAUSE: usize = 240;
/// Marks between Chinese clauses, and those that open and close what they enclose, which a quote does not leave behind.
const BETWEEN: [char; 6] = ['，', '。', '；', '：', '、', '\n'];
const OPENING: [char; 5] = ['（', '“', '《', '「', '【'];
const CLOSING: [char; 5] = ['）', '”', '》', '」', '】'];

/// Where the word begins in which a quote would begin: a Latin one is not cut, and Chinese begins behind a mark between clauses, or
/// with one that opens.
fn word_start(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '\'' | '’' | '.');
    if text[at..].starts_with(latin) && before.ends_with(latin) {
        return before.trim_end_matches(latin).len();
    }
    let from = text.floor_char_boundary(at.saturating_sub(CLAUSE));
    let near = &text[from..at];
    // Within what is still open.
    let open = near.rfind(OPENING).filter(|open| !near[*open..].contains(CLOSING));
    let within = open.filter(|open| near[*open..].contains(BETWEEN) || near[*open..].chars().count() == 1);
    if let Some(open) = within {
        return from + open;
    }
    let chinese = text[at..].starts_with(units::is_ideographic) && before.ends_with(units::is_ideographic);
    let between = near.rfind(BETWEEN).map(|mark| passage::behind(near, mark)).or((from == 0).then_some(0));
    between.max(open).filter(|_| chinese).map_or(at, |start| from + start)
}

/// Where the word ends in which a quote would end.
fn word_end(text: &str, at: usize) -> usize {
    let latin = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '\'' | '’');
    if text[..at].ends_with(latin) && text[at..].starts_with(latin) {
        let rest = text[at..].trim_start_matches(latin);
        return text.len() - rest.len();
    }
    let near = &text[at..text.floor_char_boundary((at + CLAUSE).min(text.len()))];
    let closes =
        |mark: usize| if near[mark..].starts_with(CLOSING) { passage::behind(near, mark) } else { mark };
    if near.starts_with(CLOSING) {
        return at + closes(0);
    }
    let chinese =
        text[at..].starts_with(units::is_ideographic) && text[..at].ends_with(units::is_ideographic);
    let mark = near.find(|c: char| BETWEEN.contains(&c) || CLOSING.contains(&c)).filter(|_| chinese);
    mark.map_or(at, |mark| at + closes(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_begins_and_ends_with_its_clause() {
        let check = |text: &str, from: &str, start: &str| {
            let at = text.find(from).unwrap();
            assert!(text[word_start(text, at)..].starts_with(start), "{text} from {from}");
        };
        check("根据有关规定，不可靠实体清单工作机制决定将下列企业列入", "靠实体", "不可靠实体清单");
        check("根据《不可靠实体清单规定》有关规定决定", "靠实体", "《不可靠");
        check("公布《不可靠实体清单规定》有关规定", "不可靠", "《不可靠");
        check("不可靠实体清单工作机制决定将下列企业列入", "靠实体", "不可靠");
        check("公布《出口、进口管理办法》，自即日起施行", "管理", "《出口");
        check("根据《甲办法》等规定，决定自五月一日起施行", "五月", "决定自");
        let end = |text: &str, from: &str, expected: &str| {
            let at = text.find(from).unwrap() + from.len();
            assert!(text[..word_end(text, at)].ends_with(expected), "{text} up to {from}");
        };
        end("自五月起施行《出口管理办法》，以前的", "《出口管", "《出口管理办法》");
        end("自五月起施行《出口管理办法》，以前的", "管理办法", "管理办法》");
        end("自五月起正式施行，以前的", "起正", "正式施行");
    }
}
