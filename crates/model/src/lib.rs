//! The nouns of Headwater: every type that two stages share, and nothing that acts.
//!
//! The stages never meet; they meet these types. A derived value holds [`Evidence`], and
//! evidence can only be made by cutting it out of a text, so a value without its quote
//! cannot be built.

pub mod analysis;
pub mod article;
pub mod capture;
pub mod claim;
pub mod doubt;
pub mod evidence;
pub mod id;
pub mod knowledge;
pub mod life;
pub mod membership;
pub mod mention;
pub mod note;
pub mod script;
pub mod source;
pub mod time;
pub mod tracking;

pub use analysis::Analysis;
pub use article::{Article, Notice, NoticeKind, PageKind};
pub use capture::{Capture, Hints};
pub use claim::Claim;
pub use doubt::Doubt;
pub use evidence::{Evidence, Part, Span, Text};
pub use id::{CaptureId, EntityId, GroupId, MeasureId, NodeId, StoryId};
pub use knowledge::Knowledge;
pub use tracking::{Change, Changes};

/// Declares a field-less enumeration whose members have one name in code, JSON and SQL:
/// snake_case of the CamelCase member, as the vocabulary gives it.
macro_rules! vocabulary {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident => $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[doc = concat!("`", $word, "`")] #[serde(rename = $word)] $variant),+ }
        impl $name {
            /// Every member, in the vocabulary's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The word used in JSON, SQL and pages.
            pub const fn word(self) -> &'static str { match self { $(Self::$variant => $word),+ } }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.pad(self.word()) }
        }
        impl std::str::FromStr for $name {
            type Err = String;
            fn from_str(s: &str) -> Result<Self, String> {
                Self::ALL.iter().copied().find(|m| m.word() == s).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|m| m.word()).collect();
                    format!("{s:?} is not a {}; known: {}", stringify!($name), known.join(", "))
                })
            }
        }
    };
}
pub(crate) use vocabulary;

/// The beginning of a text, up to the end of a word; an ellipsis says that it goes on after `most` characters.
pub fn begun(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let short = &text[..end];
    // Scripts without spaces break anywhere.
    let word = short.rfind(' ').filter(|at| *at > end / 2).unwrap_or(end);
    format!("{}…", short[..word].trim_end())
}

/// What a quote says, in at most so many characters: without the dateline of an agency, and where it is longer without what an act
/// rests on (In exercise of powers conferred by …, 根据…规定), which say nothing of it.
///
/// ```
/// let act = "In exercise of powers conferred by Section 3 of the Trade Act, 1992, the Directorate bans exports of chips.";
/// assert_eq!(headwater_model::gist(act, 60), "… the Directorate bans exports of chips.");
/// assert_eq!(headwater_model::gist("为维护安全，根据《贸易法》规定，商务部禁止出口芯片。", 15), "… 商务部禁止出口芯片。");
/// assert_eq!(headwater_model::gist("BEIJING, Sept 1 (Agency) - China weighs a limit", 60), "China weighs a limit");
/// assert_eq!(headwater_model::gist("新华社北京9月1日电 办法今日起施行。", 60), "办法今日起施行。");
/// assert_eq!(headwater_model::gist("A short claim - with a dash", 60), "A short claim - with a dash");
/// assert_eq!(headwater_model::gist("Under the rule, exports are banned.", 60), "Under the rule, exports are banned.");
/// ```
pub fn gist(quote: &str, most: usize) -> String {
    let quote =
        [" - ", " – ", " — ", "电 ", "電 "].iter().find_map(|mark| undated(quote, mark)).unwrap_or(quote);
    if quote.chars().nth(most).is_none() {
        return quote.to_owned();
    }
    match behind_basis(quote) {
        rest if rest.len() < quote.len() => format!("… {}", begun(rest, most)),
        whole => begun(whole, most),
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
    let clause = CHINESE.iter().any(|opening| sentence.starts_with(opening));
    match sentence.split_once('，').filter(|_| clause) {
        Some((_, rest)) => behind_basis(rest),
        None => sentence,
    }
}

/// Words of the vocabulary as people write them: `in_force` is "in force". Other words stay as they are.
pub fn plain(value: impl ToString) -> String {
    let value = value.to_string();
    let word = |word: &str| {
        let is_word = word.trim_end().bytes().all(|b| b.is_ascii_lowercase() || b"_,.:;".contains(&b));
        if is_word { word.replace('_', " ") } else { word.to_owned() }
    };
    value.split_inclusive(' ').map(word).collect()
}
