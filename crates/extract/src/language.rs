//! Languages: script first, then letters.

use headwater_model::article::Paragraph;
use std::collections::BTreeMap;

/// Characters that occur in only one of the two Chinese orthographies, both among the most frequent.
const SIMPLIFIED: &str = "们这国个来说为对时会发产业后两么过进动现开关长门问间见车东马风飞书电话请让认识议论计设证词译试该详语误说读课调谈资质费贸购财责货贵买卖赵趋跃践车轮软转输边达迁过运还这进远违连迟适选递逻遗释里钟钢钱铁银链锁错键镇长门闪闭问间闻际陆陈险随隐难韩页顶项顺须预领频题额颜风飞饭饮驱验骗鱼鲜鸟黄齐龙";
const TRADITIONAL: &str = "們這國個來說為對時會發產業後兩麼過進動現開關長門問間見車東馬風飛書電話請讓認識議論計設證詞譯試該詳語誤讀課調談資質費貿購財責貨貴買賣趙趨躍踐輪軟轉輸邊達遷運還遠違連遲適選遞邏遺釋鐘鋼錢鐵銀鏈鎖錯鍵鎮閃閉聞際陸陳險隨隱難韓頁頂項順須預領頻題額顏飯飲驅驗騙魚鮮鳥黃齊龍晶";

/// Whether a Chinese text is written in traditional characters.
pub fn is_traditional(text: &str) -> bool {
    let count = |set: &str| text.chars().take(20_000).filter(|c| set.contains(*c)).count();
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
            c if c.is_alphabetic() => letters += 1,
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

fn latin(line: &str, letters: usize) -> String {
    if letters < 12 {
        return "und".into();
    }
    let info = whatlang::detect(line);
    // Short lines full of names are told wrongly with confidence; English is the common case here.
    let sure = info.filter(|i| letters > 60 && i.is_reliable()).map(|i| i.lang());
    let code = sure.map_or("eng", |l| l.code());
    let two = match code {
        "deu" => "de",
        "fra" => "fr",
        "spa" => "es",
        "ita" => "it",
        "por" => "pt",
        "nld" => "nl",
        "pol" => "pl",
        "rus" => "ru",
        "ukr" => "uk",
        "swe" => "sv",
        "dan" => "da",
        "nob" => "no",
        "fin" => "fi",
        "ces" => "cs",
        "tur" => "tr",
        "ell" => "el",
        "hun" => "hu",
        "ron" => "ro",
        "vie" => "vi",
        "ind" => "id",
        "ara" => "ar",
        "heb" => "he",
        _ => "en",
    };
    two.to_owned()
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
