//! Any bytes as robots.txt, any address asked of it.
#![no_main]

use headwater_collect::robots::Robots;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &[u8])| {
    let (path, rules) = input;
    Robots::parse(rules, "headwater").allows(&format!("http://a.example/{path}"));
});
