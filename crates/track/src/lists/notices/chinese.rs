//! Objects of Chinese verbs: 将甲公司列入, 甲公司被列入, 新增甲公司, 停止对甲公司采取.

use super::grammar::grammar;
use super::site::{Site, first_end, last_end};
use crate::acts::performed;
use crate::lists::parties;
use crate::text::passage;
use crate::text::words::starts_with_any;
use std::ops::Range;

/// Marks between two clauses or members.
const MARKS: [char; 3] = ['，', ',', '；'];

impl Site<'_> {
    /// Against whom the measures are that the verb ends or rests: 停止对甲公司采取.
    pub fn chinese_onto(&self) -> Option<Range<usize>> {
        let verb = &self.words[self.verb.clone()];
        // The word for the object may be a part of the verb.
        let held = grammar().onto.iter().find(|word| verb.ends_with(word.as_str())).map_or(0, String::len);
        let behind = self.against(self.verb.end - held..self.next);
        behind.or_else(|| self.against(self.after..self.verb.start))
    }

    /// What stands between 对 and 采取, or the list, in a stretch.
    fn against(&self, stretch: Range<usize>) -> Option<Range<usize>> {
        let open = first_end(self.words, &stretch, &grammar().onto)?;
        let rest = &self.words[open..stretch.end];
        let closes = grammar().closes.iter().filter_map(|word| rest.find(word.as_str()).map(|at| open + at));
        let close = closes.chain(self.list_in(open + 1..stretch.end)).min().unwrap_or(stretch.end);
        Some(open..open + self.words[open..close].trim_end_matches('的').len())
    }

    /// Where the object stands, and whether it stands for that of the verb before.
    pub fn chinese_object(&self) -> (Option<Range<usize>>, bool) {
        if let Some(open) = last_end(self.words, &(self.after..self.verb.start), &grammar().opens) {
            return (Some(self.without_list(open..self.verb.start)), self.is_again(open));
        }
        let own = self.by_mistake().or_else(|| self.subject_of_passive());
        let own = own.or_else(|| self.front.then(|| self.included(self.object_behind())));
        let own = own.or_else(|| self.subject());
        let again = own.is_none() && self.is_joined();
        (own, again)
    }

    /// Whether an object that begins at a place only points back: 将其移出.
    fn is_again(&self, open: usize) -> bool {
        let own = self.words[open..self.verb.start].trim();
        own.is_empty() || starts_with_any(own, &grammar().anaphors)
    }

    /// “甲公司”系误列: who was listed by mistake.
    fn by_mistake(&self) -> Option<Range<usize>> {
        let verb = &self.words[self.verb.clone()];
        let before = &self.words[self.after..self.verb.start];
        let mistake = starts_with_any(verb, &grammar().mistakes);
        let subject = grammar().copulas.iter().find_map(|word| before.strip_suffix(word.as_str()));
        let subject = subject.filter(|_| mistake)?;
        let at = self.after..self.after + subject.len();
        Some(subject.rfind('“').map_or(at.clone(), |quote| at.start + quote..at.end))
    }

    /// 甲公司被列入.
    fn subject_of_passive(&self) -> Option<Range<usize>> {
        let end = self.without_denial(self.words[..self.verb.start].strip_suffix('被')?.len());
        let mark = self.words[self.after..self.verb.start].rfind(MARKS);
        let start = mark.map_or(self.after, |at| self.after + at);
        // 甲公司因违反规定被列入: what is told of it between is no part of its name.
        let reason = performed::reason_for(self.words, &self.verb).map(|reason| reason.start);
        Some(start..reason.filter(|at| *at > start && *at < end).unwrap_or(end))
    }

    /// 新增甲公司: up to the list or the next mark.
    fn object_behind(&self) -> Range<usize> {
        let behind = self.verb.end..self.next;
        let rest = parties::without_brackets(&self.words[behind.clone()]).0;
        let mark = rest.find(['，', ',', '；', '至', '到']).map(|at| behind.start + at);
        let end = self.list_in(behind.clone()).into_iter().chain(mark).min().unwrap_or(behind.end);
        behind.start..end
    }

    /// 新增12家实体，包括甲公司: what stands behind the mark, where the object only counts those whom it gives.
    fn included(&self, object: Range<usize>) -> Range<usize> {
        let rest = &self.words[object.end..self.next];
        let behind = rest.trim_start_matches([',', '，', '：', ':']);
        let named = grammar().including.iter().find_map(|word| behind.strip_prefix(word.as_str()));
        let Some(named) = named.filter(|_| !self.words[object.clone()].contains("公司")) else {
            return object;
        };
        let start = self.next - named.len();
        let end = named.find(['。', '；']).map_or(self.next, |at| start + at);
        start..end
    }

    /// 甲公司移出名单.
    fn subject(&self) -> Option<Range<usize>> {
        let before = &self.words[self.after..self.verb.start];
        let mark = before.rfind(['，', ',', '；', '：', ':']);
        let start = self.after + mark.map_or(0, |at| passage::behind(before, at));
        let end = self.without_denial(self.verb.start).max(start);
        let is_party = parties::looks_like_party(self.words[start..end].trim());
        let outside = self.lists.iter().all(|(at, _)| at.end <= start || at.start >= self.verb.start);
        (is_party && outside).then_some(start..end)
    }

    /// Where the words up to a place end without those by which it is denied: 甲公司并未.
    fn without_denial(&self, end: usize) -> usize {
        let words = &self.words[self.after.min(end)..end];
        let denied = grammar().denials.iter().filter_map(|word| words.strip_suffix(word.as_str()));
        denied.map(str::len).min().map_or(end, |length| end - words.len() + length)
    }

    /// Whether nothing but a list and what joins two acts stands between the verb and the one before, so that both are upon the
    /// same parties: 移出关注名单并列入管控名单.
    fn is_joined(&self) -> bool {
        let mut between = self.words[self.after..self.verb.start].to_owned();
        let lists = self.lists.iter().map(|(at, _)| at);
        for at in lists.filter(|at| at.start >= self.after && at.end <= self.verb.start) {
            between = between.replace(&self.words[at.clone()], "");
        }
        for join in &grammar().joins {
            between = between.replace(join.as_str(), "");
        }
        between.trim().is_empty()
    }

    /// 海鸥公司从不可靠实体清单中: the parties before the list.
    pub fn without_list(&self, object: Range<usize>) -> Range<usize> {
        let Some(list) = self.list_in(object.clone()) else { return object };
        let words = &self.words[object.start..list];
        object.start..object.start + words.trim_end_matches(|c: char| grammar().to_list.contains(c)).len()
    }
}
