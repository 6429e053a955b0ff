//! PDFs of our own: columns, a Chinese font that is not embedded, a picture of a page.

use headwater_extract::extract;
use headwater_model::{Article, Capture, Hints, PageKind};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};

/// A page of these operations with these fonts.
fn pdf(operations: Vec<Operation>, fonts: impl FnOnce(&mut Document) -> Dictionary) -> Vec<u8> {
    described(operations, fonts, Dictionary::new())
}

/// The same with what the file says of itself.
fn described(
    operations: Vec<Operation>,
    fonts: impl FnOnce(&mut Document) -> Dictionary,
    about: Dictionary,
) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let fonts = fonts(&mut document);
    let resources = document.add_object(dictionary! { "Font" => fonts });
    let content = Content { operations }.encode().expect("operations");
    let content = document.add_object(Stream::new(Dictionary::new(), content));
    let pages = document.new_object_id();
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    let list = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(pages, Object::Dictionary(list));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let about = document.add_object(about);
    document.trailer.set("Info", about);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("a PDF");
    bytes
}

fn latin(document: &mut Document) -> Dictionary {
    let font = document
        .add_object(dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" });
    dictionary! { "F1" => font }
}

/// A Chinese font as office programs name it, without its shapes.
fn chinese(document: &mut Document) -> Dictionary {
    let below = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType0", "BaseFont" => "STSong-Light",
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"), "Ordering" => Object::string_literal("GB1"), "Supplement" => 2,
        },
    });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "STSong-Light-UniGB-UCS2-H",
        "Encoding" => "UniGB-UCS2-H", "DescendantFonts" => vec![below.into()],
    });
    dictionary! { "F1" => font }
}

/// A line of text at a place.
fn line(x: i64, y: i64, text: Object) -> Vec<Operation> {
    vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 10.into()]),
        Operation::new("Td", vec![x.into(), y.into()]),
        Operation::new("Tj", vec![text]),
        Operation::new("ET", vec![]),
    ]
}

fn read(body: Vec<u8>) -> Article {
    extract(&Capture {
        url: "https://ministry.example/annex.pdf".into(),
        captured: "2026-06-20T08:00:00Z".parse().expect("a time"),
        status: 200,
        content_type: Some("application/pdf".into()),
        body,
        hints: Hints::default(),
    })
}

#[test]
fn columns_are_read_one_after_the_other() {
    let columns = [
        (50, ["Ports will declare where", "the control units of their", "cranes come from."]),
        (320, ["The rules apply from the", "first of October to every", "crane above forty tonnes."]),
    ];
    let mut operations = line(50, 780, Object::string_literal("Rules for harbour cranes"));
    for (x, lines) in columns {
        for (at, text) in lines.iter().enumerate() {
            operations.extend(line(x, 740 - 14 * at as i64, Object::string_literal(*text)));
        }
    }
    let article = read(pdf(operations, latin));
    assert_eq!(article.title.as_str(), "Rules for harbour cranes");
    let text = article.text.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        text.contains(
            "the control units of their cranes come from. The rules apply from the first of October"
        ),
        "{text}"
    );
}

#[test]
fn a_document_is_dated_by_its_own_line_else_by_its_file() {
    let about = || dictionary! { "CreationDate" => Object::string_literal("D:20260611093000+08'00'") };
    let text = |lines: &[&str]| -> Vec<Operation> {
        let each = lines.iter().enumerate();
        each.flat_map(|(at, text)| line(50, 780 - 20 * at as i64, Object::string_literal(*text))).collect()
    };
    let signed =
        text(&["Notice on harbour cranes", "Ports declare where their cranes come from.", "June 9, 2026"]);
    let article = read(described(signed, latin, about()));
    assert_eq!(article.published.expect("its own date").value, "2026-06-09");
    assert!(!article.doubts.iter().any(|d| d.kind == "date_guessed"), "{:?}", article.doubts);

    let undated = text(&["List of harbour cranes", "Ports declare where their cranes come from."]);
    let article = read(described(undated, latin, about()));
    assert_eq!(article.published.expect("the file's date").value, "2026-06-11");
    assert!(article.doubts.iter().any(|d| d.kind == "date_guessed"), "{:?}", article.doubts);
}

#[test]
fn a_chinese_font_that_is_not_embedded_is_read() {
    let words = "港口企业应当登记起重机备件的来源";
    let bytes: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let article = read(pdf(line(50, 780, Object::String(bytes, StringFormat::Hexadecimal)), chinese));
    assert_eq!(article.text.as_str(), words);
    assert_eq!(article.language, "zh-Hans");
}

#[test]
fn a_picture_of_a_page_says_that_it_has_no_text_layer() {
    let rectangle = vec![50.into(), 50.into(), 400.into(), 600.into()];
    let picture = vec![Operation::new("re", rectangle), Operation::new("f", vec![])];
    let article = read(pdf(picture, latin));
    assert_eq!(article.page_kind, PageKind::Media);
    assert!(article.doubts.iter().any(|d| d.kind == "no_text_layer"), "{:?}", article.doubts);
    let broken = read(b"%PDF-1.5 and nothing that follows".to_vec());
    assert!(broken.doubts.iter().any(|d| d.kind == "pdf_unreadable"), "{:?}", broken.doubts);
}
