//! Any bytes under any label: decoding gives text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &[u8])| {
    let (label, bytes) = input;
    let content_type = format!("text/html; charset={label}");
    headwater_charset::decode(bytes, Some(&content_type), "http://a.example.cn/");
});
