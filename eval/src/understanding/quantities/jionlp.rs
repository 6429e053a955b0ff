//! JioNLP's cases of Chinese money and time.
use crate::{Context, floors::Figure};

/// Money and time.
pub fn measure(_context: &Context) -> anyhow::Result<Vec<Figure>> {
    Ok(Vec::new())
}
