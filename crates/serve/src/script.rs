//! Which words of a text are Chinese, Japanese or Korean, so that a browser reads them aloud in their language and draws
//! their characters in the forms of their region. Pages are in English; what they quote often is not.

use headwater_search::fold;
use maud::{Markup, html};

/// A text that stands among English words: what is not in Latin letters is marked with its language.
pub fn said(text: &str) -> Markup {
    within(None, text)
}

/// A text inside an element whose `lang` is `outer`.
pub fn within(outer: Option<&str>, text: &str) -> Markup {
    if outer.is_some_and(|outer| ["zh", "ja", "ko"].iter().any(|l| outer.starts_with(l))) {
        return html! { (text) };
    }
    let Some(language) = language_of(text) else { return html! { (text) } };
    html! {
        @for (foreign, run) in runs(text) {
            @if foreign { span lang=(language) { (run) } } @else { (run) }
        }
    }
}

/// A text in a picture, whose runs are marked as pictures mark them.
pub fn pictured(text: &str) -> Markup {
    let language = language_of(text);
    html! {
        @for (foreign, run) in runs(text) {
            @if foreign { tspan lang=[language] { (run) } } @else { (run) }
        }
    }
}

/// The `lang` of an element that holds this text and nothing else: none for a text that is English in the main.
pub fn lang_of(text: &str) -> Option<&'static str> {
    let foreign = text.chars().filter(|c| is_character(*c)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    // A character stands for a syllable or a word, so it weighs more than a letter.
    if foreign * 2 >= latin { language_of(text) } else { None }
}

/// The language of the characters in a text: Japanese and Korean by their own letters, Chinese by the forms.
fn language_of(text: &str) -> Option<&'static str> {
    let characters: String = text.chars().filter(|c| is_character(*c)).collect();
    if characters.is_empty() {
        return None;
    }
    let is = |from: char, to: char| characters.chars().any(|c| (from..=to).contains(&c));
    if is('\u{3041}', '\u{30ff}') {
        return Some("ja");
    }
    if is('\u{ac00}', '\u{d7a3}') {
        return Some("ko");
    }
    let simplified = fold(&characters);
    let traditional = characters.chars().zip(simplified.chars()).filter(|(c, folded)| c != folded);
    // Simplified texts keep a few old forms in names; traditional ones are full of them.
    let full = traditional.count() * 12 >= characters.chars().count();
    Some(if full { "zh-Hant" } else { "zh-Hans" })
}

fn is_character(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// What may stand between two characters of one run: figures and the signs of the script.
fn joins(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(c, '%' | '.' | '·' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}' | '“' | '”')
}

/// A text in runs: of characters with what joins them, and of the rest.
fn runs(text: &str) -> Vec<(bool, &str)> {
    let mut borders = Vec::new();
    let mut open: Option<(usize, usize)> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match &mut open {
            Some((_, until)) if is_character(c) => *until = end,
            Some(_) if joins(c) => {}
            Some(run) => {
                borders.push(*run);
                open = None;
            }
            None if is_character(c) => open = Some((at, end)),
            None => {}
        }
    }
    borders.extend(open);
    let mut runs = Vec::new();
    let mut at = 0;
    for (start, end) in borders {
        runs.push((false, &text[at..start]));
        runs.push((true, &text[start..end]));
        at = end;
    }
    runs.push((false, &text[at..]));
    runs.retain(|(_, run)| !run.is_empty());
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_words_are_marked_with_their_language() {
        let check = |text: &str, expected: &str| assert_eq!(said(text).into_string(), expected);
        check("Chips & tools", "Chips &amp; tools");
        check("Huawei 华为", "Huawei <span lang=\"zh-Hans\">华为</span>");
        check("TSMC (台積電) said", "TSMC (<span lang=\"zh-Hant\">台積電</span>) said");
        check("自2026年7月1日起施行", "<span lang=\"zh-Hans\">自2026年7月1日起施行</span>");
        check("経済産業省のリスト", "<span lang=\"ja\">経済産業省のリスト</span>");
        check("산업부", "<span lang=\"ko\">산업부</span>");
        assert_eq!(within(Some("zh-Hans"), "华为").into_string(), "华为");
    }

    #[test]
    fn an_element_has_the_language_of_most_of_its_words() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(lang_of(text), expected, "{text}");
        check("商务部将28家美国实体列入出口管制管控名单", Some("zh-Hans"));
        check("經濟部將華為列入實體名單", Some("zh-Hant"));
        check("A long English sentence that names 华为 once", None);
        check("2026", None);
        check("", None);
    }
}
