//! Every encoding of Chinese and Japanese pages and feeds, under right, wrong and missing labels.

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, ISO_2022_JP, SHIFT_JIS, UTF_8, WINDOWS_1252,
};
use headwater_charset::{Decoded, decode};

const HANS: &str =
    "工业和信息化部八月二十日发布通知，要求各地企业在九月一日前完成申报，并公布第一批四十家企业的名单。";
const HANT: &str =
    "經濟部國際貿易署表示，名單自七月一日起生效，業者出口須先取得許可，違者處新臺幣三百萬元以下罰鍰。";
const HONG_KONG: &str = "貨櫃碼頭嘅營辦商話，佢哋喺葵涌同埋屯門嘅吊機全部由本地嘅工程師維修，冇用過外判。";
const JA: &str =
    "経済産業省は二十日、半導体製造装置の輸出管理を見直すと発表した。九月一日から許可が必要になる。";
const KO: &str = "산업통상자원부는 이십일 반도체 제조 장비의 수출 관리를 다시 살펴본다고 밝혔다.";
const DE: &str =
    "Die Häfen müssen künftig angeben, woher die Steuergeräte ihrer Kräne stammen, größere früher.";

/// Texts in each encoding that can hold them.
fn texts() -> Vec<(&'static Encoding, &'static str)> {
    vec![
        (GB18030, HANS),
        (GB18030, "𠮷野家与㐂字都在四字节区里，通知要求企业在九月一日前完成申报，并公布名单。"),
        (GBK, HANS),
        (GBK, HANT),
        (BIG5, HANT),
        (BIG5, HONG_KONG),
        (EUC_JP, JA),
        (SHIFT_JIS, JA),
        (EUC_KR, KO),
        (UTF_8, HANS),
        (UTF_8, JA),
        (UTF_8, DE),
        (WINDOWS_1252, DE),
    ]
}

/// Labels as servers and pages write them.
const LABELS: &[&str] = &[
    "utf-8",
    "gb2312",
    "GBK",
    "gb18030",
    "big5",
    "Big5-HKSCS",
    "euc-jp",
    "shift_jis",
    "iso-8859-1",
    "us-ascii",
    "utf-16",
    "x-no-such",
];

/// Korean under a Chinese label is the one case that is not told apart: the tables have their frequent characters in
/// the same rows.
fn cannot_be_told(encoding: &'static Encoding, label: &str) -> bool {
    encoding == EUC_KR && ["gb", "big5"].iter().any(|l| label.to_lowercase().starts_with(l))
}

/// A page or feed with this much markup around its text, and a declaration in its head.
fn page(text: &str, head: &str) -> String {
    format!(
        "<html><head>{head}<title>{text}</title></head><body class=\"article\"><p>{text}</p></body></html>"
    )
}

fn feed(text: &str, declaration: &str) -> String {
    format!(
        "<?xml version=\"1.0\"{declaration}?><rss version=\"2.0\"><channel><title>{text}</title></channel></rss>"
    )
}

/// Characters that Hong Kong added to Big5: the encoder leaves them out, as the standard wants.
const ADDED: [(char, [u8; 2]); 3] = [('嘅', [0x9d, 0xef]), ('哋', [0x92, 0x5d]), ('喺', [0x9d, 0xf6])];

fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
    let added = |c: char| ADDED.iter().find(|(one, _)| *one == c).map(|(_, bytes)| bytes.to_vec());
    if encoding == BIG5 && text.chars().any(|c| added(c).is_some()) {
        let bytes = |c: char| added(c).unwrap_or_else(|| encoded(BIG5, &c.to_string()));
        return text.chars().flat_map(bytes).collect();
    }
    let (bytes, _, unmappable) = encoding.encode(text);
    assert!(!unmappable, "{} cannot hold {text}", encoding.name());
    bytes.into_owned()
}

fn check(bytes: &[u8], header: Option<&str>, text: &str, what: &str) -> Decoded {
    let decoded = decode(bytes, header, "https://www.news.example/a/1.html");
    assert!(
        decoded.text.contains(text),
        "{what}, header {header:?}: read as {}: {}",
        decoded.encoding,
        decoded.text
    );
    decoded
}

#[test]
fn any_label_in_the_header_in_meta_and_in_the_declaration() {
    for (encoding, text) in texts() {
        for label in LABELS.iter().filter(|l| !cannot_be_told(encoding, l)) {
            let what = format!("{} labelled {label}", encoding.name());
            let (html, xml) =
                (format!("text/html; charset={label}"), format!("application/xml; charset=\"{label}\""));
            check(&encoded(encoding, &page(text, "")), Some(&html), text, &what);
            check(&encoded(encoding, &feed(text, "")), Some(&xml), text, &what);
            let meta = format!("<meta charset=\"{label}\">");
            check(&encoded(encoding, &page(text, &meta)), None, text, &what);
            let meta = format!("<META http-equiv=Content-Type content='text/html; charset={label}'>");
            check(&encoded(encoding, &page(text, &meta)), Some("text/html"), text, &what);
            check(&encoded(encoding, &feed(text, &format!(" encoding='{label}'"))), None, text, &what);
        }
    }
}

#[test]
fn no_label_at_all() {
    for (encoding, text) in texts() {
        check(&encoded(encoding, &page(text, "")), None, text, encoding.name());
        check(&encoded(encoding, &feed(text, "")), Some("application/rss+xml"), text, encoding.name());
    }
}

#[test]
fn labels_in_conflict() {
    for (encoding, text) in texts() {
        for (header, own) in LABELS.iter().flat_map(|a| LABELS.iter().map(move |b| (a, b))) {
            if cannot_be_told(encoding, header) || cannot_be_told(encoding, own) {
                continue;
            }
            let what = format!("{}, {own} inside", encoding.name());
            let header = format!("text/html; charset={header}");
            check(
                &encoded(encoding, &page(text, &format!("<meta charset={own}>"))),
                Some(&header),
                text,
                &what,
            );
            check(
                &encoded(encoding, &feed(text, &format!(" encoding=\"{own}\""))),
                Some(&header),
                text,
                &what,
            );
        }
    }
}

#[test]
fn wide_characters_with_and_without_a_mark_under_any_label() {
    for text in [HANS, HANT, JA, KO, DE] {
        let short = format!("<p>{text}</p>");
        for document in [
            page(text, ""),
            page(text, "<meta charset=gbk>"),
            feed(text, ""),
            feed(text, " encoding='utf-8'"),
            short,
        ] {
            for mark in ["", "\u{feff}"] {
                let marked = format!("{mark}{document}");
                let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
                let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
                let long: Vec<u8> = marked.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
                for header in LABELS.iter().map(|l| Some(format!("text/html; charset={l}"))).chain([None]) {
                    let header = header.as_deref();
                    assert_eq!(check(&little, header, text, "little").encoding, "utf-16le");
                    assert_eq!(check(&big, header, text, "big").encoding, "utf-16be");
                    assert_eq!(check(&long, header, text, "long").encoding, "utf-32be");
                }
            }
        }
    }
}

#[test]
fn a_page_that_is_nearly_all_markup_is_not_read_as_latin() {
    let menu = "<li class=\"item\"><a href=\"/channel/index.html\"><img src=\"/i.gif\"></a></li>".repeat(300);
    for (encoding, text) in [(GBK, HANS), (BIG5, HANT), (EUC_JP, JA), (SHIFT_JIS, JA)] {
        let page = page(text, &menu);
        check(&encoded(encoding, &page), Some("text/html; charset=ISO-8859-1"), text, encoding.name());
        check(&encoded(encoding, &page), Some("text/html; charset=utf-8"), text, encoding.name());
    }
}

#[test]
fn a_mark_is_stronger_than_every_label() {
    let bytes = [b"\xef\xbb\xbf".as_slice(), page(HANS, "<meta charset=gbk>").as_bytes()].concat();
    let decoded = check(&bytes, Some("text/html; charset=big5"), HANS, "marked");
    assert_eq!((decoded.encoding.as_str(), decoded.text.starts_with("<html>")), ("utf-8", true));
    // But editors put one before a file that stays in another encoding.
    let bytes = [b"\xef\xbb\xbf".as_slice(), &encoded(GBK, &page(HANS, "<meta charset=gb2312>"))].concat();
    assert!(check(&bytes, None, HANS, "a mark that lies").mislabelled);
}

#[test]
fn only_a_declaration_declares() {
    for head in [
        "<script charset=\"gbk\" src=\"/a.js\"></script>",
        "<!-- <meta charset=\"gbk\"> --><meta charset='big5'>",
        "<meta name=\"description\" content=\"what charset means\"><meta charset=big5>",
    ] {
        check(&encoded(BIG5, &page("經濟部", head)), None, "經濟部", head);
    }
    // In a page `<meta>` is believed before an XML declaration, which feeds alone are asked for.
    let short = "<?xml version='1.0' encoding='big5'?><html><head><meta charset=gbk></head><p>通知</p>";
    check(&encoded(GBK, short), None, "通知", "a page");
    let short = "<?xml version='1.0' encoding='gbk'?><rss><title>通知</title><description>&lt;meta charset=big5></description></rss>";
    check(&encoded(GBK, short), None, "通知", "a feed");
}

#[test]
fn shifted_japanese_needs_no_label() {
    for header in [None, Some("text/html; charset=iso-2022-jp"), Some("text/html; charset=utf-8")] {
        assert_eq!(
            check(&encoded(ISO_2022_JP, &page(JA, "")), header, JA, "shifted").encoding,
            "iso-2022-jp"
        );
    }
}

#[test]
fn a_broken_character_refutes_no_label() {
    let long = HANS.repeat(10);
    let mut bytes = page(&long, "").into_bytes();
    bytes.extend(b"<p>\xe5\x9b");
    check(&bytes, Some("text/xml; charset=utf-8"), &long, "cut");
    check(&bytes, None, &long, "cut");
    bytes.extend(b"</p>");
    check(&bytes, None, &long, "broken");
    let latin = "Gr\u{f6}\u{df}ere Kr\u{e4}ne, \u{201e}k\u{fc}nftig\u{201c}".to_owned();
    let bytes = [latin.as_bytes(), b" \xa9 2026"].concat();
    check(&bytes, None, &latin, "one stray byte");
    let mut bytes = encoded(GBK, &page(&long, "<meta charset=gb2312>"));
    bytes.push(0xff);
    check(&bytes, None, &long, "broken");
}

#[test]
fn what_did_not_fit_is_said() {
    let lies = |bytes: &[u8], header| decode(bytes, header, "").mislabelled;
    assert!(lies("<t>半导体</t>".as_bytes(), Some("text/xml; charset=utf-16")));
    assert!(lies("<t>caf\u{e9}</t>".as_bytes(), Some("text/xml; charset=\"no-such\"")));
    assert!(lies(b"<t>caf\xe9</t>", Some("text/xml; charset=utf-8")));
    assert!(!lies("<t>caf\u{e9}</t>".as_bytes(), Some("text/xml; charset=utf-8")));
    let quoted = decode(b"<t>caf\xe9 au lait \x93quoted\x94</t>", Some("text/xml; charset=iso-8859-1"), "");
    assert!(quoted.text.contains("“quoted”") && !quoted.mislabelled, "{quoted:?}");
    assert_eq!(decode(b"", None, "").text, "");
}
