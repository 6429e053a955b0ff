//! Any bytes as a feed.
#![no_main]

use headwater_collect::feed::{self, Served};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    feed::read(bytes, Served::default());
});
