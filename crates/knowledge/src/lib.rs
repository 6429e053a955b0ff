//! Knowledge files to lexicon: what a person has written down as known, checked, and one
//! automaton that finds every name in a text.

use headwater_model::Knowledge;

/// The knowledge and the automaton over its names.
pub struct Lexicon {
    knowledge: Knowledge,
}

impl Lexicon {
    /// Builds the automaton.
    pub fn new(knowledge: Knowledge) -> Self {
        Lexicon { knowledge }
    }
    /// The entities, measures and rates themselves.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }
}
