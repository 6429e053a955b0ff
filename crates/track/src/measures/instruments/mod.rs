//! Steps of rules, laws and numbered notices, as an authority's own document or a report of a court names them: 《…办法》 is
//! open for comment, is published, is put off; "suspends the … Rule from July 10, 2026 until July 9, 2027".

use crate::acts::effective::{self, Effective, Period};
use crate::acts::hearsay;
use crate::measures::called::{self, Called};
use crate::measures::objects::{self, By, Told};
use crate::measures::proposals::{self, Named};
use crate::memory::seen::Seen;
use crate::text::passage;
use crate::text::units::aligned;
use crate::text::words;
use headwater_model::mention::EntityKind;
use headwater_model::source::SourceClass;
use headwater_model::time::{Date, days_between, first_day};
use headwater_model::tracking::{MeasureEvent, MeasureStep};
use headwater_model::{Analysis, Article, EntityId, Knowledge, MeasureId, Part, Text};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest text that is read, in bytes.
const LONGEST: usize = 400_000;

#[derive(Deserialize)]
struct File {
    step: Vec<Step>,
    grammar: Grammar,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    is: Option<MeasureStep>,
    #[serde(default)]
    court: bool,
    #[serde(default)]
    chamber: bool,
    #[serde(default)]
    tariff: bool,
    #[serde(default)]
    dated: bool,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    courts: Vec<String>,
    chambers: Vec<String>,
    meetings: Vec<String>,
    hedges: Vec<String>,
    wishes: Vec<String>,
    goes_on: Vec<String>,
    itself: Vec<String>,
    own_act: Vec<String>,
    headed: Vec<String>,
    drafts: Vec<String>,
    old: Vec<String>,
    ends_title: Vec<String>,
    decides: Vec<String>,
    to_bill: Vec<String>,
    which: Vec<String>,
    coming: Vec<String>,
    of_others: Vec<String>,
    passive: Vec<String>,
    bills: Vec<String>,
    follows: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/instruments.toml")).expect("data/instruments.toml is right")
});

/// Numbered notices and the measures that they are, so that 暂停实施2026年第27号公告 finds its measure.
pub type Numbers = BTreeMap<String, (u64, MeasureId, Option<String>)>;

/// An instrument that a sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Instrument {
    measure: MeasureId,
    name: Option<String>,
    at: Range<usize>,
    kind: Kind,
}

/// What moves an instrument: a bill is moved by chambers, a tariff by its rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rule,
    Bill,
    Tariff,
}

/// What an article says of instruments.
pub struct Moved {
    /// Step by step.
    pub events: Vec<MeasureEvent>,
    /// The key of the article's own number, and the measure that it is.
    pub number: Option<(String, MeasureId, Option<String>)>,
}

/// Reads the steps of instruments. `lists` tells whether the document acts upon a list: then it is no measure of its own.
pub fn read(
    article: &Article,
    seen: &Seen,
    analysis: &Analysis,
    knowledge: &Knowledge,
    (numbers, called): (&Numbers, &Called),
    lists: bool,
) -> Moved {
    let official = seen.class == SourceClass::Official;
    if !(official || seen.class == SourceClass::Press) || seen.text.as_str().len() > LONGEST {
        return Moved { events: Vec::new(), number: None };
    }
    let mut reader = Reader {
        article,
        seen,
        analysis,
        knowledge,
        numbers,
        called,
        lists,
        folded: seen.folded(),
        issuers: issuers(analysis, &seen.text, Part::Text),
        events: Vec::new(),
        current: None,
        headed: None,
    };
    reader.read();
    if official && !lists && reader.events.is_empty() {
        reader.itself();
    }
    if official && !lists {
        reader.date_by_head();
    }
    let number = own_number(seen, analysis).and_then(|key| {
        let first = reader.events.first()?;
        let own = matches!(first.step, MeasureStep::Published | MeasureStep::InForce);
        own.then(|| (key, first.measure.clone(), first.proposed_name.clone()))
    });
    Moved { events: reader.events, number }
}

struct Reader<'a> {
    article: &'a Article,
    seen: &'a Seen,
    analysis: &'a Analysis,
    knowledge: &'a Knowledge,
    numbers: &'a Numbers,
    called: &'a Called,
    /// Whether the document acts upon a list.
    lists: bool,
    folded: &'a str,
    /// Authorities that the text names.
    issuers: Issuers<'a>,
    events: Vec<MeasureEvent>,
    /// The instrument of the last act.
    current: Option<Instrument>,
    /// The one that the headline names.
    headed: Option<Instrument>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let text = self.seen.text.as_str();
        if self.seen.class == SourceClass::Official {
            self.headed = self.in_title();
        }
        for line in passage::lines(text) {
            for sentence in passage::sentences(text, line) {
                self.sentence(sentence);
            }
        }
    }

    /// The instrument that the headline is about: "Wafer Reporting Rule; Delay of Effective Date".
    fn in_title(&self) -> Option<Instrument> {
        let title = self.seen.title.as_str();
        let folded = aligned(title);
        let hit = self.called.find(&folded, self.seen.day, self.knowledge, |_| false).into_iter().next();
        if let Some(hit) = hit {
            return self.of_knowledge(hit.measure, 0..0);
        }
        let name = proposals::headed(title)?;
        let measure = self.known(&name).unwrap_or_else(|| proposals::id_of(&name));
        let name = self.knowledge.measure(&measure).is_none().then_some(name);
        Some(Instrument { measure, name, at: 0..0, kind: Kind::Rule })
    }

    fn sentence(&mut self, sentence: Range<usize>) {
        const LONGEST: usize = 3_000;
        let words = &self.folded[sentence.clone()];
        let official = self.seen.class == SourceClass::Official;
        let grammar = &FILE.grammar;
        let tells = |list: &[String]| list.iter().any(|word| words::places(words, word).next().is_some());
        let (court, chamber) = (tells(&grammar.courts), tells(&grammar.chambers));
        let meeting = tells(&grammar.meetings);
        if sentence.len() > LONGEST
            || !(official || court || chamber || meeting)
            || hearsay::is_only_told(words)
        {
            return;
        }
        let mut named = self.instruments(&sentence);
        if !official && !court && !meeting {
            named.retain(|instrument| instrument.kind == Kind::Bill);
        }
        let opens = words.trim_start();
        let goes_on = grammar.goes_on.iter().any(|word| opens.starts_with(word.as_str()))
            && words::has_any(words, &grammar.itself);
        let anaphor = named.is_empty() && goes_on && self.current.is_some();
        let headed = named.is_empty() && !anaphor && words::has_any(words, &grammar.headed);
        let instruments = match () {
            () if anaphor => self.current.clone().into_iter().collect(),
            () if headed => self.headed.clone().into_iter().collect(),
            () => named,
        };
        if instruments.is_empty() {
            return;
        }
        let mut steps = self.steps(&sentence, (court, chamber, meeting), &instruments);
        let told = steps.len();
        steps.retain(|step| !self.is_hedged(&sentence, step.at.start, &instruments));
        // "May suspend the Chip Order. It …": what follows is of what may be.
        if steps.is_empty() && told > 0 {
            return;
        }
        // "The Chip Order bans …. It comes into force on …"
        if steps.is_empty() && !headed {
            self.current = instruments.first().cloned();
        }
        let places: Vec<usize> =
            instruments.iter().map(|i| i.at.start.saturating_sub(sentence.start)).collect();
        let shares = objects::shares(&self.folded[sentence.clone()], &places, &steps, &FILE.grammar.passive);
        for (instrument, own) in instruments.iter().zip(shares) {
            self.take(instrument, &own, &sentence, (anaphor, headed));
        }
    }

    /// Whether a step is only wished for or thought of, by words before its verb or between it and its instrument: "is considering
    /// whether to suspend", and not "repeals the rule, which may have …".
    fn is_hedged(&self, sentence: &Range<usize>, verb: usize, instruments: &[Instrument]) -> bool {
        let words = &self.folded[sentence.clone()];
        let places = instruments.iter().map(|i| i.at.start.saturating_sub(sentence.start));
        let end = passage::floor(words, places.max().unwrap_or(0).max(verb));
        // "May" with a capital is a month.
        let written = &self.seen.text.as_str()[sentence.start..sentence.start + end];
        let hedged = |word: &String| {
            words[..end].contains(word.as_str()) && (!word.is_ascii() || written.contains(word.as_str()))
        };
        let clause = words[..verb].rsplit([',', ';', ':']).next().unwrap_or_default();
        FILE.grammar.hedges.iter().any(hedged) || words::has_any(clause, &FILE.grammar.wishes)
    }

    /// The steps that a sentence tells, in order.
    fn steps(
        &self,
        sentence: &Range<usize>,
        (court, chamber, meeting): (bool, bool, bool),
        instruments: &[Instrument],
    ) -> Vec<Told> {
        let words = &self.folded[sentence.clone()];
        let dated = effective::days_in(self.seen, self.analysis, sentence.clone()).next().is_some()
            || effective::later(words).is_some();
        let official = self.seen.class == SourceClass::Official;
        let of_kind = |kind: Kind| instruments.iter().any(|i| i.kind == kind);
        let mut found: Vec<(Range<usize>, &'static Step)> = Vec::new();
        for step in &FILE.step {
            // A report tells of the acts of courts and chambers; what an office does, its own document tells.
            let by_court = step.is == Some(MeasureStep::Resumed) || step.court;
            let by_chamber = step.chamber || step.is.is_none();
            let by_meeting = step.is == Some(MeasureStep::Published);
            let own = official || court && by_court || chamber && by_chamber || meeting && by_meeting;
            let kind = !step.chamber || chamber && of_kind(Kind::Bill);
            let rate = !step.tariff || of_kind(Kind::Tariff);
            if step.court && !court || step.dated && !dated || !own || !kind || !rate {
                continue;
            }
            for word in &step.words {
                for at in words::places(words, word) {
                    let titled = words[..at.start]
                        .rfind(['《', '》', '「', '」', '（', '）'])
                        .is_some_and(|m| words[m..].starts_with(['《', '「', '（']));
                    let named = instruments.iter().any(|i| {
                        i.at.start < sentence.start + at.end && sentence.start + at.start < i.at.end
                    });
                    let draft = step.is == Some(MeasureStep::ConsultationOpened);
                    if (!(titled || named) || draft)
                        && found.iter().all(|(other, _)| other.end <= at.start || at.end <= other.start)
                    {
                        found.push((at, step));
                    }
                }
            }
        }
        found.sort_by_key(|(at, _)| at.start);
        let affirmed = found.into_iter().filter(|(at, _)| !hearsay::is_negated(words, at.start));
        affirmed
            .filter_map(|(at, rule)| {
                let by = match () {
                    () if rule.chamber => By::Chamber,
                    () if rule.tariff => By::Rate,
                    () => By::Any,
                };
                Some(Told { at, step: rule.is?, by, until: words.len() })
            })
            .collect()
    }

    fn take(
        &mut self,
        instrument: &Instrument,
        steps: &[Told],
        sentence: &Range<usize>,
        (anaphor, headed): (bool, bool),
    ) {
        use MeasureStep as S;
        let words = &self.folded[sentence.clone()];
        let han = words.chars().filter(|c| crate::text::units::is_ideographic(*c)).count() * 3
            > words.chars().count();
        let whole = effective::period(self.seen, self.analysis, sentence);
        let place = instrument.at.start.saturating_sub(sentence.start)
            ..instrument.at.end.saturating_sub(sentence.start);
        let own = |told: &&Told| {
            let at = told.at.start;
            self.moves(instrument, told)
                && (told.by != By::Chamber || is_done_to(words, &told.at, &place))
                && !self.is_told_of_before(told.step, at, sentence)
                && !self.is_of_old_text(instrument, told.step, at, words)
        };
        let steps: Vec<&Told> = steps.iter().filter(own).collect();
        let has = |step: S| steps.iter().any(|s| s.step == step);
        let mut told = false;
        // "Issued the rule, which was delayed": the step that goes furthest is the sentence's.
        let outdone = |step: S| match step {
            S::Published => [
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
            ]
            .into_iter()
            .any(has),
            S::InForce => {
                [S::Postponed, S::Suspended, S::Repealed, S::Replaced, S::Withdrawn, S::Resumed, S::Enjoined]
                    .into_iter()
                    .chain((!anaphor && !has(S::Published)).then_some(S::Amended))
                    .any(has)
            }
            S::Introduced => has(S::ConsultationOpened) || has(S::Withdrawn) || has(S::PassedStage),
            S::Expired => has(S::Extended) || has(S::Suspended),
            S::Repealed => has(S::Expired),
            // "Reinstated the rule, reversing a court that had blocked it".
            S::Enjoined => has(S::Resumed),
            _ => false,
        };
        let steps: Vec<&Told> = steps.iter().copied().filter(|told| !outdone(told.step)).collect();
        for (number, own) in steps.iter().enumerate() {
            let (at, step) = (own.at.start, own.step);
            let period = if han {
                whole.clone()
            } else {
                let next = steps.get(number + 1).map_or(own.until, |next| next.at.start);
                effective::period(self.seen, self.analysis, &(sentence.start + at..sentence.start + next))
            };
            let bound = matches!(step, S::InForce | S::Expired | S::Postponed | S::Suspended | S::Resumed);
            let ends = matches!(step, S::Extended | S::Repealed | S::Withdrawn | S::Amended);
            if anaphor && !bound || headed && !(bound || ends) {
                continue;
            }
            // "This rule is effective May 4" dates what the document does: it ends or changes the one that it speaks of.
            if step == S::InForce && (anaphor || headed) && self.date_own_act(instrument, &period, sentence) {
                told = true;
                continue;
            }
            let coming = period.from.is_none() && is_coming(words, at);
            let step = match step {
                S::Repealed | S::Withdrawn if coming => S::TerminationAnnounced,
                S::Suspended | S::Resumed if coming && period.until.is_none() => continue,
                _ => step,
            };
            let period = if step == S::Extended { self.last_of(sentence, period) } else { period };
            told |= self.step(instrument, step, &period, sentence);
        }
        if told {
            self.current = Some(instrument.clone());
        }
    }

    /// Whether a step can be one of an instrument of its kind.
    fn moves(&self, instrument: &Instrument, told: &Told) -> bool {
        use MeasureStep as S;
        let kind = match told.by {
            By::Chamber => instrument.kind == Kind::Bill,
            By::Rate => instrument.kind == Kind::Tariff,
            By::Any => true,
        };
        // A notice on a list speaks of the law that it rests on.
        let another = self.lists
            && instrument.name.is_some()
            && matches!(told.step, S::Published | S::InForce | S::Amended)
            && self.headed.as_ref().is_none_or(|headed| headed.measure != instrument.measure);
        kind && !another
    }

    /// What was to end on one day and is extended to another ends on the last that is told.
    fn last_of(&self, sentence: &Range<usize>, mut period: Period) -> Period {
        let ends = effective::days_in(self.seen, self.analysis, sentence.clone())
            .filter_map(|date| date.value.rsplit('/').next()?.parse::<Date>().ok());
        period.until = ends.filter(|day| *day > self.seen.day).max().or(period.until);
        period
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
        let at_once = FILE.grammar.old.iter().any(|word| words[from..to].contains(word.as_str()));
        let made = |e: &MeasureEvent| {
            e.measure == instrument.measure && matches!(e.step, S::Published | S::InForce | S::Amended)
        };
        let name = instrument.name.as_deref().unwrap_or_default();
        let named = |text: &str| !name.is_empty() && text.contains(name);
        let title = self.seen.title.as_str();
        let headed = named(title) && !words::has_any(&aligned(title), &FILE.grammar.ends_title);
        let twice = !name.is_empty() && words.matches(aligned(name).as_str()).count() > 1;
        at_once && (self.events.iter().any(made) || headed || twice)
    }

    /// Gives the document's own act upon an instrument the day from which the document applies, where that act ends or
    /// changes the instrument.
    fn date_own_act(&mut self, instrument: &Instrument, period: &Period, sentence: &Range<usize>) -> bool {
        use MeasureStep as S;
        /// Bytes between the sentences of the act and of its day that are cited together.
        const BETWEEN: usize = 600;
        let (seen, folded) = (self.seen, &self.folded);
        let words = &folded[sentence.clone()];
        let changes = |step: S| {
            matches!(
                step,
                S::Repealed
                    | S::Withdrawn
                    | S::Replaced
                    | S::Suspended
                    | S::Amended
                    | S::Enjoined
                    | S::Resumed
            )
        };
        let own = FILE.grammar.own_act.iter().any(|word| words.contains(word.as_str()));
        let Some(event) = self
            .events
            .iter_mut()
            .rfind(|e| e.measure == instrument.measure && (changes(e.step) || own && e.step == S::Postponed))
        else {
            return false;
        };
        let Some(from) = period.from.as_ref().filter(|_| event.date.is_none() && event.step != S::Postponed)
        else {
            return true;
        };
        event.date = Some(from.day.to_string());
        let act = seen.text.bytes(event.cited.evidence.span());
        if act.end <= sentence.start
            && sentence.start - act.end <= BETWEEN
            && let Some(evidence) = seen.cut(act.start..sentence.end)
        {
            event.cited = seen.cite(evidence);
        }
        true
    }

    fn step(
        &mut self,
        instrument: &Instrument,
        step: MeasureStep,
        period: &Period,
        sentence: &Range<usize>,
    ) -> bool {
        use MeasureStep as S;
        let from = period.from.as_ref();
        let day_after = |day: Date| day.tomorrow().ok();
        let last = period.until.and_then(day_after);
        match step {
            S::InForce | S::Expired => {
                let ends = if step == S::Expired { last } else { period.until };
                let Some(day) = from.map(|f| f.day).or(ends) else {
                    if step == S::Expired {
                        self.tell(instrument, step, None, sentence);
                    }
                    return step == S::Expired;
                };
                // What its own document dates ahead is decided, and no more yet.
                let decided =
                    |e: &MeasureEvent| e.measure == instrument.measure && e.step != S::ConsultationOpened;
                if step == S::InForce && day > self.seen.day && !self.events.iter().any(decided) {
                    self.tell(instrument, S::Published, None, sentence);
                }
                self.tell(instrument, step, Some(day), sentence);
                // "Effective May 1, 2026, until October 31, 2026".
                if let Some(last) = last.filter(|last| step == S::InForce && *last > day) {
                    self.tell(instrument, S::Expired, Some(last), sentence);
                }
            }
            S::Postponed => {
                self.tell(instrument, step, None, sentence);
                if let Some(from) = from {
                    self.tell(instrument, S::InForce, Some(from.day), sentence);
                }
            }
            S::Suspended => {
                self.tell(instrument, step, from.map(|f| f.day), sentence);
                if let Some(last) = last {
                    self.tell(instrument, S::Resumed, Some(last), sentence);
                }
            }
            S::Extended => {
                self.tell(instrument, step, None, sentence);
                if let Some(last) = last.or(from.map(|f| f.day)) {
                    self.tell(instrument, S::Expired, Some(last), sentence);
                }
            }
            S::Published if self.is_draft(sentence) => {
                self.tell(instrument, S::ConsultationOpened, None, sentence)
            }
            S::Published | S::ConsultationOpened => self.tell(instrument, step, None, sentence),
            _ => self.tell(instrument, step, from.map(|f| f.day), sentence),
        }
        true
    }

    fn is_draft(&self, sentence: &Range<usize>) -> bool {
        let words = &self.folded[sentence.clone()];
        FILE.grammar.drafts.iter().any(|word| words.contains(word.as_str()))
    }

    fn tell(&mut self, instrument: &Instrument, step: MeasureStep, day: Option<Date>, at: &Range<usize>) {
        let same = |e: &MeasureEvent| e.measure == instrument.measure && e.step == step;
        if self.events.iter().any(same) {
            return;
        }
        let Some(evidence) = self.seen.cut(at.clone()) else { return };
        let cited = self.seen.cite(evidence);
        self.events.push(MeasureEvent {
            measure: instrument.measure.clone(),
            proposed_name: instrument.name.clone(),
            step,
            date: day.map(|day| day.to_string()),
            reported: self.seen.day,
            class: self.seen.class,
            cited,
            rule: "instrument".into(),
        });
    }

    /// Instruments that a sentence names: in title marks, by number, in capitals.
    fn instruments(&self, sentence: &Range<usize>) -> Vec<Instrument> {
        let text = self.seen.text.as_str();
        let mut found: Vec<Instrument> = self.in_knowledge(sentence);
        for named in proposals::instruments_in(text, sentence.clone(), self.article, self.analysis) {
            let Named { name, at } = named;
            if found.iter().any(|i| i.at.start < at.end && at.start < i.at.end) {
                continue;
            }
            let measure = self.known(&name).unwrap_or_else(|| proposals::id_of(&name));
            let bill = FILE.grammar.bills.iter().any(|end| name.ends_with(end.as_str()));
            let name = self.knowledge.measure(&measure).is_none().then_some(name);
            if !found.iter().any(|i| i.measure == measure) {
                let kind = if bill { Kind::Bill } else { Kind::Rule };
                found.push(Instrument { measure, name, at, kind });
            }
        }
        for (key, at, title) in numbers_in(self.seen, (text, &self.issuers), sentence) {
            let by_number = self.numbers.get(&key).map(|(_, measure, name)| (measure.clone(), name.clone()));
            let by_title = || title.map(|title| (proposals::id_of(&title), Some(title)));
            if let Some((measure, name)) = by_number.or_else(by_title)
                && !found.iter().any(|i| i.measure == measure)
            {
                found.push(Instrument { measure, name, at, kind: Kind::Rule });
            }
        }
        found
    }

    /// Measures of the knowledge that a sentence names and that are what it speaks of, not what something rests on or
    /// something is called after: "under the Affiliates Rule", "CHIPS Act funding".
    fn in_knowledge(&self, sentence: &Range<usize>) -> Vec<Instrument> {
        let words = &self.folded[sentence.clone()];
        let acts = |authority: &EntityId| {
            self.seen.publisher.entity.as_ref() == Some(authority)
                || self.analysis.entities.iter().any(|e| {
                    e.id.as_ref() == Some(authority) && e.evidence.part() == Part::Text && {
                        let at = self.seen.text.bytes(e.evidence.span());
                        sentence.start <= at.start && at.end <= sentence.end
                    }
                })
        };
        let hits = self.called.find(words, self.seen.day, self.knowledge, acts);
        let spoken_of = |at: &Range<usize>| {
            let before = words[..at.start].trim_end();
            let before = before.strip_suffix("the").unwrap_or(before).trim_end();
            let lists = words::lists();
            let mut rests = lists.resting_english.iter().filter(|word| *word != "of");
            // 根据《甲条例》和《乙条例》等有关规定
            let clause = words[..at.start].trim_end_matches(['《', '「']);
            let clause = clause.rsplit('，').next().unwrap_or_default();
            let rests = rests.any(|word| before.ends_with(word.as_str()))
                || lists.resting.iter().any(|word| {
                    clause.ends_with(word.as_str()) || clause.trim_start().starts_with(word.as_str())
                });
            let rest = words[at.end..].trim_start_matches(['"', '”', '’', '》', ')']);
            let next = rest.strip_prefix(' ').and_then(|rest| rest.split([' ', ',', '.']).next());
            let latin = words[at.clone()].is_ascii();
            let follows = next.is_none_or(|next| {
                let known = FILE.grammar.follows.iter().any(|word| word == next);
                known || !next.starts_with(|c: char| c.is_ascii_lowercase()) || next.ends_with("ed")
            });
            !rests && (!latin || follows)
        };
        let own = hits.into_iter().filter(|hit| self.is_tariff(hit.measure) || spoken_of(&hit.at));
        own.filter_map(|hit| {
            self.of_knowledge(hit.measure, sentence.start + hit.at.start..sentence.start + hit.at.end)
        })
        .collect()
    }

    fn is_tariff(&self, number: usize) -> bool {
        self.knowledge.measures.get(number).is_some_and(called::is_tariff)
    }

    fn of_knowledge(&self, number: usize, at: Range<usize>) -> Option<Instrument> {
        let measure = self.knowledge.measures.get(number)?;
        let kind = match () {
            () if called::is_bill(measure) => Kind::Bill,
            () if called::is_tariff(measure) => Kind::Tariff,
            () => Kind::Rule,
        };
        Some(Instrument { measure: measure.id.clone(), name: None, at, kind })
    }

    /// The measure that the knowledge has by that name.
    fn known(&self, name: &str) -> Option<MeasureId> {
        let folded = crate::text::units::folded(name);
        let measures = self.knowledge.measures.iter();
        let mut called = measures.filter(|m| {
            [&m.en, &m.zh].into_iter().chain(&m.aliases).any(|n| crate::text::units::folded(n) == folded)
        });
        called.next().map(|m| m.id.clone())
    }

    /// The one instrument that a document publishes is in force from the day in the document's head, where its text gives none.
    fn date_by_head(&mut self) {
        let [published] = &self.events[..] else { return };
        let stated = self.article.official.as_ref().and_then(|o| first_day(o.effective.as_ref()?));
        let Some(day) = stated.filter(|_| published.step == MeasureStep::Published) else { return };
        let in_force = MeasureEvent {
            step: MeasureStep::InForce,
            date: Some(day.to_string()),
            rule: "stated_effective_date".into(),
            ..published.clone()
        };
        self.events.push(in_force);
    }

    /// A numbered notice that is a measure of its own: by its headline, from the day that it states.
    fn itself(&mut self) {
        let Some(name) = proposals::notice_name(self.article, self.seen) else { return };
        let claimed = self.seen.claims.iter().find_map(|claim| claim.measure.clone());
        let measure = self.known(&name).or(claimed).unwrap_or_else(|| proposals::id_of(&name));
        let name = self.knowledge.measure(&measure).is_none().then_some(name);
        let instrument = Instrument { measure, name, at: 0..0, kind: Kind::Rule };
        let title = self.seen.title.cut(0..self.seen.title.as_str().len(), Part::Title);
        let Some(evidence) = title else { return };
        let event = |step, date: Option<Date>, cited| MeasureEvent {
            measure: instrument.measure.clone(),
            proposed_name: instrument.name.clone(),
            step,
            date: date.map(|day| day.to_string()),
            reported: self.seen.day,
            class: self.seen.class,
            cited,
            rule: "numbered_notice".into(),
        };
        let cited = self.seen.cite(evidence);
        let published = event(MeasureStep::Published, None, cited.clone());
        let stated = effective::of_document(self.seen, self.article, self.analysis);
        // 决定自6月8日起暂停进口…
        let from: Option<Effective> = stated.or_else(|| {
            let lines = passage::lines(self.seen.text.as_str());
            let mut sentences = lines.flat_map(|line| passage::sentences(self.seen.text.as_str(), line));
            sentences.find_map(|sentence| {
                let decides = words::has_any(&self.folded[sentence.clone()], &FILE.grammar.decides);
                effective::period(self.seen, self.analysis, &sentence).from.filter(|_| decides)
            })
        });
        let in_force =
            from.map(|from| event(MeasureStep::InForce, Some(from.day), from.cited.unwrap_or(cited)));
        self.events.push(published);
        self.events.extend(in_force);
    }
}

/// Whether a chamber's verb is said of the bill at a place: "passed the MATCH Act" and "the MATCH Act has cleared the House", and
/// not "passed a budget that leaves the MATCH Act untouched", "who introduced the MATCH Act".
fn is_done_to(words: &str, verb: &Range<usize>, bill: &Range<usize>) -> bool {
    /// Words between a bill and the verb behind it, and bytes in Chinese.
    const WORDS: usize = 6;
    const BYTES: usize = 36;
    let grammar = &FILE.grammar;
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
        return all.all(|word| grammar.to_bill.iter().any(|known| known == word));
    }
    let is_which = |word: &str| grammar.which.iter().any(|known| known == word);
    !between.contains(marks) && all.clone().count() <= WORDS && !all.any(is_which)
}

/// Whether what a verb tells is still to come: "will be rescinded", 将废止.
fn is_coming(words: &str, verb: usize) -> bool {
    /// Bytes before the verb.
    const BEFORE: usize = 24;
    let near = &words[passage::floor(words, verb.saturating_sub(BEFORE))..verb];
    words::has_any(near, &FILE.grammar.coming)
}

/// The key of a document's own number, in its headline or its head.
pub fn own_number(seen: &Seen, analysis: &Analysis) -> Option<String> {
    let title = seen.title.as_str();
    let issuers = issuers(analysis, &seen.title, Part::Title);
    let found = numbers_in(seen, (title, &issuers), &(0..title.len())).into_iter().next();
    // 关于暂停实施2026年第27号公告 gives another's number.
    found
        .filter(|(_, at, _)| {
            at.start < 60
                && !words::has_any(
                    &crate::text::units::simplified(&title[..at.start]),
                    &FILE.grammar.of_others,
                )
        })
        .map(|(key, ..)| key)
}

/// The authorities that a part of an article names, by where their names end.
type Issuers<'a> = BTreeMap<usize, (usize, &'a EntityId)>;

fn issuers<'a>(analysis: &'a Analysis, text: &Text, part: Part) -> Issuers<'a> {
    let agencies =
        analysis.entities.iter().filter(|e| e.evidence.part() == part && e.kind == EntityKind::Agency);
    let placed = agencies.filter_map(|agency| {
        let at = text.bytes(agency.evidence.span());
        Some((at.end, (at.start, agency.id.as_ref()?)))
    });
    placed.collect()
}

/// The authority whose name ends where the kind of its notice begins, 商务部公告…; of several, 商务部 海关总署公告…, the first: the
/// number is of its series.
fn issuer_of<'a>(issuers: &Issuers<'a>, text: &str, mut end: usize) -> Option<&'a EntityId> {
    let mut first = None;
    while let Some((start, agency)) = issuers.get(&end) {
        first = Some(*agency);
        end = text[..*start].trim_end_matches([' ', '、', '\u{3000}']).len();
    }
    first
}

/// The title of an instrument in the bracket with which words begin, （…的决定）, and not （以下简称61号公告）.
fn in_bracket(words: &str) -> Option<&str> {
    let inside = words.strip_prefix(['（', '('])?;
    let near = &inside[..passage::floor(inside, proposals::LONGEST_TITLE)];
    let title = near[..near.find(['）', ')'])?].trim_matches(['《', '》']);
    let instrument = words::lists().instruments.iter().any(|end| title.ends_with(end.as_str()));
    (instrument && title.chars().count() > 6).then_some(title)
}

/// Keys of the notices that a whole text names, and where.
pub fn numbers_of_text(seen: &Seen, analysis: &Analysis) -> Vec<(String, Range<usize>)> {
    let text = seen.text.as_str();
    let issuers = issuers(analysis, &seen.text, Part::Text);
    let found = numbers_in(seen, (text, &issuers), &(0..text.len()));
    found.into_iter().map(|(key, at, _)| (key, at)).collect()
}

/// Numbers of notices in a stretch, 商务部公告2026年第27号（…的决定）: key, place, and the title that a bracket gives.
fn numbers_in(
    seen: &Seen,
    (text, issuers): (&str, &Issuers),
    stretch: &Range<usize>,
) -> Vec<(String, Range<usize>, Option<String>)> {
    let words = &text[stretch.clone()];
    let publisher = seen
        .publisher
        .entity
        .as_ref()
        .map_or_else(|| crate::reading::publisher::host(&seen.url), ToString::to_string);
    let mut found = Vec::new();
    for (at, mark) in words.match_indices('号').chain(words.match_indices('號')) {
        let before = &words[..at];
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let number = &before[before.len() - digits..];
        let head = before[..before.len() - digits].trim_end();
        let Some(head) = head.strip_suffix('第').filter(|_| digits > 0) else { continue };
        let told = head.trim_end_matches(['年', '〕', '〔', '(', ')', '（', '）', '[', ']']);
        let tail: String = told.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        let year_told = tail.len() == 4 && tail.starts_with("20") && tail.chars().all(|c| c.is_ascii_digit());
        let (year, issuer) = if year_told {
            (tail.clone(), &told[..told.len() - 4])
        } else {
            (seen.day.year().to_string(), told)
        };
        let issuer = issuer.trim_end_matches(['〔', '(', '（', '[', ' ']);
        let after = &words[at + mark.len()..];
        let decree = issuer.ends_with('令') || after.starts_with('令');
        let body = if issuer.trim_end_matches("公告").ends_with("机制") { "body" } else { "" };
        let notice =
            decree || issuer.ends_with("公告") || after.starts_with("公告") || issuer.ends_with("通告");
        if !notice {
            continue;
        }
        let rest = after.trim_start_matches("公告").trim_start();
        let title = in_bracket(rest).map(str::to_owned);
        let named = issuer.trim_end_matches(['公', '通', '告', '令', ' ']);
        let whose = if body.is_empty() && !named.is_empty() {
            issuer_of(issuers, text, stretch.start + named.len())
        } else {
            None
        };
        let publisher = whose.map_or(publisher.as_str(), |id| id.as_str());
        let key = format!("{publisher}:{body}{}:{year}:{number}", if decree { "decree" } else { "notice" });
        let start = stretch.start + told.len() - tail.len();
        found.push((key, start..stretch.start + at + mark.len(), title));
    }
    found
}
