//! Which of a sentence's instruments each of its steps is of: "repealed the one and extended the other", 原《…》同时废止.

use crate::text::passage;
use headwater_model::tracking::MeasureStep;
use std::ops::Range;

/// A step that a sentence tells.
#[derive(Debug, Clone)]
pub struct Told {
    /// Bytes of the sentence.
    pub at: Range<usize>,
    /// The step.
    pub step: MeasureStep,
    /// What it moves.
    pub by: By,
    /// Where the next one begins.
    pub until: usize,
}

/// Whose step it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A chamber's, a committee's, a president's, of a bill.
    Chamber,
    /// Of a tariff's rate.
    Rate,
    /// An office's, of which a report tells.
    Office,
    /// Of whatever is named.
    Any,
}

/// The steps of each instrument of a folded sentence, whose instruments stand at some places; all are its only one's.
/// `passive` are the words between a subject and its verb.
pub fn shares(words: &str, places: &[usize], steps: &[Told], passive: &[String]) -> Vec<Vec<Told>> {
    let mut shares: Vec<Vec<Told>> = vec![Vec::new(); places.len()];
    for (number, told) in steps.iter().enumerate() {
        let before = if number == 0 { 0 } else { steps[number - 1].at.end };
        let next = steps.get(number + 1).filter(|_| places.len() > 1);
        let until = next.map_or(words.len(), |next| next.at.start);
        let between = |within: Range<usize>| -> Vec<usize> {
            (0..places.len()).filter(|i| within.contains(&places[*i])).collect()
        };
        let of = |step: MeasureStep, until: usize| Told { step, until, ..told.clone() };
        if told.step == MeasureStep::Replaced {
            let between = |within: Range<usize>| -> Vec<usize> {
                let verb = told.at.clone();
                between(within).into_iter().filter(|i| is_near(words, places[*i], &verb)).collect()
            };
            let (old, new) = replaced(
                words,
                told,
                places,
                between(0..told.at.start),
                between(told.at.end..words.len()),
                passive,
            );
            for i in old {
                shares[i].push(of(MeasureStep::Replaced, words.len()));
            }
            for i in new {
                shares[i].push(of(MeasureStep::Published, words.len()));
                shares[i].push(of(MeasureStep::InForce, words.len()));
            }
            continue;
        }
        let own = match () {
            () if places.len() == 1 => vec![0],
            () if !words[told.at.clone()].is_ascii() => of_clause(words, told.at.start, &between),
            () => {
                let is_passive = is_passive(words, told.at.start, passive);
                let (behind, ahead) = (between(told.at.end..until), between(before..told.at.start));
                match () {
                    () if is_passive && !ahead.is_empty() => ahead,
                    () if !is_passive && !behind.is_empty() => behind,
                    () if !ahead.is_empty() => ahead,
                    () => between(0..words.len()),
                }
            }
        };
        for i in own {
            shares[i].push(of(told.step, until));
        }
    }
    shares
}

/// Whether nothing but words stands between an instrument and a verb: "is amended as follows: … the date is replaced by …" is of
/// another thing.
fn is_near(words: &str, place: usize, verb: &Range<usize>) -> bool {
    let between = if place < verb.start { &words[place..verb.start] } else { &words[verb.end..place] };
    !between.contains([':', ';', '‘', '：', '；']) && !between.contains(", ")
}

fn is_passive(words: &str, verb: usize, passive: &[String]) -> bool {
    let before = words[..verb].trim_end().rsplit(' ').next();
    before.is_some_and(|word| passive.iter().any(|aux| aux == word))
}

/// Of the instruments before and behind a verb of replacing: those that go, and those that come.
fn replaced(
    words: &str,
    told: &Told,
    places: &[usize],
    before: Vec<usize>,
    behind: Vec<usize>,
    passive: &[String],
) -> (Vec<usize>, Vec<usize>) {
    let chinese = !words[told.at.clone()].is_ascii();
    // 《甲》被《乙》取代, "A is replaced by B".
    if chinese {
        return match &before[..] {
            [old, rest @ ..] if is_by_another(words, places, (*old, rest.first()), told.at.start) => {
                (vec![*old], rest.to_vec())
            }
            _ => (behind, before),
        };
    }
    if is_passive(words, told.at.start, passive) {
        return (before, behind);
    }
    match (&before[..], &behind[..]) {
        ([], [old, rest @ ..]) => (vec![*old], rest.to_vec()),
        _ => (behind, before),
    }
}

/// Whether 被 or 由 joins the first instrument before a Chinese verb to the next or to the verb: 《甲》自五月起由《乙》取代. It
/// may stand in a name as well, 自由, and in what is said of another verb, 由商务部公布，取代….
fn is_by_another(words: &str, places: &[usize], (old, next): (usize, Option<&usize>), verb: usize) -> bool {
    let end = next.map_or(verb, |next| places[*next]).max(places[old]);
    let whole = &words[places[old]..end];
    let (marked, between) = match whole.find(['》', '」']) {
        Some(at) => (true, &whole[at..]),
        None => (false, whole),
    };
    let alone = !between.contains(['，', ',', '；', ';', '。']);
    alone && (between.contains('被') || marked && between.contains('由'))
}

/// The instruments of the clause in which a Chinese verb stands, else those of the last clause before it that names any, else
/// all: 《甲》现予公布，自…起施行，《乙》同时废止.
fn of_clause(words: &str, verb: usize, between: &impl Fn(Range<usize>) -> Vec<usize>) -> Vec<usize> {
    let ends = |c: char| matches!(c, '，' | ',' | '；' | ';' | '。');
    let mut end = words[verb..].find(ends).map_or(words.len(), |at| verb + at);
    loop {
        let start = words[..end].rfind(ends).map_or(0, |at| passage::behind(words, at));
        let own = between(start..end);
        if !own.is_empty() {
            return own;
        }
        let Some((at, _)) = words[..start].char_indices().next_back() else { break };
        end = at;
    }
    between(0..words.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(words: &str, verbs: &[(&str, MeasureStep)], names: &[&str]) -> Vec<Vec<MeasureStep>> {
        let passive = ["is", "was", "been"].map(str::to_owned);
        let steps: Vec<Told> = verbs
            .iter()
            .map(|(verb, step)| {
                let at = words.find(verb).unwrap();
                Told { at: at..at + verb.len(), step: *step, by: By::Any, until: words.len() }
            })
            .collect();
        let places: Vec<usize> = names.iter().map(|name| words.find(name).unwrap()).collect();
        let shares = shares(words, &places, &steps, &passive);
        shares.into_iter().map(|own| own.into_iter().map(|told| told.step).collect()).collect()
    }

    #[test]
    fn each_step_is_of_its_own_instrument() {
        use MeasureStep as S;
        let two = "the bureau repealed the tin rule and suspended the zinc rule";
        let verbs = [("repealed", S::Repealed), ("suspended", S::Suspended)];
        assert_eq!(told(two, &verbs, &["tin", "zinc"]), [[S::Repealed], [S::Suspended]]);
        let passive = "the tin rule is repealed and the zinc rule is suspended";
        assert_eq!(told(passive, &verbs, &["tin", "zinc"]), [[S::Repealed], [S::Suspended]]);
        let chinese = "《锡办法》现予公布,自五月起施行,《锌办法》同时废止";
        let verbs = [("公布", S::Published), ("施行", S::InForce), ("废止", S::Repealed)];
        assert_eq!(
            told(chinese, &verbs, &["《锡", "《锌"]),
            [vec![S::Published, S::InForce], vec![S::Repealed]]
        );
    }

    #[test]
    fn what_is_replaced_goes_and_the_other_comes() {
        use MeasureStep as S;
        let (goes, comes) = (vec![S::Replaced], vec![S::Published, S::InForce]);
        let check = |words: &str, verb: &str| {
            let told = told(words, &[(verb, S::Replaced)], &["tin", "zinc"]);
            assert_eq!(told, [goes.clone(), comes.clone()], "{words}");
        };
        check("the bureau has replaced the tin rule with the zinc rule", "replaced");
        check("the zinc rule supersedes the tin rule", "supersedes");
        let chinese = |words: &str, (old, new): (&str, &str)| {
            assert_eq!(
                self::told(words, &[("取代", S::Replaced)], &[old, new]),
                [goes.clone(), comes.clone()],
                "{words}"
            );
        };
        chinese("《自由贸易试验区条例》取代《乙办法》", ("《乙", "《自"));
        chinese("现公布由商务部制定的《甲办法》,取代《乙办法》", ("《乙", "《甲"));
        chinese("《甲办法》由商务部公布，取代《乙办法》", ("《乙", "《甲"));
        chinese("《甲办法》被《自由港办法》取代", ("《甲", "《自"));
        chinese("《甲办法》自五月起由《乙办法》取代", ("《甲", "《乙"));
        check("the tin rule was superseded by the zinc rule", "superseded");
    }
}
