//! The one place in the crate that asks what time it is.

use jiff::Timestamp;

/// The present moment. Everything after the archive takes its time from the capture instead.
#[allow(clippy::disallowed_methods, reason = "collecting is what gives captures their time")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
