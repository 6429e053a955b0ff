//! Parties in a run of Latin words, and what brackets say that they are called besides.

use super::entries::name_end;
use super::vocabulary::vocabulary;
use super::{Party, is_form, is_name, without_brackets, without_stop};
use crate::text::passage::{numbered, shifted};
use crate::text::units;
use headwater_model::article::LINE_IN_CELL;
use headwater_model::membership::is_legal_form;
use std::ops::Range;

/// Parties in a run of Latin words: "A Co., Ltd.; B LLC (a.k.a. C), located in D; and E".
pub fn in_run(text: &str, run: Range<usize>) -> Vec<Party> {
    let quoted = quoted(text, &run);
    if !quoted.is_empty() {
        return quoted;
    }
    let (bare, brackets) = without_brackets(&text[run.clone()]);
    let pieces = pieces(&bare);
    if is_of_no_party(&bare, pieces.first()) {
        return Vec::new();
    }
    let mut found = named(&text[run.clone()], &bare, pieces);
    for party in &mut found {
        party.at = shifted(&party.at, run.start);
    }
    let starts: Vec<usize> = found.iter().skip(1).map(|next| next.at.start).chain([run.end]).collect();
    for (party, next) in found.iter_mut().zip(starts) {
        let brackets = brackets.iter().map(|bracket| shifted(bracket, run.start));
        let own = brackets.filter(|bracket| party.at.start < bracket.start && bracket.start < next);
        party.also = own.flat_map(|bracket| other_names(&text[bracket])).collect();
    }
    found
}

/// "Adding two aliases, A and B": whether what is added is no party.
fn is_of_no_party(bare: &str, first: Option<&Range<usize>>) -> bool {
    let head = first.map_or(String::new(), |first| bare[first.clone()].trim().to_ascii_lowercase());
    let described = bare.trim_start().starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    described && head.split(' ').take(4).any(|word| vocabulary().no_parties.iter().any(|no| no == word))
}

/// The names at the heads of pieces, by their places in the run.
fn named(run: &str, bare: &str, pieces: Vec<Range<usize>>) -> Vec<Party> {
    let facts = bare.contains(';');
    let mut found: Vec<Party> = Vec::new();
    for piece in pieces {
        let words = bare[piece.clone()].trim();
        // "Co., Ltd.": the comma stands inside the name, whatever small words follow.
        let (head, rest) = words.split_once(' ').unwrap_or((words, ""));
        let form = is_form(words.trim_end_matches('.'))
            || is_form(head.trim_end_matches('.')) && rest.starts_with(char::is_lowercase);
        if let Some(last) = found.last_mut().filter(|last| form && piece.start - last.at.end <= 2) {
            let own = if is_form(words.trim_end_matches('.')) { words } else { head };
            let lead = bare[piece.clone()].len() - bare[piece.clone()].trim_start().len();
            last.at.end = piece.start + lead + own.len();
            continue;
        }
        let piece = if facts { before_facts(run, piece) } else { piece };
        found.extend(latin_name(bare, piece).map(Party::at));
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
                    found.push(Party::at(start..start + name.len()));
                }
                open = None;
            }
            _ => {}
        }
    }
    found
}

/// The pieces of a run between semicolons, or if it has none between commas and what else joins parties.
fn pieces(bare: &str) -> Vec<Range<usize>> {
    let places = |mark: &str| -> Vec<Range<usize>> {
        bare.match_indices(mark).map(|(at, mark)| at..at + mark.len()).collect()
    };
    let mut cuts = places(";");
    if cuts.is_empty() {
        cuts = vocabulary().joints.iter().flat_map(|joint| places(joint)).collect();
        cuts.sort_by_key(|cut| cut.start);
    }
    let mut start = 0;
    let mut found = Vec::new();
    for cut in cuts.into_iter().chain(std::iter::once(bare.len()..bare.len())) {
        if cut.start >= start {
            found.push(start..cut.start);
            start = cut.end;
        }
    }
    found
}

/// The name at the head of a piece: without "an entry for", up to the first small word that no name has inside.
fn latin_name(bare: &str, piece: Range<usize>) -> Option<Range<usize>> {
    let start = without_leads(bare, &piece);
    let end = start + capital_words(&bare[start..piece.end]);
    let name = without_stop(bare[start..end].trim_end_matches([',', ';', ' ']));
    let opener = name.split(' ').next().is_some_and(|word| vocabulary().no_names.iter().any(|no| no == word));
    (is_name(name) && !opener).then(|| start..start + name.len())
}

/// Where a piece begins behind its number and the words that are no part of a name.
fn without_leads(bare: &str, piece: &Range<usize>) -> usize {
    let mut start = piece.start;
    loop {
        let whole = &bare[start..piece.end];
        let rest = whole.trim_start_matches(|c: char| c.is_whitespace() || "‘“\"'".contains(c));
        let rest = numbered(rest).map_or(rest, |_| {
            rest.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['.', ')', ' '])
        });
        start += whole.len() - rest.len();
        let lower = rest.to_ascii_lowercase();
        let Some(lead) = vocabulary().leads.iter().find(|lead| lower.starts_with(lead.as_str())) else {
            return start;
        };
        start += lead.len();
    }
}

/// Up to where words have capitals; a small one may stand inside a name, and a legal form end it.
fn capital_words(piece: &str) -> usize {
    let (mut at, mut end) = (0, 0);
    let mut held = false;
    for word in piece.split(' ') {
        let after = at + word.len();
        match word.chars().find(|c| c.is_alphanumeric()) {
            None => {}
            Some(c) if c.is_uppercase() || c.is_ascii_digit() || units::is_ideographic(c) => {
                (end, held) = (after, false);
            }
            Some(_) if is_legal_form(&word.trim_end_matches(['.', ',']).replace('.', "")) => end = after,
            Some(_) if at > 0 && !held && vocabulary().small.iter().any(|small| small == word) => held = true,
            Some(_) => break,
        }
        at = after + 1;
    }
    end
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
pub fn other_names(inside: &str) -> Vec<String> {
    let lower = inside.to_ascii_lowercase();
    let told = vocabulary().aliases.iter().any(|alias| cues(&lower, alias).next().is_some());
    if !told && !inside.chars().any(units::is_ideographic) {
        return Vec::new();
    }
    let names = inside.split([';', '；']).map(other_name);
    names.filter(|name| name.chars().count() > 1).map(str::to_owned).collect()
}

/// A part of a bracket without the words before the name.
fn other_name(part: &str) -> &str {
    let lower = part.to_ascii_lowercase();
    let told =
        vocabulary().aliases.iter().filter_map(|alias| cues(&lower, alias).last().map(|at| at.end)).max();
    let name = &part[told.unwrap_or(0)..];
    name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.').trim_start_matches('.').trim()
}

/// Other names behind "a.k.a." in the words of an entry: "a.k.a., the following two aliases: —A; and —B."
pub fn aliases(bare: &str, mut found: Vec<String>) -> Vec<String> {
    let lower = bare.to_ascii_lowercase();
    let told =
        vocabulary().aliases.iter().filter_map(|alias| cues(&lower, alias).next().map(|at| at.end)).min();
    let Some(told) = told else { return found };
    let rest = &bare[told..];
    let counted = rest.find(':').filter(|at| {
        rest[at + 1..].starts_with(char::is_whitespace) && rest[..*at].to_ascii_lowercase().contains("alias")
    });
    let list = rest[counted.map_or(0, |at| at + 1)..]
        .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ','));
    for part in list.split(';') {
        let part = part.trim().trim_start_matches("and ");
        let part = part.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        // A line of a cell ends a name.
        let line = part.split(LINE_IN_CELL).next().unwrap_or_default();
        let ended = (line.len() < part.len()).then_some(line.len());
        let Some(end) = name_end(line).or(ended) else { continue };
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
