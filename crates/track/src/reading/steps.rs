//! What words say of how far an act has come.

use crate::text::list::List;
use crate::text::words::{self, has_any};

/// What the words of a claim say of its step.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Steps {
    /// It is weighed.
    pub weighed: bool,
    /// It stands in a draft.
    pub drafted: bool,
    /// It is being written.
    pub drafting: bool,
    /// It is only possible.
    pub possible: bool,
    /// It is planned.
    pub planned: bool,
    /// It is to come.
    pub coming: bool,
    /// Somebody has agreed to it.
    pub agreed: bool,
    /// Somebody has decided on it.
    pub decided: bool,
    /// Somebody has been told to do it.
    pub told: bool,
    /// Somebody is recommended to do it.
    pub advised: bool,
    /// It is done.
    pub done: bool,
    /// It is done by words that do not also say when something is to begin: 自1月1日起实施.
    pub finished: bool,
    /// It begins with what is done and comes to what is to be only afterwards.
    pub opens_done: bool,
    /// It applies.
    pub in_effect: bool,
    /// A law was passed for it.
    pub enacted: bool,
}

impl Steps {
    /// What a claim's words say.
    pub fn of(quote: &str) -> Self {
        let lists = words::lists();
        let folded = without_chance(&without_attributes(&words::spaced(quote)));
        let has = |words: &List| has_any(&folded, words);
        let opens_done = opens_with_done(&folded);
        let begins = |word: &&String| !lists.steps.begins.contains(word);
        Steps {
            weighed: has(&lists.steps.weighed),
            drafted: has(&lists.instruments.proposals) || has(&lists.steps.drafted),
            drafting: has(&lists.steps.drafting),
            // As it is written: the month of May is no "may".
            possible: has_any(quote, &lists.steps.possible),
            planned: has(&lists.steps.planned) && !opens_done,
            coming: has(&lists.steps.to_come) && !opens_done,
            agreed: has(&lists.steps.agreed),
            decided: has(&lists.steps.decided),
            told: has(&lists.steps.told),
            advised: has(&lists.steps.recommended),
            done: has(&lists.steps.done),
            finished: has(&lists.steps.done)
                && lists.steps.done.iter().filter(begins).any(|word| folded.contains(word.as_str())),
            opens_done,
            in_effect: has(&lists.steps.in_effect),
            enacted: enacts(&folded),
        }
    }
}

/// Whether folded Chinese words tell that a law was passed: 通过法案, and neither 将通过法案 nor 通过法律途径.
fn enacts(folded: &str) -> bool {
    /// Characters before the verb that may make it one to come, and behind it up to the law.
    const BEFORE: usize = 4;
    const BEHIND: usize = 16;
    let lists = words::lists();
    let passes = |(at, verb): (usize, &str)| {
        let before: String = folded[..at].chars().rev().take(BEFORE).collect();
        let before: String = before.chars().rev().collect();
        let behind = folded[at + verb.len()..].split(['，', ',', '。', '；']).next().unwrap_or_default();
        let behind: String = behind.chars().take(BEHIND).collect();
        !has_any(&before, &lists.steps.not_enacting) && has_any(&behind, &lists.steps.acts)
    };
    lists.steps.enacting.is_in(folded)
        && lists.steps.enacting.iter().flat_map(|verb| folded.match_indices(verb.as_str())).any(passes)
}

/// Folded words without those inside which others stand by chance.
pub fn without_chance(folded: &str) -> String {
    let chance = Some(&words::lists().steps.no_steps).filter(|list| list.is_in(folded));
    chance.into_iter().flatten().fold(folded.to_owned(), |text, word| text.replace(word, " "))
}

/// Whether a sentence begins with what is done and comes to what is to be only afterwards: "has frozen the assets of a
/// dealer who would …", but not "has said that it would".
fn opens_with_done(folded: &str) -> bool {
    let lists = words::lists();
    if !lists.steps.perfect.is_in(folded) {
        return false;
    }
    let Some(at) = lists.steps.perfect.iter().filter_map(|word| folded.find(word.as_str())).min() else {
        return false;
    };
    let verb = folded[at..].split_whitespace().nth(1).unwrap_or_default();
    let first = lists.steps.to_come.iter().filter_map(|word| folded.find(word.as_str())).min();
    first.is_some_and(|coming| at < coming)
        && !lists.steps.saying.iter().any(|said| verb.starts_with(said.as_str()))
}

/// Folded words without what Chinese says of a thing before it, 已投产的晶圆: it is no step of the claim.
fn without_attributes(folded: &str) -> String {
    /// Characters of the longest that is looked for.
    const LONGEST: usize = 7;
    let mut kept = String::with_capacity(folded.len());
    let mut rest = folded;
    while let Some(at) = rest.find('已') {
        let (before, from) = rest.split_at(at);
        kept.push_str(before);
        let end = from.char_indices().take(LONGEST).find(|(_, c)| *c == '的').map(|(i, c)| i + c.len_utf8());
        // 已对新加坡港的集装箱收费 is done to what the 的 belongs to.
        let leads_on = words::starts_with_any(&from['已'.len_utf8()..], &words::lists().steps.leading_on);
        let skipped = end.filter(|_| !leads_on).unwrap_or(0);
        if skipped == 0 {
            kept.push('已');
        }
        rest = &from[skipped.max('已'.len_utf8())..];
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_tell_the_step_in_both_languages() {
        for weighed in ["Oslo is thinking of a ban on lidar.", "部门正在考虑暂停发放许可。", "經濟部研擬新規"]
        {
            assert!(Steps::of(weighed).weighed, "{weighed}");
        }
        assert!(!Steps::of("考虑到成本，企业已停止采购。").weighed);
        assert!(Steps::of("企业已停止采购。").done && Steps::of("The ministry decided it.").done);
        assert!(Steps::of("Exporters now need a permit.").in_effect);
        assert!(Steps::of("该公司已同意出售。").agreed && Steps::of("It has agreed to sell.").agreed);
    }

    #[test]
    fn a_law_that_was_passed_is_told_apart_from_one_to_come() {
        for passed in [
            "挪威通过法案，将出资12亿克朗。",
            "國會表決通過該條例草案，將補貼造船廠。",
            "议会通过一项修正案，拟征税。",
        ] {
            assert!(Steps::of(passed).enacted, "{passed}");
        }
        for other in ["挪威将通过法案出资。", "公司通过法律途径索赔。", "议会有望通过法案。"]
        {
            assert!(!Steps::of(other).enacted, "{other}");
        }
    }

    #[test]
    fn what_is_said_of_a_thing_is_no_step() {
        let finished = Steps::of("已投产的晶圆将交付。");
        assert!(finished.coming && !finished.done);
        for said_of in ["已被制裁的企业将不得投标。", "已在港上市的公司将退市。", "已由甲方建的厂将关闭。"]
        {
            assert!(!Steps::of(said_of).done, "{said_of}");
        }
        assert!(Steps::of("晶圆已投产，将交付。").done);
        assert!(Steps::of("当局已对港口的货柜收费。").done);
        assert!(!Steps::of("The court has frozen assets of a dealer who would flee.").coming);
        assert!(Steps::of("The court has said that it would freeze assets.").coming);
    }
}
