//! Analyses to derivations, claim groups, drift, stories, measures, lists.
