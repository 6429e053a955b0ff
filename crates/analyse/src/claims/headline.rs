//! A headline against the text below it: where both claim the same and do not say the same, the page is doubtful.

use headwater_model::claim::{Claim, Modality};
use headwater_model::mention::Quantity;
use headwater_model::{Analysis, Doubt, Part};

/// Compares each claim of the title with the first of the text that has its frame and change. Both stay as they are:
/// two mentions, and a doubt that says in what they differ.
pub fn compare(analysis: &mut Analysis) {
    let (titles, texts): (Vec<&Claim>, Vec<&Claim>) =
        analysis.claims.iter().partition(|c| c.evidence.part() == Part::Title);
    let mut doubts = Vec::new();
    for title in titles {
        let same = |text: &&&Claim| text.frame == title.frame && text.change == title.change;
        let Some(text) = texts.iter().find(same) else { continue };
        let quote = text.evidence.quote();
        if let Some((above, below)) = scopes(title, text) {
            let message =
                format!("The headline gives the share of “{above}”, the text of “{below}”: {quote}");
            doubts.push(Doubt::at("headline_scope", message, title.evidence.clone()));
        } else if is_firmer(title, text) {
            let message = format!(
                "The headline says {}, the text {}: {quote}",
                title.modality.word(),
                text.modality.word()
            );
            doubts.push(Doubt::at("headline_modality", message, title.evidence.clone()));
        }
    }
    analysis.doubts.append(&mut doubts);
}

/// What one and the same figure is a share of, above and below, where that differs.
fn scopes<'a>(title: &'a Claim, text: &'a Claim) -> Option<(&'a str, &'a str)> {
    let (above, below) = (title.quantity.as_ref()?, text.quantity.as_ref()?);
    let same = (above.low, above.high, &above.unit) == (below.low, below.high, &below.unit);
    let words = |q: &'a Quantity| q.scope.as_ref().map(|s| s.quote().trim());
    let (above, below) = (words(above)?, words(below)?);
    let (lower, other) = (above.to_lowercase(), below.to_lowercase());
    (same && !lower.contains(&other) && !other.contains(&lower)).then_some((above, below))
}

/// "Requires" above what is only being drafted below. The other way round is a headline's caution and no doubt.
fn is_firmer(title: &Claim, text: &Claim) -> bool {
    let rung = |m: Modality| m.rung();
    let planned = rung(text.modality).is_some_and(|r| rung(Modality::Announced).is_some_and(|a| r < a));
    let done = matches!(title.modality, Modality::InForce | Modality::Adopted);
    planned && done
}
