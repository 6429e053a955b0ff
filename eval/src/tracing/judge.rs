//! Compares what was told with what was labelled.

use headwater_eval::chains::{Book, Chain, Claim, Page};
use headwater_model::tracking::{Cited, ClaimGroup, Dimension, Mention};
use headwater_model::{CaptureId, NodeId};
use std::collections::{BTreeMap, BTreeSet};

/// Hits among what was found and among what was wanted.
#[derive(Default, Clone, Copy)]
pub struct Score {
    right: usize,
    wrong: usize,
    missed: usize,
}

impl Score {
    fn one(right: bool) -> Self {
        Score { right: right.into(), wrong: (!right).into(), missed: (!right).into() }
    }
    pub fn add(&mut self, other: Score) {
        self.right += other.right;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
    pub fn found(&self) -> usize {
        self.right + self.wrong
    }
    pub fn wanted(&self) -> usize {
        self.right + self.missed
    }
    pub fn precision(&self) -> f64 {
        if self.found() == 0 { 1.0 } else { self.right as f64 / self.found() as f64 }
    }
    pub fn recall(&self) -> f64 {
        if self.wanted() == 0 { 1.0 } else { self.right as f64 / self.wanted() as f64 }
    }
}

/// Something labelled or found: a key, and whether it need not be found.
type Labels = BTreeMap<String, bool>;

struct Judge<'a> {
    chain: &'a Chain,
    book: &'a Book,
    shown: bool,
    names: BTreeMap<CaptureId, &'a str>,
}

/// Scores of one chain by measure.
pub fn judge(chain: &Chain, book: &Book, shown: bool) -> Vec<(&'static str, Score)> {
    let named = chain.pages.iter().filter_map(|(n, p)| Some((book.article(p)?.capture.clone(), n.as_str())));
    let judge = Judge { chain, book, shown, names: named.collect() };
    let mut scores = vec![
        ("edges", judge.edges()),
        ("drift", judge.drift()),
        ("conflicts", judge.conflicts()),
        ("stories", judge.stories()),
    ];
    for claim in &chain.claims {
        scores.extend(judge.claim(claim));
    }
    scores.push(("distractors kept apart", judge.distractors()));
    scores
}

impl Judge<'_> {
    fn compare(&self, what: &str, wanted: Labels, found: Labels) -> Score {
        let mut score = Score::default();
        for (key, detail) in &found {
            match wanted.get(key) {
                Some(false) => score.right += 1,
                Some(true) => {}
                None => {
                    let _ = detail;
                    score.wrong += 1;
                    self.tell(&format!("{what} spurious: {key}"));
                }
            }
        }
        for key in wanted.iter().filter(|(key, optional)| !**optional && !found.contains_key(*key)) {
            score.missed += 1;
            self.tell(&format!("{what} missed: {}", key.0));
        }
        score
    }

    fn tell(&self, miss: &str) {
        if self.shown {
            println!("{}: {miss}", self.chain.name);
        }
    }

    fn node(&self, node: &NodeId) -> String {
        match node {
            NodeId::Capture(capture) => self.names.get(capture).map_or("outside".into(), |n| (*n).to_owned()),
            NodeId::Unseen(id) => format!("unseen:{}", self.book.unseen_name(id)),
        }
    }

    fn edges(&self) -> Score {
        let wanted = self.chain.edges.iter();
        // A second labelled kind for a pair is an alternative.
        let wanted = wanted.map(|e| (format!("{} {} {}", e.from, e.kind, e.to), e.optional)).collect();
        let found = self.book.edges.values().filter(|e| self.names.contains_key(&e.from));
        let key = |e: &headwater_model::tracking::Edge| {
            format!("{} {} {}", self.names[&e.from], e.kind, self.node(&e.to))
        };
        self.compare("edge", wanted, found.map(|e| (key(e), false)).collect())
    }

    fn drift(&self) -> Score {
        let key = |at: &str, dimension: Dimension| format!("{dimension} at {at}");
        let wanted = self.chain.drift.iter().map(|d| (key(&d.at, d.dimension), d.optional)).collect();
        let mut found = Labels::new();
        for drift in self.book.groups.values().flat_map(|g| &g.drift) {
            let Some(at) = self.names.get(&drift.to.capture) else { continue };
            let label = self.chain.drift.iter().find(|d| d.at == *at && d.dimension == drift.dimension);
            let differs = |wanted: &Option<String>, value: &str| wanted.as_ref().is_some_and(|w| w != value);
            let other =
                label.is_some_and(|l| differs(&l.from, &drift.from_value) || differs(&l.to, &drift.to_value));
            let values = format!(" ({} became {})", drift.from_value, drift.to_value);
            let shown = if label.is_none() || other { values } else { String::new() };
            if label.is_none_or(|l| other && !l.optional) {
                let (from, to) = (drift.from.evidence.quote(), drift.to.evidence.quote());
                self.tell(&format!("    {} at {at}: {from:?} -> {to:?}", drift.dimension));
            }
            found.insert(key(at, drift.dimension) + &shown, false);
        }
        for missed in self.chain.drift.iter().filter(|d| !d.optional) {
            if !found.contains_key(&key(&missed.at, missed.dimension)) {
                self.tell_claims(&missed.at, missed.dimension);
            }
        }
        self.compare("drift", wanted, found)
    }

    /// Says what the claims are at which a drift was not found: those of the page, each with the mentions beside it.
    fn tell_claims(&self, at: &str, dimension: Dimension) {
        let name = |m: &Mention| self.names.get(&m.capture).copied();
        for group in self.book.groups.values().filter(|g| g.mentions.iter().any(|m| name(m) == Some(at))) {
            self.tell(&format!("    no {dimension} at {at} in {}:", group.frame));
            for mention in &group.mentions {
                let figure = mention.quantity.as_ref().map_or("-", |q| q.comparator.word());
                let (page, quote) = (name(mention).unwrap_or("outside"), mention.evidence.quote());
                self.tell(&format!("        {page} {} {figure}: {quote:?}", mention.modality));
            }
        }
    }

    /// A labelled conflict is found if one of its dimension quotes all its pages; one that quotes others
    /// of the chain's pages on another dimension is spurious.
    fn conflicts(&self) -> Score {
        let mut score = Score::default();
        let sides = |values: &[(String, Cited)]| -> BTreeSet<&str> {
            values.iter().filter_map(|(_, c)| self.names.get(&c.capture).copied()).collect()
        };
        let all: Vec<(Dimension, BTreeSet<&str>)> = self
            .book
            .groups
            .values()
            .flat_map(|g| &g.conflicts)
            .map(|c| (c.dimension, sides(&c.values)))
            .collect();
        for label in &self.chain.conflicts {
            let hit = all
                .iter()
                .any(|(d, s)| *d == label.dimension && label.pages.iter().all(|p| s.contains(p.as_str())));
            match (hit, label.optional) {
                (true, false) => score.right += 1,
                (false, false) => {
                    score.missed += 1;
                    self.tell(&format!("conflict missed: {} {:?}", label.dimension, label.pages));
                }
                _ => {}
            }
        }
        let labelled: BTreeSet<&str> = self.chain.conflicts.iter().map(|c| c.dimension.word()).collect();
        for (dimension, sides) in all.iter().filter(|(d, s)| !s.is_empty() && !labelled.contains(d.word())) {
            score.wrong += 1;
            self.tell(&format!("conflict spurious: {dimension} {sides:?}"));
        }
        score
    }

    fn mentions(&self, group: &ClaimGroup, page: &Page, words: &str) -> bool {
        group.mentions.iter().any(|m| {
            let cited = Cited { capture: m.capture.clone(), evidence: m.evidence.clone() };
            self.book.overlaps(page, words, &m.capture, &cited)
        })
    }

    fn claim(&self, claim: &Claim) -> Vec<(&'static str, Score)> {
        let holds = |group: &ClaimGroup| -> BTreeSet<&str> {
            let quotes = claim.quotes.iter();
            let here = quotes.filter(|(page, words)| {
                self.chain.pages.get(*page).is_some_and(|p| self.mentions(group, p, words))
            });
            here.map(|(page, _)| page.as_str()).collect()
        };
        let best =
            self.book.groups.values().map(|g| (holds(g), g)).max_by_key(|(h, g)| (h.len(), g.mentions.len()));
        let Some((held, group)) = best.filter(|(held, _)| !held.is_empty()) else {
            self.tell(&format!("claim not found: {:?}", claim.quotes.values().next()));
            let none = Score { missed: 1, ..Score::default() };
            return vec![("mentions", none), ("headwaters", none), ("independent sources", none)];
        };
        let wanted: Labels = claim.quotes.keys().map(|p| (p.clone(), false)).collect();
        let mut found: Labels = held.iter().map(|p| ((*p).to_owned(), false)).collect();
        let outside = group.mentions.iter().filter(|m| !self.names.contains_key(&m.capture));
        found.extend(outside.map(|m| (format!("outside {}: {}", m.url, m.evidence.quote()), false)));
        for page in wanted.keys().filter(|page| !found.contains_key(*page)) {
            self.tell_lost(claim, page, group);
        }
        let mentions = self.compare("mention", wanted, found);
        let heads: BTreeSet<String> = group.headwaters.iter().map(|n| self.node(n)).collect();
        let right = heads == claim.headwaters.iter().cloned().collect();
        if !right {
            let words = claim.quotes.values().next();
            self.tell(&format!("headwaters {heads:?}, not {:?}, of {words:?}", claim.headwaters));
        }
        let independent = group.independent_sources as usize == claim.headwaters.len();
        let mut scores = vec![
            ("mentions", mentions),
            ("headwaters", Score::one(right)),
            ("independent sources", Score::one(independent)),
        ];
        if let Some(state) = claim.state {
            if group.state != state {
                self.tell(&format!("state {} not {state}", group.state));
            }
            scores.push(("state", Score::one(group.state == state)));
        }
        scores
    }

    /// Says where the words of a missed mention are: in another group, or in no claim at all.
    fn tell_lost(&self, claim: &Claim, page: &str, group: &ClaimGroup) {
        let Some(labelled) = self.chain.pages.get(page).filter(|_| self.shown) else { return };
        let words = &claim.quotes[page];
        let elsewhere: Vec<String> = self
            .book
            .groups
            .values()
            .filter(|g| self.mentions(g, labelled, words))
            .map(|g| format!("{} {:?}", g.frame, g.mentions[0].evidence.quote()))
            .collect();
        self.tell(&format!("lost from {} at {page}: {words:?} is in {elsewhere:#?}", group.frame));
    }

    /// Pairs of pages in one story.
    fn stories(&self) -> Score {
        let pairs = |names: Vec<String>| -> Vec<String> {
            let pair = |(i, a): (usize, &String)| {
                names[i + 1..]
                    .iter()
                    .map(|b| if a < b { format!("{a} {b}") } else { format!("{b} {a}") })
                    .collect::<Vec<_>>()
            };
            names.iter().enumerate().flat_map(pair).collect()
        };
        let wanted = self.chain.stories.iter().flat_map(|s| pairs(s.pages.clone()));
        let wanted = wanted.map(|p| (p, false)).collect();
        let mut found = Labels::new();
        for story in self.book.stories.values() {
            let here = story.articles.iter().filter(|c| self.names.contains_key(*c));
            if here.count() == 0 {
                continue;
            }
            let names = story.articles.iter().map(|c| self.node(&NodeId::Capture(c.clone())));
            let all: Vec<String> =
                pairs(names.collect()).into_iter().filter(|p| p != "outside outside").collect();
            found.extend(all.into_iter().map(|p| (p, false)));
        }
        self.compare("story", wanted, found)
    }

    /// Each distractor: no derivation, and no claim shared with another page.
    fn distractors(&self) -> Score {
        let mut score = Score::default();
        for (name, page) in self.chain.pages.iter().filter(|(_, p)| p.distractor) {
            let Some(article) = self.book.article(page) else { continue };
            let joined = self.book.groups.values().filter(|g| {
                let captures: BTreeSet<&CaptureId> = g.mentions.iter().map(|m| &m.capture).collect();
                captures.len() > 1 && captures.contains(&article.capture)
            });
            let shared: Vec<&str> = joined.map(|g| g.mentions[0].evidence.quote()).collect();
            if !shared.is_empty() {
                self.tell(&format!("distractor {name} shares {shared:?}"));
            }
            score.add(Score::one(shared.is_empty()));
        }
        score
    }
}
