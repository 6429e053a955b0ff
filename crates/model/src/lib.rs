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
mod title;
pub mod tracking;

pub use analysis::Analysis;
pub use article::{Article, Notice, NoticeKind, PageKind};
pub use capture::{Capture, Hints};
pub use claim::Claim;
pub use doubt::Doubt;
pub use evidence::{Evidence, Part, Span, Text};
pub use id::{CaptureId, EntityId, GroupId, MeasureId, NodeId, StoryId};
pub use knowledge::Knowledge;
pub use title::title_of;
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

/// Words of the vocabulary as people write them: `in_force` is "in force". Other words stay as they are.
pub fn plain(value: impl ToString) -> String {
    let value = value.to_string();
    let word = |word: &str| {
        let is_word = word.trim_end().bytes().all(|b| b.is_ascii_lowercase() || b"_,.:;".contains(&b));
        if is_word { word.replace('_', " ") } else { word.to_owned() }
    };
    value.split_inclusive(' ').map(word).collect()
}
