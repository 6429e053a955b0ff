//! Languages: script first, then letters.

use crate::letter::is_alphabetic;
use headwater_model::article::Paragraph;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// Characters that occur in only one of the two Chinese orthographies, both among the most frequent.
const SIMPLIFIED: &str = "们这国个来说为对时会发产业后两么过进动现开关长门问间见车东马风飞书电话请让认识议论计设证词译试该详语误说读课调谈资质费贸购财责货贵买卖赵趋跃践车轮软转输边达迁过运还这进远违连迟适选递逻遗释里钟钢钱铁银链锁错键镇长门闪闭问间闻际陆陈险随隐难韩页顶项顺须预领频题额颜风飞饭饮驱验骗鱼鲜鸟黄齐龙";
const TRADITIONAL: &str = "們這國個來說為對時會發產業後兩麼過進動現開關長門問間見車東馬風飛書電話請讓認識議論計設證詞譯試該詳語誤讀課調談資質費貿購財責貨貴買賣趙趨躍踐輪軟轉輸邊達遷運還遠違連遲適選遞邏遺釋鐘鋼錢鐵銀鏈鎖錯鍵鎮閃閉聞際陸陳險隨隱難韓頁頂項順須預領頻題額顏飯飲驅驗騙魚鮮鳥黃齊龍晶";

/// Whether a Chinese text is written in traditional characters.
pub fn is_traditional(text: &str) -> bool {
    let han = || text.chars().take(20_000).filter(|c| *c as u32 >= 0x3400);
    let count = |set: &str| han().filter(|c| set.contains(*c)).count();
    let traditional = count(TRADITIONAL);
    traditional > 0 && traditional * 2 > count(SIMPLIFIED)
}

/// The language of a line, BCP 47; `und` where there is too little to tell.
pub fn of(line: &str, traditional: bool) -> String {
    let (mut han, mut kana, mut hangul, mut letters) = (0usize, 0usize, 0usize, 0usize);
    for c in line.chars() {
        match c {
            '\u{3040}'..='\u{30ff}' => kana += 1,
            '\u{ac00}'..='\u{d7af}' => hangul += 1,
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => han += 1,
            c if is_alphabetic(c) => letters += 1,
            _ => {}
        }
    }
    // A Han character carries about as much as three letters.
    let east = (han + kana + hangul) * 3 > letters;
    match () {
        () if han + kana + hangul + letters == 0 => "und".into(),
        () if east && kana * 10 > han + kana => "ja".into(),
        () if east && hangul * 2 > han + hangul => "ko".into(),
        () if east && traditional => "zh-Hant".into(),
        () if east => "zh-Hans".into(),
        () => latin(line, letters),
    }
}

#[derive(Deserialize)]
struct Languages {
    language: Vec<Language>,
}

#[derive(Deserialize)]
struct Language {
    code: String,
    short: String,
    #[serde(default)]
    words: Vec<String>,
}

static LANGUAGES: LazyLock<Vec<Language>> = LazyLock::new(|| {
    let read: Languages =
        toml::from_str(include_str!("../data/languages.toml")).expect("data/languages.toml is right");
    read.language
});

/// Frequent words, each with the numbers of its languages.
static WORDS: LazyLock<HashMap<&str, Vec<usize>>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, language) in LANGUAGES.iter().enumerate() {
        language.words.iter().for_each(|word| words.entry(word).or_default().push(at));
    }
    words
});

/// Shorter lines, full of names, are told wrongly with confidence; English is the common case there.
const TELLING: usize = 60;

fn latin(line: &str, letters: usize) -> String {
    if letters < 12 {
        return "und".into();
    }
    if letters <= TELLING {
        return "en".into();
    }
    let found = by_words(line).or_else(|| {
        let code = whatlang::detect(line).filter(whatlang::Info::is_reliable)?.lang().code();
        LANGUAGES.iter().find(|l| l.code == code)
    });
    found.map_or("en", |l| l.short.as_str()).to_owned()
}

/// The language of which a line has the most frequent words, if no other comes near: it takes a tenth of the time of
/// comparing its letters with every language's.
fn by_words(line: &str) -> Option<&'static Language> {
    let mut counts = vec![0usize; LANGUAGES.len()];
    let mut lower = String::new();
    for word in line.split(|c: char| !is_alphabetic(c)).filter(|w| !w.is_empty() && w.len() < 12) {
        lower.clear();
        match word.is_ascii() {
            true => lower.extend(word.bytes().map(|b| char::from(b.to_ascii_lowercase()))),
            false => lower = word.to_lowercase(),
        }
        WORDS.get(lower.as_str()).into_iter().flatten().for_each(|language| counts[*language] += 1);
    }
    let best = (0..counts.len()).max_by_key(|at| counts[*at])?;
    let rival = counts.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, n)| *n).max().unwrap_or(0);
    (counts[best] >= 3 && 2 * counts[best] >= 3 * rival).then(|| &LANGUAGES[best])
}

/// The language of the whole: the one of most of the text, `mul` where two scripts both have a quarter.
pub fn whole(paragraphs: &[Paragraph]) -> Option<String> {
    let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
    for paragraph in paragraphs.iter().filter(|p| p.language != "und") {
        // Han text says in one character what Latin text says in three.
        let weight = if paragraph.language.starts_with("zh") || paragraph.language == "ja" { 3 } else { 1 };
        *sizes.entry(paragraph.language.as_str()).or_default() += paragraph.span.len() * weight;
    }
    let total: u32 = sizes.values().sum();
    let mut ranked: Vec<(&str, u32)> = sizes.into_iter().collect();
    ranked.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    let family = |l: &str| l.split('-').next().unwrap_or_default().to_owned();
    match ranked[..] {
        [(a, _), (b, second), ..] if family(a) != family(b) && second * 4 > total => Some("mul".into()),
        [(a, _), ..] => Some(a.to_owned()),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn lines_are_told_by_their_words_or_letters() {
        for (line, language) in [
            (
                "The harbour board heard on Tuesday that forty ships waited for papers, three more than before.",
                "en",
            ),
            (
                "Der Hafenrat erfuhr am Dienstag, dass vierzig Schiffe auf Papiere warten und die Formulare fehlen.",
                "de",
            ),
            (
                "Le conseil du port a appris mardi que quarante navires attendent des papiers pour la traversée.",
                "fr",
            ),
            (
                "La junta del puerto supo el martes que cuarenta buques esperan los papeles para la travesía.",
                "es",
            ),
            (
                "Rada portu dowiedziała się we wtorek, że czterdzieści statków nie dostało dokumentów do podróży.",
                "pl",
            ),
            (
                "Совет порта узнал во вторник, что сорок судов ждут документов и не могут выйти в море сегодня.",
                "ru",
            ),
            ("港務委員會週二獲悉四十艘船等候文件", "zh-Hant"),
            ("港湾委員会は火曜日、四十隻の船が書類を待っていると聞いた。", "ja"),
            ("Harbour board, Port Ellen", "en"),
            ("9 June", "und"),
        ] {
            assert_eq!(of(line, true), language, "{line}");
        }
    }
}
