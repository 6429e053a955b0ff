//! Chinese: subject, verb and what is said behind a comma or colon; 据…报道, 援引…的话; quotations.

mod nouns;

use super::Found;
use crate::cues::{Builder, Cues, Group, Hit, Hits, fold};
use crate::passage::Language;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

/// What is said in fewer bytes than this, without a mark before it, is a noun phrase.
const SHORTEST_CLAUSE: usize = 12;

/// A source that is longer than this many bytes is a misread clause.
const LONGEST_SOURCE: usize = 120;

struct Grammar {
    cues: Cues,
    say: Group,
    cite: Group,
    according: Group,
    according_end: Group,
    circumstance: Group,
    leading: Group,
    false_friends: Group,
    noun_too: Group,
    /// Those whose content follows without a mark: 指责对手…, 承诺当选后….
    takes: Group,
    /// What somebody feels: 强烈不满, 欢迎.
    stance: Group,
    /// Words before a headline's colon that name nobody: 快讯, 独家.
    label: Group,
    /// Texts that are sources themselves: 根据该文件.
    paper: Group,
    /// In whose eyes: 看来.
    view: Group,
    /// Words of a dateline: 讯, 记者.
    dateline: Group,
    /// Cues behind which a hearer may stand: 告诉路透社，.
    hearer: Group,
    /// What only a text does by saying: 要求, 规定.
    ordain: Group,
    /// Those whose clause follows without a mark where somebody who can speak stands before them: 法院裁定….
    clausal: Group,
    /// What the source of such a clause ends with: 警方, 代表.
    speaker: Group,
    /// Who may hear it, beside those: 民众.
    audience: Group,
    /// Said, and nobody is named: 据悉.
    hearsay: Group,
    /// Nouns of saying, and those that tell what they say behind 关于.
    noun: Group,
    rumour: Group,
    /// 把报告称为垃圾, 被普遍视为.
    name_as: Group,
    named_as: Group,
    /// What the one who tells adds and nobody said: ，对此不予置评.
    beyond: Group,
    /// The same, where what was said stands behind its verb without a mark.
    turn: Group,
    /// Those that, right behind a comma, are still what the first says: 表示，…，希望….
    inner: Group,
    /// Verbs that foresee a figure, and what compares it with another: ，低于.
    forecast: Group,
    compared: Group,
    /// What makes the word behind it a noun: 有关, 上述.
    determiners: Vec<String>,
    /// What makes a noun of the verb before it.
    nominal: Vec<String>,
    /// What makes silence of the verb behind it: 没有回应.
    silence: Vec<String>,
}

/// The lists by which a source is classed: what stands in them can speak.
const SPEAKERS: [&str; 7] =
    ["speaker", "official", "executive", "outlet", "organisation", "anonymous", "personal"];

static GRAMMAR: LazyLock<Grammar> = LazyLock::new(|| {
    let file: BTreeMap<String, toml::Value> =
        toml::from_str(include_str!("../../rules/voices_zh.toml")).expect("voices_zh.toml");
    let mut builder = Builder::default();
    let mut group = |name: &str| builder.group(&super::words(&file, name));
    let (say, cite, according) = (group("say"), group("cite"), group("according"));
    let (according_end, circumstance) = (group("according_end"), group("circumstance"));
    let (leading, false_friends, noun_too) = (group("leading"), group("false_friends"), group("noun_too"));
    let (stance, label, paper, view) = (group("stance"), group("label"), group("paper"), group("view"));
    let (ordain, takes, hearer) = (group("ordain"), group("takes"), group("hearer"));
    let (dateline, clausal, audience) = (group("dateline"), group("clausal"), group("audience"));
    let (hearsay, noun, rumour) = (group("hearsay"), group("noun"), group("rumour"));
    let (name_as, named_as) = (group("name_as"), group("named_as"));
    let (beyond, turn, inner) = (group("beyond"), group("turn"), group("inner"));
    let (forecast, compared) = (group("forecast"), group("compared"));
    let speakers: Vec<String> = SPEAKERS.iter().flat_map(|name| super::words(&file, name)).collect();
    let speaker = builder.group(&speakers);
    let (nominal, silence) = (super::words(&file, "nominal"), super::words(&file, "silence"));
    let determiners = super::words(&file, "determiners");
    Grammar {
        cues: builder.build(),
        say,
        cite,
        according,
        according_end,
        circumstance,
        leading,
        false_friends,
        noun_too,
        takes,
        stance,
        label,
        paper,
        view,
        hearer,
        dateline,
        ordain,
        clausal,
        speaker,
        audience,
        hearsay,
        noun,
        rumour,
        name_as,
        named_as,
        beyond,
        turn,
        inner,
        forecast,
        compared,
        determiners,
        nominal,
        silence,
    }
});

struct Reader<'a> {
    /// The sentence in simplified script.
    words: &'a str,
    offset: usize,
    /// What stands before it.
    before: &'a str,
    hits: &'a [Hit],
    quotes: &'a [Range<usize>],
    /// Where names end, in bytes of the whole text.
    ends: &'a [usize],
    /// Bytes that belong to a source or cue already.
    used: Vec<Range<usize>>,
}

/// Finds the voices of one sentence; all positions are bytes of `text`.
pub fn find(
    text: &str,
    sentence: Range<usize>,
    language: Language,
    quotes: &[Range<usize>],
    ends: &[usize],
    hits: &mut Hits,
    found: &mut Vec<Found>,
) {
    let Some(original) = text.get(sentence.clone()) else { return };
    let words = fold(original, language);
    GRAMMAR.cues.scan(&words, hits);
    let before = &text[..sentence.start];
    let mut reader =
        Reader { words: &words, offset: sentence.start, before, hits, quotes, ends, used: Vec::new() };
    let before = found.len();
    found.extend(reader.headline());
    for hit in hits.iter() {
        let is = |group| GRAMMAR.cues.is(hit, group);
        if reader.is_quoted(hit) || reader.is_used(hit) {
            continue;
        }
        let one = match () {
            () if let Some(one) = reader.without_verb(hit) => Some(one),
            () if reader.is_false_friend(hit) => None,
            () if is(GRAMMAR.according) => reader.according(hit),
            // 发言人转述，…: who passes it on.
            () if is(GRAMMAR.cite) && reader.words[hit.end..].starts_with(['，', '：']) => reader.said(hit),
            () if is(GRAMMAR.cite) => reader.cite(hit),
            () if is(GRAMMAR.view) => reader.seen_by(hit),
            () if is(GRAMMAR.say) && !reader.is_inside_longer(hit) && reader.goes_on(hit) => {
                let last = found[before..].last().cloned();
                // 表示，希望…: what begins what is said is no voice of its own.
                let last = last.filter(|l| l.content.start != hit.start + reader.offset);
                last.and_then(|last| reader.same_voice(hit, &last))
            }
            () if is(GRAMMAR.say)
                && !reader.is_inside_longer(hit)
                && !reader.is_stance(hit, found.len() > before) =>
            {
                reader.said(hit)
            }
            () => None,
        };
        if let Some(one) = one {
            reader.use_up(&one);
            found.push(one);
        }
    }
    found.extend(reader.behind_colon(&found[before..]));
    widen(&mut found[before..]);
    reader.part(&mut found[before..]);
}

/// Whether a part of a sentence only tells that somebody said nothing: 公司拒绝置评.
pub fn falls_silent(part: &str, language: Language) -> bool {
    let mut hits = Hits::default();
    GRAMMAR.cues.scan(&fold(part, language), &mut hits);
    hits.has(GRAMMAR.beyond)
}

/// In a chain (路透社援引知情人士的话报道称) every voice covers what the innermost covers.
fn widen(found: &mut [Found]) {
    let Some(last) = found.iter().map(|f| f.content.end).max() else { return };
    let Some(first) = found.iter().filter(|f| !f.direct).map(|f| f.content.start).max() else { return };
    for one in found.iter_mut().filter(|f| !f.direct && f.content.start > f.cue.start) {
        let chained =
            one.content.start <= first && first - one.content.start <= 60 && one.content.end == last;
        if chained && one.cue.start < first {
            one.content.end = last;
        }
    }
}

/// A quotation of more bytes than this is what somebody said, and no name.
const QUOTED_NAME: usize = 45;

const CLAUSE_MARKS: [char; 10] = ['，', '。', '；', '：', '“', '”', '「', '」', ',', '】'];

impl Reader<'_> {
    fn is_quoted(&self, hit: &Hit) -> bool {
        let at = hit.start + self.offset;
        self.quotes.iter().any(|q| q.start < at && at < q.end)
    }
    fn is_used(&self, hit: &Hit) -> bool {
        self.used.iter().any(|u| hit.start < u.end && u.start < hit.end)
    }
    fn use_up(&mut self, found: &Found) {
        let local = |r: Range<usize>| r.start - self.offset..r.end - self.offset;
        let source = local(found.source.clone());
        let cue = local(found.cue.clone());
        self.used.extend([source, cue]);
    }
    /// 称 in 名称, 说 in 说明.
    fn is_false_friend(&self, hit: &Hit) -> bool {
        let around = |h: &&Hit| h.start <= hit.start && hit.end <= h.end;
        self.hits.iter().filter(around).any(|h| GRAMMAR.cues.is(h, GRAMMAR.false_friends))
    }
    /// Whether a longer word that says nothing has this one in it.
    fn is_in_friend(&self, hit: &Hit) -> bool {
        let longer =
            |h: &&Hit| h.start <= hit.start && hit.end <= h.end && h.end - h.start > hit.end - hit.start;
        self.hits.iter().filter(longer).any(|h| GRAMMAR.cues.is(h, GRAMMAR.false_friends))
    }
    /// 警方, 英伟达: whether what ends at a byte can speak.
    fn can_speak(&self, end: usize) -> bool {
        // 《观察家报》: the marks around a name.
        let end = self.words[..end].trim_end_matches(['》', '”', '」']).len();
        self.ends_in(end, GRAMMAR.speaker) || self.ends.binary_search(&(end + self.offset)).is_ok()
    }
    fn ends_in(&self, end: usize, group: Group) -> bool {
        self.hits.iter().any(|h| h.end == end && GRAMMAR.cues.is(h, group))
    }
    fn begins_in(&self, start: usize, group: Group) -> bool {
        self.hits.iter().any(|h| h.start == start && GRAMMAR.cues.is(h, group))
    }
    /// 报道 in 报道称: the longer one is the cue.
    fn is_inside_longer(&self, hit: &Hit) -> bool {
        self.hits.iter().any(|h| {
            GRAMMAR.cues.is(h, GRAMMAR.say)
                && h.start <= hit.start
                && hit.end <= h.end
                && h.end - h.start > hit.end - hit.start
        })
    }

    /// 中方对此表示强烈不满 inside what somebody says: the stance is no voice of its own.
    fn is_stance(&self, hit: &Hit, told: bool) -> bool {
        let words = &self.words[hit.start..];
        let felt = |w: &&Hit| w.start == hit.end && GRAMMAR.cues.is(w, GRAMMAR.stance);
        // 协会则表示欢迎: another voice.
        let another = self.words[..hit.start].ends_with('则');
        told && !another && words.starts_with("表示") && self.hits.iter().any(|h| felt(&h))
    }

    /// 工信部：将出台标准. In a headline, which no full stop ends, a short name before a colon speaks.
    fn headline(&self) -> Option<Found> {
        const NAME: usize = 36;
        let ends = self.words.ends_with(['。', '！', '？', '；', '.', '”', '」', '：']);
        // 外交部发言人：中方从未批准。 Who can speak does so before a full stop, too.
        let colon = self.words.find(['：', ':']).filter(|&at| !ends || self.speaks_alone(at))?;
        let mark = self.words[colon..].chars().next()?;
        let name = &self.words[..colon];
        let plain = !name.contains(['，', '。', '“', '「', ' ', '《', '；']) && name.chars().count() >= 2;
        let label = |h: &&Hit| h.start == 0 && h.end == colon && GRAMMAR.cues.is(h, GRAMMAR.label);
        let says = |h: &&Hit| {
            h.end <= colon && (GRAMMAR.cues.is(h, GRAMMAR.say) || GRAMMAR.cues.is(h, GRAMMAR.label))
        };
        if !plain || colon > NAME || self.hits.iter().any(|h| label(&h) || says(&h)) {
            return None;
        }
        let start = colon + mark.len_utf8();
        let start = start + (self.words[start..].len() - self.words[start..].trim_start().len());
        (self.end() > start + 9).then_some(())?;
        self.build(0..colon, colon..colon + mark.len_utf8(), start..self.end(), false)
    }

    /// Whether all that stands before a colon is somebody who can speak.
    fn speaks_alone(&self, colon: usize) -> bool {
        let says = |h: &Hit| h.end <= colon && GRAMMAR.cues.is(h, GRAMMAR.say);
        let quoted = self.words[colon..].trim_start_matches(['：', ':', ' ']).starts_with(['“', '「']);
        (self.before.is_empty() || self.before.ends_with('\n'))
            && self.can_speak(colon)
            && !quoted
            && !self.hits.iter().any(says)
    }

    /// Where the mark begins that ends before a byte: marks are of one width or another.
    fn before_mark(&self, at: usize) -> Option<usize> {
        self.words[..at].char_indices().next_back().map(|(mark, _)| mark)
    }

    /// Where the clause begins that holds a byte.
    fn clause_start(&self, at: usize) -> usize {
        let mut end = at;
        loop {
            let mark = self.words[..end].char_indices().rev().find(|(_, c)| CLAUSE_MARKS.contains(c));
            let Some((i, c)) = mark else { return 0 };
            match self.name_in_quotes(i, c) {
                Some(open) => end = open,
                None => return i + c.len_utf8(),
            }
        }
    }
    /// 社交平台“真实社交”上: where a short name in quotation marks begins that ends here.
    fn name_in_quotes(&self, close: usize, mark: char) -> Option<usize> {
        const NAME: usize = 30;
        let open = match mark {
            '”' => '“',
            '」' => '「',
            _ => return None,
        };
        let start = self.words[..close].rfind(open)?;
        let inner = &self.words[start + open.len_utf8()..close];
        let inside = self.words[..start].chars().next_back().is_some_and(|c| !CLAUSE_MARKS.contains(&c));
        let plain = !inner.contains(['，', '。', '！', '？']);
        (inside && plain && inner.len() <= NAME).then_some(start)
    }
    fn clause_end(&self, at: usize) -> usize {
        self.words[at..].find(CLAUSE_MARKS).map_or(self.words.len(), |i| at + i)
    }
    /// The sentence without its full stop, and without the end of a quotation that began before it.
    fn end(&self) -> usize {
        const STOPS: [char; 5] = ['。', '！', '？', '；', '.'];
        let mut words = self.words.trim_end_matches(STOPS);
        for (open, close) in [('“', '”'), ('「', '」')] {
            if words.matches(close).count() > words.matches(open).count() {
                words = words.trim_end_matches(close).trim_end_matches(STOPS);
            }
        }
        words.len().max(1)
    }

    /// 商务部发言人周二表示，…
    fn said(&self, hit: &Hit) -> Option<Found> {
        // 被问及…时说: who is asked has not spoken yet.
        if self.words[..hit.start].ends_with('被') {
            return None;
        }
        let (source, hit) = &self.text_speaks(hit)?;
        let source = source.clone();
        let source = if self.learns(hit) { self.learnt_from(source)? } else { source };
        let near = source.end.max(self.clause_start(hit.start)).min(hit.start);
        // 市场早已不相信, 发出警告。: no word of theirs, or a noun.
        let follows = &self.words[hit.end..];
        let made = ["发出", "提出", "作出", "做出"].iter().any(|v| self.words[..hit.start].ends_with(v));
        let ends = follows.is_empty() || follows.starts_with(['。', '！', '？', '；']);
        if self.words[near..hit.start].ends_with('不') || made && ends {
            return None;
        }
        // 没有回应, 政府绝不会要求
        let silences = |w: &String| {
            self.words[near..hit.start].contains(w.as_str()) || self.words[..source.end].ends_with(w.as_str())
        };
        let silent = GRAMMAR.silence.iter().any(silences);
        let cites = |h: &Hit| h.start >= source.end && h.end <= hit.start && GRAMMAR.cues.is(h, GRAMMAR.cite);
        let silent = silent && !self.hits.iter().any(cites);
        if silent || self.leads_on(hit) || !self.is_verb(hit, source.end) {
            return None;
        }
        let cue = hit.start..self.cue_end(hit);
        let hearer =
            if self.tells_hearer(hit) { self.clause_end(hit.end) } else { self.behind_hearer(hit, cue.end) };
        let next = self.words[hearer..].chars().next();
        // …，监察机构指出，并要求…: what it says first stands before it.
        let goes_on = ["，并", "，还", "，同时"].iter().any(|w| self.words[hearer..].starts_with(w))
            && self.before(source.start).is_some();
        let trailing = goes_on || next.is_none_or(|c| matches!(c, '。' | '！' | '？' | '；'));
        let quote_before =
            self.quote_ending_at(source.start).or_else(|| self.quote_over_occasion(source.start));
        let shift = |r: Range<usize>| r.start + self.offset..r.end + self.offset;
        let whole = |content, direct| Found {
            source: shift(source.clone()),
            cue: shift(cue.clone()),
            content,
            direct,
        };
        if trailing {
            if let Some(quote) = quote_before {
                return Some(whole(quote, true));
            }
            let told = |content: &Range<usize>| self.told_before(&self.words[hit.start..cue.end], content);
            let content = self.before(source.start).map(shift);
            let content = content.or_else(|| self.sentence_before(source.start).filter(told))?;
            return Some(whole(content, false));
        }
        // “……，”某人说，“……”: the quotation goes on behind the cue, also where its first part is a sentence of its own.
        if let Some(quote) = quote_before.filter(|_| next == Some('，')) {
            let behind = hearer + '，'.len_utf8() + self.offset;
            let end = self.quotes.iter().find(|q| q.start == behind).map(|q| q.end);
            // 收益率“还没有见顶”，他补充说，…: words quoted inside another's clause go on nowhere.
            let inside = quote.start > self.offset
                && self.words[..quote.start - self.offset]
                    .chars()
                    .next_back()
                    .is_some_and(|c| !CLAUSE_MARKS.contains(&c) && c != ' ');
            if end.is_some() || quote.start >= self.offset && !inside {
                return Some(whole(quote.start..end.unwrap_or(quote.end), true));
            }
        }
        let (content, direct) = self.of_feeling(hit).map(|c| (c, false)).or_else(|| self.behind(hearer))?;
        self.build(source, cue, content, direct)
    }

    /// 公告称, 法新社的报道称: the cue's first word is a text, which says it; else who stands before the cue.
    fn text_speaks(&self, hit: &Hit) -> Option<(Range<usize>, Hit)> {
        let subject = self.subject(hit.start);
        let words = &self.words[hit.start..hit.end];
        let verb =
            ["称", "说", "指出", "显示"].into_iter().find(|v| words.ends_with(v) && words.len() > v.len());
        let text = verb.map(|v| hit.end - v.len());
        let paper = |at: &usize| {
            self.ends_in(*at, GRAMMAR.paper) || ["报道", "报导"].contains(&&self.words[hit.start..*at])
        };
        let Some(at) = text.filter(paper) else { return Some((subject?, *hit)) };
        let of = |s: &Range<usize>| s.end == hit.start && self.words[s.clone()].ends_with('的');
        let own = match subject {
            Some(s) if of(&s) => s.start..at,
            None if self.clause_start(hit.start) == hit.start => hit.start..at,
            subject => return Some((subject?, *hit)),
        };
        Some((own, Hit { start: at, ..*hit }))
    }

    /// Whether a cue is a verb where it stands, and one of saying, given where its subject ends.
    fn is_verb(&self, hit: &Hit, subject: usize) -> bool {
        let is = |group| GRAMMAR.cues.is(hit, group);
        let follows = &self.words[hit.end..];
        let follows_on = follows.is_empty()
            || follows.starts_with(['，', '：', ',', ':', '。', '？', '“', '「', '称', '说'])
            || self.tells_hearer(hit);
        let determined = self.is_determined(hit);
        let takes = is(GRAMMAR.takes) && !follows.starts_with(['的', '了', '者', '书', '信']) && !determined;
        // 法院裁定该禁令违宪: who can speak stands before the verb in its own clause, and no noun behind it.
        let own = subject >= self.clause_start(hit.start);
        let clause = is(GRAMMAR.clausal)
            && own
            && !self.answers_then(hit)
            && !GRAMMAR.nominal.iter().any(|n| follows.starts_with(n.as_str()))
            && self.clause_end(hit.end) - hit.end >= SHORTEST_CLAUSE
            && self.can_speak(subject);
        let noun = is(GRAMMAR.noun_too) && !takes && !clause && (!follows_on || determined);
        let ordains = is(GRAMMAR.ordain) && !clause && !(follows_on && self.can_speak(subject));
        !noun && (!ordains || self.ends_in(subject, GRAMMAR.paper))
    }

    /// 公司回应查询时称: the act is when it was said.
    fn answers_then(&self, hit: &Hit) -> bool {
        let clause = self.clause_end(hit.end);
        let then = |h: &Hit| {
            h.start > hit.end
                && h.end <= clause + '”'.len_utf8()
                && GRAMMAR.cues.is(h, GRAMMAR.say)
                && self.words[..h.start].ends_with(['时', '后'])
        };
        self.hits.iter().any(then)
    }

    /// 发布声明否认: the act of speaking before a verb of saying is no cue of its own.
    fn leads_on(&self, hit: &Hit) -> bool {
        let acts = ["发布", "发表", "发出", "召开"].iter().any(|w| self.words[hit.start..].starts_with(w));
        let says =
            |h: &Hit| h.start >= hit.end && GRAMMAR.cues.is(h, GRAMMAR.say) && !self.is_false_friend(h);
        let near = self.clause_end(hit.end);
        acts && self.hits.iter().any(|h| says(h) && h.end <= near && !self.is_quoted(h))
    }

    fn learns(&self, hit: &Hit) -> bool {
        ["获悉", "了解到"].contains(&&self.words[hit.start..hit.end])
    }
    /// 记者从应急管理厅获悉: who tells it stands behind 从.
    fn learnt_from(&self, subject: Range<usize>) -> Option<Range<usize>> {
        let from = self.words[subject.clone()].rfind(['从', '自', '向']);
        let start = from.map_or(subject.start, |at| subject.start + at + '从'.len_utf8());
        (start < subject.end).then_some(start..subject.end)
    }

    /// 告诉他可以…: the hearer without a mark is a pronoun.
    fn behind_hearer(&self, hit: &Hit, at: usize) -> usize {
        let tells = ["告诉", "告知"].contains(&&self.words[hit.start..hit.end]);
        let pronoun =
            ["他们", "她们", "我们", "他", "她", "我"].iter().find(|p| self.words[at..].starts_with(**p));
        at + pronoun.filter(|_| tells).map_or(0, |p| p.len())
    }

    /// 对条款的措辞表示担忧: what somebody feels about stands before the verb.
    fn of_feeling(&self, hit: &Hit) -> Option<Range<usize>> {
        let felt = |h: &Hit| h.start == hit.end && GRAMMAR.cues.is(h, GRAMMAR.stance);
        let ends = self.clause_end(hit.end) - hit.end <= 4 * '担'.len_utf8();
        let shown = &self.words[hit.start..hit.end] == "表示" && ends && self.hits.iter().any(felt);
        let clause = self.clause_start(hit.start);
        let about = self.words[clause..hit.start].find('对').filter(|_| shown)?;
        let start = clause + about + '对'.len_utf8();
        let end = clause + self.words[clause..hit.start].trim_end_matches(['也', '均', '都']).len();
        (start + 5 < end && !self.words[start..end].starts_with('此')).then_some(start..end)
    }

    /// The sentence before one that only says whose word it is: 是谁泄露了记录？反对党追问。
    fn sentence_before(&self, source: usize) -> Option<Range<usize>> {
        let end = self.before.trim_end_matches(' ').len();
        let told = self.before[..end].strip_suffix(['？', '！', '。'])?;
        let start = told
            .rfind(['。', '！', '？', '；', '\n', '”', '」'])
            .map_or(0, |at| at + told[at..].chars().next().map_or(0, char::len_utf8));
        let bare = self.words[..source].trim_matches(['《', ' ']).is_empty();
        (bare && start < end).then_some(start..end)
    }

    /// Whether a verb may tell of the sentence before its own: any of a question, one of reporting else (某报报道称。).
    fn told_before(&self, verb: &str, content: &Range<usize>) -> bool {
        const REPORTS: [&str; 3] = ["报道", "报导", "报称"];
        let asked = self.before[content.clone()].ends_with(['？', '！']);
        asked || REPORTS.iter().any(|r| verb.starts_with(r))
    }

    /// 发文说，爆料称：: a second verb of saying belongs to the cue.
    fn cue_end(&self, hit: &Hit) -> usize {
        let mut next = self.words[hit.end..].chars();
        match (next.next(), next.next()) {
            (Some(c @ ('称' | '说' | '道')), Some('，' | '：' | '“' | ',' | ':')) => {
                hit.end + c.len_utf8()
            }
            _ => hit.end,
        }
    }

    /// 有关表态, 上述建议: the word is a noun.
    fn is_determined(&self, hit: &Hit) -> bool {
        let words = &self.words[..hit.start];
        GRAMMAR.determiners.iter().any(|d| words.ends_with(d.as_str()))
    }

    /// 告诉路透社，…: a short hearer stands between the cue and its mark. 警告对手不要…，: no hearer, but what is said.
    fn tells_hearer(&self, hit: &Hit) -> bool {
        const HEARER: usize = 36;
        const AT_THE_END: usize = 24;
        let length = self.words[hit.end..].find(['，', '：', '。', ',', ':']);
        let length = length.unwrap_or(self.words.len() - hit.end);
        let end = hit.end + length;
        let told = self.words[..end].trim_end_matches(['》', '”', '」']).len();
        let named = self.ends.binary_search(&(end + self.offset)).is_ok();
        let known = told < end || named || self.ends_in(end, GRAMMAR.audience);
        let heard = told < end || self.can_speak(end) || self.ends_in(end, GRAMMAR.audience);
        let tells = ["告诉", "告知", "对"].contains(&&self.words[hit.start..hit.end]);
        let near = match self.words[end..].chars().next() {
            Some('：' | ':') => length <= HEARER,
            Some('，' | ',') => length <= HEARER && (heard || tells),
            _ => length <= AT_THE_END && known,
        };
        near && length > 0 && GRAMMAR.cues.is(hit, GRAMMAR.hearer)
    }

    /// 经合组织预计，…，并警告说，…: a cue that begins a later clause has the subject of the voice before it.
    fn goes_on(&self, hit: &Hit) -> bool {
        let clause = self.clause_start(hit.start);
        let joins = [
            "并",
            "还",
            "同时",
            "又",
            "亦",
            "也",
            "且",
            "并且",
            "但",
            "不过",
            "却",
            "但也",
            "同时也",
            "随后",
            "其后",
            "之后",
            "接着",
            "",
        ];
        let between = &self.words[clause..hit.start];
        // 并对…表示谴责: what it is about stands between.
        let about = between.starts_with("并对") && self.words[hit.start..].starts_with("表示");
        // …起草意见，要求…: who asks for it may be somebody else, unless 并 joins them.
        let joined = ["并", "还", "同时", "并且"].contains(&between);
        let ordains =
            GRAMMAR.cues.is(hit, GRAMMAR.ordain) && !(joined && GRAMMAR.cues.is(hit, GRAMMAR.clausal));
        clause > 0
            && !self.used.is_empty()
            && !ordains
            && (joins.contains(&between) || about)
            && !self.words[..clause].ends_with(['：', '“', '「', '；'])
    }
    fn same_voice(&self, hit: &Hit, last: &Found) -> Option<Found> {
        let cue = hit.start..self.cue_end(hit);
        if self.words[cue.end..].starts_with(['的', '了']) {
            return None;
        }
        let (content, direct) = self.behind(cue.end)?;
        let shift = |r: Range<usize>| r.start + self.offset..r.end + self.offset;
        let (cue, content) = (shift(cue), shift(content));
        Some(Found { source: last.source.clone(), cue, content, direct })
    }

    /// 检方指控…，其律师则坚称…: what the first says ends where a later clause has a voice of its own.
    fn part(&self, found: &mut [Found]) {
        let begins: Vec<usize> = found
            .iter()
            .map(|f| f.cue.start.saturating_sub(self.offset).min(self.words.len()))
            .map(|cue| (self.clause_start(cue), cue))
            .filter(|&(clause, cue)| clause < cue || !self.begins_in(cue, GRAMMAR.inner))
            .map(|(clause, _)| clause)
            .chain(self.beyond())
            .collect();
        let turns: Vec<usize> = self.turns().collect();
        for one in found.iter_mut().filter(|f| !f.direct && f.content.start >= f.cue.end) {
            let start = one.content.start - self.offset;
            let unmarked = one.content.start == one.cue.end;
            // 预计增长2.1%，低于1月时预测的2.7%: with what it is compared is no part of it.
            let cue = one.cue.start - self.offset;
            let compared = self.hits.iter().filter(|h| {
                GRAMMAR.cues.is(h, GRAMMAR.compared)
                    && self.words[..h.start].ends_with('，')
                    && self.begins_in(cue, GRAMMAR.forecast)
            });
            if let Some(at) = compared.map(|h| h.start - '，'.len_utf8()).find(|&at| at > start) {
                one.content.end = one.content.end.min(self.offset + at);
            }
            let end = one.content.end.saturating_sub(self.offset);
            let turns = turns.iter().copied().filter(|_| unmarked);
            let later = |&b: &usize| b > start && b < end && self.words[start..b].contains(['，', '；']);
            if let Some(next) = begins.iter().copied().chain(turns).filter(later).min() {
                let cut = self.words[..next].trim_end_matches(['，', '；', ',', ' ']).len();
                one.content.end = self.offset + cut.max(start + 1);
            }
        }
    }

    /// ，对此不予置评; ，但未说明日期: where clauses begin that are the writer's own again.
    fn beyond(&self) -> impl Iterator<Item = usize> {
        let own = |h: &&Hit| GRAMMAR.cues.is(h, GRAMMAR.beyond) && !self.is_quoted(h);
        self.hits.iter().filter(own).map(|h| self.clause_start(h.start))
    }
    /// 他相信…，他的幕僚们却…: the same, where what was said stands behind its verb without a mark.
    fn turns(&self) -> impl Iterator<Item = usize> {
        const NEAR: usize = 30;
        let turns =
            |h: &&Hit| GRAMMAR.cues.is(h, GRAMMAR.turn) && !self.is_quoted(h) && !self.is_in_friend(h);
        let begins = |h: &Hit| (h.start, self.clause_start(h.start));
        self.hits
            .iter()
            .filter(turns)
            .map(begins)
            .filter(|(at, begin)| at - begin <= NEAR)
            .map(|(_, begin)| begin)
    }

    /// What stands behind a cue: over its comma or colon, to the end of the sentence, or the quotation there.
    fn behind(&self, at: usize) -> Option<(Range<usize>, bool)> {
        let mut start = at;
        for c in self.words[at..].chars() {
            let done = c == '了' && start == at;
            if !done && !matches!(c, '，' | '：' | ',' | ':' | ' ') {
                break;
            }
            start += c.len_utf8();
        }
        let global = start + self.offset;
        // 说，“十五五”期间…: a name in quotation marks begins what is said.
        let whole = |q: &&Range<usize>| {
            let behind = || self.words.get(q.end - self.offset..)?.chars().next();
            let name = || q.len() <= QUOTED_NAME && behind().is_some_and(|c| !CLAUSE_MARKS.contains(&c));
            q.start == global && !name()
        };
        // 表示，“优化是正常动作”，不存在…: words quoted inside what is said.
        let mixed = |q: &&Range<usize>| {
            let close = q.end - self.offset;
            let Some(rest) = self.words.get(close..) else { return false };
            let inner = self.words[..close].trim_end_matches(['”', '」']);
            !inner.ends_with(['。', '！', '？', '，', '；'])
                && rest.starts_with('，')
                && self.end() > close + 12
        };
        if let Some(quote) = self.quotes.iter().find(whole).filter(|q| !mixed(q)) {
            return Some((quote.start - self.offset..quote.end - self.offset, true));
        }
        let end = self.end();
        (end > start + 5).then_some((start..end, false))
    }

    /// What stands before a trailing source: "…，消息人士称。"
    fn before(&self, source: usize) -> Option<Range<usize>> {
        let end = self.words[..source].trim_end_matches(['，', ',', ' ', '—', '。']).len();
        (end > 5 && end < source).then_some(0..end)
    }

    /// “没有。”当被问及此事时，市长回答。 Between the quotation and who says it stands when or upon what.
    fn quote_over_occasion(&self, source: usize) -> Option<Range<usize>> {
        const OCCASIONS: [&str; 12] =
            ["当", "在", "面对", "对于", "谈到", "谈及", "被问", "针对", "说到", "提到", "就", "问及"];
        let before = self.words[..source].strip_suffix('，')?;
        let from = before.rfind(['”', '」']).map_or(0, |at| at + '”'.len_utf8());
        let clause = &self.words[from..before.len()];
        let occasion = OCCASIONS.iter().any(|o| clause.starts_with(o)) || clause.ends_with(['时', '后']);
        let quote = self.quote_ending_at(from).filter(|_| occasion && !clause.contains('，'))?;
        // What was quoted has to be whole.
        let inner = if quote.start < self.offset {
            &self.before[quote.start.min(self.before.len())..]
        } else {
            &self.words[quote.start - self.offset..]
        };
        let whole = inner.trim_end_matches(['”', '」']).ends_with(['。', '？', '！', '…']);
        let here = quote.start >= self.offset;
        (whole || here).then_some(quote)
    }

    fn quote_ending_at(&self, at: usize) -> Option<Range<usize>> {
        let end = self.words[..at].trim_end_matches(['，', ',', ' ']).len() + self.offset;
        self.quotes.iter().find(|q| q.end == end).cloned()
    }

    /// The noun phrase before a verb, without when, where and how it was said.
    fn subject(&self, verb: usize) -> Option<Range<usize>> {
        let mut from = self.clause_start(verb);
        if self.words[from..verb].trim().is_empty() || self.is_adverbial(from, verb) {
            // 发言人郭嘉昆12日在例行记者会上，就…答问时表示: the subject stood one clause earlier.
            from = self.clause_start(self.before_mark(from)?);
        }
        let mut moved = false;
        if from > 0 && self.skip_leading(from, verb) == verb {
            // …拒绝评论，但表示: the subject is that of the clause before.
            from = self.clause_start(self.before_mark(from)?);
            moved = true;
        }
        let from = self.words[from..verb].rfind(" - ").map_or(from, |at| from + at + 3);
        let from = self.behind_number(self.behind_dateline(from, verb));
        let start = self.skip_leading(from, verb);
        // 检察总长回应质询时说: what was done at the time is no part of who says it.
        let timed = self.words[start..verb].ends_with(['时', '后']);
        let circumstance = |h: &&Hit| {
            let is = |group| GRAMMAR.cues.is(h, group);
            h.start > start
                && h.start < verb
                // 李在明: one character before it is no whole name.
                && (h.start > start + '李'.len_utf8() || is(GRAMMAR.cite) || self.can_speak(h.start))
                && (is(GRAMMAR.circumstance) || is(GRAMMAR.cite) || timed && is(GRAMMAR.say))
                && !self.is_false_friend(h)
                && (is(GRAMMAR.cite) || !self.is_relative(start, h.start, verb))
        };
        let start = self.behind_according(start, verb);
        let whole = &self.words[start..verb];
        let titled = self.ends_in(verb, GRAMMAR.paper) && (whole.contains('的') || whole.contains("最新"));
        let mut end = self.hits.iter().find(circumstance).filter(|_| !titled).map_or(verb, |h| h.start);
        let digits = self.words[start..end].find(|c: char| c.is_ascii_digit());
        if let Some(at) =
            digits.filter(|&at| at > 0 && self.words[start + at..end].contains(['日', '月', '号']))
            && !self.words[start + at..end].contains('的')
        {
            end = start + at;
        }
        let comma = self.words[start..end].find('，').map_or(end, |at| start + at);
        let comma = if moved { self.first_speaker(start, comma).unwrap_or(comma) } else { comma };
        // 有人当场举例: somebody.
        let somebody = self.words[start..comma].trim_end() == "人" && self.words[..start].ends_with('有');
        let start = if somebody { start - '有'.len_utf8() } else { start };
        let words = self.words[start..comma].trim_end().trim_end_matches("的话");
        // 该行所称; but 研究所 is a house.
        let house = ["研究所", "交易所", "事务所", "结算所"].iter().any(|house| words.ends_with(house));
        let words = if house { words } else { words.trim_end_matches(['所', '却', '则', '又', '亦']) };
        let used = self.used.iter().any(|u| u.start < start + words.len() && start < u.end);
        let acted_on = ["把", "将", "可能", "最早", "最快", "尚未", "尚待", "有待"].iter().any(|w| words.contains(w))
            || matches!(words, "对" | "就" | "在" | "从" | "向")
            // 会议强调，要坚持…; 可怕的是预期不稳
            || words.ends_with(['要', '须', '是']) && !self.ends_in(start + words.len(), GRAMMAR.paper);
        let whole = |h: &Hit| h.start == start && h.end == start + words.len();
        let bare = self.hits.iter().any(|h| whole(h) && GRAMMAR.cues.is(h, GRAMMAR.according));
        (!acted_on
            && !bare
            && !self.begins_in(start, GRAMMAR.compared)
            && !words.starts_with('是')
            && words.len() >= 3
            && words.len() <= LONGEST_SOURCE
            && !used)
            .then(|| start..start + words.len())
    }

    /// 據《信報》引述消息人士指: the paper, without 據.
    fn behind_according(&self, start: usize, verb: usize) -> usize {
        let according =
            |h: &&Hit| h.start == start && h.end + 5 < verb && GRAMMAR.cues.is(h, GRAMMAR.according);
        self.hits.iter().find(according).map_or(start, |h| h.end)
    }

    /// 主计总处下修今年增长率，并指出: who acted in a clause before ends where its verb begins.
    fn first_speaker(&self, start: usize, end: usize) -> Option<usize> {
        const NEAR: usize = 18;
        let end = self.words[start..end]
            .char_indices()
            .map(|(at, _)| start + at)
            .nth(LONGEST_SOURCE / 3)
            .unwrap_or(end);
        let mut last = None;
        for (at, c) in self.words[start..end].char_indices().map(|(at, c)| (start + at + c.len_utf8(), c)) {
            // 把增长预期下调: behind what is acted on stands nobody.
            let acted_on = matches!(c, '把' | '将' | '对' | '向' | '被');
            if last.is_some_and(|l| at > l + NEAR || acted_on) {
                break;
            }
            let joins = self.words[at..].starts_with(['的', '、', '和', '与', '及']);
            if self.can_speak(at) && !joins && c != '人' {
                last = Some(at);
            }
        }
        last
    }

    /// 一名在柏林工作的外交官, 负责人、曾任委员的周敏华: what describes the speaker belongs to the source.
    fn is_relative(&self, start: usize, at: usize, verb: usize) -> bool {
        let joined = self.words[start..at].ends_with('、');
        let of = self.words[at..verb].rfind('的').map(|of| at + of + '的'.len_utf8());
        let ends = |of: &usize| {
            let inside =
                |h: &&Hit| h.start >= *of && h.end <= verb && GRAMMAR.cues.is(h, GRAMMAR.circumstance);
            let end = self.hits.iter().find(inside).map_or(verb, |h| h.start);
            *of < end && self.can_speak(end)
        };
        of.filter(ends).is_some() && (joined || !self.can_speak(at))
    }

    /// 本报讯 某报报道, 〔记者某某／综合报导〕某报报道: where the dateline ends that a clause begins with.
    fn behind_dateline(&self, from: usize, to: usize) -> usize {
        const LONGEST: usize = 90;
        let words = &self.words[from..to];
        let mut ends = words
            .char_indices()
            .filter(|(at, c)| *at < LONGEST && matches!(c, '）' | '〕' | ')' | ' ' | '\u{3000}'));
        let line = |at: usize| {
            let inside =
                |h: &Hit| h.start >= from && h.end <= from + at && GRAMMAR.cues.is(h, GRAMMAR.dateline);
            self.hits.iter().any(inside)
        };
        ends.rfind(|(at, _)| from == 0 && line(*at)).map_or(from, |(at, c)| from + at + c.len_utf8())
    }

    /// 三、商务部宣布: where an item of a numbered list begins.
    fn behind_number(&self, from: usize) -> usize {
        const NUMBERS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
        let words = &self.words[from..];
        let numbered = |c: char| NUMBERS.contains(&c) || c.is_ascii_digit();
        let rest = words.trim_start_matches(numbered);
        let opens = from == 0 && rest.len() < words.len() && rest.starts_with('、');
        if opens { from + words.len() - rest.len() + '、'.len_utf8() } else { from }
    }

    /// Whether a clause before the verb only tells the occasion: 在接受采访时.
    fn is_adverbial(&self, from: usize, verb: usize) -> bool {
        let clause = &self.words[from..verb];
        ["在", "就", "针对", "对", "于", "接受", "谈到", "谈及", "被问及", "回应"]
            .iter()
            .any(|w| clause.starts_with(w))
            && from > 0
    }

    fn skip_leading(&self, from: usize, to: usize) -> usize {
        let mut start = from;
        while let Some(hit) =
            self.hits.iter().find(|h| h.start == start && h.end <= to && GRAMMAR.cues.is(h, GRAMMAR.leading))
        {
            start = hit.end;
        }
        start
    }

    /// 据路透社报道，…; 据两名知情人士透露，…
    fn according(&self, hit: &Hit) -> Option<Found> {
        // 按 in 按照
        let longer =
            |h: &Hit| h.start == hit.start && h.end > hit.end && GRAMMAR.cues.is(h, GRAMMAR.according);
        if self.hits.iter().any(longer) {
            return None;
        }
        let starts = hit.start == 0
            || self.words[..hit.start].ends_with(CLAUSE_MARKS)
            || self.words[..hit.start].ends_with(['但', '而', '另'])
            || self.behind_dateline(0, hit.start) == hit.start;
        let limit = self.clause_end(hit.end);
        let ends = |h: &&Hit| {
            let inside = h.start > hit.end && h.end <= limit && !self.is_in_friend(h);
            // 据新华社6月8日电，
            let wire = ["电", "讯"].contains(&&self.words[h.start..h.end]) && h.end < limit;
            inside && !wire && GRAMMAR.cues.is(h, GRAMMAR.according_end)
        };
        let cue = self.hits.iter().filter(ends).max_by_key(|h| (h.end, std::cmp::Reverse(h.start)))?;
        if !starts || limit - cue.end > 12 {
            return None;
        }
        if GRAMMAR.cues.is(cue, GRAMMAR.paper) && cue.end == limit {
            let content = self.behind(limit)?;
            return self.build(hit.end..cue.end, hit.start..hit.end, content.0, content.1);
        }
        let cited = |h: &&Hit| h.start > hit.end && h.end < cue.start && GRAMMAR.cues.is(h, GRAMMAR.cite);
        let stop = self.hits.iter().find(cited).map_or(cue.start, |h| h.start);
        let dated = self.words[hit.end..stop].find(|c: char| c.is_ascii_digit()).filter(|&at| at > 0);
        let stop = dated
            .filter(|&at| self.words[hit.end + at..stop].contains(['日', '月']))
            .map_or(stop, |at| hit.end + at);
        let words = self.words[hit.end..stop].trim_end_matches(['在', '的']);
        if words.len() < 3 || words.len() > LONGEST_SOURCE {
            return None;
        }
        let content = if self.words[limit..].trim_start_matches(['，', '。', ' ', ',']).is_empty() {
            (self.before(hit.start)?, false)
        } else {
            self.behind(limit)?
        };
        // 据某报引述消息人士，…: who is cited is a voice of its own.
        let cites = GRAMMAR.cues.is(cue, GRAMMAR.cite);
        let cue = if cites { hit.start..hit.end } else { cue.start..cue.end };
        self.build(hit.end..hit.end + words.len(), cue, content.0, content.1)
    }

    /// 在他看来，用他自己的话来说，…: whose view or words they are stands between.
    fn seen_by(&self, hit: &Hit) -> Option<Found> {
        let clause = self.clause_start(hit.start);
        let from = clause + self.words[clause..hit.start].find(['在', '用'])?;
        let start = from + '在'.len_utf8();
        let source = start..start + self.words[start..hit.start].trim_end_matches("自己").len();
        let near = !source.is_empty() && source.len() <= LONGEST_SOURCE;
        let (content, direct) = self.behind(hit.end).filter(|_| near)?;
        self.build(source, hit.start..hit.end, content, direct)
    }

    /// 援引知情人士的话: who stands behind it, up to 的话, 报道, 消息 or the comma.
    fn cite(&self, hit: &Hit) -> Option<Found> {
        let limit = self.clause_end(hit.end);
        let stops = |h: &&Hit| {
            h.start > hit.end
                && h.start < limit
                && (GRAMMAR.cues.is(h, GRAMMAR.according_end) || GRAMMAR.cues.is(h, GRAMMAR.say))
                && !self.is_false_friend(h)
        };
        // 援引其获得的文件: a text is the source itself.
        let paper = |h: &Hit| GRAMMAR.cues.is(h, GRAMMAR.paper) && !GRAMMAR.cues.is(h, GRAMMAR.say);
        let stop = self.hits.iter().find(stops).map_or(limit, |h| if paper(h) { h.end } else { h.start });
        let words = self.words[hit.end..stop].trim_end_matches("说法").trim_end_matches('的');
        if words.len() < 3 || words.len() > LONGEST_SOURCE {
            return None;
        }
        let clause = self.clause_start(hit.start);
        let inside = self.behind(limit).or_else(|| Some((self.before(clause)?, false)));
        let source = hit.end..hit.end + words.len();
        if let Some((content, direct)) = inside {
            return self.build(source, hit.start..hit.end, content, direct);
        }
        // …取得许可证。某报援引知情人士的话报道称。 What they say is the sentence before.
        let content = self.sentence_before(clause)?;
        let shift = |r: Range<usize>| r.start + self.offset..r.end + self.offset;
        Some(Found { source: shift(source), cue: shift(hit.start..hit.end), content, direct: false })
    }

    fn build(
        &self,
        source: Range<usize>,
        cue: Range<usize>,
        content: Range<usize>,
        direct: bool,
    ) -> Option<Found> {
        let shift = |r: Range<usize>| r.start + self.offset..r.end + self.offset;
        let sound = source.start < source.end && content.start < content.end;
        let sound = sound && (direct || content.end <= source.start || content.start >= source.end);
        sound.then(|| Found { source: shift(source), cue: shift(cue), content: shift(content), direct })
    }
}
