//! Documents by the numbers that captures give them: which one is named, and whether two are one.

use crate::memory::seen::{Seen, one_publisher};
use headwater_model::source::SourceClass;
use std::ops::Range;

/// Whether an article names documents by their numbers, and the one that a page's headline has is none of them.
pub fn is_of_other_number(this: &Seen, page: &Seen) -> bool {
    let own = numbers_of(page.title.as_str());
    // Most headlines have none, which is cheap to ask.
    let named = if own.is_empty() { Vec::new() } else { numbers_of(this.text.as_str()) };
    !named.is_empty() && first_of(&named, &own).is_none()
}

/// Whether two documents of one authority are two notices: their headlines give two numbers, and neither names the other's.
pub fn are_two_notices(a: &Seen, b: &Seen) -> bool {
    let official = a.class == SourceClass::Official && b.class == SourceClass::Official;
    if !official || !one_publisher(a, b) {
        return false;
    }
    let (own, other) = (numbers_of(a.title.as_str()), numbers_of(b.title.as_str()));
    let named =
        |page: &Seen, numbers: &[Numbered]| first_of(&numbers_of(page.text.as_str()), numbers).is_some();
    !own.is_empty()
        && !other.is_empty()
        && first_of(&own, &other).is_none()
        && !named(a, &other)
        && !named(b, &own)
}

/// The first of some numbers that is among others.
pub fn first_of<'n>(numbers: &'n [Numbered], others: &[Numbered]) -> Option<&'n Numbered> {
    numbers.iter().find(|(number, _)| others.iter().any(|(other, _)| other == number))
}

/// A document's number, and where it is given.
pub type Numbered = (String, Range<usize>);

/// The numbers of documents that words give, and where: 第77号, "A/214".
pub fn numbers_of(words: &str) -> Vec<Numbered> {
    /// Numbers that are looked at.
    const MOST: usize = 30;
    let chinese = words.match_indices('第').filter_map(|(at, first)| {
        let from = at + first.len();
        let digits = words[from..].bytes().take_while(u8::is_ascii_digit).count();
        let sign = words[from + digits..].chars().next().filter(|c| matches!(c, '号' | '號'))?;
        let end = from + digits + sign.len_utf8();
        (digits > 0).then(|| (words[from..from + digits].to_owned(), at..end))
    });
    let slashed = words.match_indices('/').filter_map(|(at, _)| {
        let letters = words[..at].bytes().rev().take_while(u8::is_ascii_uppercase).count();
        let digits = words[at + 1..].bytes().take_while(u8::is_ascii_digit).count();
        let (from, end) = (at - letters, at + 1 + digits);
        let alone = !words[..from].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
        // "A/214": one page in a thousand has "H/2" in another sense.
        ((1..=3).contains(&letters) && digits > 1 && alone).then(|| (words[from..end].to_owned(), from..end))
    });
    chinese.chain(slashed).take(MOST).collect()
}
