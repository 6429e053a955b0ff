//! Parties as official documents name them: in a run of a sentence, in quotes, in a line or row of an annex.

use crate::lists::notices::{Grammar, grammar};
use crate::text::units;
use headwater_model::membership::{bare_key, is_bare, is_legal_form, name_key, names_of};
use std::collections::BTreeMap;
use std::ops::Range;

/// A party: where its name stands, and what it is called besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Bytes of the text.
    pub at: Range<usize>,
    /// Other names.
    pub also: Vec<String>,
}

/// Characters of the longest name.
const LONGEST: usize = 120;

/// Parties in a run of Latin words: "A Co., Ltd.; B LLC (a.k.a. C), located in D; and E".
pub fn in_run(text: &str, run: Range<usize>) -> Vec<Party> {
    let quoted = quoted(text, &run);
    if !quoted.is_empty() {
        return quoted;
    }
    let (bare, brackets) = without_brackets(&text[run.clone()]);
    let marks: &[&str] = if bare.contains(';') { &[";"] } else { &[",", " and ", " as well as "] };
    let mut found: Vec<Party> = Vec::new();
    // "Adding two aliases, A and B": what is added is no party.
    let head = pieces(&bare, marks)
        .into_iter()
        .next()
        .map(|p| bare[p].trim().to_ascii_lowercase())
        .unwrap_or_default();
    let no_party = |word: &str| grammar().no_parties.iter().any(|no| no == word);
    let described = bare.trim_start().starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    if described && head.split(' ').take(4).any(no_party) {
        return found;
    }
    for piece in pieces(&bare, marks) {
        let at = run.start + piece.start..run.start + piece.end;
        let words = bare[piece.clone()].trim();
        // "Co., Ltd.": the comma stands inside the name.
        let form = words.trim_end_matches('.').to_lowercase().replace('.', "");
        if let Some(last) =
            found.last_mut().filter(|last| is_legal_form(&form) && at.start - last.at.end <= 2)
        {
            last.at.end = run.start + piece.start + bare[piece.clone()].trim_end().len();
            continue;
        }
        let piece = if marks == [";"] { before_facts(&text[run.clone()], piece) } else { piece };
        let Some(name) = latin_name(&bare, piece) else { continue };
        let name = run.start + name.start..run.start + name.end;
        found.push(Party { at: name, also: Vec::new() });
    }
    let all = found.clone();
    for (number, party) in found.iter_mut().enumerate() {
        let next = all.get(number + 1).map_or(run.end, |next| next.at.start);
        let own = brackets.iter().filter(|b| {
            let at = run.start + b.start;
            party.at.start < at && at < next
        });
        party.also = own.flat_map(|b| other_names(&text[run.start + b.start..run.start + b.end])).collect();
    }
    found
}

/// A piece of a list that is set apart by semicolons without the facts behind its name: "KAPPA SA, Panama City [X]".
fn before_facts(words: &str, piece: Range<usize>) -> Range<usize> {
    let own = &words[piece.clone()];
    let lead = own.len() - own.trim_start().len();
    let end = name_end(own[lead..].trim_end());
    end.map_or(piece.clone(), |end| piece.start..(piece.start + lead + end).min(piece.end))
}

/// Names in quotes, “A Co., Ltd.;” and “B”, each without the mark that the quote takes in.
fn quoted(text: &str, run: &Range<usize>) -> Vec<Party> {
    let words = &text[run.clone()];
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in words.char_indices() {
        match (c, open) {
            ('“' | '"', None) => open = Some(at + c.len_utf8()),
            ('”' | '"', Some(start)) => {
                let name = words[start..at].trim_end_matches([';', ',', ' ']);
                if is_name(name) {
                    let start = run.start + start;
                    found.push(Party { at: start..start + name.len(), also: Vec::new() });
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// The words with blanks for what stands in brackets, byte for byte, and where each bracket's inside is.
pub fn without_brackets(words: &str) -> (String, Vec<Range<usize>>) {
    let (mut bare, mut inside) = (String::with_capacity(words.len()), Vec::new());
    let mut depth = 0_usize;
    let mut start = 0;
    for (at, c) in words.char_indices() {
        let opens = matches!(c, '(' | '（' | '[');
        let closes = matches!(c, ')' | '）' | ']') && depth > 0;
        if opens {
            depth += 1;
            start = if depth == 1 { at + c.len_utf8() } else { start };
        }
        if depth > 0 {
            bare.extend(std::iter::repeat_n(' ', c.len_utf8()));
        } else {
            bare.push(c);
        }
        if closes {
            depth -= 1;
            if depth == 0 {
                inside.push(start..at);
            }
        }
    }
    (bare, inside)
}

/// Stretches between some marks.
fn pieces(words: &str, marks: &[&str]) -> Vec<Range<usize>> {
    let mut cuts: Vec<Range<usize>> =
        marks.iter().flat_map(|m| words.match_indices(m).map(|(at, m)| at..at + m.len())).collect();
    cuts.sort_by_key(|cut| cut.start);
    let mut start = 0;
    let mut found = Vec::new();
    for cut in cuts.into_iter().chain(std::iter::once(words.len()..words.len())) {
        if cut.start >= start {
            found.push(start..cut.start);
            start = cut.end;
        }
    }
    found
}

/// The name at the head of a piece: without "an entry for", up to the first small word that no name has inside.
fn latin_name(words: &str, piece: Range<usize>) -> Option<Range<usize>> {
    let Grammar { leads, small, .. } = grammar();
    let mut start = piece.start;
    loop {
        let rest = &words[start..piece.end];
        let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || "‘“\"'".contains(c));
        let bare = crate::lists::claimed::numbered(bare).map_or(bare, |_| {
            bare.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ' '])
        });
        start += rest.len() - bare.len();
        let rest = words[start..piece.end].to_ascii_lowercase();
        let Some(lead) = leads.iter().find(|lead| rest.starts_with(lead.as_str())) else { break };
        start += lead.len();
    }
    let mut end = start;
    let mut at = start;
    let mut held = None;
    for word in words[start..piece.end].split(' ') {
        let after = at + word.len();
        let first = word.chars().find(|c| c.is_alphanumeric());
        match first {
            None => {}
            Some(c) if c.is_uppercase() || c.is_ascii_digit() || units::is_ideographic(c) => {
                (end, held) = (after, None)
            }
            Some(_) if is_legal_form(word.trim_end_matches(['.', ',']).replace('.', "").as_str()) => {
                end = after
            }
            Some(_) if at > start && held.is_none() && small.iter().any(|s| s == word) => held = Some(at),
            Some(_) => break,
        }
        at = after + 1;
    }
    let name = without_stop(words[start..end].trim_end_matches([',', ';', ' ']));
    let opener = name.split(' ').next().is_some_and(|word| grammar().no_names.iter().any(|no| no == word));
    (is_name(name) && !opener).then(|| start..start + name.len())
}

/// A name without the stop of its sentence; that of "Ltd." is its own.
fn without_stop(name: &str) -> &str {
    const SHORT: [&str; 8] = ["co", "ltd", "inc", "corp", "pte", "pty", "bhd", "jr"];
    let last = name.rsplit([' ', ',']).next().unwrap_or_default().to_ascii_lowercase();
    let bare = last.trim_end_matches('.');
    if SHORT.contains(&bare) || bare.contains('.') { name } else { name.trim_end_matches('.') }
}

/// Where a cue stands in lower words, a Latin one not inside of a word; behind its full stop a name may follow at once.
fn cues<'a>(words: &'a str, cue: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let joins = |c: char| c.is_alphanumeric();
    let latin = cue.is_ascii();
    words.match_indices(cue).map(|(at, cue)| at..at + cue.len()).filter(move |at| {
        let opens = !words[..at.start].ends_with(joins);
        let closes = cue.ends_with('.') || !words[at.end..].starts_with(joins);
        !latin || opens && closes
    })
}

/// Names that a bracket gives besides: after "a.k.a.", or in another script.
fn other_names(inside: &str) -> Vec<String> {
    let lower = inside.to_ascii_lowercase();
    let Grammar { aliases, .. } = grammar();
    let told = aliases.iter().any(|alias| cues(&lower, alias).next().is_some());
    let other_script = inside.chars().any(units::is_ideographic) && !inside.is_ascii();
    if !told && !other_script {
        return Vec::new();
    }
    let parts = inside.split([';', '；']).map(|part| {
        let lower = part.to_ascii_lowercase();
        let told = aliases.iter().filter_map(|alias| cues(&lower, alias).last().map(|at| at.end)).max();
        let name = &part[told.unwrap_or(0)..];
        name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
            .trim_start_matches('.')
            .trim()
            .to_owned()
    });
    parts.filter(|name| name.chars().count() > 1).collect()
}

/// Parties in a run of Chinese words: 甲公司、乙研究所（B Institute）和丙公司等3家实体.
pub fn in_chinese_run(text: &str, run: Range<usize>) -> Vec<Party> {
    let words = &text[run.clone()];
    let (bare, _) = without_brackets(words);
    let Grammar { ends, .. } = grammar();
    let mut cuts: Vec<Range<usize>> = Vec::new();
    for (at, c) in bare.char_indices() {
        let joint = match c {
            '、' | '，' | ';' | '；' => true,
            '和' | '及' | '与' | '與' => {
                let before = units::simplified(bare[..at].trim_end());
                words[..at].trim_end().ends_with(['）', ')'])
                    || before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
                    || ends.iter().any(|end| before.ends_with(end.as_str()))
            }
            _ => false,
        };
        if joint {
            cuts.push(at..at + c.len_utf8());
        }
    }
    let mut start = 0;
    let mut found: Vec<Party> = Vec::new();
    for cut in cuts.into_iter().chain(std::iter::once(words.len()..words.len())) {
        let piece = start..cut.start;
        if let Some(at) = chinese_name(words, piece.clone()) {
            // 无法核实最终用户、最终用途的甲公司: the description ran over the mark.
            if at.start > piece.start && words[piece.start..at.start].ends_with('的') {
                found.retain(|party| looks_like_party(&text[party.at.clone()]));
            }
            found.push(Party { at: run.start + at.start..run.start + at.end, also: Vec::new() });
        }
        start = cut.end;
    }
    found
}

/// A piece without what counts or describes: 等3家美国实体, 公告2026年第3号中.
fn chinese_name(words: &str, piece: Range<usize>) -> Option<Range<usize>> {
    let mut at = piece;
    let number = |c: char| c.is_ascii_digit() || "一二三四五六七八九十百两兩".contains(c);
    // 商务部公告2026年第18号中…
    if let Some(notice) = words[at.clone()]
        .find('号')
        .or(words[at.clone()].find('號'))
        .filter(|n| words[at.start..at.start + n].contains('第'))
    {
        at.start += notice + '号'.len_utf8();
        for lead in ["公告", "令", "所列", "中的", "中", "对", "對"] {
            at.start += if words[at.clone()].starts_with(lead) { lead.len() } else { 0 };
        }
    }
    let (bare, _) = without_brackets(&words[at.clone()]);
    // 泰伦公司3家美国实体, 泰伦公司等
    let counted = bare.char_indices().find_map(|(i, c)| {
        let rest = &bare[i..];
        let counts = || {
            let after = rest.trim_start_matches(number);
            after.len() < rest.len() && after.starts_with(['家', '名', '個', '个', '间', '間'])
        };
        // 甲公司等企业, and not 甲高等研究院.
        let others = || {
            let after = units::simplified(rest.trim_start_matches('等').trim_start());
            i > 0
                && (after.is_empty()
                    || after.starts_with(number)
                    || after.starts_with(|c: char| !c.is_alphanumeric())
                    || grammar().others.iter().any(|word| after.starts_with(word.as_str())))
        };
        (c == '等' && others() || counts()).then_some(i)
    });
    at.end = at.start + counted.unwrap_or(words[at.clone()].len());
    let inner = words[at.clone()]
        .trim_matches(|c: char| c.is_whitespace() || "“”‘’「」『』\"'，,：:。；".contains(c));
    // 已暂停措施的甲公司, and not 美的集团.
    let described = inner.rfind('的').filter(|n| {
        let inside = grammar().holding.iter().any(|word| {
            inner.match_indices(word.as_str()).any(|(at, word)| (at..at + word.len()).contains(n))
        });
        inner[..*n].chars().count() > 2 && !inner[*n..].starts_with("的（") && !inside
    });
    let inner = described.map_or(inner, |n| &inner[n + '的'.len_utf8()..]);
    // 其子公司伊塔公司, 旗下企业
    let owned = grammar().owned.iter().find(|lead| units::simplified(inner).starts_with(lead.as_str()));
    let inner = owned.map_or(inner, |lead| {
        let after = inner.char_indices().nth(lead.chars().count()).map_or(inner.len(), |(i, _)| i);
        &inner[after..]
    });
    let start = at.start + (inner.as_ptr() as usize - words[at].as_ptr() as usize);
    let own = units::simplified(inner);
    let points = grammar().points.iter().any(|word| own.starts_with(word.as_str()));
    let anaphor =
        ["其", "上述", "该", "前述", "有关", "相关", "部分"].iter().any(|word| own.starts_with(word));
    let signed = grammar().signatures.iter().any(|word| own.contains(word.as_str()));
    let law = ["规定", "办法", "公告", "措施", "物项", "名单", "清单"].iter().any(|word| own.ends_with(word));
    (is_name(inner) && !points && !anaphor && !law && !signed).then(|| start..start + inner.len())
}

/// Whether a Chinese name is one by its looks: by how it ends, or because it is given in Latin letters too.
pub fn looks_like_party(name: &str) -> bool {
    let folded = units::simplified(name);
    let bare = folded.trim_end_matches(['）', ')']);
    bare.len() < folded.len()
        || folded.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.')
        || grammar().ends.iter().any(|end| bare.ends_with(end.as_str()))
}

/// Whether words can name a party.
pub fn is_name(words: &str) -> bool {
    let folded = units::simplified(words);
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let mut own = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).peekable();
    let Grammar { no_parties, .. } = grammar();
    let first = own.peek().copied().unwrap_or_default();
    letters > 1
        && words.chars().count() <= LONGEST
        && !own.clone().all(|w| is_legal_form(w) || crate::lists::claimed::is_general_word(w))
        && !no_parties.iter().any(|word| word == first)
        && own.next().is_some()
}

/// The parties of a line of an annex. A line of facts begins with the name: "ACME LTD (a.k.a. ACE), Dubai; DOB …".
pub fn in_line(text: &str, line: Range<usize>) -> Vec<Party> {
    let words = &text[line.clone()];
    let folded = units::simplified(words);
    let han = folded.chars().find(|c| c.is_alphanumeric()).is_some_and(units::is_ideographic);
    if grammar().no_entries.iter().any(|word| folded.starts_with(word.as_str()))
        || words.contains(['。', '；', '：']) && han
    {
        return Vec::new();
    }
    if han {
        let end = words.find(['，', ',', '\t']).unwrap_or(words.len());
        return in_chinese_run(text, line.start..line.start + end);
    }
    // "CHINA: A; B; and C."
    let under = words.find(": ").filter(|at| *at <= 40 && !words[..*at].chars().any(char::is_lowercase));
    if let Some(at) = under {
        return in_run(text, line.start + at + 2..line.end);
    }
    if words.ends_with(':') || is_prose(words) {
        return Vec::new();
    }
    let Some(end) = name_end(words) else { return Vec::new() };
    let name = without_stop(words[..end].trim_matches(|c: char| c.is_whitespace() || "\"“”,;".contains(c)));
    let start = line.start + (name.as_ptr() as usize - words.as_ptr() as usize);
    let capital = name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    if !capital || !is_name(name) {
        return Vec::new();
    }
    // Who signs, and with what office.
    if is_signed(&folded) {
        return Vec::new();
    }
    vec![Party { at: start..start + name.len(), also: further_names(words) }]
}

/// The party of a cell, which may hold its aliases and its address behind the name.
pub fn in_cell(text: &str, cell: Range<usize>) -> Option<Party> {
    let whole = &text[cell.clone()];
    let quotes = |c: char| c.is_whitespace() || "‘’'\"“”".contains(c);
    let words = whole.trim_matches(quotes);
    let words = crate::lists::claimed::numbered(words).unwrap_or(words).trim_matches(quotes);
    let han = words.chars().find(|c| c.is_alphanumeric()).is_some_and(units::is_ideographic);
    let end = match () {
        () if han => without_brackets(words).0.find(['，', '；', '\n']).unwrap_or(words.len()),
        () if is_person(words) => words.len(),
        () => name_end(words)?,
    };
    let name = without_stop(words[..end].trim_matches(|c: char| c.is_whitespace() || "\"“”,;".contains(c)));
    let start = cell.start + (name.as_ptr() as usize - whole.as_ptr() as usize);
    let also = if han { Vec::new() } else { further_names(words) };
    is_name(name).then(|| Party { at: start..start + name.len(), also })
}

/// "ZIMIN, Viktor Pavlovich": a person's family name in capitals, and what it is called besides.
fn is_person(words: &str) -> bool {
    let Some((family, given)) = words.split_once(", ") else { return false };
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '.');
    let form = |w: &str| is_legal_form(w.trim_end_matches('.').to_lowercase().replace('.', "").as_str());
    family.chars().all(|c| !c.is_lowercase() && plain(c))
        && given.chars().all(plain)
        && given.split(' ').count() <= 4
        && !family.split(' ').chain(given.split(' ')).any(form)
}

/// Other names of an entry: in brackets, or behind "a.k.a." in its words: "a.k.a., the following two aliases: —A; and —B."
fn further_names(words: &str) -> Vec<String> {
    let (bare, brackets) = without_brackets(words);
    let mut found: Vec<String> = brackets.iter().flat_map(|b| other_names(&words[b.clone()])).collect();
    let lower = bare.to_ascii_lowercase();
    let told = grammar().aliases.iter().filter_map(|alias| cues(&lower, alias).next().map(|at| at.end)).min();
    let Some(told) = told.filter(|_| lower.len() == bare.len()) else { return found };
    let rest = &bare[told..];
    let counted = rest.find(": ").filter(|at| rest[..*at].to_ascii_lowercase().contains("alias"));
    let list = rest[counted.map_or(0, |at| at + 2)..].trim_start_matches(['.', ',', ' ']);
    for part in list.split(';') {
        let part =
            part.trim().trim_start_matches("and ").trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let Some(end) = name_end(part) else { continue };
        let name = without_stop(part[..end].trim_matches([',', ' ']));
        if is_name(name) && !found.iter().any(|known| known == name) {
            found.push(name.to_owned());
        }
        // Behind the last alias stands the address.
        if end < part.len() || counted.is_none() {
            break;
        }
    }
    found
}

/// Whether a line is a sentence and no entry: small words at its end, and nothing that lists facts.
fn is_prose(words: &str) -> bool {
    let facts = words.contains(['[', ';']) || words.contains(" (");
    let count = words.split(' ').count();
    let small = words.split(' ').filter(|w| w.starts_with(char::is_lowercase)).count();
    !facts && (small * 2 > count || count > 14 && small * 4 > count)
}

fn is_signed(folded: &str) -> bool {
    let office =
        |word: &String| crate::text::words::places(folded, word).any(|at| folded[..at.start].contains(", "));
    grammar().officers.iter().any(office) && !folded.contains(['[', ';'])
        || grammar().imprints.iter().any(|word| folded.contains(word.as_str()))
}

/// Where the name ends that a line begins with. A person's has its given names behind the comma.
fn name_end(words: &str) -> Option<usize> {
    let first = grammar()
        .facts
        .iter()
        .filter_map(|mark| words.find(mark.as_str()).filter(|at| !ends_form(words, *at, mark)))
        .min();
    let mut commas = words.match_indices(", ").map(|(at, _)| at).filter(|at| {
        let next = words[at + 2..].split([' ', ',']).next().unwrap_or_default().to_lowercase();
        !is_legal_form(next.trim_end_matches([';', ')', ':']).replace('.', "").as_str())
    });
    let person = words.contains("(individual)") || words.contains("(person)");
    let comma = commas.nth(usize::from(person));
    let end = [first, comma].into_iter().flatten().min().unwrap_or(words.len());
    let end = words[..end].trim_end().len();
    (end > 0).then_some(end)
}

/// "TRADING CO. (…)", "Ltd. ": a stop behind a legal form ends no name.
fn ends_form(words: &str, at: usize, mark: &str) -> bool {
    let last = words[..at].rsplit([' ', ',']).next().unwrap_or_default().to_lowercase();
    mark.starts_with('.') && (is_legal_form(last.replace('.', "").as_str()) || last.chars().count() <= 2)
}

/// The parties of one document, by all that they are called.
#[derive(Default)]
pub struct Met {
    exact: BTreeMap<String, usize>,
    /// By their names without a legal form, and those that are without one.
    bare: BTreeMap<String, usize>,
    short: BTreeMap<String, usize>,
}

impl Met {
    /// The number of the first party that one of the names is that of. "Acme Co., Ltd." and "Acme FZE" on one page are two;
    /// "Acme" is short for either.
    pub fn find<'n>(&self, names: impl Iterator<Item = &'n str>) -> Option<usize> {
        let own = names.flat_map(names_of).flat_map(|name| {
            let bare = bare_key(name);
            let others = if is_bare(name) { &self.bare } else { &self.short };
            let other = others.get(&bare).filter(|_| bare.chars().count() > 1);
            [self.exact.get(&name_key(name)), other]
        });
        own.flatten().min().copied()
    }

    /// Takes names of a party.
    pub fn take<'n>(&mut self, names: impl Iterator<Item = &'n str>, party: usize) {
        let enter = |into: &mut BTreeMap<String, usize>, key: String| {
            into.entry(key).and_modify(|first| *first = party.min(*first)).or_insert(party);
        };
        for name in names.flat_map(names_of) {
            enter(&mut self.exact, name_key(name));
            enter(&mut self.bare, bare_key(name));
            if is_bare(name) {
                enter(&mut self.short, bare_key(name));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &str) -> Vec<String> {
        in_run(words, 0..words.len()).into_iter().map(|p| words[p.at].to_owned()).collect()
    }

    #[test]
    fn runs_of_names() {
        assert_eq!(
            names("Alpha Optics Co., Ltd. and Beta Marine LLC"),
            ["Alpha Optics Co., Ltd.", "Beta Marine LLC"]
        );
        assert_eq!(
            names(
                "two individuals and three companies, Dunmore Freight Ltd, Kestrel FZCO, and Vardan OOO, for supplying parts"
            ),
            ["Dunmore Freight Ltd", "Kestrel FZCO", "Vardan OOO"]
        );
        assert_eq!(
            names("entries for \"Korda Center;\" \"Pellan Co., Ltd.;\" and \"Yin Co.\""),
            ["Korda Center", "Pellan Co., Ltd.", "Yin Co."]
        );
        assert_eq!(
            names("Norland Optics, located in Germany, and Tirana Parts Sh.p.k., located in Albania,"),
            ["Norland Optics", "Tirana Parts Sh.p.k."]
        );
        assert_eq!(names("five entities under six entries"), Vec::<String>::new());
    }

    #[test]
    fn other_names_stand_in_brackets() {
        let words = "Brackwell Turbines (also known as: BW Turbines; Brakvel) and its subsidiaries Ondra Castings and Lys Bearings";
        let found = in_run(words, 0..words.len());
        assert_eq!(found[0].also, ["BW Turbines", "Brakvel"]);
        assert_eq!(found.len(), 3);
    }

    #[test]
    fn chinese_runs_are_counted_and_joined() {
        let check = |words: &str, expected: &[&str]| {
            let found: Vec<_> =
                in_chinese_run(words, 0..words.len()).into_iter().map(|p| &words[p.at]).collect();
            assert_eq!(found, expected);
        };
        check("晶阳微电子有限公司、渭川激光研究所等2家实体", &["晶阳微电子有限公司", "渭川激光研究所"]);
        check("附件所列5家日本实体", &[]);
        check("甲东公司（A Co.）和乙南中心", &["甲东公司（A Co.）", "乙南中心"]);
        check("商务部公告2026年第18号中哈默电子公司", &["哈默电子公司"]);
    }

    #[test]
    fn a_cell_holds_a_name_and_more() {
        let check = |cell: &str, name: &str, also: &[&str]| {
            let found = in_cell(cell, 0..cell.len()).unwrap();
            assert_eq!((&cell[found.at], found.also), (name, also.iter().map(|a| (*a).to_owned()).collect()));
        };
        check("Ibis Freight FZE, Office 9, Port Zone, Dubai, UAE.", "Ibis Freight FZE", &[]);
        check(
            "Tern Optics Co., Ltd., a.k.a., the following two aliases: —Tern Photonics; and —TOPT. 5 Quay Road, Ningbo.",
            "Tern Optics Co., Ltd.",
            &["Tern Photonics", "TOPT"],
        );
        check("PETROVA, Anna Ilyinichna", "PETROVA, Anna Ilyinichna", &[]);
        check("‘17. Volna Pribor AO", "Volna Pribor AO", &[]);
        check("鹭岛光学公司（Egret Optics, Inc.）", "鹭岛光学公司（Egret Optics, Inc.）", &[]);
    }

    #[test]
    fn entries_between_semicolons_end_before_their_facts() {
        let words = "KESTREL LINES SA, Colon, Panama [RUSSIA]; TERN OIL DMCC, Dubai, UAE [RUSSIA].";
        assert_eq!(names(words), ["KESTREL LINES SA", "TERN OIL DMCC"]);
    }

    #[test]
    fn descriptions_and_owners_are_no_names() {
        let check = |words: &str, expected: &[&str]| {
            let found: Vec<_> =
                in_chinese_run(words, 0..words.len()).into_iter().map(|p| &words[p.at]).collect();
            assert_eq!(found, expected, "{words}");
        };
        check("未能说明最终用户、最终用途的东浦精工株式会社等2家", &["东浦精工株式会社"]);
        check("甲东公司、参与军用项目、危害安全的乙南研究所", &["甲东公司", "乙南研究所"]);
        check("海西集团及其子公司海西动力公司", &["海西集团", "海西动力公司"]);
        check("甲公司及其子公司", &["甲公司"]);
        check("中国科学院等离子体物理研究所", &["中国科学院等离子体物理研究所"]);
        check("上海高等研究院等3家实体", &["上海高等研究院"]);
        check("广东美的制冷设备有限公司", &["广东美的制冷设备有限公司"]);
        check("甲东公司、乙南公司等美国企业", &["甲东公司", "乙南公司"]);
        check("违反规定的甲东公司等", &["甲东公司"]);
        check("海西集团和旗下", &["海西集团"]);
    }

    #[test]
    fn a_cue_inside_a_word_gives_no_other_name() {
        for line in ["Osaka Kiko Co., Ltd.", "Tanaka Seiki Works", "Nanaka Optics (Osaka branch)"] {
            let found = in_line(line, 0..line.len());
            assert_eq!(found.iter().map(|p| p.also.len()).collect::<Vec<_>>(), [0], "{line}");
        }
        let other = |words: &str| other_names(words);
        assert_eq!(other("a.k.a.Tern Optics"), ["Tern Optics"]);
        assert_eq!(other("aka Tern"), ["Tern"]);
        assert_eq!(other("简称燕鸥"), ["燕鸥"]);
    }

    #[test]
    fn a_short_name_is_that_of_the_first_long_one() {
        let mut met = Met::default();
        for (number, name) in
            ["Tern Co., Ltd.", "Tern FZE", "Skua", "燕鸥公司（Gannet Corp.）"].iter().enumerate()
        {
            met.take(std::iter::once(*name), number);
        }
        let find = |name: &str| met.find(std::iter::once(name));
        assert_eq!(find("TERN Co Ltd"), Some(0));
        assert_eq!(find("Tern"), Some(0));
        assert_eq!(find("Tern FZE"), Some(1));
        assert_eq!(find("Tern LLC"), None);
        assert_eq!(find("Skua Inc."), Some(2));
        assert_eq!(find("Gannet Corp."), Some(3));
        assert_eq!(find("Puffin"), None);
    }

    #[test]
    fn names_of_cells_stand_where_their_words_do() {
        let check = |cell: &str, expected: &str| {
            let found = in_cell(cell, 0..cell.len()).unwrap_or_else(|| panic!("{cell}"));
            assert_eq!(&cell[found.at], expected, "{cell}");
        };
        check(";甲公司", "甲公司");
        check("1. ,甲公司", "甲公司");
        check("2) “,乙公司”", "乙公司");
        check("3. Tern Optics LLC; Dubai", "Tern Optics LLC");
    }

    #[test]
    fn lines_begin_with_the_name() {
        let check = |line: &str, expected: &[&str]| {
            let found: Vec<_> = in_line(line, 0..line.len()).into_iter().map(|p| &line[p.at]).collect();
            assert_eq!(found, expected);
        };
        check("HASSANI, Behnam, Tehran, Iran; DOB 12 Mar 1979 (individual) [IRAN].", &["HASSANI, Behnam"]);
        check("CREST SHIPPING LLC (a.k.a. \"CREST\"), Dubai [IRAN].", &["CREST SHIPPING LLC"]);
        check("NAVEED TRADING CO., Hong Kong, China [NPWMD].", &["NAVEED TRADING CO."]);
        check(
            "CHINA: Lan Co., Ltd.; Hexi Works; and Tian Institute.",
            &["Lan Co., Ltd.", "Hexi Works", "Tian Institute"],
        );
        check("Ingrid S. Halvorsen, Assistant Secretary for Export Controls.", &[]);
        check(
            "Tern Optics Co., Ltd., a.k.a., the following two aliases: —Tern Photonics; and —TOPT. 5 Quay Road, Ningbo.",
            &["Tern Optics Co., Ltd."],
        );
        check("This rule does not impose new duties on exporters that hold a licence.", &[]);
    }
}
