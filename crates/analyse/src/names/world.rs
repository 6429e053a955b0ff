//! What the article as a whole says about whom its names mean.

use crate::Passage;
use crate::passage::{Region, is_han};
use headwater_knowledge::{Folded, Lexicon, Match};
use headwater_model::knowledge::Entity;
use headwater_model::mention::EntityKind;
use headwater_model::{Article, EntityId};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The article's own evidence.
pub(super) struct World<'a> {
    /// The context words that stand in title or text.
    contexts: BTreeSet<&'a str>,
    /// Entities that are named by a name that only they bear.
    certain: BTreeSet<&'a EntityId>,
    /// Makers, owners and superiors of the certain ones.
    above: BTreeSet<&'a EntityId>,
    /// The country that the certain names speak of most, if one does.
    topic: Option<&'a str>,
    /// Where the page comes from.
    page: Option<String>,
    lexicon: &'a Lexicon,
}

/// Domains that tell a country. (`.com` and its like do not.)
const DOMAINS: &[(&str, &str)] = &[
    (".cn", "CN"),
    (".tw", "TW"),
    (".hk", "HK"),
    (".jp", "JP"),
    (".kr", "KR"),
    (".uk", "GB"),
    (".sg", "SG"),
];

impl<'a> World<'a> {
    pub fn new(
        article: &Article,
        passages: &[Passage],
        lexicon: &'a Lexicon,
        folded: &[Folded],
        hits: &[Vec<Match<'a>>],
    ) -> Self {
        let mut contexts = BTreeSet::new();
        folded.iter().for_each(|f| contexts.append(&mut lexicon.contexts_in(&f.text)));
        let mut certain = BTreeSet::new();
        let mut above = BTreeSet::new();
        let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
        for list in hits {
            for entity in unambiguous(list) {
                certain.insert(&entity.id);
                above.extend(&entity.parent);
                if let Some(country) = &entity.country {
                    *countries.entry(country).or_default() += 1;
                }
            }
        }
        let most = countries.values().copied().max().unwrap_or(0);
        let mut leading = countries.into_iter().filter(|(_, n)| *n == most).map(|(c, _)| c);
        let topic = leading.next().filter(|_| leading.next().is_none());
        let page = page_country(article, passages, lexicon);
        World { contexts, certain, above, topic, page, lexicon }
    }

    pub fn is_certain(&self, entity: &Entity) -> bool {
        self.certain.contains(&entity.id)
    }
    /// Whether the article names the entity's maker or superior, something of its own, or another product of its
    /// maker's.
    pub fn is_related(&self, entity: &Entity) -> bool {
        let parent = entity.parent.as_ref();
        let sibling = entity.kind == EntityKind::Product && parent.is_some_and(|p| self.above.contains(p));
        sibling || self.above.contains(&entity.id) || parent.is_some_and(|p| self.certain.contains(p))
    }
    pub fn topic(&self) -> Option<&str> {
        self.topic
    }
    pub fn page(&self) -> Option<&str> {
        self.page.as_deref()
    }

    /// Those of the context words that stand in the article.
    pub fn met<'w>(&self, words: &'w [String]) -> impl Iterator<Item = &'w String> {
        words.iter().filter(|w| self.contexts.contains(w.as_str()))
    }

    /// The context words of a piece of text.
    pub fn contexts_of(&self, text: &str) -> BTreeSet<&'a str> {
        self.lexicon.contexts_in(&Folded::new(text).text)
    }

    /// Whether one of the context words stands in the article.
    pub fn has_one_of(&self, words: &[String]) -> bool {
        self.met(words).next().is_some()
    }

    /// The country last spoken of before a position, since the sentence began, by place or adjective.
    pub fn country_before(
        &self,
        text: &str,
        sentence: usize,
        at: usize,
        hits: &[Match<'a>],
    ) -> Option<&'a str> {
        let from = hits.partition_point(|m| m.range.start < sentence);
        let until = hits.partition_point(|m| m.range.start < at).max(from);
        let placed = hits[from..until].iter().rev().filter(|m| m.range.end <= at);
        let place = placed
            .filter_map(|m| sole(m).filter(|e| e.kind == EntityKind::Place).map(|e| (m.range.end, e)))
            .max_by_key(|(end, _)| *end)
            .and_then(|(end, e)| Some((end, e.country.as_deref()?)));
        let adjective = self.adjective_before(&text[sentence..at]).map(|(end, c)| (sentence + end, c));
        place.into_iter().chain(adjective).max_by_key(|(end, _)| *end).map(|(_, country)| country)
    }

    /// The adjectives of countries in a piece of a text: where each ends, and the country.
    pub fn adjectives_in<'t>(
        &'t self,
        text: &'t str,
        piece: Range<usize>,
    ) -> impl Iterator<Item = (usize, &'a str)> + 't {
        let start = piece.start;
        let words = text[piece].match_indices(|c: char| c.is_ascii_uppercase());
        words.filter_map(move |(at, _)| {
            let word = &text[start + at..];
            let word = &word[..word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len())];
            Some((start + at + word.len(), self.lexicon.country_of_adjective(word)?))
        })
    }

    /// The country of the last adjective ("Dutch") of a piece of text, or of the one character that ends it (美 before 财政部), and
    /// where that ends.
    pub fn adjective_before(&self, text: &str) -> Option<(usize, &'a str)> {
        if let Some(country) = self.character_at_end(text) {
            return Some((text.len(), country));
        }
        let mut end = text.len();
        // Two hundred words back is more than a sentence; the bound keeps a page of one sentence linear.
        for word in text.rsplit(|c: char| !c.is_alphabetic() && c != '.').take(200) {
            let country = word.chars().next().filter(char::is_ascii_uppercase);
            if let Some(country) = country.and_then(|_| self.lexicon.country_of_adjective(word)) {
                return Some((end, country));
            }
            end = end.saturating_sub(word.len());
            end = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        }
        None
    }

    /// The country whose one-character name ends a piece of text. Behind most other characters that is the end of a word
    /// (9日财政部, 今日财政部).
    fn character_at_end(&self, text: &str) -> Option<&'a str> {
        let (start, _) = text.char_indices().next_back().filter(|(_, c)| is_han(*c))?;
        let country = self.lexicon.country_of_adjective(&text[start..])?;
        let outside = text[..start].chars().next_back();
        let begins = |c: char| LEADING.contains(c) || !c.is_alphanumeric();
        outside.is_none_or(begins).then_some(country)
    }
}

/// Characters behind which a country's one-character name may begin: 据美财政部.
const LEADING: &str = "据據与與和及对對向被由遭获獲经經让讓使同称稱因受在将將";

/// The only entity that a name can mean, with no rule attached.
pub(super) fn sole<'l>(one: &Match<'l>) -> Option<&'l Entity> {
    match one.candidates.as_slice() {
        [only] if only.context.is_none() => Some(only.entity),
        _ => None,
    }
}

/// The entities whose names need no deciding, leftmost and longest.
fn unambiguous<'l>(hits: &[Match<'l>]) -> Vec<&'l Entity> {
    let mut covered: Range<usize> = 0..0;
    let mut found = Vec::new();
    for one in hits.iter().filter(|m| sole(m).is_some()) {
        if one.range.start >= covered.end {
            covered = one.range.clone();
            found.extend(sole(one));
        }
    }
    found
}

/// The country of a page: of the site's owner, else of the domain, else of the script.
fn page_country(article: &Article, passages: &[Passage], lexicon: &Lexicon) -> Option<String> {
    let host =
        article.url.split("://").nth(1).unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    let owner = if host.is_empty() { None } else { lexicon.site_owner(host) };
    if let Some(country) = owner.and_then(|o| o.country.clone()) {
        return Some(country);
    }
    if let Some((_, country)) = DOMAINS.iter().find(|(domain, _)| host.ends_with(domain)) {
        return Some((*country).to_owned());
    }
    let chinese = passages.iter().any(|p| p.sentences.iter().any(|s| s.language.is_chinese()));
    let country = match passages.first()?.region {
        _ if !chinese => return None,
        Region::Taiwan => "TW",
        Region::HongKong => "HK",
        Region::Mainland => "CN",
    };
    Some(country.to_owned())
}
