//! Translations, told without a model: the same names, figures and dates in the same order in another
//! language, over a text of about the same length.

use crate::derivations::{Draft, REACH_DAYS, names, order, source_line};
use crate::memory::seen::Seen;
use crate::memory::window::Window;
use crate::text::units;
use crate::text::words;
use headwater_model::time::days_between;
use headwater_model::tracking::{Cited, DerivationKind, Reason};
use headwater_model::{Evidence, NodeId, Part};

/// How much must be the same for a translation.
struct Least {
    /// Names and figures in the same order, in per mille of the longer sequence.
    share: usize,
    /// Their number.
    marks: usize,
}

impl Least {
    /// Whether so many in the same order, of a sequence so long, are enough.
    fn is_met(&self, kept: usize, longer: usize) -> bool {
        kept >= self.marks && kept * 1000 >= self.share * longer
    }
}

/// Where the page says that it is a translation, or names the other in its source line.
const SAID: Least = Least { share: 350, marks: 3 };
/// Where the text names the other as its source, as a retelling does.
const CITED: Least = Least { share: 750, marks: 10 };
/// Where nothing but the texts speaks for it.
const UNSAID: Least = Least { share: 700, marks: 7 };
/// The same with the terms between the names, for a text that names no source: a retelling would.
const OUTLINE: Least = Least { share: 480, marks: 14 };
/// So many in the same order are no chance, though more stands between them.
const LONG_OUTLINE: Least = Least { share: 400, marks: 20 };
/// With the terms between the names, where the text names the other as its source.
const CITED_OUTLINE: Least = Least { share: 500, marks: 16 };

fn least(this: &Seen, other: &Seen) -> Least {
    let lined = source_line(this).is_some_and(|line| line.names(&other.publisher));
    // 編譯…綜合報導 is put together from several, and so is what names the other as its source.
    let compiled = this.translated.as_ref().is_some_and(|words| is_put_together(this, words));
    if lined || (this.translated.is_some() && !compiled) {
        SAID
    } else if names(this, other) {
        CITED
    } else {
        UNSAID
    }
}

/// Whether the line that speaks of a translation says that the page is put together from several reports.
fn is_put_together(seen: &Seen, words: &Evidence) -> bool {
    let text = seen.text.as_str();
    let at = seen.text.bytes(words.span()).start;
    let own = words.part() == Part::Text;
    let line =
        own.then(|| text.get(at..).and_then(|rest| rest.split(['〕', '）', ')', '\n']).next())).flatten();
    line.is_some_and(|line| words::has_any(&units::simplified(line), &words::lists().sources.put_together))
}

/// Adds the article of which this one is a translation, if there is one.
pub fn edge(this: &Seen, window: &Window, draft: &mut Draft) {
    let mut best: Option<(usize, &Seen)> = None;
    for other in translation_candidates(this, window) {
        let least = least(this, other);
        let kept = in_order(&this.marks, &other.marks);
        let longer = this.marks.len().max(other.marks.len()).max(1);
        let (in_outline, outline) =
            (in_order(&this.outline, &other.outline), this.outline.len().max(other.outline.len()).max(1));
        let told_as_own = !this.references.iter().any(|r| r.node);
        let outlines: &[Least] = match () {
            () if told_as_own => &[OUTLINE, LONG_OUTLINE],
            () if names(this, other) => &[CITED_OUTLINE],
            () => &[],
        };
        let by_outline = outlines.iter().any(|least| least.is_met(in_outline, outline));
        let share = kept * 1000 / longer;
        if (least.is_met(kept, longer) || by_outline)
            && alike_in_length(this, other)
            && best.is_none_or(|(s, _)| share > s)
        {
            best = Some((share, other));
        }
    }
    let Some((share, other)) = best else { return };
    let mut cited: Vec<Cited> = Vec::new();
    cited.extend(this.translated.clone().map(|evidence| Cited { capture: this.capture.clone(), evidence }));
    let lead = |s: &Seen| s.lead().map(|evidence| Cited { capture: s.capture.clone(), evidence });
    cited.extend(lead(this).into_iter().chain(lead(other)));
    let text = format!("names and figures stand in the same order in both languages ({}%)", share / 10);
    let reason = Reason { rule: "aligned_translation".into(), text, cited };
    let directed = this.translated.is_some() || order(this, other).known;
    draft.add(
        NodeId::Capture(other.capture.clone()),
        DerivationKind::Translation,
        share.min(1000) as u16,
        directed,
        reason,
    );
}

fn translation_candidates<'a>(this: &Seen, window: &'a Window) -> Vec<&'a Seen> {
    /// Captures that are looked at.
    const LOOKED_AT: usize = 400;
    if this.marks.len() < SAID.marks {
        return Vec::new();
    }
    let tongue = this.tongue();
    let fits = |other: &&Seen| {
        let first =
            || order(this, other).other_first || (this.translated.is_some() && other.translated.is_none());
        other.tongue() != tongue && days_between(this.day, other.day) <= REACH_DAYS && first()
    };
    let near = |other: &&Seen| this.across.shared(&other.across) >= 2;
    window.iter().rev().take(LOOKED_AT).filter(fits).filter(near).collect()
}

/// Han characters that one English word is worth, times ten: about 1.6.
fn alike_in_length(a: &Seen, b: &Seen) -> bool {
    let size = |seen: &Seen| -> usize {
        let units = units::units(seen.text.as_str());
        units.iter().map(|u| if u.ideographic { 10 } else { 16 }).sum::<usize>().max(1)
    };
    let (a, b) = (size(a), size(b));
    a < b * 2 && b < a * 2
}

/// Length of the longest common subsequence, over the first 200 marks of each.
fn in_order(a: &[u32], b: &[u32]) -> usize {
    const LONGEST: usize = 200;
    let (a, b) = (&a[..a.len().min(LONGEST)], &b[..b.len().min(LONGEST)]);
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}
