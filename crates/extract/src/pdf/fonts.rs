//! Composite fonts in the form that the library reads.

use encoding_rs::Encoding;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use std::collections::BTreeMap;

/// Puts every composite font right.
pub fn prepare(document: &mut Document) {
    name_letters(document);
    as_lists(document);
}

/// Beginnings of the names of predefined maps whose codes are those of Unicode.
const UNICODE_MAPS: &[&str] = &["UniGB-U", "UniCNS-U", "UniJIS-U", "UniKS-U"];

/// The codes of such a map as letters: what Chinese, Japanese and Korean texts use.
const TO_UNICODE: &[u8] = b"5 beginbfrange <0020> <06ff> <0020> <2000> <33ff> <2000> <4e00> <9fff> <4e00> \
    <ac00> <d7a3> <ac00> <f900> <ffef> <f900> endbfrange";

/// Beginnings of the names of predefined maps whose codes are those of an older encoding.
const OLDER_MAPS: &[(&str, &Encoding)] = &[
    ("GBK", encoding_rs::GB18030),
    ("GB-EUC", encoding_rs::GB18030),
    ("ETen", encoding_rs::BIG5),
    ("HKscs-B5", encoding_rs::BIG5),
    ("B5pc", encoding_rs::BIG5),
    ("90ms", encoding_rs::SHIFT_JIS),
    ("90pv", encoding_rs::SHIFT_JIS),
    ("KSC", encoding_rs::EUC_KR),
];

/// Fonts with a predefined map, which the library refuses, written as fonts that state their letters. Their widths are given
/// by numbers of glyphs that only the map knows: letters of the East are one wide, others about half.
fn name_letters(document: &mut Document) {
    let composite = |object: &Object| object.as_dict().is_ok_and(|font| font.has(b"DescendantFonts"));
    let fonts: Vec<(ObjectId, Letters)> = document
        .objects
        .iter()
        .filter(|(_, object)| composite(object))
        .filter_map(|(id, font)| {
            let map = font.as_dict().ok()?.get(b"Encoding").and_then(Object::as_name).ok()?;
            Some((*id, Letters::of(&String::from_utf8_lossy(map))?))
        })
        .collect();
    if fonts.is_empty() {
        return;
    }
    let below = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "DW" => 1000, "FontDescriptor" => Dictionary::new(),
        "W" => vec![32.into(), Object::Array(vec![500.into(); 95])],
    });
    let mut made: BTreeMap<Letters, (Object, ObjectId)> = BTreeMap::new();
    for (id, letters) in fonts {
        let (codes, names) = made.entry(letters).or_insert_with(|| letters.add_to(document)).clone();
        if let Some(Object::Dictionary(font)) = document.objects.get_mut(&id) {
            font.set("Encoding", codes);
            font.set("ToUnicode", names);
            font.set("DescendantFonts", vec![Object::Reference(below)]);
        }
    }
}

/// How the codes of a predefined map name letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Letters {
    Unicode,
    /// Which of the older maps.
    Older(usize),
}

impl Letters {
    fn of(map: &str) -> Option<Letters> {
        let unicode = UNICODE_MAPS.iter().any(|name| map.starts_with(name)).then_some(Letters::Unicode);
        let older = || OLDER_MAPS.iter().position(|(name, _)| map.starts_with(name)).map(Letters::Older);
        unicode.or_else(older)
    }

    /// The font's codes, and what letter each is.
    fn add_to(self, document: &mut Document) -> (Object, ObjectId) {
        let mut stream = |bytes: Vec<u8>| document.add_object(Stream::new(Dictionary::new(), bytes));
        match self {
            Letters::Unicode => (Object::Name(b"Identity-H".into()), stream(TO_UNICODE.to_vec())),
            Letters::Older(at) => {
                let encoding = OLDER_MAPS[at].1;
                let names = stream(letters_of(encoding).into_bytes());
                (Object::Reference(stream(codes_of(encoding).into_bytes())), names)
            }
        }
    }
}

/// Which codes of an encoding are one byte and which are two, each called by its own number. The library takes a code for half
/// as long as it is written.
fn codes_of(encoding: &'static Encoding) -> String {
    let ranges: &[&str] = match encoding {
        // Half-wide kana are one byte.
        sjis if sjis == encoding_rs::SHIFT_JIS => {
            &["<0000> <0080>", "<00a0> <00df>", "<00008140> <00009ffc>", "<0000e040> <0000fcfc>"]
        }
        _ => &["<0000> <0080>", "<00008140> <0000fefe>"],
    };
    let count = ranges.len();
    let ranges = ranges.join(" ");
    format!(
        "{count} begincodespacerange {ranges} endcodespacerange 1 begincidrange <0000> <ffff> 0 endcidrange"
    )
}

/// The letters of an encoding by their codes of one byte and of two.
fn letters_of(encoding: &'static Encoding) -> String {
    let one = (0x20..=0x7e).chain(0xa1..=0xdf).map(|byte: u8| vec![byte]);
    let two = (0x81..=0xfe).flat_map(|lead: u8| (0x40..=0xfe).map(move |trail: u8| vec![lead, trail]));
    let named = |code: Vec<u8>| {
        let text = encoding.decode_without_bom_handling_and_without_replacement(&code)?;
        let hexed: String = code.iter().map(|byte| format!("{byte:02x}")).collect();
        let units: String = text.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
        (text.chars().count() == 1).then(|| format!("<{hexed}> <{units}>\n"))
    };
    let lines: Vec<String> = one.chain(two).filter_map(named).collect();
    format!("{} beginbfchar\n{}endbfchar", lines.len(), lines.concat())
}

/// Ranges longer than this are those of broken files.
const MAX_RANGE: i64 = 1 << 16;

/// Writes the widths of every composite font as lists. The library takes the width of a range (`first last width`) from
/// the wrong place, so that all that follows a blank or a digit on its line stands elsewhere than on the page.
fn as_lists(document: &mut Document) {
    let lists: Vec<_> = document
        .objects
        .iter()
        .filter_map(|(id, object)| {
            let widths = object.as_dict().ok()?.get_deref(b"W", document).ok()?.as_array().ok()?;
            Some((*id, listed(document, widths)?))
        })
        .collect();
    for (id, list) in lists {
        if let Some(Object::Dictionary(font)) = document.objects.get_mut(&id) {
            font.set("W", Object::Array(list));
        }
    }
}

/// The widths without ranges; `None` if that is how they stand.
fn listed(document: &Document, widths: &[Object]) -> Option<Vec<Object>> {
    let value = |at: usize| {
        widths.get(at).map(|object| document.dereference(object).map_or(object, |(_, found)| found))
    };
    let (mut list, mut at, mut ranges) = (Vec::new(), 0, false);
    while let (Some(first), Some(second)) = (value(at), value(at + 1)) {
        list.push(first.clone());
        if second.as_array().is_ok() {
            list.push(second.clone());
            at += 2;
            continue;
        }
        let (first, last) = (first.as_i64().ok()?, second.as_i64().ok()?);
        let length = last.checked_sub(first).filter(|n| (0..MAX_RANGE).contains(n))?;
        list.push(Object::Array(vec![value(at + 2)?.clone(); length as usize + 1]));
        at += 3;
        ranges = true;
    }
    ranges.then_some(list)
}
