//! Measures that the knowledge lacks, proposed from claims that are about one with a name of its own: a person confirms
//! them, or says that they are none.

use crate::acts::numbers::LONGEST_TITLE;
use crate::measures::called;
use crate::memory::seen::Seen;
use crate::text::glossary::{self, Concept};
use crate::text::passage::{overlap, shifted};
use crate::text::units::folded;
use crate::text::words::{self, ends_with_any};
use headwater_model::claim::{Frame, Modality, Polarity};
use headwater_model::id::digest;
use headwater_model::mention::EntityKind;
use headwater_model::source::SourceClass;
use headwater_model::time::first_day;
use headwater_model::{Analysis, Article, Claim, MeasureId, Part};
use std::ops::Range;

/// Proposes the measure that the claim at a place of an article is about: an instrument that its sentence names, or, on
/// an authority's numbered document about trade, or one whose headline binds, the document itself; `title` are the terms of its
/// headline.
pub fn propose(
    seen: &Seen,
    at: usize,
    article: &Article,
    analysis: &Analysis,
    title: &[Concept],
) -> Option<(MeasureId, String)> {
    let claim = seen.claims.get(at)?;
    let binds = matches!(
        claim.frame,
        Frame::Requirement
            | Frame::Restriction
            | Frame::Instruction
            | Frame::Permission
            | Frame::Charge
            | Frame::Funding
    );
    let probe = claim.frame == Frame::Investigation && seen.class == SourceClass::Official;
    if !(binds || probe) || claim.measure.is_some() {
        return None;
    }
    if probe {
        let name = numbered(article, analysis, seen.class).filter(|name| acts_by_name(name))?;
        return Some((id_of(&name), name));
    }
    let about = seen.concepts.get(at).map_or(&[][..], Vec::as_slice);
    let trade = || about.iter().chain(title).any(|concept| glossary::is_trade(*concept));
    let official = seen.class == SourceClass::Official;
    let name = named_in(claim, article, analysis)
        // An authority's own text names many a law that it rests on.
        .or_else(|| english_name(claim, article, analysis).filter(|_| !official && trade()))
        .or_else(|| numbered(article, analysis, seen.class).filter(|name| trade() || acts_by_name(name)))
        .or_else(|| headline(seen, claim, article))?;
    Some((id_of(&name), name))
}

/// The id of a measure that the knowledge lacks, by its name.
pub fn id_of(name: &str) -> MeasureId {
    MeasureId::new(format!("proposed-{}", &digest(&[folded(name).as_bytes()])[..16]))
}

/// An instrument that a text names, and where.
pub struct Named {
    /// Its name without what tells its state.
    pub name: String,
    /// Bytes of the text.
    pub at: Range<usize>,
}

/// Instruments that a stretch of an article's text names, in title marks or in capitals, and which are not what something
/// else rests on.
pub fn instruments_in(
    text: &str,
    stretch: Range<usize>,
    article: &Article,
    analysis: &Analysis,
) -> Vec<Named> {
    let mut found = in_marks(text, &stretch);
    found.extend(in_capitals(text, &stretch, article, analysis));
    found.extend(european(text, stretch));
    found
}

/// Instruments in title marks.
fn in_marks(text: &str, stretch: &Range<usize>) -> Vec<Named> {
    let is_rested_on = |title: &Range<usize>| {
        let before = text[stretch.start..title.start].trim_end_matches(['《', '「']);
        let before = before.rsplit('，').next().unwrap_or_default();
        let rests = |word: &String| {
            before.ends_with(word.as_str()) || before.starts_with(word.as_str()) && before.contains('》')
        };
        words::lists().instruments.resting.iter().any(rests)
    };
    let titles = titles(text, stretch.clone()).into_iter().filter(|title| !is_rested_on(title));
    let named = titles.map(|title| Named { name: without_state(&text[title.clone()]).to_owned(), at: title });
    named.filter(|named| ends_with_any(&named.name, &words::lists().instruments.endings)).collect()
}

/// Instruments in capitals that no law or list of the knowledge stands in.
fn in_capitals(text: &str, stretch: &Range<usize>, article: &Article, analysis: &Analysis) -> Vec<Named> {
    let quote = &text[stretch.clone()];
    let is_law = |at: &Range<usize>| {
        analysis.entities.iter().any(|e| {
            e.id.is_some()
                && e.evidence.part() == Part::Text
                && matches!(e.kind, EntityKind::Law | EntityKind::List)
                && overlap(&article.text.bytes(e.evidence.span()), at)
        })
    };
    let runs = capital_runs(quote).into_iter().filter(|run| {
        let name = &quote[run.clone()];
        let before = quote[..run.start].trim_end();
        let is_long = match name.split(' ').count() {
            0 | 1 => false,
            2 => before.ends_with("the") || before.ends_with("The"),
            _ => true,
        };
        is_long
            && ends_with_any(name, &words::lists().instruments.english_instruments)
            && !is_any_instrument(name)
            && !rests_on(before, |word| word != "of")
            && !is_law(&shifted(run, stretch.start))
    });
    runs.map(|run| Named { name: quote[run.clone()].to_owned(), at: shifted(&run, stretch.start) }).collect()
}

/// Whether words before the name of an English instrument say that something rests on it, by some of the words for that.
fn rests_on(before: &str, which: impl Fn(&str) -> bool) -> bool {
    let before = before.to_lowercase();
    let before = before.strip_suffix("the").unwrap_or(&before).trim_end();
    let mut rests = words::lists().instruments.resting_english.iter().filter(|word| which(word));
    rests.any(|word| before.ends_with(word.as_str())) || called::is_power(before)
}

/// "Regulation (EU) 2021/777": European acts by number. The first word before a bracket says of what kind.
fn european(text: &str, stretch: Range<usize>) -> Vec<Named> {
    let quote = &text[stretch.clone()];
    let act = |(at, mark): (usize, &str)| {
        let kind = ["Regulation ", "Directive ", "Decision "]
            .into_iter()
            .find(|kind| quote[..at].ends_with(kind))?;
        let start = at - kind.len();
        let rest = quote[at + mark.len()..].trim_start_matches([' ', 'N', 'o']);
        let number = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '/').len();
        let end = quote.len() - rest.len() + number;
        let before = quote[..start].trim_end().to_lowercase();
        let other = ["implementing", "amending", "to", "of", "under", "to the"]
            .iter()
            .any(|word| before.ends_with(&format!(" {word}")));
        (number > 4 && !other).then(|| Named {
            name: quote[start..end].to_owned(),
            at: stretch.start + start..stretch.start + end,
        })
    };
    quote.match_indices("(EU)").filter_map(act).collect()
}

/// What an authority's numbered notice is called by its headline: 公布对钪相关物项实施出口管制的决定.
pub fn notice_name(article: &Article, seen: &Seen) -> Option<String> {
    let official = article.official.as_ref().filter(|_| seen.class == SourceClass::Official);
    let title = seen.title.as_str();
    let rest = without_number(title);
    let rest = rest.strip_prefix(['（', '(']).and_then(|r| r.strip_suffix(['）', ')'])).unwrap_or(rest);
    let numbered = rest.len() < title.len() || official.is_some_and(|o| o.number.is_some());
    if is_of_another(rest) {
        return None;
    }
    // Registers number whatever they print, with names of cases for headlines.
    let binds = words::has_any(rest, &words::lists().instruments.notice_acts)
        || without_english_number(title).len() < title.len() && acts_by_name(rest);
    (numbered && binds && rest.chars().count() > 5).then(|| {
        let inner = titles(rest, 0..rest.len()).into_iter().next();
        inner.map_or(rest, |title| without_state(&rest[title])).to_owned()
    })
}

/// The headline of an authority's page without a number by which it lays down a duty, a ban, a quota from a day that its text
/// states. What it only allows, proposes or says of others is no measure.
fn headline(seen: &Seen, claim: &Claim, article: &Article) -> Option<String> {
    let title = article.title.as_str();
    let binds = matches!(claim.frame, Frame::Requirement | Frame::Restriction | Frame::Charge)
        && matches!(claim.modality, Modality::Announced | Modality::Adopted | Modality::InForce)
        && claim.polarity == Polarity::Affirmed;
    let own = seen.class == SourceClass::Official && claim.evidence.part() == Part::Title;
    let dated = seen.applies.iter().any(|day| first_day(&day.value).is_some_and(|day| day >= seen.day));
    let lists = seen.claims.iter().any(|claim| claim.frame == Frame::Listing);
    let formal = words::has_any(&title.to_lowercase(), &words::lists().instruments.formalities);
    let named = own && binds && dated && !lists && !formal && acts_by_name(title) && !is_of_another(title);
    named.then(|| title.to_owned())
}

/// Whether a document binds by the words of its name, whatever it is about: a duty, a ban, a quota, a licence, a probe.
fn acts_by_name(name: &str) -> bool {
    let folded = crate::text::units::aligned(name);
    let lists = &words::lists().instruments;
    let english = lists.notice_acts_english.iter();
    words::has_any(name, &lists.notice_acts)
        || english.clone().any(|word| words::openings(&folded, word).next().is_some())
}

/// Whether a headline tells of an act upon another instrument: 暂停实施…公告, "Delay of Effective Date".
fn is_of_another(headline: &str) -> bool {
    let folded = crate::text::units::simplified(headline);
    let folded = folded.trim_start_matches("关于").trim_start();
    let lists = words::lists();
    lists.instruments.of_another.iter().any(|word| folded.starts_with(word.as_str()))
        || lists.instruments.of_another_english.iter().any(|word| folded.contains(word.as_str()))
}

/// A headline without the notice's number before it: 商务部公告2026年第27号 ….
fn without_number(title: &str) -> &str {
    let end = title
        .find(['号', '號'])
        .filter(|at| title[..*at].contains('第') && title[..*at].chars().count() < 40);
    let rest = end.map_or(title, |at| {
        title[at..].trim_start_matches(['号', '號', ' ', '\u{3000}', '：', ':', '—', '-'])
    });
    let rest = without_english_number(rest.trim());
    if rest.is_empty() { title } else { rest }
}

/// "Notification No. 17/2026-27: Amendment in export policy", "Order No. 5 of 2026 – …": what stands behind the number.
fn without_english_number(title: &str) -> &str {
    /// Bytes of the kind and the number.
    const HEAD: usize = 60;
    let head = title.find([':', '–', '—']).filter(|at| *at <= HEAD);
    let folded = head.map(|at| title[..at].to_lowercase());
    let kinds = &words::lists().instruments.numbered_kinds;
    let numbered = folded.as_deref().is_some_and(|head| {
        kinds.iter().any(|kind| head.trim_start().starts_with(kind.as_str()))
            && head.contains(|c: char| c.is_ascii_digit())
    });
    match head.filter(|_| numbered) {
        Some(at) => title[at..].trim_start_matches([':', '–', '—', ' ']),
        None => title,
    }
}

/// The instrument that an English sentence names in capitals: the Remote Access Security Act. One that the knowledge has
/// is no proposal, and neither is what another rests on: "under the Trade Expansion Act".
fn english_name(claim: &Claim, article: &Article, analysis: &Analysis) -> Option<String> {
    let part = claim.evidence.part();
    // Every word of a headline may have a capital.
    if part != Part::Text {
        return None;
    }
    let text = article.part(part);
    let bytes = text.bytes(claim.evidence.span());
    let quote = &text.as_str()[bytes.clone()];
    let known = |at: Range<usize>| {
        let (start, end) = (bytes.start + at.start, bytes.start + at.end);
        let inside = |e: &&headwater_model::mention::EntityMention| {
            let own = text.bytes(e.evidence.span());
            own.start < end
                && start < own.end
                && matches!(e.kind, EntityKind::Law | EntityKind::Measure | EntityKind::List)
        };
        analysis.entities.iter().filter(|e| e.id.is_some() && e.evidence.part() == part).any(|e| inside(&e))
    };
    capital_runs(quote).into_iter().find_map(|run| {
        let name = &quote[run.clone()];
        let ends = ends_with_any(name, &words::lists().instruments.english_instruments);
        let rests = rests_on(quote[..run.start].trim_end(), |_| true);
        (ends && name.split(' ').count() > 2 && !rests && !known(run)).then(|| name.to_owned())
    })
}

/// Whether a name is one for any instrument of its kind: "Final Rule", "Executive Order".
fn is_any_instrument(name: &str) -> bool {
    let general = &words::lists().instruments.general_instruments;
    let mut words = name.rsplit(' ').skip(1);
    words.next().is_some_and(|word| general.iter().any(|g| g == word))
}

/// The instrument that an English headline is about, by the part of it that ends in the word for one: "Removal of the Optics
/// Reporting Rule", "Wafer Reporting Rule; Delay of Effective Date".
pub fn headed(title: &str) -> Option<String> {
    let lists = words::lists();
    let parts = title.split([';', ':', '–', '|']);
    let runs = parts.flat_map(|part| {
        let runs = capital_runs(part).into_iter();
        runs.map(|run| part[run].to_owned()).collect::<Vec<_>>()
    });
    let names = runs.map(|run| {
        // "BIS Delays Wafer Reporting Rule": every word of a headline has a capital.
        let verb =
            run.split(' ').position(|word| lists.instruments.heading_verbs.iter().any(|verb| verb == word));
        verb.map_or(run.clone(), |at| run.split(' ').skip(at + 1).collect::<Vec<_>>().join(" "))
    });
    let mut own = names.filter(|name| {
        let ends = lists.instruments.english_instruments.iter().any(|end| name.ends_with(end.as_str()));
        ends && name.split(' ').count() > 1 && !is_any_instrument(name)
    });
    own.next()
}

/// Runs of words with capitals, joined by small ones: Creating Helpful Incentives to Produce Semiconductors Act.
fn capital_runs(quote: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let (mut run, mut at): (Option<Range<usize>>, usize) = (None, 0);
    let instrument = |name: &str| {
        words::lists().instruments.english_instruments.iter().any(|end| name.ends_with(end.as_str()))
    };
    for word in quote.split(' ') {
        let bare = word.trim_end_matches(['.', ',', ';', ':', ')', '"', '”']);
        let span = at..at + bare.len();
        let joins = matches!(bare, "of" | "and" | "for" | "on" | "to" | "in");
        // The Export Control (Quantum Sensors) Order: the bracket stands inside the name, and is no short form.
        let inside = run.is_some()
            && (word.starts_with('(') || run.as_ref().is_some_and(|r| open_bracket(&quote[r.clone()])));
        let short = word.starts_with('(') && word.contains(')') && !bare.contains(char::is_lowercase);
        let first = bare.trim_start_matches('(');
        let capital = first.starts_with(|c: char| c.is_ascii_uppercase())
            && bare != "The"
            && (first.len() == bare.len() || inside && !short);
        // "Postpones the Etch Rule to June": what follows the word for an instrument is another's.
        if joins && run.as_ref().is_some_and(|r| instrument(&quote[r.clone()])) {
            found.extend(run.take());
        }
        if capital {
            run = Some(run.map_or(span.clone(), |r| r.start..span.end));
        }
        // "The Commerce Department's Chip Rule": whose it is, and what.
        let owner = bare.ends_with("'s") || bare.ends_with("’s");
        if owner {
            run = None;
        }
        let closes = inside && bare.len() + 1 == word.len() && word.ends_with(')');
        if (!capital && !joins) || bare.len() < word.len() && !closes {
            found.extend(run.take());
        }
        at += word.len() + 1;
    }
    found.extend(run);
    found
}

fn open_bracket(words: &str) -> bool {
    words.rfind('(').is_some_and(|at| !words[at..].contains(')'))
}

/// The instrument in title marks in the claim's words. One that the knowledge has is no proposal, and neither is what a
/// measure only rests on: 根据《…法》.
fn named_in(claim: &Claim, article: &Article, analysis: &Analysis) -> Option<String> {
    let part = claim.evidence.part();
    let text = article.part(part);
    let within = text.bytes(claim.evidence.span());
    titles(text.as_str(), within).into_iter().find_map(|title| {
        let known = analysis.entities.iter().any(|e| {
            e.id.is_some()
                && e.evidence.part() == part
                && title.contains(&text.bytes(e.evidence.span()).start)
        });
        let before = &text.as_str()[..title.start - '《'.len_utf8()];
        let lists = &words::lists().instruments;
        let rested_on = ends_with_any(before, &lists.resting);
        let name = without_state(&text.as_str()[title]);
        let instrument = ends_with_any(name, &lists.endings);
        (!known && !rested_on && instrument).then(|| name.to_owned())
    })
}

/// What stands in title marks.
fn titles(text: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let opened = text[within.clone()].match_indices(['《', '「']);
    let closed = |(at, mark): (usize, &str)| {
        let start = within.start + at + mark.len();
        let len = text[start..].find(if mark == "《" { '》' } else { '」' })?;
        (len <= LONGEST_TITLE).then(|| start..start + len)
    };
    opened.filter_map(closed).collect()
}

/// A title without what tells its state: （征求意见稿）, （试行）.
fn without_state(title: &str) -> &str {
    title.split(['（', '(']).next().unwrap_or(title).trim()
}

/// The headline of an authority's own numbered document.
fn numbered(article: &Article, analysis: &Analysis, class: SourceClass) -> Option<String> {
    let official = article.official.as_ref().filter(|_| class == SourceClass::Official)?;
    let title = article.title.as_str().to_lowercase();
    if words::has_any(&title, &words::lists().instruments.formalities) {
        return None;
    }
    // A notice that puts members on a list moves the list.
    let lists = analysis.claims.iter().any(|claim| claim.frame == Frame::Listing);
    let another = is_of_another(without_number(article.title.as_str()));
    let named = official.number.is_some() && !article.title.is_empty() && !lists && !another;
    named.then(|| {
        let whole = article.title.as_str();
        let inner = titles(whole, 0..whole.len()).into_iter().next();
        inner.map_or(without_kind(without_number(whole)), |title| without_state(&whole[title])).to_owned()
    })
}

/// A headline without the kind of notice that it ends in, so that a case's notices are steps of one measure: "Steel
/// Nails From Taiwan: Final Results of Antidumping Duty Administrative Review".
fn without_kind(title: &str) -> &str {
    let Some((name, rest)) = title.split_once([':', ';']) else { return title };
    let rest = rest.trim_start().to_lowercase();
    let kind = words::lists().instruments.notice_kinds.iter().any(|kind| rest.starts_with(kind.as_str()));
    if kind { name.trim() } else { title }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_of_one_case_are_of_one_name() {
        assert_eq!(
            without_kind("Steel Nails From Taiwan: Final Results of Antidumping Duty Administrative Review"),
            "Steel Nails From Taiwan"
        );
        let whole = "Export Administration Regulations: Controls on Laser Tools";
        assert_eq!(without_kind(whole), whole);
    }

    #[test]
    fn names_are_runs_of_capitals() {
        let quote =
            "The bill, known as the Remote Cloud Access Security Act, would bar Acme from renting chips";
        let runs: Vec<&str> = capital_runs(quote).into_iter().map(|run| &quote[run]).collect();
        assert_eq!(runs, ["Remote Cloud Access Security Act", "Acme"]);
        let runs = |quote: &'static str| -> Vec<&str> {
            capital_runs(quote).into_iter().map(|run| &quote[run]).collect()
        };
        assert_eq!(runs("moves the Tin Plating Rule to June"), ["Tin Plating Rule", "June"]);
        assert_eq!(runs("the Export Control (Ion Traps) Order 2024"), ["Export Control (Ion Traps) Order"]);
        assert_eq!(
            runs("the Bureau of Industry and Security (BIS) says"),
            ["Bureau of Industry and Security"]
        );
    }

    #[test]
    fn headlines_name_what_they_are_about() {
        let check =
            |title: &str, expected: Option<&str>| assert_eq!(headed(title).as_deref(), expected, "{title}");
        check("Tin Plating Rule; Delay of Effective Date", Some("Tin Plating Rule"));
        check("BIS Rescinds Tin Plating Rule", Some("Tin Plating Rule"));
        check("Federal Register :: Removal of the Tin Plating Rule", Some("Tin Plating Rule"));
        check("Additions to the Entity List; Final Rule", None);
    }

    #[test]
    fn titles_lose_their_state() {
        let text = "现就《算力设施管理办法（征求意见稿）》公开征求意见";
        let found = titles(text, 0..text.len());
        assert_eq!(found.len(), 1);
        assert_eq!(without_state(&text[found[0].clone()]), "算力设施管理办法");
        assert!(titles("《未完", 0.."《未完".len()).is_empty());
    }
}
