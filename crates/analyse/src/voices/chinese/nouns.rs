//! Voices without a verb of saying: 据悉, 对方的说法是…, 关于…的传言, 把报告称为“垃圾”, 一笑置之：“…”.

use super::{CLAUSE_MARKS, Found, GRAMMAR, Reader, SHORTEST_CLAUSE};
use crate::cues::Hit;
use std::ops::Range;

/// The words of a short cue, such as one behind a speaker and before a colon, in bytes.
const SHORT_CUE: usize = 24;

impl Reader<'_> {
    /// The voice of a noun, of hearsay, or of what a thing is called.
    pub(super) fn without_verb(&self, hit: &Hit) -> Option<Found> {
        if self.is_in_friend(hit) {
            return None;
        }
        let of = |group, read: fn(&Self, &Hit) -> Option<Found>| {
            if GRAMMAR.cues.is(hit, group) { read(self, hit) } else { None }
        };
        of(GRAMMAR.hearsay, Self::hearsay)
            .or_else(|| of(GRAMMAR.noun, Self::stated))
            .or_else(|| of(GRAMMAR.noun, Self::wired))
            .or_else(|| of(GRAMMAR.rumour, Self::rumour))
            .or_else(|| of(GRAMMAR.name_as, Self::named))
            .or_else(|| of(GRAMMAR.named_as, Self::known_as))
            .or_else(|| of(GRAMMAR.takes, Self::met_with))
    }

    /// 据悉，…; 传两家券商将合并: nobody is named.
    fn hearsay(&self, hit: &Hit) -> Option<Found> {
        let (words, follows) = (&self.words[hit.start..hit.end], &self.words[hit.end..]);
        let opens = hit.start == 0 || words.len() > 3 && self.words[..hit.start].ends_with(CLAUSE_MARKS);
        // 据统计局…, 据了解情况的人士…: somebody is.
        let marked =
            !words.starts_with('据') || words.len() == 6 || follows.starts_with(['，', ',', '：', ':']);
        let longer = |h: &Hit| h.start == hit.start && h.end > hit.end && GRAMMAR.cues.is(h, GRAMMAR.say);
        let whole = !self.hits.iter().any(longer);
        let (content, direct) = self.behind(hit.end).filter(|_| opens && marked && whole)?;
        // 有消息称: the news says it.
        if let Some(noun) = words.strip_prefix('有') {
            let verb = hit.end - noun.chars().next_back().map_or(0, char::len_utf8);
            return self.build(hit.start + '有'.len_utf8()..verb, verb..hit.end, content, direct);
        }
        Some(self.nobody(hit, content, direct))
    }

    /// 电网公司的解释则是变电站年久失修。
    fn stated(&self, hit: &Hit) -> Option<Found> {
        let owner = self.words[..hit.start].strip_suffix('的')?.len();
        let follows = &self.words[hit.end..];
        let verb = follows.trim_start_matches(['却', '则', '也', '仍']);
        // 他们的说法，即…
        let is = verb.strip_prefix('是').or_else(|| verb.strip_prefix("，即"))?;
        let (content, direct) = self.behind(self.words.len() - is.len()).filter(|_| !is.starts_with('否'))?;
        let start = self.skip_leading(self.clause_start(owner), owner);
        let sound = start < owner && self.can_speak(owner);
        sound.then(|| self.build(start..owner, hit.start..hit.end, content, direct))?
    }

    /// 央视新闻消息，…: who sends the news opens the sentence.
    fn wired(&self, hit: &Hit) -> Option<Found> {
        let news =
            &self.words[hit.start..hit.end] == "消息" && self.words[hit.end..].starts_with(['，', '：']);
        let opens = self.behind_number(0) == 0 && self.clause_start(hit.start) == 0 && hit.start > 0;
        let whole = !self.words.starts_with(['据', '有', '该', '此', '这', '的', '依', '按', '根']);
        let (content, direct) = self.behind(hit.end).filter(|_| news && opens && whole)?;
        self.can_speak(hit.start).then(|| self.build(0..hit.start, hit.start..hit.end, content, direct))?
    }

    /// 外界关于他将出任大使的传言
    fn rumour(&self, hit: &Hit) -> Option<Found> {
        let end = self.words[..hit.start].strip_suffix('的')?.len();
        let clause = self.clause_start(end);
        let (at, about) = ["关于", "有关"]
            .iter()
            .filter_map(|about| Some((clause + self.words[clause..end].find(about)?, about.len())))
            .min()?;
        let content = at + about..end;
        if content.len() < SHORTEST_CLAUSE {
            return None;
        }
        let owner = ["对于", "针对", "就"]
            .iter()
            .find_map(|w| self.words[clause..at].strip_prefix(w))
            .unwrap_or(&self.words[clause..at]);
        if !owner.is_empty() && self.can_speak(at) {
            return self.build(at - owner.len()..at, hit.start..hit.end, content, false);
        }
        Some(self.nobody(hit, content, false))
    }

    /// 州长把停电归咎于雷击
    fn named(&self, hit: &Hit) -> Option<Found> {
        let clause = self.clause_start(hit.start);
        let at = clause + self.words[clause..hit.start].rfind(['把', '将'])?;
        let content = at + '把'.len_utf8()..self.phrase_end(hit.end);
        let source = self.subject(at).filter(|s| s.end <= at)?;
        self.build(source, hit.start..hit.end, content, false)
    }

    /// 他被控煽动叛乱; 表态被媒体解读为施压
    fn known_as(&self, hit: &Hit) -> Option<Found> {
        let clause = self.clause_start(hit.start);
        let at = clause + self.words[clause..hit.start].rfind('被')?;
        let by = at + '被'.len_utf8();
        let content = clause..self.phrase_end(hit.end);
        if hit.start - by > SHORT_CUE || at == clause || content.end <= hit.end + 3 {
            return None;
        }
        if by < hit.start && self.can_speak(hit.start) {
            let shift = |r: Range<usize>| r.start + self.offset..r.end + self.offset;
            let cue = hit.start..hit.end;
            let (source, cue, content) = (shift(by..hit.start), shift(cue), shift(content));
            return Some(Found { source, cue, content, direct: false });
        }
        let plainly =
            by == hit.start || ["普遍", "广泛", "外界", "一度", "长期"].contains(&&self.words[by..hit.start]);
        plainly.then(|| self.nobody(hit, content, false))
    }

    /// 他的说法遭到多名前同事驳斥。
    fn met_with(&self, hit: &Hit) -> Option<Found> {
        let clause = self.clause_start(hit.start);
        let ends = self.clause_end(hit.end) == hit.end;
        let (at, by) = ["遭到", "遭", "受到"]
            .iter()
            .find_map(|w| Some((clause + self.words[clause..hit.start].find(w)?, w.len())))?;
        let source = at + by..hit.start;
        let sound = ends && at > clause && source.len() >= 6 && self.can_speak(source.end);
        sound.then(|| self.build(source, hit.start..hit.end, clause..at, false))?
    }

    /// 组委会主席一笑置之：“欢迎来查账。” A quotation behind a colon has a voice, whatever stands before the colon.
    pub(super) fn behind_colon(&self, found: &[Found]) -> Vec<Found> {
        let told =
            |q: &Range<usize>| found.iter().any(|f| f.content.start < q.end && q.start < f.content.end);
        let here = |q: &&Range<usize>| q.start >= self.offset && q.start < self.offset + self.words.len();
        let quotes = self.quotes.iter().filter(here).filter(|q| !told(q));
        let voice = |quote: &Range<usize>| {
            let colon = self.words[..quote.start - self.offset].strip_suffix(['：', ':'])?.len();
            let start = self.skip_leading(self.clause_start(colon), colon);
            let ends = self.words[start..colon].char_indices().map(|(at, _)| start + at);
            let mut near = ends.rev().take_while(|&at| at >= start + 3 && colon - at <= SHORT_CUE);
            let source = near.find(|&at| self.can_speak(at))?;
            let cue = source..colon;
            let shift = |r: Range<usize>| r.start + self.offset..r.end + self.offset;
            let sound = cue.len() >= 6 && cue.len() <= SHORT_CUE;
            let (source, cue) = (shift(start..source), shift(cue));
            sound.then(|| Found { source, cue, content: quote.clone(), direct: true })
        };
        quotes.filter_map(voice).collect()
    }

    /// The end of what a thing is called: a quotation, or the clause.
    fn phrase_end(&self, at: usize) -> usize {
        let quote = self.quotes.iter().find(|q| q.start == at + self.offset).map(|q| q.end - self.offset);
        quote.filter(|&end| end <= self.words.len()).unwrap_or_else(|| self.clause_end(at))
    }

    /// A voice that nobody is named for.
    fn nobody(&self, hit: &Hit, content: Range<usize>, direct: bool) -> Found {
        let shift = |r: Range<usize>| r.start + self.offset..r.end + self.offset;
        let source = shift(hit.start..hit.start);
        Found { source, cue: shift(hit.start..hit.end), content: shift(content), direct }
    }
}
