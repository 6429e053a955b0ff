//! PDFs of our own: columns, tables, running heads, a Chinese font that is not embedded, a picture of a page.

mod captured;

use captured::capture;
use headwater_extract::extract;
use headwater_model::{Article, Capture, PageKind};
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
    paged(vec![operations], fonts, about)
}

/// Several pages.
fn paged(
    contents: Vec<Vec<Operation>>,
    fonts: impl FnOnce(&mut Document) -> Dictionary,
    about: Dictionary,
) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let fonts = fonts(&mut document);
    let resources = document.add_object(dictionary! { "Font" => fonts });
    let pages = document.new_object_id();
    let mut kids: Vec<Object> = Vec::new();
    for operations in contents {
        let content = Content { operations }.encode().expect("operations");
        let content = document.add_object(Stream::new(Dictionary::new(), content));
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        });
        kids.push(page.into());
    }
    let count = kids.len() as i64;
    let list = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
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
    extract(&Capture { url: "https://ministry.example/annex.pdf".into(), ..capture("application/pdf", body) })
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

/// Lines of Latin text, 14 points apart.
fn lines(x: i64, y: i64, texts: &[&str]) -> Vec<Operation> {
    let each = texts.iter().enumerate();
    each.flat_map(|(at, text)| line(x, y - 14 * at as i64, Object::string_literal(*text))).collect()
}

/// A composite font in which the codes of letters are Unicode's, its widths stated as one range.
fn embedded(document: &mut Document) -> Dictionary {
    let map =
        b"3 beginbfrange <0020> <33ff> <0020> <4e00> <9fff> <4e00> <f900> <ffef> <f900> endbfrange".to_vec();
    let letters = document.add_object(Stream::new(Dictionary::new(), map));
    let below = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "Song", "DW" => 1000,
        "W" => vec![32.into(), 126.into(), 500.into()], "FontDescriptor" => Dictionary::new(),
    });
    let font = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "Song", "Encoding" => "Identity-H",
        "DescendantFonts" => vec![below.into()], "ToUnicode" => letters,
    });
    dictionary! { "F1" => font }
}

fn wide(text: &str) -> Object {
    Object::String(text.encode_utf16().flat_map(u16::to_be_bytes).collect(), StringFormat::Hexadecimal)
}

fn rows(article: &Article) -> Vec<Vec<String>> {
    let text: Vec<char> = article.text.as_str().chars().collect();
    let cell = |span: &headwater_model::Span| -> String {
        text[span.start as usize..span.end as usize].iter().collect()
    };
    article.tables.iter().flat_map(|table| &table.rows).map(|row| row.iter().map(cell).collect()).collect()
}

#[test]
fn a_list_of_forty_firms_over_two_pages_is_forty_rows() {
    let firm = |n: i64| (format!("Harbour Works {n} Co., Ltd."), format!("港口工程第{n}有限公司"));
    let row = |n: i64| {
        let y = 700 - 30 * (n % 20);
        let (latin, chinese) = firm(n);
        // The first column of every seventh row takes two lines.
        let cell = match n % 7 {
            0 => [
                line(60, y + 7, wide(&latin[..latin.len() - 9])),
                line(60, y - 7, wide(&latin[latin.len() - 9..])),
            ]
            .concat(),
            _ => line(60, y, wide(&latin)),
        };
        [cell, line(290, y, wide(&chinese))].concat()
    };
    let page = |from: i64, foot: &str| -> Vec<Operation> {
        let body = (from..from + 20).flat_map(row);
        let head = if from == 0 { line(60, 760, wide("附件：四十家企业名单")) } else { vec![] };
        head.into_iter().chain(body).chain(line(290, 40, wide(foot))).collect()
    };
    let article = read(paged(vec![page(0, "- 1 -"), page(20, "- 2 -")], embedded, Dictionary::new()));
    assert_eq!(article.tables.len(), 1, "{}", article.text.as_str());
    let expected: Vec<Vec<String>> = (0..40).map(|n| vec![firm(n).0, firm(n).1]).collect();
    assert_eq!(rows(&article), expected);
    assert!(!article.text.as_str().contains("- 2 -"), "{}", article.text.as_str());
    assert!(article.text.as_str().starts_with("附件：四十家企业名单\n"), "{}", article.text.as_str());
}

/// Rows of one office's measures are alike, also where they end one page and begin the next.
#[test]
fn alike_rows_at_the_ends_of_pages_are_no_running_heads() {
    let row = |n: usize, y: i64| -> Vec<Operation> {
        let cells = [
            (60, format!("{n}")),
            (100, "Operators declare the origin of".to_owned()),
            (330, "Port Authority".to_owned()),
        ];
        let first = cells.into_iter().flat_map(|(x, text)| line(x, y, Object::string_literal(text)));
        let wrapped = line(100, y - 12, Object::string_literal("every control unit of a crane."));
        let mut operations: Vec<Operation> = first.collect();
        // The cell's second line is drawn with its first.
        operations.splice(10..10, wrapped);
        operations
    };
    let page = |from: usize, count: usize, top: i64| -> Vec<Operation> {
        let head = line(60, 815, Object::string_literal("Harbour Gazette"));
        let rows = (0..count).flat_map(|at| row(from + at, top - 34 * at as i64));
        head.into_iter().chain(rows).collect()
    };
    let contents = vec![page(1, 20, 770), page(21, 20, 786), page(41, 20, 778)];
    let article = read(paged(contents, latin, Dictionary::new()));
    let cells = |n: usize| {
        let measure = "Operators declare the origin of every control unit of a crane.";
        vec![n.to_string(), measure.to_owned(), "Port Authority".to_owned()]
    };
    assert_eq!(rows(&article), (1..=60).map(cells).collect::<Vec<_>>());
    assert!(!article.text.as_str().contains("Harbour Gazette"), "{}", article.text.as_str());
}

#[test]
fn paragraphs_are_joined_over_lines_and_pages_without_heads_and_numbers() {
    let page = |n: usize, texts: &[&str]| -> Vec<Operation> {
        let head = line(60, 800, Object::string_literal("Harbour Gazette, No. 12"));
        let foot = line(290, 40, Object::string_literal(format!("Page {n} of 3")));
        [head, lines(60, 740, texts), foot].concat()
    };
    let first = page(
        1,
        &[
            "Every terminal declares where the control units of its cranes were manu-",
            "factured, and which firms have serviced them over the last two years, so",
            "that the authority can tell what is left.",
            "Operators that cannot name the maker of a unit replace it, or they show the",
            "authority that the unit has no connection of any kind to the outside of the",
        ],
    );
    let second = page(
        2,
        &[
            "port. The rules apply from October.",
            "The list of well-known firms is kept by the harbour office and is",
            "printed twice a year.",
        ],
    );
    let third = page(3, &["Signed by the master of the harbour."]);
    let article = read(paged(vec![first, second, third], latin, Dictionary::new()));
    assert_eq!(
        article.text.as_str().lines().collect::<Vec<_>>(),
        [
            "Every terminal declares where the control units of its cranes were manufactured, and which firms have \
             serviced them over the last two years, so that the authority can tell what is left.",
            "Operators that cannot name the maker of a unit replace it, or they show the authority that the unit has \
             no connection of any kind to the outside of the port. The rules apply from October.",
            "The list of well-known firms is kept by the harbour office and is printed twice a year.",
            "Signed by the master of the harbour.",
        ]
    );
}

#[test]
fn chinese_paragraphs_are_joined_without_blanks_and_begin_where_they_are_indented() {
    let texts = [
        (80, "各港口企业应当登记起重机备件的来源，并于"),
        (60, "每年十月一日前向港务管理部门报送维修企业名单"),
        (60, "和合同副本。"),
        (80, "不能说明制造商的，应当予以更换。⻔机和⼝岸"),
        (60, "设备参照执行。"),
    ];
    let each = texts.iter().enumerate();
    let operations = each.flat_map(|(at, (x, text))| line(*x, 740 - 16 * at as i64, wide(text))).collect();
    let article = read(pdf(operations, embedded));
    assert_eq!(
        article.text.as_str().lines().collect::<Vec<_>>(),
        [
            "各港口企业应当登记起重机备件的来源，并于每年十月一日前向港务管理部门报送维修企业名单和合同副本。",
            "不能说明制造商的，应当予以更换。门机和口岸设备参照执行。",
        ]
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

/// Fonts whose codes are those of an older encoding: their lines make paragraphs like any others.
#[test]
fn eastern_fonts_of_older_maps_are_read_where_their_letters_stand() {
    let simplified =
        ["港口企业应当登记起重机备件的来源，并在八月", "底之前将登记表提交交通局，逾期说明原因。"];
    let traditional =
        ["港口企業應當登記起重機備件的來源，並在八月", "底之前將登記表提交交通局，逾期說明原因。"];
    let japanese =
        ["港湾の企業は起重機の部品の出所を登録し、八月", "末までに登録票を提出しなければならないﾆﾎﾝ。"];
    for (map, encoding, lines) in [
        ("GBK-EUC-H", encoding_rs::GBK, simplified),
        ("GB-EUC-H", encoding_rs::GBK, simplified),
        ("ETen-B5-H", encoding_rs::BIG5, traditional),
        ("90ms-RKSJ-H", encoding_rs::SHIFT_JIS, japanese),
    ] {
        let font = |document: &mut Document| {
            let below = document.add_object(dictionary! {
                "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "SimSun",
            });
            let font = document.add_object(dictionary! {
                "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "SimSun",
                "Encoding" => map, "DescendantFonts" => vec![below.into()],
            });
            dictionary! { "F1" => font }
        };
        let coded =
            |text: &str| Object::String(encoding.encode(text).0.into_owned(), StringFormat::Hexadecimal);
        let mut operations = line(200, 780, coded("登記"));
        for (at, text) in lines.iter().enumerate() {
            operations.extend(line(50, 740 - 14 * at as i64, coded(text)));
        }
        let article = read(pdf(operations, font));
        assert!(
            article.text.as_str().lines().any(|line| line == lines.concat()),
            "{map}: {}",
            article.text.as_str()
        );
    }
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

#[test]
fn a_page_that_unpacks_without_end_is_not_unpacked() {
    let nothing = |bytes: usize, filter: &str| {
        let mut document =
            Document::load_mem(&pdf(line(72, 700, Object::string_literal("A notice.")), latin)).unwrap();
        let mut large = Stream::new(Dictionary::new(), vec![b' '; bytes]);
        large.compress().unwrap();
        if filter == "twice" {
            large.dict.remove(b"Filter");
            large.compress().unwrap();
            large.dict.set("Filter", vec![Object::from("FlateDecode"), Object::from("FlateDecode")]);
        }
        let page = document.page_iter().next().unwrap();
        let mut contents: Vec<Object> =
            document.get_page_contents(page).into_iter().map(Object::from).collect();
        contents.push(document.add_object(large).into());
        document.get_object_mut(page).unwrap().as_dict_mut().unwrap().set("Contents", contents);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let article = read(bytes);
        (article.text.as_str().to_owned(), article.doubts.iter().any(|d| d.kind == "too_large"))
    };
    assert_eq!(nothing(1 << 20, "once"), ("A notice.".to_owned(), false));
    assert_eq!(nothing(20 << 20, "once"), (String::new(), true));
    assert_eq!(nothing(20 << 20, "twice"), (String::new(), true));
}
