//! How much of what an article says stands in a page: of what leads it, and of that sentence of which most does. A feature retells a
//! report in one paragraph of ten.

use crate::claims::compare::Said;
use crate::memory::seen::Seen;
use crate::reading::asserted::leads;
use headwater_model::Part;

/// Claims of an article that are looked at, those that stand first.
const CLAIMS: usize = 12;
/// Rarity of words, and number of things, that are as much as a sentence can have in common with a page.
const WORDS: f64 = 40.0;
const THINGS: f64 = 6.0;

/// What the text of an article asserts, as far as it is looked at.
pub fn in_text(seen: &Seen) -> impl Iterator<Item = Said<'_>> {
    Said::all(seen).filter(|said| said.claim.evidence.part() == Part::Text).take(CLAIMS)
}

/// Share of the words that lead an article which stand in a page of its language, the rarer the more, 0..=1.
pub fn lead_words(this: &Seen, page: &Seen) -> f64 {
    of_lead(this, |said| words_in(said, page))
}

/// Share of the names, terms and figures of what leads an article that a page has, 0..=1.
pub fn lead_things(this: &Seen, page: &Seen) -> f64 {
    of_lead(this, |said| things_in(said, page))
}

/// The most words of a claim of the article that stand in the page: the share of them, times how much they say, 0..=1.
pub fn most_words(this: &Seen, page: &Seen) -> f64 {
    most(this, |said| words_in(said, page), WORDS)
}

/// The same of names, terms and figures.
pub fn most_things(this: &Seen, page: &Seen) -> f64 {
    most(this, |said| things_in(said, page), THINGS)
}

/// How much of what a claim says a page has, and how much it says.
struct Held {
    told: f64,
    all: f64,
}

impl Held {
    const NONE: Held = Held { told: 0.0, all: 0.0 };

    fn share(&self) -> f64 {
        if self.all > 0.0 { self.told / self.all } else { 0.0 }
    }
}

/// Words of a claim that stand in a page of its language, by their rarity.
fn words_in(said: Said, page: &Seen) -> Held {
    let one_tongue = said.seen.tongue() == page.tongue();
    let Some(words) = said.wording().filter(|_| one_tongue) else { return Held::NONE };
    let theirs = page.wording.text(page.text.as_str());
    let mut held = Held::NONE;
    for (piece, rarity) in words.pieces.iter().zip(&words.rarity) {
        held.all += f64::from(*rarity);
        if theirs.binary_search(piece).is_ok() {
            held.told += f64::from(*rarity);
        }
    }
    held
}

/// Names, terms and figures of a claim that a page has.
fn things_in(said: Said, page: &Seen) -> Held {
    let ids = said.claim.fillers.iter().filter_map(|filler| filler.id.as_ref());
    let named = ids.map(|id| page.entities.contains(id));
    let terms = said.concepts().iter().map(|concept| page.concepts.iter().flatten().any(|c| c == concept));
    let figures = said.details().iter().map(|detail| page.details.iter().flatten().any(|d| d == detail));
    named.chain(terms).chain(figures).fold(Held::NONE, |held, is_told| Held {
        told: held.told + f64::from(u8::from(is_told)),
        all: held.all + 1.0,
    })
}

fn of_lead(this: &Seen, in_page: impl Fn(Said) -> Held) -> f64 {
    let leading = Said::all(this).filter(|said| leads(said.claim)).map(in_page);
    let sum = |sum: Held, held: Held| Held { told: sum.told + held.told, all: sum.all + held.all };
    leading.fold(Held::NONE, sum).share()
}

fn most(this: &Seen, in_page: impl Fn(Said) -> Held, enough: f64) -> f64 {
    let worth = |held: Held| held.share() * (held.told / enough).min(1.0);
    in_text(this).map(|said| worth(in_page(said))).fold(0.0, f64::max)
}
