//! References: whom an article names as its sources, so far as these can be nodes.
//!
//! A node is a report of an outlet or a document. People, anonymous sources and spoken replies are
//! attributions of a claim; so is an outlet that is named only through another outlet.

use crate::reading::publisher::{self, Names, Publisher};
use crate::text::passage;
use crate::text::units::simplified;
use crate::text::words;
use headwater_model::claim::{Modality, Polarity, Role};
use headwater_model::mention::{Attribution, EntityKind, EntityMention, VoiceKind};
use headwater_model::script::is_han;
use headwater_model::source::SourceClass;
use headwater_model::time::{Date, Precision, first_day};
use headwater_model::{Analysis, Article, Claim, EntityId, Evidence, Knowledge, NoticeKind, Part, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::ops::Range;

/// How an article names its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Via {
    /// A source line: the page says that it took the text from there.
    SourceLine,
    /// An attribution that the analysis found.
    Attribution,
    /// The same, of a study of an organisation that the knowledge lacks.
    Study,
    /// A name near a word of reporting.
    Name,
    /// A document whose authority is not named: "according to a transcript of the briefing".
    Document,
    /// A description of an outlet that the text does not name: "a Singapore newspaper", 外媒.
    Described,
}

/// One source that an article names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The publisher, if the knowledge has it.
    pub entity: Option<EntityId>,
    /// Its name as written.
    pub name: String,
    /// Its name, folded.
    pub key: String,
    /// Its name in another script, folded, where the text gives both: 北方纪事报（Northern Chronicle）.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub also: Option<String>,
    /// Day of its report, if the text says.
    pub date: Option<Date>,
    /// How it is named.
    pub via: Via,
    /// Whether it stands for a report or document even if none is captured; a spoken reply does not.
    pub node: bool,
    /// Whether it is described and said to rest on another that is named: 外电引述《机芯观察》报道.
    #[serde(default)]
    pub rests: bool,
    /// Whether an authority that the knowledge lacks says it, and nothing tells that it did so in writing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spoken: bool,
    /// The words.
    pub evidence: Evidence,
}

/// Words for kinds of documents in a Chinese quote; sites are none.
fn kinds_of_document(quote: &str) -> Vec<&'static str> {
    let quote = simplified(quote);
    let lists = words::lists();
    let all = lists.sources.written.iter().chain(&lists.sources.documents).map(String::as_str);
    all.filter(|word| {
        !word.is_ascii() && !word.ends_with('网') && !word.ends_with("网站") && quote.contains(word)
    })
    .collect()
}

impl Reference {
    /// Whether a page of the same language cannot be the document that is named: it is nowhere called by that kind.
    pub fn is_of_other_kind(&self, title: &str, text: &str) -> bool {
        let kinds = kinds_of_document(self.evidence.quote());
        let called = |kind: &&str| simplified(title).contains(kind) || simplified(text).contains(kind);
        !kinds.is_empty() && !kinds.iter().any(called)
    }
    /// Keys under which the publisher may be known.
    pub fn keys(&self) -> Vec<String> {
        if self.is_described() {
            return vec![DESCRIBED.into()];
        }
        let entity = self.entity.iter().map(publisher::key_of);
        entity.chain([self.key.clone()]).chain(self.also.clone()).collect()
    }
    /// Whether it names this publisher.
    pub fn names(&self, publisher: &Publisher) -> bool {
        if self.is_described() {
            return false;
        }
        let named = |key: &String| publisher.is(self.entity.as_ref(), key);
        named(&self.key) || self.also.as_ref().is_some_and(named)
    }
    /// Whether it tells what the source is and not whose.
    pub fn is_described(&self) -> bool {
        matches!(self.via, Via::Described | Via::Document)
    }
    /// Whether both name one source.
    pub fn same_source(&self, other: &Reference) -> bool {
        if self.is_described() || other.is_described() {
            return self.is_described() && other.is_described();
        }
        let names = |r: &Reference, key: &str| {
            r.key == key
                || r.also.as_deref() == Some(key)
                || r.entity.as_ref().is_some_and(|id| publisher::is_key_of(key, id))
        };
        (self.entity.is_some() && self.entity == other.entity)
            || [Some(&other.key), other.also.as_ref()].into_iter().flatten().any(|key| names(self, key))
            || [Some(&self.key), self.also.as_ref()].into_iter().flatten().any(|key| names(other, key))
    }
}

/// References that are kept of one article.
const MOST: usize = 300;

/// Characters of the text that lead an article.
const LEAD: u32 = 400;

/// Bytes of the longest name of an outlet.
const LONGEST_NAME: usize = 90;

/// Key of every reference to a source that is described and not named; the tilde keeps it apart from names.
pub const DESCRIBED: &str = "~described";

/// Whether a name reads as that of an outlet: "the Northern Chronicle", 北方纪事报.
fn is_outlet_name(name: &str) -> bool {
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    let capital = bare.split_whitespace().all(|w| !w.starts_with(|c: char| c.is_lowercase()));
    let lower = bare.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let named = words.len() > 1 || !bare.is_ascii();
    let ends = |media: &String| {
        if media.is_ascii() { words.last() == Some(&media.as_str()) } else { bare.ends_with(media) }
    };
    named && capital && words::lists().sources.media.iter().any(ends)
}

/// A name out of its brackets, and the name in another script that stands in brackets after it.
fn plain(written: &str) -> (String, Option<String>) {
    let outer = |c: char| matches!(c, '《' | '》' | '“' | '”' | '"' | '「' | '」') || c.is_whitespace();
    let Some((name, rest)) = written.split_once(['（', '(']) else {
        return (written.trim_matches(outer).to_owned(), None);
    };
    let inner = rest.split(['）', ')', ',', '，', '、']).next().unwrap_or_default().trim_matches(outer);
    let other_script = name.contains(is_han) != inner.contains(is_han) && inner.chars().count() > 1;
    (name.trim_matches(outer).to_owned(), other_script.then(|| inner.to_owned()))
}

/// Whether a source is an outlet that is described and not named.
fn is_described_outlet(name: &str) -> bool {
    let lower = name.to_lowercase();
    let capitals = name.split_whitespace().filter(|w| w.starts_with(|c: char| c.is_uppercase())).count();
    let general = words::has_any(&lower, &words::lists().sources.outlets);
    // "A Singapore newspaper" has one capital, "the Straits Examiner newspaper" two.
    let described = ["a ", "an ", "the ", "local ", "foreign ", "state ", "some "]
        .iter()
        .any(|start| lower.starts_with(start));
    // "A Hong Kong newspaper" is none by name, whatever it is called after.
    let one_of_many = ["a ", "an "].iter().any(|article| lower.starts_with(article));
    general
        && if name.is_ascii() {
            one_of_many || described && capitals <= 1 + usize::from(name.starts_with(char::is_uppercase))
        } else {
            is_unnamed(name)
        }
}

/// Whether words are written as a name: with a capital, or in a script that has none.
fn is_name(words: &str) -> bool {
    !words.is_ascii() || words.contains(|c: char| c.is_ascii_uppercase())
}

/// Whether a source's words tell a document and not whose: "a regulation in the Official Journal", "the strategy".
fn is_some_document(name: &str) -> bool {
    let lists = words::lists();
    let lower = name.to_lowercase();
    let mut documents = lists.sources.written.iter().chain(&lists.sources.documents);
    if ["a ", "an ", "its "].iter().any(|article| name.starts_with(article)) {
        return documents.any(|word| lower.contains(word));
    }
    // "The report" may be anybody's.
    name.strip_prefix("the ").is_some_and(|rest| rest != "report" && documents.any(|word| rest == word))
}

/// Whether a source's words are for an authority and nobody in it: "the labour ministry", 渔业局.
fn is_office(name: &str) -> bool {
    /// Characters before the one that says what it is: 委内瑞拉 is no committee, nor 西部 an office.
    const NAME: usize = 2;
    let folded = words::spaced(name);
    let lists = words::lists();
    let says = |c: char| lists.sources.authorities_behind.contains(&c);
    let by_name = folded.trim().chars().skip(NAME).any(says);
    (by_name || words::has_any(&folded, &lists.sources.authorities))
        && !words::has_any(&folded, &lists.wording.people)
}

/// Whether a source is only described: "the newspaper", 该报.
fn is_unnamed(name: &str) -> bool {
    let bare =
        ["The ", "the ", "A ", "a ", "An ", "an "].iter().find_map(|a| name.strip_prefix(a)).unwrap_or(name);
    let lower = bare.split_whitespace().all(|word| word.starts_with(|c: char| c.is_lowercase()));
    let ends = |endings: &[String]| endings.iter().any(|end| name.ends_with(end));
    let press = name.chars().count() <= 6
        && ends(&words::lists().sources.press)
        && !ends(&words::lists().sources.house);
    lower || press || words::lists().sources.unnamed.iter().any(|start| name.starts_with(start))
}

/// The outlet's own name behind what it is said to be: 美国科技媒体Brightwater Insider, 英国《斯特林邮报》, "the Bishkek newspaper
/// Chüy Kabarlary".
fn outlet_in(name: &str) -> &str {
    if let Some((before, rest)) = name.split_once('《')
        && !before.is_empty()
    {
        return rest.trim_end_matches('》');
    }
    if !name.contains(is_han) {
        let behind = |word: &String| name.split_once(&format!(" {word} ")).map(|(_, own)| own);
        let own = words::lists().sources.outlets.iter().filter_map(behind);
        return own
            .filter(|own| own.starts_with(char::is_uppercase))
            .min_by_key(|own| own.len())
            .unwrap_or(name);
    }
    let tail = name.char_indices().rfind(|(_, c)| is_han(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let foreign = tail > 0 && name[tail..].split_whitespace().count() > 1;
    if foreign { name[tail..].trim() } else { name }
}

/// The context in which references are read.
pub struct Reader<'a> {
    /// The article.
    pub article: &'a Article,
    /// What it says.
    pub analysis: &'a Analysis,
    /// Whose page it is.
    pub own: &'a Publisher,
    /// The knowledge.
    pub knowledge: &'a Knowledge,
    /// Publishers by name.
    pub names: &'a Names,
}

impl Reader<'_> {
    /// The article's references, one a source, in order of the text, source lines first.
    pub fn references(&self) -> Vec<Reference> {
        let mut found = self.source_lines();
        let issued = self.issued();
        let mut spoken: Vec<Reference> =
            self.analysis.attributions.iter().filter_map(|a| self.attribution(a, &issued)).collect();
        spoken.extend(self.bare_names());
        spoken.extend(self.in_title_marks(&spoken));
        spoken.extend(issued);
        spoken.extend(self.described());
        spoken.extend(self.acting());
        spoken.sort_by_key(|r| (r.evidence.part() != Part::Title, r.evidence.span(), r.via));
        let near = self.in_one_sentence(&spoken);
        let rests = |i: usize| {
            let named = |j: usize| j != i && spoken[j].node && !spoken[j].is_described();
            spoken[i].via == Via::Described
                && near[i].clone().any(|j| named(j) && self.rests_on(&spoken[i], &spoken[j]))
        };
        let resting: Vec<bool> = (0..spoken.len()).map(rests).collect();
        spoken.iter_mut().zip(resting).for_each(|(reference, rests)| reference.rests = rests);
        let nested: Vec<bool> =
            (0..spoken.len()).map(|i| self.is_nested(&spoken, near[i].clone(), i)).collect();
        let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
        for (i, key) in spoken.iter().enumerate().flat_map(|(i, r)| r.keys().into_iter().map(move |k| (i, k)))
        {
            by_key.entry(key).or_insert(i);
        }
        for (i, reference) in spoken.into_iter().enumerate() {
            // Named through another at first, it stays so wherever it is named again.
            let first = reference.keys().iter().filter_map(|key| by_key.get(key)).min().copied().unwrap_or(i);
            let own = reference.names(self.own) && !reference.names(&Publisher::default());
            // An authority that is quoted through an outlet and then gives out something itself is its own source.
            let issues = reference.via == Via::Name && !reference.node && !nested[i];
            if (!nested[first] || issues) && !own {
                add(&mut found, reference);
            }
        }
        found
    }

    /// For each of some references, in order of the text, those whose words may stand in one sentence with its own:
    /// it begins before the sentence of the other ends.
    fn in_one_sentence(&self, all: &[Reference]) -> Vec<Range<usize>> {
        let sentence = |r: &Reference| {
            let text = self.article.part(r.evidence.part());
            let start = text.bytes(r.evidence.span()).start;
            start..passage::sentence_end(text.as_str(), start)
        };
        let sentences: Vec<Range<usize>> = all.iter().map(sentence).collect();
        let part = |at: usize| all[at].evidence.part();
        let mut first = 0;
        let mut last = 0;
        let mut near = Vec::new();
        for (i, own) in sentences.iter().enumerate() {
            while first < i && (part(first) != part(i) || sentences[first].end <= own.start) {
                first += 1;
            }
            last = last.max(i + 1);
            while last < all.len() && part(last) == part(i) && sentences[last].start < own.end {
                last += 1;
            }
            near.push(first..last);
        }
        near
    }

    fn source_lines(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        for notice in self.article.notices.iter().filter(|n| n.kind == NoticeKind::OriginalSource) {
            let (name, also) = plain(notice.value.trim());
            let key = publisher::bare(&name);
            let reference = Reference {
                entity: self.find(&name, also.as_deref()),
                name,
                also: also.as_deref().map(publisher::bare),
                date: None,
                via: Via::SourceLine,
                node: true,
                rests: false,
                spoken: false,
                evidence: notice.evidence.clone(),
                key,
            };
            let nobody =
                || words::lists().sources.nobody.iter().any(|word| publisher::bare(word) == reference.key);
            if reference.key.chars().count() > 1
                && !nobody()
                && !reference.names(self.own)
                && !self.is_own_office(&reference)
            {
                add(&mut found, reference);
            }
        }
        found
    }

    /// 来源：安全与管制局, on its ministry's page: an authority names the office that wrote the page, which is no outlet.
    fn is_own_office(&self, reference: &Reference) -> bool {
        let office = words::lists().sources.offices.iter().any(|end| reference.key.ends_with(end.as_str()));
        let official = || publisher::class(self.article, self.knowledge, self.own) == SourceClass::Official;
        office && reference.entity.is_none() && official()
    }

    fn find(&self, name: &str, also: Option<&str>) -> Option<EntityId> {
        self.names.find(name).or_else(|| self.names.find(also?)).cloned()
    }

    /// Whose site or document a name is, if that is known: 商务部官网, "the Maritime Authority's resolution".
    fn owner<'t>(&self, name: &'t str) -> &'t str {
        if self.names.find(name).is_some() {
            return name;
        }
        let lists = words::lists();
        let documents = lists.sources.written.iter().chain(&lists.sources.documents);
        let before = |word: &String| {
            let rest = name.strip_suffix(word.as_str())?.trim_end();
            Some(rest.strip_suffix("'s").or_else(|| rest.strip_suffix("’s")).unwrap_or(rest))
        };
        documents.filter_map(before).find(|rest| self.names.find(rest).is_some()).unwrap_or(name)
    }

    fn attribution(&self, attribution: &Attribution, issued: &[Reference]) -> Option<Reference> {
        let source = &attribution.source;
        let (name, also) = plain(&source.text);
        let name = self.owner(outlet_in(&name)).to_owned();
        let is_place = |id: &EntityId| self.knowledge.is(id, EntityKind::Place);
        let own = |id: &EntityId| Some(id) == self.own.entity.as_ref();
        if source.entity.as_ref().is_none_or(|id| is_place(id) || own(id))
            && let Some((name, id)) = self.outlet_at_end(&source.text)
        {
            return Some(self.reference(attribution, name, None, Some(id), true));
        }
        // "The newspaper", 该报 is one that was named before, or is looked for as one that is described.
        if is_described_outlet(&name) || name.ends_with("该报") || name.ends_with("該報") {
            return None;
        }
        let written_by_it = matches!(&*name, "it" | "they") && self.is_written(attribution);
        // "A ministry regulation seen by the Post", on a page of the Post, is the ministry's.
        let another = source.entity.as_ref().is_some_and(|id| !own(id));
        if !another && (is_some_document(&name) || (source.entity.is_none() && written_by_it)) {
            return self.document(attribution, issued);
        }
        let reads_as_outlet = source.entity.is_none() && is_outlet_name(&name) && !is_unnamed(&name);
        let speaks_alone = matches!(source.kind, VoiceKind::Anonymous | VoiceKind::Person);
        if speaks_alone && !reads_as_outlet {
            return None;
        }
        // "Paper says" is no outlet that happens to be called The Paper, and "the British Sterling Post" no country.
        let named = |id: &EntityId| is_name(&name) && !(source.kind == VoiceKind::Outlet && is_place(id));
        let stated = source.entity.clone().filter(named);
        let entity = stated.or_else(|| self.find(&name, also.as_deref()).filter(|_| is_name(&name)));
        if entity.is_none() && source.kind == VoiceKind::Document && !is_described_outlet(&name) {
            return self.document(attribution, issued);
        }
        let unlinked = entity.as_ref().is_none_or(is_place) && source.kind == VoiceKind::Official;
        if unlinked && (self.is_written(attribution) || is_office(&name)) {
            return Some(self.unlinked(attribution, name));
        }
        let kind = entity.as_ref().and_then(|id| self.knowledge.entity(id)).map(|e| e.kind);
        // A place speaks through somebody, a product or list not at all; "the newspaper" was named before.
        let mute = |kind| {
            !matches!(
                kind,
                EntityKind::Outlet
                    | EntityKind::Agency
                    | EntityKind::Organisation
                    | EntityKind::Company
                    | EntityKind::Person
            )
        };
        if kind.is_some_and(mute) || (entity.is_none() && is_unnamed(&name)) {
            return None;
        }
        // A Chinese name that no outlet's word ends and no title marks hold is seldom one: 港股早段.
        let written = !name.contains(is_han) || source.text.contains('《') || is_outlet_name(&name);
        let named = source.kind == VoiceKind::Outlet && (entity.is_some() || written);
        let study = entity.is_none() && !reads_as_outlet && self.is_led_by_study(attribution);
        let outlet = named || kind == Some(EntityKind::Outlet) || reads_as_outlet || study;
        let mut reference = self.reference(attribution, &name, also, entity, outlet);
        if study {
            reference.via = Via::Study;
        }
        (reference.entity.is_some() || (outlet && reference.key.chars().count() > 1)).then_some(reference)
    }

    /// Whether an article is about what an organisation found out: its words stand where the article begins, and speak of a study.
    fn is_led_by_study(&self, attribution: &Attribution) -> bool {
        attribution.source.kind == VoiceKind::Organisation
            && attribution.evidence.part() == Part::Text
            && attribution.evidence.span().start < LEAD
            && words::has_any(&self.around(attribution), &words::lists().sources.studies)
    }

    fn reference(
        &self,
        attribution: &Attribution,
        name: &str,
        also: Option<String>,
        entity: Option<EntityId>,
        outlet: bool,
    ) -> Reference {
        let kind = attribution.source.kind;
        let written = kind == VoiceKind::Document || self.is_written(attribution);
        Reference {
            name: self.display(entity.as_ref(), name),
            also: also.as_deref().map(publisher::bare),
            date: self.date_near(&attribution.evidence),
            via: Via::Attribution,
            rests: false,
            spoken: false,
            node: outlet || (written && kind != VoiceKind::Organisation && !self.is_spoken(attribution)),
            evidence: attribution.evidence.clone(),
            entity,
            key: publisher::bare(name),
        }
    }

    /// The outlet whose name ends a source's words, behind its town, a dateline or a cue: 香港青马财经,
    /// 江声报讯 据青马财经.
    fn outlet_at_end<'t>(&self, source: &'t str) -> Option<(&'t str, EntityId)> {
        let begins = |at: usize| {
            let before = source[..at].chars().next_back();
            !source[at..].starts_with(|c: char| c.is_ascii()) || before.is_some_and(|c| c == ' ')
        };
        // "The East Times" is not The Times: one word behind another in capitals is the end of a longer name.
        let ends_another = |at: usize| {
            let word = source[..at].trim_end().rsplit(' ').next().unwrap_or_default();
            let owner = word.ends_with("'s") || word.ends_with("’s");
            let capital = word.starts_with(|c: char| c.is_ascii_uppercase()) && !owner;
            capital && source[at..].is_ascii() && !source[at..].contains(' ')
        };
        let tails = source.char_indices().skip(1).map(|(at, _)| at);
        let tails = tails.filter(|at| begins(*at) && !ends_another(*at));
        tails.map(|at| &source[at..]).find_map(|tail| {
            let id = self.names.find(tail).filter(|_| is_name(tail))?;
            let outlet = self.knowledge.is(id, EntityKind::Outlet);
            (outlet && Some(id) != self.own.entity.as_ref()).then(|| (tail, id.clone()))
        })
    }

    /// Outlets that are described and not named, where the article names none: then the words may mean a report
    /// that is captured.
    fn described(&self) -> Vec<Reference> {
        let described = |a: &&Attribution| is_described_outlet(&a.source.text);
        let found = self.analysis.attributions.iter().filter(described);
        let reference = |a: &Attribution| Reference {
            entity: None,
            name: a.source.text.clone(),
            key: publisher::bare(&a.source.text),
            also: None,
            date: self.date_near(&a.evidence),
            via: Via::Described,
            node: false,
            rests: false,
            spoken: false,
            evidence: a.evidence.clone(),
        };
        found.map(reference).collect()
    }

    /// "The notice said", 通知称: the document of the authority named last before it, or right after it, or else
    /// of the one that the article begins with.
    fn document(&self, attribution: &Attribution, issued: &[Reference]) -> Option<Reference> {
        let evidence = &attribution.evidence;
        // Figures that show something are nobody's report: "customs data showed", 海关数据显示.
        if words::has_any(&simplified(&attribution.source.text), &words::lists().sources.figures) {
            return None;
        }
        let near = issuer_before(evidence, issued).or_else(|| self.authority_before(evidence));
        let near = near.or_else(|| self.authority_after(evidence));
        let is_near = near.is_some();
        let authority = near.or_else(|| self.first_authority());
        let (name, _) = plain(&attribution.source.text);
        let key = match &authority {
            Some(id) => publisher::key_of(id),
            None => publisher::bare(&name),
        };
        Some(Reference {
            name: self.display(authority.as_ref(), &name),
            also: None,
            date: self.date_near(evidence),
            via: if authority.is_some() { Via::Attribution } else { Via::Document },
            // A document of nobody in particular ("documents seen by the paper") is a voice, no node.
            node: is_near,
            rests: false,
            spoken: false,
            evidence: evidence.clone(),
            entity: authority,
            key,
        })
    }

    /// What an authority that the knowledge lacks has written or said: "the energy ministry said in a statement".
    fn unlinked(&self, attribution: &Attribution, name: String) -> Reference {
        Reference {
            entity: None,
            key: publisher::bare(&name),
            name,
            also: None,
            date: self.date_near(&attribution.evidence),
            via: Via::Document,
            node: false,
            rests: false,
            spoken: !self.is_written(attribution),
            evidence: attribution.evidence.clone(),
        }
    }

    /// The agency named last before some words, not far before them.
    fn authority_before(&self, evidence: &Evidence) -> Option<EntityId> {
        /// Characters.
        const REACH: u32 = 250;
        let end = evidence.span().end;
        let near = self.analysis.entities.iter().filter(|e| {
            let at = e.evidence.span().start;
            e.evidence.part() == evidence.part() && at < end && at + REACH > end
        });
        let mut agencies: Vec<(Span, EntityId)> = near.filter_map(|e| self.agency(e)).collect();
        agencies.sort();
        let (mut last, mut id) = agencies.pop()?;
        // Of two that issue something together the first is named first: 商务部、海关总署公告.
        while let Some((span, other)) = agencies.pop().filter(|(span, _)| span.end + JOINED >= last.start) {
            (last, id) = (span, other);
        }
        Some(id)
    }

    /// The agency named in the rest of the sentence: "according to a rule on the website of the Bureau".
    fn authority_after(&self, evidence: &Evidence) -> Option<EntityId> {
        let text = self.article.part(evidence.part());
        let from = text.bytes(evidence.span()).end;
        let end = passage::sentence_end(text.as_str(), from);
        let here = self.analysis.entities.iter().filter(|e| e.evidence.part() == evidence.part());
        // As many characters as it has bytes hold the rest; what stands farther off need not be looked up.
        let rest = evidence.span().end..evidence.span().end + (end - from) as u32;
        let near = here.filter(|e| rest.contains(&e.evidence.span().start));
        let mut agencies: Vec<(Span, EntityId)> = near.filter_map(|e| self.agency(e)).collect();
        agencies.retain(|(span, _)| (from..end).contains(&text.bytes(*span).start));
        agencies.sort();
        agencies.into_iter().next().map(|(_, id)| id)
    }

    /// The agency that headline or lead names first.
    fn first_authority(&self) -> Option<EntityId> {
        let head = |e: &&EntityMention| e.evidence.part() == Part::Title || e.evidence.span().start < LEAD;
        let agencies = self
            .analysis
            .entities
            .iter()
            .filter(head)
            .filter_map(|e| Some((e.evidence.part() != Part::Title, self.agency(e)?)));
        agencies.min().map(|(_, (_, id))| id)
    }

    fn agency(&self, mention: &EntityMention) -> Option<(Span, EntityId)> {
        // Organisations of states, too, give out documents: the International Energy Agency.
        let issues = |kind| matches!(kind, EntityKind::Agency | EntityKind::Organisation);
        let known = |id: &EntityId| self.knowledge.entity(id).is_some_and(|e| issues(e.kind));
        Some((mention.evidence.span(), mention.id.clone().filter(known)?))
    }

    fn display(&self, entity: Option<&EntityId>, written: &str) -> String {
        let known = entity.and_then(|id| self.knowledge.entity(id));
        known.map_or(written.to_owned(), |e| e.en.clone())
    }

    /// The words of an attribution and those behind them, as the lists have them.
    fn around(&self, attribution: &Attribution) -> String {
        let text = self.article.part(attribution.evidence.part());
        let bytes = text.bytes(attribution.evidence.span());
        let end = text.as_str().floor_char_boundary(bytes.end + 60);
        simplified(&text.as_str()[bytes.start..end.max(bytes.start)])
    }

    /// Whether the words around the cue speak of something written.
    fn is_written(&self, attribution: &Attribution) -> bool {
        let around = self.around(attribution);
        words::has_any(&around, &words::lists().sources.written)
    }

    /// Whether what is written is but a reply or figures: "said in a statement", 数据显示.
    fn is_spoken(&self, attribution: &Attribution) -> bool {
        let around = self.around(attribution);
        let lists = words::lists();
        let replies = words::has_any(&around, &lists.sources.replies);
        let written = lists.sources.written.iter().chain(&lists.sources.documents);
        let mut firm = written.filter(|word| !lists.sources.replies.contains(word));
        replies && !firm.any(|word| around.contains(word))
    }

    /// The day that stands in or right after the words, or begins their sentence: "reported on Wednesday",
    /// 12月10日报道. A day further off is the day of what is reported: "licences from Aug. 15, the notice said".
    fn date_near(&self, evidence: &Evidence) -> Option<Date> {
        let span = evidence.span();
        let text = self.article.part(evidence.part());
        let words = text.bytes(span);
        /// Characters to a day behind the words.
        const BEHIND: u32 = 24;
        let close = |at: Span| at.end + 3 >= span.start && at.start <= span.end + BEHIND;
        let near = |d: &&headwater_model::time::DateMention| {
            let at = d.evidence.span();
            let bytes = || text.bytes(at);
            d.evidence.part() == evidence.part()
                && close(at)
                && match () {
                    () if at.start >= span.start && at.start < span.end => true,
                    () if at.start >= span.end => {
                        text.as_str().get(words.end..bytes().start).is_some_and(leads_to_day)
                    }
                    () => {
                        let start = passage::sentence_start(text.as_str(), words.start);
                        (start..=start + "On ".len()).contains(&bytes().start)
                    }
                }
        };
        let precise = |p: Precision| matches!(p, Precision::Day | Precision::Minute);
        let found = self.analysis.dates.iter().filter(near).find(|d| precise(d.precision))?;
        let day = first_day(&found.value)?;
        (day <= self.article.day().saturating_add(jiff::Span::new().days(1))).then_some(day)
    }

    /// Outlets named near a word of reporting where the analysis found no attribution.
    fn bare_names(&self) -> Vec<Reference> {
        let outlets =
            self.analysis.entities.iter().filter(|e| e.kind == EntityKind::Outlet && e.id.is_some());
        // "The paper" in small letters is no outlet's name.
        let named = |e: &&EntityMention| !e.evidence.quote().starts_with(|c: char| c.is_ascii_lowercase());
        let told = |e: &&EntityMention| {
            named(e)
                && self.has_article(e)
                && e.evidence.part() != Part::Page
                && (self.is_near_reporting(&e.evidence) || self.is_given_in_brackets(&e.evidence))
        };
        outlets.filter(told).map(|e| self.by_name(e, true)).collect()
    }

    /// Whether a name of one English word that begins with its article has it: "Economist Ada Lind" is not The Economist.
    fn has_article(&self, mention: &EntityMention) -> bool {
        let quote = mention.evidence.quote();
        let known = mention.id.as_ref().and_then(|id| self.knowledge.entity(id));
        let bare = quote.is_ascii() && known.is_some_and(|e| e.en.strip_prefix("The ") == Some(quote));
        let text = self.article.part(mention.evidence.part());
        let before = &text.as_str()[..text.bytes(mention.evidence.span()).start];
        !bare || ["The ", "the "].iter().any(|article| before.ends_with(article))
    }

    /// Whether a name and a day are all that stands in a pair of brackets: "(Northern Chronicle, 27 July)".
    fn is_given_in_brackets(&self, evidence: &Evidence) -> bool {
        /// Bytes of the longest day.
        const DAY: usize = 30;
        let text = self.article.part(evidence.part());
        let at = text.bytes(evidence.span());
        let (before, behind) = (&text.as_str()[..at.start], &text.as_str()[at.end..]);
        let opened = before.trim_end_matches(['《', '“', '"', ' ']).ends_with(['(', '（']);
        let behind = behind.trim_start_matches(['》', '”', '"']);
        let day = behind.split_once([')', '）']).map(|(day, _)| day);
        opened
            && day.is_some_and(|day| {
                day.len() <= DAY
                    && day.starts_with([',', '，', '、'])
                    && day.contains(|c: char| c.is_ascii_digit())
            })
    }

    /// Outlets that the knowledge lacks, in title marks near a word of reporting, where the analysis found no attribution:
    /// 《北湾邮报》援引两名官员的话报道.
    fn in_title_marks(&self, known: &[Reference]) -> Vec<Reference> {
        let text = self.article.text.as_str();
        let marks = text.match_indices('《').take(MOST);
        let told = marks.filter_map(|(at, mark)| {
            let soon = &text[at..text.floor_char_boundary(at + LONGEST_NAME)];
            let (inner, _) = soon[mark.len()..].split_once('》')?;
            let end = at + mark.len() + inner.len() + '》'.len_utf8();
            let evidence = self.article.text.cut(at..end, Part::Text)?;
            let (key, entity) = (publisher::bare(inner), self.find(inner, None));
            let is_outlet = |id: &EntityId| self.knowledge.is(id, EntityKind::Outlet);
            let outlet = entity.as_ref().map_or_else(|| is_outlet_name(inner), is_outlet);
            let there = known.iter().any(|r| r.key == key || r.evidence.span().overlaps(evidence.span()));
            let behind = &text[end..text.floor_char_boundary(end + LONGEST_NAME)];
            let also = behind.strip_prefix(['（', '(']).and_then(|rest| rest.split(['）', ')']).next());
            let also = also.filter(|also| !also.contains(is_han));
            let new = outlet && !there && self.is_near_reporting(&evidence);
            new.then(|| Reference {
                name: self.display(entity.as_ref(), inner),
                key,
                also: also.map(publisher::bare),
                date: self.date_near(&evidence),
                via: Via::Name,
                rests: false,
                spoken: false,
                node: true,
                evidence,
                entity,
            })
        });
        told.collect()
    }

    /// Authorities that are told to have issued something written: their own page is the source, if it is
    /// captured.
    fn issued(&self) -> Vec<Reference> {
        let agencies =
            self.analysis.entities.iter().filter(|e| {
                e.kind == EntityKind::Agency && e.id.is_some() && e.evidence.part() == Part::Text
            });
        let issues = |m: &&EntityMention| {
            self.issues_after(&m.evidence)
                || self.is_rested_on(&m.evidence)
                || self.owns_document(&m.evidence)
        };
        agencies.filter(issues).map(|m| self.by_name(m, false)).collect()
    }

    /// Authorities whose own act is told in nobody's words: their page is the source, if it is captured and tells the same.
    fn acting(&self) -> Vec<Reference> {
        let done = |claim: &&Claim| {
            let own = |a: &Attribution| matches!(a.source.kind, VoiceKind::Official | VoiceKind::Document);
            claim.evidence.part() == Part::Text
                && claim.polarity == Polarity::Affirmed
                && matches!(claim.modality, Modality::Adopted | Modality::Announced | Modality::InForce)
                && claim.attribution.iter().all(own)
        };
        let authorities = self.analysis.claims.iter().filter(done).flat_map(|claim| &claim.fillers);
        let acts: Vec<Span> =
            authorities.filter(|f| f.role == Role::Authority).map(|f| f.evidence.span()).collect();
        let agency = |e: &&EntityMention| {
            e.kind == EntityKind::Agency && e.id.is_some() && e.evidence.part() == Part::Text
        };
        let told = self.analysis.entities.iter().filter(agency);
        let told = told.filter(|e| acts.iter().any(|span| span.overlaps(e.evidence.span())));
        told.take(MOST).map(|e| Reference { spoken: true, ..self.by_name(e, false) }).collect()
    }

    /// A reference by a name alone; `node` tells whether it stands for a report if none is captured.
    fn by_name(&self, mention: &EntityMention, node: bool) -> Reference {
        Reference {
            entity: mention.id.clone(),
            name: self.display(mention.id.as_ref(), &mention.name),
            key: publisher::bare(&mention.name),
            also: None,
            date: self.date_near(&mention.evidence),
            via: Via::Name,
            rests: false,
            spoken: false,
            node,
            evidence: mention.evidence.clone(),
        }
    }

    fn issues_after(&self, evidence: &Evidence) -> bool {
        let text = self.article.text.as_str();
        let from = self.article.text.bytes(evidence.span()).end;
        let end = passage::sentence_end(text, from);
        let rest = simplified(text.get(from..end.max(from)).unwrap_or_default());
        let soon = &rest[..rest.floor_char_boundary(60)];
        words::has_any(soon, &words::lists().sources.issuing) && speaks_of_document(&rest)
    }

    /// Whether what follows is told after a document of the agency: 根据商务部网站公布的规则.
    fn is_rested_on(&self, evidence: &Evidence) -> bool {
        /// Bytes on either side.
        const REACH: usize = 36;
        let text = self.article.text.as_str();
        let bytes = self.article.text.bytes(evidence.span());
        let before = &text[text.floor_char_boundary(bytes.start.saturating_sub(REACH))..bytes.start];
        let clause = simplified(before.rsplit(['。', '，', '；', '\n', '.', ';']).next().unwrap_or_default());
        let after = simplified(&text[bytes.end..text.floor_char_boundary(bytes.end + REACH)]);
        let rests = ["据", "按照", "依照", "according to", "under"].iter().any(|word| clause.contains(word));
        rests && speaks_of_document(&after)
    }

    /// Whether a name stands for whose a document is: "the notice of 20 April by the commission", "a copy of an Office
    /// report".
    fn owns_document(&self, evidence: &Evidence) -> bool {
        /// Bytes on either side.
        const BEFORE: usize = 40;
        const BEHIND: usize = 12;
        let text = self.article.text.as_str();
        let bytes = self.article.text.bytes(evidence.span());
        let before =
            simplified(&text[text.floor_char_boundary(bytes.start.saturating_sub(BEFORE))..bytes.start]);
        let clause = before.rsplit(['.', ',', ';', '\n']).next().unwrap_or_default().trim_end();
        let clause = clause.strip_suffix(" the").unwrap_or(clause);
        let by = [" by", " from"].iter().find_map(|word| clause.strip_suffix(word));
        let behind = simplified(&text[bytes.end..text.floor_char_boundary(bytes.end + BEHIND)]);
        let copied =
            ["copy of a", "copy of an", "copy of the"].iter().any(|word| before.trim_end().ends_with(word));
        let of = clause.strip_suffix(" of").is_some_and(ends_with_document);
        of || by.is_some_and(speaks_of_document) || (copied && speaks_of_document(&behind))
    }

    fn is_near_reporting(&self, evidence: &Evidence) -> bool {
        /// Bytes on either side in which the word must stand.
        const REACH: usize = 60;
        let text = self.article.part(evidence.part());
        let bytes = text.bytes(evidence.span());
        let start = passage::sentence_start(text.as_str(), bytes.start)
            .max(text.as_str().floor_char_boundary(bytes.start.saturating_sub(REACH)));
        let end = passage::sentence_end(text.as_str(), bytes.end)
            .min(text.as_str().floor_char_boundary(bytes.end + REACH));
        let around = simplified(text.as_str().get(start..end.max(start)).unwrap_or_default());
        words::has_any(&around, &words::lists().sources.reporting)
    }

    /// Whether a source is named only as the source of another outlet in the same sentence.
    fn is_nested(&self, all: &[Reference], mut near: Range<usize>, i: usize) -> bool {
        let this = &all[i];
        near.any(|j| {
            let other = &all[j];
            j != i
                && other.node
                && !other.same_source(this)
                && other.evidence.part() == this.evidence.part()
                && (self.rests_on(other, this) || self.is_told_through(other, this))
        })
    }

    /// Whether an authority's word, or a study, stands in a sentence that is laid to an outlet: "the ministry said, Reuters
    /// reported". It reached the article through the outlet.
    fn is_told_through(&self, outlet: &Reference, authority: &Reference) -> bool {
        let kind = |r: &Reference| r.entity.as_ref().and_then(|id| self.knowledge.entity(id)).map(|e| e.kind);
        let text = self.article.part(authority.evidence.part());
        let (o, a) = (text.bytes(outlet.evidence.span()), text.bytes(authority.evidence.span()));
        // "The Tribune reports that … under a rule of the ministry": an outlet's bare name tells what stands behind it.
        let leads = outlet.via == Via::Name && authority.via == Via::Name && o.start < a.start;
        let reports = (outlet.via == Via::Attribution || leads)
            && !outlet.names(self.own)
            && kind(outlet).is_none_or(|kind| kind == EntityKind::Outlet);
        let given_out = matches!(kind(authority), Some(EntityKind::Agency | EntityKind::Document));
        if !reports || !(given_out || authority.via == Via::Study) {
            return false;
        }
        let (first, second) = if o.start <= a.start { (o, a) } else { (a, o) };
        passage::sentence_end(text.as_str(), first.start) > second.start
    }

    /// Whether `outer` is said to rest on `inner`: "OUTER reported, citing INNER", "INNER, according to OUTER".
    fn rests_on(&self, outer: &Reference, inner: &Reference) -> bool {
        let text = self.article.part(inner.evidence.part());
        let (o, i) = (text.bytes(outer.evidence.span()), text.bytes(inner.evidence.span()));
        let (first, second) = if o.start <= i.start { (&o, &i) } else { (&i, &o) };
        if passage::sentence_end(text.as_str(), first.start) <= second.start {
            return false;
        }
        // Attributions quote source and cue, so the citing word may stand inside either.
        let between = simplified(text.as_str().get(first.start..second.end).unwrap_or_default());
        // "According to OUTER, citing INNER" hands nothing over: nobody stands before it.
        let between = between.strip_prefix("according to").unwrap_or(&between);
        let outer_first = o.start <= i.start;
        // "According to" hands the first over to the second; the other words the second to the first.
        let yields = |word: &str| matches!(word, "according to" | "as reported by");
        words::lists().sources.citing.iter().any(|word| yields(word) != outer_first && between.contains(word))
    }
}

/// The agency that is told before some words to have issued something, the first that is: the document is its.
fn issuer_before(evidence: &Evidence, issued: &[Reference]) -> Option<EntityId> {
    let issued = issued.iter().find(|r| r.evidence.span() < evidence.span())?;
    issued.entity.clone().filter(|_| evidence.part() == Part::Text)
}

/// Whether words speak of something that an authority gives out.
pub fn speaks_of_document(words: &str) -> bool {
    let lists = words::lists();
    lists.sources.written.iter().chain(&lists.sources.documents).any(|word| words.contains(word))
}

/// Whether words end with a document, and its number if it has one: "Resolution 106-55".
fn ends_with_document(words: &str) -> bool {
    let is_number =
        |word: &&str| word.contains(|c: char| c.is_ascii_digit()) || matches!(*word, "no" | "no.");
    let last = words.rsplit(' ').find(|word| !is_number(word));
    let lists = words::lists();
    let mut documents = lists.sources.written.iter().chain(&lists.sources.documents);
    last.is_some_and(|last| documents.any(|word| word == last))
}

/// Whether words speak of what a company files with an exchange.
pub fn speaks_of_filing(words: &str) -> bool {
    words::has_any(&simplified(words), &words::lists().sources.filed)
}

/// Characters between two agencies that are named together.
const JOINED: u32 = 9;

/// Whether the words between a cue and a day make it the day of the cue: "reported on Monday", "said in a
/// statement late on Monday".
fn leads_to_day(between: &str) -> bool {
    let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    !between.contains(['.', '。', ';', '；'])
        && words.all(|word| words::lists().sources.fillers.contains(&word.to_lowercase()))
}

/// Adds a reference unless its source is there; a date or a firmer form completes the one that is.
fn add(found: &mut Vec<Reference>, reference: Reference) {
    let full = found.len() >= MOST;
    // What is written, or described as a report, is found by more than what is only said.
    if let Some(known) = found.iter_mut().find(|r| r.spoken && !reference.spoken && r.same_source(&reference))
    {
        *known = Reference { date: known.date.or(reference.date), ..reference };
        return;
    }
    match found.iter_mut().find(|r| r.same_source(&reference)) {
        None if full => {}
        None => found.push(reference),
        Some(known) => {
            known.date = known.date.or(reference.date);
            known.node |= reference.node;
            known.also = known.also.take().or(reference.also);
            known.entity = known.entity.take().or(reference.entity);
            if known.via == Via::Name && reference.via == Via::Attribution {
                known.evidence = reference.evidence;
                known.via = Via::Attribution;
            }
        }
    }
}

/// The words by which an article says that it is a translation, in its text's head or foot or its notices.
pub fn translation_notice(article: &Article) -> Option<Evidence> {
    /// How far from either end such a line stands, in bytes.
    const REACH: usize = 400;
    let text = &article.text;
    let whole = text.as_str();
    let head = whole.floor_char_boundary(REACH);
    let foot = whole.floor_char_boundary(whole.len().saturating_sub(REACH)).max(head);
    for (from, to) in [(0, head), (foot, whole.len())] {
        let lower = whole[from..to].to_ascii_lowercase();
        if let Some((at, word)) =
            words::lists().sources.translated.iter().find_map(|w| lower.find(w).map(|at| (at, w)))
        {
            return text.cut(from + at..from + at + word.len(), Part::Text);
        }
    }
    let notices = article.notices.iter().map(|n| &n.evidence);
    notices
        .into_iter()
        .find(|e| words::lists().sources.translated.iter().any(|w| e.quote().to_lowercase().contains(w)))
        .cloned()
}
