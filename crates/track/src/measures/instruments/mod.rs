//! Steps of rules, laws and numbered notices, as an authority's own document or a report of a court names them: 《…办法》 is
//! open for comment, is published, is put off; "suspends the … Rule from July 10, 2026 until July 9, 2027".
//!
//! A reader goes through the document sentence by sentence: which instruments it names (`named`), which steps its
//! words tell (`told`), and what each step comes to on which days (`events`).

mod events;
mod grammar;
mod named;
mod told;

use crate::acts::hearsay;
use crate::acts::known::Asked;
use crate::acts::numbers::{self, Issuers, issuers};
use crate::measures::called::Called;
use crate::measures::objects;
use crate::memory::seen::Seen;
use crate::text::list::List;
use crate::text::passage;
use crate::text::words::{has_any, places, starts_with_any};
use grammar::grammar;
use headwater_model::source::SourceClass;
use headwater_model::tracking::{MeasureEvent, MeasureStep};
use headwater_model::{Analysis, Article, Knowledge, MeasureId, Part};
use std::ops::Range;

/// Longest text that is read, in bytes.
const LONGEST: usize = 400_000;

/// An instrument that a sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Instrument {
    measure: MeasureId,
    name: Option<String>,
    at: Range<usize>,
    kind: Kind,
}

impl Instrument {
    /// Where it stands in a sentence that begins at a byte; at its beginning if it is named elsewhere.
    fn place(&self, sentence: usize) -> Range<usize> {
        self.at.start.saturating_sub(sentence)..self.at.end.saturating_sub(sentence)
    }
}

/// What moves an instrument: a bill is moved by chambers, a tariff by its rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Rule,
    Bill,
    Tariff,
}

/// Who acts by a sentence besides the author of its document.
#[derive(Debug, Clone, Copy)]
struct Actors {
    court: bool,
    chamber: bool,
    meeting: bool,
    /// An office, of which a report tells that it rests something or takes it up again.
    office: bool,
}

impl Actors {
    fn of(words: &str, is_report: bool) -> Actors {
        let tells =
            |list: &List| list.is_in(words) && list.iter().any(|word| places(words, word).next().is_some());
        let grammar = grammar();
        Actors {
            court: tells(&grammar.courts),
            chamber: tells(&grammar.chambers),
            meeting: tells(&grammar.meetings),
            office: is_report && told::tells_rest(words),
        }
    }
}

/// How a sentence speaks of its instruments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Naming {
    /// By their names.
    Named,
    /// As what the sentence before spoke of: "It comes into force on …".
    Again,
    /// As what the headline names: "the rule".
    Headed,
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
    (numbers, called): (&Asked, &Called),
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
    if official && !lists {
        if reader.events.is_empty() {
            reader.itself();
        }
        reader.date_by_head();
    }
    Moved { number: reader.own_number(), events: reader.events }
}

/// Whether folded words tell that a suspension is prolonged.
pub fn prolongs_suspension(words: &str) -> bool {
    grammar::steps().iter().any(|step| step.prolongs && has_any(words, &step.words))
}

struct Reader<'a> {
    article: &'a Article,
    seen: &'a Seen,
    analysis: &'a Analysis,
    knowledge: &'a Knowledge,
    numbers: &'a Asked<'a>,
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
        if self.is_official() {
            self.headed = self.in_title();
        }
        let text = self.seen.text.as_str();
        for line in passage::lines(text) {
            for sentence in passage::sentences(text, line) {
                self.sentence(sentence);
            }
        }
    }

    fn is_official(&self) -> bool {
        self.seen.class == SourceClass::Official
    }

    /// The document's own number with the measure that it publishes.
    fn own_number(&self) -> Option<(String, MeasureId, Option<String>)> {
        let key = numbers::own_number(self.seen, self.analysis)?;
        let first = self.events.first()?;
        let own = matches!(first.step, MeasureStep::Published | MeasureStep::InForce);
        own.then(|| (key, first.measure.clone(), first.proposed_name.clone()))
    }

    fn sentence(&mut self, sentence: Range<usize>) {
        /// Bytes of the longest sentence that is read.
        const LONGEST: usize = 64_000;
        let words = &self.folded[sentence.clone()];
        let actors = Actors::of(words, !self.is_official());
        let acts = self.is_official() || actors.court || actors.chamber || actors.meeting || actors.office;
        if sentence.len() > LONGEST || !acts || hearsay::is_only_told(words) {
            return;
        }
        let (instruments, naming) = self.spoken_of(&sentence, actors);
        if instruments.is_empty() {
            return;
        }
        let told = self.steps(&sentence, actors, &instruments);
        // "May suspend the Chip Order. It …": what follows is of what may be.
        let all = told.len();
        let told: Vec<_> =
            told.into_iter().filter(|step| !self.is_hedged(&sentence, step.at.start, &instruments)).collect();
        if told.is_empty() && all > 0 {
            return;
        }
        // "The Chip Order bans …. It comes into force on …"
        if told.is_empty() && naming != Naming::Headed {
            self.current = instruments.first().cloned();
        }
        let places: Vec<usize> = instruments.iter().map(|i| i.place(sentence.start).start).collect();
        let shares = objects::shares(words, &places, &told, &grammar().passive);
        for (instrument, own) in instruments.iter().zip(shares) {
            self.take(instrument, &own, &sentence, naming);
        }
    }

    /// The instruments that a sentence speaks of, and how.
    fn spoken_of(&self, sentence: &Range<usize>, actors: Actors) -> (Vec<Instrument>, Naming) {
        let words = &self.folded[sentence.clone()];
        let mut named = self.instruments(sentence);
        if !self.is_official() && !actors.court && !actors.meeting && !actors.office {
            named.retain(|instrument| instrument.kind == Kind::Bill);
        }
        if !named.is_empty() {
            return (named, Naming::Named);
        }
        let goes_on =
            starts_with_any(words.trim_start(), &grammar().goes_on) && has_any(words, &grammar().itself);
        if let Some(current) = self.current.as_ref().filter(|_| goes_on) {
            return (vec![current.clone()], Naming::Again);
        }
        let headed = self.headed.as_ref().filter(|_| has_any(words, &grammar().headed));
        (headed.cloned().into_iter().collect(), Naming::Headed)
    }
}
