//! Composite fonts in the form that the library reads.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

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

/// Fonts with such a map, which the library refuses, written as fonts that state their letters. Their widths are given
/// by numbers of glyphs that only the map knows: letters of the East are one wide, others about half.
fn name_letters(document: &mut Document) {
    let fonts: Vec<(ObjectId, Dictionary)> = document
        .objects
        .iter()
        .filter_map(|(id, object)| Some((*id, object.as_dict().ok()?)))
        .filter(|(_, font)| {
            let map = font.get(b"Encoding").and_then(Object::as_name).map(String::from_utf8_lossy);
            font.has(b"DescendantFonts") && map.is_ok_and(|m| UNICODE_MAPS.iter().any(|u| m.starts_with(u)))
        })
        .map(|(id, font)| (id, font.clone()))
        .collect();
    if fonts.is_empty() {
        return;
    }
    let letters = document.add_object(Stream::new(Dictionary::new(), TO_UNICODE.to_vec()));
    let below = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "DW" => 1000, "FontDescriptor" => Dictionary::new(),
        "W" => vec![32.into(), Object::Array(vec![500.into(); 95])],
    });
    for (id, mut font) in fonts {
        font.set("Encoding", "Identity-H");
        font.set("ToUnicode", letters);
        font.set("DescendantFonts", vec![Object::Reference(below)]);
        document.objects.insert(id, Object::Dictionary(font));
    }
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
