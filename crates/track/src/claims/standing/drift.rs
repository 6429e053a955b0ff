//! What changed on the way: the differences along derivations.

use super::{Bench, Case, Compared, Retold, is_copy, known, record, same_kind};
use crate::claims::compare::proposed::{self, Clues, LEAST, Lesson, Proposed, Table};
use crate::claims::compare::{self, Difference, Said};
use crate::claims::modality::{self, stage};
use crate::claims::sameness::is;
use crate::memory::seen::Seen;
use crate::reading::figures::{self, Relation};
use headwater_model::mention::{Attribution, VoiceKind};
use headwater_model::source::SourceClass;
use headwater_model::tracking::{Dimension, Drift};
use headwater_model::{Claim, Part};
use std::rc::Rc;
use std::sync::Arc;

/// What a retelling may have changed, and what is known of it.
struct Change<'a> {
    table: Table,
    from: Said<'a>,
    to: Said<'a>,
    difference: Difference,
    clues: Clues,
}

/// Whether what leads the source as done leads the retelling as only weighed, in so many words and by the rules. The labelled chains
/// have no such change, so the model knows nothing of it.
fn is_undone(change: &Change) -> bool {
    let clues = &change.clues;
    change.table == Table::Modality
        && clues.ruled * clues.both_lead * clues.same_frame * clues.done * clues.now_weighed > 0.0
        && modality::steps(change.to).weighed
        && !modality::steps(change.from).weighed
}

impl<'a> Case<'a> {
    /// What changed along derivations, and mere renderings.
    pub(super) fn drift(&self) -> (Vec<Drift>, Vec<Drift>) {
        let (mut drift, mut renderings): (Vec<Drift>, Vec<Drift>) = Default::default();
        for seq in self.live() {
            let ruled = self.ruled(seq, &mut renderings);
            let changes = self.changes(seq, &ruled);
            for table in Table::ALL {
                let of_table = changes.iter().filter(|change| change.table == table);
                let weighed = of_table.map(|change| (proposed::odds(table, &change.clues), change));
                let likely = weighed.filter(|(odds, change)| *odds >= LEAST || is_undone(change));
                let likeliest = likely.max_by(|a, b| a.0.total_cmp(&b.0));
                drift.extend(likeliest.map(|(_, change)| record(&change.difference, change.from, change.to)));
            }
            drift.extend(ruled.into_iter().filter(|record| Table::of(record.dimension).is_none()));
        }
        drift.sort_by_key(|d| std::cmp::Reverse(d.weight()));
        (drift, renderings)
    }

    /// All that retellings may have changed, as a trainer asks for it.
    pub(super) fn lessons(&self) -> Vec<Lesson> {
        let lesson = |change: Change| Lesson {
            from: change.from.seen.capture.clone(),
            to: change.to.seen.capture.clone(),
            table: change.table,
            clues: change.clues,
        };
        let of = |seq: u64| self.changes(seq, &self.ruled(seq, &mut Vec::new()));
        self.live().flat_map(of).map(lesson).collect()
    }

    /// What a capture has the claim from, the strongest derivation first: who tells an authority's act after it, and names nobody
    /// else for it, has it from there.
    fn sources(&self, seq: u64) -> Rc<[u64]> {
        let parents = self.parents(seq);
        if parents.is_empty() {
            self.announced_by(seq).map(|page| page.seq).into_iter().collect()
        } else {
            parents
        }
    }

    /// What the rules say that a capture changed.
    fn ruled(&self, seq: u64, renderings: &mut Vec<Drift>) -> Vec<Drift> {
        let parents = self.sources(seq);
        let compared: Vec<Retold> = parents.iter().map(|p| self.counterparts(*p, seq)).collect();
        let Some(first) = compared.first() else { return Vec::new() };
        let told = first.iter().flat_map(|with| with.differences.iter().map(move |told| (with.pair, told)));
        let mut ruled = Vec::new();
        for (pair, (difference, record)) in told {
            let everywhere = compared.iter().all(|with| {
                let mut differences = with.iter().flat_map(|with| &with.differences);
                differences.any(|(d, _)| same_kind(d, difference))
            });
            if !everywhere || difference.known {
                continue;
            }
            if difference.rendering {
                renderings.push(record.clone());
            } else if !self.keeps(parents[0], seq, pair, difference.dimension)
                && !self.is_later_step(parents[0], seq, difference)
            {
                ruled.push(record.clone());
            }
        }
        ruled
    }

    /// What a capture may have changed of what its strongest source tells.
    fn changes(&self, seq: u64, ruled: &[Drift]) -> Vec<Change<'a>> {
        let sources = self.sources(seq);
        let Some((source, others)) = sources.split_first() else { return Vec::new() };
        let (Some(seen), Some(from)) = (self.seen(seq), self.seen(*source)) else { return Vec::new() };
        let node = from.node();
        let copy = seen.edges.iter().any(|edge| edge.to == node && is_copy(edge));
        let mentions = self.by_capture.get(&seq).map_or(0, Vec::len).min(5);
        let nearest = self.compare(*source, seq).pair.map(|(a, b)| (a.place(), b.place()));
        // Sentences of its other sources, each beside the one that retells it.
        let beside: Vec<_> = others.iter().flat_map(|other| self.pairs(*other, seq)).collect();
        let mut changes = Vec::new();
        for (a, b) in self.pairs(*source, seq) {
            for (table, difference, clues) in self.proposed(a, b).iter() {
                let agrees = |(other, to): &(Said, Said)| {
                    to.place() == b.place() && !self.proposed(*other, *to).iter().any(|(of, ..)| of == table)
                };
                let is_same = |told: &Drift| {
                    told.dimension == difference.dimension
                        && told.from.evidence == a.claim.evidence
                        && told.to.evidence == b.claim.evidence
                };
                let clues = Clues {
                    ruled: is(ruled.iter().any(is_same)),
                    nearest: is(nearest == Some((a.place(), b.place()))),
                    copy: is(copy),
                    kept: is(self.keeps(*source, seq, Some((a, b)), difference.dimension)),
                    elsewhere: is(beside.iter().any(agrees)),
                    later: is(self.is_later_step(*source, seq, difference)),
                    mentions: mentions as f64 / 5.0,
                    ..*clues
                };
                changes.push(Change { table: *table, from: a, to: b, difference: difference.clone(), clues });
            }
        }
        changes
    }

    /// Sentences of two captures that may be one retold: those that the rules compare, and to each of the second its nearest.
    fn pairs(&self, from: u64, to: u64) -> Vec<(Said<'a>, Said<'a>)> {
        /// Sentences of a retelling for which a counterpart is looked for.
        const LOOKED_AT: usize = 6;
        let Bench { knowledge, between, .. } = self.bench;
        let mut pairs: Vec<(Said, Said)> =
            self.counterparts(from, to).iter().filter_map(|with| with.pair).collect();
        let (Some(upper), Some(lower)) = (self.by_capture.get(&from), self.by_capture.get(&to)) else {
            return pairs;
        };
        let text = |said: &&Said| said.claim.evidence.part() == Part::Text;
        for b in lower.iter().filter(text).take(LOOKED_AT) {
            let near =
                upper.iter().min_by_key(|a| between.apart(**a, *b, || super::apart(**a, *b, knowledge)));
            let new = |a: &Said| !pairs.iter().any(|(x, y)| x.place() == a.place() && y.place() == b.place());
            if let Some(a) = near.copied().filter(new) {
                pairs.push((a, *b));
            }
        }
        pairs
    }

    fn proposed(&self, from: Said, to: Said) -> Arc<[Proposed]> {
        let Bench { knowledge, between, .. } = self.bench;
        let found = || self.between(from, to);
        between.proposed(from, to, || proposed::proposed(from, to, &found(), knowledge))
    }

    /// The mentions of two captures that are nearest to one another, compared, and after them every further sentence that
    /// plainly retells one of the other's: what they change is told beside it.
    fn counterparts(&self, from: u64, to: u64) -> Retold<'a> {
        known(&self.known.counterparts, (from, to), || self.find_counterparts(from, to).into())
    }

    fn find_counterparts(&self, from: u64, to: u64) -> Vec<Rc<Compared<'a>>> {
        let first = self.compare(from, to);
        let (Some((a, b)), Some(upper), Some(lower)) =
            (first.pair, self.by_capture.get(&from), self.by_capture.get(&to))
        else {
            return vec![first];
        };
        let open = |all: &[Said<'a>], used: Said| -> Vec<Said<'a>> {
            let text = |said: &&Said| {
                said.claim.evidence.part() == Part::Text && !std::ptr::eq(said.claim, used.claim)
            };
            all.iter().filter(text).copied().collect()
        };
        let (mut upper, lower) = (open(upper, a), open(lower, b));
        let mut found = vec![first];
        for to in lower {
            let near = |from: &Said| compare::are_one_wording(*from, to, self.bench.knowledge);
            let Some(from) = upper.iter().position(near).map(|at| upper.remove(at)) else { continue };
            let told = |d: &Difference| {
                found.iter().flat_map(|with| &with.differences).any(|(known, _)| same_kind(known, d))
            };
            let further = self.further(from, to).into_iter().filter(|d| !told(d)).collect::<Vec<_>>();
            found.push(Rc::new(self.recorded(from, to, further)));
        }
        found
    }

    /// How a further sentence departs from the one that it plainly retells.
    fn further(&self, from: Said<'a>, to: Said<'a>) -> Vec<Difference> {
        use Dimension as D;
        let differences = self.between(from, to);
        let asked = [D::Modality, D::Polarity, D::Change, D::Comparator];
        differences.iter().filter(|d| asked.contains(&d.dimension) && !d.rendering).cloned().collect()
    }

    /// Whether an article tells in another sentence of the claim what it seems to change.
    fn keeps(&self, parent: u64, child: u64, pair: Option<(Said, Said)>, dimension: Dimension) -> bool {
        match dimension {
            Dimension::Attribution => self.keeps_voice(parent, child, pair),
            Dimension::Modality => pair.is_some_and(|(from, to)| self.keeps_step(from, to, child)),
            _ => false,
        }
    }

    /// Whether an article gives the voice of its source in another sentence of the claim: not where it tells another figure.
    fn keeps_voice(&self, parent: u64, child: u64, pair: Option<(Said, Said)>) -> bool {
        let anonymous = |c: &&Claim| c.attribution.iter().any(|a| a.source.kind == VoiceKind::Anonymous);
        let claims = |seq: u64| self.by_capture.get(&seq).into_iter().flatten().map(|said| said.claim);
        let one_figure = |c: &Claim| {
            let figures =
                pair.and_then(|(_, to)| Some((to, to.claim.quantity.as_ref()?, c.quantity.as_ref()?)));
            figures.is_none_or(|(to, p, q)| {
                let day = to.seen.day;
                !matches!(
                    figures::relate(p, day, q, day, self.bench.knowledge),
                    Relation::Different | Relation::Incomparable
                )
            })
        };
        // The name of an outlet is kept by nobody's "people said".
        let people = pair.is_none_or(|(from, _)| from.claim.attribution.is_empty() || anonymous(&from.claim));
        people
            && claims(parent).any(|c| anonymous(&c))
            && claims(child).filter(|c| anonymous(c)).any(one_figure)
    }

    /// Whether an article tells the step of its source in another sentence of the claim than the one compared.
    fn keeps_step(&self, from: Said, to: Said, child: u64) -> bool {
        let step = |said: Said| stage(modality::told(said));
        let others = self.by_capture.get(&child).into_iter().flatten();
        let mut others = others.filter(|said| {
            said.claim.evidence.part() == Part::Text && said.claim.evidence != to.claim.evidence
        });
        !modality::is_in_effect(to) && step(from) != step(to) && others.any(|said| step(*said) == step(from))
    }

    /// Whether a firmer modality, or the figure that comes with it, is a later step that really happened, not drift:
    /// somebody else than the parent vouches for it by then.
    fn is_later_step(&self, parent: u64, child: u64, difference: &Difference) -> bool {
        let (Some(from), Some(to)) = (self.seen(parent), self.seen(child)) else { return false };
        let figure = matches!(difference.dimension, Dimension::Quantity | Dimension::Comparator);
        if !(figure || matches!(difference.dimension, Dimension::Modality | Dimension::Time))
            || to.day <= from.day
        {
            return false;
        }
        let (Some(before), Some(after)) = (self.step(parent), self.step(child)) else { return false };
        if after <= before {
            return false;
        }
        // What an authority had said before the parent wrote is no later step.
        let since = |s: &Seen| s.day <= to.day && s.day > from.day;
        let vouches = |seq: u64| {
            seq != child
                && self.step(seq) == Some(after)
                && self.seen(seq).is_some_and(|s| s.class == SourceClass::Official && since(s))
        };
        if figure {
            let agrees = |seq: u64| !self.differs(seq, child, difference.dimension);
            return self.by_capture.keys().any(|seq| vouches(*seq) && agrees(*seq));
        }
        let vouched = |a: &Attribution| match a.source.kind {
            VoiceKind::Document => true,
            VoiceKind::Official => a.source.entity.is_some(),
            _ => false,
        };
        // What an official says in another outlet's report is that outlet's word.
        let reported = |c: &Claim| c.attribution.iter().any(|a| a.source.kind == VoiceKind::Outlet);
        let spoken = |all: &Vec<Said>| {
            all.iter().any(|said| said.claim.attribution.iter().any(vouched))
                && !all.iter().any(|said| reported(said.claim))
        };
        to.class == SourceClass::Official
            || self.by_capture.keys().any(|seq| vouches(*seq))
            || self.by_capture.get(&child).is_some_and(spoken)
    }
}
