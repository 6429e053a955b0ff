//! What a long quote says, for titles and boxes: without where it was sent from and what an act rests on.

/// What a quote says, in at most so many characters: without the dateline of an agency, and where it is longer without what an act
/// rests on (In exercise of powers conferred by …, 根据…规定), which say nothing of it.
///
/// ```
/// let act = "In exercise of powers conferred by Section 3 of the Trade Act, 1992, the Directorate bans exports of chips.";
/// assert_eq!(headwater_model::title_of(act, 60), "… the Directorate bans exports of chips.");
/// assert_eq!(headwater_model::title_of("为维护安全，根据《贸易法》规定，商务部禁止出口芯片。", 15), "… 商务部禁止出口芯片。");
/// assert_eq!(headwater_model::title_of("BEIJING, Sept 1 (Agency) - China weighs a limit", 60), "China weighs a limit");
/// assert_eq!(headwater_model::title_of("新华社北京9月1日电 办法今日起施行。", 60), "办法今日起施行。");
/// assert_eq!(headwater_model::title_of("A short claim - with a dash", 60), "A short claim - with a dash");
/// assert_eq!(headwater_model::title_of("Under the rule, exports are banned.", 60), "Under the rule, exports are banned.");
/// ```
pub fn title_of(quote: &str, most: usize) -> String {
    let quote =
        [" - ", " – ", " — ", "电 ", "電 "].iter().find_map(|mark| undated(quote, mark)).unwrap_or(quote);
    if quote.chars().nth(most).is_none() {
        return quote.to_owned();
    }
    match behind_basis(quote) {
        rest if rest.len() < quote.len() => format!("… {}", crate::begun(rest, most)),
        whole => crate::begun(whole, most),
    }
}

/// What stands behind a dateline that a mark ends: "BEIJING, Sept 1 (Agency) - ", 新华社北京9月1日电.
fn undated<'q>(quote: &'q str, mark: &str) -> Option<&'q str> {
    const LONGEST: usize = 70;
    let (place, rest) = quote.split_once(mark)?;
    let agency = place.ends_with(')') && place.contains('(');
    let dispatch = mark.starts_with(['电', '電']) && place.ends_with('日');
    let town = !place.is_empty() && place.chars().all(|c| c.is_uppercase() || matches!(c, ' ' | '.' | ','));
    (place.chars().count() < LONGEST && (agency || dispatch || town)).then_some(rest)
}

/// A sentence without the clauses that say what an act rests on or is for.
fn behind_basis(sentence: &str) -> &str {
    const ENGLISH: [&str; 6] = [
        "In exercise of ",
        "Pursuant to ",
        "By virtue of ",
        "Acting under ",
        "In accordance with ",
        "Having regard to ",
    ];
    const CHINESE: [&str; 8] = ["根据", "根據", "依据", "依據", "依照", "按照", "为", "為"];
    if ENGLISH.iter().any(|opening| sentence.starts_with(opening)) {
        // "…Act, 1992, the Directorate": the subject follows.
        let mut clauses = sentence.match_indices(", ").map(|(at, comma)| &sentence[at + comma.len()..]);
        return clauses.find(|rest| rest.starts_with("the ") || rest.starts_with("The ")).unwrap_or(sentence);
    }
    let mut rest = sentence;
    while CHINESE.iter().any(|opening| rest.starts_with(opening)) {
        match rest.split_once('，') {
            Some((_, behind)) => rest = behind,
            None => return sentence,
        }
    }
    rest
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_title_begins_behind_the_dateline_and_ends_with_a_word() {
        let long = format!("BEIJING, Sept 1 (Agency) - China weighs a {}limit", "very ".repeat(20));
        let title = super::title_of(&long, 110);
        assert!(title.starts_with("China weighs a very") && title.ends_with("very…"), "{title}");
        assert_eq!(super::title_of("A short claim - with a dash", 110), "A short claim - with a dash");
    }
}
