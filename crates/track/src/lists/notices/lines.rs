//! Lines: headings that say what the lines below do, and entries that are a member each.

use super::grammar::{self, Heading, grammar};
use super::{Act, Reader};
use crate::acts::effective::Period;
use crate::lists::parties::{self, Party};
use crate::text::passage::{self, numbered};
use crate::text::words::starts_with_any;
use headwater_model::mention::EntityKind;
use headwater_model::tracking::Basis;
use std::ops::Range;

impl Reader<'_> {
    pub(super) fn line(&mut self, line: Range<usize>) {
        let words = &self.seen.text.as_str()[line.clone()];
        if words.contains('\t') {
            self.row(&line);
            return;
        }
        self.table = None;
        let folded = &self.folded[line.clone()];
        let bare = folded.trim_matches(|c: char| !c.is_alphanumeric());
        if let Some(heading) = grammar::heading(bare) {
            self.heading(heading, line);
            return;
        }
        let acts = self.acts.len();
        let sentences = passage::sentences(self.seen.text.as_str(), line.clone());
        let stops = !sentences.is_empty() && words.ends_with(['.', '。', '；']);
        for sentence in sentences {
            self.sentence(sentence);
        }
        if self.acts.len() > acts {
            return;
        }
        if starts_with_any(folded, &grammar().supplements) {
            self.open = self.act_of_table(None, || 0);
        }
        if starts_with_any(folded, &grammar().annexes) {
            self.plain = self.open.is_some();
            return;
        }
        if let Some(act) = self.open {
            self.entry(act, line, stops);
        }
    }

    /// "Additions", "Delisting": what the lines below do to the list that the text has named.
    fn heading(&mut self, heading: &Heading, line: Range<usize>) {
        let (Some(list), Some(change)) = (self.list_up_to(line.start).cloned(), heading.is) else {
            self.open = None;
            return;
        };
        self.open(Act { points: true, ..Act::done(list, change, Period::default(), line) });
        self.plain = true;
    }

    /// A line that names members of the act above it, if it is numbered or such lines need no number. One that `stops` as a
    /// sentence does and names nobody ends those.
    fn entry(&mut self, act: usize, line: Range<usize>, stops: bool) {
        let words = &self.seen.text.as_str()[line.clone()];
        let number = numbered(words);
        let entry = match number {
            Some(name) => {
                let from = line.start + (name.as_ptr() as usize - words.as_ptr() as usize);
                from..from + name.len()
            }
            None if self.plain => line,
            None => return,
        };
        let parties = self.parties_of_line(entry);
        if parties.is_empty() && number.is_none() && stops {
            self.plain = false;
        }
        self.add(act, parties, Basis::Line);
    }

    fn parties_of_line(&self, entry: Range<usize>) -> Vec<Party> {
        use EntityKind as K;
        let mut parties = parties::in_line(self.seen.text.as_str(), entry);
        parties.retain(|party| {
            let office = self.is_called(party, |kind| matches!(kind, K::Agency | K::Place | K::Law));
            !office && !self.meets_list(&party.at) && !self.has_date(&party.at)
        });
        parties
    }
}
