//! Which steps the words of a sentence tell, and which of them are an instrument's own.

use super::grammar::{self, Step, grammar};
use super::{Actors, Instrument, Kind, Naming, Reader};
use crate::acts::effective;
use crate::acts::hearsay;
use crate::measures::objects::{By, Told};
use crate::text::list::List;
use crate::text::passage::{overlap, shifted};
use crate::text::units::aligned;
use crate::text::words::{has_any, places};
use headwater_model::time::{Date, days_between};
use headwater_model::tracking::{MeasureEvent, MeasureStep};
use std::ops::Range;

impl Reader<'_> {
    /// The steps that a sentence tells, in order.
    pub(super) fn steps(
        &self,
        sentence: &Range<usize>,
        actors: Actors,
        instruments: &[Instrument],
    ) -> Vec<Told> {
        let words = &self.folded[sentence.clone()];
        let names: Vec<Range<usize>> = instruments.iter().map(|i| i.at.clone()).collect();
        let mut found: Vec<(Range<usize>, &'static Step)> = Vec::new();
        for step in grammar::steps()
            .iter()
            .filter(|step| step.words.is_in(words) && self.can_tell(step, sentence, actors, instruments))
        {
            for at in step.words.iter().flat_map(|word| places(words, word)) {
                let place = shifted(&at, sentence.start);
                let in_name = is_titled(words, at.start) || names.iter().any(|name| overlap(name, &place));
                let draft = step.is == Some(MeasureStep::ConsultationOpened);
                if (!in_name || draft) && found.iter().all(|(other, _)| !overlap(other, &at)) {
                    found.push((at, step));
                }
            }
        }
        found.sort_by_key(|(at, _)| at.start);
        found
            .retain(|(at, _)| !hearsay::is_negated(words, at.start) && !hearsay::is_request(words, at.start));
        let told = |(at, step): (Range<usize>, &Step)| {
            Some(Told { at, step: step.is?, by: by(step, actors), until: words.len() })
        };
        found.into_iter().filter_map(told).collect()
    }

    /// Whether a sentence can tell a step, by who acts in it, upon what and when.
    fn can_tell(
        &self,
        step: &Step,
        sentence: &Range<usize>,
        actors: Actors,
        instruments: &[Instrument],
    ) -> bool {
        let Actors { court, chamber, meeting, office } = actors;
        let of_kind = |kind: Kind| instruments.iter().any(|i| i.kind == kind);
        // A report tells of the acts of courts and chambers; what an office does, its own document tells, but for what it rests
        // and takes up again, which need be told in no document of its own.
        let by_court = step.is == Some(MeasureStep::Resumed) || step.court;
        let by_chamber = step.chamber || step.is.is_none();
        let by_meeting = step.is == Some(MeasureStep::Published);
        let by_office = is_rest(step) && !step.court;
        let reported =
            court && by_court || chamber && by_chamber || meeting && by_meeting || office && by_office;
        let own = self.is_official() || reported;
        own && (!step.court || court)
            && (!step.chamber || chamber && of_kind(Kind::Bill))
            && (!step.tariff || of_kind(Kind::Tariff))
            && (!step.dated || self.is_dated(sentence))
    }

    fn is_dated(&self, sentence: &Range<usize>) -> bool {
        effective::days_in(self.seen, self.analysis, sentence.clone()).next().is_some()
            || effective::later(&self.folded[sentence.clone()]).is_some()
    }

    /// Whether a step is only wished for or thought of, by words before its verb or between it and its instrument: "is considering
    /// whether to suspend", and not "repeals the rule, which may have …".
    pub(super) fn is_hedged(&self, sentence: &Range<usize>, verb: usize, instruments: &[Instrument]) -> bool {
        let words = &self.folded[sentence.clone()];
        let last = instruments.iter().map(|i| i.place(sentence.start).start).max().unwrap_or(0);
        let end = words.floor_char_boundary(last.max(verb));
        // "May" with a capital is a month.
        let written = &self.seen.text.as_str()[sentence.start..sentence.start + end];
        let hedged = |word: &String| {
            words[..end].contains(word.as_str()) && (!word.is_ascii() || written.contains(word.as_str()))
        };
        let clause = words[..verb].rsplit([',', ';', ':']).next().unwrap_or_default();
        grammar().hedges.iter().any(hedged) || has_any(clause, &grammar().wishes)
    }

    /// Those of the steps that a sentence tells of an instrument which are news of it, without those that others outdo.
    pub(super) fn own_steps<'t>(
        &self,
        instrument: &Instrument,
        steps: &'t [Told],
        sentence: &Range<usize>,
        naming: Naming,
    ) -> Vec<&'t Told> {
        let words = &self.folded[sentence.clone()];
        let place = instrument.place(sentence.start);
        let mut own: Vec<&Told> = steps.iter().collect();
        own.retain(|told| {
            self.can_move(instrument, told)
                && (told.by != By::Chamber || is_done_to(words, &told.at, &place, &grammar().to_bill))
                && (told.by != By::Office || is_rest_of(told, words, &place))
                && !self.is_told_of_before(told.step, told.at.start, sentence)
                && !self.is_of_old_text(instrument, told.step, told.at.start, words)
        });
        let all: Vec<MeasureStep> = own.iter().map(|told| told.step).collect();
        own.retain(|told| !is_outdone(told.step, &all, naming));
        own
    }

    /// Whether a step can be one of an instrument of its kind.
    fn can_move(&self, instrument: &Instrument, told: &Told) -> bool {
        use MeasureStep as S;
        let kind = match told.by {
            By::Chamber => instrument.kind == Kind::Bill,
            By::Rate => instrument.kind == Kind::Tariff,
            By::Office | By::Any => true,
        };
        // A notice on a list speaks of the law that it rests on.
        let another = self.lists
            && instrument.name.is_some()
            && matches!(told.step, S::Published | S::InForce | S::Amended)
            && self.headed.as_ref().is_none_or(|headed| headed.measure != instrument.measure);
        kind && !another
    }

    /// "On 31 July 2014, the Council adopted …", "published March 2": what was done long before is none of the document's acts.
    fn is_told_of_before(&self, step: MeasureStep, at: usize, sentence: &Range<usize>) -> bool {
        use MeasureStep as S;
        /// Days after which an act is no news.
        const LONG: i32 = 14;
        /// Bytes from the verb to its day.
        const NEAR: usize = 40;
        if !matches!(step, S::Published | S::Introduced | S::Amended | S::ConsultationOpened) {
            return false;
        }
        let words = &self.folded[sentence.clone()];
        let long_ago = |day: Date| day < self.seen.day && days_between(day, self.seen.day) > LONG;
        effective::days_in(self.seen, self.analysis, sentence.clone()).any(|date| {
            let place = self.seen.text.bytes(date.evidence.span());
            let (start, end) = (place.start - sentence.start, place.end - sentence.start);
            let opens = words[..start].trim_matches(|c: char| !c.is_alphabetic()).chars().count() < 4
                && words[end.min(words.len())..].starts_with([',', '，']);
            let behind = start > at
                && start - at < NEAR
                && words[at..start].trim_end().ends_with(|c: char| c.is_ascii_alphabetic())
                && !words[at..start].contains([',', ';']);
            date.value.parse::<Date>().is_ok_and(long_ago) && (opens || behind)
        })
    }

    /// 原《…办法》同时废止: the text that the new one takes the place of, under the same name.
    fn is_of_old_text(&self, instrument: &Instrument, step: MeasureStep, at: usize, words: &str) -> bool {
        use MeasureStep as S;
        /// Characters behind the verb's beginning in which it may say that it does so at the same time.
        const REACH: usize = 8;
        if !matches!(step, S::Repealed | S::Expired) {
            return false;
        }
        let from = words[..at].char_indices().rev().nth(REACH).map_or(0, |(from, _)| from);
        let to = words[at..].char_indices().nth(REACH).map_or(words.len(), |(to, _)| at + to);
        if !has_any(&words[from..to], &grammar().old) {
            return false;
        }
        let made = |e: &MeasureEvent| {
            e.measure == instrument.measure && matches!(e.step, S::Published | S::InForce | S::Amended)
        };
        self.events.iter().any(made) || self.is_named_twice(instrument, words)
    }

    /// Whether the new text bears the name of an instrument in the headline, or in the same sentence.
    fn is_named_twice(&self, instrument: &Instrument, words: &str) -> bool {
        let Some(name) = instrument.name.as_deref().filter(|name| !name.is_empty()) else { return false };
        let title = self.seen.title.as_str();
        title.contains(name) && !has_any(&aligned(title), &grammar().ends_title)
            || words.matches(aligned(name).as_str()).count() > 1
    }
}

/// Whether a place stands inside title marks or brackets.
fn is_titled(words: &str, at: usize) -> bool {
    let mark = words[..at].rfind(['《', '》', '「', '」', '（', '）']);
    mark.is_some_and(|mark| words[mark..].starts_with(['《', '「', '（']))
}

fn by(step: &Step, actors: Actors) -> By {
    match () {
        () if step.chamber => By::Chamber,
        () if step.tariff => By::Rate,
        () if is_rest(step) && actors.office && !actors.court => By::Office,
        () => By::Any,
    }
}

/// "Issued the rule, which was delayed": whether another step of the sentence goes further.
fn is_outdone(step: MeasureStep, all: &[MeasureStep], naming: Naming) -> bool {
    use MeasureStep as S;
    let has = |some: &[S]| some.iter().any(|step| all.contains(step));
    match step {
        S::Published => has(&[
            S::Postponed,
            S::Suspended,
            S::Repealed,
            S::Replaced,
            S::Withdrawn,
            S::Extended,
            S::ConsultationOpened,
            S::Introduced,
            S::Enjoined,
            S::Resumed,
        ]),
        S::InForce => {
            let changed = naming != Naming::Again && !has(&[S::Published]) && has(&[S::Amended]);
            let stopped =
                [S::Postponed, S::Suspended, S::Repealed, S::Replaced, S::Withdrawn, S::Resumed, S::Enjoined];
            has(&stopped) || changed
        }
        S::Introduced => has(&[S::ConsultationOpened, S::Withdrawn, S::PassedStage]),
        S::Expired => has(&[S::Extended, S::Suspended]),
        S::Repealed => has(&[S::Expired]),
        // "Reinstated the rule, reversing a court that had blocked it".
        S::Enjoined => has(&[S::Resumed]),
        _ => false,
    }
}

/// Whether a step is one by which an office rests an instrument or takes it up again.
fn is_rest(step: &Step) -> bool {
    matches!(step.is, Some(MeasureStep::Suspended | MeasureStep::Resumed))
}

/// Whether folded words tell of such a step.
pub(super) fn tells_rest(words: &str) -> bool {
    grammar::steps().iter().any(|step| is_rest(step) && !step.court && has_any(words, &step.words))
}

/// Whether a report tells that an office rests an instrument or takes it up again, and not that others take up something
/// else: 恢复生产.
fn is_rest_of(told: &Told, words: &str, place: &Range<usize>) -> bool {
    /// Characters of the shortest Chinese verb that has no other object.
    const SHORTEST: usize = 3;
    let verb = &words[told.at.clone()];
    let clear = verb.is_ascii() || verb.chars().count() >= SHORTEST;
    clear && is_done_to(words, &told.at, place, &grammar().to_rule)
}

/// Whether a chamber's verb is said of the bill at a place: "passed the MATCH Act" and "the MATCH Act has cleared the House", and
/// not "passed a budget that leaves the MATCH Act untouched", "who introduced the MATCH Act". `to` are the words that may stand
/// between the verb and what it is done to.
fn is_done_to(words: &str, verb: &Range<usize>, bill: &Range<usize>, to: &List) -> bool {
    /// Words between a bill and the verb behind it, and bytes in Chinese.
    const WORDS: usize = 6;
    const BYTES: usize = 36;
    let grammar = grammar();
    let last = words[..verb.start].trim_end().rsplit([' ', ',']).next().unwrap_or_default();
    if grammar.which.iter().any(|word| word == last) {
        return false;
    }
    let active = verb.end <= bill.start;
    let between =
        if active { &words[verb.end..bill.start] } else { &words[bill.end.min(verb.start)..verb.start] };
    let marks = [',', ';', ':', '，', '；', '。'];
    if !words[verb.clone()].is_ascii() {
        return between.len() <= BYTES && !between.contains(marks);
    }
    let mut all =
        between.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'').filter(|w| !w.is_empty());
    if active {
        return all.all(|word| to.iter().any(|known| known == word));
    }
    let is_which = |word: &str| grammar.which.iter().any(|known| known == word);
    !between.contains(marks) && all.clone().count() <= WORDS && !all.any(is_which)
}
