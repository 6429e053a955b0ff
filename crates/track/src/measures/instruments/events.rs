//! What the steps of an instrument come to: which events, on which days, by which words.

use super::grammar::grammar;
use super::{Instrument, Kind, Naming, Reader};
use crate::acts::effective::{self, Effective, Period};
use crate::measures::called;
use crate::measures::objects::Told;
use crate::measures::proposals;
use crate::text::passage;
use crate::text::units::is_ideographic;
use crate::text::words::has_any;
use headwater_model::time::{Date, first_day};
use headwater_model::tracking::{Cited, MeasureEvent, MeasureStep};
use headwater_model::{MeasureId, Part};
use std::ops::Range;

impl Reader<'_> {
    /// Takes the steps that a sentence tells of an instrument.
    pub(super) fn take(
        &mut self,
        instrument: &Instrument,
        steps: &[Told],
        sentence: &Range<usize>,
        naming: Naming,
    ) {
        let steps = self.own_steps(instrument, steps, sentence, naming);
        if self.stays_suspended(instrument, &steps, sentence) {
            self.current = Some(instrument.clone());
            return;
        }
        let mut told = false;
        for (number, own) in steps.iter().enumerate() {
            let until = steps.get(number + 1).map_or(own.until, |next| next.at.start);
            let mut period = self.period(sentence, own.at.start..until);
            if number == 0 && own.step == MeasureStep::Suspended && period.from.is_none() {
                period.from = self.opening_day(sentence, own.at.start);
            }
            told |= self.take_step(instrument, own, period, sentence, naming);
        }
        if told {
            self.current = Some(instrument.clone());
        }
    }

    /// Tells that a suspension is prolonged, 暂停实施期限延长至…: the instrument stays suspended up to the last day, and nothing
    /// else ends. Whether it is so.
    fn stays_suspended(&mut self, instrument: &Instrument, steps: &[&Told], sentence: &Range<usize>) -> bool {
        use MeasureStep as S;
        let words = &self.folded[sentence.clone()];
        let prolonged = |own: &&Told| match own.step {
            S::Suspended => super::prolongs_suspension(words),
            S::Extended => has_any(clauses_up_to(words, own.at.end), &grammar().suspensions),
            _ => false,
        };
        let Some(own) = steps.iter().find(|own| prolonged(own)) else { return false };
        let coming = is_coming(words, own.at.start);
        let period = self.last_of(sentence, self.period(sentence, 0..words.len()));
        if coming && period.until.is_none() {
            return false;
        }
        // The end of the time before is none any more.
        let ended = |e: &MeasureEvent| {
            e.measure == instrument.measure
                && e.step == S::Resumed
                && e.date.as_deref().and_then(first_day) <= period.until
        };
        self.events.retain(|event| !ended(event));
        self.tell(instrument, S::Suspended, None, sentence);
        if let Some(day) = period.until.and_then(|last| last.tomorrow().ok()) {
            self.tell(instrument, S::InForce, Some(day), sentence);
        }
        true
    }

    /// "On November 12, 2025, the bureau suspended …": the day that opens a sentence, if it is past.
    fn opening_day(&self, sentence: &Range<usize>, verb: usize) -> Option<Effective> {
        let before = sentence.start..sentence.start + verb;
        let words = self.folded[before.clone()].rsplit(": ").next().unwrap_or_default();
        let opens = words.trim_start().starts_with("on ");
        let stretch = before.end - words.len()..before.end;
        let day = opens.then(|| effective::day_of(self.seen, self.analysis, &stretch)).flatten()?;
        (day.day <= self.seen.day).then_some(day)
    }

    /// For what time a step applies by its part of an English sentence, or by the whole of a Chinese one.
    fn period(&self, sentence: &Range<usize>, part: Range<usize>) -> Period {
        let words = &self.folded[sentence.clone()];
        let han = words.chars().filter(|c| is_ideographic(*c)).count() * 3 > words.chars().count();
        let stretch = if han { sentence.clone() } else { passage::shifted(&part, sentence.start) };
        effective::period(self.seen, self.analysis, &stretch)
    }

    /// Takes one step, if it is one by how the sentence speaks of its instrument; whether it is.
    fn take_step(
        &mut self,
        instrument: &Instrument,
        own: &Told,
        mut period: Period,
        sentence: &Range<usize>,
        naming: Naming,
    ) -> bool {
        use MeasureStep as S;
        let bound = matches!(own.step, S::InForce | S::Expired | S::Postponed | S::Suspended | S::Resumed);
        let ends = matches!(own.step, S::Extended | S::Repealed | S::Withdrawn | S::Amended);
        let can_be = match naming {
            Naming::Named => true,
            Naming::Again => bound,
            Naming::Headed => bound || ends,
        };
        if !can_be {
            return false;
        }
        // "This rule is effective May 4" dates what the document does: it ends or changes the one that it speaks of.
        if own.step == S::InForce
            && naming != Naming::Named
            && self.date_own_act(instrument, &period, sentence)
        {
            return true;
        }
        let to_come = is_coming(&self.folded[sentence.clone()], own.at.start);
        if to_come && own.step == S::Resumed && period.from.is_none() && period.until.is_none() {
            period.from = effective::first_to_come(self.seen, self.analysis, sentence);
        }
        let coming = period.from.is_none() && to_come;
        match own.step {
            S::Repealed | S::Withdrawn if coming => {
                self.step(instrument, S::TerminationAnnounced, &period, sentence)
            }
            S::Suspended | S::Resumed if coming && period.until.is_none() => false,
            S::Extended => self.step(instrument, own.step, &self.last_of(sentence, period), sentence),
            _ => self.step(instrument, own.step, &period, sentence),
        }
    }

    /// What was to end on one day and is extended to another ends on the last that is told.
    fn last_of(&self, sentence: &Range<usize>, mut period: Period) -> Period {
        let ends = effective::days_in(self.seen, self.analysis, sentence.clone())
            .filter_map(|date| date.value.rsplit('/').next()?.parse::<Date>().ok());
        period.until = ends.filter(|day| *day > self.seen.day).max().or(period.until);
        period
    }

    /// Gives the document's own act upon an instrument the day from which the document applies, where that act ends or
    /// changes the instrument.
    fn date_own_act(&mut self, instrument: &Instrument, period: &Period, sentence: &Range<usize>) -> bool {
        use MeasureStep as S;
        /// Bytes between the sentences of the act and of its day that are cited together.
        const BETWEEN: usize = 600;
        let seen = self.seen;
        let own = has_any(&self.folded[sentence.clone()], &grammar().own_act);
        let changes = |step: S| match step {
            S::Repealed
            | S::Withdrawn
            | S::Replaced
            | S::Suspended
            | S::Amended
            | S::Enjoined
            | S::Resumed => true,
            S::Postponed => own,
            _ => false,
        };
        let mut events = self.events.iter_mut();
        let Some(event) = events.rfind(|e| e.measure == instrument.measure && changes(e.step)) else {
            return false;
        };
        let from = period.from.as_ref().filter(|_| event.date.is_none() && event.step != S::Postponed);
        let Some(from) = from else { return true };
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

    /// Tells a step with what follows from its time; whether it is one.
    fn step(
        &mut self,
        instrument: &Instrument,
        step: MeasureStep,
        period: &Period,
        sentence: &Range<usize>,
    ) -> bool {
        use MeasureStep as S;
        let from = period.from.as_ref().map(|from| from.day);
        let end = period.until.and_then(|last| last.tomorrow().ok());
        let (step, day, then) = match step {
            S::InForce => return self.in_force(instrument, from.or(period.until), end, sentence),
            S::Expired => (step, from.or(end), None),
            S::Postponed => (step, None, from.map(|day| (S::InForce, day))),
            S::Suspended => (step, from, end.map(|day| (S::Resumed, day))),
            S::Extended => (step, None, end.or(from).map(|day| (S::Expired, day))),
            S::Published if self.is_draft(sentence) => (S::ConsultationOpened, None, None),
            S::Published | S::ConsultationOpened => (step, None, None),
            _ => (step, from, None),
        };
        self.tell(instrument, step, day, sentence);
        if let Some((step, day)) = then {
            self.tell(instrument, step, Some(day), sentence);
        }
        true
    }

    /// Tells that an instrument is in force from a day, up to another: "effective May 1, 2026, until October 31, 2026". Without a
    /// day it is no step.
    fn in_force(
        &mut self,
        instrument: &Instrument,
        from: Option<Date>,
        end: Option<Date>,
        sentence: &Range<usize>,
    ) -> bool {
        use MeasureStep as S;
        let Some(day) = from else { return false };
        // What its own document dates ahead is decided, and no more yet.
        let decided = |e: &MeasureEvent| e.measure == instrument.measure && e.step != S::ConsultationOpened;
        if day > self.seen.day && !self.events.iter().any(decided) {
            self.tell(instrument, S::Published, None, sentence);
        }
        self.tell(instrument, S::InForce, Some(day), sentence);
        if let Some(end) = end.filter(|end| *end > day) {
            self.tell(instrument, S::Expired, Some(end), sentence);
        }
        true
    }

    fn is_draft(&self, sentence: &Range<usize>) -> bool {
        has_any(&self.folded[sentence.clone()], &grammar().drafts)
    }

    /// Tells a step of an instrument once, by a stretch of the text.
    fn tell(&mut self, instrument: &Instrument, step: MeasureStep, day: Option<Date>, at: &Range<usize>) {
        let same = |e: &MeasureEvent| e.measure == instrument.measure && e.step == step;
        if self.events.iter().any(same) {
            return;
        }
        if let Some(evidence) = self.seen.cut(at.clone()) {
            self.events.push(self.event(instrument, step, day, self.seen.cite(evidence), "instrument"));
        }
    }

    /// The one instrument that a document publishes is in force from the day in the document's head, where its text gives none.
    pub(super) fn date_by_head(&mut self) {
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
    pub(super) fn itself(&mut self) {
        let Some(name) = proposals::notice_name(self.article, self.seen) else { return };
        let title = self.seen.title.cut(0..self.seen.title.as_str().len(), Part::Title);
        let Some(evidence) = title else { return };
        let cited = self.seen.cite(evidence);
        let rests = |id: &MeasureId| {
            self.knowledge.measure(id).is_some_and(|m| called::only_rested_on(m, self.folded))
        };
        let claimed = self.seen.claims.iter().find_map(|claim| claim.measure.clone().filter(|id| !rests(id)));
        let measure = self.known(&name).or(claimed).unwrap_or_else(|| proposals::id_of(&name));
        let instrument = self.proposed(measure, name, 0..0, Kind::Rule);
        let rule = "numbered_notice";
        self.events.push(self.event(&instrument, MeasureStep::Published, None, cited.clone(), rule));
        if let Some(from) = self.stated_day() {
            let cited = from.cited.unwrap_or(cited);
            self.events.push(self.event(&instrument, MeasureStep::InForce, Some(from.day), cited, rule));
        }
    }

    /// From when the document applies, or what it decides: 决定自6月8日起暂停进口….
    fn stated_day(&self) -> Option<Effective> {
        let text = self.seen.text.as_str();
        effective::of_document(self.seen, self.article, self.analysis).or_else(|| {
            let mut sentences = passage::lines(text).flat_map(|line| passage::sentences(text, line));
            sentences.find_map(|sentence| {
                let decides = has_any(&self.folded[sentence.clone()], &grammar().decides);
                effective::period(self.seen, self.analysis, &sentence).from.filter(|_| decides)
            })
        })
    }

    fn event(
        &self,
        instrument: &Instrument,
        step: MeasureStep,
        day: Option<Date>,
        cited: Cited,
        rule: &str,
    ) -> MeasureEvent {
        MeasureEvent {
            measure: instrument.measure.clone(),
            proposed_name: instrument.name.clone(),
            step,
            date: day.map(|day| day.to_string()),
            reported: self.seen.day,
            class: self.seen.class,
            cited,
            rule: rule.into(),
        }
    }
}

/// The words up to a verb's end and those behind it in its clause.
fn clauses_up_to(words: &str, end: usize) -> &str {
    let behind = words[end..].find([',', ';', '，', '；', '。']).unwrap_or(words.len() - end);
    &words[..end + behind]
}

/// Whether what a verb tells is still to come: "will be rescinded", 将废止.
fn is_coming(words: &str, verb: usize) -> bool {
    /// Bytes before the verb.
    const BEFORE: usize = 24;
    let near = &words[words.floor_char_boundary(verb.saturating_sub(BEFORE))..verb];
    has_any(near, &grammar().coming)
}
