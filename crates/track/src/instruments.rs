//! Steps of rules, laws and numbered notices, as an authority's own document or a report of a court names them: 《…办法》 is
//! open for comment, is published, is put off; "suspends the … Rule from July 10, 2026 until July 9, 2027".

use crate::effective::{self, Effective, Period};
use crate::measures::cite_words;
use crate::notices::fold;
use crate::passage;
use crate::proposals::{self, Named};
use crate::seen::Seen;
use crate::words;
use headwater_model::source::SourceClass;
use headwater_model::time::Date;
use headwater_model::tracking::{MeasureEvent, MeasureStep};
use headwater_model::{Analysis, Article, Knowledge, MeasureId, Part};
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
struct Step {
    is: MeasureStep,
    #[serde(default)]
    court: bool,
    #[serde(default)]
    dated: bool,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Grammar {
    courts: Vec<String>,
    hedges: Vec<String>,
    goes_on: Vec<String>,
    itself: Vec<String>,
    drafts: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../data/instruments.toml")).expect("data/instruments.toml is right")
});

/// Numbered notices and the measures that they are, so that 暂停实施2026年第27号公告 finds its measure.
pub type Numbers = BTreeMap<String, (u64, MeasureId, Option<String>)>;

/// An instrument that a sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Instrument {
    measure: MeasureId,
    name: Option<String>,
    at: Range<usize>,
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
    numbers: &Numbers,
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
        folded: fold(seen.text.as_str()),
        events: Vec::new(),
        current: None,
    };
    reader.read();
    if official && !lists && reader.events.is_empty() {
        reader.itself();
    }
    let number = own_number(seen).and_then(|key| {
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
    folded: String,
    events: Vec<MeasureEvent>,
    /// The instrument of the last act.
    current: Option<Instrument>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let text = self.seen.text.as_str();
        for line in passage::lines(text) {
            for sentence in passage::sentences(text, line) {
                self.sentence(sentence);
            }
        }
    }

    fn sentence(&mut self, sentence: Range<usize>) {
        const LONGEST: usize = 3_000;
        let words = &self.folded[sentence.clone()];
        let official = self.seen.class == SourceClass::Official;
        // "May" with a capital is a month.
        let written = &self.seen.text.as_str()[sentence.clone()];
        let hedged = |word: &String| {
            words.contains(word.as_str()) && (!word.is_ascii() || written.contains(word.as_str()))
        };
        let court = FILE.grammar.courts.iter().any(|word| words.contains(word.as_str()));
        if sentence.len() > LONGEST || !(official || court) || FILE.grammar.hedges.iter().any(hedged) {
            return;
        }
        let named = self.instruments(&sentence);
        let opens = words.trim_start();
        let goes_on = FILE.grammar.goes_on.iter().any(|word| opens.starts_with(word.as_str()))
            && FILE.grammar.itself.iter().any(|word| words.contains(word.as_str()));
        let anaphor = named.is_empty() && goes_on;
        let instruments = if anaphor { self.current.clone().into_iter().collect() } else { named };
        if instruments.is_empty() {
            return;
        }
        let steps = self.steps(&sentence, court);
        // "The Chip Order bans …. It comes into force on …"
        if steps.is_empty() {
            self.current = instruments.first().cloned();
        }
        for instrument in instruments {
            self.take(&instrument, &steps, &sentence, anaphor);
        }
    }

    /// The steps that a sentence tells, with where each stands, in order.
    fn steps(&self, sentence: &Range<usize>, court: bool) -> Vec<(usize, MeasureStep)> {
        let words = &self.folded[sentence.clone()];
        let dated = effective::days_in(self.seen, self.analysis, sentence.clone()).next().is_some();
        let official = self.seen.class == SourceClass::Official;
        let mut found: Vec<(Range<usize>, MeasureStep)> = Vec::new();
        for step in &FILE.step {
            // A report tells of a court's acts; what an office does, its own document tells.
            let by_court = matches!(step.is, MeasureStep::Resumed) || step.court;
            if step.court && !court || step.dated && !dated || !(official || court && by_court) {
                continue;
            }
            for word in &step.words {
                for at in crate::words::places(words, word) {
                    let titled = words[..at.start]
                        .rfind(['《', '》', '「', '」', '（', '）'])
                        .is_some_and(|m| words[m..].starts_with(['《', '「', '（']));
                    let before = words[..at.start].trim_end();
                    let negated = [" not", " never", "未", "不"].iter().any(|word| before.ends_with(word));
                    let draft = step.is == MeasureStep::ConsultationOpened;
                    if (!titled || draft)
                        && !negated
                        && found.iter().all(|(other, _)| other.end <= at.start || at.end <= other.start)
                    {
                        found.push((at, step.is));
                    }
                }
            }
        }
        found.sort_by_key(|(at, _)| at.start);
        found.into_iter().map(|(at, step)| (at.start, step)).collect()
    }

    fn take(
        &mut self,
        instrument: &Instrument,
        steps: &[(usize, MeasureStep)],
        sentence: &Range<usize>,
        anaphor: bool,
    ) {
        use MeasureStep as S;
        let words = &self.folded[sentence.clone()];
        let han =
            words.chars().filter(|c| crate::units::is_ideographic(*c)).count() * 3 > words.chars().count();
        let whole = effective::period(self.seen, self.analysis, sentence);
        let has = |step: S| steps.iter().any(|(_, s)| *s == step);
        let mut told = false;
        // "Issued the rule, which was delayed": the step that goes furthest is the sentence's.
        let outdone = |step: &S| match step {
            S::Published => [
                S::Postponed,
                S::Suspended,
                S::Repealed,
                S::Extended,
                S::ConsultationOpened,
                S::Enjoined,
                S::Resumed,
            ]
            .into_iter()
            .any(has),
            S::InForce => {
                [S::Postponed, S::Suspended, S::Repealed, S::Resumed, S::Enjoined].into_iter().any(has)
            }
            S::Expired => has(S::Extended),
            _ => false,
        };
        let steps: Vec<(usize, S)> = steps.iter().copied().filter(|(_, step)| !outdone(step)).collect();
        for (number, (at, step)) in steps.iter().enumerate() {
            let next = steps.get(number + 1).map_or(sentence.end, |(next, _)| sentence.start + next);
            let period = if han {
                whole.clone()
            } else {
                effective::period(self.seen, self.analysis, &(sentence.start + at..next))
            };
            let bound = matches!(step, S::InForce | S::Expired | S::Postponed | S::Suspended);
            if anaphor && !bound {
                continue;
            }
            told |= self.step(instrument, *step, &period, sentence);
        }
        if told {
            self.current = Some(instrument.clone());
        }
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
                let Some(day) = from.map(|f| f.day).or(period.until) else { return false };
                // What its own document dates ahead is decided, and no more yet.
                let decided =
                    |e: &MeasureEvent| e.measure == instrument.measure && e.step != S::ConsultationOpened;
                if step == S::InForce && day > self.seen.day && !self.events.iter().any(decided) {
                    self.tell(instrument, S::Published, None, sentence);
                }
                self.tell(instrument, step, Some(day), sentence);
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
        let Some(cited) = cite_words(self.seen, at) else { return };
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
        let mut found: Vec<Instrument> = Vec::new();
        for named in proposals::instruments_in(text, sentence.clone(), self.article, self.analysis) {
            let Named { name, at } = named;
            let measure = self.known(&name).unwrap_or_else(|| proposals::id_of(&name));
            let name = self.knowledge.measure(&measure).is_none().then_some(name);
            if !found.iter().any(|i| i.measure == measure) {
                found.push(Instrument { measure, name, at });
            }
        }
        for (key, at, title) in numbers_in(self.seen, text, sentence) {
            let by_number = self.numbers.get(&key).map(|(_, measure, name)| (measure.clone(), name.clone()));
            let by_title = || title.map(|title| (proposals::id_of(&title), Some(title)));
            if let Some((measure, name)) = by_number.or_else(by_title)
                && !found.iter().any(|i| i.measure == measure)
            {
                found.push(Instrument { measure, name, at });
            }
        }
        found
    }

    /// The measure that the knowledge has by that name.
    fn known(&self, name: &str) -> Option<MeasureId> {
        let folded = crate::units::folded(name);
        let measures = self.knowledge.measures.iter();
        let mut called = measures.filter(|m| {
            [&m.en, &m.zh].into_iter().chain(&m.aliases).any(|n| crate::units::folded(n) == folded)
        });
        called.next().map(|m| m.id.clone())
    }

    /// A numbered notice that is a measure of its own: by its headline, from the day that it states.
    fn itself(&mut self) {
        let Some(name) = proposals::notice_name(self.article, self.seen) else { return };
        let claimed = self.seen.claims.iter().find_map(|claim| claim.measure.clone());
        let measure = self.known(&name).or(claimed).unwrap_or_else(|| proposals::id_of(&name));
        let name = self.knowledge.measure(&measure).is_none().then_some(name);
        let instrument = Instrument { measure, name, at: 0..0 };
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
        let cited = headwater_model::tracking::Cited { capture: self.seen.capture.clone(), evidence };
        let published = event(MeasureStep::Published, None, cited.clone());
        let from: Option<Effective> = effective::of_document(self.seen, self.article, self.analysis);
        let in_force =
            from.map(|from| event(MeasureStep::InForce, Some(from.day), from.cited.unwrap_or(cited)));
        self.events.push(published);
        self.events.extend(in_force);
    }
}

/// The key of a document's own number, in its headline or its head.
fn own_number(seen: &Seen) -> Option<String> {
    let title = seen.title.as_str();
    let found = numbers_in(seen, title, &(0..title.len())).into_iter().next();
    // 关于暂停实施2026年第27号公告 gives another's number.
    found
        .filter(|(_, at, _)| {
            at.start < 60
                && !words::has_any(
                    &crate::units::simplified(&title[..at.start]),
                    &["停".into(), "关于".into(), "废止".into()],
                )
        })
        .map(|(key, ..)| key)
}

/// Numbers of notices in a stretch, 商务部公告2026年第27号（…的决定）: key, place, and the title that a bracket gives.
fn numbers_in(
    seen: &Seen,
    text: &str,
    stretch: &Range<usize>,
) -> Vec<(String, Range<usize>, Option<String>)> {
    let words = &text[stretch.clone()];
    let publisher =
        seen.publisher.entity.as_ref().map_or_else(|| crate::publisher::host(&seen.url), ToString::to_string);
    let mut found = Vec::new();
    for (at, mark) in words.match_indices('号').chain(words.match_indices('號')) {
        let before = &words[..at];
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        let number = &before[before.len() - digits..];
        let head = before[..before.len() - digits].trim_end();
        let Some(head) = head.strip_suffix('第').filter(|_| digits > 0) else { continue };
        let year = head.trim_end_matches(['年', '〕', '〔', '(', ')', '（', '）', '[', ']']);
        let tail: String = year.chars().rev().take(4).collect::<Vec<_>>().into_iter().rev().collect();
        let year_told = tail.len() == 4 && tail.starts_with("20") && tail.chars().all(|c| c.is_ascii_digit());
        let (year, issuer) = if year_told {
            (tail.clone(), &year[..year.len() - 4])
        } else {
            (seen.day.year().to_string(), year)
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
        let title = rest.strip_prefix(['（', '(']).and_then(|rest| rest.split(['）', ')']).next());
        let title = title.map(|t| t.trim_matches(['《', '》']).to_owned()).filter(|t| t.chars().count() > 6);
        let key = format!("{publisher}:{body}{}:{year}:{number}", if decree { "decree" } else { "notice" });
        let start = stretch.start + head.len().saturating_sub(tail.len());
        found.push((key, start..stretch.start + at + mark.len(), title));
    }
    found
}
