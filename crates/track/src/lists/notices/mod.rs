//! Acts upon lists as an authority's own document states them: "by adding entries for …", 将甲公司列入…, and the members that
//! stand behind a colon, under a heading, or in lines and rows of an annex.

use crate::acts::effective::{self, Effective, Period};
use crate::acts::hearsay;
use crate::acts::times;
use crate::lists::parties::{self, Met, Party};
use crate::lists::renames;
use crate::measures::instruments;
use crate::memory::seen::Seen;
use crate::text::passage;
use crate::text::units;
use headwater_model::claim::ListChange;
use headwater_model::membership::{ANNEX, RENAMED, is_named_as};
use headwater_model::mention::{EntityKind, EntityMention};
use headwater_model::time::{Date, days_between};
use headwater_model::tracking::Designation;
use headwater_model::{Analysis, Article, EntityId, Evidence, Knowledge, Part};
use serde::Deserialize;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest text that is read, in bytes, and members of one document.
const LONGEST: usize = 4_000_000;
const MEMBERS: usize = 20_000;

#[derive(Deserialize)]
struct File {
    verb: Vec<Verb>,
    heading: Vec<Heading>,
    office: Vec<Office>,
    grammar: Grammar,
}

#[derive(Deserialize)]
struct Verb {
    is: Option<ListChange>,
    #[serde(default)]
    front: bool,
    #[serde(default)]
    onto: bool,
    #[serde(default)]
    with: Vec<String>,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Heading {
    is: Option<ListChange>,
    words: Vec<String>,
}

#[derive(Deserialize)]
struct Office {
    words: Vec<String>,
    list: EntityId,
}

/// Words by which acts and parties are told apart from what stands around them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grammar {
    hedges: Vec<String>,
    not_done: Vec<String>,
    auxiliaries: Vec<String>,
    opens: Vec<String>,
    onto: Vec<String>,
    closes: Vec<String>,
    joins: Vec<String>,
    numbers: Vec<String>,
    whom: Vec<String>,
    stops: Vec<String>,
    /// Endings of parties' names in Chinese.
    pub ends: Vec<String>,
    /// What points to members elsewhere.
    pub points: Vec<String>,
    annexes: Vec<String>,
    no_lists: Vec<String>,
    /// Words before a name that are no part of it.
    pub leads: Vec<String>,
    /// Words before another name of the same party.
    pub aliases: Vec<String>,
    /// Words before a party that say whose it is.
    pub owned: Vec<String>,
    /// What follows 等 where it stands for others.
    pub others: Vec<String>,
    /// Words that hold a 的 which joins nothing.
    pub holding: Vec<String>,
    /// Beginnings of words that describe parties and name none.
    pub described: Vec<String>,
    /// Offices of who signs a document.
    pub officers: Vec<String>,
    /// What a gazette prints below a document.
    pub imprints: Vec<String>,
    relative: Vec<String>,
    before_them: Vec<String>,
    again: Vec<String>,
    validity: Vec<String>,
    itself: Vec<String>,
    told: Vec<String>,
    moves: Vec<String>,
    /// Small words inside names.
    pub small: Vec<String>,
    /// Marks that end the name at the head of a line.
    pub facts: Vec<String>,
    /// Beginnings of lines that name nobody.
    pub no_entries: Vec<String>,
    /// Capital words that open a sentence.
    pub no_names: Vec<String>,
    /// Who signs a document.
    pub signatures: Vec<String>,
    /// Things that are put on a list and are no parties.
    pub no_parties: Vec<String>,
}

static FILE: LazyLock<File> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../data/notices.toml")).expect("data/notices.toml is right")
});

/// The words of `data/notices.toml`.
pub fn grammar() -> &'static Grammar {
    &FILE.grammar
}

/// What a document does to lists.
pub struct Notice {
    /// Act by act.
    pub designations: Vec<Designation>,
    /// Acts that point to members elsewhere and of whom none was read: the sentence.
    pub unread: Option<Evidence>,
}

/// Lists that numbered notices act upon, so that 停止商务部公告2026年第71号对甲公司采取的措施 finds its list.
pub type Numbers = BTreeMap<String, (u64, EntityId)>;

/// Reads an authority's document; `numbers` are the notices before it.
pub fn read(
    article: &Article,
    seen: &Seen,
    analysis: &Analysis,
    knowledge: &Knowledge,
    numbers: &Numbers,
) -> Notice {
    let mut reader = Reader::new(seen, analysis, knowledge, numbers);
    if seen.text.as_str().len() <= LONGEST && !reader.lists.is_empty() {
        reader.read();
    }
    reader.done(article, analysis)
}

/// An act upon a list whose sentence was read.
#[derive(Clone)]
struct Act {
    list: EntityId,
    change: ListChange,
    period: Period,
    sentence: Range<usize>,
    /// Members that its own sentence names.
    named: usize,
    /// Whether it points to members elsewhere.
    points: bool,
}

struct Found {
    act: usize,
    party: Party,
    rule: &'static str,
}

struct Reader<'a> {
    seen: &'a Seen,
    analysis: &'a Analysis,
    knowledge: &'a Knowledge,
    /// The text in small letters and simplified characters, byte for byte.
    folded: &'a str,
    /// Lists that the text names, in order.
    lists: Vec<(Range<usize>, EntityId)>,
    /// What the text names, by its words.
    called: BTreeMap<&'a str, Vec<&'a EntityMention>>,
    /// The sentence by which the whole document is for a time, looked for once.
    validity: OnceCell<Option<Range<usize>>>,
    acts: Vec<Act>,
    found: Vec<Found>,
    /// The act whose members the lines may name.
    open: Option<usize>,
    /// Whether a line without a number may be a member.
    plain: bool,
    /// Columns of the table that is being read that hold names.
    columns: Vec<usize>,
    /// Those that hold further names.
    aliases: Vec<usize>,
    /// How many cells its first row has, and what stands in the last row that is as long.
    width: usize,
    row_before: Vec<String>,
}

/// A string folded so that every character keeps its length.
pub fn fold(text: &str) -> String {
    let same = |c: char| {
        let folded = units::fold(c);
        if folded.len_utf8() == c.len_utf8() { folded } else { c }
    };
    text.chars().map(same).collect()
}

impl<'a> Reader<'a> {
    fn new(seen: &'a Seen, analysis: &'a Analysis, knowledge: &'a Knowledge, numbers: &Numbers) -> Self {
        let folded = seen.folded();
        let own = seen.publisher.entity.as_ref().and_then(|id| knowledge.entity(id)?.country.clone());
        // What one government says of another's list is no act upon it.
        let ours = |id: &EntityId| {
            let country = knowledge.entity(id).and_then(|e| e.country.clone());
            own.is_none() || country.is_none() || own == country
        };
        let is_list = |id: &EntityId| knowledge.entity(id).is_some_and(|e| e.kind == EntityKind::List);
        let mentions = analysis.entities.iter().filter_map(|e| Some((e, e.id.clone().filter(is_list)?)));
        let mut lists: Vec<(Range<usize>, EntityId)> = Vec::new();
        for (mention, id) in mentions.filter(|(_, id)| ours(id)) {
            match mention.evidence.part() {
                Part::Text => {
                    let at = seen.text.bytes(mention.evidence.span());
                    let after = folded[at.end..].trim_start_matches(['》', '」']);
                    let none = grammar().no_lists.iter().any(|word| after.starts_with(word.as_str()));
                    if !none {
                        lists.push((at, id));
                    }
                }
                // The title's list is that of the whole document.
                _ => lists.insert(0, (0..0, id)),
            }
        }
        lists.sort_by_key(|(at, _)| at.start);
        if lists.is_empty() {
            let named = instruments::numbers_of_text(seen, analysis);
            lists.extend(named.into_iter().filter_map(|(key, at)| Some((at, numbers.get(&key)?.1.clone()))));
            lists.sort_by_key(|(at, _)| at.start);
        }
        for office in &FILE.office {
            let named = office.words.iter().any(|word| folded.contains(word.as_str()));
            let known = || is_list(&office.list) && ours(&office.list);
            if lists.is_empty() && named && known() {
                lists.push((0..0, office.list.clone()));
            }
        }
        let mut called: BTreeMap<&str, Vec<&EntityMention>> = BTreeMap::new();
        for mention in analysis.entities.iter().filter(|e| e.evidence.part() == Part::Text) {
            called.entry(mention.evidence.quote().trim()).or_default().push(mention);
        }
        Reader {
            called,
            validity: OnceCell::new(),
            seen,
            analysis,
            knowledge,
            folded,
            lists,
            acts: Vec::new(),
            found: Vec::new(),
            open: None,
            plain: false,
            columns: Vec::new(),
            aliases: Vec::new(),
            width: 0,
            row_before: Vec::new(),
        }
    }

    fn read(&mut self) {
        for line in passage::lines(self.seen.text.as_str()) {
            if !line.is_empty() && self.found.len() < MEMBERS {
                self.line(line);
            }
        }
    }

    fn line(&mut self, line: Range<usize>) {
        let text = self.seen.text.as_str();
        let words = &text[line.clone()];
        let folded = &self.folded[line.clone()];
        if words.contains('\t') {
            self.row(&line);
            return;
        }
        self.columns.clear();
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some(heading) = FILE.heading.iter().find(|h| h.words.iter().any(|word| word == bare)) {
            self.heading(heading, line);
            return;
        }
        let before = self.acts.len();
        let mut sentences = 0;
        for sentence in passage::sentences(text, line.clone()) {
            sentences += 1;
            self.sentence(sentence);
        }
        if self.acts.len() > before {
            return;
        }
        if grammar().annexes.iter().any(|word| folded.starts_with(word.as_str())) {
            self.plain = self.open.is_some();
            return;
        }
        let Some(act) = self.open else { return };
        let numbered = crate::lists::claimed::numbered(words);
        let entry = match numbered {
            Some(name) => {
                let from = line.start + (name.as_ptr() as usize - words.as_ptr() as usize);
                from..from + name.len()
            }
            None if self.plain => line,
            None => return,
        };
        let parties = self.parties_of_line(entry);
        if parties.is_empty() && numbered.is_none() && sentences > 0 && words.ends_with(['.', '。', '；']) {
            self.plain = false;
        }
        self.add(act, parties, "list_line");
    }

    fn parties_of_line(&self, entry: Range<usize>) -> Vec<Party> {
        let text = self.seen.text.as_str();
        let list = |party: &Party| self.meets_list(&party.at);
        let office = |party: &Party| {
            self.is_called(party, |k| matches!(k, EntityKind::Agency | EntityKind::Place | EntityKind::Law))
        };
        let date = |party: &Party| self.has_date(&party.at);
        let mut parties = parties::in_line(text, entry);
        parties.retain(|party| !list(party) && !office(party) && !date(party));
        parties
    }

    /// Whether a party's whole name is that of something of a kind.
    fn is_called(&self, party: &Party, kind: impl Fn(EntityKind) -> bool) -> bool {
        let name = &self.seen.text.as_str()[party.at.clone()];
        // A long name that nobody knows is taken for a place or a body by its looks only.
        let short = name.split(' ').count() < 3;
        let called = self.called.get(name.trim()).into_iter().flatten();
        called.into_iter().any(|e| kind(e.kind) && (short || e.id.is_some()))
    }

    /// Whether a name is that of who acts or where, and of nobody who is acted upon.
    fn is_no_party(&self, party: &Party) -> bool {
        use EntityKind as K;
        self.is_called(party, |kind| matches!(kind, K::Agency | K::Place | K::Law | K::List))
    }

    fn has_date(&self, at: &Range<usize>) -> bool {
        let dates = passage::mentions_in(&self.seen.text, &self.analysis.dates, |d| &d.evidence, at.clone());
        dates.into_iter().any(|date| self.seen.text.bytes(date.evidence.span()).len() * 2 > at.len())
    }

    /// "Additions", "Delisting": what the lines below do to the list that the text has named.
    fn heading(&mut self, heading: &Heading, line: Range<usize>) {
        let list = self.lists.iter().rev().find(|(at, _)| at.start <= line.start).or(self.lists.first());
        let (Some((_, list)), Some(change)) = (list.cloned(), heading.is) else {
            self.open = None;
            return;
        };
        self.open(Act { list, change, period: Period::default(), sentence: line, named: 0, points: true });
        self.plain = true;
    }

    /// Takes an act, whose members the lines below may name.
    fn open(&mut self, act: Act) {
        self.open = Some(self.acts.len());
        self.acts.push(act);
    }

    /// A row of a table: its first holds the columns' heads.
    fn row(&mut self, line: &Range<usize>) {
        let text = self.seen.text.as_str();
        let words = &text[line.clone()];
        let mut cells: Vec<Range<usize>> = Vec::new();
        let mut at = line.start;
        for cell in words.split('\t') {
            let trimmed = cell.trim();
            let start = at + (trimmed.as_ptr() as usize - cell.as_ptr() as usize);
            cells.push(start..start + trimmed.len());
            at += cell.len() + 1;
        }
        let heads: Vec<usize> = (0..cells.len())
            .filter(|i| {
                let cell = &self.folded[cells[*i].clone()];
                cell.chars().count() <= 24
                    && crate::text::words::lists().name_heads.iter().any(|head| cell.contains(head.as_str()))
            })
            .collect();
        if self.columns.is_empty() {
            let number = |cell: &Range<usize>| !text[cell.clone()].chars().any(char::is_alphabetic);
            let numbers = cells.first().is_some_and(|cell| is_number_head(&self.folded[cell.clone()]));
            let first = cells.iter().position(|cell| !number(cell)).map(|first| first + usize::from(numbers));
            self.width = cells.len();
            self.row_before.clear();
            self.columns = if heads.is_empty() { first.into_iter().collect() } else { heads.clone() };
            let alias = |cell: &Range<usize>| {
                crate::text::words::lists()
                    .alias_heads
                    .iter()
                    .any(|head| self.folded[cell.clone()].trim() == head)
            };
            self.aliases = (0..cells.len()).filter(|i| alias(&cells[*i])).collect();
            self.columns.retain(|column| !self.aliases.contains(column));
            if !heads.is_empty() || numbers {
                return;
            }
        }
        let Some(act) = self.open.or(if self.acts.is_empty() { None } else { Some(0) }) else { return };
        let shift = self.shift(&cells);
        if cells.len() >= self.width {
            self.row_before = cells.iter().map(|cell| text[cell.clone()].to_owned()).collect();
        }
        let mut names = self
            .columns
            .iter()
            .filter_map(|column| cells.get(column.checked_add_signed(shift)?))
            .filter(|cell| parties::in_cell(text, (*cell).clone()).is_some());
        let Some(first) = names.next().cloned() else { return };
        let mut also: Vec<String> = names.map(|cell| text[cell.clone()].to_owned()).collect();
        let further = self.aliases.iter().filter_map(|column| cells.get(*column));
        also.extend(further.map(|cell| text[cell.clone()].to_owned()).filter(|name| parties::is_name(name)));
        let Some(mut party) = parties::in_cell(text, first) else { return };
        party.also.extend(also);
        self.add(act, vec![party], "list_table");
    }

    /// By how many columns a row is shifted whose first cell, or whose heads' first cell, is empty and was left out.
    fn shift(&self, cells: &[Range<usize>]) -> isize {
        let text = self.seen.text.as_str();
        if cells.len() > self.width {
            return (cells.len() - self.width).cast_signed();
        }
        // What the row before has one column further on stands here.
        let repeats = self.columns.iter().any(|column| {
            let (here, before) = (cells.get(*column), self.row_before.get(column + 1));
            here.zip(before)
                .is_some_and(|(here, before)| !before.is_empty() && text[here.clone()] == **before)
        });
        if cells.len() < self.width && repeats { -1 } else { 0 }
    }

    fn sentence(&mut self, sentence: Range<usize>) {
        let open = self.open;
        self.acts_of(sentence.clone());
        // What a correction says in passing does not name the lines below it.
        let words = self.folded[sentence].trim_start();
        if crate::text::words::lists().corrects.iter().any(|word| words.starts_with(word.as_str())) {
            self.open = open.or(self.open);
        }
    }

    fn acts_of(&mut self, sentence: Range<usize>) {
        const LONGEST: usize = 8_000;
        let words = &self.folded[sentence.clone()];
        if sentence.len() > LONGEST || grammar().hedges.iter().any(|hedge| words.contains(hedge.as_str())) {
            return;
        }
        if hearsay::is_only_told(words) || self.is_recital(&sentence) {
            return;
        }
        let renamed = self.renames(&sentence);
        if self.moves(&sentence) {
            return;
        }
        let mut verbs = self.verbs(words, &sentence);
        // What follows a change of names adds names and nobody.
        verbs.retain(|(at, _)| {
            renamed.is_none_or(|from| at.end <= from && !words[at.end..from].trim().is_empty())
        });
        // 已暂停措施的甲公司: who is meant, and no act.
        verbs.retain(|(at, _)| {
            let ends = [',', '，', '。', '；', ';'];
            let behind = words[at.end..].split(ends).next().unwrap_or_default();
            let told = words[..at.start].ends_with(['已', '被', '曾']);
            let chinese = words[at.clone()].chars().any(units::is_ideographic);
            !(told && chinese && behind.contains('的'))
        });
        let mut last: Vec<Party> = Vec::new();
        let lists = self.lists_in(&sentence);
        if verbs.is_empty() {
            return;
        }
        let period = effective::period(self.seen, self.analysis, &sentence);
        let mut end = 0;
        for (number, (at, verb)) in verbs.iter().enumerate() {
            let next = verbs.get(number + 1).map_or(words.len(), |(next, _)| next.start);
            let site = Site { words, verb: at.clone(), front: verb.front, after: end, next, lists: &lists };
            end = at.end;
            // The lines below a change of an entry name nobody new.
            let Some(change) = verb.is else {
                self.open = None;
                continue;
            };
            if site.is_not_done() {
                continue;
            }
            let Some((list, own)) = self.list_of(&site, sentence.start) else { continue };
            let chinese = words[at.clone()].chars().any(units::is_ideographic);
            let onto = verb.onto;
            let (runs, inherits) = if chinese {
                let (run, inherits) = site.chinese_object(onto);
                (run.into_iter().collect(), inherits)
            } else {
                let runs = site.english_objects(onto);
                let again = runs.iter().any(|run| site.stands_for_others(run));
                (runs, again)
            };
            let text = self.seen.text.as_str();
            let mut parties: Vec<Party> = Vec::new();
            for run in runs {
                let run = sentence.start + run.start..sentence.start + run.end;
                parties.extend(if chinese {
                    parties::in_chinese_run(text, run)
                } else {
                    parties::in_run(text, run)
                });
            }
            let own_name = |party: &Party| {
                !self.is_no_party(party)
                    && !lists.iter().any(|(l, _)| {
                        sentence.start + l.start < party.at.end && party.at.start < sentence.start + l.end
                    })
                    && !self.has_date(&party.at)
            };
            parties.retain(own_name);
            if inherits && parties.is_empty() {
                parties.clone_from(&last);
            }
            if verb.front && !own {
                parties.retain(|party| parties::looks_like_party(&text[party.at.clone()]));
            }
            let points = site.points();
            // "Adding" without a list in its sentence adds to one only where somebody is named or pointed to.
            let dated_only = change == ListChange::Postponed
                && (period.instead_of.is_some() || self.published_day(&sentence).is_some());
            if !own && parties.is_empty() && !points && !dated_only {
                continue;
            }
            let named = parties.len();
            let act = Act { list, change, period: period.clone(), sentence: sentence.clone(), named, points };
            if parties.is_empty() && !points && !dated_only {
                if own && matches!(change, ListChange::Added | ListChange::Removed) {
                    self.open(act);
                }
                continue;
            }
            self.open(act);
            self.plain = words.trim_end().ends_with([':', '：']);
            last.clone_from(&parties);
            self.add(self.acts.len() - 1, parties, "notice_prose");
        }
    }

    /// Whether a sentence tells of what was done on a day long before: 2026年4月10日，工作机制发布公告，将甲公司列入….
    fn is_recital(&self, sentence: &Range<usize>) -> bool {
        /// Days after which an act is no news.
        const LONG: i32 = 6;
        let text = self.seen.text.as_str();
        let first = effective::days_in(self.seen, self.analysis, sentence.clone()).next();
        first.is_some_and(|date| {
            let at = self.seen.text.bytes(date.evidence.span());
            let before = text[sentence.start..at.start].trim_matches(|c: char| !c.is_alphabetic());
            let opens = before.is_empty() || before.eq_ignore_ascii_case("on");
            let long_ago = |day: Date| day < self.seen.day && days_between(day, self.seen.day) > LONG;
            opens && text[at.end..].starts_with([',', '，']) && date.value.parse().is_ok_and(long_ago)
        })
    }

    /// The lists that a sentence names, by their place in it.
    fn lists_in(&self, sentence: &Range<usize>) -> Vec<(Range<usize>, EntityId)> {
        let first = self.lists.partition_point(|(at, _)| at.start < sentence.start);
        let near = self.lists[first..].iter().take_while(|(at, _)| at.start <= sentence.end);
        near.filter(|(at, _)| at.end <= sentence.end && !at.is_empty())
            .map(|(at, id)| (at.start - sentence.start..at.end - sentence.start, id.clone()))
            .collect()
    }

    /// Whether a stretch of the text shares words with the name of a list. No name of one stands within another's.
    fn meets_list(&self, at: &Range<usize>) -> bool {
        let before = self.lists.partition_point(|(list, _)| list.start < at.end);
        self.lists[..before].last().is_some_and(|(list, _)| at.start < list.end)
    }

    /// A member that gets another name or a further one; where the sentence begins to say so.
    fn renames(&mut self, sentence: &Range<usize>) -> Option<usize> {
        let text = self.seen.text.as_str();
        let renamed = renames::renamed(&self.folded[sentence.clone()])?;
        let parties = |at: &Range<usize>| {
            let run = sentence.start + at.start..sentence.start + at.end;
            if text[run.clone()].chars().any(units::is_ideographic) {
                parties::in_chinese_run(text, run)
            } else if text[run.clone()].contains('[') {
                parties::in_line(text, run)
            } else {
                parties::in_run(text, run)
            }
        };
        let own = |party: &Party| {
            let list = self.meets_list(&party.at);
            !list && !self.has_date(&party.at) && !self.is_no_party(party)
        };
        let old = parties(&renamed.old).into_iter().find(&own);
        let new: Vec<Party> = parties(&renamed.new).into_iter().filter(&own).collect();
        let list = self.lists.iter().rev().find(|(at, _)| at.start <= sentence.end).or(self.lists.first());
        let (Some(old), Some(first), Some((_, list))) = (old, new.first().cloned(), list.cloned()) else {
            return None;
        };
        let name = |party: &Party| text[party.at.clone()].to_owned();
        let also = |of: &Party, others: Vec<String>| of.also.iter().cloned().chain(others).collect();
        let party = if renamed.instead {
            Party {
                at: first.at.clone(),
                also: also(&first, std::iter::once(name(&old)).chain(old.also).collect()),
            }
        } else {
            Party { at: old.at.clone(), also: also(&old, new.iter().map(name).collect()) }
        };
        let period = effective::period(self.seen, self.analysis, sentence);
        let act = Act {
            list,
            change: ListChange::Listed,
            period,
            sentence: sentence.clone(),
            named: 1,
            points: false,
        };
        self.acts.push(act);
        self.add(self.acts.len() - 1, vec![party], RENAMED);
        self.open = None;
        Some(renamed.from)
    }

    /// "Moved X from the Entity List to the Unverified List": off the one and onto the other.
    fn moves(&mut self, sentence: &Range<usize>) -> bool {
        let words = &self.folded[sentence.clone()];
        let verb = grammar().moves.iter().find_map(|verb| crate::text::words::places(words, verb).next());
        let lists = self.lists_in(sentence);
        let (Some(verb), [(first, from), (second, to), ..]) = (verb, &lists[..]) else { return false };
        let latin = words[verb.clone()].is_ascii();
        let between = &words[first.end..second.start];
        let onto = if latin {
            between.contains(" to ")
        } else {
            verb.start >= first.end && verb.end <= second.start
        };
        if from == to || !onto {
            return false;
        }
        let text = self.seen.text.as_str();
        let site =
            Site { words, verb: verb.clone(), front: false, after: 0, next: words.len(), lists: &lists };
        let parties: Vec<Party> = if latin {
            let runs = site.english_objects(false);
            runs.into_iter()
                .flat_map(|run| {
                    let run = &words[run.clone()]
                        .find(" from ")
                        .map_or(run.clone(), |at| run.start..run.start + at);
                    parties::in_run(text, sentence.start + run.start..sentence.start + run.end)
                })
                .collect()
        } else {
            let open =
                grammar().opens.iter().filter_map(|w| words.find(w.as_str()).map(|at| at + w.len())).min();
            let run = open.map(|open| site.without_list(open..verb.start));
            run.map_or(Vec::new(), |run| {
                parties::in_chinese_run(text, sentence.start + run.start..sentence.start + run.end)
            })
        };
        let period = effective::period(self.seen, self.analysis, sentence);
        for (list, change) in [(from, ListChange::Removed), (to, ListChange::Added)] {
            let act = Act {
                list: list.clone(),
                change,
                period: period.clone(),
                sentence: sentence.clone(),
                named: parties.len(),
                points: parties.is_empty(),
            };
            self.open(act);
            self.add(self.acts.len() - 1, parties.clone(), "notice_prose");
        }
        true
    }

    /// Verbs of a sentence in order, the longest where several begin, outside title marks and lists' names.
    fn verbs(&self, words: &str, sentence: &Range<usize>) -> Vec<(Range<usize>, &'static Verb)> {
        let mut found: Vec<(Range<usize>, &'static Verb)> = Vec::new();
        for verb in &FILE.verb {
            if !verb.with.is_empty() && !verb.with.iter().any(|w| words.contains(w.as_str())) {
                continue;
            }
            for word in &verb.words {
                for at in crate::text::words::places(words, word) {
                    let titled =
                        words[..at.start].rfind(['《', '》']).is_some_and(|m| words[m..].starts_with('《'));
                    let listed = self.meets_list(&(sentence.start + at.start..sentence.start + at.end));
                    if !titled && !listed {
                        found.push((at, verb));
                    }
                }
            }
        }
        found.sort_by_key(|(at, _)| (at.start, std::cmp::Reverse(at.end)));
        let mut end = 0;
        found.retain(|(at, _)| {
            let keep = at.start >= end;
            end = if keep { at.end } else { end };
            keep
        });
        found
    }

    /// The list that a verb acts upon: behind it, else before it in the sentence, else the one that the document is about.
    fn list_of(&self, site: &Site, start: usize) -> Option<(EntityId, bool)> {
        let behind = site.lists.iter().find(|(at, _)| at.start >= site.verb.end && at.start < site.next);
        let before = || site.lists.iter().rev().find(|(at, _)| at.end <= site.verb.start);
        let later = || site.lists.iter().find(|(at, _)| at.start >= site.next);
        if let Some((_, list)) = behind.or_else(before).or_else(later) {
            return Some((list.clone(), true));
        }
        let told = self.lists.iter().rev().find(|(at, _)| at.start < start).or(self.lists.first());
        told.map(|(_, list)| (list.clone(), false))
    }

    fn add(&mut self, act: usize, parties: Vec<Party>, rule: &'static str) {
        self.found.extend(parties.into_iter().map(|party| Found { act, party, rule }));
    }

    fn done(self, article: &Article, analysis: &Analysis) -> Notice {
        let own_days: Vec<Range<usize>> = self
            .acts
            .iter()
            .filter(|act| act.named > 0 && act.period.from.is_some())
            .map(|act| act.sentence.clone())
            .collect();
        let from_when = effective::of_document_outside(self.seen, article, analysis, &own_days);
        let mut designations: Vec<Designation> = Vec::new();
        let mut met: BTreeMap<(&EntityId, ListChange), Met> = BTreeMap::new();
        for found in &self.found {
            let act = &self.acts[found.act];
            let met = met.entry((&act.list, act.change)).or_default();
            self.designate(found, from_when.as_ref(), &mut designations, met);
        }
        // Rows under a headline, in a document without a day of its own.
        let undated = article.published.is_none() && from_when.is_none();
        if undated && self.acts.iter().all(|act| act.named == 0 && act.period.from.is_none()) {
            for one in &mut designations {
                one.rule = format!("{ANNEX}{}", one.rule);
            }
        }
        for act in &self.acts {
            if act.change == ListChange::Postponed && act.named == 0 {
                designations.extend(self.postponement(act));
            }
        }
        // An annex gives both names where its notice gave one.
        let read = |act: &Act| designations.iter().any(|d| d.list == act.list && d.change == act.change);
        let unread = self
            .acts
            .iter()
            .find(|act| act.points && !read(act))
            .and_then(|act| self.seen.cut(act.sentence.clone()));
        Notice { designations, unread }
    }

    fn designate(
        &self,
        found: &Found,
        from_when: Option<&Effective>,
        all: &mut Vec<Designation>,
        met: &mut Met,
    ) {
        let act = &self.acts[found.act];
        let text = self.seen.text.as_str();
        let Some(sentence) = self.seen.cut(act.sentence.clone()) else { return };
        let prose = matches!(found.rule, "notice_prose" | RENAMED);
        let (from, to) = if prose {
            (act.sentence.clone(), None)
        } else {
            (found.party.at.clone(), Some(sentence.clone()))
        };
        let evidence = if prose { Some(sentence) } else { self.seen.cut(line_around(text, &from)) };
        let Some(evidence) = evidence else { return };
        let name = text[found.party.at.clone()].trim().to_owned();
        let also: Vec<String> = found.party.also.clone();
        let names = || std::iter::once(&name).chain(&also).map(String::as_str);
        let same = met.find(names());
        met.take(names(), same.unwrap_or(all.len()));
        if let Some(known) = same.and_then(|number| all.get_mut(number)) {
            // A row with both names says more than the sentence above it.
            let more = std::iter::once(&name).chain(&also);
            let news: Vec<String> =
                more.filter(|n| **n != known.name && !known.also.contains(n)).cloned().collect();
            if known.rule == "notice_prose" && !prose {
                let act = Some(known.cited.clone());
                let also = std::iter::once(known.name.clone())
                    .chain(known.also.clone())
                    .chain(also)
                    .filter(|n| *n != name)
                    .collect();
                (known.name, known.also, known.act, known.cited, known.rule) =
                    (name, also, act, self.seen.cite(evidence), found.rule.into());
            } else {
                known.also.extend(news);
            }
            return;
        }
        let stated = act.period.from.clone();
        let effective = stated.as_ref().or(from_when.filter(|_| act.change != ListChange::Postponed));
        all.push(Designation {
            list: act.list.clone(),
            member: self.member(&found.party),
            name,
            also,
            change: act.change,
            effective: effective.map(|e| e.day),
            until: self.until(act, effective.map(|e| e.day)),
            instead_of: act.period.instead_of,
            dated: effective.and_then(|e| e.cited.clone()),
            published: self.seen.day,
            class: self.seen.class,
            cited: self.seen.cite(evidence),
            act: to.map(|sentence| self.seen.cite(sentence)),
            rule: found.rule.into(),
        });
    }

    /// The last day of an act: that of a suspension, or of a listing that is for a time by its own words.
    fn until(&self, act: &Act, from: Option<Date>) -> Option<Date> {
        if act.change != ListChange::Added {
            return act.period.until;
        }
        let says = |words: &str| grammar().validity.iter().any(|word| words.contains(word.as_str()));
        let text = self.seen.text.as_str();
        let itself = |words: &str| grammar().itself.iter().any(|word| words.contains(word.as_str()));
        let own = Some(act.sentence.clone()).filter(|own| says(&self.folded[own.clone()]));
        let of_document = || {
            let line = passage::lines(text).find(|line| says(&self.folded[line.clone()]))?;
            let mut sentences = passage::sentences(text, line).into_iter();
            // 本公告自…起实施，有效期一年.
            sentences.find(|s| says(&self.folded[s.clone()]) && itself(&self.folded[s.clone()]))
        };
        let sentence = own.or_else(|| self.validity.get_or_init(of_document).clone())?;
        let period = effective::period(self.seen, self.analysis, &sentence);
        let start = from.unwrap_or(self.seen.day);
        let stated = period.until.filter(|until| *until > start);
        let told = || times::last_day(&self.folded[sentence.clone()], start);
        // The only day of a sentence may be that from which the time runs.
        if effective::days_in(self.seen, self.analysis, sentence.clone()).count() > 1 {
            stated.or_else(told)
        } else {
            told().or(stated)
        }
    }

    /// The party that the knowledge has under the whole of a name. A longer name that begins with a known one is another's.
    fn member(&self, party: &Party) -> Option<EntityId> {
        let name = &self.seen.text.as_str()[party.at.clone()];
        let entities = &self.analysis.entities;
        let inside = passage::mentions_in(&self.seen.text, entities, |e| &e.evidence, party.at.clone());
        let inside = inside.filter(|e| {
            matches!(
                e.kind,
                EntityKind::Company | EntityKind::Organisation | EntityKind::Person | EntityKind::Product
            )
        });
        let known = inside.filter_map(|e| self.knowledge.entity(e.id.as_ref()?));
        let called = |entity: &&headwater_model::knowledge::Entity| {
            let names = [&entity.en, &entity.zh_hans, &entity.zh_hant].into_iter().chain(&entity.aliases);
            names.into_iter().any(|known| is_named_as(known, name))
        };
        let mut known = known.filter(called);
        known.next().map(|entity| entity.id.clone())
    }

    /// The day on which the rule that a sentence speaks of was published: "the final rule published February 2, 2026".
    fn published_day(&self, sentence: &Range<usize>) -> Option<Date> {
        let told = |at: &Range<usize>| {
            let before = self.folded[sentence.start..at.start].trim_end();
            let before = before.strip_suffix(" on").unwrap_or(before);
            grammar().told.iter().any(|word| before.ends_with(word.as_str()))
        };
        let mut days = effective::days_in(self.seen, self.analysis, sentence.clone());
        days.find(|date| told(&self.seen.text.bytes(date.evidence.span())))?.value.parse().ok()
    }

    /// "Delays the effective date from … to …": what was to count from the one day counts from the other.
    fn postponement(&self, act: &Act) -> Option<Designation> {
        let from = act.period.from.as_ref()?;
        let instead_of = act.period.instead_of.or_else(|| self.published_day(&act.sentence))?;
        let sentence = self.seen.cut(act.sentence.clone())?;
        Some(Designation {
            list: act.list.clone(),
            member: None,
            name: String::new(),
            also: Vec::new(),
            change: ListChange::Postponed,
            effective: Some(from.day),
            until: None,
            instead_of: Some(instead_of),
            dated: from.cited.clone(),
            published: self.seen.day,
            class: self.seen.class,
            cited: self.seen.cite(sentence),
            act: None,
            rule: "notice_prose".into(),
        })
    }
}

/// Whether a cell heads the column that only numbers the rows.
fn is_number_head(cell: &str) -> bool {
    crate::text::words::lists().number_heads.iter().any(|head| cell.trim() == head)
}

/// The line around a stretch.
fn line_around(text: &str, at: &Range<usize>) -> Range<usize> {
    let start = text[..at.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at.end..].find('\n').map_or(text.len(), |n| at.end + n);
    /// Bytes of the longest line that is quoted whole.
    const LINE: usize = 400;
    if end - start <= LINE { start..end } else { at.clone() }
}

/// A verb in its sentence.
struct Site<'a> {
    words: &'a str,
    verb: Range<usize>,
    front: bool,
    /// Where the verb before ends.
    after: usize,
    /// Where the next one begins.
    next: usize,
    lists: &'a [(Range<usize>, EntityId)],
}

impl Site<'_> {
    fn is_not_done(&self) -> bool {
        let before = self.words[..self.verb.start].trim_end();
        let latin = self.words[self.verb.clone()].is_ascii();
        let said = grammar().not_done.iter().any(|word| {
            if latin {
                word.starts_with(' ') && before.ends_with(word.as_str())
            } else {
                !word.starts_with(' ') && before.ends_with(word.as_str())
            }
        });
        // 被列入清单的企业 is who is meant; 甲公司被列入清单 is an act.
        let relative = !before.ends_with('被') || self.words[self.verb.end..self.next].contains('的');
        said && relative
    }

    fn points(&self) -> bool {
        let stretch = &self.words[self.after..self.next];
        let whole = self.words.trim_end();
        grammar().points.iter().any(|word| stretch.contains(word.as_str()))
            || whole.ends_with([':', '：']) && self.next == self.words.len()
    }

    /// Where a Chinese verb's object stands, and whether it may be that of the verb before.
    fn chinese_object(&self, onto: bool) -> (Option<Range<usize>>, bool) {
        let grammar = grammar();
        let find_last = |range: Range<usize>, words: &[String]| {
            words
                .iter()
                .filter_map(|w| {
                    self.words[range.clone()].rfind(w.as_str()).map(|at| range.start + at + w.len())
                })
                .max()
        };
        if onto {
            // 停止对甲公司采取: the word for the object is a part of the verb.
            let held = grammar.onto.iter().find(|w| self.words[self.verb.clone()].ends_with(w.as_str()));
            let find = |range: Range<usize>| {
                let open = grammar
                    .onto
                    .iter()
                    .filter_map(|w| {
                        self.words[range.clone()].find(w.as_str()).map(|at| range.start + at + w.len())
                    })
                    .min()?;
                let list =
                    self.lists.iter().map(|(at, _)| at.start).filter(|at| *at > open && *at < range.end);
                let close = grammar
                    .closes
                    .iter()
                    .filter_map(|w| self.words[open..range.end].find(w.as_str()).map(|at| open + at))
                    .chain(list)
                    .min();
                let close = close.unwrap_or(range.end);
                Some(open..open + self.words[open..close].trim_end_matches('的').len())
            };
            let from = self.verb.end - held.map_or(0, String::len);
            let found = find(from..self.next).or_else(|| find(self.after..self.verb.start));
            return (found, false);
        }
        let before = self.after..self.verb.start;
        let (opens, stop) = (find_last(before.clone(), &grammar.opens), self.verb.start);
        if let Some(open) = opens {
            let own = self.words[open..stop].trim();
            // 将其移出
            let again = own.is_empty() || ["其", "该", "上述"].iter().any(|word| own.starts_with(word));
            return (Some(self.without_list(open..stop)), again);
        }
        // “甲公司”系误列
        if self.words[self.verb.clone()].starts_with(['误', '错'])
            && let Some(subject) = self.words[before.clone()].strip_suffix(['系', '属', '为', '被'])
        {
            let at = self.after..self.after + subject.len();
            let quoted = subject.rfind('“').map_or(at.clone(), |q| at.start + q..at.end);
            return (Some(quoted), false);
        }
        if self.words[..self.verb.start].ends_with('被') {
            let start = self.words[before].rfind(['，', ',', '；']).map_or(self.after, |at| self.after + at);
            return (Some(start..self.verb.start - '被'.len_utf8()), false);
        }
        if self.front {
            let rest = parties::without_brackets(&self.words[self.verb.end..self.next]).0;
            let list = self
                .lists
                .iter()
                .map(|(at, _)| at.start)
                .filter(|at| *at >= self.verb.end && *at < self.next)
                .min();
            let mark = rest.find(['，', ',', '；', '至', '到']).map(|at| self.verb.end + at);
            let end = [list, mark, Some(self.next)].into_iter().flatten().min().unwrap_or(self.next);
            return (Some(self.verb.end..end), false);
        }
        // 甲公司移出名单
        let mark = self.words[before.clone()].rfind(['，', ',', '；', '：', ':']);
        let start = mark.map_or(self.after, |at| {
            self.after + at + self.words[self.after + at..].chars().next().map_or(1, char::len_utf8)
        });
        let subject = self.words[start..self.verb.start].trim();
        if parties::looks_like_party(subject)
            && self.lists.iter().all(|(at, _)| at.end <= start || at.start >= self.verb.start)
        {
            return (Some(start..self.verb.start), false);
        }
        // 移出关注名单并列入管控名单: the same parties.
        let mut between = self.words[self.after..self.verb.start].to_owned();
        for (at, _) in self.lists.iter().filter(|(at, _)| at.start >= self.after && at.end <= self.verb.start)
        {
            between = between.replace(&self.words[at.clone()], "");
        }
        for join in &grammar.joins {
            between = between.replace(join.as_str(), "");
        }
        (None, between.trim().is_empty())
    }

    /// 海鸥公司从不可靠实体清单中: the parties before the list.
    fn without_list(&self, object: Range<usize>) -> Range<usize> {
        let list = self.lists.iter().map(|(at, _)| at.start).filter(|at| object.contains(at)).min();
        let Some(list) = list else { return object };
        let words = &self.words[object.start..list];
        let end = words.trim_end_matches(['从', '自', '由', '於', '于', '《', '“']).len();
        object.start..object.start + end
    }

    /// Where an English verb's objects stand: its subject if it is passive, else what follows up to the list.
    fn english_objects(&self, onto: bool) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if onto {
            // "Suspended the Entity List requirements for X"
            let list =
                self.lists.iter().map(|(at, _)| at.end).find(|at| *at >= self.verb.end && *at <= self.next);
            let from = list.unwrap_or(self.verb.end);
            let rest = &self.words[from..self.next];
            let led = grammar().whom.iter().filter_map(|w| rest.find(w.as_str()).map(|at| at + w.len()));
            return led.min().map(|at| from + at..self.next).into_iter().collect();
        }
        let passive = self.passive_subject();
        let behind = self.verb.end..self.next;
        let rest = &self.words[behind.clone()];
        if let Some(subject) = passive {
            found.push(subject);
            let including = rest.find("including ").map(|at| at + "including ".len());
            let colon = rest.find(": ").map(|at| at + 2);
            if let Some(from) = including.or(colon) {
                found.push(behind.start + from..self.clause_end(behind.start + from));
            }
            return found;
        }
        let list = self.lists.iter().map(|(at, _)| at.start).filter(|at| behind.contains(at)).min();
        let colon = rest.find(": ").map(|at| behind.start + at + 2);
        if let Some(from) = colon.filter(|from| list.is_none_or(|list| list < *from)) {
            found.push(from..behind.end);
        }
        let stops = grammar().stops.iter().filter_map(|w| rest.find(w.as_str()).map(|at| behind.start + at));
        let end = stops.chain(list).chain([behind.end]).min().unwrap_or(behind.end);
        found.push(behind.start..end);
        found
    }

    /// "It has been removed": whether an object stands for parties that were named before.
    fn stands_for_others(&self, run: &Range<usize>) -> bool {
        let words = self.words[run.clone()].trim_matches(|c: char| !c.is_alphanumeric());
        let words = words.strip_prefix("and ").unwrap_or(words);
        let last = words.rsplit(" and ").next().unwrap_or_default().trim();
        grammar().again.iter().any(|word| word == last)
    }

    /// Up to where the names of a clause run: the verb's next, or ", and" with a number before another act.
    fn clause_end(&self, from: usize) -> usize {
        let rest = &self.words[from..self.next];
        let stop = rest.match_indices(", and ").find(|(at, _)| {
            let after = &rest[at + ", and ".len()..];
            self.next < self.words.len()
                && (after.starts_with(|c: char| c.is_ascii_digit())
                    || grammar().numbers.iter().any(|n| after.starts_with(n.as_str())))
        });
        from + stop.map_or(rest.len(), |(at, _)| at)
    }

    /// "X, Y and Z have been added": the words before the auxiliaries.
    fn passive_subject(&self) -> Option<Range<usize>> {
        if !self.words[self.verb.clone()].ends_with("ed") {
            return None;
        }
        let mut end = self.words[..self.verb.start].trim_end().len();
        let mut helped = false;
        loop {
            let before = &self.words[self.after..end];
            let Some(word) = before.rsplit(' ').next().filter(|w| !w.is_empty()) else { break };
            if !grammar().auxiliaries.iter().any(|aux| aux == word) {
                break;
            }
            helped |= matches!(word, "was" | "were" | "been" | "be" | "is" | "are" | "being");
            end = self.words[..end - word.len()].trim_end().len();
        }
        if !helped {
            return None;
        }
        // "Announced sanctions on X and Y, which have been added"
        let relative = grammar()
            .relative
            .iter()
            .find_map(|word| self.words[self.after..end].strip_suffix(word.as_str()));
        if let Some(said) = relative {
            let led =
                grammar().before_them.iter().filter_map(|w| said.rfind(w.as_str()).map(|at| at + w.len()));
            let start = led.max().unwrap_or(0);
            return Some(self.after + start..self.after + said.len());
        }
        let before = &self.words[self.after..end];
        let counts = |after: &str| {
            grammar().numbers.iter().any(|n| after.starts_with(n.as_str()))
                || after.starts_with(|c: char| c.is_ascii_digit())
        };
        let clause = before
            .match_indices(", and ")
            .filter(|(at, w)| counts(&before[at + w.len()..]))
            .map(|(at, w)| at + w.len())
            .last();
        let marks = [" that ", "; ", ": "].iter().filter_map(|w| before.rfind(w).map(|at| at + w.len()));
        let start = marks.chain(clause).max().unwrap_or(0);
        Some(self.after + start..end)
    }
}
