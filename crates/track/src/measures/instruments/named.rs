//! Instruments that a document names: in title marks, by number, in capitals, or as the knowledge has them.

use super::grammar::grammar;
use super::{Instrument, Kind, Reader};
use crate::acts::numbers::numbers_in;
use crate::measures::called;
use crate::measures::proposals::{self, Named};
use crate::text::passage::{overlap, shifted};
use crate::text::units::aligned;
use crate::text::words::ends_with_any;
use headwater_model::{EntityId, MeasureId, Part};
use std::ops::Range;

impl Reader<'_> {
    /// The instrument that the headline is about: "Wafer Reporting Rule; Delay of Effective Date".
    pub(super) fn in_title(&self) -> Option<Instrument> {
        let title = self.seen.title.as_str();
        let hits = self.called.find(&aligned(title), self.seen.day, self.knowledge, |_| false);
        if let Some(hit) = hits.into_iter().next() {
            return self.of_knowledge(hit.measure, 0..0);
        }
        Some(self.by_name(proposals::headed(title)?, 0..0, Kind::Rule))
    }

    /// Instruments that a sentence names.
    pub(super) fn instruments(&self, sentence: &Range<usize>) -> Vec<Instrument> {
        let text = self.seen.text.as_str();
        let mut found: Vec<Instrument> = self.in_knowledge(sentence);
        for named in proposals::instruments_in(text, sentence.clone(), self.article, self.analysis) {
            let Named { name, at } = named;
            let kind = if ends_with_any(&name, &grammar().bills) { Kind::Bill } else { Kind::Rule };
            if !found.iter().any(|i| overlap(&i.at, &at)) {
                add(&mut found, self.by_name(name, at, kind));
            }
        }
        for number in numbers_in(self.seen, (text, &self.issuers), sentence) {
            let known = self.numbers.measure(&number.key);
            let by_title = || number.title.map(|title| (proposals::id_of(&title), Some(title)));
            if let Some((measure, name)) = known.or_else(by_title) {
                add(&mut found, Instrument { measure, name, at: number.at, kind: Kind::Rule });
            }
        }
        found
    }

    /// The instrument of a name, which the knowledge may have.
    pub(super) fn by_name(&self, name: String, at: Range<usize>, kind: Kind) -> Instrument {
        let measure = self.known(&name).unwrap_or_else(|| proposals::id_of(&name));
        self.proposed(measure, name, at, kind)
    }

    /// An instrument that bears a name of its own where the knowledge does not have it.
    pub(super) fn proposed(
        &self,
        measure: MeasureId,
        name: String,
        at: Range<usize>,
        kind: Kind,
    ) -> Instrument {
        let name = self.knowledge.measure(&measure).is_none().then_some(name);
        Instrument { measure, name, at, kind }
    }

    /// Measures of the knowledge that a sentence names and that are what it speaks of, not what something rests on or
    /// something is called after: "under the Affiliates Rule", "CHIPS Act funding".
    fn in_knowledge(&self, sentence: &Range<usize>) -> Vec<Instrument> {
        let words = &self.folded[sentence.clone()];
        let hits = self.called.find(words, self.seen.day, self.knowledge, |id| self.acts(id, sentence));
        let own = hits.into_iter().filter(|hit| {
            self.is_tariff(hit.measure)
                || !called::is_rested_on(words, &hit.at) && is_whole_name(words, &hit.at)
        });
        own.filter_map(|hit| self.of_knowledge(hit.measure, shifted(&hit.at, sentence.start))).collect()
    }

    /// Whether an authority publishes the document or stands in a sentence of it.
    fn acts(&self, authority: &EntityId, sentence: &Range<usize>) -> bool {
        let is_named = |at: Range<usize>| sentence.start <= at.start && at.end <= sentence.end;
        self.seen.publisher.entity.as_ref() == Some(authority)
            || self.analysis.entities.iter().any(|e| {
                e.id.as_ref() == Some(authority)
                    && e.evidence.part() == Part::Text
                    && is_named(self.seen.text.bytes(e.evidence.span()))
            })
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
    pub(super) fn known(&self, name: &str) -> Option<MeasureId> {
        let measure = self.knowledge.measures.get(self.called.by_name(name)?)?;
        Some(measure.id.clone())
    }
}

/// Adds an instrument unless its measure is there.
fn add(found: &mut Vec<Instrument>, instrument: Instrument) {
    if !found.iter().any(|i| i.measure == instrument.measure) {
        found.push(instrument);
    }
}

/// Whether the word behind a name leaves it the one that is spoken of, and not "CHIPS Act funding".
fn is_whole_name(words: &str, at: &Range<usize>) -> bool {
    let rest = words[at.end..].trim_start_matches(['"', '”', '’', '》', ')']);
    let next = rest.strip_prefix(' ').and_then(|rest| rest.split([' ', ',', '.']).next());
    !words[at.clone()].is_ascii()
        || next.is_none_or(|next| {
            let known = grammar().follows.iter().any(|word| word == next);
            known || !next.starts_with(|c: char| c.is_ascii_lowercase()) || next.ends_with("ed")
        })
}
