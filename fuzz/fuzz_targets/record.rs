//! Any bytes as a WARC file: each record is read or refused with a reason.
#![no_main]

use headwater_archive::items;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let file = tempfile::NamedTempFile::new().expect("a temporary file");
    std::fs::write(file.path(), bytes).expect("a writable file");
    for item in items(1, file.path(), 0) {
        if let Err(e) = item {
            assert!(!e.to_string().is_empty());
        }
    }
});
