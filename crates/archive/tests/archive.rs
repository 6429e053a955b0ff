//! The archive through its public surface, on real files.

use headwater_archive::{Archive, Exchange, Item, Writer, items};
use headwater_model::capture::Position;
use headwater_model::note::{Decision, Note};
use headwater_model::{Capture, Hints};
use std::io::Write;
use std::path::Path;

const START: Position = Position { segment: 0, offset: 0 };

fn capture(n: usize) -> Capture {
    Capture {
        url: format!("http://outlet.example/story/{n}"),
        captured: format!("2026-06-{:02}T08:00:00Z", n % 28 + 1).parse().unwrap(),
        status: 200,
        content_type: Some("text/html; charset=utf-8".into()),
        body: format!("<p>页面 {n} {}</p>", "x".repeat(n * 37)).into_bytes(),
        hints: Hints { title: Some(format!("Story {n}")), ..Hints::default() },
    }
}

fn write(folder: &Path, range: std::ops::Range<usize>) {
    let mut writer = Writer::open(folder, START).unwrap();
    for n in range {
        let capture = capture(n);
        let headers = [
            ("Content-Type".to_owned(), "text/html; charset=utf-8".to_owned()),
            ("Content-Encoding".into(), "gzip".into()),
        ];
        writer
            .exchange(&Exchange { capture: &capture, request_headers: &[], response_headers: &headers })
            .unwrap();
    }
}

fn captures(folder: &Path) -> Vec<Capture> {
    let entries = Archive::open(folder).entries_after(START).unwrap();
    entries
        .filter_map(Result::ok)
        .filter_map(|e| match e.item {
            Item::Capture(capture) => Some(capture),
            _ => None,
        })
        .collect()
}

#[test]
fn what_was_written_is_read_in_order() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0..5);
    write(folder.path(), 5..8);
    assert_eq!(captures(folder.path()), (0..8).map(capture).collect::<Vec<_>>());
    let check = Archive::open(folder.path()).check(&mut |_| {}).unwrap();
    assert_eq!((check.faults, check.segments, check.records), (vec![], 1, 1 + 8 * 3));
}

#[test]
fn an_entry_is_found_at_its_position_and_reading_resumes_after_it() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0..4);
    let archive = Archive::open(folder.path());
    let all: Vec<_> = archive.entries_after(START).unwrap().map(Result::unwrap).collect();
    for (i, entry) in all.iter().enumerate() {
        let after: Vec<_> =
            archive.entries_after(entry.position).unwrap().map(|e| e.unwrap().position).collect();
        assert_eq!(after, all[i + 1..].iter().map(|e| e.position).collect::<Vec<_>>());
        let Some(Item::Capture(found)) = archive.read(entry.position).unwrap().map(|e| e.item) else {
            panic!()
        };
        assert_eq!(found.body, capture(i).body);
    }
}

#[test]
fn a_cut_anywhere_in_the_last_record_costs_only_that_record() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0..3);
    let path = Archive::open(folder.path()).path(1);
    let whole = std::fs::read(&path).unwrap();
    let last =
        Archive::open(folder.path()).entries_after(START).unwrap().last().unwrap().unwrap().position.offset
            as usize;
    for cut in (last + 1..whole.len()).step_by(7).chain([whole.len() - 1]) {
        std::fs::write(&path, &whole[..cut]).unwrap();
        assert_eq!(captures(folder.path()).len(), 2, "cut at {cut}");
        write(folder.path(), 3..4);
        let urls: Vec<_> = captures(folder.path()).into_iter().map(|c| c.url).collect();
        assert_eq!(urls, [0, 1, 3].map(|n| capture(n).url), "cut at {cut}");
        assert!(Archive::open(folder.path()).check(&mut |_| {}).unwrap().faults.is_empty());
        assert!(path.with_extension("cut").exists());
    }
}

#[test]
fn segments_are_begun_and_read_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::with_segment_size(folder.path(), START, 2_000).unwrap();
    for n in 0..12 {
        writer.resource(&capture(n)).unwrap();
    }
    assert!(Archive::open(folder.path()).segments().unwrap().len() > 2);
    assert_eq!(captures(folder.path()), (0..12).map(capture).collect::<Vec<_>>());
}

#[test]
fn what_was_known_of_a_page_stays_in_its_segment() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::with_segment_size(folder.path(), START, 1).unwrap();
    for n in 0..3 {
        writer.resource(&capture(n)).unwrap();
        let capture = capture(n + 3);
        let exchange = Exchange { capture: &capture, request_headers: &[], response_headers: &[] };
        writer.exchange(&exchange).unwrap();
    }
    let titles: Vec<_> = captures(folder.path()).into_iter().map(|c| c.hints.title.unwrap()).collect();
    assert_eq!(titles, [0, 3, 1, 4, 2, 5].map(|n| format!("Story {n}")));
}

/// A header of a gzip member, and what is no member behind it.
const NO_MEMBER: [u8; 12] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xff, 0xff];

#[test]
fn behind_damage_the_next_record_is_looked_for_but_not_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0..2);
    let path = Archive::open(folder.path()).path(1);
    let whole = std::fs::read(&path).unwrap();
    let read = |between: &[u8]| {
        let mut bytes = whole.clone();
        bytes.extend_from_slice(between);
        bytes.extend_from_slice(&whole);
        std::fs::write(&path, bytes).unwrap();
        let check = Archive::open(folder.path()).check(&mut |_| {}).unwrap();
        (check.records, check.faults.join(" "))
    };
    let (records, faults) = read(&NO_MEMBER.repeat(400));
    assert!(records == 14 && !faults.contains("the rest"), "{records} {faults}");
    let (records, faults) = read(&[0x1f, 0x8b, 8].repeat(4_000));
    assert!(records == 14 && !faults.contains("the rest"), "{records} {faults}");
    let (records, faults) = read(&NO_MEMBER.repeat(2_000));
    assert!(records == 7 && faults.contains("the rest cannot be read"), "{records} {faults}");
}

#[test]
fn two_writers_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Writer::open(folder.path(), START).unwrap();
    let error = Writer::open(folder.path(), START).err().unwrap();
    assert!(error.is_locked() && error.to_string().contains("another process"), "{error}");
}

#[test]
fn notes_and_revisits_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let note = Note {
        made: "2026-06-10T00:00:00Z".parse().unwrap(),
        author: "an analyst".into(),
        reason: "one and the same".into(),
        decision: Decision::MergeGroups { keep: "a".into(), merge: "b".into() },
    };
    {
        let mut writer = Writer::open(folder.path(), START).unwrap();
        writer.note(&note).unwrap();
        let first = capture(1);
        writer.revisit(&first.url, capture(2).captured, first.captured, Some("sha1:X")).unwrap();
        writer.revisit(&first.url, capture(3).captured, first.captured, None).unwrap();
    }
    let found: Vec<Item> =
        Archive::open(folder.path()).entries_after(START).unwrap().map(|e| e.unwrap().item).collect();
    let [Item::Note(found_note), Item::Revisit { url, .. }, Item::Revisit { .. }] = &found[..] else {
        panic!("{found:?}")
    };
    assert_eq!((found_note, url.as_str()), (&note, "http://outlet.example/story/1"));
}

/// Adds one record of any kind to the first segment, as a newer version or another tool might.
fn add_record(folder: &Path, fields: &str, block: &str) {
    let length = block.len();
    let record = format!(
        "WARC/1.1\r\n{fields}\r\nWARC-Record-ID: <urn:uuid:2>\r\nContent-Length: {length}\r\n\r\n{block}\r\n\r\n"
    );
    let path = Archive::open(folder).path(1);
    let mut file = std::fs::OpenOptions::new().append(true).open(path).unwrap();
    file.write_all(&gzip(record.as_bytes())).unwrap();
}

#[test]
fn what_should_mean_something_and_cannot_be_read_is_named() {
    let dated = "WARC-Date: 2026-06-10T00:00:00Z";
    let page = "WARC-Target-URI: http://a.example/\r\nContent-Type: application/http";
    for (fields, block, words) in [
        (
            format!("WARC-Type: metadata\r\n{dated}\r\nContent-Type: {}", headwater_archive::NOTE_TYPE),
            r#"{"made":"2026-06-10T00:00:00Z","author":"editor","decision":"close_group","group":"a"}"#,
            "the note cannot be read",
        ),
        (format!("WARC-Type: response\r\n{dated}\r\n{page}"), "<p>no head</p>", "no status line"),
        (
            format!("WARC-Type: response\r\nWARC-Date: in June\r\n{page}"),
            "HTTP/1.1 200 OK\r\n\r\nx",
            "in June",
        ),
        (format!("WARC-Type: resource\r\n{dated}"), "x", "no address"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(folder.path(), 0..1);
        add_record(folder.path(), &fields, block);
        write(folder.path(), 1..2);
        let entries = Archive::open(folder.path()).entries_after(START).unwrap();
        let faults: Vec<String> = entries.filter_map(Result::err).map(|e| e.to_string()).collect();
        assert!(faults.len() == 1 && faults[0].contains(words), "{words}: {faults:?}");
        assert_eq!(captures(folder.path()).len(), 2, "{words}: what stands around it is read");
        let mut told = 0;
        let check = Archive::open(folder.path()).check(&mut |_| told += 1).unwrap();
        assert_eq!((check.faults, told), (faults, 2), "{words}");
    }
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0..1);
    let name = "WARC-Type: response\r\nWARC-Date: 2026-06-10T00:00:00Z\r\nWARC-Target-URI: dns:a.example\r\nContent-Type: text/dns";
    add_record(folder.path(), name, "a.example 1 IN A 192.0.2.1");
    assert_eq!(Archive::open(folder.path()).check(&mut |_| {}).unwrap().faults, Vec::<String>::new());
}

#[test]
fn a_flipped_byte_is_a_fault_and_not_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), 0..3);
    let path = Archive::open(folder.path()).path(1);
    let whole = std::fs::read(&path).unwrap();
    for at in (0..whole.len()).step_by(11) {
        let mut bytes = whole.clone();
        bytes[at] ^= 0x55;
        std::fs::write(&path, &bytes).unwrap();
        let check = Archive::open(folder.path()).check(&mut |_| {}).unwrap();
        // Some gzip header bytes (time, operating system) carry no meaning.
        assert!(!check.faults.is_empty() || captures(folder.path()).len() == 3, "byte {at}");
    }
}

#[test]
fn damage_costs_one_record_and_writing_goes_on_in_a_new_segment() {
    let folder = tempfile::tempdir().unwrap();
    let mut starts = Vec::new();
    {
        let mut writer = Writer::open(folder.path(), START).unwrap();
        for n in 0..4 {
            starts.push(writer.resource(&Capture { hints: Hints::default(), ..capture(n) }).unwrap());
        }
    }
    let path = Archive::open(folder.path()).path(1);
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = (starts[1].offset + starts[2].offset) as usize / 2;
    bytes[middle] ^= 0x55;
    std::fs::write(&path, &bytes).unwrap();
    let urls = || captures(folder.path()).into_iter().map(|c| c.url).collect::<Vec<_>>();
    assert_eq!(urls(), [0, 2, 3].map(|n| capture(n).url));
    write(folder.path(), 4..5);
    assert_eq!(urls(), [0, 2, 3, 4].map(|n| capture(n).url));
    assert_eq!(std::fs::read(&path).unwrap(), bytes, "the damaged segment is left as it is");
}

#[test]
fn what_was_set_aside_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = Archive::open(folder.path()).path(1);
    for aside in ["cut", "cut2"] {
        write(folder.path(), 0..2);
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, &whole[..whole.len() - 9]).unwrap();
        write(folder.path(), 2..3);
        assert!(path.with_extension(aside).exists(), "{aside}");
    }
}

#[test]
fn an_address_with_blanks_is_written_as_archive_tools_want_it() {
    let folder = tempfile::tempdir().unwrap();
    let spaced = Capture { url: "http://a.example/b c\r\nWARC-Type: x".into(), ..capture(0) };
    Writer::open(folder.path(), START).unwrap().resource(&spaced).unwrap();
    assert_eq!(captures(folder.path())[0].url, "http://a.example/b%20cWARC-Type:%20x");
}

fn foreign(bytes: &[u8], name: &str) -> Vec<Result<Item, String>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    items(1, &path, 0).map(|e| e.map(|e| e.item).map_err(|e| e.to_string())).collect()
}

fn foreign_record(version: &str, end: &str, http: &str) -> Vec<u8> {
    let length = http.len();
    format!(
        "WARC/{version}{end}WARC-Type: response{end}WARC-Record-ID: <urn:uuid:1>{end}WARC-Date: 2026-01-02T03:04:05Z{end}\
         WARC-Target-URI: <http://a.example/>{end}Content-Type: application/http;msgtype=response{end}Content-Length: {length}{end}{end}{http}{end}{end}"
    )
    .into_bytes()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn archives_of_other_tools_are_read() {
    let http = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
    let check = |bytes: &[u8], count: usize| {
        let found = foreign(bytes, "a.warc");
        assert_eq!(found.len(), count, "{found:?}");
        for item in found {
            let Ok(Item::Capture(capture)) = item else { panic!("{item:?}") };
            assert_eq!(
                (capture.url.as_str(), capture.status, &capture.body[..]),
                ("http://a.example/", 200, &b"hello world"[..])
            );
        }
    };
    let (old, new, bare) = (
        foreign_record("1.0", "\r\n", http),
        foreign_record("1.1", "\r\n", http),
        foreign_record("1.0", "\n", http),
    );
    check(&old, 1);
    check(&[old.clone(), new.clone()].concat(), 2);
    check(&[bare.clone(), bare].concat(), 2);
    check(&[gzip(&old), gzip(&new)].concat(), 2);
    check(&gzip(&[old, new.clone(), new].concat()), 3);
}

#[test]
fn a_body_in_gzip_is_decoded_and_a_bomb_is_bounded() {
    let body = gzip(&vec![b'0'; 200 << 20]);
    let mut http = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n".to_vec();
    http.extend_from_slice(&body);
    let mut record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2026-01-02T03:04:05Z\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\nContent-Length: {}\r\n\r\n",
        http.len()
    )
    .into_bytes();
    record.extend_from_slice(&http);
    let found = foreign(&record, "bomb.warc");
    let Ok(Item::Capture(capture)) = &found[0] else { panic!("{found:?}") };
    assert_eq!(capture.body.len() as u64, headwater_archive::MAX_BODY);
}

#[test]
fn an_oversized_record_is_named_and_left_out() {
    let large = format!("HTTP/1.1 200 OK\r\n\r\n{}", "0".repeat(headwater_archive::MAX_BLOCK as usize));
    let bytes =
        [foreign_record("1.0", "\r\n", &large), foreign_record("1.0", "\r\n", "HTTP/1.1 200 OK\r\n\r\nx")];
    let found = foreign(&bytes.map(|b| gzip(&b)).concat(), "large.warc.gz");
    assert!(
        found[0].as_ref().is_err_and(|e| e.contains("larger than 64 MiB")),
        "{:?}",
        found[0].as_ref().err()
    );
    assert!(matches!(&found[1], Ok(Item::Capture(c)) if c.body == b"x"));
}

#[test]
fn bad_files_say_what_is_wrong() {
    let check = |bytes: &[u8], words: &str| {
        let found = foreign(bytes, "bad.warc");
        assert!(found.iter().any(|f| f.as_ref().is_err_and(|e| e.contains(words))), "{words}: {found:?}");
    };
    check(b"<html>", "does not begin with WARC/");
    check(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "Content-Length");
    check(b"WARC/1.0\r\nContent-Length: 10\r\n\r\nabc", "cut off");
    check(b"WARC/1.0\r\nContent-Length: 3\r\n\r\nabc\r\n\r\nnonsense", "expected WARC/");
    check(&gzip(&foreign_record("1.0", "\r\n", "HTTP/1.1 200 OK\r\n\r\nx"))[..60], "cut off");
}
