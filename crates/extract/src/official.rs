//! What official documents say about themselves in their head table. From when they apply by their text is worked out
//! where it is used, with the words that say so.

use crate::blocks::Block;
use crate::dates::{Habit, page_date};
use headwater_model::Article;
use headwater_model::article::Official;
use headwater_model::time::DateBasis;
use regex::Regex;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[\p{Han}]{1,12}(?:公告|令)?\s*[〔\[（(]?20\d\d[〕\]）)]?年?\s*第?\s*\d{1,4}\s*号")
        .expect("a valid pattern")
});
/// Reads the head table. An article without any of it stays as it was.
pub fn read(blocks: &[Block], article: &mut Article) {
    let mut official = Official::default();
    let day = |value: &str| {
        page_date(value, DateBasis::Text, Habit::default())
            .map(|d| d.value.chars().take(10).collect::<String>())
    };
    for block in blocks {
        for (label, value) in labelled(&block.text) {
            match LABELS.says.get(&label) {
                Some(Says::Number) => official.number = official.number.take().or(Some(value)),
                Some(Says::Index) => official.index = Some(value),
                Some(Says::Issuers) => {
                    official.issuers =
                        value.split(['、', ' ']).filter(|v| !v.is_empty()).map(str::to_owned).collect()
                }
                Some(Says::Signed) => official.signed = day(&value),
                Some(Says::Published) => official.fields.push(("发布日期".into(), value)),
                Some(Says::Validity) => official.validity = Some(value),
                Some(Says::Effective) => official.effective = day(&value),
                Some(Says::Subject) => official.fields.push((label, value)),
                None => {}
            }
        }
    }
    let has_table = official.number.is_some() || official.index.is_some();
    let whole = || blocks.iter().map(|b| b.text.as_str());
    if official.number.is_none() {
        official.number = whole()
            .filter(|t| t.chars().count() < 40)
            .find_map(|t| Some(NUMBER.find(t)?.as_str().to_owned()));
    }
    if !has_table && official.number.is_none() {
        return;
    }
    let base = url::Url::parse(&article.url).ok();
    let is_annex = |href: &str| {
        [".pdf", ".doc", ".docx", ".xls", ".xlsx", ".wps", ".zip", ".ofd", ".csv"]
            .iter()
            .any(|e| href.to_ascii_lowercase().ends_with(e))
    };
    let annexes = blocks.iter().flat_map(|b| &b.links).filter(|(_, href)| is_annex(href));
    official.annexes =
        annexes.filter_map(|(_, href)| base.as_ref()?.join(href).ok().map(Into::into)).collect();
    article.official = Some(official);
}

/// Takes the box at the head of an official document out of its text: rows or lines that name its number, its issuer and
/// its days, and what else stands among them.
pub fn without_head(main: &mut Vec<Block>) {
    let kinds: Vec<Field> = main.iter().map(field_of).collect();
    let mut kept = vec![true; main.len()];
    let mut at = 0;
    while at < main.len() {
        let run = kinds[at..].iter().take_while(|k| **k != Field::None).count();
        let known = kinds[at..at + run].iter().filter(|k| **k == Field::Known).count();
        // One labelled line may be the article's own; rows never are.
        if known > 0 && (run > 1 || main[at].row) {
            kept[at..at + run].fill(false);
        }
        at += run.max(1);
    }
    let mut kept = kept.into_iter();
    main.retain(|_| kept.next().unwrap_or(true));
}

/// What a line of the box at the head says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    /// It is none.
    None,
    /// Something that other tables say, too.
    Common,
    /// Something that only official documents say.
    Known,
}

fn field_of(block: &Block) -> Field {
    let fields = labelled(&block.text);
    // The head of a table of documents has labels alone.
    let is_label = |text: &str| LABELS.says.contains_key(text) || LABELS.common.contains(text);
    let mut stated = fields.iter().filter(|(_, value)| !is_label(value)).map(|(label, _)| label);
    let common = |label: &&String| LABELS.common.contains(*label);
    match () {
        () if stated.clone().any(|label| LABELS.says.contains_key(label) && !common(&label)) => Field::Known,
        () if stated.any(|label| common(&label)) => Field::Common,
        () => Field::None,
    }
}

/// What a label of the box announces.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
enum Says {
    Number,
    Index,
    Issuers,
    Signed,
    Published,
    Validity,
    Effective,
    Subject,
}

/// Labels by what they say.
struct Labels {
    says: BTreeMap<String, Says>,
    /// Those that other boxes have, too.
    common: BTreeSet<String>,
}

#[derive(Deserialize)]
struct RawLabels {
    common: BTreeSet<String>,
    #[serde(flatten)]
    says: BTreeMap<Says, Vec<String>>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let RawLabels { common, says } =
        toml::from_str(include_str!("../data/official.toml")).expect("data/official.toml is right");
    let each = |(says, labels): (Says, Vec<String>)| labels.into_iter().map(move |label| (label, says));
    Labels { says: says.into_iter().flat_map(each).collect(), common }
});

/// Labels and values of a row or line: `索 引 号：`, then the value.
fn labelled(text: &str) -> Vec<(String, String)> {
    let squeezed = |s: &str| {
        s.chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, ':' | '：' | '【' | '】' | '[' | ']'))
            .collect::<String>()
    };
    let cells: Vec<&str> = text.split('\t').collect();
    if cells.len() >= 2 {
        return cells
            .chunks(2)
            .filter(|c| c.len() == 2)
            .map(|c| (squeezed(c[0]), c[1].trim().to_owned()))
            .filter(|(_, v)| !v.is_empty())
            .collect();
    }
    let Some((label, value)) = text.split_once(['：', ':']) else { return Vec::new() };
    if label.chars().count() > 12 || value.trim().is_empty() {
        return Vec::new();
    }
    vec![(squeezed(label), value.trim().to_owned())]
}
