//! What kind of voice a source is, and how many people it stands for.

use crate::cues::{Builder, Cues, Group, Hits, fold};
use crate::passage::{Language, is_han};
use headwater_knowledge::Lexicon;
use headwater_model::EntityId;
use headwater_model::mention::{EntityKind, EntityMention, VoiceKind};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The word lists by which a source is classed, in the order of [`LISTS`].
struct Classes {
    cues: Cues,
    groups: Vec<Group>,
    counts: Vec<(String, u32)>,
    itself: Vec<String>,
}

const LISTS: [&str; 8] =
    ["anonymous", "official", "executive", "document", "outlet", "organisation", "reporting", "personal"];
const ANONYMOUS: usize = 0;
const OFFICIAL: usize = 1;
const EXECUTIVE: usize = 2;
const DOCUMENT: usize = 3;
const OUTLET: usize = 4;
const ORGANISATION: usize = 5;
const REPORTING: usize = 6;
const PERSONAL: usize = 7;

static ENGLISH: LazyLock<Classes> =
    LazyLock::new(|| Classes::read(include_str!("../../rules/voices_en.toml")));
static CHINESE: LazyLock<Classes> =
    LazyLock::new(|| Classes::read(include_str!("../../rules/voices_zh.toml")));

impl Classes {
    fn read(file: &str) -> Self {
        let file: BTreeMap<String, toml::Value> = toml::from_str(file).expect("voice rules are well formed");
        let mut builder = Builder::default();
        let groups = LISTS.iter().map(|name| builder.group(&super::words(&file, name))).collect();
        let pair = |v: &toml::Value| {
            let pair = v.as_array()?;
            Some((pair.first()?.as_str()?.to_owned(), u32::try_from(pair.get(1)?.as_integer()?).ok()?))
        };
        let counts = file.get("count").and_then(toml::Value::as_array);
        let counts = counts.map_or(Vec::new(), |l| l.iter().filter_map(pair).collect());
        Classes { cues: builder.build(), groups, counts, itself: super::words(&file, "itself") }
    }

    /// Which lists have a word in the source.
    fn of(&self, words: &str) -> [bool; LISTS.len()] {
        let mut hits = Hits::default();
        self.cues.scan(words, &mut hits);
        let mut met = [false; LISTS.len()];
        met.iter_mut().zip(&self.groups).for_each(|(met, group)| *met = hits.has(*group));
        met
    }
}

fn is_chinese(words: &str) -> bool {
    words.chars().any(is_han)
}

fn classes(words: &str) -> &'static Classes {
    if is_chinese(words) { &CHINESE } else { &ENGLISH }
}

/// The kind of a source and the name in it that speaks.
pub fn decide<'a>(
    words: &str,
    names: impl Iterator<Item = &'a EntityMention>,
    lexicon: &Lexicon,
    opens: bool,
) -> (VoiceKind, Option<&'a EntityMention>) {
    let names: Vec<&EntityMention> = names.collect();
    let folded =
        fold(words, if is_chinese(words) { Language::ChineseTraditional } else { Language::English });
    let met = classes(words).of(&folded);
    let of = |kinds: &[EntityKind]| names.iter().copied().find(|m| kinds.contains(&m.kind));
    let person = of(&[EntityKind::Person]);
    if let Some(kind) = of_house(words) {
        return (kind, of(&[EntityKind::Company, EntityKind::Organisation]));
    }
    if met[ANONYMOUS] && person.is_none() && !(met[OFFICIAL] && !is_chinese(words) && !is_unnamed(&folded)) {
        if let Some(outlet) = of(&[EntityKind::Outlet]).filter(|_| met[OUTLET] && is_chinese(words)) {
            return (VoiceKind::Outlet, Some(outlet));
        }
        return (VoiceKind::Anonymous, None);
    }
    // "Interfax reported": a press word by itself, taken for a person's name.
    let single =
        words.split_whitespace().count() == 1 || words.starts_with("the ") || words.starts_with("The ");
    let unknown = names.iter().all(|m| m.id.is_none());
    if met[OUTLET] && single && unknown && !met[OFFICIAL] && !met[EXECUTIVE] && !is_chinese(words) {
        return (VoiceKind::Outlet, names.first().copied());
    }
    let company = of(&[EntityKind::Company]);
    let agency = of(&[EntityKind::Agency]);
    if let Some(person) = person {
        let executive = met[EXECUTIVE] || company.is_some();
        let official = met[OFFICIAL] && !executive || holds_office(person, lexicon);
        let kind = if official { VoiceKind::Official } else { VoiceKind::Person };
        return (kind, Some(person));
    }
    // "A regulation in the Official Journal": the text speaks, not where it stands.
    let stands_in = |name: &str| {
        let head = words.split(" in ").next().unwrap_or_default();
        met[DOCUMENT] && !is_chinese(words) && !head.contains(name) && ends_in_document(&folded)
    };
    let outlet = of(&[EntityKind::Outlet]).filter(|m| !stands_in(&m.name));
    if let Some(outlet) = outlet.filter(|_| !met[OFFICIAL] || agency.is_none()) {
        return (VoiceKind::Outlet, Some(outlet));
    }
    let first = names.first().copied();
    // "The bill's sponsors" are people.
    let owned = ["’s ", "'s ", "s’ ", "s' "].iter().any(|of| words.contains(of));
    if met[DOCUMENT] && (!met[OFFICIAL] && !owned || ends_in_document(&folded)) {
        return (
            VoiceKind::Document,
            of(&[EntityKind::Document, EntityKind::List, EntityKind::Law]).or(first),
        );
    }
    if let Some(company) = company {
        let kind = if met[EXECUTIVE] { VoiceKind::Person } else { VoiceKind::Organisation };
        return (kind, Some(company));
    }
    // 商务部研究院一位研究员 is no official.
    let scholar = is_chinese(words) && met[ORGANISATION];
    if met[EXECUTIVE] && (agency.is_none() || scholar) {
        return (VoiceKind::Person, first);
    }
    if let Some(agency) = agency {
        return (VoiceKind::Official, Some(agency));
    }
    let by_list = [
        (OFFICIAL, VoiceKind::Official),
        (OUTLET, VoiceKind::Outlet),
        (ORGANISATION, VoiceKind::Organisation),
    ];
    if let Some((_, kind)) = by_list.iter().find(|(list, _)| met[*list]) {
        return (*kind, first);
    }
    if first.is_none() && is_nameless(words, opens) {
        return (VoiceKind::Anonymous, None);
    }
    let kind = match first.map(|m| m.kind) {
        Some(EntityKind::Place) => VoiceKind::Official,
        Some(EntityKind::Organisation | EntityKind::Fund | EntityKind::Product) => VoiceKind::Organisation,
        Some(EntityKind::Document | EntityKind::Law | EntityKind::List | EntityKind::Measure) => {
            VoiceKind::Document
        }
        _ if is_acronym(words) => VoiceKind::Organisation,
        _ => VoiceKind::Person,
    };
    (kind, first)
}

/// Whether the knowledge has a person in an office now: "Commerce Secretary", and not "former President".
fn holds_office(person: &EntityMention, lexicon: &Lexicon) -> bool {
    let known = person.id.as_ref().and_then(|id| lexicon.entity(id));
    let office = known.and_then(|e| e.subtype.as_deref()).unwrap_or_default().to_lowercase();
    ENGLISH.of(&office)[OFFICIAL] && !office.starts_with("former")
}

/// "ASE", "DSV": a name in capitals alone is a body's.
fn is_acronym(words: &str) -> bool {
    let letters = words.chars().all(|c| c.is_ascii_uppercase() || c == '&');
    letters && (2..=6).contains(&words.len())
}

/// "Ternium said it had booked orders": who speaks of itself as "it" is a body.
pub fn speaks_as_body(content: &str) -> bool {
    ENGLISH
        .itself
        .iter()
        .any(|start| content.strip_prefix(start.as_str()).is_some_and(|c| c.starts_with(' ')))
}

/// "Songlin Tech reported", 澄海财经报道: who reports, and is neither a known person nor has a person's title, is a paper.
pub fn is_paper(words: &str, cue: &str) -> bool {
    const NAME: usize = 4;
    let classes = classes(words);
    let name = words.strip_prefix("the ").unwrap_or(words);
    let named = is_chinese(words) || name.starts_with(char::is_uppercase);
    let short = words.split_whitespace().count() <= NAME;
    classes.of(cue)[REPORTING] && named && short && !classes.of(words)[PERSONAL] && !is_pronoun(words)
}

/// 据报道, "reports that": whether who says it is a paper, though none is named.
pub fn is_report(cue: &str) -> bool {
    let folded = fold(cue, if is_chinese(cue) { Language::ChineseTraditional } else { Language::English });
    classes(cue).of(&folded)[REPORTING]
}

/// "a person familiar", "officials": no name in it.
fn is_unnamed(words: &str) -> bool {
    ["people", "person", "sources", "source", "insider"].iter().any(|w| words.contains(w))
}

/// The head of a source is a text: in Chinese it stands last (商务部公告, but 公告所称部门), in English before what
/// describes it ("a ministry notification dated June 3").
fn ends_in_document(words: &str) -> bool {
    if is_chinese(words) {
        let chars: Vec<char> = words.chars().collect();
        let last = |n: usize| chars[chars.len().saturating_sub(n)..].iter().collect::<String>();
        return CHINESE.of(&last(2))[DOCUMENT] || CHINESE.of(&last(3))[DOCUMENT];
    }
    let describes = |w: &&str| {
        matches!(*w, "of" | "from" | "to" | "by" | "on" | "in" | "for" | "at" | "that" | "with" | "about")
            || (w.len() > 4 && w.ends_with("ed"))
    };
    let mut head = words.split_whitespace().skip(1);
    let first = words.split_whitespace().next().unwrap_or_default();
    let head = std::iter::once(first).chain(head.by_ref().take_while(|w| !describes(w))).last();
    head.is_some_and(|h| ENGLISH.of(&h.to_lowercase())[DOCUMENT])
}

/// "Analysts at Omdia" speak for their house, "executives at Baidu" are its people.
fn of_house(words: &str) -> Option<VoiceKind> {
    let mut words = words.split_whitespace();
    let first = words.next()?.to_lowercase();
    let at = words.next() == Some("at");
    let named = at && words.next()?.starts_with(char::is_uppercase);
    match first.as_str() {
        "analysts" | "analyst" | "economists" | "researchers" if named => Some(VoiceKind::Organisation),
        "executives" | "managers" if at => Some(VoiceKind::Person),
        _ => None,
    }
}

/// "Two procurement managers", "exporters": people without a name. "Meeks" has one, where no sentence opens with it.
fn is_nameless(words: &str, opens: bool) -> bool {
    let named = words.split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase));
    let first = words.split_whitespace().next().unwrap_or_default();
    let many = count(words).is_some() || (first.ends_with('s') && !first.ends_with("ss"));
    let named = named || !opens && first.starts_with(char::is_uppercase);
    let many = many || ["several", "some", "many", "a", "an"].iter().any(|w| first.eq_ignore_ascii_case(w));
    if is_chinese(words) { count(words).is_some() } else { many && !named }
}

/// Whom "it" means, at a byte of the passage: the first company or body of its sentence, else the last one before.
pub fn body(
    names: &[(Range<usize>, &EntityMention)],
    sentence: usize,
    at: usize,
) -> Option<(Option<EntityId>, VoiceKind)> {
    const REACH: usize = 400;
    let kind = |m: &EntityMention| match m.kind {
        EntityKind::Company | EntityKind::Organisation => Some(VoiceKind::Organisation),
        EntityKind::Agency | EntityKind::Place => Some(VoiceKind::Official),
        _ => None,
    };
    let near = |r: &Range<usize>| r.end <= at && at - r.end <= REACH;
    let first = names.partition_point(|(r, _)| r.end + REACH < at);
    let end = names.partition_point(|(r, _)| r.start < at).max(first);
    let bodies = || names[first..end].iter().filter(|(r, m)| near(r) && kind(m).is_some());
    let found = bodies().find(|(r, _)| r.start >= sentence).or_else(|| bodies().next_back());
    found.and_then(|(_, m)| Some((m.id.clone(), kind(m)?)))
}

/// A source without what only tells more of it: "the document, first obtained by an outlet", "operators who got it".
pub fn head(words: &str) -> &str {
    let relative = words.find(" who ").or_else(|| words.find(", who"));
    let aside = words.match_indices(", ").map(|(at, _)| at).find(|at| {
        let next = words[at + 2..].split(' ').next().unwrap_or_default();
        next.starts_with(char::is_lowercase) && !matches!(next, "a" | "an" | "the")
    });
    // "A copy seen by Reuters": who has read it does not speak.
    let read = [" seen by ", " obtained by ", " reviewed by ", " viewed by ", ", a copy of which "];
    let read = read.iter().filter_map(|by| words.find(by)).min();
    let end = [relative, aside, read].into_iter().flatten().filter(|&at| at > 0).min();
    end.map_or(words, |at| &words[..at])
}

/// Whether words are for people who may tell something: "two officials", 三名高管.
pub fn are_people(words: &str) -> bool {
    let language = if is_chinese(words) { Language::ChineseTraditional } else { Language::English };
    let met = classes(words).of(&fold(words, language));
    met[ANONYMOUS] || met[OFFICIAL] || met[EXECUTIVE] || met[PERSONAL]
}

/// Whether a source is only a pronoun.
pub fn is_pronoun(words: &str) -> bool {
    matches!(
        words.to_lowercase().as_str(),
        "he" | "she" | "they" | "i" | "we" | "it" | "他" | "她" | "他们" | "她们"
    )
}

/// "a person", 一名: one unnamed voice.
pub fn is_single(words: &str) -> bool {
    let lower = words.to_lowercase();
    lower.starts_with("a ")
        || lower.starts_with("an ")
        || lower.starts_with("one ")
        || words.starts_with('一')
}

/// How many people a source stands for, if its words say so at their beginning.
pub fn count(words: &str) -> Option<u32> {
    let lower = words.to_lowercase();
    if is_chinese(words) {
        let measure = lower.char_indices().find(|(_, c)| matches!(c, '名' | '位' | '个' | '個' | '家'))?.0;
        let numeral = lower[..measure].chars().next_back()?.to_string();
        return CHINESE.counts.iter().find(|(w, _)| *w == numeral).map(|(_, n)| *n);
    }
    let mut first = lower.split_whitespace();
    let (first, second) = (first.next()?, first.next().unwrap_or_default());
    let single = matches!(first, "a" | "an" | "one") && second != "dozen";
    if single {
        let plural = ["of", "dozen", "number", "group", "few", "handful"].contains(&second) && first != "one";
        return (!plural).then_some(1);
    }
    let pair = format!("{first} {second}");
    let known =
        ENGLISH.counts.iter().find(|(w, _)| *w == pair).or(ENGLISH.counts.iter().find(|(w, _)| w == first));
    known.map(|(_, n)| *n).or_else(|| first.parse().ok())
}
