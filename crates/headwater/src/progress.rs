//! Progress bars: on a terminal only, so that logs and pipes stay clean.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// A counter of things done, with their rate.
pub fn counter(what: &str) -> ProgressBar {
    let bar = ProgressBar::no_length();
    let style = ProgressStyle::with_template("{spinner} {msg} {human_pos} ({per_sec}, {elapsed})")
        .expect("a valid template");
    bar.set_style(style);
    bar.set_message(what.to_owned());
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
